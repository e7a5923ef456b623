/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard: every alarm on the very sample, once, and never without cause. */
#include "acq/guard.h"
#include "tests/unit/assert_close.h"

#define NS(s) ((int64_t)llround((s) * 1e9))

static struct acq_guard fresh(void)
{
	struct acq_guard guard;

	acq_guard_init(&guard, &(struct acq_guard_limits){.ceiling_n = 60, .contact_n = 0.5, .target_rate_n_s = 3});
	return guard;
}

static unsigned feed(struct acq_guard *guard, double t_s, double force_n, uint32_t flags)
{
	struct ses_sample sample = {.t_ns = NS(t_s), .arrival_ns = NS(t_s), .force_n = force_n, .flags = flags};

	return acq_guard_sample(guard, &sample);
}

/* force = rate * t at hz until the first of these alarms; its time, NAN if it never came. */
static double first(struct acq_guard *guard, double rate, double hz, double until_s, unsigned alarm)
{
	for (int i = 0; i <= until_s * hz; i++)
		if (feed(guard, i / hz, rate * (i / hz), 0) & alarm)
			return i / hz;
	return NAN;
}

static void ceiling_on_the_very_sample(void **state)
{
	struct acq_guard guard = fresh();

	(void)state;
	assert_close(first(&guard, 3, 100, 25, ACQ_ALARM_CEILING), 20, 1e-9);
	guard = fresh();
	assert_close(first(&guard, -3, 100, 25, ACQ_ALARM_CEILING), 20, 1e-9); /* the other polarity */
	guard = fresh();
	assert_close(first(&guard, 3, 5, 25, ACQ_ALARM_CEILING), 20, 1e-9); /* a slow gauge */
	guard = fresh();
	assert_int_equal(feed(&guard, 0, 200, 0) & ACQ_ALARM_CEILING, ACQ_ALARM_CEILING); /* the first sample */
	guard = fresh();
	assert_int_equal(feed(&guard, 0, 200, SES_SAMPLE_PEAK) & ACQ_ALARM_CEILING, ACQ_ALARM_CEILING);
	acq_guard_init(&guard, &(struct acq_guard_limits){.ceiling_n = 60, .zero_n = 5, .contact_n = 0.5});
	assert_int_equal(feed(&guard, 0, 64, 0) & ACQ_ALARM_CEILING, 0);
	assert_int_equal(feed(&guard, 0.01, 65, 0) & ACQ_ALARM_CEILING, ACQ_ALARM_CEILING);
	acq_guard_init(&guard, &(struct acq_guard_limits){.ceiling_n = NAN, .contact_n = 0.5});
	assert_int_equal(feed(&guard, 0, 1000, 0), 0);
}

static void ceiling_is_told_once_until_it_is_over(void **state)
{
	struct acq_guard guard = fresh();
	int told = 0;

	(void)state;
	for (int i = 0; i < 200; i++) /* noise about the ceiling */
		told += !!(feed(&guard, i / 100.0, i % 2 ? 60.5 : 58.5, 0) & ACQ_ALARM_CEILING);
	assert_int_equal(told, 1);
	feed(&guard, 2.01, 56, 0);
	assert_int_equal(feed(&guard, 2.02, 60, 0) & ACQ_ALARM_CEILING, ACQ_ALARM_CEILING);
}

static void prewarning_half_a_second_ahead(void **state)
{
	struct acq_guard guard = fresh();
	double t;

	(void)state;
	t = first(&guard, 3, 100, 19.9, ACQ_ALARM_PREWARN);
	assert_close(t, 19.5, 0.03);
	guard = fresh();
	t = first(&guard, 12, 100, 4.9, ACQ_ALARM_PREWARN); /* a hand four times too fast: still half a second */
	assert_close(t, 4.5, 0.05);
	guard = fresh();
	t = first(&guard, 1, 100, 59.9, ACQ_ALARM_PREWARN); /* a slow one is told at the target's distance */
	assert_close(t, 58.5, 0.05);
	guard = fresh();
	assert_int_equal(feed(&guard, 0, 59, 0) & ACQ_ALARM_PREWARN, ACQ_ALARM_PREWARN); /* no slope yet */
	assert_int_equal(feed(&guard, 0.01, 59, 0) & ACQ_ALARM_PREWARN, 0);
	feed(&guard, 0.02, 50, 0);
	assert_int_equal(feed(&guard, 3, 59, 0) & ACQ_ALARM_PREWARN, ACQ_ALARM_PREWARN); /* a new approach */
}

static void lost_signal(void **state)
{
	static const struct { double hz, after_s; } row[] = {{1000, 0.25}, {100, 0.25}, {10, 0.3}, {4, 0.75}};

	(void)state;
	for (size_t r = 0; r < 4; r++) {
		struct acq_guard guard = fresh();
		double end = 0;

		for (int i = 0; i < 100; i++)
			feed(&guard, end = i / row[r].hz, 0.001 * i, 0);
		print_message("%g Hz\n", row[r].hz);
		assert_close((double)acq_guard_lost_after_ns(&guard) / 1e9, row[r].after_s, 0.002);
		assert_int_equal(acq_guard_silence(&guard, NS(end + row[r].after_s - 0.01)), 0);
		assert_int_equal(acq_guard_silence(&guard, NS(end + row[r].after_s + 0.01)), ACQ_ALARM_LOST);
		assert_int_equal(acq_guard_silence(&guard, NS(end + 9)), 0); /* once */
		assert_int_equal(feed(&guard, end + 10, 0, 0) & ACQ_ALARM_LOST, 0);
		assert_close((double)acq_guard_lost_after_ns(&guard) / 1e9, row[r].after_s, 0.002); /* the pause taught nothing */
		assert_int_equal(acq_guard_silence(&guard, NS(end + 12)), ACQ_ALARM_LOST);
	}
}

static void lost_before_the_step_is_known(void **state)
{
	struct acq_guard guard = fresh();

	(void)state;
	assert_int_equal(acq_guard_silence(&guard, NS(100)), 0); /* nothing yet: opening is not losing */
	feed(&guard, 0, 0, 0);
	assert_int_equal(acq_guard_silence(&guard, NS(0.9)), 0);
	assert_int_equal(acq_guard_silence(&guard, NS(1.1)), ACQ_ALARM_LOST);
}

static void only_faults_is_lost(void **state)
{
	struct acq_guard guard = fresh();
	unsigned alarms = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		feed(&guard, i / 100.0, 0.01 * i, 0);
	for (int i = 100; i < 120; i++)
		alarms |= feed(&guard, i / 100.0, NAN, SES_SAMPLE_FAULT);
	assert_int_equal(alarms, 0);
	for (int i = 120; i < 130; i++)
		alarms |= feed(&guard, i / 100.0, NAN, SES_SAMPLE_FAULT);
	assert_int_equal(alarms, ACQ_ALARM_LOST);
}

static void stuck_gauge(void **state)
{
	struct acq_guard guard = fresh();
	unsigned alarms = 0;
	double told = 0;

	(void)state;
	for (int i = 0; i < 300; i++) /* at rest one value is normal */
		alarms |= feed(&guard, i / 100.0, 0.2, 0);
	assert_int_equal(alarms, 0);
	for (int i = 300; i < 600; i++)
		if (feed(&guard, i / 100.0, 12, 0) & ACQ_ALARM_STUCK)
			told = told == 0 ? i / 100.0 : -1;
	assert_close(told, 4.0, 0.011); /* 1 s after the value came first, once */
	feed(&guard, 6, 12.1, 0);
	alarms = 0;
	for (int i = 601; i < 800; i++)
		alarms |= feed(&guard, i / 100.0, 12.2, 0);
	assert_int_equal(alarms, ACQ_ALARM_STUCK); /* again */
}

/* 1 N a digit, pressed at 0.6 N/s instead of 3: a digit lasts 1.7 s and is not stuck. */
static void coarse_gauges_are_not_stuck(void **state)
{
	struct acq_guard guard;
	unsigned alarms = 0;

	(void)state;
	acq_guard_init(&guard, &(struct acq_guard_limits){
		.ceiling_n = 60, .contact_n = 5, .target_rate_n_s = 3, .stuck_after_s = 4 * 1 / 3.0 + 0.5});
	for (int i = 0; i < 3000; i++)
		alarms |= feed(&guard, i / 100.0, floor(0.6 * i / 100.0), 0);
	assert_int_equal(alarms, 0);
	for (int i = 3000; i < 3300; i++)
		alarms |= feed(&guard, i / 100.0, 20, 0);
	assert_int_equal(alarms, ACQ_ALARM_STUCK);
	/* four readings in a second are needed at least: 2 Hz, the same twice, is not yet stuck */
	guard = fresh();
	for (int i = 0; i < 4; i++)
		assert_int_equal(feed(&guard, i * 0.5, 10, 0) & ACQ_ALARM_STUCK, 0);
}

static void gaps_under_load(void **state)
{
	struct acq_guard guard = fresh();
	unsigned alarms = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		alarms |= feed(&guard, i / 100.0, 0.1, 0);
	alarms |= feed(&guard, 1.15, 0.1, 0); /* at rest */
	for (int i = 0; i < 100; i++)
		alarms |= feed(&guard, 1.16 + i / 100.0, 5 + 0.03 * i, 0);
	assert_int_equal(alarms, 0);
	assert_int_equal(feed(&guard, 2.23, 8, 0), 0);                            /* 80 ms */
	assert_int_equal(feed(&guard, 2.38, 8.4, 0), ACQ_ALARM_GAP);               /* 150 ms */
	assert_int_equal(feed(&guard, 2.39, 8.5, SES_SAMPLE_GAP), ACQ_ALARM_GAP); /* the gauge's own counter */
	assert_int_equal(feed(&guard, 2.40, 8.6, 0), 0);
}

static void overload_is_told_once(void **state)
{
	struct acq_guard guard = fresh();

	(void)state;
	feed(&guard, 0, 10, 0);
	assert_int_equal(feed(&guard, 0.01, NAN, SES_SAMPLE_OVERLOAD), ACQ_ALARM_OVERLOAD);
	assert_int_equal(feed(&guard, 0.02, NAN, SES_SAMPLE_OVERLOAD), 0);
	feed(&guard, 0.03, 10, 0);
	assert_int_equal(feed(&guard, 0.04, 11, SES_SAMPLE_OVERLOAD), ACQ_ALARM_OVERLOAD);
}

static void words(void **state)
{
	(void)state;
	assert_string_equal(acq_alarm_word(ACQ_ALARM_CEILING), "ceiling");
	assert_string_equal(acq_alarm_word((enum acq_alarm)0), "?");
	for (unsigned bit = 0; bit < 7; bit++)
		assert_string_not_equal(acq_alarm_word((enum acq_alarm)(1u << bit)), "?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ceiling_on_the_very_sample), cmocka_unit_test(ceiling_is_told_once_until_it_is_over),
		cmocka_unit_test(prewarning_half_a_second_ahead), cmocka_unit_test(lost_signal),
		cmocka_unit_test(lost_before_the_step_is_known), cmocka_unit_test(only_faults_is_lost),
		cmocka_unit_test(stuck_gauge), cmocka_unit_test(coarse_gauges_are_not_stuck),
		cmocka_unit_test(gaps_under_load), cmocka_unit_test(overload_is_told_once), cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
