/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/sem.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/tsv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	ID, KIND, BASIS, SITE, MEASURE, SCALE, SEM, LOW, HIGH, DF, PARTICIPANTS, VALUES, LEVEL, PRESS_SD, SD_CHANGE, R,
	RULE, PRESSES, TIP, RATE, RESPONSE, DAYS_MIN, DAYS_MAX, WHO, MADE, SOURCE
};
static const struct ses_tsv_column columns[] = {
	[ID] = {"id", true}, [KIND] = {"kind", true}, [BASIS] = {"basis", true}, [SITE] = {"site", true},
	[MEASURE] = {"measure", true}, [SCALE] = {"scale", true}, [SEM] = {"sem", true}, [LOW] = {"sem_low", true},
	[HIGH] = {"sem_high", true}, [DF] = {"df", true}, [PARTICIPANTS] = {"participants", true},
	[VALUES] = {"values", true}, [LEVEL] = {"level_kpa", true}, [PRESS_SD] = {"press_sd", true},
	[SD_CHANGE] = {"sd_change", true}, [R] = {"r", true}, [RULE] = {"rule", true}, [PRESSES] = {"presses", true},
	[TIP] = {"tip_area_cm2", true}, [RATE] = {"rate_kpa_s", true}, [RESPONSE] = {"response_mode", true},
	[DAYS_MIN] = {"days_min", true}, [DAYS_MAX] = {"days_max", true}, [WHO] = {"who", true},
	[MADE] = {"made", true}, [SOURCE] = {"source", true}, {NULL, false},
};
static const char header[] = "id\tkind\tbasis\tsite\tmeasure\tscale\tsem\tsem_low\tsem_high\tdf\tparticipants\tvalues\t"
	"level_kpa\tpress_sd\tsd_change\tr\trule\tpresses\ttip_area_cm2\trate_kpa_s\tresponse_mode\tdays_min\tdays_max\t"
	"who\tmade\tsource";

/* ---- words -------------------------------------------------------------------------------------- */

static const char *const kind_words[] = {NULL, "within-visit", "between-visits", "between-examiners"};
static const char *const basis_words[] = {NULL, "presses", "sessions", "entered"};
static const char *const scale_words[] = {NULL, "kPa", "log10"};
static const char *const measure_words[] = {NULL, "threshold", "tolerance"};
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *ses_sem_kind_word(enum ses_sem_kind kind)
{
	return alg_word_of(kind_words, COUNT(kind_words), (int)kind);
}

const char *ses_sem_basis_word(enum ses_sem_basis basis)
{
	return alg_word_of(basis_words, COUNT(basis_words), (int)basis);
}

const char *ses_scale_word(enum ses_scale scale)
{
	return alg_word_of(scale_words, COUNT(scale_words), (int)scale);
}

const char *ses_measure_word(enum ses_measure measure)
{
	return alg_word_of(measure_words, COUNT(measure_words), (int)measure);
}

enum ses_sem_kind ses_sem_kind_from_word(const char *word)
{
	return (enum ses_sem_kind)alg_code_of(kind_words, COUNT(kind_words), word);
}

enum ses_scale ses_scale_from_word(const char *word)
{
	return (enum ses_scale)alg_code_of(scale_words, COUNT(scale_words), word);
}

enum ses_measure ses_measure_from_word(const char *word)
{
	return (enum ses_measure)alg_code_of(measure_words, COUNT(measure_words), word);
}

/* ---- what a row must be --------------------------------------------------------------------------- */

/* NULL when the row is sound. */
static const char *fault_of(const struct ses_sem *s)
{
	if (!alg_text_is_name(s->site, sizeof(s->site)))
		return "the site is no code";
	if (!s->kind || !s->basis || !s->measure || !s->scale || !s->rule)
		return "kind, basis, measure, scale or rule is missing";
	if (!(s->sem > 0 && s->sem < 2000))
		return "an SEM is above 0 and below 2000";
	if (s->scale == SES_SCALE_LOG10 && s->sem > 1)
		return "an SEM on the log10 scale is below 1 (0.05 is 12 %)";
	if (!(s->df >= 1))
		return "df is 1 or more";
	if (s->presses < 1 || s->presses > 20)
		return "a value rests on 1 to 20 presses";
	if (!(s->tip_area_cm2 > 0 && s->tip_area_cm2 <= 10) || !(s->rate_kpa_s > 0 && s->rate_kpa_s <= 1000))
		return "tip area or rate is missing";
	if (!s->response_mode[0] || !s->who[0] || !s->source[0])
		return "response mode, who or source is missing";
	if (s->rule == SES_RULE_CLOSEST_TWO)
		return "the closest two of several presses give too small an error: no SEM rests on them";
	return NULL;
}

/* ---- writing -------------------------------------------------------------------------------------- */

static void put_count(struct ses_tsv_text_out *out, int n)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", n);
	ses_tsv_put(out, n > 0 ? number : "", '\t');
}

static void put_row(struct ses_tsv_text_out *out, const struct ses_sem *s, const char *now)
{
	ses_tsv_put(out, s->id, '\t');
	ses_tsv_put(out, ses_sem_kind_word(s->kind), '\t');
	ses_tsv_put(out, ses_sem_basis_word(s->basis), '\t');
	ses_tsv_put(out, s->site, '\t');
	ses_tsv_put(out, ses_measure_word(s->measure), '\t');
	ses_tsv_put(out, ses_scale_word(s->scale), '\t');
	ses_tsv_put_number(out, s->sem, '\t');
	ses_tsv_put_number(out, s->low, '\t');
	ses_tsv_put_number(out, s->high, '\t');
	ses_tsv_put_number(out, isinf(s->df) ? NAN : s->df, '\t');
	put_count(out, s->participants);
	put_count(out, s->values);
	ses_tsv_put_number(out, s->level_kpa, '\t');
	ses_tsv_put_number(out, s->press_sd, '\t');
	ses_tsv_put_number(out, s->sd_change, '\t');
	ses_tsv_put_number(out, s->r, '\t');
	ses_tsv_put(out, ses_rule_word(s->rule), '\t');
	put_count(out, s->presses);
	ses_tsv_put_number(out, s->tip_area_cm2, '\t');
	ses_tsv_put_number(out, s->rate_kpa_s, '\t');
	ses_tsv_put(out, s->response_mode, '\t');
	ses_tsv_put_number(out, s->days_min, '\t');
	ses_tsv_put_number(out, s->days_max, '\t');
	ses_tsv_put(out, s->who, '\t');
	ses_tsv_put(out, s->made[0] ? s->made : now, '\t');
	ses_tsv_put(out, s->source, '\n');
}

static bool table_path(const struct ses_study *study, char *out, size_t cap)
{
	int n = snprintf(out, cap, "%s/reliability.tsv", study->dir);

	return n > 0 && (size_t)n < cap;
}

int ses_sem_append(const struct ses_study *study, const struct ses_sem *row, size_t n, struct alg_log *log)
{
	struct ses_tsv_text_out text = {.text = NULL};
	char path[PATH_MAX], now[ALG_TIME_TEXT_MAX];

	if (!table_path(study, path, sizeof(path)))
		return alg_fail(log, MSG_FILE_WRITE, study->dir, "the name is too long");
	for (size_t i = 0; i < n; i++)
		if (fault_of(&row[i]))
			return alg_fail(log, MSG_SEM, row[i].site, fault_of(&row[i]));
	alg_time_format(now, sizeof(now), alg_clock_wall_ns(alg_clock_system()));
	for (size_t i = 0; i < n; i++)
		put_row(&text, &row[i], now);
	return n ? ses_tsv_append(&text, path, header, log) : 0;
}

/* ---- reading -------------------------------------------------------------------------------------- */

static int read_word(const struct ses_tsv *tsv, size_t row, size_t column, const char *const *words, size_t n, int *out)
{
	*out = alg_code_of(words, n, ses_tsv_cell(tsv, row, column));
	return *out ? 0 : ses_tsv_error(tsv, row, column, "'%s' is not known here", ses_tsv_cell(tsv, row, column));
}

static int read_words(const struct ses_tsv *tsv, size_t row, struct ses_sem *s)
{
	int kind = 0, basis = 0, measure = 0, scale = 0;
	int rc = read_word(tsv, row, KIND, kind_words, COUNT(kind_words), &kind);

	if (!rc)
		rc = read_word(tsv, row, BASIS, basis_words, COUNT(basis_words), &basis);
	if (!rc)
		rc = read_word(tsv, row, MEASURE, measure_words, COUNT(measure_words), &measure);
	if (!rc)
		rc = read_word(tsv, row, SCALE, scale_words, COUNT(scale_words), &scale);
	s->kind = (enum ses_sem_kind)kind;
	s->basis = (enum ses_sem_basis)basis;
	s->measure = (enum ses_measure)measure;
	s->scale = (enum ses_scale)scale;
	s->rule = ses_rule_from_word(ses_tsv_cell(tsv, row, RULE));
	return !rc && !s->rule ? ses_tsv_error(tsv, row, RULE, "'%s' is no repeat rule", ses_tsv_cell(tsv, row, RULE)) : rc;
}

static int read_texts(const struct ses_tsv *tsv, size_t row, struct ses_sem *s)
{
	struct {
		size_t column;
		char *out;
		size_t cap;
	} text[] = {{ID, s->id, sizeof(s->id)}, {SITE, s->site, sizeof(s->site)}, {WHO, s->who, sizeof(s->who)},
		{RESPONSE, s->response_mode, sizeof(s->response_mode)}, {MADE, s->made, sizeof(s->made)},
		{SOURCE, s->source, sizeof(s->source)}};
	int rc = 0;

	for (size_t i = 0; !rc && i < sizeof(text) / sizeof(text[0]); i++)
		rc = ses_tsv_text(tsv, row, text[i].column, true, text[i].out, text[i].cap);
	return rc;
}

static int read_numbers(const struct ses_tsv *tsv, size_t row, struct ses_sem *s)
{
	struct {
		size_t column;
		bool required;
		double min, max, *out;
	} number[] = {{SEM, true, 0, 2000, &s->sem}, {LOW, false, 0, 1e6, &s->low}, {HIGH, false, 0, 1e9, &s->high},
		{DF, false, 1, 1e6, &s->df}, {LEVEL, false, 0, 1e4, &s->level_kpa}, {PRESS_SD, false, 0, 1e4, &s->press_sd},
		{SD_CHANGE, false, 0, 1e4, &s->sd_change}, {R, false, -1, 1, &s->r}, {TIP, true, 0, 10, &s->tip_area_cm2},
		{RATE, true, 0, 1000, &s->rate_kpa_s}, {DAYS_MIN, false, 0, 1e5, &s->days_min},
		{DAYS_MAX, false, 0, 1e5, &s->days_max}};
	int rc = 0;

	s->df = INFINITY;
	s->low = s->high = s->level_kpa = s->press_sd = s->sd_change = s->r = s->days_min = s->days_max = NAN;
	for (size_t i = 0; !rc && i < sizeof(number) / sizeof(number[0]); i++)
		rc = ses_tsv_number(tsv, row, number[i].column, number[i].required, number[i].min, number[i].max, number[i].out);
	if (!rc)
		rc = ses_tsv_int(tsv, row, PARTICIPANTS, false, 1, 1000000, &s->participants);
	if (!rc)
		rc = ses_tsv_int(tsv, row, VALUES, false, 1, 1000000, &s->values);
	return rc ? rc : ses_tsv_int(tsv, row, PRESSES, true, 1, 20, &s->presses);
}

static int read_row(const struct ses_tsv *tsv, size_t row, void *to)
{
	struct ses_sem *s = to;
	int rc = read_words(tsv, row, s);

	if (!rc)
		rc = read_texts(tsv, row, s);
	if (!rc)
		rc = read_numbers(tsv, row, s);
	s->line = tsv->line[row];
	if (!rc && fault_of(s))
		rc = ses_tsv_error(tsv, row, SEM, "%s", fault_of(s));
	return rc;
}

int ses_sem_load(const struct ses_study *study, struct ses_sem **out, size_t *n, struct alg_log *log)
{
	char path[PATH_MAX];
	void *rows = NULL;
	int rc;

	*n = 0;
	rc = table_path(study, path, sizeof(path)) ? ses_tsv_load(path, columns, read_row, sizeof(**out), &rows, n, log) : 0;
	*out = rows;
	return rc;
}

bool ses_sem_same(const struct ses_sem *a, const struct ses_sem *b)
{
	return a->kind == b->kind && strcmp(a->site, b->site) == 0 && a->measure == b->measure && a->rule == b->rule &&
		a->presses == b->presses && fabs(a->tip_area_cm2 - b->tip_area_cm2) <= 0.005 * a->tip_area_cm2 &&
		fabs(a->rate_kpa_s - b->rate_kpa_s) < 1e-6 && strcmp(a->response_mode, b->response_mode) == 0 &&
		(a->basis == SES_SEM_ENTERED) == (b->basis == SES_SEM_ENTERED);
}

bool ses_sem_holds(const struct ses_sem *row, size_t n, size_t i)
{
	for (size_t k = i + 1; k < n; k++)
		if (ses_sem_same(&row[i], &row[k]))
			return false;
	return row[i].scale == row[n - 1].scale;
}
