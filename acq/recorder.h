/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recorder.h - what is measured, as records of the journal: presses get their number, their samples and
 * their digest here. Into the journal's memory only; when it is synced is the store's business (store.h).
 * The store's thread only.
 */
#ifndef ACQ_RECORDER_H
#define ACQ_RECORDER_H

#include "acq/publisher.h"
#include "data/digest.h"
#include "data/journal.h"

/* Zeroed, then acq_recorder_go_on, then journal set, then start or resume. */
struct acq_recorder {
	struct ses_journal *journal;
	int minor;                        /* of the format of its rows */
	size_t n_trials;                  /* presses recorded, missing ones counted */
	int32_t n_samples;                /* theirs */
	int32_t last_made, last_status;   /* the last press made by a hand */
	char last_site[16];
	char last_digest[SES_DIGEST_HEX]; /* that the next press is bound to */
	struct ses_sample_row *running;   /* samples of the running press that the journal has */
	size_t n_running, cap_running;
};

/* Where numbers, chain and counts stand: an open chain (header_digest) in a new session, its rows in one that goes on. */
void acq_recorder_go_on(struct acq_recorder *recorder, const struct ses_session *session);
void acq_recorder_start(struct acq_recorder *recorder, const struct ses_journal_writer *writer,
	const struct ses_session *session, const int *order, size_t n_order);
void acq_recorder_resume(struct acq_recorder *recorder, const struct ses_journal_writer *writer);

/* A press has begun: *trial is its row if it were cut off now; its number and reason are set. */
void acq_recorder_begin(struct acq_recorder *recorder, struct ses_trial *trial);
/* More of its samples; kept as well, to be compared with what the press is made of in the end. ALG_ERR_NOMEM. */
int acq_recorder_samples(struct acq_recorder *recorder, struct ses_sample_row *rows, size_t n);
/* It was only a touch. */
void acq_recorder_drop(struct acq_recorder *recorder);
/*
 * A finished press (number, first sample and digest are set), an event, a rating, or an amendment of the
 * press made last. ALG_ERR_NOMEM, ALG_ERR_BUG when there is no such press.
 */
int acq_recorder_row(struct acq_recorder *recorder, struct acq_row *row);
void acq_recorder_closed(struct acq_recorder *recorder, bool complete);
/* Frees what it keeps, not the journal. */
void acq_recorder_free(struct acq_recorder *recorder);

#endif
