/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/trend.h"

#include "base/status.h"
#include "stats/line.h"

#include <math.h>
#include <stdlib.h>

static double percent_of(double log10_ratio)
{
	return 100 * (pow(10, log10_ratio) - 1);
}

static void slope(struct ana_trend *out, const double *day, const double *y)
{
	struct st_line line = st_line_of(day, y, out->n, 0.95);
	bool logs = out->scale == SES_SCALE_LOG10;

	out->per_week = logs ? percent_of(7 * line.slope) : 7 * line.slope;
	out->low = logs ? percent_of(7 * line.slope_ci.low) : 7 * line.slope_ci.low;
	out->high = logs ? percent_of(7 * line.slope_ci.high) : 7 * line.slope_ci.high;
	out->df = line.df;
	if (isnan(out->per_week))
		out->why_slope = "all on one day";
}

static void average(struct ana_trend *out, const double *day, const double *kpa)
{
	struct st_area area = st_area_under(day, kpa, out->n);

	out->average_kpa = area.average;
	out->duration_days = area.duration;
	if (isnan(area.average))
		out->why_average = "two sessions on one day";
}

int ana_trend_of(struct ana_trend *out, const double *day, const double *kpa, const bool *bound, size_t n, enum ses_scale scale)
{
	bool any_bound = false, any_zero = false;

	*out = (struct ana_trend){.n = n, .scale = scale, .per_week = NAN, .low = NAN, .high = NAN, .df = NAN, .why_slope = "",
		.last_minus_first_kpa = NAN, .average_kpa = NAN, .duration_days = NAN, .why_average = ""};
	for (size_t i = 0; i < n; i++) {
		any_bound |= bound[i];
		any_zero |= !(kpa[i] > 0);
	}
	if (n >= 2 && !bound[0] && !bound[n - 1])
		out->last_minus_first_kpa = kpa[n - 1] - kpa[0];
	if (n < ANA_TREND_MIN)
		out->why_slope = "fewer than 4 values";
	if (n < 2)
		out->why_average = "fewer than 2 values";
	if (any_bound)
		out->why_slope = out->why_average = "a value is \"more than\" (ceiling)";
	else if (any_zero && scale == SES_SCALE_LOG10)
		out->why_slope = "a value of 0 has no logarithm";
	double *y = calloc(n + 1, sizeof(*y));

	if (!y)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		y[i] = scale == SES_SCALE_LOG10 ? log10(kpa[i]) : kpa[i];
	if (!*out->why_slope)
		slope(out, day, y);
	if (!*out->why_average)
		average(out, day, kpa);
	free(y);
	return 0;
}
