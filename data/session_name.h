/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_name.h - how one session of a participant is called on a command line and in a table:
 * "4", "4-pre", "4-post", "4-run2", "4-pre-run2". The run tells series of one time point apart, such
 * as those of two examiners.
 */
#ifndef SES_SESSION_NAME_H
#define SES_SESSION_NAME_H

#include <stddef.h>

struct ses_session_name {
	int session;    /* 1..SES_SESSION_MAX */
	char acq[8];    /* "", "pre", "post" */
	int run;        /* 0: not named */
};

enum { SES_SESSION_NAME_MAX = 32 };

/* The whole of text. ALG_ERR_ARG (unsaid) when it is none; *out is untouched then. */
int ses_session_name_parse(const char *text, struct ses_session_name *out);
void ses_session_name_text(char out[SES_SESSION_NAME_MAX], const struct ses_session_name *name);

#endif
