/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_forest.c - the change at each point with its 95 % interval against what measurement error alone
 * reaches. With errors on the log10 scale the axis is one of ratios, so that a fall by a factor is as
 * long as a rise by it.
 */
#include "analysis/plot_rows.h"

#include "analysis/text.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = ANA_ROWS_TEXT_MAX };

#define MARK_SIZE 1.1
#define ARROW_MM 7.0

/* A row: a point, or the net change (pair NULL). All numbers are on the axis; NAN: not there. */
struct row {
	const struct ana_pair *pair;
	const struct ana_change *change;
	double v, low, high, fall, rise;
};

struct forest {
	const struct ana_compare *c;
	struct row *row;
	size_t n;
	bool ratio;
	double low, top;
};

static const struct ses_point *place(const struct ana_pair *pair)
{
	return pair->b ? &pair->b->point : &pair->a->point;
}

/* ---- numbers on the axis ------------------------------------------------------------------- */

static double log_ratio(double percent)
{
	return percent > -100 ? log10(1 + percent / 100) : NAN;
}

static struct row row_of(const struct forest *f, const struct ana_pair *pair, const struct ana_change *change)
{
	struct row row = {.pair = pair, .change = change, .v = change->kpa, .low = change->ci_low_kpa,
		.high = change->ci_high_kpa, .fall = change->fall_kpa, .rise = change->rise_kpa};

	if (!f->ratio)
		return row;
	bool logs = change->error.scale == SES_SCALE_LOG10;
	double reach = logs ? ana_error_reach(&change->error, change->error.level) : NAN;

	row.v = log_ratio(change->percent);
	row.low = log_ratio(change->ci_low_percent);
	row.high = log_ratio(change->ci_high_percent);
	row.fall = change->kind == ANA_CHANGE_NONE ? NAN : -reach;
	row.rise = change->kind == ANA_CHANGE_NONE ? NAN : reach;
	return row;
}

/* Primary points, then by role, then as in the comparison; the net change last. */
static int rank(const struct ana_pair *pair)
{
	const struct ses_point *p = place(pair);

	return p->primary ? 0 : p->role ? (int)p->role : SES_ROLE_PRACTICE;
}

static void add(struct forest *f, struct row row)
{
	const double seen[] = {row.v, row.low, row.high, row.fall, row.rise};

	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		if (isfinite(seen[i])) {
			f->low = fmin(f->low, seen[i]);
			f->top = fmax(f->top, seen[i]);
		}
	f->row[f->n++] = row;
}

static int gather(struct forest *f, const struct ana_compare *c, struct alg_log *log)
{
	double least;

	f->c = c;
	f->row = calloc(c->n_pairs + 1, sizeof(*f->row));
	if (!f->row)
		return alg_fail(log, MSG_NOMEM, "a picture");
	if (c->n_pairs == 0)
		return alg_fail(log, MSG_PLOT_NOTHING, c->b->header.participant, "the sessions have no point");
	f->ratio = c->net.change.kind != ANA_CHANGE_NONE && c->net.change.error.scale == SES_SCALE_LOG10;
	for (size_t i = 0; i < c->n_pairs; i++)
		f->ratio |= c->pair[i].change.error.scale == SES_SCALE_LOG10;
	for (int r = 0; r <= SES_ROLE_PRACTICE; r++)
		for (size_t i = 0; i < c->n_pairs; i++)
			if (rank(&c->pair[i]) == r)
				add(f, row_of(f, &c->pair[i], &c->pair[i].change));
	if (c->net.change.kind != ANA_CHANGE_NONE)
		add(f, row_of(f, NULL, &c->net.change));
	least = f->ratio ? 0.1 : 20; /* no change is always seen, and some room on both sides of it */
	f->low = fmin(f->low, -least);
	f->top = fmax(f->top, least);
	return 0;
}

/* ---- words --------------------------------------------------------------------------------- */

static void number(const struct forest *f, const struct ana_change *change, double kpa, double percent, char *out, size_t cap)
{
	ana_signed_text(out, cap, ana_bound_rounded(change->kind, f->ratio ? percent : kpa), 0);
}

static bool has(const struct ana_point *p)
{
	return p && isfinite(p->value_kpa);
}

/* Why there is no change. */
static void why_none(const struct ana_pair *pair, char *out, size_t cap)
{
	char why[96];

	ana_no_value_words(has(pair->a) ? pair->b : pair->a, why, sizeof(why));
	if (pair->moved)
		snprintf(out, cap, "moved to another place");
	else
		snprintf(out, cap, "%s session: %s", has(pair->a) ? "second" : has(pair->b) ? "first" : "either", why);
}

/* "+52 kPa (+21 to +83)", "at least +43 kPa"; unit: " kPa" or " %" or "" */
static void change_words(const struct forest *f, const struct row *row, const char *unit, char *out, size_t cap)
{
	const struct ana_change *c = row->change;
	char v[32], low[32], high[32];

	if (c->kind == ANA_CHANGE_NONE || c->kind == ANA_CHANGE_OPEN) {
		if (c->kind == ANA_CHANGE_OPEN)
			snprintf(out, cap, "unknown: above the ceiling at both");
		else
			why_none(row->pair, out, cap);
		return;
	}
	number(f, c, c->kpa, c->percent, v, sizeof(v));
	number(f, c, c->ci_low_kpa, c->ci_low_percent, low, sizeof(low));
	number(f, c, c->ci_high_kpa, c->ci_high_percent, high, sizeof(high));
	if (isfinite(row->low) && isfinite(row->high))
		snprintf(out, cap, "%s%s (%s to %s)", v, unit, low, high);
	else
		snprintf(out, cap, "%s%s%s", ana_bound_word(c->kind), v, unit);
}

static const char *arrow_of(enum ana_verdict verdict)
{
	return verdict == ANA_VERDICT_RISE ? ANA_UP " " : verdict == ANA_VERDICT_FALL ? ANA_DOWN " " : "";
}

static unsigned colour(const struct ana_change *change)
{
	return change->verdict == ANA_VERDICT_RISE ? ANA_BLUE : change->verdict == ANA_VERDICT_FALL ? ANA_VERMILLION : ANA_INK;
}

static const char *group_words(const struct row *row)
{
	return !row->pair ? "net change" : place(row->pair)->primary ? "primary points" : ana_role_text(place(row->pair)->role);
}

static void label_words(const struct forest *f, const struct row *row, char *out, size_t cap)
{
	const struct ana_net *net = &f->c->net;

	if (row->pair)
		ana_point_label(place(row->pair), out, cap);
	else
		snprintf(out, cap, "mean of %zu target%s minus mean of %zu control%s", net->n_targets, net->n_targets == 1 ? "" : "s",
			net->n_controls, net->n_controls == 1 ? "" : "s");
}

/* Text as the picture prints it at the right of a row. */
static void number_words(const struct forest *f, const struct row *row, char *out, size_t cap)
{
	char text[300];

	change_words(f, row, f->ratio ? " %" : " kPa", text, sizeof(text));
	snprintf(out, cap, "%s%s%s", arrow_of(row->change->verdict), text,
		row->change->verdict == ANA_VERDICT_OPEN && row->change->kind != ANA_CHANGE_OPEN ? ": cannot be judged" : "");
	if (!row->pair && row->change->kind != ANA_CHANGE_OPEN && row->change->verdict == ANA_VERDICT_NONE && row->change->error.why[0])
		ana_join(out, cap, row->change->error.why, "; ");
}

static void axis_name(char out[40], const struct forest *f)
{
	snprintf(out, 40, "change of the %s (%s)", ana_measure_short(f->c->b->measure), f->ratio ? "%" : "kPa");
}

/* The table of the comparison, and the net change as a row of its own. */
static void table(struct ana_table *table, const struct forest *f)
{
	char label[TEXT_MAX];

	ana_compare_table(table, f->c);
	for (size_t i = 0; i < f->n; i++) {
		if (f->row[i].pair)
			continue;
		label_words(f, &f->row[i], label, sizeof(label));
		ana_table_text(table, "net");
		ana_table_text(table, "");
		ana_table_number(table, NAN, 0);
		ana_table_text(table, "net");
		ana_table_text(table, label);
		for (int k = 0; k < 4; k++) /* no values of its own: a_kpa to b_more_than */
			ana_table_number(table, NAN, 0);
		ana_table_text(table, "");
		ana_table_text(table, "");
		ana_table_number(table, NAN, 0);
		ana_change_cells(table, f->row[i].change);
	}
}

/* ---- the drawing --------------------------------------------------------------------------- */

/* Row texts; the strings are in text[2]. */
static struct ana_row_texts texts(const struct forest *f, const struct row *row, char text[2][TEXT_MAX])
{
	label_words(f, row, text[0], TEXT_MAX);
	number_words(f, row, text[1], TEXT_MAX);
	return (struct ana_row_texts){text[0], text[1], row->pair && place(row->pair)->primary ? ANA_BOLD : 0, 0,
		colour(row->change)};
}

static int glyph(const struct ana_change *change)
{
	switch (change->verdict) {
	case ANA_VERDICT_RISE: return 9;
	case ANA_VERDICT_FALL: return 11;
	case ANA_VERDICT_WITHIN: return 6;
	default: return 7;
	}
}

/* The light band of measurement error lies behind, then no change, the interval, the mark. */
static void draw_row(const struct ana_rows *rows, const struct row *row, double y)
{
	const unsigned rgb = colour(row->change);
	const double x = ana_rows_at(rows, row->v), zero = ana_rows_at(rows, 0);
	const int out = row->change->kind == ANA_CHANGE_AT_LEAST ? 1 : row->change->kind == ANA_CHANGE_AT_MOST ? -1 : 0;

	if (isfinite(row->fall) && isfinite(row->rise))
		ana_rows_line_between(rows, ana_rows_at(rows, row->fall), ana_rows_at(rows, row->rise), y, 2 * ANA_ROWS_HALF_MM,
			ANA_PALE);
	ana_plot_box(rows->plot, zero - 0.2, y - ANA_ROWS_HALF_MM, 0.4, 2 * ANA_ROWS_HALF_MM, ANA_GREY);
	if (!isfinite(row->v))
		return;
	if (isfinite(row->low) && isfinite(row->high)) {
		double low = ana_rows_at(rows, row->low), high = ana_rows_at(rows, row->high), gap = glyph(row->change) == 6 ? 1.1 : 0;

		ana_rows_line_between(rows, low, fmax(low, x - gap), y, 0.6, rgb);
		ana_rows_line_between(rows, fmin(high, x + gap), high, y, 0.6, rgb);
	}
	if (out) {
		ana_plot_box(rows->plot, x - 0.25, y - 1.6, 0.5, 3.2, rgb);
		ana_rows_line_between(rows, x, x + out * ARROW_MM, y, 0.6, rgb);
		ana_rows_arrow(rows, x + out * ARROW_MM, y, out, rgb);
	} else {
		ana_plot_glyph(rows->plot, x, y, glyph(row->change), MARK_SIZE, rgb);
	}
}

static bool intervals(const struct forest *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (isfinite(f->row[i].low))
			return true;
	return false;
}

static double rows_down(const struct ana_rows *rows, const struct forest *f, double y, bool draw)
{
	char text[2][TEXT_MAX];

	for (size_t i = 0; i < f->n; i++) {
		const struct row *row = &f->row[i];
		const char *group = group_words(row);

		if (i == 0 || strcmp(group, group_words(row - 1)))
			y = ana_rows_heading(rows, y, group, i > 0 ? "" : intervals(f) ? "change (95 % interval)" : "change", draw) + 0.5;
		struct ana_row_texts t = texts(f, row, text);

		if (draw)
			draw_row(rows, row, ana_rows_texts(rows, y, &t));
		y += ana_rows_height(rows, &t);
	}
	return y;
}

static double legend(const struct forest *f, double y, struct ana_plot *plot, bool draw)
{
	static const struct ana_mark all[] = {{9, MARK_SIZE, ANA_BLUE, "rose by more than measurement error"},
		{11, MARK_SIZE, ANA_VERMILLION, "fell by more than measurement error"},
		{6, MARK_SIZE, ANA_INK, "not distinguishable from measurement error"}, {7, MARK_SIZE, ANA_INK, "no error known: not judged"}};
	struct ana_mark marks[8];
	size_t n = 0;
	bool band = false;

	for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
		for (size_t i = 0; i < f->n; i++)
			if (f->row[i].change->kind == ANA_CHANGE_EXACT && glyph(f->row[i].change) == all[k].point_type) {
				marks[n++] = all[k];
				break;
			}
	for (size_t i = 0; i < f->n; i++)
		band |= isfinite(f->row[i].rise);
	if (band)
		marks[n++] = (struct ana_mark){0, 1, ANA_PALE, "what measurement error alone reaches (MDC)"};
	return ana_plot_marks(plot, y, marks, n, draw);
}

static void caption(const struct forest *f, char *out, size_t cap)
{
	char words[ANA_PLOT_WORDS_MAX];
	bool bound = false;

	for (size_t i = 0; i < f->n; i++)
		bound |= f->row[i].change->kind == ANA_CHANGE_AT_LEAST || f->row[i].change->kind == ANA_CHANGE_AT_MOST;
	ana_compare_caption(f->c, words, sizeof(words));
	snprintf(out, cap, "%s%s%s%s", intervals(f) ? "Line: 95 % interval of the change. " : "",
		bound ? "Arrow: the change is at least, or at most, the number (ceiling). " : "",
		f->ratio ? "A change in percent of the first value, on an axis of ratios. " : "", words);
}

static double page(struct ana_plot *plot, const struct forest *f, bool draw)
{
	char words[ANA_PLOT_WORDS_MAX], note[ANA_PLOT_WORDS_MAX + 300], name[40];
	struct ana_rows rows;

	axis_name(name, f);
	ana_rows_start(&rows, plot, f->low, f->top, f->ratio);
	ana_compare_summary(f->c, words, sizeof(words));
	caption(f, note, sizeof(note));
	double y = ana_plot_head(plot, f->c->a->header.simulated || f->c->b->header.simulated, words, draw);

	y = rows_down(&rows, f, legend(f, y, plot, draw), draw) + 1;
	return ana_plot_foot(plot, ana_rows_axis(&rows, y, name, true, draw), note, draw);
}

static void picture(struct ana_plot *plot, const struct forest *f)
{
	ana_plot_page(plot, page(plot, f, false));
	page(plot, f, true);
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

/* ---- for a terminal ------------------------------------------------------------------------ */

static void strip_of(const struct row *row, struct ana_strip *strip)
{
	static const char mark[] = {'+', '^', 'v', 'o', '+'};
	enum ana_change_kind kind = row->change->kind;

	if (isfinite(row->v))
		ana_strip_put(strip, row->v, kind == ANA_CHANGE_EXACT ? mark[row->change->verdict] : '|');
	if (kind == ANA_CHANGE_AT_LEAST || kind == ANA_CHANGE_AT_MOST)
		ana_strip_line(strip, row->v, kind == ANA_CHANGE_AT_LEAST ? strip->top : strip->low,
			kind == ANA_CHANGE_AT_LEAST ? '>' : '<');
	ana_strip_line(strip, 0, 0, ':');
	ana_strip_line(strip, row->low, row->high, '-');
	ana_strip_line(strip, row->fall, row->rise, '.');
}

static void terminal(struct ana_plot *plot, const struct forest *f)
{
	static const char *const verdict[] = {"", " ROSE", " FELL", "", " ?"};
	char words[ANA_PLOT_WORDS_MAX], label[256], number[TEXT_MAX], name[40];
	struct ana_strip strip;

	ana_compare_summary(f->c, words, sizeof(words));
	ana_plot_say(plot, f->c->a->header.simulated || f->c->b->header.simulated ? "SIMULATED DATA. " : "", plot->title);
	ana_plot_say(plot, words, "");
	ana_plot_say(plot, "^ rose, v fell by more than measurement error (dots); o: not distinguishable from it; + not judged. "
		"Dashes: 95 % interval. *: primary point.", "");
	ana_rows_terminal(plot, f->n + 1);
	for (size_t i = 0; i < f->n; i++) {
		const struct row *row = &f->row[i];

		ana_strip_start(&strip, ANA_ROWS_STRIP_COLUMNS, f->low, f->top);
		strip_of(row, &strip);
		snprintf(label, sizeof(label), "net: targets %s controls", ANA_MINUS);
		if (row->pair)
			ana_rows_point(place(row->pair), label, sizeof(label));
		change_words(f, row, f->ratio ? " %" : "", number, sizeof(number));
		if (row->change->kind == ANA_CHANGE_OPEN)
			snprintf(number, sizeof(number), "above both ceilings:");
		ana_join(number, sizeof(number), verdict[row->change->verdict], "");
		ana_rows_line(plot, i, label, strip.text, number);
	}
	ana_strip_start(&strip, ANA_ROWS_STRIP_COLUMNS, f->low, f->top);
	axis_name(name, f);
	ana_strip_axis(&strip, name + strlen("change of the "), true, f->ratio, words, sizeof(words));
	ana_rows_line(plot, f->n, "change", words, "");
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

int ana_plot_forest(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_compare *compare,
	struct alg_log *log)
{
	struct forest f = {.low = 0};
	int ret = ana_plot_begin(plot, "forest", style, log);

	if (ret == 0)
		ret = gather(&f, compare, log);
	if (ret == 0) {
		ana_compare_title(compare, "change", plot->title, sizeof(plot->title));
		table(&plot->table, &f);
		if (ana_plot_is_text(plot))
			terminal(plot, &f);
		else
			picture(plot, &f);
		ret = ana_plot_end(plot, log);
	}
	free(f.row);
	return ret;
}
