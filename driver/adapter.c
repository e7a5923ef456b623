/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/adapter.h"

#include "base/text.h"

#include <libudev.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- udev ------------------------------------------------------------------------------------------ */

const char *alg_udev_attr(struct udev_device *device, const char *name)
{
	const char *text = udev_device_get_sysattr_value(device, name);

	return text ? text : "";
}

int alg_udev_each(struct udev *udev, const char *subsystem, void (*look)(void *ctx, struct udev_device *device), void *ctx)
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
			look(ctx, device);
		udev_device_unref(device);
	}
out:
	udev_enumerate_unref(all);
	return rc;
}

static bool is_usb_device(struct udev_device *device)
{
	const char *subsystem = udev_device_get_subsystem(device), *type = udev_device_get_devtype(device);

	return subsystem && type && strcmp(subsystem, "usb") == 0 && strcmp(type, "usb_device") == 0;
}

/* The driver of a USB-serial chip keeps the timer beside the port. */
static void read_latency(struct udev_device *tty, struct alg_adapter *out)
{
	struct udev_device *port = udev_device_get_parent_with_subsystem_devtype(tty, "usb-serial", NULL);

	if (port && udev_device_get_sysattr_value(port, "latency_timer"))
		snprintf(out->latency, sizeof(out->latency), "%.300s/latency_timer", udev_device_get_syspath(port));
}

void alg_adapter_read(struct udev_device *device, struct alg_adapter *out)
{
	const char *node = udev_device_get_devnode(device);
	bool is_usb = is_usb_device(device);
	struct udev_device *usb = is_usb ? device : udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
	struct udev_device *interface =
		is_usb ? NULL : udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_interface");

	*out = (struct alg_adapter){0};
	alg_text_copy(out->node, sizeof(out->node), node ? node : "");
	if (!usb)
		return;
	snprintf(out->usb_id, sizeof(out->usb_id), "%04lx:%04lx", strtoul(alg_udev_attr(usb, "idVendor"), NULL, 16) & 0xffff,
		strtoul(alg_udev_attr(usb, "idProduct"), NULL, 16) & 0xffff);
	alg_text_clean(out->serial, sizeof(out->serial), alg_udev_attr(usb, "serial"));
	alg_text_copy(out->path, sizeof(out->path), udev_device_get_sysname(usb));
	if (interface)
		alg_text_copy(out->interface, sizeof(out->interface), udev_device_get_sysname(interface));
	read_latency(device, out);
}

/* ---- by its node ------------------------------------------------------------------------------------ */

static bool read_named(struct udev *udev, const char *path, struct alg_adapter *out)
{
	const char *slash = strrchr(path, '/');
	struct udev_device *tty = udev_device_new_from_subsystem_sysname(udev, "tty", slash ? slash + 1 : path);
	bool found = tty && udev_device_get_devnode(tty);

	if (found)
		alg_adapter_read(tty, out);
	udev_device_unref(tty);
	return found;
}

bool alg_adapter_of(const char *node, struct alg_adapter *out)
{
	struct udev *udev = udev_new();
	char target[PATH_MAX];
	bool found = false;

	*out = (struct alg_adapter){0};
	if (!udev)
		return false;
	if (strncmp(node, "/dev/", 5) == 0 && !strchr(node + 5, '/'))
		found = read_named(udev, node, out);
	if (!found && realpath(node, target))
		found = read_named(udev, target, out);
	udev_unref(udev);
	return found;
}

/* ---- by its identity --------------------------------------------------------------------------------- */

struct search {
	const struct alg_adapter *wanted; /* "" in a field: any */
	struct alg_adapter found;
	char names[200]; /* of all that match */
	int n;
	bool usb; /* USB devices, not ports */
};

static bool matches(const struct search *s, const struct alg_adapter *a)
{
	const struct alg_adapter *w = s->wanted;

	return *a->usb_id && *a->node && (!*w->usb_id || strcmp(a->usb_id, w->usb_id) == 0) &&
		(!*w->serial || strcmp(a->serial, w->serial) == 0) &&
		(!*w->path || strcmp(a->path, w->path) == 0 || strcmp(a->interface, w->path) == 0);
}

static void look(void *ctx, struct udev_device *device)
{
	struct search *s = ctx;
	struct alg_adapter a;

	if (s->usb && !is_usb_device(device))
		return;
	alg_adapter_read(device, &a);
	if (!matches(s, &a))
		return;
	alg_text_add(s->names, sizeof(s->names), "%s%s at path=%s", s->n++ ? ", " : "", *a.serial ? a.serial : "no serial number",
		*a.interface ? a.interface : a.path);
	s->found = a;
}

static int search(struct search *s)
{
	struct udev *udev = udev_new();
	int rc = udev ? alg_udev_each(udev, s->usb ? "usb" : "tty", look, s) : ALG_ERR_NOMEM;

	udev_unref(udev);
	return rc;
}

int alg_adapter_find(const struct alg_uri *uri, struct alg_adapter *out, struct alg_log *log)
{
	struct alg_adapter wanted = {0};
	struct search s = {.wanted = &wanted};
	char name[300];
	int rc;

	if (uri->vid || uri->pid)
		snprintf(wanted.usb_id, sizeof(wanted.usb_id), "%04x:%04x", uri->vid, uri->pid);
	alg_text_copy(wanted.serial, sizeof(wanted.serial), uri->serial);
	alg_text_copy(wanted.path, sizeof(wanted.path), uri->usb_path);
	rc = search(&s);
	*out = s.found;
	if (rc)
		return alg_fail(log, MSG_DEV_UDEV, alg_status_text(rc));
	if (s.n == 1)
		return 0;
	snprintf(name, sizeof(name), "serial:%s", uri->target);
	return s.n ? alg_fail(log, MSG_DEV_AMBIGUOUS, name, s.n, s.names) : alg_fail(log, MSG_DEV_ABSENT, name);
}

int alg_adapter_twins(const struct alg_adapter *adapter, bool usb)
{
	struct alg_adapter wanted = {0};
	struct search s = {.wanted = &wanted, .usb = usb};

	alg_text_copy(wanted.usb_id, sizeof(wanted.usb_id), adapter->usb_id);
	alg_text_copy(wanted.serial, sizeof(wanted.serial), adapter->serial);
	return search(&s) ? 0 : s.n;
}

/* ---- the address of tomorrow --------------------------------------------------------------------------- */

/*
 * A serial number that can stand in an address: 7-bit, without what ends it there, and without what a shell obeys
 * even between quotation marks, as people copy addresses into one.
 */
static bool can_stand(const char *serial)
{
	for (const char *c = serial; *c; c++)
		if (*c < ' ' || *c > '~' || strchr("?'\"`$\\!;|&<>", *c))
			return false;
	return *serial && strncmp(serial, "path=", 5) != 0;
}

void alg_adapter_address(const struct alg_adapter *adapter, bool usb, char *out, size_t cap)
{
	const char *scheme = usb ? "usb" : "serial";
	struct alg_adapter wanted = {0};
	struct search s = {.wanted = &wanted, .usb = usb};

	*out = '\0';
	if (!*adapter->usb_id)
		return;
	if (can_stand(adapter->serial) && alg_adapter_twins(adapter, usb) <= 1) {
		snprintf(out, cap, "%s:%s:%s", scheme, adapter->usb_id, adapter->serial);
		return;
	}
	alg_text_copy(wanted.path, sizeof(wanted.path), adapter->path);
	bool one_port = search(&s) == 0 && s.n == 1;

	snprintf(out, cap, "%s:%s:path=%s", scheme, adapter->usb_id,
		one_port || !*adapter->interface ? adapter->path : adapter->interface);
}

bool alg_uri_stable(const char *text, char *out, size_t cap)
{
	const char *options = strchr(text, '?');
	struct alg_adapter adapter;
	struct alg_uri uri;

	*out = '\0';
	if (alg_uri_parse(text, &uri, NULL) || uri.kind != ALG_URI_SERIAL || uri.by_identity ||
		!alg_adapter_of(uri.target, &adapter) || strcmp(adapter.node, uri.target) != 0)
		return false; /* a link to a port was made by somebody who chose what it means */
	alg_adapter_address(&adapter, false, out, cap);
	if (*out && options)
		alg_text_add(out, cap, "%s", options);
	return *out != '\0';
}
