/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_kern_scale.c - emulates a KERN balance that sends without end once it is told to (EW 6200-2NM).
 *
 * Line:      1200 8N2
 * Commands:  O1 CR LF: weights without end, answered A00 CR LF; anything else E01 CR LF
 * Frame:     15 bytes: sign, 8 characters of the number with its point, two of the unit (" G" CT OZ LB OT DW GR), S1 a
 *            comparison or blank, S2 S stable, U not, E error; CR LF. (Other models have 7 characters, 14 bytes.)
 * Choices:   four frames a second (137 ms each on the line); plus is '+'; no limits are set, so S1 is blank; stable is
 *            what has changed by less than two last digits since the frame before; beyond 110 % it is an error with
 *            blanks for a number.
 * Source:    the facts of libsigrok's kern-scale driver.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct kern {
	char line[8];
	size_t len;
	bool too_long, streams;
	double last_n;
};
_Static_assert(sizeof(struct kern) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const struct {
	enum alg_unit unit;
	const char *word;
	int decimals;
	double step;
} units[] = {
	{ALG_UNIT_GF, " G", 2, 0.01}, {ALG_UNIT_CARAT, "CT", 1, 0.1}, {ALG_UNIT_OZF, "OZ", 3, 0.001},
	{ALG_UNIT_LBF, "LB", 4, 0.0001}, {ALG_UNIT_TROY_OZ, "OT", 3, 0.001}, {ALG_UNIT_PENNYWEIGHT, "DW", 2, 0.01},
	{ALG_UNIT_GRAIN, "GR", 1, 0.1},
};
enum { N_UNITS = sizeof(units) / sizeof(units[0]) };

static size_t text(uint8_t *out, const char *line)
{
	memcpy(out, line, strlen(line));
	return strlen(line);
}

static size_t obey(struct kern *k, struct sim_gauge *gauge, uint8_t *out)
{
	if (k->too_long || k->len != 3 || memcmp(k->line, "O1\r", 3) != 0)
		return text(out, "E01\r\n");
	k->streams = true;
	gauge->rate_hz = 4;
	return text(out, "A00\r\n");
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct kern *k = state;
	size_t used = 0;

	for (size_t i = 0; i < n && used + 8 < SIM_OUT_MAX; i++) {
		if (bytes[i] == '\n') {
			used += obey(k, gauge, out + used);
			k->len = 0;
			k->too_long = false;
		} else if (k->len < sizeof(k->line)) {
			k->line[k->len++] = (char)bytes[i];
		} else {
			k->too_long = true;
		}
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct kern *k = state;
	double force_n = gauge->force_n - gauge->tare_n;
	char line[64];
	size_t u = 0;

	if (!k->streams)
		return 0;
	while (u < N_UNITS - 1 && units[u].unit != gauge->unit)
		u++;
	if (units[u].unit != gauge->unit)
		u = 0;
	double step_n = units[u].step * alg_unit_factor_n(units[u].unit);
	double value = floor(force_n / step_n + 0.5) * units[u].step;
	bool stable = fabs(force_n - k->last_n) < 2 * step_n;

	k->last_n = force_n;
	if (fabs(force_n) > gauge->capacity_n * 1.1)
		snprintf(line, sizeof(line), "%c        %s E\r\n", force_n < 0 ? '-' : '+', units[u].word);
	else
		snprintf(line, sizeof(line), "%c%8.*f%s %c\r\n", value < 0 ? '-' : '+', units[u].decimals, fabs(value),
			units[u].word, stable ? 'S' : 'U');
	return text(out, line);
}

const struct sim_speaker sim_speaker_kern_scale = {
	.family = "kern-scale",
	.talks = true,
	.baud = 1200,
	.stop_bits = 2,
	.unit = ALG_UNIT_GF,
	.capacity_n = 60.80123, /* 6200 g */
	.hear = hear,
	.tick = tick,
};
