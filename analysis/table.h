/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.h - the numbers behind a picture: named columns, rows of numbers and texts, printed as
 * tab-separated text or JSON. A number that is not there is an empty cell, or null.
 */
#ifndef ANA_TABLE_H
#define ANA_TABLE_H

#include <stddef.h>
#include <stdio.h>

enum { ANA_TABLE_COLUMNS_MAX = 32 };

struct ana_table_cell {
	char *text;   /* owned; NULL for a number */
	double value; /* NAN: not there */
	int decimals;
};

struct ana_table {
	const char *column[ANA_TABLE_COLUMNS_MAX]; /* string constants, units in the name */
	size_t n_columns;
	struct ana_table_cell *cell;                     /* row by row */
	size_t n_cells, cap_cells;
	int failed;                                /* memory ran out: said by the one who prints */
};

/* names: n string constants that outlive the table. The table is zeroed first. */
void ana_table_start(struct ana_table *table, const char *const *names, size_t n);
/* The next cell, left to right; a row is full after n_columns of them. Text is copied; NULL is "". */
void ana_table_text(struct ana_table *table, const char *text);
void ana_table_number(struct ana_table *table, double value, int decimals);
size_t ana_table_rows(const struct ana_table *table);
void ana_table_free(struct ana_table *table);

/* Tab-separated with a header line; tabs, newlines and controls of a text become visible escapes. */
int ana_table_tsv(const struct ana_table *table, FILE *out);
/* One JSON object: {"plot": kind, "rows": [{column: value, ...}, ...]}. */
int ana_table_json(const struct ana_table *table, const char *kind, FILE *out);

#endif
