/* SPDX-License-Identifier: GPL-3.0-or-later */
/* treatment: what was done, read for the time axis and appended. */
#include "data/treatment.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ses_site site[] = {{.code = "UTRAP_R"}, {.code = "UTRAP_L"}};
static const struct ses_sites sites = {site, 2};
static char dir[] = "/tmp/alg-test-XXXXXX", path[128], sub[64];

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(sub, sizeof(sub), "%s/treatments", dir);
	snprintf(path, sizeof(path), "%s/sub-P012_treatments.tsv", sub);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	rmdir(sub);
	return rmdir(dir);
}

static void rows_are_appended_and_sorted(void **state)
{
	static const struct ses_treatment rows[] = {
		{.date = "2026-03-16", .time = "10:00", .modality = "dry-needling", .target_site = "UTRAP_R;UTRAP_L",
			.dose = "3 needles", .note = "soreness"},
		{.date = "2026-03-02", .modality = "education"},
		{.date = "2026-03-16", .time = "09:30", .modality = "heat"},
		{.date = "2026-03-16", .time = "09:30", .modality = "stretching"},
	};
	static const char *const order[] = {"education", "heat", "stretching", "dry-needling"};
	struct ses_treatments out;
	char *text;
	size_t len;

	(void)state;
	assert_int_equal(ses_treatments_load(&out, path, &sites, NULL), 0); /* absent: none */
	assert_int_equal(out.n, 0);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(ses_treatment_append(path, &rows[i], &sites, NULL), 0);
	assert_int_equal(ses_treatments_load(&out, path, &sites, NULL), 0);
	assert_int_equal(out.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(out.treatment[i].modality, order[i]);
	assert_string_equal(out.treatment[3].target_site, "UTRAP_R;UTRAP_L");
	assert_string_equal(out.treatment[3].dose, "3 needles");
	assert_string_equal(out.treatment[3].note, "soreness");
	assert_string_equal(out.treatment[0].time, "");
	assert_int_equal(out.treatment[3].days - out.treatment[0].days, 14);
	ses_treatments_free(&out);
	assert_int_equal(alg_file_read(path, 9999, &text, &len, NULL), 0);
	assert_int_equal(strncmp(text,
		"date\ttime\tmodality\ttarget_site\tdose\tnote\n2026-03-16\t10:00\tdry-needling\tUTRAP_R;UTRAP_L\t", 87), 0);
	free(text);
}

static void bad_treatments_are_not_written(void **state)
{
	static const struct { const char *legend; struct ses_treatment t; const char *says; } row[] = {
		{"day", {.date = "2.3.2026", .modality = "heat"}, "treatment, date: '2.3.2026'"},
		{"no such day", {.date = "2026-02-29", .modality = "heat"}, "treatment, date:"},
		{"time", {.date = "2026-03-02", .time = "25:00", .modality = "heat"}, "treatment, time: '25:00'"},
		{"minute", {.date = "2026-03-02", .time = "09:60", .modality = "heat"}, "treatment, time: '09:60'"},
		{"time of one digit", {.date = "2026-03-02", .time = "9:30", .modality = "heat"}, "treatment, time: '9:30'"},
		{"modality", {.date = "2026-03-02", .modality = "magic"}, "'magic' is none of: myofascial-release"},
		{"site", {.date = "2026-03-02", .modality = "heat", .target_site = "UTRAP_R;XX"}, "unknown site 'XX'"},
		{"two lines", {.date = "2026-03-02", .modality = "heat", .note = "a\nb"}, "treatment, note: must be one line"},
	};
	char *before, *after;
	size_t len;

	(void)state;
	assert_int_equal(alg_file_read(path, 9999, &before, &len, NULL), 0);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct help_log log;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_int_equal(ses_treatment_append(path, &row[i].t, &sites, &log.log), ALG_ERR_ARG);
		print_message("  %s\n", log.text);
		assert_non_null(strstr(log.text, row[i].says));
		assert_int_equal(log.log.exit_code, 2);
	}
	assert_int_equal(alg_file_read(path, 9999, &after, &len, NULL), 0);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void bad_files_are_told_with_their_line(void **state)
{
	static const struct { const char *legend, *text, *says; } row[] = {
		{"modality", "date\tmodality\n2026-03-02\theat\n2026-03-03\tmagic\n", ":3: column 'modality': 'magic' is none of"},
		{"site", "date\tmodality\ttarget_site\n2026-03-02\theat\tXX_R\n", ":2: column 'target_site': unknown site 'XX_R'"},
		{"no date", "date\tmodality\nn/a\theat\n", ":2: column 'date': is empty"},
		{"time", "date\ttime\tmodality\n2026-03-02\tnoon\theat\n", ":2: column 'time': 'noon'"},
		{"column", "date\tmodality\tgroup\n", ":1: unknown column 'group'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_treatments out;
		struct help_log log;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_int_equal(alg_file_replace(path, row[i].text, strlen(row[i].text), 0600, NULL), 0);
		assert_int_equal(ses_treatments_load(&out, path, &sites, &log.log), ALG_ERR_DATA);
		print_message("  %s\n", log.text);
		assert_non_null(strstr(log.text, row[i].says));
		assert_null(out.treatment);
	}
}

static void words_and_paths(void **state)
{
	struct ses_study study;
	char out[80];

	(void)state;
	ses_study_defaults(&study);
	strcpy(study.dir, "S");
	assert_int_equal(ses_treatments_path(&study, "P012", out, sizeof(out), NULL), 0);
	assert_string_equal(out, "S/treatments/sub-P012_treatments.tsv");
	assert_int_equal(ses_treatments_path(&study, "../x", out, sizeof(out), NULL), ALG_ERR_ARG);
	assert_int_equal(ses_treatments_path(&study, "P012", out, 20, NULL), ALG_ERR_IO);
	assert_true(ses_modality_is("none") && ses_modality_is("sham") && !ses_modality_is("") && !ses_modality_is("Heat"));
	ses_modality_label(out, sizeof(out), "spray-and-stretch");
	assert_string_equal(out, "spray and stretch");
	ses_modality_label(out, sizeof(out), "tens");
	assert_string_equal(out, "TENS");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_appended_and_sorted), cmocka_unit_test(bad_treatments_are_not_written),
		cmocka_unit_test(bad_files_are_told_with_their_line), cmocka_unit_test(words_and_paths),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
