/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * judge.h - a finished press: from its samples and what happened meanwhile to a row of results.
 * Pure. The whole press is judged at its end, because a button's event and the sample of the same
 * instant come by different ways, and either may be the first to arrive.
 */
#ifndef ACQ_JUDGE_H
#define ACQ_JUDGE_H

#include "data/session.h"

enum { ACQ_BUTTONS_MAX = 8 };

/* A second response that comes sooner is the first one's bounce or a trembling hand. */
#define ACQ_SECOND_AFTER_NS INT64_C(300000000)

struct acq_case {
	const struct ses_sample *samples;
	size_t n;
	struct ses_press_param param;
	double ceiling_kpa;      /* that held */
	double reject_rate;      /* fraction, NAN when rate never rejects */
	bool tolerance;          /* a second response is the tolerance */
	double hold_kpa, hold_band, hold_s; /* a hold instead of a threshold; hold_kpa NAN: none */
	int64_t hold_ns;         /* when it was reached; SES_NO_TIME: it was not */
	double rating;           /* of the hold, NAN */
	bool wrong_site;
	unsigned quality;        /* bits that are known beforehand */
	int64_t button_ns[ACQ_BUTTONS_MAX];
	int n_buttons;
	int64_t stuck_ns;        /* when the guard called the gauge stuck; SES_NO_TIME: it did not */
	bool early;              /* begun before the interval was over */
	bool examiner;           /* rejected by key */
	enum ses_reason broken;  /* why it was cut off: lost, suspend, patient, interrupted; NONE: it was not */
	bool zero_drifted;
	int64_t start_ns;        /* session's time zero */
};

/*
 * Fills status, reason, response, pressures, rates, times, counts and quality of the row; the rest
 * of it is left alone. *result has the instants on the session clock.
 */
void acq_judge(const struct acq_case *press, struct ses_trial *row, struct ses_press_result *result);

#endif
