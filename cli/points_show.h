/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points_show.h - what `points` prints, as text or with --json. Each returns 0 or a status. */
#ifndef CLI_POINTS_SHOW_H
#define CLI_POINTS_SHOW_H

#include "cli/cli.h"
#include "data/study.h"

/* A participant's points with landmarks and findings, and how long a session takes. */
int points_show(struct cli *cli, const struct ses_study *study, const struct ses_sites *sites, const char *code,
	const struct ses_points *points);
/* One point after it was "added", "moved" or "changed". */
int points_show_change(struct cli *cli, const char *code, const struct ses_point *point, const char *done);
/* The sites in which word stands ("" for all); MSG_SITE_UNKNOWN when there is none. */
int points_show_sites(struct cli *cli, const struct ses_sites *sites, const char *word);
/* Every procedure with its usual number of points and the expected time. study may be NULL. */
int points_show_procedures(struct cli *cli, const struct ses_study *study, const struct ses_sites *sites);

#endif
