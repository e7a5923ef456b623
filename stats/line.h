/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * line.h - straight lines, correlation, area under a course.
 *
 * Least squares y = intercept + slope x, from sums about the means (accuracy after NIST StRD Norris):
 * slope = Sxy / Sxx; s^2 = residual SS / (n-2); SE slope = s / sqrt(Sxx); SE intercept = s sqrt(1/n + mx^2/Sxx);
 * R2 = 1 - residual SS / Syy; F = (Syy - residual SS) / s^2; t = slope / SE. Draper & Smith 1998, ch. 1.
 *
 * Pairs with a missing part are left out and counted. n < 2 or a constant x: no line. n = 2: a line without
 * SEs. A line that goes through every point has s = 0 and SEs of 0, but no t, F, p and interval. A constant y:
 * slope 0, no R2 and no test.
 */
#ifndef ST_LINE_H
#define ST_LINE_H

#include "stats/moments.h"

struct st_line {
	size_t n, n_missing;
	double slope, intercept, se_slope, se_intercept;
	double sd_residual, df, r2, f, t, p; /* t and p: slope against 0 */
	struct st_interval slope_ci;
	double mean_x, mean_y;
};
struct st_line st_line_of(const double *x, const double *y, size_t n, double level);

/* Pairs that are whole: means, SDs, Pearson's r; NaN below two pairs, r also when x or y is constant; of two, r is 1 or -1. */
struct st_pairs {
	size_t n, n_missing;
	double mean_x, mean_y, sd_x, sd_y, r;
};
struct st_pairs st_pairs_of(const double *x, const double *y, size_t n);
double st_correlation(const double *x, const double *y, size_t n);

/*
 * Area under y over strictly rising times t, by trapezoids: sum (t[i+1]-t[i]) (y[i]+y[i+1])/2, and the
 * average over time, area / (last t - first t). Matthews et al. 1990, BMJ 300:230. A missing y or t leaves
 * the point out: the neighbours are joined by a straight line, nothing is carried forward or added at the
 * ends. Fewer than two points, or times that do not rise: NaN. Unit: that of y times that of t.
 */
struct st_area {
	size_t n, n_missing;
	double area, average, duration;
};
struct st_area st_area_under(const double *t, const double *y, size_t n);

#endif
