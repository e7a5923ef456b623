/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen.h"

#include "base/clock.h"
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 80, TABLE_ROWS = 11, BUFFER = 16384 };
#define DRAW_EVERY_NS (ALG_NS_PER_S / 12)

struct ui_screen {
	int fd;
	bool redraw;
	struct ui_plan plan;
	char message[200];
	int64_t last_ns;
	char buf[BUFFER];
	size_t used;
};

/* What the terminal does not take at once is dropped: the next picture is whole again. */
static void put_now(struct ui_screen *s, const char *text, size_t len)
{
	struct pollfd p = {.fd = s->fd, .events = POLLOUT};

	while (len && poll(&p, 1, s->redraw ? 0 : 100) > 0 && (p.revents & POLLOUT)) {
		ssize_t n = write(s->fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static void put(struct ui_screen *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(struct ui_screen *s, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(s->buf + s->used, sizeof(s->buf) - s->used, fmt, args);
	va_end(args);
	if (n > 0)
		s->used += (size_t)n < sizeof(s->buf) - s->used ? (size_t)n : sizeof(s->buf) - s->used - 1;
}

/* One line of the picture, cut to the width in characters, the rest of the line cleared. */
static void row(struct ui_screen *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void row(struct ui_screen *s, const char *fmt, ...)
{
	char raw[400], text[800];
	size_t end = 0;
	va_list args;

	va_start(args, fmt);
	vsnprintf(raw, sizeof(raw), fmt, args);
	va_end(args);
	alg_text_clean(text, sizeof(text), raw);
	for (int columns = 0; text[end]; end++)
		if (((unsigned char)text[end] & 0xC0) != 0x80 && columns++ == COLUMNS - 1)
			break;
	put(s, "%.*s\033[K\r\n", (int)end, text);
}

static const char *order_to_the_hand(const struct acq_shown *v)
{
	if (v->alarms & ACQ_ALARM_CEILING)
		return "LIFT NOW - CEILING";
	if (v->lost)
		return "NO SIGNAL FROM THE GAUGE - LIFT";
	if (v->alarms & ACQ_ALARM_OVERLOAD)
		return "LIFT - THE GAUGE IS OVER ITS LIMIT";
	if (v->paused)
		return "PAUSED";
	switch (v->phase) {
	case ACQ_WAIT:
		return "WAIT";
	case ACQ_REST:
		return "PRESS WHEN READY";
	case ACQ_RAMP:
		if (v->alarms & ACQ_ALARM_PREWARN)
			return "NEAR THE CEILING";
		if (v->cue == ACQ_CUE_SLOW)
			return "FASTER";
		if (v->cue == ACQ_CUE_FAST)
			return "SLOWER";
		return v->cue == ACQ_CUE_GOOD ? "GOOD" : "PRESS STEADILY";
	case ACQ_RELEASE:
		return "LIFT";
	case ACQ_SETTLE:
		return "r REJECTS, ELSE ACCEPTED";
	default:
		return "FINISHED - THANK YOU";
	}
}

static void draw_bar(struct ui_screen *s, const struct acq_shown *v)
{
	enum { WIDTH = 44 };
	char bar[WIDTH + 1];

	if (v->blinded) {
		row(s, "  force and pressure are hidden in this session");
		row(s, "  keep the rate: %s", v->cue == ACQ_CUE_NONE ? "-" : order_to_the_hand(v));
		return;
	}
	double share = v->pressure_kpa / v->ceiling_kpa;
	int n = share > 0 ? (share < 1 ? (int)(share * WIDTH) : WIDTH) : 0;

	memset(bar, '.', WIDTH);
	memset(bar, '#', (size_t)n);
	bar[WIDTH] = '\0';
	row(s, "  %6.0f kPa  [%s] ceiling %.0f", isfinite(v->pressure_kpa) ? v->pressure_kpa : 0.0, bar, v->ceiling_kpa);
	double target = v->target_rate_kpa_s, band = target * s->plan.proc->corridor;

	if (isfinite(v->rate_kpa_s) && v->phase == ACQ_RAMP)
		row(s, "  %6.0f kPa/s   keep between %.0f and %.0f      %.1f N", v->rate_kpa_s, target - band,
			target + band, v->force_n);
	else
		row(s, "       - kPa/s   keep between %.0f and %.0f", target - band, target + band);
}

static void draw_cell(struct ui_screen *s, char *line, size_t cap, const struct acq_shown *v, int point, int i)
{
	size_t at = strlen(line);
	size_t k = (size_t)point * (size_t)v->table_columns + (size_t)i;
	unsigned char status = v->table_status ? v->table_status[k] : 0;

	(void)s;
	if (status == SES_ACCEPTED && v->table && isfinite(v->table[k]))
		snprintf(line + at, cap - at, "%7.0f", v->table[k]);
	else if (status == SES_CENSORED && v->table)
		snprintf(line + at, cap - at, " >%5.0f", v->table[k]);
	else
		snprintf(line + at, cap - at, "%7s",
			status == 0 ? "." : status == SES_MISSING ? "miss" : status == SES_REJECTED ? "rej" : "done");
}

static void draw_table(struct ui_screen *s, const struct acq_shown *v)
{
	int n = (int)s->plan.points->n, first = v->point - TABLE_ROWS / 2;

	if (first > n - TABLE_ROWS)
		first = n - TABLE_ROWS;
	if (first < 0)
		first = 0;
	for (int i = first; i < first + TABLE_ROWS; i++) {
		char line[200];

		if (i >= n) {
			row(s, "%s", "");
			continue;
		}
		snprintf(line, sizeof(line), "%s %-34.34s", i == v->point ? ">" : " ", s->plan.points->point[i].label);
		for (int k = 0; v->table_status && k < v->table_columns && k < 6; k++)
			draw_cell(s, line, sizeof(line), v, i, k);
		row(s, "%s", line);
	}
}

/* "patient's RIGHT" in capitals: the side is the mistake most easily made. */
static const char *side_large(char side)
{
	return side == 'L' ? "patient's LEFT" : side == 'R' ? "patient's RIGHT" : "midline";
}

/* What became of the press before, so that a glance is enough to reject it. */
static void draw_last(struct ui_screen *s, const struct acq_shown *v)
{
	char value[40] = "", reason[40] = "";

	if (v->unsaved && (v->disk_failing || v->disk_slow)) {
		row(s, "NOT SAVED: %zu presses; %s", v->unsaved,
			v->disk_failing ? "the disk takes nothing - do not end the program" : "the disk is slow");
		return;
	}
	if (!v->last_status) {
		row(s, "%s", "");
		return;
	}
	if (isfinite(v->last_ppt_kpa) && v->last_status != SES_MISSING)
		snprintf(value, sizeof(value), " %s%.0f kPa", v->last_status == SES_CENSORED ? "> " : "", v->last_ppt_kpa);
	if (v->last_reason)
		snprintf(reason, sizeof(reason), " (%s)", ses_reason_word(v->last_reason));
	row(s, "last: %s%s%s  %s", ses_status_word(v->last_status), value, reason,
		s->plan.points->point[v->last_point].label);
}

static void draw_all(struct ui_screen *s, const struct acq_shown *v)
{
	const struct ses_point *p = &s->plan.points->point[v->point];
	char when[40] = "";

	s->used = 0;
	put(s, "\033[H");
	row(s, "%s   %s %s%s", s->plan.title, s->plan.proc->name, s->plan.proc->version,
		s->plan.simulated ? "   SIMULATED GAUGE AND PATIENT" : "");
	row(s, "--------------------------------------------------------------------------------");
	row(s, "  %-40.40s  %s", p->label, side_large(p->side));
	row(s, "  %s", p->landmark);
	row(s, "  %s%s", p->posture, p->caution[0] ? p->caution : "");
	if (v->phase == ACQ_WAIT && !v->paused)
		snprintf(when, sizeof(when), "  %.0f s", ceil(v->wait_s));
	row(s, "  >>> %s%s <<<", order_to_the_hand(v), when);
	draw_bar(s, v);
	row(s, "  round %d of %d   press %d here   %zu of %zu done", v->round, s->plan.proc->rounds,
		v->press_of_point + 1, v->done, v->planned);
	row(s, "--------------------------------------------------------------------------------");
	draw_table(s, v);
	draw_last(s, v);
	row(s, "%s", s->message);
	put(s, "%s r reject  s skip  b back  p pause  q end  x patient asked to stop\033[K\033[J",
		s->plan.space_is_response ? "SPACE patient says now " : "");
	put_now(s, s->buf, s->used);
}

int ui_screen_open(struct ui_screen **out, int fd, bool redraw, const struct ui_plan *plan)
{
	struct ui_screen *s = calloc(1, sizeof(*s));

	*out = s;
	if (!s)
		return ALG_ERR_NOMEM;
	s->fd = fd;
	s->redraw = redraw;
	s->plan = *plan;
	s->last_ns = INT64_MIN / 2;
	if (redraw)
		put_now(s, "\033[?1049h\033[?25l\033[2J", 18);
	return 0;
}

void ui_screen_draw(struct ui_screen *s, const struct acq_shown *shown, int64_t wall_now_ns, bool force)
{
	if (!s->redraw || (!force && wall_now_ns - s->last_ns < DRAW_EVERY_NS))
		return;
	s->last_ns = wall_now_ns;
	draw_all(s, shown);
}

void ui_screen_say(struct ui_screen *s, const char *text)
{
	char line[400];

	alg_text_clean(s->message, sizeof(s->message), text);
	if (s->redraw)
		return;
	int n = snprintf(line, sizeof(line), "%s\n", s->message);

	put_now(s, line, (size_t)n);
}

void ui_screen_close(struct ui_screen *s)
{
	if (!s)
		return;
	if (s->redraw)
		put_now(s, "\033[?25h\033[?1049l", 14);
	free(s);
}
