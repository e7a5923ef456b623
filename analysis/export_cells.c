/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export_cells.c - a column as it is described, and a cell of it, where it is the session file's own. */
#include "analysis/export.h"

#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- codes of the file as words ----------------------------------------------------------------------- */

static const struct ses_column *file_column(const char *group, const char *name)
{
	const struct ses_table *table = ses_table_find(group);

	if (table)
		return ses_column_find(table, name);
	for (size_t i = 0; i < ses_header_n_columns; i++)
		if (strcmp(ses_header_columns[i].name, name) == 0)
			return &ses_header_columns[i];
	return NULL;
}

/* The next "2=rejected" of a list; its word may hold blanks ("0=not asked"). NULL after the last one. */
static const char *next_code(const char *list, long *code, const char **word, size_t *len)
{
	char *end;

	list += strspn(list, " \n");
	if (!*list)
		return NULL;
	*code = strtol(list, &end, 10);
	*word = list = end + 1; /* behind "=" */
	while (*list && !((*list == ' ' || *list == '\n') && isdigit((unsigned char)list[1])))
		list++;
	*len = (size_t)(list - *word);
	return list;
}

void ana_export_word(const struct ses_column *from, int32_t code, char *out, size_t cap)
{
	const char *at = from->codes, *word;
	size_t len;
	long number;

	out[0] = '\0';
	while ((at = next_code(at, &number, &word, &len)))
		if (number == code && !(code == 0 && len == 4 && strncmp(word, "none", 4) == 0))
			snprintf(out, cap, "%.*s", (int)len, word);
}

/* ---- a column described, a cell made --------------------------------------------------------------- */

static enum ana_export_type type_of(const struct ses_column *column)
{
	switch (column->type) {
	case SES_F64:
		return ANA_TYPE_NUMBER;
	case SES_BOOL:
		return ANA_TYPE_FLAG;
	case SES_I32:
		return !column->codes ? ANA_TYPE_INTEGER : strcmp(column->codes, "0=no 1=yes") == 0 ? ANA_TYPE_FLAG : ANA_TYPE_WORD;
	case SES_CHAR:
		return ANA_TYPE_WORD;
	case SES_ASCII:
	case SES_TEXT:
		break;
	}
	return ANA_TYPE_TEXT;
}

const struct ses_column *ana_export_from(const struct ana_export_column *column)
{
	return column->group ? file_column(column->group, column->column) : NULL;
}

void ana_export_say(const struct ana_export_column *column, struct ana_export_said *out)
{
	const struct ses_column *from = ana_export_from(column);

	*out = (struct ana_export_said){.type = column->type, .units = column->units, .codes = column->codes, .text = column->text};
	strcpy(out->source, "computed");
	if (!column->group)
		return;
	assert(from); /* a test walks all columns */
	bool attribute = strcmp(column->group, "header") == 0;

	snprintf(out->source, sizeof(out->source), attribute ? "attribute %s%s%s" : "/%s%s%s", attribute ? "" : column->group,
		attribute ? "" : "/", column->column);
	if (!column->type)
		out->type = type_of(from);
	if (!out->units)
		out->units = strcmp(from->units, "text") == 0 || out->type == ANA_TYPE_WORD ? "" : from->units;
	if (!out->codes && out->type == ANA_TYPE_FLAG)
		out->codes = "0=no; 1=yes";
	if (!out->text)
		out->text = from->text;
}

static const void *file_row(const struct ana_export_column *column, const struct ana_export_row *row)
{
	switch (column->group[0]) {
	case 'h':
		return &row->ses->header;
	case 'p':
		return row->info;
	case 'e':
		return row->event;
	default:
		return strcmp(column->group, "results") == 0 ? (const void *)row->trial : row->rating;
	}
}

static void file_cell(const struct ses_column *from, const char *member, struct ana_export_cell *out)
{
	int32_t whole;

	switch (from->type) {
	case SES_F64:
		memcpy(&out->number, member, sizeof(out->number));
		return;
	case SES_BOOL:
		out->number = *(const bool *)member;
		return;
	case SES_I32:
		memcpy(&whole, member, sizeof(whole));
		if (type_of(from) == ANA_TYPE_WORD)
			ana_export_word(from, whole, out->text, sizeof(out->text));
		else
			out->number = whole;
		return;
	case SES_CHAR:
		snprintf(out->text, sizeof(out->text), "%.1s", member);
		return;
	case SES_ASCII:
	case SES_TEXT:
		alg_text_clean(out->text, sizeof(out->text), member);
	}
}

void ana_export_cell(const struct ana_export_column *column, const struct ses_column *from,
	const struct ana_export_row *row, struct ana_export_cell *out)
{
	const char *base;

	out->number = NAN;
	out->text[0] = '\0';
	if (!row->visit && !column->open)
		return;
	if (column->cell)
		column->cell(row, out);
	else if ((base = file_row(column, row)))
		file_cell(from, base + from->offset, out);
}
