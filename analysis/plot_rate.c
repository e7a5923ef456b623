/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_rate.c - how the presses kept to the target rate. A press's rate is its stored mean rate
 * (data/press.h: least squares over 20 % to 90 % of the pressure at the response), its share the part
 * of that time with the sliding slope inside the corridor. Counted are accepted presses, as in struct
 * ana_rate; censored and rejected ones are drawn.
 */
#include "analysis/plot_rate.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = ANA_ROWS_TEXT_MAX, NAMED_MAX = 6 };

bool ana_rate_has_target(const struct ana_rate_column *column)
{
	return column->target_kpa_s > 0 && column->corridor >= 0 && isfinite(column->target_kpa_s * column->corridor);
}

static int by_trial(const void *a, const void *b)
{
	return ((const struct ana_rate_dot *)a)->press->trial - ((const struct ana_rate_dot *)b)->press->trial;
}

/* The presses of a visit that have a rate, in the order in which they were made. */
static size_t add_dots(struct ana_rate_dot *dot, const struct ana_visit *visit, size_t v)
{
	double target = visit->header.target_rate_kpa_s, room = visit->header.corridor * target;
	size_t n = 0;

	for (size_t i = 0; i < visit->n_points; i++)
		for (size_t k = 0; k < visit->point[i].n_press; k++) {
			const struct ana_press *p = &visit->point[i].press[k];
			struct ana_rate_dot d = {.point = &visit->point[i], .press = p, .visit = v, .counted = p->status == SES_ACCEPTED};

			if (!isfinite(p->rate_kpa_s) || p->status == SES_MISSING)
				continue;
			if (d.counted && target > 0)
				d.off = p->rate_kpa_s - target > room ? 1 : target - p->rate_kpa_s > room ? -1 : 0;
			dot[n++] = d;
		}
	qsort(dot, n, sizeof(*dot), by_trial);
	return n;
}

/* Counts and means of a column over its dots. */
static void count(struct ana_rate_column *c, const struct ana_rate_dot *dot)
{
	double rate = 0, share = 0;
	size_t shares = 0;

	for (size_t i = c->first; i < c->first + c->n; i++) {
		bool alone = c->n == 1;

		c->n_counted += dot[i].counted;
		c->n_fast += dot[i].off > 0;
		c->n_slow += dot[i].off < 0;
		rate += dot[i].counted ? dot[i].press->rate_kpa_s : 0;
		if ((dot[i].counted || alone) && isfinite(dot[i].press->corridor_share)) {
			share += dot[i].press->corridor_share;
			shares++;
		}
	}
	c->mean_kpa_s = c->n_counted ? rate / (double)c->n_counted : NAN;
	c->share = shares ? share / (double)shares : NAN;
}

static void column_of_press(struct ana_rate_column *c, const struct ana_rate_dot *d)
{
	char name[48];

	ana_point_short(&d->point->point, name, sizeof(name));
	snprintf(c->label, sizeof(c->label), "%d %s", d->press->trial, name);
	snprintf(c->flag, sizeof(c->flag), "%s", d->off > 0 ? "fast" : d->off < 0 ? "slow" : "");
}

static void column_of_visit(struct ana_rate_column *c, const struct ana_visit *visit)
{
	char day[16];

	ana_day_words(day, sizeof(day), visit->header.visit_day);
	snprintf(c->label, sizeof(c->label), "%s%s%s", day, visit->header.acq[0] ? " " : "", visit->header.acq);
	if (isfinite(c->share))
		snprintf(c->label + strlen(c->label), sizeof(c->label) - strlen(c->label), ": %.0f %%", 100 * c->share);
	if (c->n_fast + c->n_slow)
		snprintf(c->flag, sizeof(c->flag), "%zu outside", c->n_fast + c->n_slow);
}

static void find_top(struct ana_rates *r)
{
	r->top_kpa_s = 1;
	for (size_t i = 0; i < r->n_dots; i++) {
		const struct ana_press *p = r->dot[i].press;

		r->top_kpa_s = fmax(r->top_kpa_s, 1.05 * p->rate_kpa_s);
		if (!r->course && isfinite(p->rate_sd_kpa_s))
			r->top_kpa_s = fmax(r->top_kpa_s, 1.02 * (p->rate_kpa_s + p->rate_sd_kpa_s));
	}
	for (size_t i = 0; i < r->n_columns; i++)
		if (ana_rate_has_target(&r->column[i]))
			r->top_kpa_s = fmax(r->top_kpa_s, 1.15 * r->column[i].target_kpa_s * (1 + r->column[i].corridor));
}

static int gather(struct ana_rates *r, const struct ana_visit *const *visit, size_t n_visits, const char *who,
	struct alg_log *log)
{
	size_t presses = 0;

	for (size_t v = 0; v < n_visits; v++)
		for (size_t i = 0; i < visit[v]->n_points; i++)
			presses += visit[v]->point[i].n_press;
	r->dot = calloc(presses + 1, sizeof(*r->dot));
	r->column = calloc(presses + n_visits + 1, sizeof(*r->column));
	if (!r->dot || !r->column)
		return alg_fail(log, MSG_NOMEM, "a picture");
	for (size_t v = 0; v < n_visits; v++) {
		const struct ses_header *h = &visit[v]->header;
		size_t first = r->n_dots, n = add_dots(r->dot + first, visit[v], v), step = r->course ? n : 1;

		r->simulated |= h->simulated;
		r->n_dots += n;
		for (size_t i = 0; i < n; i += step) {
			struct ana_rate_column *c = &r->column[r->n_columns++];

			*c = (struct ana_rate_column){.first = first + i, .n = step, .target_kpa_s = h->target_rate_kpa_s,
				.corridor = h->corridor};
			count(c, r->dot);
			if (r->course)
				column_of_visit(c, visit[v]);
			else
				column_of_press(c, &r->dot[first + i]);
		}
	}
	if (r->n_dots == 0)
		return alg_fail(log, MSG_PLOT_NOTHING, who, "no press has a rate");
	r->all = (struct ana_rate_column){.n = r->n_dots};
	count(&r->all, r->dot);
	find_top(r);
	return 0;
}

static void table(struct ana_table *table, const struct ana_rates *r, const struct ana_visit *const *visit)
{
	static const char *const names[] = {"session", "acq", "visit_day", "press", "round", "site_code", "side", "series", "role",
		"label", "status", "rate_kpa_s", "rate_sd_kpa_s", "target_kpa_s", "corridor", "share_in_corridor", "counted",
		"outside"};

	ana_table_start(table, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < r->n_dots; i++) {
		const struct ana_rate_dot *d = &r->dot[i];
		const struct ses_header *h = &visit[d->visit]->header;

		ana_table_number(table, h->session, 0);
		ana_table_text(table, h->acq);
		ana_table_text(table, h->visit_day);
		ana_table_number(table, d->press->trial, 0);
		ana_table_number(table, d->press->round, 0);
		ana_point_cells(table, &d->point->point);
		ana_table_text(table, ses_status_word(d->press->status));
		ana_table_number(table, d->press->rate_kpa_s, 3);
		ana_table_number(table, d->press->rate_sd_kpa_s, 3);
		ana_table_number(table, h->target_rate_kpa_s, 3);
		ana_table_number(table, h->corridor, 3);
		ana_table_number(table, d->press->corridor_share, 4);
		ana_table_number(table, d->counted, 0);
		ana_table_text(table, d->off > 0 ? "too fast" : d->off < 0 ? "too slow" : "");
	}
}

/* ---- words --------------------------------------------------------------------------------- */

/* "press 14 UTRAP R 21 kPa/s (too slow)", the first of them. */
static void name_those_off(const struct ana_rates *r, char *out, size_t cap)
{
	char name[48], text[128];
	size_t n = 0;

	for (size_t i = 0; i < r->n_dots; i++) {
		const struct ana_rate_dot *d = &r->dot[i];

		if (!d->off || n++ >= NAMED_MAX)
			continue;
		ana_point_short(&d->point->point, name, sizeof(name));
		snprintf(text, sizeof(text), "press %d %s %.0f kPa/s (too %s)", d->press->trial, name, d->press->rate_kpa_s,
			d->off > 0 ? "fast" : "slow");
		ana_join(out, cap, text, n > 1 ? ", " : " Outside: ");
	}
	if (n > NAMED_MAX) {
		snprintf(text, sizeof(text), " and %zu more", n - NAMED_MAX);
		ana_join(out, cap, text, "");
	}
	if (n)
		ana_join(out, cap, ".", "");
}

/* The session whose ramps were the least inside. */
static void name_the_least(const struct ana_rates *r, char *out, size_t cap)
{
	const struct ana_rate_column *least = NULL;
	char text[160];

	for (size_t i = 0; i < r->n_columns; i++)
		if (isfinite(r->column[i].share) && (!least || r->column[i].share < least->share))
			least = &r->column[i];
	if (!least || least->share > r->all.share - 0.005)
		return;
	snprintf(text, sizeof(text), "Least in one session: %s.", least->label);
	ana_join(out, cap, text, " ");
}

static void words(struct ana_rates *r)
{
	const struct ana_rate_column *all = &r->all;
	const size_t cap = sizeof(r->summary);
	char text[200];

	if (!ana_rate_has_target(&r->column[0]))
		snprintf(r->summary, cap, "The session has no target rate: nothing here is outside.");
	else if (all->n_counted == 0)
		snprintf(r->summary, cap, "No accepted press has a rate: nothing is counted.");
	else
		snprintf(r->summary, cap, "%zu of %zu accepted presses kept their mean rate inside the corridor; %zu too fast, %zu too slow.",
			all->n_counted - all->n_fast - all->n_slow, all->n_counted, all->n_fast, all->n_slow);
	if (isfinite(all->share)) {
		snprintf(text, sizeof(text), "On average %.0f %% of a ramp was inside.", 100 * all->share);
		ana_join(r->summary, cap, text, " ");
	}
	if (r->course)
		name_the_least(r, r->summary, cap);
	else
		name_those_off(r, r->summary, cap);
	text[0] = '\0';
	if (ana_rate_has_target(&r->column[0])) /* of a course: of its first session */
		snprintf(text, sizeof(text), "Target %g kPa/s, corridor " ANA_PLUSMINUS "%g %% (%g to %g kPa/s)%s. ",
			r->column[0].target_kpa_s, 100 * r->column[0].corridor, r->column[0].target_kpa_s * (1 - r->column[0].corridor),
			r->column[0].target_kpa_s * (1 + r->column[0].corridor), r->course ? ", as in the first session" : "");
	snprintf(r->caption, sizeof(r->caption), "%sMean rate: least-squares slope between 20 %% and 90 %% of the pressure at the "
		"response. %s Share: part of that time with the slope over 0.4 s inside the corridor%s. Counted are accepted presses; "
		"rejected and censored ones are drawn.", text, r->course ? "Line: mean of the session."
			: "Bar: 1 SD of the slope on either side.", r->course ? ", mean of the session" : "");
}

static int draw(struct ana_plot *plot, struct ana_rates *r, const struct ana_visit *const *visit, size_t n_visits,
	const char *who, struct alg_log *log)
{
	int ret = gather(r, visit, n_visits, who, log);

	if (ret == 0) {
		table(&plot->table, r, visit);
		words(r);
		if (ana_plot_is_text(plot))
			ana_rate_terminal(r);
		else
			ana_rate_picture(r);
		ret = ana_plot_end(plot, log);
	}
	free(r->dot);
	free(r->column);
	return ret;
}

int ana_plot_rate(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_visit *visit,
	struct alg_log *log)
{
	struct ana_rates r = {.plot = plot};
	int ret = ana_plot_begin(plot, "rate", style, log);

	if (ret)
		return ret;
	ana_session_title(&visit->header, "rate of pressing", plot->title, sizeof(plot->title));
	return draw(plot, &r, &visit, 1, visit->header.participant, log);
}

int ana_plot_rate_course(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_course *course,
	struct alg_log *log)
{
	struct ana_rates r = {.plot = plot, .course = true};
	const struct ana_visit **visit;
	int ret = ana_plot_begin(plot, "rate", style, log);

	if (ret)
		return ret;
	if (!(visit = calloc(course->n_visits + 1, sizeof(*visit))))
		return alg_fail(log, MSG_NOMEM, "a picture");
	for (size_t v = 0; v < course->n_visits; v++)
		visit[v] = &course->visit[v].visit;
	snprintf(plot->title, sizeof(plot->title), "%s: rate of pressing, %s to %s", course->participant,
		visit[0]->header.visit_day, visit[course->n_visits - 1]->header.visit_day);
	ret = draw(plot, &r, visit, course->n_visits, course->participant, log);
	free(visit);
	return ret;
}
