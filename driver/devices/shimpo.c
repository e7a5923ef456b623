/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shimpo.c - Nidec-Shimpo FG-3000, FG-7000, FG-7000T and the same gauges as EFG, EFGE, EFGS, ETTA, ETTB, ETTC, ECT.
 *
 * Line:      38400 8N1, 9600 and 19200 by the menu (?baud=); over USB any speed will do
 * Frame:     text that ends with CR; frames of the memory FC 33 .. with a check (driver/frame/shimpo.c)
 * Layout:    '-' or nothing, 1-6 characters of digits and point, a blank, the unit in 1-6 characters; a blank before
 *            it all was seen by a user. 52 06 acknowledges zeroing.
 * Units:     N kN mN kgf gf tf lbf klbf ozf; N.m N.cm kgf.m kgf.cm lbf.ft lbf.in (torque) and MPa are no forces
 * Commands:  3F, one byte and no terminator: the displayed reading. 50 5A 00 zero. 3F 43 04 and 3F 43 05: a stream of
 *            50 and 100 a second, 3F 43 FF ends it. All but the first stand in the document of the torque gauges'
 *            RS-232 line only: zeroing is tried when it is asked for, a stream only with ?stream=1.
 * Traps:     3F is the beginning of 3F 43, so nothing that is sent may begin with 43.
 *            53 50 .. changes the unit and is not in this file.
 * Sign:      plus is pulling, minus is pushing: so pressing is turned round, unless the address has ?polarity=
 * Memory:    its frames are stored readings of another time: their check is looked at, and they are no readings here.
 * Not known: overload (only the display flashes, above 110 %) and battery on the wire; how fast it may be asked
 * Source:    "Force & Torque Inst. Data Transfer Protocol" V1.0 and "FG7000T series RS232 Communication Command" V1.0;
 *            the check of memory frames is not named there: CRC-16/ARC gives all three printed ones.
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <string.h>

#define READ       "?"
#define ZERO       "PZ\0"
#define STREAM_50  "?C\x04"
#define STREAM_100 "?C\x05"
#define STREAM_OFF "?C\xFF"

enum { REQUEST_LEN = 3, FAST_BAUD = 19200, NUMBER_MAX = 6, UNIT_MAX = 6 };

struct state {
	const char *stream; /* the request that started it; NULL: it is asked for each reading */
	bool heard;         /* a reading since poll() was last called */
};

static bool is_other(const uint8_t *unit, size_t len)
{
	static const char *const words[] = {"N.m", "N.cm", "kgf.m", "kgf.cm", "lbf.ft", "lbf.in", "MPa"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == len && memcmp(words[i], unit, len) == 0)
			return true;
	return false;
}

static enum alg_unit unit_of(const uint8_t *unit, size_t len)
{
	static const struct {
		const char *word;
		enum alg_unit unit;
	} units[] = {
		{"N", ALG_UNIT_N}, {"kN", ALG_UNIT_KN}, {"mN", ALG_UNIT_MILLI_N}, {"kgf", ALG_UNIT_KGF}, {"gf", ALG_UNIT_GF},
		{"tf", ALG_UNIT_TF}, {"lbf", ALG_UNIT_LBF}, {"klbf", ALG_UNIT_KLBF}, {"ozf", ALG_UNIT_OZF},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].word) == len && memcmp(units[i].word, unit, len) == 0)
			return units[i].unit;
	return ALG_UNIT_NONE;
}

/* A text that begins with FC is none, and never as long as its fourth byte says. */
static bool is_memory(const struct alg_frame *frame)
{
	return frame->len > 6 && memcmp(frame->data, "\xFC\x33\0", 3) == 0 && frame->data[3] == frame->len;
}

static bool is_ack(const struct alg_frame *frame)
{
	return frame->len == 2 && memcmp(frame->data, "R\x06", 2) == 0;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct alg_number number;
	size_t at = frame->data[0] == ' ' ? 1 : 0;
	const uint8_t *text = frame->data + at, *blank = memchr(text, ' ', frame->len - at);

	(void)set;
	if (is_memory(frame) || is_ack(frame))
		return ALG_FRAME_IGNORED;
	if (!blank || text[0] == '+')
		return ALG_FRAME_INSANE;
	size_t number_len = (size_t)(blank - text), unit_len = frame->len - at - number_len - 1, minus = text[0] == '-';

	if (number_len > minus + NUMBER_MAX || unit_len > UNIT_MAX || !alg_number_parse(text, number_len, &number) ||
		number.unit_len)
		return ALG_FRAME_INSANE;
	reading->unit = unit_of(blank + 1, unit_len);
	if (reading->unit == ALG_UNIT_NONE)
		return is_other(blank + 1, unit_len) ? ALG_FRAME_FOREIGN : ALG_FRAME_INSANE;
	reading->value = number.value;
	alg_number_shown(reading->shown, sizeof(reading->shown), text, frame->len - at);
	s->heard = true;
	return ALG_FRAME_READING;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	bool slow = set->baud && set->baud < FAST_BAUD; /* 100 readings are up to 1600 bytes a second */

	if (!set->stream)
		return 0;
	s->stream = slow ? STREAM_50 : STREAM_100;
	s->heard = true; /* give it time for the first */
	info->rate_hz = slow ? 50 : 100;
	int rc = alg_link_write(link, s->stream, REQUEST_LEN);

	return rc == ALG_ERR_TIMEOUT ? 0 : rc;
}

static int poll(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = 0;

	if (!s->stream) {
		rc = alg_link_write(link, READ, 1);
		return rc < 0 ? rc : 1;
	}
	if (!s->heard) /* switched off and on again: it has forgotten */
		rc = alg_link_write(link, s->stream, REQUEST_LEN);
	s->heard = false;
	return rc < 0 ? rc : 0;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	(void)state;
	if (what != ALG_COMMAND_ZERO)
		return alg_fail(alg_link_log(link), MSG_DEV_COMMAND, alg_link_address(link), "shimpo", "live reading");
	return alg_link_write(link, ZERO, REQUEST_LEN);
}

static int stop(struct alg_link *link, void *state)
{
	const struct state *s = state;

	return s->stream ? alg_link_write(link, STREAM_OFF, REQUEST_LEN) : 0;
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), ALG_REQUEST(ZERO), ALG_REQUEST(STREAM_50),
	ALG_REQUEST(STREAM_100), ALG_REQUEST(STREAM_OFF), {0}};

extern const struct alg_driver alg_driver_shimpo;
const struct alg_driver alg_driver_shimpo = {
	.info = {
		.name = "shimpo",
		.summary = "Nidec-Shimpo FG-3000, FG-7000; EFG, EFGE, EFGS, ETTA..ETTC, ECT",
		.transport = "serial",
		.limits = "an overload is not on the wire; zeroing and streams are documented for the torque gauges only",
		.line = {.baud = 38400, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 0,
		.sign_documented = true,
		.push_is_minus = true,
		.sends_unit = true,
		.source = "Force & Torque Inst. Data Transfer Protocol V1.0; FG7000T series RS232 Communication Command V1.0",
	},
	.framing = &alg_framing_shimpo,
	.requests = requests,
	.poll_interval_ms = 10,
	.reply_timeout_ms = 100,
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.command = command,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
