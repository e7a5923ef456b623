/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exported tables: the CSV writer by bytes, the words of codes, every column described, the streams of a run. */
#include "analysis/export.h"

#include "base/text.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct written {
	struct ana_csv csv;
	char *text;
	size_t len;
};

static void begin(struct written *w, bool excel)
{
	w->csv = (struct ana_csv){.out = open_memstream(&w->text, &w->len), .excel = excel};
	assert_non_null(w->csv.out);
}

static void end_is(struct written *w, const char *want)
{
	fclose(w->csv.out);
	assert_string_equal(w->text, want);
	free(w->text);
}

static void texts_are_quoted_and_guarded(void **state)
{
	static const struct { const char *text, *comma, *semicolon; } row[] = {
		{"plain", "plain", "plain"},
		{"", "", ""},
		{NULL, "", ""},
		{"a,b", "\"a,b\"", "a,b"},
		{"a;b", "a;b", "\"a;b\""},
		{"say \"x\"", "\"say \"\"x\"\"\"", "\"say \"\"x\"\"\""},
		{"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
		{"two\r\nlines", "\"two\r\nlines\"", "\"two\r\nlines\""},
		{"M\xC3\xBCller \xC4\xB0\xC4\xB1", "M\xC3\xBCller \xC4\xB0\xC4\xB1", "M\xC3\xBCller \xC4\xB0\xC4\xB1"},
		{"=1+1", "'=1+1", "'=1+1"},
		{"+1", "'+1", "'+1"},
		{"-3.5", "'-3.5", "'-3.5"}, /* as a text; the number below stays one */
		{"@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t=1", "'\t=1"},
		{"\r=1", "\"'\r=1\"", "\"'\r=1\""},
		{"\n=1", "\"'\n=1\"", "\"'\n=1\""},
		{"  =1", "'  =1", "'  =1"},
		{"'quoted", "''quoted", "''quoted"},
		{"=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
		{"a=b", "a=b", "a=b"},
		{" ", " ", " "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		for (int excel = 0; excel < 2; excel++) {
			struct written w;
			char want[128];

			print_message("row %zu excel %d\n", i, excel);
			begin(&w, excel);
			ana_csv_text(&w.csv, row[i].text);
			ana_csv_text(&w.csv, "x");
			ana_csv_end_row(&w.csv);
			snprintf(want, sizeof(want), "%s%cx\r\n", excel ? row[i].semicolon : row[i].comma, excel ? ';' : ',');
			end_is(&w, want);
		}
}

static void numbers_stay_numbers(void **state)
{
	struct written w;

	(void)state;
	for (int excel = 0; excel < 2; excel++) {
		begin(&w, excel);
		ana_csv_number(&w.csv, -3.5);
		ana_csv_number(&w.csv, NAN);
		ana_csv_number(&w.csv, 0.1);
		ana_csv_number(&w.csv, -0.0);
		ana_csv_number(&w.csv, 2147483647);
		ana_csv_number(&w.csv, 1e-7);
		ana_csv_end_row(&w.csv);
		assert_int_equal(w.csv.failed, 0);
		end_is(&w, excel ? "-3,5;;0,1;0;2147483647;1e-07\r\n" : "-3.5,,0.1,0,2147483647,1e-07\r\n");
	}
	begin(&w, false);
	ana_csv_number(&w.csv, INFINITY);
	assert_int_equal(w.csv.failed, ALG_ERR_DATA);
	end_is(&w, "");
	assert_string_equal(ana_csv_begin(false), "");
	assert_string_equal(ana_csv_begin(true), "\xEF\xBB\xBF");
}

/* Every bit of a double comes back, from the CSV's number and from the JSON's. */
static void numbers_read_back_to_the_bit(void **state)
{
	uint64_t bits = UINT64_C(0x9E3779B97F4A7C15);
	int longer = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[ALG_NUMBER_TEXT_MAX];
		double value, again;

		bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		memcpy(&value, &bits, sizeof(value));
		if (i % 2) /* numbers of the size that is measured */
			value = (double)(bits >> 11) / 9007199254740992.0 * 1000;
		if (!isfinite(value))
			continue;
		alg_text_number(text, value);
		assert_int_equal(alg_text_to_double(text, &again), 0);
		assert_memory_equal(&again, &value, sizeof(value));
		longer += strlen(text) > 16;

		cJSON *object = cJSON_CreateObject();

		alg_json_number(object, "x", value);
		char *json = cJSON_PrintUnformatted(object);

		assert_int_equal(strncmp(json, "{\"x\":", 5), 0);
		assert_close(strtod(json + 5, NULL) == value, 1, 0);
		cJSON_free(json);
		cJSON_Delete(object);
	}
	assert_true(longer > 1000); /* 15 digits would not have done */
}

/* "a=b; c=d" has the word */
static bool lists(const char *codes, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = codes; (at = strstr(at, word)); at++)
		if ((at == codes || at[-1] == ' ') && (at[len] == '=' || at[len] == ';' || !at[len]))
			return true;
	return false;
}

/* A column with words lists every word that the file's codes can become, so that schema and dictionary are whole. */
static void words_are_those_of_the_file(void **state)
{
	size_t columns = 0, words = 0;

	(void)state;
	for (int t = 0; t < ANA_EXPORT_KINDS; t++)
		for (size_t c = 0; c < ana_export_tables[t].n_columns; c++) {
			const struct ana_export_column *column = &ana_export_tables[t].column[c];
			const struct ses_column *from = ana_export_from(column);
			struct ana_export_said said;

			print_message("%s.%s\n", ana_export_tables[t].name, column->name);
			assert_true(!column->group == !from);
			assert_true(from || column->cell);
			ana_export_say(column, &said);
			assert_non_null(said.text);
			assert_non_null(said.units);
			assert_true(said.type != ANA_TYPE_WORD || said.codes);
			assert_true((said.type == ANA_TYPE_NUMBER || said.type == ANA_TYPE_INTEGER) == (*said.units && said.type < ANA_TYPE_FLAG));
			for (size_t other = 0; other < c; other++)
				assert_string_not_equal(ana_export_tables[t].column[other].name, column->name);
			columns++;
			if (!from || from->type != SES_I32 || said.type != ANA_TYPE_WORD)
				continue;
			for (int32_t code = from->lo; code <= from->hi; code++) {
				char word[64];

				ana_export_word(from, code, word, sizeof(word));
				if (code > 0)
					assert_true(word[0] != '\0');
				if (word[0]) {
					assert_true(lists(said.codes, word));
					words++;
				}
			}
		}
	assert_true(columns > 150);
	assert_true(words >= 4 * 4 + 4);
}

/* reason is made here, from the same words. */
static void every_reason_is_listed(void **state)
{
	static const char *const tables[] = {"presses", "measures", "points"};

	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (int t = 0; t < ANA_EXPORT_KINDS; t++)
			for (size_t c = 0; c < ana_export_tables[t].n_columns; c++) {
				const struct ana_export_column *column = &ana_export_tables[t].column[c];

				if (strcmp(ana_export_tables[t].name, tables[i]) || strcmp(column->name, "reason"))
					continue;
				for (int r = SES_REASON_EXAMINER; r <= SES_REASON_WRONG_SITE; r++)
					assert_true(lists(column->codes, ses_reason_word((enum ses_reason)r)));
				assert_true(lists(column->codes, "blinded"));
			}
}

static void every_quality_word_is_listed(void **state)
{
	const struct ana_export_table *presses = &ana_export_tables[ANA_EXPORT_PRESSES];
	int found = 0;

	(void)state;
	for (size_t c = 0; c < presses->n_columns; c++)
		for (int bit = 0; strcmp(presses->column[c].name, "quality") == 0 && bit < 31; bit++) {
			char word[64];

			ses_quality_words(word, sizeof(word), 1u << bit);
			found += word[0] != '\0';
			assert_true(!word[0] || lists(presses->column[c].codes, word));
		}
	assert_true(found >= 12);
}

static int files_in(const char *dir)
{
	static const char *const names[] = {"out.csv", "out.dictionary.csv", "foreign.csv"};
	int n = 0;

	for (int i = 0; i < 3; i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		n += access(path, F_OK) == 0;
	}
	return n;
}

/* What takes the short way is written as the long one would. */
static void short_numbers_are_as_printf_has_them(void **state)
{
	static const double unit[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
	char text[ALG_NUMBER_TEXT_MAX], want[64];

	(void)state;
	for (int i = -200000; i <= 200000; i += 7)
		for (size_t u = 0; u < sizeof(unit) / sizeof(unit[0]); u++) {
			alg_text_number(text, i / unit[u]);
			snprintf(want, sizeof(want), "%.15g", i / unit[u] + 0.0);
			assert_string_equal(text, want);
		}
	static const struct { double value; const char *text; } exact[] = {{0, "0"}, {-0.0, "0"}, {1e-4, "0.0001"}, {-0.25, "-0.25"},
		{1e-5, "1e-05"}, {99999999999, "99999999999"}, {1e15, "1e+15"}, {0.1 + 0.2, "0.30000000000000004"}};

	for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++) {
		alg_text_number(text, exact[i].value);
		assert_string_equal(text, exact[i].text);
	}
}

static void a_run_without_a_session_leaves_nothing(void **state)
{
	char dir[] = "/tmp/alg-export-XXXXXX", out[64], foreign[64];
	struct ana_export_options options = {.kind = {true}};
	struct ana_export *ex = malloc(sizeof(*ex));
	struct help_log log;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(out, sizeof(out), "%s/out.csv", dir);
	snprintf(foreign, sizeof(foreign), "%s/foreign.csv", dir);
	options.out = out;
	help_log_start(&log);
	assert_int_equal(ana_export_start(ex, &options, &log.log), 0);
	assert_int_equal(ana_export_session(ex, NULL, "/nonexistent.h5", NULL), ALG_ERR_FORMAT);
	assert_int_equal(ex->failed, 0);
	ana_export_abort(ex);
	assert_int_equal(files_in(dir), 0);
	f = fopen(foreign, "w");
	fputs("participant,session\r\nmine\r\n", f);
	fclose(f);
	options.out = foreign;
	assert_int_equal(ana_export_start(ex, &options, &log.log), ALG_ERR_EXISTS);
	assert_int_equal(files_in(dir), 1);
	options.kind[1] = true;
	assert_int_equal(ana_export_start(ex, &options, &log.log), ALG_ERR_ARG); /* two tables, one file */
	unlink(foreign);
	assert_int_equal(rmdir(dir), 0); /* no temporary file either */
	free(ex);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_quoted_and_guarded), cmocka_unit_test(numbers_stay_numbers),
		cmocka_unit_test(numbers_read_back_to_the_bit), cmocka_unit_test(words_are_those_of_the_file),
		cmocka_unit_test(every_reason_is_listed),
		cmocka_unit_test(every_quality_word_is_listed), cmocka_unit_test(short_numbers_are_as_printf_has_them),
		cmocka_unit_test(a_run_without_a_session_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
