/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tone of the application rate: which pitch, without clicks, and through the real ALSA library with its thread
 * (pthread_create in ui/sound.c) into a file instead of a card, whose pitch is counted by zero crossings.
 */
#include "tests/unit/assert_close.h"

#include "base/clock.h"
#include "base/status.h"
#include "ui/sound.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RATE = UI_SOUND_RATE_HZ };

/* ---- which pitch ----------------------------------------------------------------------------------- */

static void the_pitch_tells_the_rate_error(void **state)
{
	(void)state;
	assert_true(ui_sound_tone_hz(0, 0.2) == 0);
	assert_true(ui_sound_tone_hz(0.2, 0.2) == 0);
	assert_true(ui_sound_tone_hz(-0.2, 0.2) == 0);
	assert_true(ui_sound_tone_hz(NAN, 0.2) == 0);
	assert_true(ui_sound_tone_hz(0.5, NAN) == 0);
	assert_close(ui_sound_tone_hz(0.2000001, 0.2), 800, 0.1);
	assert_close(ui_sound_tone_hz(-0.2000001, 0.2), 400, 0.1);
	assert_close(ui_sound_tone_hz(0.45, 0.2), 800 * sqrt(2), 1e-6);
	assert_close(ui_sound_tone_hz(-0.45, 0.2), 400 / sqrt(2), 1e-6);
	assert_close(ui_sound_tone_hz(0.7, 0.2), 1600, 1e-6);
	assert_close(ui_sound_tone_hz(INFINITY, 0.2), 1600, 1e-6);
	assert_close(ui_sound_tone_hz(-INFINITY, 0.2), 200, 1e-6);
	assert_close(ui_sound_tone_hz(-1, 0.2), 200, 1e-6);
}

static void a_greater_error_is_further_away(void **state)
{
	(void)state;
	for (double e = 0.21; e < 3; e += 0.01) {
		assert_true(ui_sound_tone_hz(e + 0.01, 0.2) >= ui_sound_tone_hz(e, 0.2));
		assert_true(ui_sound_tone_hz(-e - 0.01, 0.2) <= ui_sound_tone_hz(-e, 0.2));
		assert_true(ui_sound_tone_hz(e, 0.2) >= 800 && ui_sound_tone_hz(e, 0.2) <= 1600);
		assert_true(ui_sound_tone_hz(-e, 0.2) >= 200 && ui_sound_tone_hz(-e, 0.2) <= 400);
	}
}

/* ---- samples ------------------------------------------------------------------------------------------- */

static double pitch_of(const int16_t *x, size_t n)
{
	size_t first = 0, last = 0, rising = 0;

	for (size_t i = 1; i < n; i++)
		if (x[i - 1] < 0 && x[i] >= 0) {
			first = rising++ ? first : i;
			last = i;
		}
	return rising > 1 ? (double)(rising - 1) * RATE / (double)(last - first) : 0;
}

static int peak_of(const int16_t *x, size_t n)
{
	int peak = 0;

	for (size_t i = 0; i < n; i++)
		peak = abs(x[i]) > peak ? abs(x[i]) : peak;
	return peak;
}

static void a_tone_has_no_clicks(void **state)
{
	static const double plan[] = {0, 800, 0, 400, 1600, 200, 950, 0, 0, 500, 0};
	static int16_t x[480 * 11];
	struct ui_tone tone = {0};
	int steepest = 0;

	(void)state;
	for (size_t i = 0; i < 11; i++)
		ui_tone_fill(&tone, plan[i], 0.3, x + 480 * i, 480);
	for (size_t i = 1; i < sizeof(x) / sizeof(x[0]); i++)
		steepest = abs(x[i] - x[i - 1]) > steepest ? abs(x[i] - x[i - 1]) : steepest;
	/* A sine of 1600 Hz at 0.3 moves by 2059 from sample to sample; its fade adds 41. */
	assert_true(steepest > 1900 && steepest <= 2105);
	assert_int_equal(peak_of(x, 480), 0);
	assert_true(peak_of(x + 480 * 2 + 240, 240) == 0); /* silent after 5 ms */
	assert_true(peak_of(x + 480 * 3 + 240, 240) > 9700);
	assert_true(peak_of(x, sizeof(x) / sizeof(x[0])) <= 9831);
}

static void a_tone_has_its_pitch(void **state)
{
	static int16_t x[RATE];

	(void)state;
	for (double hz = 200; hz <= 1600; hz += 100) {
		struct ui_tone tone = {0};

		for (size_t i = 0; i < RATE; i += 240)
			ui_tone_fill(&tone, hz, 0.3, x + i, 240);
		assert_close(pitch_of(x, RATE), hz, 1);
	}
}

/* ---- through ALSA ---------------------------------------------------------------------------------------- */

static void remember(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)level;
	(void)text;
	*(int *)ctx = id;
}

static int first_of(int id, ...)
{
	return id;
}

#define ID(message) first_of(message)

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

/* What was played, and how much. */
static int16_t *read_all(const char *path, size_t *n)
{
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	long bytes = ftell(file);

	assert_true(bytes > 0);
	rewind(file);
	int16_t *x = malloc((size_t)bytes);

	assert_non_null(x);
	*n = fread(x, sizeof(*x), (size_t)bytes / sizeof(*x), file);
	fclose(file);
	return x;
}

/* How many samples lie in stretches of 20 ms that have this pitch. */
static size_t samples_of(const int16_t *x, size_t n, double hz)
{
	const size_t stretch = RATE / 50;
	size_t found = 0;

	for (size_t i = 0; i + stretch <= n; i += stretch)
		if (peak_of(x + i, stretch) > 1000 && fabs(pitch_of(x + i, stretch) - hz) < 0.02 * hz)
			found += stretch;
	return found;
}

static void make_name(char path[32], char pcm[96])
{
	strcpy(path, "/tmp/alg-sound-XXXXXX");
	close(mkstemp(path));
	snprintf(pcm, 96, "file:FILE=%s,FORMAT=raw", path);
}

static void a_card_gets_the_cue(void **state)
{
	struct ui_sound *sound;
	char path[32], pcm[96];
	size_t n;

	(void)state;
	make_name(path, pcm);
	assert_int_equal(ui_sound_open(&sound, pcm, NULL), 0);
	int64_t start = alg_clock_now_ns(alg_clock_system());

	ui_sound_cue(sound, 0.45, 0.2);
	sleep_ms(400);
	ui_sound_cue(sound, 0.1, 0.2);
	sleep_ms(300);
	ui_sound_cue(sound, -2, 0.2);
	sleep_ms(400);
	ui_sound_cue(sound, NAN, 0.2);
	sleep_ms(200);
	double took_s = alg_ns_to_s(alg_clock_now_ns(alg_clock_system()) - start);

	ui_sound_close(sound);
	int16_t *x = read_all(path, &n);

	/* In step with the clock, though a file takes everything at once. */
	assert_true((double)n / RATE < took_s + 0.2 && (double)n / RATE > 0.5 * took_s);
	assert_true(samples_of(x, n, 800 * sqrt(2)) > RATE / 5);
	assert_true(samples_of(x, n, 200) > RATE / 5);
	assert_int_equal(peak_of(x + n - RATE / 20, RATE / 20), 0);
	assert_true(peak_of(x, n) <= 9831);
	free(x);
	unlink(path);
}

static void an_alarm_sounds_over_the_cue(void **state)
{
	struct ui_sound *sound;
	char path[32], pcm[96];
	size_t n;

	(void)state;
	make_name(path, pcm);
	assert_int_equal(setenv("ALGOMETER_SOUND", pcm, 1), 0);
	assert_int_equal(ui_sound_open(&sound, NULL, NULL), 0);
	unsetenv("ALGOMETER_SOUND");
	ui_sound_cue(sound, -2, 0.2);
	sleep_ms(100);
	ui_sound_alarm(sound);
	sleep_ms(1500);
	assert_int_equal(ui_sound_test(sound), 0);
	ui_sound_close(sound);
	int16_t *x = read_all(path, &n);

	assert_true(samples_of(x, n, 1000) > RATE / 4);
	assert_true(samples_of(x, n, 1500) > RATE / 4);
	assert_true(samples_of(x, n, 200) > RATE / 10);
	assert_true(samples_of(x, n, 660) > RATE / 20);
	assert_true(peak_of(x, n) > 29000 && peak_of(x, n) <= 29491);
	free(x);
	unlink(path);
}

static void a_wish_never_waits(void **state)
{
	struct ui_sound *sound;

	(void)state;
	assert_int_equal(ui_sound_open(&sound, "null", NULL), 0);
	int64_t start = alg_clock_now_ns(alg_clock_system());

	for (int i = 0; i < 100000; i++)
		ui_sound_cue(sound, i % 100 / 50.0 - 1, 0.2);
	ui_sound_alarm(sound);
	assert_true(alg_clock_now_ns(alg_clock_system()) - start < 2 * ALG_NS_PER_S);
	ui_sound_close(sound);
	ui_sound_cue(NULL, 1, 0.2);
	ui_sound_alarm(NULL);
	ui_sound_close(NULL);
	assert_int_equal(ui_sound_test(NULL), ALG_ERR_NODEV);
}

static void no_card_is_said(void **state)
{
	struct ui_sound *sound;
	int said = 0;
	struct alg_log log = {.sink = remember, .ctx = &said, .level = ALG_LEVEL_NOTE};

	(void)state;
	assert_int_equal(ui_sound_open(&sound, "hw:31", &log), ALG_ERR_NODEV);
	assert_null(sound);
	assert_int_equal(said, ID(MSG_SOUND_ABSENT));
	assert_int_equal(log.exit_code, 3);
	assert_int_equal(ui_sound_open(&sound, "no such name", &log), ALG_ERR_NODEV);
}

static void a_card_that_fails_is_said_and_holds_nobody_up(void **state)
{
	struct ui_sound *sound;
	int said = 0;
	struct alg_log log = {.sink = remember, .ctx = &said, .level = ALG_LEVEL_NOTE};

	(void)state;
	assert_int_equal(ui_sound_open(&sound, "file:FILE=/dev/full,FORMAT=raw", &log), 0);
	assert_int_equal(ui_sound_test(sound), ALG_ERR_NODEV);
	ui_sound_cue(sound, 1, 0.2);
	ui_sound_alarm(sound);
	ui_sound_close(sound);
	assert_int_equal(said, ID(MSG_SOUND_GONE));
	assert_int_equal(log.exit_code, 0); /* measuring goes on */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pitch_tells_the_rate_error),
		cmocka_unit_test(a_greater_error_is_further_away),
		cmocka_unit_test(a_tone_has_no_clicks),
		cmocka_unit_test(a_tone_has_its_pitch),
		cmocka_unit_test(a_card_gets_the_cue),
		cmocka_unit_test(an_alarm_sounds_over_the_cue),
		cmocka_unit_test(a_wish_never_waits),
		cmocka_unit_test(no_card_is_said),
		cmocka_unit_test(a_card_that_fails_is_said_and_holds_nobody_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
