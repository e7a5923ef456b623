/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/error.h"

#include "analysis/reliability.h"
#include "base/text.h"
#include "stats/dist.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- an MDC that was typed in --------------------------------------------------------------------- */

void ana_errors_init(struct ana_errors *errors)
{
	*errors = (struct ana_errors){.kpa = NAN, .level = 0.95};
}

bool ana_errors_given(const struct ana_errors *errors)
{
	return isfinite(errors->kpa) || errors->n_sites > 0;
}

double ana_errors_given_kpa(const struct ana_errors *errors, const char *site_code)
{
	double kpa = errors->kpa;

	for (int i = 0; i < errors->n_sites; i++) {
		if (strcmp(errors->site[i].site, site_code) == 0)
			return errors->site[i].kpa;
		if (ses_site_named(errors->site[i].site, site_code))
			kpa = errors->site[i].kpa;
	}
	return kpa;
}

int ana_errors_parse(struct ana_errors *errors, const char *text, struct alg_log *log)
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
	if (equals ? errors->n_sites == ANA_MDC_SITES_MAX : isfinite(errors->kpa))
		return alg_fail(log, MSG_ANA_MDC, text, "one too many");
	if (!equals) {
		errors->kpa = kpa;
		return 0;
	}
	if (!alg_text_is_name(site, sizeof(site)))
		return alg_fail(log, MSG_ANA_MDC, text, "not about a site code");
	memcpy(errors->site[errors->n_sites].site, site, sizeof(site));
	errors->site[errors->n_sites++].kpa = kpa;
	return 0;
}

int ana_errors_check(const struct ana_errors *errors, struct alg_log *log)
{
	if (ana_errors_given(errors) && errors->source[strspn(errors->source, " ")] == '\0')
		return alg_fail(log, MSG_ANA_MDC_SOURCE,
			"--mdc needs --mdc-source TEXT: where the number comes from (between-visit error of one person, never of a group)");
	if (alg_text_has_word(errors->source, "group"))
		return alg_fail(log, MSG_REL_GROUP);
	if (!ana_errors_given(errors) && *errors->source)
		return alg_fail(log, MSG_ANA_MDC_SOURCE, "--mdc-source is given without --mdc KPA");
	return 0;
}

/* ---- one error ------------------------------------------------------------------------------------- */

struct ana_error ana_error_none(const char *why)
{
	struct ana_error error = {.kind = SES_SEM_BETWEEN_VISITS, .scale = SES_SCALE_KPA, .sem_a = NAN, .sem_b = NAN,
		.df = NAN, .level = 0.95};

	alg_text_copy(error.why, sizeof(error.why), why);
	return error;
}

bool ana_error_known(const struct ana_error *error)
{
	return isfinite(error->sem_a) && isfinite(error->sem_b);
}

double ana_error_reach(const struct ana_error *error, double level)
{
	if (!ana_error_known(error))
		return NAN;
	return st_t_reach(level, error->df) * hypot(error->sem_a, error->sem_b);
}

struct ana_error ana_error_from_mdc(double mdc_kpa, double level)
{
	struct ana_error error = ana_error_none("");

	error.level = level;
	if (isnan(mdc_kpa))
		return error;
	error.df = INFINITY;
	error.sem_a = error.sem_b = mdc_kpa / (st_t_reach(level, INFINITY) * M_SQRT2);
	return error;
}

void ana_error_mean_of(struct ana_error *error, int n)
{
	error->sem_a /= sqrt(n);
}

/* ---- the matching row of the study's table -------------------------------------------------------- */

enum ses_sem_kind ana_kind_of(const struct ana_visit *a, const struct ana_visit *b)
{
	if (strcmp(a->header.examiner, b->header.examiner))
		return SES_SEM_BETWEEN_EXAMINERS;
	return a->day == b->day ? SES_SEM_WITHIN_VISIT : SES_SEM_BETWEEN_VISITS;
}

const char *ana_kind_text(enum ses_sem_kind kind)
{
	static const char *const text[] = {"", "within-visit", "between-visit", "between-examiner"};

	return text[kind];
}

static bool same_number(double a, double b)
{
	return fabs(a - b) <= 0.005 * fabs(b);
}

/* Everything but site, kind and presses. */
static bool conditions_match(const struct ses_sem *sem, const struct ana_visit *v)
{
	return sem->measure == v->measure && sem->rule == v->rule && same_number(v->header.tip_area_cm2, sem->tip_area_cm2) &&
		same_number(v->header.target_rate_kpa_s, sem->rate_kpa_s) &&
		strcmp(sem->response_mode, v->header.response_mode) == 0;
}

/* A row's worth for a site: its own side before both sides, sessions before presses, own before entered. */
static int worth(const struct ses_sem *sem, const char *site_code)
{
	int basis = sem->basis == SES_SEM_SESSIONS ? 3 : sem->basis == SES_SEM_PRESSES ? 2 : 1;

	if (strcmp(sem->site, site_code) == 0)
		return 10 + basis;
	return ses_site_named(sem->site, site_code) ? basis : 0;
}

/* Why the nearest row does not match, nearest last. */
enum miss { MISS_SITE, MISS_KIND, MISS_CONDITIONS, MISS_ONE_DAY, MISS_PRESSES, MISS_NONE };

/* The SEM of a value that rests on m presses; NAN when the row cannot tell. */
static double sem_of(const struct ses_sem *sem, int presses)
{
	if (presses >= sem->presses)
		return sem->sem;
	if (presses < 1 || isnan(sem->press_sd))
		return NAN;
	double more = ana_rel_rule_variance(sem->rule, presses) - ana_rel_rule_variance(sem->rule, sem->presses);

	return sqrt(sem->sem * sem->sem + sem->press_sd * sem->press_sd * more);
}

struct wanted {
	const struct ana_visit *a, *b;
	enum ses_sem_kind kind;
	const char *site;
	int presses_a, presses_b;
};

/* Two examiners on one day do not show what another day adds. */
static bool of_one_day(const struct ses_sem *sem, const struct wanted *w)
{
	return sem->kind == SES_SEM_BETWEEN_EXAMINERS && sem->days_min < 1 && w->a->day != w->b->day;
}

static enum miss miss_of(const struct ses_sem *sem, const struct wanted *w)
{
	if (!worth(sem, w->site))
		return MISS_SITE;
	if (sem->kind != w->kind)
		return MISS_KIND;
	if (!conditions_match(sem, w->a) || !conditions_match(sem, w->b))
		return MISS_CONDITIONS;
	if (of_one_day(sem, w))
		return MISS_ONE_DAY;
	return isnan(sem_of(sem, w->presses_a)) || isnan(sem_of(sem, w->presses_b)) ? MISS_PRESSES : MISS_NONE;
}

static void say_why(struct ana_error *error, enum miss miss, const char *site)
{
	const char *kind = ana_kind_text(error->kind);
	bool net = strcmp(site, SES_SEM_NET) == 0;

	if (net)
		site = "a net change";
	switch (miss) {
	case MISS_CONDITIONS:
		snprintf(error->why, sizeof(error->why), "the %s error known for %.15s is of another rule, tip, rate, response or measure",
			kind, site);
		break;
	case MISS_ONE_DAY:
		snprintf(error->why, sizeof(error->why), "the %s error known for %.15s is of two examiners on one day, these are of two days",
			kind, site);
		break;
	case MISS_PRESSES:
		snprintf(error->why, sizeof(error->why), "the %s error known for %.15s is of more presses", kind, site);
		break;
	default:
		snprintf(error->why, sizeof(error->why), "no %s error%s known here", kind, net ? " of a net change" : "");
	}
}

static struct ana_error find(const struct ana_errors *errors, const struct wanted *w)
{
	struct ana_error error = ana_error_none("");
	const struct ses_sem *best = NULL;
	enum miss nearest = MISS_SITE;

	error.kind = w->kind;
	error.level = errors->level;
	for (size_t i = 0; i < errors->n_sem; i++) {
		const struct ses_sem *sem = &errors->sem[i];
		enum miss miss = sem->scale == errors->sem[errors->n_sem - 1].scale ? miss_of(sem, w) : MISS_SITE;

		nearest = miss > nearest ? miss : nearest;
		if (miss == MISS_NONE && (!best || worth(sem, w->site) >= worth(best, w->site)) &&
			ses_sem_holds(errors->sem, errors->n_sem, i))
			best = sem;
	}
	if (!best) {
		say_why(&error, nearest, w->site);
		return error;
	}
	error.row = best;
	error.scale = best->scale;
	error.df = best->df;
	error.sem_a = sem_of(best, w->presses_a);
	error.sem_b = sem_of(best, w->presses_b);
	error.widened = w->presses_a < best->presses || w->presses_b < best->presses;
	return error;
}

struct ana_error ana_error_find(const struct ana_errors *errors, const struct ana_visit *a, const struct ana_visit *b,
	const struct ana_point *pa, const struct ana_point *pb)
{
	struct wanted w = {.a = a, .b = b, .kind = ana_kind_of(a, b), .site = pa->point.site_code,
		.presses_a = pa->n_used, .presses_b = pb->n_used};
	double mdc_kpa = ana_errors_given_kpa(errors, w.site);

	if (ana_errors_given(errors)) {
		struct ana_error error = ana_error_from_mdc(mdc_kpa, errors->level);

		error.kind = w.kind;
		if (isnan(mdc_kpa))
			snprintf(error.why, sizeof(error.why), "no MDC was given for %.15s", w.site);
		return error;
	}
	return find(errors, &w);
}

struct ana_error ana_error_find_net(const struct ana_errors *errors, const struct ana_visit *a, const struct ana_visit *b,
	int presses_a, int presses_b)
{
	struct wanted w = {.a = a, .b = b, .kind = ana_kind_of(a, b), .site = SES_SEM_NET, .presses_a = presses_a,
		.presses_b = presses_b};

	return find(errors, &w);
}
