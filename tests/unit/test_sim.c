/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other end of the cable: speakers against documented bytes, chance, patient, hand, world. */
#include "assert_close.h"

#include "base/status.h"
#include "sim/hand.h"
#include "sim/options.h"
#include "sim/patient.h"
#include "sim/random.h"
#include "sim/scenario.h"
#include "sim/speak.h"
#include "sim/world.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* ---- chance ------------------------------------------------------------------------------- */

static void test_random(void **state)
{
	double sum = 0, squares = 0, u = 0;

	(void)state;
	/* First outputs of SplitMix64 seeded with 0 (Steele et al. 2014; printed by many libraries). */
	assert_true(sim_random(0, 0) == UINT64_C(0xE220A8397B1DCDAF));
	assert_true(sim_random(0, 1) == UINT64_C(0x6E789E6AA1B965F4));
	assert_true(sim_random(0, 2) == UINT64_C(0x06C45D188009454F));
	for (uint64_t i = 0; i < 20000; i++) {
		double z = sim_normal(99, i);

		sum += z;
		squares += z * z;
		u += sim_uniform(98, i);
	}
	assert_close(sum / 20000, 0, 0.03);
	assert_close(sqrt(squares / 20000), 1, 0.02);
	assert_close(u / 20000, 0.5, 0.01);
	for (double x = -20; x <= 20; x += 0.37)
		assert_close(sim_exp(x) / exp(x), 1, 1e-12);
	for (double x = -3; x <= 3; x += 0.013)
		assert_close(sim_sine(x), sin(x * 2 * M_PI), 1e-12);
}

/* ---- speakers against documented bytes ------------------------------------------------------ */

struct bench {
	const struct sim_speaker *speaker;
	struct sim_gauge gauge;
	alignas(16) uint8_t state[SIM_SPEAKER_STATE_MAX];
};

static void bench_init(struct bench *b, const char *family)
{
	memset(b, 0, sizeof(*b));
	b->speaker = sim_speaker_find(family);
	assert_non_null(b->speaker);
	sim_gauge_init(&b->gauge, b->speaker);
}

/* What the gauge answers to text, as a string. */
static const char *ask(struct bench *b, const char *text)
{
	static char out[SIM_OUT_MAX + 1];
	size_t n = b->speaker->hear(b->state, &b->gauge, (const uint8_t *)text, strlen(text), (uint8_t *)out);

	out[n] = '\0';
	return out;
}

static double in_unit(double value, enum alg_unit unit)
{
	return value * alg_unit_factor_n(unit);
}

static void test_wagner(void **state)
{
	static const struct {
		const char *legend, *host, *gauge;
		double value;
		enum alg_unit unit;
	} rows[] = {
		{"maker's example", "?\r\n", "18.14 kgf\r\n", 18.14, ALG_UNIT_KGF},
		{"tension, form of the open driver", "?\r\n", "-0.25 lbf\r\n", -0.25, ALG_UNIT_LBF},
		{"other spelling", "C?\r\n", "18.14 kgf\r\n", 18.14, ALG_UNIT_KGF},
		{"lower case", "c?\r\n", "1.00 kgf\r\n", 1, ALG_UNIT_KGF},
		{"newton", "?\r\n", "12.3 N\r\n", 12.3, ALG_UNIT_N},
		{"ounces", "?\r\n", "40.5 ozf\r\n", 40.5, ALG_UNIT_OZF},
		{"CR alone is no end", "?\r", "", 1, ALG_UNIT_N},
		{"LF alone is no end", "?\n", "", 1, ALG_UNIT_N},
		{"unknown: no reply at all", "LIST\r\n", "", 1, ALG_UNIT_N},
		{"too long: no reply, and not a reading", "AAAAAAAAAAAAAAAAAAAAAAAA?\r\n", "", 1, ALG_UNIT_N},
		{"two requests at once", "?\r\n?\r\n", "1.0 N\r\n1.0 N\r\n", 1, ALG_UNIT_N},
		{"no minus zero", "?\r\n", "0.00 kgf\r\n", -0.004, ALG_UNIT_KGF},
		{"overload: as far as it goes", "?\r\n", "55.00 lbf\r\n", 90, ALG_UNIT_LBF},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bench b;

		bench_init(&b, "wagner");
		b.gauge.unit = rows[i].unit;
		sim_gauge_feel(&b.gauge, in_unit(rows[i].value, rows[i].unit));
		if (strcmp(ask(&b, rows[i].host), rows[i].gauge) != 0)
			fail_msg("%s: '%s'", rows[i].legend, ask(&b, rows[i].host));
	}
}

static void test_wagner_modes(void **state)
{
	struct bench b;
	uint8_t out[SIM_OUT_MAX];

	(void)state;
	bench_init(&b, "wagner");
	b.gauge.unit = ALG_UNIT_N;
	sim_gauge_feel(&b.gauge, 20);
	sim_gauge_feel(&b.gauge, 5);
	assert_string_equal(ask(&b, "?"), ""); /* any chunking */
	assert_string_equal(ask(&b, "\r"), "");
	assert_string_equal(ask(&b, "\n"), "5.0 N\r\n");
	b.gauge.peak_mode = true;
	assert_string_equal(ask(&b, "?\r\n"), "20.0 N\r\n");
	assert_int_equal(b.speaker->send_key(b.state, &b.gauge, out), 8);
	assert_memory_equal(out, "20.0 N\r\n", 8);
}

static void test_mark10(void **state)
{
	static const struct {
		const char *legend, *host, *gauge;
		double value;
		enum alg_unit unit;
	} rows[] = {
		{"maker's example: tension is minus", "?\r", "-18.78 lbF\r\n", -18.78, ALG_UNIT_LBF},
		{"no plus, LF ignored", "?\r\n", "18.78 lbF\r\n", 18.78, ALG_UNIT_LBF},
		{"live", "?C\r", "1.50 N\r\n", 1.5, ALG_UNIT_N},
		{"kilograms", "?\r", "1.234 kgF\r\n", 1.234, ALG_UNIT_KGF},
		{"ounces", "?\r", "3.5 ozF\r\n", 3.5, ALG_UNIT_OZF},
		{"grams", "?\r", "17 gF\r\n", 17, ALG_UNIT_GF},
		{"illegal", "HELLO\r", "*10\r\n", 0, ALG_UNIT_N},
		{"too long is illegal", "ABCDEFGHIJKLMNOPQRSTUVWXYZ\r", "*10\r\n", 0, ALG_UNIT_N},
		{"not applicable: no trigger", "?ET\r", "*11\r\n", 0, ALG_UNIT_N},
		{"invalid rate", "AOUT3\r", "*12\r\n", 0, ALG_UNIT_N},
		{"no rate", "AOUT\r", "*12\r\n", 0, ALG_UNIT_N},
		{"filter out of range", "FLTC11\r", "*12\r\n", 0, ALG_UNIT_N},
		{"empty lines say nothing", "\r\r\n", "", 0, ALG_UNIT_N},
		{"numeric only", "NUM\r?\r", "2.50\r\n", 2.5, ALG_UNIT_N},
		{"and back", "NUM\rFULL\r?\r", "2.50 N\r\n", 2.5, ALG_UNIT_N},
		{"unit by command, MN is milli", "MN\r?\r", "2500 mN\r\n", 2.5, ALG_UNIT_N},
		{"inverted polarity", "IPOL1\r?\r", "-2.50 N\r\n", 2.5, ALG_UNIT_N},
		{"omitted polarity", "OPOL1\r?\r", "2.50 N\r\n", -2.5, ALG_UNIT_N},
		{"zero", "Z\r?\r", "0.00 N\r\n", 2.5, ALG_UNIT_N},
		{"settings, as the maker prints them", "LIST\r",
			"V1.00;LBF;CUR;FLTC8;FLTP1;AOUT00;AOFF5;FULL;MIT;POL;B0\r\n", 0, ALG_UNIT_LBF},
		{"settings follow", "KG\rPC\rAOUT10\rFLTC4\rLIST\r",
			"V1.00;KGF;PC;FLTC4;FLTP1;AOUT10;AOFF5;FULL;MIT;POL;B0\r\n", 0, ALG_UNIT_N},
		{"serial number", "RS\r", "SIM0001\r\n", 0, ALG_UNIT_N},
		{"it says that it is simulated", "RM\r", "M5-50 (simulated)\r\n", 0, ALG_UNIT_N},
		{"overload: as far as it goes", "?\r", "275.00 N\r\n", 400, ALG_UNIT_N},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bench b;

		bench_init(&b, "mark10");
		b.gauge.unit = rows[i].unit;
		sim_gauge_feel(&b.gauge, in_unit(rows[i].value, rows[i].unit));
		const char *got = ask(&b, rows[i].host);

		if (strcmp(got, rows[i].gauge) != 0)
			fail_msg("%s: '%s'", rows[i].legend, got);
	}
}

static void test_mark10_modes(void **state)
{
	struct bench b;
	uint8_t out[SIM_OUT_MAX];

	(void)state;
	bench_init(&b, "mark10");
	sim_gauge_feel(&b.gauge, -3);
	sim_gauge_feel(&b.gauge, 30);
	sim_gauge_feel(&b.gauge, 12);
	assert_string_equal(ask(&b, "?PC\r"), "30.00 N\r\n");
	assert_string_equal(ask(&b, "?PT\r"), "-3.00 N\r\n");
	assert_string_equal(ask(&b, "PC\r?\r?C\r"), "30.00 N\r\n12.00 N\r\n");
	assert_string_equal(ask(&b, "CLR\r?\r"), "12.00 N\r\n");
	b.gauge.low_battery = true;
	assert_non_null(strstr(ask(&b, "LIST\r"), ";B3\r\n"));
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 0); /* silent until told */
	assert_string_equal(ask(&b, "CUR\rAOUT1\r"), "");
	assert_close(b.gauge.rate_hz, 50, 0); /* the maker's note */
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 9);
	assert_memory_equal(out, "12.00 N\r\n", 9);
	ask(&b, "AOUT125\r");
	assert_close(b.gauge.rate_hz, 125, 0);
	ask(&b, "AOUT0\r");
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 0);
}

static void test_lutron(void **state)
{
	static const struct {
		const char *legend, *frame;
		double value;
		enum alg_unit unit;
	} rows[] = {
		{"+12.34 N", "\x02" "41" "59" "0" "2" "00001234" "\r", 12.34, ALG_UNIT_N},
		{"-49.05 N", "\x02" "41" "59" "1" "2" "00004905" "\r", -49.05, ALG_UNIT_N},
		{"+0.500 kg", "\x02" "41" "55" "0" "3" "00000500" "\r", 0.5, ALG_UNIT_KGF},
		{"+11.02 lb", "\x02" "41" "56" "0" "2" "00001102" "\r", 11.02, ALG_UNIT_LBF},
		{"-8.8 oz", "\x02" "41" "58" "1" "1" "00000088" "\r", -8.8, ALG_UNIT_OZF},
		{"grams", "\x02" "41" "57" "0" "0" "00000123" "\r", 123, ALG_UNIT_GF},
		{"no minus zero", "\x02" "41" "59" "0" "2" "00000000" "\r", -0.004, ALG_UNIT_N},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bench b;
		uint8_t out[SIM_OUT_MAX];

		bench_init(&b, "lutron");
		assert_null(b.speaker->hear); /* no command exists */
		b.gauge.unit = rows[i].unit;
		sim_gauge_feel(&b.gauge, in_unit(rows[i].value, rows[i].unit));
		assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 16);
		if (memcmp(out, rows[i].frame, 16) != 0)
			fail_msg("%s: %.16s", rows[i].legend, (char *)out);
	}
}

/* Speakers that answer, row by row: what the host says, what comes, at which load. */
static void test_answers(void **state)
{
	static const struct {
		const char *legend, *family, *host, *gauge;
		double value;
		enum alg_unit unit;
	} rows[] = {
		{"FDIX: one reading", "wagner-fdix", "F\r", "18.14 kgf\r\n", 18.14, ALG_UNIT_KGF},
		{"pulling", "wagner-fdix", "F\r", "-0.25 lbf\r\n", -0.25, ALG_UNIT_LBF},
		{"rate and start say nothing", "wagner-fdix", "C.5\rCA\rCB\rCE\r", "", 1, ALG_UNIT_N},
		{"another maker's request", "wagner-fdix", "?\r", "", 1, ALG_UNIT_N},
		{"too long", "wagner-fdix", "FFFFFFFFFFFF\r", "", 1, ALG_UNIT_N},
		{"Sauter: a push, as printed", "sauter", "9", "0011.70", 11.7, ALG_UNIT_N},
		{"a pull, as printed", "sauter", "9", "100.005", -0.005, ALG_UNIT_KN},
		{"nothing", "sauter", "9", "1000.00", 0, ALG_UNIT_N},
		{"zero, then read", "sauter", "29", "1000.00", 11.7, ALG_UNIT_N},
		{"set to kilonewton", "sauter", "39", "000.117", 117, ALG_UNIT_N},
		{"set to pounds", "sauter", "59", "000.026", 117, ALG_UNIT_N},
		{"as far as it goes", "sauter", "9", "0550.00", 5000, ALG_UNIT_N},
		{"no request", "sauter", "?\r\n", "", 1, ALG_UNIT_N},
		{"Loadstar: alive", "loadstar", "\r", "A\r\n", 0, ALG_UNIT_LBF},
		{"one reading, as printed", "loadstar", "W\r", "2345\r\n", 2.345, ALG_UNIT_LBF},
		{"its other spelling", "loadstar", "O0W1\r", "-12\r\n", -0.012, ALG_UNIT_LBF},
		{"tare", "loadstar", "CT0\rW\r", "A\r\n0\r\n", 2.345, ALG_UNIT_LBF},
		{"capacity", "loadstar", "SLC\r", "50\r\n", 0, ALG_UNIT_LBF},
		{"it says that it is simulated", "loadstar", "SS0\r", "iLoad (simulated)\r\n", 0, ALG_UNIT_LBF},
		{"a CR ends the stream and does no more", "loadstar", "O0W0\rW\rW\r", "1000\r\n", 1, ALG_UNIT_LBF},
		{"Torbal: sixteen bytes", "text", "SI\r\n", "     12,34 N  \r\n", 12.34, ALG_UNIT_N},
		{"minus in the first place", "text", "SI\r\n", "-    0,250 kg \r\n", -0.25, ALG_UNIT_KGF},
		{"no minus zero", "text", "SI\r\n", "      0,00 N  \r\n", -0.004, ALG_UNIT_N},
		{"as far as it goes", "text", "SI\r\n", "    275,00 N  \r\n", 1000, ALG_UNIT_N},
		{"twice", "text", "SI\r\nSI\r\n", "      1,00 N  \r\n      1,00 N  \r\n", 1, ALG_UNIT_N},
		{"after something else", "text", "SSSI\r\n", "      1,00 N  \r\n", 1, ALG_UNIT_N},
		{"CR alone is no end", "text", "SI\r", "", 1, ALG_UNIT_N},
		{"another command", "text", "SX\r\n", "", 1, ALG_UNIT_N},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bench b;

		bench_init(&b, rows[i].family);
		b.gauge.unit = rows[i].unit;
		sim_gauge_feel(&b.gauge, in_unit(rows[i].value, rows[i].unit));
		const char *got = ask(&b, rows[i].host);

		if (strcmp(got, rows[i].gauge) != 0)
			fail_msg("%s: '%s'", rows[i].legend, got);
	}
}

/* The FDIX's stream: CX keeps it silent at rest, CA does not; its SEND key can start it. */
static void test_fdix_stream(void **state)
{
	struct bench b;
	uint8_t out[SIM_OUT_MAX];

	(void)state;
	bench_init(&b, "wagner-fdix");
	sim_gauge_feel(&b.gauge, 1);
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 0);
	ask(&b, "C50\rCX\rCB\r");
	assert_close(b.gauge.rate_hz, 50, 0);
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 0); /* 2 % of 222 N are more */
	sim_gauge_feel(&b.gauge, 10);
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 10);
	sim_gauge_feel(&b.gauge, 1);
	ask(&b, "CA\r");
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 10);
	assert_memory_equal(out, "0.10 kgf\r\n", 10);
	ask(&b, "CE\r");
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 0);
	b.speaker->send_key(b.state, &b.gauge, out);
	assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 10);
}

/* Each packet as the document spells it, counter and checksum too, in its order; without the first none is obeyed. */
static void test_godirect_host(void **state)
{
	static const char *const packets[] = {"58 19 FE 3F 1A A5 4A 06 49 07 48 08 47 09 46 0A 45 0B 44 0C 43 0D 42 0E 41",
		"58 05 FD 6A 10", "58 05 FC AE 55", "58 05 FB A9 51", "58 05 FA AD 56", "58 06 F9 A8 50 01",
		"58 0F F8 B0 1B FF 00 10 27 00 00 00 00 00 00", "58 13 F7 7C 18 FF 01 02 00 00 00 00 00 00 00 00 00 00 00",
		"58 0B F6 6D 19 FF 00 FF FF FF FF", "58 05 F5 A6 54"};
	struct bench b;

	(void)state;
	bench_init(&b, "godirect");
	for (size_t i = 0; i <= sizeof(packets) / sizeof(packets[0]); i++) {
		const char *at = packets[i ? i - 1 : 1];
		uint8_t report[64] = {0}, out[SIM_OUT_MAX] = {0};
		char *end;

		for (; *at; at = end)
			report[1 + report[0]++] = (uint8_t)strtoul(at, &end, 16);
		size_t n = b.speaker->hear(b.state, &b.gauge, report, sizeof(report), out);

		if (i == 0)
			assert_int_equal(n, 0);
		else if (n < 64 || out[1] != 0x58 || out[5] != report[5] || out[6] != report[3])
			fail_msg("%s: %zu bytes, %02X %02X", packets[i - 1], n, out[5], out[6]);
	}
}

/* Frames as the maker's host sends them, with its spare 00; a counter or nothing is answered. */
static void test_cpar_host(void **state)
{
	static const struct {
		int generation; /* 0 new, 2 old */
		uint8_t host[7], answer[10];
		size_t n;
	} rows[] = {
		{0, {0xFF, 0xF1, 0x02, 0, 0, 0xFF, 0xF2}, {0xFF, 0xF1, 0x02, 4, 1, 0, 0, 0, 0xFF, 0xF2}, 10},
		{2, {0xFF, 0xF1, 0x08, 0, 0, 0xFF, 0xF2}, {0xFF, 0xF1, 0x08, 4, 1, 0, 0, 0, 0xFF, 0xF2}, 10},
		{0, {0xFF, 0xF1, 0x13, 0, 0, 0xFF, 0xF2}, {0xFF, 0xF1, 0x13, 0, 0xFF, 0xF2}, 6},
		{2, {0xFF, 0xF1, 0x04, 0, 0, 0xFF, 0xF2}, {0xFF, 0xF1, 0x04, 0, 0xFF, 0xF2}, 6},
		{0, {0xFF, 0xF1, 0x08, 0, 0, 0xFF, 0xF2}, {0xFF, 0xF1, 0, 1, 1, 0xFF, 0xF2}, 7},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bench b;
		uint8_t out[SIM_OUT_MAX];

		bench_init(&b, "cpar");
		b.gauge.generation = rows[i].generation;
		assert_int_equal(b.speaker->hear(b.state, &b.gauge, rows[i].host, sizeof(rows[i].host), out), rows[i].n);
		assert_memory_equal(out, rows[i].answer, rows[i].n);
	}
}

static void test_hid_scale(void **state)
{
	static const struct {
		const char *legend;
		uint8_t report[6];
		double value;
		enum alg_unit unit;
	} rows[] = {
		{"113.5 oz, stable", {3, 4, 0x0B, 0xFF, 0x6F, 0x04}, 113.5, ALG_UNIT_OZF},
		{"7.85 lb", {3, 4, 0x0C, 0xFE, 0x11, 0x03}, 7.85, ALG_UNIT_LBF},
		{"zero, oz", {3, 2, 0x0B, 0xFF, 0, 0}, 0, ALG_UNIT_OZF},
		{"-20 g: under zero", {3, 5, 2, 0, 0x14, 0}, -20, ALG_UNIT_GF},
		{"over its limit: no value", {3, 6, 2, 0, 0, 0}, 15001, ALG_UNIT_GF},
		{"newton is not in the class: grams", {3, 4, 2, 0, 0x64, 0}, 0.980665, ALG_UNIT_N},
	};
	struct bench b;
	uint8_t out[SIM_OUT_MAX];
	static const uint8_t zero[] = {2, 2}, other[] = {9, 2};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bench_init(&b, "hid-scale");
		b.gauge.unit = rows[i].unit;
		sim_gauge_feel(&b.gauge, in_unit(rows[i].value, rows[i].unit));
		assert_int_equal(b.speaker->tick(b.state, &b.gauge, out), 6);
		if (memcmp(out, rows[i].report, 6) != 0)
			fail_msg("%s: %02X %02X %02X %02X %02X %02X", rows[i].legend, out[0], out[1], out[2], out[3], out[4],
				out[5]);
	}
	bench_init(&b, "hid-scale");
	sim_gauge_feel(&b.gauge, 10);
	b.speaker->tick(b.state, &b.gauge, out);
	sim_gauge_feel(&b.gauge, 12);
	b.speaker->tick(b.state, &b.gauge, out);
	assert_int_equal(out[1], 3); /* in motion */
	b.speaker->hear(b.state, &b.gauge, other, 2, out);
	b.speaker->tick(b.state, &b.gauge, out);
	assert_int_equal(out[1], 4);
	b.speaker->hear(b.state, &b.gauge, zero, 2, out);
	b.speaker->tick(b.state, &b.gauge, out);
	b.speaker->tick(b.state, &b.gauge, out);
	assert_int_equal(out[1], 2);
	assert_int_equal(sim_hid_scale_report_descriptor[0], 0x05);
	assert_int_equal(sim_hid_scale_report_descriptor[1], 0x8D);
}

/* ---- options ---------------------------------------------------------------------------------- */

static void test_options(void **state)
{
	static const struct {
		const char *legend, *text;
		int status;
	} rows[] = {
		{"nothing", "", 0},
		{"all kinds", "seed=7&visit=3&acq=post&noise=0.1&unit=kgf&drop=0.5&battery=low&peak=1", 0},
		{"unknown", "sead=7", ALG_ERR_ARG},
		{"twice", "seed=7&seed=8", ALG_ERR_ARG},
		{"no value", "seed", ALG_ERR_ARG},
		{"no name", "=7", ALG_ERR_ARG},
		{"decimal comma", "noise=0,1", ALG_ERR_ARG},
		{"out of range", "drop=1.5", ALG_ERR_ARG},
		{"not whole", "visit=1.5", ALG_ERR_ARG},
		{"not a number", "noise=nan", ALG_ERR_ARG},
		{"no unit of force", "unit=psi", ALG_ERR_ARG},
		{"neither pre nor post", "acq=mid", ALG_ERR_ARG},
		{"name for a person", "participant=Anna%20B", ALG_ERR_ARG},
		{"dangling", "seed=7&", ALG_ERR_ARG},
		{"empty one", "seed=7&&visit=2", ALG_ERR_ARG},
		{"gain of nothing", "gain=0", ALG_ERR_ARG},
		{"a longer timer than any adapter has", "bundle=300", ALG_ERR_ARG},
		{"back before unplug", "unplug=5&back=4", ALG_ERR_ARG},
		{"too long", "participant=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ALG_ERR_ARG},
	};
	struct sim_options o;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (sim_options_parse(rows[i].text, &o, NULL) != rows[i].status)
			fail_msg("%s", rows[i].legend);
	assert_int_equal(sim_options_parse("seed=7&visit=3&acq=post&unit=lbf&hz=25", &o, NULL), 0);
	assert_close(o.seed, 7, 0);
	assert_close(o.visit, 3, 0);
	assert_close(o.hz, 25, 0);
	assert_true(o.post && o.unit == ALG_UNIT_LBF);
	assert_int_equal(sim_options_parse(NULL, &o, NULL), 0);
	assert_nan(o.hz);
}

/* ---- hand and patient ---------------------------------------------------------------------------- */

static void test_hand(void **state)
{
	struct sim_hand_style style = {.rate_n_s = 3, .haste = 1};
	struct sim_hand h;
	const int64_t t0 = 50 * ALG_NS_PER_S;

	(void)state;
	sim_hand_start(&h, &style, 1, t0);
	assert_close(sim_hand_force_n(&h, t0), 0, 0);
	assert_close(sim_hand_force_n(&h, t0 + ALG_NS_PER_S), 3 * (1 - 0.075), 1e-9); /* the skin gives for 0.15 s */
	assert_close(sim_hand_force_n(&h, t0 + 5 * ALG_NS_PER_S), 3 * (5 - 0.075), 1e-9);
	int64_t t = sim_hand_reaches_ns(&h, 12);

	assert_close(sim_hand_force_n(&h, t), 12, 1e-6);
	assert_true(sim_hand_force_n(&h, t - 1) < 12);
	assert_true(sim_hand_reaches_ns(&h, 1e6) == INT64_MAX);
	assert_true(sim_hand_end_ns(&h) == INT64_MAX);
	h.t_lift_ns = t;
	assert_close(sim_hand_force_n(&h, t), 12, 1e-6);
	assert_true(sim_hand_force_n(&h, t + 100 * ALG_NS_PER_MS) < 11);
	assert_close(sim_hand_force_n(&h, sim_hand_end_ns(&h)), 0, 1e-9);
	assert_true(sim_hand_end_ns(&h) > t && sim_hand_end_ns(&h) < t + ALG_NS_PER_S / 2);
}

static void test_hand_spread(void **state)
{
	struct sim_hand_style style = {.rate_n_s = 3, .haste = 1, .rate_spread = 0.06, .wander = 0.08, .tremor_n = 0.3};
	double sum = 0, squares = 0, tremor = 0;
	int n = 0;

	(void)state;
	for (uint64_t press = 0; press < 400; press++) {
		struct sim_hand rough, calm;

		sim_hand_start(&rough, &style, sim_random(3, press), 0);
		calm = rough;
		calm.tremor_n = 0;
		double rate = sim_hand_force_n(&calm, 8 * ALG_NS_PER_S) / (8 - 0.075) / 3;

		sum += rate;
		squares += rate * rate;
		for (int64_t t = 3000; t < 6000; t += 7, n++) {
			double d = sim_hand_force_n(&rough, t * ALG_NS_PER_MS) - sim_hand_force_n(&calm, t * ALG_NS_PER_MS);

			tremor += d * d;
		}
	}
	assert_close(sum / 400, 1, 0.015);
	assert_close(sqrt(squares / 400 - sum / 400 * sum / 400), 0.064, 0.012);
	assert_close(sqrt(tremor / n), 0.3, 0.015);
}

static struct sim_patient demo_patient(uint64_t seed, int visit, bool post)
{
	return (struct sim_patient){.seed = seed, .code = "P012", .scenario = &sim_scenario_demo, .visit = visit,
		.day = sim_scenario_day(&sim_scenario_demo, visit), .post = post, .fixed_kpa = NAN};
}

static void test_patient_spread(void **state)
{
	double between = 0, within = 0, mean = 0, reaction = 0, least = 1, most = 0;
	enum { N = 3000 };

	(void)state;
	for (uint64_t seed = 0; seed < N; seed++) {
		struct sim_patient p = demo_patient(seed, 1, false);
		double many = 0, a = sim_patient_threshold_kpa(&p, "RHOM_R", 2), b = sim_patient_threshold_kpa(&p, "RHOM_R", 3);
		double r = sim_patient_reaction_s(&p, "RHOM_R", 2);

		for (int press = 2; press < 42; press++)
			many += sim_patient_threshold_kpa(&p, "RHOM_R", press) / 40;
		mean += many / N;
		between += (many - 280) * (many - 280) / N;
		within += (a - b) * (a - b) / 2 / N;
		reaction += r / N;
		least = r < least ? r : least;
		most = r > most ? r : most;
	}
	assert_close(mean, 280, 1.5);
	assert_close(sqrt(between - SIM_PRESS_SD_KPA * SIM_PRESS_SD_KPA / 40), SIM_BETWEEN_VISIT_SD_KPA, 0.8);
	assert_close(sqrt(within), SIM_PRESS_SD_KPA, 1);
	assert_close(reaction, 0.3, 0.01);
	assert_true(least >= 0.2 && most <= 0.4);
	/* The figure that the demonstration shows is the one that is true. */
	assert_close(sim_mdc95_kpa(3), 1.96 * sqrt(2) * sqrt(16.0 * 16 + 20.0 * 20 / 3), 0.01);
	assert_nan(sim_mdc95_kpa(0));
}

static void test_patient_strangers(void **state)
{
	double sum = 0, squares = 0;
	enum { N = 2000 };

	(void)state;
	for (uint64_t seed = 0; seed < N; seed++) {
		struct sim_patient p = {.seed = seed, .code = "P777", .visit = 1, .fixed_kpa = NAN};
		double x = log(sim_patient_mean_kpa(&p, "TA_R") / 480);

		sum += x / N;
		squares += x * x / N;
	}
	assert_close(sum, 0, 0.02);
	assert_close(sqrt(squares), 0.36, 0.02);
}

static void test_scenario(void **state)
{
	const struct sim_scenario *s = sim_scenario_find("P012");
	struct sim_patient first = demo_patient(1, 1, false), last = demo_patient(1, 6, false), fifth = demo_patient(1, 5, false);
	int better = 0, worse = 0, same = 0;

	(void)state;
	assert_non_null(s);
	assert_null(sim_scenario_find("P013"));
	assert_int_equal(s->n_points, 12);
	assert_int_equal(s->n_visits, 7);
	for (size_t i = 0; i < s->n_points; i++) {
		const char *site = s->points[i].site_code;
		double change = sim_patient_mean_kpa(&last, site) - sim_patient_mean_kpa(&first, site);

		assert_close(change, s->points[i].change_kpa, 1e-9);
		better += change > 1.5 * sim_mdc95_kpa(3);
		worse += change < -1.5 * sim_mdc95_kpa(3);
		same += fabs(change) < 0.25 * sim_mdc95_kpa(3);
	}
	assert_int_equal(better, 4);
	assert_int_equal(worse, 1);
	assert_int_equal(same, 7);
	assert_true(sim_patient_mean_kpa(&fifth, "TA_R") > 1080);
	assert_close(sim_scenario_effect(s, 13, false), 0, 0);
	assert_close(sim_scenario_effect(s, 14, false), 0, 0);
	assert_close(sim_scenario_effect(s, 14, true), 0.35, 0);
	assert_close(sim_scenario_effect(s, 35, false), 1, 0);
	/* Pain goes down, a global change is asked from the second visit on. */
	assert_true(sim_patient_rating(&first, "pain-now") > sim_patient_rating(&last, "pain-now") + 1);
	assert_nan(sim_patient_rating(&first, "global-change"));
	assert_true(sim_patient_rating(&last, "global-change") <= 3);
	assert_nan(sim_patient_rating(&first, "shoe-size"));
}

/* The demonstration's own seed: what was put in can be seen, and nothing else. */
static void test_scenario_seed(void **state)
{
	const struct sim_scenario *s = &sim_scenario_demo;
	double mdc = sim_mdc95_kpa(3);

	(void)state;
	for (size_t i = 0; i < s->n_points; i++) {
		const struct sim_scenario_point *point = &s->points[i];
		double first = 0, change = 0;

		for (size_t v = 0; v < s->n_visits; v++) {
			bool post = strcmp(s->visits[v].acq, "post") == 0;
			struct sim_patient p = demo_patient(SIM_SCENARIO_SEED, s->visits[v].visit, post);
			double mean = 0;

			for (int press = 1; press <= 3; press++)
				mean += sim_patient_threshold_kpa(&p, point->site_code, press) / 3;
			first = v == 0 ? mean : first;
			change = mean - first;
			bool strong = p.visit == s->strong.visit && strcmp(point->site_code, s->strong.site_code) == 0;

			if (!strong && (point->change_kpa * point->change_kpa < 400 || v < 3))
				assert_true(fabs(change) < mdc);
		}
		if (fabs(point->change_kpa) > 50)
			assert_true(change * (point->change_kpa > 0 ? 1 : -1) > mdc + 15);
	}
}

/* ---- the world ------------------------------------------------------------------------------------- */

struct tap {
	struct sim_world *world;
	struct alg_transport cable;
	char line[64];
	size_t len;
};

static void tap_open(struct tap *tap, const char *family, const char *options)
{
	memset(tap, 0, sizeof(*tap));
	assert_int_equal(sim_world_new(&tap->world, family, options, NULL), 0);
	sim_world_transport(tap->world, &tap->cable);
}

static void tap_close(struct tap *tap)
{
	tap->cable.ops->close(tap->cable.ctx);
	sim_world_free(tap->world);
}

/* One poll of a mark10: the value, NAN when no whole line came. */
static double poll_mark10(struct tap *tap)
{
	char buf[64];
	int used = 0;

	assert_int_equal(tap->cable.ops->write(tap->cable.ctx, (const uint8_t *)"?\r", 2, 100), 0);
	while (used == 0 || buf[used - 1] != '\n') {
		int n = tap->cable.ops->read(tap->cable.ctx, (uint8_t *)buf + used, sizeof(buf) - 1 - (size_t)used, 50);

		if (n <= 0)
			return NAN;
		used += n;
	}
	buf[used] = '\0';
	return strtod(buf, NULL);
}

/* A dead weight is read with the gauge's gain and offset until it is taken off; nobody's skin feels it. */
static void test_dead_weight(void **state)
{
	struct tap tap;

	(void)state;
	tap_open(&tap, "mark10", "gain=1.02&zero=0.3&noise=0");
	assert_close(poll_mark10(&tap), 0.3, 0.011);
	sim_world_load(tap.world, 50);
	assert_close(poll_mark10(&tap), 51.3, 0.011);
	assert_close(sim_world_force_n(tap.world, tap.cable.ops->now_ns(tap.cable.ctx)), 0, 0);
	sim_world_load(tap.world, 0);
	assert_close(poll_mark10(&tap), 0.3, 0.011);
	tap_close(&tap);
}

/* Readings during one press of site; the button's instant and the reading nearest to it. */
static void one_press(struct tap *tap, const char *site, struct sim_truth *truth, double *nearest_n, int *readings)
{
	double before = NAN;
	int64_t t_button = SIM_NO_BUTTON, start = tap->cable.ops->now_ns(tap->cable.ctx);
	struct sim_truth last;
	int press = sim_world_truth(tap->world, &last) ? last.press : 0;

	*nearest_n = NAN;
	*readings = 0;
	sim_world_aim(tap->world, site, 1.0, 30, 1000);
	sim_world_ready(tap->world);
	while (!(sim_world_truth(tap->world, truth) && truth->press > press)) {
		double x = poll_mark10(tap);

		++*readings;
		int64_t t;

		if (sim_world_button(tap->world, &t)) {
			t_button = t;
			*nearest_n = isnan(before) ? x : (before + x) / 2;
		}
		before = x;
		assert_true(tap->cable.ops->now_ns(tap->cable.ctx) < start + 90 * ALG_NS_PER_S);
	}
	assert_true(t_button == truth->t_button_ns);
}

static void test_world_truth(void **state)
{
	struct tap tap;
	struct sim_truth truth;
	double nearest;
	int readings;

	(void)state;
	tap_open(&tap, "mark10", "seed=5&tremor=0&noise=0&threshold=200");
	for (int i = 0; i < 3; i++) {
		one_press(&tap, "UTRAP_R", &truth, &nearest, &readings);
		assert_int_equal(truth.press, i + 1);
		assert_int_equal(truth.press_of_site, i + 1);
		assert_string_equal(truth.site_code, "UTRAP_R");
		assert_close(truth.threshold_n, 20, 1e-9);
		/* Force at the button is the force function there, and what the gauge said around it. */
		assert_close(truth.force_n, sim_world_force_n(tap.world, truth.t_button_ns), 1e-12);
		assert_close(nearest, truth.force_n, 0.03);
		/* rate x reaction time above the threshold, and the hand goes on a little. */
		assert_true(truth.force_n > 20 + 3 * 0.2 * 0.7 && truth.force_n < 20 + 3 * 0.4 * 1.4);
		assert_true(truth.peak_n > truth.force_n + 0.3 && truth.peak_n < truth.force_n + 2);
		assert_true(truth.t_lift_ns > truth.t_button_ns);
		assert_true(readings > 500);
		assert_close(sim_world_force_n(tap.world, truth.t_contact_ns), 0, 0);
	}
	tap_close(&tap);
}

static void test_world_ceiling(void **state)
{
	struct tap tap;
	struct sim_truth truth;
	double nearest;
	int readings;

	(void)state;
	tap_open(&tap, "mark10", "visit=5"); /* the visit at which TA_R bears more than the ceiling */
	one_press(&tap, "TA_R", &truth, &nearest, &readings);
	assert_true(truth.t_button_ns == SIM_NO_BUTTON);
	assert_nan(truth.force_n);
	assert_nan(nearest);
	assert_true(truth.peak_n > 100 && truth.peak_n < 103);
	tap_close(&tap);
}

static void test_world_lift(void **state)
{
	struct tap tap;
	struct sim_truth truth = {0};

	(void)state;
	tap_open(&tap, "mark10", "threshold=400&tremor=0");
	sim_world_aim(tap.world, "UTRAP_R", 1.0, 30, 1000);
	sim_world_ready(tap.world);
	while (poll_mark10(&tap) < 10)
		;
	sim_world_lift(tap.world); /* long before it hurts */
	while (!sim_world_truth(tap.world, &truth))
		poll_mark10(&tap);
	assert_true(truth.t_button_ns == SIM_NO_BUTTON);
	assert_true(truth.peak_n > 10 && truth.peak_n < 11.5);
	tap_close(&tap);
}

static void test_world_examiner(void **state)
{
	struct tap tap;
	struct sim_truth truth, again;
	double nearest;
	int readings, keys = 0;
	int64_t t_key;

	(void)state;
	tap_open(&tap, "mark10", "visit=2"); /* one press of LEV_R is rejected by his key */
	one_press(&tap, "UTRAP_R", &truth, &nearest, &readings);
	assert_int_equal(sim_world_key(tap.world, &t_key), 0);
	one_press(&tap, "LEV_R", &truth, &nearest, &readings);
	for (int i = 0; i < 700; i++) {
		poll_mark10(&tap);
		char key = sim_world_key(tap.world, &t_key);

		assert_true(key == 0 || (key == 'r' && t_key > truth.t_lift_ns));
		keys += key != 0;
	}
	assert_int_equal(keys, 1);
	/* Told to go elsewhere before he has begun, he forgets the first point. */
	sim_world_aim(tap.world, "UTRAP_R", 1.0, 30, 1000);
	sim_world_ready(tap.world);
	poll_mark10(&tap);
	one_press(&tap, "FDI_R", &again, &nearest, &readings);
	assert_string_equal(again.site_code, "FDI_R");
	assert_int_equal(again.press, 3);
	/* Not told that he may, he waits. */
	sim_world_aim(tap.world, "FDI_R", 1.0, 30, 1000);
	for (int i = 0; i < 3000; i++)
		poll_mark10(&tap);
	assert_true(sim_world_truth(tap.world, &truth) && truth.press == 3);
	tap_close(&tap);
	/* The one press that is much too fast. */
	tap_open(&tap, "mark10", "visit=4");
	double rate[3];

	for (int i = 0; i < 3; i++) {
		one_press(&tap, "ISP_R", &truth, &nearest, &readings);
		rate[i] = truth.force_n / alg_ns_to_s(truth.t_button_ns - truth.t_contact_ns);
	}
	assert_close(rate[0], 3, 0.6);
	assert_close(rate[1], 5.7, 1.2);
	assert_close(rate[2], 3, 0.6);
	tap_close(&tap);
}

static uint64_t hash_session(const char *options, int chunk_ms)
{
	struct tap tap;
	uint64_t h = 0;
	uint8_t buf[32];

	tap_open(&tap, "mark10", options);
	tap.cable.ops->write(tap.cable.ctx, (const uint8_t *)"AOUT50\r", 7, 100);
	sim_world_aim(tap.world, "UTRAP_R", 1.0, 30, 1000);
	sim_world_ready(tap.world);
	while (tap.cable.ops->now_ns(tap.cable.ctx) < 120 * ALG_NS_PER_S) {
		int n = tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), chunk_ms);

		for (int i = 0; i < n; i++)
			h = sim_random(h, buf[i]);
	}
	tap_close(&tap);
	return h;
}

static void test_world_determinism(void **state)
{
	(void)state;
	uint64_t a = hash_session("seed=7&garble=0.1&drop=0.1", 10);

	assert_true(a == hash_session("seed=7&garble=0.1&drop=0.1", 10));
	assert_true(a == hash_session("seed=7&garble=0.1&drop=0.1", 3)); /* nor does it matter how one reads */
	assert_true(a != hash_session("seed=8&garble=0.1&drop=0.1", 10));
	assert_true(a != hash_session("seed=7&garble=0.1&drop=0.1&visit=2", 10));
	/* The same on every machine: mend this number only when the simulation is changed on purpose. */
	if (a != UINT64_C(0x6B4C94D70371FA52))
		fail_msg("hash of the session's bytes: 0x%llX", (unsigned long long)a);
}

static void test_world_faults(void **state)
{
	struct tap tap;
	struct alg_line_settings line = {.baud = 115200, .data_bits = 8, .parity = 'N', .stop_bits = 1};
	int dropped = 0, good = 0;
	int64_t t;
	uint8_t buf[16];

	(void)state;
	tap_open(&tap, "mark10", "drop=0.3&noise=0");
	for (int i = 0; i < 1000; i++)
		dropped += isnan(poll_mark10(&tap)) ? 1 : 0;
	assert_close(dropped, 300, 50);
	tap_close(&tap);

	tap_open(&tap, "mark10", "stall=2&stall_for=3&noise=0"); /* 100 s is the start */
	for (t = 0; t < 108 * ALG_NS_PER_S; t = tap.cable.ops->now_ns(tap.cable.ctx)) {
		bool heard = !isnan(poll_mark10(&tap));

		if (t > 100 * ALG_NS_PER_S && t < 102 * ALG_NS_PER_S)
			assert_true(heard);
		if (t > 102 * ALG_NS_PER_S && t < 105 * ALG_NS_PER_S)
			assert_false(heard);
		good += heard && t > 105 * ALG_NS_PER_S;
	}
	assert_true(good > 100);
	tap_close(&tap);

	tap_open(&tap, "lutron", "unplug=1&back=3");
	int n;

	while ((n = tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 100)) >= 0)
		good += n;
	assert_int_equal(n, ALG_ERR_NODEV);
	assert_close(alg_ns_to_s(tap.cable.ops->now_ns(tap.cable.ctx)), 101, 0.001);
	assert_int_equal(tap.cable.ops->write(tap.cable.ctx, buf, 1, 100), ALG_ERR_NODEV);
	tap.cable.ops->sleep_ms(tap.cable.ctx, 3000);
	assert_int_equal(tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 100), ALG_ERR_NODEV); /* for good */
	tap.cable.ops->close(tap.cable.ctx);
	sim_world_transport(tap.world, &tap.cable); /* opened again */
	assert_true(tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 1000) > 0);
	tap_close(&tap);

	tap_open(&tap, "mark10", "");
	assert_int_equal(tap.cable.ops->set_line(tap.cable.ctx, &line), 0);
	assert_false(isnan(poll_mark10(&tap)));
	line.baud = 9600; /* at another speed nothing is understood */
	tap.cable.ops->set_line(tap.cable.ctx, &line);
	for (int i = 0; i < 20; i++)
		assert_true(isnan(poll_mark10(&tap)));
	tap_close(&tap);
}

static void test_world_line_pace(void **state)
{
	struct tap tap;
	int64_t t0;
	uint8_t buf[64], out[64];
	struct sim_world *w;

	(void)state;
	/* 10 bytes at 9600 take 10.4 ms after the gauge's own 4 ms. */
	tap_open(&tap, "wagner", "noise=0");
	t0 = tap.cable.ops->now_ns(tap.cable.ctx);
	tap.cable.ops->write(tap.cable.ctx, (const uint8_t *)"?\r\n", 3, 100);
	assert_int_equal(tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 100), 10);
	assert_memory_equal(buf, "0.00 kgf\r\n", 10);
	assert_close(alg_ns_to_s(tap.cable.ops->now_ns(tap.cable.ctx) - t0), 0.004 + 10 * 10 / 9600.0, 1e-6);
	assert_int_equal(tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 100), 0);
	tap_close(&tap);

	/* Served: bytes come out one by one as time passes. */
	assert_int_equal(sim_world_new(&w, "wagner", "noise=0", NULL), 0);
	assert_int_equal(sim_world_advance(w, 5 * ALG_NS_PER_S, out, sizeof(out)), 0);
	assert_int_equal(sim_world_hear(w, (const uint8_t *)"?\r\n", 3, out, sizeof(out)), 0);
	assert_int_equal(sim_world_advance(w, 5 * ALG_NS_PER_S + 4 * ALG_NS_PER_MS, out, sizeof(out)), 0);
	assert_int_equal(sim_world_advance(w, 5 * ALG_NS_PER_S + 7200 * ALG_NS_PER_US, out, sizeof(out)), 3);
	assert_memory_equal(out, "0.0", 3);
	assert_int_equal(sim_world_advance(w, 6 * ALG_NS_PER_S, out, sizeof(out)), 7);
	assert_memory_equal(out, "0 kgf\r\n", 7);
	sim_world_free(w);
}

static void test_world_clock(void **state)
{
	struct tap tap;
	const struct alg_clock *clock;

	(void)state;
	tap_open(&tap, "mark10", "");
	clock = sim_world_clock(tap.world);
	sim_world_set_wall(tap.world, 1000 * ALG_NS_PER_S);
	tap.cable.ops->sleep_ms(tap.cable.ctx, 2500);
	assert_close(alg_ns_to_s(alg_clock_wall_ns(clock)), 1002.5, 1e-9);
	assert_true(alg_clock_now_ns(clock) == tap.cable.ops->now_ns(tap.cable.ctx));
	tap_close(&tap);
	assert_int_equal(sim_world_new(&tap.world, "quantum", "", NULL), ALG_ERR_ARG);
	assert_null(tap.world);
	assert_int_equal(sim_world_new(&tap.world, "wagner", "colour=red", NULL), ALG_ERR_ARG);
	assert_null(tap.world);
	sim_world_free(NULL);
}

/* Bytes of two seconds of a stream: all come at ticks of the adapter, none is lost, and the rate is the asked one. */
static void test_world_bundle(void **state)
{
	const int64_t tick = 16 * ALG_NS_PER_MS;
	int64_t phase = -1, t, now;
	struct tap tap;
	uint8_t buf[256];
	int lines = 0, n;

	(void)state;
	tap_open(&tap, "mark10", "bundle=16&hz=400&noise=0&seed=3");
	assert_int_equal(tap.cable.ops->write(tap.cable.ctx, (const uint8_t *)"AOUT50\r", 7, 100), 0);
	t = tap.cable.ops->now_ns(tap.cable.ctx);
	while ((now = tap.cable.ops->now_ns(tap.cable.ctx)) < t + 2 * ALG_NS_PER_S) {
		n = tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 50);
		assert_true(n > 0);
		now = tap.cable.ops->now_ns(tap.cable.ctx);
		if (phase < 0)
			phase = now % tick;
		assert_true(now % tick == phase);
		for (int i = 0; i < n; i++)
			lines += buf[i] == '\n';
	}
	assert_true(lines >= 2 * 400 - 8 && lines <= 2 * 400 + 8);
	/* What was taken is what was sent, one period apart. */
	assert_true(sim_world_tick_ns(tap.world, 401) - sim_world_tick_ns(tap.world, 1) == ALG_NS_PER_S);
	assert_int_equal(tap.cable.ops->write(tap.cable.ctx, (const uint8_t *)"AOUT0\r", 6, 100), 0);
	while (tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 50) > 0)
		;
	assert_int_equal(tap.cable.ops->read(tap.cable.ctx, buf, sizeof(buf), 500), 0);
	tap_close(&tap);
}

/* The hand's rate is the slope of its force where it does not tremble. */
static void test_world_rate(void **state)
{
	struct sim_truth truth;
	struct tap tap;
	double nearest;
	int readings;

	(void)state;
	tap_open(&tap, "mark10", "seed=5&tremor=0&wander=0&spread=0&participant=P012&threshold=200");
	one_press(&tap, "UTRAP_R", &truth, &nearest, &readings);
	assert_close(sim_world_rate_n_s(tap.world, truth.t_button_ns), 3, 1e-6);
	assert_close(sim_world_rate_n_s(tap.world, truth.t_contact_ns - ALG_NS_PER_S), 0, 0);
	tap_close(&tap);
}

/* ---- USB families: driver and emulator agree through the whole read loop ------------------------------- */

static struct alg_device *open_usb(struct tap *tap, const char *family, const char *options, const char *address)
{
	struct alg_open_opts opts = {.transport = &tap->cable};
	struct alg_device *dev;
	struct alg_uri uri;

	tap_open(tap, family, options);
	assert_int_equal(alg_uri_parse(address, &uri, NULL), 0);
	if (alg_device_open(&uri, &opts, &dev))
		fail_msg("%s does not open", address);
	return dev;
}

/* A dead weight is read as what it is, in every unit that the gauge can be set to. */
static void test_usb_families(void **state)
{
	static const struct {
		const char *family, *options, *address;
		double within_n, capacity_n; /* capacity NAN: the gauge does not tell */
	} rows[] = {
		{"hid-scale", "noise=0", "sim:hid-scale", 0.005, NAN},
		{"godirect", "noise=0", "sim:godirect", 0.005, 850},
		{"godirect", "noise=0&unit=kgf", "sim:godirect?channel=1", 0.05, 850},
		{"golink", "noise=0", "sim:golink", 0.014, 600},
		{"golink", "noise=0&unit=lbf", "sim:golink", 0.014, 600},
		{"golink", "noise=0&unit=kgf", "sim:golink", 0.014, 600},
		{"phidget", "noise=0", "sim:phidget?points=0:0,2:500", 0.001, NAN},
		{"phidget", "noise=0", "sim:phidget?points=0.5:125,-1:-250", 0.001, NAN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tap tap;
		struct alg_reading r;
		struct alg_device *dev = open_usb(&tap, rows[i].family, rows[i].options, rows[i].address);
		const struct alg_device_info *info = alg_device_info(dev);

		assert_true(isnan(rows[i].capacity_n) ? isnan(info->capacity_n) : fabs(info->capacity_n - rows[i].capacity_n) < 0.01);
		sim_world_load(tap.world, 50);
		for (int n = 0; n < 100; n++) {
			assert_int_equal(alg_device_read(dev, &r, 1000), 1);
			if (n > 4)
				assert_close(r.force_n, 50, rows[i].within_n);
			assert_true(n < 3 || !(r.flags & (ALG_READING_GAP | ALG_READING_OVERLOAD)));
		}
		alg_device_close(dev);
		sim_world_free(tap.world);
	}
}

/* Past its range it says so, with a value or without; a low battery is told; a channel that is no force is refused. */
static void test_usb_limits(void **state)
{
	static const struct {
		const char *family, *options, *address;
		double load_n;
		uint32_t flags; /* all of them */
		bool value;
	} rows[] = {
		{"hid-scale", "noise=0", "sim:hid-scale", 160, ALG_READING_OVERLOAD, false},
		{"godirect", "noise=0", "sim:godirect", 849, 0, true},
		{"godirect", "noise=0&battery=low", "sim:godirect", 851, ALG_READING_OVERLOAD | ALG_READING_LOW_BATTERY, true},
		{"golink", "noise=0", "sim:golink", 840, 0, true},
		{"golink", "noise=0", "sim:golink", 900, ALG_READING_OVERLOAD, true},
		{"phidget", "noise=0", "sim:phidget?points=0:0,2:500", 1940, 0, true},
		{"phidget", "noise=0", "sim:phidget?points=0:0,2:500", 1945, ALG_READING_OVERLOAD, false},
		{"phidget", "noise=0", "sim:phidget", 100, 0, true},
	};
	static const char *const refused[] = {"sim:godirect?channel=3", "sim:godirect?channel=2", "sim:phidget?channel=5"};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tap tap;
		struct alg_reading r;
		struct alg_device *dev = open_usb(&tap, rows[i].family, rows[i].options, rows[i].address);

		sim_world_load(tap.world, rows[i].load_n);
		for (int n = 0; n < 10; n++)
			assert_int_equal(alg_device_read(dev, &r, 1000), 1);
		if (r.flags != rows[i].flags || isfinite(r.value) != rows[i].value)
			fail_msg("%s with %g N: flags %x, %g '%s'", rows[i].address, rows[i].load_n, r.flags, r.value, r.shown);
		alg_device_close(dev);
		sim_world_free(tap.world);
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct alg_device *dev;
		struct alg_uri uri;
		struct tap tap;
		struct alg_open_opts opts = {.transport = &tap.cable};

		assert_int_equal(alg_uri_parse(refused[i], &uri, NULL), 0);
		tap_open(&tap, uri.target, "");
		assert_int_equal(alg_device_open(&uri, &opts, &dev), ALG_ERR_UNSUPPORTED);
		sim_world_free(tap.world);
	}
}

/* What was lost is a gap; the gauge's own clock goes on; a pulled cable is the end. */
static void test_usb_faults(void **state)
{
	static const struct {
		const char *family, *address;
		bool clock; /* of its own */
	} rows[] = {
		{"godirect", "sim:godirect", false},
		{"golink", "sim:golink", true},
		{"phidget", "sim:phidget?points=0:0,2:500", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tap tap;
		struct alg_reading r;
		struct alg_device *dev = open_usb(&tap, rows[i].family, "noise=0&stall=3&stall_for=1&unplug=6", rows[i].address);
		int gaps = 0, n = 0;
		int64_t last_ns = ALG_NO_DEVICE_TIME;

		while (alg_device_read(dev, &r, 2000) > 0) {
			gaps += (r.flags & ALG_READING_GAP) != 0;
			assert_true((r.device_ns == ALG_NO_DEVICE_TIME) == !rows[i].clock);
			assert_true(!rows[i].clock || r.device_ns > last_ns);
			last_ns = r.device_ns;
			n++;
		}
		assert_int_equal(gaps, 1);
		assert_true(n > 400);
		assert_int_equal(alg_device_read(dev, &r, 10), ALG_ERR_NODEV);
		assert_int_equal(alg_device_close(dev), 0);
		sim_world_free(tap.world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_usb_families),
		cmocka_unit_test(test_usb_limits),
		cmocka_unit_test(test_usb_faults),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_wagner),
		cmocka_unit_test(test_wagner_modes),
		cmocka_unit_test(test_mark10),
		cmocka_unit_test(test_mark10_modes),
		cmocka_unit_test(test_lutron),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_fdix_stream),
		cmocka_unit_test(test_godirect_host),
		cmocka_unit_test(test_cpar_host),
		cmocka_unit_test(test_hid_scale),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_dead_weight),
		cmocka_unit_test(test_hand),
		cmocka_unit_test(test_hand_spread),
		cmocka_unit_test(test_patient_spread),
		cmocka_unit_test(test_patient_strangers),
		cmocka_unit_test(test_scenario),
		cmocka_unit_test(test_scenario_seed),
		cmocka_unit_test(test_world_truth),
		cmocka_unit_test(test_world_ceiling),
		cmocka_unit_test(test_world_lift),
		cmocka_unit_test(test_world_examiner),
		cmocka_unit_test(test_world_determinism),
		cmocka_unit_test(test_world_faults),
		cmocka_unit_test(test_world_line_pace),
		cmocka_unit_test(test_world_clock),
		cmocka_unit_test(test_world_bundle),
		cmocka_unit_test(test_world_rate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
