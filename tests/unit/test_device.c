/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_device.c - opening, asking, resynchronising and losing a gauge, against a scripted one whose
 * clock only moves when it is waited for; and random bytes for every family.
 */
#include "tests/unit/assert_close.h"

#include "driver/device.h"
#include "driver/devices/template.c"

#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)

/* ---- the scripted gauge ------------------------------------------------------------------------------ */

enum { EVENTS_MAX = 512 };

struct fake {
	int64_t now_ns;
	struct {
		int64_t t_ns;
		char bytes[300];
		size_t n;
	} event[EVENTS_MAX];
	int n_events, at;
	const char *answer;    /* to "?"; NULL: silent */
	const char *list;      /* to LIST; NULL: "*10"; "": silent */
	const char *model, *serial; /* to RM and RS; NULL: "*10" */
	const char *zeroed;    /* to Z; NULL: silent, as documented */
	bool packets, silent;
	int skip_answers;      /* so many requests go unanswered */
	int64_t unplug_ns;     /* 0: never */
	int freeze_ms;         /* the wait that comes back with nothing takes so much longer, once */
	int stream_ms;         /* 0: off */
	int64_t stream_ns;     /* next line of the stream */
	char written[4096];    /* requests, one after the other */
	int n_set_line, n_close;
	struct alg_line_settings line;
};

static void at(struct fake *f, int64_t t_ns, const void *bytes, size_t n)
{
	assert_true(f->n_events < EVENTS_MAX && n <= sizeof(f->event[0].bytes));
	f->event[f->n_events].t_ns = t_ns;
	memcpy(f->event[f->n_events].bytes, bytes, n);
	f->event[f->n_events++].n = n;
}

static void say(struct fake *f, int64_t in_ms, const char *text)
{
	at(f, f->now_ns + in_ms * MS, text, strlen(text));
}

static int fake_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct fake *f = ctx;
	int64_t end_ns = f->now_ns + timeout_ms * MS;

	assert_true(timeout_ms >= 1);
	if (f->stream_ms && f->at == f->n_events && f->stream_ns <= end_ns) {
		f->n_events = f->at = 0;
		at(f, f->stream_ns, f->answer, strlen(f->answer));
		f->stream_ns += f->stream_ms * MS;
	}
	if (f->unplug_ns && f->unplug_ns <= end_ns && (f->at == f->n_events || f->unplug_ns <= f->event[f->at].t_ns)) {
		f->now_ns = f->now_ns > f->unplug_ns ? f->now_ns : f->unplug_ns;
		return ALG_ERR_NODEV;
	}
	if (f->at == f->n_events || f->event[f->at].t_ns > end_ns) {
		f->now_ns = end_ns + f->freeze_ms * MS;
		f->freeze_ms = 0;
		return 0;
	}
	if (f->event[f->at].t_ns > f->now_ns)
		f->now_ns = f->event[f->at].t_ns;
	size_t n = f->event[f->at].n;

	assert_true(n <= cap);
	memcpy(buf, f->event[f->at++].bytes, n);
	return (int)n;
}

static int fake_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct fake *f = ctx;
	size_t n = strlen(f->written);

	assert_true(timeout_ms >= 1 && n + len < sizeof(f->written));
	if (f->unplug_ns && f->now_ns >= f->unplug_ns)
		return ALG_ERR_NODEV;
	memcpy(f->written + n, buf, len);
	f->written[n + len] = '\0';
	if (f->silent)
		return 0;
	if (len == 5 && memcmp(buf, "LIST\r", 5) == 0) {
		if (!f->list || *f->list)
			say(f, 2, f->list ? f->list : "*10\r\n");
	} else if (len == 3 && buf[0] == 'R' && buf[2] == '\r') {
		const char *name = buf[1] == 'M' ? f->model : f->serial;

		say(f, 2, name ? name : "*10\r\n");
	} else if (len == 2 && buf[0] == 'Z' && f->zeroed) {
		say(f, 2, f->zeroed);
	} else if (len == 7 && memcmp(buf, "AOUT50\r", 7) == 0) {
		f->stream_ms = 20;
		f->stream_ns = f->now_ns + 20 * MS;
	} else if (len == 6 && memcmp(buf, "AOUT0\r", 6) == 0) {
		f->stream_ms = 0;
	} else if (buf[0] == '?' && f->answer) {
		if (f->skip_answers > 0)
			f->skip_answers--;
		else
			say(f, 2, f->answer);
	}
	return 0;
}

static int fake_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct fake *f = ctx;

	f->n_set_line++;
	f->line = *line;
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
	((struct fake *)ctx)->n_close++;
}

/* Without line settings, so that stamps are arrivals; stamps on a line have their own test. */
static const struct alg_transport_ops plain_ops = {
	.name = "fake", .read = fake_read, .write = fake_write, .sleep_ms = fake_sleep, .now_ns = fake_now, .close = fake_close};
static const struct alg_transport_ops line_ops = {.name = "fake", .read = fake_read, .write = fake_write,
	.set_line = fake_set_line, .sleep_ms = fake_sleep, .now_ns = fake_now, .close = fake_close};
static const struct alg_transport_ops packet_ops = {.name = "fake", .packets = true, .read = fake_read,
	.write = fake_write, .sleep_ms = fake_sleep, .now_ns = fake_now, .close = fake_close};

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

static int open_fake(struct fake *f, const char *address, const struct alg_transport_ops *ops, struct alg_device **dev)
{
	struct alg_transport transport = {ops, f};
	struct alg_open_opts opts = {.log = &log_, .transport = &transport};
	struct alg_uri uri;

	said_id = n_said = 0;
	said[0] = '\0';
	log_.exit_code = 0;
	assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
	return alg_device_open(&uri, &opts, dev);
}

static void check_accounts(struct alg_counters c)
{
	assert_int_equal(c.frames, c.readings + c.insane + c.foreign + c.refused + c.ignored);
}

/* ---- opening --------------------------------------------------------------------------------------------- */

static void test_open_silent(void **state)
{
	struct fake f = {0};
	struct alg_device *dev;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), ALG_ERR_TIMEOUT);
	assert_null(dev);
	assert_int_equal(f.n_close, 1);
	assert_int_equal(said_id, 307);
	assert_non_null(strstr(said, "nothing that a wagner gauge sends came: 0 bytes, 0 junk"));
	assert_int_equal(log_.exit_code, 3);
	assert_true(f.now_ns >= 3000 * MS && f.now_ns < 4000 * MS);
	assert_int_equal(strncmp(f.written, "?\r\n?\r\n", 6), 0); /* asked more than once, and nothing else */
	assert_int_equal(strspn(f.written, "?\r\n"), strlen(f.written));
}

static void test_open_junk(void **state)
{
	static const char *const families[] = {"wagner", "mark10", "lutron"};
	char address[64];

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct fake f = {.silent = true};
		struct alg_device *dev;

		for (int n = 0; n < 100; n++)
			at(&f, n * 10 * MS, "$GPGGA,1\r\n\xff", 11);
		snprintf(address, sizeof(address), "tty:/dev/x?family=%s", families[i]);
		assert_int_equal(open_fake(&f, address, &plain_ops, &dev), ALG_ERR_PROTO);
		assert_int_equal(said_id, 308);
		assert_non_null(strstr(said, families[i]));
		if (!strstr(said, "1100 bytes, 1100 junk"))
			fail_msg("%s", said);
		assert_int_equal(f.n_close, 1);
	}
}

static void test_open_refused(void **state)
{
	struct fake f = {0};
	struct alg_device *dev;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x", &plain_ops, &dev), ALG_ERR_ARG);
	assert_int_equal(said_id, 207);
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=hid-scale", &plain_ops, &dev), ALG_ERR_ARG);
	assert_int_equal(said_id, 313);
	assert_int_equal(open_fake(&f, "usb:0922:8003?family=mark10", &packet_ops, &dev), ALG_ERR_ARG);
	assert_int_equal(said_id, 313);
	assert_int_equal(log_.exit_code, 2);
	assert_int_equal(f.n_close, 3);
	f.unplug_ns = 1;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=lutron", &plain_ops, &dev), ALG_ERR_NODEV);
	assert_int_equal(said_id, 309);
	assert_int_equal(log_.exit_code, 3);
}

/* ---- asking ----------------------------------------------------------------------------------------------- */

static void test_poll(void **state)
{
	struct fake f = {.answer = "1.50 kgf\r\n"};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	assert_int_equal(n_said, 0);
	assert_close(alg_device_info(dev)->resolution_n, 0.0980665, 1e-12);
	assert_int_equal(alg_device_counters(dev).ignored, 2); /* the first frame, and the look at opening */
	int64_t asked_ns = f.now_ns;

	for (int i = 1; i <= 10; i++) {
		assert_int_equal(alg_device_read(dev, &r, 100), 1);
		assert_close(r.force_n, 14.709975, 1e-12);
		assert_int_equal(r.unit, ALG_UNIT_KGF);
		assert_int_equal(r.seq, i);
		assert_int_equal(r.flags, 0);
		assert_int_equal(r.t_ns, f.now_ns);
		assert_string_equal(r.shown, "1.50 kgf");
	}
	assert_true(f.now_ns - asked_ns >= 225 * MS && f.now_ns - asked_ns <= 260 * MS); /* 25 ms apart */

	/* The SEND key, while no answer is due. */
	say(&f, 1, "2.00 kgf\r\n");
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.flags, ALG_READING_UNSOLICITED);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.flags, 0);

	/* Answers that do not come are counted, asked for again, and marked at the next reading. */
	f.skip_answers = 2;
	assert_int_equal(alg_device_read(dev, &r, 100), 0);
	assert_nan(r.value);
	assert_int_equal(alg_device_read(dev, &r, 2000), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	assert_int_equal(alg_device_counters(dev).timeouts, 2);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.flags, 0);

	/* A garbled answer is one: the next is asked for without waiting for a timeout. */
	f.answer = "1.5\xb0 kgf\r\n";
	assert_int_equal(alg_device_read(dev, &r, 60), 0);
	f.answer = "1.50 kgf\r\n";
	assert_int_equal(alg_device_read(dev, &r, 60), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	assert_true(alg_device_counters(dev).insane >= 2);
	assert_int_equal(alg_device_counters(dev).timeouts, 2);
	check_accounts(alg_device_counters(dev));
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(f.n_close, 1);
}

/* What comes, not what the maker promises; a gap is no part of it. */
static void test_rate(void **state)
{
	static const char frame[] = "\x02" "41590200001234\r";
	struct fake f = {0};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	for (int i = 1; i < 200; i++)
		say(&f, 1000 * (i > 60) + i * (i < 100 ? 50 : 100), frame);
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=lutron", &plain_ops, &dev), 0);
	assert_close(alg_device_info(dev)->rate_hz, 0, 0);
	assert_close(alg_device_rate_hz(dev), 0, 0);
	assert_int_equal(alg_device_read(dev, &r, 5000), 1);
	assert_close(alg_device_rate_hz(dev), 0, 0); /* one says nothing */
	for (int i = 0; i < 50; i++)
		assert_int_equal(alg_device_read(dev, &r, 5000), 1);
	assert_close(alg_device_rate_hz(dev), 20, 1e-6);
	while (alg_device_read(dev, &r, 5000) == 1)
		;
	assert_close(alg_device_rate_hz(dev), 10, 1e-6);
	alg_device_close(dev);
}

static void test_gone(void **state)
{
	struct fake f = {.answer = "1.50 kgf\r\n"};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	say(&f, 1, "1.2");
	f.skip_answers = 100;
	f.unplug_ns = f.now_ns + 40 * MS;
	assert_int_equal(alg_device_read(dev, &r, 1000), ALG_ERR_NODEV);
	assert_int_equal(said_id, 309);
	assert_int_equal(n_said, 1);
	assert_int_equal(alg_device_read(dev, &r, 1000), ALG_ERR_NODEV);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_NODEV);
	assert_int_equal(n_said, 1); /* said once */
	struct alg_counters c = alg_device_counters(dev);

	assert_int_equal(c.bad_length, 1); /* what was cut */
	assert_int_equal(c.bytes, c.framed_bytes + c.skipped_bytes);
	alg_device_close(dev);
	assert_int_equal(f.n_close, 1);
	alg_device_close(NULL);
}

static void test_polarity(void **state)
{
	static const struct {
		const char *option;
		double force_n;
	} t[] = {{"+", -2}, {"-", 2}, {"abs", 2}};
	char address[80];

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct fake f = {.answer = "-2.0 N\r\n"};
		struct alg_device *dev;
		struct alg_reading r;

		snprintf(address, sizeof(address), "tty:/dev/x?family=wagner&polarity=%s", t[i].option);
		assert_int_equal(open_fake(&f, address, &plain_ops, &dev), 0);
		assert_int_equal(alg_device_read(dev, &r, 100), 1);
		assert_close(r.force_n, t[i].force_n, 0);
		assert_close(r.value, -2, 0); /* what the gauge said stays */
		alg_device_close(dev);
	}
}

static void test_no_unit(void **state)
{
	struct fake f = {.answer = "2.0\r\n"};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	assert_int_equal(said_id, 316);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_nan(r.force_n);
	assert_int_equal(r.flags, ALG_READING_NO_UNIT);
	alg_device_close(dev);
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner&unit=lbf", &plain_ops, &dev), 0);
	assert_int_equal(said_id, 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_close(r.force_n, 8.896443230521, 1e-12);
	assert_int_equal(r.flags, ALG_READING_NO_UNIT);
	alg_device_close(dev);
}

/* The tail of a number must never become a number. */
static void test_stall(void **state)
{
	struct fake f = {0};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	say(&f, 1, "8.78 N\r\n"); /* the tail of 118.78 N, sent before the port was open */
	for (int i = 1; i < 3; i++)
		say(&f, 1 + i * 100, "1.00 N\r\n");
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	assert_int_equal(alg_device_read(dev, &r, 300), 1);
	assert_close(r.value, 1, 0);
	say(&f, 10, "11");
	say(&f, 300, "8.78 N\r\n9.00 N\r\n");
	assert_int_equal(alg_device_read(dev, &r, 400), 1);
	assert_close(r.value, 9, 0);
	assert_true(r.flags & ALG_READING_GAP);
	assert_int_equal(alg_device_counters(dev).bad_length, 1);
	say(&f, 10, "11"); /* a pause that bundling can make is none */
	say(&f, 200, "8.78 N\r\n");
	assert_int_equal(alg_device_read(dev, &r, 400), 1);
	assert_close(r.value, 118.78, 1e-12);
	alg_device_close(dev);
}

/* A lost end of an answer and the next answer must not make one number either. */
static void test_torn_answer(void **state)
{
	struct fake f = {.answer = "3.78 N\r\n"};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	f.skip_answers = 1;
	say(&f, 5, "11");
	assert_int_equal(alg_device_read(dev, &r, 220), 0);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(alg_device_counters(dev).timeouts, 1);
	assert_close(r.value, 3.78, 0);
	assert_true(r.flags & ALG_READING_GAP);
	assert_int_equal(alg_device_counters(dev).bad_length, 1); /* "113.78 N" */
	alg_device_close(dev);
}

/* The machine pauses in the middle of a number: that is not the gauge's fault, and costs nothing. */
static void test_machine_pause(void **state)
{
	struct fake f = {.answer = "3.78 N\r\n"};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	f.answer = NULL;
	say(&f, 26, "11");
	assert_int_equal(alg_device_read(dev, &r, 30), 0);
	assert_int_equal(alg_device_counters(dev).bytes, 2 * 8 + 2);
	f.freeze_ms = 900; /* in the next wait */
	assert_int_equal(alg_device_read(dev, &r, 30), 0);
	say(&f, 1, "8.78 N\r\n");
	assert_int_equal(alg_device_read(dev, &r, 60), 1);
	assert_close(r.value, 118.78, 1e-12);
	assert_int_equal(r.flags, 0);
	assert_int_equal(alg_device_counters(dev).timeouts, 0);
	alg_device_close(dev);
}

/* ---- mark10 ------------------------------------------------------------------------------------------------ */

#define LIST_FULL "V1.07;N;CUR;FLTC8;FLTP1;AOUT00;AOFF5;FULL;MIT;POL;B0\r\n"
#define LIST_NUM "V1.07;LBF;CUR;FLTC8;FLTP1;AOUT00;AOFF5;NUM;MIT;POL;B0\r\n"

static void test_mark10_list(void **state)
{
	struct fake f = {.answer = "-18.78\r\n", .list = LIST_NUM};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
	assert_int_equal(n_said, 0);
	assert_string_equal(alg_device_info(dev)->firmware, "V1.07");
	assert_int_equal(strncmp(f.written, "?\rLIST\rRM\r?\r", 12), 0);
	assert_true(f.now_ns < 50 * MS); /* nothing was waited for in vain */
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_close(r.force_n, -83.53760193459219, 1e-9);
	assert_int_equal(r.flags, ALG_READING_NO_UNIT);
	f.written[0] = '\0';
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_LIVE_MODE), 0);
	assert_string_equal(f.written, "Z\rCUR\r");
	alg_device_close(dev);
	assert_string_equal(f.written, "Z\rCUR\r"); /* nothing was started, so nothing is stopped */

	struct fake peak = {.answer = "1.0 N\r\n", .list = "V1;N;PC;B3\r\n"};

	assert_int_equal(open_fake(&peak, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
	assert_int_equal(said_id, 317);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.flags, ALG_READING_PEAK | ALG_READING_LOW_BATTERY);
	alg_device_close(dev);
}

static void test_mark10_stream(void **state)
{
	struct fake f = {.answer = "1.0 N\r\n", .list = LIST_NUM};
	struct alg_device *dev;
	struct alg_reading r;
	int64_t last_ns;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=mark10&stream=1&baud=9600", &line_ops, &dev), 0);
	assert_int_equal(f.line.baud, 9600);
	assert_int_equal(f.n_set_line, 1);
	assert_close(alg_device_info(dev)->rate_hz, 50, 0);
	assert_string_equal(f.written, "?\rLIST\rRM\rAOUT50\r");
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	last_ns = r.arrival_ns;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(alg_device_read(dev, &r, 100), 1);
		assert_int_equal(r.flags, 0);
		assert_int_equal(r.arrival_ns - last_ns, 20 * MS);
		last_ns = r.arrival_ns;
	}
	assert_string_equal(f.written, "?\rLIST\rRM\rAOUT50\r");
	f.stream_ms = 0; /* switched off and on */
	assert_int_equal(alg_device_read(dev, &r, 1500), 1);
	assert_true(r.flags & ALG_READING_GAP);
	assert_string_equal(f.written, "?\rLIST\rRM\rAOUT50\rAOUT50\r");
	assert_int_equal(alg_device_close(dev), 0);
	assert_string_equal(f.written, "?\rLIST\rRM\rAOUT50\rAOUT50\rAOUT0\r");

	/* A gauge that does not know LIST may take AOUTn for something else: it is asked instead. */
	struct fake old = {.answer = "1.0 N\r\n"};

	assert_int_equal(open_fake(&old, "tty:/dev/x?family=mark10&stream=1", &plain_ops, &dev), 0);
	assert_int_equal(said_id, 318);
	assert_null(strstr(old.written, "AOUT"));
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	alg_device_close(dev);
	assert_null(strstr(old.written, "AOUT"));
}

/* What it answers about itself is kept only when it is one line of text. */
static void test_mark10_names(void **state)
{
	static const struct {
		const char *legend, *model, *serial, *kept_model, *kept_serial;
	} rows[] = {
		{"text and digits", "M5-50\r\n", "3456789\r\n", "M5-50", "3456789"},
		{"refused", NULL, NULL, "", ""},
		{"a reading, by its SEND key", "-1.25 N\r\n", "12.5 N\r\n", "", ""},
		{"digits are no model", "123\r\n", "SN 12-3\r\n", "", "SN 12-3"},
		{"two lines: not understood", "Model\r\nM5-50\r\n", "1\r\n2\r\n", "", ""},
		{"control characters", "M5\x1b[2J\r\n", "\xff\xfe\r\n", "", ""},
		{"too long", "0123456789012345678901234567890123456789012345678901234567890 M5\r\n", "A\r\n", "", "A"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake f = {.answer = "1.0 N\r\n", .list = LIST_FULL, .model = rows[i].model, .serial = rows[i].serial};
		struct alg_device *dev;

		assert_int_equal(open_fake(&f, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
		if (strcmp(alg_device_info(dev)->model, rows[i].kept_model) != 0 ||
			strcmp(alg_device_info(dev)->serial, rows[i].kept_serial) != 0)
			fail_msg("%s: '%s' '%s'", rows[i].legend, alg_device_info(dev)->model, alg_device_info(dev)->serial);
		assert_int_equal(strncmp(f.written, "?\rLIST\rRM\rRS\r?\r", 15), 0);
		assert_true(f.now_ns < 150 * MS);
		assert_int_equal(n_said, 0);
		alg_device_close(dev);
	}

	/* One that sends by itself is not asked: its readings would be taken for answers. */
	struct fake sends = {.answer = "1.0 N\r\n", .list = "V1.07;N;CUR;AOUT10;FULL;POL;B0\r\n"};
	struct alg_device *dev;

	assert_int_equal(open_fake(&sends, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
	assert_null(strstr(sends.written, "R"));
	alg_device_close(dev);
}

/* What its menu does to the sign is said when it is opened; POL and NPOL are of another output. */
static void test_mark10_menu(void **state)
{
	static const struct {
		const char *list, *says;
		int id;
	} rows[] = {
		{"V1;N;CUR;AOUT00;FULL;IPOL0;OPOL0;MIT;NPOL;B0\r\n", "", 0},
		{"V1;N;CUR;AOUT00;FULL;IPOL1;OPOL0;MIT;POL;B0\r\n", "invert the sign", 322},
		{"V1;N;CUR;AOUT00;FULL;IPOL0;OPOL1;MIT;POL;B0\r\n", "omit the sign", 322},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake f = {.answer = "1.0 N\r\n", .list = rows[i].list};
		struct alg_device *dev;

		assert_int_equal(open_fake(&f, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
		assert_int_equal(said_id, rows[i].id);
		assert_non_null(strstr(said, rows[i].says));
		alg_device_close(dev);
	}
}

/* A Series 4 knows neither LIST nor Z; an answer that refuses is told once, with its meaning, and readings go on. */
static void test_mark10_refused(void **state)
{
	static const char *const answers[] = {"*11\r\n", "*12\r\n", "*21\r\n", "*22\r\n"};
	struct fake f = {.answer = "1.0 N\r\n", .zeroed = "*10\r\n"};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
	assert_int_equal(n_said, 0); /* LIST was only a question */
	assert_int_equal(strncmp(f.written, "?\rLIST\r?\r", 9), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
		for (int k = 0; k < 4; k++)
			assert_int_equal(alg_device_read(dev, &r, 100), 1);
		assert_int_equal(n_said, 1);
		assert_int_equal(said_id, 323);
		assert_non_null(strstr(said, "with *10: it does not know this command"));
	}
	assert_int_equal(alg_device_counters(dev).refused, 2);
	for (int i = 0; i < 4; i++) {
		f.answer = answers[i];
		assert_int_equal(alg_device_read(dev, &r, 100), 0);
		assert_int_equal(n_said, 2 + i);
		assert_int_equal(said_id, 323);
	}
	assert_true(alg_device_counters(dev).refused > 20); /* all are counted, and asked again */
	f.answer = "2.0 N\r\n";
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	check_accounts(alg_device_counters(dev));
	alg_device_close(dev);

	/* One that is silent to LIST (BG, BGI): asked for each reading, never streamed, open in half a second. */
	struct fake old = {.answer = "1.25 LB\r\n", .list = ""};

	assert_int_equal(open_fake(&old, "tty:/dev/x?family=mark10&stream=1", &plain_ops, &dev), 0);
	assert_true(old.now_ns < 500 * MS);
	assert_int_equal(said_id, 318);
	assert_int_equal(alg_device_read(dev, &r, 100), 1);
	assert_int_equal(r.unit, ALG_UNIT_LBF);
	alg_device_close(dev);
	assert_null(strstr(old.written, "AOUT"));
	assert_null(strstr(old.written, "R"));
}

/* ---- other ---------------------------------------------------------------------------------------------------- */

static void test_only_requests(void **state)
{
	struct fake f = {.answer = "1.0 N\r\n", .list = LIST_NUM};
	struct alg_device *dev;

	(void)state;
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=mark10", &plain_ops, &dev), 0);
	struct alg_link link = {dev};

	f.written[0] = '\0';
	assert_int_equal(alg_link_write(&link, "SAVE\r", 5), ALG_ERR_BUG);
	assert_int_equal(alg_link_write(&link, "?", 1), ALG_ERR_BUG);
	assert_int_equal(alg_link_write(&link, "?\r\n", 3), ALG_ERR_BUG);
	assert_string_equal(f.written, "");
	alg_device_close(dev);

	struct fake wagner = {.answer = "1.0 N\r\n"};

	assert_int_equal(open_fake(&wagner, "tty:/dev/x?family=wagner", &plain_ops, &dev), 0);
	wagner.written[0] = '\0';
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_UNSUPPORTED);
	assert_int_equal(said_id, 319);
	assert_string_equal(wagner.written, "");
	alg_device_close(dev);
}

/* On a line the force was there before its digits came: 16 bytes of 10 bits at 9600 baud, 16.67 ms. */
static void test_stamps(void **state)
{
	static const char frame[] = "\x02" "41590200001234\r";
	struct fake f = {0};
	struct alg_device *dev;
	struct alg_reading r;
	char two[33];

	(void)state;
	say(&f, 100, frame);
	say(&f, 200, frame);
	assert_int_equal(open_fake(&f, "tty:/dev/x?family=lutron", &line_ops, &dev), 0);
	assert_true(f.line.dtr);
	snprintf(two, sizeof(two), "%s%s", frame, frame);
	say(&f, 300, two); /* two in one bundle: the first is older */
	assert_int_equal(alg_device_read(dev, &r, 400), 1);
	assert_close((double)(r.arrival_ns - r.t_ns) / 1e6, 2 * 16.667, 0.01);
	assert_int_equal(alg_device_read(dev, &r, 400), 1);
	assert_close((double)(r.arrival_ns - r.t_ns) / 1e6, 16.667, 0.01);
	say(&f, 3000, frame); /* lutron: silent for more than 2 s */
	assert_int_equal(alg_device_read(dev, &r, 4000), 1);
	assert_int_equal(r.flags, ALG_READING_GAP);
	alg_device_close(dev);

	/* Not before it was asked for. */
	struct fake slow = {.answer = "1.00 N\r\n"};

	assert_int_equal(open_fake(&slow, "tty:/dev/x?family=wagner&baud=1200", &line_ops, &dev), 0);
	assert_int_equal(alg_device_read(dev, &r, 400), 1);
	assert_int_equal(r.arrival_ns - r.t_ns, 2 * MS);
	alg_device_close(dev);
}

static void test_scale(void **state)
{
	struct fake f = {0};
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	at(&f, 1 * MS, "\x03\x04\x02\x00\x09\x00", 6); /* old */
	at(&f, 2 * MS, "\x03\x04\x02\x00\x05\x00", 6);
	at(&f, 3 * MS, "\x03\x05\x02\x00\x14\x00", 6);
	assert_int_equal(open_fake(&f, "usb:0922:8003", &packet_ops, &dev), 0);
	assert_string_equal(alg_device_info(dev)->family, "hid-scale");
	assert_close(alg_device_info(dev)->resolution_n, 0.00980665, 1e-12);
	assert_int_equal(alg_device_read(dev, &r, 10), 1);
	assert_close(r.value, -20, 0);
	assert_string_equal(f.written, "");
	alg_device_close(dev);
}

/* Which bytes zero a scale is known of some makers only, and differs among them. */
static void test_scale_zero(void **state)
{
	static const struct {
		const char *address, *bytes; /* NULL: refused, with nothing sent */
	} t[] = {
		{"usb:1446:6a73", "\x02\x02"}, {"usb:2474:0550", "\x04\x01"}, {"usb:0922:8003", "\x02\x01"},
		{"usb:0922:8009", "\x02\x01"}, {"usb:0d8f:0200", NULL}, {"usb:2474:3550", NULL}, {"usb:1234:5678", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct fake f = {0};
		struct alg_device *dev;

		at(&f, 1 * MS, "\x03\x02\x02\x00\x00\x00", 6);
		at(&f, 2 * MS, "\x03\x02\x02\x00\x00\x00", 6);
		assert_int_equal(open_fake(&f, t[i].address, &packet_ops, &dev), 0);
		assert_int_equal(alg_device_command(dev, ALG_COMMAND_LIVE_MODE), ALG_ERR_UNSUPPORTED);
		assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), t[i].bytes ? 0 : ALG_ERR_UNSUPPORTED);
		assert_string_equal(f.written, t[i].bytes ? t[i].bytes : "");
		assert_int_equal(said_id, 319);
		alg_device_close(dev);
	}
}

/* Opens a strict recording, given by its lines: any other request than those ends it. */
static int open_strict(const char *family, const char *lines)
{
	char path[] = "/tmp/alg-strict-XXXXXX", address[80];
	struct alg_open_opts opts = {.log = &log_};
	struct alg_device *dev;
	struct alg_uri uri;
	FILE *f = fdopen(mkstemp(path), "w");

	assert_non_null(f);
	fprintf(f, "# algometer-recording 1\n# family: %s\n# kind: synthetic\n%s", family, lines);
	assert_int_equal(fclose(f), 0);
	snprintf(address, sizeof(address), "replay:%s?strict=1", path);
	assert_int_equal(alg_uri_parse(address, &uri, &log_), 0);
	said_id = 0;
	int rc = alg_device_open(&uri, &opts, &dev);

	alg_device_close(dev);
	remove(path);
	return rc;
}

#define GOLINK_READY \
	"0 > 1A 01 00 00 00 00 00 00\n1000 < 9A 1A 00 00 00 00 00 00\n" \
	"2000 > 10 00 00 00 00 00 00 00\n3000 < 5E 10 00 61 01 10 01 00\n" \
	"4000 > 17 00 18 00 00 00 00 00\n5000 < 7A 17 35 00 00 00 00 00\n"

/* What a Go!Link says no to is told, and nothing more is asked of it. */
static void test_golink_refuses(void **state)
{
	(void)state;
	assert_int_equal(open_strict("golink", GOLINK_READY), ALG_ERR_UNSUPPORTED);
	assert_int_equal(said_id, 348);
	assert_non_null(strstr(said, "refused its own calibration: it is collecting"));
	/* A probe without memory; its own memory too short to be a correction. */
	assert_int_equal(open_strict("golink",
		"0 > 1A 01 00 00 00 00 00 00\n1000 < 9A 1A 00 00 00 00 00 00\n"
		"2000 > 10 00 00 00 00 00 00 00\n3000 < 5E 10 00 61 01 10 01 00\n"
		"4000 > 17 00 18 00 00 00 00 00\n5000 < 5A 17 9C 00 00 00 00 00\n"
		"6000 > 28 00 00 00 00 00 00 00\n7000 < 5D 28 0C 00 00 00 00 00\n"), ALG_ERR_UNSUPPORTED);
	assert_int_equal(said_id, 349);
	assert_non_null(strstr(said, "carries no calibration"));
	/* Never ready: asked for six seconds, then it is said. */
	char lines[2048] = "";

	for (int i = 0; i < 15; i++)
		snprintf(lines + strlen(lines), sizeof(lines) - strlen(lines),
			"%d > 1A 01 00 00 00 00 00 00\n%d < 7A 1A 40 00 00 00 00 00\n", i * 400000, i * 400000 + 1000);
	assert_int_equal(open_strict("golink", lines), ALG_ERR_UNSUPPORTED);
	assert_non_null(strstr(said, "still powering up"));
}

static void test_template(void **state)
{
	struct alg_frame frame = {.len = 7, .data = "-1.25 N"};
	struct alg_settings set = {.unit = ALG_UNIT_KGF};
	struct alg_reading r = {0};
	struct state own = {0};

	(void)state;
	assert_int_equal(alg_driver_blank.decode(&frame, &own, &set, &r), ALG_FRAME_READING);
	assert_close(r.value, -1.25, 0);
	assert_int_equal(r.unit, ALG_UNIT_N);
	frame.len = 5;
	assert_int_equal(alg_driver_blank.decode(&frame, &own, &set, &r), ALG_FRAME_READING);
	assert_int_equal(r.unit, ALG_UNIT_KGF);
	frame.data[0] = 'x';
	assert_int_equal(alg_driver_blank.decode(&frame, &own, &set, &r), ALG_FRAME_INSANE);
}

static void test_words(void **state)
{
	char text[160];

	(void)state;
	alg_reading_flag_words(text, sizeof(text), 0);
	assert_string_equal(text, "");
	alg_reading_flag_words(text, sizeof(text), 0xffffffff);
	assert_string_equal(text, "unstable overload peak low-battery fault unsolicited gap no-unit out-of-spec");
	alg_reading_flag_words(text, 12, ALG_READING_UNSTABLE | ALG_READING_PEAK);
	assert_string_equal(text, "unstable pe");
	char names[320];
	size_t n = 0;

	alg_family_names(names, sizeof(names)); /* all of them, in the order of the list */
	for (size_t i = 0; i < alg_family_count(); i++) {
		n += (size_t)snprintf(text, sizeof(text), "%s%s", i ? ", " : "", alg_family_at(i)->name);
		assert_non_null(strstr(names + n - strlen(text), text));
	}
	assert_int_equal(strlen(names), n);
	assert_null(alg_family_at(alg_family_count()));
	assert_null(alg_family_find("Wagner"));
}

/* ---- random bytes ---------------------------------------------------------------------------------------------- */

struct noise {
	uint64_t seed;
	size_t left;
	int64_t now_ns;
	int kind;
};

static uint32_t roll(struct noise *n)
{
	n->seed ^= n->seed << 13;
	n->seed ^= n->seed >> 7;
	n->seed ^= n->seed << 17;
	return (uint32_t)(n->seed >> 32);
}

/* Kind 0: any byte; 1: bytes that gauges send, in any order, so that frames do come about. */
static int noise_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	static const char usual[] = "0123456789.- N\r\n\x02\x03\x04;*\xFF\xF1\xFF\xF2";
	struct noise *n = ctx;
	size_t len = 1 + roll(n) % 200;

	(void)timeout_ms;
	n->now_ns += 100000;
	if (n->left == 0)
		return ALG_ERR_NODEV;
	len = len < n->left ? len : n->left;
	len = len < cap ? len : cap;
	for (size_t i = 0; i < len; i++)
		buf[i] = n->kind ? (uint8_t)usual[roll(n) % (sizeof(usual) - 1)] : (uint8_t)roll(n);
	n->left -= len;
	return (int)len;
}

static int noise_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx;
	(void)buf;
	(void)len;
	(void)timeout_ms;
	return 0;
}

static int64_t noise_now(void *ctx)
{
	return ((struct noise *)ctx)->now_ns;
}

static void noise_sleep(void *ctx, int ms)
{
	((struct noise *)ctx)->now_ns += ms * MS;
}

static void noise_close(void *ctx)
{
	(void)ctx;
}

/* Behind the opening, so that a whole run is one device whatever the noise looks like. */
static void run_noise(const struct alg_driver *driver, int kind, size_t n_bytes)
{
	static const struct alg_transport_ops ops = {.name = "noise", .read = noise_read, .write = noise_write,
		.sleep_ms = noise_sleep, .now_ns = noise_now, .close = noise_close};
	struct noise n = {.seed = 88172645463325252u + (unsigned)kind, .left = n_bytes, .kind = kind};
	struct alg_device *dev = calloc(1, sizeof(*dev));
	struct alg_reading r;
	uint64_t readings = 0;
	int rc;

	dev->driver = driver;
	dev->transport = (struct alg_transport){&ops, &n};
	dev->info.resolution_n = NAN;
	dev->last_t_ns = INT64_MIN;
	while ((rc = alg_device_read(dev, &r, 20)) >= 0)
		if (rc > 0) {
			readings++;
			assert_true(isnan(r.value) || fabs(r.value) < 1e15);
			assert_true(strlen(r.shown) < sizeof(r.shown));
			assert_int_equal(r.seq, readings);
		}
	assert_int_equal(rc, ALG_ERR_NODEV);
	struct alg_counters c = alg_device_counters(dev);

	assert_int_equal(c.bytes, n_bytes);
	assert_int_equal(c.bytes, c.framed_bytes + c.skipped_bytes);
	assert_int_equal(c.readings, readings);
	check_accounts(c);
	assert_true(c.insane + c.bad_length + c.bad_check > 0);
	alg_device_close(dev);
}

static void test_noise(void **state)
{
	(void)state;
	for (size_t i = 0; alg_drivers[i]; i++)
		for (int kind = 0; kind < 2; kind++)
			run_noise(alg_drivers[i], kind, 10000000);
}

/* Junk without an end keeps nobody waiting longer than he wants to. */
static void test_endless_junk(void **state)
{
	static const struct alg_transport_ops ops = {.name = "noise", .read = noise_read, .write = noise_write,
		.sleep_ms = noise_sleep, .now_ns = noise_now, .close = noise_close};
	struct noise n = {.seed = 5, .left = SIZE_MAX};
	struct alg_transport transport = {&ops, &n};
	struct alg_open_opts opts = {.log = &log_, .transport = &transport};
	struct alg_device *dev;
	struct alg_uri uri;

	(void)state;
	assert_int_equal(alg_uri_parse("tty:x?family=lutron", &uri, NULL), 0);
	assert_int_equal(alg_device_open(&uri, &opts, &dev), ALG_ERR_PROTO);
	assert_true(n.now_ns >= 3000 * MS && n.now_ns < 3100 * MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_silent),
		cmocka_unit_test(test_open_junk),
		cmocka_unit_test(test_open_refused),
		cmocka_unit_test(test_poll),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_polarity),
		cmocka_unit_test(test_no_unit),
		cmocka_unit_test(test_stall),
		cmocka_unit_test(test_torn_answer),
		cmocka_unit_test(test_machine_pause),
		cmocka_unit_test(test_mark10_list),
		cmocka_unit_test(test_mark10_stream),
		cmocka_unit_test(test_mark10_names),
		cmocka_unit_test(test_mark10_menu),
		cmocka_unit_test(test_mark10_refused),
		cmocka_unit_test(test_only_requests),
		cmocka_unit_test(test_stamps),
		cmocka_unit_test(test_scale),
		cmocka_unit_test(test_scale_zero),
		cmocka_unit_test(test_golink_refuses),
		cmocka_unit_test(test_template),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_endless_junk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
