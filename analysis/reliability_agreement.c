/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_agreement.c - the differences of stable pairs: the first two values of each block. */
#include "analysis/reliability_inside.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int ana_agreement_make(struct ana_agreement *out, const struct ana_visit *visit, size_t n_visits,
	const struct ana_stable_pair *pair, size_t n_pairs, const struct ana_rel_options *options, struct alg_log *log)
{
	struct rel_work w;
	struct ana_rel_scale scale;
	size_t left[ANA_LEFT_KINDS] = {0};
	int rc;

	*out = (struct ana_agreement){.kind = options->kind};
	rc = rel_work_start(&w, visit, n_visits, pair, n_pairs, options->measure, left);
	if (rc == 0)
		rc = rel_work_blocks(&w, SES_SCALE_KPA);
	if (rc == 0)
		out->point = calloc(w.n_blocks + 1, sizeof(*out->point));
	if (rc == 0 && !out->point)
		rc = ALG_ERR_NOMEM;
	if (rc == 0) {
		rel_scale_test(&scale, w.block, w.n_blocks);
		out->scale = options->scale ? options->scale : scale.scale;
	}
	if (options->site)
		alg_text_copy(out->site, sizeof(out->site), options->site);
	for (size_t i = 0; rc == 0 && i < w.n_blocks; i++) {
		const struct rel_block *b = &w.block[i];
		struct ana_agreement_point *p = &out->point[out->n];

		if (b->kind != options->kind || b->basis != SES_SEM_SESSIONS || isnan(b->kpa[0]) || !rel_site_wanted(b->site, options->site))
			continue;
		if (out->n && !rel_alike(out->point[0].a, b->visit[0]))
			continue;
		*p = (struct ana_agreement_point){.a = b->visit[0], .b = b->visit[1], .a_kpa = b->kpa[0], .b_kpa = b->kpa[1]};
		alg_text_copy(p->site, sizeof(p->site), b->site);
		out->simulated |= b->visit[0]->header.simulated;
		out->n++;
	}
	rel_work_free(&w);
	return rc ? alg_fail(log, MSG_NOMEM, "agreement") : 0;
}

void ana_agreement_free(struct ana_agreement *agreement)
{
	free(agreement->point);
	agreement->point = NULL;
	agreement->n = 0;
}
