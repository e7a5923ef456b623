/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading.c - the plain line of number and unit that many gauges send; words for what a reading says about itself. */
#include "driver/driver.h"
#include "driver/frame/number.h"

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

enum alg_verdict alg_reading_of_line(
	const struct alg_frame *frame, const struct alg_settings *set, struct alg_reading *reading)
{
	struct alg_number number;

	if (!alg_number_parse(frame->data, frame->len, &number))
		return ALG_FRAME_INSANE;
	reading->unit = alg_unit_parse(number.unit, number.unit_len);
	if (number.unit_len == 0) {
		reading->unit = set->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	} else if (reading->unit == ALG_UNIT_NONE) {
		return ALG_FRAME_INSANE;
	}
	reading->value = number.value;
	alg_number_shown(reading->shown, sizeof(reading->shown), frame->data, frame->len);
	return ALG_FRAME_READING;
}
