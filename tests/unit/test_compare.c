/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two sessions: changes, bounds, the MDC, like with like, and the page that says it. */
#include "analysis/pages.h"

#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"
#include "tests/unit/help_golden.h"

#include <stdlib.h>
#include <string.h>

static int last_id;
static char last_text[1200];

static void remember(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	last_id = id;
	snprintf(last_text, sizeof(last_text), "%s", text);
}

static struct alg_log log_ = {.sink = remember, .level = ALG_LEVEL_NOTE};

/* 200 -> 260 with MDC95 57.10 (SEM 20.6): beyond. Strictly: a change equal to the MDC is within. */
static void a_change_is_judged_by_the_mdc(void **state)
{
	static const struct {
		const char *legend;
		double a, b, mdc;
		bool a_bound, b_bound;
		enum ana_change_kind kind;
		double kpa, percent;
		enum ana_verdict verdict;
	} row[] = {
		{"beyond", 200, 260, 57.10, 0, 0, ANA_CHANGE_EXACT, 60, 30, ANA_VERDICT_RISE},
		{"fall like rise", 260, 200, 57.10, 0, 0, ANA_CHANGE_EXACT, -60, -23.076923076923, ANA_VERDICT_FALL},
		{"equal is within", 200, 257, 57, 0, 0, ANA_CHANGE_EXACT, 57, 28.5, ANA_VERDICT_WITHIN},
		{"fall equal is within", 257, 200, 57, 0, 0, ANA_CHANGE_EXACT, -57, -22.178988326848, ANA_VERDICT_WITHIN},
		{"no MDC", 200, 260, NAN, 0, 0, ANA_CHANGE_EXACT, 60, 30, ANA_VERDICT_NONE},
		{"second at the ceiling, far", 500, 585, 57, 0, 1, ANA_CHANGE_AT_LEAST, 85, 17, ANA_VERDICT_RISE},
		{"second at the ceiling, near", 550, 585, 57, 0, 1, ANA_CHANGE_AT_LEAST, 35, 6.363636363636, ANA_VERDICT_OPEN},
		{"first at the ceiling, far", 600, 500, 57, 1, 0, ANA_CHANGE_AT_MOST, -100,
			-16.666666666667, ANA_VERDICT_FALL},
		{"first at the ceiling, near", 600, 590, 57, 1, 0, ANA_CHANGE_AT_MOST, -10, -1.666666666667, ANA_VERDICT_OPEN},
		{"both at the ceiling", 600, 600, 57, 1, 1, ANA_CHANGE_OPEN, NAN, NAN, ANA_VERDICT_OPEN},
		{"first missing", NAN, 200, 57, 0, 0, ANA_CHANGE_NONE, NAN, NAN, ANA_VERDICT_NONE},
		{"second missing", 200, NAN, 57, 0, 1, ANA_CHANGE_NONE, NAN, NAN, ANA_VERDICT_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ana_error error = ana_error_from_mdc(row[i].mdc, 0.95);
		struct ana_change c = ana_change_of(row[i].a, row[i].a_bound, row[i].b, row[i].b_bound, &error);

		print_message("%s\n", row[i].legend);
		assert_int_equal(c.kind, row[i].kind);
		assert_int_equal(c.verdict, row[i].verdict);
		if (isnan(row[i].kpa)) {
			assert_nan(c.kpa);
			assert_nan(c.percent);
		} else {
			assert_close(c.kpa, row[i].kpa, 1e-9);
			assert_close(c.percent, row[i].percent, 1e-9);
		}
	}
}

static void bounds_are_rounded_to_stay_true(void **state)
{
	char text[ANA_NUMBER_MAX];
	struct ana_change c = {.kind = ANA_CHANGE_AT_LEAST, .kpa = 84.9, .percent = -0.2};

	(void)state;
	ana_kpa_text(text, 553.7, true);
	assert_string_equal(text, ">553");
	ana_kpa_text(text, 553.7, false);
	assert_string_equal(text, "554");
	ana_kpa_text(text, NAN, true);
	assert_string_equal(text, "-");
	ana_change_text(text, &c);
	assert_string_equal(text, ">=+84");
	ana_percent_text(text, &c);
	assert_string_equal(text, ">=-1 %");
	c.kind = ANA_CHANGE_AT_MOST;
	c.kpa = -40.9;
	ana_change_text(text, &c);
	assert_string_equal(text, "<=-40");
	c.kind = ANA_CHANGE_EXACT;
	ana_percent_text(text, &c);
	assert_string_equal(text, "0 %"); /* never "-0" */
	c.kind = ANA_CHANGE_OPEN;
	ana_change_text(text, &c);
	assert_string_equal(text, "?");
}

static void mdc_arguments_are_read_strictly(void **state)
{
	static const char *const bad[] = {"", "x", "57,1", "-3", "0", "nan", "=5", "UTRAP=", "UT RAP=5", "ABCDEFGHIJKLMNOPQ=5", "5000"};
	struct ana_errors mdc;

	(void)state;
	ana_errors_init(&mdc);
	assert_false(ana_errors_given(&mdc));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		print_message("'%s'\n", bad[i]);
		assert_int_equal(ana_errors_parse(&mdc, bad[i], &log_), ALG_ERR_ARG);
		assert_int_equal(last_id, 706);
	}
	assert_false(ana_errors_given(&mdc));
	assert_int_equal(ana_errors_parse(&mdc, "UTRAP=57.1", &log_), 0);
	assert_int_equal(ana_errors_parse(&mdc, "UTRAP_R=60", &log_), 0);
	assert_nan(ana_errors_given_kpa(&mdc, "TA_R"));
	assert_int_equal(ana_errors_parse(&mdc, "117", &log_), 0);
	assert_int_equal(ana_errors_parse(&mdc, "118", &log_), ALG_ERR_ARG); /* which of the two? */
	assert_close(ana_errors_given_kpa(&mdc, "UTRAP_L"), 57.1, 0);
	assert_close(ana_errors_given_kpa(&mdc, "UTRAP_R"), 60, 0);
	assert_close(ana_errors_given_kpa(&mdc, "UTRAPX_L"), 117, 0);
	assert_close(ana_errors_given_kpa(&mdc, "TA_R"), 117, 0);
	assert_int_equal(ana_errors_check(&mdc, &log_), ALG_ERR_ARG);
	assert_int_equal(last_id, 707);
	strcpy(mdc.source, "Walton 2011");
	assert_int_equal(ana_errors_check(&mdc, &log_), 0);
	strcpy(mdc.source, "Mailloux 2021, Group MDC of 24"); /* says nothing of one person */
	assert_int_equal(ana_errors_check(&mdc, &log_), ALG_ERR_ARG);
	assert_int_equal(last_id, 820);
	ana_errors_init(&mdc);
	strcpy(mdc.source, "Walton 2011");
	assert_int_equal(ana_errors_check(&mdc, &log_), ALG_ERR_ARG);
}

static void load(struct ana_visit *visit, struct ses_session *ses, const char *path)
{
	assert_int_equal(ses_session_amend(ses, NULL), 0);
	assert_int_equal(ana_visit_from_session(visit, ses, path, NULL, NULL), 0);
}

/* The five pairs of a change of means of 13.913 %, not 15.08 % (mean of percents) and not 14.79 %. */
static void percent_of_a_mean_is_of_the_means(void **state)
{
	static const double before[] = {200, 250, 180, 300, 220}, after[] = {240, 260, 230, 330, 250};
	struct ses_session ses[2];
	struct ana_visit visit[2];
	struct ana_compare c;

	(void)state;
	for (int s = 0; s < 2; s++) {
		help_session(&ses[s], s + 1, "", s ? "2026-03-30" : "2026-03-02");
		for (int i = 0; i < HELP_POINTS; i++) {
			ses[s].points[i].role = SES_ROLE_TARGET;
			help_press(&ses[s], i, s ? after[i] : before[i]);
		}
		load(&visit[s], &ses[s], "x.h5");
	}
	assert_int_equal(ana_compare_make(&c, &visit[0], &visit[1], NULL, NULL, NULL), 0);
	assert_int_equal(c.targets.n, 5);
	assert_close(c.targets.a_kpa, 230, 1e-9);
	assert_close(c.targets.b_kpa, 262, 1e-9);
	assert_close(c.targets.change.percent, 13.9130434783, 1e-9);
	assert_close(c.pair[0].change.percent, 20, 1e-9);
	assert_int_equal(c.targets.change.verdict, ANA_VERDICT_NONE); /* a point's MDC does not judge a mean */
	ana_compare_free(&c);
	for (int s = 0; s < 2; s++) {
		ana_visit_free(&visit[s]);
		ses_session_clear(&ses[s]);
	}
}

static void only_points_of_both_sessions_make_a_mean(void **state)
{
	struct ses_session ses[2];
	struct ana_visit visit[2];
	struct ana_compare c;

	(void)state;
	help_session(&ses[0], 1, "", "2026-03-02");
	help_session(&ses[1], 2, "", "2026-03-09");
	help_press(&ses[0], 0, 200);
	help_press(&ses[0], 1, 400);
	help_press(&ses[1], 0, 220);
	load(&visit[0], &ses[0], "a.h5");
	load(&visit[1], &ses[1], "b.h5");
	assert_int_equal(ana_compare_make(&c, &visit[0], &visit[1], NULL, NULL, NULL), 0);
	assert_int_equal(c.targets.n, 1);
	assert_int_equal(c.targets.n_left, 1);
	assert_close(c.targets.a_kpa, 200, 1e-9); /* not 300: the other point is not in the second session */
	assert_close(c.targets.change.kpa, 20, 1e-9);
	assert_int_equal(c.control.n, 0);
	assert_nan(c.control.a_kpa);
	ana_compare_free(&c);
	for (int s = 0; s < 2; s++) {
		ana_visit_free(&visit[s]);
		ses_session_clear(&ses[s]);
	}
}

static void a_moved_point_is_another_place(void **state)
{
	static const double kpa[] = {200, 200, 200, 200, 200};
	struct ses_session ses[2];
	struct ana_visit visit[2];
	struct ana_compare c;
	size_t moved = 0;

	(void)state;
	for (int s = 0; s < 2; s++) {
		help_session(&ses[s], s + 1, "", s ? "2026-03-30" : "2026-03-02");
		ses[s].points[0].series = s + 1;
		help_fill(&ses[s], kpa);
		load(&visit[s], &ses[s], "x.h5");
	}
	assert_int_equal(ana_compare_make(&c, &visit[0], &visit[1], NULL, NULL, NULL), 0);
	assert_int_equal(c.n_pairs, HELP_POINTS + 1);
	for (size_t i = 0; i < c.n_pairs; i++)
		if (c.pair[i].moved) {
			assert_int_equal(c.pair[i].change.kind, ANA_CHANGE_NONE);
			assert_true(!c.pair[i].a != !c.pair[i].b);
			moved++;
		}
	assert_int_equal(moved, 2);
	assert_int_equal(c.targets.n, 1);
	assert_int_equal(c.targets.n_left, 2);
	ana_compare_free(&c);
	for (int s = 0; s < 2; s++) {
		ana_visit_free(&visit[s]);
		ses_session_clear(&ses[s]);
	}
}

/* One difference at a time; text is what the message must name. */
static void unlike_is_refused_or_told(void **state)
{
	static const struct { const char *legend; bool refuse; const char *text; } row[] = {
		{"alike", false, NULL},
		{"participant", true, "P012"},
		{"tip area", true, "tip area 1 and 0.5 cm2"},
		{"tip of 11 mm for 1 cm2", true, "tip area 1 and 0.9503 cm2"},
		{"rate just outside the corridor", true, "target rate 30 and 36.1 kPa/s"},
		{"rate at the edge of the corridor", false, NULL},
		{"response mode", true, "verbal-peak"},
		{"repeat rule", true, "drop-first"},
		{"simulated", true, "simulated"},
		{"tip area not known", true, "tip area"},
		{"examiner", false, "examiner 'EX1' and 'EX2'"},
		{"gauge", false, "gauge serial number"},
		{"procedure version", false, "procedure version '1.0' and '1.1'"},
		{"not complete", false, "not complete"},
		{"the other way round", false, "before"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses[2];
		struct ana_visit visit[2];
		struct ana_compare c;

		print_message("%s\n", row[i].legend);
		help_session(&ses[0], 1, "", "2026-03-02");
		help_session(&ses[1], 2, "", "2026-03-09");
		help_press(&ses[0], 0, 200);
		help_press(&ses[1], 0, 220);
		struct ses_header *h = &ses[1].header;

		switch (i) {
		case 1: strcpy(h->participant, "P013"); break;
		case 2: h->tip_area_cm2 = 0.5; break;
		case 3: h->tip_area_cm2 = 0.9503; break;
		case 4: h->target_rate_kpa_s = 36.1; break;
		case 5: h->target_rate_kpa_s = 36; break;
		case 6: strcpy(h->response_mode, "verbal-peak"); break;
		case 7: strcpy(h->rule, "drop-first"); break;
		case 8: h->simulated = 0; break;
		case 9: h->tip_area_cm2 = NAN; break;
		case 10: strcpy(h->examiner, "EX2"); break;
		case 11: strcpy(h->device_serial, "9"); break;
		case 12: strcpy(h->procedure_version, "1.1"); break;
		case 13: h->complete = 0; break;
		case 14: h->started_unix_s -= 1e7; break;
		default: break;
		}
		load(&visit[0], &ses[0], "a.h5");
		load(&visit[1], &ses[1], "b.h5");
		last_id = 0;
		int rc = ana_compare_make(&c, &visit[0], &visit[1], NULL, NULL, &log_);

		assert_int_equal(rc, row[i].refuse ? ALG_ERR_ARG : 0);
		assert_int_equal(last_id, row[i].refuse ? 705 : 0);
		assert_int_equal(c.n_unlike, !row[i].text ? 0 : i == 7 ? 2 : 1); /* another rule is a warning besides */
		if (row[i].text)
			assert_non_null(strstr(row[i].refuse ? last_text : c.unlike[0].text, row[i].text));
		ana_compare_free(&c);
		assert_int_equal(ana_compare_make(&c, &visit[0], &visit[1], NULL, "the tip was lost", &log_), 0);
		ana_compare_free(&c);
		for (int s = 0; s < 2; s++) {
			ana_visit_free(&visit[s]);
			ses_session_clear(&ses[s]);
		}
	}
}

static void chance_is_counted(void **state)
{
	struct ana_error error = ana_error_from_mdc(57.1, 0.95);
	struct ana_tally tally = {0};
	char text[240];

	(void)state;
	for (int i = 0; i < 12; i++) {
		struct ana_change c = ana_change_of(200, false, i < 3 ? 270 : i < 4 ? 100 : 210, i == 11, &error);

		ana_tally_add(&tally, &c, NULL);
	}
	struct ana_change none = ana_change_of(200, false, 300, false, NULL);

	ana_tally_add(&tally, &none, NULL);
	ana_tally_text(text, sizeof(text), &tally);
	assert_string_equal(text, "3 of 12 points rose and 1 fell by more than measurement error; about 0.55 would by chance. 1 "
		"cannot be judged (ceiling).");
}

/* ---- the page ------------------------------------------------------------------------------------ */

static void make_page(const struct ana_errors *mdc, int from, int to, const char *golden)
{
	struct ses_session ses[4];
	struct ana_visit visit[2];
	struct ana_compare c;
	struct ana_text text = {0};

	help_course(ses);
	load(&visit[0], &ses[from], "a.h5");
	load(&visit[1], &ses[to], "b.h5");
	assert_int_equal(ana_compare_make(&c, &visit[0], &visit[1], mdc, NULL, NULL), 0);
	ana_compare_page(&text, &c);
	assert_true(ana_text_ok(&text));
	help_golden(golden, text.data);
	ana_text_free(&text);
	ana_compare_free(&c);
	ana_visit_free(&visit[0]);
	ana_visit_free(&visit[1]);
	for (int i = 0; i < 4; i++)
		ses_session_clear(&ses[i]);
}

static void the_page_is_as_agreed(void **state)
{
	struct ana_errors mdc;

	(void)state;
	ana_errors_init(&mdc);
	make_page(&mdc, 0, 3, "compare.txt");
	make_page(&mdc, 1, 2, "compare-prepost.txt");
	mdc.kpa = 57.1;
	strcpy(mdc.source, "Walton 2011, angle of upper trapezius, one week");
	make_page(&mdc, 0, 3, "compare-mdc.txt");
	ana_errors_init(&mdc);
	assert_int_equal(ana_errors_parse(&mdc, "UTRAP=57.1", NULL), 0);
	strcpy(mdc.source, "Walton 2011");
	make_page(&mdc, 0, 3, "compare-mdc-site.txt");
}

static void json_has_null_for_what_is_not_there(void **state)
{
	struct ses_session ses[4];
	struct ana_visit visit[2];
	struct ana_compare c;

	(void)state;
	help_course(ses);
	load(&visit[0], &ses[0], "a.h5");
	load(&visit[1], &ses[3], "b.h5");
	assert_int_equal(ana_compare_make(&c, &visit[0], &visit[1], NULL, NULL, NULL), 0);
	cJSON *json = ana_compare_json(&c), *points = cJSON_GetObjectItem(json, "points");

	assert_string_equal(cJSON_GetObjectItem(json, "algometer")->valuestring, "compare");
	assert_close(cJSON_GetObjectItem(json, "version")->valuedouble, 1, 0);
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(json, "simulated")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(json, "mdc")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(json, "beyond_error")));
	assert_int_equal(cJSON_GetArraySize(points), HELP_POINTS);
	cJSON *first = cJSON_GetArrayItem(points, 0), *skipped = cJSON_GetArrayItem(points, 3);

	assert_close(cJSON_GetObjectItem(first, "change_kpa")->valuedouble, 60, 1e-9);
	assert_close(cJSON_GetObjectItem(first, "change_percent")->valuedouble, 30, 1e-9);
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(first, "verdict")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(skipped, "change_kpa")));
	assert_string_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(skipped, "second"), "missing")->valuestring, "skipped");
	cJSON_Delete(json);
	ana_compare_free(&c);
	ana_visit_free(&visit[0]);
	ana_visit_free(&visit[1]);
	for (int i = 0; i < 4; i++)
		ses_session_clear(&ses[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_judged_by_the_mdc), cmocka_unit_test(bounds_are_rounded_to_stay_true),
		cmocka_unit_test(mdc_arguments_are_read_strictly), cmocka_unit_test(percent_of_a_mean_is_of_the_means),
		cmocka_unit_test(only_points_of_both_sessions_make_a_mean),
		cmocka_unit_test(a_moved_point_is_another_place), cmocka_unit_test(unlike_is_refused_or_told),
		cmocka_unit_test(chance_is_counted), cmocka_unit_test(the_page_is_as_agreed),
		cmocka_unit_test(json_has_null_for_what_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
