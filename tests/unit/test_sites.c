/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sites: the shipped body map, other sides, sets, a study's own sites, near misses. */
#include "data/site.h"
#include "data/study.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void every_row_is_sound(void **state)
{
	(void)state;
	assert_int_equal(sites.n, 165);
	for (size_t i = 0; i < sites.n; i++) {
		const struct ses_site *s = &sites.site[i];

		print_message("%s\n", s->code);
		assert_true(s->x >= 0 && s->x <= 1 && s->y >= 0.02 && s->y <= 0.98);
		assert_true(s->ceiling_kpa >= 300 && s->ceiling_kpa <= 1000);
		assert_true(s->label[0] && s->muscle[0] && s->landmark[0] && s->source[0] && s->sets[0]);
		assert_ptr_equal(ses_site_find(&sites, s->code), s);
	}
	assert_null(ses_site_find(&sites, "UTRAP"));
	assert_null(ses_site_find(&sites, "utrap_r"));
}

/* The two sides mirror each other, and each lies on its own side of the picture. */
static void sides_are_mirror_images(void **state)
{
	int paired = 0;

	(void)state;
	for (size_t i = 0; i < sites.n; i++) {
		const struct ses_site *s = &sites.site[i], *o = ses_site_other_side(&sites, s);

		print_message("%s\n", s->code);
		if (s->side == SES_SIDE_MIDLINE) {
			assert_null(o);
			assert_close(s->x, 0.5, 0);
			continue;
		}
		paired++;
		assert_non_null(o);
		assert_ptr_equal(ses_site_other_side(&sites, o), s);
		assert_int_not_equal(s->side, o->side);
		assert_close(s->x + o->x, 1, 1e-9);
		assert_close(s->y, o->y, 0);
		assert_close(s->ceiling_kpa, o->ceiling_kpa, 0);
		assert_string_equal(s->landmark, o->landmark);
		assert_string_equal(s->sets, o->sets);
		assert_string_equal(s->posture, o->posture);
		if (strcmp(s->view, "anterior") == 0) /* the person's right is on the picture's left */
			assert_int_equal(s->x < 0.5, s->side == SES_SIDE_RIGHT);
		if (strcmp(s->view, "posterior") == 0)
			assert_int_equal(s->x > 0.5, s->side == SES_SIDE_RIGHT);
	}
	assert_int_equal(paired, 164);
	assert_null(ses_site_other_side(&sites, NULL));
}

/* Low ceilings where there are vessels, nerves or a joint beneath. */
static void delicate_places_have_low_ceilings(void **state)
{
	static const struct { const char *code; double kpa; } row[] = {
		{"SCM_L", 300}, {"SCAL_R", 300}, {"TMJ_L", 300}, {"LOWC_R", 400}, {"NMED_L", 400}, {"NRAD_R", 400},
		{"NULN_L", 500}, {"FORE_R", 600}, {"MASS_L", 600}, {"TEMPA_R", 600}, {"STERN", 600}, {"CTUN_L", 700},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_close(ses_site_find(&sites, row[i].code)->ceiling_kpa, row[i].kpa, 0);
	assert_non_null(strstr(ses_site_find(&sites, "SCM_R")->caution, "carotid"));
}

/* ACR 1990 (Wolfe): 9 pairs; none may be capped below the 4 kgf/cm2 that the count needs. */
static void acr_has_eighteen(void **state)
{
	static const char *const pairs[] = {"OCC", "LOWC", "UTRAP", "SSP", "RIB2", "LEPI", "GLUT", "GTRO", "KNEE"};
	int n = 0;

	(void)state;
	for (size_t i = 0; i < sites.n; i++) {
		if (!ses_site_in_set(&sites.site[i], "ACR1990"))
			continue;
		n++;
		assert_true(sites.site[i].ceiling_kpa > 392.266);
	}
	assert_int_equal(n, 18);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		for (int side = 0; side < 2; side++) {
			char code[16];

			snprintf(code, sizeof(code), "%s_%c", pairs[i], "LR"[side]);
			assert_true(ses_site_in_set(ses_site_find(&sites, code), "ACR1990"));
		}
}

static void sets_are_whole_words(void **state)
{
	struct ses_site s = {.sets = "ACR1990;TRAVELL;KOA"};

	(void)state;
	assert_true(ses_site_in_set(&s, "ACR1990") && ses_site_in_set(&s, "TRAVELL") && ses_site_in_set(&s, "KOA"));
	assert_false(ses_site_in_set(&s, "ACR") || ses_site_in_set(&s, "1990") || ses_site_in_set(&s, "KOAX") ||
		ses_site_in_set(&s, ""));
}

static void near_misses_are_suggested(void **state)
{
	static const struct { const char *typed, *near; } row[] = {
		{"utrap_r", "UTRAP_R"}, {"UTRAP", "UTRAP_L, UTRAP_R"}, {"UTRPA_R", "UTRAP_R"}, {"MASSETER", "MASS"},
		{"RHOM", "RHOM_L, RHOM_R"}, {"STERNUM", "STERN"},
	};
	char near[80];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		ses_site_suggest(&sites, row[i].typed, near, sizeof(near));
		print_message("%s: %s\n", row[i].typed, near);
		assert_non_null(strstr(near, row[i].near));
	}
	assert_int_equal(ses_site_suggest(&sites, "QWERTYUIOP", near, sizeof(near)), 0);
	assert_string_equal(near, "");
	assert_int_equal(ses_site_suggest(&sites, "", near, sizeof(near)), 0);
}

#define HEAD "code\tlabel\tmuscle\tside\tview\tx\ty\tlandmark\tceiling_kpa\tposture\n"

static void own_sites_are_checked(void **state)
{
	static const struct { const char *legend, *text, *says; } row[] = {
		{"good", HEAD "MINE_L\tMine\tm\tL\tanterior\t0.6\t0.5\there\t300\tsitting\n", NULL},
		{"shipped already", HEAD "UTRAP_L\tMine\tm\tL\tanterior\t0.6\t0.5\there\t300\tsitting\n",
			":2: column 'code': UTRAP_L is there already"},
		{"slash in a code", HEAD "../X_L\tMine\tm\tL\tanterior\t0.6\t0.5\there\t300\tsitting\n", "column 'code': '../X_L'"},
		{"code too long", HEAD "ABCDEFGHIJKLMNOP\tMine\tm\tM\tanterior\t0.6\t0.5\there\t300\tsitting\n",
			"column 'code': is longer than 15 bytes"},
		{"side is a word", HEAD "MINE_L\tMine\tm\tleft\tanterior\t0.6\t0.5\there\t300\tsitting\n", "none of: L R M"},
		{"side does not fit", HEAD "MINE_L\tMine\tm\tR\tanterior\t0.6\t0.5\there\t300\tsitting\n", "does not fit code"},
		{"midline with a side's code", HEAD "MINE_L\tMine\tm\tM\tanterior\t0.6\t0.5\there\t300\tsitting\n",
			"does not fit code"},
		{"no such view", HEAD "MINE_L\tMine\tm\tL\tfront\t0.6\t0.5\there\t300\tsitting\n", "column 'view'"},
		{"comma", HEAD "MINE_L\tMine\tm\tL\tanterior\t0,6\t0.5\there\t300\tsitting\n", "column 'x': '0,6'"},
		{"outside", HEAD "MINE_L\tMine\tm\tL\tanterior\t0.6\t1.5\there\t300\tsitting\n", "column 'y': 1.5"},
		{"ceiling in kg", HEAD "MINE_L\tMine\tm\tL\tanterior\t0.6\t0.5\there\t4\tsitting\n", "column 'ceiling_kpa': 4"},
		{"no landmark", HEAD "MINE_L\tMine\tm\tL\tanterior\t0.6\t0.5\t\t300\tsitting\n", "column 'landmark': is empty"},
		{"no ceiling column", "code\tlabel\n", "column 'muscle' is missing"},
	};
	char dir[] = "/tmp/alg-test-XXXXXX";
	struct ses_study study = {.id = "x"};
	char path[64];

	(void)state;
	assert_non_null(mkdtemp(dir));
	strcpy(study.dir, dir);
	snprintf(path, sizeof(path), "%s/sites.tsv", dir);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_sites both;
		struct help_log log;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_int_equal(alg_file_replace(path, row[i].text, strlen(row[i].text), 0600, NULL), 0);
		int rc = ses_study_sites(&study, &both, &log.log);

		print_message("  %s\n", log.text);
		if (row[i].says) {
			assert_int_equal(rc, ALG_ERR_DATA);
			assert_non_null(strstr(log.text, row[i].says));
			assert_null(both.site);
		} else {
			assert_int_equal(rc, 0);
			assert_int_equal(both.n, 166);
			assert_non_null(ses_site_find(&both, "MINE_L"));
			assert_null(ses_site_other_side(&both, ses_site_find(&both, "MINE_L")));
		}
		ses_sites_free(&both);
	}
	unlink(path);
	assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_sound), cmocka_unit_test(sides_are_mirror_images),
		cmocka_unit_test(delicate_places_have_low_ceilings), cmocka_unit_test(acr_has_eighteen),
		cmocka_unit_test(sets_are_whole_words), cmocka_unit_test(near_misses_are_suggested),
		cmocka_unit_test(own_sites_are_checked),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
