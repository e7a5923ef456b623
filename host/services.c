/* SPDX-License-Identifier: GPL-3.0-or-later */
/* services.c - running programs, by what /proc tells this user. */
#include "host/look.h"

#include "base/text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_number(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/* The name of a process as the kernel keeps it, at most 15 letters. */
static bool name_of(struct host_look *look, const char *pid, char *out, size_t cap)
{
	char path[300], line[64] = "";
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/%s/comm", look->view->root, pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	bool read = fgets(line, sizeof(line), file) != NULL;

	fclose(file);
	line[strcspn(line, "\n")] = '\0';
	alg_text_clean(out, cap, line);
	return read;
}

static DIR *processes(struct host_look *look)
{
	char path[300];

	host_path(look, "/proc", path, sizeof(path));
	return opendir(path);
}

int host_running(struct host_look *look, const char *name)
{
	DIR *dir = processes(look);
	char found[64];
	int pid = 0;

	for (struct dirent *e; dir && !pid && (e = readdir(dir));)
		if (is_number(e->d_name) && name_of(look, e->d_name, found, sizeof(found)) && strcmp(found, name) == 0)
			pid = atoi(e->d_name);
	if (dir)
		closedir(dir);
	return pid;
}

static bool has_open(struct host_look *look, const char *pid, const char *node)
{
	char path[300], link[400], target[300];
	bool found = false;

	snprintf(path, sizeof(path), "%s/proc/%s/fd", look->view->root, pid);
	DIR *dir = opendir(path);

	for (struct dirent *e; dir && !found && (e = readdir(dir));) {
		snprintf(link, sizeof(link), "%s/%.20s", path, e->d_name);
		ssize_t n = readlink(link, target, sizeof(target) - 1);

		target[n > 0 ? n : 0] = '\0';
		found = n > 0 && strcmp(target, node) == 0;
	}
	if (dir)
		closedir(dir);
	return found;
}

bool host_holder(struct host_look *look, const char *node, char *out, size_t cap)
{
	DIR *dir = processes(look);
	char name[64];
	bool found = false;

	for (struct dirent *e; dir && !found && (e = readdir(dir));) {
		if (!is_number(e->d_name) || atoi(e->d_name) == (int)getpid() || !has_open(look, e->d_name, node))
			continue;
		found = true;
		if (!name_of(look, e->d_name, name, sizeof(name)))
			alg_text_copy(name, sizeof(name), "a program");
		snprintf(out, cap, "%s (process %.10s)", name, e->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

void host_look_at_services(struct host_look *look)
{
	const char *path = look->view->path;
	char file[600];

	while (*path) {
		size_t n = strcspn(path, ":");

		snprintf(file, sizeof(file), "%.*s/gnuplot", (int)(n < 500 ? n : 500), path);
		if (access(file, X_OK) == 0)
			return;
		path += n + (path[n] == ':');
	}
	struct host_finding *f = host_add(look, "gnuplot", HOST_WARNING, HOST_OF_MACHINE, "gnuplot");

	snprintf(f->what, sizeof(f->what), "gnuplot is not installed: sessions are recorded and compared, but no picture is drawn");
	snprintf(f->remedy, sizeof(f->remedy), "run 'sudo apt install gnuplot-nox'");
}
