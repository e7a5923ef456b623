/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/treatment.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "data/tsv.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DATE, TIME, MODALITY, TARGET, DOSE, NOTE };

static const struct ses_tsv_column columns[] = {
	[DATE] = {"date", true}, [TIME] = {"time", false}, [MODALITY] = {"modality", true},
	[TARGET] = {"target_site", false}, [DOSE] = {"dose", false}, [NOTE] = {"note", false}, {NULL, false},
};
static const char header[] = "date\ttime\tmodality\ttarget_site\tdose\tnote";

static const char *const modalities[] = {
	"myofascial-release", "pressure-release", "dry-needling", "dry-needling-superficial", "dry-needling-deep",
	"injection", "stretching", "spray-and-stretch", "heat", "cold", "ultrasound", "tens", "laser", "shock-wave",
	"kinesio-tape", "exercise", "education", "sham", "none", NULL,
};

const char *const *ses_modality_words(void)
{
	return modalities;
}

bool ses_modality_is(const char *word)
{
	for (size_t i = 0; modalities[i]; i++)
		if (strcmp(modalities[i], word) == 0)
			return true;
	return false;
}

void ses_modality_label(char *out, size_t cap, const char *word)
{
	if (strcmp(word, "tens") == 0)
		word = "TENS";
	alg_text_copy(out, cap, word);
	for (; *out; out++)
		if (*out == '-')
			*out = ' ';
}

int ses_treatments_path(
	const struct ses_study *study, const char *code, char *out, size_t cap, struct alg_log *log)
{
	int n, rc = ses_study_check_code(study, code, log);

	if (rc)
		return rc;
	n = snprintf(out, cap, "%s/treatments/sub-%s_treatments.tsv", study->dir, code);
	if (n < 0 || (size_t)n >= cap)
		return alg_fail(log, MSG_FILE_OPEN, study->dir, "the name is too long");
	return 0;
}

static bool is_day(const char *text, int32_t *days)
{
	return strlen(text) == 10 && alg_date_parse(text, days) == 0;
}

/* "09:30" */
static bool is_time(const char *t)
{
	if (strlen(t) != 5 || t[2] != ':')
		return false;
	for (int i = 0; i < 5; i++)
		if (i != 2 && !isdigit((unsigned char)t[i]))
			return false;
	return (t[0] - '0') * 10 + (t[1] - '0') < 24 && t[3] < '6';
}

/* The first of the ";"-separated codes that the table does not know, or NULL. */
static const char *unknown_site(const char *list, const struct ses_sites *sites, char *code, size_t cap)
{
	while (sites && *list) {
		size_t n = strcspn(list, ";");

		snprintf(code, cap, "%.*s", (int)n, list);
		if (!ses_site_find(sites, code))
			return code;
		list += n + (list[n] == ';');
	}
	return NULL;
}

/* What is wrong with a treatment: the column's number and a sentence in what; -1 when nothing is. */
static int check(struct ses_treatment *t, const struct ses_sites *sites, char *what, size_t cap)
{
	char code[40];

	if (!is_day(t->date, &t->days)) {
		snprintf(what, cap, "'%s' is not a day like 2026-03-02", t->date);
		return DATE;
	}
	if (t->time[0] && !is_time(t->time)) {
		snprintf(what, cap, "'%s' is not a time like 09:30", t->time);
		return TIME;
	}
	if (!ses_modality_is(t->modality)) {
		size_t used = (size_t)snprintf(what, cap, "'%s' is none of:", t->modality);

		for (size_t i = 0; modalities[i] && used < cap; i++)
			used += (size_t)snprintf(what + used, cap - used, " %s", modalities[i]);
		return MODALITY;
	}
	if (unknown_site(t->target_site, sites, code, sizeof(code))) {
		snprintf(what, cap, "unknown site '%s' (see 'algometer points --sites')", code);
		return TARGET;
	}
	return -1;
}

static int read_treatment(const struct ses_tsv *tsv, size_t row, const struct ses_sites *sites, struct ses_treatment *t)
{
	char what[500];
	int rc, bad;

	*t = (struct ses_treatment){.line = tsv->line[row]};
	rc = ses_tsv_text(tsv, row, DATE, true, t->date, sizeof(t->date));
	if (!rc)
		rc = ses_tsv_text(tsv, row, TIME, false, t->time, sizeof(t->time));
	if (!rc)
		rc = ses_tsv_text(tsv, row, MODALITY, true, t->modality, sizeof(t->modality));
	if (!rc)
		rc = ses_tsv_text(tsv, row, TARGET, false, t->target_site, sizeof(t->target_site));
	if (!rc)
		rc = ses_tsv_text(tsv, row, DOSE, false, t->dose, sizeof(t->dose));
	if (!rc)
		rc = ses_tsv_text(tsv, row, NOTE, false, t->note, sizeof(t->note));
	if (rc)
		return rc;
	bad = check(t, sites, what, sizeof(what));
	return bad >= 0 ? ses_tsv_error(tsv, row, (size_t)bad, "%s", what) : 0;
}

/* By day and time; rows of one moment keep the order of the file. */
static int earlier(const void *a, const void *b)
{
	const struct ses_treatment *x = a, *y = b;
	int by_time = strcmp(x->time, y->time);

	if (x->days != y->days)
		return x->days < y->days ? -1 : 1;
	return by_time ? by_time : (x->line > y->line) - (x->line < y->line);
}

int ses_treatments_load(
	struct ses_treatments *out, const char *path, const struct ses_sites *sites, struct alg_log *log)
{
	struct ses_tsv tsv;
	struct stat st;
	int rc;

	*out = (struct ses_treatments){NULL, 0};
	if (stat(path, &st) && errno == ENOENT)
		return 0;
	rc = ses_tsv_read(path, columns, false, &tsv, log);
	if (rc)
		return rc;
	out->treatment = calloc(tsv.n_rows + 1, sizeof(*out->treatment));
	if (!out->treatment)
		rc = alg_fail(log, MSG_NOMEM, path);
	for (size_t i = 0; !rc && i < tsv.n_rows; i++) {
		rc = read_treatment(&tsv, i, sites, &out->treatment[i]);
		out->n += !rc;
	}
	ses_tsv_free(&tsv);
	if (rc)
		ses_treatments_free(out);
	else
		qsort(out->treatment, out->n, sizeof(*out->treatment), earlier);
	return rc;
}

int ses_treatment_append(const char *path, const struct ses_treatment *treatment, const struct ses_sites *sites,
	struct alg_log *log)
{
	struct ses_tsv_text_out row = {.text = NULL};
	struct ses_treatment t = *treatment;
	char what[500], dir[PATH_MAX];
	int bad = check(&t, sites, what, sizeof(what));
	char *slash;

	if (bad >= 0)
		return alg_fail(log, MSG_TREATMENT, columns[bad].name, what);
	const char *const texts[] = {t.dose, t.note};

	for (int i = 0; i < 2; i++)
		if (!alg_text_is_clean(texts[i], strlen(texts[i])))
			return alg_fail(log, MSG_TREATMENT, columns[DOSE + i].name, "must be one line of text");
	if (!alg_text_copy(dir, sizeof(dir), path))
		return alg_fail(log, MSG_FILE_WRITE, path, "the name is too long");
	slash = strrchr(dir, '/');
	if (slash) {
		*slash = '\0';
		int rc = alg_dir_make(dir, log);

		if (rc)
			return rc;
	}
	ses_tsv_put(&row, t.date, '\t');
	ses_tsv_put(&row, t.time, '\t');
	ses_tsv_put(&row, t.modality, '\t');
	ses_tsv_put(&row, t.target_site, '\t');
	ses_tsv_put(&row, t.dose, '\t');
	ses_tsv_put(&row, t.note, '\n');
	return ses_tsv_append(&row, path, header, log);
}

void ses_treatments_free(struct ses_treatments *treatments)
{
	free(treatments->treatment);
	*treatments = (struct ses_treatments){NULL, 0};
}
