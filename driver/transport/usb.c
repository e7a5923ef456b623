/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usb.c - which USB device, and which of its interfaces, through libusb; usb_io.c carries the reports.
 *
 * The interface is found by the usage page in its report descriptor, or is the first that sends reports, and
 * the endpoints by the configuration descriptor: identities and endpoint numbers differ among makers. The
 * kernel lets a report descriptor be asked for only by who has claimed the interface, so each one is
 * claimed in turn and given back when it is not the one.
 */
#include "driver/transport/transport.h"

#include "base/access.h"
#include "base/text.h"
#include "driver/transport/hiddesc.h"
#include "driver/transport/port.h"
#include "driver/transport/usb_io.h"

#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	REPORT_DESCRIPTOR = 0x22,
	REPORT_DESCRIPTOR_MAX = 4096,
	CONTROL_TIMEOUT_MS = 1000,
};

struct usb {
	struct alg_usb_io io;
	int release; /* bcdDevice */
	char product[96];
	char serial[64];
	char path[32]; /* bus and sockets */
};

static int usb_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	return alg_usb_io_read(&((struct usb *)ctx)->io, buf, cap, timeout_ms);
}

static int usb_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	return alg_usb_io_write(&((struct usb *)ctx)->io, buf, len, timeout_ms);
}

static void usb_close(void *ctx)
{
	struct usb *u = ctx;

	alg_usb_io_stop(&u->io);
	if (u->io.handle && u->io.interface >= 0)
		libusb_release_interface(u->io.handle, u->io.interface); /* NO_DEVICE after unplugging is normal */
	if (u->io.handle)
		libusb_close(u->io.handle);
	if (u->io.context)
		libusb_exit(u->io.context);
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

/* The first interrupt endpoint of a direction, LIBUSB_ENDPOINT_IN or _OUT; NULL: none. */
static const struct libusb_endpoint_descriptor *interrupt(const struct libusb_interface_descriptor *alt, int direction)
{
	for (int i = 0; i < alt->bNumEndpoints; i++) {
		const struct libusb_endpoint_descriptor *e = &alt->endpoint[i];

		if ((e->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) == direction &&
			(e->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) == LIBUSB_TRANSFER_TYPE_INTERRUPT)
			return e;
	}
	return NULL;
}

/* 1 the claimed interface has the usage page, 0 not, negative libusb error. */
static int has_page(struct usb *u, const struct libusb_interface_descriptor *alt, uint16_t page)
{
	uint8_t desc[REPORT_DESCRIPTOR_MAX];
	int want = alg_hid_report_length(alt->extra, alt->extra_length > 0 ? (size_t)alt->extra_length : 0), n;

	if (want <= 0 || want > (int)sizeof(desc))
		return 0;
	n = libusb_control_transfer(u->io.handle, LIBUSB_ENDPOINT_IN | LIBUSB_RECIPIENT_INTERFACE,
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
		snprintf(node + strlen(node), sizeof(node) - strlen(node), " (%.32s)", u->io.name);
		return alg_fail(u->io.log, MSG_DEV_ACCESS, node, text);
	case LIBUSB_ERROR_BUSY:
		return alg_fail(u->io.log, MSG_DEV_BUSY, u->io.name);
	case LIBUSB_ERROR_NO_DEVICE:
	case LIBUSB_ERROR_NOT_FOUND:
		return alg_fail(u->io.log, MSG_DEV_ABSENT, u->io.name);
	default:
		return alg_fail(u->io.log, MSG_DEV_OPEN, u->io.name, libusb_strerror(rc));
	}
}

/* Claims an interface if it is the one: 1 it is, 0 it is not and was given back, negative libusb error. */
static int try_interface(struct usb *u, const struct libusb_interface_descriptor *alt, const struct alg_usb_way *way)
{
	const struct libusb_endpoint_descriptor *in = interrupt(alt, LIBUSB_ENDPOINT_IN);
	const struct libusb_endpoint_descriptor *out = interrupt(alt, LIBUSB_ENDPOINT_OUT);
	int rc;

	if ((alt->bInterfaceClass != LIBUSB_CLASS_HID && !way->any_class) || !in)
		return 0;
	rc = libusb_claim_interface(u->io.handle, alt->bInterfaceNumber);
	if (rc)
		return rc;
	rc = way->usage_page ? has_page(u, alt, way->usage_page) : 1;
	if (rc != 1) {
		libusb_release_interface(u->io.handle, alt->bInterfaceNumber);
		return rc;
	}
	u->io.interface = alt->bInterfaceNumber;
	u->io.in = in->bEndpointAddress;
	u->io.in_size = in->wMaxPacketSize & 0x7FF;
	u->io.out = out && !way->control_only ? out->bEndpointAddress : 0;
	u->io.report_value = way->report_value;
	return 1;
}

/* Claims the family's interface: 0, or a negative status that has been said. */
static int claim(struct usb *u, const struct alg_usb_way *way)
{
	libusb_device *device = libusb_get_device(u->io.handle);
	struct libusb_config_descriptor *config = NULL;
	int rc = libusb_get_active_config_descriptor(device, &config), trouble = 0;

	if (rc)
		return open_failed(u, device, rc);
	for (int i = 0; i < config->bNumInterfaces && u->io.interface < 0; i++) {
		if (config->interface[i].num_altsetting < 1)
			continue;
		rc = try_interface(u, &config->interface[i].altsetting[0], way);
		trouble = rc < 0 ? rc : trouble;
	}
	libusb_free_config_descriptor(config);
	if (u->io.interface < 0 && trouble)
		return open_failed(u, device, trouble);
	if (u->io.interface < 0 && way->usage_page)
		return alg_fail(u->io.log, MSG_DEV_NO_HID, u->io.name, (unsigned)way->usage_page);
	if (u->io.interface < 0)
		return alg_fail(u->io.log, MSG_DEV_NO_REPORTS, u->io.name);
	if (u->io.in_size < 1 || u->io.in_size > ALG_USB_PACKET_MAX)
		return alg_fail(u->io.log, MSG_DEV_OPEN, u->io.name, "its endpoint has an impossible packet size");
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

/* "1-2.3", as the kernel names the device; "" for a hub of the machine itself. */
static void path_of(libusb_device *device, char *out, size_t cap)
{
	uint8_t ports[8];
	int n = libusb_get_port_numbers(device, ports, sizeof(ports));

	*out = '\0';
	for (int i = 0; i < n; i++)
		if (i == 0)
			snprintf(out, cap, "%u-%u", libusb_get_bus_number(device), ports[i]);
		else
			alg_text_add(out, cap, ".%u", ports[i]);
}

static void read_texts(struct usb *u)
{
	struct libusb_device_descriptor d;

	if (libusb_get_device_descriptor(libusb_get_device(u->io.handle), &d))
		return;
	u->release = d.bcdDevice;
	read_text(u->io.handle, d.iProduct, u->product, sizeof(u->product));
	read_text(u->io.handle, d.iSerialNumber, u->serial, sizeof(u->serial));
	path_of(libusb_get_device(u->io.handle), u->path, sizeof(u->path));
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
	char numbers[200] = "";
	libusb_device *found = NULL;
	int alike = 0, refused = 0;

	for (ssize_t i = 0; i < n; i++) {
		struct libusb_device_descriptor d;
		char number[64], path[32];

		if (libusb_get_device_descriptor(list[i], &d) || d.idVendor != match->vid || d.idProduct != match->pid)
			continue;
		path_of(list[i], path, sizeof(path));
		if (match->path && *match->path && strcmp(match->path, path) != 0)
			continue;
		int e = peek_serial(list[i], number, sizeof(number));

		if (!any && e) {
			refused = e;
			found = found ? found : list[i];
		}
		if (!any && (e || strcmp(number, match->serial) != 0))
			continue;
		alg_text_add(numbers, sizeof(numbers), "%s%s at path=%s", *numbers ? ", " : "",
			*number ? number : "no serial number", path);
		found = list[i];
		alike++;
	}
	*rc = 0;
	if (alike == 1)
		return found;
	if (alike > 1)
		*rc = alg_fail(u->io.log, MSG_DEV_AMBIGUOUS, u->io.name, alike, numbers);
	else if (refused)
		*rc = open_failed(u, found, refused);
	else
		*rc = alg_fail(u->io.log, MSG_DEV_ABSENT, u->io.name);
	return NULL;
}

static int open_by_identity(struct usb *u, const struct alg_usb_match *match)
{
	libusb_device **list = NULL, *device;
	int rc = libusb_init(&u->io.context);

	if (rc) {
		u->io.context = NULL;
		return alg_fail(u->io.log, MSG_DEV_OPEN, u->io.name, libusb_strerror(rc));
	}
	ssize_t n = libusb_get_device_list(u->io.context, &list);

	if (n < 0)
		return alg_fail(u->io.log, MSG_DEV_OPEN, u->io.name, libusb_strerror((int)n));
	device = pick(u, list, n, match, &rc);
	if (device) {
		rc = libusb_open(device, &u->io.handle);
		if (rc) {
			u->io.handle = NULL;
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
		rc = libusb_init(&u->io.context);
	if (rc) {
		u->io.context = NULL;
		return alg_fail(u->io.log, MSG_DEV_OPEN, u->io.name, libusb_strerror(rc));
	}
	rc = libusb_wrap_sys_device(u->io.context, (intptr_t)fd, &u->io.handle);
	if (rc) {
		u->io.handle = NULL;
		return rc == LIBUSB_ERROR_NO_DEVICE ? alg_fail(u->io.log, MSG_DEV_ABSENT, u->io.name)
						    : alg_fail(u->io.log, MSG_DEV_OPEN, u->io.name, libusb_strerror(rc));
	}
	return 0;
}

int alg_usb_open(const struct alg_usb_match *match, struct alg_transport *out, struct alg_log *log)
{
	struct usb *u = calloc(1, sizeof(*u));
	bool named = match->serial && *match->serial, placed = match->path && *match->path;
	int rc;

	*out = (struct alg_transport){0};
	if (!u)
		return alg_fail(log, MSG_NOMEM, "USB device");
	u->io.interface = -1;
	u->io.log = log;
	snprintf(u->io.name, sizeof(u->io.name), "usb:%04x:%04x%s%s", match->vid, match->pid, named ? ":" : placed ? ":path=" : "",
		named ? match->serial : placed ? match->path : "");
	rc = match->fd > 0 ? open_by_descriptor(u, match->fd) : open_by_identity(u, match);
	if (rc == 0) {
		libusb_set_auto_detach_kernel_driver(u->io.handle, 1); /* usbhid holds it; where not, nothing is lost */
		read_texts(u);
		rc = claim(u, match->way);
	}
	if (rc) {
		usb_close(u);
		return rc;
	}
	*out = (struct alg_transport){&usb_ops, u};
	return 0;
}

int alg_usb_identity(const struct alg_transport *usb, char *model, size_t model_cap, char *number, size_t number_cap)
{
	*model = *number = '\0';
	if (usb->ops != &usb_ops)
		return 0;
	const struct usb *u = usb->ctx;

	alg_text_copy(model, model_cap, u->product);
	alg_text_copy(number, number_cap, u->serial);
	return u->release;
}

void alg_usb_path(const struct alg_transport *usb, char *out, size_t cap)
{
	alg_text_copy(out, cap, usb->ops == &usb_ops ? ((const struct usb *)usb->ctx)->path : "");
}
