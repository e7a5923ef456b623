/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/line.h"

#include <float.h>
#include <math.h>

/* Sums about the means of the pairs that are whole. */
struct sums {
	size_t n, n_missing;
	double mean_x, mean_y, xx, xy, yy;
	double max_y; /* greatest |y| */
};

static bool whole(const double *x, const double *y, size_t i)
{
	return !isnan(x[i]) && !isnan(y[i]);
}

static struct sums sums_of(const double *x, const double *y, size_t n)
{
	struct st_sum sx = {0}, sy = {0}, xx = {0}, xy = {0}, yy = {0};
	struct sums p = {0};
	double max_x = 0, count;

	for (size_t i = 0; i < n; i++) {
		if (!whole(x, y, i))
			continue;
		p.n++;
		st_sum_add(&sx, x[i]);
		st_sum_add(&sy, y[i]);
		max_x = fmax(max_x, fabs(x[i]));
		p.max_y = fmax(p.max_y, fabs(y[i]));
	}
	p.n_missing = n - p.n;
	count = (double)p.n;
	p.mean_x = st_sum_value(&sx) / count;
	p.mean_y = st_sum_value(&sy) / count;
	sx = sy = (struct st_sum){0};
	for (size_t i = 0; i < n; i++) {
		if (!whole(x, y, i))
			continue;
		double dx = x[i] - p.mean_x, dy = y[i] - p.mean_y;

		st_sum_add(&sx, dx);
		st_sum_add(&sy, dy);
		st_sum_add(&xx, dx * dx);
		st_sum_add(&xy, dx * dy);
		st_sum_add(&yy, dy * dy);
	}
	/* What the rounded means left over is taken off: Björck's correction. */
	p.xx = st_clean_squares(st_sum_value(&xx) - sx.sum * sx.sum / count, p.n, max_x);
	p.yy = st_clean_squares(st_sum_value(&yy) - sy.sum * sy.sum / count, p.n, p.max_y);
	p.xy = p.xx > 0 && p.yy > 0 ? st_sum_value(&xy) - sx.sum * sy.sum / count : 0;
	return p;
}

static double residual_squares(const double *x, const double *y, size_t n, const struct sums *p, double slope)
{
	struct st_sum s1 = {0}, s2 = {0};

	for (size_t i = 0; i < n; i++) {
		if (!whole(x, y, i))
			continue;
		double e = (y[i] - p->mean_y) - slope * (x[i] - p->mean_x);

		st_sum_add(&s1, e);
		st_sum_add(&s2, e * e);
	}
	return st_clean_squares(st_sum_value(&s2) - s1.sum * s1.sum / (double)p->n, p->n, p->max_y);
}

struct st_line st_line_of(const double *x, const double *y, size_t n, double level)
{
	struct sums p = sums_of(x, y, n);
	struct st_line l = {.n = p.n, .n_missing = p.n_missing, .slope = NAN, .intercept = NAN, .se_slope = NAN,
		.se_intercept = NAN, .sd_residual = NAN, .df = (double)p.n - 2, .r2 = NAN, .f = NAN, .t = NAN, .p = NAN,
		.slope_ci = st_no_interval(), .mean_x = p.mean_x, .mean_y = p.mean_y};
	double ss;

	if (p.n < 2 || !(p.xx > 0))
		return l;
	l.slope = p.xy / p.xx;
	l.intercept = p.mean_y - l.slope * p.mean_x;
	ss = residual_squares(x, y, n, &p, l.slope);
	l.r2 = p.yy > 0 ? 1 - ss / p.yy : NAN;
	if (l.df < 1)
		return l;
	l.sd_residual = sqrt(ss / l.df);
	l.se_slope = l.sd_residual / sqrt(p.xx);
	l.se_intercept = l.sd_residual * sqrt(1 / (double)p.n + p.mean_x * p.mean_x / p.xx);
	if (!(ss > 0))
		return l;
	l.t = l.slope / l.se_slope;
	l.f = l.t * l.t;
	l.p = st_t_two_sided(l.t, l.df);
	l.slope_ci = st_t_interval(l.slope, l.se_slope, level, l.df);
	return l;
}

struct st_pairs st_pairs_of(const double *x, const double *y, size_t n)
{
	struct sums p = sums_of(x, y, n);
	struct st_pairs out = {.n = p.n, .n_missing = p.n_missing, .mean_x = p.mean_x, .mean_y = p.mean_y, .sd_x = NAN, .sd_y = NAN,
		.r = NAN};

	if (p.n < 2)
		return out;
	out.sd_x = sqrt(p.xx / (double)(p.n - 1));
	out.sd_y = sqrt(p.yy / (double)(p.n - 1));
	if (p.xx > 0 && p.yy > 0)
		out.r = p.n == 2 ? copysign(1, p.xy) : fmax(-1, fmin(1, p.xy / sqrt(p.xx) / sqrt(p.yy)));
	return out;
}

double st_correlation(const double *x, const double *y, size_t n)
{
	return st_pairs_of(x, y, n).r;
}

struct st_area st_area_under(const double *t, const double *y, size_t n)
{
	struct st_area a = {.area = NAN, .average = NAN, .duration = NAN};
	struct st_sum sum = {0};
	size_t first = 0, last = 0;

	for (size_t i = 0; i < n; i++) {
		if (!whole(t, y, i)) {
			a.n_missing++;
			continue;
		}
		if (a.n++ == 0)
			first = i;
		else
			st_sum_add(&sum, t[i] > t[last] ? (t[i] - t[last]) * (y[i] / 2 + y[last] / 2) : NAN);
		last = i;
	}
	if (a.n < 2)
		return a;
	a.area = st_sum_value(&sum);
	a.duration = isnan(a.area) ? NAN : t[last] - t[first];
	a.average = a.area / a.duration;
	return a;
}
