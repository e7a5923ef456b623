/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * participant.h - what a study's participants.tsv tells of a person that reference values ask for: its columns
 * `sex` and `age`, where the study has made them. Years or a band of years, never a date of birth.
 */
#ifndef SES_PARTICIPANT_H
#define SES_PARTICIPANT_H

#include "data/study.h"

struct ses_participant {
	char sex;             /* 'F', 'M'; 'O': another; '\0': not known */
	int age_from, age_to; /* "34": 34 and 34; "40-49": 40 and 49; "90+": 90 and 120; -1: not known */
};

/* "34", "40-49", "90+" into years 0..120; false for anything else. */
bool ses_age_parse(const char *text, int *from, int *to);
/*
 * The row of a participant; what is not there is not known. An age or sex that is none of these is an error with
 * file, line and column (ALG_ERR_DATA).
 */
int ses_participant_read(
	const struct ses_study *study, const char *code, struct ses_participant *out, struct alg_log *log);

#endif
