/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * options.h - the options of a simulation, "seed=7&visit=3&noise=0.05", strictly read.
 *
 *   seed         0 .. 2^53: everything that is chance
 *   participant  code; P012 has a scenario, others are strangers (letters, digits, - and _)
 *   visit        1 .. 99: for the spread between visits and the treatment's effect
 *   days         since the first visit; default: as the scenario has it
 *   acq          pre | post: before or after the treatment of that day
 *   threshold    kPa: every press hurts exactly there, no spread
 *   rate         kPa/s the examiner aims at, whatever he is told
 *   ceiling      kPa at which he lifts by himself, whatever he is told
 *   spread       SD of a press's mean rate, share (0.06); wander: of the waver within it (0.08)
 *   tremor       N, SD at 6-10 Hz (0.12)
 *   pause        s at least from a release to the next contact (1.5)
 *   noise        N, SD of the gauge's own noise (0.02)
 *   zero         N, the gauge's offset (0); gain: what it shows of each newton (1)
 *   unit         the display's unit
 *   hz           display updates a second; of a gauge that streams, its readings a second (whatever it was told)
 *   bundle       ms: the adapter hands on what has come only at every such tick of its own timer (0: at once)
 *   firmware     new | intermediate | old, of a cpar
 *   battery      ok | low; peak: 1 = the display holds the peak; send: s between SEND keys
 * Faults, times in seconds since the start:
 *   drop garble  probability per reading that it vanishes, that one of its bits flips
 *   stall        silence from here on, for stall_for seconds (for good when not given)
 *   unplug       the cable is out from here on, until back (for good when not given)
 */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include "base/log.h"
#include "base/units.h"

#include <stdbool.h>
#include <stdint.h>

struct sim_options {
	double seed, visit, days;            /* days NAN: not given */
	char participant[32];
	bool post;
	double threshold_kpa, rate_kpa_s, ceiling_kpa; /* NAN: not given */
	double rate_spread, wander, tremor_n, pause_s;
	double noise_n, zero_n, gain, hz;    /* hz NAN: not given */
	double bundle_ms;                    /* 0: none */
	enum alg_unit unit;                  /* ALG_UNIT_NONE: not given */
	bool low_battery, peak;
	int generation;                      /* 0 new, 1 intermediate, 2 old */
	double send_s;                       /* NAN: never */
	double drop, garble;
	double stall_s, stall_for_s, unplug_s, back_s; /* INFINITY: never */
};

/* text may be NULL or "". Says MSG_SIM_OPTION for what is unknown, doubled or out of range. */
int sim_options_parse(const char *text, struct sim_options *out, struct alg_log *log);

#endif
