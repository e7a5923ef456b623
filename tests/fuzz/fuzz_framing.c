/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_framing.c - any bytes through every framing: it always progresses and never reads past the end. */
#include "driver/frame/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(const struct alg_framing *framing, const uint8_t *data, size_t size)
{
	size_t at = 0;

	for (;;) {
		size_t used = SIZE_MAX, left = size - at;
		enum alg_frame_fault fault = ALG_FAULT_NONE;
		struct alg_frame frame;
		uint8_t *exact = malloc(left ? left : 1);

		assert(exact);
		if (left)
			memcpy(exact, data + at, left);
		enum alg_frame_result result = framing->next(exact, left, &frame, &used, &fault);

		free(exact);
		assert(used <= left);
		assert(result == ALG_FRAME_MORE || used >= 1);
		assert(result != ALG_FRAME_OK || (frame.len >= 1 && frame.len <= framing->max_len && fault == ALG_FAULT_NONE));
		assert(result != ALG_FRAME_BAD || fault != ALG_FAULT_NONE);
		if (result == ALG_FRAME_MORE && used == 0) {
			assert(left <= framing->max_len);
			return;
		}
		at += used;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 4096)
		size = 4096; /* each step copies what is left */
	run(&alg_framing_line, data, size);
	run(&alg_framing_stx16, data, size);
	run(&alg_framing_signed7, data, size);
	run(&alg_framing_shimpo, data, size);
	run(&alg_framing_godirect, data, size);
	run(&alg_framing_ecp, data, size);
	return 0;
}
