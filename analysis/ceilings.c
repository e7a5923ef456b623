/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ceilings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED = 8 };

double ana_point_ceiling(const struct ana_point *point)
{
	double kpa = NAN;

	for (size_t i = 0; i < point->n_press; i++) {
		const struct ana_press *p = &point->press[i];

		if ((p->status == SES_ACCEPTED || p->status == SES_CENSORED) && p->ceiling_kpa > 0)
			kpa = fmin(kpa, p->ceiling_kpa); /* fmin passes over NAN */
	}
	return kpa;
}

/* A point whose ceiling changed. */
struct changed {
	const struct ses_point *at;
	char steps[200]; /* "600 kPa in session 1, 500 kPa in session 4" */
};

/* False when it stayed the same. */
static bool steps_of(struct changed *out, const struct ana_visit *const *visit, size_t n, const struct ses_point *at)
{
	double last = NAN;
	size_t steps = 0;
	char name[48];

	*out = (struct changed){.at = at};
	for (size_t v = 0; v < n; v++) {
		const struct ana_point *p = ana_visit_point(visit[v], at->site_code, at->side, at->series);
		double kpa = p ? ana_point_ceiling(p) : NAN;
		size_t len = strlen(out->steps);

		if (isnan(kpa) || fabs(kpa - last) < 0.5)
			continue;
		ana_visit_name(visit[v], name, sizeof(name));
		snprintf(out->steps + len, sizeof(out->steps) - len, "%s%.0f kPa in session %s", steps++ ? ", " : "", kpa, name);
		last = kpa;
	}
	return steps > 1;
}

static bool seen_before(const struct ana_visit *const *visit, size_t v, const struct ses_point *at)
{
	while (v-- > 0)
		if (ana_visit_point(visit[v], at->site_code, at->side, at->series))
			return true;
	return false;
}

/* All points whose ceiling changed; room for every point of every visit. */
static size_t find(struct changed *out, const struct ana_visit *const *visit, size_t n_visits)
{
	size_t n = 0;

	for (size_t v = 0; v < n_visits; v++)
		for (size_t i = 0; i < visit[v]->n_points; i++) {
			const struct ses_point *at = &visit[v]->point[i].point;

			if (!seen_before(visit, v, at) && steps_of(&out[n], visit, n_visits, at))
				n++;
		}
	return n;
}

/* One sentence for the points whose ceiling changed in the same way as that of the i-th; none when it was told before. */
static void sentence(struct ana_text *text, const struct changed *changed, size_t n, size_t i)
{
	char line[NAMED * 132] = "", more[32] = "", label[128];
	size_t same = 0;

	for (size_t k = 0; k < n; k++) {
		size_t len = strlen(line);

		if (strcmp(changed[k].steps, changed[i].steps))
			continue;
		if (k < i)
			return;
		if (same++ >= NAMED)
			continue;
		ana_point_text(label, sizeof(label), changed[k].at);
		snprintf(line + len, sizeof(line) - len, "%s%s", len ? "; " : "", label);
	}
	if (same > NAMED)
		snprintf(more, sizeof(more), "; and %zu more", same - NAMED);
	ana_text_para(text, 2, "The ceiling was %s, at: %s%s.", changed[i].steps, line, more);
}

static void tell(struct ana_text *text, const struct ana_visit *const *visit, size_t n_visits)
{
	size_t most = 0, n;
	struct changed *changed;

	for (size_t v = 0; v < n_visits; v++)
		most += visit[v]->n_points;
	changed = calloc(most + 1, sizeof(*changed));
	if (!changed) {
		text->failed = true;
		return;
	}
	n = find(changed, visit, n_visits);
	for (size_t i = 0; i < n; i++)
		sentence(text, changed, n, i);
	if (n)
		ana_text_para(text, 2, "Where the lower ceiling held, a higher threshold shows as \">\" only.");
	free(changed);
}

void ana_compare_ceilings(struct ana_text *text, const struct ana_compare *compare)
{
	tell(text, (const struct ana_visit *const[]){compare->a, compare->b}, 2);
}

void ana_course_ceilings(struct ana_text *text, const struct ana_course *course)
{
	const struct ana_visit **visit = calloc(course->n_visits + 1, sizeof(*visit));

	if (!visit) {
		text->failed = true;
		return;
	}
	for (size_t v = 0; v < course->n_visits; v++)
		visit[v] = &course->visit[v].visit;
	tell(text, visit, course->n_visits);
	free(visit);
}
