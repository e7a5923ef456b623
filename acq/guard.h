/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guard.h - the watch over a press: hard ceiling, lost signal, stuck gauge, gap. Pure; runs in the
 * reader thread before anything else sees the sample, so that neither disk nor screen can delay it.
 *
 * It looks at the size of the force, whatever its sign: a gauge set to the other polarity must not
 * defeat the ceiling. The software cannot lift the hand; it can only tell at once.
 */
#ifndef ACQ_GUARD_H
#define ACQ_GUARD_H

#include "data/sample.h"

#include <stdbool.h>

enum acq_alarm {
	ACQ_ALARM_PREWARN = 1u << 0,  /* the ceiling will be reached within 0.5 s at this rate */
	ACQ_ALARM_CEILING = 1u << 1,  /* at or over the ceiling: lift */
	ACQ_ALARM_LOST = 1u << 2,     /* nothing from the gauge */
	ACQ_ALARM_STUCK = 1u << 3,    /* the same number again and again under load */
	ACQ_ALARM_GAP = 1u << 4,      /* samples missing */
	ACQ_ALARM_OVERLOAD = 1u << 5, /* the gauge itself says it is over its limit */
	ACQ_ALARM_DROPPED = 1u << 6,  /* the program's own ring overflowed */
};

struct acq_guard_limits {
	double ceiling_n;        /* above zero_n; NAN: none yet */
	double zero_n;
	double contact_n;        /* stuck and gap are only alarms above it */
	double target_rate_n_s;  /* least rate that the pre-warning reckons with */
	double stuck_after_s;    /* one value for so long under load is stuck; 0: 1 s */
};

struct acq_guard {
	struct acq_guard_limits limits;
	int64_t last_arrival_ns; /* of the last force */
	int64_t last_t_ns, last_change_ns;
	double usual_step_ns;    /* smoothed step between arrivals */
	double last_force_n;     /* NAN before the first */
	double slope_n_s;        /* exponentially smoothed, for the pre-warning */
	int seen;                /* forces so far, no more than needed */
	int same;                /* how often the last value has come again */
	bool lost, over, prewarned, stuck, overload;
};

void acq_guard_init(struct acq_guard *guard, const struct acq_guard_limits *limits);
/* The current point's limits; may be called between any two samples. */
void acq_guard_set(struct acq_guard *guard, const struct acq_guard_limits *limits);
/*
 * Alarms that begin with this sample (bits); an alarm is told once until its cause has ended, and
 * the ceiling only ends 5 % below it, so that noise cannot ring it on and off. A sample without a
 * force is no sign of life: a gauge that sends nothing but faults is lost.
 */
unsigned acq_guard_sample(struct acq_guard *guard, const struct ses_sample *sample);
/* Called when nothing came until now: ACQ_ALARM_LOST once after lost_after_ns. */
unsigned acq_guard_silence(struct acq_guard *guard, int64_t now_ns);
/* max(3 x the usual step between samples, 250 ms); 1 s while the usual step is not known. */
int64_t acq_guard_lost_after_ns(const struct acq_guard *guard);
const char *acq_alarm_word(enum acq_alarm alarm);

#endif
