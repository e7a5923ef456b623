/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_reliability.c - the study's own errors of measuring:
 *     reliability                      compute and print; --store keeps them for compare and course
 *     reliability stable CODE A B      nothing can have changed between the two; unstable withdraws
 *     reliability list                 what is stored, and the pairs
 *     reliability add                  an error from the literature
 */
#include "cli/reliability.h"

#include "analysis/text.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_WHO = 1, OPT_WHY, OPT_DESPITE, OPT_SOURCE, OPT_SITE, OPT_KIND, OPT_SCALE, OPT_MEASURE, OPT_RULE, OPT_PLAN, OPT_SEM,
	OPT_DF, OPT_TIP, OPT_RATE, OPT_PRESSES, OPT_PARTICIPANTS, OPT_RESPONSE, OPT_STORE };

static const struct cli_option options[] = {{"who", OPT_WHO, true}, {"why", OPT_WHY, true}, {"despite", OPT_DESPITE, true},
	{"source", OPT_SOURCE, true}, {"site", OPT_SITE, true}, {"kind", OPT_KIND, true}, {"scale", OPT_SCALE, true},
	{"measure", OPT_MEASURE, true}, {"rule", OPT_RULE, true}, {"plan", OPT_PLAN, true}, {"sem", OPT_SEM, true},
	{"df", OPT_DF, true}, {"tip", OPT_TIP, true}, {"rate", OPT_RATE, true}, {"presses", OPT_PRESSES, true},
	{"participants", OPT_PARTICIPANTS, true}, {"response", OPT_RESPONSE, true}, {"store", OPT_STORE, false}, {NULL, 0, false}};

/* Which words go with which options: an option that would do nothing is refused. */
#define BIT(option) (1u << (option))
static const struct {
	const char *word;
	int n_words;
	unsigned takes;
	const char *usage;
} forms[] = {
	{"", 0, BIT(OPT_WHO) | BIT(OPT_WHY) | BIT(OPT_SITE) | BIT(OPT_KIND) | BIT(OPT_SCALE) | BIT(OPT_MEASURE) | BIT(OPT_RULE) | BIT(OPT_PLAN) | BIT(OPT_STORE),
		"reliability takes --kind, --site, --measure, --rule, --scale with --why, --plan, --store with --who"},
	{"stable", 4, BIT(OPT_WHO) | BIT(OPT_WHY) | BIT(OPT_DESPITE), "reliability stable CODE A B --who CODE --why TEXT [--despite REASON]"},
	{"unstable", 4, BIT(OPT_WHO) | BIT(OPT_WHY), "reliability unstable CODE A B --who CODE --why TEXT"},
	{"list", 1, 0, "reliability list takes no more"},
	{"add", 1, BIT(OPT_WHO) | BIT(OPT_WHY) | BIT(OPT_SOURCE) | BIT(OPT_SITE) | BIT(OPT_KIND) | BIT(OPT_SCALE) | BIT(OPT_MEASURE) |
			BIT(OPT_RULE) | BIT(OPT_SEM) | BIT(OPT_DF) | BIT(OPT_TIP) | BIT(OPT_RATE) | BIT(OPT_PRESSES) | BIT(OPT_PARTICIPANTS) |
			BIT(OPT_RESPONSE), "reliability add --kind K --site S --sem X --presses N --rule R --tip CM2 --rate KPA_S --response W --source TEXT --who CODE"},
};

static int word_option(struct cli *cli, const char *option, const char *value, int code, const char *choices, int *out)
{
	*out = code;
	return code ? 0 : alg_fail(&cli->log, MSG_OPTION_VALUE, option, value, choices);
}

static int take_words(struct cli *cli, int id, const char *value, struct rel_args *args)
{
	int code = 0, rc;

	switch (id) {
	case OPT_KIND:
		rc = word_option(cli, "--kind", value, (int)ses_sem_kind_from_word(value), "within-visit, between-visits or between-examiners", &code);
		args->kind = (enum ses_sem_kind)code;
		return rc;
	case OPT_SCALE:
		rc = word_option(cli, "--scale", value, (int)ses_scale_from_word(value), "kPa or log10", &code);
		args->scale = (enum ses_scale)code;
		return rc;
	case OPT_MEASURE:
		rc = word_option(cli, "--measure", value, (int)ses_measure_from_word(value), "threshold or tolerance", &code);
		args->measure = (enum ses_measure)code;
		return rc;
	default:
		rc = word_option(cli, "--rule", value, (int)ses_rule_from_word(value), "mean, drop-first or median", &code);
		args->read.rule = (enum ses_rule)code;
		return rc || code != SES_RULE_CLOSEST_TWO ? rc : alg_fail(&cli->log, MSG_REL_RULE);
	}
}

static int take(struct cli *cli, int id, const char *value, struct rel_args *args)
{
	switch (id) {
	case OPT_WHO: args->who = value; return 0;
	case OPT_WHY: args->why = value; return 0;
	case OPT_DESPITE: args->despite = value; return 0;
	case OPT_SOURCE: args->source = value; return 0;
	case OPT_SITE: args->site = value; return 0;
	case OPT_RESPONSE: args->response = value; return 0;
	case OPT_STORE: args->store = true; return 0;
	case OPT_PLAN: return cli_number(cli, "--plan", value, 1, 1000, &args->plan_kpa);
	case OPT_SEM: return cli_number(cli, "--sem", value, 1e-6, 2000, &args->sem);
	case OPT_DF: return cli_number(cli, "--df", value, 1, 1e6, &args->df);
	case OPT_TIP: return cli_number(cli, "--tip", value, 0.01, 10, &args->tip_area_cm2);
	case OPT_RATE: return cli_number(cli, "--rate", value, 1, 1000, &args->rate_kpa_s);
	case OPT_PRESSES: return cli_integer(cli, "--presses", value, 1, 20, &args->presses);
	case OPT_PARTICIPANTS: return cli_integer(cli, "--participants", value, 1, 1000000, &args->participants);
	default: return take_words(cli, id, value, args);
	}
}

/* ---- computing ----------------------------------------------------------------------------------------- */

static bool storable(const struct ana_reliability *rel, size_t i)
{
	const struct ses_sem *s = &rel->row[i].sem;

	return isfinite(s->sem) && s->sem > 0 && s->df >= 1 && ana_rel_row_preferred(rel, i);
}

static int store(struct cli *cli, const struct ses_study *study, const struct ana_reliability *rel, const struct rel_args *args)
{
	struct ses_sem *row = calloc(rel->n_rows + 1, sizeof(*row));
	char id[40];
	size_t n = 0;
	int rc = row ? 0 : alg_fail(&cli->log, MSG_NOMEM, "reliability");

	ses_uuid_make(id);
	for (size_t i = 0; rc == 0 && i < rel->n_rows; i++) {
		if (!storable(rel, i))
			continue;
		row[n] = rel->row[i].sem;
		alg_text_copy(row[n].id, sizeof(row[n].id), id);
		alg_text_copy(row[n].who, sizeof(row[n].who), args->who);
		if (args->why)
			snprintf(row[n].source, sizeof(row[n].source), "%.60s; scale because: %s", rel->row[i].sem.source, args->why);
		n++;
	}
	if (rc == 0 && n == 0)
		rc = alg_fail(&cli->log, MSG_REL_NOTHING, "store", "no row has an error of measuring");
	if (rc == 0)
		rc = ses_sem_append(study, row, n, &cli->log);
	if (rc == 0 && !cli->json)
		printf("Stored %zu row%s in reliability.tsv, on the %s scale; 'algometer reliability list' shows them.\n", n, n == 1 ? "" : "s",
			ses_scale_word(rel->scale.scale));
	if (rc == 0)
		rc = rel_tell_stale(cli, study, row, args);
	free(row);
	return rc;
}

static int put(struct cli *cli, const struct ana_reliability *rel, const struct ana_rel_words *words)
{
	struct ana_text text = {0};
	int rc = 0;

	if (cli->json)
		return alg_json_print(ana_reliability_json(rel, words), 1, stdout);
	ana_reliability_page(&text, rel, words);
	if (ana_text_ok(&text))
		fputs(text.data, stdout);
	else
		rc = alg_fail(&cli->log, MSG_NOMEM, "page");
	ana_text_free(&text);
	return rc;
}

static int check_words(struct cli *cli, const struct rel_args *args)
{
	if (args->store && (!args->who || !alg_text_is_name(args->who, 31)))
		return alg_fail(&cli->log, MSG_USAGE, "--store needs --who CODE (letters, digits, '-' and '_', at most 31)", "reliability");
	if (args->who && !args->store)
		return alg_fail(&cli->log, MSG_USAGE, "--who goes with --store", "reliability");
	if (!args->scale != !args->why)
		return alg_fail(&cli->log, MSG_USAGE, "--scale and --why go together: another scale than the test's needs a reason", "reliability");
	if (args->why && (strlen(args->why) > 120 || !alg_text_is_clean(args->why, strlen(args->why)) || !args->why[strspn(args->why, " ")]))
		return alg_fail(&cli->log, MSG_USAGE, "--why is one line of at most 120 characters", "reliability");
	return 0;
}

static int compute(struct cli *cli, const struct rel_args *args)
{
	struct ana_rel_options how = {.kind = args->kind, .site = args->site, .measure = args->measure ? args->measure : SES_MEASURE_THRESHOLD};
	struct ana_rel_words words = {.plan_kpa = args->plan_kpa, .why = args->why};
	struct ana_reliability rel = {.row = NULL};
	struct rel_room room = {.visit = NULL};
	struct ana_options read = args->read;
	int rc = check_words(cli, args);

	read.measure = how.measure;
	if (rc == 0)
		rc = rel_load(cli, &read, &room);
	if (rc == 0)
		rc = rel_scale(cli, &room.study, args, &words.held);
	how.scale = args->scale ? args->scale : words.held;
	if (rc == 0)
		rc = ana_reliability_make(&rel, room.visit, room.n_visits, room.pair, room.n_pairs, &how, &cli->log);
	if (rc == 0 && args->site && rel.n_rows == 0)
		rc = alg_fail(&cli->log, MSG_REL_NOTHING, "compute", "no repeated value at that site (a code such as UTRAP_R, a place such as UTRAP, or net)");
	if (rc == 0)
		rc = put(cli, &rel, &words);
	if (rc == 0 && args->store)
		rc = store(cli, &room.study, &rel, args);
	ana_reliability_free(&rel);
	rel_free(&room);
	return rc;
}

/* ---- the command ----------------------------------------------------------------------------------------- */

static int run(struct cli *cli, const struct cli_args *words, unsigned given, const struct rel_args *args)
{
	const char *word = words->n_words ? words->words[0] : "";

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(word, forms[i].word))
			continue;
		if (words->n_words != forms[i].n_words || (given & ~forms[i].takes))
			return alg_fail(&cli->log, MSG_USAGE, forms[i].usage, "reliability");
		if (strcmp(word, "list") == 0)
			return rel_list(cli);
		if (strcmp(word, "add") == 0)
			return rel_add(cli, args);
		if (forms[i].n_words == 4)
			return rel_mark(cli, words->words[1], words->words[2], words->words[3], strcmp(word, "stable") == 0, args);
		return compute(cli, args);
	}
	return alg_fail(&cli->log, MSG_OPTION_VALUE, "reliability", word, "stable, unstable, list, add, or nothing");
}

int cmd_reliability(struct cli *cli, int argc, char **argv)
{
	struct rel_args args = {.plan_kpa = NAN, .sem = NAN, .df = NAN, .tip_area_cm2 = NAN, .rate_kpa_s = NAN};
	struct cli_args words;
	const char *value;
	unsigned given = 0;
	int c, rc = 0;

	cli_args_start(&words, argc, argv);
	while (rc == 0 && (c = cli_option(cli, &words, options, &value)) != 0) {
		rc = c < 0 ? ALG_ERR_ARG : take(cli, c, value, &args);
		given |= c > 0 ? BIT(c) : 0;
	}
	if (rc == 0)
		rc = run(cli, &words, given, &args);
	if (rc == ALG_ERR_CANCELLED)
		return 128 + cli_stopped();
	/* A session that could not be read was said; the exit code must tell it too. */
	return rc == 0 && cli->log.exit_code ? cli->log.exit_code : cli_exit(cli, rc);
}
