/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/check.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *ses_check_direction_word(enum ses_check_direction direction)
{
	static const char *const words[] = {"zero", "up", "down"};

	return words[direction];
}

static bool known_mass(const struct ses_weights *w, double mass_kg)
{
	for (int i = 0; i < w->n; i++)
		if (fabs(w->mass_kg[i] - mass_kg) < 1e-9)
			return true;
	return false;
}

static const char *wrong_row(const struct ses_check *c, int i)
{
	const struct ses_check_row *r = &c->row[i];
	double true_n = r->mass_kg * c->weights.local_g_m_s2;

	if (i == 0 ? r->loading != 1 : r->loading != c->row[i - 1].loading && r->loading != c->row[i - 1].loading + 1)
		return "loadings are not numbered 1, 2, 3 in order";
	if ((i == 0 || r->loading != c->row[i - 1].loading) && r->direction != SES_CHECK_ZERO)
		return "a loading does not begin with its zero";
	if (r->direction == SES_CHECK_ZERO ? r->mass_kg != 0 : !known_mass(&c->weights, r->mass_kg))
		return "a row has a mass that is none of the weights'";
	if (!(fabs(r->force_true_n - true_n) <= 1e-6 * fmax(1, true_n)))
		return "a true force is not mass x local g";
	if (!isfinite(r->force_read_n) || !(r->sd_n >= 0) || r->n < 1)
		return "a row has no reading";
	return NULL;
}

const char *ses_check_wrong(const struct ses_check *c)
{
	if (c->n_rows < 1 || c->n_rows > SES_CHECK_ROWS_MAX || c->weights.n < SES_WEIGHTS_MIN)
		return "it has too few weights";
	for (int i = 0; i < c->n_rows; i++) {
		const char *why = c->row[i].loading > SES_CHECK_LOADINGS_MAX ? "there are too many loadings" : wrong_row(c, i);

		if (why)
			return why;
	}
	for (int k = 0; k < c->weights.n; k++) {
		bool measured = false;

		for (int i = 0; i < c->n_rows; i++)
			measured |= c->row[i].direction != SES_CHECK_ZERO && fabs(c->row[i].mass_kg - c->weights.mass_kg[k]) < 1e-9;
		if (!measured)
			return "a weight was not measured";
	}
	return NULL;
}

/* ---- one weight -------------------------------------------------------------------------------- */

/* The zero before the first weight of a row's loading. */
static double zero_of(const struct ses_check *c, const struct ses_check_row *row)
{
	for (int i = 0; i < c->n_rows; i++)
		if (c->row[i].loading == row->loading)
			return c->row[i].force_read_n; /* a loading begins with it */
	return NAN;
}

static double error_of(const struct ses_check *c, const struct ses_check_row *row)
{
	return row->force_read_n - zero_of(c, row) - row->force_true_n;
}

static double square(double x)
{
	return x * x;
}

static double or_zero(double x)
{
	return isfinite(x) ? x : 0;
}

static double uncertainty_n(const struct ses_check *c, const struct ses_check_row *row)
{
	double weight = or_zero(c->weights.uncertainty_percent) / 2 * row->force_true_n / 100;
	/* the resolution comes in twice: with the weight, and at zero */
	double resolution = 2 * square(or_zero(c->resolution_n)) / 12;

	return 2 * sqrt(square(weight) + resolution + square(row->sd_n) / row->n);
}

static bool same_place(const struct ses_check_row *a, const struct ses_check_row *b)
{
	return a->direction == b->direction && fabs(a->mass_kg - b->mass_kg) < 1e-9;
}

/* Over the pairs of rows of this weight: the same direction in two loadings, both directions in one. */
static void pairs(const struct ses_check *c, struct ses_check_weight *w)
{
	w->repeatability_n = w->hysteresis_n = NAN;
	for (int i = 0; i < c->n_rows; i++) {
		const struct ses_check_row *a = &c->row[i];

		if (a->direction == SES_CHECK_ZERO || fabs(a->mass_kg - w->mass_kg) >= 1e-9)
			continue;
		for (int k = i + 1; k < c->n_rows; k++) {
			const struct ses_check_row *b = &c->row[k];
			double apart = fabs(error_of(c, b) - error_of(c, a));

			if (b->direction == SES_CHECK_ZERO || fabs(b->mass_kg - w->mass_kg) >= 1e-9)
				continue;
			if (same_place(a, b) && a->loading != b->loading)
				w->repeatability_n = fmax(w->repeatability_n, apart);
			if (!same_place(a, b) && a->loading == b->loading)
				w->hysteresis_n = fmax(w->hysteresis_n, apart);
		}
	}
}

static void judge_weight(const struct ses_check *c, double range_n, struct ses_check_weight *w)
{
	const struct ses_weights *set = &c->weights;
	int n = 0;

	w->low_n = INFINITY;
	w->high_n = -INFINITY;
	for (int i = 0; i < c->n_rows; i++) {
		const struct ses_check_row *row = &c->row[i];

		if (row->direction == SES_CHECK_ZERO || fabs(row->mass_kg - w->mass_kg) >= 1e-9)
			continue;
		double error_n = error_of(c, row);

		w->force_true_n = row->force_true_n;
		w->error_n += error_n;
		w->low_n = fmin(w->low_n, error_n);
		w->high_n = fmax(w->high_n, error_n);
		w->uncertainty_n = fmax(w->uncertainty_n, uncertainty_n(c, row));
		n++;
	}
	w->error_n /= n;
	w->limit_n = fmax(set->tolerance_percent_reading * w->force_true_n, set->tolerance_percent_range * range_n) / 100;
	w->passed = fmax(-w->low_n, w->high_n) <= w->limit_n * (1 + 1e-9); /* at the limit is within it */
	pairs(c, w);
}

/* ---- the whole --------------------------------------------------------------------------------- */

static void fit(const struct ses_check *c, struct ses_check_result *out)
{
	double x_mean = 0, y_mean = 0, sxx = 0, sxy = 0, syy = 0, sse = 0;
	int n = c->n_rows;

	for (int i = 0; i < n; i++) {
		x_mean += c->row[i].force_true_n / n;
		y_mean += c->row[i].force_read_n / n;
	}
	for (int i = 0; i < n; i++) {
		double x = c->row[i].force_true_n - x_mean, y = c->row[i].force_read_n - y_mean;

		sxx += x * x;
		sxy += x * y;
		syy += y * y;
	}
	out->fit_b = sxy / sxx;
	out->fit_a_n = y_mean - out->fit_b * x_mean;
	for (int i = 0; i < n; i++)
		sse += square(c->row[i].force_read_n - out->fit_a_n - out->fit_b * c->row[i].force_true_n);
	out->fit_sd_n = n > 2 ? sqrt(sse / (n - 2)) : NAN;
	out->fit_r2 = syy > 0 ? 1 - sse / syy : NAN;
}

static void zeros(const struct ses_check *c, struct ses_check_result *out)
{
	out->zero_n = c->row[0].force_read_n;
	out->zero_return_n = NAN; /* a check that was ended early has no second zero */
	for (int i = 1; i < c->n_rows; i++)
		if (c->row[i].direction == SES_CHECK_ZERO && c->row[i].loading == c->row[i - 1].loading)
			out->zero_return_n = fmax(out->zero_return_n, fabs(c->row[i].force_read_n - zero_of(c, &c->row[i])));
}

static void __attribute__((format(printf, 2, 3))) blame(struct ses_check_result *out, const char *fmt, ...)
{
	size_t used = strlen(out->reason);
	va_list args;

	if (used)
		used += (size_t)snprintf(out->reason + used, sizeof(out->reason) - used, "; ");
	if (used >= sizeof(out->reason))
		return;
	va_start(args, fmt);
	vsnprintf(out->reason + used, sizeof(out->reason) - used, fmt, args);
	va_end(args);
	out->passed = false;
}

static double larger(double a, double b)
{
	return fabs(a) > fabs(b) ? a : b;
}

static void verdict(const struct ses_check *c, struct ses_check_result *out)
{
	out->passed = true;
	for (int i = 0; i < out->n_weights; i++) {
		const struct ses_check_weight *w = &out->weight[i];
		double error_n = larger(w->low_n, w->high_n);

		if (!w->passed)
			blame(out, "%g kg reads %+.3f N (%+.2f %%) off, allowed are %.3f N", w->mass_kg, error_n,
				100 * error_n / w->force_true_n, w->limit_n);
		if (fabs(fabs(error_n) - w->limit_n) < w->uncertainty_n)
			out->near_limit = true;
	}
	if (out->repeatability_n > out->repeatability_limit_n)
		blame(out, "the same weight reads up to %.3f N apart, allowed are %.3f N", out->repeatability_n,
			out->repeatability_limit_n);
	if (out->zero_return_n > out->zero_return_limit_n)
		blame(out, "zero comes back %.3f N off, allowed are %.3f N", out->zero_return_n, out->zero_return_limit_n);
	if (out->passed)
		snprintf(out->reason, sizeof(out->reason), "every error is within %g %% of reading or %g %% of %.4g N",
			c->weights.tolerance_percent_reading, c->weights.tolerance_percent_range, out->range_n);
}

void ses_check_evaluate(const struct ses_check *c, struct ses_check_result *out)
{
	*out = (struct ses_check_result){.range_n = c->capacity_n, .n_weights = c->weights.n, .repeatability_n = NAN,
		.hysteresis_n = NAN};
	if (!(out->range_n > 0))
		out->range_n = c->weights.mass_kg[c->weights.n - 1] * c->weights.local_g_m_s2;
	for (int i = 0; i < out->n_weights; i++) {
		struct ses_check_weight *w = &out->weight[i];

		w->mass_kg = c->weights.mass_kg[i];
		judge_weight(c, out->range_n, w);
		double error_n = larger(w->low_n, w->high_n), percent = 100 * error_n / w->force_true_n;

		if (i == 0 || fabs(percent) > fabs(out->worst_percent)) {
			out->worst_n = error_n;
			out->worst_percent = percent;
		}
		out->repeatability_n = fmax(out->repeatability_n, w->repeatability_n);
		out->hysteresis_n = fmax(out->hysteresis_n, w->hysteresis_n);
	}
	out->repeatability_limit_n = c->weights.repeatability_percent_range * out->range_n / 100;
	out->zero_return_limit_n = c->weights.tolerance_percent_range * out->range_n / 100;
	zeros(c, out);
	fit(c, out);
	verdict(c, out);
}

bool ses_check_passed(const struct ses_check *check)
{
	struct ses_check_result result;

	ses_check_evaluate(check, &result);
	return result.passed;
}
