/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * site.h - named places on the body map with side. The shipped table is sites/sites.tsv; a study
 * may add its own sites.tsv (same columns) with codes of its own.
 *
 * x, y: 0..1 from the top left of a box whose width is 0.42 of its height; midline x = 0.5.
 * Anterior view: the person's right is on the picture's left. Posterior: right is right.
 */
#ifndef SES_SITE_H
#define SES_SITE_H

#include "base/log.h"

#include <stddef.h>

enum ses_side { SES_SIDE_LEFT = 'L', SES_SIDE_RIGHT = 'R', SES_SIDE_MIDLINE = 'M' };

struct ses_site {
	char code[16];     /* "UTRAP_L" */
	char label[96];    /* "Upper trapezius (left)" */
	char muscle[96];
	char side;         /* enum ses_side */
	char view[12];     /* "anterior" "posterior" "lateral" */
	double x, y;
	char landmark[200]; /* how to find it, one sentence */
	double ceiling_kpa; /* press no further here */
	char posture[24];   /* "sitting" "prone" "supine" "side-lying" ... */
	char caution[160];  /* "" when none */
	char sets[160];     /* ";"-separated: "ACR1990;TRAVELL" */
	char source[200];
};

struct ses_sites {
	struct ses_site *site;
	size_t n;
};

/*
 * Adds the rows of a TSV file to sites (zeroed before the first). A code that is there already, a
 * broken number, a missing column, a wrong side or view are errors with file and line.
 */
int ses_sites_load(struct ses_sites *sites, const char *path, struct alg_log *log);
void ses_sites_free(struct ses_sites *sites);
/* NULL when unknown. Exact match of the code. */
const struct ses_site *ses_site_find(const struct ses_sites *sites, const char *code);
/* The same place on the other side ("UTRAP_L" for "UTRAP_R"); NULL for midline or unknown. */
const struct ses_site *ses_site_other_side(const struct ses_sites *sites, const struct ses_site *site);
/* Whether the site is in the set, whole word. */
int ses_site_in_set(const struct ses_site *site, const char *set);
const char *ses_side_word(char side); /* "left" "right" "midline" */
/* Whether a name stands for the site: its code, or the code without its side ("UTRAP" for "UTRAP_L"). */
int ses_site_named(const char *name, const char *code);
/* Whether word stands in the code, label or muscle (any case), or names one of its sets. */
int ses_site_matches(const struct ses_site *site, const char *word);
/* Up to four codes near to an unknown one ("UTRAP_L, UTRAP_R"), "" when none is; their number. */
int ses_site_suggest(const struct ses_sites *sites, const char *text, char *out, size_t cap);

#endif
