/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stx16.c - frames of 16 bytes that begin with 02 and end with 0D, neither of which stands inside.
 *
 * A 02 or 0D inside means that bytes are missing: the frame is given up at that place, and a new
 * 02 begins a new one, so a cut frame never takes the whole one after it along.
 */
#include "driver/frame/frame.h"

#include <string.h>

enum { LEN = 16, START = 0x02, END = 0x0D };

static enum alg_frame_result bad(size_t *used, size_t n, enum alg_frame_fault *fault, enum alg_frame_fault what)
{
	*used = n;
	*fault = what;
	return ALG_FRAME_BAD;
}

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t i;

	*fault = ALG_FAULT_NONE;
	*used = 0;
	for (i = 0; i < len && buf[i] != START;)
		i++;
	if (i > 0)
		return bad(used, i, fault, ALG_FAULT_JUNK);
	for (i = 1; i < len && i < LEN - 1; i++) {
		if (buf[i] == START)
			return bad(used, i, fault, ALG_FAULT_LENGTH);
		if (buf[i] == END)
			return bad(used, i + 1, fault, ALG_FAULT_LENGTH);
	}
	if (len < LEN)
		return ALG_FRAME_MORE;
	if (buf[LEN - 1] != END)
		return bad(used, LEN - 1, fault, ALG_FAULT_CHECK);
	frame->len = LEN;
	memcpy(frame->data, buf, LEN);
	*used = LEN;
	return ALG_FRAME_OK;
}

const struct alg_framing alg_framing_stx16 = {
	.name = "stx16",
	.max_len = LEN,
	.next = next,
};
