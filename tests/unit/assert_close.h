/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * assert_close.h - numbers in tests. cmocka's own float compare lets NAN pass; this does not: NAN
 * equals nothing here, ask assert_nan for it. Include instead of <cmocka.h>.
 */
#ifndef TEST_ASSERT_CLOSE_H
#define TEST_ASSERT_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static inline void assert_close_at(double got, double want, double tol, const char *text, const char *file, int line)
{
	if (isfinite(got) && isfinite(want) && fabs(got - want) <= tol)
		return;
	print_error("%s: got %.17g, expected %.17g within %g\n", text, got, want, tol);
	_fail(file, line);
}

#define assert_close(got, want, tol) assert_close_at((got), (want), (tol), #got, __FILE__, __LINE__)

#define assert_nan(got)                                                                            \
	do {                                                                                       \
		double value_ = (got);                                                             \
		if (!isnan(value_)) {                                                              \
			print_error("%s: got %.17g, expected NAN\n", #got, value_);                \
			_fail(__FILE__, __LINE__);                                                 \
		}                                                                                  \
	} while (0)

#endif
