/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * index.h - summaries that were read before, so that they need not be read again: a cache, and nothing else.
 * Deleting STUDY/.algometer-cache changes nothing but time.
 *
 * It lies in the study folder, not in the home folder: it holds the same numbers as the session files, so
 * that what protects, encrypts, moves or deletes the study has to reach it as well. It is made 0700 and its
 * files 0600, and what belongs to another user or can be read by one is not used, nor written to. A study that cannot be
 * written to has no index. deidentify makes another folder, and takes nothing but session files along.
 *
 * One entry a session file, named by its path in the study and ".summary". An entry is used only when the program's version,
 * the file's path, device, inode, size, times of content (mtime) and of inode (ctime), and its checksum line, read from the file
 * itself, are those that are in the entry, and the entry's own SHA-256 agrees. Everything else is read from the file
 * and replaces the entry, one rename each: two programs may use one index at the same time. A file without a
 * checksum line, or whose inode changed less than 2 s ago (a clock tick could hide the next change), gets no entry.
 */
#ifndef SES_INDEX_H
#define SES_INDEX_H

#include "data/pack.h"
#include "data/session.h"

#include <limits.h>

/* Counts: entries used, replaced since their file is another by now, thrown away since their bytes were wrong, written. */
struct ses_index_counts { size_t hits, stale, damaged, written; };

struct ses_index {
	char study[PATH_MAX]; /* as given; session paths begin with it */
	int fd;               /* of the folder; -1: there is no index */
	bool writes;          /* false after the first write that failed */
	struct ses_index_counts counts;
};

/* What an entry must begin with: filled by ses_index_find, handed to ses_index_keep. */
struct ses_index_key {
	char name[NAME_MAX + 1]; /* of the entry; "" when this file gets none */
	struct ses_bytes front;
};

/* study NULL, or a folder where no index can be: an index that knows nothing. Never fails. */
void ses_index_open(struct ses_index *index, const char *study);
/* Closes. forget: entries whose session file is gone are deleted, which looks at every entry. Returns how many they were. */
size_t ses_index_close(struct ses_index *index, bool forget);
/* Whether the summary is there; *out is empty otherwise. *key is the caller's to free by ses_index_key_free. */
bool ses_index_find(struct ses_index *index, const char *path, struct ses_index_key *key, struct ses_session *out);
/*
 * Keeps a summary that was read from the file after ses_index_find: minor version and packed session. Not when the file
 * changed meanwhile.
 */
void ses_index_keep(struct ses_index *index, const char *path, const struct ses_index_key *key, const struct ses_bytes *packed);
void ses_index_key_free(struct ses_index_key *key);

#endif
