/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unbound.c - USB-serial adapters that are plugged in and have no port: why, and how they get one. */
#include "host/look.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Lines of /proc/modules begin with the module's name. */
static bool is_loaded(const struct host_look *look, const char *module)
{
	char line[64];

	snprintf(line, sizeof(line), "%s ", module);
	return host_file_has(look, "/proc/modules", line);
}

enum delivery { DELIVERED, NOT_DELIVERED, KERNEL_REPLACED };

/* Whether the running kernel came with it; its folder of drivers goes when an update replaces it (DELIVERED when unseen). */
static enum delivery delivery_of(const struct host_look *look, const char *module)
{
	static const char *const lists[] = {"modules.dep", "modules.builtin"};
	char path[PATH_MAX], file[64];
	bool seen = false;

	snprintf(file, sizeof(file), "/%s.ko", module);
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "/lib/modules/%.200s/%s", look->view->release, lists[i]);
		if (host_file_has(look, path, file))
			return DELIVERED;
		seen |= host_file_has(look, path, "/");
	}
	host_path(look, path, "/lib/modules");
	return seen ? NOT_DELIVERED : access(path, F_OK) ? DELIVERED : KERNEL_REPLACED;
}

static void tell_foreign(struct host_look *look, const struct host_chip *chip, const char *where)
{
	struct host_finding *finding = host_add(look, "driver-unbound", HOST_FAULT, HOST_PORTS, where);

	host_what(finding, "The %s at %s has no port, because the computer's driver %s does not know its id %04x:%04x.", chip->name,
		where, chip->module, chip->vid, chip->pid);
	host_remedy(finding, "Algometer's access rules tell it at each start (in the folder with its source: sudo make install). For today type:");
	host_command(finding, "sudo modprobe %s && echo %04x %04x | sudo tee /sys/bus/usb-serial/drivers/%s/new_id", chip->module, chip->vid, chip->pid, chip->module);
}

static void tell_missing(struct host_look *look, const struct host_chip *chip, const char *where)
{
	static const char *const why[] = {[DELIVERED] = "", [NOT_DELIVERED] = " and did not come with this computer's kernel",
		[KERNEL_REPLACED] = " and cannot be until the computer is restarted: an update has replaced the kernel"};
	enum delivery delivery = delivery_of(look, chip->module);
	struct host_finding *finding = host_add(look, "driver-missing", HOST_FAULT, HOST_PORTS, where);

	host_what(finding, "The adapter at %s (%s) has no port, because its driver %s is not loaded%s.", where, chip->name,
		chip->module, why[delivery]);
	if (delivery == DELIVERED) {
		host_remedy(finding, "To load it, type:");
		host_command(finding, "sudo modprobe %s", chip->module);
	} else if (delivery == NOT_DELIVERED) {
		host_remedy(finding, "On Ubuntu type this, on Debian: sudo apt install linux-image-amd64; then restart the computer:");
		host_command(finding, "sudo apt install linux-modules-extra-%s", look->view->release);
	} else {
		host_remedy(finding, "Restart the computer.");
	}
}

static void tell_unbound(struct host_look *look, struct udev_device *usb, const struct host_chip *chip, const char *where)
{
	bool taken = host_has_device(look, "usb", "DRIVER", "usbfs", usb);
	struct host_finding *finding = host_add(look, "driver-unbound", HOST_FAULT, HOST_PORTS, where);

	host_what(finding, "The adapter at %s (%s) has no port, although its driver %s is loaded%s.", where, chip->name, chip->module,
		taken ? ": a program has taken the adapter for itself" : "");
	host_remedy(finding, "Unplug the adapter and plug it in again, without a hub; if that does not help, this says why:");
	host_command(finding, "sudo dmesg | tail");
}

static void look_at_adapter(struct host_look *look, struct udev_device *usb, void *ctx)
{
	const struct host_chip *chip = host_chip_of(usb);
	char where[64];

	(void)ctx;
	if (!chip || host_has_device(look, "tty", NULL, NULL, usb))
		return;
	snprintf(where, sizeof(where), "USB socket %.40s", udev_device_get_sysname(usb));
	look->faulty_usb++;
	if (host_brltty_claims(look, usb) || (!chip->foreign && host_runs(look, "brltty")))
		host_tell_brltty(look, usb, where, HOST_FAULT);
	else if (chip->foreign)
		tell_foreign(look, chip, where);
	else if (!is_loaded(look, chip->module))
		tell_missing(look, chip, where);
	else
		tell_unbound(look, usb, chip, where);
}

int host_look_for_unbound(struct host_look *look)
{
	return host_each_device(look, "usb", "DEVTYPE", "usb_device", NULL, look_at_adapter, NULL);
}
