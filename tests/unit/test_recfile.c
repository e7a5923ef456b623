/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_recfile.c - recordings read and refused line by line; replay at its own time and strictly; capture. */
#include "tests/unit/assert_close.h"

#include "driver/transport/transport.h"

#include <fcntl.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEAD "# algometer-recording 1\n# family: mark10\n# kind: synthetic\n"

static char said[1024];
static int said_id;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	snprintf(said, sizeof(said), "%s", text);
	said_id = id;
}

static struct alg_log log_ = {.sink = keep};
static char dir[64], path[96], out_path[96];

static int set_up(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_recfile.XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/a.rec", dir);
	snprintf(out_path, sizeof(out_path), "%s/out.rec", dir);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	unlink(out_path);
	return rmdir(dir);
}

static void write_file(const char *text, size_t len)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	fclose(f);
}

static int load(const char *text, struct alg_recfile *rec)
{
	write_file(text, strlen(text));
	said[0] = '\0';
	said_id = 0;
	log_.exit_code = 0;
	return alg_recfile_load(path, rec, &log_);
}

static void test_good(void **state)
{
	struct alg_recfile rec;

	(void)state;
	assert_int_equal(load(HEAD "# setup: 2 kg on the tip\n#\n\n0 < 2d 31 0A\r\n0 > 3F\n\n2678400000000 < 00 FF", &rec), 0);
	assert_string_equal(rec.family, "mark10");
	assert_string_equal(rec.kind, "synthetic");
	assert_int_equal(rec.n_events, 3);
	assert_int_equal(rec.events[1].dir, '>');
	assert_int_equal(rec.events[2].t_us, 2678400000000);
	assert_int_equal(rec.events[2].len, 2);
	assert_int_equal(rec.n_data, 6);
	assert_memory_equal(rec.data, "-1\n?\0\xFF", 6);
	alg_recfile_free(&rec);
	alg_recfile_free(&rec); /* twice is fine */
	assert_int_equal(load("# algometer-recording 1\n# kind: vendor example\n# family: hid-scale\n", &rec), 0);
	assert_int_equal(rec.n_events, 0);
	alg_recfile_free(&rec);
}

static const struct {
	const char *legend, *text, *where;
	int id;
} broken[] = {
	{"empty", "", ":1: an empty file", 331},
	{"other file", "\x89HDF\r\n", ":1: not a recording", 331},
	{"no version", "# algometer-recording \n", ":1: the recording's version", 331},
	{"version zero", "# algometer-recording 0\n", ":1: the recording's version", 331},
	{"version with a tail", "# algometer-recording 1.1\n", ":1: the recording's version", 331},
	{"newer", "# algometer-recording 2\n# what: ever\nnew syntax\n", "format 2 is newer than 1", 332},
	{"no family", "# algometer-recording 1\n# kind: recorded\n0 < 00\n", ":3: a header is missing", 331},
	{"no kind", "# algometer-recording 1\n# family: lutron\n", ":2: a header is missing", 331},
	{"two families", HEAD "# family: wagner\n", ":4: header 'family' stands there twice", 331},
	{"family as a path", "# algometer-recording 1\n# family: ../x\n", ":2: header 'family'", 331},
	{"unknown kind", "# algometer-recording 1\n# kind: real\n", ":2: header 'kind'", 331},
	{"header without colon", HEAD "# hello\n", ":4: a header has to be", 331},
	{"header without blank", HEAD "#name: x\n", ":4: a header has to be", 331},
	{"header after events", HEAD "0 < 00\n# name: x\n", ":5: headers have to come", 331},
	{"no direction", HEAD "0 00 01\n", ":4: an event has to be", 331},
	{"no time", HEAD "< 00\n", ":4: an event has to be", 331},
	{"wrong direction", HEAD "0 = 00\n", ":4: an event has to be", 331},
	{"two blanks", HEAD "0  < 00\n", ":4: an event has to be", 331},
	{"no bytes", HEAD "0 <\n", ":4: an event has to be", 331},
	{"no bytes, blank", HEAD "0 < \n", ":4: bytes have to be", 331},
	{"one digit", HEAD "0 < 0\n", ":4: bytes have to be", 331},
	{"no blank between", HEAD "0 < 0001\n", ":4: bytes have to be", 331},
	{"blank at the end", HEAD "0 < 00 \n", ":4: bytes have to be", 331},
	{"not hex", HEAD "0 < 0G\n", ":4: bytes have to be", 331},
	{"negative", HEAD "-1 < 00\n", ":4: the time has to be", 331},
	{"plus", HEAD "+1 < 00\n", ":4: the time has to be", 331},
	{"fraction", HEAD "1.5 < 00\n", ":4: the time has to be", 331},
	{"more than a month", HEAD "2678400000001 < 00\n", ":4: the time has to be", 331},
	{"too large a number", HEAD "99999999999999999999 < 00\n", ":4: the time has to be", 331},
	{"time goes back", HEAD "5 < 00\n4 < 00\n", ":5: the time goes back", 331},
};

static void test_broken(void **state)
{
	struct alg_recfile rec;

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		int rc = load(broken[i].text, &rec);

		if (rc != ALG_ERR_FORMAT || said_id != broken[i].id || !strstr(said, broken[i].where) ||
			!strstr(said, path) || log_.exit_code != 1)
			fail_msg("'%s': status %d, said [%d] %s", broken[i].legend, rc, said_id, said);
		assert_null(rec.events);
		assert_null(rec.data);
	}
	write_file(HEAD "0 < 00\0\n", sizeof(HEAD "0 < 00\0\n") - 1);
	assert_int_equal(alg_recfile_load(path, &rec, &log_), ALG_ERR_FORMAT);
	assert_non_null(strstr(said, ":4: a zero byte"));
	unlink(path);
	assert_int_equal(alg_recfile_load(path, &rec, &log_), ALG_ERR_IO);
	assert_non_null(strstr(said, "no such file"));
}

/* ---- replay ------------------------------------------------------------------------------------------ */

static struct alg_transport replay(const char *events, struct alg_replay_opts opts)
{
	struct alg_transport t;
	struct alg_recfile rec;
	char text[512];

	snprintf(text, sizeof(text), "%s%s", HEAD, events);
	assert_int_equal(load(text, &rec), 0);
	opts.name = "a.rec";
	assert_int_equal(alg_replay_open(&rec, &opts, &t, &log_), 0);
	assert_null(rec.events);
	return t;
}

static void test_replay_time(void **state)
{
	struct alg_transport t = replay("0 < 01 02 03\n50 > 3F\n100000 < 04\n", (struct alg_replay_opts){0});
	uint8_t buf[8];

	(void)state;
	assert_int_equal(t.ops->read(t.ctx, buf, 2, 10), 2);
	assert_int_equal(t.ops->now_ns(t.ctx), 0);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 10), 1);
	assert_int_equal(buf[0], 3);
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"anything", 8, 10), 0);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 60), 0); /* time passes by waiting */
	assert_int_equal(t.ops->now_ns(t.ctx), 60000000);
	t.ops->sleep_ms(t.ctx, 15);
	assert_int_equal(t.ops->now_ns(t.ctx), 75000000);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 60), 1);
	assert_int_equal(t.ops->now_ns(t.ctx), 100000000); /* and no further than the bytes */
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 60), ALG_ERR_NODEV);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 60), ALG_ERR_NODEV);
	t.ops->close(t.ctx);
}

static void test_replay_packets(void **state)
{
	struct alg_transport t = replay("0 < 01 02 03\n0 < 04 05\n", (struct alg_replay_opts){.packets = true});
	uint8_t buf[8];

	(void)state;
	assert_true(t.ops->packets);
	assert_int_equal(t.ops->read(t.ctx, buf, 2, 1), 2); /* the rest of a packet is no packet */
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 1), 2);
	assert_int_equal(buf[0], 4);
	t.ops->close(t.ctx);
}

static void test_replay_strict(void **state)
{
	struct alg_replay_opts strict = {.strict = true};
	struct alg_transport t = replay("0 > 41 42\n0 < 01\n10 > 43\n20 < 02\n", strict);
	uint8_t buf[8];

	(void)state;
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 5), 0); /* nothing before it is asked for */
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"A", 1, 1), 0);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 5), 0);
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"B", 1, 1), 0);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 5), 1);
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"X", 1, 1), ALG_ERR_PROTO);
	assert_non_null(strstr(said, "request 2 differs from the recording: other bytes"));
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"C", 1, 1), 0);
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"C", 1, 1), ALG_ERR_PROTO);
	assert_non_null(strstr(said, "the gauge speaks first"));
	t.ops->close(t.ctx);

	t = replay("0 > 41\n", strict);
	int rc = 0, n = 0;

	while ((rc = t.ops->read(t.ctx, buf, 8, 1000)) == 0 && n < 100)
		n++;
	assert_int_equal(rc, ALG_ERR_PROTO);
	assert_true(n < 20);
	assert_non_null(strstr(said, "was not made"));
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"A", 1, 1), 0);
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"A", 1, 1), ALG_ERR_PROTO);
	assert_non_null(strstr(said, "has ended"));
	t.ops->close(t.ctx);
}

static void test_replay_pace(void **state)
{
	struct alg_transport t = replay("0 < 01\n60000 < 02\n", (struct alg_replay_opts){.pace = true});
	struct timespec a, b;
	uint8_t buf[8];

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &a);
	while (t.ops->read(t.ctx, buf, 8, 20) >= 0)
		;
	clock_gettime(CLOCK_MONOTONIC, &b);
	double took_s = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;

	assert_true(took_s >= 0.059);
	t.ops->close(t.ctx);
}

/* ---- capture ------------------------------------------------------------------------------------------ */

static const struct alg_capture_head head = {.family = "mark10", .kind = "recorded"};

static void test_capture(void **state)
{
	struct alg_transport inner = replay("1000 < 01 02\n1000 > 3F\n3000 < 0D\n", (struct alg_replay_opts){0}), t;
	struct stat st;
	uint8_t buf[8];
	int status = 1;
	char text[256];

	(void)state;
	assert_int_equal(alg_capture_open(out_path, &head, &inner, &t, &status, &log_), 0);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 10), 2);
	assert_int_equal(t.ops->write(t.ctx, (const uint8_t *)"?\r", 2, 10), 0);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 10), 1);
	assert_int_equal(t.ops->read(t.ctx, buf, 8, 10), ALG_ERR_NODEV);
	t.ops->close(t.ctx);
	assert_int_equal(status, 0);

	FILE *f = fopen(out_path, "r");
	size_t n = fread(text, 1, sizeof(text) - 1, f);

	fclose(f);
	text[n] = '\0';
	assert_string_equal(text,
		"# algometer-recording 1\n# family: mark10\n# kind: recorded\n1000 < 01 02\n1000 > 3F 0D\n3000 < 0D\n");
	assert_int_equal(stat(out_path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);

	/* A recording that exists is never written over; the inner transport stays the caller's. */
	inner = replay("0 < 01\n", (struct alg_replay_opts){0});
	assert_int_equal(alg_capture_open(out_path, &head, &inner, &t, &status, &log_), ALG_ERR_EXISTS);
	assert_int_equal(inner.ops->read(inner.ctx, buf, 8, 10), 1);
	inner.ops->close(inner.ctx);
}

/* A full disk ends the recording and no reading. */
static void test_capture_full(void **state)
{
	struct alg_transport inner = replay("0 < 01\n2000000 < 02\n4000000 < 03\n", (struct alg_replay_opts){0}), t;
	uint8_t buf[8];
	int status = 1, n = 0;

	(void)state;
	/* O_EXCL refuses /dev/full by name; a closed descriptor behind it does the same. */
	assert_int_equal(alg_capture_open(out_path, &head, &inner, &t, &status, &log_), 0);
	int full = open("/dev/full", O_WRONLY), found = -1;

	for (int fd = 3; fd < 64 && found < 0; fd++) {
		char link[64], target[128];

		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		ssize_t len = readlink(link, target, sizeof(target) - 1);

		if (len > 0 && (size_t)len == strlen(out_path) && strncmp(target, out_path, (size_t)len) == 0)
			found = fd;
	}
	assert_true(full >= 0 && found >= 0);
	assert_int_equal(dup2(full, found), found);
	close(full);
	said[0] = '\0';
	for (int i = 0; i < 100; i++)
		n += t.ops->read(t.ctx, buf, 8, 500) > 0;
	assert_int_equal(n, 3);
	t.ops->close(t.ctx);
	assert_int_equal(status, ALG_ERR_IO);
	assert_non_null(strstr(said, "recording stopped"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_broken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replay_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replay_packets, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replay_strict, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replay_pace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_capture, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_capture_full, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
