/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_decode.c - any bytes as what a gauge sends: the first byte chooses the family and how the rest
 * is cut into reads; the whole read loop, framing and decoder run over it, and nothing may get lost.
 */
#include "driver/device.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct feed {
	const uint8_t *data;
	size_t left, piece;
	int64_t now_ns;
};

static int feed_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct feed *f = ctx;
	size_t n = f->piece < f->left ? f->piece : f->left;

	(void)timeout_ms;
	if (f->left == 0)
		return ALG_ERR_NODEV;
	n = n < cap ? n : cap;
	memcpy(buf, f->data, n);
	f->data += n;
	f->left -= n;
	f->now_ns += n % 3 == 0 ? 300000000 : 1000000; /* some reads come late */
	return (int)n;
}

static int feed_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx;
	(void)buf;
	(void)len;
	(void)timeout_ms;
	return 0;
}

static void feed_sleep(void *ctx, int ms)
{
	((struct feed *)ctx)->now_ns += ms * INT64_C(1000000);
}

static int64_t feed_now(void *ctx)
{
	return ((struct feed *)ctx)->now_ns;
}

static void feed_close(void *ctx)
{
	(void)ctx;
}

static void run(const struct alg_driver *driver, size_t piece, const uint8_t *data, size_t size)
{
	static const struct alg_transport_ops ops = {.name = "feed", .read = feed_read, .write = feed_write,
		.sleep_ms = feed_sleep, .now_ns = feed_now, .close = feed_close};
	struct feed feed = {data, size, piece, 0};
	struct alg_device *dev = calloc(1, sizeof(*dev));
	struct alg_reading r;
	int rc;

	assert(dev);
	dev->driver = driver;
	dev->transport = (struct alg_transport){&ops, &feed};
	dev->info.resolution_n = NAN;
	dev->last_t_ns = INT64_MIN;
	while ((rc = alg_device_read(dev, &r, 20)) >= 0)
		if (rc > 0) {
			assert(memchr(r.shown, '\0', sizeof(r.shown)));
			for (const char *c = r.shown; *c; c++)
				assert(*c >= 0x20 && *c < 0x7F);
			assert(isnan(r.value) || isfinite(r.value));
		}
	struct alg_counters c = alg_device_counters(dev);

	assert(c.bytes == size && c.bytes == c.framed_bytes + c.skipped_bytes);
	assert(c.frames == c.readings + c.insane + c.foreign + c.refused + c.ignored);
	alg_device_close(dev);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	/* A copy of exact size, so that a sanitizer sees the first byte past it. */
	size_t n = size - 1, family = data[0] % alg_family_count(), cut = data[0] / 16;
	uint8_t *exact = malloc(n ? n : 1);

	assert(exact);
	memcpy(exact, data + 1, n);
	run(alg_drivers[family], cut ? cut : 4096, exact, n);
	free(exact);
	return 0;
}
