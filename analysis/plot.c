/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot.c - a picture from its first line to its checked bytes: script, terminal, render. */
#include "analysis/plot.h"

#include "analysis/gnuplot.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PX_PER_MM (96.0 / 25.4)
#define MARK_SIZE 1.25

enum { PNG_SCALE = 2 }; /* 192 dpi */

bool ana_plot_is_text(const struct ana_plot *plot)
{
	return plot->style.format == ANA_PLOT_TEXT;
}

int ana_plot_begin(struct ana_plot *plot, const char *kind, const struct ana_plot_style *style, struct alg_log *log)
{
	*plot = (struct ana_plot){.style = *style, .kind = kind};
	if (!(plot->style.width_mm > 0))
		plot->style.width_mm = ANA_PLOT_WIDTH_MM;
	if (plot->style.columns <= 0)
		plot->style.columns = 80;
	if (plot->style.rows <= 0)
		plot->style.rows = 24;
	plot->width_mm = ana_plot_is_text(plot) ? plot->style.columns : plot->style.width_mm;
	plot->gp = open_memstream(&plot->script, &plot->script_len);
	plot->say = open_memstream(&plot->words, &plot->words_len);
	if (!plot->gp || !plot->say)
		return alg_fail(log, MSG_NOMEM, "a picture");
	return 0;
}

static void terminal(struct ana_plot *plot)
{
	double w = plot->width_mm, h = plot->height_mm;

	switch (plot->style.format) {
	case ANA_PLOT_PDF:
		/* its letters are made for 96 dots an inch, its page for 72 */
		fprintf(plot->gp, "set terminal pdfcairo size %.2fcm,%.2fcm noenhanced font \"sans-serif,%g\" "
			"fontscale 0.75 linewidth 1.25 pointscale 0.75 background rgb \"#ffffff\"\n", w / 10, h / 10, ANA_FONT_PT);
		break;
	case ANA_PLOT_PNG:
		fprintf(plot->gp, "set terminal pngcairo size %.0f,%.0f noenhanced font \"sans-serif,%g\" "
			"fontscale %d linewidth %d pointscale %d background rgb \"#ffffff\"\n", w * PX_PER_MM * PNG_SCALE,
			h * PX_PER_MM * PNG_SCALE, ANA_FONT_PT, PNG_SCALE, PNG_SCALE, PNG_SCALE);
		break;
	case ANA_PLOT_TEXT:
		fprintf(plot->gp, "set terminal dumb size %.0f,%.0f noenhanced mono nofeed\n", w, h);
		break;
	case ANA_PLOT_SVG:
	default:
		fprintf(plot->gp, "set terminal svg size %.0f,%.0f fixed noenhanced font \"sans-serif,%.3f\" "
			"linewidth 1 background rgb \"#ffffff\"\n", w * PX_PER_MM, h * PX_PER_MM, ANA_FONT_PT * 96 / 72);
	}
}

void ana_plot_page(struct ana_plot *plot, double height_mm)
{
	plot->height_mm = height_mm;
	fputs("unset macros\n" /* gnuplot 5 has them on by default */
	      "set encoding utf8\n"
	      "set decimalsign \".\"\n"
	      "set minussign\n",
		plot->gp);
	terminal(plot);
	/* sizes of marks: svg has them 0.375 of its letters, cairo 3 dots of 96 an inch; every size below is so many of these */
	fprintf(plot->gp, "mark = %.4f\n", plot->style.format == ANA_PLOT_SVG ? MARK_SIZE * 3 / (0.375 * ANA_FONT_PT * 96 / 72) : MARK_SIZE);
	fputs("set multiplot\n"
	      "unset key\n"
	      "set border 3 linecolor rgb \"#6e6e6e\"\n"
	      "set tics nomirror out scale 0.6 textcolor rgb \"#1a1a1a\"\n"
	      "set style fill solid 1.0 noborder\n",
		plot->gp);
}

static int close_stream(FILE **f)
{
	int bad = !*f || ferror(*f);

	if (*f && fclose(*f))
		bad = 1;
	*f = NULL;
	return bad;
}

int ana_plot_end(struct ana_plot *plot, struct alg_log *log)
{
	fputs("unset multiplot\n", plot->gp);
	if (close_stream(&plot->gp) | close_stream(&plot->say) || plot->table.failed)
		return alg_fail(log, MSG_NOMEM, "a picture");
	return 0;
}

void ana_plot_free(struct ana_plot *plot)
{
	close_stream(&plot->gp);
	close_stream(&plot->say);
	free(plot->script);
	free(plot->words);
	ana_table_free(&plot->table);
	*plot = (struct ana_plot){0};
}

/* ---- what came back ------------------------------------------------------------------------ */

static bool begins(const char *data, size_t len, const char *mark, size_t n)
{
	return len >= n && memcmp(data, mark, n) == 0;
}

static bool ends(const char *data, size_t len, const char *mark, size_t n)
{
	size_t from = len > 64 ? len - 64 : 0;

	return len > n && memmem(data + from, len - from, mark, n) != NULL;
}

static bool is_whole(enum ana_plot_format format, const char *data, size_t len)
{
	switch (format) {
	case ANA_PLOT_SVG:
		return begins(data, len, "<?xml", 5) && ends(data, len, "</svg>", 6);
	case ANA_PLOT_PDF:
		return begins(data, len, "%PDF-", 5) && ends(data, len, "%%EOF", 5);
	case ANA_PLOT_PNG:
		return begins(data, len, "\x89PNG\r\n\x1a\n", 8) && ends(data, len, "IEND\xae\x42\x60\x82", 8);
	case ANA_PLOT_TEXT:
		return len > 0;
	}
	return false;
}

/* The day of drawing stands in a PDF; the same numbers are to give the same bytes. */
static void fix_pdf_date(char *data, size_t len)
{
	static const char mark[] = "/CreationDate (D:";
	char *at = memmem(data, len, mark, sizeof(mark) - 1);

	for (char *p = at ? at + sizeof(mark) - 1 : NULL; p && p < data + len && *p >= '0' && *p <= '9'; p++)
		*p = "20000101000000"[(p - at - (long)(sizeof(mark) - 1)) % 14];
}

/* gnuplot draws the open marks of an SVG with a hairline, which reads as grey: lines as wide as in the other kinds. */
static void widen_svg_marks(char *data, size_t len)
{
	static const char mark[] = "id='gpPt", width[] = "stroke-width='0.";
	char *end = data + len, *at = data;

	while ((at = memmem(at, (size_t)(end - at), mark, sizeof(mark) - 1))) {
		char *line_end = memchr(at, '\n', (size_t)(end - at));
		char *number = memmem(at, (size_t)((line_end ? line_end : end) - at), width, sizeof(width) - 1);

		at += sizeof(mark) - 1;
		if (number && number + sizeof(width) + 2 < end)
			memcpy(number + sizeof(width) - 1, "450", 3);
	}
}

static void put_xml(FILE *out, const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '&': fputs("&amp;", out); break;
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		default: fputc(*text, out);
		}
}

/* gnuplot calls every picture "Gnuplot"; readers aloud and browsers are to say what it shows. */
static int name_svg(const struct ana_plot *plot, char **data, size_t *len)
{
	static const char first[] = "<title>", last[] = "</desc>";
	char *from = memmem(*data, *len, first, sizeof(first) - 1);
	char *to = from ? memmem(from, *len - (size_t)(from - *data), last, sizeof(last) - 1) : NULL;
	char *named = NULL, title[1024];
	size_t named_len = 0;
	FILE *out;

	if (!to)
		return 0;
	to += sizeof(last) - 1;
	if (!(out = open_memstream(&named, &named_len)))
		return ALG_ERR_NOMEM;
	fwrite(*data, 1, (size_t)(from - *data), out);
	alg_text_clean(title, sizeof(title), plot->title);
	fputs("<title>", out);
	put_xml(out, title);
	fputs("</title>\n<desc>Made by Algometer. Not a diagnosis.</desc>", out);
	/* gnuplot leaves '>' as it is; after "]]" XML does not allow that. */
	for (char *end = *data + *len; to < end;) {
		char *bad = memmem(to, (size_t)(end - to), "]]>", 3);

		fwrite(to, 1, (size_t)((bad ? bad : end) - to), out);
		if (bad)
			fputs("]]&gt;", out);
		to = bad ? bad + 3 : end;
	}
	if (close_stream(&out)) {
		free(named);
		return ALG_ERR_NOMEM;
	}
	free(*data);
	*data = named;
	*len = named_len;
	return 0;
}

/* Blanks at the ends of lines go, and so do empty lines at the end. */
static void trim_text(char *text, size_t *len)
{
	size_t n = 0;

	for (size_t i = 0; i < *len; i++) {
		if (text[i] == '\n')
			while (n > 0 && text[n - 1] == ' ')
				n--;
		text[n++] = text[i];
	}
	while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\n'))
		n--;
	if (n < *len) /* there was a blank or a newline, so there is room for one */
		text[n++] = '\n';
	text[n] = '\0';
	*len = n;
}

int ana_plot_render(const struct ana_plot *plot, char **out, size_t *out_len, struct alg_log *log)
{
	int ret = ana_gnuplot_run(plot->script, plot->script_len, ANA_GNUPLOT_TIMEOUT_S, out, out_len, log);

	if (ret)
		return ret;
	if (!is_whole(plot->style.format, *out, *out_len))
		ret = alg_fail(log, MSG_GNUPLOT_FAILED, "exit code", 0, "the picture is not whole");
	else if (plot->style.format == ANA_PLOT_PDF)
		fix_pdf_date(*out, *out_len);
	else if (plot->style.format == ANA_PLOT_TEXT)
		trim_text(*out, out_len);
	else if (plot->style.format == ANA_PLOT_SVG)
		widen_svg_marks(*out, *out_len);
	if (!ret && plot->style.format == ANA_PLOT_SVG && name_svg(plot, out, out_len))
		ret = alg_fail(log, MSG_NOMEM, "the picture");
	if (ret) {
		free(*out);
		*out = NULL;
		*out_len = 0;
	}
	return ret;
}
