/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - finds the subcommand, sets up signals, locale and the log, returns the exit code. */
#include "cli/cli.h"

#include "driver/algometer.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	cli_command *run;
	const char *does;
	const char *usage;
} commands[] = {
#include "cli/commands.inc"
};

static void print_log(void *ctx, enum alg_level level, int id, const char *text)
{
	static const char *const word[] = {"error", "warning", "note", "debug"};

	(void)ctx;
	if (id)
		fprintf(stderr, "algometer: %s: %s [%d]\n", word[level], text, id);
	else
		fprintf(stderr, "algometer: %s: %s\n", word[level], text);
}

static int find(const char *name)
{
	for (int i = 0; i < (int)(sizeof(commands) / sizeof(commands[0])); i++)
		if (strcmp(commands[i].name, name) == 0)
			return i;
	return -1;
}

static int help_all(void)
{
	printf("Algometer %s: pressure-pain thresholds, measured and compared.\n\n", alg_version());
	printf("usage: algometer COMMAND [ARGUMENTS] [--study DIR] [--json]\n\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		printf("  %-11s %s\n", commands[i].name, commands[i].does);
	printf("\n'algometer help COMMAND' tells its arguments; the manual page algometer(1) tells all.\n"
	       "Algometer reports measurements with their error. It makes no diagnosis.\n");
	return CLI_DONE;
}

static int help_one(int i)
{
	printf("usage: algometer %s %s\n", commands[i].name, commands[i].usage);
	return CLI_DONE;
}

/* Takes --study, --json and --help out of argv wherever they stand before "--". */
static int common_options(struct cli *cli, int *argc, char **argv, bool *help)
{
	int n = 1, i = 1;

	for (; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			cli->json = true;
		} else if (strcmp(argv[i], "--help") == 0) {
			*help = true;
		} else if (strncmp(argv[i], "--study=", 8) == 0) {
			cli->study = argv[i] + 8;
		} else if (strcmp(argv[i], "--study") == 0) {
			if (i + 1 >= *argc)
				return alg_fail(&cli->log, MSG_USAGE, "--study needs a folder", cli->command);
			cli->study = argv[++i];
		} else {
			argv[n++] = argv[i];
		}
	}
	while (i < *argc)
		argv[n++] = argv[i++];
	argv[n] = NULL;
	*argc = n;
	return 0;
}

static int run(struct cli *cli, int argc, char **argv)
{
	bool help = false;
	int i = find(cli->command);

	if (i < 0) {
		alg_fail(&cli->log, MSG_COMMAND, cli->command);
		return CLI_USAGE;
	}
	if (common_options(cli, &argc, argv, &help))
		return CLI_USAGE;
	if (help)
		return help_one(i);
	int code = commands[i].run(cli, argc, argv);

	if (fflush(stdout) || ferror(stdout)) {
		alg_fail(&cli->log, MSG_FILE_WRITE, "standard output", "it was closed or is full");
		return code ? code : CLI_FAILED;
	}
	return code;
}

int main(int argc, char **argv)
{
	struct cli cli = {.log = {.sink = print_log, .level = ALG_LEVEL_NOTE}};

	setlocale(LC_CTYPE, "C.UTF-8"); /* numbers stay in the C locale, text is UTF-8 */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
	if (argc < 2) {
		help_all();
		return CLI_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
		printf("algometer %s\n", alg_version());
		return CLI_DONE;
	}
	if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		if (argc < 3)
			return help_all();
		int i = find(argv[2]);

		if (i >= 0)
			return help_one(i);
		alg_fail(&cli.log, MSG_COMMAND, argv[2]);
		return CLI_USAGE;
	}
	cli.command = argv[1];
	return run(&cli, argc - 1, argv + 1);
}
