/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hx711.c - a load cell on an HX711 converter and an Arduino that runs an example of the library bogde/HX711.
 *
 * Line:      8N1; 57600 of the basic, retry and timeout examples, 38400 of the full example (?baud=38400)
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    "HX711 reading: 8123" about once a second: the converter's own number, 24 bits with sign;
 *            "HX711 not found." when the converter does not answer;
 *            full example, every 5 s: "one reading:" TAB V TAB "| average:" TAB A, one decimal each, after the sketch's
 *            own scale and tare; V is the reading. Before them a banner that begins with "HX711 Demo".
 * Force:     by the line through two points, ?points=NUMBER:FORCE,NUMBER:FORCE: the number shown with nothing on the
 *            cell and the one with a known weight, or with two weights. Of the full example ?unit= alone will do when the
 *            sketch was calibrated to that unit. A converter's number is never a force without points, whatever unit= says.
 * Overload:  8388607 and -8388608 are what the converter gives beyond its range.
 * Commands:  none; opening the port resets the board, so its clock and (full example) its tare begin anew.
 * Sign:      as the load cell is wired; the points decide
 * Quirks:    too slow for a ramp: 1 reading a second says nothing of the rate of pressing. A sketch of one's own that
 *            writes more is better read with another family.
 * Source:    github.com/bogde/HX711, examples/; Avia Semiconductor HX711 data sheet (output coding)
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <math.h>
#include <string.h>

#define READING "HX711 reading: "
#define ONE     "one reading:\t"
#define AVERAGE "\t| average:\t"

enum { RAW_MAX = 8388607, RAW_MIN = -8388608 };

static bool is_banner(const struct alg_frame *line)
{
	static const char *const begins[] = {"HX711 Demo", "Initializing the scale", "Before setting up the scale:",
		"After setting up the scale:", "Readings:", "read: \t\t", "read average: \t\t", "get value: \t\t",
		"get units: \t\t"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (alg_line_begins(line, begins[i]))
			return true;
	return false;
}

/* The first number of the full example's line; its text goes to *text, *len. */
static bool full_line(const struct alg_frame *line, const uint8_t **text, size_t *len, struct alg_number *number)
{
	struct alg_number average;

	if (!alg_line_begins(line, ONE))
		return false;
	*text = line->data + strlen(ONE);
	*len = line->len - strlen(ONE);
	const uint8_t *tab = memchr(*text, '\t', *len);
	size_t n = tab ? (size_t)(tab - *text) : 0, rest = *len - n;

	if (!tab || rest < strlen(AVERAGE) || memcmp(tab, AVERAGE, strlen(AVERAGE)) != 0)
		return false;
	*len = n;
	return alg_number_plain(*text, n, number) && number->decimals == 1 &&
		alg_number_plain(tab + strlen(AVERAGE), rest - strlen(AVERAGE), &average) && average.decimals == 1;
}

static bool basic_line(const struct alg_frame *line, const uint8_t **text, size_t *len, struct alg_number *number)
{
	if (!alg_line_begins(line, READING))
		return false;
	*text = line->data + strlen(READING);
	*len = line->len - strlen(READING);
	return alg_number_plain(*text, *len, number) && number->decimals == 0 && number->value >= RAW_MIN &&
		number->value <= RAW_MAX;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct alg_number number;
	const uint8_t *text;
	size_t len;

	(void)state;
	reading->value = NAN;
	if (alg_line_is(frame, "HX711 not found.")) {
		reading->flags |= ALG_READING_FAULT;
		alg_number_shown(reading->shown, sizeof(reading->shown), frame->data, frame->len);
		return ALG_FRAME_READING;
	}
	bool raw = basic_line(frame, &text, &len, &number);

	if (!raw && !full_line(frame, &text, &len, &number))
		return is_banner(frame) ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	alg_number_shown(reading->shown, sizeof(reading->shown), text, len);
	if (raw && (number.value == RAW_MIN || number.value == RAW_MAX)) {
		reading->flags |= ALG_READING_OVERLOAD;
		return ALG_FRAME_READING;
	}
	reading->value = number.value;
	if (set->points.given) {
		reading->value = alg_two_points(set->points.raw, set->points.force_n, number.value);
		reading->unit = ALG_UNIT_N;
	} else {
		reading->unit = raw ? ALG_UNIT_NONE : set->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	}
	return ALG_FRAME_READING;
}

extern const struct alg_driver alg_driver_hx711;
const struct alg_driver alg_driver_hx711 = {
	.info = {
		.name = "hx711",
		.summary = "HX711 load cell boards with an example of the Arduino library bogde/HX711",
		.transport = "serial",
		.support = ALG_SUPPORT_FULL,
		.limits = "sends no force: needs two known loads (points=); 1 reading a second or fewer",
		.line = {.baud = 57600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 1,
		.sign_documented = true, /* the two points say it */
		.sends_raw = true,
		.source = "github.com/bogde/HX711, examples",
	},
	.framing = &alg_framing_line,
	.first_ms = 15000, /* the full example talks for ten seconds before its first reading */
	.silence_ms = 8000,
	.decode = decode,
};
