/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_mark.c - pairs of sessions between which nothing can have changed: marking and withdrawing. */
#include "cli/reliability.h"

#include "analysis/compare.h"
#include "base/text.h"
#include "cli/sessions.h"
#include "data/amend.h"
#include "data/treatment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- was anything done between the two? ----------------------------------------------------------- */

/* "2026-03-02" and "09:30" of the session's own clock. */
static void moment_of(const struct ses_header *h, char day[12], char time[8])
{
	snprintf(day, 12, "%.10s", h->started);
	snprintf(time, 8, "%.5s", strlen(h->started) > 11 ? h->started + 11 : "");
}

/* Whether a treatment may have come after session h: on the day itself by the time, else by the time point. */
static bool after(const struct ses_treatment *t, const struct ses_header *h)
{
	char day[12], time[8];

	moment_of(h, day, time);
	if (strcmp(t->date, day))
		return strcmp(t->date, day) > 0;
	return t->time[0] ? strcmp(t->time, time) >= 0 : strcmp(h->acq, "post") != 0;
}

static bool before(const struct ses_treatment *t, const struct ses_header *h)
{
	char day[12], time[8];

	moment_of(h, day, time);
	if (strcmp(t->date, day))
		return strcmp(t->date, day) < 0;
	return t->time[0] ? strcmp(t->time, time) < 0 : strcmp(h->acq, "pre") != 0;
}

int rel_treated_between(struct cli *cli, const struct ses_study *study, const char *code, const struct ses_header *a,
	const struct ses_header *b, char *out, size_t cap)
{
	const struct ses_header *first = a->started_unix_s <= b->started_unix_s ? a : b, *last = first == a ? b : a;
	struct ses_treatments all = {0};
	char path[PATH_MAX];
	int rc = ses_treatments_path(study, code, path, sizeof(path), &cli->log);

	out[0] = '\0';
	if (rc == 0 && strcmp(last->acq, "post") == 0 && strcmp(first->acq, "post"))
		snprintf(out, cap, "the second was measured after treatment (post)");
	if (rc == 0 && !*out)
		rc = ses_treatments_load(&all, path, NULL, &cli->log);
	for (size_t i = 0; rc == 0 && !*out && i < all.n; i++) {
		const struct ses_treatment *t = &all.treatment[i];

		if (strcmp(t->modality, "none") && after(t, first) && before(t, last))
			snprintf(out, cap, "%s is on record for %s%s%s", t->modality, t->date, *t->time ? " " : "", t->time);
	}
	ses_treatments_free(&all);
	return rc;
}

/* ---- the two sessions ------------------------------------------------------------------------------- */

/* No value is looked at: a pair is best marked while its values are still blinded. */
static int load_unseen(struct cli *cli, const char *path, struct ana_visit *visit)
{
	struct ses_session ses = {0};
	int rc = ses_h5_read_summary(path, &ses, &cli->log);

	*visit = (struct ana_visit){0};
	if (rc >= 0)
		rc = ses_session_amend(&ses, &cli->log);
	ses.header.blinded = 0;
	if (rc >= 0)
		rc = ana_visit_from_session(visit, &ses, path, NULL, &cli->log);
	ses_session_clear(&ses);
	return rc < 0 ? rc : 0;
}

static struct ses_session_name name_of(const struct ses_header *h)
{
	struct ses_session_name name = {.session = h->session, .run = h->run};

	alg_text_copy(name.acq, sizeof(name.acq), h->acq);
	return name;
}

static int load_named(struct cli *cli, const char *code, const char *word, struct ana_visit *visit)
{
	char path[PATH_MAX];
	int rc = cli_find_session(cli, code, word, path);

	if (rc == 0)
		rc = load_unseen(cli, path, visit);
	if (rc == 0 && strcmp(visit->header.participant, code))
		rc = alg_fail(&cli->log, MSG_ANA_FOLDER, path, visit->header.participant, code);
	return rc;
}

/* What makes values differ by themselves is refused; what may is told, another examiner or day being meant. */
static int check_alike(struct cli *cli, const struct ana_visit *a, const struct ana_visit *b, const char *name_a, const char *name_b)
{
	struct ana_unlike unlike[ANA_UNLIKE_MAX];
	size_t n = ana_visits_unlike(a, b, unlike);

	for (size_t i = 0; i < n; i++) {
		if (unlike[i].refuse)
			return alg_fail(&cli->log, MSG_STABLE_UNLIKE, name_a, name_b, unlike[i].text);
		if (strncmp(unlike[i].text, "examiner ", 9))
			alg_warn(&cli->log, MSG_STABLE_DIFFERS, name_a, name_b, unlike[i].text);
	}
	return 0;
}

static bool holds(const struct ses_study *study, const struct ses_stable *row, struct cli *cli, int *rc)
{
	struct ses_stable *all;
	size_t n;
	bool found = false;

	*rc = ses_stable_load(study, &all, &n, &cli->log);
	if (*rc)
		return false;
	n = ses_stable_holding(all, n);
	for (size_t i = 0; i < n; i++)
		found |= ses_stable_same(&all[i], row);
	free(all);
	return found;
}

/* ---- the commands ----------------------------------------------------------------------------------- */

static int take_text(struct cli *cli, const char *option, const char *value, char *out, size_t cap)
{
	char what[48];

	if (alg_text_copy(out, cap, value ? value : ""))
		return 0;
	snprintf(what, sizeof(what), "at most %zu characters", cap - 1);
	return alg_fail(&cli->log, MSG_OPTION_VALUE, option, value, what);
}

static int check_pair(struct cli *cli, const struct ses_study *study, const struct ana_visit *a, const struct ana_visit *b,
	const struct ses_stable *row)
{
	char name_a[SES_SESSION_NAME_MAX], name_b[SES_SESSION_NAME_MAX], treated[160];
	int rc;

	ses_session_name_text(name_a, &row->a);
	ses_session_name_text(name_b, &row->b);
	rc = check_alike(cli, a, b, name_a, name_b);
	if (rc == 0)
		rc = rel_treated_between(cli, study, row->participant, &a->header, &b->header, treated, sizeof(treated));
	if (rc == 0 && *treated && !*row->despite)
		rc = alg_fail(&cli->log, MSG_STABLE_TREATED, row->participant, name_a, name_b, treated);
	return rc;
}

static int write_mark(struct cli *cli, const struct ses_study *study, const struct ses_stable *row)
{
	char name_a[SES_SESSION_NAME_MAX], name_b[SES_SESSION_NAME_MAX];
	int rc = 0;
	bool held = holds(study, row, cli, &rc);

	ses_session_name_text(name_a, &row->a);
	ses_session_name_text(name_b, &row->b);
	if (rc == 0 && held == row->stable)
		rc = alg_fail(&cli->log, MSG_STABLE_MARKED, row->participant, name_a, name_b,
			held ? "are marked stable already" : "are not marked stable, so nothing is to be withdrawn");
	if (rc == 0)
		rc = ses_stable_append(study, row, &cli->log);
	if (rc == 0 && !cli->json)
		printf("%s: sessions %s and %s %s.\n", row->participant, name_a, name_b,
			row->stable ? "are marked stable; 'algometer reliability' counts them" : "are no longer marked stable");
	return rc;
}

int rel_mark(struct cli *cli, const char *code, const char *a, const char *b, bool stable, const struct rel_args *args)
{
	struct ses_stable row = {.stable = stable};
	struct ses_study study;
	struct ana_visit va = {0}, vb = {0};
	int rc = cli_participant(cli, code, &study);

	if (rc == 0)
		rc = ses_study_apply_zone(&study, &cli->log);
	if (rc == 0)
		rc = take_text(cli, "--who", args->who, row.who, sizeof(row.who));
	if (rc == 0)
		rc = take_text(cli, "--why", args->why, row.why, sizeof(row.why));
	if (rc == 0)
		rc = take_text(cli, "--despite", args->despite, row.despite, sizeof(row.despite));
	if (rc == 0)
		rc = load_named(cli, code, a, &va);
	if (rc == 0)
		rc = load_named(cli, code, b, &vb);
	if (rc == 0) {
		alg_text_copy(row.participant, sizeof(row.participant), code);
		row.a = name_of(&va.header);
		row.b = name_of(&vb.header);
		rc = ses_stable_check(&row, &cli->log);
	}
	if (rc == 0 && stable)
		rc = check_pair(cli, &study, &va, &vb, &row);
	if (rc == 0)
		rc = write_mark(cli, &study, &row);
	ana_visit_free(&va);
	ana_visit_free(&vb);
	return rc;
}
