/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_phidget.c - emulates a PhidgetBridge 1046 with a load cell on its first input.
 *
 * Host:      5 bytes: inputs that are on (bits 0-3); gains of inputs 0 1 and 2 3, the first in the upper nibble; period / 8 ms,
 *            low byte first
 * Device:    18 bytes: inputs on (low nibble) and with a new value (high nibble); errors; gains; period / 8 ms, two bits and
 *            eight; four values of 24 bits, big endian, 800000 in the middle
 * Choices:   the cell gives 2 mV/V at its capacity, 0 without load; the other inputs 0; every report has new values of
 *            all inputs that are on; an input past its range has its error bit and its last value; it says nothing
 *            while no input is on; an unknown gain or a period outside 8 to 1000 ms: not obeyed.
 * Source:    libphidget 2.1.8: cphidgetbridge.c
 */
#include "sim/speak.h"

#include <math.h>
#include <string.h>

enum { HOST_LEN = 5, LEN = 18, INPUTS = 4, MIDDLE = 0x800000, PERIOD_MOST = 125 };

#define CAPACITY_MV_V 2.0

struct phidget {
	uint8_t on, gains[2];
	int period; /* 8 ms */
};
_Static_assert(sizeof(struct phidget) <= SIM_SPEAKER_STATE_MAX, "state fits");

static int gain(const struct phidget *p, int input)
{
	static const uint8_t gains[16] = {1, 0, 0, 8, 16, 32, 64, 128};
	uint8_t two = p->gains[input / 2];

	return gains[input % 2 ? two & 15 : two >> 4];
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct phidget *p = state, next;

	(void)out;
	if (n != HOST_LEN)
		return 0;
	next = (struct phidget){.on = bytes[0] & 15, .gains = {bytes[1], bytes[2]}, .period = bytes[3] | (bytes[4] & 3) << 8};
	for (int i = 0; i < INPUTS; i++)
		if (gain(&next, i) == 0)
			return 0;
	if (next.period < 1 || next.period > PERIOD_MOST)
		return 0;
	*p = next;
	gauge->rate_hz = p->on ? 125.0 / p->period : 0;
	return 0;
}

/* The input's 24 bits; true when they are at their end. */
static bool put_value(const struct phidget *p, int input, double mv_v, uint8_t *out)
{
	double raw = round(MIDDLE + mv_v * gain(p, input) / 1000 * MIDDLE), inside = fmin(fmax(raw, 0), 0xFFFFFF);
	uint32_t bits = (uint32_t)inside;

	out[0] = (uint8_t)(bits >> 16);
	out[1] = (uint8_t)(bits >> 8);
	out[2] = (uint8_t)bits;
	return inside != raw;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	const struct phidget *p = state;

	if (!p->on)
		return 0;
	memset(out, 0, LEN);
	out[0] = (uint8_t)(p->on | p->on << 4);
	out[2] = p->gains[0];
	out[3] = p->gains[1];
	out[4] = (uint8_t)(p->period >> 8);
	out[5] = (uint8_t)p->period;
	for (int i = 0; i < INPUTS; i++) {
		double mv_v = i == 0 ? CAPACITY_MV_V * gauge->force_n / gauge->capacity_n : 0;

		if (p->on & 1 << i && put_value(p, i, mv_v, out + 6 + 3 * i))
			out[1] |= (uint8_t)(1 << i);
	}
	return LEN;
}

const struct sim_speaker sim_speaker_phidget = {
	.family = "phidget",
	.packets = true,
	.unit = ALG_UNIT_N,
	.capacity_n = 500,
	.hear = hear,
	.tick = tick,
};
