/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yaml: what is refused, and at which line and column. */
#include "data/yaml.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"algometer", "a", "b", "n", "i", "yes", "word", "list", "map", "text", NULL};
static const char *const words[] = {"red", "green", NULL};

struct values {
	char a[8], b[8];
	char *text;
	double n;
	int i, word;
	bool yes;
};

/* Reads a document the way a caller does; b is required, the rest is not. */
static int read_all(const char *text, size_t len, struct values *v, struct alg_log *log)
{
	struct ses_yaml *doc;
	int version, rc = ses_yaml_parse(text, len, "f.yaml", &doc, log);

	*v = (struct values){.n = 7, .i = 7};
	if (rc)
		return rc;
	struct ses_yaml_node root = ses_yaml_root(doc);

	rc = ses_yaml_kind(doc, "test", 3, &version);
	rc = rc ? rc : ses_yaml_known_keys(root, keys);
	rc = rc ? rc : ses_yaml_text(root, "a", false, v->a, sizeof(v->a));
	rc = rc ? rc : ses_yaml_text(root, "b", true, v->b, sizeof(v->b));
	rc = rc ? rc : ses_yaml_number(root, "n", false, 0, 100, &v->n);
	rc = rc ? rc : ses_yaml_int(root, "i", false, 1, 9, &v->i);
	rc = rc ? rc : ses_yaml_bool(root, "yes", false, &v->yes);
	rc = rc ? rc : ses_yaml_choice(root, "word", false, words, &v->word);
	rc = rc ? rc : ses_yaml_text_dup(root, "text", false, &v->text);
	ses_yaml_free(doc);
	return rc;
}

#define HEAD "algometer: test 3\nb: x\n"

static void faults_are_told_with_their_place(void **state)
{
	static const struct {
		const char *legend, *text, *place, *says;
		int id;
	} row[] = {
		{"comma for a point", HEAD "n: 30,5\n", "f.yaml:3:4: ", "'30,5' is not a number", 503},
		{"letters after a number", HEAD "n: 3x\n", "f.yaml:3:4: ", "'3x' is not a number", 503},
		{"hexadecimal", HEAD "n: 0x10\n", "f.yaml:3:4: ", "not a number", 503},
		{"not a number", HEAD "n: .nan\n", "f.yaml:3:4: ", "not a number", 503},
		{"too large", HEAD "n: 100.5\n", "f.yaml:3:4: ", "not within 0 to 100", 503},
		{"a list for a number", HEAD "n: [1]\n", "f.yaml:3:4: ", "one value", 503},
		{"half an integer", HEAD "i: 2.5\n", "f.yaml:3:4: ", "whole number from 1 to 9", 503},
		{"integer too large", HEAD "i:   10\n", "f.yaml:3:6: ", "whole number from 1 to 9", 503},
		{"no boolean", HEAD "yes: maybe\n", "f.yaml:3:6: ", "none of: false true", 503},
		{"no such word", HEAD "word: blue\n", "f.yaml:3:7: ", "none of: red green", 503},
		{"unknown key", HEAD "zz: 1\n", "f.yaml:3:1: ", "unknown key 'zz' (known: algometer a b", 503},
		{"duplicate key", HEAD "n: 1\nb: y\n", "f.yaml:4:1: ", "key 'b' is there twice (first in line 2)", 503},
		{"duplicate key deep down", HEAD "map:\n  - {q: 1, q: 2}\n", "f.yaml:4:12: ", "key 'q' is there twice", 503},
		{"missing key", "algometer: test 3\na: x\n", "f.yaml:1:1: ", "key 'b' is missing", 503},
		{"key without value", HEAD "a:\n", "f.yaml:3:3: ", "no value", 503},
		{"required and empty", "algometer: test 3\nb: ''\n", "f.yaml:2:4: ", "is empty", 503},
		{"text too long", HEAD "a: 12345678\n", "f.yaml:3:4: ", "longer than 7 bytes", 503},
		{"two lines", HEAD "a: |\n x\n y\n", "f.yaml:3:4: ", "one line", 503},
		{"a key that is a list", HEAD "[1, 2]: x\n", "f.yaml:3:1: ", "a key must be one word", 503},
		{"after umlauts", "algometer: test 3\n\"\xC3\xA4\xC3\xB6\": 1\n", "f.yaml:2:1: ", "unknown key '\xC3\xA4\xC3\xB6'", 503},
		{"alias", HEAD "a: *x\n", "f.yaml:3:4: ", "alias", 502},
		{"anchor", HEAD "a: &x 1\n", "f.yaml:3:4: ", "anchor", 502},
		{"tag", HEAD "a: !!str 1\n", "f.yaml:3:4: ", "tag", 502},
		{"directive", "%YAML 1.1\n---\n" HEAD, "f.yaml:1:1: ", "directive", 502},
		{"second document", HEAD "---\na: 1\n", "f.yaml:3:1: ", "second document", 502},
		{"empty file", "", "f.yaml:1:1: ", "empty", 502},
		{"only a comment", "# nothing\n", "f.yaml:1:1: ", "empty", 502},
		{"depth", HEAD "list: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n", "f.yaml:3:22: ", "deeper than 16", 502},
		{"not UTF-8", HEAD "a: \xE4\n", "f.yaml:3:4: ", "not UTF-8", 502},
		{"control character", HEAD "a: x\x1B[2J\n", "f.yaml:3:5: ", "control character", 502},
		{"escaped control character", HEAD "a: \"x\\e[2J\"\n", "f.yaml:3:4: ", "control character", 502},
		{"escaped zero", HEAD "a: \"x\\0y\"\n", "f.yaml:3:4: ", "control character", 502},
		{"right-to-left override", HEAD "a: x\xE2\x80\xAEy\n", "f.yaml:3:5: ", "control character", 502},
		{"tab indent", HEAD "map:\n\tq: 1\n", "f.yaml:4:1: ", "begins with a tab", 501},
		{"unclosed quote", HEAD "a: 'x\n", "f.yaml:4:1: ", "line 3", 501},
		{"unclosed bracket", HEAD "list: [1, 2\nn: 3\n", "f.yaml:4:2: ", "line 3", 501},
		{"wrong indent", HEAD "n: 3\n  i: 4\n", "f.yaml:4:4: ", "mapping values", 501},
		{"text before the map", "hello\n", "f.yaml:1:1: ", "first line must be 'algometer: test 3'", 504},
		{"a list", "- 1\n", "f.yaml:1:1: ", "first line must be", 504},
		{"empty map", "{}\n", "f.yaml:1:1: ", "first line must be", 504},
		{"kind is not first", "b: x\nalgometer: test 3\n", "f.yaml:1:1: ", "first line must be", 504},
		{"another kind", "algometer: study 1\nb: x\n", "f.yaml:1:12: ", "it says 'study 1'", 504},
		{"kind without version", "algometer: test\nb: x\n", "f.yaml:1:12: ", "it says 'test'", 504},
		{"version is no number", "algometer: test 1x\nb: x\n", "f.yaml:1:12: ", "it says 'test 1x'", 504},
		{"newer", "algometer: test 4\nb: x\n", "f.yaml:1:12: ", "format 4 is newer than this program reads (3)", 505},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct help_log log;
		struct values v;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_true(read_all(row[i].text, strlen(row[i].text), &v, &log.log) < 0);
		print_message("  %s\n", log.text);
		assert_int_equal(log.id, row[i].id);
		assert_int_equal(strncmp(log.text, row[i].place, strlen(row[i].place)), 0);
		assert_non_null(strstr(log.text, row[i].says));
		assert_int_equal(log.log.exit_code, 1);
		free(v.text);
	}
}

static void good_documents_are_read(void **state)
{
	static const struct { const char *legend, *text; } row[] = {
		{"plain", "algometer: test 3\na: one\nb: two\nn: 30.5\ni: 4\nyes: true\nword: green\ntext: >\n  a b\n  c\n"},
		{"older version", "algometer: test 1\na: one\nb: two\nn: 30.5\ni: 4\nyes: true\nword: green\ntext: a b c\n"},
		{"CR LF", "algometer: test 3\r\na: one\r\nb: two\r\nn: 30.5\r\ni: 4\r\nyes: true\r\nword: green\r\ntext: |\r\n  a b c\r\n"},
		{"byte order mark", "\xEF\xBB\xBF" "algometer: test 3\na: one\nb: two\nn: 30.5\ni: 4\nyes: true\nword: green\ntext: a b c\n"},
		{"comments, quotes, no line end", "# c\nalgometer: test 3 # c\na: 'one'\nb: \"two\"\nn: '30.5'\ni: 4\nyes: true\nword: green\n\ntext: a b c"},
		{"many lists beside each other are not deep", "algometer: test 3\na: one\nb: two\nn: 30.5\ni: 4\nyes: true\nword: green\n"
			"text: a b c\nlist: [[], [], [], [], [], [], [], [], [], [], {}, {}, {}, {}, {}, {}, {}, [[[[]]]]]\n"},
		{"flow", "{algometer: test 3, a: one, b: two, n: 3.05e1, i: 4, yes: true, word: green, text: a b c}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct values v;

		print_message("%s\n", row[i].legend);
		assert_int_equal(read_all(row[i].text, strlen(row[i].text), &v, NULL), 0);
		assert_string_equal(v.a, "one");
		assert_string_equal(v.b, "two");
		assert_close(v.n, 30.5, 0);
		assert_int_equal(v.i, 4);
		assert_int_equal(v.word, 1);
		assert_true(v.yes);
		assert_string_equal(v.text, "a b c");
		free(v.text);
	}
}

static void absent_keys_keep_the_value(void **state)
{
	struct values v;

	(void)state;
	assert_int_equal(read_all(HEAD, strlen(HEAD), &v, NULL), 0);
	assert_close(v.n, 7, 0);
	assert_int_equal(v.i, 7);
	assert_null(v.text);
}

/* A text of len bytes that begins with HEAD and repeats piece. */
static char *grown(const char *start, const char *piece, size_t len)
{
	char *text = malloc(len + 1);
	size_t n = strlen(start), m = strlen(piece);

	memcpy(text, start, n);
	for (; n < len; n++)
		text[n] = piece[(n - strlen(start)) % m];
	text[len] = '\0';
	return text;
}

static void hostile_sizes_end_soon(void **state)
{
	static const struct { const char *legend, *start, *piece, *says; size_t len; } row[] = {
		{"a quarter of a megabyte and one", HEAD "a: ", "#", "more than 262144 bytes", 262145},
		{"too many values", HEAD "list: [", "1,", "more than 10000 values", 200000},
		{"opening brackets", HEAD "list: ", "[", "deeper than 16", 200000},
		{"opening braces", HEAD "list: ", "{", "deeper than 16", 200000},
		{"question marks", HEAD, "? ", "deeper than 16", 200000},
		{"dashes", HEAD "list:\n", "- ", "deeper than 16", 200000},
		{"one long word", HEAD "a: ", "x", "longer than 7 bytes", 200000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char *text = grown(row[i].start, row[i].piece, row[i].len);
		struct help_log log;
		struct values v;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		assert_true(read_all(text, row[i].len, &v, &log.log) < 0);
		print_message("  %s\n", log.text);
		assert_non_null(strstr(log.text, row[i].says));
		free(v.text);
		free(text);
	}
}

static void a_zero_byte_is_refused(void **state)
{
	static const char text[] = HEAD "a: x\0y\n";
	struct help_log log;
	struct values v;

	(void)state;
	help_log_start(&log);
	assert_true(read_all(text, sizeof(text) - 1, &v, &log.log) < 0);
	assert_int_equal(strncmp(log.text, "f.yaml:3:5: ", 12), 0);
}

static void absent_nodes_are_safe(void **state)
{
	struct ses_yaml *doc;

	(void)state;
	assert_int_equal(ses_yaml_parse("list: [x, {y: z}]", 17, "f", &doc, NULL), 0);
	struct ses_yaml_node root = ses_yaml_root(doc), list = ses_yaml_get(root, "list");

	assert_int_equal(ses_yaml_length(list), 2);
	assert_string_equal(ses_yaml_scalar(ses_yaml_at(list, 0)), "x");
	assert_null(ses_yaml_scalar(ses_yaml_at(list, 1)));
	assert_string_equal(ses_yaml_scalar(ses_yaml_get(ses_yaml_at(list, 1), "y")), "z");
	assert_false(ses_yaml_is(ses_yaml_at(list, 2)));
	assert_false(ses_yaml_is(ses_yaml_get(list, "x")));
	assert_int_equal(ses_yaml_length(ses_yaml_get(root, "none")), 0);
	assert_null(ses_yaml_scalar(ses_yaml_get(root, "none")));
	ses_yaml_free(doc);
	ses_yaml_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told_with_their_place), cmocka_unit_test(good_documents_are_read),
		cmocka_unit_test(absent_keys_keep_the_value), cmocka_unit_test(hostile_sizes_end_soon),
		cmocka_unit_test(a_zero_byte_is_refused), cmocka_unit_test(absent_nodes_are_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
