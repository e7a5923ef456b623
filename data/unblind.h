/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unblind.h - STUDY/unblinding.tsv: who may see the values of blinded sessions, since when, of what, and
 * why. Rows are appended and never changed. A row holds for sessions that began before it: what is
 * measured afterwards stays blinded until another row says otherwise.
 *
 *   time     ISO 8601 with offset
 *   who      a code
 *   scope    study, a participant's code, or code/session ("P012/3")
 *   reason   one line
 *
 * It keeps honest people blind. Whoever can read the files can read the numbers in them with any HDF5
 * reader; where that matters, the files must lie where the examiner has no access.
 */
#ifndef SES_UNBLIND_H
#define SES_UNBLIND_H

#include "data/session.h"
#include "data/study.h"

struct ses_unblinding {
	char time[40], who[32], scope[48], reason[128];
};

/* Checks and appends a row with the time now. ALG_ERR_ARG (said) for a scope, a name or a reason that is none. */
int ses_unblind_append(const struct ses_study *study, const struct ses_unblinding *row, struct alg_log *log);
/* All rows; the caller frees *out. No file: none. */
int ses_unblind_load(const struct ses_study *study, struct ses_unblinding **out, size_t *n, struct alg_log *log);
/*
 * Whether values of this session may be shown: it is not blinded, or a row of the study in whose folder
 * its file lies covers it: 1 or 0. A table that cannot be read covers nothing, and is said: below 0.
 */
int ses_unblinded(const char *session_path, const struct ses_header *header, struct alg_log *log);

#endif
