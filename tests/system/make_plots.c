/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_plots FOLDER [log] - a study folder of sessions that are hard to draw, two sessions each unless said:
 *   P024   24 points with names of more than 40 letters and umlauts; rises, falls and neither; rates
 *          of which some are too fast or too slow, one press rejected, one censored, one missing point
 *   P003   3 points: a target, its other side, a control
 *   P900   every press censored, and at other ceilings
 *   P404   3 points, the target missing in the second session: the patient asked to stop
 *   P500   5 points that all fell
 *   P001   one session
 * With "log" the study has errors of measuring on the log10 scale, of some sites and of the net change.
 * Nobody was measured; the same numbers at every run.
 */
#include "base/file.h"
#include "base/text.h"
#include "data/chain.h"
#include "data/sem.h"
#include "data/study.h"
#include "tests/unit/help_course.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 10, CONTROLS = 4 };

static const struct { const char *code, *name; } places[PLACES + CONTROLS] = {
	{"UTRAP", "Oberer Trapezmuskel, Mitte zwischen Halswirbels\xc3\xa4ule und Schulterh\xc3\xb6he"},
	{"LEV", "Schulterblattheber, zwei Querfinger \xc3\xbc" "ber dem oberen Winkel"},
	{"RHOM", "Gro\xc3\x9f" "er Rautenmuskel, neben dem Dornfortsatz des f\xc3\xbcnften Brustwirbels"},
	{"ISP", "Untergr\xc3\xa4tenmuskel, Mitte der Grube unter der Schulterblattgr\xc3\xa4te"},
	{"ESL1", "R\xc3\xbc" "ckenstrecker in H\xc3\xb6he des ersten Lendenwirbelk\xc3\xb6rpers"},
	{"ESL3", "R\xc3\xbc" "ckenstrecker in H\xc3\xb6he des dritten Lendenwirbelk\xc3\xb6rpers"},
	{"QL", "Viereckiger Lendenmuskel, \xc3\xbc" "ber dem Beckenkamm seitlich getastet"},
	{"GMED", "Mittlerer Ges\xc3\xa4\xc3\x9fmuskel, drei Querfinger unter dem Beckenkamm"},
	{"PIRI", "Birnenf\xc3\xb6rmiger Muskel, Mitte zwischen Kreuzbein und Rollh\xc3\xbcgel"},
	{"SUBO", "Tiefe Nackenmuskeln unter dem Hinterhaupt, seitlich der Mittellinie"},
	{"TA", "Vorderer Schienbeinmuskel, handbreit unter dem Schienbeinh\xc3\xb6" "cker"},
	{"FDI", "Erster Zwischenknochenmuskel der Hand, r\xc3\xbc" "ckseitig, weicher Anteil"},
	{"DELTM", "Seitlicher Deltamuskel, f\xc3\xbcnf Querfinger unter der Schulterh\xc3\xb6he"},
	{"THEN", "Daumenballen, Mitte des kurzen Abspreizers, Handfl\xc3\xa4" "che nach oben"},
};

static void add_point(struct ses_session *ses, int place, char side, enum ses_role role, bool primary, bool long_name)
{
	struct ses_point p = {.side = side, .series = 1, .role = role, .primary = primary, .along_mm = NAN, .across_mm = NAN,
		.x = side == 'R' ? 0.52 + 0.015 * place : 0.48 - 0.015 * place, .y = 0.12 + 0.03 * place, .ceiling_kpa = 1000};

	snprintf(p.site_code, sizeof(p.site_code), "%s_%c", places[place].code, side);
	snprintf(p.label, sizeof(p.label), "%.*s (%s)", long_name ? 80 : 12, long_name ? places[place].name : places[place].code,
		side == 'R' ? "right" : "left");
	snprintf(p.view, sizeof(p.view), "posterior");
	snprintf(p.posture, sizeof(p.posture), "sitting");
	snprintf(p.since, sizeof(p.since), "2026-03-02");
	ses_session_add_points(ses, &(struct ses_points){&p, 1});
}

static void begin(struct ses_session *ses, const char *code, int number)
{
	char day[24];

	snprintf(day, sizeof(day), "2026-03-%02d", 2 + 7 * (number - 1));
	help_session(ses, number, "", day);
	snprintf(ses->header.participant, sizeof(ses->header.participant), "%s", code);
	free(ses->points);
	ses->points = NULL;
	ses->n_points = 0;
}

static void few_points(struct ses_session *ses)
{
	add_point(ses, 0, 'R', SES_ROLE_TARGET, true, false);
	add_point(ses, 0, 'L', SES_ROLE_CONTRALATERAL, false, false);
	add_point(ses, 10, 'R', SES_ROLE_CONTROL, false, false);
}

/* Three presses a point around kpa[i]; below 0 missing, at or over the ceiling censored. */
static void presses(struct ses_session *ses, const double *kpa, double ceiling_kpa)
{
	for (int round = 0; round < HELP_ROUNDS; round++)
		for (int i = 0; i < (int)ses->n_points; i++) {
			struct ses_trial *t;

			if (kpa[i] < 0)
				help_press_ended(ses, i, SES_MISSING, SES_REASON_PATIENT, NAN);
			else if (kpa[i] >= ceiling_kpa)
				help_press_ended(ses, i, SES_CENSORED, SES_REASON_CEILING, ceiling_kpa);
			else
				help_press(ses, i, kpa[i] + 6 - 6 * round);
			t = &ses->trials[ses->n_trials - 1];
			if (t->status != SES_MISSING) { /* a wandering hand: now and then too fast or too slow */
				t->rate_kpa_s = 30 + 4.4 * sin(1.3 * (double)ses->n_trials) + 3.4 * sin(0.31 * (double)ses->n_trials);
				t->rate_sd_kpa_s = 2 + sin((double)ses->n_trials);
				t->corridor_share = 0.55 + 0.4 * cos(0.7 * (double)ses->n_trials);
			}
		}
}

static void many(struct ses_session *ses, int number)
{
	double kpa[2 * PLACES + CONTROLS];
	int n = 0;

	for (int i = 0; i < PLACES; i++) {
		add_point(ses, i, 'R', SES_ROLE_TARGET, i < 2, true);
		kpa[n++] = 210 + 17 * i + (number == 2 ? 160 - 34 * i : 0);
		add_point(ses, i, 'L', SES_ROLE_CONTRALATERAL, false, true);
		kpa[n++] = 330 + 12 * i + (number == 2 ? 20 - 4 * i : 0);
	}
	for (int i = 0; i < CONTROLS; i++) {
		add_point(ses, PLACES + i, 'R', SES_ROLE_CONTROL, false, true);
		kpa[n++] = 480 + 110 * i + (number == 2 ? 12 : 0);
	}
	if (number == 2) {
		kpa[3] = -1;
		kpa[n - 1] = 1000;
	} else {
		kpa[n - 2] = 1000;
	}
	presses(ses, kpa, 820);
	help_press_ended(ses, 0, SES_REJECTED, SES_REASON_EXAMINER, 240);
}

static void fill(struct ses_session *ses, const char *code, int number)
{
	static const double three[2][3] = {{212, 301, 552}, {330, 296, 561}}, gap[2][3] = {{212, 301, 552}, {-1, 296, 561}},
		high[3] = {900, 900, 900}, fall[2][5] = {{300, 340, 360, 410, 520}, {215, 262, 240, 338, 399}};
	int k = number - 1;

	begin(ses, code, number);
	if (strcmp(code, "P024") == 0) {
		many(ses, number);
	} else if (strcmp(code, "P500") == 0) {
		for (int i = 0; i < 5; i++)
			add_point(ses, i, 'R', i < 4 ? SES_ROLE_TARGET : SES_ROLE_CONTROL, i == 0, false);
		presses(ses, fall[k], 600);
	} else {
		few_points(ses);
		presses(ses, strcmp(code, "P900") == 0 ? high : strcmp(code, "P404") == 0 ? gap[k] : three[k],
			strcmp(code, "P900") == 0 ? 600 - 100 * k : 600);
	}
	ses_session_chain_all(ses);
}

static int add_errors(const struct ses_study *study, struct alg_log *log)
{
	static const char *const site[] = {"UTRAP", "LEV", "RHOM", "ESL1", "TA", SES_SEM_NET};
	struct ses_sem row[sizeof(site) / sizeof(site[0])];

	for (size_t i = 0; i < sizeof(site) / sizeof(site[0]); i++) {
		row[i] = (struct ses_sem){.kind = SES_SEM_BETWEEN_VISITS, .basis = SES_SEM_SESSIONS, .measure = SES_MEASURE_THRESHOLD,
			.scale = SES_SCALE_LOG10, .sem = 0.06, .low = 0.045, .high = 0.09, .df = 19, .participants = 20, .values = 20,
			.level_kpa = 300, .press_sd = 0.07, .sd_change = 0.085, .r = 0.8, .rule = SES_RULE_MEAN, .presses = 3,
			.tip_area_cm2 = 1, .rate_kpa_s = 30, .response_mode = "button", .days_min = 5, .days_max = 9, .who = "EX1",
			.source = "made up for a test"};
		snprintf(row[i].id, sizeof(row[i].id), "R1");
		snprintf(row[i].site, sizeof(row[i].site), "%s", site[i]);
	}
	return ses_sem_append(study, row, sizeof(site) / sizeof(site[0]), log);
}

static void say(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	fprintf(stderr, "make_plots: %s [%d]\n", text, id);
}

int main(int argc, char **argv)
{
	static const char *const code[] = {"P024", "P003", "P900", "P404", "P500", "P001"};
	struct alg_log log = {.sink = say, .level = ALG_LEVEL_WARNING};
	struct ses_study study;
	char path[PATH_MAX + 128];
	int rc;

	if (argc != 2 && !(argc == 3 && strcmp(argv[2], "log") == 0))
		return 2;
	ses_study_defaults(&study);
	strcpy(study.id, "HARD");
	study.simulated = true;
	rc = ses_study_init(argv[1], &study, &log);
	if (rc >= 0)
		rc = ses_study_open(&study, argv[1], &log);
	if (rc >= 0 && argc == 3)
		rc = add_errors(&study, &log);
	for (size_t i = 0; i < sizeof(code) / sizeof(code[0]); i++)
		for (int number = 1; number <= (i == 5 ? 1 : 2); number++) {
			struct ses_session ses;

			fill(&ses, code[i], number);
			snprintf(path, sizeof(path), "%s/sub-%s/ses-%02d", argv[1], code[i], number);
			if (rc >= 0)
				rc = alg_dir_make(path, &log);
			snprintf(path, sizeof(path), "%s/sub-%s/ses-%02d/sub-%s_ses-%02d_algometry.h5", argv[1], code[i], number, code[i],
				number);
			if (rc >= 0)
				rc = ses_h5_publish(&ses, path, &log);
			ses_session_clear(&ses);
		}
	return rc < 0;
}
