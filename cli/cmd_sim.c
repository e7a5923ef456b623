/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_sim.c - serves an emulated gauge, with a patient and an examiner, to any host program, at the
 * pace of the wall clock. The first line on stdout is the gauge's address; then one JSON object for
 * each press that is over says what was true (or, with --truth, that goes to a file).
 */
#include "cli/cli.h"
#include "cli/simport.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/speak.h"
#include "sim/world.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SITES_MAX = 64, OPTIONS_MAX = 400 };

struct args {
	const char *family, *fifo, *truth;
	char options[OPTIONS_MAX];
	char site[SITES_MAX][16];
	int n_sites;
	long presses; /* 0: no end */
	double start_s, rate_kpa_s, area_cm2, ceiling_kpa;
};

struct bench {
	struct cli *cli;
	const struct args *args;
	struct sim_world *world;
	struct simport port;
	struct simfifo fifo;
	FILE *truth;
	bool host, seen_host, line_wrong, plugged;
	int64_t host_since_ns, looked_ns, end_ns;
	long begun, done; /* presses */
};

/* ---- arguments ------------------------------------------------------------------------------------ */

static int add_option(struct cli *cli, struct args *a, const char *text)
{
	size_t used = strlen(a->options);
	int n = snprintf(a->options + used, sizeof(a->options) - used, "%s%s", used ? "&" : "", text);

	if (n >= 0 && (size_t)n < sizeof(a->options) - used)
		return 0;
	return alg_fail(&cli->log, MSG_USAGE, "the options of the simulation are too long", cli->command);
}

/* "--seed 7" is short for "--options seed=7". */
static int add_number(struct cli *cli, struct args *a, const char *name, const char *value)
{
	char text[64];

	if (strlen(value) > 40)
		return alg_fail(&cli->log, MSG_OPTION_VALUE, name, "that", "a number");
	snprintf(text, sizeof(text), "%s=%s", name, value);
	return add_option(cli, a, text);
}

static int parse_sites(struct cli *cli, struct args *a, const char *text)
{
	char code[32];

	a->n_sites = 0;
	for (;;) {
		size_t len = strcspn(text, ",");

		snprintf(code, sizeof(code), "%.*s", len < 31 ? (int)len : 31, text);
		if (!alg_text_is_name(code, sizeof(a->site[0]) - 1))
			return alg_fail(&cli->log, MSG_SIM_SITE, code);
		if (a->n_sites == SITES_MAX)
			return alg_fail(&cli->log, MSG_USAGE, "too many sites", cli->command);
		alg_text_copy(a->site[a->n_sites++], sizeof(a->site[0]), code);
		if (!text[len])
			return 0;
		text += len + 1;
	}
}

enum { PTY = 1, TCP, BUTTON, SEED, SITE, PRESSES, PAUSE, START, RATE, AREA, CEILING, THRESHOLD, TRUTH, LINK, OPTIONS };

static int take_option(struct cli *cli, struct args *a, struct simport *port, int id, const char *v)
{
	long number;
	int status;

	switch (id) {
	case PTY:
		port->pty = true;
		return 0;
	case TCP:
		status = cli_integer(cli, "--tcp", v, 0, 65535, &number);
		port->tcp_port = (int)number;
		return status;
	case BUTTON:
		a->fifo = v;
		return 0;
	case SITE:
		return parse_sites(cli, a, v);
	case PRESSES:
		return cli_integer(cli, "--presses", v, 0, 1000000, &a->presses);
	case START:
		return cli_number(cli, "--start", v, 0, 3600, &a->start_s);
	case RATE:
		return cli_number(cli, "--rate", v, 0.1, 1000, &a->rate_kpa_s);
	case AREA:
		return cli_number(cli, "--area", v, 0.01, 100, &a->area_cm2);
	case CEILING:
		return cli_number(cli, "--ceiling", v, 1, 5000, &a->ceiling_kpa);
	case SEED:
		return add_number(cli, a, "seed", v);
	case PAUSE:
		return add_number(cli, a, "pause", v);
	case THRESHOLD:
		return add_number(cli, a, "threshold", v);
	case TRUTH:
		a->truth = v;
		return 0;
	case LINK:
		port->link = v;
		return 0;
	default:
		return add_option(cli, a, v);
	}
}

static int parse(struct cli *cli, int argc, char **argv, struct args *a, struct simport *port)
{
	static const struct cli_option options[] = {
		{"pty", PTY, false}, {"tcp", TCP, true}, {"button", BUTTON, true}, {"seed", SEED, true},
		{"site", SITE, true}, {"presses", PRESSES, true}, {"pause", PAUSE, true}, {"start", START, true},
		{"rate", RATE, true}, {"area", AREA, true}, {"ceiling", CEILING, true}, {"threshold", THRESHOLD, true},
		{"truth", TRUTH, true}, {"link", LINK, true}, {"options", OPTIONS, true}, {NULL, 0, false},
	};
	struct cli_args args;
	const char *value, *wrong = NULL;
	bool tcp = false;
	int id;

	cli_args_start(&args, argc, argv);
	while ((id = cli_option(cli, &args, options, &value)) > 0) {
		tcp = tcp || id == TCP;
		if (take_option(cli, a, port, id, value))
			return ALG_ERR_ARG;
	}
	if (id < 0)
		return ALG_ERR_ARG;
	if (args.n_words != 1)
		wrong = "which family of gauge? one is needed";
	else if (port->pty == tcp)
		wrong = "choose one: --pty or --tcp PORT";
	else if (tcp && port->link)
		wrong = "--link goes with --pty";
	if (wrong)
		return alg_fail(&cli->log, MSG_USAGE, wrong, cli->command);
	a->family = args.words[0];
	return 0;
}

/* ---- what is said ----------------------------------------------------------------------------------- */

/* Where the maker publishes no speed, a terminal's address has to name it. */
static void address_of(const struct bench *b, char *out, size_t cap)
{
	const struct alg_family_info *family = alg_family_find(b->args->family);
	const struct sim_speaker *speaker = sim_speaker_find(b->args->family);
	char baud[32] = "";

	if (b->port.pty && family && family->line.baud == 0)
		snprintf(baud, sizeof(baud), "&baud=%d", sim_world_baud(b->world));
	snprintf(out, cap, "%s?family=%s%s%s%s&simulated=1", b->port.address, b->args->family, baud,
		speaker && speaker->profile ? "&profile=" : "", speaker && speaker->profile ? speaker->profile : "");
}

static void say_address(struct bench *b)
{
	char address[400];

	address_of(b, address, sizeof(address));
	if (b->cli->json) {
		cJSON *json = cJSON_CreateObject();

		alg_json_string(json, "address", address);
		cJSON_AddBoolToObject(json, "simulated", 1);
		alg_json_print(json, 0, stdout);
	} else {
		printf("%s\n", address);
	}
	fflush(stdout);
}

static void say_truth(struct bench *b, const struct sim_truth *truth)
{
	cJSON *json = cJSON_CreateObject();
	bool button = truth->t_button_ns != SIM_NO_BUTTON;

	alg_json_number(json, "press", truth->press);
	alg_json_string(json, "site", truth->site_code);
	alg_json_number(json, "t_contact_s", alg_ns_to_s(truth->t_contact_ns));
	alg_json_number(json, "t_button_s", button ? alg_ns_to_s(truth->t_button_ns) : NAN);
	alg_json_number(json, "force_n", truth->force_n);
	alg_json_number(json, "threshold_n", truth->threshold_n);
	alg_json_number(json, "peak_n", truth->peak_n);
	cJSON_AddBoolToObject(json, "simulated", 1);
	alg_json_print(json, 0, b->truth);
	fflush(b->truth);
}

/* ---- serving ------------------------------------------------------------------------------------------ */

static void check_line(struct bench *b)
{
	struct alg_line_settings line;

	if (!simport_line(&b->port, &line))
		return;
	bool wrong = !sim_world_line(b->world, &line);

	if (wrong && !b->line_wrong)
		alg_warn(&b->cli->log, MSG_SIM_LINE, line.baud, line.data_bits, line.parity, line.stop_bits, b->args->family,
			sim_world_baud(b->world));
	b->line_wrong = wrong;
}

static void look_for_host(struct bench *b, int64_t now_ns)
{
	bool here = simport_host(&b->port);

	if (here != b->host)
		alg_note(&b->cli->log, MSG_SIM_HOST, b->args->family, here ? "a host has come" : "the host has gone");
	if (here && !b->seen_host)
		b->host_since_ns = now_ns;
	b->seen_host = b->seen_host || here;
	b->host = here;
}

/* The cable is pulled, or put back: then there is a new pseudo-terminal. */
static int follow_plug(struct bench *b)
{
	bool plugged = sim_world_plugged(b->world);

	if (plugged == b->plugged)
		return 0;
	b->plugged = plugged;
	if (plugged) {
		alg_note(&b->cli->log, MSG_SIM_HOST, b->args->family, "the cable is back");
		int status = simport_open(&b->port, sim_world_baud(b->world), &b->cli->log);

		say_address(b);
		return status;
	}
	alg_note(&b->cli->log, MSG_SIM_HOST, b->args->family, "the cable is pulled out");
	simport_close(&b->port);
	return 0;
}

/* The examiner's own timetable: begun with the first host, one press after the other. */
static void follow_examiner(struct bench *b, int64_t now_ns)
{
	const struct args *a = b->args;
	struct sim_truth truth;
	int64_t t_ns;

	if (sim_world_button(b->world, &t_ns))
		simfifo_button(&b->fifo, t_ns);
	if (sim_world_key(b->world, &t_ns))
		alg_note(&b->cli->log, MSG_SIM_HOST, a->family, "the examiner would reject that press now");
	if (sim_world_truth(b->world, &truth) && truth.press > b->done) {
		b->done = truth.press;
		say_truth(b, &truth);
		if (a->presses && b->done >= a->presses)
			b->end_ns = now_ns + ALG_NS_PER_S;
	}
	bool may = b->host && now_ns >= b->host_since_ns + alg_s_to_ns(a->start_s);

	if (may && b->begun == b->done && (!a->presses || b->begun < a->presses)) {
		sim_world_aim(b->world, a->site[b->begun % a->n_sites], a->area_cm2, a->rate_kpa_s, a->ceiling_kpa);
		sim_world_ready(b->world);
		b->begun++;
	}
}

/* Until the world, the host or a signal asks for something; never longer than 20 ms. */
static void wait_a_little(struct bench *b)
{
	int64_t left = sim_world_next_ns(b->world) - alg_clock_now_ns(alg_clock_system());
	struct timespec t = {.tv_nsec = left < 20 * ALG_NS_PER_MS ? (left > 0 ? left : 0) : 20 * ALG_NS_PER_MS};
	struct pollfd p = {.fd = simport_poll_fd(&b->port), .events = POLLIN};

	/* A pty that nobody has open is always "hung up": poll would not wait. */
	if (b->port.pty && !b->host)
		p.fd = -1;
	ppoll(&p, 1, &t, NULL);
}

static int serve(struct bench *b)
{
	uint8_t in[256], out[4096];
	int status = 0;

	while (status == 0 && !cli_stopped()) {
		int64_t now_ns = alg_clock_now_ns(alg_clock_system());
		size_t n = sim_world_advance(b->world, now_ns, out, sizeof(out));

		if ((status = follow_plug(b)))
			break;
		if (b->plugged && now_ns - b->looked_ns > 10 * ALG_NS_PER_MS) {
			look_for_host(b, now_ns);
			simfifo_look(&b->fifo);
			check_line(b);
			b->looked_ns = now_ns;
		}
		if (b->host && b->plugged) {
			simport_write(&b->port, out, n);
			if ((n = simport_read(&b->port, in, sizeof(in)))) {
				check_line(b);
				n = sim_world_hear(b->world, in, n, out, sizeof(out));
				simport_write(&b->port, out, n);
			}
		}
		follow_examiner(b, now_ns);
		if (b->end_ns && now_ns >= b->end_ns)
			break;
		wait_a_little(b);
	}
	return status;
}

static int open_truth(struct bench *b)
{
	b->truth = stdout;
	if (!b->args->truth)
		return 0;
	b->truth = fopen(b->args->truth, "ae");
	return b->truth ? 0 : alg_fail(&b->cli->log, MSG_FILE_WRITE, b->args->truth, strerror(errno));
}

static int close_truth(struct bench *b)
{
	if (!b->truth || b->truth == stdout)
		return 0;
	bool bad = ferror(b->truth);

	if (fclose(b->truth) || bad)
		return alg_fail(&b->cli->log, MSG_FILE_WRITE, b->args->truth, "the disk is full or failed");
	return 0;
}

int cmd_sim(struct cli *cli, int argc, char **argv)
{
	struct args a = {.site = {"UTRAP_R"}, .n_sites = 1, .start_s = 2, .rate_kpa_s = 30, .area_cm2 = 1, .ceiling_kpa = 1000};
	struct bench b = {.cli = cli, .args = &a, .plugged = true, .port = {.fd = -1, .listener = -1}, .fifo = {.fd = -1}};
	int status = parse(cli, argc, argv, &a, &b.port);

	if (status == 0)
		status = sim_world_new(&b.world, a.family, a.options, &cli->log);
	if (status == 0 && sim_world_baud(b.world) == 0)
		status = alg_fail(&cli->log, MSG_USAGE,
			"this gauge is a USB device and has no serial line to be served (use the address sim:FAMILY)", cli->command);
	if (status == 0)
		status = open_truth(&b);
	if (status == 0)
		status = simfifo_open(&b.fifo, a.fifo, &cli->log);
	if (status == 0)
		status = simport_open(&b.port, sim_world_baud(b.world), &cli->log);
	if (status == 0) {
		cli_watch_signals();
		alg_note(&cli->log, MSG_SIM_SERVED, a.family);
		say_address(&b);
		status = serve(&b);
	}
	simport_close(&b.port);
	simfifo_close(&b.fifo);
	int written = close_truth(&b);

	sim_world_free(b.world);
	if (status == 0 && cli_stopped())
		return 128 + cli_stopped();
	return cli_exit(cli, status ? status : written);
}
