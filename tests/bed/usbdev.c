/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bed/usbdev.h"

#include "base/text.h"
#include "sim/speak.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const uint8_t keyboard_reports[] = {0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xC0, 0xC0};
static const uint8_t own_reports[] = {0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0xC0}; /* the maker's own page */
static const size_t keyboard_len = sizeof(keyboard_reports), own_len = sizeof(own_reports);

#define BENCH .maker = "Bench (simulated)"
#define OWN_HID .class = 3, .reports = own_reports, .reports_len = &own_len, .in = 0x81

/* Neither the first interface nor the usual endpoint. */
#define SCALE .family = "hid-scale", .vid = 0x0922, .pid = 0x8003, .release = 0x0100, BENCH, .product = "Scale (simulated)", \
	.keyboard = true, .class = 3, .in = 0x82, .packet_size = 8, .reports = sim_hid_scale_report_descriptor, \
	.reports_len = &sim_hid_scale_report_descriptor_len
#define GODIRECT .family = "godirect", .vid = 0x08F7, .pid = 0x0010, .release = 0x0100, BENCH, .product = "Dynamometer (simulated)", \
	OWN_HID, .packet_size = 64
#define GOLINK .family = "golink", .vid = 0x08F7, .pid = 0x0003, .release = 0x0161, BENCH, .product = "Link (simulated)", \
	.packet_size = 8, .value = 0x0100
#define PHIDGET .family = "phidget", .vid = 0x06C2, .pid = 0x003B, BENCH, .product = "Bridge (simulated)", OWN_HID, .packet_size = 18

const struct usbdev_model usbdev_models[] = {
	{SCALE, .variant = ""},
	{GODIRECT, .variant = "", .out = 0x02},
	{GODIRECT, .variant = "set-report", .value = 0x0200},
	{GOLINK, .variant = "", OWN_HID, .unheard = 0x01},
	{GOLINK, .variant = "own-class", .class = 0xFF, .in = 0x81},
	{PHIDGET, .variant = "", .release = 0x0102, .out = 0x01},
	{PHIDGET, .variant = "set-report", .release = 0x0102, .value = 0x0200},
	{PHIDGET, .variant = "version-205", .release = 0x0205, .out = 0x01}, /* which is not documented */
	{0},
};

const struct usbdev_model *usbdev_model_find(const char *family, const char *variant)
{
	for (const struct usbdev_model *m = usbdev_models; m->family; m++)
		if (strcmp(m->family, family) == 0 && strcmp(m->variant, variant) == 0)
			return m;
	return NULL;
}

int usbdev_interface(const struct usbdev_model *model)
{
	return model->keyboard;
}

/* ---- what the device says of itself -------------------------------------------------------------- */

static size_t put(uint8_t *out, size_t at, const uint8_t *bytes, size_t n)
{
	memcpy(out + at, bytes, n);
	return at + n;
}

static size_t put_endpoint(uint8_t *out, size_t at, uint8_t address, uint8_t size)
{
	uint8_t endpoint[] = {7, 5, address, 3, size, 0, 10};

	return address ? put(out, at, endpoint, sizeof(endpoint)) : at;
}

/* Interface, its HID descriptor where it is one of that class, its endpoints. */
static size_t put_interface(uint8_t *out, size_t at, uint8_t number, const struct usbdev_model *m)
{
	uint8_t reports = m->reports_len ? (uint8_t)*m->reports_len : 0, endpoints = 1 + !!m->out + !!m->unheard;
	uint8_t head[] = {9, 4, number, 0, endpoints, m->class, 0, 0, 0};
	uint8_t hid[] = {9, 0x21, 0x11, 0x01, 0, 1, 0x22, reports, 0};

	at = put(out, at, head, sizeof(head));
	if (m->class == 3)
		at = put(out, at, hid, sizeof(hid));
	at = put_endpoint(out, at, m->unheard, m->packet_size);
	at = put_endpoint(out, at, m->in, m->packet_size);
	return put_endpoint(out, at, m->out, m->packet_size);
}

size_t usbdev_descriptors(const struct usbdev_model *m, uint8_t out[128])
{
	const struct usbdev_model keyboard = {
		.class = 3, .in = 0x81, .packet_size = 8, .reports = keyboard_reports, .reports_len = &keyboard_len};
	uint8_t device[] = {18, 1, 0x00, 0x02, 0, 0, 0, 8, (uint8_t)m->vid, (uint8_t)(m->vid >> 8), (uint8_t)m->pid,
		(uint8_t)(m->pid >> 8), (uint8_t)m->release, (uint8_t)(m->release >> 8), 1, 2, 3, 1};
	uint8_t config[] = {9, 2, 0, 0, m->keyboard ? 2 : 1, 1, 0, 0x80, 50};
	size_t start = put(out, 0, device, sizeof(device)), at = put(out, start, config, sizeof(config));

	if (m->keyboard)
		at = put_interface(out, at, 0, &keyboard);
	at = put_interface(out, at, (uint8_t)usbdev_interface(m), m);
	out[start + 2] = (uint8_t)(at - start);
	return at;
}

static size_t string_descriptor(const struct usbdev *dev, int index, uint8_t *out)
{
	const char *const texts[] = {"", dev->model->maker, dev->model->product, dev->serial};
	size_t n = 2;

	if (index == 0) {
		memcpy(out, "\x04\x03\x09\x04", 4); /* English */
		return 4;
	}
	for (const char *c = texts[index & 3]; *c && n < 250; c++, n += 2) {
		out[n] = (uint8_t)*c;
		out[n + 1] = 0;
	}
	out[0] = (uint8_t)n;
	out[1] = 3;
	return n;
}

/* ---- plugged and not -------------------------------------------------------------------------------- */

/* "Something can be reaped" is "the descriptor is writable". */
static void show_ready(struct usbdev *dev)
{
	bool ready = dev->n_done > 0;

	if (dev->slave >= 0 && ready != dev->ready)
		tcflow(dev->slave, ready ? TCOON : TCOOFF);
	dev->ready = ready;
}

int usbdev_plug(struct usbdev *dev, const struct usbdev_model *model, const char *serial, char node[64])
{
	struct termios t;

	dev->model = model;
	alg_text_copy(dev->serial, sizeof(dev->serial), serial);
	dev->gone = false;
	dev->claimed = 0;
	dev->n_pending = dev->n_done = dev->n_waiting = 0;
	dev->ready = true;
	if (openpty(&dev->master, &dev->slave, node, NULL, NULL) || tcgetattr(dev->slave, &t))
		return -1;
	fcntl(dev->master, F_SETFD, FD_CLOEXEC);
	fcntl(dev->slave, F_SETFD, FD_CLOEXEC);
	cfmakeraw(&t);
	tcsetattr(dev->slave, TCSANOW, &t);
	show_ready(dev);
	return 0;
}

static void finish(struct usbdev *dev, const struct usbdev_urb *urb)
{
	dev->done[dev->n_done++] = *urb;
	show_ready(dev);
}

void usbdev_unplug(struct usbdev *dev)
{
	dev->gone = true;
	for (size_t i = 0; i < dev->n_pending; i++) {
		dev->pending[i].result = (struct usbdev_packet){.status = -ESHUTDOWN};
		dev->done[dev->n_done++] = dev->pending[i];
	}
	dev->n_pending = 0;
	if (dev->slave >= 0)
		close(dev->slave);
	if (dev->master >= 0)
		close(dev->master);
	dev->slave = dev->master = -1;
}

/* ---- reports ------------------------------------------------------------------------------------------- */

/* Reports meet transfers that wait for them. */
static void match(struct usbdev *dev)
{
	while (dev->n_pending && dev->n_waiting) {
		struct usbdev_urb u = dev->pending[0];

		u.result = dev->waiting[0];
		if (u.result.len > u.room) {
			u.result.len = u.room;
			u.result.status = -EOVERFLOW;
		}
		if (dev->taken)
			dev->taken(dev->ctx, &u.result);
		memmove(dev->pending, dev->pending + 1, --dev->n_pending * sizeof(u));
		memmove(dev->waiting, dev->waiting + 1, --dev->n_waiting * sizeof(dev->waiting[0]));
		finish(dev, &u);
	}
}

void usbdev_push(struct usbdev *dev, int status, const void *data, size_t len)
{
	if (!dev->gone && dev->n_waiting < USBDEV_QUEUE_MAX && len <= USBDEV_BYTES_MAX) {
		struct usbdev_packet *p = &dev->waiting[dev->n_waiting++];

		p->status = status;
		p->len = len;
		memcpy(p->data, data, len);
	}
	match(dev);
}

/* The length that was taken, or -EPIPE. */
static int heard(struct usbdev *dev, const uint8_t *bytes, size_t n)
{
	if (dev->stalls)
		return -EPIPE;
	dev->out_reports++;
	if (dev->hear)
		dev->hear(dev->ctx, bytes, n);
	return (int)n;
}

/* ---- requests --------------------------------------------------------------------------------------------- */

int usbdev_claim(struct usbdev *dev, unsigned interface)
{
	if (interface > (unsigned)usbdev_interface(dev->model))
		return ENOENT;
	if (dev->busy)
		return EBUSY;
	dev->claimed |= 1u << interface;
	return 0;
}

int usbdev_release(struct usbdev *dev, unsigned interface)
{
	dev->claimed &= ~(1u << (interface & 31));
	return 0;
}

static int set_report(struct usbdev *dev, const uint8_t *setup, size_t n)
{
	unsigned interface = setup[4], own = (unsigned)usbdev_interface(dev->model);

	if (interface != own || !(dev->claimed & 1u << own))
		return -EPIPE;
	dev->value = (uint16_t)(setup[2] | setup[3] << 8);
	if (dev->model->value && dev->value != dev->model->value)
		return -EPIPE;
	return heard(dev, setup + 8, n);
}

/* A control request: setup in the first eight bytes, the data after them. Its length, or an error. */
static int control(struct usbdev *dev, uint8_t *setup, size_t room)
{
	unsigned interface = setup[4] & 31;
	bool mine = interface == (unsigned)usbdev_interface(dev->model) && !dev->no_gauge && dev->model->reports;
	uint8_t answer[USBDEV_BYTES_MAX];
	size_t n;

	if (setup[0] == 0x21 && setup[1] == 9)
		return set_report(dev, setup, room);
	if (setup[0] == 0x80 && setup[1] == 6 && setup[3] == 3) {
		n = string_descriptor(dev, setup[2], answer);
	} else if (setup[0] == 0x81 && setup[1] == 6 && setup[3] == 0x22 && !dev->refuses_reports) {
		if (!(dev->claimed & 1u << interface))
			return -EBUSY; /* usbfs wants the interface claimed for a request to it */
		n = mine ? *dev->model->reports_len : sizeof(keyboard_reports);
		memcpy(answer, mine ? dev->model->reports : keyboard_reports, n);
	} else {
		return -EPIPE;
	}
	n = n < room ? n : room;
	memcpy(setup + 8, answer, n);
	return (int)n;
}

/* A transfer that is over at once: n bytes, or an error. */
static void finish_now(struct usbdev *dev, struct usbdev_urb *u, int n)
{
	u->result.status = n < 0 ? n : 0;
	u->result.len = n < 0 ? 0 : (size_t)n;
	finish(dev, u);
}

int usbdev_submit(struct usbdev *dev, const struct usbdev_urb *urb)
{
	struct usbdev_urb u = *urb;
	const struct usbdev_model *m = dev->model;
	bool claimed = dev->claimed & 1u << usbdev_interface(m);

	u.result = (struct usbdev_packet){0};
	if (dev->gone)
		return ENODEV;
	if (dev->n_pending + dev->n_done >= USBDEV_QUEUE_MAX)
		return ENOMEM;
	if (u.type == USBDEVFS_URB_TYPE_CONTROL) {
		finish_now(dev, &u, u.room >= 8 ? control(dev, u.buffer, u.room - 8) : -EINVAL);
	} else if (u.endpoint == m->in && claimed) {
		dev->pending[dev->n_pending++] = u;
		match(dev);
	} else if (m->out && u.endpoint == m->out && claimed) {
		finish_now(dev, &u, heard(dev, u.buffer, u.room));
	} else {
		return ENOENT;
	}
	return 0;
}

int usbdev_discard(struct usbdev *dev, const void *id)
{
	for (size_t i = 0; i < dev->n_pending; i++)
		if (dev->pending[i].id == id) {
			struct usbdev_urb u = dev->pending[i];

			u.result = (struct usbdev_packet){.status = -ENOENT};
			memmove(dev->pending + i, dev->pending + i + 1, (--dev->n_pending - i) * sizeof(u));
			finish(dev, &u);
			return 0;
		}
	return EINVAL;
}

int usbdev_reap(struct usbdev *dev, const void *owner, struct usbdev_urb *out)
{
	size_t i = 0;

	while (i < dev->n_done && dev->done[i].owner != owner)
		i++;
	if (i == dev->n_done)
		return dev->gone ? ENODEV : EAGAIN;
	*out = dev->done[i];
	memmove(dev->done + i, dev->done + i + 1, (--dev->n_done - i) * sizeof(*out));
	show_ready(dev);
	return 0;
}

bool usbdev_is_in(const struct usbdev_urb *urb)
{
	return urb->type == USBDEVFS_URB_TYPE_INTERRUPT && urb->endpoint & 0x80;
}
