/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * deidentify.h - a session without what could lead back to a person: for sharing data of a study.
 *
 *   participant   another code (or the same, when the caller says so)
 *   dates         moved so that the first visit is 1900-01-01; days between visits and times of day stay
 *   time zone, uuid, centre, examiner, who amended   dropped or new
 *   gauge         family, model, resolution stay; serial number, address and check are dropped
 *   free text     reasons, notes and skipping words are dropped; procedure and instruction stay only
 *                 when they are shipped ones, or the caller says so
 *   amendments    those of identity are applied and dropped, those of numbers stay without their texts
 *
 * The digests are made anew. Forces, times within the session and thresholds are as they were.
 */
#ifndef SES_DEIDENTIFY_H
#define SES_DEIDENTIFY_H

#include "data/session.h"

struct ses_deidentify {
	const char *code;       /* the new one */
	int32_t first_day;      /* days since 1970-01-01 of the participant's first visit */
	bool keep_procedure;    /* its text is known not to hold names */
};

/* In place. ALG_ERR_DATA (said) for a date that cannot be read; the session is not to be used then. */
int ses_session_deidentify(struct ses_session *ses, const struct ses_deidentify *how, struct alg_log *log);

#endif
