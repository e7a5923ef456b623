/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_export.c - `export`: tidy tables of a study for other programs, with their data dictionary. */
#include "cli/progress.h"
#include "cli/sessions.h"

#include "analysis/export.h"
#include "base/text.h"
#include "data/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPT_OUT = 1, OPT_EXCEL };
static const struct cli_option options[] = {
	{"out", OPT_OUT, true}, {"excel-locale", OPT_EXCEL, false}, CLI_READ_OPTIONS, {NULL, 0, false}};

struct request {
	struct cli *cli;
	struct cli_weigh weigh;
	struct ana_export_options how;
	const char *const *word; /* behind the kinds: codes and files */
	int n_words;
};

/* ---- what was typed ------------------------------------------------------------------------------- */

static bool take_kind(struct request *r, const char *word)
{
	bool all = strcmp(word, "all") == 0, known = all;

	for (int k = 0; k < ANA_EXPORT_KINDS; k++)
		if (all || strcmp(word, ana_export_tables[k].name) == 0)
			r->how.kind[k] = known = true;
	return known;
}

static int arguments(struct request *r, struct cli_args *args)
{
	struct alg_log *log = &r->cli->log;
	const char *value;
	int c, rc = 0, kinds = 0;

	while (rc == 0 && (c = cli_option(r->cli, args, options, &value)) != 0) {
		if (c < 0)
			return ALG_ERR_ARG;
		if (c == OPT_OUT)
			r->how.out = value;
		else if (c == OPT_EXCEL)
			r->how.excel = true;
		else
			rc = cli_weigh_option(r->cli, c, value, &r->weigh);
	}
	while (kinds < args->n_words && take_kind(r, args->words[kinds]))
		kinds++;
	r->word = args->words + kinds;
	r->n_words = args->n_words - kinds;
	r->how.read = r->weigh.read;
	r->how.json = r->cli->json;
	if (rc == 0 && kinds == 0 && args->n_words)
		return alg_fail(log, MSG_OPTION_VALUE, "KIND", args->words[0],
			"presses, measures, points, ratings, events, sessions or all");
	if (rc == 0 && kinds == 0)
		return alg_fail(log, MSG_USAGE,
			"export needs a table: presses, measures, points, ratings, events, sessions or all", "export");
	if (rc == 0 && r->how.json && r->how.excel)
		return alg_fail(log, MSG_USAGE, "--excel-locale is a way of writing CSV and does not go with --json", "export");
	if (rc == 0 && r->how.out && !*r->how.out)
		return alg_fail(log, MSG_EXPORT_OUT, "''", "is no name");
	return rc;
}

/* ---- the sessions --------------------------------------------------------------------------------- */

struct reading {
	struct ana_export *ex;
	const struct ses_files *files;
	size_t next;
};

/* A session that cannot be used was said and is left out; only what ends the run comes back. */
static int one(const char *path, struct ses_session *ses, void *user)
{
	struct reading *reading = user;
	const char *code = reading->files->code[reading->next++];

	ana_export_session(reading->ex, ses, path, *code ? code : NULL);
	return reading->ex->failed ? reading->ex->failed : cli_stopped() ? ALG_ERR_CANCELLED : 0;
}

/* The index lies in the study: files that are named by themselves have none. */
static int find_study(const struct request *r, struct ses_study *study)
{
	bool needed = r->n_words == 0;

	*study->dir = '\0';
	for (int i = 0; i < r->n_words; i++)
		needed |= !cli_is_path(r->word[i]);
	return needed ? ses_study_open(study, r->cli->study, &r->cli->log) : 0;
}

/* The bar would stand among the rows where both go to one terminal. */
static bool bar_wanted(const struct request *r)
{
	return r->how.out || !isatty(STDOUT_FILENO);
}

static int all(struct request *r, struct ana_export *ex)
{
	struct ses_study study;
	struct ses_files files = {.n = 0};
	struct reading reading = {ex, &files, 0};
	struct cli_progress bar;
	struct ses_batch_options how = {.progress_user = &bar};
	int rc = find_study(r, &study);

	if (rc == 0)
		rc = cli_files(r->cli, r->word, r->n_words, &files);
	if (rc == 0) {
		how.study = *study.dir ? study.dir : NULL;
		how.whole_study = r->n_words == 0;
		how.progress = bar_wanted(r) ? cli_progress_step : NULL;
		cli_progress_start(&bar, stderr, "reading sessions", ex->log);
		rc = ses_batch_read((const char *const *)files.path, files.n, &how, one, &reading, NULL, ex->log);
		cli_progress_end(&bar);
	}
	ses_files_free(&files);
	return rc;
}

/* ---- what came of it ------------------------------------------------------------------------------ */

static void tell(const struct ana_export *ex)
{
	char clean[PATH_MAX];

	for (int k = 0; k < ANA_EXPORT_KINDS; k++)
		if (ex->options.kind[k]) {
			alg_text_clean(clean, sizeof(clean), ex->table[k].file.path);
			printf("%s: %zu row%s\n", clean, ex->table[k].rows, ex->table[k].rows == 1 ? "" : "s");
		}
	alg_text_clean(clean, sizeof(clean), ex->beside);
	printf("%s: what the columns are\n", clean);
	printf("%zu session%s", ex->n_sessions, ex->n_sessions == 1 ? "" : "s");
	if (ex->n_simulated)
		printf(", %zu simulated", ex->n_simulated);
	if (ex->n_blinded)
		printf(", %zu blinded and without values", ex->n_blinded);
	if (ex->n_moved)
		printf("; %zu moved elsewhere and left out", ex->n_moved);
	printf("\n");
}

static int run(struct request *r)
{
	struct ana_export *ex = malloc(sizeof(*ex));

	cli_watch_signals(); /* before there is a file that a stop would leave behind */
	int rc = ex ? ana_export_start(ex, &r->how, &r->cli->log) : alg_fail(&r->cli->log, MSG_NOMEM, "export");

	if (rc) {
		free(ex);
		return rc;
	}
	rc = all(r, ex);
	if (rc == 0 && ex->n_sessions == 0)
		rc = r->cli->log.exit_code ? ALG_ERR_FORMAT : alg_fail(&r->cli->log, MSG_EXPORT_NOTHING);
	if (rc == 0)
		rc = ana_export_end(ex);
	else
		ana_export_abort(ex);
	if (rc == 0 && r->how.out)
		tell(ex);
	free(ex);
	return rc;
}

int cmd_export(struct cli *cli, int argc, char **argv)
{
	struct request r = {.cli = cli};
	struct cli_args args;
	int rc;

	cli_args_start(&args, argc, argv);
	cli_weigh_init(&r.weigh);
	rc = arguments(&r, &args);
	if (rc == 0)
		rc = run(&r);
	if (rc == ALG_ERR_CANCELLED)
		return 128 + cli_stopped();
	/* A session that could not be used was said; the exit code must tell it too. */
	return rc >= 0 && cli->log.exit_code ? cli->log.exit_code : cli_exit(cli, rc);
}
