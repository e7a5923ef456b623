/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * receive.c - bytes into whole frames, for every family and every transport: waiting, junk, frames that are cut.
 *
 * Two rules keep a cut number from becoming a force ("118.78" without its first digit is "18.78"):
 * the first frame after opening is not used, and neither is a frame in whose middle the bytes paused
 * for longer than any gauge or adapter does, or the gauge was asked anew. Only pauses that were
 * watched count: a program that was not running itself has seen nothing.
 */
#include "driver/device.h"

#include "base/clock.h"

#include <string.h>

static const int64_t STALL_NS = 250 * ALG_NS_PER_MS;
enum { PARTIAL_WAIT_MS = 50 };

int64_t alg_rx_now(const struct alg_device *dev)
{
	return dev->transport.ops->now_ns(dev->transport.ctx);
}

void alg_rx_tell(struct alg_device *dev, const uint8_t *bytes, size_t len, const char *verdict, const char *text,
	const struct alg_reading *reading)
{
	struct alg_explained what = {dev->arrival_ns, bytes, len, verdict, text, reading};

	if (dev->explain)
		dev->explain(dev->explain_ctx, &what);
}

/* ---- bytes ------------------------------------------------------------------------------------- */

static void skip(struct alg_device *dev, size_t n)
{
	dev->count.skipped_bytes += n;
	dev->lost |= n > 0;
}

static void use(struct alg_device *dev, size_t n)
{
	dev->rx_at += n;
	dev->stalled -= n < dev->stalled ? n : dev->stalled;
}

/* The family's frames have no marks of their own (driver/frame/frame.h): after so long a silence a new one begins. 0: they have. */
int alg_rx_gap_ms(const struct alg_device *dev)
{
	return dev->driver->framing ? dev->driver->framing->gap_ms : 0;
}

/* What has come and is not yet a frame will not become one. */
static void drop(struct alg_device *dev, size_t n)
{
	if (n)
		alg_rx_tell(dev, dev->rx + dev->rx_at, n, "cut", "its end did not come in time, or nobody had asked", NULL);
	dev->count.bad_length += n > 0;
	skip(dev, n);
	use(dev, n);
}

/* Something was odd: where frames have no marks, the next is asked for after a silence, and nothing counts before that. */
void alg_rx_distrust(struct alg_device *dev)
{
	if (!alg_rx_gap_ms(dev) || dev->passive)
		return;
	dev->asked = false;
	dev->next_ask_ns = alg_rx_now(dev) + alg_rx_gap_ms(dev) * ALG_NS_PER_MS;
}

void alg_rx_drop_all(struct alg_device *dev)
{
	if (dev->rx_at == dev->rx_end)
		return;
	drop(dev, dev->rx_end - dev->rx_at);
	alg_rx_distrust(dev);
}

/* The device is gone: what is left will never be whole. */
int alg_rx_ended(struct alg_device *dev, int status)
{
	size_t left = dev->rx_end - dev->rx_at;

	dev->gone = true;
	drop(dev, left);
	dev->rx_at = dev->rx_end = dev->stalled = 0;
	if (status == ALG_ERR_NODEV && !dev->recording)
		alg_fail(dev->log, MSG_DEV_GONE, dev->info.address);
	return status;
}

/* Waits for bytes: 1 some came, 0 none, negative when the device has ended. */
int alg_rx_fill(struct alg_device *dev, int timeout_ms)
{
	size_t left = dev->rx_end - dev->rx_at;
	int64_t start_ns = 0, now_ns;
	int n;

	if (dev->rx_at > 0) { /* a few bytes of an unfinished frame at most */
		memmove(dev->rx, dev->rx + dev->rx_at, left);
		dev->rx_at = 0;
		dev->rx_end = left;
	}
	if (left > 0) {
		timeout_ms = timeout_ms < PARTIAL_WAIT_MS ? timeout_ms : PARTIAL_WAIT_MS;
		start_ns = alg_rx_now(dev);
	}
	n = dev->transport.ops->read(dev->transport.ctx, dev->rx + left, sizeof(dev->rx) - left, timeout_ms);
	if (n < 0)
		return alg_rx_ended(dev, n);
	now_ns = alg_rx_now(dev);
	if (left > 0) { /* no more than was asked for: what is beyond was the machine's pause, not the gauge's */
		int64_t waited_ns = now_ns - start_ns, most_ns = timeout_ms * ALG_NS_PER_MS;

		dev->quiet_ns += waited_ns < most_ns ? waited_ns : most_ns;
	}
	if (n == 0)
		return 0;
	if (left > 0 && alg_rx_gap_ms(dev) && dev->quiet_ns >= alg_rx_gap_ms(dev) * ALG_NS_PER_MS) {
		drop(dev, left);
		alg_rx_distrust(dev);
	} else if (left > 0 && dev->quiet_ns > STALL_NS) {
		dev->stalled = left;
	}
	dev->quiet_ns = 0;
	dev->arrival_ns = now_ns;
	dev->rx_end += (size_t)n;
	dev->count.bytes += (uint64_t)n;
	return 1;
}

/* ---- frames -------------------------------------------------------------------------------------- */

static bool packet(struct alg_device *dev, struct alg_frame *frame)
{
	size_t n = dev->rx_end - dev->rx_at;

	if (n == 0)
		return false;
	frame->len = n < sizeof(frame->data) ? n : sizeof(frame->data);
	memcpy(frame->data, dev->rx + dev->rx_at, frame->len);
	use(dev, n);
	dev->frame_bytes = n;
	dev->count.framed_bytes += n;
	return true;
}

/* A frame that is whole but not to be believed. True: it was one. */
static bool doubtful(struct alg_device *dev, const struct alg_frame *frame, size_t used, bool cut)
{
	if (cut) {
		alg_rx_tell(dev, frame->data, frame->len, "cut", "a long pause inside, or nobody had asked", NULL);
		dev->count.bad_length++;
		dev->asked = false;
		skip(dev, used);
		alg_rx_distrust(dev);
		return true;
	}
	dev->frame_bytes = used;
	dev->count.framed_bytes += used;
	dev->count.frames++;
	if (!dev->untrusted)
		return false;
	alg_rx_tell(dev, frame->data, frame->len, "first", "the first after opening may lack its beginning", NULL);
	dev->untrusted = false;
	dev->asked = false;
	dev->count.ignored++;
	return true;
}

/* Bytes without marks that nobody waits for: they are no answer, and the next one must not begin with them. */
static bool unasked(const struct alg_device *dev)
{
	return alg_rx_gap_ms(dev) && !dev->passive && !dev->asked;
}

/* A frame without marks that is not the whole of what came. */
static bool stray(const struct alg_device *dev)
{
	return unasked(dev) || (alg_rx_gap_ms(dev) && !dev->passive && dev->rx_at < dev->rx_end);
}

static bool framed(struct alg_device *dev, struct alg_frame *frame)
{
	for (;;) {
		enum alg_frame_fault fault;
		size_t used = 0;
		bool cut = dev->stalled > 0;
		enum alg_frame_result result = dev->driver->framing->next(
			dev->rx + dev->rx_at, dev->rx_end - dev->rx_at, frame, &used, &fault);

		use(dev, used);
		if (result == ALG_FRAME_OK) {
			if (!doubtful(dev, frame, used, cut || stray(dev)))
				return true;
			continue;
		}
		if (fault != ALG_FAULT_NONE && used)
			alg_rx_tell(dev, dev->rx + dev->rx_at - used, used, "junk", "no frame", NULL);
		if (fault == ALG_FAULT_NONE)
			dev->count.framed_bytes += used;
		else
			skip(dev, used);
		if (result == ALG_FRAME_MORE && used == 0) {
			if (unasked(dev))
				alg_rx_drop_all(dev);
			return false;
		}
		if (result == ALG_FRAME_BAD) {
			if (alg_rx_gap_ms(dev))
				alg_rx_drop_all(dev);
			alg_rx_distrust(dev);
			dev->count.bad_length += fault == ALG_FAULT_LENGTH;
			dev->count.bad_check += fault == ALG_FAULT_CHECK;
		}
	}
}

/* The next whole frame out of what has been received. */
bool alg_rx_take(struct alg_device *dev, struct alg_frame *frame)
{
	bool found;

	if (dev->rx_at == dev->rx_end)
		return false;
	if (dev->driver->framing) {
		found = framed(dev, frame);
	} else {
		found = packet(dev, frame);
		dev->count.frames += found;
		if (found && dev->untrusted) {
			alg_rx_tell(dev, frame->data, frame->len, "first", "the first after opening may be old", NULL);
			dev->untrusted = false;
			dev->count.ignored++;
			found = false;
		}
	}
	frame->t_ns = dev->arrival_ns;
	return found;
}
