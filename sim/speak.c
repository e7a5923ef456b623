/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/speak.h"

#include <stdio.h>
#include <string.h>

const struct sim_speaker *const sim_speakers[] = {
	&sim_speaker_wagner,
	&sim_speaker_mark10,
	&sim_speaker_lutron,
	&sim_speaker_cpar,
	&sim_speaker_openscale,
	&sim_speaker_hx711,
	&sim_speaker_hid_scale,
	NULL,
};

const struct sim_speaker *sim_speaker_find(const char *family)
{
	for (size_t i = 0; sim_speakers[i]; i++)
		if (strcmp(sim_speakers[i]->family, family) == 0)
			return sim_speakers[i];
	return NULL;
}

void sim_speaker_names(char *out, size_t cap)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; sim_speakers[i] && used < cap; i++)
		used += (size_t)snprintf(out + used, cap - used, "%s%s", i ? ", " : "", sim_speakers[i]->family);
}

void sim_gauge_init(struct sim_gauge *gauge, const struct sim_speaker *speaker)
{
	*gauge = (struct sim_gauge){
		.unit = speaker->unit, .capacity_n = speaker->capacity_n, .rate_hz = speaker->rate_hz};
}

void sim_gauge_feel(struct sim_gauge *gauge, double force_n)
{
	gauge->force_n = force_n;
	if (force_n > gauge->held_peak_n)
		gauge->held_peak_n = force_n;
	if (force_n < gauge->held_tension_n)
		gauge->held_tension_n = force_n;
}

void sim_gauge_clear_peaks(struct sim_gauge *gauge)
{
	gauge->held_peak_n = gauge->held_tension_n = gauge->force_n;
}
