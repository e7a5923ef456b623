/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_hid_scale.c - emulates a USB weighing scale of the HID class (usage page 0x8D).
 *
 * Data:      6 bytes: report id 3; status (2 stable at zero, 3 in motion, 4 stable, 5 under zero,
 *            6 over its limit); unit (1 mg 2 g 3 kg 11 oz 12 lb ...); power of ten, signed; weight,
 *            16 bits, little endian, never negative
 * Control:   report id 2, one byte: bit 0 enforced zero return, bit 1 zero scale; both zero it here
 * Choices:   10 reports a second; in motion while the weight changes by more than 2 g a report; the
 *            class knows no peak mode, no battery and no newton (grams are sent then).
 * Source:    HID Point of Sale Usage Tables 1.02; reports of owned scales (usbscale, node-hid).
 */
#include "sim/speak.h"

#include "base/bytes.h"

#include <math.h>
#include <string.h>

struct scale {
	double last_gf;
	bool heard;
};
_Static_assert(sizeof(struct scale) <= SIM_SPEAKER_STATE_MAX, "state fits");

enum { ID_CONTROL = 2, ID_DATA = 3 };
enum { STATUS_ZERO = 2, STATUS_MOTION = 3, STATUS_STABLE = 4, STATUS_UNDER = 5, STATUS_OVER = 6 };

static const struct {
	enum alg_unit unit;
	uint8_t code;
	int8_t power;
	double step; /* 10^power */
} units[] = {
	{ALG_UNIT_GF, 2, 0, 1},
	{ALG_UNIT_KGF, 3, -3, 0.001},
	{ALG_UNIT_OZF, 11, -1, 0.1},
	{ALG_UNIT_LBF, 12, -2, 0.01},
};

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct scale *s = state;
	double force_n = gauge->force_n - gauge->tare_n, gf = force_n / alg_unit_factor_n(ALG_UNIT_GF);
	bool moving = s->heard && fabs(gf - s->last_gf) > 2;
	size_t u = 3;

	while (u > 0 && units[u].unit != gauge->unit)
		u--;
	double steps = floor(fabs(force_n / alg_unit_factor_n(units[u].unit)) / units[u].step + 0.5);
	bool over = force_n > gauge->capacity_n || steps > 65535;

	s->last_gf = gf;
	s->heard = true;
	out[0] = ID_DATA;
	out[1] = over ? STATUS_OVER : steps == 0 ? STATUS_ZERO : force_n < 0 ? STATUS_UNDER
		: moving ? STATUS_MOTION : STATUS_STABLE;
	out[2] = units[u].code;
	out[3] = (uint8_t)units[u].power;
	alg_put_le16(out + 4, over ? 0 : (uint16_t)steps);
	return SIM_HID_REPORT_LEN;
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	(void)state;
	(void)out;
	if (n == 2 && bytes[0] == ID_CONTROL && (bytes[1] & 3))
		gauge->tare_n = gauge->force_n;
	return 0;
}

const struct sim_speaker sim_speaker_hid_scale = {
	.family = "hid-scale",
	.packets = true,
	.talks = true,
	.unit = ALG_UNIT_GF,
	.capacity_n = 147.09975, /* 15 kg */
	.rate_hz = 10,
	.hear = hear,
	.tick = tick,
};

/* Items by the Device Class Definition for HID 1.11, section 6.2.2; usages from the table above. */
const uint8_t sim_hid_scale_report_descriptor[] = {
	0x05, 0x8D,       /* usage page: weighing devices */
	0x09, 0x20,       /* usage: scale device */
	0xA1, 0x01,       /* collection: application */
	0x85, ID_DATA,    /*   report id 3 */
	0x09, 0x32,       /*   usage: data report */
	0xA1, 0x02,       /*   collection: logical */
	0x75, 0x08,       /*     report size 8 */
	0x95, 0x01,       /*     report count 1 */
	0x05, 0x8D,       /*     usage page: weighing devices */
	0x09, 0x70,       /*     usage: scale status */
	0xA1, 0x02,       /*     collection: logical */
	0x15, 0x01,       /*       logical minimum 1 */
	0x25, 0x08,       /*       logical maximum 8 */
	0x19, 0x71,       /*       usage minimum: fault */
	0x29, 0x78,       /*       usage maximum: requires re-zeroing */
	0x81, 0x00,       /*       input: data, array */
	0xC0,             /*     end */
	0x09, 0x50,       /*     usage: weight unit */
	0xA1, 0x02,       /*     collection: logical */
	0x15, 0x01,       /*       logical minimum 1 */
	0x25, 0x0C,       /*       logical maximum 12 */
	0x19, 0x51,       /*       usage minimum: milligram */
	0x29, 0x5C,       /*       usage maximum: pound */
	0x81, 0x00,       /*       input: data, array */
	0xC0,             /*     end */
	0x09, 0x41,       /*     usage: data scaling */
	0x15, 0x80,       /*     logical minimum -128 */
	0x25, 0x7F,       /*     logical maximum 127 */
	0x81, 0x02,       /*     input: data, variable */
	0x09, 0x40,       /*     usage: data weight */
	0x75, 0x10,       /*     report size 16 */
	0x15, 0x00,       /*     logical minimum 0 */
	0x27, 0xFF, 0xFF, 0x00, 0x00, /* logical maximum 65535 */
	0x81, 0x02,       /*     input: data, variable */
	0xC0,             /*   end */
	0x85, ID_CONTROL, /*   report id 2 */
	0x09, 0x31,       /*   usage: control report */
	0xA1, 0x02,       /*   collection: logical */
	0x75, 0x01,       /*     report size 1 */
	0x95, 0x02,       /*     report count 2 */
	0x15, 0x00,       /*     logical minimum 0 */
	0x25, 0x01,       /*     logical maximum 1 */
	0x09, 0x81,       /*     usage: enforced zero return */
	0x09, 0x80,       /*     usage: zero scale */
	0x91, 0x02,       /*     output: data, variable */
	0x75, 0x06,       /*     report size 6 */
	0x95, 0x01,       /*     report count 1 */
	0x91, 0x03,       /*     output: constant, padding */
	0xC0,             /*   end */
	0xC0,             /* end */
};
const size_t sim_hid_scale_report_descriptor_len = sizeof(sim_hid_scale_report_descriptor);
