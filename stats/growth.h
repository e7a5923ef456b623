/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * growth.h - does the spread within a person grow with the level?
 *
 * Spearman's rank correlation between the SD and the mean of each row of a table of n rows (people) and k
 * columns, row-major (k = 2: SD = |difference| / sqrt 2). Ranks, as Bland & Altman 1999, Stat Methods Med
 * Res 8:135 advise: SDs of few values are skewed, and one person's bad day must not decide. Missing cells
 * are left out of their row; rows with fewer than two values are left out and counted.
 *
 * p: exact over all orders up to 8 rows, also with ties (twice the smaller tail, at most 1); above, t with
 * n-2. Fewer than 3 rows, or all ranks of one side the same: NaN. For a log scale, pass a table of logs.
 */
#ifndef ST_GROWTH_H
#define ST_GROWTH_H

#include "stats/dist.h"

struct st_growth {
	size_t n, n_missing; /* rows used, rows left out */
	double rho, p;
	bool exact;
};
/* 0, or ALG_ERR_NOMEM with every number NaN. */
int st_growth_of(struct st_growth *out, const double *table, size_t n, size_t k);

#endif
