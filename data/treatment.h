/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * treatment.h - what was done between and at the visits: STUDY/treatments/sub-CODE_treatments.tsv,
 * one row a treatment, for the time axis of a course.
 *
 * Nothing that records, and no blinded view, opens these files: whoever measures must not know from
 * the program what was given. tests/shape/check-blind.sh holds the few files that may include this.
 */
#ifndef SES_TREATMENT_H
#define SES_TREATMENT_H

#include "data/site.h"
#include "data/study.h"

struct ses_treatment {
	char date[12];         /* local day, "2026-03-02" */
	int32_t days;          /* the same as days since 1970-01-01 */
	char time[8];          /* "09:30"; "" when not given */
	char modality[32];     /* one of ses_modality_words */
	char target_site[160]; /* site codes, ";"-separated; "" for the whole person */
	char dose[96];         /* "3 needles, 2 min", free text of one line; "" */
	char note[160];        /* "" */
	size_t line;           /* of the file, when it was read from one */
};

struct ses_treatments {
	struct ses_treatment *treatment;
	size_t n;
};

/* NULL-ended: "myofascial-release", "pressure-release", "dry-needling", ... "sham", "none". */
const char *const *ses_modality_words(void);
bool ses_modality_is(const char *word);
/* "dry-needling" -> "dry needling", for pictures and tables. */
void ses_modality_label(char *out, size_t cap, const char *word);

/* Refuses a code that is none of the study's. */
int ses_treatments_path(
	const struct ses_study *study, const char *code, char *out, size_t cap, struct alg_log *log);
/*
 * Reads a participant's treatments in order of day and time. An absent file is none, not an error.
 * sites may be NULL: target sites are not looked up then. Caller frees with ses_treatments_free.
 */
int ses_treatments_load(
	struct ses_treatments *out, const char *path, const struct ses_sites *sites, struct alg_log *log);
/*
 * Checks and appends one row, making file and folder when there is none. days is made from date and
 * need not be set. Says what is wrong (ALG_ERR_ARG) and writes nothing then.
 */
int ses_treatment_append(const char *path, const struct ses_treatment *treatment, const struct ses_sites *sites,
	struct alg_log *log);
void ses_treatments_free(struct ses_treatments *treatments);

#endif
