/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usb.c - HID gauges through libusb: one interface, its interrupt IN endpoint, one report a read.
 *
 * The interface is found by the usage page in its report descriptor and the endpoint by the
 * configuration descriptor: identities and endpoint numbers differ among makers. The kernel lets a
 * report descriptor be asked for only by who has claimed the interface, so each HID interface is
 * claimed in turn and given back when it is not the one. Nothing is ever written to the device.
 */
#include "driver/transport/transport.h"

#include "base/access.h"
#include "base/bytes.h"
#include "base/text.h"
#include "driver/transport/hiddesc.h"
#include "driver/transport/port.h"

#include <errno.h>
#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HID_DESCRIPTOR = 0x21,
	REPORT_DESCRIPTOR = 0x22,
	REPORT_DESCRIPTOR_MAX = 4096,
	CONTROL_TIMEOUT_MS = 1000,
	PACKET_MAX = 1024,
};

struct usb {
	libusb_context *context;
	libusb_device_handle *handle;
	int interface; /* claimed; -1: none */
	uint8_t endpoint;
	int packet_size;
	struct alg_log *log;
	char name[96]; /* "usb:0922:8003" */
	char product[96];
	char serial[64];
	uint8_t packet[PACKET_MAX];
};

static int failed(struct usb *u, const char *what, int rc)
{
	if (rc == LIBUSB_ERROR_NO_DEVICE || rc == LIBUSB_ERROR_NOT_FOUND)
		return ALG_ERR_NODEV;
	return alg_fail(u->log, MSG_DEV_IO, u->name, what, libusb_strerror(rc));
}

static int usb_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct usb *u = ctx;
	int64_t end_ns = alg_port_now_ns(NULL) + (int64_t)timeout_ms * 1000000;

	for (;;) {
		int64_t left_ms = (end_ns - alg_port_now_ns(NULL) + 999999) / 1000000;
		int n = 0, rc;

		if (left_ms <= 0)
			return 0;
		rc = libusb_interrupt_transfer(u->handle, u->endpoint, u->packet, u->packet_size, &n, (unsigned)left_ms);
		if (n > 0 && (rc == 0 || rc == LIBUSB_ERROR_TIMEOUT)) {
			size_t len = (size_t)n < cap ? (size_t)n : cap;

			memcpy(buf, u->packet, len);
			return (int)len;
		}
		/* An endpoint that stalls or overflows at once, again and again, must not spin. */
		if (rc == LIBUSB_ERROR_PIPE) {
			rc = libusb_clear_halt(u->handle, u->endpoint);
			alg_port_sleep_ms(NULL, 10);
		} else if (rc == LIBUSB_ERROR_OVERFLOW) {
			alg_port_sleep_ms(NULL, 10);
			rc = 0;
		}
		if (rc && rc != LIBUSB_ERROR_TIMEOUT && rc != LIBUSB_ERROR_INTERRUPTED)
			return failed(u, "reading a report", rc);
		/* else: an empty report says nothing, wait on */
	}
}

static int usb_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx;
	(void)buf;
	(void)len;
	(void)timeout_ms;
	return ALG_ERR_UNSUPPORTED;
}

static void usb_close(void *ctx)
{
	struct usb *u = ctx;

	if (u->handle && u->interface >= 0)
		libusb_release_interface(u->handle, u->interface); /* NO_DEVICE after unplugging is normal */
	if (u->handle)
		libusb_close(u->handle);
	if (u->context)
		libusb_exit(u->context);
	free(u);
}

static const struct alg_transport_ops usb_ops = {
	.name = "usb",
	.packets = true,
	.read = usb_read,
	.write = usb_write,
	.sleep_ms = alg_port_sleep_ms,
	.now_ns = alg_port_now_ns,
	.close = usb_close,
};

/* ---- which interface ---------------------------------------------------------------------------- */

/* Length of the report descriptor as the interface's HID descriptor says (HID 1.11, 6.2.1); 0: none. */
static int report_descriptor_length(const struct libusb_interface_descriptor *alt)
{
	const uint8_t *extra = alt->extra;
	int left = alt->extra_length;

	while (left >= 2 && extra[0] >= 2 && extra[0] <= left) {
		if (extra[1] == HID_DESCRIPTOR && extra[0] >= 9 && extra[6] == REPORT_DESCRIPTOR)
			return alg_le16(extra + 7);
		left -= extra[0];
		extra += extra[0];
	}
	return 0;
}

static const struct libusb_endpoint_descriptor *interrupt_in(const struct libusb_interface_descriptor *alt)
{
	for (int i = 0; i < alt->bNumEndpoints; i++) {
		const struct libusb_endpoint_descriptor *e = &alt->endpoint[i];

		if ((e->bEndpointAddress & LIBUSB_ENDPOINT_IN) &&
			(e->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) == LIBUSB_TRANSFER_TYPE_INTERRUPT)
			return e;
	}
	return NULL;
}

/* 1 the claimed interface has the usage page, 0 not, negative libusb error. */
static int has_page(struct usb *u, const struct libusb_interface_descriptor *alt, uint16_t page)
{
	uint8_t desc[REPORT_DESCRIPTOR_MAX];
	int want = report_descriptor_length(alt), n;

	if (want <= 0 || want > (int)sizeof(desc))
		return 0;
	n = libusb_control_transfer(u->handle, LIBUSB_ENDPOINT_IN | LIBUSB_RECIPIENT_INTERFACE,
		LIBUSB_REQUEST_GET_DESCRIPTOR, REPORT_DESCRIPTOR << 8, alt->bInterfaceNumber, desc, (uint16_t)want,
		CONTROL_TIMEOUT_MS);
	if (n < 0)
		return n == LIBUSB_ERROR_PIPE ? 0 : n;
	return alg_hid_has_usage_page(desc, (size_t)n, page);
}

static int open_failed(struct usb *u, libusb_device *device, int rc)
{
	char node[64], text[256];

	switch (rc) {
	case LIBUSB_ERROR_ACCESS:
		snprintf(node, sizeof(node), "/dev/bus/usb/%03u/%03u", libusb_get_bus_number(device),
			libusb_get_device_address(device));
		alg_access_why(node, text, sizeof(text));
		snprintf(node + strlen(node), sizeof(node) - strlen(node), " (%.32s)", u->name);
		return alg_fail(u->log, MSG_DEV_ACCESS, node, text);
	case LIBUSB_ERROR_BUSY:
		return alg_fail(u->log, MSG_DEV_BUSY, u->name);
	case LIBUSB_ERROR_NO_DEVICE:
	case LIBUSB_ERROR_NOT_FOUND:
		return alg_fail(u->log, MSG_DEV_ABSENT, u->name);
	default:
		return alg_fail(u->log, MSG_DEV_OPEN, u->name, libusb_strerror(rc));
	}
}

/* Claims the first interface with the page: 0, or a negative status that has been said. */
static int claim(struct usb *u, uint16_t page)
{
	libusb_device *device = libusb_get_device(u->handle);
	struct libusb_config_descriptor *config = NULL;
	int rc = libusb_get_active_config_descriptor(device, &config), held_by_other = 0;

	if (rc)
		return open_failed(u, device, rc);
	for (int i = 0; i < config->bNumInterfaces && u->interface < 0; i++) {
		if (config->interface[i].num_altsetting < 1)
			continue;
		const struct libusb_interface_descriptor *alt = &config->interface[i].altsetting[0];
		const struct libusb_endpoint_descriptor *in = interrupt_in(alt);

		if (alt->bInterfaceClass != LIBUSB_CLASS_HID || !in)
			continue;
		rc = libusb_claim_interface(u->handle, alt->bInterfaceNumber);
		if (rc) {
			held_by_other = rc;
			continue;
		}
		rc = has_page(u, alt, page);
		if (rc == 1) {
			u->interface = alt->bInterfaceNumber;
			u->endpoint = in->bEndpointAddress;
			u->packet_size = in->wMaxPacketSize & 0x7FF;
		} else {
			libusb_release_interface(u->handle, alt->bInterfaceNumber);
			held_by_other = rc < 0 ? rc : held_by_other;
		}
	}
	libusb_free_config_descriptor(config);
	if (u->interface < 0 && held_by_other)
		return open_failed(u, device, held_by_other);
	if (u->interface < 0)
		return alg_fail(u->log, MSG_DEV_NO_HID, u->name, (unsigned)page);
	if (u->packet_size < 1 || u->packet_size > PACKET_MAX)
		return alg_fail(u->log, MSG_DEV_OPEN, u->name, "its endpoint has an impossible packet size");
	return 0;
}

/* ---- which device --------------------------------------------------------------------------------- */

static void read_text(libusb_device_handle *handle, uint8_t index, char *out, size_t cap)
{
	unsigned char raw[128];
	int n = index ? libusb_get_string_descriptor_ascii(handle, index, raw, sizeof(raw) - 1) : 0;

	raw[n > 0 ? n : 0] = '\0';
	alg_text_clean(out, cap, (const char *)raw);
}

static void read_texts(struct usb *u)
{
	struct libusb_device_descriptor d;

	if (libusb_get_device_descriptor(libusb_get_device(u->handle), &d))
		return;
	read_text(u->handle, d.iProduct, u->product, sizeof(u->product));
	read_text(u->handle, d.iSerialNumber, u->serial, sizeof(u->serial));
}

/* Serial number of a device that is only looked at; "" when it cannot be opened. */
static int peek_serial(libusb_device *device, char *out, size_t cap)
{
	struct libusb_device_descriptor d;
	libusb_device_handle *handle = NULL;
	int rc = libusb_open(device, &handle);

	*out = '\0';
	if (rc)
		return rc;
	if (libusb_get_device_descriptor(device, &d) == 0)
		read_text(handle, d.iSerialNumber, out, cap);
	libusb_close(handle);
	return 0;
}

/* Collects what matches: the device to open, or NULL with *rc a status that has been said. */
static libusb_device *pick(struct usb *u, libusb_device **list, ssize_t n, const struct alg_usb_match *match, int *rc)
{
	bool any = !match->serial || !*match->serial;
	char numbers[160] = "";
	libusb_device *found = NULL;
	int alike = 0, refused = 0;

	for (ssize_t i = 0; i < n; i++) {
		struct libusb_device_descriptor d;
		char number[64];
		size_t len = strlen(numbers);

		if (libusb_get_device_descriptor(list[i], &d) || d.idVendor != match->vid || d.idProduct != match->pid)
			continue;
		int e = peek_serial(list[i], number, sizeof(number));

		if (!any && e) {
			refused = e;
			found = found ? found : list[i];
		}
		if (!any && (e || strcmp(number, match->serial) != 0))
			continue;
		snprintf(numbers + len, sizeof(numbers) - len, "%s%s", len ? ", " : "", *number ? number : "none");
		found = list[i];
		alike++;
	}
	*rc = 0;
	if (alike == 1)
		return found;
	if (alike > 1)
		*rc = alg_fail(u->log, MSG_DEV_AMBIGUOUS, u->name, alike, numbers);
	else if (refused)
		*rc = open_failed(u, found, refused);
	else
		*rc = alg_fail(u->log, MSG_DEV_ABSENT, u->name);
	return NULL;
}

static int open_by_identity(struct usb *u, const struct alg_usb_match *match)
{
	libusb_device **list = NULL, *device;
	int rc = libusb_init(&u->context);

	if (rc) {
		u->context = NULL;
		return alg_fail(u->log, MSG_DEV_OPEN, u->name, libusb_strerror(rc));
	}
	ssize_t n = libusb_get_device_list(u->context, &list);

	if (n < 0)
		return alg_fail(u->log, MSG_DEV_OPEN, u->name, libusb_strerror((int)n));
	device = pick(u, list, n, match, &rc);
	if (device) {
		rc = libusb_open(device, &u->handle);
		if (rc) {
			u->handle = NULL;
			rc = open_failed(u, device, rc);
		}
	}
	libusb_free_device_list(list, 1);
	return rc;
}

/*
 * A descriptor comes from where devices cannot be looked up (a sandbox's portal, a test), so the
 * look-up must be off. libusb 1.0.26 can only do that for all contexts made from now on; a program
 * that is given descriptors has no use for the look-up anyway.
 */
static int open_by_descriptor(struct usb *u, int fd)
{
	int rc = libusb_set_option(NULL, LIBUSB_OPTION_NO_DEVICE_DISCOVERY);

	if (rc == 0)
		rc = libusb_init(&u->context);
	if (rc) {
		u->context = NULL;
		return alg_fail(u->log, MSG_DEV_OPEN, u->name, libusb_strerror(rc));
	}
	rc = libusb_wrap_sys_device(u->context, (intptr_t)fd, &u->handle);
	if (rc) {
		u->handle = NULL;
		return rc == LIBUSB_ERROR_NO_DEVICE ? alg_fail(u->log, MSG_DEV_ABSENT, u->name)
						    : alg_fail(u->log, MSG_DEV_OPEN, u->name, libusb_strerror(rc));
	}
	return 0;
}

int alg_usb_open(const struct alg_usb_match *match, struct alg_transport *out, struct alg_log *log)
{
	struct usb *u = calloc(1, sizeof(*u));
	bool named = match->serial && *match->serial;
	int rc;

	*out = (struct alg_transport){0};
	if (!u)
		return alg_fail(log, MSG_NOMEM, "USB device");
	u->interface = -1;
	u->log = log;
	snprintf(u->name, sizeof(u->name), "usb:%04x:%04x%s%s", match->vid, match->pid, named ? ":" : "",
		named ? match->serial : "");
	rc = match->fd > 0 ? open_by_descriptor(u, match->fd) : open_by_identity(u, match);
	if (rc == 0) {
		libusb_set_auto_detach_kernel_driver(u->handle, 1); /* usbhid holds it; where not, nothing is lost */
		read_texts(u);
		rc = claim(u, match->usage_page);
	}
	if (rc) {
		usb_close(u);
		return rc;
	}
	*out = (struct alg_transport){&usb_ops, u};
	return 0;
}

void alg_usb_identity(const struct alg_transport *usb, char *model, size_t model_cap, char *number, size_t number_cap)
{
	*model = *number = '\0';
	if (usb->ops != &usb_ops)
		return;
	const struct usb *u = usb->ctx;

	alg_text_copy(model, model_cap, u->product);
	alg_text_copy(number, number_cap, u->serial);
}
