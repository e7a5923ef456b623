/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/button_evdev.h"

#include "base/access.h"
#include "base/clock.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct ui_evdev {
	struct libevdev *dev;
	int fd;
	int code; /* or UI_EVDEV_ANY_KEY */
	bool syncing;
};

bool ui_evdev_edge(int code, const struct input_event *event, struct ui_edge *edge)
{
	if (event->type != EV_KEY || (code != UI_EVDEV_ANY_KEY && event->code != code))
		return false;
	if (event->value != 0 && event->value != 1) /* 2: autorepeat */
		return false;
	edge->t_ns = event->input_event_sec * ALG_NS_PER_S + event->input_event_usec * ALG_NS_PER_US;
	edge->down = event->value == 1;
	return true;
}

/* ---- opening ------------------------------------------------------------------------------------- */

/* Names in by-path have colons of their own: only KEY_ and BTN_ begin a key's name. */
static const char *split_key(char *path)
{
	char *colon = strrchr(path, ':');

	if (!colon || (strncmp(colon + 1, "KEY_", 4) != 0 && strncmp(colon + 1, "BTN_", 4) != 0))
		return NULL;
	*colon = '\0';
	return colon + 1;
}

static int cannot_open(const char *path, int err, struct alg_log *log)
{
	char why[256];

	if (err == ENOENT || err == ENODEV || err == ENXIO || err == ENOTDIR)
		return alg_fail(log, MSG_BUTTON_ABSENT, path);
	if (err == EACCES || err == EPERM) {
		alg_access_why(path, why, sizeof(why));
		return alg_fail(log, MSG_DEV_ACCESS, path, why);
	}
	if (err == EISDIR)
		return alg_fail(log, MSG_BUTTON_EVDEV, path, "it is a folder");
	return alg_fail(log, MSG_DEV_OPEN, path, strerror(err));
}

static int choose_key(struct ui_evdev *evdev, const char *path, const char *key, struct alg_log *log)
{
	evdev->code = UI_EVDEV_ANY_KEY;
	if (!libevdev_has_event_type(evdev->dev, EV_KEY))
		return alg_fail(log, MSG_BUTTON_EVDEV, path, "it has no keys");
	if (!key)
		return 0;
	evdev->code = libevdev_event_code_from_name(EV_KEY, key);
	if (evdev->code < 0)
		return alg_fail(log, MSG_BUTTON_KEYNAME, path, key, "no key has that name");
	if (!libevdev_has_event_code(evdev->dev, EV_KEY, (unsigned)evdev->code))
		return alg_fail(log, MSG_BUTTON_KEYNAME, path, key, "this device does not have that key");
	return 0;
}

/* libevdev would print on stderr, into the screen; what went wrong is said through the log. */
__attribute__((format(printf, 7, 0))) static void say_nothing(const struct libevdev *dev,
	enum libevdev_log_priority priority, void *data, const char *file, int line, const char *function, const char *fmt,
	va_list args)
{
	(void)dev, (void)priority, (void)data, (void)file, (void)line, (void)function, (void)fmt, (void)args;
}

static int take_device(struct ui_evdev *evdev, const char *path, const char *key, struct alg_log *log)
{
	int rc;

	evdev->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (evdev->fd < 0)
		return cannot_open(path, errno, log);
	if (!(evdev->dev = libevdev_new()))
		return alg_fail(log, MSG_NOMEM, "input device");
	libevdev_set_device_log_function(evdev->dev, say_nothing, LIBEVDEV_LOG_ERROR, NULL);
	if ((rc = libevdev_set_fd(evdev->dev, evdev->fd)) < 0)
		return alg_fail(log, MSG_BUTTON_EVDEV, path, strerror(-rc));
	if ((rc = choose_key(evdev, path, key, log)) < 0)
		return rc;
	if ((rc = libevdev_set_clock_id(evdev->dev, CLOCK_MONOTONIC)) < 0)
		return alg_fail(log, MSG_DEV_IO, path, "stamping by the monotonic clock", strerror(-rc));
	if ((rc = libevdev_grab(evdev->dev, LIBEVDEV_GRAB)) < 0)
		return rc == -EBUSY ? alg_fail(log, MSG_DEV_BUSY, path)
				    : alg_fail(log, MSG_DEV_IO, path, "grabbing", strerror(-rc));
	alg_note(log, MSG_BUTTON_GRABBED, path);
	return 0;
}

int ui_evdev_open(struct ui_evdev **out, const char *source, struct alg_log *log)
{
	char path[UI_EVDEV_PATH_MAX];
	struct ui_evdev *evdev;

	*out = NULL;
	if (!alg_text_copy(path, sizeof(path), source))
		return alg_fail(log, MSG_BUTTON_ABSENT, source);
	if (!(evdev = calloc(1, sizeof(*evdev))))
		return alg_fail(log, MSG_NOMEM, "input device");
	evdev->fd = -1;
	const char *key = split_key(path);
	int rc = take_device(evdev, path, key, log);

	if (rc < 0)
		ui_evdev_close(evdev);
	else
		*out = evdev;
	return rc;
}

int ui_evdev_fd(const struct ui_evdev *evdev)
{
	return evdev->fd;
}

void ui_evdev_close(struct ui_evdev *evdev)
{
	if (!evdev)
		return;
	libevdev_free(evdev->dev); /* NULL is fine; closing gives the grab back */
	if (evdev->fd >= 0)
		close(evdev->fd);
	free(evdev);
}

/* ---- events ---------------------------------------------------------------------------------------- */

/* A device that hung up need not say so to a read. */
static bool is_gone(const struct ui_evdev *evdev)
{
	struct pollfd p = {.fd = evdev->fd};

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* 1 an event, 0 none now, ALG_ERR_NODEV. A dropped stretch is followed by what is different since. */
static int next_event(struct ui_evdev *evdev, struct input_event *event)
{
	for (;;) {
		unsigned flag = evdev->syncing ? LIBEVDEV_READ_FLAG_SYNC : LIBEVDEV_READ_FLAG_NORMAL;
		int rc = libevdev_next_event(evdev->dev, flag, event);

		if (rc == LIBEVDEV_READ_STATUS_SYNC)
			evdev->syncing = true;
		if (rc == LIBEVDEV_READ_STATUS_SYNC || rc == LIBEVDEV_READ_STATUS_SUCCESS)
			return 1;
		if (rc == -EAGAIN && evdev->syncing)
			evdev->syncing = false; /* in step again: what came meanwhile is read next */
		else if (rc == -EAGAIN)
			return is_gone(evdev) ? ALG_ERR_NODEV : 0;
		else if (rc != -EINTR)
			return ALG_ERR_NODEV;
	}
}

int ui_evdev_next(struct ui_evdev *evdev, struct ui_edge *edge)
{
	struct input_event event;
	int rc;

	while ((rc = next_event(evdev, &event)) > 0)
		if (ui_evdev_edge(evdev->code, &event, edge))
			return 1;
	return rc;
}

/* ---- what is there --------------------------------------------------------------------------------- */

static bool first_line(char *out, size_t cap, const char *path)
{
	FILE *file = fopen(path, "re");
	bool ok = file && fgets(out, (int)cap, file);

	if (file)
		fclose(file);
	if (ok)
		out[strcspn(out, "\n")] = '\0';
	return ok;
}

/* Ones in "1000 3 0 ffff": hexadecimal words. */
static unsigned count_bits(const char *words)
{
	static const char digits[] = "0123456789abcdef";
	unsigned n = 0;

	for (; *words; words++) {
		const char *digit = strchr(digits, *words);

		n += digit ? (unsigned)__builtin_popcount((unsigned)(digit - digits)) : 0;
	}
	return n;
}

/* The link in by-id that leads to event, else nothing. */
static void lasting_name(char *path, const char *dev, const char *event)
{
	char dir[PATH_MAX], link[PATH_MAX], target[PATH_MAX];
	struct dirent *entry;

	snprintf(dir, sizeof(dir), "%s/by-id", dev);
	DIR *d = opendir(dir);

	while (d && (entry = readdir(d))) {
		if (snprintf(link, sizeof(link), "%s/%s", dir, entry->d_name) >= (int)sizeof(link))
			continue;
		ssize_t n = readlink(link, target, sizeof(target) - 1);
		const char *base;

		if (n <= 0)
			continue;
		target[n] = '\0';
		base = strrchr(target, '/');
		if (strcmp(base ? base + 1 : target, event) == 0 && strlen(link) < UI_EVDEV_PATH_MAX)
			alg_text_copy(path, UI_EVDEV_PATH_MAX, link);
	}
	if (d)
		closedir(d);
}

static bool look_at(const char *sys, const char *dev, const char *event, struct ui_evdev_found *found)
{
	char path[PATH_MAX], text[512];

	*found = (struct ui_evdev_found){0};
	snprintf(path, sizeof(path), "%s/%s/device/capabilities/key", sys, event);
	if (!first_line(text, sizeof(text), path) || (found->keys = count_bits(text)) == 0)
		return false;
	snprintf(path, sizeof(path), "%s/%s/device/name", sys, event);
	alg_text_clean(found->name, sizeof(found->name), first_line(text, sizeof(text), path) ? text : "");
	if (snprintf(found->path, sizeof(found->path), "%s/%s", dev, event) >= (int)sizeof(found->path))
		return false;
	found->permitted = access(found->path, R_OK) == 0;
	lasting_name(found->path, dev, event);
	return true;
}

static int is_event(const struct dirent *entry)
{
	return strncmp(entry->d_name, "event", 5) == 0;
}

size_t ui_evdev_list(const char *sys, const char *dev, struct ui_evdev_found *out, size_t max)
{
	struct dirent **names = NULL;
	int n = scandir(sys, &names, is_event, versionsort);
	size_t found = 0;

	for (int i = 0; i < n; i++) {
		if (found < max && look_at(sys, dev, names[i]->d_name, &out[found]))
			found++;
		free(names[i]);
	}
	free(names);
	return found;
}
