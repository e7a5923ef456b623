/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario.h"

#include <math.h>
#include <string.h>

/* Four targets improve, RHOM_R does not change, GMED_R gets worse, the rest is meant to stay. */
static const struct sim_scenario_point points[] = {
	{"UTRAP_R", "target", true, 215, 120},
	{"LEV_R", "target", true, 240, 130},
	{"ISP_R", "target", false, 255, 110},
	{"RHOM_R", "target", false, 280, 0},
	{"QL_R", "target", false, 300, 125},
	{"GMED_R", "target", false, 340, -115},
	{"UTRAP_L", "contralateral", false, 330, 10},
	{"LEV_L", "contralateral", false, 350, 10},
	{"RHOM_L", "contralateral", false, 365, 0},
	{"QL_L", "contralateral", false, 410, 10},
	{"TA_R", "control", false, 870, 0},
	{"FDI_R", "control", false, 460, 0},
};

static const struct sim_scenario_visit visits[] = {
	{1, 0, ""}, {2, 7, ""}, {3, 14, "pre"}, {3, 14, "post"}, {4, 21, ""}, {5, 28, ""}, {6, 35, ""},
};

const struct sim_scenario sim_scenario_demo = {
	.participant = "P012",
	.points = points,
	.n_points = sizeof(points) / sizeof(points[0]),
	.visits = visits,
	.n_visits = sizeof(visits) / sizeof(visits[0]),
	.treatment_day = 14,
	.treatment = "dry needling",
	.reject = {.visit = 2, .site_code = "LEV_R", .press = 1},
	.fast = {.visit = 4, .site_code = "ISP_R", .press = 2},
	.strong = {.visit = 5, .site_code = "TA_R"},
	.strong_kpa = 240,
};

const struct sim_scenario *sim_scenario_find(const char *participant)
{
	return strcmp(participant, sim_scenario_demo.participant) == 0 ? &sim_scenario_demo : NULL;
}

const struct sim_scenario_point *sim_scenario_point(const struct sim_scenario *scenario, const char *site_code)
{
	for (size_t i = 0; i < scenario->n_points; i++)
		if (strcmp(scenario->points[i].site_code, site_code) == 0)
			return &scenario->points[i];
	return NULL;
}

int sim_scenario_day(const struct sim_scenario *scenario, int visit)
{
	const struct sim_scenario_visit *last = &scenario->visits[scenario->n_visits - 1];

	for (size_t i = 0; i < scenario->n_visits; i++)
		if (scenario->visits[i].visit == visit)
			return scenario->visits[i].day;
	return last->day + 7 * (visit - last->visit);
}

double sim_scenario_effect(const struct sim_scenario *scenario, int day, bool post)
{
	/* A good third at once, two thirds after a week, all of it after three. */
	static const struct {
		int day;
		double share;
	} course[] = {{0, 0.35}, {7, 0.65}, {14, 0.9}, {21, 1}};
	int since = day - scenario->treatment_day;

	if (since < 0 || (since == 0 && !post))
		return 0;
	for (size_t i = 1; i < sizeof(course) / sizeof(course[0]); i++)
		if (since < course[i].day) {
			double part = (double)(since - course[i - 1].day) / (course[i].day - course[i - 1].day);

			return course[i - 1].share + part * (course[i].share - course[i - 1].share);
		}
	return 1;
}

double sim_sem_kpa(int presses)
{
	if (presses < 1)
		return NAN;
	return sqrt(SIM_BETWEEN_VISIT_SD_KPA * SIM_BETWEEN_VISIT_SD_KPA +
		SIM_PRESS_SD_KPA * SIM_PRESS_SD_KPA / presses);
}

double sim_mdc95_kpa(int presses)
{
	return 1.959963984540054 * sqrt(2) * sim_sem_kpa(presses);
}
