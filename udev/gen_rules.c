/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gen_rules.c - prints udev/70-algometer.rules out of the registry's table of USB identities (make docs;
 * a test compares the committed file), so that an identity stands in one place only.
 *
 * What is done for a gauge with an identity of its own: the person at the machine may open it;
 * ModemManager leaves it alone (it writes AT commands to new ports); it is not put to sleep while it is
 * at rest; its FTDI chip hands on bytes within 1 ms; a serial one has a name below /dev/algometer. A USB
 * gauge needs no name: libusb finds it by its identity.
 *
 * A generic USB-serial bridge says nothing about what hangs on it. Its latency timer would harm nobody
 * by 1 ms, but a thousand more packets a second and no ModemManager are not ours to give to somebody
 * else's modem: for bridges there are lines to copy, with the serial number of one's own.
 *
 * The name sorts before systemd's 73-seat-late.rules, which turns the tag "uaccess" into access for
 * whoever sits at the machine, and before ModemManager's 77 and 80.
 */
#include "driver/driver.h"

#include <stdio.h>
#include <string.h>

static const char HEAD[] =
	"# SPDX-License-" "Identifier: GPL-3.0-or-later\n"
	"# Made by udev/gen_rules.c of the table in driver/registry.c; change it there.\n"
	"# Lets the person at the machine open a gauge; connect it again after installing this file.\n\n"
	"ACTION==\"remove\", GOTO=\"algometer_end\"\n"
	"SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", GOTO=\"algometer_usb\"\n"
	"SUBSYSTEM==\"usb-serial\", GOTO=\"algometer_chip\"\n"
	"SUBSYSTEM==\"tty\", GOTO=\"algometer_tty\"\n"
	"GOTO=\"algometer_end\"\n";

static const char BRIDGES[] =
	"GOTO=\"algometer_end\"\n\n"
	"# Gauges on a USB-serial bridge. The chip does not tell what it is wired to, so nothing is\n"
	"# claimed here. To give your own gauge access and a fixed name, copy the lines of its chip to\n"
	"# /etc/udev/rules.d/70-my-gauge.rules, put in the serial number that `algometer devices` shows,\n"
	"# and take the mark of the comment away. Without a serial number of its own, write\n"
	"# KERNELS==\"1-2.3\" in place of ATTRS{serial}==\"SERIAL\": the USB place that is shown.\n";

/* Has an identity of its own, of a family that is in this build. */
static const struct alg_driver *driver_of(const struct alg_model *model)
{
	return model->family ? alg_driver_find(model->family) : NULL;
}

static bool is_serial(const struct alg_model *model)
{
	const struct alg_driver *driver = driver_of(model);

	return driver && !driver->usb;
}

static void for_models(void (*print)(const struct alg_model *model))
{
	for (size_t i = 0; alg_model_at(i); i++)
		print(alg_model_at(i));
}

/*
 * A driver of the kernel that does not know the identity is told it, once: it keeps what it is told,
 * and takes the device that is there already.
 */
static void tell_kernel(const struct alg_model *m)
{
	const char *d = m->kernel_driver;

	printf("ACTION==\"add\", ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", RUN+=\"/sbin/modprobe %s\", "
	       "RUN+=\"/bin/sh -c 'cd /sys/bus/usb-serial/drivers/%s && { grep -qs %04x.%04x new_id || echo %04x %04x > new_id; }'\"\n",
		m->vid, m->pid, d, d, m->vid, m->pid, m->vid, m->pid);
}

static void print_usb(const struct alg_model *m)
{
	if (!driver_of(m))
		return;
	printf("# %s\nATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", TAG+=\"uaccess\", "
	       "ENV{ID_MM_DEVICE_IGNORE}=\"1\", ATTR{power/control}=\"on\"\n",
		m->name, m->vid, m->pid);
	if (m->kernel_driver)
		tell_kernel(m);
}

static bool is_ftdi(const struct alg_model *m)
{
	return m->kernel_driver ? strcmp(m->kernel_driver, "ftdi_sio") == 0 : m->vid == 0x0403;
}

static void print_chip(const struct alg_model *m)
{
	if (is_serial(m) && is_ftdi(m))
		printf("# %s\nDRIVER==\"ftdi_sio\", ATTRS{idVendor}==\"%04x\", ATTRS{idProduct}==\"%04x\", "
		       "ATTR{latency_timer}=\"1\"\n", m->name, m->vid, m->pid);
}

static void print_tty(const struct alg_model *m)
{
	if (!is_serial(m))
		return;
	printf("# %s\nATTRS{idVendor}==\"%04x\", ATTRS{idProduct}==\"%04x\", TAG+=\"uaccess\", "
	       "ENV{ID_MM_PORT_IGNORE}=\"1\"\n", m->name, m->vid, m->pid);
	printf("ATTRS{idVendor}==\"%04x\", ATTRS{idProduct}==\"%04x\", ATTRS{serial}==\"?*\", "
	       "SYMLINK+=\"algometer/%s-$attr{serial}\"\n", m->vid, m->pid, m->family);
}

static void print_bridge(const struct alg_model *m)
{
	if (m->family)
		return;
	printf("# %s\n#SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"%04x\", ATTRS{idProduct}==\"%04x\", "
	       "ATTRS{serial}==\"SERIAL\", TAG+=\"uaccess\", ENV{ID_MM_PORT_IGNORE}=\"1\", SYMLINK+=\"gauge\"\n",
		m->name, m->vid, m->pid);
	if (is_ftdi(m))
		printf("#SUBSYSTEM==\"usb-serial\", ATTRS{idVendor}==\"%04x\", ATTRS{idProduct}==\"%04x\", "
		       "ATTRS{serial}==\"SERIAL\", ATTR{latency_timer}=\"1\"\n", m->vid, m->pid);
}

int main(void)
{
	fputs(HEAD, stdout);
	puts("\n# Gauges with a USB identity of their own.\nLABEL=\"algometer_usb\"");
	for_models(print_usb);
	puts("GOTO=\"algometer_end\"\n\n# Their serial chips: what has come is handed on after 1 ms, not 16.\nLABEL=\"algometer_chip\"");
	for_models(print_chip);
	puts("GOTO=\"algometer_end\"\n\n# Their serial ports.\nLABEL=\"algometer_tty\"");
	for_models(print_tty);
	fputs(BRIDGES, stdout);
	for_models(print_bridge);
	puts("\nLABEL=\"algometer_end\"");
	return 0;
}
