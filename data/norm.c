/* SPDX-License-Identifier: GPL-3.0-or-later */
/* norm.c - tables of reference values, read and checked; norm_find.c looks rows up in them. */
#include "data/norm.h"

#include "base/text.h"
#include "data/press.h"
#include "data/tsv.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ID, SITE, POPULATION, SEX, AGE_FROM, AGE_TO, AGE_MEAN, AGE_SD, N, MEAN, SD, P05, P25, P50, P75, P95, LOG10_MEAN,
	LOG10_SD, RATE_LOW, RATE_HIGH, TIP, RESPONSE, SOURCE, REFERENCE
};

static const struct ses_tsv_column columns[] = {
	[ID] = {"id", true}, [SITE] = {"site", true}, [POPULATION] = {"population", true}, [SEX] = {"sex", true},
	[AGE_FROM] = {"age_from", false}, [AGE_TO] = {"age_to", false}, [AGE_MEAN] = {"age_mean", false},
	[AGE_SD] = {"age_sd", false}, [N] = {"n", true}, [MEAN] = {"mean_kpa", false}, [SD] = {"sd_kpa", false},
	[P05] = {"p05_kpa", false}, [P25] = {"p25_kpa", false}, [P50] = {"p50_kpa", false}, [P75] = {"p75_kpa", false},
	[P95] = {"p95_kpa", false}, [LOG10_MEAN] = {"log10_mean", false}, [LOG10_SD] = {"log10_sd", false},
	[RATE_LOW] = {"rate_low_kpa_s", true}, [RATE_HIGH] = {"rate_high_kpa_s", true}, [TIP] = {"tip_cm2", true},
	[RESPONSE] = {"response", false}, [SOURCE] = {"source", true}, [REFERENCE] = {"reference", true}, {NULL, false},
};

const int ses_norm_percent[SES_NORM_PERCENTILES] = {5, 25, 50, 75, 95};

/* ---- one row ------------------------------------------------------------------------------------ */

static bool known_place(const struct ses_sites *sites, const char *name)
{
	for (size_t i = 0; i < sites->n; i++)
		if (ses_site_named(name, sites->site[i].code))
			return true;
	return false;
}

static int read_words(const struct ses_tsv *tsv, size_t row, const struct ses_sites *sites, struct ses_norm *norm)
{
	const char *sex = ses_tsv_cell(tsv, row, SEX);
	int rc = ses_tsv_text(tsv, row, ID, true, norm->id, sizeof(norm->id));

	if (!rc)
		rc = ses_tsv_text(tsv, row, SITE, true, norm->site, sizeof(norm->site));
	if (!rc)
		rc = ses_tsv_text(tsv, row, POPULATION, true, norm->population, sizeof(norm->population));
	if (!rc)
		rc = ses_tsv_text(tsv, row, RESPONSE, false, norm->response, sizeof(norm->response));
	if (!rc)
		rc = ses_tsv_text(tsv, row, SOURCE, true, norm->source, sizeof(norm->source));
	if (rc)
		return rc;
	if (!alg_text_is_name(norm->id, sizeof(norm->id) - 1))
		return ses_tsv_error(tsv, row, ID, "'%s': letters, digits, '-' and '_' only", norm->id);
	if (sites && !known_place(sites, norm->site))
		return ses_tsv_error(tsv, row, SITE, "unknown site '%s' (all: 'algometer points --sites')", norm->site);
	if (strlen(sex) != 1 || !strchr("FMB", *sex))
		return ses_tsv_error(tsv, row, SEX, "'%.20s' is none of: F M B (both together)", sex);
	norm->sex = *sex;
	if (*norm->response && !ses_response_from_word(norm->response))
		return ses_tsv_error(tsv, row, RESPONSE, "'%s' is none of: button examiner-key verbal-peak gauge", norm->response);
	return 0;
}

/* A range in whole years, or mean and SD. */
static int read_age(const struct ses_tsv *tsv, size_t row, struct ses_norm *norm)
{
	bool range = *ses_tsv_cell(tsv, row, AGE_FROM) || *ses_tsv_cell(tsv, row, AGE_TO);
	int rc;

	norm->age_from = norm->age_to = -1;
	norm->age_mean = norm->age_sd = NAN;
	if (!range) {
		rc = ses_tsv_number(tsv, row, AGE_MEAN, true, 0, SES_NORM_AGE_MAX, &norm->age_mean);
		return rc ? rc : ses_tsv_number(tsv, row, AGE_SD, true, 0, SES_NORM_AGE_MAX, &norm->age_sd);
	}
	rc = ses_tsv_int(tsv, row, AGE_FROM, true, 0, SES_NORM_AGE_MAX, &norm->age_from);
	return rc ? rc : ses_tsv_int(tsv, row, AGE_TO, true, norm->age_from, SES_NORM_AGE_MAX, &norm->age_to);
}

/* Both or none of two numbers that mean nothing alone. */
static int read_two(const struct ses_tsv *tsv, size_t row, int first, int second, const double limit[4], double *a, double *b)
{
	bool given = *ses_tsv_cell(tsv, row, (size_t)first) || *ses_tsv_cell(tsv, row, (size_t)second);
	int rc = ses_tsv_number(tsv, row, (size_t)first, given, limit[0], limit[1], a);

	return rc ? rc : ses_tsv_number(tsv, row, (size_t)second, given, limit[2], limit[3], b);
}

static int read_values(const struct ses_tsv *tsv, size_t row, struct ses_norm *norm)
{
	static const double raw[4] = {1, 5000, 0.1, 5000}, log10_of[4] = {0, 4, 0.001, 1};
	double last = 0;
	int rc;

	norm->mean_kpa = norm->sd_kpa = norm->log10_mean = norm->log10_sd = NAN;
	rc = read_two(tsv, row, MEAN, SD, raw, &norm->mean_kpa, &norm->sd_kpa);
	if (!rc)
		rc = read_two(tsv, row, LOG10_MEAN, LOG10_SD, log10_of, &norm->log10_mean, &norm->log10_sd);
	for (int i = 0; !rc && i < SES_NORM_PERCENTILES; i++) {
		double *kpa = &norm->percentile_kpa[i];

		*kpa = NAN;
		rc = ses_tsv_number(tsv, row, (size_t)(P05 + i), false, 1, 5000, kpa);
		if (!rc && *kpa < last)
			rc = ses_tsv_error(tsv, row, (size_t)(P05 + i), "%g is less than a lower percentile", *kpa);
		last = isnan(*kpa) ? last : *kpa;
	}
	if (!rc && isnan(norm->mean_kpa) && isnan(norm->log10_mean) && last == 0)
		rc = ses_tsv_error(tsv, row, MEAN, "is empty, and so are percentiles and log10_mean: the row has no value");
	return rc;
}

static int read_row(const struct ses_tsv *tsv, size_t row, const struct ses_sites *sites, struct ses_norm *norm)
{
	const char *slash = strrchr(tsv->name, '/');
	int rc;

	*norm = (struct ses_norm){.n = 0};
	alg_text_copy(norm->table, sizeof(norm->table), slash ? slash + 1 : tsv->name);
	rc = read_words(tsv, row, sites, norm);
	if (!rc)
		rc = read_age(tsv, row, norm);
	if (!rc)
		rc = ses_tsv_int(tsv, row, N, true, 2, 1000000, &norm->n);
	if (!rc)
		rc = read_values(tsv, row, norm);
	if (!rc)
		rc = ses_tsv_number(tsv, row, RATE_LOW, true, 0.1, 1000, &norm->rate_low_kpa_s);
	if (!rc)
		rc = ses_tsv_number(tsv, row, RATE_HIGH, true, norm->rate_low_kpa_s, 1000, &norm->rate_high_kpa_s);
	if (!rc)
		rc = ses_tsv_number(tsv, row, TIP, true, 0.05, 10, &norm->tip_cm2);
	return rc;
}

/* 1 for yes. */
static int is_reference(const struct ses_tsv *tsv, size_t row)
{
	const char *word = ses_tsv_cell(tsv, row, REFERENCE);

	if (strcmp(word, "yes") && strcmp(word, "no"))
		return ses_tsv_error(tsv, row, REFERENCE, "'%.20s' is neither yes nor no", word);
	return strcmp(word, "yes") == 0;
}

/* ---- tables --------------------------------------------------------------------------------------- */

static bool has_id(const struct ses_norms *norms, const char *id)
{
	for (size_t i = 0; i < norms->n; i++)
		if (strcmp(norms->norm[i].id, id) == 0)
			return true;
	return false;
}

int ses_norms_add(struct ses_norms *norms, const char *path, const struct ses_sites *sites, struct alg_log *log)
{
	struct ses_tsv tsv;
	struct ses_norm *bigger;
	int rc = ses_tsv_read(path, columns, false, &tsv, log);

	if (rc)
		return rc;
	bigger = reallocarray(norms->norm, norms->n + tsv.n_rows + 1, sizeof(*bigger));
	if (!bigger)
		rc = alg_fail(log, MSG_NOMEM, path);
	else
		norms->norm = bigger;
	for (size_t i = 0; !rc && i < tsv.n_rows; i++) {
		struct ses_norm row;
		int reference = is_reference(&tsv, i);

		if (reference <= 0) {
			rc = reference;
			continue;
		}
		rc = read_row(&tsv, i, sites, &row);
		if (!rc && has_id(norms, row.id))
			rc = ses_tsv_error(&tsv, i, ID, "%s is there already (give the row an id of its own)", row.id);
		if (!rc)
			norms->norm[norms->n++] = row;
	}
	ses_tsv_free(&tsv);
	return rc;
}

static int is_table(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && alg_text_ends_with(entry->d_name, ".tsv");
}

/* An absent folder has no table. */
static int add_folder(struct ses_norms *norms, const char *dir, const struct ses_sites *sites, struct alg_log *log)
{
	struct dirent **entry = NULL;
	char path[PATH_MAX + 300];
	int n = scandir(dir, &entry, is_table, alphasort), rc = 0;

	if (n < 0)
		return errno == ENOENT ? 0 : alg_fail(log, MSG_FILE_OPEN, dir, strerror(errno));
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, entry[i]->d_name);
		if (!rc)
			rc = ses_norms_add(norms, path, sites, log);
		free(entry[i]);
	}
	free(entry);
	return rc;
}

int ses_norms_load(struct ses_norms *norms, const struct ses_study *study, struct alg_log *log)
{
	char path[PATH_MAX + 8];
	struct ses_sites sites;
	int rc = ses_study_sites(study, &sites, log);

	*norms = (struct ses_norms){NULL, 0};
	if (rc)
		return rc;
	if (ses_data_path("norms/norms.tsv", path, PATH_MAX))
		rc = alg_fail(log, MSG_DATA_ABSENT, "norms/norms.tsv");
	else
		rc = ses_norms_add(norms, path, &sites, log);
	if (!rc && study) {
		snprintf(path, sizeof(path), "%s/norms", study->dir);
		rc = add_folder(norms, path, &sites, log);
	}
	ses_sites_free(&sites);
	if (rc)
		ses_norms_free(norms);
	return rc;
}

void ses_norms_free(struct ses_norms *norms)
{
	free(norms->norm);
	*norms = (struct ses_norms){NULL, 0};
}
