/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * godirect.c - packets out of the 64-byte reports of Vernier Go Direct.
 *
 * A report is a length of 1 to 63, then 63 bytes. A packet's second byte is its own length; one that is longer
 * than 63 goes on in the next reports, behind their length bytes. What is behind its end is filling. A report that
 * cannot begin a packet is passed byte by byte, so that a report cut short does not shift all that follow. The
 * frame is the packet, without the reports' bytes. Its checksum is not looked at: no document says that a device
 * fills it in.
 */
#include "driver/frame/frame.h"

#include <string.h>

enum { REPORT = 64, ROOM = REPORT - 1, PACKET_LEAST = 5, PACKET_MOST = 255 };
enum { REPORTS_MOST = (PACKET_MOST + ROOM - 1) / ROOM };

static enum alg_frame_result bad(size_t *used, size_t n, enum alg_frame_fault *fault, enum alg_frame_fault what)
{
	*used = n;
	*fault = what;
	return ALG_FRAME_BAD;
}

static int is_length(uint8_t byte)
{
	return byte >= 1 && byte <= ROOM;
}

static enum alg_frame_result next(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
	enum alg_frame_fault *fault)
{
	size_t total, reports;

	*fault = ALG_FAULT_NONE;
	*used = 0;
	if (len >= 1 && !is_length(buf[0]))
		return bad(used, 1, fault, ALG_FAULT_JUNK);
	if (len >= 3 && buf[2] < PACKET_LEAST)
		return bad(used, 1, fault, ALG_FAULT_JUNK);
	if (len < 3)
		return ALG_FRAME_MORE;
	total = buf[2];
	reports = (total + ROOM - 1) / ROOM;
	for (size_t r = 1; r < reports && r * REPORT < len; r++)
		if (!is_length(buf[r * REPORT]))
			return bad(used, r * REPORT, fault, ALG_FAULT_LENGTH);
	if (len < reports * REPORT)
		return ALG_FRAME_MORE;
	for (size_t r = 0; r < reports; r++) {
		size_t at = r * ROOM, n = total - at < ROOM ? total - at : ROOM;

		memcpy(frame->data + at, buf + r * REPORT + 1, n);
	}
	frame->len = total;
	*used = reports * REPORT;
	return ALG_FRAME_OK;
}

const struct alg_framing alg_framing_godirect = {
	.name = "godirect",
	.max_len = REPORTS_MOST * REPORT,
	.next = next,
};
