/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_wagner.c - emulates a Wagner FPX or FDX force gauge on its USB serial port.
 *
 * Line:      9600 8N1 (used by the open driver UWO-Algometer; the maker's value is not published)
 * Commands:  "?" CR LF and "C?" CR LF, in either case: one reading of what the display shows.
 *            Every command ends with CR LF. Anything else gets no reply at all.
 * Reply:     sign, four digits with a point, blank, unit (lbf kgf ozf N), CR LF. Compression is plus;
 *            the plus is left out, as in the maker's printed example "18.14 kgf".
 * SEND key:  one reading unasked.
 * Peak:      the display, and with it the reading, holds the peak; no flag on the wire.
 * Choices:   decimals by unit as on a 50 lbf model; an overload shows the largest value it can (the
 *            wire image is not published); low battery is not on the wire.
 * Source:    Force Ten FDX manual, p. 20; UWO-Algometer wagnerfpx_builder.py, algometer_wagnerfpx.py.
 */
#include "sim/speak.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct wagner {
	char line[8];
	size_t len;
	bool too_long;
};
_Static_assert(sizeof(struct wagner) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const struct {
	enum alg_unit unit;
	const char *text;
	int decimals;
} units[] = {
	{ALG_UNIT_LBF, "lbf", 2},
	{ALG_UNIT_KGF, "kgf", 2},
	{ALG_UNIT_OZF, "ozf", 1},
	{ALG_UNIT_N, "N", 1},
};

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	double limit_n = gauge->capacity_n * 1.1;
	size_t i = 0;
	char text[40];

	if (force_n > limit_n)
		force_n = limit_n;
	while (i < 3 && units[i].unit != gauge->unit)
		i++;
	double value = force_n / alg_unit_factor_n(units[i].unit), step = units[i].decimals == 2 ? 0.01 : 0.1;

	if (value > -step / 2 && value < step / 2)
		value = 0; /* no "-0.00" on a display */
	int n = snprintf(text, sizeof(text), "%.*f %s\r\n", units[i].decimals, value, units[i].text);

	if (n < 0 || (size_t)n > cap)
		return 0;
	memcpy(out, text, (size_t)n);
	return (size_t)n;
}

static size_t obey(const struct wagner *w, const struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	bool ends = w->len >= 1 && w->line[w->len - 1] == '\r';
	size_t len = ends ? w->len - 1 : 0;

	if (w->too_long || !ends)
		return 0;
	if ((len == 1 && w->line[0] == '?') || (len == 2 && toupper((unsigned char)w->line[0]) == 'C' && w->line[1] == '?'))
		return say_reading(gauge, out, cap);
	return 0;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct wagner *w = state;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\n') {
			used += obey(w, gauge, out + used, SIM_OUT_MAX - used);
			*w = (struct wagner){0};
		} else if (w->len < sizeof(w->line)) {
			w->line[w->len++] = (char)bytes[i];
		} else {
			w->too_long = true;
		}
	}
	return used;
}

static size_t send_key(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	(void)state;
	return say_reading(gauge, out, SIM_OUT_MAX);
}

const struct sim_speaker sim_speaker_wagner = {
	.family = "wagner",
	.baud = 9600,
	.unit = ALG_UNIT_KGF,
	.capacity_n = 222.411080763, /* 50 lbf */
	.reply_us = 4000,
	.hear = hear,
	.send_key = send_key,
};
