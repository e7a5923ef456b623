/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_doctor.c - what on this machine keeps a gauge from being read or a study from being written, and what to do. */
#include "cli/cli.h"

#include "base/json.h"
#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const severity_words[] = {"fault", "warning", "note"};

static int print_json(const struct host_report *r)
{
	cJSON *root = cJSON_CreateObject(), *findings = cJSON_AddArrayToObject(root, "findings");

	alg_json_number(root, "gauges", (double)r->n_gauges);
	alg_json_number(root, "usable", (double)r->n_usable);
	for (size_t i = 0; i < r->n; i++) {
		const struct host_finding *f = &r->finding[i];
		cJSON *o = cJSON_CreateObject();

		alg_json_string(o, "id", f->id);
		alg_json_string(o, "severity", severity_words[f->severity]);
		alg_json_string(o, "where", f->where);
		alg_json_string(o, "what", f->what);
		alg_json_string(o, "remedy", f->remedy);
		cJSON_AddItemToArray(findings, o);
	}
	return alg_json_print(root, 1, stdout);
}

static void print_text(const struct host_report *r)
{
	static const char *const heads[] = {"FAULT  ", "Warning", "Note   "};

	for (size_t i = 0; i < r->n; i++) {
		const struct host_finding *f = &r->finding[i];

		printf("%s %s\n        %s.\n        To do: %s.\n", heads[f->severity], f->where, f->what, f->remedy);
	}
	if (r->n)
		putchar('\n');
	for (size_t i = 0; i < r->n_gauges; i++)
		printf("Looked at %s (%s%s%s)\n", r->gauge[i].address, r->gauge[i].model, *r->gauge[i].usb_id ? ", " : "", r->gauge[i].usb_id);
	if (r->n_usable == r->n_gauges && r->n_gauges)
		printf("Nothing keeps %s from being opened. Whether a gauge answers, 'algometer monitor' shows.\n",
			r->n_gauges == 1 ? "it" : "them");
	else if (r->n_gauges)
		printf("%zu of %zu can be opened.\n", r->n_usable, r->n_gauges);
}

/* Without one usable gauge: 3. A fault of the machine itself: 1. */
static int exit_code(const struct host_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->finding[i].severity == HOST_FAULT && r->finding[i].of == HOST_OF_MACHINE)
			return CLI_FAILED;
	return r->n_usable == 0 ? CLI_DEVICE : CLI_DONE;
}

int cmd_doctor(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option none[] = {{0}};
	struct host_report *report;
	struct host_view view;
	struct cli_args args;
	const char *value;
	int rc;

	cli_args_start(&args, argc, argv);
	if (cli_option(cli, &args, none, &value) < 0)
		return CLI_USAGE;
	if (args.n_words > 1)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "doctor looks at one study folder at most", cli->command));
	report = calloc(1, sizeof(*report));
	if (!report)
		return cli_exit(cli, alg_fail(&cli->log, MSG_NOMEM, "the doctor's report"));
	host_view_init(&view);
	view.study = args.n_words ? args.words[0] : cli->study;
	rc = host_examine(&view, report, &cli->log);
	if (rc == 0 && cli->json)
		rc = print_json(report);
	else if (rc == 0)
		print_text(report);
	int code = rc < 0 ? cli_exit(cli, rc) : exit_code(report);

	free(report);
	return code;
}
