/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_text.c - emulates a Torbal FA force gauge, for family text with the profile torbal-fa.
 *
 * Line:      4800 8N1
 * Command:   "SI" CR LF asks for one reading
 * Answer:    16 bytes: 1 '-' or blank, 2 blank, 3-4 digit or blank, 5-9 digit, decimal mark or blank, 10 digit, 11 blank,
 *            12-14 unit, CR LF
 * Choices:   the decimal mark is a comma, as the manual prints; two decimals in newton, three in kilogram; the unit is
 *            filled with blanks to three characters; an overload shows the largest number (110 % of capacity; what a
 *            real one sends is not documented); it does not send by itself; the answer begins after 20 ms; what
 *            is no SI is not answered.
 * Source:    Torbal FA manual, serial protocol, p. 23
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char REQUEST[] = "SI\r\n";

struct text {
	size_t heard; /* so many characters of REQUEST */
};
_Static_assert(sizeof(struct text) <= SIM_SPEAKER_STATE_MAX, "state fits");

/* The 16 bytes. */
static size_t answer(const struct sim_gauge *gauge, uint8_t *out)
{
	bool kilograms = gauge->unit == ALG_UNIT_KGF;
	double limit_n = gauge->capacity_n * 1.1, shown_n = (gauge->peak_mode ? gauge->held_peak_n : gauge->force_n) - gauge->tare_n;
	char number[24], text[40], *point;

	if (fabs(shown_n) > limit_n)
		shown_n = copysign(limit_n, shown_n);
	snprintf(number, sizeof(number), "%.*f", kilograms ? 3 : 2, fabs(kilograms ? shown_n / alg_unit_factor_n(ALG_UNIT_KGF) : shown_n));
	bool zero = strspn(number, "0.") == strlen(number);

	point = strchr(number, '.');
	if (point)
		*point = ',';
	int n = snprintf(text, sizeof(text), "%c %8s %-3s\r\n", shown_n < 0 && !zero ? '-' : ' ', number, kilograms ? "kg" : "N");

	memcpy(out, text, (size_t)n);
	return (size_t)n;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct text *t = state;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == (uint8_t)REQUEST[t->heard])
			t->heard++;
		else
			t->heard = bytes[i] == (uint8_t)REQUEST[0];
		if (t->heard < sizeof(REQUEST) - 1)
			continue;
		t->heard = 0;
		if (used + 16 <= SIM_OUT_MAX)
			used += answer(gauge, out + used);
	}
	return used;
}

const struct sim_speaker sim_speaker_text = {
	.family = "text",
	.profile = "torbal-fa",
	.baud = 4800,
	.unit = ALG_UNIT_N,
	.capacity_n = 250,
	.reply_us = 20000,
	.hear = hear,
};
