/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of agreement: the first paper's meters, ratios, replicates, and what is missing, few or flat. */
#include "stats/bland.h"

#include "tests/unit/assert_close.h"

/* Bland & Altman 1986, peak flow in l/min of 17 people, two meters, two readings (data as in CRAN's BlandAltmanLeh). */
enum { N = 17 };
static const double wright1[N] = {494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427};
static const double wright2[N] = {490, 397, 512, 401, 470, 611, 415, 431, 638, 429, 420, 633, 275, 492, 165, 372, 421};
static const double mini1[N] = {512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451};
static const double mini2[N] = {525, 415, 508, 444, 500, 625, 460, 390, 642, 432, 420, 605, 227, 467, 268, 370, 443};

static void peak_flow(void **state)
{
	struct st_bland l;

	(void)state;
	assert_int_equal(st_bland_of(&l, wright1, mini1, N, 2, 0.95), 0);
	assert_close(l.bias, -2.117647059, 1e-9);
	assert_close(l.sd, 38.76512987, 1e-8);
	assert_close(l.low, -79.6479, 5e-5);
	assert_close(l.high, 75.4126, 5e-5);
	assert_close(l.se_bias, 9.401925, 1e-6);
	assert_close(l.bias_ci.low, -22.04884, 1e-5);
	assert_close(l.bias_ci.high, 17.81354, 1e-5);
	assert_close(l.se_limit_1986, 16.28461, 1e-5);
	assert_close(l.low_ci_1986.low, -114.3, 0.2); /* published */
	assert_close(l.high_ci_1986.high, 110.1, 0.2);
	assert_int_equal(st_bland_of(&l, wright1, mini1, N, ST_LIMITS, 0.95), 0);
	assert_close(l.low, -78.09730, 1e-5);
	assert_close(l.high, 73.86201, 1e-5);
	assert_close(l.se_limit, 16.39511, 1e-5);
	assert_close(l.high_ci.high, 73.86201 + 2.119905299 * 16.39511, 3e-5); /* t of 16 */
	assert_close(st_correlation(wright1, mini1, N), 0.9432794469, 1e-10);
	assert_true(l.proportional.p > 0.05);
}

static void peak_flow_with_repeats(void **state)
{
	double a[2 * N], b[2 * N];
	struct st_bland l, plain;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		a[2 * i] = wright1[i];
		a[2 * i + 1] = wright2[i];
		b[2 * i] = mini1[i];
		b[2 * i + 1] = mini2[i];
	}
	assert_int_equal(st_bland_replicates(&l, a, 2, b, 2, N, ST_LIMITS, 0.95), 0);
	assert_close(l.sd_within_a, 15.30667, 1e-5);
	assert_close(l.sd_within_b, 19.91083, 1e-5);
	assert_nan(l.se_limit_1986);
	assert_nan(l.low_ci_1986.low);
	/* one value each: the plain form, to the last interval */
	assert_int_equal(st_bland_replicates(&l, wright1, 1, mini1, 1, N, ST_LIMITS, 0.95), 0);
	assert_int_equal(st_bland_of(&plain, wright1, mini1, N, ST_LIMITS, 0.95), 0);
	assert_close(l.sd, plain.sd, 1e-12);
	assert_close(l.se_limit, plain.se_limit, 1e-12);
	assert_close(l.low_ci.low, plain.low_ci.low, 1e-11);
	assert_nan(l.sd_within_a);
	a[0] = a[1] = NAN; /* nobody there; and one value less */
	b[5] = NAN;
	assert_int_equal(st_bland_replicates(&l, a, 2, b, 2, N, ST_LIMITS, 0.95), 0);
	assert_int_equal(l.n, N - 1);
	assert_int_equal(l.n_missing, 1);
}

/* b is always 1.25 a, but for a factor that goes up and down. */
static void ratios(void **state)
{
	static const double a[] = {100, 200, 400, 800}, b[] = {125 * 1.1, 250 / 1.1, 500 * 1.1, 1000 / 1.1}, bad[] = {0, 1, 2, 3};
	struct st_bland l;
	double sd = log(1.1) * sqrt(4.0 / 3);

	(void)state;
	assert_int_equal(st_bland_ratio(&l, a, b, 4, ST_LIMITS, 0.95), 0);
	assert_close(l.bias, 0.8, 1e-14);
	assert_close(l.sd, sd, 1e-13);
	assert_close(l.high, 0.8 * exp(1.96 * sd), 1e-13);
	assert_close(l.low * l.high, 0.64, 1e-13);
	assert_close(l.bias_ci.low, 0.8 * exp(-3.182446305284263 * sd / 2), 1e-12);
	assert_int_equal(st_bland_ratio(&l, a, bad, 4, ST_LIMITS, 0.95), 0);
	assert_nan(l.bias);
	assert_nan(l.low);
	assert_nan(l.proportional.slope);
}

static void few_flat_and_missing(void **state)
{
	static const double a[] = {1, NAN, 3, 4}, b[] = {2, 2, 4, NAN};
	struct st_bland l;

	(void)state;
	assert_int_equal(st_bland_of(&l, a, b, 4, ST_LIMITS, 0.95), 0);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.n_missing, 2);
	assert_close(l.bias, -1, 0);
	assert_close(l.sd, 0, 0);
	assert_close(l.low, -1, 0);
	assert_nan(l.low_ci.low);
	assert_nan(l.bias_ci.high);
	assert_int_equal(st_bland_of(&l, a, b, 1, ST_LIMITS, 0.95), 0);
	assert_close(l.bias, -1, 0);
	assert_nan(l.sd);
	assert_nan(l.low);
	assert_int_equal(st_bland_of(&l, a, b, 0, ST_LIMITS, 0.95), 0);
	assert_nan(l.bias);
	assert_int_equal(st_bland_replicates(&l, a, 2, b, 2, 1, ST_LIMITS, 0.95), 0);
	assert_nan(l.sd);
	assert_int_equal(st_bland_replicates(&l, a, 2, b, 2, 0, ST_LIMITS, 0.95), 0);
	assert_nan(l.bias);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(peak_flow),
		cmocka_unit_test(peak_flow_with_repeats),
		cmocka_unit_test(ratios),
		cmocka_unit_test(few_flat_and_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
