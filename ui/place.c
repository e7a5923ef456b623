/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/place.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *ui_place_side(char side)
{
	return side == 'L' ? "LEFT" : side == 'R' ? "RIGHT" : "MIDLINE";
}

static void add(char *out, size_t cap, const char *between, const char *text)
{
	size_t at = strlen(out);

	snprintf(out + at, cap - at, "%s%s", between, text);
}

static void add_distance(char *out, size_t cap, double mm, const char *plus, const char *minus)
{
	char text[64];

	if (!isfinite(mm) || mm == 0)
		return;
	snprintf(text, sizeof(text), "%.0f mm %s", fabs(mm), mm > 0 ? plus : minus);
	add(out, cap, out[0] ? ", " : "", text);
}

void ui_place_offset(const struct ses_point *p, char *out, size_t cap)
{
	out[0] = '\0';
	add_distance(out, cap, p->along_mm, "along the fibres, away from the head or trunk",
		"along the fibres, towards the head or trunk");
	add_distance(out, cap, p->across_mm, "away from the midline", "towards the midline");
}

static void add_finding(char *out, size_t cap, char letter, const char *what)
{
	if (letter != 'y' && letter != 'n')
		return;
	add(out, cap, out[0] ? ", " : "found: ", letter == 'n' ? "no " : "");
	add(out, cap, "", what);
}

void ui_place_findings(const struct ses_point *p, char *out, size_t cap)
{
	out[0] = '\0';
	if (p->finding_activity)
		add(out, cap, "found: ", p->finding_activity == 'a' ? "active" : "latent");
	add_finding(out, cap, p->finding_taut_band, "taut band");
	add_finding(out, cap, p->finding_referred, "referred pain");
	add_finding(out, cap, p->finding_twitch, "twitch");
	add_finding(out, cap, p->finding_familiar, "familiar pain");
}
