/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario.h - the made-up participant of the demonstration: points, visits, treatment, and what
 * happens on the way. Everything here is invented; nobody was measured.
 *
 * The spread is in kPa and the same at every point, so that one minimal detectable change is exactly
 * true of all of them (in real people it grows with the level).
 */
#ifndef SIM_SCENARIO_H
#define SIM_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

/* True standard deviations of a simulated threshold [kPa], reaction time aside. */
#define SIM_BETWEEN_VISIT_SD_KPA 16.0 /* the same point at another sitting */
#define SIM_PRESS_SD_KPA         20.0 /* the next press at the same sitting */
/* The first press at a point reads higher, as in real people [kPa]; the same at every visit. */
#define SIM_FIRST_PRESS_KPA      8.0
/* From "begins to hurt" to the button [s], uniform. */
#define SIM_REACTION_MIN_S       0.2
#define SIM_REACTION_MAX_S       0.4

struct sim_scenario_point {
	const char *site_code;
	const char *role;    /* "target", "contralateral", "control" */
	bool primary;
	double base_kpa;     /* mean threshold before treatment */
	double change_kpa;   /* mean change once the treatment has had its full effect */
};

/* One sitting: one session file. */
struct sim_scenario_visit {
	int visit;           /* 1, 2, ... */
	int day;             /* since the first visit */
	const char *acq;     /* "" or "pre" or "post" */
};

/* Something that happens at one press: the press-th at that site in that sitting. */
struct sim_scenario_event {
	int visit;
	const char *site_code;
	int press;
};

struct sim_scenario {
	const char *participant; /* "P012" */
	const struct sim_scenario_point *points;
	size_t n_points;
	const struct sim_scenario_visit *visits; /* in order of time */
	size_t n_visits;
	int treatment_day;               /* between that day's pre and post sitting */
	const char *treatment;           /* "dry needling" */
	struct sim_scenario_event reject; /* the examiner rejects this press with a key */
	struct sim_scenario_event fast;   /* this press is much too fast */
	struct sim_scenario_event strong; /* press 0: a whole visit; the ceiling comes first there */
	double strong_kpa;               /* added to the threshold then */
};

extern const struct sim_scenario sim_scenario_demo;

/*
 * A seed whose chance lets the scenario's story be seen: after three presses each, the points that
 * were meant to change are beyond the error at the last visit, and nothing else ever is. With about
 * half of all seeds some point that did not change is beyond it, or one that did is not; that too is
 * worth a look.
 */
#define SIM_SCENARIO_SEED 22

/* NULL when the code is nobody with a scenario. */
const struct sim_scenario *sim_scenario_find(const char *participant);
/* NULL when the site is none of its points. */
const struct sim_scenario_point *sim_scenario_point(const struct sim_scenario *scenario, const char *site_code);
/* Day of a visit; the weekly rhythm goes on after the last one. */
int sim_scenario_day(const struct sim_scenario *scenario, int visit);
/* Share of the treatment's full effect that is there, 0..1. */
double sim_scenario_effect(const struct sim_scenario *scenario, int day, bool post);

/*
 * Standard error of one sitting's mean of n presses, and the smallest change between two sittings
 * that is beyond it with 95 % confidence (1.96 sqrt(2) SEM). Known because it was put in: a figure
 * "from the simulation", never for a person. NAN unless presses >= 1.
 */
double sim_sem_kpa(int presses);
double sim_mdc95_kpa(int presses);

#endif
