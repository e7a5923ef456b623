/* SPDX-License-Identifier: GPL-3.0-or-later */
/* computer.c - the clock, which dates sessions, and gnuplot, which draws plots. */
#include "host/look.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void look_at_clock(struct host_look *look)
{
	struct timex now = {.modes = 0}; /* asks, sets nothing */
	int state = look->view->adjtimex(&now);
	struct host_finding *finding;

	if (state < 0 || (state != TIME_ERROR && !(now.status & STA_UNSYNC)))
		return;
	finding = host_add(look, "clock", HOST_WARNING, HOST_COMPUTER, "clock");
	host_what(finding, "This computer's clock is not kept right by a time server, so the dates and times of sessions may be wrong.");
	host_remedy(finding, "Type this, or without internet set the clock by hand before measuring:");
	host_command(finding, "sudo timedatectl set-ntp true");
}

/* In absolute folders only, as plots look for it. */
static bool is_installed(const struct host_look *look, const char *program)
{
	const char *dir = look->view->path;

	while (dir && *dir) {
		int len = (int)strcspn(dir, ":");
		char path[PATH_MAX], full[PATH_MAX];

		snprintf(path, sizeof(path), "%.*s/%s", len < PATH_MAX ? len : 0, dir, program);
		host_path(look, full, path);
		if (dir[0] == '/' && access(full, X_OK) == 0)
			return true;
		dir += len + (dir[len] == ':');
	}
	return false;
}

static void look_at_gnuplot(struct host_look *look)
{
	struct host_finding *finding;

	if (is_installed(look, "gnuplot"))
		return;
	finding = host_add(look, "gnuplot", HOST_NOTE, HOST_COMPUTER, "gnuplot");
	host_what(finding, "The program gnuplot is not installed: measuring works without it, pictures of the results do not.");
	host_remedy(finding, "To install it, type:");
	host_command(finding, "sudo apt install gnuplot-nox");
}

void host_look_at_computer(struct host_look *look)
{
	look->report->looked[HOST_COMPUTER] = true;
	look_at_clock(look);
	look_at_gnuplot(look);
}
