/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kern_scale.c - KERN balances that send their weight without end (EW 6200-2NM and alike).
 *
 * Line:      1200 8N2
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    12 or 13 characters: sign '+', '-' or blank; 7 or 8 of a number with its point, blanks before it; two
 *            of the unit; S1 L G H or blank, a comparison with set limits; S2 S stable, U not, E error, or blank
 * Units:     " G" gram, CT carat, OZ LB, OT troy ounce, DW pennyweight, GR grain; TL tael, MO momme and to tola have
 *            local sizes, " %" and PC (pieces) are none: no forces
 * Commands:  "O1" CR LF once: a weight without end; answered "A00" when obeyed, "E01" when not
 * Quirks:    an error (S2 E) has no value, whatever stands in its digits. 13 characters that lost a digit are 12, so
 *            a frame that is not as long as the one before it is not believed.
 * Not known: how fast it sends; how to end it: it goes on after closing, as after its own key; which model sends 7 and
 *            which 8 characters; zeroing
 * Source:    libsigrok's kern-scale driver (facts, no code); tests/recordings/kern-scale/ are built from the layout
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <math.h>
#include <string.h>

#define START "O1\r\n"

enum { LEN = 12, NUMBER_AT = 1 };

struct state {
	bool heard; /* a reading since poll() was last called */
	size_t len; /* of the last frame; 0: none yet */
};

/* Whether it is as long as the one before it. */
static bool as_before(struct state *s, size_t len)
{
	bool same = s->len == 0 || s->len == len;

	s->len = len;
	return same;
}

/* Whether these two characters are a unit; *unit is ALG_UNIT_NONE for those that are no forces. */
static bool unit_of(const uint8_t *text, enum alg_unit *unit, const char **shown)
{
	static const struct {
		char text[3];
		enum alg_unit unit;
		const char *shown;
	} units[] = {
		{" G", ALG_UNIT_GF, "g"}, {"CT", ALG_UNIT_CARAT, "ct"}, {"OZ", ALG_UNIT_OZF, "oz"}, {"LB", ALG_UNIT_LBF, "lb"},
		{"OT", ALG_UNIT_TROY_OZ, "ozt"}, {"DW", ALG_UNIT_PENNYWEIGHT, "dwt"}, {"GR", ALG_UNIT_GRAIN, "gr"},
		{"TL", ALG_UNIT_NONE, ""}, {"MO", ALG_UNIT_NONE, ""}, {"to", ALG_UNIT_NONE, ""}, {" %", ALG_UNIT_NONE, ""},
		{"PC", ALG_UNIT_NONE, ""},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (memcmp(units[i].text, text, 2) == 0) {
			*unit = units[i].unit;
			*shown = units[i].shown;
			return true;
		}
	return false;
}

/* Digits and a point with blanks before them, and nothing else. */
static bool is_number(const uint8_t *text, size_t len, struct alg_number *number)
{
	for (size_t i = 0; i < len; i++)
		if (!memchr("0123456789. ", text[i], 12))
			return false;
	return text[len - 1] != ' ' && alg_number_parse(text, len, number);
}

static enum alg_verdict acknowledgement(const struct alg_frame *frame)
{
	if (frame->len == 3 && memcmp(frame->data, "A00", 3) == 0)
		return ALG_FRAME_IGNORED;
	if (frame->len == 3 && memcmp(frame->data, "E01", 3) == 0)
		return ALG_FRAME_REFUSED;
	return ALG_FRAME_BAD_LENGTH;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct alg_number number;
	const uint8_t *d = frame->data, *end = d + frame->len;
	const char *shown;

	(void)set;
	if (frame->len != LEN && frame->len != LEN + 1)
		return acknowledgement(frame);
	if (!as_before(s, frame->len))
		return ALG_FRAME_BAD_LENGTH;
	if (!memchr("+- ", d[0], 3) || !unit_of(end - 4, &reading->unit, &shown) || !memchr("LGH ", end[-2], 4) ||
		!memchr("SUE ", end[-1], 4))
		return ALG_FRAME_INSANE;
	if (end[-1] == 'E') {
		reading->value = NAN;
		reading->flags |= ALG_READING_FAULT;
		strcpy(reading->shown, "error");
		s->heard = true;
		return ALG_FRAME_READING;
	}
	size_t len = (size_t)(end - 4 - d) - NUMBER_AT;

	if (!is_number(d + NUMBER_AT, len, &number))
		return ALG_FRAME_INSANE;
	s->heard = true;
	if (reading->unit == ALG_UNIT_NONE)
		return ALG_FRAME_FOREIGN;
	reading->value = d[0] == '-' && number.value > 0 ? -number.value : number.value;
	reading->flags |= end[-1] == 'U' ? ALG_READING_UNSTABLE : 0;
	reading->shown[0] = '-';
	size_t minus = d[0] == '-';

	alg_number_shown_in(reading->shown + minus, sizeof(reading->shown) - minus, d + NUMBER_AT, len, shown);
	return ALG_FRAME_READING;
}

static int begin(struct alg_link *link)
{
	int rc = alg_link_write(link, START, strlen(START));

	return rc == ALG_ERR_TIMEOUT ? 0 : rc;
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;

	(void)set;
	(void)info;
	s->heard = true; /* give it time for the first */
	return begin(link);
}

static int poll(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = s->heard ? 0 : begin(link); /* switched off and on again: it has forgotten */

	s->heard = false;
	return rc;
}

static const struct alg_request requests[] = {ALG_REQUEST(START), {0}};

extern const struct alg_driver alg_driver_kern_scale;
const struct alg_driver alg_driver_kern_scale = {
	.info = {
		.name = "kern-scale",
		.summary = "KERN balances that send without end (EW 6200-2NM)",
		.transport = "serial",
		.limits = "a scale, for trying out: its rate and how to end its output are not documented",
		.line = {.baud = 1200, .data_bits = 8, .parity = 'N', .stop_bits = 2, .dtr = true, .rts = true},
		.rate_hz = 0,
		.sign_documented = true,
		.sends_unit = true,
		.source = "libsigrok kern-scale (facts)",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.silence_ms = 2000,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
