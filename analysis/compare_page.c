/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare_page.c - two sessions as a page: the answer, the table, what it rests on. */
#include "analysis/pages.h"

#include "analysis/ceilings.h"
#include "analysis/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct ses_point *point_of(const struct ana_pair *pair)
{
	return pair->a ? &pair->a->point : &pair->b->point;
}

static void headline(struct ana_text *text, const struct ana_compare *c, const char *name_a, const char *name_b)
{
	const struct ses_header *a = &c->a->header, *b = &c->b->header;
	int days = c->b->day - c->a->day;

	if (strcmp(a->participant, b->participant))
		ana_text_para(text, 4, "%s session %s (%s) and %s session %s (%s)", a->participant, name_a, a->visit_day,
			b->participant, name_b, b->visit_day);
	else if (days == 0)
		ana_text_para(text, 4, "%s, session %s to session %s, both %s", a->participant, name_a, name_b, a->visit_day);
	else
		ana_text_para(text, 4, "%s, session %s (%s) to session %s (%s), %d day%s %s", a->participant, name_a, a->visit_day,
			name_b, b->visit_day, abs(days), abs(days) == 1 ? "" : "s", days < 0 ? "earlier" : "later");
}

static void mean_sentence(struct ana_text *text, const struct ana_pair_mean *mean, const char *what)
{
	char a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], change[ANA_NUMBER_MAX], percent[ANA_NUMBER_MAX], left[64] = "";

	if (mean->n + mean->n_left == 0)
		return;
	if (mean->n_left)
		snprintf(left, sizeof(left), "; %zu left out, without a value in both", mean->n_left);
	if (mean->n == 0) {
		ana_text_para(text, 4, "Mean of %s: none measured in both sessions.", what);
		return;
	}
	ana_kpa_text(a, mean->a_kpa, mean->a_bound);
	ana_kpa_text(b, mean->b_kpa, mean->b_bound);
	ana_change_text(change, &mean->change);
	ana_percent_text(percent, &mean->change);
	ana_text_para(text, 4, "Mean of %s (%zu): %s -> %s kPa, %s kPa (%s, change of the means)%s.", what, mean->n, a, b,
		change, percent, left);
}

/* "Rose: A +60, B >=+143." - names say more than counts, as long as they are few. */
static void name_points(struct ana_text *text, const struct ana_compare *c, enum ana_verdict verdict, const char *word)
{
	enum { NAMED = 8 };
	char line[NAMED * 140] = "", label[128], change[ANA_NUMBER_MAX];
	size_t n = 0;

	for (size_t i = 0; i < c->n_pairs; i++) {
		size_t len = strlen(line);

		if (c->pair[i].change.verdict != verdict || n++ >= NAMED)
			continue;
		ana_point_text(label, sizeof(label), point_of(&c->pair[i]));
		ana_change_text(change, &c->pair[i].change);
		snprintf(line + len, sizeof(line) - len, "%s%s %s", len ? ", " : "", label, change);
	}
	if (n > NAMED)
		ana_text_para(text, 2, "%s: %s and %zu more.", word, line, n - NAMED);
	else if (n)
		ana_text_para(text, 2, "%s: %s.", word, line);
}

/* Why there is no change, for a sentence. */
static void missing_words(char *out, size_t cap, const struct ana_pair *pair)
{
	bool both = pair->a && pair->b && isnan(pair->a->value_kpa) && isnan(pair->b->value_kpa);
	bool first = !pair->a || isnan(pair->a->value_kpa);
	char why[64];

	if (pair->moved) {
		snprintf(out, cap, "moved to another place");
		return;
	}
	ana_missing_text(why, sizeof(why), first ? pair->a : pair->b);
	snprintf(out, cap, "%s%s", both ? "" : first ? "in the first session " : "in the second session ", why);
}

/* One word a row; the sentences below say more. */
static const char *pair_word(const struct ana_pair *pair)
{
	static const char *const word[] = {"", "rose", "fell", "within", "ceiling"};

	if (pair->moved)
		return "moved";
	return pair->change.kind == ANA_CHANGE_NONE ? "missing" : word[pair->change.verdict];
}

/* "+60 kPa (95 % CI +3 to +117)" */
static void primary_change(char *out, size_t cap, const struct ana_change *change)
{
	char number[ANA_NUMBER_MAX], percent[ANA_NUMBER_MAX], interval[ANA_NUMBER_MAX];

	ana_change_text(number, change);
	ana_percent_text(percent, change);
	ana_interval_text(interval, change);
	/* on the log10 scale the interval is one of percent, so the change has them too */
	snprintf(out, cap, "%s kPa%s%s%s%s%s", number, isnan(change->ci_low_kpa) && isfinite(change->ci_low_percent) ? ", " : "",
		isnan(change->ci_low_kpa) && isfinite(change->ci_low_percent) ? percent : "", interval[0] != '-' ? " (95 % CI " : "",
		interval[0] != '-' ? interval : "", interval[0] != '-' ? ")" : "");
}

/* "Primary point Upper trapezius, left: +60 kPa (95 % CI +3 to +117): rose by more than measurement error." */
static void primary_points(struct ana_text *text, const struct ana_compare *c)
{
	char label[128], change[4 * ANA_NUMBER_MAX], missing[96];

	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *p = &c->pair[i];

		if (!point_of(p)->primary)
			continue;
		ana_point_label(point_of(p), label, sizeof(label));
		primary_change(change, sizeof(change), &p->change);
		missing_words(missing, sizeof(missing), p);
		if (p->change.kind == ANA_CHANGE_NONE)
			ana_text_para(text, 2, "Primary point %s: no change to report (%s).", label, missing);
		else if (p->change.kind == ANA_CHANGE_OPEN)
			ana_text_para(text, 2, "Primary point %s: above the ceiling both times, so no change can be told.", label);
		else if (p->change.verdict == ANA_VERDICT_NONE)
			ana_text_para(text, 2, "Primary point %s: %s, without a known error to hold it against.", label, change);
		else
			ana_text_para(text, 2, "Primary point %s: %s: %s.", label, change, ana_finding_text(p->change.verdict));
	}
}

/* A net change is never held against an MDC typed in: there is a row. */
static void net_basis(struct ana_text *text, const struct ses_sem *row)
{
	char sem[32];

	ana_sem_text(sem, sizeof(sem), row->scale, row->sem);
	ana_text_para(text, 4, "  Its error: %s SEM %s of net changes%s, with the points that they were found on; fewer targets or "
		"controls than those make it larger.", ana_kind_text(row->kind), sem, row->basis == SES_SEM_SESSIONS ? " of stable people" : "");
}

static void net_sentence(struct ana_text *text, const struct ana_net *net)
{
	const struct ana_change *change = &net->change;
	char number[ANA_NUMBER_MAX], interval[ANA_NUMBER_MAX];
	bool percent = isnan(change->kpa);

	if (change->kind == ANA_CHANGE_NONE)
		return;
	if (percent)
		ana_percent_text(number, change);
	else
		ana_change_text(number, change);
	ana_interval_text(interval, change);
	ana_text_para(text, 4, "Net change (mean of %zu target%s minus mean of %zu control%s): %s%s%s%s%s%s.", net->n_targets,
		net->n_targets == 1 ? "" : "s", net->n_controls, net->n_controls == 1 ? "" : "s", number, percent ? "" : " kPa",
		change->verdict ? ", " : "", ana_finding_text(change->verdict), interval[0] != '-' ? "; 95 % CI " : "",
		interval[0] != '-' ? interval : "");
	if (change->verdict == ANA_VERDICT_NONE)
		ana_text_para(text, 4, "  It stands alone: %s.", change->error.why);
	else
		net_basis(text, change->error.row);
}

static void answer(struct ana_text *text, const struct ana_compare *c)
{
	char sentence[240];

	primary_points(text, c);
	if (c->tally.n) {
		ana_tally_text(sentence, sizeof(sentence), &c->tally);
		ana_text_para(text, 0, "%s", sentence);
		name_points(text, c, ANA_VERDICT_RISE, "Rose");
		name_points(text, c, ANA_VERDICT_FALL, "Fell");
	}
	mean_sentence(text, &c->targets, "target points");
	net_sentence(text, &c->net);
	if (!ana_basis_any(&c->basis))
		ana_basis_text(text, &c->errors, &c->basis);
}

static void pair_row(struct ana_grid *grid, const struct ana_pair *pair, bool intervals)
{
	char label[128], a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], change[ANA_NUMBER_MAX], percent[ANA_NUMBER_MAX],
		interval[ANA_NUMBER_MAX];

	ana_point_text(label, sizeof(label), point_of(pair));
	ana_kpa_text(a, pair->a ? pair->a->value_kpa : NAN, pair->a && pair->a->bound);
	ana_kpa_text(b, pair->b ? pair->b->value_kpa : NAN, pair->b && pair->b->bound);
	ana_change_text(change, &pair->change);
	ana_percent_text(percent, &pair->change);
	ana_interval_text(interval, &pair->change);
	ana_grid_cell(grid, "%s", label);
	ana_grid_cell(grid, "%s", a);
	ana_grid_cell(grid, "%s", b);
	ana_grid_cell(grid, "%s", change);
	ana_grid_cell(grid, "%s", percent);
	if (intervals)
		ana_grid_cell(grid, "%s", interval);
	ana_grid_cell(grid, "%s", pair_word(pair));
}

static void table_of(struct ana_text *text, const struct ana_compare *c, const char *name_a, const char *name_b)
{
	bool intervals = ana_basis_any(&c->basis);
	struct ana_grid grid;
	int role = -1;

	ana_grid_start(&grid, intervals ? "lrrrrrl" : "lrrrrl");
	ana_grid_cell(&grid, "kPa");
	ana_grid_cell(&grid, "ses %s", name_a);
	ana_grid_cell(&grid, "ses %s", name_b);
	ana_grid_cell(&grid, "change");
	ana_grid_cell(&grid, "%%");
	if (intervals)
		ana_grid_cell(&grid, "95 %% CI");
	ana_grid_end_row(&grid);
	for (size_t i = 0; i < c->n_pairs; i++) {
		if ((int)point_of(&c->pair[i])->role != role) {
			role = (int)point_of(&c->pair[i])->role;
			ana_grid_cell(&grid, "%s", ana_role_text((enum ses_role)role));
			ana_grid_end_row(&grid);
		}
		pair_row(&grid, &c->pair[i], intervals);
	}
	ana_grid_print(&grid, text);
}

static void sides(struct ana_text *text, const struct ana_compare *c)
{
	bool headed = false;

	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *p = &c->pair[i];
		char label[128], a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX];

		if (!p->a || !p->b || p->a->point.role != SES_ROLE_TARGET)
			continue;
		struct ana_side side_a = ana_visit_side(c->a, p->a), side_b = ana_visit_side(c->b, p->b);

		if (!side_a.other && !side_b.other)
			continue;
		if (!headed)
			ana_text_line(text, ANA_SIDE_HEADING);
		headed = true;
		ana_point_text(label, sizeof(label), point_of(p));
		ana_ratio_text(a, &side_a);
		ana_ratio_text(b, &side_b);
		ana_text_line(text, "  %s: %s -> %s", label, a, b);
	}
}

/* "No change: Levator scapulae, right (in the second session missing: skipped)." */
static void missing(struct ana_text *text, const struct ana_compare *c)
{
	char label[128], why[96];

	for (size_t i = 0; i < c->n_pairs; i++) {
		if (c->pair[i].change.kind != ANA_CHANGE_NONE || c->pair[i].moved)
			continue;
		ana_point_label(point_of(&c->pair[i]), label, sizeof(label));
		missing_words(why, sizeof(why), &c->pair[i]);
		ana_text_para(text, 2, "No change: %s (%s).", label, why);
	}
}

static void notes(struct ana_text *text, const struct ana_compare *c)
{
	bool moved = false, open = false, primary = false;

	for (size_t i = 0; i < c->n_pairs; i++) {
		moved |= c->pair[i].moved;
		open |= c->pair[i].change.kind > ANA_CHANGE_EXACT;
		primary |= point_of(&c->pair[i])->primary;
	}
	if (*c->despite)
		ana_text_para(text, 2, "COMPARED ALTHOUGH NOT ALIKE, because: %s", c->despite);
	for (size_t i = 0; i < c->n_unlike; i++)
		ana_text_para(text, 2, "%s: %s.", c->unlike[i].refuse ? "NOT ALIKE" : "To be known", c->unlike[i].text);
	if (moved)
		ana_text_para(text, 2, "A moved point ([2]: its second series) is another place: it is not compared with the old one.");
	if (open)
		ana_text_para(text, 2, "\">\": the ceiling came first; >= and <= are what can still be said of the change, ? that nothing "
			"can (above the ceiling both times).");
	if (c->tally.within)
		ana_text_para(text, 2, "within: not distinguishable from measurement error; rose, fell: by more than that.");
	if (c->a->original || c->b->original)
		ana_text_para(text, 2, "As recorded: amendments are NOT applied.");
	if (primary)
		ana_text_para(text, 2, "* primary point, named before the first session.");
}

void ana_compare_page(struct ana_text *text, const struct ana_compare *c)
{
	char name_a[48], name_b[48];

	ana_visit_name(c->a, name_a, sizeof(name_a));
	ana_visit_name(c->b, name_b, sizeof(name_b));
	if (c->a->header.simulated || c->b->header.simulated)
		ana_simulated_text(text);
	headline(text, c, name_a, name_b);
	answer(text, c);
	ana_text_line(text, "%s", "");
	table_of(text, c, name_a, name_b);
	ana_text_line(text, "%s", "");
	mean_sentence(text, &c->contralateral, "the other side");
	mean_sentence(text, &c->control, "control points");
	sides(text, c);
	missing(text, c);
	notes(text, c);
	ana_compare_ceilings(text, c);
	if (ana_basis_any(&c->basis))
		ana_basis_text(text, &c->errors, &c->basis);
	ana_text_para(text, 2, "Values: %s of the presses at a point, shown to 1 kPa. Change: second minus first; %%: of that point's own first "
		"value. A higher %s is less tender. A change beyond measurement error may still not "
		"matter to the person, and one within it may. Not a diagnosis.", ses_rule_word(c->b->rule), ana_measure_name(c->b->measure));
}
