/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wilcoxon.h - rank tests: signed rank of pairs, rank sum of two groups. Differences are a - b (dist.h).
 *
 * Signed rank: ranks of |d|, equal ones share their mean rank; W+ is the sum over d > 0. Differences of zero
 * are dropped before ranking (Wilcoxon 1945) or ranked first and dropped then (Pratt 1959, JASA 54:655).
 * Rank sum: W = sum of the ranks of a - n_a (n_a + 1) / 2, the number of pairs with a > b plus half the ties
 * (Mann & Whitney 1947).
 *
 * Exact up to 50 ranks (those of Pratt's zeros count, dropped zeros have none; both groups together): all sign patterns,
 * or all ways to deal the ranks, are counted over twice the ranks, so ties need nothing else (Streitberg &
 * Röhmel 1986). Counts stay below 2^53, so they are whole numbers. Two-sided p: the share of outcomes at
 * least as far from the mean. Above 50: normal, SD from the ranks themselves (that is the tie correction),
 * continuity correction 1/2. Zeros and ties are those of the numbers as given: round computed values first.
 *
 * Hodges-Lehmann: signed rank, the median of all Walsh averages (d_i + d_j)/2, i <= j, zeros among them; rank
 * sum, the median of all a_i - b_j. Interval: the k-th smallest and k-th largest of them, k from the distribution
 * without ties, for which a closed interval keeps at least its level with ties (Noether 1967, JASA 62:184);
 * level reached is told. With
 * differences that are all the same both limits are that difference. NaN where so few values cannot reach the level: below 6 pairs for 95 %.
 *
 * Effect: rank-biserial (W+ - W-) / (W+ + W-), and 2 W / (n_a n_b) - 1 (Kerby 2014). Everything NaN
 * that cannot be computed: no values, nothing but zeros (p is then NaN, the estimate 0), an empty group, an
 * infinite value, more than 50 values that are all the same.
 * The smallest two-sided p of n pairs is 2 / 2^n: five pairs can never be below 0.05.
 */
#ifndef ST_WILCOXON_H
#define ST_WILCOXON_H

#include "stats/dist.h"

enum st_zeros { ST_ZEROS_DROP = 0, ST_ZEROS_PRATT = 1 };

struct st_rank_test {
	size_t n_a, n_b;          /* values used; of pairs: n_a, and n_b is 0 */
	size_t n_zeros;           /* differences of 0 among the pairs used */
	size_t n_missing;
	bool exact;
	double w;                 /* W+, or W */
	double z;                 /* corrected; NaN when exact */
	double p, p_less, p_greater;
	double estimate;          /* Hodges-Lehmann */
	struct st_interval ci;
	double level;             /* reached by ci */
	double effect;            /* rank-biserial, -1 to 1 */
};
/* 0, or ALG_ERR_NOMEM with every number NaN. */
int st_signed_rank(struct st_rank_test *out, const double *a, const double *b, size_t n, enum st_zeros zeros, double level);
int st_rank_sum(struct st_rank_test *out, const double *a, size_t n_a, const double *b, size_t n_b, double level);

#endif
