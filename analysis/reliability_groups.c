/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_groups.c - which sessions belong together. */
#include "analysis/reliability_inside.h"

#include "base/status.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rel_alike(const struct ana_visit *a, const struct ana_visit *b)
{
	const struct ses_header *x = &a->header, *y = &b->header;

	return fabs(x->tip_area_cm2 - y->tip_area_cm2) <= 0.005 * x->tip_area_cm2 &&
		fabs(x->target_rate_kpa_s - y->target_rate_kpa_s) <= 1e-6 && strcmp(x->response_mode, y->response_mode) == 0 &&
		a->rule == b->rule && x->rounds == y->rounds && !x->simulated == !y->simulated;
}

/* Of the study's sessions those that feed nothing. */
static void leave_out(struct rel_work *w)
{
	bool measured = false;

	for (size_t i = 0; i < w->n_visits; i++)
		measured |= !w->visit[i].header.simulated;
	for (size_t i = 0; i < w->n_visits; i++) {
		bool simulated = measured && w->visit[i].header.simulated;
		bool closest = w->visit[i].rule == SES_RULE_CLOSEST_TWO;

		w->out_of_it[i] = simulated || closest;
		w->left[ANA_LEFT_SIMULATED] += simulated;
		w->left[ANA_LEFT_RULE] += closest && !simulated;
	}
}

static void name_persons(struct rel_work *w)
{
	for (size_t i = 0; i < w->n_visits; i++) {
		w->person[i] = i;
		for (size_t k = 0; k < i; k++)
			if (strcmp(w->visit[k].header.participant, w->visit[i].header.participant) == 0) {
				w->person[i] = w->person[k];
				break;
			}
	}
}

static enum ses_sem_kind kind_of(const struct ana_visit *a, const struct ana_visit *b)
{
	if (strcmp(a->header.examiner, b->header.examiner))
		return SES_SEM_BETWEEN_EXAMINERS;
	return a->day == b->day ? SES_SEM_WITHIN_VISIT : SES_SEM_BETWEEN_VISITS;
}

static size_t root_of(const size_t *parent, size_t i)
{
	while (parent[i] != i)
		i = parent[i];
	return i;
}

/* A second session of that day, or of that examiner, would pull the error of its group towards another kind. */
static bool again(const struct rel_group *g, const struct ana_visit *v)
{
	for (size_t i = 0; i < g->n; i++) {
		if (g->kind == SES_SEM_BETWEEN_VISITS && g->visit[i]->day == v->day)
			return true;
		if (g->kind == SES_SEM_BETWEEN_EXAMINERS && strcmp(g->visit[i]->header.examiner, v->header.examiner) == 0)
			return true;
	}
	return g->n == REL_VALUES_MAX;
}

static void add_member(struct rel_work *w, struct rel_group *g, const struct ana_visit *v)
{
	if (g->n && !rel_alike(g->visit[0], v))
		w->left[ANA_LEFT_UNLIKE]++;
	else if (again(g, v))
		w->left[ANA_LEFT_AGAIN]++;
	else
		g->visit[g->n++] = v;
}

/* Examiners are the columns of their table: in the order of their codes, not of time. */
static void sort_by_examiner(struct rel_group *g)
{
	for (size_t i = 1; i < g->n; i++)
		for (size_t k = i; k > 0 && strcmp(g->visit[k]->header.examiner, g->visit[k - 1]->header.examiner) < 0; k--) {
			const struct ana_visit *v = g->visit[k];

			g->visit[k] = g->visit[k - 1];
			g->visit[k - 1] = v;
		}
}

/* Visits come in order of time, and so do the members of a group. */
static void groups_of_kind(struct rel_work *w, enum ses_sem_kind kind, const struct ana_stable_pair *pair, size_t n_pairs,
	size_t *parent)
{
	for (size_t i = 0; i < w->n_visits; i++)
		parent[i] = i;
	for (size_t i = 0; i < n_pairs; i++) {
		size_t a = pair[i].a, b = pair[i].b;

		if (w->person[a] == w->person[b] && !w->out_of_it[a] && !w->out_of_it[b] &&
			kind_of(&w->visit[a], &w->visit[b]) == kind)
			parent[root_of(parent, a > b ? a : b)] = root_of(parent, a > b ? b : a);
	}
	for (size_t i = 0; i < w->n_visits; i++) {
		struct rel_group *g = &w->group[w->n_groups];

		if (root_of(parent, i) != i)
			continue;
		*g = (struct rel_group){.kind = kind, .person = w->person[i]};
		for (size_t k = i; k < w->n_visits; k++)
			if (root_of(parent, k) == i)
				add_member(w, g, &w->visit[k]);
		if (kind == SES_SEM_BETWEEN_EXAMINERS)
			sort_by_examiner(g);
		w->n_groups += g->n >= 2;
	}
}

int rel_work_start(struct rel_work *w, const struct ana_visit *visit, size_t n_visits, const struct ana_stable_pair *pair,
	size_t n_pairs, size_t left[ANA_LEFT_KINDS])
{
	size_t *parent = calloc(n_visits + 1, sizeof(*parent));

	*w = (struct rel_work){.visit = visit, .n_visits = n_visits, .left = left};
	w->person = calloc(n_visits + 1, sizeof(*w->person));
	w->out_of_it = calloc(n_visits + 1, sizeof(*w->out_of_it));
	/* every group joins at least two by a pair; one more is the place where a candidate is built */
	w->group = calloc(n_pairs + 1, sizeof(*w->group));
	bool ok = parent && w->person && w->out_of_it && w->group;

	if (ok) {
		name_persons(w);
		leave_out(w);
		groups_of_kind(w, SES_SEM_WITHIN_VISIT, pair, n_pairs, parent);
		groups_of_kind(w, SES_SEM_BETWEEN_VISITS, pair, n_pairs, parent);
		groups_of_kind(w, SES_SEM_BETWEEN_EXAMINERS, pair, n_pairs, parent);
	}
	free(parent);
	return ok ? 0 : ALG_ERR_NOMEM;
}

void rel_work_free(struct rel_work *w)
{
	free(w->person);
	free(w->out_of_it);
	free(w->group);
	free(w->block);
	*w = (struct rel_work){.visit = NULL};
}
