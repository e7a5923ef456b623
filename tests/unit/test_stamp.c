/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The times of a stream whose bytes come bundled, late, with gaps, or not regularly at all. */
#include "tests/unit/assert_close.h"

#include "base/clock.h"
#include "driver/stamp.h"

#include <stdlib.h>

enum { HANDOVER_NS = 200000 }; /* from the tick of an adapter to the program, at most */

/* A gauge, an adapter and a host; truth and what the host sees of it. */
struct line {
	double hz, ppm;        /* of the gauge's clock against the host's */
	int64_t bundle_ns, phase_ns, jitter_ns;
	double t_ns;           /* of the next reading */
	unsigned seed;
	struct alg_stamp stamp;
	double worst_ms, late_ms; /* |estimate - truth|; estimate - latest */
	int64_t latest_ns, estimate_ns;
};

static void reading(struct line *l)
{
	int64_t truth = (int64_t)l->t_ns, seen = truth;

	if (l->bundle_ns)
		seen = truth + (l->bundle_ns - (truth + l->phase_ns) % l->bundle_ns) % l->bundle_ns;
	if (l->jitter_ns)
		seen += rand_r(&l->seed) % l->jitter_ns;
	l->latest_ns = seen;
	l->estimate_ns = alg_stamp_next(&l->stamp, seen);
	l->worst_ms = fmax(l->worst_ms, fabs((double)(l->estimate_ns - truth)) / 1e6);
	l->late_ms = fmax(l->late_ms, (double)(l->estimate_ns - seen) / 1e6);
	l->t_ns += 1e9 / l->hz * (1 + l->ppm * 1e-6);
}

static void readings(struct line *l, double s)
{
	for (double end = l->t_ns + s * 1e9; l->t_ns < end;)
		reading(l);
}

/* Four seconds to settle (32 readings at 10 Hz), then the worst error of so many seconds. */
static double worst_ms(struct line l, double s)
{
	l.t_ns = 5e9 + 12345;
	readings(&l, 4);
	l.worst_ms = 0;
	readings(&l, s);
	assert_true(l.late_ms <= 0);
	return l.worst_ms;
}

static void a_steady_stream_is_left_as_it_is(void **state)
{
	static const double hz[] = {10, 50, 100, 125, 250, 1000};

	(void)state;
	for (size_t i = 0; i < sizeof(hz) / sizeof(hz[0]); i++)
		assert_true(worst_ms((struct line){.hz = hz[i]}, 60) < 0.001);
}

/* Half of the common measure of period and timer at most, and 0.1 ms. */
static void bundles_are_taken_apart(void **state)
{
	static const struct {
		double hz, limit_ms;
	} rows[] = {{10, 2.1}, {50, 2.1}, {99.7, 2}, {100, 1.1}, {125, 4.1}, {160.3, 2}, {200, 0.6}, {250, 2.1}, {1000, 0.6}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int64_t phase = 0; phase < 16000000; phase += 700001) {
			double worst = worst_ms((struct line){.hz = rows[i].hz, .bundle_ns = 16000000, .phase_ns = phase}, 30);

			if (worst > rows[i].limit_ms)
				fail_msg("%g Hz, phase %lld: %g ms", rows[i].hz, (long long)phase, worst);
		}
}

/* A beat of the clocks goes through the common measure once: for that time it may be the whole of it. */
static void clocks_that_drift_are_followed(void **state)
{
	static const struct {
		double hz, limit_ms;
	} rows[] = {{50, 4}, {100, 2}, {125, 4.3}, {250, 3}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int ppm = -100; ppm <= 100; ppm += 50) {
			double worst = worst_ms((struct line){.hz = rows[i].hz, .bundle_ns = 16000000, .phase_ns = 3000000, .ppm = ppm,
				.jitter_ns = HANDOVER_NS}, 600);

			if (worst > rows[i].limit_ms)
				fail_msg("%g Hz, %d ppm: %g ms", rows[i].hz, ppm, worst);
		}
}

/* A tenth of a millisecond of a machine that is busy, and now and then 30 ms. */
/* One edge would span all of it, and the products of its numbers would not fit any more. */
static void hours_at_a_high_rate(void **state)
{
	struct line l = {.hz = 1000, .bundle_ns = 16 * ALG_NS_PER_MS};

	(void)state;
	readings(&l, 4000);
	assert_true(l.stamp.hull[l.stamp.n_hull - 1].latest_ns - l.stamp.hull[0].latest_ns < 20 * ALG_NS_PER_S);
	l.worst_ms = 0;
	readings(&l, 10);
	assert_true(l.worst_ms < 1);
}

static void a_late_host_moves_nothing(void **state)
{
	struct line l = {.hz = 100, .t_ns = 5e9, .jitter_ns = HANDOVER_NS};

	(void)state;
	readings(&l, 5);
	l.worst_ms = 0;
	for (int i = 0; i < 100; i++) {
		readings(&l, 0.5);
		l.bundle_ns = 30000000;
		reading(&l);
		l.bundle_ns = 0;
	}
	assert_true(l.worst_ms < 0.3);
	assert_close(alg_stamp_period_ns(&l.stamp), 10e6, 1e3);
}

/* After a restart it is what was seen, until the line is known again. */
static void a_gap_starts_anew(void **state)
{
	struct line l = {.hz = 100, .t_ns = 5e9, .bundle_ns = 16000000};

	(void)state;
	readings(&l, 5);
	assert_true(l.stamp.settled);
	alg_stamp_restart(&l.stamp);
	l.t_ns += 3e9;
	for (int i = 0; i < 150; i++) {
		reading(&l);
		assert_true(l.estimate_ns == l.latest_ns);
	}
	readings(&l, 2);
	assert_true(l.estimate_ns < l.latest_ns || l.stamp.settled);
	l.worst_ms = 0;
	readings(&l, 5);
	assert_true(l.worst_ms < 1.1);
	l.t_ns += 1e9; /* a gap of which nobody told: the delay is more than any adapter's */
	reading(&l);
	assert_true(l.estimate_ns == l.latest_ns);
	assert_false(l.stamp.settled);
}

/* One reading that is missing is a step; a fraction of a second later the line is right again. */
static void a_missing_reading_is_a_step(void **state)
{
	struct line l = {.hz = 100, .t_ns = 5e9, .bundle_ns = 16000000};

	(void)state;
	readings(&l, 10);
	l.t_ns += 10e6;
	readings(&l, 0.25);
	l.worst_ms = 0;
	readings(&l, 10);
	assert_true(l.worst_ms < 1.2);
	assert_true(l.late_ms <= 0);
}

static void another_rate_is_learnt(void **state)
{
	static const double hz[] = {50, 100, 250, 100, 10, 125};
	struct line l = {.t_ns = 5e9, .bundle_ns = 16000000};

	(void)state;
	for (size_t i = 0; i < sizeof(hz) / sizeof(hz[0]); i++) {
		l.hz = hz[i];
		l.worst_ms = 0;
		readings(&l, 8);
		assert_true(l.worst_ms < 40.1); /* meanwhile no more than the latest delay of all */
		l.worst_ms = 0;
		readings(&l, 8);
		if (l.worst_ms > 4.1)
			fail_msg("%g Hz: %g ms", hz[i], l.worst_ms);
		assert_close(alg_stamp_period_ns(&l.stamp) / (1e9 / hz[i]), 1, 1e-3);
	}
	assert_true(l.late_ms <= 0);
}

/* Reports that come when the load moves: there is no line, and what was seen is the answer. */
static void what_is_not_regular_is_left_alone(void **state)
{
	struct alg_stamp s = {.n = 0};
	unsigned seed = 7;
	int64_t t = 1000, last = 0;
	int same = 0;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		t += 20000000 + rand_r(&seed) % 300000000;
		int64_t estimate = alg_stamp_next(&s, t);

		assert_true(estimate <= t && estimate > t - 57000000);
		same += estimate == t;
		last = estimate;
	}
	assert_true(last && same > 1900);
}

/* ---- with a clock of its own ------------------------------------------------------------------------- */

/* A board: its clock in whole ms since it was switched on, its periods, an adapter and a host. */
struct board {
	double period_ms, wander_ms; /* each period up to so much longer */
	double ppm;                  /* its clock is so much slow: it counts less than has passed */
	int64_t bundle_ns, jitter_ns, start_ms;
	uint64_t wraps;              /* its counter; 0: never */
	double t_ns, zero_ns;        /* the next reading; when the clock showed start_ms */
	unsigned seed;
	struct alg_stamp stamp;
	double worst_ms, late_ms, before_ms; /* |estimate - truth|; estimate - latest; how far behind the last estimate */
	int64_t estimate_ns, latest_ns;
};

static void board_reading(struct board *b)
{
	int64_t truth = (int64_t)b->t_ns, seen = truth, last = b->estimate_ns;
	uint64_t ms = (uint64_t)b->start_ms + (uint64_t)((b->t_ns - b->zero_ns) / 1e6 * (1 - b->ppm * 1e-6));

	if (b->bundle_ns)
		seen += (b->bundle_ns - truth % b->bundle_ns) % b->bundle_ns;
	if (b->jitter_ns)
		seen += rand_r(&b->seed) % b->jitter_ns;
	b->latest_ns = seen = seen < b->latest_ns ? b->latest_ns : seen;
	b->estimate_ns = alg_stamp_clock(&b->stamp, (int64_t)(b->wraps ? ms % b->wraps : ms) * ALG_NS_PER_MS, seen);
	b->worst_ms = fmax(b->worst_ms, fabs((double)(b->estimate_ns - truth)) / 1e6);
	b->late_ms = fmax(b->late_ms, (double)(b->estimate_ns - seen) / 1e6);
	b->before_ms = last ? fmax(b->before_ms, (double)(last - b->estimate_ns) / 1e6) : 0;
	b->t_ns += b->period_ms * 1e6;
	if (b->wander_ms > 0)
		b->t_ns += rand_r(&b->seed) % 1000 / 1000.0 * b->wander_ms * 1e6;
}

static void board_readings(struct board *b, double s)
{
	for (double end = b->t_ns + s * 1e9; b->t_ns < end;)
		board_reading(b);
}

static struct board board(double period_ms, double wander_ms)
{
	return (struct board){.period_ms = period_ms, .wander_ms = wander_ms, .start_ms = 1500, .t_ns = 5e9 + 12345, .zero_ns = 5e9, .seed = 3};
}

static void check_board(struct board *b, double s, double limit_ms, const char *what)
{
	b->worst_ms = 0;
	board_readings(b, s);
	if (b->worst_ms > limit_ms || b->late_ms > 0 || b->before_ms > 0)
		fail_msg("%s, %g ms + %g: %g ms off, %g late, %g back", what, b->period_ms, b->wander_ms, b->worst_ms, b->late_ms, b->before_ms);
}

/* To a step of its clock; with bundles of 16 ms and a host of 0.2 ms also to the common measure (8 ms of 200 and 16). */
static void its_own_clock_is_followed(void **state)
{
	static const struct {
		double period_ms, wander_ms, limit_ms;
	} rows[] = {{9.7, 0, 1.3}, {10, 3, 1.6}, {100, 40, 5}, {203, 0, 5}, {500, 150, 13}, {12.5, 0, 4.2}, {200, 0, 9.1}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int ppm = -5000; ppm <= 5000; ppm += 1000) {
			struct board plain = board(rows[i].period_ms, rows[i].wander_ms), b = plain;

			plain.ppm = b.ppm = ppm / 50; /* a crystal */
			board_readings(&plain, 16);
			check_board(&plain, 60, 1.3, "plain");
			b.bundle_ns = 16 * ALG_NS_PER_MS;
			b.jitter_ns = HANDOVER_NS;
			board_readings(&b, 16);
			check_board(&b, 120, rows[i].limit_ms, "bundled");
			b = plain;
			b.ppm = ppm; /* a resonator: the line is learnt within seconds */
			b.jitter_ns = 16 * ALG_NS_PER_MS;
			b.zero_ns = b.t_ns - 1e6;
			alg_stamp_restart(&b.stamp);
			board_readings(&b, 16);
			check_board(&b, 120, 25, "resonator, any delay");
		}
}

/* What came without delay before tells of the first seconds already. */
static void the_first_seconds_are_not_lost(void **state)
{
	struct board b = board(50, 20);

	(void)state;
	b.ppm = 100;
	board_reading(&b); /* not delayed */
	b.jitter_ns = 16 * ALG_NS_PER_MS;
	check_board(&b, 1.9, 1.3, "first two seconds");
}

static void a_counter_that_is_through_starts_anew(void **state)
{
	struct board b = board(10, 0);

	(void)state;
	b.wraps = UINT64_C(1) << 32;
	b.start_ms = (INT64_C(1) << 32) - 10000;
	b.bundle_ns = 16 * ALG_NS_PER_MS;
	b.ppm = 30;
	board_readings(&b, 9.9);
	check_board(&b, 3, 16.3, "at the wrap");
	board_readings(&b, 8);
	check_board(&b, 10, 2.4, "after it");
}

static void a_reset_board_starts_anew(void **state)
{
	struct board b = board(200, 30);

	(void)state;
	b.jitter_ns = 4 * ALG_NS_PER_MS;
	board_readings(&b, 20);
	b.zero_ns = b.t_ns += 1.8e9; /* it boots */
	b.start_ms = 0;
	board_reading(&b);
	assert_true(b.estimate_ns == b.latest_ns && b.stamp.n == 1);
	check_board(&b, 20, 4.1, "after a reset");
	b.start_ms += 3600000; /* a clock that jumps ahead */
	board_reading(&b);
	assert_true(b.estimate_ns == b.latest_ns && b.stamp.n == 1);
	check_board(&b, 20, 4.1, "after a jump");
	b.t_ns += 40e9; /* nothing for so long, and nobody said so */
	board_reading(&b);
	assert_true(b.estimate_ns == b.latest_ns && b.stamp.n == 1);
	b.t_ns += 29e9; /* a pause that its clock bridges */
	check_board(&b, 20, 4.1, "after a pause");
	assert_true(b.stamp.n > 50);
}

/* A host that sleeps for a part of a second stamps none of what waited. */
static void a_pause_of_the_host_moves_nothing(void **state)
{
	struct board b = board(20, 5);

	(void)state;
	board_readings(&b, 10);
	for (int i = 0; i < 50; i++) {
		b.latest_ns = (int64_t)b.t_ns + 700 * ALG_NS_PER_MS; /* nothing comes before */
		check_board(&b, 3, 1.1, "around a pause");
	}
}

/* Hours: the numbers stay small enough, and the line true. */
static void hours_of_its_own_clock(void **state)
{
	struct board b = board(3, 0);

	(void)state;
	b.ppm = -60;
	b.bundle_ns = 16 * ALG_NS_PER_MS;
	board_readings(&b, 4000);
	assert_true(b.stamp.hull[b.stamp.n_hull - 1].latest_ns - b.stamp.hull[0].latest_ns < 20 * ALG_NS_PER_S);
	check_board(&b, 10, 2.1, "after an hour");
	b = board(25, 0); /* in step with its clock and not delayed: one edge for all that time */
	board_readings(&b, 1000);
	assert_true(b.stamp.hull[b.stamp.n_hull - 1].latest_ns - b.stamp.hull[0].latest_ns < 20 * ALG_NS_PER_S);
	check_board(&b, 10, 1.1, "in step");
}

/* The host's clock begins to run faster: a corner, and one straight line behind it that grows for minutes. */
static void a_corner_is_forgotten(void **state)
{
	struct alg_stamp stamp = {0};

	(void)state;
	for (int64_t ms = 0; ms < 200000; ms += 25) {
		int64_t latest_ns = ms * ALG_NS_PER_MS + (ms > 1000 ? (ms - 1000) * 100 : 0); /* 100 ppm */

		assert_true(latest_ns - alg_stamp_clock(&stamp, ms * ALG_NS_PER_MS, latest_ns) <= 2 * ALG_NS_PER_MS);
		assert_true(latest_ns - stamp.hull[0].latest_ns < 20 * ALG_NS_PER_S);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_steady_stream_is_left_as_it_is),
		cmocka_unit_test(bundles_are_taken_apart),
		cmocka_unit_test(clocks_that_drift_are_followed),
		cmocka_unit_test(hours_at_a_high_rate),
		cmocka_unit_test(a_late_host_moves_nothing),
		cmocka_unit_test(a_gap_starts_anew),
		cmocka_unit_test(a_missing_reading_is_a_step),
		cmocka_unit_test(another_rate_is_learnt),
		cmocka_unit_test(what_is_not_regular_is_left_alone),
		cmocka_unit_test(its_own_clock_is_followed),
		cmocka_unit_test(the_first_seconds_are_not_lost),
		cmocka_unit_test(a_counter_that_is_through_starts_anew),
		cmocka_unit_test(a_reset_board_starts_anew),
		cmocka_unit_test(a_pause_of_the_host_moves_nothing),
		cmocka_unit_test(hours_of_its_own_clock),
		cmocka_unit_test(a_corner_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
