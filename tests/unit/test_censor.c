/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Censored presses to the end: for every true value that agrees with what was seen, the stated value, change and
 * side ratio are true; and what is exact is not called a bound. The true results are worked out here once more,
 * by sorting and by looking at all pairs, not by the code under test.
 */
#include "analysis/ceilings.h"

#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 5, GRID = 24 };

/* ---- the rules, once more -------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double true_median(const double *t, size_t n)
{
	double sorted[MOST];

	memcpy(sorted, t, n * sizeof(*t));
	qsort(sorted, n, sizeof(*sorted), by_value);
	return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static double true_closest(const double *t, size_t n)
{
	double gap = INFINITY, mean = t[0];

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (fabs(t[i] - t[j]) < gap) {
				gap = fabs(t[i] - t[j]);
				mean = (t[i] + t[j]) / 2;
			}
	return mean;
}

static double true_value(enum ses_rule rule, const double *t, size_t n)
{
	size_t from = rule == SES_RULE_DROP_FIRST && n > 1;
	double sum = 0;

	if (rule == SES_RULE_MEDIAN)
		return true_median(t, n);
	if (rule == SES_RULE_CLOSEST_TWO)
		return true_closest(t, n);
	for (size_t i = from; i < n; i++)
		sum += t[i];
	return sum / (double)(n - from);
}

/* ---- values ------------------------------------------------------------------------------------------ */

static unsigned draw(unsigned below)
{
	static uint64_t state = 20260302;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % below;
}

/* True values that a press that was stopped at c may have had: right above it, right beside each of the others, far away. */
static size_t candidates(const double *kpa, size_t n, double c, double *out)
{
	static const double beside[] = {-10.25, -0.25, 0.25, 10.25};
	size_t m = 0;

	out[m++] = c + 1e-9;
	out[m++] = 1e6 + 1000 * c;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 4; k++)
			if (kpa[i] + beside[k] > c)
				out[m++] = kpa[i] + beside[k];
	return m;
}

struct seen {
	double least, greatest;
};

/* Least and greatest result over all the combinations of candidates. */
static void try_all(enum ses_rule rule, const double *kpa, const bool *censored, size_t n, size_t i, double *t, struct seen *seen)
{
	double option[GRID];
	size_t m = 1;

	if (i == n) {
		double value = true_value(rule, t, n);

		seen->least = fmin(seen->least, value);
		seen->greatest = fmax(seen->greatest, value);
		return;
	}
	option[0] = kpa[i];
	if (censored[i])
		m = candidates(kpa, n, kpa[i], option);
	for (size_t k = 0; k < m; k++) {
		t[i] = option[k];
		try_all(rule, kpa, censored, n, i + 1, t, seen);
	}
}

static void show_presses(enum ses_rule rule, const double *kpa, const bool *censored, size_t n)
{
	print_message("%s of", ses_rule_word(rule));
	for (size_t i = 0; i < n; i++)
		print_message(" %s%g", censored[i] ? ">" : "", kpa[i]);
	print_message("\n");
}

/* Ceilings above, among and below the exact values; ties; all of them and none censored. */
static void a_value_is_true_whatever_the_ceilings_hide(void **state)
{
	size_t bounds = 0, exact_beside_censored = 0, needless = 0;

	(void)state;
	for (int round = 0; round < 6000; round++) {
		size_t n = 1 + draw(MOST), n_censored = 0;
		enum ses_rule rule = (enum ses_rule)(1 + round % 4);
		double kpa[MOST], t[MOST];
		bool censored[MOST] = {false}, bound;
		struct seen seen = {INFINITY, -INFINITY};

		for (size_t i = 0; i < n; i++) {
			kpa[i] = 300 + 10 * draw(16);
			censored[i] = n_censored < 3 && draw(3) == 0;
			n_censored += censored[i];
		}
		double value = ses_repeat_value(rule, kpa, censored, n, &bound);

		try_all(rule, kpa, censored, n, 0, t, &seen);
		if (seen.least < value - 1e-9 || (!bound && seen.greatest > value + 1e-9) ||
			(bound && !n_censored) || (bound && rule != SES_RULE_CLOSEST_TWO && seen.greatest <= value + 1e-6)) {
			show_presses(rule, kpa, censored, n);
			print_message("stated %s%g, true %g to %g\n", bound ? ">= " : "", value, seen.least, seen.greatest);
			fail();
		}
		if (rule != SES_RULE_CLOSEST_TWO && seen.least > value + 1e-6) { /* no weaker than it must be */
			show_presses(rule, kpa, censored, n);
			fail();
		}
		needless += bound && seen.greatest <= value + 1e-6;
		bounds += bound;
		exact_beside_censored += !bound && n_censored;
	}
	print_message("%zu bounds, %zu exact beside a ceiling, %zu needless\n", bounds, exact_beside_censored, needless);
	assert_true(bounds > 1000 && exact_beside_censored > 300);
	assert_true(needless < bounds / 50); /* closest-two with two equal presses: a third equal one is allowed for */
}

/* The presses that are named are those whose mean the value is, or its bound. */
static void used_presses_are_those_of_the_value(void **state)
{
	static const struct { enum ses_rule rule; size_t n; double kpa[4]; bool censored[4]; const char *used; } row[] = {
		{SES_RULE_MEAN, 3, {500, 560, 600}, {0, 0, 1}, "111"},
		{SES_RULE_DROP_FIRST, 3, {500, 560, 600}, {1, 0, 0}, "011"},
		{SES_RULE_DROP_FIRST, 1, {500}, {0}, "1"},
		{SES_RULE_MEDIAN, 3, {500, 560, 600}, {0, 0, 1}, "111"},
		{SES_RULE_CLOSEST_TWO, 3, {500, 590, 600}, {0, 0, 1}, "110"},
		{SES_RULE_CLOSEST_TWO, 3, {200, 300, 205}, {0}, "101"},
		{SES_RULE_CLOSEST_TWO, 3, {500, 400, 560}, {0, 1, 0}, "110"},
		{SES_RULE_CLOSEST_TWO, 2, {500, 400}, {0, 1}, "11"},
		{SES_RULE_CLOSEST_TWO, 1, {500}, {0}, "1"},
	};
	bool used[4];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		show_presses(row[i].rule, row[i].kpa, row[i].censored, row[i].n);
		ses_repeat_used(row[i].rule, row[i].kpa, row[i].censored, row[i].n, used);
		for (size_t k = 0; k < row[i].n; k++)
			assert_int_equal(used[k], row[i].used[k] == '1');
	}
	ses_repeat_used(SES_RULE_CLOSEST_TWO, NULL, NULL, 0, used);
}

/* ---- changes ------------------------------------------------------------------------------------------- */

/* Presses of one point drawn around a level, each with its ceiling: what is seen goes into ses, the truth into t. */
static void draw_presses(struct ses_session *ses, int point, double level, double *t)
{
	for (int i = 0; i < HELP_ROUNDS; i++) {
		double ceiling = 400 + 50 * draw(7);

		t[i] = level - 60 + 10 * draw(13) + 0.5;
		if (t[i] > ceiling)
			help_press_ended(ses, point, SES_CENSORED, SES_REASON_CEILING, ceiling);
		else
			help_press(ses, point, t[i]);
	}
}

/* A change without a per cent (NAN) is held against its kPa only. */
static bool change_holds(const struct ana_change *c, double kpa, double percent)
{
	switch (c->kind) {
	case ANA_CHANGE_EXACT:
		return fabs(kpa - c->kpa) < 1e-6 && !(fabs(percent - c->percent) > 1e-6);
	case ANA_CHANGE_AT_LEAST:
		return kpa >= c->kpa - 1e-6 && !(percent < c->percent - 1e-6);
	case ANA_CHANGE_AT_MOST:
		return kpa <= c->kpa + 1e-6 && !(percent > c->percent + 1e-6);
	case ANA_CHANGE_OPEN:
		return true;
	default:
		return false;
	}
}

static bool verdict_holds(const struct ana_change *c, double kpa)
{
	switch (c->verdict) {
	case ANA_VERDICT_RISE:
		return kpa > c->rise_kpa - 1e-6;
	case ANA_VERDICT_FALL:
		return kpa < c->fall_kpa + 1e-6;
	case ANA_VERDICT_WITHIN:
		return kpa > c->fall_kpa - 1e-6 && kpa < c->rise_kpa + 1e-6;
	default:
		return true;
	}
}

static bool ratio_holds(const struct ana_side *s, double ratio)
{
	return s->sign == '?' || (s->sign == '=' && fabs(ratio - s->ratio) < 1e-9) ||
		(s->sign == '>' && ratio >= s->ratio - 1e-9) || (s->sign == '<' && ratio <= s->ratio + 1e-9);
}

/*
 * Two sessions of two target points, the other side of one and a control, every press with a ceiling of its own: the
 * change of each point, of the mean over the points, the net change, the verdict, and the side ratio are true of
 * the true values.
 */
static void a_change_is_never_false(void **state)
{
	struct ana_errors errors;
	size_t kind[5] = {0}, net[5] = {0};

	(void)state;
	ana_errors_init(&errors);
	errors.kpa = 40;
	for (int round = 0; round < 1500; round++) {
		struct ana_options options = {.rule = (enum ses_rule)(1 + round % 4)};
		struct ses_session ses[2];
		struct ana_visit visit[2];
		struct ana_compare compare;
		double value[2][4], t[HELP_ROUNDS];

		for (int s = 0; s < 2; s++) {
			help_session(&ses[s], s + 1, "", s ? "2026-03-16" : "2026-03-02");
			for (int p = 0; p < 4; p++) {
				draw_presses(&ses[s], p < 3 ? p : 4, 350 + 100.0 * draw(3), t);
				value[s][p] = true_value(options.rule, t, HELP_ROUNDS);
			}
			assert_int_equal(ana_visit_from_session(&visit[s], &ses[s], "x.h5", &options, NULL), 0);
			struct ana_side side = ana_visit_side(&visit[s], &visit[s].point[0]);

			assert_true(ratio_holds(&side, value[s][0] / value[s][2]));
		}
		assert_int_equal(ana_compare_make(&compare, &visit[0], &visit[1], &errors, NULL, NULL), 0);
		for (int p = 0; p < 3; p++) {
			const struct ana_change *c = &compare.pair[p].change;
			double kpa = value[1][p] - value[0][p];

			assert_true(change_holds(c, kpa, 100 * kpa / value[0][p]));
			assert_true(verdict_holds(c, kpa));
			kind[c->kind]++;
		}
		double a = (value[0][0] + value[0][1]) / 2, b = (value[1][0] + value[1][1]) / 2;

		assert_true(change_holds(&compare.targets.change, b - a, 100 * (b - a) / a));
		assert_true(change_holds(&compare.net.change, b - a - (value[1][3] - value[0][3]), NAN));
		net[compare.net.change.kind]++;
		ana_compare_free(&compare);
		for (int s = 0; s < 2; s++) {
			ana_visit_free(&visit[s]);
			ses_session_clear(&ses[s]);
		}
	}
	for (int k = ANA_CHANGE_EXACT; k <= ANA_CHANGE_OPEN; k++)
		assert_true(kind[k] > 100 && net[k] > 10);
}

/* No pain up to the ceiling: the tolerance lies above it as well, though no second response was waited for. */
static void a_ceiling_before_the_threshold_bounds_the_tolerance(void **state)
{
	static const struct { enum ses_status status; enum ses_tolerance tolerance; double ptt_kpa, want; bool bound; } row[] = {
		{SES_ACCEPTED, SES_TOLERANCE_TAKEN, 580, 580, false}, {SES_ACCEPTED, SES_TOLERANCE_CENSORED, 600, 600, true},
		{SES_CENSORED, SES_TOLERANCE_NONE, NAN, 600, true}, {SES_ACCEPTED, SES_TOLERANCE_NONE, NAN, NAN, false},
		{SES_REJECTED, SES_TOLERANCE_NONE, NAN, NAN, false}};
	struct ana_options options = {.measure = SES_MEASURE_TOLERANCE};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses;
		struct ana_visit visit;

		help_session(&ses, 1, "", "2026-03-02");
		help_press(&ses, 4, 300); /* that a second response was asked for */
		ses.trials[0].tolerance = SES_TOLERANCE_TAKEN;
		ses.trials[0].ptt_kpa = 350;
		help_press_ended(&ses, 0, row[i].status, SES_REASON_NONE, row[i].status == SES_CENSORED ? 600 : 400);
		ses.trials[1].tolerance = (int32_t)row[i].tolerance;
		ses.trials[1].ptt_kpa = row[i].ptt_kpa;
		assert_int_equal(ana_visit_from_session(&visit, &ses, "x.h5", &options, NULL), 0);
		if (isnan(row[i].want))
			assert_nan(visit.point[0].value_kpa);
		else
			assert_close(visit.point[0].value_kpa, row[i].want, 0);
		assert_int_equal(visit.point[0].bound, row[i].bound);
		ana_visit_free(&visit);
		ses_session_clear(&ses);
	}
}

/* ---- ceilings that differ ------------------------------------------------------------------------------ */

/* n sessions, each with one press at points 0 and 4 under its own ceiling at point 0. */
static void make_course(struct ana_course *course, const double *ceiling, size_t n)
{
	static const char *const day[] = {"2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23"};
	struct ana_visit visits[4];

	for (size_t v = 0; v < n; v++) {
		struct ses_session ses;

		help_session(&ses, (int)v + 1, "", day[v]);
		help_press(&ses, 0, 200);
		ses.trials[0].ceiling_kpa = ceiling[v];
		help_press(&ses, 4, 300);
		help_press_ended(&ses, 4, SES_REJECTED, SES_REASON_RATE, 300);
		ses.trials[2].ceiling_kpa = 100 + 50 * (double)v; /* a rejected press is in no value */
		assert_int_equal(ana_visit_from_session(&visits[v], &ses, "x.h5", NULL, NULL), 0);
		ses_session_clear(&ses);
	}
	assert_int_equal(ana_course_make(course, visits, n, NULL, NULL), 0);
}

static void ceilings_that_differ_are_told(void **state)
{
	static const struct { const char *legend; size_t n; double ceiling[4]; const char *says; } row[] = {
		{"the same", 2, {600, 600}, NULL},
		{"lower", 2, {600, 500}, "The ceiling was 600 kPa in session 1, 500 kPa in session 2, at: * Upper\n  trapezius (left).\n"
			"Where the lower ceiling held, a higher threshold shows as \">\" only.\n"},
		{"lower and back", 4, {600, 600, 500, 600}, "600 kPa in session 1, 500 kPa in session 3, 600 kPa in session\n  4, at:"},
		{"one not known", 3, {600, NAN, 600}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ana_course course;
		struct ana_compare compare;
		struct ana_text text = {0}, two = {0};

		print_message("%s\n", row[i].legend);
		make_course(&course, row[i].ceiling, row[i].n);
		ana_course_ceilings(&text, &course);
		print_message("%s", text.data ? text.data : "");
		if (row[i].says)
			assert_non_null(strstr(text.data, row[i].says));
		else
			assert_null(text.data);
		assert_int_equal(ana_compare_make(&compare, &course.visit[0].visit, &course.visit[1].visit, NULL, NULL, NULL), 0);
		ana_compare_ceilings(&two, &compare);
		assert_int_equal(two.data != NULL, i == 1);
		if (i == 1)
			assert_string_equal(two.data, text.data);
		ana_compare_free(&compare);
		ana_text_free(&two);
		ana_text_free(&text);
		ana_course_free(&course);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_true_whatever_the_ceilings_hide),
		cmocka_unit_test(used_presses_are_those_of_the_value), cmocka_unit_test(a_change_is_never_false),
		cmocka_unit_test(a_ceiling_before_the_threshold_bounds_the_tolerance),
		cmocka_unit_test(ceilings_that_differ_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
