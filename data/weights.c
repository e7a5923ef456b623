/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/weights.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FORMAT_VERSION = 1, BYTES_MAX = 64 * 1024 };

static const double mass_max_kg = 500;

void ses_weights_defaults(struct ses_weights *weights)
{
	*weights = (struct ses_weights){
		.local_g_m_s2 = SES_STANDARD_G_M_S2,
		.uncertainty_percent = NAN,
		.tolerance_percent_reading = 1,
		.tolerance_percent_range = 0.5,
		.repeatability_percent_range = 0.5,
	};
}

static int upwards(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Sorts; NULL, or what is wrong with a list of masses. */
static const char *settle(double *mass_kg, int n)
{
	if (n < SES_WEIGHTS_MIN)
		return "three weights are the least that show a line";
	qsort(mass_kg, (size_t)n, sizeof(*mass_kg), upwards);
	for (int i = 0; i < n; i++) {
		if (!(mass_kg[i] > 0 && mass_kg[i] <= mass_max_kg))
			return "a mass must be above 0 and at most 500 kg";
		if (i && mass_kg[i] - mass_kg[i - 1] < 1e-6)
			return "a mass is named twice";
	}
	return NULL;
}

int ses_weights_parse_list(struct ses_weights *weights, const char *text, const char **why)
{
	double mass_kg[SES_WEIGHTS_MAX];
	char number[32];
	int n = 0;

	for (;;) {
		size_t len = strcspn(text, ",");

		*why = "numbers with a decimal point and commas between them are needed";
		if (n == SES_WEIGHTS_MAX) {
			*why = "eight weights are the most";
			return ALG_ERR_ARG;
		}
		if (len >= sizeof(number))
			return ALG_ERR_ARG;
		memcpy(number, text, len);
		number[len] = '\0';
		if (alg_text_to_double(number, &mass_kg[n]))
			return ALG_ERR_ARG;
		n++;
		if (!text[len])
			break;
		text += len + 1;
	}
	if ((*why = settle(mass_kg, n)))
		return ALG_ERR_ARG;
	memcpy(weights->mass_kg, mass_kg, sizeof(mass_kg[0]) * (size_t)n);
	weights->n = n;
	return 0;
}

/* ---- YAML -------------------------------------------------------------------------------------- */

static int read_masses(struct ses_weights *w, struct ses_yaml_node list)
{
	size_t n = ses_yaml_length(list);
	const char *why;

	if (!ses_yaml_is(list))
		return 0;
	if (n > SES_WEIGHTS_MAX || n < SES_WEIGHTS_MIN)
		return ses_yaml_error(list, "masses_kg: a list of %d to %d masses is needed", SES_WEIGHTS_MIN, SES_WEIGHTS_MAX);
	for (size_t i = 0; i < n; i++) {
		struct ses_yaml_node item = ses_yaml_at(list, i);
		const char *text = ses_yaml_scalar(item);

		if (!text || alg_text_to_double(text, &w->mass_kg[i]))
			return ses_yaml_error(item, "masses_kg: '%s' is not a number", text ? text : "?");
	}
	w->n = (int)n;
	if ((why = settle(w->mass_kg, w->n)))
		return ses_yaml_error(list, "masses_kg: %s", why);
	return 0;
}

int ses_weights_read(struct ses_weights *w, struct ses_yaml_node map)
{
	int rc = ses_yaml_number(map, "local_g_m_s2", true, 9.7, 9.9, &w->local_g_m_s2);

	if (!rc)
		rc = ses_yaml_text(map, "class", false, w->class, sizeof(w->class));
	if (!rc)
		rc = ses_yaml_number(map, "uncertainty_percent", false, 0, 10, &w->uncertainty_percent);
	if (!rc)
		rc = ses_yaml_number(map, "tolerance_percent_reading", false, 0, 50, &w->tolerance_percent_reading);
	if (!rc)
		rc = ses_yaml_number(map, "tolerance_percent_range", false, 0, 50, &w->tolerance_percent_range);
	if (!rc)
		rc = ses_yaml_number(map, "repeatability_percent_range", false, 0, 50, &w->repeatability_percent_range);
	return rc ? rc : read_masses(w, ses_yaml_get(map, "masses_kg"));
}

void ses_yaml_put_number(FILE *out, const char *key, double value)
{
	char text[40];

	if (!isfinite(value))
		return;
	snprintf(text, sizeof(text), "%.15g", value);
	if (strtod(text, NULL) != value)
		snprintf(text, sizeof(text), "%.17g", value);
	fprintf(out, "%s: %s\n", key, text);
}

void ses_yaml_put_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, "%s: '", key);
	for (; *text; text++) {
		if (*text == '\'')
			fputc('\'', out);
		fputc(*text, out);
	}
	fputs("'\n", out);
}

void ses_weights_write(const struct ses_weights *w, FILE *out)
{
	ses_yaml_put_number(out, "local_g_m_s2", w->local_g_m_s2);
	ses_yaml_put_text(out, "class", w->class);
	ses_yaml_put_number(out, "uncertainty_percent", w->uncertainty_percent);
	if (w->n) {
		fputs("masses_kg: [", out);
		for (int i = 0; i < w->n; i++)
			fprintf(out, "%s%.9g", i ? ", " : "", w->mass_kg[i]);
		fputs("]\n", out);
	}
	ses_yaml_put_number(out, "tolerance_percent_reading", w->tolerance_percent_reading);
	ses_yaml_put_number(out, "tolerance_percent_range", w->tolerance_percent_range);
	ses_yaml_put_number(out, "repeatability_percent_range", w->repeatability_percent_range);
}

/* ---- the study's own --------------------------------------------------------------------------- */

static int path_of(const struct ses_study *study, char *path, size_t cap, struct alg_log *log)
{
	int n = snprintf(path, cap, "%s/calibration/weights.yaml", study->dir);

	return n > 0 && (size_t)n < cap ? 0 : alg_fail(log, MSG_FILE_OPEN, study->dir, "the name is too long");
}

static int parse(struct ses_weights *weights, const char *text, size_t len, const char *name, struct alg_log *log)
{
	static const char *const keys[] = {"algometer", SES_WEIGHTS_KEYS, NULL};
	struct ses_yaml *doc = NULL;
	int version, rc = ses_yaml_parse(text, len, name, &doc, log);

	if (rc)
		return rc;
	rc = ses_yaml_kind(doc, "weights", FORMAT_VERSION, &version);
	if (!rc)
		rc = ses_yaml_known_keys(ses_yaml_root(doc), keys);
	if (!rc)
		rc = ses_weights_read(weights, ses_yaml_root(doc));
	ses_yaml_free(doc);
	return rc;
}

int ses_weights_load(struct ses_weights *weights, const struct ses_study *study, struct alg_log *log)
{
	char path[PATH_MAX], *text = NULL;
	struct stat st;
	size_t len = 0;
	int rc = path_of(study, path, sizeof(path), log);

	ses_weights_defaults(weights);
	if (rc || (stat(path, &st) && errno == ENOENT))
		return rc;
	rc = alg_file_read(path, BYTES_MAX, &text, &len, log);
	if (!rc)
		rc = parse(weights, text, len, path, log);
	free(text);
	return rc;
}

int ses_weights_save(const struct ses_weights *weights, const struct ses_study *study, struct alg_log *log)
{
	char path[PATH_MAX], *text = NULL;
	struct ses_weights again;
	size_t len = 0;
	int rc = path_of(study, path, sizeof(path), log);
	FILE *out = rc ? NULL : open_memstream(&text, &len);

	if (!rc && !out)
		rc = alg_fail(log, MSG_NOMEM, "weights.yaml");
	if (rc)
		return rc;
	fprintf(out, "algometer: weights %d\n"
		"# The check weights of this place. Lines that begin with # are explanations; numbers have a decimal point.\n"
		"# Gravity here, the weights' class and their uncertainty (k = 2, per cent of the mass) are on their certificate\n"
		"# or known from the survey. A check passes when no error is above the larger of the two tolerances.\n",
		FORMAT_VERSION);
	ses_weights_write(weights, out);
	if (fclose(out))
		rc = alg_fail(log, MSG_NOMEM, "weights.yaml");
	ses_weights_defaults(&again);
	if (!rc)
		rc = parse(&again, text, len, path, log); /* nothing is written that cannot be read */
	if (!rc)
		rc = alg_dir_make(study->dir, log);
	if (!rc) {
		*strrchr(path, '/') = '\0';
		rc = alg_dir_make(path, log);
		path[strlen(path)] = '/';
	}
	if (!rc)
		rc = alg_file_replace(path, text, len, 0600, log);
	free(text);
	return rc;
}

static bool same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

bool ses_weights_equal(const struct ses_weights *a, const struct ses_weights *b)
{
	bool equal = a->n == b->n && strcmp(a->class, b->class) == 0 && same(a->local_g_m_s2, b->local_g_m_s2) &&
		same(a->uncertainty_percent, b->uncertainty_percent) &&
		same(a->tolerance_percent_reading, b->tolerance_percent_reading) &&
		same(a->tolerance_percent_range, b->tolerance_percent_range) &&
		same(a->repeatability_percent_range, b->repeatability_percent_range);

	for (int i = 0; equal && i < a->n; i++)
		equal = same(a->mass_kg[i], b->mass_kg[i]);
	return equal;
}
