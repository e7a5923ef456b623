/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * press.c - one press: contact, peak, release, threshold, rate.
 *
 * Numerics: times are taken relative to the first sample in use before they become double, so that
 * nanoseconds since boot cost no digits; means are subtracted before products are summed (two
 * passes), so that neither a large zero nor a long session eats the slope.
 */
#include "data/press.h"

#include "base/status.h"
#include "base/units.h"

#include <math.h>
#include <string.h>

enum { FEW_SAMPLES = 5, SLOPE_SAMPLES = 3 };

/* Sliding slopes need not be finer than this; it keeps a long press at 2 kHz cheap. */
#define SLIDE_STEP_NS INT64_C(10000000)

static bool usable(const struct ses_sample *sample)
{
	return isfinite(sample->force_n) &&
	       !(sample->flags & (SES_SAMPLE_PEAK | SES_SAMPLE_OVERLOAD | SES_SAMPLE_FAULT));
}

static double seconds(int64_t ns)
{
	return (double)ns / 1e9;
}

/* ---- force and slope at an instant ------------------------------------------------------------ */

/* First sample at or after t; n when there is none. Samples are in time order. */
static size_t lower_bound(const struct ses_sample *samples, size_t n, int64_t t_ns)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (samples[mid].t_ns < t_ns)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

double ses_force_at(const struct ses_sample *samples, size_t n, int64_t t_ns, double gap_s)
{
	size_t after = lower_bound(samples, n, t_ns), before = after;
	double step_s;

	while (after < n && !usable(&samples[after]))
		after++;
	if (after < n && samples[after].t_ns == t_ns)
		return samples[after].force_n;
	while (before > 0 && !usable(&samples[before - 1]))
		before--;
	if (after == n || before == 0)
		return NAN;
	before--;
	step_s = seconds(samples[after].t_ns - samples[before].t_ns);
	if (!(step_s <= gap_s))
		return NAN;
	return samples[before].force_n + (samples[after].force_n - samples[before].force_n) *
		seconds(t_ns - samples[before].t_ns) / step_s;
}

double ses_force_slope(const struct ses_sample *samples, size_t n, int64_t from_ns, int64_t to_ns)
{
	double sum_t = 0, sum_f = 0, mean_t, mean_f, stt = 0, stf = 0, count = 0;
	size_t first = lower_bound(samples, n, from_ns);

	for (size_t i = first; i < n && samples[i].t_ns <= to_ns; i++) {
		if (!usable(&samples[i]))
			continue;
		sum_t += seconds(samples[i].t_ns - from_ns);
		sum_f += samples[i].force_n;
		count++;
	}
	if (count < SLOPE_SAMPLES)
		return NAN;
	mean_t = sum_t / count;
	mean_f = sum_f / count;
	for (size_t i = first; i < n && samples[i].t_ns <= to_ns; i++) {
		double t = seconds(samples[i].t_ns - from_ns) - mean_t;

		if (!usable(&samples[i]))
			continue;
		stt += t * t;
		stf += t * (samples[i].force_n - mean_f);
	}
	return stt > 0 ? stf / stt : NAN;
}

/* ---- contact, peak, release ------------------------------------------------------------------- */

struct marks {
	size_t contact, peak, release; /* indices; n when there is none */
	size_t end;                    /* one past the last sample of the press: past the release, or n */
};

static void find_marks(
	const struct ses_sample *samples, size_t n, const struct ses_press_param *param, struct marks *marks)
{
	size_t above = n;

	*marks = (struct marks){.contact = n, .peak = n, .release = n, .end = n};
	for (size_t i = 0; i < n && marks->contact == n; i++) {
		if (!usable(&samples[i]))
			continue;
		if (!(samples[i].force_n - param->zero_n > param->contact_n))
			above = n;
		else if (above == n)
			above = i;
		else
			marks->contact = above;
	}
	if (marks->contact == n)
		return;
	marks->peak = marks->contact;
	for (size_t i = marks->contact; i < n; i++)
		if (usable(&samples[i]) && samples[i].force_n > samples[marks->peak].force_n)
			marks->peak = i;
	for (size_t i = marks->peak; i < n && marks->release == n; i++)
		if (usable(&samples[i]) && samples[i].force_n - param->zero_n < param->contact_n)
			marks->release = i;
	if (marks->release < n)
		marks->end = marks->release + 1;
}

static bool falls_after(const struct ses_sample *samples, size_t n, size_t peak)
{
	for (size_t i = peak + 1; i < n; i++)
		if (usable(&samples[i]) && samples[i].force_n < samples[peak].force_n)
			return true;
	return false;
}

/* What the samples of the press say about themselves, and where some are missing. */
static void count_faults(const struct ses_sample *samples, const struct marks *marks, double gap_s,
	struct ses_press_result *out)
{
	size_t last = marks->contact;

	for (size_t i = marks->contact; i < marks->end; i++) {
		uint32_t flags = samples[i].flags;
		bool gap = flags & (SES_SAMPLE_GAP | SES_SAMPLE_DROPPED);

		if (flags & SES_SAMPLE_PEAK)
			out->quality |= SES_QUALITY_PEAK_FLAG;
		if (flags & SES_SAMPLE_DROPPED)
			out->quality |= SES_QUALITY_DROPPED;
		if (flags & SES_SAMPLE_LOW_BATTERY)
			out->quality |= SES_QUALITY_LOW_BATTERY;
		if (usable(&samples[i])) {
			gap = gap || seconds(samples[i].t_ns - samples[last].t_ns) > gap_s;
			last = i;
		}
		out->n_gaps += gap && i > marks->contact;
	}
	if (out->n_gaps)
		out->quality |= SES_QUALITY_GAP;
}

/* ---- the rate ----------------------------------------------------------------------------------- */

struct ramp {
	int64_t from_ns, to_ns; /* the part between 20 % and 90 % */
	int64_t window_ns;
};

/*
 * The rise that led to the end of the ramp: after the last sample under 20 % of the end's pressure,
 * before the first one over 90 % after that. A hand that only lies on the skin before it presses,
 * or starts anew, does not blur the rate.
 */
static bool find_ramp(const struct ses_sample *samples, size_t n, size_t contact, int64_t end_ns,
	double end_n, double zero_n, struct ramp *ramp)
{
	size_t from = contact;
	bool any = false;

	for (size_t i = contact; i < n && samples[i].t_ns < end_ns; i++)
		if (usable(&samples[i]) && samples[i].force_n - zero_n < 0.2 * end_n)
			from = i + 1;
	for (size_t i = from; i < n && samples[i].t_ns <= end_ns; i++) {
		if (!usable(&samples[i]))
			continue;
		if (samples[i].force_n - zero_n > 0.9 * end_n)
			break;
		if (!any)
			ramp->from_ns = samples[i].t_ns;
		ramp->to_ns = samples[i].t_ns;
		any = true;
	}
	return any;
}

struct slide {
	double sum, sum_sq, mean;
	double inside_s, total_s;
	int n;
};

/*
 * Runs the sliding window over the ramp. First pass (mean 0): sums; second pass: squares about the
 * mean. Windows that would reach out of contact..end say nothing about the ramp and are left out.
 */
static void slide_over(const struct ses_sample *samples, size_t n, const struct ramp *ramp,
	int64_t contact_ns, int64_t end_ns, const struct ses_press_param *param, struct slide *slide)
{
	double low = param->target_rate_kpa_s * (1 - param->corridor);
	double high = param->target_rate_kpa_s * (1 + param->corridor);
	int64_t half = ramp->window_ns / 2, last = SES_NO_TIME;
	size_t i = lower_bound(samples, n, ramp->from_ns);

	slide->sum = slide->sum_sq = slide->inside_s = slide->total_s = 0;
	slide->n = 0;
	for (; i < n && samples[i].t_ns <= ramp->to_ns; i++) {
		int64_t t = samples[i].t_ns;
		double rate, step_s;

		if (!usable(&samples[i]) || t - half < contact_ns || t + half > end_ns ||
			(last != SES_NO_TIME && t - last < SLIDE_STEP_NS))
			continue;
		rate = alg_pressure_kpa(ses_force_slope(samples, n, t - half, t + half), param->area_cm2);
		if (isnan(rate))
			continue;
		step_s = last == SES_NO_TIME ? 0 : seconds(t - last);
		if (step_s <= param->gap_s) {
			slide->total_s += step_s;
			slide->inside_s += rate >= low && rate <= high ? step_s : 0;
		}
		slide->sum += rate;
		slide->sum_sq += (rate - slide->mean) * (rate - slide->mean);
		slide->n++;
		last = t;
	}
}

/* 0.4 s, or as long as four usual steps of a gauge so slow that 0.4 s would not hold five samples. */
static int64_t window_ns(int64_t contact_ns, int64_t end_ns, int n_ramp)
{
	int64_t base = (int64_t)(SES_SLOPE_WINDOW_S * 1e9);
	int64_t four = n_ramp > 1 ? 4 * ((end_ns - contact_ns) / (n_ramp - 1)) : 0;

	return four > base ? four : base;
}

static void judge_rate(const struct ses_press_param *param, struct ses_press_result *out)
{
	double off = fabs(out->rate_kpa_s - param->target_rate_kpa_s) / param->target_rate_kpa_s;

	/* A hair of slack: a rate on the corridor's edge is inside whatever the last digit says. */
	if (off > param->corridor + 1e-9)
		out->quality |= SES_QUALITY_RATE;
	if (off > 0.5 + 1e-9)
		out->quality |= SES_QUALITY_RATE_STRONG;
	if (out->corridor_share < 0.5)
		out->quality |= SES_QUALITY_CORRIDOR;
}

static void evaluate_rate(const struct ses_sample *samples, size_t n, const struct marks *marks,
	const struct ses_press_param *param, int64_t end_ns, double end_n, struct ses_press_result *out)
{
	int64_t contact_ns = samples[marks->contact].t_ns;
	struct ramp ramp = {.window_ns = 0};
	struct slide slide = {.mean = 0};
	int64_t half;

	for (size_t i = marks->contact; i < n && samples[i].t_ns <= end_ns; i++)
		out->n_ramp += usable(&samples[i]);
	if (out->n_ramp < FEW_SAMPLES) {
		out->quality |= SES_QUALITY_FEW;
		return;
	}
	ramp.window_ns = window_ns(contact_ns, end_ns, out->n_ramp);
	if (find_ramp(samples, n, marks->contact, end_ns, end_n, param->zero_n, &ramp)) {
		out->rate_kpa_s =
			alg_pressure_kpa(ses_force_slope(samples, n, ramp.from_ns, ramp.to_ns), param->area_cm2);
		slide_over(samples, n, &ramp, contact_ns, end_ns, param, &slide);
	}
	if (slide.n >= 2) {
		slide.mean = slide.sum / slide.n;
		slide_over(samples, n, &ramp, contact_ns, end_ns, param, &slide);
		out->rate_sd_kpa_s = sqrt(slide.sum_sq / (slide.n - 1));
	}
	if (slide.total_s > 0)
		out->corridor_share = slide.inside_s / slide.total_s;
	judge_rate(param, out);
	if (out->t_response_ns == SES_NO_TIME)
		return;
	/* At a peak the hand already turns: there the window ends at the response. */
	half = ramp.window_ns / 2;
	out->rate_response_kpa_s = alg_pressure_kpa(
		param->response == SES_RESPONSE_PEAK
			? ses_force_slope(samples, n, end_ns - ramp.window_ns, end_ns)
			: ses_force_slope(samples, n, end_ns - half, end_ns + half),
		param->area_cm2);
}

/* ---- the whole press ------------------------------------------------------------------------------ */

static bool param_ok(const struct ses_press_param *param)
{
	return isfinite(param->area_cm2) && param->area_cm2 > 0 && isfinite(param->zero_n) &&
	       isfinite(param->contact_n) && param->contact_n > 0 && isfinite(param->target_rate_kpa_s) &&
	       param->target_rate_kpa_s > 0 && isfinite(param->corridor) && param->corridor > 0 &&
	       param->gap_s > 0;
}

static bool in_order(const struct ses_sample *samples, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (samples[i].t_ns < samples[i - 1].t_ns)
			return false;
	return true;
}

int ses_press_evaluate(const struct ses_sample *samples, size_t n, const struct ses_press_param *param,
	int64_t t_response_ns, struct ses_press_result *out)
{
	struct marks marks;
	double end_n;
	int64_t end_ns;

	*out = (struct ses_press_result){
		.t_contact_ns = SES_NO_TIME, .t_response_ns = t_response_ns, .t_peak_ns = SES_NO_TIME,
		.t_release_ns = SES_NO_TIME, .ppt_kpa = NAN, .ppt_n = NAN, .peak_kpa = NAN,
		.overshoot_kpa = NAN, .rate_kpa_s = NAN, .rate_sd_kpa_s = NAN,
		.rate_response_kpa_s = NAN, .corridor_share = NAN,
	};
	if (!param_ok(param) || !in_order(samples, n))
		return ALG_ERR_ARG;
	find_marks(samples, n, param, &marks);
	if (marks.contact == n)
		return 0;
	out->t_contact_ns = samples[marks.contact].t_ns;
	out->t_peak_ns = samples[marks.peak].t_ns;
	out->peak_kpa = alg_pressure_kpa(samples[marks.peak].force_n - param->zero_n, param->area_cm2);
	if (marks.release < n)
		out->t_release_ns = samples[marks.release].t_ns;
	count_faults(samples, &marks, param->gap_s, out);

	if (t_response_ns == SES_NO_TIME && param->response == SES_RESPONSE_PEAK &&
		falls_after(samples, n, marks.peak))
		out->t_response_ns = out->t_peak_ns;
	end_ns = out->t_peak_ns;
	end_n = samples[marks.peak].force_n - param->zero_n;
	if (out->t_response_ns != SES_NO_TIME && out->t_response_ns >= out->t_contact_ns &&
		(marks.release == n || out->t_response_ns <= out->t_release_ns)) {
		double force_n = ses_force_at(samples, n, out->t_response_ns, param->gap_s);

		if (isnan(force_n)) {
			out->quality |= SES_QUALITY_GAP;
		} else {
			end_ns = out->t_response_ns;
			end_n = force_n - param->zero_n;
			out->ppt_n = end_n;
			out->ppt_kpa = alg_pressure_kpa(end_n, param->area_cm2);
			out->overshoot_kpa = out->peak_kpa - out->ppt_kpa;
		}
	}
	evaluate_rate(samples, n, &marks, param, end_ns, end_n, out);
	if (isnan(out->ppt_kpa))
		out->rate_response_kpa_s = NAN;
	return 0;
}
