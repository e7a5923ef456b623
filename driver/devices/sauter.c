/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sauter.c - Sauter FH, FH-M and the older FL over RS-232 or their serial cable. (Later FL, DA and DB speak
 * another protocol; FS-2 speaks KERN's.)
 *
 * Line:      9600 8N1; answers requests
 * Frame:     7 characters without a published terminator (driver/frame/signed7.c)
 * Layout:    '0' push or '1' pull, then six of digits and one point, filled with zeros: "0011.70" is a push of
 *            11.70, "100.005" a pull of 0.005. The unit is not sent: ?unit= as the display shows
 * Commands:  "9", without a terminator, one reading. "2" would zero it, "3" "4" "5" set kN, tf, klbf and "6" "7" track
 *            and peak: they stand next to each other and near a garbled "9", change what the numbers mean, and are
 *            printed with mistakes in the English table. None of them is in this file: use the gauge's keys.
 * Sign:      the maker's minus is push; forces are turned round so that pressing is plus (?polarity= overrides)
 * Not known: terminator, rate, overload, battery, whether a peak is held; layouts of other widths
 * Source:    Sauter FH manual p. 13 (both examples); FL manual p. 14
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#define READ "9"

enum { LEN = 7, PUSH = '0' };

static int poll(struct alg_link *link, void *state)
{
	(void)state;
	int rc = alg_link_write(link, READ, sizeof(READ) - 1);

	return rc < 0 ? rc : 1;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct alg_number number;
	uint32_t digits = 0;

	(void)state;
	if (frame->len != LEN)
		return ALG_FRAME_BAD_LENGTH;
	if (!alg_number_parse(frame->data + 1, LEN - 1, &number) || number.decimals == 0 || number.unit_len)
		return ALG_FRAME_INSANE;
	for (int i = 1; i < LEN; i++)
		digits = frame->data[i] == '.' ? digits : digits * 10 + (uint32_t)(frame->data[i] - '0');
	bool push = frame->data[0] == PUSH && digits > 0;

	reading->unit = set->unit;
	reading->flags |= ALG_READING_NO_UNIT;
	reading->value = push ? -number.value : number.value;
	alg_number_format(reading->shown, sizeof(reading->shown), push, digits, number.decimals, "");
	return ALG_FRAME_READING;
}

static const struct alg_request requests[] = {ALG_REQUEST(READ), {0}};

extern const struct alg_driver alg_driver_sauter;
const struct alg_driver alg_driver_sauter = {
	.info = {
		.name = "sauter",
		.summary = "Sauter FH, FH-M, older FL",
		.transport = "serial",
		.support = ALG_SUPPORT_PARTIAL,
		.limits = "the unit is not sent (?unit=); how an answer ends and what is sent on overload are not published; "
			  "zeroing is left to the gauge's key",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 0,
		.sign_documented = true,
		.push_is_minus = true,
		.sends_unit = false,
		.source = "Sauter FH manual p. 13",
	},
	.framing = &alg_framing_signed7,
	.requests = requests,
	.poll_interval_ms = 25,  /* 1 + 7 bytes take 9 ms at 9600 baud */
	.reply_timeout_ms = 120, /* with the silence after it still less than a lost signal (250 ms) */
	.silence_ms = 1000,
	.poll = poll,
	.decode = decode,
};
