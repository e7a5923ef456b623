/* SPDX-License-Identifier: GPL-3.0-or-later */
/* course_page.h - between the files of a course's page. Not for others. */
#ifndef ANA_COURSE_PAGE_H
#define ANA_COURSE_PAGE_H

#include "analysis/pages.h"

/* What is missing, what differs, what to know. */
void ana_course_notes(struct ana_text *text, const struct ana_course *course);
/* What the marks and words of the tables mean. */
void ana_course_marks(struct ana_text *text, const struct ana_course *course);

#endif
