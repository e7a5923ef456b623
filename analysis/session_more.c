/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_more.c - what a session holds beside its thresholds: what was asked before it, tolerance, holds,
 * familiarisation, and the uncertainty of the instrument with its budget.
 */
#include "analysis/pages.h"

#include "data/uncertainty.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was asked ------------------------------------------------------------------------------------ */

static void add_word(char *out, size_t cap, const char *word)
{
	size_t used = strlen(out);

	snprintf(out + used, cap - used, "%s%s", used ? ", " : "", word);
}

void ana_session_safety(struct ana_text *text, const struct ses_session *ses)
{
	char yes[300] = "", no[300] = "", unasked[300] = "", rest[300] = "", note[sizeof(ses->events->note)];

	for (size_t i = 0; i < ses->n_events; i++) {
		const struct ses_event *e = &ses->events[i];

		ana_plain_text(note, sizeof(note), e->note);
		if (strcmp(e->kind, "precaution") == 0)
			add_word(isnan(e->value) ? unasked : e->value > 0 ? yes : no, sizeof(yes), note);
		else if (strcmp(e->kind, "bell") == 0 || strcmp(e->kind, "display") == 0) {
			char words[96];

			snprintf(words, sizeof(words), "%s %.60s", e->kind, note);
			add_word(rest, sizeof(rest), words);
		} else if (strcmp(e->kind, "adverse") == 0)
			ana_text_para(text, 4, "ADVERSE EVENT: the session was stopped for the patient (%s)", note);
	}
	if (*yes)
		ana_text_para(text, 4, "Precautions that hold: %s", yes);
	if (*no)
		ana_text_para(text, 4, "Precautions that do not hold: %s", no);
	if (*unasked)
		ana_text_para(text, 4, "Precautions not asked about: %s", unasked);
	if (*rest)
		ana_text_para(text, 4, "Before the first press: %s", rest);
	if (ses->header.blinded)
		ana_text_para(text, 4, "Recorded BLINDED%s", ses->header.display_covered == SES_COVERED_YES
			? ", the gauge's display covered" : "; the gauge's display was NOT known to be covered: not blinded");
}

bool ana_session_safety_event(const char *kind)
{
	static const char *const kinds[] = {"precaution", "bell", "display", "stop-word", "adverse"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	return false;
}

/* ---- tolerance and holds ---------------------------------------------------------------------------------- */

static const struct ses_point *point_of(const struct ses_session *ses, const struct ses_trial *t)
{
	return t->point >= 0 && (size_t)t->point < ses->n_points ? &ses->points[t->point] : NULL;
}

static void label_of(const struct ses_session *ses, const struct ses_trial *t, char *out, size_t cap)
{
	const struct ses_point *point = point_of(ses, t);

	if (point)
		ana_point_text(out, cap, point);
	else
		snprintf(out, cap, "%s", t->site_code);
}

static void tolerance(struct ana_text *text, const struct ses_session *ses)
{
	bool headed = false;

	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];
		char label[128], kpa[ANA_NUMBER_MAX];

		if (t->tolerance == SES_TOLERANCE_NOT_ASKED || t->status != SES_ACCEPTED || t->kind == SES_KIND_FAMILIARISATION)
			continue;
		if (!headed)
			ana_text_line(text, "Tolerance (second response), kPa; >: the ceiling came first, -: let go before");
		headed = true;
		label_of(ses, t, label, sizeof(label));
		ana_kpa_text(kpa, t->ptt_kpa, t->tolerance == SES_TOLERANCE_CENSORED);
		ana_text_line(text, "  press %d, %s: %s", (int)t->trial, label, kpa);
	}
}

static void holds(struct ana_text *text, const struct ses_session *ses)
{
	bool headed = false;

	for (size_t i = 0; i < ses->n_trials; i++) {
		const struct ses_trial *t = &ses->trials[i];
		char label[128], rating[24] = "not rated";

		if (t->kind != SES_KIND_HOLD || t->status == SES_MISSING)
			continue;
		if (!headed)
			ana_text_line(text, "Holds: mean pressure, time inside the band, pain 0-10");
		headed = true;
		label_of(ses, t, label, sizeof(label));
		if (isfinite(t->rating))
			snprintf(rating, sizeof(rating), "pain %g", t->rating);
		if (t->status == SES_ACCEPTED)
			ana_text_line(text, "  press %d, %s: %.0f kPa, %.1f s, %s", (int)t->trial, label, t->hold_kpa, t->hold_s, rating);
		else
			ana_text_line(text, "  press %d, %s: rejected (%s)", (int)t->trial, label,
				ses_reason_word((enum ses_reason)t->reason));
	}
}

void ana_session_more(struct ana_text *text, const struct ses_session *ses, const struct ana_visit *visit)
{
	tolerance(text, ses);
	holds(text, ses);
	if (visit->n_practice)
		ana_text_line(text, "%zu practice press%s (familiarisation): in no value", visit->n_practice, visit->n_practice == 1 ? "" : "es");
}

/* ---- the instrument's uncertainty --------------------------------------------------------------------------- */

/* The rest before contact, from the stored samples. */
static void rest_of(const struct ses_session *ses, const struct ses_trial *t, struct ses_budget_in *in)
{
	struct ses_sample *samples = t->n_samples > 0 ? calloc((size_t)t->n_samples, sizeof(*samples)) : NULL;
	size_t n = 0;

	in->rest_sd_n = in->step_s = NAN;
	if (!samples || (size_t)t->first_sample + (size_t)t->n_samples > ses->n_samples) {
		free(samples);
		return;
	}
	for (int32_t i = 0; i < t->n_samples; i++) {
		const struct ses_sample_row *row = &ses->samples[t->first_sample + i];

		if (isfinite(row->t_s))
			samples[n++] = (struct ses_sample){.t_ns = (int64_t)llround(row->t_s * 1e9), .force_n = row->force_n};
	}
	ses_rest_noise(samples, n, isfinite(t->t_contact_s) ? (int64_t)llround(t->t_contact_s * 1e9) : 0, in);
	free(samples);
}

bool ana_session_budget(const struct ses_session *ses, const struct ses_trial *t, struct ses_budget *out)
{
	const struct ses_header *h = &ses->header;
	struct ses_budget_in in = {.trial = t, .area_cm2 = h->tip_area_cm2, .resolution_n = h->device_resolution_n,
		.capacity_n = h->device_capacity_n, .first_zero_n = NAN, .accuracy = ses_accuracy_of(h->check_text)};

	for (size_t i = 0; i < ses->n_trials && isnan(in.first_zero_n); i++)
		in.first_zero_n = ses->trials[i].zero_n;
	rest_of(ses, t, &in);
	ses_budget_make(&in, out);
	return isfinite(out->expanded_kpa);
}

/* The accepted press in the middle: what is true of it is about true of all. */
static const struct ses_trial *middle_press(const struct ses_session *ses)
{
	const struct ses_trial *best = NULL;
	size_t n = 0, below;

	for (size_t i = 0; i < ses->n_trials; i++)
		n += ses->trials[i].status == SES_ACCEPTED && isfinite(ses->trials[i].ppt_kpa);
	for (size_t i = 0; i < ses->n_trials && !best; i++) {
		const struct ses_trial *t = &ses->trials[i];

		if (t->status != SES_ACCEPTED || !isfinite(t->ppt_kpa))
			continue;
		below = 0;
		for (size_t k = 0; k < ses->n_trials; k++)
			below += ses->trials[k].status == SES_ACCEPTED && (ses->trials[k].ppt_kpa < t->ppt_kpa ||
				(ses->trials[k].ppt_kpa == t->ppt_kpa && k < i));
		if (below == n / 2)
			best = t;
	}
	return best;
}

static void budget_table(struct ana_text *text, const struct ses_trial *t, const struct ses_budget *b)
{
	struct ana_grid grid;

	ana_grid_start(&grid, "lrr");
	ana_grid_cell(&grid, "part");
	ana_grid_cell(&grid, "u, kPa");
	ana_grid_cell(&grid, "share");
	for (int i = 0; i < SES_BUDGET_PARTS; i++) {
		double share = b->part_kpa[i] * b->part_kpa[i] / (b->expanded_kpa * b->expanded_kpa / 4);

		ana_grid_cell(&grid, "%s", ses_budget_word((enum ses_budget_part)i));
		ana_grid_cell(&grid, "%.2f", b->part_kpa[i]);
		ana_grid_cell(&grid, "%.0f %%", 100 * share);
	}
	ana_grid_cell(&grid, "expanded, k = 2");
	ana_grid_cell(&grid, "%.1f", b->expanded_kpa);
	ana_grid_cell(&grid, "%.1f %%", 100 * b->expanded_kpa / t->ppt_kpa);
	ana_grid_print(&grid, text);
}

void ana_session_uncertainty(struct ana_text *text, const struct ses_session *ses)
{
	const struct ses_trial *t = middle_press(ses);
	struct ses_accuracy accuracy = ses_accuracy_of(ses->header.check_text);
	struct ses_budget b;
	double least = INFINITY, most = 0;

	ana_text_line(text, "%s", "");
	if (!t || !ana_session_budget(ses, t, &b)) {
		ana_text_line(text, "Uncertainty of the instrument: there is no accepted press");
		return;
	}
	ana_text_para(text, 4, "Uncertainty of the instrument (not the precision of a threshold: people differ 5 to 20 times more), "
		"budget of press %d, %.0f kPa:", (int)t->trial, t->ppt_kpa);
	budget_table(text, t, &b);
	for (size_t i = 0; i < ses->n_trials; i++) {
		struct ses_budget one;

		if (ses->trials[i].status != SES_ACCEPTED || !ana_session_budget(ses, &ses->trials[i], &one))
			continue;
		least = fmin(least, one.expanded_kpa);
		most = fmax(most, one.expanded_kpa);
	}
	ana_text_line(text, "All accepted presses: %.1f to %.1f kPa (k = 2)", least, most);
	ana_text_para(text, 4, accuracy.checked ? "Calibration from the check %s" : "The gauge was not checked with weights: "
		"0.5 %% of its range, or 1 %% of the reading, is assumed%s", accuracy.checked ? ses->header.calibration : "");
	ana_text_para(text, 4, "Not in it, since always the same way: reaction time adds %.0f to %.0f kPa to every threshold (0.2 to 0.4 s%s); "
		"a gauge held up to 10 degrees off reads up to %.1f kPa low. Gain and tip area are the same at every visit with "
		"this gauge and tip, and cancel in a change.", b.reaction_low_kpa, b.reaction_high_kpa,
		t->response == SES_RESPONSE_BUTTON || t->response == SES_RESPONSE_GAUGE ? "" : ", patient and examiner", 2 * b.angle_bias_kpa);
}
