/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_bodymap.c - the points on the outline of a body, with their thresholds or their changes.
 *
 * A view whose points all lie in the upper or the lower body shows that part only, larger. Every
 * mark has its text in a column beside the figure, so that no two texts touch.
 */
#include "analysis/plot_rows.h"
#include "analysis/text.h"

#include "base/file.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 900, VIEWS = 4, OUTLINE_FILE_MAX = 1 << 20 };

#define MARGIN ANA_ROWS_MARGIN
#define FIGURE_MM 92.0
#define BOX 0.42 /* width of the coordinates' box over its height */

/* ---- outline ------------------------------------------------------------------------------- */

static int outline_row(struct ana_outline *outline, char *line)
{
	char *save = NULL, *cell[4];

	for (int i = 0; i < 4; i++)
		if (!(cell[i] = strtok_r(i ? NULL : line, "\t\r", &save)))
			return ALG_ERR_FORMAT;
	if (!alg_text_copy(outline->at[outline->n].view, sizeof(outline->at->view), cell[0]) ||
		alg_text_to_double(cell[2], &outline->at[outline->n].x) ||
		alg_text_to_double(cell[3], &outline->at[outline->n].y))
		return ALG_ERR_FORMAT;
	outline->n++;
	return 0;
}

int ana_outline_load(struct ana_outline *outline, const char *path, struct alg_log *log)
{
	char *text, *save = NULL;
	size_t len, lines = 0, number = 0;
	int ret = alg_file_read(path, OUTLINE_FILE_MAX, &text, &len, log);

	*outline = (struct ana_outline){0};
	if (ret)
		return ret;
	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	outline->at = calloc(lines + 1, sizeof(*outline->at));
	if (!outline->at)
		ret = alg_fail(log, MSG_NOMEM, "the body's outline");
	for (char *line = strtok_r(text, "\n", &save); line && !ret; line = strtok_r(NULL, "\n", &save))
		if (number++, line[0] != '#' && strncmp(line, "view\t", 5) != 0 && outline_row(outline, line))
			ret = alg_fail(log, MSG_PLOT_OUTLINE, path, number);
	free(text);
	if (ret)
		ana_outline_free(outline);
	return ret;
}

void ana_outline_free(struct ana_outline *outline)
{
	free(outline->at);
	*outline = (struct ana_outline){0};
}

/* ---- spots: what stands where, for thresholds and changes alike ------------------------------- */

struct spot {
	const struct ses_point *point;
	int view;          /* front, back, right, left */
	double x, y;       /* in the view's box */
	int glyph;
	double size;
	unsigned rgb;
	bool bold;
	char value[40];    /* "> 600", "(up) +128" */
	char listed[96];   /* for a terminal's list */
};

struct map {
	struct ana_plot *plot;
	const struct ana_outline *outline;
	struct spot *spot;
	size_t n;
	bool simulated;
	char summary[ANA_PLOT_WORDS_MAX], caption[ANA_PLOT_WORDS_MAX];
	double low_kpa, top_kpa; /* of thresholds; NAN for changes */
};

static int view_of(const struct ses_point *p)
{
	if (strcmp(p->view, "anterior") == 0)
		return 0;
	if (strcmp(p->view, "posterior") == 0)
		return 1;
	return p->side == SES_SIDE_LEFT ? 3 : 2;
}

static struct spot *add_spot(struct map *map, const struct ses_point *p)
{
	struct spot *s;

	if (!isfinite(p->x) || !isfinite(p->y) || p->x < 0 || p->x > 1 || p->y < 0 || p->y > 1 || p->view[0] == '\0')
		return NULL; /* a place without a spot on the map: listed in the table only */
	s = &map->spot[map->n++];
	*s = (struct spot){.point = p, .view = view_of(p), .x = p->x, .y = p->y, .rgb = ANA_INK, .size = 1.1};
	return s;
}

/* Five shades, the more tender the darker. */
static unsigned shade(double v, double low, double top)
{
	static const unsigned rgb[] = {0x08306b, 0x2171b5, 0x6baed6, 0xb4d4ea, 0xe3eef8};
	int i = top > low ? (int)(5 * (v - low) / (top - low)) : 0;

	return rgb[i < 0 ? 0 : i > 4 ? 4 : i];
}

static void missing_spot(struct spot *s, const struct ana_point *p)
{
	char letter = p ? ana_reason_letter(p->reason) : '-';

	s->glyph = 2;
	s->size = 0.9;
	snprintf(s->value, sizeof(s->value), "none (%c)", letter);
	snprintf(s->listed, sizeof(s->listed), "none: %s", ana_reason_letter_words(letter));
}

static void threshold_spot(struct map *map, const struct ana_point *p)
{
	struct spot *s = add_spot(map, &p->point);

	if (!s)
		return;
	if (!isfinite(p->value_kpa)) {
		missing_spot(s, p);
		return;
	}
	s->glyph = p->bound ? 8 : 7;
	s->rgb = p->bound ? ANA_INK : shade(p->value_kpa, map->low_kpa, map->top_kpa);
	snprintf(s->value, sizeof(s->value), p->bound ? ANA_MORE "%.0f" : "%.0f",
		p->bound ? floor(p->value_kpa) : p->value_kpa);
	snprintf(s->listed, sizeof(s->listed), "%s kPa, n %d", s->value, p->n_used);
}

static void change_spot(struct map *map, const struct ana_pair *pair)
{
	const struct ana_change *change = &pair->change;
	struct spot *s = add_spot(map, pair->b ? &pair->b->point : &pair->a->point);
	char kpa[32];

	if (!s)
		return;
	ana_signed_text(kpa, sizeof(kpa), ana_bound_rounded(change->kind, change->kpa), 0);
	s->bold = change->verdict == ANA_VERDICT_RISE || change->verdict == ANA_VERDICT_FALL;
	s->glyph = 6;
	s->rgb = ANA_GREY;
	s->size = 1.0;
	if (change->kind == ANA_CHANGE_NONE) {
		missing_spot(s, !pair->b || !isfinite(pair->b->value_kpa) ? pair->b : pair->a);
		return;
	}
	if (change->kind == ANA_CHANGE_OPEN || change->verdict == ANA_VERDICT_OPEN ||
		(change->kind != ANA_CHANGE_EXACT && change->verdict == ANA_VERDICT_NONE)) {
		s->glyph = 8;
		s->rgb = ANA_INK;
	} else if (change->verdict == ANA_VERDICT_NONE) { /* not to be taken for one that was judged */
		s->glyph = 7;
		s->rgb = ANA_INK;
		s->size = 0.7;
	} else if (s->bold) {
		s->glyph = change->verdict == ANA_VERDICT_RISE ? 9 : 11;
		s->rgb = change->verdict == ANA_VERDICT_RISE ? ANA_BLUE : ANA_VERMILLION;
		s->size = 1.25;
	}
	snprintf(s->value, sizeof(s->value), "%s%s%s", change->verdict == ANA_VERDICT_RISE ? ANA_UP " "
		: change->verdict == ANA_VERDICT_FALL ? ANA_DOWN " " : "", change->kind == ANA_CHANGE_AT_LEAST ? "\xe2\x89\xa5 "
		: change->kind == ANA_CHANGE_AT_MOST ? "\xe2\x89\xa4 " : "", kpa);
	snprintf(s->listed, sizeof(s->listed), "%s%s", s->value, change->verdict == ANA_VERDICT_WITHIN ? " m.err." : "");
}

/* ---- a figure ------------------------------------------------------------------------------ */

static const struct { const char *name, *left, *right; } views[VIEWS] = {
	{"front", "R", "L"}, {"back", "L", "R"}, {"right side", "", ""}, {"left side", "", ""}};

struct figure {
	int view;
	const char *part;          /* "", "upper body", "lower body" */
	double x0, x1, y0, y1;     /* what of the box is shown */
	size_t n, n_left, n_right; /* spots, and texts on either side */
	double x, y, w, h;         /* mm on the page */
};

static bool all_within(const struct map *map, int view, double x0, double x1, double y0, double y1)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->spot[i].view == view && (map->spot[i].x < x0 || map->spot[i].x > x1 || map->spot[i].y < y0 ||
			map->spot[i].y > y1))
			return false;
	return true;
}

static struct figure figure_of(const struct map *map, int view)
{
	struct figure f = {.view = view, .part = "", .x0 = -0.02, .x1 = 1.02, .y0 = 0, .y1 = 1};

	for (size_t i = 0; i < map->n; i++) {
		const struct spot *s = &map->spot[i];

		if (s->view != view)
			continue;
		f.n++;
		if (s->x < 0.5 || (s->x == 0.5 && f.n_left <= f.n_right))
			f.n_left++;
		else
			f.n_right++;
	}
	if (f.n > 2 && all_within(map, view, 0.2, 0.8, 0, 0.46)) {
		f.part = ", upper body";
		f.x0 = 0.14, f.x1 = 0.86, f.y1 = 0.5;
	} else if (f.n > 2 && all_within(map, view, 0.15, 0.85, 0.42, 1)) {
		f.part = ", lower body";
		f.x0 = 0.1, f.x1 = 0.9, f.y0 = 0.38;
	}
	f.h = FIGURE_MM;
	f.w = f.h * BOX * (f.x1 - f.x0) / (f.y1 - f.y0);
	return f;
}

static void outline_data(struct map *map, const struct figure *f)
{
	bool side = f->view >= 2;

	size_t first = map->outline->n;

	fprintf(map->plot->gp, "$outline%d << EOD\n", f->view);
	for (size_t i = 0; i < map->outline->n; i++) {
		double x = map->outline->at[i].x;

		if (strcmp(map->outline->at[i].view, side ? "lateral_R" : "front_back") != 0)
			continue;
		first = first == map->outline->n ? i : first;
		fprintf(map->plot->gp, "%.5f %.5f\n", f->view == 3 ? 1 - x : x, map->outline->at[i].y);
	}
	if (first < map->outline->n) /* closed */
		fprintf(map->plot->gp, "%.5f %.5f\n", f->view == 3 ? 1 - map->outline->at[first].x : map->outline->at[first].x,
			map->outline->at[first].y);
	fputs("EOD\n", map->plot->gp);
}

static double spot_x(const struct figure *f, const struct spot *s)
{
	return f->x + f->w * (s->x - f->x0) / (f->x1 - f->x0);
}

static double spot_y(const struct figure *f, const struct spot *s)
{
	return f->y + f->h * (s->y - f->y0) / (f->y1 - f->y0);
}

static int by_y(const void *a, const void *b)
{
	const struct spot *s = *(const struct spot *const *)a, *t = *(const struct spot *const *)b;

	if (s->y != t->y)
		return s->y < t->y ? -1 : 1;
	return strcmp(s->point->site_code, t->point->site_code);
}

/* "UTRAP R +20" */
static void one_line(const struct spot *s, char *out, size_t cap)
{
	char name[48];

	ana_point_short(s->point, name, sizeof(name));
	snprintf(out, cap, "%s  %s", name, s->value);
}

/* The texts of one side, in order from the top, apart from each other, each led to its mark. */
static void column(struct map *map, const struct figure *f, bool right, double edge, double space)
{
	const struct spot **list = calloc(map->n + 1, sizeof(const struct spot *));
	double *at = calloc(map->n + 1, sizeof(*at)), line = ana_line_mm(ANA_FONT_PT);
	size_t n = 0, left_n = 0, right_n = 0;
	char name[96], fitted[128];

	for (size_t i = 0; list && at && i < map->n; i++) {
		const struct spot *s = &map->spot[i];
		bool on_left = s->x < 0.5 || (s->x == 0.5 && left_n <= right_n);

		if (s->view != f->view)
			continue;
		left_n += on_left;
		right_n += !on_left;
		if (on_left != right)
			list[n++] = s;
	}
	if (!list || !at) {
		map->plot->table.failed = ALG_ERR_NOMEM;
		goto out;
	}
	/* Two lines a text; when they do not fit one under the other, name and value on one; on a narrow page the value alone. */
	bool named = (double)n * (2 * line + 0.5) <= f->h, bare = false;

	qsort(list, n, sizeof(*list), by_y);
	for (size_t i = 0; i < n; i++) {
		at[i] = spot_y(f, list[i]);
		one_line(list[i], name, sizeof(name));
		bare |= !named && ana_text_mm(name, ANA_FONT_PT, list[i]->bold) > space - 5;
	}
	ana_spread(at, n, named ? 2 * line + 0.5 : line, f->y + line, f->y + f->h - line);
	for (size_t i = 0; i < n; i++) {
		const struct spot *s = list[i];
		double x = right ? edge + 4 : edge - 4, px = spot_x(f, s), py = spot_y(f, s);

		ana_point_short(s->point, name, sizeof(name));
		if (!named)
			one_line(s, name, sizeof(name));
		ana_text_fit(fitted, sizeof(fitted), bare ? s->value : name, space - 5, ANA_FONT_PT, s->bold);
		ana_plot_text(map->plot, x, named ? at[i] - line / 2 : at[i], right ? ANA_LEFT : ANA_RIGHT, ANA_FONT_PT,
			s->bold ? ANA_BOLD : 0, named ? ANA_INK : s->bold ? s->rgb : ANA_INK, fitted);
		if (named)
			ana_plot_text(map->plot, x, at[i] + line / 2, right ? ANA_LEFT : ANA_RIGHT, ANA_FONT_PT,
				s->bold ? ANA_BOLD : 0, s->bold ? s->rgb : ANA_INK, s->value);
		/* The lead ends short of the mark. */
		double dx = px - (right ? x - 1 : x + 1), dy = py - at[i], far = hypot(dx, dy);

		if (far > 2.5)
			ana_plot_stroke(map->plot, right ? x - 1 : x + 1, at[i], px - dx / far * 1.6, py - dy / far * 1.6, 0.8, 1,
				ANA_GREY);
	}
out:
	free(list);
	free(at);
}

static void figure(struct map *map, const struct figure *f, double space_left, double space_right)
{
	FILE *gp = map->plot->gp;
	char title[64];

	outline_data(map, f);
	snprintf(title, sizeof(title), "%s%s", views[f->view].name, f->part);
	ana_plot_text(map->plot, f->x + f->w / 2, f->y - 3, ANA_CENTRE, ANA_FONT_PT, ANA_BOLD, ANA_INK, title);
	/* The person's sides over the figure's, clear of its name. */
	double apart = fmax(f->w / 2 - 3, ana_text_mm(title, ANA_FONT_PT, true) / 2 + 5);

	ana_plot_text(map->plot, f->x + f->w / 2 - apart, f->y - 3, ANA_CENTRE, 13, ANA_BOLD, ANA_GREY, views[f->view].left);
	ana_plot_text(map->plot, f->x + f->w / 2 + apart, f->y - 3, ANA_CENTRE, 13, ANA_BOLD, ANA_GREY, views[f->view].right);
	if (f->n == 0)
		ana_plot_text(map->plot, f->x + f->w / 2, f->y + f->h + 3, ANA_CENTRE, ANA_FONT_PT, 0, ANA_GREY, "no point here");
	column(map, f, false, f->x, space_left);
	column(map, f, true, f->x + f->w, space_right);
	ana_plot_panel(map->plot, f->x, f->y, f->w, f->h);
	fprintf(gp, "unset border\nunset tics\nset xrange [%.5f:%.5f]\nset yrange [%.5f:%.5f]\n", f->x0, f->x1, f->y1, f->y0);
	fprintf(gp, "plot $outline%d with filledcurves closed fillcolor rgb \"#f0ece6\", $outline%d with lines linewidth 1 "
		"linecolor rgb \"#8c8c8c\"", f->view, f->view);
	for (size_t i = 0; i < map->n; i++)
		if (map->spot[i].view == f->view) {
			const struct spot *s = &map->spot[i];

			double size = f->part[0] ? s->size : 0.8 * s->size;

			/* "+" reads no data: one sample at the spot. */
			fprintf(gp, ", \"+\" using (%.5f):(%.5f) every ::0::0 with points pointtype %d pointsize %g*mark linewidth 1.8 "
				"linecolor rgb \"#%06x\"", s->x, s->y, s->glyph, size, s->rgb);
			if (s->glyph == 7)
				fprintf(gp, ", \"+\" using (%.5f):(%.5f) every ::0::0 with points pointtype 6 pointsize %g*mark linewidth 0.8 "
					"linecolor rgb \"#1a1a1a\"", s->x, s->y, size);
		}
	fputs("\n", gp);
	ana_plot_clear(map->plot);
}

/* So many texts that a name and its value share a line. */
static bool crowded(const struct figure *f)
{
	return (double)(f->n_left > f->n_right ? f->n_left : f->n_right) * (2 * ana_line_mm(ANA_FONT_PT) + 0.5) > f->h;
}

/* Width that the widest text beside a figure needs, with its lead; bare: the values alone. */
static double text_need(const struct map *map, const struct figure *f, bool bare)
{
	double need = 0;
	char name[96];

	for (size_t i = 0; i < map->n; i++) {
		const struct spot *s = &map->spot[i];

		if (s->view != f->view)
			continue;
		if (bare)
			name[0] = '\0';
		else if (crowded(f))
			one_line(s, name, sizeof(name));
		else
			ana_point_short(s->point, name, sizeof(name));
		need = fmax(need, ana_text_mm(name, ANA_FONT_PT, s->bold));
		need = fmax(need, ana_text_mm(s->value, ANA_FONT_PT, s->bold));
	}
	return fmin(need, crowded(f) ? 44 : 32) + 5.5;
}

static double row_need(const struct map *map, const struct figure *f, size_t n, bool bare)
{
	double need = 0;

	for (size_t i = 0; i < n; i++)
		need = fmax(need, text_need(map, &f[i], bare && crowded(&f[i])));
	return need;
}

/* One or two figures beside each other, and the height of the taller. */
struct figure_row {
	struct figure *f;
	size_t n, columns; /* columns of text */
	double h, free_mm; /* width beside the figures */
};

/* The texts come first: figures that leave too little for them are drawn smaller. */
static struct figure_row fit_row(const struct map *map, struct figure *f, size_t n)
{
	const double width = map->plot->width_mm - 2 * MARGIN;
	struct figure_row row = {.f = f, .n = n, .h = FIGURE_MM, .free_mm = width};

	for (size_t i = 0; i < n; i++) {
		row.free_mm -= f[i].w;
		row.columns += (f[i].n_left > 0) + (f[i].n_right > 0);
	}
	double need = row_need(map, f, n, false) * (double)row.columns;

	if (need >= 0.7 * width)
		need = row_need(map, f, n, true) * (double)row.columns;
	double scale = (width - need) / (width - row.free_mm);

	if (row.free_mm < need && need < 0.7 * width) {
		for (size_t i = 0; i < n; i++) {
			f[i].w *= scale;
			f[i].h *= scale;
		}
		row.h *= scale;
		row.free_mm = need;
	}
	return row;
}

/* The width that the figures leave is shared by the columns of text. */
static void draw_row(struct map *map, const struct figure_row *row, double y)
{
	double x = MARGIN, space = row->columns ? row->free_mm / (double)row->columns : 0;

	if (row->columns == 0)
		x += row->free_mm / 2;
	double most = 0; /* few texts: keep the figures together in the middle */

	for (size_t i = 0; i < row->n; i++)
		most = fmax(most, crowded(&row->f[i]) ? 52 : 40);
	if (space > most) {
		x += (space - most) * (double)row->columns / 2;
		space = most;
	}
	for (size_t i = 0; i < row->n; i++) {
		struct figure *f = &row->f[i];

		f->x = x + (f->n_left ? space : 0);
		f->y = y;
		x = f->x + f->w + (f->n_right ? space : 0);
		figure(map, f, f->n_left ? space : 0, f->n_right ? space : 0);
	}
}

/* ---- legend and page ----------------------------------------------------------------------- */

static bool used(const struct map *map, int glyph)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->spot[i].glyph == glyph)
			return true;
	return false;
}

static double legend(struct map *map, double y, bool draw)
{
	char low[48], top[48];
	const bool changes = isnan(map->low_kpa);
	const struct ana_mark all[] = {{9, 1.25, ANA_BLUE, "rose by more than measurement error (MDC)"},
		{11, 1.25, ANA_VERMILLION, "fell by more than measurement error (MDC)"},
		{7, changes ? 0.7 : 1.1, changes ? ANA_INK : 0x08306b, changes ? "no error known: not judged" : low},
		{7, 1.1, 0xb4d4ea, changes ? "" : top}, {6, 1.0, ANA_GREY, "not distinguishable from measurement error"},
		{8, 1.1, ANA_INK, "ceiling reached first (more than)"}, {2, 0.9, ANA_INK, "no value (reason in brackets)"}};
	struct ana_mark marks[sizeof(all) / sizeof(all[0])];
	size_t n = 0;

	snprintf(low, sizeof(low), "dark: low, from %.0f kPa", map->low_kpa);
	snprintf(top, sizeof(top), "light: high, to %.0f kPa", map->top_kpa);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (used(map, all[i].point_type) && all[i].words[0])
			marks[n++] = all[i];
	return ana_plot_marks(map->plot, y, marks, n, draw);
}

/* What the codes beside the figures stand for, and the letters of what is missing. */
static void glossary(const struct map *map, char *out, size_t cap)
{
	bool letter[128] = {false};

	out[0] = '\0';
	for (size_t i = 0; i < map->n; i++) {
		const struct ses_point *p = map->spot[i].point;
		char name[40], place[128], text[200];
		bool said = false;

		ana_point_short(p, name, sizeof(name));
		name[strcspn(name, " /")] = '\0';
		for (size_t k = 0; k < i && !said; k++) {
			char before[40];

			ana_point_short(map->spot[k].point, before, sizeof(before));
			before[strcspn(before, " /")] = '\0';
			said = strcmp(before, name) == 0;
		}
		ana_point_place(p, place, sizeof(place));
		snprintf(text, sizeof(text), "%s %s", name, place);
		if (!said)
			ana_join(out, cap, text, "; ");
		if (map->spot[i].glyph == 2 && strncmp(map->spot[i].value, "none (", 6) == 0)
			letter[(unsigned char)map->spot[i].value[6] & 127] = true;
	}
	ana_join(out, cap, ".", "");
	for (int c = 0; c < 128; c++)
		if (letter[c]) {
			char text[80];

			snprintf(text, sizeof(text), "(%c) %s.", c, ana_reason_letter_words((char)c));
			ana_join(out, cap, text, " ");
		}
}

static void picture(struct map *map)
{
	struct ana_plot *plot = map->plot;
	const double w = plot->width_mm - 2 * MARGIN, pt = ANA_FONT_PT;
	struct figure f[VIEWS];
	char codes[ANA_PLOT_WORDS_MAX];
	struct figure_row row[VIEWS];
	size_t rows = 0;
	double y_map, y_legend, y_codes, y_note;

	for (int i = 0; i < VIEWS; i++)
		f[i] = figure_of(map, i);
	for (int i = 0; i < VIEWS; i++) {
		/* Front and back always, sides when they hold points; two in a row unless the page is narrow. */
		size_t n = plot->width_mm >= 140 && i % 2 == 0 && (i == 0 || f[i + 1].n > 0) ? 2 : 1;

		if (i >= 2 && f[i].n == 0)
			continue;
		row[rows++] = fit_row(map, &f[i], n);
		i += (int)n - 1;
	}
	glossary(map, codes, sizeof(codes));
	y_map = ana_plot_head(plot, map->simulated, map->summary, false) + 5;
	y_legend = y_map - 4;
	for (size_t i = 0; i < rows; i++)
		y_legend += row[i].h + 12;
	y_codes = legend(map, y_legend, false);
	y_note = ana_plot_paragraph(NULL, MARGIN, y_codes, w, pt, 0, 0, codes) + 1;
	ana_plot_page(plot, ana_plot_foot(plot, y_note, map->caption, false));
	ana_plot_head(plot, map->simulated, map->summary, true);
	for (size_t i = 0; i < rows; i++) {
		draw_row(map, &row[i], y_map);
		y_map += row[i].h + 12;
	}
	legend(map, y_legend, true);
	ana_plot_paragraph(plot, MARGIN, y_codes, w, pt, 0, ANA_INK, codes);
	ana_plot_foot(plot, y_note, map->caption, true);
	ana_plot_canvas(plot);
	fputs("plot -1 with lines\n", plot->gp);
}

static void terminal(struct map *map)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	struct ana_plot *plot = map->plot;
	int said = ana_plot_say(plot, map->simulated ? "SIMULATED DATA. " : "", plot->title);
	double list_x = 42;

	said += ana_plot_say(plot, map->summary, "");
	ana_plot_page(plot, fmax(fmax(20, (double)map->n + 1), plot->style.rows - said)); /* the list is never cut */
	for (int view = 0; view < 2; view++) {
		struct figure f = {.view = view, .x = 1 + 20 * view, .y = 1, .w = 19, .h = plot->height_mm - 2, .x1 = 1, .y1 = 1};

		outline_data(map, &f);
		ana_plot_text(plot, f.x + 9, 0.5, ANA_CENTRE, 0, 0, 0, view ? "L back R" : "R front L");
		for (size_t i = 0; view == 1 && i < map->n; i++) {
			char text[160], name[40];

			ana_point_short(map->spot[i].point, name, sizeof(name));
			snprintf(text, sizeof(text), "%c %-9s %s", letters[i % 52], name, map->spot[i].listed);
			ana_plot_text(plot, list_x, 0.5 + (double)i, ANA_LEFT, 0, 0, 0, text);
		}
		ana_plot_panel(plot, f.x, f.y, f.w, f.h);
		fprintf(plot->gp, "unset border\nunset tics\nset xrange [-0.02:1.02]\nset yrange [1:0]\n"
			"plot $outline%d with points pointtype \".\"", view);
		for (size_t i = 0; i < map->n; i++)
			if (map->spot[i].view == view)
				fprintf(plot->gp, ", \"+\" using (%.4f):(%.4f) every ::0::0 with points pointtype \"%c\"", map->spot[i].x,
					map->spot[i].y, letters[i % 52]);
		fputs("\n", plot->gp);
		ana_plot_clear(plot);
	}
}

static int finish(struct map *map, struct alg_log *log)
{
	int ret = 0;

	if (map->n == 0)
		ret = alg_fail(log, MSG_PLOT_NOTHING, map->plot->title, "no point has a place on the body map");
	else if (ana_plot_is_text(map->plot))
		terminal(map);
	else
		picture(map);
	free(map->spot);
	return ret ? ret : ana_plot_end(map->plot, log);
}

static void threshold_table(struct ana_table *table, const struct ana_visit *visit)
{
	static const char *const names[] = {"site_code", "side", "series", "role", "label", "value_kpa", "more_than", "n_used",
		"n_rejected", "n_censored", "n_missing", "reason", "presses_kpa"};

	ana_table_start(table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *p = &visit->point[i];
		char presses[TEXT_MAX];

		ana_point_cells(table, &p->point);
		ana_table_number(table, p->value_kpa, 3);
		ana_table_number(table, p->bound, 0);
		ana_table_number(table, p->n_used, 0);
		ana_table_number(table, p->n_rejected, 0);
		ana_table_number(table, p->n_censored, 0);
		ana_table_number(table, p->n_missing, 0);
		ana_table_text(table, isfinite(p->value_kpa) ? "" : ses_reason_word(p->reason));
		ana_presses_text(p, presses, sizeof(presses));
		ana_table_text(table, presses);
	}
}

int ana_plot_bodymap(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_visit *visit,
	const struct ana_outline *outline, struct alg_log *log)
{
	struct map map = {.plot = plot, .outline = outline, .simulated = visit->header.simulated, .low_kpa = INFINITY,
		.top_kpa = -INFINITY};
	const struct ses_header *h = &visit->header;
	char rule[64];
	int ret = ana_plot_begin(plot, "bodymap", style, log);

	if (ret)
		return ret;
	snprintf(plot->title, sizeof(plot->title), "%s: %s (kPa), %s%s%s", h->participant, ana_measure_short(visit->measure), h->visit_day,
		h->acq[0] ? " " : "", h->acq);
	threshold_table(&plot->table, visit);
	if (!(map.spot = calloc(visit->n_points + 1, sizeof(*map.spot))))
		return alg_fail(log, MSG_NOMEM, "a picture");
	for (size_t i = 0; i < visit->n_points; i++)
		if (isfinite(visit->point[i].value_kpa) && !visit->point[i].bound) {
			map.low_kpa = fmin(map.low_kpa, visit->point[i].value_kpa);
			map.top_kpa = fmax(map.top_kpa, visit->point[i].value_kpa);
		}
	for (size_t i = 0; i < visit->n_points; i++)
		threshold_spot(&map, &visit->point[i]);
	ana_rule_words(rule, sizeof(rule), visit->rule);
	snprintf(map.summary, sizeof(map.summary), "The number beside a point is its %s; the darker the mark, the more tender.",
		ses_measure_word(visit->measure));
	snprintf(map.caption, sizeof(map.caption), "R, L: the person's right and left. %s: %s, %s (%d "
		"planned a point); target rate %g kPa/s, tip %g cm\xc2\xb2, procedure %s %s.", ana_measure_short(visit->measure),
		ana_measure_name(visit->measure), rule, h->rounds, h->target_rate_kpa_s,
		h->tip_area_cm2, h->procedure_id, h->procedure_version);
	return finish(&map, log);
}

int ana_plot_bodymap_change(struct ana_plot *plot, const struct ana_plot_style *style,
	const struct ana_compare *compare, const struct ana_outline *outline, struct alg_log *log)
{
	struct map map = {.plot = plot, .outline = outline, .low_kpa = NAN, .top_kpa = NAN,
		.simulated = compare->a->header.simulated || compare->b->header.simulated};
	int ret = ana_plot_begin(plot, "bodymap", style, log);

	if (ret)
		return ret;
	ana_compare_title(compare, "change (kPa)", plot->title, sizeof(plot->title));
	ana_compare_table(&plot->table, compare);
	ana_compare_summary(compare, map.summary, sizeof(map.summary));
	ana_compare_caption(compare, map.caption, sizeof(map.caption));
	if (!(map.spot = calloc(compare->n_pairs + 1, sizeof(*map.spot))))
		return alg_fail(log, MSG_NOMEM, "a picture");
	for (size_t i = 0; i < compare->n_pairs; i++)
		change_spot(&map, &compare->pair[i]);
	return finish(&map, log);
}
