/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_profile.c - a profile of a gauge that sends text, then after a line "---" what the gauge sends. Whatever the file says
 * and whatever comes, nothing crashes, nothing hangs, and what is shown and told is harmless.
 */
#include "cli/profile.h"
#include "driver/driver.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_line(const struct alg_driver *driver, const struct alg_frame *frame, const struct alg_settings *set)
{
	struct alg_reading r = {.device_ns = ALG_NO_DEVICE_TIME};
	char told[400] = "";
	enum alg_verdict verdict = driver->decode(frame, NULL, set, &r);

	driver->explain(frame, set, told, sizeof(told));
	assert(memchr(told, '\0', sizeof(told)));
	if (verdict != ALG_FRAME_READING)
		return;
	assert(isfinite(r.value) || (r.flags & ALG_READING_OVERLOAD));
	assert(memchr(r.shown, '\0', sizeof(r.shown)));
	for (const char *c = r.shown; *c; c++)
		assert(*c >= 0x20 && *c < 0x7F);
	assert(fabs(r.value) < 1e10 || isnan(r.value));
}

static void run(const struct alg_text_profile *profile, const uint8_t *data, size_t size)
{
	struct alg_settings set = {.profile = profile};
	struct alg_request requests[3];
	struct alg_driver driver;

	alg_text_driver(&driver, requests, profile);
	assert(profile->poll_len == 0 || alg_request_allows(requests, profile->poll, profile->poll_len));
	while (size) {
		struct alg_frame frame;
		enum alg_frame_fault fault;
		size_t used = 0;
		enum alg_frame_result result = driver.framing->next(data, size, &frame, &used, &fault);

		if (result == ALG_FRAME_OK)
			check_line(&driver, &frame, &set);
		if (used == 0)
			return;
		data += used;
		size -= used;
	}
}

/* The line "---" between the file and the lines; NULL when there is none. */
static const uint8_t *parting(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i + 5 <= size; i++)
		if (memcmp(data + i, "\n---\n", 5) == 0)
			return data + i;
	return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *line = parting(data, size);
	size_t yaml = line ? (size_t)(line + 1 - data) : size, at = line ? yaml + 4 : size;
	struct alg_text_profile profile;
	/* Copies of exact size, so that a sanitizer sees the first byte past them. */
	char *text = malloc(yaml ? yaml : 1);
	uint8_t *lines = malloc(size - at ? size - at : 1);

	assert(text && lines);
	memcpy(text, data, yaml);
	memcpy(lines, data + at, size - at);
	if (cli_profile_parse(&profile, text, yaml, "fuzz", NULL) == 0)
		run(&profile, lines, size - at);
	free(text);
	free(lines);
	return 0;
}
