/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_sauter.c - emulates a Sauter FH (or an older FL, FH-M).
 *
 * Line:      9600 8N1; requests are single characters without a terminator
 * Commands:  9 one reading; 2 zero; 3 kN, 4 tf, 5 klbf; 6 track (live), 7 peak. Nothing else is answered
 * Reply:     7 characters: 0 push or 1 pull, then six of digits and one point, zeros in front: "0011.70". The unit
 *            is not sent
 * Choices:   nothing ends an answer (the maker names no terminator); three decimals for kN, tf and klbf, else two;
 *            a load of nothing is a pull of nothing; only 9 is answered; an overload shows the largest value it can.
 * Source:    Sauter FH manual p. 13; FL manual p. 14.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int decimals_of(enum alg_unit unit)
{
	return unit == ALG_UNIT_KN || unit == ALG_UNIT_TF || unit == ALG_UNIT_KLBF ? 3 : 2;
}

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	double limit_n = gauge->capacity_n * 1.1;
	int decimals = decimals_of(gauge->unit);
	char text[32];

	force_n = fmax(fmin(force_n, limit_n), -limit_n);
	double value = force_n / alg_unit_factor_n(gauge->unit), size = fmin(fabs(value), decimals == 3 ? 99.999 : 999.99);
	bool push = value >= (decimals == 3 ? 0.0005 : 0.005);
	int n = snprintf(text, sizeof(text), "%c%06.*f", push ? '0' : '1', decimals, size);

	if (n != 7 || cap < 7)
		return 0;
	memcpy(out, text, 7);
	return 7;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	static const enum alg_unit units[] = {ALG_UNIT_KN, ALG_UNIT_TF, ALG_UNIT_KLBF};
	size_t used = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '9')
			used += say_reading(gauge, out + used, SIM_OUT_MAX - used);
		else if (bytes[i] == '2')
			gauge->tare_n = gauge->force_n;
		else if (bytes[i] >= '3' && bytes[i] <= '5')
			gauge->unit = units[bytes[i] - '3'];
		else if (bytes[i] == '6' || bytes[i] == '7')
			gauge->peak_mode = bytes[i] == '7';
	}
	return used;
}

const struct sim_speaker sim_speaker_sauter = {
	.family = "sauter",
	.baud = 9600,
	.unit = ALG_UNIT_N,
	.capacity_n = 500,
	.reply_us = 5000,
	.hear = hear,
};
