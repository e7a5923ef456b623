/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_plot_rows.c - pictures made of rows: what the forest, the sides and the rates say of bounds, of what
 * is missing, of falls, of errors on the log10 scale and of presses outside the corridor.
 */
#include "tests/unit/assert_close.h"

#include "analysis/plot_rows.h"
#include "tests/unit/help_course.h"

#include <stdlib.h>
#include <string.h>

static void assert_in(const char *text, const char *words, bool in)
{
	if ((strstr(text, words) != NULL) == in)
		return;
	print_error("'%s' %s in %s\n", words, in ? "is not" : "is", text);
	fail();
}

/* A script's texts hold octal escapes; in them "%" is \045. */
static const struct ana_plot_style svg = {.format = ANA_PLOT_SVG}, text = {.format = ANA_PLOT_TEXT};

static char *tsv(const struct ana_plot *plot)
{
	char *out;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	assert_non_null(f);
	assert_int_equal(ana_table_tsv(&plot->table, f), 0);
	assert_int_equal(fclose(f), 0);
	return out;
}

/* Values of the five points of help_course.h; below 0 missing, over 600 censored. */
static void session(struct ses_session *ses, struct ana_visit *visit, int number, const double kpa[HELP_POINTS])
{
	help_session(ses, number, "", number == 1 ? "2026-03-02" : "2026-03-09");
	for (int round = 0; round < HELP_ROUNDS; round++)
		for (int i = 0; i < HELP_POINTS; i++)
			help_press_ended(ses, i, kpa[i] < 0 ? SES_MISSING : kpa[i] > 600 ? SES_CENSORED : SES_ACCEPTED,
				kpa[i] < 0 ? SES_REASON_PATIENT : kpa[i] > 600 ? SES_REASON_CEILING : SES_REASON_NONE,
				kpa[i] > 600 ? 600 : kpa[i]);
	assert_int_equal(ana_visit_from_session(visit, ses, "x.h5", NULL, NULL), 0);
}

/* Draws the change from a to b and returns the script's copy; *table too, when asked for. */
static char *forest(const double a_kpa[HELP_POINTS], const double b_kpa[HELP_POINTS], const struct ana_errors *errors,
	const struct ana_plot_style *style, char **table)
{
	struct ses_session ses[2];
	struct ana_visit a, b;
	struct ana_compare compare;
	struct ana_plot plot;
	char *script;

	session(&ses[0], &a, 1, a_kpa);
	session(&ses[1], &b, 2, b_kpa);
	assert_int_equal(ana_compare_make(&compare, &a, &b, errors, NULL, NULL), 0);
	assert_int_equal(ana_plot_forest(&plot, style, &compare, NULL), 0);
	assert_true(asprintf(&script, "%s%s", plot.script, plot.words) > 0);
	if (table)
		*table = tsv(&plot);
	ana_plot_free(&plot);
	ana_compare_free(&compare);
	ana_visit_free(&a);
	ana_visit_free(&b);
	ses_session_clear(&ses[0]);
	ses_session_clear(&ses[1]);
	return script;
}

static struct ana_errors given(double kpa)
{
	struct ana_errors errors;

	ana_errors_init(&errors);
	errors.kpa = kpa;
	strcpy(errors.source, "clinic");
	return errors;
}

static void test_forest(void **state)
{
	static const double a[] = {300, 320, 280, 601, 500}, b[] = {190, 325, -1, 400, 601};
	struct ana_errors errors = given(57);
	char *table, *script = forest(a, b, &errors, &svg, &table);

	(void)state;
	assert_in(script, ANA_DOWN " " ANA_MINUS "110 kPa (" ANA_MINUS "167 to " ANA_MINUS "53)", true);
	assert_in(script, "+5 kPa (" ANA_MINUS "52 to +62)", true);
	assert_in(script, "second session: none:", true);
	assert_in(script, ANA_DOWN " at most " ANA_MINUS "200 kPa", true);
	assert_in(script, ANA_UP " at least +100 kPa", true);
	assert_in(script, "mean of 2 targets minus", true);
	assert_in(script, "Arrow: the change is at least", true);
	assert_in(script, "nan", false);
	assert_in(table, "\nnet\t", true);
	free(table);
	free(script);
	errors = given(NAN);
	errors.source[0] = '\0';
	script = forest(a, b, &errors, &svg, NULL);
	assert_in(script, "no error known: not judged", true);
	assert_in(script, "rose by more", false);
	assert_in(script, ANA_UP, false);
	free(script);
	errors = given(57);
	script = forest(a, b, &errors, &text, NULL);
	assert_in(script, "FELL", true);
	assert_in(script, "<<<", true); /* a bound goes on to the strip's end */
	assert_in(script, "SIMULATED DATA", true);
	free(script);
}

/* Half and double are at the same distance from no change. */
static void test_forest_of_ratios(void **state)
{
	static const double a[] = {200, 200, 300, 300, 400}, b[] = {400, 100, 300, 300, 400};
	struct ses_sem row[3];
	struct ana_errors errors = given(NAN);
	char *script;

	(void)state;
	errors.source[0] = '\0';
	for (int i = 0; i < 3; i++) {
		row[i] = (struct ses_sem){.kind = SES_SEM_BETWEEN_VISITS, .basis = SES_SEM_SESSIONS, .measure = SES_MEASURE_THRESHOLD,
			.scale = SES_SCALE_LOG10, .sem = 0.05, .low = NAN, .high = NAN, .df = INFINITY, .rule = SES_RULE_MEAN, .presses = 3,
			.tip_area_cm2 = 1, .rate_kpa_s = 30, .press_sd = NAN, .level_kpa = NAN, .days_min = NAN, .days_max = NAN};
		strcpy(row[i].response_mode, "button");
		strcpy(row[i].site, i == 0 ? "UTRAP" : i == 1 ? "LEV" : SES_SEM_NET);
	}
	errors.sem = row;
	errors.n_sem = 3;
	script = forest(a, b, &errors, &svg, NULL);
	assert_in(script, ANA_UP " +100 \\045 (+45 to +175)", true);
	assert_in(script, ANA_DOWN " " ANA_MINUS "50 \\045 (" ANA_MINUS "64 to " ANA_MINUS "31)", true);
	assert_in(script, "change of the PPT (\\045)", true);
	free(script);
	script = forest(a, b, &errors, &text, NULL);
	assert_in(script, "^", true);
	free(script);
}

static void test_side(void **state)
{
	static const double kpa[] = {210, 601, 300, 300, 500};
	struct ses_session ses;
	struct ana_visit visit;
	struct ana_plot plot;
	char *table;

	(void)state;
	session(&ses, &visit, 1, kpa);
	assert_int_equal(ana_plot_side(&plot, &svg, &visit, NULL), 0);
	assert_in(plot.script, "210 / 300 kPa = 0.70", true);

	assert_in(plot.script, ">600 / 300 kPa: >2.00", true);
	assert_in(plot.script, "Ratio: value at the affected point", true);
	assert_in(plot.script, "usual", false); /* no reference at these sites */
	table = tsv(&plot);
	assert_in(table, "\t0.7000\t=\t\t", true);
	assert_in(table, "\t2.0000\t>\t\t", true);
	free(table);
	ana_plot_free(&plot);
	for (size_t i = 0; i < visit.n_points; i++)
		visit.point[i].point.role = SES_ROLE_CONTROL;
	assert_int_equal(ana_plot_side(&plot, &svg, &visit, NULL), ALG_ERR_ARG);
	ana_plot_free(&plot);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

static void test_side_unusual(void **state)
{
	static const struct { const char *legend, *site; double ratio; char sign; int want; } rows[] = {
		{"inside", "ESL3_R", 1.34, '=', 0}, {"lower", "ESL3_R", 0.73, '=', 1}, {"just inside", "ESL3_L", 0.75, '=', 0},
		{"higher", "ICT_L", 1.36, '=', 1}, {"no reference at the shoulder", "UTRAP_R", 0.5, '=', -1},
		{"a longer code is another site", "MULTI_R", 0.5, '=', -1}, {"surely lower", "MULT_R", 0.7, '<', 1},
		{"perhaps lower", "MULT_R", 0.9, '<', -1}, {"a bound that points inwards", "MULT_R", 0.7, '>', -1},
		{"surely higher", "MULT_R", 1.5, '>', 1}, {"both above the ceiling", "LT10_R", NAN, '?', -1}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ana_point point = {.n_press = 0};
		struct ana_side side = {.affected = &point, .ratio = rows[i].ratio, .sign = rows[i].sign};

		strcpy(point.point.site_code, rows[i].site);
		if (ana_side_unusual(&side) != rows[i].want) {
			print_error("%s: %d\n", rows[i].legend, ana_side_unusual(&side));
			fail();
		}
	}
}

static void test_rate(void **state)
{
	static const double kpa[] = {210, 240, 300, 601, 500};
	struct ses_session ses;
	struct ana_visit visit;
	struct ana_plot plot;
	char *table;

	(void)state;
	session(&ses, &visit, 1, kpa);
	for (size_t i = 0; i < visit.n_points; i++) /* 31 kPa/s as made; the corridor is 24 to 36 */
		for (size_t k = 0; k < visit.point[i].n_press; k++)
			visit.point[i].press[k].rate_kpa_s = i == 0 && k == 1 ? 37 : i == 1 && k == 0 ? 23 : i == 3 ? 90 : 31;
	visit.point[4].press[2].rate_kpa_s = NAN;
	assert_int_equal(ana_plot_rate(&plot, &svg, &visit, NULL), 0);
	/* 15 presses: 3 censored and 1 without a rate are not counted */
	assert_in(plot.script, "9 of 11 accepted presses kept their mean rate", true);
	assert_in(plot.script, "1 too fast, 1 too slow", true);
	assert_in(plot.script, "press 6 UTRAP L 37 kPa/s (too fast)", true);
	assert_in(plot.script, "press 2 LEV L 23 kPa/s (too slow)", true);
	assert_in(plot.script, "censored (ceiling), not counted", true);
	table = tsv(&plot);
	assert_in(table, "\ttoo fast\n", true);
	free(table);
	assert_int_equal(ana_table_rows(&plot.table), 14);
	ana_plot_free(&plot);
	visit.header.target_rate_kpa_s = NAN;
	assert_int_equal(ana_plot_rate(&plot, &text, &visit, NULL), 0);
	assert_in(plot.words, "no target rate: nothing here is outside", true);
	assert_in(plot.script, "nan", false);
	ana_plot_free(&plot);
	for (size_t i = 0; i < visit.n_points; i++)
		for (size_t k = 0; k < visit.point[i].n_press; k++)
			visit.point[i].press[k].rate_kpa_s = NAN;
	assert_int_equal(ana_plot_rate(&plot, &svg, &visit, NULL), ALG_ERR_ARG);
	ana_plot_free(&plot);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

static void test_strip(void **state)
{
	struct ana_strip strip;
	char line[80];

	(void)state;
	ana_strip_start(&strip, 11, -50, 50);
	ana_strip_put(&strip, 0, 'o');
	ana_strip_line(&strip, -20, 30, '-');
	ana_strip_put(&strip, 900, '>'); /* beyond the end stands at the end */
	ana_strip_put(&strip, NAN, 'x');
	ana_strip_line(&strip, NAN, 10, 'x');
	assert_string_equal(strip.text, "   --o--- >");
	ana_strip_axis(&strip, "kPa", true, false, line, sizeof(line));
	assert_string_equal(line, ANA_MINUS "50 kPa +50");
	ana_strip_start(&strip, 1000, 0, 1);
	assert_int_equal(strlen(strip.text), ANA_STRIP_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forest),
		cmocka_unit_test(test_forest_of_ratios),
		cmocka_unit_test(test_side),
		cmocka_unit_test(test_side_unusual),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_strip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
