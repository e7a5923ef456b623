/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/picture.h"

#include "base/text.h"
#include "ui/figures.h"
#include "ui/letters.h"
#include "ui/order.h"
#include "ui/place.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* From the top to the bottom of the picture. What is left over lies between the table and the last press. */
enum part {
	TITLE, ORDER, SENTENCE, NAME, PLACE, PROGRESS, BAR, RATE, TABLE, LAST, MESSAGE, KEYS, PARTS,
};
enum { PLACE_ROWS = 5, LEAST_FOR_LETTERS = 30 };

struct picture {
	struct ui_canvas *canvas;
	int rows, columns;
	const struct ui_plan *plan;
	const struct acq_shown *v;
	const struct ses_point *point;
	const char *message;
	struct ui_order order;
	int high[PARTS], top[PARTS];
};

/* ---- room for everything -------------------------------------------------------------------------- */

/* The first line of a text: as many pieces divided by two blanks as fit; not one: as many words. */
static size_t first_line(const struct picture *p, const char *clean, int columns)
{
	size_t n = ui_canvas_fit(p->canvas, clean, columns), i;

	if (!clean[n])
		return n;
	for (i = n; i > 0; i--)
		if (clean[i] == ' ' && clean[i + 1] == ' ')
			return i;
	for (i = n; i > 0; i--)
		if (clean[i] == ' ')
			return i;
	return n ? n : strlen(clean);
}

/* Over rows lines at most; the last says that it goes on. Returns the lines used. y below 0: nothing is drawn. */
static int wrapped(struct picture *p, int y, int x, int columns, int rows, unsigned style, const char *raw)
{
	char clean[700];
	int used = 0;

	alg_text_clean(clean, sizeof(clean), raw);
	for (const char *at = clean; *at && used < rows; used++) {
		size_t n = first_line(p, at, columns);
		bool more = used == rows - 1 && at[n];

		if (y >= 0)
			ui_canvas_print(p->canvas, y + used, x, more ? columns - 4 : columns, style, "%.*s",
				more ? (int)strlen(at) : (int)n, at);
		if (y >= 0 && more)
			ui_canvas_text(p->canvas, y + used, x + columns - 4, 4, style, " ...");
		at += n;
		at += strspn(at, " ");
	}
	return used;
}

static void take(struct picture *p, int *left, enum part part, int rows)
{
	if (rows < 0 || *left < rows)
		return;
	p->high[part] += rows;
	*left -= rows;
}

static void take_up_to(struct picture *p, int *left, enum part part, int rows)
{
	while (p->high[part] < rows && *left > 0)
		take(p, left, part, 1);
}

/* Needs nothing but the size and whether the session is blinded: nothing jumps while it runs. */
static void lay_out(struct picture *p)
{
	static const enum part needed[] = {ORDER, NAME, KEYS, MESSAGE};
	static const enum part wished[] = {BAR, SENTENCE, PLACE, PROGRESS, RATE, LAST, TITLE};
	int left = p->rows, points = (int)p->plan->points->n, y = 0;
	bool hidden = p->v->blinded;

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		take(p, &left, needed[i], 1);
	if (p->columns >= LEAST_FOR_LETTERS)
		take(p, &left, ORDER, UI_LETTERS_HIGH - 1);
	for (size_t i = 0; i < sizeof(wished) / sizeof(wished[0]); i++)
		if (!hidden || wished[i] != RATE)
			take(p, &left, wished[i], 1);
	take_up_to(p, &left, KEYS, p->plan->keys ? wrapped(p, -1, 0, p->columns, 3, 0, p->plan->keys) : 1);
	take_up_to(p, &left, PLACE, PLACE_ROWS);
	take_up_to(p, &left, TABLE, hidden ? 0 : points < 3 ? points : 3);
	if (!hidden)
		take_up_to(p, &left, MESSAGE, 2);
	for (int wide = 76; wide <= 228 && p->columns >= wide; wide += 38) {
		take(p, &left, ORDER, UI_LETTERS_HIGH);
		take_up_to(p, &left, PLACE, PLACE_ROWS + 1);
		take_up_to(p, &left, TABLE, hidden ? 0 : points < 12 ? points : 12);
	}
	take_up_to(p, &left, TABLE, hidden ? 0 : points);
	for (int part = 0; part < PARTS; part++) {
		p->top[part] = y + (part >= LAST ? left : 0);
		y += p->high[part];
	}
}

/* ---- the hand and the place ------------------------------------------------------------------------ */

static void letters(struct picture *p, int y, int x, int tall, int wide, unsigned style, const char *word)
{
	int dots = ui_letters_wide(word);

	for (int row = 0; row < UI_LETTERS_HIGH * tall; row++)
		for (int column = 0; column < dots * wide; column++)
			if (ui_letters_dot(word, row / tall, column / wide))
				ui_canvas_dot(p->canvas, y + row, x + column, style);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static void centred(struct picture *p, int y, unsigned style, const char *ascii)
{
	int n = (int)strlen(ascii);

	ui_canvas_text(p->canvas, y, n < p->columns ? (p->columns - n) / 2 : 0, p->columns, style, ascii);
}

/* A dot is twice as high as wide on most terminals: up to two columns for each row, never less than one. */
static void draw_order(struct picture *p)
{
	static const unsigned styles[] = {
		[UI_CALM] = UI_BOLD, [UI_WELL] = UI_BOLD | UI_GREEN, [UI_MEND] = UI_BOLD | UI_YELLOW,
		[UI_ALARM] = UI_REVERSE | UI_RED,
	};
	const struct ui_order *o = &p->order;
	unsigned style = styles[o->urgency];
	int y = p->top[ORDER], high = p->high[ORDER], dots = ui_letters_wide(o->word);
	int wide = least(2 * (high / UI_LETTERS_HIGH), p->columns / dots), tall = least(high / UI_LETTERS_HIGH, wide);

	if (o->urgency == UI_ALARM)
		for (int i = 0; i < high + p->high[SENTENCE]; i++)
			ui_canvas_blank(p->canvas, y + i, 0, p->columns, style);
	if (tall)
		letters(p, y + (high - UI_LETTERS_HIGH * tall) / 2, (p->columns - dots * wide) / 2, tall, wide, style, o->word);
	else
		centred(p, y + high / 2, style | UI_BOLD, o->word);
	if (p->high[SENTENCE])
		centred(p, p->top[SENTENCE], style | UI_BOLD, o->sentence);
}

/* The side is the mistake most easily made: it stays when the name is cut. */
static void draw_name(struct picture *p)
{
	char side[32];
	unsigned style = UI_BOLD | UI_REVERSE;
	int y = p->top[NAME];

	snprintf(side, sizeof(side), "%s%s", p->point->side == 'M' || p->columns < 40 ? "" : "patient's ",
		ui_place_side(p->point->side));
	int room = p->columns - (int)strlen(side) - 3;

	ui_canvas_blank(p->canvas, y, 0, p->columns, style);
	ui_canvas_print(p->canvas, y, 1, room, style, "%s", p->point->label);
	ui_canvas_print(p->canvas, y, room + 2, p->columns, style, "%s", side);
}

/* Columns that the large side takes at the right, 0 when there is no room for it. */
static int draw_side(struct picture *p)
{
	const char *word = ui_place_side(p->point->side);
	int wide = p->columns >= 160 ? 2 : 1, columns = ui_letters_wide(word) * wide;

	if (p->high[PLACE] < UI_LETTERS_HIGH || p->columns < columns + 40)
		return 0;
	letters(p, p->top[PLACE], p->columns - columns - 1, 1, wide, UI_BOLD, word);
	return columns + 3;
}

static void draw_place(struct picture *p)
{
	char where[400], how[300], found[160], offset[120];
	const char *paragraphs[] = {where, how, found};
	int columns = p->columns - 1 - draw_side(p), y = p->top[PLACE], left = p->high[PLACE];
	const struct ses_point *q = p->point;

	ui_place_offset(q, offset, sizeof(offset));
	ui_place_findings(q, found, sizeof(found));
	snprintf(where, sizeof(where), "%s%s%s", q->landmark, offset[0] && q->landmark[0] ? "; " : "", offset);
	snprintf(how, sizeof(how), "%s%s%s", q->posture, q->caution[0] ? (q->posture[0] ? ", CAUTION: " : "CAUTION: ") : "",
		q->caution);
	for (int i = 0; i < 3 && left > 0; i++) {
		int others = i < 1 ? !!how[0] + !!found[0] : i < 2 ? !!found[0] : 0;
		int used = wrapped(p, y, 1, columns, left > others ? left - others : 1,
			i == 1 && q->caution[0] ? UI_BOLD : UI_PLAIN, paragraphs[i]);

		y += used;
		left -= used;
	}
}

/* ---- numbers -------------------------------------------------------------------------------------- */

static void draw_force(struct picture *p)
{
	if (p->v->blinded) {
		if (p->high[BAR])
			ui_canvas_text(p->canvas, p->top[BAR], 1, p->columns, UI_PLAIN,
				"force, pressure and results are hidden in this session");
		return;
	}
	if (p->high[BAR])
		ui_figures_bar(p->canvas, p->top[BAR], p->columns, p->v);
	if (p->high[RATE])
		ui_figures_rate(p->canvas, p->top[RATE], p->columns, p->v, p->plan->proc->corridor);
}

static void draw_progress(struct picture *p)
{
	const struct acq_shown *v = p->v;
	char press[40] = "";

	if (p->columns < 60) {
		ui_canvas_print(p->canvas, p->top[PROGRESS], 1, p->columns, UI_PLAIN, "press %d  round %d/%d  done %zu/%zu",
			v->press_of_point + 1, v->round, p->plan->proc->rounds, v->done, v->planned);
		return;
	}
	if (v->phase != ACQ_DONE)
		snprintf(press, sizeof(press), "press %d of at most %d here   ", v->press_of_point + 1,
			p->plan->proc->max_presses);
	ui_canvas_print(p->canvas, p->top[PROGRESS], 1, p->columns, UI_PLAIN, "%sround %d of %d   %zu of %zu done", press,
		v->round, p->plan->proc->rounds, v->done, v->planned);
}

/* ---- sentences ------------------------------------------------------------------------------------- */

static bool disk_trouble(const struct acq_shown *v)
{
	return v->unsaved && (v->disk_failing || v->disk_slow);
}

static void draw_disk(struct picture *p, int y)
{
	ui_canvas_print(p->canvas, y, 1, p->columns, UI_BOLD | UI_REVERSE, "NOT SAVED: %zu presses; %s", p->v->unsaved,
		p->v->disk_failing ? "the disk takes nothing - do not end the program" : "the disk is slow");
}

/* What became of the press before, so that a glance is enough to reject it. */
static void draw_last(struct picture *p)
{
	const struct acq_shown *v = p->v;
	char value[40] = "", reason[60] = "";

	if (disk_trouble(v)) {
		draw_disk(p, p->top[LAST]);
		return;
	}
	if (!v->last_status || v->last_point < 0 || v->last_point >= (int)p->plan->points->n)
		return;
	if (!v->blinded && isfinite(v->last_ppt_kpa) && v->last_status != SES_MISSING)
		snprintf(value, sizeof(value), " %s%.0f kPa", v->last_status == SES_CENSORED ? "> " : "", v->last_ppt_kpa);
	if (v->last_reason)
		snprintf(reason, sizeof(reason), " (%s)", ses_reason_word(v->last_reason));
	ui_canvas_print(p->canvas, p->top[LAST], 1, p->columns - 1, UI_PLAIN, "last: %s%s%s  %s",
		ses_status_word(v->last_status), value, reason, p->plan->points->point[v->last_point].label);
}

static void draw_title(struct picture *p)
{
	static const char simulated[] = "SIMULATED GAUGE AND PATIENT";
	int room = p->columns - 2;

	if (p->plan->simulated && p->columns >= 60) {
		room -= (int)sizeof(simulated);
		ui_canvas_print(p->canvas, p->top[TITLE], room + 2, p->columns, UI_BOLD, "%s", simulated);
	}
	/* a name may tell the pressure ("Hold 2.5 kg and rate") */
	ui_canvas_print(p->canvas, p->top[TITLE], 1, room, UI_PLAIN, "%s   %s %s", p->plan->title,
		p->v->blinded ? p->plan->proc->id : p->plan->proc->name, p->plan->proc->version);
}

static void draw_sentences(struct picture *p)
{
	if (p->high[TITLE])
		draw_title(p);
	if (p->high[LAST])
		draw_last(p);
	if (p->high[MESSAGE] && !p->high[LAST] && disk_trouble(p->v))
		draw_disk(p, p->top[MESSAGE]);
	else if (p->high[MESSAGE])
		wrapped(p, p->top[MESSAGE], 1, p->columns - 1, p->high[MESSAGE], UI_BOLD, p->message);
	if (p->high[KEYS] && p->plan->keys)
		wrapped(p, p->top[KEYS], 0, p->columns, p->high[KEYS], UI_PLAIN, p->plan->keys);
}

void ui_picture_draw(struct ui_canvas *canvas, int rows, int columns, const struct ui_plan *plan,
	const char *message, const struct acq_shown *v)
{
	static const struct ses_point nowhere = {.side = 'M'};
	struct picture p = {.canvas = canvas, .rows = rows, .columns = columns, .plan = plan, .v = v, .message = message};

	p.point = v->point >= 0 && v->point < (int)plan->points->n ? &plan->points->point[v->point] : &nowhere;
	ui_order_make(&p.order, v);
	lay_out(&p);
	ui_canvas_clear(canvas);
	if (p.high[ORDER])
		draw_order(&p);
	if (p.high[NAME])
		draw_name(&p);
	if (p.high[PLACE])
		draw_place(&p);
	if (p.high[PROGRESS])
		draw_progress(&p);
	draw_force(&p);
	if (p.high[TABLE])
		ui_figures_table(canvas, p.top[TABLE], p.high[TABLE], columns, plan->points, v);
	draw_sentences(&p);
}
