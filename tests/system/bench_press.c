/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_press PRESSES HZ... - so many simulated presses for each rate of readings, with and without an adapter
 * that bundles for 16 ms, through driver, reader, guard and engine, against the emulator's truth:
 *   threshold  ppt_n of accepted presses, against the true force at the instant of the button
 *   rate       the sliding slope as it is shown, against the hand's true rate: its lag is the shift at which the
 *              two differ least, its error the RMS of what is left, as a share of the true rate
 *   stamp      t_ns of the readings of a press, against the instant at which the gauge took them
 *   alarm      from the true crossing of the ceiling to the reader's alarm
 * The threshold is interpolated between two readings and so has their noise: of a thousand presses the worst
 * with 0.05 N is at 3 to 4 SD, 1.5 to 2 kPa. A fit over 0.14 s would bring it below the limit without noise, and
 * would take a trembling hand's force of that instant (a whole turn of the tremor) away with it. So with noise the
 * limit is that of the time and 4.5 SD of one reading.
 * Done with four hands and gauges: exact (no noise, no tremor: what is left is the program's own error), noise
 * (0.05 N), person (0.02 N and a tremor of 0.12 N), and trembling (0.05 N and 0.3 N). Limits are held for
 * those of which they speak; the rest is reported. Exit status 1: a limit is broken. Of 125 and 250 Hz, the rates
 * of real streams, only the stamps are looked at.
 */
#include "acq/engine.h"
#include "acq/reader.h"
#include "base/clock.h"
#include "base/text.h"
#include "sim/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 10, ROUNDS = 5, LAGS = 51, WAIT_MS = 40, BAUD_BYTES_S = 11520, LINE_BYTES = 10 };

static const double target_kpa_s = 30, area_cm2 = 1;
static const int64_t lag_step_ns = 10 * ALG_NS_PER_MS;

static const char *const site[SITES] = {
	"MASS_L", "MASS_R", "TEMP_L", "TEMP_R", "SCM_L", "SCM_R", "UTRAP_L", "UTRAP_R", "FORE_L", "FORE_R"};

struct hand {
	const char *name;
	double noise_n, tremor_n;
};
static const struct hand hands[] = {
	{"exact", 0, 0}, {"noise", 0.05, 0}, {"person", 0.02, 0.12}, {"trembling", 0.05, 0.3}};
enum { EXACT, NOISE, HANDS = sizeof(hands) / sizeof(hands[0]) };

struct sum {
	int n, others;                       /* accepted presses; rejected, censored, missing */
	double err_n, worst_n, ratio, limit_n; /* sum of errors; the worst, the largest share of its limit, that limit */
	double lag_sq[LAGS];
	long n_rate;
	double stamp_ms, stamp_worst_ms;
	long n_stamp;
	double alarm_ms;
	int alarms;
};

struct play {
	double hz, bundle_ms;
	struct ses_procedure proc;
	struct ses_point point[SITES];
	struct ses_points points;
	int order[SITES * ROUNDS];
	size_t n_order;
	struct sim_world *world;
	struct acq_reader *reader;
	struct acq_engine *engine;
	int64_t contact_ns, rate_ns, crossing_ns, readings;
	bool done;
	struct sum *sum;
};

static int64_t now_ns(const struct play *p)
{
	return alg_clock_now_ns(sim_world_clock(p->world));
}

/* ---- what is compared ------------------------------------------------------------------------------ */

static void judge_press(struct play *p, const struct ses_trial *t)
{
	struct sim_truth truth;
	struct sum *s = p->sum;

	if (t->status != SES_ACCEPTED || !sim_world_truth(p->world, &truth) || !isfinite(truth.force_n)) {
		s->others++;
		return;
	}
	double err_n = t->ppt_n - truth.force_n;
	double limit_n = (1 / p->hz + 0.005) * sim_world_rate_n_s(p->world, truth.t_button_ns);

	s->n++;
	s->err_n += err_n;
	s->worst_n = fmax(s->worst_n, fabs(err_n));
	if (fabs(err_n) / limit_n > s->ratio) {
		s->ratio = fabs(err_n) / limit_n;
		s->limit_n = limit_n;
	}
}

/* Once in 50 ms of a ramp that is fully on. */
static void judge_rate(struct play *p)
{
	double shown = acq_engine_view(p->engine)->rate_kpa_s;
	int64_t now = now_ns(p);

	if (acq_engine_view(p->engine)->phase != ACQ_RAMP || isnan(shown) || now - p->rate_ns < 50 * ALG_NS_PER_MS ||
		now - p->contact_ns < LAGS * lag_step_ns + 300 * ALG_NS_PER_MS)
		return;
	p->rate_ns = now;
	for (int i = 0; i < LAGS; i++) {
		double off = shown / alg_pressure_kpa(sim_world_rate_n_s(p->world, now - i * lag_step_ns), area_cm2) - 1;

		p->sum->lag_sq[i] += off * off;
	}
	p->sum->n_rate++;
}

static void judge_stamp(struct play *p, const struct ses_sample *sample)
{
	/* The reading that opening waited for was the stream's first. */
	double off_ms = (double)(sample->t_ns - sim_world_tick_ns(p->world, ++p->readings + 1)) / 1e6;
	enum acq_phase phase = acq_engine_view(p->engine)->phase;

	if (phase != ACQ_RAMP && phase != ACQ_RELEASE)
		return;
	p->sum->stamp_ms += off_ms;
	p->sum->stamp_worst_ms = fmax(p->sum->stamp_worst_ms, fabs(off_ms));
	p->sum->n_stamp++;
}

static void on_alarm(void *ctx, unsigned alarms)
{
	struct play *p = ctx;

	if (!(alarms & ACQ_ALARM_CEILING) || p->crossing_ns)
		return;
	double ceiling_n = alg_force_n(p->proc.ceiling_kpa, area_cm2);
	int64_t t = now_ns(p);

	while (sim_world_force_n(p->world, t) >= ceiling_n)
		t -= ALG_NS_PER_MS / 10;
	p->crossing_ns = t;
	p->sum->alarm_ms = fmax(p->sum->alarm_ms, (double)(now_ns(p) - t) / 1e6);
	p->sum->alarms++;
}

/* ---- the session, as `record` runs it, without store and screen ---------------------------------------- */

static void do_action(struct play *p, const struct acq_action *a)
{
	switch (a->kind) {
	case ACQ_ACT_PROMPT:
		sim_world_aim(p->world, p->point[a->point].site_code, area_cm2, target_kpa_s,
			acq_engine_view(p->engine)->ceiling_kpa);
		break;
	case ACQ_ACT_READY:
		sim_world_ready(p->world);
		break;
	case ACQ_ACT_CONTACT:
		p->contact_ns = now_ns(p);
		p->crossing_ns = 0;
		break;
	case ACQ_ACT_RESPONSE:
	case ACQ_ACT_ALARM:
		if (a->kind == ACQ_ACT_RESPONSE || (a->alarms & ACQ_ALARM_CEILING))
			sim_world_lift(p->world);
		break;
	case ACQ_ACT_PRESS:
		judge_press(p, &a->press->trial);
		break;
	case ACQ_ACT_LIMITS:
		acq_reader_limits(p->reader, &a->limits);
		break;
	case ACQ_ACT_DONE:
		p->done = true;
		break;
	default:
		break;
	}
}

static void feed(struct play *p, const struct acq_event *event)
{
	struct acq_action actions[ACQ_ACTIONS_MAX];
	size_t n = acq_engine_step(p->engine, event, actions);

	for (size_t i = 0; i < n; i++)
		do_action(p, &actions[i]);
}

static void take_item(struct play *p, const struct acq_item *item)
{
	static const enum acq_event_kind kind[] = {[ACQ_ITEM_SAMPLE] = ACQ_EVENT_SAMPLE, [ACQ_ITEM_ALARM] = ACQ_EVENT_ALARM,
		[ACQ_ITEM_LOST] = ACQ_EVENT_LOST, [ACQ_ITEM_BACK] = ACQ_EVENT_BACK, [ACQ_ITEM_IDLE] = ACQ_EVENT_TICK};
	struct acq_event event = {.t_ns = item->t_ns, .sample = item->sample, .alarms = item->alarms};

	if (item->kind == ACQ_ITEM_END)
		return;
	event.kind = kind[item->kind];
	if (item->kind == ACQ_ITEM_SAMPLE)
		judge_stamp(p, &item->sample);
	feed(p, &event);
	judge_rate(p);
}

static void turn(struct play *p)
{
	struct acq_event event = {.kind = ACQ_EVENT_BUTTON};
	struct acq_item item;

	acq_reader_step(p->reader, WAIT_MS);
	while (!p->done && acq_reader_get(p->reader, &item))
		take_item(p, &item);
	while (!p->done && sim_world_button(p->world, &event.t_ns))
		feed(p, &event);
	if (!p->done)
		feed(p, &(struct acq_event){.kind = ACQ_EVENT_TICK, .t_ns = now_ns(p)});
}

static void set_up_plan(struct play *p, int presses, double ceiling_kpa)
{
	p->proc = (struct ses_procedure){.rate_kpa_s = target_kpa_s, .corridor = 0.2, .tip_area_cm2 = area_cm2,
		.rounds = ROUNDS, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_FIXED, .interval_s = 1, .rule = SES_RULE_MEAN,
		.max_presses = 50,
		.ceiling_kpa = ceiling_kpa, .force_cap_n = NAN, .reject_rate = NAN, .response = SES_RESPONSE_BUTTON,
		.hold_kpa = NAN, .extra_range = NAN};
	for (int i = 0; i < SITES; i++) {
		p->point[i] = (struct ses_point){.side = site[i][strlen(site[i]) - 1], .series = 1, .role = SES_ROLE_TARGET,
			.ceiling_kpa = 2000, .posture = "sitting"};
		alg_text_copy(p->point[i].site_code, sizeof(p->point[i].site_code), site[i]);
	}
	p->points = (struct ses_points){p->point, SITES};
	p->n_order = (size_t)(presses < SITES * ROUNDS ? presses : SITES * ROUNDS);
	for (size_t i = 0; i < p->n_order; i++)
		p->order[i] = (int)(i % SITES);
}

static int open_gauge(struct play *p, const char *options)
{
	struct alg_transport transport;
	struct alg_open_opts open = {.transport = &transport};
	struct acq_reader_opts reader = {.alarm = on_alarm, .ctx = p, .ring_capacity = 4096};
	struct alg_uri uri;

	if (alg_uri_parse("sim:mark10?stream=1", &uri, NULL) || sim_world_new(&p->world, "mark10", options, NULL))
		return -1;
	sim_world_transport(p->world, &transport);
	if (alg_device_open(&uri, &open, &reader.device))
		return -1;
	return acq_reader_new(&p->reader, &reader);
}

/* Questions are asked before the first press; the gauge goes on meanwhile. */
static void wait_before(struct play *p)
{
	struct acq_item item;

	for (int64_t end = now_ns(p) + 5 * ALG_NS_PER_S; now_ns(p) < end;) {
		acq_reader_step(p->reader, WAIT_MS);
		while (acq_reader_get(p->reader, &item))
			p->readings += item.kind == ACQ_ITEM_SAMPLE;
	}
}

static int session(struct sum *sum, double hz, double bundle_ms, const char *options, int presses, double ceiling_kpa)
{
	struct play p = {.hz = hz, .bundle_ms = bundle_ms, .sum = sum};
	struct acq_action actions[ACQ_ACTIONS_MAX];
	struct acq_config config = {.proc = &p.proc, .points = &p.points, .order = p.order, .area_cm2 = area_cm2,
		.resolution_n = 0.01, .capacity_n = 250, .response = SES_RESPONSE_BUTTON};

	set_up_plan(&p, presses, ceiling_kpa);
	config.n_order = p.n_order;
	if (open_gauge(&p, options) < 0)
		return -1;
	wait_before(&p);
	if (acq_engine_new(&p.engine, &config, now_ns(&p)) < 0)
		return -1;
	size_t n = acq_engine_start(p.engine, actions);

	for (size_t i = 0; i < n; i++)
		do_action(&p, &actions[i]);
	while (!p.done)
		turn(&p);
	acq_engine_free(p.engine);
	acq_reader_free(p.reader);
	sim_world_free(p.world);
	return 0;
}

/* ---- the table --------------------------------------------------------------------------------------------- */

static int best_lag(const struct sum *s)
{
	int best = 0;

	for (int i = 1; i < LAGS; i++)
		if (s->lag_sq[i] < s->lag_sq[best])
			best = i;
	return best;
}

static double rms_percent(const struct sum *s)
{
	return 100 * sqrt(s->lag_sq[best_lag(s)] / (double)s->n_rate);
}

static double lag_s(const struct sum *s)
{
	return alg_ns_to_s(best_lag(s) * lag_step_ns);
}

/* A seed a session of up to 50 presses; the phase of gauge and adapter is another in each, too. */
static int run(struct sum *s, double hz, double bundle_ms, const struct hand *hand, int presses)
{
	char options[160];

	*s = (struct sum){.n = 0};
	for (int seed = 1; presses > 0; seed++, presses -= SITES * ROUNDS) {
		snprintf(options, sizeof(options), "seed=%d&participant=S%d&hz=%g&bundle=%g&noise=%g&tremor=%g&zero=1.3&ceiling=2000",
			seed, seed, hz, bundle_ms, hand->noise_n, hand->tremor_n);
		if (session(s, hz, bundle_ms, options, presses, 2000) < 0)
			return -1;
		snprintf(options, sizeof(options), "seed=%d&hz=%g&bundle=%g&noise=%g&tremor=%g&zero=1.3&threshold=900&ceiling=2000",
			seed, hz, bundle_ms, hand->noise_n, hand->tremor_n);
		if (session(s, hz, bundle_ms, options, presses < 10 ? presses : 10, 100) < 0)
			return -1;
	}
	s->others -= s->alarms; /* censored, as it should be */
	return 0;
}

static void print_line(double hz, double bundle_ms, const struct hand *hand, const struct sum *s)
{
	printf("  %4g Hz %2g ms %-9s n %4d, other %d; threshold bias %+.3f worst %.3f kPa, %.2f of the limit; "
	       "rate RMS %.2f %% lag %.2f s; stamp mean %+.3f worst %.3f ms; alarm %.1f ms of %d\n",
		hz, bundle_ms, hand->name, s->n, s->others, 10 * s->err_n / s->n, 10 * s->worst_n, s->ratio, rms_percent(s), lag_s(s),
		s->stamp_ms / (double)s->n_stamp, s->stamp_worst_ms, s->alarm_ms, s->alarms);
	fflush(stdout);
}

/* As the rows of bench.sh; 1 when the limit is broken. */
static int row(const char *what, double hz, double bundle_ms, double ours, const char *unit, double limit)
{
	char name[64];

	snprintf(name, sizeof(name), "%s, %g Hz, %g ms", what, hz, bundle_ms);
	printf("%-34s %10.3f %-5s %-34s %10.3f %-5s ratio %.2f%s\n", name, ours, unit, "the limit", limit, unit, ours / limit,
		ours <= limit ? "" : " BROKEN");
	return !(ours <= limit);
}

/*
 * 125 a second and a timer of 16 ms have 8 ms in common: as long as the clocks stand still to each other nothing
 * that arrives tells which of 8 ms it was, and the middle of them is the best there is (driver/stamp.h).
 */
static int stamp_row(double hz, double bundle_ms, double worst_ms)
{
	bool common = hz == 125 && bundle_ms > 0;

	if (hz < 100)
		return 0;
	if (common)
		printf("(the next limit cannot be held: half of the 8 ms that 8 and 16 ms have in common is 4 ms)\n");
	return row("stamp", hz, bundle_ms, worst_ms, "ms", 2) && !(common && worst_ms <= 4);
}

static int one_rate(double hz, double bundle_ms, int presses)
{
	double period_ms = 1000 / hz, line_ms = 1e3 * LINE_BYTES / BAUD_BYTES_S;
	struct sum s[HANDS];
	int broken = 0;

	for (int i = 0; i < HANDS; i++) {
		if (run(&s[i], hz, bundle_ms, &hands[i], presses) < 0) {
			fprintf(stderr, "bench_press: the simulated gauge was not opened\n");
			return 1;
		}
		print_line(hz, bundle_ms, &hands[i], &s[i]);
		broken |= s[i].n + s[i].others < presses;
	}
	broken |= row("threshold", hz, bundle_ms, 10 * s[EXACT].limit_n * s[EXACT].ratio, "kPa", 10 * s[EXACT].limit_n);
	broken |= row("bias with noise", hz, bundle_ms, 10 * fabs(s[NOISE].err_n / s[NOISE].n), "kPa", 10 * s[EXACT].limit_n);
	broken |= row("worst with noise", hz, bundle_ms, 10 * s[NOISE].worst_n, "kPa",
		10 * (s[EXACT].limit_n + 4.5 * hands[NOISE].noise_n));
	broken |= row("alarm", hz, bundle_ms, s[EXACT].alarm_ms, "ms", period_ms + line_ms + bundle_ms + 10);
	if (hz >= 50) {
		broken |= row("shown rate RMS", hz, bundle_ms, rms_percent(&s[NOISE]), "%", 5);
		broken |= row("shown rate lag", hz, bundle_ms, lag_s(&s[NOISE]), "s", 0.25);
	}
	return broken | stamp_row(hz, bundle_ms, fmax(s[EXACT].stamp_worst_ms, s[NOISE].stamp_worst_ms));
}

/* The rates at which a gauge really streams: of these only the stamps. */
static int stamps_only(double hz, int presses)
{
	const double bundle_ms = 16;
	struct sum s;

	if (run(&s, hz, bundle_ms, &hands[NOISE], presses) < 0)
		return 1;
	print_line(hz, bundle_ms, &hands[NOISE], &s);
	return stamp_row(hz, bundle_ms, s.stamp_worst_ms);
}

int main(int argc, char **argv)
{
	int presses = argc > 1 ? atoi(argv[1]) : 0, broken = 0;

	if (presses < 1 || argc < 3) {
		fprintf(stderr, "usage: bench_press PRESSES HZ...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		double hz = atof(argv[i]);

		if (hz == 125 || hz == 250)
			broken |= stamps_only(hz, presses);
		else
			broken |= one_rate(hz, 0, presses) | one_rate(hz, 16, presses);
	}
	return broken;
}
