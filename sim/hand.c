/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/hand.h"

#include "base/clock.h"
#include "sim/random.h"

#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double two_pi = 6.283185307179586476925;
static const double onset_s = 0.15;    /* the skin gives: the rate builds up over this time */
static const double firm_n = 5;        /* tremor grows with the force up to here */
static const int64_t longest_ns = 120 * ALG_NS_PER_S;

void sim_hand_start(struct sim_hand *hand, const struct sim_hand_style *style, uint64_t key, int64_t t_contact_ns)
{
	double off = style->rate_spread * sim_normal(key, 0);

	if (off < -0.5)
		off = -0.5;
	*hand = (struct sim_hand){
		.t_contact_ns = t_contact_ns,
		.t_lift_ns = INT64_MAX,
		.rate_n_s = style->rate_n_s * style->haste * (1 + off),
		.top_n = style->top_n,
		.release_s = 0.25 + 0.2 * sim_uniform(key, 10),
		.wander = style->wander,
		.tremor_n = style->tremor_n,
	};
	for (int i = 0; i < 2; i++) {
		hand->wander_hz[i] = 0.2 + 0.4 * i + 0.25 * sim_uniform(key, (uint64_t)(20 + i));
		hand->wander_turn[i] = sim_uniform(key, (uint64_t)(22 + i));
	}
	for (int i = 0; i < 3; i++) {
		hand->tremor_hz[i] = 6 + 4 * (i + sim_uniform(key, (uint64_t)(30 + i))) / 3;
		hand->tremor_turn[i] = sim_uniform(key, (uint64_t)(33 + i));
	}
}

/* The ramp s seconds after contact: the integral of a wavering rate. */
static double ramp_n(const struct sim_hand *h, double s)
{
	double u = s < onset_s ? s * s / (2 * onset_s) : s - onset_s / 2, path = u;

	for (int i = 0; i < 2; i++) {
		double w = h->wander_hz[i];

		/* An amplitude of wander in each of two waves gives that SD together. */
		path += h->wander / (two_pi * w) *
			(sim_sine(h->wander_turn[i] + 0.25) - sim_sine(w * u + h->wander_turn[i] + 0.25));
	}
	return h->rate_n_s * path;
}

static double pressing_n(const struct sim_hand *h, double s)
{
	double ramp = ramp_n(h, s), smooth = h->top_n > 0 && ramp > h->top_n ? h->top_n : ramp, firm = smooth < firm_n ? smooth / firm_n : 1, sum = 0;

	if (h->tremor_n > 0)
		for (int i = 0; i < 3; i++)
			sum += sim_sine(h->tremor_hz[i] * s + h->tremor_turn[i]);
	return smooth + h->tremor_n * firm * sqrt(2 / 3.0) * sum;
}

double sim_hand_force_n(const struct sim_hand *h, int64_t t_ns)
{
	double force_n, left = 1;

	if (t_ns <= h->t_contact_ns || (h->t_lift_ns <= h->t_contact_ns))
		return 0;
	int64_t until = t_ns < h->t_lift_ns ? t_ns : h->t_lift_ns;

	force_n = pressing_n(h, alg_ns_to_s(until - h->t_contact_ns));
	if (t_ns > h->t_lift_ns) {
		double part = alg_ns_to_s(t_ns - h->t_lift_ns) / h->release_s;

		left = part >= 1 ? 0 : 1 - part * part * (3 - 2 * part);
	}
	return force_n > 0 ? force_n * left : 0;
}

int64_t sim_hand_reaches_ns(const struct sim_hand *h, double force_n)
{
	const int64_t step = 10 * ALG_NS_PER_MS;
	int64_t low = 0, high = 0;

	while (high < longest_ns && ramp_n(h, alg_ns_to_s(high)) < force_n) {
		low = high;
		high += step;
	}
	if (high >= longest_ns)
		return INT64_MAX;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (ramp_n(h, alg_ns_to_s(middle)) < force_n)
			low = middle;
		else
			high = middle;
	}
	return h->t_contact_ns + high;
}

int64_t sim_hand_end_ns(const struct sim_hand *h)
{
	if (h->t_lift_ns == INT64_MAX)
		return INT64_MAX;
	return (h->t_lift_ns > h->t_contact_ns ? h->t_lift_ns : h->t_contact_ns) + alg_s_to_ns(h->release_s);
}
