/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * course.h - one participant's sessions in time, aligned by point.
 *
 * In order of time: the day, then pre before post, then the start; not of session numbers, which may
 * be given late. A row is a (site, side, series): a moved point starts a new row with its own first
 * visit and is never joined to the old one.
 *
 * Baseline of a row: the mean of its first b usable values (option baseline, 1 as a rule); geometric on
 * the log10 scale; "more than" when one of them is. Usable: a value, not post, alike with the first
 * session, of several runs the last (the earlier was measured again). Its error: that of the baseline
 * session with the widest one, / sqrt of the days b that it was measured on, so that MDC = q SEM sqrt(1 + 1/b):
 * two sessions of one day share that day's error.
 *
 * Seen again: a change beyond measurement error is confirmed when the next or the last judged session
 * of another day is beyond it on the same side too: beyond it at two visits in a row. A session that
 * cannot be judged (ceiling, no value) is passed over.
 */
#ifndef ANA_COURSE_H
#define ANA_COURSE_H

#include "analysis/compare.h"
#include "analysis/trend.h"
#include "data/study.h"

struct ses_treatments;

enum { ANA_BASELINE_MAX = 20 };

/* Whether a change beyond measurement error was seen again. */
enum ana_seen {
	ANA_SEEN_NONE = 0,  /* within measurement error, not judged, post, or a run that was measured again */
	ANA_SEEN_OPEN = 1,  /* the last judged session: not yet confirmed */
	ANA_SEEN_AGAIN = 2, /* confirmed: at two visits in a row */
	ANA_SEEN_NOT = 3,   /* at one visit only: not seen again */
};

struct ana_cell {
	const struct ana_point *point; /* borrowed from the course's visit; NULL: not planned there */
	double value_kpa;              /* NAN when missing: see point->reason */
	bool bound;                    /* "more than" */
	struct ana_change change;      /* from the row's baseline; kind NONE at and before it */
	enum ana_seen seen;
};

/* Target points named on the day of the baseline, with a value below the mean of what was measured then. */
struct ana_chosen {
	bool chosen;          /* "expect some rise by itself" (regression to the mean) */
	double mean_kpa;      /* of all points measured at the first baseline session; geometric on the log10 scale */
	double expected_kpa;  /* an estimate, (1 - r)(mean - value), r of the row's SEM; NAN: r not known, or b > 1 */
};

struct ana_row {
	struct ses_point point;  /* as at its latest session */
	struct ana_cell *cell;   /* one a session of the course, owned */
	int baseline;            /* index of the last session of the baseline: later ones have a change; -1: no value yet */
	int baseline_first;      /* index of its first session; -1 */
	int baseline_n;          /* sessions in it: fewer than were asked for when there are no more */
	int baseline_days;       /* days that they were on */
	double base_kpa;         /* that changes count from; NAN */
	bool base_bound;         /* "more than" */
	int latest;              /* index of the last session (not post) with a value; -1: none */
	double low_kpa, high_kpa; /* band: what of one later value would be within measurement error; NAN: not known */
	bool moved;              /* another series of the same site is a row too */
	int n_judged;            /* sessions at which a change could be judged: points with two or more are watched */
	int confirmed;           /* index of the first session of the first confirmed change; -1: none */
	struct ana_trend trend;  /* of its usable values */
	struct ana_chosen chosen;
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
	bool after_treatment;   /* it is in a baseline although a treatment came before it */
	char needling[200];     /* less than 72 h before it, by the treatment record; "" */
};

/* What was done between, in the words of the treatment record. */
struct ana_treatment {
	int32_t day;            /* days since the first session's day; may be negative */
	char date[12];
	char modality[48];
	char target[96];
	char dose[96];
	char time[8];           /* "09:30"; "" */
};

/* Rows whose last judged value is beyond measurement error, by whether it was seen again. */
struct ana_again {
	size_t watched;         /* rows with two judged sessions or more */
	size_t rose, fell;      /* confirmed at the last judged session of the row */
	size_t open;            /* beyond it at the latest session, not yet confirmed */
	size_t was;             /* confirmed earlier, and no longer so at the last judged session */
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
	int baseline;           /* sessions asked for */
	char sessions[64];      /* numbers that were asked for, "1,3-5"; "" for all */
	bool reordered;         /* session numbers do not follow the dates */
	struct ana_course_visit *visit; /* in order of time; owned */
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
	struct ana_tally tally_primary;
	struct ana_again again, again_primary;
};

struct ana_course_options {
	struct ana_options read;
	struct ana_errors errors; /* ana_errors_init when none */
	const char *despite;     /* reason for comparing unlike sessions; NULL */
	int baseline;            /* 1..ANA_BASELINE_MAX; 0: 1 */
	const char *sessions;    /* numbers to take: "1,3-5", checked by ana_sessions_ok; NULL: all */
	const int *unreadable;   /* numbers of sessions whose file cannot be read; ana_course_load fills it */
	size_t n_unreadable;
};

/*
 * Aligns sessions in memory. visits is consumed (also on failure): the array's contents move into
 * *out. They must be of one participant (MSG_ANA_PARTICIPANT), in any order.
 */
int ana_course_make(struct ana_course *out, struct ana_visit *visits, size_t n,
	const struct ana_course_options *options, struct alg_log *log);
/* A list of session numbers "1,3-5" (each 1 to 9999, at most 63 characters), and whether it has a number; NULL, "" have all. */
bool ana_sessions_ok(const char *list);
bool ana_sessions_has(const char *list, int session);
/* Sorts sessions by time, as a course has them; for who needs the latest before. */
void ana_visits_sort(struct ana_visit *visits, size_t n);
/* Takes the treatments over (copied) and tells what they mean for baselines and sessions. ALG_ERR_NOMEM. */
int ana_course_treat(struct ana_course *course, const struct ses_treatments *list);
/*
 * All session files of a participant, and the treatments between. A file that cannot be read is
 * said, listed in absent, and the rest stands; the log keeps its exit code. No session at all is
 * an error. options may be NULL.
 */
int ana_course_load(struct ana_course *out, const struct ses_study *study, const char *code,
	const struct ana_course_options *options, struct alg_log *log);
void ana_course_free(struct ana_course *course);

/* ---- words (course_words.c) ------------------------------------------------------------------------ */

/* "2 of the 12 points watched rose and 1 fell at two visits in a row; 1 is not yet confirmed." "" when none is watched or open. */
void ana_again_text(char *out, size_t cap, const struct ana_again *again);
/* "confirmed", "not yet confirmed", "not seen again"; "". */
const char *ana_seen_text(enum ana_seen seen);
const char *ana_seen_word(enum ana_seen seen); /* of JSON and tables: "confirmed" "open" "not-again"; "" */
/* "-1.2 to +9.4", in percent on the log10 scale: an interval of a slope; "-" when there is none. */
void ana_slope_text(char *out, size_t cap, const struct ana_trend *trend);
void ana_slope_interval_text(char *out, size_t cap, const struct ana_trend *trend);
/* What a reader of the course must know about its baselines, one sentence each; false: nothing. */
bool ana_chosen_words(char *out, size_t cap, const struct ana_course *course);
bool ana_two_baselines_words(char *out, size_t cap, const struct ana_course *course);
bool ana_baseline_treated_words(char *out, size_t cap, const struct ana_course *course);

/* ---- between the files of a course (course_rows.c, course_weigh.c) --------------------------------- */

/* The next session is another run of this one: the same time point measured again. */
bool ana_course_run_again(const struct ana_course *course, size_t v);
/* The rows of the sessions in *course, weighed. ALG_ERR_NOMEM. */
int ana_course_rows(struct ana_course *course);
/* Baseline, changes, band and what follows of a row that has its values; adds to the course's tallies. */
void ana_course_weigh(struct ana_course *course, struct ana_row *row);
/* Of the errors that its changes are held against; kPa when none is known. */
enum ses_scale ana_course_scale(const struct ana_course *course);
/* It counts for the row: a value, not post, alike, not measured again. */
bool ana_course_counts(const struct ana_course *course, const struct ana_row *row, size_t v);

#endif
