/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_recover.c - `recover`: a whole session file from what a crash left. Originals are only read. */
#include "cli/cli.h"

#include "base/json.h"
#include "data/recover.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { OPT_OUT = 1 };
static const struct cli_option options[] = {{"out", OPT_OUT, true}, {NULL, 0, false}};

static void print_found(const struct ses_recovered *f)
{
	printf("%s\n", f->path);
	printf("  from %s\n", f->journal);
	printf("  %zu presses%s\n", f->presses, f->complete ? ", the session had been ended" : ", the session was cut off");
	if (f->interrupted && f->blinded)
		printf("  the last one was being made: it is kept, rejected (interrupted)\n");
	else if (f->interrupted)
		printf("  the last one was being made: %zu samples of it are kept, rejected (interrupted)\n",
			f->interrupted_samples);
	if (f->from_file)
		printf("  %zu of them were in the session file only\n", f->from_file);
	if (f->amendments_from_file)
		printf("  %zu corrections were taken over from the session file\n", f->amendments_from_file);
	if (f->complete && !f->file_was_read)
		printf("  corrections that were made after the session's end are in no journal: make them again (amend)\n");
	if (f->given_up_bytes)
		printf("  %llu bytes at the journal's end are given up: %s\n", (unsigned long long)f->given_up_bytes, f->why);
	else
		printf("  nothing of the journal is given up\n");
	if (f->changed)
		printf("  %zu presses do not have the digest that was stored with them: somebody changed them\n", f->changed);
}

static cJSON *found_json(const char *path, const struct ses_recovered *f)
{
	cJSON *o = cJSON_CreateObject();

	alg_json_string(o, "given", path);
	alg_json_string(o, "file", f->path[0] ? f->path : NULL);
	alg_json_string(o, "journal", f->journal[0] ? f->journal : NULL);
	if (!f->path[0])
		return o;
	alg_json_number(o, "presses", (double)f->presses);
	cJSON_AddBoolToObject(o, "complete", f->complete);
	cJSON_AddBoolToObject(o, "interrupted", f->interrupted);
	alg_json_number(o, "interrupted_samples", f->blinded ? NAN : (double)f->interrupted_samples);
	alg_json_number(o, "from_file", (double)f->from_file);
	alg_json_number(o, "amendments_from_file", (double)f->amendments_from_file);
	cJSON_AddBoolToObject(o, "file_was_read", f->file_was_read);
	alg_json_number(o, "given_up_bytes", (double)f->given_up_bytes);
	alg_json_string(o, "why", f->why[0] ? f->why : NULL);
	alg_json_number(o, "changed", (double)f->changed);
	return o;
}

int cmd_recover(struct cli *cli, int argc, char **argv)
{
	struct cli_args args;
	const char *value, *out = NULL;
	cJSON *json = NULL, *list = NULL;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	while ((c = cli_option(cli, &args, options, &value)) > 0)
		out = value;
	if (c < 0)
		return CLI_USAGE;
	if (args.n_words < 1 || (out && args.n_words != 1))
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE,
			out ? "--out goes with one file" : "recover needs a journal or a session file", "recover"));
	if (cli->json) {
		json = cJSON_CreateObject();
		alg_json_string(json, "algometer", "recover");
		alg_json_number(json, "version", 1);
		list = cJSON_AddArrayToObject(json, "recovered");
	}
	for (int i = 0; i < args.n_words; i++) { /* one that cannot be recovered does not stop the others */
		struct ses_recovered found;
		int one = ses_recover(args.words[i], out, &found, &cli->log);

		if (rc >= 0)
			rc = one;
		if (json)
			cJSON_AddItemToArray(list, found_json(args.words[i], &found));
		else if (one >= 0)
			print_found(&found);
	}
	if (json && alg_json_print(json, 1, stdout) < 0 && rc >= 0)
		rc = alg_fail(&cli->log, MSG_NOMEM, "output");
	return cli_exit(cli, rc);
}
