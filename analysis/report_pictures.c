/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_pictures.c - the pictures of a report, each as high as a page at most: a course of many points in parts. */
#include "analysis/plot_course.h"
#include "analysis/report_part.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NARROW_MM 90.0 /* 340 px: the narrowest telephones */
#define PART_WORDS "A part of the points; what changed over all of them stands in the text."

static int take(struct ana_report_svg *out, const struct ana_plot *plot, struct alg_log *log)
{
	out->width_mm = plot->width_mm;
	out->height_mm = plot->height_mm;
	return ana_plot_render(plot, &out->svg, &out->len, log);
}

/* The same picture twice; both plots are used up. made: of making them. */
static int add_picture(struct ana_report *report, int made, struct ana_plot *wide, struct ana_plot *narrow,
	const char *heading, const char *alt, struct alg_log *log)
{
	struct ana_report_picture *p = &report->picture[report->n_pictures];
	int rc = made;

	if (!rc) {
		report->n_pictures++; /* from here on freed with the report */
		rc = take(&p->wide, wide, log);
	}
	if (!rc)
		rc = take(&p->narrow, narrow, log);
	if (!rc) {
		alg_text_copy(p->heading, sizeof(p->heading), heading);
		snprintf(p->alt, sizeof(p->alt), "%s. %s", wide->title, alt);
	}
	ana_plot_free(wide);
	ana_plot_free(narrow);
	return rc;
}

/* A picture higher than that would not stay on one page with its heading: its 11 pt letters are 10 pt on A4, 9 pt on letter. */
#define ROOM_MM 264

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
	struct ana_plot next;

	*used = 0;
	for (size_t k = 1; k <= n; k++) {
		if (k < n && together[k])
			continue;
		part->row = row;
		part->n_rows = k;
		const struct ana_plot_style style = {.format = ANA_PLOT_SVG, .words = k == report->course->n_rows ? NULL : PART_WORDS};
		int rc = ana_plot_course(&next, &style, part, log);

		if (rc || (*used && next.height_mm > ROOM_MM)) {
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

/* What the picture shows, for those who cannot see it: each point with its change. */
static void say_rows(const struct ana_course *part, char *out, size_t cap)
{
	char label[160], words[160], one[330];

	out[0] = '\0';
	for (size_t r = 0; r < part->n_rows; r++) {
		const struct ana_row *row = &part->row[r];

		ana_point_label(&row->point, label, sizeof(label));
		if (row->latest > row->baseline && row->baseline >= 0)
			ana_change_words(words, sizeof(words), &row->cell[row->latest].change);
		else
			snprintf(words, sizeof(words), "%s", row->baseline < 0 ? "no value" : "one value");
		snprintf(one, sizeof(one), "%s: %s", label, words);
		ana_join(out, cap, one, "; ");
	}
}

static int draw_part(struct ana_report *report, struct ana_course *part, struct ana_row *row, const bool *together,
	size_t *at, struct alg_log *log)
{
	size_t n = report->course->n_rows, used;
	struct ana_plot plot = {0}, narrow = {0};
	char alt[sizeof(report->picture->alt) - 260], heading[96] = "Course";
	int rc = fit_rows(report, part, row + *at, together + *at, n - *at, &plot, &used, log);

	const struct ana_plot_style small = {.format = ANA_PLOT_SVG, .width_mm = NARROW_MM, .words = used < n ? PART_WORDS : NULL};

	part->row = row + *at;
	part->n_rows = used;
	if (!rc)
		rc = ana_plot_course(&narrow, &small, part, log);
	if (!rc && used < n)
		snprintf(heading, sizeof(heading), "Course, points %zu to %zu of %zu", *at + 1, *at + used, n);
	say_rows(part, alt, sizeof(alt));
	*at += used;
	return add_picture(report, rc, &plot, &narrow, heading, alt, log);
}

static int draw_course(struct ana_report *report, struct alg_log *log)
{
	const struct ana_course *course = report->course;
	struct ana_row *row = calloc(course->n_rows + 1, sizeof(*row));
	bool *together = calloc(course->n_rows + 1, sizeof(*together));
	struct ana_course part = *course;
	int rc = row && together ? 0 : alg_fail(log, MSG_NOMEM, "report");

	if (!rc)
		order_rows(course, row, together);
	for (size_t at = 0; !rc && at < course->n_rows && report->n_pictures + 2 < ANA_REPORT_PICTURES_MAX;)
		rc = draw_part(report, &part, row, together, &at, log);
	free(row);
	free(together);
	return rc;
}

/* ---- comparison ----------------------------------------------------------------------------------- */

static int draw_map(struct ana_report *report, struct alg_log *log)
{
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG}, small = {.format = ANA_PLOT_SVG, .width_mm = NARROW_MM};
	struct ana_plot plot = {0}, narrow = {0};
	char words[900];
	int rc = ana_plot_bodymap_change(&plot, &style, &report->compare, report->options.outline, log);

	if (!rc)
		rc = ana_plot_bodymap_change(&narrow, &small, &report->compare, report->options.outline, log);
	ana_compare_summary(&report->compare, words, sizeof(words));
	return add_picture(report, rc, &plot, &narrow, "Where it changed", words, log);
}

/* A forest of n pairs from the first one; the net change stands under the last. */
static int plant(const struct ana_report *report, size_t from, size_t n, double width_mm, struct ana_plot *plot, struct alg_log *log)
{
	struct ana_compare part = report->compare;
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG, .width_mm = width_mm,
		.words = n == part.n_pairs ? NULL : PART_WORDS};

	if (from + n < part.n_pairs)
		part.net.change = ana_change_of(NAN, false, NAN, false, NULL);
	part.pair += from;
	part.n_pairs = n;
	return ana_plot_forest(plot, &style, &part, log);
}

/* As many pairs as stay on one page, at least one. */
static int draw_forest(struct ana_report *report, size_t from, size_t *used, struct alg_log *log)
{
	size_t all = report->compare.n_pairs, n = all - from;
	struct ana_plot plot = {0}, narrow = {0};
	char words[900], heading[96] = "How much it changed, with intervals";
	int rc = plant(report, from, n, 0, &plot, log);

	while (!rc && n > 1 && plot.height_mm > ROOM_MM) {
		ana_plot_free(&plot);
		rc = plant(report, from, --n, 0, &plot, log);
	}
	if (!rc)
		rc = plant(report, from, n, NARROW_MM, &narrow, log);
	ana_compare_summary(&report->compare, words, sizeof(words));
	if (n < all)
		snprintf(heading, sizeof(heading), "How much it changed, points %zu to %zu of %zu", from + 1, from + n, all);
	*used = n;
	return add_picture(report, rc, &plot, &narrow, heading, words, log);
}

/* A picture of nothing is none: no point at all is no fault of a report. */
int ana_report_draw(struct ana_report *report, struct alg_log *log)
{
	bool both = report->compared && report->compare.n_pairs;
	int rc = report->course->n_rows ? draw_course(report, log) : 0;

	if (!rc && both)
		rc = draw_map(report, log);
	both &= ana_basis_any(&report->course->basis);
	for (size_t at = 0, used; !rc && both && at < report->compare.n_pairs && report->n_pictures < ANA_REPORT_PICTURES_MAX;
		at += used)
		rc = draw_forest(report, at, &used, log);
	return rc;
}
