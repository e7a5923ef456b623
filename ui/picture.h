/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture.h - what the measuring screen shows, drawn into a canvas of any size: first what cannot be
 * done without, then the rest by its worth until the rows are used up.
 */
#ifndef UI_PICTURE_H
#define UI_PICTURE_H

#include "ui/canvas.h"
#include "ui/screen.h"

void ui_picture_draw(struct ui_canvas *canvas, int rows, int columns, const struct ui_plan *plan,
	const char *message, const struct acq_shown *shown);

#endif
