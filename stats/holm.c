/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/holm.h"

#include <math.h>

/* How many are below p[i]; equal ones count in their order, so that each has a place of its own. */
static size_t place(const double *p, size_t n, size_t i)
{
	size_t below = 0;

	for (size_t j = 0; j < n; j++)
		below += p[j] < p[i] || (p[j] == p[i] && j < i);
	return below;
}

size_t st_holm(const double *p, size_t n, double *adjusted)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		m += !isnan(p[i]);
	for (size_t i = 0; i < n; i++)
		adjusted[i] = p[i];
	for (size_t i = 0; i < n; i++) {
		double own = isnan(p[i]) ? NAN : fmin(1, (double)(m - place(p, n, i)) * p[i]);

		for (size_t j = 0; j < n; j++) /* each at or above p[i] is at least that */
			if (p[j] >= p[i])
				adjusted[j] = fmax(adjusted[j], own);
	}
	return m;
}
