/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/zero.h"

#include <math.h>
#include <string.h>

#define SLOT_NS INT64_C(100000000)

/* Of contact: so much may the mean creep from the first to the second half of the average. */
#define CREEP 0.1
/* Of contact: so far from the session's first zero a quiet force is taken for a drifted zero. */
#define FAR 10.0
#define TAIL_NS INT64_C(200000000)

enum { KEPT_BACK = 2, AVERAGED = ACQ_ZERO_SLOTS - KEPT_BACK - 1, LEAST = 3 };

void acq_zero_init(struct acq_zero *zero, double contact_n, double drift_n)
{
	*zero = (struct acq_zero){.contact_n = contact_n, .drift_n = drift_n, .first_n = NAN, .slot = INT64_MIN,
		.from_ns = INT64_MIN};
}

void acq_zero_restart(struct acq_zero *zero)
{
	memset(zero->ring, 0, sizeof(zero->ring));
	zero->slot = INT64_MIN;
	zero->tail = true;
}

bool acq_zero_drifted(const struct acq_zero *zero)
{
	return fabs(zero->zero_n - zero->first_n) > zero->drift_n;
}

static unsigned place(int64_t slot)
{
	return (unsigned)(((slot % ACQ_ZERO_SLOTS) + ACQ_ZERO_SLOTS) % ACQ_ZERO_SLOTS);
}

/* Mean of the slots that count; false while they hold too little or the gauge was not quiet. */
static bool average(const struct acq_zero *zero, double *mean)
{
	double sum = 0, early = 0, low = INFINITY, high = -INFINITY;
	int n = 0, n_early = 0, filled = 0;
	int64_t first = zero->slot - KEPT_BACK - AVERAGED;

	for (int64_t s = first; s < first + AVERAGED; s++) {
		unsigned i = place(s);

		if (!zero->ring[i].n)
			continue;
		if (s < first + AVERAGED / 2) {
			early += zero->ring[i].sum;
			n_early += zero->ring[i].n;
		}
		sum += zero->ring[i].sum;
		n += zero->ring[i].n;
		low = fmin(low, zero->ring[i].low);
		high = fmax(high, zero->ring[i].high);
		filled++;
	}
	if (n < LEAST || filled < LEAST || n_early == 0 || n_early == n || high - low > zero->contact_n)
		return false;
	*mean = sum / n;
	return fabs((sum - early) / (n - n_early) - early / n_early) <= CREEP * zero->contact_n;
}

/* A slot is full: the zero follows a quiet gauge. */
static bool follow(struct acq_zero *zero)
{
	double mean;
	bool jump;

	if (!average(zero, &mean))
		return false;
	if (!isnan(zero->first_n) && fabs(mean - zero->first_n) > FAR * zero->contact_n)
		return false; /* a hand that pulls or holds still, or the wrong polarity: no zero */
	jump = !zero->known || fabs(mean - zero->zero_n) > zero->contact_n;
	zero->zero_n = mean;
	zero->known = true;
	if (jump || isnan(zero->first_n))
		zero->first_n = mean;
	return jump;
}

bool acq_zero_rest(struct acq_zero *zero, int64_t t_ns, double force_n)
{
	int64_t slot = t_ns / SLOT_NS - (t_ns % SLOT_NS < 0);
	bool anew = false;
	unsigned i;

	if (!zero->known && fabs(force_n) <= zero->contact_n) {
		zero->known = true;
		zero->zero_n = force_n;
	}
	if (zero->tail)
		zero->from_ns = t_ns + TAIL_NS;
	zero->tail = false;
	if (t_ns < zero->from_ns)
		return false;
	if (zero->slot == INT64_MIN || slot - zero->slot > ACQ_ZERO_SLOTS) {
		memset(zero->ring, 0, sizeof(zero->ring));
		zero->slot = slot;
	}
	while (zero->slot < slot) {
		zero->slot++;
		memset(&zero->ring[place(zero->slot)], 0, sizeof(zero->ring[0]));
		anew = follow(zero) || anew;
	}
	i = place(zero->slot);
	if (!zero->ring[i].n++) {
		zero->ring[i].low = zero->ring[i].high = force_n;
	} else {
		zero->ring[i].low = fmin(zero->ring[i].low, force_n);
		zero->ring[i].high = fmax(zero->ring[i].high, force_n);
	}
	zero->ring[i].sum += force_n;
	return anew;
}
