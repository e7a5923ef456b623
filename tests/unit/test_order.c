/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders of presses, the gate in front of every shown number, and the plan. */
#include "acq/gate.h"
#include "acq/order.h"
#include "acq/plan.h"
#include "base/status.h"
#include "data/orders.h"
#include "tests/unit/assert_close.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ses_point point[6] = {
	{.site_code = "A", .side = 'R', .posture = "sitting"}, {.site_code = "B", .side = 'L', .posture = "prone"},
	{.site_code = "C", .side = 'L', .posture = "sitting"}, {.site_code = "D", .side = 'R', .posture = "prone"},
	{.site_code = "E", .side = 'M', .posture = "sitting"}, {.site_code = "F", .side = 'R', .posture = "sitting"},
};
static const struct ses_points points = {.point = point, .n = 6};

/* "ACEFBD ..." */
static int max_changes = 1;

static const char *made(enum ses_plan plan, enum ses_order order, int rounds, uint32_t seed)
{
	static char text[64];
	struct ses_procedure proc = {.rounds = rounds, .plan = plan, .order = order, .max_posture_changes = max_changes};
	int list[32];

	assert_int_equal(acq_order_make(&proc, &points, seed, list, 32), 0);
	for (int i = 0; i < 6 * rounds; i++)
		text[i] = point[list[i]].site_code[0];
	text[6 * rounds] = '\0';
	return text;
}

static void fixed_orders(void **state)
{
	(void)state;
	assert_string_equal(made(SES_PLAN_ROUNDS, SES_ORDER_FIXED, 3, 1), "ACEFACEFACEF" "BDBDBD");
	max_changes = 3; /* rounds through all postures, there and back */
	assert_string_equal(made(SES_PLAN_ROUNDS, SES_ORDER_FIXED, 3, 1), "ACEFBD" "BDACEF" "ACEFBD");
	assert_string_equal(made(SES_PLAN_POINT_BY_POINT, SES_ORDER_FIXED, 2, 1), "AACCEEFFBBDD");
	assert_string_equal(made(SES_PLAN_ROUNDS, SES_ORDER_BLOCKED_SIDE, 2, 2), "AFCEDB" "DBAFCE");
	assert_string_equal(made(SES_PLAN_ROUNDS, SES_ORDER_BLOCKED_SIDE, 1, 3), "CAFEBD");
	max_changes = 1;
	assert_string_equal(made(SES_PLAN_ROUNDS, SES_ORDER_COUNTERBALANCED, 3, 0), "AFCE" "CAFE" "AFCE" "DB" "BD" "DB");
	assert_string_equal(made(SES_PLAN_ROUNDS, SES_ORDER_COUNTERBALANCED, 2, 1), "CAFE" "AFCE" "BD" "DB");
}

static void random_orders_stay_within_the_posture(void **state)
{
	char first[64];
	int differ = 0, seen[6] = {0};

	(void)state;
	strcpy(first, made(SES_PLAN_ROUNDS, SES_ORDER_RANDOM_POSTURE, 3, 7));
	assert_string_equal(first, made(SES_PLAN_ROUNDS, SES_ORDER_RANDOM_POSTURE, 3, 7));
	for (uint32_t seed = 0; seed < 600; seed++) {
		const char *text = made(SES_PLAN_ROUNDS, SES_ORDER_RANDOM_POSTURE, 1, seed);

		differ += strncmp(text, first, 6) != 0;
		assert_int_equal(strspn(text, "ACEF"), 4);
		assert_int_equal(strspn(text + 4, "BD"), 2);
		for (const char *c = "ABCDEF"; *c; c++)
			assert_non_null(strchr(text, *c));
		seen[text[0] - 'A']++;
	}
	assert_true(differ > 500);
	for (int i = 0; i < 6; i++) /* each of four is first in about 150 of 600 */
		assert_true(i == 1 || i == 3 ? seen[i] == 0 : seen[i] > 110 && seen[i] < 190);
}

/* The published first outputs of splitmix64 for seed 0, top 32 bits: E220A839, 6E789E6A. */
static void the_generator_is_the_documented_one(void **state)
{
	struct ses_point two[2] = {{.posture = "x"}, {.posture = "x"}};
	struct ses_points pair = {.point = two, .n = 2};
	struct ses_procedure proc = {.rounds = 2, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_RANDOM_POSTURE};
	int list[4];

	(void)state;
	/* E220A839 is odd: j = 1, stays 0 1; 6E789E6A is even: j = 0, swapped */
	assert_int_equal(acq_order_make(&proc, &pair, 0, list, 4), 0);
	assert_true(list[0] == 0 && list[1] == 1 && list[2] == 1 && list[3] == 0);
}

static void changes_of_posture_are_counted(void **state)
{
	struct ses_procedure proc = {.rounds = 3, .plan = SES_PLAN_ROUNDS, .max_posture_changes = 1};
	bool there_and_back;

	(void)state;
	assert_int_equal(ses_procedure_posture_changes(&proc, &points, &there_and_back), 1);
	assert_false(there_and_back);
	proc.max_posture_changes = 3;
	assert_int_equal(ses_procedure_posture_changes(&proc, &points, &there_and_back), 3);
	assert_true(there_and_back);
	proc.plan = SES_PLAN_POINT_BY_POINT;
	assert_int_equal(ses_procedure_posture_changes(&proc, &points, &there_and_back), 1);
	assert_int_equal(ses_procedure_posture_changes(&proc, &(struct ses_points){.point = point, .n = 1}, &there_and_back), 0);
}

static void familiarisation_is_no_part_of_the_order(void **state)
{
	struct ses_point with[3] = {point[0], point[2], {.site_code = "P", .side = 'R', .posture = "supine", .role = SES_ROLE_PRACTICE}};
	struct ses_points three = {.point = with, .n = 3};
	struct ses_procedure proc = {.rounds = 2, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_FIXED, .familiarisation = 2};
	struct acq_plan plan;
	bool there_and_back;
	int list[6];

	(void)state;
	assert_int_equal(ses_procedure_practice(&proc, &three), 2);
	assert_int_equal(ses_procedure_posture_changes(&proc, &three, &there_and_back), 0);
	assert_int_equal(acq_order_make(&proc, &three, 0, list, 6), 0);
	assert_true(list[0] == 0 && list[1] == 1 && list[2] == 0 && list[3] == 1);
	assert_int_equal(acq_plan_init(&plan, list, 4, 3, 5, 20, SES_KIND_THRESHOLD), 0);
	assert_true(acq_plan_familiarise(&plan, 2, 2));
	assert_int_equal(plan.n, 6);
	assert_true(plan.place[0].point == 2 && plan.place[1].point == 2 && plan.place[1].kind == SES_KIND_FAMILIARISATION);
	assert_true(plan.place[2].point == 0 && plan.place[2].kind == SES_KIND_THRESHOLD);
	acq_plan_free(&plan);
}

static void orders_that_do_not_fit(void **state)
{
	struct ses_procedure proc = {.rounds = 3, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_FIXED};
	struct ses_points none = {.point = NULL, .n = 0};
	int list[18];

	(void)state;
	assert_int_equal(acq_order_make(&proc, &points, 0, list, 17), ALG_ERR_ARG);
	assert_int_equal(acq_order_make(&proc, &points, 0, list, 18), 0);
	assert_int_equal(acq_order_make(&proc, &none, 0, list, 18), ALG_ERR_ARG);
	proc.rounds = 0;
	assert_int_equal(acq_order_make(&proc, &points, 0, list, 18), ALG_ERR_ARG);
}

/* The order that this table gives, "ABAB" and its line; what is wrong with it, or "". */
static const char *taken(const char *table, const char *code, int session)
{
	static char text[400];
	struct ses_point two[2] = {{.site_code = "AAA_R"}, {.site_code = "BBB_L"}};
	struct ses_points both = {.point = two, .n = 2};
	struct ses_site known[3] = {{.code = "AAA_R"}, {.code = "BBB_L"}, {.code = "CCC_L"}};
	struct ses_sites all = {0};
	struct ses_procedure proc = {.rounds = 2, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_FILE};
	struct alg_log quiet = {.level = ALG_LEVEL_ERROR};
	char path[] = "/tmp/alg-orders.XXXXXX", source[200];
	int order[4], fd = mkstemp(path);
	size_t n = 0;

	all.site = known;
	all.n = 3;
	assert_true(fd >= 0);
	assert_int_equal(dprintf(fd, "participant\tsession\tsites\n%s", table), 26 + (int)strlen(table));
	close(fd);
	int rc = ses_orders_take(path, code, session, &proc, &all, &both, order, 4, &n, source, sizeof(source), &quiet);

	unlink(path);
	if (rc)
		return "refused";
	snprintf(text, sizeof(text), "%zu ", n);
	for (size_t i = 0; i < n; i++)
		strcat(text, order[i] ? "B" : "A");
	return strcat(text, strrchr(source, ' '));
}

static void orders_from_a_table(void **state)
{
	static const char fits[] = "*\t*\tAAA_R;BBB_L\n" "*\t2\tBBB_L;AAA_R\n" "P012\t*\tAAA_R;BBB_L;BBB_L;AAA_R\n"
				   "P012\t3\tBBB_L;BBB_L;AAA_R;AAA_R\n";
	static const char *const wrong[] = {
		"P012\t03\tAAA_R;BBB_L\n", "P012\t+3\tAAA_R;BBB_L\n", "P012\t0\tAAA_R;BBB_L\n", "P012\tx\tAAA_R;BBB_L\n",
		"P012\t1\tAAA_R;BBB_L\nP012\t1\tAAA_R;BBB_L\n", "*\t*\tAAA_R;BBB_L;AAA_R\n", "*\t*\tAAA_R\n", "*\t*\tAAA_R;CCC_L\n",
		"*\t*\tAAA_R;DDD_R\n", "*\t*\tAAA_R;;BBB_L\n", "*\t*\tAAA_R;AAA_R;AAA_R;BBB_L;BBB_L;BBB_L\n", "*\t*\tAAA_R;BBB_L;CCC_L\n",
		"P013\t*\tAAA_R;BBB_L\n", "P012\t2\tAAA_R;BBB_L\n", "",
		"*\t*\tAAA_R;BBB_L\nP099\t*\tnonsense\n", /* a line that is for another one */
	};

	(void)state;
	assert_string_equal(taken(fits, "P013", 1), "4 ABAB 2");
	assert_string_equal(taken(fits, "P013", 2), "4 BABA 3");
	assert_string_equal(taken(fits, "P012", 1), "4 ABBA 4");
	assert_string_equal(taken(fits, "P012", 2), "4 ABBA 4"); /* the own line, before everybody's second session */
	assert_string_equal(taken(fits, "P012", 3), "4 BBAA 5");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (strcmp(taken(wrong[i], "P012", 1), "refused") != 0)
			fail_msg("taken: %s", wrong[i]);
}

static void the_gate_hides_every_number(void **state)
{
	double table[2] = {200, NAN};
	unsigned char status[2] = {SES_ACCEPTED, 0};
	struct acq_view view = {.phase = ACQ_RAMP, .point = 1, .round = 2, .press_of_point = 3, .done = 4, .planned = 9,
		.force_n = 12, .pressure_kpa = 120, .rate_kpa_s = 29, .ceiling_kpa = 600, .target_rate_kpa_s = 30,
		.cue = ACQ_CUE_GOOD, .wait_s = 5, .settle_s = 1, .paused = true, .lost = true, .alarms = 3,
		.last_status = SES_CENSORED, .last_reason = SES_REASON_CEILING, .last_ppt_kpa = 211,
		.last_rate_kpa_s = 31, .last_point = 1, .table = table, .table_status = status, .table_columns = 2};
	struct acq_gate gate = {.blinded = true};
	struct acq_shown shown;

	(void)state;
	acq_gate_show(&gate, &view, &shown);
	assert_false(acq_gate_may_tell(&gate));
	assert_true(shown.blinded);
	assert_nan(shown.force_n);
	assert_nan(shown.pressure_kpa);
	assert_nan(shown.rate_kpa_s);
	assert_nan(shown.last_ppt_kpa);
	assert_nan(shown.last_rate_kpa_s);
	assert_null(shown.table);
	assert_null(shown.table_status);
	assert_int_equal(shown.table_columns, 0);
	/* what the hand needs stays */
	assert_int_equal(shown.phase, ACQ_RAMP);
	assert_int_equal(shown.cue, ACQ_CUE_GOOD);
	assert_int_equal(shown.alarms, 3);
	assert_int_equal(shown.last_status, SES_CENSORED);
	assert_true(shown.point == 1 && shown.round == 2 && shown.press_of_point == 3 && shown.done == 4);
	assert_true(shown.planned == 9 && shown.paused && shown.lost && shown.last_point == 1);
	assert_nan(shown.target_rate_kpa_s);
	assert_nan(shown.ceiling_kpa);
	assert_close(shown.wait_s, 5, 0);

	gate.blinded = false;
	acq_gate_show(&gate, &view, &shown);
	assert_true(acq_gate_may_tell(&gate));
	assert_close(shown.force_n, 12, 0);
	assert_close(shown.pressure_kpa, 120, 0);
	assert_close(shown.rate_kpa_s, 29, 0);
	assert_close(shown.last_ppt_kpa, 211, 0);
	assert_close(shown.last_rate_kpa_s, 31, 0);
	assert_close(shown.target_rate_kpa_s, 30, 0);
	assert_close(shown.ceiling_kpa, 600, 0);
	assert_ptr_equal(shown.table, table);
	assert_ptr_equal(shown.table_status, status);
	assert_int_equal(shown.table_columns, 2);
}

static void the_plan(void **state)
{
	static const int order[] = {0, 1, 0, 1}, wrong[] = {0, 2};
	struct acq_plan plan;

	(void)state;
	assert_int_equal(acq_plan_init(&plan, wrong, 2, 2, 5, 20, SES_KIND_THRESHOLD), ALG_ERR_ARG);
	assert_int_equal(acq_plan_init(&plan, order, 0, 2, 5, 20, SES_KIND_THRESHOLD), ALG_ERR_ARG);
	assert_int_equal(acq_plan_init(&plan, order, 4, 2, 0, 20, SES_KIND_THRESHOLD), ALG_ERR_ARG);
	assert_int_equal(acq_plan_init(&plan, order, 4, 2, 5, NAN, SES_KIND_THRESHOLD), ALG_ERR_ARG);
	assert_int_equal(acq_plan_init(&plan, order, 4, 2, 2, 20, SES_KIND_THRESHOLD), 0);
	assert_int_equal(plan.place[2].round, 2);
	assert_true(acq_plan_ready_ns(&plan, 0) == INT64_MIN);
	plan.point[0].last_release_ns = 1000;
	assert_true(acq_plan_ready_ns(&plan, 0) == 1000 + INT64_C(20000000000));
	acq_plan_restart_intervals(&plan, 5000);
	assert_true(plan.point[0].last_release_ns == 5000 && plan.point[1].last_release_ns == INT64_MIN);
	plan.place[0].state = ACQ_PLACE_DONE;
	assert_int_equal(acq_plan_next(&plan), 1);
	assert_true(acq_plan_insert(&plan, 1, 0, 1, SES_KIND_THRESHOLD));
	assert_int_equal(plan.place[1].point, 0);
	assert_int_equal(plan.place[2].point, 1);
	assert_int_equal(plan.n, 5);
	plan.point[0].made = 2;
	assert_false(acq_plan_insert(&plan, 1, 0, 1, SES_KIND_THRESHOLD));
	assert_int_equal(acq_plan_done(&plan), 1);
	acq_plan_free(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixed_orders), cmocka_unit_test(random_orders_stay_within_the_posture),
		cmocka_unit_test(the_generator_is_the_documented_one), cmocka_unit_test(changes_of_posture_are_counted), cmocka_unit_test(familiarisation_is_no_part_of_the_order),
		cmocka_unit_test(orders_that_do_not_fit), cmocka_unit_test(orders_from_a_table),
		cmocka_unit_test(the_gate_hides_every_number), cmocka_unit_test(the_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
