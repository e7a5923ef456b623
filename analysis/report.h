/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report.h - the report of a course: one HTML page that needs nothing else, neither network nor script.
 * The answer in plain sentences first, then pictures, tables, what else to know, method, and every press
 * with its file and number.
 *
 * No clock enters: the same files and options give the same bytes. Session files are read a second time
 * for what a course leaves out (amendments, ceilings, checks of the gauge).
 */
#ifndef ANA_REPORT_H
#define ANA_REPORT_H

#include "analysis/compare.h"
#include "analysis/course.h"
#include "analysis/norms.h"
#include "analysis/plot.h"

enum ana_paper { ANA_PAPER_A4 = 0, ANA_PAPER_LETTER = 1 };

/* How such a file begins; one that begins otherwise is never replaced. */
#define ANA_REPORT_BEGINS "<!DOCTYPE html>\n<!-- Algometer: report of a course -->\n"

/* All borrowed; they must outlive the report. */
struct ana_report_options {
	enum ana_paper paper;
	const struct ana_outline *outline;
	const struct ses_norms *norms;         /* reference values beside the latest session; NULL: not asked for */
	const struct ses_participant *person;  /* with norms */
};

/* A picture as SVG, for paper and large screens, and for a narrow one. */
struct ana_report_svg {
	char *svg; /* owned */
	size_t len;
	double width_mm, height_mm;
};
struct ana_report_picture {
	char heading[96], alt[1200];
	struct ana_report_svg wide, narrow;
};
enum { ANA_REPORT_PICTURES_MAX = 40 };

struct ana_report {
	const struct ana_course *course;      /* borrowed: it must outlive this */
	struct ana_report_options options;
	struct ses_session *ses;              /* one a visit of the course, amended as that is, without samples; owned */
	struct ana_compare compare;           /* first to latest session ... */
	bool compared;                        /* ... where there are two that are alike */
	struct ana_report_picture picture[ANA_REPORT_PICTURES_MAX];
	size_t n_pictures;
};

/*
 * Reads what is missing and draws the pictures (gnuplot). course is borrowed. Says what went
 * wrong: MSG_REPORT_CHANGED when a session file is not the one that the course was made of. *report is to be
 * freed even after failure.
 */
int ana_report_make(struct ana_report *report, const struct ana_course *course,
	const struct ana_report_options *options, struct alg_log *log);
/* The page, which the caller frees. ALG_ERR_NOMEM (said). */
int ana_report_page(const struct ana_report *report, char **page, size_t *len, struct alg_log *log);
void ana_report_free(struct ana_report *report);

#endif
