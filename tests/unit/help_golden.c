/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/help_golden.h"

#include "base/file.h"
#include "tests/unit/assert_close.h"

#include <stdlib.h>
#include <string.h>

void help_golden(const char *name, const char *text)
{
	char path[256], *want = NULL;
	size_t len;

	snprintf(path, sizeof(path), "%s/tests/golden/%s", ALG_SOURCE_DIR, name);
	if (getenv("GOLDEN_UPDATE")) {
		assert_int_equal(alg_file_replace(path, text, strlen(text), 0644, NULL), 0);
		return;
	}
	if (alg_file_read(path, 1 << 20, &want, &len, NULL) || strcmp(want, text)) {
		free(want);
		fprintf(stderr, "not as in %s:\n%s", path, text); /* print_error cuts long texts */
		fail();
	}
	free(want);
}
