/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_course_legend.c - what the marks of a course mean, and the treatments with their days. */
#include "analysis/plot_course.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 900 };

struct legend {
	struct ana_course_page *page;
	double x, y, w; /* of the next item */
	bool draw;
};

static void item(struct legend *l, int point_type, double size, unsigned rgb, const char *text)
{
	struct ana_plot *plot = l->draw ? l->page->plot : NULL;

	if (plot && point_type > 0)
		ana_plot_glyph(plot, l->x + 3, l->y + ana_line_mm(ANA_FONT_PT) / 2, point_type, size, rgb);
	l->y = ana_plot_paragraph(plot, l->x + 8, l->y, l->w - 8, ANA_FONT_PT, 0, ANA_INK, text);
}

static void sample_line(struct legend *l, double width, int dash, unsigned rgb, const char *text)
{
	double y = l->y + ana_line_mm(ANA_FONT_PT) / 2;

	if (l->draw)
		ana_plot_stroke(l->page->plot, l->x, y, l->x + 6, y, width, dash, rgb);
	item(l, 0, 0, 0, text);
}

static void legend_treatments(struct legend *l)
{
	const struct ana_course *course = l->page->course;
	struct ana_panel_frame f = {.from_w = l->page->from_w, .to_w = l->page->to_w, .w = l->page->column_w - ANA_COURSE_AXIS};
	bool tags = ana_panel_tags(course, &f);
	int n = 0;

	for (size_t i = 0; i < course->n_treatments; i++) {
		const struct ana_treatment *t = &course->treatment[i];
		char text[320], day[16], tag[16] = "";

		if (i == 0 || t->day != course->treatment[i - 1].day)
			n++;
		if (tags)
			snprintf(tag, sizeof(tag), "T%d ", n);
		ana_day_words(day, sizeof(day), t->date);
		snprintf(text, sizeof(text), "%s%s: %s%s%s%s%s", tag, day, t->modality, t->target[0] ? ", " : "", t->target,
			t->dose[0] ? ", " : "", t->dose);
		sample_line(l, 1.3, 4, ANA_GREEN, text);
	}
}

static void legend_marks(struct legend *l)
{
	const struct ana_panel_seen *seen = &l->page->seen;
	char text[TEXT_MAX] = "";

	if (seen->rise)
		item(l, 9, 1.5, ANA_BLUE, "rose from the first value by more than the MDC: less tender");
	if (seen->fall)
		item(l, 11, 1.5, ANA_VERMILLION, "fell from it by more than the MDC: more tender");
	if (seen->within)
		item(l, 6, 0.9, ANA_INK, "first value, or within measurement error of it");
	else if (seen->plain)
		item(l, 6, 0.9, ANA_INK, "value of a session");
	if (seen->band) {
		if (l->draw)
			ana_plot_box(l->page->plot, l->x, l->y + 0.8, 6, 3.4, 0xe4e4e4);
		item(l, 0, 0, 0, "first value " ANA_PLUSMINUS " MDC");
	}
	if (seen->post)
		item(l, 12, 1.2, ANA_INK, "after treatment, same day (not on the line)");
	if (seen->other)
		item(l, 4, 0.7, ANA_GREY, "grey, dashed: the other side");
	if (seen->dots)
		item(l, 7, 0.25, 0x909090, "single presses");
	if (seen->censored) {
		if (l->draw)
			ana_plot_text(l->page->plot, l->x + 3, l->y + ana_line_mm(ANA_FONT_PT) / 2, ANA_CENTRE, 13, ANA_BOLD, ANA_INK,
				"\xe2\x86\x91");
		item(l, 0, 0, 0, "no pain up to the ceiling: more than this");
	}
	for (int c = 0; c < 128; c++)
		if (seen->letter[c]) {
			char one[80];

			snprintf(one, sizeof(one), "%c %s", c, ana_reason_letter_words((char)c));
			ana_join(text, sizeof(text), one, "; ");
		}
	if (seen->missing) {
		char all[TEXT_MAX + 32];

		snprintf(all, sizeof(all), "missing: %s", text);
		if (l->draw)
			ana_plot_text(l->page->plot, l->x + 3, l->y + ana_line_mm(ANA_FONT_PT) / 2, ANA_CENTRE, ANA_FONT_PT, ANA_BOLD,
				ANA_INK, "s");
		item(l, 0, 0, 0, all);
	}
}

/* Two columns where the page has two: marks, then treatments. Returns the y below. */
double ana_course_legend(struct ana_course_page *page, double y, bool draw)
{
	struct legend l = {.page = page, .x = ANA_COURSE_MARGIN, .y = y, .w = page->column_w, .draw = draw};
	double below;

	legend_marks(&l);
	below = l.y;
	if (page->columns > 1) {
		l.x += page->column_w + ANA_COURSE_GUTTER;
		l.y = y;
	}
	legend_treatments(&l);
	return fmax(below, l.y) + 2;
}
