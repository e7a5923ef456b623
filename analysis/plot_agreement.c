/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_agreement.c - stable pairs: difference against mean, or on the log10 scale ratio against geometric
 * mean, with bias and limits of agreement (stats/bland.h). Intervals stand only where every participant has
 * one pair: several places of one person are not independent.
 */
#include "analysis/plot.h"
#include "analysis/plot_rows.h"
#include "analysis/reliability.h"
#include "base/text.h"
#include "stats/bland.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 900, GLYPHS = 8, NAMED_MAX = 12, PLACES = 4 };

#define LEFT_MM 22.0
#define RIGHT_MM 27.0 /* for the names of the lines */

static const int glyphs[GLYPHS] = {7, 5, 9, 11, 13, 6, 4, 8};

struct field {
	const struct ana_agreement *of;
	double *x, *y;    /* owned: mean and difference, or geometric mean and ratio */
	size_t *person;   /* owned: 0, 1, ... */
	size_t persons;
	struct st_bland bland;
	bool ratio, intervals;
	double x_low, x_top, y_low, y_top;
};

/* ---- what there is ----------------------------------------------------------------------------- */

static void name_persons(struct field *d)
{
	for (size_t i = 0; i < d->of->n; i++) {
		d->person[i] = d->persons;
		for (size_t k = 0; k < i; k++)
			if (strcmp(d->of->point[k].a->header.participant, d->of->point[i].a->header.participant) == 0)
				d->person[i] = d->person[k];
		d->persons += d->person[i] == d->persons;
	}
}

static int limits(struct field *d, struct alg_log *log)
{
	size_t n = d->of->n;
	double *a = calloc(n, sizeof(*a)), *b = calloc(n, sizeof(*b));
	int rc = a && b ? 0 : ALG_ERR_NOMEM;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		a[i] = d->of->point[i].a_kpa;
		b[i] = d->of->point[i].b_kpa;
	}
	if (rc == 0 && d->ratio)
		rc = st_bland_ratio(&d->bland, b, a, n, ST_LIMITS, 0.95);
	else if (rc == 0)
		rc = st_bland_of(&d->bland, b, a, n, ST_LIMITS, 0.95);
	free(a);
	free(b);
	return rc ? alg_fail(log, MSG_NOMEM, "a picture") : 0;
}

static void reach(struct field *d, double y)
{
	if (!isfinite(y))
		return;
	d->y_low = fmin(d->y_low, y);
	d->y_top = fmax(d->y_top, y);
}

/* Ratios are drawn as their logs, so that half and double are as far from 1. */
static double height(const struct field *d, double y)
{
	return d->ratio ? log10(y) : y;
}

static void ranges(struct field *d)
{
	const struct st_bland *b = &d->bland;
	const double edges[] = {b->low, b->high, b->low_ci.low, b->high_ci.high};

	d->x_low = d->y_low = INFINITY;
	d->x_top = d->y_top = -INFINITY;
	reach(d, height(d, d->ratio ? 1 : 0));
	for (size_t i = 0; i < d->of->n; i++) {
		d->x_low = fmin(d->x_low, d->x[i]);
		d->x_top = fmax(d->x_top, d->x[i]);
		reach(d, height(d, d->y[i]));
	}
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
		if (i < 2 || d->intervals)
			reach(d, height(d, edges[i]));
	double room_x = fmax(0.08 * (d->x_top - d->x_low), 5), room_y = fmax(0.08 * (d->y_top - d->y_low), d->ratio ? 0.02 : 2);

	d->x_low = fmax(0, d->x_low - room_x);
	d->x_top += room_x;
	d->y_low -= room_y;
	d->y_top += room_y;
}

static int gather(struct field *d, const struct ana_agreement *of, struct alg_log *log)
{
	*d = (struct field){.of = of, .ratio = of->scale == SES_SCALE_LOG10};
	if (of->n == 0)
		return alg_fail(log, MSG_PLOT_NOTHING, "plot agreement",
			"no pair of this kind is marked stable there ('algometer reliability stable CODE A B')");
	d->x = calloc(of->n, sizeof(*d->x));
	d->y = calloc(of->n, sizeof(*d->y));
	d->person = calloc(of->n, sizeof(*d->person));
	if (!d->x || !d->y || !d->person)
		return alg_fail(log, MSG_NOMEM, "a picture");
	for (size_t i = 0; i < of->n; i++) {
		const struct ana_agreement_point *p = &of->point[i];

		d->x[i] = d->ratio ? sqrt(p->a_kpa * p->b_kpa) : (p->a_kpa + p->b_kpa) / 2;
		d->y[i] = d->ratio ? p->b_kpa / p->a_kpa : p->b_kpa - p->a_kpa;
	}
	name_persons(d);
	int rc = limits(d, log);

	d->intervals = d->persons == of->n && isfinite(d->bland.low_ci.low);
	ranges(d);
	return rc;
}

static void table(struct ana_plot *plot, const struct field *d)
{
	static const char *const names[] = {"participant", "site_code", "session_a", "session_b", "examiner_a", "examiner_b", "day_a",
		"day_b", "a_kpa", "b_kpa", "mean_kpa", "difference_kpa", "ratio", "bias", "limit_low", "limit_high"};

	ana_table_start(&plot->table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < d->of->n; i++) {
		const struct ana_agreement_point *p = &d->of->point[i];
		char name[48];

		ana_table_text(&plot->table, p->a->header.participant);
		ana_table_text(&plot->table, p->site);
		ana_visit_name(p->a, name, sizeof(name));
		ana_table_text(&plot->table, name);
		ana_visit_name(p->b, name, sizeof(name));
		ana_table_text(&plot->table, name);
		ana_table_text(&plot->table, p->a->header.examiner);
		ana_table_text(&plot->table, p->b->header.examiner);
		ana_table_text(&plot->table, p->a->header.visit_day);
		ana_table_text(&plot->table, p->b->header.visit_day);
		ana_table_number(&plot->table, p->a_kpa, 3);
		ana_table_number(&plot->table, p->b_kpa, 3);
		ana_table_number(&plot->table, d->x[i], 3);
		ana_table_number(&plot->table, p->b_kpa - p->a_kpa, 3);
		ana_table_number(&plot->table, p->b_kpa / p->a_kpa, 5);
		ana_table_number(&plot->table, d->bland.bias, 5);
		ana_table_number(&plot->table, d->bland.low, 5);
		ana_table_number(&plot->table, d->bland.high, 5);
	}
}

/* ---- words ------------------------------------------------------------------------------------- */

static void title(struct ana_plot *plot, const struct field *d)
{
	snprintf(plot->title, sizeof(plot->title), "Agreement %s, %s: %zu participant%s",
		d->of->kind == SES_SEM_BETWEEN_EXAMINERS ? "between examiners" : "between visits",
		*d->of->site ? d->of->site : "all places", d->persons, d->persons == 1 ? "" : "s");
}

/* "+3.1 kPa", or the ratio "1.04". */
static void amount(char *out, size_t cap, const struct field *d, double v)
{
	if (d->ratio)
		snprintf(out, cap, "%.2f", v);
	else
		ana_signed_text(out, cap, v, 1);
}

static void with_interval(char *out, size_t cap, const struct field *d, const char *name, double v, struct st_interval ci)
{
	char value[24], low[24], high[24];

	amount(value, sizeof(value), d, v);
	amount(low, sizeof(low), d, ci.low);
	amount(high, sizeof(high), d, ci.high);
	if (d->intervals)
		snprintf(out, cap, "%s %s (95 %% CI %s to %s)", name, value, low, high);
	else
		snprintf(out, cap, "%s %s", name, value);
}

static void summary(const struct field *d, char *out, size_t cap)
{
	const struct st_bland *b = &d->bland;
	char text[160];

	out[0] = '\0';
	with_interval(text, sizeof(text), d, "Bias", b->bias, b->bias_ci);
	ana_join(out, cap, text, "");
	if (isfinite(b->low)) {
		with_interval(text, sizeof(text), d, "limits of agreement", b->low, b->low_ci);
		ana_join(out, cap, text, "; ");
		with_interval(text, sizeof(text), d, "to", b->high, b->high_ci);
		ana_join(out, cap, text, " ");
	}
	ana_join(out, cap, d->ratio ? " (ratios)." : " kPa.", "");
}

static void caption(const struct field *d, char *out, size_t cap)
{
	char text[200];

	snprintf(out, cap, "%s, pairs marked stable. Lines: bias and limits (bias " ANA_PLUSMINUS "1.96 SD of the %s)%s. %zu pair%s.",
		d->of->kind == SES_SEM_BETWEEN_EXAMINERS ? "Second examiner (by code) against the first" : "Later visit against the earlier one",
		d->ratio ? "log ratio" : "difference", d->intervals ? "; bands: their 95 % intervals (t, participants)" : "", d->of->n,
		d->of->n == 1 ? "" : "s");
	if (!d->intervals && d->persons < d->of->n)
		ana_join(out, cap, "No intervals: several places of one person are not independent (name one with --site).", " ");
	if (d->intervals && isfinite(d->bland.proportional.p)) {
		snprintf(text, sizeof(text), "Slope of the %s on the mean: p %.3f.", d->ratio ? "log ratio" : "difference",
			d->bland.proportional.p);
		ana_join(out, cap, text, " ");
	}
}

/* ---- the drawing ------------------------------------------------------------------------------- */

struct frame {
	double x, y, w, h;
	bool narrow; /* the names of the lines stand inside */
};

static double at_x(const struct frame *f, const struct field *d, double x)
{
	return f->x + f->w * (x - d->x_low) / (d->x_top - d->x_low);
}

static double at_y(const struct frame *f, const struct field *d, double y)
{
	return f->y + f->h * (d->y_top - height(d, y)) / (d->y_top - d->y_low);
}

static void band(struct ana_plot *plot, const struct field *d, const struct frame *f, struct st_interval ci)
{
	if (d->intervals && isfinite(ci.low))
		ana_plot_box(plot, f->x, at_y(f, d, ci.high), f->w, at_y(f, d, ci.low) - at_y(f, d, ci.high), ANA_PALE);
}

static void line(struct ana_plot *plot, const struct field *d, const struct frame *f, double y, int dash, const char *name,
	double y_name)
{
	char text[64], value[24];

	if (!isfinite(y))
		return;
	amount(value, sizeof(value), d, y);
	snprintf(text, sizeof(text), "%s %s", name, value);
	ana_plot_stroke(plot, f->x, at_y(f, d, y), f->x + f->w, at_y(f, d, y), 1.5, dash, ANA_INK);
	ana_plot_text(plot, f->narrow ? f->x + f->w : f->x + f->w + 2, f->narrow ? y_name - 2.6 : y_name, f->narrow ? ANA_RIGHT : ANA_LEFT,
		ANA_FONT_PT, 0, ANA_INK, text);
}

static void lines(struct ana_plot *plot, const struct field *d, const struct frame *f)
{
	const struct st_bland *b = &d->bland;
	double y[3] = {at_y(f, d, isfinite(b->high) ? b->high : b->bias), at_y(f, d, b->bias),
		at_y(f, d, isfinite(b->low) ? b->low : b->bias)};

	ana_spread(y, 3, 5, f->y, f->y + f->h);
	line(plot, d, f, b->high, 2, "limit", y[0]);
	line(plot, d, f, b->bias, 1, "bias", y[1]);
	line(plot, d, f, b->low, 2, "limit", y[2]);
}

static bool outside(const struct field *d, size_t i)
{
	return isfinite(d->bland.low) && (d->y[i] < d->bland.low || d->y[i] > d->bland.high);
}

/* ---- names beside the marks --------------------------------------------------------------------- */

struct box {
	double x0, y0, x1, y1;
};

static bool meet(const struct box *a, const struct box *b)
{
	return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* Where a name of that width stands: above right of its mark, above left, below right, below left. */
static struct box name_box(double x, double y, double w, int place)
{
	double x0 = place % 2 ? x - 1.5 - w : x + 1.5, mid = place / 2 ? y + 2.6 : y - 2.6;

	return (struct box){x0, mid - 1.9, x0 + w, mid + 1.9};
}

/* Is it inside the frame, and clear of the n names that stand and of all marks? */
static bool is_free(const struct field *d, const struct frame *f, const struct box *want, const struct box *taken, size_t n)
{
	if (want->x0 < f->x || want->x1 > f->x + f->w || want->y0 < f->y || want->y1 > f->y + f->h)
		return false;
	for (size_t i = 0; i < n; i++)
		if (meet(want, &taken[i]))
			return false;
	for (size_t i = 0; i < d->of->n; i++) {
		double x = at_x(f, d, d->x[i]), y = at_y(f, d, d->y[i]);

		if (meet(want, &(struct box){x - 1, y - 1, x + 1, y + 1}))
			return false;
	}
	return true;
}

/* Who is outside of the limits first and always; of a few participants the others as far as there is room (all are in the table). */
static void names(struct ana_plot *plot, const struct field *d, const struct frame *f)
{
	struct box taken[2 * NAMED_MAX];
	size_t n = 0;

	for (size_t k = 0; d->persons == d->of->n && k < 2 * d->of->n && n < sizeof(taken) / sizeof(taken[0]); k++) {
		size_t i = k % d->of->n;
		const bool first = k < d->of->n;
		const char *name = d->of->point[i].a->header.participant;
		double x = at_x(f, d, d->x[i]), y = at_y(f, d, d->y[i]), w = ana_text_mm(name, ANA_FONT_PT, false);
		int place = 0;

		if (outside(d, i) != first || (!first && d->of->n > NAMED_MAX))
			continue;
		for (; place < PLACES; place++) {
			taken[n] = name_box(x, y, w, place);
			if (is_free(d, f, &taken[n], taken, n))
				break;
		}
		if (place == PLACES && !first)
			continue;
		ana_plot_text(plot, taken[n].x0, (taken[n].y0 + taken[n].y1) / 2, ANA_LEFT, ANA_FONT_PT, 0, ANA_INK, name);
		n++;
	}
}

/* One shape a participant as far as they go. */
static void marks(struct ana_plot *plot, const struct field *d, const struct frame *f)
{
	for (size_t i = 0; i < d->of->n; i++)
		ana_plot_glyph(plot, at_x(f, d, d->x[i]), at_y(f, d, d->y[i]), glyphs[d->person[i] % GLYPHS], 1.1,
			outside(d, i) ? ANA_VERMILLION : ANA_BLUE);
	names(plot, d, f);
}

static void ticks_of_ratio(struct ana_plot *plot, const struct field *d)
{
	static const double at[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 2, 2.5, 3, 4, 5, 10};
	double free_from = -INFINITY;
	int n = 0;

	fputs("set ytics (", plot->gp);
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		double v = log10(at[i]);

		if (v < d->y_low || v > d->y_top || (v < free_from && at[i] < 1) || (v < free_from && at[i] > 1))
			continue;
		fprintf(plot->gp, "%s\"%g\" %.6f", n++ ? ", " : "", at[i], v);
		free_from = v + 0.07 * (d->y_top - d->y_low);
	}
	fputs(")\n", plot->gp);
}

static void picture(struct ana_plot *plot, const struct field *d)
{
	const double w = plot->width_mm;
	const bool narrow = w < ANA_ROWS_WIDE_MM;
	char words[TEXT_MAX], note[TEXT_MAX];
	struct frame f = {.x = LEFT_MM, .w = w - LEFT_MM - (narrow ? ANA_ROWS_MARGIN : RIGHT_MM), .h = 78, .narrow = narrow};

	summary(d, words, sizeof(words));
	caption(d, note, sizeof(note));
	f.y = ana_plot_head(plot, d->of->simulated, words, false) + 1;
	double y_note = f.y + f.h + 16;

	ana_plot_page(plot, ana_plot_foot(plot, y_note, note, false));
	ana_plot_head(plot, d->of->simulated, words, true);
	ana_plot_foot(plot, y_note, note, true);
	ana_plot_axes(plot, f.x, f.y, f.w, f.h, d->ratio ? "geometric mean of the two (kPa)" : "mean of the two (kPa)",
		d->ratio ? "ratio" : "difference (kPa)");
	band(plot, d, &f, d->bland.high_ci);
	band(plot, d, &f, d->bland.bias_ci);
	band(plot, d, &f, d->bland.low_ci);
	lines(plot, d, &f);
	marks(plot, d, &f);
	ana_plot_panel(plot, f.x, f.y, f.w, f.h);
	fprintf(plot->gp, "set xrange [%.5f:%.5f]\nset yrange [%.6f:%.6f]\nset xtics %g\nset format \"%%g\"\n", d->x_low, d->x_top,
		d->y_low, d->y_top, ana_tick(d->x_top - d->x_low, (int)fmax(3, f.w / 22)));
	if (d->ratio)
		ticks_of_ratio(plot, d);
	else
		fprintf(plot->gp, "set ytics %g\n", ana_tick(d->y_top - d->y_low, 8));
	fprintf(plot->gp, "plot 0 with lines linewidth 1 dashtype 3 linecolor rgb \"#%06x\"\n", ANA_GREY);
}

static void text_block(struct ana_plot *plot, const struct field *d)
{
	const double at[] = {d->bland.low, d->bland.bias, d->bland.high};

	fputs("$pairs << EOD\n", plot->gp);
	for (size_t i = 0; i < d->of->n; i++) {
		ana_plot_number(plot->gp, d->x[i]);
		fputc(' ', plot->gp);
		ana_plot_number(plot->gp, height(d, d->y[i]));
		fputc('\n', plot->gp);
	}
	fputs("EOD\n$lines << EOD\n", plot->gp);
	for (int k = 0; k < 3; k++)
		for (int i = 0; i < 60 && isfinite(at[k]); i++) {
			ana_plot_number(plot->gp, d->x_low + (d->x_top - d->x_low) * i / 59);
			fputc(' ', plot->gp);
			ana_plot_number(plot->gp, height(d, at[k]));
			fputc('\n', plot->gp);
		}
	fputs("EOD\n", plot->gp);
}

static void terminal(struct ana_plot *plot, const struct field *d)
{
	char words[TEXT_MAX];
	int n = ana_plot_say(plot, d->of->simulated ? "SIMULATED DATA. " : "", plot->title);

	summary(d, words, sizeof(words));
	n += ana_plot_say(plot, words, "");
	ana_plot_page(plot, plot->style.rows - n);
	text_block(plot, d);
	ana_plot_panel(plot, 8, 1, plot->width_mm - 12, plot->height_mm - 4);
	fprintf(plot->gp, "set xrange [%.5f:%.5f]\nset yrange [%.6f:%.6f]\nset xtics %g\nset format \"%%g\"\n", d->x_low, d->x_top,
		d->y_low, d->y_top, ana_tick(d->x_top - d->x_low, 6));
	if (d->ratio)
		ticks_of_ratio(plot, d);
	else
		fprintf(plot->gp, "set ytics %g\n", ana_tick(d->y_top - d->y_low, 5));
	ana_plot_text(plot, 0, 0.5, ANA_LEFT, 0, 0, 0,
		d->ratio ? "ratio over geometric mean (kPa); dots: bias and limits" : "difference over mean (kPa); dots: bias and limits");
	fputs("plot $lines with points pointtype \".\", $pairs with points pointtype \"o\"\n", plot->gp);
}

int ana_plot_agreement(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_agreement *agreement,
	struct alg_log *log)
{
	struct field d = {.of = NULL};
	int rc = ana_plot_begin(plot, "agreement", style, log);

	if (rc == 0)
		rc = gather(&d, agreement, log);
	if (rc == 0) {
		title(plot, &d);
		table(plot, &d);
		if (ana_plot_is_text(plot))
			terminal(plot, &d);
		else
			picture(plot, &d);
		rc = ana_plot_end(plot, log);
	}
	free(d.x);
	free(d.y);
	free(d.person);
	return rc;
}
