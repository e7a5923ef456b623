/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_press.c - one press from contact to its judgement. */
#include "acq/engine_inside.h"

#include "base/clock.h"
#include "base/units.h"

#include <math.h>
#include <string.h>

#define SETTLE_NS    (2 * ALG_NS_PER_S)
#define RATING_NS    (30 * ALG_NS_PER_S)   /* to say how much a hold hurt */
#define GAP_LEAST_S  0.1
#define AFTER_NS     ALG_NS_PER_S          /* kept after release */

void eng_drop_buttons_before(struct acq_engine *e, int64_t t_ns)
{
	int kept = 0;

	for (int i = 0; i < e->n_buttons; i++)
		if (e->button_ns[i] >= t_ns)
			e->button_ns[kept++] = e->button_ns[i];
	e->n_buttons = kept;
}

bool eng_holding(const struct acq_engine *e)
{
	return e->config.proc->hold_kpa > 0 && e->view.kind != SES_KIND_FAMILIARISATION;
}

bool eng_two_responses(const struct acq_engine *e)
{
	return e->config.proc->tolerance && e->view.kind != SES_KIND_FAMILIARISATION;
}

void eng_begin_hold(struct acq_engine *e, int64_t t_ns)
{
	e->view.phase = ACQ_HOLD;
	e->hold_ns = t_ns;
	e->view.hold_left_s = e->config.proc->hold_s;
	eng_tell_limits(e);
}

/* Between two readings the pressure rises by more than this: the interpolated threshold is a guess. */
#define STEP_KPA 4.0

static bool too_slow(const struct acq_engine *e)
{
	return e->usual_step_s * e->config.proc->rate_kpa_s > STEP_KPA;
}

/* With tolerance: whether this response of the running press comes clearly after the first one (judge.c). */
static bool is_second(const struct acq_engine *e, int64_t t_ns)
{
	int64_t first = t_ns;

	for (int i = 0; i < e->n_buttons; i++)
		if (e->button_ns[i] >= e->contact_ns && e->button_ns[i] < first)
			first = e->button_ns[i];
	return t_ns - first >= ACQ_SECOND_AFTER_NS;
}

void eng_answer(struct acq_engine *e, int64_t t_ns)
{
	if (eng_two_responses(e) && !is_second(e, t_ns)) {
		if (!e->view.answered)
			eng_act(e, ACQ_ACT_THRESHOLD);
		e->view.answered = true;
		return;
	}
	eng_act(e, ACQ_ACT_RESPONSE);
	eng_to_release(e);
}

void eng_begin_press(struct acq_engine *e)
{
	eng_drop_buttons_before(e, e->above_ns);
	e->early = e->view.phase == ACQ_WAIT;
	e->view.phase = ACQ_RAMP;
	e->view.cue = ACQ_CUE_NONE;
	e->contact_ns = e->above_ns;
	e->release_ns = e->stuck_ns = SES_NO_TIME;
	e->hold_ns = SES_NO_TIME;
	e->rating = NAN;
	e->examiner = e->skip = e->wrong = e->ceiling = e->fallen = e->view.answered = false;
	e->peak_n = 0;
	e->press_zero_n = e->zero.zero_n;
	e->below = 0;
	eng_act(e, ACQ_ACT_CONTACT);
	eng_tell_limits(e); /* with the zero of this press */
	if (e->early)
		eng_tell(e, "early", "contact before the interval was over", e->view.wait_s);
	if (too_slow(e) && !e->slow_told)
		eng_tell(e, "slow-gauge", "readings a second", 1 / e->usual_step_s);
	e->slow_told |= too_slow(e);
	for (int i = 0; i < e->n_buttons && e->config.response != SES_RESPONSE_PEAK && e->view.phase == ACQ_RAMP; i++)
		eng_answer(e, e->button_ns[i]); /* it came while contact was not yet sure */
}

void eng_to_release(struct acq_engine *e)
{
	e->view.phase = ACQ_RELEASE;
	eng_set_cue(e, ACQ_CUE_NONE);
}

void eng_to_settle(struct acq_engine *e)
{
	e->release_ns = e->below_ns;
	e->view.phase = ACQ_SETTLE;
	e->view.settle_s = alg_ns_to_s(SETTLE_NS);
	e->view.rating_wanted = eng_holding(e) && !e->examiner && e->hold_ns != SES_NO_TIME && !e->early &&
		e->stuck_ns == SES_NO_TIME && (!e->wrong || eng_other_side(e, e->view.point) >= 0);
	eng_set_cue(e, ACQ_CUE_NONE);
	eng_act(e, ACQ_ACT_RELEASED);
	e->armed = true;
	e->above = 0;
	acq_zero_restart(&e->zero);
}

/* Back to before: laid on and taken off, no press. Nothing before it belongs to the next press. */
void eng_only_touched(struct acq_engine *e)
{
	e->view.phase = ACQ_WAIT;
	e->kept_from_ns = e->now_ns;
	e->above = 0;
	eng_set_cue(e, ACQ_CUE_NONE);
	acq_zero_restart(&e->zero);
	eng_tell(e, "touch", "let go before it was a press", alg_pressure_kpa(e->peak_n, e->config.area_cm2));
}

/* The samples that belong to the press: 1 s before contact (not into the last one) to 1 s after release. */
static void slice(const struct acq_engine *e, int64_t until_ns, struct acq_case *press)
{
	int64_t from_ns = e->contact_ns - BEFORE_NS, to_ns = until_ns;
	size_t first = 0, end;

	if (from_ns < e->kept_from_ns)
		from_ns = e->kept_from_ns;
	if (e->release_ns != SES_NO_TIME && e->release_ns + AFTER_NS < to_ns)
		to_ns = e->release_ns + AFTER_NS;
	while (first < e->n_kept && e->kept[first].t_ns < from_ns)
		first++;
	end = first;
	while (end < e->n_kept && e->kept[end].t_ns <= to_ns)
		end++;
	press->samples = e->kept + first;
	press->n = end - first;
}

bool acq_engine_running(const struct acq_engine *e, struct acq_press *out)
{
	struct acq_case so_far;

	*out = (struct acq_press){.samples = NULL};
	if (!eng_pressing(e))
		return false;
	slice(e, INT64_MAX, &so_far);
	out->samples = so_far.samples;
	out->n_samples = so_far.n;
	out->trial = eng_blank_row(e, &e->plan.place[e->place]);
	out->trial.status = SES_REJECTED;
	out->trial.reason = SES_REASON_INTERRUPTED;
	out->trial.press = e->plan.point[e->view.point].made + 1;
	out->trial.zero_n = e->press_zero_n;
	out->trial.contact_n = e->contact_n;
	out->trial.t_contact_s = ses_stored_s(e->contact_ns - e->start_ns);
	return true;
}

void eng_fill_table(struct acq_engine *e, const struct ses_trial *row)
{
	int columns = e->view.table_columns, column = 0;
	size_t at = (size_t)row->point * (size_t)columns;

	while (column < columns && e->view.table_status[at + (size_t)column])
		column++;
	if (column == columns)
		return;
	e->view.table[at + (size_t)column] = row->status == SES_CENSORED ? row->ceiling_kpa : row->ppt_kpa;
	e->view.table_status[at + (size_t)column] = (unsigned char)row->status;
}

void eng_clear_last_of_table(struct acq_engine *e, int point)
{
	size_t at = (size_t)point * (size_t)e->view.table_columns;

	for (int column = e->view.table_columns - 1; column >= 0; column--)
		if (e->view.table_status[at + (size_t)column]) {
			e->view.table_status[at + (size_t)column] = 0;
			e->view.table[at + (size_t)column] = NAN;
			return;
		}
}

static void note_press(struct acq_engine *e, size_t index, const struct ses_trial *row)
{
	struct acq_place *place = &e->plan.place[index];

	e->last_place = index;
	e->last_counts = row->status == SES_ACCEPTED || row->status == SES_CENSORED;
	e->view.last_status = (enum ses_status)row->status;
	e->view.last_reason = (enum ses_reason)row->reason;
	e->view.last_ppt_kpa = row->ppt_kpa;
	e->view.last_rate_kpa_s = row->rate_kpa_s;
	e->view.last_point = row->point;
	if (place->kind == SES_KIND_FAMILIARISATION) {
		place->state = ACQ_PLACE_DONE; /* practice: whatever became of it */
		e->last_counts = false;
	}
	if (!e->last_counts)
		return;
	place->state = ACQ_PLACE_DONE;
	eng_fill_table(e, row);
	eng_consider_extra(e, row->point);
}

/* Where the press counts: at the prompted place, or at the other side's when it was made there. */
static size_t place_of_press(struct acq_engine *e)
{
	int other = e->wrong && e->view.kind != SES_KIND_FAMILIARISATION ? eng_other_side(e, e->view.point) : -1;
	size_t at = 0;

	if (other < 0)
		return e->place;
	while (at < e->plan.n && (e->plan.place[at].point != other || e->plan.place[at].state != ACQ_PLACE_OPEN))
		at++;
	if (at < e->plan.n)
		return at;
	if (!acq_plan_insert(&e->plan, e->place, other, e->view.round, e->view.kind))
		return e->place;
	return e->place++;
}

static void set_uncertainty(const struct acq_engine *e, const struct acq_case *press, const struct ses_press_result *result,
	struct ses_trial *row)
{
	struct ses_budget_in in = {.trial = row, .area_cm2 = e->config.area_cm2, .resolution_n = e->config.resolution_n,
		.capacity_n = e->config.capacity_n, .first_zero_n = e->first_zero_n, .accuracy = e->config.accuracy};
	struct ses_budget budget;

	ses_rest_noise(press->samples, press->n, result->t_contact_ns, &in);
	ses_budget_make(&in, &budget);
	row->uncertainty_kpa = budget.expanded_kpa;
}

static double gap_s(const struct acq_engine *e)
{
	return fmax(3 * e->usual_step_s, GAP_LEAST_S);
}

/* The press is over: judged, told, and the plan goes on. broken: why it was cut off. */
void eng_end_press(struct acq_engine *e, enum ses_reason broken, int64_t until_ns)
{
	const struct ses_procedure *proc = e->config.proc;
	size_t index = place_of_press(e);
	struct acq_point_record *record = &e->plan.point[e->plan.place[index].point];
	struct acq_press *press = eng_new_press(e, &e->plan.place[index]);
	struct ses_press_result result;
	struct acq_case judged = {
		.param = {.area_cm2 = e->config.area_cm2, .zero_n = e->press_zero_n, .contact_n = e->contact_n,
			.target_rate_kpa_s = proc->rate_kpa_s, .corridor = proc->corridor, .gap_s = gap_s(e),
			.response = e->config.response},
		.ceiling_kpa = e->view.ceiling_kpa, .reject_rate = proc->reject_rate, .n_buttons = e->n_buttons,
		.stuck_ns = e->stuck_ns, .early = e->early, .examiner = e->examiner, .broken = broken,
		.zero_drifted = acq_zero_drifted(&e->zero), .start_ns = e->start_ns,
		.tolerance = eng_two_responses(e),
		.hold_kpa = eng_holding(e) ? proc->hold_kpa : NAN, .hold_band = proc->hold_band, .hold_s = proc->hold_s,
		.hold_ns = e->hold_ns, .rating = e->rating, .wrong_site = e->wrong && index == e->place,
		.quality = (too_slow(e) ? SES_QUALITY_SLOW_GAUGE : 0) | (e->not_blinded ? SES_QUALITY_NOT_BLINDED : 0),
	};

	if (isnan(e->first_zero_n)) /* of a press that is kept: a touch is not in the file */
		e->first_zero_n = e->press_zero_n;
	memcpy(judged.button_ns, e->button_ns, sizeof(judged.button_ns));
	slice(e, until_ns, &judged);
	acq_judge(&judged, &press->trial, &result);
	set_uncertainty(e, &judged, &result, &press->trial);
	press->samples = judged.samples;
	press->n_samples = judged.n;
	press->trial.n_samples = (int32_t)judged.n;
	press->trial.press = ++record->made;
	if (record->last_release_ns != INT64_MIN)
		press->trial.interval_s = ses_stored_s(e->contact_ns - record->last_release_ns);
	record->last_release_ns = e->release_ns != SES_NO_TIME ? e->release_ns : e->now_ns;

	note_press(e, index, &press->trial);
	if (e->release_ns == SES_NO_TIME)
		e->armed = false; /* the hand may still be on it */
	e->kept_from_ns = e->release_ns != SES_NO_TIME ? e->release_ns : e->now_ns;
	e->n_buttons = 0;
	e->view.phase = ACQ_WAIT;
	e->view.cue = ACQ_CUE_NONE;
	e->view.settle_s = e->view.hold_left_s = 0;
	e->view.rating_wanted = e->view.answered = false;
	e->prompted = false;
	if (e->skip && e->plan.place[e->place].state == ACQ_PLACE_OPEN)
		eng_give_up_place(e, e->place, SES_REASON_SKIPPED);
	eng_set_press_counts(e);
	eng_advance(e);
}

void eng_pass_settle(struct acq_engine *e)
{
	if (e->view.phase != ACQ_SETTLE)
		return;
	int64_t until_ns = e->release_ns + (e->view.rating_wanted ? RATING_NS : SETTLE_NS);

	e->view.settle_s = fmax(0, alg_ns_to_s(until_ns - e->now_ns));
	if (e->now_ns >= until_ns)
		eng_end_press(e, SES_REASON_NONE, e->now_ns);
}
