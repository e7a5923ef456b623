/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "base/text.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

int cli_exit(struct cli *cli, int status)
{
	if (status >= 0)
		return CLI_DONE;
	return cli->log.exit_code ? cli->log.exit_code : CLI_FAILED;
}

void cli_args_start(struct cli_args *args, int argc, char **argv)
{
	*args = (struct cli_args){.argc = argc, .argv = argv, .next = 1};
}

static int word(struct cli *cli, struct cli_args *args, const char *text)
{
	if (args->n_words == CLI_WORDS_MAX)
		return alg_fail(&cli->log, MSG_USAGE, "too many arguments", cli->command);
	args->words[args->n_words++] = text;
	return 0;
}

/* The option that text ("name" or "name=value") names, or NULL. */
static const struct cli_option *match(const struct cli_option *options, const char *text, const char **inline_value)
{
	size_t len = strcspn(text, "=");

	*inline_value = text[len] == '=' ? text + len + 1 : NULL;
	for (; options->name; options++)
		if (strlen(options->name) == len && strncmp(options->name, text, len) == 0)
			return options;
	return NULL;
}

int cli_option(struct cli *cli, struct cli_args *args, const struct cli_option *options, const char **value)
{
	char text[200];

	*value = NULL;
	while (args->next < args->argc) {
		const char *arg = args->argv[args->next++], *given;

		if (!args->ended && strcmp(arg, "--") == 0) {
			args->ended = true;
			continue;
		}
		if (args->ended || strncmp(arg, "--", 2) != 0) {
			if (word(cli, args, arg))
				return -1;
			continue;
		}
		const struct cli_option *option = match(options, arg + 2, &given);

		if (!option) {
			snprintf(text, sizeof(text), "unknown option '%s'", arg);
		} else if (!option->has_value) {
			if (!given)
				return option->id;
			snprintf(text, sizeof(text), "option --%s takes no value", option->name);
		} else if (given || args->next < args->argc) {
			*value = given ? given : args->argv[args->next++];
			return option->id;
		} else {
			snprintf(text, sizeof(text), "option --%s needs a value", option->name);
		}
		alg_fail(&cli->log, MSG_USAGE, text, cli->command);
		return -1;
	}
	return 0;
}

int cli_number(struct cli *cli, const char *option, const char *text, double min, double max, double *out)
{
	char what[96];

	if (alg_text_to_double(text, out) == 0 && *out >= min && *out <= max)
		return 0;
	snprintf(what, sizeof(what), "a number from %g to %g with a decimal point", min, max);
	return alg_fail(&cli->log, MSG_OPTION_VALUE, option, text, what);
}

int cli_integer(struct cli *cli, const char *option, const char *text, long min, long max, long *out)
{
	int64_t v;
	char what[96];

	if (alg_text_to_int(text, min, max, &v) == 0) {
		*out = (long)v;
		return 0;
	}
	snprintf(what, sizeof(what), "a whole number from %ld to %ld", min, max);
	return alg_fail(&cli->log, MSG_OPTION_VALUE, option, text, what);
}

static volatile sig_atomic_t stop_signal;

static void on_stop(int number)
{
	stop_signal = number;
}

int cli_stopped(void)
{
	return stop_signal;
}

void cli_watch_signals(void)
{
	struct sigaction act = {.sa_handler = on_stop}; /* no SA_RESTART: waits end at once */

	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGHUP, &act, NULL);
}
