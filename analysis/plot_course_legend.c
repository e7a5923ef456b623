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
	double split;   /* a second column begins when y has come here; 0: none */
	double top, deepest;
	bool draw;
};

static void next_column(struct legend *l)
{
	l->deepest = fmax(l->deepest, l->y);
	if (l->split > 0 && l->y >= l->split) {
		l->x += l->w + ANA_COURSE_GUTTER;
		l->y = l->top;
		l->split = 0;
	}
}

static void item(struct legend *l, int point_type, double size, unsigned rgb, const char *text)
{
	struct ana_plot *plot = l->draw ? l->page->plot : NULL;

	if (plot && point_type > 0)
		ana_plot_glyph(plot, l->x + 3, l->y + ana_line_mm(ANA_FONT_PT) / 2, point_type, size, rgb);
	l->y = ana_plot_paragraph(plot, l->x + 8, l->y, l->w - 8, ANA_FONT_PT, 0, ANA_INK, text);
	next_column(l);
}

static void sample_line(struct legend *l, double width, int dash, unsigned rgb, const char *text)
{
	double y = l->y + ana_line_mm(ANA_FONT_PT) / 2;

	if (l->draw)
		ana_plot_stroke(l->page->plot, l->x, y, l->x + 6, y, width, dash, rgb);
	item(l, 0, 0, 0, text);
}

/* Site codes of the course's own points become their names; anything else stands as it is. */
static void where(const struct ana_course *course, const char *target, char *out, size_t cap)
{
	char words[ANA_SOURCE_MAX], *save = NULL;

	out[0] = '\0';
	alg_text_copy(words, sizeof(words), target);
	for (char *word = strtok_r(words, "; ", &save); word; word = strtok_r(NULL, "; ", &save)) {
		char label[128];
		bool known = false;

		/* among the sessions' points: a picture may have rows of some of them only */
		for (size_t v = 0; v < course->n_visits && !known; v++)
			for (size_t k = 0; k < course->visit[v].visit.n_points && !known; k++)
				if (strcmp(course->visit[v].visit.point[k].point.site_code, word) == 0) {
					ana_point_label(&course->visit[v].visit.point[k].point, label, sizeof(label));
					known = true;
				}
		if (!known) {
			alg_text_copy(out, cap, target);
			return;
		}
		ana_join(out, cap, label, "; ");
	}
}

static bool same_treatment(const struct ana_treatment *a, const struct ana_treatment *b)
{
	return strcmp(a->modality, b->modality) == 0 && strcmp(a->target, b->target) == 0 && strcmp(a->dose, b->dose) == 0;
}

static bool seen_before(const struct ana_course *course, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_treatment(&course->treatment[k], &course->treatment[i]))
			return true;
	return false;
}

/* "9 Mar, 23 Mar": every day on which the same was done. */
static void days_of(const struct ana_course *course, size_t i, char *out, size_t cap)
{
	out[0] = '\0';
	for (size_t k = 0; k < course->n_treatments; k++) {
		char day[16];

		if (!same_treatment(&course->treatment[k], &course->treatment[i]))
			continue;
		ana_day_words(day, sizeof(day), course->treatment[k].date);
		ana_join(out, cap, day, ", ");
	}
}

static void legend_treatments(struct legend *l)
{
	const struct ana_course *course = l->page->course;

	for (size_t i = 0; i < course->n_treatments; i++) {
		const struct ana_treatment *t = &course->treatment[i];
		char text[900], days[300], target[300];

		if (seen_before(course, i))
			continue;
		days_of(course, i, days, sizeof(days));
		where(course, t->target, target, sizeof(target));
		snprintf(text, sizeof(text), "%s%s%s%s%s%s: %s", t->modality, target[0] ? ", " : "", target,
			t->dose[0] ? " (" : "", t->dose, t->dose[0] ? ")" : "", days);
		if (l->draw)
			ana_course_modality(l->page->plot, l->x + 3, l->y + ana_line_mm(ANA_FONT_PT) / 2, t->modality);
		item(l, 0, 0, 0, text);
		l->y += 1.6; /* the marks are taller than a line */
	}
}

/* Both directions on one line, filled or open. */
static void directions(struct legend *l, bool filled, const char *words)
{
	double y = l->y + ana_line_mm(ANA_FONT_PT) / 2;

	if (l->draw) {
		ana_plot_glyph(l->page->plot, l->x + 1.6, y, filled ? 9 : 8, 0.8, ANA_BLUE);
		ana_plot_glyph(l->page->plot, l->x + 5.4, y, filled ? 11 : 10, 0.8, ANA_VERMILLION);
	}
	item(l, 0, 0, 0, words);
}

static void legend_marks(struct legend *l)
{
	const struct ana_panel_seen *seen = &l->page->seen;
	char text[TEXT_MAX] = "";

	if (seen->confirmed)
		directions(l, true, "rose, fell beyond measurement error at two visits in a row");
	if (seen->open)
		directions(l, false, "at one visit only; the last: not yet confirmed");
	if (seen->within)
		item(l, 6, 0.9, ANA_INK, "baseline, or within measurement error");
	else if (seen->plain)
		item(l, 6, 0.9, ANA_INK, "value of a session");
	if (seen->band) {
		if (l->draw)
			ana_plot_box(l->page->plot, l->x, l->y + 0.8, 6, 3.4, 0xe4e4e4);
		item(l, 0, 0, 0, "within the MDC of the baseline, for one visit");
	}
	if (seen->span) {
		snprintf(text, sizeof(text), "baseline: mean of the first %d", l->page->course->baseline);
		sample_line(l, 4, 1, 0xb0b0b0, text);
		text[0] = '\0';
	}
	if (seen->post)
		item(l, 12, 1.0, ANA_INK, seen->post_beyond ? "after treatment, same day (filled: beyond error)" : "after treatment, same day");
	if (seen->other)
		item(l, 4, 0.7, ANA_GREY, "dashed: other side; dots: presses");
	else if (seen->dots)
		item(l, 7, 0.25, 0x909090, "single presses");
	if (seen->censored) {
		if (l->draw)
			ana_plot_text(l->page->plot, l->x + 3, l->y + ana_line_mm(ANA_FONT_PT) / 2, ANA_CENTRE, 13, ANA_BOLD, ANA_INK,
				"\xe2\x86\x91");
		item(l, 0, 0, 0, "ceiling came first: > value (" ANA_AT_LEAST " change)");
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

double ana_course_legend(struct ana_course_page *page, double x, double y, double w, size_t columns, bool draw)
{
	struct legend l = {.page = page, .x = x, .y = y, .w = w};

	legend_marks(&l); /* measured first: the columns are to be of one height */
	if (columns > 1 || draw) {
		double h = l.y - y;

		l = (struct legend){.page = page, .x = x, .y = y, .w = w, .top = y, .draw = draw};
		if (columns > 1)
			l.split = y + h / 2 - 0.1;
		legend_marks(&l);
	}
	return fmax(l.deepest, l.y) + 1;
}

double ana_course_treatments(struct ana_course_page *page, double x, double y, double w, bool draw)
{
	struct legend l = {.page = page, .x = x, .y = y, .w = w, .draw = draw};

	legend_treatments(&l);
	return l.y + (page->course->n_treatments ? 1 : 0);
}
