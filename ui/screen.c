/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen.h"

#include "base/clock.h"
#include "base/status.h"
#include "base/text.h"
#include "ui/picture.h"
#include "ui/term.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { ROWS = 24, COLUMNS = 80, LEAST_ROWS = 2, LEAST_COLUMNS = 8, MOST = 1000, PATIENCE_MS = 300, LINES_MAX = 400 };
#define DRAW_EVERY_NS   (ALG_NS_PER_S / 12)
#define REPAIR_EVERY_NS (10 * ALG_NS_PER_S)
#define MESSAGE_NS      (3 * ALG_NS_PER_S)
#define NOT_SHOWN       INT64_MIN

struct ui_screen {
	int fd;
	struct ui_canvas *canvas; /* NULL: lines only */
	struct ui_term term;
	struct ui_plan plan;
	char message[200];
	int64_t shown_ns;         /* the message for the first time, and what the hand did then */
	enum acq_phase shown_in, drawn_in;
	int64_t last_ns, repaired_ns;
};

/* A line for a person or a pipe: waited for a moment, then dropped. */
static void put_line(const struct ui_screen *s, const char *line)
{
	struct pollfd p = {.fd = s->fd, .events = POLLOUT};
	size_t len = strlen(line);

	while (len && poll(&p, 1, 100) > 0 && (p.revents & POLLOUT)) {
		ssize_t n = write(s->fd, line, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		line += n;
		len -= (size_t)n;
	}
}

/* Lines of at most 79 characters, broken at blanks; what goes on is indented. */
static void put_wrapped(const struct ui_screen *s, const char *text)
{
	char out[2 * LINES_MAX];
	size_t n = 0, column = 0;

	while (*text) {
		size_t word = strcspn(text, " ");

		if (column > 2 && column + 1 + word >= COLUMNS) {
			n += (size_t)snprintf(out + n, sizeof(out) - n, "\n  ");
			column = 2;
		} else if (column) {
			out[n++] = ' ';
			column++;
		}
		memcpy(out + n, text, word);
		n += word;
		column += word;
		text += word;
		text += strspn(text, " ");
	}
	out[n++] = '\n';
	out[n] = '\0';
	put_line(s, out);
}

/* The program's own locale is always UTF-8; whether the terminal is, its owner has said. */
static bool utf8_wanted(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	for (size_t i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
	}
	return false;
}

static int within(int n, int least, int most)
{
	return n < least ? least : n > most ? most : n;
}

static void size_now(const struct ui_screen *s, int *rows, int *columns)
{
	*rows = ROWS;
	*columns = COLUMNS;
	ui_term_size(&s->term, rows, columns);
	*rows = within(*rows, LEAST_ROWS, MOST);
	*columns = within(*columns, LEAST_COLUMNS, MOST);
}

/* Without a picture there are lines: no reason not to measure. */
static void open_picture(struct ui_screen *s)
{
	const char *type = getenv("TERM");
	char line[120];
	int rows, columns;

	ui_term_open(&s->term, s->fd);
	size_now(s, &rows, &columns);
	int rc = ui_canvas_open(&s->canvas, type ? type : "", utf8_wanted(), rows, columns);

	if (!rc)
		return;
	ui_term_close(&s->term);
	snprintf(line, sizeof(line), "%s (TERM=%.40s): lines, no picture",
		rc == ALG_ERR_UNSUPPORTED ? "this terminal takes no cursor movements" : alg_status_text(rc), type ? type : "");
	ui_screen_say(s, line);
}

int ui_screen_open(struct ui_screen **out, int fd, bool redraw, const struct ui_plan *plan)
{
	struct ui_screen *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (!s)
		return ALG_ERR_NOMEM;
	s->fd = fd;
	s->term.fd = -1;
	s->plan = *plan;
	s->last_ns = s->repaired_ns = INT64_MIN / 2;
	if (redraw)
		open_picture(s);
	*out = s;
	return 0;
}

/* "Press when ready" is not read any more while the hand presses: a sentence goes with its phase. */
static const char *message_now(struct ui_screen *s, const struct acq_shown *shown, int64_t now_ns)
{
	if (s->shown_ns == NOT_SHOWN) {
		s->shown_ns = now_ns;
		s->shown_in = shown->phase;
	}
	return shown->phase != s->shown_in && now_ns - s->shown_ns > MESSAGE_NS ? "" : s->message;
}

static void send_picture(struct ui_screen *s)
{
	size_t len;
	const char *bytes = ui_canvas_show(s->canvas, &len);

	if (ui_term_put(&s->term, bytes, len) < 0)
		ui_canvas_repair(s->canvas);
	ui_term_pump(&s->term);
}

/* In case somebody else wrote on the terminal. Never while the hand presses, and only where much changes anyway. */
static bool repair_due(struct ui_screen *s, const struct acq_shown *shown, int64_t now_ns)
{
	bool fresh = shown->phase != s->drawn_in && (shown->phase == ACQ_WAIT || shown->phase == ACQ_REST);

	s->drawn_in = shown->phase;
	if (!fresh || now_ns - s->repaired_ns < REPAIR_EVERY_NS)
		return false;
	s->repaired_ns = now_ns;
	return true;
}

void ui_screen_draw(struct ui_screen *s, const struct acq_shown *shown, int64_t wall_now_ns, bool force)
{
	int rows, columns;

	if (!s->canvas || !ui_term_pump(&s->term) || s->term.gone ||
		(!force && wall_now_ns - s->last_ns < DRAW_EVERY_NS))
		return;
	s->last_ns = wall_now_ns;
	size_now(s, &rows, &columns);
	ui_canvas_resize(s->canvas, rows, columns);
	if (repair_due(s, shown, wall_now_ns))
		ui_canvas_repair(s->canvas);
	ui_picture_draw(s->canvas, rows, columns, &s->plan, message_now(s, shown, wall_now_ns), shown);
	send_picture(s);
}

void ui_screen_text(struct ui_screen *s, char *out, size_t cap)
{
	out[0] = '\0';
	if (s->canvas)
		ui_canvas_read(s->canvas, out, cap);
}

void ui_screen_say(struct ui_screen *s, const char *text)
{
	char line[LINES_MAX];

	alg_text_clean(s->message, sizeof(s->message), text);
	s->shown_ns = NOT_SHOWN;
	if (s->canvas)
		return;
	alg_text_clean(line, sizeof(line), text);
	put_wrapped(s, line);
}

void ui_screen_line(struct ui_screen *s, const char *text)
{
	if (!s->canvas)
		ui_screen_say(s, text);
}

void ui_screen_close(struct ui_screen *s)
{
	size_t len;

	if (!s)
		return;
	if (s->canvas) {
		const char *bytes = ui_canvas_end(s->canvas, &len);

		ui_term_put(&s->term, bytes, len);
		ui_term_drain(&s->term, PATIENCE_MS);
		ui_canvas_free(s->canvas);
	}
	ui_term_close(&s->term);
	free(s);
}
