/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means, order, analysis of variance, lines, areas: certified values, and what is missing, few or flat. */
#include "stats/anova.h"
#include "stats/line.h"
#include "stats/quantile.h"

#include "tests/unit/assert_close.h"

#include <stdlib.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

/* NIST StRD, univariate: NumAcc1 to 4; 2 to 4 are the middle, then low and high by turns. */
static void nist_univariate(void **state)
{
	static const double one[] = {10000001, 10000003, 10000002};
	static const struct {
		double middle, low, high, tol; /* the numbers themselves are rounded to about tol */
	} row[] = {{1.2, 1.1, 1.3, 1e-14}, {1000000.2, 1000000.1, 1000000.3, 1e-9}, {10000000.2, 10000000.1, 10000000.3, 1e-8}};
	double x[1001];
	struct st_moments m = st_moments_of(one, 3);

	(void)state;
	assert_close(m.mean, 10000002, 0);
	assert_close(m.sd, 1, 0);
	for (size_t r = 0; r < COUNT(row); r++) {
		for (size_t i = 0; i < 1001; i++)
			x[i] = i == 0 ? row[r].middle : i % 2 ? row[r].low : row[r].high;
		m = st_moments_of(x, 1001);
		assert_close(m.mean, row[r].middle, 1e-15 * row[r].middle);
		assert_close(m.sd, 0.1, row[r].tol);
	}
}

static void moments_of_few_flat_and_missing(void **state)
{
	static const double x[] = {NAN, 4, NAN, 6}, one[] = {7}, flat[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, wild[] = {1, INFINITY};
	struct st_moments m = st_moments_of(NULL, 0);

	(void)state;
	assert_int_equal(m.n, 0);
	assert_nan(m.mean);
	assert_nan(m.sd);
	assert_nan(m.min);
	m = st_moments_of(x, 4);
	assert_int_equal(m.n, 2);
	assert_int_equal(m.n_missing, 2);
	assert_close(m.mean, 5, 0);
	assert_close(m.sd, sqrt(2), 1e-15);
	assert_close(m.se_mean, 1, 1e-15);
	assert_close(st_mean_interval(&m, 0.95).high, 5 + 12.706204736174705, 1e-9);
	assert_nan(st_mean_interval(&m, 1).high);
	assert_nan(st_mean_interval(&m, 0).high);
	m = st_moments_of(one, 1);
	assert_close(m.mean, 7, 0);
	assert_close(m.sum_squares, 0, 0);
	assert_nan(m.sd);
	m = st_moments_of(flat, 6);
	assert_close(m.mean, 0.1, 0);
	assert_close(m.sd, 0, 0);
	assert_nan(st_mean_interval(&m, 0.95).low);
	assert_nan(st_moments_of(wild, 2).sd);
}

static void percent_change_in_three_ways(void **state)
{
	static const double before[] = {200, 250, 180, 300, 220, NAN}, after[] = {240, 260, 230, 330, 250, 4}, zero[] = {0};
	struct st_percent p = st_percent_of(before, after, 6);

	(void)state;
	assert_int_equal(p.n, 5);
	assert_int_equal(p.n_missing, 1);
	assert_close(p.of_means, 13.9130434783, 1e-9);
	assert_close(p.mean_of, 15.0828282828, 1e-9);
	assert_close(p.of_geometric, 14.7931532982, 1e-9);
	p = st_percent_of(zero, after, 1);
	assert_nan(p.of_means);
	assert_nan(p.mean_of);
	assert_nan(p.of_geometric);
	assert_nan(st_percent_of(before, after, 0).of_means);
}

static void quantiles_of_type_7(void **state)
{
	static const double x[] = {40, NAN, 10, 30, 20};
	double sorted[5];
	size_t n = st_sort(x, 5, sorted);

	(void)state;
	assert_int_equal(n, 4);
	assert_close(st_median(sorted, n), 25, 0);
	assert_close(st_quantile(sorted, n, 0.25), 17.5, 1e-14);
	assert_close(st_quantile(sorted, n, 0), 10, 0);
	assert_close(st_quantile(sorted, n, 1), 40, 0);
	assert_close(st_quantile(sorted, 1, 0.3), 10, 0);
	assert_nan(st_quantile(sorted, n, 1.01));
	assert_nan(st_quantile(sorted, n, NAN));
	assert_nan(st_median(sorted, 0));
}

/* NIST StRD, SmLs01 to 06: nine groups, first value, then 0.1 below and above by turns; the F is known. */
static void nist_one_way(void **state)
{
	static const double first[] = {1.4, 1.3, 1.5, 1.3, 1.5, 1.3, 1.5, 1.3, 1.5};
	static const struct {
		size_t size;
		double offset, f, tol;
	} row[] = {{21, 0, 21, 1e-11}, {201, 0, 201, 1e-10}, {2001, 0, 2001, 1e-9},
		{21, 999999, 21, 1e-7}, {201, 999999, 201, 1e-6}, {2001, 999999, 2001, 1e-5}};
	size_t size[9];
	double *x = malloc(9 * 2001 * sizeof(*x));

	(void)state;
	assert_non_null(x);
	for (size_t r = 0; r < COUNT(row); r++) {
		for (size_t g = 0; g < 9; g++) {
			size[g] = row[r].size;
			for (size_t i = 0; i < size[g]; i++) /* rounded as the file's decimals are: tenths */
				x[g * size[g] + i] = round(10 * (row[r].offset + first[g]) + (i == 0 ? 0 : i % 2 ? -1 : 1)) / 10;
		}
		struct st_one_way a = st_one_way_of(x, size, 9);

		assert_close(a.f, row[r].f, row[r].tol);
		assert_close(a.ss_between, 0.08 * (double)(row[r].size), row[r].tol);
	}
	free(x);
}

static void one_way_of_few_flat_and_missing(void **state)
{
	static const double x[] = {1, 2, NAN, NAN, 3, 5, 5}, flat[] = {0.3, 0.3, 0.3, 0.3}, apart[] = {1, 1, 2, 2};
	static const size_t size[] = {2, 2, 3}, two[] = {2, 2}, ones[] = {1, 1};
	struct st_one_way a = st_one_way_of(x, size, 3);

	(void)state;
	assert_int_equal(a.groups, 2); /* one has nothing in it */
	assert_int_equal(a.n, 5);
	assert_int_equal(a.n_missing, 2);
	assert_close(a.df_within, 3, 0);
	assert_close(a.ss_within, 0.5 + 8.0 / 3, 1e-14);
	a = st_one_way_of(flat, two, 2);
	assert_close(a.ss_within, 0, 0);
	assert_nan(a.f);
	assert_nan(a.p);
	assert_nan(a.r2);
	assert_nan(st_one_way_of(apart, two, 2).f); /* nothing within: not infinite */
	assert_close(st_one_way_of(apart, two, 2).r2, 1, 1e-15);
	a = st_one_way_of(x, ones, 2);
	assert_nan(a.ms_within);
	assert_nan(a.p);
	assert_nan(st_one_way_of(x, two, 1).f);
	assert_nan(st_one_way_of(x, two, 0).mean);
}

/* NIST StRD, linear regression, Norris: y on x. */
static void nist_norris(void **state)
{
	static const double yx[][2] = {
		{0.1, 0.2}, {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1}, {228.1, 226.5},
		{668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
		{0.1, 0.6}, {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
		{557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
		{0.6, 0.3}, {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
		{10.2, 11.1}, {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5},
	};
	double x[COUNT(yx)], y[COUNT(yx)];
	struct st_line l;

	(void)state;
	for (size_t i = 0; i < COUNT(yx); i++) {
		y[i] = yx[i][0];
		x[i] = yx[i][1];
	}
	l = st_line_of(x, y, COUNT(yx), 0.95);
	assert_close(l.slope, 1.00211681802045, 2e-14);
	assert_close(l.intercept, -0.262323073774029, 1e-11);
	assert_close(l.se_slope, 4.29796848199937e-04, 1e-15);
	assert_close(l.se_intercept, 0.232818234301152, 1e-12);
	assert_close(l.sd_residual, 0.884796396144373, 1e-12);
	assert_close(l.r2, 0.999993745883712, 1e-14);
	assert_close(l.f, 5436385.54079785, 1e-4);
	assert_close(l.slope_ci.high - l.slope, l.se_slope * 2.0322445093177, 1e-12);
}

static void lines_of_few_flat_and_missing(void **state)
{
	static const double x[] = {1, 2, NAN, 4, 5}, y[] = {3, 5, 7, 9, NAN}, same[] = {0.1, 0.1, 0.1, 0.1, 0.1};
	struct st_line l = st_line_of(x, y, 5, 0.95);

	(void)state;
	assert_int_equal(l.n, 3);
	assert_int_equal(l.n_missing, 2);
	assert_close(l.slope, 2, 1e-15); /* through every point: no test */
	assert_close(l.se_slope, 0, 0);
	assert_close(l.r2, 1, 0);
	assert_nan(l.t);
	assert_nan(l.p);
	assert_nan(l.slope_ci.low);
	l = st_line_of(x, y, 2, 0.95);
	assert_close(l.intercept, 1, 1e-15);
	assert_nan(l.se_slope);
	assert_nan(l.p);
	l = st_line_of(same, y, 4, 0.95);
	assert_nan(l.slope);
	assert_nan(st_correlation(same, y, 4));
	l = st_line_of(x, same, 5, 0.95);
	assert_close(l.slope, 0, 0);
	assert_nan(l.r2);
	assert_nan(l.p);
	assert_nan(st_line_of(x, y, 1, 0.95).slope);
	assert_nan(st_line_of(x, y, 0, 0.95).intercept);
	assert_close(st_correlation(x, y, 5), 1, 1e-15);
}

static void area_over_unequal_times(void **state)
{
	static const double t[] = {0, 1, 3, 6, 10}, y[] = {100, 200, NAN, 300, 100}, back[] = {0, 2, 2, 3, 4};
	struct st_area a = st_area_under(t, y, 5);

	(void)state;
	assert_int_equal(a.n, 4);
	assert_int_equal(a.n_missing, 1);
	assert_close(a.area, 150 + 5 * 250 + 4 * 200, 1e-12);
	assert_close(a.average, 2200.0 / 10, 1e-12);
	assert_close(a.duration, 10, 0);
	assert_close(st_area_under(back, y, 5).area, 300 + 250 + 200, 1e-12); /* the second 2 is missing anyway */
	assert_nan(st_area_under(back, t, 5).area);
	assert_nan(st_area_under(back, t, 5).average);
	assert_nan(st_area_under(t, y, 1).area);
	assert_nan(st_area_under(t, y, 0).area);
}

/* 30 kPa/s for four seconds. */
static void a_ramp_is_a_line(void **state)
{
	static const double t[] = {0, 1, 2, 3, 4}, kpa[] = {0, 30, 60, 90, 120};

	(void)state;
	assert_close(st_line_of(t, kpa, 5, 0.95).slope, 30, 1e-13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nist_univariate),
		cmocka_unit_test(moments_of_few_flat_and_missing),
		cmocka_unit_test(percent_change_in_three_ways),
		cmocka_unit_test(quantiles_of_type_7),
		cmocka_unit_test(nist_one_way),
		cmocka_unit_test(one_way_of_few_flat_and_missing),
		cmocka_unit_test(nist_norris),
		cmocka_unit_test(lines_of_few_flat_and_missing),
		cmocka_unit_test(area_over_unequal_times),
		cmocka_unit_test(a_ramp_is_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
