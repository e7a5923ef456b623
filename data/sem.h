/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sem.h - STUDY/reliability.tsv: what is known of the error of measuring, as standard errors of
 * measurement (SEM), each with what it is an error of and how it was measured. Rows are appended and
 * never changed; of rows that say the same thing about the same thing, the last one holds.
 *
 * An SEM is the SD of repeated values of one stable person. It is used only where it matches: its
 * kind, site, measure, repeat rule, number of presses, tip, rate and response mode.
 *
 *   within-visit        from presses, or from series of presses on one day with no treatment between:
 *                       for pre and post of one day by one examiner
 *   between-visits      from pairs of visits marked stable, one examiner
 *   between-examiners   from pairs marked stable, two examiners
 *
 * One scale a study: that of the last row. On the log10 scale sem and press_sd are SDs of log10(kPa),
 * and every limit made of them is a ratio.
 */
#ifndef SES_SEM_H
#define SES_SEM_H

#include "data/press.h"
#include "data/study.h"

enum ses_sem_kind { SES_SEM_WITHIN_VISIT = 1, SES_SEM_BETWEEN_VISITS = 2, SES_SEM_BETWEEN_EXAMINERS = 3 };
enum ses_sem_basis { SES_SEM_PRESSES = 1, SES_SEM_SESSIONS = 2, SES_SEM_ENTERED = 3 };
enum ses_scale { SES_SCALE_KPA = 1, SES_SCALE_LOG10 = 2 };
enum ses_measure { SES_MEASURE_THRESHOLD = 1, SES_MEASURE_TOLERANCE = 2 };

/* Site of the SEM of a net change: mean of a participant's targets minus mean of the controls. */
#define SES_SEM_NET "net"

struct ses_sem {
	char id[40];           /* of the run of `reliability` that stored it */
	enum ses_sem_kind kind;
	enum ses_sem_basis basis;
	char site[16];         /* "UTRAP_R"; "UTRAP": both sides; SES_SEM_NET */
	enum ses_measure measure;
	enum ses_scale scale;
	double sem;            /* of one value: the repeat rule over `presses` presses */
	double low, high;      /* its 95 % interval (chi-square); NAN when entered without one */
	double df;             /* INFINITY: taken as known */
	int participants;      /* 0: not known */
	int values;            /* pairs, or points with repeats; 0: not known */
	double level_kpa;      /* grand mean of the values; NAN */
	double press_sd;       /* SD of single presses within a visit, on the scale; NAN */
	double sd_change, r;   /* SD of the change between the two and their correlation, for planning; NAN */
	enum ses_rule rule;
	int presses;           /* that one value rests on */
	double tip_area_cm2, rate_kpa_s;
	char response_mode[16];
	double days_min, days_max; /* between the two of a pair; NAN for presses */
	char who[32];          /* who stored or entered it */
	char made[40];         /* ISO 8601 with offset */
	char source[200];      /* "own sessions", or where an entered one was published */
	size_t line;           /* of the file, when it was read from one */
};

const char *ses_sem_kind_word(enum ses_sem_kind kind);   /* "between-visits" */
const char *ses_sem_basis_word(enum ses_sem_basis basis); /* "presses" "sessions" "entered" */
const char *ses_scale_word(enum ses_scale scale);        /* "kPa" "log10" */
const char *ses_measure_word(enum ses_measure measure);  /* "threshold" "tolerance" */
/* 0 when the word is none. */
enum ses_sem_kind ses_sem_kind_from_word(const char *word);
enum ses_scale ses_scale_from_word(const char *word);
enum ses_measure ses_measure_from_word(const char *word);

/*
 * Rows about the same thing: all but scale and numbers, own ones (of presses or sessions) and entered ones apart.
 * A row of a table of n holds when no later one is about the same thing and its scale is the study's.
 */
bool ses_sem_same(const struct ses_sem *a, const struct ses_sem *b);
bool ses_sem_holds(const struct ses_sem *row, size_t n, size_t i);

/* Appends rows as they are; made is filled in with the time now where it is "". Says MSG_SEM (ALG_ERR_ARG) for a row that is none. */
int ses_sem_append(const struct ses_study *study, const struct ses_sem *row, size_t n, struct alg_log *log);
/* All rows in order; caller frees *out. No file: none. Every fault with file, line and column. */
int ses_sem_load(const struct ses_study *study, struct ses_sem **out, size_t *n, struct alg_log *log);

#endif
