/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/gate.h"

#include <math.h>

bool acq_gate_may_tell(const struct acq_gate *gate)
{
	return !gate->blinded;
}

void acq_gate_show(const struct acq_gate *gate, const struct acq_view *view, struct acq_shown *out)
{
	*out = (struct acq_shown){
		.phase = view->phase, .point = view->point, .round = view->round,
		.press_of_point = view->press_of_point, .done = view->done, .planned = view->planned,
		.cue = view->cue, .wait_s = view->wait_s, .settle_s = view->settle_s, .paused = view->paused,
		.lost = view->lost, .blinded = gate->blinded, .alarms = view->alarms,
		.last_status = view->last_status, .last_reason = view->last_reason,
		.last_point = view->last_point, .hold_left_s = view->hold_left_s, .answered = view->answered,
		.rating_wanted = view->rating_wanted, .kind = view->kind, .target_rate_kpa_s = NAN, .ceiling_kpa = NAN, .force_n = NAN, .pressure_kpa = NAN, .rate_kpa_s = NAN,
		.last_ppt_kpa = NAN, .last_rate_kpa_s = NAN,
	};
	if (!acq_gate_may_tell(gate))
		return;
	out->target_rate_kpa_s = view->target_rate_kpa_s;
	out->ceiling_kpa = view->ceiling_kpa;
	out->force_n = view->force_n;
	out->pressure_kpa = view->pressure_kpa;
	out->rate_kpa_s = view->rate_kpa_s;
	out->last_ppt_kpa = view->last_ppt_kpa;
	out->last_rate_kpa_s = view->last_rate_kpa_s;
	out->table = view->table;
	out->table_status = view->table_status;
	out->table_columns = view->table_columns;
}
