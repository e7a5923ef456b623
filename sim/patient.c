/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/patient.h"

#include "sim/random.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MUSCLE_MAX = 16 };

/* "UTRAP_R" -> "UTRAP": both sides of one person are alike. */
static void muscle_of(const char *site_code, char out[MUSCLE_MAX])
{
	size_t n = strcspn(site_code, "_");

	if (n >= MUSCLE_MAX)
		n = MUSCLE_MAX - 1;
	memcpy(out, site_code, n);
	out[n] = '\0';
}

/*
 * Rough usual thresholds [kPa] of people without complaints on 1 cm2, for strangers only; orders of
 * magnitude, not reference values.
 */
static double usual_kpa(const char *muscle)
{
	static const struct {
		const char *muscle;
		double kpa;
	} table[] = {
		{"FORE", 250}, {"MASS", 220}, {"TEMP", 240}, {"SCM", 180}, {"UTRAP", 320}, {"LEV", 350}, {"ISP", 370},
		{"RHOM", 370}, {"QL", 420}, {"GMED", 460}, {"TA", 480}, {"FDI", 420}, {"THEN", 430},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].muscle, muscle) == 0)
			return table[i].kpa;
	return 380;
}

static double stranger_kpa(const struct sim_patient *p, const char *site_code)
{
	char muscle[MUSCLE_MAX];
	uint64_t person = sim_key(p->seed, p->code, 0);

	muscle_of(site_code, muscle);
	/* Between people 35 %, half of it common to the whole body; between sides 10 %. */
	double log_factor = 0.25 * sim_normal(sim_key(person, "body", 0), 0) +
		0.25 * sim_normal(sim_key(person, muscle, 0), 0) +
		0.07 * sim_normal(sim_key(person, site_code, 1), 0);

	return usual_kpa(muscle) * sim_exp(log_factor);
}

double sim_patient_mean_kpa(const struct sim_patient *p, const char *site_code)
{
	const struct sim_scenario *s = p->scenario;
	const struct sim_scenario_point *point = s ? sim_scenario_point(s, site_code) : NULL;

	if (!isnan(p->fixed_kpa))
		return p->fixed_kpa;
	if (!point)
		return stranger_kpa(p, site_code);
	double kpa = point->base_kpa + point->change_kpa * sim_scenario_effect(s, p->day, p->post);

	if (p->visit == s->strong.visit && strcmp(site_code, s->strong.site_code) == 0)
		kpa += s->strong_kpa;
	return kpa;
}

/* One key per sitting of this person. */
static uint64_t sitting_key(const struct sim_patient *p)
{
	return sim_key(sim_key(p->seed, p->code, p->visit), p->post ? "post" : "pre", p->day);
}

double sim_patient_threshold_kpa(const struct sim_patient *p, const char *site_code, int press)
{
	uint64_t sitting = sitting_key(p);
	double kpa = sim_patient_mean_kpa(p, site_code);

	if (!isnan(p->fixed_kpa))
		return kpa;
	/* A third of the sitting's own variance is common to all sites: a good or a bad day. */
	kpa += SIM_BETWEEN_VISIT_SD_KPA * (sqrt(1 / 3.0) * sim_normal(sim_key(sitting, "day", 0), 0) +
						  sqrt(2 / 3.0) * sim_normal(sim_key(sitting, site_code, 0), 0));
	kpa += SIM_PRESS_SD_KPA * sim_normal(sim_key(sitting, site_code, press), 1);
	if (press == 1)
		kpa += SIM_FIRST_PRESS_KPA;
	return kpa < 20 ? 20 : kpa;
}

double sim_patient_reaction_s(const struct sim_patient *p, const char *site_code, int press)
{
	double u = sim_uniform(sim_key(sitting_key(p), site_code, press), 7);

	return SIM_REACTION_MIN_S + u * (SIM_REACTION_MAX_S - SIM_REACTION_MIN_S);
}

static double whole(double x, double min, double max)
{
	x = floor(x + 0.5);
	return x < min ? min : x > max ? max : x;
}

double sim_patient_rating(const struct sim_patient *p, const char *item)
{
	double effect = p->scenario ? sim_scenario_effect(p->scenario, p->day, p->post) : 0;
	double some = 0.6 * sim_normal(sim_key(sitting_key(p), item, 0), 0);

	/* The patient is relieved somewhat less than the treated points are: the worst one still hurts. */
	if (strcmp(item, "pain-now") == 0)
		return whole(5.6 - 3.0 * effect + some, 0, 10);
	if (strcmp(item, "pain-average-7d") == 0)
		return whole(5.8 - 3.0 * effect + some, 0, 10);
	if (strcmp(item, "pain-worst-7d") == 0)
		return whole(7.6 - 2.6 * effect + some, 0, 10);
	if (strncmp(item, "activity-", 9) == 0)
		return whole(6.2 - 3.0 * effect + some, 0, 10);
	if (strcmp(item, "sleep") == 0)
		return whole(5.6 - 2.2 * effect + some, 0, 10);
	if (strcmp(item, "analgesic-days") == 0)
		return whole(3.4 - 2.6 * effect + some, 0, 7);
	if (strcmp(item, "global-change") == 0 && p->visit >= 2)
		return whole(4 - 1.9 * effect + 0.5 * some, 1, 7);
	return NAN;
}
