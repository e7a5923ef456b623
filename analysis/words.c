/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c - how numbers and findings are worded, the same in every command (analysis/text.h). */
#include "analysis/text.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* "-0" is no number to show. */
static double whole(double value)
{
	return value == 0 ? 0 : value;
}

double ana_tenths(double value)
{
	return fabs(value) < 0.05 ? 0 : value;
}

void ana_kpa_text(char out[ANA_NUMBER_MAX], double kpa, bool bound)
{
	if (!isfinite(kpa))
		snprintf(out, ANA_NUMBER_MAX, "-");
	else if (bound)
		snprintf(out, ANA_NUMBER_MAX, ">%.0f", whole(floor(kpa)));
	else
		snprintf(out, ANA_NUMBER_MAX, "%.0f", whole(rint(kpa)));
}

/* kind says in which direction value is a bound; rounding keeps it one. */
static void signed_text(char out[ANA_NUMBER_MAX], enum ana_change_kind kind, double value, const char *unit)
{
	const char *sign = kind == ANA_CHANGE_AT_LEAST ? ">=" : kind == ANA_CHANGE_AT_MOST ? "<=" : "";

	if (kind == ANA_CHANGE_OPEN)
		snprintf(out, ANA_NUMBER_MAX, "?");
	else if (kind == ANA_CHANGE_NONE || !isfinite(value))
		snprintf(out, ANA_NUMBER_MAX, "-");
	else {
		value = whole(kind == ANA_CHANGE_AT_LEAST ? floor(value) : kind == ANA_CHANGE_AT_MOST ? ceil(value)
			: rint(value));
		snprintf(out, ANA_NUMBER_MAX, value == 0 ? "%s%.0f%s" : "%s%+.0f%s", sign, value, unit);
	}
}

void ana_change_text(char out[ANA_NUMBER_MAX], const struct ana_change *change)
{
	signed_text(out, change->kind, change->kpa, "");
}

void ana_percent_text(char out[ANA_NUMBER_MAX], const struct ana_change *change)
{
	signed_text(out, change->kind, change->percent, " %");
}

void ana_interval_text(char out[ANA_NUMBER_MAX], const struct ana_change *change)
{
	if (isfinite(change->ci_low_kpa) && isfinite(change->ci_high_kpa))
		snprintf(out, ANA_NUMBER_MAX, "%+.0f to %+.0f", whole(rint(change->ci_low_kpa)), whole(rint(change->ci_high_kpa)));
	else if (isfinite(change->ci_low_percent) && isfinite(change->ci_high_percent))
		snprintf(out, ANA_NUMBER_MAX, "%+.0f %% to %+.0f %%", whole(rint(change->ci_low_percent)),
			whole(rint(change->ci_high_percent)));
	else
		snprintf(out, ANA_NUMBER_MAX, "-");
}

void ana_ratio_text(char out[ANA_NUMBER_MAX], const struct ana_side *side)
{
	if (side->sign == '?')
		snprintf(out, ANA_NUMBER_MAX, "?");
	else if (!side->other || isnan(side->ratio))
		snprintf(out, ANA_NUMBER_MAX, "-");
	else if (side->sign == '=')
		snprintf(out, ANA_NUMBER_MAX, "%.2f", side->ratio);
	else /* a bound is rounded so that it stays true */
		snprintf(out, ANA_NUMBER_MAX, "%c%.2f", side->sign,
			side->sign == '>' ? floor(100 * side->ratio) / 100 : ceil(100 * side->ratio) / 100);
}

const char *ana_verdict_text(enum ana_verdict verdict)
{
	switch (verdict) {
	case ANA_VERDICT_RISE:
		return "rose > error";
	case ANA_VERDICT_FALL:
		return "fell > error";
	case ANA_VERDICT_WITHIN:
		return "within error";
	case ANA_VERDICT_OPEN:
		return "cannot tell";
	default:
		return "";
	}
}

void ana_missing_text(char *out, size_t cap, const struct ana_point *point)
{
	if (!point)
		snprintf(out, cap, "not measured");
	else if (!isnan(point->value_kpa))
		snprintf(out, cap, "%s", "");
	else if (point->n_press == 0 || point->reason == SES_REASON_NONE)
		snprintf(out, cap, "missing");
	else
		snprintf(out, cap, "%s: %s",
			point->press[point->n_press - 1].status == SES_REJECTED ? "rejected" : "missing",
			ses_reason_word(point->reason));
}

void ana_point_text(char *out, size_t cap, const struct ses_point *point)
{
	char series[24] = "";

	if (point->series > 1)
		snprintf(series, sizeof(series), "[%d] ", point->series);
	snprintf(out, cap, "%s%s%s", point->primary ? "* " : "", series, *point->label ? point->label : point->site_code);
}

void ana_plain_text(char *out, size_t cap, const char *escaped)
{
	if (alg_text_unascii(out, cap, escaped))
		alg_text_copy(out, cap, escaped);
}

const char *ana_role_text(enum ses_role role)
{
	switch (role) {
	case SES_ROLE_TARGET:
		return "target points";
	case SES_ROLE_CONTRALATERAL:
		return "other side";
	case SES_ROLE_CONTROL:
		return "control points";
	default:
		return "no role in the file";
	}
}

const char *ana_measure_short(enum ses_measure measure)
{
	return measure == SES_MEASURE_TOLERANCE ? "PTT" : "PPT";
}

const char *ana_measure_name(enum ses_measure measure)
{
	return measure == SES_MEASURE_TOLERANCE ? "pressure-pain tolerance" : "pressure-pain threshold";
}

void ana_simulated_text(struct ana_text *text)
{
	ana_text_line(text, "*** SIMULATED: these numbers come from a simulation, not from a person. ***");
}

/* Each SEM in use, where they are too many for a sentence. */
static void list_rows(struct ana_text *text, const struct ana_errors *errors, const struct ana_basis *basis)
{
	struct ana_grid grid;
	char sem[32], low[32], high[32], mdc[32];

	ana_grid_start(&grid, "llrlrrr");
	ana_grid_cell(&grid, "site");
	ana_grid_cell(&grid, "kind");
	ana_grid_cell(&grid, "SEM");
	ana_grid_cell(&grid, "(95 %% CI)");
	ana_grid_cell(&grid, "MDC%g", 100 * errors->level);
	ana_grid_cell(&grid, "df");
	ana_grid_cell(&grid, "n");
	ana_grid_end_row(&grid);
	for (size_t i = 0; i < basis->n_rows; i++) {
		const struct ses_sem *row = basis->row[i];

		ana_sem_text(sem, sizeof(sem), row->scale, row->sem);
		ana_sem_text(low, sizeof(low), row->scale, row->low);
		ana_sem_text(high, sizeof(high), row->scale, row->high);
		ana_mdc_text(mdc, sizeof(mdc), row->scale, ana_sem_mdc(row, errors->level));
		ana_grid_cell(&grid, "%s", row->site);
		ana_grid_cell(&grid, "%s", ana_kind_text(row->kind));
		ana_grid_cell(&grid, "%s", sem);
		if (isfinite(row->low))
			ana_grid_cell(&grid, "(%s to %s)", low, high);
		else
			ana_grid_cell(&grid, "-");
		ana_grid_cell(&grid, "%s", mdc);
		ana_grid_cell(&grid, isfinite(row->df) ? "%g" : "-", row->df);
		ana_grid_cell(&grid, row->participants ? "%d" : "-", row->participants);
	}
	ana_grid_print(&grid, text);
}

void ana_basis_text(struct ana_text *text, const struct ana_errors *errors, const struct ana_basis *basis)
{
	char words[ANA_BASIS_TEXT_MAX];

	ana_basis_words(words, sizeof(words), errors, basis);
	ana_text_para(text, 2, "%s", words);
	if (basis->n_rows > ANA_BASIS_NAMED)
		list_rows(text, errors, basis);
}

const char *ana_finding_text(enum ana_verdict verdict)
{
	switch (verdict) {
	case ANA_VERDICT_RISE:
		return "rose by more than measurement error";
	case ANA_VERDICT_FALL:
		return "fell by more than measurement error";
	case ANA_VERDICT_WITHIN:
		return "not distinguishable from measurement error";
	case ANA_VERDICT_OPEN:
		return "cannot be judged: the ceiling hides how far it went";
	default:
		return "";
	}
}

void ana_tally_text(char *out, size_t cap, const struct ana_tally *tally)
{
	char open[64] = "";

	if (tally->open)
		snprintf(open, sizeof(open), " %zu cannot be judged (ceiling).", tally->open);
	snprintf(out, cap, "%zu of %zu point%s rose and %zu fell by more than measurement error; about %.2g would by chance.%s",
		tally->rose, tally->n, tally->n == 1 ? "" : "s", tally->fell, tally->by_chance, open);
}
