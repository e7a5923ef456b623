/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * procedure.h - the plan of a measurement, read from YAML with exact errors (file:line:column).
 *
 *   algometer: procedure 1          kind and format version of this file
 *   id: myofascial-quick
 *   version: 1.0
 *   name: Myofascial quick
 *   rate_kpa_s: 30                  target application rate
 *   corridor_percent: 20
 *   tip_area_cm2: 1.0
 *   rounds: 3                       presses at each point
 *   plan: rounds                    rounds | point-by-point
 *   order: fixed                    fixed | random-within-posture | blocked-by-side | counterbalanced | file
 *   order_file: orders.tsv          order: file - beside the procedure (orders.h)
 *   max_posture_changes: 1          more, and the rounds run through all postures (order.h)
 *   interval_s: 20                  least time between two presses at one point
 *   rule: mean                      mean | drop-first | median | closest-two
 *   max_presses: 5                  per point and session, rejected ones included
 *   ceiling_kpa: 1000
 *   force_cap_n: 100                optional, against a wrong tip area
 *   reject_rate_percent: none       or a number: reject presses whose mean rate is further off
 *   response: button                button | verbal-peak | examiner-key
 *   tolerance: false                true: the first response is the threshold, the second the tolerance
 *   measure: threshold              threshold | hold
 *   hold_kpa: 392.3                 measure: hold - the pressure, how long, and how far off it may be
 *   hold_s: 5
 *   hold_band_percent: 10
 *   familiarisation_presses: 2      before the first press, at a site that is not analysed
 *   familiarisation_site: EXTFA_R
 *   extra_press_range_percent: none or a number: one more press where (max - min) / mean is above it
 *   points:                         where: this participant's own points, or named sites
 *     from: participant             participant | list
 *     targets: 2                    from: participant - how many targets are expected (0: any)
 *     contralateral: true           add the other side of each target
 *     control: [TA_R]               remote points, used when the participant has none of their own
 *     sites: [OCC_L, OCC_R, ...]    from: list
 *   instruction: >                  shown word for word and stored
 *     I will press ...
 *   source: where the procedure comes from
 *   journal: true                   ask the pain journal before the first press
 */
#ifndef SES_PROCEDURE_H
#define SES_PROCEDURE_H

#include "data/point.h"
#include "data/press.h"

enum ses_plan { SES_PLAN_ROUNDS = 1, SES_PLAN_POINT_BY_POINT = 2 };
enum ses_order {
	SES_ORDER_FIXED = 1, SES_ORDER_RANDOM_POSTURE = 2, SES_ORDER_BLOCKED_SIDE = 3, SES_ORDER_COUNTERBALANCED = 4,
	SES_ORDER_FILE = 5,
};

enum { SES_PROCEDURE_SITES_MAX = 64 };

struct ses_procedure {
	char id[48], version[16], name[96];
	double rate_kpa_s;
	double corridor;         /* 0.2 */
	double tip_area_cm2;
	int rounds;
	enum ses_plan plan;
	enum ses_order order;
	double interval_s;
	enum ses_rule rule;
	int max_presses;
	double ceiling_kpa;
	double force_cap_n;      /* NAN when none */
	double reject_rate;      /* fraction, NAN when rate never rejects */
	enum ses_response response;
	bool tolerance;
	double hold_kpa;         /* NAN or 0: no hold, thresholds are measured */
	double hold_s, hold_band; /* 0.1 */
	int familiarisation;     /* presses */
	char familiarisation_site[16];
	double extra_range;      /* fraction, NAN when none */
	int max_posture_changes;
	char order_file[64];
	bool points_from_participant;
	int n_targets;
	bool contralateral;
	char control[SES_PROCEDURE_SITES_MAX][16];
	int n_control;
	char sites[SES_PROCEDURE_SITES_MAX][16];
	int n_sites;
	bool journal;
	char *instruction;       /* UTF-8, owned */
	char *source;            /* owned */
	char *text;              /* the whole file as read, owned */
	char sha256[65];         /* of that text, lower-case hex */
};

/* Reads, checks and resolves against the site table. out is to be freed even after failure. */
int ses_procedure_load(
	struct ses_procedure *out, const char *path, const struct ses_sites *sites, struct alg_log *log);
/* The same from text already stored in a session file; name is for messages. */
int ses_procedure_parse(struct ses_procedure *out, const char *text, size_t len, const char *name,
	const struct ses_sites *sites, struct alg_log *log);
void ses_procedure_free(struct ses_procedure *proc);
/*
 * The points to measure with this procedure. from: participant - the current ones: targets, each
 * followed by its other side (the participant's own point there when there is one, else, with
 * contralateral: true, one made from the target with the same offset and series), then control (the
 * participant's own control points; the procedure's when there are none). from: list - the sites,
 * as targets, at their landmarks, then control. Each place once. Last the one for familiarisation (practice). Says what is missing (no target
 * named) and returns ALG_ERR_ARG then; another number of targets than expected is a warning.
 */
int ses_procedure_points(const struct ses_procedure *proc, const struct ses_sites *sites,
	const struct ses_points *own, struct ses_points *out, struct alg_log *log);
/* "fixed", "counterbalanced" ...; "?" */
const char *ses_order_word(enum ses_order order);
/*
 * How often the patient changes posture with these points: once between two postures where all rounds
 * are made in one before the next; *there_and_back: every round runs through all postures instead, which
 * is done only where max_posture_changes allows as many.
 */
int ses_procedure_posture_changes(const struct ses_procedure *proc, const struct ses_points *points, bool *there_and_back);
/* The index of the point for familiarisation; -1: there is none. */
int ses_procedure_practice(const struct ses_procedure *proc, const struct ses_points *points);
/* Expected duration [s] with n_points points: ramps of typical length, release, move, intervals. */
double ses_procedure_expected_s(const struct ses_procedure *proc, size_t n_points);
/* The same with a session's points: changes of posture, a minute each, and familiarisation are counted. */
double ses_procedure_expected_all_s(const struct ses_procedure *proc, const struct ses_points *points);

#endif
