/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_course_words.c - what changed over a course, in words. */
#include "analysis/plot_course.h"
#include "analysis/text.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 900 };

void ana_join(char *out, size_t cap, const char *text, const char *between)
{
	size_t n = strlen(out);

	snprintf(out + n, cap - n, "%s%s", n ? between : "", text);
}

/* The rows whose latest change has that verdict and was seen so, as a list; returns how many. */
static int list(const struct ana_course *course, enum ana_verdict verdict, enum ana_seen seen, char *out, size_t cap)
{
	int n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < course->n_rows; i++) {
		const struct ana_row *row = &course->row[i];
		char label[128];

		if (row->latest < 0 || row->cell[row->latest].change.verdict != verdict || row->cell[row->latest].seen != seen)
			continue;
		ana_point_label(&row->point, label, sizeof(label));
		ana_join(out, cap, label, "; ");
		n++;
	}
	return n;
}

/* Points that rose or fell are named, first those at two visits in a row; the others are counted. */
static void summary_mdc(const struct ana_course *course, char *out, size_t cap)
{
	static const struct { enum ana_verdict verdict; enum ana_seen seen; const char *words; } part[] = {
		{ANA_VERDICT_RISE, ANA_SEEN_AGAIN, ANA_UP " Rose by more than measurement error at two visits in a row: "},
		{ANA_VERDICT_FALL, ANA_SEEN_AGAIN, ANA_DOWN " Fell by more than measurement error at two visits in a row: "},
		{ANA_VERDICT_RISE, ANA_SEEN_OPEN, ANA_UP_OPEN " Rose by more than measurement error, not yet confirmed: "},
		{ANA_VERDICT_FALL, ANA_SEEN_OPEN, ANA_DOWN_OPEN " Fell by more than measurement error, not yet confirmed: "},
		{ANA_VERDICT_OPEN, ANA_SEEN_NONE, "Cannot be judged (ceiling): "}};
	char names[ANA_PLOT_WORDS_MAX], text[ANA_PLOT_WORDS_MAX + 96];

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (list(course, part[i].verdict, part[i].seen, names, sizeof(names))) {
			snprintf(text, sizeof(text), "%s%s.", part[i].words, names);
			ana_join(out, cap, text, " ");
		}
	if (!*out)
		ana_join(out, cap, "No point moved by more than measurement error.", " ");
	int within = list(course, ANA_VERDICT_WITHIN, ANA_SEEN_NONE, names, sizeof(names));

	if (within) {
		snprintf(text, sizeof(text), "Not distinguishable from measurement error: %d point%s.", within, within == 1 ? "" : "s");
		ana_join(out, cap, text, " ");
	}
}

static void summary_plain(const struct ana_course *course, char *out, size_t cap)
{
	const struct ana_pair_mean *mean = &course->visit[course->latest].targets_change;
	char number[96];

	ana_change_number(number, sizeof(number), &mean->change);
	if (mean->n > 0 && mean->change.kind != ANA_CHANGE_NONE)
		snprintf(out, cap, "Mean over %zu target point%s, last session against first: %s. ", mean->n,
			mean->n == 1 ? "" : "s", number);
	else
		out[0] = '\0';
	ana_join(out, cap, "No measurement error is known here: nothing tells a change from it.", "");
}

void ana_course_summary(const struct ana_course *course, char *out, size_t cap)
{
	if (course->n_visits < 2)
		snprintf(out, cap, "One session only: there is nothing to compare yet.");
	else if (ana_basis_any(&course->basis))
		summary_mdc(course, out, cap);
	else
		summary_plain(course, out, cap);
}

void ana_course_title(const struct ana_course *course, char *out, size_t cap)
{
	const struct ana_visit *first = &course->visit[0].visit, *last = &course->visit[course->n_visits - 1].visit;

	if (strcmp(first->header.visit_day, last->header.visit_day) == 0)
		snprintf(out, cap, "%s: %s, %s", course->participant, ana_measure_short(first->measure), first->header.visit_day);
	else
		snprintf(out, cap, "%s: course of the %s, %s to %s", course->participant, ana_measure_short(first->measure), first->header.visit_day,
			last->header.visit_day);
}

void ana_course_caption(const struct ana_course *course, char *out, size_t cap)
{
	const struct ana_visit *first = &course->visit[0].visit;
	char rule[64], basis[ANA_BASIS_TEXT_MAX], text[400], words[TEXT_MAX];
	int chosen = 0;

	ana_rule_words(rule, sizeof(rule), first->rule);
	if (ana_course_has_change(course))
		ana_basis_words(basis, sizeof(basis), &course->errors, &course->basis);
	else
		snprintf(basis, sizeof(basis), "No point has a value after its baseline.");
	snprintf(out, cap, "All panels have one scale, at different levels. R, L: the person's right and left. %s: %s, %s (%d planned a point and session); target rate %g kPa/s, tip %g cm\xc2\xb2, procedure %s %s. %s",
		ana_measure_short(first->measure), ana_measure_name(first->measure), rule, first->header.rounds, first->header.target_rate_kpa_s, first->header.tip_area_cm2,
		first->header.procedure_id, first->header.procedure_version, basis);
	if (course->baseline > 1 && ana_basis_any(&course->basis)) {
		snprintf(text, sizeof(text), "Against the mean of %d sessions limits are %.2f of these%s.", course->baseline,
			sqrt((1 + 1.0 / course->baseline) / 2), ana_course_scale(course) == SES_SCALE_LOG10 ? " on the log10 scale" : "");
		ana_join(out, cap, text, " ");
	}
	if (course->tally.n > 0) {
		snprintf(text, sizeof(text), "By chance alone about %.1f of the %zu judged points would pass it.",
			course->tally.by_chance, course->tally.n - course->tally.open);
		ana_join(out, cap, text, " ");
	}
	for (size_t r = 0; r < course->n_rows; r++)
		chosen += course->row[r].chosen.chosen;
	if (chosen && course->latest > course->first) {
		snprintf(text, sizeof(text), "%d target point%s named on the day of the first value and low then: expect some rise by itself "
			"(regression to the mean).", chosen, chosen == 1 ? " was" : "s were");
		ana_join(out, cap, text, " ");
	}
	if (ana_baseline_treated_words(words, sizeof(words), course))
		ana_join(out, cap, words, " ");
	for (size_t v = 1; v < course->n_visits; v++)
		if (!course->visit[v].alike && course->visit[v].n_unlike > 0) {
			snprintf(text, sizeof(text), "Session %s is not judged: %s.", course->visit[v].visit.header.visit_day,
				course->visit[v].unlike[0].text);
			ana_join(out, cap, text, " ");
		}
	for (size_t i = 0; i < course->n_absent; i++) {
		snprintf(text, sizeof(text), "Session %d is %s.", course->absent[i].session,
			course->absent[i].unreadable ? "there but cannot be read" : "absent");
		ana_join(out, cap, text, " ");
	}
}

/* "(up) ", open where the change was not seen again */
static const char *arrow(const struct ana_cell *cell)
{
	bool again = cell->seen == ANA_SEEN_AGAIN;

	if (cell->change.verdict == ANA_VERDICT_RISE)
		return again ? ANA_UP " " : ANA_UP_OPEN " ";
	return cell->change.verdict == ANA_VERDICT_FALL ? again ? ANA_DOWN " " : ANA_DOWN_OPEN " " : "";
}

/* The change with its verdict, wordy (0) to terse (2). */
static void change_words(const struct ana_cell *cell, int terse, char *out, size_t cap)
{
	const struct ana_change *change = &cell->change;
	char number[96], sign[32];

	ana_change_number(number, sizeof(number), change);
	if (terse && isfinite(change->kpa)) {
		ana_signed_text(sign, sizeof(sign), ana_bound_rounded(change->kind, change->kpa), 0);
		snprintf(number, sizeof(number), "%s%s kPa", ana_bound_word(change->kind), sign);
	}
	if (change->kind == ANA_CHANGE_OPEN)
		snprintf(out, cap, terse ? "above the ceiling" : "above the ceiling both times");
	else if (change->verdict == ANA_VERDICT_WITHIN)
		snprintf(out, cap, terse > 1 ? "%s: within error" : "%s: within measurement error", number);
	else if (change->verdict == ANA_VERDICT_OPEN)
		snprintf(out, cap, "%s: above the ceiling", number);
	else
		snprintf(out, cap, "%s%s%s", arrow(cell), number, cell->seen != ANA_SEEN_OPEN ? "" : terse > 1 ? ": once"
			: ": not yet confirmed");
}

void ana_course_row_words(
	const struct ana_course *course, const struct ana_row *row, double width_mm, bool bold, char *out, size_t cap)
{
	char change[160], until[48] = "", day[16], side[8] = "";

	if (row->point.side != SES_SIDE_MIDLINE)
		snprintf(side, sizeof(side), "%c ", row->point.side);
	if (row->latest < 0) {
		snprintf(out, cap, "%sno value", side);
		return;
	}
	if (row->latest == row->baseline) {
		snprintf(out, cap, "%sone value only", side);
		return;
	}
	/* The latest value is not always of the last session: say of which. */
	if (row->latest < (int)course->latest) {
		ana_day_words(day, sizeof(day), course->visit[row->latest].visit.header.visit_day);
		snprintf(until, sizeof(until), " (to %s)", day);
	}
	for (int terse = 0; terse < 3; terse++) {
		change_words(&row->cell[row->latest], terse, change, sizeof(change));
		snprintf(out, cap, "%s%s%s", side, change, until);
		if (ana_text_mm(out, ANA_FONT_PT, bold) <= width_mm)
			return;
	}
}
