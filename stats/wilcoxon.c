/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/wilcoxon.h"

#include "base/status.h"
#include "stats/hodges.h"
#include "stats/quantile.h"
#include "stats/rank_count.h"

#include <math.h>
#include <stdlib.h>

/* A rank sum under chance alone, doubled like the ranks. */
struct chance {
	double mean2, sd2;
};

static void clear(struct st_rank_test *out)
{
	*out = (struct st_rank_test){.w = NAN, .z = NAN, .p = NAN, .p_less = NAN, .p_greater = NAN, .estimate = NAN,
		.ci = st_no_interval(), .level = NAN, .effect = NAN};
}

static void exact_p(struct st_rank_test *out, const struct st_counts *c, double sum2)
{
	out->exact = true;
	out->p = st_count_as_far(c, sum2);
	out->p_less = st_count_at_most(c, sum2);
	out->p_greater = st_count_at_least(c, sum2);
}

/* Continuity correction: 1/2 of a rank, 1 of the doubled ones. */
static void normal_p(struct st_rank_test *out, struct chance c, double sum2)
{
	double off = sum2 - c.mean2;

	if (!(c.sd2 > 0))
		return;
	out->z = (off - (off > 0) + (off < 0)) / c.sd2;
	out->p = fmin(1, 2 * st_normal_upper(fabs(out->z)));
	out->p_less = st_normal_upper(-(off + 1) / c.sd2);
	out->p_greater = st_normal_upper((off - 1) / c.sd2);
}

/* The k of the interval by the normal, for rank sums without ties. */
static size_t normal_cut(double mean, double sd, double tail, double *below)
{
	double k = ceil(mean - 0.5 + st_normal_quantile(tail) * sd);

	*below = st_normal_upper(-(k - 0.5 - mean) / sd);
	return k >= 1 ? (size_t)k : 0;
}

static void order_interval(struct st_rank_test *out, const struct st_twos *twos, size_t k, double below)
{
	if (k == 0)
		return;
	out->ci.low = st_twos_kth(twos, k);
	out->ci.high = st_twos_kth(twos, st_twos_count(twos) + 1 - k);
	out->level = 1 - 2 * below;
}

static void untied(double *ranks2, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ranks2[i] = 2 * (double)(i + 1);
}

static void signed_interval(struct st_rank_test *out, struct st_counts *c, const struct st_twos *twos, double level)
{
	double ranks2[ST_COUNT_MAX], n = (double)twos->n_a, below, tail = (1 - level) / 2;
	size_t k;

	if (!st_level_ok(level))
		return;
	if (twos->n_a <= ST_COUNT_MAX) {
		untied(ranks2, twos->n_a);
		st_count_signs(c, ranks2, twos->n_a);
		k = st_count_cut(c, 0, tail, &below);
	} else {
		k = normal_cut(n * (n + 1) / 4, sqrt(n * (n + 1) * (2 * n + 1) / 24), tail, &below);
	}
	order_interval(out, twos, k, below);
}

static bool all_finite(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(x[i]))
			return false;
	return true;
}

/* ranks2 and the signs of d, of those that take part: W+, p and effect. */
static void signed_test(struct st_rank_test *out, struct st_counts *c, const double *ranks2, const double *d, size_t n,
	size_t ranked)
{
	double plus = 0, all = 0, squares = 0;

	for (size_t i = 0; i < n; i++) {
		plus += d[i] > 0 ? ranks2[i] : 0;
		all += ranks2[i];
		squares += ranks2[i] * ranks2[i];
	}
	if (n == 0)
		return;
	out->w = plus / 2;
	out->effect = (2 * plus - all) / all;
	if (ranked <= ST_COUNT_MAX) {
		st_count_signs(c, ranks2, n);
		exact_p(out, c, plus);
	} else {
		normal_p(out, (struct chance){all / 2, sqrt(squares) / 2}, plus);
	}
}

/*
 * d[n]: the differences; size, sorted and ranks2 have room for n. Moves the differences that take part to
 * the front of d and their ranks to the front of ranks2.
 */
static void rank_signed(struct st_rank_test *out, struct st_counts *c, double *d, size_t n, enum st_zeros zeros, double *size,
	double *sorted, double *ranks2)
{
	size_t ranked = 0, kept = 0;

	for (size_t i = 0; i < n; i++) {
		out->n_zeros += d[i] == 0;
		if (zeros == ST_ZEROS_PRATT || d[i] != 0) {
			d[ranked] = d[i];
			size[ranked++] = fabs(d[i]);
		}
	}
	st_sort(size, ranked, sorted);
	st_double_ranks(size, sorted, ranked, ranks2);
	for (size_t i = 0; i < ranked; i++) {
		if (d[i] == 0)
			continue;
		d[kept] = d[i];
		ranks2[kept++] = ranks2[i];
	}
	signed_test(out, c, ranks2, d, kept, ranked);
}

int st_signed_rank(struct st_rank_test *out, const double *a, const double *b, size_t n, enum st_zeros zeros, double level)
{
	struct st_counts *c = malloc(sizeof(*c));
	double *d = malloc(5 * n * sizeof(*d) + 1), *rising = d + n;
	struct st_twos twos = {.a = rising};
	int rc = ALG_ERR_NOMEM;

	clear(out);
	if (!c || !d)
		goto out;
	rc = 0;
	for (size_t i = 0; i < n; i++)
		if (!isnan(a[i]) && !isnan(b[i]))
			d[out->n_a++] = a[i] - b[i];
	out->n_missing = n - out->n_a;
	if (out->n_a == 0 || !all_finite(d, out->n_a))
		goto out;
	twos.n_a = st_sort(d, out->n_a, rising);
	rank_signed(out, c, d, out->n_a, zeros, d + 2 * n, d + 3 * n, d + 4 * n);
	out->estimate = st_twos_median(&twos);
	signed_interval(out, c, &twos, level);
out:
	if (rc < 0)
		clear(out);
	free(c);
	free(d);
	return rc;
}

static int sum_interval(struct st_rank_test *out, struct st_counts *c, const struct st_twos *twos, double level)
{
	double ranks2[ST_COUNT_MAX], m = (double)twos->n_a, n = (double)twos->n_b, below, tail = (1 - level) / 2;
	size_t k, all = twos->n_a + twos->n_b, few = twos->n_a < twos->n_b ? twos->n_a : twos->n_b;

	if (!st_level_ok(level))
		return 0;
	if (all <= ST_COUNT_MAX) {
		untied(ranks2, all);
		if (st_count_choices(c, ranks2, all, few) < 0)
			return ALG_ERR_NOMEM;
		k = st_count_cut(c, few * (few + 1), tail, &below);
	} else {
		k = normal_cut(m * n / 2, sqrt(m * n * (m + n + 1) / 12), tail, &below);
	}
	order_interval(out, twos, k, below);
	return 0;
}

/* The n_a first of the ranks are those of a. */
static int sum_test(struct st_rank_test *out, struct st_counts *c, const double *ranks2)
{
	double m = (double)out->n_a, n = (double)out->n_b, all = m + n, sum = 0, squares = 0, off;
	bool few_b = out->n_b < out->n_a; /* count the smaller group: what a has, b has not */

	for (size_t i = 0; i < out->n_a + out->n_b; i++) {
		sum += i < out->n_a ? ranks2[i] : 0;
		off = ranks2[i] - (all + 1);
		squares += off * off;
	}
	out->w = (sum - m * (m + 1)) / 2;
	out->effect = 2 * out->w / (m * n) - 1;
	if (all > ST_COUNT_MAX) {
		normal_p(out, (struct chance){m * (all + 1), sqrt(m * n / (all * (all - 1)) * squares)}, sum);
		return 0;
	}
	if (st_count_choices(c, ranks2, out->n_a + out->n_b, few_b ? out->n_b : out->n_a) < 0)
		return ALG_ERR_NOMEM;
	exact_p(out, c, few_b ? all * (all + 1) - sum : sum);
	if (few_b) {
		double less = out->p_less;

		out->p_less = out->p_greater;
		out->p_greater = less;
	}
	return 0;
}

int st_rank_sum(struct st_rank_test *out, const double *a, size_t n_a, const double *b, size_t n_b, double level)
{
	size_t most = n_a + n_b, all;
	struct st_counts *c = malloc(sizeof(*c));
	double *x = malloc(3 * most * sizeof(*x) + 1), *sorted = x + most, *ranks2 = x + 2 * most;
	struct st_twos twos = {.a = x};
	int rc = ALG_ERR_NOMEM;

	clear(out);
	if (!c || !x)
		goto out;
	rc = 0;
	out->n_a = twos.n_a = st_sort(a, n_a, x);
	out->n_b = twos.n_b = st_sort(b, n_b, x + twos.n_a);
	twos.b = x + twos.n_a;
	all = out->n_a + out->n_b;
	out->n_missing = most - all;
	if (out->n_a == 0 || out->n_b == 0 || !all_finite(x, all))
		goto out;
	st_sort(x, all, sorted);
	st_double_ranks(x, sorted, all, ranks2);
	out->estimate = st_twos_median(&twos);
	rc = sum_test(out, c, ranks2);
	if (rc == 0)
		rc = sum_interval(out, c, &twos, level);
out:
	if (rc < 0)
		clear(out);
	free(c);
	free(x);
	return rc;
}
