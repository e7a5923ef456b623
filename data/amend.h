/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * amend.h - corrections of a session. What was measured is never changed: a correction is one more row
 * of /amendments, with who, when and why, and readers apply the rows in order.
 *
 *   status        of a press: accepted (with a threshold), rejected, censored (with a ceiling)
 *   site, side    of a press; the other follows
 *   tip_area_cm2  of the session: every kPa follows
 *   acq, session, examiner, participant   of the session
 *   moved         of the session: it is another participant's now and left out here
 *   note          of a press or the session: changes nothing
 */
#ifndef SES_AMEND_H
#define SES_AMEND_H

#include "data/session.h"

struct ses_amend_request {
	const char *field, *value;
	int32_t trial;       /* 0: the whole session */
	const char *who, *reason;
	int64_t wall_ns;     /* now */
};

/* Applies only those that say whose session it is and which: for readers that show the original. */
int ses_session_amend_identity(struct ses_session *ses, struct alg_log *log);
/* A copy of its own, without what is only in memory. ALG_ERR_NOMEM. */
int ses_session_clone(const struct ses_session *ses, struct ses_session *out);
/*
 * Makes the row after trying it on a copy: what cannot be applied is never written. MSG_AMEND_*, with
 * nothing changed.
 */
int ses_amendment_make(const struct ses_session *ses, const struct ses_amend_request *request,
	struct ses_amendment *out, struct alg_log *log);
/* Appends the row and seals anew. */
int ses_session_append_amendment(struct ses_session *ses, const struct ses_amendment *amendment);
/* A descriptor that holds the lock of the folder path lies in; close it. Waits up to 10 s. */
int ses_folder_lock(const char *path, struct alg_log *log);

#endif
