/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simport.h - where `algometer sim` meets its host: a pseudo-terminal or a TCP port on this machine,
 * and the FIFO of the patient's button. Nothing here waits.
 */
#ifndef CLI_SIMPORT_H
#define CLI_SIMPORT_H

#include "driver/algometer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct simport {
	bool pty;
	int tcp_port;        /* wanted, 0 for any; then the one in use */
	const char *link;    /* symlink to make for a pty, or NULL */
	int listener, fd;    /* -1: none; fd: master side, or the client */
	bool linked;
	char address[320];   /* "tty:/dev/pts/3", "tcp:127.0.0.1:4001" */
};

/* Opens with the line set to baud, 8 data bits, no parity, raw. Says MSG_SIM_PORT, MSG_FILE_EXISTS. */
int simport_open(struct simport *port, int baud, int stop_bits, struct alg_log *log);
void simport_close(struct simport *port);
/* Takes a waiting client; true while a host has the other end open. */
bool simport_host(struct simport *port);
/* Bytes of the host, 0 when there are none or nobody is there. */
size_t simport_read(struct simport *port, uint8_t *buf, size_t cap);
/* What the host does not take is lost, as on a line. */
void simport_write(struct simport *port, const uint8_t *bytes, size_t n);
/* How the host has set the line; false when there is no line (TCP) or it cannot be told. */
bool simport_line(const struct simport *port, struct alg_line_settings *line);
/* What to poll(2) for the host's bytes or coming; -1 for nothing. */
int simport_poll_fd(const struct simport *port);

/* The button: one line "button <ns of CLOCK_MONOTONIC>" for each press. */
struct simfifo {
	const char *path; /* NULL: no button */
	int fd;
	bool made;
};
/* Makes the FIFO when there is none. Says MSG_SIM_FIFO when something else has the name. */
int simfifo_open(struct simfifo *fifo, const char *path, struct alg_log *log);
/* Looks for a reader, so that one that waits in open(2) is let in. */
void simfifo_look(struct simfifo *fifo);
/* A missing or slow reader is no error. */
void simfifo_button(struct simfifo *fifo, int64_t t_ns);
/* Removes the FIFO when it was made here. */
void simfifo_close(struct simfifo *fifo);

#endif
