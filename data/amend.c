/* SPDX-License-Identifier: GPL-3.0-or-later */
/* amend.c - corrections: applied to a session in memory, and appended to the file of one. */
#include "data/amend.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/units.h"
#include "data/chain.h"
#include "data/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* ---- applied ---------------------------------------------------------------------------------------- */

/*
 * A press may become accepted only when it has a threshold (a hold: when something was held), censored only when
 * it had a ceiling. A hold is never more than its ceiling.
 */
static bool amend_status(struct ses_trial *trial, const char *word)
{
	bool hold = trial->kind == SES_KIND_HOLD;

	if (trial->status == SES_MISSING)
		return false;
	if (strcmp(word, "accepted") == 0 && (isfinite(trial->ppt_kpa) || (hold && isfinite(trial->hold_kpa)))) {
		trial->status = SES_ACCEPTED;
		trial->reason = SES_REASON_NONE;
	} else if (strcmp(word, "rejected") == 0) {
		trial->status = SES_REJECTED;
		trial->reason = SES_REASON_EXAMINER;
	} else if (strcmp(word, "censored") == 0 && isfinite(trial->ceiling_kpa) && !hold) {
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
		t->ptt_kpa *= ratio;
		t->hold_kpa *= ratio;
		t->uncertainty_kpa *= ratio;
	}
	ses->header.tip_area_cm2 = area;
	return 0;
}

/* Attributes of the whole session, all of them texts but the number. */
static int amend_header(struct ses_session *ses, const char *field, const char *value)
{
	struct ses_header *h = &ses->header;
	int64_t number;

	if (strcmp(field, "acq") == 0) {
		if (*value && strcmp(value, "pre") != 0 && strcmp(value, "post") != 0)
			return ALG_ERR_DATA;
		return alg_text_copy(h->acq, sizeof(h->acq), value) ? 0 : ALG_ERR_DATA;
	}
	if (strcmp(field, "session") == 0) {
		if (alg_text_to_int(value, 1, 9999, &number))
			return ALG_ERR_DATA;
		h->session = (int32_t)number;
		return 0;
	}
	if (!alg_text_is_name(value, 31))
		return ALG_ERR_DATA;
	if (strcmp(field, "examiner") == 0)
		return alg_text_copy(h->examiner, sizeof(h->examiner), value) ? 0 : ALG_ERR_DATA;
	if (strcmp(field, "participant") == 0)
		return alg_text_copy(h->participant, sizeof(h->participant), value) ? 0 : ALG_ERR_DATA;
	return alg_text_copy(ses->moved_to, sizeof(ses->moved_to), value) ? 0 : ALG_ERR_DATA; /* moved */
}

static const char *const header_fields[] = {"acq", "session", "examiner", "participant", "moved"};

static bool is_header_field(const char *field)
{
	for (size_t i = 0; i < sizeof(header_fields) / sizeof(header_fields[0]); i++)
		if (strcmp(field, header_fields[i]) == 0)
			return true;
	return false;
}

static int amend_one(struct ses_session *ses, const struct ses_amendment *a)
{
	bool place = strcmp(a->field, "site") == 0 || strcmp(a->field, "side") == 0;

	if (strcmp(a->field, "tip_area_cm2") == 0)
		return a->trial == 0 ? amend_area(ses, a->new_value) : ALG_ERR_DATA;
	if (is_header_field(a->field))
		return a->trial == 0 ? amend_header(ses, a->field, a->new_value) : ALG_ERR_DATA;
	if (strcmp(a->field, "note") == 0)
		return 0; /* says something, changes nothing */
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

static bool is_identity(const char *field)
{
	return is_header_field(field) && strcmp(field, "examiner") != 0;
}

static int amend_all(struct ses_session *ses, bool identity_only, struct alg_log *log)
{
	for (size_t i = 0; i < ses->n_amendments; i++) {
		const struct ses_amendment *a = &ses->amendments[i];
		int rc = identity_only && !is_identity(a->field) ? 0 : amend_one(ses, a);

		if (rc == ALG_ERR_NOMEM)
			return alg_fail(log, MSG_NOMEM, "amendments");
		if (rc)
			return alg_fail(log, MSG_AMENDMENT, (int)i + 1, a->field, (int)a->trial, a->new_value);
	}
	return 0;
}

int ses_session_amend(struct ses_session *ses, struct alg_log *log)
{
	return amend_all(ses, false, log);
}

int ses_session_amend_identity(struct ses_session *ses, struct alg_log *log)
{
	return amend_all(ses, true, log);
}

/* ---- appended --------------------------------------------------------------------------------------- */

int ses_session_clone(const struct ses_session *ses, struct ses_session *out)
{
	struct ses_bytes bytes = {0};
	int rc;

	ses_pack_session(&bytes, ses);
	struct ses_unpack in = {bytes.data, bytes.len, ses->header.minor};

	*out = (struct ses_session){0};
	rc = bytes.failed ? ALG_ERR_NOMEM : ses_unpack_session(&in, out);
	ses_bytes_free(&bytes);
	if (rc)
		ses_session_clear(out);
	return rc;
}

/* The value that a field has now, as text. */
static void present_value(const struct ses_session *ses, const char *field, int32_t trial, char *out, size_t cap)
{
	const struct ses_header *h = &ses->header;

	out[0] = '\0';
	if (strcmp(field, "tip_area_cm2") == 0)
		snprintf(out, cap, "%g", h->tip_area_cm2);
	else if (strcmp(field, "session") == 0)
		snprintf(out, cap, "%d", (int)h->session);
	else if (strcmp(field, "acq") == 0)
		alg_text_copy(out, cap, h->acq);
	else if (strcmp(field, "examiner") == 0)
		alg_text_ascii(out, cap, h->examiner);
	else if (strcmp(field, "participant") == 0 || strcmp(field, "moved") == 0)
		alg_text_ascii(out, cap, h->participant);
	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];

		if (t->trial != trial)
			continue;
		if (strcmp(field, "status") == 0)
			alg_text_copy(out, cap, ses_status_word((enum ses_status)t->status));
		else if (strcmp(field, "site") == 0)
			alg_text_copy(out, cap, t->site_code);
		else if (strcmp(field, "side") == 0)
			alg_text_copy(out, cap, t->side);
	}
}

int ses_amendment_make(const struct ses_session *ses, const struct ses_amend_request *r, struct ses_amendment *a,
	struct alg_log *log)
{
	struct ses_session now;
	int rc = ses_session_clone(ses, &now);

	*a = (struct ses_amendment){.trial = r->trial};
	if (rc == 0)
		rc = ses_session_amend(&now, log);
	else
		rc = alg_fail(log, MSG_NOMEM, "amendments");
	if (rc == 0) {
		alg_time_format(a->time, sizeof(a->time), r->wall_ns);
		alg_text_ascii(a->who, sizeof(a->who), r->who);
		alg_text_copy(a->field, sizeof(a->field), r->field);
		present_value(&now, r->field, r->trial, a->old_value, sizeof(a->old_value));
		alg_text_ascii(a->new_value, sizeof(a->new_value), r->value);
		alg_text_ascii(a->reason, sizeof(a->reason), r->reason);
		alg_text_copy(a->seal_before, sizeof(a->seal_before), ses->header.seal);
		if (strlen(r->field) >= sizeof(a->field) || strlen(r->value) >= sizeof(a->new_value) ||
			strlen(r->reason) >= sizeof(a->reason) || strlen(r->who) >= sizeof(a->who))
			rc = alg_fail(log, MSG_AMEND_LONG, r->field, (int)sizeof(a->new_value) - 1, (int)sizeof(a->reason) - 1);
		else if (amend_one(&now, a))
			rc = alg_fail(log, MSG_AMEND_VALUE, r->field, (int)r->trial, r->value);
	}
	ses_session_clear(&now);
	return rc;
}

int ses_session_append_amendment(struct ses_session *ses, const struct ses_amendment *a)
{
	int rc = ses_session_add_amendment(ses, a);

	return rc ? rc : ses_session_seal(ses);
}

/* The folder's lock: two amendments of one file wait for each other, and neither is lost. */
int ses_folder_lock(const char *path, struct alg_log *log)
{
	char folder[4096];
	char *slash;
	int fd;

	if (!alg_text_copy(folder, sizeof(folder), path))
		return alg_fail(log, MSG_FILE_OPEN, path, "the name is too long");
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return alg_fail(log, MSG_FILE_OPEN, path, strerror(errno));
	for (int i = 0; i < 100; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
			return fd; /* where there are no locks, one person amends at a time */
		nanosleep(&(struct timespec){.tv_nsec = 100 * 1000 * 1000}, NULL);
	}
	close(fd);
	return alg_fail(log, MSG_AMEND_LOCKED, path);
}
