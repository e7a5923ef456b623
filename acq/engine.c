/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine.c - the measurement as a state machine.
 *
 *        interval over, at rest             two samples over contact
 *   WAIT ----------------------> REST ---------------------------------> RAMP
 *    ^                                                                     | response, ceiling,
 *    |                                                                     | reject
 *    |   2 s after release: judged                                         v
 *    +------------------------------- SETTLE <-------- released -------- RELEASE
 *
 * A RAMP that is let go goes to SETTLE as well: the button's event may still be on its way. The
 * press is judged only there, over all its samples (judge.h). What is next is the plan's business
 * (plan.h), the zero is zero.h's.
 */
#include "acq/engine_inside.h"

#include "base/clock.h"
#include "base/status.h"

#include <math.h>
#include <stdlib.h>

#define CONTACT_LEAST_N 0.5
#define CONTACT_DIGITS  5
#define TOUCH           3    /* x contact: firmer than a touch */
#define DRIFT_N         0.5  /* of the zero, when the capacity is not known; else 0.5 % of it */

static void handle(struct acq_engine *e, const struct acq_event *event)
{
	switch (event->kind) {
	case ACQ_EVENT_SAMPLE: eng_on_sample(e, event); break;
	case ACQ_EVENT_BUTTON: eng_on_button(e, event); break;
	case ACQ_EVENT_KEY: eng_on_key(e, event->key, event->value); break;
	case ACQ_EVENT_TICK: break;
	case ACQ_EVENT_LOST: eng_on_lost(e); break;
	case ACQ_EVENT_BACK:
		if (e->view.lost)
			eng_tell(e, "back", "", NAN);
		e->view.lost = false;
		e->view.alarms &= ~(unsigned)ACQ_ALARM_LOST;
		break;
	case ACQ_EVENT_SUSPEND: eng_on_suspend(e); break;
	case ACQ_EVENT_ALARM: eng_on_alarm(e, event); break;
	}
}

size_t acq_engine_step(
	struct acq_engine *engine, const struct acq_event *event, struct acq_action actions[ACQ_ACTIONS_MAX])
{
	engine->out = actions;
	engine->n_out = 0;
	if (event->t_ns > engine->now_ns)
		engine->now_ns = event->t_ns;
	if (!engine->over) {
		if (engine->ending == SES_REASON_NONE)
			handle(engine, event);
		eng_pass_settle(engine);
		eng_advance(engine);
		eng_wait_or_rest(engine);
	}
	return engine->n_out;
}

static bool positive(double value)
{
	return isfinite(value) && value > 0;
}

static bool config_ok(const struct acq_config *config)
{
	const struct ses_procedure *proc = config->proc;

	return proc && config->points && config->order && positive(config->area_cm2) &&
	       positive(proc->rate_kpa_s) && positive(proc->corridor) && config->points->n > 0 &&
	       config->response >= SES_RESPONSE_BUTTON && config->response <= SES_RESPONSE_GAUGE &&
	       (isnan(config->resolution_n) || config->resolution_n >= 0);
}

int acq_engine_new(struct acq_engine **out, const struct acq_config *config, int64_t start_ns)
{
	struct acq_engine *e = NULL;
	size_t cells;
	int rc = ALG_ERR_ARG;

	*out = NULL;
	if (!config_ok(config))
		return ALG_ERR_ARG;
	e = calloc(1, sizeof(*e));
	if (!e)
		return ALG_ERR_NOMEM;
	e->config = *config;
	e->start_ns = e->now_ns = start_ns;
	rc = acq_plan_init(&e->plan, config->order, config->n_order, config->points->n, config->proc->max_presses,
		config->proc->interval_s, config->proc->hold_kpa > 0 ? SES_KIND_HOLD : SES_KIND_THRESHOLD);
	if (rc)
		goto out;
	for (size_t i = 0; i < config->points->n; i++)
		if (!positive(eng_ceiling_kpa(e, (int)i))) { /* nobody is pressed without a ceiling */
			rc = ALG_ERR_ARG;
			goto out;
		}
	e->contact_n = fmax(CONTACT_LEAST_N, isnan(config->resolution_n) ? 0 : CONTACT_DIGITS * config->resolution_n);
	e->touch_n = TOUCH * e->contact_n;
	e->drift_n = isnan(config->capacity_n) ? DRIFT_N : 0.005 * config->capacity_n;
	if (!isnan(config->resolution_n))
		e->drift_n = fmax(e->drift_n, 2 * config->resolution_n);
	acq_zero_init(&e->zero, e->contact_n, e->drift_n);
	cells = config->points->n * (size_t)config->proc->max_presses;
	e->view.table = calloc(cells, sizeof(*e->view.table));
	e->view.table_status = calloc(cells, 1);
	rc = e->view.table && e->view.table_status ? 0 : ALG_ERR_NOMEM;
	if (rc)
		goto out;
	for (size_t i = 0; i < cells; i++)
		e->view.table[i] = NAN;
	e->view.table_columns = config->proc->max_presses;
	e->view.target_rate_kpa_s = config->proc->rate_kpa_s;
	e->view.force_n = e->view.pressure_kpa = e->view.rate_kpa_s = NAN;
	e->view.last_ppt_kpa = e->view.last_rate_kpa_s = NAN;
	e->view.last_point = -1;
	e->kept_from_ns = e->rate_ns = e->stuck_ns = SES_NO_TIME;
	e->hold_ns = SES_NO_TIME;
	e->first_zero_n = NAN;
	int practice = ses_procedure_practice(config->proc, config->points);

	if (practice >= 0)
		acq_plan_familiarise(&e->plan, practice, config->proc->familiarisation);
	e->last_place = SIZE_MAX;
	e->armed = true;
	*out = e;
	e = NULL;
out:
	acq_engine_free(e);
	return rc;
}

void acq_engine_free(struct acq_engine *engine)
{
	if (!engine)
		return;
	acq_plan_free(&engine->plan);
	free(engine->kept);
	free(engine->view.table);
	free(engine->view.table_status);
	free(engine);
}

static void resume_press(struct acq_engine *e, const struct ses_trial *t)
{
	struct acq_point_record *record = &e->plan.point[t->point];
	double last_s = isfinite(t->t_release_s) ? t->t_release_s : t->t_contact_s;

	if (t->status == SES_MISSING) {
		acq_plan_settle(&e->plan, t->point, t->round, (enum ses_kind)t->kind, ACQ_PLACE_MISSING);
		return;
	}
	if (t->status == SES_ACCEPTED || t->status == SES_CENSORED || t->kind == SES_KIND_FAMILIARISATION) {
		acq_plan_settle(&e->plan, t->point, t->round, (enum ses_kind)t->kind, ACQ_PLACE_DONE);
		if (t->kind != SES_KIND_FAMILIARISATION)
			eng_fill_table(e, t);
	}
	record->made++;
	if (isnan(e->first_zero_n))
		e->first_zero_n = t->zero_n;
	if (isfinite(last_s))
		record->last_release_ns = e->start_ns + alg_s_to_ns(last_s);
	e->view.last_status = (enum ses_status)t->status;
	e->view.last_reason = (enum ses_reason)t->reason;
	e->view.last_ppt_kpa = t->ppt_kpa;
	e->view.last_rate_kpa_s = t->rate_kpa_s;
	e->view.last_point = t->point;
}

void acq_engine_resume(struct acq_engine *e, const struct ses_trial *trials, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (trials[i].point >= 0 && (size_t)trials[i].point < e->config.points->n)
			resume_press(e, &trials[i]);
}

void acq_engine_not_blinded(struct acq_engine *e)
{
	e->not_blinded = true;
}

size_t acq_engine_start(struct acq_engine *engine, struct acq_action actions[ACQ_ACTIONS_MAX])
{
	engine->out = actions;
	engine->n_out = 0;
	for (size_t i = 0; i < engine->config.points->n; i++) /* of a session that goes on: what its presses still ask for */
		eng_consider_extra(engine, (int)i);
	eng_advance(engine);
	return engine->n_out;
}

const struct acq_view *acq_engine_view(const struct acq_engine *engine)
{
	return &engine->view;
}

const char *acq_phase_word(enum acq_phase phase)
{
	static const char *const words[] = {"wait", "rest", "ramp", "hold", "release", "settle", "done"};

	return (unsigned)phase < 7 ? words[phase] : "?";
}

const char *acq_cue_word(enum acq_cue cue)
{
	static const char *const words[] = {"none", "slow", "good", "fast"};

	return (unsigned)cue < 4 ? words[cue] : "?";
}
