/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course held against measurement error: order, baselines, bands, seen again, chosen points, trends, treatments. */
#include "analysis/pages.h"

#include "base/clock.h"
#include "data/treatment.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_course.h"

#include <stdlib.h>
#include <string.h>

enum { VISITS_MAX = 12 };

static const char *const days[VISITS_MAX] = {"2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30", "2026-04-06",
	"2026-04-13", "2026-04-20", "2026-04-27", "2026-05-04", "2026-05-11", "2026-05-18"};

struct fixture {
	struct ses_session ses[VISITS_MAX];
	struct ses_sem sem;
	struct ana_course_options options;
	struct ana_course c;
};

/* n sessions without presses, a week apart; SEM 20.6 kPa between visits at UTRAP_L, taken as known. */
static void start(struct fixture *f, int n)
{
	*f = (struct fixture){.options = {.baseline = 0}};
	for (int v = 0; v < n; v++)
		help_session(&f->ses[v], v + 1, "", days[v]);
	f->sem = (struct ses_sem){.kind = SES_SEM_BETWEEN_VISITS, .basis = SES_SEM_SESSIONS, .site = "UTRAP_L", .r = NAN,
		.measure = SES_MEASURE_THRESHOLD, .scale = SES_SCALE_KPA, .sem = 20.6, .low = NAN, .high = NAN, .df = INFINITY,
		.press_sd = NAN, .rule = SES_RULE_MEAN, .presses = 1, .tip_area_cm2 = 1, .rate_kpa_s = 30};
	strcpy(f->sem.response_mode, f->ses[0].header.response_mode);
	ana_errors_init(&f->options.errors);
	f->options.errors.sem = &f->sem;
	f->options.errors.n_sem = 1;
}

/* The course of the first n sessions; frees them. */
static const struct ana_row *finish(struct fixture *f, int n)
{
	struct ana_visit visit[VISITS_MAX];

	for (int v = 0; v < n; v++) {
		assert_int_equal(ana_visit_from_session(&visit[v], &f->ses[v], "x.h5", NULL, NULL), 0);
		ses_session_clear(&f->ses[v]);
	}
	assert_int_equal(ana_course_make(&f->c, visit, (size_t)n, &f->options, NULL), 0);
	return &f->c.row[0];
}

/* One press at UTRAP_L a session: 0 none, below 0 the ceiling at that pressure. */
static const struct ana_row *series(struct fixture *f, const double *kpa, int n, int baseline)
{
	start(f, n);
	f->options.baseline = baseline;
	for (int v = 0; v < n; v++)
		if (kpa[v] < 0)
			help_press_ended(&f->ses[v], 0, SES_CENSORED, SES_REASON_CEILING, -kpa[v]);
		else if (kpa[v] > 0)
			help_press(&f->ses[v], 0, kpa[v]);
	return finish(f, n);
}

static char *page_of(const struct ana_course *c)
{
	struct ana_text text = {0};

	ana_course_page(&text, c);
	assert_true(ana_text_ok(&text));
	/* One line a paragraph: where it is broken is another test's matter. */
	for (char *p = text.data; *p; p++)
		if (*p == '\n' && p[1] == ' ' && p[2] == ' ' && p[3] != ' ' && p > text.data && p[-1] != '\n')
			memmove(p + 1, p + 3, strlen(p + 3) + 1), *p = ' ';
		else if (*p == '\n')
			*p = ' ';
	return text.data;
}

static void assert_page(const struct ana_course *c, const char *words, bool wanted)
{
	char *page = page_of(c);

	if ((strstr(page, words) != NULL) != wanted)
		print_error("%s '%s' in: %s\n", wanted ? "no" : "unwanted", words, page);
	assert_int_equal(strstr(page, words) != NULL, wanted);
	free(page);
}

/* ---- order ------------------------------------------------------------------------------------------- */

/* Session 2 was moved to a day after session 3, and a post session was read before its pre. */
static void a_course_is_in_order_of_time(void **state)
{
	static const struct { int number; const char *acq, *day; double kpa; } at[] = {{1, "", "2026-03-02", 200},
		{3, "", "2026-03-09", 210}, {2, "post", "2026-03-16", 230}, {2, "pre", "2026-03-16", 220}, {5, "", "2026-03-23", 240}};
	struct fixture f;

	(void)state;
	start(&f, 0);
	for (int v = 0; v < 5; v++) {
		int to = 4 - v; /* read in any order */

		help_session(&f.ses[to], at[v].number, at[v].acq, at[v].day);
		help_press(&f.ses[to], 0, at[v].kpa);
	}
	strcpy(f.sem.response_mode, f.ses[0].header.response_mode);
	const struct ana_row *row = finish(&f, 5);
	static const double want[] = {200, 210, 220, 230, 240};

	for (int v = 0; v < 5; v++)
		assert_close(row->cell[v].value_kpa, want[v], 1e-9);
	assert_true(f.c.reordered);
	assert_int_equal(f.c.latest, 4);
	assert_int_equal(f.c.visit[3].day, 14);
	assert_int_equal(f.c.n_absent, 1); /* gaps in the numbers are told all the same */
	assert_int_equal(f.c.absent[0].session, 4);
	assert_page(&f.c, "order of their dates, which is not that of their numbers", true);
	ana_course_free(&f.c);
}

/* ---- baseline ---------------------------------------------------------------------------------------- */

/* Worked by hand: SEM 20.6, 1.959964 x 20.6 x sqrt(1 + 1/2) = 49.45; a single one 57.10. */
static void a_baseline_of_two_narrows_the_error(void **state)
{
	static const double kpa[] = {190, 210, 250, 248};
	struct fixture f;
	const struct ana_row *row = series(&f, kpa, 4, 2);

	(void)state;
	assert_close(row->base_kpa, 200, 1e-9);
	assert_int_equal(row->baseline_first, 0);
	assert_int_equal(row->baseline, 1);
	assert_int_equal(row->baseline_n, 2);
	assert_int_equal(row->cell[1].change.kind, ANA_CHANGE_NONE);
	assert_close(row->cell[2].change.kpa, 50, 1e-9);
	assert_close(row->cell[2].change.rise_kpa, 49.45, 0.005);
	assert_int_equal(row->cell[2].change.verdict, ANA_VERDICT_RISE);
	assert_int_equal(row->cell[3].change.verdict, ANA_VERDICT_WITHIN);
	assert_close(row->low_kpa, 200 - 49.45, 0.005);
	assert_close(row->high_kpa, 200 + 49.45, 0.005);
	assert_page(&f.c, "limits of a change are 0.87 of those", true);
	assert_page(&f.c, "Two baseline visits", false);
	ana_course_free(&f.c);
	row = series(&f, kpa, 4, 0); /* one, as a rule */
	assert_close(row->cell[2].change.kpa, 60, 1e-9);
	assert_close(row->cell[2].change.rise_kpa, 57.10, 0.005);
	assert_page(&f.c, "Two baseline visits before treatment narrow the error", true);
	ana_course_free(&f.c);
}

/* On the log10 scale: the geometric mean, and a band of ratios that is not symmetric in kPa. */
static void a_baseline_of_ratios_is_geometric(void **state)
{
	static const double kpa[] = {160, 250, 300};
	struct fixture f;

	(void)state;
	start(&f, 3);
	f.sem.scale = SES_SCALE_LOG10;
	f.sem.sem = 0.04;
	f.options.baseline = 2;
	for (int v = 0; v < 3; v++)
		help_press(&f.ses[v], 0, kpa[v]);
	const struct ana_row *row = finish(&f, 3);
	double reach = 1.959963984540054 * 0.04 * sqrt(1.5);

	assert_close(row->base_kpa, 200, 1e-9);
	assert_close(row->high_kpa, 200 * pow(10, reach), 1e-6);
	assert_close(row->low_kpa, 200 / pow(10, reach), 1e-6);
	assert_true(row->high_kpa - 200 > 200 - row->low_kpa + 1);
	ana_course_free(&f.c);
}

static void a_bound_in_the_baseline_stays_one(void **state)
{
	static const double kpa[] = {-600, 400, 200, 470};
	struct fixture f;
	const struct ana_row *row = series(&f, kpa, 4, 2);

	(void)state;
	assert_close(row->base_kpa, 500, 1e-9);
	assert_true(row->base_bound);
	assert_nan(row->low_kpa);
	assert_int_equal(row->cell[2].change.kind, ANA_CHANGE_AT_MOST);
	assert_int_equal(row->cell[2].change.verdict, ANA_VERDICT_FALL);
	assert_int_equal(row->cell[3].change.verdict, ANA_VERDICT_OPEN);
	ana_course_free(&f.c);
}

/* Post sessions, sessions without a value and ones that were measured again are no part of a baseline. */
static void a_baseline_takes_usable_sessions_only(void **state)
{
	static const double kpa[] = {200, 300, 0, 220, 260};
	struct fixture f;

	(void)state;
	start(&f, 5);
	strcpy(f.ses[1].header.acq, "post");
	f.options.baseline = 2;
	for (int v = 0; v < 5; v++)
		if (kpa[v] > 0)
			help_press(&f.ses[v], 0, kpa[v]);
	const struct ana_row *row = finish(&f, 5);

	assert_close(row->base_kpa, 210, 1e-9);
	assert_int_equal(row->baseline, 3);
	ana_course_free(&f.c);
	row = series(&f, kpa, 1, 3); /* fewer than were asked for */
	assert_int_equal(row->baseline_n, 1);
	assert_int_equal(row->latest, row->baseline);
	ana_course_free(&f.c);
}

/* ---- seen again -------------------------------------------------------------------------------------- */

static void a_change_is_confirmed_when_it_is_seen_again(void **state)
{
	/* U rose, D fell, w within, c above a ceiling that hides how far, - no value; then what is expected. */
	static const struct { const char *moves, *want; } rows[] = {
		{"U", "o"},        /* the last one: not yet confirmed */
		{"UU", "aa"},      /* at two visits in a row */
		{"Uw", "n."},      /* not seen again */
		{"wU", ".o"},
		{"UDU", "nno"},    /* the other side is no confirmation */
		{"DDwU", "aa.o"},
		{"U-U", "a.a"},    /* a visit without a value is passed over */
		{"UcU", "a.a"},    /* so is one that cannot be judged */
		{"Uc", "o."},
		{"UwUU", "n.aa"},
	};
	static const char letter[] = {'.', 'o', 'a', 'n'};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double kpa[VISITS_MAX] = {300};
		int n = (int)strlen(rows[i].moves);
		struct fixture f;

		for (int v = 0; v < n; v++)
			kpa[v + 1] = rows[i].moves[v] == 'U' ? 400 : rows[i].moves[v] == 'D' ? 200 : rows[i].moves[v] == 'w' ? 310
				: rows[i].moves[v] == 'c' ? -320 : 0;
		const struct ana_row *row = series(&f, kpa, n + 1, 1);

		for (int v = 0; v < n; v++) {
			if (letter[row->cell[v + 1].seen] != rows[i].want[v])
				print_error("%s: visit %d is %c\n", rows[i].moves, v + 1, letter[row->cell[v + 1].seen]);
			assert_int_equal(letter[row->cell[v + 1].seen], rows[i].want[v]);
		}
		assert_int_equal(row->confirmed, strchr(rows[i].want, 'a') ? (int)(strchr(rows[i].want, 'a') - rows[i].want) + 1 : -1);
		ana_course_free(&f.c);
	}
}

/* Two sessions of one day are one visit's worth of error, however many presses they hold. */
static void a_baseline_of_one_day_is_one_visit(void **state)
{
	static const char *const on[2][3] = {{"2026-03-02", "2026-03-02", "2026-03-09"}, {"2026-03-02", "2026-03-09", "2026-03-16"}};

	(void)state;
	for (int days_apart = 0; days_apart < 2; days_apart++) {
		struct fixture f;

		start(&f, 0);
		for (int v = 0; v < 3; v++) {
			help_session(&f.ses[v], v + 1, "", on[days_apart][v]);
			help_press(&f.ses[v], 0, 200 + 10 * v);
		}
		f.options.baseline = 2;
		strcpy(f.sem.response_mode, f.ses[0].header.response_mode);
		const struct ana_row *row = finish(&f, 3);

		assert_int_equal(row->baseline_days, 1 + days_apart);
		assert_close(row->cell[2].change.rise_kpa, 1.959963985 * 20.6 * sqrt(days_apart ? 1.5 : 2), 1e-6);
		assert_page(&f.c, "the baseline is of 1 day only", !days_apart);
		ana_course_free(&f.c);
	}
}

/* What is said of all rows: by the last session that could be judged. */
static void no_value_takes_nothing_back(void **state)
{
	/* U rose, w within, c hidden by the ceiling, - no value; then confirmed at last, confirmed no longer. */
	static const struct { const char *moves; size_t rose, was; } rows[] = {{"UU", 1, 0}, {"UUw", 0, 1}, {"UU-", 1, 0}, {"UUc", 1, 0},
		{"UUwU", 0, 0}, {"UUD", 0, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double kpa[VISITS_MAX] = {300};
		int n = (int)strlen(rows[i].moves);
		struct fixture f;

		for (int v = 0; v < n; v++)
			kpa[v + 1] = rows[i].moves[v] == 'U' ? 400 : rows[i].moves[v] == 'D' ? 200 : rows[i].moves[v] == 'w' ? 310
				: rows[i].moves[v] == 'c' ? -320 : 0;
		series(&f, kpa, n + 1, 1);
		print_message("%s\n", rows[i].moves);
		assert_int_equal(f.c.again.watched, 1);
		assert_int_equal(f.c.again.rose, rows[i].rose);
		assert_int_equal(f.c.again.was, rows[i].was);
		ana_course_free(&f.c);
	}
}

/* Two sessions of one day share that day: one is not seen again by the other. */
static void one_day_does_not_confirm_itself(void **state)
{
	static const double kpa[] = {200, 300, 300};
	struct fixture f;

	(void)state;
	start(&f, 0);
	for (int v = 0; v < 3; v++) {
		help_session(&f.ses[v], v + 1, "", days[v ? 1 : 0]);
		help_press(&f.ses[v], 0, kpa[v]);
	}
	strcpy(f.sem.response_mode, f.ses[0].header.response_mode);
	const struct ana_row *row = finish(&f, 3);

	assert_int_equal(row->cell[2].change.verdict, ANA_VERDICT_RISE);
	assert_int_equal(row->cell[2].seen, ANA_SEEN_OPEN);
	ana_course_free(&f.c);
}

static void the_page_says_what_was_seen_again(void **state)
{
	static const double again[] = {200, 300, 310}, once[] = {200, 210, 310}, was[] = {200, 300, 310, 210};
	struct fixture f;

	(void)state;
	series(&f, again, 3, 1);
	assert_page(&f.c, "Primary point Upper trapezius, left: 200 -> 310 kPa, +110 kPa (+55 %): rose by more than measurement error, "
		"confirmed at two visits in a row.", true);
	assert_page(&f.c, "1 of the 1 point watched rose and 0 fell at two visits in a row.", true);
	assert_page(&f.c, "rose, confirmed", true);
	ana_course_free(&f.c);
	series(&f, once, 3, 1);
	assert_page(&f.c, "1 change is not yet confirmed", true);
	assert_page(&f.c, "rose, not yet", true);
	ana_course_free(&f.c);
	series(&f, was, 4, 1);
	assert_page(&f.c, "1 did so earlier and no longer does.", true);
	ana_course_free(&f.c);
}

/* ---- simulated stable people --------------------------------------------------------------------------- */

static uint64_t seed = 20260302;

static double uniform(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return ((double)(seed >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(void)
{
	return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

/* -1 fell, 0 within, 1 rose: the rule written a second time. */
static int moved(const double *kpa, int v, int b)
{
	double base = 0, limit = 1.959963984540054 * 20.6 * sqrt(1 + 1.0 / b);

	for (int i = 0; i < b; i++)
		base += kpa[i] / b;
	return kpa[v] - base > limit ? 1 : kpa[v] - base < -limit ? -1 : 0;
}

/* Nothing changes: each visit alarms in 5 %, whatever the baseline, and every flag follows from the values. */
static void stable_people_alarm_as_often_as_promised(void **state)
{
	enum { PEOPLE = 1500, VISITS = 6 };

	(void)state;
	for (int b = 1; b <= 2; b++) {
		int alarms = 0;

		for (int person = 0; person < PEOPLE; person++) {
			double kpa[VISITS];
			struct fixture f;

			for (int v = 0; v < VISITS; v++)
				kpa[v] = 300 + 20.6 * normal();
			const struct ana_row *row = series(&f, kpa, VISITS, b);

			alarms += moved(kpa, VISITS - 1, b) != 0;
			for (int v = b; v < VISITS; v++) {
				int here = moved(kpa, v, b), before = v > b ? moved(kpa, v - 1, b) : 0,
				    after = v + 1 < VISITS ? moved(kpa, v + 1, b) : 0;
				enum ana_seen want = !here ? ANA_SEEN_NONE : here == before || here == after ? ANA_SEEN_AGAIN
					: v + 1 == VISITS ? ANA_SEEN_OPEN : ANA_SEEN_NOT;

				assert_int_equal(row->cell[v].change.verdict, here > 0 ? ANA_VERDICT_RISE : here < 0 ? ANA_VERDICT_FALL
					: ANA_VERDICT_WITHIN);
				assert_int_equal(row->cell[v].seen, want);
			}
			ana_course_free(&f.c);
		}
		assert_close((double)alarms / PEOPLE, 0.05, 4 * sqrt(0.05 * 0.95 / PEOPLE));
	}
}

/* ---- points that were chosen because they were low ------------------------------------------------------- */

static void low_points_are_told_to_rise_by_themselves(void **state)
{
	struct fixture f;

	(void)state;
	for (int known = 0; known < 2; known++) {
		start(&f, 2);
		f.sem.r = known ? 0.8 : NAN;
		for (int v = 0; v < 2; v++) {
			help_press(&f.ses[v], 0, 200);
			help_press(&f.ses[v], 1, 420); /* a target too, and not low */
			help_press(&f.ses[v], 4, 400);
		}
		const struct ana_row *row = finish(&f, 2);

		assert_true(row->chosen.chosen);
		assert_false(f.c.row[1].chosen.chosen);
		assert_close(row->chosen.mean_kpa, 340, 1e-9);
		if (known)
			assert_close(row->chosen.expected_kpa, 0.2 * 140, 1e-9);
		else
			assert_nan(row->chosen.expected_kpa);
		assert_page(&f.c, "Expect some rise by itself (regression to the mean) at Upper trapezius (left)", true);
		assert_page(&f.c, "where they were the lowest", true);
		assert_page(&f.c, ", about +28 kPa", known);
		ana_course_free(&f.c);
	}
	/* Named before: its value that day had no part in it. */
	start(&f, 2);
	for (int v = 0; v < 2; v++) {
		strcpy(f.ses[v].points[0].since, "2026-02-20");
		help_press(&f.ses[v], 0, 200);
		help_press(&f.ses[v], 4, 400);
	}
	assert_false(finish(&f, 2)->chosen.chosen);
	assert_page(&f.c, "by itself", false);
	ana_course_free(&f.c);
}

/* ---- trends ---------------------------------------------------------------------------------------------- */

/* By hand: Sxy 70, Sxx 5 -> 14 kPa a week; residuals 1 -3 3 -1, SE sqrt(10/5), t(2) 4.302653 -> +- 6.0848698. */
static void a_slope_is_of_four_values_or_more(void **state)
{
	static const double kpa[] = {200, 210, 230, 240}, ceiling[] = {200, 210, 230, -240};
	struct fixture f;
	const struct ana_row *row = series(&f, kpa, 4, 1);

	(void)state;
	assert_close(row->trend.per_week, 14, 1e-9);
	assert_close(row->trend.low, 14 - 6.0848698, 1e-6);
	assert_close(row->trend.high, 14 + 6.0848698, 1e-6);
	assert_close(row->trend.df, 2, 0);
	assert_close(row->trend.last_minus_first_kpa, 40, 1e-9);
	assert_close(row->trend.average_kpa, 220, 1e-9); /* (205 + 220 + 235) / 3 */
	assert_close(row->trend.duration_days, 21, 0);
	assert_page(&f.c, "+14.0  +7.9 to +20.1", true);
	assert_page(&f.c, "It assumes a straight line", true);
	ana_course_free(&f.c);
	row = series(&f, kpa, 3, 1);
	assert_nan(row->trend.per_week);
	assert_close(row->trend.average_kpa, (205 + 220) / 2.0, 1e-9);
	assert_page(&f.c, "Slope", false);
	ana_course_free(&f.c);
	row = series(&f, ceiling, 4, 1);
	assert_nan(row->trend.per_week);
	assert_nan(row->trend.average_kpa);
	assert_nan(row->trend.last_minus_first_kpa);
	assert_string_equal(row->trend.why_slope, "a value is \"more than\" (ceiling)");
	ana_course_free(&f.c);
}

/* A tenth more every week, exactly: +10 % a week on the log10 scale. */
static void a_slope_of_ratios_is_in_percent(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, 5);
	f.sem.scale = SES_SCALE_LOG10;
	f.sem.sem = 0.04;
	for (int v = 0; v < 5; v++)
		help_press(&f.ses[v], 0, 200 * pow(1.1, v));
	assert_close(finish(&f, 5)->trend.per_week, 10, 1e-9);
	assert_page(&f.c, "+10.0 %", true);
	ana_course_free(&f.c);
}

/* What a file may hold and a slope of logarithms cannot: told, never a number made of infinities. */
static void a_slope_of_ratios_needs_values_above_zero(void **state)
{
	static const double day[] = {0, 7, 14, 21}, kpa[] = {200, 0, 210, 220};
	static const bool bound[4] = {false};
	struct ana_trend trend;

	(void)state;
	assert_int_equal(ana_trend_of(&trend, day, kpa, bound, 4, SES_SCALE_LOG10), 0);
	assert_nan(trend.per_week);
	assert_string_equal(trend.why_slope, "a value of 0 has no logarithm");
	assert_close(trend.average_kpa, (100 + 105 + 215) / 3.0, 1e-9);
	assert_int_equal(ana_trend_of(&trend, day, kpa, bound, 4, SES_SCALE_KPA), 0);
	assert_close(trend.per_week, 27, 1e-9); /* Sxy 135, Sxx 5 */
}

/* Twelve sessions with a long name, a steep fall, percents: no line is wider than the terminal. */
static void a_page_of_everything_fits_the_screen(void **state)
{
	struct fixture f;
	struct ana_text text = {0};
	char *line, *rest;

	(void)state;
	start(&f, VISITS_MAX);
	f.sem.scale = SES_SCALE_LOG10;
	f.sem.sem = 0.01;
	f.options.baseline = 3;
	for (int v = 0; v < VISITS_MAX; v++) {
		f.ses[v].header.session += 100;
		strcpy(f.ses[v].points[0].label, "Quadratus lumborum, the lower of the two points behind the iliac crest (left)");
		help_press(&f.ses[v], 0, 2000 * pow(0.5, v));
	}
	finish(&f, VISITS_MAX);
	ana_course_page(&text, &f.c);
	for (line = strtok_r(text.data, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (ana_text_width(line) > ANA_TEXT_WIDTH)
			print_error("%s\n", line);
		assert_true(ana_text_width(line) <= ANA_TEXT_WIDTH);
	}
	ana_text_free(&text);
	ana_course_free(&f.c);
}

/* ---- what was done, and what else differs ------------------------------------------------------------------ */

static void treatments_tell_of_baselines_and_sore_places(void **state)
{
	static const double kpa[] = {200, 210, 230};
	struct ses_treatment row[2] = {{.date = "2026-03-04", .modality = "dry-needling", .target_site = "UTRAP_L", .dose = "2 needles"},
		{.date = "2026-03-14", .modality = "injection"}};
	const struct ses_treatments list = {row, 2};
	struct fixture f;

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(alg_date_parse(row[i].date, &row[i].days), 0);
	series(&f, kpa, 3, 2);
	assert_int_equal(ana_course_treat(&f.c, &list), 0);
	assert_int_equal(f.c.n_treatments, 2);
	assert_int_equal(f.c.treatment[0].day, 2);
	assert_string_equal(f.c.treatment[0].modality, "dry needling");
	assert_false(f.c.visit[0].after_treatment);
	assert_true(f.c.visit[1].after_treatment);
	assert_false(f.c.visit[2].after_treatment); /* in no baseline */
	assert_string_equal(f.c.visit[1].needling, ""); /* five days after */
	assert_page(&f.c, "Session 2 is in a baseline although treatment had begun", true);
	assert_page(&f.c, "injection on 2026-03-14, less than 72 h before session 3", true);
	ana_course_free(&f.c);
	series(&f, kpa, 3, 1);
	assert_int_equal(ana_course_treat(&f.c, &list), 0);
	assert_page(&f.c, "although treatment had begun", false);
	ana_course_free(&f.c);
}

static void medicine_is_told(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, 3);
	for (int v = 0; v < 3; v++)
		help_press(&f.ses[v], 0, 200);
	finish(&f, 3);
	assert_page(&f.c, "Pain medicine", false);
	f.c.visit[0].visit.analgesic = f.c.visit[2].visit.analgesic = true;
	assert_page(&f.c, "Pain medicine in the 24 h before sessions 1, 3, as told then.", true);
	ana_course_free(&f.c);
}

static void json_has_it_all(void **state)
{
	static const double kpa[] = {190, 210, 300, 310};
	struct fixture f;

	(void)state;
	series(&f, kpa, 4, 2);
	cJSON *json = ana_course_json(&f.c), *row = cJSON_GetArrayItem(cJSON_GetObjectItem(json, "points"), 0),
	      *trend = cJSON_GetObjectItem(row, "trend"), *again = cJSON_GetObjectItem(json, "seen_again");

	assert_close(cJSON_GetObjectItem(json, "baseline_asked")->valuedouble, 2, 0);
	assert_close(cJSON_GetObjectItem(row, "baseline_kpa")->valuedouble, 200, 1e-9);
	assert_close(cJSON_GetObjectItem(row, "baseline_sessions")->valuedouble, 2, 0);
	assert_close(cJSON_GetObjectItem(row, "days_to_first_confirmed")->valuedouble, 7, 0);
	assert_close(cJSON_GetObjectItem(trend, "slope_kpa_week")->valuedouble, 45, 1e-9);
	assert_close(cJSON_GetObjectItem(again, "rose")->valuedouble, 1, 0);
	assert_string_equal(cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(row, "sessions"), 3), "seen")->valuestring,
		"confirmed");
	cJSON_Delete(json);
	ana_course_free(&f.c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_course_is_in_order_of_time),
		cmocka_unit_test(a_baseline_of_two_narrows_the_error), cmocka_unit_test(a_baseline_of_ratios_is_geometric),
		cmocka_unit_test(a_bound_in_the_baseline_stays_one), cmocka_unit_test(a_baseline_takes_usable_sessions_only),
		cmocka_unit_test(a_change_is_confirmed_when_it_is_seen_again), cmocka_unit_test(one_day_does_not_confirm_itself),
		cmocka_unit_test(a_baseline_of_one_day_is_one_visit), cmocka_unit_test(no_value_takes_nothing_back),
		cmocka_unit_test(the_page_says_what_was_seen_again), cmocka_unit_test(stable_people_alarm_as_often_as_promised),
		cmocka_unit_test(low_points_are_told_to_rise_by_themselves),
		cmocka_unit_test(a_slope_is_of_four_values_or_more), cmocka_unit_test(a_slope_of_ratios_is_in_percent),
		cmocka_unit_test(a_slope_of_ratios_needs_values_above_zero), cmocka_unit_test(a_page_of_everything_fits_the_screen),
		cmocka_unit_test(treatments_tell_of_baselines_and_sore_places), cmocka_unit_test(medicine_is_told),
		cmocka_unit_test(json_has_it_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
