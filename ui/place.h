/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * place.h - a point told in words: where it lies from its landmark, and what was found there. Pure.
 */
#ifndef UI_PLACE_H
#define UI_PLACE_H

#include "data/point.h"

#include <stddef.h>

/* "LEFT", "RIGHT", "MIDLINE" */
const char *ui_place_side(char side);
/* "20 mm along the fibres, away from the head or trunk, 5 mm towards the midline"; "" at the landmark. */
void ui_place_offset(const struct ses_point *point, char *out, size_t cap);
/* "found: active, taut band, no twitch"; "" when nothing was looked at. */
void ui_place_findings(const struct ses_point *point, char *out, size_t cap);

#endif
