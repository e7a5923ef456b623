/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_treat.c - the treatments of a course, and what they mean for its sessions. */
#include "analysis/course.h"

#include "analysis/needling.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void take(struct ana_treatment *to, const struct ses_treatment *from, int32_t first_day)
{
	*to = (struct ana_treatment){.day = from->days - first_day};
	alg_text_copy(to->date, sizeof(to->date), from->date);
	ses_modality_label(to->modality, sizeof(to->modality), from->modality);
	alg_text_copy(to->target, sizeof(to->target), from->target_site);
	alg_text_copy(to->dose, sizeof(to->dose), from->dose);
	alg_text_copy(to->time, sizeof(to->time), from->time);
}

/* "none" is a day without treatment. A session of the same day counts as before it unless both times say otherwise. */
static bool came_before(const struct ses_treatment *t, const struct ana_visit *visit)
{
	const char *started = visit->header.started;

	if (strcmp(t->modality, "none") == 0)
		return false;
	if (t->days != visit->day)
		return t->days < visit->day;
	return *t->time && strlen(started) > 16 && strncmp(t->time, started + 11, 5) < 0;
}

static bool in_a_baseline(const struct ana_course *course, size_t v)
{
	for (size_t r = 0; r < course->n_rows; r++) {
		const struct ana_row *row = &course->row[r];

		if ((int)v >= row->baseline_first && (int)v <= row->baseline && ana_course_counts(course, row, v))
			return true;
	}
	return false;
}

int ana_course_treat(struct ana_course *course, const struct ses_treatments *list)
{
	if (list->n == 0 || course->n_visits == 0)
		return 0;
	course->treatment = calloc(list->n, sizeof(*course->treatment));
	if (!course->treatment)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < list->n; i++)
		take(&course->treatment[course->n_treatments++], &list->treatment[i], course->visit[0].visit.day);
	for (size_t v = 0; v < course->n_visits; v++) {
		struct ana_course_visit *at = &course->visit[v];

		ana_needling_words(list, &at->visit, at->needling, sizeof(at->needling));
		for (size_t i = 0; i < list->n && !at->after_treatment; i++)
			at->after_treatment = came_before(&list->treatment[i], &at->visit) && in_a_baseline(course, v);
	}
	return 0;
}
