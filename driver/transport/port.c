/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/transport/port.h"

#include "base/access.h"
#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

int64_t alg_port_now_ns(void *ctx)
{
	(void)ctx;
	return alg_clock_now_ns(alg_clock_system());
}

void alg_port_sleep_ms(void *ctx, int ms)
{
	struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000L};

	(void)ctx;
	nanosleep(&t, NULL); /* a signal may end it early: the caller looks at its stop flag */
}

bool alg_port_is_gone(int error)
{
	return error == ENODEV || error == EIO || error == ENXIO || error == EBADF;
}

int alg_port_open_failed(const char *path, int error, struct alg_log *log)
{
	char text[256];

	switch (error) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
	case ENOTDIR:
		return alg_fail(log, MSG_DEV_ABSENT, path);
	case EACCES:
	case EPERM:
		alg_access_why(path, text, sizeof(text));
		return alg_fail(log, MSG_DEV_ACCESS, path, text);
	case EBUSY:
		return alg_fail(log, MSG_DEV_BUSY, path);
	case ENOTTY:
		return alg_fail(log, MSG_DEV_NOT_PORT, path, "it has no line settings");
	default:
		return alg_fail(log, MSG_DEV_OPEN, path, strerror(error));
	}
}

int alg_port_failed(const char *path, const char *what, int error, struct alg_log *log)
{
	if (alg_port_is_gone(error))
		return ALG_ERR_NODEV;
	return alg_fail(log, MSG_DEV_IO, path, what, strerror(error));
}

int alg_port_own(const char *path, int fd, struct alg_log *log)
{
	if (flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		return alg_fail(log, MSG_DEV_BUSY, path);
	return 0;
}

int alg_port_wait(int fd, int timeout_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int n = poll(&p, 1, timeout_ms);

	if (n < 0)
		return errno == EINTR ? 0 : ALG_ERR_NODEV;
	if (n == 0)
		return 0;
	/* A hung-up terminal reports POLLIN as well and reads as nothing; the reader finds that out. */
	return p.revents & POLLIN ? 1 : ALG_ERR_NODEV;
}
