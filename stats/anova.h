/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * anova.h - analysis of variance: one-way (any group sizes) and two-way without replicates.
 *
 * Sums of squares from deviations, never from squares of the values: SSB = sum n_i (m_i - m)^2,
 * SSW = sum (x - m_i)^2; two-way residual = x - row mean - column mean + grand mean.
 * Units: mean squares have the input's unit squared. Source: Shrout & Fleiss 1979, Psychol Bull 86:420;
 * accuracy after NIST StRD (SiRstv, AtmWtAg, SmLs).
 */
#ifndef ST_ANOVA_H
#define ST_ANOVA_H

#include "stats/moments.h"

/*
 * x holds the groups one after the other, size[g] values each. Missing values are left out; a group
 * without any is no group. No F below two groups or without a degree of freedom within; F is NaN when
 * MSW is 0. p is P(F > f).
 */
struct st_one_way {
	size_t n, groups, n_missing;
	double mean;
	double ss_between, ss_within, df_between, df_within, ms_between, ms_within;
	double f, p, r2;
};
struct st_one_way st_one_way_of(const double *x, const size_t *size, size_t groups);

/*
 * table: n rows (people), k columns (repeats, sessions, examiners), row-major: table[i * k + j].
 * A row with a missing cell is left out whole and counted. Below two rows or columns all NaN.
 */
struct st_two_way {
	size_t n, k, n_missing; /* n: rows used; n_missing: rows left out */
	double mean;
	double ms_rows, ms_columns, ms_error, ms_within; /* MSR, MSC, MSE, MSW */
	double df_rows, df_columns, df_error, df_within; /* n-1, k-1, (n-1)(k-1), n(k-1) */
};
struct st_two_way st_two_way_of(const double *table, size_t n, size_t k);

#endif
