/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_many FROM.h5 STUDY PARTICIPANTS VISITS - sessions of many participants (P0001, P0002 ...) from one: each with its
 * own code, number, day and thresholds, in the study's folders, and all pairs of visits 1 and 2 marked stable in
 * STUDY/stable.tsv. The same arguments give the same numbers.
 */
#include "base/clock.h"
#include "base/file.h"
#include "data/chain.h"
#include "data/session.h"
#include "data/study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t seed = 1;

static double uniform(void)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) / 16777216.0;
}

/* As if it had been another person, another week: thresholds move, digests are made anew. */
static int make_one(const struct ses_session *from, const struct ses_study *study, int person, int visit)
{
	struct ses_session ses = *from;
	struct ses_file file = {.session = visit, .run = 1};
	double level = 0.8 + 0.4 * uniform();
	char code[16], dir[PATH_MAX];
	int rc = ALG_ERR_NOMEM;

	ses.trials = calloc(from->n_trials, sizeof(*ses.trials));
	if (!ses.trials)
		return rc;
	memcpy(ses.trials, from->trials, from->n_trials * sizeof(*ses.trials));
	for (size_t i = 0; i < ses.n_trials; i++) {
		struct ses_trial *t = &ses.trials[i];

		t->ppt_kpa = 250 * level + 40 * uniform();
		t->ppt_n = t->ppt_kpa * ses.header.tip_area_cm2 / 10;
		t->status = SES_ACCEPTED;
		t->reason = SES_REASON_NONE;
		t->press = t->round;
	}
	ses.n_amendments = 0;
	memset(ses.header.acq, 0, sizeof(ses.header.acq));
	snprintf(code, sizeof(code), "P%04d", person);
	memset(ses.header.participant, 0, sizeof(ses.header.participant));
	strcpy(ses.header.participant, code);
	ses.header.session = visit;
	ses_uuid_make(ses.header.uuid);
	snprintf(ses.header.visit_day, sizeof(ses.header.visit_day), "2026-%02d-%02d", visit / 28 % 12 + 1, visit % 28 + 1);
	memcpy(ses.header.started, ses.header.visit_day, 10);
	rc = ses_session_chain_all(&ses);
	if (rc == 0)
		rc = ses_study_file_path(study, code, &file, file.path, sizeof(file.path));
	if (rc == 0) {
		snprintf(dir, sizeof(dir), "%.*s", (int)(strrchr(file.path, '/') - file.path), file.path);
		rc = alg_dir_make(dir, NULL);
	}
	if (rc == 0)
		rc = ses_h5_create(&ses, file.path, NULL);
	free(ses.trials);
	return rc;
}

int main(int argc, char **argv)
{
	struct ses_session from;
	struct ses_study study;
	int persons = argc == 5 ? atoi(argv[3]) : 0, visits = argc == 5 ? atoi(argv[4]) : 0, rc = 0;
	char path[PATH_MAX + 16];
	FILE *stable;

	if (persons < 1 || persons > 9999 || visits < 1 || visits > 300 || ses_study_open(&study, argv[2], NULL) ||
		ses_h5_read(argv[1], &from, NULL))
		return 2;
	snprintf(path, sizeof(path), "%s/stable.tsv", study.dir);
	stable = fopen(path, "w");
	if (!stable)
		return 1;
	fprintf(stable, "time\twho\tparticipant\ta\tb\tmark\twhy\tdespite\n");
	for (int p = 1; rc == 0 && p <= persons; p++) {
		for (int v = 1; rc == 0 && v <= visits; v++)
			rc = make_one(&from, &study, p, v);
		if (visits > 1)
			fprintf(stable, "2026-03-02T09:30:00+01:00\tEX1\tP%04d\t1-run1\t2-run1\tstable\tmade up\tn/a\n", p);
	}
	ses_session_clear(&from);
	return fclose(stable) || rc ? 1 : 0;
}
