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
	bool other, band, span, confirmed, open, within, plain, censored, missing, post, post_beyond, dots;
	bool letter[128];
};

struct ana_course_page {
	struct ana_plot *plot;
	const struct ana_course *course;
	struct ana_panel *panel; /* targets, then the others */
	size_t n, n_targets;
	size_t columns;
	double column_w, from_w, to_w;
	double kpa_mm;           /* the same in every panel, so that changes and bands can be compared */
	struct ana_panel_seen seen;
};

#define ANA_COURSE_MARGIN 4.0
#define ANA_COURSE_GUTTER 6.0
#define ANA_COURSE_AXIS 19.0 /* from the column's left to the panel's */

#define ANA_COURSE_CALENDAR 19.5 /* under the lowest panel of a column */

#define ANA_COURSE_PANEL 20.0 /* without room for arrows, letters and tags */

/* Weeks of a session on the axis; pre and post of one day are set apart by a little. */
double ana_panel_week(const struct ana_course *course, const struct ana_panel_frame *frame, int visit);
/* What a panel has to show, and how much paper it needs over and under that for arrows and letters. */
struct ana_panel_room {
	double low_kpa, top_kpa; /* start with INFINITY, -INFINITY */
	double above_mm, below_mm;
};
void ana_panel_range(const struct ana_course *course, const struct ana_panel *panel, struct ana_panel_room *room);
/* The scale [kPa/mm] that the panel needs at least, and its height. */
double ana_panel_need(const struct ana_panel_room *room);
double ana_panel_height(const struct ana_panel_room *room);
/* Sets the frame's pressures: its data in the middle. f->h must stand. */
void ana_panel_scale(const struct ana_panel_room *room, double kpa_mm, struct ana_panel_frame *f);
/* Writes the panel, its axes and marks. */
void ana_panel_draw(struct ana_plot *plot, const struct ana_course *course, const struct ana_panel *panel,
	const struct ana_panel_frame *frame, struct ana_panel_seen *seen);
/* Weeks under a panel, and the days of the sessions; ANA_COURSE_CALENDAR mm high (plot_course.c). */
void ana_course_calendar(struct ana_course_page *page, const struct ana_panel_frame *frame);

/* plot_course_journal.c: treatments and journal on the panels' time axis, from y down; returns the y below. */
double ana_course_below(struct ana_course_page *page, double x, double y, bool draw);
/* The mark of a modality. */
void ana_course_modality(struct ana_plot *plot, double x_mm, double y_mm, const char *modality);
/* An answer from 0 to 10; NAN: not asked, skipped, or of another scale. */
double ana_course_answer(const struct ana_course *course, size_t visit, const char *item);
int ana_course_journal_lines(struct ana_plot *plot, const struct ana_course *course);

/* The same place on the two sides of the body. */
bool ana_course_other_side(const struct ses_point *a, const struct ses_point *b);
/* Lists and sentences (plot_course_words.c). */
void ana_course_title(const struct ana_course *course, char *out, size_t cap);
void ana_course_summary(const struct ana_course *course, char *out, size_t cap);
void ana_course_caption(const struct ana_course *course, char *out, size_t cap);
/* "R +9 kPa: within measurement error", in as many words as fit in width_mm. */
void ana_course_row_words(
	const struct ana_course *course, const struct ana_row *row, double width_mm, bool bold, char *out, size_t cap);
/* The numbers behind (plot_course_text.c), and the drawing for a terminal. */
void ana_course_table(struct ana_table *table, const struct ana_course *course);
void ana_course_terminal(struct ana_plot *plot, const struct ana_course *course);
/* Draws (or with draw false only measures) the legend of what was seen; returns the y below it. */
double ana_course_legend(struct ana_course_page *page, double x, double y, double w, size_t columns, bool draw);
double ana_course_treatments(struct ana_course_page *page, double x, double y, double w, bool draw);

#endif
