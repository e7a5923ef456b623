/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference values: which rows a table may have, which fit a measurement, where a value lies, how it is told. */
#include "analysis/norms.h"

#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"
#include "tests/unit/help_session.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "id\tsite\tpopulation\tsex\tage_from\tage_to\tn\tmean_kpa\tsd_kpa\tp25_kpa\tp50_kpa\tlog10_mean\tlog10_sd\t" \
	"rate_low_kpa_s\trate_high_kpa_s\ttip_cm2\tresponse\tsource\treference\n"
#define GOOD "A1\tUTRAP\thealthy\tF\t20\t60\t80\t300\t90\t220\t280\t2.6\t0.15\t25\t35\t1\tbutton\tA 2020\tyes\n"

static struct ses_site site[] = {{.code = "UTRAP_R"}, {.code = "UTRAP_L"}, {.code = "STERN"}, {.code = "LEV_R"}};
static const struct ses_sites sites = {site, 4};
static char dir[] = "/tmp/alg-test-XXXXXX", path[128];

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/norms.tsv", dir);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static int add_text(struct ses_norms *norms, const char *text, struct alg_log *log)
{
	assert_int_equal(alg_file_replace(path, text, strlen(text), 0600, NULL), 0);
	return ses_norms_add(norms, path, &sites, log);
}

/* ---- tables ----------------------------------------------------------------------------------------- */

static void a_row_is_read_as_it_stands(void **state)
{
	struct ses_norms norms = {NULL, 0};

	(void)state;
	assert_int_equal(add_text(&norms, HEADER GOOD
		"A2\tSTERN\tall\tB\t0\t120\t2\tn/a\tn/a\tn/a\t280\t\t\t30\t30\t0.5\t\tB\tyes\n"
		"A1\tSTERN\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tno\n", NULL), 0); /* no reference: passed over, whatever it lacks */
	assert_int_equal(norms.n, 2);
	const struct ses_norm *a = &norms.norm[0], *b = &norms.norm[1];

	assert_string_equal(a->id, "A1");
	assert_string_equal(a->table, "norms.tsv");
	assert_string_equal(a->population, "healthy");
	assert_int_equal(a->sex, 'F');
	assert_int_equal(a->age_from, 20);
	assert_int_equal(a->age_to, 60);
	assert_int_equal(a->n, 80);
	assert_close(a->mean_kpa, 300, 0);
	assert_close(a->sd_kpa, 90, 0);
	assert_nan(a->percentile_kpa[0]);
	assert_close(a->percentile_kpa[1], 220, 0);
	assert_close(a->log10_sd, 0.15, 0);
	assert_close(a->rate_high_kpa_s, 35, 0);
	assert_string_equal(a->response, "button");
	assert_nan(b->mean_kpa);
	assert_nan(b->log10_mean);
	assert_string_equal(b->response, "");
	ses_norms_free(&norms);
}

static void rows_that_lack_something_are_refused(void **state)
{
	static const struct { const char *legend, *row, *says; } row[] = {
		{"population", "A2\tUTRAP\t\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'population': is empty"},
		{"tip", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\tn/a\t\tA\tyes\n", "column 'tip_cm2': is empty"},
		{"rate", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t\t\t1\t\tA\tyes\n", "column 'rate_low_kpa_s': is empty"},
		{"rate, one end", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t\t1\t\tA\tyes\n", "column 'rate_high_kpa_s': is empty"},
		{"source", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\t\tyes\n", "column 'source': is empty"},
		{"n", "A2\tUTRAP\th\tF\t20\t60\t\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'n': is empty"},
		{"n of one", "A2\tUTRAP\th\tF\t20\t60\t1\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'n': '1' is not a whole number from 2"},
		{"age", "A2\tUTRAP\th\tF\t\t\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'age_mean': is empty"},
		{"age, backwards", "A2\tUTRAP\th\tF\t60\t20\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'age_to'"},
		{"sex", "A2\tUTRAP\th\tX\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'sex': 'X' is none of: F M B"},
		{"site", "A2\tXX\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'site': unknown site 'XX'"},
		{"half a site", "A2\tUTR\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "unknown site 'UTR'"},
		{"mean without SD", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'sd_kpa': is empty"},
		{"SD of log10 alone", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t0.2\t25\t35\t1\t\tA\tyes\n", "column 'log10_mean': is empty"},
		{"log10 SD of nothing", "A2\tUTRAP\th\tF\t20\t60\t80\t\t\t\t\t2.6\t0\t25\t35\t1\t\tA\tyes\n", "column 'log10_sd': 0 is not within"},
		{"percentiles fall", "A2\tUTRAP\th\tF\t20\t60\t80\t\t\t300\t200\t\t\t25\t35\t1\t\tA\tyes\n", "column 'p50_kpa': 200 is less than"},
		{"no value", "A2\tUTRAP\th\tF\t20\t60\t80\t\t\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "the row has no value"},
		{"response", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\tshout\tA\tyes\n", "column 'response': 'shout' is none of"},
		{"reference", "A2\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tperhaps\n", "column 'reference': 'perhaps' is neither"},
		{"id twice", "A1\tSTERN\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'id': A1 is there already"},
		{"id with blanks", "A 2\tSTERN\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", "column 'id': 'A 2'"},
		{"terminal escape", "A2\tSTERN\t\x1B[2J\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", ":3: control characters"},
		{"too long", "A2\tSTERN\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t1\t\t"
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\tyes\n", "column 'source': is longer"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_norms norms = {NULL, 0};
		struct help_log log;
		char text[2000];

		help_log_start(&log);
		snprintf(text, sizeof(text), "%s%s%s", HEADER, GOOD, row[i].row);
		assert_int_equal(add_text(&norms, text, &log.log), ALG_ERR_DATA);
		print_message("%s: %s\n", row[i].legend, log.text);
		assert_non_null(strstr(log.text, "norms.tsv:3: "));
		assert_non_null(strstr(log.text, row[i].says));
		ses_norms_free(&norms);
	}
}

static void wrong_headers_are_refused(void **state)
{
	static const char *const header[][2] = {
		{"id\tsite\tpopulation\tsex\tn\trate_low_kpa_s\trate_high_kpa_s\ttip_cm2\treference\n", "column 'source' is missing"},
		{"id\tsite\tpopulation\tsex\tn\trate_low_kpa_s\trate_high_kpa_s\ttip_cm2\tsource\treference\tnormal_from\n",
			"unknown column 'normal_from'"},
		{"id\tid\n", "column 'id' is there twice"},
		{"", "no line that names the columns"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++) {
		struct ses_norms norms = {NULL, 0};
		struct help_log log;

		help_log_start(&log);
		assert_int_equal(add_text(&norms, header[i][0], &log.log), ALG_ERR_DATA);
		print_message("%s\n", log.text);
		assert_non_null(strstr(log.text, header[i][1]));
		assert_int_equal(norms.n, 0);
		ses_norms_free(&norms);
	}
}

/* Thenar and masseter of one publication, men and women; nothing with log10, nothing of patients. */
static void the_shipped_table_is_what_it_says(void **state)
{
	static const struct { const char *id, *site; char sex; int n; double mean, sd; } row[] = {
		{"N05", "THEN", 'M', 55, 290.3, 91.3}, {"N06", "THEN", 'F', 75, 256.7, 94.8},
		{"N07", "MASS", 'M', 55, 178.5, 56.7}, {"N08", "MASS", 'F', 75, 156.6, 58.4}};
	struct ses_norms norms;

	(void)state;
	assert_int_equal(ses_norms_load(&norms, NULL, NULL), 0);
	assert_int_equal(norms.n, 4);
	for (size_t i = 0; i < norms.n; i++) {
		const struct ses_norm *n = &norms.norm[i];

		assert_string_equal(n->id, row[i].id);
		assert_string_equal(n->site, row[i].site);
		assert_int_equal(n->sex, row[i].sex);
		assert_int_equal(n->n, row[i].n);
		assert_close(n->mean_kpa, row[i].mean, 0);
		assert_close(n->sd_kpa, row[i].sd, 0);
		assert_nan(n->log10_mean);
		assert_nan(ses_norm_place_of(n, 250, false).z);
		assert_close(n->tip_cm2, 1, 0);
		assert_close(n->rate_low_kpa_s, 50, 0);
		assert_non_null(strstr(n->source, "10.1002/brb3.3485"));
	}
	ses_norms_free(&norms);
}

/* ---- finding ------------------------------------------------------------------------------------------ */

static void a_row_fits_or_says_why_not(void **state)
{
	static const struct ses_norm_query q0 = {"UTRAP_L", {'F', 30, 39}, 1, 30, 0.2, "button"};
	struct { const char *legend; struct ses_norm_query q; size_t n; const char *why; } row[] = {
		{"fits", q0, 1, ""}, {"place", q0, 0, "no table has this place"}, {"side", q0, 0, "no table has this place"},
		{"tip", q0, 0, "tip 0.5 cm2, the table's is 1 cm2"}, {"tip 5 % off", q0, 0, "tip 0.9503 cm2"},
		{"rate within the corridor", q0, 1, ""}, {"rate", q0, 0, "target rate 50 kPa/s, the table's is 25 to 35"},
		{"response", q0, 0, "response by verbal-peak, the table's is by button"},
		{"sex unknown", q0, 0, "sex not known: add a column sex (F or M) to participants.tsv"},
		{"another sex", q0, 0, "sex M, the table has F only"}, {"sex other", q0, 0, "sex O, the table has F only"},
		{"age unknown", q0, 0, "age not known: add a column age"}, {"too old", q0, 0, "age 61, the table's is 20 to 60"},
		{"band half outside", q0, 0, "age 55 to 64, the table's is 20 to 60"},
		{"mean and SD", q0, 1, ""}, {"two SD off", q0, 0, "age 47, the table's is 30 (SD 8): more than two SD away"},
		{"both sexes", q0, 1, ""}, {"one rate", q0, 0, "target rate 100 kPa/s, the table's is 30"},
	};
	struct ses_norms norms = {NULL, 0};

	(void)state;
	row[1].q.site_code = "UTRAPS_L";
	row[2].q.site_code = "LEV_L"; /* the row is for LEV_R */
	row[3].q.tip_cm2 = 0.5;
	row[4].q.tip_cm2 = 0.9503;
	row[5].q.rate_kpa_s = 40;
	row[6].q.rate_kpa_s = 50;
	row[7].q.response = "verbal-peak";
	row[8].q.person.sex = '\0';
	row[9].q.person.sex = 'M';
	row[10].q.person.sex = 'O';
	row[11].q.person.age_from = row[11].q.person.age_to = -1;
	row[12].q.person.age_from = row[12].q.person.age_to = 61;
	row[13].q.person.age_from = 55;
	row[13].q.person.age_to = 64;
	for (int i = 14; i < 18; i++)
		row[i].q.site_code = "STERN";
	row[14].q.person.age_from = row[14].q.person.age_to = 46;
	row[15].q.person.age_from = row[15].q.person.age_to = 47;
	row[16].q.person.sex = '\0';
	row[17].q.rate_kpa_s = 100;
	assert_int_equal(add_text(&norms, HEADER GOOD, NULL), 0);
	assert_int_equal(add_text(&norms, "id\tsite\tpopulation\tsex\tage_mean\tage_sd\tn\tmean_kpa\tsd_kpa\trate_low_kpa_s\t"
		"rate_high_kpa_s\ttip_cm2\tsource\treference\nB1\tSTERN\tall\tB\t30\t8\t9\t300\t90\t30\t30\t1\tB\tyes\n"
		"B2\tLEV_R\tall\tB\t30\t8\t9\t300\t90\t30\t30\t1\tB\tyes\n", NULL), 0);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const struct ses_norm *match[4];
		char why[200];

		assert_int_equal(ses_norms_find(&norms, &row[i].q, match, 4, why, sizeof(why)), row[i].n);
		print_message("%s: %s\n", row[i].legend, why);
		if (row[i].n)
			assert_string_equal(why, "");
		else
			assert_non_null(strstr(why, row[i].why));
	}
	ses_norms_free(&norms);
}

/* The reason told is that of the row that came nearest: men's rows do not hide that a woman's age is outside. */
static void the_nearest_row_gives_the_reason(void **state)
{
	struct ses_norm_query q = {"UTRAP_L", {'F', 70, 70}, 1, 30, 0.2, "button"};
	struct ses_norms norms = {NULL, 0};
	const struct ses_norm *match[4];
	char why[200];

	(void)state;
	assert_int_equal(add_text(&norms, HEADER
		"T\tUTRAP\th\tF\t20\t60\t80\t300\t90\t\t\t\t\t25\t35\t0.5\t\tA\tyes\n" GOOD
		"M\tUTRAP\th\tM\t20\t90\t80\t300\t90\t\t\t\t\t25\t35\t1\t\tA\tyes\n", NULL), 0);
	assert_int_equal(ses_norms_find(&norms, &q, match, 4, why, sizeof(why)), 0);
	assert_string_equal(why, "age 70, the table's is 20 to 60");
	q.person.sex = 'M';
	assert_int_equal(ses_norms_find(&norms, &q, match, 4, why, sizeof(why)), 1);
	assert_string_equal(match[0]->id, "M");
	ses_norms_free(&norms);
}

static void values_have_a_place(void **state)
{
	static const struct ses_norm norm = {.mean_kpa = 300, .sd_kpa = 90, .percentile_kpa = {NAN, 220, 280, NAN, 500},
		.log10_mean = 2.6, .log10_sd = 0.15};
	static const struct { double kpa; bool bound; double difference; int above, below; } row[] = {
		{250, false, -50, 25, 50}, {200, false, -100, 0, 25}, {220, false, -80, 25, 50}, {600, false, 300, 95, 101},
		{250, true, -50, 25, 101}, {100, true, -200, 0, 101}, {300, false, 0, 50, 95}};
	struct ses_norm bare = {.mean_kpa = NAN, .percentile_kpa = {NAN, NAN, NAN, NAN, NAN}, .log10_mean = NAN, .log10_sd = NAN};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_norm_place place = ses_norm_place_of(&norm, row[i].kpa, row[i].bound);

		assert_close(place.difference_kpa, row[i].difference, 1e-12);
		assert_int_equal(place.above, row[i].above);
		assert_int_equal(place.below, row[i].below);
	}
	/* the worked example: 250 kPa, log10 mean 2.60, SD 0.15 */
	assert_close(ses_norm_place_of(&norm, 250, false).z, 1.347066608, 1e-9);
	assert_true(ses_norm_place_of(&norm, 700, false).z < 0);
	assert_nan(ses_norm_place_of(&bare, 250, false).z);
	assert_nan(ses_norm_place_of(&bare, 250, false).difference_kpa);
	assert_int_equal(ses_norm_place_of(&bare, 250, false).below, 101);
}

/* ---- participants -------------------------------------------------------------------------------------- */

static void ages_are_years_or_bands(void **state)
{
	static const struct { const char *text; int from, to; } good[] = {{"34", 34, 34}, {"40-49", 40, 49}, {"90+", 90, 120},
		{"0", 0, 0}, {"120", 120, 120}, {"40-40", 40, 40}};
	static const char *const bad[] = {"1980-03-02", "1980", "49-40", "40-", "-40", "40 ", "40-49-59", "forty", "34.5", "121",
		"40+5", "02/03/1980", "", "+", "٣٤"};
	int from, to;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(ses_age_parse(good[i].text, &from, &to));
		assert_int_equal(from, good[i].from);
		assert_int_equal(to, good[i].to);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		print_message("'%s'\n", bad[i]);
		assert_false(ses_age_parse(bad[i], &from, &to));
	}
}

static void participants_are_looked_up(void **state)
{
	static const struct { const char *text; int rc; char sex; int from, to; const char *says; } row[] = {
		{"participant_id\tenrolled\nsub-P012\tn/a\n", 0, '\0', -1, -1, ""},
		{"participant_id\tsex\tage\nsub-P011\tM\t9\nsub-P012\tFemale\t40-49\n", 0, 'F', 40, 49, ""},
		{"participant_id\tage\tsex\thand\nsub-P012\t34\tm\tleft\n", 0, 'M', 34, 34, ""},
		{"participant_id\tsex\nsub-P0123\tM\n", 0, '\0', -1, -1, ""},
		{"participant_id\tsex\nsub-P011\tweird\nsub-P012\tO\n", 0, 'O', -1, -1, ""},
		{"participant_id\tsex\nsub-P012\tweird\n", ALG_ERR_DATA, 0, 0, 0, "participants.tsv:2: column 'sex': 'weird' is none of"},
		{"participant_id\tage\nsub-P012\t1980-03-02\n", ALG_ERR_DATA, 0, 0, 0, "never a date of birth"},
		{"sex\nF\n", ALG_ERR_DATA, 0, 0, 0, "column 'participant_id' is missing"},
	};
	struct ses_study study;
	char table[160];

	(void)state;
	ses_study_defaults(&study);
	strcpy(study.dir, dir);
	snprintf(table, sizeof(table), "%s/participants.tsv", dir);
	struct ses_participant person;

	assert_int_equal(ses_participant_read(&study, "P012", &person, NULL), 0); /* no table: nothing is known */
	assert_int_equal(person.age_from, -1);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct help_log log;

		help_log_start(&log);
		assert_int_equal(alg_file_replace(table, row[i].text, strlen(row[i].text), 0600, NULL), 0);
		assert_int_equal(ses_participant_read(&study, "P012", &person, &log.log), row[i].rc);
		if (row[i].rc) {
			assert_non_null(strstr(log.text, row[i].says));
			continue;
		}
		assert_int_equal(person.sex, row[i].sex);
		assert_int_equal(person.age_from, row[i].from);
		assert_int_equal(person.age_to, row[i].to);
	}
	unlink(table);
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static void make_visit(struct ana_visit *visit)
{
	struct ses_session ses;

	help_session(&ses, 1, "", "2026-03-02");
	help_press(&ses, 0, 250);
	help_press_ended(&ses, 2, SES_CENSORED, SES_REASON_CEILING, 250);
	help_press(&ses, 4, 410);
	assert_int_equal(ana_visit_from_session(visit, &ses, "x.h5", NULL, NULL), 0);
	ses_session_clear(&ses);
}

static void the_page_says_what_the_row_permits(void **state)
{
	static const struct ses_participant person = {'F', 34, 34};
	struct ses_norms norms = {NULL, 0};
	struct ana_visit visit;
	struct ana_text text = {0};

	(void)state;
	make_visit(&visit);
	assert_int_equal(add_text(&norms, HEADER GOOD, NULL), 0);
	ana_norms_page(&text, &visit, &norms, &person);
	assert_string_equal(text.data,
		"Reference values: thresholds of other people\n"
		"  A1 at UTRAP, healthy, women, age 20 to 60, n 80; tip 1 cm2, 25 to 35 kPa/s,\n"
		"      response button: mean 300, SD 90; 25th percentile 220, median 280 kPa;\n"
		"      mean of log10 2.6, SD 0.15\n"
		"      Source: A 2020 (norms.tsv)\n"
		"      - * Upper trapezius (left), 250 kPa: 50 kPa below their mean; between\n"
		"        their 25th and 50th percentile, inside the middle half of them; z +1.35\n"
		"        (of log10 values; positive: more sensitive than they are)\n"
		"      - Upper trapezius (right), >250 kPa: no more than 50 kPa below their mean,\n"
		"        and perhaps above it; at or above their 25th percentile (the ceiling\n"
		"        hides how far up); z <= +1.35 (of log10 values; positive: more sensitive\n"
		"        than they are)\n"
		"  None that fits (no value in this session): Levator scapul\xC3\xA6 (left); Levator\n"
		"      scapul\xC3\xA6 (right)\n"
		"  None that fits (no table has this place): Tibialis anterior (right)\n"
		"  People differ much, and their thresholds are skewed to the right: from a mean\n"
		"  and an SD alone no share of people follows. A threshold is compared best with\n"
		"  the same person's others. Not a diagnosis.\n");
	ana_text_free(&text);
	cJSON *json = ana_norms_json(&visit, &norms, &person), *row = cJSON_GetObjectItem(cJSON_GetArrayItem(json, 2), "rows");

	row = cJSON_GetArrayItem(row, 0);
	assert_string_equal(cJSON_GetObjectItem(row, "z_sign")->valuestring, "<=");
	assert_string_equal(cJSON_GetObjectItem(row, "difference_sign")->valuestring, ">=");
	assert_close(cJSON_GetObjectItem(row, "z")->valuedouble, 1.347066608, 1e-9);
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(row, "below_percentile")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(row, "p05_kpa")));
	cJSON_Delete(json);
	ana_visit_free(&visit);
	ses_norms_free(&norms);
}

/* A row made by hand with what no table may hold: the page stays a page. */
static void hostile_texts_are_harmless(void **state)
{
	struct ses_norm bad = {.id = "A\x1B[2J", .site = "UTRAP", .population = "\x1B]0;x\x07 \xE2\x80\xAE healthy\nx", .sex = 'B',
		.age_from = 0, .age_to = 120, .n = 9, .mean_kpa = 300, .sd_kpa = 90, .percentile_kpa = {NAN, NAN, NAN, NAN, NAN},
		.log10_mean = NAN, .log10_sd = NAN, .rate_low_kpa_s = 30, .rate_high_kpa_s = 30, .tip_cm2 = 1, .source = "\xFF<b>%s%n"};
	struct ses_norms norms = {&bad, 1};
	struct ses_participant person = {'F', 34, 34};
	struct ana_visit visit;
	struct ana_text text = {0};

	(void)state;
	make_visit(&visit);
	ana_norms_page(&text, &visit, &norms, &person);
	for (const char *p = text.data; *p; p++)
		assert_true((unsigned char)*p >= 0x20 || *p == '\n');
	assert_null(strstr(text.data, "\xE2\x80\xAE"));
	assert_null(strstr(text.data, "\xFF"));
	assert_non_null(strstr(text.data, "<b>%s%n"));
	cJSON *json = ana_norms_json(&visit, &norms, &person);
	char *printed = cJSON_PrintUnformatted(json);

	for (const char *p = printed; *p; p++)
		assert_true((unsigned char)*p >= 0x20);
	cJSON_free(printed);
	cJSON_Delete(json);
	ana_text_free(&text);
	ana_visit_free(&visit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_read_as_it_stands), cmocka_unit_test(rows_that_lack_something_are_refused),
		cmocka_unit_test(wrong_headers_are_refused), cmocka_unit_test(the_shipped_table_is_what_it_says),
		cmocka_unit_test(a_row_fits_or_says_why_not), cmocka_unit_test(the_nearest_row_gives_the_reason),
		cmocka_unit_test(values_have_a_place), cmocka_unit_test(ages_are_years_or_bands),
		cmocka_unit_test(participants_are_looked_up), cmocka_unit_test(the_page_says_what_the_row_permits),
		cmocka_unit_test(hostile_texts_are_harmless),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
