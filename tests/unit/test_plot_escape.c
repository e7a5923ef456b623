/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_plot_escape.c - no label, name or reason can become a command of gnuplot: hostile texts go
 * through every kind of picture, nothing may be made by them, and they must stand in the picture
 * as they are.
 */
#include "tests/unit/assert_close.h"

#include "analysis/gnuplot.h"
#include "analysis/plot.h"
#include "base/text.h"
#include "tests/unit/help_plot.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct { const char *legend, *text; } hostile[] = {
	{"backticks", "`touch pwned`"},
	{"single quote and a command", "'; sys" "tem('touch pwned') #"},
	{"double quote and a command", "\"; sys" "tem(\"touch pwned\") #"},
	{"escaped quote", "\\\"; !touch pwned #"},
	{"macro", "@cmd @ARG0"},
	{"newline and a command", "\nsys" "tem('touch pwned')\n"},
	{"newline and shell escape", "\n!touch pwned\n"},
	{"carriage return", "\r!touch pwned\r"},
	{"end of a datablock", "\nEOD\n!touch pwned\n"},
	{"end of inline data", "\ne\n!touch pwned\n"},
	{"output to a pipe", "\nset output '|touch pwned'\n"},
	{"load from a pipe", "\nload '<touch pwned'\n"},
	{"formats", "%s %n %g %y%% %1$s"},
	{"enhanced text", "{/Symbol=40 a}_{b}^{c} ~d{e} &{f}"},
	{"octal and hex escapes", "\\140touch pwned\\140 \\x60 \\U+0060"},
	{"continuation", "a\\"},
	{"comment", "# ; # ;"},
	{"markup", "<script>alert(1)</script>&amp;]]>"},
	{"UTF-8", "M. trapézius \xe2\x80\x93 übergang \xe2\x96\xb2"},
	{"broken UTF-8", "a\xff\xfe\xc3(b"},
	{"direction override", "abc\xe2\x80\xaetxet"},
	{"word of gnuplot", "unset multiplot; quit"},
};
enum { N_HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static char home[4096];

/* Everything happens in an empty folder of its own; whatever is there afterwards was made by a text. */
static int enter(void **state)
{
	char dir[] = "/tmp/alg-plot-XXXXXX";

	(void)state;
	return !getcwd(home, sizeof(home)) || !mkdtemp(dir) || chdir(dir);
}

static int leave(void **state)
{
	char dir[4096];

	(void)state;
	if (!getcwd(dir, sizeof(dir)) || chdir(home))
		return 1;
	return rmdir(dir); /* fails when anything was made */
}

static void assert_nothing_made(const char *legend)
{
	DIR *dir = opendir(".");

	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));)
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) {
			print_error("%s: made a file '%s'\n", legend, e->d_name);
			unlink(e->d_name);
			closedir(dir);
			fail();
		}
	closedir(dir);
}

static bool have_gnuplot(void)
{
	static const char script[] = "set print '-'\nprint 1\n";
	char *out;
	size_t len;
	int rc = ana_gnuplot_run(script, sizeof(script) - 1, 20, &out, &len, NULL);

	free(out);
	return rc != ALG_ERR_UNSUPPORTED;
}

/* ---- the string itself --------------------------------------------------------------------- */

static char *quoted(const char *text)
{
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	assert_non_null(f);
	ana_plot_string(f, text);
	assert_int_equal(fclose(f), 0);
	return out;
}

/* What gnuplot makes of a string in double quotes; fails on anything that could mean more than itself. */
static void parse(const char *legend, const char *string, char *out)
{
	size_t len = strlen(string);

	assert_true(len >= 2 && string[0] == '"' && string[len - 1] == '"');
	for (size_t i = 1; i < len - 1; i++) {
		unsigned char c = (unsigned char)string[i];

		if (c == '\\') {
			assert_true(i + 3 < len - 1 || i + 4 == len);
			for (int k = 1; k <= 3; k++)
				assert_true(string[i + (size_t)k] >= '0' && string[i + (size_t)k] <= '7');
			*out++ = (char)((string[i + 1] - '0') << 6 | (string[i + 2] - '0') << 3 | (string[i + 3] - '0'));
			i += 3;
			/* gnuplot would take a fourth digit into an escape that begins with 0 */
			assert_false(string[i + 1] >= '0' && string[i + 1] <= '9');
			continue;
		}
		if (c < 0x20 || c == 0x7f || strchr("`\"'@%#!{}$&|~^_[]", c)) {
			print_error("%s: byte %02x stands bare in %s\n", legend, c, string);
			fail();
		}
		*out++ = (char)c;
	}
	*out = '\0';
}

static void check_string(const char *legend, const char *text)
{
	char *string = quoted(text), *back = malloc(strlen(string) + 1), clean[1024];

	assert_non_null(back);
	parse(legend, string, back);
	alg_text_clean(clean, sizeof(clean), text);
	assert_string_equal(back, clean);
	free(back);
	free(string);
}

static void test_strings(void **state)
{
	(void)state;
	for (int i = 0; i < N_HOSTILE; i++)
		check_string(hostile[i].legend, hostile[i].text);
}

static void test_random_strings(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		char text[64];
		size_t n = (size_t)i % 60;

		for (size_t k = 0; k < n; k++) {
			seed = seed * 1664525u + 1013904223u;
			text[k] = (char)(seed >> 24 ? seed >> 24 : 1);
		}
		text[n] = '\0';
		check_string("random", text);
	}
}

/* ---- in pictures --------------------------------------------------------------------------- */

/* Entities of a picture's text back into characters, in place. */
static void from_xml(char *text)
{
	static const struct { const char *name; char c; } entity[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}};
	char *out = text;

	while (*text) {
		size_t n = 1;

		*out = *text;
		for (int i = 0; i < 3; i++)
			if (strncmp(text, entity[i].name, strlen(entity[i].name)) == 0) {
				n = strlen(entity[i].name);
				*out = entity[i].c;
			}
		out++;
		text += n;
	}
	*out = '\0';
}

static void test_stands_as_it_is(void **state)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};

	(void)state;
	if (!have_gnuplot())
		skip();
	for (int i = 0; i < N_HOSTILE; i++) {
		struct ana_plot plot;
		char *svg, clean[1024], line[1200];
		size_t len;

		assert_int_equal(ana_plot_begin(&plot, "test", &style, NULL), 0);
		ana_plot_page(&plot, 40);
		ana_plot_text(&plot, 10, 10, ANA_LEFT, ANA_FONT_PT, 0, ANA_INK, hostile[i].text);
		ana_plot_canvas(&plot);
		fputs("plot -1 with lines\n", plot.gp);
		assert_int_equal(ana_plot_end(&plot, NULL), 0);
		assert_int_equal(ana_plot_render(&plot, &svg, &len, NULL), 0);
		alg_text_clean(clean, sizeof(clean), hostile[i].text);
		assert_null(strstr(svg, "]]>"));
		snprintf(line, sizeof(line), "<text>%s</text>", clean);
		from_xml(svg);
		if (!strstr(svg, line)) {
			print_error("%s: '%s' is not in the picture\n%s\n", hostile[i].legend, clean, strstr(svg, "<text>"));
			fail();
		}
		assert_nothing_made(hostile[i].legend);
		free(svg);
		ana_plot_free(&plot);
	}
}

static void render_and_free(struct ana_plot *plot, int rc, const char *legend)
{
	char *out;
	size_t len;

	assert_int_equal(rc, 0);
	assert_int_equal(ana_plot_render(plot, &out, &len, NULL), 0);
	assert_true(len > 100);
	free(out);
	ana_plot_free(plot);
	assert_nothing_made(legend);
}

static void poison(struct ses_session *ses, const char *text)
{
	struct ses_header *h = &ses->header;

	alg_text_copy(h->participant, sizeof(h->participant), text);
	alg_text_copy(h->procedure_id, sizeof(h->procedure_id), text);
	alg_text_copy(h->procedure_version, sizeof(h->procedure_version), text);
	alg_text_copy(h->device_model, sizeof(h->device_model), text);
	for (size_t i = 0; i < ses->n_points; i++) {
		/* Codes stay distinct: a point is known by its code. */
		if (i == 1)
			alg_text_copy(ses->points[i].site_code, sizeof(ses->points[i].site_code), text);
		alg_text_copy(ses->points[i].label, sizeof(ses->points[i].label), text);
		alg_text_copy(ses->points[i].posture, sizeof(ses->points[i].posture), text);
	}
	for (size_t i = 0; i < ses->n_trials; i++)
		if (ses->trials[i].point == 1)
			memcpy(ses->trials[i].site_code, ses->points[1].site_code, sizeof(ses->trials[i].site_code));
}

static void all_kinds(const char *legend, const char *text, enum ana_plot_format format)
{
	const struct ana_plot_style style = {.format = format};
	struct ses_session ses[3];
	struct ana_visit *visit = calloc(3, sizeof(*visit)), a, b;
	struct ana_course_options options = {0};
	struct ana_treatment treatment = {.day = 3};
	struct ana_outline outline = {0};
	struct ana_course course;
	struct ana_compare compare;
	struct ana_plot plot;
	char path[4200];

	assert_non_null(visit);
	ana_errors_init(&options.errors);
	options.errors.kpa = 60;
	options.errors.level = 0.95;
	alg_text_copy(options.errors.source, sizeof(options.errors.source), text);
	alg_text_copy(treatment.date, sizeof(treatment.date), text);
	alg_text_copy(treatment.modality, sizeof(treatment.modality), text);
	alg_text_copy(treatment.target, sizeof(treatment.target), text);
	alg_text_copy(treatment.dose, sizeof(treatment.dose), text);
	for (int i = 0; i < 3; i++) {
		help_plot_session(&ses[i], i);
		poison(&ses[i], text);
		assert_int_equal(ana_visit_from_session(&visit[i], &ses[i], text, NULL, NULL), 0);
	}
	assert_int_equal(ana_visit_from_session(&a, &ses[0], text, NULL, NULL), 0);
	assert_int_equal(ana_visit_from_session(&b, &ses[2], text, NULL, NULL), 0);
	snprintf(path, sizeof(path), "%s/sites/body_outline.tsv", home);
	assert_int_equal(ana_outline_load(&outline, path, NULL), 0);
	assert_int_equal(ana_course_make(&course, visit, 3, &options, NULL), 0);
	assert_int_equal(ana_compare_make(&compare, &a, &b, &options.errors, NULL, NULL), 0);
	alg_text_copy(compare.despite, sizeof(compare.despite), text);
	course.treatment = &treatment;
	course.n_treatments = 1;
	render_and_free(&plot, ana_plot_trace(&plot, &style, &ses[0], 0, NULL), legend);
	render_and_free(&plot, ana_plot_course(&plot, &style, &course, NULL), legend);
	render_and_free(&plot, ana_plot_slope(&plot, &style, &compare, NULL), legend);
	render_and_free(&plot, ana_plot_forest(&plot, &style, &compare, NULL), legend);
	render_and_free(&plot, ana_plot_side(&plot, &style, &a, NULL), legend);
	render_and_free(&plot, ana_plot_rate(&plot, &style, &a, NULL), legend);
	render_and_free(&plot, ana_plot_rate_course(&plot, &style, &course, NULL), legend);
	render_and_free(&plot, ana_plot_bodymap(&plot, &style, &b, &outline, NULL), legend);
	render_and_free(&plot, ana_plot_bodymap_change(&plot, &style, &compare, &outline, NULL), legend);
	course.treatment = NULL;
	course.n_treatments = 0;
	ana_course_free(&course);
	ana_compare_free(&compare);
	ana_visit_free(&a);
	ana_visit_free(&b);
	ana_outline_free(&outline);
	free(visit);
	for (int i = 0; i < 3; i++)
		help_plot_free(&ses[i]);
}

static void test_every_kind(void **state)
{
	(void)state;
	if (!have_gnuplot())
		skip();
	for (int i = 0; i < N_HOSTILE; i++)
		all_kinds(hostile[i].legend, hostile[i].text, i % 4 ? ANA_PLOT_SVG : ANA_PLOT_TEXT);
}

/* The test must be able to fail: a script that does run a command leaves its mark here. */
static void test_the_trap_works(void **state)
{
	static const char script[] = "set print \"-\"\nprint \"`touch trapped`\"\n";
	char *out;
	size_t len;
	struct stat st;

	(void)state;
	if (!have_gnuplot())
		skip();
	ana_gnuplot_run(script, sizeof(script) - 1, 20, &out, &len, NULL);
	free(out);
	assert_int_equal(stat("trapped", &st), 0);
	unlink("trapped");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_random_strings),
		cmocka_unit_test_setup_teardown(test_stands_as_it_is, enter, leave),
		cmocka_unit_test_setup_teardown(test_every_kind, enter, leave),
		cmocka_unit_test_setup_teardown(test_the_trap_works, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
