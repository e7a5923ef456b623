/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_serial_makes.c - Imada, Nidec-Shimpo and KERN: their emulators against documented bytes, and each
 * driver with its emulator through the whole read loop: units, sign, zero, streams, what is written.
 */
#include "tests/unit/assert_close.h"

#include "base/clock.h"
#include "driver/driver.h"
#include "sim/speak.h"
#include "sim/world.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- emulators ------------------------------------------------------------------------------- */

#define ZT(number, unit) "r" number "00000000" unit "0000\r"

static const struct {
	const char *legend, *family, *host;
	size_t n_host; /* 0: strlen */
	const char *gauge;
	double value;
	enum alg_unit unit;
} rows[] = {
	{"banner, then a reading", "imada", "D\r", 0, "Gauge Started.\r+01.23NTO\r", 1.23, ALG_UNIT_N},
	{"pulling is minus", "imada", "\rD\r", 0, "Gauge Started.\rE\r-12.34NTO\r", -12.34, ALG_UNIT_N},
	{"peak", "imada", "P\rD\r", 0, "Gauge Started.\rR\r+01.50NPO\r", 1.5, ALG_UNIT_N},
	{"overload", "imada", "D\r", 0, "Gauge Started.\r+51.00KTE\r", 51, ALG_UNIT_KGF},
	{"pounds by command", "imada", "O\rD\r", 0, "Gauge Started.\rR\r+02.00OTO\r", 8.896443230521, ALG_UNIT_N},
	{"zero", "imada", "Z\rD\r", 0, "Gauge Started.\rR\r+00.00NTO\r", 3, ALG_UNIT_N},
	{"unknown", "imada", "DD\rx\r", 0, "Gauge Started.\rE\rE\r", 3, ALG_UNIT_N},
	{"reading", "imada-zt", "XAR\r", 0, ZT("+12.34", "0"), 12.34, ALG_UNIT_N},
	{"kgf is place 1", "imada-zt", "XAR\r", 0, ZT("-1.234", "1"), -1.234, ALG_UNIT_KGF},
	{"table of units", "imada-zt", "XFC\r", 0, "XFC020811070100\r", 0, ALG_UNIT_N},
	{"unit by command", "imada-zt", "XFU2\rXAR\r", 0, ZT("+02.00", "2"), 8.896443230521, ALG_UNIT_N},
	{"unknown: nothing", "imada-zt", "HELLO\rXAX\rXAS\r", 0, "", 0, ALG_UNIT_N},
	{"zero newton, as the maker prints it but for decimals", "shimpo", "?", 0, "0.00 N\r", 0, ALG_UNIT_N},
	{"pushing is minus", "shimpo", "?", 0, "-12.34 N\r", 12.34, ALG_UNIT_N},
	{"pulling has no sign", "shimpo", "?", 0, "1.500 kgf\r", -1.5, ALG_UNIT_KGF},
	{"one value", "shimpo", "?C\x01", 0, "-2.00 N\r", 2, ALG_UNIT_N},
	{"zero", "shimpo", "PZ\0?", 4, "R\x06" "0.00 N\r", 2, ALG_UNIT_N},
	{"six characters at most", "shimpo", "?", 0, "-12345 mN\r", 12345, ALG_UNIT_MILLI_N},
	{"unknown", "shimpo", "C\x05xyz\r", 0, "", 2, ALG_UNIT_N},
	{"dynamic", "kcp", "SI\r\n", 0, "S D      12.34 N\r\n", 12.34, ALG_UNIT_N},
	{"then stable", "kcp", "SI\r\nSI\r\n", 0, "S D      -0.50 N\r\nS S      -0.50 N\r\n", -0.5, ALG_UNIT_N},
	{"over", "kcp", "SI\r\n", 0, "S +\r\n", 300, ALG_UNIT_N},
	{"under", "kcp", "SI\r\n", 0, "S -\r\n", -300, ALG_UNIT_N},
	{"not now", "kcp", "S\r\n", 0, "S I\r\n", 5, ALG_UNIT_N},
	{"who", "kcp", "I2\r\nI3\r\nI4\r\n", 0,
		"I2 A \"FS-2 (simulated) 200 N\"\r\nI3 A \"1.00\"\r\nI4 A \"SIM0001\"\r\n", 0, ALG_UNIT_N},
	{"unknown", "kcp", "HELLO WORLD\r\nsi\r\n", 0, "ES\r\nES\r\n", 0, ALG_UNIT_N},
	{"begins", "kern-scale", "O1\r\n", 0, "A00\r\n", 0, ALG_UNIT_GF},
	{"refuses", "kern-scale", "O2\r\n01\r\nO1\n", 0, "E01\r\nE01\r\nE01\r\n", 0, ALG_UNIT_GF},
};

static void test_speakers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sim_speaker *speaker = sim_speaker_find(rows[i].family);
		alignas(16) uint8_t own[SIM_SPEAKER_STATE_MAX] = {0};
		size_t n_host = rows[i].n_host ? rows[i].n_host : strlen(rows[i].host);
		struct sim_gauge gauge;
		uint8_t out[SIM_OUT_MAX];

		assert_non_null(speaker);
		sim_gauge_init(&gauge, speaker);
		gauge.unit = rows[i].unit;
		sim_gauge_feel(&gauge, rows[i].value * alg_unit_factor_n(rows[i].unit));
		size_t n = speaker->hear(own, &gauge, (const uint8_t *)rows[i].host, n_host, out);

		if (n != strlen(rows[i].gauge) || memcmp(out, rows[i].gauge, n) != 0)
			fail_msg("%s, %s: '%.*s'", rows[i].family, rows[i].legend, (int)n, (char *)out);
	}
}

static void test_kern_frame(void **state)
{
	static const struct {
		double value;
		enum alg_unit unit;
		const char *moving, *still;
	} t[] = {
		{125.5, ALG_UNIT_GF, "+  125.50 G U\r\n", "+  125.50 G S\r\n"},
		{-2, ALG_UNIT_TROY_OZ, "-   2.000OT U\r\n", "-   2.000OT S\r\n"},
		{7000, ALG_UNIT_GF, "+         G E\r\n", "+         G E\r\n"},
	};
	uint8_t out[SIM_OUT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		const struct sim_speaker *speaker = sim_speaker_find("kern-scale");
		alignas(16) uint8_t own[SIM_SPEAKER_STATE_MAX] = {0};
		struct sim_gauge gauge;

		sim_gauge_init(&gauge, speaker);
		gauge.unit = t[i].unit;
		sim_gauge_feel(&gauge, t[i].value * alg_unit_factor_n(t[i].unit));
		assert_int_equal(speaker->tick(own, &gauge, out), 0); /* silent until told */
		speaker->hear(own, &gauge, (const uint8_t *)"O1\r\n", 4, out);
		assert_int_equal(speaker->tick(own, &gauge, out), 15);
		assert_memory_equal(out, t[i].moving, 15);
		assert_int_equal(speaker->tick(own, &gauge, out), 15);
		assert_memory_equal(out, t[i].still, 15);
	}
}

/* ---- driver and emulator ------------------------------------------------------------------------ */

/* The emulator's cable, with all that is written to it noted down. */
struct spy {
	struct sim_world *world;
	struct alg_transport cable;
	struct alg_transport_ops ops;
	uint8_t written[8192];
	size_t n;
	int swallow; /* so many requests get lost */
	int garble;  /* the first bit of the byte that comes as this one (1..) is turned round; 0: of none */
	int came;
	struct alg_device *dev;
};

static int spy_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct spy *s = ctx;
	int n = s->cable.ops->read(s->cable.ctx, buf, cap, timeout_ms);

	if (n > 0 && s->garble > s->came && s->garble <= s->came + n)
		buf[s->garble - s->came - 1] ^= 1;
	s->came += n > 0 ? n : 0;
	return n;
}

static int spy_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct spy *s = ctx;

	assert_true(s->n + len <= sizeof(s->written));
	memcpy(s->written + s->n, buf, len);
	s->n += len;
	if (s->swallow-- > 0)
		return 0;
	return s->cable.ops->write(s->cable.ctx, buf, len, timeout_ms);
}

static int spy_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct spy *s = ctx;

	return s->cable.ops->set_line(s->cable.ctx, line);
}

static void spy_sleep(void *ctx, int ms)
{
	struct spy *s = ctx;

	s->cable.ops->sleep_ms(s->cable.ctx, ms);
}

static int64_t spy_now(void *ctx)
{
	struct spy *s = ctx;

	return s->cable.ops->now_ns(s->cable.ctx);
}

static void spy_close(void *ctx)
{
	struct spy *s = ctx;

	s->cable.ops->close(s->cable.ctx);
}

static int said_id;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	(void)text;
	said_id = id;
}

static struct alg_log log_ = {.sink = keep, .level = ALG_LEVEL_NOTE};

/* Opens on a cable that is in place; its options are the address's. */
static void open_on(struct spy *s, const char *family, const char *options)
{
	struct alg_transport transport = {&s->ops, s};
	struct alg_open_opts opts = {.transport = &transport, .log = &log_};
	struct alg_uri uri;
	char address[120];

	s->ops = (struct alg_transport_ops){.name = "spy", .read = spy_read, .write = spy_write, .set_line = spy_set_line,
		.sleep_ms = spy_sleep, .now_ns = spy_now, .close = spy_close};
	snprintf(address, sizeof(address), "tty:/dev/x?family=%s%s", family, options);
	said_id = 0;
	assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
	if (alg_device_open(&uri, &opts, &s->dev))
		fail_msg("%s does not open: %d said", address, said_id);
}

static void plug(struct spy *s, const char *family, const char *world)
{
	memset(s, 0, sizeof(*s));
	assert_int_equal(sim_world_new(&s->world, family, world, NULL), 0);
	sim_world_transport(s->world, &s->cable);
}

static void open_spy(struct spy *s, const char *family, const char *options, const char *world)
{
	plug(s, family, world);
	open_on(s, family, options);
}

static void close_spy(struct spy *s)
{
	struct alg_counters c = alg_device_counters(s->dev);

	assert_int_equal(c.frames, c.readings + c.insane + c.foreign + c.refused + c.ignored);
	assert_int_equal(c.insane + c.bad_check + c.foreign, 0);
	alg_device_close(s->dev);
	sim_world_free(s->world);
}

static bool wrote(const struct spy *s, const char *bytes, size_t len)
{
	for (size_t i = 0; i + len <= s->n; i++)
		if (memcmp(s->written + i, bytes, len) == 0)
			return true;
	return false;
}

static struct alg_reading next(struct spy *s)
{
	struct alg_reading r;

	assert_int_equal(alg_device_read(s->dev, &r, 1000), 1);
	return r;
}

/* A force that stands still comes out as it is, with pressing as plus, in every unit the emulator has. */
static void test_agree(void **state)
{
	static const struct {
		const char *family, *options, *unit;
		double step; /* of the display */
	} t[] = {
		{"imada", "", "N", 0.01}, {"imada", "", "kgf", 0.001}, {"imada", "", "lbf", 0.01},
		{"imada-zt", "", "N", 0.01}, {"imada-zt", "", "kgf", 0.001}, {"imada-zt", "", "lbf", 0.01},
		{"imada-zt", "", "gf", 1},
		{"shimpo", "", "N", 0.01}, {"shimpo", "&stream=1", "N", 0.01}, {"shimpo", "", "kgf", 0.001},
		{"shimpo", "", "lbf", 0.01}, {"shimpo", "", "ozf", 0.1}, {"shimpo", "", "gf", 1}, {"shimpo", "", "mN", 1},
		{"shimpo", "", "kN", 0.0001},
		{"kcp", "", "N", 0.01}, {"kcp", "&stream=1", "kgf", 0.001}, {"kcp", "", "lbf", 0.01}, {"kcp", "", "gf", 1},
		{"kern-scale", "", "gf", 0.01}, {"kern-scale", "", "ct", 0.1}, {"kern-scale", "", "ozf", 0.001},
		{"kern-scale", "", "lbf", 0.0001}, {"kern-scale", "", "ozt", 0.001}, {"kern-scale", "", "dwt", 0.01},
		{"kern-scale", "", "gr", 0.1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		for (int sign = -1; sign <= 1; sign += 2) {
			enum alg_unit unit = alg_unit_parse(t[i].unit, strlen(t[i].unit));
			double half_n = t[i].step / 2 * alg_unit_factor_n(unit) * 1.0001, want_n = sign * 8.7654;
			struct spy s;
			char world[64];

			snprintf(world, sizeof(world), "noise=0&zero=%.4f&unit=%s", want_n, t[i].unit);
			open_spy(&s, t[i].family, t[i].options, world);
			for (int n = 0; n < 20; n++) {
				struct alg_reading r = next(&s);

				if (r.unit != unit || fabs(r.force_n - want_n) > half_n)
					fail_msg("%s%s: %s is %g N, not %g", t[i].family, t[i].options, r.shown, r.force_n, want_n);
				if (r.flags)
					fail_msg("%s%s: reading %d has flags %X", t[i].family, t[i].options, n, (unsigned)r.flags);
			}
			close_spy(&s);
		}
}

/* Readings follow a zero and a stream that was left behind is ended. */
static void test_zero(void **state)
{
	static const struct {
		const char *family, *options;
	} t[] = {{"imada", ""}, {"shimpo", ""}, {"shimpo", "&stream=1"}, {"kcp", ""}, {"kcp", "&stream=1"}};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct spy s;
		struct alg_reading r = {0};

		open_spy(&s, t[i].family, t[i].options, "noise=0&zero=5");
		assert_close(next(&s).force_n, 5, 1e-9);
		assert_int_equal(alg_device_command(s.dev, ALG_COMMAND_ZERO), 0);
		for (int n = 0; n < 10; n++)
			r = next(&s);
		assert_close(r.force_n, 0, 0);
		assert_false(r.flags & ALG_READING_UNSOLICITED);
		close_spy(&s);
	}
}

static void test_no_zero(void **state)
{
	static const char *const families[] = {"imada-zt", "kern-scale"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct spy s;

		open_spy(&s, families[i], "", "noise=0");
		size_t n = s.n;

		assert_int_equal(alg_device_command(s.dev, ALG_COMMAND_ZERO), ALG_ERR_UNSUPPORTED);
		assert_int_equal(s.n, n);
		close_spy(&s);
	}
}

/* A stream is ended at closing: who asks afterwards gets answers and nothing else. */
static void test_stream_ends(void **state)
{
	static const char *const families[] = {"shimpo", "kcp"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct spy s;
		struct alg_reading r;

		open_spy(&s, families[i], "&stream=1", "noise=0");
		double rate_hz = alg_device_info(s.dev)->rate_hz;

		assert_true(i == 0 ? rate_hz == 100 : rate_hz == 0);
		alg_device_close(s.dev);
		sim_world_transport(s.world, &s.cable);
		open_on(&s, families[i], "");
		for (int n = 0; n < 30; n++) {
			r = next(&s);
			assert_int_equal(r.flags & ALG_READING_UNSOLICITED, 0);
		}
		close_spy(&s);
	}
}

/* Another program has left the stream of 2000 a second on. */
static void test_zt_left_stream(void **state)
{
	struct spy s;
	uint8_t buf[64];

	(void)state;
	plug(&s, "imada-zt", "noise=0&zero=7");
	s.cable.ops->write(s.cable.ctx, (const uint8_t *)"XAG\r", 4, 100);
	assert_true(s.cable.ops->read(s.cable.ctx, buf, sizeof(buf), 100) > 0);
	s.cable.ops->sleep_ms(s.cable.ctx, 200);
	open_on(&s, "imada-zt", "");
	assert_memory_equal(s.written, "XAS\rXFC\r", 8);
	for (int i = 0; i < 200; i++)
		next(&s);
	struct alg_reading r = next(&s);

	assert_int_equal(r.flags & (ALG_READING_UNSOLICITED | ALG_READING_NO_UNIT), 0);
	assert_close(r.force_n, 7, 1e-9);
	assert_false(wrote(&s, "XAG", 3) || wrote(&s, "XAg", 3));
	alg_device_close(s.dev);
	assert_memory_equal(s.written + s.n - 4, "XAS\r", 4);
	sim_world_free(s.world);
}

/* One bit of the table makes N to kN, for as long as the gauge is open: it is asked for until it comes twice alike. */
static void test_zt_garbled_table(void **state)
{
	static const int at[] = {5, 16 + 5}; /* in the first answer, in the second */
	struct spy s;

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		plug(&s, "imada-zt", "noise=0&zero=7");
		s.garble = at[i];
		open_on(&s, "imada-zt", "");
		struct alg_reading r = next(&s);

		assert_int_equal(r.unit, ALG_UNIT_N);
		assert_close(r.force_n, 7, 1e-9);
		close_spy(&s);
	}
}

/* ---- something that sends without end, and no answers ---- */

struct babble {
	struct alg_transport_ops ops;
	int64_t now_ns;
	const char *bytes;
	size_t len;
};

static int babble_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct babble *b = ctx;
	int64_t every_ns = 100 * ALG_NS_PER_MS, left_ns = every_ns - b->now_ns % every_ns;

	assert_true(cap >= b->len);
	if (left_ns > timeout_ms * ALG_NS_PER_MS) {
		b->now_ns += timeout_ms * ALG_NS_PER_MS;
		return 0;
	}
	b->now_ns += left_ns;
	memcpy(buf, b->bytes, b->len);
	return (int)b->len;
}

static int babble_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx, (void)buf, (void)len, (void)timeout_ms;
	return 0;
}

static void babble_sleep(void *ctx, int ms)
{
	((struct babble *)ctx)->now_ns += ms * ALG_NS_PER_MS;
}

static int64_t babble_now(void *ctx)
{
	return ((struct babble *)ctx)->now_ns;
}

static void babble_close(void *ctx)
{
	(void)ctx;
}

/* What is no gauge of the family is said in seconds, however slowly it goes on sending. */
static void test_opening_ends(void **state)
{
	static const char report[64] = "\x0D\x58\x0D\x10\xCF\x06\x02", nothing[8] = "\xC0";
	static const struct {
		const char *address, *bytes;
		size_t len;
		bool packets;
	} others[] = {
		{"tty:/dev/x?family=loadstar", "hello\r\n", 7, false}, {"tty:/dev/x?family=mark10", "hello\r\n", 7, false},
		{"tty:/dev/x?family=imada-zt", "hello\r\n", 7, false}, {"tty:/dev/x?family=kcp", "hello\r\n", 7, false},
		{"tty:/dev/x?family=imada", "hello\r\n", 7, false}, {"tty:/dev/x?family=cpar", "\xFF\xF1\x02\0\xFF\xF2", 6, false},
		{"usb:08f7:0003", nothing, sizeof(nothing), true}, {"usb:08f7:0010", report, sizeof(report), true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct babble b = {.bytes = others[i].bytes, .len = others[i].len};
		struct alg_transport transport = {&b.ops, &b};
		struct alg_open_opts opts = {.transport = &transport, .log = &log_};
		struct alg_device *dev = NULL;
		struct alg_uri uri;

		b.ops = (struct alg_transport_ops){.name = "babble", .packets = others[i].packets, .read = babble_read,
			.write = babble_write, .sleep_ms = babble_sleep, .now_ns = babble_now, .close = babble_close};
		assert_int_equal(alg_uri_parse(others[i].address, &uri, &log_), 0);
		assert_true(alg_device_open(&uri, &opts, &dev) < 0);
		if (b.now_ns > 20 * ALG_NS_PER_S)
			fail_msg("%s: told after %.0f s", others[i].address, alg_ns_to_s(b.now_ns));
	}
}

/* Pressing is plus with a gauge that counts it as minus, unless the address says what it wants. */
static void test_polarity(void **state)
{
	static const struct {
		const char *family, *options;
		enum alg_polarity polarity;
		double force_n;
	} t[] = {
		{"shimpo", "", ALG_POLARITY_MINUS, 5}, {"shimpo", "&polarity=-", ALG_POLARITY_MINUS, 5},
		{"shimpo", "&polarity=+", ALG_POLARITY_PLUS, -5}, {"shimpo", "&polarity=abs", ALG_POLARITY_ABSOLUTE, 5},
		{"imada", "", ALG_POLARITY_PLUS, 5}, {"mark10", "", ALG_POLARITY_PLUS, 5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct spy s;

		open_spy(&s, t[i].family, t[i].options, "noise=0&zero=5");
		assert_int_equal(alg_device_info(s.dev)->polarity, t[i].polarity);
		struct alg_reading r = next(&s);

		assert_close(r.force_n, t[i].force_n, 1e-9);
		assert_close(fabs(r.value), 5, 1e-9);
		close_spy(&s);
	}
	assert_true(alg_family_find("shimpo")->push_is_minus);
}

static void test_imada_states(void **state)
{
	struct spy s;
	struct alg_reading r;

	(void)state;
	plug(&s, "imada", "noise=0");
	sim_world_load(s.world, 250); /* of 200 */
	open_on(&s, "imada", "");
	r = next(&s);
	assert_int_equal(r.flags, ALG_READING_OVERLOAD);
	assert_close(r.force_n, 250, 1e-9);
	close_spy(&s);

	open_spy(&s, "imada", "", "noise=0&zero=5&peak=1");
	assert_int_equal(said_id, 317);
	assert_int_equal(next(&s).flags, ALG_READING_PEAK);
	assert_int_equal(alg_device_command(s.dev, ALG_COMMAND_LIVE_MODE), 0);
	next(&s);
	assert_int_equal(next(&s).flags, 0);
	close_spy(&s);
}

static void test_kcp(void **state)
{
	struct spy s;

	(void)state;
	plug(&s, "kcp", "noise=0");
	sim_world_load(s.world, 300); /* of 200 */
	open_on(&s, "kcp", "");
	assert_string_equal(alg_device_info(s.dev)->model, "FS-2 (simulated) 200 N");
	assert_string_equal(alg_device_info(s.dev)->firmware, "1.00");
	assert_string_equal(alg_device_info(s.dev)->serial, "SIM0001");
	struct alg_reading r = next(&s), later;

	assert_int_equal(r.flags, ALG_READING_OVERLOAD);
	assert_nan(r.value);
	assert_nan(r.force_n);
	later = next(&s);
	assert_true(later.t_ns - r.t_ns >= 99 * ALG_NS_PER_MS); /* the maker's 100 ms between two, less jitter */
	close_spy(&s);
}

/* Switched off and on, or a request lost: the balance is told anew. */
static void test_kern_again(void **state)
{
	struct spy s;

	(void)state;
	plug(&s, "kern-scale", "noise=0&zero=5");
	s.swallow = 1;
	open_on(&s, "kern-scale", "");
	assert_int_equal(s.n, 8);
	assert_memory_equal(s.written, "O1\r\nO1\r\n", 8);
	for (int i = 0; i < 20; i++)
		next(&s);
	assert_int_equal(s.n, 8); /* and not told again while it talks */
	close_spy(&s);
}

/* 1200 8N2: at one stop bit nothing is understood, and a frame of 15 bytes takes 137.5 ms. */
static void test_stop_bits(void **state)
{
	struct alg_line_settings line = {.baud = 1200, .data_bits = 8, .parity = 'N', .stop_bits = 1};
	struct sim_world *world;

	(void)state;
	assert_int_equal(sim_world_new(&world, "kern-scale", "", NULL), 0);
	assert_int_equal(sim_world_stop_bits(world), 2);
	assert_false(sim_world_line(world, &line));
	line.stop_bits = 2;
	assert_true(sim_world_line(world, &line));
	sim_world_free(world);
	assert_int_equal(sim_world_new(&world, "shimpo", "", NULL), 0);
	assert_int_equal(sim_world_stop_bits(world), 1);
	line.baud = 38400;
	assert_false(sim_world_line(world, &line));
	line.stop_bits = 1;
	assert_true(sim_world_line(world, &line));
	sim_world_free(world);

	struct spy s;

	plug(&s, "kern-scale", "noise=0");
	line = (struct alg_line_settings){.baud = 1200, .data_bits = 8, .parity = 'N', .stop_bits = 2};
	s.cable.ops->set_line(s.cable.ctx, &line);
	int64_t t0 = s.cable.ops->now_ns(s.cable.ctx);
	uint8_t buf[16];

	s.cable.ops->write(s.cable.ctx, (const uint8_t *)"O1\r\n", 4, 100);
	assert_int_equal(s.cable.ops->read(s.cable.ctx, buf, sizeof(buf), 100), 5); /* "A00" CR LF, 11 bits a byte */
	assert_close(alg_ns_to_s(s.cable.ops->now_ns(s.cable.ctx) - t0), 5 * 11 / 1200.0, 1e-6);
	s.cable.ops->close(s.cable.ctx);
	sim_world_free(s.world);
}

/* ---- what may be written ---------------------------------------------------------------------------- */

static bool may(const char *family, const char *bytes, size_t len)
{
	return alg_request_allows(alg_driver_find(family)->requests, bytes, len);
}

static void test_requests(void **state)
{
	static const struct {
		const char *family, *bytes;
	} never[] = {
		{"imada", "Q\r"}, {"imada", "E\r"}, {"imada", "E12345678\r"}, {"imada", "OM\r"}, {"imada", "OC0\r"},
		{"imada", "OC1\r"}, {"imada", "N\r"}, {"imada", "K\r"}, {"imada", "O\r"}, {"imada", "P\r"}, {"imada", "D"},
		{"imada-zt", "XAg\r"}, {"imada-zt", "XAG\r"}, {"imada-zt", "XFU0\r"}, {"imada-zt", "XCW\r"},
		{"shimpo", "SP\x01"}, {"shimpo", "?C"}, {"shimpo", "C"}, {"shimpo", "?\r"}, {"shimpo", "\xFC\x33"},
		{"kcp", "I4 A \"K1\"\r\n"}, {"kcp", "U\r\n"}, {"kcp", "T\r\n"}, {"kcp", "TI\r\n"}, {"kcp", "D \" \"\r\n"},
		{"kcp", "K 1\r\n"}, {"kern-scale", "O0\r\n"}, {"kern-scale", "T\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (may(never[i].family, never[i].bytes, strlen(never[i].bytes)))
			fail_msg("%s may write '%s'", never[i].family, never[i].bytes);
	assert_true(may("shimpo", "PZ\0", 3));
	assert_true(may("kern-scale", "O1\r\n", 4));
}

/* 3F 43 begins a stream, so nothing that could follow a lone 3F begins with 43, and no 3F 43 goes out unasked. */
static void test_shimpo_trap(void **state)
{
	struct spy s;

	(void)state;
	for (const struct alg_request *r = alg_driver_find("shimpo")->requests; r->bytes; r++) {
		assert_int_not_equal(r->bytes[0], 'C');
		assert_null(r->same); /* no wild bytes */
	}
	open_spy(&s, "shimpo", "", "noise=0");
	for (int i = 0; i < 100; i++) {
		next(&s);
		if (i % 10 == 0)
			assert_int_equal(alg_device_command(s.dev, ALG_COMMAND_ZERO), 0);
		assert_int_equal(alg_device_command(s.dev, ALG_COMMAND_LIVE_MODE), ALG_ERR_UNSUPPORTED);
	}
	alg_device_close(s.dev);
	assert_true(s.n >= 100);
	assert_false(wrote(&s, "?C", 2));
	sim_world_free(s.world);

	open_spy(&s, "shimpo", "&stream=1", "noise=0");
	next(&s);
	close_spy(&s);
	assert_int_equal(s.n, 6);
	assert_memory_equal(s.written, "?C\x05?C\xFF", 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_speakers),
		cmocka_unit_test(test_kern_frame),
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_zero),
		cmocka_unit_test(test_no_zero),
		cmocka_unit_test(test_stream_ends),
		cmocka_unit_test(test_zt_left_stream),
		cmocka_unit_test(test_zt_garbled_table),
		cmocka_unit_test(test_opening_ends),
		cmocka_unit_test(test_polarity),
		cmocka_unit_test(test_imada_states),
		cmocka_unit_test(test_kcp),
		cmocka_unit_test(test_kern_again),
		cmocka_unit_test(test_stop_bits),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_shimpo_trap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
