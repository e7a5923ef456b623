/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas.h - a picture of character cells by ncurses, which never sees the terminal: what it would
 * write goes to memory and is taken from there. The one file that knows ncurses. One canvas at a time
 * is drawn on; main thread only.
 *
 * Terminal modes, keys and signals stay as they are; line feeds may return the carriage as well.
 * Without UTF-8 what is not ASCII is '?'.
 */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

/* Colours are an addition where there are any. */
enum ui_style { UI_PLAIN = 0, UI_BOLD = 1, UI_REVERSE = 2, UI_GREEN = 4, UI_YELLOW = 8, UI_RED = 16 };

struct ui_canvas;

/* type: as $TERM. ALG_ERR_UNSUPPORTED: unknown, or without cursor movements; ALG_ERR_NOMEM. */
int ui_canvas_open(struct ui_canvas **out, const char *type, bool utf8, int rows, int columns);
void ui_canvas_free(struct ui_canvas *canvas);
/* True when the size is another one: all is drawn anew. */
bool ui_canvas_resize(struct ui_canvas *canvas, int rows, int columns);
/* All cells blank. */
void ui_canvas_clear(struct ui_canvas *canvas);
/* Any text, made harmless and cut to so many columns. Returns the columns it took. */
int ui_canvas_text(struct ui_canvas *canvas, int y, int x, int columns, unsigned style, const char *text);
void ui_canvas_print(struct ui_canvas *canvas, int y, int x, int columns, unsigned style, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* One cell filled, or a row of blanks in a style. */
void ui_canvas_dot(struct ui_canvas *canvas, int y, int x, unsigned style);
void ui_canvas_blank(struct ui_canvas *canvas, int y, int x, int columns, unsigned style);
/* Bytes of the longest head of a cleaned text that is not wider than so many columns. */
size_t ui_canvas_fit(const struct ui_canvas *canvas, const char *text, int columns);
/* The terminal may show anything: with the next picture it is cleared and every cell is sent. */
void ui_canvas_repair(struct ui_canvas *canvas);
/* What makes the terminal show the picture; valid until the next call. */
const char *ui_canvas_show(struct ui_canvas *canvas, size_t *len);
/* What gives the terminal back; the last call but ui_canvas_free. */
const char *ui_canvas_end(struct ui_canvas *canvas, size_t *len);
/* The picture that was shown last as lines of text without blanks at their ends. */
void ui_canvas_read(struct ui_canvas *canvas, char *out, size_t cap);

#endif
