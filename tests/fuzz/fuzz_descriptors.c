/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_descriptors.c - any bytes as what a USB device says of itself: as a HID report descriptor, and as the class
 * descriptors behind an interface. The walks end, stay inside, and do not depend on what stands behind.
 */
#include "driver/transport/hiddesc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of exact size, so that a sanitizer sees the first byte past it. */
	uint8_t *exact = malloc(size ? size : 1);

	assert(exact);
	if (size)
		memcpy(exact, data, size);
	int length = alg_hid_report_length(exact, size);

	assert(length >= 0 && length <= 65535);
	for (unsigned page = 0; page < 0x100; page += 0x47) /* 0, 47, 8E, D5 */
		alg_hid_has_usage_page(exact, size, (uint16_t)page);
	/* What is found stays found when more comes behind it. */
	if (alg_hid_has_usage_page(exact, size / 2, 0x8D))
		assert(alg_hid_has_usage_page(exact, size, 0x8D));
	if (alg_hid_report_length(exact, size / 2))
		assert(length == alg_hid_report_length(exact, size / 2));
	free(exact);
	return 0;
}
