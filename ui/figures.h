/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figures.h - the numbers of the measuring screen: pressure against the ceiling, rate against its
 * corridor, results. Not for a blinded session: nothing is drawn then.
 */
#ifndef UI_FIGURES_H
#define UI_FIGURES_H

#include "acq/gate.h"
#include "data/point.h"
#include "ui/canvas.h"

/* Filled to the pressure; '!' where the ceiling is half a second away; '|' the ceiling itself. */
void ui_figures_bar(struct ui_canvas *canvas, int y, int columns, const struct acq_shown *shown);
/* The corridor (a fraction of the target) between parentheses, the rate an 'O'. */
void ui_figures_rate(struct ui_canvas *canvas, int y, int columns, const struct acq_shown *shown, double corridor);
/* A row for each point, the present one among them. */
void ui_figures_table(struct ui_canvas *canvas, int y, int rows, int columns, const struct ses_points *points,
	const struct acq_shown *shown);

#endif
