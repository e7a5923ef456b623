/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/files.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct ses_files *files)
{
	size_t cap = files->cap ? 2 * files->cap : 64;
	char **path;
	void *code;

	if (files->n < files->cap)
		return true;
	path = realloc(files->path, cap * sizeof(*files->path));
	files->path = path ? path : files->path;
	code = path ? realloc(files->code, cap * sizeof(*files->code)) : NULL;
	files->code = code ? code : files->code;
	files->cap = code ? cap : files->cap;
	return code != NULL;
}

int ses_files_add(struct ses_files *files, const char *path, const char *code, struct alg_log *log)
{
	char *own = make_room(files) ? strdup(path) : NULL;

	if (!own)
		return alg_fail(log, MSG_NOMEM, path);
	files->path[files->n] = own;
	alg_text_copy(files->code[files->n++], sizeof(*files->code), code);
	return 0;
}

static int add_participant(struct ses_files *files, const struct ses_study *study, const char *code, struct alg_log *log)
{
	struct ses_file *found = NULL;
	size_t n = 0;
	int rc = ses_study_files(study, code, &found, &n, log);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = ses_files_add(files, found[i].path, code, log);
	free(found);
	return rc;
}

static int is_participant(const struct dirent *entry)
{
	return strncmp(entry->d_name, "sub-", 4) == 0;
}

/* In bytes: the machine's language must not change the order of a table. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int ses_files_add_study(struct ses_files *files, const struct ses_study *study, struct alg_log *log)
{
	struct dirent **entry = NULL;
	int n = scandir(study->dir, &entry, is_participant, by_name), rc = 0;

	if (n < 0)
		return alg_fail(log, MSG_FILE_OPEN, study->dir, strerror(errno));
	for (int i = 0; i < n; i++) {
		int said = rc ? 0 : add_participant(files, study, entry[i]->d_name + 4, log);

		files->n_unlisted += said && said != ALG_ERR_NOMEM;
		if (said == ALG_ERR_NOMEM)
			rc = said;
		free(entry[i]);
	}
	free(entry);
	return rc;
}

void ses_files_free(struct ses_files *files)
{
	for (size_t i = 0; i < files->n; i++)
		free(files->path[i]);
	free(files->path);
	free(files->code);
	*files = (struct ses_files){NULL, NULL, 0, 0, 0};
}
