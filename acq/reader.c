/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader.c - one loop: read, guard, alarm, ring. The alarm is sounded before the sample is handed
 * on, so nothing that the consumer does can delay it.
 */
#include "acq/reader.h"

#include "base/text.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Bits of a reading are stored as they are: the two lists must stay one. */
#define SAME_BIT(name) _Static_assert((unsigned)ALG_READING_##name == (unsigned)SES_SAMPLE_##name, #name)
SAME_BIT(UNSTABLE);
SAME_BIT(OVERLOAD);
SAME_BIT(PEAK);
SAME_BIT(LOW_BATTERY);
SAME_BIT(FAULT);
SAME_BIT(UNSOLICITED);
SAME_BIT(GAP);
SAME_BIT(NO_UNIT);
SAME_BIT(OUT_OF_SPEC);

#define READ_MS 40

/* Limits go from main to reader as single atomics under a count that is odd while they change. */
struct shared_limits {
	_Atomic unsigned count;
	_Atomic double ceiling_n, zero_n, contact_n, rate_n_s, stuck_after_s;
};

struct acq_reader {
	struct acq_reader_opts opts;
	struct alg_device *device; /* NULL while it is gone */
	struct alg_device_info info;
	struct acq_guard guard;
	struct acq_ring ring;
	struct shared_limits limits;
	unsigned limits_seen;
	pthread_t thread;
	bool threaded;
	_Atomic bool stop;
	bool lost;    /* the consumer was told */
	bool reopened; /* no reading since it was opened again */
	bool dropped; /* the ring was full since the last sample that went in */
	int status;
};

void acq_sample_from_reading(struct ses_sample *sample, const struct alg_reading *reading)
{
	*sample = (struct ses_sample){
		.t_ns = reading->t_ns,
		.arrival_ns = reading->arrival_ns,
		.force_n = reading->force_n,
		.flags = reading->flags, /* the same bits: see above */
		.counter = reading->counter,
	};
	alg_text_copy(sample->shown, sizeof(sample->shown), reading->shown);
}

int acq_reader_new(struct acq_reader **out, const struct acq_reader_opts *opts)
{
	const struct acq_guard_limits none = {.ceiling_n = NAN};
	struct acq_reader *r = calloc(1, sizeof(*r));
	int rc = r ? acq_ring_init(&r->ring, sizeof(struct acq_item), opts->ring_capacity) : ALG_ERR_NOMEM;

	*out = NULL;
	if (rc < 0) {
		alg_device_close(opts->device);
		free(r);
		return rc;
	}
	r->opts = *opts;
	r->device = opts->device;
	r->info = *alg_device_info(opts->device);
	acq_guard_init(&r->guard, &none);
	*out = r;
	return 0;
}

void acq_reader_limits(struct acq_reader *r, const struct acq_guard_limits *limits)
{
	atomic_fetch_add(&r->limits.count, 1);
	atomic_store(&r->limits.ceiling_n, limits->ceiling_n);
	atomic_store(&r->limits.zero_n, limits->zero_n);
	atomic_store(&r->limits.contact_n, limits->contact_n);
	atomic_store(&r->limits.rate_n_s, limits->target_rate_n_s);
	atomic_store(&r->limits.stuck_after_s, limits->stuck_after_s);
	atomic_fetch_add(&r->limits.count, 1);
}

static void take_limits(struct acq_reader *r)
{
	unsigned count = atomic_load(&r->limits.count);

	if (count == r->limits_seen || (count & 1))
		return;
	struct acq_guard_limits l = {
		.ceiling_n = atomic_load(&r->limits.ceiling_n),
		.zero_n = atomic_load(&r->limits.zero_n),
		.contact_n = atomic_load(&r->limits.contact_n),
		.target_rate_n_s = atomic_load(&r->limits.rate_n_s),
		.stuck_after_s = atomic_load(&r->limits.stuck_after_s),
	};

	if (atomic_load(&r->limits.count) != count)
		return; /* changed meanwhile: the next sample takes them */
	r->limits_seen = count;
	acq_guard_set(&r->guard, &l);
}

static void put(struct acq_reader *r, struct acq_item *item)
{
	if (item->kind == ACQ_ITEM_SAMPLE && r->dropped)
		item->sample.flags |= SES_SAMPLE_DROPPED;
	if (acq_ring_put(&r->ring, item)) {
		if (item->kind == ACQ_ITEM_SAMPLE)
			r->dropped = false;
		return;
	}
	if (!r->dropped && r->opts.alarm)
		r->opts.alarm(r->opts.ctx, ACQ_ALARM_DROPPED);
	r->dropped = true;
}

static void put_kind(struct acq_reader *r, enum acq_item_kind kind, int64_t t_ns, unsigned alarms)
{
	struct acq_item item = {.kind = kind, .t_ns = t_ns, .alarms = alarms, .status = r->status};

	put(r, &item);
}

static void sound(struct acq_reader *r, unsigned alarms, int64_t t_ns)
{
	if (!alarms)
		return;
	if (r->opts.alarm)
		r->opts.alarm(r->opts.ctx, alarms);
	put_kind(r, ACQ_ITEM_ALARM, t_ns, alarms);
}

static void tell_lost(struct acq_reader *r, int64_t t_ns)
{
	if (r->lost)
		return;
	r->lost = true;
	sound(r, ACQ_ALARM_LOST, t_ns);
	put_kind(r, ACQ_ITEM_LOST, t_ns, 0);
}

static void take_reading(struct acq_reader *r, const struct alg_reading *reading)
{
	struct acq_item item = {.kind = ACQ_ITEM_SAMPLE, .t_ns = reading->t_ns};

	acq_sample_from_reading(&item.sample, reading);
	if (r->reopened) /* the device counts from one again and knows of no gap */
		item.sample.flags |= SES_SAMPLE_GAP;
	r->reopened = false;
	unsigned alarms = acq_guard_sample(&r->guard, &item.sample) | (r->dropped ? (unsigned)ACQ_ALARM_DROPPED : 0);

	if (r->lost) {
		r->lost = false;
		put_kind(r, ACQ_ITEM_BACK, reading->t_ns, 0);
	}
	if (alarms && r->opts.alarm)
		r->opts.alarm(r->opts.ctx, alarms);
	put(r, &item);
	if (alarms)
		put_kind(r, ACQ_ITEM_ALARM, reading->t_ns, alarms);
}

/* The device is gone for good: what is left is to wait for the same instrument. */
static int take_loss(struct acq_reader *r, int status)
{
	int64_t now_ns = alg_device_now_ns(r->device);

	r->status = status;
	r->guard.lost = true; /* what comes next follows a loss and is no interval to learn from */
	tell_lost(r, now_ns);
	if (r->threaded && r->opts.reopen) {
		alg_device_close(r->device);
		r->device = NULL;
		return 0;
	}
	put_kind(r, ACQ_ITEM_END, now_ns, 0);
	return status;
}

int acq_reader_step(struct acq_reader *r, int timeout_ms)
{
	struct alg_reading reading;

	take_limits(r);
	int rc = alg_device_read(r->device, &reading, timeout_ms);

	if (rc < 0)
		return take_loss(r, rc);
	if (rc > 0) {
		take_reading(r, &reading);
		return 1;
	}
	int64_t now_ns = alg_device_now_ns(r->device);

	if (acq_guard_silence(&r->guard, now_ns) & ACQ_ALARM_LOST)
		tell_lost(r, now_ns);
	put_kind(r, ACQ_ITEM_IDLE, now_ns, 0);
	return 0;
}

/* What is there now may be another instrument: that one is not taken. */
static void try_reopen(struct acq_reader *r)
{
	const struct timespec pause = {.tv_nsec = ACQ_REOPEN_MS * 1000000L};
	struct alg_device *found = NULL;

	nanosleep(&pause, NULL);
	if (r->opts.reopen(r->opts.ctx, &found) < 0)
		return;
	if (!alg_device_is_same(&r->info, alg_device_info(found))) {
		alg_device_close(found);
		return;
	}
	r->device = found;
	r->reopened = true;
	r->status = 0;
}

static void *run(void *arg)
{
	struct acq_reader *r = arg;

	while (!atomic_load(&r->stop)) {
		if (!r->device)
			try_reopen(r);
		else if (acq_reader_step(r, READ_MS) < 0)
			break;
	}
	return NULL;
}

int acq_reader_start(struct acq_reader *r)
{
	r->threaded = true;
	if (pthread_create(&r->thread, NULL, run, r)) {
		r->threaded = false;
		return ALG_ERR_NOMEM;
	}
	return 0;
}

bool acq_reader_get(struct acq_reader *r, struct acq_item *item)
{
	return acq_ring_get(&r->ring, item);
}

int acq_reader_fd(const struct acq_reader *r)
{
	return r->ring.wake_fd;
}

const struct alg_device_info *acq_reader_info(const struct acq_reader *r)
{
	return &r->info;
}

int acq_reader_free(struct acq_reader *r)
{
	if (!r)
		return 0;
	atomic_store(&r->stop, true);
	if (r->threaded)
		pthread_join(r->thread, NULL);
	int rc = r->device ? alg_device_close(r->device) : 0;

	if (r->status < 0)
		rc = r->status;
	acq_ring_free(&r->ring);
	free(r);
	return rc;
}
