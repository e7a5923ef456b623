/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help_course.h - sessions made by hand, for tests of the analysis: five points (two targets, their
 * other sides, one control), three rounds, values chosen by the test.
 */
#ifndef TEST_HELP_COURSE_H
#define TEST_HELP_COURSE_H

#include "data/session.h"

enum { HELP_POINTS = 5, HELP_ROUNDS = 3 };

/* A session of P012 with the five points and no press. day: "2026-03-02". */
void help_session(struct ses_session *ses, int number, const char *acq, const char *day);
/* One accepted press of the next round at a point. */
void help_press(struct ses_session *ses, int point, double kpa);
/* A press with another end: kpa is the ceiling when censored; ignored when missing. */
void help_press_ended(struct ses_session *ses, int point, enum ses_status status, enum ses_reason reason, double kpa);
/* Three accepted presses at every point: first[i] + 6, first[i], first[i] - 6. */
void help_fill(struct ses_session *ses, const double kpa[HELP_POINTS]);

/*
 * The fixed course of the golden pages: three sessions of P012, and a post at the second. Point 0
 * rises from 200 to 260 and on, point 1 falls, point 4 meets its ceiling, one press is rejected,
 * one missing, labels are not ASCII. Fills ses[4]; the caller clears them.
 */
void help_course(struct ses_session ses[4]);

#endif
