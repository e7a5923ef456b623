/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lutron.c - Lutron FG-5000A, FG-5005, FG-5020, FG-5100, FG-6005SD, FG-6020SD, FG-20KG, FR-5120 and the same
 * gauges as Extech 4750xx, PCE, REED, RS-Pro 111-3689: the 16-byte stream of this make's meters.
 *
 * Line:      9600 8N1; speaks by itself, listens to nothing. The 3-wire cable takes its supply from
 *            DTR, which is therefore asserted.
 * Frame:     02, 14 digits, 0D (driver/frame/stx16.c)
 * Layout:    0 02 | 1 '4' | 2 '1' upper or '2' lower display | 3-4 unit | 5 '0' plus, '1' minus |
 *            6 decimals '0'..'3' | 7-14 the number, zero-filled | 15 0D
 * Units:     55 kg, 56 LB, 57 g, 58 oz, 59 N. Meters of the make for other things send other codes.
 *            57 is g as in gravity on its vibration meters, which show 2 decimals; its force gauges
 *            show whole grams or one decimal. So 57 with 2 or more decimals is taken for no force.
 * Not known: rate; which direction is plus; overload, battery, hold and peak on the wire (a held
 *            value is an unchanging one); whether every model sends just this
 * Other:     an older layout of the make has 0..3 in place 1 and names no unit of force: no force.
 * Source:    FG-6005SD manual p. 26; FR-5120 manual p. 9; VB-8206SD p. 26 (gravity); all examples in
 *            tests/recordings/lutron/ are built from the layout
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

enum { LEN = 16, GRAM_DECIMALS_MAX = 1 };

static int digit(const struct alg_frame *frame, int i)
{
	return frame->data[i] >= '0' && frame->data[i] <= '9' ? frame->data[i] - '0' : -1;
}

static enum alg_unit unit_of(int code, const char **shown)
{
	static const struct {
		int code;
		enum alg_unit unit;
		const char *shown;
	} units[] = {
		{55, ALG_UNIT_KGF, "kg"}, {56, ALG_UNIT_LBF, "LB"}, {57, ALG_UNIT_GF, "g"},
		{58, ALG_UNIT_OZF, "oz"}, {59, ALG_UNIT_N, "N"},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].code == code) {
			*shown = units[i].shown;
			return units[i].unit;
		}
	return ALG_UNIT_NONE;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	uint32_t number = 0;
	const char *shown = "";

	(void)state;
	(void)set;
	if (frame->len != LEN)
		return ALG_FRAME_BAD_LENGTH;
	for (int i = 1; i < LEN - 1; i++)
		if (digit(frame, i) < 0)
			return ALG_FRAME_INSANE;
	int kind = digit(frame, 1), display = digit(frame, 2), minus = digit(frame, 5), decimals = digit(frame, 6);

	if (kind <= 3)
		return ALG_FRAME_FOREIGN; /* the older layout */
	if (kind != 4 || display < 1 || display > 2 || minus > 1 || decimals > 3)
		return ALG_FRAME_INSANE;
	reading->unit = unit_of(digit(frame, 3) * 10 + digit(frame, 4), &shown);
	if (display == 2 || reading->unit == ALG_UNIT_NONE ||
		(reading->unit == ALG_UNIT_GF && decimals > GRAM_DECIMALS_MAX))
		return ALG_FRAME_FOREIGN;
	for (int i = 7; i < LEN - 1; i++)
		number = number * 10 + (uint32_t)digit(frame, i);
	reading->value = alg_number_scale(number, decimals);
	if (minus && number)
		reading->value = -reading->value;
	alg_number_format(reading->shown, sizeof(reading->shown), minus && number, number, decimals, shown);
	return ALG_FRAME_READING;
}

extern const struct alg_driver alg_driver_lutron;
const struct alg_driver alg_driver_lutron = {
	.info = {
		.name = "lutron",
		.summary = "Lutron FG-5000A..FG-6020SD, FG-20KG; Extech 4750xx, PCE, REED, RS-Pro",
		.transport = "serial",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = false},
		.rate_hz = 0,
		.sign_documented = false,
		.sends_unit = true,
		.limits = "rate, sign, overload, battery and a held value are not on the wire, or not documented",
		.source = "Lutron FG-6005SD manual p. 26",
	},
	.framing = &alg_framing_stx16,
	.silence_ms = 2000,
	.decode = decode,
};
