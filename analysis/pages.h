/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pages.h - a session, a comparison and a course as a page of text and as JSON. The answer stands
 * first, then the table, then what it rests on.
 *
 * JSON: {"algometer":KIND,"version":1,"simulated":...}; every key that has a unit ends in it; what
 * is not there is null; a bound is a number beside "bound": true ("more than") or a "sign".
 */
#ifndef ANA_PAGES_H
#define ANA_PAGES_H

#include "analysis/course.h"
#include "analysis/text.h"
#include "base/json.h"
#include "data/uncertainty.h"

/* visit is ana_visit_from_session of the same ses. */
void ana_session_page(struct ana_text *text, const struct ses_session *ses, const struct ana_visit *visit);
/* session_more.c: what was asked before it; whether an event is told there; tolerance, holds, practice. */
void ana_session_safety(struct ana_text *text, const struct ses_session *ses);
bool ana_session_safety_event(const char *kind);
void ana_session_more(struct ana_text *text, const struct ses_session *ses, const struct ana_visit *visit);
/* The budget of one press from what is stored; false when it has no threshold. */
bool ana_session_budget(const struct ses_session *ses, const struct ses_trial *trial, struct ses_budget *out);
void ana_session_uncertainty(struct ana_text *text, const struct ses_session *ses);
void ana_compare_page(struct ana_text *text, const struct ana_compare *compare);
void ana_course_page(struct ana_text *text, const struct ana_course *course);

/* One session; samples: every sample row too. The caller owns what is returned; NULL: out of memory. */
cJSON *ana_session_json(const struct ses_session *ses, const struct ana_visit *visit, bool samples);
cJSON *ana_compare_json(const struct ana_compare *compare);
cJSON *ana_course_json(const struct ana_course *course);

#endif
