/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rank_count.h"

#include "base/status.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double sum_of(const double *x, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i];
	return sum;
}

static void finish(struct st_counts *c)
{
	c->all = sum_of(c->of, c->sums);
}

void st_count_signs(struct st_counts *c, const double *ranks2, size_t n)
{
	size_t top = 0, rank;

	memset(c, 0, sizeof(*c));
	c->of[0] = 1;
	for (size_t i = 0; i < n; i++) {
		rank = (size_t)ranks2[i];
		top += rank;
		for (size_t s = top; s >= rank && s > 0; s--)
			c->of[s] += c->of[s - rank];
	}
	c->sums = top + 1;
	c->twice_mean = (double)top;
	finish(c);
}

int st_count_choices(struct st_counts *c, const double *ranks2, size_t n, size_t m)
{
	size_t top = (size_t)sum_of(ranks2, n), width = top + 1, rank;
	double *of = calloc((m + 1) * width, sizeof(*of)); /* of[chosen * width + s] */

	memset(c, 0, sizeof(*c));
	if (!of)
		return ALG_ERR_NOMEM;
	of[0] = 1;
	for (size_t i = 0; i < n; i++) {
		rank = (size_t)ranks2[i];
		for (size_t chosen = i + 1 < m ? i + 1 : m; chosen > 0; chosen--)
			for (size_t s = rank; s <= top; s++)
				of[chosen * width + s] += of[(chosen - 1) * width + s - rank];
	}
	memcpy(c->of, of + m * width, width * sizeof(*of));
	free(of);
	c->sums = width;
	c->twice_mean = 2 * (double)m * (double)top / (double)n;
	finish(c);
	return 0;
}

double st_count_at_most(const struct st_counts *c, double s)
{
	double sum = 0;

	for (size_t i = 0; i < c->sums && (double)i <= s; i++)
		sum += c->of[i];
	return sum / c->all;
}

double st_count_at_least(const struct st_counts *c, double s)
{
	double sum = 0;

	for (size_t i = c->sums; i-- > 0 && (double)i >= s;)
		sum += c->of[i];
	return sum / c->all;
}

double st_count_as_far(const struct st_counts *c, double s)
{
	double sum = 0, far = fabs(2 * s - c->twice_mean);

	for (size_t i = 0; i < c->sums; i++)
		if (fabs(2 * (double)i - c->twice_mean) >= far)
			sum += c->of[i];
	return sum / c->all;
}

size_t st_count_cut(const struct st_counts *c, size_t least, double tail, double *below)
{
	double sum = 0;

	*below = 0;
	for (size_t s = least; s < c->sums; s += 2) {
		sum += c->of[s];
		if (sum / c->all >= tail - 10 * DBL_EPSILON)
			return (s - least) / 2;
		*below = sum / c->all;
	}
	return 0;
}
