/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability.c - all rows: one a kind, basis, condition and place. */
#include "analysis/reliability_inside.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ana_rel_left_text(enum ana_rel_left kind)
{
	static const char *const words[ANA_LEFT_KINDS] = {
		[ANA_LEFT_SIMULATED] = "sessions are simulated, while others were measured",
		[ANA_LEFT_MEASURE] = "sessions have no tolerance: it was not asked for there",
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
	case SES_RULE_MEAN:
	case SES_RULE_DROP_FIRST: return 1.0 / presses;
	case SES_RULE_MEDIAN: return presses <= 9 ? median[presses - 1] : NAN;
	default: return NAN;
	}
}

/* ---- all rows --------------------------------------------------------------------------------------- */

static bool known(const struct rel_key *key, size_t n, const struct rel_block *b)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(key[i].site, b->site) == 0 && rel_same_row(key[i].like, b))
			return true;
	return false;
}

/* One key a site; room for 2 n_blocks. */
static size_t site_keys(struct rel_key *key, const struct rel_work *w, const struct ana_rel_options *options)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_blocks; i++) {
		const struct rel_block *b = &w->block[i];

		if ((options->kind && b->kind != options->kind) || !rel_site_wanted(b->site, options->site) || known(key, n, b))
			continue;
		key[n].like = b;
		alg_text_copy(key[n++].site, sizeof(key->site), b->site);
	}
	return n;
}

/* And one for both sides, where there are both: two sites of one place. */
static size_t place_keys(struct rel_key *key, size_t n_sites)
{
	char place[16], other[16];
	size_t n = n_sites;

	for (size_t i = 0; i < n_sites; i++)
		for (size_t k = i + 1; k < n_sites; k++) {
			rel_place(place, key[i].site);
			rel_place(other, key[k].site);
			if (strcmp(place, other) || !rel_same_row(key[i].like, key[k].like))
				continue;
			key[n] = (struct rel_key){.like = key[i].like, .both = true};
			alg_text_copy(key[n++].site, sizeof(key->site), place);
		}
	return n;
}

static int by_key(const void *a, const void *b)
{
	const struct rel_key *x = a, *y = b;
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
	struct rel_key *key = calloc(2 * w->n_blocks + 1, sizeof(*key));
	size_t n = key ? place_keys(key, site_keys(key, w, options)) : 0;
	int rc = 0;

	out->row = calloc(n + 1, sizeof(*out->row));
	if (!key || !out->row)
		rc = ALG_ERR_NOMEM;
	if (rc == 0)
		qsort(key, n, sizeof(*key), by_key);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = rel_row_make(&out->row[out->n_rows++], w, &key[i], out->scale.scale);
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
				p->measure == s->measure && p->presses == s->presses && fabs(p->tip_area_cm2 - s->tip_area_cm2) < 0.005 * s->tip_area_cm2 &&
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
	int rc = rel_work_start(&w, visit, n_visits, pair, n_pairs, options->measure, out->left);

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

		if (o->kind != s->kind || o->basis == s->basis || strcmp(o->site, s->site) || o->rule != s->rule || o->measure != s->measure ||
			o->presses != s->presses || fabs(o->tip_area_cm2 - s->tip_area_cm2) > 0.005 * s->tip_area_cm2 ||
			fabs(o->rate_kpa_s - s->rate_kpa_s) > 1e-6 || strcmp(o->response_mode, s->response_mode))
			continue;
		return s->basis == SES_SEM_SESSIONS ? s->df >= ANA_REL_SERIES_DF : !(o->df >= ANA_REL_SERIES_DF);
	}
	return true;
}
