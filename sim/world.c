/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/world.h"

#include "base/text.h"
#include "sim/hand.h"
#include "sim/options.h"
#include "sim/patient.h"
#include "sim/random.h"
#include "sim/scenario.h"
#include "sim/wire.h"

#include <math.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static const int64_t start_ns = 100 * ALG_NS_PER_S; /* of the world's own clock */
static const int64_t start_wall_ns = INT64_C(1772438400) * ALG_NS_PER_S; /* 2026-03-02T08:00:00Z */
static const int64_t feel_step_ns = 5 * ALG_NS_PER_MS;

enum { SITES_MAX = 64 };

enum stage { IDLE, PLANNED, PRESSING };

struct press {
	enum stage stage;
	struct sim_hand hand;
	struct sim_truth truth;
	int64_t t_pain_ns;
	int64_t t_second_ns; /* the second response; SIM_NO_BUTTON: none, or it was told */
	bool button_told;
};

struct aim {
	bool given, ready;
	char site_code[16];
	double area_cm2, rate_kpa_s, ceiling_kpa;
	int64_t t_ready_ns, t_given_ns;
};

struct sim_world {
	const struct sim_speaker *speaker;
	struct sim_options opt;
	struct sim_patient patient;
	struct sim_gauge gauge;
	alignas(16) uint8_t state[SIM_SPEAKER_STATE_MAX];
	struct sim_wire wire;
	struct alg_clock clock;
	int64_t now_ns, origin_ns, wall_offset_ns;
	bool started;
	/* ticks: number n is due at tick_origin_ns + n periods */
	double tick_hz;
	int64_t tick_origin_ns, tick_n, felt_ns, send_n;
	double load_n; /* a dead weight on the gauge */
	/* the hand */
	struct aim aim;
	bool tolerance;
	double hold_kpa, hold_s;
	struct press press;
	int64_t last_end_ns;
	int presses;
	struct {
		char site_code[16];
		int presses;
	} site[SITES_MAX];
	struct sim_truth last;
	int64_t t_key_ns;    /* INT64_MAX: no key is coming */
	int64_t t_untold_ns; /* a button of a press that is over and was not yet told; SIM_NO_BUTTON */
};

/* ---- the gauge ------------------------------------------------------------------------------ */

static int64_t after_s(const struct sim_world *w, double s)
{
	return s < 1e8 ? w->origin_ns + alg_s_to_ns(s) : INT64_MAX;
}

static bool stalled(const struct sim_world *w, int64_t t_ns)
{
	return t_ns >= after_s(w, w->opt.stall_s) && t_ns < after_s(w, w->opt.stall_s + w->opt.stall_for_s);
}

static bool plugged_at(const struct sim_world *w, int64_t t_ns)
{
	return t_ns < after_s(w, w->opt.unplug_s) || t_ns >= after_s(w, w->opt.back_s);
}

double sim_world_force_n(const struct sim_world *w, int64_t t_ns)
{
	return sim_hand_force_n(&w->press.hand, t_ns);
}

/* What the sensor makes of a force on it. */
static double turned_n(const struct sim_world *w, double force_n)
{
	return w->opt.gain * (force_n + w->load_n) + w->opt.zero_n;
}

double sim_world_rate_n_s(const struct sim_world *w, int64_t t_ns)
{
	struct sim_hand smooth = w->press.hand;

	smooth.tremor_n = 0;
	return (sim_hand_force_n(&smooth, t_ns + ALG_NS_PER_MS) - sim_hand_force_n(&smooth, t_ns - ALG_NS_PER_MS)) / 2e-3;
}

/* What the sensor gives: offset and noise (new every millisecond) are part of it. */
static double sensed_n(const struct sim_world *w, int64_t t_ns)
{
	double noise = w->opt.noise_n * sim_normal(w->wire.key ^ 0x4E, (uint64_t)((t_ns - w->origin_ns) / ALG_NS_PER_MS));

	return turned_n(w, sim_world_force_n(w, t_ns)) + noise;
}

/* A polled gauge with a slow display shows what it was at the display's last update. */
static int64_t shown_at(const struct sim_world *w, int64_t t_ns)
{
	if (w->speaker->talks || isnan(w->opt.hz))
		return t_ns;
	int64_t period = alg_s_to_ns(1 / w->opt.hz), since = t_ns - w->origin_ns;

	return t_ns - since % period;
}

int64_t sim_world_tick_ns(const struct sim_world *w, int64_t n)
{
	return w->tick_origin_ns + (int64_t)floor((double)n * 1e9 / w->tick_hz);
}

static int64_t next_tick_ns(const struct sim_world *w)
{
	if (!w->speaker->tick || w->tick_hz <= 0)
		return INT64_MAX;
	return sim_world_tick_ns(w, w->tick_n + 1);
}

static int64_t next_send_ns(const struct sim_world *w)
{
	if (isnan(w->opt.send_s) || !w->speaker->send_key)
		return INT64_MAX;
	return w->origin_ns + (w->send_n + 1) * alg_s_to_ns(w->opt.send_s);
}

/* The stream may have been switched on, off, or to another rate. */
static void follow_rate(struct sim_world *w)
{
	double hz = w->gauge.rate_hz > 0 && !isnan(w->opt.hz) ? w->opt.hz : w->gauge.rate_hz;

	if (hz == w->tick_hz)
		return;
	w->tick_hz = hz;
	w->tick_origin_ns = w->now_ns;
	w->tick_n = 0;
	if (w->wire.bundle_ns > 0 && hz > 0) /* the request went out at a tick of the adapter, the gauge's clock is its own */
		w->tick_origin_ns -= (int64_t)(sim_uniform(w->wire.key ^ 0x7C, 0) * 1e9 / hz);
}

static void transmit(struct sim_world *w, const uint8_t *bytes, size_t n, int64_t t_ns)
{
	if (!stalled(w, w->now_ns) && plugged_at(w, w->now_ns))
		sim_wire_send(&w->wire, t_ns, bytes, n);
}

static void tick(struct sim_world *w)
{
	uint8_t out[SIM_OUT_MAX];

	w->tick_n++;
	sim_gauge_feel(&w->gauge, sensed_n(w, w->now_ns));
	transmit(w, out, w->speaker->tick(w->state, &w->gauge, out), w->now_ns);
}

static void press_send_key(struct sim_world *w)
{
	uint8_t out[SIM_OUT_MAX];

	w->send_n++;
	sim_gauge_feel(&w->gauge, sensed_n(w, shown_at(w, w->now_ns)));
	transmit(w, out, w->speaker->send_key(w->state, &w->gauge, out), w->now_ns);
}

static void hear(struct sim_world *w, const uint8_t *bytes, size_t n)
{
	uint8_t in[256], out[SIM_OUT_MAX];

	if (!w->speaker->hear || stalled(w, w->now_ns) || !plugged_at(w, w->now_ns))
		return;
	while (n) {
		size_t part = n < sizeof(in) ? n : sizeof(in);

		memcpy(in, bytes, part);
		sim_wire_distort(&w->wire, in, part);
		sim_gauge_feel(&w->gauge, sensed_n(w, shown_at(w, w->now_ns)));
		size_t len = w->speaker->hear(w->state, &w->gauge, in, part, out);

		transmit(w, out, len, w->now_ns + w->speaker->reply_us * ALG_NS_PER_US);
		follow_rate(w);
		bytes += part;
		n -= part;
	}
}

/* ---- the examiner and the patient ------------------------------------------------------------- */

static int *presses_at(struct sim_world *w, const char *site_code)
{
	size_t i = 0;

	while (i < SITES_MAX - 1 && w->site[i].site_code[0] && strcmp(w->site[i].site_code, site_code) != 0)
		i++;
	alg_text_copy(w->site[i].site_code, sizeof(w->site[i].site_code), site_code);
	return &w->site[i].presses;
}

static bool happens(const struct sim_world *w, const struct sim_scenario_event *event, const struct sim_truth *truth)
{
	return w->patient.visit == event->visit && !w->patient.post && truth->press_of_site == event->press &&
		strcmp(truth->site_code, event->site_code) == 0;
}

/* How much too fast: the scenario's one press; strangers are pressed too fast now and then. */
static double haste(const struct sim_world *w, const struct sim_truth *truth, uint64_t key)
{
	if (w->patient.scenario)
		return happens(w, &w->patient.scenario->fast, truth) ? 1.9 : 1;
	return sim_uniform(key, 40) < 0.03 ? 1.5 + 0.5 * sim_uniform(key, 41) : 1;
}

/* Lift and button follow from the pain, the examiner's own ceiling and both reaction times. */
static void foresee(struct sim_world *w, uint64_t key, double area_cm2, double ceiling_kpa)
{
	struct press *p = &w->press;
	double examiner_s = 0.2 + 0.15 * sim_uniform(key, 50);
	double patient_s = sim_patient_reaction_s(&w->patient, p->truth.site_code, p->truth.press_of_site);
	int64_t ceiling_ns = sim_hand_reaches_ns(&p->hand, alg_force_n(ceiling_kpa, area_cm2));
	int64_t button_ns = INT64_MAX;

	p->t_pain_ns = sim_hand_reaches_ns(&p->hand, p->truth.threshold_n);
	if (p->t_pain_ns != INT64_MAX)
		button_ns = p->t_pain_ns + alg_s_to_ns(patient_s);
	p->t_second_ns = SIM_NO_BUTTON;
	if (w->tolerance && button_ns != INT64_MAX) {
		int64_t enough_ns = sim_hand_reaches_ns(&p->hand, SIM_TOLERANCE * p->truth.threshold_n);

		if (enough_ns < ceiling_ns)
			p->t_second_ns = enough_ns + alg_s_to_ns(patient_s);
	}
	int64_t asked_ns = w->tolerance ? p->t_second_ns == SIM_NO_BUTTON ? INT64_MAX : p->t_second_ns : button_ns;
	int64_t first_ns = asked_ns < ceiling_ns ? asked_ns : ceiling_ns;

	if (first_ns > p->hand.t_contact_ns + 100 * ALG_NS_PER_S)
		first_ns = p->hand.t_contact_ns + 100 * ALG_NS_PER_S; /* nobody presses for ever */
	p->hand.t_lift_ns = first_ns + alg_s_to_ns(examiner_s);
	p->truth.t_button_ns = p->t_pain_ns < p->hand.t_lift_ns ? button_ns : SIM_NO_BUTTON;
}

/* A hold has no button: he lifts when its time is over. */
static void foresee_hold(struct sim_world *w, uint64_t key)
{
	struct press *p = &w->press;

	p->t_pain_ns = INT64_MAX;
	p->t_second_ns = p->truth.t_button_ns = SIM_NO_BUTTON;
	p->hand.t_lift_ns = sim_hand_reaches_ns(&p->hand, p->hand.top_n) + alg_s_to_ns(w->hold_s + 0.3 + 0.15 * sim_uniform(key, 50));
}

static void plan_press(struct sim_world *w)
{
	struct aim *aim = &w->aim;
	struct sim_truth truth = {.press = w->presses + 1, .peak_n = 0};
	double target = isnan(w->opt.rate_kpa_s) ? aim->rate_kpa_s : w->opt.rate_kpa_s;
	double ceiling = isnan(w->opt.ceiling_kpa) ? aim->ceiling_kpa : w->opt.ceiling_kpa;
	int *presses = presses_at(w, aim->site_code);

	alg_text_copy(truth.site_code, sizeof(truth.site_code), aim->site_code);
	truth.press_of_site = *presses + 1;
	uint64_t key = sim_key(sim_key((uint64_t)w->opt.seed, "hand", w->patient.visit * 2 + w->patient.post),
		aim->site_code, truth.press_of_site);
	/* He moves to the point, waits for "ready", and takes a moment. */
	int64_t moved_ns = aim->t_given_ns + alg_s_to_ns(1.2 + 0.8 * sim_uniform(key, 60));
	int64_t told_ns = aim->t_ready_ns + alg_s_to_ns(0.5 + 0.5 * sim_uniform(key, 61));
	int64_t rested_ns = w->last_end_ns + alg_s_to_ns(w->opt.pause_s);
	int64_t contact_ns = moved_ns > told_ns ? moved_ns : told_ns;
	struct sim_hand_style style = {
		.rate_n_s = alg_force_n(target, aim->area_cm2),
		.rate_spread = w->opt.rate_spread,
		.wander = w->opt.wander,
		.tremor_n = w->opt.tremor_n,
		.haste = haste(w, &truth, key),
		.top_n = alg_force_n(w->hold_kpa, aim->area_cm2),
	};

	if (contact_ns < rested_ns)
		contact_ns = rested_ns;
	truth.threshold_n = alg_force_n(
		sim_patient_threshold_kpa(&w->patient, aim->site_code, truth.press_of_site), aim->area_cm2);
	truth.t_contact_ns = contact_ns;
	w->press = (struct press){.stage = PLANNED, .truth = truth};
	sim_hand_start(&w->press.hand, &style, key, contact_ns);
	if (w->hold_kpa > 0)
		foresee_hold(w, key);
	else
		foresee(w, key, aim->area_cm2, ceiling);
	w->presses++;
	++*presses;
	aim->ready = false;
}

static void unplan(struct sim_world *w)
{
	if (w->press.stage != PLANNED)
		return;
	--*presses_at(w, w->press.truth.site_code);
	w->presses--;
	w->press.stage = IDLE;
	w->press.hand = (struct sim_hand){.t_contact_ns = INT64_MAX, .t_lift_ns = INT64_MAX};
}

static void finish_press(struct sim_world *w)
{
	struct press *p = &w->press;

	p->stage = IDLE;
	p->truth.t_lift_ns = p->hand.t_lift_ns;
	p->truth.force_n = p->truth.t_button_ns == SIM_NO_BUTTON ? NAN : sim_hand_force_n(&p->hand, p->truth.t_button_ns);
	w->last = p->truth;
	w->last_end_ns = w->now_ns;
	if (!p->button_told)
		w->t_untold_ns = p->truth.t_button_ns;
	else if (p->t_second_ns != SIM_NO_BUTTON)
		w->t_untold_ns = p->t_second_ns;
	p->button_told = true;
	if (w->patient.scenario && happens(w, &w->patient.scenario->reject, &p->truth))
		w->t_key_ns = w->now_ns + 900 * ALG_NS_PER_MS;
	if (w->aim.given && w->aim.ready)
		plan_press(w);
}

/* ---- time ---------------------------------------------------------------------------------------- */

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t next_stage_ns(const struct sim_world *w)
{
	return w->press.stage == PLANNED ? w->press.hand.t_contact_ns
		: w->press.stage == PRESSING ? sim_hand_end_ns(&w->press.hand) : INT64_MAX;
}

static void feel_to(struct sim_world *w, int64_t t_ns)
{
	if (w->press.stage != PRESSING)
		return;
	for (; w->felt_ns <= t_ns; w->felt_ns += feel_step_ns) {
		double force_n = sim_world_force_n(w, w->felt_ns);

		sim_gauge_feel(&w->gauge, turned_n(w, force_n));
		if (force_n > w->press.truth.peak_n)
			w->press.truth.peak_n = force_n;
	}
}

static void pass_to(struct sim_world *w, int64_t t_ns)
{
	w->started = true;
	for (;;) {
		int64_t tick_ns = next_tick_ns(w), send_ns = next_send_ns(w), stage_ns = next_stage_ns(w);
		int64_t next = least(least(tick_ns, send_ns), stage_ns);

		if (next > t_ns)
			break;
		feel_to(w, next);
		if (next > w->now_ns)
			w->now_ns = next;
		if (next == stage_ns && w->press.stage == PLANNED) {
			w->press.stage = PRESSING;
			w->felt_ns = next;
		} else if (next == stage_ns) {
			finish_press(w);
		} else if (next == tick_ns) {
			tick(w);
		} else {
			press_send_key(w);
		}
	}
	feel_to(w, t_ns);
	if (t_ns > w->now_ns)
		w->now_ns = t_ns;
}

static int64_t world_now(void *ctx)
{
	return ((struct sim_world *)ctx)->now_ns;
}

static int64_t world_wall(void *ctx)
{
	struct sim_world *w = ctx;

	return w->now_ns + w->wall_offset_ns;
}

const struct alg_clock *sim_world_clock(struct sim_world *w)
{
	return &w->clock;
}

void sim_world_set_wall(struct sim_world *w, int64_t wall_ns)
{
	w->wall_offset_ns = wall_ns - w->now_ns;
}

/* ---- faces ----------------------------------------------------------------------------------------- */

static void set_origin(struct sim_world *w, int64_t now_ns)
{
	int64_t wall_ns = w->now_ns + w->wall_offset_ns;

	w->now_ns = w->origin_ns = w->tick_origin_ns = now_ns;
	w->last_end_ns = now_ns - 3600 * ALG_NS_PER_S;
	w->wall_offset_ns = wall_ns - now_ns;
}

int sim_world_new(struct sim_world **out, const char *family, const char *options, struct alg_log *log)
{
	const struct sim_speaker *speaker = sim_speaker_find(family);
	struct sim_options opt;
	char names[256];
	int status;

	*out = NULL;
	if (!speaker) {
		sim_speaker_names(names, sizeof(names));
		return alg_fail(log, MSG_FAMILY_UNKNOWN, family, names);
	}
	if ((status = sim_options_parse(options, &opt, log)) < 0)
		return status;
	struct sim_world *w = calloc(1, sizeof(*w));

	if (!w)
		return alg_fail(log, MSG_NOMEM, "a simulation");
	w->speaker = speaker;
	w->opt = opt;
	w->patient = (struct sim_patient){
		.seed = (uint64_t)opt.seed,
		.scenario = sim_scenario_find(opt.participant),
		.visit = (int)opt.visit,
		.post = opt.post,
		.fixed_kpa = opt.threshold_kpa,
	};
	alg_text_copy(w->patient.code, sizeof(w->patient.code), opt.participant);
	w->patient.day = isnan(opt.days) ? sim_scenario_day(&sim_scenario_demo, w->patient.visit) : (int)opt.days;
	sim_gauge_init(&w->gauge, speaker);
	if (opt.unit != ALG_UNIT_NONE)
		w->gauge.unit = opt.unit;
	if (speaker->talks && !isnan(opt.hz))
		w->gauge.rate_hz = opt.hz;
	w->gauge.low_battery = opt.low_battery;
	w->gauge.generation = opt.generation;
	w->gauge.peak_mode = opt.peak;
	w->tick_hz = w->gauge.rate_hz;
	w->clock = (struct alg_clock){.now_ns = world_now, .wall_ns = world_wall, .ctx = w};
	w->wall_offset_ns = start_wall_ns;
	set_origin(w, start_ns);
	sim_wire_init(&w->wire, speaker, opt.drop, opt.garble,
		sim_key(sim_key((uint64_t)opt.seed, "wire", w->patient.visit), family, w->patient.post));
	sim_wire_bundle(&w->wire, alg_s_to_ns(opt.bundle_ms / 1000));
	sim_wire_clear(&w->wire);
	w->t_key_ns = INT64_MAX;
	w->t_untold_ns = SIM_NO_BUTTON;
	w->press.hand = (struct sim_hand){.t_contact_ns = INT64_MAX, .t_lift_ns = INT64_MAX};
	*out = w;
	return 0;
}

void sim_world_free(struct sim_world *w)
{
	free(w);
}

void sim_world_aim(struct sim_world *w, const char *site_code, double area_cm2, double rate_kpa_s, double ceiling_kpa)
{
	unplan(w);
	w->aim = (struct aim){
		.given = true,
		.area_cm2 = area_cm2,
		.rate_kpa_s = rate_kpa_s,
		.ceiling_kpa = ceiling_kpa,
		.t_given_ns = w->now_ns,
	};
	alg_text_copy(w->aim.site_code, sizeof(w->aim.site_code), site_code);
}

void sim_world_task(struct sim_world *w, bool tolerance, double hold_kpa, double hold_s)
{
	w->tolerance = tolerance;
	w->hold_kpa = hold_kpa > 0 ? hold_kpa : 0;
	w->hold_s = hold_s;
}

void sim_world_ready(struct sim_world *w)
{
	if (!w->aim.given || w->aim.ready || w->press.stage == PLANNED)
		return;
	w->aim.ready = true;
	w->aim.t_ready_ns = w->now_ns;
	if (w->press.stage == IDLE)
		plan_press(w);
}

void sim_world_load(struct sim_world *w, double force_n)
{
	w->load_n = force_n;
}

void sim_world_lift(struct sim_world *w)
{
	struct press *p = &w->press;
	uint64_t key = sim_key((uint64_t)w->opt.seed, p->truth.site_code, p->truth.press);
	int64_t lift_ns = w->now_ns + alg_s_to_ns(0.2 + 0.1 * sim_uniform(key, 70));

	if (p->stage != PRESSING || lift_ns >= p->hand.t_lift_ns)
		return;
	p->hand.t_lift_ns = lift_ns;
	if (p->t_pain_ns > lift_ns)
		p->truth.t_button_ns = SIM_NO_BUTTON;
	if (p->t_second_ns > lift_ns)
		p->t_second_ns = SIM_NO_BUTTON;
}

bool sim_world_button(struct sim_world *w, int64_t *t_ns)
{
	struct press *p = &w->press;

	*t_ns = w->t_untold_ns;
	w->t_untold_ns = SIM_NO_BUTTON;
	if (*t_ns != SIM_NO_BUTTON)
		return true;
	if (p->button_told && p->stage == PRESSING && p->t_second_ns != SIM_NO_BUTTON && p->t_second_ns <= w->now_ns) {
		*t_ns = p->t_second_ns;
		p->t_second_ns = SIM_NO_BUTTON;
		return true;
	}
	if (p->button_told || p->truth.t_button_ns == SIM_NO_BUTTON || p->stage != PRESSING ||
		p->truth.t_button_ns > w->now_ns)
		return false;
	p->button_told = true;
	*t_ns = p->truth.t_button_ns;
	return true;
}

char sim_world_key(struct sim_world *w, int64_t *t_ns)
{
	*t_ns = w->t_key_ns;
	if (w->now_ns < w->t_key_ns)
		return 0;
	w->t_key_ns = INT64_MAX;
	return 'r';
}

double sim_world_rating(struct sim_world *w, const char *item)
{
	if (strcmp(item, "hold") == 0)
		return w->last.threshold_n > 0 ? fmin(10, round(4 * w->press.hand.top_n / w->last.threshold_n)) : NAN;
	return sim_patient_rating(&w->patient, item);
}

bool sim_world_truth(const struct sim_world *w, struct sim_truth *out)
{
	*out = w->last;
	return w->last.press > 0;
}

bool sim_world_plugged(const struct sim_world *w)
{
	return plugged_at(w, w->now_ns);
}

int sim_world_baud(const struct sim_world *w)
{
	return w->speaker->baud;
}

int sim_world_stop_bits(const struct sim_world *w)
{
	return w->speaker->stop_bits == 2 ? 2 : 1;
}

bool sim_world_line(struct sim_world *w, const struct alg_line_settings *line)
{
	w->wire.wrong_speed = w->speaker->baud > 0 && (line->baud != w->speaker->baud || line->data_bits != 8 ||
							      line->parity != 'N' || line->stop_bits != sim_world_stop_bits(w));
	return !w->wire.wrong_speed;
}

size_t sim_world_advance(struct sim_world *w, int64_t now_ns, uint8_t *out, size_t cap)
{
	if (!w->started)
		set_origin(w, now_ns);
	pass_to(w, now_ns);
	if (!plugged_at(w, w->now_ns))
		sim_wire_clear(&w->wire);
	return sim_wire_take(&w->wire, w->now_ns, out, cap);
}

size_t sim_world_hear(struct sim_world *w, const uint8_t *bytes, size_t n, uint8_t *out, size_t cap)
{
	hear(w, bytes, n);
	return sim_wire_take(&w->wire, w->now_ns, out, cap);
}

int64_t sim_world_next_ns(const struct sim_world *w)
{
	const struct press *p = &w->press;
	int64_t next = least(least(next_tick_ns(w), next_send_ns(w)), least(next_stage_ns(w), w->t_key_ns));
	int64_t out_ns = after_s(w, w->opt.unplug_s), back_ns = after_s(w, w->opt.back_s);

	next = least(next, sim_wire_next_ns(&w->wire, false));
	if (p->stage == PRESSING && !p->button_told && p->truth.t_button_ns != SIM_NO_BUTTON)
		next = least(next, p->truth.t_button_ns);
	if (out_ns > w->now_ns)
		next = least(next, out_ns);
	else if (back_ns > w->now_ns)
		next = least(next, back_ns);
	return next;
}

/* ---- the transport inside the program ------------------------------------------------------------- */

struct cable {
	struct sim_world *world;
	int64_t opened_ns;
};

/* Whether the cable that this transport was opened on is still the same one. */
static bool cut(const struct cable *c)
{
	const struct sim_world *w = c->world;
	int64_t out_ns = after_s(w, w->opt.unplug_s);

	return !plugged_at(w, w->now_ns) || (c->opened_ns < out_ns && w->now_ns >= out_ns);
}

static int cable_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct cable *c = ctx;
	struct sim_world *w = c->world;
	int64_t until = w->now_ns + (timeout_ms > 1 ? timeout_ms : 1) * ALG_NS_PER_MS;

	if (cap > INT32_MAX)
		cap = INT32_MAX;
	for (;;) {
		if (cut(c))
			return ALG_ERR_NODEV;
		size_t n = sim_wire_take(&w->wire, w->now_ns, buf, cap);

		if (n)
			return (int)n;
		if (w->now_ns >= until)
			return 0;
		/* Bytes of a message come together, as an adapter would bundle them. */
		int64_t next = least(sim_wire_next_ns(&w->wire, true), until);
		int64_t out_ns = after_s(w, w->opt.unplug_s);

		next = least(next, least(next_tick_ns(w), next_send_ns(w)));
		if (out_ns > w->now_ns)
			next = least(next, out_ns);
		pass_to(w, next > w->now_ns ? next : w->now_ns + 1);
	}
}

static int cable_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct cable *c = ctx;

	(void)timeout_ms;
	if (cut(c))
		return ALG_ERR_NODEV;
	hear(c->world, buf, len);
	return 0;
}

static int cable_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct cable *c = ctx;

	if (cut(c))
		return ALG_ERR_NODEV;
	sim_world_line(c->world, line);
	return 0;
}

static int cable_flush(void *ctx)
{
	struct cable *c = ctx;
	uint8_t gone[SIM_OUT_MAX];

	while (sim_wire_take(&c->world->wire, c->world->now_ns, gone, sizeof(gone)))
		;
	return 0;
}

static void cable_sleep(void *ctx, int ms)
{
	struct cable *c = ctx;

	if (ms > 0)
		pass_to(c->world, c->world->now_ns + ms * ALG_NS_PER_MS);
}

static int64_t cable_now(void *ctx)
{
	return ((struct cable *)ctx)->world->now_ns;
}

static void cable_close(void *ctx)
{
	free(ctx);
}

/* What an open that cannot say no leaves behind: a transport whose device is gone. */
static int gone_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	(void)ctx, (void)buf, (void)cap, (void)timeout_ms;
	return ALG_ERR_NODEV;
}

static int gone_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx, (void)buf, (void)len, (void)timeout_ms;
	return ALG_ERR_NODEV;
}

static void gone_sleep(void *ctx, int ms)
{
	(void)ctx, (void)ms;
}

static int64_t gone_now(void *ctx)
{
	(void)ctx;
	return start_ns;
}

static void gone_close(void *ctx)
{
	(void)ctx;
}

void sim_world_transport(struct sim_world *w, struct alg_transport *out)
{
	static const struct alg_transport_ops serial = {.name = "sim", .read = cable_read, .write = cable_write,
		.set_line = cable_set_line, .flush = cable_flush, .sleep_ms = cable_sleep, .now_ns = cable_now,
		.close = cable_close};
	static const struct alg_transport_ops packets = {.name = "sim", .packets = true, .read = cable_read,
		.write = cable_write, .flush = cable_flush, .sleep_ms = cable_sleep, .now_ns = cable_now,
		.close = cable_close};
	static const struct alg_transport_ops gone = {.name = "sim", .read = gone_read, .write = gone_write,
		.sleep_ms = gone_sleep, .now_ns = gone_now, .close = gone_close};
	struct cable *c = malloc(sizeof(*c));

	if (!c) {
		*out = (struct alg_transport){.ops = &gone};
		return;
	}
	w->started = true;
	*c = (struct cable){.world = w, .opened_ns = w->now_ns};
	out->ops = w->speaker->packets ? &packets : &serial;
	out->ctx = c;
}
