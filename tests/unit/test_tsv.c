/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tsv: the one reader of tables, and the writing of rows. */
#include "data/tsv.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct ses_tsv_column columns[] = {{"code", true}, {"x", true}, {"note", false}, {NULL, false}};

static int parse(const char *text, size_t len, bool others, struct ses_tsv *tsv, struct alg_log *log)
{
	return ses_tsv_parse(text, len, "t.tsv", columns, others, tsv, log);
}

static void faults_are_told_with_their_line(void **state)
{
	static const struct { const char *legend, *text, *says; } row[] = {
		{"nothing", "", "t.tsv:1: no line that names"},
		{"only comments", "# a\n# b\n", "t.tsv:2: no line that names"},
		{"missing column", "code\tnote\n", "t.tsv:1: column 'x' is missing"},
		{"unknown column", "# a\ncode\tx\tz\n", "t.tsv:2: unknown column 'z'"},
		{"column twice", "code\tx\tx\n", "t.tsv:1: column 'x' is there twice"},
		{"too few fields", "code\tx\nA\t1\nB\n", "t.tsv:3: 1 fields where the header has 2"},
		{"too many fields", "code\tx\nA\t1\t\n", "t.tsv:2: 3 fields where the header has 2"},
		{"blanks for a tab", "code\tx\nA 1\n", "t.tsv:2: 1 fields"},
		{"empty line inside", "code\tx\n\nA\t1\n", "t.tsv:2: 1 fields"},
		{"comment after the header", "code\tx\n# A\n", "t.tsv:2: 1 fields"},
		{"escape sequence", "code\tx\nA\x1B[2J\t1\n", "t.tsv:2: control characters"},
		{"lone carriage return", "code\tx\nA\rB\t1\n", "t.tsv:2: control characters"},
		{"not UTF-8", "code\tx\n\xE4\t1\n", "t.tsv:2: control characters, or text that is not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct help_log log;
		struct ses_tsv tsv;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_int_equal(parse(row[i].text, strlen(row[i].text), false, &tsv, &log.log), ALG_ERR_DATA);
		print_message("  %s\n", log.text);
		assert_int_equal(strncmp(log.text, row[i].says, strlen(row[i].says)), 0);
		assert_int_equal(log.log.exit_code, 1);
		assert_null(tsv.text);
	}
}

static void a_zero_byte_is_refused(void **state)
{
	static const char text[] = "code\tx\nA\0B\t1\n";
	struct ses_tsv tsv;

	(void)state;
	assert_int_equal(parse(text, sizeof(text) - 1, false, &tsv, NULL), ALG_ERR_DATA);
}

static void tables_of_all_line_ends_are_read(void **state)
{
	static const char *const row[] = {
		"code\tx\tnote\nA\t0.5\tfirst\nB\tn/a\t\n",
		"# comment\n#\nx\tnote\tcode\n0.5\tfirst\tA\nn/a\tn/a\tB",
		("\xEF\xBB\xBF" "code\tx\tnote\r\nA\t0.5\tfirst\r\nB\t\t\r\n\r\n\r\n"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_tsv tsv;
		char text[8];
		double x = 7;

		print_message("table %zu\n", i);
		assert_int_equal(parse(row[i], strlen(row[i]), false, &tsv, NULL), 0);
		assert_int_equal(tsv.n_rows, 2);
		assert_string_equal(ses_tsv_cell(&tsv, 0, 0), "A");
		assert_string_equal(ses_tsv_cell(&tsv, 1, 1), "");
		assert_string_equal(ses_tsv_cell(&tsv, 1, 2), "");
		assert_int_equal(ses_tsv_number(&tsv, 1, 1, false, 0, 1, &x), 0);
		assert_close(x, 7, 0); /* missing: it keeps its value */
		assert_int_equal(ses_tsv_number(&tsv, 0, 1, true, 0, 1, &x), 0);
		assert_close(x, 0.5, 0);
		assert_int_equal(ses_tsv_number(&tsv, 1, 1, true, 0, 1, &x), ALG_ERR_DATA);
		assert_int_equal(ses_tsv_number(&tsv, 0, 1, true, 0, 0.4, &x), ALG_ERR_DATA);
		assert_int_equal(ses_tsv_text(&tsv, 0, 2, true, text, sizeof(text)), 0);
		assert_int_equal(ses_tsv_text(&tsv, 0, 2, true, text, 5), ALG_ERR_DATA); /* "first" does not fit */
		ses_tsv_free(&tsv);
	}
}

static void numbers_are_whole_fields(void **state)
{
	static const char text[] = "code\tx\nA\t30,5\nB\t3x\nC\t 3\n";
	struct help_log log;
	struct ses_tsv tsv;
	double x = 7;
	int n = 7;

	(void)state;
	help_log_start(&log);
	assert_int_equal(parse(text, sizeof(text) - 1, false, &tsv, &log.log), 0);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(ses_tsv_number(&tsv, i, 1, true, 0, 100, &x), ALG_ERR_DATA);
		assert_int_equal(ses_tsv_int(&tsv, i, 1, true, 0, 100, &n), ALG_ERR_DATA);
	}
	assert_string_equal(log.text, "t.tsv:4: column 'x': ' 3' is not a whole number from 0 to 100");
	assert_close(x + n, 14, 0);
	ses_tsv_free(&tsv);
}

static void other_columns_are_passed_over_when_asked(void **state)
{
	static const char text[] = "age\tcode\tx\n41\tA\t1\n";
	struct ses_tsv tsv;

	(void)state;
	assert_int_equal(parse(text, sizeof(text) - 1, true, &tsv, NULL), 0);
	assert_string_equal(ses_tsv_cell(&tsv, 0, 0), "A");
	assert_int_equal(tsv.n_fields, 3);
	assert_int_equal(tsv.field_column[0], -1);
	assert_int_equal(tsv.field_column[1], 0);
	ses_tsv_free(&tsv);
}

static void too_many_lines_are_refused(void **state)
{
	size_t len = SES_TSV_ROWS_MAX + 10;
	char *text = malloc(len);
	struct ses_tsv tsv;

	(void)state;
	memset(text, '\n', len);
	assert_int_equal(parse(text, len, false, &tsv, NULL), ALG_ERR_DATA);
	free(text);
}

static void rows_are_written_and_appended(void **state)
{
	static const struct { const char *legend, *before, *after; } row[] = {
		{"no file yet", NULL, "code\tx\nA\tn/a\n"},
		{"after a line", "code\tx\nB\t1\n", "code\tx\nB\t1\nA\tn/a\n"},
		{"an open last line", "code\tx\nB\t1", "code\tx\nB\t1\nA\tn/a\n"},
		{"empty lines at the end", "code\tx\nB\t1\n\n\n", "code\tx\nB\t1\nA\tn/a\n"},
	};
	char dir[] = "/tmp/alg-test-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/t.tsv", dir);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_tsv_text_out out = {.text = NULL};
		char *text;
		size_t len;

		print_message("%s\n", row[i].legend);
		if (row[i].before)
			assert_int_equal(alg_file_replace(path, row[i].before, strlen(row[i].before), 0600, NULL), 0);
		ses_tsv_put(&out, "A", '\t');
		ses_tsv_put_number(&out, NAN, '\n');
		assert_int_equal(ses_tsv_append(&out, path, "code\tx", NULL), 0);
		assert_int_equal(alg_file_read(path, 1000, &text, &len, NULL), 0);
		assert_string_equal(text, row[i].after);
		free(text);
	}
	unlink(path);
	assert_int_equal(rmdir(dir), 0);
}

static void written_fields_stay_one_field(void **state)
{
	struct ses_tsv_text_out out = {.text = NULL};

	(void)state;
	ses_tsv_put(&out, "a\tb\nc", '\t');
	ses_tsv_put_number(&out, 0.1, '\t');
	ses_tsv_put_number(&out, -12.5, '\t');
	ses_tsv_put_number(&out, 100, '\t');
	ses_tsv_put_number(&out, 1.0 / 3, '\n');
	assert_string_equal(out.text, "a b c\t0.1\t-12.5\t100\t0.3333333333333333\n");
	free(out.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told_with_their_line), cmocka_unit_test(a_zero_byte_is_refused),
		cmocka_unit_test(tables_of_all_line_ends_are_read), cmocka_unit_test(numbers_are_whole_fields),
		cmocka_unit_test(other_columns_are_passed_over_when_asked), cmocka_unit_test(too_many_lines_are_refused),
		cmocka_unit_test(rows_are_written_and_appended), cmocka_unit_test(written_fields_stay_one_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
