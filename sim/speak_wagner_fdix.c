/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_wagner_fdix.c - emulates a Wagner FDIX on RS-232, its menu set to the maker's own protocol.
 *
 * Commands:  F one reading; C.5 C1 C2 C5 C10 C20 C50 C100 set the stream's rate without starting it; CA sends
 *            every reading, CX only those above 2 % of full scale; CB starts, CE stops; each ends with CR
 * SEND key:  starts the stream (a setting of the gauge's menu)
 * Choices:   the maker publishes neither speed nor the layout of an answer, so: 9600 8N1; sign only when minus,
 *            number, blank, unit (lbf kgf ozf N), CR LF, as its FDX; compression plus; what it does not know it
 *            does not answer; its rate is 10 a second and every reading is sent until it is told otherwise; an
 *            overload shows the largest value it can.
 * Source:    FDIX Continuous Output Mode, manual addendum 9/06; a laboratory's page on reading it (UNC).
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct fdix {
	char line[8];
	size_t len;
	bool too_long, above_only, running;
	double rate_hz; /* 0: not set yet */
};
_Static_assert(sizeof(struct fdix) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const double usual_hz = 10, least_part = 0.02;

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

static const struct {
	const char *command;
	double hz;
} rates[] = {
	{"C.5", 0.5}, {"C1", 1}, {"C2", 2}, {"C5", 5}, {"C10", 10}, {"C20", 20}, {"C50", 50}, {"C100", 100},
};

static double shown_n(const struct sim_gauge *gauge)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;

	return fmin(force_n, gauge->capacity_n * 1.1);
}

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	size_t u = 0;
	char text[40];

	while (u < 3 && units[u].unit != gauge->unit)
		u++;
	double value = shown_n(gauge) / alg_unit_factor_n(units[u].unit);

	if (fabs(value) < (units[u].decimals == 2 ? 0.005 : 0.05))
		value = 0; /* no "-0.00" on a display */
	int n = snprintf(text, sizeof(text), "%.*f %s\r\n", units[u].decimals, value, units[u].text);

	if (n < 0 || (size_t)n > cap)
		return 0;
	memcpy(out, text, (size_t)n);
	return (size_t)n;
}

static void run(struct fdix *f, struct sim_gauge *gauge, bool on)
{
	f->running = on;
	gauge->rate_hz = on ? f->rate_hz > 0 ? f->rate_hz : usual_hz : 0;
}

static size_t obey(struct fdix *f, struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	if (strcmp(f->line, "F") == 0)
		return say_reading(gauge, out, cap);
	if (strcmp(f->line, "CB") == 0 || strcmp(f->line, "CE") == 0)
		run(f, gauge, f->line[1] == 'B');
	else if (strcmp(f->line, "CA") == 0 || strcmp(f->line, "CX") == 0)
		f->above_only = f->line[1] == 'X';
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++)
		if (strcmp(f->line, rates[i].command) == 0) {
			f->rate_hz = rates[i].hz;
			run(f, gauge, f->running);
		}
	return 0;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct fdix *f = state;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\r') {
			f->line[f->len] = '\0';
			if (!f->too_long)
				used += obey(f, gauge, out + used, SIM_OUT_MAX - used);
			f->len = 0;
			f->too_long = false;
		} else if (f->len < sizeof(f->line) - 1 && bytes[i]) {
			f->line[f->len++] = (char)bytes[i];
		} else {
			f->too_long = true;
		}
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct fdix *f = state;

	if (!f->running || (f->above_only && fabs(shown_n(gauge)) <= least_part * gauge->capacity_n))
		return 0;
	return say_reading(gauge, out, SIM_OUT_MAX);
}

static size_t send_key(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	(void)out;
	run(state, gauge, true);
	return 0;
}

const struct sim_speaker sim_speaker_wagner_fdix = {
	.family = "wagner-fdix",
	.baud = 9600,
	.unit = ALG_UNIT_KGF,
	.capacity_n = 222.411080763, /* 50 lbf */
	.reply_us = 4000,
	.hear = hear,
	.tick = tick,
	.send_key = send_key,
};
