/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * debounce.h - a switch makes and breaks several times before it rests; only its first edge is a press.
 *
 * A press that comes within UI_BOUNCE_MS after the last edge (press or release, whether it counted or not)
 * is bounce. Contacts of pedals and hand switches rest within 5 to 20 ms; no person presses twice within 50 ms.
 * The first edge counts, so that bounce delays nothing. Pure: time is what the edges say.
 */
#ifndef UI_DEBOUNCE_H
#define UI_DEBOUNCE_H

#include <stdbool.h>
#include <stdint.h>

enum { UI_BOUNCE_MS = 50 };

/* A switch went down or came up, on CLOCK_MONOTONIC. */
struct ui_edge {
	int64_t t_ns;
	bool down;
};

/* All zero at the start. */
struct ui_debounce {
	int64_t last_ns; /* of the last edge */
	bool has_last;
	unsigned bounces; /* presses that did not count */
};

/* True when this edge is a press that counts. */
bool ui_debounce(struct ui_debounce *debounce, const struct ui_edge *edge);

#endif
