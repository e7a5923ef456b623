/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discovery.c - which ports and gauges there are, and whether this user may open them. Looks at
 * what udev knows and at report descriptors that the kernel has read already; opens no port and
 * writes nothing to any device. Which USB identity is which family stands in the registry's table.
 */
#include "driver/driver.h"

#include "base/access.h"
#include "base/text.h"
#include "driver/adapter.h"
#include "driver/transport/hiddesc.h"

#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USAGE_PAGE_WEIGHING = 0x8D, VERNIER = 0x08F7 };

struct list {
	struct alg_candidate *out;
	size_t max, n;
};

/* The place for the next candidate; NULL when the list is full (it is counted all the same). */
static struct alg_candidate *add(struct list *list)
{
	size_t at = list->n++;

	if (at >= list->max)
		return NULL;
	list->out[at] = (struct alg_candidate){0};
	return &list->out[at];
}

static bool is_listed(const struct list *list, const char *usb_path)
{
	for (size_t i = 0; i < list->n && i < list->max; i++)
		if (strcmp(list->out[i].usb_path, usb_path) == 0)
			return true;
	return false;
}

static const struct alg_model *model_of(struct udev_device *usb)
{
	return alg_model_find((uint16_t)strtoul(alg_udev_attr(usb, "idVendor"), NULL, 16),
		(uint16_t)strtoul(alg_udev_attr(usb, "idProduct"), NULL, 16));
}

/* Identity, description, family and tomorrow's address out of the USB device a port or interface belongs to. */
static void describe(struct alg_candidate *c, struct udev_device *usb, const struct alg_adapter *adapter, bool is_usb)
{
	char text[160];
	const struct alg_model *model = model_of(usb);
	const char *maker = alg_udev_attr(usb, "manufacturer"), *product = alg_udev_attr(usb, "product");

	alg_text_copy(c->usb_id, sizeof(c->usb_id), adapter->usb_id);
	alg_text_copy(c->serial, sizeof(c->serial), adapter->serial);
	alg_text_copy(c->usb_path, sizeof(c->usb_path), adapter->path);
	snprintf(text, sizeof(text), "%.70s%s%.70s", maker, *maker ? " " : "",
		*product ? product : model ? model->name : "USB device");
	alg_text_clean(c->model, sizeof(c->model), text);
	if (model && model->family && *model->family)
		alg_text_copy(c->family, sizeof(c->family), model->family);
	alg_adapter_address(adapter, is_usb, c->stable, sizeof(c->stable));
}

static void judge(struct alg_candidate *c, const char *node, const char *usable)
{
	char why[200];

	alg_text_copy(c->node, sizeof(c->node), node);
	c->permitted = access(node, R_OK | W_OK) == 0;
	if (c->permitted) {
		snprintf(c->verdict, sizeof(c->verdict), "%s", usable);
	} else if (errno == EACCES || errno == EPERM) {
		alg_access_why(node, why, sizeof(why));
		snprintf(c->verdict, sizeof(c->verdict), "no permission: %.170s", why);
	} else {
		snprintf(c->verdict, sizeof(c->verdict), "cannot be opened: %.100s", strerror(errno));
	}
}

/* Two alike that cannot be told apart by number: by their sockets, and that has to be said. */
static void tell_twins(struct alg_candidate *c, const struct alg_adapter *adapter, bool is_usb)
{
	int n = *adapter->usb_id ? alg_adapter_twins(adapter, is_usb) : 0;

	if (n > 1)
		alg_text_add(c->verdict, sizeof(c->verdict), "; %d alike%s, told apart by the USB socket only", n,
			*adapter->serial ? " with the same serial number" : " without serial number");
}

/* ---- serial ports ------------------------------------------------------------------------------- */

/* Ports soldered to the board exist by the dozen in name; only those with hardware have a driver of their own. */
static bool is_real(struct udev_device *tty)
{
	struct udev_device *parent = udev_device_get_parent(tty);
	const char *driver = parent ? udev_device_get_driver(parent) : NULL;
	const char *type = udev_device_get_sysattr_value(tty, "type");

	if (!parent || !udev_device_get_devnode(tty))
		return false;
	if (udev_device_get_parent_with_subsystem_devtype(tty, "usb", "usb_device"))
		return true;
	return driver && strcmp(driver, "serial8250") != 0 && !(type && strcmp(type, "0") == 0);
}

static void add_tty(void *ctx, struct udev_device *tty)
{
	struct udev_device *usb = udev_device_get_parent_with_subsystem_devtype(tty, "usb", "usb_device");
	struct alg_candidate *c = is_real(tty) ? add(ctx) : NULL;
	struct alg_adapter adapter;

	if (!c)
		return;
	alg_adapter_read(tty, &adapter);
	snprintf(c->address, sizeof(c->address), "serial:%s", adapter.node);
	alg_text_copy(c->node, sizeof(c->node), adapter.node);
	alg_text_copy(c->model, sizeof(c->model), "serial port");
	if (usb)
		describe(c, usb, &adapter, false);
	judge(c, adapter.node, *c->family ? "usable" : "usable; a port does not tell which gauge is behind it: add ?family=NAME");
	tell_twins(c, &adapter, false);
}

/* ---- USB gauges ------------------------------------------------------------------------------------ */

/* The report descriptor that the kernel keeps beside the device. */
static bool weighs(struct udev_device *hid)
{
	char path[4200];
	uint8_t desc[4096];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%.4100s/report_descriptor", udev_device_get_syspath(hid));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, desc, sizeof(desc));
	close(fd);
	return n > 0 && alg_hid_has_usage_page(desc, (size_t)n, USAGE_PAGE_WEIGHING);
}

static void add_gauge(struct list *list, struct udev_device *usb, const char *family)
{
	const struct alg_driver *driver = family ? alg_driver_find(family) : NULL;
	bool is_usb = driver && driver->usb;
	struct alg_adapter adapter;
	struct alg_candidate *c;

	alg_adapter_read(usb, &adapter);
	c = *adapter.node && !is_listed(list, adapter.path) ? add(list) : NULL;
	if (!c)
		return;
	describe(c, usb, &adapter, is_usb);
	alg_text_copy(c->family, sizeof(c->family), family ? family : "");
	if (is_usb) {
		alg_text_copy(c->node, sizeof(c->node), adapter.node);
		if (*c->serial || alg_adapter_twins(&adapter, true) > 1)
			alg_text_copy(c->address, sizeof(c->address), c->stable);
		else
			snprintf(c->address, sizeof(c->address), "usb:%s", c->usb_id);
		judge(c, adapter.node, "usable");
	} else { /* an adapter or a serial gauge that the kernel has made no port for */
		alg_text_copy(c->address, sizeof(c->address), c->stable);
		snprintf(c->verdict, sizeof(c->verdict),
			"the kernel has made no serial port for it ('algometer doctor' looks why)");
	}
	tell_twins(c, &adapter, true);
}

/* A maker whose other products are gauges: said, so that nobody looks for the reason elsewhere. */
static void add_other(struct list *list, struct udev_device *usb)
{
	struct alg_candidate *c = add(list);
	struct alg_adapter adapter;

	if (!c)
		return;
	alg_adapter_read(usb, &adapter);
	c->unknown = true;
	describe(c, usb, &adapter, true);
	alg_text_copy(c->address, sizeof(c->address), c->stable);
	snprintf(c->verdict, sizeof(c->verdict), "not supported: no gauge that this program knows");
}

static void add_hid(void *ctx, struct udev_device *hid)
{
	struct udev_device *usb = udev_device_get_parent_with_subsystem_devtype(hid, "usb", "usb_device");

	if (usb && weighs(hid))
		add_gauge(ctx, usb, "hid-scale");
}

/* By identity alone: what no kernel driver has taken, and all that is no weighing scale. After the ports. */
static void add_usb(void *ctx, struct udev_device *usb)
{
	const struct alg_model *model = model_of(usb);

	if (model && model->family && !*model->family)
		add_other(ctx, usb);
	else if (model)
		add_gauge(ctx, usb, model->family);
}

/* ---- all ------------------------------------------------------------------------------------------- */

int alg_discover(struct alg_candidate *out, size_t max, struct alg_log *log)
{
	struct list list = {.out = out, .max = max};
	struct udev *udev = udev_new();
	int rc = udev ? alg_udev_each(udev, "tty", add_tty, &list) : ALG_ERR_NOMEM;

	if (rc == 0)
		rc = alg_udev_each(udev, "hid", add_hid, &list);
	if (rc == 0)
		rc = alg_udev_each(udev, "usb", add_usb, &list);
	udev_unref(udev);
	if (rc)
		return alg_fail(log, MSG_DEV_UDEV, alg_status_text(rc));
	return (int)list.n;
}
