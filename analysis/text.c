/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/text.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Code point at p, which alg_text_clean has made valid UTF-8; *len its bytes. */
static uint32_t code_at(const char *p, size_t *len)
{
	const unsigned char *u = (const unsigned char *)p;
	uint32_t c;

	*len = u[0] < 0x80 ? 1 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
	c = *len == 1 ? u[0] : u[0] & (0x7Fu >> *len);
	for (size_t i = 1; i < *len; i++)
		c = c << 6 | (u[i] & 0x3Fu);
	return c;
}

/* Without a UTF-8 locale wcwidth knows ASCII only: one column then. */
static size_t width_at(const char *p, size_t *len)
{
	int w = wcwidth((wchar_t)code_at(p, len));

	return w < 0 ? 1 : (size_t)w;
}

size_t ana_text_width(const char *utf8)
{
	size_t width = 0, len;

	for (; *utf8; utf8 += len)
		width += width_at(utf8, &len);
	return width;
}

/* Formatted and cleaned, fresh memory; NULL when there is none left. */
static char *format_clean(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));
static char *format_clean(const char *fmt, va_list args)
{
	char *raw = NULL, *clean;
	int n = vasprintf(&raw, fmt, args);

	if (n < 0)
		return NULL;
	clean = malloc(4 * (size_t)n + 1); /* a byte becomes at most \xNN */
	if (clean)
		alg_text_clean(clean, 4 * (size_t)n + 1, raw);
	free(raw);
	return clean;
}

static void append(struct ana_text *text, const char *data, size_t len)
{
	if (text->failed)
		return;
	if (text->len + len + 1 > text->cap) {
		size_t cap = 2 * (text->len + len + 1) + 256;
		char *more = realloc(text->data, cap);

		if (!more) {
			text->failed = true;
			return;
		}
		text->data = more;
		text->cap = cap;
	}
	memcpy(text->data + text->len, data, len);
	text->len += len;
	text->data[text->len] = '\0';
}

static void append_blanks(struct ana_text *text, size_t n)
{
	while (n--)
		append(text, " ", 1);
}

void ana_text_line(struct ana_text *text, const char *fmt, ...)
{
	va_list args;
	char *line;

	va_start(args, fmt);
	line = format_clean(fmt, args);
	va_end(args);
	if (!line) {
		text->failed = true;
		return;
	}
	append(text, line, strlen(line));
	append(text, "\n", 1);
	free(line);
}

/* Bytes of p up to the last blank that fits, or of one overlong word. */
static size_t fitting(const char *p, size_t width)
{
	size_t used = 0, at = 0, last_blank = 0, len;

	while (p[at]) {
		if (p[at] == ' ')
			last_blank = at;
		used += width_at(p + at, &len);
		if (used > width && last_blank)
			return last_blank;
		at += len;
	}
	return at;
}

void ana_text_para(struct ana_text *text, int indent, const char *fmt, ...)
{
	va_list args;
	char *all, *p;
	size_t width = ANA_TEXT_WIDTH;

	va_start(args, fmt);
	all = format_clean(fmt, args);
	va_end(args);
	if (!all) {
		text->failed = true;
		return;
	}
	for (p = all; *p;) {
		size_t n = fitting(p, width);

		if (p != all)
			append_blanks(text, (size_t)indent);
		append(text, p, n);
		append(text, "\n", 1);
		p += n;
		p += strspn(p, " ");
		width = ANA_TEXT_WIDTH - (size_t)indent;
	}
	free(all);
}

bool ana_text_ok(const struct ana_text *text)
{
	return !text->failed;
}

void ana_text_free(struct ana_text *text)
{
	free(text->data);
	*text = (struct ana_text){0};
}

/* ---- tables -------------------------------------------------------------------------------------- */

void ana_grid_start(struct ana_grid *grid, const char *align)
{
	*grid = (struct ana_grid){.columns = strlen(align), .align = align};
}

void ana_grid_cell(struct ana_grid *grid, const char *fmt, ...)
{
	va_list args;

	if (grid->n == grid->cap) {
		size_t cap = 2 * grid->cap + 64;
		char **more = reallocarray(grid->cell, cap, sizeof(*more));

		if (!more) {
			grid->failed = true;
			return;
		}
		grid->cell = more;
		grid->cap = cap;
	}
	va_start(args, fmt);
	grid->cell[grid->n] = format_clean(fmt, args);
	va_end(args);
	if (grid->cell[grid->n])
		grid->n++;
	else
		grid->failed = true;
}

void ana_grid_end_row(struct ana_grid *grid)
{
	while (!grid->failed && grid->n % grid->columns)
		ana_grid_cell(grid, "%s", "");
}

/* Bytes of the first characters that fit in width columns; *used are those they take. */
static size_t head_bytes(const char *cell, size_t width, size_t *used)
{
	size_t at = 0, len, w;

	*used = 0;
	while (cell[at] && (w = width_at(cell + at, &len)) + *used <= width) {
		*used += w;
		at += len;
	}
	return at;
}

/*
 * One cell in a field of width columns. A longer text is cut in the middle and says so by an
 * ellipsis: its end often tells left from right.
 */
static void print_cell(struct ana_text *text, const char *cell, size_t width, char align)
{
	enum { TAIL = 8 }; /* " (right)" */
	size_t wide = ana_text_width(cell), tail = width / 2 < TAIL ? width / 2 : TAIL, used, skipped;

	if (wide <= width) {
		append_blanks(text, align == 'r' ? width - wide : 0);
		append(text, cell, strlen(cell));
		append_blanks(text, align == 'r' ? 0 : width - wide);
		return;
	}
	append(text, cell, head_bytes(cell, width - tail - 1, &used));
	append(text, "\xE2\x80\xA6", 3);
	const char *end = cell + head_bytes(cell, wide - tail, &skipped);

	append(text, end, strlen(end));
	used += 1 + wide - skipped;
	append_blanks(text, used < width ? width - used : 0);
}

static void trim_line(struct ana_text *text)
{
	while (text->len && text->data[text->len - 1] == ' ')
		text->data[--text->len] = '\0';
}

/* A heading inside the grid may run over the other columns: they are empty. */
static bool alone_in_row(const struct ana_grid *grid, size_t first)
{
	for (size_t c = 1; c < grid->columns && first + c < grid->n; c++)
		if (*grid->cell[first + c])
			return false;
	return true;
}

void ana_grid_print(struct ana_grid *grid, struct ana_text *text)
{
	enum { LABEL_MIN = 16 };
	size_t *width = calloc(grid->columns, sizeof(*width)), total = 0;

	if (!width || grid->failed) {
		text->failed = true;
		goto out;
	}
	for (size_t i = 0; i < grid->n; i++) {
		size_t w = ana_text_width(grid->cell[i]);

		if (i % grid->columns == 0 && alone_in_row(grid, i))
			continue;
		if (w > width[i % grid->columns])
			width[i % grid->columns] = w;
	}
	for (size_t c = 0; c < grid->columns; c++)
		total += 2 + width[c];
	if (total > ANA_TEXT_WIDTH) {
		size_t over = total - ANA_TEXT_WIDTH;

		width[0] = width[0] > over + LABEL_MIN ? width[0] - over
			: width[0] < LABEL_MIN ? width[0] : LABEL_MIN;
	}
	for (size_t i = 0; i < grid->n; i++) {
		size_t c = i % grid->columns;

		append_blanks(text, 2);
		if (c == 0 && alone_in_row(grid, i))
			append(text, grid->cell[i], strlen(grid->cell[i]));
		else
			print_cell(text, grid->cell[i], width[c], grid->align[c]);
		if (c + 1 == grid->columns) {
			trim_line(text);
			append(text, "\n", 1);
		}
	}
out:
	for (size_t i = 0; i < grid->n; i++)
		free(grid->cell[i]);
	free(grid->cell);
	free(width);
	*grid = (struct ana_grid){0};
}
