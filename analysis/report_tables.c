/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_tables.c - the numbers of a report: change of every point, site by session, every value. */
#include "analysis/report_part.h"

#include "analysis/course_page.h"
#include "analysis/text.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Sessions side by side before a table is broken into a second one. */
enum { COLUMNS = 8 };

static const char *verdict_text(const struct ana_change *change)
{
	switch (change->verdict) {
	case ANA_VERDICT_RISE: return ANA_UP " rose";
	case ANA_VERDICT_FALL: return ANA_DOWN " fell";
	case ANA_VERDICT_WITHIN: return "within error";
	case ANA_VERDICT_OPEN: return "cannot tell";
	default: return change->kind == ANA_CHANGE_NONE ? "" : "not judged";
	}
}

/* A row over all columns where another role begins. */
static void role_heading(struct ana_html *html, const struct ses_point *point, int *role, size_t columns)
{
	if ((int)point->role == *role)
		return;
	*role = (int)point->role;
	ana_html_raw(html, "<tr class=\"role\">");
	fprintf(html->out, "<th scope=\"rowgroup\" colspan=\"%zu\">", columns);
	ana_html_text(html, ana_role_text(point->role));
	ana_html_raw(html, "</th></tr>\n");
}

static void point_head(struct ana_html *html, const struct ana_row *row)
{
	char label[160];

	ana_point_label(&row->point, label, sizeof(label));
	ana_html_put(html, "th scope=\"row\"", "%s%s", label, row->point.primary ? " *" : "");
}

/* The same place on the other side, at that session; NULL. */
static struct ana_side side_of(const struct ana_course *c, size_t visit, const struct ana_point *point)
{
	if (point && point->point.role == SES_ROLE_TARGET)
		return ana_visit_side(&c->visit[visit].visit, point);
	return (struct ana_side){.difference_kpa = NAN, .ratio = NAN, .sign = '='};
}

/* ---- first to latest ------------------------------------------------------------------------------ */

static void change_cells(struct ana_html *html, const struct ana_change *change)
{
	char text[ANA_NUMBER_MAX];

	ana_change_text(text, change);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	ana_percent_text(text, change);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	ana_interval_text(text, change);
	ana_html_number(html, "td class=\"n\"", "%s", text);
}

/* Of the latest value against the one before it that counts. */
static void last_step(struct ana_html *html, const struct ana_course *c, const struct ana_row *row)
{
	struct ana_change step = ana_change_of(NAN, false, NAN, false, NULL);
	char text[ANA_NUMBER_MAX];

	for (int v = row->latest - 1; v >= 0; v--)
		if (ana_course_counts(c, row, (size_t)v)) {
			step = ana_change_of(row->cell[v].value_kpa, row->cell[v].bound, row->cell[row->latest].value_kpa,
				row->cell[row->latest].bound, NULL);
			break;
		}
	ana_change_text(text, &step);
	ana_html_number(html, "td class=\"n\"", "%s", text);
}

static void change_row(struct ana_html *html, const struct ana_course *c, const struct ana_row *row)
{
	char text[ANA_NUMBER_MAX], sessions[128] = "", a[48], b[48];

	ana_html_raw(html, "<tr>");
	point_head(html, row);
	bool later = row->baseline >= 0 && row->latest > row->baseline;
	const struct ana_change none = ana_change_of(NAN, false, NAN, false, NULL);
	const struct ana_change *change = later ? &row->cell[row->latest].change : &none;
	const char *seen = later ? ana_seen_text(row->cell[row->latest].seen) : "";

	ana_kpa_text(text, row->base_kpa, row->base_bound);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	ana_kpa_text(text, later ? row->cell[row->latest].value_kpa : NAN, later && row->cell[row->latest].bound);
	ana_html_number(html, "td class=\"n\"", "%s", text);

	change_cells(html, change);
	last_step(html, c, row);
	if (later && (row->baseline_first != (int)c->first || row->latest != (int)c->latest)) {
		ana_visit_name(&c->visit[row->baseline_first].visit, a, sizeof(a));
		ana_visit_name(&c->visit[row->latest].visit, b, sizeof(b));
		snprintf(sessions, sizeof(sessions), " (%s to %s)", a, b);
	}
	ana_html_put(html, change->verdict == ANA_VERDICT_RISE ? "td class=\"rise\"" : change->verdict == ANA_VERDICT_FALL
		? "td class=\"fall\"" : "td", "%s%s%s%s", verdict_text(change), *seen ? ", " : "", seen, sessions);
	ana_html_raw(html, "</tr>\n");
}

/* ---- over time ------------------------------------------------------------------------------------ */

static void trend_row(struct ana_html *html, const struct ana_course *c, const struct ana_row *row)
{
	const struct ana_trend *t = &row->trend;
	char text[64];

	ana_html_raw(html, "<tr>");
	point_head(html, row);
	ana_html_put(html, "td class=\"n\"", "%zu", t->n);
	ana_slope_text(text, sizeof(text), t);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	ana_slope_interval_text(text, sizeof(text), t);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	if (isnan(t->last_minus_first_kpa))
		ana_html_number(html, "td class=\"n\"", "-");
	else
		ana_html_number(html, "td class=\"n\"", "%+.0f", rint(t->last_minus_first_kpa) + 0.0);
	ana_kpa_text(text, t->average_kpa, false);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	if (row->confirmed < 0)
		ana_html_number(html, "td class=\"n\"", "-");
	else
		ana_html_put(html, "td class=\"n\"", "%d", (int)(c->visit[row->confirmed].day - c->visit[row->baseline].day));
	ana_html_put(html, "td", "%s", *t->why_slope ? t->why_slope : t->why_average);
	ana_html_raw(html, "</tr>\n");
}

static void trends(struct ana_html *html, const struct ana_course *c)
{
	static const char *const heads[] = {"Point", "Values", "Slope, a week", "95 % interval",
		"Last \xe2\x88\x92 first, kPa",
		"Average, kPa", "Confirmed after, days", "Note", NULL};
	size_t most = 0;
	int role = -1;

	for (size_t r = 0; r < c->n_rows; r++)
		most = c->row[r].trend.n > most ? c->row[r].trend.n : most;
	if (most < ANA_TREND_MIN)
		return;
	ana_html_table(html, "wide", "Over time: least-squares slope in kPa (where it says %% in percent) a week, from "
		"%d values on. It assumes a "
		"straight line and sessions whose errors are independent. Average: area under the values by days / duration. "
		"Confirmed after: from the baseline to the first change seen at two visits in a row.", ANA_TREND_MIN);
	ana_html_head(html, "lrrrrrrl", heads);
	ana_html_raw(html, "<tbody>\n");
	for (size_t r = 0; r < c->n_rows; r++) {
		role_heading(html, &c->row[r].point, &role, 8);
		trend_row(html, c, &c->row[r]);
	}
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
}

/* What the marks and words of these tables mean, as under the tables of the course's own page. */
static void marks(struct ana_html *html, const struct ana_course *c)
{
	struct ana_text text = {0};

	ana_course_marks(&text, c);
	html->failed |= text.failed;
	if (text.data && !text.failed) {
		ana_html_raw(html, "<ul class=\"small\">\n");
		ana_report_lines(html, text.data);
		ana_html_raw(html, "</ul>\n");
	}
	ana_text_free(&text);
}

void ana_report_changes(struct ana_html *html, const struct ana_report *report)
{
	const char *const heads[] = {"Point", report->course->baseline > 1 ? "Baseline, kPa" : "First, kPa",
		"Latest, kPa", "Change, kPa", "Change, %", "95 % interval",
		"Last step, kPa", "Against error", NULL};
	const struct ana_course *c = report->course;
	int role = -1;

	if (c->latest <= c->first)
		return;
	ana_html_raw(html, "<section>\n<h2>Change of every point</h2>\n");
	ana_html_table(html, "wide", "Change from the %s to the latest value of each point; * primary. Interval in kPa "
		"unless it "
		"says %%. Last step: from the value before the latest.", c->baseline > 1 ? "baseline" : "first");
	ana_html_head(html, "lrrrrrrl", heads);
	ana_html_raw(html, "<tbody>\n");
	for (size_t r = 0; r < c->n_rows; r++) {
		role_heading(html, &c->row[r].point, &role, 8);
		change_row(html, c, &c->row[r]);
	}
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
	trends(html, c);
	marks(html, c);
	ana_html_raw(html, "</section>\n");
}

/* ---- site by session ------------------------------------------------------------------------------ */

static void value_cell(struct ana_html *html, const struct ana_cell *cell)
{
	char kpa[ANA_NUMBER_MAX];
	const char *mark = cell->change.verdict == ANA_VERDICT_RISE ? " " ANA_UP : cell->change.verdict == ANA_VERDICT_FALL ? " " ANA_DOWN : "";

	if (!cell->point) {
		ana_html_put(html, "td class=\"n\"", "%s", "");
		return;
	}
	ana_html_raw(html, mark[0] ? cell->change.verdict == ANA_VERDICT_RISE ? "<td class=\"n rise\">" : "<td class=\"n "
		"fall\">" : "<td class=\"n\">");
	ana_kpa_text(kpa, cell->value_kpa, cell->bound);
	ana_html_number(html, "span", "%s%s", kpa, mark);
	ana_html_put(html, "span class=\"used\"", "%d of %zu", cell->point->n_used, cell->point->n_press);
	ana_html_raw(html, "</td>\n");
}

static void session_heads(struct ana_html *html, const struct ana_course *c, size_t from, size_t n)
{
	ana_html_raw(html, "<thead><tr>\n");
	ana_html_put(html, "th scope=\"col\"", "Point");
	for (size_t v = from; v < from + n; v++) {
		char name[64];

		ana_visit_name(&c->visit[v].visit, name, sizeof(name));
		ana_html_raw(html, "<th scope=\"col\" class=\"n\">");
		ana_html_put(html, "span", "%s", name);
		ana_html_put(html, "span class=\"used\"", "%s", c->visit[v].visit.header.visit_day);
		ana_html_raw(html, "</th>\n");
	}
	ana_html_raw(html, "</tr></thead>\n");
}

/* Mean over the points of a role that have a value then; "4 of 6" says over how many. */
static void mean_row(struct ana_html *html, const struct ana_course *c, size_t from, size_t n, enum ses_role role)
{
	size_t any = 0;

	for (size_t v = from; v < from + n; v++) {
		struct ana_mean mean = ana_visit_mean(&c->visit[v].visit, role);

		any += mean.n + mean.n_missing;
	}
	if (!any)
		return;
	ana_html_raw(html, "<tr class=\"mean\">");
	ana_html_put(html, "th scope=\"row\"", "Mean: %s", ana_role_text(role));
	for (size_t v = from; v < from + n; v++) {
		struct ana_mean mean = ana_visit_mean(&c->visit[v].visit, role);
		char kpa[ANA_NUMBER_MAX];

		ana_kpa_text(kpa, mean.kpa, mean.bound);
		ana_html_raw(html, "<td class=\"n\">");
		ana_html_number(html, "span", "%s", kpa);
		ana_html_put(html, "span class=\"used\"", "%zu of %zu", mean.n, mean.n + mean.n_missing);
		ana_html_raw(html, "</td>\n");
	}
	ana_html_raw(html, "</tr>\n");
}

static void block(struct ana_html *html, const struct ana_course *c, size_t from, size_t n)
{
	static const enum ses_role roles[] = {SES_ROLE_TARGET, SES_ROLE_CONTRALATERAL, SES_ROLE_CONTROL};
	int role = -1;

	ana_html_table(html, "grid", "Threshold in kPa by point and session; below it how many of the presses made it "
		"up. %s %s: "
		"more than measurement error above, below the first. >: the ceiling came first. * primary.", ANA_UP,
		ANA_DOWN);
	session_heads(html, c, from, n);
	ana_html_raw(html, "<tbody>\n");
	for (size_t r = 0; r < c->n_rows; r++) {
		role_heading(html, &c->row[r].point, &role, n + 1);
		ana_html_raw(html, "<tr>");
		point_head(html, &c->row[r]);
		for (size_t v = from; v < from + n; v++)
			value_cell(html, &c->row[r].cell[v]);
		ana_html_raw(html, "</tr>\n");
	}
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		mean_row(html, c, from, n, roles[i]);
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
}

void ana_report_values(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;
	size_t blocks = (c->n_visits + COLUMNS - 1) / COLUMNS, each = (c->n_visits + blocks - 1) / blocks;

	ana_html_raw(html, "<section>\n<h2>Thresholds by session</h2>\n");
	for (size_t from = 0; from < c->n_visits; from += each)
		block(html, c, from, c->n_visits - from < each ? c->n_visits - from : each);
	ana_html_raw(html, "</section>\n");
}

/* ---- every value ---------------------------------------------------------------------------------- */

/* Numbers of the presses behind a value, as in the list of presses: "4, 18, 31". */
static void press_numbers(const struct ana_point *point, char *out, size_t cap)
{
	char number[16];

	out[0] = '\0';
	for (size_t i = 0; i < point->n_press; i++)
		if (point->press[i].used) {
			snprintf(number, sizeof(number), "%d", point->press[i].trial);
			ana_join(out, cap, number, ", ");
		}
}

static void detail_row(struct ana_html *html, const struct ana_course *c, const struct ana_row *row, size_t v)
{
	const struct ana_cell *cell = &row->cell[v];
	struct ana_side side = side_of(c, v, cell->point);
	char text[ANA_NUMBER_MAX], presses[300], name[48], other[ANA_NUMBER_MAX] = "", ratio[ANA_NUMBER_MAX] = "";

	ana_visit_name(&c->visit[v].visit, name, sizeof(name));
	press_numbers(cell->point, presses, sizeof(presses));
	ana_html_raw(html, "<tr>");
	ana_html_put(html, "th scope=\"row\"", "%s", name);
	ana_kpa_text(text, cell->value_kpa, cell->bound);
	ana_html_number(html, "td class=\"n\"", "%s", text);
	ana_html_put(html, "td", "%s", presses);
	change_cells(html, &cell->change);
	if (side.other) {
		ana_kpa_text(other, side.other->value_kpa, side.other->bound);
		ana_ratio_text(ratio, &side);
	}
	ana_html_number(html, "td class=\"n\"", "%s", other);
	ana_html_number(html, "td class=\"n\"", "%s", ratio);
	ana_missing_text(presses, sizeof(presses), cell->point);
	ana_html_put(html, "td", "%s",
		*presses ? presses : row->baseline >= 0 && (int)v >= row->baseline_first && (int)v <= row->baseline
		? c->baseline > 1 ? "baseline" : "first" : verdict_text(&cell->change));
	ana_html_raw(html, "</tr>\n");
}

void ana_report_detail(struct ana_html *html, const struct ana_report *report)
{
	static const char *const heads[] = {"Session", "kPa", "Presses", "Change, kPa", "Change, %", "95 % interval",
		"Other side, kPa", "Ratio", "Against error", NULL};
	const struct ana_course *c = report->course;

	ana_html_raw(html, "<section>\n<h2>Every value</h2>\n");
	ana_html_table(html, "wide", "Each value with the numbers of its presses (their list stands at the end) and its "
		"change from "
		"the first. Ratio: this point / the same place on the other side at that session; below 1 this one is the "
		"more tender.");
	ana_html_head(html, "lrlrrrrrl", heads);
	for (size_t r = 0; r < c->n_rows; r++) {
		char label[160];

		ana_point_label(&c->row[r].point, label, sizeof(label));
		ana_html_raw(html, "<tbody class=\"point\">\n<tr class=\"role\"><th scope=\"rowgroup\" colspan=\"9\">");
		ana_html_textf(html, "%s%s (%s)", label, c->row[r].point.primary ? " *" : "", c->row[r].point.site_code);
		ana_html_raw(html, "</th></tr>\n");
		for (size_t v = 0; v < c->n_visits; v++)
			if (c->row[r].cell[v].point)
				detail_row(html, c, &c->row[r], v);
		ana_html_raw(html, "</tbody>\n");
	}
	ana_html_table_end(html);
	ana_html_raw(html, "</section>\n");
}
