/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_words.c - what was seen again, slopes and baselines in words: the same on the page and in pictures. */
#include "analysis/course.h"

#include "analysis/text.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *ana_seen_text(enum ana_seen seen)
{
	static const char *const text[] = {"", "not yet confirmed", "confirmed", "not seen again"};

	return text[seen];
}

const char *ana_seen_word(enum ana_seen seen)
{
	static const char *const word[] = {"", "open", "confirmed", "not-again"};

	return word[seen];
}

void ana_again_text(char *out, size_t cap, const struct ana_again *again)
{
	const char *s = again->watched == 1 ? "" : "s";

	out[0] = '\0';
	if (again->watched && again->rose + again->fell == 0)
		alg_text_add(out, cap, "none of the %zu point%s watched rose or fell at two visits in a row", again->watched, s);
	else if (again->watched)
		alg_text_add(out, cap, "%zu of the %zu point%s watched rose and %zu fell at two visits in a row", again->rose, again->watched, s,
			again->fell);
	if (again->open)
		alg_text_add(out, cap, "%s%zu change%s %s not yet confirmed", again->watched ? "; " : "", again->open, again->open == 1 ? "" : "s",
			again->open == 1 ? "is" : "are");
	if (*out)
		alg_text_add(out, cap, ".");
	if (again->was)
		alg_text_add(out, cap, " %zu did so earlier and no longer do%s.", again->was, again->was == 1 ? "es" : "");
}

/* ---- slopes ------------------------------------------------------------------------------------------ */

void ana_slope_text(char *out, size_t cap, const struct ana_trend *trend)
{
	if (isnan(trend->per_week))
		snprintf(out, cap, "-");
	else
		snprintf(out, cap, "%+.1f%s", ana_tenths(trend->per_week), trend->scale == SES_SCALE_LOG10 ? " %" : "");
}

void ana_slope_interval_text(char *out, size_t cap, const struct ana_trend *trend)
{
	const char *unit = trend->scale == SES_SCALE_LOG10 ? " %" : "";

	if (isfinite(trend->low) && isfinite(trend->high))
		snprintf(out, cap, "%+.1f%s to %+.1f%s", ana_tenths(trend->low), unit, ana_tenths(trend->high), unit);
	else
		snprintf(out, cap, "-");
}

/* ---- baselines --------------------------------------------------------------------------------------- */

static void add_name(char *names, size_t cap, const char *name)
{
	alg_text_add(names, cap, "%s%s", *names ? "; " : "", name);
}

/* "Upper trapezius (left), about +13 kPa" */
static void add_chosen(char *names, size_t cap, const struct ana_row *row)
{
	char label[128], one[200];

	ana_point_text(label, sizeof(label), &row->point);
	snprintf(one, sizeof(one), "%s", label + 2 * (strncmp(label, "* ", 2) == 0));
	if (isfinite(row->chosen.expected_kpa))
		alg_text_add(one, sizeof(one), ", about %+.0f kPa", row->chosen.expected_kpa);
	add_name(names, cap, one);
}

/* Every target of the first baseline session is below every other point of it, and there are others. */
static bool are_the_lowest(const struct ana_course *course)
{
	double highest = -INFINITY, lowest = INFINITY;

	for (size_t r = 0; r < course->n_rows; r++) {
		const struct ana_row *row = &course->row[r];
		double kpa = row->cell[course->first].value_kpa;

		if (isnan(kpa))
			continue;
		if (row->chosen.chosen)
			highest = fmax(highest, kpa);
		else
			lowest = fmin(lowest, kpa);
	}
	return isfinite(lowest) && highest < lowest;
}

bool ana_chosen_words(char *out, size_t cap, const struct ana_course *course)
{
	char names[1200] = "";
	bool estimate = false;

	out[0] = '\0';
	for (size_t r = 0; r < course->n_rows; r++)
		if (course->row[r].chosen.chosen) {
			add_chosen(names, sizeof(names), &course->row[r]);
			estimate |= isfinite(course->row[r].chosen.expected_kpa);
		}
	if (!*names)
		return false;
	alg_text_add(out, cap, "Expect some rise by itself (regression to the mean) at %s: named as targets on the day of the first value, %s.",
		names, are_the_lowest(course) ? "where they were the lowest" : "and below the mean of the points measured then");
	if (estimate)
		alg_text_add(out, cap, " The numbers are estimates: (1 - r) times the distance to that mean, r from reliability.tsv.");
	return true;
}

bool ana_two_baselines_words(char *out, size_t cap, const struct ana_course *course)
{
	bool one = false;

	out[0] = '\0';
	for (size_t r = 0; r < course->n_rows; r++) {
		const struct ana_row *row = &course->row[r];

		one |= row->baseline_n == 1 && row->latest > row->baseline && ana_error_known(&row->cell[row->latest].change.error);
	}
	if (!one)
		return false;
	snprintf(out, cap, "Two baseline visits before treatment narrow the error: MDC = q SEM sqrt(1 + 1/b), so %.0f %% of it%s with "
		"b = 2 (--baseline 2).", 100 * sqrt(0.75), ana_course_scale(course) == SES_SCALE_LOG10 ? " on the log10 scale" : "");
	return true;
}

bool ana_baseline_treated_words(char *out, size_t cap, const struct ana_course *course)
{
	char names[400] = "", name[48];
	int n = 0;

	out[0] = '\0';
	for (size_t v = 0; v < course->n_visits; v++)
		if (course->visit[v].after_treatment) {
			ana_visit_name(&course->visit[v].visit, name, sizeof(name));
			alg_text_add(names, sizeof(names), "%s%s", n++ ? ", " : "", name);
		}
	if (n)
		snprintf(out, cap, "Session%s %s %s in a baseline although treatment had begun: a part of its effect may be in the baseline.",
			n == 1 ? "" : "s", names, n == 1 ? "is" : "are");
	return n > 0;
}
