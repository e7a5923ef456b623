/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_uri.c - any text as a device address. */
#include "driver/algometer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct alg_uri uri;

	assert(text);
	memcpy(text, data, size);
	text[size] = '\0';
	if (alg_uri_parse(text, &uri, NULL) == 0) {
		assert(uri.target[0]);
		assert(memchr(uri.target, '\0', sizeof(uri.target)) && memchr(uri.rest, '\0', sizeof(uri.rest)));
		assert(uri.kind != ALG_URI_TCP || (uri.port >= 1 && uri.port <= 65535));
		assert(uri.kind == ALG_URI_SIM || !uri.rest[0]);
		assert(memchr(uri.serial, '\0', sizeof(uri.serial)) && memchr(uri.usb_path, '\0', sizeof(uri.usb_path)));
		assert(strspn(uri.usb_path, "0123456789.-:") == strlen(uri.usb_path));
		assert(uri.by_identity || (!uri.vid && !uri.pid && !uri.serial[0] && !uri.usb_path[0]));
		assert(uri.kind != ALG_URI_SERIAL || !uri.by_identity || uri.serial[0] || uri.usb_path[0]);
	}
	free(text);
	return 0;
}
