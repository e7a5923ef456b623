/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_imada.c - emulates an Imada DST gauge speaking single letters and CR (also DS2, DPS, DSV).
 *
 * Line:      19200 8N1; commands and replies end with CR
 * Readings:  D: sign, 5 characters of number with its point, unit (N newton, K kgf, O lbf), mode (T live, P peak),
 *            state (L under, O within, H over the set points, E overload)
 * Commands:  Z zero, T live, P peak, N K O unit: answered R; anything else E
 * Banner:    "Gauge Started." once
 * Choices:   pressing is plus; the banner comes with the first command, not with the opening of the port; no set
 *            points, so the state is O or E; the overload starts at 110 % and the number goes on; a number of more
 *            than 5 characters is shown as the largest that fits; set points, memory and switching off (E, OM, OC,
 *            Q) are not emulated and answered E; zeroing clears the peak.
 * Source:    open drivers of the DS2, the DST/DSV and the DST-44A.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct imada {
	char command;
	size_t len;
	bool awake;
};
_Static_assert(sizeof(struct imada) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const struct {
	enum alg_unit unit;
	char letter;
	int decimals;
} units[] = {
	{ALG_UNIT_N, 'N', 2},
	{ALG_UNIT_KGF, 'K', 3},
	{ALG_UNIT_LBF, 'O', 2},
};
enum { N_UNITS = sizeof(units) / sizeof(units[0]) };

static size_t text(uint8_t *out, const char *line)
{
	memcpy(out, line, strlen(line));
	return strlen(line);
}

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	bool over = fabs(force_n) > gauge->capacity_n * 1.1;
	char number[40], line[48];
	size_t u = 0;

	while (u < N_UNITS - 1 && units[u].unit != gauge->unit)
		u++;
	double value = force_n / alg_unit_factor_n(units[u].unit);
	int decimals = units[u].decimals;

	do
		snprintf(number, sizeof(number), "%0*.*f", 5, decimals, fabs(value));
	while (strlen(number) > 5 && decimals-- > 1);
	if (strlen(number) > 5)
		strcpy(number, "999.9");
	bool minus = value < 0 && strpbrk(number, "123456789");

	snprintf(line, sizeof(line), "%c%s%c%c%c\r", minus ? '-' : '+', number, units[u].letter,
		gauge->peak_mode ? 'P' : 'T', over ? 'E' : 'O');
	return text(out, line);
}

static size_t obey(struct sim_gauge *gauge, char command, uint8_t *out)
{
	for (size_t i = 0; i < N_UNITS; i++)
		if (units[i].letter == command) {
			gauge->unit = units[i].unit;
			return text(out, "R\r");
		}
	switch (command) {
	case 'D':
		return say_reading(gauge, out);
	case 'Z':
		gauge->tare_n = gauge->force_n;
		sim_gauge_clear_peaks(gauge);
		return text(out, "R\r");
	case 'T':
	case 'P':
		gauge->peak_mode = command == 'P';
		return text(out, "R\r");
	default:
		return text(out, "E\r");
	}
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct imada *m = state;
	size_t used = 0;

	for (size_t i = 0; i < n && used + 32 < SIM_OUT_MAX; i++) {
		if (bytes[i] != '\r') {
			m->command = (char)bytes[i];
			m->len++;
			continue;
		}
		if (!m->awake)
			used += text(out + used, "Gauge Started.\r");
		m->awake = true;
		used += obey(gauge, m->len == 1 ? m->command : '\0', out + used);
		m->len = 0;
	}
	return used;
}

const struct sim_speaker sim_speaker_imada = {
	.family = "imada",
	.baud = 19200,
	.unit = ALG_UNIT_N,
	.capacity_n = 200,
	.reply_us = 2000,
	.hear = hear,
};
