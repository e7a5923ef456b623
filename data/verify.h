/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * verify.h - is a session file what was measured? Format, ranges and counts (the reader's checks),
 * digests, chain and seal, every threshold against its samples, the file's name against its attributes.
 */
#ifndef SES_VERIFY_H
#define SES_VERIFY_H

#include "data/session.h"

enum ses_verdict {
	SES_WHOLE,      /* everything agrees */
	SES_MOVED,      /* whole, and another participant's by now */
	SES_INCOMPLETE, /* everything agrees, but the session was not ended: cut off, or running */
	SES_EDITED,     /* opens, but is not what was measured: findings say what was changed */
	SES_DAMAGED,    /* its bytes are not those that were written */
	SES_FOREIGN,    /* not HDF5, not ours, or of another version */
	SES_UNREADABLE, /* absent, no permission, no file */
};

enum { SES_FINDINGS_MAX = 24, SES_FINDING_LEN = 256 };
struct ses_verified {
	enum ses_verdict verdict;
	char finding[SES_FINDINGS_MAX][SES_FINDING_LEN]; /* what is wrong; more than fit are counted */
	size_t n_findings;
	char note[4][SES_FINDING_LEN];                   /* what is unusual and not wrong */
	size_t n_notes;
	size_t n_presses, n_samples, n_amendments;
	char seal[12];                                   /* its first 8 digits; "" when it could not be read */
	bool simulated, blinded;
};

/* Never fails: what cannot be read is a verdict. */
void ses_verify_file(const char *path, struct ses_verified *out);
/* "whole", "moved", "incomplete", "edited", "damaged", "foreign", "unreadable" */
const char *ses_verdict_word(enum ses_verdict verdict);

#endif
