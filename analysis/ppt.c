/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ppt.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/unblind.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct ana_point *ana_visit_point(const struct ana_visit *visit, const char *site_code, char side, int series)
{
	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *p = &visit->point[i];

		if (p->point.series == series && p->point.side == side && strcmp(p->point.site_code, site_code) == 0)
			return p;
	}
	return NULL;
}

/* Room for one more; zeroed. NULL when out of memory. */
static void *grow(void *array, size_t n, size_t size)
{
	if (n && (n & (n - 1))) /* capacity is the next power of two */
		return array;
	return reallocarray(array, n ? 2 * n : 1, size);
}

static struct ana_point *add_point(struct ana_visit *visit, const struct ses_point *info)
{
	struct ana_point *array = grow(visit->point, visit->n_points, sizeof(*array));

	if (!array)
		return NULL;
	visit->point = array;
	array += visit->n_points++;
	*array = (struct ana_point){.point = *info, .value_kpa = NAN, .min_kpa = NAN, .max_kpa = NAN, .sd_kpa = NAN};
	return array;
}

/* A press at a point the file does not list (an amended site, a foreign file): shown, without a role. */
static struct ana_point *add_unlisted(struct ana_visit *visit, const struct ses_trial *trial)
{
	struct ses_point info = {.side = trial->side[0], .series = trial->series, .along_mm = NAN, .across_mm = NAN,
		.x = NAN, .y = NAN, .ceiling_kpa = NAN};

	memcpy(info.site_code, trial->site_code, sizeof(info.site_code));
	alg_text_copy(info.label, sizeof(info.label), trial->site_code);
	return add_point(visit, &info);
}

/*
 * By the row that the press names, as long as the place agrees; else by place and series: an amended
 * site carries the press to another point, whose series may be another one.
 */
static struct ana_point *point_of_trial(struct ana_visit *visit, const struct ses_trial *t)
{
	struct ana_point *named = t->point >= 0 && (size_t)t->point < visit->n_points ? &visit->point[t->point] : NULL;

	if (named && named->point.side == t->side[0] && strcmp(named->point.site_code, t->site_code) == 0)
		return named;
	for (size_t i = 0; i < visit->n_points; i++) {
		struct ana_point *p = &visit->point[i];

		if (p->point.series == t->series && p->point.side == t->side[0] &&
			strcmp(p->point.site_code, t->site_code) == 0)
			return p;
	}
	return NULL;
}

static bool counts(const struct ana_press *press)
{
	return press->status == SES_ACCEPTED || press->status == SES_CENSORED;
}

/* The press seen as one of its second response. Where not even the first came below the ceiling, nor did the second. */
static void take_tolerance(struct ana_press *press)
{
	if (press->status == SES_CENSORED && press->tolerance == SES_TOLERANCE_NONE) {
		press->kpa = press->ceiling_kpa;
		return;
	}
	press->kpa = press->ptt_kpa;
	if (!counts(press))
		return;
	if (press->tolerance == SES_TOLERANCE_TAKEN)
		press->status = SES_ACCEPTED;
	else if (press->tolerance == SES_TOLERANCE_CENSORED)
		press->status = SES_CENSORED;
	else {
		press->status = SES_MISSING;
		press->reason = SES_REASON_NO_RESPONSE;
	}
}

static int add_press(struct ana_point *point, const struct ses_trial *t, size_t row, enum ses_measure measure)
{
	struct ana_press *array = grow(point->press, point->n_press, sizeof(*array));

	if (!array)
		return ALG_ERR_NOMEM;
	point->press = array;
	array[point->n_press++] = (struct ana_press){
		.trial = t->trial, .row = (int)row, .round = t->round, .press = t->press,
		.status = (enum ses_status)t->status, .reason = (enum ses_reason)t->reason,
		.response = (enum ses_response)t->response,
		.kpa = t->status == SES_CENSORED ? t->ceiling_kpa : t->status == SES_MISSING ? NAN : t->ppt_kpa,
		.rate_kpa_s = t->rate_kpa_s, .rate_sd_kpa_s = t->rate_sd_kpa_s, .corridor_share = t->corridor_share,
		.overshoot_kpa = t->overshoot_kpa, .interval_s = t->interval_s, .ceiling_kpa = t->ceiling_kpa, .ptt_kpa = t->ptt_kpa,
		.tolerance = (enum ses_tolerance)t->tolerance, .uncertainty_kpa = t->uncertainty_kpa, .quality = (uint32_t)t->quality,
	};
	if (measure == SES_MEASURE_TOLERANCE)
		take_tolerance(&point->press[point->n_press - 1]);
	return 0;
}

/* SD (n - 1), least and greatest of the accepted presses; two passes. */
static void spread(struct ana_point *point)
{
	double sum = 0, squares = 0;
	size_t n = 0;

	for (size_t i = 0; i < point->n_press; i++) {
		if (point->press[i].status != SES_ACCEPTED)
			continue;
		double kpa = point->press[i].kpa;

		point->min_kpa = n == 0 ? kpa : fmin(point->min_kpa, kpa);
		point->max_kpa = n == 0 ? kpa : fmax(point->max_kpa, kpa);
		sum += kpa;
		n++;
	}
	for (size_t i = 0; i < point->n_press; i++)
		if (point->press[i].status == SES_ACCEPTED)
			squares += pow(point->press[i].kpa - sum / (double)n, 2);
	if (n >= 2)
		point->sd_kpa = sqrt(squares / (double)(n - 1));
}

static int evaluate(struct ana_point *point, enum ses_rule rule)
{
	double *kpa = calloc(point->n_press + 1, sizeof(*kpa));
	bool *censored = calloc(point->n_press + 1, sizeof(*censored));
	bool *used = calloc(point->n_press + 1, sizeof(*used));
	size_t *index = calloc(point->n_press + 1, sizeof(*index)), n = 0;
	int rc = ALG_ERR_NOMEM;

	if (!kpa || !censored || !used || !index)
		goto out;
	rc = 0;
	for (size_t i = 0; i < point->n_press; i++) {
		const struct ana_press *p = &point->press[i];

		point->n_rejected += p->status == SES_REJECTED;
		point->n_missing += p->status == SES_MISSING;
		point->n_censored += p->status == SES_CENSORED;
		if (!counts(p)) {
			point->reason = p->reason;
			continue;
		}
		kpa[n] = p->kpa;
		censored[n] = p->status == SES_CENSORED;
		index[n++] = i;
	}
	point->value_kpa = ses_repeat_value(rule, kpa, censored, n, &point->bound);
	ses_repeat_used(rule, kpa, censored, n, used);
	for (size_t i = 0; i < n; i++) {
		point->press[index[i]].used = used[i];
		point->n_used += used[i];
	}
	spread(point);
out:
	free(kpa);
	free(censored);
	free(used);
	free(index);
	return rc;
}

/* A row that claims a value must have one: a NAN among the repeats would vanish in a mean. */
static int check_trial(const struct ses_trial *t, const char *path, struct alg_log *log)
{
	if (t->status < SES_ACCEPTED || t->status > SES_MISSING)
		return alg_fail(log, MSG_ANA_ROW, path, t->trial, "has an unknown status");
	if (t->status == SES_ACCEPTED && !(t->ppt_kpa > 0 && isfinite(t->ppt_kpa)))
		return alg_fail(log, MSG_ANA_ROW, path, t->trial, "is accepted without a threshold");
	if (t->status == SES_CENSORED && !(t->ceiling_kpa > 0 && isfinite(t->ceiling_kpa)))
		return alg_fail(log, MSG_ANA_ROW, path, t->trial, "is censored without a ceiling");
	if ((t->tolerance == SES_TOLERANCE_TAKEN || t->tolerance == SES_TOLERANCE_CENSORED) &&
		t->status != SES_REJECTED && !(t->ptt_kpa > 0 && isfinite(t->ptt_kpa)))
		return alg_fail(log, MSG_ANA_ROW, path, t->trial, "has a tolerance without a pressure");
	return 0;
}

/* The point for familiarisation was needed for its row number only. */
static void drop_practice(struct ana_visit *visit, const struct ses_session *ses)
{
	size_t kept = 0;

	for (size_t i = 0; i < visit->n_points; i++) {
		if (i < ses->n_points && ses->points[i].role == SES_ROLE_PRACTICE && visit->point[i].n_press == 0)
			continue;
		visit->point[kept++] = visit->point[i];
	}
	visit->n_points = kept;
}

static int take_rows(struct ana_visit *visit, const struct ses_session *ses, struct alg_log *log)
{
	for (size_t i = 0; i < ses->n_points; i++) {
		struct ana_point *point = add_point(visit, &ses->points[i]);

		if (!point)
			return alg_fail(log, MSG_NOMEM, visit->path);
		if (point->point.role < SES_ROLE_TARGET || point->point.role > SES_ROLE_CONTROL)
			point->point.role = 0;
	}
	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];
		if (t->kind == SES_KIND_FAMILIARISATION || t->kind == SES_KIND_HOLD) {
			visit->n_practice += t->kind == SES_KIND_FAMILIARISATION && t->status != SES_MISSING;
			continue; /* practice is no measurement, a hold no threshold */
		}
		struct ana_point *point = point_of_trial(visit, t);
		int rc = check_trial(t, visit->path, log);

		if (rc)
			return rc;
		if (!point)
			point = add_unlisted(visit, t);
		if (!point || add_press(point, t, i, visit->measure))
			return alg_fail(log, MSG_NOMEM, visit->path);
	}
	drop_practice(visit, ses);
	for (size_t i = 0; i < visit->n_points; i++)
		if (evaluate(&visit->point[i], visit->rule))
			return alg_fail(log, MSG_NOMEM, visit->path);
	return 0;
}

static void take_rates(struct ana_visit *visit)
{
	const struct ses_header *h = &visit->header;
	double rate = 0, share = 0;

	for (size_t i = 0; i < visit->n_points; i++)
		for (size_t k = 0; k < visit->point[i].n_press; k++) {
			const struct ana_press *p = &visit->point[i].press[k];

			if (p->status != SES_ACCEPTED || !isfinite(p->rate_kpa_s))
				continue;
			visit->rate.n++;
			rate += p->rate_kpa_s;
			share += isfinite(p->corridor_share) ? p->corridor_share : 0;
			visit->rate.n_off += fabs(p->rate_kpa_s - h->target_rate_kpa_s) > h->corridor * h->target_rate_kpa_s;
		}
	visit->rate.mean_kpa_s = visit->rate.n ? rate / visit->rate.n : NAN;
	visit->rate.share_in = visit->rate.n ? share / visit->rate.n : NAN;
}

bool ana_asked_tolerance(const struct ses_session *ses)
{
	for (size_t i = 0; i < ses->n_trials; i++)
		if (ses->trials[i].tolerance != SES_TOLERANCE_NOT_ASKED)
			return true;
	return false;
}

static bool told(const struct ses_session *ses, const char *precaution)
{
	for (size_t i = 0; i < ses->n_events; i++)
		if (strcmp(ses->events[i].kind, "precaution") == 0 && strcmp(ses->events[i].note, precaution) == 0 &&
			ses->events[i].value == 1)
			return true;
	return false;
}

int ana_visit_from_session(struct ana_visit *out, const struct ses_session *ses, const char *path,
	const struct ana_options *options, struct alg_log *log)
{
	*out = (struct ana_visit){.header = ses->header, .n_amendments = ses->n_amendments};
	out->header.procedure_text = NULL;
	out->header.instruction = NULL;
	alg_text_copy(out->path, sizeof(out->path), path);
	int shown = ses_unblinded(path, &ses->header, log);

	if (shown <= 0)
		return shown ? shown : alg_fail(log, MSG_ANA_BLINDED, path);
	if (alg_date_parse(ses->header.visit_day, &out->day))
		return alg_fail(log, MSG_ANA_DAY, path, ses->header.visit_day);
	out->original = options && options->original && ses->n_amendments > 0;
	out->rule = options && options->rule ? options->rule : ses_rule_from_word(ses->header.rule);
	if (out->rule == 0)
		return alg_fail(log, MSG_ANA_RULE, path, ses->header.rule);
	out->measure = options && options->measure ? options->measure : SES_MEASURE_THRESHOLD;
	out->asked_tolerance = ana_asked_tolerance(ses);
	if (out->measure == SES_MEASURE_TOLERANCE && !out->asked_tolerance)
		return alg_fail(log, MSG_ANA_MEASURE, path);
	out->needling = told(ses, "needling");
	out->analgesic = told(ses, "analgesic");
	int rc = take_rows(out, ses, log);

	if (rc)
		return rc;
	take_rates(out);
	if (ses->n_ratings) {
		out->rating = calloc(ses->n_ratings, sizeof(*out->rating));
		if (!out->rating)
			return alg_fail(log, MSG_NOMEM, path);
		memcpy(out->rating, ses->ratings, ses->n_ratings * sizeof(*out->rating));
		out->n_ratings = ses->n_ratings;
	}
	return 0;
}

void ana_visit_free(struct ana_visit *visit)
{
	for (size_t i = 0; i < visit->n_points; i++)
		free(visit->point[i].press);
	free(visit->point);
	free(visit->rating);
	*visit = (struct ana_visit){0};
}

struct ana_mean ana_visit_mean(const struct ana_visit *visit, enum ses_role role)
{
	struct ana_mean mean = {.kpa = 0};

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *p = &visit->point[i];

		if (role && p->point.role != role)
			continue;
		if (isnan(p->value_kpa)) {
			mean.n_missing++;
			continue;
		}
		mean.n++;
		mean.kpa += p->value_kpa;
		mean.bound |= p->bound;
	}
	mean.kpa = mean.n ? mean.kpa / (double)mean.n : NAN;
	return mean;
}

/* "UTRAP_L" and "UTRAP_R" are one place: the codes without their side. */
static bool same_place(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len > 2 && strlen(b) == len && a[len - 2] == '_' && strncmp(a, b, len - 1) == 0;
}

struct ana_side ana_visit_side(const struct ana_visit *visit, const struct ana_point *target)
{
	struct ana_side side = {.affected = target, .difference_kpa = NAN, .ratio = NAN, .sign = '='};

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *p = &visit->point[i];

		if (p->point.role == SES_ROLE_TARGET || p->point.side == target->point.side ||
			!same_place(p->point.site_code, target->point.site_code))
			continue;
		if (!side.other || p->point.series > side.other->point.series)
			side.other = p;
	}
	if (!side.other || isnan(side.other->value_kpa) || isnan(target->value_kpa))
		return side;
	if (target->bound && side.other->bound) {
		side.sign = '?';
		return side;
	}
	side.sign = target->bound ? '>' : side.other->bound ? '<' : '=';
	side.difference_kpa = target->value_kpa - side.other->value_kpa;
	side.ratio = target->value_kpa / side.other->value_kpa;
	return side;
}

/* Beside the spine, thoracic and lumbar. */
static bool has_side_reference(const struct ses_point *point)
{
	static const char *const site[] = {"ICT", "LT10", "ESL1", "ESL3", "ESL5", "MULT"};
	size_t len = strcspn(point->site_code, "_");

	for (size_t i = 0; i < sizeof(site) / sizeof(site[0]); i++)
		if (strlen(site[i]) == len && strncmp(site[i], point->site_code, len) == 0)
			return true;
	return false;
}

int ana_side_unusual(const struct ana_side *side)
{
	if (!has_side_reference(&side->affected->point) || !isfinite(side->ratio))
		return -1;
	bool low = side->ratio < 1 / ANA_SIDE_USUAL, high = side->ratio > ANA_SIDE_USUAL;

	/* A bound decides only where it points out of the range. */
	if (side->sign == '=')
		return low || high;
	return (side->sign == '<' && low) || (side->sign == '>' && high) ? 1 : -1;
}

bool ana_visit_is_post(const struct ana_visit *visit)
{
	return strcmp(visit->header.acq, "post") == 0;
}

void ana_visit_name(const struct ana_visit *visit, char *out, size_t cap)
{
	const struct ses_header *h = &visit->header;
	int n = snprintf(out, cap, "%d%s%s", (int)h->session, *h->acq ? " " : "", h->acq);

	if (h->run > 1 && n > 0 && (size_t)n < cap)
		snprintf(out + n, cap - (size_t)n, " run %d", (int)h->run);
}
