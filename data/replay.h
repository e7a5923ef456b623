/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay.h - a journal read back: the session up to the first record that does not fit.
 *
 * The file is hostile until checked, and it may be the stump of a power cut: each record's CRC chain,
 * payload CRC, rows and numbers are checked, and what comes behind the first that fails is given up
 * and counted. The original is only read.
 */
#ifndef SES_REPLAY_H
#define SES_REPLAY_H

#include "data/journal.h"
#include "data/session.h"

struct ses_replay {
	struct ses_session session;        /* as the file would be: digests made anew, sealed */
	struct ses_journal_writer writer;  /* who wrote last */
	int *order;
	size_t n_order;
	int minor;                         /* of the format that its rows are in */
	int resumed;                       /* how often the session was gone on with */
	bool closed;                       /* the session was ended; header.complete says how */
	bool running;                      /* a press was being made: its row and samples */
	bool kept;                         /* it was made the session's last press */
	struct ses_trial running_trial;
	struct ses_sample_row *running_rows;
	size_t n_running, cap_running;
	double last_s;                     /* latest time in it, since the start */
	size_t records;
	uint64_t good_bytes, file_bytes;   /* taken; in the file up to its last byte that is not 0 */
	const char *stopped;               /* why reading ended before the end of the file; NULL when it did not */
	size_t n_changed;                  /* presses whose digest was not the one that was stored */
	uint8_t *bytes;                    /* the file's, for going on */
};

/*
 * Says MSG_FILE_*, MSG_JOURNAL_NONE (no journal, or cut within its first record), MSG_JOURNAL_NEWER.
 * A journal that ends early is no error: out->stopped says so. *out is to be freed in any case.
 */
int ses_replay_read(const char *path, struct ses_replay *out, struct alg_log *log);
/* The same from memory, of which a copy is made; name is for messages. */
int ses_replay_bytes(const uint8_t *bytes, size_t len, const char *name, struct ses_replay *out, struct alg_log *log);
/*
 * The press that was being made becomes a rejected one (interrupted): it hurt, so it must not vanish.
 * Nothing to do when there was none. ALG_ERR_NOMEM.
 */
int ses_replay_keep_running(struct ses_replay *replay);
/*
 * Goes on with the journal that was read: *out begins with what is good in it (and with the press that
 * keep_running made of the running one, the last of session); the old file stays as PATH.cut-1, -2 ... As ses_journal_take_over.
 */
int ses_replay_take_over(struct ses_replay *replay, const struct ses_session *session, const char *path, uint64_t reserve_bytes, struct ses_journal **out,
	struct alg_log *log);
void ses_replay_free(struct ses_replay *replay);

#endif
