/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_act.c - events go into the engine, and what it wants done is done: told, stored, handed on. */
#include "cli/record.h"

#include "base/text.h"
#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct ses_point *point_of(const struct record *r, int point)
{
	return &r->points.point[point];
}

static void count_press(struct record *r, const struct ses_trial *t)
{
	if (t->kind == SES_KIND_FAMILIARISATION) {
		r->sum.practice += t->status != SES_MISSING;
		return;
	}
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

int record_do(struct record *r, const struct acq_action *a)
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

int record_feed(struct record *r, const struct acq_event *event)
{
	struct acq_action actions[ACQ_ACTIONS_MAX];
	size_t n = acq_engine_step(r->engine, event, actions);
	int rc = 0;

	for (size_t i = 0; i < n && rc >= 0; i++)
		rc = record_do(r, &actions[i]);
	return rc;
}

int record_feed_kind(struct record *r, enum acq_event_kind kind, int64_t t_ns)
{
	struct acq_event event = {.kind = kind, .t_ns = t_ns};

	return record_feed(r, &event);
}

int record_feed_key(struct record *r, enum acq_key key, int64_t t_ns)
{
	struct acq_event event = {.kind = ACQ_EVENT_KEY, .t_ns = t_ns, .key = key, .value = NAN};

	return record_feed(r, &event);
}

int record_feed_rating(struct record *r, double value, int64_t t_ns)
{
	struct acq_event event = {.kind = ACQ_EVENT_KEY, .t_ns = t_ns, .key = ACQ_KEY_RATING, .value = value};

	return record_feed(r, &event);
}
