/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hid_scale.c - weighing devices of the USB HID class (usage page 8D): Dymo, Stamps.com, Mettler-Toledo,
 * Fairbanks, Pitney Bowes and others. A scale under a tip holder makes a slow but honest gauge and a
 * good reference to check others by.
 *
 * Line:      none; interrupt IN reports, some 2 to 10 a second, more while the load moves
 * Frame:     one report (driver/transport/usb.c)
 * Layout:    0 report id 3 (some devices 4) | 1 status | 2 unit | 3 signed power of ten | 4-5 weight,
 *            unsigned, little endian; longer reports are filled up with zeros
 * Status:    1 fault | 2 stable at zero (the weight counts all the same: seen with a load on it) |
 *            3 in motion | 4 stable | 5 under zero: the weight is negative | 6 over its limit |
 *            7 wants calibration | 8 wants zeroing
 * Units:     1 mg 2 g 3 kg 4 carat 5 tael 6 grain 7 pennyweight 8 metric ton 9 short ton 10 troy oz
 *            11 oz 12 lb. A tael differs from place to place and is not converted.
 * Commands:  zero, by the control report, and only where an owner said what works:
 *            02 02 Stamps.com 510 (1446:6a73): sure, usbscale does so
 *            04 01 Stamps.com 550 (2474:0550): sure, usbscale's issue 1; 02 02 upsets it
 *            02 01 Dymo (0922): one owner's word; another's 02 02 was taken without effect
 *            Pitney Bowes 0d8f:0200 ignores all of them. On all other scales: use the key.
 * Quirks:    the first report after opening can be old (device.c leaves it out); goes off the bus when
 *            it switches itself off
 * Not done:  report ids are not taken from the report descriptor; 3 and 4 are all that was ever seen
 * Not known: the official text of the other reports (1 attributes, 2 control, 5 limit, 6 statistics)
 * Source:    HID Point of Sale Usage Tables 1.02; reports posted by owners, tests/recordings/hid-scale/
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include "base/bytes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEN = 6, LEN_MAX = 64, DATA_REPORT = 3, DATA_REPORT_SOME = 4, EXPONENT_MAX = 9 };
enum { FAULT = 1, ZERO = 2, MOTION = 3, STABLE = 4, UNDER_ZERO = 5, OVER_LIMIT = 6, CALIBRATE = 7, REZERO = 8 };

static const struct {
	enum alg_unit unit;
	const char *shown;
} units[] = {
	[0] = {ALG_UNIT_NONE, ""},
	[1] = {ALG_UNIT_MGF, "mg"},
	[2] = {ALG_UNIT_GF, "g"},
	[3] = {ALG_UNIT_KGF, "kg"},
	[4] = {ALG_UNIT_CARAT, "ct"},
	[5] = {ALG_UNIT_NONE, "tael"},
	[6] = {ALG_UNIT_GRAIN, "gr"},
	[7] = {ALG_UNIT_PENNYWEIGHT, "dwt"},
	[8] = {ALG_UNIT_TF, "t"},
	[9] = {ALG_UNIT_SHORT_TON, "ton"},
	[10] = {ALG_UNIT_TROY_OZ, "ozt"},
	[11] = {ALG_UNIT_OZF, "oz"},
	[12] = {ALG_UNIT_LBF, "lb"},
};
enum { UNITS = sizeof(units) / sizeof(units[0]), TAEL = 5 };

/* A data report, padded with zeros at most; else what is wrong with it. */
static enum alg_verdict check(const struct alg_frame *frame)
{
	uint8_t id = frame->len ? frame->data[0] : 0;

	if (id == 1 || id == 2 || id == 5 || id == 6)
		return ALG_FRAME_IGNORED;
	if (id != DATA_REPORT && id != DATA_REPORT_SOME)
		return ALG_FRAME_INSANE;
	if (frame->len < LEN || frame->len > LEN_MAX)
		return ALG_FRAME_BAD_LENGTH;
	for (size_t i = LEN; i < frame->len; i++)
		if (frame->data[i])
			return ALG_FRAME_BAD_LENGTH;
	return ALG_FRAME_READING;
}

static enum alg_verdict without_value(struct alg_reading *reading, uint32_t flags, const char *shown)
{
	reading->value = NAN;
	reading->flags |= flags;
	snprintf(reading->shown, sizeof(reading->shown), "%s", shown);
	return ALG_FRAME_READING;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	enum alg_verdict verdict = check(frame);

	(void)state;
	if (verdict != ALG_FRAME_READING)
		return verdict;
	uint8_t status = frame->data[1], unit = frame->data[2];
	int exponent = (int8_t)frame->data[3];
	uint16_t weight = alg_le16(frame->data + 4);
	bool negative = status == UNDER_ZERO && weight;

	if (status < FAULT || status > REZERO || unit >= UNITS || exponent < -EXPONENT_MAX || exponent > EXPONENT_MAX)
		return ALG_FRAME_INSANE;
	reading->unit = units[unit].unit;
	if (unit == 0) {
		reading->unit = set->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	}
	switch (status) {
	case FAULT:
		return without_value(reading, ALG_READING_FAULT, "fault");
	case OVER_LIMIT:
		return without_value(reading, ALG_READING_OVERLOAD, "over limit");
	case CALIBRATE:
		return without_value(reading, ALG_READING_FAULT | ALG_READING_OUT_OF_SPEC, "needs calibration");
	case REZERO:
		return without_value(reading, ALG_READING_FAULT | ALG_READING_OUT_OF_SPEC, "needs zeroing");
	default:
		break;
	}
	if (unit == TAEL)
		return ALG_FRAME_FOREIGN;
	reading->flags |= status == MOTION ? ALG_READING_UNSTABLE : 0;
	reading->value = alg_number_scale(negative ? -(double)weight : weight, -exponent);
	alg_number_format(reading->shown, sizeof(reading->shown), negative, weight, -exponent, units[unit].shown);
	return ALG_FRAME_READING;
}

/* ---- zero --------------------------------------------------------------------------------------- */

#define ZERO_SCALE  "\x02\x02"
#define ZERO_RETURN "\x02\x01"
#define ZERO_550    "\x04\x01"

struct state {
	const char *zero; /* two bytes; NULL: nobody knows which */
};

static const struct {
	uint16_t vid, pid; /* pid 0: all of them */
	const char *zero;
} zeroes[] = {
	{0x1446, 0x6a73, ZERO_SCALE},
	{0x2474, 0x0550, ZERO_550},
	{0x0922, 0, ZERO_RETURN},
};

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;

	(void)link;
	(void)info;
	for (size_t i = 0; i < sizeof(zeroes) / sizeof(zeroes[0]); i++)
		if (zeroes[i].vid == set->usb_vid && (zeroes[i].pid == set->usb_pid || zeroes[i].pid == 0))
			s->zero = zeroes[i].zero;
	return 0;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	struct state *s = state;

	if (what == ALG_COMMAND_ZERO && s->zero)
		return alg_link_write(link, s->zero, 2);
	return alg_fail(alg_link_log(link), MSG_DEV_COMMAND, alg_link_address(link), "hid-scale",
		what == ALG_COMMAND_ZERO ? "zeroing" : "live reading");
}

static const struct alg_request requests[] = {ALG_REQUEST(ZERO_SCALE), ALG_REQUEST(ZERO_RETURN), ALG_REQUEST(ZERO_550), {0}};
static const struct alg_usb_way way = {.usage_page = 0x8D};

extern const struct alg_driver alg_driver_hid_scale;
const struct alg_driver alg_driver_hid_scale = {
	.info = {
		.name = "hid-scale",
		.summary = "USB weighing devices: Dymo, Stamps.com, Mettler-Toledo, Fairbanks, ...",
		.transport = "usb-hid",
		.limits = "zeroing is known for Stamps.com 510 and 550 and, less surely, for Dymo",
		.rate_hz = 0,
		.sign_documented = true,
		.sends_unit = true,
		.source = "USB HID Point of Sale Usage Tables 1.02",
	},
	.usb = &way,
	.requests = requests,
	.silence_ms = 2000,
	.state_size = sizeof(struct state),
	.identify = identify,
	.decode = decode,
	.command = command,
};
