/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * validate - is the method right, not only the arithmetic? Stable people are simulated, measured twice and
 * held against the errors that the program itself found in other stable people: whatever is called a
 * change here is a false alarm. Prints the table of docs/VALIDATION.md; exits 1 when a limit is broken.
 *
 *     validate [SEED [CLINICS]]
 *
 * The world: variances of 20 healthy adults at the lumbar erector spinae, two sessions (raw data
 * bernard-liew/2020_ICCvarComp, Liew 2021; newton on 1 cm2 as 10 kPa): between people SD 149 kPa, single
 * presses SD 67.7 kPa, SEM of the mean of three between sessions 66.2 kPa, hence between sessions
 * sqrt(66.2^2 - 67.7^2 / 3) = 53.4 kPa, of which half is shared by all sites of a visit. Twelve sites at
 * 300 to 685 kPa. "log10": the same as shares of 489 kPa, so that all grows with the level.
 */
#include "analysis/reliability.h"

#include "analysis/compare.h"
#include "sim/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 12, TARGETS = 8, CLINICS = 200, PATIENTS = 50, PRESSES = 3, LOWEST = 3 };
static int clinics = CLINICS;

static const double PERSON_KPA = 149, SESSION_KPA = 53.4, PRESS_KPA = 67.7, LEVEL_KPA = 489, SHARED = 0.5;

struct scenario {
	const char *name;
	bool logs;       /* the world's errors grow with the level */
	enum ses_scale scale; /* that the study works on; 0: as its own test decides */
	int stable;      /* people in the clinic's reliability study */
	int baseline;    /* visits in the baseline */
	int presses;     /* at the later visit */
	enum ses_sem_kind kind; /* held against this error, also where the program would refuse it */
	double low, high; /* per cent of points flagged that is right */
};

static const struct scenario scenarios[] = {
	{"own SEM of 20 stable people", false, SES_SCALE_KPA, 20, 1, 3, SES_SEM_BETWEEN_VISITS, 4, 6},
	{"own SEM of 8 stable people", false, SES_SCALE_KPA, 8, 1, 3, SES_SEM_BETWEEN_VISITS, 4, 6},
	{"baseline of two visits", false, SES_SCALE_KPA, 20, 2, 3, SES_SEM_BETWEEN_VISITS, 4, 6},
	{"two presses instead of three", false, SES_SCALE_KPA, 20, 1, 2, SES_SEM_BETWEEN_VISITS, 4, 6},
	{"errors grow with level, log10", true, SES_SCALE_LOG10, 20, 1, 3, SES_SEM_BETWEEN_VISITS, 4, 6},
	{"errors grow with level, own choice", true, 0, 20, 1, 3, SES_SEM_BETWEEN_VISITS, 4, 6.5},
	{"WRONG: within-visit error instead", false, SES_SCALE_KPA, 20, 1, 3, SES_SEM_WITHIN_VISIT, 15, 40},
};
enum { SCENARIOS = sizeof(scenarios) / sizeof(scenarios[0]) };

/* ---- people ---------------------------------------------------------------------------------------- */

static uint64_t key;
static uint64_t drawn;

static double normal(double sd)
{
	return sd * sim_normal(key, drawn++);
}

struct person {
	double level[SITES]; /* true threshold, kPa; or natural log of it */
};

static double log_sd(double kpa)
{
	return kpa / LEVEL_KPA;
}

static struct person person_new(const struct scenario *s)
{
	struct person p;
	double whole = normal(s->logs ? log_sd(PERSON_KPA) : PERSON_KPA);

	for (int i = 0; i < SITES; i++) {
		double site = 300 + 35.0 * i;

		p.level[i] = (s->logs ? log(site) : site) + whole;
	}
	return p;
}

static void add_point(struct ses_session *ses, int i)
{
	struct ses_point *p = &ses->points[i];

	p->role = i < TARGETS ? SES_ROLE_TARGET : SES_ROLE_CONTROL;
	p->side = 'R';
	p->series = 1;
	snprintf(p->site_code, sizeof(p->site_code), "S%02d_R", i);
}

static void header(struct ses_header *h, int number, int session)
{
	h->session = session;
	h->run = 1;
	h->tip_area_cm2 = 1;
	h->target_rate_kpa_s = 30;
	h->corridor = 0.2;
	h->rounds = PRESSES;
	h->simulated = h->complete = 1;
	h->started_unix_s = 86400.0 * 7 * session;
	snprintf(h->participant, sizeof(h->participant), "P%d", number);
	snprintf(h->visit_day, sizeof(h->visit_day), "2026-01-%02d", (1 + 7 * session) % 32);
	snprintf(h->examiner, sizeof(h->examiner), "EX1");
	snprintf(h->rule, sizeof(h->rule), "mean");
	snprintf(h->response_mode, sizeof(h->response_mode), "button");
	snprintf(h->procedure_id, sizeof(h->procedure_id), "validation");
}

/* One visit of a stable person, made as a session and read as every session is. */
static void measure(struct ana_visit *visit, const struct scenario *s, const struct person *p, int number, int session, int presses)
{
	struct ses_point points[SITES] = {{.series = 0}};
	struct ses_trial trials[SITES * PRESSES];
	struct ses_session ses = {.points = points, .n_points = SITES, .trials = trials};
	double unit = s->logs ? 1 / LEVEL_KPA : 1;
	double shared = normal(unit * SESSION_KPA * sqrt(SHARED));

	header(&ses.header, number, session);
	for (int i = 0; i < SITES; i++) {
		double own = normal(unit * SESSION_KPA * sqrt(1 - SHARED));

		add_point(&ses, i);
		for (int k = 0; k < presses; k++) {
			double v = p->level[i] + shared + own + normal(unit * PRESS_KPA);
			struct ses_trial *t = &trials[ses.n_trials++];

			*t = (struct ses_trial){.trial = (int32_t)ses.n_trials, .point = i, .series = 1, .round = k + 1, .press = k + 1,
				.status = SES_ACCEPTED, .kind = SES_KIND_THRESHOLD, .response = SES_RESPONSE_BUTTON,
				.ppt_kpa = s->logs ? exp(v) : fmax(v, 1), .ceiling_kpa = 5000, .rate_kpa_s = 30, .corridor_share = 1,
				.ptt_kpa = NAN, .uncertainty_kpa = NAN};
			memcpy(t->site_code, points[i].site_code, sizeof(t->site_code));
			t->side[0] = 'R';
		}
	}
	if (ana_visit_from_session(visit, &ses, "simulated", NULL, NULL))
		abort();
}

/* ---- the clinic's own errors ----------------------------------------------------------------------- */

struct errors {
	struct ses_sem sem[256];
	size_t n;
};

/* Rows of the wanted kind only; the wrong one is given out as the right one, which the program never does. */
static void take_rows(struct errors *out, const struct ana_reliability *rel, enum ses_sem_kind kind)
{
	out->n = 0;
	for (size_t i = 0; i < rel->n_rows && out->n < sizeof(out->sem) / sizeof(out->sem[0]); i++)
		if (rel->row[i].sem.kind == kind) {
			out->sem[out->n] = rel->row[i].sem;
			out->sem[out->n++].kind = SES_SEM_BETWEEN_VISITS;
		}
}

static void reliability_study(struct errors *out, const struct scenario *s)
{
	struct ana_rel_options options = {.scale = s->scale};
	struct ana_visit *visit = calloc(2 * (size_t)s->stable, sizeof(*visit));
	struct ana_stable_pair *pair = calloc((size_t)s->stable, sizeof(*pair));
	struct ana_reliability rel;

	if (!visit || !pair)
		abort();
	for (int i = 0; i < s->stable; i++) {
		struct person p = person_new(s);

		for (int v = 0; v < 2; v++)
			measure(&visit[2 * i + v], s, &p, i + 1, v + 1, PRESSES);
		pair[i] = (struct ana_stable_pair){2 * (size_t)i, 2 * (size_t)i + 1};
	}
	if (ana_reliability_make(&rel, visit, 2 * (size_t)s->stable, pair, (size_t)s->stable, &options, NULL))
		abort();
	take_rows(out, &rel, s->kind);
	ana_reliability_free(&rel);
	for (int i = 0; i < 2 * s->stable; i++)
		ana_visit_free(&visit[i]);
	free(visit);
	free(pair);
}

/* ---- stable patients ------------------------------------------------------------------------------- */

struct tally {
	long points, flagged, covered, patients, some, net, net_flagged;
	double lowest_kpa; /* sum of changes of the three points that were lowest at the first visit */
};

static bool covers_zero(const struct ana_change *c)
{
	double low = isnan(c->ci_low_kpa) ? c->ci_low_percent : c->ci_low_kpa;
	double high = isnan(c->ci_high_kpa) ? c->ci_high_percent : c->ci_high_kpa;

	return low <= 0 && high >= 0;
}

/* With more visits in the baseline, as the course does it. */
static struct ana_change change_from(const struct ana_errors *errors, const struct ana_visit *visit, int baseline, size_t i)
{
	const struct ana_point *b = &visit[baseline].point[i];
	struct ana_error error = ana_error_find(errors, &visit[0], &visit[baseline], &visit[0].point[i], b);
	double sum = 0;

	ana_error_mean_of(&error, baseline);
	for (int v = 0; v < baseline; v++)
		sum += error.scale == SES_SCALE_LOG10 ? log10(visit[v].point[i].value_kpa) : visit[v].point[i].value_kpa;
	sum /= baseline;
	return ana_change_of(error.scale == SES_SCALE_LOG10 ? pow(10, sum) : sum, false, b->value_kpa, false, &error);
}

static double lowest_change(const struct ana_visit *a, const struct ana_visit *b)
{
	bool taken[SITES] = {false};
	double sum = 0;

	for (int n = 0; n < LOWEST; n++) {
		size_t low = SITES;

		for (size_t i = 0; i < SITES; i++)
			if (!taken[i] && (low == SITES || a->point[i].value_kpa < a->point[low].value_kpa))
				low = i;
		taken[low] = true;
		sum += b->point[low].value_kpa - a->point[low].value_kpa;
	}
	return sum / LOWEST;
}

static void net_change(struct tally *t, const struct ana_errors *errors, const struct ana_visit *visit)
{
	struct ana_compare c;

	if (ana_compare_make(&c, &visit[0], &visit[1], errors, NULL, NULL))
		abort();
	t->net += c.net.change.verdict != ANA_VERDICT_NONE;
	t->net_flagged += c.net.change.verdict == ANA_VERDICT_RISE || c.net.change.verdict == ANA_VERDICT_FALL;
	ana_compare_free(&c);
}

static void one_patient(struct tally *t, const struct scenario *s, const struct ana_errors *errors, int number)
{
	struct person p = person_new(s);
	struct ana_visit visit[3];
	long before = t->flagged;

	for (int v = 0; v <= s->baseline; v++)
		measure(&visit[v], s, &p, number, v + 1, v == s->baseline ? s->presses : PRESSES);
	for (size_t i = 0; i < SITES; i++) {
		struct ana_change change = change_from(errors, visit, s->baseline, i);

		if (change.verdict == ANA_VERDICT_NONE)
			continue;
		t->points++;
		t->flagged += change.verdict == ANA_VERDICT_RISE || change.verdict == ANA_VERDICT_FALL;
		t->covered += covers_zero(&change);
	}
	t->patients++;
	t->some += t->flagged > before;
	t->lowest_kpa += lowest_change(&visit[0], &visit[s->baseline]);
	if (s->baseline == 1)
		net_change(t, errors, visit);
	for (int v = 0; v <= s->baseline; v++)
		ana_visit_free(&visit[v]);
}

static double percent(long part, long whole)
{
	return whole ? 100.0 * (double)part / (double)whole : NAN;
}

/* false when a limit is broken. */
static bool run(const struct scenario *s)
{
	struct tally t = {0};

	for (int c = 0; c < clinics; c++) {
		struct errors own;
		struct ana_errors errors;

		reliability_study(&own, s);
		ana_errors_init(&errors);
		errors.sem = own.sem;
		errors.n_sem = own.n;
		for (int i = 0; i < PATIENTS; i++)
			one_patient(&t, s, &errors, i + 1);
	}
	double flagged = percent(t.flagged, t.points), covered = percent(t.covered, t.points), net = percent(t.net_flagged, t.net);
	char net_text[16] = "-";
	bool right = s->kind == SES_SEM_WITHIN_VISIT || (covered >= 100 - s->high && covered <= 100 - s->low && (!t.net || (net >= 3.5 && net <= 6.5)));

	if (t.net)
		snprintf(net_text, sizeof(net_text), "%.1f", net);
	printf("| %s | %ld | %.1f | %.1f | %.0f | %s | %+.0f |\n", s->name, t.patients, flagged, covered, percent(t.some, t.patients),
		net_text, t.lowest_kpa / (double)t.patients);
	return right && t.points == (long)SITES * t.patients && flagged >= s->low && flagged <= s->high;
}

int main(int argc, char **argv)
{
	bool right = true;

	if (argc > 2)
		clinics = atoi(argv[2]);
	puts("| held against | stable patients | points flagged, % | 95 % interval holds 0, % | some point of 12, % | net change flagged, % | lowest three, kPa |");
	puts("|---|---|---|---|---|---|---|");
	for (size_t i = 0; i < SCENARIOS; i++) {
		key = sim_key(argc > 1 ? strtoull(argv[1], NULL, 10) : 1, scenarios[i].name, 0);
		drawn = 0;
		right &= run(&scenarios[i]);
	}
	return right || clinics < CLINICS ? 0 : 1; /* the limits are those of the full number */
}
