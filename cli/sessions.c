/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sessions.h"

#include "base/text.h"
#include "data/session_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool cli_is_path(const char *word)
{
	return strpbrk(word, "/.") != NULL;
}

int cli_participant(struct cli *cli, const char *code, struct ses_study *study)
{
	char dir[PATH_MAX + 64];
	struct stat st;
	int rc = ses_study_open(study, cli->study, &cli->log);

	if (rc)
		return rc;
	rc = ses_study_check_code(study, code, &cli->log);
	if (rc)
		return rc;
	snprintf(dir, sizeof(dir), "%s/sub-%s", study->dir, code);
	if (stat(dir, &st) || !S_ISDIR(st.st_mode))
		return alg_fail(&cli->log, MSG_PARTICIPANT_UNKNOWN, code, study->dir);
	return 0;
}

static bool fits(const struct ses_file *file, const struct cli_pick *pick)
{
	return (!pick->session || file->session == pick->session) && (!pick->run || file->run == pick->run) &&
		(!pick->acq || strcmp(file->acq, pick->acq) == 0);
}

static int say_none(struct cli *cli, const char *code, const struct cli_pick *pick)
{
	char which[64] = "", run[24] = "";

	if (pick->run)
		snprintf(run, sizeof(run), " run %ld", pick->run);
	if (pick->session)
		snprintf(which, sizeof(which), " %ld%s%s%s", pick->session, pick->acq && *pick->acq ? " " : "",
			pick->acq ? pick->acq : "", run);
	else if (pick->acq)
		snprintf(which, sizeof(which), " '%s'", pick->acq);
	return alg_fail(&cli->log, MSG_ANA_NO_SESSION, code, which, code);
}

int cli_session_files(
	struct cli *cli, const char *code, const struct cli_pick *pick, struct ses_file **out, size_t *n)
{
	struct ses_study study;
	size_t all = 0;
	int rc;

	*out = NULL;
	*n = 0;
	rc = cli_participant(cli, code, &study);
	if (rc)
		return rc;
	rc = ses_study_files(&study, code, out, &all, &cli->log);
	if (rc)
		return rc;
	for (size_t i = 0; i < all; i++)
		if (fits(&(*out)[i], pick))
			(*out)[(*n)++] = (*out)[i];
	if (*n)
		return 0;
	free(*out);
	*out = NULL;
	return say_none(cli, code, pick);
}

static int add_participant(struct cli *cli, const char *code, struct ses_files *out)
{
	struct cli_pick pick = {0};
	struct ses_file *found;
	size_t n;
	int rc = cli_session_files(cli, code, &pick, &found, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = ses_files_add(out, found[i].path, code, &cli->log);
	free(found);
	return rc;
}

int cli_files(struct cli *cli, const char *const *word, int n_words, struct ses_files *out)
{
	struct ses_study study;
	int rc = n_words ? 0 : ses_study_open(&study, cli->study, &cli->log);

	*out = (struct ses_files){.n = 0};
	if (rc == 0 && n_words == 0)
		rc = ses_files_add_study(out, &study, &cli->log);
	for (int i = 0; rc == 0 && i < n_words; i++)
		rc = cli_is_path(word[i]) ? ses_files_add(out, word[i], "", &cli->log) : add_participant(cli, word[i], out);
	return rc;
}

static int take_acq(struct cli *cli, const char *option, const char *value, const char **acq)
{
	if (strcmp(value, "pre") && strcmp(value, "post"))
		return alg_fail(&cli->log, MSG_OPTION_VALUE, option, value, "pre or post");
	*acq = strcmp(value, "pre") == 0 ? "pre" : "post";
	return 0;
}

int cli_pick_parse(struct cli *cli, const char *word, struct cli_pick *pick)
{
	struct ses_session_name name;

	*pick = (struct cli_pick){0};
	if (ses_session_name_parse(word, &name))
		return alg_fail(&cli->log, MSG_OPTION_VALUE, "session", word, "a session such as 4, 4-pre, 4-post or 4-run2");
	*pick = (struct cli_pick){.session = name.session, .run = name.run};
	return *name.acq ? take_acq(cli, "session", name.acq, &pick->acq) : 0;
}

int cli_pick_option(struct cli *cli, int id, const char *value, struct cli_pick *pick)
{
	switch (id) {
	case CLI_OPT_SESSION:
		return cli_integer(cli, "--session", value, 1, 9999, &pick->session);
	case CLI_OPT_RUN:
		return cli_integer(cli, "--run", value, 1, 9999, &pick->run);
	case CLI_OPT_ACQ:
		return take_acq(cli, "--acq", value, &pick->acq);
	default:
		return alg_fail(&cli->log, MSG_BUG, "option of sessions");
	}
}
