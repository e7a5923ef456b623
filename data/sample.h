/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sample.h - one force value on the session's clock, as it is stored. */
#ifndef SES_SAMPLE_H
#define SES_SAMPLE_H

#include <stdint.h>

enum { SES_SHOWN_MAX = 16 };

/* Bits of ses_sample.flags; the first nine are those of a reading (driver/algometer.h). */
enum ses_sample_flag {
	SES_SAMPLE_UNSTABLE = 1u << 0,
	SES_SAMPLE_OVERLOAD = 1u << 1,
	SES_SAMPLE_PEAK = 1u << 2,
	SES_SAMPLE_LOW_BATTERY = 1u << 3,
	SES_SAMPLE_FAULT = 1u << 4,
	SES_SAMPLE_UNSOLICITED = 1u << 5,
	SES_SAMPLE_GAP = 1u << 6,
	SES_SAMPLE_NO_UNIT = 1u << 7,
	SES_SAMPLE_OUT_OF_SPEC = 1u << 8,
	SES_SAMPLE_DROPPED = 1u << 9, /* the program itself lost samples just before this one */
};

struct ses_sample {
	int64_t t_ns;       /* when the force was there, session clock */
	int64_t arrival_ns; /* when the bytes were here */
	double force_n;     /* as read, zero not subtracted; pressing positive; NAN when the gauge gave none */
	uint32_t flags;     /* enum ses_sample_flag */
	uint32_t counter;   /* the gauge's own counter, 0 when it has none */
	char shown[SES_SHOWN_MAX]; /* as the gauge shows it, ASCII */
};

#endif
