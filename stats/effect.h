/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * effect.h - standardised mean differences of pairs (a - b). Lakens 2013, Front Psychol 4:863.
 *
 *   d_z   mean d / SD d; interval: both ncp of the noncentral t that put the t seen at its tails, / sqrt n
 *         (Cumming & Finch 2001); to the last digits, by bisection
 *   d_av  mean d / ((SD a + SD b)/2); interval: that of d_z scaled by SD d / mean SD, which is approximate
 *   d_rms mean d / sqrt((SD a^2 + SD b^2)/2)
 *   d_rm  d_z sqrt(2 (1 - r))
 *   g     J d with df = n-1 and the exact J(df) = G(df/2) / (sqrt(df/2) G((df-1)/2)) (Hedges 1981);
 *         the approximation 1 - 3/(4 df - 1) stands beside it for comparing with other programs
 *
 * Pairs with a missing part are left out. Fewer than two pairs, or an SD of 0 that divides: NaN. J needs
 * df >= 2. No unit.
 */
#ifndef ST_EFFECT_H
#define ST_EFFECT_H

#include "stats/ttest.h"

struct st_effect {
	size_t n, n_missing;
	double difference, sd_difference, sd_a, sd_b, r;
	double d_z, d_av, d_rms, d_rm;
	struct st_interval d_z_ci, d_av_ci;
	double j, j_approximate;
	double g_z, g_av; /* by the exact J */
};
struct st_effect st_effect_of(const double *a, const double *b, size_t n, double level);

/* The ncp with P(T <= t) = p, for any finite t; NaN where that is beyond 37.6, as the series holds no further. */
double st_noncentrality(double t, double df, double p);
double st_hedges_j(double df); /* exact */

#endif
