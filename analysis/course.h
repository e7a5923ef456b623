/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * course.h - one participant's sessions in time, aligned by point.
 *
 * A row is a (site, side, series): a moved point starts a new row with its own first visit and is
 * never joined to the old one. Every row's change is against the first session of the course that
 * has a value for it and is not a post session (of several runs the last: the earlier was measured
 * again); that session is named where it is not the first.
 */
#ifndef ANA_COURSE_H
#define ANA_COURSE_H

#include "analysis/compare.h"
#include "data/study.h"

struct ana_cell {
	const struct ana_point *point; /* borrowed from the course's visit; NULL: not planned there */
	double value_kpa;              /* NAN when missing: see point->reason */
	bool bound;                    /* "more than" */
	struct ana_change change;      /* from the row's baseline; kind NONE at and before it */
};

struct ana_row {
	struct ses_point point;  /* as at its latest session */
	struct ana_cell *cell;   /* one a session of the course, owned */
	int baseline;            /* index of the session that changes count from; -1: no value yet */
	int latest;              /* index of the last session (not post) with a value; -1: none */
	double low_kpa, high_kpa; /* band: what of the latest value would be within measurement error; NAN: not known */
	bool moved;              /* another series of the same site is a row too */
};

/* A session of the course. */
struct ana_course_visit {
	struct ana_visit visit;
	int32_t day;            /* days since the first session's day */
	bool alike;             /* may be compared with the first session (or --despite was given) */
	struct ana_unlike unlike[ANA_UNLIKE_MAX]; /* against the first session */
	size_t n_unlike;
	struct ana_mean targets, contralateral, control; /* over the points with a value then */
	struct ana_pair_mean targets_change; /* against the first session, over points with a value in both */
};

/* What was done between, in the words of the treatment record. */
struct ana_treatment {
	int32_t day;            /* days since the first session's day; may be negative */
	char date[12];
	char modality[48];
	char target[96];
	char dose[96];
};

/* A session that should be there: a hole in the numbering, or a file that cannot be read. */
struct ana_absent {
	int session;
	bool unreadable;        /* the file is there; why was said */
};

struct ana_course {
	char participant[32];
	bool simulated;         /* any of the sessions is */
	struct ana_errors errors;
	char despite[200];
	struct ana_course_visit *visit; /* in order of session, pre before post, run; owned */
	size_t n_visits;
	size_t first;           /* index of the first session: of several runs of it the last one */
	size_t latest;          /* index of the last session that is not a post one */
	struct ana_row *row;    /* targets, contralateral, control; within a role as in the files; owned */
	size_t n_rows;
	struct ana_treatment *treatment; /* in order of day; owned */
	size_t n_treatments;
	struct ana_absent *absent;       /* owned */
	size_t n_absent;
	struct ana_basis basis; /* what changes were held against */
	struct ana_tally tally; /* latest against baseline, over all rows measured at the latest session */
};

struct ana_course_options {
	struct ana_options read;
	struct ana_errors errors;      /* ana_errors_init when none */
	const char *despite;     /* reason for comparing unlike sessions; NULL */
	const int *unreadable;   /* numbers of sessions whose file cannot be read; ana_course_load fills it */
	size_t n_unreadable;
};

/*
 * Aligns sessions in memory. visits is consumed (also on failure): the array's contents move into
 * *out. They must be of one participant (MSG_ANA_PARTICIPANT) and in order of time.
 */
int ana_course_make(struct ana_course *out, struct ana_visit *visits, size_t n,
	const struct ana_course_options *options, struct alg_log *log);
/*
 * All session files of a participant, and the treatments between. A file that cannot be read is
 * said, listed in absent, and the rest stands; the log keeps its exit code. No session at all is
 * an error. options may be NULL.
 */
int ana_course_load(struct ana_course *out, const struct ses_study *study, const char *code,
	const struct ana_course_options *options, struct alg_log *log);
void ana_course_free(struct ana_course *course);

#endif
