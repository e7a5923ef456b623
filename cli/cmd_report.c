/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report.c - the report of a participant's course as one HTML page. */
#include "cli/sessions.h"

#include "analysis/report.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_OUT = 1, OPT_PAPER, OPT_NORMS, OPT_SESSIONS };

struct request {
	struct cli *cli;
	const char *out;
	enum ana_paper paper;
	bool norms;
	struct cli_weigh weigh;
};

static int option(struct request *r, int id, const char *value)
{
	switch (id) {
	case OPT_OUT: r->out = value; return 0;
	case OPT_PAPER:
		if (strcmp(value, "a4") && strcmp(value, "letter"))
			return alg_fail(&r->cli->log, MSG_OPTION_VALUE, "--paper", value, "a4 or letter");
		r->paper = strcmp(value, "letter") == 0 ? ANA_PAPER_LETTER : ANA_PAPER_A4;
		return 0;
	case OPT_NORMS: r->norms = true; return 0;
	case OPT_SESSIONS:
		r->weigh.sessions = value;
		return ana_sessions_ok(value) ? 0 : alg_fail(&r->cli->log, MSG_OPTION_VALUE, "--sessions", value,
			"session numbers, such as 1,3-5");
	default: return cli_weigh_option(r->cli, id, value, &r->weigh);
	}
}

static int check(struct request *r, const struct cli_args *args)
{
	struct cli *cli = r->cli;

	if (args->n_words != 1 || cli_is_path(args->words[0]))
		return alg_fail(&cli->log, MSG_USAGE, "report needs one participant code", cli->command);
	if (!r->out)
		return alg_fail(&cli->log, MSG_USAGE, "report needs --out FILE.html", cli->command);
	if (!alg_text_ends_with(r->out, ".html"))
		return alg_fail(&cli->log, MSG_REPORT_ENDING, r->out);
	return alg_file_check_ours(r->out, ANA_REPORT_BEGINS, strlen(ANA_REPORT_BEGINS), "a report", &cli->log);
}

/* What was written, and what is missing in it. */
static int tell(const struct request *r, const struct ana_report *report, size_t len)
{
	const struct ana_course *course = report->course;
	char clean[PATH_MAX];

	if (r->cli->json) {
		cJSON *json = cJSON_CreateObject(), *missing;

		alg_json_string(json, "algometer", "report");
		alg_json_number(json, "version", 1);
		cJSON_AddBoolToObject(json, "simulated", course->simulated);
		alg_json_string(json, "participant", course->participant);
		alg_json_string(json, "out", r->out);
		alg_json_number(json, "bytes", (double)len);
		alg_json_number(json, "sessions", (double)course->n_visits);
		alg_json_number(json, "pictures", (double)report->n_pictures);
		missing = cJSON_AddArrayToObject(json, "missing_sessions");
		for (size_t i = 0; i < course->n_absent; i++)
			cJSON_AddItemToArray(missing, cJSON_CreateNumber(course->absent[i].session));
		return alg_json_print(json, 1, stdout);
	}
	alg_text_clean(clean, sizeof(clean), r->out);
	printf("%s: %s, %zu session%s, %zu picture%s\n", clean, course->participant, course->n_visits,
		course->n_visits == 1 ? "" : "s", report->n_pictures, report->n_pictures == 1 ? "" : "s");
	return 0;
}

static int write_report(struct request *r, const struct ses_study *study, const struct ana_course *course)
{
	struct ana_report report = {0};
	struct ana_outline outline = {0};
	struct ses_norms norms = {0};
	struct ses_participant person = {.age_from = -1, .age_to = -1};
	struct ana_report_options options = {.paper = r->paper, .outline = &outline, .norms = r->norms ? &norms : NULL,
		.person = &person};
	struct alg_log *log = &r->cli->log;
	char path[PATH_MAX], *page = NULL;
	size_t len = 0;
	int rc = ses_data_path("sites/body_outline.tsv", path, sizeof(path));

	rc = rc < 0 ? alg_fail(log, MSG_FILE_ABSENT, "sites/body_outline.tsv") : ana_outline_load(&outline, path, log);
	if (rc == 0 && r->norms)
		rc = ses_participant_read(study, course->participant, &person, log);
	if (rc == 0 && r->norms)
		rc = ses_norms_load(&norms, study, log);
	if (rc == 0)
		rc = ana_report_make(&report, course, &options, log);
	if (rc == 0)
		rc = ana_report_page(&report, &page, &len, log);
	if (rc == 0)
		rc = alg_file_replace(r->out, page, len, 0600, log);
	if (rc == 0)
		rc = tell(r, &report, len);
	free(page);
	ana_report_free(&report);
	ana_outline_free(&outline);
	ses_norms_free(&norms);
	return rc;
}

int cmd_report(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {{"out", OPT_OUT, true}, {"paper", OPT_PAPER, true}, {"norms",
		OPT_NORMS, false},
		{"sessions", OPT_SESSIONS, true}, CLI_READ_OPTIONS,
		CLI_WEIGH_OPTIONS, CLI_COURSE_OPTIONS, {NULL, 0, false}};
	struct request r = {.cli = cli};
	struct cli_args args;
	struct ses_study study;
	struct ana_course course = {0};
	const char *value;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	cli_weigh_init(&r.weigh);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0)
		rc = c < 0 ? ALG_ERR_ARG : option(&r, c, value);
	if (rc == 0)
		rc = cli_weigh_check(cli, &r.weigh);
	if (rc == 0)
		rc = check(&r, &args);
	if (rc == 0)
		rc = cli_participant(cli, args.words[0], &study);
	if (rc == 0)
		rc = cli_course_load(cli, &study, args.words[0], &r.weigh, &course);
	if (rc == 0)
		rc = write_report(&r, &study, &course);
	ana_course_free(&course);
	cli_weigh_free(&r.weigh);
	/* A session that could not be read was said and is listed; the exit code must tell it too. */
	return rc == 0 && cli->log.exit_code ? cli->log.exit_code : cli_exit(cli, rc);
}
