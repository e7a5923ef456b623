/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/course.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A longer hole in the numbering is a slip in a file name, not that many missing sessions. */
enum { ABSENT_MAX = 200 };

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

/* The next session is another run of this one: the same time point measured again. */
static bool run_again(const struct ana_course *course, size_t v)
{
	if (v + 1 >= course->n_visits)
		return false;
	const struct ses_header *h = &course->visit[v].visit.header, *next = &course->visit[v + 1].visit.header;

	return h->session == next->session && strcmp(h->acq, next->acq) == 0;
}

static bool usable(const struct ana_course *course, const struct ana_row *row, size_t v)
{
	return !isnan(row->cell[v].value_kpa) && course->visit[v].alike;
}

/* The session that changes count from: the first with a value that is not post; else the first with one. */
static int baseline_of(const struct ana_course *course, const struct ana_row *row)
{
	int any = -1;

	for (size_t v = 0; v < course->n_visits; v++) {
		if (!usable(course, row, v))
			continue;
		while (run_again(course, v) && usable(course, row, v + 1))
			v++;
		if (!ana_visit_is_post(&course->visit[v].visit))
			return (int)v;
		if (any < 0)
			any = (int)v;
	}
	return any;
}

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
	row->baseline = baseline_of(course, row);
	for (size_t v = 0; row->baseline >= 0 && v < course->n_visits; v++) {
		const struct ana_cell *first = &row->cell[row->baseline];
		struct ana_cell *cell = &row->cell[v];

		if (!usable(course, row, v))
			continue;
		if (!ana_visit_is_post(&course->visit[v].visit) || row->latest < 0)
			row->latest = (int)v;
		if ((int)v <= row->baseline)
			continue;
		struct ana_error error = ana_error_find(&course->errors, &course->visit[row->baseline].visit,
			&course->visit[v].visit, first->point, cell->point);

		cell->change = ana_change_of(first->value_kpa, first->bound, cell->value_kpa, cell->bound, &error);
	}
	row->low_kpa = row->high_kpa = NAN;
	if (row->latest > row->baseline && row->baseline >= 0) {
		row->low_kpa = row->cell[row->baseline].value_kpa + row->cell[row->latest].change.fall_kpa;
		row->high_kpa = row->cell[row->baseline].value_kpa + row->cell[row->latest].change.rise_kpa;
	}
	return 0;
}

static int make_rows(struct ana_course *course)
{
	size_t most = 0;

	for (size_t v = 0; v < course->n_visits; v++)
		most += course->visit[v].visit.n_points;
	course->row = calloc(most + 1, sizeof(*course->row));
	if (!course->row)
		return ALG_ERR_NOMEM;
	collect_rows(course);
	sort_by_role(course);
	for (size_t r = 0; r < course->n_rows; r++) {
		if (fill_row(course, &course->row[r]))
			return ALG_ERR_NOMEM;
		ana_tally_add(&course->tally, &course->row[r].cell[course->latest].change, &course->basis);
	}
	return 0;
}

/* ---- sessions ------------------------------------------------------------------------------------ */

static int compare_to_first(struct ana_course *course, size_t v, struct alg_log *log)
{
	struct ana_course_visit *at = &course->visit[v];
	const struct ana_visit *first = &course->visit[course->first].visit;
	struct ana_compare compare;
	int rc;

	at->day = at->visit.day - course->visit[0].visit.day;
	at->targets = ana_visit_mean(&at->visit, SES_ROLE_TARGET);
	at->contralateral = ana_visit_mean(&at->visit, SES_ROLE_CONTRALATERAL);
	at->control = ana_visit_mean(&at->visit, SES_ROLE_CONTROL);
	at->targets_change = (struct ana_pair_mean){.a_kpa = NAN, .b_kpa = NAN,
		.change = ana_change_of(NAN, false, NAN, false, NULL)};
	at->alike = true;
	if (v == course->first)
		return 0;
	if (v < course->first) /* a run that was measured again */
		at->n_unlike = ana_visits_unlike(&at->visit, first, at->unlike);
	else
		at->n_unlike = ana_visits_unlike(first, &at->visit, at->unlike);
	at->alike = at->n_unlike == 0 || !at->unlike[0].refuse || *course->despite;
	if (!at->alike || v < course->first)
		return 0;
	rc = ana_compare_make(&compare, first, &at->visit, NULL, course->despite, log);
	at->targets_change = compare.targets;
	ana_compare_free(&compare);
	return rc;
}

static bool listed(const int *number, size_t n, int wanted)
{
	for (size_t i = 0; i < n; i++)
		if (number[i] == wanted)
			return true;
	return false;
}

static bool has_session(const struct ana_course *course, int number)
{
	for (size_t v = 0; v < course->n_visits; v++)
		if (course->visit[v].visit.header.session == number)
			return true;
	return false;
}

/* Numbers from 1 to the last one that no session has, or whose file cannot be read. */
static int find_absent(struct ana_course *course, const int *unreadable, size_t n_unreadable)
{
	int last = 0;

	for (size_t v = 0; v < course->n_visits; v++)
		last = course->visit[v].visit.header.session > last ? course->visit[v].visit.header.session : last;
	for (size_t i = 0; i < n_unreadable; i++)
		last = unreadable[i] > last ? unreadable[i] : last;
	for (int number = 1; number <= last && course->n_absent < ABSENT_MAX; number++) {
		bool broken = listed(unreadable, n_unreadable, number);

		if (has_session(course, number) && !broken)
			continue;
		struct ana_absent *more = reallocarray(course->absent, course->n_absent + 1, sizeof(*more));

		if (!more)
			return ALG_ERR_NOMEM;
		course->absent = more;
		more[course->n_absent++] = (struct ana_absent){.session = number, .unreadable = broken};
	}
	return 0;
}

static int take_visits(struct ana_course *out, struct ana_visit *visits, size_t n)
{
	out->visit = calloc(n + 1, sizeof(*out->visit));
	if (!out->visit) {
		for (size_t v = 0; v < n; v++)
			ana_visit_free(&visits[v]);
		return ALG_ERR_NOMEM;
	}
	for (size_t v = 0; v < n; v++) {
		out->visit[v].visit = visits[v];
		visits[v] = (struct ana_visit){0};
		out->simulated |= out->visit[v].visit.header.simulated != 0;
	}
	out->n_visits = n;
	while (run_again(out, out->first))
		out->first++;
	out->latest = n ? n - 1 : 0;
	for (size_t v = n; v-- > 0;)
		if (!ana_visit_is_post(&out->visit[v].visit)) {
			out->latest = v;
			break;
		}
	return 0;
}

static int one_person(const struct ana_course *course, struct alg_log *log)
{
	const struct ana_visit *first = &course->visit[0].visit;

	for (size_t v = 1; v < course->n_visits; v++) {
		const struct ana_visit *visit = &course->visit[v].visit;

		if (strcmp(first->header.participant, visit->header.participant))
			return alg_fail(log, MSG_ANA_PARTICIPANT, first->path, first->header.participant, visit->path,
				visit->header.participant);
	}
	return 0;
}

int ana_course_make(struct ana_course *out, struct ana_visit *visits, size_t n,
	const struct ana_course_options *options, struct alg_log *log)
{
	int rc;

	*out = (struct ana_course){0};
	if (options)
		out->errors = options->errors;
	else
		ana_errors_init(&out->errors);
	if (options && options->despite)
		alg_text_copy(out->despite, sizeof(out->despite), options->despite);
	if (take_visits(out, visits, n))
		return alg_fail(log, MSG_NOMEM, "course");
	if (n == 0)
		return 0;
	alg_text_copy(out->participant, sizeof(out->participant), out->visit[0].visit.header.participant);
	rc = one_person(out, log);
	for (size_t v = 0; rc == 0 && v < n; v++)
		rc = compare_to_first(out, v, log);
	if (rc)
		return rc;
	if (make_rows(out) || find_absent(out, options ? options->unreadable : NULL, options ? options->n_unreadable : 0))
		return alg_fail(log, MSG_NOMEM, "course");
	return 0;
}

void ana_course_free(struct ana_course *course)
{
	for (size_t v = 0; v < course->n_visits; v++)
		ana_visit_free(&course->visit[v].visit);
	for (size_t r = 0; r < course->n_rows; r++)
		free(course->row[r].cell);
	free(course->visit);
	free(course->row);
	free(course->treatment);
	free(course->absent);
	*course = (struct ana_course){0};
}
