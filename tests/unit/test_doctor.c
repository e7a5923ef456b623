/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `doctor` finds on faked computers: a clean one, where it must find nothing, and for each
 * finding one that differs from it in just that. /sys, /dev and udev's properties are umockdev's;
 * /proc, /etc and the folders of udev lie below a root of the test's own.
 */
#include "assert_close.h"

#include "base/file.h"
#include "base/text.h"
#include "host/host.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <umockdev.h>
#include <unistd.h>

enum { GID_DIALOUT = 20, GID_PLUGDEV = 46 };

struct adapter {
	const char *vid, *pid, *serial, *manufacturer, *product;
	const char *latency, *control, *delay, *driver, *mm, *mm_usb;
	bool without_port, second_port;
};

static struct scene {
	char root[64];
	struct adapter adapters[2];
	int n_adapters;
	bool board_port;
	gid_t node_gid;
	mode_t node_mode;
	int node_error, board_error, study_error; /* of access(2) */
	gid_t own_group;
	struct statfs disk;
	int disk_error, clock_state, clock_status;
	const char *path;
	struct alg_candidate list[8];
	struct host_report report;
	int rc;
} scene;

/* ---- the faked computer ------------------------------------------------------------------------------ */

static int fake_stat(const char *path, struct stat *out)
{
	(void)path;
	*out = (struct stat){.st_gid = scene.node_gid, .st_mode = S_IFCHR | scene.node_mode, .st_dev = 0x0005, .st_ino = 1042};
	return 0;
}

static int fake_access(const char *path, int mode)
{
	(void)mode;
	errno = strcmp(path, "/dev/ttyS0") == 0 ? scene.board_error
		: strncmp(path, "/dev/", 5) == 0 ? scene.node_error : scene.study_error;
	return errno ? -1 : 0;
}

static int fake_statfs(const char *path, struct statfs *out)
{
	(void)path;
	*out = scene.disk;
	errno = scene.disk_error;
	return errno ? -1 : 0;
}

static int fake_adjtimex(struct timex *inout)
{
	assert_int_equal(inout->modes, 0); /* asked, never set */
	inout->status = scene.clock_status;
	return scene.clock_state;
}

/* A file below the root; the folders on its way are made. */
static void put(const char *path, const char *text, mode_t mode)
{
	char full[PATH_MAX], folder[PATH_MAX];
	FILE *f;

	snprintf(full, sizeof(full), "%s%s", scene.root, path);
	alg_text_copy(folder, sizeof(folder), full);
	*strrchr(folder, '/') = '\0';
	assert_int_equal(alg_dir_make(folder, NULL), 0);
	f = fopen(full, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(full, mode), 0);
}

static void put_link(const char *path, const char *target)
{
	char full[PATH_MAX];

	put(path, "", 0600);
	snprintf(full, sizeof(full), "%s%s", scene.root, path);
	assert_int_equal(unlink(full), 0);
	assert_int_equal(symlink(target, full), 0);
}

static void drop(const char *path)
{
	char full[PATH_MAX];

	snprintf(full, sizeof(full), "%s%s", scene.root, path);
	assert_int_equal(unlink(full), 0);
}

#define OWN_RULES "/usr/local/lib/udev/rules.d/70-algometer.rules"

/* One FTDI adapter with a serial number, everything as it should be. */
static void make_clean(void)
{
	scene = (struct scene){.root = "/tmp/alg-doctor.XXXXXX", .n_adapters = 1, .node_gid = GID_DIALOUT, .node_mode = 0660,
		.own_group = 1000, .path = "relative:/usr/bin",
		.disk = {.f_type = 0xEF53, .f_bsize = 4096, .f_blocks = 25000000, .f_bavail = 12000000}};
	scene.adapters[0] = (struct adapter){.vid = "0403", .pid = "6001", .serial = "AG0042", .manufacturer = "Acme",
		.product = "Gauge", .latency = "1", .control = "on", .delay = "2000"};
	assert_non_null(mkdtemp(scene.root));
	put("/etc/group", "root:x:0:\ndialout:x:20:berta\nplugdev:x:46:\n", 0644);
	put(OWN_RULES, "ATTR{idVendor}==\"0922\", TAG+=\"uaccess\"\n", 0644);
	put("/usr/lib/udev/rules.d/73-seat-late.rules", "TAG==\"uaccess\"\n", 0644);
	put("/usr/bin/gnuplot", "", 0755);
	put("/proc/100/comm", "bash\n", 0644);
	put_link("/proc/100/fd/0", "/dev/pts/0");
	put("/proc/locks", "1: POSIX  ADVISORY  WRITE 100 00:05:999 0 EOF\n", 0444);
	put("/proc/modules", "ftdi_sio 69632 0 - Live 0x0\nch341 24576 0 - Live 0x0\n", 0444);
}

static void add_usb(UMockdevTestbed *bed, int i)
{
	const struct adapter *a = &scene.adapters[i];
	char text[2000] = "";

	alg_text_add(text, sizeof(text), "P: /devices/pci0/usb1/1-%d\nN: bus/usb/001/00%d\nE: DEVNAME=/dev/bus/usb/001/00%d\n"
		"E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: MAJOR=189\nE: MINOR=%d\n", i + 1, i + 2, i + 2, i + 1);
	alg_text_add(text, sizeof(text), "A: idVendor=%s\\n\nA: idProduct=%s\\n\nA: manufacturer=%s\\n\nA: product=%s\\n\n", a->vid, a->pid,
		a->manufacturer, a->product);
	alg_text_add(text, sizeof(text), "A: power/control=%s\\n\nA: power/autosuspend_delay_ms=%s\\n\n", a->control, a->delay);
	if (a->serial)
		alg_text_add(text, sizeof(text), "A: serial=%s\\n\n", a->serial);
	if (a->mm_usb)
		alg_text_add(text, sizeof(text), "E: %s=1\n", a->mm_usb);
	assert_true(umockdev_testbed_add_from_string(bed, text, NULL));
	text[0] = '\0';
	alg_text_add(text, sizeof(text), "P: /devices/pci0/usb1/1-%d/1-%d:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n%s%s%s"
		"A: bInterfaceNumber=00\\n\n", i + 1, i + 1, a->driver ? "E: DRIVER=" : "", a->driver ? a->driver : "", a->driver ? "\n" : "");
	assert_true(umockdev_testbed_add_from_string(bed, text, NULL));
}

/* A port of adapter i; number is that of its name. */
static void add_tty(UMockdevTestbed *bed, int i, int number)
{
	const struct adapter *a = &scene.adapters[i];
	char text[2000] = "";

	alg_text_add(text, sizeof(text), "P: /devices/pci0/usb1/1-%d/1-%d:1.0/ttyUSB%d\nE: SUBSYSTEM=usb-serial\nE: DRIVER=ftdi_sio\n",
		i + 1, i + 1, number);
	if (a->latency)
		alg_text_add(text, sizeof(text), "A: latency_timer=%s\\n\n", a->latency);
	assert_true(umockdev_testbed_add_from_string(bed, text, NULL));
	text[0] = '\0';
	alg_text_add(text, sizeof(text), "P: /devices/pci0/usb1/1-%d/1-%d:1.0/ttyUSB%d/tty/ttyUSB%d\nN: ttyUSB%d\n"
		"E: DEVNAME=/dev/ttyUSB%d\nE: SUBSYSTEM=tty\nE: MAJOR=188\nE: MINOR=%d\n"
		"E: DEVLINKS=/dev/serial/by-id/x /dev/serial/by-path/pci-0-usb-0:%d:1.0-port0\n", i + 1, i + 1, number, number, number, number, number,
		i + 1);
	if (a->mm)
		alg_text_add(text, sizeof(text), "E: %s=1\n", a->mm);
	alg_text_add(text, sizeof(text), "L: device=../../../ttyUSB%d\n", number);
	assert_true(umockdev_testbed_add_from_string(bed, text, NULL));
}

static void add_board_port(UMockdevTestbed *bed)
{
	assert_true(umockdev_testbed_add_from_string(bed, "P: /devices/pnp0/00:05\nE: SUBSYSTEM=pnp\nE: DRIVER=serial\n"
		"L: driver=../../../bus/pnp/drivers/serial\n", NULL));
	assert_true(umockdev_testbed_add_from_string(bed, "P: /devices/pnp0/00:05/tty/ttyS0\nN: ttyS0\nE: DEVNAME=/dev/ttyS0\n"
		"E: SUBSYSTEM=tty\nE: MAJOR=4\nE: MINOR=64\nA: type=4\\n\n", NULL));
}

static void examine(void)
{
	UMockdevTestbed *bed = umockdev_testbed_new();
	char study[80];
	struct host_view view = {.root = scene.root, .path = scene.path, .study = study, .release = "6.1.0-test", .candidates = scene.list,
		.user = {.name = "anna", .groups = {scene.own_group}, .n_groups = 1}, .stat = fake_stat, .access = fake_access,
		.statfs = fake_statfs, .adjtimex = fake_adjtimex};
	int n;

	assert_true(umockdev_in_mock_environment());
	snprintf(study, sizeof(study), "%s/study", scene.root);
	for (int i = 0; i < scene.n_adapters; i++) {
		add_usb(bed, i);
		if (!scene.adapters[i].without_port)
			add_tty(bed, i, i);
		if (scene.adapters[i].second_port)
			add_tty(bed, i, i + 5);
	}
	if (scene.board_port)
		add_board_port(bed);
	n = alg_discover(scene.list, 8, NULL);
	assert_in_range(n, 0, 8);
	view.n_candidates = host_with_node(scene.list, (size_t)n);
	scene.rc = host_examine(&view, &scene.report, NULL);
	g_object_unref(bed);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static void clear(void)
{
	assert_int_equal(nftw(scene.root, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* ---- one fault each ------------------------------------------------------------------------------------ */

static void nothing(void)
{
}

static void other_group(void)
{
	scene.node_error = EACCES;
	scene.node_gid = GID_PLUGDEV;
}

static void only_root(void)
{
	scene.node_error = EACCES;
	scene.node_gid = 0;
}

static void only_root_writes(void) /* the group may read only, which is no help */
{
	scene.node_error = EACCES;
	scene.node_mode = 0640;
}

static void forbidden_otherwise(void)
{
	scene.node_error = EPERM;
	scene.own_group = GID_DIALOUT;
}

static void group_from_next_login(void)
{
	scene.node_error = EACCES;
	put("/etc/group", "root:x:0:\ndialout:x:20:berta,anna\n", 0644);
}

static void no_such_node(void)
{
	scene.node_error = ENXIO;
}

static void modemmanager(void)
{
	put("/proc/700/comm", "ModemManager\n", 0644);
}

static void modemmanager_that_ignores(void)
{
	modemmanager();
	scene.adapters[0].mm = "ID_MM_DEVICE_IGNORE";
}

static void modemmanager_that_ignores_the_adapter(void)
{
	modemmanager();
	scene.adapters[0].mm_usb = "ID_MM_DEVICE_IGNORE";
}

static void modemmanager_that_ignores_the_port(void)
{
	modemmanager();
	scene.adapters[0].mm = "ID_MM_PORT_IGNORE";
}

#define BRLTTY "/usr/lib/udev/rules.d/85-brltty.rules"

static void ch340(void)
{
	scene.adapters[0].vid = "1a86";
	scene.adapters[0].pid = "7523";
	scene.adapters[0].latency = NULL;
}

static void brltty_that_waits(void)
{
	ch340();
	put(BRLTTY, "# ENV{PRODUCT}==\"403/6001/*\"\n  ENV{PRODUCT}==\"1a86/7523/*\", ENV{BRLTTY_BRAILLE_DRIVER}=\"bm\"\n", 0644);
}

static void brltty_that_took_it(void)
{
	brltty_that_waits();
	scene.adapters[0].without_port = true;
}

static void brltty_that_runs(void) /* as a service, without rules */
{
	ch340();
	scene.adapters[0].without_port = true;
	put("/proc/800/comm", "brltty\n", 0644);
}

static void brltty_for_others(void) /* commented out, another chip, and a maker of braille displays by name */
{
	put("/proc/800/comm", "brltty\n", 0644);
	put(BRLTTY, "#ENV{PRODUCT}==\"403/6001/*\", RUN\nENV{PRODUCT}==\"1a86/7523/*\", RUN\n"
		"ENV{PRODUCT}==\"403/6001/*\", ATTRS{manufacturer}==\"Hedo Reha Technik GmbH\", RUN\n"
		"ENV{PRODUCT}==\"403/6001/*\", ATTRS{product}==\"Gauge 2\", RUN\n", 0644);
}

static void brltty_by_name(void)
{
	put(BRLTTY, "ENV{PRODUCT}==\"403/6001/*\", ATTRS{manufacturer}==\"Acme\", RUN\n", 0644);
}

static void brltty_masked(void)
{
	brltty_that_waits();
	put("/etc/udev/rules.d/85-brltty.rules", "", 0644);
}

static void held_by_program(void)
{
	put("/proc/4321/comm", "minicom\n", 0644);
	put_link("/proc/4321/fd/3", "/dev/ttyUSB0");
}

static void held_by_lock(void) /* its descriptors are another user's */
{
	put("/proc/555/comm", "algometer\n", 0644);
	put("/proc/locks", "1: -> FLOCK ADVISORY WRITE 9 00:05:1042 0 EOF\n2: FLOCK  ADVISORY  WRITE 555 00:05:1042 0 EOF\n", 0444);
}

static void scale(void)
{
	scene.adapters[0].vid = "0922";
	scene.adapters[0].pid = "8003";
	scene.adapters[0].without_port = true;
}

static void scale_that_is_closed(void)
{
	scale();
	only_root();
}

static void held_unseen(void)
{
	scale();
	scene.adapters[0].driver = "usbfs";
}

static void slow_timer(void)
{
	scene.adapters[0].latency = "16";
}

static void falls_asleep(void)
{
	scene.adapters[0].control = "auto";
}

static void never_asleep(void) /* a negative delay switches it off */
{
	falls_asleep();
	scene.adapters[0].delay = "-1000";
}

static void no_module(void)
{
	scene.adapters[0].without_port = true;
	put("/proc/modules", "ftdi_sio_not 1\n", 0444);
	put("/lib/modules/6.1.0-test/modules.dep", "kernel/drivers/usb/serial/ftdi_sio.ko: kernel/drivers/usb/serial/usbserial.ko\n", 0444);
}

static void no_module_delivered(void)
{
	no_module();
	put("/lib/modules/6.1.0-test/modules.dep", "kernel/fs/ext4/ext4.ko:\n", 0444);
}

static void kernel_replaced(void)
{
	scene.adapters[0].without_port = true;
	put("/proc/modules", "", 0444);
	put("/lib/modules/6.1.0-test-2/modules.dep", "kernel/drivers/usb/serial/ftdi_sio.ko:\n", 0444);
}

static void modules_unseen(void)
{
	scene.adapters[0].without_port = true;
	put("/proc/modules", "", 0444);
}

static void not_bound(void)
{
	scene.adapters[0].without_port = true;
}

static void imada(void)
{
	not_bound();
	scene.adapters[0].vid = "1412";
	scene.adapters[0].pid = "0200";
}

static void imada_beside_brltty(void)
{
	imada();
	put("/proc/800/comm", "brltty\n", 0644);
}

static void no_serial(void)
{
	scene.adapters[0].serial = NULL;
}

static void twins_without_serial(void)
{
	no_serial();
	scene.adapters[1] = scene.adapters[0];
	scene.n_adapters = 2;
}

static void twins_with_serial(void)
{
	scene.adapters[1] = scene.adapters[0];
	scene.n_adapters = 2;
}

static void twin_scales(void) /* without a port, so without a name by the socket */
{
	scale();
	twins_without_serial();
}

static void two_ports_of_one_adapter(void)
{
	scene.adapters[0].second_port = true;
}

static void two_that_differ(void)
{
	twins_with_serial();
	scene.adapters[1].serial = "AG0043";
}

static void no_rules(void)
{
	drop(OWN_RULES);
}

static void masked_rules(void)
{
	put("/etc/udev/rules.d/70-algometer.rules", "", 0644);
}

static void late_rules(void)
{
	no_rules();
	put("/etc/udev/rules.d/99-algometer.rules", "TAG+=\"uaccess\"\n", 0644);
}

static void late_rules_beside_good_ones(void)
{
	put("/etc/udev/rules.d/99-algometer.rules", "TAG+=\"uaccess\"\n", 0644);
}

static void no_gnuplot(void)
{
	drop("/usr/bin/gnuplot");
}

static void network_share(void)
{
	scene.disk.f_type = 0x6969;
}

static void read_only(void)
{
	scene.disk.f_flags = ST_RDONLY;
}

static void not_writable(void)
{
	scene.study_error = EACCES;
}

static void no_study(void)
{
	scene.disk_error = ENOENT;
}

static void disk_low(void)
{
	scene.disk.f_blocks = 1000000;
	scene.disk.f_bavail = 199000000 / 4096;
}

static void disk_with_enough(void)
{
	scene.disk.f_blocks = 1000000;
	scene.disk.f_bavail = 200000000 / 4096 + 1;
}

static void disk_low_of_a_large_one(void) /* 1.9 GB of 102 GB are less than 2 per cent */
{
	scene.disk.f_bavail = 1900000000 / 4096;
}

static void disk_low_in_per_cent_only(void) /* 2.1 GB of 410 GB */
{
	scene.disk.f_blocks = 100000000;
	scene.disk.f_bavail = 2100000000 / 4096;
}

static void disk_full(void)
{
	scene.disk.f_bavail = 0;
}

static void clock_free(void)
{
	scene.clock_status = STA_UNSYNC;
}

static void clock_error(void)
{
	scene.clock_state = TIME_ERROR;
}

static void clock_not_told(void) /* a sandbox that does not let one ask */
{
	scene.clock_state = -1;
}

static void no_device(void)
{
	scene.n_adapters = 0;
}

static void only_board_port(void)
{
	scene.n_adapters = 0;
	scene.board_port = true;
}

/* Refused, with a port of the board beside it that nobody means. */
static void refused_beside_board_port(void)
{
	only_root();
	scene.board_port = true;
}

static void board_port_refused(void)
{
	scene.board_port = true;
	scene.board_error = EACCES;
}

static void only_board_port_refused(void)
{
	board_port_refused();
	scene.n_adapters = 0;
}

enum { MEASURES, NO_DEVICE = 3, NO_STUDY = 1 };

static const struct row {
	const char *what;
	void (*make)(void);
	const char *id; /* NULL: nothing is found */
	enum host_severity severity;
	int prevents;
	const char *says, *remedy, *command; /* parts of the sentences; NULL: any */
} rows[] = {
	{"clean", nothing, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"another group", other_group, "no-permission", HOST_FAULT, NO_DEVICE, "group 'plugdev', and you are not one", "log out and in",
		"sudo usermod -aG plugdev anna"},
	{"root's", only_root, "no-permission", HOST_FAULT, NO_DEVICE, "administrator only", "type:",
		"echo 'SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"0403\", ATTRS{idProduct}==\"6001\", TAG+=\"uaccess\"' | sudo tee -a "},
	{"group may only read", only_root_writes, "no-permission", HOST_FAULT, NO_DEVICE, "administrator only", "type:", "uaccess"},
	{"forbidden to the group", forbidden_otherwise, "no-permission", HOST_FAULT, NO_DEVICE, "although you are in its group 'dialout'",
		"Ask", ""},
	{"group waits", group_from_next_login, "group-not-active", HOST_FAULT, NO_DEVICE, "'dialout' after you logged in",
		"Log out and in again", ""},
	{"no node", no_such_node, "no-node", HOST_FAULT, NO_DEVICE, "No such device", "Unplug", ""},
	{"ModemManager", modemmanager, "modemmanager", HOST_WARNING, MEASURES, "/dev/ttyUSB0 alone", "plug it in again",
		"ATTRS{idVendor}==\"0403\", ATTRS{idProduct}==\"6001\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"' | sudo tee -a "},
	{"ModemManager ignores the device", modemmanager_that_ignores, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"ModemManager ignores the adapter", modemmanager_that_ignores_the_adapter, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"ModemManager ignores the port", modemmanager_that_ignores_the_port, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"CH340", ch340, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"brltty waits", brltty_that_waits, "brltty", HOST_WARNING, MEASURES, "is set up to take the adapter at /dev/ttyUSB0", "braille",
		"sudo apt remove brltty"},
	{"brltty took it", brltty_that_took_it, "brltty", HOST_FAULT, NO_DEVICE, "has taken the adapter at USB socket 1-1 (WCH CH340)",
		"braille", "sudo apt remove brltty"},
	{"brltty runs", brltty_that_runs, "brltty", HOST_FAULT, NO_DEVICE, "has taken", "braille", "sudo apt remove brltty"},
	{"brltty for others", brltty_for_others, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"brltty by the maker's name", brltty_by_name, "brltty", HOST_WARNING, MEASURES, "set up", NULL, NULL},
	{"brltty masked", brltty_masked, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"held by a program", held_by_program, "busy", HOST_FAULT, NO_DEVICE, "'minicom' (process 4321)", "Close", "kill 4321"},
	{"held by a lock", held_by_lock, "busy", HOST_FAULT, NO_DEVICE, "'algometer' (process 555)", "Close", "kill 555"},
	{"held unseen", held_unseen, "busy", HOST_FAULT, NO_DEVICE, "you may not see", "names", "sudo algometer doctor"},
	{"scale", scale, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"scale, root's", scale_that_is_closed, "no-permission", HOST_FAULT, NO_DEVICE, "/dev/bus/usb/001/002", "type:",
		"echo 'SUBSYSTEM==\"usb\", ATTRS{idVendor}==\"0922\", ATTRS{idProduct}==\"8003\", TAG+=\"uaccess\"'"},
	{"latency", slow_timer, "latency", HOST_WARNING, MEASURES, "up to 16 ms", "unplugged",
		"echo 1 | sudo tee /sys/bus/usb-serial/devices/ttyUSB0/latency_timer"},
	{"autosuspend", falls_asleep, "autosuspend", HOST_WARNING, MEASURES, "wakes up", "powertop",
		"echo on | sudo tee /sys/bus/usb/devices/1-1/power/control"},
	{"autosuspend with a negative delay", never_asleep, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"no module", no_module, "driver-missing", HOST_FAULT, NO_DEVICE, "ftdi_sio is not loaded.", "type:", "sudo modprobe ftdi_sio"},
	{"module not delivered", no_module_delivered, "driver-missing", HOST_FAULT, NO_DEVICE, "did not come with", "Debian",
		"sudo apt install linux-modules-extra-6.1.0-test"},
	{"kernel replaced", kernel_replaced, "driver-missing", HOST_FAULT, NO_DEVICE, "an update has replaced the kernel", "Restart", ""},
	{"modules unseen", modules_unseen, "driver-missing", HOST_FAULT, NO_DEVICE, "is not loaded.", NULL, "sudo modprobe ftdi_sio"},
	{"not bound", not_bound, "driver-unbound", HOST_FAULT, NO_DEVICE, "although its driver", "Unplug", "sudo dmesg | tail"},
	{"Imada's id", imada, "driver-unbound", HOST_FAULT, NO_DEVICE, "1412:0200", "For today",
		"sudo modprobe ftdi_sio && echo 1412 0200 | sudo tee /sys/bus/usb-serial/drivers/ftdi_sio/new_id"},
	{"Imada's id beside brltty", imada_beside_brltty, "driver-unbound", HOST_FAULT, NO_DEVICE, "1412:0200", NULL, NULL},
	{"no serial number", no_serial, "no-serial", HOST_NOTE, MEASURES, "no serial number", "serial:/dev/serial/by-path/pci-0-usb-0:1:1.0-port0?",
		""},
	{"twins without serial number", twins_without_serial, "alike", HOST_WARNING, MEASURES, "/dev/ttyUSB0 and /dev/ttyUSB1 are alike",
		"Unplug", ""},
	{"twins with one serial number", twins_with_serial, "alike", HOST_WARNING, MEASURES, "serial number AG0042", "by-path", ""},
	{"twin scales", twin_scales, "alike", HOST_WARNING, MEASURES, "/dev/bus/usb/001/002 and /dev/bus/usb/001/003", "Unplug the one", ""},
	{"two ports of one adapter", two_ports_of_one_adapter, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"two that differ", two_that_differ, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"no rules", no_rules, "rules-absent", HOST_NOTE, MEASURES, "not installed", "source", "sudo make install && sudo udevadm control"},
	{"rules masked", masked_rules, "rules-absent", HOST_NOTE, MEASURES, NULL, NULL, NULL},
	{"rules too late", late_rules, "rules-late", HOST_WARNING, MEASURES, "/etc/udev/rules.d/99-algometer.rules", "type:",
		"sudo mv /etc/udev/rules.d/99-algometer.rules /etc/udev/rules.d/70-algometer.rules"},
	{"late rules beside good ones", late_rules_beside_good_ones, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"no gnuplot", no_gnuplot, "gnuplot", HOST_NOTE, MEASURES, "pictures", "type:", "sudo apt install gnuplot-nox"},
	{"network share", network_share, "network-share", HOST_WARNING, MEASURES, "(NFS)", "copy it", "algometer init ~/study"},
	{"read-only", read_only, "read-only", HOST_FAULT, NO_STUDY, "can only be read", "lock switch", "algometer init ~/study"},
	{"not writable", not_writable, "not-writable", HOST_FAULT, NO_STUDY, "Permission denied", "owner", "algometer init ~/study"},
	{"no study", no_study, "study-absent", HOST_FAULT, NO_STUDY, "No such file", "Check its name", ""},
	{"disk low", disk_low, "disk-full", HOST_WARNING, MEASURES, "198 MB of 4096 MB", "wastebasket", NULL},
	{"disk with enough", disk_with_enough, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"large disk low", disk_low_of_a_large_one, "disk-full", HOST_WARNING, MEASURES, "1899 MB", NULL, NULL},
	{"large disk with enough", disk_low_in_per_cent_only, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"disk full", disk_full, "disk-full", HOST_FAULT, NO_STUDY, ": 0 MB", NULL, NULL},
	{"clock not synchronised", clock_free, "clock", HOST_WARNING, MEASURES, "time server", NULL, "sudo timedatectl set-ntp true"},
	{"clock in error", clock_error, "clock", HOST_WARNING, MEASURES, NULL, NULL, NULL},
	{"clock not told", clock_not_told, NULL, 0, MEASURES, NULL, NULL, NULL},
	{"no device", no_device, "no-device", HOST_FAULT, NO_DEVICE, "No gauge", "cable", "algometer doctor"},
	{"only a port of the board", only_board_port, "no-usb", HOST_NOTE, MEASURES, "/dev/ttyS0", "USB plug", NULL},
	{"refused beside a port of the board", refused_beside_board_port, "no-permission", HOST_FAULT, NO_DEVICE, "/dev/ttyUSB0", NULL, NULL},
	{"port of the board refused beside an adapter", board_port_refused, "no-permission", HOST_NOTE, MEASURES, "/dev/ttyS0", NULL,
		"sudo usermod -aG dialout anna"},
};

/* ---- held against the table ------------------------------------------------------------------------------ */

static bool has(const char *text, const char *part)
{
	return !part || (*part ? strstr(text, part) != NULL : *text == '\0');
}

static bool is_sentence(const char *text)
{
	size_t len = strlen(text);

	return len > 10 && text[0] != ' ' && (text[len - 1] == '.' || text[len - 1] == ':' || strstr(text, "--device"));
}

static bool is_as_expected(const struct row *row)
{
	const struct host_report *r = &scene.report;
	const struct host_finding *f = &r->found[0];
	int prevents = !r->device_usable ? NO_DEVICE : !r->study_usable ? NO_STUDY : MEASURES;

	if (scene.rc || prevents != row->prevents || r->n != (row->id ? 1u : 0u))
		return false;
	return !row->id || (strcmp(f->id, row->id) == 0 && f->severity == row->severity && has(f->what, row->says) &&
		has(f->remedy, row->remedy) && has(f->command, row->command) && is_sentence(f->what) && is_sentence(f->remedy) &&
		(f->remedy[strlen(f->remedy) - 1] == ':') == (*f->command != '\0'));
}

static void show(const struct row *row)
{
	print_error("%s: rc %d, device %d, study %d\n", row->what, scene.rc, scene.report.device_usable, scene.report.study_usable);
	for (size_t i = 0; i < scene.report.n; i++)
		print_error("    %s (%d) %s\n      %s\n      %s\n      %s\n", scene.report.found[i].id, (int)scene.report.found[i].severity,
			scene.report.found[i].where, scene.report.found[i].what, scene.report.found[i].remedy, scene.report.found[i].command);
}

static void each_fault_alone(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		make_clean();
		rows[i].make();
		examine();
		if (!is_as_expected(&rows[i]) || getenv("DOCTOR_SHOW"))
			show(&rows[i]);
		wrong += !is_as_expected(&rows[i]);
		clear();
	}
	assert_int_equal(wrong, 0);
}

/* A port of the board counts where there is nothing else; that nothing is plugged in is told beside it. */
static void only_a_refused_board_port(void **state)
{
	(void)state;
	make_clean();
	only_board_port_refused();
	examine();
	assert_int_equal(scene.report.n, 2);
	assert_string_equal(scene.report.found[0].id, "no-permission");
	assert_int_equal(scene.report.found[0].severity, HOST_FAULT);
	assert_string_equal(scene.report.found[1].id, "no-usb");
	assert_false(scene.report.device_usable);
	clear();
}

/* Several at once are all told, worst first. */
static void many_faults(void **state)
{
	static const char *const want[] = {"no-permission", "brltty", "modemmanager", "rules-late", "clock", "gnuplot"};

	(void)state;
	make_clean();
	late_rules();
	no_gnuplot();
	clock_free();
	brltty_that_waits();
	modemmanager();
	other_group();
	examine();
	assert_int_equal(scene.report.n, 6);
	for (size_t i = 0; i < scene.report.n; i++) {
		bool found = false;

		for (size_t k = 0; k < 6; k++)
			found |= strcmp(scene.report.found[i].id, want[k]) == 0;
		assert_true(found);
		assert_true(i == 0 || scene.report.found[i - 1].severity <= scene.report.found[i].severity);
	}
	assert_string_equal(scene.report.found[0].id, "no-permission");
	assert_string_equal(scene.report.found[5].id, "gnuplot");
	clear();
}

/* What a device, a program or a file says of itself is shown harmless. */
static void hostile_names(void **state)
{
	(void)state;
	make_clean();
	twins_with_serial();
	scene.adapters[0].serial = scene.adapters[1].serial = "\033[2Jclear";
	put("/proc/4321/comm", "a\033]0;b\n", 0644);
	put_link("/proc/4321/fd/3", "/dev/ttyUSB0");
	put("/etc/group", "root:x:0:\ndia\033[1mlout:x:20:\n", 0644);
	scene.node_error = EACCES;
	examine();
	assert_in_range(scene.report.n, 3, 8);
	for (size_t i = 0; i < scene.report.n; i++) {
		const struct host_finding *f = &scene.report.found[i];

		assert_true(alg_text_is_clean(f->what, strlen(f->what)) && alg_text_is_clean(f->where, strlen(f->where)));
		assert_true(alg_text_is_clean(f->remedy, strlen(f->remedy)) && alg_text_is_clean(f->command, strlen(f->command)));
	}
	clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_alone),
		cmocka_unit_test(only_a_refused_board_port),
		cmocka_unit_test(many_faults),
		cmocka_unit_test(hostile_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
