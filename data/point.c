/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/point.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/tsv.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SITE, SIDE, SERIES, ROLE, PRIMARY, ALONG, ACROSS, POSTURE, TAUT, REFERRED, TWITCH, FAMILIAR, ACTIVITY, SINCE, WHERE };

static const struct ses_tsv_column columns[] = {
	[SITE] = {"site", true}, [SIDE] = {"side", true}, [SERIES] = {"series", true}, [ROLE] = {"role", true},
	[PRIMARY] = {"primary", false}, [ALONG] = {"along_mm", false}, [ACROSS] = {"across_mm", false},
	[POSTURE] = {"posture", false}, [TAUT] = {"taut_band", false}, [REFERRED] = {"referred_pain", false},
	[TWITCH] = {"twitch", false}, [FAMILIAR] = {"familiar_pain", false}, [ACTIVITY] = {"activity", false},
	[SINCE] = {"since", false}, [WHERE] = {"referred_where", false}, {NULL, false},
};

static const char *const role_words[] = {NULL, "target", "contralateral", "control", "practice"};

const char *ses_role_word(enum ses_role role)
{
	return role >= SES_ROLE_TARGET && role <= SES_ROLE_PRACTICE ? role_words[role] : "?";
}

enum ses_role ses_role_from_word(const char *word)
{
	for (int role = SES_ROLE_TARGET; role <= SES_ROLE_CONTROL; role++)
		if (strcmp(role_words[role], word) == 0)
			return (enum ses_role)role;
	return 0;
}

void ses_point_findings(const struct ses_point *p, char *out, size_t cap)
{
	const char *const words[] = {p->finding_taut_band == 'y' ? "taut band" : NULL, p->finding_referred == 'y' ? "refers pain" : NULL,
		p->finding_twitch == 'y' ? "local twitch" : NULL, p->finding_familiar == 'y' ? "familiar pain" : NULL,
		p->finding_activity == 'a' ? "active" : p->finding_activity == 'l' ? "latent" : NULL};
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && used < cap; i++) {
		bool where = i == 1 && p->referred_where[0];

		if (words[i])
			used += (size_t)snprintf(out + used, cap - used, "%s%s%s%s%s", used ? ", " : "", words[i], where ? " (" : "",
				where ? p->referred_where : "", where ? ")" : "");
	}
}

/* What the site table knows; offset, role and findings of the point stay as they are. */
static void fill_from_site(struct ses_point *point, const struct ses_site *site)
{
	alg_text_copy(point->site_code, sizeof(point->site_code), site->code);
	point->side = site->side;
	alg_text_copy(point->label, sizeof(point->label), site->label);
	alg_text_copy(point->muscle, sizeof(point->muscle), site->muscle);
	alg_text_copy(point->landmark, sizeof(point->landmark), site->landmark);
	alg_text_copy(point->caution, sizeof(point->caution), site->caution);
	alg_text_copy(point->view, sizeof(point->view), site->view);
	point->x = site->x;
	point->y = site->y;
	point->ceiling_kpa = site->ceiling_kpa;
	if (!point->posture[0])
		alg_text_copy(point->posture, sizeof(point->posture), site->posture);
}

void ses_point_from_site(struct ses_point *point, const struct ses_site *site, enum ses_role role)
{
	*point = (struct ses_point){.series = 1, .role = role, .along_mm = NAN, .across_mm = NAN};
	fill_from_site(point, site);
}

/* One of the letters' words, or '\0' when missing: 'y' "y", 'a' "active". */
static int read_letter(const struct ses_tsv *tsv, size_t row, size_t column, const char *const *words, char *out)
{
	const char *cell = ses_tsv_cell(tsv, row, column);

	*out = '\0';
	if (!*cell)
		return 0;
	for (size_t i = 0; i < 2; i++)
		if (strcmp(words[i], cell) == 0)
			*out = words[i][0];
	return *out ? 0 : ses_tsv_error(tsv, row, column, "'%.40s' is neither %s nor %s", cell, words[0], words[1]);
}

static int read_findings(const struct ses_tsv *tsv, size_t row, struct ses_point *point)
{
	static const char *const yes_no[] = {"y", "n"}, *const activity[] = {"active", "latent"};
	int rc = read_letter(tsv, row, TAUT, yes_no, &point->finding_taut_band);

	if (!rc)
		rc = read_letter(tsv, row, REFERRED, yes_no, &point->finding_referred);
	if (!rc)
		rc = read_letter(tsv, row, TWITCH, yes_no, &point->finding_twitch);
	if (!rc)
		rc = read_letter(tsv, row, FAMILIAR, yes_no, &point->finding_familiar);
	if (!rc)
		rc = read_letter(tsv, row, ACTIVITY, activity, &point->finding_activity);
	return rc;
}

static int read_point(const struct ses_tsv *tsv, size_t row, const struct ses_sites *sites, struct ses_point *point)
{
	static const char *const yes_no[] = {"y", "n"};
	const struct ses_site *site = ses_site_find(sites, ses_tsv_cell(tsv, row, SITE));
	const char *side = ses_tsv_cell(tsv, row, SIDE), *role = ses_tsv_cell(tsv, row, ROLE);
	int32_t days;
	char primary;
	int rc;

	if (!site)
		return ses_tsv_error(tsv, row, SITE, "unknown site '%.40s' (see 'algometer points --sites')",
			ses_tsv_cell(tsv, row, SITE));
	ses_point_from_site(point, site, ses_role_from_word(role));
	if (!point->role)
		return ses_tsv_error(tsv, row, ROLE, "'%.40s' is none of: target contralateral control", role);
	if (side[0] != site->side || side[1])
		return ses_tsv_error(tsv, row, SIDE, "'%.20s' does not fit site %s", side, site->code);
	rc = ses_tsv_int(tsv, row, SERIES, true, 1, 999, &point->series);
	if (!rc)
		rc = ses_tsv_number(tsv, row, ALONG, false, -SES_POINT_OFFSET_MAX_MM, SES_POINT_OFFSET_MAX_MM, &point->along_mm);
	if (!rc)
		rc = ses_tsv_number(tsv, row, ACROSS, false, -SES_POINT_OFFSET_MAX_MM, SES_POINT_OFFSET_MAX_MM, &point->across_mm);
	if (!rc && *ses_tsv_cell(tsv, row, POSTURE))
		rc = ses_tsv_text(tsv, row, POSTURE, false, point->posture, sizeof(point->posture));
	if (!rc)
		rc = read_letter(tsv, row, PRIMARY, yes_no, &primary);
	if (!rc)
		rc = read_findings(tsv, row, point);
	if (!rc)
		rc = ses_tsv_text(tsv, row, SINCE, false, point->since, sizeof(point->since));
	if (!rc)
		rc = ses_tsv_text(tsv, row, WHERE, false, point->referred_where, sizeof(point->referred_where));
	if (rc)
		return rc;
	point->primary = primary == 'y';
	if (point->since[0] && (strlen(point->since) != 10 || alg_date_parse(point->since, &days)))
		return ses_tsv_error(tsv, row, SINCE, "'%s' is not a day like 2026-03-02", point->since);
	return 0;
}

int ses_points_load(
	struct ses_points *points, const char *path, const struct ses_sites *sites, struct alg_log *log)
{
	struct ses_tsv tsv;
	struct stat st;
	int rc;

	*points = (struct ses_points){NULL, 0};
	if (stat(path, &st) && errno == ENOENT)
		return 0;
	rc = ses_tsv_read(path, columns, false, &tsv, log);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < tsv.n_rows; i++) {
		struct ses_point point;

		rc = read_point(&tsv, i, sites, &point);
		for (size_t j = 0; !rc && j < points->n; j++)
			if (strcmp(points->point[j].site_code, point.site_code) == 0 && points->point[j].series == point.series)
				rc = ses_tsv_error(&tsv, i, SERIES, "%s series %d is there twice (a moved point gets the next number)",
					point.site_code, point.series);
		if (!rc && ses_points_add(points, &point))
			rc = alg_fail(log, MSG_NOMEM, path);
	}
	ses_tsv_free(&tsv);
	if (rc)
		ses_points_free(points);
	return rc;
}

static void put_letter(struct ses_tsv_text_out *out, char letter, char end)
{
	const char *word = letter == 'a' ? "active" : letter == 'l' ? "latent" : letter == 'y' ? "y" : letter == 'n' ? "n" : "";

	ses_tsv_put(out, word, end);
}

static void put_point(struct ses_tsv_text_out *out, const struct ses_point *point)
{
	char side[2] = {point->side, '\0'}, series[16];

	snprintf(series, sizeof(series), "%d", point->series);
	ses_tsv_put(out, point->site_code, '\t');
	ses_tsv_put(out, side, '\t');
	ses_tsv_put(out, series, '\t');
	ses_tsv_put(out, ses_role_word(point->role), '\t');
	put_letter(out, point->primary ? 'y' : 'n', '\t');
	ses_tsv_put_number(out, point->along_mm, '\t');
	ses_tsv_put_number(out, point->across_mm, '\t');
	ses_tsv_put(out, point->posture, '\t');
	put_letter(out, point->finding_taut_band, '\t');
	put_letter(out, point->finding_referred, '\t');
	put_letter(out, point->finding_twitch, '\t');
	put_letter(out, point->finding_familiar, '\t');
	put_letter(out, point->finding_activity, '\t');
	ses_tsv_put(out, point->since, '\t');
	ses_tsv_put(out, point->referred_where, '\n');
}

int ses_points_save(const struct ses_points *points, const char *path, struct alg_log *log)
{
	struct ses_tsv_text_out out = {.text = NULL};

	for (size_t i = 0; columns[i].name; i++)
		ses_tsv_put(&out, columns[i].name, columns[i + 1].name ? '\t' : '\n');
	for (size_t i = 0; i < points->n; i++)
		put_point(&out, &points->point[i]);
	return ses_tsv_replace(&out, path, log);
}

int ses_points_add(struct ses_points *points, const struct ses_point *point)
{
	struct ses_point *bigger = realloc(points->point, (points->n + 1) * sizeof(*bigger));

	if (!bigger)
		return ALG_ERR_NOMEM;
	points->point = bigger;
	points->point[points->n++] = *point;
	return 0;
}

void ses_points_free(struct ses_points *points)
{
	free(points->point);
	*points = (struct ses_points){NULL, 0};
}

const struct ses_point *ses_points_find(const struct ses_points *points, const char *code)
{
	const struct ses_point *found = NULL;

	for (size_t i = 0; i < points->n; i++)
		if (strcmp(points->point[i].site_code, code) == 0 && (!found || points->point[i].series > found->series))
			found = &points->point[i];
	return found;
}

/* A moved point keeps its place in the order, so that a session goes on as the last one went. */
size_t ses_points_current(const struct ses_points *points, size_t *index)
{
	size_t n = 0;

	for (size_t i = 0; i < points->n; i++) {
		size_t j = 0;

		while (j < n && strcmp(points->point[index[j]].site_code, points->point[i].site_code) != 0)
			j++;
		if (j == n)
			index[n++] = i;
		else if (points->point[i].series > points->point[index[j]].series)
			index[j] = i;
	}
	return n;
}
