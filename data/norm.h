/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * norm.h - reference values: what other people's thresholds are at a place. The shipped table is
 * norms/norms.tsv; a study may have tables of its own, STUDY/norms/NAME.tsv, with the same columns.
 *
 * A row is used only where it matches: place, tip, rate, response mode, sex and age; else the reason
 * why not is told. Only rows marked reference = yes are kept: a row that is not meant as a reference
 * (patients, no tip, no rate) is passed over. A reference row without population, n, tip, rate, age
 * or source is refused with file and line.
 */
#ifndef SES_NORM_H
#define SES_NORM_H

#include "data/participant.h"
#include "data/site.h"
#include "data/study.h"

enum { SES_NORM_PERCENTILES = 5, SES_NORM_AGE_MAX = 120 };

/* The percentiles that a row may have: 5 25 50 75 95. */
extern const int ses_norm_percent[SES_NORM_PERCENTILES];

struct ses_norm {
	char id[24];           /* unique over all tables: "N05" */
	char table[64];        /* the file's name without folder */
	char site[16];         /* "MASS": both sides, "MASS_L": one */
	char population[96];   /* "healthy Taiwanese" */
	char sex;              /* 'F', 'M', or 'B': both together */
	int age_from, age_to;  /* whole years; -1: given as mean and SD */
	double age_mean, age_sd; /* years; NAN: given as a range */
	int n;                 /* people, 2 or more */
	double mean_kpa, sd_kpa; /* NAN: not given; never one alone */
	double percentile_kpa[SES_NORM_PERCENTILES]; /* NAN: not given; rising */
	double log10_mean, log10_sd; /* of log10(kPa); NAN: not given; never one alone */
	double rate_low_kpa_s, rate_high_kpa_s;
	double tip_cm2;
	char response[16];     /* word of ses_response; "": not told */
	char source[200];
};

struct ses_norms {
	struct ses_norm *norm;
	size_t n;
};

/*
 * Adds the reference rows of a table. sites may be NULL (codes are not looked up then). Errors, an id that
 * is there already among them, with file, line and column (MSG_TSV, ALG_ERR_DATA).
 */
int ses_norms_add(struct ses_norms *norms, const char *path, const struct ses_sites *sites, struct alg_log *log);
/* The shipped table, then the study's in order of name; study NULL: only the shipped one. Frees on failure. */
int ses_norms_load(struct ses_norms *norms, const struct ses_study *study, struct alg_log *log);
void ses_norms_free(struct ses_norms *norms);

/* What was measured, of whom. */
struct ses_norm_query {
	const char *site_code;
	struct ses_participant person;
	double tip_cm2;
	double rate_kpa_s, corridor; /* target rate; 0.2 for +-20 % */
	const char *response;        /* word: "button" */
};

/*
 * Rows that match, into match[] (cap of them at most); returns how many, and why_not is "" then. None: why_not
 * says what the row that came nearest lacks.
 *   place     the row's site is the code or, without a side, its place
 *   tip       same area within 0.5 %
 *   rate      the target rate lies within the row's rates, widened by the corridor of the session
 *   response  the same word, where the row has one
 *   sex       known and the same; a row of both sexes (B) takes everybody
 *   age       known, and all of it within the row's range or, where that has mean and SD, within mean +- 2 SD
 */
size_t ses_norms_find(const struct ses_norms *norms, const struct ses_norm_query *query, const struct ses_norm **match,
	size_t cap, char *why_not, size_t why_cap);

/* Where a value lies among the people of a row, as far as the row permits. */
struct ses_norm_place {
	double difference_kpa; /* value - mean; NAN without a mean. A bound: no less than this */
	int above, below;      /* percentiles it lies between, 25 and 50; 0: none is known to be below, 101: none above it */
	double z;              /* (log10 value - mean) / SD with its sign turned: positive is more sensitive; NAN. A bound: no more */
};
/*
 * value_kpa > 0; bound: "no less than" it, so that no percentile is known to be above it.
 * z: that of the German Research Network on Neuropathic Pain's, Rolke 2006, Pain 123:231; mean and SD of log10 values.
 */
struct ses_norm_place ses_norm_place_of(const struct ses_norm *norm, double value_kpa, bool bound);

#endif
