/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * export.h - sessions as tidy tables for other programs: one observation a row, one variable a column.
 *
 *   presses   one row a press, with its value, units, what it was kept to and where it stands
 *   measures  the same numbers long: one row a press and variable, each with its units beside it
 *   points    one row a point and session: the value by the repeat rule, and what went into it
 *   ratings   one row an answer of the pain journal
 *   events    one row an event
 *   sessions  one row a session: what it was made with
 *
 * export_columns.c has one table of columns, from which rows, data dictionary, JSON and its schema are made
 * (export_describe.c). A column that is the file's own takes type, unit, codes and text from data/schema.h.
 *
 * Rows are written as their session is read; a session is written whole or not at all, and nothing of it is
 * kept. What was planned and not measured is an empty cell (null) with its reason. Values of a session that
 * is blinded and not unblinded are left empty, with the reason "blinded". Treatment is in no table.
 */
#ifndef ANA_EXPORT_H
#define ANA_EXPORT_H

#include "analysis/csv.h"
#include "analysis/ppt.h"
#include "base/file.h"
#include "base/json.h"
#include "data/schema.h"

enum ana_export_kind {
	ANA_EXPORT_PRESSES, ANA_EXPORT_MEASURES, ANA_EXPORT_POINTS, ANA_EXPORT_RATINGS, ANA_EXPORT_EVENTS, ANA_EXPORT_SESSIONS,
	ANA_EXPORT_KINDS,
};
enum { ANA_EXPORT_TEXT_MAX = 512, ANA_EXPORT_COLUMNS_MAX = 80, ANA_EXPORT_VERSION = 1 };

/* ---- the tables: export_columns.c, export_cells.c ----------------------------------------------------------------- */

/* What a row is made of; NULL where a table has no such thing. Everything is borrowed. */
struct ana_export_column;
struct ana_export_row {
	const struct ses_session *ses;
	const struct ana_visit *visit;  /* NULL: blinded */
	const struct ses_trial *trial;
	const struct ses_point *info;   /* of the press or the point; NULL: the file does not list it */
	const struct ana_press *press;  /* NULL: practice or hold, or blinded */
	const struct ana_point *point;  /* NULL: blinded */
	const struct ses_event *event;
	const struct ses_rating *rating;
	const struct ana_export_column *measure; /* of the table measures: which variable, its number and units */
	double measure_value;
	const char *measure_units;
	double days;                    /* since the participant's first session; NAN: not known */
	bool original;                  /* amendments were not applied, on request */
	const char *file;               /* "sub-P012/ses-03/..." */
};

struct ana_export_cell {
	double number;                  /* NAN: not there, or a text */
	char text[ANA_EXPORT_TEXT_MAX]; /* "" : not there, or a number */
};

enum ana_export_type { ANA_TYPE_NUMBER, ANA_TYPE_INTEGER, ANA_TYPE_FLAG, ANA_TYPE_WORD, ANA_TYPE_TEXT };

struct ana_export_column {
	const char *name;
	const char *group;   /* of the file: "header" "results" "points" "events" "ratings"; NULL: made here */
	const char *column;  /* its name there */
	/* of a column that is made here; of one of the file's where it differs */
	enum ana_export_type type;
	const char *units;   /* "kPa", "1" of pure numbers, "" of texts */
	const char *codes;   /* "word=meaning; word=meaning"; NULL: no codes */
	const char *text;
	void (*cell)(const struct ana_export_row *row, struct ana_export_cell *out);
	bool open;           /* told of a blinded session too */
	bool measure;        /* a variable of the table measures */
};

struct ana_export_table {
	const char *name, *text;
	const struct ana_export_column *column;
	size_t n_columns;
};
extern const struct ana_export_table ana_export_tables[ANA_EXPORT_KINDS];

/* The file's column that it is; NULL when it is made here. Looked up once a run. */
const struct ses_column *ana_export_from(const struct ana_export_column *column);
/* A column as it is described, whether its words are its own or the file's. Texts are static. */
struct ana_export_said {
	enum ana_export_type type;
	const char *units, *codes, *text;
	char source[64]; /* "/results/rate_kpa_s", "attribute tip_area_cm2" or "computed" */
};
void ana_export_say(const struct ana_export_column *column, struct ana_export_said *out);
/* from is ana_export_from(column). */
void ana_export_cell(const struct ana_export_column *column, const struct ses_column *from,
	const struct ana_export_row *row, struct ana_export_cell *out);
/* "accepted" of results/status 1, from the codes in data/schema.c; "" of "0=none" and of an unknown number. */
void ana_export_word(const struct ses_column *from, int32_t code, char *out, size_t cap);

/* ---- described: export_describe.c ------------------------------------------------------------------ */

/* The data dictionary: conventions, then one row a column of every table. */
void ana_export_dictionary(FILE *out, bool excel);
/* JSON Schema (draft 2020-12) of every table's JSON; the caller owns it; NULL: out of memory. */
cJSON *ana_export_schema(void);

/* ---- a run: export.c, export_out.c -------------------------------------------------------------------------------- */

struct ana_export_options {
	bool kind[ANA_EXPORT_KINDS];
	bool json, excel;
	struct ana_options read;
	const char *out; /* a folder; a file that ends in .csv or .json, for one kind; NULL: one kind to standard output */
};

struct ana_export {
	struct ana_export_options options;
	struct alg_log *log;
	struct ana_export_output {
		struct alg_file_stream file;
		FILE *f;                 /* the stream's, or standard output; NULL: not wanted */
		size_t rows;
		const struct ses_column *from[ANA_EXPORT_COLUMNS_MAX]; /* of each column */
		struct ana_csv csv;      /* the rows of the session at hand, in memory */
		char *rows_text;
		size_t rows_len, session_rows;
	} table[ANA_EXPORT_KINDS];
	char beside[PATH_MAX];           /* dictionary or schema; "" with standard output */
	size_t n_sessions, n_blinded, n_simulated, n_moved;
	char code[32];                   /* participant whose days are counted */
	int32_t first_day;
	bool day_known, day_lost;        /* lost: a session before could not be read */
	int failed;                      /* memory or the disk failed: nothing more can come */
};

/* Refuses what is there and was not made here (said); opens. *ex is to be given to end or abort when this went well. */
int ana_export_start(struct ana_export *ex, const struct ana_export_options *options, struct alg_log *log);
/*
 * One session's rows. ses: as recorded, a summary is enough; its amendments are applied in place, the caller clears it.
 * NULL: the file could not be read (said). code: the participant in whose folder it lies, in order of time, so that
 * days are counted from the first; NULL: a file by itself, whose days are not known.
 * ALG_ERR_FORMAT, ALG_ERR_DATA and the like (said) when it cannot be used: nothing of it is written, the next
 * may follow. ex->failed after an error of writing or memory: stop.
 */
int ana_export_session(struct ana_export *ex, struct ses_session *ses, const char *path, const char *code);
/* What a table begins with: its line of names, or the JSON up to its rows. In export_out.c. */
void ana_export_head(const struct ana_export *ex, int kind, FILE *f);
/* Writes what stands beside and gives everything its name. Nothing is left open, whatever comes back. */
int ana_export_end(struct ana_export *ex);
void ana_export_abort(struct ana_export *ex);

#endif
