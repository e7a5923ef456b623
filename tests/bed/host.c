/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host.c - bed [-l LOG] [-c COMMAND]... [-- PROGRAM [ARGUMENT]...]
 *
 * Runs a program, as it is shipped, on a machine with emulated gauges, and ends with its exit code; without one
 * it ends with the last program of "run". Commands of -c are done before it starts, but "run" when the gauges speak
 * already; those on standard input, one a line, while it runs. LOG gets each of them with the instant (CLOCK_MONOTONIC, s) when it was done.
 *
 * bed -f lists the families that can be emulated, each with its address when it is the first one plugged in.
 *
 *   gauge NAME FAMILY OPTIONS [serial=TEXT] [tty=ttyUSB0] [socket=1] [variant=TEXT]
 *                                           OPTIONS as in sim/options.h, or -; variant of a USB gauge: usbdev_models[]
 *   plug NAME [as ttyUSB3] [at SOCKET]      socket: where on the bus
 *   unplug NAME | unplug-mid-frame NAME
 *   stall NAME S | babble NAME S            neither hears nor speaks; junk at the full speed of the line
 *   delay NAME MS | drop NAME P | garble NAME P      until told otherwise; P per piece, per byte
 *   press NAME [KPA_S]                      the simulated examiner presses once
 *   wait S                                  the next command only then
 *   until FILE TEXT N                       the next command only when N lines with TEXT stand in FILE, or, with +N, so many
 *                                           more than now; within 30 s, or the bed ends with 99
 *   run FILE PROGRAM [ARGUMENT]...          a second program; what it prints goes to FILE, "exit N" behind it
 *   stop                                    SIGTERM to the program
 */
#include "tests/bed/bed.h"

#include "base/clock.h"
#include "base/text.h"
#include "sim/speak.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUS "/devices/pci0000:00/0000:00:14.0/usb1"
enum { WORDS_MAX = 32, LINE_MAX_ = 4096, STEP_MS = 1 };

static struct bed bed;
static FILE *log_file;

void bed_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fputs("bed: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	bed_programs_kill();
	if (bed.testbed)
		g_object_unref(bed.testbed);
	exit(99);
}

int64_t bed_now_ns(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

/* ---- the emulated machine --------------------------------------------------------------------------------- */

void bed_add(struct bed *b, const char *text)
{
	GError *error = NULL;

	if (!umockdev_testbed_add_from_string(b->testbed, text, &error))
		bed_die("%s in:\n%s", error->message, text);
}

void bed_remove(struct bed *b, const char *path)
{
	g_autofree char *sys = g_strconcat("/sys", path, NULL);

	umockdev_testbed_uevent(b->testbed, sys, "remove"); /* removing alone sends nothing */
	umockdev_testbed_remove_device(b->testbed, sys);
}

void bed_usb_path(const struct bed_gauge *g, char out[128])
{
	snprintf(out, 128, BUS "/1-%d", g->socket);
}

void bed_add_usb_device(struct bed *b, struct bed_gauge *g, uint16_t vid, uint16_t pid, const char *maker,
	const char *product, const uint8_t *descriptors, size_t n)
{
	GString *s = g_string_new(NULL);
	char path[128];

	g->device_number = ++b->last_device_number;
	bed_usb_path(g, path);
	g_string_printf(s,
		"P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DEVNAME=/dev/bus/usb/001/%03d\nE: BUSNUM=001\n"
		"E: DEVNUM=%03d\nE: MAJOR=189\nE: MINOR=%d\nA: dev=189:%d\\n\nA: busnum=1\\n\nA: devnum=%d\\n\n"
		"A: devpath=%d\\n\nA: idVendor=%04x\\n\nA: idProduct=%04x\\n\nA: manufacturer=%s\\n\nA: product=%s\\n\n",
		path, g->device_number, g->device_number, g->device_number - 1, g->device_number - 1, g->device_number,
		g->socket, vid, pid, maker, product);
	if (*g->serial)
		g_string_append_printf(s, "A: serial=%s\\n\n", g->serial);
	g_string_append(s, "A: bConfigurationValue=1\\n\nA: speed=12\\n\nH: descriptors=");
	for (size_t i = 0; i < n; i++)
		g_string_append_printf(s, "%02X", descriptors[i]);
	g_string_append(s, "\n");
	bed_add(b, s->str);
	g_string_free(s, TRUE);
}

static void plug(struct bed_gauge *g)
{
	if (g->plugged)
		bed_die("%s is plugged in already", g->name);
	g->plugged = true;
	if (g->model)
		bed_usb_plug(&bed, g);
	else
		bed_tty_plug(&bed, g);
}

static void unplug(struct bed_gauge *g)
{
	if (!g->plugged)
		bed_die("%s is not plugged in", g->name);
	g->plugged = g->cut = g->cut_armed = false;
	g->n_late = 0;
	if (g->model)
		bed_usb_unplug(&bed, g);
	else
		bed_tty_unplug(&bed, g);
}

static void step(void)
{
	int64_t now = bed_now_ns();

	for (int i = 0; i < bed.n_gauges; i++) {
		struct bed_gauge *g = &bed.gauge[i];
		uint8_t nobody[BED_CHUNK_MAX];

		if (!g->plugged)
			sim_world_advance(g->world, now, nobody, sizeof(nobody));
		else if (g->model)
			bed_usb_step(g, now);
		else
			bed_tty_step(g, now);
		if (g->cut) {
			unplug(g);
			if (log_file)
				fprintf(log_file, "%.6f cut %s\n", alg_ns_to_s(bed_now_ns()), g->name);
		}
	}
}

/* ---- commands ---------------------------------------------------------------------------------------------- */

static struct bed_gauge *named(const char *name)
{
	for (int i = 0; name && i < bed.n_gauges; i++)
		if (strcmp(bed.gauge[i].name, name) == 0)
			return &bed.gauge[i];
	bed_die("no gauge '%s'", name ? name : "");
}

static double number(const char *text)
{
	double value;

	if (!text || alg_text_to_double(text, &value) || value < 0)
		bed_die("'%s' is not a number from 0", text ? text : "");
	return value;
}

/* "ttyUSB0": its number is the minor number of the device. */
static void name_tty(struct bed_gauge *g, const char *tty)
{
	int64_t minor;

	if (strncmp(tty, "ttyUSB", 6) != 0 || alg_text_to_int(tty + 6, 0, 99, &minor))
		bed_die("'%s' is not ttyUSB0 to ttyUSB99", tty);
	alg_text_copy(g->tty, sizeof(g->tty), tty);
}

static void add_gauge(char **words, int n)
{
	struct bed_gauge *g = &bed.gauge[bed.n_gauges];

	if (n < 4 || bed.n_gauges == BED_GAUGES_MAX)
		bed_die("gauge NAME FAMILY OPTIONS ...");
	if (!bed_gauge_init(g, words[1], words[2], strcmp(words[3], "-") ? words[3] : ""))
		bed_die("no gauge '%s' with '%s' can be emulated", words[2], words[3]);
	g->socket = bed.n_gauges + 1;
	snprintf(g->serial, sizeof(g->serial), "AG%04d", bed.n_gauges + 1);
	snprintf(g->tty, sizeof(g->tty), "ttyUSB%d", bed.n_gauges);
	bed.n_gauges++;
	for (int i = 4; i < n; i++) {
		const char *value = strchr(words[i], '=');

		if (value && strncmp(words[i], "serial=", 7) == 0)
			alg_text_copy(g->serial, sizeof(g->serial), value + 1);
		else if (value && strncmp(words[i], "tty=", 4) == 0)
			name_tty(g, value + 1);
		else if (value && strncmp(words[i], "socket=", 7) == 0)
			g->socket = (int)number(value + 1);
		else if (value && strncmp(words[i], "variant=", 8) == 0 && usbdev_model_find(g->family, value + 1))
			g->model = usbdev_model_find(g->family, value + 1);
		else
			bed_die("gauge: '%s'?", words[i]);
	}
}

static void plug_as(struct bed_gauge *g, char **words, int n)
{
	for (int i = 2; i + 1 < n; i += 2) {
		if (strcmp(words[i], "as") == 0)
			name_tty(g, words[i + 1]);
		else if (strcmp(words[i], "at") == 0)
			g->socket = (int)number(words[i + 1]);
		else
			bed_die("plug: '%s'?", words[i]);
	}
	plug(g);
}

static void press(struct bed_gauge *g, double rate_kpa_s)
{
	pthread_mutex_lock(&g->lock);
	sim_world_aim(g->world, "UTRAP_R", 1.0, rate_kpa_s, 1000);
	sim_world_ready(g->world);
	pthread_mutex_unlock(&g->lock);
}

/* What goes wrong with one gauge. False: none of these. */
static bool trouble(const char *what, struct bed_gauge *g, double value)
{
	if (strcmp(what, "stall") == 0)
		g->mute_until_ns = bed_now_ns() + alg_s_to_ns(value);
	else if (strcmp(what, "babble") == 0)
		g->babble_until_ns = (g->babbled_ns = bed_now_ns()) + alg_s_to_ns(value);
	else if (strcmp(what, "delay") == 0)
		g->delay_ns = alg_s_to_ns(value / 1000);
	else if (strcmp(what, "drop") == 0)
		g->drop = value;
	else if (strcmp(what, "garble") == 0)
		g->garble = value;
	else if (strcmp(what, "press") == 0)
		press(g, value);
	else
		return false;
	return true;
}

static void until(char **words, int n)
{
	if (n < 4)
		bed_die("until FILE TEXT N");
	bool more = *words[3] == '+';

	bed_wait_lines(words[1], words[2], (int)number(words[3] + more), more);
}

static void obey(char *line)
{
	char *words[WORDS_MAX + 1] = {NULL}, *save = NULL, copy[LINE_MAX_];
	int n = 0;

	snprintf(copy, sizeof(copy), "%s", line);
	for (char *w = strtok_r(line, " \t\n", &save); w && n < WORDS_MAX; w = strtok_r(NULL, " \t\n", &save))
		words[n++] = w;
	if (n == 0 || *words[0] == '#')
		return;
	if (strcmp(words[0], "wait") == 0)
		bed_wait(alg_s_to_ns(number(words[1])));
	else if (strcmp(words[0], "until") == 0)
		until(words, n);
	else if (strcmp(words[0], "gauge") == 0)
		add_gauge(words, n);
	else if (strcmp(words[0], "run") == 0)
		bed_also_run(words + 1);
	else if (strcmp(words[0], "stop") == 0)
		bed_program_stop();
	else if (strcmp(words[0], "plug") == 0)
		plug_as(named(words[1]), words, n);
	else if (strcmp(words[0], "unplug") == 0)
		unplug(named(words[1]));
	else if (strcmp(words[0], "unplug-mid-frame") == 0)
		named(words[1])->cut_armed = true;
	else if (!trouble(words[0], named(words[1]), words[2] ? number(words[2]) : 30))
		bed_die("'%s'?", words[0]);
	if (log_file)
		fprintf(log_file, "%.6f %s\n", alg_ns_to_s(bed_now_ns()), copy);
}

/* Standard input, as it comes; whole lines are taken one at a time. */
static struct {
	char text[LINE_MAX_];
	size_t n;
	bool ended;
} input;

static void take_input(void)
{
	struct pollfd p = {.fd = input.ended ? -1 : STDIN_FILENO, .events = POLLIN};
	char *end;

	if (poll(&p, 1, STEP_MS) > 0 && input.n < sizeof(input.text) - 1) {
		ssize_t n = read(STDIN_FILENO, input.text + input.n, sizeof(input.text) - 1 - input.n);

		input.ended = n <= 0;
		input.n += n > 0 ? (size_t)n : 0;
	}
	if (!bed_is_waiting() && (end = memchr(input.text, '\n', input.n))) {
		size_t len = (size_t)(end - input.text) + 1;
		char line[LINE_MAX_];

		snprintf(line, sizeof(line), "%.*s", (int)len - 1, input.text);
		memmove(input.text, input.text + len, input.n -= len);
		obey(line);
	}
}

/* ---- which families there are ---- */

static int list_families(void)
{
	for (size_t i = 0; sim_speakers[i]; i++) {
		const struct sim_speaker *s = sim_speakers[i];
		const struct usbdev_model *m = usbdev_model_find(s->family, "");

		if (m)
			printf("%s usb:%04x:%04x?family=%s", s->family, m->vid, m->pid, s->family);
		else if (s->baud > 0)
			printf("%s serial:/dev/ttyUSB0?family=%s&baud=%d", s->family, s->family, s->baud);
		else
			continue;
		/* A bridge's output is near no force at rest. */
		printf("%s%s%s\n", alg_family_find(s->family)->sends_raw ? "&points=0:0,1000000:10" : "", s->profile ? "&profile=" : "",
			s->profile ? s->profile : "");
	}
	return 0;
}

/* ---- all ------------------------------------------------------------------------------------------------------ */

static void set_up(void)
{
	signal(SIGPIPE, SIG_IGN);
	bed.testbed = umockdev_testbed_new();
	if (!umockdev_in_mock_environment())
		bed_die("this program is not linked with libumockdev-preload");
	bed.root = umockdev_testbed_get_root_dir(bed.testbed);
	/* With no tty at all there is no /sys/class/tty, as on no real machine. */
	bed_add(&bed, "P: /devices/virtual/tty/tty0\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/tty0\nE: MAJOR=4\nE: MINOR=0\nA: dev=4:0\\n\n");
	bed_add(&bed, "P: " BUS "\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DEVNAME=/dev/bus/usb/001/001\nE: MAJOR=189\n"
		"E: MINOR=0\nA: dev=189:0\\n\nA: busnum=1\\n\nA: devnum=1\\n\nA: idVendor=1d6b\\n\nA: idProduct=0002\\n\n"
		"A: bConfigurationValue=1\\n\nA: speed=480\\n\nH: descriptors=12010002090001401D6B0200060603020101"
		"09021900010100E0000904000001090000000705810304000C\n");
	bed.last_device_number = 1;
}

static void clear_up(void)
{
	bed_programs_kill();
	for (int i = 0; i < bed.n_gauges; i++) {
		if (bed.gauge[i].plugged)
			unplug(&bed.gauge[i]);
		sim_world_free(bed.gauge[i].world);
	}
	g_object_unref(bed.testbed);
	g_free(bed.root);
	if (log_file)
		fclose(log_file);
}

int main(int argc, char **argv)
{
	int c, code = 0, n_later = 0, next = 0;
	char *later[BED_RUNS_MAX];
	pid_t program = 0;

	if (argc == 2 && strcmp(argv[1], "-f") == 0)
		return list_families();
	set_up();
	while ((c = getopt(argc, argv, "+l:c:")) > 0) {
		bool runs = c == 'c' && strncmp(optarg, "run ", 4) == 0;

		if (runs && n_later == BED_RUNS_MAX)
			bed_die("more than %d programs", BED_RUNS_MAX);
		if (runs)
			later[n_later++] = optarg; /* a program waits only so long for its gauge to speak */
		else if (c == 'c')
			obey(optarg);
		else if (c != 'l' || !(log_file = fopen(optarg, "we")))
			bed_die("bed [-l LOG] [-c COMMAND]... -- PROGRAM [ARGUMENT]...");
		else
			setvbuf(log_file, NULL, _IOLBF, 0);
	}
	if (optind >= argc && !n_later)
		bed_die("which program?");
	if (optind < argc)
		program = bed_program_start(argv + optind);
	if (log_file)
		fprintf(log_file, "%.6f program %d\n", alg_ns_to_s(bed_now_ns()), (int)program);
	while (program ? !bed_program_ended(&code) : bed_collect_runs() > 0 || next < n_later) {
		if (next < n_later)
			obey(later[next++]);
		take_input();
		step();
		bed_collect_runs();
	}
	clear_up();
	return code;
}
