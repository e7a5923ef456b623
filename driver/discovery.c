/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discovery.c - which ports and scales there are, and whether this user may open them. Looks at
 * what udev knows and at report descriptors that the kernel has read already; opens no port and
 * writes nothing to any device.
 */
#include "driver/driver.h"

#include "base/access.h"
#include "base/text.h"
#include "driver/transport/hiddesc.h"

#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USAGE_PAGE_WEIGHING = 0x8D };

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

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static uint16_t hex_attr(struct udev_device *device, const char *name)
{
	return (uint16_t)strtoul(or_empty(udev_device_get_sysattr_value(device, name)), NULL, 16);
}

/* Identity, description and family out of the USB device a port or interface belongs to. */
static void describe(struct alg_candidate *c, struct udev_device *usb)
{
	char text[160];
	uint16_t vid = hex_attr(usb, "idVendor"), pid = hex_attr(usb, "idProduct");
	const struct alg_model *model = alg_model_find(vid, pid);
	const char *maker = or_empty(udev_device_get_sysattr_value(usb, "manufacturer"));
	const char *product = udev_device_get_sysattr_value(usb, "product");

	snprintf(c->usb_id, sizeof(c->usb_id), "%04x:%04x", vid, pid);
	alg_text_clean(c->serial, sizeof(c->serial), or_empty(udev_device_get_sysattr_value(usb, "serial")));
	snprintf(text, sizeof(text), "%.70s%s%.70s", maker, *maker ? " " : "",
		product ? product : model ? model->name : "USB device");
	alg_text_clean(c->model, sizeof(c->model), text);
	if (model && model->family)
		alg_text_copy(c->family, sizeof(c->family), model->family);
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
		snprintf(c->verdict, sizeof(c->verdict), "no permission: %.140s", why);
	} else {
		snprintf(c->verdict, sizeof(c->verdict), "cannot be opened: %.100s", strerror(errno));
	}
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

static void add_tty(struct list *list, struct udev_device *tty)
{
	struct udev_device *usb = udev_device_get_parent_with_subsystem_devtype(tty, "usb", "usb_device");
	struct alg_candidate *c = is_real(tty) ? add(list) : NULL;
	const char *node = udev_device_get_devnode(tty);

	if (!c)
		return;
	snprintf(c->address, sizeof(c->address), "serial:%.300s", node);
	alg_text_copy(c->model, sizeof(c->model), "serial port");
	if (usb)
		describe(c, usb);
	judge(c, node, "usable; a port does not tell which gauge is behind it: add ?family=NAME");
}

/* ---- weighing devices ---------------------------------------------------------------------------- */

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

/* A device with several interfaces is met several times; two alike are two. */
static bool is_listed(const struct list *list, const char *node)
{
	for (size_t i = 0; i < list->n && i < list->max; i++)
		if (strcmp(list->out[i].node, node) == 0)
			return true;
	return false;
}

static void add_scale(struct list *list, struct udev_device *usb)
{
	struct alg_candidate found = {0}, *c;
	const char *node = udev_device_get_devnode(usb);

	describe(&found, usb);
	snprintf(found.address, sizeof(found.address), "usb:%s%s%s", found.usb_id, *found.serial ? ":" : "", found.serial);
	if (!node || is_listed(list, node))
		return;
	alg_text_copy(found.family, sizeof(found.family), "hid-scale");
	judge(&found, node, "usable");
	c = add(list);
	if (c)
		*c = found;
}

static void add_hid(struct list *list, struct udev_device *hid)
{
	struct udev_device *usb = udev_device_get_parent_with_subsystem_devtype(hid, "usb", "usb_device");

	if (usb && weighs(hid))
		add_scale(list, usb);
}

/* Scales whose kernel driver is not there are known by their identity alone. */
static void add_usb(struct list *list, struct udev_device *usb)
{
	const struct alg_model *model = alg_model_find(hex_attr(usb, "idVendor"), hex_attr(usb, "idProduct"));

	if (model && model->family && strcmp(model->family, "hid-scale") == 0)
		add_scale(list, usb);
}

/* ---- all ------------------------------------------------------------------------------------------- */

static int each(struct udev *udev, const char *subsystem, void (*look)(struct list *, struct udev_device *),
	struct list *list)
{
	struct udev_enumerate *all = udev_enumerate_new(udev);
	struct udev_list_entry *entry;
	int rc = all ? 0 : ALG_ERR_NOMEM;

	if (!all || udev_enumerate_add_match_subsystem(all, subsystem) < 0 || udev_enumerate_scan_devices(all) < 0) {
		rc = rc ? rc : ALG_ERR_IO;
		goto out;
	}
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(all)) {
		struct udev_device *device = udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry));

		if (device)
			look(list, device);
		udev_device_unref(device);
	}
out:
	udev_enumerate_unref(all);
	return rc;
}

int alg_discover(struct alg_candidate *out, size_t max, struct alg_log *log)
{
	struct list list = {.out = out, .max = max};
	struct udev *udev = udev_new();
	int rc = udev ? each(udev, "tty", add_tty, &list) : ALG_ERR_NOMEM;

	if (rc == 0)
		rc = each(udev, "hid", add_hid, &list);
	if (rc == 0)
		rc = each(udev, "usb", add_usb, &list);
	udev_unref(udev);
	if (rc)
		return alg_fail(log, MSG_DEV_UDEV, alg_status_text(rc));
	return (int)list.n;
}
