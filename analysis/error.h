/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * error.h - the error that a change is held against: what is known of it, and which part of that
 * matches two given sessions.
 *
 * Two sources: an MDC typed in with its own source, which goes first; and the study's table of SEMs
 * (data/sem.h), of which a row is used only where kind, site, measure, scale, repeat rule, tip, target
 * rate and response mode are the same, and no value rests on fewer presses than the row's unless the
 * row tells the scatter of single presses (then the SEM is widened, see below). One between examiners that
 * was found within one day holds within one day only. Nothing is assumed:
 * without a match a change stands alone, and `why` says what is missing.
 *
 *   SE of a change        se = sqrt(sem_a^2 + sem_b^2)      (sqrt 2 SEM for two alike)
 *   mean of b visits      sem_a = sem / sqrt b               (MDC: q SEM sqrt(1 + 1/b))
 *   fewer presses         sem_m^2 = sem^2 + press_sd^2 (v_m - v_k), m < k of the row; v_m of the rule's value
 *                         (ana_rel_rule_variance): 1/m for a mean
 *   limits of a change    +- q se, q = t(1 - (1 - level)/2, df); z where df is not known
 *   on the log10 scale    se is that of log10(b / a): limits are the ratios 10^(-+ q se)
 *
 * With one SEM the interval of the change and the MDC are the same test. An MDC typed in is turned
 * back into se = MDC / z.
 */
#ifndef ANA_ERROR_H
#define ANA_ERROR_H

#include "analysis/ppt.h"
#include "data/sem.h"

enum { ANA_MDC_SITES_MAX = 32, ANA_SOURCE_MAX = 200 };

/* All that is known. An MDC in kPa for every point (NAN: none), or for named sites: "UTRAP_L", or "UTRAP" for both sides. */
struct ana_errors {
	double kpa;
	double level; /* 0.95 for MDC95: 1 - level of stable points exceed it by chance */
	struct {
		char site[16];
		double kpa;
	} site[ANA_MDC_SITES_MAX];
	int n_sites;
	char source[ANA_SOURCE_MAX]; /* required with any number */
	const struct ses_sem *sem;   /* the study's table, borrowed; it must outlive what is made with it */
	size_t n_sem;
};

void ana_errors_init(struct ana_errors *errors); /* none given */
/* An MDC was typed in. */
bool ana_errors_given(const struct ana_errors *errors);
/* The site's own MDC, else the one for every point, else NAN. */
double ana_errors_given_kpa(const struct ana_errors *errors, const char *site_code);

/*
 * Takes one --mdc argument: "57.1", or "UTRAP_L=57.1". Says MSG_ANA_MDC; ALG_ERR_ARG.
 * ana_errors_check says MSG_ANA_MDC_SOURCE when there is a number without a source, or the reverse, MSG_REL_GROUP for the MDC of a group.
 */
int ana_errors_parse(struct ana_errors *errors, const char *text, struct alg_log *log);
int ana_errors_check(const struct ana_errors *errors, struct alg_log *log);

/* The error of one change. */
struct ana_error {
	enum ses_sem_kind kind;    /* what two values like these differ by, known or not */
	enum ses_scale scale;      /* SES_SCALE_KPA when none is known */
	double sem_a, sem_b;       /* of the two values, on the scale; NAN when none is known */
	double df;                 /* INFINITY: taken as known */
	double level;              /* of the verdict; intervals are always 95 % */
	const struct ses_sem *row; /* of the study's table, borrowed; NULL: typed in, or none */
	bool widened;              /* a value rests on fewer presses than the row's */
	char why[120];             /* why none is known; "" when one is */
};

/* No error known. */
struct ana_error ana_error_none(const char *why);
/* From an MDC for two single visits at that level; NAN: none. */
struct ana_error ana_error_from_mdc(double mdc_kpa, double level);
/*
 * For the change from point pa of visit a to pb of visit b. The kind: two examiners -> between examiners;
 * one day -> within visit; else between visits.
 */
struct ana_error ana_error_find(const struct ana_errors *errors, const struct ana_visit *a, const struct ana_visit *b,
	const struct ana_point *pa, const struct ana_point *pb);
/*
 * For a net change (targets minus controls) whose values rest on that many presses, the fewest of any. Never
 * from an MDC typed in: that is of single points.
 */
struct ana_error ana_error_find_net(const struct ana_errors *errors, const struct ana_visit *a, const struct ana_visit *b,
	int presses_a, int presses_b);
/* The first value is the mean of n visits. */
void ana_error_mean_of(struct ana_error *error, int n);

bool ana_error_known(const struct ana_error *error);
/* q se at a level, on the scale; NAN when none is known. */
double ana_error_reach(const struct ana_error *error, double level);
enum ses_sem_kind ana_kind_of(const struct ana_visit *a, const struct ana_visit *b);
/* "between-visit", as in "no between-visit error known here". */
const char *ana_kind_text(enum ses_sem_kind kind);

#endif
