/* SPDX-License-Identifier: GPL-3.0-or-later */
/* procedure_points.c - which points a procedure measures on one participant, in which order, how long. */
#include "data/procedure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * A press as it usually goes, for the expected time only: a threshold of 300 kPa lies between the
 * means of sore trapezius muscles (near 200) and of healthy shins (near 400).
 */
#define TYPICAL_KPA  300.0
#define RELEASE_S    2.0 /* accepted by itself 2 s after release ... */
#define MOVE_S       6.0 /* ... and the tip stands on the next point */
#define JOURNAL_S    60.0
#define POSTURE_S    60.0 /* to turn over and lie still */

struct plan {
	const struct ses_procedure *proc;
	const struct ses_sites *sites;
	const struct ses_points *own;
	const size_t *current; /* of own */
	size_t n_current;
	struct ses_points *out;
};

static int put(struct plan *plan, const struct ses_point *point)
{
	for (size_t i = 0; i < plan->out->n; i++)
		if (strcmp(plan->out->point[i].site_code, point->site_code) == 0)
			return 0; /* each place once */
	return ses_points_add(plan->out, point);
}

static const struct ses_point *own_at(const struct plan *plan, size_t i)
{
	return &plan->own->point[plan->current[i]];
}

static size_t count_role(const struct plan *plan, enum ses_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->n_current; i++)
		n += own_at(plan, i)->role == role;
	return n;
}

/* The participant's own point there, else, when the procedure asks for it, one made like the target. */
static int put_other_side(struct plan *plan, const struct ses_point *target)
{
	const struct ses_site *site = ses_site_find(plan->sites, target->site_code);
	const struct ses_site *other = ses_site_other_side(plan->sites, site);
	struct ses_point made;

	if (!other)
		return 0;
	for (size_t i = 0; i < plan->n_current; i++)
		if (strcmp(own_at(plan, i)->site_code, other->code) == 0)
			return put(plan, own_at(plan, i));
	if (!plan->proc->contralateral)
		return 0;
	ses_point_from_site(&made, other, SES_ROLE_CONTRALATERAL);
	made.along_mm = target->along_mm;
	made.across_mm = target->across_mm;
	made.series = target->series; /* when the target moved, its mirror image moved with it */
	memcpy(made.posture, target->posture, sizeof(made.posture));
	return put(plan, &made);
}

static int put_named(struct plan *plan, const char codes[][16], int n, enum ses_role role)
{
	int rc = 0;

	for (int i = 0; i < n && !rc; i++) {
		const struct ses_site *site = ses_site_find(plan->sites, codes[i]);
		struct ses_point point;

		if (!site)
			continue; /* checked when the procedure was read */
		ses_point_from_site(&point, site, role);
		rc = put(plan, &point);
	}
	return rc;
}

static int put_control(struct plan *plan, struct alg_log *log)
{
	size_t before = plan->out->n;
	int rc = 0;

	for (size_t i = 0; i < plan->n_current && !rc; i++)
		if (own_at(plan, i)->role == SES_ROLE_CONTROL)
			rc = put(plan, own_at(plan, i));
	if (rc || count_role(plan, SES_ROLE_CONTROL) > 0)
		return rc;
	rc = put_named(plan, plan->proc->control, plan->proc->n_control, SES_ROLE_CONTROL);
	if (!rc && plan->proc->n_control && plan->out->n == before)
		alg_warn(log, MSG_POINTS_CONTROL, plan->proc->id);
	return rc;
}

static int put_own(struct plan *plan, struct alg_log *log)
{
	int targets = (int)count_role(plan, SES_ROLE_TARGET), rc = 0;

	if (targets == 0)
		return alg_fail(log, MSG_POINTS_NONE);
	if (plan->proc->n_targets && plan->proc->n_targets != targets)
		alg_warn(log, MSG_POINTS_COUNT, plan->proc->id, plan->proc->n_targets, targets);
	for (size_t i = 0; i < plan->n_current && !rc; i++) {
		if (own_at(plan, i)->role != SES_ROLE_TARGET)
			continue;
		rc = put(plan, own_at(plan, i));
		if (!rc)
			rc = put_other_side(plan, own_at(plan, i));
	}
	for (size_t i = 0; i < plan->n_current && !rc; i++)
		if (own_at(plan, i)->role == SES_ROLE_CONTRALATERAL)
			rc = put(plan, own_at(plan, i)); /* its target was taken away: it is measured on */
	return rc ? rc : put_control(plan, log);
}

/* Where the patient learns what is asked; a place that is measured as well would not be one. */
static int put_practice(struct plan *plan, struct alg_log *log)
{
	const char *code = plan->proc->familiarisation_site;
	const struct ses_site *site = plan->proc->familiarisation ? ses_site_find(plan->sites, code) : NULL;
	struct ses_point point;

	if (!site)
		return 0;
	for (size_t i = 0; i < plan->out->n; i++)
		if (strcmp(plan->out->point[i].site_code, code) == 0)
			return alg_fail(log, MSG_POINTS_PRACTICE, plan->proc->id, code);
	ses_point_from_site(&point, site, SES_ROLE_PRACTICE);
	return put(plan, &point);
}

int ses_procedure_practice(const struct ses_procedure *proc, const struct ses_points *points)
{
	for (size_t i = 0; proc->familiarisation && i < points->n; i++)
		if (points->point[i].role == SES_ROLE_PRACTICE)
			return (int)i;
	return -1;
}

static int count_postures(const struct ses_points *points)
{
	int n = 0;

	for (size_t i = 0; i < points->n; i++) {
		bool first = points->point[i].role != SES_ROLE_PRACTICE;

		for (size_t j = 0; j < i && first; j++)
			first = points->point[j].role == SES_ROLE_PRACTICE || strcmp(points->point[j].posture, points->point[i].posture) != 0;
		n += first;
	}
	return n;
}

int ses_procedure_posture_changes(const struct ses_procedure *proc, const struct ses_points *points, bool *there_and_back)
{
	int once = count_postures(points) - 1, all = proc->plan == SES_PLAN_ROUNDS ? once * proc->rounds : once;

	*there_and_back = all <= proc->max_posture_changes;
	return *there_and_back ? all : once > 0 ? once : 0;
}

int ses_procedure_points(const struct ses_procedure *proc, const struct ses_sites *sites,
	const struct ses_points *own, struct ses_points *out, struct alg_log *log)
{
	struct plan plan = {.proc = proc, .sites = sites, .own = own, .out = out};
	size_t *current = malloc((own->n + 1) * sizeof(*current));
	int rc;

	*out = (struct ses_points){NULL, 0};
	if (!current)
		return alg_fail(log, MSG_NOMEM, "points");
	plan.current = current;
	plan.n_current = ses_points_current(own, current);
	if (proc->points_from_participant) {
		rc = put_own(&plan, log);
	} else {
		rc = put_named(&plan, proc->sites, proc->n_sites, SES_ROLE_TARGET);
		if (!rc)
			rc = put_named(&plan, proc->control, proc->n_control, SES_ROLE_CONTROL);
	}
	if (!rc)
		rc = put_practice(&plan, log);
	if (rc == ALG_ERR_NOMEM)
		alg_fail(log, MSG_NOMEM, "points");
	if (rc)
		ses_points_free(out);
	free(current);
	return rc;
}

double ses_procedure_expected_s(const struct ses_procedure *proc, size_t n_points)
{
	double ramp_s = fmin(TYPICAL_KPA, proc->ceiling_kpa) / proc->rate_kpa_s;
	double press_s = ramp_s + RELEASE_S + MOVE_S;
	double again_s = fmax(press_s, ramp_s + proc->interval_s); /* the same point again, at the earliest */
	double total_s = proc->journal ? JOURNAL_S : 0;

	if (n_points == 0)
		return total_s;
	if (proc->plan == SES_PLAN_POINT_BY_POINT)
		return total_s + (double)n_points * ((proc->rounds - 1) * again_s + press_s);
	return total_s + (proc->rounds - 1) * fmax((double)n_points * press_s, again_s) + (double)n_points * press_s;
}

double ses_procedure_expected_all_s(const struct ses_procedure *proc, const struct ses_points *points)
{
	bool there_and_back;
	size_t n = points->n - (ses_procedure_practice(proc, points) >= 0);
	double ramp_s = fmin(TYPICAL_KPA, proc->ceiling_kpa) / proc->rate_kpa_s;

	return ses_procedure_expected_s(proc, n) + POSTURE_S * ses_procedure_posture_changes(proc, points, &there_and_back) +
	       proc->familiarisation * (ramp_s + fmax(proc->interval_s, RELEASE_S + MOVE_S)) +
	       (!(proc->hold_kpa > 0) ? 0 : proc->hold_s * proc->rounds * (double)n);
}
