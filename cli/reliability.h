/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reliability.h - what the parts of `reliability` and `plot agreement` have in common: the sessions of a
 * study with its pairs marked stable, and what was typed.
 */
#ifndef CLI_RELIABILITY_H
#define CLI_RELIABILITY_H

#include "analysis/reliability.h"
#include "cli/cli.h"
#include "data/sem.h"
#include "data/stable.h"

/* All that the options of `reliability` can say; NULL and NAN where nothing was said. */
struct rel_args {
	const char *who, *why, *despite, *source;
	const char *site;
	enum ses_sem_kind kind;       /* 0: all */
	enum ses_scale scale;         /* 0: by the test, or as the study has it */
	enum ses_measure measure;     /* of an entered one */
	struct ana_options read;
	double plan_kpa;
	double sem, df, tip_area_cm2, rate_kpa_s;
	long presses, participants;
	const char *response;
	bool store;
};

/* `reliability stable|unstable CODE A B` */
int rel_mark(struct cli *cli, const char *code, const char *a, const char *b, bool stable, const struct rel_args *args);
/* `reliability list`: what is stored and holds, and the pairs. */
int rel_list(struct cli *cli);
/* `reliability add`: an SEM from the literature. */
int rel_add(struct cli *cli, const struct rel_args *args);
/*
 * The scale that the study works on: that of the last stored row, or 0. When args want another one
 * without --why: MSG_REL_SCALE.
 */
int rel_scale(struct cli *cli, const struct ses_study *study, const struct rel_args *args, enum ses_scale *held);
/* Warns (MSG_REL_STALE) of rows that still hold although what was stored just now, and is stored[0] of, no longer gives them. */
int rel_tell_stale(struct cli *cli, const struct ses_study *study, const struct ses_sem *stored, const struct rel_args *args);

/*
 * Why a treatment on record may have come between two sessions of one participant; "" when none did. A
 * treatment on the day of a session without a time counts as between unless the time points rule it out.
 */
int rel_treated_between(struct cli *cli, const struct ses_study *study, const char *code, const struct ses_header *a,
	const struct ses_header *b, char *out, size_t cap);

/* The sessions of a study, in order of participant and time, and its pairs that hold. */
struct rel_room {
	struct ses_study study;
	struct ana_visit *visit;
	size_t n_visits;
	struct ana_stable_pair *pair;
	size_t n_pairs;
	size_t n_unread;   /* session files that cannot be read or are blinded: said */
	size_t n_lost;     /* pairs left out because a session is not there or a treatment came between: said */
};
int rel_load(struct cli *cli, const struct ana_options *read, struct rel_room *room);
void rel_free(struct rel_room *room);

#endif
