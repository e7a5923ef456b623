/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wagner.c - Wagner FPX and FDX (Force Ten) gauges over their USB virtual serial port.
 *
 * Line:      9600 8N1 (from an open driver; the maker refers to a table of the setup menu)
 * Frame:     one line (driver/frame/line.c); the maker names CR LF only for requests
 * Layout:    [+|-] 4 digits with a point, a blank, the unit: "18.14 kgf", "-0.25 lbf"; a blank may
 *            follow the sign; the unit may be absent
 * Commands:  "?" CR LF one reading. Nothing else is documented for USB; what the gauge does not know
 *            it does not answer. Its SEND key sends one reading unasked.
 * Sign:      the maker says + is compression; an FPX was seen by its user to report compression as
 *            negative. So the sign is passed on as it comes and ?polarity= turns it round.
 * Not known: USB identity, overload, battery and peak on the wire; the command of the maker's own
 *            continuous acquisition (we ask in a loop); more than one model's true rate
 * Source:    Force Ten FDX manual p. 20; open driver AaronLi/UWO-Algometer;
 *            tests/recordings/wagner/
 */
#include "driver/driver.h"

static const char READ[] = "?\r\n";

static int poll(struct alg_link *link, void *state)
{
	(void)state;
	int rc = alg_link_write(link, READ, sizeof(READ) - 1);

	return rc < 0 ? rc : 1;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	(void)state;
	return alg_reading_of_line(frame, set, reading);
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), {0}};

extern const struct alg_driver alg_driver_wagner;
const struct alg_driver alg_driver_wagner = {
	.info = {
		.name = "wagner",
		.summary = "Wagner FPX, FDX (Force Ten)",
		.transport = "serial",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 40,
		.sign_documented = false, /* the maker and a user disagree */
		.sends_unit = true,
		.limits = "overload, battery and peak are not on the wire, or not documented",
		.source = "Wagner Force Ten FDX manual p. 20",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 25, /* 3 + 12 bytes take 16 ms at 9600 baud */
	.reply_timeout_ms = 200, /* a lost answer is asked again before the signal counts as lost (250 ms) */
	.silence_ms = 1000,
	.poll = poll,
	.decode = decode,
};
