/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study.h - the study folder: where things lie, and its settings.
 *
 *   STUDY/study.yaml participants.tsv procedures/ norms/ calibration/ treatments/ .bidsignore
 *         sub-P012/points.tsv sub-P012/journal.tsv
 *         sub-P012/ses-03/sub-P012_ses-03[_acq-pre|_acq-post][_run-2][_rec-1]_algometry.h5
 *         sub-P012/ses-03/sub-P012_ses-03..._algometry.journal       running, or cut off (journal.h)
 *         sub-P012/ses-03/sub-P012_ses-03..._algometry.journal.done  put away after a clean end
 *
 * Folders are 0700, files 0600. Group and treatment are in treatments/ only, which nothing that
 * records ever opens.
 */
#ifndef SES_STUDY_H
#define SES_STUDY_H

#include "base/log.h"
#include "data/procedure.h"
#include "data/site.h"

#include <limits.h>
#include <stdbool.h>

enum { SES_CODE_MAX = 24, SES_SESSION_MAX = 9999, SES_PROCEDURE_ID_MAX = 48, SES_STUDY_PROCEDURES_MAX = 200 };

struct ses_study {
	char dir[PATH_MAX];
	char id[64], centre[64];
	char time_zone[64];            /* IANA; "" for the machine's */
	char participant_pattern[64];  /* POSIX extended, anchored; default ^[A-Z]{1,3}[0-9]{2,6}$ */
	char procedure[64];            /* default procedure id */
	char device[320];              /* default device address; "" for none */
	char examiner[32];             /* default examiner code; "" for none */
	char button[320];              /* default response source: "key", "peak", "evdev:PATH", ... (ui/button.h) */
	double tip_area_cm2;           /* default 1.0 */
	char tip_shape[48];            /* "flat rubber disc" */
	bool blinded;                  /* every session is recorded blinded */
	int check_days;                /* a check with weights older than that is told; default 31 */
	bool simulated;                /* everything in this folder is made by a simulation */
};

/* What a study has when its study.yaml says nothing; dir and id are empty. */
void ses_study_defaults(struct ses_study *study);
/*
 * Finds the study: dir when given, else the current folder or a parent that holds study.yaml.
 * Says MSG_STUDY_* on failure.
 */
int ses_study_open(struct ses_study *study, const char *dir, struct alg_log *log);
/*
 * Makes a new study folder with everything in it (settings->dir is not looked at); ALG_ERR_EXISTS
 * when it is one already. A folder that is there is used, no file in it is changed.
 */
int ses_study_init(const char *dir, const struct ses_study *settings, struct alg_log *log);
/*
 * Sets TZ to the study's zone. Before any thread is started. Without a zone nothing changes.
 * Says MSG_STUDY_ZONE.
 */
int ses_study_apply_zone(const struct ses_study *study, struct alg_log *log);
/*
 * Checks a participant code against the pattern; says MSG_CODE. Whatever the pattern allows, a code
 * is 1..SES_CODE_MAX letters and digits: it becomes part of file names.
 */
int ses_study_check_code(const struct ses_study *study, const char *code, struct alg_log *log);
/* Makes the participant's folder and row in participants.tsv where they are not there yet. */
int ses_study_make_participant(const struct ses_study *study, const char *code, struct alg_log *log);
/* sites/sites.tsv as shipped plus STUDY/sites.tsv. study NULL: only the shipped ones. */
int ses_study_sites(const struct ses_study *study, struct ses_sites *sites, struct alg_log *log);
/* Ids of the study's own and the shipped procedures, sorted; ids has SES_STUDY_PROCEDURES_MAX rows. */
size_t ses_study_procedures(const struct ses_study *study, char (*ids)[SES_PROCEDURE_ID_MAX]);
/*
 * By id: STUDY/procedures/ID.yaml, else the shipped one; or a path when it holds a '/'. study NULL:
 * only the shipped ones. out is to be freed even after failure.
 */
int ses_study_procedure(const struct ses_study *study, const char *id, const struct ses_sites *sites,
	struct ses_procedure *out, struct alg_log *log);

/* ALG_ERR_ARG, unsaid, when code is none of the study's or the path is too long. */
int ses_study_points_path(const struct ses_study *study, const char *code, char *out, size_t cap);

/* STUDY of STUDY/sub-P012/ses-03/FILE; false when the file lies in no study. */
bool ses_study_of(const char *session_path, char *out, size_t cap);

/* One session file found in the folder. */
struct ses_file {
	char path[PATH_MAX];
	int session;       /* 3 for ses-03 */
	char acq[8];       /* "", "pre", "post" */
	int run;           /* 1 when not named */
	int rec;           /* n-th recovery from its journal; 0: as it was recorded */
	bool journal;      /* path is that of a journal which was not put away */
};
/*
 * All session files of a participant in order of session, pre before post, run. Of one that was
 * recovered only the last recovery, which has all that the others have. Caller frees *out.
 */
int ses_study_files(
	const struct ses_study *study, const char *code, struct ses_file **out, size_t *n, struct alg_log *log);
/* The path that a session file of this participant, number, time point and run has. ALG_ERR_ARG: too long. */
int ses_study_file_path(const struct ses_study *study, const char *code, const struct ses_file *file, char *out, size_t cap);
/* The journals in the participant's folders that were not put away: of sessions running or cut off. Caller frees *out. */
int ses_study_journals(
	const struct ses_study *study, const char *code, struct ses_file **out, size_t *n, struct alg_log *log);
/* The path of the next recovery of this session file (_rec-1, _rec-2 ...), beside it. ALG_ERR_ARG: no such name. */
int ses_study_recovery_path(const char *session_path, char *out, size_t cap);
/*
 * Path for a new session: session 0 takes the next number (the same number for a post after a
 * pre of the same local day). Makes the folders. An existing file is never named: the next run
 * number is taken when more than one recording is made of one time point.
 */
int ses_study_new_file(const struct ses_study *study, const char *code, int session, const char *acq,
	struct ses_file *out, struct alg_log *log);
/* The same on a given local day ("2026-03-02"), for sessions that run on a simulated clock. */
int ses_study_new_file_on(const struct ses_study *study, const char *code, int session, const char *acq,
	const char *day, struct ses_file *out, struct alg_log *log);

/*
 * Where shipped data lies ("sites/sites.tsv"): $ALGOMETER_DATA, beside the program's source when it
 * runs from there, beside the program (../share/algometer), or PREFIX/share/algometer. ALG_ERR_IO,
 * unsaid, when it is in none of them.
 */
int ses_data_path(const char *name, char *out, size_t cap);

#endif
