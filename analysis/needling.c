/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/needling.h"

#include <stdio.h>
#include <string.h>

static bool is_needling(const struct ses_treatment *t)
{
	return strncmp(t->modality, "dry-needling", strlen("dry-needling")) == 0 || strcmp(t->modality, "injection") == 0;
}

/* Minutes after midnight of "09:30"; -1 when there is none. */
static int minutes_of(const char *time)
{
	int h, m;

	return sscanf(time, "%2d:%2d", &h, &m) == 2 ? 60 * h + m : -1;
}

static bool shortly_before(const struct ses_treatment *t, const struct ana_visit *visit)
{
	int days = visit->day - t->days, then = minutes_of(t->time);
	int now = strlen(visit->header.started) > 16 ? minutes_of(visit->header.started + 11) : -1;

	if (days < 0 || days > ANA_NEEDLING_HOURS / 24)
		return false;
	if (then >= 0 && now >= 0) {
		int minutes = 24 * 60 * days + now - then;

		return minutes >= 0 && minutes < 60 * ANA_NEEDLING_HOURS;
	}
	return days > 0 || ana_visit_is_post(visit);
}

bool ana_needling_words(const struct ses_treatments *list, const struct ana_visit *visit, char *out, size_t cap)
{
	const struct ses_treatment *last = NULL;
	char name[48], label[48];

	for (size_t i = 0; i < list->n; i++)
		if (is_needling(&list->treatment[i]) && shortly_before(&list->treatment[i], visit))
			last = &list->treatment[i];
	if (!last)
		return false;
	ana_visit_name(visit, name, sizeof(name));
	ses_modality_label(label, sizeof(label), last->modality);
	snprintf(out, cap, "%s on %s, less than 72 h before session %s%s%s: needling itself leaves a place sore", label,
		last->date, name, *last->target_site ? ", at " : "", last->target_site);
	return true;
}
