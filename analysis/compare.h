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

#include "analysis/basis.h"

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
	/*
	 * 95 % interval of an exact change, on the scale of the error: in kPa, or on the log10 scale in percent of
	 * a; the other pair is NAN, and all four are without an error or with a bound.
	 */
	double ci_low_kpa, ci_high_kpa, ci_low_percent, ci_high_percent;
	double fall_kpa, rise_kpa; /* a change below, above: more than measurement error. Of a on the log10 scale; NAN: not judged */
	enum ana_verdict verdict;
	struct ana_error error;    /* judged by */
};

/* a, b: NAN when missing; bound: "more than". error NULL: not judged. */
struct ana_change ana_change_of(double a_kpa, bool a_bound, double b_kpa, bool b_bound, const struct ana_error *error);

/* How many points moved by more than their MDC. */
struct ana_tally {
	size_t n;            /* points with a change and an MDC; open ones, which the ceiling hides, are among them */
	size_t rose, fell, within, open;
	double by_chance;    /* (1 - level)(n - open): how many would exceed it either way with no true change */
};
/* Counts a change; basis may be NULL. */
void ana_tally_add(struct ana_tally *tally, const struct ana_change *change, struct ana_basis *basis);

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

/*
 * Net change: mean change of the targets minus mean change of the controls, over points with a value in both.
 * On the log10 scale of mean log changes, so a ratio: kpa is NAN and percent is 100 (ratio - 1). Its error is
 * that of net changes of stable people, never put together from single points, which share the visit's error.
 */
struct ana_net {
	size_t n_targets, n_controls;
	struct ana_change change; /* kind NONE without a target or a control; percent NAN in kPa */
};

struct ana_compare {
	const struct ana_visit *a, *b; /* borrowed: they must outlive this */
	struct ana_errors errors;
	struct ana_pair *pair;         /* owned */
	size_t n_pairs;
	struct ana_pair_mean targets, contralateral, control;
	struct ana_net net;
	struct ana_tally tally;        /* over all points */
	struct ana_basis basis;        /* what they were held against */
	struct ana_tally tally_targets, tally_primary;
	struct ana_unlike unlike[ANA_UNLIKE_MAX];
	size_t n_unlike;
	char despite[200];             /* the reason given for comparing unlike sessions; "" */
};

/*
 * Compares. Sessions that are not alike are refused (MSG_ANA_UNLIKE, ALG_ERR_ARG) unless despite
 * is a reason; the differences are listed in *out all the same. errors may be NULL. *out is to be
 * freed even after failure.
 */
int ana_compare_make(struct ana_compare *out, const struct ana_visit *a, const struct ana_visit *b,
	const struct ana_errors *errors, const char *despite, struct alg_log *log);
void ana_compare_free(struct ana_compare *compare);

#endif
