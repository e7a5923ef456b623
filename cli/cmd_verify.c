/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_verify.c - `verify`: are these session files what was measured? */
#include "cli/sessions.h"

#include "base/json.h"
#include "data/verify.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct verify {
	struct cli *cli;
	cJSON *list;         /* NULL for text */
	size_t count[SES_UNREADABLE + 1];
};

static cJSON *to_json(const char *path, const struct ses_verified *v)
{
	cJSON *o = cJSON_CreateObject(), *findings, *notes;

	alg_json_string(o, "file", path);
	alg_json_string(o, "verdict", ses_verdict_word(v->verdict));
	findings = cJSON_AddArrayToObject(o, "findings");
	for (size_t i = 0; i < v->n_findings && i < SES_FINDINGS_MAX; i++)
		cJSON_AddItemToArray(findings, cJSON_CreateString(v->finding[i]));
	notes = cJSON_AddArrayToObject(o, "notes");
	for (size_t i = 0; i < v->n_notes; i++)
		cJSON_AddItemToArray(notes, cJSON_CreateString(v->note[i]));
	alg_json_number(o, "n_findings", (double)v->n_findings);
	alg_json_number(o, "presses", (double)v->n_presses);
	alg_json_number(o, "samples", v->blinded ? NAN : (double)v->n_samples);
	alg_json_number(o, "amendments", (double)v->n_amendments);
	alg_json_string(o, "seal", v->seal[0] ? v->seal : NULL);
	cJSON_AddBoolToObject(o, "simulated", v->simulated);
	return o;
}

static void print(const char *path, const struct ses_verified *v)
{
	printf("%-10s  %s", ses_verdict_word(v->verdict), path);
	if (v->seal[0]) {
		printf("  (%zu press%s", v->n_presses, v->n_presses == 1 ? "" : "es");
		if (!v->blinded) /* their number is how long the hand pressed */
			printf(", %zu samples", v->n_samples);
		if (v->n_amendments)
			printf(", %zu amendment%s", v->n_amendments, v->n_amendments == 1 ? "" : "s");
		printf("; seal %s%s)", v->seal, v->simulated ? "; simulated" : "");
	}
	printf("\n");
	for (size_t i = 0; i < v->n_findings && i < SES_FINDINGS_MAX; i++)
		printf("            %s\n", v->finding[i]);
	if (v->n_findings > SES_FINDINGS_MAX)
		printf("            and %zu more findings\n", v->n_findings - SES_FINDINGS_MAX);
	for (size_t i = 0; i < v->n_notes; i++)
		printf("            note: %s\n", v->note[i]);
}

static void one(struct verify *all, const char *path)
{
	struct ses_verified *v = malloc(sizeof(*v));

	if (!v) {
		alg_fail(&all->cli->log, MSG_NOMEM, path);
		all->count[SES_UNREADABLE]++;
		return;
	}
	ses_verify_file(path, v);
	all->count[v->verdict]++;
	if (all->list)
		cJSON_AddItemToArray(all->list, to_json(path, v));
	else
		print(path, v);
	free(v);
}

static void print_sum(const struct verify *all)
{
	size_t sum = 0;
	bool first = true;

	for (int i = 0; i <= SES_UNREADABLE; i++)
		sum += all->count[i];
	if (sum == 1)
		return;
	printf("%zu files: ", sum);
	for (int i = 0; i <= SES_UNREADABLE; i++)
		if (all->count[i]) {
			printf("%s%zu %s", first ? "" : ", ", all->count[i], ses_verdict_word((enum ses_verdict)i));
			first = false;
		}
	printf("\n");
}

int cmd_verify(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {{NULL, 0, false}};
	struct verify all = {.cli = cli};
	struct cli_args args;
	const char *value;
	struct ses_files files;
	cJSON *json = NULL;
	int rc;

	cli_args_start(&args, argc, argv);
	if (cli_option(cli, &args, options, &value) != 0)
		return CLI_USAGE;
	if (cli->json) {
		json = cJSON_CreateObject();
		alg_json_string(json, "algometer", "verify");
		alg_json_number(json, "version", 1);
		all.list = cJSON_AddArrayToObject(json, "files");
	}
	rc = cli_files(cli, args.words, args.n_words, &files);
	for (size_t i = 0; i < files.n; i++)
		one(&all, files.path[i]);
	if (rc == 0 && files.n_unlisted)
		rc = ALG_ERR_IO;
	ses_files_free(&files);
	if (!json)
		print_sum(&all);
	else if (alg_json_print(json, 1, stdout) < 0)
		rc = alg_fail(&cli->log, MSG_NOMEM, "output");
	if (rc < 0)
		return cli_exit(cli, rc);
	if (all.count[SES_EDITED] + all.count[SES_DAMAGED] + all.count[SES_FOREIGN])
		return CLI_DATA;
	return all.count[SES_INCOMPLETE] + all.count[SES_UNREADABLE] ? CLI_FAILED : CLI_DONE;
}
