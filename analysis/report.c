/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - what a report is made of: sessions, comparison, pictures; then its parts in order. */
#include "analysis/report.h"

#include "analysis/report_part.h"
#include "data/amend.h"

#include <stdlib.h>
#include <string.h>

/* ---- sessions ------------------------------------------------------------------------------------- */

static int load_session(struct ses_session *ses, const struct ana_visit *visit, struct alg_log *log)
{
	int rc = ses_h5_read_summary(visit->path, ses, log);

	if (rc < 0)
		return rc;
	if (strcmp(ses->header.uuid, visit->header.uuid) || strcmp(ses->header.seal, visit->header.seal))
		return alg_fail(log, MSG_REPORT_CHANGED, visit->path);
	return visit->original ? ses_session_amend_identity(ses, log) : ses_session_amend(ses, log);
}

static int load_sessions(struct ana_report *report, struct alg_log *log)
{
	const struct ana_course *course = report->course;

	report->ses = calloc(course->n_visits + 1, sizeof(*report->ses));
	if (!report->ses)
		return alg_fail(log, MSG_NOMEM, "report");
	for (size_t v = 0; v < course->n_visits; v++) {
		int rc = load_session(&report->ses[v], &course->visit[v].visit, log);

		if (rc < 0)
			return rc;
	}
	return 0;
}

static const struct ana_row *row_of(const struct ana_course *course, const struct ana_point *b)
{
	for (size_t r = 0; b && r < course->n_rows; r++)
		if (course->row[r].cell[course->latest].point == b)
			return &course->row[r];
	return NULL;
}

/* Pictures of a comparison show what the course says: its changes count from a baseline. */
static void take_changes(struct ana_report *report)
{
	const struct ana_course *course = report->course;
	struct ana_compare *c = &report->compare;

	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_row *row = row_of(course, c->pair[i].b);

		if (row)
			c->pair[i].change = row->cell[course->latest].change;
	}
	c->tally = course->tally;
	c->tally_primary = course->tally_primary;
	c->basis = course->basis;
}

static int compare(struct ana_report *report, struct alg_log *log)
{
	const struct ana_course *course = report->course;
	const struct ana_course_visit *latest = &course->visit[course->latest];

	if (course->latest <= course->first || !latest->alike)
		return 0;
	report->compared = true;
	int rc = ana_compare_make(&report->compare, &course->visit[course->first].visit, &latest->visit, &course->errors,
		course->despite, log);

	if (rc == 0)
		take_changes(report);
	return rc;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

int ana_report_make(struct ana_report *report, const struct ana_course *course,
	const struct ana_report_options *options, struct alg_log *log)
{
	*report = (struct ana_report){.course = course, .options = *options};
	int rc = load_sessions(report, log);

	if (!rc)
		rc = compare(report, log);
	return rc ? rc : ana_report_draw(report, log);
}

static void pictures(struct ana_html *html, const struct ana_report *report)
{
	if (report->n_pictures == 0)
		return;
	ana_html_raw(html, "<section class=\"pictures\">\n<h2>Pictures</h2>\n");
	for (size_t i = 0; i < report->n_pictures; i++) {
		const struct ana_report_picture *p = &report->picture[i];

		ana_html_raw(html, "<figure>\n");
		ana_html_put(html, "figcaption", "%s", p->heading);
		ana_html_raw(html, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
		ana_html_text(html, p->heading);
		ana_html_raw(html, "\">\n");
		ana_html_raw(html, "<picture>\n");
		ana_html_svg_narrow(html, p->narrow.svg, p->narrow.len);
		ana_html_svg(html, p->alt, p->wide.svg, p->wide.len, p->wide.width_mm, p->wide.height_mm);
		ana_html_raw(html, "</picture>\n");
		ana_html_raw(html, "</div>\n</figure>\n");
	}
	ana_html_raw(html, "</section>\n");
}

static void document_head(struct ana_html *html, const struct ana_report *report)
{
	ana_html_raw(html, ANA_REPORT_BEGINS "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
		"img-src data:\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"generator\" content=\"Algometer " ALG_VERSION "\">\n");
	char dates[32];

	ana_report_dates(dates, sizeof(dates), report->course);
	ana_html_put(html, "title", "%s%s: %s, %s", report->course->simulated ? "SIMULATED " : "",
		report->course->participant, ana_measure_name(report->course->visit[0].visit.measure), dates);
	ana_html_raw(html, "<style>\n");
	ana_report_style(html, report);
	ana_html_raw(html, "</style>\n</head>\n<body>\n");
}

int ana_report_page(const struct ana_report *report, char **page, size_t *len, struct alg_log *log)
{
	static void (*const part[])(struct ana_html *html, const struct ana_report *report) = {ana_report_head,
		ana_report_answer, ana_report_missing, pictures, ana_report_changes, ana_report_values, ana_report_journal,
		ana_report_treatments, ana_report_norms, ana_report_quality, ana_report_amendments, ana_report_detail, ana_report_method,
		ana_report_presses};
	struct ana_html html;

	ana_html_begin(&html);
	document_head(&html, report);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		part[i](&html, report);
	ana_html_raw(&html, "</main>\n</body>\n</html>\n");
	return ana_html_end(&html, page, len) ? alg_fail(log, MSG_NOMEM, "report") : 0;
}

void ana_report_free(struct ana_report *report)
{
	for (size_t v = 0; report->ses && v < report->course->n_visits; v++)
		ses_session_clear(&report->ses[v]);
	free(report->ses);
	if (report->compared)
		ana_compare_free(&report->compare);
	for (size_t i = 0; i < report->n_pictures; i++) {
		free(report->picture[i].wide.svg);
		free(report->picture[i].narrow.svg);
	}
	*report = (struct ana_report){0};
}
