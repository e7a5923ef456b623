/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/help_vt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void blank(struct help_vt *vt, int y, int from, int to)
{
	for (int x = from; x < to; x++) {
		vt->cell[y][x] = L' ';
		vt->lit[y][x] = false;
	}
}

void help_vt_start(struct help_vt *vt, int rows, int columns)
{
	memset(vt, 0, sizeof(*vt));
	vt->rows = rows;
	vt->bottom = rows - 1;
	vt->columns = columns;
	for (int y = 0; y < rows; y++)
		blank(vt, y, 0, columns);
}

static int within(int n, int least, int most)
{
	return n < least ? least : n > most ? most : n;
}

static void go(struct help_vt *vt, int y, int x)
{
	vt->y = within(y, 0, vt->rows - 1);
	vt->x = within(x, 0, vt->columns - 1);
	vt->wraps = false;
}

/* Rows from top to bottom go up by one, or down. */
static void scroll(struct help_vt *vt, int top, int bottom, bool up)
{
	size_t n = (size_t)(bottom - top);

	if (bottom < top)
		return;
	memmove(vt->cell[up ? top : top + 1], vt->cell[up ? top + 1 : top], sizeof(vt->cell[0]) * n);
	memmove(vt->lit[up ? top : top + 1], vt->lit[up ? top + 1 : top], sizeof(vt->lit[0]) * n);
	blank(vt, up ? bottom : top, 0, vt->columns);
}

static void line_feed(struct help_vt *vt)
{
	vt->wraps = false;
	if (vt->y == vt->bottom)
		scroll(vt, vt->top, vt->bottom, true);
	else if (vt->y < vt->rows - 1)
		vt->y++;
}

static void reverse_index(struct help_vt *vt)
{
	vt->wraps = false;
	if (vt->y == vt->top)
		scroll(vt, vt->top, vt->bottom, false);
	else if (vt->y > 0)
		vt->y--;
}

static void letter(struct help_vt *vt, wchar_t c)
{
	int wide = wcwidth(c);

	if (wide <= 0)
		return;
	if (vt->wraps) {
		vt->x = 0;
		line_feed(vt);
	}
	for (int i = 0; i < wide && vt->x + i < vt->columns; i++) {
		vt->cell[vt->y][vt->x + i] = i ? 0 : c;
		vt->lit[vt->y][vt->x + i] = vt->reverse;
	}
	vt->last = c;
	vt->x += wide;
	vt->wraps = vt->x >= vt->columns;
	if (vt->wraps)
		vt->x = vt->columns - 1;
}

static void shift(struct help_vt *vt, int by)
{
	for (int i = 0; i < abs(by); i++) {
		wchar_t *row = vt->cell[vt->y];
		size_t n = (size_t)(vt->columns - vt->x - 1);

		if (by > 0)
			wmemmove(row + vt->x + 1, row + vt->x, n);
		else
			wmemmove(row + vt->x, row + vt->x + 1, n);
		row[by > 0 ? vt->x : vt->columns - 1] = L' ';
	}
}

static void erase_display(struct help_vt *vt, int how)
{
	for (int y = how == 0 ? vt->y + 1 : 0; y < (how == 1 ? vt->y : vt->rows); y++)
		blank(vt, y, 0, vt->columns);
	if (how == 0)
		blank(vt, vt->y, vt->x, vt->columns);
	if (how == 1)
		blank(vt, vt->y, 0, vt->x + 1);
}

static void style(struct help_vt *vt, const char *parameters)
{
	for (const char *p = parameters; p; p = strchr(p, ';') ? strchr(p, ';') + 1 : NULL) {
		int n = atoi(p);

		if (n == 0 || n == 27)
			vt->reverse = false;
		else if (n == 7)
			vt->reverse = true;
	}
}

static void control_sequence(struct help_vt *vt, char end, const char *parameters)
{
	const char *second = strchr(parameters, ';');
	int n = atoi(parameters), count = n ? n : 1, m = second ? atoi(second + 1) : 1;

	if (strchr("hlt", end) || (parameters[0] >= '<' && parameters[0] <= '?'))
		return;
	switch (end) {
	case 'm': style(vt, parameters); break;
	case 'H': case 'f': go(vt, count - 1, (m ? m : 1) - 1); break;
	case 'A': go(vt, vt->y - count, vt->x); break;
	case 'B': go(vt, vt->y + count, vt->x); break;
	case 'C': go(vt, vt->y, vt->x + count); break;
	case 'D': go(vt, vt->y, vt->x - count); break;
	case 'd': go(vt, count - 1, vt->x); break;
	case 'G': case '`': go(vt, vt->y, count - 1); break;
	case 'J': erase_display(vt, n); break;
	case 'K': blank(vt, vt->y, n == 0 ? vt->x : 0, n == 1 ? vt->x + 1 : vt->columns); break;
	case 'X': blank(vt, vt->y, vt->x, within(vt->x + count, 0, vt->columns)); break;
	case '@': shift(vt, count); break;
	case 'P': shift(vt, -count); break;
	case 'b':
		while (count--)
			letter(vt, vt->last);
		break;
	case 'L': case 'M':
		while (count--)
			scroll(vt, vt->y, vt->bottom, end == 'M');
		break;
	case 'S': case 'T':
		while (count--)
			scroll(vt, vt->top, vt->bottom, end == 'S');
		break;
	case 'r':
		vt->top = within(count - 1, 0, vt->rows - 1);
		vt->bottom = within(second ? m - 1 : vt->rows - 1, vt->top, vt->rows - 1);
		go(vt, 0, 0);
		break;
	default: vt->unknown++;
	}
}

/* True when the sequence is whole. */
static bool escape(struct help_vt *vt, char c)
{
	if (vt->in_sequence < sizeof(vt->sequence) - 1)
		vt->sequence[vt->in_sequence] = c;
	if (vt->in_sequence++ == 1) {
		if (c == 'E') {
			vt->x = 0;
			line_feed(vt);
		} else if (c == 'M') {
			reverse_index(vt);
		} else if (c == '7') {
			vt->saved_y = vt->y;
			vt->saved_x = vt->x;
		} else if (c == '8') {
			go(vt, vt->saved_y, vt->saved_x);
		} else if (!strchr("[()", c) && !strchr("=>c", c)) {
			vt->unknown++;
		}
		return !strchr("[()", c);
	}
	if (vt->sequence[1] != '[')
		return true;
	if (c < '@' || c > '~')
		return false;
	vt->sequence[vt->in_sequence - 1] = '\0';
	control_sequence(vt, c, vt->sequence + 2);
	return true;
}

static void utf8(struct help_vt *vt, unsigned char c)
{
	mbstate_t state = {0};
	wchar_t w;

	if (vt->in_utf8 == 0)
		vt->utf8_len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	vt->utf8[vt->in_utf8++] = (char)c;
	if (vt->in_utf8 < vt->utf8_len)
		return;
	if (mbrtowc(&w, vt->utf8, vt->in_utf8, &state) > 4)
		vt->unknown++;
	else
		letter(vt, w);
	vt->in_utf8 = 0;
}

void help_vt_feed(struct help_vt *vt, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];

		if (vt->in_sequence) {
			if (escape(vt, c))
				vt->in_sequence = 0;
		} else if (c == '\033') {
			vt->sequence[0] = c;
			vt->in_sequence = 1;
		} else if (c == '\r') {
			go(vt, vt->y, 0);
		} else if (c == '\n') {
			line_feed(vt);
		} else if (c == '\b') {
			go(vt, vt->y, vt->x - 1);
		} else if ((unsigned char)c >= ' ') {
			utf8(vt, (unsigned char)c);
		} else if (c && c != '\017' && c != '\016' && c != '\a') {
			vt->unknown++;
		}
	}
}

void help_vt_text(const struct help_vt *vt, char *out, size_t cap)
{
	size_t used = 0;

	for (int y = 0; y < vt->rows; y++) {
		int n = vt->columns;

		while (n > 0 && vt->cell[y][n - 1] == L' ')
			n--;
		for (int x = 0; x < n && used + 8 < cap; x++)
			if (vt->cell[y][x])
				used += (size_t)snprintf(out + used, cap - used, "%lc", (wint_t)vt->cell[y][x]);
		if (used + 1 < cap)
			out[used++] = '\n';
	}
	out[used] = '\0';
}
