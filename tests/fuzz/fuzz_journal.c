/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_journal.c - any bytes as a journal. The checksums would stop nearly every input at its first
 * record, so each record's are set right first: what is tried is what stands behind them.
 */
#include "base/bytes.h"
#include "data/chain.h"
#include "data/replay.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void mend(uint8_t *bytes, size_t size)
{
	uint32_t chain = 0, n = 0;

	for (size_t at = 0; at + SES_JOURNAL_HEAD <= size; n++) {
		uint32_t len = alg_le32(bytes + at + 8) & 0xFFFFF;

		if (len > size - at - SES_JOURNAL_HEAD)
			len = (uint32_t)(size - at - SES_JOURNAL_HEAD);
		memcpy(bytes + at, "AJ1\n", 4);
		alg_put_le32(bytes + at + 8, len);
		alg_put_le32(bytes + at + 12, n);
		alg_put_le32(bytes + at + 16, (uint32_t)crc32(0, bytes + at + SES_JOURNAL_HEAD, len));
		chain = (uint32_t)crc32(chain, bytes + at, 20);
		alg_put_le32(bytes + at + 20, chain);
		at += SES_JOURNAL_HEAD + len;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size ? size : 1);

	if (!bytes)
		return 0;
	memcpy(bytes, data, size);
	for (int mended = 0; mended < 2; mended++) {
		struct ses_replay r;

		if (ses_replay_bytes(bytes, size, "fuzz", &r, NULL) == 0) {
			if (r.good_bytes > size || ses_replay_keep_running(&r) < 0)
				abort();
			if (r.n_changed == 0 && ses_session_verify(&r.session, NULL) < 0)
				abort(); /* digests are made anew, so they agree */
		}
		ses_replay_free(&r);
		mend(bytes, size);
	}
	free(bytes);
	return 0;
}
