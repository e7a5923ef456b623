/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cpar.c - a machine that presses by itself. Every byte that the driver can send is watched by a machine of known
 * truth, whatever that machine says of itself: identify, or the stop of its own generation. Anything else fails the test.
 */
#include "tests/unit/assert_close.h"

#include "base/file.h"
#include "driver/driver.h"
#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)

enum truth { NOBODY, OLD, MIDDLE, NEW }; /* NOBODY: knows no stop that could be meant */

struct machine {
	enum truth truth;
	uint8_t identity[64];
	size_t len;            /* 0: does not say who it is */
	size_t status_len;     /* 0: sends none */
	unsigned seed;
	int flip;              /* of a hundred answers, so many have one bit turned */
	bool chatter;          /* any frames between, identities of any kind among them */
	int64_t now_ns, next_ns;
	uint8_t out[4096];
	size_t n_out;
	int identifies, stops;
};

static const uint8_t stop_of[] = {[OLD] = 0x04, [MIDDLE] = 0x14, [NEW] = 0x13};

static void put(struct machine *m, uint8_t code, const uint8_t *data, size_t len)
{
	if (m->n_out + 2 * len + 8 > sizeof(m->out))
		return;
	uint8_t head[] = {0xFF, 0xF1, code, (uint8_t)len};

	memcpy(m->out + m->n_out, head, 4);
	m->n_out += 4;
	for (size_t i = 0; i < len; i++) {
		if (data[i] == 0xFF)
			m->out[m->n_out++] = 0xFF;
		m->out[m->n_out++] = data[i];
	}
	m->out[m->n_out++] = 0xFF;
	m->out[m->n_out++] = 0xF2;
}

static void tell_identity(struct machine *m)
{
	uint8_t d[64];

	memcpy(d, m->identity, sizeof(d));
	if (rand_r(&m->seed) % 100 < m->flip)
		d[(size_t)rand_r(&m->seed) % m->len] ^= (uint8_t)(1 << rand_r(&m->seed) % 8);
	put(m, 1, d, m->len);
}

static void chatter(struct machine *m)
{
	uint8_t d[64];
	size_t len = (size_t)rand_r(&m->seed) % 65;

	for (size_t i = 0; i < sizeof(d); i++)
		d[i] = (uint8_t)rand_r(&m->seed);
	if (rand_r(&m->seed) % 4 == 0) { /* another machine's identity, with this one's serial number */
		memcpy(d, m->identity, sizeof(d));
		d[10] = (uint8_t)rand_r(&m->seed);
		put(m, 1, d, 64);
	} else {
		put(m, (uint8_t)rand_r(&m->seed), d, len);
	}
}

static int machine_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct machine *m = ctx;
	int64_t end_ns = m->now_ns + timeout_ms * MS;
	uint8_t status[15] = {0, 0x17};

	if (m->n_out == 0 && m->status_len && m->next_ns <= end_ns) {
		m->now_ns = m->next_ns > m->now_ns ? m->next_ns : m->now_ns;
		m->next_ns = m->now_ns + 50 * MS;
		if (m->chatter)
			chatter(m);
		put(m, 0x80, status, m->status_len);
	}
	if (m->n_out == 0) {
		m->now_ns = end_ns;
		return 0;
	}
	size_t n = m->n_out < cap ? m->n_out : cap;

	memcpy(buf, m->out, n);
	memmove(m->out, m->out + n, m->n_out - n);
	m->n_out -= n;
	m->now_ns += MS;
	return (int)n;
}

/* The judge. */
static int machine_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct machine *m = ctx;
	uint8_t frame[] = {0xFF, 0xF1, 0x01, 0x00, 0x00, 0xFF, 0xF2};

	(void)timeout_ms;
	assert_int_equal(len, sizeof(frame));
	if (memcmp(buf, frame, sizeof(frame)) == 0) {
		m->identifies++;
		if (m->len)
			tell_identity(m);
		return 0;
	}
	if (m->truth == NOBODY)
		fail_msg("%02X was sent to a machine that nobody knows", buf[2]);
	frame[2] = stop_of[m->truth];
	if (memcmp(buf, frame, sizeof(frame)) != 0)
		fail_msg("%02X was sent to a machine whose stop is %02X", buf[2], frame[2]);
	m->stops++;
	put(m, frame[2], NULL, 0);
	return 0;
}

static int machine_line(void *ctx, const struct alg_line_settings *line)
{
	(void)ctx;
	assert_true(line->dtr && !line->rts && line->data_bits == 8 && line->parity == 'N' && line->stop_bits == 1);
	return 0;
}

static void machine_sleep(void *ctx, int ms)
{
	((struct machine *)ctx)->now_ns += ms * MS;
}

static int64_t machine_now(void *ctx)
{
	return ((struct machine *)ctx)->now_ns;
}

static void machine_close(void *ctx)
{
	(void)ctx;
}

static const struct alg_transport_ops ops = {.name = "machine", .read = machine_read, .write = machine_write,
	.set_line = machine_line, .sleep_ms = machine_sleep, .now_ns = machine_now, .close = machine_close};

static int said_id;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	(void)text;
	said_id = id;
}

static struct alg_log log_ = {.sink = keep, .level = ALG_LEVEL_NOTE};

static int open_machine(struct machine *m, const char *options, struct alg_device **dev)
{
	struct alg_transport transport = {&ops, m};
	struct alg_open_opts opts = {.log = &log_, .transport = &transport};
	struct alg_uri uri;
	char address[80];

	said_id = 0;
	snprintf(address, sizeof(address), "tty:/dev/x?family=cpar%s", options);
	assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
	return alg_device_open(&uri, &opts, dev);
}

static struct machine machine(enum truth truth, uint8_t major)
{
	struct machine m = {.truth = truth, .seed = 17u + major, .status_len = truth == NEW ? 15 : 14};
	const uint8_t old[6] = {1, major, 0, 0x5A, 0x67, 0x12};
	const uint8_t wide[16] = {3, 0, 0, 0, 1, 0, 0x67, 0x12, 0, 0, major, 1, 2, 0, 0x34, 0x12};

	if (truth == OLD) {
		memcpy(m.identity, old, m.len = sizeof(old));
	} else {
		memcpy(m.identity, wide, sizeof(wide));
		memcpy(m.identity + 40, "CPAR", 4);
		m.len = 64;
	}
	return m;
}

/* Everything that a program can ask of a gauge, a few times. */
static void use(struct alg_device *dev, int times)
{
	struct alg_reading r;

	for (int i = 0; i < times; i++) {
		assert_true(alg_device_read(dev, &r, 120) >= 0);
		assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_UNSUPPORTED);
		assert_int_equal(alg_device_command(dev, ALG_COMMAND_LIVE_MODE), ALG_ERR_UNSUPPORTED);
		alg_device_command(dev, ALG_COMMAND_STOP);
	}
}

/* ---- what is sent ------------------------------------------------------------------------------------- */

static void every_version_gets_its_own_stop_or_none(void **state)
{
	(void)state;
	for (int major = 0; major < 256; major++)
		for (int wide = 0; wide < 2; wide++) {
			enum truth truth = !wide ? (major <= 7 ? OLD : NOBODY) : major >= 8 ? NEW : major == 7 ? MIDDLE : NOBODY;
			struct machine m = machine(wide ? (truth == NEW ? NEW : MIDDLE) : OLD, (uint8_t)major);
			struct alg_device *dev;

			m.truth = truth;
			assert_int_equal(open_machine(&m, "", &dev), 0);
			assert_int_equal(m.stops, 0); /* only on the person's word */
			use(dev, 3);
			assert_int_equal(m.stops, truth == NOBODY ? 0 : 3);
			alg_device_close(dev);
			assert_int_equal(m.stops, truth == NOBODY ? 0 : 3); /* closing stops nothing */
		}
}

/* A version that says one generation and status messages that say another: one of them is not true. */
static void what_does_not_fit_gets_none(void **state)
{
	(void)state;
	for (int major = 0; major < 256; major++) {
		struct machine m = machine(major >= 8 ? NEW : MIDDLE, (uint8_t)major);
		struct alg_device *dev;

		m.truth = NOBODY;
		m.status_len = m.status_len == 15 ? 14 : 15;
		assert_int_equal(open_machine(&m, "", &dev), 0);
		use(dev, 2);
		assert_int_equal(said_id, 364);
		alg_device_close(dev);
	}
}

/* Frames have no checksum: turned bits in what it says of itself never lead to another's stop. */
static void turned_bits_start_nothing(void **state)
{
	static const uint8_t major[] = {[OLD] = 6, [MIDDLE] = 7, [NEW] = 8};
	int stops = 0;

	(void)state;
	for (unsigned seed = 0; seed < 1500; seed++) {
		enum truth truth = (enum truth)(1 + seed % 3);
		struct machine m = machine(truth, major[truth]);
		struct alg_device *dev;

		m.seed = seed;
		m.flip = (int)seed % 101;
		m.chatter = seed % 2;
		int rc = open_machine(&m, "", &dev);

		assert_true(rc == 0 || said_id == 362 || said_id == 308);
		if (rc)
			continue;
		use(dev, 4);
		stops += m.stops;
		alg_device_close(dev);
	}
	assert_true(stops > 500); /* and yet it is of use */
}

/* Behind an adapter that stays, a machine is exchanged for another one, or for something else. */
static void another_machine_gets_none(void **state)
{
	static const uint8_t major[] = {[OLD] = 6, [MIDDLE] = 7, [NEW] = 8};

	(void)state;
	for (enum truth first = OLD; first <= NEW; first++)
		for (int second = NOBODY; second <= NEW; second++) {
			struct machine m = machine(first, major[first]), other = machine(MIDDLE, 9);
			struct alg_device *dev;

			assert_int_equal(open_machine(&m, "", &dev), 0);
			use(dev, 1);
			assert_int_equal(m.stops, 1);
			if (second != NOBODY)
				other = machine((enum truth)second, major[second]);
			else
				other.truth = NOBODY;
			m.truth = other.truth;
			memcpy(m.identity, other.identity, sizeof(m.identity));
			m.len = other.len;
			m.status_len = other.status_len;
			use(dev, 3);
			assert_int_equal(m.stops, (enum truth)second == first ? 4 : 1);
			m.len = 0; /* says nothing any more */
			m.truth = NOBODY;
			use(dev, 1);
			assert_int_equal(said_id, 364);
			alg_device_close(dev);
		}
}

static void who_says_nothing_is_listened_to(void **state)
{
	struct machine m = machine(NEW, 8);
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	m.len = 0;
	m.truth = NOBODY;
	assert_int_equal(open_machine(&m, "", &dev), 0);
	assert_int_equal(said_id, 363);
	assert_int_equal(alg_device_read(dev, &r, 200), 1);
	use(dev, 2);
	assert_int_equal(said_id, 364);
	alg_device_close(dev);
	m.status_len = 0;
	assert_int_equal(open_machine(&m, "", &dev), ALG_ERR_TIMEOUT);
}

static void what_is_no_cpar_is_refused(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
	} wrong[] = {{0, 2}, {0, 0}, {1, 1}, {4, 2}, {5, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct machine m = machine(NEW, 8);
		struct alg_device *dev;

		m.truth = NOBODY;
		m.identity[wrong[i].at] = wrong[i].value;
		assert_int_equal(open_machine(&m, "", &dev), ALG_ERR_UNSUPPORTED);
		assert_int_equal(said_id, 362);
	}
	struct machine m = machine(OLD, 6);
	struct alg_device *dev;

	m.truth = NOBODY;
	m.identity[0] = 2; /* the maker's hardware tester */
	assert_int_equal(open_machine(&m, "", &dev), ALG_ERR_UNSUPPORTED);
	assert_int_equal(open_machine(&m, "&channel=3", &dev), ALG_ERR_ARG);
	assert_int_equal(m.identifies, 2); /* at the opening before */
	assert_int_equal(open_machine(&m, "&baud=9600", &dev), ALG_ERR_ARG);
	assert_int_equal(m.identifies, 2);
}

/* All that stands in the source: four frames and two places that write. */
static void no_other_frame_is_in_the_source(void **state)
{
	static const char *const frames[] = {"\"\\xFF\\xF1\\x01\\x00\\x00\\xFF\\xF2\"", "\"\\xFF\\xF1\\x04\\x00\\x00\\xFF\\xF2\"",
		"\"\\xFF\\xF1\\x14\\x00\\x00\\xFF\\xF2\"", "\"\\xFF\\xF1\\x13\\x00\\x00\\xFF\\xF2\""};
	char *text = NULL;
	size_t len = 0;
	int n_frames = 0, n_writes = 0, n_ask = 0;

	(void)state;
	assert_int_equal(alg_file_read(ALG_SOURCE_DIR "/driver/devices/cpar.c", 1 << 20, &text, &len, NULL), 0);
	for (const char *at = text; (at = strstr(at, "\\x")) != NULL; at++)
		n_frames++;
	assert_int_equal(n_frames, 4 * 7);
	for (int i = 0; i < 4; i++)
		assert_non_null(strstr(text, frames[i]));
	for (const char *at = text; (at = strstr(at, "alg_link_write(")) != NULL; at++)
		n_writes++;
	for (const char *at = text; (at = strstr(at, "alg_link_ask(")) != NULL; at++)
		n_ask++;
	assert_int_equal(n_writes, 2);
	assert_int_equal(n_ask, 0);
	free(text);
	const struct alg_driver *driver = alg_driver_find("cpar");
	const uint8_t nothing[ALG_DRIVER_STATE_MAX] = {0};

	assert_null(driver->requests[1].bytes);
	assert_null(driver->more(nothing)); /* at opening nothing but identify */
	assert_null(driver->poll);
	assert_null(driver->command);
	assert_null(driver->stop);
}

/* ---- what it says -------------------------------------------------------------------------------------- */

static const struct {
	const char *legend;
	const char *bytes;
	size_t n;
	enum alg_verdict verdict;
	double kpa;
	uint32_t flags;
	const char *shown;
} rows[] = {
	{"stimulating, cuff 1 at 49.8 kPa", "\x80\x0F\x01\x1D\x64\0\0\x40\0\xCC\x7F\0\x80\0\0\0\0", 17, ALG_FRAME_READING, 127 * 100 / 255.0, 0,
		"49.8 kPa stimulating"},
	{"idle after its stop button", "\x80\x0F\0\x15\xFF\0\x01\x99\x99\xCC\0\0\0\0\x66\0\x01", 17, ALG_FRAME_READING, 0, 0, "0.0 kPa stop button"},
	{"idle, older firmware", "\x80\x0E\0\x15\x05\0\0\0\0\xCC\0\0\0\0\0\0", 16, ALG_FRAME_READING, 0, 0, "0.0 kPa"},
	{"as high as it goes", "\x80\x0E\x01\x05\x05\0\0\0\0\xCC\xFF\0\xFF\0\0\0", 16, ALG_FRAME_READING, 100, 0, "100.0 kPa stimulating"},
	{"emergency", "\x80\x0E\x02\x15\x05\0\x06\0\0\xCC\x33\0\0\0\0\0", 16, ALG_FRAME_READING, NAN, ALG_READING_FAULT, "20.0 kPa emergency"},
	{"no 12 V", "\x80\x0E\0\x11\x05\0\x0A\0\0\0\0\0\0\0\0\0", 16, ALG_FRAME_READING, NAN, ALG_READING_FAULT, "0.0 kPa no 12 V"},
	{"out of compliance", "\x80\x0E\0\x15\x05\0\x08\0\0\xCC\0\0\0\0\0\0", 16, ALG_FRAME_READING, NAN, ALG_READING_FAULT, "0.0 kPa no compliance"},
	{"unknown state", "\x80\x0E\x03\x15\x05\0\0\0\0\xCC\0\0\0\0\0\0", 16, ALG_FRAME_INSANE, 0, 0, ""},
	{"unknown bit", "\x80\x0E\0\x35\x05\0\0\0\0\xCC\0\0\0\0\0\0", 16, ALG_FRAME_INSANE, 0, 0, ""},
	{"unknown reason", "\x80\x0E\0\x15\x05\0\x0B\0\0\xCC\0\0\0\0\0\0", 16, ALG_FRAME_INSANE, 0, 0, ""},
	{"button neither up nor down", "\x80\x0F\0\x15\x05\0\0\0\0\xCC\0\0\0\0\0\0\x02", 17, ALG_FRAME_INSANE, 0, 0, ""},
	{"13 bytes", "\x80\x0D\0\x15\x05\0\0\0\0\xCC\0\0\0\0\0", 15, ALG_FRAME_INSANE, 0, 0, ""},
	{"event", "\x81\x01\x04", 3, ALG_FRAME_IGNORED, 0, 0, ""},
	{"unknown event", "\x81\x01\x18", 3, ALG_FRAME_INSANE, 0, 0, ""},
	{"a kick's answer", "\x02\x04\x05\0\0\0", 6, ALG_FRAME_IGNORED, 0, 0, ""},
	{"refusal", "\0\x01\x01", 3, ALG_FRAME_REFUSED, 0, 0, ""},
	{"refusal of nothing", "\0\0", 2, ALG_FRAME_INSANE, 0, 0, ""},
	{"an answer nobody asked for", "\x11\0", 2, ALG_FRAME_INSANE, 0, 0, ""},
};

static void messages_are_read_strictly(void **unused)
{
	const struct alg_driver *driver = alg_driver_find("cpar");
	const struct alg_settings set = {0};

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_Alignas(16) uint8_t state[ALG_DRIVER_STATE_MAX] = {0};
		struct alg_frame frame = {.len = rows[i].n};
		struct alg_reading r = {0};

		memcpy(frame.data, rows[i].bytes, frame.len);
		if (driver->decode(&frame, state, &set, &r) != rows[i].verdict)
			fail_msg("%s", rows[i].legend);
		if (rows[i].verdict != ALG_FRAME_READING)
			continue;
		assert_true(r.value == rows[i].kpa || (isnan(r.value) && isnan(rows[i].kpa)));
		assert_int_equal(r.unit, ALG_UNIT_KPA);
		assert_int_equal(r.flags, rows[i].flags);
		assert_string_equal(r.shown, rows[i].shown);
	}
	assert_nan(alg_unit_factor_n(ALG_UNIT_KPA));
	assert_int_equal(alg_unit_parse("kPa", 3), ALG_UNIT_NONE); /* nobody can call a gauge's numbers so */
}

/* ---- driver and emulator --------------------------------------------------------------------------------- */

static void one_generation(const char *firmware, const char *version)
{
	struct sim_world *world;
	struct alg_transport transport;
	struct alg_open_opts opts = {.log = &log_, .transport = &transport};
	struct alg_device *dev;
	struct alg_reading r;
	struct alg_uri uri;
	char address[80];
	double most = 0;

	said_id = 0;
	snprintf(address, sizeof(address), "sim:cpar?firmware=%s", firmware);
	assert_int_equal(alg_uri_parse(address, &uri, NULL), 0);
	assert_int_equal(sim_world_new(&world, uri.target, uri.rest, NULL), 0);
	sim_world_transport(world, &transport);
	assert_int_equal(alg_device_open(&uri, &opts, &dev), 0);
	assert_int_equal(said_id, 0);
	assert_string_equal(alg_device_info(dev)->model, "CPAR");
	assert_string_equal(alg_device_info(dev)->serial, "4711");
	assert_string_equal(alg_device_info(dev)->firmware, version);
	do { /* a ramp of half a kPa a message */
		double last = most;

		assert_int_equal(alg_device_read(dev, &r, 100), 1);
		assert_int_equal(r.flags, 0);
		assert_nan(r.force_n);
		most = r.value;
		assert_true(most == 0 || (most > last - 0.01 && most - last < 1));
	} while (most < 30);
	assert_non_null(strstr(r.shown, " kPa stimulating"));
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_STOP), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_string_equal(r.shown, "0.0 kPa stopped");
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_STOP), 0); /* safe twice */
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_string_equal(r.shown, "0.0 kPa stopped");
	struct alg_counters c = alg_device_counters(dev);

	assert_int_equal(c.insane + c.foreign + c.refused + c.bad_length + c.bad_check + c.timeouts, 0);
	alg_device_close(dev);
	sim_world_free(world);
}

static void driver_and_emulator_agree(void **state)
{
	(void)state;
	one_generation("new", "8.1.2.r0");
	one_generation("intermediate", "7.0.1.r0");
	one_generation("old", "6.r3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_version_gets_its_own_stop_or_none),
		cmocka_unit_test(what_does_not_fit_gets_none),
		cmocka_unit_test(turned_bits_start_nothing),
		cmocka_unit_test(another_machine_gets_none),
		cmocka_unit_test(who_says_nothing_is_listened_to),
		cmocka_unit_test(what_is_no_cpar_is_refused),
		cmocka_unit_test(no_other_frame_is_in_the_source),
		cmocka_unit_test(messages_are_read_strictly),
		cmocka_unit_test(driver_and_emulator_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
