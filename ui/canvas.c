/* SPDX-License-Identifier: GPL-3.0-or-later */
#define NCURSES_WIDECHAR 1
#include "ui/canvas.h"

#include "base/status.h"
#include "base/text.h"

#include <curses.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

enum { TEXT_MAX = 1024 };
enum { PAIR_GREEN = 1, PAIR_YELLOW, PAIR_RED };

struct ui_canvas {
	SCREEN *screen;
	FILE *out, *in;  /* a file in memory, and nothing */
	bool utf8, colours;
	char *bytes;
	size_t cap;
};

/* ---- open and close ---------------------------------------------------------------------------- */

/*
 * ncurses takes signals that nobody has taken; a stop from outside would then make it write and wait.
 * They stay as they were.
 */
static SCREEN *new_screen(const char *type, FILE *out, FILE *in)
{
	static const int taken[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
	struct sigaction was[4];

	for (int i = 0; i < 4; i++)
		sigaction(taken[i], NULL, &was[i]);
	SCREEN *screen = newterm(type, out, in);

	for (int i = 0; i < 4; i++)
		sigaction(taken[i], &was[i], NULL);
	return screen;
}

static bool can_move(void)
{
	const char *cup = tigetstr("cup");

	return cup && cup != (const char *)-1;
}

static void start_colours(struct ui_canvas *c)
{
	c->colours = has_colors() && start_color() == OK && COLOR_PAIRS > PAIR_RED;
	if (!c->colours)
		return;
	use_default_colors();
	init_pair(PAIR_GREEN, COLOR_GREEN, -1);
	init_pair(PAIR_YELLOW, COLOR_YELLOW, -1);
	init_pair(PAIR_RED, COLOR_RED, -1);
}

static int start_screen(struct ui_canvas *c, const char *type)
{
	int fd = memfd_create("screen", MFD_CLOEXEC);

	if (fd < 0 || !(c->out = fdopen(fd, "w"))) {
		if (fd >= 0)
			close(fd);
		return ALG_ERR_NOMEM;
	}
	if (!(c->in = fopen("/dev/null", "re")))
		return ALG_ERR_IO;
	if (!(c->screen = new_screen(type, c->out, c->in)) || !can_move())
		return ALG_ERR_UNSUPPORTED;
	start_colours(c);
	typeahead(-1); /* a key must not put off a picture */
	curs_set(0);
	leaveok(stdscr, TRUE);
	return 0;
}

int ui_canvas_open(struct ui_canvas **out, const char *type, bool utf8, int rows, int columns)
{
	struct ui_canvas *c = calloc(1, sizeof(*c));
	int rc;

	*out = NULL;
	if (!c)
		return ALG_ERR_NOMEM;
	c->utf8 = utf8;
	if ((rc = start_screen(c, type)) < 0) {
		ui_canvas_free(c);
		return rc;
	}
	ui_canvas_resize(c, rows, columns);
	*out = c;
	return 0;
}

void ui_canvas_free(struct ui_canvas *c)
{
	if (!c)
		return;
	if (c->screen)
		delscreen(c->screen);
	if (c->in)
		fclose(c->in);
	if (c->out)
		fclose(c->out);
	free(c->bytes);
	free(c);
}

bool ui_canvas_resize(struct ui_canvas *c, int rows, int columns)
{
	set_term(c->screen);
	if (rows == LINES && columns == COLS)
		return false;
	if (resize_term(rows, columns) == OK)
		clearok(curscr, TRUE);
	return true;
}

/* ---- drawing ------------------------------------------------------------------------------------ */

static void set_style(const struct ui_canvas *c, unsigned style)
{
	attr_t attrs = (style & UI_BOLD ? A_BOLD : 0) | (style & UI_REVERSE ? A_REVERSE : 0);
	short pair = style & UI_RED ? PAIR_RED : style & UI_YELLOW ? PAIR_YELLOW : style & UI_GREEN ? PAIR_GREEN : 0;

	attr_set(attrs, c->colours ? pair : 0, NULL);
}

void ui_canvas_clear(struct ui_canvas *c)
{
	set_term(c->screen);
	set_style(c, UI_PLAIN);
	erase();
}

/* Marks that take no column of their own and change how others lie: joiners, directions, variants. */
static bool unseen(wchar_t w)
{
	return (w >= 0x200B && w <= 0x200F) || (w >= 0x2060 && w <= 0x2064) || (w >= 0xFE00 && w <= 0xFE0F) ||
		w == 0xFEFF || w == 0x61C || w == 0xAD;
}

/* The next character of valid UTF-8, its bytes, and the columns it takes; '?' for what cannot be shown. */
static wchar_t next_char(const struct ui_canvas *c, const char *p, size_t *len, int *columns)
{
	mbstate_t state = {0};
	wchar_t w = 0;
	size_t n = mbrtowc(&w, p, strlen(p), &state);

	*len = n;
	*columns = 1;
	if (n == (size_t)-1 || n == (size_t)-2 || n == 0) {
		*len = 1;
		while ((p[*len] & 0xC0) == 0x80)
			++*len;
		return L'?';
	}
	if (unseen(w)) {
		*columns = 0;
		return 0;
	}
	int wide = wcwidth(w);

	if (w >= 0x80 && (!c->utf8 || wide < 0)) {
		*columns = wide != 0;
		return wide ? L'?' : 0;
	}
	*columns = wide;
	return w;
}

size_t ui_canvas_fit(const struct ui_canvas *c, const char *text, int columns)
{
	size_t used = 0, len;
	int wide;

	while (text[used]) {
		next_char(c, text + used, &len, &wide);
		if ((columns -= wide) < 0)
			break;
		used += len;
	}
	return used;
}

int ui_canvas_text(struct ui_canvas *c, int y, int x, int columns, unsigned style, const char *text)
{
	char clean[TEXT_MAX];
	wchar_t w[TEXT_MAX];
	int n = 0, used = 0, wide;
	size_t len;

	set_term(c->screen);
	if (y < 0 || y >= LINES || x < 0 || x >= COLS)
		return 0;
	if (columns > COLS - x)
		columns = COLS - x;
	alg_text_clean(clean, sizeof(clean), text);
	for (const char *p = clean; *p && n < TEXT_MAX - 1; p += len) {
		wchar_t one = next_char(c, p, &len, &wide);

		if (used + wide > columns)
			break;
		if (one && (wide > 0 || n > 0))
			w[n++] = one;
		used += wide;
	}
	set_style(c, style);
	mvaddnwstr(y, x, w, n);
	return used;
}

void ui_canvas_print(struct ui_canvas *c, int y, int x, int columns, unsigned style, const char *fmt, ...)
{
	char line[TEXT_MAX];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	ui_canvas_text(c, y, x, columns, style, line);
}

void ui_canvas_dot(struct ui_canvas *c, int y, int x, unsigned style)
{
	set_term(c->screen);
	if (y < 0 || y >= LINES || x < 0 || x >= COLS)
		return;
	set_style(c, c->utf8 ? style : style ^ UI_REVERSE); /* the ground of a '#' is lit, it is read further away */
	mvaddnwstr(y, x, c->utf8 ? L"\x2588" : L"#", 1);
}

void ui_canvas_blank(struct ui_canvas *c, int y, int x, int columns, unsigned style)
{
	set_term(c->screen);
	if (y < 0 || y >= LINES || x < 0)
		return;
	set_style(c, style);
	for (int i = 0; i < columns && x + i < COLS; i++)
		mvaddch(y, x + i, ' ');
}

void ui_canvas_repair(struct ui_canvas *c)
{
	set_term(c->screen);
	clearok(curscr, TRUE);
}

/* ---- what came of it ------------------------------------------------------------------------------ */

/* The file in memory, emptied. */
static const char *take_bytes(struct ui_canvas *c, size_t *len)
{
	fflush(c->out);
	int fd = fileno(c->out);
	off_t n = lseek(fd, 0, SEEK_END);

	*len = 0;
	if (n <= 0)
		return "";
	if ((size_t)n > c->cap) {
		char *more = realloc(c->bytes, (size_t)n);

		if (more) {
			c->bytes = more;
			c->cap = (size_t)n;
		}
	}
	ssize_t got = (size_t)n <= c->cap ? pread(fd, c->bytes, (size_t)n, 0) : 0;

	if (ftruncate(fd, 0) == 0)
		lseek(fd, 0, SEEK_SET);
	if (got < n)
		clearok(curscr, TRUE); /* the terminal does not get this one: all of the next */
	*len = got < n ? 0 : (size_t)n;
	return *len ? c->bytes : "";
}

const char *ui_canvas_show(struct ui_canvas *c, size_t *len)
{
	set_term(c->screen);
	refresh();
	return take_bytes(c, len);
}

const char *ui_canvas_end(struct ui_canvas *c, size_t *len)
{
	set_term(c->screen);
	move(LINES - 1, 0); /* what is printed next has a line of its own */
	clrtoeol();
	refresh();
	endwin();
	return take_bytes(c, len);
}

void ui_canvas_read(struct ui_canvas *c, char *out, size_t cap)
{
	wchar_t row[TEXT_MAX];
	size_t used = 0;

	set_term(c->screen);
	for (int y = 0; y < LINES; y++) {
		int n = mvwinnwstr(curscr, y, 0, row, TEXT_MAX - 1);

		while (n > 0 && row[n - 1] == L' ')
			n--;
		for (int i = 0; i < n && used + 8 < cap; i++) {
			int len = snprintf(out + used, cap - used, "%lc", (wint_t)row[i]);

			used += len > 0 ? (size_t)len : 0;
		}
		if (used + 1 < cap)
			out[used++] = '\n';
	}
	out[used < cap ? used : cap - 1] = '\0';
}
