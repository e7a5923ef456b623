/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_unblind.c - `unblind`: from now on the values of blinded sessions may be seen; who decided it, and why. */
#include "cli/cli.h"

#include "base/json.h"
#include "base/text.h"
#include "data/unblind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_WHO = 1, OPT_REASON, OPT_LIST };

static int list(struct cli *cli, const struct ses_study *study)
{
	struct ses_unblinding *rows;
	size_t n;
	int rc = ses_unblind_load(study, &rows, &n, &cli->log);

	if (rc)
		return rc;
	if (cli->json) {
		cJSON *json = cJSON_CreateObject(), *array;

		alg_json_string(json, "algometer", "unblind");
		alg_json_number(json, "version", 1);
		array = cJSON_AddArrayToObject(json, "unblindings");
		for (size_t i = 0; i < n; i++) {
			cJSON *row = cJSON_CreateObject();

			alg_json_string(row, "time", rows[i].time);
			alg_json_string(row, "who", rows[i].who);
			alg_json_string(row, "scope", rows[i].scope);
			alg_json_string(row, "reason", rows[i].reason);
			cJSON_AddItemToArray(array, row);
		}
		rc = alg_json_print(json, 1, stdout);
	}
	for (size_t i = 0; !cli->json && i < n; i++)
		printf("%.19s  %-10s %-12s %s\n", rows[i].time, rows[i].who, rows[i].scope, rows[i].reason);
	if (!cli->json && n == 0)
		printf("nothing in this study was unblinded\n");
	free(rows);
	return rc;
}

static int write_row(struct cli *cli, const struct ses_study *study, const struct ses_unblinding *row)
{
	char code[SES_CODE_MAX + 1];
	size_t len = strcspn(row->scope, "/");
	int rc;

	if (strcmp(row->scope, "study") != 0 && len < sizeof(code)) {
		snprintf(code, sizeof(code), "%.*s", (int)len, row->scope);
		rc = ses_study_check_code(study, code, &cli->log);
		if (rc)
			return rc;
	}
	rc = ses_unblind_append(study, row, &cli->log);
	if (!rc)
		printf("Unblinded: %s, by %s.\nSessions that began before now are shown; later ones stay blinded.\n", row->scope, row->who);
	return rc;
}

int cmd_unblind(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"who", OPT_WHO, true}, {"reason", OPT_REASON, true}, {"list", OPT_LIST, false}, {NULL, 0, false}};
	struct cli_args args;
	struct ses_unblinding row = {.scope = ""};
	struct ses_study study;
	const char *value;
	bool listing = false;
	int c, rc;

	cli_args_start(&args, argc, argv);
	while ((c = cli_option(cli, &args, options, &value)) > 0) {
		if (c == OPT_LIST)
			listing = true;
		else if (c == OPT_WHO ? !alg_text_copy(row.who, sizeof(row.who), value)
				      : !alg_text_copy(row.reason, sizeof(row.reason), value))
			return cli_exit(cli, alg_fail(&cli->log, MSG_UNBLIND, "a text is too long"));
	}
	if (c < 0)
		return cli_exit(cli, ALG_ERR_ARG);
	if (listing ? args.n_words != 0 : args.n_words != 1 || !alg_text_copy(row.scope, sizeof(row.scope), args.words[0]))
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "unblind needs one scope: study, CODE or CODE/SESSION (or --list)", "unblind"));
	rc = ses_study_open(&study, cli->study, &cli->log);
	if (!rc)
		rc = ses_study_apply_zone(&study, &cli->log);
	if (!rc)
		rc = listing ? list(cli, &study) : write_row(cli, &study, &row);
	return cli_exit(cli, rc);
}
