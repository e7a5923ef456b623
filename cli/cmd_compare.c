/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_compare.c - two sessions, point by point:
 *     compare FILE FILE        compare P012 1 4        compare P012 1 4-post
 *     compare P012 --session 3 (before and after)      compare P012 (first and latest)
 */
#include "cli/sessions.h"

#include "analysis/pages.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sides {
	char a[PATH_MAX], b[PATH_MAX];
};

static bool is_post(const struct ses_file *file)
{
	return strcmp(file->acq, "post") == 0;
}

/* The last run of a time point: an earlier one was measured again. */
static const struct ses_file *last_of(const struct ses_file *file, size_t n, bool post)
{
	const struct ses_file *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (is_post(&file[i]) == post)
			found = &file[i];
	return found;
}

static int before_and_after(struct cli *cli, const char *code, const struct cli_pick *pick, struct sides *out)
{
	struct ses_file *file;
	size_t n;
	int rc = cli_session_files(cli, code, pick, &file, &n);

	if (rc)
		return rc;
	const struct ses_file *pre = last_of(file, n, false), *post = last_of(file, n, true);

	if (pre && post) {
		alg_text_copy(out->a, sizeof(out->a), pre->path);
		alg_text_copy(out->b, sizeof(out->b), post->path);
	} else {
		rc = alg_fail(&cli->log, MSG_ANA_NO_PREPOST, (int)pick->session, code, pre ? "post" : "pre");
	}
	free(file);
	return rc;
}

/* The first session and the latest one, neither of them a post measurement. */
static int first_and_latest(struct cli *cli, const char *code, struct sides *out)
{
	const struct cli_pick any = {0};
	const struct ses_file *first = NULL, *latest = NULL;
	struct ses_file *file;
	size_t n;
	int rc = cli_session_files(cli, code, &any, &file, &n);

	if (rc)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (is_post(&file[i]))
			continue;
		if (!first || file[i].session == first->session)
			first = &file[i]; /* its last run */
		latest = &file[i];
	}
	if (first && latest != first) {
		alg_text_copy(out->a, sizeof(out->a), first->path);
		alg_text_copy(out->b, sizeof(out->b), latest->path);
	} else {
		rc = alg_fail(&cli->log, MSG_ANA_ONE_SESSION, code);
	}
	free(file);
	return rc;
}

/* One session by its number; without a time point the one before treatment. */
static int numbered(struct cli *cli, const char *code, const char *word, char path[PATH_MAX])
{
	struct cli_pick pick;
	struct ses_file *file;
	size_t n;
	int rc = cli_pick_parse(cli, word, &pick);

	if (rc == 0)
		rc = cli_session_files(cli, code, &pick, &file, &n);
	if (rc)
		return rc;
	const struct ses_file *one = pick.acq ? &file[n - 1] : last_of(file, n, false);

	alg_text_copy(path, PATH_MAX, one ? one->path : file[n - 1].path);
	free(file);
	return 0;
}

static int find_sides(struct cli *cli, const struct cli_args *args, const struct cli_pick *pick, struct sides *out)
{
	const char *const *word = args->words;
	int rc;

	if (args->n_words == 2 && cli_is_path(word[0]) && cli_is_path(word[1]) && !pick->session) {
		if (alg_text_copy(out->a, sizeof(out->a), word[0]) && alg_text_copy(out->b, sizeof(out->b), word[1]))
			return 0;
		return alg_fail(&cli->log, MSG_USAGE, "the name of a file is too long", cli->command);
	}
	if (args->n_words == 1 && !cli_is_path(word[0]))
		return pick->session ? before_and_after(cli, word[0], pick, out) : first_and_latest(cli, word[0], out);
	if (args->n_words == 3 && !cli_is_path(word[0]) && !pick->session) {
		rc = numbered(cli, word[0], word[1], out->a);
		return rc ? rc : numbered(cli, word[0], word[2], out->b);
	}
	return alg_fail(&cli->log, MSG_USAGE, "compare needs two session files, or a participant code with two sessions or --session N",
		cli->command);
}

static int put(struct cli *cli, const struct ana_compare *compare)
{
	struct ana_text text = {0};
	int rc = 0;

	if (cli->json)
		return alg_json_print(ana_compare_json(compare), 1, stdout);
	ana_compare_page(&text, compare);
	if (ana_text_ok(&text))
		fputs(text.data, stdout);
	else
		rc = alg_fail(&cli->log, MSG_NOMEM, "page");
	ana_text_free(&text);
	return rc;
}

int cmd_compare(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"session", CLI_OPT_SESSION, true}, CLI_READ_OPTIONS, CLI_WEIGH_OPTIONS, {NULL, 0, false}};
	struct cli_args args;
	struct cli_weigh weigh;
	struct cli_pick pick = {0};
	struct sides sides;
	struct ana_visit a = {0}, b = {0};
	struct ana_compare compare = {0};
	const char *value;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	cli_weigh_init(&weigh);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0)
		rc = c < 0 ? ALG_ERR_ARG : c == CLI_OPT_SESSION ? cli_pick_option(cli, c, value, &pick)
			: cli_weigh_option(cli, c, value, &weigh);
	if (rc == 0)
		rc = cli_weigh_check(cli, &weigh);
	if (rc == 0)
		rc = find_sides(cli, &args, &pick, &sides);
	if (rc == 0)
		rc = ana_visit_load(&a, sides.a, &weigh.read, &cli->log);
	if (rc == 0)
		rc = ana_visit_load(&b, sides.b, &weigh.read, &cli->log);
	if (rc == 0)
		rc = ana_compare_make(&compare, &a, &b, &weigh.mdc, weigh.despite, &cli->log);
	if (rc == 0)
		rc = put(cli, &compare);
	ana_compare_free(&compare);
	ana_visit_free(&a);
	ana_visit_free(&b);
	return cli_exit(cli, rc);
}
