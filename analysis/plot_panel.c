/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_panel.c - one panel of a course: a point over the weeks, with its other side. */
#include "analysis/plot_course.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From the back to the front. Every layer is a datablock and a clause of the plot command. */
enum layer {
	BAND, BASE, SPAN, LINE2, DOTS2, MARK2, RISEO2, FALLO2, RISE2, FALL2, CENS2, STUB, LINE, DOTS, MARK, POST, POSTX, RISEO, FALLO, RISE,
	FALL, CENS, LAYERS
};

static const struct {
	const char *name, *style;
} layers[LAYERS] = {
	[BAND] = {"band", "using 1:2:3 with filledcurves linecolor rgb \"#e4e4e4\""},
	[BASE] = {"base", "with lines linewidth 1 dashtype 3 linecolor rgb \"#6e6e6e\""},
	[SPAN] = {"span", "with lines linewidth 4 linecolor rgb \"#b0b0b0\""},
	[LINE2] = {"line2", "with lines linewidth 1.2 dashtype 2 linecolor rgb \"#8c8c8c\""},
	[DOTS2] = {"dots2", "with points pointtype 7 pointsize 0.22*mark linecolor rgb \"#b4b4b4\""},
	[MARK2] = {"mark2", "with points pointtype 4 pointsize 0.7*mark linewidth 1.2 linecolor rgb \"#6e6e6e\""},
	[RISEO2] = {"riseo2", "with points pointtype 8 pointsize 0.8*mark linewidth 1.2 linecolor rgb \"#6e6e6e\""},
	[FALLO2] = {"fallo2", "with points pointtype 10 pointsize 0.8*mark linewidth 1.2 linecolor rgb \"#6e6e6e\""},
	[RISE2] = {"rise2", "with points pointtype 9 pointsize 0.8*mark linecolor rgb \"#6e6e6e\""},
	[FALL2] = {"fall2", "with points pointtype 11 pointsize 0.8*mark linecolor rgb \"#6e6e6e\""},
	[CENS2] = {"cens2", "with vectors head filled size screen 0.008,20 linewidth 1.5 linecolor rgb \"#6e6e6e\""},
	[STUB] = {"stub", "with lines linewidth 1.2 dashtype 3 linecolor rgb \"#1a1a1a\""},
	[LINE] = {"line", "with lines linewidth 1.8 linecolor rgb \"#1a1a1a\""},
	[DOTS] = {"dots", "with points pointtype 7 pointsize 0.25*mark linecolor rgb \"#909090\""},
	[MARK] = {"mark", "with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb \"#1a1a1a\""},
	[POST] = {"post", "with points pointtype 12 pointsize 1.0*mark linewidth 1.5 linecolor rgb \"#1a1a1a\""},
	[POSTX] = {"postx", "with points pointtype 13 pointsize 1.1*mark linecolor rgb \"#1a1a1a\""},
	[RISEO] = {"riseo", "with points pointtype 8 pointsize 1.15*mark linewidth 2 linecolor rgb \"#0072b2\""},
	[FALLO] = {"fallo", "with points pointtype 10 pointsize 1.15*mark linewidth 2 linecolor rgb \"#d55e00\""},
	[RISE] = {"rise", "with points pointtype 9 pointsize 1.15*mark linecolor rgb \"#0072b2\""},
	[FALL] = {"fall", "with points pointtype 11 pointsize 1.15*mark linecolor rgb \"#d55e00\""},
	[CENS] = {"cens", "with vectors head filled size screen 0.012,22 linewidth 2.2 linecolor rgb \"#1a1a1a\""},
};

struct drawing {
	struct ana_plot *plot;
	const struct ana_course *course;
	const struct ana_panel_frame *frame;
	struct ana_panel_seen *seen;
	FILE *f[LAYERS];
	char *text[LAYERS];
	size_t len[LAYERS];
};

double ana_panel_week(const struct ana_course *course, const struct ana_panel_frame *frame, int visit)
{
	double week = course->visit[visit].day / 7.0, mm = (frame->to_w - frame->from_w) / frame->w;
	int here = 0, before = 0;

	/* Sessions of one day stand 3 mm apart, around the day. */
	for (int i = 0; i < (int)course->n_visits; i++)
		if (course->visit[i].day == course->visit[visit].day) {
			here++;
			before += i < visit;
		}
	return week + mm * 3.6 * (before - (here - 1) / 2.0);
}

static void widen(double v, double *low, double *top)
{
	if (!isfinite(v))
		return;
	*low = fmin(*low, v);
	*top = fmax(*top, v);
}

static void row_range(const struct ana_course *course, const struct ana_row *row, bool band, double *low, double *top)
{
	for (size_t v = 0; v < course->n_visits; v++) {
		const struct ana_point *point = row->cell[v].point;

		widen(row->cell[v].value_kpa, low, top);
		for (size_t i = 0; point && i < point->n_press; i++)
			if (point->press[i].status == SES_ACCEPTED)
				widen(point->press[i].kpa, low, top);
	}
	if (band) {
		widen(row->low_kpa, low, top);
		widen(row->high_kpa, low, top);
	}
}

void ana_panel_range(const struct ana_course *course, const struct ana_panel *panel, struct ana_panel_room *room)
{
	const struct ana_row *rows[2] = {panel->row, panel->other};

	for (int i = 0; i < 2 && rows[i]; i++) {
		row_range(course, rows[i], i == 0, &room->low_kpa, &room->top_kpa);
		for (size_t v = 0; v < course->n_visits; v++) {
			double lines = !isfinite(rows[i]->cell[v].value_kpa) + (i && !isfinite(rows[0]->cell[v].value_kpa));

			room->below_mm = fmax(room->below_mm, 4.6 * lines);
			if (rows[i]->cell[v].bound)
				room->above_mm = fmax(room->above_mm, 11);
		}
	}
}

double ana_panel_need(const struct ana_panel_room *room)
{
	double span = isfinite(room->low_kpa) ? fmax(room->top_kpa - room->low_kpa, 40) : 40;

	return span / (ANA_COURSE_PANEL - 4);
}

double ana_panel_height(const struct ana_panel_room *room)
{
	return ANA_COURSE_PANEL + room->above_mm + room->below_mm;
}

void ana_panel_scale(const struct ana_panel_room *room, double kpa_mm, struct ana_panel_frame *f)
{
	double mid = isfinite(room->low_kpa) ? (room->low_kpa + room->top_kpa) / 2 : 50;
	double above = room->above_mm, half = (f->h - above - room->below_mm) / 2;

	f->low_kpa = mid - (half + room->below_mm) * kpa_mm;
	f->top_kpa = mid + (half + above) * kpa_mm;
}

/* ---- layers -------------------------------------------------------------------------------- */

static void put(struct drawing *d, enum layer layer, double x, double y)
{
	ana_plot_number(d->f[layer], x);
	fputc(' ', d->f[layer]);
	ana_plot_number(d->f[layer], y);
	fputc('\n', d->f[layer]);
}

static void put3(struct drawing *d, enum layer layer, double x, double a, double b)
{
	fprintf(d->f[layer], "%.9g %.9g %.9g\n", x, a, b);
}

static double kpa_of_mm(const struct drawing *d, double mm)
{
	return mm * (d->frame->top_kpa - d->frame->low_kpa) / d->frame->h;
}

static bool is_exact(const struct ana_cell *cell)
{
	return isfinite(cell->value_kpa) && !cell->bound;
}

/* The baseline from its first session on, a bar over its sessions when it has several, the band from its last. */
static void band(struct drawing *d, const struct ana_row *row)
{
	double from, until;

	if (row->baseline < 0 || row->base_bound)
		return;
	from = ana_panel_week(d->course, d->frame, row->baseline_first);
	until = ana_panel_week(d->course, d->frame, row->baseline);
	put(d, BASE, from, row->base_kpa);
	put(d, BASE, d->frame->to_w, row->base_kpa);
	if (row->baseline_n > 1) {
		put(d, SPAN, from, row->base_kpa);
		put(d, SPAN, until, row->base_kpa);
		d->seen->span = true;
	}
	if (!isfinite(row->low_kpa))
		return;
	put3(d, BAND, until, row->low_kpa, row->high_kpa);
	put3(d, BAND, d->frame->to_w, row->low_kpa, row->high_kpa);
	d->seen->band = true;
}

/* The line joins exact values of sessions before treatment; it ends at what is missing or censored. */
static void line(struct drawing *d, const struct ana_row *row, enum layer layer)
{
	bool open = false;

	for (int v = 0; v < (int)d->course->n_visits; v++) {
		if (ana_visit_is_post(&d->course->visit[v].visit))
			continue;
		if (is_exact(&row->cell[v]))
			put(d, layer, ana_panel_week(d->course, d->frame, v), row->cell[v].value_kpa);
		else if (open)
			fputc('\n', d->f[layer]);
		open = is_exact(&row->cell[v]);
	}
}

/* A short joint from the session before treatment to the one after it. */
static void stub(struct drawing *d, const struct ana_row *row, int v)
{
	if (v == 0 || d->course->visit[v - 1].day != d->course->visit[v].day || !is_exact(&row->cell[v - 1]) ||
		!is_exact(&row->cell[v]))
		return;
	put(d, STUB, ana_panel_week(d->course, d->frame, v - 1), row->cell[v - 1].value_kpa);
	put(d, STUB, ana_panel_week(d->course, d->frame, v), row->cell[v].value_kpa);
	fputc('\n', d->f[STUB]);
}

/* A triangle: beyond measurement error, filled when it was so at two visits in a row. */
static enum layer layer_of(const struct ana_cell *cell, bool post, bool other)
{
	bool rise = cell->change.verdict == ANA_VERDICT_RISE, fall = cell->change.verdict == ANA_VERDICT_FALL;
	bool again = cell->seen == ANA_SEEN_AGAIN;

	if (post && !other)
		return rise || fall ? POSTX : POST;
	if (other)
		return rise ? (again ? RISE2 : RISEO2) : fall ? (again ? FALL2 : FALLO2) : MARK2;
	return rise ? (again ? RISE : RISEO) : fall ? (again ? FALL : FALLO) : MARK;
}

static void mark(struct drawing *d, const struct ana_row *row, int v, bool other)
{
	const struct ana_cell *cell = &row->cell[v];
	bool post = ana_visit_is_post(&d->course->visit[v].visit);
	bool beyond = cell->change.verdict == ANA_VERDICT_RISE || cell->change.verdict == ANA_VERDICT_FALL;
	enum layer layer = layer_of(cell, post, other);

	d->seen->post |= post && !other;
	d->seen->post_beyond |= layer == POSTX;
	d->seen->confirmed |= beyond && cell->seen == ANA_SEEN_AGAIN;
	d->seen->open |= beyond && cell->seen != ANA_SEEN_AGAIN && layer != POSTX;
	d->seen->within |= cell->change.verdict == ANA_VERDICT_WITHIN;
	d->seen->plain |= !beyond && cell->change.verdict != ANA_VERDICT_WITHIN;
	put(d, layer, ana_panel_week(d->course, d->frame, v), cell->value_kpa);
}

/* "> 600 (>= +85)" over the arrow's head, once a run of censored sessions: the value, and what it says of the change. */
static void censored(struct drawing *d, const struct ana_row *row, int v, bool other)
{
	const struct ana_cell *cell = &row->cell[v];
	double x = ana_panel_week(d->course, d->frame, v);
	char text[64], change[24];

	fprintf(d->f[other ? CENS2 : CENS], "%.9g %.9g 0 %.9g\n", x, cell->value_kpa, kpa_of_mm(d, 5));
	d->seen->censored = true;
	if (v > 0 && row->cell[v - 1].bound)
		return;
	const struct ana_panel_frame *f = d->frame;
	double x_mm = f->x + f->w * (x - f->from_w) / (f->to_w - f->from_w);
	double y_mm = f->y + f->h * (f->top_kpa - cell->value_kpa) / (f->top_kpa - f->low_kpa);

	snprintf(text, sizeof(text), ANA_MORE "%.0f", floor(cell->value_kpa));
	if (cell->change.kind == ANA_CHANGE_AT_LEAST) {
		ana_signed_text(change, sizeof(change), ana_bound_rounded(cell->change.kind, cell->change.kpa), 0);
		snprintf(text + strlen(text), sizeof(text) - strlen(text), " (" ANA_AT_LEAST " %s)", change);
	}
	double half = ana_text_mm(text, ANA_FONT_PT, false) / 2;

	x_mm = fmax(f->x + half + 0.5, fmin(x_mm, f->x + f->w - half - 0.5));
	ana_plot_text(d->plot, x_mm, y_mm - 7.8, ANA_CENTRE, ANA_FONT_PT, 0, other ? ANA_GREY : ANA_INK, text);
}

/* A letter above the axis where a value should be: "p", or "L p" when two sides share the panel. */
static void missing(struct drawing *d, const struct ana_row *row, int v, bool with_side, int line_no)
{
	const struct ana_panel_frame *f = d->frame;
	const struct ana_cell *cell = &row->cell[v];
	char letter = cell->point ? ana_reason_letter(cell->point->reason) : '-', text[16];
	double x = ana_panel_week(d->course, f, v);

	if (letter == 'x' && cell->point->n_missing > 0 && cell->point->n_rejected == 0)
		letter = '?';
	if (with_side)
		snprintf(text, sizeof(text), "%c:%c", row->point.side, letter);
	else
		snprintf(text, sizeof(text), "%c", letter);
	ana_plot_text(d->plot, f->x + f->w * (x - f->from_w) / (f->to_w - f->from_w), f->y + f->h - 2.6 - 4.6 * line_no,
		ANA_CENTRE, ANA_FONT_PT, ANA_BOLD, ANA_INK, text);
	d->seen->missing = true;
	d->seen->letter[(unsigned char)letter & 127] = true;
}

static void presses(struct drawing *d, const struct ana_row *row, int v, enum layer layer)
{
	const struct ana_point *point = row->cell[v].point;
	double x = ana_panel_week(d->course, d->frame, v);

	for (size_t i = 0; point && i < point->n_press; i++)
		if (point->press[i].status == SES_ACCEPTED && isfinite(point->press[i].kpa)) {
			put(d, layer, x, point->press[i].kpa);
			d->seen->dots = true;
		}
}

static void row(struct drawing *d, const struct ana_row *r, const struct ana_row *first, bool with_side)
{
	const bool other = first != r;

	line(d, r, other ? LINE2 : LINE);
	for (int v = 0; v < (int)d->course->n_visits; v++) {
		bool post = ana_visit_is_post(&d->course->visit[v].visit);

		presses(d, r, v, other ? DOTS2 : DOTS);
		if (r->cell[v].bound && isfinite(r->cell[v].value_kpa))
			censored(d, r, v, other);
		else if (is_exact(&r->cell[v]))
			mark(d, r, v, other);
		else if (r->cell[v].point || !post) /* a post session is often of a few points only */
			missing(d, r, v, with_side, other && !isfinite(first->cell[v].value_kpa));
		if (post && !other)
			stub(d, r, v);
	}
}

/* ---- axes and treatments ------------------------------------------------------------------- */

/* The top of a stroke: under the words over censored values, where there are any. */
static double stroke_top(const struct ana_course *course, const struct ana_panel *panel, const struct ana_panel_frame *f)
{
	double highest = -INFINITY;

	for (size_t v = 0; v < course->n_visits; v++) {
		if (panel->row->cell[v].bound)
			highest = fmax(highest, panel->row->cell[v].value_kpa);
		if (panel->other && panel->other->cell[v].bound)
			highest = fmax(highest, panel->other->cell[v].value_kpa);
	}
	return isfinite(highest) ? f->y + f->h * (f->top_kpa - highest) / (f->top_kpa - f->low_kpa) - 5.2 : f->y;
}

/* One stroke a day; what was done stands in the strip below. */
static void treatments(struct drawing *d, const struct ana_panel *panel)
{
	const struct ana_panel_frame *f = d->frame;
	double top = stroke_top(d->course, panel, f);

	for (size_t i = 0; i < d->course->n_treatments; i++) {
		double x = f->x + f->w * (d->course->treatment[i].day / 7.0 - f->from_w) / (f->to_w - f->from_w);

		if ((i > 0 && d->course->treatment[i].day == d->course->treatment[i - 1].day) || x < f->x || x > f->x + f->w)
			continue;
		ana_plot_stroke(d->plot, x, top, x, f->y + f->h, 1.3, 4, ANA_GREEN);
	}
}

static void axes(struct drawing *d)
{
	const struct ana_panel_frame *f = d->frame;
	FILE *gp = d->plot->gp;

	ana_plot_panel(d->plot, f->x, f->y, f->w, f->h);
	fprintf(gp, "set xrange [%.6f:%.6f]\nset yrange [%.4f:%.4f]\n", f->from_w, f->to_w, f->low_kpa, f->top_kpa);
	fprintf(gp, "set ytics %g\nset format \"%%g\"\nunset xtics\n", ana_tick(f->top_kpa - f->low_kpa, 4));
}

static int clauses(struct drawing *d)
{
	FILE *gp = d->plot->gp;
	int n = 0, bad = 0;

	for (int i = 0; i < LAYERS; i++) {
		bad |= fclose(d->f[i]) != 0;
		if (!bad && d->len[i])
			fprintf(gp, "$p%d_%s << EOD\n%sEOD\n", d->frame->number, layers[i].name, d->text[i]);
	}
	for (int i = 0; !bad && i < LAYERS; i++)
		if (d->len[i])
			fprintf(gp, "%s$p%d_%s %s", n++ ? ", " : "plot ", d->frame->number, layers[i].name, layers[i].style);
	/* Nothing measured at this point: below the range, so that axes and texts are drawn all the same. */
	if (n == 0)
		fprintf(gp, "plot %.6f with lines", d->frame->low_kpa - 1);
	fputc('\n', gp);
	return bad;
}

void ana_panel_draw(struct ana_plot *plot, const struct ana_course *course, const struct ana_panel *panel,
	const struct ana_panel_frame *frame, struct ana_panel_seen *seen)
{
	struct drawing d = {.plot = plot, .course = course, .frame = frame, .seen = seen};
	int opened = 0;

	while (opened < LAYERS && (d.f[opened] = open_memstream(&d.text[opened], &d.len[opened])))
		opened++;
	if (opened < LAYERS) {
		plot->table.failed = ALG_ERR_NOMEM;
		while (opened-- > 0)
			fclose(d.f[opened]);
	} else {
		treatments(&d, panel);
		band(&d, panel->row);
		if (panel->other) {
			seen->other = true;
			row(&d, panel->other, panel->row, true);
		}
		row(&d, panel->row, panel->row, panel->other != NULL);
		axes(&d);
		if (clauses(&d))
			plot->table.failed = ALG_ERR_NOMEM;
	}
	for (int i = 0; i < LAYERS; i++)
		free(d.text[i]);
	ana_plot_clear(plot);
}
