/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_monitor.c - shows what a gauge sends: live force, pressure and rate; with --raw every reading as
 * it was decoded, as lines or JSON; with --explain what became of each frame and why; with --bytes only the
 * bytes, of a gauge that nobody knows; with --capture it also keeps the bytes. A gauge that is lost is waited
 * for. At the end it says how many bytes and frames became readings, and why the others did not.
 */
#include "cli/cli.h"
#include "cli/explain.h"
#include "cli/open_device.h"

#include "acq/reader.h"
#include "base/clock.h"
#include "base/json.h"
#include "sim/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_MS = 100, SLOPE_MAX = 128 };
static const int64_t SLOPE_NS = 250 * ALG_NS_PER_MS; /* the rate is that of the last quarter second */
static const int64_t SIM_REST_NS = 4 * ALG_NS_PER_S;

struct monitor {
	struct cli *cli;
	struct cli silent;       /* for tries to find a lost gauge again; the device keeps its log */
	struct alg_device *dev;
	struct sim_world *world;
	const char *address, *capture;
	bool raw, terminal, once, stop;
	bool explains, bytes;    /* instead of readings: what became of the frames; the bytes alone */
	struct explain explain;
	struct cli_open_opts opts;
	double seconds, tip_cm2; /* seconds NAN: no end */
	long count;              /* 0: no end */
	long n;                  /* readings so far */
	struct alg_counters before; /* of the gauge until it was lost; it is counted anew after that */
	double rate_hz;          /* of the gauge that was there last */
	bool returned;           /* no reading since it came back */
	bool is_replay, line_open;
	int64_t start_ns;        /* device clock at the start */
	int64_t origin_ns;       /* t_s is counted from there */
	int64_t drawn_ns, wall_start_ns, sim_next_ns;
	struct {
		int64_t t_ns;
		double kpa;
	} recent[SLOPE_MAX];
	int n_recent;
};

/* ---- raw --------------------------------------------------------------------------------------------- */

/* Shortest decimal that reads back as the same number; null when there is none. */
static void put_number(const char *key, double value)
{
	char text[40];

	if (!isfinite(value)) {
		printf("\"%s\":null,", key);
		return;
	}
	snprintf(text, sizeof(text), "%.15g", value);
	if (strtod(text, NULL) != value)
		snprintf(text, sizeof(text), "%.17g", value);
	printf("\"%s\":%s,", key, text);
}

/* Rounded where the last digits say nothing: nanonewton, microseconds. */
static double rounded(double value, double per_unit)
{
	return round(value * per_unit) / per_unit;
}

/* Text from the gauge is printable ASCII (struct alg_reading); quotes and backslashes still need care. */
static void put_text(const char *key, const char *text)
{
	printf("\"%s\":\"", key);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	printf("\",");
}

static void put_flags(uint32_t flags)
{
	char words[160], *save = NULL;
	const char *comma = "";

	alg_reading_flag_words(words, sizeof(words), flags);
	printf("\"flags\":[");
	for (char *w = strtok_r(words, " ", &save); w; w = strtok_r(NULL, " ", &save), comma = ",")
		printf("%s\"%s\"", comma, w);
	printf("]}\n");
}

static void print_json(const struct monitor *m, const struct alg_reading *r)
{
	putchar('{');
	put_number("t_s", rounded(alg_ns_to_s(r->t_ns - m->origin_ns), 1e6));
	put_number("value", r->value);
	put_text("unit", alg_unit_name(r->unit));
	put_number("force_n", rounded(r->force_n, 1e9));
	put_text("shown", r->shown);
	put_flags(r->flags);
}

static void print_raw(const struct monitor *m, const struct alg_reading *r)
{
	char words[160];

	alg_reading_flag_words(words, sizeof(words), r->flags);
	printf("%10.3f s  %-16s", alg_ns_to_s(r->t_ns - m->origin_ns), r->shown);
	if (isfinite(r->force_n))
		printf(" %10.3f N", r->force_n);
	else
		printf(" %10s  ", "-");
	printf("%s%s\n", *words ? "  " : "", words);
}

/* ---- live -------------------------------------------------------------------------------------------- */

static void remember(struct monitor *m, const struct alg_reading *r, double kpa)
{
	int drop = 0;

	if (!isfinite(kpa)) {
		m->n_recent = 0;
		return;
	}
	if (m->n_recent == SLOPE_MAX)
		drop = 1;
	while (drop < m->n_recent && r->t_ns - m->recent[drop].t_ns > SLOPE_NS)
		drop++;
	m->n_recent -= drop;
	memmove(m->recent, m->recent + drop, (size_t)m->n_recent * sizeof(m->recent[0]));
	m->recent[m->n_recent].t_ns = r->t_ns;
	m->recent[m->n_recent++].kpa = kpa;
}

/* Least-squares slope over the recent readings [kPa/s]; NAN while they are too few. */
static double slope_kpa_s(const struct monitor *m)
{
	double t_mean = 0, p_mean = 0, stt = 0, stp = 0;

	for (int i = 0; i < m->n_recent; i++) {
		t_mean += alg_ns_to_s(m->recent[i].t_ns - m->recent[0].t_ns) / m->n_recent;
		p_mean += m->recent[i].kpa / m->n_recent;
	}
	for (int i = 0; i < m->n_recent; i++) {
		double t = alg_ns_to_s(m->recent[i].t_ns - m->recent[0].t_ns) - t_mean;

		stt += t * t;
		stp += t * (m->recent[i].kpa - p_mean);
	}
	return m->n_recent >= 3 && stt > 0 ? stp / stt : NAN;
}

static void put_or_dash(double value, int width, int decimals, const char *unit)
{
	if (isfinite(value)) /* no minus zero: a bar below zero makes people look for the reason */
		printf("%*.*f %s", width, decimals, fabs(value) < 0.5 * pow(10, -decimals) ? 0.0 : value, unit);
	else
		printf("%*s %s", width, "-", unit);
}

static void print_live(struct monitor *m, const struct alg_reading *r)
{
	int64_t every_ns = (m->terminal ? 100 : 500) * ALG_NS_PER_MS;
	double kpa = r->unit == ALG_UNIT_KPA ? r->value : alg_pressure_kpa(r->force_n, m->tip_cm2); /* a cuff has no tip */
	char words[160];

	remember(m, r, kpa);
	if (m->drawn_ns && r->t_ns - m->drawn_ns < every_ns)
		return;
	m->drawn_ns = r->t_ns;
	alg_reading_flag_words(words, sizeof(words), r->flags);
	if (m->terminal)
		printf("\r\033[K");
	else
		printf("%9.2f s ", alg_ns_to_s(r->t_ns - m->origin_ns));
	put_or_dash(r->force_n, 8, 2, "N");
	put_or_dash(kpa, 9, 1, "kPa");
	put_or_dash(slope_kpa_s(m), 9, 1, "kPa/s");
	printf("   gauge: %s%s%s", r->shown, *words ? "  " : "", words);
	if (!m->terminal)
		putchar('\n');
	m->line_open = m->terminal;
	fflush(stdout);
}

/* ---- summary ------------------------------------------------------------------------------------------ */

static const struct {
	const char *key, *words;
	size_t offset;
} counters[] = {
	{"readings", "readings", offsetof(struct alg_counters, readings)},
	{"bytes", "bytes", offsetof(struct alg_counters, bytes)},
	{"frames", "whole frames", offsetof(struct alg_counters, frames)},
	{"framed_bytes", "bytes in whole frames", offsetof(struct alg_counters, framed_bytes)},
	{"skipped_bytes", "bytes thrown away", offsetof(struct alg_counters, skipped_bytes)},
	{"bad_length", "frames cut or too long", offsetof(struct alg_counters, bad_length)},
	{"bad_check", "frames with a wrong end or checksum", offsetof(struct alg_counters, bad_check)},
	{"insane", "frames that make no sense", offsetof(struct alg_counters, insane)},
	{"foreign", "frames that are no force", offsetof(struct alg_counters, foreign)},
	{"refused", "error answers of the gauge", offsetof(struct alg_counters, refused)},
	{"timeouts", "requests without an answer", offsetof(struct alg_counters, timeouts)},
	{"ignored", "frames expected and not readings", offsetof(struct alg_counters, ignored)},
};
enum { N_COUNTERS = sizeof(counters) / sizeof(counters[0]) };

static uint64_t counter(const struct alg_counters *count, int i)
{
	uint64_t value;

	memcpy(&value, (const char *)count + counters[i].offset, sizeof(value));
	return value;
}

/* The gauge's counters go to those of the gauge before it was lost. At the end there may be none any more. */
static void add_counters(struct monitor *m)
{
	struct alg_counters now = alg_device_counters(m->dev);

	m->rate_hz = alg_device_rate_hz(m->dev);
	for (int i = 0; i < N_COUNTERS; i++) {
		uint64_t sum = counter(&m->before, i) + counter(&now, i);

		memcpy((char *)&m->before + counters[i].offset, &sum, sizeof(sum));
	}
}

static void print_summary(struct monitor *m)
{
	const struct alg_counters count = m->before;

	if (m->line_open)
		putchar('\n');
	m->line_open = false;
	if (m->cli->json) {
		printf("{\"summary\":{");
		for (int i = 0; i < N_COUNTERS; i++)
			printf("%s\"%s\":%llu", i ? "," : "", counters[i].key, (unsigned long long)counter(&count, i));
		if (!m->is_replay) /* a recording has none of now */
			printf(",\"rate_hz\":%.4g", m->rate_hz);
		printf("}}\n");
		return;
	}
	for (int i = 0; i < N_COUNTERS; i++)
		if (i == 0 || counter(&count, i))
			printf("%12llu %s\n", (unsigned long long)counter(&count, i), counters[i].words);
	if (m->rate_hz > 0)
		printf("%12.4g readings a second\n", m->rate_hz);
}

/* ---- the loop ------------------------------------------------------------------------------------------- */

static void show(struct monitor *m, struct alg_reading *r)
{
	if (m->returned) /* the device counts from one again and knows of no gap */
		r->flags |= ALG_READING_GAP;
	m->returned = false;
	if (m->n++ == 0)
		m->origin_ns = m->is_replay ? m->start_ns : r->t_ns;
	if (m->explains) /* has told it already */
		return;
	if (m->cli->json)
		print_json(m, r);
	else if (m->raw)
		print_raw(m, r);
	else
		print_live(m, r);
}

/* The simulated examiner presses one point again and again; live display runs at the speed of the clock. */
static void guide_sim(struct monitor *m)
{
	int64_t now_ns = alg_device_now_ns(m->dev), t_ns;

	if (now_ns >= m->sim_next_ns) {
		sim_world_aim(m->world, "UTRAP_R", m->tip_cm2, 30, 1000);
		sim_world_ready(m->world);
		m->sim_next_ns = INT64_MAX;
	}
	if (sim_world_button(m->world, &t_ns)) {
		sim_world_lift(m->world);
		m->sim_next_ns = now_ns + SIM_REST_NS;
	}
	if (!m->raw && !m->cli->json) {
		int64_t ahead_ns = (now_ns - m->start_ns) - (alg_clock_now_ns(alg_clock_system()) - m->wall_start_ns);

		if (ahead_ns > ALG_NS_PER_MS)
			usleep((useconds_t)(ahead_ns / 1000 < 500000 ? ahead_ns / 1000 : 500000));
	}
}

static bool is_over(const struct monitor *m)
{
	if (cli_stopped() || (m->count && m->n >= m->count))
		return true;
	/* Without a gauge this is the clock of all that can come back. */
	int64_t now_ns = m->dev ? alg_device_now_ns(m->dev) : alg_clock_now_ns(alg_clock_system());

	return alg_ns_to_s(now_ns - m->start_ns) >= m->seconds; /* never for NAN */
}

static bool is_loss(const struct monitor *m, int rc)
{
	/* A capture is the recording of one connection, and nothing is ever written behind it. */
	return (rc == ALG_ERR_NODEV || rc == ALG_ERR_IO) && !m->once && !m->capture && cli_device_returns(m->address);
}

/* Opened again, if it is there and the same one. What is wrong while it is away is no news. */
static int try_again(struct monitor *m, const struct alg_device_info *was)
{
	struct cli_open_opts opts = m->opts;

	opts.same_as = was;
	int rc = cli_open_device(&m->silent, m->address, &opts, &m->dev, &m->world);

	if (rc == 0 && !alg_device_is_same(was, alg_device_info(m->dev))) {
		alg_device_close(m->dev);
		m->dev = NULL;
		rc = ALG_ERR_NODEV;
	}
	return rc;
}

/* The old handle is closed before anything is opened. 0 it is back; else the monitor has ended meanwhile. */
static int wait_for_return(struct monitor *m)
{
	const struct alg_device_info was = *alg_device_info(m->dev);
	int64_t lost_ns = alg_clock_now_ns(alg_clock_system());

	add_counters(m);
	alg_device_close(m->dev);
	m->dev = NULL;
	if (m->line_open)
		putchar('\n');
	m->line_open = false;
	fflush(stdout);
	alg_note(&m->cli->log, MSG_DEV_AWAITED, was.address);
	while (!is_over(m)) {
		usleep(ACQ_REOPEN_MS * 1000);
		if (try_again(m, &was) == 0) {
			alg_note(&m->cli->log, MSG_DEV_BACK, was.address,
				alg_ns_to_s(alg_clock_now_ns(alg_clock_system()) - lost_ns));
			m->returned = true;
			m->n_recent = 0;
			return 0;
		}
	}
	return ALG_ERR_NODEV;
}

/* 0 at a wanted end, else the status of what ended it. */
static int run(struct monitor *m)
{
	struct alg_reading reading;
	int rc = 0;

	while (!is_over(m) && !ferror(stdout)) {
		if (m->world)
			guide_sim(m);
		rc = alg_device_read(m->dev, &reading, READ_MS);
		if (rc > 0)
			show(m, &reading);
		else
			explain_rest(&m->explain);
		if (rc < 0 && is_loss(m, rc))
			rc = wait_for_return(m);
		if (rc < 0)
			break;
	}
	return rc < 0 && !(m->is_replay && rc == ALG_ERR_NODEV) ? rc : 0;
}

static void say_what_is_open(struct monitor *m)
{
	const struct alg_device_info *info = alg_device_info(m->dev);

	printf("%s  %s%s%s%s%s%s%s\n", info->address, info->family, *info->model ? "  " : "", info->model,
		*info->firmware ? "  firmware " : "", info->firmware, *info->serial ? "  serial " : "", info->serial);
	printf("tip %.2f cm2, polarity %s, %s%s\n", m->tip_cm2,
		info->polarity == ALG_POLARITY_PLUS ? "as the gauge says"
		: info->polarity == ALG_POLARITY_MINUS ? "turned round" : "without sign",
		info->simulated ? "SIMULATED, " : "", "Ctrl-C ends");
	fflush(stdout);
}

static int monitor(struct monitor *m)
{
	int rc, closed;

	m->opts = (struct cli_open_opts){.capture_path = m->capture, .listen = m->bytes};

	if (!m->is_replay) /* whoever reads along gets each reading when it is there */
		setvbuf(stdout, NULL, _IOLBF, 0);
	if (m->explains || m->bytes) {
		m->explain = (struct explain){.json = m->cli->json, .bytes_only = m->bytes, .from_zero = m->is_replay};
		m->opts.explain = explain_print;
		m->opts.explain_ctx = &m->explain;
	}
	cli_watch_signals();
	rc = cli_open_device(m->cli, m->address, &m->opts, &m->dev, &m->world);
	if (rc)
		return cli_stopped() ? 128 + cli_stopped() : cli_exit(m->cli, rc);
	m->start_ns = m->origin_ns = m->sim_next_ns = alg_device_now_ns(m->dev);
	m->wall_start_ns = alg_clock_now_ns(alg_clock_system());
	if (!m->raw && !m->cli->json && !m->explains && !m->bytes)
		say_what_is_open(m);
	rc = m->stop ? alg_device_command(m->dev, ALG_COMMAND_STOP) : 0;
	if (rc == 0)
		rc = run(m);
	if (m->dev)
		add_counters(m);
	explain_rest(&m->explain);
	print_summary(m);
	if (m->dev && !m->is_replay)
		cli_check_rate(&m->cli->log, m->dev);
	closed = alg_device_close(m->dev);
	sim_world_free(m->world);
	if (cli_stopped())
		return 128 + cli_stopped();
	return cli_exit(m->cli, rc ? rc : closed);
}

int cmd_monitor(struct cli *cli, int argc, char **argv)
{
	enum { DEVICE = 1, RAW, EXPLAIN, BYTES, CAPTURE, SECONDS, COUNT, TIP, ONCE, STOP };
	static const struct cli_option options[] = {
		{"device", DEVICE, true}, {"raw", RAW, false}, {"explain", EXPLAIN, false}, {"bytes", BYTES, false},
		{"capture", CAPTURE, true}, {"seconds", SECONDS, true}, {"count", COUNT, true}, {"tip-area", TIP, true},
		{"once", ONCE, false}, {"stop", STOP, false}, {0},
	};
	struct monitor *m = calloc(1, sizeof(*m));
	struct cli_args args;
	const char *value;
	int c, rc = 0;

	if (!m)
		return cli_exit(cli, alg_fail(&cli->log, MSG_NOMEM, "monitor"));
	m->cli = cli;
	m->silent.command = cli->command;
	m->seconds = NAN;
	m->tip_cm2 = 1.0;
	m->terminal = isatty(STDOUT_FILENO);
	cli_args_start(&args, argc, argv);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0) {
		switch (c) {
		case DEVICE:
			m->address = value;
			break;
		case RAW:
			m->raw = true;
			break;
		case ONCE:
			m->once = true;
			break;
		case EXPLAIN:
			m->explains = true;
			break;
		case BYTES:
			m->bytes = true;
			break;
		case CAPTURE:
			m->capture = value;
			break;
		case SECONDS:
			rc = cli_number(cli, "--seconds", value, 0.001, 1e7, &m->seconds);
			break;
		case COUNT:
			rc = cli_integer(cli, "--count", value, 1, 1000000000, &m->count);
			break;
		case STOP:
			m->stop = true;
			break;
		case TIP:
			rc = cli_number(cli, "--tip-area", value, 0.01, 100, &m->tip_cm2);
			break;
		default:
			rc = ALG_ERR_ARG;
		}
	}
	if (rc == 0 && (!m->address || args.n_words))
		rc = alg_fail(&cli->log, MSG_USAGE, m->address ? "monitor takes options only" : "--device ADDRESS is missing",
			cli->command);
	if (rc == 0 && m->raw + m->explains + m->bytes > 1)
		rc = alg_fail(&cli->log, MSG_USAGE, "choose one: --raw, --explain or --bytes", cli->command);
	if (rc == 0)
		m->is_replay = strncmp(m->address, "replay:", 7) == 0;
	rc = rc ? CLI_USAGE : monitor(m);
	free(m);
	return rc;
}
