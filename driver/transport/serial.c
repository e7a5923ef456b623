/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * serial.c - serial ports through libserialport: adapters, modems, anything it accepts as a name.
 *
 * A port that was unplugged reads as silence, and its own waiting functions then return at once or
 * never. So we wait on the port's descriptor, and an empty read asks sp_input_waiting, which fails
 * on a port that is gone. Line settings go out in one sp_set_config: each single setter would
 * send DTR and RTS again, which resets some boards.
 */
#include "driver/transport/transport.h"

#include "base/text.h"
#include "driver/transport/port.h"

#include <errno.h>
#include <libserialport.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct serial {
	struct sp_port *port;
	int fd; /* the port's own, borrowed */
	struct alg_log *log;
	char path[256];
};

static int failed(struct serial *s, const char *what)
{
	return alg_port_failed(s->path, what, sp_last_error_code(), s->log);
}

/* 0 when the port is there, ALG_ERR_NODEV when it is not. */
static int still_there(struct serial *s)
{
	return sp_input_waiting(s->port) < 0 && sp_last_error_code() != EINTR ? ALG_ERR_NODEV : 0;
}

static int serial_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct serial *s = ctx;
	int n, ready = alg_port_wait(s->fd, timeout_ms);

	if (ready < 0)
		return ready;
	n = sp_nonblocking_read(s->port, buf, cap);
	if (n > 0)
		return n;
	if (n < 0)
		return sp_last_error_code() == EAGAIN ? 0 : failed(s, "reading");
	return still_there(s);
}

static int serial_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct serial *s = ctx;
	int n = sp_blocking_write(s->port, buf, len, (unsigned)(timeout_ms > 0 ? timeout_ms : 1));

	if (n < 0)
		return failed(s, "writing");
	return (size_t)n == len ? 0 : ALG_ERR_TIMEOUT;
}

static enum sp_parity parity_of(char letter)
{
	return letter == 'E' ? SP_PARITY_EVEN : letter == 'O' ? SP_PARITY_ODD : SP_PARITY_NONE;
}

static int serial_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct serial *s = ctx;
	struct sp_port_config *config = NULL;
	char text[32];
	int rc = ALG_ERR_NOMEM;

	if (sp_new_config(&config) != SP_OK)
		return alg_fail(s->log, MSG_NOMEM, "serial port settings");
	sp_set_config_baudrate(config, line->baud);
	sp_set_config_bits(config, line->data_bits);
	sp_set_config_parity(config, parity_of(line->parity));
	sp_set_config_stopbits(config, line->stop_bits);
	sp_set_config_flowcontrol(config, SP_FLOWCONTROL_NONE);
	sp_set_config_dtr(config, line->dtr ? SP_DTR_ON : SP_DTR_OFF);
	sp_set_config_rts(config, line->rts ? SP_RTS_ON : SP_RTS_OFF);
	rc = 0;
	if (sp_set_config(s->port, config) != SP_OK) {
		int error = sp_last_error_code();

		snprintf(text, sizeof(text), "%d baud %d%c%d", line->baud, line->data_bits, line->parity, line->stop_bits);
		rc = alg_port_is_gone(error) ? ALG_ERR_NODEV
					     : alg_fail(s->log, MSG_DEV_LINE, s->path, text, strerror(error));
	}
	sp_free_config(config);
	return rc;
}

static int serial_flush(void *ctx)
{
	struct serial *s = ctx;

	return sp_flush(s->port, SP_BUF_INPUT) == SP_OK ? 0 : failed(s, "flushing");
}

static void serial_close(void *ctx)
{
	struct serial *s = ctx;

	if (s->fd >= 0)
		ioctl(s->fd, TIOCNXCL);
	sp_close(s->port);
	sp_free_port(s->port);
	free(s);
}

static const struct alg_transport_ops serial_ops = {
	.name = "serial",
	.read = serial_read,
	.write = serial_write,
	.set_line = serial_set_line,
	.flush = serial_flush,
	.sleep_ms = alg_port_sleep_ms,
	.now_ns = alg_port_now_ns,
	.close = serial_close,
};

/* libserialport only says "argument" for a name that it does not take: find out what it is. */
static int name_refused(const char *path, struct alg_log *log)
{
	struct stat st;

	if (stat(path, &st))
		return alg_port_open_failed(path, errno, log);
	if (!S_ISCHR(st.st_mode))
		return alg_fail(log, MSG_DEV_NOT_PORT, path, "it is no device at all; a recording is opened with replay:FILE");
	if (access(path, R_OK | W_OK) && errno == EACCES)
		return alg_port_open_failed(path, EACCES, log);
	return alg_fail(log, MSG_DEV_NOT_PORT, path, "a pseudo-terminal is opened with tty:PATH");
}

/* The port by name, opened; what was wrong is said. */
static int open_port(const char *path, struct sp_port **port, struct alg_log *log)
{
	if (sp_get_port_by_name(path, port) != SP_OK) {
		*port = NULL;
		return name_refused(path, log);
	}
	if (sp_open(*port, SP_MODE_READ_WRITE) != SP_OK) {
		int error = sp_last_error_code();

		sp_free_port(*port);
		*port = NULL;
		return alg_port_open_failed(path, error, log);
	}
	return 0;
}

int alg_serial_open(const char *path, struct alg_transport *out, struct alg_log *log)
{
	struct serial *s = calloc(1, sizeof(*s));
	int rc;

	*out = (struct alg_transport){0};
	if (!s)
		return alg_fail(log, MSG_NOMEM, "serial port");
	rc = open_port(path, &s->port, log);
	if (rc) {
		free(s);
		return rc;
	}
	s->log = log;
	s->fd = -1;
	alg_text_copy(s->path, sizeof(s->path), path);
	if (sp_get_port_handle(s->port, &s->fd) != SP_OK || s->fd < 0) {
		rc = alg_fail(log, MSG_DEV_OPEN, path, "libserialport gives no descriptor");
		goto fail;
	}
	rc = alg_port_own(path, s->fd, log);
	if (rc)
		goto fail;
	ioctl(s->fd, TIOCEXCL); /* libserialport lets a second program open the same port */
	*out = (struct alg_transport){&serial_ops, s};
	return 0;
fail:
	sp_close(s->port); /* not serial_close: TIOCNXCL would undo the other program's claim */
	sp_free_port(s->port);
	free(s);
	return rc;
}

int alg_serial_fd(const struct alg_transport *serial)
{
	return serial->ops == &serial_ops ? ((const struct serial *)serial->ctx)->fd : -1;
}
