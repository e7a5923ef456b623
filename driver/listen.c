/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listen.c - a "family" that takes all bytes as they come and makes nothing of them, for gauges whose
 * protocol nobody knows yet: what came is shown (explain) and captured. It sends nothing.
 */
#include "driver/driver.h"

#include <string.h>

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	*fault = ALG_FAULT_NONE;
	*used = frame->len = len < sizeof(frame->data) ? len : sizeof(frame->data);
	memcpy(frame->data, buf, *used);
	return *used ? ALG_FRAME_OK : ALG_FRAME_MORE;
}

static const struct alg_framing pieces = {.name = "pieces", .max_len = ALG_FRAME_MAX, .next = next};

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	(void)frame;
	(void)state;
	(void)set;
	(void)reading;
	return ALG_FRAME_IGNORED;
}

const struct alg_driver alg_driver_listen = {
	.info = {
		.name = "unknown",
		.summary = "bytes as they come",
		.transport = "serial",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.source = "",
	},
	.framing = &pieces,
	.silence_ms = 1000,
	.decode = decode,
};
