/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * adapter.h - what udev knows of the USB device behind a serial port: the identity by which the same
 * adapter is found again under whatever /dev/ttyUSB number it has today. Opens no port, writes
 * nothing to any device.
 */
#ifndef ALG_ADAPTER_H
#define ALG_ADAPTER_H

#include "driver/algometer.h"

struct alg_adapter {
	char node[256];      /* "/dev/ttyUSB0"; of a USB gauge its usbfs node; "" when there is none */
	char usb_id[12];     /* "0403:6001"; "" when it is not on USB */
	char serial[64];     /* as the adapter says it, cleaned; "" when it says none */
	char path[32];       /* "1-2.3": bus and sockets, which stays as long as the plug */
	char latency[320];   /* the file of its latency timer, which FTDI adapters have; else "" */
	char interface[40];  /* "1-2.3:1.0": of a serial port, which tells the ports of one adapter apart; else "" */
};

/* The port that a serial: address by identity means, today. Says MSG_DEV_ABSENT, MSG_DEV_AMBIGUOUS or MSG_DEV_UDEV. */
int alg_adapter_find(const struct alg_uri *uri, struct alg_adapter *out, struct alg_log *log);
/* What is behind a port, named by its node or a link to it. False, and *out empty: udev knows no such port. */
bool alg_adapter_of(const char *node, struct alg_adapter *out);
/* How many connected ports (or, with usb, USB devices) have id and serial number of this one; itself included. */
int alg_adapter_twins(const struct alg_adapter *adapter, bool usb);
/*
 * The address that means this one tomorrow as well: by its serial number, or where it has none, or
 * shares it with another one, by its place: "serial:0403:6001:AG0042". "" for what is not on USB.
 */
void alg_adapter_address(const struct alg_adapter *adapter, bool usb, char *out, size_t cap);

/* ---- shared with discovery.c ---------------------------------------------------------------------- */

struct udev;
struct udev_device;
/* Shows each device of a subsystem to look. 0, ALG_ERR_NOMEM or ALG_ERR_IO, not said. */
int alg_udev_each(struct udev *udev, const char *subsystem, void (*look)(void *ctx, struct udev_device *device), void *ctx);
/* A sysfs attribute, "" when it has none. */
const char *alg_udev_attr(struct udev_device *device, const char *name);
/* Fills *out from a serial port, or from a USB device. */
void alg_adapter_read(struct udev_device *device, struct alg_adapter *out);

#endif
