/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schema.h - the session file as tables: which member of which row is which column, with its type,
 * unit, codes and meaning. Writing, reading, the digest chain and the tables of docs/FORMAT.md all
 * come from here, so that they cannot disagree. No HDF5 in here.
 *
 * The format is frozen: a column that is added raises SES_FORMAT_MINOR and says so in `since`, so that
 * an older file without it stays readable; nothing is removed, and no meaning is changed. A session that
 * was read keeps its own minor (ses_header.minor) when it is written again, as by amend, since its digests
 * cover the columns that its file has and no others.
 */
#ifndef SES_SCHEMA_H
#define SES_SCHEMA_H

#include "data/session.h"

#define SES_FORMAT_NAME "algometer-session"
enum { SES_FORMAT_MAJOR = 1, SES_FORMAT_MINOR = 1 };

enum ses_type {
	SES_F64,   /* double; NAN is always stored as 7FF8000000000000 */
	SES_I32,   /* int32_t, uint32_t or an enum of that size */
	SES_BOOL,  /* bool in memory, int32 0 or 1 in the file */
	SES_ASCII, /* char[]: printable ASCII, as it is */
	SES_TEXT,  /* char[]: UTF-8 in memory; in a column \uXXXX-escaped, in an attribute as it is */
	SES_CHAR,  /* one char, '\0' for none; a text of length 0 or 1 in the file */
};

struct ses_column {
	const char *name;
	enum ses_type type;
	size_t offset, size;  /* of the member in its row */
	const char *units;    /* "1": a pure number or a code; "text" */
	const char *text;     /* one sentence */
	const char *codes;    /* "1=accepted 2=rejected"; NULL when it is no code; '\n' before what a later minor added */
	int32_t lo, hi;       /* range of a SES_I32 */
	bool late;            /* an attribute that is known only later: not part of header_digest, but of the seal */
	int since;            /* minor version of the format that brought it; absent in files older than that */
};

/* One group: its rows are an array in struct ses_session. */
struct ses_table {
	const char *name;
	const char *text;
	const struct ses_column *column;
	size_t n_columns;
	size_t row_size;
	size_t rows_offset, count_offset; /* in struct ses_session */
	size_t max_rows;                  /* a file with more is refused */
};

/* A long text: one element of /texts. */
struct ses_long_text {
	const char *name;
	size_t offset; /* of the char * in struct ses_header */
	const char *text;
	int since;
};

enum { SES_TABLES = 6, SES_LONG_TEXTS = 3, SES_LONG_TEXT_MAX = 4 << 20, SES_WIDTH_MAX = 2048, SES_CODES_MAX = 400 };
extern const struct ses_table ses_tables[SES_TABLES];
extern const struct ses_column ses_header_columns[];
extern const size_t ses_header_n_columns;
extern const struct ses_long_text ses_long_texts[SES_LONG_TEXTS];

/* NULL when there is no such group or column. */
const struct ses_table *ses_table_find(const char *name);
const struct ses_column *ses_column_find(const struct ses_table *table, const char *name);

/* Rows of a table in a session; NULL and 0 when it has none. */
void *ses_table_rows(const struct ses_table *table, const struct ses_session *ses, size_t *n);
void ses_table_set_rows(const struct ses_table *table, struct ses_session *ses, void *rows, size_t n);

/* The codes that a file of format 1.minor knows, as its attribute says them; out has SES_CODES_MAX bytes. */
void ses_column_codes(const struct ses_column *column, int minor, char *out);

/* Bytes of one cell in the file: 8, 4, or the length of the fixed text. */
size_t ses_column_width(const struct ses_column *column);
/*
 * One cell in the form it has in the file: little endian, text filled up with NUL (always at least
 * one). out has ses_column_width bytes.
 */
void ses_cell_encode(const struct ses_column *column, const void *row, uint8_t *out);
/*
 * The other way, from a text of in_width bytes or a number. ALG_ERR_DATA for an integer out of
 * range, a text that is too long or not printable ASCII, a broken escape.
 */
int ses_cell_decode(const struct ses_column *column, const uint8_t *in, size_t in_width, void *row);

/* What a row has where its file is older than the column: NAN, the code nearest to 0, an empty text. */
void ses_cell_absent(const struct ses_column *column, void *row);

#endif
