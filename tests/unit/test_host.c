/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_host.c - each fault of a machine gives its own finding and no other, and a machine without faults
 * gives none. /sys and the udev database are umockdev's, /proc and /etc a folder of ours, the rest functions.
 */
#include "assert_close.h"

#include "host/host.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

enum { DIALOUT = 20 };

static UMockdevTestbed *bed;
static char root[64];
static struct host_view view;
static struct host_report report;

/* ---- the machine ------------------------------------------------------------------------------- */

static struct host_node node_state;
static struct host_space space_state;
static bool clock_state;

static struct host_node get_node(const char *path)
{
	(void)path;
	return node_state;
}

static bool get_space(const char *path, struct host_space *out)
{
	*out = space_state;
	return strcmp(path, "/absent") != 0;
}

static bool get_clock(void)
{
	return clock_state;
}

static void put(const char *path, const char *text)
{
	char full[300];

	snprintf(full, sizeof(full), "%s%s", root, path);
	for (char *at = full + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(full, 0755);
		*at = '/';
	}
	FILE *file = fopen(full, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void add_text(const char *text)
{
	GError *error = NULL;

	if (!umockdev_testbed_add_from_string(bed, text, &error))
		fail_msg("%s", error->message);
}

struct adapter {
	const char *place, *id, *serial; /* "1-1", "0403:6001", NULL: none */
	int latency_ms;                  /* 0: no such timer */
	const char *power, *property;    /* power/control; an "E:" line of the port, or "" */
	bool port;                       /* the kernel has made ttyUSB0 of it */
};

static const struct adapter fine = {"1-1", "0403:6001", "AG0042", 1, "on", "E: ID_MM_DEVICE_IGNORE=1\n", true};

static void plug(const struct adapter *a, int tty)
{
	char text[2000], serial[80] = "", timer[40] = "";

	if (a->serial)
		snprintf(serial, sizeof(serial), "A: serial=%s\\n\n", a->serial);
	if (a->latency_ms)
		snprintf(timer, sizeof(timer), "A: latency_timer=%d\\n\n", a->latency_ms);
	snprintf(text, sizeof(text),
		"P: /devices/pci0/usb1/%s\nN: bus/usb/001/%03d\nE: DEVNAME=/dev/bus/usb/001/%03d\nE: SUBSYSTEM=usb\n"
		"E: DEVTYPE=usb_device\nA: idVendor=%.4s\\n\nA: idProduct=%s\\n\nA: product=Adapter\\n\nA: power/control=%s\\n\n%s\n",
		a->place, tty + 2, tty + 2, a->id, a->id + 5, a->power, serial);
	add_text(text);
	if (!a->port)
		return;
	snprintf(text, sizeof(text),
		"P: /devices/pci0/usb1/%s/%s:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: DRIVER=x\n\n"
		"P: /devices/pci0/usb1/%s/%s:1.0/ttyUSB%d\nE: SUBSYSTEM=usb-serial\nE: DRIVER=x\n%s\n"
		"P: /devices/pci0/usb1/%s/%s:1.0/ttyUSB%d/tty/ttyUSB%d\nE: DEVNAME=/dev/ttyUSB%d\nE: SUBSYSTEM=tty\n%s"
		"L: device=../../../ttyUSB%d\n",
		a->place, a->place, a->place, a->place, tty, timer, a->place, a->place, tty, tty, tty, a->property, tty);
	add_text(text);
	char *bed_root = umockdev_testbed_get_root_dir(bed);

	snprintf(text, sizeof(text), "%s/dev/ttyUSB%d", bed_root, tty);
	g_free(bed_root);
	fclose(fopen(text, "w"));
}

/* A machine on which nothing is wrong, but for the gauges. */
static int setup(void **state)
{
	(void)state;
	bed = umockdev_testbed_new();
	assert_true(umockdev_in_mock_environment());
	add_text("P: /devices/virtual/tty/tty0\nE: DEVNAME=/dev/tty0\nE: SUBSYSTEM=tty\n");
	strcpy(root, "/tmp/algometer-host-XXXXXX");
	assert_non_null(mkdtemp(root));
	put("/etc/passwd", "root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n");
	put("/etc/group", "root:x:0:\ndialout:x:20:somebody\n");
	put("/etc/udev/rules.d/70-algometer.rules", "# ours\n");
	put("/usr/bin/gnuplot", "#!/bin/sh\n");
	put("/proc/812/comm", "bash\n");
	static char bin[100], gnuplot[120];

	snprintf(bin, sizeof(bin), "/nowhere:%s/usr/bin", root);
	snprintf(gnuplot, sizeof(gnuplot), "%s/usr/bin/gnuplot", root);
	chmod(gnuplot, 0755);
	node_state = (struct host_node){.exists = true, .may_open = true, .gid = DIALOUT, .mode = 0660};
	space_state = (struct host_space){.readable = true, .writable = true, .kind = 0xEF53, .free_bytes = 5e9, .free_share = 0.5};
	clock_state = true;
	view = (struct host_view){.root = root, .path = bin, .study = "/study", .uid = 1000, .groups = {1000}, .n_groups = 1,
		.node = get_node, .space = get_space, .clock_is_set = get_clock};
	return 0;
}

static int teardown(void **state)
{
	char command[100];

	(void)state;
	g_object_unref(bed);
	snprintf(command, sizeof(command), "rm -r '%s'", root);
	assert_int_equal(system(command), 0);
	return 0;
}

/* ---- what is found -------------------------------------------------------------------------------- */

static void examine(void)
{
	assert_int_equal(host_examine(&view, &report, NULL), 0);
}

/* Just these findings, in this order: "permission clock"; and each says something and what to do. */
static void assert_found(const char *ids)
{
	char found[400] = "";

	examine();
	for (size_t i = 0; i < report.n; i++) {
		const struct host_finding *f = &report.finding[i];

		snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%s", i ? " " : "", f->id);
		assert_true(strlen(f->what) > 10 && strlen(f->what) < sizeof(f->what) - 1);
		assert_true(strlen(f->remedy) > 10 && strlen(f->remedy) < sizeof(f->remedy) - 1);
		assert_true(i == 0 || report.finding[i - 1].severity <= f->severity);
	}
	if (strcmp(found, ids) != 0)
		fail_msg("found '%s', not '%s'", found, ids);
}

static void assert_says(const char *what, const char *remedy)
{
	if (!strstr(report.finding[0].what, what) || !strstr(report.finding[0].remedy, remedy))
		fail_msg("says '%s': '%s'", report.finding[0].what, report.finding[0].remedy);
}

static void test_clean(void **state)
{
	(void)state;
	plug(&fine, 0);
	assert_found("");
	assert_int_equal(report.n_gauges, 1);
	assert_int_equal(report.n_usable, 1);
}

static void test_nothing_connected(void **state)
{
	(void)state;
	assert_found("nothing-connected");
	assert_int_equal(report.n_usable, 0);
}

static void test_permission(void **state)
{
	(void)state;
	plug(&fine, 0);
	node_state.may_open = false;
	assert_found("permission");
	assert_says("group 'dialout'", "sudo usermod -aG dialout $USER");
	assert_int_equal(report.n_usable, 0);
	node_state.mode = 0600; /* the group would not help */
	assert_found("permission");
	assert_says("only root", "udev rules");
	node_state = (struct host_node){.exists = true, .gid = 0, .mode = 0660};
	assert_found("permission");
	assert_says("only root", "udev rules");
	node_state.gid = 4711; /* nobody's */
	assert_found("permission");
	assert_says("only root", "udev rules");
}

static void test_group_not_active(void **state)
{
	(void)state;
	plug(&fine, 0);
	node_state.may_open = false;
	put("/etc/group", "root:x:0:\ndialout:x:20:somebody,anna\n");
	assert_found("group-not-active");
	assert_says("group 'dialout'", "log out");
	view.groups[view.n_groups++] = DIALOUT; /* it is: then something else forbids it */
	assert_found("permission");
}

static void test_held(void **state)
{
	char link[200];

	(void)state;
	plug(&fine, 0);
	put("/proc/4321/comm", "mini\033[31mcom\n");
	put("/proc/4321/fd/none", "");
	snprintf(link, sizeof(link), "%s/proc/4321/fd/5", root);
	assert_int_equal(symlink("/dev/ttyUSB0", link), 0);
	assert_found("held");
	assert_says("(process 4321)", "close");
	assert_null(strchr(report.finding[0].what, '\033'));
}

static void test_modem_manager(void **state)
{
	struct adapter a = fine;

	(void)state;
	put("/proc/99/comm", "ModemManager\n");
	plug(&a, 0);
	assert_found("");
	a = (struct adapter){"1-2", "0403:6001", "AG0043", 1, "on", "", true};
	plug(&a, 1);
	assert_found("modemmanager");
	assert_string_equal(report.finding[0].where, "/dev/ttyUSB1");
	assert_int_equal(report.n_usable, 2);
}

static void test_brltty(void **state)
{
	struct adapter a = {"1-1", "1a86:7523", "7", 0, "on", "", true};

	(void)state;
	plug(&a, 0);
	put("/usr/lib/udev/rules.d/85-brltty.rules", "#ENV{PRODUCT}==\"1a86/7523/*\"\nENV{PRODUCT}==\"403/6001/*\", X=\"y\"\n");
	assert_found("");
	put("/usr/lib/udev/rules.d/85-brltty.rules", "ENV{PRODUCT}==\"1a86/7523/*\", ENV{BRLTTY_BRAILLE_DRIVER}=\"bm\"\n");
	assert_found("brltty");
	assert_int_equal(report.finding[0].severity, HOST_WARNING);
	a = (struct adapter){"1-2", "1a86:7523", "8", 0, "on", "", false};
	plug(&a, 1);
	assert_found("brltty brltty"); /* and this one it has taken */
	assert_int_equal(report.finding[0].severity, HOST_FAULT);
	assert_says("takes such adapters away", "remove brltty");
}

static void test_kernel_driver(void **state)
{
	struct adapter a = {"1-1", "10c4:ea60", "0007", 0, "on", "", false};

	(void)state;
	plug(&a, 0);
	assert_found("no-kernel-driver");
	assert_says("no kernel driver", "dmesg");
	assert_int_equal(report.n_usable, 0);
}

static void test_unbound(void **state)
{
	struct adapter a = {"1-1", "1412:0200", "D7", 0, "on", "", false};

	(void)state;
	plug(&a, 0);
	assert_found("unbound");
	assert_says("FTDI", "rules");
}

static void test_adapter(void **state)
{
	struct adapter a = fine;

	(void)state;
	a.latency_ms = 16;
	a.power = "auto";
	plug(&a, 0);
	assert_found("autosuspend ftdi-latency");
	assert_says("switch this USB device off", "/devices/pci0/usb1/1-1/power/control");
	assert_non_null(strstr(report.finding[1].what, "16 ms"));
	assert_int_equal(report.n_usable, 1);
}

static void test_identity(void **state)
{
	struct adapter a = fine;

	(void)state;
	a.serial = NULL;
	plug(&a, 0);
	assert_found("no-serial-number");
	assert_says("USB socket", "serial:0403:6001:path=1-1");
	a.place = "1-2";
	plug(&a, 1);
	assert_found("alike alike");
	assert_says("1 more like it is connected with no serial number", "serial:0403:6001:path=1-1");
}

static void test_same_number(void **state)
{
	struct adapter a = fine;

	(void)state;
	plug(&a, 0);
	a.place = "1-2";
	plug(&a, 1);
	assert_found("alike alike");
	assert_says("the same serial number", "path=1-1");
}

static void test_rules(void **state)
{
	char from[200], to[200];

	(void)state;
	plug(&fine, 0);
	snprintf(from, sizeof(from), "%s/etc/udev/rules.d/70-algometer.rules", root);
	snprintf(to, sizeof(to), "%s/etc/udev/rules.d/99-algometer.rules", root);
	assert_int_equal(rename(from, to), 0);
	assert_found("rules-late");
	assert_int_equal(report.finding[0].of, HOST_OF_MACHINE);
	unlink(to);
	assert_found("rules-absent");
	put("/usr/lib/udev/rules.d/70-algometer.rules", "# ours\n");
	assert_found("");
}

static void test_machine(void **state)
{
	(void)state;
	plug(&fine, 0);
	clock_state = false;
	assert_found("clock");
	view.path = "/nowhere";
	assert_found("gnuplot clock");
}

static void test_study(void **state)
{
	static const long networks[] = {0x6969, 0x517B, (long)0xFF534D42, (long)0xFE534D42, 0x65735546, 0x01021997};

	(void)state;
	plug(&fine, 0);
	for (size_t i = 0; i < sizeof(networks) / sizeof(networks[0]); i++) {
		space_state.kind = networks[i];
		assert_found("study-on-network");
	}
	space_state.kind = 0x9123683E; /* btrfs */
	assert_found("");
	space_state.free_bytes = 150e6;
	assert_found("disk-full");
	assert_int_equal(report.finding[0].severity, HOST_WARNING);
	space_state.free_bytes = 1e6;
	assert_found("disk-full");
	assert_int_equal(report.finding[0].severity, HOST_FAULT);
	space_state.free_bytes = 5e9;
	space_state.writable = false;
	assert_found("study-read-only");
	space_state.writable = true;
	view.study = "/absent";
	assert_found("study-absent");
	view.study = NULL;
	assert_found("");
}

/* A machine with more of everything than can be told. */
static void test_many(void **state)
{
	(void)state;
	for (int i = 0; i < 70; i++) {
		char place[16];
		struct adapter a = fine;

		snprintf(place, sizeof(place), "1-%d", i + 1);
		a.place = place;
		a.serial = NULL;
		a.power = "auto";
		plug(&a, i);
	}
	examine();
	assert_int_equal(report.n_gauges, HOST_GAUGES_MAX);
	assert_int_equal(report.n, 2 * HOST_GAUGES_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_clean), TEST(test_nothing_connected), TEST(test_permission), TEST(test_group_not_active),
		TEST(test_held), TEST(test_modem_manager), TEST(test_brltty), TEST(test_kernel_driver), TEST(test_unbound),
		TEST(test_adapter), TEST(test_identity), TEST(test_same_number), TEST(test_rules), TEST(test_machine),
		TEST(test_study), TEST(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
