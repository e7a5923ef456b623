/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_mark10.c - emulates a Mark-10 gauge speaking GCL2 (Series 3, 5, 7; Omega DFG55, DFG-RS5).
 *
 * Line:      115200 8N1; commands end with CR, LF is ignored; replies end with CR LF
 * Readings:  ? displayed, ?C live, ?PT peak tension, ?PC peak compression: "[-]digits.digits unit";
 *            plus is never sent, minus is tension (IPOL1 inverts, OPOL1 leaves the sign out)
 * Units:     LB OZ KG G N MN KN, on the wire lbF ozF kgF gF N mN kN; FULL with unit, NUM without
 * Modes:     CUR, PT, PC; CLR clears the peaks, Z zeroes and clears them
 * Stream:    AOUTn, n = 1 2 5 10 25 50 125 250 a second, 0 off; AOUT1 really gives 50 a second
 * Settings:  FLTCn FLTPn n = 0..10, AOFFn n = 0..30, MIT MITD POL NPOL
 * Identity:  RN name, RM model, RV firmware, RS serial; LIST: settings, battery B0 (full) .. B3
 * Errors:    *10 illegal command, *11 not applicable now, *12 invalid number
 * Choices:   the layout of RN RM RV RS is not published: plain text here; MEM, STA, ?ET and ?A answer
 *            *11 (nothing stored, no trigger, no average); torque units and torque peaks *11; an
 *            overload shows the largest value it can (110 % of capacity; what a real one sends is not
 *            published); a command of more than 12 letters is illegal; SAVE is heard and does nothing.
 * Source:    Mark-10 / Checkline Series 5 user guide pp. 17-19; Omega DFG-RS5 manual M5251.
 */
#include "sim/speak.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mode { CUR, PT, PC };

struct mark10 {
	char line[13];
	size_t len;
	bool too_long, started;
	bool numeric_only, inverted, unsigned_, mitutoyo_off, polarity_off;
	enum mode mode;
	int aout;
	int filter_c, filter_p, auto_off; /* set by start() */
};
_Static_assert(sizeof(struct mark10) <= SIM_SPEAKER_STATE_MAX, "state fits");

struct answer {
	uint8_t *out;
	size_t used;
};

static const struct {
	const char *command;
	enum alg_unit unit;
	const char *wire, *listed;
	int decimals;
} units[] = {
	{"LB", ALG_UNIT_LBF, "lbF", "LBF", 2},
	{"OZ", ALG_UNIT_OZF, "ozF", "OZF", 1},
	{"KG", ALG_UNIT_KGF, "kgF", "KGF", 3},
	{"G", ALG_UNIT_GF, "gF", "GF", 0},
	{"N", ALG_UNIT_N, "N", "N", 2},
	{"MN", ALG_UNIT_MILLI_N, "mN", "MN", 0},
	{"KN", ALG_UNIT_KN, "kN", "KN", 5},
};
enum { N_UNITS = sizeof(units) / sizeof(units[0]), UNIT_N_ROW = 4 };

static size_t unit_row(enum alg_unit unit)
{
	for (size_t i = 0; i < N_UNITS; i++)
		if (units[i].unit == unit)
			return i;
	return UNIT_N_ROW;
}

__attribute__((format(printf, 2, 3))) static void say(struct answer *a, const char *fmt, ...)
{
	char text[96];
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(text, sizeof(text), fmt, args);

	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(text) || a->used + (size_t)n > SIM_OUT_MAX)
		return;
	memcpy(a->out + a->used, text, (size_t)n);
	a->used += (size_t)n;
}

static void say_force(const struct mark10 *m, const struct sim_gauge *gauge, double force_n, struct answer *a)
{
	size_t u = unit_row(gauge->unit);
	double limit_n = gauge->capacity_n * 1.1, shown_n = force_n - gauge->tare_n, least = 0.5;

	if (fabs(shown_n) > limit_n)
		shown_n = copysign(limit_n, shown_n);
	double value = shown_n / alg_unit_factor_n(units[u].unit) * (m->inverted ? -1 : 1);

	for (int i = 0; i < units[u].decimals; i++)
		least /= 10;
	if (m->unsigned_)
		value = fabs(value);
	if (fabs(value) < least)
		value = 0;
	if (m->numeric_only)
		say(a, "%.*f\r\n", units[u].decimals, value);
	else
		say(a, "%.*f %s\r\n", units[u].decimals, value, units[u].wire);
}

static void say_displayed(const struct mark10 *m, const struct sim_gauge *gauge, struct answer *a)
{
	bool peak = m->mode == PC || gauge->peak_mode;

	say_force(m, gauge, peak ? gauge->held_peak_n : m->mode == PT ? gauge->held_tension_n : gauge->force_n, a);
}

static void say_list(const struct mark10 *m, const struct sim_gauge *gauge, struct answer *a)
{
	static const char *const modes[] = {"CUR", "PT", "PC"};

	say(a, "V1.00;%s;%s;FLTC%d;FLTP%d;AOUT%02d;AOFF%d;%s;%s;%s;B%d\r\n", units[unit_row(gauge->unit)].listed,
		modes[gauge->peak_mode ? PC : m->mode], m->filter_c, m->filter_p, m->aout, m->auto_off,
		m->numeric_only ? "NUM" : "FULL", m->mitutoyo_off ? "MITD" : "MIT", m->polarity_off ? "NPOL" : "POL",
		gauge->low_battery ? 3 : 0);
}

/* The number after name, -1 when line is another command, -2 when it is no number of 1-3 digits. */
static int number_after(const char *line, const char *name)
{
	size_t n = strlen(name), digits = 0;

	if (strncmp(line, name, n) != 0)
		return -1;
	for (const char *p = line + n; *p; p++, digits++)
		if (!isdigit((unsigned char)*p))
			return -2;
	return digits >= 1 && digits <= 3 ? atoi(line + n) : -2;
}

/* Settings that end with a number; false when line is none of them. */
static bool set_number(struct mark10 *m, struct sim_gauge *gauge, const char *line, struct answer *a)
{
	static const int aout_rates[] = {0, 1, 2, 5, 10, 25, 50, 125, 250};
	int n;

	if ((n = number_after(line, "AOUT")) != -1) {
		for (size_t i = 0; i < sizeof(aout_rates) / sizeof(aout_rates[0]); i++)
			if (aout_rates[i] == n) {
				m->aout = n;
				gauge->rate_hz = n == 1 ? 50 : n;
				return true;
			}
	} else if ((n = number_after(line, "FLTC")) != -1 || (n = number_after(line, "FLTP")) != -1) {
		if (n >= 0 && n <= 10) {
			*(line[3] == 'C' ? &m->filter_c : &m->filter_p) = n;
			return true;
		}
	} else if ((n = number_after(line, "AOFF")) != -1) {
		if (n >= 0 && n <= 30) {
			m->auto_off = n;
			return true;
		}
	} else if ((n = number_after(line, "IPOL")) != -1 || (n = number_after(line, "OPOL")) != -1) {
		if (n == 0 || n == 1) {
			*(line[0] == 'I' ? &m->inverted : &m->unsigned_) = n == 1;
			return true;
		}
	} else {
		return false;
	}
	say(a, "*12\r\n");
	return true;
}

static bool is_one_of(const char *line, const char *const words[])
{
	for (; *words; words++)
		if (strcmp(line, *words) == 0)
			return true;
	return false;
}

/* Commands without an answer; false when line is none of them. */
static bool set_word(struct mark10 *m, struct sim_gauge *gauge, const char *line)
{
	static const char *const modes[] = {"CUR", "PT", "PC"};

	for (size_t i = 0; i < N_UNITS; i++)
		if (strcmp(line, units[i].command) == 0) {
			gauge->unit = units[i].unit;
			return true;
		}
	for (size_t i = 0; i < 3; i++)
		if (strcmp(line, modes[i]) == 0) {
			m->mode = (enum mode)i;
			gauge->peak_mode = false;
			return true;
		}
	if (strcmp(line, "Z") == 0)
		gauge->tare_n = gauge->force_n;
	if (strcmp(line, "CLR") == 0 || strcmp(line, "Z") == 0)
		sim_gauge_clear_peaks(gauge);
	else if (strcmp(line, "FULL") == 0 || strcmp(line, "NUM") == 0)
		m->numeric_only = line[0] == 'N';
	else if (strcmp(line, "MIT") == 0 || strcmp(line, "MITD") == 0)
		m->mitutoyo_off = line[3] == 'D';
	else if (strcmp(line, "POL") == 0 || strcmp(line, "NPOL") == 0)
		m->polarity_off = line[0] == 'N';
	else
		return strcmp(line, "SAVE") == 0;
	return true;
}

static void obey(struct mark10 *m, struct sim_gauge *gauge, struct answer *a)
{
	static const char *const not_now[] = {"?ET", "?A", "?CW", "?CCW", "MEM", "STA", "LBFT", "LBIN", "OZIN", "KGM",
		"KGMM", "GCM", "NM", "NCM", "NMM", "PCW", "PCCW", "AM", NULL};
	const char *line = m->line;

	if (m->len == 0 && !m->too_long)
		return;
	if (m->too_long)
		say(a, "*10\r\n");
	else if (strcmp(line, "?") == 0)
		say_displayed(m, gauge, a);
	else if (strcmp(line, "?C") == 0)
		say_force(m, gauge, gauge->force_n, a);
	else if (strcmp(line, "?PC") == 0)
		say_force(m, gauge, gauge->held_peak_n, a);
	else if (strcmp(line, "?PT") == 0)
		say_force(m, gauge, gauge->held_tension_n, a);
	else if (strcmp(line, "LIST") == 0)
		say_list(m, gauge, a);
	else if (strcmp(line, "RN") == 0)
		say(a, "Series 5 (simulated)\r\n");
	else if (strcmp(line, "RM") == 0)
		say(a, "M5-50 (simulated)\r\n");
	else if (strcmp(line, "RV") == 0)
		say(a, "V1.00\r\n");
	else if (strcmp(line, "RS") == 0)
		say(a, "SIM0001\r\n");
	else if (is_one_of(line, not_now))
		say(a, "*11\r\n");
	else if (!set_number(m, gauge, line, a) && !set_word(m, gauge, line))
		say(a, "*10\r\n");
}

static void start(struct mark10 *m)
{
	if (m->started)
		return;
	m->started = true;
	m->filter_c = 8;
	m->filter_p = 1;
	m->auto_off = 5;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct mark10 *m = state;
	struct answer a = {.out = out};

	start(m);
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\n')
			continue;
		if (bytes[i] != '\r') {
			if (m->len < sizeof(m->line) - 1)
				m->line[m->len++] = (char)bytes[i];
			else
				m->too_long = true;
			continue;
		}
		m->line[m->len] = '\0';
		if (memchr(m->line, '\0', m->len))
			m->too_long = true; /* a NUL inside is no letter of any command */
		obey(m, gauge, &a);
		m->len = 0;
		m->too_long = false;
	}
	return a.used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct mark10 *m = state;
	struct answer a = {.out = out};

	start(m);
	if (m->aout)
		say_displayed(m, gauge, &a);
	return a.used;
}

const struct sim_speaker sim_speaker_mark10 = {
	.family = "mark10",
	.baud = 115200,
	.unit = ALG_UNIT_N,
	.capacity_n = 250,
	.reply_us = 2000,
	.hear = hear,
	.tick = tick,
};
