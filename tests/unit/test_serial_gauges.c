/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_serial_gauges.c - serial families through the whole read loop: against their emulators (known loads come
 * out as they were put on), and against a scripted gauge that is slow, silent, garbled, or whose stream dies.
 */
#include "tests/unit/assert_close.h"

#include "driver/device.h"
#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)

static char said[1024];
static int said_id, n_said;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	snprintf(said, sizeof(said), "%s", text);
	said_id = id;
	n_said++;
}

static struct alg_log log_ = {.sink = keep, .level = ALG_LEVEL_NOTE};

static int open_at(const char *address, const struct alg_transport *transport, struct alg_device **dev)
{
	struct alg_open_opts opts = {.log = &log_, .transport = transport};
	struct alg_uri uri;

	said_id = n_said = 0;
	said[0] = '\0';
	assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
	return alg_device_open(&uri, &opts, dev);
}

static void check_accounts(struct alg_device *dev)
{
	struct alg_counters c = alg_device_counters(dev);

	assert_int_equal(c.frames, c.readings + c.insane + c.foreign + c.refused + c.ignored);
	assert_int_equal(c.bytes, c.framed_bytes + c.skipped_bytes + (dev->rx_end - dev->rx_at));
}

/* ---- driver and emulator agree ---------------------------------------------------------------------- */

static const struct {
	const char *legend, *family, *options;
	enum alg_unit unit;
	uint32_t flags;
	double step_n; /* of its display */
} emulated[] = {
	{"Wagner FDIX", "wagner-fdix", "", ALG_UNIT_KGF, 0, 0.0980665},
	{"FDIX in newton", "wagner-fdix", "unit=N", ALG_UNIT_N, 0, 0.1},
	{"FDIX, streaming", "wagner-fdix", "unit=lbf&stream=1", ALG_UNIT_LBF, 0, 0.0444822},
	{"Mark-10", "mark10", "", ALG_UNIT_N, 0, 0.01},
	{"Mark-10, streaming", "mark10", "stream=1&unit=kgf", ALG_UNIT_KGF, 0, 0.00980665},
	{"Lutron", "lutron", "", ALG_UNIT_N, 0, 0.01},
	{"Sauter", "sauter", "unit=N", ALG_UNIT_N, ALG_READING_NO_UNIT, 0.01},
	{"Sauter in kilonewton", "sauter", "unit=kN", ALG_UNIT_KN, ALG_READING_NO_UNIT, 1},
	{"Sauter behind an adapter that bundles", "sauter", "unit=kgf&bundle=16", ALG_UNIT_KGF, ALG_READING_NO_UNIT, 0.0980665},
	{"Loadstar", "loadstar", "", ALG_UNIT_LBF, 0, 0.00444822},
	{"Loadstar, streaming", "loadstar", "stream=1", ALG_UNIT_LBF, 0, 0.00444822},
};

static void one_load(struct alg_device *dev, struct sim_world *world, size_t row, double load_n)
{
	struct alg_reading r;

	sim_world_load(world, load_n);
	for (int i = 0; i < 6; i++) { /* what is under way is of the last load, and marked so for nobody */
		if (alg_device_read(dev, &r, 500) != 1)
			fail_msg("%s: no reading at %.2f N", emulated[row].legend, load_n);
		assert_int_equal(r.unit, emulated[row].unit);
		assert_int_equal(r.flags, emulated[row].flags);
	}
	if (fabs(r.force_n - load_n) > emulated[row].step_n * 0.51)
		fail_msg("%s: %.3f N for %.3f N ('%s')", emulated[row].legend, r.force_n, load_n, r.shown);
}

static void test_agree(void **state)
{
	static const double loads_n[] = {0, 3.217, 49.03325, 123.4, -7.5, 0};

	(void)state;
	for (size_t i = 0; i < sizeof(emulated) / sizeof(emulated[0]); i++) {
		struct sim_world *world;
		struct alg_transport cable;
		struct alg_device *dev;
		struct alg_uri uri;
		char address[160];

		snprintf(address, sizeof(address), "sim:%s?noise=0&%s%s", emulated[i].family, emulated[i].options,
			*emulated[i].options ? "" : "seed=1");
		assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
		assert_int_equal(sim_world_new(&world, emulated[i].family, uri.rest, &log_), 0);
		sim_world_transport(world, &cable);
		if (open_at(address, &cable, &dev) != 0 || n_said)
			fail_msg("%s: %s", emulated[i].legend, said);
		for (size_t k = 0; k < sizeof(loads_n) / sizeof(loads_n[0]); k++)
			one_load(dev, world, i, loads_n[k]);
		struct alg_counters c = alg_device_counters(dev);

		assert_int_equal(c.skipped_bytes + c.bad_length + c.bad_check + c.insane + c.foreign + c.refused + c.timeouts, 0);
		check_accounts(dev);
		alg_device_close(dev);
		sim_world_free(world);
	}
}

/* Zero takes off what lies on it, in a stream as well. */
static void test_zero(void **state)
{
	static const char *const addresses[] = {"sim:loadstar?noise=0", "sim:loadstar?noise=0&stream=1", "sim:mark10?noise=0"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct sim_world *world;
		struct alg_transport cable;
		struct alg_device *dev;
		struct alg_reading r;
		struct alg_uri uri;

		assert_int_equal(alg_uri_parse(addresses[i], &uri, &log_), 0);
		assert_int_equal(sim_world_new(&world, uri.target, uri.rest, &log_), 0);
		sim_world_transport(world, &cable);
		sim_world_load(world, 20);
		assert_int_equal(open_at(addresses[i], &cable, &dev), 0);
		assert_int_equal(alg_device_read(dev, &r, 500), 1);
		assert_close(r.force_n, 20, 0.01);
		assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
		for (int k = 0; k < 10; k++)
			assert_int_equal(alg_device_read(dev, &r, 500), 1);
		assert_close(r.force_n, 0, 0.01);
		alg_device_close(dev);
		sim_world_free(world);
	}
}

/* ---- the scripted gauge -------------------------------------------------------------------------------- */

enum { PIECES_MAX = 400, ANSWERS_MAX = 8 };

struct fake {
	int64_t now_ns;
	struct {
		const char *request, *answer; /* answer NULL: silent */
		int after_ms;
	} answers[ANSWERS_MAX];
	struct {
		int64_t t_ns;
		char bytes[16];
		size_t n;
	} piece[PIECES_MAX];
	int n_pieces, at;
	const char *line;  /* of its stream; NULL: none */
	const char *starts, *ends;
	int64_t line_ns;   /* when the next comes; 0: it does not run */
	int line_ms;
	char written[4096];
	int n_set_line;
};

static void say(struct fake *f, int64_t in_ms, const char *text)
{
	for (size_t left = strlen(text); left > 0 && f->n_pieces < PIECES_MAX;) {
		size_t n = left < sizeof(f->piece[0].bytes) ? left : sizeof(f->piece[0].bytes);

		f->piece[f->n_pieces].t_ns = f->now_ns + in_ms * MS;
		memcpy(f->piece[f->n_pieces].bytes, text, n);
		f->piece[f->n_pieces++].n = n;
		text += n;
		left -= n;
	}
	assert_true(f->n_pieces < PIECES_MAX);
}

static int fake_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct fake *f = ctx;
	int64_t end_ns = f->now_ns + timeout_ms * MS;

	if (f->at == f->n_pieces) {
		f->at = f->n_pieces = 0;
		if (f->line_ns && f->line_ns <= end_ns) {
			say(f, 0, f->line);
			f->piece[0].t_ns = f->line_ns;
			f->line_ns += f->line_ms * MS;
		}
	}
	if (f->at == f->n_pieces || f->piece[f->at].t_ns > end_ns) {
		f->now_ns = end_ns;
		return 0;
	}
	if (f->piece[f->at].t_ns > f->now_ns)
		f->now_ns = f->piece[f->at].t_ns;
	assert_true(f->piece[f->at].n <= cap);
	memcpy(buf, f->piece[f->at].bytes, f->piece[f->at].n);
	return (int)f->piece[f->at++].n;
}

static int fake_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct fake *f = ctx;
	size_t n = strlen(f->written);
	char request[32];

	(void)timeout_ms;
	assert_true(len < sizeof(request) && n + len < sizeof(f->written));
	memcpy(request, buf, len);
	request[len] = '\0';
	strcpy(f->written + n, request);
	if (f->starts && strcmp(request, f->starts) == 0)
		f->line_ns = f->now_ns + f->line_ms * MS;
	if (f->ends && strcmp(request, f->ends) == 0)
		f->line_ns = 0;
	for (int i = 0; i < ANSWERS_MAX && f->answers[i].request; i++)
		if (strcmp(request, f->answers[i].request) == 0 && f->answers[i].answer)
			say(f, f->answers[i].after_ms, f->answers[i].answer);
	return 0;
}

static int fake_set_line(void *ctx, const struct alg_line_settings *line)
{
	(void)line;
	((struct fake *)ctx)->n_set_line++;
	return 0;
}

static void fake_sleep(void *ctx, int ms)
{
	((struct fake *)ctx)->now_ns += ms * MS;
}

static int64_t fake_now(void *ctx)
{
	return ((struct fake *)ctx)->now_ns;
}

static void fake_close(void *ctx)
{
	(void)ctx;
}

static const struct alg_transport_ops fake_ops = {.name = "fake", .read = fake_read, .write = fake_write,
	.sleep_ms = fake_sleep, .now_ns = fake_now, .close = fake_close};
static const struct alg_transport_ops line_ops = {.name = "fake", .read = fake_read, .write = fake_write,
	.set_line = fake_set_line, .sleep_ms = fake_sleep, .now_ns = fake_now, .close = fake_close};

static struct alg_device *opened(struct fake *f, const char *address)
{
	struct alg_transport transport = {&fake_ops, f};
	struct alg_device *dev;

	if (open_at(address, &transport, &dev) != 0)
		fail_msg("%s: %s", address, said);
	return dev;
}

/* ---- Wagner FDIX ------------------------------------------------------------------------------------------ */

static void test_fdix_polled(void **state)
{
	struct fake f = {.answers = {{"F\r", "12.34 lbf\r\n", 10}}};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=wagner-fdix");
	struct alg_reading r;
	int64_t t_ns = f.now_ns;

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(alg_device_read(dev, &r, 200), 1);
		assert_close(r.force_n, 12.34 * 4.4482216152605, 1e-9);
		assert_int_equal(r.flags, 0);
	}
	assert_int_equal(f.now_ns - t_ns, 100 * MS); /* the next is asked for as soon as the answer is here */
	assert_int_equal(strspn(f.written, "F\r"), strlen(f.written));
	f.answers[0].answer = NULL; /* asked anew after 100 ms of silence */
	f.written[0] = '\0';
	assert_int_equal(alg_device_read(dev, &r, 1000), 0);
	assert_true(alg_device_counters(dev).timeouts >= 8 && alg_device_counters(dev).timeouts <= 10);
	f.answers[0].answer = "OVER\r\n";
	assert_int_equal(alg_device_read(dev, &r, 300), 0); /* no word is a force */
	f.answers[0].answer = "1.00 N\r\n";
	assert_int_equal(alg_device_read(dev, &r, 300), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_UNSUPPORTED);
	check_accounts(dev);
	f.written[0] = '\0';
	alg_device_close(dev);
	assert_string_equal(f.written, ""); /* nothing was started */
}

static void test_fdix_stream(void **state)
{
	struct fake f = {.line = "1.50 kgf\r\n", .line_ms = 50, .starts = "CB\r", .ends = "CE\r"};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=wagner-fdix&stream=1");
	struct alg_reading r;

	(void)state;
	assert_string_equal(f.written, "C20\rCA\rCB\r");
	assert_close(alg_device_info(dev)->rate_hz, 20, 0);
	for (int i = 0; i < 40; i++)
		assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_string_equal(f.written, "C20\rCA\rCB\r");
	f.line_ns = 0; /* switched itself off, and was switched on again */
	assert_int_equal(alg_device_read(dev, &r, 3000), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	assert_string_equal(f.written, "C20\rCA\rCB\rC20\rCA\rCB\r");
	alg_device_close(dev);
	assert_string_equal(f.written, "C20\rCA\rCB\rC20\rCA\rCB\rCE\r");
	assert_null(strstr(f.written, "CX"));
}

/* Nobody has published the line's speed: it is asked for, not guessed. */
static void test_fdix_baud(void **state)
{
	struct fake f = {.answers = {{"F\r", "1.00 N\r\n", 10}}};
	struct alg_transport transport = {&line_ops, &f};
	struct alg_device *dev;

	(void)state;
	assert_int_equal(open_at("tty:/dev/x?family=wagner-fdix", &transport, &dev), ALG_ERR_ARG);
	assert_int_equal(said_id, 321);
	assert_non_null(strstr(said, "add ?baud="));
	assert_string_equal(f.written, "");
	assert_int_equal(f.n_set_line, 0);
	assert_int_equal(open_at("tty:/dev/x?family=wagner-fdix&baud=19200", &transport, &dev), 0);
	assert_int_equal(f.n_set_line, 1);
	alg_device_close(dev);
}

/* ---- Sauter -------------------------------------------------------------------------------------------------- */

static void test_sauter(void **state)
{
	struct fake f = {.answers = {{"9", "0011.70", 10}}};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=sauter&unit=N");
	struct alg_reading r;

	(void)state;
	assert_int_equal(n_said, 0);
	assert_int_equal(alg_device_read(dev, &r, 200), 1);
	assert_close(r.value, -11.7, 0);
	assert_close(r.force_n, 11.7, 0); /* a push */
	assert_int_equal(r.flags, ALG_READING_NO_UNIT);
	f.answers[0].answer = "0011.70\r\n"; /* a terminator that the maker does not name does no harm */
	for (int i = 0; i < 20; i++) {
		assert_int_equal(alg_device_read(dev, &r, 200), 1);
		assert_int_equal(r.flags, ALG_READING_NO_UNIT);
	}
	assert_int_equal(alg_device_counters(dev).skipped_bytes, 0);
	assert_int_equal(strspn(f.written, "9"), strlen(f.written));
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_UNSUPPORTED);
	alg_device_close(dev);
	dev = opened(&f, "tcp:x:1?family=sauter&unit=N&polarity=+");
	assert_int_equal(alg_device_read(dev, &r, 200), 1);
	assert_close(r.force_n, -11.7, 0);
	alg_device_close(dev);
	dev = opened(&f, "tcp:x:1?family=sauter");
	assert_int_equal(said_id, 316); /* the unit is not sent */
	alg_device_close(dev);
}

/* Whatever is lost, late or too much: "0011.70" holds "11.70001", which is a pull of 1.7 as well. Never that. */
static void test_sauter_shifted(void **state)
{
	static const struct {
		const char *legend, *answer;
		int late_ms; /* and the rest so late */
		const char *rest;
	} rows[] = {
		{"head lost", "11.70", 0, ""},
		{"tail lost", "0011.", 0, ""},
		{"one character too many", "10011.70", 0, ""},
		{"two at once", "0011.700011.70", 0, ""},
		{"cut for 60 ms", "00", 60, "11.70"},
		{"cut until after the next request", "00", 125, "11.70"},
		{"cut until long after it", "00", 180, "11.70"},
		{"wholly late", "", 140, "0011.70"},
		{"late in pieces", "", 168, "11.700"},
		{"a letter", "00X1.70", 0, ""},
		{"silence", "", 0, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake f = {.answers = {{"9", "0011.70", 10}}};
		struct alg_device *dev = opened(&f, "tcp:x:1?family=sauter&unit=N");
		struct alg_reading r;
		int good = 0;

		for (int round = 0; round < 40; round++) {
			f.answers[0].answer = round % 4 ? "0011.70" : rows[i].answer;
			f.answers[1].request = round % 4 || !*rows[i].rest ? NULL : "9";
			f.answers[1].answer = rows[i].rest;
			f.answers[1].after_ms = rows[i].late_ms;
			if (alg_device_read(dev, &r, 40) != 1)
				continue;
			good++;
			if (r.value != -11.7)
				fail_msg("%s: a force of %g", rows[i].legend, r.value);
		}
		f.answers[0].answer = "0011.70";
		f.answers[1].request = NULL;
		assert_int_equal(alg_device_read(dev, &r, 600), 1); /* and it comes back */
		if (good < 3)
			fail_msg("%s: %d good readings", rows[i].legend, good);
		check_accounts(dev);
		alg_device_close(dev);
	}
}

/* What comes unasked is no answer: not in the pause between two requests, nor when the program itself was away. */
static void test_sauter_unasked(void **state)
{
	struct fake f = {.answers = {{"9", "0011.70", 10}}};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=sauter&unit=N");
	struct alg_reading r;

	(void)state;
	for (int i = 0; i < 20; i++) {
		say(&f, 5, "1099.90");
		f.now_ns += i % 2 * 100 * MS;
		assert_int_equal(alg_device_read(dev, &r, 300), 1);
		assert_close(r.value, -11.7, 0);
		assert_true(i == 0 || r.flags & ALG_READING_GAP);
	}
	assert_int_equal(alg_device_counters(dev).skipped_bytes, 20 * 7);
	check_accounts(dev);
	alg_device_close(dev);
}

/* ---- Loadstar -------------------------------------------------------------------------------------------------- */

static void test_loadstar(void **state)
{
	struct fake f = {.answers = {{"W\r", "2345\r\n", 5}, {"\r", "A\r\n", 3}, {"SLC\r", "50\r\n", 5},
				 {"SS0\r", "iLoad\r\n", 5}, {"SS1\r", "123456\r\n", 5}, {"CT0\r", "A\r\n", 5}}};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=loadstar");
	struct alg_reading r;

	(void)state;
	assert_int_equal(strncmp(f.written, "\rSLC\rSS0\rSS1\r\rW\r", 16), 0);
	assert_true(f.now_ns < 200 * MS);
	assert_string_equal(alg_device_info(dev)->model, "iLoad");
	assert_string_equal(alg_device_info(dev)->serial, "123456");
	assert_close(alg_device_info(dev)->capacity_n, 222.411080763025, 1e-9);
	assert_close(alg_device_info(dev)->resolution_n, 0.0044482216152605, 1e-12);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_close(r.force_n, 2.345 * 4.4482216152605, 1e-9);
	assert_string_equal(r.shown, "2.345 lb");
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.flags, 0);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_LIVE_MODE), ALG_ERR_UNSUPPORTED);
	f.answers[0].answer = NULL;
	assert_int_equal(alg_device_read(dev, &r, 1000), 0);
	assert_true(alg_device_counters(dev).timeouts >= 5);
	f.answers[0].answer = "-10\r\n";
	assert_int_equal(alg_device_read(dev, &r, 300), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	assert_close(r.value, -0.01, 0);
	check_accounts(dev);
	alg_device_close(dev);
}

/* The answer to SLC comes after its time: it is neither a model nor a force. A stream that was left running is ended. */
static void test_loadstar_late(void **state)
{
	struct fake f = {.answers = {{"W\r", "2345\r\n", 5}, {"\r", "A\r\n", 3}, {"SLC\r", "50\r\n", 151}}};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=loadstar");
	struct alg_reading r;

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(alg_device_read(dev, &r, 100), 1);
		assert_close(r.value, 2.345, 0);
	}
	assert_string_equal(alg_device_info(dev)->model, "");
	alg_device_close(dev);

	struct fake left = {.answers = {{"W\r", "2345\r\n", 5}, {"\r", "A\r\n", 3}}, .line = "77\r\n", .line_ms = 7,
		.line_ns = 3 * MS, .ends = "\r"};

	dev = opened(&left, "tcp:x:1?family=loadstar");
	assert_int_equal(left.line_ns, 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_close(r.value, 2.345, 0);
	assert_int_equal(r.flags, 0);
	alg_device_close(dev);
}

static void test_loadstar_stream(void **state)
{
	struct fake f = {.answers = {{"\r", "A\r\n", 3}}, .line = "1000\r\n", .line_ms = 7, .starts = "O0W0\r", .ends = "\r"};
	struct alg_device *dev = opened(&f, "tcp:x:1?family=loadstar&stream=1");
	struct alg_reading r;

	(void)state;
	assert_close(alg_device_info(dev)->rate_hz, 150, 0);
	f.written[0] = '\0';
	for (int i = 0; i < 300; i++)
		assert_int_equal(alg_device_read(dev, &r, 50), 1);
	assert_string_equal(f.written, "");
	f.line_ns = 0;
	assert_int_equal(alg_device_read(dev, &r, 1500), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	assert_string_equal(f.written, "O0W0\r");
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	assert_string_equal(f.written, "O0W0\r\rCT0\rO0W0\r"); /* ended, zeroed, begun again */
	assert_int_equal(alg_device_read(dev, &r, 50), 1);
	alg_device_close(dev);
	assert_string_equal(f.written, "O0W0\r\rCT0\rO0W0\r\r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_zero),
		cmocka_unit_test(test_fdix_polled),
		cmocka_unit_test(test_fdix_stream),
		cmocka_unit_test(test_fdix_baud),
		cmocka_unit_test(test_sauter),
		cmocka_unit_test(test_sauter_shifted),
		cmocka_unit_test(test_sauter_unasked),
		cmocka_unit_test(test_loadstar),
		cmocka_unit_test(test_loadstar_late),
		cmocka_unit_test(test_loadstar_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
