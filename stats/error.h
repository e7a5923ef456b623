/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * error.h - standard error of measurement (SEM) and what follows from it.
 *
 * SEM is the SD of one measurement about the person's own value, in the unit of the input (kPa, or log10
 * when logs were given). Interval: sqrt(df SEM^2 / chi-square quantile), Searle, Casella & McCulloch 1992, ch. 3.
 *
 *   consistency  sqrt(MSE) of the two-way table, df (n-1)(k-1): steady differences of columns are left out
 *   agreement    sqrt(MSE + (MSC - MSE)/n) = sqrt(MSW): they are in it. df by Satterthwaite 1946 of
 *                (MSC + (n-1) MSE)/n, because few columns say little about columns: it is n(k-1) when the
 *                columns are alike and falls towards k-1 when they are not
 *   sessions     SD of the differences of two sessions / sqrt(2), df n-1; equals consistency with k = 2
 *   variance     the square root of any mean square with its df, as MSW of presses within sessions
 *
 * MDC (minimal detectable change of one person) = z SEM sqrt(1 + 1/b): the new measurement against a
 * baseline of b (b = 1: z sqrt(2) SEM); z 1.645 for MDC90, 1.96 for MDC95. Weir 2005, J Strength Cond Res
 * 19:231. Of a group mean of n: z sqrt(2) SEM / sqrt(n), which says nothing about a single person.
 * RCI = (after - before) / (sqrt(2) SEM), beyond 1.96: the same test as MDC95. Jacobson & Truax 1991,
 * J Consult Clin Psychol 59:12. Neither is a measure of importance.
 *
 * df 0, a SEM of NaN: no interval. SEM 0 has none either; its MDC is 0, its RCI NaN.
 */
#ifndef ST_ERROR_H
#define ST_ERROR_H

#include "stats/anova.h"

struct st_sem {
	size_t n, n_missing; /* people; rows or pairs left out because of a missing cell */
	double sem, df;
	struct st_interval ci;
};
struct st_sem st_sem_of_variance(double variance, double df, double level); /* n is 0 */
struct st_sem st_sem_consistency(const struct st_two_way *table, double level);
struct st_sem st_sem_agreement(const struct st_two_way *table, double level);
struct st_sem st_sem_two_sessions(const double *a, const double *b, size_t n, double level);

/* In percent of a grand mean above 0, else NaN: SEM% and MDC%. */
double st_percent_of_mean(double value, double mean);

double st_mdc(double sem, double level);
double st_mdc_baseline(double sem, double level, size_t visits); /* b >= 1 */
double st_mdc_group(double sem, double level, size_t people);    /* n >= 1 */
double st_reliable_change(double before, double after, double sem);

/* change -+ t(df) SEM sqrt(1 + 1/b); df INFINITY for the normal. NaN unless SEM > 0 and b >= 1. */
struct st_interval st_change_interval(double change, double sem, double df, size_t visits, double level);

/*
 * CV within person of a table of n rows (people) and k columns, row-major; missing cells are left out and
 * counted, rows with fewer than two values count as left out (n_missing is cells, n rows used).
 *   by_rows  sqrt(mean of SD^2 / mean^2 of each row), Bland & Altman; NaN when a row's mean is 0
 *   by_logs  sqrt(exp(s^2) - 1), s^2 pooled within rows on natural logs; NaN unless all values are above 0
 * As fractions: 0.12 is 12 %.
 */
struct st_cv {
	size_t n, n_missing;
	double by_rows, by_logs;
	double df; /* of s^2 */
};
struct st_cv st_cv_within(const double *table, size_t n, size_t k);

#endif
