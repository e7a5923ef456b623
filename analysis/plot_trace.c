/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_trace.c - one press over time: pressure, the corridor of the target rate, threshold, peak, ceiling. */
#include "analysis/plot.h"

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

/* The target ramp and its corridor from contact until the response (or the peak): x, middle, low, high. */
static bool corridor(struct ana_plot *plot, const struct trace *tr)
{
	const struct ses_trial *t = tr->trial;
	double end = isfinite(t->t_response_s) ? t->t_response_s : t->t_peak_s;
	double start = fmax(0, alg_pressure_kpa(t->contact_n, tr->head->tip_area_cm2));
	double rate = tr->head->target_rate_kpa_s, c = tr->head->corridor;

	if (!isfinite(t->t_contact_s) || !isfinite(end) || !(rate > 0) || !(c >= 0) || !isfinite(start))
		return false;
	end = fmin(end - t->t_contact_s, tr->to_s);
	if (!(end > 0))
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
	x = fmax(f->x, isfinite(t->t_contact_s) ? at_x(f, tr, t->t_contact_s) : f->x);
	ana_plot_text(plot, x + 2, y - 3, ANA_LEFT, ANA_FONT_PT, ANA_BOLD, ANA_BLUE, text);
}

/* One row of samples of the line styles with their names. */
static void legend(struct ana_plot *plot, double x, double y, bool with_corridor, bool with_response)
{
	const double pt = ANA_FONT_PT;

	ana_plot_stroke(plot, x, y, x + 8, y, 2.5, 1, ANA_INK);
	ana_plot_text(plot, x + 10, y, ANA_LEFT, pt, 0, ANA_INK, "pressure");
	x += 14 + ana_text_mm("pressure", pt, false);
	if (with_corridor) {
		ana_plot_box(plot, x, y - 1.8, 8, 3.6, ANA_PALE);
		ana_plot_stroke(plot, x, y, x + 8, y, 1.5, 4, ANA_GREEN);
		ana_plot_text(plot, x + 10, y, ANA_LEFT, pt, 0, ANA_INK, "target rate, corridor");
		x += 14 + ana_text_mm("target rate, corridor", pt, false);
	}
	if (with_response) {
		ana_plot_stroke(plot, x, y, x + 8, y, 1.5, 2, ANA_BLUE);
		ana_plot_text(plot, x + 10, y, ANA_LEFT, pt, 0, ANA_INK, "response");
	}
}

static const char *time_word(const struct trace *tr)
{
	return isfinite(tr->trial->t_contact_s) ? "time from contact (s)" : "time from the first sample (s)";
}

static void axes(struct ana_plot *plot, const struct trace *tr)
{
	fprintf(plot->gp, "set xrange [%.6f:%.6f]\nset yrange [%.3f:%.3f]\n", tr->from_s, tr->to_s, low(tr), tr->top_kpa);
	fprintf(plot->gp, "set xtics %g\nset ytics %g\nset format \"%%g\"\n", ana_tick(tr->to_s - tr->from_s, 10),
		ana_tick(tr->top_kpa, 5));
}

static void curves(struct ana_plot *plot, const struct trace *tr, bool with_corridor)
{
	const struct ses_trial *t = tr->trial;

	fputs("plot ", plot->gp);
	if (with_corridor)
		fprintf(plot->gp, "$target using 1:3:4 with filledcurves linecolor rgb \"#%06x\", "
			"$target using 1:2 with lines linewidth 1.5 dashtype 4 linecolor rgb \"#%06x\", ", ANA_PALE, ANA_GREEN);
	fprintf(plot->gp, "$press with lines linewidth 2.5 linecolor rgb \"#%06x\"", ANA_INK);
	if (has_response(tr))
		fprintf(plot->gp, ", $response with points pointtype %d pointsize 1.4 linewidth 2 linecolor rgb \"#%06x\"",
			t->status == SES_REJECTED ? 6 : 7, ANA_BLUE);
	fputs("\n", plot->gp);
}

static void picture(struct ana_plot *plot, const struct trace *tr)
{
	const double w = plot->width_mm, pt = ANA_FONT_PT;
	char status[TEXT_MAX], text[TEXT_MAX];
	struct frame f = {.x = 22, .w = w - 22 - 32, .h = 62};
	bool with_corridor;

	title(plot, tr, status, sizeof(status));
	caption(tr, text, sizeof(text));
	double y = ana_plot_paragraph(NULL, 4, 3, tr->head->simulated ? w - 46 : w - 8, 12, ANA_BOLD, 0, plot->title);

	f.y = ana_plot_paragraph(NULL, 4, y, w - 8, pt, 0, 0, status) + 4;
	double legend_y = f.y + f.h + 18;

	ana_plot_page(plot, ana_plot_paragraph(NULL, 4, legend_y + 4, w - 8, pt, 0, 0, text) + 2);
	ana_plot_simulated(plot, tr->head->simulated);
	ana_plot_paragraph(plot, 4, 3, tr->head->simulated ? w - 46 : w - 8, 12, ANA_BOLD, ANA_INK, plot->title);
	ana_plot_paragraph(plot, 4, y, w - 8, pt, 0, ANA_INK, status);
	ana_plot_paragraph(plot, 4, legend_y + 4, w - 8, pt, 0, ANA_INK, text);
	data(plot, tr);
	with_corridor = corridor(plot, tr);
	legend(plot, 22, legend_y, with_corridor, has_response(tr));
	ana_plot_axes(plot, f.x, f.y, f.w, f.h, time_word(tr), "pressure (kPa)");
	mark_times(plot, tr, &f);
	mark_right(plot, tr, &f);
	mark_threshold(plot, tr, &f);
	ana_plot_panel(plot, f.x, f.y, f.w, f.h);
	axes(plot, tr);
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
	axes(plot, tr);
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
