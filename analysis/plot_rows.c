/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_rows.c - page, rows, ticks and legend of pictures made of rows; strips of characters. */
#include "analysis/plot_rows.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define LABEL_MM 58.0
#define NUMBER_MM 60.0
#define GAP_MM 3.0

/* ---- the page ------------------------------------------------------------------------------ */

double ana_plot_marks(struct ana_plot *plot, double y_mm, const struct ana_mark *marks, size_t n, bool draw)
{
	const double right = plot->width_mm - ANA_ROWS_MARGIN, line = ana_line_mm(ANA_FONT_PT), lead = 6;
	double x = ANA_ROWS_MARGIN;

	for (size_t i = 0; i < n; i++) {
		const struct ana_mark *m = &marks[i];
		double w = ana_text_mm(m->words, ANA_FONT_PT, false);

		if (x > ANA_ROWS_MARGIN && x + lead + w > right) {
			x = ANA_ROWS_MARGIN;
			y_mm += line;
		}
		if (draw && m->point_type)
			ana_plot_glyph(plot, x + 2.5, y_mm + line / 2, m->point_type, m->size, m->rgb);
		else if (draw)
			ana_plot_box(plot, x, y_mm + line / 2 - 1.8, 5, 3.6, m->rgb);
		if (x + lead + w <= right) {
			if (draw)
				ana_plot_text(plot, x + lead, y_mm + line / 2, ANA_LEFT, ANA_FONT_PT, 0, ANA_INK, m->words);
		} else { /* longer than a line: it has lines of its own */
			y_mm = ana_plot_paragraph(draw ? plot : NULL, x + lead, y_mm, right - x - lead, ANA_FONT_PT, 0, ANA_INK,
				m->words) - line;
		}
		x += lead + w + 4;
	}
	return n ? y_mm + line + 1 : y_mm;
}

double ana_plot_head(struct ana_plot *plot, bool simulated, const char *summary, bool draw)
{
	const double w = plot->width_mm - 2 * ANA_ROWS_MARGIN;
	struct ana_plot *to = draw ? plot : NULL;

	const bool beside = plot->width_mm >= 120; /* a narrow page has the stamp over the title */

	if (draw)
		ana_plot_simulated(plot, simulated);
	double y = ana_plot_paragraph(to, ANA_ROWS_MARGIN, simulated && !beside ? 9 : 3, simulated && beside ? w - 42 : w, 12,
		ANA_BOLD, ANA_INK, plot->title) + 1;

	return ana_plot_paragraph(to, ANA_ROWS_MARGIN, y, w, ANA_FONT_PT, 0, ANA_INK,
		plot->style.words ? plot->style.words : summary) + 3;
}

double ana_plot_foot(struct ana_plot *plot, double y_mm, const char *caption, bool draw)
{
	return ana_plot_paragraph(draw ? plot : NULL, ANA_ROWS_MARGIN, y_mm, plot->width_mm - 2 * ANA_ROWS_MARGIN, ANA_FONT_PT,
		0, ANA_INK, caption) + 3;
}

/* ---- rows ---------------------------------------------------------------------------------- */

void ana_rows_start(struct ana_rows *rows, struct ana_plot *plot, double low, double top, bool ratio)
{
	const double w = plot->width_mm - 2 * ANA_ROWS_MARGIN, room = 0.04 * (top - low);

	*rows = (struct ana_rows){.plot = plot, .wide = plot->width_mm >= ANA_ROWS_WIDE_MM, .low = low - room,
		.top = top + room, .ratio = ratio, .label_w = w, .number_w = w, .number_x = ANA_ROWS_MARGIN, .strip_x = ANA_ROWS_MARGIN + 4,
		.strip_w = w - 8};
	if (!rows->wide)
		return;
	/* names and numbers keep their width; a broad page gives the rest to the strip, a smaller one takes of all */
	double scale = fmin(1, w / (LABEL_MM + NUMBER_MM + 58));

	rows->label_w = LABEL_MM * scale;
	rows->number_w = NUMBER_MM * scale;
	rows->number_x = plot->width_mm - ANA_ROWS_MARGIN - rows->number_w;
	rows->strip_x = ANA_ROWS_MARGIN + rows->label_w + GAP_MM;
	rows->strip_w = rows->number_x - GAP_MM - rows->strip_x;
}

double ana_rows_at(const struct ana_rows *rows, double v)
{
	return rows->strip_x + rows->strip_w * (v - rows->low) / (rows->top - rows->low);
}

static double paragraph(const struct ana_rows *rows, bool draw, double x, double y, double w, int flags, unsigned rgb,
	const char *text)
{
	return ana_plot_paragraph(draw ? rows->plot : NULL, x, y, w, ANA_FONT_PT, flags, rgb, text);
}

/* Where the axis has numbers: values on it. Returns how many. */
enum { TICKS_MAX = 64 };
static size_t ticks(const struct ana_rows *rows, double at[TICKS_MAX], double *step)
{
	/* of ratios: what is read best first, the others where two numbers have room */
	static const double percent[] = {0, 100, -50, 50, -30, 200, -70, 300, -80, 500, 900, -90, 20, -20, 10, -10};
	const double apart = 10.5 * (rows->top - rows->low) / rows->strip_w;
	size_t n = 0;

	*step = 1;
	for (size_t i = 0; rows->ratio && i < sizeof(percent) / sizeof(percent[0]); i++) {
		double v = log10(1 + percent[i] / 100);
		bool room = v >= rows->low && v <= rows->top;

		for (size_t k = 0; k < n; k++)
			room &= fabs(v - at[k]) >= apart;
		if (room)
			at[n++] = v;
	}
	if (rows->ratio)
		return n;
	char widest[32]; /* of the numbers at the ends */

	ana_signed_text(widest, sizeof(widest), -fmax(fabs(rows->low), fabs(rows->top)), 0);
	*step = ana_tick((rows->top - rows->low) * (ana_text_mm(widest, ANA_FONT_PT, false) + 1.5) / rows->strip_w, 1);
	for (double k = ceil(rows->low / *step); k * *step <= rows->top && n < TICKS_MAX; k++)
		at[n++] = k * *step;
	return n;
}

static void tick_lines(const struct ana_rows *rows, double y0_mm, double y1_mm)
{
	double at[TICKS_MAX], step;
	size_t n = ticks(rows, at, &step);

	for (size_t i = 0; i < n; i++)
		ana_plot_box(rows->plot, ana_rows_at(rows, at[i]) - 0.1, y0_mm, 0.2, y1_mm - y0_mm, ANA_PALE);
}

static double texts_height(const struct ana_rows *rows, const struct ana_row_texts *t, double *label_h, double *number_h)
{
	*label_h = paragraph(rows, false, 0, 0, rows->label_w, t->label_flags, 0, t->label);
	*number_h = paragraph(rows, false, 0, 0, rows->number_w, t->number_flags, 0, t->number);
	return rows->wide ? fmax(*label_h, *number_h) : *label_h + *number_h;
}

double ana_rows_height(const struct ana_rows *rows, const struct ana_row_texts *texts)
{
	double label_h, number_h, h = texts_height(rows, texts, &label_h, &number_h);

	return rows->wide ? fmax(h, 2 * ANA_ROWS_HALF_MM) + 1.6 : h + 2 * ANA_ROWS_HALF_MM + 3;
}

double ana_rows_texts(const struct ana_rows *rows, double y_mm, const struct ana_row_texts *texts)
{
	double label_h, number_h, h = ana_rows_height(rows, texts);

	texts_height(rows, texts, &label_h, &number_h);
	double y_label = rows->wide ? y_mm + (h - label_h) / 2 : y_mm;
	double y_number = rows->wide ? y_mm + (h - number_h) / 2 : y_mm + label_h;

	paragraph(rows, true, ANA_ROWS_MARGIN, y_label, rows->label_w, texts->label_flags, ANA_INK, texts->label);
	paragraph(rows, true, rows->number_x, y_number, rows->number_w, texts->number_flags, texts->rgb, texts->number);
	if (rows->wide) {
		tick_lines(rows, y_mm, y_mm + h);
		return y_mm + h / 2;
	}
	double y = y_mm + label_h + number_h + ANA_ROWS_HALF_MM + 0.6;

	tick_lines(rows, y - ANA_ROWS_HALF_MM, y + ANA_ROWS_HALF_MM);
	return y;
}

double ana_rows_heading(const struct ana_rows *rows, double y_mm, const char *label, const char *number, bool draw)
{
	double y = y_mm + 1.5, end = paragraph(rows, draw, ANA_ROWS_MARGIN, y, rows->label_w, 0, ANA_GREY, label);

	if (rows->wide)
		return fmax(end, paragraph(rows, draw, rows->number_x, y, rows->number_w, 0, ANA_GREY, number));
	return paragraph(rows, draw, rows->number_x, end, rows->number_w, 0, ANA_GREY, number);
}

static void tick_words(double v, double step, bool is_signed, bool ratio, char *out, size_t cap)
{
	int decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;

	if (ratio)
		ana_signed_text(out, cap, 100 * (pow(10, v) - 1), 0);
	else if (is_signed)
		ana_signed_text(out, cap, v, decimals);
	else
		snprintf(out, cap, "%.*f", decimals, v);
}

double ana_rows_axis(const struct ana_rows *rows, double y_mm, const char *name, bool is_signed, bool draw)
{
	double at[TICKS_MAX], step, line = ana_line_mm(ANA_FONT_PT);
	size_t n = ticks(rows, at, &step);
	char text[32];

	for (size_t i = 0; draw && i < n; i++) {
		double x = ana_rows_at(rows, at[i]);

		ana_plot_stroke(rows->plot, x, y_mm, x, y_mm + 1.2, 1, 1, ANA_GREY);
		tick_words(at[i], step, is_signed, rows->ratio, text, sizeof(text));
		ana_plot_text(rows->plot, x, y_mm + 1.5 + line / 2, ANA_CENTRE, ANA_FONT_PT, 0, ANA_INK, text);
	}
	if (draw) {
		ana_plot_stroke(rows->plot, rows->strip_x, y_mm, rows->strip_x + rows->strip_w, y_mm, 1, 1, ANA_GREY);
		ana_plot_text(rows->plot, rows->strip_x + rows->strip_w / 2, y_mm + 1.5 + 1.5 * line, ANA_CENTRE, ANA_FONT_PT, 0,
			ANA_INK, name);
	}
	return y_mm + 1.5 + 2 * line + 2;
}

void ana_rows_line_between(const struct ana_rows *rows, double a_mm, double b_mm, double y_mm, double thick_mm, unsigned rgb)
{
	ana_plot_box(rows->plot, fmin(a_mm, b_mm), y_mm - thick_mm / 2, fabs(b_mm - a_mm), thick_mm, rgb);
}

void ana_rows_arrow(const struct ana_rows *rows, double x_mm, double y_mm, int direction, unsigned rgb)
{
	ana_plot_stroke(rows->plot, x_mm - direction * 2.6, y_mm, x_mm, y_mm, 1.8, 1, rgb);
	for (int side = -1; side <= 1; side += 2)
		ana_plot_stroke(rows->plot, x_mm - direction * 2, y_mm + side * 1.4, x_mm, y_mm, 1.8, 1, rgb);
}

void ana_rows_terminal(struct ana_plot *plot, size_t rows)
{
	/* one row more: gnuplot keeps the last one free */
	ana_plot_page(plot, (double)rows + 1);
}

void ana_rows_point(const struct ses_point *point, char *out, size_t cap)
{
	char code[48], name[128];

	ana_point_short(point, code, sizeof(code));
	ana_point_place(point, name, sizeof(name));
	snprintf(out, cap, "%s%s %s", point->primary ? "* " : "", code, name);
}

void ana_rows_line(struct ana_plot *plot, size_t row, const char *label, const char *strip, const char *number)
{
	const double strip_x = 28, number_x = strip_x + ANA_ROWS_STRIP_COLUMNS + 2, y = (double)row + 0.5;
	char fitted[256], whole[ANA_ROWS_TEXT_MAX];

	ana_text_fit(fitted, sizeof(fitted), label, strip_x - 1, 0, false);
	ana_plot_text(plot, 0, y, ANA_LEFT, 0, 0, 0, fitted);
	ana_plot_text(plot, strip_x, y, ANA_LEFT, 0, 0, 0, strip);
	ana_text_fit(fitted, sizeof(fitted), number, plot->width_mm - number_x, 0, false);
	if (ana_text_mm(number, 0, false) > plot->width_mm - number_x) { /* whole under the drawing */
		snprintf(whole, sizeof(whole), "%s: %s", label, number);
		ana_plot_say(plot, whole, "");
	}
	ana_plot_text(plot, number_x, y, ANA_LEFT, 0, 0, 0, fitted);
}

/* ---- strips of characters ------------------------------------------------------------------ */

void ana_strip_start(struct ana_strip *strip, int width, double low, double top)
{
	*strip = (struct ana_strip){.width = width < ANA_STRIP_MAX ? width : ANA_STRIP_MAX, .low = low, .top = top};
	memset(strip->text, ' ', (size_t)strip->width);
}

static int column(const struct ana_strip *strip, double v)
{
	double at = rint((strip->width - 1) * (v - strip->low) / (strip->top - strip->low));

	return at < 0 ? 0 : at > strip->width - 1 ? strip->width - 1 : (int)at;
}

void ana_strip_put(struct ana_strip *strip, double v, char c)
{
	if (isfinite(v))
		strip->text[column(strip, v)] = c;
}

void ana_strip_line(struct ana_strip *strip, double a, double b, char c)
{
	if (!isfinite(a) || !isfinite(b))
		return;
	for (int i = column(strip, fmin(a, b)), end = column(strip, fmax(a, b)); i <= end; i++)
		if (strip->text[i] == ' ')
			strip->text[i] = c;
}

void ana_strip_axis(const struct ana_strip *strip, const char *name, bool is_signed, bool ratio, char *out, size_t cap)
{
	char low[32], top[32];

	tick_words(strip->low, 1, is_signed, ratio, low, sizeof(low));
	tick_words(strip->top, 1, is_signed, ratio, top, sizeof(top));
	int gap = strip->width - (int)ana_text_mm(low, 0, false) - (int)ana_text_mm(top, 0, false), n = (int)strlen(name);

	gap = gap < n + 2 ? n + 2 : gap;
	snprintf(out, cap, "%s%*s%s%*s%s", low, (gap - n) / 2, "", name, gap - n - (gap - n) / 2, "", top);
}
