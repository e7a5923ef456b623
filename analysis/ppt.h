/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ppt.h - a session as numbers: one value a point by the repeat rule, with everything that went
 * into it and everything that did not.
 *
 * Conventions of the analysis room: pressures in kPa; NAN means "not there" and travels as such;
 * a bound ("more than", because the ceiling came before the response) is a flag beside the value
 * and is never dropped on the way. Nothing here prints, nothing keeps state, every function may be
 * called from any thread with its own arguments. Texts that come from files are copied as they
 * are: whoever shows them cleans them first (ana_text does).
 */
#ifndef ANA_PPT_H
#define ANA_PPT_H

#include "base/log.h"
#include "data/sem.h"
#include "data/session.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct ana_options {
	bool original;      /* amendments not applied: the rows as they were recorded */
	enum ses_rule rule; /* 0: the rule of each session's own procedure */
	enum ses_measure measure; /* 0: the threshold */
};

/* One press, or one press that was planned and not made (status SES_MISSING). */
struct ana_press {
	int trial;             /* number in the file, from 1 */
	int row;               /* row of the file's results, from 0 */
	int round;             /* planned repetition, from 1 */
	int press;             /* n-th press at this point, rejected ones counted; 0 for a missing one */
	enum ses_status status;
	enum ses_reason reason;
	enum ses_response response;
	double kpa;            /* threshold, or tolerance when that is the measure; the ceiling when censored; NAN when there is none */
	double rate_kpa_s, rate_sd_kpa_s, corridor_share, overshoot_kpa, interval_s;
	double ceiling_kpa;    /* that held for this press; NAN: not known */
	double ptt_kpa;        /* tolerance, the second response; NAN */
	enum ses_tolerance tolerance;
	double uncertainty_kpa; /* of the instrument, k = 2 */
	uint32_t quality;      /* enum ses_quality */
	bool used;             /* entered the point's value */
};

struct ana_point {
	struct ses_point point; /* role 0 when the file has presses at a point it does not list */
	struct ana_press *press; /* in the order of the file, owned */
	size_t n_press;
	double value_kpa;       /* by the repeat rule; NAN when no press counts */
	bool bound;             /* "more than value_kpa", or no less (data/press.h) */
	int n_used, n_rejected, n_censored, n_missing; /* n_used counts censored ones that were used */
	double min_kpa, max_kpa; /* of the accepted presses; NAN when there is none */
	double sd_kpa;          /* of the accepted presses, n - 1; NAN under two */
	enum ses_reason reason; /* why there is no value: of the last missing or rejected press */
};

/* How the presses of a session kept to the target rate. */
struct ana_rate {
	int n;                /* accepted presses with a rate */
	double mean_kpa_s;    /* NAN when n is 0 */
	double share_in;      /* 0..1: mean over those presses of the ramp's share inside the corridor */
	int n_off;            /* accepted presses whose mean rate is outside the corridor */
};

struct ana_visit {
	struct ses_header header; /* procedure_text and instruction are NULL: they stay in the file */
	char path[PATH_MAX];
	int32_t day;              /* of header.visit_day, days since 1970-01-01 */
	enum ses_rule rule;       /* that made the values */
	enum ses_measure measure; /* what the values are of */
	bool asked_tolerance;     /* a second response was asked for, whatever the measure is */
	bool needling, analgesic; /* needled within 72 h, pain medicine within 24 h, as told before the session */
	bool original;            /* amendments exist and were not applied, on request */
	size_t n_amendments;      /* in the file */
	char moved_to[32];        /* it is this participant's now and belongs in no course; "" as a rule */
	struct ana_point *point;  /* in the order of the file, owned */
	size_t n_points;
	struct ses_rating *rating; /* owned */
	size_t n_ratings;
	size_t n_practice;        /* presses of familiarisation: in the file, in no value */
	struct ana_rate rate;
};

/*
 * The mean over the points of one role that have a value. n is how many those are; n_missing how
 * many have none. bound when any of them is a bound. kpa is NAN when n is 0.
 */
struct ana_mean {
	size_t n, n_missing;
	double kpa;
	bool bound;
};

/*
 * Affected side against the other: ratio = value at the target point / value at the same place on
 * the other side (its contralateral point), difference = target - contralateral. Below 1: the
 * affected side is the more tender one. Signs are '=' (as is), '>' or '<' (a bound, because one of
 * the two is censored), '?' (both are: nothing can be said, numbers NAN).
 */
struct ana_side {
	const struct ana_point *affected, *other; /* borrowed from the visit; other NULL: none measured */
	double difference_kpa, ratio;
	char sign;
};

/*
 * From a session in memory (already amended or not, as the caller wished). path is copied for
 * messages and reports. Says MSG_ANA_* and returns ALG_ERR_FORMAT when the rows cannot be used.
 * *out is to be freed even after failure.
 */
int ana_visit_from_session(struct ana_visit *out, const struct ses_session *ses, const char *path,
	const struct ana_options *options, struct alg_log *log);
/* Of a session that was read, as recorded: its amendments are applied in place unless options->original. */
int ana_visit_take(struct ana_visit *out, struct ses_session *ses, const char *path, const struct ana_options *options,
	struct alg_log *log);
/* Whether a second response was asked for. */
bool ana_asked_tolerance(const struct ses_session *ses);
/* Reads the file, applies its amendments unless options->original. options may be NULL. */
int ana_visit_load(
	struct ana_visit *out, const char *path, const struct ana_options *options, struct alg_log *log);
void ana_visit_free(struct ana_visit *visit);

/* NULL when the visit has no such point. */
const struct ana_point *ana_visit_point(const struct ana_visit *visit, const char *site_code, char side, int series);
/* role 0: over all points. */
struct ana_mean ana_visit_mean(const struct ana_visit *visit, enum ses_role role);
/* For a target point; other is NULL when the other side was not measured. */
struct ana_side ana_visit_side(const struct ana_visit *visit, const struct ana_point *target);
/*
 * Whether a ratio is outside 1/1.35 to 1.35: there a side difference is larger than usual, in reference
 * data of the trunk only (healthy people, over the muscles beside the spine at the upper and lower
 * back: Pfau 2014 Pain 155:1002, "side-to-side differences of more than 35 %"). 1 or 0; -1: the site
 * has no such reference, or a bound or a missing value leaves it open. It is no diagnosis: such
 * differences are found in healthy people, too.
 */
#define ANA_SIDE_USUAL 1.35
int ana_side_unusual(const struct ana_side *side);
/* After treatment on the same day ("post"). */
bool ana_visit_is_post(const struct ana_visit *visit);
/* "1", "3 pre", "3 post", "3 run 2": how a session is called in tables. */
void ana_visit_name(const struct ana_visit *visit, char *out, size_t cap);

#endif
