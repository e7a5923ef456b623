/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_json.c - the study's own errors of measuring as JSON: the numbers of the page, unrounded. */
#include "analysis/reliability.h"

#include <math.h>

static void interval(cJSON *to, const char *low, double low_value, const char *high, double high_value)
{
	alg_json_number(to, low, low_value);
	alg_json_number(to, high, high_value);
}

static void add_icc(cJSON *row, const struct st_icc *icc)
{
	cJSON *all = cJSON_AddObjectToObject(row, "icc");

	for (int f = 0; f < ST_ICC_FORMS; f++) {
		cJSON *one = cJSON_AddObjectToObject(all, st_icc_name((enum st_icc_form)f));

		alg_json_number(one, "value", icc[f].value);
		interval(one, "low", icc[f].ci.low, "high", icc[f].ci.high);
	}
}

static void add_plan(cJSON *row, const struct ana_rel_row *r, double plan_kpa)
{
	const struct ses_sem *s = &r->sem;
	double change = s->scale == SES_SCALE_LOG10 ? log10((s->level_kpa + plan_kpa) / s->level_kpa) : plan_kpa;
	cJSON *plan = cJSON_AddObjectToObject(row, "plan");
	size_t n[] = {ana_rel_plan_paired(change, s->sd_change), ana_rel_plan_groups(change, s->sd_change, 0),
		ana_rel_plan_groups(change, r->sd_visit * sqrt(1 - s->r * s->r), 1)};

	alg_json_number(plan, "change_kpa", plan_kpa);
	alg_json_number(plan, "one_group", n[0] ? (double)n[0] : NAN);
	alg_json_number(plan, "two_groups_each", n[1] ? (double)n[1] : NAN);
	alg_json_number(plan, "two_groups_with_baseline_each", n[2] ? (double)n[2] : NAN);
}

static void add_condition(cJSON *row, const struct ses_sem *s)
{
	alg_json_string(row, "measure", ses_measure_word(s->measure));
	alg_json_string(row, "rule", ses_rule_word(s->rule));
	alg_json_number(row, "presses", s->presses);
	alg_json_number(row, "tip_area_cm2", s->tip_area_cm2);
	alg_json_number(row, "rate_kpa_s", s->rate_kpa_s);
	alg_json_string(row, "response_mode", s->response_mode);
}

static cJSON *row_json(const struct ana_rel_row *r, double plan_kpa)
{
	const struct ses_sem *s = &r->sem;
	cJSON *row = cJSON_CreateObject();

	alg_json_string(row, "kind", ses_sem_kind_word(s->kind));
	alg_json_string(row, "basis", ses_sem_basis_word(s->basis));
	alg_json_string(row, "site", s->site);
	cJSON_AddBoolToObject(row, "both_sides", r->both_sides);
	add_condition(row, s);
	alg_json_string(row, "scale", ses_scale_word(s->scale));
	alg_json_number(row, "sem", s->sem);
	interval(row, "sem_low", s->low, "sem_high", s->high);
	alg_json_number(row, "df", s->df);
	alg_json_number(row, "mdc90", r->mdc90);
	alg_json_number(row, "mdc95", r->mdc95);
	alg_json_number(row, "sem_consistency", r->consistency);
	alg_json_number(row, "participants", s->participants);
	alg_json_number(row, "values", s->values);
	alg_json_number(row, "level_kpa", s->level_kpa);
	alg_json_number(row, "cv_fraction", r->cv);
	alg_json_number(row, "press_sd", s->press_sd);
	alg_json_number(row, s->basis == SES_SEM_PRESSES ? "first_press_shift" : "shift", r->shift);
	interval(row, "shift_low", r->shift_ci.low, "shift_high", r->shift_ci.high);
	alg_json_number(row, "sd_change", s->sd_change);
	alg_json_number(row, "r", s->r);
	alg_json_number(row, "sd_visit", r->sd_visit);
	interval(row, "days_min", s->days_min, "days_max", s->days_max);
	add_icc(row, r->icc);
	if (isfinite(plan_kpa) && s->kind == SES_SEM_BETWEEN_VISITS && !r->both_sides)
		add_plan(row, r, plan_kpa);
	return row;
}

static void add_scale(cJSON *json, const struct ana_rel_scale *s, const struct ana_rel_words *words)
{
	cJSON *scale = cJSON_AddObjectToObject(json, "scale");

	alg_json_string(scale, "used", ses_scale_word(s->scale));
	alg_json_string(scale, "by_test", s->by_test ? ses_scale_word(s->by_test) : NULL);
	alg_json_string(scale, "stored", words->held ? ses_scale_word(words->held) : NULL);
	alg_json_string(scale, "why", words->why);
	alg_json_number(scale, "participants", (double)s->participants);
	alg_json_number(scale, "values", (double)s->values);
	alg_json_number(scale, "slope_kpa", s->slope_kpa);
	alg_json_number(scale, "t_kpa", s->t_kpa);
	alg_json_number(scale, "p_kpa", s->p_kpa);
	alg_json_number(scale, "slope_log10", s->slope_log);
	alg_json_number(scale, "t_log10", s->t_log);
	alg_json_number(scale, "p_log10", s->p_log);
}

cJSON *ana_reliability_json(const struct ana_reliability *rel, const struct ana_rel_words *words)
{
	cJSON *json = cJSON_CreateObject(), *rows, *left;

	alg_json_string(json, "algometer", "reliability");
	alg_json_number(json, "version", 1);
	cJSON_AddBoolToObject(json, "simulated", rel->simulated);
	alg_json_number(json, "sessions", (double)rel->n_visits);
	alg_json_number(json, "participants", (double)rel->n_participants);
	add_scale(json, &rel->scale, words);
	rows = cJSON_AddArrayToObject(json, "rows");
	for (size_t i = 0; i < rel->n_rows; i++)
		cJSON_AddItemToArray(rows, row_json(&rel->row[i], words->plan_kpa));
	left = cJSON_AddArrayToObject(json, "left_out");
	for (int i = 0; i < ANA_LEFT_KINDS; i++) {
		cJSON *one = rel->left[i] ? cJSON_CreateObject() : NULL;

		if (!one)
			continue;
		alg_json_number(one, "n", (double)rel->left[i]);
		alg_json_string(one, "why", ana_rel_left_text((enum ana_rel_left)i));
		cJSON_AddItemToArray(left, one);
	}
	return json;
}
