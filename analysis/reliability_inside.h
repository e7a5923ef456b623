/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_inside.h - between the reliability_*.c only: sessions to groups, groups to blocks of like values. */
#ifndef ANA_RELIABILITY_INSIDE_H
#define ANA_RELIABILITY_INSIDE_H

#include "analysis/reliability.h"

enum { REL_VALUES_MAX = 24 }; /* of one block; a group has no more sessions */

/* Sessions of one participant, chained by marks of one kind, all alike; in order of time, two examiners by their codes. */
struct rel_group {
	enum ses_sem_kind kind;
	size_t person;
	const struct ana_visit *visit[REL_VALUES_MAX]; /* borrowed */
	size_t n;
};

/* Repeated values of one participant at one place that should be one value. */
struct rel_block {
	enum ses_sem_kind kind;
	enum ses_sem_basis basis;
	size_t person;
	const struct ana_visit *visit[REL_VALUES_MAX]; /* that each value is of; of presses all the same */
	char site[16];
	double kpa[REL_VALUES_MAX]; /* NAN for a net change */
	double y[REL_VALUES_MAX];   /* on the scale */
	size_t n;
	double first_shift;         /* of presses: first - mean of the later ones, on the scale; NAN */
};

struct rel_work {
	const struct ana_visit *visit;
	size_t n_visits;
	size_t *person;      /* of each visit */
	bool *out_of_it;     /* visits left out whole */
	struct rel_group *group;
	size_t n_groups;
	struct rel_block *block;
	size_t n_blocks, cap_blocks;
	size_t *left;        /* [ANA_LEFT_KINDS] */
};

/* Persons, visits left out, groups. ALG_ERR_NOMEM. */
int rel_work_start(struct rel_work *work, const struct ana_visit *visit, size_t n_visits,
	const struct ana_stable_pair *pair, size_t n_pairs, enum ses_measure measure, size_t left[ANA_LEFT_KINDS]);
/* Blocks anew, on a scale. ALG_ERR_NOMEM. */
int rel_work_blocks(struct rel_work *work, enum ses_scale scale);
void rel_work_free(struct rel_work *work);

/* Like sessions: what one row pools. */
bool rel_alike(const struct ana_visit *a, const struct ana_visit *b);
double rel_on_scale(double kpa, enum ses_scale scale);
/* Whether a block of this site belongs to what was asked for. */
bool rel_site_wanted(const char *site, const char *asked);
/* "UTRAP" of "UTRAP_R"; the code itself on the midline. */
void rel_place(char out[16], const char *site);

/* What a row pools: one site, or (both) the two sides of a place. */
struct rel_key {
	const struct rel_block *like;
	char site[16];
	bool both;
};
bool rel_same_row(const struct rel_block *a, const struct rel_block *b);
/* ALG_ERR_NOMEM. */
int rel_row_make(struct ana_rel_row *row, const struct rel_work *work, const struct rel_key *key, enum ses_scale scale);

void rel_scale_test(struct ana_rel_scale *out, const struct rel_block *block, size_t n);

#endif
