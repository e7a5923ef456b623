/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session_page.c - one session in one screen: who and how, then the points, then what else to know. */
#include "analysis/pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PRESSES_SHOWN = 6, EVENTS_SHOWN = 8 };

static const char *or_unknown(const char *text)
{
	return *text ? text : "not known";
}

/* "2026-03-02T09:30:00.123+01:00" as "2026-03-02 09:30 +01:00"; anything else as it is. */
static void when(char *out, size_t cap, const char *time)
{
	const char *offset = strlen(time) > 19 ? strpbrk(time + 19, "Z+-") : NULL;

	if (offset && time[10] == 'T')
		snprintf(out, cap, "%.10s %.5s %s", time, time + 11, offset);
	else
		snprintf(out, cap, "%s", time);
}

static void how_it_ended(char *out, size_t cap, const struct ses_session *ses)
{
	const char *early = ses_session_ended_early(ses);

	if (ses->moved_to[0])
		snprintf(out, cap, "MOVED to %s: not %s's", ses->moved_to, ses->header.participant);
	else if (early)
		snprintf(out, cap, "ENDED EARLY (%s)", early);
	else
		snprintf(out, cap, "%s", ses->header.complete ? "complete" : "NOT COMPLETE (cut off or still running)");
}

static void head(struct ana_text *text, const struct ses_session *ses, const struct ana_visit *visit)
{
	const struct ses_header *h = &ses->header;
	char name[48], seal[9] = "", started[48], ended[96];

	ana_visit_name(visit, name, sizeof(name));
	how_it_ended(ended, sizeof(ended), ses);
	when(started, sizeof(started), h->started);
	snprintf(seal, sizeof(seal), "%.8s", h->seal);
	ana_text_para(text, 4, "%s, session %s, %s (%s): %s%s", h->participant, name, started, or_unknown(h->time_zone),
		ended, visit->original ? ", as recorded: amendments NOT applied" : "");
	ana_text_para(text, 4, "Examiner %s; study %s%s%s; program %s; %s%s", or_unknown(h->examiner), or_unknown(h->study),
		*h->centre ? ", centre " : "", h->centre, or_unknown(h->program_version), *seal ? "seal " : "not sealed", seal);
	ana_text_para(text, 4, "Gauge %s %s%s%s, %s%s; tip %g cm2%s%s", h->device_family, *h->device_model ? h->device_model
		: "(model not known)", *h->device_serial ? " no. " : "", h->device_serial,
		*h->calibration ? "checked: " : "no check on record", h->calibration, h->tip_area_cm2,
		*h->tip_shape ? ", " : "", h->tip_shape);
	ana_text_para(text, 4, "Procedure %s %s: %g kPa/s +-%g %%, %d rounds, interval %g s, response by %s, value: %s",
		h->procedure_id, h->procedure_version, h->target_rate_kpa_s, 100 * h->corridor, (int)h->rounds, h->interval_s,
		h->response_mode, ses_rule_word(visit->rule));
	if (*h->order_kind)
		ana_text_para(text, 4, "Order: %s%s%s%s", h->order_kind, *h->order_source ? ", " : "", h->order_source,
			strncmp(h->order_kind, "random", 6) == 0 ? " (its seed is in the file)" : "");
	if (*h->recovered)
		ana_text_para(text, 4, "Recovered %s", h->recovered);
	if (*h->origin)
		ana_text_para(text, 4, "Origin: %s", h->origin);
	if (h->simulated && *h->simulation)
		ana_text_para(text, 4, "Simulated by %s", h->simulation);
}

/* "212", "(187)" rejected, ">600" censored, "-" missing; "" beyond the last. */
static void press_cell(struct ana_grid *grid, const struct ana_point *point, size_t i)
{
	char number[ANA_NUMBER_MAX];

	if (i >= point->n_press) {
		ana_grid_cell(grid, "%s", "");
		return;
	}
	const struct ana_press *p = &point->press[i];

	ana_kpa_text(number, p->kpa, p->status == SES_CENSORED);
	ana_grid_cell(grid, p->status == SES_REJECTED ? "(%s)" : "%s", number);
}

/* Mean rate and mean share inside the corridor over the accepted presses of one point. */
static void rate_cells(struct ana_grid *grid, const struct ana_point *point)
{
	double rate = 0, share = 0;
	int n = 0;

	for (size_t i = 0; i < point->n_press; i++) {
		const struct ana_press *p = &point->press[i];

		if (p->status != SES_ACCEPTED || !isfinite(p->rate_kpa_s))
			continue;
		rate += p->rate_kpa_s;
		share += isfinite(p->corridor_share) ? p->corridor_share : 0;
		n++;
	}
	if (n) {
		ana_grid_cell(grid, "%.0f", rate / n);
		ana_grid_cell(grid, "%.0f %%", 100 * share / n);
	} else {
		ana_grid_cell(grid, "-");
		ana_grid_cell(grid, "-");
	}
}

static void point_row(struct ana_grid *grid, const struct ana_point *point, size_t presses)
{
	char label[128], value[ANA_NUMBER_MAX], sd[ANA_NUMBER_MAX];

	ana_point_text(label, sizeof(label), &point->point);
	ana_grid_cell(grid, "%s", label);
	for (size_t i = 0; i < presses; i++)
		press_cell(grid, point, i);
	ana_kpa_text(value, point->value_kpa, point->bound);
	ana_kpa_text(sd, point->sd_kpa, false);
	ana_grid_cell(grid, "%s", value);
	ana_grid_cell(grid, "%s", sd);
	rate_cells(grid, point);
}

static size_t most_presses(const struct ana_visit *visit)
{
	size_t most = 1;

	for (size_t i = 0; i < visit->n_points; i++)
		most = visit->point[i].n_press > most ? visit->point[i].n_press : most;
	return most < PRESSES_SHOWN ? most : PRESSES_SHOWN;
}

static void points(struct ana_text *text, const struct ana_visit *visit)
{
	static const enum ses_role order[] = {SES_ROLE_TARGET, SES_ROLE_CONTRALATERAL, SES_ROLE_CONTROL, 0};
	size_t presses = most_presses(visit);
	struct ana_grid grid;

	/* label, presses, value, SD, rate, share: as many columns as there are presses */
	ana_grid_start(&grid, "lrrrrrrrrrr");
	grid.columns = 5 + presses;
	ana_grid_cell(&grid, "kPa, press");
	for (size_t i = 0; i < presses; i++)
		ana_grid_cell(&grid, "%zu", i + 1);
	ana_grid_cell(&grid, "value");
	ana_grid_cell(&grid, "SD");
	ana_grid_cell(&grid, "kPa/s");
	ana_grid_cell(&grid, "in rate");
	for (size_t r = 0; r < sizeof(order) / sizeof(order[0]); r++) {
		bool headed = false;

		for (size_t i = 0; i < visit->n_points; i++) {
			if (visit->point[i].point.role != order[r])
				continue;
			if (!headed) {
				ana_grid_cell(&grid, "%s", ana_role_text(order[r]));
				ana_grid_end_row(&grid);
			}
			headed = true;
			point_row(&grid, &visit->point[i], presses);
		}
	}
	ana_grid_print(&grid, text);
}

static bool remarkable(const struct ana_press *press)
{
	return press->status != SES_ACCEPTED || press->quality;
}

/* "2 rejected (examiner); 3, 4 missing (skipped)": neighbours that say the same stand together. */
static void remark(char *out, size_t cap, const struct ana_point *point)
{
	size_t len = 0;

	*out = '\0';
	for (size_t i = 0; i < point->n_press && len + 120 < cap; i++) {
		const struct ana_press *p = &point->press[i];
		char flags[96];

		if (!remarkable(p))
			continue;
		bool same_next = i + 1 < point->n_press && p[1].status == p->status && p[1].reason == p->reason &&
			p[1].quality == p->quality;

		len += (size_t)snprintf(out + len, cap - len, "%zu%s", i + 1, same_next ? ", " : " ");
		if (same_next)
			continue;
		ses_quality_words(flags, sizeof(flags), p->quality);
		len += (size_t)snprintf(out + len, cap - len, "%s", ses_status_word(p->status));
		if (p->status != SES_ACCEPTED)
			len += (size_t)snprintf(out + len, cap - len, " (%s)", ses_reason_word(p->reason));
		len += (size_t)snprintf(out + len, cap - len, "%s%s; ", *flags ? ", flags: " : "", flags);
	}
	if (len >= 2)
		out[len - 2] = '\0';
}

/* Every press that is not simply accepted and good, one line a point; these are few. */
static void remarks(struct ana_text *text, const struct ana_visit *visit)
{
	bool headed = false;

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *point = &visit->point[i];
		char label[128], line[600];

		ana_point_text(label, sizeof(label), &point->point);
		remark(line, sizeof(line), point);
		if (*line && !headed)
			ana_text_line(text, "Presses to know of; (in brackets): not used, >: ceiling reached, -: none taken");
		headed |= *line != '\0';
		if (*line)
			ana_text_para(text, 6, "  %s: %s", label, line);
		if (point->n_press > PRESSES_SHOWN)
			ana_text_para(text, 6, "  %s: %zu more presses, see --json", label, point->n_press - PRESSES_SHOWN);
	}
}

/* The number by which amend and plot know a press; above they are counted at each point. */
static void numbers(struct ana_text *text, const struct ana_visit *visit)
{
	char line[2000] = "";

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *point = &visit->point[i];
		size_t len = strlen(line);

		if (point->n_press && len + 200 < sizeof(line))
			len += (size_t)snprintf(line + len, sizeof(line) - len, "%s%s", len ? "; " : "", point->point.site_code);
		for (size_t k = 0; k < point->n_press && len + 16 < sizeof(line); k++)
			len += (size_t)snprintf(line + len, sizeof(line) - len, " %d", (int)point->press[k].trial);
	}
	if (*line)
		ana_text_para(text, 4, "Numbers of the presses, for --press: %s", line);
}

static void mean_line(struct ana_text *text, const struct ana_visit *visit, enum ses_role role)
{
	struct ana_mean mean = ana_visit_mean(visit, role);
	char kpa[ANA_NUMBER_MAX], missing[48] = "";

	if (mean.n + mean.n_missing == 0)
		return;
	if (mean.n_missing)
		snprintf(missing, sizeof(missing), ", %zu without a value", mean.n_missing);
	ana_kpa_text(kpa, mean.kpa, mean.bound);
	ana_text_line(text, "Mean of %s: %s kPa (%zu%s)", ana_role_text(role), kpa, mean.n, missing);
}

static void sides(struct ana_text *text, const struct ana_visit *visit)
{
	bool headed = false;

	for (size_t i = 0; i < visit->n_points; i++) {
		const struct ana_point *p = &visit->point[i];

		if (p->point.role != SES_ROLE_TARGET)
			continue;
		struct ana_side side = ana_visit_side(visit, p);
		char label[128], ratio[ANA_NUMBER_MAX];

		if (!side.other)
			continue;
		if (!headed)
			ana_text_line(text, ANA_SIDE_HEADING);
		headed = true;
		ana_point_text(label, sizeof(label), &p->point);
		ana_ratio_text(ratio, &side);
		ana_text_line(text, "  %s: %s", label, ratio);
	}
}

static void ratings(struct ana_text *text, const struct ses_session *ses)
{
	char line[1200] = "";

	for (size_t i = 0; i < ses->n_ratings; i++) {
		const struct ses_rating *r = &ses->ratings[i];
		size_t len = strlen(line);

		if (isfinite(r->value))
			snprintf(line + len, sizeof(line) - len, "%s%s %g (%s)", i ? "; " : "", r->item, r->value, r->scale);
		else
			snprintf(line + len, sizeof(line) - len, "%s%s skipped (%s)", i ? "; " : "", r->item, or_unknown(r->skipped));
	}
	if (ses->n_ratings)
		ana_text_para(text, 4, "Ratings: %s", line);
}

/* Alarms, losses, pauses, clock steps; not the keys and cues of every press. */
static bool worth_knowing(const char *kind)
{
	static const char *const routine[] = {"prompt", "button", "cue", "key", "contact", "response", "release", "start",
		"end", "accept", "reject", "zero", "rating"};

	for (size_t i = 0; i < sizeof(routine) / sizeof(routine[0]); i++)
		if (strcmp(kind, routine[i]) == 0)
			return false;
	return true;
}

static void events(struct ana_text *text, const struct ses_session *ses)
{
	size_t shown = 0, more = 0;

	for (size_t i = 0; i < ses->n_events; i++) {
		const struct ses_event *e = &ses->events[i];
		char trial[24] = "", value[32] = "", note[sizeof(e->note)];

		if (!worth_knowing(e->kind) || ana_session_safety_event(e->kind))
			continue;
		if (shown == EVENTS_SHOWN) {
			more++;
			continue;
		}
		if (e->trial > 0)
			snprintf(trial, sizeof(trial), ", press %d", (int)e->trial);
		if (isfinite(e->value))
			snprintf(value, sizeof(value), " %g", e->value);
		if (shown++ == 0)
			ana_text_line(text, "Events");
		ana_plain_text(note, sizeof(note), e->note);
		ana_text_para(text, 6, "  %7.1f s  %s%s%s%s%s", e->t_s, e->kind, value, trial, *note ? ": " : "", note);
	}
	if (more)
		ana_text_line(text, "  and %zu more, see --json", more);
}

static void amendments(struct ana_text *text, const struct ses_session *ses, const struct ana_visit *visit)
{
	if (ses->n_amendments == 0)
		return;
	ana_text_line(text, "Amendments, %s", visit->original ? "NOT applied here" : "applied (--original shows the recorded rows)");
	for (size_t i = 0; i < ses->n_amendments; i++) {
		const struct ses_amendment *a = &ses->amendments[i];
		char what[32] = "session", reason[sizeof(a->reason)], at[48];

		if (a->trial > 0)
			snprintf(what, sizeof(what), "press %d", (int)a->trial);
		ana_plain_text(reason, sizeof(reason), a->reason);
		when(at, sizeof(at), a->time);
		ana_text_para(text, 6, "  %s %s: %s %s '%s' -> '%s': %s", at, a->who, what, a->field, a->old_value,
			a->new_value, reason);
	}
}

/* A session of holds has planned points and no threshold. */
static bool has_thresholds(const struct ana_visit *visit)
{
	for (size_t i = 0; i < visit->n_points; i++)
		if (visit->point[i].n_press)
			return true;
	return visit->n_points == 0;
}

static void thresholds(struct ana_text *text, const struct ana_visit *visit)
{
	points(text, visit);
	ana_text_line(text, "%s", "");
	mean_line(text, visit, SES_ROLE_TARGET);
	mean_line(text, visit, SES_ROLE_CONTRALATERAL);
	mean_line(text, visit, SES_ROLE_CONTROL);
	sides(text, visit);
	if (visit->rate.n)
		ana_text_para(text, 4, "Rate: mean %.0f kPa/s of %d accepted press%s, %.0f %% of their ramps inside the corridor; "
			"%d outside by their mean", visit->rate.mean_kpa_s, visit->rate.n, visit->rate.n == 1 ? "" : "es",
			100 * visit->rate.share_in, visit->rate.n_off);
	remarks(text, visit);
	numbers(text, visit);
}

void ana_session_page(struct ana_text *text, const struct ses_session *ses, const struct ana_visit *visit)
{
	if (ses->header.simulated)
		ana_simulated_text(text);
	head(text, ses, visit);
	ana_session_safety(text, ses);
	ana_text_line(text, "%s", "");
	if (has_thresholds(visit))
		thresholds(text, visit);
	ana_session_more(text, ses, visit);
	ratings(text, ses);
	events(text, ses);
	amendments(text, ses, visit);
}
