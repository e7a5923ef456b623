/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * twins.c - adapters and gauges that cannot be told apart. A name such as /dev/ttyUSB0 goes by the
 * order of plugging in; only a serial number, or the USB socket, says which one it is.
 */
#include "host/look.h"

#include <stdio.h>
#include <string.h>

static bool are_twins(const struct host_port *a, const struct host_port *b)
{
	return a->usb && b->usb && strcmp(a->candidate->usb_id, b->candidate->usb_id) == 0 &&
		strcmp(a->candidate->serial, b->candidate->serial) == 0 &&
		strcmp(udev_device_get_syspath(a->usb), udev_device_get_syspath(b->usb)) != 0;
}

/* The name that goes by the USB socket; "" when udev has made none. */
static void socket_name(const struct host_port *port, char *out, size_t cap)
{
	const char *links = udev_device_get_property_value(port->device, "DEVLINKS");
	const char *name = links ? strstr(links, "/dev/serial/by-path/") : NULL;

	snprintf(out, cap, "%.*s", name ? (int)strcspn(name, " ") : 0, name ? name : "");
}

static void tell_twins(struct host_look *look, const struct host_port *a, const struct host_port *b)
{
	struct host_finding *finding = host_add(look, "alike", HOST_WARNING, HOST_PORTS, a->candidate->node);
	char name[200];

	socket_name(a, name, sizeof(name));
	host_what(finding, "%s and %s are alike (%s, %s%s), so Algometer could measure with the wrong one and not notice.",
		a->candidate->node, b->candidate->node, a->candidate->usb_id, *a->candidate->serial ? "both with serial number " : "both without serial number",
		a->candidate->serial);
	if (*name)
		host_remedy(finding, "Unplug the one that is not used, or leave each in its own USB socket and give the gauge's address by "
			"the socket: --device 'serial:%s?family=NAME'", name);
	else
		host_remedy(finding, "Unplug the one that is not used.");
}

static void tell_no_serial(struct host_look *look, const struct host_port *port)
{
	struct host_finding *finding = host_add(look, "no-serial", HOST_NOTE, HOST_PORTS, port->candidate->node);
	char name[200];

	socket_name(port, name, sizeof(name));
	host_what(finding, "The USB device at %s has no serial number, so only the USB socket tells it from another one like it.",
		port->candidate->node);
	if (*name)
		host_remedy(finding, "Use the same USB socket each time, and give the gauge's address by it: --device 'serial:%s?family=NAME'",
			name);
	else
		host_remedy(finding, "Use the same USB socket each time, and never plug in two of them at once.");
}

void host_look_for_twins(struct host_look *look, const struct host_port *ports, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t before = 0, after = i + 1;

		while (before < i && !are_twins(&ports[before], &ports[i]))
			before++;
		while (after < n && !are_twins(&ports[i], &ports[after]))
			after++;
		if (before < i)
			continue; /* told with the first of them */
		if (after < n)
			tell_twins(look, &ports[i], &ports[after]);
		else if (ports[i].usb && !*ports[i].candidate->serial)
			tell_no_serial(look, &ports[i]);
	}
}
