/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_part.h - between the files that write a report: its parts in the order of the page. Not for others. */
#ifndef ANA_REPORT_PART_H
#define ANA_REPORT_PART_H

#include "analysis/html.h"
#include "analysis/report.h"

/* report_pictures.c */
int ana_report_draw(struct ana_report *report, struct alg_log *log);
/* report_style.c: the style sheet, with page size and what stands at the edge of every page. */
void ana_report_style(struct ana_html *html, const struct ana_report *report);

/* report_words.c: title, answer, what is missing. */
void ana_report_head(struct ana_html *html, const struct ana_report *report);
void ana_report_answer(struct ana_html *html, const struct ana_report *report);
void ana_report_missing(struct ana_html *html, const struct ana_report *report);

/* report_tables.c: site by session, changes, every value. */
void ana_report_values(struct ana_html *html, const struct ana_report *report);
void ana_report_changes(struct ana_html *html, const struct ana_report *report);
void ana_report_detail(struct ana_html *html, const struct ana_report *report);

/* report_know.c: what else there is to know of the sessions. */
void ana_report_journal(struct ana_html *html, const struct ana_report *report);
void ana_report_treatments(struct ana_html *html, const struct ana_report *report);
void ana_report_norms(struct ana_html *html, const struct ana_report *report);
void ana_report_quality(struct ana_html *html, const struct ana_report *report);
void ana_report_amendments(struct ana_html *html, const struct ana_report *report);

/* report_method.c */
void ana_report_method(struct ana_html *html, const struct ana_report *report);
/* report_presses.c */
void ana_report_presses(struct ana_html *html, const struct ana_report *report);

/* "session 3 post", with its day where there is room: "session 3 post (2026-01-26)". */
void ana_report_session(char *out, size_t cap, const struct ana_course *course, size_t visit, bool day);
/* "2026-01-12 to 2026-02-16", or the one day. */
void ana_report_dates(char *out, size_t cap, const struct ana_course *course);
/* The next line of a page of text, which is cut there; a line that begins with a blank was wrapped and goes on with the one before. */
const char *ana_report_next_line(char **rest);
/* All of them as list items; text is changed. */
void ana_report_lines(struct ana_html *html, char *text);
/* The file's name without its folder. */
const char *ana_report_file(const struct ana_visit *visit);

#endif
