/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine.c - the measurement as a state machine.
 *
 *        interval over, at rest             two samples over contact
 *   WAIT ----------------------> REST ---------------------------------> RAMP
 *    ^                                                                     | response, ceiling,
 *    |                                                                     | reject
 *    |   2 s after release: judged                                         v
 *    +------------------------------- SETTLE <-------- released -------- RELEASE
 *
 * A RAMP that is let go goes to SETTLE as well: the button's event may still be on its way. The
 * press is judged only there, over all its samples (judge.h). What is next is the plan's business
 * (plan.h), the zero is zero.h's.
 */
#include "acq/engine.h"

#include "acq/judge.h"
#include "acq/plan.h"
#include "acq/zero.h"
#include "base/clock.h"
#include "base/status.h"
#include "base/text.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SETTLE_NS    (2 * ALG_NS_PER_S)
#define BEFORE_NS    ALG_NS_PER_S          /* kept before contact */
#define AFTER_NS     ALG_NS_PER_S          /* kept after release */
#define LONGEST_NS   (120 * ALG_NS_PER_S)  /* a longer press is ended */
#define RATE_STEP_NS (10 * ALG_NS_PER_MS)  /* how often the sliding slope is worked out */
#define ALARM_NS     ALG_NS_PER_S          /* an alarm is shown this long once the force is off */

#define CONTACT_LEAST_N 0.5
#define CONTACT_DIGITS  5
#define TOUCH           3    /* x contact: firmer than a touch */
#define FALL            0.1  /* of the peak: with verbal-peak so much less is the response */
#define DRIFT_N         0.5  /* of the zero, when the capacity is not known; else 0.5 % of it */
#define GAP_LEAST_S     0.1
#define CUE_INNER       0.8  /* of the corridor: good begins here, and ends at its edge */

enum {
	LATE_ACTIONS = 8, /* room that one step of the plan and the start of a press need */
	STEPS = 16,       /* that the usual step is smoothed over */
};

struct acq_engine {
	struct acq_config config;
	struct acq_plan plan;
	struct acq_zero zero;
	struct acq_view view;
	int64_t start_ns, now_ns;
	double contact_n, touch_n, drift_n;
	double told_zero_n;         /* that the guard knows */
	size_t place;               /* in the plan; plan.n when through */

	struct ses_sample *kept;    /* from kept_from: what a press may still need */
	size_t n_kept, cap_kept;
	int64_t kept_from_ns;       /* nothing older belongs to the next press: end of the last one */
	double usual_step_s;        /* smoothed step between samples */
	int n_steps;
	int64_t rate_ns;            /* when the sliding slope was worked out last */

	int above, below;           /* usable samples running over / under contact */
	int64_t above_ns, below_ns; /* first of those */
	bool armed;                 /* the gauge was at rest since the last press */
	bool early, examiner, skip; /* of the running press */
	bool ceiling, fallen;
	int64_t contact_ns, release_ns, stuck_ns;
	double peak_n, press_zero_n;
	int64_t button_ns[ACQ_BUTTONS_MAX];
	int n_buttons;

	size_t last_place;          /* of the press judged last; SIZE_MAX: none */
	bool last_counts;
	int64_t alarm_ns;
	bool ready_told, peak_told, battery_told, negative_told, lost_samples;
	enum ses_reason ending;     /* the session is being ended for this reason */
	bool over, prompted;

	struct acq_press press[ACQ_ACTIONS_MAX]; /* what PRESS actions point to */
	struct acq_action *out;
	size_t n_out;
};

/* ---- actions --------------------------------------------------------------------------------- */

static struct acq_action *act(struct acq_engine *e, enum acq_action_kind kind)
{
	struct acq_action *a = &e->out[e->n_out < ACQ_ACTIONS_MAX ? e->n_out++ : ACQ_ACTIONS_MAX - 1];

	*a = (struct acq_action){.kind = kind, .t_ns = e->now_ns, .point = e->view.point, .round = e->view.round,
		.cue = e->view.cue, .value = NAN, .note = ""};
	return a;
}

static void tell(struct acq_engine *e, const char *word, const char *note, double value)
{
	struct acq_action *a = act(e, ACQ_ACT_EVENT);

	a->word = word;
	a->note = note;
	a->value = value;
}

static void tell_alarms(struct acq_engine *e, unsigned alarms)
{
	act(e, ACQ_ACT_ALARM)->alarms = alarms;
	for (unsigned bit = 1; bit && bit <= alarms; bit <<= 1)
		if (alarms & bit)
			tell(e, "alarm", acq_alarm_word((enum acq_alarm)bit), NAN);
	e->view.alarms |= alarms;
	e->alarm_ns = e->now_ns;
}

static bool pressing(const struct acq_engine *e)
{
	return e->view.phase == ACQ_RAMP || e->view.phase == ACQ_RELEASE || e->view.phase == ACQ_SETTLE;
}

static double least(double a, double b)
{
	return isnan(a) || b < a ? b : a;
}

/* The lowest of site, procedure, gauge range and force cap; NAN when none of them is known. */
static double ceiling_kpa(const struct acq_engine *e, int point)
{
	double area = e->config.area_cm2, kpa = e->config.points->point[point].ceiling_kpa;

	kpa = least(kpa, e->config.proc->ceiling_kpa);
	kpa = least(kpa, alg_pressure_kpa(e->config.capacity_n, area));
	return least(kpa, alg_pressure_kpa(e->config.proc->force_cap_n, area));
}

static void tell_limits(struct acq_engine *e)
{
	double digit_s, rate_n_s = alg_force_n(e->config.proc->rate_kpa_s, e->config.area_cm2);

	e->told_zero_n = e->zero.zero_n;
	digit_s = isnan(e->config.resolution_n) ? 0 : e->config.resolution_n / rate_n_s;
	act(e, ACQ_ACT_LIMITS)->limits = (struct acq_guard_limits){
		.ceiling_n = alg_force_n(e->view.ceiling_kpa, e->config.area_cm2),
		.zero_n = e->zero.zero_n,
		.contact_n = e->view.paused && !pressing(e) ? INFINITY : e->contact_n, /* laid down */
		.target_rate_n_s = rate_n_s,
		.stuck_after_s = 4 * digit_s,
	};
}

/* ---- samples ----------------------------------------------------------------------------------- */

static bool usable(const struct ses_sample *sample)
{
	return isfinite(sample->force_n) &&
	       !(sample->flags & (SES_SAMPLE_PEAK | SES_SAMPLE_OVERLOAD | SES_SAMPLE_FAULT));
}

static double gap_s(const struct acq_engine *e)
{
	return fmax(3 * e->usual_step_s, GAP_LEAST_S);
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

	if (!pressing(e) && e->n_kept && sample->t_ns - e->kept[0].t_ns > 3 * BEFORE_NS)
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

/* ---- the plan's steps ---------------------------------------------------------------------------- */

static void set_press_counts(struct acq_engine *e)
{
	e->view.done = acq_plan_done(&e->plan);
	e->view.planned = e->plan.n;
	e->view.press_of_point = e->plan.point[e->view.point].made;
}

/* A press of which nothing is known yet but its place. */
static struct ses_trial blank_row(const struct acq_engine *e, const struct acq_place *place)
{
	const struct ses_point *point = &e->config.points->point[place->point];
	struct ses_trial row = {
		.point = place->point, .series = point->series, .round = place->round, .ppt_kpa = NAN,
		.ppt_n = NAN, .peak_kpa = NAN, .overshoot_kpa = NAN, .ceiling_kpa = ceiling_kpa(e, place->point),
		.rate_kpa_s = NAN, .rate_sd_kpa_s = NAN, .rate_response_kpa_s = NAN, .corridor_share = NAN,
		.zero_n = NAN, .contact_n = NAN, .interval_s = NAN, .t_contact_s = NAN, .t_response_s = NAN,
		.t_peak_s = NAN, .t_release_s = NAN,
	};
	alg_text_copy(row.site_code, sizeof(row.site_code), point->site_code);
	row.side[0] = point->side;
	return row;
}

static struct acq_press *new_press(struct acq_engine *e, const struct acq_place *place)
{
	struct acq_action *a = act(e, ACQ_ACT_PRESS);
	struct acq_press *press = &e->press[a - e->out];

	*press = (struct acq_press){.samples = NULL, .trial = blank_row(e, place)};
	a->press = press;
	a->point = place->point;
	a->round = place->round;
	return press;
}

static void give_up_place(struct acq_engine *e, size_t index, enum ses_reason reason)
{
	struct acq_press *press = new_press(e, &e->plan.place[index]);

	e->plan.place[index].state = ACQ_PLACE_MISSING;
	press->trial.status = SES_MISSING;
	press->trial.reason = (int32_t)reason;
	press->trial.response = (int32_t)e->config.response;
	set_press_counts(e);
}

static void prompt(struct acq_engine *e)
{
	const struct acq_place *place = &e->plan.place[e->place];

	e->view.point = place->point;
	e->view.round = place->round;
	e->view.ceiling_kpa = ceiling_kpa(e, place->point);
	e->view.phase = ACQ_WAIT;
	e->prompted = true;
	e->ready_told = false;
	set_press_counts(e);
	act(e, ACQ_ACT_PROMPT);
	tell_limits(e);
}

/* Goes to the next open place as far as there is room for the actions; what is left comes next time. */
static void advance(struct acq_engine *e)
{
	while (!pressing(e) && !e->over && e->n_out + LATE_ACTIONS <= ACQ_ACTIONS_MAX) {
		e->place = acq_plan_next(&e->plan);
		if (e->place == e->plan.n) {
			e->over = true;
			e->view.phase = ACQ_DONE;
			e->view.wait_s = e->view.settle_s = 0;
			act(e, ACQ_ACT_DONE)->reason = e->ending;
		} else if (e->ending != SES_REASON_NONE) {
			give_up_place(e, e->place, e->ending);
		} else if (acq_plan_full(&e->plan, e->plan.place[e->place].point)) {
			give_up_place(e, e->place, SES_REASON_LIMIT);
		} else {
			if (!e->prompted)
				prompt(e);
			return;
		}
	}
}

/* WAIT or REST: whether the hand may press now. */
static void wait_or_rest(struct acq_engine *e)
{
	int64_t ready_ns;

	if (pressing(e) || e->over || !e->prompted)
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
		act(e, ACQ_ACT_READY);
	e->ready_told = true;
}

/* ---- a press ----------------------------------------------------------------------------------- */

static void drop_buttons_before(struct acq_engine *e, int64_t t_ns)
{
	int kept = 0;

	for (int i = 0; i < e->n_buttons; i++)
		if (e->button_ns[i] >= t_ns)
			e->button_ns[kept++] = e->button_ns[i];
	e->n_buttons = kept;
}

static void begin_press(struct acq_engine *e)
{
	drop_buttons_before(e, e->above_ns);
	e->early = e->view.phase == ACQ_WAIT;
	e->view.phase = ACQ_RAMP;
	e->view.cue = ACQ_CUE_NONE;
	e->contact_ns = e->above_ns;
	e->release_ns = e->stuck_ns = SES_NO_TIME;
	e->examiner = e->skip = e->ceiling = e->fallen = false;
	e->peak_n = 0;
	e->press_zero_n = e->zero.zero_n;
	e->below = 0;
	act(e, ACQ_ACT_CONTACT);
	tell_limits(e); /* with the zero of this press */
	if (e->early)
		tell(e, "early", "contact before the interval was over", e->view.wait_s);
}

static void set_cue(struct acq_engine *e, enum acq_cue cue)
{
	if (e->view.cue == cue)
		return;
	e->view.cue = cue;
	act(e, ACQ_ACT_CUE);
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
		set_cue(e, ACQ_CUE_GOOD);
	else if (fabs(off) > e->config.proc->corridor)
		set_cue(e, off < 0 ? ACQ_CUE_SLOW : ACQ_CUE_FAST);
	else if (e->view.cue == (off < 0 ? ACQ_CUE_FAST : ACQ_CUE_SLOW))
		set_cue(e, ACQ_CUE_GOOD); /* right through the corridor's middle */
}

static void to_release(struct acq_engine *e)
{
	e->view.phase = ACQ_RELEASE;
	set_cue(e, ACQ_CUE_NONE);
}

static void to_settle(struct acq_engine *e)
{
	e->release_ns = e->below_ns;
	e->view.phase = ACQ_SETTLE;
	e->view.settle_s = alg_ns_to_s(SETTLE_NS);
	set_cue(e, ACQ_CUE_NONE);
	act(e, ACQ_ACT_RELEASED);
	e->armed = true;
	e->above = 0;
	acq_zero_restart(&e->zero);
}

/* Back to before: laid on and taken off, no press. Nothing before it belongs to the next press. */
static void only_touched(struct acq_engine *e)
{
	e->view.phase = ACQ_WAIT;
	e->kept_from_ns = e->now_ns;
	e->above = 0;
	set_cue(e, ACQ_CUE_NONE);
	acq_zero_restart(&e->zero);
	tell(e, "touch", "let go before it was a press", alg_pressure_kpa(e->peak_n, e->config.area_cm2));
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
	if (!pressing(e))
		return false;
	slice(e, INT64_MAX, &so_far);
	out->samples = so_far.samples;
	out->n_samples = so_far.n;
	out->trial = blank_row(e, &e->plan.place[e->place]);
	out->trial.status = SES_REJECTED;
	out->trial.reason = SES_REASON_INTERRUPTED;
	out->trial.press = e->plan.point[e->view.point].made + 1;
	out->trial.zero_n = e->press_zero_n;
	out->trial.contact_n = e->contact_n;
	out->trial.t_contact_s = ses_stored_s(e->contact_ns - e->start_ns);
	return true;
}

static void fill_table(struct acq_engine *e, const struct ses_trial *row)
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

static void clear_last_of_table(struct acq_engine *e, int point)
{
	size_t at = (size_t)point * (size_t)e->view.table_columns;

	for (int column = e->view.table_columns - 1; column >= 0; column--)
		if (e->view.table_status[at + (size_t)column]) {
			e->view.table_status[at + (size_t)column] = 0;
			e->view.table[at + (size_t)column] = NAN;
			return;
		}
}

static void note_press(struct acq_engine *e, const struct ses_trial *row)
{
	struct acq_place *place = &e->plan.place[e->place];

	e->last_place = e->place;
	e->last_counts = row->status == SES_ACCEPTED || row->status == SES_CENSORED;
	e->view.last_status = (enum ses_status)row->status;
	e->view.last_reason = (enum ses_reason)row->reason;
	e->view.last_ppt_kpa = row->ppt_kpa;
	e->view.last_rate_kpa_s = row->rate_kpa_s;
	e->view.last_point = row->point;
	if (e->last_counts) {
		place->state = ACQ_PLACE_DONE;
		fill_table(e, row);
	}
}

/* The press is over: judged, told, and the plan goes on. broken: why it was cut off. */
static void end_press(struct acq_engine *e, enum ses_reason broken, int64_t until_ns)
{
	const struct ses_procedure *proc = e->config.proc;
	struct acq_point_record *record = &e->plan.point[e->view.point];
	struct acq_press *press = new_press(e, &e->plan.place[e->place]);
	struct ses_press_result result;
	struct acq_case judged = {
		.param = {.area_cm2 = e->config.area_cm2, .zero_n = e->press_zero_n, .contact_n = e->contact_n,
			.target_rate_kpa_s = proc->rate_kpa_s, .corridor = proc->corridor, .gap_s = gap_s(e),
			.response = e->config.response},
		.ceiling_kpa = e->view.ceiling_kpa, .reject_rate = proc->reject_rate, .n_buttons = e->n_buttons,
		.stuck_ns = e->stuck_ns, .early = e->early, .examiner = e->examiner, .broken = broken,
		.zero_drifted = acq_zero_drifted(&e->zero), .start_ns = e->start_ns,
	};

	memcpy(judged.button_ns, e->button_ns, sizeof(judged.button_ns));
	slice(e, until_ns, &judged);
	acq_judge(&judged, &press->trial, &result);
	press->samples = judged.samples;
	press->n_samples = judged.n;
	press->trial.n_samples = (int32_t)judged.n;
	press->trial.press = ++record->made;
	if (record->last_release_ns != INT64_MIN)
		press->trial.interval_s = ses_stored_s(e->contact_ns - record->last_release_ns);
	record->last_release_ns = e->release_ns != SES_NO_TIME ? e->release_ns : e->now_ns;

	note_press(e, &press->trial);
	if (e->release_ns == SES_NO_TIME)
		e->armed = false; /* the hand may still be on it */
	e->kept_from_ns = e->release_ns != SES_NO_TIME ? e->release_ns : e->now_ns;
	e->n_buttons = 0;
	e->view.phase = ACQ_WAIT;
	e->view.cue = ACQ_CUE_NONE;
	e->view.settle_s = 0;
	e->prompted = false;
	if (e->skip && e->plan.place[e->place].state == ACQ_PLACE_OPEN)
		give_up_place(e, e->place, SES_REASON_SKIPPED);
	set_press_counts(e);
	advance(e);
}

static void pass_settle(struct acq_engine *e)
{
	if (e->view.phase != ACQ_SETTLE)
		return;
	e->view.settle_s = fmax(0, alg_ns_to_s(e->release_ns + SETTLE_NS - e->now_ns));
	if (e->now_ns - e->release_ns >= SETTLE_NS)
		end_press(e, SES_REASON_NONE, e->now_ns);
}

/* ---- events: samples ----------------------------------------------------------------------------- */

static void show_force(struct acq_engine *e, const struct ses_sample *sample)
{
	double zero_n = pressing(e) ? e->press_zero_n : e->zero.zero_n;

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
		tell(e, "peak-mode", "the gauge holds its peak: no press can be measured", NAN);
	}
	if ((sample->flags & SES_SAMPLE_LOW_BATTERY) && !e->battery_told) {
		e->battery_told = true;
		tell(e, "low-battery", "", NAN);
	}
	if (usable(sample) && e->zero.known && !e->negative_told &&
		sample->force_n - e->zero.zero_n < -2 * e->touch_n) {
		e->negative_told = true;
		tell(e, "negative", "pressing reads negative: is the polarity right?", sample->force_n);
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
	if (e->below >= 2 && !pressing(e))
		e->armed = true;
}

static void at_rest(struct acq_engine *e, const struct ses_sample *sample)
{
	if (!e->zero.known || e->below) {
		if (acq_zero_rest(&e->zero, sample->t_ns, sample->force_n)) {
			tell(e, "zero", "found anew", e->zero.zero_n);
			e->above = e->below = 0; /* they were counted from another zero */
		}
		if (fabs(e->zero.zero_n - e->told_zero_n) > 0.2 * e->contact_n)
			tell_limits(e);
	}
	if (e->above >= 2 && e->armed && e->zero.known && e->prompted && !e->view.paused && !e->view.lost)
		begin_press(e);
}

static void in_ramp(struct acq_engine *e, const struct ses_sample *sample)
{
	double force_n = sample->force_n - e->press_zero_n;

	if (force_n > e->peak_n)
		e->peak_n = force_n;
	if (e->view.phase == ACQ_RAMP && e->config.response == SES_RESPONSE_PEAK && e->peak_n > e->touch_n &&
		force_n < e->peak_n - fmax(e->contact_n, FALL * e->peak_n) && !e->fallen) {
		e->fallen = true;
		act(e, ACQ_ACT_RESPONSE);
		to_release(e);
	}
	if (e->below >= 2) {
		if (e->peak_n < e->touch_n && !e->n_buttons && !e->ceiling && e->stuck_ns == SES_NO_TIME)
			only_touched(e);
		else
			to_settle(e);
	}
}

static void in_settle(struct acq_engine *e)
{
	if (e->above < 2)
		return;
	/* The next press has begun: this one is accepted now, and ends where the new contact is. */
	end_press(e, SES_REASON_NONE, e->above_ns - 1);
	wait_or_rest(e);
	if (e->prompted && !e->view.paused && !e->over)
		begin_press(e);
}

static void watch_ceiling(struct acq_engine *e, const struct ses_sample *sample)
{
	double zero_n = pressing(e) ? e->press_zero_n : e->zero.zero_n;
	bool over = alg_pressure_kpa(fabs(sample->force_n - zero_n), e->config.area_cm2) >= e->view.ceiling_kpa;

	if (e->view.phase != ACQ_RAMP && e->view.phase != ACQ_RELEASE)
		return;
	if (!over && !(sample->flags & SES_SAMPLE_OVERLOAD))
		return;
	if (!e->ceiling && over && !(e->view.alarms & ACQ_ALARM_CEILING))
		tell_alarms(e, ACQ_ALARM_CEILING); /* the guard has not said so */
	e->ceiling = true;
	if (e->view.phase == ACQ_RAMP)
		to_release(e);
}

static void on_sample(struct acq_engine *e, const struct acq_event *event)
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
	count_contact(e, &sample, pressing(e) ? e->press_zero_n : e->zero.zero_n);
	if (e->view.phase == ACQ_WAIT || e->view.phase == ACQ_REST)
		at_rest(e, &sample);
	else if (e->view.phase == ACQ_SETTLE)
		in_settle(e);
	else if (pressing(e))
		in_ramp(e, &sample);
	if (e->below && e->now_ns - e->alarm_ns > ALARM_NS)
		e->view.alarms &= ACQ_ALARM_LOST;
	show_force(e, &sample);
	if ((e->view.phase == ACQ_RAMP || e->view.phase == ACQ_RELEASE) && e->now_ns - e->contact_ns > LONGEST_NS)
		end_press(e, SES_REASON_NO_RESPONSE, e->now_ns);
}

/* ---- events: button, keys, loss ------------------------------------------------------------------- */

static void on_button(struct acq_engine *e, const struct acq_event *event)
{
	bool held = e->view.phase == ACQ_RAMP || e->view.phase == ACQ_RELEASE;

	tell(e, "button", held ? "" : "no contact", NAN);
	if (!pressing(e)) /* only one so late that its contact is still on the way can matter */
		drop_buttons_before(e, event->t_ns - ALG_NS_PER_S);
	if (e->n_buttons < ACQ_BUTTONS_MAX)
		e->button_ns[e->n_buttons++] = event->t_ns;
	if (e->view.phase == ACQ_RAMP && e->config.response != SES_RESPONSE_PEAK && event->t_ns >= e->contact_ns) {
		act(e, ACQ_ACT_RESPONSE);
		to_release(e);
	}
}

static void key_reject(struct acq_engine *e)
{
	int64_t until_ns = INT64_MIN;

	if (pressing(e)) {
		e->examiner = true;
		tell(e, "reject", "running press", NAN);
		if (e->view.phase == ACQ_RAMP)
			to_release(e);
		return;
	}
	if (e->last_place != SIZE_MAX && e->last_counts)
		until_ns = acq_plan_ready_ns(&e->plan, e->plan.place[e->last_place].point);
	if (e->now_ns >= until_ns) {
		tell(e, "reject", "too late, nothing changed", NAN);
		return;
	}
	tell(e, "reject", "last press", NAN);
	act(e, ACQ_ACT_AMEND_LAST)->point = e->plan.place[e->last_place].point;
	e->out[e->n_out - 1].round = e->plan.place[e->last_place].round;
	e->plan.place[e->last_place].state = ACQ_PLACE_OPEN;
	clear_last_of_table(e, e->plan.place[e->last_place].point);
	e->last_counts = false;
	e->view.last_status = SES_REJECTED;
	e->view.last_reason = SES_REASON_EXAMINER;
	e->prompted = false;
}

static void key_skip(struct acq_engine *e)
{
	if (pressing(e)) { /* the running press keeps its own worth; it is not repeated */
		e->skip = true;
		tell(e, "skip", "not repeated", NAN);
		return;
	}
	tell(e, "skip", "", NAN);
	give_up_place(e, e->place, SES_REASON_SKIPPED);
	e->prompted = false;
}

static void key_back(struct acq_engine *e)
{
	struct acq_place last;

	if (pressing(e) || e->last_place == SIZE_MAX) {
		tell(e, "previous", "not now", NAN);
		return;
	}
	last = e->plan.place[e->last_place];
	if (last.state == ACQ_PLACE_OPEN || last.point == e->view.point ||
		!acq_plan_insert(&e->plan, e->place, last.point, last.round)) {
		tell(e, "previous", "nothing to go back to", NAN);
		return;
	}
	tell(e, "previous", "one more press there", NAN);
	if (e->last_place >= e->place)
		e->last_place++;
	e->prompted = false;
}

static void key_end(struct acq_engine *e, enum ses_reason reason)
{
	tell(e, reason == SES_REASON_PATIENT ? "patient" : "end",
		reason == SES_REASON_PATIENT ? "the patient asked to stop" : "", NAN);
	e->ending = reason;
	if (pressing(e))
		end_press(e, reason == SES_REASON_PATIENT ? SES_REASON_PATIENT : SES_REASON_INTERRUPTED, e->now_ns);
}

static void on_key(struct acq_engine *e, enum acq_key key)
{
	if (e->over || e->ending != SES_REASON_NONE)
		return;
	switch (key) {
	case ACQ_KEY_REJECT: key_reject(e); break;
	case ACQ_KEY_SKIP: key_skip(e); break;
	case ACQ_KEY_BACK: key_back(e); break;
	case ACQ_KEY_PAUSE:
		e->view.paused = !e->view.paused;
		tell(e, e->view.paused ? "pause" : "resume", "", NAN);
		if (!pressing(e)) {
			e->armed = e->below >= 2; /* a gauge laid down on its tip is no press */
			tell_limits(e);
		}
		break;
	case ACQ_KEY_END: key_end(e, SES_REASON_ENDED); break;
	case ACQ_KEY_PATIENT: key_end(e, SES_REASON_PATIENT); break;
	}
}

static void on_lost(struct acq_engine *e)
{
	if (e->view.lost)
		return;
	e->view.lost = true;
	e->view.alarms |= ACQ_ALARM_LOST;
	tell(e, "lost", "", NAN);
	if (e->view.phase == ACQ_RAMP || e->view.phase == ACQ_RELEASE)
		end_press(e, SES_REASON_LOST, e->now_ns);
	e->armed = false;
	e->above = e->below = 0;
	acq_zero_restart(&e->zero);
}

static void on_suspend(struct acq_engine *e)
{
	tell(e, "suspend", "the machine slept", NAN);
	if (pressing(e))
		end_press(e, SES_REASON_SUSPEND, e->now_ns);
	acq_plan_restart_intervals(&e->plan, e->now_ns);
	e->armed = false;
	e->above = e->below = 0;
	acq_zero_restart(&e->zero);
}

static void on_alarm(struct acq_engine *e, const struct acq_event *event)
{
	unsigned fresh = event->alarms & ~e->view.alarms;

	if (fresh)
		tell_alarms(e, fresh);
	e->alarm_ns = e->now_ns;
	if ((event->alarms & ACQ_ALARM_STUCK) && (e->view.phase == ACQ_RAMP || e->view.phase == ACQ_RELEASE)) {
		if (e->stuck_ns == SES_NO_TIME)
			e->stuck_ns = event->t_ns;
		if (e->view.phase == ACQ_RAMP)
			to_release(e);
	}
}

static void handle(struct acq_engine *e, const struct acq_event *event)
{
	switch (event->kind) {
	case ACQ_EVENT_SAMPLE: on_sample(e, event); break;
	case ACQ_EVENT_BUTTON: on_button(e, event); break;
	case ACQ_EVENT_KEY: on_key(e, event->key); break;
	case ACQ_EVENT_TICK: break;
	case ACQ_EVENT_LOST: on_lost(e); break;
	case ACQ_EVENT_BACK:
		if (e->view.lost)
			tell(e, "back", "", NAN);
		e->view.lost = false;
		e->view.alarms &= ~(unsigned)ACQ_ALARM_LOST;
		break;
	case ACQ_EVENT_SUSPEND: on_suspend(e); break;
	case ACQ_EVENT_ALARM: on_alarm(e, event); break;
	}
}

size_t acq_engine_step(
	struct acq_engine *engine, const struct acq_event *event, struct acq_action actions[ACQ_ACTIONS_MAX])
{
	engine->out = actions;
	engine->n_out = 0;
	if (event->t_ns > engine->now_ns)
		engine->now_ns = event->t_ns;
	if (!engine->over) {
		if (engine->ending == SES_REASON_NONE)
			handle(engine, event);
		pass_settle(engine);
		advance(engine);
		wait_or_rest(engine);
	}
	return engine->n_out;
}

/* ---- life -------------------------------------------------------------------------------------- */

static bool positive(double value)
{
	return isfinite(value) && value > 0;
}

static bool config_ok(const struct acq_config *config)
{
	const struct ses_procedure *proc = config->proc;

	return proc && config->points && config->order && positive(config->area_cm2) &&
	       positive(proc->rate_kpa_s) && positive(proc->corridor) && config->points->n > 0 &&
	       config->response >= SES_RESPONSE_BUTTON && config->response <= SES_RESPONSE_GAUGE &&
	       (isnan(config->resolution_n) || config->resolution_n >= 0);
}

int acq_engine_new(struct acq_engine **out, const struct acq_config *config, int64_t start_ns)
{
	struct acq_engine *e = NULL;
	size_t cells;
	int rc = ALG_ERR_ARG;

	*out = NULL;
	if (!config_ok(config))
		return ALG_ERR_ARG;
	e = calloc(1, sizeof(*e));
	if (!e)
		return ALG_ERR_NOMEM;
	e->config = *config;
	e->start_ns = e->now_ns = start_ns;
	rc = acq_plan_init(&e->plan, config->order, config->n_order, config->points->n, config->proc->max_presses,
		config->proc->interval_s);
	if (rc)
		goto out;
	for (size_t i = 0; i < config->points->n; i++)
		if (!positive(ceiling_kpa(e, (int)i))) { /* nobody is pressed without a ceiling */
			rc = ALG_ERR_ARG;
			goto out;
		}
	e->contact_n = fmax(CONTACT_LEAST_N, isnan(config->resolution_n) ? 0 : CONTACT_DIGITS * config->resolution_n);
	e->touch_n = TOUCH * e->contact_n;
	e->drift_n = isnan(config->capacity_n) ? DRIFT_N : 0.005 * config->capacity_n;
	if (!isnan(config->resolution_n))
		e->drift_n = fmax(e->drift_n, 2 * config->resolution_n);
	acq_zero_init(&e->zero, e->contact_n, e->drift_n);
	cells = config->points->n * (size_t)config->proc->max_presses;
	e->view.table = calloc(cells, sizeof(*e->view.table));
	e->view.table_status = calloc(cells, 1);
	rc = e->view.table && e->view.table_status ? 0 : ALG_ERR_NOMEM;
	if (rc)
		goto out;
	for (size_t i = 0; i < cells; i++)
		e->view.table[i] = NAN;
	e->view.table_columns = config->proc->max_presses;
	e->view.target_rate_kpa_s = config->proc->rate_kpa_s;
	e->view.force_n = e->view.pressure_kpa = e->view.rate_kpa_s = NAN;
	e->view.last_ppt_kpa = e->view.last_rate_kpa_s = NAN;
	e->view.last_point = -1;
	e->kept_from_ns = e->rate_ns = e->stuck_ns = SES_NO_TIME;
	e->last_place = SIZE_MAX;
	e->armed = true;
	*out = e;
	e = NULL;
out:
	acq_engine_free(e);
	return rc;
}

void acq_engine_free(struct acq_engine *engine)
{
	if (!engine)
		return;
	acq_plan_free(&engine->plan);
	free(engine->kept);
	free(engine->view.table);
	free(engine->view.table_status);
	free(engine);
}

static void resume_press(struct acq_engine *e, const struct ses_trial *t)
{
	struct acq_point_record *record = &e->plan.point[t->point];
	double last_s = isfinite(t->t_release_s) ? t->t_release_s : t->t_contact_s;

	if (t->status == SES_MISSING) {
		acq_plan_settle(&e->plan, t->point, t->round, ACQ_PLACE_MISSING);
		return;
	}
	if (t->status == SES_ACCEPTED || t->status == SES_CENSORED) {
		acq_plan_settle(&e->plan, t->point, t->round, ACQ_PLACE_DONE);
		fill_table(e, t);
	}
	record->made++;
	if (isfinite(last_s))
		record->last_release_ns = e->start_ns + alg_s_to_ns(last_s);
	e->view.last_status = (enum ses_status)t->status;
	e->view.last_reason = (enum ses_reason)t->reason;
	e->view.last_ppt_kpa = t->ppt_kpa;
	e->view.last_rate_kpa_s = t->rate_kpa_s;
	e->view.last_point = t->point;
}

void acq_engine_resume(struct acq_engine *e, const struct ses_trial *trials, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (trials[i].point >= 0 && (size_t)trials[i].point < e->config.points->n)
			resume_press(e, &trials[i]);
}

size_t acq_engine_start(struct acq_engine *engine, struct acq_action actions[ACQ_ACTIONS_MAX])
{
	engine->out = actions;
	engine->n_out = 0;
	advance(engine);
	return engine->n_out;
}

const struct acq_view *acq_engine_view(const struct acq_engine *engine)
{
	return &engine->view;
}

const char *acq_phase_word(enum acq_phase phase)
{
	static const char *const words[] = {"wait", "rest", "ramp", "release", "settle", "done"};

	return (unsigned)phase < 6 ? words[phase] : "?";
}

const char *acq_cue_word(enum acq_cue cue)
{
	static const char *const words[] = {"none", "slow", "good", "fast"};

	return (unsigned)cue < 4 ? words[cue] : "?";
}
