/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * button_line.h - a bare switch between two lines of a serial port (line:cts@PORT; also dsr, dcd, ri).
 *
 * The switch connects an output that is on to the input that is watched: DTR and RTS are both asserted as its
 * supply. On a 9-pin connector DTR is pin 4 and RTS pin 7; CTS is pin 8, DSR 6, DCD 1, RI 9. The port is the
 * button's own, not the gauge's.
 *
 * A thread looks at the lines every UI_LINE_EVERY_MS and gives each edge the middle between the two looks
 * around it, on CLOCK_MONOTONIC. A USB adapter adds the time it needs to report its lines (FTDI: up to its
 * latency timer, 16 ms unless set otherwise), which nobody tells. Edges go through a pipe.
 */
#ifndef UI_BUTTON_LINE_H
#define UI_BUTTON_LINE_H

#include "base/log.h"
#include "ui/debounce.h"

enum { UI_LINE_EVERY_MS = 2 };

struct ui_line;

/* The lines that are on, as TIOCM_ bits; below zero -errno. Called from the thread alone once it runs. */
typedef int ui_line_look(void *ctx);

/* "cts@/dev/ttyUSB1". Says MSG_BUTTON_LINE, MSG_BUTTON_ABSENT, MSG_DEV_ACCESS, MSG_DEV_BUSY, MSG_BUTTON_NO_LINES. */
int ui_line_open(struct ui_line **out, const char *source, struct alg_log *log);
/* The same with lines of the caller's own; the state at the start is no edge. */
int ui_line_start(struct ui_line **out, int bit, ui_line_look *look, void *ctx, struct alg_log *log);
/* For poll(2) only. */
int ui_line_fd(const struct ui_line *line);
/* 1 and the next edge, 0 when there is none now, ALG_ERR_NODEV when the port is gone. */
int ui_line_next(struct ui_line *line, struct ui_edge *edge);
/* NULL is fine. */
void ui_line_close(struct ui_line *line);

#endif
