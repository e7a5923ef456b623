/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gen_rules.c - prints udev/70-algometer.rules (make docs; a test compares the committed file).
 *
 * The driver finds a weighing scale by usage page 0x8D in its report descriptor, so its code needs
 * no list of products; udev cannot look there, so the known ids stand here. A generic USB-serial
 * bridge says nothing about what hangs on it and is never claimed by its id alone.
 *
 * The name sorts before systemd's 73-seat-late.rules, which turns the tag "uaccess" into access for
 * whoever sits at the machine.
 */
#include <stdio.h>

struct scale {
	unsigned vid, pid;
	const char *what;
};

/* Ids as gathered by erjiang/usbscale (scales.h and its issues), a user-space reader of such scales. */
static const struct scale scales[] = {
	{0x0922, 0x8003, "Dymo M10"},
	{0x0922, 0x8004, "Dymo M25"},
	{0x0922, 0x8009, "Dymo S180, S250"},
	{0x0b67, 0x555e, "Fairbanks"},
	{0x0d8f, 0x0200, "Pitney Bowes"},
	{0x0eb8, 0xf000, "Mettler-Toledo"},
	{0x0eb8, 0xf001, "Mettler-Toledo"},
	{0x1446, 0x6a73, "Stamps.com 510"},
	{0x1446, 0x6a79, "Stamps.com DS25"},
	{0x2474, 0x0550, "Stamps.com"},
	{0x2474, 0x3550, "Stamps.com"},
	{0x6096, 0x0158, "Sanford (Dymo)"},
	{0x7b7c, 0x0100, "Stamps.com PS311"},
};

/* Gauges with an identity of their own. The kernel gives the Go!Link to ldusb; libusb takes it from there. */
static const struct scale gauges[] = {
	{0x06c2, 0x003b, "PhidgetBridge 1046"},
	{0x08f7, 0x0003, "Vernier Go!Link"},
	{0x08f7, 0x0010, "Vernier Go Direct"},
};

struct bridge {
	unsigned vid, pid;
	const char *what;
};

static const struct bridge bridges[] = {
	{0x0403, 0x6001, "FTDI FT232R"},
	{0x0403, 0x6015, "FTDI FT-X"},
	{0x067b, 0x2303, "Prolific PL2303"},
	{0x10c4, 0xea60, "Silicon Labs CP210x"},
	{0x1a86, 0x7523, "WCH CH340"},
};

static void print_rules(const struct scale *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("# %s\nATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", TAG+=\"uaccess\"\n", rows[i].what,
			rows[i].vid, rows[i].pid);
}

int main(void)
{
	printf("# SPDX-License-Identifier: GPL-3.0-or-later\n"
	       "# Made by udev/gen_rules.c; change it there.\n"
	       "# Lets the person at the machine open a gauge; replug it after installing this file.\n\n"
	       "# Weighing scales of the HID class, read through libusb.\n"
	       "ACTION==\"remove\", GOTO=\"algometer_end\"\n"
	       "SUBSYSTEM!=\"usb\", GOTO=\"algometer_serial\"\n"
	       "ENV{DEVTYPE}!=\"usb_device\", GOTO=\"algometer_end\"\n");
	print_rules(scales, sizeof(scales) / sizeof(scales[0]));
	printf("# Gauges that are read through libusb.\n");
	print_rules(gauges, sizeof(gauges) / sizeof(gauges[0]));
	printf("GOTO=\"algometer_end\"\n\n"
	       "# Gauges on a USB-serial bridge. The chip does not tell what it is wired to, so nothing is\n"
	       "# claimed here. To give your own gauge access and a fixed name, copy the line of its chip to\n"
	       "# /etc/udev/rules.d/70-my-gauge.rules, put in the serial number that `algometer devices` shows,\n"
	       "# and take the mark of the comment away.\n"
	       "LABEL=\"algometer_serial\"\n");
	for (size_t i = 0; i < sizeof(bridges) / sizeof(bridges[0]); i++)
		printf("# %s\n#SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"%04x\", ATTRS{idProduct}==\"%04x\", "
		       "ATTRS{serial}==\"SERIAL\", TAG+=\"uaccess\", SYMLINK+=\"gauge\"\n",
			bridges[i].what, bridges[i].vid, bridges[i].pid);
	printf("\nLABEL=\"algometer_end\"\n");
	return 0;
}
