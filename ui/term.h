/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term.h - bytes for a terminal that is never waited for. What it does not take now stays here and
 * goes out later, in order and whole: a picture that builds on the one before must not lose a byte.
 *
 * The descriptor is opened anew where that is possible, so that not to wait is a matter of ours and
 * not of everybody who shares the terminal; else single bytes are written when there is room.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>
#include <stddef.h>

struct ui_term {
	int fd;
	bool own;      /* opened here, without waiting */
	bool gone;     /* hung up: what is given is dropped */
	char *pending;
	size_t len, sent, cap;
};

void ui_term_open(struct ui_term *term, int fd);
/* Appends; nothing is written yet. ALG_ERR_NOMEM: all of it is dropped. */
int ui_term_put(struct ui_term *term, const char *bytes, size_t len);
/* Writes what the terminal takes at once; true when nothing is left. */
bool ui_term_pump(struct ui_term *term);
/* The same for at most so long; for the last bytes of a program. */
bool ui_term_drain(struct ui_term *term, int patience_ms);
/* False, and nothing set, when it has no size. */
bool ui_term_size(const struct ui_term *term, int *rows, int *columns);
void ui_term_close(struct ui_term *term);

#endif
