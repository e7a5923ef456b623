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
 * (sim_world_advance, sim_world_hear). One world belongs to one thread.
 *
 * Options (URI "sim:mark10?seed=7&visit=3") are listed in options.h; unknown ones are refused by name.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "base/clock.h"
#include "driver/algometer.h"

#include <stdbool.h>

struct sim_world;

#define SIM_NO_BUTTON INT64_MIN

struct sim_truth {
	int press;             /* 1, 2, ... */
	char site_code[16];
	int press_of_site;     /* 1, 2, ... */
	int64_t t_contact_ns;
	int64_t t_button_ns;   /* when the button went down; SIM_NO_BUTTON: it did not (censored) */
	int64_t t_lift_ns;     /* when the examiner began to lift */
	double force_n;        /* true force at the button, the gauge's offset and noise excluded; NAN without it */
	double threshold_n;    /* where it began to hurt */
	double peak_n;         /* largest true force, to 5 ms */
};

/* Says MSG_SIM_* / MSG_FAMILY_UNKNOWN. */
int sim_world_new(struct sim_world **out, const char *family, const char *options, struct alg_log *log);
void sim_world_free(struct sim_world *world);
/*
 * The gauge's end of the cable; closing it does not free the world, which must outlive it. After the
 * option unplug it says ALG_ERR_NODEV for good; a new one made after the option back works again.
 */
void sim_world_transport(struct sim_world *world, struct alg_transport *out);
/* Monotonic and wall time of the simulated place; wall starts at sim_world_set_wall. */
const struct alg_clock *sim_world_clock(struct sim_world *world);
/* Sets the wall time of this instant; 2026-03-02T08:00:00Z at the start when never called. */
void sim_world_set_wall(struct sim_world *world, int64_t wall_ns);

/*
 * The examiner is told what to do next (as the screen would tell him), and when he may press. Told
 * anew, he forgets what he had not yet begun; told during a press, he finishes that first.
 */
void sim_world_aim(struct sim_world *world, const char *site_code, double area_cm2, double target_rate_kpa_s,
	double ceiling_kpa);
/*
 * Before the first aim: what a press is to be. hold_kpa above 0: up to there and held for hold_s, no
 * button. tolerance: the patient presses again at SIM_TOLERANCE x the threshold.
 */
#define SIM_TOLERANCE 1.4
void sim_world_task(struct sim_world *world, bool tolerance, double hold_kpa, double hold_s);
void sim_world_ready(struct sim_world *world);
/* The screen says lift (response taken, ceiling, alarm). He lifts by himself, too: at the button, at his ceiling. */
void sim_world_lift(struct sim_world *world);
/* The patient's button: true and its instant when it was pressed since the last call. */
bool sim_world_button(struct sim_world *world, int64_t *t_ns);
/* A key that the examiner presses by himself (rejects one press of the scenario); 0 when none. 'r' reject. */
char sim_world_key(struct sim_world *world, int64_t *t_ns);
/* The patient's answer to a pain-journal item, or to "hold" how much the last press hurt; NAN to skip. */
double sim_world_rating(struct sim_world *world, const char *item);
/* The truth of the last press that is over; false before the first. */
bool sim_world_truth(const struct sim_world *world, struct sim_truth *out);
/* True force on the skin at any instant [N]: of the press that is planned, running, or over while no other is planned. */
double sim_world_force_n(const struct sim_world *world, int64_t t_ns);
/* How fast that press's force rises there [N/s], tremor aside. */
double sim_world_rate_n_s(const struct sim_world *world, int64_t t_ns);
/* When the running stream took its n-th reading (1, 2, ...). */
int64_t sim_world_tick_ns(const struct sim_world *world, int64_t n);

/* A dead weight on the gauge from now on, beside what the hand does [N]; 0 takes it off. Nobody feels it. */
void sim_world_load(struct sim_world *world, double force_n);

/* Served: lets the clock pass to now_ns; bytes that the gauge sends meanwhile go into out. The first call sets the clock. */
size_t sim_world_advance(struct sim_world *world, int64_t now_ns, uint8_t *out, size_t cap);
/* Served: the host sent these; what of the answer has arrived goes into out, the rest comes from sim_world_advance. */
size_t sim_world_hear(struct sim_world *world, const uint8_t *bytes, size_t n, uint8_t *out, size_t cap);
/* Served: when something happens next by itself (a byte, the button, a release); INT64_MAX: nothing planned. */
int64_t sim_world_next_ns(const struct sim_world *world);
/* Served: false while the cable is out. */
bool sim_world_plugged(const struct sim_world *world);
/* What the gauge speaks; the baud is 0 when it has no serial line. Eight data bits, no parity. */
int sim_world_baud(const struct sim_world *world);
int sim_world_stop_bits(const struct sim_world *world);
/* The host's settings of the line: with others than the gauge's, bytes come out wrong. False then. */
bool sim_world_line(struct sim_world *world, const struct alg_line_settings *line);

#endif
