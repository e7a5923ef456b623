/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_compare.c - two sessions, point by point:
 *     compare FILE FILE        compare P012 1 4        compare P012 1 4-post
 *     compare P012 --session 3 (before and after)      compare P012 (first and latest)
 */
#include "cli/sessions.h"

#include "analysis/pages.h"

#include <stdio.h>

static int put(struct cli *cli, const struct ana_compare *compare)
{
	struct ana_text text = {0};
	int rc = 0;

	if (cli->json)
		return alg_json_print(ana_compare_json(compare), 1, stdout);
	ana_compare_page(&text, compare);
	if (ana_text_ok(&text))
		fputs(text.data, stdout);
	else
		rc = alg_fail(&cli->log, MSG_NOMEM, "page");
	ana_text_free(&text);
	return rc;
}

int cmd_compare(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"session", CLI_OPT_SESSION, true}, CLI_READ_OPTIONS, CLI_WEIGH_OPTIONS, {NULL, 0, false}};
	struct cli_args args;
	struct cli_weigh weigh;
	struct cli_pick pick = {0};
	struct cli_sides sides;
	struct cli_two two = {0};
	const char *value;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	cli_weigh_init(&weigh);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0)
		rc = c < 0 ? ALG_ERR_ARG : c == CLI_OPT_SESSION ? cli_pick_option(cli, c, value, &pick)
			: cli_weigh_option(cli, c, value, &weigh);
	if (rc == 0)
		rc = cli_weigh_check(cli, &weigh);
	if (rc == 0)
		rc = cli_find_sides(cli, args.words, args.n_words, &pick, &sides);
	if (rc == 0)
		rc = cli_two_load(cli, &sides, &weigh, &two);
	if (rc == 0)
		rc = put(cli, &two.compare);
	cli_two_free(&two);
	cli_weigh_free(&weigh);
	return cli_exit(cli, rc);
}
