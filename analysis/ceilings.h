/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ceilings.h - where the ceiling at a point was not the same at all sessions: a press that was stopped
 * at 500 kPa says "more than 500", one that was stopped at 600 says more, and neither is a change of
 * the person. Told under a comparison and a course; nothing is said when the ceilings stayed.
 */
#ifndef ANA_CEILINGS_H
#define ANA_CEILINGS_H

#include "analysis/course.h"
#include "analysis/text.h"

/* Lowest ceiling of the presses that count at a point [kPa]; NAN: no press, or none with a ceiling. */
double ana_point_ceiling(const struct ana_point *point);

void ana_compare_ceilings(struct ana_text *text, const struct ana_compare *compare);
void ana_course_ceilings(struct ana_text *text, const struct ana_course *course);

#endif
