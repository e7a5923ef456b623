/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stamp.h - when the readings of a streaming gauge were sent, though an adapter bundles their bytes. Pure.
 *
 * A gauge that streams sends reading n at t0 + n P. What is seen of it is never earlier: latest = t0 + n P +
 * delay, with a delay from 0 to the adapter's timer (16 ms with FTDI's default, AN232B-04) or the host's own
 * tardiness. So the line lies under all points (n, latest), and touches those that were not delayed. Period and
 * offset together are the edge of the points' lower convex hull above the middle of the window: of all lines
 * under the points the one with the least sum of delays (Moon, Skelly, Towsley: Estimation and removal of
 * clock skew from network delay measurements, IEEE INFOCOM 1999). The hull is kept as the points come.
 *
 * Where period and timer have a common measure G, the delays take only the values d, d + G, d + 2 G ..., and
 * which d from 0 to G cannot be known: the line is put G / 2 lower, which is wrong by G / 2 at most. G is the
 * step from the lowest cluster of the last delays to the next one, less what they are seen to drift. With a
 * timer of 16 ms it is 2 ms at 100 readings a second, 8 ms at 125, 4 ms at 250: the price of clocks that
 * stand still to each other. While they drift (100 ppm), the beat at 100 Hz may make it 2 ms instead of 1.
 *
 * Where the delays step by half a period (a reading is missing, or a beat of the two clocks is through) the line
 * is laid anew under the last 16 readings, with its old period. Until two seconds and 32 readings have come, after
 * a gap, after a delay over 40 ms, after step upon step (the rate is another one), and where the readings are not
 * regular, the answer is what was given. Else the estimate moves against the period by 1/64 of
 * it per reading at most; it is never later than what was given.
 *
 * A gauge with a clock of its own tells when, and its period need not be regular: the points are then
 * (its clock, latest), and the line under them turns its clock into this machine's. A clock runs right to 1 % (a
 * board's resonator to 0.5 %), so the line's slope is kept within that, and is 1 until two seconds have come: what was
 * delayed less before tells of the first readings already. It starts anew when that clock goes back (the board was
 * reset, or its counter is through), jumps, or stands still for 30 s or more between two readings. The estimate is
 * wrong by half of G as above (by G while the clocks drift) and by one step of that clock: it is the earlier of what
 * that may mean.
 */
#ifndef ALG_STAMP_H
#define ALG_STAMP_H

#include <stdbool.h>
#include <stdint.h>

enum { ALG_STAMP_HULL = 64, ALG_STAMP_LAST = 64 };

struct alg_stamp_point {
	int64_t n, latest_ns; /* n: the reading's number, or its time on the gauge's clock in microseconds */
};

struct alg_stamp {
	int64_t n;            /* readings since the last restart */
	struct alg_stamp_point hull[ALG_STAMP_HULL]; /* lower convex hull of the window, oldest first */
	int n_hull;
	struct alg_stamp_point last[ALG_STAMP_LAST]; /* a ring */
	int64_t first_ns;     /* latest of the first reading */
	int64_t step_n, step_ns; /* since the last step: the first reading that counts, and when that was */
	int64_t t_ns;         /* the last estimate */
	int64_t clock_us;     /* of the last reading, where the gauge has a clock */
	double lower_ns;      /* half of G, or of what is left of it */
	double lowest_ns;     /* how far the lowest cluster rose from the line */
	int n_late;           /* readings in succession that are all late */
	int n_steps;          /* less than two seconds after each other */
	bool settled;
};

/* Forgets everything: after a gap. A zeroed struct is as good. */
void alg_stamp_restart(struct alg_stamp *stamp);
/* The next reading, which cannot have been sent after latest_ns: when it was sent. */
int64_t alg_stamp_next(struct alg_stamp *stamp, int64_t latest_ns);
/* The same for a reading taken at device_ns on the gauge's own clock. One or the other for a gauge, not both. */
int64_t alg_stamp_clock(struct alg_stamp *stamp, int64_t device_ns, int64_t latest_ns);
/* What the model believes [ns]; 0 while it is not settled. */
double alg_stamp_period_ns(const struct alg_stamp *stamp);

#endif
