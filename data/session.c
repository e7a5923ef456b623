/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c - rows that grow, the digest chain over them, and amendments applied to a copy. */
#include "data/session.h"

#include "base/text.h"
#include "data/schema.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Room for add more rows of size bytes; the array doubles. rows is the address of its pointer. */
static int reserve(void *rows, size_t size, size_t n, size_t *cap, size_t add)
{
	size_t want = *cap ? *cap : 16;
	void *old, *fresh;

	if (add > SIZE_MAX / 2 / size - n)
		return ALG_ERR_NOMEM;
	if (n + add <= *cap)
		return 0;
	while (want < n + add)
		want *= 2;
	memcpy(&old, rows, sizeof(old));
	fresh = realloc(old, want * size);
	if (!fresh)
		return ALG_ERR_NOMEM;
	memcpy(rows, &fresh, sizeof(fresh));
	*cap = want;
	return 0;
}

int ses_session_add_points(struct ses_session *ses, const struct ses_points *points)
{
	struct ses_point *fresh;

	if (points->n == 0)
		return 0;
	if (points->n > SIZE_MAX / sizeof(*fresh) - ses->n_points)
		return ALG_ERR_NOMEM;
	fresh = realloc(ses->points, (ses->n_points + points->n) * sizeof(*fresh));
	if (!fresh)
		return ALG_ERR_NOMEM;
	memcpy(fresh + ses->n_points, points->point, points->n * sizeof(*fresh));
	ses->points = fresh;
	ses->n_points += points->n;
	return 0;
}

int ses_session_add_trial(struct ses_session *ses, const struct ses_trial *trial)
{
	int rc = reserve(&ses->trials, sizeof(*trial), ses->n_trials, &ses->cap_trials, 1);

	if (rc == 0)
		ses->trials[ses->n_trials++] = *trial;
	return rc;
}

int ses_session_add_samples(struct ses_session *ses, const struct ses_sample_row *rows, size_t n)
{
	int rc = n ? reserve(&ses->samples, sizeof(*rows), ses->n_samples, &ses->cap_samples, n) : 0;

	if (rc || n == 0)
		return rc;
	memcpy(ses->samples + ses->n_samples, rows, n * sizeof(*rows));
	ses->n_samples += n;
	return 0;
}

int ses_session_add_event(struct ses_session *ses, const struct ses_event *event)
{
	int rc = reserve(&ses->events, sizeof(*event), ses->n_events, &ses->cap_events, 1);

	if (rc == 0)
		ses->events[ses->n_events++] = *event;
	return rc;
}

int ses_session_add_rating(struct ses_session *ses, const struct ses_rating *rating)
{
	int rc = reserve(&ses->ratings, sizeof(*rating), ses->n_ratings, &ses->cap_ratings, 1);

	if (rc == 0)
		ses->ratings[ses->n_ratings++] = *rating;
	return rc;
}

int ses_session_add_amendment(struct ses_session *ses, const struct ses_amendment *amendment)
{
	int rc = reserve(
		&ses->amendments, sizeof(*amendment), ses->n_amendments, &ses->cap_amendments, 1);

	if (rc == 0)
		ses->amendments[ses->n_amendments++] = *amendment;
	return rc;
}

void ses_session_clear(struct ses_session *ses)
{
	free(ses->header.procedure_text);
	free(ses->header.instruction);
	free(ses->header.check_text);
	free(ses->points);
	free(ses->trials);
	free(ses->samples);
	free(ses->events);
	free(ses->ratings);
	free(ses->amendments);
	memset(ses, 0, sizeof(*ses));
}

/* ---- small things ------------------------------------------------------------------------------ */

const char *ses_session_ended_early(const struct ses_session *ses)
{
	for (size_t i = ses->header.complete ? 0 : ses->n_events; i > 0; i--)
		if (strcmp(ses->events[i - 1].kind, "patient") == 0)
			return "for the patient";
		else if (strcmp(ses->events[i - 1].kind, "end") == 0)
			return "before the plan was through";
		else if (strcmp(ses->events[i - 1].kind, "resumed") == 0)
			return NULL;
	return NULL;
}

double ses_stored_s(int64_t ns_since_start)
{
	return (double)llroundl((long double)ns_since_start * 1048576.0L / 1e9L) / 1048576.0;
}

void ses_uuid_make(char out[40])
{
	uint8_t b[16];
	size_t have = 0;

	while (have < sizeof(b)) {
		ssize_t n = getrandom(b + have, sizeof(b) - have, 0);

		if (n > 0)
			have += (size_t)n;
	}
	b[6] = (uint8_t)((b[6] & 0x0F) | 0x40); /* version 4, RFC 9562 */
	b[8] = (uint8_t)((b[8] & 0x3F) | 0x80); /* its variant */
	snprintf(out, 40, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
		b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}
