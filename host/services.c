/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * services.c - programs of the system that take serial ports for something else: ModemManager
 * (tries whether there is a modem), brltty (takes adapters for braille displays).
 */
#include "host/look.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- ModemManager ------------------------------------------------------------------------------------ */

static bool is_set(struct udev_device *device, const char *property)
{
	const char *value = device ? udev_device_get_property_value(device, property) : NULL;

	return value && strcmp(value, "1") == 0;
}

static void look_at_modemmanager(struct host_look *look, const struct host_port *port)
{
	const char *id = port->candidate->usb_id, *node = port->candidate->node;
	struct host_finding *finding;

	if (is_set(port->device, "ID_MM_DEVICE_IGNORE") || is_set(port->usb, "ID_MM_DEVICE_IGNORE") ||
		is_set(port->device, "ID_MM_PORT_IGNORE") || !host_runs(look, "ModemManager"))
		return;
	finding = host_add(look, "modemmanager", HOST_WARNING, HOST_PROGRAMS, node);
	host_what(finding, "The program ModemManager runs and has not been told to leave %s alone: it may take the gauge for a "
		"mobile-phone modem, hold its port for half a minute after plugging in, and send it characters.", node);
	host_remedy(finding, "Type this, then unplug the gauge and plug it in again:");
	host_command(finding, "echo 'ATTRS{idVendor}==\"%.4s\", ATTRS{idProduct}==\"%.4s\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"' | "
		"sudo tee -a /etc/udev/rules.d/70-my-gauge.rules && sudo udevadm control --reload", id, id + 5);
}

/* ---- brltty -------------------------------------------------------------------------------------------- */

struct claim {
	struct udev_device *usb;
	bool found;
};

/* True when the line asks nothing of this attribute, or just what the device says: ATTRS{product}=="Text". */
static bool agrees(const char *line, const char *key, const char *said)
{
	char wanted[64];
	const char *at;
	size_t len;

	snprintf(wanted, sizeof(wanted), "ATTRS{%s}==\"", key);
	at = strstr(line, wanted);
	if (!at)
		return true;
	at += strlen(wanted);
	len = strcspn(at, "\"");
	return strlen(said) == len && strncmp(said, at, len) == 0;
}

/* ENV{PRODUCT}=="1a86/7523/..." in one line, ids in hex without leading zeros. */
static void look_for_claim(const struct host_look *look, const char *path, const char *name, void *ctx)
{
	struct claim *claim = ctx;
	char full[PATH_MAX], product[64], *line = NULL;
	size_t cap = 0;
	FILE *f;

	(void)name;
	snprintf(product, sizeof(product), "\"%lx/%lx/", strtoul(host_attr(claim->usb, "idVendor"), NULL, 16),
		strtoul(host_attr(claim->usb, "idProduct"), NULL, 16));
	host_path(look, full, path);
	f = fopen(full, "re");
	if (!f)
		return;
	while (!claim->found && getline(&line, &cap, f) >= 0)
		claim->found = line[strspn(line, " \t")] != '#' && strstr(line, product) &&
			agrees(line, "manufacturer", host_attr(claim->usb, "manufacturer")) &&
			agrees(line, "product", host_attr(claim->usb, "product"));
	free(line);
	fclose(f);
}

bool host_brltty_claims(struct host_look *look, struct udev_device *usb)
{
	struct claim claim = {.usb = usb};

	host_each_rules_file(look, "brltty", look_for_claim, &claim);
	return claim.found;
}

void host_tell_brltty(struct host_look *look, struct udev_device *usb, const char *where, enum host_severity severity)
{
	const struct host_chip *chip = host_chip_of(usb);
	struct host_finding *finding = host_add(look, "brltty", severity, HOST_PROGRAMS, where);

	host_what(finding, "The program brltty, which serves braille displays for the blind, %s the adapter at %s (%s): %s",
		severity == HOST_FAULT ? "has taken" : "is set up to take", where, chip ? chip->name : "USB",
		severity == HOST_FAULT ? "its port is gone." : "its port can vanish.");
	host_remedy(finding, "If nobody here uses a braille display, type this, then unplug the adapter and plug it in again:");
	host_command(finding, "sudo apt remove brltty");
}

void host_look_at_services(struct host_look *look, const struct host_port *port)
{
	if (!port->usb || !port->is_tty)
		return;
	look_at_modemmanager(look, port);
	if (host_brltty_claims(look, port->usb))
		host_tell_brltty(look, port->usb, port->candidate->node, HOST_WARNING);
}
