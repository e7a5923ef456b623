/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist.h - probabilities and quantiles, and the policy of the whole statistics room.
 *
 * Everything in stats/ is a pure function of its arguments: no input or output, no writable statics, any
 * thread. Units are those of the input. What holds for all of it:
 *
 * Missing  NaN is missing. It is taken out (by value, by pair or by row, as the head says) and counted in
 *          n_missing; it is never taken for a number. Infinite input is not missing: its results are NaN.
 * Few      What cannot be computed from so few values is NaN, each number for itself: one value has a mean
 *          and no SD. Nothing is replaced by a guess.
 * Flat     Values that are all the same to within rounding have an SD of exactly 0; what would divide by
 *          that 0 is NaN, never infinite.
 * Order    A difference of (a, b) is a - b, as in R. A change is the difference of (after, before).
 * Level    of confidence, strictly between 0 and 1, usually 0.95; any other makes the limits NaN.
 * p        is two-sided unless its name says otherwise.
 *
 * Distributions are those of R 4 (package nmath): Abramowitz & Stegun 26; Lenth 1989 (Appl Stat 38:185,
 * AS 243) for the noncentral t.
 */
#ifndef ST_DIST_H
#define ST_DIST_H

#include <stdbool.h>
#include <stddef.h>

struct st_interval {
	double low, high;
};

/* Quantiles: x with P(X <= x) = p, 0 < p < 1, else NaN. df > 0, also not whole; df INFINITY is the normal.
 * Of chi-square and F: 0 when x would be below 2^-1021. */
double st_normal_quantile(double p);
double st_t_quantile(double p, double df);
double st_chi_square_quantile(double p, double df);
double st_f_quantile(double p, double df1, double df2);

double st_normal_upper(double z);                   /* P(Z > z) */
double st_t_two_sided(double t, double df);         /* P(|T| > |t|); NaN for NaN */
double st_f_upper(double f, double df1, double df2); /* P(F > f) */
/* P(T > t) of the noncentral t, for t >= 0. Normal approximation beyond |ncp| of 37.6 and df of 4e5, as in R. */
double st_noncentral_t_upper(double t, double df, double ncp);

/* The quantile that an interval of this level reaches to on each side: t of 1 - (1 - level) / 2. */
double st_t_reach(double level, double df);
/* centre -+ st_t_reach(level, df) se; both NaN unless se > 0. */
struct st_interval st_t_interval(double centre, double se, double level, double df);
struct st_interval st_no_interval(void); /* NaN, NaN */
bool st_level_ok(double level);

#endif
