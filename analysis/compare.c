/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/compare.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the error that a change is held against ---------------------------------------------------- */

void ana_mdc_init(struct ana_mdc *mdc)
{
	*mdc = (struct ana_mdc){.kpa = NAN, .level = 0.95};
}

bool ana_mdc_given(const struct ana_mdc *mdc)
{
	return isfinite(mdc->kpa) || mdc->n_sites > 0;
}

/* "UTRAP" names both sides, "UTRAP_L" one. */
static bool names_site(const char *name, const char *site_code)
{
	size_t len = strlen(name);

	return strcmp(name, site_code) == 0 ||
		(strlen(site_code) == len + 2 && strncmp(name, site_code, len) == 0 && site_code[len] == '_');
}

double ana_mdc_for(const struct ana_mdc *mdc, const char *site_code)
{
	double kpa = mdc->kpa;

	for (int i = 0; i < mdc->n_sites; i++) {
		if (strcmp(mdc->site[i].site, site_code) == 0)
			return mdc->site[i].kpa;
		if (names_site(mdc->site[i].site, site_code))
			kpa = mdc->site[i].kpa;
	}
	return kpa;
}

int ana_mdc_parse(struct ana_mdc *mdc, const char *text, struct alg_log *log)
{
	const char *equals = strchr(text, '=');
	const char *number = equals ? equals + 1 : text;
	size_t len = equals ? (size_t)(equals - text) : 0;
	char site[16] = "";
	double kpa;

	if (equals && (len == 0 || len >= sizeof(site)))
		return alg_fail(log, MSG_ANA_MDC, text, "without a site code");
	memcpy(site, text, len);
	if (alg_text_to_double(number, &kpa) || kpa <= 0 || kpa > 2000)
		return alg_fail(log, MSG_ANA_MDC, text, "not a pressure from above 0 to 2000 kPa");
	if (equals ? mdc->n_sites == ANA_MDC_SITES_MAX : isfinite(mdc->kpa))
		return alg_fail(log, MSG_ANA_MDC, text, "one too many");
	if (!equals) {
		mdc->kpa = kpa;
		return 0;
	}
	if (!alg_text_is_name(site, sizeof(site)))
		return alg_fail(log, MSG_ANA_MDC, text, "not about a site code");
	memcpy(mdc->site[mdc->n_sites].site, site, sizeof(site));
	mdc->site[mdc->n_sites++].kpa = kpa;
	return 0;
}

int ana_mdc_check(const struct ana_mdc *mdc, struct alg_log *log)
{
	if (ana_mdc_given(mdc) && mdc->source[strspn(mdc->source, " ")] == '\0')
		return alg_fail(log, MSG_ANA_MDC_SOURCE,
			"--mdc needs --mdc-source TEXT: where the number comes from (between-visit error of one person, never of a group)");
	if (!ana_mdc_given(mdc) && *mdc->source)
		return alg_fail(log, MSG_ANA_MDC_SOURCE, "--mdc-source is given without --mdc KPA");
	return 0;
}

/* ---- one change ---------------------------------------------------------------------------------- */

static enum ana_verdict judge(const struct ana_change *change)
{
	if (change->kind == ANA_CHANGE_NONE || isnan(change->mdc_kpa))
		return ANA_VERDICT_NONE;
	switch (change->kind) {
	case ANA_CHANGE_AT_LEAST: /* the true change is above kpa */
		return change->kpa >= change->mdc_kpa ? ANA_VERDICT_RISE : ANA_VERDICT_OPEN;
	case ANA_CHANGE_AT_MOST:
		return change->kpa <= -change->mdc_kpa ? ANA_VERDICT_FALL : ANA_VERDICT_OPEN;
	case ANA_CHANGE_EXACT:
		return change->kpa > change->mdc_kpa ? ANA_VERDICT_RISE
			: change->kpa < -change->mdc_kpa ? ANA_VERDICT_FALL : ANA_VERDICT_WITHIN;
	default:
		return ANA_VERDICT_OPEN;
	}
}

struct ana_change ana_change_of(double a_kpa, bool a_bound, double b_kpa, bool b_bound, double mdc_kpa)
{
	struct ana_change change = {.kpa = NAN, .percent = NAN, .mdc_kpa = mdc_kpa};

	if (isnan(a_kpa) || isnan(b_kpa))
		return change;
	change.kind = a_bound && b_bound ? ANA_CHANGE_OPEN : b_bound ? ANA_CHANGE_AT_LEAST
		: a_bound ? ANA_CHANGE_AT_MOST : ANA_CHANGE_EXACT;
	if (change.kind != ANA_CHANGE_OPEN) {
		change.kpa = b_kpa - a_kpa;
		change.percent = a_kpa > 0 ? 100 * (b_kpa - a_kpa) / a_kpa : NAN;
	}
	change.verdict = judge(&change);
	return change;
}

void ana_tally_add(struct ana_tally *tally, const struct ana_change *change, const struct ana_mdc *mdc)
{
	if (change->verdict == ANA_VERDICT_NONE)
		return;
	tally->n++;
	tally->rose += change->verdict == ANA_VERDICT_RISE;
	tally->fell += change->verdict == ANA_VERDICT_FALL;
	tally->within += change->verdict == ANA_VERDICT_WITHIN;
	tally->open += change->verdict == ANA_VERDICT_OPEN;
	tally->by_chance = (1 - mdc->level) * (double)tally->n;
}

/* ---- like with like ------------------------------------------------------------------------------ */

struct differences {
	struct ana_unlike *out;
	size_t n;
};

static void differ(struct differences *d, bool refuse, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void differ(struct differences *d, bool refuse, const char *fmt, ...)
{
	va_list args;

	if (d->n == ANA_UNLIKE_MAX)
		return;
	d->out[d->n].refuse = refuse;
	va_start(args, fmt);
	vsnprintf(d->out[d->n].text, sizeof(d->out[d->n].text), fmt, args);
	va_end(args);
	d->n++;
}

/* Empty on one side is a difference too: unknown is not the same. */
static void differ_text(struct differences *d, bool refuse, const char *what, const char *a, const char *b)
{
	if (strcmp(a, b))
		differ(d, refuse, "%s '%.60s' and '%.60s'", what, a, b);
}

/* What makes a change mean something else than a change of the person. */
static void find_refusals(struct differences *d, const struct ana_visit *va, const struct ana_visit *vb)
{
	const struct ses_header *a = &va->header, *b = &vb->header;

	differ_text(d, true, "participant", a->participant, b->participant);
	if (!(fabs(a->tip_area_cm2 - b->tip_area_cm2) <= 0.005 * a->tip_area_cm2))
		differ(d, true, "tip area %g and %g cm2", a->tip_area_cm2, b->tip_area_cm2);
	if (!(fabs(a->target_rate_kpa_s - b->target_rate_kpa_s) <= a->corridor * a->target_rate_kpa_s + 1e-9))
		differ(d, true, "target rate %g and %g kPa/s", a->target_rate_kpa_s, b->target_rate_kpa_s);
	differ_text(d, true, "response mode", a->response_mode, b->response_mode);
	if (va->rule != vb->rule)
		differ(d, true, "repeat rule %s and %s (--rule RULE takes one for both)", ses_rule_word(va->rule),
			ses_rule_word(vb->rule));
	if (!a->simulated != !b->simulated)
		differ(d, true, "one is simulated, the other is not");
}

static void find_warnings(struct differences *d, const struct ana_visit *va, const struct ana_visit *vb)
{
	const struct ses_header *a = &va->header, *b = &vb->header;
	double rate_a = va->rate.mean_kpa_s, rate_b = vb->rate.mean_kpa_s;

	if (*a->uuid && strcmp(a->uuid, b->uuid) == 0)
		differ(d, false, "both are the same session");
	if (b->started_unix_s < a->started_unix_s)
		differ(d, false, "the second was measured before the first");
	differ_text(d, false, "study", a->study, b->study);
	differ_text(d, false, "examiner", a->examiner, b->examiner);
	differ_text(d, false, "gauge", a->device_model, b->device_model);
	if (strcmp(a->device_model, b->device_model) == 0)
		differ_text(d, false, "gauge serial number", a->device_serial, b->device_serial);
	differ_text(d, false, "tip", a->tip_shape, b->tip_shape);
	differ_text(d, false, "procedure", a->procedure_id, b->procedure_id);
	if (strcmp(a->procedure_id, b->procedure_id) == 0)
		differ_text(d, false, "procedure version", a->procedure_version, b->procedure_version);
	if (a->rounds != b->rounds)
		differ(d, false, "%d and %d rounds", (int)a->rounds, (int)b->rounds);
	if (a->session != b->session && ana_visit_is_post(va) != ana_visit_is_post(vb))
		differ(d, false, "one was measured after treatment (post), the other was not");
	if (fabs(rate_a - rate_b) > a->corridor * a->target_rate_kpa_s)
		differ(d, false, "mean rate reached %.0f and %.0f kPa/s", rate_a, rate_b);
	if (!a->complete)
		differ(d, false, "the first session is not complete");
	if (!b->complete)
		differ(d, false, "the second session is not complete");
}

size_t ana_visits_unlike(const struct ana_visit *a, const struct ana_visit *b, struct ana_unlike *out)
{
	struct differences d = {.out = out};

	find_refusals(&d, a, b);
	find_warnings(&d, a, b);
	return d.n;
}

/* ---- two sessions -------------------------------------------------------------------------------- */

static bool measured_in_other_series(const struct ana_visit *visit, const struct ses_point *point)
{
	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ses_point *p = &visit->point[i].point;

		if (p->side == point->side && p->series != point->series && strcmp(p->site_code, point->site_code) == 0)
			return true;
	}
	return false;
}

static const struct ana_point *same_point(const struct ana_visit *visit, const struct ana_point *point)
{
	return ana_visit_point(visit, point->point.site_code, point->point.side, point->point.series);
}

static void add_pair(struct ana_compare *c, const struct ana_point *a, const struct ana_point *b)
{
	const struct ses_point *info = a ? &a->point : &b->point;
	struct ana_pair *pair = &c->pair[c->n_pairs++];

	*pair = (struct ana_pair){.a = a, .b = b};
	if (!a || !b)
		pair->moved = measured_in_other_series(a ? c->b : c->a, info);
	pair->change = ana_change_of(a ? a->value_kpa : NAN, a && a->bound, b ? b->value_kpa : NAN, b && b->bound,
		ana_mdc_for(&c->mdc, info->site_code));
}

static enum ses_role pair_role(const struct ana_pair *pair)
{
	return pair->a ? pair->a->point.role : pair->b->point.role;
}

/* Roles in the order target, other side, control, none; within one as in the files. */
static void add_pairs(struct ana_compare *c)
{
	static const enum ses_role order[] = {SES_ROLE_TARGET, SES_ROLE_CONTRALATERAL, SES_ROLE_CONTROL, 0};

	for (size_t r = 0; r < sizeof(order) / sizeof(order[0]); r++) {
		for (size_t i = 0; i < c->a->n_points; i++)
			if (c->a->point[i].point.role == order[r])
				add_pair(c, &c->a->point[i], same_point(c->b, &c->a->point[i]));
		for (size_t i = 0; i < c->b->n_points; i++)
			if (c->b->point[i].point.role == order[r] && !same_point(c->a, &c->b->point[i]))
				add_pair(c, NULL, &c->b->point[i]);
	}
}

static struct ana_pair_mean mean_of(const struct ana_compare *c, enum ses_role role)
{
	struct ana_pair_mean mean = {0};

	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *p = &c->pair[i];

		if (pair_role(p) != role)
			continue;
		if (p->change.kind == ANA_CHANGE_NONE) {
			mean.n_left++;
			continue;
		}
		mean.n++;
		mean.a_kpa += p->a->value_kpa;
		mean.b_kpa += p->b->value_kpa;
		mean.a_bound |= p->a->bound;
		mean.b_bound |= p->b->bound;
	}
	mean.a_kpa = mean.n ? mean.a_kpa / (double)mean.n : NAN;
	mean.b_kpa = mean.n ? mean.b_kpa / (double)mean.n : NAN;
	mean.change = ana_change_of(mean.a_kpa, mean.a_bound, mean.b_kpa, mean.b_bound, NAN);
	return mean;
}

/* Every reason to refuse, in one sentence. */
static int refuse(const struct ana_compare *c, struct alg_log *log)
{
	char reasons[640] = "", name_a[48], name_b[48];

	for (size_t i = 0; i < c->n_unlike; i++) {
		size_t len = strlen(reasons);

		if (c->unlike[i].refuse)
			snprintf(reasons + len, sizeof(reasons) - len, "%s%s", len ? "; " : "", c->unlike[i].text);
	}
	ana_visit_name(c->a, name_a, sizeof(name_a));
	ana_visit_name(c->b, name_b, sizeof(name_b));
	return alg_fail(log, MSG_ANA_UNLIKE, name_a, name_b, reasons);
}

int ana_compare_make(struct ana_compare *out, const struct ana_visit *a, const struct ana_visit *b,
	const struct ana_mdc *mdc, const char *despite, struct alg_log *log)
{
	*out = (struct ana_compare){.a = a, .b = b};
	if (mdc)
		out->mdc = *mdc;
	else
		ana_mdc_init(&out->mdc);
	if (despite)
		alg_text_copy(out->despite, sizeof(out->despite), despite);
	out->n_unlike = ana_visits_unlike(a, b, out->unlike);
	if (out->n_unlike && out->unlike[0].refuse && !*out->despite)
		return refuse(out, log);
	out->pair = calloc(a->n_points + b->n_points + 1, sizeof(*out->pair));
	if (!out->pair)
		return alg_fail(log, MSG_NOMEM, "comparison");
	add_pairs(out);
	out->targets = mean_of(out, SES_ROLE_TARGET);
	out->contralateral = mean_of(out, SES_ROLE_CONTRALATERAL);
	out->control = mean_of(out, SES_ROLE_CONTROL);
	for (size_t i = 0; i < out->n_pairs; i++) {
		const struct ana_pair *p = &out->pair[i];

		ana_tally_add(&out->tally, &p->change, &out->mdc);
		if (pair_role(p) == SES_ROLE_TARGET)
			ana_tally_add(&out->tally_targets, &p->change, &out->mdc);
		if (p->a ? p->a->point.primary : p->b->point.primary)
			ana_tally_add(&out->tally_primary, &p->change, &out->mdc);
	}
	return 0;
}

void ana_compare_free(struct ana_compare *compare)
{
	free(compare->pair);
	compare->pair = NULL;
	compare->n_pairs = 0;
}
