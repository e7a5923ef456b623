/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay.c - a recording as a gauge. Time is the recording's own: waiting lets it pass, in no time
 * at all or, with pace, in real time. The end of the recording is the end of the device.
 */
#include "driver/transport/transport.h"

#include "base/text.h"
#include "driver/transport/port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A request of a strict recording that the program does not make within this time will not come. */
static const int64_t STRICT_WAIT_NS = INT64_C(10) * 1000000000;

struct replay {
	struct alg_recfile rec;
	size_t at;     /* next event */
	size_t offset; /* bytes of it already read or written */
	int64_t now_ns;
	int64_t waiting_ns; /* strict: for the next request */
	uint64_t requests;  /* strict: of the recording, met so far */
	bool packets, pace, strict;
	struct alg_log *log;
	char name[256];
};

static void pass_until(struct replay *r, int64_t t_ns)
{
	if (t_ns <= r->now_ns)
		return;
	if (r->pace) {
		int64_t end_ns = alg_port_now_ns(NULL) + (t_ns - r->now_ns), left;

		while ((left = end_ns - alg_port_now_ns(NULL)) > 0)
			alg_port_sleep_ms(NULL, left > 1000000 ? (int)(left / 1000000 < 1000 ? left / 1000000 : 1000) : 1);
	}
	r->now_ns = t_ns;
}

static int differs(struct replay *r, const char *how)
{
	return alg_fail(r->log, MSG_REC_STRICT, r->name, (unsigned long long)r->requests + 1, how);
}

static int wait_for_request(struct replay *r, int64_t timeout_ns)
{
	pass_until(r, r->now_ns + timeout_ns);
	r->waiting_ns += timeout_ns;
	return r->waiting_ns > STRICT_WAIT_NS ? differs(r, "it was not made") : 0;
}

static int replay_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct replay *r = ctx;
	int64_t timeout_ns = (int64_t)timeout_ms * 1000000;

	while (!r->strict && r->at < r->rec.n_events && r->rec.events[r->at].dir == '>')
		r->at++;
	if (r->at == r->rec.n_events)
		return ALG_ERR_NODEV;
	const struct alg_recfile_event *event = &r->rec.events[r->at];

	if (event->dir == '>')
		return wait_for_request(r, timeout_ns);
	int64_t t_ns = event->t_us * 1000;

	if (t_ns > r->now_ns + timeout_ns) {
		pass_until(r, r->now_ns + timeout_ns);
		return 0;
	}
	pass_until(r, t_ns);
	size_t n = event->len - r->offset;

	n = n < cap ? n : cap;
	memcpy(buf, r->rec.data + event->offset + r->offset, n);
	r->offset += n;
	if (r->packets || r->offset == event->len) {
		r->offset = 0;
		r->at++;
	}
	return (int)n;
}

static int replay_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct replay *r = ctx;

	(void)timeout_ms;
	if (!r->strict)
		return 0;
	for (size_t i = 0; i < len; i++) {
		const struct alg_recfile_event *event = &r->rec.events[r->at];

		if (r->at == r->rec.n_events)
			return differs(r, "the recording has ended");
		if (event->dir != '>')
			return differs(r, "the gauge speaks first there");
		if (buf[i] != r->rec.data[event->offset + r->offset])
			return differs(r, "other bytes");
		if (++r->offset == event->len) {
			r->offset = 0;
			r->at++;
			r->requests++;
			r->waiting_ns = 0;
		}
	}
	return 0;
}

static void replay_sleep_ms(void *ctx, int ms)
{
	struct replay *r = ctx;

	pass_until(r, r->now_ns + (int64_t)ms * 1000000);
}

static int64_t replay_now_ns(void *ctx)
{
	return ((struct replay *)ctx)->now_ns;
}

static void replay_close(void *ctx)
{
	struct replay *r = ctx;

	alg_recfile_free(&r->rec);
	free(r);
}

static const struct alg_transport_ops stream_ops = {
	.name = "replay",
	.read = replay_read,
	.write = replay_write,
	.sleep_ms = replay_sleep_ms,
	.now_ns = replay_now_ns,
	.close = replay_close,
};

static const struct alg_transport_ops packet_ops = {
	.name = "replay",
	.packets = true,
	.read = replay_read,
	.write = replay_write,
	.sleep_ms = replay_sleep_ms,
	.now_ns = replay_now_ns,
	.close = replay_close,
};

int alg_replay_open(
	struct alg_recfile *rec, const struct alg_replay_opts *opts, struct alg_transport *out, struct alg_log *log)
{
	struct replay *r = calloc(1, sizeof(*r));

	*out = (struct alg_transport){0};
	if (!r) {
		alg_recfile_free(rec);
		return alg_fail(log, MSG_NOMEM, opts->name);
	}
	r->rec = *rec;
	*rec = (struct alg_recfile){0};
	r->packets = opts->packets;
	r->pace = opts->pace;
	r->strict = opts->strict;
	r->log = log;
	alg_text_copy(r->name, sizeof(r->name), opts->name);
	*out = (struct alg_transport){r->packets ? &packet_ops : &stream_ops, r};
	return 0;
}
