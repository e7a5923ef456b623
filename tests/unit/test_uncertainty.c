/* SPDX-License-Identifier: GPL-3.0-or-later */
/* uncertainty: the budget against numbers worked by hand. */
#include "data/check.h"
#include "data/uncertainty.h"
#include "tests/unit/assert_close.h"

#include <stdlib.h>
#include <string.h>

static struct ses_trial trial = {.ppt_kpa = 400, .rate_response_kpa_s = 30, .zero_n = 0.1, .response = SES_RESPONSE_BUTTON};

/* 400 kPa on 1 cm2 is 40 N. Each part by hand; the sum of squares is 0.5^2 + ... as written out below. */
static void every_part_is_as_worked_by_hand(void **state)
{
	struct ses_budget_in in = {.trial = &trial, .area_cm2 = 1, .resolution_n = 0.05, .capacity_n = 100, .first_zero_n = 0.04,
		.rest_sd_n = 0.02, .n_rest = 100, .step_s = 0.01};
	struct ses_budget b;

	(void)state;
	ses_budget_make(&in, &b);
	assert_close(b.part_kpa[SES_BUDGET_CALIBRATION], 2.886751, 1e-6); /* 0.5 N / sqrt 3 = 0.2886751 N */
	assert_close(b.part_kpa[SES_BUDGET_RESOLUTION], 0.204124, 1e-6);  /* 0.05 N / sqrt 6 */
	assert_close(b.part_kpa[SES_BUDGET_ZERO], 0.02, 1e-9);            /* 0.02 N / 10 */
	assert_close(b.part_kpa[SES_BUDGET_DRIFT], 0.346410, 1e-6);       /* 0.06 N / sqrt 3 */
	assert_close(b.part_kpa[SES_BUDGET_HYSTERESIS], 0, 0);
	assert_close(b.part_kpa[SES_BUDGET_ANGLE], 1.754250, 1e-5);       /* 400 (1 - 0.98480775) / sqrt 12 */
	assert_close(b.part_kpa[SES_BUDGET_SAMPLING], 0.086603, 1e-6);    /* 0.3 kPa / sqrt 12 */
	assert_close(b.part_kpa[SES_BUDGET_STAMP], 0.086603, 1e-6);       /* 0.15 kPa / sqrt 3 */
	assert_close(b.part_kpa[SES_BUDGET_DELAY], 0.086603, 1e-6);
	assert_close(b.part_kpa[SES_BUDGET_TIP], 2.309401, 1e-6);         /* 4 kPa / sqrt 3 */
	assert_close(b.expanded_kpa, 2 * sqrt(8.333333 + 0.041667 + 0.0004 + 0.12 + 3.077351 + 3 * 0.0075 + 5.333333), 1e-4);
	assert_close(b.reaction_low_kpa, 6, 1e-12);
	assert_close(b.reaction_high_kpa, 12, 1e-12);
	assert_close(b.angle_bias_kpa, 3.038449, 1e-5);
}

static void a_checked_gauge_has_the_error_that_was_found(void **state)
{
	struct ses_budget_in in = {.trial = &trial, .area_cm2 = 1, .first_zero_n = NAN, .rest_sd_n = NAN, .step_s = NAN,
		.accuracy = {.checked = true, .error_percent = 0.6, .error_n = 0.05, .hysteresis_n = 0.03, .weights_percent = 0.02}};
	struct ses_budget b;

	(void)state;
	ses_budget_make(&in, &b);
	/* 0.6 % of 40 N = 0.24 N / sqrt 3 = 0.1385641 N; weights 0.01 % = 0.004 N */
	assert_close(b.part_kpa[SES_BUDGET_CALIBRATION], 1.386218, 1e-5);
	assert_close(b.part_kpa[SES_BUDGET_HYSTERESIS], 0.173205, 1e-6);
	assert_close(b.part_kpa[SES_BUDGET_DRIFT], 0, 0);
	assert_close(b.part_kpa[SES_BUDGET_SAMPLING], 0, 0);
}

static void an_examiner_reacts_as_well(void **state)
{
	struct ses_trial by_key = trial;
	struct ses_budget_in in = {.trial = &by_key, .area_cm2 = 1, .first_zero_n = NAN, .rest_sd_n = NAN, .step_s = NAN};
	struct ses_budget b;

	(void)state;
	by_key.response = SES_RESPONSE_EXAMINER_KEY;
	ses_budget_make(&in, &b);
	assert_close(b.reaction_low_kpa, 12, 1e-12);
	assert_close(b.reaction_high_kpa, 24, 1e-12);
	by_key.ppt_kpa = NAN; /* no threshold, no uncertainty of it */
	ses_budget_make(&in, &b);
	assert_nan(b.expanded_kpa);
}

/* 0.1, 0.3, 0.1, 0.3, 0.1, 0.3 N at 100 Hz, then the press: mean 0.2, SD sqrt(0.06 / 5). */
static void rest_is_taken_before_contact_only(void **state)
{
	struct ses_sample samples[9] = {{0}};
	struct ses_budget_in in = {0};

	(void)state;
	for (int i = 0; i < 9; i++)
		samples[i] = (struct ses_sample){.t_ns = i * INT64_C(10000000), .force_n = i >= 7 ? 20 : i % 2 ? 0.3 : 0.1};
	samples[6].force_n = NAN; /* a fault is no rest */
	ses_rest_noise(samples, 9, INT64_C(70000000), &in);
	assert_int_equal(in.n_rest, 6);
	assert_close(in.rest_sd_n, sqrt(0.06 / 5), 1e-12);
	assert_close(in.step_s, 0.01, 1e-12);
	ses_rest_noise(samples, 4, INT64_C(70000000), &in);
	assert_int_equal(in.n_rest, 0);
	assert_nan(in.rest_sd_n);
}

static void no_check_is_no_check(void **state)
{
	(void)state;
	assert_false(ses_accuracy_of(NULL).checked);
	assert_false(ses_accuracy_of("").checked);
	assert_false(ses_accuracy_of("algometer: check 1\nid: broken\n").checked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_is_as_worked_by_hand), cmocka_unit_test(a_checked_gauge_has_the_error_that_was_found),
		cmocka_unit_test(an_examiner_reacts_as_well), cmocka_unit_test(rest_is_taken_before_contact_only),
		cmocka_unit_test(no_check_is_no_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
