/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_shimpo.c - emulates a Nidec-Shimpo FG gauge (FG-3000, FG-7000, EFG, ETTA, ...).
 *
 * Line:      38400 8N1
 * Readings:  3F (no terminator): '-' when pushed, nothing when pulled, 1-6 characters of digits and point, 20, unit, 0D
 * Commands:  50 5A 00 zero, answered 52 06; 3F 43 01 one reading, 3F 43 02..05 a stream of 10, 20, 50, 100 a
 *            second, 3F 43 FF ends it
 * Choices:   3F and 3F 43 begin alike: a 3F is obeyed as soon as the bytes that came with it do not go on with 43, so a
 *            stream has to be asked for in one piece; a command of three bytes that stays unfinished is
 *            forgotten with the next piece; an overload shows the largest value it can; zeroing clears the peak; units
 *            are not changed by command, and memory is not emulated.
 * Source:    Force & Torque Inst. Data Transfer Protocol V1.0; FG7000T series RS232 Communication Command V1.0.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct shimpo {
	bool streams;
};
_Static_assert(sizeof(struct shimpo) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const struct {
	enum alg_unit unit;
	const char *word;
	int decimals;
} units[] = {
	{ALG_UNIT_N, "N", 2}, {ALG_UNIT_KGF, "kgf", 3}, {ALG_UNIT_LBF, "lbf", 2}, {ALG_UNIT_OZF, "ozf", 1},
	{ALG_UNIT_GF, "gf", 0}, {ALG_UNIT_MILLI_N, "mN", 0}, {ALG_UNIT_KN, "kN", 4},
};
enum { N_UNITS = sizeof(units) / sizeof(units[0]) };

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	double limit_n = gauge->capacity_n * 1.1;
	char number[40], line[64];
	size_t u = 0;

	while (u < N_UNITS - 1 && units[u].unit != gauge->unit)
		u++;
	if (units[u].unit != gauge->unit)
		u = 0;
	if (fabs(force_n) > limit_n)
		force_n = copysign(limit_n, force_n);
	double value = force_n / alg_unit_factor_n(units[u].unit);
	int decimals = units[u].decimals;

	do
		snprintf(number, sizeof(number), "%.*f", decimals, fabs(value));
	while (strlen(number) > 6 && decimals-- > 0);
	bool pushed = value > 0 && strpbrk(number, "123456789");
	int n = snprintf(line, sizeof(line), "%s%.6s %s\r", pushed ? "-" : "", number, units[u].word);

	memcpy(out, line, (size_t)n);
	return (size_t)n;
}

static size_t obey_three(struct shimpo *s, struct sim_gauge *gauge, const uint8_t *bytes, uint8_t *out)
{
	static const double rates_hz[] = {10, 20, 50, 100};

	if (memcmp(bytes, "PZ\0", 3) == 0) {
		gauge->tare_n = gauge->force_n;
		sim_gauge_clear_peaks(gauge);
		memcpy(out, "R\x06", 2);
		return 2;
	}
	if (bytes[0] != '?' || bytes[1] != 'C')
		return 0;
	if (bytes[2] == 1)
		return say_reading(gauge, out);
	if (bytes[2] >= 2 && bytes[2] <= 5) {
		s->streams = true;
		gauge->rate_hz = rates_hz[bytes[2] - 2];
	} else if (bytes[2] == 0xFF) {
		s->streams = false;
	}
	return 0;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	size_t used = 0;

	for (size_t i = 0; i < n && used + 32 < SIM_OUT_MAX; i++) {
		bool long_one = bytes[i] == 'P' || (bytes[i] == '?' && i + 1 < n && bytes[i + 1] == 'C');

		if (long_one && n - i >= 3) {
			used += obey_three(state, gauge, bytes + i, out + used);
			i += 2;
		} else if (bytes[i] == '?' && !long_one) {
			used += say_reading(gauge, out + used);
		}
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	return ((struct shimpo *)state)->streams ? say_reading(gauge, out) : 0;
}

const struct sim_speaker sim_speaker_shimpo = {
	.family = "shimpo",
	.baud = 38400,
	.unit = ALG_UNIT_N,
	.capacity_n = 200,
	.reply_us = 2000,
	.hear = hear,
	.tick = tick,
};
