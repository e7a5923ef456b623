/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_profile.c - family text: patterns against lines, their cost, profiles as files with the place of each mistake,
 * the shipped ones, what is written to a gauge, and what is told of each line. Values of whole recordings are in
 * tests/recordings/text/.
 */
#include "tests/unit/assert_close.h"

#include "base/text.h"
#include "cli/profile.h"
#include "driver/algometer.h"
#include "driver/frame/pattern.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char said[2048];
static int said_id;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx, (void)level;
	snprintf(said, sizeof(said), "%s", text);
	said_id = id;
}

static struct alg_log log_ = {.sink = keep, .level = ALG_LEVEL_NOTE};

/* ---- patterns -------------------------------------------------------------------------------------------- */

static bool span_is(struct alg_span span, const char *text)
{
	return text ? span.text && span.len == strlen(text) && memcmp(span.text, text, span.len) == 0 : !span.text;
}

static void test_fits(void **state)
{
	static const struct {
		const char *legend, *pattern, *line, *number, *unit, *sign;
	} rows[] = {
		{"plain", "{number} {unit}", "12.34 N", "12.34", "N", NULL},
		{"its own sign", "{number} {unit}", "-12.34 lbf", "-12.34", "lbf", NULL},
		{"plus", "{number}", "+5", "+5", NULL, NULL},
		{"sign apart", "{sign}{blanks}{number}{blanks}{unit}", "+   0.25kgf", "0.25", "kgf", "+"},
		{"no sign", "{sign}{blanks}{number}{blanks}{unit}", "  0.25 kgf", "0.25", "kgf", NULL},
		{"a comma where the profile says so", "{number} {unit}", "12,34 N", "12,34", "N", NULL},
		{"columns", "{field},{field},{number},{*}", "a,,3.5,rest, of it", "3.5", NULL, NULL},
		{"a word up to a literal", "{word}:{number}", "index:123", "123", NULL, NULL},
		{"a word up to a blank", "{word} {number}", "L 7", "7", NULL, NULL},
		{"just so many characters", "{skip:3}{number}", "00712", "12", NULL, NULL},
		{"text before the number", "{text}{number}{blanks}{unit}", "Live: 5.0 N", "5.0", "N", NULL},
		{"braces", "{{{number}}}", "{4}", "4", NULL, NULL},
		{"tab", "{number}{tab}{field}", "1.5\t33", "1.5", NULL, NULL},
		{"a unit with a point", "{number} {unit}", "2 N.m", "2", "N.m", NULL},
		{"counter and time", "{counter};{time};{number}", "17;123456;0.5", "0.5", NULL, NULL},
	};
	struct alg_pattern_fit fit;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *why = "";
		size_t at;

		if (!alg_pattern_check(rows[i].pattern, &at, &why))
			fail_msg("%s: %s", rows[i].legend, why);
		if (!alg_pattern_match(rows[i].pattern, strchr(rows[i].line, '.') ? '.' : ',', (const uint8_t *)rows[i].line,
			    strlen(rows[i].line), &fit))
			fail_msg("%s: stops at %zu", rows[i].legend, fit.at);
		if (!span_is(fit.number, rows[i].number) || !span_is(fit.unit, rows[i].unit) || !span_is(fit.sign, rows[i].sign))
			fail_msg("%s: other fields", rows[i].legend);
	}
}

/* A garbled line never becomes a plausible force. at: where it stops to fit. */
static void test_does_not_fit(void **state)
{
	static const struct {
		const char *legend, *pattern, *line;
		size_t at;
		const char *expected;
	} rows[] = {
		{"two points", "{number}{blanks}{*}", "12.3.4 N", 4, "{number}"},
		{"an exponent", "{number}{blanks}{*}", "1e3", 1, "{number}"},
		{"a comma that is no mark", "{number}{blanks}{unit}", "12,5 N", 2, "{number}"},
		{"a digit turned into a letter", "{number}{blanks}{unit}", "1x.5 N", 3, "{unit}"},
		{"a word that goes on in another alphabet", "{number} {unit}{*}", "1 N\xB7m", 3, "{unit}"},
		{"more behind it", "{number} {unit}", "1 N 2", 3, ""},
		{"nothing", "{number}", "", 0, "{number}"},
		{"a sign alone", "{number}", "-", 1, "{number}"},
		{"two signs", "{sign}{number}", "+-5", 1, "{number}"},
		{"no digit before the point", "{text}{number}", "x.5", 2, "{text}"},
		{"a point at the end", "{number}", "5.", 1, "{number}"},
		{"no separator", "{field};{number}", "a,5", 3, "';'"},
		{"a control character", "{word} {number}", "a\x01 5", 1, "{word}"},
		{"a high byte", "{text}{number}", "\xFF 5", 0, "{text}"},
		{"too short to skip", "{skip:9}{number}", "12345", 5, "{skip:9}"},
		{"a counter of ten digits", "{counter};{number}", "1234567890;1", 9, "{counter}"},
		{"case counts", "L {number}", "l 5", 0, "L"},
	};
	struct alg_pattern_fit fit;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *want = rows[i].expected;
		size_t len = strlen(want) == 3 && want[0] == '\'' ? 1 : strlen(want);

		if (alg_pattern_match(rows[i].pattern, '.', (const uint8_t *)rows[i].line, strlen(rows[i].line), &fit))
			fail_msg("%s: fits", rows[i].legend);
		if (fit.at != rows[i].at || fit.expected_len != len || memcmp(fit.expected, want + (want[0] == '\''), len) != 0)
			fail_msg("%s: stops at %zu, %.*s", rows[i].legend, fit.at, (int)fit.expected_len, fit.expected);
	}
}

static void test_pattern_mistakes(void **state)
{
	static const struct {
		const char *pattern;
		size_t at;
		const char *why;
	} rows[] = {
		{"", 0, "needs a {number}"},
		{"{unit}", 6, "needs a {number}"},
		{"{number} {force}", 9, "no such field"},
		{"{number", 0, "no such field"},
		{"number}", 6, "no such field"},
		{"{number},{number}", 9, "one {number}"},
		{"{unit}{number}{unit}", 14, "twice"},
		{"{skip:0}{number}", 0, "no such field"},
		{"{skip:100}{number}", 0, "no such field"},
		{"{skip:}{number}", 0, "no such field"},
		{"{*}{number}", 0, "nothing can follow"},
		{"{field}{number}", 0, "behind {field}"},
		{"{word}{number}", 0, "behind {word}"},
		{"{text} {number}", 0, "behind {text}"},
		{"{sign}{unit}{number}", 0, "behind {sign}"},
		{"{number}\x01", 8, "printable ASCII"},
		{"{number}\xC2\xB0", 8, "printable ASCII"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *why = "";
		size_t at = 99;

		if (alg_pattern_check(rows[i].pattern, &at, &why))
			fail_msg("'%s' passes", rows[i].pattern);
		if (at != rows[i].at || !strstr(why, rows[i].why))
			fail_msg("'%s': %zu, %s", rows[i].pattern, at, why);
	}
	assert_true(alg_profile_pattern_has("{number} {unit}", "{unit}"));
	assert_false(alg_profile_pattern_has("{number} {{unit}", "{unit}"));
}

/*
 * Lines of four million characters that make a matcher which goes back try everything again: here each takes
 * milliseconds. One that is quadratic would need hours, which the test's time limit is for.
 */
static void test_cost(void **state)
{
	enum { LEN = 4000000 };
	static const char *const patterns[] = {"{text}{number}{blanks}{unit}{blanks}", "{field},{field},{number}",
		"{word} {word} {number}", "{blanks}{number}{blanks}{*}", "{number} {unit}", "{time},{number}", "{skip:99}{text}{number}"};
	static const char *const fills[] = {" ", "1", "a", ",", "a ", "1 ", "+", ".1", "a,", "\t"};
	uint8_t *line = malloc(LEN);
	struct alg_pattern_fit fit;
	clock_t start = clock();

	(void)state;
	assert_non_null(line);
	for (size_t f = 0; f < sizeof(fills) / sizeof(fills[0]); f++) {
		for (size_t i = 0, n = strlen(fills[f]); i < LEN; i++)
			line[i] = (uint8_t)fills[f][i % n];
		for (size_t p = 0; p < sizeof(patterns) / sizeof(patterns[0]); p++)
			alg_pattern_match(patterns[p], '.', line, LEN, &fit);
	}
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 60);
	free(line);
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

#define HEAD "algometer: profile 1\nid: x\ntitle: X\nsource: y\nproven: yes\nbaud: 9600\n"

static void test_files(void **state)
{
	static const struct {
		const char *text, *complaint; /* NULL: it is well */
	} rows[] = {
		{HEAD "pattern: '{number}'\n", NULL},
		{HEAD "pattern: '{number} {unit}'\nunits: {lbF: lbf, N: N}\npoll: '?\\r\\n'\npoll_interval_ms: 50\n", NULL},
		{"algometer: procedure 1\n", "t:1:12: "},
		{"algometer: profile 2\n", "newer"},
		{"algometer: profile 1\ntitle: X\n", "key 'id' is missing"},
		{HEAD "pattern: '{number}'\nspeed: 3\n", "t:8:1: unknown key 'speed'"},
		{HEAD "pattern: '{number}'\nbaud: 1200\n", "t:8:1: "},
		{HEAD "pattern: '{number} {size}'\n", "t:7:10: pattern, character 10 ('{size}'): no such field"},
		{HEAD, "one of 'pattern:' and 'patterns:' is needed"},
		{HEAD "pattern: '{number}'\npatterns: ['{number}']\n", "one of 'pattern:' and 'patterns:' is needed"},
		{HEAD "patterns: ['{number}', '{number}', '{number}', '{number}', '{number}']\n", "more than 4"},
		{HEAD "pattern: '{number}{unit}'\n", "a pattern has {unit}"},
		{HEAD "pattern: '{number}'\nunits: {N: N}\n", "no pattern has {unit}"},
		{HEAD "pattern: '{number}{unit}'\nunits: {N: newtons}\n", "t:8:12: units: 'newtons' is none of"},
		{HEAD "pattern: '{number}{unit}'\nunits: {'5': N}\n", "no word of letters"},
		{HEAD "pattern: '{number}'\nunit: Nm\n", "t:8:7: unit: one of"},
		{HEAD "pattern: '{number}'\nline: 9N1\n", "t:8:7: line: '9N1'"},
		{HEAD "pattern: '{number}'\npoll: '\\x1B'\n", "only printable ASCII"},
		{HEAD "pattern: '{number}'\npoll: \"\\e\"\n", "control character"},
		{HEAD "pattern: '{number}'\npoll: '123456789012345678901234567890123'\n", "more than 32 characters"},
		{HEAD "pattern: '{number}'\npoll: ''\n", "the characters that are sent"},
		{HEAD "pattern: '{number}'\npoll: '?\\rSAVE\\r'\n", "never sent, because it writes a Mark-10's memory"},
		{HEAD "pattern: '{number}'\nzero: 'Q\\r'\n", "never sent, because it switches an Imada off"},
		{HEAD "pattern: '{number}'\npoll_interval_ms: 100\n", "only with 'poll:'"},
		{HEAD "pattern: '{number}'\noverload: OL\n", "a list of texts"},
		{HEAD "pattern: '{number}'\nignored: ['*']\n", "a text without blanks around it"},
		{HEAD "pattern: '{number}'\ndecimal_mark: ';'\n", "none of: . ,"},
		{HEAD "pattern: '{number}'\ncompression: up\n", "none of: minus unknown plus"},
		{"algometer: profile 1\nid: x\ntitle: X\nsource: y\nproven: no\nbaud: 9600\npattern: '{number}'\n", "key 'unproven' is missing"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct alg_text_profile p;
		int rc = cli_profile_parse(&p, rows[i].text, strlen(rows[i].text), "t", &log_);

		if (rc == 0 && rows[i].complaint)
			fail_msg("passes, without '%s'", rows[i].complaint);
		if (rc && (!rows[i].complaint || !strstr(said, rows[i].complaint)))
			fail_msg("'%s', not '%s'", said, rows[i].complaint ? rows[i].complaint : "well");
	}
}

static void test_values(void **state)
{
	static const char text[] = "algometer: profile 1\nid: own\ntitle: Own\nsource: me\nproven: no\nunproven: all\nbaud: 2400\n"
				   "line: 7E2\ndtr: false\npoll: 'R\\\\\\r\\n'\npoll_interval_ms: 20\nreply_timeout_ms: 300\nsilence_ms: 700\n"
				   "zero: 'T\\r'\nrate_hz: 12.5\nlength: 9\npatterns: ['{number} {unit}', '{number}']\n"
				   "decimal_mark: ','\nunit: kgf\nunits: {GN: gr, 'N': N}\noverload: [OL]\nunderload: [UL]\n"
				   "error: [E1, 'ERR*']\nignored: [OK]\ncompression: minus\n";
	struct alg_text_profile p;

	(void)state;
	if (cli_profile_parse(&p, text, strlen(text), "profiles/own.yaml", &log_))
		fail_msg("%s", said);
	assert_string_equal(p.id, "own");
	assert_false(p.proven);
	assert_int_equal(p.line.baud, 2400);
	assert_int_equal(p.line.data_bits, 7);
	assert_int_equal(p.line.parity, 'E');
	assert_int_equal(p.line.stop_bits, 2);
	assert_true(!p.line.dtr && p.line.rts);
	assert_int_equal(p.poll_len, 4);
	assert_memory_equal(p.poll, "R\\\r\n", 4);
	assert_int_equal(p.zero_len, 2);
	assert_memory_equal(p.zero, "T\r", 2);
	assert_true(p.poll_interval_ms == 20 && p.reply_timeout_ms == 300 && p.silence_ms == 700);
	assert_close(p.rate_hz, 12.5, 0);
	assert_int_equal(p.line_len, 9);
	assert_int_equal(p.n_patterns, 2);
	assert_int_equal(p.decimal_mark, ',');
	assert_int_equal(p.unit, ALG_UNIT_KGF);
	assert_int_equal(p.n_units, 2);
	assert_string_equal(p.units[0].word, "GN");
	assert_int_equal(p.units[0].unit, ALG_UNIT_GRAIN);
	assert_int_equal(p.n_texts, 5);
	assert_string_equal(p.texts[3].text, "ERR*");
	assert_int_equal(p.texts[3].kind, ALG_TEXT_ERROR);
	assert_int_equal(p.compression, -1);
	assert_true(cli_profile_parse(&p, text, strlen(text), "profiles/other.yaml", &log_) < 0);
	assert_non_null(strstr(said, "is not the file's name"));
	assert_true(cli_profile_find(&p, "nothing", &log_) == ALG_ERR_ARG && said_id == 352);
	assert_true(cli_profile_find(&p, "../study", &log_) < 0);
}

/*
 * Bytes that change a gauge, stop it or start what cannot be stopped, on some gauge of this program's: no
 * shipped profile asks with one of them.
 */
static const char *const harmful[] = {"*", "2", "3", "4", "5", "6", "7", "x", "!", "Z", "z", "r", "u", "m", "d", "a", "b", "c", "e",
	"f", "g", "s", "t", "v", "w", "y", "Q", "SAVE", "SET_SAVE", "CLR", "CLEAR", "CLRMEM", "CT0", "O0W0", "STAT", "?C", "AB"};

static void test_shipped(void **state)
{
	static char ids[CLI_PROFILE_IDS_MAX][CLI_PROFILE_ID_CAP];
	size_t n = cli_profile_ids(ids);

	(void)state;
	assert_true(n >= 13);
	for (size_t i = 0; i < n; i++) {
		struct alg_text_profile p;
		char poll[ALG_PROFILE_REQUEST_MAX + 1] = "";

		if (cli_profile_find(&p, ids[i], &log_))
			fail_msg("%s", said);
		assert_string_equal(p.id, ids[i]);
		memcpy(poll, p.poll, p.poll_len);
		poll[strcspn(poll, "\r\n")] = '\0';
		for (size_t h = 0; h < sizeof(harmful) / sizeof(harmful[0]); h++)
			if (strcmp(poll, harmful[h]) == 0)
				fail_msg("%s asks with '%s'", ids[i], poll);
		if (!p.proven && !*p.unproven)
			fail_msg("%s is a guess and does not say of what", ids[i]);
	}
}

/* ---- through the read loop --------------------------------------------------------------------------------- */

static char rec_path[] = "/tmp/alg-profile-XXXXXX";

static void write_recording(const char *profile, const char *family, const char *events)
{
	FILE *f = fopen(rec_path, "w");

	assert_non_null(f);
	fprintf(f, "# algometer-recording 1\n# family: %s\n# kind: synthetic\n%s%s", family, profile, events);
	fclose(f);
}

struct told {
	int n;
	char verdict[16][16], text[16][200];
};

static void hear(void *ctx, const struct alg_explained *what)
{
	struct told *t = ctx;

	assert_true(t->n < 16);
	alg_text_copy(t->verdict[t->n], sizeof(t->verdict[0]), what->verdict);
	alg_text_copy(t->text[t->n++], sizeof(t->text[0]), what->text);
	assert_true((what->reading != NULL) == (strcmp(what->verdict, "reading") == 0));
}

static int open_recording(const char *options, const struct alg_text_profile *profile, struct alg_open_opts *opts,
	struct alg_device **dev)
{
	char address[200];
	struct alg_uri uri;

	snprintf(address, sizeof(address), "replay:%s%s", rec_path, options);
	said_id = 0;
	assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
	opts->log = &log_;
	opts->profile = profile;
	return alg_device_open(&uri, opts, dev);
}

static void torbal(struct alg_text_profile *p)
{
	if (cli_profile_find(p, "torbal-fa", &log_))
		fail_msg("%s", said);
}

/* Just the profile's requests go out; the recording is strict about each byte. */
static void test_asks(void **state)
{
	struct alg_text_profile p;
	struct alg_open_opts opts = {0};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	torbal(&p);
	p.zero_len = 3;
	memcpy(p.zero, "T\r\n", 3);
	write_recording("# profile: torbal-fa\n", "text",
			"0 > 53 49 0D 0A\n1000 < 20 20 20 20 20 31 32 2C 33 34 20 4E 20 20 0D 0A\n"
			"50000 > 54 0D 0A\n51000 < 20 20 20 20 20 20 30 2C 30 30 20 4E 20 20 0D 0A\n");
	assert_int_equal(open_recording("?strict=1", &p, &opts, &dev), 0);
	assert_int_equal(said_id, 353);
	assert_non_null(strstr(said, "'SI\\r\\n'"));
	assert_string_equal(alg_device_info(dev)->model, "profile torbal-fa");
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, 12.34, 1e-12);
	assert_close(alg_device_info(dev)->resolution_n, 0.01, 1e-12); /* of a comma as of a point */
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	assert_int_equal(alg_device_read(dev, &r, 90), 1);
	assert_close(r.force_n, 0, 0);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_LIVE_MODE), ALG_ERR_UNSUPPORTED);
	alg_device_close(dev);
}

static void test_explains(void **state)
{
	static const char *const want[][2] = {
		{"reading", "number '12,34', unit 'N' is N"},
		{"bad-length", "13 characters, the profile says length: 14"},
		{"insane", "stops at column 8 ('.'): {number} does not fit"},
		{"foreign", "unit 'Nm' is not among the profile's units"},
		{"cut", "its end did not come"},
	};
	struct told told = {0};
	struct alg_open_opts opts = {.explain = hear, .explain_ctx = &told};
	struct alg_text_profile p;
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	torbal(&p);
	write_recording("# profile: torbal-fa\n", "text",
			"0 < 20 20 20 20 20 31 32 2C 33 34 20 4E 20 20 0D 0A\n1000 < 20 20 20 20 31 32 2C 33 34 20 4E 20 20 0D 0A\n"
			"2000 < 20 20 20 20 20 31 32 2E 33 34 20 4E 20 20 0D 0A\n3000 < 20 20 20 20 20 31 32 2C 33 34 20 4E 6D 20 0D 0A\n"
			"4000 < 20 20\n");
	assert_int_equal(open_recording("", &p, &opts, &dev), 0);
	while (alg_device_read(dev, &r, 100) >= 0)
		;
	alg_device_close(dev);
	assert_int_equal(told.n, 5);
	for (int i = 0; i < 5; i++)
		if (strcmp(told.verdict[i], want[i][0]) != 0 || !strstr(told.text[i], want[i][1]))
			fail_msg("%d: %s: %s", i, told.verdict[i], told.text[i]);
}

/* Without a family, without a request, all bytes are told once and none is a reading. */
static void test_listens(void **state)
{
	struct told told = {0};
	struct alg_open_opts opts = {.explain = hear, .explain_ctx = &told, .listen = true};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	write_recording("", "unknown", "0 < 31 20 4E 0D 0A\n1000 < FF 00\n");
	assert_int_equal(open_recording("", NULL, &opts, &dev), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), ALG_ERR_NODEV);
	assert_int_equal(alg_device_counters(dev).bytes, 7);
	assert_int_equal(alg_device_counters(dev).readings, 0);
	alg_device_close(dev);
	assert_int_equal(told.n, 2);
	assert_string_equal(told.verdict[0], "bytes");
}

static void test_needs(void **state)
{
	struct alg_text_profile p;
	struct alg_open_opts opts = {0};
	struct alg_device *dev;
	struct alg_reading r;
	char name[64];

	(void)state;
	write_recording("# profile: torbal-fa\n", "text",
			"0 < 20 20 20 20 20 31 32 2C 33 34 20 4E 20 20 0D 0A\n");
	alg_recording_profile(rec_path, name, sizeof(name));
	assert_string_equal(name, "torbal-fa");
	alg_recording_profile("/nothing", name, sizeof(name));
	assert_string_equal(name, "");
	assert_int_equal(open_recording("", NULL, &opts, &dev), ALG_ERR_ARG);
	assert_int_equal(said_id, 350);
	/* A maker who says that pressing is minus is turned round, unless the address decides. */
	torbal(&p);
	p.compression = -1;
	assert_int_equal(open_recording("", &p, &opts, &dev), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_close(r.force_n, -12.34, 1e-12);
	alg_device_close(dev);
	assert_int_equal(open_recording("?polarity=+", &p, &opts, &dev), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_close(r.force_n, 12.34, 1e-12);
	alg_device_close(dev);
}

/* ---- known and not read ------------------------------------------------------------------------------------------ */

static void test_unsupported(void **state)
{
	static const char *const words[] = {"chatillon", "DFE", "dfs-ii", "DFX", "Somedic", "algomed", "medoc", "jtech", "commander",
		"microfet", "hoggan", "cpar+", "dolocuff", "alluris", "tronix", "HP-500", "sf-500", "tecsis", "fpk", "FPN", "tindeq"};
	struct alg_uri uri;
	char address[100];

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		snprintf(address, sizeof(address), "serial:/dev/x?family=%s", words[i]);
		assert_true(alg_uri_parse(address, &uri, &log_) == ALG_ERR_UNSUPPORTED && said_id == 351);
		assert_true(alg_uri_parse(words[i], &uri, &log_) == ALG_ERR_UNSUPPORTED && said_id == 351);
	}
	assert_null(alg_unsupported_find(""));
	assert_null(alg_unsupported_find("wagner"));
	assert_null(alg_unsupported_find("df"));
	for (size_t i = 0; alg_unsupported_at(i); i++)
		if (alg_family_find(alg_unsupported_at(i)->name))
			fail_msg("%s is refused and a family", alg_unsupported_at(i)->name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits), cmocka_unit_test(test_does_not_fit), cmocka_unit_test(test_pattern_mistakes),
		cmocka_unit_test(test_cost), cmocka_unit_test(test_files), cmocka_unit_test(test_values),
		cmocka_unit_test(test_shipped), cmocka_unit_test(test_asks), cmocka_unit_test(test_explains),
		cmocka_unit_test(test_listens), cmocka_unit_test(test_needs), cmocka_unit_test(test_unsupported),
	};
	int fd = mkstemp(rec_path), failed;

	if (fd < 0)
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(rec_path);
	return failed;
}
