/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error that a change is held against: which row matches, what it becomes, what is never assumed. */
#include "analysis/compare.h"

#include "stats/dist.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"

#include <string.h>

/* Two sessions a week apart, three presses at UTRAP_L each: mean 200, then 260. */
struct pair {
	struct ses_session ses[2];
	struct ana_visit visit[2];
	struct ana_errors errors;
	struct ses_sem sem[4];
};

static void start(struct pair *p)
{
	static const double kpa[2][3] = {{190, 200, 210}, {250, 260, 270}};

	help_session(&p->ses[0], 1, "", "2026-03-02");
	help_session(&p->ses[1], 2, "", "2026-03-09");
	for (int s = 0; s < 2; s++)
		for (int i = 0; i < 3; i++)
			help_press(&p->ses[s], 0, kpa[s][i]);
	ana_errors_init(&p->errors);
	for (int i = 0; i < 4; i++) {
		p->sem[i] = (struct ses_sem){.kind = SES_SEM_BETWEEN_VISITS, .basis = SES_SEM_SESSIONS, .site = "UTRAP_L",
			.measure = SES_MEASURE_THRESHOLD, .scale = SES_SCALE_KPA, .sem = 20.6, .low = NAN, .high = NAN, .df = 19,
			.press_sd = NAN, .rule = SES_RULE_MEAN, .presses = 3, .tip_area_cm2 = 1, .rate_kpa_s = 30};
		strcpy(p->sem[i].response_mode, p->ses[0].header.response_mode);
	}
	p->errors.sem = p->sem;
	p->errors.n_sem = 1;
}

/* The change at UTRAP_L; frees the sessions. */
static struct ana_change change_of(struct pair *p)
{
	struct ana_compare c;
	struct ana_change change = {.kind = ANA_CHANGE_NONE};

	for (int i = 0; i < 2; i++)
		assert_int_equal(ana_visit_from_session(&p->visit[i], &p->ses[i], "a.h5", NULL, NULL), 0);
	assert_int_equal(ana_compare_make(&c, &p->visit[0], &p->visit[1], &p->errors, "for the test", NULL), 0);
	for (size_t i = 0; i < c.n_pairs; i++)
		if (c.pair[i].a && strcmp(c.pair[i].a->point.site_code, "UTRAP_L") == 0)
			change = c.pair[i].change;
	ana_compare_free(&c);
	for (int i = 0; i < 2; i++) {
		ana_visit_free(&p->visit[i]);
		ses_session_clear(&p->ses[i]);
	}
	return change;
}

/* 200 -> 260 with SEM 20.6 taken as known: MDC95 57.10, interval +2.90 .. +117.10 (worked by hand). */
static void a_known_sem_gives_the_z_interval(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	p.sem[0].df = INFINITY;
	struct ana_change change = change_of(&p);

	assert_close(change.rise_kpa, 57.10, 0.005);
	assert_close(change.fall_kpa, -57.10, 0.005);
	assert_close(change.ci_low_kpa, 2.90, 0.005);
	assert_close(change.ci_high_kpa, 117.10, 0.005);
	assert_nan(change.ci_low_percent);
	assert_int_equal(change.verdict, ANA_VERDICT_RISE);
}

/* t(19) = 2.093024 instead of 1.959964: 60.98, so +60 is within. */
static void an_estimated_sem_gives_the_t_interval(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	struct ana_change change = change_of(&p);

	assert_close(change.rise_kpa, 2.093024054 * sqrt(2) * 20.6, 1e-6);
	assert_close(change.ci_low_kpa, 60 - change.rise_kpa, 1e-9);
	assert_int_equal(change.verdict, ANA_VERDICT_WITHIN);
	assert_int_equal(change.error.kind, SES_SEM_BETWEEN_VISITS);
}

/* A baseline of two visits: 1.96 x 20.6 x sqrt(1 + 1/2) = 49.45. */
static void a_mean_of_visits_has_a_smaller_error(void **state)
{
	struct ana_error error = ana_error_from_mdc(1.959963985 * sqrt(2) * 20.6, 0.95);

	(void)state;
	ana_error_mean_of(&error, 2);
	assert_close(ana_error_reach(&error, 0.95), 49.45, 0.005);
}

/* On the log10 scale limits are ratios: not the same way up and down in kPa, and the same in percent. */
static void the_log_scale_gives_ratios(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	p.sem[0].scale = SES_SCALE_LOG10;
	p.sem[0].sem = 0.04;
	p.sem[0].df = INFINITY;
	struct ana_change change = change_of(&p);
	double ratio = pow(10, 1.959963985 * sqrt(2) * 0.04);

	assert_close(change.rise_kpa, 200 * (ratio - 1), 1e-6);
	assert_close(change.fall_kpa, 200 * (1 / ratio - 1), 1e-6);
	assert_true(change.rise_kpa > -change.fall_kpa);
	assert_close(change.ci_low_percent, 100 * (1.3 / ratio - 1), 1e-6);
	assert_close(change.ci_high_percent, 100 * (1.3 * ratio - 1), 1e-6);
	assert_nan(change.ci_low_kpa);
	assert_int_equal(change.verdict, ANA_VERDICT_RISE); /* 30 % against 28.4 % */
}

/* Each difference between the row and the two sessions takes the error away, with the reason. */
static void only_what_matches_is_used(void **state)
{
	static const struct { const char *legend, *why; } row[] = {
		{"alike", ""}, {"rule", "another rule"}, {"tip", "another rule, tip"}, {"rate", "another rule, tip, rate"},
		{"response", "another rule"}, {"measure", "or measure"}, {"kind", "no between-visit error known here"},
		{"site", "no between-visit error known here"}, {"more presses", "is of more presses"},
		{"examiner", "no between-examiner error known here"}, {"same day", "no within-visit error known here"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct pair p;

		start(&p);
		switch (i) {
		case 1: p.sem[0].rule = SES_RULE_MEDIAN; break;
		case 2: p.sem[0].tip_area_cm2 = 0.5; break;
		case 3: p.sem[0].rate_kpa_s = 40; break;
		case 4: strcpy(p.sem[0].response_mode, "verbal-peak-not"); break;
		case 5: p.sem[0].measure = SES_MEASURE_TOLERANCE; break;
		case 6: p.sem[0].kind = SES_SEM_WITHIN_VISIT; break;
		case 7: strcpy(p.sem[0].site, "UTRAP_R"); break;
		case 8: p.sem[0].presses = 4; break;
		case 9: strcpy(p.ses[1].header.examiner, "EX9"); break;
		case 10: strcpy(p.ses[1].header.visit_day, "2026-03-02"); break;
		default: break;
		}
		struct ana_change change = change_of(&p);

		print_message("%s\n", row[i].legend);
		assert_int_equal(ana_error_known(&change.error), i == 0);
		assert_non_null(strstr(change.error.why, row[i].why));
		if (i > 0) {
			assert_int_equal(change.verdict, ANA_VERDICT_NONE);
			assert_nan(change.rise_kpa);
			assert_nan(change.ci_low_kpa);
			assert_close(change.kpa, 60, 1e-9);
		}
	}
}

static void of_several_rows_the_nearest_and_latest_holds(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	p.errors.n_sem = 4;
	strcpy(p.sem[0].site, "UTRAP"); /* both sides: farther away than the side's own */
	p.sem[0].sem = 50;
	p.sem[1].sem = 30;
	p.sem[2].sem = 10; /* later, of the same things: holds */
	p.sem[3].sem = 5;
	p.sem[3].basis = SES_SEM_ENTERED; /* the clinic's own goes before what was read somewhere */
	struct ana_change change = change_of(&p);

	assert_close(change.error.sem_a, 10, 0);
	start(&p);
	p.errors.n_sem = 2;
	p.sem[1].scale = SES_SCALE_LOG10; /* the study's scale is the last row's */
	p.sem[1].sem = 0.03;
	assert_int_equal(change_of(&p).error.scale, SES_SCALE_LOG10);
}

/* One of three presses rejected: sem^2 + press_sd^2 (1/2 - 1/3), where the row tells the scatter of presses. */
static void fewer_presses_widen(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	p.sem[0].press_sd = 30;
	p.ses[1].trials[2].status = SES_REJECTED;
	struct ana_change change = change_of(&p);

	assert_close(change.error.sem_a, 20.6, 1e-12);
	assert_close(change.error.sem_b, sqrt(20.6 * 20.6 + 900 / 6.0), 1e-9);
	assert_true(change.error.widened);
	assert_close(change.rise_kpa, st_t_reach(0.95, 19) * hypot(change.error.sem_a, change.error.sem_b), 1e-9);
}

/* The median of one value of variance 1 has variance 1, of three 0.448671: not 1/3. */
static void fewer_presses_of_a_median_widen_as_medians_do(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	p.sem[0].press_sd = 30;
	p.sem[0].rule = SES_RULE_MEDIAN;
	for (int i = 0; i < 2; i++)
		strcpy(p.ses[i].header.rule, "median");
	p.ses[1].trials[1].status = p.ses[1].trials[2].status = SES_REJECTED;
	struct ana_change change = change_of(&p);

	assert_close(change.error.sem_b, sqrt(20.6 * 20.6 + 900 * (1 - 0.448671)), 1e-6);
}

/* Examiners who met on one day have not shown what another day adds. */
static void two_examiners_of_one_day_tell_nothing_of_two_days(void **state)
{
	(void)state;
	for (int days = 0; days <= 8; days++) {
		struct pair p;

		start(&p);
		strcpy(p.ses[1].header.examiner, "EX9");
		p.sem[0].kind = SES_SEM_BETWEEN_EXAMINERS;
		p.sem[0].days_min = days < 8 ? days : NAN; /* not told: entered from a paper */
		p.sem[0].days_max = 7;
		struct ana_change change = change_of(&p);

		assert_int_equal(ana_error_known(&change.error), days > 0);
		assert_int_equal(strstr(change.error.why, "two examiners on one day") != NULL, days == 0);
	}
}

/* The words of what a change was held against. */
static void assert_words(struct pair *p, const char *wanted, bool there)
{
	struct ana_basis basis = {.n_rows = 0};
	struct ana_change change = change_of(p);
	char words[ANA_BASIS_TEXT_MAX];

	ana_basis_add(&basis, &change.error);
	ana_basis_words(words, sizeof(words), &p->errors, &basis);
	if ((strstr(words, wanted) != NULL) != there)
		print_error("%s '%s' in: %s\n", there ? "no" : "unwanted", wanted, words);
	assert_int_equal(strstr(words, wanted) != NULL, there);
}

static void the_words_tell_what_the_error_is_not(void **state)
{
	struct pair p;

	(void)state;
	for (int presses = 0; presses < 2; presses++) { /* what a new beginning adds */
		start(&p);
		strcpy(p.ses[1].header.visit_day, p.ses[0].header.visit_day);
		p.sem[0].kind = SES_SEM_WITHIN_VISIT;
		p.sem[0].basis = presses ? SES_SEM_PRESSES : SES_SEM_SESSIONS;
		assert_words(&p, "what beginning anew adds is not in it", presses);
	}
	start(&p); /* the verdict's level is not the interval's */
	assert_words(&p, "intervals are 95 %", false);
	start(&p);
	p.errors.level = 0.9;
	assert_words(&p, "beyond MDC90; intervals are 95 % all the same", true);
	start(&p); /* limits on the log10 scale: 10^(z sqrt(2) 0.04) = 1.291, down 1/1.291 = 0.775 */
	p.sem[0].scale = SES_SCALE_LOG10;
	p.sem[0].sem = 0.04;
	p.sem[0].df = INFINITY;
	assert_words(&p, "MDC95 +29/-23 %", true);
}

static void a_typed_mdc_goes_first(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	assert_int_equal(ana_errors_parse(&p.errors, "UTRAP=40", NULL), 0);
	struct ana_change change = change_of(&p);

	assert_close(change.rise_kpa, 40, 1e-9);
	assert_null(change.error.row);
	start(&p);
	assert_int_equal(ana_errors_parse(&p.errors, "LEV=40", NULL), 0);
	change = change_of(&p);
	assert_false(ana_error_known(&change.error)); /* not mixed with the table without a word */
	assert_non_null(strstr(change.error.why, "no MDC was given for UTRAP_L"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_sem_gives_the_z_interval),
		cmocka_unit_test(an_estimated_sem_gives_the_t_interval),
		cmocka_unit_test(a_mean_of_visits_has_a_smaller_error),
		cmocka_unit_test(the_log_scale_gives_ratios),
		cmocka_unit_test(only_what_matches_is_used),
		cmocka_unit_test(of_several_rows_the_nearest_and_latest_holds),
		cmocka_unit_test(fewer_presses_widen),
		cmocka_unit_test(fewer_presses_of_a_median_widen_as_medians_do),
		cmocka_unit_test(two_examiners_of_one_day_tell_nothing_of_two_days),
		cmocka_unit_test(the_words_tell_what_the_error_is_not),
		cmocka_unit_test(a_typed_mdc_goes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
