/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_tell.c - what the other parts stand on: actions to the outside, and where the press is. */
#include "acq/engine_inside.h"

#include <math.h>

struct acq_action *eng_act(struct acq_engine *e, enum acq_action_kind kind)
{
	struct acq_action *a = &e->out[e->n_out < ACQ_ACTIONS_MAX ? e->n_out++ : ACQ_ACTIONS_MAX - 1];

	*a = (struct acq_action){.kind = kind, .t_ns = e->now_ns, .point = e->view.point, .round = e->view.round,
		.cue = e->view.cue, .value = NAN, .note = ""};
	return a;
}

void eng_tell(struct acq_engine *e, const char *word, const char *note, double value)
{
	struct acq_action *a = eng_act(e, ACQ_ACT_EVENT);

	a->word = word;
	a->note = note;
	a->value = value;
}

void eng_tell_alarms(struct acq_engine *e, unsigned alarms)
{
	eng_act(e, ACQ_ACT_ALARM)->alarms = alarms;
	for (unsigned bit = 1; bit && bit <= alarms; bit <<= 1)
		if (alarms & bit)
			eng_tell(e, "alarm", acq_alarm_word((enum acq_alarm)bit), NAN);
	e->view.alarms |= alarms;
	e->alarm_ns = e->now_ns;
}

bool eng_loaded(const struct acq_engine *e)
{
	return e->view.phase == ACQ_RAMP || e->view.phase == ACQ_HOLD || e->view.phase == ACQ_RELEASE;
}

bool eng_pressing(const struct acq_engine *e)
{
	return eng_loaded(e) || e->view.phase == ACQ_SETTLE;
}

void eng_set_cue(struct acq_engine *e, enum acq_cue cue)
{
	if (e->view.cue == cue)
		return;
	e->view.cue = cue;
	eng_act(e, ACQ_ACT_CUE);
}
