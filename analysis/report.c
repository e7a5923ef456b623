/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - what a report is made of: sessions, comparison, pictures; then its parts in order. */
#include "analysis/report.h"

#include "analysis/plot_course.h"
#include "analysis/report_part.h"
#include "base/text.h"
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

static int compare(struct ana_report *report, struct alg_log *log)
{
	const struct ana_course *course = report->course;
	const struct ana_course_visit *latest = &course->visit[course->latest];

	if (course->latest <= course->first || !latest->alike)
		return 0;
	report->compared = true;
	return ana_compare_make(&report->compare, &course->visit[course->first].visit, &latest->visit, &course->errors,
		course->despite, log);
}

/* ---- pictures ------------------------------------------------------------------------------------- */

static int add_picture(struct ana_report *report, const struct ana_plot *plot, const char *heading, const char *alt,
	struct alg_log *log)
{
	struct ana_report_picture *p = &report->picture[report->n_pictures];
	int rc = ana_plot_render(plot, &p->svg, &p->len, log);

	if (rc)
		return rc;
	report->n_pictures++;
	p->width_mm = plot->width_mm;
	p->height_mm = plot->height_mm;
	alg_text_copy(p->heading, sizeof(p->heading), heading);
	snprintf(p->alt, sizeof(p->alt), "%s. %s", plot->title, alt);
	return 0;
}

/* A picture higher than that would not stay on one page with its heading. */
static double room_mm(const struct ana_report *report)
{
	return report->paper == ANA_PAPER_LETTER ? 226 : 240;
}

/* Rows in the order of the panels: a target, then the same place on the other side. */
static void order_rows(const struct ana_course *course, struct ana_row *out, bool *together)
{
	size_t n = 0;
	bool *taken = calloc(course->n_rows + 1, sizeof(*taken));

	for (size_t i = 0; i < course->n_rows; i++) {
		const struct ana_row *row = &course->row[i];

		if (taken && taken[i])
			continue;
		together[n] = false;
		out[n++] = *row;
		for (size_t k = i + 1; taken && k < course->n_rows && row->point.role == SES_ROLE_TARGET; k++)
			if (!taken[k] && course->row[k].point.role == SES_ROLE_CONTRALATERAL &&
				ana_course_other_side(&row->point, &course->row[k].point)) {
				taken[k] = together[n] = true;
				out[n++] = course->row[k];
			}
	}
	free(taken);
}

/* The most rows from the first one that stay on one page, at least one panel; *plot is their picture. */
static int fit_rows(const struct ana_report *report, struct ana_course *part, struct ana_row *row, const bool *together,
	size_t n, struct ana_plot *plot, size_t *used, struct alg_log *log)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};
	struct ana_plot next;

	*used = 0;
	for (size_t k = 1; k <= n; k++) {
		if (k < n && together[k])
			continue;
		part->row = row;
		part->n_rows = k;
		int rc = ana_plot_course(&next, &style, part, log);

		if (rc || (*used && next.height_mm > room_mm(report))) {
			ana_plot_free(&next);
			return rc;
		}
		if (*used)
			ana_plot_free(plot);
		*plot = next;
		*used = k;
	}
	return 0;
}

static int draw_course(struct ana_report *report, struct alg_log *log)
{
	const struct ana_course *course = report->course;
	struct ana_row *row = calloc(course->n_rows + 1, sizeof(*row));
	bool *together = calloc(course->n_rows + 1, sizeof(*together));
	struct ana_course part = *course;
	char words[900], heading[96];
	int rc = row && together ? 0 : alg_fail(log, MSG_NOMEM, "report");

	if (!rc)
		order_rows(course, row, together);
	for (size_t at = 0, used = 0; !rc && at < course->n_rows && report->n_pictures < ANA_REPORT_PICTURES_MAX; at += used) {
		struct ana_plot plot = {0};

		rc = fit_rows(report, &part, row + at, together + at, course->n_rows - at, &plot, &used, log);
		part.row = row + at;
		part.n_rows = used;
		ana_course_summary(&part, words, sizeof(words));
		if (used == course->n_rows)
			snprintf(heading, sizeof(heading), "Course");
		else
			snprintf(heading, sizeof(heading), "Course, points %zu to %zu of %zu", at + 1, at + used, course->n_rows);
		if (!rc)
			rc = add_picture(report, &plot, heading, words, log);
		ana_plot_free(&plot);
	}
	free(row);
	free(together);
	return rc;
}

static int draw_map(struct ana_report *report, struct alg_log *log)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};
	struct ana_plot plot = {0};
	char words[900];
	int rc = ana_plot_bodymap_change(&plot, &style, &report->compare, report->outline, log);

	ana_compare_summary(&report->compare, words, sizeof(words));
	if (!rc)
		rc = add_picture(report, &plot, "Where it changed", words, log);
	ana_plot_free(&plot);
	return rc;
}

/* A picture of nothing is none: no point at all is no fault of a report. */
static int draw(struct ana_report *report, struct alg_log *log)
{
	int rc = report->course->n_rows ? draw_course(report, log) : 0;

	if (!rc && report->compared && report->compare.n_pairs && report->n_pictures < ANA_REPORT_PICTURES_MAX)
		rc = draw_map(report, log);
	return rc;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

int ana_report_make(struct ana_report *report, const struct ana_course *course, const struct ana_outline *outline,
	enum ana_paper paper, struct alg_log *log)
{
	*report = (struct ana_report){.course = course, .outline = outline, .paper = paper};
	int rc = load_sessions(report, log);

	if (!rc)
		rc = compare(report, log);
	return rc ? rc : draw(report, log);
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
		ana_html_svg(html, p->alt, p->svg, p->len, p->width_mm, p->height_mm);
		ana_html_raw(html, "</div>\n</figure>\n");
	}
	ana_html_raw(html, "</section>\n");
}

static void document_head(struct ana_html *html, const struct ana_report *report)
{
	ana_html_raw(html, ANA_REPORT_BEGINS "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"generator\" content=\"Algometer " ALG_VERSION "\">\n");
	ana_html_put(html, "title", "%s%s: pressure-pain thresholds, %s to %s", report->course->simulated ? "SIMULATED " : "",
		report->course->participant, report->course->visit[0].visit.header.visit_day,
		report->course->visit[report->course->n_visits - 1].visit.header.visit_day);
	ana_html_raw(html, "<style>\n");
	ana_report_style(html, report);
	ana_html_raw(html, "</style>\n</head>\n<body>\n");
}

int ana_report_page(const struct ana_report *report, char **page, size_t *len, struct alg_log *log)
{
	static void (*const part[])(struct ana_html *html, const struct ana_report *report) = {ana_report_head,
		ana_report_answer, ana_report_missing, pictures, ana_report_changes, ana_report_values, ana_report_journal,
		ana_report_treatments, ana_report_quality, ana_report_amendments, ana_report_detail, ana_report_method,
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
	for (size_t i = 0; i < report->n_pictures; i++)
		free(report->picture[i].svg);
	*report = (struct ana_report){0};
}
