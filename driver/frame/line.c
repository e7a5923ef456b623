/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * line.c - lines of text that end with CR, LF or CR LF; the delimiters are not in the frame.
 *
 * Empty lines are dropped, so CR LF cut between its two bytes is no special case. A line that is
 * too long is dropped up to its delimiter: its tail must not be taken for a line of its own, since
 * "118.78 lbF" without its first digit is a number as well. While such a line still runs, one byte
 * more than a line may have is kept, which is enough to know that what follows belongs to it.
 */
#include "driver/frame/frame.h"

#include <stdbool.h>
#include <string.h>

enum { TEXT_MAX = 126, LINE_MAX = TEXT_MAX + 2 };

static bool is_end(uint8_t byte)
{
	return byte == '\r' || byte == '\n';
}

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t start = 0, end;

	*fault = ALG_FAULT_NONE;
	while (start < len && is_end(buf[start]))
		start++;
	for (end = start; end < len && !is_end(buf[end]);)
		end++;
	if (end < len && end - start <= TEXT_MAX) {
		frame->len = end - start;
		memcpy(frame->data, buf + start, frame->len);
		*used = end + 1;
		if (buf[end] == '\r' && end + 1 < len && buf[end + 1] == '\n')
			*used = end + 2;
		return ALG_FRAME_OK;
	}
	if (start > 0) { /* only the delimiters are done with */
		*used = start;
		return ALG_FRAME_MORE;
	}
	if (end < len) {
		*fault = ALG_FAULT_LENGTH;
		*used = end + 1;
		return ALG_FRAME_BAD;
	}
	*used = len > TEXT_MAX + 1 ? len - (TEXT_MAX + 1) : 0;
	*fault = *used ? ALG_FAULT_JUNK : ALG_FAULT_NONE;
	return ALG_FRAME_MORE;
}

bool alg_line_begins(const struct alg_frame *line, const char *text)
{
	size_t n = strlen(text);

	return line->len >= n && memcmp(line->data, text, n) == 0;
}

bool alg_line_is(const struct alg_frame *line, const char *text)
{
	return line->len == strlen(text) && alg_line_begins(line, text);
}

const struct alg_framing alg_framing_line = {
	.name = "line",
	.max_len = LINE_MAX,
	.next = next,
};
