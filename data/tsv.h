/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tsv.h - one strict reader for every table of a study (sites, points, participants, treatments),
 * and the text of a row for writing them.
 *
 * A table is UTF-8 (a byte order mark is passed over), lines end with LF or CR LF, lines beginning
 * with '#' may stand before the header, the header names the columns, every further line has
 * exactly as many fields. There is no quoting; control characters are refused. "n/a" and the empty
 * field mean "missing", as in BIDS. Errors say file and line.
 */
#ifndef SES_TSV_H
#define SES_TSV_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SES_TSV_COLUMNS_MAX = 64, SES_TSV_ROWS_MAX = 100000, SES_TSV_BYTES_MAX = 16 << 20 };

/* The columns that a kind of table has; the list ends with a NULL name. */
struct ses_tsv_column {
	const char *name;
	bool required;
};

struct ses_tsv {
	char name[256];                       /* the file's, for messages */
	const struct ses_tsv_column *columns; /* borrowed */
	size_t n_columns, n_rows;
	size_t *line;                         /* line number of each row, from 1 */
	size_t n_fields;                      /* of the header as it stands in the file ... */
	int field_column[SES_TSV_COLUMNS_MAX]; /* ... and where each goes in columns; -1: passed over */
	const char **cell;                    /* n_rows x n_columns, in the order of columns */
	char *text;
	struct alg_log *log;
};

/*
 * Reads and checks the shape of a whole table. others: columns that are not in the list are passed
 * over instead of refused. A duplicate column, a missing required one, a line with too many or too
 * few fields are errors. On failure *out is empty. Frees with ses_tsv_free, which takes an empty one.
 */
int ses_tsv_read(const char *path, const struct ses_tsv_column *columns, bool others, struct ses_tsv *out,
	struct alg_log *log);
/* The same from memory; name is for messages. */
int ses_tsv_parse(const char *text, size_t len, const char *name, const struct ses_tsv_column *columns,
	bool others, struct ses_tsv *out, struct alg_log *log);
void ses_tsv_free(struct ses_tsv *tsv);

/* The field, "" when it is missing ("n/a") or its column is absent. Borrowed from tsv. */
const char *ses_tsv_cell(const struct ses_tsv *tsv, size_t row, size_t column);
/* Copies with a limit; required: missing is an error. */
int ses_tsv_text(const struct ses_tsv *tsv, size_t row, size_t column, bool required, char *out, size_t cap);
/* A number of min..max; *out keeps its value when it is missing and not required. */
int ses_tsv_number(const struct ses_tsv *tsv, size_t row, size_t column, bool required, double min, double max,
	double *out);
int ses_tsv_int(const struct ses_tsv *tsv, size_t row, size_t column, bool required, int min, int max, int *out);
/* A time with offset ("2026-03-02T09:30:00+01:00"), as text. */
int ses_tsv_time(const struct ses_tsv *tsv, size_t row, size_t column, char *out, size_t cap);
/* Says what is wrong with a field, with file, line and column; returns ALG_ERR_DATA. */
int ses_tsv_error(const struct ses_tsv *tsv, size_t row, size_t column, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * A table as an array of rows of row_size bytes, each made by `row` (which says what is wrong with one and returns
 * below zero). No file: none. Caller frees *out; NULL after failure.
 */
typedef int ses_tsv_row(const struct ses_tsv *tsv, size_t row, void *out);
int ses_tsv_load(const char *path, const struct ses_tsv_column *columns, ses_tsv_row *row, size_t row_size, void **out,
	size_t *n, struct alg_log *log);

/* A growing text in memory, for writing tables. Zero it first; failed is set when memory ran out. */
struct ses_tsv_text_out {
	char *text;
	size_t len, cap;
	bool failed;
};
/* Adds one field and what ends it ('\t' or '\n'); "" becomes "n/a". Tabs and line ends become blanks. */
void ses_tsv_put(struct ses_tsv_text_out *out, const char *field, char end);
/* Shortest decimal that reads back as value; NAN becomes "n/a". */
void ses_tsv_put_number(struct ses_tsv_text_out *out, double value, char end);
/* Writes the text atomically (0600) and frees it, whatever comes. */
int ses_tsv_replace(struct ses_tsv_text_out *out, const char *path, struct alg_log *log);
/*
 * Appends one line made of the text to a table, making it with header (a line without line end)
 * when there is none. The old lines are kept as they are. Frees the row's text.
 */
int ses_tsv_append(struct ses_tsv_text_out *row, const char *path, const char *header, struct alg_log *log);

#endif
