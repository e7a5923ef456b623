/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_deidentify.c - `deidentify`: copies of sessions that do not lead back to a person. */
#include "cli/sessions.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "data/amend.h"
#include "data/deidentify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

enum { OPT_OUT = 1, OPT_KEY, OPT_KEEP_CODES, OPT_KEEP_PROCEDURE };
static const struct cli_option options[] = {{"out", OPT_OUT, true}, {"key", OPT_KEY, true},
	{"keep-codes", OPT_KEEP_CODES, false}, {"keep-procedure", OPT_KEEP_PROCEDURE, false}, {NULL, 0, false}};

struct person {
	char code[32], fresh[32];
	int32_t first_day;
};

struct work {
	struct cli *cli;
	const char *out, *key;
	bool keep_codes, keep_procedure;
	struct ses_files files;
	bool *moved; /* of each file: it is another participant's now and is left out */
	struct person *person;
	size_t n_persons, n_written, n_moved, n_texts_dropped;
	char study_id[64];
	bool simulated;
	FILE *list; /* the key, in memory */
};

static int collect(struct work *w, const struct cli_args *args)
{
	int rc = cli_files(w->cli, args->words, args->n_words, &w->files);

	if (rc == 0 && w->files.n_unlisted)
		rc = ALG_ERR_IO;
	if (rc == 0 && w->files.n == 0)
		rc = alg_fail(&w->cli->log, MSG_DEIDENTIFY_NOTHING, "no session is there");
	return rc;
}

/* ---- who, and since when ---------------------------------------------------------------------------- */

static struct person *person_of(struct work *w, const char *code)
{
	for (size_t i = 0; i < w->n_persons; i++)
		if (strcmp(w->person[i].code, code) == 0)
			return &w->person[i];
	return NULL;
}

static int note_person(struct work *w, const struct ses_header *h, const char *path)
{
	struct person *p = person_of(w, h->participant), *more;
	int32_t day;

	if (alg_date_parse(h->visit_day, &day))
		return alg_fail(&w->cli->log, MSG_ANA_DAY, path, h->visit_day);
	if (p) {
		p->first_day = day < p->first_day ? day : p->first_day;
		return 0;
	}
	more = realloc(w->person, (w->n_persons + 1) * sizeof(*more));
	if (!more)
		return alg_fail(&w->cli->log, MSG_NOMEM, path);
	w->person = more;
	w->person[w->n_persons] = (struct person){.first_day = day};
	memcpy(w->person[w->n_persons].code, h->participant, sizeof(h->participant));
	memcpy(w->person[w->n_persons++].fresh, h->participant, sizeof(h->participant));
	return 0;
}

/* First pass: every file is read whole before anything is written. */
static int look(struct work *w)
{
	w->moved = calloc(w->files.n, sizeof(*w->moved));
	if (!w->moved)
		return alg_fail(&w->cli->log, MSG_NOMEM, "session files");
	for (size_t i = 0; i < w->files.n; i++) {
		struct ses_session ses;
		int rc = ses_h5_read_summary(w->files.path[i], &ses, &w->cli->log);

		if (rc >= 0)
			rc = ses_session_amend(&ses, &w->cli->log);
		if (rc >= 0 && ses.moved_to[0]) {
			w->moved[i] = true;
			w->n_moved++;
		} else if (rc >= 0) {
			rc = note_person(w, &ses.header, w->files.path[i]);
			alg_text_copy(w->study_id, sizeof(w->study_id), ses.header.study);
			w->simulated |= ses.header.simulated != 0;
		}
		ses_session_clear(&ses);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* X001, X002 ... in an order that chance gave. */
static int make_codes(struct work *w)
{
	for (size_t i = w->n_persons; i-- > 1 && !w->keep_codes;) {
		uint64_t chance;

		if (getrandom(&chance, sizeof(chance), 0) != sizeof(chance))
			return alg_fail(&w->cli->log, MSG_BUG, "no random numbers");
		struct person other = w->person[chance % (i + 1)];

		w->person[chance % (i + 1)] = w->person[i];
		w->person[i] = other;
	}
	for (size_t i = 0; i < w->n_persons && !w->keep_codes; i++)
		snprintf(w->person[i].fresh, sizeof(w->person[i].fresh), "X%03zu", i + 1);
	return 0;
}

/* ---- writing ---------------------------------------------------------------------------------------- */

/* A shipped procedure's text holds no names; anybody else's may, in its comments. */
static bool is_shipped(const char *sha256)
{
	static const size_t room = SES_STUDY_PROCEDURES_MAX * SES_PROCEDURE_ID_MAX;
	char(*ids)[SES_PROCEDURE_ID_MAX] = malloc(room);
	size_t n = ids ? ses_study_procedures(NULL, ids) : 0;
	struct ses_sites sites = {NULL, 0};
	bool shipped = false;

	if (ids && ses_study_sites(NULL, &sites, NULL) >= 0)
		for (size_t i = 0; i < n && !shipped; i++) {
			struct ses_procedure proc;

			shipped = ses_study_procedure(NULL, ids[i], &sites, &proc, NULL) >= 0 && strcmp(proc.sha256, sha256) == 0;
			ses_procedure_free(&proc);
		}
	ses_sites_free(&sites);
	free(ids);
	return shipped;
}

static int new_path(struct work *w, const struct ses_header *h, char *out, size_t cap)
{
	char dir[PATH_MAX], run[16] = "";
	int n = snprintf(dir, sizeof(dir), "%s/sub-%s/ses-%02d", w->out, h->participant, (int)h->session), rc;

	if (h->run > 1)
		snprintf(run, sizeof(run), "_run-%d", (int)h->run);
	if (n < 0 || (size_t)n >= sizeof(dir) || (rc = alg_dir_make(dir, &w->cli->log)) < 0)
		return ALG_ERR_IO;
	n = snprintf(out, cap, "%s/sub-%s_ses-%02d%s%s%s_algometry.h5", dir, h->participant, (int)h->session,
		h->acq[0] ? "_acq-" : "", h->acq, run);
	return n > 0 && (size_t)n < cap ? 0 : alg_fail(&w->cli->log, MSG_FILE_WRITE, w->out, "the name is too long");
}

static int write_one(struct work *w, const char *path)
{
	struct ses_session ses;
	char to[PATH_MAX], old_seal[12];
	struct ses_deidentify how = {.keep_procedure = w->keep_procedure};
	struct person *p = NULL;
	int rc = ses_h5_read(path, &ses, &w->cli->log);

	snprintf(old_seal, sizeof(old_seal), "%.8s", ses.header.seal);
	if (rc >= 0 && (rc = ses_session_amend_identity(&ses, &w->cli->log)) >= 0 && !(p = person_of(w, ses.header.participant)))
		rc = alg_fail(&w->cli->log, MSG_BUG, "a participant appeared between two readings");
	if (rc >= 0) {
		how.code = p->fresh;
		how.first_day = p->first_day;
		how.keep_procedure |= is_shipped(ses.header.procedure_sha256);
		w->n_texts_dropped += !how.keep_procedure;
		rc = ses_session_deidentify(&ses, &how, &w->cli->log);
	}
	if (rc >= 0 && (rc = new_path(w, &ses.header, to, sizeof(to))) >= 0)
		rc = ses_h5_create(&ses, to, &w->cli->log);
	if (rc >= 0) {
		fprintf(w->list, "%s\t%s\t%s\t%s\t%s\t%.8s\n", p->code, p->fresh, path, to, old_seal, ses.header.seal);
		w->n_written++;
	}
	ses_session_clear(&ses);
	return rc;
}

static int write_study(struct work *w)
{
	struct ses_study study;
	char path[PATH_MAX], *text = NULL;
	size_t len = 0;
	FILE *rows;
	int rc;

	ses_study_defaults(&study);
	alg_text_copy(study.id, sizeof(study.id), w->study_id[0] ? w->study_id : "deidentified");
	alg_text_copy(study.time_zone, sizeof(study.time_zone), "UTC");
	study.simulated = w->simulated;
	if ((rc = ses_study_init(w->out, &study, &w->cli->log)) < 0)
		return rc;
	rows = open_memstream(&text, &len);
	if (!rows)
		return alg_fail(&w->cli->log, MSG_NOMEM, "participants.tsv");
	fprintf(rows, "participant_id\tenrolled\n");
	for (size_t i = 0; i < w->n_persons; i++)
		fprintf(rows, "sub-%s\tn/a\n", w->person[i].fresh);
	fclose(rows);
	snprintf(path, sizeof(path), "%.*s/participants.tsv", PATH_MAX - 32, w->out);
	rc = alg_file_replace(path, text, len, 0600, &w->cli->log);
	free(text);
	return rc;
}

/* The folder must be a new one, and the key must not lie in it. */
static int check_places(struct work *w)
{
	char out[PATH_MAX], key[PATH_MAX], *slash;
	struct stat st;
	int rc;

	if (!w->out)
		return alg_fail(&w->cli->log, MSG_USAGE, "where to? add --out DIR (a new folder)", "deidentify");
	if (!w->key && !w->keep_codes)
		return alg_fail(&w->cli->log, MSG_USAGE,
			"new codes need a key: add --key FILE (outside of the folder), or --keep-codes", "deidentify");
	if (lstat(w->out, &st) == 0)
		return alg_fail(&w->cli->log, MSG_FILE_EXISTS, w->out, "name a folder that is not there yet");
	if (w->key && lstat(w->key, &st) == 0)
		return alg_fail(&w->cli->log, MSG_FILE_EXISTS, w->key, "a key is kept for good; name another file");
	if ((rc = alg_dir_make(w->out, &w->cli->log)) < 0 || !w->key)
		return rc;
	alg_text_copy(key, sizeof(key), w->key);
	slash = strrchr(key, '/');
	if (slash)
		slash[slash == key] = '\0';
	char *folder = realpath(slash ? key : ".", NULL), *target = realpath(w->out, out);
	bool inside = folder && target && strncmp(folder, target, strlen(target)) == 0 &&
		      (folder[strlen(target)] == '/' || !folder[strlen(target)]);

	free(folder);
	return inside ? alg_fail(&w->cli->log, MSG_USAGE, "the key may not lie in the folder that is given away", "deidentify") : 0;
}

static int write_all(struct work *w)
{
	char *key = NULL;
	size_t len = 0;
	int rc = write_study(w);

	w->list = open_memstream(&key, &len);
	if (!w->list)
		return alg_fail(&w->cli->log, MSG_NOMEM, "the key");
	fprintf(w->list, "code\tnew_code\tfile\tnew_file\tseal\tnew_seal\n");
	for (size_t i = 0; rc >= 0 && i < w->files.n; i++)
		if (!w->moved[i])
			rc = write_one(w, w->files.path[i]);
	fclose(w->list);
	if (rc >= 0 && w->key)
		rc = alg_file_create(w->key, key, len, 0600, &w->cli->log);
	free(key);
	return rc;
}

static int parse(struct work *w, int argc, char **argv, struct cli_args *args)
{
	const char *value;
	int c;

	cli_args_start(args, argc, argv);
	while ((c = cli_option(w->cli, args, options, &value)) > 0)
		switch (c) {
		case OPT_OUT: w->out = value; break;
		case OPT_KEY: w->key = value; break;
		case OPT_KEEP_CODES: w->keep_codes = true; break;
		case OPT_KEEP_PROCEDURE: w->keep_procedure = true; break;
		}
	return c;
}

int cmd_deidentify(struct cli *cli, int argc, char **argv)
{
	struct work w = {.cli = cli};
	struct cli_args args;
	int rc;

	if (parse(&w, argc, argv, &args) < 0)
		return CLI_USAGE;
	if ((rc = collect(&w, &args)) >= 0 && (rc = look(&w)) >= 0 && (rc = make_codes(&w)) >= 0 &&
		(rc = check_places(&w)) >= 0 && (rc = write_all(&w)) >= 0) {
		printf("%zu session%s of %zu participant%s in %s\n", w.n_written, w.n_written == 1 ? "" : "s", w.n_persons,
			w.n_persons == 1 ? "" : "s", w.out);
		if (w.key)
			printf("the key to the codes, to be kept apart, since it leads back to the persons:\n  %s\n", w.key);
		if (w.n_moved)
			printf("%zu files of sessions that were moved to another participant were left out\n", w.n_moved);
		if (w.n_texts_dropped)
			printf("%zu procedures' texts are not shipped ones and were left out\n  (--keep-procedure when they hold no names)\n",
				w.n_texts_dropped);
	}
	ses_files_free(&w.files);
	free(w.moved);
	free(w.person);
	return cli_exit(cli, rc);
}
