/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_amend.c - `amend`: a correction with who, when and why, appended to a session; nothing is changed or deleted. */
#include "cli/cli.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "data/amend.h"
#include "data/chain.h"
#include "data/recover.h"
#include "data/study.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPT_PRESS = 1, OPT_WHY, OPT_WHO };
static const struct cli_option options[] = {
	{"press", OPT_PRESS, true}, {"why", OPT_WHY, true}, {"who", OPT_WHO, true}, {NULL, 0, false}};

struct amend {
	struct cli *cli;
	const char *path, *field, *value, *why, *who;
	long press;
	struct ses_study study;
	bool in_study;
	char moved_path[PATH_MAX]; /* of the file in the other participant's folder; "" when not moved */
	struct ses_session was, now; /* as amended before and after, for telling */
};

/* The study that the file lies in, for its examiner and sites; a file can also lie anywhere. */
static void find_study(struct amend *a)
{
	char dir[PATH_MAX];

	if (a->cli->study) {
		a->in_study = ses_study_open(&a->study, a->cli->study, NULL) >= 0;
		return;
	}
	if (!realpath(a->path, dir))
		return;
	for (char *slash = strrchr(dir, '/'); slash && slash != dir; slash = strrchr(dir, '/')) {
		*slash = '\0';
		if (ses_study_open(&a->study, dir, NULL) >= 0) {
			a->in_study = true;
			return;
		}
	}
}

static int check_site(struct amend *a)
{
	struct ses_sites sites;
	int rc = ses_study_sites(a->in_study ? &a->study : NULL, &sites, &a->cli->log);

	if (rc < 0)
		return rc;
	if (!ses_site_find(&sites, a->value))
		rc = alg_fail(&a->cli->log, MSG_SITE_UNKNOWN, a->value);
	ses_sites_free(&sites);
	return rc;
}

/* What is wrong with the request before any file is looked at. */
static int check_request(struct amend *a)
{
	static const char *const of_press[] = {"status", "site", "side"};
	static const char *const of_session[] = {"tip_area_cm2", "acq", "session", "examiner", "participant"};
	struct alg_log *log = &a->cli->log;
	bool press = false, session = false;

	for (size_t i = 0; i < 3; i++)
		press |= strcmp(a->field, of_press[i]) == 0;
	for (size_t i = 0; i < 5; i++)
		session |= strcmp(a->field, of_session[i]) == 0;
	if (!press && !session && strcmp(a->field, "note") != 0)
		return alg_fail(log, MSG_OPTION_VALUE, "FIELD", a->field,
			"one of status site side (of a press), tip_area_cm2 acq session examiner participant (of the session), note");
	if (press && !a->press)
		return alg_fail(log, MSG_USAGE, "which press? add --press N ('algometer show' numbers them)", "amend");
	if (session && a->press)
		return alg_fail(log, MSG_USAGE, "this is of the whole session: leave --press out", "amend");
	if (!a->why || !a->why[0])
		return alg_fail(log, MSG_USAGE, "a correction needs its reason: add --why REASON", "amend");
	if (!a->who)
		a->who = a->in_study ? a->study.examiner : "";
	if (!a->who[0])
		return alg_fail(log, MSG_USAGE, "who amends? add --who CODE (a code, never a name)", "amend");
	return strcmp(a->field, "site") == 0 ? check_site(a) : 0;
}

static int check_not_running(struct amend *a)
{
	char journal[PATH_MAX];
	struct stat st;

	for (int network = 0; network < 2; network++)
		if (ses_journal_path(a->path, network, journal, sizeof(journal)) && stat(journal, &st) == 0)
			return alg_fail(&a->cli->log, MSG_AMEND_RUNNING, a->path);
	return 0;
}

static int add_one(struct amend *a, struct ses_session *ses, const char *field, const char *value)
{
	struct ses_amend_request request = {.field = field, .value = value, .trial = (int32_t)a->press, .who = a->who,
		.reason = a->why, .wall_ns = alg_clock_wall_ns(alg_clock_system())};
	struct ses_amendment row;
	int rc = ses_amendment_make(ses, &request, &row, &a->cli->log);

	if (rc < 0)
		return rc;
	if (strcmp(row.old_value, row.new_value) == 0 && strcmp(field, "note") != 0)
		return alg_fail(&a->cli->log, MSG_AMEND_NOTHING, field, value);
	return ses_session_append_amendment(ses, &row) < 0 ? alg_fail(&a->cli->log, MSG_NOMEM, "the amendment") : 0;
}

/* ---- moving a session to another participant -------------------------------------------------------- */

/* The file of this very session in the other's folder: left there by a move that was cut off. */
static int find_moved(struct amend *a, const struct ses_session *ses)
{
	struct ses_file *files = NULL;
	size_t n = 0;
	int rc = ses_study_files(&a->study, a->value, &files, &n, &a->cli->log);

	for (size_t i = 0; rc >= 0 && i < n && !a->moved_path[0]; i++) {
		struct ses_session other;

		if (ses_h5_read_summary(files[i].path, &other, NULL) == 0 && strcmp(other.header.uuid, ses->header.uuid) == 0)
			alg_text_copy(a->moved_path, sizeof(a->moved_path), files[i].path);
		ses_session_clear(&other);
	}
	free(files);
	return rc;
}

static int make_moved(struct amend *a, const struct ses_session *ses)
{
	const char *name = strrchr(a->path, '/');
	struct ses_session copy;
	struct ses_file file;
	char number[16];
	int rc = ses_session_clone(ses, &copy);

	if (rc < 0)
		return alg_fail(&a->cli->log, MSG_NOMEM, a->path);
	rc = ses_study_new_file_on(&a->study, a->value, 0, a->was.header.acq, a->was.header.visit_day, &file, &a->cli->log);
	if (rc >= 0)
		rc = add_one(a, &copy, "participant", a->value);
	snprintf(number, sizeof(number), "%d", file.session);
	if (rc >= 0 && a->was.header.session != file.session)
		rc = add_one(a, &copy, "session", number);
	if (rc >= 0) {
		snprintf(copy.header.origin, sizeof(copy.header.origin), "moved from %.120s", name ? name + 1 : a->path);
		ses_session_seal(&copy);
		rc = ses_h5_create(&copy, file.path, &a->cli->log);
		alg_text_copy(a->moved_path, sizeof(a->moved_path), file.path);
	}
	ses_session_clear(&copy);
	return rc;
}

/* The new file first: a crash in between leaves the session twice, which the same command then finishes. */
static int move(struct amend *a, struct ses_session *ses)
{
	int rc;

	if (!a->in_study)
		return alg_fail(&a->cli->log, MSG_STUDY_ABSENT, a->path);
	if ((rc = ses_study_check_code(&a->study, a->value, &a->cli->log)) < 0)
		return rc;
	if (a->was.moved_to[0] || strcmp(a->was.header.participant, a->value) == 0)
		return alg_fail(&a->cli->log, MSG_AMEND_NOTHING, "participant", a->value);
	if ((rc = find_moved(a, ses)) < 0 || (!a->moved_path[0] && (rc = make_moved(a, ses)) < 0))
		return rc;
	return add_one(a, ses, "moved", a->value);
}

/* ---- a file is named by its time point -------------------------------------------------------------- */

/* The name that the file must have as its attributes stand now; "" when it does not lie where the study would put it. */
static void name_now(const struct amend *a, const struct ses_header *h, char *out, size_t cap)
{
	struct ses_file file = {.session = h->session, .run = h->run};

	out[0] = '\0';
	memcpy(file.acq, h->acq, sizeof(file.acq));
	if (a->in_study && ses_study_file_path(&a->study, h->participant, &file, out, cap))
		out[0] = '\0';
}

static bool in_its_place(const struct amend *a)
{
	char expected[PATH_MAX], ours[PATH_MAX], theirs[PATH_MAX];

	name_now(a, &a->was.header, expected, sizeof(expected));
	return expected[0] && realpath(a->path, ours) && realpath(expected, theirs) && strcmp(ours, theirs) == 0;
}

/* Readers know session and time point by the name: it follows, and the journal that was put away with it. */
static int follow(struct amend *a)
{
	char from[PATH_MAX + 16], to[PATH_MAX + 16], folder[PATH_MAX];
	int rc;

	name_now(a, &a->now.header, a->moved_path, sizeof(a->moved_path));
	memcpy(folder, a->moved_path, sizeof(folder));
	*strrchr(folder, '/') = '\0';
	if ((rc = alg_dir_make(folder, &a->cli->log)) < 0)
		return rc;
	if (renameat2(AT_FDCWD, a->path, AT_FDCWD, a->moved_path, RENAME_NOREPLACE))
		return alg_fail(&a->cli->log, MSG_FILE_WRITE, a->moved_path, strerror(errno));
	snprintf(from, sizeof(from), "%.*sjournal.done", (int)strlen(a->path) - 2, a->path);
	snprintf(to, sizeof(to), "%.*sjournal.done", (int)strlen(a->moved_path) - 2, a->moved_path);
	(void)renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE); /* there may be none */
	if (alg_file_sync_folder(a->moved_path) || alg_file_sync_folder(a->path))
		return alg_fail(&a->cli->log, MSG_FILE_WRITE, a->moved_path, strerror(errno));
	return 0;
}

/* Before anything is written: is the name that it will have free? */
static int check_name_free(struct amend *a, const struct ses_session *ses)
{
	struct ses_session then;
	struct stat st;
	char name[PATH_MAX];
	int rc = ses_session_clone(ses, &then);

	if (rc < 0 || (rc = ses_session_amend(&then, &a->cli->log)) < 0)
		return rc;
	name_now(a, &then.header, name, sizeof(name));
	ses_session_clear(&then);
	return lstat(name, &st) == 0 ? alg_fail(&a->cli->log, MSG_FILE_EXISTS, name, "that time point has its session already") : 0;
}

/* ---- the command ------------------------------------------------------------------------------------ */

static int amended_copy(const struct ses_session *ses, struct ses_session *out, struct alg_log *log)
{
	if (ses_session_clone(ses, out) < 0)
		return alg_fail(log, MSG_NOMEM, "the session");
	return ses_session_amend(out, log);
}

static int amend_file(struct amend *a)
{
	struct ses_session ses = {0};
	int lock = ses_folder_lock(a->path, &a->cli->log), rc;

	if (lock < 0)
		return lock;
	rc = ses_h5_read(a->path, &ses, &a->cli->log);
	if (rc >= 0)
		rc = ses_session_verify(&ses, &a->cli->log); /* an amendment must not seal a change in */
	if (rc >= 0)
		rc = amended_copy(&ses, &a->was, &a->cli->log);
	if (rc >= 0)
		rc = strcmp(a->field, "participant") == 0 ? move(a, &ses) : add_one(a, &ses, a->field, a->value);
	bool renames = rc >= 0 && (strcmp(a->field, "acq") == 0 || strcmp(a->field, "session") == 0) && in_its_place(a);

	if (rc >= 0 && renames)
		rc = check_name_free(a, &ses);
	if (rc >= 0)
		rc = ses_h5_publish(&ses, a->path, &a->cli->log);
	if (rc >= 0)
		rc = amended_copy(&ses, &a->now, &a->cli->log);
	if (rc >= 0 && renames)
		rc = follow(a);
	ses_session_clear(&ses);
	close(lock);
	return rc;
}

/* No value of a blinded session is told, here neither. */
static void print_press(const struct ses_trial *t, bool blinded)
{
	printf("%s %s", t->site_code, ses_status_word((enum ses_status)t->status));
	if (blinded)
		return;
	if (isfinite(t->ppt_kpa))
		printf(" %.0f kPa", t->ppt_kpa);
	else if (t->status == SES_CENSORED)
		printf(" > %.0f kPa", t->ceiling_kpa);
}

static void print_effect(const struct amend *a)
{
	const struct ses_amendment *row = &a->now.amendments[a->now.n_amendments - 1];
	size_t shown = 0;

	printf("%s\n", a->path);
	printf("amended by %s at %s: %s", row->who, row->time, row->field);
	if (row->trial)
		printf(" of press %d", (int)row->trial);
	printf(" '%s' -> '%s' (%s)\n", row->old_value, row->new_value, a->why);
	for (size_t i = 0; i < a->now.n_trials && i < a->was.n_trials; i++) {
		const struct ses_trial *old = &a->was.trials[i], *new = &a->now.trials[i];
		bool same = old->status == new->status && strcmp(old->site_code, new->site_code) == 0 &&
			    (old->ppt_kpa == new->ppt_kpa || isnan(old->ppt_kpa));

		if (same || shown++ >= 6)
			continue;
		printf("  press %d: ", (int)new->trial);
		print_press(old, a->now.header.blinded);
		printf(" -> ");
		print_press(new, a->now.header.blinded);
		printf("\n");
	}
	if (shown > 6)
		printf("  and %zu more presses\n", shown - 6);
	if (a->moved_path[0] && strcmp(row->field, "moved") != 0)
		printf("its name follows: %s\n", a->moved_path);
	else if (a->moved_path[0])
		printf("it is %s's now: %s (the old file stays, marked)\n", a->value, a->moved_path);
	printf("seal %.8s, before %.8s\n", a->now.header.seal, row->seal_before);
}

static int print_json(const struct amend *a)
{
	const struct ses_amendment *row = &a->now.amendments[a->now.n_amendments - 1];
	cJSON *o = cJSON_CreateObject();

	alg_json_string(o, "algometer", "amend");
	alg_json_number(o, "version", 1);
	alg_json_string(o, "file", a->path);
	alg_json_string(o, "field", row->field);
	alg_json_number(o, "press", row->trial);
	alg_json_string(o, "old_value", row->old_value);
	alg_json_string(o, "new_value", row->new_value);
	alg_json_string(o, "who", row->who);
	alg_json_string(o, "time", row->time);
	alg_json_string(o, "reason", a->why);
	alg_json_string(o, "moved_to_file", a->moved_path[0] ? a->moved_path : NULL);
	alg_json_string(o, "seal", a->now.header.seal);
	alg_json_string(o, "seal_before", row->seal_before);
	return alg_json_print(o, 1, stdout);
}

static int parse(struct amend *a, int argc, char **argv)
{
	struct cli_args args;
	const char *value;
	int c;

	cli_args_start(&args, argc, argv);
	while ((c = cli_option(a->cli, &args, options, &value)) > 0) {
		if (c == OPT_PRESS && cli_integer(a->cli, "--press", value, 1, 100000, &a->press) < 0)
			return ALG_ERR_ARG;
		if (c == OPT_WHY)
			a->why = value;
		if (c == OPT_WHO)
			a->who = value;
	}
	if (c < 0)
		return ALG_ERR_ARG;
	if (args.n_words != 3)
		return alg_fail(&a->cli->log, MSG_USAGE, "amend needs a session file, a field and its new value", "amend");
	a->path = args.words[0];
	a->field = args.words[1];
	a->value = args.words[2];
	return 0;
}

int cmd_amend(struct cli *cli, int argc, char **argv)
{
	struct amend *a = calloc(1, sizeof(*a));
	int rc;

	if (!a)
		return cli_exit(cli, alg_fail(&cli->log, MSG_NOMEM, "amend"));
	a->cli = cli;
	if ((rc = parse(a, argc, argv)) < 0) {
		free(a);
		return CLI_USAGE;
	}
	if (access(a->path, F_OK) != 0) {
		rc = alg_fail(&cli->log, MSG_FILE_ABSENT, a->path);
		free(a);
		return cli_exit(cli, rc);
	}
	find_study(a);
	if (a->in_study)
		(void)ses_study_apply_zone(&a->study, NULL); /* times of amendments are local like all others */
	if ((rc = check_request(a)) >= 0 && (rc = check_not_running(a)) >= 0 && (rc = amend_file(a)) >= 0) {
		if (cli->json)
			rc = print_json(a) < 0 ? alg_fail(&cli->log, MSG_NOMEM, "output") : 0;
		else
			print_effect(a);
	}
	ses_session_clear(&a->was);
	ses_session_clear(&a->now);
	free(a);
	return cli_exit(cli, rc);
}
