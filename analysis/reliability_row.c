/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_row.c - the blocks of one row, and the numbers of it. */
#include "analysis/reliability_inside.h"

#include "base/status.h"
#include "base/text.h"
#include "stats/error.h"
#include "stats/line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the blocks of one row ------------------------------------------------------------------------- */

struct pool {
	const struct rel_block **block; /* owned */
	size_t n;
	struct rel_key key;
};

bool rel_same_row(const struct rel_block *a, const struct rel_block *b)
{
	return a->kind == b->kind && a->basis == b->basis && rel_alike(a->visit[0], b->visit[0]);
}

static bool belongs(const struct rel_key *key, const struct rel_block *b)
{
	char place[16];

	rel_place(place, b->site);
	return rel_same_row(key->like, b) && strcmp(key->both ? place : b->site, key->site) == 0;
}

/* Blocks come person by person: where those of the person of block i end. */
static size_t person_end(const struct pool *p, size_t i)
{
	size_t k = i;

	while (k < p->n && p->block[k]->person == p->block[i]->person)
		k++;
	return k;
}

/* Both sides of one person are not two people: of each person the side with more df counts. */
static double df_of(const struct pool *p, size_t *participants)
{
	double df = 0;

	*participants = 0;
	for (size_t i = 0; i < p->n; i = person_end(p, i)) {
		double side[2] = {0, 0};

		for (size_t k = i; k < person_end(p, i); k++)
			side[strcmp(p->block[k]->site, p->block[i]->site) != 0] += (double)(p->block[k]->n - 1);
		df += fmax(side[0], side[1]);
		(*participants)++;
	}
	return df;
}

struct numbers {
	double *y;       /* all values, block after block */
	size_t *size;
	double *table;   /* wide: n blocks x REL_VALUES_MAX of kPa, missing NAN */
	double *a, *b;   /* first two of a block */
	double *shift;   /* one a participant */
	size_t n_pairs, n_shifts;
};

static void free_numbers(struct numbers *m)
{
	free(m->y);
	free(m->size);
	free(m->table);
	free(m->a);
	free(m->b);
	free(m->shift);
}

static bool first_of_site(const struct pool *p, size_t from, size_t i)
{
	for (size_t k = from; k < i; k++)
		if (strcmp(p->block[k]->site, p->block[i]->site) == 0)
			return false;
	return true;
}

static double shift_of(const struct rel_block *b)
{
	return b->basis == SES_SEM_PRESSES ? b->first_shift : b->y[b->n - 1] - b->y[0];
}

/* One participant, blocks from..to: his mean shift, and the first pair of each of his sites. */
static void add_person(struct numbers *m, const struct pool *p, size_t from, size_t to)
{
	double sum = 0;
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		const struct rel_block *b = p->block[i];

		if (!isnan(shift_of(b))) {
			sum += shift_of(b);
			n++;
		}
		if (first_of_site(p, from, i)) {
			m->a[m->n_pairs] = b->y[0];
			m->b[m->n_pairs++] = b->y[1];
		}
	}
	m->shift[m->n_shifts++] = n ? sum / (double)n : NAN;
}

static int fill_numbers(struct numbers *m, const struct pool *p)
{
	size_t used = 0;

	*m = (struct numbers){calloc(p->n * REL_VALUES_MAX, sizeof(double)), calloc(p->n, sizeof(size_t)),
		calloc(p->n * REL_VALUES_MAX, sizeof(double)), calloc(p->n, sizeof(double)), calloc(p->n, sizeof(double)),
		calloc(p->n, sizeof(double)), 0, 0};
	if (!m->y || !m->size || !m->table || !m->a || !m->b || !m->shift)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++) {
		const struct rel_block *b = p->block[i];

		m->size[i] = b->n;
		for (size_t k = 0; k < REL_VALUES_MAX; k++)
			m->table[i * REL_VALUES_MAX + k] = k < b->n ? b->kpa[k] : NAN;
		for (size_t k = 0; k < b->n; k++)
			m->y[used++] = b->y[k];
	}
	for (size_t i = 0; i < p->n; i = person_end(p, i))
		add_person(m, p, i, person_end(p, i));
	return 0;
}

/* ---- one row ------------------------------------------------------------------------------------------ */

static void fill_condition(struct ses_sem *s, const struct pool *p)
{
	const struct ana_visit *v = p->key.like->visit[0];

	s->kind = p->key.like->kind;
	s->basis = p->key.like->basis;
	alg_text_copy(s->site, sizeof(s->site), p->key.site);
	s->measure = v->measure;
	s->rule = v->rule;
	s->presses = v->header.rounds - (v->rule == SES_RULE_DROP_FIRST && v->header.rounds > 1);
	s->tip_area_cm2 = v->header.tip_area_cm2;
	s->rate_kpa_s = v->header.target_rate_kpa_s;
	alg_text_copy(s->response_mode, sizeof(s->response_mode), v->header.response_mode);
	alg_text_copy(s->source, sizeof(s->source), v->header.simulated ? "own sessions, SIMULATED" : "own sessions");
}

static void fill_days(struct ses_sem *s, const struct pool *p)
{
	s->days_min = s->days_max = NAN;
	for (size_t i = 0; s->basis == SES_SEM_SESSIONS && i < p->n; i++)
		for (size_t k = 1; k < p->block[i]->n; k++) {
			double days = abs(p->block[i]->visit[k]->day - p->block[i]->visit[k - 1]->day);

			s->days_min = fmin(s->days_min, days);
			s->days_max = fmax(s->days_max, days);
		}
}

static double grand_mean_kpa(const struct pool *p)
{
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->block[i]->n; k++) {
			sum += p->block[i]->kpa[k];
			n++;
		}
	return sum / (double)n;
}

/* ICC of presses: one session a participant, if it has all the presses that the rule uses. */
static void press_icc(struct st_icc *icc, const struct pool *p, struct numbers *m)
{
	size_t k = 0, n = 0;

	for (size_t i = 0; i < p->n; i++)
		k = p->block[i]->n > k ? p->block[i]->n : k;
	for (size_t i = 0; i < p->n; i = person_end(p, i))
		if (p->block[i]->n == k)
			memcpy(m->y + k * n++, p->block[i]->y, k * sizeof(double));
	struct st_two_way table = st_two_way_of(m->y, n, k);

	for (int f = 0; f < ST_ICC_FORMS; f++)
		icc[f] = st_icc_of(&table, (enum st_icc_form)f, 0.95);
}

static void fill_pairs(struct ana_rel_row *row, struct numbers *m)
{
	double *table = m->y; /* its values are in the SEM already */

	for (size_t i = 0; i < m->n_pairs; i++) {
		table[2 * i] = m->a[i];
		table[2 * i + 1] = m->b[i];
	}
	struct st_two_way two = st_two_way_of(table, m->n_pairs, 2);
	struct st_sem steady = st_sem_consistency(&two, 0.95);
	struct st_moments a = st_moments_of(m->a, m->n_pairs), b = st_moments_of(m->b, m->n_pairs);

	row->consistency = steady.sem;
	row->consistency_df = steady.df;
	row->sd_visit = sqrt((a.variance + b.variance) / 2);
	row->sem.r = st_correlation(m->a, m->b, m->n_pairs);
	row->sem.sd_change = sqrt(2) * steady.sem;
	for (int f = 0; f < ST_ICC_FORMS && !row->both_sides; f++)
		row->icc[f] = st_icc_of(&two, (enum st_icc_form)f, 0.95);
}

static double mdc(double sem, double df, double level)
{
	return st_change_interval(0, sem, df, 1, level).high;
}

static void fill_row(struct ana_rel_row *row, const struct pool *p, struct numbers *m, enum ses_scale scale)
{
	struct st_one_way one = st_one_way_of(m->y, m->size, p->n);
	struct st_moments shift = st_moments_of(m->shift, m->n_shifts);
	struct st_cv cv = st_cv_within(m->table, p->n, REL_VALUES_MAX);
	struct ses_sem *s = &row->sem;
	size_t participants;

	*row = (struct ana_rel_row){.both_sides = p->key.both, .simulated = p->key.like->visit[0]->header.simulated,
		.consistency = NAN, .consistency_df = NAN, .sd_visit = NAN};
	s->press_sd = s->sd_change = s->r = NAN;
	for (int f = 0; f < ST_ICC_FORMS; f++)
		row->icc[f] = (struct st_icc){(enum st_icc_form)f, NAN, st_no_interval(), NAN, NAN, NAN, NAN};
	fill_condition(s, p);
	fill_days(s, p);
	s->scale = scale;
	s->level_kpa = grand_mean_kpa(p);
	s->df = df_of(p, &participants);
	s->participants = (int)participants;
	s->values = (int)p->n;
	double factor = 1;

	if (s->basis == SES_SEM_PRESSES) {
		factor = ana_rel_rule_variance(s->rule, s->presses);
		s->press_sd = sqrt(one.ms_within);
		if (!p->key.both)
			press_icc(row->icc, p, m);
	} else {
		fill_pairs(row, m);
	}
	struct st_sem sem = st_sem_of_variance(one.ms_within * factor, s->df, 0.95);

	s->sem = sem.sem;
	s->low = sem.ci.low;
	s->high = sem.ci.high;
	row->mdc90 = mdc(s->sem, s->df, 0.90);
	row->mdc95 = mdc(s->sem, s->df, 0.95);
	row->cv = strcmp(s->site, SES_SEM_NET) == 0 ? NAN : scale == SES_SCALE_LOG10 ? cv.by_logs : cv.by_rows;
	row->shift = shift.mean;
	row->shift_ci = st_mean_interval(&shift, 0.95);
}

int rel_row_make(struct ana_rel_row *row, const struct rel_work *w, const struct rel_key *key, enum ses_scale scale)
{
	struct pool p = {.block = calloc(w->n_blocks + 1, sizeof(*p.block)), .key = *key};
	struct numbers m = {.y = NULL};
	int rc = p.block ? 0 : ALG_ERR_NOMEM;

	for (size_t i = 0; rc == 0 && i < w->n_blocks; i++)
		if (belongs(key, &w->block[i]))
			p.block[p.n++] = &w->block[i];
	if (rc == 0)
		rc = fill_numbers(&m, &p);
	if (rc == 0)
		fill_row(row, &p, &m, scale);
	free_numbers(&m);
	free(p.block);
	return rc;
}
