/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_run.h - the `check` command in parts: what was asked for, the weights on the gauge (check_run.c),
 * and what is told of checks (check_tell.c),
 * and which gauge's they are (check_pick.c).
 */
#ifndef CLI_CHECK_RUN_H
#define CLI_CHECK_RUN_H

#include "cli/cli.h"
#include "data/check.h"

struct check_args {
	const char *device, *weights, *class, *tolerance, *examiner, *show;
	double local_g_m_s2, uncertainty_percent; /* NAN: not given */
	double capacity_n, temperature_c;         /* NAN: not known */
	long loadings;
	int64_t wall_ns;                          /* --clock; 0: now */
	bool plain, unattended, list;
};

/*
 * Opens the gauge, leads through zero and the weights of check->weights and fills the rest of *check.
 * What is asked goes to say. Says why not otherwise: too few weights, a gauge that is gone or not at rest.
 */
int check_run(struct cli *cli, const struct check_args *args, const char *address, struct ses_check *check, FILE *say);

/* The table and the verdict of one check; or as JSON. path "" when it is not stored. */
int check_tell(struct cli *cli, const struct ses_check *check, const char *path);
/* A line a check: date, gauge, largest error, verdict. */
int check_tell_list(struct cli *cli, const struct ses_check *check, size_t n);
/*
 * The checks of one gauge of the study, oldest first: word is its serial number or family, as the message
 * lists them; NULL when the study has checks of one gauge only. The caller frees *out.
 */
int check_pick(struct cli *cli, const char *word, struct ses_check **out, size_t *n);

#endif
