/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ttest.h"

#include <float.h>
#include <math.h>

static struct st_t_test no_test(void)
{
	return (struct st_t_test){.mean_a = NAN, .mean_b = NAN, .difference = NAN, .se = NAN, .sd = NAN, .t = NAN, .df = NAN,
		.p = NAN, .ci = st_no_interval()};
}

/* From difference, se and df on. */
static void finish(struct st_t_test *t, double level)
{
	if (!(t->se > 10 * DBL_EPSILON * fmax(fabs(t->mean_a), fabs(t->mean_b))))
		return;
	t->t = t->difference / t->se;
	t->p = st_t_two_sided(t->t, t->df);
	t->ci = st_t_interval(t->difference, t->se, level, t->df);
}

struct pair_sums {
	struct st_sum a, b, d;
	double scale;
};

static bool whole(const double *a, const double *b, size_t i)
{
	return !isnan(a[i]) && !isnan(b[i]);
}

static struct pair_sums sums_of(const double *a, const double *b, size_t n, size_t *pairs)
{
	struct pair_sums s = {0};

	*pairs = 0;
	for (size_t i = 0; i < n; i++) {
		if (!whole(a, b, i))
			continue;
		++*pairs;
		st_sum_add(&s.a, a[i]);
		st_sum_add(&s.b, b[i]);
		st_sum_add(&s.d, a[i] - b[i]);
		s.scale = fmax(s.scale, fmax(fabs(a[i]), fabs(b[i])));
	}
	return s;
}

/* Two passes, as in moments.c, over differences that are never stored. */
static double difference_squares(const double *a, const double *b, size_t n, double mean, size_t pairs, double scale)
{
	struct st_sum s1 = {0}, s2 = {0};

	for (size_t i = 0; i < n; i++) {
		if (!whole(a, b, i))
			continue;
		double e = a[i] - b[i] - mean;

		st_sum_add(&s1, e);
		st_sum_add(&s2, e * e);
	}
	return st_clean_squares(st_sum_value(&s2) - s1.sum * s1.sum / (double)pairs, pairs, scale);
}

struct st_t_test st_paired_t(const double *a, const double *b, size_t n, double level)
{
	struct st_t_test t = no_test();
	size_t pairs;
	struct pair_sums s = sums_of(a, b, n, &pairs);

	t.n_a = t.n_b = pairs;
	t.n_missing = n - pairs;
	if (pairs == 0)
		return t;
	t.mean_a = st_sum_value(&s.a) / (double)pairs;
	t.mean_b = st_sum_value(&s.b) / (double)pairs;
	t.difference = st_sum_value(&s.d) / (double)pairs;
	if (pairs < 2)
		return t;
	t.df = (double)pairs - 1;
	t.sd = sqrt(difference_squares(a, b, n, t.difference, pairs, s.scale) / t.df);
	t.se = t.sd / sqrt((double)pairs);
	finish(&t, level);
	return t;
}

struct st_t_test st_welch_t(const double *a, size_t n_a, const double *b, size_t n_b, double level)
{
	struct st_moments ma = st_moments_of(a, n_a), mb = st_moments_of(b, n_b);
	struct st_t_test t = no_test();
	double va, vb;

	t.n_a = ma.n;
	t.n_b = mb.n;
	t.n_missing = ma.n_missing + mb.n_missing;
	t.mean_a = ma.mean;
	t.mean_b = mb.mean;
	t.difference = ma.mean - mb.mean;
	if (ma.n < 2 || mb.n < 2)
		return t;
	va = ma.variance / (double)ma.n;
	vb = mb.variance / (double)mb.n;
	t.se = sqrt(va + vb);
	t.df = (va + vb) * (va + vb) / (va * va / (double)(ma.n - 1) + vb * vb / (double)(mb.n - 1));
	finish(&t, level);
	return t;
}

double st_paired_power(size_t n, double change, double sd_change, double alpha)
{
	double df = (double)n - 1;

	if (n < 2 || !(sd_change > 0) || !(alpha > 0 && alpha < 1) || isnan(change))
		return NAN;
	return st_noncentral_t_upper(st_t_quantile(1 - alpha / 2, df), df, sqrt((double)n) * fabs(change) / sd_change);
}

size_t st_paired_size(double change, double sd_change, double alpha, double power)
{
	enum { MOST = 1000000 };
	size_t low = 1, high = 2, middle; /* power rises with n: low is too few, high is enough */

	if (!(power > 0 && power < 1) || !(fabs(change) > 0) || isnan(st_paired_power(2, change, sd_change, alpha)))
		return 0;
	while (high < MOST && st_paired_power(high, change, sd_change, alpha) < power) {
		low = high;
		high = high * 2 < MOST ? high * 2 : MOST;
	}
	if (st_paired_power(high, change, sd_change, alpha) < power)
		return 0;
	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (st_paired_power(middle, change, sd_change, alpha) < power)
			low = middle;
		else
			high = middle;
	}
	return high;
}
