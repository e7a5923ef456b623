/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * script.h - a session written down: what the operator does and, in tests, what the gauge says and
 * what must come of it. One step a line; '#' begins a comment; t counts seconds from the start of the
 * session and never goes back.
 *
 *   t=4.31 button                              the patient's button
 *   t=5 key reject                             reject skip back pause end patient wrong-site
 *   t=9 key rating 6                           pain of the hold just released, 0 to 10
 *
 * Tests only (refused with operator_only):
 *
 *   rounds 2                                   a header: a word and its value, before the first step
 *   t=1.20 sample 12.3 N [overload|peak|fault|gap|dropped|low-battery ...]
 *   t=1.0 ramp 0 to 40 N in 4 s [at 100 Hz]    samples on the way; the gauge holds the last value
 *   t=6 silence 1 s                            nothing from the gauge
 *   t=6 suspend                                the machine slept
 *   t=6 restart                                a crash: the session goes on from what is stored
 *   [t=8] expect accepted ppt_kpa=213.4±0.1    what the test's own reader makes of it
 *
 * Numbers have a point, units are written out, everything unknown is an error with file and line.
 */
#ifndef ACQ_SCRIPT_H
#define ACQ_SCRIPT_H

#include "acq/engine.h"
#include "base/log.h"

enum acq_script_kind {
	ACQ_SCRIPT_HEADER, ACQ_SCRIPT_SAMPLE, ACQ_SCRIPT_RAMP, ACQ_SCRIPT_SILENCE, ACQ_SCRIPT_SUSPEND,
	ACQ_SCRIPT_RESTART, ACQ_SCRIPT_BUTTON, ACQ_SCRIPT_KEY, ACQ_SCRIPT_EXPECT,
};

enum { ACQ_SCRIPT_TEXT_MAX = 480 };

struct acq_script_step {
	enum acq_script_kind kind;
	int line;
	double t_s;              /* NAN when the line has none (HEADER, EXPECT) */
	enum acq_key key;        /* KEY */
	double from_n, to_n;     /* RAMP; SAMPLE: to_n, NAN for "none"; KEY rating: to_n is the number */
	double duration_s;       /* RAMP, SILENCE */
	double rate_hz;          /* RAMP; NAN when not given */
	uint32_t flags;          /* SAMPLE, enum ses_sample_flag */
	char text[ACQ_SCRIPT_TEXT_MAX]; /* HEADER: "rounds 2"; EXPECT: what follows the word */
};

struct acq_script {
	struct acq_script_step *step;
	size_t n;
};

/* out is to be freed even after failure. Says MSG_SCRIPT with file and line, or the file's own fault. */
int acq_script_load(struct acq_script *out, const char *path, bool operator_only, struct alg_log *log);
int acq_script_parse(struct acq_script *out, const char *text, size_t len, const char *name, bool operator_only,
	struct alg_log *log);
void acq_script_free(struct acq_script *script);

#endif
