/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * norms.h - the points of a session beside reference values of other people (data/norm.h), where such a row
 * matches; else why none does. Says where a value lies as far as the row permits, and nothing more: no
 * verdict, no limit of what is normal, never a diagnosis. Thresholds are skewed to the right, so that a
 * distance from the mean in SD of raw values says nothing of a share of people: it is given in kPa.
 */
#ifndef ANA_NORMS_H
#define ANA_NORMS_H

#include "analysis/text.h"
#include "base/json.h"
#include "data/norm.h"

enum { ANA_NORM_ROWS_MAX = 8 };

/* What there is for one point. */
struct ana_norm_match {
	const struct ses_norm *row[ANA_NORM_ROWS_MAX]; /* borrowed from the tables */
	size_t n;
	char why_not[200]; /* n is 0: "no table has this place"; else "" */
};
/* person: of participants.tsv; everything unknown where there is no study. */
void ana_norm_match(struct ana_norm_match *out, const struct ana_visit *visit, const struct ana_point *point,
	const struct ses_norms *norms, const struct ses_participant *person);

/* A block of the session's page, or of a report: each row that fits with its points, then the points that none fits. */
void ana_norms_page(struct ana_text *text, const struct ana_visit *visit, const struct ses_norms *norms,
	const struct ses_participant *person);
/* The same as an array, one object a point; the caller owns it; NULL: out of memory. */
cJSON *ana_norms_json(const struct ana_visit *visit, const struct ses_norms *norms, const struct ses_participant *person);

#endif
