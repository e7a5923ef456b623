/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mark10.c - Mark-10 Series 3, 4, 5, 7 and BG/BGI, and the same gauges as Omega DFG55 and DFG-RS5,
 * Checkline Series 5, Cooper: the GCL and GCL2 commands, over USB (CP210x) or RS-232.
 *
 * Line:      8N1, 115200 unless the gauge's menu says otherwise (?baud=)
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    [-]digits[.digits][ unit]; units lbF ozF kgF gF N mN kN; with the menu's "numeric only"
 *            there is no unit. Torque gauges send lbFft lbFin ozFin kgFm kgFmm gFcm Nm Ncm Nmm.
 *            "*10" illegal command, "*11" not applicable now, "*12" or "*21" (makers differ) invalid
 *            specifier, "*22" value too large.
 *            LIST answers "V1.00;LBF;CUR;FLTC8;FLTP1;AOUT00;AOFF5;FULL;MIT;POL;B0": firmware first,
 *            battery B0 (full) to B3 last, between them unit, mode (CUR, PT, PC) and other settings.
 * Commands:  "?" the displayed reading; "LIST"; "AOUTn" n readings a second, "AOUT0" off; "CUR" live
 *            reading; "Z" zero; each with CR. On BG/BGI gauges AOUTn means every n-th reading, so a
 *            stream is started only where LIST was answered (GCL2). SAVE writes the gauge's memory
 *            and is not in this file.
 * Sign:      minus is tension, plus is never sent; the menu can invert or omit it (?polarity=).
 * Quirks:    answers only on its measuring screen; commands only on the port chosen in its menu;
 *            AOUT1 gives 50 readings a second; switches itself off after 5 min by default.
 * Not known: what is sent on overload (the display says OVER above 110 %): such a line counts as one
 *            that makes no sense; answers of RN RM RV RS (not asked); MEM and STA dumps
 * Source:    Omega M5251; Checkline/Mark-10 Series 5 guide pp. 17-19; Series 4 guide p. 16; BG manual;
 *            tests/recordings/mark10/
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <string.h>

#define READ       "?\r"
#define LIST       "LIST\r"
#define LIVE       "CUR\r"
#define ZERO       "Z\r"
#define STREAM_OFF "AOUT0\r"
#define STREAM_50  "AOUT50\r"
#define STREAM_125 "AOUT125\r"

enum { REPLY_MS = 300, FAST_BAUD = 57600 };

struct state {
	const char *stream;  /* the request that started it; NULL: it is asked for each reading */
	bool heard;          /* a reading since poll() was last called */
	bool listed;         /* LIST was understood */
	bool peak;
	bool low_battery;
	enum alg_unit unit;  /* as LIST says; for lines without unit */
	char firmware[16];
};

static bool field_is(const char *field, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(field, word, len) == 0;
}

/* LIST writes units as its commands do: LB or LBF, KG or KGF, MN for milli. */
static void take_field(struct state *s, const char *field, size_t len)
{
	if (field_is(field, len, "CUR"))
		s->peak = false;
	else if (field_is(field, len, "PT") || field_is(field, len, "PC"))
		s->peak = true;
	else if (len == 2 && field[0] == 'B' && field[1] >= '0' && field[1] <= '3')
		s->low_battery = field[1] == '3';
	else if (alg_unit_parse(field, len) != ALG_UNIT_NONE)
		s->unit = alg_unit_parse(field, len);
}

/* Takes in a LIST line; false when it is none. */
static bool take_list(struct state *s, const uint8_t *data, size_t len)
{
	const char *text = (const char *)data, *end = text + len;
	int fields = 0;

	if (len < 2 || text[0] != 'V' || !memchr(text, ';', len))
		return false;
	for (size_t i = 0; i < len; i++)
		if (data[i] < 0x20 || data[i] > 0x7E)
			return false;
	while (text < end) {
		const char *stop = memchr(text, ';', (size_t)(end - text));
		size_t n = (size_t)((stop ? stop : end) - text);

		if (fields++ == 0) {
			size_t copy = n < sizeof(s->firmware) ? n : sizeof(s->firmware) - 1;

			memcpy(s->firmware, text, copy);
			s->firmware[copy] = '\0';
		} else {
			take_field(s, text, n);
		}
		text += n + (stop != NULL);
	}
	s->listed = true;
	return true;
}

static bool is_error(const struct alg_frame *frame)
{
	static const char codes[][4] = {"*10", "*11", "*12", "*21", "*22"};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (field_is((const char *)frame->data, frame->len, codes[i]))
			return true;
	return false;
}

static bool is_torque(const struct alg_number *number)
{
	static const char *const words[] = {"lbFft", "lbFin", "ozFin", "kgFm", "kgFmm", "gFcm", "Nm", "Ncm", "Nmm"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (field_is(number->unit, number->unit_len, words[i]))
			return true;
	return false;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct alg_number number;

	if (!alg_number_parse(frame->data, frame->len, &number)) {
		if (is_error(frame))
			return ALG_FRAME_REFUSED;
		return take_list(s, frame->data, frame->len) ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	}
	reading->unit = alg_unit_parse(number.unit, number.unit_len);
	if (number.unit_len == 0) {
		reading->unit = s->unit ? s->unit : set->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	} else if (reading->unit == ALG_UNIT_NONE) {
		return is_torque(&number) ? ALG_FRAME_FOREIGN : ALG_FRAME_INSANE;
	}
	reading->value = number.value;
	reading->flags |= s->peak ? ALG_READING_PEAK : 0;
	reading->flags |= s->low_battery ? ALG_READING_LOW_BATTERY : 0;
	alg_number_shown(reading->shown, sizeof(reading->shown), frame->data, frame->len);
	s->heard = true;
	return ALG_FRAME_READING;
}

static int say(struct alg_link *link, const char *request)
{
	return alg_link_write(link, request, strlen(request));
}

/* Asks for LIST; readings that the gauge sends by itself may come before the answer. */
static int ask_list(struct alg_link *link, struct state *s)
{
	struct alg_frame frame;
	int rc = alg_link_ask(link, LIST, strlen(LIST), &frame, REPLY_MS);

	for (int i = 0; rc > 0 && i < 50; i++) {
		if (is_error(&frame) || take_list(s, frame.data, frame.len))
			return 0;
		rc = alg_link_frame(link, &frame, REPLY_MS);
	}
	return rc == ALG_ERR_TIMEOUT || rc > 0 ? 0 : rc;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	struct alg_frame frame;
	/* The first answer may be the tail of an older line; it only clears the way. */
	int rc = alg_link_ask(link, READ, strlen(READ), &frame, REPLY_MS);

	if (rc >= 0 || rc == ALG_ERR_TIMEOUT)
		rc = ask_list(link, s);
	if (rc < 0)
		return rc;
	strcpy(info->firmware, s->firmware);
	info->rate_hz = 100;
	if (s->peak)
		alg_warn(alg_link_log(link), MSG_DEV_PEAK, alg_link_address(link));
	if (set->stream && s->listed) {
		bool slow = set->baud && set->baud < FAST_BAUD; /* 125 readings are 1500 bytes a second */

		s->stream = slow ? STREAM_50 : STREAM_125;
		info->rate_hz = slow ? 50 : 125;
		rc = say(link, s->stream);
		s->heard = true; /* give it time for the first */
	} else if (set->stream) {
		alg_warn(alg_link_log(link), MSG_DEV_NO_STREAM, alg_link_address(link));
	}
	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : 0;
}

static int poll(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = 0;

	if (!s->stream) {
		rc = say(link, READ);
		return rc < 0 ? rc : 1;
	}
	if (!s->heard) /* switched off and on again: it has forgotten */
		rc = say(link, s->stream);
	s->heard = false;
	return rc < 0 ? rc : 0;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	struct state *s = state;

	if (what == ALG_COMMAND_ZERO)
		return say(link, ZERO);
	s->peak = false;
	return say(link, LIVE);
}

static int stop(struct alg_link *link, void *state)
{
	struct state *s = state;

	return s->stream ? say(link, STREAM_OFF) : 0;
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), ALG_REQUEST(LIST), ALG_REQUEST(LIVE), ALG_REQUEST(ZERO), ALG_REQUEST(STREAM_OFF), ALG_REQUEST(STREAM_50), ALG_REQUEST(STREAM_125), {0}};

extern const struct alg_driver alg_driver_mark10;
const struct alg_driver alg_driver_mark10 = {
	.info = {
		.name = "mark10",
		.summary = "Mark-10 Series 3-7, BG; Omega DFG55, DFG-RS5; Checkline Series 5; Cooper",
		.transport = "serial",
		.line = {.baud = 115200, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 100,
		.sign_documented = true,
		.sends_unit = true,
		.source = "Omega M5251; Checkline Series 5 guide pp. 17-19",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 10,
	.reply_timeout_ms = 100, /* a lost answer is asked again before the signal counts as lost (250 ms) */
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.command = command,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
