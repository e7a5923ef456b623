/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * template.c - a blank to begin a new family with: copy it, rename what says "blank", and write this
 * head first. It is compiled and tested (tests/unit/test_device.c) but not part of the library.
 * docs/ADDING-A-DEVICE.md leads through the rest.
 *
 * Line:      9600 8N1; answers requests; about 20 readings a second
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    [-]digits[.digits] unit: "-1.25 N"
 * Commands:  "?" CR one reading
 * Sign:      which direction is plus, or that nobody says
 * Not known: what the gauge sends on overload, with a low battery, while it holds a peak
 * Source:    the maker's document with its page, or the recording and the firmware it came from
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

/* What decode and poll remember; zeroed at opening. Leave it out when there is nothing. */
struct state {
	uint32_t count;
};

static const char READ[] = "?\r";

/* Sends one request. A gauge that talks by itself has no poll at all (lutron.c). */
static int poll(struct alg_link *link, void *state)
{
	(void)state;
	int rc = alg_link_write(link, READ, sizeof(READ) - 1);

	return rc < 0 ? rc : 1;
}

/*
 * No I/O here: the same bytes give the same readings, live, from a recording and in a fuzzer. Be
 * strict. A frame that is not understood is INSANE, never a guess; the loop counts it and goes on.
 */
static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct alg_number number;

	if (!alg_number_parse(frame->data, frame->len, &number))
		return ALG_FRAME_INSANE;
	reading->unit = alg_unit_parse(number.unit, number.unit_len);
	if (number.unit_len == 0) { /* what the person configured, and a mark that it is so */
		reading->unit = set->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	} else if (reading->unit == ALG_UNIT_NONE) {
		return ALG_FRAME_INSANE;
	}
	reading->value = number.value;
	reading->counter = ++s->count; /* only where the gauge itself counts */
	alg_number_shown(reading->shown, sizeof(reading->shown), frame->data, frame->len);
	return ALG_FRAME_READING;
}

/* Every byte string that this file may send; the loop refuses to send anything else. */
static const struct alg_request requests[] = {ALG_REQUEST(READ), {0}};

extern const struct alg_driver alg_driver_blank;
const struct alg_driver alg_driver_blank = {
	.info = {
		.name = "blank", /* as in ?family=; lower case, digits, '-' */
		.summary = "makers and models in a few words",
		.transport = "serial", /* or "usb-hid" */
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 20,            /* 0: not known */
		.sign_documented = false, /* the maker says which direction is plus */
		.sends_unit = true,
		.source = "document and page",
	},
	.framing = &alg_framing_line, /* NULL: one packet of the transport is one frame */
	.requests = requests,         /* NULL: sends nothing */
	.poll_interval_ms = 50,       /* not before so long after the last request */
	.reply_timeout_ms = 500,      /* without an answer for so long: ask again, and count it */
	.silence_ms = 1000,           /* a pause that a healthy gauge does not make */
	.state_size = sizeof(struct state),
	.poll = poll,
	.decode = decode,
	/* .identify, .command, .stop: NULL means "does not do that" */
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
