/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_check.c - drift: the errors of one gauge at its check weights over the dates of its checks. */
#include "analysis/plot.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 900, MASSES_MAX = 12 };

#define LEFT_MM 22.0
#define RIGHT_MM 26.0 /* for the weights' names */

/* What a weight looks like: told apart by shape and dash, whatever becomes of the colours. */
static const struct look {
	int glyph, dash;
	unsigned rgb;
} looks[MASSES_MAX] = {
	{7, 1, ANA_INK}, {4, 2, ANA_BLUE}, {9, 3, ANA_VERMILLION}, {12, 4, ANA_GREEN}, {5, 5, ANA_GREY}, {6, 1, ANA_BLUE},
	{11, 2, ANA_INK}, {8, 3, ANA_GREEN}, {13, 4, ANA_VERMILLION}, {10, 5, ANA_INK}, {5, 1, ANA_SKY}, {7, 2, ANA_ORANGE},
};

struct drift {
	const struct ses_check *check;
	struct ses_check_result *result; /* owned */
	double *day;                     /* owned: days from the first check */
	size_t n;
	double mass_kg[MASSES_MAX];
	size_t n_masses;
	double to_day, low, top;         /* of x; of y in per cent of reading */
	double band;                     /* tolerance of reading of the latest check */
	bool simulated;
};

static double percent(const struct ses_check_weight *w, double n)
{
	return 100 * n / w->force_true_n;
}

static const struct ses_check_weight *weight_of(const struct ses_check_result *r, double mass_kg)
{
	for (int i = 0; i < r->n_weights; i++)
		if (fabs(r->weight[i].mass_kg - mass_kg) < 1e-9)
			return &r->weight[i];
	return NULL;
}

/* ---- what there is ----------------------------------------------------------------------------- */

static void add_masses(struct drift *d, const struct ses_check_result *r)
{
	for (int i = 0; i < r->n_weights; i++) {
		double mass_kg = r->weight[i].mass_kg;
		size_t k = 0;

		while (k < d->n_masses && d->mass_kg[k] < mass_kg - 1e-9)
			k++;
		if ((k < d->n_masses && fabs(d->mass_kg[k] - mass_kg) < 1e-9) || d->n_masses == MASSES_MAX)
			continue;
		memmove(d->mass_kg + k + 1, d->mass_kg + k, (d->n_masses - k) * sizeof(d->mass_kg[0]));
		d->mass_kg[k] = mass_kg;
		d->n_masses++;
	}
}

static void reach(struct drift *d, const struct ses_check_result *r)
{
	for (int i = 0; i < r->n_weights; i++) {
		d->low = fmin(d->low, percent(&r->weight[i], r->weight[i].low_n));
		d->top = fmax(d->top, percent(&r->weight[i], r->weight[i].high_n));
	}
}

static int gather(struct drift *d, const struct ses_check *check, size_t n, struct alg_log *log)
{
	int64_t first_ns = 0, wall_ns = 0;

	*d = (struct drift){.check = check, .n = n};
	if (n == 0)
		return alg_fail(log, MSG_PLOT_NOTHING, "plot check", "no check is stored");
	d->result = calloc(n, sizeof(*d->result));
	d->day = calloc(n, sizeof(*d->day));
	if (!d->result || !d->day)
		return alg_fail(log, MSG_NOMEM, "a picture");
	d->band = check[n - 1].weights.tolerance_percent_reading;
	d->low = -1.3 * d->band;
	d->top = 1.3 * d->band;
	alg_time_parse(check[0].date, &first_ns);
	for (size_t i = 0; i < n; i++) {
		ses_check_evaluate(&check[i], &d->result[i]);
		alg_time_parse(check[i].date, &wall_ns);
		d->day[i] = alg_ns_to_s(wall_ns - first_ns) / 86400;
		d->simulated |= check[i].simulated;
		add_masses(d, &d->result[i]);
		reach(d, &d->result[i]);
	}
	double room = 0.08 * (d->top - d->low);

	d->low -= room > 0 ? room : 1;
	d->top += room > 0 ? room : 1;
	d->to_day = fmax(d->day[n - 1], 1);
	return 0;
}

static void table(struct ana_plot *plot, const struct drift *d)
{
	static const char *const names[] = {"date", "id", "family", "serial", "simulated", "mass_kg", "true_n", "error_n",
		"error_percent", "lowest_percent", "highest_percent", "allowed_percent", "weight_passed", "check_passed"};

	ana_table_start(&plot->table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < d->n; i++)
		for (int k = 0; k < d->result[i].n_weights; k++) {
			const struct ses_check_weight *w = &d->result[i].weight[k];

			ana_table_text(&plot->table, d->check[i].date);
			ana_table_text(&plot->table, d->check[i].id);
			ana_table_text(&plot->table, d->check[i].family);
			ana_table_text(&plot->table, d->check[i].serial);
			ana_table_number(&plot->table, d->check[i].simulated, 0);
			ana_table_number(&plot->table, w->mass_kg, 6);
			ana_table_number(&plot->table, w->force_true_n, 5);
			ana_table_number(&plot->table, w->error_n, 5);
			ana_table_number(&plot->table, percent(w, w->error_n), 4);
			ana_table_number(&plot->table, percent(w, w->low_n), 4);
			ana_table_number(&plot->table, percent(w, w->high_n), 4);
			ana_table_number(&plot->table, percent(w, w->limit_n), 4);
			ana_table_number(&plot->table, w->passed, 0);
			ana_table_number(&plot->table, d->result[i].passed, 0);
		}
}

/* ---- words ------------------------------------------------------------------------------------- */

static void title(struct ana_plot *plot, const struct drift *d)
{
	const struct ses_check *last = &d->check[d->n - 1];

	snprintf(plot->title, sizeof(plot->title), "%s%s%s%s%s: error with check weights, %.10s%s%.10s", last->family,
		*last->model ? " " : "", last->model, *last->serial ? " serial " : "", last->serial, d->check[0].date,
		d->n > 1 ? " to " : "", d->n > 1 ? last->date : "");
}

static void summary(const struct drift *d, char *out, size_t cap)
{
	const struct ses_check_result *last = &d->result[d->n - 1];
	size_t failed = 0;

	for (size_t i = 0; i < d->n; i++)
		failed += !d->result[i].passed;
	snprintf(out, cap, "%zu check%s, %zu failed. Latest %s: %s.", d->n, d->n == 1 ? "" : "s", failed,
		last->passed ? "passed" : "FAILED", last->reason);
}

static void caption(const struct drift *d, char *out, size_t cap)
{
	const struct ses_check_result *last = &d->result[d->n - 1];
	char text[96];

	snprintf(out, cap, "Point: mean of a weight's loadings; bar: lowest to highest. "
		"Crossed out: beyond what was allowed that day. Band: " ANA_PLUSMINUS "%g %% of reading. "
		"Allowed is the larger of this and %g %% of %.4g N, at the latest check", d->band,
		d->check[d->n - 1].weights.tolerance_percent_range, last->range_n);
	for (int i = 0; i < last->n_weights; i++) {
		snprintf(text, sizeof(text), "%g kg " ANA_PLUSMINUS "%.1f %%", last->weight[i].mass_kg,
			percent(&last->weight[i], last->weight[i].limit_n));
		ana_join(out, cap, text, i ? ", " : ": ");
	}
	ana_join(out, cap, "As found: a check adjusts nothing.", ". ");
}

/* ---- the drawing ------------------------------------------------------------------------------- */

struct frame {
	double x, y, w, h; /* the panel in mm */
};

static double at_x(const struct frame *f, const struct drift *d, double day)
{
	return f->x + f->w * (0.07 + 0.84 * day / d->to_day);
}

static double at_y(const struct frame *f, const struct drift *d, double y)
{
	return f->y + f->h * (d->top - y) / (d->top - d->low);
}

/* Weights of one day stand beside each other. */
static double beside(const struct frame *f, const struct drift *d, size_t k)
{
	return fmin(1.6, 0.12 * f->w / (double)(d->n * d->n_masses)) * ((double)k - ((double)d->n_masses - 1) / 2);
}

static void cross(struct ana_plot *plot, double x, double y)
{
	ana_plot_stroke(plot, x - 2, y - 2, x + 2, y + 2, 1.5, 1, ANA_INK);
	ana_plot_stroke(plot, x - 2, y + 2, x + 2, y - 2, 1.5, 1, ANA_INK);
}

static void series(struct ana_plot *plot, const struct drift *d, const struct frame *f, size_t k)
{
	const struct look *look = &looks[k];
	double x_last = NAN, y_last = NAN;

	for (size_t i = 0; i < d->n; i++) {
		const struct ses_check_weight *w = weight_of(&d->result[i], d->mass_kg[k]);

		if (!w)
			continue;
		double x = at_x(f, d, d->day[i]) + beside(f, d, k), y = at_y(f, d, percent(w, w->error_n));

		if (isfinite(x_last))
			ana_plot_stroke(plot, x_last, y_last, x, y, 1.3, look->dash, look->rgb);
		ana_plot_stroke(plot, x, at_y(f, d, percent(w, w->low_n)), x, at_y(f, d, percent(w, w->high_n)), 1.3, 1, look->rgb);
		ana_plot_glyph(plot, x, y, look->glyph, 1.1, look->rgb);
		if (!w->passed)
			cross(plot, x, y);
		x_last = x;
		y_last = y;
	}
}

struct name {
	double y;
	size_t k;
};

static int by_y(const void *a, const void *b)
{
	double x = ((const struct name *)a)->y, y = ((const struct name *)b)->y;

	return x < y ? -1 : x > y;
}

/* The weights' names at the right, where their lines end, with their glyphs. */
static void names(struct ana_plot *plot, const struct drift *d, const struct frame *f)
{
	struct name name[MASSES_MAX];
	double y[MASSES_MAX];
	char text[32];

	for (size_t k = 0; k < d->n_masses; k++) {
		name[k] = (struct name){at_y(f, d, 0), k};
		for (size_t i = 0; i < d->n; i++) {
			const struct ses_check_weight *w = weight_of(&d->result[i], d->mass_kg[k]);

			if (w)
				name[k].y = at_y(f, d, percent(w, w->error_n));
		}
	}
	qsort(name, d->n_masses, sizeof(name[0]), by_y);
	for (size_t i = 0; i < d->n_masses; i++)
		y[i] = name[i].y;
	ana_spread(y, d->n_masses, 5, f->y, f->y + f->h);
	for (size_t i = 0; i < d->n_masses; i++) {
		const struct look *look = &looks[name[i].k];

		snprintf(text, sizeof(text), "%g kg", d->mass_kg[name[i].k]);
		ana_plot_stroke(plot, f->x + f->w + 2, y[i], f->x + f->w + 8, y[i], 1.3, look->dash, look->rgb);
		ana_plot_glyph(plot, f->x + f->w + 5, y[i], look->glyph, 1.1, look->rgb);
		ana_plot_text(plot, f->x + f->w + 9.5, y[i], ANA_LEFT, ANA_FONT_PT, 0, look->rgb, text);
	}
}

/* As many dates as have room; the first and the latest in any case when both have. */
static void dates(struct ana_plot *plot, const struct drift *d, const struct frame *f)
{
	double wide = ana_text_mm("2026-03-02", ANA_FONT_PT, false) + 3, free_from = -INFINITY;
	double x_last = at_x(f, d, d->day[d->n - 1]);
	char text[12];

	for (size_t i = 0; i < d->n; i++) {
		double x = at_x(f, d, d->day[i]);

		ana_plot_stroke(plot, x, f->y + f->h, x, f->y + f->h + 1.2, 1, 1, ANA_INK);
		if (x - wide / 2 < free_from || (i + 1 < d->n && x_last - x < wide && x > at_x(f, d, 0)))
			continue;
		snprintf(text, sizeof(text), "%.10s", d->check[i].date);
		ana_plot_text(plot, x, f->y + f->h + 4, ANA_CENTRE, ANA_FONT_PT, 0, ANA_INK, text);
		free_from = x + wide / 2;
	}
}

static void picture(struct ana_plot *plot, const struct drift *d)
{
	const double w = plot->width_mm, pt = ANA_FONT_PT, title_w = d->simulated ? w - 46 : w - 8;
	char words[TEXT_MAX], note[TEXT_MAX];
	struct frame f = {.x = LEFT_MM, .w = w - LEFT_MM - RIGHT_MM, .h = 68};

	summary(d, words, sizeof(words));
	caption(d, note, sizeof(note));
	double y = ana_plot_paragraph(NULL, 4, 3, title_w, 12, ANA_BOLD, 0, plot->title);

	f.y = ana_plot_paragraph(NULL, 4, y, w - 8, pt, 0, 0, words) + 4;
	double y_note = f.y + f.h + 16;

	ana_plot_page(plot, ana_plot_paragraph(NULL, 4, y_note, w - 8, pt, 0, 0, note) + 2);
	ana_plot_simulated(plot, d->simulated);
	ana_plot_paragraph(plot, 4, 3, title_w, 12, ANA_BOLD, ANA_INK, plot->title);
	ana_plot_paragraph(plot, 4, y, w - 8, pt, 0, ANA_INK, words);
	ana_plot_paragraph(plot, 4, y_note, w - 8, pt, 0, ANA_INK, note);
	ana_plot_axes(plot, f.x, f.y, f.w, f.h, "date of the check", "error (% of reading)");
	ana_plot_box(plot, f.x, at_y(&f, d, d->band), f.w, at_y(&f, d, -d->band) - at_y(&f, d, d->band), ANA_PALE);
	dates(plot, d, &f);
	for (size_t k = 0; k < d->n_masses; k++)
		series(plot, d, &f, k);
	names(plot, d, &f);
	ana_plot_panel(plot, f.x, f.y, f.w, f.h);
	fprintf(plot->gp, "set xrange [0:1]\nset yrange [%.5f:%.5f]\nunset xtics\nset ytics %g\nset format \"%%g\"\n",
		d->low, d->top, ana_tick(d->top - d->low, 8));
	fprintf(plot->gp, "plot 0 with lines linewidth 1 linecolor rgb \"#%06x\"\n", ANA_GREY);
}

static void text_data(struct ana_plot *plot, const struct drift *d)
{
	for (size_t k = 0; k < d->n_masses; k++) {
		fprintf(plot->gp, "$m%zu << EOD\n", k);
		for (size_t i = 0; i < d->n; i++) {
			const struct ses_check_weight *w = weight_of(&d->result[i], d->mass_kg[k]);

			if (!w)
				continue;
			ana_plot_number(plot->gp, d->day[i] + (double)k * d->to_day / 60);
			fputc(' ', plot->gp);
			ana_plot_number(plot->gp, percent(w, w->error_n));
			fputc('\n', plot->gp);
		}
		fputs("EOD\n", plot->gp);
	}
	fputs("$band << EOD\n", plot->gp);
	for (int i = 0; i < 50; i++) {
		double x = d->to_day * (-0.05 + 1.2 * i / 49);

		for (int side = -1; side <= 1; side += 2) {
			ana_plot_number(plot->gp, x);
			fputc(' ', plot->gp);
			ana_plot_number(plot->gp, side * d->band);
			fputc('\n', plot->gp);
		}
	}
	fputs("EOD\n", plot->gp);
}

/* a, b, c ... and the weights that they stand for. */
static void text_names(struct ana_plot *plot, const struct drift *d)
{
	char name[32];

	for (size_t k = 0; k < d->n_masses; k++) {
		snprintf(name, sizeof(name), "%c %g kg", 'a' + (int)k, d->mass_kg[k]);
		ana_plot_text(plot, plot->width_mm - 10, 1.5 + (double)k, ANA_LEFT, 0, 0, 0, name);
	}
	ana_plot_text(plot, 0, 0.5, ANA_LEFT, 0, 0, 0, "error (% of reading); dots: " ANA_PLUSMINUS "tolerance of reading");
}

static void terminal(struct ana_plot *plot, const struct drift *d)
{
	char words[TEXT_MAX], day[2][12];
	int lines = ana_plot_say(plot, d->simulated ? "SIMULATED DATA. " : "", plot->title);

	summary(d, words, sizeof(words));
	lines += ana_plot_say(plot, words, "");
	ana_plot_page(plot, plot->style.rows - lines);
	text_data(plot, d);
	ana_plot_panel(plot, 8, 1, plot->width_mm - 20, plot->height_mm - 4);
	fprintf(plot->gp, "set xrange [%g:%g]\nset yrange [%.5f:%.5f]\nset ytics %g\nset format \"%%g\"\n", -0.05 * d->to_day,
		1.15 * d->to_day, d->low, d->top, ana_tick(d->top - d->low, 8));
	snprintf(day[0], sizeof(day[0]), "%.10s", d->check[0].date);
	snprintf(day[1], sizeof(day[1]), "%.10s", d->check[d->n - 1].date);
	fputs("set xtics (", plot->gp);
	ana_plot_string(plot->gp, day[0]);
	fputs(" 0", plot->gp);
	if (d->day[d->n - 1] > 0.3 * d->to_day && strcmp(day[0], day[1])) {
		fputs(", ", plot->gp);
		ana_plot_string(plot->gp, day[1]);
		fprintf(plot->gp, " %g", d->day[d->n - 1]);
	}
	fputs(")\n", plot->gp);
	text_names(plot, d);
	fputs("plot $band with points pointtype \".\"", plot->gp);
	for (size_t k = 0; k < d->n_masses; k++)
		fprintf(plot->gp, ", $m%zu with points pointtype \"%c\"", k, 'a' + (int)k);
	fputc('\n', plot->gp);
}

int ana_plot_check(struct ana_plot *plot, const struct ana_plot_style *style, const struct ses_check *check, size_t n,
	struct alg_log *log)
{
	int ret = ana_plot_begin(plot, "check", style, log);
	struct drift d = {.n = 0};

	if (ret == 0)
		ret = gather(&d, check, n, log);
	if (ret == 0) {
		title(plot, &d);
		table(plot, &d);
		if (ana_plot_is_text(plot))
			terminal(plot, &d);
		else
			picture(plot, &d);
		ret = ana_plot_end(plot, log);
	}
	free(d.result);
	free(d.day);
	return ret;
}
