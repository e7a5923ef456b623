/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c - the rows of each session in turn; where they go is export_out.c's. */
#include "analysis/export.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/amend.h"
#include "data/unblind.h"

#include <errno.h>
#include <math.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows ------------------------------------------------------------------------------------------- */

static void write_json_cell(FILE *f, const struct ana_export_cell *cell)
{
	char number[ALG_NUMBER_TEXT_MAX];

	alg_text_number(number, cell->number);
	if (cell->text[0])
		alg_json_write_string(f, cell->text);
	else
		fputs(number[0] ? number : "null", f);
}

/* One row into the memory of its table. *infinite is set to the name of a column that is. */
static void add_row(
	struct ana_export *ex, enum ana_export_kind kind, const struct ana_export_row *row, const char **infinite)
{
	const struct ana_export_table *table = &ana_export_tables[kind];
	struct ana_export_output *to = &ex->table[kind];
	struct ana_export_cell cell;

	if (ex->options.json)
		fputs(to->rows + to->session_rows ? ",\n{" : "\n{", to->csv.out);
	for (size_t c = 0; c < table->n_columns; c++) {
		ana_export_cell(&table->column[c], to->from[c], row, &cell);
		if (isinf(cell.number))
			*infinite = table->column[c].name;
		if (ex->options.json) {
			fprintf(to->csv.out, "%s\"%s\":", c ? "," : "", table->column[c].name);
			write_json_cell(to->csv.out, &cell);
		} else if (cell.text[0]) {
			ana_csv_text(&to->csv, cell.text);
		} else {
			ana_csv_number(&to->csv, cell.number);
		}
	}
	if (ex->options.json)
		fputc('}', to->csv.out);
	else
		ana_csv_end_row(&to->csv);
	to->session_rows++;
}

static void add_measures(struct ana_export *ex, struct ana_export_row row, const char **infinite)
{
	const struct ana_export_table *table = &ana_export_tables[ANA_EXPORT_PRESSES];
	struct ana_export_said said;
	struct ana_export_cell cell;

	for (size_t c = 0; c < table->n_columns; c++) {
		row.measure = &table->column[c];
		if (!row.measure->measure)
			continue;
		ana_export_say(row.measure, &said);
		ana_export_cell(row.measure, ana_export_from(row.measure), &row, &cell);
		row.measure_value = cell.number;
		row.measure_units = said.units;
		add_row(ex, ANA_EXPORT_MEASURES, &row, infinite);
	}
}

/* Which point each press stands for: those of the visit know their row, practice and holds by the file's own number. */
static void find_press(struct ana_export_row *row, size_t trial)
{
	const struct ses_session *ses = row->ses;
	const struct ses_trial *t = &ses->trials[trial];

	row->trial = t;
	row->press = NULL;
	row->info = t->point >= 0 && (size_t)t->point < ses->n_points ? &ses->points[t->point] : NULL;
	if (row->info && (row->info->side != t->side[0] || strcmp(row->info->site_code, t->site_code)))
		row->info = NULL; /* amended to another place */
	for (size_t p = 0; row->visit && p < row->visit->n_points; p++)
		for (size_t i = 0; i < row->visit->point[p].n_press; i++)
			if ((size_t)row->visit->point[p].press[i].row == trial) {
				row->info = &row->visit->point[p].point;
				row->press = &row->visit->point[p].press[i];
				return;
			}
}

static void add_presses(struct ana_export *ex, struct ana_export_row row, const char **infinite)
{
	for (size_t i = 0; i < row.ses->n_trials; i++) {
		find_press(&row, i);
		if (ex->table[ANA_EXPORT_PRESSES].f)
			add_row(ex, ANA_EXPORT_PRESSES, &row, infinite);
		if (ex->table[ANA_EXPORT_MEASURES].f)
			add_measures(ex, row, infinite);
	}
}

static void add_points(struct ana_export *ex, struct ana_export_row row, const char **infinite)
{
	for (size_t i = 0; row.visit && i < row.visit->n_points; i++) {
		row.point = &row.visit->point[i];
		row.info = &row.point->point;
		add_row(ex, ANA_EXPORT_POINTS, &row, infinite);
	}
	for (size_t i = 0; !row.visit && i < row.ses->n_points; i++) {
		row.info = &row.ses->points[i];
		if (row.info->role != SES_ROLE_PRACTICE)
			add_row(ex, ANA_EXPORT_POINTS, &row, infinite);
	}
}

static void add_events(struct ana_export *ex, struct ana_export_row row, const char **infinite)
{
	/* The times alone would tell how long a blinded press was. */
	size_t n = row.visit ? row.ses->n_events : 1;

	for (size_t i = 0; i < n; i++) {
		row.event = row.visit ? &row.ses->events[i] : NULL;
		add_row(ex, ANA_EXPORT_EVENTS, &row, infinite);
	}
}

static void add_ratings(struct ana_export *ex, struct ana_export_row row, const char **infinite)
{
	for (size_t i = 0; i < row.ses->n_ratings; i++) {
		row.rating = &row.ses->ratings[i];
		add_row(ex, ANA_EXPORT_RATINGS, &row, infinite);
	}
}

static void add_all(struct ana_export *ex, const struct ana_export_row *row, const char **infinite)
{
	add_presses(ex, *row, infinite);
	if (ex->table[ANA_EXPORT_POINTS].f)
		add_points(ex, *row, infinite);
	if (ex->table[ANA_EXPORT_RATINGS].f)
		add_ratings(ex, *row, infinite);
	if (ex->table[ANA_EXPORT_EVENTS].f)
		add_events(ex, *row, infinite);
	if (ex->table[ANA_EXPORT_SESSIONS].f)
		add_row(ex, ANA_EXPORT_SESSIONS, row, infinite);
}

/* ---- a session's rows in memory, then in the files ---------------------------------------------------- */

static int fail_for_good(struct ana_export *ex, int rc)
{
	ex->failed = rc;
	return rc;
}

static int rows_begin(struct ana_export *ex)
{
	for (int k = 0; k < ANA_EXPORT_KINDS; k++) {
		struct ana_export_output *to = &ex->table[k];

		to->session_rows = 0;
		if (!to->f)
			continue;
		to->csv = (struct ana_csv){.out = open_memstream(&to->rows_text, &to->rows_len), .excel = ex->options.excel};
		if (!to->csv.out)
			return fail_for_good(ex, alg_fail(ex->log, MSG_NOMEM, "rows of a table"));
		__fsetlocking(to->csv.out, FSETLOCKING_BYCALLER); /* ours alone: no lock a character */
	}
	return 0;
}

/* keep: they are written; else forgotten. */
static int rows_end(struct ana_export *ex, bool keep)
{
	int rc = 0;

	for (int k = 0; k < ANA_EXPORT_KINDS; k++) {
		struct ana_export_output *to = &ex->table[k];

		if (!to->csv.out)
			continue;
		if (fclose(to->csv.out) && keep)
			rc = alg_fail(ex->log, MSG_NOMEM, "rows of a table");
		to->csv.out = NULL;
		if (rc == 0 && keep) {
			to->rows += to->session_rows;
			if (fwrite(to->rows_text, 1, to->rows_len, to->f) != to->rows_len) /* of standard output the program's end tells */
				rc = to->file.f ? alg_fail(ex->log, MSG_FILE_WRITE, to->file.path, strerror(errno)) : ALG_ERR_IO;
		}
		free(to->rows_text);
		to->rows_text = NULL;
	}
	return rc ? fail_for_good(ex, rc) : 0;
}

static int write_rows(struct ana_export *ex, const struct ana_export_row *row, const char *path)
{
	const char *infinite = NULL;
	int rc = rows_begin(ex);

	if (rc == 0)
		add_all(ex, row, &infinite);
	if (infinite)
		rc = alg_fail(ex->log, MSG_EXPORT_INFINITE, path, infinite);
	for (int k = 0; rc == 0 && ex->n_sessions == 0 && k < ANA_EXPORT_KINDS; k++)
		if (ex->table[k].f)
			ana_export_head(ex, k, ex->table[k].f);
	int end = rows_end(ex, rc == 0);

	return rc ? rc : end;
}

/* ---- a session ---------------------------------------------------------------------------------------- */

/* "sub-P012/ses-03/NAME", or the name alone: a path of this machine is nobody's business. */
static void short_path(const char *path, char out[PATH_MAX])
{
	char real[PATH_MAX];
	const char *from[3] = {NULL, NULL, NULL}; /* the last three parts, the last one first */
	int n = 0;

	if (!realpath(path, real))
		alg_text_copy(real, sizeof(real), path);
	for (char *p = real + strlen(real); p > real && n < 3; p--)
		if (p[-1] == '/')
			from[n++] = p;
	if (n == 3 && strncmp(from[2], "sub-", 4) == 0 && strncmp(from[1], "ses-", 4) == 0)
		alg_text_copy(out, PATH_MAX, from[2]);
	else
		alg_text_copy(out, PATH_MAX, n ? from[0] : real);
}

static double days_since_first(struct ana_export *ex, int32_t day, const char *code)
{
	if (!code || ex->day_lost)
		return NAN;
	if (!ex->day_known) {
		ex->first_day = day;
		ex->day_known = true;
	}
	return day - ex->first_day;
}

static void next_participant(struct ana_export *ex, const char *code)
{
	if (code && strcmp(code, ex->code)) {
		alg_text_copy(ex->code, sizeof(ex->code), code);
		ex->day_known = ex->day_lost = false;
	}
}

/* From a session in memory, amended or not as it was wished. */
static int put_session(struct ana_export *ex, const struct ses_session *ses, const char *path, const char *code)
{
	struct ana_visit visit = {0};
	struct ana_export_row row = {.ses = ses, .original = ex->options.read.original, .measure_value = NAN};
	char file[PATH_MAX];
	int32_t day;
	int shown = ses_unblinded(path, &ses->header, ex->log), rc = shown < 0 ? shown : 0;

	if (rc == 0 && alg_date_parse(ses->header.visit_day, &day))
		rc = alg_fail(ex->log, MSG_ANA_DAY, path, ses->header.visit_day);
	if (rc == 0 && shown)
		rc = ana_visit_from_session(&visit, ses, path, &ex->options.read, ex->log);
	if (rc == 0) {
		short_path(path, file);
		row.file = file;
		row.visit = shown ? &visit : NULL;
		row.days = days_since_first(ex, day, code);
		rc = write_rows(ex, &row, path);
	}
	if (rc == 0 && !shown)
		alg_note(ex->log, MSG_EXPORT_BLINDED, path);
	if (rc == 0) {
		ex->n_sessions++;
		ex->n_blinded += !shown;
		ex->n_simulated += ses->header.simulated != 0;
	}
	ana_visit_free(&visit);
	return rc;
}

int ana_export_session(struct ana_export *ex, struct ses_session *ses, const char *path, const char *code)
{
	int rc = ses ? 0 : ALG_ERR_FORMAT;

	next_participant(ex, code);
	if (rc == 0)
		rc = ex->options.read.original ? ses_session_amend_identity(ses, ex->log) : ses_session_amend(ses, ex->log);
	if (rc == 0 && ses->moved_to[0]) {
		alg_note(ex->log, MSG_MOVED, path, ses->moved_to);
		ex->n_moved++;
	} else if (rc == 0 && code && strcmp(ses->header.participant, code)) {
		rc = alg_fail(ex->log, MSG_ANA_FOLDER, path, ses->header.participant, code);
	} else if (rc == 0) {
		rc = put_session(ex, ses, path, code);
	}
	if (rc < 0 && !ex->day_known)
		ex->day_lost = true;
	return rc;
}
