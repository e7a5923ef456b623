/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_store.c - the table of errors: what holds now, and one entered from the literature. */
#include "cli/reliability.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "stats/error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int rel_scale(struct cli *cli, const struct ses_study *study, const struct rel_args *args, enum ses_scale *held)
{
	struct ses_sem *row;
	size_t n;
	int rc = ses_sem_load(study, &row, &n, &cli->log);

	*held = 0;
	if (rc)
		return rc;
	if (n)
		*held = row[n - 1].scale;
	free(row);
	if (*held && args->scale && args->scale != *held && !args->why)
		return alg_fail(&cli->log, MSG_REL_SCALE, ses_scale_word(*held), ses_scale_word(args->scale), ses_scale_word(args->scale));
	return 0;
}

/* ---- what no longer has sessions behind it ---------------------------------------------------------------- */

static bool is_stale(const struct ses_sem *row, const struct ses_sem *stored, const struct rel_args *args)
{
	return row->basis != SES_SEM_ENTERED && strcmp(row->id, stored->id) && (!args->kind || row->kind == args->kind) &&
		(!args->site || strcmp(row->site, args->site) == 0) && row->rule == stored->rule &&
		fabs(row->tip_area_cm2 - stored->tip_area_cm2) <= 0.005 * stored->tip_area_cm2 &&
		fabs(row->rate_kpa_s - stored->rate_kpa_s) < 1e-6 && strcmp(row->response_mode, stored->response_mode) == 0;
}

int rel_tell_stale(struct cli *cli, const struct ses_study *study, const struct ses_sem *stored, const struct rel_args *args)
{
	char sites[300] = "";
	struct ses_sem *row;
	size_t n, stale = 0;
	int rc = ses_sem_load(study, &row, &n, &cli->log);

	if (rc)
		return rc;
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(sites);

		if (!is_stale(&row[i], stored, args) || !ses_sem_holds(row, n, i))
			continue;
		if (stale++ < 8)
			snprintf(sites + len, sizeof(sites) - len, "%s%s %s", len ? ", " : "", row[i].site, ses_sem_kind_word(row[i].kind));
	}
	free(row);
	if (stale)
		alg_warn(&cli->log, MSG_REL_STALE, stale, stale == 1 ? "" : "s", stale == 1 ? "s" : "", sites, stale > 8 ? ", ..." : "");
	return 0;
}

/* ---- list --------------------------------------------------------------------------------------------- */

static void number(char *out, size_t cap, double v)
{
	if (isfinite(v))
		snprintf(out, cap, "%.4g", v);
	else
		snprintf(out, cap, "%s", isinf(v) ? "known" : "-");
}

/* The tables may have been written by anybody. */
static void print_line(const char *line)
{
	char clean[1200];

	alg_text_clean(clean, sizeof(clean), line);
	cli_print_wrapped(0, 4, clean);
}

static void print_row(const struct ses_sem *s, bool hold)
{
	char sem[24], low[24], high[24], df[24], line[700];

	number(sem, sizeof(sem), s->sem);
	number(low, sizeof(low), s->low);
	number(high, sizeof(high), s->high);
	number(df, sizeof(df), s->df);
	snprintf(line, sizeof(line), "%s %s: SEM %s %s (%s to %s), df %s, %s; %s of %d, tip %g cm2, %g kPa/s, %s, %s; by %s, %.10s, from %s: %s%s",
		s->site, ses_sem_kind_word(s->kind), sem, ses_scale_word(s->scale), low, high, df, ses_measure_word(s->measure),
		ses_rule_word(s->rule), s->presses, s->tip_area_cm2, s->rate_kpa_s, s->response_mode, ses_sem_basis_word(s->basis), s->who,
		s->made, s->basis == SES_SEM_ENTERED ? "the literature" : "the study", s->source, hold ? "" : " [REPLACED]");
	print_line(line);
}

static cJSON *row_json(const struct ses_sem *s, bool hold)
{
	cJSON *row = cJSON_CreateObject();

	cJSON_AddBoolToObject(row, "holds", hold);
	alg_json_string(row, "kind", ses_sem_kind_word(s->kind));
	alg_json_string(row, "basis", ses_sem_basis_word(s->basis));
	alg_json_string(row, "site", s->site);
	alg_json_string(row, "measure", ses_measure_word(s->measure));
	alg_json_string(row, "scale", ses_scale_word(s->scale));
	alg_json_number(row, "sem", s->sem);
	alg_json_number(row, "sem_low", s->low);
	alg_json_number(row, "sem_high", s->high);
	alg_json_number(row, "df", isinf(s->df) ? NAN : s->df);
	alg_json_number(row, "participants", s->participants ? s->participants : NAN);
	alg_json_string(row, "rule", ses_rule_word(s->rule));
	alg_json_number(row, "presses", s->presses);
	alg_json_number(row, "tip_area_cm2", s->tip_area_cm2);
	alg_json_number(row, "rate_kpa_s", s->rate_kpa_s);
	alg_json_string(row, "response_mode", s->response_mode);
	alg_json_string(row, "who", s->who);
	alg_json_string(row, "made", s->made);
	alg_json_string(row, "source", s->source);
	return row;
}

static cJSON *pair_json(const struct ses_stable *s, const char *a, const char *b)
{
	cJSON *row = cJSON_CreateObject();

	alg_json_string(row, "participant", s->participant);
	alg_json_string(row, "a", a);
	alg_json_string(row, "b", b);
	alg_json_string(row, "who", s->who);
	alg_json_string(row, "time", s->time);
	alg_json_string(row, "why", s->why);
	alg_json_string(row, "despite", *s->despite ? s->despite : NULL);
	return row;
}

static void put_rows(const struct ses_sem *row, size_t n, cJSON *json)
{
	cJSON *array = json ? cJSON_AddArrayToObject(json, "errors") : NULL;

	if (!json)
		printf("%s\n", n ? "Errors of measuring that are stored:" : "No error of measuring is stored "
			"(algometer reliability --store, or reliability add).");
	for (size_t i = 0; i < n; i++) {
		if (json)
			cJSON_AddItemToArray(array, row_json(&row[i], ses_sem_holds(row, n, i)));
		else
			print_row(&row[i], ses_sem_holds(row, n, i));
	}
}

static void put_pairs(const struct ses_stable *pair, size_t n, cJSON *json)
{
	cJSON *array = json ? cJSON_AddArrayToObject(json, "stable_pairs") : NULL;
	char a[SES_SESSION_NAME_MAX], b[SES_SESSION_NAME_MAX], line[600];

	if (!json)
		printf("%s\n", n ? "Pairs marked stable:" : "No pair of sessions is marked stable.");
	for (size_t i = 0; i < n; i++) {
		ses_session_name_text(a, &pair[i].a);
		ses_session_name_text(b, &pair[i].b);
		snprintf(line, sizeof(line), "%s %s and %s, by %s, %.10s: %s%s%s", pair[i].participant, a, b, pair[i].who, pair[i].time,
			pair[i].why, *pair[i].despite ? "; despite a treatment: " : "", pair[i].despite);
		if (json)
			cJSON_AddItemToArray(array, pair_json(&pair[i], a, b));
		else
			print_line(line);
	}
}

int rel_list(struct cli *cli)
{
	struct ses_study study;
	struct ses_sem *row = NULL;
	struct ses_stable *pair = NULL;
	size_t n = 0, n_pairs = 0;
	int rc = ses_study_open(&study, cli->study, &cli->log);

	if (rc == 0)
		rc = ses_sem_load(&study, &row, &n, &cli->log);
	if (rc == 0)
		rc = ses_stable_load(&study, &pair, &n_pairs, &cli->log);
	if (rc == 0) {
		cJSON *json = cli->json ? cJSON_CreateObject() : NULL;

		if (json) {
			alg_json_string(json, "algometer", "reliability-list");
			alg_json_number(json, "version", 1);
		}
		put_rows(row, n, json);
		put_pairs(pair, ses_stable_holding(pair, n_pairs), json);
		if (json)
			rc = alg_json_print(json, 1, stdout);
	}
	free(row);
	free(pair);
	return rc;
}

/* ---- add ------------------------------------------------------------------------------------------------- */

static const char *missing(const struct rel_args *args)
{
	return !args->kind ? "--kind is needed: within-visit, between-visits or between-examiners"
		: !args->site ? "--site is needed: a code, a place for both its sides, or net"
		: isnan(args->sem) ? "--sem is needed: the SEM of one person's value (a minimal detectable change is not taken: SEM = MDC95 / 2.77)"
		: !args->presses ? "--presses is needed: how many presses one value rests on"
		: !args->read.rule ? "--rule is needed: mean, drop-first or median"
		: isnan(args->tip_area_cm2) ? "--tip is needed: cm2"
		: isnan(args->rate_kpa_s) ? "--rate is needed: kPa/s"
		: !args->response ? "--response is needed: button, examiner-key, verbal-peak or gauge"
		: !args->source ? "--source is needed: where it was published"
		: !args->who ? "--who is needed: a code" : NULL;
}

static int fill(struct cli *cli, const struct rel_args *args, struct ses_sem *s)
{
	*s = (struct ses_sem){.kind = args->kind, .basis = SES_SEM_ENTERED, .scale = args->scale, .sem = args->sem,
		.measure = args->measure ? args->measure : SES_MEASURE_THRESHOLD, .df = isnan(args->df) ? INFINITY : args->df,
		.participants = (int)args->participants, .rule = args->read.rule, .presses = (int)args->presses,
		.tip_area_cm2 = args->tip_area_cm2, .rate_kpa_s = args->rate_kpa_s};
	s->level_kpa = s->press_sd = s->sd_change = s->r = s->days_min = s->days_max = NAN;
	struct st_sem known = st_sem_of_variance(s->sem * s->sem, s->df, 0.95);

	s->low = isinf(s->df) ? NAN : known.ci.low;
	s->high = isinf(s->df) ? NAN : known.ci.high;
	ses_uuid_make(s->id);
	if (!alg_text_copy(s->site, sizeof(s->site), args->site) || !alg_text_copy(s->who, sizeof(s->who), args->who) ||
		!alg_text_is_name(args->who, sizeof(s->who) - 1))
		return alg_fail(&cli->log, MSG_REL_ENTERED, "--site and --who are codes of at most 15 and 31 characters");
	if (!ses_response_from_word(args->response) || !alg_text_copy(s->response_mode, sizeof(s->response_mode), args->response))
		return alg_fail(&cli->log, MSG_OPTION_VALUE, "--response", args->response, "button, examiner-key, verbal-peak or gauge");
	if (!alg_text_copy(s->source, sizeof(s->source), args->source) || !alg_text_is_clean(args->source, strlen(args->source)))
		return alg_fail(&cli->log, MSG_REL_ENTERED, "--source is one line of less than 200 characters");
	if (alg_text_has_word(args->source, "group"))
		return alg_fail(&cli->log, MSG_REL_GROUP);
	return 0;
}

int rel_add(struct cli *cli, const struct rel_args *args)
{
	struct ses_study study;
	struct ses_sem row;
	enum ses_scale held;
	int rc = missing(args) ? alg_fail(&cli->log, MSG_REL_ENTERED, missing(args)) : ses_study_open(&study, cli->study, &cli->log);

	if (rc == 0)
		rc = fill(cli, args, &row);
	if (rc == 0)
		rc = rel_scale(cli, &study, args, &held);
	if (rc == 0 && !row.scale)
		row.scale = held ? held : SES_SCALE_KPA;
	if (rc == 0)
		rc = ses_sem_append(&study, &row, 1, &cli->log);
	if (rc == 0 && !cli->json)
		printf("Entered: %s, %s, SEM %g %s. Matching comparisons are held against it from now on.\n", row.site,
			ses_sem_kind_word(row.kind), row.sem, ses_scale_word(row.scale));
	return rc;
}
