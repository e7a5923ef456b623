/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * files.h - a list of session files, of a whole study as a rule: what batch.h reads one after the other. A file takes
 * the length of its path and a participant code, so that the list of 10 000 is one or two megabytes.
 *
 * Nothing is shared between lists; one thread at a time.
 */
#ifndef SES_FILES_H
#define SES_FILES_H

#include "data/study.h"

struct ses_files {
	char **path;                    /* n paths, owned */
	char (*code)[SES_CODE_MAX + 1]; /* of the participant in whose folder each lies; "" for a file by itself */
	size_t n, cap;
	size_t n_unlisted;              /* participants' folders that could not be listed: said */
};

/* One more. code: "" for a file by itself. ALG_ERR_NOMEM (said). */
int ses_files_add(struct ses_files *files, const char *path, const char *code, struct alg_log *log);
/*
 * Every participant's, by code, each in order of time. A folder sub-CODE that cannot be listed is said and counted, and
 * the others come all the same. ALG_ERR_IO when the study's folder cannot be listed, ALG_ERR_NOMEM (said).
 */
int ses_files_add_study(struct ses_files *files, const struct ses_study *study, struct alg_log *log);
void ses_files_free(struct ses_files *files);

#endif
