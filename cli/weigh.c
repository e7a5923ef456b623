/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.c - what the commands that weigh changes share: their options, the study's errors, two sessions. */
#include "cli/sessions.h"

#include "analysis/needling.h"
#include "base/text.h"
#include "data/treatment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_weigh_init(struct cli_weigh *weigh)
{
	*weigh = (struct cli_weigh){.despite = NULL};
	ana_errors_init(&weigh->errors);
}

static int take_source(struct cli *cli, const char *value, struct cli_weigh *weigh)
{
	if (!alg_text_copy(weigh->errors.source, sizeof(weigh->errors.source), value))
		return alg_fail(&cli->log, MSG_OPTION_VALUE, "--mdc-source", value, "a source of less than 200 characters");
	return 0;
}

int cli_weigh_option(struct cli *cli, int id, const char *value, struct cli_weigh *weigh)
{
	double percent;
	int rc;

	switch (id) {
	case CLI_OPT_MDC:
		return ana_errors_parse(&weigh->errors, value, &cli->log);
	case CLI_OPT_MDC_SOURCE:
		return take_source(cli, value, weigh);
	case CLI_OPT_MDC_LEVEL:
		rc = cli_number(cli, "--mdc-level", value, 50, 99.9, &percent);
		weigh->errors.level = rc ? 0.95 : percent / 100;
		return rc;
	case CLI_OPT_DESPITE:
		weigh->despite = value;
		if (value[strspn(value, " ")] == '\0')
			return alg_fail(&cli->log, MSG_OPTION_VALUE, "--despite", value, "a reason");
		return 0;
	case CLI_OPT_BASELINE:
		return cli_integer(cli, "--baseline", value, 1, ANA_BASELINE_MAX, &weigh->baseline);
	case CLI_OPT_ORIGINAL:
		weigh->read.original = true;
		return 0;
	case CLI_OPT_MEASURE:
		weigh->read.measure = ses_measure_from_word(value);
		if (!weigh->read.measure)
			return alg_fail(&cli->log, MSG_OPTION_VALUE, "--measure", value, "threshold or tolerance");
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
	return ana_errors_check(&weigh->errors, &cli->log);
}

void cli_weigh_free(struct cli_weigh *weigh)
{
	free(weigh->sem);
	weigh->sem = NULL;
	weigh->errors.sem = NULL;
	weigh->errors.n_sem = 0;
}

int cli_weigh_study(struct cli *cli, struct cli_weigh *weigh, const struct ses_study *study)
{
	int rc = ses_sem_load(study, &weigh->sem, &weigh->errors.n_sem, &cli->log);

	weigh->errors.sem = weigh->sem;
	return rc;
}

/* ---- two sessions ---------------------------------------------------------------------------------- */

/* Both by one repeat rule: the one that was asked for, else that of the second session's procedure. */
static int load_both(struct cli *cli, const struct cli_sides *sides, const struct ana_options *options, struct cli_two *two)
{
	struct ana_options same = *options;
	int rc = ana_visit_load(&two->b, sides->b, &same, &cli->log);

	same.rule = two->b.rule;
	return rc ? rc : ana_visit_load(&two->a, sides->a, &same, &cli->log);
}

/* What the treatment record says about needles shortly before either session. */
static int note_needling(struct cli *cli, const struct ses_study *study, struct cli_two *two)
{
	const struct ana_visit *visit[2] = {&two->a, &two->b};
	struct ses_treatments list = {0};
	char path[PATH_MAX];
	int rc = ses_treatments_path(study, two->a.header.participant, path, sizeof(path), &cli->log);

	if (!rc)
		rc = ses_treatments_load(&list, path, NULL, &cli->log);
	for (int i = 0; !rc && i < 2; i++)
		if (two->compare.n_unlike < ANA_UNLIKE_MAX) {
			struct ana_unlike *unlike = &two->compare.unlike[two->compare.n_unlike];

			two->compare.n_unlike += ana_needling_words(&list, visit[i], unlike->text, sizeof(unlike->text));
		}
	ses_treatments_free(&list);
	return rc;
}

int cli_two_load(struct cli *cli, const struct cli_sides *sides, struct cli_weigh *weigh, struct cli_two *two)
{
	struct ses_study study;
	char dir[PATH_MAX];
	bool in_study = ses_study_of(sides->b, dir, sizeof(dir));
	int rc = in_study ? ses_study_open(&study, dir, &cli->log) : 0;

	*two = (struct cli_two){.compare = {0}};
	if (!rc && in_study)
		rc = cli_weigh_study(cli, weigh, &study);
	if (!rc)
		rc = load_both(cli, sides, &weigh->read, two);
	if (!rc)
		rc = ana_compare_make(&two->compare, &two->a, &two->b, &weigh->errors, weigh->despite, &cli->log);
	return !rc && in_study ? note_needling(cli, &study, two) : rc;
}

void cli_two_free(struct cli_two *two)
{
	ana_compare_free(&two->compare);
	ana_visit_free(&two->a);
	ana_visit_free(&two->b);
}

int cli_course_load(struct cli *cli, const struct ses_study *study, const char *code, struct cli_weigh *weigh,
	struct ana_course *out)
{
	struct ana_course_options how = {.read = weigh->read, .despite = weigh->despite,
		.baseline = (int)weigh->baseline, .sessions = weigh->sessions};
	int rc = cli_weigh_study(cli, weigh, study);

	how.errors = weigh->errors;
	return rc ? rc : ana_course_load(out, study, code, &how, &cli->log);
}
