/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability.c - blocks to rows: one row a kind, basis, condition and place. */
#include "analysis/reliability_inside.h"

#include "base/text.h"
#include "stats/error.h"
#include "stats/line.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ana_rel_left_text(enum ana_rel_left kind)
{
	static const char *const words[ANA_LEFT_KINDS] = {
		[ANA_LEFT_SIMULATED] = "sessions are simulated, while others were measured",
		[ANA_LEFT_RULE] = "sessions take the closest two presses, which makes the error too small (--rule RULE)",
		[ANA_LEFT_UNLIKE] = "sessions are unlike the first of their group (tip, rate, response, rule, presses)",
		[ANA_LEFT_AGAIN] = "sessions are a second one of that day or that examiner in their group",
		[ANA_LEFT_CENSORED] = "values are bounds or rest on one: the ceiling came before the response",
		[ANA_LEFT_FEW] = "values rest on fewer presses than planned",
		[ANA_LEFT_ALONE] = "values have no other one at the same place in their group",
	};

	return kind < ANA_LEFT_KINDS ? words[kind] : "?";
}

double ana_rel_rule_variance(enum ses_rule rule, int presses)
{
	/*
	 * Variance of the median of m standard normal values, m = 1..9, from the product moments of order
	 * statistics (Sarhan & Greenberg 1962, Contributions to Order Statistics, table 10C.1).
	 */
	static const double median[] = {1, 0.5, 0.448671, 0.298249, 0.286834, 0.214723, 0.210447, 0.168179, 0.166101};

	if (presses < 1)
		return NAN;
	switch (rule) {
	case SES_RULE_MEAN: return 1.0 / presses;
	case SES_RULE_DROP_FIRST: return presses > 1 ? 1.0 / (presses - 1) : 1;
	case SES_RULE_MEDIAN: return presses <= 9 ? median[presses - 1] : NAN;
	default: return NAN;
	}
}

/* ---- the blocks of one row ------------------------------------------------------------------------- */

/* What a row pools: one site, or (both) the two sides of a place. */
struct key {
	const struct rel_block *like;
	char site[16];
	bool both;
};

struct pool {
	const struct rel_block **block; /* owned */
	size_t n;
	struct key key;
};

static bool same_row(const struct rel_block *a, const struct rel_block *b)
{
	return a->kind == b->kind && a->basis == b->basis && rel_alike(a->visit[0], b->visit[0]);
}

static bool belongs(const struct key *key, const struct rel_block *b)
{
	char place[16];

	rel_place(place, b->site);
	return same_row(key->like, b) && strcmp(key->both ? place : b->site, key->site) == 0;
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
	s->measure = SES_MEASURE_THRESHOLD;
	s->rule = v->rule;
	s->presses = v->header.rounds;
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
			double days = p->block[i]->visit[k]->day - p->block[i]->visit[k - 1]->day;

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

/* ---- all rows --------------------------------------------------------------------------------------- */

static int add_row(struct ana_reliability *out, const struct rel_work *w, const struct key *key)
{
	struct pool p = {.block = calloc(w->n_blocks + 1, sizeof(*p.block)), .key = *key};
	struct numbers m = {.y = NULL};
	struct ana_rel_row *row = realloc(out->row, (out->n_rows + 1) * sizeof(*row));
	int rc = p.block && row ? 0 : ALG_ERR_NOMEM;

	out->row = row ? row : out->row;
	for (size_t i = 0; rc == 0 && i < w->n_blocks; i++)
		if (belongs(key, &w->block[i]))
			p.block[p.n++] = &w->block[i];
	if (rc == 0)
		rc = fill_numbers(&m, &p);
	if (rc == 0)
		fill_row(&out->row[out->n_rows++], &p, &m, out->scale.scale);
	free_numbers(&m);
	free(p.block);
	return rc;
}

static bool known(const struct key *key, size_t n, const struct rel_block *b, const char *site, bool both)
{
	for (size_t i = 0; i < n; i++)
		if (key[i].both == both && strcmp(key[i].site, site) == 0 && same_row(key[i].like, b))
			return true;
	return false;
}

static bool has_other_side(const struct rel_work *w, const struct rel_block *b, const char *place)
{
	char other[16];

	for (size_t i = 0; i < w->n_blocks; i++) {
		rel_place(other, w->block[i].site);
		if (strcmp(other, place) == 0 && strcmp(w->block[i].site, b->site) && same_row(&w->block[i], b))
			return true;
	}
	return false;
}

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	bool net_x = strcmp(x->site, SES_SEM_NET) == 0, net_y = strcmp(y->site, SES_SEM_NET) == 0;

	if (x->like->kind != y->like->kind)
		return x->like->kind < y->like->kind ? -1 : 1;
	if (x->like->basis != y->like->basis)
		return x->like->basis < y->like->basis ? -1 : 1;
	if (!rel_alike(x->like->visit[0], y->like->visit[0]))
		return x->like < y->like ? -1 : 1;
	if (net_x != net_y)
		return net_x ? 1 : -1;
	return strcmp(x->site, y->site); /* "UTRAP" comes before its sides */
}

static int add_rows(struct ana_reliability *out, const struct rel_work *w, const struct ana_rel_options *options)
{
	struct key *key = calloc(2 * w->n_blocks + 1, sizeof(*key));
	size_t n = 0;
	int rc = key ? 0 : ALG_ERR_NOMEM;

	for (size_t i = 0; rc == 0 && i < w->n_blocks; i++) {
		const struct rel_block *b = &w->block[i];
		char place[16];

		rel_place(place, b->site);
		if ((options->kind && b->kind != options->kind) || !rel_site_wanted(b->site, options->site))
			continue;
		if (!known(key, n, b, b->site, false)) {
			key[n].like = b;
			alg_text_copy(key[n++].site, sizeof(key->site), b->site);
		}
		if (strcmp(place, b->site) && (!options->site || strcmp(options->site, place) == 0) &&
			!known(key, n, b, place, true) && has_other_side(w, b, place)) {
			key[n].like = b;
			key[n].both = true;
			alg_text_copy(key[n++].site, sizeof(key->site), place);
		}
	}
	if (key)
		qsort(key, n, sizeof(*key), by_key);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_row(out, w, &key[i]);
	free(key);
	return rc;
}

/* The SD of single presses stands beside the errors of sessions measured the same way. */
static void join_press_sd(struct ana_reliability *rel)
{
	for (size_t i = 0; i < rel->n_rows; i++)
		for (size_t k = 0; rel->row[i].sem.basis == SES_SEM_SESSIONS && k < rel->n_rows; k++) {
			const struct ses_sem *p = &rel->row[k].sem;
			struct ses_sem *s = &rel->row[i].sem;

			if (p->basis == SES_SEM_PRESSES && strcmp(p->site, s->site) == 0 && p->rule == s->rule &&
				p->presses == s->presses && fabs(p->tip_area_cm2 - s->tip_area_cm2) < 0.005 * s->tip_area_cm2 &&
				fabs(p->rate_kpa_s - s->rate_kpa_s) < 1e-6 && strcmp(p->response_mode, s->response_mode) == 0)
				s->press_sd = p->press_sd;
		}
}

static void count(struct ana_reliability *out, const struct rel_work *w)
{
	out->n_visits = w->n_visits;
	for (size_t i = 0; i < w->n_visits; i++) {
		out->n_participants += w->person[i] == i;
		out->simulated |= w->visit[i].header.simulated && !w->out_of_it[i];
	}
	for (size_t i = 0; i < w->n_groups; i++)
		out->groups[w->group[i].kind]++;
}

int ana_reliability_make(struct ana_reliability *out, const struct ana_visit *visit, size_t n_visits,
	const struct ana_stable_pair *pair, size_t n_pairs, const struct ana_rel_options *options, struct alg_log *log)
{
	struct rel_work w;

	*out = (struct ana_reliability){.row = NULL};
	int rc = rel_work_start(&w, visit, n_visits, pair, n_pairs, out->left);

	if (rc == 0)
		rc = rel_work_blocks(&w, SES_SCALE_KPA);
	if (rc == 0) {
		count(out, &w);
		rel_scale_test(&out->scale, w.block, w.n_blocks);
		out->scale.scale = options->scale ? options->scale : out->scale.scale;
		rc = rel_work_blocks(&w, out->scale.scale);
	}
	if (rc == 0)
		rc = add_rows(out, &w, options);
	if (rc == 0)
		join_press_sd(out);
	rel_work_free(&w);
	return rc ? alg_fail(log, MSG_NOMEM, "reliability") : 0;
}

void ana_reliability_free(struct ana_reliability *rel)
{
	free(rel->row);
	rel->row = NULL;
	rel->n_rows = 0;
}

bool ana_rel_row_preferred(const struct ana_reliability *rel, size_t i)
{
	const struct ses_sem *s = &rel->row[i].sem;

	for (size_t k = 0; s->kind == SES_SEM_WITHIN_VISIT && k < rel->n_rows; k++) {
		const struct ses_sem *o = &rel->row[k].sem;

		if (o->kind != s->kind || o->basis == s->basis || strcmp(o->site, s->site) || o->rule != s->rule ||
			o->presses != s->presses || fabs(o->tip_area_cm2 - s->tip_area_cm2) > 0.005 * s->tip_area_cm2 ||
			fabs(o->rate_kpa_s - s->rate_kpa_s) > 1e-6 || strcmp(o->response_mode, s->response_mode))
			continue;
		return s->basis == SES_SEM_SESSIONS ? s->df >= ANA_REL_SERIES_DF : !(o->df >= ANA_REL_SERIES_DF);
	}
	return true;
}
