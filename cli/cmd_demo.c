/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_demo.c - `demo`: a whole made-up course through the real code. A simulated gauge, patient and
 * examiner (sim/) are recorded by the same driver, engine and store as a real session, then shown,
 * compared and plotted by the same commands that a person would type.
 */
#include "cli/record.h"

#include "base/file.h"
#include "base/text.h"
#include "data/stable.h"
#include "data/treatment.h"
#include "sim/scenario.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_DAY "2026-01-12T09:30:00+01:00"
#define ZONE      "Europe/Berlin"
#define MARK      "made-by-algometer-demo"
#define DAY_NS    (INT64_C(86400) * ALG_NS_PER_S)
#define POST_NS   (INT64_C(45) * 60 * ALG_NS_PER_S)

enum { VISITS_MAX = 16, PATH_LEN = PATH_MAX + 32, STABLE_PEOPLE = 10 };

struct demo {
	struct cli *cli;
	const struct sim_scenario *scenario;
	const char *dir;
	int seed;
	struct record_summary visit[VISITS_MAX];
};

/* The scenario's points for one participant. */
static int make_points(struct demo *d, const struct ses_study *study, const char *code)
{
	struct ses_points points = {0};
	struct ses_sites sites = {0};
	char path[PATH_MAX];
	int rc = ses_study_sites(study, &sites, &d->cli->log);

	for (size_t i = 0; rc >= 0 && i < d->scenario->n_points; i++) {
		const struct sim_scenario_point *s = &d->scenario->points[i];
		const struct ses_site *site = ses_site_find(&sites, s->site_code);
		struct ses_point point;

		if (!site) {
			rc = alg_fail(&d->cli->log, MSG_SITE_UNKNOWN, s->site_code);
			break;
		}
		ses_point_from_site(&point, site, ses_role_from_word(s->role));
		point.primary = s->primary;
		alg_text_copy(point.since, sizeof(point.since), "2026-01-12");
		rc = ses_points_add(&points, &point);
	}
	if (rc >= 0 && (rc = ses_study_points_path(study, code, path, sizeof(path))) >= 0) {
		char folder[PATH_MAX];

		alg_text_copy(folder, sizeof(folder), path);
		*strrchr(folder, '/') = '\0';
		if ((rc = alg_dir_make(folder, &d->cli->log)) >= 0)
			rc = ses_points_save(&points, path, &d->cli->log);
	}
	ses_points_free(&points);
	ses_sites_free(&sites);
	return rc;
}

static int make_treatment(struct demo *d, const struct ses_study *study, int64_t first_ns)
{
	struct ses_treatment t = {.time = "09:55", .dose = "3 needles", .note = "simulated"};
	char path[PATH_MAX];
	size_t used = 0;
	int rc;

	alg_time_date(t.date, sizeof(t.date), first_ns + d->scenario->treatment_day * DAY_NS);
	alg_text_copy(t.modality, sizeof(t.modality), "dry-needling");
	for (size_t i = 0; i < d->scenario->n_points; i++) {
		const struct sim_scenario_point *p = &d->scenario->points[i];

		if (p->change_kpa > 0 && strcmp(p->role, "target") == 0)
			used += (size_t)snprintf(t.target_site + used, sizeof(t.target_site) - used, "%s%s",
				used ? ";" : "", p->site_code);
	}
	if ((rc = ses_treatments_path(study, d->scenario->participant, path, sizeof(path), &d->cli->log)) < 0)
		return rc;
	return ses_treatment_append(path, &t, NULL, &d->cli->log);
}

static int make_study(struct demo *d, int64_t first_ns)
{
	struct ses_study want = {.tip_area_cm2 = 1.0, .simulated = true}, study;
	char path[PATH_LEN];
	int rc;

	alg_text_copy(want.id, sizeof(want.id), "demo");
	alg_text_copy(want.time_zone, sizeof(want.time_zone), ZONE);
	alg_text_copy(want.procedure, sizeof(want.procedure), "upper-body");
	alg_text_copy(want.device, sizeof(want.device), "sim:mark10");
	alg_text_copy(want.examiner, sizeof(want.examiner), "EX1");
	alg_text_copy(want.tip_shape, sizeof(want.tip_shape), "flat rubber disc");
	snprintf(path, sizeof(path), "%s/.%s", d->dir, MARK);
	if ((rc = ses_study_init(d->dir, &want, &d->cli->log)) < 0 ||
		(rc = alg_file_create(path, "", 0, 0600, &d->cli->log)) < 0 ||
		(rc = ses_study_open(&study, d->dir, &d->cli->log)) < 0 || (rc = make_points(d, &study, d->scenario->participant)) < 0)
		return rc;
	return make_treatment(d, &study, first_ns);
}

/* ---- stable people: measured twice, a week apart, with nothing done between ------------------------- */

static int record_stable_visit(struct demo *d, const char *code, int visit, int64_t first_ns)
{
	struct record_summary summary;
	char device[160];
	struct record_args args = {.code = code, .acq = "", .tip_area_cm2 = NAN, .session = visit, .yes = true, .quiet = true,
		.device = device, .button = "sim", .wall_ns = first_ns + (int64_t)(visit - 1) * 7 * DAY_NS};

	snprintf(device, sizeof(device), "sim:mark10?seed=%d&participant=%s&visit=%d", d->seed, code, visit);
	return record_session(d->cli, &args, &summary);
}

/* The clinic's own between-visit error: what compare and course hold changes against. */
static int measure_error(struct demo *d, int64_t first_ns)
{
	struct ses_study study;
	int rc = ses_study_open(&study, d->dir, &d->cli->log);

	for (int i = 0; rc >= 0 && i < STABLE_PEOPLE; i++) {
		struct ses_stable mark = {.who = "EX1", .a = {.session = 1, .run = 1}, .b = {.session = 2, .run = 1}, .stable = true,
			.why = "simulated: nothing was done between the two"};

		snprintf(mark.participant, sizeof(mark.participant), "P%d", 101 + i);
		rc = make_points(d, &study, mark.participant);
		for (int visit = 1; rc >= 0 && visit <= 2; visit++)
			rc = cli_stopped() ? ALG_ERR_CANCELLED : record_stable_visit(d, mark.participant, visit, first_ns);
		if (rc >= 0)
			rc = ses_stable_append(&study, &mark, &d->cli->log);
	}
	if (rc >= 0)
		printf("  %d stable people, measured twice for the error between visits\n", STABLE_PEOPLE);
	return rc;
}

static int record_visit(struct demo *d, size_t i, int64_t first_ns)
{
	const struct sim_scenario_visit *v = &d->scenario->visits[i];
	char device[160];
	struct record_args args = {
		.code = d->scenario->participant,
		.acq = v->acq,
		.tip_area_cm2 = NAN,
		.session = v->visit,
		.yes = true,
		.quiet = true,
		.device = device,
		.button = "sim",
		.wall_ns = first_ns + v->day * DAY_NS + (strcmp(v->acq, "post") == 0 ? POST_NS : 0),
	};
	struct record_summary *s = &d->visit[i];

	snprintf(device, sizeof(device), "sim:mark10?seed=%d&visit=%d&days=%d%s%s", d->seed, v->visit, v->day,
		v->acq[0] ? "&acq=" : "", v->acq);
	int rc = record_session(d->cli, &args, s);

	if (rc >= 0) {
		printf("  visit %d day %2d %-4s  %zu accepted, %zu rejected, %zu censored, %zu missing\n", v->visit,
			v->day, v->acq, s->accepted, s->rejected, s->censored, s->missing);
		fflush(stdout);
	}
	return rc;
}

/* Runs another command with its results on the terminal, or in a new file. */
static int run_command(struct demo *d, cli_command *command, const char *const *words, const char *path)
{
	struct cli cli = {.log = {.sink = d->cli->log.sink, .ctx = d->cli->log.ctx, .level = d->cli->log.level},
		.command = words[0], .study = d->dir};
	char *argv[24];
	int argc = 0, saved = -1, code = 0;

	for (; words[argc]; argc++)
		argv[argc] = strdup(words[argc]);
	argv[argc] = NULL;
	fflush(stdout);
	if (path) {
		int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

		saved = dup(STDOUT_FILENO);
		if (fd < 0 || saved < 0 || dup2(fd, STDOUT_FILENO) < 0)
			code = cli_exit(d->cli, alg_fail(&d->cli->log, MSG_FILE_OPEN, path, "for the demo's results"));
		if (fd >= 0)
			close(fd);
	}
	if (code == 0)
		code = command(&cli, argc, argv);
	if (fflush(stdout) && code == 0)
		code = cli_exit(d->cli, alg_fail(&d->cli->log, MSG_FILE_WRITE, path ? path : "standard output", "it is full"));
	if (saved >= 0) {
		dup2(saved, STDOUT_FILENO);
		close(saved);
	}
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	return code;
}

static int analyse(struct demo *d)
{
	const char *first = d->visit[0].file.path, *last = d->visit[d->scenario->n_visits - 1].file.path;
	const char *who = d->scenario->participant;
	static const char *const name[] = {"show.txt", "compare.txt", "course.txt", "course.svg", "bodymap.svg", "trace.svg", "forest.svg",
		"report.html", "reliability.txt"};
	enum { OUTPUTS = sizeof(name) / sizeof(name[0]) };
	char out[OUTPUTS][PATH_LEN];

	for (int i = 0; i < OUTPUTS; i++)
		snprintf(out[i], sizeof(out[i]), "%s/%s", d->dir, name[i]);
	const struct {
		cli_command *command;
		const char *words[12];
		const char *path;
	} steps[] = {
		{cmd_reliability, {"reliability", "--store", "--who", "EX1"}, out[8]},
		{cmd_show, {"show", first}, out[0]},
		{cmd_compare, {"compare", first, last}, out[1]},
		{cmd_course, {"course", who}, out[2]},
		{cmd_plot, {"plot", "course", who, "--out", out[3]}, NULL},
		{cmd_plot, {"plot", "bodymap", first, last, "--out", out[4]}, NULL},
		{cmd_plot, {"plot", "trace", first, "--press", "1", "--out", out[5]}, NULL},
		{cmd_plot, {"plot", "forest", first, last, "--out", out[6]}, NULL},
		{cmd_report, {"report", who, "--out", out[7]}, NULL},
		{cmd_compare, {"compare", first, last}, NULL},
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		int code = run_command(d, steps[i].command, steps[i].words, steps[i].path);

		if (code)
			return code;
	}
	return CLI_DONE;
}

int cmd_demo(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {{"seed", 1, true}, {NULL, 0, false}};
	struct demo d = {.cli = cli, .scenario = &sim_scenario_demo, .dir = "demo", .seed = SIM_SCENARIO_SEED};
	struct cli_args args;
	const char *value;
	long seed = SIM_SCENARIO_SEED;
	int64_t first_ns = 0;
	int c;

	cli_args_start(&args, argc, argv);
	while ((c = cli_option(cli, &args, options, &value)) > 0)
		if (cli_integer(cli, "--seed", value, 0, 999999, &seed) < 0)
			return CLI_USAGE;
	if (c < 0)
		return CLI_USAGE;
	if (args.n_words > 1)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "demo takes one folder at most", "demo"));
	if (args.n_words == 1)
		d.dir = args.words[0];
	d.seed = (int)seed;
	cli->study = d.dir;
	alg_time_parse(FIRST_DAY, &first_ns);
	cli_watch_signals();
	printf("SIMULATED: gauge, patient and examiner are made up; nobody was measured.\n");
	int rc = make_study(&d, first_ns);

	for (size_t i = 0; rc >= 0 && i < d.scenario->n_visits && i < VISITS_MAX; i++)
		rc = cli_stopped() ? ALG_ERR_CANCELLED : record_visit(&d, i, first_ns);
	if (rc >= 0)
		rc = measure_error(&d, first_ns);
	if (cli_stopped())
		return 128 + cli_stopped();
	if (rc < 0)
		return cli_exit(cli, rc);
	int code = analyse(&d);

	if (code == CLI_DONE)
		printf("\nOpen %s/report.html first, with any browser. Pictures beside it:\n"
		       "course.svg, bodymap.svg, forest.svg, trace.svg. Texts: compare.txt, course.txt,\n"
		       "reliability.txt, show.txt. Try: algometer course %s --study %s\n",
			d.dir, d.scenario->participant, d.dir);
	return code;
}
