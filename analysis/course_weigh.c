/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_weigh.c - a row held against measurement error: baseline, changes, band, seen again, chosen points. */
#include "analysis/course.h"

#include <math.h>
#include <string.h>

enum ses_scale ana_course_scale(const struct ana_course *course)
{
	const struct ana_errors *errors = &course->errors;

	return ana_errors_given(errors) || errors->n_sem == 0 ? SES_SCALE_KPA : errors->sem[errors->n_sem - 1].scale;
}

/* ---- baseline -------------------------------------------------------------------------------------- */

static void add_to_baseline(const struct ana_course *course, struct ana_row *row, size_t v, bool logs, double *sum)
{
	if (row->baseline_n++ == 0)
		row->baseline_first = (int)v;
	row->baseline_days += row->baseline < 0 || course->visit[row->baseline].day != course->visit[v].day;
	row->baseline = (int)v;
	row->base_bound |= row->cell[v].bound;
	*sum += logs ? log10(row->cell[v].value_kpa) : row->cell[v].value_kpa;
}

/* The first usable sessions that are not post; where there is none, the first post one. */
static void find_baseline(const struct ana_course *course, struct ana_row *row)
{
	bool logs = ana_course_scale(course) == SES_SCALE_LOG10;
	double sum = 0;

	row->baseline = row->baseline_first = -1;
	for (size_t v = 0; v < course->n_visits && row->baseline_n < course->baseline; v++)
		if (ana_course_counts(course, row, v))
			add_to_baseline(course, row, v, logs, &sum);
	for (size_t v = 0; v < course->n_visits && row->baseline_n == 0; v++)
		if (!isnan(row->cell[v].value_kpa) && course->visit[v].alike)
			add_to_baseline(course, row, v, logs, &sum);
	row->base_kpa = row->baseline_n == 0 ? NAN : logs ? pow(10, sum / row->baseline_n) : sum / row->baseline_n;
}

static bool in_baseline(const struct ana_course *course, const struct ana_row *row, int v)
{
	return v == row->baseline || (v >= row->baseline_first && v < row->baseline && ana_course_counts(course, row, (size_t)v));
}

/* The error of the change from the baseline to v: of its session with the widest error, the mean of b. */
static struct ana_error error_of(const struct ana_course *course, const struct ana_row *row, int v)
{
	struct ana_error widest = ana_error_none("");
	double reach = -1;

	for (int i = row->baseline_first; i <= row->baseline; i++) {
		if (!in_baseline(course, row, i))
			continue;
		struct ana_error error = ana_error_find(&course->errors, &course->visit[i].visit, &course->visit[v].visit,
			row->cell[i].point, row->cell[v].point);

		if (!ana_error_known(&error))
			return error;
		if (ana_error_reach(&error, error.level) > reach) {
			reach = ana_error_reach(&error, error.level);
			widest = error;
		}
	}
	ana_error_mean_of(&widest, row->baseline_days);
	return widest;
}

static void find_changes(const struct ana_course *course, struct ana_row *row)
{
	for (int v = row->baseline + 1; row->baseline >= 0 && v < (int)course->n_visits; v++) {
		struct ana_cell *cell = &row->cell[v];

		if (isnan(cell->value_kpa) || !course->visit[v].alike)
			continue;
		struct ana_error error = error_of(course, row, v);

		cell->change = ana_change_of(row->base_kpa, row->base_bound, cell->value_kpa, cell->bound, &error);
	}
	row->low_kpa = row->high_kpa = NAN;
	if (row->baseline >= 0 && row->latest > row->baseline && !row->base_bound) {
		row->low_kpa = row->base_kpa + row->cell[row->latest].change.fall_kpa;
		row->high_kpa = row->base_kpa + row->cell[row->latest].change.rise_kpa;
	}
}

/* ---- seen again ------------------------------------------------------------------------------------ */

static bool judged(const struct ana_course *course, const struct ana_row *row, int v)
{
	enum ana_verdict verdict = row->cell[v].change.verdict;

	return ana_course_counts(course, row, (size_t)v) && verdict != ANA_VERDICT_NONE && verdict != ANA_VERDICT_OPEN;
}

/* The nearest judged session of another day, in steps of +1 or -1; -1: none. */
static int judged_beside(const struct ana_course *course, const struct ana_row *row, int v, int step)
{
	for (int i = v + step; i > row->baseline && i < (int)course->n_visits; i += step) {
		if (course->visit[i].day != course->visit[v].day && judged(course, row, i))
			return i;
	}
	return -1;
}

static enum ana_seen seen_at(const struct ana_course *course, const struct ana_row *row, int v)
{
	enum ana_verdict verdict = row->cell[v].change.verdict;
	int before = judged_beside(course, row, v, -1), after = judged_beside(course, row, v, 1);

	if (!ana_course_counts(course, row, (size_t)v) || (verdict != ANA_VERDICT_RISE && verdict != ANA_VERDICT_FALL))
		return ANA_SEEN_NONE;
	if ((before >= 0 && row->cell[before].change.verdict == verdict) || (after >= 0 && row->cell[after].change.verdict == verdict))
		return ANA_SEEN_AGAIN;
	return after < 0 ? ANA_SEEN_OPEN : ANA_SEEN_NOT;
}

static void find_seen(const struct ana_course *course, struct ana_row *row)
{
	row->confirmed = -1;
	for (int v = row->baseline + 1; row->baseline >= 0 && v < (int)course->n_visits; v++) {
		row->n_judged += judged(course, row, v);
		row->cell[v].seen = seen_at(course, row, v);
		if (row->cell[v].seen == ANA_SEEN_AGAIN && row->confirmed < 0)
			row->confirmed = v;
	}
}

/* By the last session at which the row could be judged: one without a value, or hidden by the ceiling, takes nothing back. */
static void count_again(struct ana_again *again, const struct ana_course *course, const struct ana_row *row)
{
	int last = (int)course->n_visits - 1;

	while (last > row->baseline && !judged(course, row, last))
		last--;
	if (row->baseline < 0 || last <= row->baseline)
		return;
	const struct ana_cell *cell = &row->cell[last];
	bool confirmed = cell->seen == ANA_SEEN_AGAIN;

	again->watched += row->n_judged >= 2;
	again->rose += confirmed && cell->change.verdict == ANA_VERDICT_RISE;
	again->fell += confirmed && cell->change.verdict == ANA_VERDICT_FALL;
	again->open += cell->seen == ANA_SEEN_OPEN;
	again->was += row->confirmed >= 0 && cell->change.verdict != row->cell[row->confirmed].change.verdict;
}

/* ---- points chosen because they were low ------------------------------------------------------------ */

/* Mean of all values at a session; *exact: none of them is "more than". NAN under two. */
static double mean_at(const struct ana_course *course, size_t v, bool logs, bool *exact)
{
	double sum = 0;
	int n = 0;

	*exact = true;
	for (size_t r = 0; r < course->n_rows; r++) {
		const struct ana_cell *cell = &course->row[r].cell[v];

		if (isnan(cell->value_kpa))
			continue;
		sum += logs ? log10(cell->value_kpa) : cell->value_kpa;
		*exact &= !cell->bound;
		n++;
	}
	return n < 2 ? NAN : logs ? pow(10, sum / n) : sum / n;
}

static void find_chosen(const struct ana_course *course, struct ana_row *row)
{
	bool logs = ana_course_scale(course) == SES_SCALE_LOG10, exact;

	row->chosen = (struct ana_chosen){.mean_kpa = NAN, .expected_kpa = NAN};
	if (row->baseline < 0 || row->point.role != SES_ROLE_TARGET ||
		strcmp(row->point.since, course->visit[row->baseline_first].visit.header.visit_day))
		return;
	const struct ana_cell *first = &row->cell[row->baseline_first];
	const struct ana_error *error = row->latest > row->baseline ? &row->cell[row->latest].change.error : NULL;
	double mean = mean_at(course, (size_t)row->baseline_first, logs, &exact);

	row->chosen.mean_kpa = mean;
	row->chosen.chosen = first->value_kpa < mean;
	if (!row->chosen.chosen || !exact || row->baseline_n > 1 || !error || !error->row || !isfinite(error->row->r))
		return;
	double left = 1 - error->row->r;

	row->chosen.expected_kpa = logs ? first->value_kpa * (pow(mean / first->value_kpa, left) - 1) : left * (mean - first->value_kpa);
}

void ana_course_weigh(struct ana_course *course, struct ana_row *row)
{
	const struct ana_change *latest = &row->cell[course->latest].change;

	find_baseline(course, row);
	find_changes(course, row);
	find_seen(course, row);
	find_chosen(course, row);
	ana_tally_add(&course->tally, latest, &course->basis);
	count_again(&course->again, course, row);
	if (!row->point.primary)
		return;
	ana_tally_add(&course->tally_primary, latest, NULL);
	count_again(&course->again_primary, course, row);
}
