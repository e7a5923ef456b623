/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ttest.h - t tests with their intervals. Differences are a - b (dist.h).
 *
 * Paired: t = mean d / (SD d / sqrt n), df n-1 (Student 1908, Biometrika 6:1); pairs with a missing part are
 * left out. Welch: t = (mean a - mean b) / sqrt(va/na + vb/nb), df by Satterthwaite,
 * (va/na + vb/nb)^2 / [(va/na)^2/(na-1) + (vb/nb)^2/(nb-1)] (Welch 1947, Biometrika 34:28).
 *
 * Fewer than two pairs, or two in a group: no test and no interval. Differences that are all the same: SE 0
 * or what rounding makes of it (below 10 eps of the greatest mean, R's own rule); then no t, p and interval.
 * Units of tests are participants, never the points of one person.
 */
#ifndef ST_TTEST_H
#define ST_TTEST_H

#include "stats/moments.h"

struct st_t_test {
	size_t n_a, n_b, n_missing; /* pairs: n_a = n_b */
	double mean_a, mean_b;      /* of the values used */
	double difference, se, sd;  /* sd: of the differences; NaN for Welch */
	double t, df, p;
	struct st_interval ci;
};
struct st_t_test st_paired_t(const double *a, const double *b, size_t n, double level);
struct st_t_test st_welch_t(const double *a, size_t n_a, const double *b, size_t n_b, double level);

/*
 * How many participants a paired comparison needs: the least n whose paired t test at alpha (two-sided) finds
 * a true mean change of size |change| in the right direction with at least this power, by the noncentral t with
 * ncp = sqrt(n) |change| / sd_change, as R's power.t.test rounded up. At least 2; 0 when it cannot be said
 * (sd_change or change 0 or NaN, alpha or power outside 0 to 1, more than a million needed).
 */
size_t st_paired_size(double change, double sd_change, double alpha, double power);
double st_paired_power(size_t n, double change, double sd_change, double alpha);

#endif
