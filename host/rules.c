/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules.c - this program's udev rules: are they where udev looks, and before the file that turns the tag "uaccess"
 * into access for whoever sits at the machine (73-seat-late.rules).
 */
#include "host/look.h"

#include "base/text.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const char *const folders[] = {"/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d",
	"/usr/lib/udev/rules.d", "/lib/udev/rules.d"};

static bool is_ours(const char *name)
{
	return strstr(name, "algometer") && alg_text_ends_with(name, ".rules");
}

/* The first of our files in a folder; false when it has none. */
static bool ours_in(struct host_look *look, const char *folder, char *name, size_t cap)
{
	char path[300];
	bool found = false;

	host_path(look, folder, path, sizeof(path));
	DIR *dir = opendir(path);

	for (struct dirent *e; dir && !found && (e = readdir(dir));)
		if (is_ours(e->d_name)) {
			alg_text_clean(name, cap, e->d_name);
			found = true;
		}
	if (dir)
		closedir(dir);
	return found;
}

void host_look_at_rules(struct host_look *look)
{
	char name[128];
	size_t i = 0, n = sizeof(folders) / sizeof(folders[0]);
	struct host_finding *f;

	while (i < n && !ours_in(look, folders[i], name, sizeof(name)))
		i++;
	if (i == n) {
		f = host_add(look, "rules-absent", HOST_WARNING, HOST_OF_MACHINE, "udev rules");
		snprintf(f->what, sizeof(f->what), "This program's udev rules are not installed: USB gauges may be refused, and services may disturb them");
		snprintf(f->remedy, sizeof(f->remedy), "run 'sudo make install', then 'sudo udevadm control --reload && sudo udevadm trigger'");
	} else if (strcmp(name, "73-seat-late.rules") > 0) {
		f = host_add(look, "rules-late", HOST_FAULT, HOST_OF_MACHINE, "udev rules");
		snprintf(f->what, sizeof(f->what), "%.40s/%.80s is read after 73-seat-late.rules, so it gives nobody access", folders[i], name);
		snprintf(f->remedy, sizeof(f->remedy), "name it 70-algometer.rules, run 'sudo udevadm control --reload && sudo udevadm trigger'");
	}
}
