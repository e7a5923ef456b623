/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_rate_draw.c - the page of plot_rate.c: blocks of columns with the corridor behind and the share under them. */
#include "analysis/plot_rate.h"

#include <math.h>
#include <string.h>

#define LEFT_MM 14.0     /* for the numbers of the axis */
#define PITCH_MM 5.0     /* the least between two columns: a line of text turned */
#define PITCH_MAX_MM 24.0
#define FLAG_MM 4.5      /* a triangle under a word turned */
#define RATE_MM 36.0
#define SHARE_MM 10.0

/* One row of columns on the page. */
struct block {
	const struct ana_rates *r;
	size_t first, n;
	double pitch;
	bool flags_lie; /* not turned: they fit side by side */
	double y_flag, y_rate, y_share, y_label, y_end;
};

static double at_y(const struct block *b, double rate)
{
	return b->y_rate + RATE_MM * (1 - rate / b->r->top_kpa_s);
}

static double column_x(const struct block *b, size_t i)
{
	return ANA_ROWS_MARGIN + LEFT_MM + b->pitch * ((double)(i - b->first) + 0.5);
}

static double widest(const struct block *b, bool flags)
{
	double w = 0;

	for (size_t i = b->first; i < b->first + b->n; i++) {
		const struct ana_rate_column *c = &b->r->column[i];

		w = fmax(w, ana_text_mm(flags ? c->flag : c->label, ANA_FONT_PT, false));
	}
	return w;
}

static void place(struct block *b, double y)
{
	double line = ana_line_mm(ANA_FONT_PT), flag = widest(b, true);

	b->flags_lie = flag < b->pitch;
	flag = b->flags_lie ? fmin(flag, line) : flag;
	b->y_flag = y + line + 1;
	b->y_rate = b->y_flag + (flag > 0 ? flag + 1 : 0) + (flag > 0 && !b->flags_lie ? FLAG_MM : 0);
	b->y_share = b->y_rate + RATE_MM + line + 4;
	b->y_label = b->y_share + SHARE_MM + 1.5;
	b->y_end = b->y_label + widest(b, false) + 4;
}

/* Role by shape, as in the legend; what was not counted by a shape of its own. */
static int shape(const struct ana_rate_dot *d)
{
	if (d->press->status == SES_REJECTED)
		return 2;
	if (d->press->status == SES_CENSORED)
		return 8;
	switch (d->point->point.role) {
	case SES_ROLE_TARGET: return 7;
	case SES_ROLE_CONTRALATERAL: return 6;
	case SES_ROLE_CONTROL: return 4;
	default: return 12;
	}
}

static unsigned colour(const struct ana_rate_dot *d)
{
	return d->off ? ANA_VERMILLION : d->counted ? ANA_INK : ANA_GREY;
}

static void axis(const struct block *b)
{
	struct ana_plot *plot = b->r->plot;
	const double x = ANA_ROWS_MARGIN + LEFT_MM, step = ana_tick(b->r->top_kpa_s, 5), w = b->pitch * (double)b->n;
	const double heading = ana_line_mm(ANA_FONT_PT) / 2;
	char text[32];

	ana_plot_text(plot, x, b->y_flag - 1 - heading, ANA_LEFT, ANA_FONT_PT, 0, ANA_GREY, "mean rate (kPa/s)");
	ana_plot_text(plot, x, b->y_share - 1 - heading, ANA_LEFT, ANA_FONT_PT, 0, ANA_GREY,
		"ramp in the corridor (%)");
	for (double v = 0; v <= b->r->top_kpa_s; v += step) {
		snprintf(text, sizeof(text), "%g", v);
		ana_plot_stroke(plot, x - 1.2, at_y(b, v), x, at_y(b, v), 1, 1, ANA_GREY);
		ana_plot_text(plot, x - 2, at_y(b, v), ANA_RIGHT, ANA_FONT_PT, 0, ANA_INK, text);
	}
	ana_plot_stroke(plot, x, b->y_rate, x, b->y_rate + RATE_MM, 1, 1, ANA_GREY);
	ana_plot_stroke(plot, x, b->y_rate + RATE_MM, x + w, b->y_rate + RATE_MM, 1, 1, ANA_GREY);
	for (int i = 0; i < 2; i++) {
		double y = b->y_share + (i ? SHARE_MM : 0);

		ana_plot_text(plot, x - 2, y, ANA_RIGHT, ANA_FONT_PT, 0, ANA_INK, i ? "0" : "100");
		ana_plot_stroke(plot, x - 1.2, y, x + w, y, i ? 1 : 0.6, i ? 1 : 3, ANA_GREY);
	}
}

static void dots(const struct block *b, const struct ana_rate_column *c, double x)
{
	struct ana_plot *plot = b->r->plot;

	for (size_t k = 0; k < c->n; k++) {
		const struct ana_rate_dot *d = &b->r->dot[c->first + k];
		double at = x + 0.8 * b->pitch * (((double)k + 0.5) / (double)c->n - 0.5), sd = d->press->rate_sd_kpa_s;
		double y = at_y(b, d->press->rate_kpa_s);

		if (c->n == 1 && sd > 0 && isfinite(sd)) {
			double low = at_y(b, fmax(0, d->press->rate_kpa_s - sd)), high = at_y(b, d->press->rate_kpa_s + sd);

			ana_plot_box(plot, at - 0.2, high, 0.4, low - high, colour(d));
		}
		ana_plot_glyph(plot, at, y, shape(d), d->off ? (c->n == 1 ? 1.2 : 0.7) : c->n == 1 ? 0.9 : 0.45, colour(d));
	}
}

static void draw_column(const struct block *b, size_t i)
{
	const struct ana_rate_column *c = &b->r->column[i];
	struct ana_plot *plot = b->r->plot;
	const double x = column_x(b, i), half = b->pitch / 2 + 0.05; /* no seam between neighbours */

	if (ana_rate_has_target(c)) {
		double high = at_y(b, c->target_kpa_s * (1 + c->corridor)), low = at_y(b, c->target_kpa_s * fmax(0, 1 - c->corridor));

		ana_plot_box(plot, x - half, high, 2 * half, low - high, ANA_PALE);
		ana_plot_box(plot, x - half, at_y(b, c->target_kpa_s) - 0.2, 2 * half, 0.4, ANA_GREEN);
	}
	dots(b, c, x);
	if (c->n > 1 && isfinite(c->mean_kpa_s))
		ana_plot_stroke(plot, x - 0.4 * b->pitch, at_y(b, c->mean_kpa_s), x + 0.4 * b->pitch, at_y(b, c->mean_kpa_s), 2.5, 1,
			ANA_INK);
	if (isfinite(c->share))
		ana_plot_box(plot, x - fmin(0.35 * b->pitch, 4), b->y_share + SHARE_MM * (1 - c->share), 2 * fmin(0.35 * b->pitch, 4),
			SHARE_MM * c->share, ANA_GREY);
	if (b->flags_lie)
		ana_plot_text(plot, x, b->y_rate - 2.5, ANA_CENTRE, ANA_FONT_PT, 0, ANA_VERMILLION, c->flag);
	else
		ana_plot_text(plot, x, b->y_rate - 1 - FLAG_MM, ANA_LEFT, ANA_FONT_PT, ANA_UPRIGHT, ANA_VERMILLION, c->flag);
	if (c->flag[0] && !b->flags_lie && c->n == 1)
		ana_plot_glyph(plot, x, b->y_rate - 2.5, c->n_fast ? 9 : 11, 0.9, ANA_VERMILLION);
	ana_plot_text(plot, x, b->y_label, ANA_RIGHT, ANA_FONT_PT, ANA_UPRIGHT, ANA_INK, c->label);
}

/* The columns in as many blocks as they need, alike in length. */
static double blocks(const struct ana_rates *r, double y, bool draw)
{
	double w = r->plot->width_mm - 2 * ANA_ROWS_MARGIN - LEFT_MM;
	size_t fit = (size_t)fmax(1, floor(w / PITCH_MM)), count = (r->n_columns + fit - 1) / fit;
	size_t each = (r->n_columns + count - 1) / count;

	for (size_t first = 0; first < r->n_columns; first += each) {
		struct block b = {.r = r, .first = first, .n = first + each > r->n_columns ? r->n_columns - first : each,
			.pitch = fmin(PITCH_MAX_MM, w / (double)each)};

		place(&b, y);
		for (size_t i = first; draw && i < first + b.n; i++)
			draw_column(&b, i);
		if (draw)
			axis(&b);
		y = b.y_end;
	}
	return y;
}

static bool any(const struct ana_rates *r, int glyph)
{
	for (size_t i = 0; i < r->n_dots; i++)
		if (shape(&r->dot[i]) == glyph)
			return true;
	return false;
}

static double legend(const struct ana_rates *r, double y, bool draw)
{
	static const struct ana_mark all[] = {{7, 0.9, ANA_INK, "target point"}, {6, 0.9, ANA_INK, "other side"},
		{4, 0.9, ANA_INK, "control point"}, {12, 0.9, ANA_INK, "point without a role"},
		{8, 0.9, ANA_GREY, "censored (ceiling), not counted"}, {2, 0.9, ANA_GREY, "rejected, not counted"}};
	struct ana_mark marks[8];
	size_t n = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (any(r, all[i].point_type))
			marks[n++] = all[i];
	if (ana_rate_has_target(&r->column[0]))
		marks[n++] = (struct ana_mark){0, 1, ANA_PALE, "corridor, the target in its middle"};
	return ana_plot_marks(r->plot, y, marks, n, draw);
}

static double page(const struct ana_rates *r, bool draw)
{
	double y = ana_plot_head(r->plot, r->simulated, r->summary, draw);

	return ana_plot_foot(r->plot, blocks(r, legend(r, y, draw) + 1, draw), r->caption, draw);
}

void ana_rate_picture(const struct ana_rates *r)
{
	ana_plot_page(r->plot, page(r, false));
	page(r, true);
	ana_plot_canvas(r->plot);
	fputs("plot -1 with lines\n", r->plot->gp);
}

/* ---- for a terminal ------------------------------------------------------------------------ */

static const struct { char mark; const char *words; } series[] = {{'t', "t target"}, {'o', "o other side"}, {'c', "c control"},
	{'r', "r without a role"}, {'^', "^ censored"}, {'x', "x rejected"}, {'F', "F too fast"}, {'S', "S too slow"}};

static char letter(const struct ana_rate_dot *d)
{
	if (d->off)
		return d->off > 0 ? 'F' : 'S';
	switch (shape(d)) {
	case 2: return 'x';
	case 4: return 'c';
	case 6: return 'o';
	case 7: return 't';
	case 8: return '^';
	default: return 'r';
	}
}

/* Sessions as rows, their shares as bars. */
static void terminal_rows(const struct ana_rates *r)
{
	char number[96];

	ana_rows_terminal(r->plot, r->n_columns + 1);
	ana_rows_line(r->plot, 0, "session: share in corridor", "0 %               100 %", "mean rate, outside");
	for (size_t i = 0; i < r->n_columns; i++) {
		const struct ana_rate_column *c = &r->column[i];
		struct ana_strip strip;

		ana_strip_start(&strip, ANA_ROWS_STRIP_COLUMNS, 0, 1);
		ana_strip_line(&strip, 0, c->share, '=');
		snprintf(number, sizeof(number), "no accepted press");
		if (c->n_counted)
			snprintf(number, sizeof(number), "%.1f kPa/s, %zu of %zu out", c->mean_kpa_s, c->n_fast + c->n_slow, c->n_counted);
		ana_rows_line(r->plot, i + 1, c->label, strip.text, number);
	}
	ana_plot_canvas(r->plot);
	fputs("plot -1 with lines\n", r->plot->gp);
}

static void datablock(const struct ana_rates *r, char mark)
{
	fprintf(r->plot->gp, "$s%d << EOD\n", mark);
	for (size_t i = 0; i < r->n_columns; i++) {
		const struct ana_rate_column *c = &r->column[i];
		const struct ana_rate_dot *d = &r->dot[c->first];

		for (int side = -1; mark == '.' && side <= 1; side += 2)
			fprintf(r->plot->gp, "%zu %.6g\n", i + 1, c->target_kpa_s * (1 + side * c->corridor));
		if (letter(d) == mark)
			fprintf(r->plot->gp, "%zu %.6g\n", i + 1, d->press->rate_kpa_s);
	}
	fputs("EOD\n", r->plot->gp);
}

/* A letter a press in their order; dots bound the corridor. */
static void terminal_chart(const struct ana_rates *r, int said)
{
	struct ana_plot *plot = r->plot;
	char words[160] = "", list[sizeof(series) / sizeof(series[0]) + 1] = "";
	size_t n = 0;

	for (size_t k = 0; k < sizeof(series) / sizeof(series[0]); k++)
		for (size_t i = 0; i < r->n_dots; i++)
			if (letter(&r->dot[i]) == series[k].mark) {
				list[n++] = series[k].mark;
				ana_join(words, sizeof(words), series[k].words, ", ");
				break;
			}
	said += ana_plot_say(plot, words, "; dots: the corridor. In order of the presses.");
	ana_plot_page(plot, fmax(12, plot->style.rows - said));
	if (ana_rate_has_target(&r->column[0]))
		datablock(r, '.');
	for (size_t k = 0; k < n; k++)
		datablock(r, list[k]);
	ana_plot_panel(plot, 6, 1, plot->width_mm - 8, plot->height_mm - 3);
	ana_plot_text(plot, 0, 0.5, ANA_LEFT, 0, 0, 0, "mean rate (kPa/s)");
	fprintf(plot->gp, "set xrange [0:%zu]\nset yrange [0:%.6g]\nset xtics %g\nset ytics %g\nset format \"%%g\"\nplot ",
		r->n_columns + 1, r->top_kpa_s, fmax(1, ana_tick((double)r->n_columns, 8)), ana_tick(r->top_kpa_s, 5));
	if (ana_rate_has_target(&r->column[0]))
		fputs("$s46 with points pointtype \".\", ", plot->gp);
	for (size_t k = 0; k < n; k++)
		fprintf(plot->gp, "%s$s%d with points pointtype \"%c\"", k ? ", " : "", list[k], list[k]);
	fputc('\n', plot->gp);
}

void ana_rate_terminal(const struct ana_rates *r)
{
	int said = ana_plot_say(r->plot, r->simulated ? "SIMULATED DATA. " : "", r->plot->title);

	said += ana_plot_say(r->plot, r->summary, "");
	if (r->course)
		terminal_rows(r);
	else
		terminal_chart(r, said);
}
