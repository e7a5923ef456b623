/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty.c - a gauge behind a USB-serial adapter: /dev/ttyUSBn is a link to a pseudo-terminal, and the emulated
 * /sys has the adapter, its interface, the usb-serial port and the tty as the kernel's ftdi_sio makes them.
 *
 * The node is our own and not umockdev's, because one of those cannot be plugged in again under its name.
 * A pseudo-terminal has no modem lines, which libserialport asks for: those four requests are answered here,
 * all others go to the terminal (umockdev's word for that is -100).
 */
#include "tests/bed/bed.h"

#include "base/text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

enum { TO_THE_TERMINAL = -100 };

/* ---- the modem lines --------------------------------------------------------------------------------- */

struct bed_lines {
	UMockdevIoctlBase parent;
	gint dead; /* atomic: the cable is out */
	int bits;
};
struct bed_lines_class {
	UMockdevIoctlBaseClass parent;
};
typedef struct bed_lines BedLines;
typedef struct bed_lines_class BedLinesClass;
GType bed_lines_get_type(void);
G_DEFINE_TYPE(BedLines, bed_lines, UMOCKDEV_TYPE_IOCTL_BASE)

static void change(BedLines *lines, gulong request, int *value)
{
	if (request == TIOCMGET)
		*value = lines->bits;
	else if (request == TIOCMSET)
		lines->bits = *value;
	else if (request == TIOCMBIS)
		lines->bits |= *value;
	else
		lines->bits &= ~*value;
}

static gboolean answer(UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
	BedLines *lines = (BedLines *)base;
	gulong request = umockdev_ioctl_client_get_request(client);

	if (request != TIOCMGET && request != TIOCMSET && request != TIOCMBIS && request != TIOCMBIC) {
		umockdev_ioctl_client_complete(client, TO_THE_TERMINAL, 0);
		return TRUE;
	}
	if (g_atomic_int_get(&lines->dead)) {
		umockdev_ioctl_client_complete(client, -1, EIO);
		return TRUE;
	}
	UMockdevIoctlData *value =
		umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(int), NULL);

	if (value) {
		change(lines, request, (int *)(void *)value->data);
		umockdev_ioctl_data_unref(value);
	}
	umockdev_ioctl_client_complete(client, value ? 0 : -1, value ? 0 : EFAULT);
	return TRUE;
}

static void bed_lines_class_init(BedLinesClass *class)
{
	class->parent.handle_ioctl = answer;
}

static void bed_lines_init(BedLines *lines)
{
	lines->bits = TIOCM_CTS | TIOCM_DSR | TIOCM_CAR;
}

/* ---- the adapter --------------------------------------------------------------------------------------- */

/* Device and configuration of an FT232R: one vendor interface, two bulk endpoints. */
static const uint8_t adapter[] = {
	18, 1, 0x00, 0x02, 0, 0, 0, 8, 0x03, 0x04, 0x01, 0x60, 0x00, 0x06, 1, 2, 3, 1,
	9, 2, 32, 0, 1, 1, 0, 0xA0, 45,
	9, 4, 0, 0, 2, 0xFF, 0xFF, 0xFF, 2,
	7, 5, 0x81, 2, 64, 0, 0,
	7, 5, 0x02, 2, 64, 0, 0,
};

/* Interface, port and tty below the adapter, from the outside in. */
static void paths(const struct bed_gauge *g, char out[3][256])
{
	char usb[128];

	bed_usb_path(g, usb);
	snprintf(out[0], sizeof(out[0]), "%s/1-%d:1.0", usb, g->socket);
	snprintf(out[1], sizeof(out[1]), "%.200s/%s", out[0], g->tty);
	snprintf(out[2], sizeof(out[2]), "%.200s/tty/%s", out[1], g->tty);
}

void bed_tty_plug(struct bed *bed, struct bed_gauge *g)
{
	char path[3][256], node[32], text[2048];
	GError *error = NULL;

	paths(g, path);
	snprintf(node, sizeof(node), "/dev/%s", g->tty);
	g->lines = g_object_new(bed_lines_get_type(), NULL);
	if (!umockdev_testbed_attach_ioctl(bed->testbed, node, UMOCKDEV_IOCTL_BASE(g->lines), &error))
		bed_die("%s: %s", g->name, error->message);
	bed_add_usb_device(bed, g, 0x0403, 0x6001, "Bench (simulated)", "Adapter (simulated)", adapter, sizeof(adapter));
	snprintf(text, sizeof(text), "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: DRIVER=ftdi_sio\n"
		"A: bInterfaceNumber=00\\n\n", path[0]);
	bed_add(bed, text);
	snprintf(text, sizeof(text), "P: %s\nE: SUBSYSTEM=usb-serial\nE: DRIVER=ftdi_sio\nA: port_number=0\\n\n", path[1]);
	bed_add(bed, text);
	snprintf(text, sizeof(text), "P: %s\nE: SUBSYSTEM=tty\nE: DEVNAME=%s\nE: MAJOR=188\nE: MINOR=%s\n"
		"E: ID_SERIAL_SHORT=%s\nA: dev=188:%s\\n\nL: device=../../../%s\n", path[2], node, g->tty + strlen("ttyUSB"),
		g->serial, g->tty + strlen("ttyUSB"), g->tty);
	bed_add(bed, text);
	/*
	 * The node comes last: umockdev's realpath() writes over the stack for a link that leads out of its folder, and
	 * a program asks for that only where there is a node without a tty in /sys.
	 */
	snprintf(g->link, sizeof(g->link), "%.200s%s", bed->root, node);
	g->port.link = g->link;
	if (simport_open(&g->port, sim_world_baud(g->world), sim_world_stop_bits(g->world), NULL) < 0)
		bed_die("%s: no pseudo-terminal at %s", g->name, g->link);
}

void bed_tty_unplug(struct bed *bed, struct bed_gauge *g)
{
	char path[3][256], usb[128], node[32];

	g_atomic_int_set(&((BedLines *)(void *)g->lines)->dead, 1);
	simport_close(&g->port);
	paths(g, path);
	bed_usb_path(g, usb);
	for (int i = 2; i >= 0; i--)
		bed_remove(bed, path[i]);
	bed_remove(bed, usb);
	/* umockdev leaves it, and would refuse another adapter under this number. */
	g_autofree char *by_number = g_strconcat(bed->root, "/sys/dev/char/188:", g->tty + strlen("ttyUSB"), NULL);

	g_unlink(by_number);
	snprintf(node, sizeof(node), "/dev/%s", g->tty);
	umockdev_testbed_detach_ioctl(bed->testbed, node, NULL);
	g_clear_object(&g->lines);
}

void bed_tty_step(struct bed_gauge *g, int64_t now_ns)
{
	uint8_t in[256], out[BED_CHUNK_MAX];
	struct alg_line_settings line;
	bool host = simport_host(&g->port);
	size_t n;

	if (host && simport_line(&g->port, &line))
		sim_world_line(g->world, &line);
	while (!g->cut && (n = bed_gauge_take(g, now_ns, out)) > 0)
		if (host) /* a port that nobody has open forgets what comes */
			simport_write(&g->port, out, n);
	if (host && (n = simport_read(&g->port, in, sizeof(in))) > 0)
		bed_gauge_hear(g, now_ns, in, n);
}
