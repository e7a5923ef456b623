/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * holders.c - which program has a port open. Descriptors of other users' programs cannot be seen;
 * locks (of all who lock, Algometer does) and interfaces taken through usbfs can.
 */
#include "host/look.h"

#include "base/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

struct holder {
	const char *node;
	int pid; /* 0: nobody was found */
};

static bool has_open(const struct host_look *look, int pid, void *ctx)
{
	struct holder *holder = ctx;
	char path[64], full[PATH_MAX], target[PATH_MAX];
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	host_path(look, full, path);
	dir = opendir(full);
	while (dir && !found && (entry = readdir(dir))) {
		ssize_t n = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);

		target[n > 0 ? n : 0] = '\0';
		found = strcmp(target, holder->node) == 0;
	}
	if (dir)
		closedir(dir);
	if (found)
		holder->pid = pid;
	return found;
}

enum { FIELD_PID = 4, FIELD_INODE = 5, FIELDS };

/* "1: FLOCK  ADVISORY  WRITE 1234 00:05:1042 0 EOF": the process, if the lock is on this file; else 0. */
static int locker_in(char *line, const char *inode)
{
	char *field[FIELDS], *rest = line;
	int64_t pid;

	for (int i = 0; i < FIELDS; i++) {
		field[i] = strtok_r(rest, " \t\n", &rest);
		if (!field[i])
			return 0;
	}
	if (strcmp(field[FIELD_INODE], inode) || alg_text_to_int(field[FIELD_PID], 1, INT_MAX, &pid) < 0)
		return 0;
	return (int)pid;
}

static int locked_by(const struct host_look *look, const struct stat *st)
{
	char full[PATH_MAX], inode[64], *line = NULL;
	size_t cap = 0;
	int pid = 0;
	FILE *f;

	snprintf(inode, sizeof(inode), "%02x:%02x:%llu", major(st->st_dev), minor(st->st_dev), (unsigned long long)st->st_ino);
	host_path(look, full, "/proc/locks");
	f = fopen(full, "re");
	if (!f)
		return 0;
	while (pid == 0 && getline(&line, &cap, f) >= 0)
		pid = locker_in(line, inode);
	free(line);
	fclose(f);
	return pid;
}

static bool is_taken_by_usbfs(struct host_look *look, const struct host_port *port)
{
	return !port->is_tty && host_has_device(look, "usb", "DRIVER", "usbfs", port->usb);
}

void host_look_at_holders(struct host_look *look, const struct host_port *port)
{
	const char *node = port->candidate->node;
	struct holder holder = {.node = node};
	struct host_finding *finding;
	struct stat st;
	char name[64];

	if (!host_each_program(look, has_open, &holder) && look->view->stat(node, &st) == 0)
		holder.pid = locked_by(look, &st);
	if (holder.pid == 0 && !is_taken_by_usbfs(look, port))
		return;
	finding = host_add(look, "busy", HOST_FAULT, HOST_PORTS, node);
	if (holder.pid == 0) {
		host_what(finding, "%s is in use by a program that you may not see, because it runs for somebody else.", node);
		host_remedy(finding, "This names the program, which is then to be closed:");
		host_command(finding, "sudo algometer doctor");
		return;
	}
	host_program_name(look, holder.pid, name);
	host_what(finding, "%s is in use by the program '%s' (process %d).", node, *name ? name : "?", holder.pid);
	host_remedy(finding, "Close that program; if you cannot find its window, type:");
	host_command(finding, "kill %d", holder.pid);
}
