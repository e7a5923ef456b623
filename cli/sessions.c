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

void cli_weigh_init(struct cli_weigh *weigh)
{
	*weigh = (struct cli_weigh){.despite = NULL};
	ana_mdc_init(&weigh->mdc);
}

static int take_source(struct cli *cli, const char *value, struct cli_weigh *weigh)
{
	if (!alg_text_copy(weigh->mdc.source, sizeof(weigh->mdc.source), value))
		return alg_fail(&cli->log, MSG_OPTION_VALUE, "--mdc-source", value, "a source of less than 200 characters");
	return 0;
}

int cli_weigh_option(struct cli *cli, int id, const char *value, struct cli_weigh *weigh)
{
	double percent;
	int rc;

	switch (id) {
	case CLI_OPT_MDC:
		return ana_mdc_parse(&weigh->mdc, value, &cli->log);
	case CLI_OPT_MDC_SOURCE:
		return take_source(cli, value, weigh);
	case CLI_OPT_MDC_LEVEL:
		rc = cli_number(cli, "--mdc-level", value, 50, 99.9, &percent);
		weigh->mdc.level = rc ? 0.95 : percent / 100;
		return rc;
	case CLI_OPT_DESPITE:
		weigh->despite = value;
		if (value[strspn(value, " ")] == '\0')
			return alg_fail(&cli->log, MSG_OPTION_VALUE, "--despite", value, "a reason");
		return 0;
	case CLI_OPT_ORIGINAL:
		weigh->read.original = true;
		return 0;
	case CLI_OPT_RULE:
		weigh->read.rule = ses_rule_from_word(value);
		if (!weigh->read.rule)
			return alg_fail(&cli->log, MSG_OPTION_VALUE, "--rule", value, "mean, drop-first, median or closest-two");
		return 0;
	default:
		return alg_fail(&cli->log, MSG_BUG, "option of comparisons");
	}
}

int cli_weigh_check(struct cli *cli, const struct cli_weigh *weigh)
{
	return ana_mdc_check(&weigh->mdc, &cli->log);
}
