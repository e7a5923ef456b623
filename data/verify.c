/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/verify.h"

#include "base/text.h"
#include "base/units.h"
#include "data/amend.h"
#include "data/chain.h"
#include "data/journal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As in docs/FORMAT.md: stored times are rounded, and with them the threshold. */
#define THRESHOLD_KPA 0.001
enum { THRESHOLDS_SHOWN = 3 };
#define USELESS (SES_SAMPLE_PEAK | SES_SAMPLE_OVERLOAD | SES_SAMPLE_FAULT)

static void find(struct ses_verified *v, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void find(struct ses_verified *v, const char *fmt, ...)
{
	va_list args;

	if (v->n_findings < SES_FINDINGS_MAX) {
		va_start(args, fmt);
		vsnprintf(v->finding[v->n_findings], SES_FINDING_LEN, fmt, args);
		va_end(args);
	}
	v->n_findings++;
}

static void note(struct ses_verified *v, const char *text)
{
	if (v->n_notes < sizeof(v->note) / sizeof(v->note[0]))
		alg_text_copy(v->note[v->n_notes++], SES_FINDING_LEN, text);
}

/* ---- what the reader says ----------------------------------------------------------------------------- */

struct heard {
	int id;
	char text[ALG_LOG_TEXT_MAX];
	bool no_checksum;
};

static void hear(void *ctx, enum alg_level level, int id, const char *text)
{
	struct heard *h = ctx;

	if (level == ALG_LEVEL_WARNING && id == 407)
		h->no_checksum = true;
	if (level != ALG_LEVEL_ERROR)
		return;
	h->id = id;
	alg_text_copy(h->text, sizeof(h->text), text);
}

/* Message numbers: base/messages.h. */
static enum ses_verdict of_message(int id)
{
	switch (id) {
	case 401: case 402: case 404: case 412:
		return SES_FOREIGN;
	case 403: case 405:
		return SES_DAMAGED;
	default:
		return SES_UNREADABLE;
	}
}

/* ---- what the rows say -------------------------------------------------------------------------------- */

static void check_digests(struct ses_verified *v, const struct ses_session *ses)
{
	struct ses_chain_fault check;

	if (ses_session_check(ses, &check) == 0)
		return;
	if (check.header)
		find(v, "the attributes, texts or points were changed after the start");
	for (size_t i = 0; i < check.n_presses && i < SES_CHAIN_PRESSES; i++)
		find(v, "press %d was changed: its row or its samples are not those that were measured", (int)check.press[i]);
	if (check.seal && !check.header && !check.n_presses)
		find(v, "events, ratings or amendments were changed, or presses taken away or added at the end");
	else if (check.seal)
		find(v, "the seal does not agree");
}

/* Force at the response by interpolation between the usable neighbours, as docs/FORMAT.md says. */
static double force_at(const struct ses_session *ses, const struct ses_trial *t)
{
	const struct ses_sample_row *before = NULL;

	for (int32_t i = 0; i < t->n_samples; i++) {
		const struct ses_sample_row *s = &ses->samples[t->first_sample + i];

		if (!isfinite(s->force_n) || (s->flags & (int32_t)USELESS))
			continue;
		if (s->t_s == t->t_response_s)
			return s->force_n;
		if (s->t_s > t->t_response_s)
			return before ? before->force_n + (s->force_n - before->force_n) *
					(t->t_response_s - before->t_s) / (s->t_s - before->t_s)
				      : NAN;
		before = s;
	}
	return NAN;
}

/* The first few with their numbers, unless the session is blinded; the others are counted. */
static void check_thresholds(struct ses_verified *v, const struct ses_session *ses)
{
	size_t wrong = 0;

	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];
		double kpa = alg_pressure_kpa(force_at(ses, t) - t->zero_n, ses->header.tip_area_cm2);

		if (!isfinite(t->ppt_kpa) || fabs(kpa - t->ppt_kpa) <= THRESHOLD_KPA || wrong++ >= THRESHOLDS_SHOWN)
			continue;
		if (ses->header.blinded)
			find(v, "press %d: its stored threshold is not what its samples give", (int)t->trial);
		else
			find(v, "press %d: its threshold is stored as %.3f kPa, and its samples give %.3f kPa",
				(int)t->trial, t->ppt_kpa, kpa);
	}
	if (wrong > THRESHOLDS_SHOWN)
		find(v, "so it is with %zu more presses", wrong - THRESHOLDS_SHOWN);
}

static void check_order(struct ses_verified *v, const struct ses_session *ses)
{
	int32_t next = 0;

	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];

		if (t->trial != (int32_t)i + 1)
			find(v, "press %d stands where press %zu should: rows were taken away, added or sorted", (int)t->trial, i + 1);
		if (t->first_sample != next)
			find(v, "press %d: its samples do not follow those of the press before", (int)t->trial);
		next = t->first_sample + t->n_samples;
		for (int32_t k = 1; k < t->n_samples; k++)
			if (ses->samples[t->first_sample + k].t_s < ses->samples[t->first_sample + k - 1].t_s) {
				find(v, "press %d: time goes back in its samples", (int)t->trial);
				break;
			}
	}
	if ((size_t)next != ses->n_samples)
		find(v, "%zu samples belong to no press", ses->n_samples - (size_t)next);
}

/* The name of a file that was not renamed by hand says whose it is. amended: as it stands now. */
static void check_name(struct ses_verified *v, const char *path, const struct ses_session *amended)
{
	const struct ses_header *h = &amended->header;
	const char *name = strrchr(path, '/');
	char stem[160], run[16] = "";

	name = name ? name + 1 : path;
	if (h->run > 1)
		snprintf(run, sizeof(run), "_run-%d", (int)h->run);
	snprintf(stem, sizeof(stem), "sub-%s_ses-%02d%s%s%s", h->participant, (int)h->session, h->acq[0] ? "_acq-" : "", h->acq, run);
	if (strncmp(name, "sub-", 4) != 0)
		note(v, "its name is not that of a session file, so that it says nothing about whose it is");
	else if (!amended->moved_to[0] && !h->origin[0] && strncmp(name, stem, strlen(stem)) != 0)
		find(v, "its name says another participant, session or time point than its attributes (%s)", stem);
}

static void check_amendments(struct ses_verified *v, const char *path, const struct ses_session *ses)
{
	struct ses_session amended;
	struct heard heard = {.id = 0};
	struct alg_log log = {.sink = hear, .ctx = &heard, .level = ALG_LEVEL_WARNING};

	if (ses_session_clone(ses, &amended) < 0)
		return;
	if (ses_session_amend(&amended, &log) < 0)
		find(v, "%.200s", heard.text);
	else
		check_name(v, path, &amended);
	if (amended.moved_to[0] && v->verdict == SES_WHOLE)
		v->verdict = SES_MOVED;
	ses_session_clear(&amended);
}

static void check_access(struct ses_verified *v, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & 077))
		note(v, "other users of this machine can read it (chmod 600)");
}

/* A session that ended has a journal no more: one that is there holds what the file may not. */
static bool has_journal(const char *path, char journal[PATH_MAX])
{
	return ses_journal_path(path, false, journal, PATH_MAX) && access(journal, F_OK) == 0;
}

static void check_running(struct ses_verified *v, const char *path)
{
	char journal[PATH_MAX];

	if (has_journal(path, journal) && ses_journal_held(journal))
		find(v, "it is being recorded right now");
	else
		find(v, "the session was not ended: it was cut off ('algometer recover' makes a file of its journal)");
}

void ses_verify_file(const char *path, struct ses_verified *out)
{
	struct heard heard = {.id = 0};
	struct alg_log log = {.sink = hear, .ctx = &heard, .level = ALG_LEVEL_WARNING};
	struct ses_session ses;
	char journal[PATH_MAX];

	*out = (struct ses_verified){.verdict = SES_WHOLE};
	if (ses_h5_read_unchecked(path, &ses, &log) < 0) {
		out->verdict = of_message(heard.id);
		find(out, "%.250s", heard.text);
		return;
	}
	out->n_presses = ses.n_trials;
	out->n_samples = ses.n_samples;
	out->n_amendments = ses.n_amendments;
	out->simulated = ses.header.simulated;
	out->blinded = ses.header.blinded;
	snprintf(out->seal, sizeof(out->seal), "%.8s", ses.header.seal);
	check_digests(out, &ses);
	check_order(out, &ses);
	check_thresholds(out, &ses);
	check_amendments(out, path, &ses);
	check_access(out, path);
	if (out->n_findings)
		out->verdict = SES_EDITED;
	else if (ses_session_ended_early(&ses) && !has_journal(path, journal)) {
		char text[96];

		snprintf(text, sizeof(text), "the session was ended %s", ses_session_ended_early(&ses));
		note(out, text);
	} else if (!ses.header.complete && !ses.header.recovered[0]) {
		out->verdict = SES_INCOMPLETE;
		check_running(out, path);
	}
	if (heard.no_checksum)
		note(out, out->n_findings ? "its checksum line is missing: it was written by another program"
					  : "its checksum line is missing: another program wrote it, and the numbers are those that were measured");
	if (ses.header.recovered[0])
		note(out, "recovered from a journal");
	ses_session_clear(&ses);
}

const char *ses_verdict_word(enum ses_verdict verdict)
{
	static const char *const word[] = {"whole", "moved", "incomplete", "edited", "damaged", "foreign", "unreadable"};

	return word[verdict];
}
