/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain.h - what became of the bytes of a gauge, piece by piece, for `monitor --explain`, and the bytes
 * themselves for `monitor --bytes`: as lines or as JSON, on standard output.
 */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "driver/algometer.h"

struct explain {
	bool json, bytes_only;
	bool from_zero;    /* times are a recording's own; else they count from the first piece */
	bool begun;
	int64_t origin_ns;
};

/* An alg_explain; ctx is a struct explain. */
void explain_print(void *ctx, const struct alg_explained *what);

#endif
