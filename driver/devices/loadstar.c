/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loadstar.c - Loadstar iLoad load cells and the DI-100, DI-1000 and LV-100 interfaces, over USB virtual serial port.
 *
 * Line:      9600 8N1 (?baud=230400 for the high speed variant of the DI-1000)
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    a reading is one integer in thousandths of a pound: "2345" is 2.345 lb. "A" acknowledges.
 * Commands:  CR alone, answered "A"; "W" one reading; "O0W0" readings without end, about 150 a second, until any
 *            CR; "SLC" capacity in pounds; "SS0" model; "SS1" factory id; "CT0" tare, answered "A"; each with CR
 * Opening:   the answers to SLC, SS0 and SS1 can look like readings. So CR goes before and after them, and no
 *            line counts before the "A" of the last. A stream that was left running is ended by the same. In a
 *            recording of it up to three lines between the first "A" and the next one are these answers.
 * Not known: how a negative reading is written (a leading '-' is taken), which direction is plus, overload; what
 *            stands between the two numbers of "O0T0" (milliseconds and weight), so its clock is not used; whether
 *            the CR that ends a stream is acknowledged, or that which ends "CT0" obeyed while it streams (so the
 *            stream is ended before and begun again after it); whether capacity has a unit or decimals
 * Source:    Loadstar's page on writing software and its command set; LV-100 manual p. 8
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include "base/clock.h"

#include <string.h>

#define ALIVE    "\r"
#define READ     "W\r"
#define STREAM   "O0W0\r"
#define CAPACITY "SLC\r"
#define MODEL    "SS0\r"
#define ID       "SS1\r"
#define ZERO     "CT0\r"

enum { NAMES = 3, ANSWER_MS = 150, CLEAR_MS = 1500, TRIES = 2, MILLI = 3 };

struct state {
	bool streams; /* it was asked to */
	bool heard;   /* a reading since poll() was last called */
	bool opened;  /* the names have been asked for, or come now */
	int names;    /* so many lines at most are still names, in a recording */
};

static int say(struct alg_link *link, const char *request)
{
	return alg_link_write(link, request, strlen(request));
}

static bool is_ack(const struct alg_frame *frame)
{
	return frame->len == 1 && frame->data[0] == 'A';
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	bool minus = frame->len > 0 && frame->data[0] == '-';
	uint32_t milli_lb = 0;

	(void)set;
	if (is_ack(frame)) {
		s->names = s->opened ? 0 : NAMES;
		s->opened = true;
		return ALG_FRAME_IGNORED;
	}
	if (s->names > 0) {
		s->names--;
		return ALG_FRAME_IGNORED;
	}
	if (frame->len <= minus || frame->len > minus + (size_t)ALG_NUMBER_DIGITS_MAX)
		return ALG_FRAME_INSANE;
	for (size_t i = minus; i < frame->len; i++) {
		if (frame->data[i] < '0' || frame->data[i] > '9')
			return ALG_FRAME_INSANE;
		milli_lb = milli_lb * 10 + (uint32_t)(frame->data[i] - '0');
	}
	minus = minus && milli_lb;
	reading->unit = ALG_UNIT_LBF;
	reading->value = alg_number_scale(minus ? -(double)milli_lb : milli_lb, MILLI);
	alg_number_format(reading->shown, sizeof(reading->shown), minus, milli_lb, MILLI, "lb");
	s->heard = true;
	return ALG_FRAME_READING;
}

/* CR, and all lines up to its "A": what was asked before is answered by then. 1, 0 when no "A" comes, or negative. */
static int clear_way(struct alg_link *link)
{
	for (int i = 0; i < TRIES; i++) {
		struct alg_frame frame;
		int64_t end_ns = alg_link_now_ns(link) + CLEAR_MS * ALG_NS_PER_MS;
		int rc = alg_link_ask(link, ALIVE, 1, &frame, ANSWER_MS);

		while (rc > 0 && alg_link_now_ns(link) < end_ns) {
			if (is_ack(&frame))
				return 1;
			rc = alg_link_frame(link, &frame, ANSWER_MS);
		}
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* The line that answers; leftover acknowledgements are none. */
static int ask(struct alg_link *link, const char *request, struct alg_frame *frame)
{
	int rc = alg_link_ask(link, request, strlen(request), frame, ANSWER_MS);

	while (rc > 0 && is_ack(frame))
		rc = alg_link_frame(link, frame, ANSWER_MS);
	return rc;
}

/* Pounds, above nothing; what else it may say is not taken. */
static void take_capacity(const struct alg_frame *frame, struct alg_device_info *info)
{
	struct alg_number number;

	if (!alg_number_parse(frame->data, frame->len, &number) || number.value <= 0)
		return;
	if (number.unit_len == 0 || alg_unit_parse(number.unit, number.unit_len) == ALG_UNIT_LBF)
		info->capacity_n = number.value * alg_unit_factor_n(ALG_UNIT_LBF);
}

static void take_text(const struct alg_frame *frame, char *out, size_t cap)
{
	for (size_t i = 0; i < frame->len; i++)
		if (frame->data[i] < 0x20 || frame->data[i] > 0x7E)
			return;
	if (frame->len >= cap)
		return;
	memcpy(out, frame->data, frame->len);
	out[frame->len] = '\0';
}

/* 1 as long as each is answered. */
static int ask_names(struct alg_link *link, struct alg_device_info *info)
{
	struct alg_frame frame;
	int rc = ask(link, CAPACITY, &frame);

	if (rc > 0) {
		take_capacity(&frame, info);
		rc = ask(link, MODEL, &frame);
	}
	if (rc > 0) {
		take_text(&frame, info->model, sizeof(info->model));
		rc = ask(link, ID, &frame);
	}
	if (rc > 0)
		take_text(&frame, info->serial, sizeof(info->serial));
	return rc;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;
	int rc = clear_way(link);

	s->opened = true;
	if (rc > 0) {
		rc = ask_names(link, info);
		if (rc >= 0)
			rc = clear_way(link);
	}
	if (rc >= 0 && set->stream) {
		s->streams = s->heard = true; /* give it time for the first */
		info->rate_hz = 150;
		rc = say(link, STREAM);
	}
	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : 0;
}

static int poll(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = 0;

	if (!s->streams) {
		rc = say(link, READ);
		return rc < 0 ? rc : 1;
	}
	if (!s->heard)
		rc = say(link, STREAM);
	s->heard = false;
	return rc < 0 ? rc : 0;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	struct state *s = state;
	int rc = 0;

	if (what != ALG_COMMAND_ZERO)
		return alg_fail(alg_link_log(link), MSG_DEV_COMMAND, alg_link_address(link), "loadstar", "live reading");
	if (s->streams)
		rc = say(link, ALIVE);
	if (rc >= 0)
		rc = say(link, ZERO);
	return rc >= 0 && s->streams ? say(link, STREAM) : rc;
}

static int stop(struct alg_link *link, void *state)
{
	struct state *s = state;

	return s->streams ? say(link, ALIVE) : 0;
}

static const struct alg_request requests[] = {
	ALG_REQUEST(ALIVE), ALG_REQUEST(READ), ALG_REQUEST(STREAM), ALG_REQUEST(CAPACITY),
	ALG_REQUEST(MODEL), ALG_REQUEST(ID),   ALG_REQUEST(ZERO),   {0},
};

extern const struct alg_driver alg_driver_loadstar;
const struct alg_driver alg_driver_loadstar = {
	.info = {
		.name = "loadstar",
		.summary = "Loadstar iLoad, DI-100, DI-1000, LV-100",
		.transport = "serial",
		.support = ALG_SUPPORT_FULL,
		.limits = "how a negative reading and an overload are written, and which direction is plus, is not published",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 50,
		.sign_documented = false,
		.sends_unit = true, /* always thousandths of a pound */
		.source = "Loadstar Sensors command set; LV-100 manual p. 8",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 20,
	.reply_timeout_ms = 150, /* a lost answer is asked again before the signal counts as lost (250 ms) */
	.silence_ms = 500,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.command = command,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
