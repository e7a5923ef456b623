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

void ana_course_table(struct ana_table *table, const struct ana_course *course)
{
	static const char *const names[] = {"site_code", "side", "series", "role", "label", "session", "acq", "date", "day",
		"value_kpa", "more_than", "n_used", "n_rejected", "n_censored", "n_missing", "reason", "presses_kpa",
		"change", "change_kpa", "change_percent", ANA_CHANGE_CELLS_TAIL, "verdict"};

	ana_table_start(table, names, sizeof(names) / sizeof(names[0]));
	for (size_t r = 0; r < course->n_rows; r++)
		for (size_t v = 0; v < course->n_visits; v++) {
			const struct ana_row *row = &course->row[r];
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
		}
}

/* ---- for a terminal: change from the first value, a letter a target point ---------------------- */

static double change_at(const struct ana_row *row, size_t v)
{
	const struct ana_cell *cell = &row->cell[v];

	if (row->baseline < 0)
		return NAN;
	if ((int)v == row->baseline)
		return 0;
	return cell->change.kind == ANA_CHANGE_EXACT ? cell->change.kpa : NAN;
}

static double common_mdc(const struct ana_course *course)
{
	return ana_errors_given(&course->errors) && course->errors.n_sites == 0 ? course->errors.kpa : NAN;
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

	ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, "target points:");
	for (size_t r = 0; r < course->n_rows && n < LETTERS_MAX; r++) {
		const struct ana_row *row = &course->row[r];
		char text[96], name[40], number[32] = "?";

		if (row->point.role != SES_ROLE_TARGET)
			continue;
		ana_point_short(&row->point, name, sizeof(name));
		if (row->latest >= 0 && row->cell[row->latest].change.kind != ANA_CHANGE_NONE)
			ana_signed_text(number, sizeof(number), row->cell[row->latest].change.kpa, 0);
		snprintf(text, sizeof(text), "%c %-9s %s%s", (char)('a' + n++), name, number,
			row->latest < 0 ? "" : row->cell[row->latest].change.verdict == ANA_VERDICT_RISE ? " rose"
			: row->cell[row->latest].change.verdict == ANA_VERDICT_FALL ? " fell"
			: row->cell[row->latest].change.verdict == ANA_VERDICT_WITHIN ? " m.err." : "");
		ana_plot_text(plot, x, y++, ANA_LEFT, 0, 0, 0, text);
	}
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
	ana_plot_page(plot, fmax(14, plot->style.rows - lines));
	size_t n = letters(plot, course, &low, &top);

	if (isfinite(mdc)) {
		low = fmin(low, -mdc);
		top = fmax(top, mdc);
	}
	ana_plot_panel(plot, 8, 1, plot->width_mm - 9 - right, plot->height_mm - 4);
	ana_plot_text(plot, 0, 0.5, ANA_LEFT, 0, 0, 0, "change from the first value (kPa)");
	key(plot, course, plot->width_mm - right);
	low -= 0.12 * (top - low);
	fprintf(plot->gp, "set xrange [%.4f:%.4f]\nset yrange [%.4f:%.4f]\nset xtics %g\nset ytics %g\nset format \"%%g\"\n"
		"set xlabel \"weeks from the first session\" offset 0,0.5\n", -0.04 * last, 1.05 * last, low, top * 1.06,
		fmax(1, ana_tick(last, 8)), ana_tick(top - low, 5));
	for (size_t i = 0; i < course->n_treatments; i++)
		fprintf(plot->gp, "set label \"T\" at %.4f,graph 0.04 center\n", course->treatment[i].day / 7.0);
	fputs("plot 0 with dots", plot->gp);
	if (isfinite(mdc))
		fprintf(plot->gp, ", %.6g with points pointtype \"-\", %.6g with points pointtype \"-\"", mdc, -mdc);
	for (size_t i = 0; i < n; i++)
		fprintf(plot->gp, ", $row%zu with points pointtype \"%c\"", i, (char)('a' + i));
	fputs("\n", plot->gp);
}
