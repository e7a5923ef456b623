/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_probe.c - detection: what it may write, whatever it hears, and what it makes of what it hears.
 * The port is a transport with a clock of its own that keeps every write with its line settings.
 */
#include "assert_close.h"

#include "base/clock.h"
#include "base/status.h"
#include "driver/driver.h"
#include "driver/probe.h"
#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

/* ---- the table ------------------------------------------------------------------------------------- */

/* Written down anew from the protocols: all that a port may ever be asked. */
static const struct {
	const char *bytes;
	size_t len;
	int baud;
} allowed[] = {
	{"?\r\n", 3, 9600}, {"?\r\n", 3, 38400}, {"?\r\n", 3, 115200}, {"D\r", 2, 19200}, {"XAR\r", 4, 19200},
	{"SI\r\n", 4, 115200}, {"SI\r\n", 4, 9600}, {"\xFF\xF1\x01\x00\x00\xFF\xF2", 7, 38400},
};
enum { N_ALLOWED = sizeof(allowed) / sizeof(allowed[0]) };

static bool is_allowed(const void *bytes, size_t len, int baud)
{
	for (size_t i = 0; i < N_ALLOWED; i++)
		if (allowed[i].len == len && memcmp(allowed[i].bytes, bytes, len) == 0 && allowed[i].baud == baud)
			return true;
	return false;
}

static bool has(const struct alg_probe *p, const char *text)
{
	return memmem(p->bytes, p->len, text, strlen(text)) != NULL;
}

static void test_table(void **state)
{
	static const char *const never[] = {"Z", "Q", "SAVE", "CLR", "CT0", "O0W0", "STAT", "?C", "*", "!"};
	size_t asked = 0;

	(void)state;
	for (size_t i = 0; i < alg_probe_count; i++) {
		const struct alg_probe *p = &alg_probes[i];

		assert_in_range(p->wait_ms, p->bytes ? 300 : 1500, 5000);
		if (!p->bytes) {
			assert_int_equal(asked, 0); /* all listening comes first */
			continue;
		}
		assert_true(is_allowed(p->bytes, p->len, p->line.baud));
		assert_memory_equal(p->bytes, allowed[asked].bytes, p->len); /* in this order */
		asked++;
		if ((uint8_t)p->bytes[0] == 0xFF) {
			assert_int_equal(p->bytes[2], 1); /* identify, no other function */
			continue;
		}
		assert_in_range(p->len, 2, 4); /* no lone character */
		for (size_t k = 0; k < p->len; k++) {
			assert_false(p->bytes[k] >= 'a' && p->bytes[k] <= 'z');
			assert_false(p->bytes[k] >= '0' && p->bytes[k] <= '9');
			assert_true(p->bytes[k] >= ' ' || k > 0);
		}
		for (size_t k = 0; k < sizeof(never) / sizeof(never[0]); k++)
			assert_false(has(p, never[k]));
	}
	assert_int_equal(asked, N_ALLOWED);
}

/* A row is about its family's own line: one of the rows that name it has the line of its driver. */
static void test_lines(void **state)
{
	(void)state;
	for (size_t f = 0; f < alg_family_count(); f++) {
		const struct alg_family_info *info = alg_family_at(f);
		int rows = 0, fits = 0;

		for (size_t i = 0; i < alg_probe_count; i++) {
			const char *at = strstr(alg_probes[i].families, info->name);
			size_t n = strlen(info->name);

			if (!at || (at > alg_probes[i].families && at[-1] != ' ') || (at[n] && at[n] != ' '))
				continue;
			rows++;
			fits += alg_probes[i].line.baud == info->line.baud && alg_probes[i].line.data_bits == info->line.data_bits &&
				alg_probes[i].line.parity == info->line.parity && alg_probes[i].line.stop_bits == info->line.stop_bits;
		}
		/* imada's USB line belongs to a port with an identity; a family without a published speed has none of its own */
		if (rows && !fits && info->line.baud && strcmp(info->name, "imada") != 0)
			fail_msg("%s: in the table, but never at its own line settings", info->name);
	}
}

/* ---- a port that keeps what is written to it ---------------------------------------------------------- */

struct port {
	int64_t now_ns;
	int baud;
	int talks_at;       /* this baud rate, by itself; 0: never */
	int answers_at;     /* this baud rate, -1 every one; 0: never */
	bool echoes;
	const char *say;    /* what, */
	size_t say_len;
	uint8_t pending[512];
	size_t n_pending;
	size_t fail_after;  /* writes; then one that takes too long */
	size_t writes;
	bool wrong;         /* a write that is no whole allowed string at its speed */
	bool closed;
};

static int port_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct port *p = ctx;
	size_t n;

	if (p->talks_at == p->baud && p->say_len) {
		memcpy(p->pending, p->say, p->say_len);
		p->n_pending = p->say_len;
	}
	p->now_ns += (p->n_pending ? 20 : timeout_ms) * ALG_NS_PER_MS;
	n = p->n_pending < cap ? p->n_pending : cap;
	memcpy(buf, p->pending, n);
	p->n_pending = 0;
	return (int)n;
}

static int port_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct port *p = ctx;

	(void)timeout_ms;
	p->wrong |= !is_allowed(buf, len, p->baud) || p->writes > p->fail_after;
	p->n_pending = 0;
	if (p->echoes)
		memcpy(p->pending, buf, p->n_pending = len);
	if (p->answers_at == -1 || p->answers_at == p->baud) {
		memcpy(p->pending + p->n_pending, p->say, p->say_len);
		p->n_pending += p->say_len;
	}
	return p->writes++ == p->fail_after ? ALG_ERR_TIMEOUT : 0;
}

static int port_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct port *p = ctx;

	p->baud = line->baud;
	p->wrong |= line->data_bits != 8 || line->parity != 'N' || line->stop_bits != (line->baud == 1200 ? 2 : 1) || !line->dtr;
	return 0;
}

static void port_sleep_ms(void *ctx, int ms)
{
	((struct port *)ctx)->now_ns += ms * ALG_NS_PER_MS;
}

static int64_t port_now_ns(void *ctx)
{
	return ((struct port *)ctx)->now_ns;
}

static void port_close(void *ctx)
{
	((struct port *)ctx)->closed = true;
}

static const struct alg_transport_ops port_ops = {
	.name = "test",
	.read = port_read,
	.write = port_write,
	.set_line = port_set_line,
	.sleep_ms = port_sleep_ms,
	.now_ns = port_now_ns,
	.close = port_close,
};

static int detect(struct port *p, bool probe, struct alg_detected *out)
{
	const struct alg_uri uri = {.kind = ALG_URI_SERIAL, .target = "x"};
	struct alg_transport t = {&port_ops, p};
	struct alg_detect_opts opts = {.transport = &t, .probe = probe};
	int rc = alg_detect(&uri, &opts, out);

	assert_true(p->closed);
	return rc;
}

static struct port new_port(void)
{
	return (struct port){.fail_after = SIZE_MAX - 1};
}

/* Nothing but a row's own string goes out. */
static void test_send(void **state)
{
	struct port p = new_port();
	struct alg_transport t = {&port_ops, &p};

	(void)state;
	for (size_t i = 0; i < alg_probe_count + 3; i++) {
		size_t before = p.writes;
		bool has_bytes = i < alg_probe_count && alg_probes[i].bytes;

		p.baud = has_bytes ? alg_probes[i].line.baud : 0;
		assert_int_equal(alg_probe_send(&t, i), has_bytes ? 0 : ALG_ERR_BUG);
		assert_int_equal(p.writes, before + has_bytes);
	}
	assert_int_equal(alg_probe_send(&t, SIZE_MAX), ALG_ERR_BUG);
	assert_false(p.wrong);
}

static void test_listening_writes_nothing(void **state)
{
	struct port p = new_port();
	struct alg_detected found;

	(void)state;
	assert_int_equal(detect(&p, false, &found), 0);
	assert_int_equal(p.writes, 0);
	assert_int_equal(found.n_families + found.bytes, 0);
	assert_false(found.spoke);
}

/* Two tries of each string, and no more, when nobody answers. Families that are not here are not asked for. */
static void test_silence(void **state)
{
	struct port p = new_port();
	struct alg_detected found;

	(void)state;
	assert_int_equal(detect(&p, true, &found), 0);
	assert_false(p.wrong);
	assert_in_range(p.writes, 6, 2 * N_ALLOWED);
	assert_int_equal(found.n_families, 0);
}

/* ---- whatever comes ------------------------------------------------------------------------------------ */

#define SAYS(text) {text, sizeof(text) - 1}
static const struct {
	const char *text;
	size_t len;
} answers[] = {
	SAYS(""), SAYS("12.34 N\r\n"), SAYS("-0.25 lbf\r\n"), SAYS("?C\r\n"), SAYS("?\r\nC"), SAYS("Z\r"), SAYS("*10\r\n"),
	SAYS("\0241590200001234\r"), SAYS("+01.23NTO\r"), SAYS("E\r"), SAYS("R\r"), SAYS("S S      12.34 N\r\n"), SAYS("S I\r\n"),
	SAYS("1234,4.96,lbs,23.50,\r\n"), SAYS("Press x to bring up settings\r\n"), SAYS("OK\r\nSAVE\r\nCLR\r\n"),
	SAYS("\xFF\xF1\x80\x0F\x01\x1D\x64\x00\x00\x40\x00\xCC\x7F\x00\x80\x00\x00\x00\x00\xFF\xF2"),
	SAYS("\xFF\xF1\x03\x00\x00\xFF\xF2"), SAYS("\xFF\xF1\x11\x02\x00\x00\xFF\xF2"), SAYS("\x1b[c\x11\x13\x00\x00"),
	SAYS("Gauge Started.\r"), SAYS("%s%n%x\r\n"), SAYS("\r\n\r\n\r\n\r\n\r\n\r\n"), SAYS("1e308 N\r\n"), SAYS("\xff\xff\xff\xff"),
};

/* Every answer, unasked and asked, at every speed, echoed or not: only whole strings, each at its speed. */
static void test_hostile(void **state)
{
	static const int bauds[] = {0, 1200, 9600, 19200, 38400, 115200, -1};
	enum { N_BAUDS = sizeof(bauds) / sizeof(bauds[0]) };
	size_t runs = 0, asked = 0;

	(void)state;
	for (size_t a = 0; a < sizeof(answers) / sizeof(answers[0]); a++)
		for (int talks = 0; talks < N_BAUDS - 1; talks++)
			for (int replies = 0; replies < N_BAUDS; replies++)
				for (int echo = 0; echo < 2; echo++) {
					struct port p = new_port();
					struct alg_detected found;

					p.talks_at = bauds[talks];
					p.answers_at = bauds[replies];
					p.echoes = echo;
					p.say = answers[a].text;
					p.say_len = answers[a].len;
					int rc = detect(&p, true, &found);

					if (p.wrong || rc < 0 || p.writes > 2 * N_ALLOWED)
						fail_msg("answer %zu: status %d after %zu writes", a, rc, p.writes);
					runs++;
					asked += p.writes;
				}
	assert_in_range(asked, runs / 4, 2 * N_ALLOWED * runs); /* it did ask */
}

static void test_noise(void **state)
{
	uint64_t chance = 1;

	(void)state;
	for (int i = 0; i < 300; i++) {
		char noise[200];
		struct port p = new_port();
		struct alg_detected found;

		for (size_t k = 0; k < sizeof(noise); k++) {
			chance = chance * UINT64_C(6364136223846793005) + 1442695040888963407u;
			noise[k] = (char)(chance >> 56);
		}
		p.answers_at = -1;
		p.talks_at = i % 2 ? 9600 : 0;
		p.say = noise;
		p.say_len = sizeof(noise);
		assert_int_equal(detect(&p, true, &found), 0); /* noise is no gauge */
		assert_false(p.wrong);
		assert_int_equal(found.spoke, i % 2);
	}
}

/* Half a string may be under way: nothing follows it. */
static void test_write_fails(void **state)
{
	(void)state;
	for (size_t after = 0; after < 6; after++) {
		struct port p = new_port();
		struct alg_detected found;

		p.fail_after = after;
		assert_int_equal(detect(&p, true, &found), ALG_ERR_TIMEOUT);
		assert_int_equal(p.writes, after + 1);
		assert_false(p.wrong);
	}
}

/* ---- what it makes of it ---------------------------------------------------------------------------------- */

static bool names(const struct alg_detected *found, const char *family)
{
	for (size_t i = 0; i < found->n_families; i++)
		if (strcmp(found->families[i]->name, family) == 0)
			return true;
	return false;
}

static void test_alike(void **state)
{
	struct port p = new_port();
	struct alg_detected found;

	(void)state;
	p.answers_at = 9600;
	p.say = "12.34 N\r\n";
	p.say_len = 9;
	assert_int_equal(detect(&p, true, &found), 1);
	assert_true(found.asked);
	assert_int_equal(found.baud, 9600);
	assert_true(names(&found, "wagner") && names(&found, "mark10")); /* both, never one of them */
	assert_int_equal(p.writes, 1);
}

static void test_bare_numbers(void **state)
{
	struct port p = new_port();
	struct alg_detected found;

	(void)state;
	p.talks_at = 9600; /* some board's numbers without a unit are nobody's */
	p.say = "12.34\r\n";
	p.say_len = 7;
	assert_int_equal(detect(&p, true, &found), 0);
	assert_true(found.spoke);
	assert_int_equal(p.writes, 0); /* what speaks unknown is not asked */
	p = new_port();
	p.talks_at = 115200;
	p.say = "12.34 N\r\n";
	p.say_len = 9;
	assert_int_equal(detect(&p, true, &found), 1);
	assert_false(found.asked);
	assert_true(names(&found, "mark10"));
	assert_int_equal(p.writes, 0);
}

static bool stop_at_once(void *ctx, const char *doing)
{
	(*(int *)ctx)++;
	assert_non_null(strstr(doing, "listening at "));
	return false;
}

static void test_stopped(void **state)
{
	const struct alg_uri uri = {.kind = ALG_URI_SERIAL, .target = "x"};
	struct port p = new_port();
	struct alg_transport t = {&port_ops, &p};
	int calls = 0;
	struct alg_detect_opts opts = {.transport = &t, .probe = true, .go_on = stop_at_once, .ctx = &calls};
	struct alg_detected found;

	(void)state;
	assert_int_equal(alg_detect(&uri, &opts, &found), ALG_ERR_CANCELLED);
	assert_int_equal(calls, 1);
	assert_int_equal(p.writes, 0);
	assert_true(p.closed);
}

/* The emulated gauges, wrong speeds included. */
static void test_emulated(void **state)
{
	static const struct {
		const char *family;
		bool asked;
	} rows[] = {{"lutron", false}, {"wagner", true}, {"mark10", true}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct alg_uri uri = {.kind = ALG_URI_SERIAL, .target = "x"};
		struct alg_detect_opts opts = {.probe = true};
		struct alg_detected found;
		struct alg_transport t;
		struct sim_world *world;

		assert_int_equal(sim_world_new(&world, rows[i].family, "", NULL), 0);
		sim_world_transport(world, &t);
		opts.transport = &t;
		assert_int_equal(alg_detect(&uri, &opts, &found), 1);
		assert_int_equal(found.asked, rows[i].asked);
		assert_int_equal(found.baud, alg_family_find(rows[i].family)->line.baud);
		assert_true(names(&found, rows[i].family));
		sim_world_free(world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_send),
		cmocka_unit_test(test_listening_writes_nothing),
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_write_fails),
		cmocka_unit_test(test_alike),
		cmocka_unit_test(test_bare_numbers),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_emulated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
