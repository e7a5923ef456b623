/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/growth.h"

#include "base/status.h"
#include "stats/line.h"
#include "stats/quantile.h"

#include <math.h>
#include <stdlib.h>

enum { EXACT_ROWS = 8 };

static double product(const double *x, const double *y, size_t n)
{
	double sum = 0; /* of whole numbers: twice the ranks */

	for (size_t i = 0; i < n; i++)
		sum += x[i] * y[i];
	return sum;
}

struct tails {
	double all, at_least, at_most;
};

/* Every order of y once (Heap 1963): how many have a sum of products as large, or as small, as seen. */
static void count_orders(const double *x, double *y, size_t n, size_t size, double seen, struct tails *t)
{
	double sum, held;

	if (size <= 1) {
		sum = product(x, y, n);
		t->all++;
		t->at_least += sum >= seen;
		t->at_most += sum <= seen;
		return;
	}
	for (size_t i = 0; i < size; i++) {
		size_t other = size % 2 ? 0 : i;

		count_orders(x, y, n, size - 1, seen, t);
		held = y[other];
		y[other] = y[size - 1];
		y[size - 1] = held;
	}
}

static double exact_p(const double *x, const double *y, size_t n)
{
	double order[EXACT_ROWS];
	struct tails t = {0};

	for (size_t i = 0; i < n; i++)
		order[i] = y[i];
	count_orders(x, order, n, n, product(x, y, n), &t);
	return fmin(1, 2 * fmin(t.at_least, t.at_most) / t.all);
}

/* x and y: twice the ranks of the n rows used. */
static void test(struct st_growth *out, const double *x, const double *y)
{
	double df = (double)out->n - 2;

	out->rho = st_correlation(x, y, out->n);
	if (out->n < 3 || isnan(out->rho)) {
		out->rho = NAN;
		return;
	}
	out->exact = out->n <= EXACT_ROWS;
	out->p = out->exact ? exact_p(x, y, out->n) : st_t_two_sided(out->rho * sqrt(df / (1 - out->rho * out->rho)), df);
}

int st_growth_of(struct st_growth *out, const double *table, size_t n, size_t k)
{
	double *work = malloc(5 * n * sizeof(*work) + 1), *mean = work, *sd = work + n, *sorted = work + 4 * n;

	*out = (struct st_growth){.rho = NAN, .p = NAN};
	if (!work)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct st_moments m = st_moments_of(table + i * k, k);

		if (m.n < 2)
			continue;
		mean[out->n] = m.mean;
		sd[out->n++] = m.sd;
	}
	out->n_missing = n - out->n;
	st_sort(mean, out->n, sorted);
	st_double_ranks(mean, sorted, out->n, work + 2 * n);
	st_sort(sd, out->n, sorted);
	st_double_ranks(sd, sorted, out->n, work + 3 * n);
	test(out, work + 2 * n, work + 3 * n);
	free(work);
	return 0;
}
