/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link.c - the way a family's file talks to its gauge: nothing goes out that its list of requests does not allow. */
#include "driver/device.h"

#include "base/clock.h"

#include <string.h>

enum { WRITE_TIMEOUT_MS = 1000 };

static bool request_is(const struct alg_request *request, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len && i < request->len; i++)
		if ((uint8_t)request->bytes[i] != bytes[i] && (!request->same || request->same[i] == '='))
			return false;
	return len == request->len;
}

bool alg_request_allows(const struct alg_request *list, const void *bytes, size_t len)
{
	for (; list && list->bytes; list++)
		if (request_is(list, bytes, len))
			return true;
	return false;
}

int alg_link_write(struct alg_link *link, const void *bytes, size_t len)
{
	struct alg_device *dev = link->dev;
	const struct alg_request *more = dev->driver->more ? dev->driver->more(dev->state) : NULL;
	int rc;

	if (!alg_request_allows(dev->driver->requests, bytes, len) && !alg_request_allows(more, bytes, len))
		return alg_fail(dev->log, MSG_BUG, "a request that is not on its family's list was not sent");
	if (alg_request_harm(bytes, len))
		return alg_fail(dev->log, MSG_BUG, "a request that does harm was not sent");
	rc = dev->transport.ops->write(dev->transport.ctx, bytes, len, WRITE_TIMEOUT_MS);
	return rc < 0 && rc != ALG_ERR_TIMEOUT && rc != ALG_ERR_UNSUPPORTED ? alg_rx_ended(dev, rc) : rc;
}

int alg_link_frame(struct alg_link *link, struct alg_frame *frame, int timeout_ms)
{
	struct alg_device *dev = link->dev;
	int64_t end_ns = alg_rx_now(dev) + timeout_ms * ALG_NS_PER_MS;

	dev->untrusted = false; /* it is no reading, and waiting for another one takes time */
	for (;;) {
		if (alg_rx_take(dev, frame)) {
			alg_rx_tell(dev, frame->data, frame->len, "ignored", "came while the gauge was being identified", NULL);
			dev->count.ignored++;
			return 1;
		}
		int64_t left_ns = end_ns - alg_rx_now(dev);

		if (left_ns <= 0)
			return 0;
		int rc = alg_rx_fill(dev, (int)((left_ns + ALG_NS_PER_MS - 1) / ALG_NS_PER_MS));

		if (rc < 0)
			return rc;
	}
}

int alg_link_ask(struct alg_link *link, const void *bytes, size_t len, struct alg_frame *reply, int timeout_ms)
{
	int rc = alg_link_write(link, bytes, len);

	return rc < 0 ? rc : alg_link_frame(link, reply, timeout_ms);
}

void alg_link_sleep_ms(struct alg_link *link, int ms)
{
	link->dev->transport.ops->sleep_ms(link->dev->transport.ctx, ms);
}

int64_t alg_link_now_ns(struct alg_link *link)
{
	return alg_rx_now(link->dev);
}

struct alg_log *alg_link_log(struct alg_link *link)
{
	return link->dev->log;
}

const char *alg_link_address(struct alg_link *link)
{
	return link->dev->info.address;
}
