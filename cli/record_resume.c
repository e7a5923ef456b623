/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record_resume.c - a session that a crash cut off is found before the next one begins: gone on with
 * at the right point and round, or left as it is with a file made of what was kept.
 */
#include "cli/record.h"

#include "base/text.h"
#include "data/amend.h"
#include "data/schema.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int say_held(struct record *r, const struct ses_unfinished *u)
{
	char who[160];

	snprintf(who, sizeof(who), "process %lu on %s since %s", (unsigned long)u->writer.pid, u->writer.host,
		u->writer.since[0] ? u->writer.since : "just now");
	return alg_fail(r->log, MSG_SESSION_HELD, u->journal, who);
}

/* A simulated place has a day of its own. */
static bool same_day(const struct record *r, const struct ses_unfinished *u)
{
	int64_t wall_ns = r->args->wall_ns ? r->args->wall_ns : alg_clock_wall_ns(alg_clock_system());
	char day[ALG_TIME_TEXT_MAX];

	if (strncmp(r->address, "sim:", 4) == 0 && !r->args->wall_ns)
		return true;
	return alg_time_date(day, sizeof(day), wall_ns) == 0 && strcmp(day, u->visit_day) == 0;
}

static int leave_as_it_is(struct record *r, const struct ses_unfinished *u)
{
	struct ses_recovered made;
	int rc = ses_recover(u->journal, NULL, &made, r->log);

	if (rc >= 0)
		alg_note(r->log, MSG_CUT_OFF_RECOVERED, u->file.session, r->args->code, made.path);
	return rc;
}

/* What the person wants: 'g' go on, 'l' leave, or an error. */
static int ask(struct record *r, const struct ses_unfinished *u)
{
	char line[64];

	if (r->args->resume || r->args->leave)
		return r->args->resume ? 'g' : 'l';
	if (!r->interactive)
		return alg_fail(r->log, MSG_CUT_OFF, u->file.session, r->args->code, u->started, u->presses, u->planned);
	printf("Session %d of %s, begun %.10s at %.5s, was cut off.\n%zu of %zu planned presses are kept.\n"
	       "Enter goes on with it, n leaves it as it is and begins the next one, q stops: ",
		u->file.session, r->args->code, u->started, strlen(u->started) > 16 ? u->started + 11 : "", u->presses, u->planned);
	fflush(stdout);
	if (!fgets(line, sizeof(line), stdin) || cli_stopped() || line[0] == 'q')
		return alg_fail(r->log, MSG_NOT_CONFIRMED, "nothing was changed");
	return line[0] == '\n' ? 'g' : line[0] == 'n' ? 'l' : ask(r, u);
}

/* The same procedure, tip and blinding, or the presses would not be comparable within one file. */
static const char *difference(const struct record *r)
{
	const struct ses_header *h = &r->before.session.header;

	if (h->minor != SES_FORMAT_MINOR)
		return "the version of the program (an older one wrote it)";
	if (strcmp(h->procedure_sha256, r->proc.sha256) != 0)
		return "the procedure";
	if (fabs(h->tip_area_cm2 - r->area_cm2) > 1e-9)
		return "the tip";
	if ((h->blinded != 0) != r->blinded)
		return "blinding (--blinded)";
	if (strcmp(h->response_mode, ses_response_word(ui_button_response(&r->button))) != 0)
		return "the way of the response";
	return NULL;
}

static int take_points(struct record *r)
{
	const struct ses_session *ses = &r->before.session;
	struct ses_point *copy = calloc(ses->n_points ? ses->n_points : 1, sizeof(*copy));

	if (!copy)
		return alg_fail(r->log, MSG_NOMEM, "the points");
	memcpy(copy, ses->points, ses->n_points * sizeof(*copy));
	ses_points_free(&r->points);
	r->points = (struct ses_points){copy, ses->n_points};
	return 0;
}

static int go_on(struct record *r, const struct ses_unfinished *u)
{
	const char *what;
	int rc = ses_replay_read(u->journal, &r->before, r->log);

	if (rc < 0)
		return rc;
	if (ses_replay_keep_running(&r->before) < 0)
		return alg_fail(r->log, MSG_NOMEM, u->journal);
	what = difference(r);
	if (what)
		return alg_fail(r->log, MSG_RESUME_DIFFERS, u->file.session, r->args->code, what);
	r->resuming = true;
	r->file = u->file;
	memcpy(r->journal, u->journal, sizeof(r->journal));
	return take_points(r);
}

static int deal_with(struct record *r, const struct ses_unfinished *u, bool last)
{
	int want;

	switch (u->state) {
	case SES_UNFINISHED_RUNNING:
		return say_held(r, u);
	case SES_UNFINISHED_BROKEN:
		alg_warn(r->log, MSG_CUT_OFF_BROKEN, u->journal);
		return 0;
	case SES_UNFINISHED_ENDED:
		if (ses_unfinished_finish(u, r->log) < 0)
			return ALG_ERR_IO;
		alg_note(r->log, MSG_CUT_OFF_FINISHED, u->file.path);
		return 0;
	case SES_UNFINISHED_CUT_OFF:
		break;
	}
	if (!last || !same_day(r, u))
		return leave_as_it_is(r, u);
	want = ask(r, u);
	return want == 'g' ? go_on(r, u) : want == 'l' ? leave_as_it_is(r, u) : want;
}

int record_look_back(struct record *r)
{
	struct ses_unfinished *found = NULL;
	size_t n = 0;
	int rc = ses_unfinished_find(&r->study, r->args->code, &found, &n, r->log);

	for (size_t i = 0; rc >= 0 && i < n; i++)
		rc = deal_with(r, &found[i], i + 1 == n);
	free(found);
	if (rc >= 0 && r->args->resume && !r->resuming)
		rc = alg_fail(r->log, MSG_RESUME_NONE, r->args->code);
	return rc;
}

/* ---- the session as it was --------------------------------------------------------------------------- */

static int check_gauge(struct record *r)
{
	const struct alg_device_info *info = acq_reader_info(r->reader);
	const struct ses_header *h = &r->before.session.header;

	if (strcmp(h->device_family, info->family) != 0 || strcmp(h->device_serial, info->serial) != 0)
		return alg_fail(r->log, MSG_RESUME_DIFFERS, r->file.session, r->args->code, "the gauge");
	return 0;
}

/* Time goes on by the wall clock, the only one that outlives a crash, and never before what is stored. */
static void set_clock(struct record *r)
{
	int64_t started_ns = alg_s_to_ns(r->before.session.header.started_unix_s), since_ns;
	int64_t last_ns = alg_s_to_ns(r->before.last_s) + ALG_NS_PER_S;

	if (r->world)
		sim_world_set_wall(r->world, started_ns + last_ns + 60 * ALG_NS_PER_S);
	since_ns = alg_clock_wall_ns(&r->clock) - started_ns;
	if (since_ns < last_ns)
		since_ns = last_ns;
	r->start_ns = alg_clock_now_ns(&r->clock) - since_ns;
	r->wall_start_ns = started_ns;
}

static void count(struct record *r, const struct ses_session *ses)
{
	for (size_t i = 0; i < ses->n_trials; i++) {
		enum ses_status status = (enum ses_status)ses->trials[i].status;

		if (ses->trials[i].kind == SES_KIND_FAMILIARISATION) {
			r->sum.practice += status != SES_MISSING;
			continue;
		}
		r->sum.accepted += status == SES_ACCEPTED;
		r->sum.rejected += status == SES_REJECTED;
		r->sum.censored += status == SES_CENSORED;
		r->sum.missing += status == SES_MISSING;
	}
	r->given = ses->n_trials;
}

int record_go_on(struct record *r)
{
	int rc = check_gauge(r);

	if (rc < 0)
		return rc;
	set_clock(r);
	r->order = r->before.order;
	r->n_order = r->before.n_order;
	r->before.order = NULL;
	r->sum.file = r->file;
	return 0;
}

/* A copy with the examiner's rejections applied: what counts is not asked for again. */
int record_go_on_engine(struct record *r)
{
	struct ses_session amended;
	int rc = ses_session_clone(&r->before.session, &amended);

	if (rc < 0)
		alg_fail(r->log, MSG_NOMEM, "the session that goes on");
	else
		rc = ses_session_amend(&amended, r->log);
	if (rc >= 0) {
		for (size_t i = 0; i < amended.n_trials; i++)
			if (amended.trials[i].point != r->before.session.trials[i].point)
				amended.trials[i].round = 0; /* moved: it took the first place that was open there */
		acq_engine_resume(r->engine, amended.trials, amended.n_trials);
		count(r, &amended);
		r->session = r->before.session;
		r->session_not_blinded = r->session.header.blinded && r->session.header.display_covered != SES_COVERED_YES;
		r->before.session = (struct ses_session){0};
	}
	ses_session_clear(&amended);
	return rc;
}
