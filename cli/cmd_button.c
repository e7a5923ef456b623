/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_button.c - the patient's button before a session: does it arrive, how late, does it bounce? And which
 * input devices could be one.
 */
#include "cli/cli.h"

#include "base/clock.h"
#include "base/json.h"
#include "ui/button.h"
#include "ui/button_evdev.h"
#include "ui/keys.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_MAX = 64, WAIT_MS = 20 };

struct trial {
	struct cli *cli;
	struct ui_button button;
	struct ui_keys keys;
	double seconds;
	int64_t start_ns;
	long presses;
	double delay_max_ms;
	unsigned bounces_told;
	bool quit;
	int rc;
};

/* ---- list ------------------------------------------------------------------------------------------ */

static int list_json(const struct ui_evdev_found *found, size_t n)
{
	cJSON *root = cJSON_CreateObject(), *array = cJSON_AddArrayToObject(root, "inputs");

	for (size_t i = 0; i < n; i++) {
		cJSON *o = cJSON_CreateObject();

		alg_json_string(o, "path", found[i].path);
		alg_json_string(o, "name", found[i].name);
		alg_json_number(o, "keys", found[i].keys);
		cJSON_AddBoolToObject(o, "permitted", found[i].permitted);
		cJSON_AddItemToArray(array, o);
	}
	return alg_json_print(root, 1, stdout);
}

static int list(struct cli *cli)
{
	struct ui_evdev_found *found = calloc(LIST_MAX, sizeof(*found));
	int rc = 0;

	if (!found)
		return cli_exit(cli, alg_fail(&cli->log, MSG_NOMEM, "list of input devices"));
	size_t n = ui_evdev_list("/sys/class/input", "/dev/input", found, LIST_MAX);

	if (cli->json)
		rc = list_json(found, n);
	else if (n == 0)
		printf("No input device with keys is connected.\n");
	for (size_t i = 0; i < n && !cli->json; i++)
		printf("evdev:%s\n    %s, %u key%s\n    %s\n", found[i].path, *found[i].name ? found[i].name : "without a name",
			found[i].keys, found[i].keys == 1 ? "" : "s",
			found[i].permitted ? "usable" : "no permission: the group 'input' may read it");
	free(found);
	return cli_exit(cli, rc);
}

/* ---- test ------------------------------------------------------------------------------------------ */

static int print_press(struct trial *t, int64_t t_ns, int64_t now_ns)
{
	double at_s = alg_ns_to_s(t_ns - t->start_ns), delay_ms = (double)(now_ns - t_ns) / ALG_NS_PER_MS;
	unsigned bounces = t->button.debounce.bounces - t->bounces_told;

	t->presses++;
	t->bounces_told = t->button.debounce.bounces;
	t->delay_max_ms = fmax(t->delay_max_ms, delay_ms);
	if (t->cli->json) {
		cJSON *o = cJSON_CreateObject();

		alg_json_number(o, "t_s", round(at_s * 1e6) / 1e6);
		alg_json_number(o, "delay_ms", round(delay_ms * 1e3) / 1e3);
		alg_json_number(o, "bounces_before", bounces);
		int rc = alg_json_print(o, 0, stdout);

		fflush(stdout);
		return rc;
	}
	printf("press %ld  at %9.4f s  arrived %.2f ms later", t->presses, at_s, delay_ms);
	if (bounces)
		printf("  (%u bounced before it)", bounces);
	putchar('\n');
	fflush(stdout);
	return 0;
}

static int print_sum(const struct trial *t)
{
	unsigned bounces = t->button.debounce.bounces;

	if (t->cli->json) {
		cJSON *root = cJSON_CreateObject(), *o = cJSON_AddObjectToObject(root, "summary");

		alg_json_number(o, "presses", (double)t->presses);
		alg_json_number(o, "bounces", bounces);
		alg_json_number(o, "delay_max_ms", t->presses ? round(t->delay_max_ms * 1e3) / 1e3 : NAN);
		cJSON_AddBoolToObject(o, "connected", t->button.status == 0);
		return alg_json_print(root, 0, stdout);
	}
	printf("%ld press%s, %u bounce%s left out", t->presses, t->presses == 1 ? "" : "es", bounces, bounces == 1 ? "" : "s");
	if (t->presses)
		printf(", at most %.2f ms late", t->delay_max_ms);
	putchar('\n');
	return 0;
}

static void wait_for_something(struct trial *t)
{
	struct pollfd fds[2] = {
		{.fd = t->button.fd, .events = POLLIN},
		{.fd = t->keys.raw ? t->keys.fd : -1, .events = POLLIN},
	};

	poll(fds, 2, WAIT_MS);
}

static void take_keys(struct trial *t)
{
	int c;

	while (t->rc >= 0 && (c = ui_keys_get(&t->keys)) > 0) {
		int64_t now_ns = alg_clock_now_ns(alg_clock_system());

		if (c == 'q')
			t->quit = true;
		else if (c == ' ' && t->button.kind == UI_BUTTON_KEY)
			t->rc = print_press(t, now_ns, now_ns);
	}
}

static void watch(struct trial *t)
{
	int64_t t_ns;

	t->start_ns = alg_clock_now_ns(alg_clock_system());
	while (t->rc >= 0 && !t->quit && !cli_stopped() &&
		alg_ns_to_s(alg_clock_now_ns(alg_clock_system()) - t->start_ns) < t->seconds) {
		wait_for_something(t);
		while (t->rc >= 0 && ui_button_get(&t->button, alg_clock_now_ns(alg_clock_system()), &t_ns))
			t->rc = print_press(t, t_ns, alg_clock_now_ns(alg_clock_system()));
		take_keys(t);
	}
}

/* The exit code; a button that is unplugged at the end is one that does not work. */
static int try_button(struct trial *t, const char *source)
{
	struct cli *cli = t->cli;
	int gone;

	if (strcmp(source, "peak") == 0 || strcmp(source, "sim") == 0)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "peak and sim have no button that could be tried",
				     cli->command));
	if (ui_button_open(&t->button, source, &cli->log) < 0)
		return cli_exit(cli, ALG_ERR_NODEV);
	ui_keys_open(&t->keys, STDIN_FILENO);
	if (!cli->json)
		printf("Press the button (%s) for %g s; %s ends.\n", source, t->seconds, t->keys.raw ? "q" : "Ctrl-C");
	fflush(stdout);
	cli_watch_signals();
	watch(t);
	if (t->rc >= 0)
		t->rc = print_sum(t);
	gone = t->button.status;
	ui_keys_close(&t->keys);
	ui_button_close(&t->button);
	if (cli_stopped())
		return 128 + cli_stopped();
	return t->rc >= 0 && gone < 0 ? CLI_DEVICE : cli_exit(cli, t->rc);
}

int cmd_button(struct cli *cli, int argc, char **argv)
{
	enum { TEST = 1, LIST, BUTTON, SECONDS };
	static const struct cli_option options[] = {
		{"test", TEST, false}, {"list", LIST, false}, {"button", BUTTON, true}, {"seconds", SECONDS, true}, {0},
	};
	struct trial t = {.cli = cli, .seconds = 10};
	const char *value, *source = "key";
	bool test = false, listing = false;
	struct cli_args args;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0) {
		switch (c) {
		case TEST: test = true; break;
		case LIST: listing = true; break;
		case BUTTON: source = value; break;
		case SECONDS: rc = cli_number(cli, "--seconds", value, 0.1, 1e6, &t.seconds); break;
		default: rc = ALG_ERR_ARG;
		}
	}
	if (rc == 0 && (test == listing || args.n_words))
		rc = alg_fail(&cli->log, MSG_USAGE, "say --test or --list", cli->command);
	if (rc)
		return CLI_USAGE;
	return listing ? list(cli) : try_button(&t, source);
}
