/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imada.c - Imada DS2, DPS, DST, DSV and older gauges that speak the same: single letters and CR ("D" protocol).
 *
 * Line:      19200 8N1 on RS-232C. DST and DSV over USB: an FTDI-X chip of their own identity 1412:0200 at
 *            256000 baud (?baud=256000); Linux' ftdi_sio has to be told of that identity first (its new_id).
 *            Flow control differs among those who talk to it (none, RTS/CTS, XON/XOFF): none here.
 * Frame:     CR (driver/frame/line.c)
 * Layout:    '+' or '-', the number (5 characters with the point, other widths are known), unit letter
 *            N newton, K kgf, O lbf; mode letter T live, P peak; state letter L under, O or 0 within, H over the
 *            set points, E overload. "R" a command was obeyed, "E" it was not. "Gauge Started." at switching on.
 * Commands:  "D" one reading, "Z" zero, "T" live mode; each with CR, and then 5 ms of rest. Not in this file: "Q"
 *            switches off, "E" with digits, "OM", "OC0", "OC1" write its memory, "N" "K" "O" change its unit.
 * Quirks:    an overloaded gauge goes on sending a number: it is passed on, marked as overload.
 * Not known: which direction is plus; the highest rate of asking (5 ms is kept and an answer waited for); battery on
 *            the wire; whether the DS2's within letter is the letter O or a zero (both are taken)
 * Source:    open drivers: sktometometo/imada_forcegauge (DS2-500N), fdmysterious/dstdsv (DST, DSV), the DST-44A
 *            class; no document of the maker. tests/recordings/imada/ are built from them.
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <string.h>

#define READ "D\r"
#define ZERO "Z\r"
#define LIVE "T\r"

enum { REST_MS = 5, REPLY_MS = 300, LINES = 3, LETTERS = 3 };

static bool is(const struct alg_frame *frame, const char *text)
{
	return frame->len == strlen(text) && memcmp(frame->data, text, frame->len) == 0;
}

static enum alg_unit unit_of(uint8_t letter)
{
	return letter == 'N' ? ALG_UNIT_N : letter == 'K' ? ALG_UNIT_KGF : letter == 'O' ? ALG_UNIT_LBF : ALG_UNIT_NONE;
}

static bool is_reading(const struct alg_frame *frame, struct alg_number *number, enum alg_unit *unit)
{
	if (frame->len <= LETTERS || (frame->data[0] != '+' && frame->data[0] != '-') || memchr(frame->data, ' ', frame->len))
		return false;
	const uint8_t *letter = frame->data + frame->len - LETTERS;

	*unit = unit_of(letter[0]);
	return *unit != ALG_UNIT_NONE && memchr("TP", letter[1], 2) && memchr("LO0HE", letter[2], 5) &&
		alg_number_parse(frame->data, frame->len - LETTERS, number) && number->unit_len == 0;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct alg_number number;

	(void)state;
	(void)set;
	if (is(frame, "R") || is(frame, "Gauge Started."))
		return ALG_FRAME_IGNORED;
	if (is(frame, "E"))
		return ALG_FRAME_REFUSED;
	if (!is_reading(frame, &number, &reading->unit))
		return ALG_FRAME_INSANE;
	reading->value = number.value;
	reading->flags |= frame->data[frame->len - 2] == 'P' ? ALG_READING_PEAK : 0;
	reading->flags |= frame->data[frame->len - 1] == 'E' ? ALG_READING_OVERLOAD : 0;
	alg_number_shown_in(reading->shown, sizeof(reading->shown), frame->data, frame->len - LETTERS,
		alg_unit_name(reading->unit));
	return ALG_FRAME_READING;
}

/* Looks whether it holds its peak. The first lines may be a banner, or the tail of an older answer. */
static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct alg_frame frame;
	struct alg_number number;
	enum alg_unit unit;
	int rc = alg_link_ask(link, READ, strlen(READ), &frame, REPLY_MS);

	(void)state;
	(void)set;
	(void)info;
	for (int i = 0; rc > 0 && i < LINES; i++) {
		if (is_reading(&frame, &number, &unit)) {
			if (frame.data[frame.len - 2] == 'P')
				alg_warn(alg_link_log(link), MSG_DEV_PEAK, alg_link_address(link));
			return 0;
		}
		rc = alg_link_frame(link, &frame, REPLY_MS);
	}
	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : 0;
}

static int poll(struct alg_link *link, void *state)
{
	int rc = alg_link_write(link, READ, strlen(READ));

	(void)state;
	return rc < 0 ? rc : 1;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	const char *request = what == ALG_COMMAND_ZERO ? ZERO : LIVE;

	(void)state;
	alg_link_sleep_ms(link, REST_MS); /* a reading may just have been asked for */
	int rc = alg_link_write(link, request, strlen(request));

	alg_link_sleep_ms(link, REST_MS);
	return rc;
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), ALG_REQUEST(ZERO), ALG_REQUEST(LIVE), {0}};

extern const struct alg_driver alg_driver_imada;
const struct alg_driver alg_driver_imada = {
	.info = {
		.name = "imada",
		.summary = "Imada DS2, DPS, DST, DSV",
		.transport = "serial",
		.limits = "from open drivers, not from the maker; which direction is plus is not known",
		.line = {.baud = 19200, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 0,
		.sign_documented = false,
		.sends_unit = true,
		.source = "imada_forcegauge, dstdsv, DST44A (open source)",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 10,
	.reply_timeout_ms = 100,
	.silence_ms = 500,
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.command = command,
};
