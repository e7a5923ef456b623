/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zero.h - what the gauge reads with nothing on it, followed while it is at rest. Pure.
 *
 * The zero is the mean over the 0.8 s of rest that ended 0.2 to 0.3 s ago: long enough to average
 * the noise and the weight of the tip in a moving hand, and never the foot of a press that has just
 * begun. It is known at once when the gauge starts near nothing, otherwise (a tip that was not
 * tared) after a quiet second. A force that creeps is not followed: it is a hand that begins to
 * press slowly, not a zero. The 0.2 s after a press or a touch are its tail and are left out.
 */
#ifndef ACQ_ZERO_H
#define ACQ_ZERO_H

#include <stdbool.h>
#include <stdint.h>

enum { ACQ_ZERO_SLOTS = 11 }; /* of 100 ms: eight to average, two kept back, one being filled */

struct acq_zero {
	double contact_n, drift_n;
	double zero_n;        /* 0 until known */
	double first_n;       /* the session's first full average, what drift is measured from; NAN before */
	bool known;
	bool tail;            /* the next sample is the first after a press */
	int64_t from_ns;      /* samples before this belong to the tail */
	int64_t slot;         /* number of the slot being filled, time / 100 ms */
	struct { double sum, low, high; int n; } ring[ACQ_ZERO_SLOTS];
};

/* contact_n: what is contact, and how much a quiet gauge may move; drift_n: a larger drift is flagged. */
void acq_zero_init(struct acq_zero *zero, double contact_n, double drift_n);
/*
 * A usable sample at rest, as read. True when the zero was found anew (the first one far from
 * nothing, or a jump after a load that was there from the start); small steps are followed silently.
 */
bool acq_zero_rest(struct acq_zero *zero, int64_t t_ns, double force_n);
/* Forgets what was collected, keeps the zero: after a press, a loss, a pause. */
void acq_zero_restart(struct acq_zero *zero);
bool acq_zero_drifted(const struct acq_zero *zero);

#endif
