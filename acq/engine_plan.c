/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_plan.c - between presses: which point is next, its ceiling, when the hand may press, what is given up. */
#include "acq/engine_inside.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/units.h"

#include <math.h>
#include <string.h>

#define FINE_N  0.05
#define STILL_S 3.0

enum { LATE_ACTIONS = 8 }; /* room that one step of the plan and the start of a press need */

static double least(double a, double b)
{
	return isnan(a) || b < a ? b : a;
}

/* The lowest of site, procedure, gauge range and force cap; NAN when none of them is known. */
double eng_ceiling_kpa(const struct acq_engine *e, int point)
{
	double area = e->config.area_cm2, kpa = e->config.points->point[point].ceiling_kpa;

	kpa = least(kpa, e->config.proc->ceiling_kpa);
	kpa = least(kpa, alg_pressure_kpa(e->config.capacity_n, area));
	return least(kpa, alg_pressure_kpa(e->config.proc->force_cap_n, area));
}

/*
 * How long one value is no stuck gauge in a hold: it is meant to stand still, for as long as it lasts. A hand that
 * holds trembles by a tenth of a newton and more, so that a gauge of fine digits shows another value much sooner.
 */
static double still_s(const struct acq_engine *e)
{
	if (!eng_pressing(e) || e->hold_ns == SES_NO_TIME)
		return 0;
	return e->config.resolution_n < FINE_N ? STILL_S : e->config.proc->hold_s + 2;
}

void eng_tell_limits(struct acq_engine *e)
{
	double digit_s, rate_n_s = alg_force_n(e->config.proc->rate_kpa_s, e->config.area_cm2);

	e->told_zero_n = e->zero.zero_n;
	digit_s = isnan(e->config.resolution_n) ? 0 : e->config.resolution_n / rate_n_s;
	eng_act(e, ACQ_ACT_LIMITS)->limits = (struct acq_guard_limits){
		.ceiling_n = alg_force_n(e->view.ceiling_kpa, e->config.area_cm2),
		.zero_n = e->zero.zero_n,
		.contact_n = e->view.paused && !eng_pressing(e) ? INFINITY : e->contact_n, /* laid down */
		.target_rate_n_s = rate_n_s,
		.stuck_after_s = fmax(4 * digit_s, still_s(e)),
	};
}

void eng_set_press_counts(struct acq_engine *e)
{
	e->view.done = acq_plan_done(&e->plan);
	e->view.planned = e->plan.n;
	e->view.press_of_point = e->plan.point[e->view.point].made;
}

/* A press of which nothing is known yet but its place. */
struct ses_trial eng_blank_row(const struct acq_engine *e, const struct acq_place *place)
{
	const struct ses_point *point = &e->config.points->point[place->point];
	struct ses_trial row = {
		.point = place->point, .series = point->series, .round = place->round, .ppt_kpa = NAN,
		.ppt_n = NAN, .peak_kpa = NAN, .overshoot_kpa = NAN, .ceiling_kpa = eng_ceiling_kpa(e, place->point),
		.rate_kpa_s = NAN, .rate_sd_kpa_s = NAN, .rate_response_kpa_s = NAN, .corridor_share = NAN,
		.zero_n = NAN, .contact_n = NAN, .interval_s = NAN, .t_contact_s = NAN, .t_response_s = NAN,
		.t_peak_s = NAN, .t_release_s = NAN, .kind = (int32_t)place->kind, .ptt_kpa = NAN, .t_tolerance_s = NAN,
		.hold_kpa = NAN, .hold_s = NAN, .rating = NAN, .uncertainty_kpa = NAN,
	};
	alg_text_copy(row.site_code, sizeof(row.site_code), point->site_code);
	row.side[0] = point->side;
	return row;
}

struct acq_press *eng_new_press(struct acq_engine *e, const struct acq_place *place)
{
	struct acq_action *a = eng_act(e, ACQ_ACT_PRESS);
	struct acq_press *press = &e->press[a - e->out];

	*press = (struct acq_press){.samples = NULL, .trial = eng_blank_row(e, place)};
	a->press = press;
	a->point = place->point;
	a->round = place->round;
	return press;
}

void eng_give_up_place(struct acq_engine *e, size_t index, enum ses_reason reason)
{
	struct acq_press *press = eng_new_press(e, &e->plan.place[index]);

	e->plan.place[index].state = ACQ_PLACE_MISSING;
	press->trial.status = SES_MISSING;
	press->trial.reason = (int32_t)reason;
	press->trial.response = (int32_t)e->config.response;
	eng_set_press_counts(e);
}

int eng_other_side(const struct acq_engine *e, int point)
{
	const struct ses_points *points = e->config.points;
	const char *code = points->point[point].site_code;
	size_t n = strlen(code);

	for (size_t i = 0; i < points->n; i++) {
		const char *other = points->point[i].site_code;

		if (n > 2 && strlen(other) == n && strncmp(other, code, n - 1) == 0 && points->point[i].side != points->point[point].side &&
			points->point[i].role != SES_ROLE_PRACTICE && !acq_plan_full(&e->plan, (int)i))
			return (int)i;
	}
	return -1;
}

/* One more press where those that count spread more than the clinic's own limit, once all of them are there. */
void eng_consider_extra(struct acq_engine *e, int point)
{
	const double *kpa = e->view.table + (size_t)point * (size_t)e->view.table_columns;
	const unsigned char *status = e->view.table_status + (size_t)point * (size_t)e->view.table_columns;
	double low = INFINITY, high = -INFINITY, sum = 0;
	size_t at = acq_plan_next(&e->plan);
	int n = 0;

	if (!(e->config.proc->extra_range > 0) || acq_plan_open(&e->plan, point))
		return;
	for (int i = 0; i < e->view.table_columns && status[i]; i++, n++) {
		if (status[i] != SES_ACCEPTED)
			return; /* "more than" has no spread */
		low = fmin(low, kpa[i]);
		high = fmax(high, kpa[i]);
		sum += kpa[i];
	}
	if (n < 2 || (high - low) / (sum / n) <= e->config.proc->extra_range || !acq_plan_extra(&e->plan, point))
		return;
	if (e->last_place != SIZE_MAX && e->last_place > at)
		e->last_place++; /* it is behind the new place */
	eng_tell(e, "extra", "the presses spread more than the limit", NAN);
}

/* The spread is another one once a press of this point no longer counts: it is looked at again when it was repeated. */
void eng_reconsider_extra(struct acq_engine *e, int point)
{
	size_t at = acq_plan_withdraw_extra(&e->plan, point);

	if (at == SIZE_MAX)
		return;
	if (e->last_place != SIZE_MAX && e->last_place > at)
		e->last_place--;
	eng_tell(e, "extra", "no longer needed", NAN);
}

static void prompt(struct acq_engine *e)
{
	const struct acq_place *place = &e->plan.place[e->place];

	e->view.point = place->point;
	e->view.round = place->round;
	e->view.kind = place->kind;
	e->view.ceiling_kpa = eng_ceiling_kpa(e, place->point);
	e->view.phase = ACQ_WAIT;
	e->prompted = true;
	e->ready_told = false;
	eng_set_press_counts(e);
	eng_act(e, ACQ_ACT_PROMPT);
	eng_tell_limits(e);
}

/* Goes to the next open place as far as there is room for the actions; what is left comes next time. */
void eng_advance(struct acq_engine *e)
{
	while (!eng_pressing(e) && !e->over && e->n_out + LATE_ACTIONS <= ACQ_ACTIONS_MAX) {
		e->place = acq_plan_next(&e->plan);
		if (e->place == e->plan.n) {
			e->over = true;
			e->view.phase = ACQ_DONE;
			e->view.wait_s = e->view.settle_s = 0;
			eng_act(e, ACQ_ACT_DONE)->reason = e->ending;
		} else if (e->ending != SES_REASON_NONE) {
			eng_give_up_place(e, e->place, e->ending);
		} else if (acq_plan_full(&e->plan, e->plan.place[e->place].point)) {
			eng_give_up_place(e, e->place, SES_REASON_LIMIT);
		} else {
			if (!e->prompted)
				prompt(e);
			return;
		}
	}
}

/* WAIT or REST: whether the hand may press now. */
void eng_wait_or_rest(struct acq_engine *e)
{
	int64_t ready_ns;

	if (eng_pressing(e) || e->over || !e->prompted)
		return;
	ready_ns = acq_plan_ready_ns(&e->plan, e->view.point);
	e->view.wait_s = ready_ns > e->now_ns ? alg_ns_to_s(ready_ns - e->now_ns) : 0;
	if (e->view.wait_s > 0 || e->view.paused || e->view.lost || !e->zero.known || !e->armed) {
		e->view.phase = ACQ_WAIT;
		e->ready_told = false;
		return;
	}
	e->view.phase = ACQ_REST;
	if (!e->ready_told)
		eng_act(e, ACQ_ACT_READY);
	e->ready_told = true;
}
