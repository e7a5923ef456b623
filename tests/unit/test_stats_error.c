/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measurement error and reliability: published examples, identities, and what is missing, few or flat. */
#include "stats/error.h"
#include "stats/growth.h"
#include "stats/icc.h"

#include "tests/unit/assert_close.h"

#include <string.h>

/* Shrout & Fleiss 1979, table 2: six targets, four judges. */
static const double judges[] = {9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};

/* Values published to two digits, the rest by psych::ICC of R. */
static void shrout_and_fleiss(void **state)
{
	static const struct {
		const char *name;
		double value, low, high, f, df2, p;
	} row[ST_ICC_FORMS] = {
		{"ICC(1,1)", 0.1657417684, -0.1329323249, 0.7225600623, 1.794678, 18, 0.1648},
		{"ICC(2,1)", 0.2897637795, 0.0187865134, 0.7610843696, 11.02725, 15, 0.00013457},
		{"ICC(3,1)", 0.7148407148, 0.3424647651, 0.9458582600, 11.02725, 15, 0.00013457},
		{"ICC(1,k)", 0.4427971337, -0.8844421552, 0.9124154203, 1.794678, 18, 0.1648},
		{"ICC(2,k)", 0.6200505476, 0.0711368153, 0.9272320402, 11.02725, 15, 0.00013457},
		{"ICC(3,k)", 0.9093155424, 0.6756747138, 0.9858916782, 11.02725, 15, 0.00013457},
	};
	struct st_two_way t = st_two_way_of(judges, 6, 4);

	(void)state;
	assert_close(t.ms_rows, 11.24166667, 1e-8);
	assert_close(t.ms_columns, 32.48611111, 1e-8);
	assert_close(t.ms_error, 1.01944444, 1e-8);
	assert_close(t.ms_within, 6.26388889, 1e-8);
	for (enum st_icc_form form = 0; form < ST_ICC_FORMS; form++) {
		struct st_icc icc = st_icc_of(&t, form, 0.95);

		assert_string_equal(st_icc_name(form), row[form].name);
		assert_close(icc.value, row[form].value, 1e-10);
		assert_close(icc.ci.low, row[form].low, 1e-9);
		assert_close(icc.ci.high, row[form].high, 1e-9);
		assert_close(icc.f, row[form].f, 1e-5);
		assert_close(icc.df1, 5, 0);
		assert_close(icc.df2, row[form].df2, 0);
		assert_close(icc.p, row[form].p, 5e-5); /* published to four digits */
	}
	assert_nan(st_icc_of(&t, ST_ICC_2_1, 1).ci.low);
	assert_nan(st_icc_of(&t, ST_ICC_FORMS, 0.95).value);
	assert_string_equal(st_icc_name(ST_ICC_FORMS), "ICC(?)");
}

static void icc_negative_exact_and_flat(void **state)
{
	static const double opposite[] = {1, 3, 3, 1, 2, 2.5}, alike[] = {0.1, 0.1, 0.2, 0.2, 0.7, 0.7},
			    shifted[] = {1, 2, 3, 4, 7, 8}, flat[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, hole[] = {1, NAN, 3, 4, 7, 9};
	struct st_two_way t = st_two_way_of(opposite, 3, 2);
	struct st_icc icc = st_icc_of(&t, ST_ICC_1_1, 0.95);

	(void)state;
	assert_true(icc.value < 0); /* as it is, not 0 */
	t = st_two_way_of(alike, 3, 2);
	icc = st_icc_of(&t, ST_ICC_2_1, 0.95);
	assert_close(icc.value, 1, 1e-15);
	assert_nan(icc.f);
	assert_nan(icc.p);
	assert_nan(icc.ci.high);
	t = st_two_way_of(shifted, 3, 2); /* consistent, and not in agreement */
	assert_close(t.ms_error, 0, 0);
	assert_close(st_icc_of(&t, ST_ICC_3_1, 0.95).value, 1, 1e-15);
	assert_true(st_icc_of(&t, ST_ICC_2_1, 0.95).value < 0.98);
	t = st_two_way_of(flat, 2, 3);
	assert_close(t.ms_rows, 0, 0);
	assert_nan(st_icc_of(&t, ST_ICC_1_1, 0.95).value);
	assert_nan(st_icc_of(&t, ST_ICC_2_K, 0.95).value);
	t = st_two_way_of(hole, 3, 2);
	assert_int_equal(t.n, 2);
	assert_int_equal(t.n_missing, 1);
	assert_close(t.mean, 5.75, 0);
	t = st_two_way_of(hole, 2, 2); /* one row is left */
	assert_int_equal(t.n, 1);
	assert_nan(t.ms_rows);
	assert_nan(st_icc_of(&t, ST_ICC_3_1, 0.95).value);
	t = st_two_way_of(judges, 6, 1);
	assert_nan(t.ms_within);
	t = st_two_way_of(judges, 0, 4);
	assert_nan(t.mean);
}

static void sem_of_the_judges(void **state)
{
	struct st_two_way t = st_two_way_of(judges, 6, 4);
	struct st_sem c = st_sem_consistency(&t, 0.95), a = st_sem_agreement(&t, 0.95);

	(void)state;
	assert_close(c.sem, 1.009675415, 1e-9);
	assert_close(c.df, 15, 0);
	assert_close(c.ci.low, 1.009675415 * sqrt(15 / 27.48839286), 1e-8);
	assert_close(c.ci.high, 1.009675415 * sqrt(15 / 6.262137795), 1e-8);
	assert_close(a.sem, 2.502776236, 1e-9);
	assert_close(a.sem * a.sem, t.ms_error + (t.ms_columns - t.ms_error) / 6, 1e-13); /* the identity with MSW */
	assert_true(a.df > 3 && a.df < 18); /* four judges who differ much say little about judges */
	assert_close(st_mdc(c.sem, 0.95), 2.79862604, 1e-8);
	assert_close(st_mdc(c.sem, 0.90), 2.34868101, 1e-8);
	assert_close(st_mdc_group(c.sem, 0.95, 4), st_mdc(c.sem, 0.95) / 2, 1e-14);
}

/* Columns that are alike: Satterthwaite's df is that of MSW. */
static void agreement_df_without_column_differences(void **state)
{
	struct st_two_way t = {.n = 10, .k = 3, .ms_columns = 4, .ms_error = 4, .ms_within = 4, .df_columns = 2, .df_error = 18};

	(void)state;
	assert_close(st_sem_agreement(&t, 0.95).df, 20, 1e-12);
}

static void two_sessions(void **state)
{
	static const double a[] = {200, 300, 250, NAN, 400}, b[] = {210, 280, 255, 300, 390}, same[] = {0.1, 0.2, 0.3},
			    more[] = {0.4, 0.5, 0.6};
	double table[8];
	struct st_sem s = st_sem_two_sessions(a, b, 5, 0.95), c;
	struct st_two_way t;

	(void)state;
	for (size_t i = 0, j = 0; i < 5; i++) {
		if (i == 3)
			continue;
		table[j++] = a[i];
		table[j++] = b[i];
	}
	t = st_two_way_of(table, 4, 2);
	c = st_sem_consistency(&t, 0.95);
	assert_int_equal(s.n, 4);
	assert_int_equal(s.n_missing, 1);
	assert_close(s.sem, c.sem, 1e-12);
	assert_close(s.df, c.df, 0);
	assert_close(s.ci.high, c.ci.high, 1e-11);
	s = st_sem_two_sessions(same, more, 3, 0.95); /* 0.3 apart, to within rounding */
	assert_close(s.sem, 0, 0);
	assert_nan(s.ci.low);
	assert_close(st_mdc(s.sem, 0.95), 0, 0);
	assert_nan(st_reliable_change(1, 2, s.sem));
	assert_nan(st_sem_two_sessions(a, b, 1, 0.95).sem);
	assert_nan(st_sem_two_sessions(a, b, 0, 0.95).sem);
	assert_nan(st_sem_of_variance(4, 0, 0.95).ci.low);
	assert_nan(st_sem_of_variance(NAN, 4, 0.95).sem);
}

/* One person, 200 to 260 kPa, SEM 20.6 kPa. */
static void change_of_one_person(void **state)
{
	struct st_interval i = st_change_interval(60, 20.6, INFINITY, 1, 0.95);

	(void)state;
	assert_close(st_mdc(20.6, 0.95), 57.10, 0.005);
	assert_close(st_mdc_baseline(20.6, 0.95, 1), st_mdc(20.6, 0.95), 1e-13);
	assert_close(st_mdc_baseline(20.6, 0.95, 2), 49.45, 0.005);
	assert_close(i.low, 2.90, 0.005);
	assert_close(i.high, 117.10, 0.005);
	assert_true(st_change_interval(60, 20.6, 9, 1, 0.95).low < i.low); /* few df: wider */
	assert_nan(st_change_interval(60, 20.6, 9, 0, 0.95).low);
	assert_nan(st_change_interval(60, 0, 9, 1, 0.95).low);
	assert_nan(st_mdc_baseline(20.6, 0.95, 0));
	assert_nan(st_mdc_group(20.6, 0.95, 0));
	assert_nan(st_mdc(NAN, 0.95));
	assert_nan(st_mdc(20.6, 95));
	assert_close(st_percent_of_mean(20.6, 200), 10.3, 1e-12);
	assert_nan(st_percent_of_mean(20.6, 0));
}

/* Jacobson & Truax 1991: S 7.5, r .80, 32.5 to 47.5. */
static void jacobson_and_truax(void **state)
{
	double sem = 7.5 * sqrt(1 - 0.80);

	(void)state;
	assert_close(sem, 3.354101966, 1e-9);
	assert_close(st_reliable_change(32.5, 47.5, sem), 3.16227766, 1e-8);
	assert_close(st_reliable_change(47.5, 32.5, sem), -3.16227766, 1e-8);
}

static void coefficient_of_variation(void **state)
{
	static const double x[] = {90, 110, NAN, 200, 200, 200, 5, NAN, NAN}, below[] = {1, 2, -1, 3}, middle[] = {-1, 1, 2, 4};
	double l = log(110.0 / 90.0);
	struct st_cv cv = st_cv_within(x, 3, 3);

	(void)state;
	assert_int_equal(cv.n, 2);
	assert_int_equal(cv.n_missing, 3);
	assert_close(cv.by_rows, sqrt((200.0 / 10000 + 0) / 2), 1e-15);
	assert_close(cv.df, 3, 0);
	assert_close(cv.by_logs, sqrt(exp(l * l / 2 / 3) - 1), 1e-14);
	cv = st_cv_within(below, 2, 2);
	assert_nan(cv.by_logs);
	assert_close(cv.by_rows, sqrt((0.5 / 2.25 + 8.0 / 1) / 2), 1e-14);
	assert_nan(st_cv_within(middle, 2, 2).by_rows);
	assert_nan(st_cv_within(x, 0, 3).by_rows);
	assert_nan(st_cv_within(x, 3, 1).by_logs);
}

/* SD in step with the mean, 7 of 7: one order of 7! on either side. */
static void spread_that_grows(void **state)
{
	double x[2 * 12];
	struct st_growth g;

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		x[2 * i] = 100 * (double)(i + 1);
		x[2 * i + 1] = 110 * (double)(i + 1);
	}
	assert_int_equal(st_growth_of(&g, x, 7, 2), 0);
	assert_true(g.exact);
	assert_close(g.rho, 1, 1e-15);
	assert_close(g.p, 2.0 / 5040, 1e-15);
	x[0] = NAN;
	assert_int_equal(st_growth_of(&g, x, 12, 2), 0);
	assert_int_equal(g.n, 11);
	assert_int_equal(g.n_missing, 1);
	assert_false(g.exact);
	assert_true(g.p < 1e-6);
	assert_int_equal(st_growth_of(&g, x, 3, 2), 0); /* two rows are left */
	assert_nan(g.rho);
	assert_nan(g.p);
	for (size_t i = 0; i < 12; i++) /* the same spread everywhere */
		x[2 * i + 1] = (x[2 * i] = 100 * (double)(i + 1)) + 8;
	assert_int_equal(st_growth_of(&g, x, 12, 2), 0);
	assert_nan(g.rho);
	assert_nan(g.p);
	assert_int_equal(st_growth_of(&g, x, 0, 2), 0);
	assert_nan(g.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shrout_and_fleiss),
		cmocka_unit_test(icc_negative_exact_and_flat),
		cmocka_unit_test(sem_of_the_judges),
		cmocka_unit_test(agreement_df_without_column_differences),
		cmocka_unit_test(two_sessions),
		cmocka_unit_test(change_of_one_person),
		cmocka_unit_test(jacobson_and_truax),
		cmocka_unit_test(coefficient_of_variation),
		cmocka_unit_test(spread_that_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
