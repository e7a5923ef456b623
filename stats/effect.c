/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/effect.h"

#include "stats/line.h"

#include <math.h>

double st_hedges_j(double df)
{
	int sign;

	return df >= 2 ? exp(lgamma_r(df / 2, &sign) - lgamma_r((df - 1) / 2, &sign)) / sqrt(df / 2) : NAN;
}

/* Up to here the series is good (AS 243, and R's pt); beyond it both give numbers that are none. */
static const double ncp_most = 37.6;

/* For t >= 0 the upper tail rises with ncp, from 0 to 1: halve until no double lies between. */
static double ncp_of_upper(double t, double df, double upper)
{
	double low = -ncp_most, high = ncp_most, middle;

	if (st_noncentral_t_upper(t, df, low) > upper || st_noncentral_t_upper(t, df, high) < upper)
		return NAN;
	while ((middle = low + (high - low) / 2) > low && middle < high) {
		if (st_noncentral_t_upper(t, df, middle) < upper)
			low = middle;
		else
			high = middle;
	}
	return middle;
}

double st_noncentrality(double t, double df, double p)
{
	if (!isfinite(t) || !(df > 0) || !(p > 0 && p < 1))
		return NAN;
	return t >= 0 ? ncp_of_upper(t, df, 1 - p) : -ncp_of_upper(-t, df, p);
}

/* NaN or infinite where the divisor is 0: none of them is a number to be told. */
static double over(double number, double divisor)
{
	return divisor > 0 ? number / divisor : NAN;
}

static struct st_interval scaled(struct st_interval i, double factor)
{
	return (struct st_interval){i.low * factor, i.high * factor};
}

static struct st_interval d_z_interval(const struct st_t_test *t, double level)
{
	double tail = (1 - level) / 2, root = sqrt((double)t->n_a);

	return (struct st_interval){st_noncentrality(t->t, t->df, 1 - tail) / root, st_noncentrality(t->t, t->df, tail) / root};
}

struct st_effect st_effect_of(const double *a, const double *b, size_t n, double level)
{
	struct st_t_test t = st_paired_t(a, b, n, level);
	struct st_pairs p = st_pairs_of(a, b, n);
	struct st_effect e = {.n = p.n, .n_missing = p.n_missing, .difference = t.difference, .sd_difference = t.sd, .sd_a = p.sd_x,
		.sd_b = p.sd_y, .r = p.r, .d_z_ci = st_no_interval(), .d_av_ci = st_no_interval()};
	double mean_sd = (p.sd_x + p.sd_y) / 2;

	e.d_z = isnan(t.t) ? NAN : t.difference / t.sd;
	e.d_av = over(t.difference, mean_sd);
	e.d_rms = over(t.difference, sqrt((p.sd_x * p.sd_x + p.sd_y * p.sd_y) / 2));
	e.d_rm = e.d_z * sqrt(2 * (1 - p.r));
	if (st_level_ok(level) && !isnan(t.t)) {
		e.d_z_ci = d_z_interval(&t, level);
		e.d_av_ci = scaled(e.d_z_ci, over(t.sd, mean_sd));
	}
	e.j = st_hedges_j(t.df);
	e.j_approximate = t.df >= 2 ? 1 - 3 / (4 * t.df - 1) : NAN;
	e.g_z = e.j * e.d_z;
	e.g_av = e.j * e.d_av;
	return e;
}
