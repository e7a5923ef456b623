/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sessions.h - how sessions are named on the command line, and what the commands that weigh changes
 * have in common: show, compare, course, plot.
 *
 * A session is a path (it holds a '/' or a '.'), or a participant code with the session's number
 * and time point in the study folder.
 */
#ifndef CLI_SESSIONS_H
#define CLI_SESSIONS_H

#include "analysis/course.h"
#include "cli/cli.h"
#include "data/files.h"
#include "data/study.h"

/* Which sessions of a participant: 0 and NULL for any. */
struct cli_pick {
	long session;
	const char *acq; /* "", "pre", "post" */
	long run;
};

bool cli_is_path(const char *word);
/*
 * The participant's session files that fit, in order of time; at least one. Says why not otherwise:
 * a code that the study does not know is what was typed (exit 2), no such session is exit 1.
 * Caller frees *out.
 */
int cli_session_files(
	struct cli *cli, const char *code, const struct cli_pick *pick, struct ses_file **out, size_t *n);
/*
 * The files that words name, in their order: a path is a file by itself, a code all sessions of that participant, no
 * word at all the whole study. Says why not. *out is to be freed even after failure.
 */
int cli_files(struct cli *cli, const char *const *word, int n_words, struct ses_files *out);
/* "4", "4-pre", "4-run2" (data/session_name.h): ALG_ERR_ARG (said) when it is none. pick->acq is static. */
int cli_pick_parse(struct cli *cli, const char *word, struct cli_pick *pick);
/* --session, --acq and --run into pick. */
int cli_pick_option(struct cli *cli, int id, const char *value, struct cli_pick *pick);
/* A study opened and the code known in it (a folder sub-CODE is there). */
int cli_participant(struct cli *cli, const char *code, struct ses_study *study);

/* One session by its name ("4", "4-post", "4-run2"); without a time point the one before treatment, without a run the last. */
int cli_find_session(struct cli *cli, const char *code, const char *word, char path[PATH_MAX]);
/* The latest session that is not a post one, its last run; of post ones only, the last. */
int cli_find_latest(struct cli *cli, const char *code, char path[PATH_MAX]);

/* Paths of two sessions to compare. */
struct cli_sides {
	char a[PATH_MAX], b[PATH_MAX];
};
/*
 * From words: FILE FILE; CODE A B with A, B as for cli_find_session; CODE with pick->session (before
 * and after treatment); CODE alone (first and latest). Says why not otherwise.
 */
int cli_find_sides(struct cli *cli, const char *const *word, int n_words, const struct cli_pick *pick,
	struct cli_sides *out);

/* Options that compare, course and plot share. */
struct cli_weigh {
	struct ana_options read;
	struct ana_errors errors;
	const char *despite;
	long baseline;       /* sessions of a course's baseline; 0: not given */
	const char *sessions; /* of a course; NULL: all */
	struct ses_sem *sem; /* owned: the study's table, which errors borrow */
};

enum {
	CLI_OPT_SESSION = 100,
	CLI_OPT_ACQ,
	CLI_OPT_RUN,
	CLI_OPT_MDC,
	CLI_OPT_MDC_SOURCE,
	CLI_OPT_MDC_LEVEL,
	CLI_OPT_DESPITE,
	CLI_OPT_ORIGINAL,
	CLI_OPT_RULE,
	CLI_OPT_MEASURE,
	CLI_OPT_BASELINE,
};

/* Rows of a table of struct cli_option. */
#define CLI_PICK_OPTIONS {"session", CLI_OPT_SESSION, true}, {"acq", CLI_OPT_ACQ, true}, {"run", CLI_OPT_RUN, true}
#define CLI_READ_OPTIONS {"original", CLI_OPT_ORIGINAL, false}, {"rule", CLI_OPT_RULE, true}, {"measure", CLI_OPT_MEASURE, true}
#define CLI_WEIGH_OPTIONS                                                                          \
	{"mdc", CLI_OPT_MDC, true}, {"mdc-source", CLI_OPT_MDC_SOURCE, true},                      \
		{"mdc-level", CLI_OPT_MDC_LEVEL, true}, {"despite", CLI_OPT_DESPITE, true}
#define CLI_COURSE_OPTIONS {"baseline", CLI_OPT_BASELINE, true}

void cli_weigh_init(struct cli_weigh *weigh);
/* Takes one of the read, weigh or course options. */
int cli_weigh_option(struct cli *cli, int id, const char *value, struct cli_weigh *weigh);
/* After the last option: a number needs its source. */
int cli_weigh_check(struct cli *cli, const struct cli_weigh *weigh);
/* Takes the study's table of SEMs; once. */
int cli_weigh_study(struct cli *cli, struct cli_weigh *weigh, const struct ses_study *study);
void cli_weigh_free(struct cli_weigh *weigh);

/* Two sessions compared. weigh must outlive it. To be freed even after failure. */
struct cli_two {
	struct ana_visit a, b;
	struct ana_compare compare;
};
int cli_two_load(struct cli *cli, const struct cli_sides *sides, struct cli_weigh *weigh, struct cli_two *two);
void cli_two_free(struct cli_two *two);
/* A participant's course, held against the study's errors. */
int cli_course_load(struct cli *cli, const struct ses_study *study, const char *code, struct cli_weigh *weigh,
	struct ana_course *out);

#endif
