/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plan.h - what is left to press: the planned presses in order, what was made at each point, and
 * when each point may be pressed again. Pure.
 *
 * A press that does not count leaves its place open, so it is repeated there, at the same point,
 * once the interval is over. A point at which the limit of presses is reached gives up its open places.
 */
#ifndef ACQ_PLAN_H
#define ACQ_PLAN_H

#include "data/session.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum acq_place_state { ACQ_PLACE_OPEN, ACQ_PLACE_DONE, ACQ_PLACE_MISSING };

struct acq_place {
	int point, round;
	enum ses_kind kind;
	enum acq_place_state state;
};

struct acq_point_record {
	int made;                /* presses, rejected ones counted */
	int planned;             /* places given out so far, for the round's number */
	bool extra;              /* its one extra press was given out */
	int64_t last_release_ns; /* INT64_MIN: never pressed */
};

struct acq_plan {
	struct acq_place *place;
	size_t n, cap;
	struct acq_point_record *point;
	size_t n_points;
	int max_presses;
	int64_t interval_ns;
};

/* order: n_order point indices, each below n_points; kind: of all of them. ALG_ERR_ARG, ALG_ERR_NOMEM. */
int acq_plan_init(struct acq_plan *plan, const int *order, size_t n_order, size_t n_points, int max_presses,
	double interval_s, enum ses_kind kind);
/* Before the first press: n presses of familiarisation at this point come first. False when there is no room. */
bool acq_plan_familiarise(struct acq_plan *plan, int point, int n);
/* One extra press at this point, after the next open place, so that the hand stays near. False: it had one, or the limit is reached. */
bool acq_plan_extra(struct acq_plan *plan, int point);
/* Takes an extra press that was not made yet out of the plan. Returns where it was, SIZE_MAX: there was none. */
size_t acq_plan_withdraw_extra(struct acq_plan *plan, int point);
/* Whether a place of this point is open. */
bool acq_plan_open(const struct acq_plan *plan, int point);
void acq_plan_free(struct acq_plan *plan);
/* The first open place, or plan->n when there is none. */
size_t acq_plan_next(const struct acq_plan *plan);
size_t acq_plan_done(const struct acq_plan *plan);
/* Whether no more presses are allowed there. */
bool acq_plan_full(const struct acq_plan *plan, int point);
/* One more place for this point and round before place `at`; false when its limit is reached. */
bool acq_plan_insert(struct acq_plan *plan, size_t at, int point, int round, enum ses_kind kind);
/*
 * A place that an earlier part of the session settled: the first open one of this point and round (0: of
 * any round), or one more where there is none.
 */
void acq_plan_settle(struct acq_plan *plan, int point, int round, enum ses_kind kind, enum acq_place_state state);
/* When the point may be pressed again; INT64_MIN when it may now. */
int64_t acq_plan_ready_ns(const struct acq_plan *plan, int point);
/* The machine slept: every interval begins anew. */
void acq_plan_restart_intervals(struct acq_plan *plan, int64_t now_ns);

#endif
