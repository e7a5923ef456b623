/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_plot.c - pictures:
 *     plot trace FILE [--press N | --point SITE]    plot trace P012 4-post
 *     plot course P012
 *     plot slope A B                                A, B: files, or a code and two sessions, as for compare
 *     plot forest A B                               the same
 *     plot bodymap FILE (thresholds)                plot bodymap A B (changes)
 *     plot side FILE        plot side P012 [4]      (without a number the latest session)
 *     plot rate FILE        plot rate P012 4        plot rate P012 (all sessions)
 *     plot check [GAUGE]
 *     plot agreement [--site SITE] [--kind between-visits|between-examiners]
 * A new kind is a function here and a row in kinds[].
 */
#include "cli/check_run.h"
#include "cli/reliability.h"
#include "cli/sessions.h"

#include "analysis/plot.h"
#include "base/file.h"
#include "base/text.h"
#include "data/unblind.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPT_OUT = 1, OPT_FORMAT, OPT_WIDTH, OPT_PRESS, OPT_POINT, OPT_SITE, OPT_KIND, HEAD_MAX = 1024 };

struct request {
	struct cli *cli;
	const char *const *word; /* after the kind */
	int n_words;
	struct cli_pick pick;
	struct cli_weigh weigh;
	struct ana_plot_style style;
	const char *out, *format, *point, *site;
	enum ses_sem_kind kind;
	long press;
};

/* ---- where it goes ------------------------------------------------------------------------- */

static const struct {
	enum ana_plot_format format;
	const char *word, *begins;
} formats[] = {{ANA_PLOT_SVG, "svg", "<?xml"}, {ANA_PLOT_PDF, "pdf", "%PDF-"}, {ANA_PLOT_PNG, "png", "\x89PNG"},
	{ANA_PLOT_TEXT, "text", NULL}};

static const char *ending(const char *path)
{
	const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');

	return dot && (!slash || dot > slash + 1) && dot != path ? dot + 1 : "";
}

static int choose_format(struct request *r)
{
	struct alg_log *log = &r->cli->log;

	if (r->format && strcmp(r->format, "text") && strcmp(r->format, "svg") && strcmp(r->format, "pdf") &&
		strcmp(r->format, "png"))
		return alg_fail(log, MSG_OPTION_VALUE, "--format", r->format, "svg, pdf, png or text");
	const char *word = r->out ? ending(r->out) : r->format ? r->format : "text";

	if (r->out && r->format && strcmp(r->format, word))
		return alg_fail(log, MSG_PLOT_FORMAT, r->format, r->out);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].word, word) == 0)
			r->style.format = formats[i].format;
	if (r->style.format == 0 || (r->out && r->style.format == ANA_PLOT_TEXT))
		return alg_fail(log, MSG_PLOT_ENDING, r->out);
	if (!r->out && !r->cli->json && r->style.format != ANA_PLOT_TEXT && isatty(STDOUT_FILENO))
		return alg_fail(log, MSG_PLOT_BINARY, word, word);
	return 0;
}

/* "85mm", "8.5cm" */
static int width(struct request *r, const char *text)
{
	char number[32];
	size_t n = strlen(text);
	double unit = 0, v;

	if (n > 2 && n < sizeof(number)) {
		unit = strcmp(text + n - 2, "mm") == 0 ? 1 : strcmp(text + n - 2, "cm") == 0 ? 10 : 0;
		memcpy(number, text, n - 2);
		number[n - 2] = '\0';
		if (unit > 0 && alg_text_to_double(number, &v) == 0 && v * unit >= ANA_PLOT_WIDTH_MIN_MM &&
			v * unit <= ANA_PLOT_WIDTH_MAX_MM) {
			r->style.width_mm = v * unit;
			return 0;
		}
	}
	return alg_fail(&r->cli->log, MSG_OPTION_VALUE, "--width", text, "a width from 80mm to 400mm, such as 85mm or 18cm");
}

/* ---- writing ------------------------------------------------------------------------------- */

static int table_text(const struct ana_plot *plot, char **text, size_t *len, struct alg_log *log)
{
	FILE *f = open_memstream(text, len);
	int bad = !f || ana_table_tsv(&plot->table, f) < 0;

	if (f && fclose(f))
		bad = 1;
	return bad ? alg_fail(log, MSG_NOMEM, "the table of a picture") : 0;
}

static int write_files(struct request *r, const struct ana_plot *plot)
{
	struct cli *cli = r->cli;
	char tsv[PATH_MAX], header[HEAD_MAX], clean[PATH_MAX], *picture = NULL, *table = NULL;
	size_t picture_len = 0, table_len = 0, stem = strlen(r->out) - strlen(ending(r->out));
	const char *begins = "";
	int rc;

	if (stem + 4 > sizeof(tsv))
		return alg_fail(&cli->log, MSG_FILE_OPEN, r->out, strerror(ENAMETOOLONG));
	snprintf(tsv, sizeof(tsv), "%.*stsv", (int)stem, r->out);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (formats[i].format == r->style.format)
			begins = formats[i].begins;
	rc = table_text(plot, &table, &table_len, &cli->log);
	if (rc == 0) {
		snprintf(header, sizeof(header), "%.*s", (int)strcspn(table, "\n"), table);
		rc = alg_file_check_ours(r->out, begins, strlen(begins), "a picture", &cli->log);
	}
	if (rc == 0)
		rc = alg_file_check_ours(tsv, header, strlen(header), "the table of such a picture", &cli->log);
	if (rc == 0)
		rc = ana_plot_render(plot, &picture, &picture_len, &cli->log);
	if (rc == 0)
		rc = alg_file_replace(r->out, picture, picture_len, 0600, &cli->log);
	if (rc == 0)
		rc = alg_file_replace(tsv, table, table_len, 0600, &cli->log);
	if (rc == 0 && !cli->json) {
		alg_text_clean(clean, sizeof(clean), r->out);
		printf("%s, and its table ", clean);
		alg_text_clean(clean, sizeof(clean), tsv);
		printf("%s\n", clean);
	}
	free(picture);
	free(table);
	return rc;
}

static int put(struct request *r, const struct ana_plot *plot)
{
	char *picture = NULL;
	size_t len = 0;
	int rc = 0;

	if (r->out)
		rc = write_files(r, plot);
	if (rc == 0 && r->cli->json) {
		rc = ana_table_json(&plot->table, plot->kind, stdout);
		if (rc < 0)
			rc = alg_fail(&r->cli->log, MSG_NOMEM, "the table of a picture");
	} else if (rc == 0 && !r->out) {
		rc = ana_plot_render(plot, &picture, &len, &r->cli->log);
		if (rc == 0) {
			fwrite(picture, 1, len, stdout);
			fputs(plot->words, stdout);
		}
		free(picture);
	}
	return rc;
}

/* ---- the kinds ----------------------------------------------------------------------------- */

static int one_file(struct request *r, const char *kind, char path[PATH_MAX])
{
	char what[96];

	if (r->n_words == 1 && cli_is_path(r->word[0])) {
		if (alg_text_copy(path, PATH_MAX, r->word[0]))
			return 0;
		return alg_fail(&r->cli->log, MSG_USAGE, "the name of a file is too long", "plot");
	}
	if (r->n_words == 2 && !cli_is_path(r->word[0]))
		return cli_find_session(r->cli, r->word[0], r->word[1], path);
	snprintf(what, sizeof(what), "plot %s needs a session file, or a participant code and a session", kind);
	return alg_fail(&r->cli->log, MSG_USAGE, what, "plot");
}

/* The press of --press; the first used one at --point; else the first with samples. */
static int find_trial(struct request *r, const struct ses_session *ses, const char *path, size_t *out)
{
	char points[400] = "";
	size_t first = ses->n_trials;
	bool any = false;

	for (size_t i = ses->n_trials; i-- > 0;) {
		const struct ses_trial *t = &ses->trials[i];
		bool here = !r->point || strcmp(t->site_code, r->point) == 0;

		any |= here;
		if (r->press ? t->trial == r->press : here && t->n_samples > 0)
			/* from the back: an earlier one wins, but a rejected or practised one only when nothing else is there */
			if (r->press || (t->status != SES_REJECTED && t->kind != SES_KIND_FAMILIARISATION) || first == ses->n_trials)
				first = i;
	}
	*out = first;
	if (first < ses->n_trials)
		return 0;
	if (r->press)
		return alg_fail(&r->cli->log, MSG_PLOT_PRESS, path, r->press, ses->n_trials);
	for (size_t i = 0; i < ses->n_points; i++)
		ana_join(points, sizeof(points), ses->points[i].site_code, " ");
	if (r->point && !any)
		return alg_fail(&r->cli->log, MSG_PLOT_POINT, path, r->point, points);
	return alg_fail(&r->cli->log, MSG_PLOT_NOTHING, path, "no press was made");
}

static int trace(struct request *r, struct ana_plot *plot)
{
	struct ses_session ses = {0};
	struct alg_log *log = &r->cli->log;
	char path[PATH_MAX];
	size_t trial;
	int rc = one_file(r, "trace", path);

	if (rc == 0)
		rc = ses_h5_read(path, &ses, log);
	if (rc >= 0 && path[0] && !r->weigh.read.original)
		rc = ses_session_amend(&ses, log);
	if (rc >= 0)
		rc = find_trial(r, &ses, path, &trial);
	if (rc >= 0 && (rc = ses_unblinded(path, &ses.header, log)) >= 0)
		ses.unblinded = rc;
	if (rc >= 0)
		rc = ana_plot_trace(plot, &r->style, &ses, trial, log);
	if (rc >= 0)
		rc = put(r, plot);
	ses_session_clear(&ses);
	return rc;
}

static int of_course(struct request *r, struct ana_plot *plot,
	int (*kind)(struct ana_plot *, const struct ana_plot_style *, const struct ana_course *, struct alg_log *))
{
	struct ana_course course = {0};
	struct ses_study study;
	struct alg_log *log = &r->cli->log;
	int rc = cli_participant(r->cli, r->word[0], &study);

	if (rc == 0)
		rc = cli_course_load(r->cli, &study, r->word[0], &r->weigh, &course);
	if (rc == 0)
		rc = kind(plot, &r->style, &course, log);
	if (rc == 0)
		rc = put(r, plot);
	ana_course_free(&course);
	return rc;
}

static int course(struct request *r, struct ana_plot *plot)
{
	if (r->n_words != 1 || cli_is_path(r->word[0]))
		return alg_fail(&r->cli->log, MSG_USAGE, "plot course needs one participant code", "plot");
	return of_course(r, plot, ana_plot_course);
}

static int load_two(struct request *r, struct cli_two *two)
{
	struct cli_sides sides;
	int rc = cli_find_sides(r->cli, r->word, r->n_words, &r->pick, &sides);

	*two = (struct cli_two){.compare = {0}};
	return rc ? rc : cli_two_load(r->cli, &sides, &r->weigh, two);
}

/* Two sessions compared, drawn. */
static int of_two(struct request *r, struct ana_plot *plot,
	int (*kind)(struct ana_plot *, const struct ana_plot_style *, const struct ana_compare *, struct alg_log *))
{
	struct cli_two two;
	int rc = load_two(r, &two);

	if (rc == 0)
		rc = kind(plot, &r->style, &two.compare, &r->cli->log);
	if (rc == 0)
		rc = put(r, plot);
	cli_two_free(&two);
	return rc;
}

static int slope(struct request *r, struct ana_plot *plot)
{
	return of_two(r, plot, ana_plot_slope);
}

static int forest(struct request *r, struct ana_plot *plot)
{
	return of_two(r, plot, ana_plot_forest);
}

/* One session of path, drawn. */
static int of_visit(struct request *r, struct ana_plot *plot, const char *path,
	int (*kind)(struct ana_plot *, const struct ana_plot_style *, const struct ana_visit *, struct alg_log *))
{
	struct ana_visit visit = {0};
	int rc = ana_visit_load(&visit, path, &r->weigh.read, &r->cli->log);

	if (rc == 0)
		rc = kind(plot, &r->style, &visit, &r->cli->log);
	if (rc == 0)
		rc = put(r, plot);
	ana_visit_free(&visit);
	return rc;
}

static bool one_code(const struct request *r)
{
	return r->n_words == 1 && !cli_is_path(r->word[0]);
}

static int side(struct request *r, struct ana_plot *plot)
{
	char path[PATH_MAX];
	int rc = one_code(r) ? cli_find_latest(r->cli, r->word[0], path) : one_file(r, "side", path);

	return rc ? rc : of_visit(r, plot, path, ana_plot_side);
}

static int rate(struct request *r, struct ana_plot *plot)
{
	char path[PATH_MAX];

	if (one_code(r))
		return of_course(r, plot, ana_plot_rate_course);
	int rc = one_file(r, "rate", path);

	return rc ? rc : of_visit(r, plot, path, ana_plot_rate);
}

static int map_of_one(struct request *r, struct ana_plot *plot, const struct ana_outline *outline)
{
	struct ana_visit visit = {0};
	char path[PATH_MAX];
	int rc = one_file(r, "bodymap", path);

	if (rc == 0)
		rc = ana_visit_load(&visit, path, &r->weigh.read, &r->cli->log);
	if (rc == 0)
		rc = ana_plot_bodymap(plot, &r->style, &visit, outline, &r->cli->log);
	if (rc == 0)
		rc = put(r, plot);
	ana_visit_free(&visit);
	return rc;
}

static int map_of_two(struct request *r, struct ana_plot *plot, const struct ana_outline *outline)
{
	struct cli_two two;
	int rc = load_two(r, &two);

	if (rc == 0)
		rc = ana_plot_bodymap_change(plot, &r->style, &two.compare, outline, &r->cli->log);
	if (rc == 0)
		rc = put(r, plot);
	cli_two_free(&two);
	return rc;
}

static int bodymap(struct request *r, struct ana_plot *plot)
{
	struct ana_outline outline = {0};
	char path[PATH_MAX];
	/* One file, or a code and one session: its thresholds. All else are two sessions. */
	bool one = (r->n_words == 1 && cli_is_path(r->word[0])) || (r->n_words == 2 && !cli_is_path(r->word[0]));
	int rc = ses_data_path("sites/body_outline.tsv", path, sizeof(path));

	if (rc < 0)
		return alg_fail(&r->cli->log, MSG_FILE_ABSENT, "sites/body_outline.tsv");
	rc = ana_outline_load(&outline, path, &r->cli->log);
	if (rc == 0)
		rc = one ? map_of_one(r, plot, &outline) : map_of_two(r, plot, &outline);
	ana_outline_free(&outline);
	return rc;
}

static int checks(struct request *r, struct ana_plot *plot)
{
	struct ses_check *check = NULL;
	size_t n = 0;
	int rc = 0;

	if (r->n_words > 1)
		rc = alg_fail(&r->cli->log, MSG_USAGE, "plot check takes the serial number or family of one gauge", "plot");
	if (rc == 0)
		rc = check_pick(r->cli, r->n_words ? r->word[0] : NULL, &check, &n);
	if (rc == 0)
		rc = ana_plot_check(plot, &r->style, check, n, &r->cli->log);
	if (rc == 0)
		rc = put(r, plot);
	free(check);
	return rc;
}

static int agreement(struct request *r, struct ana_plot *plot)
{
	struct ana_rel_options how = {.kind = r->kind ? r->kind : SES_SEM_BETWEEN_VISITS, .site = r->site,
		.measure = r->weigh.read.measure ? r->weigh.read.measure : SES_MEASURE_THRESHOLD};
	struct ana_agreement of = {.point = NULL};
	struct rel_room room = {.visit = NULL};
	const struct rel_args none = {.scale = 0};
	int rc = 0;

	if (r->n_words)
		rc = alg_fail(&r->cli->log, MSG_USAGE, "plot agreement takes --site and --kind only: it is of the whole study", "plot");
	if (rc == 0)
		rc = rel_load(r->cli, &r->weigh.read, &room);
	if (rc == 0)
		rc = rel_scale(r->cli, &room.study, &none, &how.scale);
	if (rc == 0)
		rc = ana_agreement_make(&of, room.visit, room.n_visits, room.pair, room.n_pairs, &how, &r->cli->log);
	if (rc == 0)
		rc = ana_plot_agreement(plot, &r->style, &of, &r->cli->log);
	if (rc == 0)
		rc = put(r, plot);
	ana_agreement_free(&of);
	rel_free(&room);
	return rc;
}

static const struct {
	const char *name;
	int (*make)(struct request *r, struct ana_plot *plot);
} kinds[] = {{"trace", trace}, {"course", course}, {"slope", slope}, {"forest", forest}, {"bodymap", bodymap},
	{"side", side}, {"rate", rate}, {"check", checks}, {"agreement", agreement}};

#define KINDS "trace, course, slope, forest, bodymap, side, rate, check or agreement"

static int run(struct request *r, const struct cli_args *args)
{
	struct ana_plot plot = {0};
	int rc;

	for (size_t i = 0; args->n_words && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(args->words[0], kinds[i].name) == 0) {
			r->word = args->words + 1;
			r->n_words = args->n_words - 1;
			if ((rc = choose_format(r)))
				return rc;
			rc = kinds[i].make(r, &plot);
			ana_plot_free(&plot);
			return rc;
		}
	if (args->n_words == 0)
		return alg_fail(&r->cli->log, MSG_USAGE, "plot needs a kind: " KINDS, "plot");
	return alg_fail(&r->cli->log, MSG_OPTION_VALUE, "KIND", args->words[0], KINDS);
}

static int option(struct request *r, int id, const char *value)
{
	switch (id) {
	case OPT_OUT: r->out = value; return 0;
	case OPT_FORMAT: r->format = value; return 0;
	case OPT_WIDTH: return width(r, value);
	case OPT_POINT: r->point = value; return 0;
	case OPT_SITE: r->site = value; return 0;
	case OPT_KIND:
		r->kind = ses_sem_kind_from_word(value);
		return r->kind >= SES_SEM_BETWEEN_VISITS ? 0 : alg_fail(&r->cli->log, MSG_OPTION_VALUE, "--kind", value,
			"between-visits or between-examiners");
	case OPT_PRESS: return cli_integer(r->cli, "--press", value, 1, 100000, &r->press);
	case CLI_OPT_SESSION: return cli_pick_option(r->cli, id, value, &r->pick);
	default: return cli_weigh_option(r->cli, id, value, &r->weigh);
	}
}

int cmd_plot(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {{"out", OPT_OUT, true}, {"format", OPT_FORMAT, true},
		{"width", OPT_WIDTH, true}, {"press", OPT_PRESS, true}, {"point", OPT_POINT, true},
		{"site", OPT_SITE, true}, {"kind", OPT_KIND, true},
		{"session", CLI_OPT_SESSION, true}, CLI_READ_OPTIONS, CLI_WEIGH_OPTIONS,
		CLI_COURSE_OPTIONS, {NULL, 0, false}};
	struct request r = {.cli = cli};
	struct cli_args args;
	const char *value;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	cli_weigh_init(&r.weigh);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0)
		rc = c < 0 ? ALG_ERR_ARG : option(&r, c, value);
	if (rc == 0)
		rc = cli_weigh_check(cli, &r.weigh);
	if (rc == 0)
		rc = run(&r, &args);
	cli_weigh_free(&r.weigh);
	/* A session of a course that could not be read was said; the exit code must tell it too. */
	return rc >= 0 && cli->log.exit_code ? cli->log.exit_code : cli_exit(cli, rc);
}
