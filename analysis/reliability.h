/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reliability.h - the study's own errors of measuring, from its sessions and the pairs marked stable.
 *
 * A group is what marks chain together of one participant. A mark tells, by itself, which error its group
 * is about (ana_kind_of, error.h): two examiners: between examiners; one examiner, two days: between visits; one
 * examiner, one day: within visit. Only likes are pooled: threshold or tolerance, tip, target rate, response mode,
 * repeat rule, planned presses, measured or simulated.
 *
 * The SEM of groups is sqrt(MSW) of the one-way analysis of variance, groups of any size k_i, df
 * sum (k_i - 1): the agreement form, so that a steady shift between stable visits (habituation, another
 * examiner's hand) is part of the error, as it is part of one person's change. The consistency form
 * (without the shift) and the shift with its interval are printed beside. Shrout & Fleiss 1979; Weir 2005.
 * df and n count participants: both sides of one person share the visit, so a row for both sides has the
 * df of one. The interval is that of stats/error.h.
 *
 * The SEM of presses is s sqrt(v_m): s^2 = MSW of the presses that the rule uses, within point and
 * session; v_m = 1/m for a mean of m (the first not among them with drop-first), the variance of the median of m normal values for a median. It is
 * about the presses only: what a whole visit shifts is not in it.
 *
 * Values that are bounds, values of fewer presses than planned and moved points are left out and counted.
 * Pure functions; nothing is kept; any thread.
 */
#ifndef ANA_RELIABILITY_H
#define ANA_RELIABILITY_H

#include "analysis/ppt.h"
#include "base/json.h"
#include "data/sem.h"
#include "stats/icc.h"

#include <stdbool.h>
#include <stddef.h>

struct ana_text;

/* Two sessions marked stable, as indices of the visits. */
struct ana_stable_pair {
	size_t a, b;
};

/* What is left out and why; in the order in which it is told. */
enum ana_rel_left {
	ANA_LEFT_SIMULATED,  /* sessions: simulated, while others were measured */
	ANA_LEFT_MEASURE,    /* sessions whose values are not of the measure that is asked for */
	ANA_LEFT_RULE,       /* sessions whose repeat rule is closest-two */
	ANA_LEFT_UNLIKE,     /* sessions unlike the first of their group */
	ANA_LEFT_AGAIN,      /* sessions: a second one of that day, or of that examiner, in their group */
	ANA_LEFT_CENSORED,   /* values that are bounds, or rest on one */
	ANA_LEFT_FEW,        /* values of fewer presses than planned */
	ANA_LEFT_ALONE,      /* values without another one at the same place in their group */
	ANA_LEFT_KINDS
};
const char *ana_rel_left_text(enum ana_rel_left kind); /* "values are bounds: the ceiling came first" */

struct ana_rel_options {
	enum ses_sem_kind kind; /* 0: all */
	const char *site;       /* a site's code, or a place's ("UTRAP": its sides too), or "net"; NULL: all */
	enum ses_scale scale;   /* 0: by the test */
	enum ses_measure measure; /* 0: thresholds and tolerances, each for themselves */
};

/* Whether the error grows with the level: its slope over the level, participants being the units (jackknife). */
struct ana_rel_scale {
	enum ses_scale scale;      /* that the rows are on */
	enum ses_scale by_test;    /* 0: too few participants to tell */
	enum ses_sem_kind kind;    /* of the values tested; 0: none */
	enum ses_sem_basis basis;
	size_t participants, values;
	double slope_kpa, t_kpa, p_kpa; /* kPa of SD a kPa of level; NAN */
	double slope_log, t_log, p_log; /* the same on log10 */
};
enum { ANA_REL_SCALE_MIN = 10 }; /* participants that the test needs */

struct ana_rel_row {
	struct ses_sem sem;             /* as it is stored, without id, who and made */
	bool both_sides;
	bool simulated;
	double consistency, consistency_df; /* SEM without the shift; NAN */
	double mdc90, mdc95;            /* t(df) sqrt(2) SEM, on the scale */
	double cv;                      /* within person, a fraction; NAN for a net change */
	double shift;                   /* last - first of a group (examiners: by code); of presses: first - mean of the later */
	struct st_interval shift_ci;    /* t over participants */
	double sd_visit;                /* between people at one visit, for planning */
	struct st_icc icc[ST_ICC_FORMS]; /* of pairs: k 2; of presses: k of those used; NAN for both sides */
};

struct ana_reliability {
	struct ana_rel_row *row; /* owned */
	size_t n_rows;
	struct ana_rel_scale scale;
	size_t left[ANA_LEFT_KINDS];
	size_t groups[4];        /* by kind */
	size_t n_visits, n_participants;
	bool simulated;
};

/*
 * visit: in order of participant and time. ALG_ERR_NOMEM (said) only; no pair and no repeat gives no row.
 * *out is to be freed even after failure.
 */
int ana_reliability_make(struct ana_reliability *out, const struct ana_visit *visit, size_t n_visits,
	const struct ana_stable_pair *pair, size_t n_pairs, const struct ana_rel_options *options, struct alg_log *log);
void ana_reliability_free(struct ana_reliability *rel);

/*
 * Whether rel->row[i] is the one to store: within visit, series of one day are preferred to presses once
 * they have ANA_REL_SERIES_DF df, because they hold what a new beginning adds.
 */
enum { ANA_REL_SERIES_DF = 10 };
bool ana_rel_row_preferred(const struct ana_reliability *rel, size_t i);

/* Variance of the rule's value that rests on m presses, of variance 1 each; NAN for closest-two and for medians of more than 9. */
double ana_rel_rule_variance(enum ses_rule rule, int presses);

/*
 * People needed to find a change (power 80 %, two-sided 5 %; noncentral t), given the SD of the difference
 * that is tested: one group before and after; each of two groups. 0: more than 100 000 or not to be told.
 */
size_t ana_rel_plan_paired(double change, double sd_change);
size_t ana_rel_plan_groups(double change, double sd, int covariates);

/* The page, and the same as JSON. plan_kpa NAN: no planning. why: the reason for another scale than the test's; NULL. */
struct ana_rel_words {
	double plan_kpa;
	enum ses_scale held; /* what the study works on already; 0: nothing is stored */
	const char *why;
};
void ana_reliability_page(struct ana_text *text, const struct ana_reliability *rel, const struct ana_rel_words *words);
cJSON *ana_reliability_json(const struct ana_reliability *rel, const struct ana_rel_words *words);

/* ---- the differences of stable pairs, for a picture (plot_agreement.c) ------------------------------- */

struct ana_agreement_point {
	const struct ana_visit *a, *b; /* borrowed */
	char site[16];
	double a_kpa, b_kpa;
};
struct ana_agreement {
	enum ses_sem_kind kind;
	enum ses_scale scale;
	char site[16];                     /* the one asked for; "" for all */
	struct ana_agreement_point *point; /* owned: first two of each group */
	size_t n;
	bool simulated;
};
/* kind between-visits or between-examiners. ALG_ERR_NOMEM (said) only. */
int ana_agreement_make(struct ana_agreement *out, const struct ana_visit *visit, size_t n_visits,
	const struct ana_stable_pair *pair, size_t n_pairs, const struct ana_rel_options *options, struct alg_log *log);
void ana_agreement_free(struct ana_agreement *agreement);

#endif
