/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.h - a check of a gauge with weights: what it read as it was found, and whether that is within
 * the stated tolerance. A check changes nothing: not the gauge, not a session, not an earlier check.
 *
 * One YAML file a check, never overwritten: STUDY/calibration/<serial or family>_2026-03-02T093000.yaml,
 * first line "algometer: check 1"; docs/STUDY.md tells its keys.
 *
 * What is computed (ses_check_evaluate), with F = mass x local g (air's buoyancy, 0.015 % for steel, is
 * left out), R = a row's mean reading as the gauge showed it in newton, Z = the zero of the row's loading
 * (nothing on the gauge, before its first weight):
 *
 *   error of a row         e = (R - Z) - F;  in per cent: 100 e / F
 *   limit of a weight      max(tolerance_percent_reading x F, tolerance_percent_range x range) / 100
 *   range                  the gauge's capacity; where that is not known, the largest F (which is stricter)
 *   repeatability          largest minus smallest R - Z of one weight in one direction over the loadings;
 *                          NAN with one loading; limit repeatability_percent_range x range / 100
 *   hysteresis             largest |down - up| of one weight in one loading; told, not judged
 *   zero return            largest |zero after the last weight - Z|; limit tolerance_percent_range x range / 100
 *   fit                    least squares R = a + b F over all rows, zeros with F = 0;
 *                          residual SD sqrt(sum of squares / (n - 2)); R2 = 1 - SSE / SST
 *   uncertainty of e       2 sqrt((uncertainty_percent / 2 x F / 100)2 + 2 (resolution / sqrt 12)2 + sd2 / n),
 *                          k = 2, the worst row of a weight; what is not known counts as 0
 *
 * Passed: no |e| above its limit, repeatability (where known) and zero return within theirs. near_limit: a
 * weight's |e| lies nearer to its limit than its uncertainty, so that better weights might say otherwise.
 */
#ifndef SES_CHECK_H
#define SES_CHECK_H

#include "data/weights.h"

enum { SES_CHECK_LOADINGS_MAX = 3, SES_CHECK_ROWS_MAX = SES_CHECK_LOADINGS_MAX * (2 * SES_WEIGHTS_MAX + 2) };

enum ses_check_direction { SES_CHECK_ZERO, SES_CHECK_UP, SES_CHECK_DOWN };

struct ses_check_row {
	int loading;         /* 1, 2, 3 */
	enum ses_check_direction direction;
	double mass_kg;      /* 0 for zero */
	double force_true_n; /* mass x local g */
	double force_read_n; /* mean of the window */
	double sd_n;         /* of the window's readings */
	int n;               /* readings in it */
	double t_s;          /* when the window ended, from the check's start */
};

struct ses_check {
	char id[96];         /* the file's name without its ending */
	char date[48];       /* ISO 8601 with offset */
	char examiner[32];   /* "": not named */
	char family[24], model[48], serial[48], firmware[48], address[320];
	char unit[16];       /* that the gauge showed */
	bool simulated;
	double capacity_n, resolution_n, temperature_c; /* NAN: not known */
	struct ses_weights weights; /* local g, class, uncertainty, tolerances; the masses that were measured */
	struct ses_check_row row[SES_CHECK_ROWS_MAX];
	int n_rows;
};

struct ses_check_weight {
	double mass_kg, force_true_n;
	double error_n;           /* mean of its rows */
	double low_n, high_n;     /* smallest and largest error of its rows */
	double limit_n, uncertainty_n;
	double repeatability_n, hysteresis_n; /* NAN: not known */
	bool passed;
};

struct ses_check_result {
	struct ses_check_weight weight[SES_WEIGHTS_MAX];
	int n_weights;
	double range_n;
	double worst_n, worst_percent;  /* the error that is largest in per cent of its weight's force, with its sign */
	double zero_n;                  /* the first zero as found */
	double zero_return_n, zero_return_limit_n;
	double repeatability_n, repeatability_limit_n, hysteresis_n;
	double fit_a_n, fit_b, fit_sd_n, fit_r2;
	bool passed, near_limit;
	char reason[400];               /* one sentence without a full stop: why it passed or failed */
};

/* What makes a check none: too few weights, a row without its zero, a force that is not mass x g; or NULL. */
const char *ses_check_wrong(const struct ses_check *check);
/* The check must not be wrong. */
void ses_check_evaluate(const struct ses_check *check, struct ses_check_result *out);
const char *ses_check_direction_word(enum ses_check_direction direction); /* "zero" "up" "down" */

/* ---- files (check_file.c) ------------------------------------------------------------------------ */

/* id from the serial number (or family) and date. ALG_ERR_DATA: no such date. */
int ses_check_name(struct ses_check *check);
/* The YAML text as it is stored; the caller frees; NULL when memory ran out. */
char *ses_check_text(const struct ses_check *check);
/* Strict; the verdict in the text must be that of its rows. Says MSG_YAML_*. */
int ses_check_parse(struct ses_check *check, const char *text, size_t len, const char *name, struct alg_log *log);
int ses_check_read(struct ses_check *check, const char *path, struct alg_log *log);
/* Stores under check->id in the study's calibration/; path gets the file's name. Says MSG_FILE_EXISTS and others. */
int ses_check_store(
	const struct ses_check *check, const struct ses_study *study, char path[PATH_MAX], struct alg_log *log);
/*
 * All checks of the study, oldest first; the caller frees *out. One that cannot be read is said and left
 * out; *n_bad (may be NULL) counts these.
 */
int ses_checks_load(
	const struct ses_study *study, struct ses_check **out, size_t *n, size_t *n_bad, struct alg_log *log);
/* The same gauge: family, serial number, and both simulated or both real. */
bool ses_check_same_gauge(const struct ses_check *a, const struct ses_check *b);
/*
 * The newest check of the gauge with this family and serial number ("": it tells none); *found false
 * when there is none. A file that cannot be read is a warning here and no error. Checks of real and of
 * simulated gauges are both looked at: see out->simulated.
 */
int ses_check_last(const struct ses_study *study, const char *family, const char *serial, struct ses_check *out,
	bool *found, struct alg_log *log);
/* The same among real (or simulated) gauges only. */
int ses_check_last_of(const struct ses_study *study, const char *family, const char *serial, bool simulated,
	struct ses_check *out, bool *found, struct alg_log *log);
/* Whole days from the check to a local day "2026-03-02" (or an ISO 8601 time); INT32_MIN for a day that is none. */
int32_t ses_check_age_days(const struct ses_check *check, const char *day);
bool ses_check_passed(const struct ses_check *check);

#endif
