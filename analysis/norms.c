/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/norms.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ana_norm_match(struct ana_norm_match *out, const struct ana_visit *visit, const struct ana_point *point,
	const struct ses_norms *norms, const struct ses_participant *person)
{
	const struct ses_header *h = &visit->header;
	struct ses_norm_query query = {.site_code = point->point.site_code, .person = *person, .tip_cm2 = h->tip_area_cm2,
		.rate_kpa_s = h->target_rate_kpa_s, .corridor = h->corridor, .response = h->response_mode};

	*out = (struct ana_norm_match){.n = 0};
	if (isnan(point->value_kpa))
		snprintf(out->why_not, sizeof(out->why_not), "no value in this session");
	else if (visit->measure == SES_MEASURE_TOLERANCE)
		snprintf(out->why_not, sizeof(out->why_not), "these are tolerances, the tables are of thresholds");
	else
		out->n = ses_norms_find(norms, &query, out->row, ANA_NORM_ROWS_MAX, out->why_not, sizeof(out->why_not));
}

/* ---- words ------------------------------------------------------------------------------------------ */

/* "healthy Taiwanese, women, age 30.5 (SD 8.1), n 75" */
static void people_of(char *out, size_t cap, const struct ses_norm *norm)
{
	*out = '\0';
	alg_text_add(out, cap, "%s, %s, age ", norm->population, norm->sex == 'F' ? "women" : norm->sex == 'M' ? "men" : "women and men");
	if (norm->age_from >= 0)
		alg_text_add(out, cap, "%d to %d", norm->age_from, norm->age_to);
	else
		alg_text_add(out, cap, "%g (SD %g)", norm->age_mean, norm->age_sd);
	alg_text_add(out, cap, ", n %d", norm->n);
}

/* "mean 156.6, SD 58.4; 5th percentile 80, median 182.5" in kPa */
static void values_of(char *out, size_t cap, const struct ses_norm *norm)
{
	const char *between = "";

	*out = '\0';
	if (!isnan(norm->mean_kpa)) {
		alg_text_add(out, cap, "mean %g, SD %g", norm->mean_kpa, norm->sd_kpa);
		between = "; ";
	}
	for (int i = 0; i < SES_NORM_PERCENTILES; i++) {
		if (isnan(norm->percentile_kpa[i]))
			continue;
		alg_text_add(out, cap, ses_norm_percent[i] == 50 ? "%smedian" : "%s%dth percentile", between, ses_norm_percent[i]);
		alg_text_add(out, cap, " %g", norm->percentile_kpa[i]);
		between = ", ";
	}
	if (*out)
		alg_text_add(out, cap, " kPa");
	if (!isnan(norm->log10_mean))
		alg_text_add(out, cap, "%smean of log10 %g, SD %g", *out ? "; " : "", norm->log10_mean, norm->log10_sd);
}

static void beside_the_mean(char *out, size_t cap, double kpa, bool bound)
{
	if (isnan(kpa))
		return;
	if (bound && kpa < 0)
		alg_text_add(out, cap, "no more than %.0f kPa below their mean, and perhaps above it", ceil(-kpa));
	else if (bound)
		alg_text_add(out, cap, "at least %.0f kPa above their mean", floor(kpa));
	else if (fabs(kpa) < 0.5)
		alg_text_add(out, cap, "at their mean");
	else
		alg_text_add(out, cap, "%.0f kPa %s their mean", fabs(kpa), kpa > 0 ? "above" : "below");
}

/* "between their 25th and 50th percentile, inside the middle half of them" */
static void among_percentiles(char *out, size_t cap, const struct ses_norm_place *place, bool bound)
{
	if (place->above == 0 && place->below == 101)
		return;
	alg_text_add(out, cap, "%s", *out ? "; " : "");
	if (place->above == 0)
		alg_text_add(out, cap, place->below <= 50 ? "below their %dth percentile, among the lowest %d %%" : "below their %dth percentile",
			place->below, place->below);
	else if (place->below == 101)
		alg_text_add(out, cap, place->above >= 50 ? "at or above their %dth percentile, among the highest %d %%"
			: "at or above their %dth percentile", place->above, 100 - place->above);
	else
		alg_text_add(out, cap, "between their %dth and %dth percentile%s", place->above, place->below,
			place->above >= 25 && place->below <= 75 ? ", inside the middle half of them"
			: place->above >= 5 && place->below <= 95 ? ", inside the middle 90 % of them" : "");
	if (place->above && bound)
		alg_text_add(out, cap, " (the ceiling hides how far up)");
}

static void where_it_lies(char *out, size_t cap, const struct ses_norm *norm, const struct ana_point *point)
{
	struct ses_norm_place place = ses_norm_place_of(norm, point->value_kpa, point->bound);

	*out = '\0';
	beside_the_mean(out, cap, place.difference_kpa, point->bound);
	among_percentiles(out, cap, &place, point->bound);
	if (!isnan(place.z)) /* rounded so that a bound stays true; "-0.00" is no number to show */
		alg_text_add(out, cap, "%sz %s%+.2f (of log10 values; positive: more sensitive than they are)", *out ? "; " : "",
			point->bound ? "<= " : "", (point->bound ? ceil(100 * place.z) : rint(100 * place.z)) / 100 + 0.0);
	if (!*out)
		alg_text_add(out, cap, "the ceiling hides where it lies");
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static void row_head(struct ana_text *text, const struct ses_norm *norm)
{
	char people[240], values[240], rate[48];

	people_of(people, sizeof(people), norm);
	values_of(values, sizeof(values), norm);
	snprintf(rate, sizeof(rate), norm->rate_low_kpa_s < norm->rate_high_kpa_s ? "%g to %g kPa/s" : "%g kPa/s",
		norm->rate_low_kpa_s, norm->rate_high_kpa_s);
	ana_text_para(text, 6, "  %s at %s, %s; tip %g cm2, %s, response %s: %s", norm->id, norm->site, people, norm->tip_cm2, rate,
		*norm->response ? norm->response : "not told there", values);
	ana_text_para(text, 6, "      Source: %s (%s)", norm->source, norm->table);
}

static bool has_row(const struct ana_norm_match *match, const struct ses_norm *norm)
{
	for (size_t i = 0; i < match->n; i++)
		if (match->row[i] == norm)
			return true;
	return false;
}

/* A row of the tables, and every point that it fits. */
static bool one_row(struct ana_text *text, const struct ana_visit *visit, const struct ana_norm_match *match,
	const struct ses_norm *norm)
{
	char label[128], value[ANA_NUMBER_MAX], where[400];
	bool headed = false;

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *point = &visit->point[i];

		if (!has_row(&match[i], norm))
			continue;
		if (!headed)
			row_head(text, norm);
		headed = true;
		ana_point_text(label, sizeof(label), &point->point);
		ana_kpa_text(value, point->value_kpa, point->bound);
		where_it_lies(where, sizeof(where), norm, point);
		ana_text_para(text, 8, "      - %s, %s kPa: %s", label, value, where);
	}
	return headed;
}

/* Points without a row, those with one reason together. */
static void none_for(struct ana_text *text, const struct ana_visit *visit, const struct ana_norm_match *match)
{
	for (size_t i = 0; i < visit->n_points; i++) {
		char line[1200] = "", label[128];
		bool told = false;

		for (size_t k = 0; k < visit->n_points; k++) {
			if (match[k].n || strcmp(match[k].why_not, match[i].why_not))
				continue;
			told |= k < i;
			ana_point_text(label, sizeof(label), &visit->point[k].point);
			alg_text_add(line, sizeof(line), "%s%s", *line ? "; " : "", label);
		}
		if (!told && !match[i].n)
			ana_text_para(text, 6, "  None that fits (%s): %s", match[i].why_not, line);
	}
}

void ana_norms_page(struct ana_text *text, const struct ana_visit *visit, const struct ses_norms *norms,
	const struct ses_participant *person)
{
	struct ana_norm_match *match = calloc(visit->n_points + 1, sizeof(*match));
	bool any = false;

	if (!match) {
		text->failed = true;
		return;
	}
	ana_text_line(text, "Reference values: thresholds of other people");
	for (size_t i = 0; i < visit->n_points; i++)
		ana_norm_match(&match[i], visit, &visit->point[i], norms, person);
	for (size_t i = 0; i < norms->n; i++)
		any |= one_row(text, visit, match, &norms->norm[i]);
	none_for(text, visit, match);
	if (any)
		ana_text_para(text, 2, "  People differ much, and their thresholds are skewed to the right: from a mean and an SD alone "
			"no share of people follows. A threshold is compared best with the same person's others. Not a diagnosis.");
	free(match);
}

/* ---- JSON --------------------------------------------------------------------------------------------- */

static void percentiles_info(cJSON *json, const struct ses_norm *norm)
{
	static const char *const key[SES_NORM_PERCENTILES] = {"p05_kpa", "p25_kpa", "p50_kpa", "p75_kpa", "p95_kpa"};

	for (int i = 0; i < SES_NORM_PERCENTILES; i++)
		alg_json_number(json, key[i], norm->percentile_kpa[i]);
}

static cJSON *row_json(const struct ses_norm *norm, const struct ana_point *point)
{
	struct ses_norm_place place = ses_norm_place_of(norm, point->value_kpa, point->bound);
	cJSON *json = cJSON_CreateObject();
	char sex[2] = {norm->sex, '\0'};

	alg_json_string(json, "id", norm->id);
	alg_json_string(json, "table", norm->table);
	alg_json_string(json, "population", norm->population);
	alg_json_string(json, "sex", sex);
	alg_json_number(json, "age_from", norm->age_from < 0 ? NAN : norm->age_from);
	alg_json_number(json, "age_to", norm->age_to < 0 ? NAN : norm->age_to);
	alg_json_number(json, "age_mean", norm->age_mean);
	alg_json_number(json, "age_sd", norm->age_sd);
	alg_json_number(json, "n", norm->n);
	alg_json_number(json, "mean_kpa", norm->mean_kpa);
	alg_json_number(json, "sd_kpa", norm->sd_kpa);
	percentiles_info(json, norm);
	alg_json_number(json, "log10_mean", norm->log10_mean);
	alg_json_number(json, "log10_sd", norm->log10_sd);
	alg_json_number(json, "tip_cm2", norm->tip_cm2);
	alg_json_number(json, "rate_low_kpa_s", norm->rate_low_kpa_s);
	alg_json_number(json, "rate_high_kpa_s", norm->rate_high_kpa_s);
	alg_json_string(json, "response", *norm->response ? norm->response : NULL);
	alg_json_string(json, "source", norm->source);
	alg_json_number(json, "difference_kpa", place.difference_kpa);
	alg_json_string(json, "difference_sign", isnan(place.difference_kpa) ? NULL : point->bound ? ">=" : "=");
	alg_json_number(json, "above_percentile", place.above == 0 ? NAN : place.above);
	alg_json_number(json, "below_percentile", place.below == 101 ? NAN : place.below);
	alg_json_number(json, "z", place.z);
	alg_json_string(json, "z_sign", isnan(place.z) ? NULL : point->bound ? "<=" : "=");
	return json;
}

cJSON *ana_norms_json(const struct ana_visit *visit, const struct ses_norms *norms, const struct ses_participant *person)
{
	cJSON *array = cJSON_CreateArray();

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *p = &visit->point[i];
		struct ana_norm_match match;
		cJSON *json = cJSON_CreateObject(), *rows;

		ana_norm_match(&match, visit, p, norms, person);
		alg_json_string(json, "site", p->point.site_code);
		alg_json_number(json, "series", p->point.series);
		alg_json_number(json, "ppt_kpa", p->value_kpa);
		cJSON_AddBoolToObject(json, "bound", p->bound);
		alg_json_string(json, "why_not", *match.why_not ? match.why_not : NULL);
		rows = cJSON_AddArrayToObject(json, "rows");
		for (size_t k = 0; k < match.n; k++)
			cJSON_AddItemToArray(rows, row_json(match.row[k], p));
		cJSON_AddItemToArray(array, json);
	}
	return array;
}
