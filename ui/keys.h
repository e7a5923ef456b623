/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys.h - single keys from a terminal, without waiting for Enter and without echo. The terminal's
 * settings come back at close. A descriptor that is no terminal gives no keys.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <termios.h>

struct ui_keys {
	int fd;
	bool raw;
	struct termios saved;
};

void ui_keys_open(struct ui_keys *keys, int fd);
/* The next key, 0 when there is none now, -1 when the terminal is gone. Escape sequences are dropped. */
int ui_keys_get(struct ui_keys *keys);
void ui_keys_close(struct ui_keys *keys);

#endif
