/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * golink.c - Vernier Go!Link (08F7:0003) with an analog force probe that carries its calibration: Hand
 * Dynamometer HD-BTA, Dual-Range Force Sensor DFS-BTA.
 *
 * Line:      none; reports of 8 bytes, in by interrupt, out by SET_REPORT with wValue 0100. The kernel's
 *            ldusb driver holds the device and is sent away.
 * Out:       command, then seven parameters, zero filled
 * In:        bits 7-6 of byte 0: 00 readings, 01 answer, 10 answer to 1A, 11 nothing to report (C0)
 *   readings 0 how many, 1..3 | 1 counter | 2.. so many int16, little endian; one every period
 *   answers  0: 20 error, 10 last, 08 first report of it, 07 bytes that follow | 1 the command, in the first
 *            report only | its bytes. An error's byte: 31 not known 34 39 collecting 36 parameter 40 41 powering up
 * Commands:  10 status | 17 address count: read own memory | 18 start | 19 stop | 1A 01 init, and say when you
 *            are still powering up | 1B period in ms, u32 | 27 address count: read the probe's memory | 28 probe's
 *            number | 29 input: 1 +-10 V, 2 0-5 V. 11-16 and 21-26 write memories and are not in this file.
 * Opening:   init (asked again every 400 ms for 6 s while it powers up), status, own memory, the probe's number and
 *            memory, input, period 10 ms, start
 * Force:     raw' = floor((raw + offset) slope + 0.5), where byte 1 of its own 24 bytes is 9C: offsets i16 at 4 (10 V)
 *            and 6 (5 V), slopes f32 at 8 and 12, big endian; V = raw' 2.5/32768 + 2.5 or raw' 10/32768;
 *            A + B V by the probe's active page.
 * Probe:     128 bytes, little endian, byte 127 the exclusive or of all before: 1 number 2-4 serial 8-27 name
 *            57 input (2: 5 V, 3: 10 V) 58 equation (1: linear) 59 63 least and largest value f32 69 active page
 *            70 89 108 pages of A B C f32 and unit, 7 characters, here with or without brackets
 * Status:    status | version BCD minor major | ...; bits 08 10 20 40 80: readings were lost
 * Flags:     a counter that does not go up by one: readings are missing. An input at the end of its range: overload.
 * Sign:      as the probe's page says; which direction is plus is not documented
 * Clock:     period x readings; missing reports are taken to have had as many readings as the next one
 * Not known: whether the counter counts reports (it is taken so); the noise at 10 ms
 * Not done:  probes without memory (number under 20), equations other than linear
 * Source:    VernierST/GoIO_SDK: GSkipComm.h, GSkipCommExt.h, GSensorDDSMem.h, GSkipDevice.cpp; no capture is public
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include "base/bytes.h"
#include "base/clock.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define INIT    "\x1A\x01\0\0\0\0\0\0"
#define STATUS  "\x10\0\0\0\0\0\0\0"
#define LOCAL   "\x17\0\x18\0\0\0\0\0"
#define NUMBER  "\x28\0\0\0\0\0\0\0"
#define MEMORY  "\x27\0\x80\0\0\0\0\0"
#define INPUT10 "\x29\x01\0\0\0\0\0\0"
#define INPUT5  "\x29\x02\0\0\0\0\0\0"
#define PERIOD  "\x1B\x0A\0\0\0\0\0\0"
#define START   "\x18\0\0\0\0\0\0\0"
#define STOP    "\x19\0\0\0\0\0\0\0"

enum { LEN = 8, LOCAL_LEN = 24, MEMORY_LEN = 128, PERIOD_MS = 10, REPLY_MS = 2000, INIT_MS = 400, INIT_TRIES = 15 };
enum { TYPE = 0xC0, RESPONSE = 0x40, INITIAL = 0x80, ERROR = 0x20, LAST = 0x10, FIRST = 0x08, COUNT = 0x07 };
enum { COLLECTED_BADLY = 0xF8, SIGNED = 0x9C, SMART = 20, FIVE_VOLTS = 2, TEN_VOLTS = 3, LINEAR = 1 };

struct state {
	/* an answer while it comes */
	uint8_t command, error; /* error: its byte; 0 none */
	uint8_t answer[MEMORY_LEN];
	size_t have;
	bool begun, whole;
	/* what the answers said */
	bool corrected;
	double offset[2], slope[2]; /* of the +-10 V input, of the 5 V input */
	bool known;                 /* the probe's memory was right, and is of a kind that is done */
	bool five_volts;
	double a, b, least, largest;
	enum alg_unit unit;
	int decimals;
	uint32_t probe; /* its number */
	uint32_t serial;
	char name[24], version[8];
	/* the stream */
	bool running, counted, lost;
	uint8_t counter;
	int next;         /* reading of the report that is being decoded */
	int64_t readings; /* since the first */
};

/* ---- answers --------------------------------------------------------------------------------------- */

static void take_local(struct state *s)
{
	const uint8_t *m = s->answer;

	if (s->have != LOCAL_LEN) /* nobody asked for a part of it */
		return;
	s->corrected = m[1] == SIGNED;
	for (int i = 0; i < 2 && s->corrected; i++) {
		s->offset[i] = (int16_t)alg_be16(m + 4 + 2 * i);
		s->slope[i] = (double)alg_f32(alg_be32(m + 8 + 4 * i));
		s->corrected = isfinite(s->slope[i]) && s->slope[i] > 0.5 && s->slope[i] < 2;
	}
}

/* "N" and "(N)" are newton. */
static enum alg_unit unit_of(const uint8_t *field)
{
	char text[8];

	alg_number_field(text, sizeof(text), field, 7);
	size_t len = strlen(text), bracket = len > 2 && text[0] == '(' && text[len - 1] == ')';

	return alg_unit_parse(text + bracket, len - 2 * bracket);
}

static void take_memory(struct state *s)
{
	const uint8_t *m = s->answer, *page = m + 70 + 19 * (m[69] % 3);
	uint8_t check = 0;

	s->known = false;
	for (int i = 0; i < MEMORY_LEN; i++)
		check ^= m[i];
	if (s->have != MEMORY_LEN || check != 0)
		return;
	alg_number_field(s->name, sizeof(s->name), m + 8, 20);
	s->serial = alg_le16(m + 2) | (uint32_t)m[4] << 16;
	s->five_volts = m[57] == FIVE_VOLTS;
	s->a = (double)alg_f32(alg_le32(page));
	s->b = (double)alg_f32(alg_le32(page + 4));
	s->unit = unit_of(page + 12);
	s->least = (double)alg_f32(alg_le32(m + 59));
	s->largest = (double)alg_f32(alg_le32(m + 63));
	s->decimals = alg_number_decimals(fabs(s->b) * (s->five_volts ? 5 : 20) / 65536);
	s->known = (m[57] == FIVE_VOLTS || m[57] == TEN_VOLTS) && m[58] == LINEAR && m[69] < 3 && m[69] <= m[68] &&
		fabs(s->a) < 1e6 && fabs(s->b) < 1e6 && s->b != 0;
}

static void take_status(struct state *s)
{
	if (s->have < 3)
		return;
	s->lost |= (s->answer[0] & COLLECTED_BADLY) != 0;
	snprintf(s->version, sizeof(s->version), "%x.%02x", s->answer[2], s->answer[1]);
}

static void take_whole(struct state *s)
{
	switch (s->command) {
	case 0x10:
		take_status(s);
		break;
	case 0x17:
		take_local(s);
		break;
	case 0x27:
		take_memory(s);
		break;
	case 0x28:
		s->probe = s->have >= 4 ? alg_le32(s->answer) : 0;
		break;
	default:
		break;
	}
}

/* One report of an answer; false when it makes no sense. */
static bool take_answer(struct state *s, const uint8_t *data)
{
	size_t head = data[0] & FIRST ? 2 : 1, n = data[0] & COUNT;

	s->whole = false;
	s->error = 0;
	if (data[0] & FIRST) {
		s->command = data[1];
		s->have = 0;
		s->begun = n > 0;
		n -= n > 0;
	}
	if (!s->begun || s->have + n > sizeof(s->answer))
		return s->begun = false;
	memcpy(s->answer + s->have, data + head, n);
	s->have += n;
	if (data[0] & ERROR)
		s->error = n && s->answer[0] ? s->answer[0] : 0xFF;
	if (data[0] & (LAST | ERROR)) {
		s->whole = true;
		s->begun = false;
		if (!s->error)
			take_whole(s);
	}
	return true;
}

/* ---- readings -------------------------------------------------------------------------------------- */

static bool is_readings(const uint8_t *data)
{
	return data[0] >= 1 && data[0] <= 3;
}

/* Once a report: what it says about those before it. */
static void count(struct state *s, const uint8_t *data)
{
	uint8_t missing = s->counted ? (uint8_t)(data[1] - s->counter - 1) : 0;

	s->counter = data[1];
	s->counted = true;
	s->lost |= missing > 0;
	s->readings += missing * data[0];
}

static double volts(const struct state *s, int16_t raw)
{
	double r = raw;

	if (s->corrected)
		r = floor((r + s->offset[s->five_volts]) * s->slope[s->five_volts] + 0.5);
	return s->five_volts ? r * 2.5 / 32768 + 2.5 : r * 10 / 32768;
}

static enum alg_verdict take_reading(struct state *s, const uint8_t *data, struct alg_reading *reading)
{
	int16_t raw = (int16_t)alg_le16(data + 2 + 2 * s->next);

	if (s->next == 0)
		count(s, data);
	reading->unit = s->unit;
	reading->value = s->a + s->b * volts(s, raw);
	reading->counter = data[1];
	reading->device_ns = s->readings++ * PERIOD_MS * ALG_NS_PER_MS;
	reading->flags |= s->lost ? ALG_READING_GAP : 0;
	reading->flags |= raw == INT16_MIN || raw == INT16_MAX ? ALG_READING_OVERLOAD : 0;
	alg_number_show(reading->shown, sizeof(reading->shown), reading->value, s->decimals, alg_unit_name(s->unit));
	s->lost = false;
	s->next = s->next + 1 < data[0] ? s->next + 1 : 0;
	return s->next ? ALG_FRAME_READINGS : ALG_FRAME_READING;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	const uint8_t *data = frame->data;

	(void)set;
	if (frame->len != LEN)
		return ALG_FRAME_BAD_LENGTH;
	switch (data[0] & TYPE) {
	case 0:
		if (!is_readings(data))
			return ALG_FRAME_INSANE;
		return s->known && s->unit ? take_reading(s, data, reading) : ALG_FRAME_FOREIGN;
	case RESPONSE:
	case INITIAL:
		if (!take_answer(s, data))
			return ALG_FRAME_INSANE;
		return s->error ? ALG_FRAME_REFUSED : ALG_FRAME_IGNORED;
	default:
		return data[0] == TYPE ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	}
}

/* ---- opening --------------------------------------------------------------------------------------- */

static const char *error_words(uint8_t error)
{
	switch (error) {
	case 0x31:
		return "it does not know the command";
	case 0x34:
	case 0x35:
	case 0x39:
		return "it is collecting";
	case 0x36:
		return "a parameter is wrong";
	case 0x40:
	case 0x41:
		return "it is still powering up";
	case 0xF0:
		return "its inner communication failed";
	default:
		return "an error without a documented meaning";
	}
}

/* Sends and waits for the whole answer: 1 it came (s->error may be set), 0 not in time, negative gone. */
static int ask(struct alg_link *link, struct state *s, const char *request, int timeout_ms)
{
	struct alg_frame frame;
	int64_t end_ns = alg_link_now_ns(link) + timeout_ms * ALG_NS_PER_MS;
	int rc = alg_link_write(link, request, LEN);

	s->whole = s->begun = false;
	while (rc >= 0 && alg_link_now_ns(link) < end_ns) {
		rc = alg_link_frame(link, &frame, timeout_ms);
		if (rc <= 0)
			return rc;
		if (frame.len != LEN || ((frame.data[0] & TYPE) != RESPONSE && (frame.data[0] & TYPE) != INITIAL))
			continue;
		if (take_answer(s, frame.data) && s->whole && s->command == (uint8_t)request[0])
			return 1;
	}
	return rc < 0 ? rc : 0;
}

/* 0, or a status that has been said. */
static int must(struct alg_link *link, struct state *s, const char *request, const char *what)
{
	int rc = ask(link, s, request, REPLY_MS);

	if (rc < 0)
		return rc;
	if (rc == 0 || s->error)
		return alg_fail(alg_link_log(link), MSG_USB_REFUSED, alg_link_address(link), what,
			rc ? error_words(s->error) : "no answer came");
	return 0;
}

static int init(struct alg_link *link, struct state *s)
{
	for (int i = 0; i < INIT_TRIES - 1; i++) {
		int rc = ask(link, s, INIT, INIT_MS);

		if (rc < 0)
			return rc;
		if (rc && !s->error)
			return 0;
		if (rc) /* it said at once that it is not yet ready */
			alg_link_sleep_ms(link, INIT_MS);
	}
	return must(link, s, INIT, "to begin");
}

static int know_probe(struct alg_link *link, struct state *s)
{
	const char *why = NULL;
	int rc = must(link, s, NUMBER, "the probe's number");

	if (rc == 0 && s->probe >= SMART)
		rc = must(link, s, MEMORY, "the probe's memory");
	if (rc)
		return rc;
	if (s->probe < SMART)
		why = "the probe carries no calibration, or there is none";
	else if (!s->known)
		why = "the probe's calibration is damaged, or not a line";
	else if (!s->unit)
		why = "the probe does not measure a force";
	return why ? alg_fail(alg_link_log(link), MSG_DEV_NO_SENSOR, alg_link_address(link), why) : 0;
}

static void tell(const struct state *s, struct alg_device_info *info)
{
	double most = fmax(fabs(s->least), fabs(s->largest)) * alg_unit_factor_n(s->unit);

	snprintf(info->model, sizeof(info->model), "%s", s->name);
	snprintf(info->serial, sizeof(info->serial), "%u", (unsigned)s->serial);
	snprintf(info->firmware, sizeof(info->firmware), "%s", s->version);
	if (isfinite(most) && most > 0)
		info->capacity_n = most;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	int rc = init(link, s);

	(void)set;
	if (rc == 0)
		rc = must(link, s, STATUS, "its status");
	if (rc == 0)
		rc = must(link, s, LOCAL, "its own calibration");
	if (rc == 0)
		rc = know_probe(link, s);
	if (rc == 0)
		rc = must(link, s, s->five_volts ? INPUT5 : INPUT10, "its input");
	if (rc == 0)
		rc = must(link, s, PERIOD, "a period of 10 ms");
	if (rc)
		return rc;
	tell(s, info);
	s->lost = false;
	s->running = true;
	return must(link, s, START, "to start");
}

static int stop(struct alg_link *link, void *state)
{
	struct state *s = state;

	return s->running ? alg_link_write(link, STOP, LEN) : 0;
}

/* Literals of eight bytes: the compiler's NUL is not sent. */
#define SENT(text) {(text), LEN, NULL}
static const struct alg_request requests[] = {SENT(INIT), SENT(STATUS), SENT(LOCAL), SENT(NUMBER), SENT(MEMORY),
	SENT(INPUT10), SENT(INPUT5), SENT(PERIOD), SENT(START), SENT(STOP), {0}};
static const struct alg_usb_way way = {.any_class = true, .control_only = true, .report_value = 0x0100};

extern const struct alg_driver alg_driver_golink;
const struct alg_driver alg_driver_golink = {
	.info = {
		.name = "golink",
		.summary = "Vernier Go!Link with Hand Dynamometer or Dual-Range Force Sensor",
		.transport = "usb-hid",
		.limits = "probes that carry a linear calibration only",
		.rate_hz = 1000.0 / PERIOD_MS,
		.sends_unit = true,
		.source = "Vernier GoIO SDK (BSD-3)",
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
