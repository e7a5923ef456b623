/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usbdev.h - one emulated USB gauge as the kernel's usbfs shows it to libusb: descriptors, claims, control
 * requests, transfers that wait for reports. It knows no way of being called: test_bed_usb.c answers libusb's
 * ioctl() in its own process with it, tests/bed/usb.c those of another process through umockdev.
 *
 * libusb waits for its descriptor to become writable ("something to reap"). Ours is the slave of a
 * pseudo-terminal whose output is stopped and started with tcflow(), so libusb sleeps and wakes as with a
 * real device, and a closed master gives the error condition of an unplugged one.
 *
 * Nothing here is locked: the caller holds a lock around each call.
 */
#ifndef TEST_USBDEV_H
#define TEST_USBDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { USBDEV_BYTES_MAX = 512, USBDEV_QUEUE_MAX = 64 };

/*
 * A family of USB gauges is a row of usbdev_models[]: what it says of itself. What it sends comes from its
 * speaker (sim/speak.h), which cuts it into reports of packet_size. The first row of a family is the usual one; others are the
 * same gauge with one thing different, which is the variant's name.
 */
struct usbdev_model {
	const char *family, *variant;
	uint16_t vid, pid;
	uint16_t release;     /* bcdDevice */
	const char *maker, *product;
	bool keyboard;        /* interface 0 is a keyboard, as many scales have one, and the gauge's is 1; else it is 0 */
	uint8_t class;        /* of the gauge's interface: 3 HID, FF the maker's own */
	uint8_t in, out;      /* its interrupt endpoints; out 0: the host writes by SET_REPORT */
	uint8_t unheard;      /* an interrupt endpoint to the device that it has and does not hear; 0: none */
	uint8_t packet_size;
	uint16_t value;       /* wValue of its SET_REPORTs; another one stalls; 0: any is heard */
	const uint8_t *reports;     /* its report descriptor, NULL: none */
	const size_t *reports_len;
};
extern const struct usbdev_model usbdev_models[]; /* ends with a NULL family */
/* NULL: no such USB gauge. variant "" is the usual one. */
const struct usbdev_model *usbdev_model_find(const char *family, const char *variant);

/* A report on its way to the host, or an error of the host controller: -EPIPE, -EPROTO ... */
struct usbdev_packet {
	int status;
	size_t len;
	uint8_t data[USBDEV_BYTES_MAX];
};

/* A transfer, as USBDEVFS_SUBMITURB gave it. */
struct usbdev_urb {
	void *id;        /* whatever the caller knows it by */
	const void *owner; /* which program's; only that one reaps it */
	uint8_t type;    /* USBDEVFS_URB_TYPE_CONTROL, _INTERRUPT ... */
	uint8_t endpoint;
	uint8_t *buffer; /* the host's bytes; the answer to a control request is put there at once */
	size_t room;     /* bytes in buffer */
	struct usbdev_packet result;
};

struct usbdev {
	const struct usbdev_model *model;
	char serial[64];
	/* What the host says, by OUT endpoint or SET_REPORT; NULL: counted only. */
	void (*hear)(void *ctx, const uint8_t *bytes, size_t n);
	/* A report has found a transfer; NULL: nobody wants to know. */
	void (*taken)(void *ctx, const struct usbdev_packet *packet);
	void *ctx;
	bool busy;            /* another program holds its interfaces */
	bool refuses_reports; /* stalls when asked for a report descriptor */
	bool no_gauge;        /* its report descriptor is a keyboard's */
	bool stalls;          /* at whatever is written to it */
	/* from here on its own */
	int slave, master;    /* -1: none */
	bool gone, ready;
	unsigned claimed;     /* bit per interface */
	int clear_halts, detached, out_reports;
	uint16_t value;       /* wValue of the last SET_REPORT */
	struct usbdev_urb pending[USBDEV_QUEUE_MAX], done[USBDEV_QUEUE_MAX];
	size_t n_pending, n_done;
	struct usbdev_packet waiting[USBDEV_QUEUE_MAX];
	size_t n_waiting;
};

/* Plugs it in: queues empty, a new node whose path goes into node. 0, or -1. */
int usbdev_plug(struct usbdev *dev, const struct usbdev_model *model, const char *serial, char node[64]);
/* The cable is pulled: transfers that wait end with -ESHUTDOWN, the node hangs up. Twice is fine. */
void usbdev_unplug(struct usbdev *dev);
/* Number of the gauge's interface. */
int usbdev_interface(const struct usbdev_model *model);
/* Device and configuration descriptor, as usbfs's node reads; their length. */
size_t usbdev_descriptors(const struct usbdev_model *model, uint8_t out[128]);

/* The device sends a report; with a full queue it is lost. */
void usbdev_push(struct usbdev *dev, int status, const void *data, size_t len);

/* usbfs's requests: 0, or an errno. */
int usbdev_claim(struct usbdev *dev, unsigned interface);
int usbdev_release(struct usbdev *dev, unsigned interface);
int usbdev_submit(struct usbdev *dev, const struct usbdev_urb *urb);
int usbdev_discard(struct usbdev *dev, const void *id);
/*
 * The owner's next transfer that is over, by value; EAGAIN none, ENODEV none and the device is gone. The caller copies
 * the result's data into the buffer where usbdev_is_in says so.
 */
int usbdev_reap(struct usbdev *dev, const void *owner, struct usbdev_urb *out);
bool usbdev_is_in(const struct usbdev_urb *urb);

#endif
