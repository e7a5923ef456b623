/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * button_evdev.h - a pedal or switch that the kernel knows as an input device (evdev:PATH[:KEYNAME]).
 *
 * The instant is the kernel's own stamp of the key-down event, on CLOCK_MONOTONIC: however late the program
 * reads it, it is right. Autorepeat is no press. The device is grabbed, so that its keys type nothing into a
 * terminal. Any key counts, or the one that KEYNAME names (KEY_B, BTN_LEFT, as in linux/input-event-codes.h).
 */
#ifndef UI_BUTTON_EVDEV_H
#define UI_BUTTON_EVDEV_H

#include "base/log.h"
#include "ui/debounce.h"

#include <linux/input.h>
#include <stddef.h>

enum { UI_EVDEV_ANY_KEY = -1, UI_EVDEV_PATH_MAX = 256, UI_EVDEV_NAME_MAX = 80 };

struct ui_evdev;

/* What one event says of the key code (or UI_EVDEV_ANY_KEY); false for what is no edge of it. Pure. */
bool ui_evdev_edge(int code, const struct input_event *event, struct ui_edge *edge);

/* PATH[:KEYNAME]. Says MSG_BUTTON_ABSENT, MSG_DEV_ACCESS, MSG_DEV_BUSY, MSG_BUTTON_EVDEV, MSG_BUTTON_KEYNAME. */
int ui_evdev_open(struct ui_evdev **out, const char *source, struct alg_log *log);
/* For poll(2) only. */
int ui_evdev_fd(const struct ui_evdev *evdev);
/*
 * 1 and the next edge, 0 when there is none now, ALG_ERR_NODEV when the device is gone. After the kernel
 * had to drop events the keys' states are asked for: a press found so has the instant of the drop.
 */
int ui_evdev_next(struct ui_evdev *evdev, struct ui_edge *edge);
/* NULL is fine. */
void ui_evdev_close(struct ui_evdev *evdev);

/* An input device with keys. */
struct ui_evdev_found {
	char path[UI_EVDEV_PATH_MAX]; /* its name in by-id where it has one: that stays the same at the next plug */
	char name[UI_EVDEV_NAME_MAX]; /* as the device calls itself, cleaned */
	unsigned keys;                /* how many keys it has */
	bool permitted;               /* this user may open it */
};

/* Looks into "/sys/class/input" and "/dev/input" (or others) without opening a device; how many there are. */
size_t ui_evdev_list(const char *sys, const char *dev, struct ui_evdev_found *out, size_t max);

#endif
