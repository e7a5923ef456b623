/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_file.c - checks as YAML files in the study's calibration/: written once, read strictly, found again. */
#include "data/check.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1, BYTES_MAX = 128 * 1024 };

static const char *const keys[] = {
	"algometer", "id", "date", "examiner", "family", "model", "serial", "firmware", "address", "unit", "simulated",
	"capacity_n", "resolution_n", "temperature_c", SES_WEIGHTS_KEYS, "passed", "rows", NULL,
};
static const char *const row_keys[] = {"loading", "direction", "mass_kg", "true_n", "read_n", "sd_n", "n", "t_s", NULL};

/* ---- writing ----------------------------------------------------------------------------------- */

int ses_check_name(struct ses_check *check)
{
	const char *word = check->serial[0] ? check->serial : check->family, *d = check->date;
	size_t n = 0;
	int64_t wall_ns;

	if (alg_time_parse(d, &wall_ns) || strlen(d) < 19)
		return ALG_ERR_DATA;
	for (; *word && n < 60; word++)
		check->id[n++] = isalnum((unsigned char)*word) || *word == '-' || *word == '_' ? *word : '-';
	snprintf(check->id + n, sizeof(check->id) - n, "%s%.10sT%.2s%.2s%.2s", n ? "_" : "gauge_", d, d + 11, d + 14, d + 17);
	return 0;
}

static void put_row(FILE *out, const struct ses_check_row *r)
{
	fprintf(out, "- {loading: %d, direction: %s, mass_kg: %.9g, true_n: %.9g, read_n: %.9g, ", r->loading,
		ses_check_direction_word(r->direction), r->mass_kg, r->force_true_n, r->force_read_n);
	fprintf(out, "sd_n: %.6g, n: %d, t_s: %.3f}\n", r->sd_n, r->n, r->t_s);
}

static void put_texts(FILE *out, const struct ses_check *c)
{
	const struct { const char *key, *text; } texts[] = {{"id", c->id}, {"date", c->date}, {"examiner", c->examiner},
		{"family", c->family}, {"model", c->model}, {"serial", c->serial}, {"firmware", c->firmware},
		{"address", c->address}, {"unit", c->unit}};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ses_yaml_put_text(out, texts[i].key, texts[i].text);
}

/* What is written is rounded; the verdict must be that of the rows as they will be read. */
static void round_rows(struct ses_check *c)
{
	char text[40];

	for (int i = 0; i < c->n_rows; i++) {
		double *values[] = {&c->row[i].mass_kg, &c->row[i].force_true_n, &c->row[i].force_read_n};

		for (size_t k = 0; k < 3; k++) {
			snprintf(text, sizeof(text), "%.9g", *values[k]);
			*values[k] = strtod(text, NULL);
		}
		snprintf(text, sizeof(text), "%.6g", c->row[i].sd_n);
		c->row[i].sd_n = strtod(text, NULL);
	}
}

char *ses_check_text(const struct ses_check *check)
{
	struct ses_check rounded = *check;
	struct ses_check_result result;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	round_rows(&rounded);
	ses_check_evaluate(&rounded, &result);
	fprintf(out, "algometer: check %d\n"
		"# A gauge as it was found, with weights on it. Nothing was adjusted.\n", FORMAT_VERSION);
	put_texts(out, check);
	fprintf(out, "simulated: %s\n", check->simulated ? "true" : "false");
	ses_yaml_put_number(out, "capacity_n", check->capacity_n);
	ses_yaml_put_number(out, "resolution_n", check->resolution_n);
	ses_yaml_put_number(out, "temperature_c", check->temperature_c);
	ses_weights_write(&check->weights, out);
	fprintf(out, "# %s\npassed: %s\nrows:\n", result.reason, result.passed ? "true" : "false");
	for (int i = 0; i < check->n_rows; i++)
		put_row(out, &check->row[i]);
	if (ferror(out) | fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

static int folder_of(const struct ses_study *study, char *path, size_t cap, struct alg_log *log)
{
	int n = snprintf(path, cap, "%s/calibration", study->dir);

	return n > 0 && (size_t)n < cap ? 0 : alg_fail(log, MSG_FILE_OPEN, study->dir, "the name is too long");
}

int ses_check_store(
	const struct ses_check *check, const struct ses_study *study, char path[PATH_MAX], struct alg_log *log)
{
	struct ses_check again;
	char *text = NULL;
	int rc = folder_of(study, path, PATH_MAX, log);

	if (!rc)
		rc = alg_dir_make(path, log);
	if (rc)
		return rc;
	size_t used = strlen(path);

	if ((size_t)snprintf(path + used, PATH_MAX - used, "/%s.yaml", check->id) >= PATH_MAX - used)
		return alg_fail(log, MSG_FILE_OPEN, study->dir, "the name is too long");
	const char *why = ses_check_wrong(check);

	if (why)
		return alg_fail(log, MSG_BUG, why);
	if (!(text = ses_check_text(check)))
		return alg_fail(log, MSG_NOMEM, "a check");
	rc = ses_check_parse(&again, text, strlen(text), path, log); /* nothing is written that cannot be read */
	if (!rc)
		rc = alg_file_create(path, text, strlen(text), 0600, log);
	free(text);
	return rc;
}

/* ---- reading ----------------------------------------------------------------------------------- */

static int read_texts(struct ses_check *c, struct ses_yaml_node root)
{
	const struct { const char *key; char *text; size_t cap; bool required; } texts[] = {
		{"id", c->id, sizeof(c->id), true}, {"date", c->date, sizeof(c->date), true},
		{"examiner", c->examiner, sizeof(c->examiner), false}, {"family", c->family, sizeof(c->family), true},
		{"model", c->model, sizeof(c->model), false}, {"serial", c->serial, sizeof(c->serial), false},
		{"firmware", c->firmware, sizeof(c->firmware), false}, {"address", c->address, sizeof(c->address), false},
		{"unit", c->unit, sizeof(c->unit), false}};
	int64_t wall_ns;
	int rc = 0;

	for (size_t i = 0; !rc && i < sizeof(texts) / sizeof(texts[0]); i++)
		rc = ses_yaml_text(root, texts[i].key, texts[i].required, texts[i].text, texts[i].cap);
	if (!rc && alg_time_parse(c->date, &wall_ns))
		rc = ses_yaml_error(ses_yaml_get(root, "date"), "date: '%s' is no time like 2026-03-02T09:30:00+01:00", c->date);
	return rc;
}

static int read_row(struct ses_check_row *r, struct ses_yaml_node map)
{
	static const char *const directions[] = {"zero", "up", "down", NULL};
	int direction = 0, rc = ses_yaml_known_keys(map, row_keys);

	if (!rc)
		rc = ses_yaml_int(map, "loading", true, 1, SES_CHECK_LOADINGS_MAX, &r->loading);
	if (!rc)
		rc = ses_yaml_choice(map, "direction", true, directions, &direction);
	if (!rc)
		rc = ses_yaml_number(map, "mass_kg", true, 0, 500, &r->mass_kg);
	if (!rc)
		rc = ses_yaml_number(map, "true_n", true, 0, 5000, &r->force_true_n);
	if (!rc)
		rc = ses_yaml_number(map, "read_n", true, -1e6, 1e6, &r->force_read_n);
	if (!rc)
		rc = ses_yaml_number(map, "sd_n", true, 0, 1e6, &r->sd_n);
	if (!rc)
		rc = ses_yaml_int(map, "n", true, 1, 100000000, &r->n);
	if (!rc)
		rc = ses_yaml_number(map, "t_s", true, 0, 1e6, &r->t_s);
	r->direction = (enum ses_check_direction)direction;
	return rc;
}

static int read_rows(struct ses_check *c, struct ses_yaml_node list)
{
	size_t n = ses_yaml_length(list);
	int rc = 0;

	if (!ses_yaml_is(list) || n < 1 || n > SES_CHECK_ROWS_MAX)
		return ses_yaml_error(list, "rows: a list of 1 to %d rows is needed", SES_CHECK_ROWS_MAX);
	for (size_t i = 0; !rc && i < n; i++)
		rc = read_row(&c->row[c->n_rows++], ses_yaml_at(list, i));
	return rc;
}

static int read_check(struct ses_check *c, struct ses_yaml_node root)
{
	bool passed = false;
	const char *why;
	int rc = read_texts(c, root);

	if (!rc)
		rc = ses_yaml_bool(root, "simulated", true, &c->simulated);
	if (!rc)
		rc = ses_yaml_number(root, "capacity_n", false, 0.01, 1e6, &c->capacity_n);
	if (!rc)
		rc = ses_yaml_number(root, "resolution_n", false, 0, 1e6, &c->resolution_n);
	if (!rc)
		rc = ses_yaml_number(root, "temperature_c", false, -50, 100, &c->temperature_c);
	if (!rc)
		rc = ses_weights_read(&c->weights, root);
	if (!rc)
		rc = ses_yaml_bool(root, "passed", true, &passed);
	if (!rc)
		rc = read_rows(c, ses_yaml_get(root, "rows"));
	if (rc)
		return rc;
	if ((why = ses_check_wrong(c)))
		return ses_yaml_error(ses_yaml_get(root, "rows"), "rows: %s", why);
	if (passed != ses_check_passed(c))
		return ses_yaml_error(ses_yaml_get(root, "passed"), "passed: its rows say the opposite: the file was changed");
	return 0;
}

int ses_check_parse(struct ses_check *check, const char *text, size_t len, const char *name, struct alg_log *log)
{
	struct ses_yaml *doc = NULL;
	int version, rc = ses_yaml_parse(text, len, name, &doc, log);

	*check = (struct ses_check){.capacity_n = NAN, .resolution_n = NAN, .temperature_c = NAN};
	ses_weights_defaults(&check->weights);
	if (rc)
		return rc;
	rc = ses_yaml_kind(doc, "check", FORMAT_VERSION, &version);
	if (!rc)
		rc = ses_yaml_known_keys(ses_yaml_root(doc), keys);
	if (!rc)
		rc = read_check(check, ses_yaml_root(doc));
	ses_yaml_free(doc);
	return rc;
}

int ses_check_read(struct ses_check *check, const char *path, struct alg_log *log)
{
	char *text = NULL;
	size_t len = 0;
	int rc = alg_file_read(path, BYTES_MAX, &text, &len, log);

	if (!rc)
		rc = ses_check_parse(check, text, len, path, log);
	free(text);
	return rc;
}

/* ---- finding ----------------------------------------------------------------------------------- */

static int by_time(const void *a, const void *b)
{
	const struct ses_check *x = a, *y = b;
	int64_t x_ns = 0, y_ns = 0;

	alg_time_parse(x->date, &x_ns); /* both were read: they are times */
	alg_time_parse(y->date, &y_ns);
	return x_ns < y_ns ? -1 : x_ns > y_ns ? 1 : strcmp(x->id, y->id);
}

static int is_check(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && alg_text_ends_with(entry->d_name, ".yaml") &&
		strcmp(entry->d_name, "weights.yaml") != 0;
}

/* With said, what is wrong with a file is an error; without, that it is left out is a warning. */
static int load(const struct ses_study *study, struct ses_check **out, size_t *n, size_t *n_bad, bool said,
	struct alg_log *log)
{
	char folder[PATH_MAX], path[PATH_MAX + 258];
	struct dirent **entry = NULL;
	size_t bad = 0;
	int found, rc = folder_of(study, folder, sizeof(folder), log);

	*out = NULL;
	*n = 0;
	if (rc)
		return rc;
	if ((found = scandir(folder, &entry, is_check, alphasort)) < 0)
		return errno == ENOENT ? 0 : alg_fail(log, MSG_FILE_OPEN, folder, strerror(errno));
	if (!(*out = calloc((size_t)found + 1, sizeof(**out))))
		rc = alg_fail(log, MSG_NOMEM, "checks");
	for (int i = 0; i < found; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, entry[i]->d_name);
		if (!rc && ses_check_read(*out + *n, path, said ? log : NULL) == 0) {
			++*n;
		} else {
			bad++;
			if (!rc && !said)
				alg_warn(log, MSG_CHECK_LEFT_OUT, path);
		}
		free(entry[i]);
	}
	free(entry);
	if (*n)
		qsort(*out, *n, sizeof(**out), by_time);
	if (n_bad)
		*n_bad = bad;
	return rc;
}

int ses_checks_load(
	const struct ses_study *study, struct ses_check **out, size_t *n, size_t *n_bad, struct alg_log *log)
{
	return load(study, out, n, n_bad, true, log);
}

bool ses_check_same_gauge(const struct ses_check *a, const struct ses_check *b)
{
	return a->simulated == b->simulated && strcmp(a->family, b->family) == 0 && strcmp(a->serial, b->serial) == 0;
}

/* simulated: 0 real, 1 simulated, -1 either */
static int last(const struct ses_study *study, const char *family, const char *serial, int simulated,
	struct ses_check *out, bool *found, struct alg_log *log)
{
	struct ses_check *all = NULL;
	size_t n = 0;
	int rc = load(study, &all, &n, NULL, false, log);

	*found = false;
	for (size_t i = n; !rc && !*found && i-- > 0;)
		if (strcmp(all[i].family, family) == 0 && strcmp(all[i].serial, serial) == 0 &&
			(simulated < 0 || all[i].simulated == (simulated == 1))) {
			*out = all[i];
			*found = true;
		}
	free(all);
	return rc;
}

int ses_check_last(const struct ses_study *study, const char *family, const char *serial, struct ses_check *out,
	bool *found, struct alg_log *log)
{
	return last(study, family, serial, -1, out, found, log);
}

int ses_check_last_of(const struct ses_study *study, const char *family, const char *serial, bool simulated,
	struct ses_check *out, bool *found, struct alg_log *log)
{
	return last(study, family, serial, simulated, out, found, log);
}

int32_t ses_check_age_days(const struct ses_check *check, const char *day)
{
	int32_t then, now;

	if (alg_date_parse(check->date, &then) || alg_date_parse(day, &now))
		return INT32_MIN;
	return now - then;
}
