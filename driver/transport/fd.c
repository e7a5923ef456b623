/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fd.c - plain descriptors: a terminal by its path (tty:, for pseudo-terminals, which libserialport
 * refuses) and a TCP connection (tcp:, serial device servers and emulators).
 *
 * Every wait is bounded. Hang-up, end of file, EIO and a reset connection all mean: gone.
 */
#include "driver/transport/transport.h"

#include "base/text.h"
#include "driver/transport/port.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { CONNECT_TIMEOUT_MS = 5000 };

struct fd_port {
	int fd;
	bool is_socket;
	struct alg_log *log;
	char name[300];
};

static int fd_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct fd_port *p = ctx;
	int ready = alg_port_wait(p->fd, timeout_ms);

	if (ready <= 0)
		return ready;
	ssize_t n = read(p->fd, buf, cap);

	if (n > 0)
		return (int)n;
	if (n == 0)
		return ALG_ERR_NODEV; /* there was something to read, and it was the end */
	if (errno == EAGAIN || errno == EINTR)
		return 0;
	if (errno == ECONNRESET || errno == ETIMEDOUT || errno == EPIPE)
		return ALG_ERR_NODEV;
	return alg_port_failed(p->name, "reading", errno, p->log);
}

static int fd_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct fd_port *p = ctx;
	int64_t end_ns = alg_port_now_ns(NULL) + (int64_t)timeout_ms * 1000000;

	while (len > 0) {
		/* A socket that was closed must give an error, not a signal. */
		ssize_t n = p->is_socket ? send(p->fd, buf, len, MSG_NOSIGNAL) : write(p->fd, buf, len);

		if (n > 0) {
			buf += n;
			len -= (size_t)n;
			continue;
		}
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			if (errno == EPIPE || errno == ECONNRESET)
				return ALG_ERR_NODEV;
			return alg_port_failed(p->name, "writing", errno, p->log);
		}
		struct pollfd wait = {.fd = p->fd, .events = POLLOUT};

		if (alg_port_now_ns(NULL) >= end_ns)
			return ALG_ERR_TIMEOUT;
		poll(&wait, 1, 10);
	}
	return 0;
}

static const struct {
	int baud;
	speed_t speed;
} speeds[] = {
	{1200, B1200}, {2400, B2400}, {4800, B4800}, {9600, B9600}, {19200, B19200}, {38400, B38400},
	{57600, B57600}, {115200, B115200}, {230400, B230400}, {460800, B460800}, {921600, B921600},
};

static int tty_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct fd_port *p = ctx;
	struct termios t;
	char text[32];
	size_t i = 0, n = sizeof(speeds) / sizeof(speeds[0]);
	int error = 0;

	if (tcgetattr(p->fd, &t))
		return 0; /* no terminal: has no line */
	while (i < n && speeds[i].baud != line->baud)
		i++;
	cfmakeraw(&t);
	t.c_iflag &= (tcflag_t) ~(IXOFF | IXANY);
	t.c_cflag &= (tcflag_t) ~(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
	t.c_cflag |= CLOCAL | CREAD | (line->data_bits == 7 ? CS7 : CS8);
	t.c_cflag |= line->parity == 'N' ? 0 : PARENB | (line->parity == 'O' ? PARODD : 0);
	t.c_cflag |= line->stop_bits == 2 ? CSTOPB : 0;
	t.c_cc[VMIN] = 1; /* with O_NONBLOCK: nothing there is EAGAIN, and 0 is the end */
	t.c_cc[VTIME] = 0;
	if (i == n || cfsetspeed(&t, speeds[i].speed))
		error = EINVAL;
	else if (tcsetattr(p->fd, TCSANOW, &t))
		error = errno;
	if (error == 0 || alg_port_is_gone(error))
		return error ? ALG_ERR_NODEV : 0;
	snprintf(text, sizeof(text), "%d baud %d%c%d", line->baud, line->data_bits, line->parity, line->stop_bits);
	return alg_fail(p->log, MSG_DEV_LINE, p->name, text, strerror(error));
}

static int tty_flush(void *ctx)
{
	struct fd_port *p = ctx;

	tcflush(p->fd, TCIFLUSH);
	return 0;
}

static void fd_close(void *ctx)
{
	struct fd_port *p = ctx;

	close(p->fd);
	free(p);
}

static const struct alg_transport_ops tty_ops = {
	.name = "tty",
	.read = fd_read,
	.write = fd_write,
	.set_line = tty_set_line,
	.flush = tty_flush,
	.sleep_ms = alg_port_sleep_ms,
	.now_ns = alg_port_now_ns,
	.close = fd_close,
};

static const struct alg_transport_ops tcp_ops = {
	.name = "tcp",
	.read = fd_read,
	.write = fd_write,
	.sleep_ms = alg_port_sleep_ms,
	.now_ns = alg_port_now_ns,
	.close = fd_close,
};

/* Owns fd from here on. */
static int wrap(int fd, const struct alg_transport_ops *ops, const char *name, struct alg_transport *out,
	struct alg_log *log)
{
	struct fd_port *p = calloc(1, sizeof(*p));

	if (!p) {
		close(fd);
		return alg_fail(log, MSG_NOMEM, name);
	}
	p->fd = fd;
	p->is_socket = ops == &tcp_ops;
	p->log = log;
	alg_text_copy(p->name, sizeof(p->name), name);
	*out = (struct alg_transport){ops, p};
	return 0;
}

int alg_tty_open(const char *path, struct alg_transport *out, struct alg_log *log)
{
	struct stat st;
	int rc, fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	*out = (struct alg_transport){0};
	if (fd < 0)
		return alg_port_open_failed(path, errno, log);
	if (fstat(fd, &st) || !S_ISCHR(st.st_mode)) {
		close(fd);
		return alg_fail(log, MSG_DEV_NOT_PORT, path, "it is no terminal; a recording is opened with replay:FILE");
	}
	rc = alg_port_own(path, fd, log);
	if (rc) {
		close(fd);
		return rc;
	}
	return wrap(fd, &tty_ops, path, out, log);
}

/* A connected, non-blocking socket, or a negative errno. end_ns bounds the wait. */
static int connect_one(const struct addrinfo *address, int64_t end_ns)
{
	int error = 0, fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(error);

	if (fd < 0)
		return -errno;
	if (connect(fd, address->ai_addr, address->ai_addrlen) && errno != EINPROGRESS)
		error = errno;
	while (!error) {
		struct pollfd p = {.fd = fd, .events = POLLOUT};
		int64_t left_ms = (end_ns - alg_port_now_ns(NULL)) / 1000000;
		int n = left_ms > 0 ? poll(&p, 1, (int)left_ms) : 0;

		if (n < 0 && errno == EINTR) {
			error = EINTR; /* somebody wants to stop */
		} else if (n == 0) {
			error = ETIMEDOUT;
		} else if (n > 0) {
			if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error == 0)
				return fd;
		}
	}
	close(fd);
	return -error;
}

int alg_tcp_open(const char *host, int port, struct alg_transport *out, struct alg_log *log)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
	char service[8], name[300];
	int64_t end_ns = alg_port_now_ns(NULL) + (int64_t)CONNECT_TIMEOUT_MS * 1000000;
	int on = 1, fd = -ENOENT;

	*out = (struct alg_transport){0};
	snprintf(service, sizeof(service), "%d", port);
	snprintf(name, sizeof(name), strchr(host, ':') ? "tcp:[%s]:%d" : "tcp:%s:%d", host, port);
	int why = getaddrinfo(host, service, &hints, &list);

	if (why)
		return alg_fail(log, MSG_DEV_HOST, name, gai_strerror(why));
	for (struct addrinfo *a = list; a && fd < 0; a = a->ai_next)
		fd = connect_one(a, end_ns);
	freeaddrinfo(list);
	if (fd < 0)
		return alg_fail(log, MSG_DEV_CONNECT, name, strerror(-fd));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	return wrap(fd, &tcp_ops, name, out, log);
}
