/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"

#include <float.h>
#include <math.h>

void st_sum_add(struct st_sum *s, double x)
{
	double t = s->sum + x;

	s->lost += fabs(s->sum) >= fabs(x) ? (s->sum - t) + x : (x - t) + s->sum;
	s->sum = t;
}

double st_sum_value(const struct st_sum *s)
{
	return s->sum + s->lost;
}

double st_clean_squares(double sum_squares, size_t n, double scale)
{
	double rounding = 16 * DBL_EPSILON * scale;

	return sum_squares <= (double)n * rounding * rounding ? 0 : sum_squares;
}

static double sum_of_squares(const double *x, size_t n, const struct st_moments *m)
{
	struct st_sum s1 = {0}, s2 = {0};
	double d, first;

	if (m->min == m->max)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (isnan(x[i]))
			continue;
		d = x[i] - m->mean;
		st_sum_add(&s1, d);
		st_sum_add(&s2, d * d);
	}
	first = st_sum_value(&s1);
	return st_clean_squares(st_sum_value(&s2) - first * first / (double)m->n, m->n, fmax(fabs(m->min), fabs(m->max)));
}

struct st_moments st_moments_of(const double *x, size_t n)
{
	struct st_moments m = {.mean = NAN, .variance = NAN, .sd = NAN, .se_mean = NAN, .sum_squares = NAN, .min = NAN, .max = NAN};
	struct st_sum sum = {0};

	for (size_t i = 0; i < n; i++) {
		if (isnan(x[i])) {
			m.n_missing++;
			continue;
		}
		m.n++;
		st_sum_add(&sum, x[i]);
		m.min = fmin(m.min, x[i]);
		m.max = fmax(m.max, x[i]);
	}
	if (m.n == 0)
		return m;
	m.mean = m.min == m.max ? m.min : st_sum_value(&sum) / (double)m.n;
	m.sum_squares = sum_of_squares(x, n, &m);
	if (m.n < 2)
		return m;
	m.variance = m.sum_squares / (double)(m.n - 1);
	m.sd = sqrt(m.variance);
	m.se_mean = m.sd / sqrt((double)m.n);
	return m;
}

struct st_interval st_mean_interval(const struct st_moments *m, double level)
{
	return st_t_interval(m->mean, m->se_mean, level, (double)m->n - 1);
}

struct st_percent st_percent_of(const double *before, const double *after, size_t n)
{
	struct st_percent p = {.of_means = NAN, .mean_of = NAN, .of_geometric = NAN};
	struct st_sum b = {0}, a = {0}, each = {0}, logs = {0};
	double k;

	for (size_t i = 0; i < n; i++) {
		if (isnan(before[i]) || isnan(after[i])) {
			p.n_missing++;
			continue;
		}
		p.n++;
		st_sum_add(&b, before[i]);
		st_sum_add(&a, after[i]);
		st_sum_add(&each, before[i] != 0 ? (after[i] - before[i]) / before[i] : NAN);
		st_sum_add(&logs, before[i] > 0 && after[i] > 0 ? log(after[i] / before[i]) : NAN);
	}
	if (p.n == 0)
		return p;
	k = 100 / (double)p.n;
	p.of_means = st_sum_value(&b) != 0 ? 100 * (st_sum_value(&a) - st_sum_value(&b)) / st_sum_value(&b) : NAN;
	p.mean_of = k * st_sum_value(&each);
	p.of_geometric = 100 * expm1(st_sum_value(&logs) / (double)p.n);
	return p;
}
