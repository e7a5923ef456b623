/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/uncertainty.h"

#include "base/units.h"
#include "data/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ASSUMED_RANGE   0.005 /* of the capacity: the accuracy class that most hand gauges state */
#define ASSUMED_READING 0.01
#define ANGLE_DEG       10.0
#define STAMP_S         0.005
#define DELAY_S         0.005
#define TIP             0.01
#define REACTION_LOW_S  0.2
#define REACTION_HIGH_S 0.4

const char *ses_budget_word(enum ses_budget_part part)
{
	static const char *const words[] = {"calibration", "resolution", "zero", "drift", "hysteresis", "angle", "sampling",
		"time stamp", "button delay", "tip area"};

	return (unsigned)part < SES_BUDGET_PARTS ? words[part] : "?";
}

static void worst_errors(const struct ses_check *check, struct ses_accuracy *out)
{
	struct ses_check_result result;

	ses_check_evaluate(check, &result);
	out->checked = true;
	out->error_percent = fabs(result.worst_percent);
	out->hysteresis_n = result.hysteresis_n;
	out->weights_percent = isfinite(check->weights.uncertainty_percent) ? check->weights.uncertainty_percent : 0;
	out->error_n = result.n_weights ? fabs(result.weight[0].error_n) : 0; /* of the lightest */
}

struct ses_accuracy ses_accuracy_of(const char *check_text)
{
	struct ses_accuracy out = {.checked = false};
	struct ses_check *check = check_text && *check_text ? malloc(sizeof(*check)) : NULL;
	struct alg_log quiet = {.level = ALG_LEVEL_ERROR};

	if (check && ses_check_parse(check, check_text, strlen(check_text), "the check in the session", &quiet) == 0)
		worst_errors(check, &out);
	free(check);
	return out;
}

static double known(double value)
{
	return isfinite(value) && value > 0 ? value : 0;
}

static double calibration_n(const struct ses_budget_in *in, double force_n)
{
	const struct ses_accuracy *a = &in->accuracy;

	if (!a->checked)
		return (known(in->capacity_n) > 0 ? ASSUMED_RANGE * in->capacity_n : ASSUMED_READING * force_n) / sqrt(3);
	return hypot(fmax(a->error_percent / 100 * force_n, known(a->error_n)) / sqrt(3), a->weights_percent / 200 * force_n);
}

static void add_biases(const struct ses_budget_in *in, double rate_kpa_s, struct ses_budget *out)
{
	int reactions = in->trial->response == SES_RESPONSE_EXAMINER_KEY || in->trial->response == SES_RESPONSE_PEAK ? 2 : 1;

	out->reaction_low_kpa = reactions * REACTION_LOW_S * rate_kpa_s;
	out->reaction_high_kpa = reactions * REACTION_HIGH_S * rate_kpa_s;
	out->angle_bias_kpa = (1 - cos(ANGLE_DEG * M_PI / 180)) / 2 * in->trial->ppt_kpa;
}

void ses_budget_make(const struct ses_budget_in *in, struct ses_budget *out)
{
	double kpa = in->trial->ppt_kpa, force_n = alg_force_n(kpa, in->area_cm2), to_kpa = alg_pressure_kpa(1, in->area_cm2);
	double rate = known(isfinite(in->trial->rate_response_kpa_s) ? in->trial->rate_response_kpa_s : in->trial->rate_kpa_s);
	double drift_n = isfinite(in->first_zero_n) ? fabs(in->trial->zero_n - in->first_zero_n) : 0, squares = 0;

	*out = (struct ses_budget){.expanded_kpa = NAN, .reaction_low_kpa = NAN, .reaction_high_kpa = NAN, .angle_bias_kpa = NAN};
	if (!isfinite(kpa))
		return;
	out->part_kpa[SES_BUDGET_CALIBRATION] = to_kpa * calibration_n(in, force_n);
	out->part_kpa[SES_BUDGET_RESOLUTION] = to_kpa * known(in->resolution_n) / sqrt(6);
	out->part_kpa[SES_BUDGET_ZERO] = in->n_rest > 1 ? to_kpa * known(in->rest_sd_n) / sqrt(in->n_rest) : 0;
	out->part_kpa[SES_BUDGET_DRIFT] = to_kpa * known(drift_n) / sqrt(3);
	out->part_kpa[SES_BUDGET_HYSTERESIS] = in->accuracy.checked ? to_kpa * known(in->accuracy.hysteresis_n) / sqrt(3) : 0;
	out->part_kpa[SES_BUDGET_ANGLE] = kpa * (1 - cos(ANGLE_DEG * M_PI / 180)) / sqrt(12);
	out->part_kpa[SES_BUDGET_SAMPLING] = rate * known(in->step_s) / sqrt(12);
	out->part_kpa[SES_BUDGET_STAMP] = rate * STAMP_S / sqrt(3);
	out->part_kpa[SES_BUDGET_DELAY] = rate * DELAY_S / sqrt(3);
	out->part_kpa[SES_BUDGET_TIP] = kpa * TIP / sqrt(3);
	for (int i = 0; i < SES_BUDGET_PARTS; i++)
		squares += out->part_kpa[i] * out->part_kpa[i];
	out->expanded_kpa = 2 * sqrt(squares);
	add_biases(in, rate, out);
}

void ses_rest_noise(const struct ses_sample *samples, size_t n, int64_t t_contact_ns, struct ses_budget_in *in)
{
	double sum = 0, squares = 0, mean;
	size_t used = 0, first = 0, last = 0;

	in->rest_sd_n = in->step_s = NAN;
	in->n_rest = 0;
	for (size_t i = 0; i < n && samples[i].t_ns < t_contact_ns; i++)
		if (isfinite(samples[i].force_n)) {
			first = used++ ? first : i;
			last = i;
			sum += samples[i].force_n;
		}
	if (used < 5)
		return;
	mean = sum / (double)used;
	for (size_t i = first; i <= last; i++)
		if (isfinite(samples[i].force_n))
			squares += (samples[i].force_n - mean) * (samples[i].force_n - mean);
	in->rest_sd_n = sqrt(squares / (double)(used - 1));
	in->n_rest = (int)used;
	in->step_s = (double)(samples[last].t_ns - samples[first].t_ns) / 1e9 / (double)(used - 1);
}
