/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame.h - where one message ends and the next begins. Pure functions over bytes.
 *
 * next() looks at the len bytes received so far and answers:
 *   ALG_FRAME_MORE  nothing whole yet; *used bytes (often 0) are done with: junk, or, with
 *                   ALG_FAULT_NONE, delimiters. Above 0 it is to be called again with the rest.
 *   ALG_FRAME_OK    *frame holds a frame; *used bytes are done with (>= 1)
 *   ALG_FRAME_BAD   the start of the buffer is no frame; *used bytes (>= 1) are to be skipped
 * so a loop over it always progresses, and any cutting of the stream into chunks gives the same
 * frames. Frames are values: no question of lifetime.
 */
#ifndef ALG_FRAME_H
#define ALG_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ALG_FRAME_MAX = 512 };

struct alg_frame {
	int64_t t_ns; /* arrival of its last byte */
	size_t len;
	uint8_t data[ALG_FRAME_MAX];
};

enum alg_frame_result { ALG_FRAME_MORE, ALG_FRAME_OK, ALG_FRAME_BAD };
enum alg_frame_fault { ALG_FAULT_NONE, ALG_FAULT_JUNK, ALG_FAULT_LENGTH, ALG_FAULT_CHECK };

struct alg_framing {
	const char *name;
	size_t max_len; /* a frame is never longer, delimiters included; <= ALG_FRAME_MAX */
	/*
	 * 0: a frame can be told by its own marks. Above: it has none, so a window that is shifted by some bytes looks
	 * as good as the right one. Then a frame counts only as the whole answer to a request, and where anything
	 * was odd, nothing is asked anew before the line has been silent for so long. Only for what poll() asks.
	 */
	int gap_ms;
	enum alg_frame_result (*next)(const uint8_t *buf, size_t len, struct alg_frame *frame, size_t *used,
		enum alg_frame_fault *fault);
};

/* line.c: text up to CR, LF or CR LF; the delimiters are not in the frame; empty lines are dropped. */
extern const struct alg_framing alg_framing_line;
/* A line is, or begins with, this text. */
bool alg_line_is(const struct alg_frame *line, const char *text);
bool alg_line_begins(const struct alg_frame *line, const char *text);
/* stx16.c: 16 bytes that begin with 02 and end with 0D (Lutron). */
extern const struct alg_framing alg_framing_stx16;
/* godirect.c: packets out of 64-byte reports, without the reports' own bytes (Vernier Go Direct). */
extern const struct alg_framing alg_framing_godirect;

/* signed7.c: 7 characters, '0' or '1' and six of digits and one point, and nothing that ends them (Sauter). */
extern const struct alg_framing alg_framing_signed7;
/* shimpo.c: text up to CR, which is not in the frame; 52 06; memory frames FC 33 .. with a CRC (Nidec-Shimpo). */
extern const struct alg_framing alg_framing_shimpo;
/* ecp.c: FF F1, bytes with FF doubled, FF F2; the frame is code, length, data (CPAR). */
extern const struct alg_framing alg_framing_ecp;

#endif
