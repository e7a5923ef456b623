/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gate.h - the one place where numbers of a running measurement become something to show.
 *
 * Screens, plain output and messages get a struct acq_shown and nothing else. When the session is
 * blinded it has the cue, but no force, no bar, no result, and neither the target rate nor the ceiling in
 * numbers: who knows the rate and counts the seconds knows the pressure.
 */
#ifndef ACQ_GATE_H
#define ACQ_GATE_H

#include "acq/engine.h"

struct acq_gate {
	bool blinded;
};

struct acq_shown {
	enum acq_phase phase;
	int point, round, press_of_point;
	size_t done, planned;
	enum acq_cue cue;
	double wait_s, settle_s;
	double hold_left_s;
	bool paused, lost, blinded, answered, rating_wanted;
	enum ses_kind kind;
	unsigned alarms;
	enum ses_status last_status;
	enum ses_reason last_reason;
	int last_point;
	size_t unsaved;  /* presses that the disk does not have yet; set by the caller, as the next three */
	bool disk_failing, disk_slow;
	bool no_button;  /* the patient's is gone: nobody can stop a press */
	/* NAN or NULL when blinded: */
	double target_rate_kpa_s, ceiling_kpa, force_n, pressure_kpa, rate_kpa_s, last_ppt_kpa, last_rate_kpa_s;
	const double *table;
	const unsigned char *table_status;
	int table_columns;
};

void acq_gate_show(const struct acq_gate *gate, const struct acq_view *view, struct acq_shown *out);
/* For sentences that tell a value: false when it must not be said. */
bool acq_gate_may_tell(const struct acq_gate *gate);

#endif
