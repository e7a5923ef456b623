/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sides.c - the two sessions that compare, plot slope and plot bodymap are about. */
#include "cli/sessions.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

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

static int before_and_after(struct cli *cli, const char *code, const struct cli_pick *pick, struct cli_sides *out)
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
static int first_and_latest(struct cli *cli, const char *code, struct cli_sides *out)
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

int cli_find_latest(struct cli *cli, const char *code, char path[PATH_MAX])
{
	const struct cli_pick any = {0};
	const struct ses_file *latest;
	struct ses_file *file;
	size_t n;
	int rc = cli_session_files(cli, code, &any, &file, &n);

	if (rc)
		return rc;
	latest = last_of(file, n, false);
	if (!latest)
		latest = last_of(file, n, true);
	alg_text_copy(path, PATH_MAX, latest->path);
	free(file);
	return 0;
}

/* Without a time point the one before treatment; files are in order of run. */
int cli_find_session(struct cli *cli, const char *code, const char *word, char path[PATH_MAX])
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

int cli_find_sides(struct cli *cli, const char *const *word, int n_words, const struct cli_pick *pick, struct cli_sides *out)
{
	int rc;

	if (n_words == 2 && cli_is_path(word[0]) && cli_is_path(word[1]) && !pick->session) {
		if (alg_text_copy(out->a, sizeof(out->a), word[0]) && alg_text_copy(out->b, sizeof(out->b), word[1]))
			return 0;
		return alg_fail(&cli->log, MSG_USAGE, "the name of a file is too long", cli->command);
	}
	if (n_words == 1 && !cli_is_path(word[0]))
		return pick->session ? before_and_after(cli, word[0], pick, out) : first_and_latest(cli, word[0], out);
	if (n_words == 3 && !cli_is_path(word[0]) && !pick->session) {
		rc = cli_find_session(cli, word[0], word[1], out->a);
		return rc ? rc : cli_find_session(cli, word[0], word[2], out->b);
	}
	return alg_fail(&cli->log, MSG_USAGE, "it needs two session files, or a participant code with two sessions or --session N",
		cli->command);
}
