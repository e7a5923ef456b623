/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.h - what is measured goes to the disk: the thread that owns the journal. Main hands over
 * samples of the running press, finished presses, events, ratings and amendments, and never waits.
 *
 * The journal is synced at once for a press or an amendment, else every 100 ms, so that at most 0.2 s
 * of a running press can be lost. A press is acknowledged when its record is synced. Acknowledged rows
 * go on to the publisher (publisher.h), which makes the session file of them.
 *
 * A disk that stalls delays only this thread; what comes meanwhile waits in memory and nothing is
 * dropped. A disk that fails is told by acq_store_state; the journal is written anew with the next
 * press and every two seconds, and presses count again from then on.
 */
#ifndef ACQ_STORE_H
#define ACQ_STORE_H

#include "acq/engine.h"
#include "acq/publisher.h"
#include "base/clock.h"
#include "data/digest.h"
#include "data/journal.h"
#include "data/session.h"

struct acq_store;

struct acq_store_plan {
	const char *session_path, *journal_path;
	const int *order;            /* of the planned presses, for going on after a crash */
	size_t n_order;
	uint64_t reserve_bytes;      /* of the journal: the worst case of this session */
	int64_t start_ns;            /* the session's time zero on clock */
	const struct alg_clock *clock;
	struct ses_journal *journal; /* taken over from a session that was cut off; NULL: a new one is made */
};

struct acq_store_state {
	size_t given;          /* presses handed over, missing ones counted */
	size_t acknowledged;   /* of these, in the journal and synced */
	size_t in_file;        /* of these, in the session file */
	bool failing;          /* the journal cannot be written: nothing is acknowledged */
	char fault[256];
	bool behind;           /* the session file cannot be written; the journal may be fine */
	char behind_fault[256];
	bool slow;             /* the disk has not answered for more than 1 s */
	int rewrites;          /* how often the journal was written anew */
};

/*
 * Takes the session over (header, points, ratings; for one that goes on its rows too). When it returns
 * 0, the journal is there, locked and synced, the file is published, and both threads run. plan->journal
 * is taken over in any case. MSG_JOURNAL_*, MSG_SESSION_HELD, MSG_STORE_SPACE, MSG_FILE_*.
 */
int acq_store_start(
	struct acq_store **out, struct ses_session *session, const struct acq_store_plan *plan, struct alg_log *log);
/* All of these copy and never wait for the disk. ALG_ERR_NOMEM. */
int acq_store_press(struct acq_store *store, const struct acq_press *press);
int acq_store_event(struct acq_store *store, const struct ses_event *event);
int acq_store_rating(struct acq_store *store, const struct ses_rating *rating);
/* Of the press stored last: field "status" or "site". */
int acq_store_amend_last(struct acq_store *store, const char *field, const char *value, const char *who, const char *reason);
/* The press being made, as far as it goes; NULL when there is none. What is new of it is stored. */
int acq_store_running(struct acq_store *store, const struct acq_press *running);
void acq_store_state(struct acq_store *store, struct acq_store_state *out);
/* Waits until so many presses are acknowledged, the disk fails, or the time is over. */
bool acq_store_wait(struct acq_store *store, size_t presses, int timeout_ms);
/*
 * Ends the session: the journal is closed, the file published for good and read back, the journal put
 * away. *last tells how that went, seal (may be NULL) the file's. Returns 0 when the file is whole on
 * disk, else ALG_ERR_IO: last->acknowledged presses are in the journal all the same. Waits for the disk.
 */
int acq_store_finish(struct acq_store *store, bool complete, struct acq_store_state *last, char seal[SES_DIGEST_HEX]);

#endif
