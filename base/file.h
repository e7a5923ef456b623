/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * file.h - whole files read with a limit, and written so that a name is always whole or absent.
 * Order of syncs on writing: file, rename (or link), folder.
 */
#ifndef ALG_BASE_FILE_H
#define ALG_BASE_FILE_H

#include "base/log.h"

#include <stddef.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Whole file into fresh memory, terminated by a NUL that *len does not count; the caller frees.
 * Says MSG_FILE_* and returns its status on failure or when it is longer than max bytes.
 */
int alg_file_read(const char *path, size_t max, char **text, size_t *len, struct alg_log *log);

/*
 * Replaces or makes a file whole or not at all: temporary file beside it, write, fsync, rename,
 * fsync of the folder. mode like open(2). Says MSG_FILE_WRITE on failure.
 */
int alg_file_replace(const char *path, const void *data, size_t len, unsigned mode, struct alg_log *log);
/* The same, but ALG_ERR_EXISTS (said) when the name is taken, without a race: link(2), or renameat2(2) where there are no links. */
int alg_file_create(const char *path, const void *data, size_t len, unsigned mode, struct alg_log *log);
/*
 * Whether path may be replaced because it is absent (0), or because it begins with these len bytes and so was made
 * here and can be made anew (0). Anything else is foreign: MSG_PLOT_FOREIGN with what, or MSG_FILE_OPEN.
 */
int alg_file_check_ours(const char *path, const char *begins, size_t len, const char *what, struct alg_log *log);

/* A file that is written row by row: under a temporary name beside path until it is whole. */
struct alg_file_stream {
	char path[PATH_MAX], tmp[PATH_MAX];
	FILE *f; /* write here; NULL: not open */
};
/* Mode like open(2). Says MSG_FILE_WRITE. */
int alg_file_stream_open(struct alg_file_stream *stream, const char *path, unsigned mode, struct alg_log *log);
/* Syncs, and gives it its name, replacing what has it. Says MSG_FILE_WRITE; closed in any case. */
int alg_file_stream_commit(struct alg_file_stream *stream, struct alg_log *log);
/* Closes and removes it; nothing when it is not open. */
void alg_file_stream_abort(struct alg_file_stream *stream);

/* fsync of the folder that path lies in, so that a new or changed name in it lasts. ALG_ERR_IO with errno. */
int alg_file_sync_folder(const char *path);
/* Bytes that an unprivileged program may still write in the file system of this folder; UINT64_MAX: not known. */
uint64_t alg_file_room(const char *folder);
/*
 * What a file system's number in statfs(2) says of other machines: "NFS", ...; NULL: it is on this one. FUSE is among
 * them: a mount of another machine and a local one look alike.
 */
const char *alg_file_network(uint32_t f_type);
/* mkdir -p with mode 0700 for new folders, each made to last. */
int alg_dir_make(const char *path, struct alg_log *log);

#endif
