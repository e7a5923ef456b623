/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading.c - words for what a reading says about itself. */
#include "driver/algometer.h"

#include <stdio.h>
#include <string.h>

static const struct {
	uint32_t flag;
	const char *word;
} words[] = {
	{ALG_READING_UNSTABLE, "unstable"},
	{ALG_READING_OVERLOAD, "overload"},
	{ALG_READING_PEAK, "peak"},
	{ALG_READING_LOW_BATTERY, "low-battery"},
	{ALG_READING_FAULT, "fault"},
	{ALG_READING_UNSOLICITED, "unsolicited"},
	{ALG_READING_GAP, "gap"},
	{ALG_READING_NO_UNIT, "no-unit"},
	{ALG_READING_OUT_OF_SPEC, "out-of-spec"},
};

void alg_reading_flag_words(char *out, size_t cap, uint32_t flags)
{
	if (cap == 0)
		return;
	*out = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(out);

		if (flags & words[i].flag)
			snprintf(out + len, cap - len, "%s%s", len ? " " : "", words[i].word);
	}
}
