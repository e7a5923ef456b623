/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course: alignment, baselines, holes, moved points, sessions that are not alike, the page. */
#include "analysis/pages.h"

#include "data/treatment.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"
#include "tests/unit/help_golden.h"

#include <stdlib.h>
#include <string.h>

static void load(struct ana_visit *visit, struct ses_session *ses)
{
	assert_int_equal(ses_session_amend(ses, NULL), 0);
	assert_int_equal(ana_visit_from_session(visit, ses, "x.h5", NULL, NULL), 0);
	ses_session_clear(ses);
}

/* The course of help_course, with a treatment. */
static void make(struct ana_course *course, const struct ana_course_options *options)
{
	struct ses_session ses[4];
	struct ana_visit visit[4];

	help_course(ses);
	for (int i = 0; i < 4; i++)
		load(&visit[i], &ses[i]);
	assert_int_equal(ana_course_make(course, visit, 4, options, NULL), 0);
	struct ses_treatment needles = {.date = "2026-03-16", .days = course->visit[0].visit.day + 14, .modality = "dry-needling",
		.target_site = "UTRAP_L;LEV_L", .dose = "3 needles, 2 min"};

	assert_int_equal(ana_course_treat(course, &(struct ses_treatments){&needles, 1}), 0);
}

static void rows_are_aligned_and_count_from_the_first(void **state)
{
	struct ana_course c;

	(void)state;
	make(&c, NULL);
	assert_int_equal(c.n_visits, 4);
	assert_int_equal(c.n_rows, HELP_POINTS);
	assert_int_equal(c.latest, 3);
	assert_true(c.simulated);
	assert_int_equal(c.visit[3].day, 28);
	const struct ana_row *row = &c.row[0];

	assert_int_equal(row->baseline, 0);
	assert_int_equal(row->latest, 3);
	assert_int_equal(row->cell[0].change.kind, ANA_CHANGE_NONE);
	assert_close(row->cell[1].change.kpa, 26, 1e-9);
	assert_close(row->cell[2].change.kpa, 51, 1e-9); /* the post session, told but never the latest */
	assert_close(row->cell[3].change.percent, 30, 1e-9);
	assert_int_equal(c.row[3].latest, 1); /* skipped in the last session */
	assert_int_equal(c.row[4].cell[3].change.kind, ANA_CHANGE_AT_LEAST);
	assert_int_equal(c.n_absent, 1);
	assert_int_equal(c.absent[0].session, 3);
	assert_false(c.absent[0].unreadable);
	assert_close(c.visit[3].targets_change.change.kpa, 0, 1e-9);
	assert_close(c.visit[1].targets.kpa, 228.5, 1e-9);
	assert_int_equal(c.tally.n, 0); /* no MDC: nothing is judged */
	ana_course_free(&c);
}

static void the_latest_session_is_judged_by_the_mdc(void **state)
{
	struct ana_course_options options = {.despite = NULL};
	struct ana_course c;

	(void)state;
	ana_errors_init(&options.errors);
	options.errors.kpa = 57.1;
	make(&c, &options);
	assert_int_equal(c.tally.n, 4); /* one is skipped there: an older value does not stand in for it */
	assert_int_equal(c.tally.rose, 2);
	assert_int_equal(c.tally.fell, 1);
	assert_close(c.tally.by_chance, 0.2, 1e-9);
	assert_close(c.row[0].high_kpa - c.row[0].low_kpa, 2 * 57.1, 1e-9);
	ana_course_free(&c);
}

static void unreadable_sessions_are_listed(void **state)
{
	static const int broken[] = {2, 6};
	struct ana_course_options options = {.unreadable = broken, .n_unreadable = 2};
	struct ana_course c;

	(void)state;
	ana_errors_init(&options.errors);
	make(&c, &options);
	assert_int_equal(c.n_absent, 4);
	for (size_t i = 0; i < c.n_absent; i++) {
		static const struct { int session; bool unreadable; } want[] = {{2, true}, {3, false}, {5, false}, {6, true}};

		assert_int_equal(c.absent[i].session, want[i].session);
		assert_int_equal(c.absent[i].unreadable, want[i].unreadable);
	}
	ana_course_free(&c);
}

static void a_moved_point_begins_anew(void **state)
{
	struct ses_session ses;
	struct ana_visit visit[3];
	struct ana_course c;

	(void)state;
	for (int s = 0; s < 3; s++) {
		help_session(&ses, s + 1, "", s == 0 ? "2026-03-02" : s == 1 ? "2026-03-09" : "2026-03-16");
		ses.points[0].series = s == 0 ? 1 : 2;
		help_press(&ses, 0, 200 + 50 * s);
		help_press(&ses, 1, 300);
		load(&visit[s], &ses);
	}
	assert_int_equal(ana_course_make(&c, visit, 3, NULL, NULL), 0);
	assert_int_equal(c.n_rows, HELP_POINTS + 1);
	assert_int_equal(c.row[0].point.series, 1);
	assert_int_equal(c.row[1].point.series, 2); /* beside the old one */
	assert_string_equal(c.row[1].point.site_code, "UTRAP_L");
	assert_true(c.row[0].moved);
	assert_true(c.row[1].moved);
	assert_false(c.row[2].moved);
	assert_int_equal(c.row[0].latest, 0);
	assert_int_equal(c.row[1].baseline, 1);
	assert_null(c.row[1].cell[0].point);
	assert_close(c.row[1].cell[2].change.kpa, 50, 1e-9); /* 300 - 250, not 300 - 200 */
	assert_int_equal(c.visit[2].targets_change.n, 1);
	ana_course_free(&c);
}

/* Whatever order the files name them in, the series of a site stand together, oldest first. */
static void series_stand_in_order(void **state)
{
	static const int series[] = {2, 3, 1};
	struct ses_session ses;
	struct ana_visit visit[3];
	struct ana_course c;

	(void)state;
	for (int s = 0; s < 3; s++) {
		help_session(&ses, s + 1, "", "2026-03-02");
		ses.points[0].series = series[s];
		help_press(&ses, 0, 200);
		load(&visit[s], &ses);
	}
	assert_int_equal(ana_course_make(&c, visit, 3, NULL, NULL), 0);
	for (int i = 0; i < 3; i++) {
		assert_string_equal(c.row[i].point.site_code, "UTRAP_L");
		assert_int_equal(c.row[i].point.series, i + 1);
		assert_true(c.row[i].moved);
	}
	ana_course_free(&c);
}

/* Session 1 was broken off after one press and measured again as run 2: that one is the first. */
static void of_two_runs_the_last_counts(void **state)
{
	struct ses_session ses;
	struct ana_visit visit[3];
	struct ana_course c;

	(void)state;
	for (int s = 0; s < 3; s++) {
		help_session(&ses, s < 2 ? 1 : 2, "", s < 2 ? "2026-03-02" : "2026-03-09");
		ses.header.run = s == 1 ? 2 : 1;
		ses.header.uuid[0] = (char)('0' + s);
		ses.header.started_unix_s += 600 * s;
		help_press(&ses, 0, s == 0 ? 150 : s == 1 ? 200 : 260);
		if (s != 1)
			help_press(&ses, 1, s == 0 ? 300 : 310);
		load(&visit[s], &ses);
	}
	assert_int_equal(ana_course_make(&c, visit, 3, NULL, NULL), 0);
	assert_int_equal(c.first, 1);
	assert_int_equal(c.row[0].baseline, 1);
	assert_close(c.row[0].cell[2].change.kpa, 60, 1e-9);
	assert_int_equal(c.row[1].baseline, 0); /* only the first run has it */
	assert_close(c.row[1].cell[2].change.kpa, 10, 1e-9);
	assert_close(c.visit[2].targets_change.a_kpa, 200, 1e-9);
	assert_int_equal(c.visit[0].n_unlike, 0);
	ana_course_free(&c);
}

/* Nine sessions with long names: two blocks, and no line is wider than the terminal. */
static void a_long_course_fits_the_screen(void **state)
{
	static const double kpa[] = {200, 240, 215, 250, 410};
	struct ana_course_options options = {.despite = NULL};
	struct ses_session ses;
	struct ana_visit visit[9];
	struct ana_course c;
	struct ana_text text = {0};
	char *line, *rest;
	int blocks = 0;

	(void)state;
	ana_errors_init(&options.errors);
	options.errors.kpa = 10;
	strcpy(options.errors.source, "x");
	for (int s = 0; s < 9; s++) {
		help_session(&ses, 11 + s / 2, s % 2 ? "post" : "pre", "2026-03-02");
		ses.header.run = 2;
		strcpy(ses.points[1].label, "Quadratus lumborum, the lower of the two points behind the iliac crest (left)");
		help_fill(&ses, kpa);
		load(&visit[s], &ses);
	}
	assert_int_equal(ana_course_make(&c, visit, 9, &options, NULL), 0);
	ana_course_page(&text, &c);
	for (line = strtok_r(text.data, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (ana_text_width(line) > ANA_TEXT_WIDTH)
			print_error("%s\n", line);
		assert_true(ana_text_width(line) <= ANA_TEXT_WIDTH);
		blocks += strncmp(line, "  kPa, session", 14) == 0;
	}
	assert_int_equal(blocks, 2);
	assert_int_equal(c.n_absent, 10); /* sessions 1 to 10 */
	ana_text_free(&text);
	ana_course_free(&c);
}

static void an_unlike_session_has_no_change(void **state)
{
	struct ana_course_options options = {.despite = NULL};
	struct ses_session ses;
	struct ana_visit visit[2];
	struct ana_course c;

	(void)state;
	ana_errors_init(&options.errors);
	for (int despite = 0; despite < 2; despite++) {
		for (int s = 0; s < 2; s++) {
			help_session(&ses, s + 1, "", s ? "2026-03-09" : "2026-03-02");
			ses.header.tip_area_cm2 = s ? 0.5 : 1;
			help_press(&ses, 0, 200);
			load(&visit[s], &ses);
		}
		options.despite = despite ? "the only tip" : NULL;
		assert_int_equal(ana_course_make(&c, visit, 2, &options, NULL), 0);
		assert_int_equal(c.visit[1].alike, despite);
		assert_int_equal(c.visit[1].n_unlike, 1);
		assert_close(c.row[0].cell[1].value_kpa, 200, 0); /* the value is shown all the same */
		assert_int_equal(c.row[0].cell[1].change.kind, despite ? ANA_CHANGE_EXACT : ANA_CHANGE_NONE);
		assert_int_equal(c.row[0].latest, despite);
		ana_course_free(&c);
	}
}

static void a_course_is_one_persons(void **state)
{
	struct ses_session ses;
	struct ana_visit visit[2];
	struct ana_course c;

	(void)state;
	for (int s = 0; s < 2; s++) {
		help_session(&ses, s + 1, "", "2026-03-02");
		if (s)
			strcpy(ses.header.participant, "P013");
		load(&visit[s], &ses);
	}
	assert_int_equal(ana_course_make(&c, visit, 2, NULL, NULL), ALG_ERR_ARG);
	ana_course_free(&c);
	assert_int_equal(ana_course_make(&c, visit, 0, NULL, NULL), 0); /* none is no crash */
	ana_course_free(&c);
}

static void the_page_is_as_agreed(void **state)
{
	static const int broken[] = {3};
	struct ana_course_options options = {.unreadable = broken, .n_unreadable = 1};
	struct ana_course c;
	struct ana_text text = {0};

	(void)state;
	make(&c, NULL);
	ana_course_page(&text, &c);
	help_golden("course.txt", text.data);
	ana_text_free(&text);
	ana_course_free(&c);
	ana_errors_init(&options.errors);
	options.errors.kpa = 57.1;
	strcpy(options.errors.source, "Walton 2011, angle of upper trapezius, one week");
	make(&c, &options);
	ana_course_page(&text, &c);
	help_golden("course-mdc.txt", text.data);
	ana_text_free(&text);
	ana_course_free(&c);
}

static void json_is_as_agreed(void **state)
{
	struct ana_course c;

	(void)state;
	make(&c, NULL);
	cJSON *json = ana_course_json(&c), *row = cJSON_GetArrayItem(cJSON_GetObjectItem(json, "points"), 4),
	      *cell = cJSON_GetArrayItem(cJSON_GetObjectItem(row, "sessions"), 3);

	assert_string_equal(cJSON_GetObjectItem(json, "algometer")->valuestring, "course");
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(cell, "bound")));
	assert_string_equal(cJSON_GetObjectItem(cell, "change_sign")->valuestring, ">=");
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(cell, "rise_kpa")));
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "missing_sessions")), 1);
	cJSON_Delete(json);
	ana_course_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_aligned_and_count_from_the_first),
		cmocka_unit_test(the_latest_session_is_judged_by_the_mdc),
		cmocka_unit_test(unreadable_sessions_are_listed), cmocka_unit_test(a_moved_point_begins_anew),
		cmocka_unit_test(series_stand_in_order), cmocka_unit_test(of_two_runs_the_last_counts),
		cmocka_unit_test(a_long_course_fits_the_screen), cmocka_unit_test(an_unlike_session_has_no_change), cmocka_unit_test(a_course_is_one_persons),
		cmocka_unit_test(the_page_is_as_agreed), cmocka_unit_test(json_is_as_agreed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
