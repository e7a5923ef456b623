/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_lutron.c - emulates a Lutron force gauge (FG-5000A, FG-5100, FG-6005SD, ... and rebrands).
 *
 * Line:      9600 8N1; the meter sends by itself and listens to nothing
 * Frame:     16 bytes: 02 '4' '1' U U P D VVVVVVVV 0D, U unit (55 kg 56 lb 57 g 58 oz 59 N), P polarity
 *            ('0' plus, '1' minus), D decimals counted from the right, V digits, most significant first
 * Choices:   5 frames a second (the rate is not published); peak hold freezes the digits; an overload
 *            shows the largest value it can; pressing is plus; low battery is not on the wire.
 * Source:    FG-6005SD manual p. 26; FR-5120 manual p. 9.
 */
#include "sim/speak.h"

#include <math.h>
#include <string.h>

static const struct {
	enum alg_unit unit;
	char code[3];
	int decimals;
} units[] = {
	{ALG_UNIT_KGF, "55", 3},
	{ALG_UNIT_LBF, "56", 2},
	{ALG_UNIT_GF, "57", 0},
	{ALG_UNIT_OZF, "58", 1},
	{ALG_UNIT_N, "59", 2},
};

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	static const double power[] = {1, 10, 100, 1000};
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	double limit_n = gauge->capacity_n * 1.1;
	size_t u = 0;

	(void)state;
	if (force_n > limit_n)
		force_n = limit_n;
	if (force_n < -limit_n)
		force_n = -limit_n;
	while (u < 4 && units[u].unit != gauge->unit)
		u++;
	double value = force_n / alg_unit_factor_n(units[u].unit) * power[units[u].decimals];
	long digits = (long)floor(fabs(value) + 0.5);

	out[0] = 0x02;
	out[1] = '4';
	out[2] = '1';
	out[3] = (uint8_t)units[u].code[0];
	out[4] = (uint8_t)units[u].code[1];
	out[5] = value < 0 && digits ? '1' : '0';
	out[6] = (uint8_t)('0' + units[u].decimals);
	for (int i = 14; i >= 7; i--, digits /= 10)
		out[i] = (uint8_t)('0' + digits % 10);
	out[15] = 0x0D;
	return 16;
}

const struct sim_speaker sim_speaker_lutron = {
	.family = "lutron",
	.talks = true,
	.baud = 9600,
	.unit = ALG_UNIT_N,
	.capacity_n = 196.133, /* 20 kg */
	.rate_hz = 5,
	.tick = tick,
};
