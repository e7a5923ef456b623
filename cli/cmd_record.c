/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_record.c - `record`: a guided session with one participant. */
#include "cli/record.h"

#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	OPT_DEVICE = 1, OPT_PROCEDURE, OPT_EXAMINER, OPT_BUTTON, OPT_ACQ, OPT_SCRIPT, OPT_RATINGS, OPT_NO_JOURNAL,
	OPT_CLOCK, OPT_SESSION, OPT_TIP_AREA, OPT_SEED, OPT_BLINDED, OPT_YES, OPT_PLAIN, OPT_AGAIN, OPT_RESUME,
	OPT_LEAVE, OPT_PRECAUTIONS, OPT_DISPLAY, OPT_REJECT,
	OPT_SOUND,
};
static const struct cli_option options[] = {
	{"device", OPT_DEVICE, true}, {"procedure", OPT_PROCEDURE, true}, {"examiner", OPT_EXAMINER, true},
	{"button", OPT_BUTTON, true}, {"acq", OPT_ACQ, true}, {"script", OPT_SCRIPT, true},
	{"ratings", OPT_RATINGS, true}, {"no-journal", OPT_NO_JOURNAL, true}, {"clock", OPT_CLOCK, true},
	{"session", OPT_SESSION, true}, {"tip-area", OPT_TIP_AREA, true}, {"seed", OPT_SEED, true},
	{"blinded", OPT_BLINDED, false}, {"again", OPT_AGAIN, false}, {"yes", OPT_YES, false}, {"plain", OPT_PLAIN, false},
	{"resume", OPT_RESUME, false}, {"leave", OPT_LEAVE, false},
	{"precautions", OPT_PRECAUTIONS, true}, {"display", OPT_DISPLAY, true},
	{"reject", OPT_REJECT, true}, {"sound", OPT_SOUND, false}, {NULL, 0, false},
};

#define PATIENCE_NS (30 * ALG_NS_PER_S) /* nobody is there to free the disk */

/* ---- messages while the screen is up -------------------------------------------------------------- */

static void hold_message(void *ctx, enum alg_level level, int id, const char *text)
{
	struct record_log *held = ctx;

	pthread_mutex_lock(&held->lock);
	snprintf(held->fresh, sizeof(held->fresh), "%s", text);
	held->has_fresh = true;
	if (level <= ALG_LEVEL_WARNING && held->n_kept < (int)(sizeof(held->kept) / sizeof(held->kept[0])))
		snprintf(held->kept[held->n_kept++], sizeof(held->kept[0]), "%s [%d]", text, id);
	pthread_mutex_unlock(&held->lock);
}

static void hold_messages(struct record *r)
{
	r->held.was_sink = r->log->sink;
	r->held.was_ctx = r->log->ctx;
	r->log->sink = hold_message;
	r->log->ctx = &r->held;
}

static void release_messages(struct record *r)
{
	if (!r->held.was_sink)
		return;
	r->log->sink = r->held.was_sink;
	r->log->ctx = r->held.was_ctx;
	for (int i = 0; i < r->held.n_kept; i++)
		fprintf(stderr, "algometer: %s\n", r->held.kept[i]);
}

/* ---- a session ---------------------------------------------------------------------------------- */

/* What one_key() in record_loop.c takes. */
#define KEYS "r reject  w wrong side  s skip  b back  p pause  q end  x patient stops"

static int open_screen(struct record *r, char *title, size_t cap)
{
	struct ui_plan plan = {
		.title = title,
		.points = &r->points,
		.proc = &r->proc,
		.simulated = r->session.header.simulated,
		.space_is_response = r->button.kind == UI_BUTTON_KEY,
		.keys = r->button.kind == UI_BUTTON_KEY ? "SPACE patient says now  " KEYS : KEYS,
	};

	snprintf(title, cap, "%s  session %d  %s", r->args->code, r->file.session, r->file.acq);
	ui_keys_open(&r->keys, r->interactive ? STDIN_FILENO : -1);
	if (r->args->quiet)
		return 0;
	if (r->redraw)
		hold_messages(r);
	if (ui_screen_open(&r->screen, STDOUT_FILENO, r->redraw, &plan) < 0)
		return alg_fail(r->log, MSG_NOMEM, "the screen");
	return 0;
}

static void close_screen(struct record *r)
{
	ui_screen_close(r->screen);
	r->screen = NULL;
	ui_keys_close(&r->keys);
	release_messages(r);
}

/* Threads must not take the signals that main watches for. */
static int start_threads(struct record *r)
{
	sigset_t all, old;
	struct acq_store_plan plan = {.session_path = r->file.path, .journal_path = r->journal, .order = r->order,
		.n_order = r->n_order, .reserve_bytes = r->reserve_bytes, .start_ns = r->start_ns, .clock = &r->clock};
	int rc = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	if (r->resuming)
		rc = ses_replay_take_over(&r->before, &r->session, r->journal, r->reserve_bytes, &plan.journal, r->log);
	if (rc >= 0)
		rc = acq_store_start(&r->store, &r->session, &plan, r->log);
	if (rc >= 0 && !r->stepped)
		rc = acq_reader_start(r->reader);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return rc;
}

/* Presses that the disk does not take are lost when the program ends: it does not end before somebody said so. */
static void wait_for_disk(struct record *r)
{
	int64_t until_ns = alg_clock_now_ns(alg_clock_system()) + PATIENCE_NS;
	struct acq_store_state disk;
	char line[64];

	for (;;) {
		if (r->store)
			acq_store_state(r->store, &disk);
		if (!r->store || !disk.failing || disk.acknowledged >= disk.given || (r->stepped && !r->interactive))
			return;
		if (!r->interactive && alg_clock_now_ns(alg_clock_system()) > until_ns)
			return;
		if (r->interactive) {
			printf("%zu presses are NOT saved: %s. Free the disk; Enter tries again, q gives them up: ",
				disk.given - disk.acknowledged, disk.fault);
			fflush(stdout);
			if (!fgets(line, sizeof(line), stdin) || line[0] == 'q')
				return;
		}
		for (int i = 0; i < 25 && !acq_store_wait(r->store, disk.given, 100); i++)
			usleep(100 * 1000); /* the store tries every two seconds */
	}
}

static int finish(struct record *r, int rc)
{
	struct acq_store_state disk;
	bool complete = rc >= 0 && r->end_reason == SES_REASON_NONE && !r->gauge_status;

	if (!r->store)
		return rc;
	int stored = acq_store_finish(r->store, complete, &disk, r->sum.seal);

	r->store = NULL;
	r->sum.stored = true;
	r->sum.complete = complete;
	r->sum.unsaved = disk.given - (disk.acknowledged > disk.in_file ? disk.acknowledged : disk.in_file);
	if (stored < 0) {
		r->sum.complete = false;
		if (r->sum.unsaved)
			alg_fail(r->log, MSG_STORE_UNSAVED, r->file.path, r->sum.unsaved, disk.fault);
		else
			alg_fail(r->log, MSG_STORE_JOURNAL, r->file.path, disk.behind_fault, r->journal);
		alg_text_copy(r->sum.journal, sizeof(r->sum.journal), r->journal);
		return rc < 0 ? rc : stored;
	}
	if (rc >= 0 && r->gauge_status)
		return r->gauge_status;
	return rc;
}

int record_session(struct cli *cli, const struct record_args *args, struct record_summary *summary)
{
	char title[96];
	struct record *r = calloc(1, sizeof(*r));
	int rc;

	*summary = (struct record_summary){0};
	if (!r)
		return alg_fail(&cli->log, MSG_NOMEM, "the session");
	r->cli = cli;
	r->log = &cli->log;
	r->args = args;
	r->bell_fd = -1;
	r->button.fd = r->pedal.fd = -1;
	pthread_mutex_init(&r->held.lock, NULL);
	r->interactive = !args->quiet && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	r->redraw = r->interactive && !args->plain;
	if ((rc = record_setup(r)) >= 0 && (rc = record_confirm(r)) >= 0 &&
		(r->resuming ? (rc = record_display_again(r)) >= 0
			: (rc = record_ask_safety(r)) >= 0 && (rc = record_journal(r)) >= 0) &&
		(rc = open_screen(r, title, sizeof(title))) >= 0 && (rc = start_threads(r)) >= 0)
		rc = record_loop(r);
	close_screen(r);
	if (rc >= 0)
		rc = record_ask_adverse(r);
	wait_for_disk(r);
	rc = finish(r, rc);
	*summary = r->sum;
	record_teardown(r);
	pthread_mutex_destroy(&r->held.lock);
	free(r);
	return rc;
}

/* ---- the command ------------------------------------------------------------------------------------ */

static int parse_clock(struct cli *cli, const char *text, int64_t *wall_ns)
{
	if (alg_time_parse(text, wall_ns) == 0)
		return 0;
	return alg_fail(&cli->log, MSG_OPTION_VALUE, "--clock", text, "a time like 2026-03-02T09:30:00+01:00");
}

static int take_option(struct cli *cli, int id, const char *value, struct record_args *a)
{
	long n = 0;
	int rc = 0;

	switch (id) {
	case OPT_DEVICE: a->device = value; break;
	case OPT_PROCEDURE: a->procedure = value; break;
	case OPT_EXAMINER: a->examiner = value; break;
	case OPT_BUTTON: a->button = value; break;
	case OPT_SCRIPT: a->script = value; break;
	case OPT_RATINGS: a->ratings = value; break;
	case OPT_NO_JOURNAL: a->skip_journal = value; break;
	case OPT_BLINDED: a->blinded = true; break;
	case OPT_AGAIN: a->again = true; break;
	case OPT_RESUME: a->resume = true; break;
	case OPT_LEAVE: a->leave = true; break;
	case OPT_YES: a->yes = true; break;
	case OPT_PLAIN: a->plain = true; break;
	case OPT_REJECT: a->reject = value; break;
	case OPT_SOUND: a->sound = true; break;
	case OPT_PRECAUTIONS: a->precautions = value; break;
	case OPT_DISPLAY:
		a->display = value;
		if (strcmp(value, "covered") != 0 && strcmp(value, "open") != 0)
			rc = alg_fail(&cli->log, MSG_OPTION_VALUE, "--display", value, "covered or open");
		break;
	case OPT_CLOCK: rc = parse_clock(cli, value, &a->wall_ns); break;
	case OPT_TIP_AREA: rc = cli_number(cli, "--tip-area", value, 0.05, 10, &a->tip_area_cm2); break;
	case OPT_SESSION:
		rc = cli_integer(cli, "--session", value, 1, 999, &n);
		a->session = (int)n;
		break;
	case OPT_SEED:
		rc = cli_integer(cli, "--seed", value, 0, 2147483647, &n);
		a->seed = (uint32_t)n;
		a->seed_given = true;
		break;
	case OPT_ACQ:
		a->acq = value;
		if (strcmp(value, "pre") != 0 && strcmp(value, "post") != 0)
			rc = alg_fail(&cli->log, MSG_OPTION_VALUE, "--acq", value, "pre or post");
		break;
	}
	return rc;
}

static void print_summary(const struct record_summary *s)
{
	printf("%s\n", s->file.path);
	if (s->practice)
		printf("%zu practice, ", s->practice);
	printf("%zu accepted, %zu rejected, %zu censored, %zu missing; ", s->accepted, s->rejected, s->censored,
		s->missing);
	if (s->unsaved)
		printf("the last %zu of them are NOT saved\n", s->unsaved);
	else if (s->journal[0])
		printf("the file is behind, all are in the journal: algometer recover %s\n", s->journal);
	else
		printf("%s; seal %.8s\n", s->complete ? "complete" : "ended early", s->seal);
	printf("see it: algometer show %s\n", s->file.path);
}

static int print_json(const struct record_summary *s)
{
	cJSON *o = cJSON_CreateObject();

	alg_json_string(o, "algometer", "record");
	alg_json_number(o, "version", 1);
	alg_json_string(o, "file", s->file.path);
	alg_json_number(o, "session", s->file.session);
	alg_json_string(o, "acq", s->file.acq);
	alg_json_number(o, "accepted", (double)s->accepted);
	alg_json_number(o, "rejected", (double)s->rejected);
	alg_json_number(o, "censored", (double)s->censored);
	alg_json_number(o, "missing", (double)s->missing);
	alg_json_number(o, "practice", (double)s->practice);
	cJSON_AddBoolToObject(o, "complete", s->complete);
	alg_json_number(o, "unsaved", (double)s->unsaved);
	alg_json_string(o, "journal", s->journal[0] ? s->journal : NULL);
	alg_json_string(o, "seal", s->unsaved || s->journal[0] ? NULL : s->seal);
	return alg_json_print(o, 1, stdout);
}

int cmd_record(struct cli *cli, int argc, char **argv)
{
	struct record_args a = {.acq = "", .tip_area_cm2 = NAN};
	struct record_summary sum;
	struct cli_args args;
	const char *value;
	int c, rc;

	cli_args_start(&args, argc, argv);
	while ((c = cli_option(cli, &args, options, &value)) > 0)
		if (take_option(cli, c, value, &a) < 0)
			return cli_exit(cli, ALG_ERR_ARG);
	if (c < 0)
		return CLI_USAGE;
	if (args.n_words != 1)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "record needs one participant code", "record"));
	a.code = args.words[0];
	a.plain = a.plain || cli->json;
	a.quiet = cli->json;
	cli_watch_signals();
	rc = record_session(cli, &a, &sum);
	if (sum.stored)
		cli->json ? (void)print_json(&sum) : print_summary(&sum);
	if (cli_stopped())
		return 128 + cli_stopped();
	return cli_exit(cli, rc);
}
