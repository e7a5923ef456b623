/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

int cmd_monitor(struct cli *cli, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return cli_exit(cli, alg_fail(&cli->log, MSG_BUG, "monitor is not written yet"));
}
