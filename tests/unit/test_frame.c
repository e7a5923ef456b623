/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_frame.c - framings and number texts by tables; any chunking gives the same frames and the same
 * counts; a loop over a framing always progresses.
 */
#include "tests/unit/assert_close.h"

#include "driver/frame/crc16.h"
#include "driver/frame/frame.h"
#include "driver/frame/number.h"
#include "driver/transport/hiddesc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct tally {
	char text[8192]; /* the frames, each in brackets */
	size_t n_text;
	size_t framed, junk, length, check;
};

static void append(struct tally *t, const struct alg_frame *frame)
{
	assert_true(t->n_text + frame->len + 2 < sizeof(t->text));
	t->text[t->n_text++] = '[';
	memcpy(t->text + t->n_text, frame->data, frame->len);
	t->n_text += frame->len;
	t->text[t->n_text++] = ']';
	t->text[t->n_text] = '\0';
}

/* Uses up what it can of buf; returns how many bytes. The buffer is of exact size for the sanitizers. */
static size_t drain(const struct alg_framing *framing, const uint8_t *buf, size_t len, struct tally *t)
{
	size_t done = 0;

	for (;;) {
		struct alg_frame frame = {0};
		enum alg_frame_fault fault = ALG_FAULT_NONE;
		size_t used = 999999, left = len - done;
		uint8_t *exact = malloc(left ? left : 1);

		if (left)
			memcpy(exact, buf + done, left);
		enum alg_frame_result result = framing->next(exact, left, &frame, &used, &fault);

		free(exact);
		assert_true(used <= left);
		if (result == ALG_FRAME_OK) {
			assert_true(used >= 1 && frame.len <= framing->max_len);
			append(t, &frame);
			t->framed += used;
		} else {
			*(fault == ALG_FAULT_NONE ? &t->framed : &t->junk) += used;
			if (result == ALG_FRAME_BAD) {
				assert_true(used >= 1);
				t->length += fault == ALG_FAULT_LENGTH;
				t->check += fault == ALG_FAULT_CHECK;
			}
			if (result == ALG_FRAME_MORE && used == 0)
				return done;
		}
		done += used;
	}
}

/* Feeds bytes in pieces: all at once (0), of a fixed size, or of sizes from seed (-seed). */
static struct tally feed(const struct alg_framing *framing, const uint8_t *bytes, size_t n, int piece)
{
	struct tally t = {0};
	uint8_t *buf = malloc(n + 1);
	size_t len = 0, at = 0;
	unsigned seed = (unsigned)-piece;

	while (at < n) {
		size_t take = piece == 0 ? n : piece > 0 ? (size_t)piece : 1 + (size_t)(seed = seed * 1103515245u + 12345u) / 65536 % 40;

		take = take < n - at ? take : n - at;
		memcpy(buf + len, bytes + at, take);
		len += take;
		at += take;
		size_t done = drain(framing, buf, len, &t);

		memmove(buf, buf + done, len - done);
		len -= done;
		assert_true(len <= framing->max_len); /* what waits is less than a frame */
	}
	assert_int_equal(t.framed + t.junk + len, n);
	free(buf);
	return t;
}

#define A10  "AAAAAAAAAA"
#define A120 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10

static const struct {
	const char *legend;
	const struct alg_framing *framing;
	const char *bytes;
	size_t n; /* 0: strlen */
	const char *frames;
	size_t junk, length, check;
	size_t n_frames; /* 0: strlen */
} rows[] = {
	{"one line", &alg_framing_line, "-18.78 lbF\r\n", 0, "[-18.78 lbF]", 0, 0, 0},
	{"CR only", &alg_framing_line, "1 N\r2 N\r", 0, "[1 N][2 N]", 0, 0, 0},
	{"LF only", &alg_framing_line, "1 N\n2 N\n", 0, "[1 N][2 N]", 0, 0, 0},
	{"LF CR", &alg_framing_line, "1 N\n\r2 N\n\r", 0, "[1 N][2 N]", 0, 0, 0},
	{"empty lines", &alg_framing_line, "\r\n\r\n\n1 N\r\n\r\r", 0, "[1 N]", 0, 0, 0},
	{"unfinished", &alg_framing_line, "1 N\r\n2", 0, "[1 N]", 0, 0, 0},
	{"zero byte inside", &alg_framing_line, "1\0N\r\n", 5, "[1\0N]", 0, 0, 0, 5},
	{"longest line", &alg_framing_line, A120 "BBBBBB\r\n", 0, "[" A120 "BBBBBB]", 0, 0, 0},
	{"one too long, and its tail is no line", &alg_framing_line, A120 "BBBBBBB\n1 N\n", 0, "[1 N]", 128, 1, 0},
	{"far too long", &alg_framing_line, A120 A120 A120 "1.5 N\r2 N\r", 0, "[2 N]", 366, 1, 0},
	{"one frame", &alg_framing_stx16, "\x02" "41590200001234\r", 0, "[\x02" "41590200001234\r]", 0, 0, 0},
	{"leading garbage", &alg_framing_stx16, "xyz\r\x02" "41590200001234\r", 0, "[\x02" "41590200001234\r]", 4, 0, 0},
	{"cut by the next", &alg_framing_stx16, "\x02" "4159\x02" "41590200001234\r", 0, "[\x02" "41590200001234\r]", 5, 1, 0},
	{"short", &alg_framing_stx16, "\x02" "4159\r\x02" "41590200001234\r", 0, "[\x02" "41590200001234\r]", 6, 1, 0},
	{"wrong end", &alg_framing_stx16, "\x02" "41590200001234x\x02" "41590200001234\r", 0, "[\x02" "41590200001234\r]", 16, 0, 1},
	{"the end is a new start", &alg_framing_stx16, "\x02" "41590200001234\x02" "41590200001234\r", 0, "[\x02" "41590200001234\r]", 15, 0, 1},
	{"two answers", &alg_framing_signed7, "0011.70100.005", 0, "[0011.70][100.005]", 0, 0, 0},
	{"with CR LF, which it does not name", &alg_framing_signed7, "0011.70\r\n100.005\r", 0, "[0011.70][100.005]", 0, 0, 0},
	{"neither push nor pull", &alg_framing_signed7, "2011.7", 0, "", 1, 0, 0},
	{"a letter", &alg_framing_signed7, "00X100.005", 0, "[100.005]", 3, 0, 1},
	{"two points", &alg_framing_signed7, "001.1.100.005", 0, "[100.005]", 6, 0, 1},
	{"no point", &alg_framing_signed7, "0011170100.005", 0, "[100.005]", 7, 0, 1},
	{"point first", &alg_framing_signed7, "0.", 0, "", 2, 0, 1},
	{"point last", &alg_framing_signed7, "001117.", 0, "", 7, 0, 1},
	{"cut short", &alg_framing_signed7, "001.1\r100.005", 0, "[100.005]", 6, 1, 0},
	{"unfinished answer", &alg_framing_signed7, "0011.7", 0, "", 0, 0, 0},
	{"two lines", &alg_framing_shimpo, "0 N\r-2.5 N\r", 0, "[0 N][-2.5 N]", 0, 0, 0},
	{"LF is no end here", &alg_framing_shimpo, "1 N\n2 N\r", 0, "[1 N\n2 N]", 0, 0, 0},
	{"empty lines of CR", &alg_framing_shimpo, "\r\r1 N\r\r", 0, "[1 N]", 0, 0, 0},
	{"acknowledgement", &alg_framing_shimpo, "1 N\rR\x06" "2 N\r", 0, "[1 N][R\x06][2 N]", 0, 0, 0},
	{"acknowledgement behind something", &alg_framing_shimpo, "12R\x06" "2 N\r", 0, "[12R\x06" "2 N]", 0, 0, 0},
	{"a digit that became 06 ends nothing", &alg_framing_shimpo, "1\x06" "8.78 N\r", 0, "[1\x06" "8.78 N]", 0, 0, 0},
	{"longest text", &alg_framing_shimpo, " -12345 kgf.cmm\r", 0, "[ -12345 kgf.cmm]", 0, 0, 0},
	{"one too long", &alg_framing_shimpo, A10 "AAAAAA\r1 N\r", 0, "[1 N]", 17, 1, 0},
	{"far too long, with an acknowledgement inside", &alg_framing_shimpo, A120 "RR\x06" A10 "R1 N\r2 N\r", 0, "[2 N]", 138, 1, 0},
	{"memory request", &alg_framing_shimpo, "\xFC\x33\x00\x08\x3F\x3F\xC0\x1A", 8, "[\xFC\x33\x00\x08\x3F\x3F\xC0\x1A]", 0, 0, 0, 10},
	{"memory package", &alg_framing_shimpo, "\xFC\x33\x00\x08\x2B\x2B\xCF\x15", 8, "[\xFC\x33\x00\x08\x2B\x2B\xCF\x15]", 0, 0, 0, 10},
	{"memory complete", &alg_framing_shimpo, "\xFC\x33\x00\x09\x55\x2B\x2B\x74\xAF", 9, "[\xFC\x33\x00\x09\x55\x2B\x2B\x74\xAF]", 0, 0, 0, 11},
	{"memory, wrong check, and its rest is no number", &alg_framing_shimpo, "\xFC\x33\x00\x08\x3F\x3F\xC0\x1B" "5 N\r6 N\r", 16,
		"[\x33\x00\x08\x3F\x3F\xC0\x1B" "5 N][6 N]", 1, 0, 1, 17},
	{"memory cut short by another", &alg_framing_shimpo, "\xFC\x33\x00\x08\x3F\xFC\x33\x00\x08\x2B\x2B\xCF\x15", 13,
		"[\xFC\x33\x00\x08\x2B\x2B\xCF\x15]", 5, 1, 1, 10},
	{"text cut short by a memory frame", &alg_framing_shimpo, "-12.\xFC\x33\x00\x08\x2B\x2B\xCF\x15" "5 N\r", 16,
		"[\xFC\x33\x00\x08\x2B\x2B\xCF\x15][5 N]", 4, 1, 0, 15},
	{"a first byte that became FC takes its line along", &alg_framing_shimpo, "\xFC" "18.7 N\r2 N\r", 0, "[\xFC" "18.7 N][2 N]", 0, 0, 0},
	{"memory of 6 bytes is none", &alg_framing_shimpo, "\xFC\x33\x00\x06" "5 N\r", 8, "[\xFC\x33\x00\x06" "5 N]", 0, 0, 0, 9},
	{"memory of 43 bytes is none", &alg_framing_shimpo, "\xFC\x33\x00\x2B" "5 N\r", 8, "[\xFC\x33\x00\x2B" "5 N]", 0, 0, 0, 9},
	{"unfinished memory", &alg_framing_shimpo, "\xFC\x33\x00\x2A" "5 N\r", 8, "", 0, 0, 0},
	{"a packet", &alg_framing_ecp, "\xFF\xF1\x81\x01\x04\xFF\xF2", 7, "[\x81\x01\x04]", 0, 0, 0},
	{"no data", &alg_framing_ecp, "\xFF\xF1\x81\0\xFF\xF2", 6, "[\x81\0]", 0, 0, 0, 4},
	{"FF is doubled", &alg_framing_ecp, "\xFF\xF1\x81\x01\xFF\xFF\xFF\xF2", 8, "[\x81\x01\xFF]", 0, 0, 0},
	{"two, and FF at both ends", &alg_framing_ecp, "\xFF\xF1\x81\x02\xFF\xFF\xFF\xFF\xFF\xF2\xFF\xF1\x81\x01\x04\xFF\xF2", 17,
		"[\x81\x02\xFF\xFF][\x81\x01\x04]", 0, 0, 0},
	{"garbage before", &alg_framing_ecp, "ab\xFF\xF2\xF1\xFF\xF1\x81\x01\x04\xFF\xF2", 12, "[\x81\x01\x04]", 5, 0, 0},
	{"the tail of a frame with F1 in it", &alg_framing_ecp, "\x04\xFF\xFF\xF1\x81\x01\x04\xFF\xF2", 9, "", 9, 0, 0},
	{"FF FF and then a frame", &alg_framing_ecp, "\xFF\xFF\xFF\xF1\x81\x01\x04\xFF\xF2", 9, "[\x81\x01\x04]", 2, 0, 0},
	{"cut by the next", &alg_framing_ecp, "\xFF\xF1\x81\x01\xFF\xF1\x81\x01\x04\xFF\xF2", 11, "[\x81\x01\x04]", 4, 1, 0},
	{"too short", &alg_framing_ecp, "\xFF\xF1\x81\x02\x04\xFF\xF2", 7, "", 7, 1, 0},
	{"too long by the spare byte of a host", &alg_framing_ecp, "\xFF\xF1\x01\0\0\xFF\xF2", 7, "", 7, 1, 0},
	{"nothing inside", &alg_framing_ecp, "\xFF\xF1\xFF\xF2", 4, "", 4, 1, 0},
	{"FF and something else", &alg_framing_ecp, "\xFF\xF1\x81\xFF\x01\xFF\xF1\x81\x01\x04\xFF\xF2", 12, "[\x81\x01\x04]", 5, 0, 1},
	{"extended length", &alg_framing_ecp, "\xFF\xF1\x81\x80\x01\x04\xFF\xF2", 8, "", 8, 1, 0},
	{"unfinished frame", &alg_framing_stx16, "\x02" "4159020000123", 0, "", 0, 0, 0},
};

/* Go Direct: a report of 64 bytes that holds a packet of len bytes from at on, filled up with 'Z'. */
static size_t put_report(uint8_t *out, const uint8_t *packet, size_t len, size_t at)
{
	size_t n = len - at < 63 ? len - at : 63;

	memset(out, 'Z', 64);
	out[0] = (uint8_t)n;
	memcpy(out + 1, packet + at, n);
	return 64;
}

static size_t put_packet(uint8_t *out, uint8_t *packet, size_t len)
{
	size_t used = 0;

	packet[1] = (uint8_t)len;
	for (size_t i = 2; i < len; i++)
		packet[i] = (uint8_t)('a' + i % 26);
	packet[0] = ' ';
	for (size_t at = 0; at < len; at += 63)
		used += put_report(out + used, packet, len, at);
	return used;
}

/* Packets of every length, between empty reports; then one whose second report is missing its head. */
static void test_godirect(void **state)
{
	uint8_t bytes[1024], packet[256];

	(void)state;
	for (size_t len = 5; len <= 255; len += len < 70 ? 1 : 37)
		for (int piece = -3; piece <= 70; piece += 7) {
			size_t n = put_packet(bytes, packet, len);

			memset(bytes + n, 0, 64);
			n += 64 + put_packet(bytes + n + 64, packet, 9);
			struct tally t = feed(&alg_framing_godirect, bytes, n, piece);

			assert_int_equal(t.n_text, len + 2 + 9 + 2);
			assert_int_equal(t.junk, 64);
			assert_int_equal(t.length, 0);
			assert_memory_equal(t.text + len + 3, packet, 9);
		}
	size_t n = put_packet(bytes, packet, 100);

	bytes[64] = 0;
	n += put_packet(bytes + n, packet, 9);
	struct tally t = feed(&alg_framing_godirect, bytes, n, 0);

	assert_int_equal(t.length, 1);
	assert_true(t.junk >= 64);
	n = put_packet(bytes, packet, 100) - 1;
	t = feed(&alg_framing_godirect, bytes, n, 5);
	assert_int_equal(t.n_text, 0); /* its end is missing */
}

static void check_row(size_t i, int piece)
{
	size_t n = rows[i].n ? rows[i].n : strlen(rows[i].bytes);
	struct tally t = feed(rows[i].framing, (const uint8_t *)rows[i].bytes, n, piece);
	size_t want = rows[i].n_frames ? rows[i].n_frames : strlen(rows[i].frames);

	if (t.n_text != want || memcmp(t.text, rows[i].frames, want) != 0 || t.junk != rows[i].junk ||
		t.length != rows[i].length || t.check != rows[i].check)
		fail_msg("'%s' in pieces of %d: '%s' junk %zu length %zu check %zu", rows[i].legend, piece, t.text, t.junk,
			t.length, t.check);
}

static void test_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int piece = -5; piece <= 20; piece++)
			check_row(i, piece);
}

static void test_any_chunking(void **state)
{
	static const struct alg_framing *const framings[] = {&alg_framing_line, &alg_framing_stx16, &alg_framing_signed7,
		&alg_framing_shimpo, &alg_framing_godirect, &alg_framing_ecp};
	static const char letters[] = "\r\n\x02" "0123456789 .-N\r\x02\r\nR\x06\xFC\x33\x00\x08\x06\xFF\xF1\xFF\xF2\xFF\x01\x01\xFF";
	enum { N = 3000 };
	uint8_t bytes[N];

	(void)state;
	srandom(7);
	for (int round = 0; round < 30; round++) {
		/* Mostly what framings care about; every other round mostly long lines. */
		for (int i = 0; i < N; i++)
			bytes[i] = round % 2 && random() % 90 ? 'A' : (uint8_t)letters[random() % (sizeof(letters) - 1)];
		for (size_t f = 0; f < sizeof(framings) / sizeof(framings[0]); f++) {
			struct tally whole = feed(framings[f], bytes, N, 0);

			for (int piece = -8; piece < 8; piece++) {
				struct tally t = feed(framings[f], bytes, N, piece);

				assert_int_equal(t.n_text, whole.n_text);
				assert_memory_equal(t.text, whole.text, whole.n_text);
				assert_int_equal(t.junk, whole.junk);
				assert_int_equal(t.length, whole.length);
				assert_int_equal(t.check, whole.check);
			}
		}
	}
}

/* The check value that is printed for this CRC, and the three frames that Nidec-Shimpo prints. */
static void test_crc16(void **state)
{
	(void)state;
	assert_int_equal(alg_crc16_arc((const uint8_t *)"123456789", 9), 0xBB3D);
	assert_int_equal(alg_crc16_arc((const uint8_t *)"\xFC\x33\x00\x08\x3F\x3F", 6), 0x1AC0);
	assert_int_equal(alg_crc16_arc((const uint8_t *)"\xFC\x33\x00\x08\x2B\x2B", 6), 0x15CF);
	assert_int_equal(alg_crc16_arc((const uint8_t *)"\xFC\x33\x00\x09\x55\x2B\x2B", 7), 0xAF74);
	assert_int_equal(alg_crc16_arc((const uint8_t *)"", 0), 0);
}

static const struct {
	const char *text;
	bool ok;
	double value;
	int decimals;
	const char *unit;
} numbers[] = {
	{"-18.78 lbF", true, -18.78, 2, "lbF"},
	{"+ 3.20 kgf", true, 3.2, 2, "kgf"},
	{"- 3.20kgf", true, -3.2, 2, "kgf"},
	{"   12", true, 12, 0, ""},
	{"0012.50 N ", true, 12.5, 2, "N"},
	{"-0.0 N", true, 0, 1, "N"},
	{"123456789", true, 123456789, 0, ""},
	{"1234567890", false, 0, 0, ""},
	{"", false, 0, 0, ""},
	{"-", false, 0, 0, ""},
	{".5 N", false, 0, 0, ""},
	{"5. N", false, 0, 0, ""},
	{"1.2.3 N", false, 0, 0, ""},
	{"12,5 N", false, 0, 0, ""},
	{"--5 N", false, 0, 0, ""},
	{"5 N 6", false, 0, 0, ""},
	{"5 N.m", false, 0, 0, ""},
	{"1e3 N", false, 0, 0, ""},
	{"\t5 N", false, 0, 0, ""},
	{"x5 N", false, 0, 0, ""},
};

static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct alg_number n;
		size_t len = strlen(numbers[i].text);
		uint8_t *exact = malloc(len ? len : 1);

		memcpy(exact, numbers[i].text, len);
		if (alg_number_parse(exact, len, &n) != numbers[i].ok)
			fail_msg("'%s' is %sa number", numbers[i].text, numbers[i].ok ? "not " : "");
		if (numbers[i].ok) {
			assert_close(n.value, numbers[i].value, 0);
			assert_int_equal(signbit(n.value) != 0, numbers[i].value < 0);
			assert_int_equal(n.decimals, numbers[i].decimals);
			assert_int_equal(n.unit_len, strlen(numbers[i].unit));
			assert_memory_equal(n.unit, numbers[i].unit, n.unit_len);
		}
		free(exact);
	}
}

static void test_format(void **state)
{
	static const struct {
		bool negative;
		uint32_t digits;
		int decimals;
		const char *want;
	} t[] = {
		{false, 1135, 1, "113.5 oz"}, {true, 5, 2, "-0.05 oz"}, {false, 0, 1, "0.0 oz"}, {false, 5, -2, "500 oz"},
		{false, 0, -3, "0 oz"}, {true, 20, 0, "-20 oz"}, {false, 7, 9, "0.000000007 oz"}, {false, 99999999, 3, "99999.999 oz"},
	};
	char text[24];

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		alg_number_format(text, sizeof(text), t[i].negative, t[i].digits, t[i].decimals, "oz");
		assert_string_equal(text, t[i].want);
	}
	alg_number_format(text, 5, false, 123456, 2, "oz");
	assert_string_equal(text, "1234");
	alg_number_shown(text, sizeof(text), (const uint8_t *)"  5 N\x1b\xff ", 8);
	assert_string_equal(text, "5 N??");
}

/* A scale's report descriptor begins 05 8D 09 20 A1 01; a mouse has 8D only as data. */
static void test_usage_page(void **state)
{
	static const struct {
		const char *legend;
		const char *bytes;
		size_t n;
		bool has;
	} t[] = {
		{"scale", "\x05\x8D\x09\x20\xA1\x01", 6, true},
		{"page as two bytes", "\x06\x8D\x00\x09\x20", 5, true},
		{"page as four bytes", "\x07\x8D\x00\x00\x00", 5, true},
		{"extended usage", "\x05\x01\x0B\x20\x00\x8D\x00", 7, true},
		{"after other items", "\x85\x03\x95\x05\x05\x8D", 6, true},
		{"page FF8D", "\x06\x8D\xFF", 3, false},
		{"05 8D inside a logical maximum", "\x26\x05\x8D\x05\x01", 5, false},
		{"05 8D inside a long item", "\xFE\x02\x10\x05\x8D\x05\x01", 7, false},
		{"behind a long item", "\xFE\x02\x10\x05\x05\x05\x8D", 7, true},
		{"cut", "\x05", 1, false},
		{"cut page of two bytes", "\x06\x8D", 2, false},
		{"long item cut", "\xFE\xFF", 2, false},
		{"long item longer than the rest", "\xFE\xFF\x10\x05\x8D", 5, false},
		{"mouse", "\x05\x01\x09\x02\xA1\x01\x25\x8D", 8, false},
		{"nothing", "", 0, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		uint8_t *exact = malloc(t[i].n ? t[i].n : 1);

		memcpy(exact, t[i].bytes, t[i].n);
		if (alg_hid_has_usage_page(exact, t[i].n, 0x8D) != t[i].has)
			fail_msg("'%s'", t[i].legend);
		free(exact);
	}
}

static void test_report_length(void **state)
{
	static const struct {
		const char *legend, *bytes;
		size_t n;
		int length;
	} t[] = {
		{"a HID descriptor", "\x09\x21\x11\x01\x00\x01\x22\x62\x01", 9, 0x162},
		{"behind another", "\x03\x24\x00\x09\x21\x11\x01\x00\x01\x22\x62\x00", 12, 0x62},
		{"cut", "\x09\x21\x11\x01\x00\x01\x22\x62", 8, 0},
		{"too short for a length", "\x07\x21\x11\x01\x00\x01\x22\x62\x01", 9, 0},
		{"a physical descriptor first", "\x09\x21\x11\x01\x00\x01\x23\x62\x00", 9, 0},
		{"a length of nothing", "\x00\x21\x11\x01\x00\x01\x22\x62\x00", 9, 0},
		{"nothing", "", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		uint8_t *exact = malloc(t[i].n ? t[i].n : 1);

		memcpy(exact, t[i].bytes, t[i].n);
		if (alg_hid_report_length(exact, t[i].n) != t[i].length)
			fail_msg("'%s'", t[i].legend);
		free(exact);
	}
}

/* Numbers that are shown, fields of fixed length, and the line through two loads. */
static void test_shown(void **state)
{
	static const double steps[] = {1, 0.5, 0.1, 0.0374, 0.001, 2e-9, 0, -1, NAN, INFINITY};
	static const int decimals[] = {0, 1, 1, 2, 3, 6, 3, 3, 3, 3};
	static const double raw[2] = {0.5, 1.5}, force[2] = {10, -30}, same[2] = {2, 2};
	char text[24];

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		assert_int_equal(alg_number_decimals(steps[i]), decimals[i]);
	alg_number_show(text, sizeof(text), -12.345, 2, "N");
	assert_string_equal(text, "-12.35 N"); /* the double is a little more */
	alg_number_show(text, sizeof(text), -0.004, 2, "N");
	assert_string_equal(text, "0.00 N");
	alg_number_show(text, sizeof(text), 4294967296.0, 0, "N");
	assert_string_equal(text, "");
	alg_number_show(text, sizeof(text), NAN, 2, "N");
	assert_string_equal(text, "");
	alg_number_field(text, sizeof(text), (const uint8_t *)"N\0kgf", 5);
	assert_string_equal(text, "N");
	alg_number_field(text, sizeof(text), (const uint8_t *)"lb \xC2", 4);
	assert_string_equal(text, "lb ?");
	assert_close(alg_two_points(raw, force, 0.5), 10, 0);
	assert_close(alg_two_points(raw, force, 1.5), -30, 0);
	assert_close(alg_two_points(raw, force, 0), 30, 1e-12);
	assert_nan(alg_two_points(same, force, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_godirect),
		cmocka_unit_test(test_any_chunking),
		cmocka_unit_test(test_crc16),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_usage_page),
		cmocka_unit_test(test_report_length),
		cmocka_unit_test(test_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
