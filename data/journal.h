/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * journal.h - the append-only record of a session while it is measured. Nothing counts as kept
 * before its record is synced here; the session file (session.h) is made from the same rows.
 *
 * A file of records, little endian:
 *
 *   0  "AJ1\n"          4  type               8  payload bytes      12  number, from 0
 *   16 CRC-32 of payload                      20 CRC-32 of bytes 0-19, begun with the CRC that stands
 *                                                there in the record before (the first: 0)
 *   24 payload
 *
 * The chain of CRCs makes old bytes behind a cut tail unacceptable. Numbers and rows in payloads
 * are canonical bytes (pack.h). docs/FORMAT.md lists the types.
 *
 * Beside the session file lies SESSION_algometry.journal while the session runs or was cut off, and
 * SESSION_algometry.journal.done after a clean end. On a network file system it lies in
 * $XDG_STATE_HOME/algometer/journals instead, since a share can neither be locked nor synced reliably.
 *
 * One thread. A journal that cannot be written stays whole in memory and is written anew, to a new
 * file that replaces the old one: after a failed fsync the kernel may have dropped the pages, and a
 * second fsync of the same file would lie (fsyncgate).
 */
#ifndef SES_JOURNAL_H
#define SES_JOURNAL_H

#include "base/clock.h"
#include "data/pack.h"

#include <limits.h>

enum {
	SES_JOURNAL_VERSION = 1,
	SES_JOURNAL_HEAD = 24,
	SES_JOURNAL_PAYLOAD_MAX = 16 << 20,
	SES_JOURNAL_FILE_MAX = 1 << 30,
};

enum ses_journal_type {
	SES_JOURNAL_START = 1, /* who writes, order, header, points, ratings */
	SES_JOURNAL_ROWS,      /* rows of events, ratings or amendments */
	SES_JOURNAL_BEGIN,     /* a press has begun: its row as it would be if it were cut off now */
	SES_JOURNAL_SAMPLES,   /* samples of the running press, in order */
	SES_JOURNAL_DROP,      /* the running press was only a touch: its samples belong to nothing */
	SES_JOURNAL_PRESS,     /* the running press is final: which of its samples, and its row */
	SES_JOURNAL_RESUME,    /* another program goes on with the session */
	SES_JOURNAL_CLOSED,    /* the session has ended: u32 complete */
};

/* What START and RESUME say about the program that writes. */
struct ses_journal_writer {
	uint32_t pid;
	char host[64];
	char since[ALG_TIME_TEXT_MAX]; /* ISO 8601 */
	char session_path[PATH_MAX];   /* the session file, absolute where known */
};

/*
 * SESSION_algometry.h5 -> SESSION_algometry.journal beside it, or SESSION_algometry.<8 hex digits of its
 * folder>.journal where the state of this user lies. False: too long, or HOME is not set.
 */
bool ses_journal_path(const char *session_path, bool network, char *out, size_t cap);
/* Whether the folder of path lies on a file system of another machine. */
bool ses_journal_network(const char *path);

struct ses_journal;
/*
 * Makes path (0600; never takes one that is there), locks it, and reserves bytes on the disk.
 * MSG_JOURNAL_EXISTS, MSG_SESSION_HELD, MSG_STORE_SPACE, MSG_FILE_WRITE.
 */
int ses_journal_create(struct ses_journal **out, const char *path, uint64_t reserve_bytes, struct alg_log *log);
/*
 * Takes a journal over that was cut off: locks it, keeps it under old_path, and puts in its place a
 * new one that begins with its first good_bytes. *out goes on from there.
 */
int ses_journal_take_over(struct ses_journal **out, const char *path, const char *old_path, const uint8_t *good,
	size_t good_bytes, uint64_t reserve_bytes, struct alg_log *log);
/* Into memory only. A payload is at most SES_JOURNAL_PAYLOAD_MAX. */
void ses_journal_add(struct ses_journal *journal, enum ses_journal_type type, const struct ses_bytes *payload);
/*
 * Writes and syncs what was added. ALG_ERR_IO with fault filled when not even a new file could be
 * written; everything stays in memory, and the next call tries again.
 */
int ses_journal_sync(struct ses_journal *journal, char *fault, size_t cap);
/* How often the journal had to be written anew since it was opened. */
int ses_journal_rewrites(const struct ses_journal *journal);
/*
 * Ends: done puts it away as PATH.done; else it stays for `recover`. The space that was reserved and
 * not used is given back. Frees in any case. ALG_ERR_IO when it could not be renamed.
 */
int ses_journal_end(struct ses_journal *journal, bool done);
/* Removes a journal in which nothing was recorded, and frees. */
void ses_journal_discard(struct ses_journal *journal);

/* Whether a program holds the lock on this journal right now. False when there is no such file. */
bool ses_journal_held(const char *path);

void ses_pack_writer(struct ses_bytes *bytes, const struct ses_journal_writer *writer);
int ses_unpack_writer(struct ses_unpack *in, struct ses_journal_writer *writer);
void ses_journal_writer_now(struct ses_journal_writer *writer, const char *session_path, int64_t wall_ns);

#endif
