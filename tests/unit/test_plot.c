/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_plot.c - scripts and tables of every kind against tests/golden/plot-*, what the words say, how
 * texts are kept apart, and what happens when gnuplot is absent, fails, hangs or says nothing.
 */
#include "tests/unit/assert_close.h"

#include "analysis/gnuplot.h"
#include "analysis/pages.h"
#include "analysis/plot.h"
#include "tests/unit/help_golden.h"
#include "tests/unit/help_plot.h"
#include "tests/unit/help_session.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	struct ses_session ses[HELP_PLOT_SESSIONS];
	struct ana_visit first, last, fifth;
	struct ana_course course;
	struct ana_compare compare;
	struct ana_outline outline;
	struct ana_errors errors;
};

static struct ana_treatment treatments[] = {
	{7, "2026-03-09", "dry needling", "UTRAP_R", "2 needles, 2 min", "09:30"},
	{21, "2026-03-23", "dry needling", "UTRAP_R;ISP_R", "4 needles", ""},
	{28, "2026-03-30", "stretching", "upper back", "3 x 30 s", ""},
};

/* The patient bore 100 kPa more than the threshold; where the ceiling came first, not even that. */
static void bear_more(struct ses_session *ses)
{
	for (size_t i = 0; i < ses->n_trials; i++)
		if (ses->trials[i].status == SES_ACCEPTED) {
			ses->trials[i].tolerance = SES_TOLERANCE_TAKEN;
			ses->trials[i].ptt_kpa = ses->trials[i].ppt_kpa + 100;
		}
}

static void start_of(struct fixture *f, bool with_mdc, enum ses_measure measure)
{
	struct ana_course_options options = {.read = {.measure = measure}};
	struct ana_visit *visit = calloc(HELP_PLOT_SESSIONS, sizeof(*visit));

	memset(f, 0, sizeof(*f));
	assert_non_null(visit);
	ana_errors_init(&f->errors);
	if (with_mdc) {
		f->errors.kpa = 60;
		f->errors.level = 0.95;
		strcpy(f->errors.source, "this clinic, 20 stable people");
	}
	options.errors = f->errors;
	for (int i = 0; i < HELP_PLOT_SESSIONS; i++) {
		help_plot_session(&f->ses[i], i);
		if (measure == SES_MEASURE_TOLERANCE)
			bear_more(&f->ses[i]);
		assert_int_equal(ana_visit_from_session(&visit[i], &f->ses[i], "x.h5", &options.read, NULL), 0);
	}
	assert_int_equal(ana_visit_from_session(&f->first, &f->ses[0], "a.h5", &options.read, NULL), 0);
	assert_int_equal(ana_visit_from_session(&f->fifth, &f->ses[4], "c.h5", &options.read, NULL), 0);
	assert_int_equal(ana_visit_from_session(&f->last, &f->ses[6], "b.h5", &options.read, NULL), 0);
	assert_int_equal(ana_course_make(&f->course, visit, HELP_PLOT_SESSIONS, &options, NULL), 0);
	assert_int_equal(ana_compare_make(&f->compare, &f->first, &f->last, &f->errors, NULL, NULL), 0);
	assert_int_equal(ana_outline_load(&f->outline, "sites/body_outline.tsv", NULL), 0);
	f->course.treatment = treatments;
	f->course.n_treatments = 3;
	free(visit);
}

static void start(struct fixture *f, bool with_mdc)
{
	start_of(f, with_mdc, SES_MEASURE_THRESHOLD);
}

static void stop(struct fixture *f)
{
	f->course.treatment = NULL;
	f->course.n_treatments = 0;
	ana_course_free(&f->course);
	ana_compare_free(&f->compare);
	ana_visit_free(&f->first);
	ana_visit_free(&f->last);
	ana_visit_free(&f->fifth);
	ana_outline_free(&f->outline);
	for (int i = 0; i < HELP_PLOT_SESSIONS; i++)
		help_plot_free(&f->ses[i]);
}

enum kind { TRACE, CENSORED_TRACE, COURSE, SLOPE, BODYMAP, FOREST, SIDE, RATE, RATES, CHANGES, KINDS };
static const char *const kind_name[KINDS] = {"trace", "trace-censored", "course", "slope", "bodymap", "forest",
	"side", "rate", "rate-course", "bodymap-change"};

static int make(struct ana_plot *plot, const struct fixture *f, enum kind kind, enum ana_plot_format format)
{
	const struct ana_plot_style style = {.format = format};

	switch (kind) {
	case TRACE: return ana_plot_trace(plot, &style, &f->ses[2], 0, NULL);
	case CENSORED_TRACE: return ana_plot_trace(plot, &style, &f->ses[4], 10, NULL);
	case COURSE: return ana_plot_course(plot, &style, &f->course, NULL);
	case SLOPE: return ana_plot_slope(plot, &style, &f->compare, NULL);
	case FOREST: return ana_plot_forest(plot, &style, &f->compare, NULL);
	case SIDE: return ana_plot_side(plot, &style, &f->first, NULL);
	case RATE: return ana_plot_rate(plot, &style, &f->first, NULL);
	case RATES: return ana_plot_rate_course(plot, &style, &f->course, NULL);
	case BODYMAP: return ana_plot_bodymap(plot, &style, &f->fifth, &f->outline, NULL);
	default: return ana_plot_bodymap_change(plot, &style, &f->compare, &f->outline, NULL);
	}
}

static char *tsv(const struct ana_plot *plot)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	assert_int_equal(ana_table_tsv(&plot->table, out), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void assert_clean_script(const char *script)
{
	static const char *const never[] = {" nan", " inf", "NaN", "nan ", "load ", "set output", "\140", "!", "significant"};

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strstr(script, never[i])) {
			print_error("'%s' stands in the script: %.60s\n", never[i], strstr(script, never[i]));
			fail();
		}
}

static void test_golden(void **state)
{
	struct fixture f;
	struct ana_plot plot;
	char name[64];

	(void)state;
	start(&f, true);
	for (int k = 0; k < KINDS; k++) {
		assert_int_equal(make(&plot, &f, (enum kind)k, ANA_PLOT_SVG), 0);
		snprintf(name, sizeof(name), "plot-%s.gp", kind_name[k]);
		if (k != CENSORED_TRACE)
			help_golden(name, plot.script);
		assert_clean_script(plot.script);
		if (k <= CENSORED_TRACE) { /* the table is that of the samples: long and plain */
			assert_int_equal(ana_table_rows(&plot.table), f.ses[k ? 4 : 2].trials[k ? 10 : 0].n_samples);
			ana_plot_free(&plot);
			continue;
		}
		char *table = tsv(&plot);

		snprintf(name, sizeof(name), "plot-%s.tsv", kind_name[k]);
		help_golden(name, table);
		free(table);
		ana_plot_free(&plot);
	}
	stop(&f);
}

/* A terminal of 80 x 24 shows all of it, and what it says can be read off. */
static void assert_fits(const char *kind, const char *text)
{
	int lines = 0;

	while (*text) {
		size_t len = strcspn(text, "\n"), wide = 0;

		for (size_t i = 0; i < len; i++)
			wide += ((unsigned char)text[i] & 0xc0) != 0x80;
		if (wide > 80 || ++lines > 24) {
			print_error("%s: line %d is %zu wide\n", kind, lines, wide);
			fail();
		}
		text += len + (text[len] == '\n');
	}
}

static void test_text(void **state)
{
	static const char *const words[KINDS] = {"threshold 249 kPa", "ceiling 600 kPa", "a UTRAP R   +128 rose", "337 UTRAP R",
		"none: skipped by the examiner",
		"+128 (+68 to +188) ROSE", "209 / 297 = 0.70", "36 of 36 accepted", "23 Mar post", "+103"};
	struct fixture f;
	struct ana_plot plot;

	(void)state;
	start(&f, true);
	for (int k = 0; k < KINDS; k++) {
		assert_int_equal(make(&plot, &f, (enum kind)k, ANA_PLOT_TEXT), 0);
		assert_clean_script(plot.script);
		char *picture, *both;
		size_t len;
		int rc = ana_plot_render(&plot, &picture, &len, NULL);

		if (rc == ALG_ERR_UNSUPPORTED) { /* no gnuplot here */
			ana_plot_free(&plot);
			continue;
		}
		assert_int_equal(rc, 0);
		assert_true(asprintf(&both, "%s%s", picture, plot.words) > 0);
		assert_fits(kind_name[k], both);
		assert_non_null(strstr(both, "SIMULATED DATA"));
		if (k == COURSE) { /* a treatment's T stands in the panel, before the list of marks at its right */
			const char *t = strstr(both, " T ");

			assert_true(t && strncmp(t, " T   treatment", 14) != 0);
		}
		if (!strstr(both, words[k])) {
			print_error("%s: no '%s' in\n%s", kind_name[k], words[k], both);
			fail();
		}
		free(both);
		free(picture);
		ana_plot_free(&plot);
	}
	stop(&f);
}

static void assert_says(const struct ana_plot *plot, const char *words)
{
	if (strstr(plot->script, words))
		return;
	print_error("'%s' is not in the script of %s\n", words, plot->kind);
	fail();
}

static void assert_says_not(const struct ana_plot *plot, const char *words)
{
	if (!strstr(plot->script, words))
		return;
	print_error("'%s' is in the script of %s\n", words, plot->kind);
	fail();
}

static void test_simulated_is_said(void **state)
{
	struct fixture f;
	struct ana_plot plot;

	(void)state;
	start(&f, true);
	for (int k = 0; k < KINDS; k++) {
		assert_int_equal(make(&plot, &f, (enum kind)k, ANA_PLOT_SVG), 0);
		assert_says(&plot, "SIMULATED DATA");
		ana_plot_free(&plot);
	}
	stop(&f);
}

/* --measure tolerance: no picture and no page calls it a threshold. */
static void test_a_tolerance_is_called_one(void **state)
{
	static const enum kind of_values[] = {COURSE, SLOPE, BODYMAP, FOREST, SIDE, CHANGES};
	struct ana_text pages = {0};
	struct ana_plot plot;
	struct fixture f;

	(void)state;
	start_of(&f, true, SES_MEASURE_TOLERANCE);
	for (size_t i = 0; i < sizeof(of_values) / sizeof(of_values[0]); i++)
		for (int terminal = 0; terminal < 2; terminal++) {
			assert_int_equal(make(&plot, &f, of_values[i], terminal ? ANA_PLOT_TEXT : ANA_PLOT_SVG), 0);
			assert_says_not(&plot, "PPT");
			assert_says_not(&plot, "threshold");
			assert_non_null(strstr(plot.title, "PTT"));
			if (!terminal)
				assert_says(&plot, "PTT");
			assert_null(strstr(plot.words, "PPT"));
			assert_null(strstr(plot.words, "threshold"));
			ana_plot_free(&plot);
		}
	ana_compare_page(&pages, &f.compare);
	ana_course_page(&pages, &f.course);
	assert_true(ana_text_ok(&pages));
	assert_null(strstr(pages.data, "threshold"));
	assert_non_null(strstr(pages.data, "tolerance"));
	free(pages.data);
	stop(&f);
}

static void test_without_mdc_nothing_is_judged(void **state)
{
	struct fixture f;
	struct ana_plot plot;

	(void)state;
	start(&f, false);
	for (int k = COURSE; k <= SLOPE; k++) {
		assert_int_equal(make(&plot, &f, (enum kind)k, ANA_PLOT_SVG), 0);
		assert_says(&plot, "known here");
		assert_says_not(&plot, "within measurement error");
		assert_says_not(&plot, "_band <<");
		assert_says_not(&plot, "_rise <<");
		ana_plot_free(&plot);
	}
	stop(&f);
}

static void test_course_says_what_happened(void **state)
{
	struct fixture f;
	struct ana_plot plot;

	(void)state;
	start(&f, true);
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	assert_says(&plot, "error at two visits in a row: Rhomboid major");
	assert_says(&plot, "> 600 (");              /* censored */
	assert_says(&plot, "\"L:p\"");                /* missing, with side and reason */
	assert_says(&plot, "patient asked to stop");
	assert_says(&plot, "dry needling, Upper trapezius, midpoint, right (2 needles, 2 min): 9 Mar");
	assert_says(&plot, "R at least +43 kPa: above the ceiling");
	assert_says_not(&plot, "unchanged");
	ana_plot_free(&plot);
	stop(&f);
}

static void count(const struct ana_plot *plot, const char *words, int wanted)
{
	int n = 0;

	for (const char *p = plot->script; (p = strstr(p, words)); p++)
		n++;
	if (n != wanted)
		print_error("'%s': %d times in the script\n", words, n);
	assert_int_equal(n, wanted);
}

/* Both sides above the ceiling: each has words of its own with its side, and arrows that do not hide each other. */
static void test_course_both_sides_censored(void **state)
{
	struct fixture f;
	struct ana_plot plot;
	size_t n = 0;

	(void)state;
	start(&f, true);
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	assert_says_not(&plot, "\"L > 640");
	ana_plot_free(&plot);
	for (size_t r = 0; r < f.course.n_rows; r++) {
		const struct ses_point *p = &f.course.row[r].point;

		if (strncmp(p->site_code, "UTRAP_", 6))
			continue;
		f.course.row[r].cell[2].bound = true;
		f.course.row[r].cell[2].value_kpa = 640;
		f.course.row[r].cell[2].change.kind = ANA_CHANGE_OPEN;
		n++;
	}
	assert_int_equal(n, 2);
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	count(&plot, "\"L > 640\"", 1);
	count(&plot, "\"R > 640\"", 1);
	ana_plot_free(&plot);
	stop(&f);
}

/* Filled triangles are changes at two visits in a row, open ones changes at one. */
static void test_course_marks_what_was_seen_again(void **state)
{
	struct fixture f;
	struct ana_plot plot;

	(void)state;
	start(&f, true);
	for (size_t r = 0; r < f.course.n_rows; r++) /* as if nothing had been seen again */
		for (size_t v = 0; v < f.course.n_visits; v++)
			if (f.course.row[r].cell[v].seen)
				f.course.row[r].cell[v].seen = ANA_SEEN_OPEN;
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	count(&plot, "_rise <<", 0);
	assert_says(&plot, "_riseo <<");
	assert_says(&plot, "_fallo <<");
	assert_says(&plot, "not yet confirmed");
	assert_says_not(&plot, "two visits in a row");
	ana_plot_free(&plot);
	stop(&f);
	start(&f, true);
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	count(&plot, "_rise <<", 3);
	count(&plot, "_fall <<", 1);
	count(&plot, "_riseo <<", 0);
	assert_says(&plot, "Rose by more than measurement error at two visits in a row: Upper trapezius");
	ana_plot_free(&plot);
	stop(&f);
}

/* Answers from 0 to 10 are drawn, days are not; a treatment is a letter in a shape, TENS in a diamond. */
static void test_course_has_its_journal_and_treatments(void **state)
{
	struct fixture f;
	struct ana_plot plot;
	static struct ana_treatment tens[] = {{21, "2026-03-23", "TENS", "", "", ""}};

	(void)state;
	start(&f, true);
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	assert_says(&plot, "Pain journal");
	assert_says(&plot, "\nmark = 0.6818\n"); /* so that marks are as large in an SVG as in the other kinds, where it is 1.25 */
	assert_says(&plot, "\"pain, worst of 7 days\"");
	count(&plot, "$journal0 <<", 1);
	count(&plot, "$journal4 <<", 1);
	assert_says_not(&plot, "$journal3");      /* no activity was asked for */
	assert_says_not(&plot, "analgesic");
	count(&plot, "\"N\" at", 4);              /* two days in the strip, two rows of the list */
	count(&plot, "\"S\" at", 2);
	char *table = tsv(&plot);

	assert_non_null(strstr(table, "\tpain-now\t7\n"));
	assert_non_null(strstr(table, "\ttreatment\t\n"));
	free(table);
	ana_plot_free(&plot);
	f.course.treatment = tens;
	f.course.n_treatments = 1;
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	count(&plot, "\"T\" at", 2);
	ana_plot_free(&plot);
	for (size_t v = 0; v < f.course.n_visits; v++)
		f.course.visit[v].visit.n_ratings = 0;
	f.course.n_treatments = 0;
	assert_int_equal(make(&plot, &f, COURSE, ANA_PLOT_SVG), 0);
	assert_says_not(&plot, "Pain journal");
	assert_says_not(&plot, "treated");
	ana_plot_free(&plot);
	stop(&f);
}

static void test_blinded_is_not_drawn(void **state)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};
	struct ses_session ses;
	struct ana_plot plot;

	(void)state;
	help_plot_session(&ses, 0);
	ses.header.blinded = 1;
	assert_int_equal(ana_plot_trace(&plot, &style, &ses, 0, NULL), ALG_ERR_ACCESS);
	ana_plot_free(&plot);
	help_plot_free(&ses);
}

static void test_nothing_to_draw(void **state)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};
	struct ses_session ses;
	struct ana_plot plot;

	(void)state;
	help_plot_session(&ses, 0);
	ses.trials[0].n_samples = 0;
	assert_int_equal(ana_plot_trace(&plot, &style, &ses, 0, NULL), ALG_ERR_ARG);
	ana_plot_free(&plot);
	ses.trials[1].first_sample = (int32_t)ses.n_samples - 1; /* a range past the end is never read */
	assert_int_equal(ana_plot_trace(&plot, &style, &ses, 1, NULL), ALG_ERR_BUG);
	ana_plot_free(&plot);
	help_plot_free(&ses);
}

static void test_odd_numbers_are_left_out(void **state)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};
	struct ses_session ses;
	struct ana_plot plot;

	(void)state;
	help_plot_session(&ses, 0);
	for (int i = 100; i < 160; i++)
		ses.samples[i].force_n = i % 3 ? NAN : INFINITY;
	ses.trials[0].t_contact_s = ses.trials[0].t_peak_s = ses.trials[0].peak_kpa = NAN;
	ses.trials[0].rate_kpa_s = ses.trials[0].corridor_share = NAN;
	assert_int_equal(ana_plot_trace(&plot, &style, &ses, 0, NULL), 0);
	assert_clean_script(plot.script);
	assert_says(&plot, "no rate could be computed");
	assert_says(&plot, "time from the first sample");
	ana_plot_free(&plot);
	help_plot_free(&ses);
}

/* ---- layout -------------------------------------------------------------------------------- */

static void test_spread(void **state)
{
	double none[1] = {0}, apart[3] = {0, 10, 20}, heap[4] = {5, 5, 5, 5}, low[3] = {-9, -8, 1}, high[3] = {90, 99, 200};

	(void)state;
	ana_spread(none, 0, 5, 0, 100);
	ana_spread(apart, 3, 5, 0, 100);
	assert_close(apart[1], 10, 1e-9);
	ana_spread(heap, 4, 2, 0, 100);
	assert_close(heap[0], 2, 1e-9); /* around 5 */
	assert_close(heap[3], 8, 1e-9);
	ana_spread(low, 3, 5, 0, 100);
	assert_close(low[0], 0, 1e-9);
	assert_close(low[2], 10, 1e-9);
	ana_spread(high, 3, 5, 0, 100);
	assert_close(high[2], 100, 1e-9);
	assert_true(high[1] - high[0] >= 5 && high[2] - high[1] >= 5 - 1e-9);
}

static void test_fit(void **state)
{
	char out[64];

	(void)state;
	ana_text_fit(out, sizeof(out), "Upper trapezius", 100, 11, false);
	assert_string_equal(out, "Upper trapezius");
	ana_text_fit(out, sizeof(out), "Upper trapezius", 20, 11, false);
	assert_true(ana_text_mm(out, 11, false) <= 20 && strstr(out, "\xe2\x80\xa6"));
	ana_text_fit(out, sizeof(out), "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc", 8, 11, false);
	assert_int_equal(strlen(out) % 2, 1); /* whole characters and the ellipsis */
}

static void test_words(void **state)
{
	static const struct { const char *legend; struct ana_change change; const char *want; } rows[] = {
		{"beyond", {.kind = ANA_CHANGE_EXACT, .kpa = 118.4, .percent = 47.6, .verdict = ANA_VERDICT_RISE}, "\xe2\x96\xb2 rose: +118 kPa (+48 %)"},
		{"fell", {.kind = ANA_CHANGE_EXACT, .kpa = -88, .percent = -29, .verdict = ANA_VERDICT_FALL}, "\xe2\x96\xbc fell: \xe2\x88\x92""88 kPa (\xe2\x88\x92""29 %)"},
		{"within", {.kind = ANA_CHANGE_EXACT, .kpa = 0.3, .percent = 0.1, .verdict = ANA_VERDICT_WITHIN}, "0 kPa (0 %), within measurement error"},
		{"no MDC", {.kind = ANA_CHANGE_EXACT, .kpa = 12, .percent = 5, .verdict = ANA_VERDICT_NONE}, "+12 kPa (+5 %)"},
		{"a bound is rounded down", {.kind = ANA_CHANGE_AT_LEAST, .kpa = 43.7, .percent = 7.9, .verdict = ANA_VERDICT_OPEN},
			"at least +43 kPa (+7 %), cannot be judged (ceiling)"},
		{"or up", {.kind = ANA_CHANGE_AT_MOST, .kpa = -43.7, .percent = -7.9, .verdict = ANA_VERDICT_NONE}, "at most \xe2\x88\x92""43 kPa (\xe2\x88\x92""7 %)"},
		{"both censored", {.kind = ANA_CHANGE_OPEN, .kpa = NAN, .percent = NAN, .verdict = ANA_VERDICT_NONE}, "unknown: above the ceiling at both"},
		{"missing", {.kind = ANA_CHANGE_NONE, .kpa = NAN, .percent = NAN, .verdict = ANA_VERDICT_NONE}, "no value to compare"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char out[200];

		ana_change_words(out, sizeof(out), &rows[i].change);
		if (strcmp(out, rows[i].want)) {
			print_error("%s: '%s', expected '%s'\n", rows[i].legend, out, rows[i].want);
			fail();
		}
	}
}

static void test_table(void **state)
{
	static const char *const names[] = {"a_kpa", "text"};
	struct ana_plot plot = {0};
	char *text;

	(void)state;
	ana_table_start(&plot.table, names, 2);
	ana_table_number(&plot.table, 1.2345, 2);
	ana_table_text(&plot.table, "tab\tand\nline");
	ana_table_number(&plot.table, NAN, 2);
	ana_table_text(&plot.table, NULL);
	ana_table_number(&plot.table, -0.001, 2);
	ana_table_text(&plot.table, "x");
	text = tsv(&plot);
	assert_string_equal(text, "a_kpa\ttext\n1.23\ttab\\x09and\\x0Aline\n\t\n0.00\tx\n");
	free(text);
	ana_plot_free(&plot);
}

static void test_outline_errors(void **state)
{
	static const struct { const char *legend, *text; } rows[] = {{"a word for a number", "view\tn\tx\ty\nfront_back\t0\t0,5\t0.1\n"},
		{"too few fields", "view\tn\tx\ty\nfront_back\t0\t0.5\n"}, {"a view too long", "view\tn\tx\ty\nabcdefghijklmnopqrst\t0\t0.5\t0.5\n"}};
	struct ana_outline outline;
	char path[] = "/tmp/alg-outline-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		FILE *f = fopen(path, "w");

		assert_non_null(f);
		fputs(rows[i].text, f);
		fclose(f);
		assert_int_equal(ana_outline_load(&outline, path, NULL), ALG_ERR_FORMAT);
		assert_null(outline.at);
	}
	unlink(path);
}

/* ---- gnuplot misbehaves: a program of that name of our own ---------------------------------- */

static char *old_path;
static char dir[64];

static int enter(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/alg-gnuplot-XXXXXX");
	old_path = getenv("PATH") ? strdup(getenv("PATH")) : NULL;
	return !mkdtemp(dir) || setenv("PATH", dir, 1);
}

static int leave(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/gnuplot", dir);
	unlink(path);
	rmdir(dir);
	if (old_path)
		setenv("PATH", old_path, 1);
	free(old_path);
	return 0;
}

static void fake(const char *body)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/gnuplot", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n%s\n", body);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0700), 0);
}

static int run_fake(struct help_log *log, double timeout_s, char **out)
{
	size_t len;

	help_log_start(log);
	return ana_gnuplot_run("plot x\n", 7, timeout_s, out, &len, &log->log);
}

static void test_gnuplot_misbehaves(void **state)
{
	struct help_log log;
	char *out;

	(void)state;
	assert_int_equal(run_fake(&log, 5, &out), ALG_ERR_UNSUPPORTED);
	assert_non_null(strstr(log.text, "gnuplot is not on PATH"));
	setenv("PATH", ".:relative", 1); /* never a program that lies where one happens to stand */
	assert_int_equal(run_fake(&log, 5, &out), ALG_ERR_UNSUPPORTED);
	setenv("PATH", dir, 1);
	fake("echo 'line 3: no such word \x1b[31m' >&2; exit 1");
	assert_int_equal(run_fake(&log, 5, &out), ALG_ERR_BUG);
	assert_non_null(strstr(log.text, "line 3: no such word"));
	assert_null(strchr(log.text, '\x1b'));
	fake("exit 0");
	assert_int_equal(run_fake(&log, 5, &out), ALG_ERR_BUG);
	assert_non_null(strstr(log.text, "it drew nothing"));
	fake("kill -9 $$");
	assert_int_equal(run_fake(&log, 5, &out), ALG_ERR_BUG);
	assert_non_null(strstr(log.text, "signal 9"));
	fake("exec /bin/sleep 30");
	assert_int_equal(run_fake(&log, 0.2, &out), ALG_ERR_TIMEOUT);
	assert_null(out);
	/* A clean environment, the script on standard input, no further descriptors. */
	fake("read a; echo \"$a|$HOME|${SECRET-none}|$LC_ALL|$1\"; echo odd >&2; ls /proc/$$/fd 2>/dev/null | wc -l");
	setenv("SECRET", "told", 1);
	assert_int_equal(run_fake(&log, 5, &out), 0);
	assert_non_null(strstr(out, "plot x|/nonexistent|none|C.UTF-8|-d\n"));
	assert_non_null(strstr(log.text, "odd"));
	free(out);
	unsetenv("SECRET");
}

static void test_half_a_picture(void **state)
{
	struct fixture f;
	struct ana_plot plot;
	char *out;
	size_t len;

	(void)state;
	start(&f, true);
	assert_int_equal(make(&plot, &f, TRACE, ANA_PLOT_SVG), 0);
	fake("echo '<?xml version=\"1.0\"?><svg><path d=\"M0,0'");
	assert_int_equal(ana_plot_render(&plot, &out, &len, NULL), ALG_ERR_BUG);
	assert_null(out);
	ana_plot_free(&plot);
	stop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_a_tolerance_is_called_one),
		cmocka_unit_test(test_simulated_is_said),
		cmocka_unit_test(test_without_mdc_nothing_is_judged),
		cmocka_unit_test(test_course_says_what_happened), cmocka_unit_test(test_course_marks_what_was_seen_again),
		cmocka_unit_test(test_course_both_sides_censored),
		cmocka_unit_test(test_course_has_its_journal_and_treatments),
		cmocka_unit_test(test_blinded_is_not_drawn),
		cmocka_unit_test(test_nothing_to_draw),
		cmocka_unit_test(test_odd_numbers_are_left_out),
		cmocka_unit_test(test_spread),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_outline_errors),
		cmocka_unit_test_setup_teardown(test_gnuplot_misbehaves, enter, leave),
		cmocka_unit_test_setup_teardown(test_half_a_picture, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
