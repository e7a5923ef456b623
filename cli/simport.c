/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/simport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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

static const struct {
	int baud;
	speed_t code;
} speeds[] = {
	{1200, B1200}, {2400, B2400}, {4800, B4800}, {9600, B9600}, {19200, B19200}, {38400, B38400},
	{57600, B57600}, {115200, B115200}, {230400, B230400},
};
enum { N_SPEEDS = sizeof(speeds) / sizeof(speeds[0]) };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A line as the instrument has it, before any host comes. */
static int set_raw(int fd, int baud, int stop_bits)
{
	struct termios t;

	if (tcgetattr(fd, &t))
		return -1;
	cfmakeraw(&t);
	t.c_cflag = (t.c_cflag & ~(tcflag_t)(CSIZE | PARENB | CSTOPB)) | CS8 | CREAD | CLOCAL |
		(tcflag_t)(stop_bits == 2 ? CSTOPB : 0);
	for (size_t i = 0; i < N_SPEEDS; i++)
		if (speeds[i].baud == baud)
			cfsetspeed(&t, speeds[i].code);
	return tcsetattr(fd, TCSANOW, &t);
}

static int make_link(struct simport *port, const char *slave, struct alg_log *log)
{
	if (!port->link)
		return 0;
	if (port->linked) /* our own, to a pseudo-terminal that is gone */
		unlink(port->link);
	port->linked = false;
	if (symlink(slave, port->link) == 0) {
		port->linked = true;
		return 0;
	}
	if (errno == EEXIST)
		return alg_fail(log, MSG_FILE_EXISTS, port->link, "choose another --link or remove it");
	return alg_fail(log, MSG_FILE_WRITE, port->link, strerror(errno));
}

static int open_pty(struct simport *port, int baud, int stop_bits, struct alg_log *log)
{
	char slave[64];
	int side = -1, status = 0;

	port->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (port->fd < 0 || grantpt(port->fd) || unlockpt(port->fd) ||
		ptsname_r(port->fd, slave, sizeof(slave)) ||
		(side = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0 || set_raw(side, baud, stop_bits))
		status = alg_fail(log, MSG_SIM_PORT, "a pseudo-terminal", strerror(errno));
	close_fd(&side); /* from here on a hang-up means that no host has it open */
	if (status == 0)
		status = make_link(port, slave, log);
	if (status == 0)
		snprintf(port->address, sizeof(port->address), "tty:%s", port->link ? port->link : slave);
	else
		close_fd(&port->fd);
	return status;
}

static int open_tcp(struct simport *port, struct alg_log *log)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port->tcp_port)};
	socklen_t len = sizeof(addr);
	int on = 1;
	char what[32];

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	snprintf(what, sizeof(what), "127.0.0.1 port %d", port->tcp_port);
	port->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (port->listener < 0 || setsockopt(port->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
		bind(port->listener, (struct sockaddr *)&addr, sizeof(addr)) || listen(port->listener, 2) ||
		getsockname(port->listener, (struct sockaddr *)&addr, &len)) {
		int status = alg_fail(log, MSG_SIM_PORT, what, strerror(errno));

		close_fd(&port->listener);
		return status;
	}
	port->tcp_port = ntohs(addr.sin_port);
	snprintf(port->address, sizeof(port->address), "tcp:127.0.0.1:%d", port->tcp_port);
	return 0;
}

int simport_open(struct simport *port, int baud, int stop_bits, struct alg_log *log)
{
	port->fd = port->listener = -1;
	return port->pty ? open_pty(port, baud, stop_bits, log) : open_tcp(port, log);
}

void simport_close(struct simport *port)
{
	close_fd(&port->fd);
	close_fd(&port->listener);
	if (port->linked)
		unlink(port->link);
	port->linked = false;
}

static bool hung_up(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, 0) > 0 && (p.revents & POLLHUP);
}

bool simport_host(struct simport *port)
{
	int on = 1;

	if (port->pty)
		return port->fd >= 0 && !hung_up(port->fd);
	int client = accept4(port->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (client >= 0 && port->fd < 0) {
		setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		port->fd = client;
	} else if (client >= 0) {
		close(client); /* a gauge has one cable */
	}
	return port->fd >= 0;
}

size_t simport_read(struct simport *port, uint8_t *buf, size_t cap)
{
	if (port->fd < 0)
		return 0;
	ssize_t n = read(port->fd, buf, cap);

	if (!port->pty && (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)))
		close_fd(&port->fd);
	return n > 0 ? (size_t)n : 0;
}

void simport_write(struct simport *port, const uint8_t *bytes, size_t n)
{
	if (port->fd >= 0 && n > 0 && write(port->fd, bytes, n) < 0 && !port->pty && errno != EAGAIN && errno != EINTR)
		close_fd(&port->fd);
}

bool simport_line(const struct simport *port, struct alg_line_settings *line)
{
	struct termios t;
	size_t i = 0;

	*line = (struct alg_line_settings){0};
	if (!port->pty || port->fd < 0 || tcgetattr(port->fd, &t)) /* the master shows the slave's settings */
		return false;
	while (i < N_SPEEDS && speeds[i].code != cfgetospeed(&t))
		i++;
	line->baud = i < N_SPEEDS ? speeds[i].baud : 0;
	line->data_bits = (t.c_cflag & CSIZE) == CS8 ? 8 : (t.c_cflag & CSIZE) == CS7 ? 7 : 0;
	line->parity = !(t.c_cflag & PARENB) ? 'N' : t.c_cflag & PARODD ? 'O' : 'E';
	line->stop_bits = t.c_cflag & CSTOPB ? 2 : 1;
	return true;
}

int simport_poll_fd(const struct simport *port)
{
	return port->fd >= 0 ? port->fd : port->listener;
}

/* ---- the button ------------------------------------------------------------------------------ */

int simfifo_open(struct simfifo *fifo, const char *path, struct alg_log *log)
{
	struct stat st;

	*fifo = (struct simfifo){.path = path, .fd = -1};
	if (!path)
		return 0;
	if (mkfifo(path, 0600) == 0)
		fifo->made = true;
	else if (errno != EEXIST)
		return alg_fail(log, MSG_SIM_FIFO, path, strerror(errno));
	if (stat(path, &st) || !S_ISFIFO(st.st_mode)) {
		fifo->path = NULL;
		return alg_fail(log, MSG_SIM_FIFO, path, "it is not a FIFO (choose another name, or make one with mkfifo)");
	}
	return 0;
}

void simfifo_look(struct simfifo *fifo)
{
	if (fifo->path && fifo->fd < 0)
		fifo->fd = open(fifo->path, O_WRONLY | O_NONBLOCK | O_CLOEXEC); /* ENXIO: nobody reads */
}

void simfifo_button(struct simfifo *fifo, int64_t t_ns)
{
	char line[48];

	simfifo_look(fifo);
	if (fifo->fd < 0)
		return;
	int n = snprintf(line, sizeof(line), "button %lld\n", (long long)t_ns);

	if (write(fifo->fd, line, (size_t)n) < 0 && errno == EPIPE)
		close_fd(&fifo->fd); /* its reader went; another may come */
}

void simfifo_close(struct simfifo *fifo)
{
	close_fd(&fifo->fd);
	if (fifo->made)
		unlink(fifo->path);
	fifo->made = false;
}
