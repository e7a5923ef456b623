/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compare.h - two sessions of one participant, point by point.
 *
 * Change = b - a in kPa, and 100 (b - a) / a: the percent change of that point of that person
 * (not a change of means, not a mean of percents, not a ratio of geometric means; for the mean
 * over points it is the change of the means, and is named so wherever it is printed).
 *
 * The minimal detectable change (MDC) is what measurement error alone exceeds once in twenty
 * times (MDC95) in one stable person. It is never assumed: without one, given with its source,
 * a change is only a number. It is not clinical importance, and a change within it is "not
 * distinguishable from measurement error", never "unchanged". No test is made over the points of
 * one person: they share the visit's error, and units of tests are participants.
 */
#ifndef ANA_COMPARE_H
#define ANA_COMPARE_H

#include "analysis/ppt.h"

enum { ANA_MDC_SITES_MAX = 32, ANA_SOURCE_MAX = 200 };

/* kPa for every point (NAN: none), or for named sites: "UTRAP_L", or "UTRAP" for both sides. */
struct ana_mdc {
	double kpa;
	double level; /* 0.95 for MDC95: 1 - level of stable points exceed it by chance */
	struct {
		char site[16];
		double kpa;
	} site[ANA_MDC_SITES_MAX];
	int n_sites;
	char source[ANA_SOURCE_MAX]; /* required with any number */
};

void ana_mdc_init(struct ana_mdc *mdc); /* none given */
bool ana_mdc_given(const struct ana_mdc *mdc);
/* The site's own, else the one for every point, else NAN. */
double ana_mdc_for(const struct ana_mdc *mdc, const char *site_code);

/*
 * Takes one --mdc argument: "57.1", or "UTRAP_L=57.1". Says MSG_ANA_MDC; ALG_ERR_ARG.
 * ana_mdc_check says MSG_ANA_MDC_SOURCE when there is a number without a source, or the reverse.
 */
int ana_mdc_parse(struct ana_mdc *mdc, const char *text, struct alg_log *log);
int ana_mdc_check(const struct ana_mdc *mdc, struct alg_log *log);

/* What is known of b - a. */
enum ana_change_kind {
	ANA_CHANGE_NONE = 0,     /* a or b has no value */
	ANA_CHANGE_EXACT = 1,
	ANA_CHANGE_AT_LEAST = 2, /* b is "more than": the change is at least kpa */
	ANA_CHANGE_AT_MOST = 3,  /* a is "more than": the change is at most kpa */
	ANA_CHANGE_OPEN = 4,     /* both are "more than": nothing can be said */
};

enum ana_verdict {
	ANA_VERDICT_NONE = 0,   /* no change or no MDC to judge by */
	ANA_VERDICT_RISE = 1,   /* rose by more than the MDC */
	ANA_VERDICT_FALL = 2,   /* fell by more than the MDC */
	ANA_VERDICT_WITHIN = 3, /* not distinguishable from measurement error */
	ANA_VERDICT_OPEN = 4,   /* cannot be judged: the ceiling hides how far it went */
};

struct ana_change {
	enum ana_change_kind kind;
	double kpa, percent; /* the value or the bound; NAN for NONE and OPEN; percent NAN when a is 0 */
	double mdc_kpa;      /* judged by; NAN when none */
	enum ana_verdict verdict;
};

/* a, b: NAN when missing; bound: "more than". mdc_kpa NAN: not judged. */
struct ana_change ana_change_of(double a_kpa, bool a_bound, double b_kpa, bool b_bound, double mdc_kpa);

/* How many points moved by more than their MDC. */
struct ana_tally {
	size_t n;            /* points judged: those with a change and an MDC */
	size_t rose, fell, within, open;
	double by_chance;    /* (1 - level) n: how many would exceed it either way with no true change */
};
void ana_tally_add(struct ana_tally *tally, const struct ana_change *change, const struct ana_mdc *mdc);

/* Why two sessions are not alike. */
struct ana_unlike {
	bool refuse;    /* true: a comparison would mislead; false: to be known */
	char text[200]; /* "tip 1 cm2 and 0.5 cm2"; may hold text from files */
};
enum { ANA_UNLIKE_MAX = 24 };
/* Fills out[ANA_UNLIKE_MAX], refusing ones first; returns how many. */
size_t ana_visits_unlike(const struct ana_visit *a, const struct ana_visit *b, struct ana_unlike *out);

/* One place: measured at both, at one, or moved in between. */
struct ana_pair {
	const struct ana_point *a, *b; /* borrowed from the visits; one may be NULL */
	bool moved;                    /* the other visit has this site in another series only */
	struct ana_change change;
};

/* The mean over the points of one role that have a value in both sessions. */
struct ana_pair_mean {
	size_t n;        /* in both */
	size_t n_left;   /* out of it: missing, moved or new in one of the two */
	double a_kpa, b_kpa;
	bool a_bound, b_bound;
	struct ana_change change; /* percent: change of the means; never judged: the MDC is a point's */
};

struct ana_compare {
	const struct ana_visit *a, *b; /* borrowed: they must outlive this */
	struct ana_mdc mdc;
	struct ana_pair *pair;         /* owned */
	size_t n_pairs;
	struct ana_pair_mean targets, contralateral, control;
	struct ana_tally tally;        /* over all points */
	struct ana_tally tally_targets, tally_primary;
	struct ana_unlike unlike[ANA_UNLIKE_MAX];
	size_t n_unlike;
	char despite[200];             /* the reason given for comparing unlike sessions; "" */
};

/*
 * Compares. Sessions that are not alike are refused (MSG_ANA_UNLIKE, ALG_ERR_ARG) unless despite
 * is a reason; the differences are listed in *out all the same. mdc may be NULL. *out is to be
 * freed even after failure.
 */
int ana_compare_make(struct ana_compare *out, const struct ana_visit *a, const struct ana_visit *b,
	const struct ana_mdc *mdc, const char *despite, struct alg_log *log);
void ana_compare_free(struct ana_compare *compare);

#endif
