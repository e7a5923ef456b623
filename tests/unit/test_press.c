/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mathematics of one press and of repeated presses, against values worked out by hand. */
#include "data/press.h"
#include "base/status.h"
#include "tests/unit/assert_close.h"

#include <stdlib.h>
#include <string.h>

#define NS(s) ((int64_t)llround((s) * 1e9))

static struct ses_press_param usual(void)
{
	return (struct ses_press_param){.area_cm2 = 1, .zero_n = 0, .contact_n = 0.5,
		.target_rate_kpa_s = 30, .corridor = 0.2, .gap_s = 0.25, .response = SES_RESPONSE_BUTTON};
}

static size_t put(struct ses_sample *s, size_t n, double t_s, double force_n)
{
	s[n] = (struct ses_sample){.t_ns = NS(t_s), .arrival_ns = NS(t_s), .force_n = force_n};
	return n + 1;
}

/* rest to t0, a straight ramp to f1 at t1, a fall to 0 within 0.2 s, rest to t1 + 1; at hz. */
static size_t press(struct ses_sample *s, double t0, double t1, double f1, double hz)
{
	size_t n = 0;

	for (int i = 0; i / hz <= t1 + 1 + 1e-9; i++) {
		double t = i / hz, f = 0;

		if (t > t0 && t <= t1)
			f = f1 * (t - t0) / (t1 - t0);
		else if (t > t1 && t < t1 + 0.2)
			f = f1 * (1 - (t - t1) / 0.2);
		n = put(s, n, t, f);
	}
	return n;
}

/* Samples 0, 30, 60, 90, 120 kPa at 0..4 s on 1 cm2, button at 3.7 s: slope 30 kPa/s, PPT 111 kPa. */
static void worked_example_ramp(void **state)
{
	struct ses_sample s[6];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 5; i++)
		n = put(s, n, i, 3.0 * i);
	assert_close(10 * ses_force_slope(s, n, NS(0), NS(4)), 30, 1e-12);
	param.gap_s = 1.5;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(3.7), &r), 0);
	assert_close(r.ppt_kpa, 111, 1e-9);
	assert_close(r.ppt_n, 11.1, 1e-10);
	assert_close(r.overshoot_kpa, 9, 1e-9);
	assert_close(r.peak_kpa, 120, 1e-9);
	assert_true(r.t_contact_ns == NS(1) && r.t_peak_ns == NS(4) && r.t_release_ns == SES_NO_TIME);
	assert_int_equal(r.n_ramp, 3);
	assert_int_equal(r.quality, SES_QUALITY_FEW);
	assert_nan(r.rate_kpa_s);
}

static void a_clean_press(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 9, 24, 100); /* 3 N/s: 30 kPa/s */

	(void)state;
	for (size_t i = 0; i < n; i++)
		s[i].force_n += 0.8;
	param.zero_n = 0.8;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.005), &r), 0);
	assert_close(r.ppt_kpa, 210.15, 1e-6);
	assert_close(r.rate_kpa_s, 30, 1e-6);
	assert_close(r.rate_sd_kpa_s, 0, 1e-6);
	assert_close(r.rate_response_kpa_s, 30, 1e-6);
	assert_close(r.corridor_share, 1, 1e-9);
	assert_close(r.overshoot_kpa, 240 - 210.15, 1e-6);
	/* 0.5 N is passed after 1/6 s: 1.17 is the first sample over it; release: 0.5 N left of 24 at 9.196 */
	assert_true(r.t_contact_ns == NS(1.17));
	assert_true(r.t_release_ns == NS(9.20));
	assert_int_equal(r.n_ramp, 684); /* 1.17 to 8.00 s */
	assert_int_equal(r.n_gaps, 0);
	assert_int_equal(r.quality, 0);
}

/* The same press on half the tip is twice the pressure and twice the rate. */
static void half_the_area_doubles_all(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 9, 24, 100);

	(void)state;
	param.area_cm2 = 0.5;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8), &r), 0);
	assert_close(r.ppt_kpa, 420, 1e-6);
	assert_close(r.ppt_n, 21, 1e-9);
	assert_close(r.rate_kpa_s, 60, 1e-6);
	assert_int_equal(r.quality, SES_QUALITY_RATE | SES_QUALITY_RATE_STRONG | SES_QUALITY_CORRIDOR);
}

/* 3 N/s until 4 s, then 6 N/s: outside for the later half of the ramp. */
static void a_rate_that_changes(void **state)
{
	struct ses_sample s[1000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = 0;

	(void)state;
	for (int i = 0; i <= 700; i++) {
		double t = i / 100.0;

		n = put(s, n, t, t <= 4 ? 3 * t : t <= 6 ? 12 + 6 * (t - 4) : 24 - 100 * (t - 6));
	}
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(6), &r), 0);
	assert_close(r.ppt_kpa, 240, 1e-9);
	/*
	 * 20 % to 90 %: 4.8 N at 1.6 s to 21.6 N at 5.6 s. A window holds a kink at 4 s as soon as its
	 * middle is past 3.8 s; its slope leaves the corridor (3.6 N/s) a little before 4 s.
	 */
	assert_true(r.corridor_share > 2.2 / 4 && r.corridor_share < 2.4 / 4);
	assert_true(r.rate_kpa_s > 36 && r.rate_kpa_s < 44);
	assert_true(r.rate_sd_kpa_s > 13 && r.rate_sd_kpa_s < 16);
	assert_int_equal(r.quality, SES_QUALITY_RATE);
}

/* What the hand does above 90 % and after the response says nothing about the ramp. */
static void the_ramp_ends_at_ninety_percent(void **state)
{
	struct ses_sample s[1200];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = 0;

	(void)state;
	for (int i = 0; i <= 1100; i++) { /* 3 N/s to 22 N, then 1 N/s to 24 N at 9.33 s */
		double t = i / 100.0;

		n = put(s, n, t, t <= 22 / 3.0 ? 3 * t : t <= 28 / 3.0 ? 22 + (t - 22 / 3.0) : 0);
	}
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(9.33), &r), 0);
	assert_close(r.ppt_kpa, 239.9667, 1e-3);
	assert_close(r.rate_kpa_s, 30, 1e-6);
	/* a light press of 30 kPa: the last window that fits ends at the response, not in the fall after it */
	n = press(s, 1, 2, 3, 100);
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(2), &r), 0);
	assert_close(r.corridor_share, 1, 1e-9);
	assert_close(r.rate_sd_kpa_s, 0, 1e-6);
}

/* SD of the sliding slope: the same windows, one by one. */
static void sd_of_the_sliding_slope(void **state)
{
	struct ses_sample s[400];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	double slope[400], mean = 0, ss = 0;
	size_t n = 0, m = 0;

	(void)state;
	for (int i = 0; i <= 30; i++) /* 10 Hz, a wavy ramp */
		n = put(s, n, i / 10.0, 3 * (i / 10.0) + 0.2 * sin(i));
	param.gap_s = 0.31;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(3), &r), 0);
	for (size_t i = 0; i < n; i++) {
		if (s[i].t_ns - NS(0.2) < r.t_contact_ns || s[i].t_ns + NS(0.2) > NS(3) ||
			s[i].force_n < 0.2 * r.ppt_n || s[i].force_n > 0.9 * r.ppt_n)
			continue;
		slope[m++] = 10 * ses_force_slope(s, n, s[i].t_ns - NS(0.2), s[i].t_ns + NS(0.2));
	}
	assert_true(m > 5);
	for (size_t i = 0; i < m; i++)
		mean += slope[i] / (double)m;
	for (size_t i = 0; i < m; i++)
		ss += (slope[i] - mean) * (slope[i] - mean);
	assert_close(r.rate_sd_kpa_s, sqrt(ss / (double)(m - 1)), 1e-9);
}

/* The sliding slope belongs to the middle of its window: at a kink it is the mean of both slopes. */
static void slope_at_response_is_centred(void **state)
{
	struct ses_sample s[1000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = 0;

	(void)state;
	for (int i = 0; i <= 800; i++) {
		double t = i / 100.0;

		n = put(s, n, t, t <= 4 ? 3 * t : 12 + 1 * (t - 4));
	}
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(4), &r), 0);
	assert_close(r.rate_response_kpa_s, 20, 1e-6);
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(3.8), &r), 0);
	assert_close(r.rate_response_kpa_s, 30, 1e-6);
	param.response = SES_RESPONSE_PEAK;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(4), &r), 0);
	assert_close(r.rate_response_kpa_s, 30, 1e-6);
}

static void verbal_peak_takes_the_peak_before_the_fall(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 7, 18, 100);

	(void)state;
	param.response = SES_RESPONSE_PEAK;
	assert_int_equal(ses_press_evaluate(s, n, &param, SES_NO_TIME, &r), 0);
	assert_true(r.t_response_ns == NS(7));
	assert_close(r.ppt_kpa, 180, 1e-9);
	assert_close(r.overshoot_kpa, 0, 1e-12);
	assert_close(r.rate_response_kpa_s, 30, 1e-6);
	/* still rising: no peak yet */
	assert_int_equal(ses_press_evaluate(s, 600, &param, SES_NO_TIME, &r), 0);
	assert_true(r.t_response_ns == SES_NO_TIME);
	assert_nan(r.ppt_kpa);
	/* with a button as the source a peak is no response */
	param.response = SES_RESPONSE_BUTTON;
	assert_int_equal(ses_press_evaluate(s, n, &param, SES_NO_TIME, &r), 0);
	assert_nan(r.ppt_kpa);
	assert_close(r.peak_kpa, 180, 1e-9);
	assert_close(r.rate_kpa_s, 30, 1e-6); /* a censored press has a rate */
	assert_nan(r.rate_response_kpa_s);
}

static void responses_outside_the_press(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 7, 18, 100);
	static const double at[] = {0.5, 1.1, 7.5, 20};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		print_message("response at %g s\n", at[i]);
		assert_int_equal(ses_press_evaluate(s, n, &param, NS(at[i]), &r), 0);
		assert_nan(r.ppt_kpa);
		assert_true(r.t_response_ns == NS(at[i]));
	}
	/* on the way down the force is still on: a response */
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(7.1), &r), 0);
	assert_close(r.ppt_kpa, 90, 1e-6);
	assert_close(r.overshoot_kpa, 90, 1e-6);
}

static void unusable_samples_enter_nothing(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 9, 24, 100);
	static const uint32_t flags[] = {SES_SAMPLE_PEAK, SES_SAMPLE_OVERLOAD, SES_SAMPLE_FAULT, 0};

	(void)state;
	for (size_t i = 150; i < 900; i += 5) {
		uint32_t flag = flags[i / 5 % 4];

		s[i].force_n = flag ? 500 : NAN;
		s[i].flags = flag;
	}
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.0), &r), 0); /* 800 is a spoilt one */
	assert_close(r.ppt_kpa, 210, 1e-6);
	assert_close(r.peak_kpa, 240, 1e-6);
	assert_close(r.rate_kpa_s, 30, 1e-6);
	assert_close(r.corridor_share, 1, 1e-9);
	assert_int_equal(r.n_gaps, 0);
	assert_int_equal(r.quality, SES_QUALITY_PEAK_FLAG);
	for (size_t i = 0; i < n; i++)
		s[i].flags = SES_SAMPLE_PEAK;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.0), &r), 0);
	assert_true(r.t_contact_ns == SES_NO_TIME);
	assert_nan(r.ppt_kpa);
}

static void a_gap_is_not_interpolated_across(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 9, 24, 100), kept = 0;

	(void)state;
	for (size_t i = 0; i < n; i++)
		if (s[i].t_ns <= NS(7.8) || s[i].t_ns >= NS(8.1))
			s[kept++] = s[i];
	n = kept;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.0), &r), 0);
	assert_nan(r.ppt_kpa);
	assert_nan(r.ppt_n);
	assert_int_equal(r.n_gaps, 1);
	assert_int_equal(r.quality, SES_QUALITY_GAP);
	/* beside the gap the value stands, the gap is told */
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(7.0), &r), 0);
	assert_close(r.ppt_kpa, 180, 1e-6);
	assert_int_equal(r.quality, SES_QUALITY_GAP);
	/* a wider tolerance, 0.3 s */
	param.gap_s = 0.31;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.0), &r), 0);
	assert_close(r.ppt_kpa, 210, 1e-6);
	assert_int_equal(r.quality, 0);
	/* what the gauge or the program says to be missing counts, whatever the times say */
	s[500].flags = SES_SAMPLE_GAP;
	s[510].flags = SES_SAMPLE_DROPPED;
	s[20].flags = SES_SAMPLE_DROPPED; /* long before contact */
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.0), &r), 0);
	assert_int_equal(r.n_gaps, 2);
	assert_int_equal(r.quality, SES_QUALITY_GAP | SES_QUALITY_DROPPED);
}

static void contact_needs_two_samples(void **state)
{
	struct ses_sample s[2000];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 9, 24, 100);

	(void)state;
	s[50].force_n = 3; /* a single spike */
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8), &r), 0);
	assert_true(r.t_contact_ns == NS(1.17));
	s[51].force_n = 0.6;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8), &r), 0);
	assert_true(r.t_contact_ns == NS(0.5));
	/* a bounce at the start is part of the press: release comes after the peak, the rate after 20 % */
	assert_true(r.t_release_ns == NS(9.2));
	assert_close(r.rate_kpa_s, 30, 1e-6);
}

static void tiny_and_broken_input(void **state)
{
	struct ses_sample s[4];
	struct ses_press_param param = usual(), bad;
	struct ses_press_result r;
	size_t n = 0;

	(void)state;
	assert_int_equal(ses_press_evaluate(NULL, 0, &param, NS(1), &r), 0);
	assert_true(r.t_contact_ns == SES_NO_TIME);
	assert_nan(r.ppt_kpa);
	n = put(s, n, 0, 0);
	n = put(s, n, 1, 5);
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(1), &r), 0); /* one sample is no contact */
	assert_true(r.t_contact_ns == SES_NO_TIME);
	n = put(s, n, 1.1, 6);
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(1.1), &r), 0); /* response on the last sample */
	assert_close(r.ppt_kpa, 60, 1e-9);
	assert_int_equal(r.quality, SES_QUALITY_FEW);
	n = put(s, n, 1.05, 6);
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(1.05), &r), ALG_ERR_ARG); /* back in time */
	assert_nan(r.ppt_kpa);
	for (int i = 0; i < 7; i++) {
		bad = param;
		*(double *[]){&bad.area_cm2, &bad.area_cm2, &bad.zero_n, &bad.contact_n, &bad.target_rate_kpa_s,
			&bad.corridor, &bad.gap_s}[i] =
			(double[]){0, NAN, INFINITY, 0, -30, 0, NAN}[i];
		assert_int_equal(ses_press_evaluate(s, 3, &bad, NS(1.05), &r), ALG_ERR_ARG);
	}
}

static void force_at_an_instant(void **state)
{
	struct ses_sample s[4];
	size_t n = 0;

	(void)state;
	n = put(s, n, 1.0, 10);
	n = put(s, n, 1.1, NAN);
	n = put(s, n, 1.2, 20);
	n = put(s, n, 9.0, 50);
	assert_close(ses_force_at(s, n, NS(1.0), 0.25), 10, 0);
	assert_close(ses_force_at(s, n, NS(1.05), 0.25), 12.5, 1e-9);
	assert_close(ses_force_at(s, n, NS(1.1), 0.25), 15, 1e-9); /* between the usable neighbours */
	assert_nan(ses_force_at(s, n, NS(1.1), 0.15));
	assert_close(ses_force_at(s, n, NS(9.0), 0.25), 50, 0); /* on a sample: no neighbour is asked */
	assert_nan(ses_force_at(s, n, NS(5.0), 0.25));
	assert_nan(ses_force_at(s, n, NS(0.9), 0.25));
	assert_nan(ses_force_at(s, n, NS(9.1), 0.25));
	assert_nan(ses_force_at(s, 0, NS(9.1), 0.25));
}

static void slope_of_force(void **state)
{
	struct ses_sample s[8];
	size_t n = 0;
	static const double t[] = {0, 1, 2, 4}, f[] = {1, 2, 6, 7};

	(void)state;
	for (int i = 0; i < 4; i++)
		n = put(s, n, t[i], f[i]);
	/* mean t 7/4, mean f 4; Stt 35/4, Stf 14 */
	assert_close(ses_force_slope(s, n, NS(0), NS(4)), 1.6, 1e-12);
	assert_nan(ses_force_slope(s, n, NS(0), NS(1.5))); /* two samples */
	for (int i = 0; i < 4; i++)
		s[i].t_ns = NS(1);
	assert_nan(ses_force_slope(s, n, NS(0), NS(4))); /* all at one instant */
}

/* A clock that has run for 30 years, a zero of 1000 N, 2 kHz for 120 s: digits and time both hold. */
static void long_presses_and_large_times(void **state)
{
	size_t n = 0, cap = 242001;
	struct ses_sample *s = calloc(cap, sizeof(*s));
	struct ses_press_param param = usual();
	struct ses_press_result r;
	int64_t start = INT64_C(946080000) * 1000000000;

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < cap; i++) {
		double t = (double)i / 2000, f = t < 120 ? 0.3 * t : 0;

		n = put(s, n, 0, 1000 + f);
		s[i].t_ns = start + (int64_t)i * 500000;
	}
	param.zero_n = 1000;
	param.target_rate_kpa_s = 3;
	assert_int_equal(ses_press_evaluate(s, n, &param, start + NS(100.00025), &r), 0);
	assert_close(r.ppt_kpa, 300.00075, 1e-6);
	assert_close(r.rate_kpa_s, 3, 1e-9);
	assert_close(r.corridor_share, 1, 1e-9);
	assert_int_equal(r.quality, 0);
	free(s);
}

/* A gauge of 5 readings a second: the window grows to hold five samples, so the rate is known. */
static void slow_gauges_have_a_rate(void **state)
{
	struct ses_sample s[100];
	struct ses_press_param param = usual();
	struct ses_press_result r;
	size_t n = press(s, 1, 9, 24, 5);

	(void)state;
	param.gap_s = 0.7;
	assert_int_equal(ses_press_evaluate(s, n, &param, NS(8.1), &r), 0);
	assert_close(r.ppt_kpa, 213, 1e-6);
	assert_close(r.rate_kpa_s, 30, 1e-6);
	assert_close(r.corridor_share, 1, 1e-9);
	assert_close(r.rate_response_kpa_s, 30, 1e-6);
}

static void repeated_presses(void **state)
{
	static const struct {
		const char *legend;
		enum ses_rule rule;
		size_t n;
		double kpa[5];
		bool censored[5];
		double want;
		bool bound;
	} row[] = {
		{"worked example, mean", SES_RULE_MEAN, 3, {500, 560, 600}, {0, 0, 1}, 1660.0 / 3, true},
		{"worked example, median", SES_RULE_MEDIAN, 3, {500, 560, 600}, {0, 0, 1}, 560, false},
		{"mean of exact ones", SES_RULE_MEAN, 3, {200, 210, 250}, {0}, 220, false},
		{"drop-first", SES_RULE_DROP_FIRST, 3, {900, 210, 250}, {0}, 230, false},
		{"drop-first drops a censored first", SES_RULE_DROP_FIRST, 3, {600, 210, 250}, {1}, 230, false},
		{"drop-first, a later one censored", SES_RULE_DROP_FIRST, 2, {500, 600}, {0, 1}, 600, true},
		{"drop-first, single", SES_RULE_DROP_FIRST, 1, {300}, {0}, 300, false},
		{"drop-first, single censored", SES_RULE_DROP_FIRST, 1, {600}, {1}, 600, true},
		{"median of four", SES_RULE_MEDIAN, 4, {400, 100, 300, 200}, {0}, 250, false},
		{"median, equal values", SES_RULE_MEDIAN, 3, {200, 200, 200}, {0}, 200, false},
		{"median, half censored", SES_RULE_MEDIAN, 4, {600, 100, 600, 200}, {1, 0, 1, 0}, 400, true},
		{"median, censored under exact ones", SES_RULE_MEDIAN, 3, {300, 500, 510}, {1, 0, 0}, 500, true},
		{"median, a low ceiling among exact ones", SES_RULE_MEDIAN, 3, {500, 400, 560}, {0, 1, 0}, 500, true},
		{"median, two ceilings", SES_RULE_MEDIAN, 3, {500, 600, 400}, {0, 1, 1}, 500, true},
		{"median of four, one censored on top", SES_RULE_MEDIAN, 4, {300, 100, 400, 200}, {0, 0, 1, 0}, 250, false},
		{"median of four, a low ceiling", SES_RULE_MEDIAN, 4, {300, 100, 150, 200}, {0, 0, 1, 0}, 175, true},
		{"median of four, a ceiling below two equal ones", SES_RULE_MEDIAN, 4, {300, 150, 300, 300}, {0, 1, 0, 0}, 300, false},
		{"median, most censored", SES_RULE_MEDIAN, 3, {600, 600, 200}, {1, 1, 0}, 600, true},
		{"closest-two", SES_RULE_CLOSEST_TWO, 3, {200, 300, 320}, {0}, 310, false},
		{"closest-two, not neighbours", SES_RULE_CLOSEST_TWO, 3, {200, 300, 205}, {0}, 202.5, false},
		{"closest-two, tie", SES_RULE_CLOSEST_TWO, 3, {100, 110, 120}, {0}, 105, false},
		{"closest-two, one", SES_RULE_CLOSEST_TWO, 1, {100}, {0}, 100, false},
		{"closest-two, perhaps with a censored one", SES_RULE_CLOSEST_TWO, 3, {500, 590, 600}, {0, 0, 1}, 545, true},
		{"closest-two, a low ceiling", SES_RULE_CLOSEST_TWO, 3, {500, 400, 560}, {0, 1, 0}, 470, true},
		{"closest-two, one exact", SES_RULE_CLOSEST_TWO, 3, {500, 600, 610}, {0, 1, 1}, 550, true},
		{"closest-two, all censored", SES_RULE_CLOSEST_TWO, 3, {600, 500, 610}, {1, 1, 1}, 550, true},
		{"closest-two, two censored aside may be the pair", SES_RULE_CLOSEST_TWO, 4, {500, 510, 600, 600}, {0, 0, 1, 1}, 505, true},
		{"closest-two, one censored of two", SES_RULE_CLOSEST_TWO, 2, {500, 600}, {0, 1}, 550, true},
		{"closest-two, one censored", SES_RULE_CLOSEST_TWO, 1, {600}, {1}, 600, true},
		{"closest-two, a censored one aside", SES_RULE_CLOSEST_TWO, 3, {500, 510, 600}, {0, 0, 1}, 505, false},
	};
	bool bound = true;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		print_message("%s\n", row[i].legend);
		assert_close(ses_repeat_value(row[i].rule, row[i].kpa, row[i].censored, row[i].n, &bound),
			row[i].want, 1e-9);
		assert_int_equal(bound, row[i].bound);
	}
	assert_nan(ses_repeat_value(SES_RULE_MEAN, row[0].kpa, row[0].censored, 0, &bound));
	assert_false(bound);
	assert_nan(ses_repeat_value(SES_RULE_MEDIAN, (double[]){1, NAN}, (bool[]){0, 0}, 2, &bound));
	assert_nan(ses_repeat_value((enum ses_rule)0, row[0].kpa, row[0].censored, 1, &bound));
}

static void words(void **state)
{
	char out[128], small[10];

	(void)state;
	for (int i = 1; i <= 4; i++) {
		assert_int_equal(ses_rule_from_word(ses_rule_word((enum ses_rule)i)), i);
		assert_int_equal(ses_response_from_word(ses_response_word((enum ses_response)i)), i);
	}
	assert_string_equal(ses_rule_word(SES_RULE_DROP_FIRST), "drop-first");
	assert_string_equal(ses_response_word(SES_RESPONSE_PEAK), "verbal-peak");
	assert_string_equal(ses_status_word(SES_CENSORED), "censored");
	assert_string_equal(ses_status_word((enum ses_status)9), "?");
	assert_string_equal(ses_status_word((enum ses_status)0), "?");
	assert_string_equal(ses_reason_word(SES_REASON_INTERRUPTED), "interrupted");
	assert_string_equal(ses_reason_word((enum ses_reason)17), "?");
	assert_string_equal(ses_reason_word((enum ses_reason)-1), "?");
	for (int i = 0; i <= 16; i++)
		assert_string_not_equal(ses_reason_word((enum ses_reason)i), "?");
	assert_int_equal(ses_rule_from_word("Mean"), 0);
	assert_int_equal(ses_rule_from_word(NULL), 0);
	ses_quality_words(out, sizeof(out), SES_QUALITY_RATE | SES_QUALITY_GAP | SES_QUALITY_LOW_BATTERY);
	assert_string_equal(out, "rate gap low-battery");
	ses_quality_words(small, sizeof(small), SES_QUALITY_RATE | SES_QUALITY_GAP | SES_QUALITY_LOW_BATTERY);
	assert_string_equal(small, "rate gap");
	ses_quality_words(out, sizeof(out), 0);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_example_ramp),
		cmocka_unit_test(a_clean_press),
		cmocka_unit_test(half_the_area_doubles_all),
		cmocka_unit_test(a_rate_that_changes),
		cmocka_unit_test(the_ramp_ends_at_ninety_percent),
		cmocka_unit_test(sd_of_the_sliding_slope),
		cmocka_unit_test(slope_at_response_is_centred),
		cmocka_unit_test(verbal_peak_takes_the_peak_before_the_fall),
		cmocka_unit_test(responses_outside_the_press),
		cmocka_unit_test(unusable_samples_enter_nothing),
		cmocka_unit_test(a_gap_is_not_interpolated_across),
		cmocka_unit_test(contact_needs_two_samples),
		cmocka_unit_test(tiny_and_broken_input),
		cmocka_unit_test(force_at_an_instant),
		cmocka_unit_test(slope_of_force),
		cmocka_unit_test(long_presses_and_large_times),
		cmocka_unit_test(slow_gauges_have_a_rate),
		cmocka_unit_test(repeated_presses),
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
