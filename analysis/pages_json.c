/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages_json.c - sessions, comparisons and courses as JSON; what is in it is said in pages.h. */
#include "analysis/pages.h"

#include "analysis/ceilings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static cJSON *start(const char *kind, bool simulated)
{
	cJSON *json = cJSON_CreateObject();

	alg_json_string(json, "algometer", kind);
	alg_json_number(json, "version", 1);
	cJSON_AddBoolToObject(json, "simulated", simulated);
	return json;
}

static void string_or_null(cJSON *json, const char *key, const char *text)
{
	alg_json_string(json, key, *text ? text : NULL);
}

static void plain_string(cJSON *json, const char *key, const char *escaped)
{
	char text[256];

	ana_plain_text(text, sizeof(text), escaped);
	string_or_null(json, key, text);
}

static void side_letter(cJSON *json, char side)
{
	char text[2] = {side, '\0'};

	string_or_null(json, "side", text);
}

static const char *role_word(enum ses_role role)
{
	return role ? ses_role_word(role) : "";
}

/* ---- what several kinds share --------------------------------------------------------------------- */

static void point_info(cJSON *json, const struct ses_point *p)
{
	alg_json_string(json, "site", p->site_code);
	side_letter(json, p->side);
	alg_json_number(json, "series", p->series);
	string_or_null(json, "label", p->label);
	string_or_null(json, "role", role_word(p->role));
	cJSON_AddBoolToObject(json, "primary", p->primary);
}

static cJSON *visit_info(const struct ana_visit *visit)
{
	const struct ses_header *h = &visit->header;
	cJSON *json = cJSON_CreateObject();

	alg_json_string(json, "path", visit->path);
	string_or_null(json, "uuid", h->uuid);
	string_or_null(json, "study", h->study);
	string_or_null(json, "centre", h->centre);
	alg_json_string(json, "participant", h->participant);
	alg_json_number(json, "session", h->session);
	string_or_null(json, "acq", h->acq);
	alg_json_number(json, "run", h->run);
	alg_json_string(json, "started", h->started);
	alg_json_string(json, "visit_day", h->visit_day);
	string_or_null(json, "time_zone", h->time_zone);
	string_or_null(json, "examiner", h->examiner);
	string_or_null(json, "device_family", h->device_family);
	string_or_null(json, "device_model", h->device_model);
	string_or_null(json, "device_serial", h->device_serial);
	string_or_null(json, "calibration", h->calibration);
	alg_json_number(json, "tip_area_cm2", h->tip_area_cm2);
	string_or_null(json, "tip_shape", h->tip_shape);
	string_or_null(json, "procedure_id", h->procedure_id);
	string_or_null(json, "procedure_version", h->procedure_version);
	alg_json_number(json, "target_rate_kpa_s", h->target_rate_kpa_s);
	alg_json_number(json, "corridor", h->corridor);
	alg_json_number(json, "interval_s", h->interval_s);
	alg_json_number(json, "rounds", h->rounds);
	alg_json_string(json, "rule", ses_rule_word(visit->rule));
	alg_json_string(json, "measure", ses_measure_word(visit->measure));
	alg_json_string(json, "response_mode", h->response_mode);
	string_or_null(json, "program_version", h->program_version);
	cJSON_AddBoolToObject(json, "simulated", h->simulated != 0);
	string_or_null(json, "simulation", h->simulation);
	cJSON_AddBoolToObject(json, "complete", h->complete != 0);
	string_or_null(json, "seal", h->seal);
	string_or_null(json, "recovered", h->recovered);
	string_or_null(json, "origin", h->origin);
	alg_json_number(json, "amendments", (double)visit->n_amendments);
	cJSON_AddBoolToObject(json, "original", visit->original);
	alg_json_number(json, "rate_mean_kpa_s", visit->rate.mean_kpa_s);
	alg_json_number(json, "rate_share_in_corridor", visit->rate.share_in);
	alg_json_number(json, "presses_off_rate", visit->rate.n_off);
	return json;
}

static void mean_info(cJSON *parent, const char *key, const struct ana_mean *mean)
{
	cJSON *json = cJSON_AddObjectToObject(parent, key);

	alg_json_number(json, "ppt_kpa", mean->kpa);
	cJSON_AddBoolToObject(json, "bound", mean->bound);
	alg_json_number(json, "points", (double)mean->n);
	alg_json_number(json, "points_without_value", (double)mean->n_missing);
}

/* null when none is known, with the reason beside it; line: of reliability.tsv, null for an MDC typed in. */
static void error_info(cJSON *parent, const struct ana_error *error)
{
	if (!ana_error_known(error)) {
		cJSON_AddNullToObject(parent, "error");
		string_or_null(parent, "error_unknown", error->why);
		return;
	}
	cJSON *json = cJSON_AddObjectToObject(parent, "error");

	alg_json_string(json, "kind", ses_sem_kind_word(error->kind));
	alg_json_string(json, "scale", ses_scale_word(error->scale));
	alg_json_number(json, "sem_first", error->sem_a);
	alg_json_number(json, "sem_second", error->sem_b);
	alg_json_number(json, "df", error->df);
	alg_json_number(json, "level", error->level);
	alg_json_number(json, "line", error->row ? (double)error->row->line : NAN);
}

/* "=" exact, ">=" at least, "<=" at most, "?" open; null when there is no change. */
static void change_info(cJSON *json, const struct ana_change *change)
{
	static const char *const sign[] = {NULL, "=", ">=", "<=", "?"};
	static const char *const verdict[] = {NULL, "rose", "fell", "within-error", "cannot-tell"};

	alg_json_number(json, "change_kpa", change->kpa);
	alg_json_number(json, "change_percent", change->percent);
	alg_json_string(json, "change_sign", sign[change->kind]);
	alg_json_number(json, "ci_low_kpa", change->ci_low_kpa);
	alg_json_number(json, "ci_high_kpa", change->ci_high_kpa);
	alg_json_number(json, "ci_low_percent", change->ci_low_percent);
	alg_json_number(json, "ci_high_percent", change->ci_high_percent);
	alg_json_number(json, "fall_kpa", change->fall_kpa);
	alg_json_number(json, "rise_kpa", change->rise_kpa);
	error_info(json, &change->error);
	alg_json_string(json, "verdict", verdict[change->verdict]);
}

static void pair_mean_info(cJSON *parent, const char *key, const struct ana_pair_mean *mean)
{
	cJSON *json = cJSON_AddObjectToObject(parent, key);

	alg_json_number(json, "points", (double)mean->n);
	alg_json_number(json, "points_left_out", (double)mean->n_left);
	alg_json_number(json, "first_kpa", mean->a_kpa);
	cJSON_AddBoolToObject(json, "first_bound", mean->a_bound);
	alg_json_number(json, "second_kpa", mean->b_kpa);
	cJSON_AddBoolToObject(json, "second_bound", mean->b_bound);
	change_info(json, &mean->change);
	alg_json_string(json, "percent_kind", "change of the means");
}

static void net_info(cJSON *parent, const struct ana_net *net)
{
	cJSON *json = cJSON_AddObjectToObject(parent, "net");

	alg_json_number(json, "targets", (double)net->n_targets);
	alg_json_number(json, "controls", (double)net->n_controls);
	change_info(json, &net->change);
}

static void mdc_info(cJSON *parent, const struct ana_errors *mdc)
{
	if (!ana_errors_given(mdc)) {
		cJSON_AddNullToObject(parent, "mdc");
		return;
	}
	cJSON *json = cJSON_AddObjectToObject(parent, "mdc"), *sites;

	alg_json_number(json, "mdc_kpa", mdc->kpa);
	alg_json_number(json, "level", mdc->level);
	alg_json_string(json, "source", mdc->source);
	sites = cJSON_AddObjectToObject(json, "site_mdc_kpa");
	for (int i = 0; i < mdc->n_sites; i++)
		alg_json_number(sites, mdc->site[i].site, mdc->site[i].kpa);
}

static void tally_info(cJSON *parent, const char *key, const struct ana_tally *tally)
{
	if (tally->n == 0) {
		cJSON_AddNullToObject(parent, key);
		return;
	}
	cJSON *json = cJSON_AddObjectToObject(parent, key);

	alg_json_number(json, "points", (double)tally->n);
	alg_json_number(json, "rose", (double)tally->rose);
	alg_json_number(json, "fell", (double)tally->fell);
	alg_json_number(json, "within_error", (double)tally->within);
	alg_json_number(json, "cannot_tell", (double)tally->open);
	alg_json_number(json, "expected_by_chance", tally->by_chance);
}

static void unlike_info(cJSON *parent, const struct ana_unlike *unlike, size_t n)
{
	cJSON *array = cJSON_AddArrayToObject(parent, "differences");

	for (size_t i = 0; i < n; i++) {
		cJSON *json = cJSON_CreateObject();

		cJSON_AddBoolToObject(json, "not_alike", unlike[i].refuse);
		alg_json_string(json, "text", unlike[i].text);
		cJSON_AddItemToArray(array, json);
	}
}

static void side_info(cJSON *parent, const char *key, const struct ana_visit *visit, const struct ana_point *point)
{
	char sign[2] = "";

	if (!point || point->point.role != SES_ROLE_TARGET) {
		cJSON_AddNullToObject(parent, key);
		return;
	}
	struct ana_side side = ana_visit_side(visit, point);
	cJSON *json = cJSON_AddObjectToObject(parent, key);

	sign[0] = side.sign;
	alg_json_number(json, "ratio_affected_to_other", side.ratio);
	alg_json_number(json, "difference_affected_minus_other_kpa", side.difference_kpa);
	alg_json_string(json, "sign", isnan(side.ratio) && side.sign == '=' ? NULL : sign);
}

/* ---- a session ------------------------------------------------------------------------------------- */

static cJSON *press_info(const struct ana_press *p)
{
	cJSON *json = cJSON_CreateObject();
	char quality[128];

	ses_quality_words(quality, sizeof(quality), p->quality);
	alg_json_number(json, "trial", p->trial);
	alg_json_number(json, "round", p->round);
	alg_json_number(json, "press", p->press);
	alg_json_string(json, "status", ses_status_word(p->status));
	alg_json_string(json, "reason", p->reason ? ses_reason_word(p->reason) : NULL);
	alg_json_string(json, "response", p->response ? ses_response_word(p->response) : NULL);
	alg_json_number(json, "ppt_kpa", p->kpa);
	cJSON_AddBoolToObject(json, "bound", p->status == SES_CENSORED);
	cJSON_AddBoolToObject(json, "used", p->used);
	alg_json_number(json, "ceiling_kpa", p->ceiling_kpa);
	alg_json_number(json, "rate_kpa_s", p->rate_kpa_s);
	alg_json_number(json, "corridor_share", p->corridor_share);
	alg_json_number(json, "overshoot_kpa", p->overshoot_kpa);
	alg_json_number(json, "interval_s", p->interval_s);
	alg_json_number(json, "uncertainty_kpa", p->uncertainty_kpa);
	if (p->tolerance) {
		alg_json_number(json, "ptt_kpa", p->ptt_kpa);
		cJSON_AddBoolToObject(json, "ptt_bound", p->tolerance == SES_TOLERANCE_CENSORED);
	}
	alg_json_string(json, "quality", quality);
	return json;
}

static void value_info(cJSON *json, const struct ana_point *p)
{
	alg_json_number(json, "ppt_kpa", p ? p->value_kpa : NAN);
	cJSON_AddBoolToObject(json, "bound", p && p->bound);
	alg_json_number(json, "ceiling_kpa", p ? ana_point_ceiling(p) : NAN);
	if (p && isnan(p->value_kpa))
		alg_json_string(json, "missing", p->reason ? ses_reason_word(p->reason) : "not measured");
	else
		alg_json_string(json, "missing", p ? NULL : "not planned");
}

static cJSON *point_json(const struct ana_visit *visit, const struct ana_point *p)
{
	cJSON *json = cJSON_CreateObject(), *presses;

	point_info(json, &p->point);
	alg_json_number(json, "along_mm", p->point.along_mm);
	alg_json_number(json, "across_mm", p->point.across_mm);
	value_info(json, p);
	alg_json_number(json, "sd_kpa", p->sd_kpa);
	alg_json_number(json, "min_kpa", p->min_kpa);
	alg_json_number(json, "max_kpa", p->max_kpa);
	alg_json_number(json, "used", p->n_used);
	alg_json_number(json, "rejected", p->n_rejected);
	alg_json_number(json, "censored", p->n_censored);
	alg_json_number(json, "not_taken", p->n_missing);
	side_info(json, "side_ratio", visit, p);
	presses = cJSON_AddArrayToObject(json, "presses");
	for (size_t i = 0; i < p->n_press; i++)
		cJSON_AddItemToArray(presses, press_info(&p->press[i]));
	return json;
}

static void hold_rows(cJSON *json, const struct ses_session *ses)
{
	cJSON *array = NULL, *row;

	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];

		if (t->kind != SES_KIND_HOLD)
			continue;
		if (!array)
			array = cJSON_AddArrayToObject(json, "holds");
		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_number(row, "trial", t->trial);
		alg_json_string(row, "site", t->site_code);
		alg_json_string(row, "status", ses_status_word((enum ses_status)t->status));
		alg_json_number(row, "hold_kpa", t->hold_kpa);
		alg_json_number(row, "hold_s", t->hold_s);
		alg_json_number(row, "rating", t->rating);
	}
}

static void session_rows(cJSON *json, const struct ses_session *ses)
{
	cJSON *array = cJSON_AddArrayToObject(json, "ratings"), *row;

	for (size_t i = 0; i < ses->n_ratings; i++) {
		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_string(row, "item", ses->ratings[i].item);
		alg_json_number(row, "value", ses->ratings[i].value);
		string_or_null(row, "scale", ses->ratings[i].scale);
		string_or_null(row, "skipped", ses->ratings[i].skipped);
	}
	array = cJSON_AddArrayToObject(json, "events");
	for (size_t i = 0; i < ses->n_events; i++) {
		const struct ses_event *e = &ses->events[i];

		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_number(row, "t_s", e->t_s);
		string_or_null(row, "time", e->time);
		alg_json_string(row, "kind", e->kind);
		alg_json_number(row, "trial", e->trial > 0 ? e->trial : NAN);
		alg_json_number(row, "value", e->value);
		plain_string(row, "note", e->note);
	}
	array = cJSON_AddArrayToObject(json, "amendments");
	for (size_t i = 0; i < ses->n_amendments; i++) {
		const struct ses_amendment *a = &ses->amendments[i];

		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_string(row, "time", a->time);
		alg_json_string(row, "who", a->who);
		alg_json_number(row, "trial", a->trial > 0 ? a->trial : NAN);
		alg_json_string(row, "field", a->field);
		alg_json_string(row, "old_value", a->old_value);
		alg_json_string(row, "new_value", a->new_value);
		plain_string(row, "reason", a->reason);
	}
}

static void sample_rows(cJSON *json, const struct ses_session *ses)
{
	cJSON *array = cJSON_AddArrayToObject(json, "samples"), *row;

	for (size_t i = 0; i < ses->n_samples; i++) {
		const struct ses_sample_row *s = &ses->samples[i];

		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_number(row, "trial", s->trial);
		alg_json_number(row, "t_s", s->t_s);
		alg_json_number(row, "t_arrival_s", s->t_arrival_s);
		alg_json_number(row, "force_n", s->force_n);
		alg_json_string(row, "shown", s->shown);
		alg_json_number(row, "flags", s->flags);
		alg_json_number(row, "counter", s->counter);
	}
}

cJSON *ana_session_json(const struct ses_session *ses, const struct ana_visit *visit, bool samples)
{
	static const struct { const char *key; enum ses_role role; } roles[] = {
		{"targets", SES_ROLE_TARGET}, {"contralateral", SES_ROLE_CONTRALATERAL}, {"control", SES_ROLE_CONTROL}};
	cJSON *json = start("session", ses->header.simulated != 0), *points;

	cJSON_AddItemToObject(json, "header", visit_info(visit));
	points = cJSON_AddArrayToObject(json, "points");
	for (size_t i = 0; i < visit->n_points; i++)
		cJSON_AddItemToArray(points, point_json(visit, &visit->point[i]));
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		struct ana_mean mean = ana_visit_mean(visit, roles[i].role);

		mean_info(json, roles[i].key, &mean);
	}
	alg_json_number(json, "practice_presses", (double)visit->n_practice);
	hold_rows(json, ses);
	session_rows(json, ses);
	if (samples)
		sample_rows(json, ses);
	return json;
}

/* ---- a comparison ---------------------------------------------------------------------------------- */

static cJSON *pair_json(const struct ana_compare *c, const struct ana_pair *pair)
{
	cJSON *json = cJSON_CreateObject();

	point_info(json, pair->a ? &pair->a->point : &pair->b->point);
	value_info(cJSON_AddObjectToObject(json, "first"), pair->a);
	value_info(cJSON_AddObjectToObject(json, "second"), pair->b);
	cJSON_AddBoolToObject(json, "moved", pair->moved);
	change_info(json, &pair->change);
	side_info(json, "first_side_ratio", c->a, pair->a);
	side_info(json, "second_side_ratio", c->b, pair->b);
	return json;
}

cJSON *ana_compare_json(const struct ana_compare *c)
{
	cJSON *json = start("compare", c->a->header.simulated || c->b->header.simulated), *points;

	cJSON_AddItemToObject(json, "first", visit_info(c->a));
	cJSON_AddItemToObject(json, "second", visit_info(c->b));
	alg_json_number(json, "days_between", c->b->day - c->a->day);
	alg_json_string(json, "percent_kind", "per point: 100 (second - first) / first");
	points = cJSON_AddArrayToObject(json, "points");
	for (size_t i = 0; i < c->n_pairs; i++)
		cJSON_AddItemToArray(points, pair_json(c, &c->pair[i]));
	pair_mean_info(json, "targets", &c->targets);
	pair_mean_info(json, "contralateral", &c->contralateral);
	pair_mean_info(json, "control", &c->control);
	net_info(json, &c->net);
	mdc_info(json, &c->errors);
	tally_info(json, "beyond_error", &c->tally);
	tally_info(json, "beyond_error_targets", &c->tally_targets);
	tally_info(json, "beyond_error_primary", &c->tally_primary);
	unlike_info(json, c->unlike, c->n_unlike);
	string_or_null(json, "despite", c->despite);
	return json;
}

/* ---- a course -------------------------------------------------------------------------------------- */

static cJSON *course_visit_json(const struct ana_course_visit *at)
{
	cJSON *json = visit_info(&at->visit), *ratings = cJSON_AddArrayToObject(json, "ratings");

	alg_json_number(json, "day", at->day);
	cJSON_AddBoolToObject(json, "alike", at->alike);
	unlike_info(json, at->unlike, at->n_unlike);
	mean_info(json, "targets", &at->targets);
	mean_info(json, "contralateral", &at->contralateral);
	mean_info(json, "control", &at->control);
	pair_mean_info(json, "targets_change", &at->targets_change);
	cJSON_AddBoolToObject(json, "baseline_after_treatment", at->after_treatment);
	string_or_null(json, "needling", at->needling);
	cJSON_AddBoolToObject(json, "pain_medicine", at->visit.analgesic);
	for (size_t i = 0; i < at->visit.n_ratings; i++) {
		cJSON *row = cJSON_CreateObject();

		alg_json_string(row, "item", at->visit.rating[i].item);
		alg_json_number(row, "value", at->visit.rating[i].value);
		string_or_null(row, "scale", at->visit.rating[i].scale);
		string_or_null(row, "skipped", at->visit.rating[i].skipped);
		cJSON_AddItemToArray(ratings, row);
	}
	return json;
}

/* n: values; null where something is not computed, with the reason beside it. */
static void trend_info(cJSON *parent, const struct ana_trend *t)
{
	cJSON *json = cJSON_AddObjectToObject(parent, "trend");
	bool logs = t->scale == SES_SCALE_LOG10;

	alg_json_number(json, "values", (double)t->n);
	alg_json_number(json, "slope_kpa_week", logs ? NAN : t->per_week);
	alg_json_number(json, "slope_ci_low_kpa_week", logs ? NAN : t->low);
	alg_json_number(json, "slope_ci_high_kpa_week", logs ? NAN : t->high);
	alg_json_number(json, "slope_percent_week", logs ? t->per_week : NAN);
	alg_json_number(json, "slope_ci_low_percent_week", logs ? t->low : NAN);
	alg_json_number(json, "slope_ci_high_percent_week", logs ? t->high : NAN);
	alg_json_number(json, "slope_df", t->df);
	string_or_null(json, "no_slope_because", t->why_slope);
	alg_json_number(json, "last_minus_first_kpa", t->last_minus_first_kpa);
	alg_json_number(json, "average_kpa", t->average_kpa);
	alg_json_number(json, "duration_days", t->duration_days);
	string_or_null(json, "no_average_because", t->why_average);
}

static void baseline_info(cJSON *json, const struct ana_course *c, const struct ana_row *row)
{
	alg_json_number(json, "baseline_kpa", row->base_kpa);
	cJSON_AddBoolToObject(json, "baseline_bound", row->base_bound);
	alg_json_number(json, "baseline_sessions", row->baseline_n);
	alg_json_number(json, "first_index", row->baseline >= 0 ? row->baseline_first : NAN);
	alg_json_number(json, "baseline_last_index", row->baseline >= 0 ? row->baseline : NAN);
	alg_json_number(json, "judged", row->n_judged);
	alg_json_number(json, "first_confirmed_index", row->confirmed >= 0 ? row->confirmed : NAN);
	alg_json_number(json, "days_to_first_confirmed",
		row->confirmed >= 0 ? c->visit[row->confirmed].day - c->visit[row->baseline].day : NAN);
	cJSON_AddBoolToObject(json, "expect_rise_by_itself", row->chosen.chosen);
	alg_json_number(json, "expected_rise_estimate_kpa", row->chosen.expected_kpa);
}

static void again_info(cJSON *parent, const char *key, const struct ana_again *again)
{
	cJSON *json = cJSON_AddObjectToObject(parent, key);

	alg_json_number(json, "watched", (double)again->watched);
	alg_json_number(json, "rose", (double)again->rose);
	alg_json_number(json, "fell", (double)again->fell);
	alg_json_number(json, "not_yet_confirmed", (double)again->open);
	alg_json_number(json, "no_longer", (double)again->was);
}

static cJSON *row_json(const struct ana_course *c, const struct ana_row *row)
{
	cJSON *json = cJSON_CreateObject(), *values;

	point_info(json, &row->point);
	alg_json_number(json, "band_low_kpa", row->low_kpa);
	alg_json_number(json, "band_high_kpa", row->high_kpa);
	cJSON_AddBoolToObject(json, "moved", row->moved);
	baseline_info(json, c, row);
	alg_json_number(json, "latest_index", row->latest >= 0 ? row->latest : NAN);
	trend_info(json, &row->trend);
	values = cJSON_AddArrayToObject(json, "sessions");
	for (size_t v = 0; v < c->n_visits; v++) {
		cJSON *cell = cJSON_CreateObject();

		value_info(cell, row->cell[v].point);
		change_info(cell, &row->cell[v].change);
		string_or_null(cell, "seen", ana_seen_word(row->cell[v].seen));
		cJSON_AddItemToArray(values, cell);
	}
	return json;
}

cJSON *ana_course_json(const struct ana_course *c)
{
	cJSON *json = start("course", c->simulated), *array, *row;

	alg_json_string(json, "participant", c->participant);
	alg_json_number(json, "baseline_asked", c->baseline);
	cJSON_AddBoolToObject(json, "numbers_out_of_order", c->reordered);
	alg_json_string(json, "percent_kind", "per point: 100 (value - baseline) / baseline");
	array = cJSON_AddArrayToObject(json, "sessions");
	for (size_t v = 0; v < c->n_visits; v++)
		cJSON_AddItemToArray(array, course_visit_json(&c->visit[v]));
	array = cJSON_AddArrayToObject(json, "points");
	for (size_t r = 0; r < c->n_rows; r++)
		cJSON_AddItemToArray(array, row_json(c, &c->row[r]));
	array = cJSON_AddArrayToObject(json, "treatments");
	for (size_t i = 0; i < c->n_treatments; i++) {
		const struct ana_treatment *t = &c->treatment[i];

		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_number(row, "day", t->day);
		alg_json_string(row, "date", t->date);
		alg_json_string(row, "modality", t->modality);
		string_or_null(row, "target", t->target);
		string_or_null(row, "dose", t->dose);
		string_or_null(row, "time", t->time);
	}
	array = cJSON_AddArrayToObject(json, "missing_sessions");
	for (size_t i = 0; i < c->n_absent; i++) {
		cJSON_AddItemToArray(array, row = cJSON_CreateObject());
		alg_json_number(row, "session", c->absent[i].session);
		cJSON_AddBoolToObject(row, "unreadable", c->absent[i].unreadable);
	}
	mdc_info(json, &c->errors);
	tally_info(json, "beyond_error", &c->tally);
	tally_info(json, "beyond_error_primary", &c->tally_primary);
	again_info(json, "seen_again", &c->again);
	again_info(json, "seen_again_primary", &c->again_primary);
	string_or_null(json, "despite", c->despite);
	return json;
}
