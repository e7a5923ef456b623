/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bland.h"

#include "base/status.h"
#include "stats/ttest.h"

#include <math.h>
#include <stdlib.h>

static struct st_bland nothing(size_t n_missing)
{
	struct st_interval none = st_no_interval();

	return (struct st_bland){.n_missing = n_missing, .bias = NAN, .sd = NAN, .low = NAN, .high = NAN, .se_bias = NAN,
		.se_limit = NAN, .se_limit_1986 = NAN, .bias_ci = none, .low_ci = none, .high_ci = none, .low_ci_1986 = none,
		.high_ci_1986 = none, .sd_within_a = NAN, .sd_within_b = NAN, .proportional = st_line_of(NULL, NULL, 0, NAN)};
}

/* Regression of a - b on (a + b) / 2. */
static int proportional(struct st_line *line, const double *a, const double *b, size_t n, double level)
{
	double *work = malloc(2 * n * sizeof(*work) + 1);

	if (!work)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		work[i] = a[i] / 2 + b[i] / 2;
		work[n + i] = a[i] - b[i];
	}
	*line = st_line_of(work, work + n, n, level);
	free(work);
	return 0;
}

/* bias, sd and n are known, and the SEs: limits and their intervals. */
static void limits(struct st_bland *out, double multiple, double level)
{
	double df = (double)out->n - 1;

	out->low = out->bias - multiple * out->sd;
	out->high = out->bias + multiple * out->sd;
	out->bias_ci = st_t_interval(out->bias, out->se_bias, level, df);
	out->low_ci = st_t_interval(out->low, out->se_limit, level, df);
	out->high_ci = st_t_interval(out->high, out->se_limit, level, df);
	out->low_ci_1986 = st_t_interval(out->low, out->se_limit_1986, level, df);
	out->high_ci_1986 = st_t_interval(out->high, out->se_limit_1986, level, df);
}

int st_bland_of(struct st_bland *out, const double *a, const double *b, size_t n, double multiple, double level)
{
	struct st_t_test t = st_paired_t(a, b, n, level);
	double count = (double)t.n_a;

	*out = nothing(t.n_missing);
	out->n = t.n_a;
	out->bias = t.difference;
	if (t.n_a >= 2) {
		out->sd = t.sd;
		out->se_bias = t.se;
		out->se_limit = t.sd * sqrt(1 / count + multiple * multiple / (2 * (count - 1)));
		out->se_limit_1986 = t.sd * sqrt(3 / count);
		limits(out, multiple, level);
	}
	return proportional(&out->proportional, a, b, n, level);
}

static struct st_interval exp_of(struct st_interval i)
{
	return (struct st_interval){exp(i.low), exp(i.high)};
}

static double log_or_infinity(double x)
{
	return isnan(x) ? NAN : x > 0 ? log(x) : -INFINITY;
}

int st_bland_ratio(struct st_bland *out, const double *a, const double *b, size_t n, double multiple, double level)
{
	double *logs = malloc(2 * n * sizeof(*logs) + 1);
	int rc;

	*out = nothing(0);
	if (!logs)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		logs[i] = log_or_infinity(a[i]);
		logs[n + i] = log_or_infinity(b[i]);
	}
	rc = st_bland_of(out, logs, logs + n, n, multiple, level);
	free(logs);
	out->bias = exp(out->bias);
	out->low = exp(out->low);
	out->high = exp(out->high);
	out->bias_ci = exp_of(out->bias_ci);
	out->low_ci = exp_of(out->low_ci);
	out->high_ci = exp_of(out->high_ci);
	out->low_ci_1986 = exp_of(out->low_ci_1986);
	out->high_ci_1986 = exp_of(out->high_ci_1986);
	return rc;
}

/* What the replicates of one method add up to over the persons used. */
struct replicates {
	struct st_sum squares, per_value; /* within persons; 1 / number of values */
	double df;
};

static void replicates_add(struct replicates *r, const struct st_moments *m)
{
	st_sum_add(&r->squares, m->sum_squares);
	st_sum_add(&r->per_value, 1 / (double)m->n);
	r->df += (double)m->n - 1;
}

/* The variance within a person; 0 where nobody has two values: then it is in the mean difference already. */
static double variance_within(const struct replicates *r)
{
	return r->df > 0 ? st_sum_value(&r->squares) / r->df : 0;
}

/* The part (1 - mean 1/m) s^2 of the variance, and the variance of that part, 2 part^2 / df. */
static double part_of(const struct replicates *r, size_t n, double *spread)
{
	double part = (1 - st_sum_value(&r->per_value) / (double)n) * variance_within(r);

	*spread += r->df > 0 ? 2 * part * part / r->df : 0;
	return part;
}

static void with_replicates(struct st_bland *out, const struct replicates *a, const struct replicates *b, double multiple,
	double level)
{
	double n = (double)out->n, between = out->sd * out->sd, spread = 2 * between * between / (n - 1);
	double variance = between + part_of(a, out->n, &spread) + part_of(b, out->n, &spread);

	out->sd = sqrt(variance);
	out->se_limit_1986 = NAN;
	out->se_limit = sqrt(between / n + (variance > 0 ? multiple * multiple * spread / (4 * variance) : 0));
	limits(out, multiple, level);
}

int st_bland_replicates(struct st_bland *out, const double *a, size_t k_a, const double *b, size_t k_b, size_t n,
	double multiple, double level)
{
	double *means = malloc(2 * n * sizeof(*means) + 1);
	struct replicates ra = {0}, rb = {0};
	int rc;

	*out = nothing(0);
	if (!means)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct st_moments ma = st_moments_of(a + i * k_a, k_a), mb = st_moments_of(b + i * k_b, k_b);

		means[i] = ma.mean;
		means[n + i] = mb.mean;
		if (ma.n == 0 || mb.n == 0)
			continue;
		replicates_add(&ra, &ma);
		replicates_add(&rb, &mb);
	}
	rc = st_bland_of(out, means, means + n, n, multiple, level);
	free(means);
	if (out->n >= 2)
		with_replicates(out, &ra, &rb, multiple, level);
	out->sd_within_a = ra.df > 0 ? sqrt(variance_within(&ra)) : NAN;
	out->sd_within_b = rb.df > 0 ? sqrt(variance_within(&rb)) : NAN;
	return rc;
}
