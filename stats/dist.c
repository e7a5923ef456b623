/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dist.c - the only file that sees Rmath. */
#define MATHLIB_STANDALONE 1
#include "stats/dist.h"

#include <Rmath.h>
#include <float.h>
#include <math.h>

static bool inside(double p)
{
	return p > 0 && p < 1;
}

bool st_level_ok(double level)
{
	return inside(level);
}

struct st_interval st_no_interval(void)
{
	return (struct st_interval){NAN, NAN};
}

double st_normal_quantile(double p)
{
	return inside(p) ? qnorm(p, 0, 1, 1, 0) : NAN;
}

double st_t_quantile(double p, double df)
{
	return inside(p) && df > 0 ? qt(p, df, 1, 0) : NAN;
}

/*
 * qf of Rmath writes a warning to standard output when qbeta does not settle, which it sometimes does not. So the
 * quantiles of chi-square and F come from their upper tails by halving, until no double lies between. A quantile
 * below the normal doubles is 0: pbeta would write a warning there as well.
 */
struct tail {
	double df1, df2; /* df2 0: chi-square */
};

static double upper_of(struct tail t, double x)
{
	return t.df2 > 0 ? pf(x, t.df1, t.df2, 0, 0) : pchisq(x, t.df1, 0, 0);
}

static double quantile_of(struct tail t, double p)
{
	double low = 0, high = 1, middle;

	while (upper_of(t, high) > 1 - p && isfinite(high)) {
		low = high;
		high *= 2;
	}
	while ((middle = low + (high - low) / 2) > low && middle < high && middle >= DBL_MIN) {
		if (upper_of(t, middle) > 1 - p)
			low = middle;
		else
			high = middle;
	}
	return !isfinite(high) ? NAN : high < 2 * DBL_MIN ? 0 : high;
}

double st_chi_square_quantile(double p, double df)
{
	return inside(p) && df > 0 ? quantile_of((struct tail){df, 0}, p) : NAN;
}

double st_f_quantile(double p, double df1, double df2)
{
	return inside(p) && df1 > 0 && df2 > 0 ? quantile_of((struct tail){df1, df2}, p) : NAN;
}

double st_normal_upper(double z)
{
	return pnorm(z, 0, 1, 0, 0);
}

double st_t_two_sided(double t, double df)
{
	return df > 0 ? 2 * pt(fabs(t), df, 0, 0) : NAN;
}

double st_f_upper(double f, double df1, double df2)
{
	return df1 > 0 && df2 > 0 ? pf(f, df1, df2, 0, 0) : NAN;
}

/* The upper tail of a t >= 0 is the one side of pnt that never writes a warning to standard output. */
double st_noncentral_t_upper(double t, double df, double ncp)
{
	return t >= 0 && df > 0 ? pnt(t, df, ncp, 0, 0) : NAN;
}

double st_t_reach(double level, double df)
{
	return st_level_ok(level) ? st_t_quantile(1 - (1 - level) / 2, df) : NAN;
}

struct st_interval st_t_interval(double centre, double se, double level, double df)
{
	double reach = se > 0 ? st_t_reach(level, df) * se : NAN;

	return (struct st_interval){centre - reach, centre + reach};
}
