/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_samples.c - a sample comes: kept, counted against contact, ramp, ceiling and cue. */
#include "acq/engine_inside.h"

#include "base/clock.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NS   (120 * ALG_NS_PER_S)  /* a longer press is ended */
#define RATE_STEP_NS (10 * ALG_NS_PER_MS)  /* how often the sliding slope is worked out */
#define ALARM_NS     ALG_NS_PER_S          /* an alarm is shown this long once the force is off */
#define FALL            0.1  /* of the peak: with verbal-peak so much less is the response */
#define CUE_INNER       0.8  /* of the corridor: good begins here, and ends at its edge */

enum { STEPS = 16 }; /* that the usual step is smoothed over */

static bool usable(const struct ses_sample *sample)
{
	return isfinite(sample->force_n) &&
	       !(sample->flags & (SES_SAMPLE_PEAK | SES_SAMPLE_OVERLOAD | SES_SAMPLE_FAULT));
}

static void forget_before(struct acq_engine *e, int64_t t_ns)
{
	size_t drop = 0;

	while (drop < e->n_kept && e->kept[drop].t_ns < t_ns)
		drop++;
	e->n_kept -= drop;
	memmove(e->kept, e->kept + drop, e->n_kept * sizeof(*e->kept));
}

/* A pause counts no more than twice the usual step, so that it does not widen what is a gap. */
static void learn_step(struct acq_engine *e, double step_s)
{
	e->n_steps += e->n_steps < STEPS;
	if (e->n_steps > 4)
		step_s = fmin(step_s, 2 * e->usual_step_s);
	e->usual_step_s += (step_s - e->usual_step_s) / e->n_steps;
}

/* Keeps a sample; between presses a second of them is enough, dropped a batch at a time. */
static void keep(struct acq_engine *e, const struct ses_sample *sample)
{
	struct ses_sample *more;

	if (!eng_pressing(e) && e->n_kept && sample->t_ns - e->kept[0].t_ns > 3 * BEFORE_NS)
		forget_before(e, sample->t_ns - BEFORE_NS - BEFORE_NS / 2);
	if (e->n_kept)
		learn_step(e, alg_ns_to_s(sample->t_ns - e->kept[e->n_kept - 1].t_ns));
	if (e->n_kept == e->cap_kept) {
		size_t cap = e->cap_kept ? 2 * e->cap_kept : 4096;

		more = realloc(e->kept, cap * sizeof(*more));
		if (!more) {
			e->lost_samples = true; /* the next one that fits carries the flag */
			return;
		}
		e->kept = more;
		e->cap_kept = cap;
	}
	e->kept[e->n_kept] = *sample;
	if (e->lost_samples)
		e->kept[e->n_kept].flags |= SES_SAMPLE_DROPPED;
	e->lost_samples = false;
	e->n_kept++;
}

/* Good begins well inside the corridor and ends at its edge, so the cue does not flicker there. */
static void follow_cue(struct acq_engine *e, int64_t t_ns)
{
	double off, edge = e->config.proc->corridor;

	if (e->view.phase != ACQ_RAMP || isnan(e->view.rate_kpa_s) ||
		t_ns - e->contact_ns < (int64_t)(SES_SLOPE_WINDOW_S * 1e9))
		return;
	off = e->view.rate_kpa_s / e->config.proc->rate_kpa_s - 1;
	if (e->view.cue != ACQ_CUE_GOOD && e->view.cue != ACQ_CUE_NONE)
		edge *= CUE_INNER;
	if (fabs(off) <= edge)
		eng_set_cue(e, ACQ_CUE_GOOD);
	else if (fabs(off) > e->config.proc->corridor)
		eng_set_cue(e, off < 0 ? ACQ_CUE_SLOW : ACQ_CUE_FAST);
	else if (e->view.cue == (off < 0 ? ACQ_CUE_FAST : ACQ_CUE_SLOW))
		eng_set_cue(e, ACQ_CUE_GOOD); /* right through the corridor's middle */
}

static void show_force(struct acq_engine *e, const struct ses_sample *sample)
{
	double zero_n = eng_pressing(e) ? e->press_zero_n : e->zero.zero_n;

	e->view.force_n = sample->force_n - zero_n;
	e->view.pressure_kpa = alg_pressure_kpa(e->view.force_n, e->config.area_cm2);
	if (e->rate_ns != SES_NO_TIME && sample->t_ns - e->rate_ns < RATE_STEP_NS)
		return;
	e->rate_ns = sample->t_ns;
	e->view.rate_kpa_s = NAN;
	if (e->view.phase == ACQ_RAMP) {
		int64_t window = (int64_t)(fmax(SES_SLOPE_WINDOW_S, 4 * e->usual_step_s) * 1e9);

		e->view.rate_kpa_s = alg_pressure_kpa(
			ses_force_slope(e->kept, e->n_kept, sample->t_ns - window, sample->t_ns), e->config.area_cm2);
		follow_cue(e, sample->t_ns);
	}
}

/* What the gauge says about itself is told once. */
static void note_flags(struct acq_engine *e, const struct ses_sample *sample)
{
	if ((sample->flags & SES_SAMPLE_PEAK) && !e->peak_told) {
		e->peak_told = true;
		eng_tell(e, "peak-mode", "the gauge holds its peak: no press can be measured", NAN);
	}
	if ((sample->flags & SES_SAMPLE_LOW_BATTERY) && !e->battery_told) {
		e->battery_told = true;
		eng_tell(e, "low-battery", "", NAN);
	}
	if (usable(sample) && e->zero.known && !e->negative_told &&
		sample->force_n - e->zero.zero_n < -2 * e->touch_n) {
		e->negative_told = true;
		eng_tell(e, "negative", "pressing reads negative: is the polarity right?", sample->force_n);
	}
}

/* Counts the samples over and under contact; a press needs two of either, a single spike is neither. */
static void count_contact(struct acq_engine *e, const struct ses_sample *sample, double zero_n)
{
	/* between release and acceptance a bounce is no new press: only more than a touch is */
	double over_n = e->view.phase == ACQ_SETTLE ? e->touch_n : e->contact_n;
	double force_n = sample->force_n - zero_n;

	if (force_n > over_n) {
		if (!e->above++)
			e->above_ns = sample->t_ns;
	} else {
		e->above = 0;
	}
	if (!(force_n < e->contact_n))
		e->below = 0;
	else if (!e->below++)
		e->below_ns = sample->t_ns;
	if (e->below >= 2 && !eng_pressing(e))
		e->armed = true;
}

static void at_rest(struct acq_engine *e, const struct ses_sample *sample)
{
	if (!e->zero.known || e->below) {
		if (acq_zero_rest(&e->zero, sample->t_ns, sample->force_n)) {
			eng_tell(e, "zero", "found anew", e->zero.zero_n);
			e->above = e->below = 0; /* they were counted from another zero */
		}
		if (fabs(e->zero.zero_n - e->told_zero_n) > 0.2 * e->contact_n)
			eng_tell_limits(e);
	}
	if (e->above >= 2 && e->armed && e->zero.known && e->prompted && !e->view.paused && !e->view.lost)
		eng_begin_press(e);
}

/* The pressure of a hold is reached, kept, and over: the cue says more, less, or good. */
static void follow_hold(struct acq_engine *e, int64_t t_ns, double force_n)
{
	const struct ses_procedure *proc = e->config.proc;
	double kpa = alg_pressure_kpa(force_n, e->config.area_cm2);

	if (e->view.phase == ACQ_RAMP && eng_holding(e) && kpa >= proc->hold_kpa * (1 - proc->hold_band))
		eng_begin_hold(e, t_ns);
	if (e->view.phase != ACQ_HOLD)
		return;
	e->view.hold_left_s = fmax(0, proc->hold_s - alg_ns_to_s(t_ns - e->hold_ns));
	eng_set_cue(e, kpa < proc->hold_kpa * (1 - proc->hold_band) ? ACQ_CUE_SLOW
		: kpa > proc->hold_kpa * (1 + proc->hold_band)      ? ACQ_CUE_FAST
								     : ACQ_CUE_GOOD);
	if (e->view.hold_left_s > 0)
		return;
	eng_act(e, ACQ_ACT_RESPONSE);
	eng_to_release(e);
}

static void in_ramp(struct acq_engine *e, const struct ses_sample *sample)
{
	double force_n = sample->force_n - e->press_zero_n;

	if (force_n > e->peak_n)
		e->peak_n = force_n;
	if (e->view.phase == ACQ_RAMP && e->config.response == SES_RESPONSE_PEAK && !eng_holding(e) && e->peak_n > e->touch_n &&
		force_n < e->peak_n - fmax(e->contact_n, FALL * e->peak_n) && !e->fallen) {
		e->fallen = true;
		eng_act(e, ACQ_ACT_RESPONSE);
		eng_to_release(e);
	}
	follow_hold(e, sample->t_ns, force_n);
	if (e->below >= 2) {
		if (e->peak_n < e->touch_n && !e->n_buttons && !e->ceiling && e->stuck_ns == SES_NO_TIME)
			eng_only_touched(e);
		else
			eng_to_settle(e);
	}
}

static void in_settle(struct acq_engine *e)
{
	if (e->above < 2)
		return;
	/* The next press has begun: this one is accepted now, and ends where the new contact is. */
	eng_end_press(e, SES_REASON_NONE, e->above_ns - 1);
	eng_wait_or_rest(e);
	if (e->prompted && !e->view.paused && !e->over)
		eng_begin_press(e);
}

static void watch_ceiling(struct acq_engine *e, const struct ses_sample *sample)
{
	double zero_n = eng_pressing(e) ? e->press_zero_n : e->zero.zero_n;
	bool over = alg_pressure_kpa(fabs(sample->force_n - zero_n), e->config.area_cm2) >= e->view.ceiling_kpa;

	if (!eng_loaded(e))
		return;
	if (!over && !(sample->flags & SES_SAMPLE_OVERLOAD))
		return;
	if (!e->ceiling && over && !(e->view.alarms & ACQ_ALARM_CEILING))
		eng_tell_alarms(e, ACQ_ALARM_CEILING); /* the guard has not said so */
	e->ceiling = true;
	if (e->view.phase == ACQ_RAMP || e->view.phase == ACQ_HOLD)
		eng_to_release(e);
}

void eng_on_sample(struct acq_engine *e, const struct acq_event *event)
{
	struct ses_sample sample = event->sample;

	if (e->n_kept && sample.t_ns < e->kept[e->n_kept - 1].t_ns)
		sample.t_ns = e->kept[e->n_kept - 1].t_ns;
	keep(e, &sample);
	note_flags(e, &sample);
	if (isfinite(sample.force_n) || (sample.flags & SES_SAMPLE_OVERLOAD))
		watch_ceiling(e, &sample);
	if (!usable(&sample))
		return;
	count_contact(e, &sample, eng_pressing(e) ? e->press_zero_n : e->zero.zero_n);
	if (e->view.phase == ACQ_WAIT || e->view.phase == ACQ_REST)
		at_rest(e, &sample);
	else if (e->view.phase == ACQ_SETTLE)
		in_settle(e);
	else if (eng_pressing(e))
		in_ramp(e, &sample);
	if (e->below && e->now_ns - e->alarm_ns > ALARM_NS)
		e->view.alarms &= ACQ_ALARM_LOST;
	show_force(e, &sample);
	if (eng_loaded(e) && e->now_ns - e->contact_ns > LONGEST_NS)
		eng_end_press(e, SES_REASON_NO_RESPONSE, e->now_ns);
}
