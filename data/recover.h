/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recover.h - what a crash left: sessions that were cut off, and a whole file made of what is there.
 *
 * Originals are only read. What is made is a new file; it is there whole or not at all, so that a
 * recovery can be cut off itself and simply begun again.
 */
#ifndef SES_RECOVER_H
#define SES_RECOVER_H

#include "data/replay.h"
#include "data/study.h"

struct ses_recovered {
	char path[PATH_MAX];        /* the new file; "" when none was made */
	char journal[PATH_MAX];     /* what it was made from */
	size_t presses;             /* all of them, missing places and the interrupted one counted */
	bool interrupted;           /* the last one was cut off while it was made; kept as rejected */
	size_t interrupted_samples;
	bool blinded;
	bool complete;              /* the session had been ended */
	uint64_t given_up_bytes;    /* at the journal's end */
	char why[96];               /* why; "" when nothing was given up */
	bool file_was_read;         /* the session file is readable and of this session */
	size_t amendments_from_file; /* corrections that only it had */
	size_t from_file;           /* presses that only the session file had, not the journal */
	size_t changed;             /* presses whose numbers are not those that were stored first */
};

/*
 * path: a journal, or a session file beside which one lies (running, cut off or put away). out_path: the
 * new file, which must not exist; NULL for the next free ..._rec-N_algometry.h5 beside the session.
 * MSG_SESSION_HELD when it is being recorded now; MSG_RECOVER_NONE; as ses_replay_read and ses_h5_create.
 */
int ses_recover(const char *path, const char *out_path, struct ses_recovered *out, struct alg_log *log);

enum ses_unfinished_state {
	SES_UNFINISHED_RUNNING, /* a program is recording it now */
	SES_UNFINISHED_CUT_OFF, /* it can be gone on with */
	SES_UNFINISHED_ENDED,   /* it was ended, but its file is not whole: finish it */
	SES_UNFINISHED_BROKEN,  /* the journal cannot be read at all */
};
struct ses_unfinished {
	enum ses_unfinished_state state;
	char journal[PATH_MAX];
	struct ses_file file;            /* the session file's path, there or not */
	struct ses_journal_writer writer;
	char visit_day[12], started[ALG_TIME_TEXT_MAX];
	size_t presses, planned;
};
/*
 * The participant's sessions whose journal was not put away, newest last; those that a recovery or a
 * whole file already stands for are left out. Journals of studies on a share are found as well. Caller
 * frees *out.
 */
int ses_unfinished_find(const struct ses_study *study, const char *code, struct ses_unfinished **out, size_t *n,
	struct alg_log *log);
/* Publishes the file of a session that was ended, from its journal, and puts the journal away. */
int ses_unfinished_finish(const struct ses_unfinished *unfinished, struct alg_log *log);

#endif
