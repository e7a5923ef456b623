/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/transport/transport.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WANTED_MS = 1 };

/* 0 when there is no such file, or nothing sensible in it. */
static int read_ms(const char *attribute)
{
	char text[16];
	int64_t ms = 0;
	int fd = open(attribute, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return 0;
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return alg_text_to_int(text, 0, 255, &ms) ? 0 : (int)ms;
}

static int write_one(const char *attribute)
{
	int fd = open(attribute, O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, "1\n", 2) != 2)
		error = errno;
	close(fd);
	return error;
}

/* The flag means 1 ms to ftdi_sio; all else in the port's settings stays as it is. */
static int ask_port(int fd)
{
	struct serial_struct settings;

	if (fd < 0 || ioctl(fd, TIOCGSERIAL, &settings))
		return errno;
	settings.flags |= ASYNC_LOW_LATENCY;
	return ioctl(fd, TIOCSSERIAL, &settings) ? errno : 0;
}

int alg_latency_lower(const char *attribute, int fd, int *error)
{
	int ms = read_ms(attribute);

	*error = 0;
	if (ms <= WANTED_MS)
		return ms;
	*error = write_one(attribute);
	if (*error && ask_port(fd) == 0)
		*error = 0;
	return *error ? ms : WANTED_MS;
}
