/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * godirect.c - Vernier Go Direct by USB (08F7:0010): Hand Dynamometer GDX-HD, Force and Acceleration GDX-FOR, and
 * whatever other sensor of theirs says that it measures a force.
 *
 * Line:      none; reports of 64 bytes, out by interrupt or SET_REPORT, report id 0
 * Frame:     driver/frame/godirect.c; out: length of the packet, packet, zeros
 * Out:       58 | length | counter | checksum | command | parameters. The counter is FF and one less before each packet;
 *            the checksum is the sum of all other bytes.
 * Answers:   4 command, 5 counter of what is answered, from 6 on:
 *   1A init (20 fixed bytes)   nothing; stops and begins the counter anew
 *   10 status                  status | spare | version major, minor, build u16, twice | battery % | charger
 *   55 device                  order code [16] serial [16] name [32] ...
 *   51 available sensors       u32, a bit a sensor
 *   50 sensor number           number | spare | id u32 | type | mode | name [60] unit [32] uncertainty least largest f64 |
 *                              period: least us u32, most u64, typical u32, granularity u32 | excluded sensors u32
 *   1B period FF 00 us u32 ... | 18 start FF 01 mask u32 ... | 19 stop FF 00 FF FF FF FF | 54 disconnect
 * Readings:  20 | length | counter | checksum | type | ..., little endian
 *   06 mask u16, count at 7, f32 from 9 | 07 mask u32, count at 9, f32 from 11: count times a value for each sensor of the
 *   mask, in ascending order | 08 0A sensor at 6, count at 7, f32 from 8 | 09 0B the same with i32 |
 *   0C start time, 0E period: passed over | 0D dropped: what follows has a gap before it
 * Sensor:    ?channel=, else the first whose unit is one of force. Period 10 ms, or the least that it can.
 * Flags:     battery under 10 % when opened; beyond the largest value, or a least below zero: overload
 * Sign:      as the device says; not documented
 * Not known: whether the device fills in checksum and counter of its readings (neither is looked at); bytes 8 and 10
 *            before the values; noise and rate
 * Not done:  battery while measuring; Bluetooth
 * Source:    VernierST/godirect-py, godirect-js; no capture is public
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include "base/bytes.h"
#include "base/clock.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { REPORT = 64, REPLY_MS = 2000, PERIOD_US = 10000, LOW_PERCENT = 10, SENSORS = 32 };
enum { READINGS = 0x20, BODY = 6, SENSOR_LEN = BODY + 148, DEVICE_LEN = BODY + 64, STATUS_LEN = BODY + 12 };

/* ---- what is sent: whole reports, the rest of each is zeros ------------------------------------------ */

#define EIGHT "========"
#define HEAD  "===..="        /* length, 58, length, counter, checksum, command */
#define REST  EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "=="

static const char init_[REPORT] = "\x19\x58\x19\0\0\x1A\xA5\x4A\x06\x49\x07\x48\x08\x47\x09\x46\x0A\x45\x0B\x44\x0C\x43"
				  "\x0D\x42\x0E\x41";
static const char status_[REPORT] = "\x05\x58\x05\0\0\x10";
static const char device_[REPORT] = "\x05\x58\x05\0\0\x55";
static const char available_[REPORT] = "\x05\x58\x05\0\0\x51";
static const char sensor_[REPORT] = "\x06\x58\x06\0\0\x50";
static const char period_[REPORT] = "\x0F\x58\x0F\0\0\x1B\xFF";
static const char start_[REPORT] = "\x13\x58\x13\0\0\x18\xFF\x01";
static const char stop_[REPORT] = "\x0B\x58\x0B\0\0\x19\xFF\0\xFF\xFF\xFF\xFF";
static const char disconnect_[REPORT] = "\x05\x58\x05\0\0\x54";

static const char plain[] = HEAD REST;
static const char with_byte[] = HEAD "." REST;
static const char with_u32[] = HEAD "==...." REST;
static const struct alg_request requests[] = {{init_, REPORT, plain}, {status_, REPORT, plain}, {device_, REPORT, plain},
	{available_, REPORT, plain}, {sensor_, REPORT, with_byte}, {period_, REPORT, with_u32}, {start_, REPORT, with_u32},
	{stop_, REPORT, plain}, {disconnect_, REPORT, plain}, {0}};

struct sensor {
	uint8_t number;
	enum alg_unit unit;
	double least, largest;
	int decimals;
	uint32_t period_least_us, granularity_us;
};

struct state {
	uint8_t counter;
	uint32_t available;
	struct sensor seen;  /* the one that spoke of itself last */
	struct sensor force; /* the one that is read */
	bool chosen, low_battery;
	char model[20], serial[20], firmware[20];
	bool connected, lost;
	int next; /* value of the packet that is being decoded */
};

/* ---- answers --------------------------------------------------------------------------------------- */

static void take_status(struct state *s, const uint8_t *p)
{
	s->low_battery = p[BODY + 10] < LOW_PERCENT;
	snprintf(s->firmware, sizeof(s->firmware), "%u.%u.%u", p[BODY + 2], p[BODY + 3], (unsigned)alg_le16(p + BODY + 4));
}

static void take_device(struct state *s, const uint8_t *p)
{
	alg_number_field(s->model, sizeof(s->model), p + BODY, 16);
	alg_number_field(s->serial, sizeof(s->serial), p + BODY + 16, 16);
}

static void take_sensor(struct state *s, const uint8_t *p, const struct alg_settings *set)
{
	const uint8_t *b = p + BODY;
	char unit[33];

	alg_number_field(unit, sizeof(unit), b + 68, 32);
	s->seen = (struct sensor){
		.number = b[0],
		.unit = alg_unit_parse(unit, strlen(unit)),
		.decimals = alg_number_decimals(alg_f64(alg_le64(b + 100))),
		.least = alg_f64(alg_le64(b + 108)),
		.largest = alg_f64(alg_le64(b + 116)),
		.period_least_us = alg_le32(b + 124),
		.granularity_us = alg_le32(b + 140),
	};
	if (s->chosen || s->seen.number >= SENSORS || (set->channel && set->channel != s->seen.number) || !s->seen.unit)
		return;
	s->force = s->seen;
	s->chosen = true;
}

/* An answer to one of the requests; false when it is too short for what it answers. */
static bool take_answer(struct state *s, const uint8_t *p, size_t len, const struct alg_settings *set)
{
	switch (len >= BODY ? p[4] : 0) {
	case 0x10:
		if (len < STATUS_LEN)
			return false;
		take_status(s, p);
		return true;
	case 0x55:
		if (len < DEVICE_LEN)
			return false;
		take_device(s, p);
		return true;
	case 0x51:
		if (len < BODY + 4)
			return false;
		s->available = alg_le32(p + BODY);
		return true;
	case 0x50:
		if (len != SENSOR_LEN)
			return false;
		take_sensor(s, p, set);
		return true;
	default:
		return len >= BODY;
	}
}

/* ---- readings -------------------------------------------------------------------------------------- */

/* Where the values of a packet stand. */
struct values {
	uint32_t mask;
	size_t count, at;
	bool whole_numbers;
};

/* False when the type is none that has values. */
static bool find_values(const uint8_t *p, size_t len, struct values *v)
{
	uint8_t type = p[4];

	*v = (struct values){.whole_numbers = type == 0x09 || type == 0x0B};
	if (len < 12)
		return false;
	if (type == 0x06) {
		v->mask = alg_le16(p + 5);
		v->count = p[7];
		v->at = 9;
	} else if (type == 0x07) {
		v->mask = alg_le32(p + 5);
		v->count = p[9];
		v->at = 11;
	} else if (type >= 0x08 && type <= 0x0B) {
		v->mask = p[6] < SENSORS ? UINT32_C(1) << p[6] : 0;
		v->count = p[7];
		v->at = 8;
	}
	return v->mask && v->count;
}

static int ones(uint32_t mask)
{
	int n = 0;

	for (; mask; mask &= mask - 1)
		n++;
	return n;
}

static double value_at(const uint8_t *p, bool whole_number)
{
	return whole_number ? (double)(int32_t)alg_le32(p) : (double)alg_f32(alg_le32(p));
}

static enum alg_verdict take_reading(struct state *s, const uint8_t *p, const struct values *v, struct alg_reading *reading)
{
	const struct sensor *f = &s->force;
	uint32_t bit = UINT32_C(1) << f->number;
	size_t row = (size_t)ones(v->mask), column = (size_t)ones(v->mask & (bit - 1));
	double value = value_at(p + v->at + 4 * ((size_t)s->next * row + column), v->whole_numbers);

	s->next = (size_t)s->next + 1 < v->count ? s->next + 1 : 0;
	reading->unit = f->unit;
	reading->counter = p[2];
	reading->flags |= s->lost ? ALG_READING_GAP : 0;
	reading->flags |= s->low_battery ? ALG_READING_LOW_BATTERY : 0;
	s->lost = false;
	if (fabs(value) < 1e6) { /* false for what is no number */
		reading->value = value != 0 ? value : 0; /* no minus zero */
		reading->flags |= value > f->largest || (f->least < 0 && value < f->least) ? ALG_READING_OVERLOAD : 0;
		alg_number_show(reading->shown, sizeof(reading->shown), value, f->decimals, alg_unit_name(f->unit));
	} else {
		reading->value = NAN;
		reading->flags |= ALG_READING_FAULT;
		snprintf(reading->shown, sizeof(reading->shown), "no number");
	}
	return s->next ? ALG_FRAME_READINGS : ALG_FRAME_READING;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	const uint8_t *p = frame->data;
	struct values v;

	if (p[0] != READINGS)
		return take_answer(s, p, frame->len, set) ? ALG_FRAME_IGNORED : ALG_FRAME_BAD_LENGTH;
	if (p[4] >= 0x0C && p[4] <= 0x0E) {
		s->lost |= p[4] == 0x0D;
		return ALG_FRAME_IGNORED;
	}
	if (!find_values(p, frame->len, &v))
		return ALG_FRAME_INSANE;
	if (frame->len != v.at + 4 * v.count * (size_t)ones(v.mask))
		return ALG_FRAME_BAD_LENGTH;
	if (!s->chosen || !(v.mask & UINT32_C(1) << s->force.number))
		return ALG_FRAME_FOREIGN;
	return take_reading(s, p, &v, reading);
}

/* ---- opening --------------------------------------------------------------------------------------- */

static int send(struct alg_link *link, struct state *s, const char *request, size_t at, const void *bytes, size_t n)
{
	uint8_t report[REPORT], sum = 0;

	memcpy(report, request, REPORT);
	if (n)
		memcpy(report + at, bytes, n);
	report[3] = --s->counter;
	for (size_t i = 1; i <= report[0]; i++)
		sum += report[i];
	report[4] = sum;
	return alg_link_write(link, report, REPORT);
}

/* Sends and waits for its answer: 0, or a status that has been said. */
static int ask(struct alg_link *link, struct state *s, const struct alg_settings *set, const char *request, size_t at,
	const void *bytes, size_t n, const char *what)
{
	struct alg_frame frame;
	int64_t end_ns = alg_link_now_ns(link) + REPLY_MS * ALG_NS_PER_MS;
	int rc = send(link, s, request, at, bytes, n);

	while (rc >= 0 && alg_link_now_ns(link) < end_ns) {
		rc = alg_link_frame(link, &frame, REPLY_MS);
		if (rc == 0)
			break;
		if (rc < 0 || frame.data[0] == READINGS || frame.len < BODY || frame.data[4] != (uint8_t)request[5] ||
			frame.data[5] != s->counter)
			continue;
		if (take_answer(s, frame.data, frame.len, set))
			return 0;
		return alg_fail(alg_link_log(link), MSG_DEV_REFUSED, alg_link_address(link), what, "its answer is too short");
	}
	return rc < 0 && rc != ALG_ERR_TIMEOUT
		? rc
		: alg_fail(alg_link_log(link), MSG_DEV_REFUSED, alg_link_address(link), what, "no answer came");
}

/* Every sensor that there is speaks of itself, until one is chosen. */
static int choose(struct alg_link *link, struct state *s, const struct alg_settings *set)
{
	int rc = ask(link, s, set, available_, 0, NULL, 0, "the list of its sensors");

	for (uint8_t i = 0; i < SENSORS && rc == 0 && !s->chosen; i++)
		if (s->available & UINT32_C(1) << i && (!set->channel || set->channel == i))
			rc = ask(link, s, set, sensor_, 6, &i, 1, "to describe a sensor");
	if (rc || s->chosen)
		return rc;
	return alg_fail(alg_link_log(link), MSG_DEV_NO_SENSOR, alg_link_address(link),
		set->channel ? "the channel is not there, or measures no force" : "none of its channels measures a force");
}

static uint32_t period_us(const struct sensor *f)
{
	uint32_t us = f->period_least_us > PERIOD_US ? f->period_least_us : PERIOD_US, step = f->granularity_us;

	return step && us % step && us < UINT32_MAX - step ? us + step - us % step : us;
}

static int begin(struct alg_link *link, struct state *s, const struct alg_settings *set, struct alg_device_info *info)
{
	uint32_t us = period_us(&s->force);
	uint8_t bytes[4];

	alg_put_le32(bytes, us);
	int rc = ask(link, s, set, period_, 8, bytes, 4, "a period");

	if (rc)
		return rc;
	info->rate_hz = 1e6 / us;
	alg_put_le32(bytes, UINT32_C(1) << s->force.number);
	return ask(link, s, set, start_, 8, bytes, 4, "to start");
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;

	s->counter = 0xFF;
	s->connected = true;
	int rc = ask(link, s, set, init_, 0, NULL, 0, "to begin");

	if (rc == 0)
		rc = ask(link, s, set, status_, 0, NULL, 0, "its status");
	if (rc == 0)
		rc = ask(link, s, set, device_, 0, NULL, 0, "to describe itself");
	if (rc == 0)
		rc = choose(link, s, set);
	if (rc)
		return rc;
	double most = fmax(fabs(s->force.least), fabs(s->force.largest)) * alg_unit_factor_n(s->force.unit);

	snprintf(info->model, sizeof(info->model), "%s", s->model);
	snprintf(info->serial, sizeof(info->serial), "%s", s->serial);
	snprintf(info->firmware, sizeof(info->firmware), "%s", s->firmware);
	if (isfinite(most) && most > 0)
		info->capacity_n = most;
	return begin(link, s, set, info);
}

static int stop(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = 0;

	if (s->connected) {
		rc = send(link, s, stop_, 0, NULL, 0);
		rc = rc < 0 ? rc : send(link, s, disconnect_, 0, NULL, 0);
	}
	s->connected = false;
	return rc;
}

static const struct alg_usb_way way = {.report_value = 0x0200}; /* report id 0; the first byte is a length */

extern const struct alg_driver alg_driver_godirect;
const struct alg_driver alg_driver_godirect = {
	.info = {
		.name = "godirect",
		.summary = "Vernier Go Direct by USB: Hand Dynamometer GDX-HD, Force and Acceleration GDX-FOR",
		.transport = "usb-hid",
		.limits = "which direction is plus; the battery is looked at when opened only",
		.rate_hz = 100,
		.sends_unit = true,
		.has_channels = true,
		.source = "Vernier godirect-py, godirect-js",
	},
	.framing = &alg_framing_godirect,
	.usb = &way,
	.requests = requests,
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.decode = decode,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
_Static_assert(sizeof(plain) > REPORT && sizeof(with_byte) > REPORT && sizeof(with_u32) > REPORT, "a mark for every byte");
