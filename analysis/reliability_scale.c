/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reliability_scale.c - does the error of measuring grow with the level?
 *
 * Every place of every participant gives a level and an SD about it (from k values, made unbiased by c4).
 * Slope b of SD on level by least squares over all of them: sites differ much in level, which is what makes
 * the question answerable. But the sites of one person are not a sample, so the SE comes from leaving out
 * one participant at a time (jackknife: Efron & Stein 1981, Ann Stat 9:586):
 *     se^2 = (n-1)/n sum (b_(i) - mean b_(.))^2,   t = b / se with n - 1 df, n participants.
 * log10 is chosen when the SD grows with the level (two-sided p < 0.05, b above 0) and grows or falls less
 * on the log10 scale (smaller |t|).
 */
#include "analysis/reliability_inside.h"

#include "stats/line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct spot {
	size_t person;
	double level, sd; /* on the scale looked at */
};

/* E[SD] = c4 sigma for n normal values. Johnson, Kotz & Balakrishnan 1994, ch. 13. */
static double c4(size_t n)
{
	double m = (double)n;

	return sqrt(2 / (m - 1)) * exp(lgamma(m / 2) - lgamma((m - 1) / 2));
}

static struct spot spot_of(const struct rel_block *b, enum ses_scale scale)
{
	double y[REL_VALUES_MAX];

	for (size_t i = 0; i < b->n; i++)
		y[i] = rel_on_scale(b->kpa[i], scale);
	struct st_moments m = st_moments_of(y, b->n);

	return (struct spot){b->person, m.mean, m.sd / c4(b->n)};
}

/* Slope over all spots but those of one person; x and y are room for n. */
static double slope_without(const struct spot *spot, size_t n, size_t person, double *x, double *y)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (spot[i].person != person) {
			x[m] = spot[i].level;
			y[m++] = spot[i].sd;
		}
	return st_line_of(x, y, m, 0.95).slope;
}

static int by_number(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Each once, in order; room for n. */
static size_t persons_of(const struct spot *spot, size_t n, size_t *person)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		person[i] = spot[i].person;
	qsort(person, n, sizeof(*person), by_number);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || person[i] != person[i - 1])
			person[found++] = person[i];
	return found;
}

static void test(const struct spot *spot, size_t n, size_t *person, double *x, double *y, double out[3])
{
	size_t persons = persons_of(spot, n, person);
	double *without = calloc(persons + 1, sizeof(*without));

	out[0] = out[1] = out[2] = NAN;
	if (without && persons >= 3) {
		for (size_t i = 0; i < persons; i++)
			without[i] = slope_without(spot, n, person[i], x, y);
		struct st_moments m = st_moments_of(without, persons);
		double se = sqrt(m.sum_squares * (double)(persons - 1) / (double)persons);

		out[0] = slope_without(spot, n, SIZE_MAX, x, y);
		out[1] = se > 0 && m.n_missing == 0 ? out[0] / se : NAN;
		out[2] = st_t_two_sided(out[1], (double)(persons - 1));
	}
	free(without);
}

/* The values that know most of what a course is judged by come first; presses when there is nothing else. */
static bool choose(struct ana_rel_scale *out, const struct rel_block *block, size_t n, size_t *person, struct spot *spot)
{
	static const struct {
		enum ses_sem_kind kind;
		enum ses_sem_basis basis;
	} order[] = {{SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS}, {SES_SEM_BETWEEN_EXAMINERS, SES_SEM_SESSIONS},
		{SES_SEM_WITHIN_VISIT, SES_SEM_SESSIONS}, {SES_SEM_WITHIN_VISIT, SES_SEM_PRESSES}};

	for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++) {
		size_t m = 0;

		for (size_t i = 0; i < n; i++)
			if (block[i].kind == order[o].kind && block[i].basis == order[o].basis && !isnan(block[i].kpa[0]))
				spot[m++] = (struct spot){.person = block[i].person};
		size_t persons = persons_of(spot, m, person);

		if (persons < out->participants || m == 0)
			continue;
		if (out->participants == 0 || persons >= ANA_REL_SCALE_MIN) {
			out->kind = order[o].kind;
			out->basis = order[o].basis;
			out->participants = persons;
			out->values = m;
		}
		if (persons >= ANA_REL_SCALE_MIN)
			return true;
	}
	return false;
}

static size_t fill(const struct ana_rel_scale *which, const struct rel_block *block, size_t n, enum ses_scale scale,
	struct spot *spot)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (block[i].kind == which->kind && block[i].basis == which->basis && !isnan(block[i].kpa[0]))
			spot[m++] = spot_of(&block[i], scale);
	return m;
}

void rel_scale_test(struct ana_rel_scale *out, const struct rel_block *block, size_t n)
{
	struct spot *spot = calloc(n + 1, sizeof(*spot));
	size_t *person = calloc(n + 1, sizeof(*person));
	double *x = calloc(n + 1, sizeof(*x)), *y = calloc(n + 1, sizeof(*y));
	double kpa[3] = {NAN, NAN, NAN}, logs[3] = {NAN, NAN, NAN};

	*out = (struct ana_rel_scale){.scale = SES_SCALE_KPA};
	if (spot && person && x && y && choose(out, block, n, person, spot)) {
		test(spot, fill(out, block, n, SES_SCALE_KPA, spot), person, x, y, kpa);
		test(spot, fill(out, block, n, SES_SCALE_LOG10, spot), person, x, y, logs);
		if (!isnan(kpa[1]) && !isnan(logs[1]))
			out->by_test = kpa[1] > 0 && kpa[2] < 0.05 && fabs(logs[1]) < fabs(kpa[1]) ? SES_SCALE_LOG10 : SES_SCALE_KPA;
	}
	out->slope_kpa = kpa[0];
	out->t_kpa = kpa[1];
	out->p_kpa = kpa[2];
	out->slope_log = logs[0];
	out->t_log = logs[1];
	out->p_log = logs[2];
	out->scale = out->by_test ? out->by_test : SES_SCALE_KPA;
	free(spot);
	free(person);
	free(x);
	free(y);
}
