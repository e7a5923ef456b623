/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine_inside.h - what the parts of the engine share (engine_tell.c, engine_plan.c, engine_press.c,
 * engine_samples.c, engine_keys.c, and engine.c over all). Nobody else includes it.
 */
#ifndef ACQ_ENGINE_INSIDE_H
#define ACQ_ENGINE_INSIDE_H

#include "acq/engine.h"
#include "acq/judge.h"
#include "acq/plan.h"
#include "acq/zero.h"

#define BEFORE_NS    ALG_NS_PER_S          /* kept before contact */

struct acq_engine {
	struct acq_config config;
	struct acq_plan plan;
	struct acq_zero zero;
	struct acq_view view;
	int64_t start_ns, now_ns;
	double contact_n, touch_n, drift_n;
	double told_zero_n;         /* that the guard knows */
	size_t place;               /* in the plan; plan.n when through */

	struct ses_sample *kept;    /* from kept_from: what a press may still need */
	size_t n_kept, cap_kept;
	int64_t kept_from_ns;       /* nothing older belongs to the next press: end of the last one */
	double usual_step_s;        /* smoothed step between samples */
	int n_steps;
	int64_t rate_ns;            /* when the sliding slope was worked out last */

	int above, below;           /* usable samples running over / under contact */
	int64_t above_ns, below_ns; /* first of those */
	bool armed;                 /* the gauge was at rest since the last press */
	bool early, examiner, skip, wrong; /* of the running press */
	bool ceiling, fallen;
	int64_t contact_ns, release_ns, stuck_ns, hold_ns;
	double rating;
	double first_zero_n;        /* of the session's first press */
	double peak_n, press_zero_n;
	int64_t button_ns[ACQ_BUTTONS_MAX];
	int n_buttons;

	size_t last_place;          /* of the press judged last; SIZE_MAX: none */
	bool last_counts;
	int64_t alarm_ns;
	bool ready_told, slow_told, peak_told, battery_told, negative_told, lost_samples;
	enum ses_reason ending;     /* the session is being ended for this reason */
	bool over, prompted, not_blinded;

	struct acq_press press[ACQ_ACTIONS_MAX]; /* what PRESS actions point to */
	struct acq_action *out;
	size_t n_out;
};

/* Each part knows those above it in this list, none below. */

/* engine_tell.c */
struct acq_action *eng_act(struct acq_engine *e, enum acq_action_kind kind);
void eng_tell(struct acq_engine *e, const char *word, const char *note, double value);
void eng_tell_alarms(struct acq_engine *e, unsigned alarms);
bool eng_loaded(const struct acq_engine *e);   /* RAMP, HOLD, RELEASE */
bool eng_pressing(const struct acq_engine *e); /* and SETTLE */
void eng_set_cue(struct acq_engine *e, enum acq_cue cue);
/* engine_plan.c */
/* The same site on the other side, when it is a point of this session that may still be pressed; -1. */
int eng_other_side(const struct acq_engine *e, int point);
void eng_consider_extra(struct acq_engine *e, int point);
void eng_reconsider_extra(struct acq_engine *e, int point);
double eng_ceiling_kpa(const struct acq_engine *e, int point);
void eng_tell_limits(struct acq_engine *e);
void eng_set_press_counts(struct acq_engine *e);
struct ses_trial eng_blank_row(const struct acq_engine *e, const struct acq_place *place);
struct acq_press *eng_new_press(struct acq_engine *e, const struct acq_place *place);
void eng_give_up_place(struct acq_engine *e, size_t index, enum ses_reason reason);
void eng_advance(struct acq_engine *e);
void eng_wait_or_rest(struct acq_engine *e);
/* engine_press.c */
bool eng_holding(const struct acq_engine *e);  /* the procedure measures holds */
bool eng_two_responses(const struct acq_engine *e); /* threshold and tolerance */
/* A response of the running press came: the first of two, or the one after which the hand lifts. */
void eng_answer(struct acq_engine *e, int64_t t_ns);
void eng_begin_hold(struct acq_engine *e, int64_t t_ns);
void eng_drop_buttons_before(struct acq_engine *e, int64_t t_ns);
void eng_begin_press(struct acq_engine *e);
void eng_to_release(struct acq_engine *e);
void eng_to_settle(struct acq_engine *e);
void eng_only_touched(struct acq_engine *e);
void eng_fill_table(struct acq_engine *e, const struct ses_trial *row);
void eng_clear_last_of_table(struct acq_engine *e, int point);
void eng_end_press(struct acq_engine *e, enum ses_reason broken, int64_t until_ns);
void eng_pass_settle(struct acq_engine *e);
/* engine_samples.c */
void eng_on_sample(struct acq_engine *e, const struct acq_event *event);
/* engine_keys.c */
void eng_on_button(struct acq_engine *e, const struct acq_event *event);
void eng_on_key(struct acq_engine *e, enum acq_key key, double value);
void eng_on_lost(struct acq_engine *e);
void eng_on_suspend(struct acq_engine *e);
void eng_on_alarm(struct acq_engine *e, const struct acq_event *event);

#endif
