/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.h - the thread that owns the session's rows and the disk. Main hands over finished presses,
 * events and ratings; after each the file is published anew, the latest state winning.
 *
 * A press counts as acknowledged when the file that holds it is on disk (fsync of file and folder).
 * A disk that fails is told once per change of state; what is not on disk stays in memory and is
 * tried again with the next press and every two seconds.
 */
#ifndef ACQ_STORE_H
#define ACQ_STORE_H

#include "acq/engine.h"
#include "base/clock.h"
#include "data/digest.h"
#include "data/session.h"

struct acq_store;
struct acq_store_state {
	size_t trials_given, trials_on_disk;
	bool failing;          /* the last attempt to write failed */
	char fault[256];       /* why */
	bool slow;             /* an attempt has been running for more than 1 s */
};

/* Takes the session over (its header and points are filled); the thread starts; the empty file is published before it returns. */
int acq_store_start(struct acq_store **out, struct ses_session *session, const char *path, int64_t start_ns,
	const struct alg_clock *clock, struct alg_log *log);
/* All of these copy and never wait for the disk. ALG_ERR_NOMEM. */
int acq_store_press(struct acq_store *store, const struct acq_press *press);
int acq_store_event(struct acq_store *store, const struct ses_event *event);
int acq_store_rating(struct acq_store *store, const struct ses_rating *rating);
int acq_store_reject_last(struct acq_store *store, const char *who, const char *reason);
void acq_store_state(struct acq_store *store, struct acq_store_state *out);
/*
 * Writes everything given once more with the session marked complete or not, and frees. *last tells
 * how much is on disk, seal (may be NULL) the digest of the last press. Returns 0, or ALG_ERR_IO
 * with last->fault when the last attempt failed. Nothing but this waits for the disk.
 */
int acq_store_finish(struct acq_store *store, bool complete, struct acq_store_state *last, char seal[SES_DIGEST_HEX]);

#endif
