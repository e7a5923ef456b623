/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_page.c - a course as a page: the answer, thresholds by session, changes, what was done. */
#include "analysis/pages.h"

#include "analysis/ceilings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Sessions side by side before the grid is broken into a second block. */
enum { COLUMNS = 7 };

static void answer(struct ana_text *text, const struct ana_course *c)
{
	const struct ana_course_visit *first = &c->visit[c->first], *latest = &c->visit[c->latest];
	char name_first[48], name_latest[48], a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], change[ANA_NUMBER_MAX],
		percent[ANA_NUMBER_MAX], sentence[240];

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
	if (c->tally.n) {
		ana_tally_text(sentence, sizeof(sentence), &c->tally);
		ana_text_para(text, 0, "First to latest (session %s): %s", name_latest, sentence);
	}
	const struct ana_pair_mean *mean = &latest->targets_change;

	if (mean->n) {
		ana_kpa_text(a, mean->a_kpa, mean->a_bound);
		ana_kpa_text(b, mean->b_kpa, mean->b_bound);
		ana_change_text(change, &mean->change);
		ana_percent_text(percent, &mean->change);
		char which[48] = "The one target point";

		if (mean->n > 1)
			snprintf(which, sizeof(which), "Mean of the %zu target points", mean->n);
		ana_text_para(text, 0, "%s measured in sessions %s and %s: %s -> %s kPa, %s kPa (%s, "
			"change of the means).", which, name_first, name_latest, a, b, change, percent);
	}
	if (!ana_basis_any(&c->basis))
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

/* The verdict, and the session when it is not the first or the latest of the course. */
static void change_note(char *out, size_t cap, const struct ana_course *c, const struct ana_row *row)
{
	const char *verdict = row->latest >= 0 ? ana_verdict_text(row->cell[row->latest].change.verdict) : "";
	char name[48], sessions[128] = "";

	if (row->baseline < 0) {
		snprintf(out, cap, "no value");
		return;
	}
	if (row->baseline != (int)c->first) {
		ana_visit_name(&c->visit[row->baseline].visit, name, sizeof(name));
		snprintf(sessions, sizeof(sessions), "from ses %s", name);
	}
	if (row->latest > row->baseline && row->latest != (int)c->latest) {
		size_t len = strlen(sessions);

		ana_visit_name(&c->visit[row->latest].visit, name, sizeof(name));
		snprintf(sessions + len, sizeof(sessions) - len, "%sto ses %s", len ? " " : "", name);
	}
	snprintf(out, cap, "%s%s%s", verdict, *verdict && *sessions ? ", " : "", sessions);
}

static void changes(struct ana_text *text, const struct ana_course *c)
{
	struct ana_grid grid;
	int role = -1;

	ana_grid_start(&grid, "lrrrrl");
	ana_grid_cell(&grid, "change");
	ana_grid_cell(&grid, "first");
	ana_grid_cell(&grid, "latest");
	ana_grid_cell(&grid, "kPa");
	ana_grid_cell(&grid, "%%");
	ana_grid_end_row(&grid);
	for (size_t r = 0; r < c->n_rows; r++) {
		const struct ana_row *row = &c->row[r];
		char label[128], first[ANA_NUMBER_MAX] = "-", latest[ANA_NUMBER_MAX] = "-", change[ANA_NUMBER_MAX] = "-",
			percent[ANA_NUMBER_MAX] = "-", note[200];

		role_heading(&grid, row, &role);
		if (row->baseline >= 0)
			ana_kpa_text(first, row->cell[row->baseline].value_kpa, row->cell[row->baseline].bound);
		if (row->latest > row->baseline) {
			const struct ana_cell *cell = &row->cell[row->latest];

			ana_kpa_text(latest, cell->value_kpa, cell->bound);
			ana_change_text(change, &cell->change);
			ana_percent_text(percent, &cell->change);
		}
		change_note(note, sizeof(note), c, row);
		ana_point_text(label, sizeof(label), &row->point);
		ana_grid_cell(&grid, "%s", label);
		ana_grid_cell(&grid, "%s", first);
		ana_grid_cell(&grid, "%s", latest);
		ana_grid_cell(&grid, "%s", change);
		ana_grid_cell(&grid, "%s", percent);
		ana_grid_cell(&grid, "%s", note);
	}
	ana_grid_print(&grid, text);
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

static void missing(struct ana_text *text, const struct ana_course *c)
{
	char why[64], name[48], label[128];

	for (size_t i = 0; i < c->n_absent; i++)
		ana_text_para(text, 2, "MISSING: session %d %s.", c->absent[i].session,
			c->absent[i].unreadable ? "has a file that cannot be read or shown; it is not in these numbers" : "has no file");
	for (size_t r = 0; r < c->n_rows; r++)
		for (size_t v = 0; v < c->n_visits; v++) {
			const struct ana_point *p = c->row[r].cell[v].point;

			if (!p || !isnan(p->value_kpa))
				continue;
			ana_missing_text(why, sizeof(why), p);
			ana_visit_name(&c->visit[v].visit, name, sizeof(name));
			ana_point_text(label, sizeof(label), &p->point);
			ana_text_para(text, 2, "No value: session %s, %s (%s).", name, label, why);
		}
}

/* Points picked because they hurt read higher the next time, treatment or not. */
static bool chosen_at_first_session(const struct ana_course *c)
{
	for (size_t r = 0; r < c->n_rows; r++)
		if (c->row[r].point.role == SES_ROLE_TARGET &&
			strcmp(c->row[r].point.since, c->visit[0].visit.header.visit_day) == 0)
			return true;
	return false;
}

static void notes(struct ana_text *text, const struct ana_course *c)
{
	bool bound = false, moved = false, primary = false, post = false, original = false;
	char name[48];

	for (size_t r = 0; r < c->n_rows; r++) {
		moved |= c->row[r].moved;
		primary |= c->row[r].point.primary;
		for (size_t v = 0; v < c->n_visits; v++)
			bound |= c->row[r].cell[v].bound;
	}
	if (*c->despite)
		ana_text_para(text, 2, "COMPARED ALTHOUGH NOT ALIKE, because: %s", c->despite);
	for (size_t v = 0; v < c->n_visits; v++) {
		post |= ana_visit_is_post(&c->visit[v].visit);
		original |= c->visit[v].visit.original;
		ana_visit_name(&c->visit[v].visit, name, sizeof(name));
		for (size_t i = 0; i < c->visit[v].n_unlike; i++)
			ana_text_para(text, 2, "%s, session %s against the first: %s.",
				c->visit[v].unlike[i].refuse ? "NOT ALIKE" : "To be known", name, c->visit[v].unlike[i].text);
	}
	if (moved)
		ana_text_para(text, 2, "A moved point ([2]: its second series) is another place with a first session of its own.");
	if (bound)
		ana_text_para(text, 2, "\">\": the ceiling came before pain; >= and <= are what can still be said of the change.");
	if (c->tally.within)
		ana_text_para(text, 2, "within error: not distinguishable from measurement error.");
	if (post)
		ana_text_para(text, 2, "Post sessions (after treatment, same day) are shown; first and latest are never one of them.");
	if (c->latest > c->first && chosen_at_first_session(c))
		ana_text_para(text, 2, "Target points were chosen on the day of the first session: points picked because they are tender "
			"tend to read higher the next time without any treatment (regression to the mean). A second session before "
			"treatment shows how much.");
	if (original)
		ana_text_para(text, 2, "As recorded: amendments are NOT applied.");
	if (primary)
		ana_text_para(text, 2, "* primary point, named before the first session.");
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
	}
	ana_text_line(text, "%s", "");
	treatments(text, c);
	missing(text, c);
	notes(text, c);
	ana_course_ceilings(text, c);
	if (ana_basis_any(&c->basis))
		ana_basis_text(text, &c->errors, &c->basis);
	ana_text_para(text, 2, "Values: %s of the presses at a point, shown to 1 kPa. Change: latest minus first; %%: of that point's own first "
		"value. A higher threshold is less tender. A change beyond measurement error may still not "
		"matter to the person, and one within it may. Not a diagnosis.", ses_rule_word(c->visit[c->first].visit.rule));
}
