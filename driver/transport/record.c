/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record.c - a transport that passes everything on and writes it down (format: recfile.c). The gauge
 * comes first: a disk that is full ends the recording, which close reports, and never a reading.
 */
#include "driver/transport/transport.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t FLUSH_NS = INT64_C(1000000000);

struct record {
	struct alg_transport inner;
	struct alg_transport_ops ops; /* a copy of inner's, with our functions in it */
	FILE *file;
	int error; /* errno of the first failure; writing ends there */
	int64_t start_ns, last_us, flushed_ns;
	int *status; /* the opener's, set by close */
	struct alg_log *log;
	char path[4096];
};

static void failed(struct record *r)
{
	if (r->error)
		return;
	r->error = errno ? errno : EIO;
	alg_fail(r->log, MSG_CAPTURE, r->path, strerror(r->error));
}

static void note(struct record *r, char dir, const uint8_t *bytes, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";
	int64_t now_ns = r->inner.ops->now_ns(r->inner.ctx), t_us = (now_ns - r->start_ns) / 1000;

	if (r->error)
		return;
	r->last_us = t_us > r->last_us ? t_us : r->last_us; /* never back */
	errno = 0;
	fprintf(r->file, "%lld %c", (long long)r->last_us, dir);
	for (size_t i = 0; i < len; i++) {
		char pair[3] = {' ', hex[bytes[i] >> 4], hex[bytes[i] & 15]};

		fwrite(pair, 1, sizeof(pair), r->file);
	}
	fputc('\n', r->file);
	if (now_ns - r->flushed_ns >= FLUSH_NS) {
		r->flushed_ns = now_ns;
		fflush(r->file);
	}
	if (ferror(r->file))
		failed(r);
}

static int record_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct record *r = ctx;
	int n = r->inner.ops->read(r->inner.ctx, buf, cap, timeout_ms);

	if (n > 0)
		note(r, '<', buf, (size_t)n);
	return n;
}

static int record_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct record *r = ctx;
	int rc = r->inner.ops->write(r->inner.ctx, buf, len, timeout_ms);

	if (rc == 0)
		note(r, '>', buf, len);
	return rc;
}

static int record_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct record *r = ctx;

	return r->inner.ops->set_line(r->inner.ctx, line);
}

static int record_flush(void *ctx)
{
	struct record *r = ctx;

	return r->inner.ops->flush(r->inner.ctx);
}

static void record_sleep_ms(void *ctx, int ms)
{
	struct record *r = ctx;

	r->inner.ops->sleep_ms(r->inner.ctx, ms);
}

static int64_t record_now_ns(void *ctx)
{
	struct record *r = ctx;

	return r->inner.ops->now_ns(r->inner.ctx);
}

static void record_close(void *ctx)
{
	struct record *r = ctx;

	errno = 0;
	if (fclose(r->file))
		failed(r);
	*r->status = r->error ? ALG_ERR_IO : 0;
	r->inner.ops->close(r->inner.ctx);
	free(r);
}

/* A new file only: a recording is evidence and is never written over. */
static FILE *create(const char *path, struct alg_log *log, int *rc)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (file)
		return file;
	*rc = errno == EEXIST ? alg_fail(log, MSG_FILE_EXISTS, path, "choose another name for the recording")
			      : alg_fail(log, MSG_FILE_WRITE, path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return NULL;
}

int alg_capture_open(const char *path, const struct alg_capture_head *head, const struct alg_transport *inner,
	struct alg_transport *out, int *status, struct alg_log *log)
{
	struct record *r = calloc(1, sizeof(*r));
	int rc = 0;

	*out = (struct alg_transport){0};
	if (!r)
		return alg_fail(log, MSG_NOMEM, path);
	r->file = create(path, log, &rc);
	if (!r->file) {
		free(r);
		return rc;
	}
	r->inner = *inner;
	r->ops = (struct alg_transport_ops){
		.name = inner->ops->name,
		.packets = inner->ops->packets,
		.read = record_read,
		.write = record_write,
		.set_line = inner->ops->set_line ? record_set_line : NULL,
		.flush = inner->ops->flush ? record_flush : NULL,
		.sleep_ms = record_sleep_ms,
		.now_ns = record_now_ns,
		.close = record_close,
	};
	r->log = log;
	r->status = status;
	r->start_ns = r->flushed_ns = inner->ops->now_ns(inner->ctx);
	alg_text_copy(r->path, sizeof(r->path), path);
	fprintf(r->file, "# algometer-recording 1\n# family: %s\n# kind: %s\n", head->family, head->kind);
	if (head->profile)
		fprintf(r->file, "# profile: %s\n", head->profile);
	*out = (struct alg_transport){&r->ops, r};
	return 0;
}
