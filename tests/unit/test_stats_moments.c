/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means, spread, analysis of variance, lines: certified values, and what is missing, few or flat. */
#include "stats/error.h"
#include "stats/line.h"
#include "stats/quantile.h"

#include "tests/unit/assert_close.h"

#include <stdlib.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

/* NIST StRD, univariate: NumAcc1 to 4; 2 to 4 are middle, then low and high by turns. */
static void nist_univariate(void **state)
{
	static const double one[] = {10000001, 10000003, 10000002};
	static const struct {
		double middle, low, high, tol;
	} row[] = {{1.2, 1.1, 1.3, 1e-14}, {1000000.2, 1000000.1, 1000000.3, 1e-9}, {10000000.2, 10000000.1, 10000000.3, 1e-8}};
	double x[1001];
	struct st_moments m = st_moments_of(one, 3);

	(void)state;
	assert_close(m.mean, 10000002, 0);
	assert_close(m.sd, 1, 0);
	for (size_t r = 0; r < COUNT(row); r++) {
		for (size_t i = 0; i < 1001; i++)
			x[i] = i == 0 ? row[r].middle : i % 2 ? row[r].low : row[r].high;
		m = st_moments_of(x, 1001);
		assert_close(m.mean, row[r].middle, 1e-15 * row[r].middle);
		assert_close(m.sd, 0.1, row[r].tol);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nist_univariate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
