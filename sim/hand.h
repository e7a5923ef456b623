/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hand.h - one press of the emulated examiner: contact, a ramp at an imperfect rate, tremor, the
 * moment more that it takes to react, release. The force is a pure function of time, so that it can
 * be asked at any instant, in any order.
 */
#ifndef SIM_HAND_H
#define SIM_HAND_H

#include <stdbool.h>
#include <stdint.h>

struct sim_hand_style {
	double rate_n_s;     /* what he tries to do */
	double rate_spread;  /* SD of the press's mean rate, as a share of it */
	double wander;       /* SD of the slow waver of the rate within a press, same */
	double tremor_n;     /* SD of the tremor (6-10 Hz) once he presses firmly */
	double haste;        /* 1: as told; 2: twice as fast */
	double top_n;        /* the ramp stops here and is held; 0: it does not */
};

struct sim_hand {
	int64_t t_contact_ns;
	int64_t t_lift_ns;   /* where the release begins; INT64_MAX: not yet decided */
	double rate_n_s, top_n;
	double release_s;
	double wander, tremor_n;
	double wander_hz[2], wander_turn[2];
	double tremor_hz[3], tremor_turn[3];
};

/* key: chance of this press. */
void sim_hand_start(struct sim_hand *hand, const struct sim_hand_style *style, uint64_t key, int64_t t_contact_ns);
/* Force on the skin at t [N], never below zero; 0 before contact and after the release. */
double sim_hand_force_n(const struct sim_hand *hand, int64_t t_ns);
/*
 * First instant at which the ramp, tremor aside, reaches force_n; INT64_MAX when it does not within
 * two minutes. Does not look at the lift.
 */
int64_t sim_hand_reaches_ns(const struct sim_hand *hand, double force_n);
/* When nothing is left of the press; INT64_MAX while the lift is not decided. */
int64_t sim_hand_end_ns(const struct sim_hand *hand);

#endif
