/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_pick.c - the checks of one gauge of a study, by the name that a person gives it. */
#include "cli/check_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The serial number, else the family; "-simulated" behind it where the gauge was. */
static void name_of(const struct ses_check *c, char *out, size_t cap)
{
	snprintf(out, cap, "%s%s", c->serial[0] ? c->serial : c->family, c->simulated ? "-simulated" : "");
}

static bool is_named(const struct ses_check *c, const char *word, bool exact)
{
	char name[96];

	name_of(c, name, sizeof(name));
	return strcmp(word, name) == 0 || (!exact && (strcmp(word, c->serial) == 0 || strcmp(word, c->family) == 0));
}

/* The names of all gauges among n checks, each once. */
static void all_names(const struct ses_check *c, size_t n, char *out, size_t cap)
{
	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		size_t used = strlen(out), k = 0;
		char name[96];

		while (k < i && !ses_check_same_gauge(&c[k], &c[i]))
			k++;
		name_of(&c[i], name, sizeof(name));
		if (k == i && used + 1 < cap)
			snprintf(out + used, cap - used, "%s%s", used ? ", " : "", name);
	}
}

/* Moves those that keep says to the front and returns how many they are. */
static size_t keep_named(struct ses_check *c, size_t n, const char *word, bool exact)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (is_named(&c[i], word, exact))
			c[kept++] = c[i];
	return kept;
}

int check_pick(struct cli *cli, const char *word, struct ses_check **out, size_t *n)
{
	struct ses_study study;
	char names[400], which[120];
	int rc = ses_study_open(&study, cli->study, &cli->log);

	*out = NULL;
	*n = 0;
	if (!rc)
		rc = ses_checks_load(&study, out, n, NULL, &cli->log);
	if (rc)
		return rc;
	if (word && *n) {
		bool exact = false;

		for (size_t i = 0; i < *n; i++)
			exact |= is_named(&(*out)[i], word, true);
		*n = keep_named(*out, *n, word, exact);
	}
	snprintf(which, sizeof(which), "%s%.100s", word ? " of " : "", word ? word : "");
	if (!*n)
		return alg_fail(&cli->log, MSG_CHECK_NONE, study.dir, which);
	all_names(*out, *n, names, sizeof(names));
	for (size_t i = 1; i < *n; i++)
		if (!ses_check_same_gauge(&(*out)[i], &(*out)[0]))
			return alg_fail(&cli->log, MSG_CHECK_GAUGES, names);
	return 0;
}
