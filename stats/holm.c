/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/holm.h"

#include <math.h>

/* How many are below p[i]. Of equal ones only the first in order decides, and it has as many below it. */
static size_t below(const double *p, size_t n, size_t i)
{
	size_t count = 0;

	for (size_t j = 0; j < n; j++)
		count += p[j] < p[i];
	return count;
}

size_t st_holm(const double *p, size_t n, double *adjusted)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		m += !isnan(p[i]);
	for (size_t i = 0; i < n; i++)
		adjusted[i] = p[i];
	for (size_t i = 0; i < n; i++) {
		double own = isnan(p[i]) ? NAN : fmin(1, (double)(m - below(p, n, i)) * p[i]);

		for (size_t j = 0; j < n; j++) /* each at or above p[i] is at least that */
			if (p[j] >= p[i])
				adjusted[j] = fmax(adjusted[j], own);
	}
	return m;
}
