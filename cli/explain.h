/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain.h - what became of the bytes of a gauge, piece by piece, for `monitor --explain`, and the bytes
 * themselves for `monitor --bytes`: as lines or as JSON, on standard output.
 */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "driver/algometer.h"

enum { EXPLAIN_ROW = 16 };

struct explain {
	bool json, bytes_only;
	bool from_zero;    /* times are a recording's own; else they count from the first piece */
	bool begun;
	int64_t origin_ns;
	uint8_t row[EXPLAIN_ROW]; /* of --bytes: what came in one go, not yet printed */
	size_t row_len;
	int64_t row_ns, last_ns;  /* arrival of its first and of its last byte */
};

/* An alg_explain; ctx is a struct explain. */
void explain_print(void *ctx, const struct alg_explained *what);

/* Prints the row that was begun, if any: when nothing comes any more, and at the end. */
void explain_rest(struct explain *x);

#endif
