/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help_vt.h - a terminal for tests: as much of a VT100 and an xterm as ncurses asks for. What it does
 * not know it counts, so that a picture is not right by chance.
 */
#ifndef TEST_HELP_VT_H
#define TEST_HELP_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HELP_VT_ROWS = 100, HELP_VT_COLUMNS = 300 };

struct help_vt {
	int rows, columns, y, x, saved_y, saved_x;
	int top, bottom;     /* rows that scroll */
	bool wraps;          /* the last column is written, the next letter goes to the next row */
	wchar_t cell[HELP_VT_ROWS][HELP_VT_COLUMNS]; /* 0: right half of a wide one */
	bool reverse, lit[HELP_VT_ROWS][HELP_VT_COLUMNS]; /* drawn in reverse */
	char sequence[64];
	size_t in_sequence;  /* bytes of an escape sequence so far, the escape counted */
	char utf8[4];
	size_t in_utf8, utf8_len;
	wchar_t last;
	int unknown;
};

void help_vt_start(struct help_vt *vt, int rows, int columns);
void help_vt_feed(struct help_vt *vt, const char *bytes, size_t len);
/* Lines without blanks at their ends, as ui_screen_text. */
void help_vt_text(const struct help_vt *vt, char *out, size_t cap);

#endif
