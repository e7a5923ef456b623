/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_rows.h - what pictures made of rows share: the page around them, a row of texts and a strip of
 * an axis that lies, ticks, a legend of marks; the same as characters for a terminal. For the
 * files plot_<kind>.c only.
 *
 * A wide page has the point's name left of its strip and its numbers right of it; a narrow one
 * has both in lines over the strip, so that long names stay whole.
 */
#ifndef ANA_PLOT_ROWS_H
#define ANA_PLOT_ROWS_H

#include "analysis/plot.h"

#define ANA_ROWS_MARGIN 4.0
#define ANA_ROWS_WIDE_MM 140.0

enum { ANA_ROWS_TEXT_MAX = 1000, ANA_STRIP_MAX = 64 };

/* A mark of the legend; point_type 0: a box of that colour. words: what it stands for. */
struct ana_mark {
	int point_type;
	double size;
	unsigned rgb;
	const char *words;
};
/* Draws (or with draw false only measures) the marks on as many lines as they need; returns the y below. */
double ana_plot_marks(struct ana_plot *plot, double y_mm, const struct ana_mark *marks, size_t n, bool draw);

/* Title, what simulated data are, and a summary; the caption ends the page. Each returns the y below it. */
double ana_plot_head(struct ana_plot *plot, bool simulated, const char *summary, bool draw);
double ana_plot_foot(struct ana_plot *plot, double y_mm, const char *caption, bool draw);

struct ana_rows {
	struct ana_plot *plot;
	bool wide;
	double label_w, number_x, number_w; /* mm; where not wide both are the whole width */
	double strip_x, strip_w;
	double low, top;                    /* of the axis, at the strip's ends; low < top */
	bool ratio;                         /* the axis is log10(b / a), its numbers are percent */
};

/* One row's texts. */
struct ana_row_texts {
	const char *label, *number;
	int label_flags, number_flags; /* ANA_BOLD */
	unsigned rgb;                  /* of the number */
};

/* low..top is what has to be seen; the axis gets some room around it. */
void ana_rows_start(struct ana_rows *rows, struct ana_plot *plot, double low, double top, bool ratio);
double ana_rows_at(const struct ana_rows *rows, double v);
double ana_rows_height(const struct ana_rows *rows, const struct ana_row_texts *texts);
/* Draws the texts of a row whose top is y, and pale ticks behind its strip; returns the y of the strip's middle. */
double ana_rows_texts(const struct ana_rows *rows, double y_mm, const struct ana_row_texts *texts);
/* Half the height of a strip. */
#define ANA_ROWS_HALF_MM 2.4
/* A line over the strip: what the rows under it have in common. Returns the y below. */
double ana_rows_heading(const struct ana_rows *rows, double y_mm, const char *label, const char *number, bool draw);
/* Ticks, their numbers and the axis' name; returns the y below. */
double ana_rows_axis(const struct ana_rows *rows, double y_mm, const char *name, bool is_signed, bool draw);
/* A line behind the marks. */
void ana_rows_line_between(const struct ana_rows *rows, double a_mm, double b_mm, double y_mm, double thick_mm, unsigned rgb);
/* A short arrow that ends at x: "more than" (direction 1) or "less than" (-1). */
void ana_rows_arrow(const struct ana_rows *rows, double x_mm, double y_mm, int direction, unsigned rgb);

/* Rows of a terminal of 80 columns: 28 for the name, a strip, the number. */
#define ANA_ROWS_STRIP_COLUMNS 22
void ana_rows_terminal(struct ana_plot *plot, size_t rows);
/* "* UTRAP R Upper trapezius": the code first, so that a shortened name stays clear. */
void ana_rows_point(const struct ses_point *point, char *out, size_t cap);
void ana_rows_line(struct ana_plot *plot, size_t row, const char *label, const char *strip, const char *number);

/* A strip of a terminal: width characters for low..top. */
struct ana_strip {
	char text[ANA_STRIP_MAX + 1];
	int width;
	double low, top;
};
void ana_strip_start(struct ana_strip *strip, int width, double low, double top);
/* Puts c at v, or at the end on that side. */
void ana_strip_put(struct ana_strip *strip, double v, char c);
/* Puts c from a to b where nothing stands. */
void ana_strip_line(struct ana_strip *strip, double a, double b, char c);
/* A line under strips: both ends of the axis as numbers, and its name. */
void ana_strip_axis(const struct ana_strip *strip, const char *name, bool is_signed, bool ratio, char *out, size_t cap);

#endif
