/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signed7.c - answers of 7 characters: '0' or '1', then six of digits and one point, which stands between
 * two digits. Nothing marks where one begins or ends, and some bytes later it can look just as good
 * ("0011.70" "0011.70" hold "11.7000" as well), so gap_ms has the read loop believe only an answer that is whole
 * and alone. The maker names no terminator; CR and LF before or after it are let pass.
 */
#include "driver/frame/frame.h"

#include <stdbool.h>
#include <string.h>

enum { LEN = 7, GAP_MS = 50 };

static bool is_end(uint8_t byte)
{
	return byte == '\r' || byte == '\n';
}

/* How many bytes from the start can be an answer's, up to LEN. */
static size_t fitting(const uint8_t *buf, size_t len)
{
	bool point = false;
	size_t i;

	for (i = 0; i < len && i < LEN; i++) {
		bool digit = buf[i] >= '0' && buf[i] <= '9';

		if (i == 0 ? buf[i] != '0' && buf[i] != '1' : !digit && (buf[i] != '.' || point || i == 1 || i == LEN - 1))
			return i;
		point |= buf[i] == '.';
	}
	return i == LEN && !point ? LEN - 1 : i;
}

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t start = 0, n;

	*fault = ALG_FAULT_NONE;
	while (start < len && is_end(buf[start]))
		start++;
	*used = start;
	if (start > 0)
		return ALG_FRAME_MORE;
	n = fitting(buf, len);
	if (n == LEN) {
		frame->len = LEN;
		memcpy(frame->data, buf, LEN);
		for (*used = LEN; *used < len && is_end(buf[*used]);)
			++*used;
		return ALG_FRAME_OK;
	}
	if (n == len)
		return ALG_FRAME_MORE;
	*used = n + 1;
	*fault = n == 0 ? ALG_FAULT_JUNK : is_end(buf[n]) ? ALG_FAULT_LENGTH : ALG_FAULT_CHECK;
	return ALG_FRAME_BAD;
}

const struct alg_framing alg_framing_signed7 = {
	.name = "signed7",
	.max_len = LEN + 2,
	.gap_ms = GAP_MS,
	.next = next,
};
