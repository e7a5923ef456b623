/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world.h - an emulated gauge, patient and examiner, put together, with a clock of their own.
 *
 * The examiner presses the point he was told, with tremor and an imperfect rate; the patient
 * presses the button a reaction time after the true threshold; the gauge turns the force into
 * bytes (speak.h). Everything follows from the seed: same options, same bytes.
 *
 * Two ways to use it: inside the program (sim_world_transport: reading bytes lets the world's own
 * clock pass), or served on a pty or port by `algometer sim`, paced by the wall clock
 * (sim_world_advance, sim_world_hear).
 *
 * Options (URI "sim:mark10?seed=7&visit=3"): seed, visit (1.., for visit-to-visit spread and the
 * treatment effect), days (since the first visit), acq (pre|post), noise (N), tremor (N), rate
 * (kPa/s), unit, hz, pause (s between presses), and faults for tests: drop, garble (probability per
 * reading), stall (s), unplug (s). Unknown ones are refused by name.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "base/clock.h"
#include "driver/algometer.h"

#include <stdbool.h>

struct sim_world;

struct sim_truth {
	int press;             /* 1, 2, ... */
	char site_code[16];
	int64_t t_contact_ns;
	int64_t t_button_ns;   /* when the button went down; INT64_MIN: it did not (censored) */
	double force_n;        /* true force at that instant, zero excluded */
	double threshold_n;    /* where it began to hurt */
};

/* Says MSG_SIM_* / MSG_FAMILY_UNKNOWN. */
int sim_world_new(struct sim_world **out, const char *family, const char *options, struct alg_log *log);
void sim_world_free(struct sim_world *world);
/* The gauge's end of the cable; closing it does not free the world. */
void sim_world_transport(struct sim_world *world, struct alg_transport *out);
/* Monotonic and wall time of the simulated place; wall starts at sim_world_set_wall. */
const struct alg_clock *sim_world_clock(struct sim_world *world);
void sim_world_set_wall(struct sim_world *world, int64_t wall_ns);

/* The examiner is told what to do next (as the screen would tell him), and when he may press. */
void sim_world_aim(struct sim_world *world, const char *site_code, double area_cm2, double target_rate_kpa_s,
	double ceiling_kpa);
void sim_world_ready(struct sim_world *world);
/* The screen says lift (response taken, ceiling, alarm). */
void sim_world_lift(struct sim_world *world);
/* The patient's button: true and its instant when it was pressed since the last call. */
bool sim_world_button(struct sim_world *world, int64_t *t_ns);
/* A key that the examiner presses by himself (rejects one press of the scenario); 0 when none. 'r' reject. */
char sim_world_key(struct sim_world *world, int64_t *t_ns);
/* The patient's answer to a pain-journal item, NAN to skip. */
double sim_world_rating(struct sim_world *world, const char *item);
/* The last press's truth; false before the first. */
bool sim_world_truth(const struct sim_world *world, struct sim_truth *out);

/* Served: lets the clock pass to now_ns; bytes that the gauge sends meanwhile go into out. */
size_t sim_world_advance(struct sim_world *world, int64_t now_ns, uint8_t *out, size_t cap);
/* Served: the host sent these; the answer goes into out. */
size_t sim_world_hear(struct sim_world *world, const uint8_t *bytes, size_t n, uint8_t *out, size_t cap);

#endif
