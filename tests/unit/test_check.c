/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check: numbers worked by hand, verdicts and their limits, files that say something else, the last check of a gauge. */
#include "data/check.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "analysis/plot.h"
#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TINY 1e-9

static struct ses_study study = {.id = "test"};

static int set_up(void **state)
{
	(void)state;
	strcpy(study.dir, "/tmp/alg-test-XXXXXX");
	return mkdtemp(study.dir) ? 0 : -1;
}

static int tear_down(void **state)
{
	char folder[PATH_MAX], path[PATH_MAX + 300];
	DIR *dir;

	(void)state;
	snprintf(folder, sizeof(folder), "%.200s/calibration", study.dir);
	if ((dir = opendir(folder))) {
		for (struct dirent *e; (e = readdir(dir));) {
			snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
			unlink(path);
		}
		closedir(dir);
		rmdir(folder);
	}
	return rmdir(study.dir);
}

static void row(struct ses_check *c, int loading, enum ses_check_direction direction, double mass_kg, double read_n)
{
	c->row[c->n_rows++] = (struct ses_check_row){loading, direction, mass_kg, mass_kg * c->weights.local_g_m_s2, read_n,
		0.02, 20, c->n_rows};
}

/* 1, 2 and 5 kg at 9.8 m/s2 (9.8, 19.6, 49 N) on a gauge of 100 N, up and down in two loadings. */
static struct ses_check worked(void)
{
	static const double read_n[2][7] = {
		{0.1, 9.95, 19.80, 49.30, 19.85, 10.00, 0.15}, /* errors .05 .10 .20 .15 .10 */
		{0.0, 9.82, 19.66, 49.25, 19.72, 9.86, -0.02}, /* errors .02 .06 .25 .12 .06 */
	};
	static const double mass_kg[] = {0, 1, 2, 5, 2, 1, 0};
	struct ses_check c = {.date = "2026-03-02T09:30:00.000+01:00", .family = "mark10", .serial = "M5-1", .unit = "N",
		.capacity_n = 100, .resolution_n = 0.01, .temperature_c = NAN};
	const char *why;

	ses_weights_defaults(&c.weights);
	c.weights.local_g_m_s2 = 9.8;
	assert_int_equal(ses_weights_parse_list(&c.weights, "5,1,2", &why), 0);
	for (int l = 0; l < 2; l++)
		for (int i = 0; i < 7; i++)
			row(&c, l + 1, i == 0 || i == 6 ? SES_CHECK_ZERO : i < 4 ? SES_CHECK_UP : SES_CHECK_DOWN, mass_kg[i], read_n[l][i]);
	assert_int_equal(ses_check_name(&c), 0);
	return c;
}

static void errors_are_those_worked_by_hand(void **state)
{
	static const double mean[] = {0.0575, 0.1075, 0.225}, low[] = {0.02, 0.06, 0.20}, high[] = {0.10, 0.15, 0.25};
	static const double apart[] = {0.04, 0.04, 0.05}, hysteresis[] = {0.05, 0.06, NAN};
	struct ses_check c = worked();
	struct ses_check_result r;

	(void)state;
	assert_null(ses_check_wrong(&c));
	ses_check_evaluate(&c, &r);
	assert_int_equal(r.n_weights, 3);
	for (int i = 0; i < 3; i++) {
		assert_close(r.weight[i].error_n, mean[i], TINY);
		assert_close(r.weight[i].low_n, low[i], TINY);
		assert_close(r.weight[i].high_n, high[i], TINY);
		assert_close(r.weight[i].limit_n, 0.5, TINY); /* 0.5 % of 100 N; 1 % of 49 N is less */
		assert_close(r.weight[i].repeatability_n, apart[i], TINY);
		if (isnan(hysteresis[i]))
			assert_nan(r.weight[i].hysteresis_n); /* the largest is put on once in a loading */
		else
			assert_close(r.weight[i].hysteresis_n, hysteresis[i], TINY);
	}
	assert_close(r.worst_n, 0.10, TINY); /* 1.02 % of 9.8 N; 0.25 N is 0.51 % of 49 N */
	assert_close(r.worst_percent, 100 * 0.10 / 9.8, 1e-6);
	assert_close(r.repeatability_n, 0.05, TINY);
	assert_close(r.repeatability_limit_n, 0.5, TINY);
	assert_close(r.hysteresis_n, 0.06, TINY);
	assert_close(r.zero_n, 0.1, TINY);
	assert_close(r.zero_return_n, 0.05, TINY);
	assert_true(r.passed);
	assert_non_null(strstr(r.reason, "1 % of reading or 0.5 % of 100 N"));
}

/* Four loads in equal steps with residuals + - - +, which no line can take up: a = 0, b = 1, SSE = 4 e2. */
static void the_fit_is_least_squares(void **state)
{
	const double e = 0.1, g = 9.8;
	struct ses_check c = worked();
	struct ses_check_result r;
	const char *why;

	(void)state;
	assert_int_equal(ses_weights_parse_list(&c.weights, "1,2,3", &why), 0);
	c.n_rows = 0;
	row(&c, 1, SES_CHECK_ZERO, 0, e);
	row(&c, 1, SES_CHECK_UP, 1, g - e);
	row(&c, 1, SES_CHECK_UP, 2, 2 * g - e);
	row(&c, 1, SES_CHECK_UP, 3, 3 * g + e);
	ses_check_evaluate(&c, &r);
	assert_close(r.fit_a_n, 0, TINY);
	assert_close(r.fit_b, 1, TINY);
	assert_close(r.fit_sd_n, e * sqrt(2), TINY);             /* sqrt(0.04 / 2) */
	assert_close(r.fit_r2, 1 - 0.04 / (480.2 + 0.04), TINY); /* SST = 5 x 9.8^2 + 0.04 */
	assert_nan(r.repeatability_n);
	assert_nan(r.hysteresis_n);
	assert_nan(r.zero_return_n);
	for (int i = 0; i < 4; i++)
		c.row[i].force_read_n = 0.2 + 1.01 * c.row[i].force_true_n;
	ses_check_evaluate(&c, &r);
	assert_close(r.fit_a_n, 0.2, TINY);
	assert_close(r.fit_b, 1.01, TINY);
	assert_close(r.fit_sd_n, 0, 1e-7);
	assert_close(r.weight[2].error_n, 0.294, TINY); /* zero is taken off: 1 % of 29.4 N */
}

static void the_uncertainty_has_weight_display_and_noise(void **state)
{
	struct ses_check c = worked();
	struct ses_check_result r;

	(void)state;
	c.weights.uncertainty_percent = 0.2;
	c.resolution_n = 0.1;
	for (int i = 0; i < c.n_rows; i++) {
		c.row[i].sd_n = 0.05;
		c.row[i].n = 25;
	}
	ses_check_evaluate(&c, &r);
	/* 49 N: 2 sqrt(0.049^2 + 2 x 0.1^2 / 12 + 0.05^2 / 25) */
	assert_close(r.weight[2].uncertainty_n, 2 * sqrt(0.002401 + 0.02 / 12 + 0.0001), TINY);
	assert_false(r.near_limit);
	c.row[3].force_read_n = 49.0 + 0.1 + 0.45;
	ses_check_evaluate(&c, &r);
	assert_true(r.passed);
	assert_true(r.near_limit);
	c.weights.uncertainty_percent = c.resolution_n = NAN; /* not known: counts as nothing */
	ses_check_evaluate(&c, &r);
	assert_close(r.weight[2].uncertainty_n, 2 * 0.05 / 5, TINY);
}

static void verdicts_say_why(void **state)
{
	static const struct { const char *legend; int row; double read_n, capacity_n; bool passed; const char *says; } cases[] = {
		{"at the limit", 3, 49.6, 100, true, "every error"},
		{"beyond it", 3, 49.601, 100, false, "5 kg reads +0.501 N (+1.02 %) off, allowed are 0.500 N"},
		{"too low", 1, 9.0, 100, false, "1 kg reads -0.900 N (-9.18 %) off"},
		{"per cent of reading is larger", 3, 49.58, 60, true, "every error"},
		{"range not known: the largest weight", 1, 10.14, NAN, true, "0.5 % of 49 N"},
		{"range not known, beyond", 1, 10.15, NAN, false, "1 kg reads +0.250 N"},
		{"zero does not come back", 6, 0.61, 100, false, "zero comes back 0.510 N off, allowed are 0.500 N"},
		{"one weight, read apart", 3, 48.84, 100, false, "the same weight reads up to 0.510 N apart"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ses_check c = worked();
		struct ses_check_result r;

		print_message("%s\n", cases[i].legend);
		c.capacity_n = cases[i].capacity_n;
		c.row[cases[i].row].force_read_n = cases[i].read_n;
		ses_check_evaluate(&c, &r);
		print_message("  %s\n", r.reason);
		assert_int_equal(r.passed, cases[i].passed);
		assert_int_equal(ses_check_passed(&c), cases[i].passed);
		assert_non_null(strstr(r.reason, cases[i].says));
	}
}

static void what_is_no_check_is_refused(void **state)
{
	struct ses_check c;

	(void)state;
	c = worked(), c.n_rows = 0;
	assert_non_null(strstr(ses_check_wrong(&c), "too few"));
	c = worked(), c.n_rows = 3;
	assert_non_null(strstr(ses_check_wrong(&c), "not measured"));
	c = worked(), c.row[0].direction = SES_CHECK_UP, c.row[0].mass_kg = 1;
	assert_non_null(strstr(ses_check_wrong(&c), "its zero"));
	c = worked(), c.row[7].direction = SES_CHECK_UP, c.row[7].mass_kg = 1;
	assert_non_null(strstr(ses_check_wrong(&c), "its zero"));
	c = worked(), c.row[3].loading = 3;
	assert_non_null(strstr(ses_check_wrong(&c), "numbered"));
	c = worked(), c.row[3].mass_kg = 4;
	assert_non_null(strstr(ses_check_wrong(&c), "none of the weights"));
	c = worked(), c.row[3].force_true_n = 49.1;
	assert_non_null(strstr(ses_check_wrong(&c), "mass x local g"));
	c = worked(), c.row[3].force_read_n = NAN;
	assert_non_null(strstr(ses_check_wrong(&c), "no reading"));
	c = worked(), c.row[3].n = 0;
	assert_non_null(strstr(ses_check_wrong(&c), "no reading"));
}

/* ---- files --------------------------------------------------------------------------------------- */

static void what_is_stored_is_read_back_and_never_replaced(void **state)
{
	struct ses_check c = worked(), again;
	struct ses_check_result a, b;
	struct help_log log;
	char path[PATH_MAX];

	(void)state;
	strcpy(c.serial, "AB/../x 1");
	strcpy(c.model, "it's: [a] #model");
	strcpy(c.examiner, "E1");
	c.temperature_c = 21.5;
	assert_int_equal(ses_check_name(&c), 0);
	assert_string_equal(c.id, "AB----x-1_2026-03-02T093000");
	assert_int_equal(ses_check_store(&c, &study, path, NULL), 0);
	assert_non_null(strstr(path, "/calibration/AB----x-1_2026-03-02T093000.yaml"));
	assert_int_equal(ses_check_read(&again, path, NULL), 0);
	assert_string_equal(again.serial, c.serial);
	assert_string_equal(again.model, c.model);
	assert_string_equal(again.date, c.date);
	assert_close(again.temperature_c, 21.5, 0);
	assert_int_equal(again.n_rows, c.n_rows);
	assert_true(ses_weights_equal(&again.weights, &c.weights));
	ses_check_evaluate(&c, &a);
	ses_check_evaluate(&again, &b);
	assert_close(b.fit_b, a.fit_b, 1e-8);
	assert_string_equal(b.reason, a.reason);
	char *text = ses_check_text(&c), *twice = ses_check_text(&again);

	assert_string_equal(text, twice); /* the text as stored */
	assert_int_equal(strncmp(text, "algometer: check 1\n", 19), 0);
	free(text);
	free(twice);
	help_log_start(&log);
	assert_int_equal(ses_check_store(&c, &study, path, &log.log), ALG_ERR_EXISTS);
	assert_int_equal(log.id, 107);
	strcpy(c.date, "yesterday");
	assert_int_equal(ses_check_name(&c), ALG_ERR_DATA);
}

/* The good text with one piece of it replaced. */
static char *altered(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *out = malloc(strlen(text) + strlen(to) + 1);

	assert_non_null(at);
	assert_non_null(out);
	sprintf(out, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	return out;
}

static void a_file_that_says_something_else_is_refused(void **state)
{
	static const struct { const char *from, *to, *place, *says; int id; } cases[] = {
		{"check 1", "check 2", "c.yaml:1:12: ", "newer", 505},
		{"check 1", "study 1", "c.yaml:1:12: ", "not a check file", 504},
		{"examiner: ''", "owner: ''", "c.yaml:5:1: ", "unknown key 'owner'", 503},
		{"family: 'mark10'", "family: ''", "c.yaml:6:9: ", "empty", 503},
		{"date: '2026-03-02T09:30:00.000+01:00'", "date: '2026-03-02'", "c.yaml:4:7: ", "no time", 503},
		{"simulated: false", "simulated: perhaps", "c.yaml:12:12: ", "none of: false true", 503},
		{"local_g_m_s2: 9.8", "local_g_m_s2: 9,8", "c.yaml:15:15: ", "number", 503},
		{"local_g_m_s2: 9.8", "local_g_m_s2: 1.62", "c.yaml:15:15: ", "9.7", 503},
		{"masses_kg: [1, 2, 5]", "masses_kg: [1, 2]", "c.yaml:17:12: ", "3 to 8", 503},
		{"masses_kg: [1, 2, 5]", "masses_kg: [1, 2, x]", "c.yaml:17:19: ", "not a number", 503},
		{"masses_kg: [1, 2, 5]", "masses_kg: [1, 2, 2]", "c.yaml:17:12: ", "named twice", 503},
		{"masses_kg: [1, 2, 5]", "masses_kg: [1, 2, 5, 7]", "c.yaml:24:1: ", "not measured", 503},
		{"passed: true", "passed: false", "c.yaml:22:9: ", "rows say the opposite", 503},
		{"read_n: 49.3,", "read_n: 59.3,", "c.yaml:22:9: ", "rows say the opposite", 503},
		{"read_n: 49.3,", "read_n: nan,", "c.yaml:27:63: ", "number", 503},
		{"true_n: 49,", "true_n: 50,", "c.yaml:24:1: ", "mass x local g", 503},
		{"direction: up", "direction: sideways", "c.yaml:25:27: ", "none of: zero up down", 503},
		{"loading: 1, direction: up", "loading: 4, direction: up", "c.yaml:25:13: ", "1 to 3", 503},
		{"n: 20, ", "", "c.yaml:24:3: ", "key 'n' is missing", 503},
		{"n: 20, ", "n: 20, colour: 3, ", "c.yaml:24:88: ", "unknown key 'colour'", 503},
	};
	struct ses_check c = worked(), out;
	char *good = ses_check_text(&c);

	(void)state;
	assert_int_equal(ses_check_parse(&out, good, strlen(good), "c.yaml", NULL), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = altered(good, cases[i].from, cases[i].to);
		struct help_log log;

		help_log_start(&log);
		assert_true(ses_check_parse(&out, text, strlen(text), "c.yaml", &log.log) < 0);
		print_message("%s\n", log.text);
		assert_int_equal(log.id, cases[i].id);
		assert_non_null(strstr(log.text, cases[i].says));
		assert_int_equal(strncmp(log.text, cases[i].place, strlen(cases[i].place)), 0);
		free(text);
	}
	for (size_t cut = 0; cut < strlen(good) - 1; cut += 7) /* no end is a good one but the last rows' */
		ses_check_parse(&out, good, cut, "c.yaml", NULL);
	free(good);
}

static void the_last_check_of_a_gauge_is_found(void **state)
{
	static const struct { const char *date, *serial; bool simulated; } stored[] = {
		{"2026-03-16T09:30:00.000+01:00", "M5-1", false},
		{"2026-03-02T09:30:00.000+01:00", "M5-1", false},
		{"2026-04-01T09:30:00.000+02:00", "M5-2", false},
		{"2026-05-01T09:30:00.000+02:00", "M5-1", true},
	};
	struct ses_check c, *all;
	struct help_log log;
	char path[PATH_MAX];
	size_t n, n_bad;
	bool found;

	(void)state;
	assert_int_equal(ses_check_last(&study, "mark10", "M5-1", &c, &found, NULL), 0); /* no folder yet */
	assert_false(found);
	for (size_t i = 0; i < sizeof(stored) / sizeof(stored[0]); i++) {
		c = worked();
		strcpy(c.date, stored[i].date);
		strcpy(c.serial, stored[i].serial);
		c.simulated = stored[i].simulated;
		assert_int_equal(ses_check_name(&c), 0);
		assert_int_equal(ses_check_store(&c, &study, path, NULL), 0);
	}
	snprintf(path, sizeof(path), "%.200s/calibration/broken.yaml", study.dir);
	assert_int_equal(alg_file_create(path, "algometer: check 1\n", 19, 0600, NULL), 0);
	assert_int_equal(ses_checks_load(&study, &all, &n, &n_bad, NULL), 0);
	assert_int_equal(n, 4);
	assert_int_equal(n_bad, 1);
	assert_string_equal(all[0].date, stored[1].date);
	assert_true(ses_check_same_gauge(&all[0], &all[1]));
	assert_false(ses_check_same_gauge(&all[0], &all[3]));
	free(all);
	help_log_start(&log);
	assert_int_equal(ses_check_last_of(&study, "mark10", "M5-1", false, &c, &found, &log.log), 0);
	assert_int_equal(log.id, 695); /* the broken one: a warning */
	assert_int_equal(log.log.exit_code, 0);
	assert_true(found);
	assert_string_equal(c.date, stored[0].date);
	assert_int_equal(ses_check_age_days(&c, "2026-03-26"), 10);
	assert_int_equal(ses_check_age_days(&c, "2026-03-16T23:00:00+01:00"), 0);
	assert_int_equal(ses_check_age_days(&c, "soon"), INT32_MIN);
	assert_int_equal(ses_check_last(&study, "mark10", "M5-1", &c, &found, NULL), 0);
	assert_true(found && c.simulated);
	assert_int_equal(ses_check_last(&study, "wagner", "M5-1", &c, &found, NULL), 0);
	assert_false(found);
}

static void weights_are_entered_once(void **state)
{
	static const char *const bad[] = {"", "1,2", "1,2,x", "1,,2,3", "1,2,3,", "0,1,2", "1,2,1", "1,2,600", "1;2;3",
		"1,2,3,4,5,6,7,8,9", "1,2,33333333333333333333333333333333333"};
	struct ses_weights w, again;
	const char *why;

	(void)state;
	assert_int_equal(ses_weights_load(&w, &study, NULL), 0); /* absent: defaults */
	assert_int_equal(w.n, 0);
	assert_close(w.local_g_m_s2, 9.80665, 0);
	assert_int_equal(ses_weights_parse_list(&w, "5,0.5,2,1", &why), 0);
	assert_int_equal(w.n, 4);
	assert_close(w.mass_kg[0], 0.5, 0);
	assert_close(w.mass_kg[3], 5, 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		again = w;
		assert_int_equal(ses_weights_parse_list(&again, bad[i], &why), ALG_ERR_ARG);
		assert_non_null(why);
		assert_true(ses_weights_equal(&again, &w));
	}
	strcpy(w.class, "M1 'north'");
	w.uncertainty_percent = 0.005;
	assert_int_equal(ses_weights_save(&w, &study, NULL), 0);
	assert_int_equal(ses_weights_load(&again, &study, NULL), 0);
	assert_true(ses_weights_equal(&again, &w));
	w.tolerance_percent_range = 0.25;
	assert_false(ses_weights_equal(&again, &w));
	assert_int_equal(ses_weights_save(&w, &study, NULL), 0);
	assert_int_equal(ses_weights_load(&again, &study, NULL), 0);
	assert_close(again.tolerance_percent_range, 0.25, 0);
}

static void drift_has_a_row_for_each_check_and_weight(void **state)
{
	static const struct ana_plot_style svg = {.format = ANA_PLOT_SVG}, text = {.format = ANA_PLOT_TEXT};
	struct ses_check c[2] = {worked(), worked()};
	struct ana_plot plot;
	struct help_log log;

	(void)state;
	strcpy(c[1].date, "2026-04-02T09:30:00.000+02:00");
	strcpy(c[1].model, "\"`date`\\");
	c[1].row[3].force_read_n = 52;
	assert_int_equal(ana_plot_check(&plot, &svg, c, 2, NULL), 0);
	assert_int_equal(ana_table_rows(&plot.table), 6);
	assert_non_null(strstr(plot.title, "2026-03-02 to 2026-04-02"));
	assert_null(strchr(plot.script, '`'));
	assert_null(strstr(plot.script, "SIMULATED"));
	ana_plot_free(&plot);
	c[0].simulated = c[1].simulated = true;
	for (int one = 0; one < 2; one++) {
		assert_int_equal(ana_plot_check(&plot, &text, c, one ? 1 : 2, NULL), 0);
		assert_non_null(strstr(plot.words, "SIMULATED"));
		ana_plot_free(&plot);
	}
	help_log_start(&log);
	assert_true(ana_plot_check(&plot, &svg, c, 0, &log.log) < 0);
	assert_int_equal(log.id, 758);
	ana_plot_free(&plot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_are_those_worked_by_hand),
		cmocka_unit_test(the_fit_is_least_squares),
		cmocka_unit_test(the_uncertainty_has_weight_display_and_noise),
		cmocka_unit_test(verdicts_say_why),
		cmocka_unit_test(what_is_no_check_is_refused),
		cmocka_unit_test_setup_teardown(what_is_stored_is_read_back_and_never_replaced, set_up, tear_down),
		cmocka_unit_test(a_file_that_says_something_else_is_refused),
		cmocka_unit_test_setup_teardown(the_last_check_of_a_gauge_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(weights_are_entered_once, set_up, tear_down),
		cmocka_unit_test(drift_has_a_row_for_each_check_and_weight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
