/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_points.c - a participant's points: list, add, move (a new series), set (role and findings);
 * the site table and the procedures.
 */
#include "cli/cli.h"
#include "cli/points_show.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OPT_SITES = 1, OPT_PROCEDURES, OPT_ROLE, OPT_PRIMARY, OPT_ALONG, OPT_ACROSS, OPT_POSTURE,
	OPT_TAUT_BAND, OPT_REFERRED, OPT_TWITCH, OPT_FAMILIAR, OPT_ACTIVITY, OPT_WHERE,
};

static const struct cli_option options[] = {
	{"sites", OPT_SITES, false}, {"procedures", OPT_PROCEDURES, false}, {"role", OPT_ROLE, true},
	{"primary", OPT_PRIMARY, false}, {"along", OPT_ALONG, true}, {"across", OPT_ACROSS, true},
	{"posture", OPT_POSTURE, true}, {"taut-band", OPT_TAUT_BAND, true}, {"referred", OPT_REFERRED, true},
	{"twitch", OPT_TWITCH, true}, {"familiar", OPT_FAMILIAR, true}, {"activity", OPT_ACTIVITY, true},
	{"referred-where", OPT_WHERE, true}, {NULL, 0, false},
};

/* What was typed; point holds the given values, has tells which those are. */
struct wish {
	struct ses_point point;
	unsigned has; /* bit OPT_... */
};

struct room {
	struct cli *cli;
	struct ses_study study;
	struct ses_sites sites;
	struct ses_points points;
	const char *code;
	char path[PATH_MAX];
};

static bool given(const struct wish *wish, int option)
{
	return wish->has & 1u << option;
}

static int take_letter(struct cli *cli, const char *option, const char *value, const char *a, const char *b, char *out)
{
	char what[60];

	if (strcmp(value, a) == 0 || strcmp(value, b) == 0) {
		*out = value[0];
		return 0;
	}
	snprintf(what, sizeof(what), "%s or %s", a, b);
	return alg_fail(&cli->log, MSG_OPTION_VALUE, option, value, what);
}

static int take_offset(struct cli *cli, const char *option, const char *value, double *out)
{
	return cli_number(cli, option, value, -SES_POINT_OFFSET_MAX_MM, SES_POINT_OFFSET_MAX_MM, out);
}

static int take_posture(struct cli *cli, const char *value, struct ses_point *point)
{
	if (*value && alg_text_is_clean(value, strlen(value)) &&
		alg_text_copy(point->posture, sizeof(point->posture), value))
		return 0;
	return alg_fail(&cli->log, MSG_OPTION_VALUE, "--posture", value, "one or two words such as sitting, prone, supine");
}

static int take_where(struct cli *cli, const char *value, struct ses_point *point)
{
	if (*value && alg_text_is_clean(value, strlen(value)) &&
		alg_text_copy(point->referred_where, sizeof(point->referred_where), value))
		return 0;
	return alg_fail(&cli->log, MSG_OPTION_VALUE, "--referred-where", value, "a few words of one line such as temple");
}

static int take_option(struct cli *cli, int option, const char *value, struct wish *wish)
{
	struct ses_point *point = &wish->point;

	wish->has |= 1u << option;
	switch (option) {
	case OPT_ROLE:
		point->role = ses_role_from_word(value);
		if (point->role)
			return 0;
		return alg_fail(&cli->log, MSG_OPTION_VALUE, "--role", value, "one of target, contralateral, control");
	case OPT_ALONG:
		return take_offset(cli, "--along", value, &point->along_mm);
	case OPT_ACROSS:
		return take_offset(cli, "--across", value, &point->across_mm);
	case OPT_POSTURE:
		return take_posture(cli, value, point);
	case OPT_TAUT_BAND:
		return take_letter(cli, "--taut-band", value, "y", "n", &point->finding_taut_band);
	case OPT_REFERRED:
		return take_letter(cli, "--referred", value, "y", "n", &point->finding_referred);
	case OPT_WHERE:
		return take_where(cli, value, point);
	case OPT_TWITCH:
		return take_letter(cli, "--twitch", value, "y", "n", &point->finding_twitch);
	case OPT_FAMILIAR:
		return take_letter(cli, "--familiar", value, "y", "n", &point->finding_familiar);
	case OPT_ACTIVITY:
		return take_letter(cli, "--activity", value, "active", "latent", &point->finding_activity);
	default:
		return 0;
	}
}

/* Puts what was typed over what the point has. */
static void apply(struct ses_point *point, const struct wish *wish)
{
	const struct ses_point *w = &wish->point;

	if (given(wish, OPT_ROLE))
		point->role = w->role;
	if (given(wish, OPT_PRIMARY))
		point->primary = true;
	if (given(wish, OPT_ALONG))
		point->along_mm = w->along_mm;
	if (given(wish, OPT_ACROSS))
		point->across_mm = w->across_mm;
	if (given(wish, OPT_POSTURE))
		memcpy(point->posture, w->posture, sizeof(point->posture));
	if (given(wish, OPT_TAUT_BAND))
		point->finding_taut_band = w->finding_taut_band;
	if (given(wish, OPT_REFERRED))
		point->finding_referred = w->finding_referred;
	if (given(wish, OPT_WHERE)) {
		memcpy(point->referred_where, w->referred_where, sizeof(point->referred_where));
		point->finding_referred = 'y';
	}
	if (given(wish, OPT_TWITCH))
		point->finding_twitch = w->finding_twitch;
	if (given(wish, OPT_FAMILIAR))
		point->finding_familiar = w->finding_familiar;
	if (given(wish, OPT_ACTIVITY))
		point->finding_activity = w->finding_activity;
}

static int usage(struct cli *cli, const char *what)
{
	return alg_fail(&cli->log, MSG_USAGE, what, "points");
}

static int find_site(struct room *room, const char *code, const struct ses_site **site)
{
	char near[80];

	*site = ses_site_find(&room->sites, code);
	if (*site)
		return 0;
	if (ses_site_suggest(&room->sites, code, near, sizeof(near)))
		return alg_fail(&room->cli->log, MSG_SITE_NEAR, code, near);
	return alg_fail(&room->cli->log, MSG_SITE_UNKNOWN, code);
}

/* A primary point is a promise made before there is anything to see. */
static int check_primary(struct room *room, const struct ses_point *point, const struct wish *wish)
{
	struct ses_file *files = NULL;
	size_t n = 0;
	int rc;

	if (!given(wish, OPT_PRIMARY))
		return 0;
	if (point->role != SES_ROLE_TARGET)
		return usage(room->cli, "--primary: only a target point can be primary");
	rc = ses_study_files(&room->study, room->code, &files, &n, &room->cli->log);
	free(files);
	if (!rc && n)
		rc = alg_fail(&room->cli->log, MSG_POINT_PRIMARY, room->code, (int)n);
	return rc;
}

/* Makes the participant's folder when there is none, and replaces the table. */
static int save(struct room *room, const struct ses_point *point, const char *done)
{
	int rc = ses_study_make_participant(&room->study, room->code, &room->cli->log);

	if (!rc)
		rc = ses_points_save(&room->points, room->path, &room->cli->log);
	return rc ? rc : points_show_change(room->cli, room->code, point, done);
}

static int append(struct room *room, struct ses_point *point, const char *done)
{
	char today[ALG_TIME_TEXT_MAX];
	int rc = alg_time_date(today, sizeof(today), alg_clock_wall_ns(alg_clock_system()));

	if (!rc)
		alg_text_copy(point->since, sizeof(point->since), today);
	if (!rc)
		rc = ses_points_add(&room->points, point);
	return rc ? alg_fail(&room->cli->log, MSG_NOMEM, "points") : save(room, point, done);
}

static bool has_control(const struct ses_points *points)
{
	for (size_t i = 0; i < points->n; i++)
		if (points->point[i].role == SES_ROLE_CONTROL)
			return true;
	return false;
}

static int add(struct room *room, const struct ses_site *site, const struct wish *wish)
{
	const struct ses_point *old = ses_points_find(&room->points, site->code);
	bool first_control = !has_control(&room->points);
	struct ses_point point;
	int rc;

	if (old)
		return alg_fail(&room->cli->log, MSG_POINT_THERE, room->code, site->code, old->series, room->code, site->code);
	ses_point_from_site(&point, site, SES_ROLE_TARGET);
	apply(&point, wish);
	rc = check_primary(room, &point, wish);
	if (!rc)
		rc = append(room, &point, "added");
	if (!rc && first_control && point.role == SES_ROLE_CONTROL)
		alg_note(&room->cli->log, MSG_POINT_CONTROL, room->code);
	return rc;
}

static int move(struct room *room, const struct ses_site *site, const struct wish *wish)
{
	const struct ses_point *old = ses_points_find(&room->points, site->code);
	struct ses_point point;

	if (!old)
		return alg_fail(&room->cli->log, MSG_POINT_ABSENT, room->code, site->code, room->code, site->code);
	if (!given(wish, OPT_ALONG) && !given(wish, OPT_ACROSS) && !given(wish, OPT_POSTURE))
		return usage(room->cli, "move: say where to: --along MM, --across MM or --posture P");
	if (given(wish, OPT_ROLE) || given(wish, OPT_PRIMARY))
		return usage(room->cli, "move: role and --primary do not move; use 'points CODE set SITE'");
	point = *old;
	point.series++;
	apply(&point, wish);
	return append(room, &point, "moved");
}

/* Changes what may change without making it another place; earlier sessions keep what they were given. */
static int set(struct room *room, const struct ses_site *site, const struct wish *wish)
{
	const struct ses_point *old = ses_points_find(&room->points, site->code);
	struct ses_point *point;
	int rc;

	if (!old)
		return alg_fail(&room->cli->log, MSG_POINT_ABSENT, room->code, site->code, room->code, site->code);
	if (given(wish, OPT_ALONG) || given(wish, OPT_ACROSS) || given(wish, OPT_POSTURE))
		return usage(room->cli, "set: another place or posture is not comparable; use 'points CODE move SITE'");
	if (!wish->has)
		return usage(room->cli, "set: say what: --role, --primary or a finding");
	point = &room->points.point[old - room->points.point];
	apply(point, wish);
	if (point->role != SES_ROLE_TARGET)
		point->primary = false;
	rc = check_primary(room, point, wish);
	return rc ? rc : save(room, point, "changed");
}

static int open_room(struct room *room, const char *code)
{
	struct alg_log *log = &room->cli->log;
	int rc = ses_study_open(&room->study, room->cli->study, log);

	room->code = code;
	if (!rc)
		rc = ses_study_apply_zone(&room->study, log);
	if (!rc)
		rc = ses_study_check_code(&room->study, code, log);
	if (!rc && ses_study_points_path(&room->study, code, room->path, sizeof(room->path)))
		rc = alg_fail(log, MSG_FILE_OPEN, room->study.dir, "the name is too long");
	if (!rc)
		rc = ses_study_sites(&room->study, &room->sites, log);
	if (!rc)
		rc = ses_points_load(&room->points, room->path, &room->sites, log);
	return rc;
}

static int on_participant(struct cli *cli, const struct cli_args *args, const struct wish *wish)
{
	static const struct { const char *word; int (*run)(struct room *, const struct ses_site *, const struct wish *); }
		verbs[] = {{"add", add}, {"move", move}, {"set", set}};
	struct room room = {.cli = cli};
	const struct ses_site *site = NULL;
	size_t verb = 0, n_verbs = sizeof(verbs) / sizeof(verbs[0]);
	int rc;

	if (args->n_words != 1 && args->n_words != 3)
		return usage(cli, args->n_words == 2 ? "a site is needed, such as UTRAP_R" : "say whose points: points CODE");
	if (args->n_words == 1 && wish->has)
		return usage(cli, "say what to do with it: add SITE, move SITE or set SITE");
	while (args->n_words == 3 && verb < n_verbs && strcmp(verbs[verb].word, args->words[1]) != 0)
		verb++;
	if (verb == n_verbs)
		return usage(cli, "after the code comes add, move or set");
	rc = open_room(&room, args->words[0]);
	if (!rc && args->n_words == 1)
		rc = points_show(cli, &room.study, &room.sites, room.code, &room.points);
	else if (!rc)
		rc = find_site(&room, args->words[2], &site);
	if (!rc && args->n_words == 3)
		rc = verbs[verb].run(&room, site, wish);
	ses_points_free(&room.points);
	ses_sites_free(&room.sites);
	return rc;
}

/* The shipped tables, with the study's own where there is one. */
static int show_tables(struct cli *cli, const struct cli_args *args, const struct wish *wish)
{
	struct ses_study study;
	struct ses_sites sites = {NULL, 0};
	bool in_study;
	int rc = 0;

	if (args->n_words > 1)
		return usage(cli, "--sites: one word is searched for");
	if (cli->study)
		rc = ses_study_open(&study, cli->study, &cli->log);
	in_study = !rc && (cli->study || ses_study_open(&study, NULL, NULL) == 0);
	if (!rc)
		rc = ses_study_sites(in_study ? &study : NULL, &sites, &cli->log);
	if (!rc && given(wish, OPT_SITES))
		rc = points_show_sites(cli, &sites, args->n_words ? args->words[0] : "");
	else if (!rc)
		rc = points_show_procedures(cli, in_study ? &study : NULL, &sites);
	ses_sites_free(&sites);
	return rc;
}

int cmd_points(struct cli *cli, int argc, char **argv)
{
	struct wish wish = {.point = {.along_mm = NAN, .across_mm = NAN}};
	struct cli_args args;
	const char *value;
	int option, rc = 0;

	cli_args_start(&args, argc, argv);
	while (!rc && (option = cli_option(cli, &args, options, &value)) != 0)
		rc = option < 0 ? option : take_option(cli, option, value, &wish);
	if (rc)
		return CLI_USAGE;
	if (given(&wish, OPT_SITES) || given(&wish, OPT_PROCEDURES))
		return cli_exit(cli, show_tables(cli, &args, &wish));
	return cli_exit(cli, on_participant(cli, &args, &wish));
}
