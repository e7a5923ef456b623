/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bland.h - limits of agreement. Bland & Altman 1986, Lancet 327:307, and 1999, Stat Methods Med Res 8:135.
 *
 * Plain: d = a - b, bias = mean d, limits = bias -+ m SD (m: ST_LIMITS, or 2 as in the first paper).
 * SE of the bias SD/sqrt(n); of a limit SD sqrt(1/n + m^2/(2(n-1))), and of the first paper about
 * SD sqrt(3/n). Intervals by t with n-1.
 * Replicates: a person's bias is the difference of his two means, and
 *   var = var(mean difference) + (1 - mean 1/ma) sa^2 + (1 - mean 1/mb) sb^2
 * with sa, sb the SDs within a person and ma, mb his numbers of values; the SE of a limit from the
 * variances of the three parts (1999, section 5); the first paper's form does not exist then (NaN).
 * Ratio: plain on natural logs, then exp: bias and limits are ratios a / b, sd and SEs stay those of the logs.
 *
 * Proportional bias: slope of d on (a + b)/2 with its test. It is also not zero where one method only
 * spreads more than the other. In the replicate form it uses the persons' means.
 *
 * Pairs with a missing part are left out; with replicates a person without a value in a or b. n < 2: no SD,
 * limits or intervals. SD 0: limits are the bias, no intervals. Ratio: any value not above 0 makes all NaN.
 */
#ifndef ST_BLAND_H
#define ST_BLAND_H

#include "stats/line.h"

#define ST_LIMITS 1.96

struct st_bland {
	size_t n, n_missing;
	double bias, sd, low, high;           /* sd: of a single difference, with replicates too */
	double se_bias, se_limit, se_limit_1986;
	struct st_interval bias_ci;
	struct st_interval low_ci, high_ci;   /* by se_limit */
	struct st_interval low_ci_1986, high_ci_1986;
	double sd_within_a, sd_within_b;      /* NaN without replicates */
	struct st_line proportional;          /* difference on mean; of the logs for a ratio */
};
/* All three: 0, or ALG_ERR_NOMEM with the numbers that needed memory NaN. */
int st_bland_of(struct st_bland *out, const double *a, const double *b, size_t n, double multiple, double level);
int st_bland_ratio(struct st_bland *out, const double *a, const double *b, size_t n, double multiple, double level);
/* a: n rows of k_a columns, b: n rows of k_b, row-major; missing cells are left out of their row. */
int st_bland_replicates(struct st_bland *out, const double *a, size_t k_a, const double *b, size_t k_b, size_t n,
	double multiple, double level);

#endif
