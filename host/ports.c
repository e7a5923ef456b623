/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ports.c - one gauge or adapter: may it be opened, is it slow, does it fall asleep. */
#include "host/look.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LATENCY_MS = 1 };

/* Where a device file belongs to nobody but root, a rule gives it to whoever sits at the computer. */
static void remedy_by_rule(struct host_finding *finding, const struct host_port *port)
{
	const char *id = port->candidate->usb_id, *name = strrchr(port->candidate->node, '/');
	char match[96];

	if (port->usb)
		snprintf(match, sizeof(match), "SUBSYSTEM==\"%s\", ATTRS{idVendor}==\"%.4s\", ATTRS{idProduct}==\"%.4s\"",
			port->is_tty ? "tty" : "usb", id, id + 5);
	else
		snprintf(match, sizeof(match), "KERNEL==\"%.40s\"", name ? name + 1 : "");
	host_remedy(finding, "Give it to whoever sits at this computer; type:");
	host_command(finding, "echo '%s, TAG+=\"uaccess\"' | sudo tee -a /etc/udev/rules.d/70-my-gauge.rules && "
		"sudo udevadm control --reload && sudo udevadm trigger", match);
}

static void tell_permission(struct host_look *look, const struct host_port *port, const struct alg_access *by)
{
	const char *node = port->candidate->node, *user = look->view->user.name;
	bool waits = by->by_group && by->member && !by->active;
	struct host_finding *finding = host_add(look, waits ? "group-not-active" : "no-permission", HOST_FAULT, HOST_PORTS, node);

	if (waits) {
		host_what(finding, "You may not use %s yet: you were put into its group '%s' after you logged in, and that "
			"counts only from the next login on.", node, by->group);
		host_remedy(finding, "Log out and in again; if that does not help, restart the computer.");
	} else if (by->by_group && by->active) {
		host_what(finding, "You may not use %s although you are in its group '%s': something else on this computer "
			"forbids it (a container, a sandbox or a security policy).", node, by->group);
		host_remedy(finding, "Ask whoever looks after this computer.");
	} else if (by->by_group) {
		host_what(finding, "You may not use %s: it is open to members of the group '%s', and you are not one.", node,
			by->group);
		host_remedy(finding, "Type this, then log out and in again:");
		host_command(finding, "sudo usermod -aG %s %s", by->group, *user ? user : "$USER");
	} else {
		host_what(finding, "You may not use %s: it is open to the administrator only.", node);
		remedy_by_rule(finding, port);
	}
}

static void look_at_permission(struct host_look *look, const struct host_port *port)
{
	const char *node = port->candidate->node;
	char groups[PATH_MAX];
	struct alg_access by = {0};
	struct stat st;
	int error;

	if (look->view->access(node, R_OK | W_OK) == 0)
		return;
	error = errno;
	if (error != EACCES && error != EPERM) {
		struct host_finding *finding = host_add(look, "no-node", HOST_FAULT, HOST_PORTS, node);

		host_what(finding, "%s cannot be opened: %s.", node, strerror(error));
		host_remedy(finding, "Unplug the gauge and plug it in again.");
		return;
	}
	host_path(look, groups, "/etc/group");
	if (look->view->stat(node, &st) == 0)
		alg_access_find(&st, &look->view->user, *look->view->root ? groups : NULL, &by);
	tell_permission(look, port, &by);
}

/* An FTDI chip hands bytes on when its buffer is full or this timer has run down. */
static void look_at_latency(struct host_look *look, const struct host_port *port)
{
	struct udev_device *serial = udev_device_get_parent_with_subsystem_devtype(port->device, "usb-serial", NULL);
	const char *node = port->candidate->node;
	struct host_finding *finding;
	int64_t ms;

	if (!serial || alg_text_to_int(host_attr(serial, "latency_timer"), 0, 255, &ms) < 0 || ms <= LATENCY_MS)
		return;
	finding = host_add(look, "latency", HOST_WARNING, HOST_PORTS, node);
	host_what(finding, "The adapter at %s keeps readings back for up to %d ms before it hands them on (its latency timer), "
		"so a gauge that is asked for each reading gives fewer than %d a second.", node, (int)ms, 1000 / (int)ms + 1);
	host_remedy(finding, "Type this; it holds until the adapter is unplugged:");
	host_command(finding, "echo %d | sudo tee /sys/bus/usb-serial/devices/%s/latency_timer", LATENCY_MS,
		udev_device_get_sysname(serial));
}

static void look_at_sleep(struct host_look *look, const struct host_port *port)
{
	const char *node = port->candidate->node;
	struct host_finding *finding;

	if (strcmp(host_attr(port->usb, "power/control"), "auto") != 0 ||
		host_attr(port->usb, "power/autosuspend_delay_ms")[0] == '-')
		return;
	finding = host_add(look, "autosuspend", HOST_WARNING, HOST_PORTS, node);
	host_what(finding, "To save power, the computer may put the USB device at %s to sleep while it is not used, and not every "
		"gauge or adapter wakes up again.", node);
	host_remedy(finding, "Type this; it holds until the device is unplugged, unless a program such as TLP or powertop undoes it:");
	host_command(finding, "echo on | sudo tee /sys/bus/usb/devices/%s/power/control", udev_device_get_sysname(port->usb));
}

void host_look_at_port(struct host_look *look, const struct host_port *port)
{
	look_at_permission(look, port);
	if (port->is_tty && port->usb)
		look_at_latency(look, port);
	if (port->usb)
		look_at_sleep(look, port);
}
