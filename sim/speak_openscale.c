/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_openscale.c - emulates a SparkFun OpenScale board (firmware 1.2) with its settings as they leave a blank memory.
 *
 * Line:      9600 8N1; it sends by itself. Its menu (x) and trigger (!) are not emulated: it listens to nothing.
 * Boot text: once, before the first value; the line about the temperature sensor is left out
 * Layout:    ms,value,unit,local temperature, - a comma after each, CR LF; 2 decimals; lbs or kg
 * Choices:   200 ms between reports (a blank memory); other units than kilograms are shown as pounds; the value is the
 *            force at the instant ms; 23.50 degrees; an overload shows the largest value it can; no noise of its own.
 * Source:    github.com/sparkfun/OpenScale, firmware/OpenScale/.
 */
#include "sim/speak.h"

#include <stdio.h>
#include <string.h>

struct openscale {
	double t_ms;
	bool booted;
};
_Static_assert(sizeof(struct openscale) <= SIM_SPEAKER_STATE_MAX, "state fits");

static const char boot[] = "Serial Load Cell Converter version 1.2\r\nBy SparkFun Electronics\r\n"
	"Minimum time between reports: 133\r\nPress x to bring up settings\r\nReadings:\r\n";

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct openscale *o = state;
	enum alg_unit unit = gauge->unit == ALG_UNIT_KGF ? ALG_UNIT_KGF : ALG_UNIT_LBF;
	double force_n = gauge->force_n - gauge->tare_n, limit_n = gauge->capacity_n * 1.1;
	char text[64];

	o->t_ms += 1000 / gauge->rate_hz;
	if (!o->booted) {
		o->booted = true;
		memcpy(out, boot, sizeof(boot) - 1);
		return sizeof(boot) - 1;
	}
	force_n = force_n > limit_n ? limit_n : force_n < -limit_n ? -limit_n : force_n;
	int n = snprintf(text, sizeof(text), "%ld,%.2f,%s,23.50,\r\n", (long)o->t_ms, force_n / alg_unit_factor_n(unit),
		unit == ALG_UNIT_KGF ? "kg" : "lbs");

	memcpy(out, text, (size_t)n);
	return (size_t)n;
}

const struct sim_speaker sim_speaker_openscale = {
	.family = "openscale",
	.talks = true,
	.baud = 9600,
	.unit = ALG_UNIT_LBF,
	.capacity_n = 222.411080763, /* a load cell of 50 lb */
	.rate_hz = 5,
	.tick = tick,
};
