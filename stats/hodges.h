/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hodges.h - order statistics of all averages or differences of two, without making them.
 *
 * Walsh averages (x_i + x_j)/2, i <= j, of one list, or differences a_i - b_j of two (Hodges & Lehmann 1963,
 * Ann Math Stat 34:598). The k-th smallest is found by halving between the smallest and the greatest double
 * and counting what lies at or below: 64 times n steps, and the value is exact.
 */
#ifndef ST_HODGES_H
#define ST_HODGES_H

#include "stats/dist.h"

struct st_twos {
	const double *a, *b; /* sorted, finite; b NULL: Walsh averages of a */
	size_t n_a, n_b;
};
size_t st_twos_count(const struct st_twos *t);
double st_twos_kth(const struct st_twos *t, size_t k); /* k from 1 to the count, else NaN */
double st_twos_median(const struct st_twos *t);

#endif
