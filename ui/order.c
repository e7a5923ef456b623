/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/order.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

static void set(struct ui_order *o, enum ui_urgency urgency, const char *word, const char *sentence)
{
	o->urgency = urgency;
	alg_text_copy(o->word, sizeof(o->word), word);
	alg_text_copy(o->sentence, sizeof(o->sentence), sentence);
}

static bool pressing(const struct acq_shown *v)
{
	return v->phase == ACQ_RAMP || v->phase == ACQ_HOLD || v->phase == ACQ_RELEASE;
}

/* What must be said before anything else; false when there is nothing of the kind. */
static bool alarm_order(struct ui_order *o, const struct acq_shown *v)
{
	if (v->alarms & ACQ_ALARM_CEILING)
		set(o, UI_ALARM, "LIFT", "LIFT NOW: THE CEILING IS REACHED");
	else if (pressing(v) && v->no_button)
		set(o, UI_ALARM, "LIFT", "LIFT: THE PATIENT'S BUTTON IS GONE");
	else if (v->lost)
		set(o, UI_ALARM, "LOST", pressing(v) || v->last_reason == SES_REASON_LOST ? "LIFT: NO SIGNAL FROM THE GAUGE" : "NO SIGNAL FROM THE GAUGE");
	else if (v->alarms & ACQ_ALARM_OVERLOAD)
		set(o, UI_ALARM, "LIFT", "LIFT: THE GAUGE IS OVER ITS LIMIT");
	else if (pressing(v) && v->alarms & ACQ_ALARM_STUCK)
		set(o, UI_ALARM, "LIFT", "LIFT: THE GAUGE REPEATS ONE VALUE");
	else
		return false;
	return true;
}

static void ramp_order(struct ui_order *o, const struct acq_shown *v)
{
	if (v->alarms & ACQ_ALARM_PREWARN)
		set(o, UI_MEND, "CEILING", "near the ceiling: be ready to lift");
	else if (v->cue == ACQ_CUE_SLOW)
		set(o, UI_MEND, "FASTER", "press faster");
	else if (v->cue == ACQ_CUE_FAST)
		set(o, UI_MEND, "SLOWER", "press slower");
	else if (v->cue == ACQ_CUE_GOOD)
		set(o, UI_WELL, "GOOD", v->answered ? "the rate is good: go on to the tolerance" : "the rate is good");
	else
		set(o, UI_CALM, "PRESS", v->answered ? "go on to what can just be borne" : "press steadily");
}

static void hold_order(struct ui_order *o, const struct acq_shown *v)
{
	if (v->cue == ACQ_CUE_SLOW)
		set(o, UI_MEND, "MORE", "press a little more and hold");
	else if (v->cue == ACQ_CUE_FAST)
		set(o, UI_MEND, "LESS", "press a little less and hold");
	else
		set(o, UI_WELL, "HOLD", "hold it there");
	if (v->cue == ACQ_CUE_GOOD && v->hold_left_s > 0)
		snprintf(o->word, sizeof(o->word), "HOLD %.0f", fmin(ceil(v->hold_left_s), 99));
}

static void wait_order(struct ui_order *o, const struct acq_shown *v)
{
	double s = v->wait_s > 0 ? fmin(ceil(v->wait_s), 9999) : 0;

	set(o, UI_CALM, "WAIT", "hold the gauge free: its zero is taken");
	if (s > 0)
		snprintf(o->word, sizeof(o->word), "WAIT %.0f", s);
	if (s > 0)
		snprintf(o->sentence, sizeof(o->sentence), "wait %.0f s before the next press here", s);
}

void ui_order_make(struct ui_order *o, const struct acq_shown *v)
{
	if (alarm_order(o, v))
		return;
	if (v->phase == ACQ_DONE)
		set(o, UI_CALM, "DONE", "finished - thank you");
	else if (v->paused && !pressing(v)) /* in a press the hand is told what to do, and the pause comes after it */
		set(o, UI_CALM, "PAUSED", v->no_button ? "the patient's button is gone: plug it in" : "paused: p goes on");
	else if (v->phase == ACQ_WAIT)
		wait_order(o, v);
	else if (v->phase == ACQ_REST)
		set(o, UI_CALM, "PRESS", v->kind == SES_KIND_FAMILIARISATION ? "practice: press when ready" : "press when ready");
	else if (v->phase == ACQ_RAMP)
		ramp_order(o, v);
	else if (v->phase == ACQ_HOLD)
		hold_order(o, v);
	else if (v->phase == ACQ_RELEASE)
		set(o, UI_CALM, "LIFT", "lift the gauge off the skin");
	else if (v->rating_wanted)
		set(o, UI_CALM, "PAIN 0-9", "how much did it hurt? type 0 to 9, t is ten; r rejects");
	else
		set(o, UI_CALM, "WAIT", "r rejects this press, w says wrong side, else it is accepted");
}
