/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound.h - a tone that tells the error of the application rate, and an alarm.
 *
 * The pitch is the rate error and never the force: who listens learns nothing of the threshold. Silence means that
 * the rate is inside its corridor. A thread of its own makes the tone and waits for the sound card; the other
 * threads only leave a wish in an atomic variable, so nothing of measuring ever waits for sound.
 */
#ifndef UI_SOUND_H
#define UI_SOUND_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UI_SOUND_RATE_HZ = 48000 };

/*
 * Pitch of a rate error, a share of the wanted rate (-0.3: 30 per cent too slow); 0 is silence. corridor is a
 * share too.
 *   inside the corridor, its edges included, or NAN:   0
 *   too slow:  400 Hz at the corridor's edge, falling to 200 Hz
 *   too fast:  800 Hz at the corridor's edge, rising to 1600 Hz
 * The octave is gone through while the error grows by half of the wanted rate; beyond that the tone stays.
 */
double ui_sound_tone_hz(double rate_error_share, double corridor);

/* ---- the tone's samples: pure, without a card ------------------------------------------------------ */

/* A sine without clicks: its phase goes on when the pitch changes; it fades in and out, in 5 ms at the cue's loudness. */
struct ui_tone {
	double phase; /* 0..1 of a period */
	double hz;    /* the last pitch that was not 0 */
	double level; /* loudness now, 0..1 */
};
/* n samples of hz (0: fade out and be silent) at amplitude 0..1. */
void ui_tone_fill(struct ui_tone *tone, double hz, double amplitude, int16_t *out, size_t n);

/* ---- a sound card --------------------------------------------------------------------------------------- */

struct ui_sound;

/*
 * pcm: a name that ALSA knows; NULL: $ALGOMETER_SOUND, or "default". Says MSG_SOUND_ABSENT; later, as a warning
 * out of the sound's own thread, MSG_SOUND_GONE, after which all is silent.
 */
int ui_sound_open(struct ui_sound **out, const char *pcm, struct alg_log *log);
/* From now on this tone, see ui_sound_tone_hz; NAN: silence. Never waits; any thread; NULL is fine, here and below. */
void ui_sound_cue(struct ui_sound *sound, double rate_error_share, double corridor);
/* One second of a fast two-tone over everything. Never waits; any thread. */
void ui_sound_alarm(struct ui_sound *sound);
/* A short beep; waits until the card has taken it, half a second at most. 0, or ALG_ERR_NODEV when it did not. */
int ui_sound_test(struct ui_sound *sound);
void ui_sound_close(struct ui_sound *sound);

#endif
