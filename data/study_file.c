/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_file.c - names of session files: found by walking a participant's folder, made so that no
 * recording ever gets the name of another.
 */
#include "data/study.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "data/session.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int acq_rank(const char *acq)
{
	return strcmp(acq, "pre") == 0 ? 1 : strcmp(acq, "post") == 0 ? 2 : 0;
}

static bool acq_known(const char *acq)
{
	return !*acq || acq_rank(acq);
}

/* "sub-P012_ses-03_acq-pre_run-2_algometry.h5" */
static void file_name(char *out, size_t cap, const char *code, const struct ses_file *file)
{
	char run[24] = "", rec[24] = "";

	if (file->run > 1)
		snprintf(run, sizeof(run), "_run-%d", file->run);
	if (file->rec)
		snprintf(rec, sizeof(rec), "_rec-%d", file->rec);
	snprintf(out, cap, "sub-%s_ses-%02d%s%s%s%s_algometry.%s", code, file->session, *file->acq ? "_acq-" : "",
		file->acq, run, rec, file->journal ? "journal" : "h5");
}

/* The number that text holds between prefix and the next '_' or its end; 0 when there is none. */
static int number_after(const char *text, const char *prefix)
{
	const char *at = strstr(text, prefix);
	char digits[8];
	int64_t number;
	size_t n;

	if (!at)
		return 0;
	at += strlen(prefix);
	n = strcspn(at, "_");
	if (n == 0 || n >= sizeof(digits))
		return 0;
	memcpy(digits, at, n);
	digits[n] = '\0';
	return alg_text_to_int(digits, 1, SES_SESSION_MAX, &number) ? 0 : (int)number;
}

/* Reads a name and writes it again: only the one spelling that this program makes is taken. */
static bool read_name(const char *name, const char *code, int session, struct ses_file *file)
{
	char again[NAME_MAX + 1];

	*file = (struct ses_file){.session = session, .run = number_after(name, "_run-"),
		.rec = number_after(name, "_rec-"), .journal = alg_text_ends_with(name, ".journal")};
	if (file->run == 0)
		file->run = 1;
	if (strstr(name, "_acq-pre_"))
		strcpy(file->acq, "pre");
	else if (strstr(name, "_acq-post_"))
		strcpy(file->acq, "post");
	file_name(again, sizeof(again), code, file);
	return strcmp(again, name) == 0;
}

struct found {
	struct ses_file *file;
	size_t n;
};

static int add(struct found *found, const struct ses_file *file)
{
	struct ses_file *bigger = realloc(found->file, (found->n + 1) * sizeof(*bigger));

	if (!bigger)
		return ALG_ERR_NOMEM;
	found->file = bigger;
	found->file[found->n++] = *file;
	return 0;
}

static int walk_session(struct found *found, const char *dir, const char *code, int session, struct alg_log *log)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	int rc = 0;

	if (!folder)
		return alg_fail(log, MSG_FILE_OPEN, dir, strerror(errno));
	while (!rc && (entry = readdir(folder))) {
		struct ses_file file;
		char path[PATH_MAX];
		int n = snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);

		if (entry->d_name[0] == '.' || (!alg_text_ends_with(entry->d_name, ".h5") && !alg_text_ends_with(entry->d_name, ".journal")))
			continue;
		if (n < 0 || (size_t)n >= sizeof(path) || !read_name(entry->d_name, code, session, &file)) {
			alg_warn(log, MSG_SESSION_FILE, path);
			continue;
		}
		memcpy(file.path, path, sizeof(path));
		rc = add(found, &file);
	}
	closedir(folder);
	return rc;
}

static int by_time_point(const void *a, const void *b)
{
	const struct ses_file *x = a, *y = b;

	if (x->session != y->session)
		return x->session < y->session ? -1 : 1;
	if (acq_rank(x->acq) != acq_rank(y->acq))
		return acq_rank(x->acq) < acq_rank(y->acq) ? -1 : 1;
	if (x->run != y->run)
		return x->run < y->run ? -1 : 1;
	return (x->rec > y->rec) - (x->rec < y->rec);
}

/* Everything that has a session's name, journals too, in order. */
static int walk(
	const struct ses_study *study, const char *code, struct ses_file **out, size_t *n, struct alg_log *log)
{
	struct found found = {NULL, 0};
	char dir[PATH_MAX];
	struct dirent *entry;
	DIR *folder;
	int rc;

	*out = NULL;
	*n = 0;
	rc = ses_study_check_code(study, code, log);
	if (rc)
		return rc;
	int len = snprintf(dir, sizeof(dir), "%s/sub-%s", study->dir, code);

	if (len < 0 || (size_t)len + NAME_MAX >= sizeof(dir))
		return alg_fail(log, MSG_FILE_OPEN, study->dir, "the name is too long");
	folder = opendir(dir);
	if (!folder)
		return errno == ENOENT ? 0 : alg_fail(log, MSG_FILE_OPEN, dir, strerror(errno));
	while (!rc && (entry = readdir(folder))) {
		int session = strncmp(entry->d_name, "ses-", 4) == 0 ? number_after(entry->d_name, "ses-") : 0;

		if (!session)
			continue;
		snprintf(dir + len, sizeof(dir) - (size_t)len, "/%s", entry->d_name);
		rc = walk_session(&found, dir, code, session, log);
	}
	closedir(folder);
	if (rc == ALG_ERR_NOMEM)
		alg_fail(log, MSG_NOMEM, "session files");
	if (rc) {
		free(found.file);
		return rc;
	}
	if (found.n)
		qsort(found.file, found.n, sizeof(*found.file), by_time_point);
	*out = found.file;
	*n = found.n;
	return 0;
}

static bool same_time_point(const struct ses_file *a, const struct ses_file *b)
{
	return a->session == b->session && a->run == b->run && strcmp(a->acq, b->acq) == 0;
}

int ses_study_files(
	const struct ses_study *study, const char *code, struct ses_file **out, size_t *n, struct alg_log *log)
{
	size_t all, kept = 0;
	int rc = walk(study, code, out, &all, log);

	for (size_t i = 0; i < all; i++) {
		if ((*out)[i].journal)
			continue;
		if (kept && same_time_point(&(*out)[kept - 1], &(*out)[i]))
			kept--; /* its recovery comes behind it */
		(*out)[kept++] = (*out)[i];
	}
	*n = kept;
	return rc;
}

int ses_study_journals(
	const struct ses_study *study, const char *code, struct ses_file **out, size_t *n, struct alg_log *log)
{
	size_t all, kept = 0;
	int rc = walk(study, code, out, &all, log);

	for (size_t i = 0; i < all; i++)
		if ((*out)[i].journal)
			(*out)[kept++] = (*out)[i];
	*n = kept;
	return rc;
}

int ses_study_recovery_path(const char *session_path, char *out, size_t cap)
{
	static const char end[] = "_algometry.h5";
	size_t len = strlen(session_path);
	const char *rec = strstr(session_path, "_rec-");
	struct stat st;

	out[0] = '\0';
	if (!alg_text_ends_with(session_path, end))
		return ALG_ERR_ARG;
	len = rec && !strchr(rec, '/') ? (size_t)(rec - session_path) : len - (sizeof(end) - 1);
	for (int i = 1; i <= SES_SESSION_MAX; i++) {
		int n = snprintf(out, cap, "%.*s_rec-%d%s", (int)len, session_path, i, end);

		if (n < 0 || (size_t)n >= cap)
			return ALG_ERR_ARG;
		if (lstat(out, &st) && errno == ENOENT)
			return 0;
	}
	return ALG_ERR_ARG;
}

static bool measured_on(const char *path, const char *day)
{
	struct ses_session session = {.n_trials = 0};
	bool same = ses_h5_read(path, &session, NULL) == 0 && strcmp(session.header.visit_day, day) == 0;

	ses_session_clear(&session);
	return same;
}

/* The newest session that has a pre of this day and no post yet; 0 when there is none. */
static int waiting_for_post(const struct ses_file *files, size_t n, const char *day)
{
	for (size_t i = n; i-- > 0;) {
		if (files[i].journal)
			continue;
		if (strcmp(files[i].acq, "post") == 0)
			return 0;
		if (strcmp(files[i].acq, "pre") == 0)
			return measured_on(files[i].path, day) ? files[i].session : 0;
	}
	return 0;
}

static int choose_session(const struct ses_file *files, size_t n, const char *code, const char *acq, const char *day,
	struct alg_log *log)
{
	int next = n ? files[n - 1].session + 1 : 1;

	if (strcmp(acq, "post") == 0) {
		int waiting = waiting_for_post(files, n, day);

		if (waiting)
			return waiting;
		alg_warn(log, MSG_SESSION_POST, code, next);
	}
	return next;
}

int ses_study_file_path(const struct ses_study *study, const char *code, const struct ses_file *file, char *out, size_t cap)
{
	char name[NAME_MAX + 1];
	int n;

	file_name(name, sizeof(name), code, file);
	n = snprintf(out, cap, "%s/sub-%s/ses-%02d/%s", study->dir, code, file->session, name);
	return n > 0 && (size_t)n < cap ? 0 : ALG_ERR_ARG;
}

int ses_study_new_file_on(const struct ses_study *study, const char *code, int session, const char *acq,
	const char *day, struct ses_file *out, struct alg_log *log)
{
	struct ses_file *files = NULL;
	char dir[PATH_MAX];
	size_t n = 0;
	int rc;

	*out = (struct ses_file){.run = 1};
	if (!acq_known(acq))
		return alg_fail(log, MSG_SESSION_TIME, acq);
	rc = walk(study, code, &files, &n, log);
	if (rc)
		return rc;
	out->session = session ? session : choose_session(files, n, code, acq, day, log);
	strcpy(out->acq, acq);
	for (size_t i = 0; i < n; i++)
		if (files[i].session == out->session && strcmp(files[i].acq, acq) == 0 && files[i].run >= out->run)
			out->run = files[i].run + 1;
	free(files);
	if (out->session < 1 || out->session > SES_SESSION_MAX)
		return alg_fail(log, MSG_BUG, "session number out of range");
	rc = ses_study_make_participant(study, code, log);
	if (rc)
		return rc;
	if (ses_study_file_path(study, code, out, out->path, sizeof(out->path)))
		return alg_fail(log, MSG_DIR_MAKE, study->dir, "the name is too long");
	memcpy(dir, out->path, sizeof(dir));
	*strrchr(dir, '/') = '\0';
	return alg_dir_make(dir, log);
}

int ses_study_new_file(const struct ses_study *study, const char *code, int session, const char *acq,
	struct ses_file *out, struct alg_log *log)
{
	char day[ALG_TIME_TEXT_MAX];
	int rc = alg_time_date(day, sizeof(day), alg_clock_wall_ns(alg_clock_system()));

	return rc ? rc : ses_study_new_file_on(study, code, session, acq, day, out, log);
}
