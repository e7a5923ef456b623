/* SPDX-License-Identifier: GPL-3.0-or-later */
/* t, rank tests, effect sizes, Holm, quantiles: published examples, own counting, what is missing, few or flat. */
#include "stats/effect.h"
#include "stats/holm.h"
#include "stats/wilcoxon.h"

#include "tests/unit/assert_close.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static const double nothing_b[50];

static struct st_rank_test ranks(const double *a, const double *b, size_t n, enum st_zeros zeros)
{
	struct st_rank_test t;

	assert_int_equal(st_signed_rank(&t, a, b, n, zeros, 0.95), 0);
	return t;
}

static void quantiles_and_tails(void **state)
{
	(void)state;
	assert_close(st_normal_quantile(0.975), 1.959963984540054, 1e-15);
	assert_close(st_t_quantile(0.975, INFINITY), 1.959963984540054, 1e-15);
	assert_close(st_t_quantile(0.975, 9), 2.2621571627982049, 1e-14);
	assert_close(st_t_quantile(0.025, 4.785143862), -st_t_quantile(0.975, 4.785143862), 1e-12);
	assert_close(st_chi_square_quantile(0.95, 1), 3.841458820694124, 1e-12);
	assert_close(st_f_quantile(0.95, 5, 15), 2.901294536, 1e-9);
	/* Rmath's own qf is off by 0.04 here, and writes so to standard output. */
	assert_close(st_f_upper(st_f_quantile(0.95, 0.0005, 2), 0.0005, 2), 0.05, 1e-12);
	assert_nan(st_t_quantile(1, 9));
	assert_nan(st_t_quantile(0.975, 0));
	assert_nan(st_t_quantile(NAN, 9));
	assert_nan(st_normal_quantile(0));
	assert_nan(st_f_quantile(0.5, 0, 3));
	assert_nan(st_chi_square_quantile(0.5, -1));
	assert_nan(st_t_two_sided(NAN, 9));
	assert_nan(st_t_two_sided(2, 0));
	assert_nan(st_f_upper(2, NAN, 3));
}

/* As in the interval of an intraclass correlation of three people in three sessions: the quantile is too small for a double.
 * pbeta would write of an underflow there, to standard output, in the middle of somebody's JSON. */
static void a_tiny_quantile_says_nothing(void **state)
{
	FILE *caught = tmpfile(), *out = stdout;

	(void)state;
	assert_non_null(caught);
	stdout = caught;
	double tiny = st_f_quantile(0.1, 0.0002, 42), small = st_f_quantile(0.1, 0.01, 42);

	stdout = out;
	assert_close(tiny, 0, 0);
	assert_true(small > 0);
	assert_close(st_f_upper(small, 0.01, 42), 0.9, 1e-12);
	assert_int_equal(ftell(caught), 0);
	fclose(caught);
}

/* Student 1908, sleep: one difference is 0, two are 1.3. */
static void student_sleep(void **state)
{
	static const double a[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
			    b[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
	struct st_t_test t = st_paired_t(a, b, 10, 0.95);
	struct st_rank_test r = ranks(a, b, 10, ST_ZEROS_DROP);

	(void)state;
	assert_close(t.t, -4.0621277, 1e-7);
	assert_close(t.df, 9, 0);
	assert_close(t.p, 0.00283289, 1e-8);
	assert_close(t.difference, -1.58, 1e-14);
	assert_close(t.ci.low, -2.45988576, 1e-8);
	assert_close(t.ci.high, -0.70011424, 1e-8);
	assert_close(r.w, 0, 0);
	assert_int_equal(r.n_a, 10);
	assert_int_equal(r.n_zeros, 1);
	assert_true(r.exact);
	assert_close(r.p, 0.00390625, 1e-17);
	assert_close(r.effect, -1, 0);
	assert_close(ranks(a, b, 10, ST_ZEROS_PRATT).p, 0.00390625, 1e-17);
}

/* Hollander & Wolfe, depression scores; Darwin's maize (Fisher 1935), eighths of an inch. */
static void exact_signed_rank(void **state)
{
	static const double x[] = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30},
			    y[] = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29},
			    maize[] = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
	struct st_rank_test r = ranks(x, y, 9, ST_ZEROS_DROP);
	struct st_t_test t = st_paired_t(maize, nothing_b, 15, 0.95);

	(void)state;
	assert_close(r.w, 40, 0);
	assert_close(r.p, 0.0390625, 1e-16);
	assert_close(r.p_greater, 0.01953125, 1e-16);
	assert_close(r.estimate, 0.46, 1e-14);
	assert_close(r.ci.low, 0.010, 1e-14);
	assert_close(r.ci.high, 0.786, 1e-14);
	assert_close(r.level, 0.9609375, 1e-15);
	r = ranks(maize, nothing_b, 15, ST_ZEROS_DROP);
	assert_close(r.w, 96, 0);
	assert_close(r.p, 0.041259765625, 1e-16);
	assert_close(r.estimate, 25, 0);
	assert_close(r.ci.low, 4, 0);
	assert_close(r.ci.high, 41.5, 0);
	assert_close(r.effect, (96.0 - 24) / 120, 1e-15);
	assert_close(t.t, 2.1479875, 1e-7);
	assert_close(t.p, 0.04970294, 1e-8);
	assert_close(t.ci.low, 0.03119332, 1e-8);
	assert_close(t.ci.high, 41.83547335, 1e-8);
}

/* n differences that all rise: 2 / 2^n, and an interval from six on. */
static void smallest_p_of_few(void **state)
{
	double d[50];

	(void)state;
	for (size_t n = 1; n <= 50; n++) {
		struct st_rank_test r;

		d[n - 1] = (double)n;
		r = ranks(d, nothing_b, n, ST_ZEROS_DROP);
		assert_close(r.p, 2 / exp2((double)n), 1e-18);
		assert_true(n >= 6 ? r.level >= 0.95 && r.ci.low >= 1 : isnan(r.ci.low) && isnan(r.level));
	}
}

/* Every sign pattern by hand, with the ranks given: share with |W+ - mean| as large. */
static double by_enumeration(const double *rank, size_t n, double w)
{
	double total = 0, hits = 0, sum;

	for (size_t i = 0; i < n; i++)
		total += rank[i];
	for (unsigned pattern = 0; pattern < 1u << n; pattern++) {
		sum = 0;
		for (size_t i = 0; i < n; i++)
			sum += pattern >> i & 1 ? rank[i] : 0;
		hits += fabs(sum - total / 2) >= fabs(w - total / 2);
	}
	return hits / exp2((double)n);
}

static void ties_and_zeros_by_enumeration(void **state)
{
	static const double d[] = {0, 1, -1, 2, 2, 0, 2, -3, 4, 4, -5};
	static const double dropped[] = {1.5, 1.5, 4, 4, 4, 6, 7.5, 7.5, 9}, pratt[] = {3.5, 3.5, 6, 6, 6, 8, 9.5, 9.5, 11};
	struct st_rank_test r = ranks(d, nothing_b, COUNT(d), ST_ZEROS_DROP);

	(void)state;
	assert_int_equal(r.n_zeros, 2);
	assert_close(r.w, 1.5 + 12 + 15, 0);
	assert_close(r.p, by_enumeration(dropped, 9, r.w), 1e-16);
	r = ranks(d, nothing_b, COUNT(d), ST_ZEROS_PRATT);
	assert_close(r.w, 3.5 + 18 + 19, 0);
	assert_close(r.p, by_enumeration(pratt, 9, r.w), 1e-16);
	assert_close(r.estimate, 0.75, 0);
}

static void rank_sum_by_hand(void **state)
{
	static const double a[] = {1, 2, 2}, b[] = {2, 3, 4, NAN}, flat[] = {5, 5, 5};
	struct st_rank_test r;

	(void)state;
	/* ranks 1 3 3 | 3 5 6: of 20 ways to choose three, those 3.5 or more from the mean 10.5 */
	assert_int_equal(st_rank_sum(&r, a, 3, b, 4, 0.95), 0);
	assert_int_equal(r.n_b, 3);
	assert_int_equal(r.n_missing, 1);
	assert_close(r.w, 1, 0);
	assert_close(r.p, 6.0 / 20, 1e-15); /* 7: 1 3 3 in three ways; 14: 3 5 6 in three ways */
	assert_close(r.p_less, 3.0 / 20, 1e-15);
	assert_close(r.p_greater, 1, 1e-15);
	assert_close(r.estimate, -1, 0);
	assert_nan(r.ci.low); /* three and three cannot reach 95 % */
	assert_close(r.effect, 2.0 / 9 - 1, 1e-15);
	assert_int_equal(st_rank_sum(&r, flat, 3, flat, 3, 0.95), 0);
	assert_close(r.p, 1, 0);
	assert_close(r.estimate, 0, 0);
	assert_int_equal(st_rank_sum(&r, a, 3, b, 0, 0.95), 0);
	assert_nan(r.p);
	assert_nan(r.estimate);
}

static void rank_tests_of_few_and_flat(void **state)
{
	static const double a[] = {3, NAN, 3, INFINITY}, b[] = {3, 1, 3, 1};
	double many[120];
	struct st_rank_test r = ranks(a, b, 3, ST_ZEROS_DROP);

	(void)state;
	assert_int_equal(r.n_a, 2);
	assert_int_equal(r.n_zeros, 2);
	assert_int_equal(r.n_missing, 1);
	assert_nan(r.p);
	assert_nan(r.w);
	assert_close(r.estimate, 0, 0);
	assert_nan(ranks(a, b, 3, ST_ZEROS_PRATT).p);
	assert_nan(ranks(a, b, 4, ST_ZEROS_DROP).p);
	assert_nan(ranks(a, b, 4, ST_ZEROS_DROP).estimate);
	assert_nan(ranks(a, b, 0, ST_ZEROS_DROP).p);
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = 7;
	assert_int_equal(st_rank_sum(&r, many, 60, many + 60, 60, 0.95), 0);
	assert_false(r.exact);
	assert_nan(r.p);
	assert_int_equal(st_signed_rank(&r, many, many + 60, 60, ST_ZEROS_DROP, 0.95), 0);
	assert_nan(r.p);
	assert_int_equal(st_signed_rank(&r, many, nothing_b, 50, ST_ZEROS_DROP, 2), 0);
	assert_nan(r.ci.low);
}

/* Lakens 2013: ten people, two films. */
static void lakens_effects(void **state)
{
	static const double a[] = {9, 7, 8, 9, 8, 9, 9, 10, 9, 9}, b[] = {9, 6, 7, 8, 7, 9, 8, 8, 8, 7};
	struct st_effect e = st_effect_of(a, b, 10, 0.95);

	(void)state;
	assert_close(e.sd_a, 0.8232726023, 1e-10);
	assert_close(e.sd_b, 0.9486832981, 1e-10);
	assert_close(e.r, 0.7255423196, 1e-10);
	assert_close(e.sd_difference, 0.6666667, 1e-7);
	assert_close(e.d_z, 1.5, 1e-14);
	assert_close(e.d_z_ci.low, 0.5605141502, 1e-9);
	assert_close(e.d_z_ci.high, 2.403436187, 1e-9);
	assert_close(e.d_av, 1.128696261, 1e-9);
	assert_close(e.d_av_ci.low, 0.421767, 1e-6);
	assert_close(e.d_av_ci.high, 1.808498, 2e-6);
	assert_close(e.d_rms, 1.125879938, 1e-9);
	assert_close(e.d_rm, 1.111332336, 1e-9);
	assert_close(e.j_approximate, 0.9142857143, 1e-10);
	assert_close(e.j, 0.9138748918, 1e-10);
	assert_close(e.j_approximate * e.d_av, 1.031950867, 1e-9);
	assert_close(e.j_approximate * e.d_z, 1.371428571, 1e-9);
	assert_close(e.g_z, 0.9138748918 * 1.5, 1e-9);
	assert_close(st_effect_of(b, a, 10, 0.95).d_z_ci.low, -2.403436187, 1e-9);
}

static void effects_of_few_and_flat(void **state)
{
	static const double a[] = {1, 2, 3, NAN}, b[] = {2, 3, 4, 5}, flat[] = {2, 2, 2, 2};
	struct st_effect e = st_effect_of(a, b, 4, 0.95);

	(void)state;
	assert_int_equal(e.n, 3);
	assert_int_equal(e.n_missing, 1);
	assert_close(e.difference, -1, 0);
	assert_nan(e.d_z);
	assert_nan(e.d_z_ci.low);
	assert_nan(e.d_rm);
	assert_close(e.d_av, -1, 1e-15);
	e = st_effect_of(a, flat, 3, 0.95);
	assert_nan(e.r);
	assert_nan(e.d_rm);
	assert_close(e.d_z, 0, 0);
	assert_close(e.d_z_ci.low, -e.d_z_ci.high, 1e-12);
	e = st_effect_of(flat, flat, 3, 0.95);
	assert_nan(e.d_av);
	assert_nan(e.d_rms);
	assert_nan(st_effect_of(a, b, 1, 0.95).d_av);
	assert_nan(st_effect_of(a, b, 0, 0.95).g_z);
	assert_nan(st_hedges_j(1));
	assert_nan(st_noncentrality(INFINITY, 9, 0.5));
	assert_nan(st_noncentrality(2, 9, 1));
}

static void t_of_few_and_flat(void **state)
{
	static const double a[] = {1, 2, 3, NAN}, b[] = {2, 3, 4, 5}, flat[] = {2, 2, 2, 2}, tenth[] = {0.1, 0.2, 0.3},
			    shifted[] = {0.4, 0.5, 0.6};
	struct st_t_test t = st_paired_t(a, b, 4, 0.95);

	(void)state;
	assert_int_equal(t.n_a, 3);
	assert_int_equal(t.n_missing, 1);
	assert_close(t.difference, -1, 0);
	assert_close(t.sd, 0, 0);
	assert_nan(t.t);
	assert_nan(t.p);
	assert_nan(t.ci.low);
	assert_nan(st_paired_t(tenth, shifted, 3, 0.95).t); /* flat to within rounding */
	t = st_paired_t(a, b, 1, 0.95);
	assert_close(t.difference, -1, 0);
	assert_nan(t.sd);
	assert_nan(st_paired_t(a, b, 0, 0.95).difference);
	t = st_welch_t(a, 4, flat, 4, 0.95); /* one group flat: still a test */
	assert_close(t.df, 2, 1e-14);
	assert_close(t.t, 0, 0);
	assert_close(t.p, 1, 1e-15);
	assert_nan(st_welch_t(flat, 4, flat, 3, 0.95).t);
	assert_nan(st_welch_t(a, 1, b, 4, 0.95).se);
	assert_nan(st_welch_t(a, 0, b, 4, 0.95).difference);
}

/* power.t.test(type = "paired") of R says 51.01 for 10 of SD 25, and 33.37 for half an SD at 80 %. */
static void size_of_a_paired_comparison(void **state)
{
	size_t n = st_paired_size(10, 25, 0.05, 0.80);

	(void)state;
	assert_int_equal(n, 52);
	assert_true(st_paired_power(52, 10, 25, 0.05) >= 0.80);
	assert_true(st_paired_power(51, 10, 25, 0.05) < 0.80);
	assert_int_equal(st_paired_size(-10, 20, 0.05, 0.80), 34);
	assert_int_equal(st_paired_size(1000, 1, 0.05, 0.90), 2);
	assert_int_equal(st_paired_size(0, 25, 0.05, 0.80), 0);
	assert_int_equal(st_paired_size(10, 0, 0.05, 0.80), 0);
	assert_int_equal(st_paired_size(10, NAN, 0.05, 0.80), 0);
	assert_int_equal(st_paired_size(10, 25, 0, 0.80), 0);
	assert_int_equal(st_paired_size(10, 25, 0.05, 1), 0);
	assert_int_equal(st_paired_size(1e-6, 25, 0.05, 0.80), 0);
	assert_nan(st_paired_power(1, 10, 25, 0.05));
}

static void holm(void **state)
{
	static const double p[] = {0.01, 0.04, NAN, 0.03, 0.005}, want[] = {0.03, 0.06, NAN, 0.06, 0.02}, big[] = {0.6, 0.6};
	double got[5];

	(void)state;
	assert_int_equal(st_holm(p, 5, got), 4);
	for (size_t i = 0; i < 5; i++) {
		if (isnan(want[i]))
			assert_nan(got[i]);
		else
			assert_close(got[i], want[i], 1e-16);
	}
	assert_int_equal(st_holm(big, 2, got), 2);
	assert_close(got[1], 1, 0);
	assert_int_equal(st_holm(p, 0, got), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_and_tails),
		cmocka_unit_test(a_tiny_quantile_says_nothing),
		cmocka_unit_test(student_sleep),
		cmocka_unit_test(exact_signed_rank),
		cmocka_unit_test(smallest_p_of_few),
		cmocka_unit_test(ties_and_zeros_by_enumeration),
		cmocka_unit_test(rank_sum_by_hand),
		cmocka_unit_test(rank_tests_of_few_and_flat),
		cmocka_unit_test(lakens_effects),
		cmocka_unit_test(effects_of_few_and_flat),
		cmocka_unit_test(t_of_few_and_flat),
		cmocka_unit_test(size_of_a_paired_comparison),
		cmocka_unit_test(holm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
