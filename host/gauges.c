/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gauges.c - each port and USB gauge: may it be opened, is it free, and what does its adapter do to readings. */
#include "host/look.h"

#include "base/text.h"

#include <grp.h>
#include <libudev.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RULES "install this program's udev rules ('sudo make install', then 'sudo udevadm control --reload && sudo udevadm trigger')"

struct gauge {
	struct host_look *look;
	const struct alg_candidate *c;
	struct udev_device *usb, *port; /* as udev knows them; or NULL */
	bool fault;
};

static struct host_finding *find(struct gauge *g, const char *id, enum host_severity severity)
{
	const struct alg_candidate *c = g->c;

	g->fault |= severity == HOST_FAULT;
	return host_add(g->look, id, severity, HOST_OF_DEVICE, *c->node ? c->node : *c->address ? c->address : c->usb_id);
}

static const char *attr(struct udev_device *device, const char *name)
{
	const char *text = device ? udev_device_get_sysattr_value(device, name) : NULL;

	return text ? text : "";
}

static bool property_is_set(struct udev_device *device, const char *name)
{
	const char *text = device ? udev_device_get_property_value(device, name) : NULL;

	return text && strcmp(text, "1") == 0;
}

/* ---- permission ----------------------------------------------------------------------------------- */

/* The group's name, and whether this user stands among its members in the file (which a session learns at log-in). */
static bool group_of(struct gauge *g, gid_t gid, char *name, size_t cap, bool *listed)
{
	char path[300], user[64] = "";
	FILE *file;

	*listed = false;
	snprintf(name, cap, "%u", (unsigned)gid);
	host_path(g->look, "/etc/passwd", path, sizeof(path));
	if ((file = fopen(path, "re"))) {
		for (struct passwd *p; (p = fgetpwent(file));)
			if (p->pw_uid == g->look->view->uid)
				alg_text_copy(user, sizeof(user), p->pw_name);
		fclose(file);
	}
	host_path(g->look, "/etc/group", path, sizeof(path));
	file = fopen(path, "re");
	if (!file)
		return false;
	bool found = false;

	for (struct group *p; !found && (p = fgetgrent(file));) {
		found = p->gr_gid == gid;
		if (found)
			alg_text_clean(name, cap, p->gr_name);
		for (char **m = p->gr_mem; found && *m; m++)
			*listed |= *user && strcmp(*m, user) == 0;
	}
	fclose(file);
	return found;
}

static bool in_session(const struct host_view *view, gid_t gid)
{
	for (int i = 0; i < view->n_groups; i++)
		if (view->groups[i] == gid)
			return true;
	return false;
}

static void permission(struct gauge *g)
{
	struct host_node node = g->look->view->node(g->c->node);
	char group[64];
	bool listed, named = node.exists && group_of(g, node.gid, group, sizeof(group), &listed);
	struct host_finding *f;

	if (!node.exists || node.may_open)
		return;
	if (named && listed && !in_session(g->look->view, node.gid)) {
		f = find(g, "group-not-active", HOST_FAULT);
		snprintf(f->what, sizeof(f->what), "You are in group '%s', which may open it, but this session began before that", group);
		snprintf(f->remedy, sizeof(f->remedy), "log out and in again (after a change of groups a new terminal is not enough)");
		return;
	}
	f = find(g, "permission", HOST_FAULT);
	if (named && node.gid != 0 && (node.mode & 060) == 060) {
		snprintf(f->what, sizeof(f->what), "You may not open it: it belongs to group '%s', and you are not in it", group);
		snprintf(f->remedy, sizeof(f->remedy), "run 'sudo usermod -aG %s $USER', then log out and in again", group);
	} else {
		snprintf(f->what, sizeof(f->what), "You may not open it: only root may (mode %03o)", (unsigned)node.mode & 0777u);
		snprintf(f->remedy, sizeof(f->remedy), "%s, and connect the gauge again", RULES);
	}
}

static void held(struct gauge *g)
{
	char who[96];
	struct host_finding *f;

	if (!host_holder(g->look, g->c->node, who, sizeof(who)))
		return;
	f = find(g, "held", HOST_FAULT);
	snprintf(f->what, sizeof(f->what), "Another program has it open: %s", who);
	snprintf(f->remedy, sizeof(f->remedy), "close that program");
}

/* ---- kernel driver ---------------------------------------------------------------------------------- */

/* brltty's udev rules take adapters for braille displays: is this one among them? */
static bool brltty_wants(struct gauge *g)
{
	static const char *const files[] = {"/usr/lib/udev/rules.d/85-brltty.rules", "/lib/udev/rules.d/85-brltty.rules",
		"/usr/lib/udev/rules.d/90-brltty-device.rules", "/etc/udev/rules.d/85-brltty.rules"};
	unsigned vid = (unsigned)strtoul(g->c->usb_id, NULL, 16), pid = strlen(g->c->usb_id) > 5 ? (unsigned)strtoul(g->c->usb_id + 5, NULL, 16) : 0;
	char path[300], line[512], wanted[24];
	bool found = false;

	snprintf(wanted, sizeof(wanted), "\"%x/%x/", vid, pid);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && !found; i++) {
		host_path(g->look, files[i], path, sizeof(path));
		FILE *file = fopen(path, "re");

		while (file && !found && fgets(line, sizeof(line), file))
			found = line[strspn(line, " \t")] != '#' && strstr(line, wanted) != NULL;
		if (file)
			fclose(file);
	}
	return found;
}

static void no_port(struct gauge *g)
{
	bool own = strcmp(g->c->family, "imada") == 0, braille = !own && brltty_wants(g);
	struct host_finding *f = find(g, braille ? "brltty" : own ? "unbound" : "no-kernel-driver", HOST_FAULT);

	if (braille) {
		snprintf(f->what, sizeof(f->what), "%s is plugged in, and brltty, the service for braille displays, takes such adapters away", g->c->model);
		snprintf(f->remedy, sizeof(f->remedy), "if nobody here uses a braille display: 'sudo apt remove brltty', and connect the gauge again");
	} else if (own) {
		snprintf(f->what, sizeof(f->what), "The gauge (%s) is plugged in, and Linux does not know that its chip is FTDI's", g->c->model);
		snprintf(f->remedy, sizeof(f->remedy), "%s, and connect it again", RULES);
	} else {
		snprintf(f->what, sizeof(f->what), "The adapter (%s) is plugged in, and no kernel driver has made a port of it", g->c->model);
		snprintf(f->remedy, sizeof(f->remedy), "look what 'sudo dmesg' says of it; on a small kernel install the full one "
			"('sudo apt install linux-image-amd64'), and reboot after a kernel update");
	}
}

/* ---- what the adapter and its services do -------------------------------------------------------------- */

static void brltty_installed(struct gauge *g)
{
	struct host_finding *f;

	if (!brltty_wants(g))
		return;
	f = find(g, "brltty", HOST_WARNING);
	snprintf(f->what, sizeof(f->what), "brltty, the service for braille displays, is set to take adapters of this kind away");
	snprintf(f->remedy, sizeof(f->remedy), "if nobody here uses a braille display: 'sudo apt remove brltty'");
}

static void modem_manager(struct gauge *g)
{
	struct host_finding *f;

	if (!host_running(g->look, "ModemManager") || property_is_set(g->port, "ID_MM_DEVICE_IGNORE") ||
		property_is_set(g->usb, "ID_MM_DEVICE_IGNORE") || property_is_set(g->port, "ID_MM_PORT_IGNORE"))
		return;
	f = find(g, "modemmanager", HOST_WARNING);
	snprintf(f->what, sizeof(f->what), "ModemManager runs and may write modem commands to the gauge for half a minute after it is plugged in");
	snprintf(f->remedy, sizeof(f->remedy), "wait that long, or add the commented line for your adapter from 70-algometer.rules, "
		"or 'sudo systemctl disable --now ModemManager' where no modem is used");
}

static void latency(struct gauge *g)
{
	struct udev_device *chip = g->port ? udev_device_get_parent_with_subsystem_devtype(g->port, "usb-serial", NULL) : NULL;
	long ms = strtol(attr(chip, "latency_timer"), NULL, 10);
	struct host_finding *f;

	if (ms <= 1)
		return;
	f = find(g, "ftdi-latency", HOST_NOTE);
	snprintf(f->what, sizeof(f->what), "The adapter keeps readings back for up to %ld ms; they come in bundles, and an alarm so much later", ms);
	snprintf(f->remedy, sizeof(f->remedy), "nothing: this program sets it to 1 ms when it opens the port, and says so if it may not");
}

static void autosuspend(struct gauge *g)
{
	struct host_finding *f;

	if (strcmp(attr(g->usb, "power/control"), "auto") != 0)
		return;
	f = find(g, "autosuspend", HOST_WARNING);
	snprintf(f->what, sizeof(f->what), "Linux may switch this USB device off when it is quiet, and the first readings after that are lost");
	snprintf(f->remedy, sizeof(f->remedy), "run 'echo on | sudo tee %.120s/power/control' (until it is unplugged)", udev_device_get_syspath(g->usb));
}

/* ---- which is which -------------------------------------------------------------------------------------- */

static size_t twins(const struct gauge *g)
{
	const struct host_report *r = g->look->report;
	size_t n = 0;

	for (size_t i = 0; i < r->n_gauges; i++)
		n += strcmp(r->gauge[i].usb_id, g->c->usb_id) == 0 && strcmp(r->gauge[i].serial, g->c->serial) == 0 &&
			strcmp(r->gauge[i].usb_path, g->c->usb_path) != 0;
	return n;
}

static void identity(struct gauge *g)
{
	size_t others = twins(g);
	struct host_finding *f;

	if (*g->c->serial && others == 0)
		return;
	f = find(g, others ? "alike" : "no-serial-number", others ? HOST_WARNING : HOST_NOTE);
	if (others)
		snprintf(f->what, sizeof(f->what), "%zu more like it %s connected with %s: only the USB sockets tell them apart", others,
			others == 1 ? "is" : "are", *g->c->serial ? "the same serial number" : "no serial number either");
	else
		snprintf(f->what, sizeof(f->what), "It has no serial number, so it is known by its USB socket: in another one it is another device");
	snprintf(f->remedy, sizeof(f->remedy), "mark cable and socket, and use the address '%.200s'", g->c->stable);
}

/* ---- all -------------------------------------------------------------------------------------------------- */

static void look_at(struct host_look *look, struct udev *udev, const struct alg_candidate *c)
{
	struct gauge g = {.look = look, .c = c};
	const char *name = strrchr(c->node, '/');
	bool is_tty = strncmp(c->address, "serial:", 7) == 0;

	if (c->unknown)
		return;
	g.usb = *c->usb_path ? udev_device_new_from_subsystem_sysname(udev, "usb", c->usb_path) : NULL;
	g.port = is_tty && name ? udev_device_new_from_subsystem_sysname(udev, "tty", name + 1) : NULL;
	if (*c->node) {
		permission(&g);
		held(&g);
	} else {
		no_port(&g);
	}
	if (*c->node && is_tty && *c->usb_id) {
		brltty_installed(&g);
		modem_manager(&g);
		latency(&g);
	}
	autosuspend(&g);
	if (*c->usb_id)
		identity(&g);
	look->report->n_usable += !g.fault;
	udev_device_unref(g.port);
	udev_device_unref(g.usb);
}

int host_look_at_gauges(struct host_look *look, struct alg_log *log)
{
	struct host_report *r = look->report;
	int n = alg_discover(r->gauge, HOST_GAUGES_MAX, log);
	struct udev *udev = n >= 0 ? udev_new() : NULL;
	struct host_finding *f;

	if (n < 0)
		return n;
	if (!udev)
		return alg_fail(log, MSG_NOMEM, "udev");
	r->n_gauges = n < HOST_GAUGES_MAX ? (size_t)n : HOST_GAUGES_MAX;
	for (size_t i = 0; i < r->n_gauges; i++)
		look_at(look, udev, &r->gauge[i]);
	udev_unref(udev);
	if (r->n_gauges == 0) {
		f = host_add(look, "nothing-connected", HOST_FAULT, HOST_OF_DEVICE, "USB");
		snprintf(f->what, sizeof(f->what), "No gauge, scale or serial adapter is connected");
		snprintf(f->remedy, sizeof(f->remedy), "switch the gauge on, use a USB cable that carries data (many only charge), try another "
			"socket without a hub, and look whether 'lsusb' shows one line more than before");
	}
	return 0;
}
