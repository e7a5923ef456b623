/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch.h - many session files, one after the other in the order that they are named, read ahead by several
 * child processes (pool.h). Memory does not grow with the number of files.
 *
 * From one thread, and not while another uses HDF5.
 */
#ifndef SES_BATCH_H
#define SES_BATCH_H

#include "data/index.h"
#include "data/session.h"

/*
 * Called once for every path, in their order. ses is NULL for a file that cannot be read: why was said to the log
 * just before, with exit code 4 (3, 1 ... for one that is not there). What ses owns is cleared after the call; a caller
 * that keeps it copies the struct and sets *ses to zero. A value other than 0 ends the batch and is returned.
 */
typedef int ses_batch_take(const char *path, struct ses_session *ses, void *user);
/* Called after each: done of all files. */
typedef void ses_batch_progress(size_t done, size_t all, void *user);

struct ses_batch_options {
	bool samples;                 /* whole sessions, every digest checked; false: summaries, as ses_h5_read_summary */
	int children;                 /* 0: one for each processor, no more than files */
	const char *study;            /* folder with the index of summaries (index.h); NULL: no index. paths begin with it */
	bool whole_study;             /* entries of the index without a file are forgotten, which takes a look at each */
	ses_batch_progress *progress; /* or NULL */
	void *progress_user;
};

struct ses_batch_report {
	size_t good, bad;             /* files handed over, and files that were not read */
	size_t alone;                 /* of both: read once more by a process of their own (pool.h) */
	size_t forgotten;             /* entries of the index without a file */
	struct ses_index_counts index;
};

/*
 * 0 when every path was handed over, read or not (report->bad counts); ALG_ERR_NOMEM (said); what take returned.
 * report may be NULL.
 */
int ses_batch_read(const char *const *paths, size_t n, const struct ses_batch_options *options, ses_batch_take *take, void *user,
	struct ses_batch_report *report, struct alg_log *log);

#endif
