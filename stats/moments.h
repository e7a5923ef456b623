/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * moments.h - mean and spread.
 *
 * Mean: compensated sum (Neumaier 1974) over n. Variance: two passes with Björck's correction,
 * [S2 - S1^2 / n] / (n - 1) with S1, S2 the sums of x - mean and of its square (Chan, Golub & LeVeque 1983,
 * Am Stat 37:242). Standard error of the mean: SD / sqrt(n); it is not a standard error of measurement.
 *
 * n = 0: all NaN. n = 1: no variance, SD and standard error. All values the same: mean is that value, SD 0.
 */
#ifndef ST_MOMENTS_H
#define ST_MOMENTS_H

#include "stats/dist.h"

struct st_moments {
	size_t n, n_missing;
	double mean, variance, sd;
	double se_mean;
	double sum_squares; /* of deviations from the mean */
	double min, max;
};
struct st_moments st_moments_of(const double *x, size_t n);

/* Interval of the mean by t with n - 1; NaN below two values and where the SD is 0. */
struct st_interval st_mean_interval(const struct st_moments *m, double level);

/* Percent change of pairs (before, after), in the three ways that differ; pairs with a missing part are left out. */
struct st_percent {
	size_t n, n_missing;
	double of_means;   /* 100 (mean after - mean before) / mean before */
	double mean_of;    /* mean of 100 (after - before) / before; NaN with a before of 0 */
	double of_geometric; /* 100 (ratio of geometric means - 1); NaN unless all are above 0 */
};
struct st_percent st_percent_of(const double *before, const double *after, size_t n);

/* A sum that keeps what doubles lose: start with {0}, add, read st_sum_value. */
struct st_sum {
	double sum, lost;
};
void st_sum_add(struct st_sum *s, double x);
double st_sum_value(const struct st_sum *s);

/* A sum of n squares that is only rounding of numbers as large as scale is 0: at or below n (16 eps scale)^2. */
double st_clean_squares(double sum_squares, size_t n, double scale);

#endif
