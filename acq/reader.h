/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader.h - the thread that owns the gauge: device -> guard -> alarm -> ring. It allocates nothing,
 * touches no disk and no terminal while it runs.
 *
 * With a gauge that brings its own clock (simulation) there is no thread: the caller steps the
 * reader itself, so the same code runs in lock step with the engine and weeks take seconds.
 */
#ifndef ACQ_READER_H
#define ACQ_READER_H

#include "acq/guard.h"
#include "acq/ring.h"
#include "driver/algometer.h"

enum acq_item_kind { ACQ_ITEM_SAMPLE, ACQ_ITEM_ALARM, ACQ_ITEM_LOST, ACQ_ITEM_BACK, ACQ_ITEM_IDLE, ACQ_ITEM_END };
struct acq_item {
	enum acq_item_kind kind;
	int64_t t_ns;
	struct ses_sample sample;
	unsigned alarms;
	int status; /* END: why */
};

/* How often a gauge that is gone is looked for: soon after it is back, and a few thousandths of a processor meanwhile. */
enum { ACQ_REOPEN_MS = 250 };

struct acq_reader_opts {
	struct alg_device *device;   /* taken over */
	/* Opens the same instrument again after it was lost; NULL or failing: keep trying. Runs in the reader's thread. */
	int (*reopen)(void *ctx, struct alg_device **out);
	/* Sounds the alarm at once; called in the reader's thread; must not block. */
	void (*alarm)(void *ctx, unsigned alarms);
	void *ctx;
	size_t ring_capacity;
};

struct acq_reader;
int acq_reader_new(struct acq_reader **out, const struct acq_reader_opts *opts);
int acq_reader_start(struct acq_reader *reader); /* the thread */
int acq_reader_step(struct acq_reader *reader, int timeout_ms); /* without a thread: one read */
/* The consumer's side. */
bool acq_reader_get(struct acq_reader *reader, struct acq_item *item);
int acq_reader_fd(const struct acq_reader *reader); /* for poll(2) */
/* From any thread: limits for the next samples. */
void acq_reader_limits(struct acq_reader *reader, const struct acq_guard_limits *limits);
const struct alg_device_info *acq_reader_info(const struct acq_reader *reader);
/* Stops the thread, closes the device, frees. NULL is fine. Returns the last device status. */
int acq_reader_free(struct acq_reader *reader);

/* A reading as a sample of the session. */
void acq_sample_from_reading(struct ses_sample *sample, const struct alg_reading *reading);

#endif
