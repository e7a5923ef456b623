/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trend.h - one point over the days of a course: slope, last minus first, average over time.
 *
 * Slope: least squares over days (stats/line.h), from ANA_TREND_MIN exact values on, with t on n - 2
 * degrees of freedom for its 95 % interval. It assumes a straight line, and errors of the sessions that
 * are independent of each other. On the log10 scale it is a ratio: percent a week, 100 (10^slope - 1).
 * Average: area under the values by trapezoids over days, / duration (Matthews et al. 1990, BMJ 300:230);
 * a session without a value is passed over. A "more than" has no place in either: nothing is computed
 * then, and `why` says so.
 */
#ifndef ANA_TREND_H
#define ANA_TREND_H

#include "data/sem.h"

#include <stdbool.h>
#include <stddef.h>

enum { ANA_TREND_MIN = 4 };

struct ana_trend {
	size_t n;                    /* values, "more than" counted */
	enum ses_scale scale;
	double per_week, low, high;  /* kPa a week, on the log10 scale percent a week; NAN: why_slope; low, high: 95 % */
	double df;
	const char *why_slope;       /* static; "" when there is a slope */
	double last_minus_first_kpa; /* of single values, not of the baseline; NAN under two, or with a bound */
	double average_kpa, duration_days; /* NAN: why_average */
	const char *why_average;
};

/* n values in order of day. bound: "more than". ALG_ERR_NOMEM. */
int ana_trend_of(struct ana_trend *out, const double *day, const double *kpa, const bool *bound, size_t n, enum ses_scale scale);

#endif
