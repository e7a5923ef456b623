/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base: units, text, clock, files. */
#include "base/access.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/units.h"
#include "tests/unit/assert_close.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Exact factors: 1 kgf = 9.80665 N, 1 lbf = 4.4482216152605 N (NIST SP 811). */
static void units_are_exact(void **state)
{
	(void)state;
	assert_close(alg_unit_factor_n(ALG_UNIT_KGF), 9.80665, 0);
	assert_close(alg_unit_factor_n(ALG_UNIT_LBF), 4.4482216152605, 1e-15);
	assert_close(alg_unit_factor_n(ALG_UNIT_OZF), 0.27801385095378125, 1e-16);
	assert_nan(alg_unit_factor_n(ALG_UNIT_NONE));
	assert_nan(alg_unit_factor_n(ALG_UNIT_COUNT));
	assert_close(alg_pressure_kpa(2.5 * 9.80665, 1.0), 245.16625, 1e-10);
	assert_close(alg_pressure_kpa(2.5 * 9.80665, 0.5), 490.3325, 1e-10);
	assert_nan(alg_pressure_kpa(1, 0));
	assert_close(alg_force_n(245.16625, 1.0), 24.516625, 1e-12);
}

static void units_are_read_as_gauges_spell_them(void **state)
{
	static const struct { const char *text; enum alg_unit unit; } row[] = {
		{"N", ALG_UNIT_N}, {"lbF", ALG_UNIT_LBF}, {"LB", ALG_UNIT_LBF}, {"lbs", ALG_UNIT_LBF},
		{"kgF", ALG_UNIT_KGF}, {"KG", ALG_UNIT_KGF}, {"gF", ALG_UNIT_GF}, {"g", ALG_UNIT_GF},
		{"mN", ALG_UNIT_MILLI_N}, {"kN", ALG_UNIT_KN}, {"ozF", ALG_UNIT_OZF}, {"oz", ALG_UNIT_OZF},
		{"", ALG_UNIT_NONE}, {"Nm", ALG_UNIT_NONE}, {"lbFft", ALG_UNIT_NONE}, {"fgf", ALG_UNIT_NONE},
		{"kg ", ALG_UNIT_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		print_message("unit '%s'\n", row[i].text);
		assert_int_equal(alg_unit_parse(row[i].text, strlen(row[i].text)), row[i].unit);
	}
}

static void text_is_made_harmless(void **state)
{
	static const struct { const char *legend, *in, *out; } row[] = {
		{"plain", "Gauge 7", "Gauge 7"},
		{"umlaut stays", "M\xC3\xBCller", "M\xC3\xBCller"},
		{"escape sequence", "a\x1B[2Jb", "a\\x1B[2Jb"},
		{"newline", "a\nb", "a\\x0Ab"},
		{"C1 control in UTF-8", "a\xC2\x9B" "b", "a\\x9Bb"},
		{"cut UTF-8", "a\xC3", "a\\xC3"},
		{"overlong slash", "\xC0\xAF", "\\xC0\\xAF"},
		{"surrogate", "\xED\xA0\x80", "\\xED\\xA0\\x80"},
		{"right-to-left override", "a\xE2\x80\xAE" "b", "a\\u202Eb"},
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		print_message("%s\n", row[i].legend);
		alg_text_clean(out, sizeof(out), row[i].in);
		assert_string_equal(out, row[i].out);
	}
	assert_int_equal(alg_text_clean(out, 4, "a\x1B[2J"), 1); /* no half escape */
	assert_string_equal(out, "a");
}

static void ascii_form_goes_both_ways(void **state)
{
	static const char *const row[] = {"plain", "M\xC3\xBCller", "a\\b", "\xF0\x9F\x98\x80", "tab\there", ""};
	char ascii[100], back[100];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		alg_text_ascii(ascii, sizeof(ascii), row[i]);
		for (const char *p = ascii; *p; p++)
			assert_true(*p >= 0x20 && *p < 0x7F);
		assert_int_equal(alg_text_unascii(back, sizeof(back), ascii), 0);
		assert_string_equal(back, row[i]);
	}
	assert_int_equal(alg_text_unascii(back, sizeof(back), "bad \\u12"), ALG_ERR_DATA);
	assert_int_equal(alg_text_unascii(back, sizeof(back), "lone \\uD800 half"), ALG_ERR_DATA);
}

static void numbers_are_whole_strings(void **state)
{
	static const char *const good[] = {"30", "-1.5", "+2", "2e3", ".5", "5."};
	static const char *const bad[] = {"30,5", "3x", "", " 3", "3 ", "0x10", "inf", "nan", "1e", ".", "--1", "1e999"};
	double v = 7;
	int64_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(alg_text_to_double(good[i], &v), 0);
	v = 7;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(alg_text_to_double(bad[i], &v), ALG_ERR_DATA);
	assert_close(v, 7, 0);
	assert_int_equal(alg_text_to_int("42", 0, 100, &n), 0);
	assert_int_equal(n, 42);
	assert_int_equal(alg_text_to_int("420", 0, 100, &n), ALG_ERR_DATA);
	assert_int_equal(alg_text_to_int("4x", 0, 100, &n), ALG_ERR_DATA);
}

static void times_go_both_ways(void **state)
{
	int64_t ns;
	int32_t days;
	char text[ALG_TIME_TEXT_MAX];

	(void)state;
	setenv("TZ", "Europe/Berlin", 1);
	assert_int_equal(alg_time_parse("2026-03-02T09:30:00.123+01:00", &ns), 0);
	assert_true(ns == INT64_C(1772440200123000000));
	assert_int_equal(alg_time_format(text, sizeof(text), ns), 0);
	assert_string_equal(text, "2026-03-02T09:30:00.123+01:00");
	assert_int_equal(alg_time_date(text, sizeof(text), ns), 0);
	assert_string_equal(text, "2026-03-02");
	assert_int_equal(alg_time_parse("2026-07-01T00:10Z", &ns), 0);
	alg_time_format(text, sizeof(text), ns);
	assert_string_equal(text, "2026-07-01T02:10:00.000+02:00"); /* summer time */
	assert_int_equal(alg_time_parse("2026-03-02T09:30:00", &ns), ALG_ERR_DATA); /* no offset */
	assert_int_equal(alg_time_parse("2026-02-30T09:30:00Z", &ns), ALG_ERR_DATA);
	assert_int_equal(alg_time_parse("2026-03-02T09:30:00Zx", &ns), ALG_ERR_DATA);
	assert_int_equal(alg_time_parse("2611-03-02T09:30:00Z", &ns), ALG_ERR_DATA); /* would come round to 2026 */
	assert_int_equal(alg_time_parse("0001-01-01T00:00:00Z", &ns), ALG_ERR_DATA);
	assert_int_equal(alg_time_parse("1900-01-01T00:00:00Z", &ns), 0); /* deidentified */
	assert_int_equal(alg_date_parse("1970-01-02", &days), 0);
	assert_int_equal(days, 1);
	assert_int_equal(alg_date_parse("2026-13-02", &days), ALG_ERR_DATA);
}

static void files_are_whole_or_absent(void **state)
{
	char dir[] = "/tmp/alg-test-XXXXXX", path[64], sub[80], *text;
	size_t len;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/file", dir);
	assert_int_equal(alg_file_read(path, 100, &text, &len, NULL), ALG_ERR_IO);
	assert_int_equal(alg_file_create(path, "one", 3, 0600, NULL), 0);
	assert_int_equal(alg_file_create(path, "two", 3, 0600, NULL), ALG_ERR_EXISTS);
	assert_int_equal(alg_file_read(path, 100, &text, &len, NULL), 0);
	assert_string_equal(text, "one");
	free(text);
	assert_int_equal(alg_file_replace(path, "three", 5, 0600, NULL), 0);
	assert_int_equal(alg_file_read(path, 4, &text, &len, NULL), ALG_ERR_IO); /* longer than allowed */
	assert_int_equal(alg_file_read(dir, 100, &text, &len, NULL), ALG_ERR_IO);
	snprintf(sub, sizeof(sub), "%s/a/b", dir);
	assert_int_equal(alg_dir_make(sub, NULL), 0);
	assert_int_equal(alg_dir_make(sub, NULL), 0);
	assert_int_equal(alg_dir_make(path, NULL), ALG_ERR_IO); /* a file has that name */
	rmdir(sub);
	snprintf(sub, sizeof(sub), "%s/a", dir);
	rmdir(sub);
	unlink(path);
	assert_int_equal(rmdir(dir), 0); /* no temporary file was left */
}

/* Who may open a device file goes by its own group, whichever that is. */
static void access_goes_by_the_files_group(void **state)
{
	static const struct {
		mode_t mode;
		gid_t gid, has;
		const char *group;
		bool by_group, member, active;
	} rows[] = {
		{0660, 20, 1000, "dialout", true, false, false},
		{0660, 20, 20, "dialout", true, true, true},
		{0660, 46, 1000, "uucp", true, true, false}, /* written down, not yet logged in again */
		{0640, 20, 1000, "dialout", false, false, false},
		{0660, 0, 1000, "root", false, false, false},
		{0660, 77, 1000, "77", true, false, false},
	};
	struct alg_access_user user = {.name = "anna", .n_groups = 1};
	char path[] = "/tmp/alg-groups.XXXXXX", why[256];
	static const char text[] = "root:x:0:\ndialout:x:20:berta,annabel\nbroken\nuucp:x:46:berta,anna\n";
	struct alg_access by;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct stat st = {.st_mode = S_IFCHR | rows[i].mode, .st_gid = rows[i].gid};

		user.groups[0] = rows[i].has;
		alg_access_find(&st, &user, path, &by);
		assert_string_equal(by.group, rows[i].group);
		assert_true(by.by_group == rows[i].by_group && by.member == rows[i].member && by.active == rows[i].active);
	}
	alg_access_me(&user);
	assert_true(user.n_groups >= 1 && user.groups[user.n_groups - 1] == getegid());
	assert_int_equal(fchmod(fd, 0600), 0);
	alg_access_why(path, why, sizeof(why)); /* of this user's own file, closed to its group */
	assert_non_null(strstr(why, "'algometer doctor'"));
	close(fd);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units_are_exact), cmocka_unit_test(units_are_read_as_gauges_spell_them),
		cmocka_unit_test(text_is_made_harmless), cmocka_unit_test(ascii_form_goes_both_ways),
		cmocka_unit_test(numbers_are_whole_strings), cmocka_unit_test(times_go_both_ways),
		cmocka_unit_test(files_are_whole_or_absent), cmocka_unit_test(access_goes_by_the_files_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
