/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replace.c - what the program made it may make anew: pictures, their tables, reports. Nothing else that has the name. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { HEAD_MAX = 1024 };

int cli_check_replace(struct cli *cli, const char *path, const char *begins, const char *what)
{
	char head[HEAD_MAX];
	size_t want = strlen(begins), got;
	FILE *f = fopen(path, "rb");

	if (!f)
		return errno == ENOENT ? 0 : alg_fail(&cli->log, MSG_FILE_OPEN, path, strerror(errno));
	got = fread(head, 1, want < sizeof(head) ? want : sizeof(head), f);
	fclose(f);
	if (got == want && memcmp(head, begins, want) == 0)
		return 0;
	return alg_fail(&cli->log, MSG_PLOT_FOREIGN, path, what);
}
