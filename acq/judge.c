/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/judge.h"

#include "base/units.h"

#include <math.h>

/* A reading that has not moved for so long before the response is no measurement of it. */
#define STUCK_BEFORE_NS INT64_C(500000000)

static bool in_press(const struct ses_press_result *r, int64_t t_ns)
{
	return t_ns >= r->t_contact_ns && (r->t_release_ns == SES_NO_TIME || t_ns <= r->t_release_ns);
}

/* The first button inside the press; force must still be on, so a button after release is none. */
static int64_t first_button(const struct acq_case *press, const struct ses_press_result *r)
{
	int64_t first = SES_NO_TIME;

	for (int i = 0; i < press->n_buttons; i++)
		if (in_press(r, press->button_ns[i]) && (first == SES_NO_TIME || press->button_ns[i] < first))
			first = press->button_ns[i];
	return first;
}

/* First instant at or over the ceiling; SES_NO_TIME when it was not reached. */
static int64_t ceiling_time(const struct acq_case *press, const struct ses_press_result *r)
{
	for (size_t i = 0; i < press->n; i++) {
		const struct ses_sample *s = &press->samples[i];

		if (in_press(r, s->t_ns) && !(s->flags & (SES_SAMPLE_PEAK | SES_SAMPLE_FAULT)) &&
			alg_pressure_kpa(s->force_n - press->param.zero_n, press->param.area_cm2) >= press->ceiling_kpa)
			return s->t_ns;
	}
	return SES_NO_TIME;
}

static int64_t overload_time(const struct acq_case *press, const struct ses_press_result *r)
{
	for (size_t i = 0; i < press->n; i++)
		if (in_press(r, press->samples[i].t_ns) && (press->samples[i].flags & SES_SAMPLE_OVERLOAD))
			return press->samples[i].t_ns;
	return SES_NO_TIME;
}

static bool before(int64_t a, int64_t b)
{
	return a != SES_NO_TIME && (b == SES_NO_TIME || a <= b);
}

/* t_end_ns: the response or the ceiling, whichever ended the ramp. */
static bool is_stuck(const struct acq_case *press, int64_t t_end_ns)
{
	return press->stuck_ns != SES_NO_TIME &&
	       (t_end_ns == SES_NO_TIME || t_end_ns > press->stuck_ns - STUCK_BEFORE_NS);
}

static bool rate_rejects(const struct acq_case *press, const struct ses_press_result *r)
{
	double target = press->param.target_rate_kpa_s;

	return fabs(r->rate_kpa_s - target) / target > press->reject_rate;
}

/* What the press is worth. The order is the order of the reasons: the hand's fault before the gauge's. */
static enum ses_status decide(const struct acq_case *press, const struct ses_press_result *r,
	int64_t t_ceiling_ns, int64_t t_overload_ns, enum ses_reason *reason)
{
	bool response = r->t_response_ns != SES_NO_TIME;

	*reason = press->examiner ? SES_REASON_EXAMINER
		: press->wrong_site ? SES_REASON_WRONG_SITE
		: press->early ? SES_REASON_EARLY
		: is_stuck(press, response ? r->t_response_ns : t_ceiling_ns) ? SES_REASON_STUCK
		: SES_REASON_NONE;
	if (*reason)
		return SES_REJECTED;
	if (response && !isnan(r->ppt_kpa)) {
		*reason = !(press->hold_kpa > 0) && rate_rejects(press, r) ? SES_REASON_RATE : SES_REASON_NONE;
		return *reason ? SES_REJECTED : SES_ACCEPTED;
	}
	if (response) { /* the force at that instant is not known */
		*reason = press->broken ? press->broken
			: before(t_overload_ns, r->t_response_ns) ? SES_REASON_OVERLOAD
			: SES_REASON_GAP;
		return SES_REJECTED;
	}
	if (t_ceiling_ns != SES_NO_TIME || t_overload_ns != SES_NO_TIME) {
		*reason = t_ceiling_ns != SES_NO_TIME ? SES_REASON_CEILING : SES_REASON_OVERLOAD;
		return SES_CENSORED;
	}
	*reason = press->broken ? press->broken : SES_REASON_NO_RESPONSE;
	return SES_REJECTED;
}

static double session_s(const struct acq_case *press, int64_t t_ns)
{
	return t_ns == SES_NO_TIME ? NAN : ses_stored_s(t_ns - press->start_ns);
}

static void fill(const struct acq_case *press, const struct ses_press_result *r, struct ses_trial *row)
{
	row->response = (int32_t)press->param.response;
	row->ppt_kpa = r->ppt_kpa;
	row->ppt_n = r->ppt_n;
	row->peak_kpa = r->peak_kpa;
	row->overshoot_kpa = r->overshoot_kpa;
	row->ceiling_kpa = press->ceiling_kpa;
	row->rate_kpa_s = r->rate_kpa_s;
	row->rate_sd_kpa_s = r->rate_sd_kpa_s;
	row->rate_response_kpa_s = r->rate_response_kpa_s;
	row->corridor_share = r->corridor_share;
	row->zero_n = press->param.zero_n;
	row->contact_n = press->param.contact_n;
	row->t_contact_s = session_s(press, r->t_contact_ns);
	row->t_response_s = session_s(press, r->t_response_ns);
	row->t_peak_s = session_s(press, r->t_peak_ns);
	row->t_release_s = session_s(press, r->t_release_ns);
	row->n_ramp = r->n_ramp;
	row->n_gaps = r->n_gaps;
	row->quality = (int32_t)(r->quality | press->quality | (press->zero_drifted ? SES_QUALITY_ZERO : 0));
}

/*
 * A peak is a response only once the hand has let go (before that it is any wobble of the ramp), and
 * only under the ceiling: over it the patient had not spoken when the examiner was told to lift.
 */
static bool peak_answers(const struct acq_case *press, const struct ses_press_result *r, int64_t t_ceiling_ns)
{
	return press->param.response == SES_RESPONSE_PEAK && r->t_release_ns != SES_NO_TIME &&
	       t_ceiling_ns == SES_NO_TIME;
}

static void judge_tolerance(const struct acq_case *press, const struct ses_press_result *r, int64_t t_ceiling_ns, struct ses_trial *row)
{
	int64_t second = SES_NO_TIME;

	row->tolerance = SES_TOLERANCE_NONE;
	if (r->t_response_ns == SES_NO_TIME)
		return;
	for (int i = 0; i < press->n_buttons; i++)
		if (in_press(r, press->button_ns[i]) && press->button_ns[i] >= r->t_response_ns + ACQ_SECOND_AFTER_NS &&
			(second == SES_NO_TIME || press->button_ns[i] < second))
			second = press->button_ns[i];
	if (t_ceiling_ns != SES_NO_TIME && !before(second, t_ceiling_ns)) {
		row->tolerance = SES_TOLERANCE_CENSORED;
		row->ptt_kpa = press->ceiling_kpa;
		return;
	}
	row->ptt_kpa = alg_pressure_kpa(ses_force_at(press->samples, press->n, second, press->param.gap_s) - press->param.zero_n,
		press->param.area_cm2);
	if (second == SES_NO_TIME || isnan(row->ptt_kpa))
		return;
	row->tolerance = SES_TOLERANCE_TAKEN;
	row->t_tolerance_s = session_s(press, second);
}

/* Mean pressure and time inside the band, from the instant it was reached for as long as it was asked for. */
static void judge_hold(const struct acq_case *press, const struct ses_press_result *r, int64_t t_stop_ns, struct ses_trial *row)
{
	double low = press->hold_kpa * (1 - press->hold_band), high = press->hold_kpa * (1 + press->hold_band), sum = 0, in_s = 0;
	int64_t end_ns = press->hold_ns + (int64_t)(press->hold_s * 1e9);
	int64_t last_ns = press->hold_ns;

	(void)r;
	row->hold_kpa = NAN;
	if (t_stop_ns != SES_NO_TIME && t_stop_ns < end_ns)
		end_ns = t_stop_ns;
	for (size_t i = 0; i < press->n && press->hold_ns != SES_NO_TIME; i++) {
		const struct ses_sample *s = &press->samples[i];
		double kpa = alg_pressure_kpa(s->force_n - press->param.zero_n, press->param.area_cm2), step_s;

		if (s->t_ns <= press->hold_ns || s->t_ns > end_ns || !isfinite(kpa) ||
			(s->flags & (SES_SAMPLE_PEAK | SES_SAMPLE_FAULT | SES_SAMPLE_OVERLOAD)))
			continue;
		step_s = (double)(s->t_ns - last_ns) / 1e9;
		last_ns = s->t_ns;
		if (kpa < low || kpa > high || step_s > press->param.gap_s)
			continue;
		in_s += step_s;
		sum += kpa * step_s;
	}
	row->hold_s = press->hold_ns == SES_NO_TIME ? NAN : in_s;
	row->hold_kpa = in_s > 0 ? sum / in_s : NAN;
	row->rating = press->rating;
}

/* A hold counts when most of it was held, or when the patient could not bear it. */
#define HELD_ENOUGH 0.8

/* All of the time that was asked for has passed: what breaks the press now takes nothing from it. */
static bool hold_is_over(const struct acq_case *press)
{
	return press->hold_ns != SES_NO_TIME && press->n &&
	       press->samples[press->n - 1].t_ns - press->hold_ns >= (int64_t)(press->hold_s * 1e9);
}

static void decide_hold(const struct acq_case *press, int64_t t_button_ns, int64_t t_ceiling_ns, struct ses_trial *row)
{
	bool broken_after = press->broken && row->reason == (int32_t)press->broken && hold_is_over(press);

	if (row->status == SES_REJECTED && row->reason != SES_REASON_NO_RESPONSE && !broken_after)
		return; /* for another reason */
	if (row->status == SES_CENSORED) { /* the gauge was over its limit, or the ceiling was reached */
		row->status = SES_REJECTED;
		return;
	}
	row->status = SES_ACCEPTED;
	row->reason = SES_REASON_NONE;
	if (t_ceiling_ns != SES_NO_TIME) {
		row->status = SES_REJECTED;
		row->reason = SES_REASON_CEILING;
	} else if (t_button_ns == SES_NO_TIME && !(row->hold_s >= HELD_ENOUGH * press->hold_s)) {
		row->status = SES_REJECTED;
		row->reason = SES_REASON_NO_RESPONSE;
	}
}

/* The response lies in the press, and which one it is; then the press is evaluated with it. */
static int64_t find_response(const struct acq_case *press, int64_t t_ceiling_ns, struct ses_press_param *param, struct ses_press_result *result)
{
	int64_t t_response_ns = SES_NO_TIME;

	if (peak_answers(press, result, t_ceiling_ns) && !(press->hold_kpa > 0))
		param->response = SES_RESPONSE_PEAK;
	else if (press->param.response != SES_RESPONSE_PEAK)
		t_response_ns = first_button(press, result);
	return before(t_response_ns, t_ceiling_ns) ? t_response_ns : SES_NO_TIME; /* the ceiling came first: more than the ceiling */
}

void acq_judge(const struct acq_case *press, struct ses_trial *row, struct ses_press_result *result)
{
	struct ses_press_param param = press->param;
	int64_t t_ceiling_ns, t_overload_ns, t_response_ns;
	enum ses_reason reason;

	/* First where the press lies, then which response lies in it, then all of it. */
	param.response = SES_RESPONSE_BUTTON;
	ses_press_evaluate(press->samples, press->n, &param, SES_NO_TIME, result);
	t_ceiling_ns = ceiling_time(press, result);
	t_overload_ns = overload_time(press, result);
	t_response_ns = find_response(press, t_ceiling_ns, &param, result);
	ses_press_evaluate(press->samples, press->n, &param, t_response_ns, result);
	row->status = (int32_t)decide(press, result, t_ceiling_ns, t_overload_ns, &reason);
	row->reason = (int32_t)reason;
	fill(press, result, row);
	if (reason == SES_REASON_OVERLOAD && row->status == SES_CENSORED)
		row->ceiling_kpa = result->peak_kpa; /* more than the last force that it could measure */
	if (press->tolerance)
		judge_tolerance(press, result, t_ceiling_ns, row);
	if (!(press->hold_kpa > 0))
		return;
	judge_hold(press, result, t_response_ns, row);
	decide_hold(press, t_response_ns, t_ceiling_ns, row);
}
