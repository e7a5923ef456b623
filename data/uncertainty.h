/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uncertainty.h - how well the instrument knew the pressure that it is said to have measured: a budget in
 * the manner of the GUM (JCGM 100:2008), standard uncertainties in kPa, expanded with k = 2.
 *
 * This is not the precision of a threshold. People differ from press to press 5 to 20 times more, gain and
 * tip area are common to all visits with one gauge and tip and cancel in a change; it is never drawn beside
 * a threshold. It says what two gauges, or two clinics, can differ by.
 *
 *   calibration   half-width e of what the check with weights found, e / sqrt(3), and the weights' own U / 2;
 *                 never checked: 0.5 % of the range, or 1 % of the reading where the range is not known
 *   resolution    a digit d in the reading and in the zero: d / sqrt(6)
 *   zero          SD of the samples before contact / sqrt(their number)
 *   drift         of the zero since the session's first press, rectangular: / sqrt(3)
 *   hysteresis    of the check, rectangular; part of the calibration when never checked
 *   angle         pressed up to 10 degrees off the perpendicular the gauge reads cos(10 deg) = 1.5 % low at
 *                 worst: 1.5 % / sqrt(12), and half of it as a bias
 *   sampling      rate x step between samples / sqrt(12)
 *   stamp         rate x 5 ms / sqrt(3): how well an arrival tells the instant of a sample
 *   delay         rate x 5 ms / sqrt(3): from the button's contact to its time stamp
 *   tip area      1 %, rectangular (0.06 mm of the diameter of 1 cm2)
 *
 * Biases are listed, not added and not subtracted: the patient's reaction time, rate x 0.2 to 0.4 s, and
 * the examiner's, as much again, where the examiner marks the response or lifts.
 */
#ifndef SES_UNCERTAINTY_H
#define SES_UNCERTAINTY_H

#include "data/session.h"

/* What is known of the gauge from its last check with weights. */
struct ses_accuracy {
	bool checked;
	double error_percent;      /* largest as-found error, of the reading */
	double error_n;            /* the same in newton, what is left near zero */
	double hysteresis_n;
	double weights_percent;    /* U (k = 2) of the weights */
};

/* From the text of a check as sessions keep it; not checked when it is "" or cannot be read. */
struct ses_accuracy ses_accuracy_of(const char *check_text);

enum ses_budget_part {
	SES_BUDGET_CALIBRATION, SES_BUDGET_RESOLUTION, SES_BUDGET_ZERO, SES_BUDGET_DRIFT, SES_BUDGET_HYSTERESIS,
	SES_BUDGET_ANGLE, SES_BUDGET_SAMPLING, SES_BUDGET_STAMP, SES_BUDGET_DELAY, SES_BUDGET_TIP, SES_BUDGET_PARTS,
};

struct ses_budget {
	double part_kpa[SES_BUDGET_PARTS]; /* standard uncertainties */
	double expanded_kpa;               /* 2 x root of their squares' sum; NAN without a threshold */
	double reaction_low_kpa, reaction_high_kpa; /* biases: the threshold reads so much too high */
	double angle_bias_kpa;                      /* ... or too low */
};

/* "calibration", "tip area" ... */
const char *ses_budget_word(enum ses_budget_part part);

struct ses_budget_in {
	const struct ses_trial *trial;   /* ppt_kpa, rate_response_kpa_s or rate_kpa_s, zero_n, response */
	double area_cm2;
	double resolution_n, capacity_n; /* NAN or 0: not known */
	double first_zero_n;             /* of the session; NAN: this press is the first */
	double rest_sd_n;                /* of the samples before contact; NAN: not known */
	int n_rest;
	double step_s;                   /* usual step between samples; NAN */
	struct ses_accuracy accuracy;
};

/* Pure. Parts that cannot be known (no resolution ...) are 0. */
void ses_budget_make(const struct ses_budget_in *in, struct ses_budget *out);
/* Mean step [s], number and SD [N] of the usable samples before contact; NAN, 0 when fewer than 5. */
void ses_rest_noise(const struct ses_sample *samples, size_t n, int64_t t_contact_ns, struct ses_budget_in *in);

#endif
