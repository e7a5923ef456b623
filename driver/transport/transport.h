/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transport.h - how the ways of carrying bytes are opened. The operations themselves are
 * struct alg_transport_ops in driver/algometer.h. Every open says what was wrong and returns its
 * status; on success out->ops->close(out->ctx) ends it.
 *
 * Facts that the transports are built on (measured against libserialport 0.1.1, libusb 1.0.26):
 * a removed serial port reads as silence at full processor load, so every empty read asks the port
 * whether it is still there; ENODEV and EIO from any call mean gone; no wait is without limit.
 */
#ifndef ALG_TRANSPORT_H
#define ALG_TRANSPORT_H

#include "driver/algometer.h"
#include "driver/transport/usbway.h"

int alg_serial_open(const char *port, struct alg_transport *out, struct alg_log *log);
/* The descriptor of an open serial port, borrowed; -1 of any other transport. */
int alg_serial_fd(const struct alg_transport *serial);
/*
 * latency.c: an FTDI adapter keeps what came from the gauge for up to 16 ms before it hands it on.
 * attribute is its latency_timer in sysfs, fd its open port. Sets 1 ms by the attribute, or where that is
 * not allowed by the port's low-latency flag, which the driver ftdi_sio grants to everybody. What
 * remains in ms, 1 when it is done; 0 when there is no such attribute. *error: the errno of a refusal.
 */
int alg_latency_lower(const char *attribute, int fd, int *error);
int alg_tcp_open(const char *host, int port, struct alg_transport *out, struct alg_log *log);
int alg_tty_open(const char *path, struct alg_transport *out, struct alg_log *log);

/* Which USB device, and how its family is talked to. */
struct alg_usb_match {
	uint16_t vid, pid;
	const char *serial;  /* "" or NULL: any; two alike are then refused as ambiguous */
	const char *path;    /* "1-2.3", bus and sockets; "" or NULL: any */
	const struct alg_usb_way *way; /* has to last */
	int fd;              /* > 0: wrap this usbfs descriptor instead of looking the device up */
};
int alg_usb_open(const struct alg_usb_match *match, struct alg_transport *out, struct alg_log *log);
/* Product text and serial number of an open USB device; "" when there are none. Returns its release, bcdDevice. */
int alg_usb_identity(const struct alg_transport *usb, char *model, size_t model_cap, char *number, size_t number_cap);
/* Its bus and sockets, "1-2.3"; "" when they are not known. */
void alg_usb_path(const struct alg_transport *usb, char *out, size_t cap);

/* recfile.c: the recording format, read whole and checked before use. */
struct alg_recfile_event {
	int64_t t_us;
	char dir;       /* '<' from the gauge, '>' to it */
	size_t offset, len; /* into data */
};
struct alg_recfile {
	char family[24];
	char kind[24]; /* "vendor example", "recorded", "synthetic" */
	struct alg_recfile_event *events; /* in order of time */
	size_t n_events;
	uint8_t *data; /* the events' bytes, one after the other */
	size_t n_data;
};
/* Says MSG_REC_* with file and line. The caller frees with alg_recfile_free. */
int alg_recfile_load(const char *path, struct alg_recfile *out, struct alg_log *log);
void alg_recfile_free(struct alg_recfile *rec);
/*
 * Takes rec over, also on failure. packets: one '<' line is one packet. Its clock starts at 0 and
 * follows the recording's microseconds. strict: what came after a '>' line comes only when just
 * those bytes have been written; anything else written is said (MSG_REC_STRICT, with name) and ends it.
 */
struct alg_replay_opts {
	bool packets, pace, strict;
	const char *name; /* of the file, for messages */
};
int alg_replay_open(
	struct alg_recfile *rec, const struct alg_replay_opts *opts, struct alg_transport *out, struct alg_log *log);

/*
 * Wraps inner so that all bytes are also written to a new recording at path; takes inner over on
 * success. A disk that fails stops the recording, never the readings; that is said (MSG_CAPTURE), and
 * close sets *status, which has to live so long, to 0 or ALG_ERR_IO.
 */
struct alg_capture_head {
	const char *family, *kind;
	const char *profile; /* NULL: none */
};
int alg_capture_open(const char *path, const struct alg_capture_head *head, const struct alg_transport *inner,
	struct alg_transport *out, int *status, struct alg_log *log);

#endif
