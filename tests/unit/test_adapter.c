/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_adapter.c - which port an address by identity means, which address stays the same, and what
 * discovery lists: against a machine made of umockdev's words, with the real libudev.
 */
#include "assert_close.h"

#include "base/status.h"
#include "driver/adapter.h"
#include "driver/driver.h"
#include "driver/transport/transport.h"

#include <stdlib.h>
#include <string.h>
#include <umockdev.h>
#include <unistd.h>

static char said[1024];
static int said_id;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	snprintf(said, sizeof(said), "%s", text);
	said_id = id;
}

/* ---- the machine -------------------------------------------------------------------------------- */

struct usb {
	const char *place; /* "1-2" */
	unsigned vid, pid;
	const char *serial; /* NULL: none */
	const char *product;
	int number; /* of its usbfs node; no two the same */
};

static const struct usb ftdi = {"1-1", 0x0403, 0x6001, "AG0042", "FT232R USB UART", 2};
static const struct usb ch340_a = {"1-2", 0x1a86, 0x7523, NULL, "USB Serial", 3};
static const struct usb ch340_b = {"1-3.4", 0x1a86, 0x7523, NULL, "USB Serial", 4};
static const struct usb cp210x_a = {"2-1", 0x10c4, 0xea60, "0001", "CP2102", 5};
static const struct usb cp210x_b = {"2-2", 0x10c4, 0xea60, "0001", "CP2102", 6};
static const struct usb two_ports = {"2-3", 0x0403, 0x6010, "FT5", "Dual RS232", 7};
static const struct usb scale_a = {"3-1", 0x0922, 0x8003, NULL, "M10", 8};
static const struct usb scale_b = {"3-2", 0x0922, 0x8003, NULL, "M10", 9};
static const struct usb scale_c = {"3-3", 0x0eb8, 0xf000, "SN/7 ?", "Scale", 10};
static const struct usb mouse = {"3-4", 0x046d, 0xc077, NULL, "Mouse", 11};

static UMockdevTestbed *bed;
static gchar *root; /* of its /dev and /sys */

static void add_text(const char *text)
{
	GError *error = NULL;

	if (!umockdev_testbed_add_from_string(bed, text, &error))
		fail_msg("%s", error->message);
}

static void plug(const struct usb *u)
{
	char text[1024];

	snprintf(text, sizeof(text),
		"P: /devices/pci0/usb%c/%s\nN: bus/usb/00%c/%03d\nE: DEVNAME=/dev/bus/usb/00%c/%03d\nE: SUBSYSTEM=usb\n"
		"E: DEVTYPE=usb_device\nA: idVendor=%04x\\n\nA: idProduct=%04x\\n\nA: product=%s\\n\n%s%s%s\n",
		u->place[0], u->place, u->place[0], u->number, u->place[0], u->number, u->vid, u->pid, u->product,
		u->serial ? "A: serial=" : "", u->serial ? u->serial : "", u->serial ? "\\n\n" : "");
	add_text(text);
}

/* Its serial port on interface n; latency_ms 0: the chip has no such timer. */
static void add_port(const struct usb *u, int n, int tty, int latency_ms)
{
	char text[1500], timer[40] = "";

	if (latency_ms)
		snprintf(timer, sizeof(timer), "A: latency_timer=%d\\n\n", latency_ms);
	snprintf(text, sizeof(text),
		"P: /devices/pci0/usb%c/%s/%s:1.%d\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: DRIVER=x\n\n"
		"P: /devices/pci0/usb%c/%s/%s:1.%d/ttyUSB%d\nE: SUBSYSTEM=usb-serial\nE: DRIVER=x\n%s\n"
		"P: /devices/pci0/usb%c/%s/%s:1.%d/ttyUSB%d/tty/ttyUSB%d\nE: DEVNAME=/dev/ttyUSB%d\nE: SUBSYSTEM=tty\n"
		"L: device=../../../ttyUSB%d\n",
		u->place[0], u->place, u->place, n, u->place[0], u->place, u->place, n, tty, timer, u->place[0], u->place,
		u->place, n, tty, tty, tty, tty);
	add_text(text);
	snprintf(text, sizeof(text), "%s/dev/ttyUSB%d", root, tty);
	fclose(fopen(text, "w"));
}

static void remove_port(const struct usb *u, int n, int tty)
{
	char text[300];

	snprintf(text, sizeof(text), "/sys/devices/pci0/usb%c/%s/%s:1.%d/ttyUSB%d/tty/ttyUSB%d", u->place[0], u->place,
		u->place, n, tty, tty);
	for (int level = 0; level < 3; level++) { /* port, chip's port, interface */
		umockdev_testbed_remove_device(bed, text);
		*strrchr(text, '/') = '\0';
		if (level == 0)
			*strrchr(text, '/') = '\0'; /* the folder "tty" */
	}
	snprintf(text, sizeof(text), "%s/dev/ttyUSB%d", root, tty);
	unlink(text);
}

static int setup(void **state)
{
	(void)state;
	bed = umockdev_testbed_new();
	root = umockdev_testbed_get_root_dir(bed);
	assert_true(umockdev_in_mock_environment());
	add_text("P: /devices/virtual/tty/tty0\nE: DEVNAME=/dev/tty0\nE: SUBSYSTEM=tty\n");
	said[0] = '\0';
	said_id = 0;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	g_free(root);
	g_object_unref(bed);
	return 0;
}

/* ---- which port ------------------------------------------------------------------------------------ */

static int find(const char *address, struct alg_adapter *out)
{
	struct alg_log log = {.sink = keep};
	struct alg_uri uri;

	said_id = 0;
	assert_int_equal(alg_uri_parse(address, &uri, NULL), 0);
	return alg_adapter_find(&uri, out, &log);
}

static void assert_finds(const char *address, const char *node)
{
	struct alg_adapter a;
	int rc = find(address, &a);

	if (rc || strcmp(a.node, node) != 0)
		fail_msg("%s: status %d, node '%s', said '%s'", address, rc, a.node, said);
}

static void test_find(void **state)
{
	struct alg_adapter a;

	(void)state;
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	plug(&ch340_a);
	add_port(&ch340_a, 0, 1, 0);
	assert_finds("serial:0403:6001:AG0042", "/dev/ttyUSB0");
	assert_finds("serial:path=1-1", "/dev/ttyUSB0");
	assert_finds("serial:0403:6001:path=1-1:1.0", "/dev/ttyUSB0");
	assert_finds("serial:1a86:7523:path=1-2", "/dev/ttyUSB1");
	assert_int_equal(find("serial:0403:6001:AG0043", &a), ALG_ERR_NODEV);
	assert_int_equal(said_id, 301);
	assert_int_equal(find("serial:0403:6001:path=1-2", &a), ALG_ERR_NODEV); /* the place, and another chip there */
	assert_int_equal(find("serial:path=1-4", &a), ALG_ERR_NODEV);
	/* Unplugged and back with another number, its old one given away. */
	remove_port(&ftdi, 0, 0);
	assert_int_equal(find("serial:0403:6001:AG0042", &a), ALG_ERR_NODEV);
	plug(&ch340_b);
	add_port(&ch340_b, 0, 0, 0);
	add_port(&ftdi, 0, 5, 16);
	assert_finds("serial:0403:6001:AG0042", "/dev/ttyUSB5");
}

static void test_alike(void **state)
{
	struct alg_adapter a;

	(void)state;
	plug(&cp210x_a);
	add_port(&cp210x_a, 0, 0, 0);
	assert_finds("serial:10c4:ea60:0001", "/dev/ttyUSB0");
	plug(&cp210x_b);
	add_port(&cp210x_b, 0, 1, 0);
	assert_int_equal(find("serial:10c4:ea60:0001", &a), ALG_ERR_ARG);
	assert_int_equal(said_id, 311);
	assert_non_null(strstr(said, "0001 at path=2-1:1.0, 0001 at path=2-2:1.0"));
	assert_finds("serial:10c4:ea60:path=2-2", "/dev/ttyUSB1");
	/* Two ports of one adapter. */
	plug(&two_ports);
	add_port(&two_ports, 0, 2, 0);
	add_port(&two_ports, 1, 3, 0);
	assert_int_equal(find("serial:0403:6010:FT5", &a), ALG_ERR_ARG);
	assert_finds("serial:0403:6010:path=2-3:1.1", "/dev/ttyUSB3");
}

/* ---- which address stays ---------------------------------------------------------------------------- */

static void assert_stable(const char *address, const char *expected)
{
	char out[320];
	bool is = alg_uri_stable(address, out, sizeof(out));

	if (is != (*expected != '\0') || strcmp(out, expected) != 0)
		fail_msg("%s: '%s', expected '%s'", address, out, expected);
}

/* A serial number that a shell would obey is shown, and stands in no address that people copy. */
static void add_shell_port(void)
{
	static const struct usb hostile = {.place = "2-4", .number = 44, .vid = 0x0403, .pid = 0x6015, .serial = "A'$(id)`;", .product = "x"};

	plug(&hostile);
	add_port(&hostile, 0, 6, 0);
}

static void test_stable(void **state)
{
	(void)state;
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	plug(&ch340_a);
	add_port(&ch340_a, 0, 1, 0);
	plug(&cp210x_a);
	add_port(&cp210x_a, 0, 2, 0);
	plug(&two_ports);
	add_port(&two_ports, 0, 4, 0);
	add_port(&two_ports, 1, 5, 0);
	assert_stable("serial:/dev/ttyUSB0?family=wagner&polarity=-", "serial:0403:6001:AG0042?family=wagner&polarity=-");
	assert_stable("serial:/dev/ttyUSB1", "serial:1a86:7523:path=1-2");
	assert_stable("serial:/dev/ttyUSB2", "serial:10c4:ea60:0001");
	assert_stable("serial:/dev/ttyUSB5", "serial:0403:6010:path=2-3:1.1");
	plug(&cp210x_b); /* its number is no number any more */
	add_port(&cp210x_b, 0, 3, 0);
	assert_stable("serial:/dev/ttyUSB2", "serial:10c4:ea60:path=2-1");
	add_shell_port();
	assert_stable("serial:/dev/ttyUSB6", "serial:0403:6015:path=2-4");
	assert_stable("serial:/dev/ttyUSB9", "");
	assert_stable("serial:/dev/tty0", "");
	assert_stable("serial:0403:6001:AG0042", "");
	assert_stable("usb:0922:8003", "");
	assert_stable("tty:/dev/ttyUSB0", "");
	assert_stable("nonsense", "");
}

/* Links to a port mean its adapter, and are addresses that somebody chose. */
static void test_link(void **state)
{
	struct alg_adapter a;
	char path[300], target[300];

	(void)state;
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	snprintf(target, sizeof(target), "%s/dev/ttyUSB0", root);
	snprintf(path, sizeof(path), "%s/dev/gauge", root);
	assert_int_equal(symlink(target, path), 0);
	assert_true(alg_adapter_of("/dev/gauge", &a));
	assert_string_equal(a.node, "/dev/ttyUSB0");
	assert_string_equal(a.serial, "AG0042");
	assert_string_equal(a.usb_id, "0403:6001");
	assert_string_equal(a.interface, "1-1:1.0");
	assert_stable("serial:/dev/gauge", "");
	assert_false(alg_adapter_of("/dev/null", &a));
	assert_false(alg_adapter_of("", &a));
	assert_string_equal(a.node, "");
}

/* ---- not another one in its place ------------------------------------------------------------------- */

static int open_as(const char *address, const struct alg_device_info *before)
{
	struct alg_log log = {.sink = keep};
	struct alg_open_opts opts = {.log = &log, .same_as = before};
	struct alg_device *dev;
	struct alg_uri uri;
	int rc;

	said_id = 0;
	assert_int_equal(alg_uri_parse(address, &uri, NULL), 0);
	rc = alg_device_open(&uri, &opts, &dev);
	assert_int_not_equal(rc, 0); /* there is no real port behind any of these */
	assert_null(dev);
	return rc;
}

static void test_same(void **state)
{
	const char *address = "serial:/dev/ttyUSB0?family=wagner";
	struct alg_device_info by_number = {.usb_id = "0403:6001", .usb_serial = "AG0042", .usb_path = "7-7:1.0"};
	struct alg_device_info other = {.usb_id = "0403:6001", .usb_serial = "AG0041", .usb_path = "1-1:1.0"};
	struct alg_device_info by_place = {.usb_id = "0403:6001", .usb_path = "1-1:1.0"}, elsewhere = by_place, none = {0};

	(void)state;
	strcpy(elsewhere.usb_path, "1-2:1.0");
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	open_as(address, NULL); /* the port itself is refused, later: it is a plain file */
	assert_int_equal(said_id, 305);
	open_as(address, &by_number); /* moved to another socket: the same adapter */
	assert_int_equal(said_id, 305);
	open_as(address, &by_place);
	assert_int_equal(said_id, 305);
	assert_int_equal(open_as(address, &other), ALG_ERR_NODEV);
	assert_int_equal(said_id, 335);
	assert_non_null(strstr(said, "0403:6001 AG0042; the gauge was 0403:6001 AG0041"));
	assert_int_equal(open_as(address, &elsewhere), ALG_ERR_NODEV);
	assert_int_equal(said_id, 335);
	assert_int_equal(open_as(address, &none), ALG_ERR_NODEV);
	assert_int_equal(said_id, 335);
	assert_non_null(strstr(said, "the gauge was not on USB"));
	strcpy(by_number.usb_path, "7-7:1.1"); /* the other port of an adapter with two */
	assert_int_equal(open_as(address, &by_number), ALG_ERR_NODEV);
	assert_int_equal(said_id, 335);
}

/* ---- the list ------------------------------------------------------------------------------------------ */

static struct alg_candidate list[16];
static int n_list;

static const struct alg_candidate *listed(const char *address)
{
	for (int i = 0; i < n_list; i++)
		if (strcmp(list[i].address, address) == 0)
			return &list[i];
	fail_msg("'%s' is not listed", address);
	return NULL;
}

static void discover(void)
{
	struct alg_log log = {.sink = keep};

	n_list = alg_discover(list, sizeof(list) / sizeof(list[0]), &log);
	assert_in_range(n_list, 0, 16);
}

/* A port of a gauge with an identity of its own needs no family in its address; that of a bridge does. */
static void test_own_identity(void **state)
{
	int number = 20;

	(void)state;
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	open_as("serial:/dev/ttyUSB0", NULL);
	assert_int_equal(said_id, 207);
	for (size_t i = 0; alg_model_at(i); i++) {
		const struct alg_model *model = alg_model_at(i);
		const struct alg_driver *driver = model->family ? alg_driver_find(model->family) : NULL;
		struct usb own = {.place = "5-1", .vid = model->vid, .pid = model->pid, .serial = "A1", .product = "x"};
		char address[64];

		if (!driver || driver->usb)
			continue;
		own.number = number++;
		plug(&own);
		discover(); /* the kernel has no port for it yet */
		snprintf(address, sizeof(address), "serial:%04x:%04x:A1", model->vid, model->pid);
		assert_string_equal(listed(address)->family, model->family);
		assert_non_null(strstr(listed(address)->verdict, "no serial port for it"));
		add_port(&own, 0, 7, 16);
		discover();
		assert_string_equal(listed("serial:/dev/ttyUSB7")->family, model->family);
		assert_string_equal(listed("serial:/dev/ttyUSB7")->stable, address);
		assert_string_equal(listed("serial:/dev/ttyUSB7")->verdict, "usable");
		open_as("serial:/dev/ttyUSB7", NULL);
		assert_int_equal(said_id, 305); /* as far as the port, which is a plain file here */
		remove_port(&own, 0, 7);
		umockdev_testbed_remove_device(bed, "/sys/devices/pci0/usb5/5-1");
	}
}

static void test_latency(void **state)
{
	struct alg_adapter a;
	int error;

	(void)state;
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	plug(&ch340_a);
	add_port(&ch340_a, 0, 1, 0);
	assert_true(alg_adapter_of("/dev/ttyUSB1", &a));
	assert_string_equal(a.latency, "");
	assert_true(alg_adapter_of("/dev/ttyUSB0", &a));
	assert_non_null(strstr(a.latency, "/1-1:1.0/ttyUSB0/latency_timer"));
	assert_int_equal(alg_latency_lower(a.latency, -1, &error), 1);
	assert_true(alg_adapter_of("/dev/ttyUSB0", &a));
	assert_int_equal(alg_latency_lower(a.latency, -1, &error), 1);
	assert_int_equal(error, 0);
}

static void test_list(void **state)
{
	const struct alg_candidate *c;

	(void)state;
	discover();
	assert_int_equal(n_list, 0); /* tty0 is no port */
	plug(&ftdi);
	add_port(&ftdi, 0, 0, 16);
	plug(&scale_a);
	plug(&scale_c);
	plug(&mouse);
	discover();
	assert_int_equal(n_list, 3);
	c = listed("serial:/dev/ttyUSB0");
	assert_string_equal(c->stable, "serial:0403:6001:AG0042");
	assert_string_equal(c->serial, "AG0042");
	assert_string_equal(c->usb_path, "1-1");
	assert_string_equal(c->family, "");
	assert_string_equal(c->model, "FT232R USB UART");
	assert_true(c->permitted);
	c = listed("usb:0922:8003");
	assert_string_equal(c->stable, "usb:0922:8003:path=3-1");
	assert_string_equal(c->family, "hid-scale");
	assert_string_equal(c->verdict, "usable");
	c = listed("usb:0eb8:f000:path=3-3"); /* its number cannot stand in an address */
	assert_string_equal(c->stable, c->address);
	plug(&scale_b);
	discover();
	assert_int_equal(n_list, 4);
	c = listed("usb:0922:8003:path=3-2");
	assert_non_null(strstr(c->verdict, "2 alike without serial number, told apart by the USB socket only"));
	listed("usb:0922:8003:path=3-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_find, setup, teardown),
		cmocka_unit_test_setup_teardown(test_alike, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stable, setup, teardown),
		cmocka_unit_test_setup_teardown(test_link, setup, teardown),
		cmocka_unit_test_setup_teardown(test_same, setup, teardown),
		cmocka_unit_test_setup_teardown(test_own_identity, setup, teardown),
		cmocka_unit_test_setup_teardown(test_latency, setup, teardown),
		cmocka_unit_test_setup_teardown(test_list, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
