/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_tsv.c - any bytes as a table: every field is read as text and as a number. */
#include "data/tsv.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ses_tsv_column columns[] = {{"code", true}, {"x", false}, {"n", false}, {NULL, false}};
	struct ses_tsv tsv;
	char text[16];

	for (int others = 0; others < 2; others++) {
		if (ses_tsv_parse((const char *)data, size, "fuzz", columns, others, &tsv, NULL))
			continue;
		for (size_t i = 0; i < tsv.n_rows; i++) {
			double x = 0;
			int n = 0;

			ses_tsv_text(&tsv, i, 0, true, text, sizeof(text));
			ses_tsv_number(&tsv, i, 1, false, 0, 1, &x);
			ses_tsv_int(&tsv, i, 2, true, 0, 9, &n);
		}
		ses_tsv_free(&tsv);
	}
	return 0;
}
