/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli.h - what every subcommand is given. A cmd_<name>.c turns arguments into a room's function
 * and its status into an exit code; results go to stdout, messages to stderr (through log).
 *
 * Exit codes: 0 done; 1 tried and failed; 2 what was typed; 3 device; 4 data file;
 * 130/143 after a clean stop by INT/TERM.
 */
#ifndef CLI_H
#define CLI_H

#include "base/log.h"

#include <stdbool.h>

struct cli {
	struct alg_log log;  /* prints on stderr */
	const char *command; /* "show" */
	bool json;           /* --json was given */
	const char *study;   /* --study DIR, or NULL */
};

enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_DEVICE = 3, CLI_DATA = 4 };

/* argv[0] is the command's name. --study DIR, --json and --help are taken out beforehand. */
typedef int cli_command(struct cli *cli, int argc, char **argv);

cli_command cmd_amend, cmd_button, cmd_check, cmd_compare, cmd_course, cmd_deidentify, cmd_demo, cmd_devices, cmd_doctor,
	cmd_export, cmd_init, cmd_monitor, cmd_plot, cmd_points, cmd_record, cmd_recover, cmd_reliability, cmd_report,
	cmd_show, cmd_sim, cmd_treatment, cmd_unblind, cmd_verify;

/* Exit code after status: 0 for >= 0, else the class of the first error said (1 when none was). */
int cli_exit(struct cli *cli, int status);

/*
 * Options of one command, walked in order:
 *     while ((c = cli_option(cli, &args, options, &value)) > 0) switch (c) ...
 * "--name value" and "--name=value"; the first word that is no option ends the options unless
 * permute is set, in which case words are collected. "--" ends options. Returns the option's id,
 * 0 at the end, or -1 after saying MSG_USAGE for an unknown option or a missing value.
 */
struct cli_option {
	const char *name; /* without the dashes */
	int id;           /* > 0 */
	bool has_value;
};
enum { CLI_WORDS_MAX = 64 };
struct cli_args {
	int argc, next;
	char **argv;
	bool ended;
	const char *words[CLI_WORDS_MAX]; /* positional arguments in order */
	int n_words;
};
void cli_args_start(struct cli_args *args, int argc, char **argv);
int cli_option(struct cli *cli, struct cli_args *args, const struct cli_option *options, const char **value);

/* Says MSG_OPTION_VALUE; 0 or ALG_ERR_ARG. */
int cli_number(struct cli *cli, const char *option, const char *text, double min, double max, double *out);
int cli_integer(struct cli *cli, const char *option, const char *text, long min, long max, long *out);

/* Words kept whole, lines of at most 79 characters; the first begins after indent blanks, the others after hang. */
void cli_print_wrapped(int indent, int hang, const char *text);

/*
 * Long-running commands watch for INT, TERM and HUP and look at cli_stopped() in every wait: the
 * signal's number, 0 while none. They finish cleanly and return 128 + the number.
 */
void cli_watch_signals(void);
int cli_stopped(void);

#endif
