/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/html.h"

#include "base/status.h"
#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define PX_PER_MM (96.0 / 25.4)

void ana_html_begin(struct ana_html *html)
{
	*html = (struct ana_html){.out = NULL};
	html->out = open_memstream(&html->data, &html->len);
	html->failed = !html->out;
}

int ana_html_end(struct ana_html *html, char **data, size_t *len)
{
	bool bad = html->failed || ferror(html->out);

	if (html->out && fclose(html->out))
		bad = true;
	html->out = NULL;
	if (bad) {
		free(html->data);
		html->data = NULL;
		html->len = 0;
	}
	*data = html->data;
	*len = html->len;
	return bad ? ALG_ERR_NOMEM : 0;
}

void ana_html_raw(struct ana_html *html, const char *markup)
{
	if (!html->failed && fputs(markup, html->out) < 0)
		html->failed = true;
}

static const char *reference(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

static void put_clean(struct ana_html *html, const char *clean)
{
	char one[2] = "";

	for (; *clean; clean++) {
		const char *ref = reference(*clean);

		one[0] = *clean;
		ana_html_raw(html, ref ? ref : one);
	}
}

void ana_html_text(struct ana_html *html, const char *text)
{
	size_t cap = 4 * strlen(text) + 1; /* a byte becomes at most \xNN */
	char *clean = malloc(cap);

	if (!clean) {
		html->failed = true;
		return;
	}
	alg_text_clean(clean, cap, text);
	put_clean(html, clean);
	free(clean);
}

/* "-5" with a minus sign, ">=" and "<=" as one sign, a lone "-" as a dash. */
static char *in_type(const char *text)
{
	char *out = malloc(3 * strlen(text) + 1), *o = out;

	for (const char *p = text; out && *p; p++) {
		const char *sign = NULL;

		if (*p == '-' && (p == text || p[-1] == ' ' || p[-1] == '=') && isdigit((unsigned char)p[1]))
			sign = "\xe2\x88\x92";
		else if (*p == '-' && text[1] == '\0')
			sign = "\xe2\x80\x93";
		else if ((*p == '>' || *p == '<') && p[1] == '=')
			sign = *p++ == '>' ? "\xe2\x89\xa5" : "\xe2\x89\xa4";
		if (sign)
			o = stpcpy(o, sign);
		else
			*o++ = *p;
	}
	if (out)
		*o = '\0';
	return out;
}

static void format(struct ana_html *html, bool number, const char *fmt, va_list args) __attribute__((format(printf, 3, 0)));
static void format(struct ana_html *html, bool number, const char *fmt, va_list args)
{
	char *text = NULL, *typed = NULL;

	if (vasprintf(&text, fmt, args) < 0) {
		html->failed = true;
		return;
	}
	if (number && !(typed = in_type(text)))
		html->failed = true;
	else
		ana_html_text(html, typed ? typed : text);
	free(typed);
	free(text);
}

void ana_html_textf(struct ana_html *html, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(html, false, fmt, args);
	va_end(args);
}

static void start_tag(struct ana_html *html, const char *tag)
{
	ana_html_raw(html, "<");
	ana_html_raw(html, tag);
	ana_html_raw(html, ">");
}

static void end_tag(struct ana_html *html, const char *tag)
{
	if (!html->failed)
		fprintf(html->out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

void ana_html_put(struct ana_html *html, const char *tag, const char *fmt, ...)
{
	va_list args;

	start_tag(html, tag);
	va_start(args, fmt);
	format(html, false, fmt, args);
	va_end(args);
	end_tag(html, tag);
}

void ana_html_number(struct ana_html *html, const char *tag, const char *fmt, ...)
{
	va_list args;

	start_tag(html, tag);
	va_start(args, fmt);
	format(html, true, fmt, args);
	va_end(args);
	end_tag(html, tag);
}

void ana_html_table(struct ana_html *html, const char *style, const char *fmt, ...)
{
	va_list args;

	if (html->failed)
		return;
	html->tables++;
	fprintf(html->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"t%d\">\n"
		"<table class=\"%s\">\n<caption id=\"t%d\">", html->tables, style, html->tables);
	va_start(args, fmt);
	format(html, false, fmt, args);
	va_end(args);
	ana_html_raw(html, "</caption>\n");
}

void ana_html_head(struct ana_html *html, const char *align, const char *const *heads)
{
	ana_html_raw(html, "<thead><tr>\n");
	for (; *heads; heads++)
		ana_html_put(html, *align && *align++ == 'r' ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"", "%s",
			*heads);
	ana_html_raw(html, "</tr></thead>\n");
}

void ana_html_table_end(struct ana_html *html)
{
	ana_html_raw(html, "</table>\n</div>\n");
}

static void base64(FILE *out, const unsigned char *data, size_t len)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		uint32_t v = (uint32_t)data[i] << 16 | (uint32_t)(i + 1 < len ? data[i + 1] : 0) << 8 | (i + 2 < len ? data[i + 2] : 0);

		fputc(letters[v >> 18], out);
		fputc(letters[v >> 12 & 63], out);
		fputc(i + 1 < len ? letters[v >> 6 & 63] : '=', out);
		fputc(i + 2 < len ? letters[v & 63] : '=', out);
	}
}

static void data_uri(struct ana_html *html, const char *svg, size_t len)
{
	ana_html_raw(html, "data:image/svg+xml;base64,");
	base64(html->out, (const unsigned char *)svg, len);
	ana_html_raw(html, "\">\n");
}

/* On paper never, however narrow that is. */
void ana_html_svg_narrow(struct ana_html *html, const char *svg, size_t len)
{
	if (html->failed)
		return;
	ana_html_raw(html, "<source media=\"screen and (max-width: 45rem)\" type=\"image/svg+xml\" srcset=\"");
	data_uri(html, svg, len);
}

void ana_html_svg(struct ana_html *html, const char *alt, const char *svg, size_t len, double width_mm, double height_mm)
{
	if (html->failed)
		return;
	fprintf(html->out, "<img width=\"%.0f\" height=\"%.0f\" alt=\"", width_mm * PX_PER_MM, height_mm * PX_PER_MM);
	ana_html_text(html, alt);
	ana_html_raw(html, "\" src=\"");
	data_uri(html, svg, len);
}

void ana_html_css_string(struct ana_html *html, const char *text)
{
	char clean[1024];

	alg_text_clean(clean, sizeof(clean), text);
	if (html->failed)
		return;
	fputc('"', html->out);
	for (const unsigned char *p = (const unsigned char *)clean; *p; p++)
		if (*p >= 0x80 || isalnum(*p)) /* UTF-8 means nothing to CSS */
			fputc(*p, html->out);
		else /* one blank after an escape belongs to it */
			fprintf(html->out, "\\%06x ", *p);
	fputc('"', html->out);
}
