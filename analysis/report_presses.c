/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_presses.c - every press of the course by file and number. */
#include "analysis/report_part.h"

#include "analysis/text.h"

#include <math.h>
#include <stdio.h>

static void number_cell(struct ana_html *html, const char *fmt, double v) __attribute__((format(printf, 2, 0)));
static void number_cell(struct ana_html *html, const char *fmt, double v)
{
	char text[32] = "";

	if (isfinite(v))
		snprintf(text, sizeof(text), fmt, v);
	ana_html_number(html, "td class=\"n\"", "%s", text);
}

/* "accepted", "accepted, not used", "rejected: slip; slow": what a rejected press had is not used, which goes without saying. */
static void status_words(char *out, size_t cap, const struct ana_press *press)
{
	bool idle = !press->used && (press->status == SES_ACCEPTED || press->status == SES_CENSORED);
	char quality[160];

	ses_quality_words(quality, sizeof(quality), press->quality);
	snprintf(out, cap, "%s%s%s%s%s%s", ses_status_word(press->status), press->reason ? ": " : "",
		press->reason ? ses_reason_word(press->reason) : "", idle ? ", not used" : "", *quality ? "; " : "", quality);
}

static void press_row(struct ana_html *html, const struct ana_point *point, const struct ana_press *press)
{
	char kpa[32] = "", place[24] = "", status[256];

	status_words(status, sizeof(status), press);
	if (isfinite(press->kpa))
		snprintf(kpa, sizeof(kpa), "%s%.1f", press->status == SES_CENSORED ? ">" : "", press->kpa);
	ana_html_raw(html, "<tr>");
	ana_html_put(html, "th scope=\"row\" class=\"n\"", "%d", press->trial);
	if (point->point.series > 1)
		snprintf(place, sizeof(place), " place %d", point->point.series);
	ana_html_put(html, "td", "%s%s%s", point->point.site_code, place, point->point.primary ? "\xc2\xa0*" : "");
	ana_html_number(html, "td class=\"n\"", "%s", kpa);
	number_cell(html, "%.1f", press->rate_kpa_s);
	number_cell(html, "%.0f %%", 100 * press->corridor_share);
	number_cell(html, "\xc2\xb1%.1f", press->uncertainty_kpa);
	ana_html_put(html, "td", "%s", status);
	ana_html_raw(html, "</tr>\n");
}

static void session(struct ana_html *html, const struct ana_course *c, size_t v)
{
	static const char *const heads[] = {"Press", "Point", "kPa", "kPa/s", "In corridor", "Instrument, kPa",
		"Status", NULL};
	const struct ana_visit *visit = &c->visit[v].visit;
	char name[80];

	ana_report_session(name, sizeof(name), c, v, true);
	ana_html_table(html, "presses", "%s, file %s, seal %.8s", name, ana_report_file(visit), *visit->header.seal ? visit->header.seal : "none");
	ana_html_head(html, "rlrrrrl", heads);
	for (size_t i = 0; i < visit->n_points; i++) {
		ana_html_raw(html, "<tbody>\n");
		for (size_t k = 0; k < visit->point[i].n_press; k++)
			press_row(html, &visit->point[i], &visit->point[i].press[k]);
		ana_html_raw(html, "</tbody>\n");
	}
	ana_html_table_end(html);
}

void ana_report_presses(struct ana_html *html, const struct ana_report *report)
{
	ana_html_raw(html, "<section class=\"appendix\">\n<h2>Every press</h2>\n");
	ana_html_put(html, "p class=\"small\"", "The number of a press is its row in the file's results, counted from 1. In corridor: share of the "
		"ramp's time in which the rate was inside the corridor. Instrument: expanded uncertainty (k = 2) of the pressure as the "
		"gauge knew it; it is not the precision of a threshold. >: the ceiling came first. Accepted and censored presses are used in the "
		"value of their point unless it says \"not used\"; after the semicolon: what was out of order.");
	ana_html_raw(html, "<div class=\"press-lists\">\n");
	for (size_t v = 0; v < report->course->n_visits; v++)
		session(html, report->course, v);
	ana_html_raw(html, "</div>\n</section>\n");
}
