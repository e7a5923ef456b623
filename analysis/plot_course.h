/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_course.h - between plot_course.c (page: headings, legend, words) and plot_panel.c (what
 * stands inside one panel). Not for others.
 */
#ifndef ANA_PLOT_COURSE_H
#define ANA_PLOT_COURSE_H

#include "analysis/plot.h"

/* One panel: a point, and the same place on the other side when that was measured. */
struct ana_panel {
	const struct ana_row *row, *other; /* other may be NULL */
};

struct ana_panel_frame {
	double x, y, w, h;      /* mm */
	double from_w, to_w;    /* weeks on the x axis */
	double low_kpa, top_kpa;
	int number;             /* for names in the script */
};

/* Marks of which a legend has to speak. */
struct ana_panel_seen {
	bool other, band, rise, fall, within, plain, censored, missing, post, dots;
	bool letter[128];
};

struct ana_course_page {
	struct ana_plot *plot;
	const struct ana_course *course;
	struct ana_panel *panel;
	size_t n;
	size_t columns;
	double column_w, from_w, to_w;
	struct ana_panel_seen seen;
};

#define ANA_COURSE_MARGIN 4.0
#define ANA_COURSE_GUTTER 6.0
#define ANA_COURSE_AXIS 17.0 /* from the column's left to the panel's */

/* Weeks of a session on the axis; pre and post of one day are set apart by a little. */
double ana_panel_week(const struct ana_course *course, const struct ana_panel_frame *frame, int visit);
/* Widens low..top by everything the panel shows. */
void ana_panel_range(const struct ana_course *course, const struct ana_panel *panel, double *low, double *top);
/* Writes the panel, its axes and marks. */
void ana_panel_draw(struct ana_plot *plot, const struct ana_course *course, const struct ana_panel *panel,
	const struct ana_panel_frame *frame, struct ana_panel_seen *seen);
/* Whether treatments stand far enough apart for their tags ("T1"). */
bool ana_panel_tags(const struct ana_course *course, const struct ana_panel_frame *frame);

/* Lists and sentences (plot_course_words.c). */
void ana_course_title(const struct ana_course *course, char *out, size_t cap);
void ana_course_summary(const struct ana_course *course, char *out, size_t cap);
void ana_course_caption(const struct ana_course *course, char *out, size_t cap);
void ana_course_row_words(const struct ana_course *course, const struct ana_row *row, char *out, size_t cap);
/* The numbers behind (plot_course_text.c), and the drawing for a terminal. */
void ana_course_table(struct ana_table *table, const struct ana_course *course);
void ana_course_terminal(struct ana_plot *plot, const struct ana_course *course);
/* Draws (or with draw false only measures) the legend of what was seen; returns the y below it. */
double ana_course_legend(struct ana_course_page *page, double y, bool draw);

#endif
