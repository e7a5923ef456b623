/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_doctor.c - what on this computer keeps a gauge from measuring, and what to type against it. Opens no port. */
#include "cli/cli.h"

#include "base/json.h"
#include "data/study.h"
#include "driver/algometer.h"
#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { LIST_MAX = 256 };

static const char *const severities[] = {[HOST_FAULT] = "fault", [HOST_WARNING] = "warning", [HOST_NOTE] = "note"};

static int print_json(const struct host_report *report)
{
	cJSON *array = cJSON_CreateArray();

	for (size_t i = 0; i < report->n; i++) {
		const struct host_finding *finding = &report->found[i];
		cJSON *o = cJSON_CreateObject();

		alg_json_string(o, "id", finding->id);
		alg_json_string(o, "severity", severities[finding->severity]);
		alg_json_string(o, "where", finding->where);
		alg_json_string(o, "what", finding->what);
		alg_json_string(o, "remedy", finding->remedy);
		alg_json_string(o, "command", finding->command);
		cJSON_AddItemToArray(array, o);
	}
	return alg_json_print(array, 1, stdout);
}

static bool is_fine(const struct host_report *report, enum host_group group)
{
	for (size_t i = 0; i < report->n; i++)
		if (report->found[i].group == group)
			return false;
	return report->looked[group];
}

static void print_fine(const struct host_report *report)
{
	static const char *const groups[HOST_GROUPS] = {[HOST_PORTS] = "gauges and ports", [HOST_PROGRAMS] = "other programs",
		[HOST_RULES] = "access rules", [HOST_STUDY] = "disk of the study", [HOST_COMPUTER] = "clock and gnuplot"};
	int n = 0;

	for (int g = 0; g < HOST_GROUPS; g++)
		if (is_fine(report, (enum host_group)g))
			printf("%s%s", n++ ? ", " : "Fine: ", groups[g]);
	printf("%s", n ? ".\n" : "");
}

static void print_text(const struct host_report *report, int code)
{
	print_fine(report);
	for (size_t i = 0; i < report->n; i++) {
		const struct host_finding *finding = &report->found[i];

		printf("\n%s, %s:\n", severities[finding->severity], finding->where);
		cli_print_wrapped(4, 4, finding->what);
		cli_print_wrapped(4, 4, finding->remedy);
		if (*finding->command)
			printf("        %s\n", finding->command); /* not wrapped: it is copied as a line */
	}
	printf("%s%s", report->n ? "\n" : "",
		code == CLI_DEVICE ? "No gauge can be used yet.\n"
		: code == CLI_FAILED ? "A port can be used, but the study cannot.\n"
				     : "Nothing here prevents measuring.\n");
	if (geteuid() == 0)
		printf("You are the administrator, who may do everything: to try permissions, ask again without sudo.\n");
}

/* The folder that was named, or that of the study one stands in; NULL: none. A study.yaml that cannot be read is said. */
static const char *study_folder(struct cli *cli, const char *named, struct ses_study *study)
{
	int rc = ses_study_open(study, named, NULL);

	if (rc < 0 && rc != ALG_ERR_ARG) /* that is: no study here */
		ses_study_open(study, named, &cli->log);
	return named ? named : rc < 0 ? NULL : study->dir;
}

static int exit_code(const struct cli *cli, const struct host_report *report)
{
	if (!report->device_usable)
		return CLI_DEVICE;
	return report->study_usable && !cli->log.exit_code ? CLI_DONE : CLI_FAILED;
}

static int examine(struct cli *cli, const char *study, struct alg_candidate *list, struct host_report *report)
{
	struct host_view view;
	struct utsname system = {0};
	int n = alg_discover(list, LIST_MAX, &cli->log);

	if (n < 0)
		return n;
	uname(&system);
	host_view_here(&view, system.release);
	view.study = study;
	view.candidates = list;
	view.n_candidates = host_with_node(list, (size_t)(n < LIST_MAX ? n : LIST_MAX));
	return host_examine(&view, report, &cli->log);
}

int cmd_doctor(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option none[] = {{0}};
	struct alg_candidate *list = calloc(LIST_MAX, sizeof(*list));
	struct host_report *report = calloc(1, sizeof(*report));
	struct ses_study study;
	struct cli_args args;
	const char *value;
	int rc;

	cli_args_start(&args, argc, argv);
	if (!list || !report)
		rc = alg_fail(&cli->log, MSG_NOMEM, "list of devices");
	else if (cli_option(cli, &args, none, &value) < 0)
		rc = ALG_ERR_ARG;
	else if (args.n_words > 1 || (args.n_words && cli->study))
		rc = alg_fail(&cli->log, MSG_USAGE, "doctor takes one folder", cli->command);
	else
		rc = examine(cli, study_folder(cli, args.n_words ? args.words[0] : cli->study, &study), list, report);
	if (rc == 0 && cli->json)
		rc = print_json(report);
	else if (rc == 0)
		print_text(report, exit_code(cli, report));
	rc = rc < 0 ? cli_exit(cli, rc) : exit_code(cli, report);
	free(report);
	free(list);
	return rc;
}
