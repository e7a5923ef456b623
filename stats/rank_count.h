/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rank_count.h - how often each rank sum comes up when chance alone deals, counted and not approximated.
 *
 * Ranks are doubled, so that mid-ranks of ties are whole numbers. Counts are doubles that hold whole numbers:
 * with n <= ST_COUNT_MAX the greatest is below 2^53. Shift algorithm of Streitberg & Röhmel 1986, Stat Softw
 * Newsl 12:10.
 */
#ifndef ST_RANK_COUNT_H
#define ST_RANK_COUNT_H

#include "stats/dist.h"

enum { ST_COUNT_MAX = 50, ST_COUNT_SUMS = ST_COUNT_MAX * (ST_COUNT_MAX + 1) + 1 };

struct st_counts {
	double of[ST_COUNT_SUMS]; /* of[s]: how many outcomes have the doubled rank sum s */
	size_t sums;              /* 0 <= s < sums */
	double all;               /* outcomes together */
	double twice_mean;        /* of s: a whole number */
};

/* Each of n ranks is in the sum or is not: 2^n sign patterns. The ranks sum up to less than ST_COUNT_SUMS. */
void st_count_signs(struct st_counts *out, const double *ranks2, size_t n);
/* m of the n ranks are in the sum: all ways to choose them. 0, or ALG_ERR_NOMEM. */
int st_count_choices(struct st_counts *out, const double *ranks2, size_t n, size_t m);

double st_count_at_most(const struct st_counts *c, double s);   /* shares of the outcomes */
double st_count_at_least(const struct st_counts *c, double s);
double st_count_as_far(const struct st_counts *c, double s);    /* |sum - mean| >= |s - mean| */

/*
 * For an interval from ordered averages or differences, whose rank sum is k when k of them are below: the
 * least k with P(sum <= k) >= tail, counting sums of untied ranks from least, the smallest possible. 0: so
 * few ranks cannot reach that level. *below gets P(sum <= k - 1).
 */
size_t st_count_cut(const struct st_counts *c, size_t least, double tail, double *below);

#endif
