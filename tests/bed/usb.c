/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usb.c - a gauge that is a USB device: /dev/bus/usb/001/NNN is a link to the node of usbdev.h, and usbfs's
 * requests come here through umockdev, in a thread of its own.
 *
 * A transfer's memory in the other process may be touched only while one of its requests is answered: what has
 * become of it is kept in usbdev's queues and handed over when it is reaped.
 */
#include "tests/bed/bed.h"

#include "base/text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { REPORTS_WAITING = 2 }; /* an endpoint that nobody asks holds a report or two */

/* ---- usbfs ------------------------------------------------------------------------------------------------ */

struct bed_usbfs {
	UMockdevIoctlBase parent;
	struct bed_gauge *gauge;
};
struct bed_usbfs_class {
	UMockdevIoctlBaseClass parent;
};
typedef struct bed_usbfs BedUsbfs;
typedef struct bed_usbfs_class BedUsbfsClass;
GType bed_usbfs_get_type(void);
G_DEFINE_TYPE(BedUsbfs, bed_usbfs, UMOCKDEV_TYPE_IOCTL_BASE)

/* A transfer in the other process; usbdev knows it by this. */
struct transfer {
	UMockdevIoctlData *urb, *buffer;
};

static void forget(struct transfer *t)
{
	if (t->buffer)
		umockdev_ioctl_data_unref(t->buffer);
	umockdev_ioctl_data_unref(t->urb);
	free(t);
}

/* A cable that is put back before the program has looked: what it did not fetch is not fetched any more. */
static void forget_all(struct usbdev *usb)
{
	while (usb->n_pending)
		forget(usb->pending[--usb->n_pending].id);
	while (usb->n_done)
		forget(usb->done[--usb->n_done].id);
}

static int submit(struct bed_gauge *g, const void *client, UMockdevIoctlData *arg)
{
	struct transfer *t = calloc(1, sizeof(*t));

	if (!t)
		return ENOMEM;
	t->urb = umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_urb), NULL);
	const struct usbdevfs_urb *urb = (const void *)t->urb->data;

	if (urb->buffer_length > 0)
		t->buffer = umockdev_ioctl_data_resolve(
			t->urb, offsetof(struct usbdevfs_urb, buffer), (size_t)urb->buffer_length, NULL);
	const struct usbdev_urb u = {.id = t, .owner = client, .type = urb->type, .endpoint = urb->endpoint,
		.buffer = t->buffer ? t->buffer->data : NULL, .room = (size_t)urb->buffer_length};
	bool held = urb->type == USBDEVFS_URB_TYPE_CONTROL || client == g->holder;
	int error = held ? usbdev_submit(&g->usb, &u) : ENOENT;

	if (error)
		forget(t);
	return error;
}

static int discard(struct bed_gauge *g, UMockdevIoctlData *arg)
{
	gulong address;

	memcpy(&address, arg->data, sizeof(address));
	for (size_t i = 0; i < g->usb.n_pending; i++) {
		const struct transfer *t = g->usb.pending[i].id;

		if (t->urb->client_addr == address)
			return usbdev_discard(&g->usb, t);
	}
	return EINVAL;
}

static int reap(struct bed_gauge *g, const void *client, UMockdevIoctlData *arg)
{
	struct usbdev_urb u;
	int error = usbdev_reap(&g->usb, client, &u);

	if (error)
		return error;
	struct transfer *t = u.id;
	struct usbdevfs_urb *urb = (void *)t->urb->data;
	UMockdevIoctlData *out = umockdev_ioctl_data_resolve(arg, 0, sizeof(gpointer), NULL);

	urb->status = u.result.status;
	urb->actual_length = (int)u.result.len;
	if (usbdev_is_in(&u) && t->buffer)
		memcpy(t->buffer->data, u.result.data, u.result.len);
	umockdev_ioctl_data_set_ptr(out, 0, t->urb);
	umockdev_ioctl_data_unref(out);
	forget(t);
	return 0;
}

static unsigned number_at(UMockdevIoctlData *arg, size_t size, size_t at)
{
	UMockdevIoctlData *d = umockdev_ioctl_data_resolve(arg, 0, size, NULL);
	unsigned number = 0;

	if (d) {
		memcpy(&number, d->data + at, sizeof(number));
		umockdev_ioctl_data_unref(d);
	}
	return number;
}

static int capabilities(UMockdevIoctlData *arg)
{
	const uint32_t can = USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_NO_PACKET_SIZE_LIM;
	UMockdevIoctlData *d = umockdev_ioctl_data_resolve(arg, 0, sizeof(can), NULL);

	memcpy(d->data, &can, sizeof(can));
	umockdev_ioctl_data_unref(d);
	return 0;
}

/* One program has the interfaces. */
static int claim(struct bed_gauge *g, const void *client, unsigned interface)
{
	if (g->holder && g->holder != client)
		return EBUSY;
	int error = usbdev_claim(&g->usb, interface);

	g->holder = g->usb.claimed ? client : NULL;
	return error;
}

static int release(struct bed_gauge *g, const void *client, unsigned interface)
{
	if (g->holder != client)
		return EINVAL;
	usbdev_release(&g->usb, interface);
	g->holder = g->usb.claimed ? client : NULL;
	return 0;
}

/* 0 or an errno. */
static int usbfs(struct bed_gauge *g, const void *client, gulong request, UMockdevIoctlData *arg)
{
	if (g->usb.gone && request != USBDEVFS_REAPURBNDELAY)
		return ENODEV;
	switch (request) {
	case USBDEVFS_GET_CAPABILITIES:
		return capabilities(arg);
	case USBDEVFS_DISCONNECT_CLAIM: /* usbhid is sent away */
		g->usb.detached++;
		return claim(g, client, number_at(arg, sizeof(struct usbdevfs_disconnect_claim),
						offsetof(struct usbdevfs_disconnect_claim, interface)));
	case USBDEVFS_CLAIMINTERFACE:
		return claim(g, client, number_at(arg, sizeof(unsigned), 0));
	case USBDEVFS_RELEASEINTERFACE:
		return release(g, client, number_at(arg, sizeof(unsigned), 0));
	case USBDEVFS_IOCTL: /* usbhid comes back */
		return 0;
	case USBDEVFS_CLEAR_HALT:
		g->usb.clear_halts++;
		return 0;
	case USBDEVFS_SUBMITURB:
		return submit(g, client, arg);
	case USBDEVFS_DISCARDURB:
		return discard(g, arg);
	case USBDEVFS_REAPURBNDELAY:
		return reap(g, client, arg);
	default:
		return ENOTTY;
	}
}

static gboolean answer(UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
	struct bed_gauge *g = ((BedUsbfs *)base)->gauge;

	pthread_mutex_lock(&g->lock);
	int error = usbfs(g, client, umockdev_ioctl_client_get_request(client), umockdev_ioctl_client_get_arg(client));

	pthread_mutex_unlock(&g->lock);
	umockdev_ioctl_client_complete(client, error ? -1 : 0, error);
	return TRUE;
}

/* The program has closed the node, or died: nobody will reap any more, and its claims are gone. */
static void vanished(UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
	struct bed_gauge *g = ((BedUsbfs *)base)->gauge;
	struct usbdev_urb u;

	pthread_mutex_lock(&g->lock);
	for (size_t i = g->usb.n_pending; i-- > 0;)
		if (g->usb.pending[i].owner == client)
			usbdev_discard(&g->usb, g->usb.pending[i].id);
	while (usbdev_reap(&g->usb, client, &u) == 0)
		forget(u.id);
	if (g->holder == client) {
		g->usb.claimed = 0;
		g->holder = NULL;
	}
	pthread_mutex_unlock(&g->lock);
}

static void bed_usbfs_class_init(BedUsbfsClass *class)
{
	class->parent.handle_ioctl = answer;
	class->parent.client_vanished = vanished;
}

static void bed_usbfs_init(BedUsbfs *usbfs_of)
{
	(void)usbfs_of;
}

/* ---- plug ---------------------------------------------------------------------------------------------------- */

/* Under the lock, in the thread that answers. */
static void hear(void *ctx, const uint8_t *bytes, size_t n)
{
	struct bed_gauge *g = ctx;

	bed_gauge_hear(g, g_get_monotonic_time() * 1000, bytes, n);
}

static void node_of(const struct bed_gauge *g, char out[40])
{
	snprintf(out, 40, "/dev/bus/usb/001/%03d", g->device_number);
}

/* What usbhid makes of an interface with a report descriptor, which the kernel keeps beside it. */
static void hid_path(const struct bed_gauge *g, char out[2][256])
{
	char usb[128];

	bed_usb_path(g, usb);
	snprintf(out[0], sizeof(out[0]), "%s/1-%d:1.%d", usb, g->socket, usbdev_interface(g->model));
	snprintf(out[1], sizeof(out[1]), "%.200s/0003:%04X:%04X.%04X", out[0], g->model->vid, g->model->pid,
		(unsigned)g->device_number);
}

static void add_hid(struct bed *bed, struct bed_gauge *g)
{
	char path[2][256];
	GString *text = g_string_new(NULL);

	hid_path(g, path);
	g_string_append_printf(text, "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n%sA: bInterfaceNumber=%02d\\n\n",
		path[0], g->model->class == 3 ? "E: DRIVER=usbhid\n" : "", usbdev_interface(g->model));
	bed_add(bed, text->str);
	if (g->model->reports) {
		g_string_printf(text, "P: %s\nE: SUBSYSTEM=hid\nE: DRIVER=hid-generic\nH: report_descriptor=", path[1]);
		for (size_t i = 0; i < *g->model->reports_len; i++)
			g_string_append_printf(text, "%02X", g->model->reports[i]);
		g_string_append(text, "\n");
		bed_add(bed, text->str);
	}
	g_string_free(text, TRUE);
}

void bed_usb_plug(struct bed *bed, struct bed_gauge *g)
{
	uint8_t descriptors[128];
	size_t n = usbdev_descriptors(g->model, descriptors);
	char node[40], slave[64];
	GError *error = NULL;

	g->device_number = bed->last_device_number + 1; /* bed_add_usb_device takes it */
	node_of(g, node);
	g_autofree char *link = g_strconcat(bed->root, node, NULL);
	g_autofree char *folder = g_path_get_dirname(link);

	g->usb.hear = hear;
	g->usb.ctx = g;
	pthread_mutex_lock(&g->lock);
	g->holder = NULL;
	forget_all(&g->usb);
	int failed = usbdev_plug(&g->usb, g->model, g->serial, slave);

	pthread_mutex_unlock(&g->lock);
	g_mkdir_with_parents(folder, 0755);
	if (failed || symlink(slave, link))
		bed_die("%s: no node at %s: %s", g->name, link, strerror(errno));
	g->usbfs = g_object_new(bed_usbfs_get_type(), NULL);
	((BedUsbfs *)(void *)g->usbfs)->gauge = g;
	if (!umockdev_testbed_attach_ioctl(bed->testbed, node, UMOCKDEV_IOCTL_BASE(g->usbfs), &error))
		bed_die("%s: %s", g->name, error->message);
	bed_add_usb_device(bed, g, g->model->vid, g->model->pid, g->model->maker, g->model->product, descriptors, n);
	add_hid(bed, g);
}

void bed_usb_unplug(struct bed *bed, struct bed_gauge *g)
{
	char path[2][256], usb[128], node[40];

	pthread_mutex_lock(&g->lock);
	usbdev_unplug(&g->usb);
	pthread_mutex_unlock(&g->lock);
	hid_path(g, path);
	bed_usb_path(g, usb);
	if (g->model->reports)
		bed_remove(bed, path[1]);
	bed_remove(bed, path[0]);
	bed_remove(bed, usb);
	node_of(g, node);
	g_autofree char *link = g_strconcat(bed->root, node, NULL);

	g_unlink(link);
	umockdev_testbed_detach_ioctl(bed->testbed, node, NULL);
	g_clear_object(&g->usbfs);
}

void bed_usb_step(struct bed_gauge *g, int64_t now_ns)
{
	uint8_t out[BED_CHUNK_MAX];
	size_t n;

	pthread_mutex_lock(&g->lock); /* the world is the gauge's, and the host may be talking to it */
	while (!g->cut && g->usb.n_waiting < REPORTS_WAITING && (n = bed_gauge_take(g, now_ns, out)) > 0)
		if (g->usb.claimed)
			usbdev_push(&g->usb, 0, out, n);
	pthread_mutex_unlock(&g->lock);
}
