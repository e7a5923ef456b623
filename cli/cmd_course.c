/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_course.c - all sessions of a participant, with the treatments between them. */
#include "cli/sessions.h"

#include "analysis/pages.h"

#include <stdio.h>

static int put(struct cli *cli, const struct ana_course *course)
{
	struct ana_text text = {0};
	int rc = 0;

	if (cli->json)
		return alg_json_print(ana_course_json(course), 1, stdout);
	ana_course_page(&text, course);
	if (ana_text_ok(&text))
		fputs(text.data, stdout);
	else
		rc = alg_fail(&cli->log, MSG_NOMEM, "page");
	ana_text_free(&text);
	return rc;
}

int cmd_course(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {CLI_READ_OPTIONS, CLI_WEIGH_OPTIONS, CLI_COURSE_OPTIONS, {NULL, 0, false}};
	struct cli_args args;
	struct cli_weigh weigh;
	struct ses_study study;
	struct ana_course course = {0};
	const char *value;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	cli_weigh_init(&weigh);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0)
		rc = c < 0 ? ALG_ERR_ARG : cli_weigh_option(cli, c, value, &weigh);
	if (rc == 0)
		rc = cli_weigh_check(cli, &weigh);
	if (rc == 0 && (args.n_words != 1 || cli_is_path(args.words[0])))
		rc = alg_fail(&cli->log, MSG_USAGE, "course needs one participant code", cli->command);
	if (rc == 0)
		rc = cli_participant(cli, args.words[0], &study);
	if (rc == 0)
		rc = cli_course_load(cli, &study, args.words[0], &weigh, &course);
	if (rc == 0)
		rc = put(cli, &course);
	ana_course_free(&course);
	cli_weigh_free(&weigh);
	/* A session that could not be read was said and is listed; the exit code must tell it too. */
	return rc == 0 && cli->log.exit_code ? cli->log.exit_code : cli_exit(cli, rc);
}
