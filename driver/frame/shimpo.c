/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shimpo.c - Nidec-Shimpo gauges: text that ends with CR, the acknowledgement 52 06, and frames
 * of their memory: FC 33, the whole length in two bytes (high first), contents, CRC-16/ARC low byte first.
 *
 * The CR is not in the frame. FC stands in no text, so one that does begins something new and the text
 * before it is given up. An FC that begins no memory frame belongs to the text behind it: "12 N" behind a
 * damaged byte must not become a reading, since it may have been "112 N". For the same reason a text that is
 * too long is dropped up to its end, and of a memory frame with a wrong check only the FC is dropped: its
 * other bytes, 33 00 first, make no number whatever comes behind them.
 */
#include "driver/frame/crc16.h"
#include "driver/frame/frame.h"

#include <stdbool.h>
#include <string.h>

enum { CR = 0x0D, ACK = 0x52, ACK_2 = 0x06, MEMORY = 0xFC, MEMORY_2 = 0x33 };
enum { TEXT_MAX = 15 };                      /* 14 and the blank that one gauge was seen to put before them */
enum { HEAD = 4, CHECK = 2, MEMORY_MAX = 42 }; /* AA and five records of 7 bytes */

static enum alg_frame_result say(enum alg_frame_result result, size_t n, size_t *used, enum alg_frame_fault fault,
	enum alg_frame_fault *out)
{
	*used = n;
	*out = fault;
	return result;
}

static bool is_ack(const uint8_t *buf, size_t len)
{
	return len >= 2 && buf[0] == ACK && buf[1] == ACK_2;
}

/* How long the memory frame at the start of buf is; 0: none begins there; more than len: not all of it is here. */
static size_t memory_len(const uint8_t *buf, size_t len)
{
	if (buf[0] != MEMORY || (len > 1 && buf[1] != MEMORY_2) || (len > 2 && buf[2] != 0))
		return 0;
	if (len < HEAD)
		return HEAD;
	return buf[3] > HEAD + CHECK && buf[3] <= MEMORY_MAX ? buf[3] : 0;
}

static enum alg_frame_result take(struct alg_frame *frame, const uint8_t *buf, size_t n, size_t used_, size_t *used,
	enum alg_frame_fault *fault)
{
	frame->len = n;
	memcpy(frame->data, buf, n);
	return say(ALG_FRAME_OK, used_, used, ALG_FAULT_NONE, fault);
}

static enum alg_frame_result text(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t end = 0;

	while (end < len && buf[end] != CR && !(end > 0 && buf[end] == MEMORY))
		end++;
	if (end == len) { /* one byte more than a text may have tells that what follows belongs to it */
		size_t junk = len > TEXT_MAX + 1 ? len - (TEXT_MAX + 1) : 0;

		if (junk && is_ack(buf + junk, len - junk)) /* its middle must not look like one */
			junk--;
		return say(ALG_FRAME_MORE, junk, used, junk ? ALG_FAULT_JUNK : ALG_FAULT_NONE, fault);
	}
	if (buf[end] == MEMORY)
		return say(ALG_FRAME_BAD, end, used, ALG_FAULT_LENGTH, fault);
	if (end > TEXT_MAX)
		return say(ALG_FRAME_BAD, end + 1, used, ALG_FAULT_LENGTH, fault);
	if (end == 0)
		return say(ALG_FRAME_MORE, 1, used, ALG_FAULT_NONE, fault);
	return take(frame, buf, end, end + 1, used, fault);
}

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t n = len ? memory_len(buf, len) : 0;

	if (is_ack(buf, len))
		return take(frame, buf, 2, 2, used, fault);
	if (n == 0)
		return text(buf, len, frame, used, fault);
	if (n > len || n == HEAD)
		return say(ALG_FRAME_MORE, 0, used, ALG_FAULT_NONE, fault);
	uint16_t check = alg_crc16_arc(buf, n - CHECK);

	if (buf[n - 2] != (uint8_t)check || buf[n - 1] != check >> 8)
		return say(ALG_FRAME_BAD, 1, used, ALG_FAULT_CHECK, fault);
	return take(frame, buf, n, n, used, fault);
}

const struct alg_framing alg_framing_shimpo = {
	.name = "shimpo",
	.max_len = MEMORY_MAX,
	.next = next,
};
