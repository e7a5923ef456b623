/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * detect.c - which family speaks on a port. It is listened at the line settings of each row of
 * driver/probe.h; where that is wanted and nothing spoke, the rows' requests are sent one after the
 * other. What came is judged by the families' own framing and decoding, in the one read loop
 * (device.c): three good readings in a row of what speaks by itself, one of an answer.
 *
 * Nothing else is written than alg_probe_send() does, whatever comes. A port that speaks by itself in no
 * way that is known here is not asked: it is likelier no gauge at all.
 */
#include "driver/device.h"

#include "base/clock.h"
#include "base/text.h"
#include "driver/adapter.h"
#include "driver/probe.h"
#include "driver/transport/transport.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEARD_MAX = 4096, IN_A_ROW = 3, SLICE_MS = 100, SPEAKS_BYTES = 16, TRIES = 2 };

struct detect {
	struct alg_transport t;
	const struct alg_detect_opts *opts;
	struct alg_detected *out;
	uint8_t heard[HEARD_MAX]; /* at the present row */
	size_t n_heard;
};

/* ---- what was heard, as a gauge ----------------------------------------------------------------------- */

struct memory {
	const uint8_t *data;
	size_t len, at;
};

static int memory_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct memory *m = ctx;
	size_t n = m->len - m->at < cap ? m->len - m->at : cap;

	(void)timeout_ms;
	if (n == 0)
		return ALG_ERR_NODEV;
	memcpy(buf, m->data + m->at, n);
	m->at += n;
	return (int)n;
}

static int memory_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx;
	(void)buf;
	(void)len;
	(void)timeout_ms;
	return ALG_ERR_UNSUPPORTED;
}

static void memory_sleep_ms(void *ctx, int ms)
{
	(void)ctx;
	(void)ms;
}

static int64_t memory_now_ns(void *ctx)
{
	(void)ctx;
	return 0;
}

static void memory_close(void *ctx)
{
	(void)ctx;
}

static const struct alg_transport_ops memory_ops = {
	.name = "memory",
	.read = memory_read,
	.write = memory_write,
	.sleep_ms = memory_sleep_ms,
	.now_ns = memory_now_ns,
	.close = memory_close,
};

static uint64_t bad_frames(const struct alg_device *dev)
{
	const struct alg_counters *c = &dev->count;

	return c->insane + c->foreign + c->refused + c->bad_length + c->bad_check;
}

/* The most readings in a row. Of what comes unasked, a number without unit could be anybody's. */
static int longest_run(struct alg_device *dev, bool unasked)
{
	struct alg_reading reading;
	uint64_t bad = 0;
	int run = 0, best = 0;

	while (alg_device_next(dev, &reading, 1) == 1) {
		run = bad_frames(dev) == bad ? run + 1 : 1;
		if (unasked && (reading.flags & ALG_READING_NO_UNIT))
			run = 0;
		bad = bad_frames(dev);
		best = run > best ? run : best;
	}
	return best;
}

/* Whether what was heard is what this family sends: 1, 0, or ALG_ERR_NOMEM. */
static int is_of(const struct detect *d, const struct alg_probe *probe, const struct alg_driver *driver)
{
	struct memory memory = {d->heard, d->n_heard, 0};
	struct alg_device *dev = calloc(1, sizeof(*dev));
	bool unasked = !probe->bytes;

	if (!dev)
		return ALG_ERR_NOMEM;
	dev->driver = driver;
	dev->transport = (struct alg_transport){&memory_ops, &memory};
	dev->recording = dev->passive = true;
	dev->untrusted = unasked; /* the first frame may lack its head */
	dev->last_t_ns = INT64_MIN;
	dev->info.resolution_n = NAN;
	int is = longest_run(dev, unasked) >= (unasked ? IN_A_ROW : 1);

	is |= probe->acknowledged && dev->count.ignored > 0;
	is |= probe->banner && memmem(d->heard, d->n_heard, probe->banner, strlen(probe->banner));
	alg_device_close(dev);
	return is;
}

/* The driver of the next family of a row, NULL past the last; one that is not in this library is left out. */
static const struct alg_driver *next_family(const char **at)
{
	while (**at) {
		const struct alg_driver *driver;
		char name[24];
		size_t n = strcspn(*at, " ");

		snprintf(name, sizeof(name), "%.*s", (int)n, *at);
		*at += n + strspn(*at + n, " ");
		driver = alg_driver_find(name);
		if (driver)
			return driver;
	}
	return NULL;
}

static int judge(struct detect *d, const struct alg_probe *probe)
{
	struct alg_detected *out = d->out;
	const char *at = probe->families;
	const struct alg_driver *driver;

	out->n_families = 0;
	while ((driver = next_family(&at)) != NULL && out->n_families < ALG_DETECTED_MAX) {
		int is = is_of(d, probe, driver);

		if (is < 0)
			return is;
		if (is)
			out->families[out->n_families++] = &driver->info;
	}
	out->baud = probe->line.baud;
	out->asked = probe->bytes != NULL;
	return out->n_families > 0;
}

/* ---- one row -------------------------------------------------------------------------------------------- */

static int64_t now_of(const struct detect *d)
{
	return d->t.ops->now_ns(d->t.ctx);
}

/* 1 somebody is known, 0 nobody, negative: the port failed. */
static int hear(struct detect *d, const struct alg_probe *probe)
{
	int64_t end_ns = now_of(d) + probe->wait_ms * ALG_NS_PER_MS, left_ns;

	d->n_heard = 0;
	while ((left_ns = end_ns - now_of(d)) > 0 && d->n_heard < HEARD_MAX) {
		int64_t ms = (left_ns + ALG_NS_PER_MS - 1) / ALG_NS_PER_MS;
		int n = d->t.ops->read(d->t.ctx, d->heard + d->n_heard, HEARD_MAX - d->n_heard, (int)(ms < SLICE_MS ? ms : SLICE_MS));

		if (n < 0)
			return n;
		d->n_heard += (size_t)n;
		d->out->bytes += (uint64_t)n;
		int rc = n ? judge(d, probe) : 0;

		if (rc)
			return rc;
	}
	return 0;
}

static int tell(const struct detect *d, const struct alg_probe *probe)
{
	char text[80];

	if (!d->opts->go_on)
		return 0;
	snprintf(text, sizeof(text), "%s at %d baud %d%c%d", probe->bytes ? "asking" : "listening", probe->line.baud,
		probe->line.data_bits, probe->line.parity, probe->line.stop_bits);
	return d->opts->go_on(d->opts->ctx, text) ? 0 : ALG_ERR_CANCELLED;
}

/*
 * A request goes out twice: what was sent at the speeds before may stand in the gauge as the head of a
 * command, which the first one then ends.
 */
static int try_row(struct detect *d, size_t index)
{
	const struct alg_probe *probe = &alg_probes[index];
	const char *at = probe->families;
	int rc;

	if (!next_family(&at))
		return 0;
	if ((rc = tell(d, probe)) < 0)
		return rc;
	if (d->t.ops->set_line && (rc = d->t.ops->set_line(d->t.ctx, &probe->line)) < 0)
		return rc;
	if (d->t.ops->flush && (rc = d->t.ops->flush(d->t.ctx)) < 0)
		return rc;
	if (!probe->bytes)
		return hear(d, probe);
	for (int i = 0; i < TRIES && rc == 0; i++) {
		rc = alg_probe_send(&d->t, index);
		if (rc < 0)
			return rc; /* part of it may be on its way: nothing may follow it */
		rc = hear(d, probe);
	}
	return rc;
}

static int all_rows(struct detect *d)
{
	int rc = 0;

	for (size_t i = 0; i < alg_probe_count && rc == 0; i++) {
		if (alg_probes[i].bytes && (!d->opts->probe || d->out->spoke))
			return 0;
		rc = try_row(d, i);
		d->out->spoke |= !alg_probes[i].bytes && d->n_heard >= SPEAKS_BYTES;
	}
	return rc;
}

/* ---- the whole -------------------------------------------------------------------------------------------- */

static int open_port(struct detect *d, const struct alg_uri *uri)
{
	struct alg_adapter adapter = {0};
	int rc;

	if (d->opts->transport) {
		d->t = *d->opts->transport;
		return 0;
	}
	if (uri->kind == ALG_URI_TTY)
		return alg_tty_open(uri->target, &d->t, d->opts->log);
	if (uri->kind != ALG_URI_SERIAL)
		return alg_fail(d->opts->log, MSG_DETECT_KIND);
	if (uri->by_identity) {
		if ((rc = alg_adapter_find(uri, &adapter, d->opts->log)) < 0)
			return rc;
	} else if (!alg_adapter_of(uri->target, &adapter)) {
		alg_text_copy(adapter.node, sizeof(adapter.node), uri->target);
	}
	return alg_serial_open(adapter.node, &d->t, d->opts->log);
}

int alg_detect(const struct alg_uri *uri, const struct alg_detect_opts *opts, struct alg_detected *out)
{
	struct detect *d = calloc(1, sizeof(*d));
	int rc;

	*out = (struct alg_detected){0};
	if (!d) {
		if (opts->transport)
			opts->transport->ops->close(opts->transport->ctx);
		return alg_fail(opts->log, MSG_NOMEM, "detection");
	}
	d->opts = opts;
	d->out = out;
	rc = open_port(d, uri);
	if (rc == 0)
		rc = all_rows(d);
	if (rc == ALG_ERR_NODEV && d->t.ops)
		alg_fail(opts->log, MSG_DEV_GONE, uri->target);
	else if (rc == ALG_ERR_TIMEOUT)
		alg_fail(opts->log, MSG_DEV_IO, uri->target, "writing", "the port takes no bytes");
	if (d->t.ops)
		d->t.ops->close(d->t.ctx);
	free(d);
	return rc;
}
