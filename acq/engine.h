/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine.h - the measurement as a pure state machine: (state, event, time) -> actions. No I/O, no
 * clock, no thread: every time comes with an event, so a script can play a whole session.
 *
 *   WAIT      the interval at the next point is not over, or the examiner paused
 *   REST      ready: zero is followed, contact is waited for
 *   RAMP      contact is made; rate, corridor, ceiling
 *   HOLD      the pressure of a hold is reached (measure: hold): it is kept there, then rated
 *   RELEASE   the response has come (or the ceiling, or loss): waiting for the release
 *   SETTLE    released; the press is accepted by itself 2 s later unless rejected
 *   DONE      the plan is through, or the session was ended
 *
 * A press begins by contact; no key is needed between presses. Contact before the interval is over
 * is kept as a rejected press (reason early) and repeated. A touch, let go before it was three times
 * as firm as contact must be and without a response, is no press and costs nothing: a tip is laid
 * on and shifted before the hand presses. A press that was rejected is repeated at the same point
 * once its interval is over.
 *
 * Contact is more than max(0.5 N, 5 x resolution) above zero in two samples running: half a newton
 * is more than noise and the tip's own weight in a moving hand make, and passed 0.2 s into a ramp
 * of 30 kPa/s on 1 cm2; five digits keep a flickering last digit of a coarse gauge from pressing.
 *
 * With tolerance: true the first response is the threshold, the ramp goes on, and the second one is the
 * tolerance. A hold waits in SETTLE for its rating, 30 s at most. Presses of familiarisation come first
 * and are settled whatever becomes of them. Where the procedure has the clinic's own limit, a point whose
 * presses spread more than that gets one extra press.
 *
 * "Wrong site" is one key: the press was made on the other side of the body. Where that is a point of
 * this session the press counts there, else it is rejected; the prompted point is asked for again.
 *
 * While the examiner pauses, or after a loss or an abandoned press until the gauge was at rest
 * again, contact is no press. The ceiling is watched always (guard.h).
 */
#ifndef ACQ_ENGINE_H
#define ACQ_ENGINE_H

#include "acq/guard.h"
#include "data/point.h"
#include "data/press.h"
#include "data/procedure.h"
#include "data/session.h"
#include "data/uncertainty.h"

enum acq_phase { ACQ_WAIT, ACQ_REST, ACQ_RAMP, ACQ_HOLD, ACQ_RELEASE, ACQ_SETTLE, ACQ_DONE };
enum acq_cue { ACQ_CUE_NONE, ACQ_CUE_SLOW, ACQ_CUE_GOOD, ACQ_CUE_FAST };

enum acq_key {
	ACQ_KEY_REJECT = 1, /* the running press, or the last one while its interval lasts */
	ACQ_KEY_SKIP,       /* leave this point out in this round (missing, skipped) */
	ACQ_KEY_BACK,       /* the previous point again (one more press there) */
	ACQ_KEY_PAUSE,      /* toggles */
	ACQ_KEY_END,        /* end the session; what is left is missing */
	ACQ_KEY_PATIENT,    /* the patient asked to stop: ends, an adverse event */
	ACQ_KEY_WRONG_SITE, /* the running press, or the last one while its interval lasts */
	ACQ_KEY_RATING,     /* event.value, 0..10: pain of the hold just released */
};

struct acq_config {
	const struct ses_procedure *proc; /* outlives the engine, as all pointers here */
	const struct ses_points *points;
	const int *order;                 /* point index of each planned press, n_order of them */
	size_t n_order;
	double area_cm2;
	double resolution_n;              /* NAN: not known */
	double capacity_n;                /* NAN: not known */
	enum ses_response response;
	struct ses_accuracy accuracy;     /* for the uncertainty of the instrument */
};

enum acq_event_kind {
	ACQ_EVENT_SAMPLE, ACQ_EVENT_BUTTON, ACQ_EVENT_KEY, ACQ_EVENT_TICK, ACQ_EVENT_LOST,
	ACQ_EVENT_BACK, ACQ_EVENT_SUSPEND, ACQ_EVENT_ALARM,
};
struct acq_event {
	enum acq_event_kind kind;
	int64_t t_ns;
	struct ses_sample sample;  /* SAMPLE */
	enum acq_key key;          /* KEY */
	double value;              /* KEY: of a rating */
	unsigned alarms;           /* ALARM, from the guard */
};

/* A finished press; pointers are valid until the next acq_engine_step(). */
struct acq_press {
	struct ses_trial trial;  /* all but trial number, first_sample, digest and calendar time */
	const struct ses_sample *samples; /* 1 s before contact to 1 s after release */
	size_t n_samples;
};

enum acq_action_kind {
	ACQ_ACT_PROMPT,     /* go to a.point, round a.round (a new target of the hand) */
	ACQ_ACT_READY,      /* the interval is over: press when you like */
	ACQ_ACT_CONTACT,    /* a press has begun */
	ACQ_ACT_CUE,        /* a.cue changed */
	ACQ_ACT_THRESHOLD,  /* the first of two responses was taken: go on */
	ACQ_ACT_RESPONSE,   /* the response was taken, or the hold is over: lift */
	ACQ_ACT_ALARM,      /* a.alarms: sound it (the reader thread has done so already) */
	ACQ_ACT_RELEASED,
	ACQ_ACT_PRESS,      /* a.press is final: store it */
	ACQ_ACT_AMEND_LAST, /* the press stored last is rejected by the examiner: store an amendment */
	ACQ_ACT_MOVE_LAST,  /* the press stored last belongs to a.point: store an amendment */
	ACQ_ACT_EVENT,      /* something for /events: a.word, a.note, a.value (alarms and keys too) */
	ACQ_ACT_LIMITS,     /* a.limits: give these to the guard */
	ACQ_ACT_DONE,       /* the session is over; a.reason says why */
};
struct acq_action {
	enum acq_action_kind kind;
	int64_t t_ns;
	int point, round;
	enum acq_cue cue;
	unsigned alarms;
	const struct acq_press *press;
	const char *word;            /* EVENT: its kind, static text, fits ses_event.kind */
	const char *note;            /* EVENT: static text, "" when there is none; fits ses_event.note */
	double value;                /* EVENT: NAN when none */
	struct acq_guard_limits limits;
	enum ses_reason reason;
};
enum { ACQ_ACTIONS_MAX = 24 };

/* What there is to be shown. Only acq/gate.h turns it into numbers on a screen. */
struct acq_view {
	enum acq_phase phase;
	int point, round;            /* the hand's present target */
	int press_of_point;          /* presses made there, rejected ones counted */
	size_t done, planned;        /* presses that count, of all planned */
	double force_n, pressure_kpa, rate_kpa_s;   /* zero subtracted; rate NAN when unknown */
	double ceiling_kpa, target_rate_kpa_s;
	enum acq_cue cue;
	double wait_s;               /* until the interval is over; 0 when it is */
	double settle_s;             /* until the press is accepted */
	double hold_left_s;          /* in HOLD */
	bool answered;               /* the first of two responses was taken */
	bool rating_wanted;
	enum ses_kind kind;          /* of the present target */
	bool paused, lost;
	unsigned alarms;             /* now active */
	enum ses_status last_status; /* 0: no press yet */
	enum ses_reason last_reason;
	double last_ppt_kpa;
	double last_rate_kpa_s;
	int last_point;
	double *table;               /* [n_points][max_presses] ppt_kpa of the presses that count; NAN empty */
	unsigned char *table_status; /* same shape, enum ses_status, 0 empty */
	int table_columns;
};

struct acq_engine;
/* ALG_ERR_ARG when the configuration makes no sense; start_ns is the session's time zero. */
int acq_engine_new(struct acq_engine **out, const struct acq_config *config, int64_t start_ns);
void acq_engine_free(struct acq_engine *engine);
/*
 * Before acq_engine_start, for a session that goes on: the presses that were made, as amended, in
 * order. What they settled is not asked for again; intervals go on from their releases.
 */
void acq_engine_resume(struct acq_engine *engine, const struct ses_trial *trials, size_t n);
/* Before acq_engine_start: every press of this session says that its examiner was not blinded. */
void acq_engine_not_blinded(struct acq_engine *engine);
/* Actions begun by acq_engine_new: the first PROMPT and LIMITS. */
size_t acq_engine_start(struct acq_engine *engine, struct acq_action actions[ACQ_ACTIONS_MAX]);
/*
 * One event; returns the number of actions. Events must not go back in time by more than the
 * device's own jitter (a sample that does is set to the time of the one before). TICK lets time pass
 * while no sample comes; give one at least every 100 ms. A session that ends may have more missing
 * places to tell than one call holds: go on with TICK until ACQ_ACT_DONE has come.
 */
size_t acq_engine_step(
	struct acq_engine *engine, const struct acq_event *event, struct acq_action actions[ACQ_ACTIONS_MAX]);
/*
 * The press that is being made, as it would be stored if it were cut off now: its row (rejected,
 * interrupted) and its samples so far. False when no press is running. Valid until the next step.
 */
bool acq_engine_running(const struct acq_engine *engine, struct acq_press *out);
const struct acq_view *acq_engine_view(const struct acq_engine *engine);

/* "wait", "rest", "ramp", ...; "slow", "good", "fast" */
const char *acq_phase_word(enum acq_phase phase);
const char *acq_cue_word(enum acq_cue cue);

#endif
