/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session as numbers: values by the rule, what was left out and why, sides, means. */
#include "analysis/pages.h"

#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"
#include "tests/unit/help_golden.h"

#include <locale.h>
#include <string.h>

static void load(struct ana_visit *visit, const struct ses_session *ses, enum ses_rule rule)
{
	struct ana_options options = {.rule = rule};

	assert_int_equal(ana_visit_from_session(visit, ses, "x.h5", &options, NULL), 0);
}

/* Presses 260 200 230 (with a rejected one before the last), by each rule. */
static void value_is_by_the_rule(void **state)
{
	static const struct { enum ses_rule rule; double kpa; const char *used; } row[] = {
		{0, 230, "110 1"},                     /* mean: the session's own */
		{SES_RULE_DROP_FIRST, 215, "010 1"},
		{SES_RULE_MEDIAN, 230, "110 1"},
		{SES_RULE_CLOSEST_TWO, 245, "100 1"},  /* 260 and 230; 200 and 230 is a tie and comes later */
	};
	struct ses_session ses;

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	help_press(&ses, 0, 260);
	help_press(&ses, 0, 200);
	help_press_ended(&ses, 0, SES_REJECTED, SES_REASON_RATE, 300);
	help_press_ended(&ses, 0, SES_REJECTED, SES_REASON_RATE, 900);
	help_press(&ses, 0, 230);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ana_visit visit;

		print_message("rule %d\n", row[i].rule);
		load(&visit, &ses, row[i].rule);
		const struct ana_point *p = &visit.point[0];

		assert_close(p->value_kpa, row[i].kpa, 1e-9);
		assert_false(p->bound);
		assert_int_equal(p->n_press, 5);
		assert_int_equal(p->n_rejected, 2);
		assert_int_equal(p->press[0].used, row[i].used[0] == '1');
		assert_int_equal(p->press[1].used, row[i].used[1] == '1');
		assert_false(p->press[2].used);
		assert_true(p->press[4].used);
		assert_close(p->min_kpa, 200, 0);
		assert_close(p->max_kpa, 260, 0);
		assert_close(p->sd_kpa, 30, 1e-9);
		assert_int_equal(visit.day, 20514); /* 2026-03-02 */
		ana_visit_free(&visit);
	}
	ses_session_clear(&ses);
}

/* Presses 500, 560, more than 600: mean "> 553.3", median 560. */
static void the_ceiling_makes_a_bound(void **state)
{
	struct ses_session ses;
	struct ana_visit visit;

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	help_press(&ses, 4, 500);
	help_press(&ses, 4, 560);
	help_press_ended(&ses, 4, SES_CENSORED, SES_REASON_CEILING, 600);
	load(&visit, &ses, 0);
	assert_close(visit.point[4].value_kpa, 553.3333333333, 1e-9);
	assert_true(visit.point[4].bound);
	assert_int_equal(visit.point[4].n_censored, 1);
	assert_close(visit.point[4].max_kpa, 560, 0); /* the ceiling is no measured value */
	struct ana_mean mean = ana_visit_mean(&visit, SES_ROLE_CONTROL);

	assert_true(mean.bound);
	ana_visit_free(&visit);
	load(&visit, &ses, SES_RULE_MEDIAN);
	assert_close(visit.point[4].value_kpa, 560, 0);
	assert_false(visit.point[4].bound);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

static void what_is_missing_says_why(void **state)
{
	struct ses_session ses;
	struct ana_visit visit;

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	help_press_ended(&ses, 0, SES_MISSING, SES_REASON_SKIPPED, NAN);
	help_press_ended(&ses, 1, SES_REJECTED, SES_REASON_STUCK, 211);
	load(&visit, &ses, 0);
	assert_nan(visit.point[0].value_kpa);
	assert_int_equal(visit.point[0].reason, SES_REASON_SKIPPED);
	assert_nan(visit.point[1].value_kpa);
	assert_int_equal(visit.point[1].reason, SES_REASON_STUCK);
	struct ana_mean mean = ana_visit_mean(&visit, SES_ROLE_TARGET);

	assert_int_equal(mean.n, 0);
	assert_int_equal(mean.n_missing, 2);
	assert_nan(mean.kpa);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

/* Left (affected) 140, right 200: difference -60, ratio 0.70, the other way round 1.43. */
static void side_ratio_is_affected_over_other(void **state)
{
	static const struct { const char *legend; double l, r; int end_l, end_r; double ratio; char sign; } row[] = {
		{"both measured", 140, 200, SES_ACCEPTED, SES_ACCEPTED, 0.7, '='},
		{"affected at its ceiling", 140, 200, SES_CENSORED, SES_ACCEPTED, 0.7, '>'},
		{"other at its ceiling", 140, 200, SES_ACCEPTED, SES_CENSORED, 0.7, '<'},
		{"both at their ceiling", 140, 200, SES_CENSORED, SES_CENSORED, NAN, '?'},
		{"other missing", 140, 200, SES_ACCEPTED, SES_MISSING, NAN, '='},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses;
		struct ana_visit visit;

		print_message("%s\n", row[i].legend);
		help_session(&ses, 1, "", "2026-03-02");
		help_press_ended(&ses, 0, row[i].end_l, SES_REASON_NONE, row[i].l);
		help_press_ended(&ses, 2, row[i].end_r, SES_REASON_NONE, row[i].r);
		load(&visit, &ses, 0);
		struct ana_side side = ana_visit_side(&visit, &visit.point[0]);

		assert_ptr_equal(side.other, &visit.point[2]);
		assert_int_equal(side.sign, row[i].sign);
		if (isnan(row[i].ratio)) {
			assert_nan(side.ratio);
		} else {
			assert_close(side.ratio, row[i].ratio, 1e-12);
			assert_close(side.difference_kpa, -60, 1e-12);
		}
		ana_visit_free(&visit);
		ses_session_clear(&ses);
	}
}

/* With both sides as targets neither is "the other": there is no side ratio. */
static void two_targets_have_no_other_side(void **state)
{
	struct ses_session ses;
	struct ana_visit visit;

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	ses.points[2].role = SES_ROLE_TARGET;
	help_press(&ses, 0, 140);
	help_press(&ses, 2, 200);
	load(&visit, &ses, 0);
	assert_null(ana_visit_side(&visit, &visit.point[0]).other);
	assert_nan(ana_visit_side(&visit, &visit.point[0]).ratio);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

/* An amended site takes the press to the other point; a place the file does not list gets a row. */
static void a_press_goes_where_its_row_says(void **state)
{
	struct ses_session ses;
	struct ana_visit visit;

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	help_press(&ses, 0, 200);
	help_press(&ses, 0, 300);
	help_press(&ses, 0, 400);
	strcpy(ses.trials[1].site_code, "UTRAP_R");
	strcpy(ses.trials[1].side, "R");
	strcpy(ses.trials[2].site_code, "ELSE_R");
	strcpy(ses.trials[2].side, "R");
	load(&visit, &ses, 0);
	assert_close(visit.point[0].value_kpa, 200, 0);
	assert_close(visit.point[2].value_kpa, 300, 0);
	assert_int_equal(visit.n_points, HELP_POINTS + 1);
	assert_string_equal(visit.point[HELP_POINTS].point.site_code, "ELSE_R");
	assert_close(visit.point[HELP_POINTS].value_kpa, 400, 0);
	assert_int_equal(visit.point[HELP_POINTS].point.role, 0);
	assert_null(ana_visit_point(&visit, "UTRAP_L", 'L', 2));
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

static void rate_compliance_is_of_accepted_presses(void **state)
{
	struct ses_session ses;
	struct ana_visit visit;

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	help_press(&ses, 0, 200);
	help_press(&ses, 0, 200);
	help_press_ended(&ses, 0, SES_REJECTED, SES_REASON_RATE, 200);
	ses.trials[1].rate_kpa_s = 41;
	ses.trials[1].corridor_share = 0.3;
	ses.trials[2].rate_kpa_s = 90;
	load(&visit, &ses, 0);
	assert_int_equal(visit.rate.n, 2);
	assert_close(visit.rate.mean_kpa_s, 36, 1e-12);
	assert_close(visit.rate.share_in, 0.6, 1e-12);
	assert_int_equal(visit.rate.n_off, 1);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

static int last_id;

static void remember(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	print_message("%s\n", text);
	last_id = id;
}

static void what_cannot_be_used_is_refused(void **state)
{
	static const struct { const char *legend; int id; } row[] = {
		{"blinded", 701}, {"visit day", 702}, {"repeat rule", 703}, {"accepted without a threshold", 704},
		{"unknown status", 704}, {"censored without a ceiling", 704},
	};
	struct alg_log log = {.sink = remember, .level = ALG_LEVEL_NOTE};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses;
		struct ana_visit visit;

		print_message("%s\n", row[i].legend);
		help_session(&ses, 1, "", "2026-03-02");
		help_press(&ses, 0, 200);
		if (i == 0)
			ses.header.blinded = 1;
		else if (i == 1)
			strcpy(ses.header.visit_day, "2026-02-30");
		else if (i == 2)
			strcpy(ses.header.rule, "best");
		else if (i == 3)
			ses.trials[0].ppt_kpa = NAN;
		else if (i == 4)
			ses.trials[0].status = 9;
		else {
			ses.trials[0].status = SES_CENSORED;
			ses.trials[0].ceiling_kpa = NAN;
		}
		last_id = 0;
		assert_true(ana_visit_from_session(&visit, &ses, "x.h5", NULL, &log) < 0);
		assert_int_equal(last_id, row[i].id);
		ana_visit_free(&visit);
		ses_session_clear(&ses);
	}
}

static void sessions_have_names(void **state)
{
	static const struct { int number; const char *acq; int run; const char *name; bool post; } row[] = {
		{1, "", 1, "1", false}, {3, "pre", 1, "3 pre", false}, {3, "post", 2, "3 post run 2", true}};
	char name[48];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ana_visit visit = {.header = {.session = row[i].number, .run = row[i].run}};

		strcpy(visit.header.acq, row[i].acq);
		ana_visit_name(&visit, name, sizeof(name));
		assert_string_equal(name, row[i].name);
		assert_int_equal(ana_visit_is_post(&visit), row[i].post);
	}
}

/* The page of the last session of the course: rejected, flagged, missing, at the ceiling, amended. */
static void the_page_is_as_agreed(void **state)
{
	struct ses_session ses[4];
	struct ana_visit visit;
	struct ana_text text = {0};
	struct ana_options original = {.original = true};

	(void)state;
	help_course(ses);
	assert_int_equal(ana_visit_from_session(&visit, &ses[3], "x.h5", &original, NULL), 0);
	assert_true(visit.original);
	assert_int_equal(visit.point[0].n_rejected, 0);
	ana_session_page(&text, &ses[3], &visit);
	assert_non_null(strstr(text.data, "amendments NOT applied"));
	ana_text_free(&text);
	ana_visit_free(&visit);
	assert_int_equal(ses_session_amend(&ses[3], NULL), 0);
	load(&visit, &ses[3], 0);
	memcpy(ses[3].header.seal, "0123456789", 10); /* the digest is another room's business */
	ana_session_page(&text, &ses[3], &visit);
	assert_true(ana_text_ok(&text));
	help_golden("show.txt", text.data);
	ana_text_free(&text);
	ana_visit_free(&visit);
	for (int i = 0; i < 4; i++)
		ses_session_clear(&ses[i]);
}

/* Labels from a file cannot reach the terminal as commands, and cannot break the columns. */
static void hostile_labels_are_harmless(void **state)
{
	struct ses_session ses;
	struct ana_visit visit;
	struct ana_text text = {0};

	(void)state;
	help_session(&ses, 1, "", "2026-03-02");
	help_press(&ses, 0, 200);
	strcpy(ses.points[0].label, "\x1B[2J\x1B]0;x\x07\nrm \xC2\x9B" "31m \xE2\x80\xAE left \xFF");
	strcpy(ses.points[1].label, "\xE6\x96\x9C\xE6\x96\xB9\xE8\x82\x8C e\xCC\x81");
	strcpy(ses.header.examiner, "a\x1B[31mb");
	load(&visit, &ses, 0);
	ana_session_page(&text, &ses, &visit);
	for (const char *p = text.data; *p; p++)
		assert_true((unsigned char)*p >= 0x20 || *p == '\n');
	assert_null(strstr(text.data, "\xC2\x9B"));
	assert_null(strstr(text.data, "\xE2\x80\xAE"));
	assert_non_null(strstr(text.data, "a\\x1B[31mb"));
	cJSON *json = ana_session_json(&ses, &visit, true);
	char *printed = cJSON_PrintUnformatted(json), *cursor;

	assert_non_null(printed);
	for (cursor = printed; *cursor; cursor++)
		assert_true((unsigned char)*cursor >= 0x20);
	cJSON_free(printed);
	cJSON_Delete(json);
	ana_text_free(&text);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
}

static void columns_stand_under_each_other(void **state)
{
	struct ana_grid grid;
	struct ana_text text = {0};

	(void)state;
	setlocale(LC_CTYPE, "C.UTF-8");
	ana_grid_start(&grid, "lr");
	ana_grid_cell(&grid, "scapul\xC3\xA6");
	ana_grid_cell(&grid, "1");
	ana_grid_cell(&grid, "\xE6\x96\x9C"); /* two columns wide */
	ana_grid_cell(&grid, "22");
	ana_grid_cell(&grid, "e\xCC\x81"); /* a combining accent */
	ana_grid_cell(&grid, "333");
	ana_grid_print(&grid, &text);
	assert_string_equal(text.data, "  scapul\xC3\xA6    1\n  \xE6\x96\x9C        22\n  e\xCC\x81        333\n");
	ana_text_free(&text);
	ana_grid_start(&grid, "lr");
	ana_grid_cell(&grid, "Quadratus lumborum, the lower of the two points, right behind the iliac crest (right)");
	ana_grid_cell(&grid, "212");
	ana_grid_print(&grid, &text);
	assert_int_equal(ana_text_width(text.data), ANA_TEXT_WIDTH + 1); /* and the line end */
	assert_non_null(strstr(text.data, "\xE2\x80\xA6 (right)  212\n"));
	ana_text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(value_is_by_the_rule), cmocka_unit_test(the_ceiling_makes_a_bound),
		cmocka_unit_test(what_is_missing_says_why), cmocka_unit_test(side_ratio_is_affected_over_other),
		cmocka_unit_test(two_targets_have_no_other_side),
		cmocka_unit_test(a_press_goes_where_its_row_says),
		cmocka_unit_test(rate_compliance_is_of_accepted_presses),
		cmocka_unit_test(what_cannot_be_used_is_refused), cmocka_unit_test(sessions_have_names),
		cmocka_unit_test(the_page_is_as_agreed), cmocka_unit_test(hostile_labels_are_harmless),
		cmocka_unit_test(columns_stand_under_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
