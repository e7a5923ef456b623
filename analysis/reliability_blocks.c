/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_blocks.c - groups and sessions to blocks of values that should be one value. */
#include "analysis/reliability_inside.h"

#include "base/status.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double rel_on_scale(double kpa, enum ses_scale scale)
{
	return scale == SES_SCALE_LOG10 ? log10(kpa) : kpa;
}

void rel_place(char out[16], const char *site)
{
	size_t n = strlen(site);

	alg_text_copy(out, 16, site);
	if (n > 2 && n < 16 && site[n - 2] == '_' && (site[n - 1] == 'L' || site[n - 1] == 'R'))
		out[n - 2] = '\0';
}

bool rel_site_wanted(const char *site, const char *asked)
{
	char place[16];

	rel_place(place, site);
	return !asked || strcmp(site, asked) == 0 || strcmp(place, asked) == 0;
}

static struct rel_block *new_block(struct rel_work *w)
{
	if (w->n_blocks == w->cap_blocks) {
		size_t cap = w->cap_blocks ? 2 * w->cap_blocks : 256;
		struct rel_block *block = realloc(w->block, cap * sizeof(*block));

		if (!block)
			return NULL;
		w->block = block;
		w->cap_blocks = cap;
	}
	struct rel_block *b = &w->block[w->n_blocks++];

	*b = (struct rel_block){.first_shift = NAN};
	return b;
}

/* ---- values of sessions ---------------------------------------------------------------------------- */

static int n_counting(const struct ana_point *p)
{
	int n = 0;

	for (size_t i = 0; i < p->n_press; i++)
		n += p->press[i].status == SES_ACCEPTED || p->press[i].status == SES_CENSORED;
	return n;
}

/* The value of a point, or NAN when it cannot stand beside the others; why is counted. */
static double value_at(struct rel_work *w, const struct ana_visit *v, const struct ana_point *place)
{
	const struct ana_point *p = ana_visit_point(v, place->point.site_code, place->point.side, place->point.series);

	if (!p || isnan(p->value_kpa))
		return NAN;
	if (p->bound) {
		w->left[ANA_LEFT_CENSORED]++;
		return NAN;
	}
	if (n_counting(p) < v->header.rounds) {
		w->left[ANA_LEFT_FEW]++;
		return NAN;
	}
	return p->value_kpa;
}

static int block_of_point(struct rel_work *w, const struct rel_group *g, const struct ana_point *place, enum ses_scale scale)
{
	struct rel_block *b = new_block(w);

	if (!b)
		return ALG_ERR_NOMEM;
	b->kind = g->kind;
	b->basis = SES_SEM_SESSIONS;
	b->person = g->person;
	alg_text_copy(b->site, sizeof(b->site), place->point.site_code);
	for (size_t i = 0; i < g->n; i++) {
		double kpa = value_at(w, g->visit[i], place);

		if (isnan(kpa))
			continue;
		b->visit[b->n] = g->visit[i];
		b->kpa[b->n] = kpa;
		b->y[b->n++] = rel_on_scale(kpa, scale);
	}
	w->left[ANA_LEFT_ALONE] += b->n == 1;
	w->n_blocks -= b->n < 2;
	return 0;
}

/* ---- net: mean of the targets minus mean of the controls, over the points that every session of the group has ----- */

static bool everywhere(const struct rel_group *g, const struct ana_point *place)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct ana_point *p =
			ana_visit_point(g->visit[i], place->point.site_code, place->point.side, place->point.series);

		if (!p || isnan(p->value_kpa) || p->bound || n_counting(p) < g->visit[i]->header.rounds)
			return false;
	}
	return true;
}

static double role_mean(const struct rel_group *g, const struct ana_visit *v, enum ses_role role, enum ses_scale scale)
{
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < g->visit[0]->n_points; i++) {
		const struct ana_point *place = &g->visit[0]->point[i];

		if (place->point.role != role || !everywhere(g, place))
			continue;
		sum += rel_on_scale(
			ana_visit_point(v, place->point.site_code, place->point.side, place->point.series)->value_kpa, scale);
		n++;
	}
	return n ? sum / (double)n : NAN;
}

static int block_of_net(struct rel_work *w, const struct rel_group *g, enum ses_scale scale)
{
	struct rel_block *b = new_block(w);

	if (!b)
		return ALG_ERR_NOMEM;
	b->kind = g->kind;
	b->basis = SES_SEM_SESSIONS;
	b->person = g->person;
	alg_text_copy(b->site, sizeof(b->site), SES_SEM_NET);
	for (size_t i = 0; i < g->n; i++) {
		b->visit[i] = g->visit[i];
		b->kpa[i] = NAN;
		b->y[i] = role_mean(g, g->visit[i], SES_ROLE_TARGET, scale) - role_mean(g, g->visit[i], SES_ROLE_CONTROL, scale);
		b->n += !isnan(b->y[i]);
	}
	w->n_blocks -= b->n < g->n; /* no target or no control that all of them have */
	return 0;
}

/* ---- presses ------------------------------------------------------------------------------------------ */

/* First accepted press against the mean of the later ones; NAN when one of them is a bound. */
static double first_shift(const struct ana_point *p, enum ses_scale scale)
{
	double first = NAN, sum = 0;
	int n = 0;

	for (size_t i = 0; i < p->n_press; i++) {
		if (p->press[i].status == SES_CENSORED)
			return NAN;
		if (p->press[i].status != SES_ACCEPTED)
			continue;
		if (isnan(first)) {
			first = rel_on_scale(p->press[i].kpa, scale);
			continue;
		}
		sum += rel_on_scale(p->press[i].kpa, scale);
		n++;
	}
	return n ? first - sum / n : NAN;
}

static int block_of_presses(struct rel_work *w, size_t i_visit, const struct ana_point *p, enum ses_scale scale)
{
	const struct ana_visit *v = &w->visit[i_visit];

	if (p->n_used < 2)
		return 0;
	if (p->n_censored) {
		w->left[ANA_LEFT_CENSORED]++;
		return 0;
	}
	struct rel_block *b = new_block(w);

	if (!b)
		return ALG_ERR_NOMEM;
	b->kind = SES_SEM_WITHIN_VISIT;
	b->basis = SES_SEM_PRESSES;
	b->person = w->person[i_visit];
	alg_text_copy(b->site, sizeof(b->site), p->point.site_code);
	b->first_shift = first_shift(p, scale);
	for (size_t i = 0; i < p->n_press && b->n < REL_VALUES_MAX; i++)
		if (p->press[i].used) {
			b->visit[b->n] = v;
			b->kpa[b->n] = p->press[i].kpa;
			b->y[b->n++] = rel_on_scale(p->press[i].kpa, scale);
		}
	return 0;
}

int rel_work_blocks(struct rel_work *w, enum ses_scale scale)
{
	int rc = 0;

	w->n_blocks = 0;
	w->left[ANA_LEFT_CENSORED] = w->left[ANA_LEFT_FEW] = w->left[ANA_LEFT_ALONE] = 0;
	for (size_t g = 0; rc == 0 && g < w->n_groups; g++) {
		const struct ana_visit *first = w->group[g].visit[0];

		for (size_t i = 0; rc == 0 && i < first->n_points; i++)
			rc = block_of_point(w, &w->group[g], &first->point[i], scale);
		if (rc == 0)
			rc = block_of_net(w, &w->group[g], scale);
	}
	for (size_t i = 0; rc == 0 && i < w->n_visits; i++)
		for (size_t k = 0; rc == 0 && !w->out_of_it[i] && k < w->visit[i].n_points; k++)
			rc = block_of_presses(w, i, &w->visit[i].point[k], scale);
	return rc;
}
