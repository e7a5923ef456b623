/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/quantile.h"

#include <math.h>
#include <stdlib.h>

static int rising(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

size_t st_sort(const double *x, size_t n, double *out)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i]))
			out[m++] = x[i];
	if (m > 1)
		qsort(out, m, sizeof(*out), rising);
	return m;
}

double st_quantile(const double *sorted, size_t n, double p)
{
	double h, part;
	size_t i;

	if (n == 0 || !(p >= 0 && p <= 1))
		return NAN;
	h = (double)(n - 1) * p;
	i = (size_t)h;
	part = h - (double)i;
	return part > 0 ? sorted[i] + part * (sorted[i + 1] - sorted[i]) : sorted[i];
}

double st_median(const double *sorted, size_t n)
{
	return st_quantile(sorted, n, 0.5);
}

/* How many are below x, or with_equal: not above it. */
static size_t below(const double *sorted, size_t n, double x, bool with_equal)
{
	size_t low = 0, high = n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (sorted[middle] < x || (with_equal && sorted[middle] == x))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void st_double_ranks(const double *x, const double *sorted, size_t n, double *ranks2)
{
	for (size_t i = 0; i < n; i++)
		ranks2[i] = (double)(below(sorted, n, x[i], false) + below(sorted, n, x[i], true) + 1);
}
