/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_loop.c - the main thread of a session: events in, engine, actions out, screen. */
#include "cli/record.h"

#include "base/text.h"
#include "base/units.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WAIT_MS         40
#define GIVE_UP_NS      (30 * ALG_NS_PER_S) /* nobody at the terminal and no gauge */
#define LIFT_NS         (10 * ALG_NS_PER_S)
#define SUSPEND_NS      (500 * ALG_NS_PER_MS)

/* ---- the gauge ------------------------------------------------------------------------------- */

static int gauge_item(struct record *r, const struct acq_item *item)
{
	struct acq_event event = {.t_ns = item->t_ns, .sample = item->sample, .alarms = item->alarms};

	switch (item->kind) {
	case ACQ_ITEM_SAMPLE:
		event.kind = ACQ_EVENT_SAMPLE;
		r->last_n = item->sample.force_n;
		break;
	case ACQ_ITEM_ALARM:
		event.kind = ACQ_EVENT_ALARM;
		break;
	case ACQ_ITEM_LOST:
		event.kind = ACQ_EVENT_LOST;
		r->lost_since_ns = item->t_ns;
		record_say(r, "no signal from the gauge: switch it on or plug it in and the session goes on; q ends it");
		break;
	case ACQ_ITEM_BACK:
		event.kind = ACQ_EVENT_BACK;
		r->lost_since_ns = SES_NO_TIME;
		record_say(r, "the gauge is back");
		break;
	case ACQ_ITEM_IDLE:
		event.kind = ACQ_EVENT_TICK;
		break;
	case ACQ_ITEM_END:
		r->gauge_status = item->status;
		return 0;
	}
	return record_feed(r, &event);
}

static int take_gauge(struct record *r)
{
	struct acq_item item;
	int rc = 0;

	while (rc >= 0 && !r->done && acq_reader_get(r->reader, &item))
		rc = gauge_item(r, &item);
	return rc;
}

/* ---- the host ----------------------------------------------------------------------------------- */

static int watch_host(struct record *r)
{
	int64_t asleep = alg_clock_suspended_ns(), now = alg_clock_now_ns(&r->clock);

	if (cli_stopped() && !r->done)
		return record_feed_key(r, ACQ_KEY_END, now);
	if (asleep - r->suspended_ns > SUSPEND_NS) {
		r->suspended_ns = asleep;
		record_say(r, "the machine slept: the running press does not count");
		return record_feed_kind(r, ACQ_EVENT_SUSPEND, now);
	}
	return record_watch_disk(r);
}

/* A gauge that is gone for good, or gone with nobody there to plug it in again. */
static int watch_gauge(struct record *r)
{
	int64_t now = alg_clock_now_ns(&r->clock);
	bool given_up = !r->interactive && r->lost_since_ns != SES_NO_TIME && now - r->lost_since_ns > GIVE_UP_NS;

	if (r->done || (!r->gauge_status && !given_up))
		return 0;
	if (!r->gauge_status)
		r->gauge_status = ALG_ERR_NODEV;
	int rc = record_feed_key(r, ACQ_KEY_END, now);

	while (rc >= 0 && !r->done) /* more missing places than one step tells */
		rc = record_feed_kind(r, ACQ_EVENT_TICK, now);
	alg_warn(r->log, MSG_GAUGE_ENDED, "what was measured is stored, the rest is marked missing");
	r->done = true;
	return rc;
}

static void show_messages(struct record *r)
{
	char text[ALG_LOG_TEXT_MAX];

	pthread_mutex_lock(&r->held.lock);
	bool fresh = r->held.has_fresh;

	if (fresh)
		alg_text_copy(text, sizeof(text), r->held.fresh);
	r->held.has_fresh = false;
	pthread_mutex_unlock(&r->held.lock);
	if (fresh)
		record_say(r, "%s", text);
}

/* The tone is the rate's error and nothing else, so it may sound in a blinded session, too. */
static void cue_tone(struct record *r)
{
	const struct acq_view *view = acq_engine_view(r->engine);
	double off = view->phase == ACQ_RAMP && view->cue != ACQ_CUE_NONE && view->cue != ACQ_CUE_GOOD
		? view->rate_kpa_s / view->target_rate_kpa_s - 1 : NAN;

	ui_sound_cue(r->sound, off, r->proc.corridor);
}

static void draw(struct record *r, bool force)
{
	struct acq_shown shown;

	cue_tone(r);
	if (!r->screen || !r->redraw)
		return;
	acq_gate_show(&r->gate, acq_engine_view(r->engine), &shown);
	shown.unsaved = r->disk.given - r->disk.acknowledged;
	shown.disk_failing = r->disk.failing;
	shown.disk_slow = r->disk.slow;
	shown.no_button = r->button_gone;
	if (r->lifting)
		shown.phase = ACQ_RELEASE;
	if (r->lifting && acq_gate_may_tell(&r->gate)) {
		shown.force_n = r->last_n - r->limits.zero_n;
		shown.pressure_kpa = alg_pressure_kpa(shown.force_n, r->area_cm2);
	}
	ui_screen_draw(r->screen, &shown, alg_clock_now_ns(alg_clock_system()), force);
}

static void wait_for_something(struct record *r)
{
	struct pollfd fds[4] = {
		{.fd = acq_reader_fd(r->reader), .events = POLLIN},
		{.fd = r->keys.raw ? r->keys.fd : -1, .events = POLLIN},
		{.fd = r->button.fd, .events = POLLIN},
		{.fd = r->has_pedal ? r->pedal.fd : -1, .events = POLLIN},
	};

	poll(fds, 4, WAIT_MS); /* woken by a signal as well; every source is looked at anyway */
}

/* What is new of the press that is being made goes to the journal too. */
static int keep_running(struct record *r)
{
	struct acq_press running;
	bool on = acq_engine_running(r->engine, &running);

	return acq_store_running(r->store, on ? &running : NULL) < 0 ? alg_fail(r->log, MSG_NOMEM, "samples") : 0;
}

static int turn(struct record *r)
{
	int rc;

	if (r->stepped)
		acq_reader_step(r->reader, WAIT_MS);
	else
		wait_for_something(r);
	if ((rc = take_gauge(r)) < 0 || (rc = record_take_button(r)) < 0 || (rc = record_take_keys(r)) < 0 ||
		(rc = record_take_script(r)) < 0 || (rc = watch_host(r)) < 0)
		return rc;
	if (!r->done && (rc = record_feed_kind(r, ACQ_EVENT_TICK, alg_clock_now_ns(&r->clock))) < 0)
		return rc;
	if ((rc = watch_gauge(r)) < 0 || (rc = keep_running(r)) < 0)
		return rc;
	show_messages(r);
	draw(r, false);
	return 0;
}

/* What the gauge said while questions were asked is no part of the session. */
static void drop_waiting(struct record *r)
{
	struct acq_item item;

	while (acq_reader_get(r->reader, &item))
		;
}

static bool on_skin(const struct record *r)
{
	return !r->gauge_status && r->lost_since_ns == SES_NO_TIME && r->last_n - r->limits.zero_n > r->limits.contact_n;
}

/* A session that is stopped in a press: LIFT stands there until the tip is off; no question before. A key goes on. */
static void wait_for_lift(struct record *r)
{
	int64_t until_ns = alg_clock_now_ns(&r->clock) + LIFT_NS;
	struct acq_item item;

	if (r->stepped || !r->interactive || r->end_reason == SES_REASON_NONE)
		return;
	while (on_skin(r) && !cli_stopped() && alg_clock_now_ns(&r->clock) < until_ns && ui_keys_get(&r->keys) <= 0) {
		r->lifting = true;
		wait_for_something(r);
		while (acq_reader_get(r->reader, &item))
			if (item.kind == ACQ_ITEM_SAMPLE)
				r->last_n = item.sample.force_n;
			else if (item.kind == ACQ_ITEM_LOST || item.kind == ACQ_ITEM_END)
				until_ns = INT64_MIN;
		draw(r, false);
	}
	r->lifting = false;
}

int record_loop(struct record *r)
{
	struct acq_action actions[ACQ_ACTIONS_MAX];
	int rc = 0;

	r->lost_since_ns = r->end_asked_ns = SES_NO_TIME;
	r->suspended_ns = alg_clock_suspended_ns();
	drop_waiting(r);
	if (r->resuming)
		rc = record_store_event(r, alg_clock_now_ns(&r->clock), "resumed", (double)r->given, "after a crash");
	if (r->blinded && r->session_not_blinded)
		acq_engine_not_blinded(r->engine);
	size_t n = acq_engine_start(r->engine, actions);

	for (size_t i = 0; i < n && rc >= 0; i++)
		rc = record_do(r, &actions[i]);
	draw(r, true);
	while (rc >= 0 && !r->done)
		rc = turn(r);
	if (rc >= 0)
		wait_for_lift(r);
	draw(r, true);
	return rc;
}
