/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ecp.c - packets between FF F1 and FF F2 in which a byte FF is sent twice (Nocitech, Inventors' Way). The frame is
 * what is between, with single FFs: code, length, and so many bytes of data.
 *
 * After FF, F1 begins anew, F2 ends, FF is a byte of data and anything else is an error. There is no checksum, so the
 * length has to be right to the byte. Outside of a frame FFs count in pairs: FF FF F1 is data of a frame whose head
 * was missed, and begins nothing. A length of 80 or more announces the extended form, which no known gauge sends: refused.
 */
#include "driver/frame/frame.h"

#include <stdbool.h>

enum { MARK = 0xFF, BEGIN = 0xF1, END = 0xF2, EXTENDED = 0x80, PACKET_MAX = 2 + EXTENDED - 1, WIRE_MAX = 4 + 2 * PACKET_MAX };

static enum alg_frame_result bad(size_t *used, size_t n, enum alg_frame_fault *fault, enum alg_frame_fault what)
{
	*used = n;
	*fault = what;
	return ALG_FRAME_BAD;
}

/* Bytes before the next FF F1, or before FFs at the end of which that is not known yet. */
static size_t junk(const uint8_t *buf, size_t len)
{
	size_t i = 0, run;

	while (i < len) {
		for (run = i; run < len && buf[run] == MARK;)
			run++;
		size_t marks = run - i;

		if (run == len || (buf[run] == BEGIN && marks % 2 == 1)) /* pairs can go: what is left begins as before */
			return run - (2 - marks % 2);
		i = run + 1;
	}
	return len;
}

/* Whether code, length and data are whole (1), still to come (0), or more or other than there can be (-1). */
static int fits(const struct alg_frame *frame)
{
	if (frame->len < 2)
		return 0;
	if (frame->data[1] >= EXTENDED || frame->len > frame->data[1] + 2u)
		return -1;
	return frame->len == frame->data[1] + 2u;
}

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t i = junk(buf, len);

	*fault = ALG_FAULT_NONE;
	*used = 0;
	frame->len = 0;
	if (i > 0)
		return bad(used, i, fault, ALG_FAULT_JUNK);
	for (i = 2; i < len; i++) {
		if (buf[i] == MARK) {
			if (i + 1 == len)
				return ALG_FRAME_MORE;
			if (buf[i + 1] == BEGIN)
				return bad(used, i, fault, ALG_FAULT_LENGTH);
			if (buf[i + 1] == END && fits(frame) == 1) {
				*used = i + 2;
				return ALG_FRAME_OK;
			}
			if (buf[i + 1] != MARK)
				return bad(used, i + 2, fault, buf[i + 1] == END ? ALG_FAULT_LENGTH : ALG_FAULT_CHECK);
			i++;
		}
		frame->data[frame->len++] = buf[i];
		if (fits(frame) < 0)
			return bad(used, i + 1, fault, ALG_FAULT_LENGTH);
	}
	return ALG_FRAME_MORE;
}

const struct alg_framing alg_framing_ecp = {
	.name = "ecp",
	.max_len = WIRE_MAX,
	.next = next,
};
