/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * screen.h - the measuring screen: a picture on a terminal, single lines elsewhere.
 *
 * Both hands are on the gauge and the eyes on the patient: the order to the hand is in letters that
 * are read across the room, then the place and the side, then all else, as far as the terminal is
 * large. Colour is never the only sign.
 *
 * It is given a struct acq_shown, which only the gate makes, so it cannot show what a blinded
 * session must not tell. Writing never blocks: a terminal that has not taken the last picture gets
 * no new one until it has. Main thread only.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "acq/gate.h"
#include "data/point.h"
#include "data/procedure.h"

#include <stdbool.h>
#include <stddef.h>

struct ui_plan {
	const char *title;      /* "P012  session 3  pre" */
	const struct ses_points *points;
	const struct ses_procedure *proc;
	bool simulated;
	bool space_is_response; /* the examiner's space bar marks the response */
	const char *keys;       /* what each key does, two blanks between them; NULL: nothing is said */
};

struct ui_screen;

/*
 * fd: where to write; redraw: it is a terminal. One that takes no cursor movements ($TERM) gets lines,
 * and is told so. Without UTF-8 in LC_ALL, LC_CTYPE or LANG letters are made of '#'. ALG_ERR_NOMEM.
 */
int ui_screen_open(struct ui_screen **out, int fd, bool redraw, const struct ui_plan *plan);
/* Draws at most 12 times a second, and always when force is set. wall_now_ns: any monotonic time. */
void ui_screen_draw(struct ui_screen *screen, const struct acq_shown *shown, int64_t wall_now_ns, bool force);
/* The picture drawn last, as text; "" when there is none. For tests. */
void ui_screen_text(struct ui_screen *screen, char *out, size_t cap);
/* A sentence: the message line of a redrawn screen, a line of its own elsewhere. */
void ui_screen_say(struct ui_screen *screen, const char *text);
/* The same where there is no picture: what stands in it need not be said, and would push away what does not. */
void ui_screen_line(struct ui_screen *screen, const char *text);
/* Restores the terminal; NULL is fine. */
void ui_screen_close(struct ui_screen *screen);

#endif
