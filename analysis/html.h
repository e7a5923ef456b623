/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html.h - a page of HTML in memory. Every text goes through ana_html_text, whatever it holds: controls,
 * broken UTF-8 and bidirectional overrides become visible escapes (alg_text_clean), and the five
 * characters that mean something to HTML become references, so that a text is safe between tags and
 * inside a quoted attribute alike. Markup is written by string constants only.
 *
 * Out of memory is remembered; ana_html_end tells it.
 */
#ifndef ANA_HTML_H
#define ANA_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct ana_html {
	FILE *out;
	char *data; /* owned by the caller after ana_html_end */
	size_t len;
	int tables; /* so far: their captions have ids */
	bool failed;
};

void ana_html_begin(struct ana_html *html);
/* The page, which the caller frees, in *data; ALG_ERR_NOMEM (*data NULL) when any of it got lost. */
int ana_html_end(struct ana_html *html, char **data, size_t *len);

/* Markup of our own, as it stands. */
void ana_html_raw(struct ana_html *html, const char *markup);
/* A text from anywhere. */
void ana_html_text(struct ana_html *html, const char *text);
void ana_html_textf(struct ana_html *html, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* <tag>text</tag>; tag may have attributes: "td class=\"n\"". It is a string constant. */
void ana_html_put(struct ana_html *html, const char *tag, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The same, numbers in type: -5 with a minus sign, >= and <= as one sign. */
void ana_html_number(struct ana_html *html, const char *tag, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/*
 * A table with its caption, inside a box that scrolls on a narrow screen and can be reached by key. style:
 * its classes. Rows are the caller's; ana_html_head is a row of column heads, NULL-ended, each 'l'eft or 'r'ight.
 */
void ana_html_table(struct ana_html *html, const char *style, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void ana_html_head(struct ana_html *html, const char *align, const char *const *heads);
void ana_html_table_end(struct ana_html *html);

/* An SVG picture as a document of its own (data: URI), so that neither ids nor styles nor scripts can leave it. */
void ana_html_svg(struct ana_html *html, const char *alt, const char *svg, size_t len, double width_mm, double height_mm);
/* Before it, both inside of <picture>: what a narrow screen (45rem) shows in its place, in its own size. */
void ana_html_svg_narrow(struct ana_html *html, const char *svg, size_t len);
/* Text as a CSS string with its quotes: what is not a plain letter or digit becomes a CSS escape. */
void ana_html_css_string(struct ana_html *html, const char *text);

#endif
