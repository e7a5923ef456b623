/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stable: names of sessions, marks appended and withdrawn, hostile rows refused. */
#include "tests/unit/assert_close.h"

#include "base/file.h"
#include "base/text.h"
#include "data/stable.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[] = "/tmp/alg-test-XXXXXX";
static struct ses_study study;

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	ses_study_defaults(&study);
	alg_text_copy(study.dir, sizeof(study.dir), dir);
	return 0;
}

static int tear_down(void **state)
{
	char path[64];

	(void)state;
	snprintf(path, sizeof(path), "%s/stable.tsv", dir);
	unlink(path);
	return rmdir(dir);
}

static void names_of_sessions(void **state)
{
	static const struct {
		const char *text;
		int session, run;
		const char *acq;
	} good[] = {{"4", 4, 0, ""}, {"4-pre", 4, 0, "pre"}, {"4-post", 4, 0, "post"}, {"4-run2", 4, 2, ""}, {"12-post-run3", 12, 3, "post"},
		{"9999-pre-run1", 9999, 1, "pre"}};
	static const char *const bad[] = {"", "0", "04", "-1", "10000", "4-", "4-mid", "4-run", "4-run0", "4-run02", "4run2", "4-run2-pre",
		"4-pre-", "4-pre2", "4-post-run", "4 ", " 4", "4-run2x", "4-prerun2", "123456789"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct ses_session_name name;
		char text[SES_SESSION_NAME_MAX];

		assert_int_equal(ses_session_name_parse(good[i].text, &name), 0);
		assert_int_equal(name.session, good[i].session);
		assert_int_equal(name.run, good[i].run);
		assert_string_equal(name.acq, good[i].acq);
		ses_session_name_text(text, &name);
		assert_string_equal(text, good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct ses_session_name name;

		if (ses_session_name_parse(bad[i], &name) == 0)
			fail_msg("'%s' was taken for a session", bad[i]);
	}
}

static struct ses_stable mark(const char *code, int a, int b, bool stable)
{
	struct ses_stable row = {.who = "EX1", .a = {.session = a, .run = 1}, .b = {.session = b, .run = 1}, .stable = stable, .why = "healthy"};

	alg_text_copy(row.participant, sizeof(row.participant), code);
	return row;
}

static void the_last_mark_holds(void **state)
{
	const struct ses_stable rows[] = {mark("P001", 1, 2, true), mark("P001", 2, 3, true), mark("P002", 1, 2, true),
		mark("P001", 2, 1, false), mark("P002", 2, 1, false), mark("P002", 1, 2, true)};
	struct ses_stable *out;
	size_t n;

	(void)state;
	assert_int_equal(ses_stable_load(&study, &out, &n, NULL), 0); /* absent: none */
	assert_int_equal(n, 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(ses_stable_append(&study, &rows[i], NULL), 0);
	assert_int_equal(ses_stable_load(&study, &out, &n, NULL), 0);
	assert_int_equal(n, 6);
	assert_false(out[3].stable);
	n = ses_stable_holding(out, n);
	assert_int_equal(n, 2);
	assert_string_equal(out[0].participant, "P001");
	assert_int_equal(out[0].a.session, 2);
	assert_string_equal(out[1].participant, "P002");
	assert_string_equal(out[1].why, "healthy");
	free(out);
}

static void unsound_rows_are_not_written(void **state)
{
	struct ses_stable row[6];
	struct ses_stable *out;
	size_t n;

	(void)state;
	for (int i = 0; i < 6; i++)
		row[i] = mark("P001", 1, 2, true);
	row[0].who[0] = '\0';
	strcpy(row[1].why, "two\nlines");
	strcpy(row[2].why, "  ");
	row[3].b = row[3].a;
	strcpy(row[4].participant, "../x");
	strcpy(row[5].despite, "\033[2J");
	for (int i = 0; i < 6; i++)
		assert_int_equal(ses_stable_append(&study, &row[i], NULL), ALG_ERR_ARG);
	assert_int_equal(ses_stable_load(&study, &out, &n, NULL), 0);
	assert_int_equal(n, 6); /* those of before */
	free(out);
}

static void faults_of_a_table_are_told(void **state)
{
	static const char head[] = "time\twho\tparticipant\ta\tb\tmark\twhy\tdespite\n";
	static const char *const bad[] = {
		"yesterday\tEX1\tP001\t1-run1\t2-run1\tstable\twhy\tn/a\n",
		"2026-03-02T09:30:00+01:00\tEX1\tP001\t1\t2-run1\tstable\twhy\tn/a\n",
		"2026-03-02T09:30:00+01:00\tEX1\tP001\t1-run1\t1-run1\tstable\twhy\tn/a\n",
		"2026-03-02T09:30:00+01:00\tEX1\tP001\t1-run1\t2-run1\tmaybe\twhy\tn/a\n",
		"2026-03-02T09:30:00+01:00\tEX1\tP001\t1-run1\t2-run1\tstable\tn/a\tn/a\n",
		"2026-03-02T09:30:00+01:00\tEX 1\tP001\t1-run1\t2-run1\tstable\twhy\tn/a\n",
		"2026-03-02T09:30:00+01:00\tEX1\tP001\t1-run1\t2-run1\tstable\n",
	};
	char path[64], text[400];

	(void)state;
	snprintf(path, sizeof(path), "%s/stable.tsv", dir);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct ses_stable *out;
		size_t n;

		snprintf(text, sizeof(text), "%s%s", head, bad[i]);
		assert_int_equal(alg_file_replace(path, text, strlen(text), 0600, NULL), 0);
		if (ses_stable_load(&study, &out, &n, NULL) != ALG_ERR_DATA)
			fail_msg("taken: %s", bad[i]);
		assert_null(out);
		assert_int_equal(n, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_sessions), cmocka_unit_test(the_last_mark_holds),
		cmocka_unit_test(unsound_rows_are_not_written), cmocka_unit_test(faults_of_a_table_are_told)};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
