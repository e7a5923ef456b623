/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_keys.c - the other events: button, keys, loss, sleep, alarms of the guard. */
#include "acq/engine_inside.h"

#include "base/clock.h"

#include <math.h>

void eng_on_button(struct acq_engine *e, const struct acq_event *event)
{
	bool held = eng_loaded(e);

	eng_tell(e, "button", held ? "" : "no contact", NAN);
	if (!eng_pressing(e)) /* only one so late that its contact is still on the way can matter */
		eng_drop_buttons_before(e, event->t_ns - ALG_NS_PER_S);
	if (e->n_buttons < ACQ_BUTTONS_MAX)
		e->button_ns[e->n_buttons++] = event->t_ns;
	if (e->view.phase != ACQ_RAMP && e->view.phase != ACQ_HOLD)
		return;
	if (e->config.response == SES_RESPONSE_PEAK || event->t_ns < e->contact_ns)
		return;
	eng_answer(e, event->t_ns);
}

/* The last press, while its interval lasts; told when there is none. */
static bool last_is_open_to_change(struct acq_engine *e, const char *word)
{
	int64_t until_ns = INT64_MIN;

	if (e->last_place != SIZE_MAX && e->last_counts)
		until_ns = acq_plan_ready_ns(&e->plan, e->plan.place[e->last_place].point);
	if (e->now_ns < until_ns)
		return true;
	eng_tell(e, word, "too late, nothing changed", NAN);
	return false;
}

static void reject_last(struct acq_engine *e)
{
	eng_act(e, ACQ_ACT_AMEND_LAST)->point = e->plan.place[e->last_place].point;
	e->out[e->n_out - 1].round = e->plan.place[e->last_place].round;
	e->plan.place[e->last_place].state = ACQ_PLACE_OPEN;
	eng_clear_last_of_table(e, e->plan.place[e->last_place].point);
	if (e->plan.place[e->last_place].kind != SES_KIND_EXTRA)
		eng_reconsider_extra(e, e->plan.place[e->last_place].point);
	e->last_counts = false;
	e->view.last_status = SES_REJECTED;
	e->view.last_reason = SES_REASON_EXAMINER;
	e->prompted = false;
}

static void move_last(struct acq_engine *e, int other)
{
	struct acq_place was = e->plan.place[e->last_place];
	struct acq_action *a = eng_act(e, ACQ_ACT_MOVE_LAST);
	size_t cell = (size_t)was.point * (size_t)e->view.table_columns;
	struct ses_trial row = {.point = other, .status = (int32_t)e->view.last_status, .ppt_kpa = e->view.last_ppt_kpa,
		.ceiling_kpa = NAN};

	for (int i = 0; i < e->view.table_columns; i++)
		if (e->view.table_status[cell + (size_t)i])
			row.ceiling_kpa = e->view.table[cell + (size_t)i]; /* what its last cell holds */
	a->point = other;
	a->round = was.round;
	eng_clear_last_of_table(e, was.point);
	e->plan.place[e->last_place].state = ACQ_PLACE_OPEN;
	if (was.kind != SES_KIND_EXTRA)
		eng_reconsider_extra(e, was.point);
	/* pressed there before its round: that place needs no other press, whatever its round */
	acq_plan_settle(&e->plan, other, acq_plan_open(&e->plan, other) ? 0 : was.round, was.kind, ACQ_PLACE_DONE);
	eng_fill_table(e, &row);
	e->plan.point[was.point].made--;
	e->plan.point[other].made++; /* before an extra press is thought of: it may have been the last that is allowed */
	eng_consider_extra(e, other);
	e->plan.point[other].last_release_ns = e->plan.point[was.point].last_release_ns;
	e->last_counts = false; /* once more would be a guess */
	e->view.last_point = other;
	e->prompted = false;
}

static void key_reject(struct acq_engine *e)
{
	if (eng_pressing(e)) {
		e->examiner = true;
		e->view.rating_wanted = false;
		eng_tell(e, "reject", "running press", NAN);
		if (e->view.phase == ACQ_RAMP || e->view.phase == ACQ_HOLD)
			eng_to_release(e);
		return;
	}
	if (!last_is_open_to_change(e, "reject"))
		return;
	eng_tell(e, "reject", "last press", NAN);
	reject_last(e);
}

static void key_skip(struct acq_engine *e)
{
	if (eng_pressing(e)) { /* the running press keeps its own worth; it is not repeated */
		e->skip = true;
		eng_tell(e, "skip", "not repeated", NAN);
		return;
	}
	eng_tell(e, "skip", "", NAN);
	eng_give_up_place(e, e->place, SES_REASON_SKIPPED);
	e->prompted = false;
}

static void key_back(struct acq_engine *e)
{
	struct acq_place last;

	if (eng_pressing(e) || e->last_place == SIZE_MAX) {
		eng_tell(e, "previous", "not now", NAN);
		return;
	}
	last = e->plan.place[e->last_place];
	if (last.state == ACQ_PLACE_OPEN || last.point == e->view.point ||
		!acq_plan_insert(&e->plan, e->place, last.point, last.round, last.kind)) {
		eng_tell(e, "previous", "nothing to go back to", NAN);
		return;
	}
	eng_tell(e, "previous", "one more press there", NAN);
	if (e->last_place >= e->place)
		e->last_place++;
	e->prompted = false;
}

static void key_end(struct acq_engine *e, enum ses_reason reason)
{
	eng_tell(e, reason == SES_REASON_PATIENT ? "patient" : "end",
		reason == SES_REASON_PATIENT ? "the patient asked to stop" : "", NAN);
	e->ending = reason;
	if (eng_pressing(e))
		eng_end_press(e, reason == SES_REASON_PATIENT ? SES_REASON_PATIENT : SES_REASON_INTERRUPTED, e->now_ns);
}

/* The last press was made on the other side: it counts there, and the place that it was for is open again. */
static void key_wrong_site(struct acq_engine *e)
{
	struct acq_place *last;
	int other;

	if (eng_pressing(e)) {
		e->wrong = true;
		e->view.rating_wanted &= eng_other_side(e, e->view.point) >= 0; /* a press that counts elsewhere is rated, too */
		eng_tell(e, "wrong-site", "running press", NAN);
		if (e->view.phase == ACQ_RAMP || e->view.phase == ACQ_HOLD)
			eng_to_release(e);
		return;
	}
	if (!last_is_open_to_change(e, "wrong-site"))
		return;
	last = &e->plan.place[e->last_place];
	other = eng_other_side(e, last->point);
	eng_tell(e, "wrong-site", other < 0 ? "last press, rejected" : "last press, counts on the other side", NAN);
	if (other < 0) {
		reject_last(e);
		return;
	}
	move_last(e, other);
}

/* A number after a hold was released. */
static void key_rating(struct acq_engine *e, double value)
{
	if (!e->view.rating_wanted || !(value >= 0 && value <= 10)) {
		eng_tell(e, "rating", "not asked for", value);
		return;
	}
	e->rating = value;
	e->view.rating_wanted = false;
	eng_tell(e, "rating", "", value);
}

void eng_on_key(struct acq_engine *e, enum acq_key key, double value)
{
	if (e->over || e->ending != SES_REASON_NONE)
		return;
	switch (key) {
	case ACQ_KEY_REJECT: key_reject(e); break;
	case ACQ_KEY_SKIP: key_skip(e); break;
	case ACQ_KEY_BACK: key_back(e); break;
	case ACQ_KEY_PAUSE:
		e->view.paused = !e->view.paused;
		eng_tell(e, e->view.paused ? "pause" : "resume", "", NAN);
		if (!eng_pressing(e)) {
			e->armed = e->below >= 2; /* a gauge laid down on its tip is no press */
			eng_tell_limits(e);
		}
		break;
	case ACQ_KEY_END: key_end(e, SES_REASON_ENDED); break;
	case ACQ_KEY_PATIENT: key_end(e, SES_REASON_PATIENT); break;
	case ACQ_KEY_WRONG_SITE: key_wrong_site(e); break;
	case ACQ_KEY_RATING: key_rating(e, value); break;
	}
}

void eng_on_lost(struct acq_engine *e)
{
	if (e->view.lost)
		return;
	e->view.lost = true;
	e->view.alarms |= ACQ_ALARM_LOST;
	e->view.force_n = e->view.pressure_kpa = NAN; /* the last one is no force of now */
	eng_tell(e, "lost", "", NAN);
	if (eng_loaded(e))
		eng_end_press(e, SES_REASON_LOST, e->now_ns);
	e->armed = false;
	e->above = e->below = 0;
	acq_zero_restart(&e->zero);
}

void eng_on_suspend(struct acq_engine *e)
{
	eng_tell(e, "suspend", "the machine slept", NAN);
	if (eng_pressing(e))
		eng_end_press(e, SES_REASON_SUSPEND, e->now_ns);
	acq_plan_restart_intervals(&e->plan, e->now_ns);
	e->armed = false;
	e->above = e->below = 0;
	acq_zero_restart(&e->zero);
}

void eng_on_alarm(struct acq_engine *e, const struct acq_event *event)
{
	unsigned fresh = event->alarms & ~e->view.alarms;

	if (fresh)
		eng_tell_alarms(e, fresh);
	e->alarm_ns = e->now_ns;
	if ((event->alarms & ACQ_ALARM_STUCK) && eng_loaded(e)) {
		if (e->stuck_ns == SES_NO_TIME)
			e->stuck_ns = event->t_ns;
		if (e->view.phase != ACQ_RELEASE)
			eng_to_release(e);
	}
}
