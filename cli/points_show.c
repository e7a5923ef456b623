/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/points_show.h"

#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_POINTS = 12 }; /* of a procedure that leaves the number open */

static const char *yes_no(char letter)
{
	return letter == 'y' ? "yes" : "no";
}

/* ---- points ------------------------------------------------------------------------------------- */

static void json_finding(cJSON *json, const char *key, char letter)
{
	alg_json_string(json, key, letter == 'a' ? "active" : letter == 'l' ? "latent" : letter ? yes_no(letter) : NULL);
}

static cJSON *json_point(const struct ses_point *p, bool current)
{
	cJSON *json = cJSON_CreateObject();
	char side[2] = {p->side, '\0'};

	alg_json_string(json, "site", p->site_code);
	alg_json_string(json, "label", p->label);
	alg_json_string(json, "side", side);
	cJSON_AddNumberToObject(json, "series", p->series);
	cJSON_AddBoolToObject(json, "current", current);
	alg_json_string(json, "role", ses_role_word(p->role));
	cJSON_AddBoolToObject(json, "primary", p->primary);
	alg_json_number(json, "along_mm", p->along_mm);
	alg_json_number(json, "across_mm", p->across_mm);
	alg_json_string(json, "posture", p->posture);
	json_finding(json, "taut_band", p->finding_taut_band);
	json_finding(json, "referred_pain", p->finding_referred);
	alg_json_string(json, "referred_where", p->referred_where[0] ? p->referred_where : NULL);
	json_finding(json, "twitch", p->finding_twitch);
	json_finding(json, "familiar_pain", p->finding_familiar);
	json_finding(json, "activity", p->finding_activity);
	alg_json_string(json, "since", p->since[0] ? p->since : NULL);
	alg_json_string(json, "muscle", p->muscle);
	alg_json_string(json, "landmark", p->landmark);
	alg_json_string(json, "caution", p->caution[0] ? p->caution : NULL);
	alg_json_number(json, "ceiling_kpa", p->ceiling_kpa);
	return json;
}

static void add_finding(const char *name, char letter, char *out, size_t cap)
{
	size_t n = strlen(out);

	if (letter)
		snprintf(out + n, cap - n, "%s%s %s", n ? ", " : "", name,
			letter == 'a' ? "active" : letter == 'l' ? "latent" : yes_no(letter));
}

static void print_findings(const struct ses_point *p)
{
	char line[sizeof(p->referred_where) + 200] = "";
	size_t n;

	add_finding("trigger point", p->finding_activity, line, sizeof(line));
	add_finding("taut band", p->finding_taut_band, line, sizeof(line));
	add_finding("referred pain", p->finding_referred, line, sizeof(line));
	n = strlen(line);
	if (p->referred_where[0])
		snprintf(line + n, sizeof(line) - n, " (to: %s)", p->referred_where);
	add_finding("twitch", p->finding_twitch, line, sizeof(line));
	add_finding("familiar pain", p->finding_familiar, line, sizeof(line));
	if (*line)
		cli_print_wrapped(4, 6, line);
}

static void print_caution(int indent, const char *caution)
{
	char line[sizeof(((struct ses_site *)NULL)->caution) + 16];

	if (!caution[0])
		return;
	snprintf(line, sizeof(line), "caution: %s", caution);
	cli_print_wrapped(indent, indent + 2, line);
}

static void print_place(const struct ses_point *p)
{
	cli_print_wrapped(4, 6, p->landmark);
	if (!isnan(p->along_mm) || !isnan(p->across_mm)) {
		printf("    from there");
		if (!isnan(p->along_mm))
			printf(" %+g mm along", p->along_mm);
		if (!isnan(p->across_mm))
			printf("%s %+g mm across", isnan(p->along_mm) ? "" : ",", p->across_mm);
		printf(" the fibres\n");
	}
	print_caution(4, p->caution);
}

static void print_point(const struct ses_point *p)
{
	printf("  %-9s %s, %s%s\n", p->site_code, p->label, ses_role_word(p->role), p->primary ? ", primary" : "");
	print_place(p);
	printf("    %s, no further than %g kPa, series %d%s%s\n", p->posture, p->ceiling_kpa, p->series,
		p->since[0] ? " since " : "", p->since);
	print_findings(p);
}

/* What a session with the study's procedure measures, and for how long; a fault there is told but is none here. */
static double session_time(struct cli *cli, const struct ses_study *study, const struct ses_sites *sites,
	const struct ses_points *points, size_t *n)
{
	struct ses_procedure proc;
	struct ses_points out = {NULL, 0};
	double s = NAN;

	*n = 0;
	if (ses_study_procedure(study, study->procedure, sites, &proc, NULL) == 0 &&
		ses_procedure_points(&proc, sites, points, &out, points->n ? &cli->log : NULL) == 0) {
		*n = out.n;
		s = ses_procedure_expected_all_s(&proc, &out);
	}
	ses_points_free(&out);
	ses_procedure_free(&proc);
	return s;
}

static bool is_current(const struct ses_points *points, size_t i)
{
	return ses_points_find(points, points->point[i].site_code) == &points->point[i];
}

static int points_json(const struct ses_study *study, const char *code, const struct ses_points *points, size_t n,
	double expected_s)
{
	cJSON *json = cJSON_CreateObject(), *list;

	alg_json_string(json, "participant", code);
	alg_json_string(json, "study", study->id);
	list = cJSON_AddArrayToObject(json, "points");
	for (size_t i = 0; i < points->n; i++)
		cJSON_AddItemToArray(list, json_point(&points->point[i], is_current(points, i)));
	alg_json_string(json, "procedure", study->procedure);
	cJSON_AddNumberToObject(json, "session_points", (double)n);
	alg_json_number(json, "expected_s", expected_s);
	return alg_json_print(json, 1, stdout);
}

int points_show(struct cli *cli, const struct ses_study *study, const struct ses_sites *sites, const char *code,
	const struct ses_points *points)
{
	size_t *index = malloc((points->n + 1) * sizeof(*index)), n_session, n;
	double expected_s;

	if (!index)
		return alg_fail(&cli->log, MSG_NOMEM, "points");
	n = ses_points_current(points, index);
	expected_s = session_time(cli, study, sites, points, &n_session);
	if (cli->json) {
		free(index);
		return points_json(study, code, points, n_session, expected_s);
	}
	if (n == 0)
		printf("%s has no points yet: add one with 'algometer points %s add SITE'\n", code, code);
	else
		printf("%s has %zu point%s\n", code, n, n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++)
		print_point(&points->point[index[i]]);
	if (points->n > n)
		printf("  earlier series kept in points.tsv: %zu\n", points->n - n);
	if (n && n_session)
		printf("With procedure %s a session has %zu points and takes about %.0f min.\n", study->procedure, n_session,
			ceil(expected_s / 60));
	free(index);
	return 0;
}

int points_show_change(struct cli *cli, const char *code, const struct ses_point *point, const char *done)
{
	if (cli->json) {
		cJSON *json = cJSON_CreateObject();

		alg_json_string(json, "participant", code);
		alg_json_string(json, "done", done);
		cJSON_AddItemToObject(json, "point", json_point(point, true));
		return alg_json_print(json, 1, stdout);
	}
	printf("%s: %s\n", code, done);
	print_point(point);
	return 0;
}

/* ---- tables ------------------------------------------------------------------------------------- */

static cJSON *json_site(const struct ses_site *site)
{
	cJSON *json = cJSON_CreateObject();
	char side[2] = {site->side, '\0'};

	alg_json_string(json, "site", site->code);
	alg_json_string(json, "label", site->label);
	alg_json_string(json, "muscle", site->muscle);
	alg_json_string(json, "side", side);
	alg_json_string(json, "view", site->view);
	alg_json_number(json, "x", site->x);
	alg_json_number(json, "y", site->y);
	alg_json_string(json, "landmark", site->landmark);
	alg_json_number(json, "ceiling_kpa", site->ceiling_kpa);
	alg_json_string(json, "posture", site->posture);
	alg_json_string(json, "caution", site->caution[0] ? site->caution : NULL);
	alg_json_string(json, "sets", site->sets);
	alg_json_string(json, "source", site->source);
	return json;
}

static void print_site(const struct ses_site *site)
{
	printf("%-10s %-44s %4g kPa  %s\n", site->code, site->label, site->ceiling_kpa, site->posture);
	cli_print_wrapped(11, 13, site->landmark);
	print_caution(11, site->caution);
}

int points_show_sites(struct cli *cli, const struct ses_sites *sites, const char *word)
{
	cJSON *list = cli->json ? cJSON_CreateArray() : NULL;
	size_t n = 0;

	for (size_t i = 0; i < sites->n; i++) {
		const struct ses_site *site = &sites->site[i];

		if (*word && !ses_site_matches(site, word))
			continue;
		n++;
		if (cli->json)
			cJSON_AddItemToArray(list, json_site(site));
		else
			print_site(site);
	}
	if (n == 0) {
		cJSON_Delete(list);
		return alg_fail(&cli->log, MSG_SITE_UNKNOWN, word);
	}
	return cli->json ? alg_json_print(list, 1, stdout) : 0;
}

static size_t usual_points(const struct ses_procedure *proc)
{
	size_t targets = proc->n_targets ? (size_t)proc->n_targets : USUAL_POINTS;

	if (!proc->points_from_participant)
		return (size_t)(proc->n_sites + proc->n_control);
	if (!proc->n_targets)
		return USUAL_POINTS;
	return targets * (proc->contralateral ? 2 : 1) + (size_t)proc->n_control;
}

static cJSON *json_procedure(const struct ses_procedure *proc)
{
	cJSON *json = cJSON_CreateObject();
	size_t n = usual_points(proc);

	alg_json_string(json, "procedure", proc->id);
	alg_json_string(json, "version", proc->version);
	alg_json_string(json, "name", proc->name);
	cJSON_AddNumberToObject(json, "points", (double)n);
	cJSON_AddNumberToObject(json, "rounds", proc->rounds);
	alg_json_number(json, "rate_kpa_s", proc->rate_kpa_s);
	alg_json_number(json, "tip_area_cm2", proc->tip_area_cm2);
	alg_json_number(json, "ceiling_kpa", proc->ceiling_kpa);
	alg_json_number(json, "expected_s", ses_procedure_expected_s(proc, n));
	alg_json_string(json, "source", proc->source);
	return json;
}

static void print_procedure(const struct ses_procedure *proc, bool usual)
{
	size_t n = usual_points(proc);

	printf("%-18s %s\n", proc->id, proc->name);
	printf("                   %zu points, %d round%s, about %.0f min%s\n", n, proc->rounds,
		proc->rounds == 1 ? "" : "s", ceil(ses_procedure_expected_s(proc, n) / 60), usual ? ", this study's usual one" : "");
	printf("                   %g kPa/s, tip %g cm2, no further than %g kPa\n", proc->rate_kpa_s, proc->tip_area_cm2,
		proc->ceiling_kpa);
}

/* One broken file of a study's own is told and does not hide the others. */
int points_show_procedures(struct cli *cli, const struct ses_study *study, const struct ses_sites *sites)
{
	char(*ids)[SES_PROCEDURE_ID_MAX] = malloc(SES_STUDY_PROCEDURES_MAX * SES_PROCEDURE_ID_MAX);
	cJSON *list = cli->json ? cJSON_CreateArray() : NULL;
	size_t n = ids ? ses_study_procedures(study, ids) : 0;
	int worst = ids ? 0 : alg_fail(&cli->log, MSG_NOMEM, "procedures"), rc = 0;

	for (size_t i = 0; i < n; i++) {
		struct ses_procedure proc;

		rc = ses_study_procedure(study, ids[i], sites, &proc, &cli->log);
		if (rc)
			worst = rc;
		else if (cli->json)
			cJSON_AddItemToArray(list, json_procedure(&proc));
		else
			print_procedure(&proc, study && strcmp(study->procedure, proc.id) == 0);
		ses_procedure_free(&proc);
	}
	free(ids);
	rc = cli->json ? alg_json_print(list, 1, stdout) : 0;
	return worst ? worst : rc;
}
