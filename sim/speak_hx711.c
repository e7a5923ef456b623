/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_hx711.c - emulates an Arduino with the basic example of bogde/HX711 and a load cell on its converter.
 *
 * Line:      57600 8N1; it sends by itself and listens to nothing
 * Layout:    "HX711 reading: " and a signed number, CR LF
 * Choices:   a load cell that gives 12000 with nothing on it and 2000 more for each newton; one reading a second; the
 *            converter's end values 8388607 and -8388608 beyond its range; its unit setting means nothing.
 * Source:    github.com/bogde/HX711, examples/HX711_basic_example; HX711 data sheet.
 */
#include "sim/speak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	double counts = round(12000 + 2000 * (gauge->force_n - gauge->tare_n));
	char text[48];

	(void)state;
	counts = counts > 8388607 ? 8388607 : counts < -8388608 ? -8388608 : counts;
	int n = snprintf(text, sizeof(text), "HX711 reading: %ld\r\n", (long)counts);

	memcpy(out, text, (size_t)n);
	return (size_t)n;
}

const struct sim_speaker sim_speaker_hx711 = {
	.family = "hx711",
	.talks = true,
	.baud = 57600,
	.unit = ALG_UNIT_N,
	.capacity_n = 196.133, /* a load cell of 20 kg */
	.rate_hz = 1,
	.tick = tick,
};
