/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chain.h - the digests of a session: which of its numbers are those that were measured.
 *
 *   header_digest   what was fixed at the start: attributes, long texts, points
 *   digest          of each press: over the digest before it (the first: header_digest), its row and samples
 *   seal            over the last press's digest, the late attributes, events, ratings and amendments
 *
 * docs/FORMAT.md gives the bytes. There is no key: a chain shows a change by accident or by hand,
 * it cannot prove that nobody made the whole anew.
 */
#ifndef SES_CHAIN_H
#define SES_CHAIN_H

#include "data/digest.h"
#include "data/session.h"

/* Sets header.header_digest: after the points and long texts are in, before the first press. */
int ses_session_open_chain(struct ses_session *ses);
/* The digest of a press from its parts; before: 64 hex digits; minor: of the format. rows: its n_samples samples. ALG_ERR_ARG. */
int ses_press_digest(const char *before, int minor, const struct ses_trial *trial, const struct ses_sample_row *rows,
	char hex[SES_DIGEST_HEX]);
/* Sets the digest of a press; those before it must have theirs. ALG_ERR_ARG, ALG_ERR_NOMEM. */
int ses_session_chain(struct ses_session *ses, size_t trial_index);
/* Sets header.seal from what is there now. */
int ses_session_seal(struct ses_session *ses);
/* All three over the whole session: for one that was made from rows. */
int ses_session_chain_all(struct ses_session *ses);

enum { SES_CHAIN_PRESSES = 32 };
/* What does not agree with its stored digest. */
struct ses_chain_fault {
	bool header;                         /* attributes, texts or points were changed */
	bool seal;                           /* presses all agree, but events, ratings, amendments or their number do not */
	size_t n_presses;                    /* how many presses were changed */
	int32_t press[SES_CHAIN_PRESSES];    /* the first of them, by trial number */
};
/* Returns 0 when all agrees, ALG_ERR_FORMAT when *out says what does not. */
int ses_session_check(const struct ses_session *ses, struct ses_chain_fault *out);
/* The attributes, texts and points alone: for a reader that has no samples. MSG_H5_HEADER. */
int ses_session_verify_header(const struct ses_session *ses, struct alg_log *log);
/* The seal alone, over the last press's stored digest and all behind it: for a reader that has no samples. */
bool ses_session_seal_agrees(const struct ses_session *ses);
/* The same as ses_session_check, said: the first thing that differs (MSG_H5_HEADER, MSG_H5_DIGEST, MSG_H5_SEAL). */
int ses_session_verify(const struct ses_session *ses, struct alg_log *log);

#endif
