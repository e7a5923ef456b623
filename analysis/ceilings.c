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

/* "Masseter (left) 600 kPa in session 1, 500 kPa in session 4"; false when it stayed the same. */
static bool steps_of(char *out, size_t cap, const struct ana_visit *const *visit, size_t n, const struct ses_point *at)
{
	double last = NAN;
	size_t steps = 0;
	char name[48];

	ana_point_text(out, cap, at);
	for (size_t v = 0; v < n; v++) {
		const struct ana_point *p = ana_visit_point(visit[v], at->site_code, at->side, at->series);
		double kpa = p ? ana_point_ceiling(p) : NAN;
		size_t len = strlen(out);

		if (isnan(kpa) || fabs(kpa - last) < 0.5)
			continue;
		ana_visit_name(visit[v], name, sizeof(name));
		snprintf(out + len, cap - len, "%s %.0f kPa in session %s", steps++ ? "," : "", kpa, name);
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

static void tell(struct ana_text *text, const struct ana_visit *const *visit, size_t n_visits)
{
	char line[NAMED * 200] = "", more[32] = "", steps[192];
	size_t n = 0;

	for (size_t v = 0; v < n_visits; v++)
		for (size_t i = 0; i < visit[v]->n_points; i++) {
			const struct ses_point *at = &visit[v]->point[i].point;
			size_t len = strlen(line);

			if (seen_before(visit, v, at) || !steps_of(steps, sizeof(steps), visit, n_visits, at) || n++ >= NAMED)
				continue;
			snprintf(line + len, sizeof(line) - len, "%s%s", len ? "; " : "", steps);
		}
	if (n > NAMED)
		snprintf(more, sizeof(more), "; and %zu more", n - NAMED);
	if (n)
		ana_text_para(text, 2, "The ceiling was not the same: %s%s. Where the lower one held, a higher threshold shows as "
			"\">\" only.", line, more);
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
