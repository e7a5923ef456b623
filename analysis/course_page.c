/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_page.c - a course as a page: the answer, thresholds by session, changes, trends, what was done. */
#include "analysis/course_page.h"

#include "analysis/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Sessions side by side before the grid is broken into a second block. */
enum { COLUMNS = 7 };

/* "Primary point Upper trapezius, left: 200 -> 260 kPa, +60 kPa (+30 %): rose by more than measurement error, confirmed." */
static void primary_point(struct ana_text *text, const struct ana_row *row)
{
	char label[128], a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], change[ANA_NUMBER_MAX], percent[ANA_NUMBER_MAX];

	ana_point_label(&row->point, label, sizeof(label));
	if (row->baseline < 0 || row->latest <= row->baseline) {
		ana_text_para(text, 2, "Primary point %s: no change to report.", label);
		return;
	}
	const struct ana_cell *cell = &row->cell[row->latest];

	if (cell->change.kind == ANA_CHANGE_OPEN) {
		ana_text_para(text, 2, "Primary point %s: above the ceiling both times, so no change can be told.", label);
		return;
	}
	ana_kpa_text(a, row->base_kpa, row->base_bound);
	ana_kpa_text(b, cell->value_kpa, cell->bound);
	ana_change_text(change, &cell->change);
	ana_percent_text(percent, &cell->change);
	ana_text_para(text, 2, "Primary point %s: %s -> %s kPa, %s kPa (%s)%s%s%s%s%s.", label, a, b, change, percent,
		cell->change.verdict ? ": " : "", ana_finding_text(cell->change.verdict), cell->seen ? ", " : "",
		ana_seen_text(cell->seen), cell->seen == ANA_SEEN_AGAIN ? " at two visits in a row" : "");
}

static void mean_sentence(struct ana_text *text, const struct ana_pair_mean *mean, const char *first, const char *latest)
{
	char a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], change[ANA_NUMBER_MAX], percent[ANA_NUMBER_MAX],
		which[48] = "The one target point";

	if (mean->n == 0)
		return;
	ana_kpa_text(a, mean->a_kpa, mean->a_bound);
	ana_kpa_text(b, mean->b_kpa, mean->b_bound);
	ana_change_text(change, &mean->change);
	ana_percent_text(percent, &mean->change);
	if (mean->n > 1)
		snprintf(which, sizeof(which), "Mean of the %zu target points", mean->n);
	ana_text_para(text, 0, "%s measured in sessions %s and %s: %s -> %s kPa, %s kPa (%s, "
		"change of the means).", which, first, latest, a, b, change, percent);
}

/* Primary points first, then how many changed, then whether that was seen again. */
static void answer(struct ana_text *text, const struct ana_course *c)
{
	const struct ana_course_visit *first = &c->visit[c->first], *latest = &c->visit[c->latest];
	char name_first[48], name_latest[48], sentence[240];

	ana_visit_name(&first->visit, name_first, sizeof(name_first));
	ana_visit_name(&latest->visit, name_latest, sizeof(name_latest));
	ana_text_para(text, 4, "%s, %zu session%s, %s to %s (%d days)", c->participant, c->n_visits, c->n_visits == 1 ? "" : "s",
		first->visit.header.visit_day, latest->visit.header.visit_day, (int)latest->day);
	if (c->latest <= c->first) {
		ana_text_line(text, "One session so far: there is no change to report.");
		return;
	}
	if (!latest->alike)
		ana_text_para(text, 0, "Session %s is not alike with session %s (see below): no change is reported.", name_latest,
			name_first);
	for (size_t r = 0; r < c->n_rows; r++)
		if (c->row[r].point.primary)
			primary_point(text, &c->row[r]);
	if (c->tally.n) {
		ana_tally_text(sentence, sizeof(sentence), &c->tally);
		ana_text_para(text, 0, "%s to latest (session %s): %s", c->baseline > 1 ? "Baseline" : "First", name_latest, sentence);
	}
	ana_again_text(sentence, sizeof(sentence), &c->again);
	if (*sentence)
		ana_text_para(text, 0, "Seen again: %s", sentence);
	mean_sentence(text, &latest->targets_change, name_first, name_latest);
	if (!ana_course_has_change(c))
		ana_text_para(text, 0, "No point has a value after its baseline: there is no change to report.");
	else if (!ana_basis_any(&c->basis))
		ana_basis_text(text, &c->errors, &c->basis);
}

static void role_heading(struct ana_grid *grid, const struct ana_row *row, int *role)
{
	if ((int)row->point.role == *role)
		return;
	*role = (int)row->point.role;
	ana_grid_cell(grid, "%s", ana_role_text(row->point.role));
	ana_grid_end_row(grid);
}

static void mean_row(struct ana_grid *grid, const struct ana_course *c, size_t from, size_t n)
{
	bool partial = false;
	char kpa[ANA_NUMBER_MAX];

	for (size_t v = 0; v < c->n_visits; v++)
		partial |= c->visit[v].targets.n_missing > 0;
	ana_grid_cell(grid, "mean of targets%s", partial ? " with a value" : "");
	for (size_t v = from; v < from + n; v++) {
		ana_kpa_text(kpa, c->visit[v].targets.kpa, c->visit[v].targets.bound);
		ana_grid_cell(grid, "%s", kpa);
	}
}

/* Number, time point and run of each session, a line each, so that columns stay narrow. */
static void session_heads(struct ana_grid *grid, const struct ana_course *c, size_t from, size_t n)
{
	bool acq = false, run = false;

	for (size_t v = 0; v < c->n_visits; v++) {
		acq |= *c->visit[v].visit.header.acq != '\0';
		run |= c->visit[v].visit.header.run > 1;
	}
	ana_grid_cell(grid, "kPa, session");
	for (size_t v = from; v < from + n; v++)
		ana_grid_cell(grid, "%d", (int)c->visit[v].visit.header.session);
	if (acq)
		ana_grid_cell(grid, "time point");
	for (size_t v = from; acq && v < from + n; v++)
		ana_grid_cell(grid, "%s", c->visit[v].visit.header.acq);
	if (run)
		ana_grid_cell(grid, "run");
	for (size_t v = from; run && v < from + n; v++)
		ana_grid_cell(grid, "%d", (int)c->visit[v].visit.header.run);
}

static void block(struct ana_text *text, const struct ana_course *c, size_t from, size_t n)
{
	struct ana_grid grid;
	char kpa[ANA_NUMBER_MAX], label[128];
	int role = -1;
	bool targets = false;

	ana_grid_start(&grid, "lrrrrrrrr");
	grid.columns = 1 + n;
	session_heads(&grid, c, from, n);
	ana_grid_cell(&grid, "day");
	for (size_t v = from; v < from + n; v++)
		ana_grid_cell(&grid, "%d", (int)c->visit[v].day);
	for (size_t r = 0; r < c->n_rows; r++) {
		const struct ana_row *row = &c->row[r];

		role_heading(&grid, row, &role);
		targets |= row->point.role == SES_ROLE_TARGET;
		ana_point_text(label, sizeof(label), &row->point);
		ana_grid_cell(&grid, "%s", label);
		for (size_t v = from; v < from + n; v++) {
			ana_kpa_text(kpa, row->cell[v].value_kpa, row->cell[v].bound);
			ana_grid_cell(&grid, "%s", row->cell[v].point ? kpa : "");
		}
	}
	if (targets) {
		ana_grid_cell(&grid, "all");
		ana_grid_end_row(&grid);
		mean_row(&grid, c, from, n);
	}
	ana_grid_print(&grid, text);
}

/* "rose, confirmed", "rose, not yet", "within error"; the sessions of rows that differ stand in the notes. */
static void change_note(char *out, size_t cap, const struct ana_row *row)
{
	const struct ana_cell *cell = row->latest >= 0 ? &row->cell[row->latest] : NULL;

	if (row->baseline < 0)
		snprintf(out, cap, "no value");
	else if (cell->seen)
		snprintf(out, cap, "%s, %s", cell->change.verdict == ANA_VERDICT_RISE ? "rose" : "fell",
			cell->seen == ANA_SEEN_OPEN ? "not yet" : ana_seen_text(cell->seen));
	else
		snprintf(out, cap, "%s", ana_verdict_text(cell->change.verdict));
}

static void change_row(struct ana_grid *grid, const struct ana_row *row)
{
	char label[128], first[ANA_NUMBER_MAX] = "-", latest[ANA_NUMBER_MAX] = "-", change[ANA_NUMBER_MAX] = "-",
		percent[ANA_NUMBER_MAX] = "-", note[64];

	if (row->baseline >= 0)
		ana_kpa_text(first, row->base_kpa, row->base_bound);
	if (row->latest > row->baseline) {
		const struct ana_cell *cell = &row->cell[row->latest];

		ana_kpa_text(latest, cell->value_kpa, cell->bound);
		ana_change_text(change, &cell->change);
		ana_percent_text(percent, &cell->change);
	}
	change_note(note, sizeof(note), row);
	ana_point_text(label, sizeof(label), &row->point);
	ana_grid_cell(grid, "%s", label);
	ana_grid_cell(grid, "%s", first);
	ana_grid_cell(grid, "%s", latest);
	ana_grid_cell(grid, "%s", change);
	ana_grid_cell(grid, "%s", percent);
	ana_grid_cell(grid, "%s", note);
}

static void changes(struct ana_text *text, const struct ana_course *c)
{
	struct ana_grid grid;
	int role = -1;

	ana_grid_start(&grid, "lrrrrl");
	ana_grid_cell(&grid, "change");
	if (c->baseline > 1)
		ana_grid_cell(&grid, "first %d", c->baseline);
	else
		ana_grid_cell(&grid, "first");
	ana_grid_cell(&grid, "latest");
	ana_grid_cell(&grid, "kPa");
	ana_grid_cell(&grid, "%%");
	ana_grid_end_row(&grid);
	for (size_t r = 0; r < c->n_rows; r++) {
		role_heading(&grid, &c->row[r], &role);
		change_row(&grid, &c->row[r]);
	}
	ana_grid_print(&grid, text);
}

/* ---- trends ---------------------------------------------------------------------------------------------- */

static void trend_row(struct ana_grid *grid, const struct ana_course *c, const struct ana_row *row)
{
	const struct ana_trend *t = &row->trend;
	char label[128], slope[ANA_NUMBER_MAX], interval[48];

	ana_point_text(label, sizeof(label), &row->point);
	ana_slope_text(slope, sizeof(slope), t);
	ana_slope_interval_text(interval, sizeof(interval), t);
	ana_grid_cell(grid, "%s", label);
	ana_grid_cell(grid, "%zu", t->n);
	ana_grid_cell(grid, "%s", slope);
	ana_grid_cell(grid, "%s", interval);
	if (isnan(t->average_kpa))
		ana_grid_cell(grid, "-");
	else
		ana_grid_cell(grid, "%.0f", t->average_kpa);
	if (row->confirmed < 0)
		ana_grid_cell(grid, "-");
	else
		ana_grid_cell(grid, "%d", (int)(c->visit[row->confirmed].day - c->visit[row->baseline].day));
}

/* From four values on: slope a week, average over time, days to the first confirmed change. */
static void trends(struct ana_text *text, const struct ana_course *c)
{
	struct ana_grid grid;
	int role = -1;
	bool any = false, bound = false;

	for (size_t r = 0; r < c->n_rows; r++) {
		any |= c->row[r].trend.n >= ANA_TREND_MIN;
		bound |= c->row[r].trend.n >= ANA_TREND_MIN && isnan(c->row[r].trend.per_week);
	}
	if (!any)
		return;
	ana_text_line(text, "%s", "");
	ana_grid_start(&grid, "lrrrrr");
	ana_grid_cell(&grid, "%s a week", ana_course_scale(c) == SES_SCALE_LOG10 ? "%" : "kPa");
	ana_grid_cell(&grid, "n");
	ana_grid_cell(&grid, "slope");
	ana_grid_cell(&grid, "95 %% interval");
	ana_grid_cell(&grid, "average");
	ana_grid_cell(&grid, "confirmed");
	for (size_t r = 0; r < c->n_rows; r++) {
		role_heading(&grid, &c->row[r], &role);
		trend_row(&grid, c, &c->row[r]);
	}
	ana_grid_print(&grid, text);
	ana_text_para(text, 2, "Slope: straight line by least squares over the days, from %d values on, post sessions left out; interval by t "
		"with n - 2 df from the scatter about it. It assumes a straight line and sessions whose errors do not depend on each "
		"other. Average: kPa over time, by trapezoids. Confirmed: days from the baseline to the first change seen at two visits in a row.%s",
		ANA_TREND_MIN, bound ? " No slope where a value is \">\" or there are too few." : "");
}

static void treatments(struct ana_text *text, const struct ana_course *c)
{
	if (c->n_treatments == 0)
		return;
	ana_text_line(text, "Treatments");
	for (size_t i = 0; i < c->n_treatments; i++) {
		const struct ana_treatment *t = &c->treatment[i];

		ana_text_para(text, 6, "  day %d (%s): %s%s%s%s%s", (int)t->day, t->date, t->modality, *t->target ? ", " : "",
			t->target, *t->dose ? ", " : "", t->dose);
	}
}

void ana_course_page(struct ana_text *text, const struct ana_course *c)
{
	if (c->simulated)
		ana_simulated_text(text);
	if (c->n_visits == 0) {
		ana_text_line(text, "No session.");
		return;
	}
	answer(text, c);
	for (size_t from = 0; from < c->n_visits; from += COLUMNS) {
		ana_text_line(text, "%s", "");
		block(text, c, from, c->n_visits - from < COLUMNS ? c->n_visits - from : COLUMNS);
	}
	if (c->latest > c->first) {
		ana_text_line(text, "%s", "");
		changes(text, c);
		trends(text, c);
	}
	ana_text_line(text, "%s", "");
	treatments(text, c);
	ana_course_notes(text, c);
	ana_course_marks(text, c);
	if (ana_basis_any(&c->basis))
		ana_basis_text(text, &c->errors, &c->basis);
	ana_text_para(text, 2, "Values: %s of the presses at a point, shown to 1 kPa. Change: latest minus %s; %%: of that point's own "
		"%s. A higher %s is less tender. A change beyond measurement error may still not "
		"matter to the person, and one within it may. Not a diagnosis.", ses_rule_word(c->visit[c->first].visit.rule),
		c->baseline == 1 ? "first" : ana_course_scale(c) == SES_SCALE_LOG10 ? "baseline (geometric mean of the first sessions)"
		: "baseline (mean of the first sessions)", c->baseline == 1 ? "first value" : "baseline",
		ana_measure_name(c->visit[c->first].visit.measure));
}
