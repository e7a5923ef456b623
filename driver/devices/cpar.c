/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpar.c - Nocitech (LabBench) CPAR, a cuff algometer that presses by itself: watched, and stopped when asked to.
 *
 * THE SAME CODE MEANS ANOTHER THING IN ANOTHER FIRMWARE, and some of them inflate a cuff on a person:
 *     code        01        02        04    08    13        14
 *     old         identify  waveform  stop  kick  -         -
 *     middle      identify  kick      -     -     START     stop
 *     new         identify  kick      -     -     stop      -
 * So this file can send four byte strings and no other: identify, and one stop for each generation. A stop goes out
 * only on the person's word (ALG_COMMAND_STOP), and only when, in that very moment, the machine has said anew who it is
 * in the same bytes as twice at opening, and its status messages are of the length of that generation: frames have no
 * checksum, and one turned bit of a version must not make a stop a start. Where that fails nothing is sent, and
 * the person is told to use the machine's own button. No waveform, no start, no calibration, no serial number.
 *
 * It is not kicked: the machine's watchdog lets go of a person whose host has died, and a kick from a program that only
 * watches would hold that off. The maker's own host kicks only what it has started itself. Closing stops nothing.
 *
 * Line:      38400 8N1, no handshake, DTR on
 * Frame:     driver/frame/ecp.c: code, length, data; integers little endian. Code below 80: a function, answered with the
 *            same code; 80 and above: sent by itself; 00: a function was refused.
 *            The maker's host adds a spare 00 to the data of its requests; so does this file.
 * Layout:    80 status, every 50 ms, 14 bytes (old, middle) or 15 (new): state (0 idle, 1 stimulating, 2 emergency); bits
 *            (0 VAS connected, 1 VAS low, 2 power on, 3 compressor runs, 4 start possible); u16 counter, 20 a second;
 *            stop reason (0 to 10); VAS now, at stop; tank; pressure of cuff 1, 2 (100/255 kPa); target 1, 2; at stop
 *            1, 2; new: stop button held.
 *            81 event, 1 byte (0 to 23). 01 identity: 64 bytes (maker u32, device u16, serial u32, version 4 bytes, checksum
 *            u16, maker's name 24, device's name 24); old: 6 bytes (device, major, engineering, checksum, serial u16).
 *            Maker 1 or 3, device 1 is a CPAR; old: device 1, major 7 at most; middle: major 7; new: 8 and above.
 * Reading:   the pressure in cuff 1 (?channel=2: cuff 2) in kPa. It is no force at a tip, so it has no newton, and sessions
 *            cannot be recorded with it. What the machine says beside it stands behind the number: stimulating, or
 *            why it stopped. Emergency, no 12 V, a cuff out of compliance: a fault.
 * Not done:  VAS score, events by name, tank pressure
 * Not known: any recording from a machine; CPAR+; a request without the spare byte; versions below 7 with 64 bytes (the
 *            maker's host refuses them; they are listened to)
 * Source:    Nocitech/CPAR (CPAR.Communication), Inventors-Way/LabBench.CPAR, Inventors-Way/Inventors.ECP
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define IDENTIFY    "\xFF\xF1\x01\x00\x00\xFF\xF2"
#define STOP_OLD    "\xFF\xF1\x04\x00\x00\xFF\xF2"
#define STOP_MIDDLE "\xFF\xF1\x14\x00\x00\xFF\xF2"
#define STOP_NEW    "\xFF\xF1\x13\x00\x00\xFF\xF2"

enum { BAUD = 38400, FRAME_MS = 60, FRAMES_MOST = 12, IDENTITY_MAX = 64, IDENTITY_OLD = 6, STATUS_MAX = 15 };
enum { REFUSED = 0x00, IDENTITY = 0x01, STATUS = 0x80, EVENT = 0x81, EVENT_LAST = 23 };
enum { IDLE, STIMULATING, EMERGENCY };
enum { REASON_COMPLIANCE = 8, REASON_POWER = 10, POWER_ON = 0x04, BITS_KNOWN = 0x1F };

enum generation { UNKNOWN, OLD, MIDDLE, NEW };

static const struct {
	struct alg_request stop[2]; /* all that it may be sent beside identify */
	const char *bytes;
	size_t status_len;
} generations[] = {
	[OLD] = {{ALG_REQUEST(STOP_OLD), {0}}, STOP_OLD, 14},
	[MIDDLE] = {{ALG_REQUEST(STOP_MIDDLE), {0}}, STOP_MIDDLE, 14},
	[NEW] = {{ALG_REQUEST(STOP_NEW), {0}}, STOP_NEW, 15},
};

/* What came after a question: who answers, and how long its status messages are; 0: did not come. */
struct answer {
	uint8_t identity[IDENTITY_MAX];
	size_t len, status_len;
};

struct state {
	struct answer opened; /* as at opening, said twice; len 0: it did not say */
	enum generation sure; /* only while a stop is being sent */
	bool counted;
	uint16_t counter;
};

/* ---- frames ------------------------------------------------------------------------------------- */

static uint32_t little(const uint8_t *at, int n)
{
	uint32_t all = 0;

	while (n-- > 0)
		all = all << 8 | at[n];
	return all;
}

/* A status message in which everything has a meaning. */
static bool is_status(const struct alg_frame *frame)
{
	const uint8_t *d = frame->data + 2;
	size_t len = frame->len - 2;

	return frame->data[0] == STATUS && (len == 14 || len == STATUS_MAX) && d[0] <= EMERGENCY && !(d[1] & ~BITS_KNOWN) &&
		d[4] <= REASON_POWER && (len < STATUS_MAX || d[14] <= 1);
}

/* 13 characters at most: "100.0 kPa " goes before it. */
static const char *words_of(const uint8_t *d)
{
	static const char *const reasons[] = {"", "stop button", "max VAS", "completed", "max time", "no VAS", "emergency",
		"stopped", "no compliance", "watchdog", "no 12 V"};

	if (d[0] == EMERGENCY)
		return "emergency";
	if (!(d[1] & POWER_ON))
		return "no 12 V";
	return d[0] == STIMULATING ? "stimulating" : reasons[d[4]];
}

static enum alg_verdict take_status(
	const uint8_t *d, struct state *s, const struct alg_settings *set, struct alg_reading *reading)
{
	double kpa = d[set->channel == 2 ? 9 : 8] * 100 / 255.0;
	uint16_t counter = (uint16_t)little(d + 2, 2), step = (uint16_t)(counter - s->counter);
	const char *words = words_of(d);

	snprintf(reading->shown, sizeof(reading->shown), "%.1f kPa%s%s", kpa, *words ? " " : "", words);
	reading->value = kpa;
	reading->unit = ALG_UNIT_KPA;
	reading->counter = counter;
	if (d[0] == EMERGENCY || !(d[1] & POWER_ON) || d[4] == REASON_COMPLIANCE || d[4] == REASON_POWER) {
		reading->value = NAN;
		reading->flags |= ALG_READING_FAULT;
	}
	if (s->counted && step > 1 && step < 0x8000)
		reading->flags |= ALG_READING_GAP;
	s->counted = true;
	s->counter = counter;
	return ALG_FRAME_READING;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	size_t len = frame->len - 2;

	switch (frame->data[0]) {
	case STATUS:
		return is_status(frame) ? take_status(frame->data + 2, state, set, reading) : ALG_FRAME_INSANE;
	case EVENT:
		return len == 1 && frame->data[2] <= EVENT_LAST ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	case REFUSED:
		return len > 0 ? ALG_FRAME_REFUSED : ALG_FRAME_INSANE;
	case IDENTITY:
		return len == IDENTITY_MAX || len == IDENTITY_OLD ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	case 0x02: /* a kick's answer, of another host's */
	case 0x08:
		return len == 4 ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	case 0x04: /* answers to a stop */
	case 0x13:
	case 0x14:
		return len <= 1 ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	default:
		return ALG_FRAME_INSANE;
	}
}

/* ---- who is it ------------------------------------------------------------------------------------ */

static bool is_cpar(const struct answer *a)
{
	if (a->len == IDENTITY_OLD)
		return a->identity[0] == 1;
	return (little(a->identity, 4) == 1 || little(a->identity, 4) == 3) && little(a->identity + 4, 2) == 1;
}

static enum generation generation_of(const struct answer *a)
{
	if (a->len == 0 || !is_cpar(a))
		return UNKNOWN;
	if (a->len == IDENTITY_OLD)
		return a->identity[1] <= 7 ? OLD : UNKNOWN;
	return a->identity[10] >= 8 ? NEW : a->identity[10] == 7 ? MIDDLE : UNKNOWN;
}

static bool same(const struct answer *a, const struct answer *b)
{
	return a->len == b->len && memcmp(a->identity, b->identity, a->len) == 0;
}

static void take_answer(struct answer *a, const struct alg_frame *frame)
{
	size_t len = frame->len - 2;

	if (frame->data[0] == IDENTITY && (len == IDENTITY_MAX || len == IDENTITY_OLD)) {
		memcpy(a->identity, frame->data + 2, len);
		a->len = len;
	} else if (is_status(frame)) {
		a->status_len = len;
	}
}

/* Asks who it is, and waits for a status message as well: both of now. Negative when the line is gone. */
static int ask(struct alg_link *link, struct answer *a)
{
	struct alg_frame frame;

	*a = (struct answer){.len = 0};
	int rc = alg_link_write(link, IDENTIFY, sizeof(IDENTIFY) - 1);

	for (int i = 0; rc >= 0 && i < FRAMES_MOST && !(a->len && a->status_len); i++) {
		rc = alg_link_frame(link, &frame, FRAME_MS);
		if (rc > 0)
			take_answer(a, &frame);
	}
	return rc == ALG_ERR_TIMEOUT || rc > 0 ? 0 : rc;
}

static void describe(const struct answer *a, struct alg_device_info *info)
{
	const uint8_t *d = a->identity;

	if (a->len == IDENTITY_OLD) {
		strcpy(info->model, "CPAR");
		snprintf(info->serial, sizeof(info->serial), "%u", (unsigned)little(d + 4, 2));
		snprintf(info->firmware, sizeof(info->firmware), "%u.r%u", d[1], d[2]);
		return;
	}
	size_t n = 0;

	while (n < 24 && d[40 + n])
		n++;
	alg_number_shown(info->model, sizeof(info->model), d + 40, n);
	snprintf(info->serial, sizeof(info->serial), "%u", (unsigned)little(d + 6, 4));
	snprintf(info->firmware, sizeof(info->firmware), "%u.%u.%u.r%u", d[10], d[11], d[12], d[13]);
}

/* Believed when it said the same twice. */
static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	struct answer first, again;
	int rc;

	if (set->channel > 2)
		return alg_fail(alg_link_log(link), MSG_URI_OPTION, "channel", "a CPAR has cuffs 1 and 2");
	if (set->baud && set->baud != BAUD) /* at another speed a byte is another byte */
		return alg_fail(alg_link_log(link), MSG_URI_OPTION, "baud", "a CPAR speaks at 38400 and nothing else");
	if ((rc = ask(link, &first)) < 0 || (rc = ask(link, &again)) < 0)
		return rc;
	if (again.len == 0 || !same(&first, &again)) { /* the first question may have met a machine that was busy */
		first = again;
		if ((rc = ask(link, &again)) < 0)
			return rc;
	}
	if (again.len == 0 || !same(&first, &again)) {
		alg_warn(alg_link_log(link), MSG_CPAR_LISTEN, alg_link_address(link));
		return 0;
	}
	if (!is_cpar(&again))
		return alg_fail(alg_link_log(link), MSG_CPAR_NOT, alg_link_address(link),
			again.len == IDENTITY_OLD ? 0 : (unsigned)little(again.identity, 4),
			again.len == IDENTITY_OLD ? again.identity[0] : (unsigned)little(again.identity + 4, 2));
	s->opened = again;
	describe(&again, info);
	return 0;
}

/* ---- stopping --------------------------------------------------------------------------------------- */

static const struct alg_request *more(const void *state)
{
	const struct state *s = state;

	return s->sure == UNKNOWN ? NULL : generations[s->sure].stop;
}

/* NULL when a stop can be sent, else why not. */
static const char *doubt(const struct state *s, const struct answer *now)
{
	enum generation generation = generation_of(now);

	if (now->len == 0 || now->status_len == 0)
		return "it does not say what it is";
	if (!same(&s->opened, now))
		return "it is not the machine that was there at opening";
	if (generation == UNKNOWN || now->status_len != generations[generation].status_len)
		return "its firmware is not a known one";
	return NULL;
}

static int let_go(struct alg_link *link, void *state)
{
	struct state *s = state;
	struct answer now;
	int rc = ask(link, &now);

	if (rc < 0)
		return rc;
	const char *why = doubt(s, &now);

	if (why)
		return alg_fail(alg_link_log(link), MSG_CPAR_NO_STOP, alg_link_address(link), why);
	s->sure = generation_of(&now);
	rc = alg_link_write(link, generations[s->sure].bytes, sizeof(STOP_NEW) - 1);
	s->sure = UNKNOWN;
	return rc;
}

static const struct alg_request requests[] = {ALG_REQUEST(IDENTIFY), {0}};

extern const struct alg_driver alg_driver_cpar;
const struct alg_driver alg_driver_cpar = {
	.info = {
		.name = "cpar",
		.summary = "Nocitech CPAR cuff algometer, three generations: watched and stopped, never started",
		.transport = "serial",
		.support = ALG_SUPPORT_PARTIAL,
		.limits = "shows a cuff's pressure (no force: no sessions), state and stop reason; no VAS, no CPAR+",
		.line = {.baud = BAUD, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true},
		.rate_hz = 20,
		.sign_documented = true, /* a pressure has one direction */
		.sends_unit = true,
		.has_channels = true,
		.source = "github.com/Nocitech/CPAR, Inventors-Way/LabBench.CPAR",
	},
	.framing = &alg_framing_ecp,
	.requests = requests,
	.more = more,
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.decode = decode,
	.let_go = let_go,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
