/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pool.h - child processes that read one session file after another: what batch.c puts in order.
 *
 * A child of h5_child.c lives for one file, and most of its time goes into being born (a fork, and every
 * page that libhdf5 touches copied anew). A child of the pool has the same limits and the same system
 * call filter, and reads up to POOL_FILES files before another takes its place.
 *
 * So that a file cannot do harm to those that its child reads after it:
 *  - the child ends after the first file that libhdf5, or a check, has anything to say about; nothing that
 *    it says is passed on, not even the message: that file is read again by a child of its own;
 *  - the parent computes header_digest and seal of every answer anew and looks for both in the bytes that
 *    it read itself: attributes, texts, points, events, ratings, amendments and the last press's digest are
 *    those of this file, whatever the child is. With samples the same holds for every press;
 *  - what is left: a file that takes the child over by a fault of libhdf5, and shows nothing of it, could
 *    change rows of /results in summaries of up to POOL_FILES - 1 files after it. 'verify' reads each file
 *    by itself and with its samples, and would find such a file whole: compare with it in doubt.
 *
 * One thread at a time, and not while another uses HDF5.
 */
#ifndef SES_POOL_H
#define SES_POOL_H

#include "data/pack.h"
#include "data/session.h"

enum { POOL_CHILDREN_MAX = 16, POOL_FILES = 64, POOL_BYTES = 64 << 20, POOL_DEADLINE_S = 5 };

struct ses_pool;

/* children: 1..POOL_CHILDREN_MAX, made when they are first needed. NULL without memory. */
struct ses_pool *ses_pool_open(int children, enum ses_parts parts);
/* Kills what still reads. NULL is allowed. */
void ses_pool_close(struct ses_pool *pool);
/* Whether a child has nothing to do. */
bool ses_pool_idle(struct ses_pool *pool);
/*
 * Reads the file and hands it to an idle child; ticket comes back with the answer. ALG_ERR_IO, unsaid, when it is
 * to be read alone: it cannot be opened, is refused before libhdf5 sees it, or no child can be made.
 */
int ses_pool_give(struct ses_pool *pool, const char *path, size_t ticket);

/* ses is the caller's to clear; packed: minor version and packed session as they came, the caller's to free. */
struct ses_pool_answer {
	size_t ticket;
	bool good; /* false: read that file alone; ses and packed are empty */
	struct ses_session ses;
	struct ses_bytes packed;
};
/* Waits up to timeout_ms (0: does not, -1: until there is one). False: none came, or nothing is being read. */
bool ses_pool_take(struct ses_pool *pool, int timeout_ms, struct ses_pool_answer *out);

#endif
