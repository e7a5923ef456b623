/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_course_journal.c - under the panels of a course, on the same time axis: a strip of treatments, a
 * mark a modality, and the pain journal (answers from 0 to 10, higher is worse).
 */
#include "analysis/plot_course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MARK_MM 7.0     /* a treatment in the strip */
#define JOURNAL_MM 30.0 /* the journal's panel */
#define SHIFT_MM 0.9    /* between the marks of one day's answers */

/* ---- treatments -------------------------------------------------------------------------------------- */

/* Square: hands and stretching; circle: needles; diamond: heat, cold, current; pentagon: what the person does. */
enum shape { SQUARE, CIRCLE, DIAMOND, PENTAGON };

static const struct { int corners; double turn_deg, radius_mm; } shapes[] = {
	[SQUARE] = {4, 45, 3.5}, [CIRCLE] = {24, 0, 2.9}, [DIAMOND] = {4, 0, 3.4}, [PENTAGON] = {5, 0, 3.2}};

static const struct { const char *modality; char letter; enum shape shape; } modalities[] = {
	{"myofascial release", 'M', SQUARE}, {"pressure release", 'P', SQUARE}, {"stretching", 'S', SQUARE},
	{"spray and stretch", 'Y', SQUARE}, {"kinesio tape", 'K', SQUARE}, {"dry needling", 'N', CIRCLE},
	{"dry needling superficial", 'F', CIRCLE}, {"dry needling deep", 'D', CIRCLE}, {"injection", 'I', CIRCLE},
	{"heat", 'H', DIAMOND}, {"cold", 'C', DIAMOND}, {"ultrasound", 'U', DIAMOND}, {"tens", 'T', DIAMOND},
	{"laser", 'L', DIAMOND}, {"shock wave", 'W', DIAMOND}, {"exercise", 'E', PENTAGON}, {"education", 'A', PENTAGON},
	{"sham", 'X', SQUARE}, {"none", 'O', SQUARE},
};

void ana_course_modality(struct ana_plot *plot, double x_mm, double y_mm, const char *modality)
{
	char letter[2] = "?";
	enum shape shape = SQUARE;

	for (size_t i = 0; i < sizeof(modalities) / sizeof(modalities[0]); i++)
		if (strcasecmp(modalities[i].modality, modality) == 0) {
			letter[0] = modalities[i].letter;
			shape = modalities[i].shape;
		}
	ana_plot_outline(plot, x_mm, y_mm, shapes[shape].radius_mm, shapes[shape].corners, shapes[shape].turn_deg, ANA_GREEN);
	ana_plot_text(plot, x_mm, y_mm, ANA_CENTRE, ANA_FONT_PT, ANA_BOLD, ANA_GREEN, letter);
}

static double x_of(const struct ana_panel_frame *f, double week)
{
	return f->x + f->w * (week - f->from_w) / (f->to_w - f->from_w);
}

/* The same done twice a day is one mark. */
static bool marked_before(const struct ana_course *c, size_t i)
{
	for (size_t k = i; k-- > 0 && c->treatment[k].day == c->treatment[i].day;)
		if (strcmp(c->treatment[k].modality, c->treatment[i].modality) == 0)
			return true;
	return false;
}

/* Marks that would touch go to a row below; returns how many rows there are. */
static int strip(struct ana_course_page *page, const struct ana_panel_frame *f, double y, bool draw)
{
	enum { ROWS = 8 };
	const struct ana_course *c = page->course;
	double last[ROWS];
	int rows = 0;

	for (int i = 0; i < ROWS; i++)
		last[i] = -INFINITY;
	for (size_t i = 0; i < c->n_treatments; i++) {
		double week = c->treatment[i].day / 7.0, x = x_of(f, week);
		int row = 0;

		if (week < f->from_w || week > f->to_w || marked_before(c, i))
			continue;
		while (row + 1 < ROWS && x < last[row] + MARK_MM)
			row++;
		last[row] = x;
		rows = row + 1 > rows ? row + 1 : rows;
		if (draw)
			ana_course_modality(page->plot, x, y + MARK_MM * (row + 0.5), c->treatment[i].modality);
	}
	return rows;
}

/* ---- the journal ------------------------------------------------------------------------------------- */

static const struct { const char *item, *words; int point_type, dash; double size; unsigned rgb; } items[] = {
	{"pain-now", "pain now", 7, 1, 0.8, ANA_INK},
	{"pain-average-7d", "pain, average of 7 days", 4, 2, 0.8, ANA_BLUE},
	{"pain-worst-7d", "pain, worst of 7 days", 12, 3, 1.0, ANA_VERMILLION},
	{"activity-1", "activity: how hard", 5, 4, 0.7, ANA_GREEN},
	{"sleep", "sleep disturbed", 6, 5, 0.8, ANA_GREY},
};
enum { ITEMS = sizeof(items) / sizeof(items[0]) };

double ana_course_answer(const struct ana_course *c, size_t v, const char *item)
{
	const struct ana_visit *visit = &c->visit[v].visit;

	for (size_t i = 0; i < visit->n_ratings; i++) {
		const struct ses_rating *r = &visit->rating[i];
		size_t len = strlen(r->scale);

		if (strcmp(r->item, item) == 0 && len >= 4 && strcmp(r->scale + len - 4, "0-10") == 0)
			return r->value >= 0 && r->value <= 10 ? r->value : NAN;
	}
	return NAN;
}

static bool answered(const struct ana_course *c, int item)
{
	for (size_t v = 0; v < c->n_visits; v++)
		if (isfinite(ana_course_answer(c, v, items[item].item)))
			return true;
	return false;
}

static int n_answered(const struct ana_course *c)
{
	int n = 0;

	for (int i = 0; i < ITEMS; i++)
		n += answered(c, i);
	return n;
}

/* A block of an item's answers; a session without one leaves a gap. */
static void answers(FILE *gp, const struct ana_course *c, const struct ana_panel_frame *f, int item, double shift_mm)
{
	double shift = shift_mm * (f->to_w - f->from_w) / f->w;

	fprintf(gp, "$journal%d << EOD\n", item);
	for (size_t v = 0; v < c->n_visits; v++) {
		double value = ana_course_answer(c, v, items[item].item);

		if (isfinite(value))
			fprintf(gp, "%.9g %.9g\n", ana_panel_week(c, f, (int)v) + shift, value);
		else if (!ana_visit_is_post(&c->visit[v].visit)) /* after treatment only "now" is asked */
			fputc('\n', gp);
	}
	fputs("EOD\n", gp);
}

static void treatment_lines(struct ana_plot *plot, const struct ana_course *c, const struct ana_panel_frame *f)
{
	for (size_t i = 0; i < c->n_treatments; i++) {
		double x = x_of(f, c->treatment[i].day / 7.0);

		if (x > f->x && x < f->x + f->w && (i == 0 || c->treatment[i].day != c->treatment[i - 1].day))
			ana_plot_stroke(plot, x, f->y, x, f->y + f->h, 1.3, 4, ANA_GREEN);
	}
}

static void journal(struct ana_course_page *page, const struct ana_panel_frame *f)
{
	FILE *gp = page->plot->gp;
	int n = n_answered(page->course), k = 0;

	treatment_lines(page->plot, page->course, f);
	for (int i = 0; i < ITEMS; i++)
		if (answered(page->course, i))
			answers(gp, page->course, f, i, SHIFT_MM * (k++ - (n - 1) / 2.0));
	ana_plot_text(page->plot, f->x - ANA_COURSE_AXIS + 1.5, f->y + f->h / 2, ANA_CENTRE, ANA_FONT_PT, ANA_UPRIGHT, ANA_INK,
		"score (0" ANA_DASH "10)");
	ana_course_calendar(page, f);
	ana_plot_panel(page->plot, f->x, f->y, f->w, f->h);
	fprintf(gp, "set xrange [%.6f:%.6f]\nset yrange [-0.8:10.8]\nset ytics 5\nset format \"%%g\"\nunset xtics\n", f->from_w, f->to_w);
	k = 0;
	for (int i = 0; i < ITEMS; i++)
		if (answered(page->course, i))
			fprintf(gp, "%s$journal%d with linespoints pointtype %d pointsize %g*mark linewidth 1.6 dashtype %d linecolor rgb \"#%06x\"",
				k++ ? ", " : "plot ", i, items[i].point_type, items[i].size, items[i].dash, items[i].rgb);
	fputc('\n', gp);
	ana_plot_clear(page->plot);
}

/* What the lines are, beside the panel or below it; returns the y below. */
static double key(struct ana_course_page *page, double x, double y, double w, bool draw)
{
	struct ana_plot *plot = draw ? page->plot : NULL;

	y = ana_plot_paragraph(plot, x, y, w, ANA_FONT_PT, ANA_BOLD, ANA_INK, "Pain journal (0 none, 10 worst)");
	for (int i = 0; i < ITEMS; i++) {
		double at = y + ana_line_mm(ANA_FONT_PT) / 2;

		if (!answered(page->course, i))
			continue;
		if (draw) {
			ana_plot_stroke(plot, x, at, x + 8, at, 1.6, items[i].dash, items[i].rgb);
			ana_plot_glyph(plot, x + 4, at, items[i].point_type, items[i].size, items[i].rgb);
		}
		y = ana_plot_paragraph(plot, x + 10, y, w - 10, ANA_FONT_PT, 0, ANA_INK, items[i].words);
	}
	return y;
}

double ana_course_below(struct ana_course_page *page, double x, double y, bool draw)
{
	struct ana_panel_frame f = {.x = x + ANA_COURSE_AXIS, .w = page->column_w - ANA_COURSE_AXIS, .h = JOURNAL_MM,
		.from_w = page->from_w, .to_w = page->to_w};
	int rows = strip(page, &f, y, draw);
	bool beside = page->columns > 1;
	double below;

	if (rows && draw)
		ana_plot_text(page->plot, f.x - 3, y + MARK_MM / 2, ANA_RIGHT, ANA_FONT_PT, 0, ANA_GREEN, "treated");
	y += MARK_MM * rows + (rows ? 1.5 : 0);
	if (n_answered(page->course) == 0)
		return y;
	f.y = y;
	below = f.y + f.h + ANA_COURSE_CALENDAR + 1.5;
	double key_y = key(page, beside ? x + page->column_w + ANA_COURSE_GUTTER : x, beside ? y : below, page->column_w, draw);

	if (draw)
		journal(page, &f);
	return fmax(below, key_y) + 2;
}

/* ---- for a terminal ---------------------------------------------------------------------------------- */

/* "pain now (0-10): 6 5 - 3", an answer a session. */
int ana_course_journal_lines(struct ana_plot *plot, const struct ana_course *c)
{
	int lines = 0;

	for (int i = 0; i < ITEMS; i++) {
		char head[64], line[600] = "", one[16];

		if (!answered(c, i))
			continue;
		for (size_t v = 0; v < c->n_visits; v++) {
			double value = ana_course_answer(c, v, items[i].item);

			if (isfinite(value))
				snprintf(one, sizeof(one), "%g", value);
			else
				snprintf(one, sizeof(one), "-");
			ana_join(line, sizeof(line), one, " ");
		}
		snprintf(head, sizeof(head), "%s (0-10), session by session: ", items[i].words);
		lines += ana_plot_say(plot, head, line);
	}
	return lines;
}
