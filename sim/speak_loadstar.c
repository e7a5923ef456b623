/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_loadstar.c - emulates a Loadstar iLoad or a cell on a DI-100, DI-1000 or LV-100.
 *
 * Line:      9600 8N1; commands end with CR, answers with CR LF
 * Commands:  CR alone: A; CT0 tare: A; W or O0W1: one reading, an integer in thousandths of a pound; O0W0: readings
 *            without end until a CR; SLC capacity in pounds; SS0 model; SS1 factory id; ? the list of commands
 * Choices:   '-' before a negative reading, compression plus (the maker says neither); O0T0, O0T1, O0S2 and CPS are
 *            not known here; while it streams a CR only ends the stream, silently, whatever stands before it;
 *            capacity as "50", the list of commands in one line; an unknown command is not answered; an overload shows the largest value it can; a tick of its clock is a reading of its stream.
 * Source:    Loadstar's page on writing software and its command set; LV-100 manual p. 8.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_HZ = 100 }; /* 9 bytes a reading are all that 9600 baud carry; 150 and more at 230400 */

struct loadstar {
	char line[8];
	size_t len;
	bool too_long, running;
};
_Static_assert(sizeof(struct loadstar) <= SIM_SPEAKER_STATE_MAX, "state fits");

static size_t say(uint8_t *out, size_t cap, const char *text)
{
	size_t n = strlen(text);

	if (n + 2 > cap)
		return 0;
	memcpy(out, text, n);
	memcpy(out + n, "\r\n", 2);
	return n + 2;
}

static size_t say_reading(const struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	double limit_n = gauge->capacity_n * 1.1, force_n = fmin(gauge->force_n - gauge->tare_n, limit_n);
	char text[24];

	snprintf(text, sizeof(text), "%ld", lround(fmax(force_n, -limit_n) / alg_unit_factor_n(ALG_UNIT_LBF) * 1000));
	return say(out, cap, text);
}

static void run(struct loadstar *l, struct sim_gauge *gauge, bool on)
{
	l->running = on;
	gauge->rate_hz = on ? STREAM_HZ : 0;
}

static size_t obey(struct loadstar *l, struct sim_gauge *gauge, uint8_t *out, size_t cap)
{
	static const char *const answers[][2] = {
		{"", "A"}, {"SS0", "iLoad (simulated)"}, {"SS1", "SIM0002"}, {"SLC", "50"},
		{"?", "W O0W0 O0W1 CT0 SLC SS0 SS1"},
	};

	if (l->running) {
		run(l, gauge, false);
		return 0;
	}
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (strcmp(l->line, answers[i][0]) == 0)
			return say(out, cap, answers[i][1]);
	if (strcmp(l->line, "W") == 0 || strcmp(l->line, "O0W1") == 0)
		return say_reading(gauge, out, cap);
	if (strcmp(l->line, "O0W0") == 0)
		run(l, gauge, true);
	if (strcmp(l->line, "CT0") != 0)
		return 0;
	gauge->tare_n = gauge->force_n;
	return say(out, cap, "A");
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct loadstar *l = state;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\r') {
			l->line[l->len] = '\0';
			if (!l->too_long)
				used += obey(l, gauge, out + used, SIM_OUT_MAX - used);
			l->len = 0;
			l->too_long = false;
		} else if (l->len < sizeof(l->line) - 1 && bytes[i]) {
			l->line[l->len++] = (char)bytes[i];
		} else {
			l->too_long = true;
		}
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct loadstar *l = state;

	return l->running ? say_reading(gauge, out, SIM_OUT_MAX) : 0;
}

const struct sim_speaker sim_speaker_loadstar = {
	.family = "loadstar",
	.baud = 9600,
	.unit = ALG_UNIT_LBF,
	.capacity_n = 222.411080763, /* 50 lbf */
	.reply_us = 3000,
	.hear = hear,
	.tick = tick,
};
