/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c - rows that grow, the digest chain over them, and amendments applied to a copy. */
#include "data/session.h"

#include "base/text.h"
#include "base/units.h"
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
	free(ses->points);
	free(ses->trials);
	free(ses->samples);
	free(ses->events);
	free(ses->ratings);
	free(ses->amendments);
	memset(ses, 0, sizeof(*ses));
}

/* ---- small things ------------------------------------------------------------------------------ */

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

/* ---- amendments ---------------------------------------------------------------------------------- */

/* A press may become accepted only when it has a threshold, censored only when it had a ceiling. */
static bool amend_status(struct ses_trial *trial, const char *word)
{
	if (trial->status == SES_MISSING)
		return false;
	if (strcmp(word, "accepted") == 0 && isfinite(trial->ppt_kpa)) {
		trial->status = SES_ACCEPTED;
		trial->reason = SES_REASON_NONE;
	} else if (strcmp(word, "rejected") == 0) {
		trial->status = SES_REJECTED;
		trial->reason = SES_REASON_EXAMINER;
	} else if (strcmp(word, "censored") == 0 && isfinite(trial->ceiling_kpa)) {
		trial->status = SES_CENSORED;
		trial->reason = SES_REASON_CEILING;
	} else {
		return false;
	}
	return true;
}

/* The row of /points of a code; made as a copy of the trial's point when it was not in the plan. */
static int point_of(struct ses_session *ses, const struct ses_trial *trial, int32_t *index)
{
	struct ses_point fresh = {0};

	for (size_t i = ses->n_points; i-- > 0;) {
		if (strcmp(ses->points[i].site_code, trial->site_code) == 0) {
			*index = (int32_t)i;
			return 0;
		}
	}
	if (trial->point >= 0 && (size_t)trial->point < ses->n_points)
		fresh = ses->points[trial->point];
	memcpy(fresh.site_code, trial->site_code, sizeof(fresh.site_code));
	alg_text_copy(fresh.label, sizeof(fresh.label), trial->site_code);
	fresh.muscle[0] = fresh.landmark[0] = '\0';
	fresh.side = trial->side[0];
	fresh.x = fresh.y = NAN;
	*index = (int32_t)ses->n_points;
	return ses_session_add_points(ses, &(struct ses_points){&fresh, 1});
}

/* "_L" or "_R" at the end of a site code is its side; '\0' when there is none. */
static char *side_letter(char *code)
{
	size_t n = strlen(code);

	return n > 2 && code[n - 2] == '_' && (code[n - 1] == 'L' || code[n - 1] == 'R') ? code + n - 1 : NULL;
}

/* A code and its side never disagree: who amends one amends the other. */
static int amend_place(struct ses_session *ses, struct ses_trial *trial, const char *field, const char *value)
{
	bool is_side = strcmp(field, "side") == 0;
	char *letter;

	if (is_side ? strlen(value) != 1 || !strchr("LRM", *value)
		    : !alg_text_is_name(value, sizeof(trial->site_code) - 1))
		return ALG_ERR_DATA;
	if (!is_side)
		alg_text_copy(trial->site_code, sizeof(trial->site_code), value);
	letter = side_letter(trial->site_code);
	if (is_side && letter && *value == 'M')
		return ALG_ERR_DATA;
	if (is_side && letter)
		*letter = *value;
	if (is_side)
		alg_text_copy(trial->side, sizeof(trial->side), value);
	else if (letter)
		alg_text_copy(trial->side, sizeof(trial->side), letter);
	return point_of(ses, trial, &trial->point);
}

/* Every pressure follows the newton: the threshold exactly, the rest by the ratio of the areas. */
static int amend_area(struct ses_session *ses, const char *value)
{
	double area, ratio;

	if (alg_text_to_double(value, &area) || !(area > 0) || !(ses->header.tip_area_cm2 > 0))
		return ALG_ERR_DATA;
	ratio = ses->header.tip_area_cm2 / area;
	for (size_t i = 0; i < ses->n_trials; i++) {
		struct ses_trial *t = &ses->trials[i];

		t->ppt_kpa = alg_pressure_kpa(t->ppt_n, area);
		t->peak_kpa *= ratio;
		t->overshoot_kpa = t->peak_kpa - t->ppt_kpa;
		t->ceiling_kpa *= ratio;
		t->rate_kpa_s *= ratio;
		t->rate_sd_kpa_s *= ratio;
		t->rate_response_kpa_s *= ratio;
	}
	ses->header.tip_area_cm2 = area;
	return 0;
}

static int amend_one(struct ses_session *ses, const struct ses_amendment *a)
{
	bool place = strcmp(a->field, "site") == 0 || strcmp(a->field, "side") == 0;

	if (strcmp(a->field, "tip_area_cm2") == 0)
		return a->trial == 0 ? amend_area(ses, a->new_value) : ALG_ERR_DATA;
	for (size_t i = 0; i < ses->n_trials; i++) {
		struct ses_trial *trial = &ses->trials[i];

		if (trial->trial != a->trial)
			continue;
		if (place)
			return amend_place(ses, trial, a->field, a->new_value);
		if (strcmp(a->field, "status") == 0)
			return amend_status(trial, a->new_value) ? 0 : ALG_ERR_DATA;
		break;
	}
	return ALG_ERR_DATA;
}

int ses_session_amend(struct ses_session *ses, struct alg_log *log)
{
	for (size_t i = 0; i < ses->n_amendments; i++) {
		const struct ses_amendment *a = &ses->amendments[i];
		int rc = amend_one(ses, a);

		if (rc == ALG_ERR_NOMEM)
			return alg_fail(log, MSG_NOMEM, "amendments");
		if (rc)
			return alg_fail(log, MSG_AMENDMENT, (int)i + 1, a->field, (int)a->trial, a->new_value);
	}
	return 0;
}
