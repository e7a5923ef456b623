/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screen.h - the measuring screen: redrawn whole on a terminal, single lines elsewhere.
 *
 * It is given a struct acq_shown, which only the gate makes, so it cannot show what a blinded
 * session must not tell. Writing never blocks: a terminal that does not take the text misses a
 * picture, and the next one is whole again. Main thread only.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "acq/gate.h"
#include "data/point.h"
#include "data/procedure.h"

#include <stdbool.h>

struct ui_plan {
	const char *title;      /* "P012  session 3  pre" */
	const struct ses_points *points;
	const struct ses_procedure *proc;
	bool simulated;
	bool space_is_response; /* the examiner's space bar marks the response */
};

struct ui_screen;

/* fd: where to write; redraw: it is a terminal that takes cursor movements. ALG_ERR_NOMEM. */
int ui_screen_open(struct ui_screen **out, int fd, bool redraw, const struct ui_plan *plan);
/* Draws at most 12 times a second, and always when force is set. wall_now_ns: any monotonic time. */
void ui_screen_draw(struct ui_screen *screen, const struct acq_shown *shown, int64_t wall_now_ns, bool force);
/* A sentence: the message line of a redrawn screen, a line of its own elsewhere. */
void ui_screen_say(struct ui_screen *screen, const char *text);
/* Restores the terminal; NULL is fine. */
void ui_screen_close(struct ui_screen *screen);

#endif
