/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guard.c - the watch over a press.
 *
 * Stuck: a hand that ramps changes the reading by one digit every resolution / rate seconds, so the
 * very same value for a second under load means that the gauge no longer measures, and nobody would
 * see the ceiling. A gauge of coarse resolution needs longer for one digit: limits.stuck_after_s is
 * then four times that, so that even a hand at a quarter of its rate is not called stuck. A hand
 * that rests for a second on a coarse gauge is told as well; its ramp is spoilt in any case.
 */
#include "acq/guard.h"

#include <math.h>
#include <string.h>

enum { STEPS_KNOWN = 4, SAME_LEAST = 4 };

#define LOST_LEAST_NS  INT64_C(250000000)
#define LOST_FIRST_NS  INT64_C(1000000000)
#define GAP_LEAST_NS   INT64_C(100000000)
#define PREWARN_S      0.5
#define SLOPE_TAU_S    0.3
#define STUCK_LEAST_S  1.0
#define CEASED         0.05 /* of the ceiling: how far the force must fall before it is told again */

void acq_guard_init(struct acq_guard *guard, const struct acq_guard_limits *limits)
{
	*guard = (struct acq_guard){.limits = *limits, .last_force_n = NAN};
}

void acq_guard_set(struct acq_guard *guard, const struct acq_guard_limits *limits)
{
	guard->limits = *limits;
}

int64_t acq_guard_lost_after_ns(const struct acq_guard *guard)
{
	double three = 3 * guard->usual_step_ns;

	if (guard->seen <= STEPS_KNOWN)
		return LOST_FIRST_NS;
	return three > (double)LOST_LEAST_NS ? (int64_t)three : LOST_LEAST_NS;
}

unsigned acq_guard_silence(struct acq_guard *guard, int64_t now_ns)
{
	if (guard->lost || guard->seen == 0)
		return 0;
	if (now_ns - guard->last_arrival_ns < acq_guard_lost_after_ns(guard))
		return 0;
	guard->lost = true;
	return ACQ_ALARM_LOST;
}

static bool under_load(const struct acq_guard *guard, double force_n)
{
	return fabs(force_n - guard->limits.zero_n) > guard->limits.contact_n;
}

/* Steps count no more than twice the usual one, so that a pause does not make the guard patient. */
static void learn_step(struct acq_guard *guard, int64_t step_ns)
{
	double step = (double)(step_ns > 0 ? step_ns : 0);

	if (guard->seen > STEPS_KNOWN && step > 2 * guard->usual_step_ns)
		step = 2 * guard->usual_step_ns;
	guard->usual_step_ns += (step - guard->usual_step_ns) / (guard->seen < 16 ? guard->seen : 16);
}

static unsigned watch_gap(struct acq_guard *guard, const struct ses_sample *sample, int64_t step_ns)
{
	double three = 3 * guard->usual_step_ns;
	bool gap = sample->flags & (SES_SAMPLE_GAP | SES_SAMPLE_DROPPED);

	if (guard->seen > STEPS_KNOWN && step_ns > GAP_LEAST_NS && (double)step_ns > three)
		gap = true;
	return gap && under_load(guard, guard->last_force_n) ? ACQ_ALARM_GAP : 0;
}

static unsigned watch_stuck(struct acq_guard *guard, const struct ses_sample *sample)
{
	double after_s = guard->limits.stuck_after_s > STUCK_LEAST_S ? guard->limits.stuck_after_s : STUCK_LEAST_S;

	if (sample->force_n != guard->last_force_n || !under_load(guard, sample->force_n)) {
		guard->last_change_ns = sample->t_ns;
		guard->same = 0;
		guard->stuck = false;
		return 0;
	}
	guard->same += guard->same < SAME_LEAST;
	if (guard->stuck || guard->same < SAME_LEAST || (double)(sample->t_ns - guard->last_change_ns) < after_s * 1e9)
		return 0;
	guard->stuck = true;
	return ACQ_ALARM_STUCK;
}

static void follow_slope(struct acq_guard *guard, const struct ses_sample *sample)
{
	double step_s = (double)(sample->t_ns - guard->last_t_ns) / 1e9;
	double size = fabs(sample->force_n - guard->limits.zero_n);
	double last = fabs(guard->last_force_n - guard->limits.zero_n);

	if (!(step_s > 0) || isnan(last))
		return;
	guard->slope_n_s += (1 - exp(-step_s / SLOPE_TAU_S)) * ((size - last) / step_s - guard->slope_n_s);
}

static unsigned watch_ceiling(struct acq_guard *guard, double force_n)
{
	const struct acq_guard_limits *limits = &guard->limits;
	double size = fabs(force_n - limits->zero_n), ceased = CEASED * limits->ceiling_n;
	double rate = fmax(guard->slope_n_s, limits->target_rate_n_s), prewarn = limits->ceiling_n;
	unsigned alarms = 0;

	if (isnan(limits->ceiling_n))
		return 0;
	if (rate > 0)
		prewarn -= rate * PREWARN_S;
	if (size >= limits->ceiling_n) {
		if (!guard->over)
			alarms |= ACQ_ALARM_CEILING;
		guard->over = guard->prewarned = true;
	} else if (size >= prewarn && !guard->prewarned) {
		guard->prewarned = true;
		alarms |= ACQ_ALARM_PREWARN;
	}
	if (size < limits->ceiling_n - ceased)
		guard->over = false;
	if (size < prewarn - ceased)
		guard->prewarned = false;
	return alarms;
}

unsigned acq_guard_sample(struct acq_guard *guard, const struct ses_sample *sample)
{
	bool force = isfinite(sample->force_n), overload = sample->flags & SES_SAMPLE_OVERLOAD;
	int64_t step_ns = sample->arrival_ns - guard->last_arrival_ns;
	unsigned alarms = 0;

	if (overload && !guard->overload)
		alarms |= ACQ_ALARM_OVERLOAD;
	guard->overload = overload;
	if (!force && !overload)
		return alarms | acq_guard_silence(guard, sample->arrival_ns);
	if (guard->seen > 0) {
		if (!guard->lost) { /* a loss is told as such, and teaches nothing */
			alarms |= watch_gap(guard, sample, step_ns);
			learn_step(guard, step_ns);
		}
	}
	if (guard->lost) { /* the same number before and after a silence is not a stuck one */
		guard->same = 0;
		guard->last_change_ns = sample->t_ns;
	}
	guard->last_arrival_ns = sample->arrival_ns;
	guard->seen += guard->seen < 1000;
	guard->lost = false;
	if (!force)
		return alarms;
	follow_slope(guard, sample);
	alarms |= watch_ceiling(guard, sample->force_n) | watch_stuck(guard, sample);
	guard->last_force_n = sample->force_n;
	guard->last_t_ns = sample->t_ns;
	return alarms;
}

const char *acq_alarm_word(enum acq_alarm alarm)
{
	switch (alarm) {
	case ACQ_ALARM_PREWARN: return "prewarning";
	case ACQ_ALARM_CEILING: return "ceiling";
	case ACQ_ALARM_LOST: return "lost";
	case ACQ_ALARM_STUCK: return "stuck";
	case ACQ_ALARM_GAP: return "gap";
	case ACQ_ALARM_OVERLOAD: return "overload";
	case ACQ_ALARM_DROPPED: return "dropped";
	}
	return "?";
}
