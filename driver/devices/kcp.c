/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kcp.c - Sauter FS-2 and KERN instruments that speak the KERN Communications Protocol (KCP).
 *
 * Line:      115200 8N1 (FS-2, a virtual serial port); others by their menu (?baud=)
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    "SI" is answered with "S S <number> <unit>" when stable, "S D <number> <unit>" when not; "S I" cannot
 *            now, "S +" over and "S -" under its range, "S A" obeyed. "I2", "I3", "I4" are answered with the question,
 *            "A" and texts between quotation marks: the device, its software, its serial number.
 * Commands:  "SI" one reading, with 100 ms or more between two; "SIR" readings without end (?stream=1), which "@"
 *            (Cancel) ends; "ZI" zero at once; "I2" "I3" "I4"; in capitals, each with CR LF. Not in this file: "I4 A
 *            .." writes the serial number, "T.." tares, "D", "K" change display and keys, "U" the unit.
 * Inferred:  the answers have the shape of MT-SICS, which KCP's commands are like: the makers' manuals at hand print
 *            only the first two words of some, so numbers and units are taken at any width. An older KERN protocol
 *            answers "SI" with "SI ? .." or "SI   ..": that is not this one, and makes no sense here.
 * Not known: how wide the columns are; which direction is plus on a force gauge; what "ZI" is answered with (lines
 *            of ZI with A, S or D are taken for yes, I + - for no); how fast "SIR" sends; whether the FS-2 bears
 *            faster asking
 * Source:    Sauter FS-2 manual p. 28; KERN CKE manual p. 35, KIB-TM supplement p. 7. No answer with a value was ever
 *            printed there: tests/recordings/kcp/ are built from the shape.
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <math.h>
#include <string.h>

#define READ   "SI\r\n"
#define STREAM "SIR\r\n"
#define CANCEL "@\r\n"
#define ZERO   "ZI\r\n"
#define DEVICE "I2\r\n"
#define SOFT   "I3\r\n"
#define SERIAL "I4\r\n"

enum { REPLY_MS = 300, REST_MS = 100, LINES = 10, VALUE_AT = 4 };

struct state {
	bool streams, heard;
};

static bool begins(const struct alg_frame *frame, const char *text)
{
	return frame->len >= strlen(text) && memcmp(frame->data, text, strlen(text)) == 0;
}

static bool is(const struct alg_frame *frame, const char *text)
{
	return frame->len == strlen(text) && begins(frame, text);
}

static enum alg_verdict without_value(struct alg_reading *reading, const char *shown)
{
	reading->value = NAN;
	reading->flags |= ALG_READING_OVERLOAD;
	strcpy(reading->shown, shown);
	return ALG_FRAME_READING;
}

/* The answers that are no readings. */
static enum alg_verdict other(const struct alg_frame *frame)
{
	if (is(frame, "S I") || is(frame, "ZI I") || is(frame, "ZI +") || is(frame, "ZI -"))
		return ALG_FRAME_REFUSED;
	if (is(frame, "S A") || is(frame, "ZI A") || is(frame, "ZI S") || is(frame, "ZI D"))
		return ALG_FRAME_IGNORED;
	if (begins(frame, "I2 A \"") || begins(frame, "I3 A \"") || begins(frame, "I4 A \""))
		return ALG_FRAME_IGNORED;
	return ALG_FRAME_INSANE;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct alg_number number;

	(void)set;
	if (is(frame, "S +") || is(frame, "S -")) {
		s->heard = true;
		return without_value(reading, frame->data[2] == '+' ? "over range" : "under range");
	}
	if (!begins(frame, "S S ") && !begins(frame, "S D "))
		return other(frame);
	if (!alg_number_parse(frame->data + VALUE_AT, frame->len - VALUE_AT, &number))
		return ALG_FRAME_INSANE;
	reading->unit = alg_unit_parse(number.unit, number.unit_len);
	if (reading->unit == ALG_UNIT_NONE)
		return ALG_FRAME_INSANE;
	reading->value = number.value;
	reading->flags |= frame->data[2] == 'D' ? ALG_READING_UNSTABLE : 0;
	alg_number_shown(reading->shown, sizeof(reading->shown), frame->data + VALUE_AT, frame->len - VALUE_AT);
	s->heard = true;
	return ALG_FRAME_READING;
}

static int say(struct alg_link *link, const char *request)
{
	return alg_link_write(link, request, strlen(request));
}

/* What stands between the first and the last quotation mark of an answer; false when it is no clean text. */
static bool quoted(const struct alg_frame *frame, char *out, size_t cap)
{
	const uint8_t *first = memchr(frame->data, '"', frame->len), *last = frame->data + frame->len - 1;
	size_t n = first && last > first && *last == '"' ? (size_t)(last - first - 1) : 0;

	if (n == 0 || n >= cap)
		return false;
	for (size_t i = 0; i < n; i++)
		if (first[1 + i] < 0x20 || first[1 + i] > 0x7E)
			return false;
	memcpy(out, first + 1, n);
	out[n] = '\0';
	return true;
}

/* Other lines, of a stream left behind, may come before the answer. Out is left alone when there is none. */
static int ask(struct alg_link *link, const char *request, char *out, size_t cap)
{
	struct alg_frame frame;
	char head[] = "I2 A \"";
	int rc = alg_link_ask(link, request, strlen(request), &frame, REPLY_MS);

	head[1] = request[1];
	for (int i = 0; rc > 0 && i < LINES; i++) {
		if (begins(&frame, head)) {
			quoted(&frame, out, cap);
			break;
		}
		rc = alg_link_frame(link, &frame, REPLY_MS);
	}
	alg_link_sleep_ms(link, REST_MS);
	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : 0;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	int rc = ask(link, DEVICE, info->model, sizeof(info->model));

	if (rc == 0)
		rc = ask(link, SOFT, info->firmware, sizeof(info->firmware));
	if (rc == 0)
		rc = ask(link, SERIAL, info->serial, sizeof(info->serial));
	if (rc < 0 || !set->stream)
		return rc;
	s->streams = s->heard = true; /* give it time for the first */
	info->rate_hz = 0;
	rc = say(link, STREAM);
	return rc == ALG_ERR_TIMEOUT ? 0 : rc;
}

static int poll(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = 0;

	if (!s->streams) {
		rc = say(link, READ);
		return rc < 0 ? rc : 1;
	}
	if (!s->heard) /* switched off and on again: it has forgotten */
		rc = say(link, STREAM);
	s->heard = false;
	return rc < 0 ? rc : 0;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	(void)state;
	if (what != ALG_COMMAND_ZERO)
		return alg_fail(alg_link_log(link), MSG_DEV_COMMAND, alg_link_address(link), "kcp", "live reading");
	alg_link_sleep_ms(link, REST_MS); /* a reading may just have been asked for */
	int rc = say(link, ZERO);

	alg_link_sleep_ms(link, REST_MS);
	return rc;
}

static int stop(struct alg_link *link, void *state)
{
	const struct state *s = state;

	return s->streams ? say(link, CANCEL) : 0;
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), ALG_REQUEST(STREAM), ALG_REQUEST(CANCEL),
	ALG_REQUEST(ZERO), ALG_REQUEST(DEVICE), ALG_REQUEST(SOFT), ALG_REQUEST(SERIAL), {0}};

extern const struct alg_driver alg_driver_kcp;
const struct alg_driver alg_driver_kcp = {
	.info = {
		.name = "kcp",
		.summary = "Sauter FS-2; KERN instruments with KCP",
		.transport = "serial",
		.support = ALG_SUPPORT_PARTIAL,
		.limits = "the shape of answers with a value is inferred from MT-SICS; which direction is plus is not known",
		.line = {.baud = 115200, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 10,
		.sign_documented = false,
		.sends_unit = true,
		.source = "Sauter FS-2 manual p. 28; KERN CKE p. 35, KIB-TM p. 7",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 100,
	.reply_timeout_ms = 200, /* a lost answer is asked again before the signal counts as lost (250 ms) */
	.silence_ms = 1000,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.command = command,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
