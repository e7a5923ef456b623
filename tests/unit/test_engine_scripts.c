/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plays every tests/engine/(name).script through guard and engine as the reader does, and checks what
 * the script expects. The gauge goes on sending its last value at `hz` between the steps.
 *
 * Headers (with their defaults): points UTRAP_R (ceiling 1000, posture sitting); rounds 1; plan rounds;
 * rate 30; corridor 20; interval 10; area 1; ceiling 600; site-ceiling CODE KPA; cap N; capacity N;
 * resolution N; max-presses 5; reject-rate PERCENT; response button; hz 100 (0: only scripted samples);
 * tolerance yes; hold KPA SECONDS PERCENT; practice CODE N; extra PERCENT;
 * zero N (added to every force); late S (the button's event arrives so much later).
 *
 * Expectations. Those about what happened take the next unclaimed one and wait up to 3 s for it when
 * the line has no time; at the end of a script nothing may be left unclaimed:
 *   expect accepted|rejected|censored|missing [reason=W] [point=CODE] [quality=W,W] [FIELD=X±Y ...]
 *   expect alarm W [within N ms]     N: after the first sample at or over the ceiling
 *   expect amend | expect move CODE | expect done [reason=W]
 * Those about the present look and do not wait:
 *   expect phase|cue W    expect prompt CODE [round=N]    expect ready yes|no    expect wait X±Y
 *   expect event W | expect no event W      (in all that was told so far)
 *   expect table CODE X±Y ...    (>X±Y: censored)    expect zero X±Y    expect limit X±Y (newton)
 */
#include "acq/order.h"
#include "acq/script.h"
#include "base/clock.h"
#include "base/text.h"
#include "tests/unit/assert_close.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_MAX = 8, LOG_MAX = 600, ORDER_MAX = 64 };

struct entry {
	enum acq_action_kind kind;
	int64_t t_ns;
	struct ses_trial trial;
	size_t n_samples;
	double span_before_s, span_after_s; /* samples kept around the press */
	unsigned alarms;
	const char *word;
	enum ses_reason reason;
	int point;
	bool claimed;
};

struct play {
	const char *path;
	const struct acq_script_step *step;
	struct ses_procedure proc;
	struct ses_point point[POINTS_MAX];
	struct ses_points points;
	int order[ORDER_MAX];
	struct acq_config config;
	struct acq_engine *engine;
	struct acq_guard guard;
	struct acq_guard_limits limits;
	double hz, zero_n, late_s;
	double now_s, next_s, period_s;
	double from_n, to_n, ramp_s, ramp_t0_s, silent_until_s;
	double button_s; /* one that is still under way; NAN */
	double over_s;   /* first sample at or over the ceiling; NAN */
	bool lost, ready, failed;
	int prompt_point, prompt_round;
	struct entry log[LOG_MAX];
	size_t n_log;
};

static void complain(struct play *p, const char *what, const char *detail)
{
	print_error("%s:%d: %s%s%s\n", p->path, p->step ? p->step->line : 0, what, detail ? ": " : "", detail ? detail : "");
	p->failed = true;
}

/* ---- headers ------------------------------------------------------------------------------------- */

static void add_points(struct play *p, char *rest)
{
	char *save = NULL;

	p->points.n = 0;
	for (char *w = strtok_r(rest, " ", &save); w && p->points.n < POINTS_MAX; w = strtok_r(NULL, " ", &save)) {
		struct ses_point *point = &p->point[p->points.n++];

		*point = (struct ses_point){.side = w[strlen(w) - 1], .series = 1, .ceiling_kpa = 1000, .posture = "sitting"};
		alg_text_copy(point->site_code, sizeof(point->site_code), w);
	}
}

static int point_of(const struct play *p, const char *code)
{
	for (size_t i = 0; i < p->points.n; i++)
		if (!strcmp(p->point[i].site_code, code))
			return (int)i;
	return -1;
}

static void header(struct play *p, const char *text)
{
	char copy[ACQ_SCRIPT_TEXT_MAX], *rest;
	double x = NAN;

	alg_text_copy(copy, sizeof(copy), text);
	rest = strchr(copy, ' ');
	if (!rest) {
		complain(p, "header without a value", text);
		return;
	}
	*rest++ = '\0';
	alg_text_to_double(rest, &x);
	if (!strcmp(copy, "points")) add_points(p, rest);
	else if (!strcmp(copy, "rounds")) p->proc.rounds = (int)x;
	else if (!strcmp(copy, "plan")) p->proc.plan = !strcmp(rest, "rounds") ? SES_PLAN_ROUNDS : SES_PLAN_POINT_BY_POINT;
	else if (!strcmp(copy, "rate")) p->proc.rate_kpa_s = x;
	else if (!strcmp(copy, "corridor")) p->proc.corridor = x / 100;
	else if (!strcmp(copy, "interval")) p->proc.interval_s = x;
	else if (!strcmp(copy, "area")) p->config.area_cm2 = x;
	else if (!strcmp(copy, "ceiling")) p->proc.ceiling_kpa = x;
	else if (!strcmp(copy, "cap")) p->proc.force_cap_n = x;
	else if (!strcmp(copy, "capacity")) p->config.capacity_n = x;
	else if (!strcmp(copy, "resolution")) p->config.resolution_n = x;
	else if (!strcmp(copy, "max-presses")) p->proc.max_presses = (int)x;
	else if (!strcmp(copy, "reject-rate")) p->proc.reject_rate = x / 100;
	else if (!strcmp(copy, "response")) p->config.response = ses_response_from_word(rest);
	else if (!strcmp(copy, "hz")) p->hz = x;
	else if (!strcmp(copy, "zero")) p->zero_n = x;
	else if (!strcmp(copy, "late")) p->late_s = x;
	else if (!strcmp(copy, "tolerance")) p->proc.tolerance = true;
	else if (!strcmp(copy, "extra")) p->proc.extra_range = x / 100;
	else if (!strcmp(copy, "hold")) {
		double band = NAN;

		if (sscanf(rest, "%lf %lf %lf", &p->proc.hold_kpa, &p->proc.hold_s, &band) != 3)
			complain(p, "hold KPA SECONDS PERCENT", rest);
		p->proc.hold_band = band / 100;
	} else if (!strcmp(copy, "practice")) {
		char code[16];

		if (sscanf(rest, "%15s %d", code, &p->proc.familiarisation) != 2)
			complain(p, "practice CODE N", rest);
		p->point[p->points.n] = (struct ses_point){.side = code[strlen(code) - 1], .series = 1, .ceiling_kpa = 1000,
			.posture = "sitting", .role = SES_ROLE_PRACTICE};
		alg_text_copy(p->point[p->points.n++].site_code, sizeof(code), code);
	} else if (!strcmp(copy, "site-ceiling")) {
		char *kpa = strchr(rest, ' ');

		*kpa++ = '\0';
		alg_text_to_double(kpa, &x);
		p->point[point_of(p, rest)].ceiling_kpa = x;
	} else
		complain(p, "unknown header", copy);
}

/* ---- the session running ---------------------------------------------------------------------------- */

static void take_actions(struct play *p, const struct acq_action *actions, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct acq_action *a = &actions[i];
		struct entry *e = &p->log[p->n_log];

		if (p->n_log == LOG_MAX) {
			complain(p, "too much happened", NULL);
			return;
		}
		*e = (struct entry){.kind = a->kind, .t_ns = a->t_ns, .alarms = a->alarms, .word = a->word, .reason = a->reason,
			.point = a->point};
		p->n_log++;
		if (a->kind == ACQ_ACT_PRESS) {
			e->trial = a->press->trial;
			e->n_samples = a->press->n_samples;
			if (e->n_samples) {
				e->span_before_s = e->trial.t_contact_s - alg_ns_to_s(a->press->samples[0].t_ns);
				e->span_after_s =
					alg_ns_to_s(a->press->samples[e->n_samples - 1].t_ns) - e->trial.t_release_s;
			}
		} else if (a->kind == ACQ_ACT_PROMPT) {
			p->prompt_point = a->point;
			p->prompt_round = a->round;
			p->ready = false;
		} else if (a->kind == ACQ_ACT_READY) {
			p->ready = true;
		} else if (a->kind == ACQ_ACT_LIMITS) {
			p->limits = a->limits;
			acq_guard_set(&p->guard, &a->limits);
		}
	}
}

static void event(struct play *p, struct acq_event event)
{
	struct acq_action actions[ACQ_ACTIONS_MAX];

	event.t_ns = event.t_ns ? event.t_ns : alg_s_to_ns(p->now_s);
	take_actions(p, actions, acq_engine_step(p->engine, &event, actions));
}

static void sample(struct play *p, double force_n, uint32_t flags)
{
	int64_t t_ns = alg_s_to_ns(p->now_s);
	struct ses_sample s = {.t_ns = t_ns, .arrival_ns = t_ns, .force_n = force_n + p->zero_n, .flags = flags};
	unsigned alarms = acq_guard_sample(&p->guard, &s);

	if (isnan(p->over_s) && fabs(s.force_n - p->limits.zero_n) >= p->limits.ceiling_n)
		p->over_s = p->now_s;
	if (p->lost && isfinite(force_n)) {
		p->lost = false;
		event(p, (struct acq_event){.kind = ACQ_EVENT_BACK});
	}
	if (alarms)
		event(p, (struct acq_event){.kind = ACQ_EVENT_ALARM, .alarms = alarms});
	event(p, (struct acq_event){.kind = ACQ_EVENT_SAMPLE, .sample = s});
	if (alarms & ACQ_ALARM_LOST) {
		p->lost = true;
		event(p, (struct acq_event){.kind = ACQ_EVENT_LOST});
	}
}

static double force_now(const struct play *p)
{
	double part = p->ramp_s > 0 ? (p->now_s - p->ramp_t0_s) / p->ramp_s : 1;

	return part >= 1 ? p->to_n : p->from_n + (p->to_n - p->from_n) * part;
}

static void quiet_tick(struct play *p)
{
	unsigned alarms = p->hz > 0 ? acq_guard_silence(&p->guard, alg_s_to_ns(p->now_s)) : 0;

	if (alarms)
		event(p, (struct acq_event){.kind = ACQ_EVENT_ALARM, .alarms = alarms});
	if (alarms & ACQ_ALARM_LOST) {
		p->lost = true;
		event(p, (struct acq_event){.kind = ACQ_EVENT_LOST});
	}
	event(p, (struct acq_event){.kind = ACQ_EVENT_TICK});
}

static void deliver_button(struct play *p)
{
	double pressed_s = p->button_s - p->late_s;

	p->button_s = NAN;
	event(p, (struct acq_event){.kind = ACQ_EVENT_BUTTON, .t_ns = alg_s_to_ns(pressed_s)});
}

/* Everything that happens before t: samples at their rate, ticks when there are none. */
static void run_until(struct play *p, double t_s)
{
	while (true) {
		bool silent = p->hz == 0 || p->next_s < p->silent_until_s - 1e-9;
		double next = p->next_s;

		if (!isnan(p->button_s) && p->button_s <= next && p->button_s <= t_s) {
			p->now_s = p->button_s;
			deliver_button(p);
			continue;
		}
		if (next > t_s - 1e-9)
			break;
		p->now_s = next;
		p->next_s += silent ? 0.01 : p->period_s;
		if (silent)
			quiet_tick(p);
		else
			sample(p, force_now(p), 0);
		if (p->ramp_s > 0 && p->now_s >= p->ramp_t0_s + p->ramp_s - 1e-9)
			p->period_s = p->hz > 0 ? 1 / p->hz : 0.01;
	}
	p->now_s = t_s;
}

/* ---- expectations --------------------------------------------------------------------------------- */

/* "213.4±0.1", "213.4" (then to 1e-6) or "nan". */
static bool matches(const char *want, double got)
{
	char number[64];
	const char *tol_text = strstr(want, "±");
	double value = NAN, tol = 1e-6;

	if (!strcmp(want, "nan"))
		return isnan(got);
	alg_text_copy(number, sizeof(number), want);
	if (tol_text) {
		number[tol_text - want] = '\0';
		if (alg_text_to_double(tol_text + strlen("±"), &tol))
			return false;
	}
	return !alg_text_to_double(number, &value) && fabs(got - value) <= tol;
}

static bool field(const struct entry *e, const char *name, double *out)
{
	const struct ses_trial *t = &e->trial;
	const struct { const char *name; double value; } table[] = {
		{"ppt_kpa", t->ppt_kpa}, {"ppt_n", t->ppt_n}, {"peak_kpa", t->peak_kpa}, {"overshoot_kpa", t->overshoot_kpa},
		{"ceiling_kpa", t->ceiling_kpa}, {"rate_kpa_s", t->rate_kpa_s}, {"rate_sd_kpa_s", t->rate_sd_kpa_s},
		{"rate_response_kpa_s", t->rate_response_kpa_s}, {"corridor_share", t->corridor_share}, {"zero_n", t->zero_n},
		{"contact_n", t->contact_n}, {"interval_s", t->interval_s}, {"t_contact_s", t->t_contact_s},
		{"t_response_s", t->t_response_s}, {"t_peak_s", t->t_peak_s}, {"t_release_s", t->t_release_s},
		{"n_ramp", t->n_ramp}, {"n_gaps", t->n_gaps}, {"round", t->round}, {"press", t->press}, {"series", t->series},
		{"ptt_kpa", t->ptt_kpa}, {"t_tolerance_s", t->t_tolerance_s}, {"hold_kpa", t->hold_kpa}, {"hold_s", t->hold_s},
		{"rating", t->rating}, {"kind", t->kind}, {"tolerance", t->tolerance}, {"uncertainty_kpa", t->uncertainty_kpa},
		{"n_samples", t->n_samples}, {"before_s", e->span_before_s}, {"after_s", e->span_after_s},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (!strcmp(table[i].name, name)) {
			*out = table[i].value;
			return true;
		}
	return false;
}

static void check_field(struct play *p, const struct entry *e, char *pair)
{
	char text[600], words[128], *value = strchr(pair, '=');
	double got = NAN;
	bool ok;

	if (!value) {
		complain(p, "not FIELD=VALUE", pair);
		return;
	}
	*value++ = '\0';
	if (!strcmp(pair, "reason")) {
		ok = !strcmp(value, ses_reason_word((enum ses_reason)e->trial.reason));
		snprintf(text, sizeof(text), "reason is %s", ses_reason_word((enum ses_reason)e->trial.reason));
	} else if (!strcmp(pair, "point")) {
		ok = !strcmp(value, e->trial.site_code) && point_of(p, value) == e->trial.point;
		snprintf(text, sizeof(text), "point is %s", e->trial.site_code);
	} else if (!strcmp(pair, "response")) {
		ok = !strcmp(value, ses_response_word((enum ses_response)e->trial.response));
		snprintf(text, sizeof(text), "response is %d", e->trial.response);
	} else if (!strcmp(pair, "quality")) {
		ses_quality_words(words, sizeof(words), (uint32_t)e->trial.quality);
		for (char *c = words; *c; c++)
			*c = *c == ' ' ? ',' : *c;
		ok = !strcmp(value, *words ? words : "none");
		snprintf(text, sizeof(text), "quality is '%s'", words);
	} else if (field(e, pair, &got)) {
		ok = matches(value, got);
		snprintf(text, sizeof(text), "%s is %.9g, expected %s", pair, got, value);
	} else {
		ok = false;
		snprintf(text, sizeof(text), "unknown field %s", pair);
	}
	if (!ok)
		complain(p, "the press differs", text);
}

static struct entry *unclaimed(struct play *p, enum acq_action_kind kind, unsigned alarm)
{
	for (size_t i = 0; i < p->n_log; i++)
		if (p->log[i].kind == kind && !p->log[i].claimed && (!alarm || (p->log[i].alarms & alarm)))
			return &p->log[i];
	return NULL;
}

/* The next one of its kind; without a time on the line up to 3 s may pass until it comes. */
static struct entry *await(struct play *p, enum acq_action_kind kind, unsigned alarm)
{
	struct entry *e;
	double end = p->now_s + (isnan(p->step->t_s) ? 3 : 0);

	while (!(e = unclaimed(p, kind, alarm)) && p->now_s < end)
		run_until(p, fmin(end, p->now_s + 0.1));
	if (e && !alarm)
		e->claimed = true;
	return e;
}

static void expect_press(struct play *p, const char *status, char *rest)
{
	struct entry *e = await(p, ACQ_ACT_PRESS, 0);
	char *save = NULL;

	if (!e) {
		complain(p, "no press was judged", NULL);
		return;
	}
	if (strcmp(status, ses_status_word((enum ses_status)e->trial.status))) {
		char text[100];

		snprintf(text, sizeof(text), "%s (%s)", ses_status_word((enum ses_status)e->trial.status),
			ses_reason_word((enum ses_reason)e->trial.reason));
		complain(p, "the press is", text);
		return;
	}
	for (char *w = strtok_r(rest, " ", &save); w; w = strtok_r(NULL, " ", &save))
		check_field(p, e, w);
}

static void expect_alarm(struct play *p, char *rest)
{
	char *word = strtok_r(rest, " ", &rest), *within = strtok_r(rest, " ", &rest), *ms = strtok_r(rest, " ", &rest);
	double limit = NAN;
	unsigned bit = 1;
	struct entry *e;

	while (bit <= ACQ_ALARM_DROPPED && word && strcmp(word, acq_alarm_word((enum acq_alarm)bit)))
		bit <<= 1;
	e = await(p, ACQ_ACT_ALARM, bit);
	if (!e) {
		complain(p, "the alarm did not come", word);
		return;
	}
	e->alarms &= ~bit;
	e->claimed = e->alarms == 0;
	if (within && (alg_text_to_double(ms, &limit) || !(alg_ns_to_s(e->t_ns) - p->over_s <= limit / 1000 + 1e-9) ||
			alg_ns_to_s(e->t_ns) < p->over_s - 1e-9)) /* script times are sums of decimals */
		complain(p, "the alarm came too late or too early", word);
}

static bool told(const struct play *p, const char *word)
{
	for (size_t i = 0; i < p->n_log; i++)
		if (p->log[i].kind == ACQ_ACT_EVENT && !strcmp(p->log[i].word, word))
			return true;
	return false;
}

static void expect_table(struct play *p, char *rest)
{
	const struct acq_view *view = acq_engine_view(p->engine);
	char *word = strtok_r(rest, " ", &rest);
	int point = word ? point_of(p, word) : -1, column = 0;

	if (point < 0) {
		complain(p, "table of which point?", word);
		return;
	}
	for (; column < view->table_columns; column++) {
		size_t at = (size_t)point * (size_t)view->table_columns + (size_t)column;

		word = strtok_r(rest, " ", &rest);
		if (!word != !view->table_status[at] || (word && !matches(word + (*word == '>'), view->table[at])) ||
			(word && (*word == '>') != (view->table_status[at] == SES_CENSORED)))
			complain(p, "the table differs", word ? word : "there are more presses in it");
		if (!word)
			break;
	}
}

static void expect_now(struct play *p, const char *what, char *rest)
{
	const struct acq_view *view = acq_engine_view(p->engine);
	char *word = strtok_r(rest, " ", &rest), *more = strtok_r(rest, " ", &rest), text[64] = "";
	bool ok = false;

	if (!word)
		word = text;
	if (!strcmp(what, "phase")) {
		ok = !strcmp(word, acq_phase_word(view->phase));
		snprintf(text, sizeof(text), "phase is %s", acq_phase_word(view->phase));
	} else if (!strcmp(what, "cue")) {
		ok = !strcmp(word, acq_cue_word(view->cue));
		snprintf(text, sizeof(text), "cue is %s at %.2f kPa/s", acq_cue_word(view->cue), view->rate_kpa_s);
	} else if (!strcmp(what, "prompt")) {
		ok = point_of(p, word) == p->prompt_point && (!more || atoi(more + strlen("round=")) == p->prompt_round);
		snprintf(text, sizeof(text), "prompt is point %d round %d", p->prompt_point, p->prompt_round);
	} else if (!strcmp(what, "ready")) {
		ok = p->ready == !strcmp(word, "yes");
	} else if (!strcmp(what, "wait")) {
		ok = matches(word, view->wait_s);
		snprintf(text, sizeof(text), "wait is %.3f s", view->wait_s);
	} else if (!strcmp(what, "event")) {
		ok = told(p, word);
	} else if (!strcmp(what, "no")) {
		ok = !strcmp(word, "event") && more && !told(p, more);
	} else if (!strcmp(what, "limit")) {
		ok = matches(word, p->limits.ceiling_n);
		snprintf(text, sizeof(text), "limit is %.9g N", p->limits.ceiling_n);
	} else if (!strcmp(what, "zero")) {
		ok = matches(word, p->limits.zero_n);
		snprintf(text, sizeof(text), "zero is %.9g N", p->limits.zero_n);
	} else {
		snprintf(text, sizeof(text), "unknown expectation");
	}
	if (!ok)
		complain(p, p->step->text, text);
}

static void expect(struct play *p)
{
	char copy[ACQ_SCRIPT_TEXT_MAX], *rest, nothing[] = "";

	alg_text_copy(copy, sizeof(copy), p->step->text);
	rest = strchr(copy, ' ');
	if (rest)
		*rest++ = '\0';
	else
		rest = nothing;
	if (!strcmp(copy, "accepted") || !strcmp(copy, "rejected") || !strcmp(copy, "censored") || !strcmp(copy, "missing")) {
		expect_press(p, copy, rest);
	} else if (!strcmp(copy, "alarm")) {
		expect_alarm(p, rest);
	} else if (!strcmp(copy, "amend")) {
		if (!await(p, ACQ_ACT_AMEND_LAST, 0))
			complain(p, "no amendment was asked for", NULL);
	} else if (!strcmp(copy, "move")) {
		struct entry *e = await(p, ACQ_ACT_MOVE_LAST, 0);

		if (!e || e->point != point_of(p, rest))
			complain(p, "the press was not moved there", rest);
	} else if (!strcmp(copy, "done")) {
		struct entry *e = await(p, ACQ_ACT_DONE, 0);

		if (!e)
			complain(p, "the session is not over", NULL);
		else if (*rest && strcmp(rest + strlen("reason="), ses_reason_word(e->reason)))
			complain(p, "the session ended otherwise", ses_reason_word(e->reason));
	} else if (!strcmp(copy, "table")) {
		expect_table(p, rest);
	} else {
		expect_now(p, copy, rest);
	}
}

/* ---- a script ------------------------------------------------------------------------------------------ */

/* What the store would give back: the presses in order, with the amendments that the engine asked for. */
static size_t stored(const struct play *p, struct ses_trial *trial)
{
	size_t n = 0, made = 0; /* the last one by a hand */

	for (size_t i = 0; i < p->n_log; i++) {
		const struct entry *e = &p->log[i];

		if (e->kind == ACQ_ACT_PRESS)
			trial[n++] = e->trial;
		if (e->kind == ACQ_ACT_PRESS && e->trial.status != SES_MISSING)
			made = n - 1;
		if (e->kind == ACQ_ACT_AMEND_LAST) {
			trial[made].status = SES_REJECTED;
			trial[made].reason = SES_REASON_EXAMINER;
		}
		if (e->kind == ACQ_ACT_MOVE_LAST)
			trial[made].point = e->point;
	}
	return n;
}

static void restart(struct play *p)
{
	static struct ses_trial trial[LOG_MAX];
	struct acq_action actions[ACQ_ACTIONS_MAX];

	acq_engine_free(p->engine);
	p->engine = NULL;
	if (acq_engine_new(&p->engine, &p->config, 0)) {
		complain(p, "the session cannot go on", NULL);
		return;
	}
	acq_engine_resume(p->engine, trial, stored(p, trial));
	take_actions(p, actions, acq_engine_start(p->engine, actions));
}

static void play_step(struct play *p)
{
	const struct acq_script_step *step = p->step;

	if (!isnan(step->t_s))
		run_until(p, step->t_s);
	switch (step->kind) {
	case ACQ_SCRIPT_HEADER:
		complain(p, "a header after the first step", step->text);
		break;
	case ACQ_SCRIPT_SAMPLE:
		p->to_n = step->to_n;
		p->ramp_s = 0;
		sample(p, step->to_n, step->flags);
		if (isnan(p->to_n))
			p->to_n = p->from_n;
		p->from_n = p->to_n;
		p->next_s = fmax(p->next_s, p->now_s + p->period_s);
		break;
	case ACQ_SCRIPT_RAMP:
		p->from_n = step->from_n;
		p->to_n = step->to_n;
		p->ramp_s = step->duration_s;
		p->ramp_t0_s = step->t_s;
		p->period_s = isnan(step->rate_hz) ? (p->hz > 0 ? 1 / p->hz : 0.01) : 1 / step->rate_hz;
		p->next_s = fmax(p->now_s, p->next_s - 1e-9);
		break;
	case ACQ_SCRIPT_SILENCE:
		p->silent_until_s = step->t_s + step->duration_s;
		break;
	case ACQ_SCRIPT_SUSPEND:
		event(p, (struct acq_event){.kind = ACQ_EVENT_SUSPEND});
		break;
	case ACQ_SCRIPT_RESTART:
		restart(p);
		break;
	case ACQ_SCRIPT_BUTTON:
		p->button_s = step->t_s + p->late_s;
		if (p->late_s == 0)
			deliver_button(p);
		break;
	case ACQ_SCRIPT_KEY:
		event(p, (struct acq_event){.kind = ACQ_EVENT_KEY, .key = step->key, .value = step->to_n});
		break;
	case ACQ_SCRIPT_EXPECT:
		expect(p);
		break;
	}
}

static bool begin(struct play *p)
{
	struct acq_action actions[ACQ_ACTIONS_MAX];

	p->points.point = p->point;
	p->config.proc = &p->proc;
	p->config.points = &p->points;
	p->config.order = p->order;
	p->config.n_order = (p->points.n - (p->proc.familiarisation > 0)) * (size_t)p->proc.rounds;
	p->period_s = p->hz > 0 ? 1 / p->hz : 0.01;
	acq_guard_init(&p->guard, &(struct acq_guard_limits){.ceiling_n = NAN});
	if (acq_order_make(&p->proc, &p->points, 1, p->order, ORDER_MAX) || acq_engine_new(&p->engine, &p->config, 0)) {
		complain(p, "the session cannot begin", NULL);
		return false;
	}
	take_actions(p, actions, acq_engine_start(p->engine, actions));
	return true;
}

static void nothing_left(struct play *p)
{
	for (size_t i = 0; i < p->n_log; i++) {
		const struct entry *e = &p->log[i];
		char text[120];

		if (e->claimed || (e->kind != ACQ_ACT_PRESS && e->kind != ACQ_ACT_AMEND_LAST && e->kind != ACQ_ACT_MOVE_LAST &&
					  e->kind != ACQ_ACT_DONE &&
					  !(e->kind == ACQ_ACT_ALARM && e->alarms)))
			continue;
		snprintf(text, sizeof(text), "%s at %.2f s", e->kind == ACQ_ACT_PRESS
				? ses_status_word((enum ses_status)e->trial.status)
				: e->kind == ACQ_ACT_ALARM ? "alarm" : e->kind == ACQ_ACT_DONE ? "done" : "amend",
			alg_ns_to_s(e->t_ns));
		complain(p, "not expected", text);
	}
}

struct said {
	char text[ALG_LOG_TEXT_MAX];
};

static void hear(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)level;
	(void)id;
	alg_text_copy(((struct said *)ctx)->text, ALG_LOG_TEXT_MAX, text);
}

static bool play_file(const char *path)
{
	struct play *p = calloc(1, sizeof(*p));
	struct acq_script script = {.step = NULL};
	struct said said = {""};
	struct alg_log log = {.sink = hear, .ctx = &said, .level = ALG_LEVEL_ERROR};
	bool good;

	assert_non_null(p);
	*p = (struct play){.path = path, .hz = 100, .button_s = NAN, .over_s = NAN,
		.proc = {.rate_kpa_s = 30, .corridor = 0.2, .rounds = 1, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_FIXED,
			.interval_s = 10, .max_presses = 5, .ceiling_kpa = 600, .force_cap_n = NAN, .reject_rate = NAN},
		.config = {.area_cm2 = 1, .resolution_n = NAN, .capacity_n = NAN, .response = SES_RESPONSE_BUTTON}};
	header(p, "points UTRAP_R");
	if (acq_script_load(&script, path, false, &log)) {
		complain(p, "the script cannot be read", said.text);
	} else {
		size_t i = 0;

		for (; i < script.n && script.step[i].kind == ACQ_SCRIPT_HEADER; i++) {
			p->step = &script.step[i];
			header(p, script.step[i].text);
		}
		if (!p->failed && begin(p)) {
			for (; i < script.n && !p->failed; i++) {
				p->step = &script.step[i];
				play_step(p);
			}
			nothing_left(p);
		}
	}
	good = !p->failed;
	acq_engine_free(p->engine);
	acq_script_free(&script);
	free(p);
	return good;
}

static void every_script_plays(void **state)
{
	const char *only = getenv("SCRIPT");
	glob_t found;
	int failed = 0;

	(void)state;
	assert_int_equal(glob(ALG_SOURCE_DIR "/tests/engine/*.script", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (!only || strstr(found.gl_pathv[i], only)) {
			bool good = play_file(found.gl_pathv[i]);

			print_message("%s %s\n", good ? "ok  " : "FAIL", strrchr(found.gl_pathv[i], '/') + 1);
			failed += !good;
		}
	globfree(&found);
	assert_int_equal(failed, 0);
}

/* ---- the language itself ------------------------------------------------------------------------------ */

static void errors_name_file_and_line(void **state)
{
	static const struct { const char *text, *want; bool operator_only; } row[] = {
		{"t=1 button\nt=2 key ejct\n", "x.script:2: unknown key", true},
		{"\n\nt=1 sample 3 N\n", "x.script:3: a script of the operator has only", true},
		{"t=2 button\nt=1 button\n", "x.script:2: the time goes back", true},
		{"t=2 button now\n", "x.script:1: there is more on the line", true},
		{"button\n", "x.script:1: the step must begin with its time", true},
		{"t=1,5 button\n", "x.script:1: t= must be seconds", true},
		{"t=-1 button\n", "x.script:1: t= must be seconds", true},
		{"t=inf button\n", "x.script:1: t= must be seconds", true},
		{"t=1 key\n", "x.script:1: something is missing", true},
		{"t=1 sample 3\n", "x.script:1: something is missing", false},
		{"t=1 sample 3 kg\n", "x.script:1: the unit N", false},
		{"t=1 sample 3 N lost\n", "x.script:1: unknown flag", false},
		{"t=1 ramp 0 to 40 N in 4 s at 0 Hz\n", "x.script:1: the rate must be", false},
		{"t=1 ramp 0 40 N in 4 s\n", "x.script:1: a ramp is", false},
		{"t=1 rmap 0 to 40 N in 4 s\n", "x.script:1: unknown step", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct said said = {""};
		struct alg_log log = {.sink = hear, .ctx = &said, .level = ALG_LEVEL_ERROR};
		struct acq_script script;

		print_message("%s", row[i].text);
		assert_int_equal(
			acq_script_parse(&script, row[i].text, strlen(row[i].text), "x.script", row[i].operator_only, &log),
			ALG_ERR_DATA);
		acq_script_free(&script);
		assert_int_equal(strncmp(said.text, row[i].want, strlen(row[i].want)), 0);
	}
}

static void a_script_of_the_operator(void **state)
{
	static const char text[] = "# a visit\nt=1.5 button   # now\r\n\nt=1.5 key reject\nt=60 key end";
	struct acq_script script;

	(void)state;
	assert_int_equal(acq_script_parse(&script, text, strlen(text), "x", true, NULL), 0);
	assert_int_equal(script.n, 3);
	assert_int_equal(script.step[0].kind, ACQ_SCRIPT_BUTTON);
	assert_int_equal(script.step[0].line, 2);
	assert_close(script.step[0].t_s, 1.5, 0);
	assert_int_equal(script.step[1].key, ACQ_KEY_REJECT);
	assert_int_equal(script.step[2].key, ACQ_KEY_END);
	acq_script_free(&script);
	assert_int_equal(acq_script_parse(&script, "", 0, "x", true, NULL), 0);
	assert_int_equal(script.n, 0);
	acq_script_free(&script);
}

static void a_session_that_makes_no_sense_does_not_begin(void **state)
{
	struct ses_procedure proc = {.rate_kpa_s = 30, .corridor = 0.2, .rounds = 1, .max_presses = 5, .interval_s = 10,
		.ceiling_kpa = 600, .force_cap_n = NAN, .reject_rate = NAN};
	struct ses_point point = {.site_code = "A", .ceiling_kpa = NAN};
	struct ses_points points = {.point = &point, .n = 1};
	int order[] = {0};
	struct acq_config good = {.proc = &proc, .points = &points, .order = order, .n_order = 1, .area_cm2 = 1,
		.resolution_n = NAN, .capacity_n = NAN, .response = SES_RESPONSE_BUTTON}, bad = good;
	struct acq_engine *engine;

	(void)state;
	assert_int_equal(acq_engine_new(&engine, &good, 0), 0);
	acq_engine_free(engine);
	bad.area_cm2 = 0;
	assert_int_equal(acq_engine_new(&engine, &bad, 0), ALG_ERR_ARG);
	assert_null(engine);
	bad = good;
	bad.n_order = 0;
	assert_int_equal(acq_engine_new(&engine, &bad, 0), ALG_ERR_ARG);
	bad = good;
	bad.response = (enum ses_response)0;
	assert_int_equal(acq_engine_new(&engine, &bad, 0), ALG_ERR_ARG);
	order[0] = 1;
	assert_int_equal(acq_engine_new(&engine, &good, 0), ALG_ERR_ARG);
	order[0] = 0;
	proc.ceiling_kpa = NAN; /* nobody is pressed without a ceiling */
	assert_int_equal(acq_engine_new(&engine, &good, 0), ALG_ERR_ARG);
	point.ceiling_kpa = 300;
	assert_int_equal(acq_engine_new(&engine, &good, 0), 0);
	acq_engine_free(engine);
	acq_engine_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_script_plays), cmocka_unit_test(errors_name_file_and_line),
		cmocka_unit_test(a_script_of_the_operator), cmocka_unit_test(a_session_that_makes_no_sense_does_not_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
