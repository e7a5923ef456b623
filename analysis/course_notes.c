/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_notes.c - what stands under the tables of a course: what is missing, what differs, what to know. */
#include "analysis/course_page.h"

#include "analysis/ceilings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SESSIONS_MAX = 400, SENTENCE_MAX = 1800 };

static void add_session(char *list, size_t cap, const struct ana_course *c, size_t v)
{
	size_t len = strlen(list);
	char name[48];

	ana_visit_name(&c->visit[v].visit, name, sizeof(name));
	snprintf(list + len, cap - len, "%s%s", len ? ", " : "", name);
}

/* "session 3", "sessions 3, 4" */
static const char *plural(const char *list)
{
	return strchr(list, ',') ? "s" : "";
}

/* ---- missing ------------------------------------------------------------------------------------------ */

static bool same_reason(const struct ana_cell *a, const struct ana_cell *b)
{
	char one[64], two[64];

	if (!b->point || !isnan(b->value_kpa))
		return false;
	ana_missing_text(one, sizeof(one), a->point);
	ana_missing_text(two, sizeof(two), b->point);
	return strcmp(one, two) == 0;
}

/* A line a point and reason, with its sessions. */
static void row_missing(struct ana_text *text, const struct ana_course *c, const struct ana_row *row)
{
	char why[64], list[SESSIONS_MAX], label[128];

	for (size_t v = 0; v < c->n_visits; v++) {
		const struct ana_cell *cell = &row->cell[v];
		bool told = false;

		if (!cell->point || !isnan(cell->value_kpa))
			continue;
		for (size_t i = 0; i < v; i++)
			told |= same_reason(cell, &row->cell[i]);
		if (told)
			continue;
		list[0] = '\0';
		for (size_t i = v; i < c->n_visits; i++)
			if (same_reason(cell, &row->cell[i]))
				add_session(list, sizeof(list), c, i);
		ana_missing_text(why, sizeof(why), cell->point);
		ana_point_text(label, sizeof(label), &cell->point->point);
		ana_text_para(text, 2, "No value: session%s %s, %s (%s).", plural(list), list, label, why);
	}
}

static void missing(struct ana_text *text, const struct ana_course *c)
{
	for (size_t i = 0; i < c->n_absent; i++)
		ana_text_para(text, 2, "MISSING: session %d %s.", c->absent[i].session,
			c->absent[i].unreadable ? "has a file that cannot be read or shown; it is not in these numbers" : "has no file");
	for (size_t r = 0; r < c->n_rows; r++)
		row_missing(text, c, &c->row[r]);
}

/* ---- sessions ------------------------------------------------------------------------------------------ */

static bool has_difference(const struct ana_course_visit *at, const struct ana_unlike *unlike)
{
	for (size_t i = 0; i < at->n_unlike; i++)
		if (at->unlike[i].refuse == unlike->refuse && strcmp(at->unlike[i].text, unlike->text) == 0)
			return true;
	return false;
}

/* The same difference of several sessions is told once. */
static void differences(struct ana_text *text, const struct ana_course *c)
{
	char list[SESSIONS_MAX];

	for (size_t v = 0; v < c->n_visits; v++)
		for (size_t i = 0; i < c->visit[v].n_unlike; i++) {
			const struct ana_unlike *unlike = &c->visit[v].unlike[i];
			bool told = false;

			for (size_t k = 0; k < v; k++)
				told |= has_difference(&c->visit[k], unlike);
			list[0] = '\0';
			for (size_t k = v; k < c->n_visits && !told; k++)
				if (has_difference(&c->visit[k], unlike))
					add_session(list, sizeof(list), c, k);
			if (!told)
				ana_text_para(text, 2, "%s, session%s %s against the first: %s.", unlike->refuse ? "NOT ALIKE" : "To be known",
					plural(list), list, unlike->text);
		}
}

/* Pain medicine before the first session too is no difference, and still to be known. */
static void medicine(struct ana_text *text, const struct ana_course *c)
{
	char list[SESSIONS_MAX] = "";

	for (size_t v = 0; v < c->n_visits; v++)
		if (c->visit[v].visit.analgesic)
			add_session(list, sizeof(list), c, v);
	if (c->visit[c->first].visit.analgesic)
		ana_text_para(text, 2, "Pain medicine in the 24 h before session%s %s, as told then.", plural(list), list);
}

static void needling(struct ana_text *text, const struct ana_course *c)
{
	for (size_t v = 0; v < c->n_visits; v++)
		if (*c->visit[v].needling)
			ana_text_para(text, 2, "To be known: %s.", c->visit[v].needling);
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

/* Rows that do not count from the first session of the course, or not to its latest. */
static void spans(struct ana_text *text, const struct ana_course *c)
{
	char from[48], to[48], label[128];

	for (size_t r = 0; r < c->n_rows; r++) {
		const struct ana_row *row = &c->row[r];

		if (row->baseline < 0 || row->latest <= row->baseline ||
			(row->baseline_first == (int)c->first && row->latest == (int)c->latest))
			continue;
		ana_visit_name(&c->visit[row->baseline_first].visit, from, sizeof(from));
		ana_visit_name(&c->visit[row->latest].visit, to, sizeof(to));
		ana_point_text(label, sizeof(label), &row->point);
		ana_text_para(text, 2, "Change of %s: from session %s to session %s.", label, from, to);
	}
}

static void baselines(struct ana_text *text, const struct ana_course *c)
{
	char words[SENTENCE_MAX], label[128];
	bool logs = ana_course_scale(c) == SES_SCALE_LOG10;

	if (ana_baseline_treated_words(words, sizeof(words), c))
		ana_text_para(text, 2, "%s", words);
	for (size_t r = 0; r < c->n_rows && c->baseline > 1; r++) {
		const struct ana_row *row = &c->row[r];

		ana_point_text(label, sizeof(label), &row->point);
		if (row->baseline >= 0 && row->baseline_n < c->baseline)
			ana_text_para(text, 2, "%s: %d value%s only, %d were asked for as a baseline.", label, row->baseline_n,
				row->baseline_n == 1 ? "" : "s", c->baseline);
		if (row->baseline_days < row->baseline_n)
			ana_text_para(text, 2, "%s: the baseline is of %d day%s only; its error is that of so many visits.", label,
				row->baseline_days, row->baseline_days == 1 ? "" : "s");
	}
	if (c->baseline > 1 && ana_basis_any(&c->basis))
		ana_text_para(text, 2, "Baseline: %smean of the first %d sessions of a point; limits of a change are %.2f of those for two "
			"single sessions%s (sqrt(1 + 1/b) for sqrt 2).", logs ? "geometric " : "", c->baseline,
			sqrt((1 + 1.0 / c->baseline) / 2), logs ? " on the log10 scale" : "");
	if (ana_chosen_words(words, sizeof(words), c))
		ana_text_para(text, 2, "%s", words);
	if (ana_two_baselines_words(words, sizeof(words), c))
		ana_text_para(text, 2, "%s", words);
}

/* What was done with moved points, sessions after treatment and amendments. */
static void conduct(struct ana_text *text, const struct ana_course *c)
{
	bool moved = false, post = false, original = false;

	for (size_t r = 0; r < c->n_rows; r++)
		moved |= c->row[r].moved;
	for (size_t v = 0; v < c->n_visits; v++) {
		post |= ana_visit_is_post(&c->visit[v].visit);
		original |= c->visit[v].visit.original;
	}
	if (moved)
		ana_text_para(text, 2, "A moved point ([2]: its second series) is another place with a first session of its own.");
	if (post)
		ana_text_para(text, 2, "Post sessions (after treatment, same day) are shown; first and latest are never one of them.");
	if (original)
		ana_text_para(text, 2, "As recorded: amendments are NOT applied.");
}

/* What the marks and words of the tables mean, as far as they were used. */
void ana_course_marks(struct ana_text *text, const struct ana_course *c)
{
	bool bound = false, primary = false;

	for (size_t r = 0; r < c->n_rows; r++) {
		primary |= c->row[r].point.primary;
		for (size_t v = 0; v < c->n_visits; v++)
			bound |= c->row[r].cell[v].bound;
	}
	if (bound)
		ana_text_para(text, 2, "\">\": the ceiling came first; >= and <= are what can still be said of the change, ? that nothing "
			"can (above the ceiling both times).");
	if (c->tally.rose + c->tally.fell + c->again.was)
		ana_text_para(text, 2, "rose, fell: by more than measurement error; confirmed: at two visits in a row; not yet: at the last "
			"visit only.");
	if (c->tally.within)
		ana_text_para(text, 2, "within error: not distinguishable from measurement error.");
	if (primary)
		ana_text_para(text, 2, "* primary point, named before the first session.");
}

void ana_course_notes(struct ana_text *text, const struct ana_course *c)
{
	if (*c->despite)
		ana_text_para(text, 2, "COMPARED ALTHOUGH NOT ALIKE, because: %s", c->despite);
	if (*c->sessions)
		ana_text_para(text, 2, "Only of sessions %s, as was asked for; other sessions are in no number here.", c->sessions);
	missing(text, c);
	if (c->reordered)
		ana_text_para(text, 2, "Sessions stand in the order of their dates, which is not that of their numbers.");
	spans(text, c);
	differences(text, c);
	needling(text, c);
	medicine(text, c);
	ana_course_ceilings(text, c);
	if (c->latest > c->first)
		baselines(text, c);
	conduct(text, c);
}
