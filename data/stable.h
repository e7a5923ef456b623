/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stable.h - STUDY/stable.tsv: pairs of sessions of one participant between which nothing was done and
 * nothing happened that could change tenderness. Only such pairs tell the error of measuring between
 * visits and between examiners. Rows are appended and never changed; a mark is withdrawn by a later row.
 *
 *   time         ISO 8601 with offset
 *   who          a code
 *   participant  a code
 *   a, b         sessions with their run: "1-run1", "2-pre-run1"
 *   mark         stable, withdrawn
 *   why          one line
 *   despite      of a pair with a treatment on record between the two: why it cannot have mattered
 */
#ifndef SES_STABLE_H
#define SES_STABLE_H

#include "data/session_name.h"
#include "data/study.h"

struct ses_stable {
	char time[40];
	char who[32];
	char participant[32];
	struct ses_session_name a, b; /* run is named */
	bool stable;                  /* false: a withdrawal */
	char why[160];
	char despite[160];            /* "" when there was none */
	size_t line;                  /* of the file, when it was read from one */
};

/* What ses_stable_append refuses, without writing: ALG_ERR_ARG (said, MSG_STABLE). */
int ses_stable_check(const struct ses_stable *row, struct alg_log *log);
/* The same two sessions of the same participant, in either order. */
bool ses_stable_same(const struct ses_stable *x, const struct ses_stable *y);
/* Checks and appends a row with the time now. ALG_ERR_ARG (said, MSG_STABLE) for what is none. */
int ses_stable_append(const struct ses_study *study, const struct ses_stable *row, struct alg_log *log);
/* All rows in order; the caller frees *out. No file: none. Every fault with file, line and column. */
int ses_stable_load(const struct ses_study *study, struct ses_stable **out, size_t *n, struct alg_log *log);
/* Keeps the rows that hold: of each pair (in either order) the last one, unless that withdraws it. Returns how many. */
size_t ses_stable_holding(struct ses_stable *row, size_t n);

#endif
