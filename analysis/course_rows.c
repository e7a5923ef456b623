/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_rows.c - the points of a course, aligned over its sessions, with their values and trends. */
#include "analysis/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_row(const struct ses_point *a, const struct ses_point *b)
{
	return a->series == b->series && a->side == b->side && strcmp(a->site_code, b->site_code) == 0;
}

static bool same_site(const struct ses_point *a, const struct ses_point *b)
{
	return a->side == b->side && strcmp(a->site_code, b->site_code) == 0;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

/* A new series goes right beside the other ones of its site in their order, everything else to the end. */
static void insert_row(struct ana_course *course, const struct ses_point *point)
{
	size_t at = course->n_rows;
	bool moved = false;

	for (size_t i = course->n_rows; i-- > 0;) {
		struct ana_row *row = &course->row[i];

		if (!same_site(&row->point, point))
			continue;
		if (row->point.series > point->series)
			at = i;
		else if (!moved)
			at = i + 1;
		row->moved = moved = true;
	}
	memmove(&course->row[at + 1], &course->row[at], (course->n_rows - at) * sizeof(*course->row));
	course->row[at] = (struct ana_row){.point = *point, .baseline = -1, .latest = -1, .moved = moved};
	course->n_rows++;
}

static void collect_rows(struct ana_course *course)
{
	for (size_t v = 0; v < course->n_visits; v++)
		for (size_t i = 0; i < course->visit[v].visit.n_points; i++) {
			const struct ses_point *point = &course->visit[v].visit.point[i].point;
			size_t r = 0;

			while (r < course->n_rows && !same_row(&course->row[r].point, point))
				r++;
			if (r < course->n_rows)
				course->row[r].point = *point; /* as at its latest session */
			else
				insert_row(course, point);
		}
}

/* Targets, other side, control, then points without a role; else the order stays. */
static void sort_by_role(struct ana_course *course)
{
	struct ana_row row;

	for (size_t i = 1; i < course->n_rows; i++) {
		size_t k = i;

		row = course->row[i];
		for (; k > 0 && (unsigned)course->row[k - 1].point.role - 1u > (unsigned)row.point.role - 1u; k--)
			course->row[k] = course->row[k - 1];
		course->row[k] = row;
	}
}

static bool usable(const struct ana_course *course, const struct ana_row *row, size_t v)
{
	return !isnan(row->cell[v].value_kpa) && course->visit[v].alike;
}

bool ana_course_counts(const struct ana_course *course, const struct ana_row *row, size_t v)
{
	return usable(course, row, v) && !ana_visit_is_post(&course->visit[v].visit) &&
		!(ana_course_run_again(course, v) && usable(course, row, v + 1));
}

/* The values of a row, and which of them is the latest. */
static int fill_row(struct ana_course *course, struct ana_row *row)
{
	row->cell = calloc(course->n_visits, sizeof(*row->cell));
	if (!row->cell)
		return ALG_ERR_NOMEM;
	for (size_t v = 0; v < course->n_visits; v++) {
		const struct ana_point *p = ana_visit_point(&course->visit[v].visit, row->point.site_code,
			row->point.side, row->point.series);

		row->cell[v] = (struct ana_cell){.point = p, .value_kpa = p ? p->value_kpa : NAN, .bound = p && p->bound};
		row->cell[v].change = ana_change_of(NAN, false, NAN, false, NULL);
	}
	for (size_t v = 0; v < course->n_visits; v++)
		if (usable(course, row, v) && (!ana_visit_is_post(&course->visit[v].visit) || row->latest < 0))
			row->latest = (int)v;
	return 0;
}

static int fill_trend(const struct ana_course *course, struct ana_row *row)
{
	double *day = calloc(2 * course->n_visits + 1, sizeof(*day)), *kpa = day + course->n_visits;
	bool *bound = calloc(course->n_visits + 1, sizeof(*bound));
	int rc = ALG_ERR_NOMEM;
	size_t n = 0;

	for (size_t v = 0; day && bound && v < course->n_visits; v++) {
		if (!ana_course_counts(course, row, v))
			continue;
		day[n] = course->visit[v].day;
		kpa[n] = row->cell[v].value_kpa;
		bound[n++] = row->cell[v].bound;
	}
	if (day && bound)
		rc = ana_trend_of(&row->trend, day, kpa, bound, n, ana_course_scale(course));
	free(day);
	free(bound);
	return rc;
}

int ana_course_rows(struct ana_course *course)
{
	size_t most = 0;

	for (size_t v = 0; v < course->n_visits; v++)
		most += course->visit[v].visit.n_points;
	course->row = calloc(most + 1, sizeof(*course->row));
	if (!course->row)
		return ALG_ERR_NOMEM;
	collect_rows(course);
	sort_by_role(course);
	for (size_t r = 0; r < course->n_rows; r++)
		if (fill_row(course, &course->row[r]) || fill_trend(course, &course->row[r]))
			return ALG_ERR_NOMEM;
	for (size_t r = 0; r < course->n_rows; r++)
		ana_course_weigh(course, &course->row[r]);
	return 0;
}
