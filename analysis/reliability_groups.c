/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_groups.c - which sessions belong together. */
#include "analysis/reliability_inside.h"

#include "analysis/error.h"
#include "base/status.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rel_alike(const struct ana_visit *a, const struct ana_visit *b)
{
	const struct ses_header *x = &a->header, *y = &b->header;

	return fabs(x->tip_area_cm2 - y->tip_area_cm2) <= 0.005 * x->tip_area_cm2 &&
		fabs(x->target_rate_kpa_s - y->target_rate_kpa_s) <= 1e-6 && strcmp(x->response_mode, y->response_mode) == 0 &&
		a->rule == b->rule && a->measure == b->measure && x->rounds == y->rounds && !x->simulated == !y->simulated;
}

/* Of the study's sessions those that feed nothing. */
static void leave_out(struct rel_work *w, enum ses_measure measure)
{
	bool measured = false;

	for (size_t i = 0; i < w->n_visits; i++)
		measured |= !w->visit[i].header.simulated;
	for (size_t i = 0; i < w->n_visits; i++) {
		bool simulated = measured && w->visit[i].header.simulated;
		bool other = measure && w->visit[i].measure != measure;
		bool closest = w->visit[i].rule == SES_RULE_CLOSEST_TWO;

		w->out_of_it[i] = simulated || other || closest;
		w->left[ANA_LEFT_SIMULATED] += simulated;
		w->left[ANA_LEFT_MEASURE] += other && !simulated;
		w->left[ANA_LEFT_RULE] += closest && !other && !simulated;
	}
}

static int by_participant(const void *a, const void *b)
{
	const struct ana_visit *const *x = a, *const *y = b;
	int order = strcmp((*x)->header.participant, (*y)->header.participant);

	return order ? order : (*x > *y) - (*x < *y);
}

/* A person is the number of his first visit. */
static int name_persons(struct rel_work *w)
{
	const struct ana_visit **sorted = calloc(w->n_visits + 1, sizeof(*sorted));
	size_t first = 0;

	if (!sorted)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < w->n_visits; i++)
		sorted[i] = &w->visit[i];
	qsort(sorted, w->n_visits, sizeof(*sorted), by_participant);
	for (size_t i = 0; i < w->n_visits; i++) {
		if (strcmp(sorted[first]->header.participant, sorted[i]->header.participant))
			first = i;
		w->person[sorted[i] - w->visit] = (size_t)(sorted[first] - w->visit);
	}
	free(sorted);
	return 0;
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

/* Who is chained to whom: parent of each visit, an earlier one or itself. */
static void chain(const struct rel_work *w, enum ses_sem_kind kind, const struct ana_stable_pair *pair, size_t n_pairs, size_t *parent)
{
	for (size_t i = 0; i < w->n_visits; i++)
		parent[i] = i;
	for (size_t i = 0; i < n_pairs; i++) {
		size_t a = pair[i].a, b = pair[i].b;

		if (w->person[a] != w->person[b] || w->out_of_it[a] || w->out_of_it[b] ||
			ana_kind_of(&w->visit[a], &w->visit[b]) != kind)
			continue;
		a = root_of(parent, a);
		b = root_of(parent, b);
		parent[a > b ? a : b] = a > b ? b : a;
	}
}

/*
 * Visits come in order of time, and so do the members of a group: next[i] is the member after i, n_visits after the
 * last one. last[r] is the latest member so far of the group whose first visit is r.
 */
static void list_members(const struct rel_work *w, const size_t *parent, size_t *next, size_t *last)
{
	for (size_t i = 0; i < w->n_visits; i++) {
		size_t root = root_of(parent, i);

		next[i] = w->n_visits;
		if (root != i)
			next[last[root]] = i;
		last[root] = i;
	}
}

/* room: three numbers a visit. */
static void groups_of_kind(struct rel_work *w, enum ses_sem_kind kind, const struct ana_stable_pair *pair, size_t n_pairs, size_t *room)
{
	size_t *parent = room, *next = room + w->n_visits, *last = next + w->n_visits;

	chain(w, kind, pair, n_pairs, parent);
	list_members(w, parent, next, last);
	for (size_t i = 0; i < w->n_visits; i++) {
		struct rel_group *g = &w->group[w->n_groups];

		if (parent[i] != i || next[i] == w->n_visits)
			continue;
		*g = (struct rel_group){.kind = kind, .person = w->person[i]};
		for (size_t k = i; k < w->n_visits; k = next[k])
			add_member(w, g, &w->visit[k]);
		if (kind == SES_SEM_BETWEEN_EXAMINERS)
			sort_by_examiner(g);
		w->n_groups += g->n >= 2;
	}
}

int rel_work_start(struct rel_work *w, const struct ana_visit *visit, size_t n_visits, const struct ana_stable_pair *pair,
	size_t n_pairs, enum ses_measure measure, size_t left[ANA_LEFT_KINDS])
{
	size_t *room = calloc(3 * n_visits + 1, sizeof(*room));

	*w = (struct rel_work){.visit = visit, .n_visits = n_visits, .left = left};
	w->person = calloc(n_visits + 1, sizeof(*w->person));
	w->out_of_it = calloc(n_visits + 1, sizeof(*w->out_of_it));
	/* every group joins at least two by a pair; one more is the place where a candidate is built */
	w->group = calloc(n_pairs + 1, sizeof(*w->group));
	bool ok = room && w->person && w->out_of_it && w->group && name_persons(w) == 0;

	if (ok) {
		leave_out(w, measure);
		groups_of_kind(w, SES_SEM_WITHIN_VISIT, pair, n_pairs, room);
		groups_of_kind(w, SES_SEM_BETWEEN_VISITS, pair, n_pairs, room);
		groups_of_kind(w, SES_SEM_BETWEEN_EXAMINERS, pair, n_pairs, room);
	}
	free(room);
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
