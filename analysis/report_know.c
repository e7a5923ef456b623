/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_know.c - what else there is to know of the sessions: the pain journal, treatments, how the presses
 * kept to the rate, ceilings, the check of the gauge, what was asked before, amendments.
 */
#include "analysis/report_part.h"

#include "analysis/pages.h"
#include "data/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the pain journal ----------------------------------------------------------------------------- */

enum { ITEMS_MAX = 24 };

static size_t items(const struct ana_course *c, const struct ses_rating **item)
{
	size_t n = 0;

	for (size_t v = 0; v < c->n_visits; v++)
		for (size_t i = 0; i < c->visit[v].visit.n_ratings; i++) {
			const struct ses_rating *rating = &c->visit[v].visit.rating[i];
			size_t k = 0;

			while (k < n && strcmp(item[k]->item, rating->item))
				k++;
			if (k == n && n < ITEMS_MAX)
				item[n++] = rating;
		}
	return n;
}

static void rating_cell(struct ana_html *html, const struct ana_visit *visit, const char *item)
{
	for (size_t i = 0; i < visit->n_ratings; i++) {
		const struct ses_rating *r = &visit->rating[i];

		if (strcmp(r->item, item))
			continue;
		if (isfinite(r->value))
			ana_html_number(html, "td class=\"n\"", "%g", r->value);
		else
			ana_html_put(html, "td class=\"n\"", "skipped%s%s", *r->skipped ? ": " : "", r->skipped);
		return;
	}
	ana_html_put(html, "td class=\"n\"", "%s", "");
}

void ana_report_journal(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;
	const struct ses_rating *item[ITEMS_MAX];
	size_t n = items(c, item);

	if (n == 0)
		return;
	ana_html_raw(html, "<section>\n<h2>Pain journal</h2>\n");
	ana_html_table(html, "grid", "What the person answered. How pain is felt need not move with a %s.",
		ana_measure_name(c->visit[0].visit.measure));
	ana_html_raw(html, "<thead><tr>\n");
	ana_html_put(html, "th scope=\"col\"", "Session");
	for (size_t i = 0; i < n; i++)
		ana_html_put(html, "th scope=\"col\" class=\"n\"", "%s%s%s", item[i]->item, *item[i]->scale ? ", " : "",
			item[i]->scale);
	ana_html_raw(html, "</tr></thead>\n<tbody>\n");
	for (size_t v = 0; v < c->n_visits; v++) {
		char name[80];

		ana_report_session(name, sizeof(name), c, v, true);
		ana_html_raw(html, "<tr>");
		ana_html_put(html, "th scope=\"row\" class=\"s\"", "%s", name);
		for (size_t i = 0; i < n; i++)
			rating_cell(html, &c->visit[v].visit, item[i]->item);
		ana_html_raw(html, "</tr>\n");
	}
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
	ana_html_raw(html, "</section>\n");
}

/* ---- treatments ----------------------------------------------------------------------------------- */

void ana_report_treatments(struct ana_html *html, const struct ana_report *report)
{
	static const char *const heads[] = {"Day", "Date", "What", "Where", "How much", NULL};
	const struct ana_course *c = report->course;

	if (c->n_treatments == 0)
		return;
	ana_html_raw(html, "<section>\n<h2>Treatments</h2>\n");
	ana_html_table(html, "wide", "What was done, in the words of the treatment record; days from the first session.");
	ana_html_head(html, "rllll", heads);
	ana_html_raw(html, "<tbody>\n");
	for (size_t i = 0; i < c->n_treatments; i++) {
		const struct ana_treatment *t = &c->treatment[i];

		ana_html_raw(html, "<tr>");
		ana_html_number(html, "th scope=\"row\" class=\"n\"", "%d", (int)t->day);
		ana_html_put(html, "td", "%s", t->date);
		ana_html_put(html, "td class=\"t\"", "%s", t->modality);
		ana_html_put(html, "td class=\"t\"", "%s", t->target);
		ana_html_put(html, "td class=\"t\"", "%s", t->dose);
		ana_html_raw(html, "</tr>\n");
	}
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
	ana_html_raw(html, "</section>\n");
}

/* ---- reference values ----------------------------------------------------------------------------- */

/* The block of the session's own page; its columns stand on characters. */
void ana_report_norms(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;
	struct ana_text text = {0};
	char name[80];

	if (!report->options.norms)
		return;
	ana_norms_page(&text, &c->visit[c->latest].visit, report->options.norms, report->options.person);
	html->failed |= text.failed;
	ana_report_session(name, sizeof(name), c, c->latest, true);
	ana_html_raw(html, "<section>\n");
	ana_html_put(html, "h2", "Reference values beside %s", name);
	ana_html_raw(html, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Reference values\">\n<pre>");
	for (char *line = text.data; line && *line; ) {
		size_t len = strcspn(line, "\n");

		ana_html_textf(html, "%.*s", (int)len, line);
		ana_html_raw(html, "\n");
		line += len + (line[len] == '\n');
	}
	ana_html_raw(html, "</pre>\n</div>\n</section>\n");
	ana_text_free(&text);
}

/* ---- how the presses were made -------------------------------------------------------------------- */

struct counts {
	int accepted, rejected, censored, missing, flagged;
	double uncertainty_kpa, ceiling_low_kpa, ceiling_high_kpa; /* largest; smallest and largest; NAN */
};

static struct counts count(const struct ana_visit *visit, const struct ses_session *ses)
{
	struct counts n = {.uncertainty_kpa = NAN, .ceiling_low_kpa = NAN, .ceiling_high_kpa = NAN};

	for (size_t i = 0; i < visit->n_points; i++)
		for (size_t k = 0; k < visit->point[i].n_press; k++) {
			const struct ana_press *p = &visit->point[i].press[k];

			n.accepted += p->status == SES_ACCEPTED;
			n.rejected += p->status == SES_REJECTED;
			n.censored += p->status == SES_CENSORED;
			n.missing += p->status == SES_MISSING;
			n.flagged += p->quality != 0;
			n.uncertainty_kpa = fmax(n.uncertainty_kpa, p->uncertainty_kpa);
		}
	for (size_t i = 0; i < ses->n_trials; i++) {
		n.ceiling_low_kpa = fmin(n.ceiling_low_kpa, ses->trials[i].ceiling_kpa);
		n.ceiling_high_kpa = fmax(n.ceiling_high_kpa, ses->trials[i].ceiling_kpa);
	}
	return n;
}

static void range_cell(struct ana_html *html, double low, double high)
{
	if (!isfinite(low))
		ana_html_number(html, "td class=\"n\"", "-");
	else if (low == high)
		ana_html_number(html, "td class=\"n\"", "%.0f", low);
	else
		ana_html_number(html, "td class=\"n\"", "%.0f to %.0f", low, high);
}

static void cell_or_dash(struct ana_html *html, const char *fmt, double v) __attribute__((format(printf, 2, 0)));
static void cell_or_dash(struct ana_html *html, const char *fmt, double v)
{
	char text[32] = "-";

	if (isfinite(v))
		snprintf(text, sizeof(text), fmt, v);
	ana_html_number(html, "td class=\"n\"", "%s", text);
}

static void quality_row(struct ana_html *html, const struct ana_report *report, size_t v)
{
	const struct ana_visit *visit = &report->course->visit[v].visit;
	struct counts n = count(visit, &report->ses[v]);
	char name[80];

	ana_report_session(name, sizeof(name), report->course, v, true);
	ana_html_raw(html, "<tr>");
	ana_html_put(html, "th scope=\"row\" class=\"s\"", "%s%s", name, visit->header.complete ? "" : ", ended early");
	ana_html_put(html, "td class=\"n\"", "%d", n.accepted);
	ana_html_put(html, "td class=\"n\"", "%d", n.rejected);
	ana_html_put(html, "td class=\"n\"", "%d", n.censored);
	ana_html_put(html, "td class=\"n\"", "%d", n.missing);
	ana_html_put(html, "td class=\"n\"", "%d", n.flagged);
	cell_or_dash(html, "%.1f", visit->rate.mean_kpa_s);
	cell_or_dash(html, "%.0f %%", visit->rate.n ? 100 * visit->rate.share_in : NAN);
	ana_html_put(html, "td class=\"n\"", "%d of %d", visit->rate.n_off, visit->rate.n);
	range_cell(html, n.ceiling_low_kpa, n.ceiling_high_kpa);
	cell_or_dash(html, "\xc2\xb1%.0f", n.uncertainty_kpa);
	ana_html_raw(html, "</tr>\n");
}

static void check_words(struct ana_html *html, const char *text, const char *id)
{
	struct ses_check check;
	struct ses_check_result result;

	if (!text || !*text)
		return;
	if (ses_check_parse(&check, text, strlen(text), id, NULL)) {
		ana_html_textf(html, "; what the check found cannot be read");
		return;
	}
	ses_check_evaluate(&check, &result);
	ana_html_textf(html, "; %.10s: %s, largest error %+.1f %% of the reading%s", check.date,
		result.passed ? "passed" : "FAILED",
		result.worst_percent, check.simulated ? " (simulated)" : "");
}

static void gauge(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;

	ana_html_raw(html, "<h3>Last check of the gauge with weights</h3>\n<ul>\n");
	for (size_t v = 0; v < c->n_visits; v++) {
		const struct ses_header *h = &c->visit[v].visit.header;
		char name[80];

		if (v && strcmp(h->calibration, c->visit[v - 1].visit.header.calibration) == 0 &&
			strcmp(h->device_serial, c->visit[v - 1].visit.header.device_serial) == 0)
			continue;
		ana_report_session(name, sizeof(name), c, v, true);
		ana_html_raw(html, "<li>");
		ana_html_textf(html, "From %s: gauge %s %s, %s", name, h->device_family,
			*h->device_serial ? h->device_serial : "(no serial number)",
			*h->calibration ? h->calibration : "never checked with weights here: what it reads is taken as it is");
		check_words(html, report->ses[v].header.check_text, h->calibration);
		ana_html_raw(html, ".</li>\n");
	}
	ana_html_raw(html, "</ul>\n");
}

struct line {
	size_t visit;
	const char *text;
};

static bool told_before(const struct line *line, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(line[k].text, line[i].text) == 0)
			return true;
	return false;
}

/* Each line once, with all sessions that have it: "session 1 (2026-01-12), session 2 (2026-01-19): ...". */
static void tell_lines(struct ana_html *html, const struct ana_report *report, const struct line *line, size_t n)
{
	char names[1200], name[80];

	for (size_t i = 0; i < n; i++) {
		if (told_before(line, i))
			continue;
		names[0] = '\0';
		for (size_t k = i; k < n; k++)
			if (strcmp(line[k].text, line[i].text) == 0) {
				ana_report_session(name, sizeof(name), report->course, line[k].visit, true);
				ana_join(names, sizeof(names), name, ", ");
			}
		ana_html_put(html, "li", "%s: %s", names, line[i].text);
	}
}

/* The pages' lines as a list, owned by the caller and pointing into them; their number in *n. */
static struct line *gather(struct ana_html *html, struct ana_text *text, size_t n_texts, size_t *n)
{
	struct line *line;
	size_t cap = 1;

	for (size_t v = 0; v < n_texts; v++)
		for (const char *p = text[v].data; p && *p; p++)
			cap += *p == '\n';
	*n = 0;
	if (!(line = calloc(cap + n_texts, sizeof(*line))))
		html->failed = true;
	for (size_t v = 0; line && v < n_texts; v++)
		for (char *rest = text[v].data; rest && *rest;)
			line[(*n)++] = (struct line){v, ana_report_next_line(&rest)};
	return line;
}

/* What was asked before a session, and what befell: the lines of the session's own page. */
static void safety(struct ana_html *html, const struct ana_report *report)
{
	size_t n_visits = report->course->n_visits, n = 0;
	struct ana_text *text = calloc(n_visits, sizeof(*text));

	if (!text) {
		html->failed = true;
		return;
	}
	for (size_t v = 0; v < n_visits; v++) {
		ana_session_safety(&text[v], &report->ses[v]);
		html->failed |= text[v].failed;
	}
	struct line *line = gather(html, text, n_visits, &n);

	if (n) {
		ana_html_raw(html, "<h3>Asked before, and what befell</h3>\n<ul class=\"small\">\n");
		tell_lines(html, report, line, n);
		ana_html_raw(html, "</ul>\n");
	}
	for (size_t v = 0; v < n_visits; v++)
		ana_text_free(&text[v]);
	free(text);
	free(line);
}

void ana_report_quality(struct ana_html *html, const struct ana_report *report)
{
	static const char *const heads[] = {"Session", "Accepted", "Rejected", "Ceiling reached", "Missing", "Flagged",
		"Mean rate, kPa/s",
		"In corridor", "Mean rate off", "Ceilings, kPa", "Instrument, kPa", NULL};

	ana_html_raw(html, "<section>\n<h2>How the presses were made</h2>\n");
	ana_html_table(html, "wide", "Presses of each session. In corridor: mean share of the ramps of accepted presses. "
		"Flagged: with "
		"words of quality in the list of presses. Instrument: largest expanded uncertainty (k = 2) of a pressure as "
		"the gauge "
		"knew it, which is not the precision of a threshold.");
	ana_html_head(html, "lrrrrrrrrrr", heads);
	ana_html_raw(html, "<tbody>\n");
	for (size_t v = 0; v < report->course->n_visits; v++)
		quality_row(html, report, v);
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
	gauge(html, report);
	safety(html, report);
	ana_html_raw(html, "</section>\n");
}

/* ---- amendments ----------------------------------------------------------------------------------- */

static void amendment_row(struct ana_html *html, const char *session, const struct ses_amendment *a)
{
	char reason[sizeof(a->reason)];

	ana_plain_text(reason, sizeof(reason), a->reason);
	ana_html_raw(html, "<tr>");
	ana_html_put(html, "th scope=\"row\" class=\"s\"", "%s", session);
	if (a->trial > 0)
		ana_html_put(html, "td class=\"n\"", "%d", (int)a->trial);
	else
		ana_html_put(html, "td class=\"n\"", "all");
	ana_html_put(html, "td", "%s", a->field);
	ana_html_put(html, "td class=\"t\"", "%s \xe2\x86\x92 %s", a->old_value, a->new_value);
	ana_html_put(html, "td class=\"t\"", "%s", a->who);
	ana_html_put(html, "td class=\"t\"", "%s", a->time);
	ana_html_put(html, "td class=\"t\"", "%s", reason);
	ana_html_raw(html, "</tr>\n");
}

void ana_report_amendments(struct ana_html *html, const struct ana_report *report)
{
	static const char *const heads[] = {"Session", "Press", "What", "Old \xe2\x86\x92 new", "Who", "When", "Why", NULL};
	size_t n = 0;
	char name[80];

	for (size_t v = 0; v < report->course->n_visits; v++)
		n += report->ses[v].n_amendments;
	ana_html_raw(html, "<section>\n<h2>Amendments</h2>\n");
	if (n == 0) {
		ana_html_put(html, "p", "None: every number is as it was recorded.");
	} else {
		ana_html_table(html, "wide", "Corrections after the recording; the recorded rows stay in the files.");
		ana_html_head(html, "lrlllll", heads);
		ana_html_raw(html, "<tbody>\n");
		for (size_t v = 0; v < report->course->n_visits; v++) {
			ana_report_session(name, sizeof(name), report->course, v, false);
			for (size_t i = 0; i < report->ses[v].n_amendments; i++)
				amendment_row(html, name, &report->ses[v].amendments[i]);
		}
		ana_html_raw(html, "</tbody>\n");
		ana_html_table_end(html);
	}
	ana_html_raw(html, "</section>\n");
}
