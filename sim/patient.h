/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patient.h - the emulated patient: where it begins to hurt, how long the button takes, and what is
 * answered to the pain journal. Pure functions of the seed: asking twice gives the same.
 *
 * A participant with a scenario (P012) has its thresholds; anybody else is a stable stranger whose
 * mean threshold at a site is log-normal around the site's usual one.
 */
#ifndef SIM_PATIENT_H
#define SIM_PATIENT_H

#include "sim/scenario.h"

#include <stdint.h>

struct sim_patient {
	uint64_t seed;
	char code[32];
	const struct sim_scenario *scenario; /* NULL: a stranger */
	int visit, day;
	bool post;
	double fixed_kpa; /* every press hurts at exactly this pressure; NAN: as a person */
};

/* This participant's mean threshold at the site at this sitting, all spread aside [kPa]. */
double sim_patient_mean_kpa(const struct sim_patient *patient, const char *site_code);
/* Where the press-th press (1, 2, ...) at the site begins to hurt [kPa], at least 20. */
double sim_patient_threshold_kpa(const struct sim_patient *patient, const char *site_code, int press);
/* From there to the button [s]. */
double sim_patient_reaction_s(const struct sim_patient *patient, const char *site_code, int press);
/*
 * Answer to a journal item: "pain-now" "pain-average-7d" "pain-worst-7d" "activity-N" "sleep" (0..10),
 * "analgesic-days" (0..7), "global-change" (1..7, 1 = very much better); whole numbers. NAN for what
 * is not known, and for global-change at the first visit.
 */
double sim_patient_rating(const struct sim_patient *patient, const char *item);

#endif
