/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - sessions and courses from files: the rest of the room works on what is in memory. */
#include "analysis/course.h"

#include "base/text.h"
#include "data/amend.h"
#include "data/treatment.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

int ana_visit_load(
	struct ana_visit *out, const char *path, const struct ana_options *options, struct alg_log *log)
{
	struct ses_session ses = {0};
	int rc;

	*out = (struct ana_visit){0};
	rc = ses_h5_read_summary(path, &ses, log);
	if (rc < 0)
		goto out;
	rc = options && options->original ? ses_session_amend_identity(&ses, log) : ses_session_amend(&ses, log);
	if (rc >= 0)
		rc = ana_visit_from_session(out, &ses, path, options, log);
	if (rc >= 0)
		memcpy(out->moved_to, ses.moved_to, sizeof(out->moved_to));
out:
	ses_session_clear(&ses);
	return rc;
}

/* ---- a course from the study folder ----------------------------------------------------------------- */

/* A file in another participant's folder must not become part of that one's course. */
static int load_one(struct ana_visit *visit, const struct ses_file *file, const char *code,
	const struct ana_options *options, struct alg_log *log)
{
	int rc = ana_visit_load(visit, file->path, options, log);

	if (rc == 0 && strcmp(visit->header.participant, code))
		rc = alg_fail(log, MSG_ANA_FOLDER, file->path, visit->header.participant, code);
	if (rc)
		ana_visit_free(visit);
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

/* A session that was asked for and comes after the last one is a slip; a gap before it is told on the page. */
static int check_sessions(const char *list, const struct ses_file *file, size_t n, const char *code, struct alg_log *log)
{
	char which[16];
	int last = 0, beyond;

	for (size_t i = 0; i < n; i++)
		last = file[i].session > last ? file[i].session : last;
	if (!(beyond = ana_sessions_beyond(list, last)))
		return 0;
	snprintf(which, sizeof(which), " %d", beyond);
	return alg_fail(log, MSG_ANA_NO_SESSION, code, which, code);
}

int ana_course_load(struct ana_course *out, const struct ses_study *study, const char *code,
	const struct ana_course_options *given, struct alg_log *log)
{
	struct ana_course_options options = {0};
	struct ses_file *file = NULL;
	struct ana_visit *visits = NULL;
	int *unreadable = NULL;
	size_t n_files = 0, n = 0, n_unreadable = 0;
	int rc;

	*out = (struct ana_course){0};
	ana_errors_init(&options.errors);
	if (given)
		options = *given;
	rc = ses_study_files(study, code, &file, &n_files, log);
	if (rc)
		return rc;
	visits = calloc(n_files + 1, sizeof(*visits));
	unreadable = calloc(n_files + 1, sizeof(*unreadable));
	if (!visits || !unreadable) {
		rc = alg_fail(log, MSG_NOMEM, code);
		goto out;
	}
	if ((rc = check_sessions(options.sessions, file, n_files, code, log)))
		goto out;
	for (size_t i = 0; i < n_files; i++) {
		if (!ana_sessions_has(options.sessions, file[i].session))
			continue;
		bool read = load_one(&visits[n], &file[i], code, &options.read, log) == 0;

		if (read && visits[n].moved_to[0]) {
			alg_note(log, MSG_MOVED, file[i].path, visits[n].moved_to);
			ana_visit_free(&visits[n]);
		} else if (read)
			n++;
		else
			unreadable[n_unreadable++] = file[i].session;
	}
	ana_visits_sort(visits, n);
	if (n && (rc = one_rule(visits, n, &options.read, log)))
		goto out;
	if (n == 0) {
		rc = alg_fail(log, MSG_ANA_NO_SESSION, code, n_unreadable ? " that can be read" : options.sessions ? " of those" : "", code);
		goto out;
	}
	options.unreadable = unreadable;
	options.n_unreadable = n_unreadable;
	rc = ana_course_make(out, visits, n, &options, log);
	if (rc == 0)
		rc = load_treatments(out, study, code, log);
out:
	for (size_t v = 0; visits && v < n; v++)
		ana_visit_free(&visits[v]); /* empty when the course took them */
	free(visits);
	free(unreadable);
	free(file);
	return rc;
}
