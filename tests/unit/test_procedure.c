/* SPDX-License-Identifier: GPL-3.0-or-later */
/* procedure: shipped plans, faults with their place, which points are measured in which order. */
#include "data/procedure.h"
#include "data/study.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <stdlib.h>
#include <string.h>

static struct ses_sites sites;

static int load(void **state)
{
	(void)state;
	return ses_study_sites(NULL, &sites, NULL);
}

static int unload(void **state)
{
	(void)state;
	ses_sites_free(&sites);
	return 0;
}

static void get(const char *id, struct ses_procedure *proc)
{
	assert_int_equal(ses_study_procedure(NULL, id, &sites, proc, NULL), 0);
}

static void shipped_procedures_say_what_they_do(void **state)
{
	static const struct {
		const char *id;
		double rate, area, ceiling;
		int rounds;
		enum ses_plan plan;
		bool participant, contralateral;
		int targets, control, sites;
	} row[] = {
		{"myofascial-quick", 30, 1.0, 1000, 3, SES_PLAN_ROUNDS, true, true, 2, 1, 0},
		{"upper-body", 30, 1.0, 1000, 3, SES_PLAN_ROUNDS, true, false, 0, 2, 0},
		{"acr1990", 98.0665, 1.0, 392.266, 1, SES_PLAN_ROUNDS, false, false, 0, 0, 18},
		{"dfns-ppt", 50, 0.9503, 1000, 3, SES_PLAN_POINT_BY_POINT, false, false, 0, 0, 6},
		{"hold-rating", 30, 1.0, 400, 2, SES_PLAN_ROUNDS, true, true, 0, 1, 0},
		{"threshold-tolerance", 30, 1.0, 1000, 2, SES_PLAN_ROUNDS, true, true, 0, 1, 0},
	};
	char ids[SES_STUDY_PROCEDURES_MAX][SES_PROCEDURE_ID_MAX];

	(void)state;
	assert_int_equal(ses_study_procedures(NULL, ids), sizeof(row) / sizeof(row[0])); /* none is forgotten here */
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_procedure p;

		print_message("%s\n", row[i].id);
		get(row[i].id, &p);
		assert_string_equal(p.id, row[i].id);
		assert_close(p.rate_kpa_s, row[i].rate, 0);
		assert_close(p.tip_area_cm2, row[i].area, 0);
		assert_close(p.ceiling_kpa, row[i].ceiling, 0);
		assert_int_equal(p.rounds, row[i].rounds);
		assert_int_equal(p.plan, row[i].plan);
		assert_int_equal(p.points_from_participant, row[i].participant);
		assert_int_equal(p.contralateral, row[i].contralateral);
		assert_int_equal(p.n_targets, row[i].targets);
		assert_int_equal(p.n_control, row[i].control);
		assert_int_equal(p.n_sites, row[i].sites);
		assert_int_equal(p.rule, SES_RULE_MEAN);
		assert_int_equal(p.response, SES_RESPONSE_BUTTON);
		assert_true(p.max_presses >= p.rounds && p.max_presses <= 5);
		assert_true(strlen(p.instruction) > 100 && strlen(p.source) > 50);
		assert_null(strchr(p.instruction, '\n'));
		assert_true(isnan(p.reject_rate));
		/* The cap lies above the ceiling's force, else it would end presses before the ceiling does. */
		assert_true(p.force_cap_n >= p.ceiling_kpa * p.tip_area_cm2 / 10);
		assert_int_equal(strlen(p.sha256), 64);
		assert_non_null(strstr(p.text, "algometer: procedure 1"));
		ses_procedure_free(&p);
	}
}

static void acr_lists_the_acr_sites(void **state)
{
	struct ses_procedure p;

	(void)state;
	get("acr1990", &p);
	for (int i = 0; i < p.n_sites; i++)
		assert_true(ses_site_in_set(ses_site_find(&sites, p.sites[i]), "ACR1990"));
	assert_close(p.ceiling_kpa, 4 * 98.0665, 1e-9);
	ses_procedure_free(&p);
}

/* 3.14159265/4 * 1.1 cm squared */
static void dfns_tip_is_eleven_millimetres(void **state)
{
	struct ses_procedure p;

	(void)state;
	get("dfns-ppt", &p);
	assert_close(p.tip_area_cm2, 3.14159265358979 / 4 * 1.1 * 1.1, 0.00005);
	ses_procedure_free(&p);
}

#define HEAD "algometer: procedure 1\nid: x\nversion: 1\nname: X\nrate_kpa_s: 30\nrounds: 3\nceiling_kpa: 1000\n" \
	"instruction: I press.\nsource: here\n" /* nine lines */
#define POINTS "points: {from: participant}\n"

static void faults_are_told_with_their_place(void **state)
{
	static const struct { const char *legend, *text, *says; } row[] = {
		{"comma", "algometer: procedure 1\nid: x\nversion: 1\nname: X\nrate_kpa_s: 30,5\n", "p:5:13: rate_kpa_s: '30,5'"},
		{"unit in the number", HEAD POINTS "interval_s: 20s\n", "p:11:13: interval_s: '20s'"},
		{"unknown key", HEAD POINTS "rounds_: 3\n", "p:11:1: unknown key 'rounds_'"},
		{"unknown key in points", HEAD "points:\n  from: participant\n  sides: 2\n", "p:12:3: unknown key 'sides'"},
		{"duplicate key", HEAD POINTS "rounds: 4\n", "p:11:1: key 'rounds' is there twice (first in line 6)"},
		{"no points", HEAD, "p:1:1: key 'points' is missing"},
		{"points is a word", HEAD "points: participant\n", "p:10:9: key 'from' is missing"},
		{"from where", HEAD "points: {from: here}\n", "p:10:16: from: 'here' is none of: list participant"},
		{"list without sites", HEAD "points: {from: list}\n", "p:10:9: sites: no site is listed"},
		{"unknown site", HEAD "points: {from: list, sites: [TA_R, TB_R]}\n", "p:10:36: sites: unknown site 'TB_R' (near: TA_"},
		{"far from any site", HEAD "points: {from: list, sites: [QWERTYUIOP]}\n", "p:10:30: sites: unknown site 'QWERTYUIOP' (see"},
		{"site twice", HEAD "points: {from: list, sites: [TA_R, TA_R]}\n", "p:10:36: sites: TA_R is there twice"},
		{"sites is no list", HEAD "points: {from: list, sites: TA_R}\n", "p:10:29: sites: a list is expected"},
		{"site and control", HEAD "points: {from: list, sites: [TA_R], control: [TA_R]}\n", "p:10:46: control: TA_R is among"},
		{"sites from participant", HEAD "points: {from: participant, sites: [TA_R]}\n", "p:10:29: unknown key 'sites'"},
		{"id with a slash", "algometer: procedure 1\nid: ../x\n", "p:2:5: id: '../x'"},
		{"more rounds than presses", HEAD POINTS "max_presses: 2\n", "p:11:14: max_presses: 2 is less than the 3"},
		{"six presses", HEAD POINTS "max_presses: 6\n", "p:11:14: max_presses: '6' is not a whole number from 1 to 5"},
		{"rule", HEAD POINTS "rule: average\n", "p:11:7: rule: 'average' is none of: mean drop-first"},
		{"plan", HEAD POINTS "plan: round\n", "p:11:7: plan: 'round' is none of: rounds point-by-point"},
		{"order", HEAD POINTS "order: random\n", "p:11:8: order: 'random'"},
		{"response", HEAD POINTS "response: gauge\n", "p:11:11: response: 'gauge'"},
		{"journal", HEAD POINTS "journal: yes\n", "p:11:10: journal: 'yes' is none of: false true"},
		{"tip in mm2", HEAD POINTS "tip_area_cm2: 100\n", "p:11:15: tip_area_cm2: 100 is not within 0.05 to 10"},
		{"reject", HEAD POINTS "reject_rate_percent: never\n", "p:11:22: reject_rate_percent: 'never'"},
		{"no instruction", "algometer: procedure 1\nid: x\nversion: 1\nname: X\nrate_kpa_s: 30\nrounds: 3\nceiling_kpa: 9e2\n" POINTS,
			"p:1:1: key 'instruction' is missing"},
		{"a study", "algometer: study 1\nid: x\n", "p:1:12: this is not a procedure file"},
		{"newer", "algometer: procedure 2\nid: x\n", "p:1:12: procedure format 2 is newer"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_procedure p;
		struct help_log log;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_true(ses_procedure_parse(&p, row[i].text, strlen(row[i].text), "p", &sites, &log.log) < 0);
		print_message("  %s\n", log.text);
		assert_int_equal(strncmp(log.text, row[i].says, strlen(row[i].says)), 0);
		assert_int_equal(log.log.exit_code, 1);
		ses_procedure_free(&p);
	}
}

static void defaults_and_options_are_read(void **state)
{
	static const char text[] = HEAD POINTS "reject_rate_percent: 50\norder: blocked-by-side\nrule: closest-two\n"
		"response: verbal-peak\njournal: false\ncorridor_percent: 10\n";
	struct ses_procedure p;

	(void)state;
	assert_int_equal(ses_procedure_parse(&p, text, sizeof(text) - 1, "p", &sites, NULL), 0);
	assert_close(p.reject_rate, 0.5, 1e-12);
	assert_close(p.corridor, 0.1, 1e-12);
	assert_int_equal(p.order, SES_ORDER_BLOCKED_SIDE);
	assert_int_equal(p.rule, SES_RULE_CLOSEST_TWO);
	assert_int_equal(p.response, SES_RESPONSE_PEAK);
	assert_false(p.journal);
	ses_procedure_free(&p);
	assert_int_equal(ses_procedure_parse(&p, HEAD POINTS, strlen(HEAD POINTS), "p", &sites, NULL), 0);
	assert_close(p.corridor, 0.2, 1e-12);
	assert_close(p.tip_area_cm2, 1, 0);
	assert_close(p.interval_s, 20, 0);
	assert_int_equal(p.max_presses, 5);
	assert_nan(p.force_cap_n);
	assert_true(p.journal);
	ses_procedure_free(&p);
}

/* ---- points: participants written as "UTRAP_R:t LEV_L:c ..." --------------------------------- */

static void make_own(const char *list, struct ses_points *own)
{
	char copy[400], *save = NULL;

	*own = (struct ses_points){NULL, 0};
	snprintf(copy, sizeof(copy), "%s", list);
	for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *colon = strchr(word, ':');
		struct ses_point point;

		*colon = '\0';
		ses_point_from_site(&point, ses_site_find(&sites, word),
			colon[1] == 't' ? SES_ROLE_TARGET : colon[1] == 'o' ? SES_ROLE_CONTRALATERAL : SES_ROLE_CONTROL);
		point.series = colon[2] ? colon[2] - '0' : 1;
		point.along_mm = 10.0 * point.series;
		assert_int_equal(ses_points_add(own, &point), 0);
	}
}

static void write_out(const struct ses_points *points, char *text, size_t cap)
{
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; i < points->n; i++)
		n += (size_t)snprintf(text + n, cap - n, "%s%s:%c%d", i ? " " : "", points->point[i].site_code,
			points->point[i].role == SES_ROLE_TARGET ? 't' : points->point[i].role == SES_ROLE_CONTRALATERAL ? 'o' : 'c',
			points->point[i].series);
}

static void points_come_in_order(void **state)
{
	static const struct { const char *legend, *id, *own, *want; int said; } row[] = {
		{"other sides are made", "myofascial-quick", "UTRAP_R:t LEV_R:t",
			"UTRAP_R:t1 UTRAP_L:o1 LEV_R:t1 LEV_L:o1 TA_R:c1", 0},
		{"own other side is used, not doubled", "myofascial-quick", "UTRAP_L:o UTRAP_R:t LEV_R:t",
			"UTRAP_R:t1 UTRAP_L:o1 LEV_R:t1 LEV_L:o1 TA_R:c1", 0},
		{"both sides are targets", "myofascial-quick", "UTRAP_R:t LEV_R:t UTRAP_L:t",
			"UTRAP_R:t1 UTRAP_L:t1 LEV_R:t1 LEV_L:o1 TA_R:c1", 555},
		{"own control replaces", "myofascial-quick", "FDI_R:c UTRAP_R:t LEV_R:t",
			"UTRAP_R:t1 UTRAP_L:o1 LEV_R:t1 LEV_L:o1 FDI_R:c1", 0},
		{"the control is a target", "myofascial-quick", "TA_R:t LEV_R:t",
			"TA_R:t1 TA_L:o1 LEV_R:t1 LEV_L:o1", 556},
		{"midline has no other side", "myofascial-quick", "STERN:t LEV_R:t",
			"STERN:t1 LEV_R:t1 LEV_L:o1 TA_R:c1", 0},
		{"one target is a warning", "myofascial-quick", "LEV_R:t", "LEV_R:t1 LEV_L:o1 TA_R:c1", 555},
		{"the newest series, in the old order", "upper-body", "UTRAP_R:t1 LEV_R:t1 UTRAP_R:t2",
			"UTRAP_R:t2 LEV_R:t1 TA_R:c1 FDI_R:c1", 0},
		{"the other side of a moved target", "myofascial-quick", "UTRAP_R:t1 LEV_R:t1 UTRAP_R:t2",
			"UTRAP_R:t2 UTRAP_L:o2 LEV_R:t1 LEV_L:o1 TA_R:c1", 0},
		{"twelve of the upper body", "upper-body",
			"UTRAP_R:t LEV_R:t ISP_R:t RHOM_R:t QL_R:t GMED_R:t UTRAP_L:o LEV_L:o RHOM_L:o QL_L:o TA_R:c FDI_R:c",
			"UTRAP_R:t1 UTRAP_L:o1 LEV_R:t1 LEV_L:o1 ISP_R:t1 RHOM_R:t1 RHOM_L:o1 QL_R:t1 QL_L:o1 GMED_R:t1 "
			"TA_R:c1 FDI_R:c1", 0},
		{"an other side without its target", "upper-body", "UTRAP_L:o LEV_R:t TA_R:c", "LEV_R:t1 UTRAP_L:o1 TA_R:c1", 0},
		{"no target", "upper-body", "TA_R:c", "", 554},
		{"nothing", "myofascial-quick", "", "", 554},
		{"a list asks nobody", "dfns-ppt", "UTRAP_R:t MASS_L:c2",
			"MASS_L:t1 MASS_R:t1 THEN_L:t1 THEN_R:t1 ABH_L:t1 ABH_R:t1", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_points own, out;
		struct ses_procedure p;
		struct help_log log;
		char text[400];

		print_message("%s\n", row[i].legend);
		help_log_start(&log);
		get(row[i].id, &p);
		make_own(row[i].own, &own);
		int rc = ses_procedure_points(&p, &sites, &own, &out, &log.log);

		write_out(&out, text, sizeof(text));
		print_message("  %s %s\n", text, log.text);
		assert_string_equal(text, row[i].want);
		assert_int_equal(log.id, row[i].said);
		assert_int_equal(rc, row[i].want[0] ? 0 : ALG_ERR_ARG);
		ses_points_free(&own);
		ses_points_free(&out);
		ses_procedure_free(&p);
	}
}

static void a_made_other_side_mirrors_its_target(void **state)
{
	struct ses_points own, out;
	struct ses_procedure p;

	(void)state;
	get("myofascial-quick", &p);
	make_own("UTRAP_R:t1 UTRAP_R:t2 LEV_R:t", &own);
	strcpy(own.point[1].posture, "prone");
	assert_int_equal(ses_procedure_points(&p, &sites, &own, &out, NULL), 0);
	assert_string_equal(out.point[1].site_code, "UTRAP_L");
	assert_string_equal(out.point[1].posture, "prone");
	assert_close(out.point[1].along_mm, 20, 0);
	assert_int_equal(out.point[1].side, SES_SIDE_LEFT);
	assert_string_equal(out.point[1].label, "Upper trapezius, midpoint (left)");
	assert_close(out.point[1].ceiling_kpa, 1000, 0);
	assert_close(out.point[0].x + out.point[1].x, 1, 1e-9);
	ses_points_free(&own);
	ses_points_free(&out);
	ses_procedure_free(&p);
}

/* By hand, 300 kPa at 30 kPa/s: 10 s + 2 s + 6 s a press. 3 rounds of 5: 15 x 18 s = 270 s, journal 60 s. */
static void expected_times(void **state)
{
	static const struct { const char *id; size_t n; double s; } row[] = {
		{"myofascial-quick", 5, 330},
		{"myofascial-quick", 1, 60 + 2 * 30 + 18},  /* the interval rules: 10 s + 20 s, twice, and the last press */
		{"myofascial-quick", 0, 60},
		{"upper-body", 12, 60 + 36 * 18},
		{"dfns-ppt", 6, 60 + 6 * (2 * 16 + 14)},    /* 6 s ramp; then 10 s interval */
		{"acr1990", 18, 60 + 18 * (300 / 98.0665 + 8)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_procedure p;

		print_message("%s, %zu points\n", row[i].id, row[i].n);
		get(row[i].id, &p);
		assert_close(ses_procedure_expected_s(&p, row[i].n), row[i].s, 1e-9);
		ses_procedure_free(&p);
	}
	assert_true(330 <= 6 * 60);
}

static void unknown_procedures_are_named(void **state)
{
	struct ses_procedure p;
	struct help_log log;

	(void)state;
	help_log_start(&log);
	assert_int_equal(ses_study_procedure(NULL, "acr1991", &sites, &p, &log.log), ALG_ERR_ARG);
	assert_string_equal(log.text, "unknown procedure 'acr1991' (known: acr1990 dfns-ppt hold-rating myofascial-quick threshold-tolerance upper-body)");
	assert_int_equal(log.log.exit_code, 2);
	assert_int_equal(ses_study_procedure(NULL, "..", &sites, &p, &log.log), ALG_ERR_ARG);
	help_log_start(&log);
	assert_int_equal(ses_study_procedure(NULL, "./absent.yaml", &sites, &p, &log.log), ALG_ERR_IO);
	assert_int_equal(log.log.exit_code, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_procedures_say_what_they_do), cmocka_unit_test(acr_lists_the_acr_sites),
		cmocka_unit_test(dfns_tip_is_eleven_millimetres), cmocka_unit_test(faults_are_told_with_their_place),
		cmocka_unit_test(defaults_and_options_are_read), cmocka_unit_test(points_come_in_order),
		cmocka_unit_test(a_made_other_side_mirrors_its_target), cmocka_unit_test(expected_times),
		cmocka_unit_test(unknown_procedures_are_named),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
