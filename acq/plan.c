/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/plan.h"

#include "base/clock.h"
#include "base/status.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int acq_plan_init(struct acq_plan *plan, const int *order, size_t n_order, size_t n_points, int max_presses,
	double interval_s, enum ses_kind kind)
{
	memset(plan, 0, sizeof(*plan));
	if (n_order == 0 || n_points == 0 || max_presses < 1 || !isfinite(interval_s) || interval_s < 0)
		return ALG_ERR_ARG;
	for (size_t i = 0; i < n_order; i++)
		if (order[i] < 0 || (size_t)order[i] >= n_points)
			return ALG_ERR_ARG;
	/* Places can be added only while presses are allowed: this is all that can ever be needed. */
	plan->cap = n_order + n_points * (size_t)max_presses;
	plan->place = calloc(plan->cap, sizeof(*plan->place));
	plan->point = calloc(n_points, sizeof(*plan->point));
	if (!plan->place || !plan->point) {
		acq_plan_free(plan);
		return ALG_ERR_NOMEM;
	}
	plan->n_points = n_points;
	plan->max_presses = max_presses;
	plan->interval_ns = alg_s_to_ns(interval_s);
	for (size_t i = 0; i < n_points; i++)
		plan->point[i].last_release_ns = INT64_MIN;
	for (size_t i = 0; i < n_order; i++)
		plan->place[plan->n++] =
			(struct acq_place){.point = order[i], .round = ++plan->point[order[i]].planned, .kind = kind};
	return 0;
}

void acq_plan_free(struct acq_plan *plan)
{
	free(plan->place);
	free(plan->point);
	memset(plan, 0, sizeof(*plan));
}

size_t acq_plan_next(const struct acq_plan *plan)
{
	size_t i = 0;

	while (i < plan->n && plan->place[i].state != ACQ_PLACE_OPEN)
		i++;
	return i;
}

size_t acq_plan_done(const struct acq_plan *plan)
{
	size_t done = 0;

	for (size_t i = 0; i < plan->n; i++)
		done += plan->place[i].state == ACQ_PLACE_DONE;
	return done;
}

bool acq_plan_full(const struct acq_plan *plan, int point)
{
	return plan->point[point].made >= plan->max_presses;
}

bool acq_plan_insert(struct acq_plan *plan, size_t at, int point, int round, enum ses_kind kind)
{
	if (acq_plan_full(plan, point) || plan->n == plan->cap)
		return false;
	memmove(plan->place + at + 1, plan->place + at, (plan->n - at) * sizeof(*plan->place));
	plan->place[at] = (struct acq_place){.point = point, .round = round, .kind = kind};
	plan->n++;
	return true;
}

bool acq_plan_familiarise(struct acq_plan *plan, int point, int n)
{
	for (int i = 0; i < n; i++)
		if (!acq_plan_insert(plan, (size_t)i, point, ++plan->point[point].planned, SES_KIND_FAMILIARISATION))
			return false;
	return true;
}

bool acq_plan_open(const struct acq_plan *plan, int point)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->place[i].point == point && plan->place[i].state == ACQ_PLACE_OPEN)
			return true;
	return false;
}

bool acq_plan_extra(struct acq_plan *plan, int point)
{
	struct acq_point_record *record = &plan->point[point];
	size_t at = acq_plan_next(plan);

	if (record->extra || !acq_plan_insert(plan, at == plan->n ? at : at + 1, point, record->planned + 1, SES_KIND_EXTRA))
		return false;
	record->planned++;
	record->extra = true;
	return true;
}

size_t acq_plan_withdraw_extra(struct acq_plan *plan, int point)
{
	size_t i = 0;

	while (i < plan->n && (plan->place[i].point != point || plan->place[i].kind != SES_KIND_EXTRA ||
		plan->place[i].state != ACQ_PLACE_OPEN))
		i++;
	if (i == plan->n)
		return SIZE_MAX;
	plan->n--;
	memmove(plan->place + i, plan->place + i + 1, (plan->n - i) * sizeof(*plan->place));
	plan->point[point].planned--;
	plan->point[point].extra = false;
	return i;
}

void acq_plan_settle(struct acq_plan *plan, int point, int round, enum ses_kind kind, enum acq_place_state state)
{
	size_t i = 0;

	while (i < plan->n && (plan->place[i].state != ACQ_PLACE_OPEN || plan->place[i].point != point ||
		(round && plan->place[i].round != round)))
		i++;
	if (i == plan->n) {
		i = acq_plan_next(plan);
		round = round || !plan->n ? round : plan->place[i < plan->n ? i : plan->n - 1].round;
		if (!acq_plan_insert(plan, i, point, round, kind))
			return;
	}
	plan->point[point].extra |= kind == SES_KIND_EXTRA;
	plan->place[i].state = state;
}

int64_t acq_plan_ready_ns(const struct acq_plan *plan, int point)
{
	int64_t last = plan->point[point].last_release_ns;

	return last == INT64_MIN ? INT64_MIN : last + plan->interval_ns;
}

void acq_plan_restart_intervals(struct acq_plan *plan, int64_t now_ns)
{
	for (size_t i = 0; i < plan->n_points; i++)
		if (plan->point[i].last_release_ns != INT64_MIN)
			plan->point[i].last_release_ns = now_ns;
}
