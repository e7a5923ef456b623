/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - sessions and courses from files: the rest of the room works on what is in memory. */
#include "analysis/course.h"

#include "base/text.h"
#include "data/amend.h"
#include "data/batch.h"
#include "data/treatment.h"

#include <stdlib.h>
#include <string.h>

int ana_visit_take(struct ana_visit *out, struct ses_session *ses, const char *path, const struct ana_options *options,
	struct alg_log *log)
{
	int rc = options && options->original ? ses_session_amend_identity(ses, log) : ses_session_amend(ses, log);

	*out = (struct ana_visit){0};
	if (rc == 0)
		rc = ana_visit_from_session(out, ses, path, options, log);
	if (rc == 0)
		memcpy(out->moved_to, ses->moved_to, sizeof(out->moved_to));
	return rc;
}

int ana_visit_load(
	struct ana_visit *out, const char *path, const struct ana_options *options, struct alg_log *log)
{
	struct ses_session ses = {0};
	int rc;

	*out = (struct ana_visit){0};
	rc = ses_h5_read_summary(path, &ses, log);
	if (rc == 0)
		rc = ana_visit_take(out, &ses, path, options, log);
	ses_session_clear(&ses);
	return rc;
}

/* ---- a course from the study folder ----------------------------------------------------------------- */

struct reading {
	const struct ses_file *file; /* all of them, in the order of reading */
	const char *code;
	const struct ana_options *options;
	struct alg_log *log;
	size_t next;
	struct ana_visit *visit;
	int *unreadable;             /* their session numbers */
	size_t n, n_unreadable;
};

/* A file in another participant's folder must not become part of that one's course. */
static int take_visit(const char *path, struct ses_session *ses, void *user)
{
	struct reading *r = user;
	struct ana_visit *visit = &r->visit[r->n];
	int session = r->file[r->next++].session;
	int rc = ses ? ana_visit_take(visit, ses, path, r->options, r->log) : ALG_ERR_FORMAT;

	if (rc == 0 && strcmp(visit->header.participant, r->code))
		rc = alg_fail(r->log, MSG_ANA_FOLDER, path, visit->header.participant, r->code);
	if (rc)
		r->unreadable[r->n_unreadable++] = session;
	else if (visit->moved_to[0])
		alg_note(r->log, MSG_MOVED, path, visit->moved_to);
	if (rc || visit->moved_to[0])
		ana_visit_free(visit);
	else
		r->n++;
	return 0;
}

static int read_visits(struct reading *r, const struct ses_study *study, size_t n_files)
{
	struct ses_batch_options how = {.study = study->dir};
	const char **path = calloc(n_files + 1, sizeof(*path));
	int rc;

	r->visit = calloc(n_files + 1, sizeof(*r->visit));
	r->unreadable = calloc(n_files + 1, sizeof(*r->unreadable));
	for (size_t i = 0; path && i < n_files; i++)
		path[i] = r->file[i].path;
	rc = path && r->visit && r->unreadable ? ses_batch_read(path, n_files, &how, take_visit, r, NULL, r->log)
		: alg_fail(r->log, MSG_NOMEM, r->code);
	free(path);
	if (rc == 0)
		ana_visits_sort(r->visit, r->n);
	return rc;
}

static int load_treatments(
	struct ana_course *course, const struct ses_study *study, const char *code, struct alg_log *log)
{
	struct ses_treatments list = {0};
	char path[PATH_MAX];
	int rc = ses_treatments_path(study, code, path, sizeof(path), log);

	if (rc == 0)
		rc = ses_treatments_load(&list, path, NULL, log);
	if (rc || list.n == 0)
		goto out;
	if (ana_course_treat(course, &list))
		rc = alg_fail(log, MSG_NOMEM, path);
out:
	ses_treatments_free(&list);
	return rc;
}

/* Values of one course rest on one repeat rule: where procedures differ, on the last session's. */
static int one_rule(struct ana_visit *visits, size_t n, const struct ana_options *options, struct alg_log *log)
{
	struct ana_options same = *options;

	same.rule = visits[n - 1].rule;
	for (size_t v = 0; v < n; v++) {
		char path[PATH_MAX];

		if (visits[v].rule == same.rule)
			continue;
		alg_text_copy(path, sizeof(path), visits[v].path);
		ana_visit_free(&visits[v]);
		int rc = ana_visit_load(&visits[v], path, &same, log);

		if (rc)
			return rc;
	}
	return 0;
}

/* Keeps the files of the sessions that were asked for; returns how many. */
static size_t wanted_only(struct ses_file *file, size_t n, const char *sessions)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (ana_sessions_has(sessions, file[i].session))
			file[kept++] = file[i];
	return kept;
}

int ana_course_load(struct ana_course *out, const struct ses_study *study, const char *code,
	const struct ana_course_options *given, struct alg_log *log)
{
	struct ana_course_options options = {0};
	struct reading r = {.code = code, .options = &options.read, .log = log};
	struct ses_file *file = NULL;
	size_t n_files = 0;
	int rc;

	*out = (struct ana_course){0};
	ana_errors_init(&options.errors);
	if (given)
		options = *given;
	rc = ses_study_files(study, code, &file, &n_files, log);
	r.file = file;
	n_files = wanted_only(file, n_files, options.sessions);
	if (rc == 0)
		rc = read_visits(&r, study, n_files);
	if (rc == 0 && r.n)
		rc = one_rule(r.visit, r.n, &options.read, log);
	else if (rc == 0)
		rc = alg_fail(log, MSG_ANA_NO_SESSION, code, r.n_unreadable ? " that can be read" : options.sessions ? " of those" : "", code);
	options.unreadable = r.unreadable;
	options.n_unreadable = r.n_unreadable;
	if (rc == 0)
		rc = ana_course_make(out, r.visit, r.n, &options, log);
	if (rc == 0)
		rc = load_treatments(out, study, code, log);
	for (size_t v = 0; v < r.n; v++)
		ana_visit_free(&r.visit[v]); /* empty when the course took them */
	free(r.visit);
	free(r.unreadable);
	free(file);
	return rc;
}
