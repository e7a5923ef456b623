/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_show.c - sessions, each in one screen: files, or a participant's sessions. */
#include "cli/sessions.h"

#include "analysis/norms.h"
#include "analysis/pages.h"
#include "data/amend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_SAMPLES = 1, OPT_UNCERTAINTY, OPT_NORMS };

struct show {
	struct cli_weigh weigh;
	struct cli_pick pick;
	bool picked; /* --session, --acq or --run was given */
	bool samples, uncertainty, norms;
	cJSON *json; /* the array of sessions; NULL for text */
	size_t shown, sessions;
};

/* The study that --study names, else the one in whose sub-CODE/ses-NN the file lies. Not found: false. */
static bool study_of(struct cli *cli, const char *path, struct ses_study *study, int *rc)
{
	char dir[PATH_MAX];

	*rc = 0;
	if (cli->study)
		return (*rc = ses_study_open(study, cli->study, &cli->log)) == 0;
	return ses_study_of(path, dir, sizeof(dir)) && (*rc = ses_study_open(study, dir, &cli->log)) == 0;
}

/* Reference tables and what is known of the person; without a study the shipped ones, and nothing is. */
static int get_norms(struct cli *cli, const struct ana_visit *visit, struct ses_norms *norms, struct ses_participant *person)
{
	struct ses_study study;
	int rc;
	bool found = study_of(cli, visit->path, &study, &rc);

	*norms = (struct ses_norms){NULL, 0};
	*person = (struct ses_participant){.age_from = -1, .age_to = -1};
	if (!rc && found)
		rc = ses_participant_read(&study, visit->header.participant, person, &cli->log);
	return rc ? rc : ses_norms_load(norms, found ? &study : NULL, &cli->log);
}

static int put_json(struct cli *cli, struct show *show, const struct ses_session *ses, const struct ana_visit *visit,
	const struct ses_norms *norms, const struct ses_participant *person)
{
	cJSON *json = ana_session_json(ses, visit, show->samples);

	if (!json)
		return alg_fail(&cli->log, MSG_NOMEM, visit->path);
	if (show->norms)
		cJSON_AddItemToObject(json, "norms", ana_norms_json(visit, norms, person));
	cJSON_AddItemToArray(show->json, json);
	return 0;
}

static int put_page(struct cli *cli, struct show *show, const struct ses_session *ses, const struct ana_visit *visit,
	const struct ses_norms *norms, const struct ses_participant *person)
{
	struct ana_text text = {0};
	int rc = 0;

	ana_session_page(&text, ses, visit);
	if (show->uncertainty)
		ana_session_uncertainty(&text, ses);
	if (show->norms) {
		ana_text_line(&text, "%s", "");
		ana_norms_page(&text, visit, norms, person);
	}
	if (ana_text_ok(&text))
		printf("%s%s", show->shown++ ? "\n" : "", text.data);
	else
		rc = alg_fail(&cli->log, MSG_NOMEM, visit->path);
	ana_text_free(&text);
	return rc;
}

static int put(struct cli *cli, struct show *show, const struct ses_session *ses, const struct ana_visit *visit)
{
	struct ses_norms norms = {NULL, 0};
	struct ses_participant person;
	int rc = show->norms ? get_norms(cli, visit, &norms, &person) : 0;

	if (rc == 0)
		rc = show->json ? put_json(cli, show, ses, visit, &norms, &person) : put_page(cli, show, ses, visit, &norms, &person);
	ses_norms_free(&norms);
	return rc;
}

/* by_code: one that was moved to another participant is left out; by its path it is shown. */
static int show_file(struct cli *cli, struct show *show, const char *path, bool by_code)
{
	struct ses_session ses = {0};
	struct ana_visit visit = {0};
	int rc = ses_h5_read(path, &ses, &cli->log);

	if (rc == 0)
		rc = show->weigh.read.original ? ses_session_amend_identity(&ses, &cli->log)
					       : ses_session_amend(&ses, &cli->log);
	if (rc == 0 && ses.moved_to[0] && by_code) {
		alg_note(&cli->log, MSG_MOVED, path, ses.moved_to);
		ses_session_clear(&ses);
		return 0;
	}
	show->sessions++;
	if (rc == 0)
		rc = ana_visit_from_session(&visit, &ses, path, &show->weigh.read, &cli->log);
	if (rc == 0)
		rc = put(cli, show, &ses, &visit);
	ana_visit_free(&visit);
	ses_session_clear(&ses);
	return rc;
}

/* Without --session: the latest one that is still this participant's, pre and post of it. */
static int show_code(struct cli *cli, struct show *show, const char *code)
{
	struct ses_file *file;
	size_t n, first = 0, before = show->sessions;
	int rc = cli_session_files(cli, code, &show->pick, &file, &n);

	if (rc)
		return rc;
	for (; n > 0 && show->sessions == before; n = first) {
		for (first = show->picked ? 0 : n - 1; !show->picked && first && file[first - 1].session == file[n - 1].session;)
			first--;
		for (size_t i = first; i < n; i++) {
			int one = show_file(cli, show, file[i].path, true);

			rc = rc ? rc : one;
		}
	}
	free(file);
	return rc;
}

static int arguments(struct cli *cli, struct cli_args *args, struct show *show)
{
	static const struct cli_option options[] = {
		CLI_PICK_OPTIONS, CLI_READ_OPTIONS, {"samples", OPT_SAMPLES, false}, {"uncertainty", OPT_UNCERTAINTY, false},
		{"norms", OPT_NORMS, false}, {NULL, 0, false}};
	const char *value;
	int c, rc;

	cli_weigh_init(&show->weigh);
	while ((c = cli_option(cli, args, options, &value)) > 0) {
		rc = 0;
		if (c == OPT_SAMPLES)
			show->samples = true;
		else if (c == OPT_UNCERTAINTY)
			show->uncertainty = true;
		else if (c == OPT_NORMS)
			show->norms = true;
		else if (c == CLI_OPT_SESSION || c == CLI_OPT_ACQ || c == CLI_OPT_RUN) {
			rc = cli_pick_option(cli, c, value, &show->pick);
			show->picked = true;
		} else {
			rc = cli_weigh_option(cli, c, value, &show->weigh);
		}
		if (rc)
			return rc;
	}
	if (c < 0)
		return ALG_ERR_ARG;
	if (args->n_words == 0)
		return alg_fail(&cli->log, MSG_USAGE, "show needs a session file or a participant code", cli->command);
	if (show->samples && !cli->json)
		return alg_fail(&cli->log, MSG_USAGE, "--samples goes with --json", cli->command);
	for (int i = 0; show->picked && i < args->n_words; i++)
		if (cli_is_path(args->words[i]))
			return alg_fail(&cli->log, MSG_USAGE, "--session, --acq and --run go with a participant code, not a file",
				cli->command);
	return 0;
}

int cmd_show(struct cli *cli, int argc, char **argv)
{
	struct cli_args args;
	struct show show = {.samples = false};
	cJSON *json = NULL;
	int rc;

	cli_args_start(&args, argc, argv);
	rc = arguments(cli, &args, &show);
	if (rc)
		return cli_exit(cli, rc);
	if (cli->json) {
		json = cJSON_CreateObject();
		alg_json_string(json, "algometer", "show");
		alg_json_number(json, "version", 1);
		show.json = cJSON_AddArrayToObject(json, "sessions");
	}
	for (int i = 0; i < args.n_words; i++) {
		const char *word = args.words[i];
		int one = cli_is_path(word) ? show_file(cli, &show, word, false) : show_code(cli, &show, word);

		rc = rc ? rc : one; /* the others are shown all the same */
	}
	if (json && show.json && (rc == 0 || cJSON_GetArraySize(show.json))) {
		int one = alg_json_print(json, 1, stdout);

		rc = rc ? rc : one;
	} else {
		cJSON_Delete(json);
	}
	return cli_exit(cli, rc);
}
