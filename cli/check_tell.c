/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_tell.c - what is told of checks: one with its table and verdict, all in a list, as text or JSON. */
#include "cli/check_run.h"

#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char unchanged[] = "Nothing was adjusted: not the gauge, not its readings, not a session.";

/* "mark10 M5-100 serial 1234 (SIMULATED)"; texts of the gauge are clean already, those of a file are not. */
static void gauge_words(const struct ses_check *c, char *out, size_t cap)
{
	char text[256];

	snprintf(text, sizeof(text), "%s%s%s%s%s%s", c->family, *c->model ? " " : "", c->model, *c->serial ? " serial " : "",
		c->serial, c->simulated ? " (SIMULATED)" : "");
	alg_text_clean(out, cap, text);
}

/* ---- text -------------------------------------------------------------------------------------- */

static void tell_head(const struct ses_check *c)
{
	char gauge[256], class[96];

	gauge_words(c, gauge, sizeof(gauge));
	alg_text_clean(class, sizeof(class), c->weights.class);
	printf("\n%.19s  %s\n", c->date, gauge);
	printf("local g %.5f m/s2, weights: %s%s", c->weights.local_g_m_s2, *class ? "class " : "class not stated", class);
	if (isfinite(c->weights.uncertainty_percent))
		printf(", uncertainty %g %% (k = 2)", c->weights.uncertainty_percent);
	else
		printf(", uncertainty not stated");
	if (isfinite(c->temperature_c))
		printf(", %g degrees C", c->temperature_c);
	printf("\n\n%8s %10s %10s %8s  %17s %9s %8s\n", "weight", "true", "error", "", "lowest .. highest", "allowed", "");
}

static void tell_weight(const struct ses_check_weight *w)
{
	printf("%5g kg %8.2f N %+8.3f N %+6.2f %%  %+7.3f .. %+6.3f %7.3f N %8s\n", w->mass_kg, w->force_true_n, w->error_n,
		100 * w->error_n / w->force_true_n, w->low_n, w->high_n, w->limit_n, w->passed ? "ok" : "TOO FAR");
}

static void tell_rest(const struct ses_check *c, const struct ses_check_result *r)
{
	printf("\nfit          read = %+.4f N + %.5f x true, residual SD %.4f N, R2 %.5f\n", r->fit_a_n, r->fit_b, r->fit_sd_n,
		r->fit_r2);
	if (isfinite(r->repeatability_n))
		printf("repeatability %.3f N, allowed %.3f N\n", r->repeatability_n, r->repeatability_limit_n);
	else
		printf("repeatability not known from one loading (--loadings 3)\n");
	if (isfinite(r->hysteresis_n))
		printf("hysteresis   %.3f N between up and down\n", r->hysteresis_n);
	printf("zero         %+.3f N as found", r->zero_n);
	if (isfinite(r->zero_return_n))
		printf(", comes back within %.3f N, allowed %.3f N", r->zero_return_n, r->zero_return_limit_n);
	else
		printf("; ended before zero was taken again");
	printf("\nrange        %.4g N%s\n", r->range_n,
		isfinite(c->capacity_n) ? "" : ", the largest weight: the gauge does not tell its\n             capacity (--capacity does)");
	printf("\n%s%s: %s.\n%s\n", c->simulated ? "SIMULATED. " : "", r->passed ? "PASSED" : "FAILED", r->reason, unchanged);
}

/* ---- JSON -------------------------------------------------------------------------------------- */

static cJSON *weight_json(const struct ses_check_weight *w)
{
	cJSON *json = cJSON_CreateObject();

	alg_json_number(json, "mass_kg", w->mass_kg);
	alg_json_number(json, "true_n", w->force_true_n);
	alg_json_number(json, "error_n", w->error_n);
	alg_json_number(json, "error_percent", 100 * w->error_n / w->force_true_n);
	alg_json_number(json, "lowest_error_n", w->low_n);
	alg_json_number(json, "highest_error_n", w->high_n);
	alg_json_number(json, "allowed_n", w->limit_n);
	alg_json_number(json, "uncertainty_n", w->uncertainty_n);
	alg_json_number(json, "repeatability_n", w->repeatability_n);
	alg_json_number(json, "hysteresis_n", w->hysteresis_n);
	cJSON_AddBoolToObject(json, "passed", w->passed);
	return json;
}

static cJSON *short_json(const struct ses_check *c, const struct ses_check_result *r)
{
	cJSON *json = cJSON_CreateObject();

	alg_json_string(json, "id", c->id);
	alg_json_string(json, "date", c->date);
	alg_json_string(json, "family", c->family);
	alg_json_string(json, "model", c->model);
	alg_json_string(json, "serial", c->serial);
	cJSON_AddBoolToObject(json, "simulated", c->simulated);
	cJSON_AddBoolToObject(json, "passed", r->passed);
	alg_json_string(json, "reason", r->reason);
	alg_json_number(json, "worst_error_n", r->worst_n);
	alg_json_number(json, "worst_error_percent", r->worst_percent);
	return json;
}

static int put_json(struct cli *cli, cJSON *json)
{
	int rc = alg_json_print(json, 1, stdout);

	return rc == ALG_ERR_NOMEM ? alg_fail(&cli->log, MSG_NOMEM, "JSON") : rc;
}

static int tell_json(struct cli *cli, const struct ses_check *c, const struct ses_check_result *r, const char *path)
{
	cJSON *json = short_json(c, r), *weights = cJSON_AddArrayToObject(json, "weights");

	alg_json_string(json, "file", *path ? path : NULL);
	alg_json_string(json, "examiner", c->examiner);
	alg_json_number(json, "local_g_m_s2", c->weights.local_g_m_s2);
	alg_json_string(json, "class", c->weights.class);
	alg_json_number(json, "uncertainty_percent", c->weights.uncertainty_percent);
	alg_json_number(json, "range_n", r->range_n);
	alg_json_number(json, "zero_n", r->zero_n);
	alg_json_number(json, "zero_return_n", r->zero_return_n);
	alg_json_number(json, "repeatability_n", r->repeatability_n);
	alg_json_number(json, "repeatability_allowed_n", r->repeatability_limit_n);
	alg_json_number(json, "hysteresis_n", r->hysteresis_n);
	alg_json_number(json, "fit_a_n", r->fit_a_n);
	alg_json_number(json, "fit_b", r->fit_b);
	alg_json_number(json, "fit_sd_n", r->fit_sd_n);
	alg_json_number(json, "fit_r2", r->fit_r2);
	cJSON_AddBoolToObject(json, "near_limit", r->near_limit);
	cJSON_AddBoolToObject(json, "adjusted", 0);
	for (int i = 0; i < r->n_weights; i++)
		cJSON_AddItemToArray(weights, weight_json(&r->weight[i]));
	return put_json(cli, json);
}

/* ---- told -------------------------------------------------------------------------------------- */

int check_tell(struct cli *cli, const struct ses_check *check, const char *path)
{
	struct ses_check_result result;

	ses_check_evaluate(check, &result);
	if (cli->json)
		return tell_json(cli, check, &result, path);
	tell_head(check);
	for (int i = 0; i < result.n_weights; i++)
		tell_weight(&result.weight[i]);
	tell_rest(check, &result);
	if (*path) {
		char clean[PATH_MAX];

		alg_text_clean(clean, sizeof(clean), path);
		printf("%s\n", clean);
	}
	return 0;
}

int check_tell_list(struct cli *cli, const struct ses_check *check, size_t n)
{
	cJSON *list = cli->json ? cJSON_CreateArray() : NULL;
	char gauge[256];

	for (size_t i = 0; i < n; i++) {
		struct ses_check_result result;

		ses_check_evaluate(&check[i], &result);
		if (cli->json) {
			cJSON_AddItemToArray(list, short_json(&check[i], &result));
			continue;
		}
		gauge_words(&check[i], gauge, sizeof(gauge));
		printf("%.10s %.5s  %s  largest error %+.2f %% (%+.3f N)  %s\n", check[i].date, check[i].date + 11,
			result.passed ? "passed" : "FAILED", result.worst_percent, result.worst_n, gauge);
	}
	return cli->json ? put_json(cli, list) : 0;
}
