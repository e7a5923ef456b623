/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usb_io.h - reports in and out of one claimed interface of an open USB device. One thread.
 *
 * A device of 1000 reports a second holds one or two of them; a host that asks only while somebody
 * reads would lose the rest. So ALG_USB_FLYING transfers wait at the IN endpoint at all times from the first
 * read on, and what they bring is handed out in the order of its arrival.
 */
#ifndef ALG_USB_IO_H
#define ALG_USB_IO_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct libusb_context;
struct libusb_device_handle;
struct libusb_transfer;

enum { ALG_USB_FLYING = 4, ALG_USB_PACKET_MAX = 1024 };

struct alg_usb_io {
	/* Set by who opened the device. */
	struct libusb_context *context;
	struct libusb_device_handle *handle;
	int interface;         /* claimed; -1: none */
	uint8_t in, out;       /* endpoints; out 0: there is none, or it is not to be used */
	int in_size;           /* largest packet of in, 1..ALG_USB_PACKET_MAX */
	uint16_t report_value; /* struct alg_usb_way */
	struct alg_log *log;
	char name[96];         /* "usb:0922:8003" */
	/* Its own. */
	bool started;
	struct alg_usb_report {
		struct alg_usb_io *io;
		struct libusb_transfer *transfer;
		bool flying;
		uint8_t data[ALG_USB_PACKET_MAX];
	} report[ALG_USB_FLYING];
	struct alg_usb_report *landed[ALG_USB_FLYING]; /* in the order of their arrival */
	int n_landed;
};

/* As read and write of struct alg_transport_ops. Writing ALG_ERR_UNSUPPORTED: the device stalls, and lives. */
int alg_usb_io_read(struct alg_usb_io *io, uint8_t *buf, size_t cap, int timeout_ms);
int alg_usb_io_write(struct alg_usb_io *io, const uint8_t *buf, size_t len, int timeout_ms);
/* Takes back what is waiting. Before the interface is released; safe at any moment. */
void alg_usb_io_stop(struct alg_usb_io *io);

#endif
