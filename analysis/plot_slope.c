/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_slope.c - before and after: a line a point, those beyond the MDC bold and named with their change. */
#include "analysis/plot_rows.h"
#include "analysis/text.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 900, LINE_MM = 5 };

#define MARGIN ANA_ROWS_MARGIN
#define LEFT_MM 34.0 /* for the values on the left */

struct slope {
	const struct ana_pair *pair;
	double y_a, y_b; /* wanted, then spread positions of the texts in mm from the panel's top */
};

static bool has(const struct ana_point *p)
{
	return p && isfinite(p->value_kpa);
}

static const struct ses_point *place(const struct ana_pair *pair)
{
	return pair->b ? &pair->b->point : &pair->a->point;
}

void ana_compare_table(struct ana_table *table, const struct ana_compare *c)
{
	static const char *const names[] = {"site_code", "side", "series", "role", "label", "a_kpa", "a_more_than", "b_kpa",
		"b_more_than", "a_presses_kpa", "b_presses_kpa", "moved", "change", "change_kpa", "change_percent", ANA_CHANGE_CELLS_TAIL,
		"verdict"};

	ana_table_start(table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *pair = &c->pair[i];
		char presses[TEXT_MAX];

		ana_point_cells(table, place(pair));
		ana_table_number(table, pair->a ? pair->a->value_kpa : NAN, 3);
		ana_table_number(table, pair->a ? pair->a->bound : NAN, 0);
		ana_table_number(table, pair->b ? pair->b->value_kpa : NAN, 3);
		ana_table_number(table, pair->b ? pair->b->bound : NAN, 0);
		ana_presses_text(pair->a, presses, sizeof(presses));
		ana_table_text(table, presses);
		ana_presses_text(pair->b, presses, sizeof(presses));
		ana_table_text(table, presses);
		ana_table_number(table, pair->moved, 0);
		ana_change_cells(table, &pair->change);
	}
}

static void session_words(const struct ana_visit *visit, char *out, size_t cap)
{
	snprintf(out, cap, "%s%s%s", visit->header.visit_day, visit->header.acq[0] ? " " : "", visit->header.acq);
}

void ana_compare_title(const struct ana_compare *c, const char *what, char *out, size_t cap)
{
	char a[40], b[40];

	session_words(c->a, a, sizeof(a));
	session_words(c->b, b, sizeof(b));
	snprintf(out, cap, "%s: %s %s, %s to %s", c->b->header.participant, ana_measure_short(c->b->measure), what, a, b);
}

void ana_compare_caption(const struct ana_compare *c, char *out, size_t cap)
{
	char rule[64], basis[ANA_BASIS_TEXT_MAX], text[400];

	ana_rule_words(rule, sizeof(rule), c->b->rule);
	ana_basis_words(basis, sizeof(basis), &c->errors, &c->basis);
	snprintf(out, cap, "R, L: the person's right and left. %s: %s, %s (%d planned a point); "
		"target rate %g kPa/s, tip %g cm\xc2\xb2. %s", ana_measure_short(c->b->measure), ana_measure_name(c->b->measure), rule, c->b->header.rounds, c->b->header.target_rate_kpa_s,
		c->b->header.tip_area_cm2, basis);
	if (c->tally.n > 0) {
		snprintf(text, sizeof(text), "By chance alone about %.1f of the %zu judged points would pass it.", c->tally.by_chance,
			c->tally.n - c->tally.open);
		ana_join(out, cap, text, " ");
	}
	if (c->despite[0]) {
		snprintf(text, sizeof(text), "Compared although the sessions differ (%s).", c->despite);
		ana_join(out, cap, text, " ");
	}
	for (size_t i = 0; i < c->n_unlike; i++) {
		snprintf(text, sizeof(text), "Differs: %s.", c->unlike[i].text);
		ana_join(out, cap, text, " ");
	}
}

void ana_compare_summary(const struct ana_compare *c, char *out, size_t cap)
{
	enum { NAMED = 8 };
	char names[3][NAMED * 132] = {"", "", ""}, text[NAMED * 132 + 96];
	static const char *const words[] = {ANA_UP " Rose by more than measurement error: %s.", ANA_DOWN " Fell by more than measurement error: %s.",
		"No value to compare: %s."};
	int within = 0, other = 0, above = 0, n[3] = {0};

	out[0] = '\0';
	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_change *change = &c->pair[i].change;
		int which = change->kind == ANA_CHANGE_NONE ? 2 : change->verdict == ANA_VERDICT_RISE ? 0
			: change->verdict == ANA_VERDICT_FALL ? 1 : -1;
		char label[128];

		within += change->verdict == ANA_VERDICT_WITHIN;
		above += change->kind == ANA_CHANGE_OPEN;
		other += change->verdict == ANA_VERDICT_OPEN && change->kind != ANA_CHANGE_OPEN;
		ana_point_label(place(&c->pair[i]), label, sizeof(label));
		if (which >= 0 && n[which]++ < NAMED)
			ana_join(names[which], sizeof(names[which]), label, "; ");
	}
	for (int i = 0; i < 3; i++)
		if (names[i][0]) {
			if (n[i] > NAMED)
				snprintf(names[i] + strlen(names[i]), sizeof(names[i]) - strlen(names[i]), " and %d more", n[i] - NAMED);
			snprintf(text, sizeof(text), words[i], names[i]);
			ana_join(out, cap, text, " ");
		}
	if (within) {
		snprintf(text, sizeof(text), "Within measurement error: %d point%s.", within, within == 1 ? "" : "s");
		ana_join(out, cap, text, " ");
	}
	if (above) {
		snprintf(text, sizeof(text), "Above the ceiling both times, so no change can be told: %d point%s.", above, above == 1 ? "" : "s");
		ana_join(out, cap, text, " ");
	}
	if (other) {
		snprintf(text, sizeof(text), "Cannot be judged (ceiling): %d.", other);
		ana_join(out, cap, text, " ");
	}
	if (!ana_basis_any(&c->basis) && (size_t)(above + n[2]) < c->n_pairs)
		ana_join(out, cap, "No measurement error is known here: nothing tells a change from it.", " ");
}

/* ---- drawing ------------------------------------------------------------------------------- */

static unsigned colour(const struct ana_pair *pair)
{
	return pair->change.verdict == ANA_VERDICT_RISE ? ANA_BLUE : pair->change.verdict == ANA_VERDICT_FALL
		? ANA_VERMILLION : place(pair)->role == SES_ROLE_TARGET ? ANA_INK : ANA_GREY;
}

static bool passed(const struct ana_pair *pair)
{
	return pair->change.verdict == ANA_VERDICT_RISE || pair->change.verdict == ANA_VERDICT_FALL;
}

static int by_a(const void *a, const void *b)
{
	double x = ((const struct slope *)a)->y_a, y = ((const struct slope *)b)->y_a;

	return x < y ? -1 : x > y;
}

static int by_b(const void *a, const void *b)
{
	double x = ((const struct slope *)a)->y_b, y = ((const struct slope *)b)->y_b;

	return x < y ? -1 : x > y;
}

struct slope_page {
	double x_a, x_b, y, h; /* the two axes and the height between low and top */
	double low_kpa, top_kpa;
	double text_w;         /* of the names on the right */
	bool narrow;           /* no room for bold letters: colour and triangle have to do */
};

static double at_y(const struct slope_page *p, double kpa)
{
	return p->h * (p->top_kpa - kpa) / (p->top_kpa - p->low_kpa);
}

static void value_words(const struct ana_point *p, char *out, size_t cap)
{
	snprintf(out, cap, p->bound ? ANA_MORE "%.0f" : "%.0f", p->bound ? floor(p->value_kpa) : p->value_kpa);
}

/* Value, point and change: as wordy as fits. */
static void end_words(const struct ana_pair *pair, double width, bool bold, char *out, size_t cap)
{
	const struct ses_point *point = place(pair);
	const char *arrow = pair->change.verdict == ANA_VERDICT_RISE ? ANA_UP " "
		: pair->change.verdict == ANA_VERDICT_FALL ? ANA_DOWN " " : "";
	char value[32], change[160], name[128], kpa[32], text[400];

	value_words(pair->b, value, sizeof(value));
	for (int terse = 0; terse < 5; terse++) {
		if (terse < 2)
			ana_point_place(point, name, sizeof(name));
		else
			ana_point_short(point, name, sizeof(name));
		ana_change_number(change, sizeof(change), &pair->change);
		if ((terse == 1 || terse >= 3) && isfinite(pair->change.kpa)) {
			ana_signed_text(kpa, sizeof(kpa), ana_bound_rounded(pair->change.kind, pair->change.kpa), 0);
			snprintf(change, sizeof(change), "%s%s", terse == 1 ? ana_bound_word(pair->change.kind)
				: pair->change.kind == ANA_CHANGE_AT_LEAST ? "\xe2\x89\xa5 " : pair->change.kind == ANA_CHANGE_AT_MOST
				? "\xe2\x89\xa4 " : "", kpa);
		}
		snprintf(text, sizeof(text), "%s%s%s%.2s%s %s%s", value, terse < 4 ? "  " : " ", name,
			terse >= 2 || point->side == SES_SIDE_MIDLINE ? "" : point->side == SES_SIDE_LEFT ? " L" : " R",
			has(pair->a) && terse < 4 ? ":" : "", terse < 3 ? arrow : "", has(pair->a) ? change : "(not measured before)");
		if (ana_text_mm(text, ANA_FONT_PT, bold) <= width)
			break;
	}
	ana_text_fit(out, cap, text, width, ANA_FONT_PT, bold);
}

static void lines(struct ana_plot *plot, const struct slope *s, size_t n, const struct slope_page *p)
{
	for (size_t i = 0; i < n; i++) {
		const struct ana_pair *pair = s[i].pair;
		unsigned rgb = colour(pair);
		bool exact = pair->change.kind == ANA_CHANGE_EXACT;

		if (has(pair->a) && has(pair->b))
			ana_plot_stroke(plot, p->x_a, p->y + at_y(p, pair->a->value_kpa), p->x_b, p->y + at_y(p, pair->b->value_kpa),
				passed(pair) ? 3 : 1.3, !exact ? 3 : place(pair)->role == SES_ROLE_TARGET ? 1 : 2, rgb);
		for (int end = 0; end < 2; end++) {
			const struct ana_point *point = end ? pair->b : pair->a;

			if (has(point))
				ana_plot_glyph(plot, end ? p->x_b : p->x_a, p->y + at_y(p, point->value_kpa),
					point->bound ? 8 : passed(pair) ? (end ? (pair->change.verdict == ANA_VERDICT_RISE ? 9 : 11) : 7) : 6,
					passed(pair) ? 1.1 : 0.8, rgb);
		}
	}
}

static void texts(struct ana_plot *plot, struct slope *s, size_t n, const struct slope_page *p)
{
	double *at = calloc(n ? n : 1, sizeof(*at));
	char text[400];

	for (int end = 0; end < 2 && at; end++) {
		size_t k = 0;

		qsort(s, n, sizeof(*s), end ? by_b : by_a);
		for (size_t i = 0; i < n; i++)
			if (has(end ? s[i].pair->b : s[i].pair->a))
				at[k++] = end ? s[i].y_b : s[i].y_a;
		ana_spread(at, k, LINE_MM, 0, p->h);
		k = 0;
		for (size_t i = 0; i < n; i++) {
			const struct ana_pair *pair = s[i].pair;
			const struct ana_point *point = end ? pair->b : pair->a;

			if (!has(point))
				continue;
			bool bold = passed(pair) && !p->narrow;
			double wanted = p->y + (end ? s[i].y_b : s[i].y_a), y = p->y + at[k++];

			if (end)
				end_words(pair, p->text_w, bold, text, sizeof(text));
			else
				value_words(point, text, sizeof(text));
			ana_plot_stroke(plot, end ? p->x_b + 1.5 : p->x_a - 1.5, wanted, end ? p->x_b + 5.5 : p->x_a - 5.5, y, 0.8, 1,
				ANA_GREY);
			ana_plot_text(plot, end ? p->x_b + 6.5 : p->x_a - 6.5, y, end ? ANA_LEFT : ANA_RIGHT, ANA_FONT_PT,
				bold ? ANA_BOLD : 0, colour(pair), text);
		}
	}
	if (!at)
		plot->table.failed = ALG_ERR_NOMEM;
	free(at);
}

static size_t gather(struct slope *s, const struct ana_compare *c, double *low, double *top)
{
	size_t n = 0;

	*low = INFINITY;
	*top = -INFINITY;
	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *pair = &c->pair[i];

		if (!has(pair->a) && !has(pair->b))
			continue;
		s[n++] = (struct slope){.pair = pair};
		for (int end = 0; end < 2; end++) {
			const struct ana_point *p = end ? pair->b : pair->a;

			if (has(p)) {
				*low = fmin(*low, p->value_kpa);
				*top = fmax(*top, p->value_kpa);
			}
		}
	}
	if (n && *top - *low < 40) {
		*low -= 20;
		*top += 20;
	}
	return n;
}

static void picture(struct ana_plot *plot, const struct ana_compare *c, struct slope *s, size_t n, double low, double top)
{
	const double w = plot->width_mm - 2 * MARGIN, pt = ANA_FONT_PT;
	const bool simulated = c->a->header.simulated || c->b->header.simulated;
	char words[ANA_PLOT_WORDS_MAX], note[ANA_PLOT_WORDS_MAX], a[64], b[64];
	struct slope_page p = {.low_kpa = low, .top_kpa = top, .x_a = MARGIN + LEFT_MM - 10};

	const bool narrow = p.narrow = plot->width_mm < ANA_ROWS_WIDE_MM;

	if (narrow)
		p.x_a = MARGIN + 17;
	p.x_b = p.x_a + (narrow ? 13 : fmax(24, 0.2 * w));
	p.text_w = plot->width_mm - MARGIN - p.x_b - 6.5;
	p.h = fmax(70, LINE_MM * (double)n + 4);
	for (size_t i = 0; i < n; i++) {
		s[i].y_a = has(s[i].pair->a) ? at_y(&p, s[i].pair->a->value_kpa) : 0;
		s[i].y_b = has(s[i].pair->b) ? at_y(&p, s[i].pair->b->value_kpa) : 0;
	}
	ana_compare_summary(c, words, sizeof(words));
	ana_compare_caption(c, note, sizeof(note));
	session_words(c->a, a, sizeof(a));
	session_words(c->b, b, sizeof(b));
	if (narrow) { /* the years stand in the title */
		bool same = strcmp(c->a->header.visit_day, c->b->header.visit_day) == 0;

		ana_day_words(a, sizeof(a), same ? c->a->header.acq : c->a->header.visit_day);
		ana_day_words(b, sizeof(b), same ? c->b->header.acq : c->b->header.visit_day);
	}
	double y_head = ana_plot_head(plot, simulated, words, false) + 1;

	p.y = y_head + 9;
	double y_note = p.y + p.h + 7;
	const char *legend = ana_basis_any(&c->basis) ? "Thick, filled triangle: beyond the MDC. Thin, open circle: within measurement error. "
		"Dashed: not a target. Open triangle: ceiling reached first (more than)."
		: "Dashed: not a target. Open triangle: ceiling reached first (more than).";
	double y_caption = ana_plot_paragraph(NULL, MARGIN, y_note, w, pt, 0, 0, legend);

	char of_what[40];

	snprintf(of_what, sizeof(of_what), narrow ? "%s: change (kPa)" : "%s (kPa), point: change", ana_measure_short(c->b->measure));
	ana_plot_page(plot, ana_plot_foot(plot, y_caption + 1, note, false));
	ana_plot_head(plot, simulated, words, true);
	ana_plot_paragraph(plot, MARGIN, y_note, w, pt, 0, ANA_INK, legend);
	ana_plot_foot(plot, y_caption + 1, note, true);
	/* on a narrow page the days are as wide as what is between the axes: they grow away from each other */
	ana_plot_text(plot, p.x_a + (narrow ? 5 : 0), y_head + 2, narrow ? ANA_RIGHT : ANA_CENTRE, pt, ANA_BOLD, ANA_INK, a);
	ana_plot_text(plot, p.x_b - (narrow ? 6 : 0), y_head + 2, narrow ? ANA_LEFT : ANA_CENTRE, pt, ANA_BOLD, ANA_INK, b);
	ana_plot_text(plot, p.x_b + (narrow ? 10 : 6.5 + ana_text_mm("2026-03-02 post", pt, true) / 2), y_head + 2, ANA_LEFT, pt, 0,
		ANA_GREY, of_what);
	ana_plot_stroke(plot, p.x_a, p.y - 3, p.x_a, p.y + p.h + 3, 1, 1, ANA_PALE);
	ana_plot_stroke(plot, p.x_b, p.y - 3, p.x_b, p.y + p.h + 3, 1, 1, ANA_PALE);
	lines(plot, s, n, &p);
	texts(plot, s, n, &p);
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

static void terminal(struct ana_plot *plot, const struct ana_compare *c, struct slope *s, size_t n, double low, double top)
{
	char words[ANA_PLOT_WORDS_MAX], text[400], a[64], b[64];
	double right = 44;
	int said = ana_plot_say(plot, c->a->header.simulated || c->b->header.simulated ? "SIMULATED DATA. " : "", plot->title);

	ana_compare_summary(c, words, sizeof(words));
	said += ana_plot_say(plot, words, "");
	ana_plot_page(plot, fmax(fmax(12, (double)n + 3), plot->style.rows - said));
	struct slope_page p = {.low_kpa = low, .top_kpa = top, .x_a = 8, .x_b = plot->width_mm - right - 1, .y = 1.5,
		.h = plot->height_mm - 2.5};
	double *at = calloc(n ? n : 1, sizeof(*at));
	size_t k = 0;

	session_words(c->a, a, sizeof(a));
	session_words(c->b, b, sizeof(b));
	ana_plot_text(plot, 0, 0.5, ANA_LEFT, 0, 0, 0, a);
	ana_plot_text(plot, p.x_b + 1, 0.5, ANA_LEFT, 0, 0, 0, b);
	for (size_t i = 0; i < n; i++)
		s[i].y_b = has(s[i].pair->b) ? at_y(&p, s[i].pair->b->value_kpa) : 0;
	qsort(s, n, sizeof(*s), by_b);
	for (size_t i = 0; at && i < n; i++)
		if (has(s[i].pair->b))
			at[k++] = s[i].y_b;
	if (at)
		ana_spread(at, k, 1, 0, p.h);
	k = 0;
	for (size_t i = 0; at && i < n; i++) {
		const struct ana_pair *pair = s[i].pair;

		if (has(pair->a) && has(pair->b))
			ana_plot_stroke(plot, p.x_a, p.y + at_y(&p, pair->a->value_kpa), p.x_b, p.y + at[k], 1, 1, 0);
		if (!has(pair->b))
			continue;
		char value[32], change[160], name[64];

		value_words(pair->b, value, sizeof(value));
		ana_point_short(place(pair), name, sizeof(name));
		ana_change_number(change, sizeof(change), &pair->change);
		snprintf(text, sizeof(text), "%s %s %s%s", value, name, change, pair->change.verdict == ANA_VERDICT_RISE ? " ROSE"
			: pair->change.verdict == ANA_VERDICT_FALL ? " FELL" : pair->change.verdict == ANA_VERDICT_WITHIN ? " m.err." : "");
		ana_plot_text(plot, p.x_b + 1, p.y + at[k++], ANA_LEFT, 0, 0, 0, text);
		if (has(pair->a)) {
			value_words(pair->a, value, sizeof(value));
			ana_plot_text(plot, p.x_a - 1, p.y + at_y(&p, pair->a->value_kpa), ANA_RIGHT, 0, 0, 0, value);
		}
	}
	if (!at)
		plot->table.failed = ALG_ERR_NOMEM;
	free(at);
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

int ana_plot_slope(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_compare *compare,
	struct alg_log *log)
{
	int ret = ana_plot_begin(plot, "slope", style, log);
	struct slope *s = NULL;
	double low, top;

	if (ret)
		return ret;
	ana_compare_title(compare, "(kPa)", plot->title, sizeof(plot->title));
	ana_compare_table(&plot->table, compare);
	if (!(s = calloc(compare->n_pairs ? compare->n_pairs : 1, sizeof(*s))))
		return alg_fail(log, MSG_NOMEM, "a picture");
	size_t n = gather(s, compare, &low, &top);

	if (n == 0)
		ret = alg_fail(log, MSG_PLOT_NOTHING, compare->b->header.participant, "neither session has a value");
	else if (ana_plot_is_text(plot))
		terminal(plot, compare, s, n, low, top);
	else
		picture(plot, compare, s, n, low, top);
	free(s);
	return ret ? ret : ana_plot_end(plot, log);
}
