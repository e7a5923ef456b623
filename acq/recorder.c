/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recorder.c - rows become records: numbers, digests, and which samples the journal has already. */
#include "acq/recorder.h"

#include "base/text.h"
#include "data/chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES_A_RECORD = 16384 };

static void journal_rows(struct acq_recorder *r, const char *name, const void *row)
{
	const struct ses_table *table = ses_table_find(name);
	struct ses_bytes bytes = {0};

	ses_bytes_add_u32(&bytes, (uint32_t)(table - ses_tables));
	ses_bytes_add_u32(&bytes, 1);
	ses_pack_row(&bytes, table, r->minor, row);
	ses_journal_add(r->journal, SES_JOURNAL_ROWS, &bytes);
	ses_bytes_free(&bytes);
}

void acq_recorder_begin(struct acq_recorder *r, struct ses_trial *trial)
{
	struct ses_bytes bytes = {0};

	trial->trial = (int32_t)r->n_trials + 1;
	trial->status = SES_REJECTED;
	trial->reason = SES_REASON_INTERRUPTED;
	trial->digest[0] = '\0';
	ses_pack_row(&bytes, ses_table_find("results"), r->minor, trial);
	ses_journal_add(r->journal, SES_JOURNAL_BEGIN, &bytes);
	ses_bytes_free(&bytes);
	r->n_running = 0;
}

int acq_recorder_samples(struct acq_recorder *r, struct ses_sample_row *rows, size_t n)
{
	const struct ses_table *table = ses_table_find("samples");

	if (r->n_running + n > r->cap_running) {
		size_t cap = 2 * (r->n_running + n);
		struct ses_sample_row *fresh = realloc(r->running, cap * sizeof(*fresh));

		if (!fresh)
			return ALG_ERR_NOMEM;
		r->running = fresh;
		r->cap_running = cap;
	}
	for (size_t at = 0; at < n; at += SAMPLES_A_RECORD) {
		size_t count = n - at < SAMPLES_A_RECORD ? n - at : SAMPLES_A_RECORD;
		struct ses_bytes bytes = {0};

		ses_bytes_add_u32(&bytes, (uint32_t)count);
		for (size_t i = at; i < at + count; i++) {
			rows[i].trial = (int32_t)r->n_trials + 1;
			ses_pack_row(&bytes, table, r->minor, &rows[i]);
			r->running[r->n_running++] = rows[i];
		}
		ses_journal_add(r->journal, SES_JOURNAL_SAMPLES, &bytes);
		ses_bytes_free(&bytes);
	}
	return 0;
}

static bool same_row(const struct ses_sample_row *a, const struct ses_sample_row *b)
{
	bool same_force = a->force_n == b->force_n || (isnan(a->force_n) && isnan(b->force_n));

	return a->t_s == b->t_s && a->t_arrival_s == b->t_arrival_s && same_force && a->flags == b->flags &&
	       a->counter == b->counter && strcmp(a->shown, b->shown) == 0;
}

/*
 * How many of the press's rows the journal has already, from *skip on. What was streamed is taken
 * only where it is the same: else the whole press is written behind a new beginning.
 */
static bool find_streamed(const struct acq_recorder *r, const struct acq_row *press, size_t *skip, size_t *have)
{
	size_t n = (size_t)press->trial.n_samples, i = 0;

	*skip = *have = 0;
	if (n == 0)
		return true;
	while (i < r->n_running && !same_row(&r->running[i], &press->rows[0]))
		i++;
	if (i == r->n_running)
		return false;
	*skip = i;
	for (; i < r->n_running && *have < n; i++, (*have)++)
		if (!same_row(&r->running[i], &press->rows[*have]))
			return false;
	return true;
}

static int journal_press(struct acq_recorder *r, struct acq_row *press)
{
	struct ses_trial *t = &press->trial, begin = *t;
	struct ses_bytes bytes = {0};
	size_t skip, have;
	int rc;

	if (!find_streamed(r, press, &skip, &have)) {
		acq_recorder_begin(r, &begin);
		skip = have = 0;
	}
	rc = acq_recorder_samples(r, press->rows + have, (size_t)t->n_samples - have);
	t->trial = (int32_t)r->n_trials + 1;
	t->first_sample = r->n_samples;
	for (int32_t i = 0; i < t->n_samples; i++)
		press->rows[i].trial = t->trial;
	if (rc == 0)
		rc = ses_press_digest(r->last_digest, r->minor, t, press->rows, t->digest);
	if (rc)
		return rc;
	ses_bytes_add_u32(&bytes, (uint32_t)skip);
	ses_bytes_add_u32(&bytes, (uint32_t)t->n_samples);
	ses_pack_row(&bytes, ses_table_find("results"), r->minor, t);
	ses_journal_add(r->journal, SES_JOURNAL_PRESS, &bytes);
	ses_bytes_free(&bytes);
	memcpy(r->last_digest, t->digest, SES_DIGEST_HEX);
	r->n_trials++;
	r->n_samples += t->n_samples;
	if (t->n_samples) /* a place given up meanwhile does not end the press that is being made */
		r->n_running = 0;
	if (t->status != SES_MISSING) {
		r->last_made = t->trial;
		r->last_status = t->status;
		alg_text_copy(r->last_site, sizeof(r->last_site), t->site_code);
	}
	return 0;
}

int acq_recorder_row(struct acq_recorder *r, struct acq_row *row)
{
	switch (row->kind) {
	case ACQ_ROW_PRESS:
		return journal_press(r, row);
	case ACQ_ROW_EVENT:
		journal_rows(r, "events", &row->event);
		return 0;
	case ACQ_ROW_RATING:
		journal_rows(r, "ratings", &row->rating);
		return 0;
	case ACQ_ROW_AMENDMENT:
		/* The press that was stored last and made by a hand. */
		if (!r->last_made)
			return ALG_ERR_BUG;
		row->amendment.trial = r->last_made;
		alg_text_copy(row->amendment.old_value, sizeof(row->amendment.old_value),
			strcmp(row->amendment.field, "site") == 0 ? r->last_site : ses_status_word((enum ses_status)r->last_status));
		journal_rows(r, "amendments", &row->amendment);
		return 0;
	}
	return ALG_ERR_BUG;
}

void acq_recorder_drop(struct acq_recorder *r)
{
	ses_journal_add(r->journal, SES_JOURNAL_DROP, NULL);
	r->n_running = 0;
}

void acq_recorder_closed(struct acq_recorder *r, bool complete)
{
	struct ses_bytes bytes = {0};

	ses_bytes_add_u32(&bytes, complete);
	ses_journal_add(r->journal, SES_JOURNAL_CLOSED, &bytes);
	ses_bytes_free(&bytes);
}

/* ---- beginning and end ------------------------------------------------------------------------------ */

void acq_recorder_start(struct acq_recorder *r, const struct ses_journal_writer *writer, const struct ses_session *ses,
	const int *order, size_t n_order)
{
	struct ses_bytes bytes = {0};

	r->minor = ses->header.minor;
	ses_bytes_add_u32(&bytes, SES_JOURNAL_VERSION);
	ses_bytes_add_u32(&bytes, SES_FORMAT_MAJOR);
	ses_bytes_add_u32(&bytes, (uint32_t)ses->header.minor);
	ses_pack_writer(&bytes, writer);
	ses_bytes_add_u32(&bytes, (uint32_t)n_order);
	for (size_t i = 0; i < n_order; i++)
		ses_bytes_add_u32(&bytes, (uint32_t)order[i]);
	ses_pack_session(&bytes, ses);
	ses_journal_add(r->journal, SES_JOURNAL_START, &bytes);
	ses_bytes_free(&bytes);
}

void acq_recorder_resume(struct acq_recorder *r, const struct ses_journal_writer *writer)
{
	struct ses_bytes bytes = {0};

	ses_pack_writer(&bytes, writer);
	ses_journal_add(r->journal, SES_JOURNAL_RESUME, &bytes);
	ses_bytes_free(&bytes);
}

void acq_recorder_go_on(struct acq_recorder *r, const struct ses_session *ses)
{
	r->minor = ses->header.minor;
	r->n_trials = ses->n_trials;
	r->n_samples = (int32_t)ses->n_samples;
	memcpy(r->last_digest, ses->n_trials ? ses->trials[ses->n_trials - 1].digest : ses->header.header_digest,
		SES_DIGEST_HEX);
	for (size_t i = ses->n_trials; i-- > 0 && !r->last_made;)
		if (ses->trials[i].status != SES_MISSING) {
			r->last_made = ses->trials[i].trial;
			r->last_status = ses->trials[i].status;
			alg_text_copy(r->last_site, sizeof(r->last_site), ses->trials[i].site_code);
		}
}

void acq_recorder_free(struct acq_recorder *r)
{
	free(r->running);
	r->running = NULL;
}
