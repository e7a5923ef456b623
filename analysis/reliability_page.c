/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_page.c - the study's own errors of measuring as a page, and what to do next. */
#include "analysis/reliability_inside.h"
#include "analysis/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CELL = 48, ADVISED_PARTICIPANTS = 20, SMALL_DF = 10 };

/* ---- numbers ------------------------------------------------------------------------------------------ */

static double percent_of(double log10_value)
{
	return 100 * (pow(10, log10_value) - 1);
}

/* An SD or a difference: "21.3", or as a ratio "+12.4 %". */
static void spread_text(char out[CELL], double v, enum ses_scale scale)
{
	if (!isfinite(v))
		snprintf(out, CELL, "-");
	else if (scale == SES_SCALE_LOG10)
		snprintf(out, CELL, "%.1f", percent_of(v));
	else
		snprintf(out, CELL, "%.1f", v);
}

static void sem_text(char out[CELL], const struct ses_sem *s)
{
	char sem[CELL], low[CELL], high[CELL];

	spread_text(sem, s->sem, s->scale);
	spread_text(low, s->low, s->scale);
	spread_text(high, s->high, s->scale);
	snprintf(out, CELL, "%.12s (%.12s-%.12s)", sem, low, high);
}

static void mdc_text(char out[CELL], double mdc, enum ses_scale scale)
{
	if (!isfinite(mdc))
		snprintf(out, CELL, "-");
	else if (scale == SES_SCALE_LOG10)
		snprintf(out, CELL, "+%.0f/%.0f", percent_of(mdc), percent_of(-mdc));
	else
		snprintf(out, CELL, "%.1f", mdc);
}

static void shift_text(char out[CELL], const struct ana_rel_row *row)
{
	bool logs = row->sem.scale == SES_SCALE_LOG10;
	double v = logs ? percent_of(row->shift) : row->shift, low = logs ? percent_of(row->shift_ci.low) : row->shift_ci.low,
	       high = logs ? percent_of(row->shift_ci.high) : row->shift_ci.high;

	if (!isfinite(v))
		snprintf(out, CELL, "-");
	else if (!isfinite(low))
		snprintf(out, CELL, "%+.1f", ana_tenths(v));
	else
		snprintf(out, CELL, "%+.1f (%+.1f..%+.1f)", ana_tenths(v), ana_tenths(low), ana_tenths(high));
}

static void icc_text(char out[CELL], const struct st_icc *icc)
{
	if (!isfinite(icc->value))
		snprintf(out, CELL, "-");
	else if (!isfinite(icc->ci.low))
		snprintf(out, CELL, "%.2f", icc->value);
	else
		snprintf(out, CELL, "%.2f (%.2f..%.2f)", icc->value, icc->ci.low, icc->ci.high);
}

static void days_text(char out[CELL], const struct ses_sem *s)
{
	if (!isfinite(s->days_min))
		snprintf(out, CELL, "-");
	else if (s->days_min == s->days_max)
		snprintf(out, CELL, "%.0f", s->days_min);
	else
		snprintf(out, CELL, "%.0f-%.0f", s->days_min, s->days_max);
}

/* ---- a table of like rows -------------------------------------------------------------------------------- */

static bool same_table(const struct ses_sem *a, const struct ses_sem *b)
{
	return a->kind == b->kind && a->basis == b->basis && a->measure == b->measure && a->rule == b->rule && a->presses == b->presses &&
		fabs(a->tip_area_cm2 - b->tip_area_cm2) < 1e-6 && fabs(a->rate_kpa_s - b->rate_kpa_s) < 1e-6 &&
		strcmp(a->response_mode, b->response_mode) == 0;
}

static void heading(struct ana_text *text, const struct ana_rel_row *row)
{
	const struct ses_sem *s = &row->sem;
	const char *what = s->basis == SES_SEM_PRESSES ? "WITHIN VISIT, from repeated presses"
		: s->kind == SES_SEM_WITHIN_VISIT ? "WITHIN VISIT, from series of one day marked stable"
		: s->kind == SES_SEM_BETWEEN_VISITS ? "BETWEEN VISITS, one examiner, pairs marked stable"
		: "BETWEEN EXAMINERS, pairs marked stable";

	ana_text_line(text, "%s", "");
	ana_text_para(text, 4, "%s: %s%s rule, %d press%s, tip %g cm2, %g kPa/s, %s%s", what,
		s->measure == SES_MEASURE_TOLERANCE ? "TOLERANCE, " : "", ses_rule_word(s->rule), s->presses,
		s->presses == 1 ? "" : "es", s->tip_area_cm2, s->rate_kpa_s, s->response_mode, row->simulated ? ", SIMULATED" : "");
}

static void errors(struct ana_text *text, const struct ana_rel_row *row, size_t n)
{
	struct ana_grid grid;
	char cell[CELL];

	ana_grid_start(&grid, "lrrrrrrr");
	const char *const heads[] = {"site", "n", "df", "days", row->sem.scale == SES_SCALE_LOG10 ? "SEM % (95 % CI)" : "SEM kPa (95 % CI)",
		row->sem.scale == SES_SCALE_LOG10 ? "MDC90 %" : "MDC90", row->sem.scale == SES_SCALE_LOG10 ? "MDC95 %" : "MDC95", "CV %"};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		ana_grid_cell(&grid, "%s", heads[i]);
	for (size_t i = 0; i < n; i++) {
		const struct ses_sem *s = &row[i].sem;

		ana_grid_cell(&grid, "%s%s", s->site, row[i].both_sides ? " (both)" : "");
		ana_grid_cell(&grid, "%d", s->participants);
		ana_grid_cell(&grid, "%.0f", s->df);
		days_text(cell, s);
		ana_grid_cell(&grid, "%s", cell);
		sem_text(cell, s);
		ana_grid_cell(&grid, "%s", cell);
		mdc_text(cell, row[i].mdc90, s->scale);
		ana_grid_cell(&grid, "%s", cell);
		mdc_text(cell, row[i].mdc95, s->scale);
		ana_grid_cell(&grid, "%s", cell);
		if (isfinite(row[i].cv))
			ana_grid_cell(&grid, "%.1f", 100 * row[i].cv);
		else
			ana_grid_cell(&grid, "-");
	}
	ana_grid_print(&grid, text);
}

static void icc_short(char out[CELL], const struct st_icc *icc)
{
	snprintf(out, CELL, isfinite(icc->value) ? "%.2f" : "-", icc->value);
}

static void beside_sessions(struct ana_text *text, const struct ana_rel_row *row, size_t n)
{
	struct ana_grid grid;
	char cell[CELL];

	ana_grid_start(&grid, "lrrrr");
	ana_grid_cell(&grid, "site");
	ana_grid_cell(&grid, "shift (95 %% CI)");
	ana_grid_cell(&grid, "SEM(c)");
	ana_grid_cell(&grid, "ICC(2,1) (95 %% CI)");
	ana_grid_cell(&grid, "ICC(3,1)");
	for (size_t i = 0; i < n; i++) {
		ana_grid_cell(&grid, "%s%s", row[i].sem.site, row[i].both_sides ? " (both)" : "");
		shift_text(cell, &row[i]);
		ana_grid_cell(&grid, "%s", cell);
		spread_text(cell, row[i].consistency, row[i].sem.scale);
		ana_grid_cell(&grid, "%s", cell);
		icc_text(cell, &row[i].icc[ST_ICC_2_1]);
		ana_grid_cell(&grid, "%s", cell);
		icc_short(cell, &row[i].icc[ST_ICC_3_1]);
		ana_grid_cell(&grid, "%s", cell);
	}
	ana_grid_print(&grid, text);
}

static void beside_presses(struct ana_text *text, const struct ana_rel_row *row, size_t n)
{
	struct ana_grid grid;
	char cell[CELL];

	ana_grid_start(&grid, "lrrrrr");
	ana_grid_cell(&grid, "site");
	ana_grid_cell(&grid, "points");
	ana_grid_cell(&grid, "SD of a press");
	ana_grid_cell(&grid, "press 1 - later (95 %% CI)");
	ana_grid_cell(&grid, "ICC(3,1)");
	ana_grid_cell(&grid, "ICC(3,k)");
	for (size_t i = 0; i < n; i++) {
		ana_grid_cell(&grid, "%s%s", row[i].sem.site, row[i].both_sides ? " (both)" : "");
		ana_grid_cell(&grid, "%d", row[i].sem.values);
		spread_text(cell, row[i].sem.press_sd, row[i].sem.scale);
		ana_grid_cell(&grid, "%s", cell);
		shift_text(cell, &row[i]);
		ana_grid_cell(&grid, "%s", cell);
		icc_short(cell, &row[i].icc[ST_ICC_3_1]);
		ana_grid_cell(&grid, "%s", cell);
		icc_short(cell, &row[i].icc[ST_ICC_3_K]);
		ana_grid_cell(&grid, "%s", cell);
	}
	ana_grid_print(&grid, text);
}

/* What a reader must know of these rows before using them. */
static void cautions(struct ana_text *text, const struct ana_rel_row *row, size_t n)
{
	char sites[400] = "";
	bool small = false;

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(sites);

		small |= row[i].sem.df < SMALL_DF;
		if (row[i].sem.basis == SES_SEM_SESSIONS && !row[i].both_sides &&
			(row[i].shift_ci.low > 0 || row[i].shift_ci.high < 0) && len < 360)
			snprintf(sites + len, sizeof(sites) - len, "%s%s", len ? ", " : "", row[i].sem.site);
	}
	if (small)
		ana_text_para(text, 2, "! df below %d: the intervals are wide, and MDC is large because t is. More people make both smaller.",
			SMALL_DF);
	if (*sites)
		ana_text_para(text, 2, "! A steady shift at %s: stable people changed in one direction between the two. It is "
			"part of the SEM here; find out where it comes from (habituation, the examiner, other conditions).", sites);
	if (row->sem.basis == SES_SEM_PRESSES)
		ana_text_para(text, 2, "It holds for two values of one visit. What a whole visit or a new beginning shifts is not in it: "
			"it is no error between visits.");
	if (!isfinite(row->sem.sem))
		ana_text_para(text, 2, "! The error of a median of more than 9 presses is not known here: name another rule (--rule).");
}

/* ---- planning --------------------------------------------------------------------------------------------- */

static void plan_cell(struct ana_grid *grid, size_t n)
{
	if (n)
		ana_grid_cell(grid, "%zu", n);
	else
		ana_grid_cell(grid, "-");
}

static void plan(struct ana_text *text, const struct ana_rel_row *row, size_t n, double plan_kpa)
{
	struct ana_grid grid;
	char cell[CELL];

	ana_text_para(text, 4, "People needed to find a mean change of %g kPa (power 80 %%, two-sided 5 %%):", plan_kpa);
	ana_grid_start(&grid, "lrrrr");
	ana_grid_cell(&grid, "site");
	ana_grid_cell(&grid, "SD of change");
	ana_grid_cell(&grid, "one group");
	ana_grid_cell(&grid, "two groups, each");
	ana_grid_cell(&grid, "with baseline, each");
	for (size_t i = 0; i < n; i++) {
		const struct ses_sem *s = &row[i].sem;
		double change = s->scale == SES_SCALE_LOG10 ? log10((s->level_kpa + plan_kpa) / s->level_kpa) : plan_kpa;

		if (row[i].both_sides)
			continue;
		ana_grid_cell(&grid, "%s", s->site);
		spread_text(cell, s->sd_change, s->scale);
		ana_grid_cell(&grid, "%s", cell);
		plan_cell(&grid, ana_rel_plan_paired(change, s->sd_change));
		plan_cell(&grid, ana_rel_plan_groups(change, s->sd_change, 0));
		plan_cell(&grid, ana_rel_plan_groups(change, row[i].sd_visit * sqrt(1 - s->r * s->r), 1));
	}
	ana_grid_print(&grid, text);
	ana_text_para(text, 2, "SD of change and correlation are those of stable people; treated people differ more from each "
		"other, and some will drop out: take more.");
}

/* ---- the rest ------------------------------------------------------------------------------------------------ */

static void scale_part(struct ana_text *text, const struct ana_reliability *rel, const struct ana_rel_words *words)
{
	const struct ana_rel_scale *s = &rel->scale;

	ana_text_line(text, "%s", "");
	ana_text_para(text, 4, "Scale: %s%s.", ses_scale_word(s->scale), s->scale == SES_SCALE_LOG10
		? " (SEM, MDC, CV and shift are per cent of the level: limits are ratios)" : "");
	if (isfinite(s->t_kpa))
		ana_text_para(text, 4, "Does the error grow with the level? %zu values of %zu participants (%s, from %s), participants as "
			"units: %+.3f kPa of SD a kPa of level (t %.2f, p %.3f); on log10 t %.2f, p %.3f.", s->values, s->participants,
			ses_sem_kind_word(s->kind), ses_sem_basis_word(s->basis), s->slope_kpa, s->t_kpa, s->p_kpa, s->t_log, s->p_log);
	if (!s->by_test && s->participants >= ANA_REL_SCALE_MIN)
		ana_text_para(text, 4, "Whether the error grows with the level cannot be tested: levels or errors of the %zu participants "
			"do not differ. kPa is taken unless told otherwise.", s->participants);
	else if (!s->by_test)
		ana_text_para(text, 4, "Too few participants to test whether the error grows with the level (%zu, it takes %d): kPa is "
			"taken unless told otherwise.", s->participants, ANA_REL_SCALE_MIN);
	else
		ana_text_para(text, 4, "By this test: %s.%s", ses_scale_word(s->by_test), s->by_test == s->scale ? "" : " It is NOT followed.");
	if (words->why)
		ana_text_para(text, 4, "%s is taken because: %s", ses_scale_word(s->scale), words->why);
	else if (words->held)
		ana_text_para(text, 4, "The study works on %s already (reliability.tsv), so that a course keeps one scale%s.",
			ses_scale_word(words->held), s->by_test && s->by_test != words->held ? "; --scale with --why changes it" : "");
}

static void left_part(struct ana_text *text, const struct ana_reliability *rel)
{
	bool any = false;

	ana_text_line(text, "%s", "");
	for (int i = 0; i < ANA_LEFT_KINDS; i++)
		if (rel->left[i]) {
			if (!any)
				ana_text_line(text, "Left out:");
			any = true;
			ana_text_para(text, 6, "  %zu %s", rel->left[i], ana_rel_left_text((enum ana_rel_left)i));
		}
	if (!any)
		ana_text_line(text, "Nothing was left out.");
}

static int most_participants(const struct ana_reliability *rel, enum ses_sem_kind kind)
{
	int n = 0;

	for (size_t i = 0; i < rel->n_rows; i++)
		if (rel->row[i].sem.kind == kind && rel->row[i].sem.basis == SES_SEM_SESSIONS && rel->row[i].sem.participants > n)
			n = rel->row[i].sem.participants;
	return n;
}

static void what_to_do(struct ana_text *text, const struct ana_reliability *rel)
{
	int n = most_participants(rel, SES_SEM_BETWEEN_VISITS);

	ana_text_line(text, "%s", "");
	if (rel->groups[SES_SEM_BETWEEN_VISITS] == 0)
		ana_text_para(text, 0, "No two visits are marked stable: a change between visits cannot be held against an error of "
			"this study. Measure %d or more stable people at two visits and mark each pair: algometer reliability stable CODE 1 2 "
			"--who CODE --why TEXT", ADVISED_PARTICIPANTS);
	else if (n > 0 && n < ADVISED_PARTICIPANTS)
		ana_text_para(text, 0, "%d participant%s with visits marked stable: %d or more are advised, and pairs as many days apart as "
			"the visits of a course.", n, n == 1 ? "" : "s", ADVISED_PARTICIPANTS);
	ana_text_para(text, 0, "MDC is t(df) x sqrt(2) x SEM: what the error alone exceeds once in twenty (MDC95) or ten (MDC90) "
		"times in one stable person. It is not clinical importance. SEM(c) is without the steady shift between the two, which SEM "
		"and MDC contain. n counts participants; df of presses count presses, and both sides of one person as one.");
}

void ana_reliability_page(struct ana_text *text, const struct ana_reliability *rel, const struct ana_rel_words *words)
{
	if (rel->simulated)
		ana_simulated_text(text);
	ana_text_para(text, 4, "Errors of measuring: %zu session%s of %zu participant%s; groups marked stable: %zu between visits, %zu "
		"between examiners, %zu within visit", rel->n_visits, rel->n_visits == 1 ? "" : "s", rel->n_participants,
		rel->n_participants == 1 ? "" : "s", rel->groups[SES_SEM_BETWEEN_VISITS], rel->groups[SES_SEM_BETWEEN_EXAMINERS],
		rel->groups[SES_SEM_WITHIN_VISIT]);
	for (size_t i = 0; i < rel->n_rows;) {
		size_t n = 1;

		while (i + n < rel->n_rows && same_table(&rel->row[i].sem, &rel->row[i + n].sem))
			n++;
		heading(text, &rel->row[i]);
		errors(text, &rel->row[i], n);
		if (rel->row[i].sem.basis == SES_SEM_PRESSES)
			beside_presses(text, &rel->row[i], n);
		else
			beside_sessions(text, &rel->row[i], n);
		if (isfinite(words->plan_kpa) && rel->row[i].sem.kind == SES_SEM_BETWEEN_VISITS)
			plan(text, &rel->row[i], n, words->plan_kpa);
		cautions(text, &rel->row[i], n);
		i += n;
	}
	scale_part(text, rel, words);
	left_part(text, rel);
	what_to_do(text, rel);
}
