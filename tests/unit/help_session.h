/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help_session.h - sessions for tests: filled to the brim through the schema, and compared. */
#ifndef TEST_HELP_SESSION_H
#define TEST_HELP_SESSION_H

#include "data/schema.h"

/* n_trials presses with samples_each samples, 3 points, events, ratings; each text at its full length. */
void help_session_fill(struct ses_session *ses, size_t n_trials, size_t samples_each);
/* The first member that differs as "/results/ppt_kpa row 3", or "" when all are the same (NAN = NAN). */
const char *help_session_differs(const struct ses_session *a, const struct ses_session *b);

/* A log that keeps the last message. */
struct help_log {
	struct alg_log log;
	int id;
	char text[ALG_LOG_TEXT_MAX];
};
void help_log_start(struct help_log *log);

#endif
