/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules.c - whether udev knows Algometer's rules. The tag "uaccess" in them becomes access in
 * systemd's 73-seat-late.rules, so a file that sorts after that one does nothing.
 */
#include "host/look.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct rules {
	char path[PATH_MAX]; /* of a file that is too late; "" for none */
	bool in_time;
};

static void look_at_file(const struct host_look *look, const char *path, const char *name, void *ctx)
{
	struct rules *rules = ctx;

	if (!host_file_has(look, path, "uaccess"))
		return; /* empty: switched off by hand */
	if (strcmp(name, "73-seat-late.rules") < 0)
		rules->in_time = true;
	else
		alg_text_copy(rules->path, sizeof(rules->path), path);
}

void host_look_at_rules(struct host_look *look)
{
	static const char reload[] = "sudo udevadm control --reload && sudo udevadm trigger";
	struct rules rules = {0};
	struct host_finding *finding;

	host_each_rules_file(look, "algometer", look_at_file, &rules);
	look->report->looked[HOST_RULES] = true;
	if (rules.in_time)
		return;
	if (*rules.path) {
		finding = host_add(look, "rules-late", HOST_WARNING, HOST_RULES, rules.path);
		host_what(finding, "The file with Algometer's access rules, %s, has a name that comes too late in the alphabet, so the "
			"system reads it and does nothing with it.", rules.path);
		host_remedy(finding, "To rename it, type:");
		host_command(finding, "sudo mv %s /etc/udev/rules.d/70-algometer.rules && %s", rules.path, reload);
	} else {
		finding = host_add(look, "rules-absent", HOST_NOTE, HOST_RULES, "70-algometer.rules");
		host_what(finding, "Algometer's access rules are not installed; without them a gauge with a USB plug of its own may be "
			"closed to you.");
		host_remedy(finding, "Type this in the folder with Algometer's source, then unplug the gauge and plug it in again:");
		host_command(finding, "sudo make install && %s", reload);
	}
}
