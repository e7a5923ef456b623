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
 *   order: fixed                    fixed | random-within-posture | blocked-by-side
 *   interval_s: 20                  least time between two presses at one point
 *   rule: mean                      mean | drop-first | median | closest-two
 *   max_presses: 5                  per point and session, rejected ones included
 *   ceiling_kpa: 1000
 *   force_cap_n: 100                optional, against a wrong tip area
 *   reject_rate_percent: none       or a number: reject presses whose mean rate is further off
 *   response: button                button | verbal-peak | examiner-key
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
enum ses_order { SES_ORDER_FIXED = 1, SES_ORDER_RANDOM_POSTURE = 2, SES_ORDER_BLOCKED_SIDE = 3 };

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
 * as targets, at their landmarks, then control. Each place once. Says what is missing (no target
 * named) and returns ALG_ERR_ARG then; another number of targets than expected is a warning.
 */
int ses_procedure_points(const struct ses_procedure *proc, const struct ses_sites *sites,
	const struct ses_points *own, struct ses_points *out, struct alg_log *log);
/* Expected duration [s] with n_points points: ramps of typical length, release, move, intervals. */
double ses_procedure_expected_s(const struct ses_procedure *proc, size_t n_points);

#endif
