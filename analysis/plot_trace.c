/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_trace.c - one press over time: pressure, the corridor of the target rate, threshold, peak, ceiling. */
#include "analysis/plot_rows.h"

#include "base/text.h"
#include "base/units.h"

#include <math.h>
#include <string.h>

enum { TEXT_MAX = 512 };

struct trace {
	const struct ses_session *ses;
	const struct ses_header *head;
	const struct ses_trial *trial;
	const struct ses_point *point;
	const struct ses_sample_row *row;
	size_t n;
	double t0_s;           /* x = 0: contact, or the first sample when there was none */
	double from_s, to_s;   /* of x */
	double top_kpa;        /* of y */
	double rate_from_s, rate_to_s; /* of x: where the rate is measured; NAN when nowhere */
	bool ceiling_shown;
};

static double kpa(const struct trace *tr, const struct ses_sample_row *row)
{
	return alg_pressure_kpa(row->force_n - tr->trial->zero_n, tr->head->tip_area_cm2);
}

static bool usable(const struct ses_sample_row *row)
{
	return isfinite(row->force_n) && isfinite(row->t_s) &&
		!(row->flags & (SES_SAMPLE_PEAK | SES_SAMPLE_OVERLOAD | SES_SAMPLE_FAULT));
}

static bool has_response(const struct trace *tr)
{
	return isfinite(tr->trial->t_response_s) && isfinite(tr->trial->ppt_kpa);
}

/* The part of the ramp that its rate is of (data/press.h): the last rise from 20 % to 90 % of the pressure at its end. */
static void find_rate_part(struct trace *tr)
{
	const struct ses_trial *t = tr->trial;
	double end_s = isfinite(t->t_response_s) ? t->t_response_s : t->t_peak_s;
	double end_kpa = isfinite(t->t_response_s) ? t->ppt_kpa : t->peak_kpa;
	size_t from = 0;

	tr->rate_from_s = tr->rate_to_s = NAN;
	if (!isfinite(t->rate_kpa_s) || !isfinite(t->t_contact_s) || !isfinite(end_s) || !isfinite(end_kpa))
		return;
	for (size_t i = 0; i < tr->n && tr->row[i].t_s < end_s; i++)
		if (tr->row[i].t_s < t->t_contact_s || (usable(&tr->row[i]) && kpa(tr, &tr->row[i]) < 0.2 * end_kpa))
			from = i + 1;
	for (size_t i = from; i < tr->n && tr->row[i].t_s <= end_s; i++) {
		if (!usable(&tr->row[i]))
			continue;
		if (kpa(tr, &tr->row[i]) > 0.9 * end_kpa)
			break;
		if (isnan(tr->rate_from_s))
			tr->rate_from_s = tr->row[i].t_s - tr->t0_s;
		tr->rate_to_s = tr->row[i].t_s - tr->t0_s;
	}
}

static int gather(struct trace *tr, const struct ses_session *ses, size_t trial, struct alg_log *log)
{
	const struct ses_trial *t = &ses->trials[trial];
	char name[48];
	double high = 0;
	size_t n_usable = 0;

	snprintf(name, sizeof(name), "press %d", t->trial);
	*tr = (struct trace){.ses = ses, .head = &ses->header, .trial = t};
	if (t->point >= 0 && (size_t)t->point < ses->n_points)
		tr->point = &ses->points[t->point];
	if (ses->header.blinded && !ses->unblinded)
		return alg_fail(log, MSG_ANA_BLINDED, name);
	if (t->status == SES_MISSING || t->n_samples <= 0)
		return alg_fail(log, MSG_PLOT_NOTHING, name,
			t->status == SES_MISSING ? "it was planned and not made" : "no samples are stored with it");
	if (t->first_sample < 0 || (size_t)t->first_sample > ses->n_samples ||
		(size_t)t->n_samples > ses->n_samples - (size_t)t->first_sample || !(ses->header.tip_area_cm2 > 0))
		return alg_fail(log, MSG_BUG, "a press points outside the samples");
	tr->row = ses->samples + t->first_sample;
	tr->n = (size_t)t->n_samples;
	tr->t0_s = isfinite(t->t_contact_s) ? t->t_contact_s : tr->row[0].t_s;
	tr->from_s = tr->row[0].t_s - tr->t0_s;
	tr->to_s = tr->row[tr->n - 1].t_s - tr->t0_s;
	for (size_t i = 0; i < tr->n; i++)
		if (usable(&tr->row[i])) {
			n_usable++;
			high = fmax(high, kpa(tr, &tr->row[i]));
		}
	if (n_usable < 2 || !(tr->to_s > tr->from_s))
		return alg_fail(log, MSG_PLOT_NOTHING, name, "fewer than two usable samples");
	find_rate_part(tr);
	tr->top_kpa = fmax(50, 1.2 * high);
	tr->ceiling_shown = isfinite(t->ceiling_kpa) && t->ceiling_kpa > 0 && t->ceiling_kpa < 1.3 * fmax(high, 50);
	if (tr->ceiling_shown)
		tr->top_kpa = fmax(tr->top_kpa, 1.15 * t->ceiling_kpa);
	return 0;
}

static void table(struct ana_plot *plot, const struct trace *tr)
{
	static const char *const names[] = {"t_s", "t_from_contact_s", "force_n", "pressure_kpa", "shown", "flags"};

	ana_table_start(&plot->table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < tr->n; i++) {
		ana_table_number(&plot->table, tr->row[i].t_s, 6);
		ana_table_number(&plot->table, tr->row[i].t_s - tr->t0_s, 6);
		ana_table_number(&plot->table, tr->row[i].force_n, 6);
		ana_table_number(&plot->table, kpa(tr, &tr->row[i]), 4);
		ana_table_text(&plot->table, tr->row[i].shown);
		ana_table_number(&plot->table, tr->row[i].flags, 0);
	}
}

/* The curve, interrupted where samples are unusable or too far apart to be joined. */
static void data(struct ana_plot *plot, const struct trace *tr)
{
	double last = -INFINITY, gap = 0.25;

	fputs("$press << EOD\n", plot->gp);
	for (size_t i = 0; i < tr->n; i++) {
		double x = tr->row[i].t_s - tr->t0_s;

		if (!usable(&tr->row[i]))
			continue;
		if (x - last > gap && isfinite(last))
			fputs("\n", plot->gp);
		ana_plot_number(plot->gp, x);
		fputc(' ', plot->gp);
		ana_plot_number(plot->gp, kpa(tr, &tr->row[i]));
		fputc('\n', plot->gp);
		last = x;
	}
	fputs("EOD\n", plot->gp);
}

/* Whether there is a corridor to draw; end_s of x: the response, or the peak. */
static bool has_corridor(const struct trace *tr, double *end_s)
{
	const struct ses_trial *t = tr->trial;
	double end = isfinite(t->t_response_s) ? t->t_response_s : t->t_peak_s;

	*end_s = fmin(end - t->t_contact_s, tr->to_s);
	return tr->head->target_rate_kpa_s > 0 && tr->head->corridor >= 0 && isfinite(t->contact_n) && *end_s > 0;
}

/* The target ramp and its corridor from contact until the response (or the peak): x, middle, low, high. */
static bool corridor(struct ana_plot *plot, const struct trace *tr)
{
	double start = fmax(0, alg_pressure_kpa(tr->trial->contact_n, tr->head->tip_area_cm2)), end;
	double rate = tr->head->target_rate_kpa_s, c = tr->head->corridor;

	if (!has_corridor(tr, &end))
		return false;
	fputs("$target << EOD\n", plot->gp);
	for (int i = 0; i <= 40; i++) {
		double x = end * i / 40;
		double y[] = {x, start + rate * x, start + rate * (1 - c) * x, start + rate * (1 + c) * x};

		for (int k = 0; k < 4; k++) {
			ana_plot_number(plot->gp, y[k]);
			fputc(k < 3 ? ' ' : '\n', plot->gp);
		}
	}
	fputs("EOD\n", plot->gp);
	return true;
}

static void status_words(const struct trace *tr, char *out, size_t cap)
{
	const struct ses_trial *t = tr->trial;

	switch (t->status) {
	case SES_ACCEPTED:
		snprintf(out, cap, "accepted: threshold %.0f kPa (%.1f N on %.2f cm\xc2\xb2)", t->ppt_kpa, t->ppt_n,
			tr->head->tip_area_cm2);
		return;
	case SES_CENSORED:
		snprintf(out, cap, "censored: no pain up to the ceiling, threshold more than %.0f kPa", t->ceiling_kpa);
		return;
	case SES_REJECTED:
		snprintf(out, cap, "REJECTED (%s): kept, not used", ses_reason_word((enum ses_reason)t->reason));
		return;
	default:
		snprintf(out, cap, "%s", ses_status_word((enum ses_status)t->status));
	}
}

static void title(struct ana_plot *plot, const struct trace *tr, char *status, size_t cap)
{
	char place[128], what[160];

	if (tr->point)
		ana_point_label(tr->point, place, sizeof(place));
	else
		snprintf(place, sizeof(place), "%s", tr->trial->site_code);
	status_words(tr, status, cap);
	snprintf(what, sizeof(what), "press %d at %s", tr->trial->press, place);
	ana_session_title(tr->head, what, plot->title, sizeof(plot->title));
}

static void caption(const struct trace *tr, char *out, size_t cap)
{
	const struct ses_trial *t = tr->trial;
	const struct ses_header *h = tr->head;
	char rate[160] = "no rate could be computed", quality[160], ceiling[64] = "";

	if (isfinite(t->rate_kpa_s))
		snprintf(rate, sizeof(rate), "Rate %.1f kPa/s (target %.0f " ANA_PLUSMINUS " %.0f %%), %.0f %% of the ramp in the corridor",
			t->rate_kpa_s, h->target_rate_kpa_s, 100 * h->corridor,
			isfinite(t->corridor_share) ? 100 * t->corridor_share : 0);
	ses_quality_words(quality, sizeof(quality), (uint32_t)t->quality);
	if (!tr->ceiling_shown && isfinite(t->ceiling_kpa))
		snprintf(ceiling, sizeof(ceiling), " Ceiling %.0f kPa, above this picture.", t->ceiling_kpa);
	snprintf(out, cap, "%s. Response: %s.%s %d samples in the ramp%s%s.", rate,
		has_response(tr) ? ses_response_word((enum ses_response)t->response) : "none", ceiling, t->n_ramp,
		quality[0] ? "; flags: " : "", quality);
}

/* ---- the drawing --------------------------------------------------------------------------- */

struct frame {
	double x, y, w, h; /* the panel in mm */
};

static double at_x(const struct frame *f, const struct trace *tr, double t_s)
{
	return f->x + f->w * (t_s - tr->t0_s - tr->from_s) / (tr->to_s - tr->from_s);
}

/* A little room below zero, so that the resting gauge is seen. */
static double low(const struct trace *tr)
{
	return -0.03 * tr->top_kpa;
}

static double at_y(const struct frame *f, const struct trace *tr, double p_kpa)
{
	return f->y + f->h * (tr->top_kpa - p_kpa) / (tr->top_kpa - low(tr));
}

static void mark_times(struct ana_plot *plot, const struct trace *tr, const struct frame *f)
{
	const struct ses_trial *t = tr->trial;
	const struct { double t_s; const char *word; } mark[] = {{t->t_contact_s, "contact"}, {t->t_release_s, "release"}};

	for (int i = 0; i < 2; i++) {
		double x = isfinite(mark[i].t_s) ? at_x(f, tr, mark[i].t_s) : NAN;

		if (!(x >= f->x - 0.1 && x <= f->x + f->w + 0.1))
			continue;
		ana_plot_stroke(plot, x, f->y + 5, x, f->y + f->h, 1, 3, ANA_GREY);
		ana_plot_text(plot, x, f->y + 2, ANA_LEFT, ANA_FONT_PT, 0, ANA_GREY, mark[i].word);
	}
}

/* A bar along the time axis. */
static void mark_rate_part(struct ana_plot *plot, const struct trace *tr, const struct frame *f)
{
	if (isfinite(tr->rate_from_s))
		ana_plot_stroke(plot, at_x(f, tr, tr->t0_s + tr->rate_from_s), f->y + f->h - 0.8, at_x(f, tr, tr->t0_s + tr->rate_to_s),
			f->y + f->h - 0.8, 5, 1, ANA_ORANGE);
}

/* Peak and ceiling in the right margin, each led to by a thin line; apart from each other. */
static void mark_right(struct ana_plot *plot, const struct trace *tr, const struct frame *f)
{
	const struct ses_trial *t = tr->trial;
	char text[2][64];
	double y[2] = {0}, want[2] = {0}, x[2] = {0};
	size_t n = 0;

	if (tr->ceiling_shown) {
		x[n] = f->x;
		y[n] = at_y(f, tr, t->ceiling_kpa);
		snprintf(text[n++], sizeof(text[0]), "ceiling %.0f", t->ceiling_kpa);
	}
	if (isfinite(t->peak_kpa) && isfinite(t->t_peak_s)) {
		x[n] = at_x(f, tr, t->t_peak_s);
		y[n] = at_y(f, tr, t->peak_kpa);
		snprintf(text[n++], sizeof(text[0]), "peak %.0f", t->peak_kpa);
	}
	if (n == 2 && y[0] > y[1]) { /* the peak went over the ceiling: keep the order from the top */
		double swap = y[0], swap_x = x[0];
		char word[64];

		y[0] = y[1], y[1] = swap, x[0] = x[1], x[1] = swap_x;
		memcpy(word, text[0], sizeof(word));
		memcpy(text[0], text[1], sizeof(word));
		memcpy(text[1], word, sizeof(word));
	}
	memcpy(want, y, sizeof(want));
	ana_spread(want, n, 5, f->y, f->y + f->h);
	for (size_t i = 0; i < n; i++) {
		bool ceiling = text[i][0] == 'c';

		ana_plot_stroke(plot, x[i], y[i], f->x + f->w, y[i], ceiling ? 2 : 1, ceiling ? 2 : 3,
			ceiling ? ANA_VERMILLION : ANA_GREY);
		ana_plot_stroke(plot, f->x + f->w, y[i], f->x + f->w + 3, want[i], 1, 1, ANA_GREY);
		ana_plot_text(plot, f->x + f->w + 4, want[i], ANA_LEFT, ANA_FONT_PT, 0, ceiling ? ANA_VERMILLION : ANA_INK,
			text[i]);
	}
}

static void mark_threshold(struct ana_plot *plot, const struct trace *tr, const struct frame *f)
{
	const struct ses_trial *t = tr->trial;
	char text[64];
	double x, y;

	if (!has_response(tr))
		return;
	x = at_x(f, tr, t->t_response_s);
	y = at_y(f, tr, t->ppt_kpa);
	ana_plot_stroke(plot, f->x, y, x, y, 1.5, 2, ANA_BLUE);
	ana_plot_stroke(plot, x, y, x, f->y + f->h, 1.5, 2, ANA_BLUE);
	snprintf(text, sizeof(text), "%s %.0f kPa", t->status == SES_REJECTED ? "not used:" : "threshold", t->ppt_kpa);
	double left = fmax(f->x, isfinite(t->t_contact_s) ? at_x(f, tr, t->t_contact_s) : f->x) + 2;

	if (left + ana_text_mm(text, ANA_FONT_PT, true) > x) /* a narrow page: the number alone */
		snprintf(text, sizeof(text), "%.0f kPa", t->ppt_kpa);
	ana_plot_text(plot, left, y - 3, ANA_LEFT, ANA_FONT_PT, ANA_BOLD, ANA_BLUE, text);
}

/* A sample of a line or an area with its name, on the next line when this one is full. */
struct legend {
	struct ana_plot *plot;
	double x, y;
	bool draw;
};

static void legend_item(struct legend *l, double width, int dash, unsigned rgb, bool area, const char *text)
{
	double w = ana_text_mm(text, ANA_FONT_PT, false) + 10;

	if (l->x > ANA_ROWS_MARGIN && l->x + w > l->plot->width_mm - ANA_ROWS_MARGIN) {
		l->x = ANA_ROWS_MARGIN;
		l->y += ana_line_mm(ANA_FONT_PT);
	}
	if (l->draw) {
		if (area)
			ana_plot_box(l->plot, l->x, l->y - 1.8, 8, 3.6, ANA_PALE);
		ana_plot_stroke(l->plot, l->x, l->y, l->x + 8, l->y, width, dash, rgb);
		ana_plot_text(l->plot, l->x + 10, l->y, ANA_LEFT, ANA_FONT_PT, 0, ANA_INK, text);
	}
	l->x += w + 4;
}

/* Returns the y below. */
static double legend(struct ana_plot *plot, const struct trace *tr, double y, bool with_corridor, bool draw)
{
	struct legend l = {.plot = plot, .x = ANA_ROWS_MARGIN, .y = y, .draw = draw};

	legend_item(&l, 2.5, 1, ANA_INK, false, "pressure");
	if (with_corridor)
		legend_item(&l, 1.5, 4, ANA_GREEN, true, "target rate, corridor");
	if (has_response(tr))
		legend_item(&l, 1.5, 2, ANA_BLUE, false, "response");
	if (isfinite(tr->rate_from_s))
		legend_item(&l, 5, 1, ANA_ORANGE, false, "rate taken here (20" ANA_DASH "90 %)");
	return l.y + ana_line_mm(ANA_FONT_PT);
}

static const char *time_word(const struct trace *tr)
{
	return isfinite(tr->trial->t_contact_s) ? "time from contact (s)" : "time from the first sample (s)";
}

static void axes(struct ana_plot *plot, const struct trace *tr, int time_ticks)
{
	fprintf(plot->gp, "set xrange [%.6f:%.6f]\nset yrange [%.3f:%.3f]\n", tr->from_s, tr->to_s, low(tr), tr->top_kpa);
	fprintf(plot->gp, "set xtics %g\nset ytics %g\nset format \"%%g\"\n", ana_tick(tr->to_s - tr->from_s, time_ticks > 10 ? 10 : time_ticks),
		ana_tick(tr->top_kpa, 5));
}

static void curves(struct ana_plot *plot, const struct trace *tr, bool with_corridor)
{
	const struct ses_trial *t = tr->trial;

	fputs("plot ", plot->gp);
	if (with_corridor)
		fprintf(plot->gp, "$target using 1:3:4 with filledcurves linecolor rgb \"#%06x\", "
			"$target using 1:2 with lines linewidth 1.5 dashtype 4 linecolor rgb \"#%06x\", ", ANA_PALE, ANA_GREEN);
	fprintf(plot->gp, "$press with lines linewidth 2 linecolor rgb \"#%06x\"", ANA_INK);
	if (has_response(tr))
		fprintf(plot->gp, ", $response with points pointtype %d pointsize 1.4*mark linewidth 2 linecolor rgb \"#%06x\"",
			t->status == SES_REJECTED ? 6 : 7, ANA_BLUE);
	fputs("\n", plot->gp);
}

static void picture(struct ana_plot *plot, const struct trace *tr)
{
	char status[TEXT_MAX], text[TEXT_MAX];
	struct frame f = {.x = 22, .w = plot->width_mm - 22 - 32, .h = 62};
	double end;

	title(plot, tr, status, sizeof(status));
	caption(tr, text, sizeof(text));
	f.y = ana_plot_head(plot, tr->head->simulated, status, false) + 1;
	double legend_y = f.y + f.h + 18, text_y = legend(plot, tr, legend_y, has_corridor(tr, &end), false) - 1;

	ana_plot_page(plot, ana_plot_foot(plot, text_y, text, false));
	ana_plot_head(plot, tr->head->simulated, status, true);
	ana_plot_foot(plot, text_y, text, true);
	data(plot, tr);
	bool with_corridor = corridor(plot, tr);

	legend(plot, tr, legend_y, with_corridor, true);
	ana_plot_axes(plot, f.x, f.y, f.w, f.h, time_word(tr), "pressure (kPa)");
	mark_times(plot, tr, &f);
	mark_rate_part(plot, tr, &f);
	mark_right(plot, tr, &f);
	mark_threshold(plot, tr, &f);
	ana_plot_panel(plot, f.x, f.y, f.w, f.h);
	axes(plot, tr, (int)(f.w / 10));
	curves(plot, tr, with_corridor);
}

static void terminal(struct ana_plot *plot, const struct trace *tr)
{
	const struct ses_trial *t = tr->trial;
	char status[TEXT_MAX], text[TEXT_MAX];
	bool with_corridor;

	title(plot, tr, status, sizeof(status));
	caption(tr, text, sizeof(text));
	int lines = ana_plot_say(plot, tr->head->simulated ? "SIMULATED DATA. " : "", plot->title);

	lines += ana_plot_say(plot, status, "");
	lines += ana_plot_say(plot, text, "");
	ana_plot_page(plot, plot->style.rows - lines);
	data(plot, tr);
	with_corridor = corridor(plot, tr);
	ana_plot_panel(plot, 8, 1, plot->width_mm - 10, plot->height_mm - 4);
	axes(plot, tr, 10);
	fprintf(plot->gp, "set xlabel \"%s\" offset 0,0.5\nset label 1 \"kPa\" at screen 0,screen 0.99\n", time_word(tr));
	fprintf(plot->gp, "set key at graph 0.85,0.06 right bottom samplen 2\nplot ");
	if (with_corridor)
		fputs("$target using 1:3 with points pointtype \".\" title \"corridor\", "
		      "$target using 1:4 with points pointtype \".\" notitle, ", plot->gp);
	fputs("$press with points pointtype \"*\" title \"pressure\"", plot->gp);
	if (has_response(tr))
		fprintf(plot->gp, ", $response with points pointtype \"O\" title \"threshold %.0f kPa\"", t->ppt_kpa);
	if (tr->ceiling_shown)
		fprintf(plot->gp, ", %.6g with lines dashtype 2 title \"ceiling %.0f kPa\"", t->ceiling_kpa, t->ceiling_kpa);
	fputs("\n", plot->gp);
}

int ana_plot_trace(struct ana_plot *plot, const struct ana_plot_style *style, const struct ses_session *ses,
	size_t trial, struct alg_log *log)
{
	struct trace tr;
	int ret = ana_plot_begin(plot, "trace", style, log);

	if (ret)
		return ret;
	if (trial >= ses->n_trials)
		return alg_fail(log, MSG_BUG, "no such press");
	if ((ret = gather(&tr, ses, trial, log)))
		return ret;
	table(plot, &tr);
	if (has_response(&tr)) {
		fputs("$response << EOD\n", plot->gp);
		ana_plot_number(plot->gp, tr.trial->t_response_s - tr.t0_s);
		fputc(' ', plot->gp);
		ana_plot_number(plot->gp, tr.trial->ppt_kpa);
		fputs("\nEOD\n", plot->gp);
	}
	if (ana_plot_is_text(plot))
		terminal(plot, &tr);
	else
		picture(plot, &tr);
	return ana_plot_end(plot, log);
}
