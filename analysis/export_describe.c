/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export_describe.c - the data dictionary and the JSON Schema of the exported tables, from their columns. */
#include "analysis/export.h"

#include <string.h>

static const char *type_word(enum ana_export_type type)
{
	static const char *const words[] = {[ANA_TYPE_NUMBER] = "number", [ANA_TYPE_INTEGER] = "integer",
		[ANA_TYPE_FLAG] = "integer", [ANA_TYPE_WORD] = "text", [ANA_TYPE_TEXT] = "text"};

	return words[type];
}

/* ---- the dictionary --------------------------------------------------------------------------------- */

static void dictionary_row(struct ana_csv *csv, const char *const cell[7])
{
	for (int i = 0; i < 7; i++)
		ana_csv_text(csv, cell[i]);
	ana_csv_end_row(csv);
}

static void conventions(struct ana_csv *csv)
{
	const char *const rows[][2] = {
		{"separator", csv->excel ? "semicolon between cells (--excel-locale)" : "comma between cells (RFC 4180)"},
		{"decimal mark", csv->excel ? "comma in numbers, no mark between thousands (--excel-locale)"
					    : "point in numbers, no mark between thousands"},
		{"encoding", csv->excel ? "UTF-8; the first three bytes EF BB BF are a byte order mark, by which a spreadsheet knows it"
					: "UTF-8 without a byte order mark"},
		{"line end", "CR LF; a cell with a separator, a quote or a line end stands in double quotes, quotes in it are doubled"},
		{"missing", "an empty cell, also where a description says NaN; the column reason says why there is no value"},
		{"apostrophe", "a text that begins with = + - @ or an apostrophe has one apostrophe in front, so that no spreadsheet "
			"takes it for a formula: take one leading apostrophe off texts; numbers have none"},
		{"dates", "ISO 8601"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		dictionary_row(csv, (const char *const[7]){"*", rows[i][0], "convention", "", "", rows[i][1], "every table"});
}

void ana_export_dictionary(FILE *out, bool excel)
{
	struct ana_csv csv = {.out = out, .excel = excel};

	fputs(ana_csv_begin(excel), out);
	dictionary_row(&csv, (const char *const[7]){"table", "column", "type", "units", "codes", "description", "source"});
	conventions(&csv);
	for (size_t t = 0; t < ANA_EXPORT_KINDS; t++)
		for (size_t c = 0; c < ana_export_tables[t].n_columns; c++) {
			const struct ana_export_column *column = &ana_export_tables[t].column[c];
			struct ana_export_said said;

			ana_export_say(column, &said);
			dictionary_row(&csv, (const char *const[7]){ana_export_tables[t].name, column->name, type_word(said.type),
				said.units, said.codes, said.text, said.source});
		}
}

/* ---- the schema ------------------------------------------------------------------------------------- */

/* "rejected=does not count; missing=..." -> the words, and null for "not there". */
static void add_words(cJSON *property, const char *codes)
{
	cJSON *words = cJSON_AddArrayToObject(property, "enum");

	while (codes && *codes) {
		char word[48];
		size_t whole = strcspn(codes, ";");

		snprintf(word, sizeof(word), "%.*s", (int)strcspn(codes, "=;"), codes);
		cJSON_AddItemToArray(words, cJSON_CreateString(word));
		codes += whole;
		codes += strspn(codes, "; ");
	}
	cJSON_AddItemToArray(words, cJSON_CreateNull());
}

static cJSON *property_of(const struct ana_export_column *column)
{
	cJSON *property = cJSON_CreateObject(), *types;
	struct ana_export_said said;
	char text[600];

	ana_export_say(column, &said);
	if (said.type == ANA_TYPE_WORD && said.codes) {
		add_words(property, said.codes);
	} else {
		types = cJSON_AddArrayToObject(property, "type");
		cJSON_AddItemToArray(types, cJSON_CreateString(said.type >= ANA_TYPE_WORD ? "string" : type_word(said.type)));
		cJSON_AddItemToArray(types, cJSON_CreateString("null"));
	}
	if (said.type == ANA_TYPE_FLAG) {
		cJSON_AddNumberToObject(property, "minimum", 0);
		cJSON_AddNumberToObject(property, "maximum", 1);
	}
	snprintf(text, sizeof(text), "%s%s%s%s", said.text, *said.units ? " [" : "", said.units, *said.units ? "]" : "");
	cJSON_AddStringToObject(property, "description", text);
	return property;
}

static cJSON *object_schema(cJSON *parent, const char *key, cJSON **properties, cJSON **required)
{
	cJSON *object = cJSON_AddObjectToObject(parent, key);

	cJSON_AddStringToObject(object, "type", "object");
	cJSON_AddFalseToObject(object, "additionalProperties");
	*required = cJSON_AddArrayToObject(object, "required");
	*properties = cJSON_AddObjectToObject(object, "properties");
	return object;
}

static void table_schema(cJSON *definitions, const struct ana_export_table *table)
{
	static const char *const keys[] = {"algometer", "version", "table", "rows"};
	cJSON *properties, *required, *rows, *of_table = object_schema(definitions, table->name, &properties, &required);

	cJSON_AddStringToObject(of_table, "description", table->text);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		cJSON_AddItemToArray(required, cJSON_CreateString(keys[i]));
	cJSON_AddStringToObject(cJSON_AddObjectToObject(properties, "algometer"), "const", "export");
	cJSON_AddNumberToObject(cJSON_AddObjectToObject(properties, "version"), "const", ANA_EXPORT_VERSION);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(properties, "table"), "const", table->name);
	rows = cJSON_AddObjectToObject(properties, "rows");
	cJSON_AddStringToObject(rows, "type", "array");
	object_schema(rows, "items", &properties, &required);
	for (size_t c = 0; c < table->n_columns; c++) {
		cJSON_AddItemToArray(required, cJSON_CreateString(table->column[c].name));
		cJSON_AddItemToObject(properties, table->column[c].name, property_of(&table->column[c]));
	}
}

cJSON *ana_export_schema(void)
{
	cJSON *schema = cJSON_CreateObject(), *any, *definitions;

	cJSON_AddStringToObject(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
	cJSON_AddStringToObject(schema, "title", "algometer export, version 1");
	cJSON_AddStringToObject(schema, "description",
		"one file of 'algometer export --json': a table with its rows; null: not there, also where a text says NaN");
	any = cJSON_AddArrayToObject(schema, "oneOf");
	definitions = cJSON_AddObjectToObject(schema, "$defs");
	for (size_t t = 0; t < ANA_EXPORT_KINDS; t++) {
		char ref[64];
		cJSON *item = cJSON_CreateObject();

		snprintf(ref, sizeof(ref), "#/$defs/%s", ana_export_tables[t].name);
		cJSON_AddStringToObject(item, "$ref", ref);
		cJSON_AddItemToArray(any, item);
		table_schema(definitions, &ana_export_tables[t]);
	}
	return schema;
}
