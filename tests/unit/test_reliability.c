/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_reliability.c - errors of measuring from sessions in memory: published sets through the whole path,
 * simulated studies whose true error is known, and what must be left out.
 */
#include "tests/unit/assert_close.h"

#include "analysis/plot.h"
#include "analysis/reliability.h"
#include "analysis/text.h"
#include "base/text.h"
#include "sim/random.h"

#include <stdlib.h>
#include <string.h>

enum { VISITS_MAX = 240, POINTS_MAX = 6, PRESSES_MAX = 6 };

struct study {
	struct ana_visit visit[VISITS_MAX];
	size_t n;
	struct ana_stable_pair pair[VISITS_MAX];
	size_t n_pairs;
};

static void add_visit(struct study *s, int person, int session, int day, const char *examiner)
{
	struct ana_visit *v = &s->visit[s->n++];

	assert_true(s->n <= VISITS_MAX);
	*v = (struct ana_visit){.day = day, .rule = SES_RULE_MEAN, .measure = SES_MEASURE_THRESHOLD, .header = {.session = session, .run = 1, .tip_area_cm2 = 1,
		.target_rate_kpa_s = 30, .rounds = 1, .corridor = 0.2}};
	snprintf(v->header.participant, sizeof(v->header.participant), "P%03d", person);
	alg_text_copy(v->header.examiner, sizeof(v->header.examiner), examiner);
	alg_text_copy(v->header.response_mode, sizeof(v->header.response_mode), "button");
	v->point = calloc(POINTS_MAX, sizeof(*v->point));
	assert_non_null(v->point);
}

/* A point of n presses at the latest visit; kpa below 0: censored at that ceiling. */
static struct ana_point *add_point(struct study *s, const char *site, enum ses_role role, const double *kpa, int n)
{
	struct ana_visit *v = &s->visit[s->n - 1];
	struct ana_point *p = &v->point[v->n_points++];
	double value[PRESSES_MAX];
	bool censored[PRESSES_MAX];

	*p = (struct ana_point){.point = {.role = role, .series = 1, .side = site[strlen(site) - 1]}, .n_press = (size_t)n, .n_used = n};
	alg_text_copy(p->point.site_code, sizeof(p->point.site_code), site);
	p->press = calloc((size_t)n + 1, sizeof(*p->press));
	assert_non_null(p->press);
	for (int i = 0; i < n; i++) {
		value[i] = fabs(kpa[i]);
		censored[i] = kpa[i] < 0;
		p->n_censored += censored[i];
		p->press[i] = (struct ana_press){.press = i + 1, .status = censored[i] ? SES_CENSORED : SES_ACCEPTED, .kpa = value[i], .used = true};
	}
	p->value_kpa = ses_repeat_value(SES_RULE_MEAN, value, censored, (size_t)n, &p->bound);
	return p;
}

static void value(struct study *s, const char *site, enum ses_role role, double kpa)
{
	add_point(s, site, role, &kpa, 1);
}

/* The two latest visits are a pair. */
static void stable(struct study *s)
{
	s->pair[s->n_pairs++] = (struct ana_stable_pair){s->n - 2, s->n - 1};
}

static void clear(struct study *s)
{
	for (size_t i = 0; i < s->n; i++)
		ana_visit_free(&s->visit[i]);
	s->n = s->n_pairs = 0;
}

static void make(struct ana_reliability *rel, const struct study *s, const struct ana_rel_options *options)
{
	assert_int_equal(ana_reliability_make(rel, s->visit, s->n, s->pair, s->n_pairs, options, NULL), 0);
}

static const struct ana_rel_row *row_of(const struct ana_reliability *rel, enum ses_sem_kind kind, enum ses_sem_basis basis, const char *site)
{
	for (size_t i = 0; i < rel->n_rows; i++)
		if (rel->row[i].sem.kind == kind && rel->row[i].sem.basis == basis && strcmp(rel->row[i].sem.site, site) == 0)
			return &rel->row[i];
	return NULL;
}

static const struct ana_rel_options in_kpa = {.scale = SES_SCALE_KPA};
static struct study s;

/* ---- published sets --------------------------------------------------------------------------------- */

static const double wright[] = {494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427};
static const double mini[] = {512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451};

static void peak_flow(const char *second_examiner)
{
	for (int i = 0; i < 17; i++) {
		add_visit(&s, i, 1, 0, "EX1");
		value(&s, "UTRAP_R", SES_ROLE_TARGET, mini[i]);
		add_visit(&s, i, 2, 7 + i % 3, second_examiner);
		value(&s, "UTRAP_R", SES_ROLE_TARGET, wright[i]);
		stable(&s);
	}
}

/* Bland & Altman 1986: SD of the differences 38.8, r 0.94; SEM (consistency) is that SD / sqrt 2. */
static void the_peak_flow_meters(void **state)
{
	struct ana_reliability rel;
	double squares = 0;

	(void)state;
	peak_flow("EX1");
	make(&rel, &s, &in_kpa);
	const struct ana_rel_row *row = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "UTRAP_R");

	assert_non_null(row);
	for (int i = 0; i < 17; i++)
		squares += (wright[i] - mini[i]) * (wright[i] - mini[i]) / 2;
	assert_close(row->sem.sem, sqrt(squares / 17), 1e-12);
	assert_close(row->sem.df, 17, 0);
	assert_close(row->consistency, 38.76512987 / sqrt(2), 1e-8);
	assert_close(row->sem.sd_change, 38.76512987, 1e-8);
	assert_close(row->sem.r, 0.9432794469, 1e-9);
	assert_close(row->shift, -2.117647059, 1e-8);
	assert_close(row->shift_ci.low, -22.04884, 1e-5);
	assert_close(row->shift_ci.high, 17.81354, 1e-5);
	assert_close(row->sem.days_min, 7, 0);
	assert_close(row->sem.days_max, 9, 0);
	assert_close(row->mdc95, 2.1098155778 * sqrt(2) * row->sem.sem, 1e-8); /* t(17) */
	assert_int_equal(row->sem.participants, 17);
	ana_reliability_free(&rel);
	clear(&s);
}

/* The same as two examiners, through the picture's table: bias and limits. */
static void the_limits_of_agreement(void **state)
{
	const struct ana_rel_options how = {.kind = SES_SEM_BETWEEN_EXAMINERS, .scale = SES_SCALE_KPA};
	const struct ana_plot_style style = {.format = ANA_PLOT_SVG};
	struct ana_agreement of;
	struct ana_plot plot;

	(void)state;
	peak_flow("EX2");
	assert_int_equal(ana_agreement_make(&of, s.visit, s.n, s.pair, s.n_pairs, &how, NULL), 0);
	assert_int_equal(of.n, 17);
	assert_int_equal(ana_plot_agreement(&plot, &style, &of, NULL), 0);
	const struct ana_table_cell *last = plot.table.cell + plot.table.n_cells - 3;

	assert_close(last[0].value, -2.117647059, 1e-5); /* the table has five decimals */
	assert_close(last[1].value, -78.09730, 2e-5);
	assert_close(last[2].value, 73.86201, 2e-5);
	assert_non_null(strstr(plot.script, "plot"));
	ana_plot_free(&plot);
	ana_agreement_free(&of);
	clear(&s);
}

/* Shrout & Fleiss 1979 as four presses of six people. */
static void the_six_forms(void **state)
{
	static const double table[6][4] = {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
	static const double expected[ST_ICC_FORMS] = {[ST_ICC_1_1] = 0.1657417684, [ST_ICC_2_1] = 0.2897637795,
		[ST_ICC_3_1] = 0.7148407148, [ST_ICC_1_K] = 0.4427971337, [ST_ICC_2_K] = 0.6200505476, [ST_ICC_3_K] = 0.9093155424};
	struct ana_reliability rel;

	(void)state;
	for (int i = 0; i < 6; i++) {
		add_visit(&s, i, 1, 0, "EX1");
		s.visit[s.n - 1].header.rounds = 4;
		add_point(&s, "UTRAP_R", SES_ROLE_TARGET, table[i], 4);
	}
	make(&rel, &s, &in_kpa);
	const struct ana_rel_row *row = row_of(&rel, SES_SEM_WITHIN_VISIT, SES_SEM_PRESSES, "UTRAP_R");

	assert_non_null(row);
	for (int f = 0; f < ST_ICC_FORMS; f++)
		assert_close(row->icc[f].value, expected[f], 1e-9);
	assert_close(row->icc[ST_ICC_2_1].ci.high, 0.7610843696, 1e-8);
	assert_close(row->sem.press_sd, 2.502776236, 1e-9);
	assert_close(row->sem.sem, 2.502776236 / 2, 1e-9);
	assert_close(row->sem.df, 18, 0);
	assert_close(row->shift, 46.0 / 6 - (15.0 + 26 + 40) / 18, 1e-9); /* press 1 - mean of 2 to 4 */
	ana_reliability_free(&rel);
	clear(&s);
}

/* R 4.2: power.t.test(delta = 1, sd = 1, power = 0.8): 16.71 each; paired: 9.94; delta = 0.5: 63.77 and 33.37. */
static void planning(void **state)
{
	(void)state;
	assert_int_equal(ana_rel_plan_groups(1, 1, 0), 17);
	assert_int_equal(ana_rel_plan_paired(1, 1), 10);
	assert_int_equal(ana_rel_plan_groups(25, 50, 0), 64);
	assert_int_equal(ana_rel_plan_paired(-25, 50), 34);
	assert_int_equal(ana_rel_plan_paired(1, 1e6), 0);
	assert_int_equal(ana_rel_plan_paired(NAN, 1), 0);
	assert_true(ana_rel_plan_groups(1, 1, 1) >= ana_rel_plan_groups(1, 1, 0));
}

/* ---- simulated studies whose error is known ---------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void variance_of_medians(void **state)
{
	enum { RUNS = 60000 };

	(void)state;
	for (int m = 1; m <= 9; m++) {
		double squares = 0;

		for (int run = 0; run < RUNS; run++) {
			double x[9];

			for (int i = 0; i < m; i++)
				x[i] = sim_normal(sim_key((uint64_t)run, "median", m), i);
			qsort(x, (size_t)m, sizeof(x[0]), by_size);
			double median = m % 2 ? x[m / 2] : (x[m / 2 - 1] + x[m / 2]) / 2;

			squares += median * median;
		}
		assert_close(squares / RUNS / ana_rel_rule_variance(SES_RULE_MEDIAN, m), 1, 0.03);
	}
	assert_close(ana_rel_rule_variance(SES_RULE_MEAN, 3), 1.0 / 3, 1e-15);
	assert_close(ana_rel_rule_variance(SES_RULE_DROP_FIRST, 2), 0.5, 1e-15);
	assert_true(isnan(ana_rel_rule_variance(SES_RULE_CLOSEST_TWO, 3)));
	assert_true(isnan(ana_rel_rule_variance(SES_RULE_MEDIAN, 10)));
}

static const struct {
	const char *site;
	enum ses_role role;
	double level_kpa;
} places[] = {{"UTRAP_L", SES_ROLE_TARGET, 200}, {"UTRAP_R", SES_ROLE_TARGET, 210}, {"TA_R", SES_ROLE_CONTROL, 520}};

/* Stable people, 2 or (uneven) 2 to 4 visits; sem is kPa, or a share of the level when it grows. */
static void draw(uint64_t seed, int people, bool uneven, double sem, bool grows)
{
	for (int i = 0; i < people; i++) {
		double person = exp(0.3 * sim_normal(sim_key(seed, "person", i), 0));
		int visits = uneven ? 2 + i % 3 : 2;

		for (int v = 0; v < visits; v++) {
			uint64_t sitting = sim_key(sim_key(seed, "sitting", i), "visit", v);

			add_visit(&s, i, v + 1, 7 * v, "EX1");
			for (size_t p = 0; p < sizeof(places) / sizeof(places[0]); p++) {
				double level = places[p].level_kpa * person, error = sim_normal(sim_key(sitting, places[p].site, 0), 0);

				value(&s, places[p].site, places[p].role, grows ? level * exp(sem * error) : level + sem * error);
			}
			if (v)
				stable(&s);
		}
	}
}

static void coverage(bool uneven, double df)
{
	enum { RUNS = 400 };
	double variance = 0, net = 0;
	int inside = 0;

	for (int run = 0; run < RUNS; run++) {
		struct ana_reliability rel;

		draw((uint64_t)run + 1, 18, uneven, 20, false);
		make(&rel, &s, &in_kpa);
		const struct ana_rel_row *row = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "TA_R");
		const struct ana_rel_row *both = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "UTRAP");
		const struct ana_rel_row *net_row = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, SES_SEM_NET);

		assert_true(row && both && net_row);
		assert_close(row->sem.df, df, 0);
		assert_close(both->sem.df, df, 0); /* two sides of one person are not two people */
		assert_int_equal(both->sem.values, 36);
		assert_int_equal(both->sem.participants, 18);
		variance += row->sem.sem * row->sem.sem / RUNS;
		net += net_row->sem.sem * net_row->sem.sem / RUNS;
		inside += row->sem.low <= 20 && 20 <= row->sem.high;
		ana_reliability_free(&rel);
		clear(&s);
	}
	assert_close(variance / 400, 1, 0.05);
	assert_close(net / 600, 1, 0.05); /* mean of two targets minus one control: 20^2 (1/2 + 1) */
	assert_in_range(inside, RUNS * 92 / 100, RUNS * 98 / 100);
}

static void the_error_is_recovered(void **state)
{
	(void)state;
	coverage(false, 18);
	coverage(true, 36);
}

static void the_scale_follows_the_data(void **state)
{
	const struct ana_rel_options by_test = {.kind = 0};
	enum { RUNS = 200 };
	int flat = 0, grown = 0;

	(void)state;
	for (int run = 0; run < RUNS; run++) {
		struct ana_reliability rel;

		draw((uint64_t)run + 1, 30, false, 25, false);
		make(&rel, &s, &by_test);
		flat += rel.scale.by_test == SES_SCALE_LOG10;
		ana_reliability_free(&rel);
		clear(&s);
		draw((uint64_t)run + 1, 30, false, 0.12, true);
		make(&rel, &s, &by_test);
		grown += rel.scale.scale == SES_SCALE_LOG10;
		if (rel.scale.scale == SES_SCALE_LOG10) {
			const struct ana_rel_row *row = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "TA_R");

			assert_close(row->sem.sem / (0.12 / log(10)), 1, 0.6);
			assert_close(row->cv, sqrt(expm1(pow(row->sem.sem * log(10), 2))), 1e-9);
		}
		ana_reliability_free(&rel);
		clear(&s);
	}
	print_message("log10 chosen in %d of %d flat and %d growing studies\n", flat, RUNS, grown);
	assert_in_range(flat, 0, RUNS * 5 / 100); /* one tail of a 5 % test */
	assert_in_range(grown, RUNS * 90 / 100, RUNS);
}

static void few_people_stay_in_kpa(void **state)
{
	const struct ana_rel_options by_test = {.kind = 0};
	struct ana_reliability rel;

	(void)state;
	draw(1, 9, false, 0.2, true);
	make(&rel, &s, &by_test);
	assert_int_equal(rel.scale.by_test, 0);
	assert_int_equal(rel.scale.scale, SES_SCALE_KPA);
	assert_int_equal(rel.scale.participants, 9);
	ana_reliability_free(&rel);
	clear(&s);
}

/* ---- what belongs together, what is left out ------------------------------------------------------------ */

static void kinds_are_told_apart(void **state)
{
	struct ana_reliability rel;

	(void)state;
	for (int i = 0; i < 3; i++) {
		add_visit(&s, i, 1, 0, "EX2");
		value(&s, "UTRAP_R", SES_ROLE_TARGET, 200 + i);
		add_visit(&s, i, 1, 0, "EX1"); /* another examiner */
		value(&s, "UTRAP_R", SES_ROLE_TARGET, 210 + 2 * i);
		stable(&s);
		add_visit(&s, i, 2, 0, "EX1"); /* again, the same day */
		value(&s, "UTRAP_R", SES_ROLE_TARGET, 212);
		stable(&s);
		add_visit(&s, i, 3, 9, "EX1");
		value(&s, "UTRAP_R", SES_ROLE_TARGET, 220 + i * i);
		stable(&s);
		s.pair[s.n_pairs++] = (struct ana_stable_pair){s.n - 1, s.n - 3}; /* so both of day 0 hang on day 9 */
	}
	make(&rel, &s, &in_kpa);
	assert_int_equal(rel.groups[SES_SEM_BETWEEN_EXAMINERS], 3);
	assert_int_equal(rel.groups[SES_SEM_WITHIN_VISIT], 3);
	assert_int_equal(rel.groups[SES_SEM_BETWEEN_VISITS], 3);
	assert_int_equal(rel.left[ANA_LEFT_AGAIN], 3);
	const struct ana_rel_row *visits = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "UTRAP_R");
	const struct ana_rel_row *examiners = row_of(&rel, SES_SEM_BETWEEN_EXAMINERS, SES_SEM_SESSIONS, "UTRAP_R");

	assert_true(visits && examiners);
	assert_close(visits->sem.df, 3, 0);
	assert_close(visits->sem.days_min, 9, 0);
	assert_close(examiners->shift, -(10.0 + 11 + 12) / 3, 1e-9); /* EX2 - EX1, whoever came first */
	ana_reliability_free(&rel);
	clear(&s);
}

static void what_is_left_out(void **state)
{
	static const double three[] = {200, 210, 190}, censored[] = {200, -600, 210}, two[] = {200, 205};
	struct ana_reliability rel;

	(void)state;
	for (int i = 0; i < 4; i++)
		for (int v = 0; v < 2; v++) {
			add_visit(&s, i, v + 1, 7 * v, "EX1");
			s.visit[s.n - 1].header.rounds = 3;
			add_point(&s, "UTRAP_R", SES_ROLE_TARGET, i == 1 && v ? censored : i == 2 && v ? two : three, i == 2 && v ? 2 : 3);
			if (i == 3 && v)
				s.visit[s.n - 1].header.tip_area_cm2 = 0.5;
			if (v)
				stable(&s);
		}
	add_visit(&s, 5, 1, 0, "EX1");
	s.visit[s.n - 1].rule = SES_RULE_CLOSEST_TWO;
	add_point(&s, "UTRAP_R", SES_ROLE_TARGET, three, 3);
	add_visit(&s, 6, 1, 0, "EX1");
	s.visit[s.n - 1].header.simulated = 1;
	add_point(&s, "UTRAP_R", SES_ROLE_TARGET, three, 3);
	make(&rel, &s, &in_kpa);
	assert_int_equal(rel.left[ANA_LEFT_UNLIKE], 1);
	assert_int_equal(rel.left[ANA_LEFT_FEW], 1);
	assert_int_equal(rel.left[ANA_LEFT_CENSORED], 2); /* the value, and its presses */
	assert_int_equal(rel.left[ANA_LEFT_ALONE], 2);
	assert_int_equal(rel.left[ANA_LEFT_RULE], 1);
	assert_int_equal(rel.left[ANA_LEFT_SIMULATED], 1);
	assert_false(rel.simulated);
	const struct ana_rel_row *row = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "UTRAP_R");

	assert_non_null(row);
	assert_int_equal(row->sem.participants, 1); /* and its two values are the same: no error to tell */
	assert_close(row->sem.sem, 0, 1e-12);
	ana_reliability_free(&rel);
	clear(&s);
}

static void the_page_is_narrow_and_plain(void **state)
{
	const struct ana_rel_words words = {.plan_kpa = 50, .why = "\033[2Jred"};
	struct ana_text text = {0};
	struct ana_reliability rel;

	(void)state;
	for (int scale = SES_SCALE_KPA; scale <= SES_SCALE_LOG10; scale++) {
		const struct ana_rel_options how = {.scale = (enum ses_scale)scale};

		draw(3, 6, true, 20, false);
		make(&rel, &s, &how);
		ana_reliability_page(&text, &rel, &words);
		assert_true(ana_text_ok(&text));
		for (const char *line = text.data; *line; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] != '\0'))
			if (strcspn(line, "\n") > 80)
				fail_msg("too wide: %.*s", (int)strcspn(line, "\n"), line);
		assert_null(strchr(text.data, '\033'));
		assert_null(strstr(text.data, "nan"));
		assert_non_null(strstr(text.data, "20 or more are advised"));
		ana_text_free(&text);
		text = (struct ana_text){0};
		cJSON *json = ana_reliability_json(&rel, &words);

		assert_non_null(cJSON_GetObjectItem(json, "rows"));
		assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "rows")), rel.n_rows);
		cJSON_Delete(json);
		ana_reliability_free(&rel);
		clear(&s);
	}
}

/* With drop-first a value rests on the later presses, and so does the SD of a press. */
static void the_first_press_is_dropped(void **state)
{
	static const double first[] = {300, 200, 220}, second[] = {310, 240, 220};
	struct ana_reliability rel;

	(void)state;
	for (int v = 0; v < 2; v++) {
		add_visit(&s, 1, v + 1, 7 * v, "EX1");
		s.visit[s.n - 1].header.rounds = 3;
		s.visit[s.n - 1].rule = SES_RULE_DROP_FIRST;
		struct ana_point *p = add_point(&s, "UTRAP_R", SES_ROLE_TARGET, v ? second : first, 3);

		p->press[0].used = false;
		p->n_used = 2;
		p->value_kpa = v ? 230 : 210;
	}
	stable(&s);
	make(&rel, &s, &in_kpa);
	const struct ana_rel_row *presses = row_of(&rel, SES_SEM_WITHIN_VISIT, SES_SEM_PRESSES, "UTRAP_R");
	const struct ana_rel_row *visits = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "UTRAP_R");

	assert_true(presses && visits);
	assert_int_equal(presses->sem.presses, 2);
	assert_int_equal(visits->sem.presses, 2);
	assert_close(presses->sem.press_sd, sqrt(200), 1e-12);
	assert_close(presses->sem.sem, 10, 1e-12);
	assert_close(presses->shift, 85, 1e-12); /* press 1 - mean of the later: (90 + 80) / 2 */
	assert_close(visits->sem.sem, 20 / sqrt(2), 1e-12);
	assert_close(visits->sem.press_sd, sqrt(200), 1e-12);
	ana_reliability_free(&rel);
	clear(&s);
}

static void nothing_at_all(void **state)
{
	const struct ana_rel_words words = {.plan_kpa = NAN};
	struct ana_text text = {0};
	struct ana_reliability rel;

	(void)state;
	assert_int_equal(ana_reliability_make(&rel, NULL, 0, NULL, 0, &in_kpa, NULL), 0);
	assert_int_equal(rel.n_rows, 0);
	ana_reliability_page(&text, &rel, &words);
	assert_non_null(strstr(text.data, "No two visits are marked stable"));
	ana_text_free(&text);
	ana_reliability_free(&rel);
}

/* Thresholds and tolerances are two rows, each of its own values; where one is asked for the other is left out and counted. */
static void tolerances_are_held_apart(void **state)
{
	struct ana_rel_options only = {.scale = SES_SCALE_KPA, .measure = SES_MEASURE_TOLERANCE};
	struct ana_reliability rel;
	size_t seen[3] = {0};

	(void)state;
	for (int i = 0; i < 6; i++)
		for (int visit = 1; visit <= 2; visit++) {
			add_visit(&s, i, visit, 7 * visit, "EX1");
			value(&s, "UTRAP_R", SES_ROLE_TARGET, i < 3 ? 200 + 10 * visit : 600 + 40 * visit);
			s.visit[s.n - 1].measure = i < 3 ? SES_MEASURE_THRESHOLD : SES_MEASURE_TOLERANCE;
			if (visit == 2)
				stable(&s);
		}
	add_visit(&s, 7, 1, 7, "EX1"); /* marked with a session that has no tolerance: no pair of either */
	value(&s, "UTRAP_R", SES_ROLE_TARGET, 210);
	add_visit(&s, 7, 2, 14, "EX1");
	value(&s, "UTRAP_R", SES_ROLE_TARGET, 640);
	s.visit[s.n - 1].measure = SES_MEASURE_TOLERANCE;
	stable(&s);
	make(&rel, &s, &in_kpa);
	assert_int_equal(rel.left[ANA_LEFT_UNLIKE], 1);
	for (size_t i = 0; i < rel.n_rows; i++)
		if (rel.row[i].sem.basis == SES_SEM_SESSIONS && strcmp(rel.row[i].sem.site, "UTRAP_R") == 0) {
			assert_close(rel.row[i].sem.sem, rel.row[i].sem.measure == SES_MEASURE_THRESHOLD ? 10 / sqrt(2) : 40 / sqrt(2), 1e-12);
			assert_close(rel.row[i].sem.df, 3, 0);
			seen[rel.row[i].sem.measure]++;
		}
	assert_int_equal(seen[SES_MEASURE_THRESHOLD], 1);
	assert_int_equal(seen[SES_MEASURE_TOLERANCE], 1);
	ana_reliability_free(&rel);
	make(&rel, &s, &only);
	assert_int_equal(rel.left[ANA_LEFT_MEASURE], 7);
	for (size_t i = 0; i < rel.n_rows; i++)
		assert_int_equal(rel.row[i].sem.measure, SES_MEASURE_TOLERANCE);
	assert_int_equal(rel.groups[SES_SEM_BETWEEN_VISITS], 3);
	ana_reliability_free(&rel);
	clear(&s);
}

/* Chains that lie across each other, marked backward: the groups are those of the marks, not of the neighbours. */
static void groups_are_those_of_the_marks(void **state)
{
	static const int pairs[][2] = {{5, 3}, {0, 2}, {3, 1}, {4, 2}};
	struct ana_reliability rel;

	(void)state;
	for (int i = 0; i < 7; i++) {
		add_visit(&s, 1, i + 1, 7 * i, "EX1");
		value(&s, "UTRAP_R", SES_ROLE_TARGET, i % 2 ? 200 + i : 300 + 3 * i);
	}
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		s.pair[s.n_pairs++] = (struct ana_stable_pair){(size_t)pairs[i][0], (size_t)pairs[i][1]};
	make(&rel, &s, &in_kpa);
	assert_int_equal(rel.groups[SES_SEM_BETWEEN_VISITS], 2); /* 0 2 4 and 1 3 5; the last visit is in none */
	const struct ana_rel_row *row = row_of(&rel, SES_SEM_BETWEEN_VISITS, SES_SEM_SESSIONS, "UTRAP_R");

	assert_non_null(row);
	assert_close(row->sem.df, 4, 0);
	assert_close(row->sem.sem, sqrt((72 + 8) / 4.0), 1e-12); /* 300 306 312 and 201 203 205 */
	ana_reliability_free(&rel);
	clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_peak_flow_meters), cmocka_unit_test(the_limits_of_agreement), cmocka_unit_test(the_six_forms),
		cmocka_unit_test(planning), cmocka_unit_test(variance_of_medians), cmocka_unit_test(the_error_is_recovered),
		cmocka_unit_test(the_scale_follows_the_data), cmocka_unit_test(few_people_stay_in_kpa),
		cmocka_unit_test(kinds_are_told_apart), cmocka_unit_test(what_is_left_out),
		cmocka_unit_test(the_page_is_narrow_and_plain), cmocka_unit_test(the_first_press_is_dropped), cmocka_unit_test(tolerances_are_held_apart), cmocka_unit_test(groups_are_those_of_the_marks),
		cmocka_unit_test(nothing_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
