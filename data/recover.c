/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/recover.h"

#include "base/file.h"
#include "base/text.h"
#include "data/chain.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static void say_held(const char *path, const struct ses_journal_writer *w, struct alg_log *log)
{
	char who[160];

	snprintf(who, sizeof(who), "process %lu on %s since %s", (unsigned long)w->pid, w->host, w->since);
	alg_fail(log, MSG_SESSION_HELD, path, who);
}

/* ---- from what to what ------------------------------------------------------------------------------ */

/* The journal that path is, or that lies beside the session file path is. */
static int find_journal(const char *path, char *out, size_t cap, struct alg_log *log)
{
	static const char *const end[] = {"", ".done"};
	char journal[PATH_MAX];

	if (!alg_text_ends_with(path, ".h5"))
		return alg_text_copy(out, cap, path) ? 0 : alg_fail(log, MSG_FILE_OPEN, path, "the name is too long");
	for (int network = 0; network < 2; network++) {
		if (!ses_journal_path(path, network, journal, sizeof(journal)))
			continue;
		for (int i = 0; i < 2; i++) {
			int n = snprintf(out, cap, "%s%s", journal, end[i]);

			if (n > 0 && (size_t)n < cap && is_file(out))
				return 0;
		}
	}
	return alg_fail(log, MSG_RECOVER_NONE, path);
}

/* The session file that a journal belongs to: beside it, or as the journal says when it lies elsewhere. */
static void session_path(const char *journal, const struct ses_journal_writer *writer, char *out, size_t cap)
{
	const char *cut = strstr(journal, ".journal.cut-");
	size_t len = cut ? (size_t)(cut - journal) + 8 : strlen(journal);
	struct stat st;

	len -= alg_text_ends_with(journal, ".done") ? 5 : 0;
	if (len > 8 && strncmp(journal + len - 8, ".journal", 8) == 0)
		snprintf(out, cap, "%.*s.h5", (int)(len - 8), journal);
	else
		out[0] = '\0';
	if ((!*out || lstat(out, &st)) && *writer->session_path && strstr(journal, "/algometer/journals/"))
		alg_text_copy(out, cap, writer->session_path);
}

/*
 * A disk that lied may have kept more of the file than of the journal: then the file's rows count. It
 * is the same session when the uuid and the digests of the common presses agree.
 */
static bool file_has_more(const struct ses_session *ours, const struct ses_session *file)
{
	if (strcmp(ours->header.uuid, file->header.uuid) != 0 || file->n_trials <= ours->n_trials)
		return false;
	for (size_t i = 0; i < ours->n_trials; i++)
		if (strcmp(ours->trials[i].digest, file->trials[i].digest) != 0)
			return false;
	return true;
}

static void take_longer(struct ses_session *ours, struct ses_session *file, struct ses_replay *r, struct ses_recovered *out)
{
	struct ses_session shorter = *ours;

	if (!file_has_more(ours, file))
		return;
	out->from_file = file->n_trials - ours->n_trials;
	*ours = *file;
	*file = shorter;
	r->running = false; /* it is among the file's */
}

/* Corrections that were made after the session stand in the file only. */
static void take_amendments(struct ses_session *ours, const struct ses_session *file, struct ses_recovered *out)
{
	for (size_t i = ours->n_amendments; i < file->n_amendments; i++)
		if (ses_session_add_amendment(ours, &file->amendments[i]) == 0)
			out->amendments_from_file++;
}

/* What the session file has beyond the journal, where it can be read and is of this session. */
static void take_from_file(struct ses_replay *r, const char *path, struct ses_recovered *out)
{
	struct ses_session file = {0};

	if (is_file(path) && ses_h5_read(path, &file, NULL) == 0 && strcmp(r->session.header.uuid, file.header.uuid) == 0) {
		out->file_was_read = true;
		take_longer(&r->session, &file, r, out);
		take_amendments(&r->session, &file, out);
	}
	ses_session_clear(&file);
}

static void note_origin(struct ses_replay *r, const struct ses_recovered *out)
{
	const char *name = strrchr(out->journal, '/');
	struct ses_header *h = &r->session.header;

	snprintf(h->recovered, sizeof(h->recovered), "from %.80s: %zu presses%s, %llu bytes given up", name ? name + 1 : out->journal,
		out->presses, out->interrupted ? ", the last one cut off" : "", (unsigned long long)out->given_up_bytes);
}

static void describe(const struct ses_replay *r, struct ses_recovered *out)
{
	out->complete = r->session.header.complete;
	out->interrupted = r->running;
	out->blinded = r->session.header.blinded;
	out->interrupted_samples = r->running ? r->n_running : 0;
	out->given_up_bytes = r->file_bytes - r->good_bytes;
	out->changed = r->n_changed;
	if (r->stopped)
		alg_text_copy(out->why, sizeof(out->why), r->stopped);
}

int ses_recover(const char *path, const char *out_path, struct ses_recovered *out, struct alg_log *log)
{
	struct ses_replay r = {0};
	char file[PATH_MAX];
	int rc;

	*out = (struct ses_recovered){0};
	if ((rc = find_journal(path, out->journal, sizeof(out->journal), log)) < 0 ||
		(rc = ses_replay_read(out->journal, &r, log)) < 0)
		goto out;
	if (ses_journal_held(out->journal)) {
		say_held(out->journal, &r.writer, log);
		rc = ALG_ERR_BUSY;
		goto out;
	}
	session_path(out->journal, &r.writer, file, sizeof(file));
	describe(&r, out);
	take_from_file(&r, file, out);
	out->interrupted &= r.running;
	if (ses_replay_keep_running(&r) < 0) {
		rc = alg_fail(log, MSG_NOMEM, out->journal);
		goto out;
	}
	out->presses = r.session.n_trials;
	note_origin(&r, out);
	ses_session_seal(&r.session);
	if (out_path ? !alg_text_copy(out->path, sizeof(out->path), out_path)
		     : ses_study_recovery_path(file, out->path, sizeof(out->path)) < 0)
		rc = alg_fail(log, MSG_RECOVER_NAME, out->journal);
	if (rc >= 0)
		rc = ses_h5_create(&r.session, out->path, log);
	if (rc < 0)
		out->path[0] = '\0';
out:
	ses_replay_free(&r);
	return rc;
}

/* ---- sessions that were not put away ----------------------------------------------------------------- */

/* Whether the file holds the whole of the session that was ended. */
static bool file_is_whole(const char *path, const struct ses_session *ses)
{
	struct ses_session file = {0};
	bool whole = is_file(path) && ses_h5_read(path, &file, NULL) == 0 &&
		     strcmp(file.header.uuid, ses->header.uuid) == 0 && file.n_trials >= ses->n_trials &&
		     file.n_events >= ses->n_events && file.header.complete == ses->header.complete;

	ses_session_clear(&file);
	return whole;
}

/* Whether a recovery beside the session file stands for this journal already. */
static bool was_recovered(const char *path, const char *uuid)
{
	char next[PATH_MAX], rec[PATH_MAX];
	struct ses_session file = {0};
	bool is = false;
	int number;
	char *at;

	if (ses_study_recovery_path(path, next, sizeof(next)) < 0 || !(at = strstr(next, "_rec-")) ||
		sscanf(at, "_rec-%d", &number) != 1 || number < 2)
		return false;
	int n = snprintf(rec, sizeof(rec), "%.*s_rec-%d_algometry.h5", (int)(at - next), next, number - 1);

	if (n > 0 && (size_t)n < sizeof(rec))
		is = ses_h5_read(rec, &file, NULL) == 0 && strcmp(file.header.uuid, uuid) == 0;
	ses_session_clear(&file);
	return is;
}

/* Puts the name .done to a journal whose file is whole: the program was killed just before it could. */
static void put_away(const char *journal)
{
	char away[PATH_MAX];
	int n = snprintf(away, sizeof(away), "%s.done", journal);

	if (n > 0 && (size_t)n < sizeof(away) && rename(journal, away) == 0)
		alg_file_sync_folder(journal);
}

static void describe_unfinished(struct ses_unfinished *u, const struct ses_replay *r)
{
	u->writer = r->writer;
	u->presses = r->session.n_trials;
	u->planned = r->n_order;
	u->file.session = r->session.header.session;
	u->file.run = r->session.header.run;
	memcpy(u->file.acq, r->session.header.acq, sizeof(u->file.acq));
	alg_text_copy(u->visit_day, sizeof(u->visit_day), r->session.header.visit_day);
	alg_text_copy(u->started, sizeof(u->started), r->session.header.started);
}

/* Looks into one journal; false when nothing is left to do about it. u->journal and u->file are set. */
static bool look_into(struct ses_unfinished *u)
{
	struct ses_replay r = {0};
	bool held = ses_journal_held(u->journal), whole = false;
	int rc = ses_replay_read(u->journal, &r, NULL);

	if (rc && !held && r.file_bytes == 0) { /* killed before a word was written: there is nothing */
		ses_replay_free(&r);
		return false;
	}
	u->state = held ? SES_UNFINISHED_RUNNING : SES_UNFINISHED_BROKEN;
	if (rc == 0) {
		describe_unfinished(u, &r);
		if (!held)
			u->state = r.closed ? SES_UNFINISHED_ENDED : SES_UNFINISHED_CUT_OFF;
		whole = !held && r.closed && file_is_whole(u->file.path, &r.session);
		if (whole)
			put_away(u->journal);
		else if (!held)
			whole = was_recovered(u->file.path, r.session.header.uuid);
	}
	ses_replay_free(&r);
	return !whole;
}

struct list {
	struct ses_unfinished *u;
	size_t n;
};

static int add(struct list *list, const struct ses_unfinished *u)
{
	struct ses_unfinished *more = realloc(list->u, (list->n + 1) * sizeof(*more));

	if (!more)
		return ALG_ERR_NOMEM;
	list->u = more;
	list->u[list->n++] = *u;
	return 0;
}

static int add_local(struct list *list, const struct ses_file *file)
{
	struct ses_unfinished u = {.file = *file};
	size_t len = strlen(file->path);

	alg_text_copy(u.journal, sizeof(u.journal), file->path);
	memcpy(u.file.path + len - 7, "h5", 3); /* "journal" */
	u.file.journal = false;
	return look_into(&u) ? add(list, &u) : 0;
}

/* A journal of this user's state folder whose session lies in this participant's folder. */
static int add_remote(struct list *list, const char *journal, const char *participant_dir)
{
	struct ses_unfinished u = {0};
	size_t len = strlen(participant_dir);

	alg_text_copy(u.journal, sizeof(u.journal), journal);
	if (!look_into(&u))
		return 0;
	if (strncmp(u.writer.session_path, participant_dir, len) != 0 || u.writer.session_path[len] != '/')
		return 0;
	alg_text_copy(u.file.path, sizeof(u.file.path), u.writer.session_path);
	return look_into(&u) ? add(list, &u) : 0;
}

static int walk_state(struct list *list, const struct ses_study *study, const char *code)
{
	char any[PATH_MAX], dir[PATH_MAX], whole[PATH_MAX];
	struct dirent *entry;
	DIR *folder;
	int rc = 0;

	snprintf(dir, sizeof(dir), "%.*s/sub-%s", PATH_MAX - 64, study->dir, code);
	if (!ses_journal_path("x_algometry.h5", true, any, sizeof(any)) || !realpath(dir, whole))
		return 0;
	*strrchr(any, '/') = '\0';
	folder = opendir(any);
	while (folder && rc == 0 && (entry = readdir(folder))) {
		char path[PATH_MAX];
		int n = snprintf(path, sizeof(path), "%s/%s", any, entry->d_name);

		if (n > 0 && (size_t)n < sizeof(path) && alg_text_ends_with(path, ".journal"))
			rc = add_remote(list, path, whole);
	}
	if (folder)
		closedir(folder);
	return rc;
}

int ses_unfinished_find(const struct ses_study *study, const char *code, struct ses_unfinished **out, size_t *n,
	struct alg_log *log)
{
	struct ses_file *files = NULL;
	struct list list = {NULL, 0};
	size_t n_files = 0;
	int rc = ses_study_journals(study, code, &files, &n_files, log);

	*out = NULL;
	*n = 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n_files; i++)
		rc = add_local(&list, &files[i]);
	if (rc == 0)
		rc = walk_state(&list, study, code);
	free(files);
	if (rc < 0) {
		free(list.u);
		return alg_fail(log, MSG_NOMEM, "journals");
	}
	*out = list.u;
	*n = list.n;
	return 0;
}

int ses_unfinished_finish(const struct ses_unfinished *u, struct alg_log *log)
{
	struct ses_replay r = {0};
	int rc = ses_replay_read(u->journal, &r, log);

	if (rc >= 0)
		rc = ses_h5_publish(&r.session, u->file.path, log);
	if (rc >= 0)
		put_away(u->journal);
	ses_replay_free(&r);
	return rc;
}
