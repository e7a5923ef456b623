/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe.c - the table of detection.
 *
 * First what speaks by itself, which needs no byte of ours; then requests, the least dangerous first:
 * each only reads on the gauge that it is meant for, and has no documented effect on any other gauge
 * that is known here. What is never in this table, because on some gauge it changes its state: lower-case
 * letters (units, zero), '*', a single control character, the digits 2 to 7, 'x' and '!' (a menu), Z
 * (zero), Q (power off), SAVE, CLR, CT0, O0W0, STAT, a '?' with a C behind it (starts a stream), and all
 * functions of a cuff algometer but its identification. tests/unit/test_probe.c holds this table to that.
 *
 * A family stands in every row in which its text could come, also when another one is likelier: an
 * answer that two families give alike has to be told as that of two.
 *
 * Waits: 4 s at 9600 baud because an OpenScale resets when it is opened and then sends twice a second;
 * else three readings of the slowest of the row.
 */
#include "driver/probe.h"

#define LINE(baud_, stop_) {.baud = (baud_), .data_bits = 8, .parity = 'N', .stop_bits = (stop_), .dtr = true, .rts = true}
#define LISTEN(wait_, baud_, stop_, families_) {.line = LINE(baud_, stop_), .wait_ms = (wait_), .families = (families_)}
#define ASK(text_, wait_, baud_, families_) \
	{.bytes = (text_), .len = sizeof(text_) - 1, .line = LINE(baud_, 1), .wait_ms = (wait_), .families = (families_)}

const struct alg_probe alg_probes[] = {
	/* "Gauge Started." comes when the port is opened, so it is listened for first. */
	{.line = LINE(19200, 1), .wait_ms = 1500, .families = "imada", .banner = "Gauge Started."},
	LISTEN(4000, 9600, 1, "lutron openscale wagner-fdix mark10 shimpo"),
	LISTEN(1500, 38400, 1, "cpar shimpo mark10 wagner-fdix"),
	LISTEN(1500, 115200, 1, "mark10 shimpo wagner-fdix"),
	LISTEN(1500, 1200, 2, "kern-scale"),
	ASK("?\r\n", 500, 9600, "wagner mark10 shimpo"),
	ASK("?\r\n", 500, 38400, "shimpo mark10 wagner"),
	ASK("?\r\n", 500, 115200, "mark10 shimpo wagner"),
	ASK("D\r", 500, 19200, "imada"),
	ASK("XAR\r", 500, 19200, "imada-zt"),
	ASK("SI\r\n", 500, 115200, "kcp"),
	ASK("SI\r\n", 500, 9600, "kcp"),
	{.bytes = "\xFF\xF1\x01\x00\x00\xFF\xF2", .len = 7, .line = LINE(38400, 1), .wait_ms = 500, .families = "cpar",
		.acknowledged = true},
};
const size_t alg_probe_count = sizeof(alg_probes) / sizeof(alg_probes[0]);

int alg_probe_send(const struct alg_transport *transport, size_t index)
{
	const struct alg_probe *probe = index < alg_probe_count ? &alg_probes[index] : NULL;

	if (!probe || !probe->bytes)
		return ALG_ERR_BUG;
	return transport->ops->write(transport->ctx, (const uint8_t *)probe->bytes, probe->len, 1000);
}
