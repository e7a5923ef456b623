/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sound.h"

#include "base/clock.h"
#include "base/text.h"

#include <alsa/asoundlib.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#define LOW_HZ       400.0 /* just too slow; an octave below at the far end */
#define HIGH_HZ      800.0 /* just too fast; an octave above at the far end */
#define OCTAVE_SHARE 0.5   /* of the wanted rate, beyond the corridor */
#define CUE_LEVEL    0.3
#define FADE_S       0.005 /* from nothing to the cue's level */
#define ALARM_LEVEL  0.9
#define TEST_HZ      660.0

enum {
	BLOCK = UI_SOUND_RATE_HZ / 200,        /* 5 ms */
	LATENCY_MS = 40,
	ALARM_BLOCKS = 200,                    /* 1 s */
	ALARM_TURN_BLOCKS = 16,                /* 80 ms of each of its two tones */
	TEST_BLOCKS = 30,                      /* 150 ms */
	TEST_WAIT_MS = 500,
	STALL_MS = 2000,                       /* a card that takes nothing for so long is gone */
};
static const double ALARM_HZ[2] = {1000, 1500};

struct ui_sound {
	snd_pcm_t *pcm;
	char name[256];
	struct alg_log *log;
	pthread_t thread;
	atomic_bool stop, dead;
	_Atomic int cue_mhz;       /* millihertz, 0 for silence */
	_Atomic unsigned alarms;   /* how many were asked for */
	_Atomic unsigned tests, tested;
	/* the thread's own */
	struct ui_tone tone;
	unsigned alarms_seen, tests_seen;
	int alarm_left, test_left; /* blocks */
	int64_t start_ns, blocks;  /* pace: since then so many */
	int64_t lead_ns;           /* how far a device without a clock may be ahead */
};

double ui_sound_tone_hz(double rate_error_share, double corridor)
{
	double beyond = fabs(rate_error_share) - corridor;

	if (!(beyond > 0)) /* NAN as well */
		return 0;
	double octaves = fmin(beyond / OCTAVE_SHARE, 1);

	return rate_error_share < 0 ? LOW_HZ * exp2(-octaves) : HIGH_HZ * exp2(octaves);
}

void ui_tone_fill(struct ui_tone *tone, double hz, double amplitude, int16_t *out, size_t n)
{
	const double step = CUE_LEVEL / (FADE_S * UI_SOUND_RATE_HZ);
	double goal = hz > 0 ? amplitude : 0;

	if (hz > 0)
		tone->hz = hz;
	for (size_t i = 0; i < n; i++) {
		tone->level += fmax(-step, fmin(step, goal - tone->level));
		out[i] = (int16_t)lrint(32767 * tone->level * sin(2 * M_PI * tone->phase));
		tone->phase += tone->hz / UI_SOUND_RATE_HZ;
		tone->phase -= floor(tone->phase);
	}
	if (tone->level <= 0)
		tone->phase = 0;
}

/* ---- the thread -------------------------------------------------------------------------------------- */

static void take_wishes(struct ui_sound *sound)
{
	unsigned alarms = atomic_load(&sound->alarms), tests = atomic_load(&sound->tests);

	if (alarms != sound->alarms_seen) {
		sound->alarm_left = ALARM_BLOCKS;
		snd_pcm_drop(sound->pcm); /* what waits in the card must not be heard first */
		snd_pcm_prepare(sound->pcm);
	}
	if (tests != sound->tests_seen)
		sound->test_left = TEST_BLOCKS;
	sound->alarms_seen = alarms;
	sound->tests_seen = tests;
}

static void next_block(struct ui_sound *sound, int16_t *out)
{
	bool beep;

	take_wishes(sound);
	beep = sound->test_left > 0;
	sound->test_left -= beep;
	if (sound->alarm_left > 0) {
		int turn = sound->alarm_left-- / ALARM_TURN_BLOCKS % 2;

		ui_tone_fill(&sound->tone, ALARM_HZ[turn], ALARM_LEVEL, out, BLOCK);
	} else if (beep) {
		ui_tone_fill(&sound->tone, TEST_HZ, CUE_LEVEL, out, BLOCK);
	} else {
		ui_tone_fill(&sound->tone, atomic_load(&sound->cue_mhz) / 1000.0, CUE_LEVEL, out, BLOCK);
	}
}

static void begin_pace(struct ui_sound *sound)
{
	sound->start_ns = alg_clock_now_ns(alg_clock_system());
	sound->blocks = 0;
}

/* All of a block, or a negative code of ALSA. A card that slept or ran dry is woken. */
static int put_block(struct ui_sound *sound, const int16_t *block)
{
	snd_pcm_uframes_t done = 0;
	int waited_ms = 0;

	while (done < BLOCK && !atomic_load(&sound->stop)) {
		snd_pcm_sframes_t n = snd_pcm_writei(sound->pcm, block + done, BLOCK - done);

		if (n == -EAGAIN) {
			if ((waited_ms += LATENCY_MS) > STALL_MS)
				return -EIO;
			begin_pace(sound); /* the card is full: it sets the pace */
			n = snd_pcm_wait(sound->pcm, LATENCY_MS);
			if (n >= 0)
				continue;
		}
		if (n < 0 && (n = snd_pcm_recover(sound->pcm, (int)n, 1)) < 0)
			return (int)n;
		done += (snd_pcm_uframes_t)n;
	}
	return 0;
}

/* Devices without a clock (files, nothing) take all at once: keep to the pace of the sound. */
static void keep_pace(struct ui_sound *sound)
{
	const int64_t block_ns = BLOCK * ALG_NS_PER_S / UI_SOUND_RATE_HZ;
	int64_t ahead_ns = sound->start_ns + ++sound->blocks * block_ns - alg_clock_now_ns(alg_clock_system());

	if (ahead_ns < 0)
		begin_pace(sound); /* slept: nothing is made up for */
	else if (ahead_ns > sound->lead_ns)
		nanosleep(&(struct timespec){.tv_nsec = (long)block_ns}, NULL);
}

static void *play(void *arg)
{
	struct ui_sound *sound = arg;
	int16_t block[BLOCK];
	sigset_t all;
	int rc = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL); /* signals are the main thread's */
	begin_pace(sound);
	while (!atomic_load(&sound->stop) && rc >= 0) {
		next_block(sound, block);
		rc = put_block(sound, block);
		if (sound->test_left == 0)
			atomic_store(&sound->tested, sound->tests_seen);
		keep_pace(sound);
	}
	if (rc < 0) {
		atomic_store(&sound->dead, true);
		alg_warn(sound->log, MSG_SOUND_GONE, sound->name, snd_strerror(rc));
	}
	return NULL;
}

/* ---- opening and closing ----------------------------------------------------------------------------- */

/* ALSA would print on stderr, into the screen; what went wrong is said through the log. */
__attribute__((format(printf, 5, 6))) static void say_nothing(
	const char *file, int line, const char *function, int err, const char *fmt, ...)
{
	(void)file, (void)line, (void)function, (void)err, (void)fmt;
}

static int open_card(struct ui_sound *sound)
{
	snd_pcm_uframes_t buffer, period;
	int rc = snd_pcm_open(&sound->pcm, sound->name, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);

	if (rc < 0)
		return rc;
	rc = snd_pcm_set_params(sound->pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1, UI_SOUND_RATE_HZ, 1,
		LATENCY_MS * 1000);
	if (rc < 0 || (rc = snd_pcm_get_params(sound->pcm, &buffer, &period)) < 0)
		return rc;
	/* More than fits into a card, which thus says that it is full before it is held back by our clock. */
	sound->lead_ns = 2 * (int64_t)buffer * ALG_NS_PER_S / UI_SOUND_RATE_HZ;
	return 0;
}

static void release(struct ui_sound *sound)
{
	if (sound->pcm) {
		snd_pcm_drop(sound->pcm);
		snd_pcm_close(sound->pcm);
	}
	snd_config_update_free_global();
	free(sound);
}

int ui_sound_open(struct ui_sound **out, const char *pcm, struct alg_log *log)
{
	const char *chosen = getenv("ALGOMETER_SOUND");
	struct ui_sound *sound = calloc(1, sizeof(*sound));
	int rc;

	*out = NULL;
	if (!sound)
		return alg_fail(log, MSG_NOMEM, "sound");
	sound->log = log;
	alg_text_copy(sound->name, sizeof(sound->name), pcm ? pcm : chosen && *chosen ? chosen : "default");
	snd_lib_error_set_handler(say_nothing);
	if ((rc = open_card(sound)) < 0) {
		rc = alg_fail(log, MSG_SOUND_ABSENT, sound->name, snd_strerror(rc));
	} else if (pthread_create(&sound->thread, NULL, play, sound)) {
		rc = alg_fail(log, MSG_NOMEM, "sound");
	} else {
		*out = sound;
		return 0;
	}
	release(sound);
	return rc;
}

void ui_sound_cue(struct ui_sound *sound, double rate_error_share, double corridor)
{
	if (sound)
		atomic_store(&sound->cue_mhz, (int)lrint(1000 * ui_sound_tone_hz(rate_error_share, corridor)));
}

void ui_sound_alarm(struct ui_sound *sound)
{
	if (sound)
		atomic_fetch_add(&sound->alarms, 1);
}

int ui_sound_test(struct ui_sound *sound)
{
	if (!sound)
		return ALG_ERR_NODEV;
	unsigned wanted = atomic_fetch_add(&sound->tests, 1) + 1;

	for (int ms = 0; ms < TEST_WAIT_MS && !atomic_load(&sound->dead); ms += 10) {
		if (atomic_load(&sound->tested) == wanted)
			return 0;
		nanosleep(&(struct timespec){.tv_nsec = 10 * ALG_NS_PER_MS}, NULL);
	}
	return ALG_ERR_NODEV;
}

void ui_sound_close(struct ui_sound *sound)
{
	if (!sound)
		return;
	atomic_store(&sound->stop, true);
	pthread_join(sound->thread, NULL);
	release(sound);
}
