/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/figures.h"

#include <math.h>

enum { TABLE_CELL = 8, TABLE_CELLS = 6, FIGURES = 13, REMARKS = 26, LEAST_FOR_REMARKS = 60 };

/* No "-0": what rounds to nothing has no sign. */
static double unsigned_zero(double x, double step)
{
	return fabs(x) < step / 2 ? 0 : x;
}

/* The column of a number on a scale from 0 to full. */
static int column_of(double x, double full, int columns)
{
	double share = x / full;

	return !(share > 0) ? 0 : share >= 1 ? columns - 1 : (int)(share * columns);
}

/* A number stands before each scale, and a remark after it where there is room. */
static int scale_columns(int columns)
{
	return columns - FIGURES - 1 - (columns >= LEAST_FOR_REMARKS ? REMARKS : 0);
}

static void draw_figure(struct ui_canvas *canvas, int y, bool known, double x, const char *unit)
{
	if (known)
		ui_canvas_print(canvas, y, 0, FIGURES, UI_BOLD, "%6.0f %s", unsigned_zero(x, 1), unit);
	else
		ui_canvas_print(canvas, y, 0, FIGURES, UI_PLAIN, "     - %s", unit);
}

void ui_figures_bar(struct ui_canvas *canvas, int y, int columns, const struct acq_shown *v)
{
	int n = scale_columns(columns);

	if (v->blinded)
		return;
	draw_figure(canvas, y, isfinite(v->pressure_kpa), v->pressure_kpa, "kPa");
	if (n < 3)
		return;
	double full = 1.08 * v->ceiling_kpa, rate = fmax(v->rate_kpa_s, v->target_rate_kpa_s); /* NAN is no rate */
	int mark = column_of(v->ceiling_kpa, full, n), near = column_of(v->ceiling_kpa - rate / 2, full, n);
	int filled = isfinite(v->pressure_kpa) ? column_of(v->pressure_kpa, full, n) : 0;

	for (int i = 0; i < n; i++)
		if (i == mark)
			ui_canvas_text(canvas, y, FIGURES + i, 1, UI_BOLD, "|");
		else if (i < filled)
			ui_canvas_dot(canvas, y, FIGURES + i, i >= near - 1 ? UI_YELLOW : UI_PLAIN);
		else if (i < mark)
			ui_canvas_text(canvas, y, FIGURES + i, 1, UI_PLAIN, i >= near || i == mark - 1 ? "!" : ".");
	if (columns >= LEAST_FOR_REMARKS)
		ui_canvas_print(canvas, y, FIGURES + n + 1, REMARKS, UI_PLAIN, "ceiling %.0f", v->ceiling_kpa);
}

void ui_figures_rate(struct ui_canvas *canvas, int y, int columns, const struct acq_shown *v, double corridor)
{
	double target = v->target_rate_kpa_s, band = target * corridor;
	bool known = isfinite(v->rate_kpa_s) && v->phase == ACQ_RAMP;
	int n = scale_columns(columns);

	if (v->blinded)
		return;
	draw_figure(canvas, y, known, v->rate_kpa_s, "kPa/s");
	if (n < 3)
		return;
	int from = column_of(target - band, 2 * target, n), to = column_of(target + band, 2 * target, n);
	int at = known ? column_of(v->rate_kpa_s, 2 * target, n) : -1;

	for (int i = 0; i < n; i++)
		ui_canvas_text(canvas, y, FIGURES + i, 1, i == at ? UI_BOLD | UI_REVERSE : UI_PLAIN,
			i == at ? "O" : i == from ? "(" : i == to ? ")" : i > from && i < to ? "=" : "-");
	if (columns < LEAST_FOR_REMARKS)
		return;
	ui_canvas_print(canvas, y, FIGURES + n + 1, 16, UI_PLAIN, "keep %.0f to %.0f", target - band, target + band);
	if (isfinite(v->force_n))
		ui_canvas_print(canvas, y, FIGURES + n + 17, REMARKS - 17, UI_PLAIN, "%6.1f N", unsigned_zero(v->force_n, 0.1));
}

static void draw_cell(struct ui_canvas *canvas, int y, int x, const struct acq_shown *v, size_t k)
{
	unsigned char status = v->table_status[k];
	const char *word = status == 0 ? "." : status == SES_MISSING ? "miss" : status == SES_REJECTED ? "rej" : "done";

	if ((status == SES_ACCEPTED || status == SES_CENSORED) && v->table && isfinite(v->table[k]))
		ui_canvas_print(canvas, y, x, TABLE_CELL, UI_PLAIN, "%s%.0f", status == SES_CENSORED ? "  >" : "   ", v->table[k]);
	else
		ui_canvas_print(canvas, y, x, TABLE_CELL, UI_PLAIN, "   %s", word);
}

void ui_figures_table(struct ui_canvas *canvas, int y, int rows, int columns, const struct ses_points *points,
	const struct acq_shown *v)
{
	int n = (int)points->n, first = v->point - rows / 2, cells = (columns - 20) / TABLE_CELL;

	if (v->blinded || !v->table_status)
		return;
	cells = cells > v->table_columns ? v->table_columns : cells;
	cells = cells > TABLE_CELLS ? TABLE_CELLS : cells < 0 ? 0 : cells;
	first = first > n - rows ? n - rows : first;
	first = first < 0 ? 0 : first;
	for (int i = first; i < first + rows && i < n; i++, y++) {
		int label = columns - 3 - TABLE_CELL * cells;
		bool here = i == v->point;

		ui_canvas_print(canvas, y, 1, label, here ? UI_BOLD : UI_PLAIN, "%s %s", here ? ">" : " ", points->point[i].label);
		for (int k = 0; k < cells; k++)
			draw_cell(canvas, y, label + 1 + TABLE_CELL * k, v, (size_t)i * (size_t)v->table_columns + (size_t)k);
	}
}
