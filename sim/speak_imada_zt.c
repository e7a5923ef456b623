/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_imada_zt.c - emulates an Imada ZTS/ZTA gauge (also Schmidt EZT).
 *
 * Line:      19200 8N1; commands and replies end with CR
 * Readings:  XAR: 21 bytes: a prefix, six of a signed number with its point, eight more, place 0-5 of the unit in the
 *            table, four more, CR
 * Commands:  XFC the table of units as six codes of two digits; XFUn the unit's place; XAg, XAG a stream of
 *            10 or 2000 a second, XAS ends it
 * Choices:   never seen on a wire and made up here: the prefix is 'r', bytes 7-14 and 16-19 are zeros, lines of a
 *            stream look like answers to XAR, XAS and XFUn are answered with nothing, as are unknown commands;
 *            pressing is plus; an overload shows the largest value it can. The table is N, kgf, lbf, g, mN and
 *            nothing.
 * Source:    open programs (IMADA_ZTS.py, ZTS2.py); Schmidt EZT manual pp. 51-52.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct zt {
	char line[8];
	size_t len;
	bool too_long, streams;
};
_Static_assert(sizeof(struct zt) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const struct {
	enum alg_unit unit;
	int decimals;
} units[] = {
	{ALG_UNIT_N, 2}, {ALG_UNIT_KGF, 3}, {ALG_UNIT_LBF, 2}, {ALG_UNIT_GF, 1}, {ALG_UNIT_MILLI_N, 1},
};
enum { N_UNITS = sizeof(units) / sizeof(units[0]) };
static const char table[] = "XFC020811070100\r";

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	double limit_n = gauge->capacity_n * 1.1;
	char number[40], line[64];
	size_t u = 0;

	while (u < N_UNITS - 1 && units[u].unit != gauge->unit)
		u++;
	if (fabs(force_n) > limit_n)
		force_n = copysign(limit_n, force_n);
	double value = force_n / alg_unit_factor_n(units[u].unit);
	int decimals = units[u].decimals;

	do
		snprintf(number, sizeof(number), "%0*.*f", 5, decimals, fabs(value));
	while (strlen(number) > 5 && decimals-- > 1);
	if (strlen(number) > 5)
		strcpy(number, "999.9");
	bool minus = value < 0 && strpbrk(number, "123456789");
	int n = snprintf(line, sizeof(line), "r%c%s00000000%c0000\r", minus ? '-' : '+', number, (char)('0' + u));

	memcpy(out, line, (size_t)n);
	return (size_t)n;
}

static size_t obey(struct zt *z, struct sim_gauge *gauge, uint8_t *out)
{
	const char *line = z->line;

	if (strcmp(line, "XAR") == 0)
		return say_reading(gauge, out);
	if (strcmp(line, "XFC") == 0) {
		memcpy(out, table, sizeof(table) - 1);
		return sizeof(table) - 1;
	}
	if (strcmp(line, "XAg") == 0 || strcmp(line, "XAG") == 0) {
		z->streams = true;
		gauge->rate_hz = line[2] == 'g' ? 10 : 2000;
	} else if (strcmp(line, "XAS") == 0) {
		z->streams = false;
	} else if (strncmp(line, "XFU", 3) == 0 && z->len == 4 && line[3] >= '0' && line[3] < '0' + N_UNITS) {
		gauge->unit = units[line[3] - '0'].unit;
	}
	return 0;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct zt *z = state;
	size_t used = 0;

	for (size_t i = 0; i < n && used + 32 < SIM_OUT_MAX; i++) {
		if (bytes[i] != '\r') {
			if (z->len < sizeof(z->line) - 1)
				z->line[z->len++] = (char)bytes[i];
			else
				z->too_long = true;
			continue;
		}
		z->line[z->len] = '\0';
		if (!z->too_long)
			used += obey(z, gauge, out + used);
		z->len = 0;
		z->too_long = false;
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	return ((struct zt *)state)->streams ? say_reading(gauge, out) : 0;
}

const struct sim_speaker sim_speaker_imada_zt = {
	.family = "imada-zt",
	.baud = 19200,
	.unit = ALG_UNIT_N,
	.capacity_n = 200,
	.reply_us = 1000,
	.hear = hear,
	.tick = tick,
};
