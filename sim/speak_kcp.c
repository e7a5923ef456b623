/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_kcp.c - emulates a Sauter FS-2 (KERN Communications Protocol).
 *
 * Line:      115200 8N1; commands and replies end with CR LF
 * Readings:  S stable, SI at once, SIR at once and again and again, @ cancels; "S S value unit" stable,
 *            "S D value unit" not, "S I" not now, "S +" and "S -" beyond the range
 * Commands:  Z and ZI zero; I2, I3, I4 device, software, serial number; I4 A "..." would set the serial number
 * Choices:   columns as in MT-SICS, whose shape this is (the makers print none): value right-aligned in ten; I2, I3,
 *            I4 are answered with A and a text in quotation marks; Z and ZI with A; @ with the serial number; what
 *            is not emulated with ES; stable is what has changed by less than two last digits since the reading
 *            before; a stream has 20 readings a second; S while in motion is answered at once with S I; pressing is
 *            plus.
 * Source:    Sauter FS-2 manual p. 28; KERN CKE manual p. 35; KERN KIB-TM supplement p. 7.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct kcp {
	char line[12];
	size_t len;
	bool too_long, streams;
	double last_n;
};
_Static_assert(sizeof(struct kcp) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const struct {
	enum alg_unit unit;
	const char *word;
	int decimals;
	double step; /* of the last decimal */
} units[] = {
	{ALG_UNIT_N, "N", 2, 0.01}, {ALG_UNIT_KGF, "kg", 3, 0.001}, {ALG_UNIT_LBF, "lb", 2, 0.01}, {ALG_UNIT_GF, "g", 0, 1},
};
enum { N_UNITS = sizeof(units) / sizeof(units[0]) };

static size_t text(uint8_t *out, const char *line)
{
	memcpy(out, line, strlen(line));
	return strlen(line);
}

/* Only a stable one when wanted so. */
static size_t say_reading(struct kcp *k, const struct sim_gauge *gauge, bool stable_only, uint8_t *out)
{
	double force_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	char line[64];
	size_t u = 0;

	while (u < N_UNITS - 1 && units[u].unit != gauge->unit)
		u++;
	if (units[u].unit != gauge->unit)
		u = 0;
	double step_n = units[u].step * alg_unit_factor_n(units[u].unit);
	bool stable = fabs(force_n - k->last_n) < 2 * step_n;
	double value = floor(force_n / step_n + 0.5) * units[u].step;

	k->last_n = force_n;
	if (fabs(force_n) > gauge->capacity_n * 1.1)
		return text(out, force_n > 0 ? "S +\r\n" : "S -\r\n");
	if (stable_only && !stable)
		return text(out, "S I\r\n");
	snprintf(line, sizeof(line), "S %c %10.*f %s\r\n", stable ? 'S' : 'D', units[u].decimals, value == 0 ? 0 : value,
		units[u].word);
	return text(out, line);
}

static size_t obey(struct kcp *k, struct sim_gauge *gauge, uint8_t *out)
{
	static const struct {
		const char *command, *answer;
	} plain[] = {
		{"I2", "I2 A \"FS-2 (simulated) 200 N\"\r\n"}, {"I3", "I3 A \"1.00\"\r\n"}, {"I4", "I4 A \"SIM0001\"\r\n"},
		{"@", "I4 A \"SIM0001\"\r\n"},
	};
	const char *line = k->line;

	if (strcmp(line, "SI") == 0 || strcmp(line, "S") == 0)
		return say_reading(k, gauge, line[1] == '\0', out);
	if (strcmp(line, "SIR") == 0 || strcmp(line, "@") == 0)
		k->streams = line[0] == 'S';
	if (k->streams && line[0] == 'S') {
		gauge->rate_hz = 20;
		return 0;
	}
	if (strcmp(line, "Z") == 0 || strcmp(line, "ZI") == 0) {
		gauge->tare_n = gauge->force_n;
		sim_gauge_clear_peaks(gauge);
		return text(out, line[1] ? "ZI A\r\n" : "Z A\r\n");
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (strcmp(line, plain[i].command) == 0)
			return text(out, plain[i].answer);
	return text(out, "ES\r\n");
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct kcp *k = state;
	size_t used = 0;

	for (size_t i = 0; i < n && used + 64 < SIM_OUT_MAX; i++) {
		if (bytes[i] != '\n') {
			if (k->len < sizeof(k->line) - 1)
				k->line[k->len++] = (char)bytes[i];
			else
				k->too_long = true;
			continue;
		}
		bool ends = !k->too_long && k->len > 0 && k->line[k->len - 1] == '\r';

		k->line[ends ? k->len - 1 : 0] = '\0';
		used += ends ? obey(k, gauge, out + used) : text(out + used, "ES\r\n");
		k->len = 0;
		k->too_long = false;
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct kcp *k = state;

	return k->streams ? say_reading(k, gauge, false, out) : 0;
}

const struct sim_speaker sim_speaker_kcp = {
	.family = "kcp",
	.baud = 115200,
	.unit = ALG_UNIT_N,
	.capacity_n = 200,
	.reply_us = 2000,
	.hear = hear,
	.tick = tick,
};
