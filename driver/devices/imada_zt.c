/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imada_zt.c - Imada ZTS and ZTA, and the same gauges as Schmidt EZT ("X" protocol), over USB (CDC) or RS-232C.
 *
 * Line:      19200 8N1; over USB any speed will do
 * Frame:     CR (driver/frame/line.c)
 * Layout:    "XAR" is answered with 20 characters: a prefix, six of a signed number with its point (+12.34), eight
 *            more, the unit's place 0-5 in the table, four more. "XFC" is answered with "XFC" and six codes of two
 *            digits, the gauge's table of units: 01 mN, 02 N, 03 kN, 04 g, 05 kg, 07 gf, 08 kgf, 10 ozf, 11 lbf,
 *            12 klbf; 00 nothing; 13 N-cm, 14 N-m, 16 kgf-cm, 17 kgf-m, 22 ozf-in, 23 lbf-in are torque.
 * Commands:  "XAR" one reading; "XFC" the table, until it came twice alike; "XAS" ends a stream: sent at opening, as
 *            another program may have left one of 2000 lines a second behind, and at closing. Each with CR. "XAg" and
 *            "XAG" start streams of 10 and 2000 readings a second and are not in this file: the first is slower than
 *            asking, the second faster than anything here can use. Nor is "XFU", which changes the unit.
 * Not known: which letter the prefix is (any one is taken); what the characters 7-14 and 16-19 say (peak, set points
 *            and overload may be among them; they have to be printable and are not looked at); whether a plus may be
 *            a blank (such a line counts as one that makes no sense); which direction is plus; what "XAS" is
 *            answered with; other codes of units (they make no sense here); what errors look like; zeroing
 * Source:    open programs: IMADA_ZTS.py and ZTS2.py by A. Yamaguchi, two more; Schmidt EZT manual pp. 51-52.
 *            No answer of a gauge was ever printed: tests/recordings/imada-zt/ are made up where this says "not known".
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <string.h>

#define READ  "XAR\r"
#define TABLE "XFC\r"
#define QUIET "XAS\r"

enum { LEN = 20, NUMBER_AT = 1, NUMBER_LEN = 6, UNIT_AT = 15, UNITS = 6, TABLE_LEN = 3 + 2 * UNITS };
enum { QUIET_MS = 100, REPLY_MS = 300, TRIES = 5 };
static const int64_t STREAM_NS = 1000000000; /* a stream that does not end within a second is none of ours */

struct state {
	bool has_table;
	bool asked; /* for the table, and that is over: what comes later does not change it */
	uint8_t code[UNITS];
};

static bool is_torque(int code)
{
	return code == 13 || code == 14 || code == 16 || code == 17 || code == 22 || code == 23;
}

static enum alg_unit unit_of(int code)
{
	static const struct {
		int code;
		enum alg_unit unit;
	} units[] = {
		{1, ALG_UNIT_MILLI_N}, {2, ALG_UNIT_N}, {3, ALG_UNIT_KN}, {4, ALG_UNIT_GF}, {5, ALG_UNIT_KGF},
		{7, ALG_UNIT_GF}, {8, ALG_UNIT_KGF}, {10, ALG_UNIT_OZF}, {11, ALG_UNIT_LBF}, {12, ALG_UNIT_KLBF},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].code == code)
			return units[i].unit;
	return ALG_UNIT_NONE;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool take_table(struct state *s, const struct alg_frame *frame)
{
	const uint8_t *at = frame->data + 3;

	if (frame->len != TABLE_LEN || memcmp(frame->data, "XFC", 3) != 0)
		return false;
	for (int i = 0; i < 2 * UNITS; i++)
		if (!is_digit(at[i]))
			return false;
	for (int i = 0; i < UNITS && !s->asked; i++)
		s->code[i] = (uint8_t)((at[2 * i] - '0') * 10 + at[2 * i + 1] - '0');
	s->has_table |= !s->asked;
	return true;
}

static bool is_reading(const struct alg_frame *frame, struct alg_number *number)
{
	const uint8_t *d = frame->data, *text = d + NUMBER_AT;

	if (frame->len != LEN || !((d[0] >= 'A' && d[0] <= 'Z') || (d[0] >= 'a' && d[0] <= 'z')))
		return false;
	for (size_t i = 0; i < LEN; i++)
		if (d[i] < 0x20 || d[i] > 0x7E)
			return false;
	if ((text[0] != '+' && text[0] != '-') || memchr(text, ' ', NUMBER_LEN) || !memchr(text, '.', NUMBER_LEN))
		return false;
	return d[UNIT_AT] >= '0' && d[UNIT_AT] < '0' + UNITS && alg_number_parse(text, NUMBER_LEN, number) &&
		number->unit_len == 0;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct alg_number number;

	if (!is_reading(frame, &number))
		return take_table(s, frame) ? ALG_FRAME_IGNORED : ALG_FRAME_INSANE;
	if (s->has_table) {
		int code = s->code[frame->data[UNIT_AT] - '0'];

		reading->unit = unit_of(code);
		if (reading->unit == ALG_UNIT_NONE)
			return is_torque(code) ? ALG_FRAME_FOREIGN : ALG_FRAME_INSANE;
	} else {
		reading->unit = set->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	}
	reading->value = number.value;
	alg_number_shown_in(
		reading->shown, sizeof(reading->shown), frame->data + NUMBER_AT, NUMBER_LEN, alg_unit_name(reading->unit));
	return ALG_FRAME_READING;
}

static int say(struct alg_link *link, const char *request)
{
	return alg_link_write(link, request, strlen(request));
}

/*
 * The table gives every reading its unit, and "02" (N) is one bit away from "03" (kN): it is believed when it was said
 * twice alike. Without it readings have no unit.
 */
static int ask_table(struct alg_link *link, struct state *s)
{
	struct alg_frame frame;
	bool sure = false;
	int rc = 0;

	for (int i = 0; i < TRIES && !sure && (rc >= 0 || rc == ALG_ERR_TIMEOUT); i++) {
		struct state before = *s;

		rc = alg_link_ask(link, TABLE, strlen(TABLE), &frame, REPLY_MS);
		if (rc > 0 && take_table(s, &frame))
			sure = before.has_table && memcmp(before.code, s->code, UNITS) == 0;
	}
	s->has_table = sure;
	s->asked = true;
	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : 0;
}

/* Reads away what a stream has left behind, until nothing comes any more. */
static int read_away(struct alg_link *link)
{
	struct alg_frame frame;
	int64_t first_ns = INT64_MIN;
	int rc;

	while ((rc = alg_link_frame(link, &frame, QUIET_MS)) > 0) {
		first_ns = first_ns == INT64_MIN ? frame.t_ns : first_ns;
		if (frame.t_ns - first_ns > STREAM_NS)
			return 0;
	}
	return rc;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	int rc = say(link, QUIET);

	(void)set;
	(void)info;
	if (rc >= 0 || rc == ALG_ERR_TIMEOUT)
		rc = read_away(link);
	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : ask_table(link, s);
}

static int poll(struct alg_link *link, void *state)
{
	int rc = say(link, READ);

	(void)state;
	return rc < 0 ? rc : 1;
}

static int stop(struct alg_link *link, void *state)
{
	(void)state;
	return say(link, QUIET);
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), ALG_REQUEST(TABLE), ALG_REQUEST(QUIET), {0}};

extern const struct alg_driver alg_driver_imada_zt;
const struct alg_driver alg_driver_imada_zt = {
	.info = {
		.name = "imada-zt",
		.summary = "Imada ZTS, ZTA; Schmidt EZT",
		.transport = "serial",
		.support = ALG_SUPPORT_PARTIAL,
		.limits = "value and unit only: overload, peak mode, zeroing and which direction is plus are not documented",
		.line = {.baud = 19200, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 0,
		.sign_documented = false,
		.sends_unit = true,
		.source = "IMADA_ZTS.py, ZTS2.py (open source); Schmidt EZT manual pp. 51-52",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 10, /* 5 ms is what an open program does */
	.reply_timeout_ms = 100,
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
