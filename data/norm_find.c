/* SPDX-License-Identifier: GPL-3.0-or-later */
/* norm_find.c - which reference rows fit a measurement, and where a value lies among their people. */
#include "data/norm.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- does a row fit? ---------------------------------------------------------------------------- */

/* Steps of the check in order: the reason that is told is that of the row which came furthest. */
enum { PLACE, TIP, RATE, RESPONSE, SEX, AGE, FITS };

struct reason {
	char *text;
	size_t cap;
	int step;
};

/* Keeps the reason when this row came further than those before. */
static int stop_at(struct reason *why, int step, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static int stop_at(struct reason *why, int step, const char *fmt, ...)
{
	va_list args;

	if (step <= why->step)
		return step;
	why->step = step;
	va_start(args, fmt);
	vsnprintf(why->text, why->cap, fmt, args);
	va_end(args);
	return step;
}

static int check_rate(const struct ses_norm *norm, const struct ses_norm_query *q, struct reason *why)
{
	double slack = q->corridor * q->rate_kpa_s + 1e-9;

	if (q->rate_kpa_s >= norm->rate_low_kpa_s - slack && q->rate_kpa_s <= norm->rate_high_kpa_s + slack)
		return FITS;
	if (norm->rate_low_kpa_s < norm->rate_high_kpa_s)
		return stop_at(why, RATE, "target rate %g kPa/s, the table's is %g to %g", q->rate_kpa_s, norm->rate_low_kpa_s,
			norm->rate_high_kpa_s);
	return stop_at(why, RATE, "target rate %g kPa/s, the table's is %g", q->rate_kpa_s, norm->rate_low_kpa_s);
}

static int check_sex(const struct ses_norm *norm, const struct ses_norm_query *q, struct reason *why)
{
	if (norm->sex == 'B' || norm->sex == q->person.sex)
		return FITS;
	if (!q->person.sex)
		return stop_at(why, SEX, "sex not known: add a column sex (F or M) to participants.tsv");
	return stop_at(why, SEX, "sex %c, the table has %c only", q->person.sex, norm->sex);
}

static int check_age(const struct ses_norm *norm, const struct ses_norm_query *q, struct reason *why)
{
	const struct ses_participant *p = &q->person;
	char age[32];

	if (p->age_from < 0)
		return stop_at(why, AGE, "age not known: add a column age (34, or a band such as 30-39) to participants.tsv");
	snprintf(age, sizeof(age), p->age_from == p->age_to ? "%d" : "%d to %d", p->age_from, p->age_to);
	if (norm->age_from >= 0) {
		if (p->age_from >= norm->age_from && p->age_to <= norm->age_to)
			return FITS;
		return stop_at(why, AGE, "age %s, the table's is %d to %d", age, norm->age_from, norm->age_to);
	}
	if (p->age_from >= norm->age_mean - 2 * norm->age_sd && p->age_to <= norm->age_mean + 2 * norm->age_sd)
		return FITS;
	return stop_at(why, AGE, "age %s, the table's is %g (SD %g): more than two SD away", age, norm->age_mean, norm->age_sd);
}

static bool fits(const struct ses_norm *norm, const struct ses_norm_query *q, struct reason *why)
{
	if (!ses_site_named(norm->site, q->site_code))
		return false;
	if (!(fabs(norm->tip_cm2 - q->tip_cm2) <= 0.005 * norm->tip_cm2)) {
		stop_at(why, TIP, "tip %g cm2, the table's is %g cm2", q->tip_cm2, norm->tip_cm2);
		return false;
	}
	if (check_rate(norm, q, why) != FITS)
		return false;
	if (*norm->response && strcmp(norm->response, q->response)) {
		stop_at(why, RESPONSE, "response by %s, the table's is by %s", q->response, norm->response);
		return false;
	}
	return check_sex(norm, q, why) == FITS && check_age(norm, q, why) == FITS;
}

size_t ses_norms_find(const struct ses_norms *norms, const struct ses_norm_query *query, const struct ses_norm **match,
	size_t cap, char *why_not, size_t why_cap)
{
	struct reason why = {why_not, why_cap, -1};
	size_t n = 0;

	stop_at(&why, PLACE, "no table has this place");
	for (size_t i = 0; i < norms->n && n < cap; i++)
		if (fits(&norms->norm[i], query, &why))
			match[n++] = &norms->norm[i];
	if (n)
		*why_not = '\0';
	return n;
}

/* ---- where does a value lie? ---------------------------------------------------------------------- */

struct ses_norm_place ses_norm_place_of(const struct ses_norm *norm, double value_kpa, bool bound)
{
	struct ses_norm_place place = {.difference_kpa = value_kpa - norm->mean_kpa, .above = 0, .below = 101,
		.z = -(log10(value_kpa) - norm->log10_mean) / norm->log10_sd};

	for (int i = 0; i < SES_NORM_PERCENTILES; i++)
		if (norm->percentile_kpa[i] <= value_kpa)
			place.above = ses_norm_percent[i];
	for (int i = SES_NORM_PERCENTILES; !bound && i-- > 0;)
		if (norm->percentile_kpa[i] > value_kpa)
			place.below = ses_norm_percent[i];
	return place;
}
