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
#define CONFIRM_NS      (3 * ALG_NS_PER_S)
#define GIVE_UP_NS      (30 * ALG_NS_PER_S) /* nobody at the terminal and no gauge */
#define LIFT_NS         (10 * ALG_NS_PER_S)
#define SUSPEND_NS      (500 * ALG_NS_PER_MS)

static const struct ses_point *point_of(const struct record *r, int point)
{
	return &r->points.point[point];
}

static void count_press(struct record *r, const struct ses_trial *t)
{
	r->sum.accepted += t->status == SES_ACCEPTED;
	r->sum.rejected += t->status == SES_REJECTED;
	r->sum.censored += t->status == SES_CENSORED;
	r->sum.missing += t->status == SES_MISSING;
	if (t->status != SES_MISSING)
		r->last_status = t->status;
}

/* What is known of this point, said once a session: on the skin nothing is written. */
static void tell_point(struct record *r, const struct ses_point *p)
{
	char found[160] = "";

	if (p->caution[0])
		record_say_line(r, "caution: %s", p->caution);
	if (isfinite(p->along_mm) || isfinite(p->across_mm))
		record_say_line(r, "this participant's point: %.0f mm along, %.0f mm across from the landmark",
			isfinite(p->along_mm) ? p->along_mm : 0.0, isfinite(p->across_mm) ? p->across_mm : 0.0);
	ses_point_findings(p, found, sizeof(found));
	if (found[0])
		record_say_line(r, "found there: %s", found);
}

static int prompt(struct record *r, const struct acq_action *a)
{
	const struct ses_point *p = point_of(r, a->point);

	if (r->world)
		sim_world_aim(r->world, p->site_code, r->area_cm2, r->proc.rate_kpa_s,
			acq_engine_view(r->engine)->ceiling_kpa);
	record_say_line(r, "next: %s%s, patient's %s: %s", p->role == SES_ROLE_PRACTICE ? "PRACTICE at " : "", p->label,
		ses_side_word(p->side), p->landmark);
	if (!r->shown[a->point])
		tell_point(r, p);
	r->shown[a->point] = true;
	return record_store_event(r, a->t_ns, "prompt", a->point, p->site_code);
}

static void alarm_action(struct record *r, const struct acq_action *a)
{
	for (unsigned bit = 1; bit <= ACQ_ALARM_DROPPED; bit <<= 1)
		if (a->alarms & bit)
			(bit == ACQ_ALARM_DROPPED ? record_say : record_say_line)(r, "ALARM: %s", acq_alarm_word((enum acq_alarm)bit));
	if (r->world && (a->alarms & (ACQ_ALARM_CEILING | ACQ_ALARM_LOST | ACQ_ALARM_OVERLOAD)))
		sim_world_lift(r->world);
}

static const char *examiner(const struct record *r)
{
	return r->args->examiner ? r->args->examiner : r->study.examiner;
}

static int amend_last(struct record *r)
{
	int rc = acq_store_amend_last(r->store, "status", ses_status_word(SES_REJECTED), examiner(r), "rejected by the examiner in the interval");

	/* The press stays in the file as it was; what counts changes by an amendment. */
	if (r->last_status == SES_CENSORED && r->sum.censored)
		r->sum.censored--;
	else if (r->sum.accepted)
		r->sum.accepted--;
	r->sum.rejected++;
	record_say(r, "the last press is rejected and will be repeated");
	return rc < 0 ? alg_fail(r->log, MSG_NOMEM, "an amendment") : 0;
}

/* The press stays where it was stored; that it belongs to the other side is an amendment. */
static int move_last(struct record *r, const struct acq_action *a)
{
	const struct ses_point *p = point_of(r, a->point);

	record_say(r, "the last press counts for %s, patient's %s; the other place is asked for again", p->label, ses_side_word(p->side));
	if (acq_store_amend_last(r->store, "site", p->site_code, examiner(r), "pressed there by mistake, said by the examiner") < 0)
		return alg_fail(r->log, MSG_NOMEM, "an amendment");
	return 0;
}

/* What became of a key, where nothing else on the screen says so. */
static void tell_key(struct record *r, const char *word, const char *note)
{
	static const struct {
		const char *word, *note, *text;
	} answers[] = {
		{"reject", "running press", "rejected: lift; this place is asked for again"},
		{"reject", "too late, nothing changed", "no press can be rejected now; after its interval 'algometer amend' does it"},
		{"wrong-site", "running press", "wrong side: lift; it counts over there if that side is measured, else not at all"},
		{"wrong-site", "too late, nothing changed",
			"no press can be moved now; after its interval 'algometer amend' does it"},
		{"skip", "", "this place is left out in this round"},
		{"skip", "not repeated", "this place is not repeated in this round"},
		{"previous", "one more press there", "back: one more press at the place before"},
		{"previous", "not now", "not now: there is no place to go back to yet, or a press is running"},
		{"previous", "nothing to go back to", "nothing to go back to"},
	};

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (strcmp(word, answers[i].word) == 0 && strcmp(note, answers[i].note) == 0)
			record_say(r, "%s", answers[i].text);
}

static int do_action(struct record *r, const struct acq_action *a)
{
	switch (a->kind) {
	case ACQ_ACT_PROMPT:
		return prompt(r, a);
	case ACQ_ACT_READY:
		if (r->world)
			sim_world_ready(r->world);
		record_say_line(r, "press when ready");
		return 0;
	case ACQ_ACT_THRESHOLD:
		record_say(r, "threshold taken: go on to what can just be borne");
		return 0;
	case ACQ_ACT_RESPONSE:
		if (r->world)
			sim_world_lift(r->world);
		return 0;
	case ACQ_ACT_ALARM:
		alarm_action(r, a);
		return 0;
	case ACQ_ACT_PRESS:
		count_press(r, &a->press->trial);
		return record_keep_press(r, a->press);
	case ACQ_ACT_AMEND_LAST:
		return amend_last(r);
	case ACQ_ACT_MOVE_LAST:
		return move_last(r, a);
	case ACQ_ACT_EVENT:
		tell_key(r, a->word, a->note);
		return record_store_event(r, a->t_ns, a->word, a->value, a->note);
	case ACQ_ACT_LIMITS:
		r->limits = a->limits;
		acq_reader_limits(r->reader, &a->limits);
		return 0;
	case ACQ_ACT_DONE:
		r->done = true;
		r->end_reason = a->reason;
		return 0;
	case ACQ_ACT_CONTACT:
	case ACQ_ACT_CUE:
	case ACQ_ACT_RELEASED:
		return 0;
	}
	return alg_fail(r->log, MSG_BUG, "an action without a name");
}

static int feed(struct record *r, const struct acq_event *event)
{
	struct acq_action actions[ACQ_ACTIONS_MAX];
	size_t n = acq_engine_step(r->engine, event, actions);
	int rc = 0;

	for (size_t i = 0; i < n && rc >= 0; i++)
		rc = do_action(r, &actions[i]);
	return rc;
}

static int feed_kind(struct record *r, enum acq_event_kind kind, int64_t t_ns)
{
	struct acq_event event = {.kind = kind, .t_ns = t_ns};

	return feed(r, &event);
}

static int feed_key(struct record *r, enum acq_key key, int64_t t_ns)
{
	struct acq_event event = {.kind = ACQ_EVENT_KEY, .t_ns = t_ns, .key = key, .value = NAN};

	return feed(r, &event);
}

static int feed_rating(struct record *r, double value, int64_t t_ns)
{
	struct acq_event event = {.kind = ACQ_EVENT_KEY, .t_ns = t_ns, .key = ACQ_KEY_RATING, .value = value};

	return feed(r, &event);
}

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
	return feed(r, &event);
}

static int take_gauge(struct record *r)
{
	struct acq_item item;
	int rc = 0;

	while (rc >= 0 && !r->done && acq_reader_get(r->reader, &item))
		rc = gauge_item(r, &item);
	return rc;
}

/* ---- people ---------------------------------------------------------------------------------- */

/* Without the button the patient cannot stop a press: the bell rings, and nothing is pressed until it is back. */
static int watch_button(struct record *r)
{
	bool gone = r->button.status < 0;
	int64_t now = alg_clock_now_ns(&r->clock);
	int rc = 0;

	if (gone == r->button_gone)
		return 0;
	r->button_gone = gone;
	if (gone && r->bell_fd >= 0 && write(r->bell_fd, "\a", 1) < 0)
		errno = 0; /* a terminal that is full has a bell waiting already */
	if (gone)
		ui_sound_alarm(r->sound);
	if (gone != acq_engine_view(r->engine)->paused)
		rc = feed_key(r, ACQ_KEY_PAUSE, now);
	return rc < 0 ? rc : record_store_event(r, now, gone ? "button-gone" : "button-back", NAN, "");
}

static int take_button(struct record *r)
{
	int64_t t_ns;
	int rc = 0;

	if (r->button.kind == UI_BUTTON_SIM)
		while (rc >= 0 && sim_world_button(r->world, &t_ns))
			rc = feed_kind(r, ACQ_EVENT_BUTTON, t_ns);
	else
		while (rc >= 0 && ui_button_get(&r->button, alg_clock_now_ns(&r->clock), &t_ns))
			rc = feed_kind(r, ACQ_EVENT_BUTTON, t_ns);
	while (rc >= 0 && r->has_pedal && ui_button_get(&r->pedal, alg_clock_now_ns(&r->clock), &t_ns))
		rc = feed_key(r, ACQ_KEY_REJECT, t_ns);
	return rc < 0 ? rc : watch_button(r);
}

static int ask_end(struct record *r, int64_t now_ns)
{
	if (r->end_asked_ns != SES_NO_TIME && now_ns - r->end_asked_ns < CONFIRM_NS)
		return feed_key(r, ACQ_KEY_END, now_ns);
	r->end_asked_ns = now_ns;
	record_say(r, "press q once more to end the session; what is left is stored as missing");
	return 0;
}

static int one_key(struct record *r, int c)
{
	int64_t now = alg_clock_now_ns(&r->clock);

	if ((c >= '0' && c <= '9') || c == 't') /* how much a hold hurt; t is ten */
		return feed_rating(r, c == 't' ? 10 : c - '0', now);
	switch (c) {
	case 'r':
	case 0x7F: /* backspace */
		return feed_key(r, ACQ_KEY_REJECT, now);
	case 's':
		return feed_key(r, ACQ_KEY_SKIP, now);
	case 'b':
		return feed_key(r, ACQ_KEY_BACK, now);
	case 'p':
		return feed_key(r, ACQ_KEY_PAUSE, now);
	case 'w':
		return feed_key(r, ACQ_KEY_WRONG_SITE, now);
	case 'x':
		return feed_key(r, ACQ_KEY_PATIENT, now);
	case 'q':
		return ask_end(r, now);
	case ' ':
		return r->button.kind == UI_BUTTON_KEY ? feed_kind(r, ACQ_EVENT_BUTTON, now) : 0;
	default:
		return 0;
	}
}

static int take_keys(struct record *r)
{
	int64_t t_ns;
	int rc = 0, c;

	while (rc >= 0 && (c = ui_keys_get(&r->keys)) > 0)
		rc = one_key(r, c);
	if (rc >= 0 && r->world && (c = sim_world_key(r->world, &t_ns)) != 0)
		rc = feed_key(r, ACQ_KEY_REJECT, t_ns);
	if (rc >= 0 && r->world && r->button.kind == UI_BUTTON_SIM && acq_engine_view(r->engine)->rating_wanted)
		rc = feed_rating(r, sim_world_rating(r->world, "hold"), alg_clock_now_ns(&r->clock));
	return rc;
}

static int take_script(struct record *r)
{
	int64_t since_ns = alg_clock_now_ns(&r->clock) - r->start_ns;
	int rc = 0;

	for (; rc >= 0 && r->timed_next < r->timed.n; r->timed_next++) {
		const struct acq_script_step *step = &r->timed.step[r->timed_next];
		int64_t t_ns = alg_s_to_ns(step->t_s);

		if (t_ns > since_ns)
			break;
		if (step->kind == ACQ_SCRIPT_KEY)
			rc = step->key == ACQ_KEY_RATING ? feed_rating(r, step->to_n, r->start_ns + t_ns) : feed_key(r, step->key, r->start_ns + t_ns);
		else
			rc = feed_kind(r, ACQ_EVENT_BUTTON, r->start_ns + t_ns);
	}
	return rc;
}

/* ---- the host ----------------------------------------------------------------------------------- */

static int watch_host(struct record *r)
{
	int64_t asleep = alg_clock_suspended_ns(), now = alg_clock_now_ns(&r->clock);

	if (cli_stopped() && !r->done)
		return feed_key(r, ACQ_KEY_END, now);
	if (asleep - r->suspended_ns > SUSPEND_NS) {
		r->suspended_ns = asleep;
		record_say(r, "the machine slept: the running press does not count");
		return feed_kind(r, ACQ_EVENT_SUSPEND, now);
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
	int rc = feed_key(r, ACQ_KEY_END, now);

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
	if ((rc = take_gauge(r)) < 0 || (rc = take_button(r)) < 0 || (rc = take_keys(r)) < 0 ||
		(rc = take_script(r)) < 0 || (rc = watch_host(r)) < 0)
		return rc;
	if (!r->done && (rc = feed_kind(r, ACQ_EVENT_TICK, alg_clock_now_ns(&r->clock))) < 0)
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
		rc = do_action(r, &actions[i]);
	draw(r, true);
	while (rc >= 0 && !r->done)
		rc = turn(r);
	if (rc >= 0)
		wait_for_lift(r);
	draw(r, true);
	return rc;
}
