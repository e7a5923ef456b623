/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phidget.c - PhidgetBridge 4-Input 1046 (06C2:003B): a load cell without an instrument of its own.
 *
 * Line:      none; reports by interrupt, out by interrupt OUT or SET_REPORT with wValue 0200
 * Version:   bcdDevice, high byte x 100 + low byte; this is what versions 100 to 199 speak, others are refused
 * In:        0 bits 0-3 input is on, bits 4-7 it has a new value | 1 bits 0-3 its error | 2 3 gains, a nibble an input, the
 *            first input's the upper one | 4 (two bits) 5 period / 8 ms | 6 9 12 15 values, 24 bits, big endian
 * Out:       0 inputs that are on | 1 2 gains | 3 4 period / 8 ms, low byte first
 * Gains:     0: 1, 3: 8, 4: 16, 5: 32, 6: 64, 7: 128; others are not documented
 * Value:     mV/V = (raw - 800000h) / 800000h x 1000 / gain; out of range with its error bit, or beyond +-995 / gain (1000
 *            at gain 1): overload, no value
 * Force:     by two known loads, ?points=mV/V:N,mV/V:N; without them the value has no unit and is no force
 * Input:     ?channel=1..4, the first when not given; gain 128, a value every 8 ms
 * Sign:      as the points say
 * Not known: the lengths of its reports: 18 bytes at least are taken in, 5 are sent; filter and noise
 * Not done:  versions from 200 on, which speak otherwise
 * Source:    libphidget 2.1.8: cphidgetbridge.c, cusblinux.c, cphidgetconstants.c; no capture is public
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <math.h>
#include <stdio.h>

enum { LEN = 18, LEN_MAX = 64, INPUTS = 4, REQUEST_LEN = 5, PERIOD_MOST = 125, VERSION_LEAST = 100, VERSION_MOST = 199 };
enum { MV_V_DECIMALS = 4 };

static const double step_mv_v = 1e-4; /* what is shown of a value */
static const uint32_t middle = 0x800000;

/* One input at gain 128 and 8 ms; all off. */
static const char *const start_input[INPUTS] = {"\x01\x70\0\x01\0", "\x02\x07\0\x01\0", "\x04\0\x70\x01\0", "\x08\0\x07\x01\0"};
#define OFF "\0\0\0\x01\0"

struct state {
	bool running;
};

static int input_of(const struct alg_settings *set)
{
	return set->channel ? set->channel - 1 : 0;
}

static int gain_of(const uint8_t *data, int input)
{
	static const uint8_t gains[16] = {[0] = 1, [3] = 8, [4] = 16, [5] = 32, [6] = 64, [7] = 128};
	uint8_t two = data[2 + input / 2];

	return gains[input % 2 ? two & 15 : two >> 4];
}

static void out_of_range(struct alg_reading *reading)
{
	reading->value = NAN;
	reading->flags |= ALG_READING_OVERLOAD;
	snprintf(reading->shown, sizeof(reading->shown), "out of range");
}

static void set_value(double mv_v, const struct alg_points *points, struct alg_reading *reading)
{
	double slope;

	if (!points->given) {
		reading->value = mv_v;
		alg_number_show(reading->shown, sizeof(reading->shown), mv_v, MV_V_DECIMALS, "mV/V");
		return;
	}
	slope = (points->force_n[1] - points->force_n[0]) / (points->raw[1] - points->raw[0]);
	reading->value = alg_two_points(points->raw, points->force_n, mv_v);
	reading->unit = ALG_UNIT_N;
	alg_number_show(reading->shown, sizeof(reading->shown), reading->value,
		alg_number_decimals(fabs(slope) * step_mv_v), "N");
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	const uint8_t *data = frame->data;
	int input = input_of(set), period = (data[4] & 3) << 8 | data[5];

	(void)state;
	if (frame->len < LEN || frame->len > LEN_MAX)
		return ALG_FRAME_BAD_LENGTH;
	if (input >= INPUTS || !(data[0] & 1 << input) || !(data[0] & 16 << input))
		return ALG_FRAME_IGNORED;
	int gain = gain_of(data, input);
	const uint8_t *v = data + 6 + 3 * input;
	uint32_t raw = (uint32_t)v[0] << 16 | (uint32_t)v[1] << 8 | v[2];

	if (gain == 0 || period < 1 || period > PERIOD_MOST)
		return ALG_FRAME_INSANE;
	double mv_v = ((double)raw - middle) / middle * 1000 / gain;

	if (data[1] & 1 << input || fabs(mv_v) > (gain == 1 ? 1000 : 995.0 / gain))
		out_of_range(reading);
	else
		set_value(mv_v, &set->points, reading);
	if (set->points.given)
		reading->unit = ALG_UNIT_N;
	return ALG_FRAME_READING;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	int version = (set->usb_release >> 8) * 100 + (set->usb_release & 0xFF);

	if (set->usb_release && (version < VERSION_LEAST || version > VERSION_MOST))
		return alg_fail(alg_link_log(link), MSG_DEV_RELEASE, alg_link_address(link), version, VERSION_LEAST,
			VERSION_MOST);
	if (input_of(set) >= INPUTS)
		return alg_fail(alg_link_log(link), MSG_DEV_NO_SENSOR, alg_link_address(link), "its channels are 1 to 4");
	if (set->usb_release)
		snprintf(info->firmware, sizeof(info->firmware), "%d", version);
	s->running = true;
	int rc = alg_link_write(link, start_input[input_of(set)], REQUEST_LEN);

	return rc == ALG_ERR_TIMEOUT ? 0 : rc;
}

static int stop(struct alg_link *link, void *state)
{
	struct state *s = state;

	return s->running ? alg_link_write(link, OFF, REQUEST_LEN) : 0;
}

static const struct alg_request requests[] = {ALG_REQUEST("\x01\x70\0\x01\0"), ALG_REQUEST("\x02\x07\0\x01\0"),
	ALG_REQUEST("\x04\0\x70\x01\0"), ALG_REQUEST("\x08\0\x07\x01\0"), ALG_REQUEST(OFF), {0}};
static const struct alg_usb_way way = {.report_value = 0x0200};

extern const struct alg_driver alg_driver_phidget;
const struct alg_driver alg_driver_phidget = {
	.info = {
		.name = "phidget",
		.summary = "PhidgetBridge 4-Input 1046 with a load cell",
		.transport = "usb-hid",
		.limits = "a force needs ?points=; device versions 100 to 199 only",
		.rate_hz = 125,
		.sign_documented = true, /* by the points */
		.sends_raw = true,
		.has_channels = true,
		.source = "libphidget 2.1.8",
	},
	.usb = &way,
	.requests = requests,
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.decode = decode,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
