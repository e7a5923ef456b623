/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/error.h"

#include "stats/ttest.h"

#include <math.h>

struct st_sem st_sem_of_variance(double variance, double df, double level)
{
	struct st_sem s = {.sem = variance >= 0 ? sqrt(variance) : NAN, .df = df, .ci = st_no_interval()};
	double tail = (1 - level) / 2;

	if (!st_level_ok(level) || !(s.sem > 0) || !(df > 0))
		return s;
	s.ci.low = sqrt(df * variance / st_chi_square_quantile(1 - tail, df));
	s.ci.high = sqrt(df * variance / st_chi_square_quantile(tail, df));
	return s;
}

static struct st_sem of_table(const struct st_two_way *t, double variance, double df, double level)
{
	struct st_sem s = st_sem_of_variance(variance, df, level);

	s.n = t->n;
	s.n_missing = t->n_missing;
	return s;
}

struct st_sem st_sem_consistency(const struct st_two_way *t, double level)
{
	return of_table(t, t->ms_error, t->df_error, level);
}

struct st_sem st_sem_agreement(const struct st_two_way *t, double level)
{
	double columns = t->ms_columns / (double)t->n, error = t->ms_error * ((double)t->n - 1) / (double)t->n;
	double df = (columns + error) * (columns + error) / (columns * columns / t->df_columns + error * error / t->df_error);

	return of_table(t, t->ms_within, df, level);
}

struct st_sem st_sem_two_sessions(const double *a, const double *b, size_t n, double level)
{
	struct st_t_test t = st_paired_t(a, b, n, level);
	struct st_sem s = st_sem_of_variance(t.sd * t.sd / 2, t.df, level);

	s.n = t.n_a;
	s.n_missing = t.n_missing;
	return s;
}

double st_percent_of_mean(double value, double mean)
{
	return mean > 0 ? 100 * value / mean : NAN;
}

static double mdc(double sem, double level, double factor)
{
	return st_level_ok(level) && sem >= 0 ? st_normal_quantile(1 - (1 - level) / 2) * sem * sqrt(factor) : NAN;
}

double st_mdc(double sem, double level)
{
	return mdc(sem, level, 2);
}

double st_mdc_baseline(double sem, double level, size_t visits)
{
	return visits > 0 ? mdc(sem, level, 1 + 1 / (double)visits) : NAN;
}

double st_mdc_group(double sem, double level, size_t people)
{
	return people > 0 ? mdc(sem, level, 2 / (double)people) : NAN;
}

double st_reliable_change(double before, double after, double sem)
{
	return sem > 0 ? (after - before) / (sqrt(2) * sem) : NAN;
}

struct st_interval st_change_interval(double change, double sem, double df, size_t visits, double level)
{
	return st_t_interval(change, visits > 0 ? sem * sqrt(1 + 1 / (double)visits) : NAN, level, df);
}

/* Sum of squares of the logs of a row about their mean; NaN with a value that has no log. */
static double log_squares(const double *row, size_t k, const struct st_moments *m)
{
	struct st_sum sum = {0}, squares = {0};
	double mean, d;

	if (!(m->min > 0))
		return NAN;
	if (!(m->variance > 0))
		return 0;
	for (size_t j = 0; j < k; j++)
		if (!isnan(row[j]))
			st_sum_add(&sum, log(row[j]));
	mean = st_sum_value(&sum) / (double)m->n;
	for (size_t j = 0; j < k; j++) {
		d = log(row[j]) - mean;
		if (!isnan(row[j]))
			st_sum_add(&squares, d * d);
	}
	return st_sum_value(&squares);
}

struct st_cv st_cv_within(const double *table, size_t n, size_t k)
{
	struct st_cv cv = {.by_rows = NAN, .by_logs = NAN, .df = NAN};
	struct st_sum rows = {0}, logs = {0};
	double df = 0;

	for (size_t i = 0; i < n; i++) {
		struct st_moments m = st_moments_of(table + i * k, k);

		cv.n_missing += m.n_missing;
		if (m.n < 2)
			continue;
		cv.n++;
		df += (double)m.n - 1;
		st_sum_add(&rows, m.mean != 0 ? m.variance / m.mean / m.mean : NAN);
		st_sum_add(&logs, log_squares(table + i * k, k, &m));
	}
	if (cv.n == 0)
		return cv;
	cv.df = df;
	cv.by_rows = sqrt(st_sum_value(&rows) / (double)cv.n);
	cv.by_logs = sqrt(expm1(st_sum_value(&logs) / df));
	return cv;
}
