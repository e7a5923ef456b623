/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_course_text.c - a course as a table, and as a drawing of characters for a terminal. */
#include "analysis/plot_course.h"

#include <math.h>
#include <string.h>

enum { TEXT_MAX = 900, LETTERS_MAX = 12 };

void ana_presses_text(const struct ana_point *point, char *out, size_t cap)
{
	out[0] = '\0';
	for (size_t i = 0; point && i < point->n_press; i++) {
		const struct ana_press *press = &point->press[i];
		char one[48];

		if (press->status == SES_ACCEPTED && isfinite(press->kpa))
			snprintf(one, sizeof(one), "%.1f", press->kpa);
		else if (press->status == SES_CENSORED)
			snprintf(one, sizeof(one), ">%.1f", press->kpa);
		else
			snprintf(one, sizeof(one), "%s(%s)", ses_status_word(press->status), ses_reason_word(press->reason));
		ana_join(out, cap, one, " ");
	}
}

static const char *kind_word(enum ana_change_kind kind)
{
	static const char *const word[] = {"", "exact", "at least", "at most", "open"};

	return (unsigned)kind < sizeof(word) / sizeof(word[0]) ? word[kind] : "";
}

void ana_change_cells(struct ana_table *table, const struct ana_change *change)
{
	ana_table_text(table, kind_word(change->kind));
	ana_table_number(table, change->kpa, 3);
	ana_table_number(table, change->percent, 3);
	ana_table_number(table, change->ci_low_kpa, 3);
	ana_table_number(table, change->ci_high_kpa, 3);
	ana_table_number(table, change->ci_low_percent, 3);
	ana_table_number(table, change->ci_high_percent, 3);
	ana_table_number(table, change->fall_kpa, 3);
	ana_table_number(table, change->rise_kpa, 3);
	ana_table_text(table, ana_error_known(&change->error) ? ses_sem_kind_word(change->error.kind) : "");
	ana_table_text(table, ana_verdict_word(change->verdict));
}

void ana_point_cells(struct ana_table *table, const struct ses_point *point)
{
	char side[2] = {point->side, '\0'};

	ana_table_text(table, point->site_code);
	ana_table_text(table, side);
	ana_table_number(table, point->series, 0);
	ana_table_text(table, point->role ? ses_role_word(point->role) : "");
	ana_table_text(table, point->label);
}

static void cell_row(struct ana_table *table, const struct ana_course *course, const struct ana_row *row, size_t v)
{
	const struct ana_cell *cell = &row->cell[v];
	const struct ses_header *h = &course->visit[v].visit.header;
	char presses[TEXT_MAX];

	ana_point_cells(table, &row->point);
	ana_table_number(table, h->session, 0);
	ana_table_text(table, h->acq);
	ana_table_text(table, h->visit_day);
	ana_table_number(table, course->visit[v].day, 0);
	ana_table_number(table, cell->value_kpa, 3);
	ana_table_number(table, cell->bound, 0);
	ana_table_number(table, cell->point ? cell->point->n_used : 0, 0);
	ana_table_number(table, cell->point ? cell->point->n_rejected : 0, 0);
	ana_table_number(table, cell->point ? cell->point->n_censored : 0, 0);
	ana_table_number(table, cell->point ? cell->point->n_missing : 0, 0);
	ana_table_text(table, isfinite(cell->value_kpa) ? "" : !cell->point ? "not planned"
		: ses_reason_word(cell->point->reason));
	ana_presses_text(cell->point, presses, sizeof(presses));
	ana_table_text(table, presses);
	ana_change_cells(table, &cell->change);
	ana_table_text(table, ana_seen_word(cell->seen));
	ana_table_number(table, row->base_kpa, 3);
	ana_table_text(table, "");
	ana_table_number(table, NAN, 0);
}

static void blanks(struct ana_table *table, int n)
{
	while (n-- > 0)
		ana_table_text(table, "");
}

/* A row without a point: an answer of the journal, or a treatment (item "treatment", in words as its label). */
static void other_row(struct ana_table *table, const char *label, const struct ses_header *h, const char *date, int32_t day,
	const char *item, double score)
{
	blanks(table, 4);
	ana_table_text(table, label);
	ana_table_number(table, h ? h->session : NAN, 0);
	ana_table_text(table, h ? h->acq : "");
	ana_table_text(table, date);
	ana_table_number(table, day, 0);
	while (table->n_cells % table->n_columns != table->n_columns - 2 && !table->failed)
		ana_table_text(table, "");
	ana_table_text(table, item);
	ana_table_number(table, score, 0);
}

static void journal_rows(struct ana_table *table, const struct ana_course *course)
{
	char label[300];

	for (size_t v = 0; v < course->n_visits; v++) {
		const struct ana_visit *visit = &course->visit[v].visit;

		for (size_t i = 0; i < visit->n_ratings; i++)
			other_row(table, visit->rating[i].skipped, &visit->header, visit->header.visit_day, course->visit[v].day,
				visit->rating[i].item, visit->rating[i].value);
	}
	for (size_t i = 0; i < course->n_treatments; i++) {
		const struct ana_treatment *t = &course->treatment[i];

		snprintf(label, sizeof(label), "%s%s%s%s%s", t->modality, *t->target ? ", " : "", t->target, *t->dose ? ", " : "", t->dose);
		other_row(table, label, NULL, t->date, t->day, "treatment", NAN);
	}
}

void ana_course_table(struct ana_table *table, const struct ana_course *course)
{
	static const char *const names[] = {"site_code", "side", "series", "role", "label", "session", "acq", "date", "day",
		"value_kpa", "more_than", "n_used", "n_rejected", "n_censored", "n_missing", "reason", "presses_kpa",
		"change", "change_kpa", "change_percent", ANA_CHANGE_CELLS_TAIL, "verdict", "seen", "baseline_kpa", "item", "score"};

	ana_table_start(table, names, sizeof(names) / sizeof(names[0]));
	for (size_t r = 0; r < course->n_rows; r++)
		for (size_t v = 0; v < course->n_visits; v++)
			cell_row(table, course, &course->row[r], v);
	journal_rows(table, course);
}

/* ---- for a terminal: change from the first value, a letter a target point ---------------------- */

static double change_at(const struct ana_row *row, size_t v)
{
	const struct ana_cell *cell = &row->cell[v];

	if (row->baseline < 0)
		return NAN;
	if ((int)v >= row->baseline_first && (int)v <= row->baseline)
		return row->base_bound ? NAN : cell->value_kpa - row->base_kpa;
	return cell->change.kind == ANA_CHANGE_EXACT ? cell->change.kpa : NAN;
}

/* An MDC that was given for every point. */
static double common_mdc(const struct ana_course *course)
{
	double limits = sqrt((1 + 1.0 / course->baseline) / 2);

	return ana_errors_given(&course->errors) && course->errors.n_sites == 0 ? course->errors.kpa * limits : NAN;
}

/* " rose+" was so at two visits in a row, " rose" at the last one only. */
static void verdict_mark(const struct ana_row *row, char out[16])
{
	static const char *const word[] = {"", " rose", " fell", " m.err.", " ceiling"};
	const struct ana_cell *cell = row->latest < 0 ? NULL : &row->cell[row->latest];

	snprintf(out, 16, "%s%s", cell ? word[cell->change.verdict] : "", cell && cell->seen == ANA_SEEN_AGAIN ? "+" : "");
}

static int n_letters(const struct ana_course *course)
{
	int n = 0;

	for (size_t r = 0; r < course->n_rows && n < LETTERS_MAX; r++)
		n += course->row[r].point.role == SES_ROLE_TARGET;
	return n;
}

static size_t letters(struct ana_plot *plot, const struct ana_course *course, double *low, double *top)
{
	size_t n = 0;

	for (size_t r = 0; r < course->n_rows && n < LETTERS_MAX; r++) {
		const struct ana_row *row = &course->row[r];

		if (row->point.role != SES_ROLE_TARGET)
			continue;
		fprintf(plot->gp, "$row%zu << EOD\n", n++);
		for (size_t v = 0; v < course->n_visits; v++) {
			double change = change_at(row, v);

			if (!isfinite(change))
				continue;
			fprintf(plot->gp, "%.6g %.6g\n", course->visit[v].day / 7.0, change);
			*low = fmin(*low, change);
			*top = fmax(*top, change);
		}
		fputs("-99 -99999\nEOD\n", plot->gp); /* out of sight: a block must not be empty */
	}
	return n;
}

static void key(struct ana_plot *plot, const struct ana_course *course, double x)
{
	size_t n = 0;
	double y = 1.5;
	bool again = false;

	ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, "target points:");
	for (size_t r = 0; r < course->n_rows && n < LETTERS_MAX; r++) {
		const struct ana_row *row = &course->row[r];
		char text[96], name[40], number[32] = "?", verdict[16];

		if (row->point.role != SES_ROLE_TARGET)
			continue;
		ana_point_short(&row->point, name, sizeof(name));
		if (row->latest >= 0 && row->cell[row->latest].change.kind != ANA_CHANGE_NONE)
			ana_signed_text(number, sizeof(number), row->cell[row->latest].change.kpa, 0);
		verdict_mark(row, verdict);
		again |= strchr(verdict, '+') != NULL;
		snprintf(text, sizeof(text), "%c %-9s %s%s", (char)('a' + n++), name, number, verdict);
		ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, text);
	}
	if (again)
		ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, "+ two visits in a row");
	y++;
	if (isfinite(common_mdc(course)))
		ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, "- - the MDC");
	if (course->n_treatments)
		ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, "T   treatment");
}

void ana_course_terminal(struct ana_plot *plot, const struct ana_course *course)
{
	double low = -20, top = 20, mdc = common_mdc(course), right = 24;
	double last = fmax(1, course->visit[course->n_visits - 1].day / 7.0);
	char words[ANA_PLOT_WORDS_MAX];
	int lines = ana_plot_say(plot, course->simulated ? "SIMULATED DATA. " : "", plot->title);

	ana_course_summary(course, words, sizeof(words));
	lines += ana_plot_say(plot, words, "");
	lines += ana_course_journal_lines(plot, course);
	ana_plot_page(plot, fmax(fmax(14, n_letters(course) + 7.0), plot->style.rows - lines));
	size_t n = letters(plot, course, &low, &top);

	if (isfinite(mdc)) {
		low = fmin(low, -mdc);
		top = fmax(top, mdc);
	}
	ana_plot_panel(plot, 8, 1, plot->width_mm - 9 - right, plot->height_mm - 4);
	ana_plot_text(plot, 0, 0.5, ANA_LEFT, 0, 0, 0, course->baseline > 1 ? "change from the baseline (kPa)" : "change from the first value (kPa)");
	key(plot, course, plot->width_mm - right);
	low -= 0.12 * (top - low);
	fprintf(plot->gp, "set xrange [%.4f:%.4f]\nset yrange [%.4f:%.4f]\nset xtics %g\nset ytics %g\nset format \"%%g\"\n"
		"set xlabel \"weeks from the first session\" offset 0,0.5\n", -0.04 * last, 1.05 * last, low, top * 1.06,
		fmax(1, ana_tick(last, 8)), ana_tick(top - low, 5));
	for (size_t i = 0; i < course->n_treatments; i++)
		if (course->treatment[i].day / 7.0 >= -0.04 * last && course->treatment[i].day / 7.0 <= 1.05 * last)
			fprintf(plot->gp, "set label \"T\" at %.4f,graph 0.1 center front\n", course->treatment[i].day / 7.0);
	fputs("plot 0 with dots", plot->gp);
	if (isfinite(mdc))
		fprintf(plot->gp, ", %.6g with points pointtype \"-\", %.6g with points pointtype \"-\"", mdc, -mdc);
	for (size_t i = 0; i < n; i++)
		fprintf(plot->gp, ", $row%zu with points pointtype \"%c\"", i, (char)('a' + i));
	fputs("\n", plot->gp);
}
