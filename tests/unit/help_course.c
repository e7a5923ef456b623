/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/help_course.h"

#include "data/chain.h"
#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *code, *label;
	char side;
	enum ses_role role;
} places[HELP_POINTS] = {
	{"UTRAP_L", "Upper trapezius (left)", 'L', SES_ROLE_TARGET},
	{"LEV_L", "Levator scapul\xC3\xA6 (left)", 'L', SES_ROLE_TARGET},
	{"UTRAP_R", "Upper trapezius (right)", 'R', SES_ROLE_CONTRALATERAL},
	{"LEV_R", "Levator scapul\xC3\xA6 (right)", 'R', SES_ROLE_CONTRALATERAL},
	{"TA_R", "Tibialis anterior (right)", 'R', SES_ROLE_CONTROL},
};

static void add_points(struct ses_session *ses)
{
	struct ses_point row[HELP_POINTS];

	for (int i = 0; i < HELP_POINTS; i++) {
		row[i] = (struct ses_point){.side = places[i].side, .series = 1, .role = places[i].role, .primary = i == 0,
			.along_mm = NAN, .across_mm = NAN, .x = 0.4 + 0.05 * i, .y = 0.2, .ceiling_kpa = 600};
		alg_text_copy(row[i].site_code, sizeof(row[i].site_code), places[i].code);
		alg_text_copy(row[i].label, sizeof(row[i].label), places[i].label);
		alg_text_copy(row[i].muscle, sizeof(row[i].muscle), "muscle");
		alg_text_copy(row[i].landmark, sizeof(row[i].landmark), "landmark");
		alg_text_copy(row[i].posture, sizeof(row[i].posture), "sitting");
		alg_text_copy(row[i].since, sizeof(row[i].since), "2026-03-02");
		alg_text_copy(row[i].view, sizeof(row[i].view), "posterior");
	}
	ses_session_add_points(ses, &(struct ses_points){row, HELP_POINTS});
}

void help_session(struct ses_session *ses, int number, const char *acq, const char *day)
{
	struct ses_header *h = &ses->header;
	int32_t days = 0;

	*ses = (struct ses_session){0};
	alg_date_parse(day, &days);
	*h = (struct ses_header){.session = number, .run = 1, .started_unix_s = 86400.0 * days + 34200 + (*acq == 'p' && acq[1] == 'o') * 3600,
		.device_resolution_n = 0.1, .device_capacity_n = 250, .device_rate_hz = 100, .tip_area_cm2 = 1,
		.target_rate_kpa_s = 30, .corridor = 0.2, .interval_s = 20, .rounds = HELP_ROUNDS, .simulated = 1, .complete = 1};
	snprintf(h->uuid, sizeof(h->uuid), "00000000-0000-4000-8000-0000000000%02d", 10 * number + (*acq == 'p' && acq[1] == 'o'));
	snprintf(h->started, sizeof(h->started), "%sT%s:30:00.000+01:00", day, *acq == 'p' && acq[1] == 'o' ? "11" : "10");
	alg_text_copy(h->visit_day, sizeof(h->visit_day), day);
	alg_text_copy(h->acq, sizeof(h->acq), acq);
	alg_text_copy(h->study, sizeof(h->study), "NECK1");
	alg_text_copy(h->centre, sizeof(h->centre), "A");
	alg_text_copy(h->participant, sizeof(h->participant), "P012");
	alg_text_copy(h->time_zone, sizeof(h->time_zone), "Europe/Copenhagen");
	alg_text_copy(h->examiner, sizeof(h->examiner), "EX1");
	alg_text_copy(h->device_family, sizeof(h->device_family), "mark10");
	alg_text_copy(h->device_model, sizeof(h->device_model), "M5-50");
	alg_text_copy(h->device_serial, sizeof(h->device_serial), "3741002");
	alg_text_copy(h->device_firmware, sizeof(h->device_firmware), "1.04");
	alg_text_copy(h->device_address, sizeof(h->device_address), "sim:mark10?seed=7");
	alg_text_copy(h->device_polarity, sizeof(h->device_polarity), "+");
	alg_text_copy(h->tip_shape, sizeof(h->tip_shape), "flat rubber disc");
	alg_text_copy(h->procedure_id, sizeof(h->procedure_id), "myofascial-quick");
	alg_text_copy(h->procedure_version, sizeof(h->procedure_version), "1.0");
	alg_text_copy(h->rule, sizeof(h->rule), "mean");
	alg_text_copy(h->response_mode, sizeof(h->response_mode), "button");
	alg_text_copy(h->program_version, sizeof(h->program_version), "0.1.0");
	alg_text_copy(h->simulation, sizeof(h->simulation), "sim:mark10?seed=7");
	h->procedure_text = strdup("id: myofascial-quick\n");
	h->instruction = strdup("Press the button when pressure becomes pain.");
	add_points(ses);
}

void help_press_ended(struct ses_session *ses, int point, enum ses_status status, enum ses_reason reason, double kpa)
{
	struct ses_trial t = {.trial = (int32_t)ses->n_trials + 1, .point = point, .series = ses->points[point].series,
		.status = (int32_t)status, .reason = (int32_t)reason, .response = SES_RESPONSE_BUTTON,
		.ppt_kpa = kpa, .ppt_n = kpa / 10, .peak_kpa = kpa + 8, .overshoot_kpa = 8, .ceiling_kpa = 600,
		.rate_kpa_s = 31, .rate_sd_kpa_s = 3, .rate_response_kpa_s = 30, .corridor_share = 0.9, .contact_n = 1,
		.interval_s = NAN, .n_ramp = 600, .first_sample = 0, .n_samples = 0};

	t.round = 1;
	for (size_t i = 0; i < ses->n_trials; i++) {
		t.press += ses->trials[i].point == point && ses->trials[i].status != SES_MISSING;
		t.round += ses->trials[i].point == point && ses->trials[i].status != SES_REJECTED;
	}
	t.press++;
	t.t_contact_s = 60.0 * (double)ses->n_trials + 1;
	t.t_response_s = t.t_contact_s + 7;
	t.t_peak_s = t.t_contact_s + 7.25;
	t.t_release_s = t.t_contact_s + 8;
	alg_text_copy(t.site_code, sizeof(t.site_code), ses->points[point].site_code);
	t.side[0] = ses->points[point].side;
	if (status == SES_CENSORED) {
		t.ceiling_kpa = kpa;
		t.ppt_kpa = t.ppt_n = t.overshoot_kpa = t.t_response_s = NAN;
	}
	if (status == SES_MISSING) {
		t.press = 0;
		t.response = 0;
		t.n_ramp = 0;
		t.ppt_kpa = t.ppt_n = t.peak_kpa = t.overshoot_kpa = t.rate_kpa_s = t.rate_sd_kpa_s = NAN;
		t.rate_response_kpa_s = t.corridor_share = t.t_contact_s = t.t_response_s = t.t_peak_s = t.t_release_s = NAN;
	} else {
		snprintf(t.contact_time, sizeof(t.contact_time), "%.30s", ses->header.started);
	}
	ses_session_add_trial(ses, &t);
	ses_session_chain_all(ses);
}

void help_press(struct ses_session *ses, int point, double kpa)
{
	help_press_ended(ses, point, SES_ACCEPTED, SES_REASON_NONE, kpa);
}

void help_fill(struct ses_session *ses, const double kpa[HELP_POINTS])
{
	for (int round = 0; round < HELP_ROUNDS; round++)
		for (int i = 0; i < HELP_POINTS; i++)
			help_press(ses, i, kpa[i] + 6 - 6 * round);
}

static void add_rating(struct ses_session *ses, const char *item, double value)
{
	struct ses_rating r = {.value = value, .t_s = -30};

	alg_text_copy(r.item, sizeof(r.item), item);
	alg_text_copy(r.scale, sizeof(r.scale), "NRS 0-10");
	if (isnan(value))
		alg_text_copy(r.skipped, sizeof(r.skipped), "tired");
	ses_session_add_rating(ses, &r);
}

static void add_event(struct ses_session *ses, double t_s, const char *kind, int trial, const char *note)
{
	struct ses_event e = {.t_s = t_s, .trial = trial, .value = NAN};

	alg_text_copy(e.time, sizeof(e.time), ses->header.started);
	alg_text_copy(e.kind, sizeof(e.kind), kind);
	alg_text_copy(e.note, sizeof(e.note), note);
	ses_session_add_event(ses, &e);
}

void help_course(struct ses_session ses[4])
{
	static const double first[] = {200, 240, 215, 250, 410}, second[] = {226, 231, 220, 248, 420},
		post[] = {251, 236, 219, 251, 415};

	help_session(&ses[0], 1, "", "2026-03-02");
	help_fill(&ses[0], first);
	add_rating(&ses[0], "pain-now", 6);
	help_session(&ses[1], 2, "pre", "2026-03-16");
	help_fill(&ses[1], second);
	help_session(&ses[2], 2, "post", "2026-03-16");
	help_fill(&ses[2], post);

	/* The last: a rejected press, a flagged one, a missing one, the ceiling, an alarm, an amendment. */
	help_session(&ses[3], 4, "", "2026-03-30");
	help_press(&ses[3], 0, 266);
	help_press_ended(&ses[3], 0, SES_REJECTED, SES_REASON_EXAMINER, 187);
	help_press(&ses[3], 0, 260);
	help_press(&ses[3], 0, 254);
	for (int i = 0; i < HELP_ROUNDS; i++)
		help_press(&ses[3], 1, 180 + 6 - 6 * i);
	help_press(&ses[3], 2, 231);
	ses[3].trials[ses[3].n_trials - 1].quality = SES_QUALITY_RATE | SES_QUALITY_GAP;
	help_press(&ses[3], 2, 225);
	help_press_ended(&ses[3], 2, SES_MISSING, SES_REASON_LIMIT, NAN);
	for (int i = 0; i < HELP_ROUNDS; i++)
		help_press_ended(&ses[3], 3, SES_MISSING, SES_REASON_SKIPPED, NAN);
	help_press(&ses[3], 4, 500);
	help_press(&ses[3], 4, 560);
	help_press_ended(&ses[3], 4, SES_CENSORED, SES_REASON_CEILING, 600);
	add_rating(&ses[3], "pain-now", 3);
	add_rating(&ses[3], "sleep", NAN);
	add_event(&ses[3], 12.5, "button", 1, "");
	add_event(&ses[3], 1400.25, "alarm", (int)ses[3].n_trials, "ceiling");
	struct ses_amendment a = {.trial = 2, .time = "2026-03-30T12:00:00.000+02:00", .who = "EX1", .field = "status",
		.old_value = "accepted", .new_value = "rejected", .reason = "coughed \\u2013 twice"};

	ses[3].trials[1].status = SES_ACCEPTED; /* as recorded; the amendment rejects it */
	ses[3].trials[1].reason = SES_REASON_NONE;
	ses_session_add_amendment(&ses[3], &a);
	ses_session_chain_all(&ses[3]);
}
