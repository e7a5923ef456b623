/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_course.c - a participant's course as small multiples: one panel a point (with its other
 * side), all on one time axis, the words of what changed at the top, the legend at the end.
 */
#include "analysis/plot_course.h"
#include "analysis/plot_rows.h"
#include "analysis/text.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- which rows share a panel -------------------------------------------------------------- */

/* Length of the code without its side: "UTRAP" of "UTRAP_L". */
static size_t base_len(const struct ses_point *p)
{
	size_t n = strlen(p->site_code);

	return n > 2 && p->site_code[n - 2] == '_' && p->site_code[n - 1] == p->side ? n - 2 : n;
}

bool ana_course_other_side(const struct ses_point *a, const struct ses_point *b)
{
	size_t n = base_len(a);

	return a->side != b->side && n == base_len(b) && strncmp(a->site_code, b->site_code, n) == 0;
}

static int pair_up(struct ana_course_page *page)
{
	const struct ana_course *course = page->course;
	bool *taken = calloc(course->n_rows ? course->n_rows : 1, sizeof(*taken));

	page->panel = calloc(course->n_rows ? course->n_rows : 1, sizeof(*page->panel));
	if (!taken || !page->panel) {
		free(taken);
		return ALG_ERR_NOMEM;
	}
	for (size_t i = 0; i < course->n_rows; i++) {
		struct ana_panel *panel = &page->panel[page->n];

		if (taken[i])
			continue;
		panel->row = &course->row[i];
		if (panel->row->point.role == SES_ROLE_TARGET)
			page->n_targets = page->n + 1;
		/* Only a target lends its panel; of a moved other side the latest place is taken. */
		for (size_t k = course->n_rows; k-- > i + 1 && panel->row->point.role == SES_ROLE_TARGET;)
			if (!taken[k] && course->row[k].point.role == SES_ROLE_CONTRALATERAL &&
				ana_course_other_side(&panel->row->point, &course->row[k].point)) {
				panel->other = &course->row[k];
				taken[k] = true;
				break;
			}
		page->n++;
	}
	free(taken);
	return 0;
}

static const char *role_word(const struct ana_panel *panel)
{
	if (panel->row->point.primary)
		return "primary";
	return panel->row->point.role == SES_ROLE_CONTRALATERAL ? "other side" : ses_role_word(panel->row->point.role);
}

static void heading(struct ana_course_page *page, const struct ana_panel *panel, double x, double y)
{
	const double pt = ANA_FONT_PT, line = ana_line_mm(pt);
	char place[128], series[24] = "", role[48], text[320], fitted[320];
	struct ana_plot *plot = page->plot;

	ana_point_place(&panel->row->point, place, sizeof(place));
	if (panel->row->moved) /* a new place is a new row with its own first value */
		snprintf(series, sizeof(series), ", place %d", panel->row->point.series);
	snprintf(text, sizeof(text), "%s%s", place, series);
	snprintf(role, sizeof(role), " (%s)", role_word(panel));
	ana_text_fit(fitted, sizeof(fitted) - sizeof(role), text, page->column_w - ana_text_mm(role, pt, true), pt, true);
	strcat(fitted, role);
	ana_plot_text(plot, x, y + line / 2, ANA_LEFT, pt, ANA_BOLD, ANA_INK, fitted);
	for (int i = 0; i < (panel->other ? 2 : 1); i++) {
		const struct ana_row *row = i ? panel->other : panel->row;
		enum ana_verdict verdict = row->latest >= 0 ? row->cell[row->latest].change.verdict : ANA_VERDICT_NONE;
		bool passed = row->latest >= 0 && row->cell[row->latest].seen == ANA_SEEN_AGAIN;
		double at = y + line * (1.5 + i);

		y += i ? 0 : 0.4;
		ana_course_row_words(page->course, row, page->column_w - 8, passed, text, sizeof(text));
		ana_text_fit(fitted, sizeof(fitted), text, page->column_w - 8, pt, passed);
		ana_plot_stroke(plot, x, at, x + 6, at, i ? 1.2 : 1.8, i ? 2 : 1, i ? 0x8c8c8c : ANA_INK);
		ana_plot_text(plot, x + 7.5, at, ANA_LEFT, pt,
			passed ? ANA_BOLD : 0,
			verdict == ANA_VERDICT_RISE ? ANA_BLUE : verdict == ANA_VERDICT_FALL ? ANA_VERMILLION : i ? ANA_GREY : ANA_INK,
			fitted);
	}
}

static double heading_h(const struct ana_panel *panel)
{
	return ana_line_mm(ANA_FONT_PT) * (panel->other ? 3 : 2) + 1.5;
}

/* ---- the grid ------------------------------------------------------------------------------ */

static void time_range(struct ana_course_page *page)
{
	double from = 0, to = page->course->visit[page->course->n_visits - 1].day / 7.0, span;

	span = fmax(to, 1);
	/* Treatments long before or after do not squeeze the sessions: they are in the list below. */
	for (size_t i = 0; i < page->course->n_treatments; i++) {
		double week = page->course->treatment[i].day / 7.0;

		if (week > -1 - 0.25 * span && week < to + 1 + 0.25 * span) {
			from = fmin(from, week);
			to = fmax(to, week);
		}
	}
	span = fmax(to - from, 1);
	page->from_w = from - 0.09 * span;
	page->to_w = fmax(to, 1) + 0.09 * span;
}

/* Weeks under the last panel of a column, and the days of the sessions below, read from below. */
void ana_course_calendar(struct ana_course_page *page, const struct ana_panel_frame *f)
{
	const struct ana_course *course = page->course;
	double step = ana_tick(f->to_w - f->from_w, 7), last = -1e9;

	if (step < 1)
		step = 1;
	for (double week = ceil(f->from_w / step) * step; week <= f->to_w; week += step) {
		double x = f->x + f->w * (week - f->from_w) / (f->to_w - f->from_w);
		char text[16];

		snprintf(text, sizeof(text), "%g", week + 0.0);
		ana_plot_stroke(page->plot, x, f->y + f->h, x, f->y + f->h + 1.2, 1, 1, ANA_GREY);
		ana_plot_text(page->plot, x, f->y + f->h + 3.6, ANA_CENTRE, ANA_FONT_PT, 0, ANA_INK, text);
	}
	ana_plot_text(page->plot, f->x - 3, f->y + f->h + 3.6, ANA_RIGHT, ANA_FONT_PT, 0, ANA_INK, "week");
	ana_plot_text(page->plot, f->x - 3, f->y + f->h + 12, ANA_RIGHT, ANA_FONT_PT, 0, ANA_GREY, "day");
	for (size_t v = 0; v < course->n_visits; v++) {
		double x = f->x + f->w * (course->visit[v].day / 7.0 - f->from_w) / (f->to_w - f->from_w);
		char day[16];

		if (x - last < ana_line_mm(ANA_FONT_PT) * 0.9)
			continue;
		last = x;
		ana_day_words(day, sizeof(day), course->visit[v].visit.header.visit_day);
		ana_plot_text(page->plot, x, f->y + f->h + 6.5 + ana_text_mm(day, ANA_FONT_PT, false), ANA_LEFT, ANA_FONT_PT,
			ANA_UPRIGHT, ANA_GREY, day);
	}
}

static struct ana_panel_room panel_room(const struct ana_course_page *page, size_t i)
{
	struct ana_panel_room room = {.low_kpa = INFINITY, .top_kpa = -INFINITY};

	ana_panel_range(page->course, &page->panel[i], &room);
	return room;
}

/* Panels from..from+n share a row. */
struct grid_row {
	size_t from, n;
	double head; /* mm of heading */
	struct ana_panel_frame frame;
};

/* Targets fill their rows; the others begin a new one. */
static bool next_row(const struct ana_course_page *page, struct grid_row *row)
{
	size_t from = row->from + row->n, end = from < page->n_targets ? page->n_targets : page->n;

	*row = (struct grid_row){.from = from, .n = end - from < page->columns ? end - from : page->columns};
	row->frame = (struct ana_panel_frame){.from_w = page->from_w, .to_w = page->to_w};
	for (size_t i = from; i < from + row->n; i++) {
		struct ana_panel_room room = panel_room(page, i);

		row->head = fmax(row->head, heading_h(&page->panel[i]));
		row->frame.h = fmax(row->frame.h, ana_panel_height(&room));
	}
	return row->n > 0;
}

static double row_h(const struct grid_row *row)
{
	return row->head + row->frame.h + 4;
}

/* The last panel of its column: nothing stands below it. */
static bool is_lowest(const struct ana_course_page *page, const struct grid_row *row, size_t column)
{
	struct grid_row below = *row;

	while (next_row(page, &below))
		if (column < below.n)
			return false;
	return true;
}

static double draw_grid(struct ana_course_page *page, double y)
{
	struct grid_row row = {0};
	char name[16];

	snprintf(name, sizeof(name), "%s (kPa)", ana_measure_short(page->course->visit[0].visit.measure));
	while (next_row(page, &row)) {
		struct ana_panel_frame f = row.frame;

		for (size_t i = row.from; i < row.from + row.n; i++) {
			double x = ANA_COURSE_MARGIN + (double)(i - row.from) * (page->column_w + ANA_COURSE_GUTTER);
			struct ana_panel_room room = panel_room(page, i);

			ana_panel_scale(&room, page->kpa_mm, &f);
			f.number = (int)i;
			f.x = x + ANA_COURSE_AXIS;
			f.w = page->column_w - ANA_COURSE_AXIS;
			f.y = y + row.head;
			heading(page, &page->panel[i], x, y + row.head - heading_h(&page->panel[i]));
			ana_plot_text(page->plot, x + 1.5, f.y + f.h / 2, ANA_CENTRE, ANA_FONT_PT, ANA_UPRIGHT, ANA_INK, name);
			if (is_lowest(page, &row, i - row.from))
				ana_course_calendar(page, &f);
			ana_panel_draw(page->plot, page->course, &page->panel[i], &f, &page->seen);
		}
		y += row_h(&row);
	}
	return y + ANA_COURSE_CALENDAR;
}

/* Height of the grid; where a row leaves a place free and another follows, *free_y is set to its top. */
static double measure_grid(const struct ana_course_page *page, double *free_y, double *free_h)
{
	struct grid_row row = {0}, below;
	double y = 0;

	*free_y = *free_h = NAN;
	while (next_row(page, &row)) {
		below = row;
		if (row.n < page->columns && next_row(page, &below)) {
			*free_y = y;
			*free_h = row_h(&row);
		}
		y += row_h(&row);
	}
	return y + ANA_COURSE_CALENDAR;
}

/* ---- whole pictures ------------------------------------------------------------------------ */

/* What the panels will show is known only after drawing them: once into nothing, once for good. */
static int rehearse(struct ana_course_page *page)
{
	struct ana_plot *plot = page->plot;
	char *text = NULL;
	size_t len = 0;
	FILE *gp = plot->gp;

	plot->gp = open_memstream(&text, &len);
	if (!plot->gp) {
		plot->gp = gp;
		return ALG_ERR_NOMEM;
	}
	plot->height_mm = 100;
	draw_grid(page, 0);
	fclose(plot->gp);
	free(text);
	plot->gp = gp;
	return 0;
}

static int picture(struct ana_course_page *page)
{
	struct ana_plot *plot = page->plot;
	const struct ana_course *course = page->course;
	const double w = plot->width_mm - 2 * ANA_COURSE_MARGIN, pt = ANA_FONT_PT, x = ANA_COURSE_MARGIN;
	char words[ANA_PLOT_WORDS_MAX], note[ANA_PLOT_WORDS_MAX];

	ana_course_summary(course, words, sizeof(words));
	ana_course_caption(course, note, sizeof(note));
	page->columns = plot->width_mm >= 140 ? 2 : 1;
	page->column_w = (w - ANA_COURSE_GUTTER * (double)(page->columns - 1)) / (double)page->columns;
	time_range(page);
	for (size_t i = 0; i < page->n; i++) {
		struct ana_panel_room room = panel_room(page, i);

		page->kpa_mm = fmax(page->kpa_mm, ana_panel_need(&room));
	}
	if (rehearse(page))
		return ALG_ERR_NOMEM;
	double y_grid = ana_plot_head(plot, course->simulated, words, false);
	double free_y, free_h, column = page->column_w + ANA_COURSE_GUTTER;
	double y_strip = y_grid + measure_grid(page, &free_y, &free_h) + 1;
	double y_below = ana_course_below(page, x, y_strip, false) + 1, legend_x = x, legend_y = y_below;

	/* The legend goes where the targets leave a place free, when it fits there. */
	if (page->columns > 1 && ana_course_legend(page, 0, 0, page->column_w, 1, false) <= free_h + 4) {
		legend_x = x + column;
		legend_y = y_grid + free_y - 1;
	} else {
		y_below = ana_course_legend(page, x, y_below, page->column_w, page->columns, false);
	}
	double y_note = ana_course_treatments(page, x, y_below, w, false);

	ana_plot_page(plot, ana_plot_paragraph(NULL, x, y_note, w, pt, 0, 0, note) + 3);
	ana_plot_head(plot, course->simulated, words, true);
	draw_grid(page, y_grid);
	ana_course_below(page, x, y_strip, true);
	ana_course_legend(page, legend_x, legend_y, page->column_w, legend_x > x ? 1 : page->columns, true);
	ana_course_treatments(page, x, y_below, w, true);
	ana_plot_paragraph(plot, x, y_note, w, pt, 0, ANA_INK, note);
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
	return 0;
}

int ana_plot_course(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_course *course,
	struct alg_log *log)
{
	struct ana_course_page page = {.plot = plot, .course = course};
	int ret = ana_plot_begin(plot, "course", style, log);

	if (ret)
		return ret;
	if (course->n_visits == 0 || course->n_rows == 0)
		return alg_fail(log, MSG_PLOT_NOTHING, course->participant, "no session with a point");
	ana_course_title(course, plot->title, sizeof(plot->title));
	ana_course_table(&plot->table, course);
	if (ana_plot_is_text(plot))
		ana_course_terminal(plot, course);
	else if (pair_up(&page) || picture(&page))
		plot->table.failed = ALG_ERR_NOMEM;
	free(page.panel);
	return ana_plot_end(plot, log);
}
