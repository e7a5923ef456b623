/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_side.c - each target of a session with its other side: both thresholds joined, and their ratio. */
#include "analysis/plot_rows.h"

#include "analysis/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = ANA_ROWS_TEXT_MAX };

#define MARK_SIZE 1.1

struct sides {
	struct ana_plot *plot;
	const struct ana_visit *visit;
	struct ana_side *side; /* primary targets first, else in the order of the file */
	size_t n;
	double low, top;
};

static bool has(const struct ana_point *p)
{
	return p && isfinite(p->value_kpa);
}

static int gather(struct sides *s, struct alg_log *log)
{
	size_t both = 0;

	s->low = INFINITY;
	s->top = -INFINITY;
	s->side = calloc(s->visit->n_points + 1, sizeof(*s->side));
	if (!s->side)
		return alg_fail(log, MSG_NOMEM, "a picture");
	for (int primary = 1; primary >= 0; primary--)
		for (size_t i = 0; i < s->visit->n_points; i++) {
			const struct ana_point *p = &s->visit->point[i];

			if (p->point.role != SES_ROLE_TARGET || p->point.primary != primary)
				continue;
			struct ana_side side = ana_visit_side(s->visit, p);

			for (int k = 0; k < 2; k++) {
				const struct ana_point *end = k ? side.other : side.affected;

				s->low = has(end) ? fmin(s->low, end->value_kpa) : s->low;
				s->top = has(end) ? fmax(s->top, end->value_kpa) : s->top;
			}
			both += side.other != NULL;
			s->side[s->n++] = side;
		}
	if (both == 0 || !(s->low <= s->top))
		return alg_fail(log, MSG_PLOT_NOTHING, s->visit->header.participant,
			s->n == 0 ? "the session has no target point" : both == 0 ? "no target was measured on its other side"
				: "neither side of a target has a value");
	if (s->top - s->low < 40) {
		s->low -= 20;
		s->top += 20;
	}
	return 0;
}

static void table(struct ana_table *table, const struct sides *s)
{
	static const char *const names[] = {"site_code", "side", "series", "role", "label", "affected_kpa", "affected_more_than",
		"other_site_code", "other_kpa", "other_more_than", "difference_kpa", "ratio", "ratio_sign", "larger_than_usual",
		"why_none", "affected_presses_kpa", "other_presses_kpa"};
	char text[TEXT_MAX];

	ana_table_start(table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < s->n; i++) {
		const struct ana_side *side = &s->side[i];
		const struct ana_point *a = side->affected, *o = side->other;
		int unusual = ana_side_unusual(side);

		ana_point_cells(table, &a->point);
		ana_table_number(table, a->value_kpa, 3);
		ana_table_number(table, a->bound, 0);
		ana_table_text(table, o ? o->point.site_code : "");
		ana_table_number(table, o ? o->value_kpa : NAN, 3);
		ana_table_number(table, o ? o->bound : NAN, 0);
		ana_table_number(table, side->difference_kpa, 3);
		ana_table_number(table, side->ratio, 4);
		ana_table_text(table, side->sign == '?' ? "?" : !isfinite(side->ratio) ? "" : (char[]){side->sign, '\0'});
		ana_table_number(table, unusual < 0 ? NAN : unusual, 0);
		ana_no_value_words(has(a) ? o : a, text, sizeof(text));
		ana_table_text(table, text);
		for (int k = 0; k < 2; k++) {
			ana_presses_text(k ? o : a, text, sizeof(text));
			ana_table_text(table, text);
		}
	}
}

/* ---- words --------------------------------------------------------------------------------- */

/* "212 / 301 kPa = 0.70", "212 / >600 kPa: <0.35", "212 / none: patient asked to stop" */
static void number_words(const struct ana_side *side, const char *unit, char *out, size_t cap)
{
	char text[2][96], ratio[ANA_NUMBER_MAX];

	for (int k = 0; k < 2; k++) {
		const struct ana_point *p = k ? side->other : side->affected;

		if (has(p))
			ana_kpa_text(text[k], p->value_kpa, p->bound);
		else
			ana_no_value_words(p, text[k], sizeof(text[k]));
	}
	if (!has(side->affected) || !has(side->other)) {
		snprintf(out, cap, "%s / %s%s", text[0], text[1], has(side->other) ? unit : "");
		return;
	}
	ana_ratio_text(ratio, side);
	snprintf(out, cap, "%s / %s%s%s%s", text[0], text[1], unit, side->sign == '?' ? ": " : side->sign == '=' ? " = " : ": ",
		side->sign == '?' ? "no ratio" : ratio);
}

static void summary(const struct sides *s, char *out, size_t cap)
{
	char label[128], names[TEXT_MAX] = "", text[TEXT_MAX + 80];
	size_t lower = 0, higher = 0, open = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct ana_side *side = &s->side[i];

		if (!side->other)
			continue;
		lower += side->ratio < 1 && side->sign != '>';
		higher += side->ratio > 1 && side->sign != '<';
		open += !isfinite(side->ratio) || (side->ratio < 1 && side->sign == '>') || (side->ratio > 1 && side->sign == '<');
		ana_point_label(&side->affected->point, label, sizeof(label));
		if (ana_side_unusual(side) == 1)
			ana_join(names, sizeof(names), label, "; ");
	}
	snprintf(out, cap, "The %s of the affected side is the lower one at %zu point%s and the higher one at %zu.",
		ses_measure_word(s->visit->measure), lower, lower == 1 ? "" : "s", higher);
	if (open) {
		snprintf(text, sizeof(text), "Open at %zu (ceiling, or no value).", open);
		ana_join(out, cap, text, " ");
	}
	if (names[0]) {
		snprintf(text, sizeof(text), "Larger than usual side difference: %s.", names);
		ana_join(out, cap, text, " ");
	}
}

static void caption(const struct sides *s, char *out, size_t cap)
{
	const struct ses_header *h = &s->visit->header;
	char rule[64];
	bool referenced = false, bound = false;

	for (size_t i = 0; i < s->n; i++) {
		referenced |= ana_side_unusual(&s->side[i]) >= 0;
		bound |= s->side[i].sign != '=';
	}
	ana_rule_words(rule, sizeof(rule), s->visit->rule);
	snprintf(out, cap, "Ratio: value at the affected point (target) / value at the same place on the other side, in this session; "
		"below 1 the affected side is the more tender one.%s%s What measurement error does to a ratio is not shown. "
		"%s: %s, %s (%d planned a point); target rate %g kPa/s, tip %g cm\xc2\xb2, procedure %s %s.",
		bound ? " Beside a ceiling the ratio is a bound: less (<) or more (>) than the number." : "",
		referenced ? " Larger than usual: outside 1/1.35 (0.74) to 1.35, by reference data of the trunk (Pfau 2014, healthy "
			"people); said only of points beside the spine; no diagnosis." : "",
		ana_measure_short(s->visit->measure), ana_measure_name(s->visit->measure), rule, h->rounds, h->target_rate_kpa_s, h->tip_area_cm2, h->procedure_id, h->procedure_version);
}

/* ---- the drawing --------------------------------------------------------------------------- */

/* A row's texts; their strings are in text[2]. */
static struct ana_row_texts texts(const struct ana_side *side, char text[2][TEXT_MAX])
{
	bool primary = side->affected->point.primary, unusual = ana_side_unusual(side) == 1;

	ana_point_label(&side->affected->point, text[0], TEXT_MAX);
	if (primary)
		ana_join(text[0], TEXT_MAX, "(primary)", " ");
	number_words(side, " kPa", text[1], TEXT_MAX);
	if (unusual)
		ana_join(text[1], TEXT_MAX, "larger than usual side difference", "; ");
	return (struct ana_row_texts){text[0], text[1], primary ? ANA_BOLD : 0, unusual ? ANA_BOLD : 0, ANA_INK};
}

static void dumbbell(const struct ana_rows *rows, const struct ana_side *side, double y)
{
	bool both = has(side->affected) && has(side->other), one_place = false;

	if (both) {
		double a = ana_rows_at(rows, side->affected->value_kpa), o = ana_rows_at(rows, side->other->value_kpa);

		one_place = fabs(o - a) <= 1.4;
		if (!one_place) /* up to the open mark, not into it */
			ana_rows_line_between(rows, a, o - copysign(1.2, o - a), y, 0.5, ANA_GREY);
	}
	for (int k = 1; k >= 0; k--) {
		const struct ana_point *p = k ? side->other : side->affected;

		if (!has(p))
			continue;
		double x = ana_rows_at(rows, p->value_kpa);

		ana_plot_glyph(rows->plot, x, y, k ? 6 : 7, k && one_place ? 1.8 * MARK_SIZE : MARK_SIZE, ANA_INK);
		if (p->bound)
			ana_rows_arrow(rows, x + 4, y, 1, ANA_INK);
	}
}

static double rows_down(const struct ana_rows *rows, const struct sides *s, double y, bool draw)
{
	char text[2][TEXT_MAX];

	for (size_t i = 0; i < s->n; i++) {
		struct ana_row_texts t = texts(&s->side[i], text);

		if (draw)
			dumbbell(rows, &s->side[i], ana_rows_texts(rows, y, &t));
		y += ana_rows_height(rows, &t);
	}
	return y;
}

static void axis_name(char out[16], const struct sides *s)
{
	snprintf(out, 16, "%s (kPa)", ana_measure_short(s->visit->measure));
}

static double page(struct ana_plot *plot, const struct sides *s, bool draw)
{
	static const struct ana_mark marks[] = {{7, MARK_SIZE, ANA_INK, "affected side (target)"},
		{6, MARK_SIZE, ANA_INK, "other side"}};
	char words[TEXT_MAX], note[TEXT_MAX], heading[48], axis[16];
	struct ana_rows rows;

	snprintf(heading, sizeof(heading), "%s: affected / other = ratio", ana_measure_short(s->visit->measure));
	axis_name(axis, s);

	ana_rows_start(&rows, plot, s->low, s->top, false);
	summary(s, words, sizeof(words));
	caption(s, note, sizeof(note));
	double y = ana_plot_marks(plot, ana_plot_head(plot, s->visit->header.simulated, words, draw), marks, 2, draw);
	double y_rows = ana_rows_heading(&rows, y, "point", heading, draw) + 1;
	double y_axis = rows_down(&rows, s, y_rows, draw) + 1;

	return ana_plot_foot(plot, ana_rows_axis(&rows, y_axis, axis, false, draw), note, draw);
}

static void picture(struct ana_plot *plot, const struct sides *s)
{
	ana_plot_page(plot, page(plot, s, false));
	page(plot, s, true);
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

static void strip_of(const struct ana_side *side, struct ana_strip *strip)
{
	const struct ana_point *a = side->affected, *o = side->other;

	if (has(o))
		ana_strip_put(strip, o->value_kpa, 'o');
	if (has(a))
		ana_strip_put(strip, a->value_kpa, 'A');
	if (has(a) && has(o))
		ana_strip_line(strip, a->value_kpa, o->value_kpa, '-');
}

static void terminal(struct ana_plot *plot, const struct sides *s)
{
	char words[TEXT_MAX], label[256], number[TEXT_MAX], axis[16];
	struct ana_strip strip;

	summary(s, words, sizeof(words));
	ana_plot_say(plot, s->visit->header.simulated ? "SIMULATED DATA. " : "", plot->title);
	ana_plot_say(plot, words, "");
	ana_plot_say(plot, "A affected side, o other side. Ratio: value at the affected point / value at the same place on the other "
		"side; below 1 the affected side is the more tender one. *: primary point.", "");
	ana_rows_terminal(plot, s->n + 2);
	ana_rows_line(plot, 0, "", "", "affected / other (kPa)");
	for (size_t i = 0; i < s->n; i++) {
		ana_strip_start(&strip, ANA_ROWS_STRIP_COLUMNS, s->low, s->top);
		strip_of(&s->side[i], &strip);
		ana_rows_point(&s->side[i].affected->point, label, sizeof(label));
		number_words(&s->side[i], "", number, sizeof(number));
		ana_rows_line(plot, i + 1, label, strip.text, number);
	}
	ana_strip_start(&strip, ANA_ROWS_STRIP_COLUMNS, s->low, s->top);
	axis_name(axis, s);
	ana_strip_axis(&strip, axis, false, false, words, sizeof(words));
	ana_rows_line(plot, s->n + 1, "", words, "");
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

int ana_plot_side(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_visit *visit,
	struct alg_log *log)
{
	struct sides s = {.plot = plot, .visit = visit};
	char what[32];
	int ret = ana_plot_begin(plot, "side", style, log);

	if (ret == 0)
		ret = gather(&s, log);
	if (ret == 0) {
		snprintf(what, sizeof(what), "%s of both sides", ana_measure_short(visit->measure));
		ana_session_title(&visit->header, what, plot->title, sizeof(plot->title));
		table(&plot->table, &s);
		if (ana_plot_is_text(plot))
			terminal(plot, &s);
		else
			picture(plot, &s);
		ret = ana_plot_end(plot, log);
	}
	free(s.side);
	return ret;
}
