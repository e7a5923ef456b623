/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/anova.h"

#include <math.h>

struct group {
	size_t n;
	double mean, squares; /* of x - centre, and about that mean */
};

static struct group group_of(const double *x, size_t n, double centre, double scale)
{
	struct st_sum sum = {0}, s1 = {0}, s2 = {0};
	struct group g = {0};

	for (size_t i = 0; i < n; i++) {
		if (isnan(x[i]))
			continue;
		g.n++;
		st_sum_add(&sum, x[i] - centre);
	}
	if (g.n == 0)
		return g;
	g.mean = st_sum_value(&sum) / (double)g.n;
	for (size_t i = 0; i < n; i++) {
		double d = x[i] - centre - g.mean;

		if (isnan(x[i]))
			continue;
		st_sum_add(&s1, d);
		st_sum_add(&s2, d * d);
	}
	g.squares = st_clean_squares(st_sum_value(&s2) - s1.sum * s1.sum / (double)g.n, g.n, scale);
	return g;
}

static void one_way_tests(struct st_one_way *a)
{
	a->df_between = (double)a->groups - 1;
	a->df_within = (double)a->n - (double)a->groups;
	a->ms_between = a->df_between > 0 ? a->ss_between / a->df_between : NAN;
	a->ms_within = a->df_within > 0 ? a->ss_within / a->df_within : NAN;
	a->f = a->ms_within > 0 ? a->ms_between / a->ms_within : NAN;
	a->p = st_f_upper(a->f, a->df_between, a->df_within);
	a->r2 = a->ss_between + a->ss_within > 0 ? a->ss_between / (a->ss_between + a->ss_within) : NAN;
}

struct st_one_way st_one_way_of(const double *x, const size_t *size, size_t groups)
{
	struct st_one_way a = {.mean = NAN, .ss_between = NAN, .ss_within = NAN, .df_between = NAN, .df_within = NAN,
		.ms_between = NAN, .ms_within = NAN, .f = NAN, .p = NAN, .r2 = NAN};
	struct st_sum between = {0}, within = {0}, offset = {0};
	struct st_moments all;
	double scale, rest;
	size_t total = 0;

	for (size_t g = 0; g < groups; g++)
		total += size[g];
	all = st_moments_of(x, total);
	a.n = all.n;
	a.n_missing = all.n_missing;
	a.mean = all.mean;
	if (a.n == 0)
		return a;
	scale = fmax(fabs(all.min), fabs(all.max));
	for (size_t g = 0; g < groups; x += size[g++]) {
		struct group one = group_of(x, size[g], all.mean, scale);

		if (one.n == 0)
			continue;
		a.groups++;
		st_sum_add(&within, one.squares);
		st_sum_add(&between, (double)one.n * one.mean * one.mean);
		st_sum_add(&offset, (double)one.n * one.mean);
	}
	rest = st_sum_value(&offset); /* what rounding of the grand mean left over */
	a.ss_between = st_clean_squares(st_sum_value(&between) - rest * rest / (double)a.n, a.n, scale);
	a.ss_within = st_sum_value(&within);
	one_way_tests(&a);
	return a;
}

static bool row_whole(const double *row, size_t k)
{
	for (size_t j = 0; j < k; j++)
		if (isnan(row[j]))
			return false;
	return true;
}

/* How many rows are whole, their grand mean, their greatest |x|. */
static double centre_of(const double *table, size_t n, size_t k, struct st_two_way *a, double *scale)
{
	struct st_sum sum = {0};

	*scale = 0;
	for (size_t i = 0; i < n; i++) {
		if (!row_whole(table + i * k, k))
			continue;
		a->n++;
		for (size_t j = 0; j < k; j++) {
			st_sum_add(&sum, table[i * k + j]);
			*scale = fmax(*scale, fabs(table[i * k + j]));
		}
	}
	a->n_missing = n - a->n;
	return st_sum_value(&sum) / (double)(a->n * k);
}

static double row_mean(const double *row, size_t k, double centre)
{
	struct st_sum sum = {0};

	for (size_t j = 0; j < k; j++)
		st_sum_add(&sum, row[j] - centre);
	return st_sum_value(&sum) / (double)k;
}

/* Of the deviations from the grand mean, over whole rows. */
static double column_mean(const double *table, size_t n, size_t k, size_t j, const struct st_two_way *a)
{
	struct st_sum sum = {0};

	for (size_t i = 0; i < n; i++)
		if (row_whole(table + i * k, k))
			st_sum_add(&sum, table[i * k + j] - a->mean);
	return st_sum_value(&sum) / (double)a->n;
}

struct squares {
	struct st_sum rows, columns, error, within;
};

/* Row means are worked out again for each column: columns are few, and nothing needs memory. */
static struct squares squares_of(const double *table, size_t n, size_t k, const struct st_two_way *a)
{
	struct squares s = {0};

	for (size_t j = 0; j < k; j++) {
		double column = column_mean(table, n, k, j, a);

		st_sum_add(&s.columns, (double)a->n * column * column);
		for (size_t i = 0; i < n; i++) {
			if (!row_whole(table + i * k, k))
				continue;
			double row = row_mean(table + i * k, k, a->mean), within = table[i * k + j] - a->mean - row;

			st_sum_add(&s.rows, row * row);
			st_sum_add(&s.within, within * within);
			st_sum_add(&s.error, (within - column) * (within - column));
		}
	}
	return s;
}

struct st_two_way st_two_way_of(const double *table, size_t n, size_t k)
{
	struct st_two_way a = {.k = k, .mean = NAN, .ms_rows = NAN, .ms_columns = NAN, .ms_error = NAN, .ms_within = NAN,
		.df_rows = NAN, .df_columns = NAN, .df_error = NAN, .df_within = NAN};
	struct squares s;
	double scale, mean = centre_of(table, n, k, &a, &scale);
	size_t cells = a.n * k;

	if (a.n < 2 || k < 2)
		return a;
	a.mean = mean;
	a.df_rows = (double)a.n - 1;
	a.df_columns = (double)k - 1;
	a.df_error = a.df_rows * a.df_columns;
	a.df_within = (double)a.n * a.df_columns;
	s = squares_of(table, n, k, &a);
	a.ms_rows = st_clean_squares(st_sum_value(&s.rows), cells, scale) / a.df_rows;
	a.ms_columns = st_clean_squares(st_sum_value(&s.columns), cells, scale) / a.df_columns;
	a.ms_error = st_clean_squares(st_sum_value(&s.error), cells, scale) / a.df_error;
	a.ms_within = st_clean_squares(st_sum_value(&s.within), cells, scale) / a.df_within;
	return a;
}
