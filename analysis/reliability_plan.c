/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reliability_plan.c - how many people a trial needs to find a change, from the SD of what is tested.
 *
 * Power of the two-sided t test: P(T' > t(0.975; df)), T' noncentral t; the other tail is left out. Groups:
 * ncp = change / (sd sqrt(2/n)), df 2n - 2 - covariates; paired: change sqrt(n) / sd, df n - 1.
 */
#include "analysis/reliability.h"

#include <math.h>

#define POWER 0.80

enum { PEOPLE_MAX = 100000 };

static double power(double ncp, double df)
{
	return df >= 1 ? st_noncentral_t_upper(st_t_reach(0.95, df), df, ncp) : 0;
}

/* Power rises with n: the first n that has enough, by halving. */
static size_t search(double effect, double share, double df_per_n, double df_less)
{
	size_t low = 1, high = PEOPLE_MAX;

	if (!(effect > 0) || !isfinite(effect) ||
		!(power(effect * sqrt(share * PEOPLE_MAX), df_per_n * PEOPLE_MAX - df_less) >= POWER))
		return 0;
	while (high - low > 1) {
		size_t n = low + (high - low) / 2;
		bool enough = power(effect * sqrt(share * (double)n), df_per_n * (double)n - df_less) >= POWER;

		*(enough ? &high : &low) = n;
	}
	return high;
}

size_t ana_rel_plan_paired(double change, double sd_change)
{
	return search(fabs(change) / sd_change, 1, 1, 1);
}

size_t ana_rel_plan_groups(double change, double sd, int covariates)
{
	return search(fabs(change) / sd, 0.5, 2, 2 + covariates);
}
