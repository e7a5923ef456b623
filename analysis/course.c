/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/course.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A longer hole in the numbering is a slip in a file name, not that many missing sessions. */
enum { ABSENT_MAX = 200 };

/* ---- order --------------------------------------------------------------------------------------- */

static int sign_of(double d)
{
	return (d > 0) - (d < 0);
}

static int by_time(const void *a, const void *b)
{
	const struct ana_visit *p = a, *q = b;
	int order = sign_of((double)p->day - q->day);

	if (!order)
		order = (int)ana_visit_is_post(p) - (int)ana_visit_is_post(q);
	if (!order)
		order = sign_of(p->header.started_unix_s - q->header.started_unix_s);
	if (!order)
		order = sign_of((double)p->header.session - q->header.session);
	return order ? order : sign_of((double)p->header.run - q->header.run);
}

void ana_visits_sort(struct ana_visit *visits, size_t n)
{
	if (n)
		qsort(visits, n, sizeof(*visits), by_time);
}

bool ana_course_run_again(const struct ana_course *course, size_t v)
{
	if (v + 1 >= course->n_visits)
		return false;
	const struct ses_header *h = &course->visit[v].visit.header, *next = &course->visit[v + 1].visit.header;

	return h->session == next->session && strcmp(h->acq, next->acq) == 0;
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

		if ((has_session(course, number) && !broken) || !ana_sessions_has(course->sessions, number))
			continue;
		struct ana_absent *more = reallocarray(course->absent, course->n_absent + 1, sizeof(*more));

		if (!more)
			return ALG_ERR_NOMEM;
		course->absent = more;
		more[course->n_absent++] = (struct ana_absent){.session = number, .unreadable = broken};
	}
	return 0;
}

/* "3" or "3-5" at the start of list, whose end it tells; false: neither. */
static bool span(const char *list, int64_t *from, int64_t *to, const char **end)
{
	char word[24] = "";
	size_t len = strcspn(list, ",");
	char *dash;

	*end = list + len;
	if (len == 0 || len >= sizeof(word))
		return false;
	memcpy(word, list, len);
	if ((dash = strchr(word, '-')))
		*dash = '\0';
	if (alg_text_to_int(word, 1, 9999, from))
		return false;
	*to = *from;
	return !dash || alg_text_to_int(dash + 1, *from, 9999, to) == 0;
}

bool ana_sessions_ok(const char *list)
{
	int64_t from, to;

	if (strlen(list) >= sizeof(((struct ana_course *)NULL)->sessions))
		return false;
	do {
		if (!span(list, &from, &to, &list))
			return false;
	} while (*list++ == ',');
	return true;
}

bool ana_sessions_has(const char *list, int session)
{
	int64_t from, to;

	if (!list || !*list)
		return true;
	do {
		if (span(list, &from, &to, &list) && session >= from && session <= to)
			return true;
	} while (*list++ == ',');
	return false;
}

static int take_visits(struct ana_course *out, struct ana_visit *visits, size_t n)
{
	ana_visits_sort(visits, n);
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
		out->reordered |= v && out->visit[v].visit.header.session < out->visit[v - 1].visit.header.session;
	}
	out->n_visits = n;
	while (ana_course_run_again(out, out->first))
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
	out->baseline = options && options->baseline ? options->baseline : 1;
	if (options && options->despite)
		alg_text_copy(out->despite, sizeof(out->despite), options->despite);
	if (options && options->sessions)
		alg_text_copy(out->sessions, sizeof(out->sessions), options->sessions);
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
	if (ana_course_rows(out) || find_absent(out, options ? options->unreadable : NULL, options ? options->n_unreadable : 0))
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
