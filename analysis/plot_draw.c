/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_draw.c - texts, strokes and panels of a picture, placed in millimetres from the top left. */
#include "analysis/plot.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1024 };

/*
 * Inside gnuplot's double quotes a backtick runs a command, a backslash escapes, a quote ends; a
 * newline ends the line (and a datablock could end). None of these is ever written: what is not
 * listed here is an octal escape of three digits. gnuplot 5.4 takes a fourth digit into an escape
 * that begins with 0, so a digit after an escape is an escape too.
 * Bytes above 0x7f are part of valid UTF-8 by then and mean nothing to gnuplot.
 */
void ana_plot_string(FILE *out, const char *text)
{
	char clean[TEXT_MAX];
	bool after_escape = false;

	alg_text_clean(clean, sizeof(clean), text);
	fputc('"', out);
	for (const unsigned char *p = (const unsigned char *)clean; *p; p++) {
		bool plain = *p >= 0x80 || isalnum(*p) || strchr(" .,;:()+-/=<>", *p);

		if (plain && !(after_escape && isdigit(*p))) {
			fputc(*p, out);
			after_escape = false;
		} else {
			fprintf(out, "\\%03o", *p);
			after_escape = true;
		}
	}
	fputc('"', out);
}

void ana_plot_number(FILE *out, double v)
{
	/* "-0.0000" would differ from "0.0000" for the same picture. */
	fprintf(out, "%.9g", v == 0 ? 0.0 : v);
}

/* ---- how wide a text is -------------------------------------------------------------------- */

/* Advance widths in 1/1000 em of DejaVu Sans, which is wider than Liberation, Noto or Helvetica; from ' ' on. */
static const short ascii_width[95] = {
	318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,      /* blank to / */
	636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,      /* 0 to ? */
	1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,     /* @ to O */
	603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,      /* P to _ */
	500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,      /* ` to o */
	635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};          /* p to ~ */

static double char_em(uint32_t c)
{
	if (c >= 0x20 && c < 0x7f)
		return ascii_width[c - 0x20] / 1000.0;
	return c >= 0x2e80 ? 1.05 : c >= 0x2000 ? 0.84 : 0.66;
}

static uint32_t next_char(const char **text)
{
	const unsigned char *p = (const unsigned char *)*text;
	int n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t c = n == 1 ? p[0] : p[0] & (0x7fu >> n);

	for (int i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80) { /* broken: one step, so that the end is never passed */
			*text += 1;
			return p[0];
		}
		c = c << 6 | (p[i] & 0x3f);
	}
	*text += n;
	return c;
}

double ana_text_mm(const char *text, double pt, bool bold)
{
	double em = 0;

	while (*text)
		em += pt > 0 ? char_em(next_char(&text)) : (next_char(&text), 1);
	/* pt 0: a terminal, one unit a character */
	return pt > 0 ? em * pt / ANA_PT_PER_MM * (bold ? 1.13 : 1) : em;
}

void ana_text_fit(char *out, size_t cap, const char *text, double mm, double pt, bool bold)
{
	alg_text_clean(out, cap, text);
	if (ana_text_mm(out, pt, bold) <= mm)
		return;
	size_t len = strlen(out);

	while (len > 0) {
		do
			len--;
		while (len > 0 && ((unsigned char)out[len] & 0xc0) == 0x80);
		while (len > 0 && out[len - 1] == ' ')
			len--;
		if (len + 4 > cap)
			continue;
		memcpy(out + len, "\xe2\x80\xa6", 4); /* ellipsis */
		if (ana_text_mm(out, pt, bold) <= mm)
			return;
	}
}

double ana_line_mm(double pt)
{
	return pt > 0 ? pt * 1.28 / ANA_PT_PER_MM : 1;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void screen(struct ana_plot *plot, double x_mm, double y_mm)
{
	fprintf(plot->gp, "screen %.5f,%.5f", x_mm / plot->width_mm, 1 - y_mm / plot->height_mm);
}

void ana_plot_text(struct ana_plot *plot, double x_mm, double y_mm, enum ana_align align, double pt, int flags,
	unsigned rgb, const char *text)
{
	static const char *const word[] = {"left", "center", "right"};

	if (!*text)
		return;
	fprintf(plot->gp, "set label %d ", ++plot->labels);
	ana_plot_string(plot->gp, text);
	fputs(" at ", plot->gp);
	screen(plot, x_mm, y_mm);
	fprintf(plot->gp, " %s", word[align]);
	if (flags & ANA_UPRIGHT)
		fputs(" rotate by 90", plot->gp);
	if (!ana_plot_is_text(plot))
		fprintf(plot->gp, " font \"sans-serif%s,%.3f\" textcolor rgb \"#%06x\"", flags & ANA_BOLD ? " Bold" : "",
			plot->style.format == ANA_PLOT_SVG ? pt * 96 / 72 : pt, rgb);
	fputs(" front\n", plot->gp);
}

/* Bytes of text that go on one line of that width: whole words, at least one. */
static size_t break_line(const char *text, double width, double pt, bool bold)
{
	char line[ANA_PLOT_WORDS_MAX];
	size_t take = 0;

	for (;;) {
		size_t more = take + strspn(text + take, " ");

		more += strcspn(text + more, " ");
		if (more == take || !text[take])
			return take;
		snprintf(line, sizeof(line), "%.*s", (int)more, text);
		if (take && ana_text_mm(line, pt, bold) > width)
			return take;
		take = more;
	}
}

double ana_plot_paragraph(struct ana_plot *plot, double x_mm, double y_mm, double width_mm, double pt, int flags,
	unsigned rgb, const char *text)
{
	char line[ANA_PLOT_WORDS_MAX], clean[ANA_PLOT_WORDS_MAX], fitted[ANA_PLOT_WORDS_MAX];
	const char *rest = clean;

	alg_text_clean(clean, sizeof(clean), text);
	while (*(rest += strspn(rest, " "))) {
		size_t take = break_line(rest, width_mm, pt, flags & ANA_BOLD);

		snprintf(line, sizeof(line), "%.*s", (int)take, rest);
		rest += take;
		/* a word longer than the line stands alone and is shortened */
		ana_text_fit(fitted, sizeof(fitted), line, width_mm, pt, flags & ANA_BOLD);
		if (plot)
			ana_plot_text(plot, x_mm, y_mm + ana_line_mm(pt) / 2, ANA_LEFT, pt, flags, rgb, fitted);
		y_mm += ana_line_mm(pt);
	}
	return y_mm;
}

int ana_plot_say(struct ana_plot *plot, const char *a, const char *b)
{
	char clean[ANA_PLOT_WORDS_MAX], text[ANA_PLOT_WORDS_MAX];
	const char *rest = clean;
	int lines = 0;

	snprintf(text, sizeof(text), "%s%s", a, b);
	alg_text_clean(clean, sizeof(clean), text);
	while (*(rest += strspn(rest, " "))) {
		size_t take = break_line(rest, plot->style.columns, 0, false);

		fprintf(plot->say, "%.*s\n", (int)take, rest);
		rest += take;
		lines++;
	}
	return lines;
}

void ana_plot_stroke(struct ana_plot *plot, double x0_mm, double y0_mm, double x1_mm, double y1_mm, double width,
	int dash, unsigned rgb)
{
	fputs("set arrow from ", plot->gp);
	screen(plot, x0_mm, y0_mm);
	fputs(" to ", plot->gp);
	screen(plot, x1_mm, y1_mm);
	fprintf(plot->gp, " nohead front linewidth %g dashtype %d linecolor rgb \"#%06x\"\n", width, dash, rgb);
}

void ana_plot_glyph(struct ana_plot *plot, double x_mm, double y_mm, int point_type, double size, unsigned rgb)
{
	fprintf(plot->gp, "set label %d \"\" at ", ++plot->labels);
	screen(plot, x_mm, y_mm);
	fprintf(plot->gp, " point pointtype %d pointsize %g*mark linewidth 1.5 linecolor rgb \"#%06x\" front\n", point_type, size, rgb);
}

void ana_plot_outline(struct ana_plot *plot, double x_mm, double y_mm, double radius_mm, int corners, double turn_deg, unsigned rgb)
{
	for (int i = 0; i <= corners; i++) {
		double a = (turn_deg + 360.0 * i / corners) * M_PI / 180;

		fputs(i ? " to " : "set object polygon from ", plot->gp);
		screen(plot, x_mm + radius_mm * sin(a), y_mm - radius_mm * cos(a));
	}
	fprintf(plot->gp, " fillstyle empty border linecolor rgb \"#%06x\" linewidth 1.5 front\n", rgb);
}

void ana_plot_box(struct ana_plot *plot, double x_mm, double y_mm, double w_mm, double h_mm, unsigned rgb)
{
	fputs("set object rectangle from ", plot->gp);
	screen(plot, x_mm, y_mm + h_mm);
	fputs(" to ", plot->gp);
	screen(plot, x_mm + w_mm, y_mm);
	fprintf(plot->gp, " fillcolor rgb \"#%06x\" fillstyle solid 1.0 noborder behind\n", rgb);
}

void ana_plot_panel(struct ana_plot *plot, double x_mm, double y_mm, double w_mm, double h_mm)
{
	fprintf(plot->gp, "set lmargin at screen %.5f\nset rmargin at screen %.5f\n", x_mm / plot->width_mm,
		(x_mm + w_mm) / plot->width_mm);
	fprintf(plot->gp, "set tmargin at screen %.5f\nset bmargin at screen %.5f\n", 1 - y_mm / plot->height_mm,
		1 - (y_mm + h_mm) / plot->height_mm);
}

void ana_plot_axes(struct ana_plot *plot, double x_mm, double y_mm, double w_mm, double h_mm, const char *x, const char *y)
{
	ana_plot_text(plot, x_mm + w_mm / 2, y_mm + h_mm + 12.5, ANA_CENTRE, ANA_FONT_PT, 0, ANA_INK, x);
	ana_plot_text(plot, x_mm - 16, y_mm + h_mm / 2, ANA_CENTRE, ANA_FONT_PT, ANA_UPRIGHT, ANA_INK, y);
}

void ana_plot_canvas(struct ana_plot *plot)
{
	fputs("unset border\nunset tics\n", plot->gp);
	ana_plot_panel(plot, 0, 0, plot->width_mm, plot->height_mm);
	fprintf(plot->gp, "set xrange [0:%.5f]\nset yrange [%.5f:0]\n", plot->width_mm, plot->height_mm);
}

void ana_plot_clear(struct ana_plot *plot)
{
	fputs("unset label\nunset arrow\nunset object\n", plot->gp);
	plot->labels = 0;
}

void ana_plot_simulated(struct ana_plot *plot, bool simulated)
{
	if (!simulated)
		return;
	if (ana_plot_is_text(plot)) {
		ana_plot_text(plot, plot->width_mm - 1, 0.5, ANA_RIGHT, 0, 0, ANA_INK, "SIMULATED DATA");
		return;
	}
	double w = ana_text_mm("SIMULATED DATA", ANA_FONT_PT, true), h = ana_line_mm(ANA_FONT_PT);

	ana_plot_box(plot, plot->width_mm - w - 5, 2, w + 3, h + 1, ANA_INK);
	ana_plot_text(plot, plot->width_mm - 3.5 - w / 2, 2.5 + h / 2, ANA_CENTRE, ANA_FONT_PT, ANA_BOLD, 0xffffff,
		"SIMULATED DATA");
}

/* ---- arithmetic of layout ------------------------------------------------------------------ */

void ana_spread(double *want, size_t n, double gap, double lo, double hi)
{
	/*
	 * With y[i] = want[i] - i gap the task is the nearest rising sequence: pool neighbours that
	 * are out of order into their mean, then clamp. n is small, so blocks are found anew each time.
	 */
	double top = hi - gap * (double)(n ? n - 1 : 0);

	for (size_t i = 0; i < n; i++)
		want[i] -= (double)i * gap;
	for (size_t i = 1; i < n; i++) {
		size_t from = i;
		double sum = want[i];

		while (from > 0 && want[from - 1] > sum / (double)(i - from + 1))
			sum += want[--from];
		for (size_t j = from; j <= i; j++)
			want[j] = sum / (double)(i - from + 1);
	}
	for (size_t i = 0; i < n; i++) {
		double y = want[i] > top ? top : want[i];

		want[i] = (y < lo ? lo : y) + (double)i * gap;
	}
}

double ana_tick(double span, int n)
{
	double raw = span > 0 && isfinite(span) ? span / (n > 0 ? n : 1) : 1, unit = pow(10, floor(log10(raw)));

	return raw <= unit ? unit : raw <= 2 * unit ? 2 * unit : raw <= 5 * unit ? 5 * unit : 10 * unit;
}
