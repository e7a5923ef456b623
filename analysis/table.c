/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/table.h"

#include "base/json.h"
#include "base/status.h"
#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1024 };

void ana_table_start(struct ana_table *table, const char *const *names, size_t n)
{
	assert(n <= ANA_TABLE_COLUMNS_MAX);
	*table = (struct ana_table){.n_columns = n};
	for (size_t i = 0; i < n; i++)
		table->column[i] = names[i];
}

static void add(struct ana_table *table, struct ana_table_cell cell)
{
	if (table->n_cells == table->cap_cells) {
		size_t cap = table->cap_cells ? 2 * table->cap_cells : 256;
		struct ana_table_cell *more = reallocarray(table->cell, cap, sizeof(*more));

		if (!more) {
			free(cell.text);
			table->failed = ALG_ERR_NOMEM;
			return;
		}
		table->cell = more;
		table->cap_cells = cap;
	}
	table->cell[table->n_cells++] = cell;
}

void ana_table_text(struct ana_table *table, const char *text)
{
	char *copy = strdup(text ? text : "");

	if (!copy)
		table->failed = ALG_ERR_NOMEM;
	else
		add(table, (struct ana_table_cell){.text = copy});
}

void ana_table_number(struct ana_table *table, double value, int decimals)
{
	double scale = pow(10, decimals);

	/* Rounded once here, so that the text and the JSON carry the same number; no "-0". */
	if (isfinite(value) && fabs(value) * scale < 1e15)
		value = nearbyint(value * scale) / scale + 0.0;
	add(table, (struct ana_table_cell){.value = isfinite(value) ? value : NAN, .decimals = decimals});
}

size_t ana_table_rows(const struct ana_table *table)
{
	return table->n_columns ? table->n_cells / table->n_columns : 0;
}

void ana_table_free(struct ana_table *table)
{
	for (size_t i = 0; i < table->n_cells; i++)
		free(table->cell[i].text);
	free(table->cell);
	*table = (struct ana_table){0};
}

int ana_table_tsv(const struct ana_table *table, FILE *out)
{
	char clean[TEXT_MAX];

	if (table->failed)
		return table->failed;
	for (size_t i = 0; i < table->n_columns; i++)
		fprintf(out, "%s%c", table->column[i], i + 1 < table->n_columns ? '\t' : '\n');
	for (size_t i = 0; i < ana_table_rows(table) * table->n_columns; i++) {
		const struct ana_table_cell *cell = &table->cell[i];

		if (cell->text) {
			alg_text_clean(clean, sizeof(clean), cell->text);
			fputs(clean, out);
		} else if (!isnan(cell->value)) {
			fprintf(out, "%.*f", cell->decimals, cell->value);
		}
		fputc((i + 1) % table->n_columns ? '\t' : '\n', out);
	}
	return ferror(out) ? ALG_ERR_IO : 0;
}

int ana_table_json(const struct ana_table *table, const char *kind, FILE *out)
{
	cJSON *root = cJSON_CreateObject(), *rows = root ? cJSON_AddArrayToObject(root, "rows") : NULL;

	if (table->failed || !rows) {
		cJSON_Delete(root);
		return ALG_ERR_NOMEM;
	}
	alg_json_string(root, "plot", kind);
	for (size_t r = 0; r < ana_table_rows(table); r++) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddItemToArray(rows, row);
		for (size_t c = 0; c < table->n_columns; c++) {
			const struct ana_table_cell *cell = &table->cell[r * table->n_columns + c];

			if (cell->text)
				alg_json_string(row, table->column[c], cell->text);
			else
				alg_json_number(row, table->column[c], cell->value);
		}
	}
	return alg_json_print(root, 1, out);
}
