/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quantile.h - order.
 *
 * Quantile of type 7 (Hyndman & Fan 1996, Am Stat 50:361), the default of R, NumPy and Excel: with sorted x[0..n-1],
 * h = (n-1) p, value x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]). The median is that of p = 0.5.
 * n = 0 or p outside 0 to 1: NaN. n = 1: that value for every p.
 */
#ifndef ST_QUANTILE_H
#define ST_QUANTILE_H

#include "stats/dist.h"

/* Copies what is not missing into out[n], rising; returns how many. out may be x. */
size_t st_sort(const double *x, size_t n, double *out);

/* Of values that st_sort has put in order. */
double st_quantile(const double *sorted, size_t n, double p);
double st_median(const double *sorted, size_t n);

/*
 * Mid-ranks from 1: equal values share the mean of their ranks. x without missing values; equal means equal
 * as numbers, so round first what was computed. sorted: the same n values by st_sort. ranks2[n] gets twice the
 * rank, a whole number.
 */
void st_double_ranks(const double *x, const double *sorted, size_t n, double *ranks2);

#endif
