/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/compare.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one change ---------------------------------------------------------------------------------- */

/* d: the change on the error's scale; reach: what measurement error alone reaches. */
static enum ana_verdict judge(enum ana_change_kind kind, double d, double reach)
{
	double hair = 1e-12 * reach; /* an MDC typed in comes back through its SEM: equal stays equal */

	if (kind == ANA_CHANGE_NONE || isnan(reach))
		return ANA_VERDICT_NONE;
	switch (kind) {
	case ANA_CHANGE_AT_LEAST: /* the true change is above d */
		return d >= reach - hair ? ANA_VERDICT_RISE : ANA_VERDICT_OPEN;
	case ANA_CHANGE_AT_MOST:
		return d <= -reach + hair ? ANA_VERDICT_FALL : ANA_VERDICT_OPEN;
	case ANA_CHANGE_EXACT:
		return d > reach + hair ? ANA_VERDICT_RISE : d < -reach - hair ? ANA_VERDICT_FALL : ANA_VERDICT_WITHIN;
	default:
		return ANA_VERDICT_OPEN;
	}
}

static double ratio_percent(double log10_ratio)
{
	return 100 * (pow(10, log10_ratio) - 1);
}

/* Interval and limits of a change d (on the scale of its error) from a_kpa, and the verdict. */
static void weigh(struct ana_change *change, double d, double a_kpa)
{
	double reach = ana_error_reach(&change->error, change->error.level), ci = ana_error_reach(&change->error, 0.95);
	bool logs = change->error.scale == SES_SCALE_LOG10, exact = change->kind == ANA_CHANGE_EXACT;

	change->verdict = judge(change->kind, d, reach);
	change->rise_kpa = logs ? a_kpa * (pow(10, reach) - 1) : reach;
	change->fall_kpa = logs ? a_kpa * (pow(10, -reach) - 1) : -reach;
	if (exact && logs) {
		change->ci_low_percent = ratio_percent(d - ci);
		change->ci_high_percent = ratio_percent(d + ci);
	} else if (exact) {
		change->ci_low_kpa = d - ci;
		change->ci_high_kpa = d + ci;
	}
}

static struct ana_change no_change(const struct ana_error *error)
{
	return (struct ana_change){.kpa = NAN, .percent = NAN, .ci_low_kpa = NAN, .ci_high_kpa = NAN, .ci_low_percent = NAN,
		.ci_high_percent = NAN, .fall_kpa = NAN, .rise_kpa = NAN, .error = error ? *error : ana_error_none("")};
}

struct ana_change ana_change_of(double a_kpa, bool a_bound, double b_kpa, bool b_bound, const struct ana_error *error)
{
	struct ana_change change = no_change(error);

	if (isnan(a_kpa) || isnan(b_kpa))
		return change;
	change.kind = a_bound && b_bound ? ANA_CHANGE_OPEN : b_bound ? ANA_CHANGE_AT_LEAST
		: a_bound ? ANA_CHANGE_AT_MOST : ANA_CHANGE_EXACT;
	if (change.kind != ANA_CHANGE_OPEN) {
		change.kpa = b_kpa - a_kpa;
		change.percent = a_kpa > 0 ? 100 * (b_kpa - a_kpa) / a_kpa : NAN;
	}
	weigh(&change, change.error.scale == SES_SCALE_LOG10 ? log10(b_kpa / a_kpa) : b_kpa - a_kpa, a_kpa);
	return change;
}

void ana_tally_add(struct ana_tally *tally, const struct ana_change *change, struct ana_basis *basis)
{
	if (basis && change->kind != ANA_CHANGE_NONE)
		ana_basis_add(basis, &change->error);
	if (change->verdict == ANA_VERDICT_NONE)
		return;
	tally->n++;
	tally->rose += change->verdict == ANA_VERDICT_RISE;
	tally->fell += change->verdict == ANA_VERDICT_FALL;
	tally->within += change->verdict == ANA_VERDICT_WITHIN;
	tally->open += change->verdict == ANA_VERDICT_OPEN;
	tally->by_chance += change->verdict == ANA_VERDICT_OPEN ? 0 : 1 - change->error.level;
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
	if (va->measure != vb->measure)
		differ(d, true, "%s and %s", ses_measure_word(va->measure), ses_measure_word(vb->measure));
	if (!a->simulated != !b->simulated)
		differ(d, true, "one is simulated, the other is not");
}

/* The first place that was measured in two postures, and how many more there are. */
static void find_postures(struct differences *d, const struct ana_visit *a, const struct ana_visit *b)
{
	const struct ses_point *first = NULL, *other = NULL;
	size_t n = 0;

	for (size_t i = 0; i < a->n_points; i++) {
		const struct ses_point *p = &a->point[i].point;
		const struct ana_point *q = ana_visit_point(b, p->site_code, p->side, p->series);

		if (!q || strcmp(p->posture, q->point.posture) == 0)
			continue;
		if (n++ == 0) {
			first = p;
			other = &q->point;
		}
	}
	if (n == 1)
		differ(d, false, "posture at %s '%.40s' and '%.40s'", first->site_code, first->posture, other->posture);
	else if (n)
		differ(d, false, "posture at %s '%.40s' and '%.40s', and at %zu more points", first->site_code, first->posture,
			other->posture, n - 1);
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
	if (va->asked_tolerance != vb->asked_tolerance)
		differ(d, false, "the patient was to bear more after the threshold (tolerance) in one of the two only");
	find_postures(d, va, vb);
	if (va->needling || vb->needling)
		differ(d, false, "needled within 72 h before the %s session, as told then: needling itself leaves a place sore",
			va->needling && vb->needling ? "first and the second" : va->needling ? "first" : "second");
	if (va->analgesic != vb->analgesic)
		differ(d, false, "pain medicine in the 24 h before the %s session only, as told then", va->analgesic ? "first" : "second");
	if (strcmp(a->rule, b->rule))
		differ(d, false, "repeat rule %.15s and %.15s by their procedures; both are taken by %s here", a->rule, b->rule,
			ses_rule_word(vb->rule));
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
	struct ana_error error = a && b ? ana_error_find(&c->errors, c->a, c->b, a, b) : ana_error_none("");

	pair->change = ana_change_of(a ? a->value_kpa : NAN, a && a->bound, b ? b->value_kpa : NAN, b && b->bound, &error);
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
	mean.change = ana_change_of(mean.a_kpa, mean.a_bound, mean.b_kpa, mean.b_bound, NULL);
	return mean;
}

/* Mean change of a role's points on a scale, and what is known of it. */
static double mean_change(const struct ana_compare *c, enum ses_role role, bool logs, size_t *n, bool *a_bound, bool *b_bound)
{
	double sum = 0;

	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *p = &c->pair[i];

		if (pair_role(p) != role || p->change.kind == ANA_CHANGE_NONE)
			continue;
		sum += logs ? log10(p->b->value_kpa / p->a->value_kpa) : p->b->value_kpa - p->a->value_kpa;
		*a_bound |= p->a->bound;
		*b_bound |= p->b->bound;
		(*n)++;
	}
	return *n ? sum / (double)*n : NAN;
}

/* The fewest presses behind a value of a target or control that changed, in the first and the second. */
static void fewest_presses(const struct ana_compare *c, int *a, int *b)
{
	*a = *b = INT_MAX;
	for (size_t i = 0; i < c->n_pairs; i++) {
		const struct ana_pair *p = &c->pair[i];

		if (p->change.kind == ANA_CHANGE_NONE || (pair_role(p) != SES_ROLE_TARGET && pair_role(p) != SES_ROLE_CONTROL))
			continue;
		*a = p->a->n_used < *a ? p->a->n_used : *a;
		*b = p->b->n_used < *b ? p->b->n_used : *b;
	}
}

static struct ana_net net_of(const struct ana_compare *c)
{
	int presses_a, presses_b;

	fewest_presses(c, &presses_a, &presses_b);
	struct ana_error error = ana_error_find_net(&c->errors, c->a, c->b, presses_a, presses_b);
	struct ana_net net = {.change = no_change(&error)};
	bool logs = error.scale == SES_SCALE_LOG10, low = false, high = false; /* the true net change may be lower, higher */
	double targets = mean_change(c, SES_ROLE_TARGET, logs, &net.n_targets, &low, &high);
	double controls = mean_change(c, SES_ROLE_CONTROL, logs, &net.n_controls, &high, &low);

	if (!net.n_targets || !net.n_controls)
		return net;
	net.change.kind = low && high ? ANA_CHANGE_OPEN : high ? ANA_CHANGE_AT_LEAST : low ? ANA_CHANGE_AT_MOST : ANA_CHANGE_EXACT;
	if (net.change.kind != ANA_CHANGE_OPEN && logs)
		net.change.percent = ratio_percent(targets - controls);
	else if (net.change.kind != ANA_CHANGE_OPEN)
		net.change.kpa = targets - controls;
	weigh(&net.change, targets - controls, NAN);
	return net;
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
	const struct ana_errors *errors, const char *despite, struct alg_log *log)
{
	*out = (struct ana_compare){.a = a, .b = b};
	if (errors)
		out->errors = *errors;
	else
		ana_errors_init(&out->errors);
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
	out->net = net_of(out);
	for (size_t i = 0; i < out->n_pairs; i++) {
		const struct ana_pair *p = &out->pair[i];

		ana_tally_add(&out->tally, &p->change, &out->basis);
		if (pair_role(p) == SES_ROLE_TARGET)
			ana_tally_add(&out->tally_targets, &p->change, NULL);
		if (p->a ? p->a->point.primary : p->b->point.primary)
			ana_tally_add(&out->tally_primary, &p->change, NULL);
	}
	return 0;
}

void ana_compare_free(struct ana_compare *compare)
{
	free(compare->pair);
	compare->pair = NULL;
	compare->n_pairs = 0;
}
