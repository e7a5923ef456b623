/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_people.c - what people do: the patient's button, the examiner's keys and pedal, a script of both. */
#include "cli/record.h"

#include <math.h>
#include <string.h>

#define CONFIRM_NS (3 * ALG_NS_PER_S)

/* A press that nobody could stop, nor answer, is none: not "more than the ceiling", either. */
static int lose_button(struct record *r, int64_t now)
{
	const struct acq_view *view = acq_engine_view(r->engine);
	int rc = 0;

	record_ring(r);
	record_say_line(r, "ALARM: the patient's button is gone");
	if (view->phase == ACQ_RAMP || view->phase == ACQ_HOLD)
		rc = record_feed_key(r, ACQ_KEY_REJECT, now);
	r->button_paused = rc >= 0 && !acq_engine_view(r->engine)->paused;
	return r->button_paused ? record_feed_key(r, ACQ_KEY_PAUSE, now) : rc;
}

/* Without the button the patient cannot stop a press: the bell rings, and nothing is pressed until it is back. */
static int watch_button(struct record *r)
{
	bool gone = r->button.status < 0;
	int64_t now = alg_clock_now_ns(&r->clock);
	int rc = 0;

	if (gone == r->button_gone)
		return 0;
	r->button_gone = gone;
	if (gone)
		rc = lose_button(r, now);
	else if (r->button_paused && acq_engine_view(r->engine)->paused) /* who paused before goes on by a key */
		rc = record_feed_key(r, ACQ_KEY_PAUSE, now);
	return rc < 0 ? rc : record_store_event(r, now, gone ? "button-gone" : "button-back", NAN, "");
}

int record_take_button(struct record *r)
{
	int64_t t_ns;
	int rc = 0;

	if (r->button.kind == UI_BUTTON_SIM)
		while (rc >= 0 && sim_world_button(r->world, &t_ns))
			rc = record_feed_kind(r, ACQ_EVENT_BUTTON, t_ns);
	else
		while (rc >= 0 && ui_button_get(&r->button, alg_clock_now_ns(&r->clock), &t_ns))
			rc = record_feed_kind(r, ACQ_EVENT_BUTTON, t_ns);
	while (rc >= 0 && r->has_pedal && ui_button_get(&r->pedal, alg_clock_now_ns(&r->clock), &t_ns))
		rc = record_feed_key(r, ACQ_KEY_REJECT, t_ns);
	return rc < 0 ? rc : watch_button(r);
}

static int ask_end(struct record *r, int64_t now_ns)
{
	if (r->end_asked_ns != SES_NO_TIME && now_ns - r->end_asked_ns < CONFIRM_NS)
		return record_feed_key(r, ACQ_KEY_END, now_ns);
	r->end_asked_ns = now_ns;
	record_say(r, "press q once more to end the session; what is left is stored as missing");
	return 0;
}

static int one_key(struct record *r, int c)
{
	int64_t now = alg_clock_now_ns(&r->clock);

	if ((c >= '0' && c <= '9') || c == 't') /* how much a hold hurt; t is ten */
		return record_feed_rating(r, c == 't' ? 10 : c - '0', now);
	switch (c) {
	case 'r':
	case 0x7F: /* backspace */
		return record_feed_key(r, ACQ_KEY_REJECT, now);
	case 's':
		return record_feed_key(r, ACQ_KEY_SKIP, now);
	case 'b':
		return record_feed_key(r, ACQ_KEY_BACK, now);
	case 'p':
		return record_feed_key(r, ACQ_KEY_PAUSE, now);
	case 'w':
		return record_feed_key(r, ACQ_KEY_WRONG_SITE, now);
	case 'x':
		return record_feed_key(r, ACQ_KEY_PATIENT, now);
	case 'q':
		return ask_end(r, now);
	case ' ':
		return r->button.kind == UI_BUTTON_KEY ? record_feed_kind(r, ACQ_EVENT_BUTTON, now) : 0;
	default:
		return 0;
	}
}

/* The simulated patient says how much the hold hurt, once it is over. */
static int answer_of_sim(struct record *r)
{
	double pain = sim_world_rating(r->world, "hold");

	return isfinite(pain) ? record_feed_rating(r, pain, alg_clock_now_ns(&r->clock)) : 0;
}

int record_take_keys(struct record *r)
{
	int64_t t_ns;
	int rc = 0, c;

	while (rc >= 0 && (c = ui_keys_get(&r->keys)) > 0)
		rc = one_key(r, c);
	if (rc >= 0 && r->world && (c = sim_world_key(r->world, &t_ns)) != 0)
		rc = record_feed_key(r, ACQ_KEY_REJECT, t_ns);
	if (rc >= 0 && r->world && r->button.kind == UI_BUTTON_SIM && acq_engine_view(r->engine)->rating_wanted)
		rc = answer_of_sim(r);
	return rc;
}

int record_take_script(struct record *r)
{
	int64_t since_ns = alg_clock_now_ns(&r->clock) - r->start_ns;
	int rc = 0;

	for (; rc >= 0 && r->timed_next < r->timed.n; r->timed_next++) {
		const struct acq_script_step *step = &r->timed.step[r->timed_next];
		int64_t t_ns = alg_s_to_ns(step->t_s);

		if (t_ns > since_ns)
			break;
		if (step->kind == ACQ_SCRIPT_KEY)
			rc = step->key == ACQ_KEY_RATING ? record_feed_rating(r, step->to_n, r->start_ns + t_ns) : record_feed_key(r, step->key, r->start_ns + t_ns);
		else
			rc = record_feed_kind(r, ACQ_EVENT_BUTTON, r->start_ns + t_ns);
	}
	return rc;
}
