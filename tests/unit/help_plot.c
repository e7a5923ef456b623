/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/help_plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *code, *label, *view;
	enum ses_role role;
	double x, y;
	double kpa[HELP_PLOT_SESSIONS]; /* -1: missing */
} plan[HELP_PLOT_POINTS] = {
	{"UTRAP_R", "Upper trapezius, midpoint (right)", "posterior", SES_ROLE_TARGET, 0.637, 0.178,
		{212, 238, 262, 285, 322, 318, 341}},
	{"LEV_R", "Levator scapulae (right)", "posterior", SES_ROLE_TARGET, 0.614, 0.184,
		{248, 262, 240, 255, 266, 251, 259}},
	{"ISP_R", "Infraspinatus (right)", "posterior", SES_ROLE_TARGET, 0.669, 0.224,
		{231, 226, 245, 262, 281, 312, 326}},
	{"RHOM_R", "Rhomboid major (right)", "posterior", SES_ROLE_TARGET, 0.571, 0.228,
		{301, 288, 262, 255, 248, 226, 214}},
	{"SUBO_R", "Suboccipital (right)", "posterior", SES_ROLE_TARGET, 0.539, 0.123,
		{176, 198, 214, 232, 246, 251, 262}},
	{"UTRAP_L", "Upper trapezius, midpoint (left)", "posterior", SES_ROLE_CONTRALATERAL, 0.363, 0.178,
		{301, 312, 296, 318, 309, 322, 315}},
	{"LEV_L", "Levator scapulae (left)", "posterior", SES_ROLE_CONTRALATERAL, 0.386, 0.184,
		{332, 321, -1, 340, 336, 328, 345}},
	{"ISP_L", "Infraspinatus (left)", "posterior", SES_ROLE_CONTRALATERAL, 0.331, 0.224,
		{318, 330, 322, 311, 327, 335, 329}},
	{"RHOM_L", "Rhomboid major (left)", "posterior", SES_ROLE_CONTRALATERAL, 0.429, 0.228,
		{341, 352, 338, 347, 351, 344, 349}},
	{"SUBO_L", "Suboccipital (left)", "posterior", SES_ROLE_CONTRALATERAL, 0.461, 0.123,
		{221, 232, 226, 218, 229, 236, 231}},
	{"TA_R", "Tibialis anterior (right)", "anterior", SES_ROLE_CONTROL, 0.377, 0.754,
		{552, 571, 566, 600, 600, 600, 600}},
	{"THEN_R", "Thenar eminence (right)", "anterior", SES_ROLE_CONTROL, 0.061, 0.535,
		{402, 415, 398, 421, -1, 409, 418}},
};

static const struct { const char *day, *acq; int session; } visit[HELP_PLOT_SESSIONS] = {{"2026-03-02", "", 1},
	{"2026-03-09", "", 2}, {"2026-03-16", "", 3}, {"2026-03-23", "pre", 4}, {"2026-03-23", "post", 4},
	{"2026-03-30", "", 5}, {"2026-04-06", "", 6}};

static uint32_t state;

/* -1..1, the same everywhere. */
static double noise(void)
{
	state = state * 1664525u + 1013904223u;
	return (double)(state >> 8) / (1 << 23) - 1;
}

/* Room for one more row; the capacity is the next power of two, so rows are not copied each time. */
static void *grow(void *rows, size_t n, size_t size)
{
	if (n > 1 && (n - 1) & (n - 2))
		return rows; /* n - 1 rows are no power of two: there is room */
	void *more = realloc(rows, (n > 1 ? 2 * (n - 1) : 1) * size);

	if (!more)
		abort();
	return more;
}

static void points(struct ses_session *ses)
{
	ses->points = calloc(HELP_PLOT_POINTS, sizeof(*ses->points));
	if (!ses->points)
		abort();
	ses->n_points = HELP_PLOT_POINTS;
	for (int i = 0; i < HELP_PLOT_POINTS; i++) {
		struct ses_point *p = &ses->points[i];

		snprintf(p->site_code, sizeof(p->site_code), "%s", plan[i].code);
		snprintf(p->label, sizeof(p->label), "%s", plan[i].label);
		snprintf(p->view, sizeof(p->view), "%s", plan[i].view);
		p->side = plan[i].code[strlen(plan[i].code) - 1];
		p->series = 1;
		p->role = plan[i].role;
		p->primary = i == 0;
		p->along_mm = p->across_mm = NAN;
		p->x = plan[i].x;
		p->y = plan[i].y;
		p->ceiling_kpa = 600;
	}
}

/* 1 s of rest, ramp to the threshold, 0.3 s of reaction, release, 1 s of rest; 50 samples/s. */
static void samples(struct ses_session *ses, struct ses_trial *t, double start_s, double kpa, double rate)
{
	double contact = start_s + 1, response = contact + (kpa - 10) / rate, peak = response + 0.3;
	double release = peak + 0.25;

	t->first_sample = (int32_t)ses->n_samples;
	for (double s = start_s; s < release + 1; s += 0.02) {
		struct ses_sample_row row = {.trial = t->trial, .t_s = round(s * 1048576) / 1048576};
		double p = 0;

		if (s >= contact && s < peak)
			p = 10 + rate * (s - contact);
		else if (s >= peak && s < release)
			p = (10 + rate * (peak - contact)) * (release - s) / 0.25;
		row.t_arrival_s = row.t_s;
		row.force_n = p / 10 + 0.05 * noise() + 0.02;
		snprintf(row.shown, sizeof(row.shown), "%.2f", row.force_n);
		ses->samples = grow(ses->samples, ses->n_samples + 1, sizeof(row));
		ses->samples[ses->n_samples++] = row;
	}
	t->n_samples = (int32_t)ses->n_samples - t->first_sample;
	t->t_contact_s = contact;
	t->t_response_s = t->status == SES_CENSORED ? NAN : response;
	t->t_peak_s = peak;
	t->t_release_s = release;
	t->peak_kpa = 10 + rate * (peak - contact);
}

static void press(struct ses_session *ses, int point, int round, int index, double *clock_s, int number)
{
	double kpa = plan[point].kpa[index] * (1 + 0.05 * noise()), rate = 30 * (1 + 0.1 * noise());
	struct ses_trial t = {.trial = (int32_t)ses->n_trials + 1, .point = point, .series = 1, .round = round,
		.press = number, .status = SES_ACCEPTED, .response = SES_RESPONSE_BUTTON, .ceiling_kpa = 600,
		.zero_n = 0.02, .contact_n = 1, .n_ramp = 200, .rate_kpa_s = rate, .rate_sd_kpa_s = 2,
		.rate_response_kpa_s = rate, .corridor_share = 0.9, .interval_s = NAN};

	snprintf(t.site_code, sizeof(t.site_code), "%s", plan[point].code);
	t.side[0] = ses->points[point].side;
	snprintf(t.contact_time, sizeof(t.contact_time), "%sT10:00:00.000+01:00", visit[index].day);
	t.ppt_kpa = t.ppt_n = t.peak_kpa = t.overshoot_kpa = NAN;
	t.t_contact_s = t.t_response_s = t.t_peak_s = t.t_release_s = NAN;
	if (plan[point].kpa[index] < 0) {
		t.status = SES_MISSING;
		t.press = 0;
		t.reason = point == 6 ? SES_REASON_PATIENT : SES_REASON_SKIPPED;
		t.rate_kpa_s = t.rate_sd_kpa_s = t.rate_response_kpa_s = t.corridor_share = NAN;
	} else if (plan[point].kpa[index] >= 600) {
		t.status = SES_CENSORED;
		t.reason = SES_REASON_CEILING;
		samples(ses, &t, *clock_s, 600, rate);
	} else {
		samples(ses, &t, *clock_s, kpa, rate);
		t.ppt_kpa = kpa;
		t.ppt_n = kpa / 10;
		t.overshoot_kpa = t.peak_kpa - kpa;
	}
	*clock_s += 25;
	ses->trials = grow(ses->trials, ses->n_trials + 1, sizeof(t));
	ses->trials[ses->n_trials++] = t;
}

static void header(struct ses_header *h, int index)
{
	snprintf(h->study, sizeof(h->study), "demo");
	snprintf(h->participant, sizeof(h->participant), "P012");
	snprintf(h->acq, sizeof(h->acq), "%s", visit[index].acq);
	snprintf(h->visit_day, sizeof(h->visit_day), "%s", visit[index].day);
	snprintf(h->started, sizeof(h->started), "%sT%s:00:00.000+01:00", visit[index].day,
		strcmp(visit[index].acq, "post") == 0 ? "11" : "10");
	h->started_unix_s = 1772442000 + index * 604800.0;
	snprintf(h->time_zone, sizeof(h->time_zone), "Europe/Copenhagen");
	snprintf(h->examiner, sizeof(h->examiner), "E1");
	snprintf(h->device_family, sizeof(h->device_family), "mark10");
	snprintf(h->device_model, sizeof(h->device_model), "M5-50");
	snprintf(h->device_serial, sizeof(h->device_serial), "SIM1");
	snprintf(h->device_polarity, sizeof(h->device_polarity), "+");
	h->session = visit[index].session;
	h->run = 1;
	h->device_capacity_n = 250;
	h->device_resolution_n = 0.05;
	h->device_rate_hz = 50;
	h->tip_area_cm2 = 1;
	snprintf(h->tip_shape, sizeof(h->tip_shape), "flat rubber disc");
	snprintf(h->procedure_id, sizeof(h->procedure_id), "myofascial-quick");
	snprintf(h->procedure_version, sizeof(h->procedure_version), "1.0");
	h->target_rate_kpa_s = 30;
	h->corridor = 0.2;
	h->interval_s = 20;
	h->rounds = 3;
	snprintf(h->rule, sizeof(h->rule), "mean");
	snprintf(h->response_mode, sizeof(h->response_mode), "button");
	h->simulated = 1;
	snprintf(h->simulation, sizeof(h->simulation), "help_plot");
	h->complete = 1;
}

/* After treatment only "now" is asked; the worst pain was not told at the third session; days are no score. */
static void journal(struct ses_session *ses, int index)
{
	static const struct { const char *item, *scale; double first, fall; } item[] = {{"pain-now", "NRS 0-10", 7, 1},
		{"pain-average-7d", "NRS 0-10", 7, 0.7}, {"pain-worst-7d", "NRS 0-10", 9, 0.5}, {"sleep", "0-10", 5, 0.5},
		{"analgesic-days", "days", 6, 1}};

	for (int i = 0; i < (strcmp(visit[index].acq, "post") == 0 ? 1 : 5); i++) {
		struct ses_rating r = {.value = i == 2 && index == 2 ? NAN : round(item[i].first - index * item[i].fall)};

		snprintf(r.item, sizeof(r.item), "%s", item[i].item);
		snprintf(r.scale, sizeof(r.scale), "%s", item[i].scale);
		snprintf(r.skipped, sizeof(r.skipped), "%s", isnan(r.value) ? "patient" : "");
		if (ses_session_add_rating(ses, &r))
			abort();
	}
}

void help_plot_session(struct ses_session *ses, int index)
{
	double clock_s = 5;

	memset(ses, 0, sizeof(*ses));
	state = 12345u + (uint32_t)index;
	header(&ses->header, index);
	points(ses);
	journal(ses, index);
	for (int round = 1; round <= 3; round++)
		for (int p = 0; p < HELP_PLOT_POINTS; p++) {
			int again = p == 2 && index == 2 && round == 3; /* ISP_R: a press is rejected and repeated */

			press(ses, p, round, index, &clock_s, round);
			if (again) {
				ses->trials[ses->n_trials - 1].status = SES_REJECTED;
				ses->trials[ses->n_trials - 1].reason = SES_REASON_EXAMINER;
				press(ses, p, round, index, &clock_s, round + 1);
			}
		}
}

void help_plot_free(struct ses_session *ses)
{
	free(ses->points);
	free(ses->trials);
	free(ses->samples);
	free(ses->ratings);
	memset(ses, 0, sizeof(*ses));
}
