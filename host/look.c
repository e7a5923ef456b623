/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/look.h"

#include "base/text.h"

#include <ctype.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- telling --------------------------------------------------------------------------------------- */

struct host_finding *host_add(struct host_look *look, const char *id, enum host_severity severity,
	enum host_group group, const char *where)
{
	struct host_report *report = look->report;
	struct host_finding *finding = report->n < HOST_FOUND_MAX ? &report->found[report->n++] : &look->spare;

	*finding = (struct host_finding){.id = id, .severity = severity, .group = group};
	alg_text_clean(finding->where, sizeof(finding->where), where);
	return finding;
}

__attribute__((format(printf, 3, 0)))
static void say(char *out, size_t cap, const char *fmt, va_list args)
{
	char text[1024];

	vsnprintf(text, sizeof(text), fmt, args);
	alg_text_clean(out, cap, text);
}

void host_what(struct host_finding *finding, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(finding->what, sizeof(finding->what), fmt, args);
	va_end(args);
}

void host_remedy(struct host_finding *finding, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(finding->remedy, sizeof(finding->remedy), fmt, args);
	va_end(args);
}

void host_command(struct host_finding *finding, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(finding->command, sizeof(finding->command), fmt, args);
	va_end(args);
}

/* ---- files ----------------------------------------------------------------------------------------- */

void host_path(const struct host_look *look, char out[PATH_MAX], const char *path)
{
	if (snprintf(out, PATH_MAX, "%s%s", look->view->root, path) >= PATH_MAX)
		out[0] = '\0'; /* names nothing */
}

bool host_read(const struct host_look *look, const char *path, char *out, size_t cap)
{
	char full[PATH_MAX];
	FILE *f;
	size_t n;

	host_path(look, full, path);
	out[0] = '\0';
	f = fopen(full, "re");
	if (!f)
		return false;
	n = fread(out, 1, cap - 1, f);
	fclose(f);
	out[n] = '\0';
	if (n && out[n - 1] == '\n')
		out[n - 1] = '\0';
	return true;
}

bool host_file_has(const struct host_look *look, const char *path, const char *text)
{
	char full[PATH_MAX], *line = NULL;
	size_t cap = 0;
	bool found = false;
	FILE *f;

	host_path(look, full, path);
	f = fopen(full, "re");
	if (!f)
		return false;
	while (!found && getline(&line, &cap, f) >= 0)
		found = strstr(line, text) != NULL;
	free(line);
	fclose(f);
	return found;
}

/* ---- running programs ------------------------------------------------------------------------------ */

bool host_each_program(const struct host_look *look, host_program *each, void *ctx)
{
	char path[PATH_MAX];
	struct dirent *entry;
	bool stop = false;
	int64_t pid;
	DIR *dir;

	host_path(look, path, "/proc");
	dir = opendir(path);
	while (dir && !stop && (entry = readdir(dir)))
		if (alg_text_to_int(entry->d_name, 1, INT_MAX, &pid) == 0)
			stop = each(look, (int)pid, ctx);
	if (dir)
		closedir(dir);
	return stop;
}

void host_program_name(const struct host_look *look, int pid, char out[64])
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	host_read(look, path, out, 64);
}

static bool is_called(const struct host_look *look, int pid, void *ctx)
{
	char name[64];

	host_program_name(look, pid, name);
	return strcmp(name, ctx) == 0;
}

bool host_runs(const struct host_look *look, const char *name)
{
	char wanted[64];

	alg_text_copy(wanted, sizeof(wanted), name);
	return host_each_program(look, is_called, wanted);
}

/* ---- udev rules files -------------------------------------------------------------------------------- */

/* In the order in which udev takes them: the first file of a name counts. */
static const char *const rules_folders[] = {"/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d",
	"/usr/lib/udev/rules.d", "/lib/udev/rules.d"};

static bool is_replaced(const struct host_look *look, size_t folder, const char *name)
{
	char path[PATH_MAX], full[PATH_MAX];

	for (size_t i = 0; i < folder; i++) {
		snprintf(path, sizeof(path), "%s/%s", rules_folders[i], name);
		host_path(look, full, path);
		if (access(full, F_OK) == 0)
			return true;
	}
	return false;
}

static void each_in_folder(const struct host_look *look, size_t folder, const char *text, host_rules_file *each,
	void *ctx)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	host_path(look, path, rules_folders[folder]);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (!strstr(name, text) || !alg_text_ends_with(name, ".rules") || is_replaced(look, folder, name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", rules_folders[folder], name);
		each(look, path, name, ctx);
	}
	if (dir)
		closedir(dir);
}

void host_each_rules_file(const struct host_look *look, const char *text, host_rules_file *each, void *ctx)
{
	for (size_t i = 0; i < sizeof(rules_folders) / sizeof(rules_folders[0]); i++)
		each_in_folder(look, i, text, each, ctx);
}

/* ---- devices ------------------------------------------------------------------------------------------ */

int host_each_device(struct host_look *look, const char *subsystem, const char *property, const char *value,
	struct udev_device *parent, host_device *each, void *ctx)
{
	struct udev_enumerate *all = udev_enumerate_new(look->udev);
	struct udev_list_entry *entry;
	int rc = ALG_ERR_IO;

	if (!all || udev_enumerate_add_match_subsystem(all, subsystem) < 0 ||
		(property && udev_enumerate_add_match_property(all, property, value) < 0) ||
		(parent && udev_enumerate_add_match_parent(all, parent) < 0) || udev_enumerate_scan_devices(all) < 0)
		goto out;
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(all)) {
		struct udev_device *device = udev_device_new_from_syspath(look->udev, udev_list_entry_get_name(entry));

		if (device)
			each(look, device, ctx);
		udev_device_unref(device);
	}
	rc = 0;
out:
	udev_enumerate_unref(all);
	return rc;
}

static void keep_first(struct host_look *look, struct udev_device *device, void *ctx)
{
	struct udev_device **first = ctx;

	(void)look;
	if (!*first)
		*first = udev_device_ref(device);
}

bool host_has_device(struct host_look *look, const char *subsystem, const char *property, const char *value,
	struct udev_device *parent)
{
	struct udev_device *first = NULL;

	host_each_device(look, subsystem, property, value, parent, keep_first, &first);
	udev_device_unref(first);
	return first != NULL;
}

bool host_port_open(struct host_look *look, const struct alg_candidate *candidate, struct host_port *out)
{
	*out = (struct host_port){.candidate = candidate, .is_tty = strncmp(candidate->address, "serial:", 7) == 0};
	host_each_device(look, out->is_tty ? "tty" : "usb", "DEVNAME", candidate->node, NULL, keep_first, &out->device);
	if (!out->device)
		return false;
	out->usb = out->is_tty ? udev_device_get_parent_with_subsystem_devtype(out->device, "usb", "usb_device")
			       : out->device;
	return true;
}

void host_port_close(struct host_port *port)
{
	udev_device_unref(port->device);
	port->device = port->usb = NULL;
}

const char *host_attr(struct udev_device *device, const char *name)
{
	const char *text = udev_device_get_sysattr_value(device, name);

	return text ? text : "";
}

/* ---- chips -------------------------------------------------------------------------------------------- */

/* As the drivers of Linux 6.1 list them (drivers/usb/serial); the Imada gauge's own id is in none of them. */
static const struct host_chip chips[] = {
	{0x0403, 0x6001, "FTDI FT232R", "ftdi_sio", false},
	{0x0403, 0x6010, "FTDI FT2232", "ftdi_sio", false},
	{0x0403, 0x6011, "FTDI FT4232H", "ftdi_sio", false},
	{0x0403, 0x6014, "FTDI FT232H", "ftdi_sio", false},
	{0x0403, 0x6015, "FTDI FT-X", "ftdi_sio", false},
	{0x067b, 0x2303, "Prolific PL2303", "pl2303", false},
	{0x067b, 0x23a3, "Prolific PL2303GS", "pl2303", false},
	{0x067b, 0x23c3, "Prolific PL2303GT", "pl2303", false},
	{0x10c4, 0xea60, "Silicon Labs CP210x", "cp210x", false},
	{0x10c4, 0xea70, "Silicon Labs CP2105", "cp210x", false},
	{0x10c4, 0xea71, "Silicon Labs CP2108", "cp210x", false},
	{0x1a86, 0x5523, "WCH CH341", "ch341", false},
	{0x1a86, 0x7522, "WCH CH340", "ch341", false},
	{0x1a86, 0x7523, "WCH CH340", "ch341", false},
	{0x1412, 0x0200, "Imada gauge with an FTDI chip", "ftdi_sio", true},
};

const struct host_chip *host_chip_of(struct udev_device *usb)
{
	unsigned long vid = strtoul(host_attr(usb, "idVendor"), NULL, 16), pid = strtoul(host_attr(usb, "idProduct"), NULL, 16);

	for (size_t i = 0; i < sizeof(chips) / sizeof(chips[0]); i++)
		if (chips[i].vid == vid && chips[i].pid == pid)
			return &chips[i];
	return NULL;
}
