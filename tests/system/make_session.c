/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_session OUT.h5 [PRESSES [SECONDS [HZ [empty]]]] - a session file from numbers made up here
 * (not by the simulation room), for the readers in other languages and for measuring its size. The
 * hand presses along a crooked ramp, so that a wrong interpolation gives a wrong threshold. Noise,
 * a gauge that shows 0.01 lbf, jitter, bundles of 16 ms. The same arguments give the same bytes.
 */
#include "base/clock.h"
#include "base/text.h"
#include "base/units.h"
#include "data/chain.h"
#include "data/digest.h"
#include "data/schema.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t seed = 1;

static double uniform(void)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) / 16777216.0;
}

static double normal(void)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += uniform();
	return sum;
}

/* Force of the hand [N] t seconds after the record of a press began; length_s is all of it. */
static double hand_n(double t, double length_s, double rate_n_s)
{
	double ramp_s = length_s - 2.0, u = t - 1.0;

	if (u < 0 || u > ramp_s + 0.3)
		return 0;
	if (u > ramp_s)
		return rate_n_s * ramp_s * (1 - (u - ramp_s) / 0.3);
	return rate_n_s * u + 0.4 * sin(7 * u) * (u > 1);
}

static void make_samples(
	struct ses_sample *s, size_t n, int64_t start_ns, double length_s, double hz, double rate_n_s)
{
	double step_n = 0.01 * alg_unit_factor_n(ALG_UNIT_LBF);

	for (size_t i = 0; i < n; i++) {
		double t = (double)i / hz, force = hand_n(t, length_s, rate_n_s) + 0.11 + 0.05 * normal();
		double shown = round(force / step_n) * 0.01;

		memset(&s[i], 0, sizeof(s[i]));
		s[i].t_ns = start_ns + alg_s_to_ns(t + 0.0002 * normal() / (hz / 100));
		if (i && s[i].t_ns <= s[i - 1].t_ns)
			s[i].t_ns = s[i - 1].t_ns + 1000;
		s[i].arrival_ns = (s[i].t_ns / 16000000 + 1) * 16000000 + (int64_t)(uniform() * 300000);
		s[i].force_n = shown * alg_unit_factor_n(ALG_UNIT_LBF);
		s[i].counter = (uint32_t)(start_ns / 10000000) + (uint32_t)i;
		snprintf(s[i].shown, sizeof(s[i].shown), "%.2f", shown == 0 ? 0.0 : shown);
	}
	if (n > 40) { /* a reading without a number, one over the range: no interpolation may use them */
		s[n / 2].force_n = NAN;
		s[n / 3].force_n = 500;
		s[n / 3].flags = SES_SAMPLE_OVERLOAD;
	}
}

static void wall_time(char *out, size_t cap, double t_s)
{
	int whole = (int)t_s;

	snprintf(out, cap, "2026-03-02T%02d:%02d:%02d.%03d+01:00", 9 + whole / 3600 % 10, whole / 60 % 60, whole % 60,
		(int)((t_s - whole) * 1000));
}

/* What becomes of the n-th press: most are accepted, the rest are the other three. */
static void decide(struct ses_trial *t, int i)
{
	t->status = i % 7 == 3 ? SES_REJECTED : i % 7 == 5 ? SES_CENSORED : i % 11 == 10 ? SES_MISSING : SES_ACCEPTED;
	t->reason = t->status == SES_REJECTED ? SES_REASON_EXAMINER : t->status == SES_CENSORED ? SES_REASON_CEILING :
		t->status == SES_MISSING ? SES_REASON_SKIPPED : SES_REASON_NONE;
	t->response = t->status == SES_ACCEPTED || t->status == SES_REJECTED ? SES_RESPONSE_BUTTON : 0;
}

static void copy_result(struct ses_trial *t, const struct ses_press_result *r, int64_t response_ns)
{
	bool answered = response_ns != SES_NO_TIME;

	t->ppt_kpa = answered ? r->ppt_kpa : NAN;
	t->ppt_n = answered ? r->ppt_n : NAN;
	t->peak_kpa = r->peak_kpa;
	t->overshoot_kpa = answered ? r->overshoot_kpa : NAN;
	t->rate_kpa_s = r->rate_kpa_s;
	t->rate_sd_kpa_s = r->rate_sd_kpa_s;
	t->rate_response_kpa_s = r->rate_response_kpa_s;
	t->corridor_share = r->corridor_share;
	t->t_contact_s = ses_stored_s(r->t_contact_ns);
	t->t_response_s = answered ? ses_stored_s(response_ns) : NAN;
	t->t_peak_s = ses_stored_s(r->t_peak_ns);
	t->t_release_s = r->t_release_ns == SES_NO_TIME ? NAN : ses_stored_s(r->t_release_ns);
	t->n_ramp = r->n_ramp;
	t->n_gaps = r->n_gaps;
	t->quality = (int32_t)r->quality;
}

static void no_press(struct ses_trial *t)
{
	t->ppt_kpa = t->ppt_n = t->peak_kpa = t->overshoot_kpa = t->rate_kpa_s = t->rate_sd_kpa_s = NAN;
	t->rate_response_kpa_s = t->corridor_share = t->zero_n = t->t_contact_s = t->t_response_s = NAN;
	t->t_peak_s = t->t_release_s = t->interval_s = NAN;
}

static int add_press(struct ses_session *ses, int i, double length_s, double hz)
{
	struct ses_trial t = {.trial = i + 1, .series = 1, .round = i / 3 + 1, .press = i / 3 + 1};
	size_t n = (size_t)(length_s * hz);
	int64_t start_ns = (int64_t)i * alg_s_to_ns(length_s + 10) + alg_s_to_ns(60);
	int64_t response_ns = start_ns + alg_s_to_ns(length_s - 1.0 - 0.2137 - 0.1 * uniform());
	struct ses_press_param param = {.area_cm2 = ses->header.tip_area_cm2, .zero_n = 0.11, .contact_n = 0.5,
		.target_rate_kpa_s = 30, .corridor = 0.2, .gap_s = 0.25, .response = SES_RESPONSE_BUTTON};
	struct ses_press_result r;
	struct ses_sample *s = calloc(n, sizeof(*s));
	struct ses_sample_row *rows = calloc(n, sizeof(*rows));
	int rc = ALG_ERR_NOMEM;

	if (!s || !rows)
		goto out;
	t.point = i % (int)ses->n_points;
	alg_text_copy(t.site_code, sizeof(t.site_code), ses->points[t.point].site_code);
	t.side[0] = ses->points[t.point].side;
	t.ceiling_kpa = 1000;
	t.contact_n = param.contact_n;
	t.zero_n = param.zero_n;
	t.interval_s = i < 3 ? NAN : 40;
	decide(&t, i);
	t.first_sample = (int32_t)ses->n_samples;
	if (t.status == SES_MISSING) {
		no_press(&t);
		t.press = 0;
	} else {
		make_samples(s, n, start_ns, length_s, hz, 1.5 + 0.1 * (i % 20));
		if (t.response == 0)
			response_ns = SES_NO_TIME;
		ses_press_evaluate(s, n, &param, response_ns, &r);
		copy_result(&t, &r, response_ns);
		wall_time(t.contact_time, sizeof(t.contact_time), t.t_contact_s);
		t.n_samples = (int32_t)n;
	}
	for (int32_t k = 0; k < t.n_samples; k++) {
		rows[k].trial = t.trial;
		rows[k].t_s = ses_stored_s(s[k].t_ns);
		rows[k].t_arrival_s = ses_stored_s(s[k].arrival_ns);
		rows[k].force_n = s[k].force_n;
		memcpy(rows[k].shown, s[k].shown, sizeof(rows[k].shown));
		rows[k].flags = (int32_t)s[k].flags;
		rows[k].counter = (int32_t)s[k].counter;
	}
	rc = ses_session_add_samples(ses, rows, (size_t)t.n_samples);
	if (rc == 0)
		rc = ses_session_add_trial(ses, &t);
out:
	free(s);
	free(rows);
	return rc;
}

static void fill_header(struct ses_header *h)
{
	static const char procedure[] = "algometer: procedure 1\nid: myofascial-quick\nname: M\xC3\xBCller \xC2\xB1 \"20 %\"\n";

	*h = (struct ses_header){.uuid = "00000000-0000-4000-8000-000000000001", .study = "made-up", .centre = "K\xC3\xB8" "benhavn",
		.participant = "P012", .session = 3, .acq = "pre", .run = 1, .started = "2026-03-02T09:00:00.000+01:00",
		.started_unix_s = 1772438400, .time_zone = "Europe/Copenhagen", .visit_day = "2026-03-02", .examiner = "EX1",
		.device_family = "mark10", .device_model = "made-up", .device_serial = "0", .device_address = "none",
		.device_polarity = "+", .device_resolution_n = 0.0445, .device_capacity_n = 222.4, .device_rate_hz = 100,
		.tip_area_cm2 = 0.5, .tip_shape = "flat rubber disc", .procedure_id = "myofascial-quick", .procedure_version = "1.0",
		.target_rate_kpa_s = 30, .corridor = 0.2, .interval_s = 20, .rounds = 3, .rule = "mean", .response_mode = "button",
		.program_version = "0.1.0", .simulated = 1, .simulation = "made up by tests/system/make_session.c"};
	h->procedure_text = strdup(procedure);
	h->instruction = strdup("Ich dr\xC3\xBC" "cke; sagen Sie \xE2\x80\x9Ejetzt\xE2\x80\x9C, wenn es weh tut.");
	ses_digest_of(procedure, strlen(procedure), h->procedure_sha256);
}

static int add_rest(struct ses_session *ses)
{
	static const char *const code[] = {"UTRAP_L", "UTRAP_R", "TA_R"};
	static const char *const label[] = {"Trapezius, absteigend (links) \xE2\x80\x93 \xC3\x84\xC3\x96\xC3\x9C\xC3\x9F",
		"odd \"quoted\" `label` \\ $HOME ; @x\n\xF0\x9F\x98\x80", "Tibialis anterior (rechts)"};
	struct ses_event event = {.t_s = 61.5, .kind = "button", .trial = 1, .value = NAN, .note = "\\u00E4"};
	struct ses_rating rating = {.item = "pain-now", .value = 4, .scale = "NRS 0-10", .t_s = 5};
	struct ses_amendment amendment = {.time = "2026-03-02T10:00:00.000+01:00", .who = "EX1", .trial = 1, .field = "status",
		.old_value = "accepted", .new_value = "rejected", .reason = "wrong place"};
	int rc = 0;

	for (int i = 0; i < 3 && rc == 0; i++) {
		struct ses_point p = {.series = 1, .role = (enum ses_role)(i + 1), .primary = i == 0, .along_mm = i ? NAN : 12.5,
			.across_mm = NAN, .posture = "sitting", .since = "2026-02-01", .view = "posterior", .x = 0.4, .y = 0.2, .ceiling_kpa = 1000};

		alg_text_copy(p.site_code, sizeof(p.site_code), code[i]);
		alg_text_copy(p.label, sizeof(p.label), label[i]);
		p.side = code[i][strlen(code[i]) - 1];
		rc = ses_session_add_points(ses, &(struct ses_points){&p, 1});
	}
	wall_time(event.time, sizeof(event.time), event.t_s);
	return rc || ses_session_add_event(ses, &event) || ses_session_add_rating(ses, &rating) ||
		ses_session_add_amendment(ses, &amendment);
}

static void say(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	fprintf(stderr, "make_session: %s [%d]\n", text, id);
}

int main(int argc, char **argv)
{
	struct ses_session ses = {0};
	struct alg_log log = {.sink = say, .level = ALG_LEVEL_NOTE};
	int presses = argc > 2 ? atoi(argv[2]) : 22, rc = 1;
	double seconds = argc > 3 ? atof(argv[3]) : 8, hz = argc > 4 ? atof(argv[4]) : 100;
	bool empty = argc > 5;

	if (argc < 2) {
		fprintf(stderr, "usage: make_session OUT.h5 [PRESSES [SECONDS [HZ [empty]]]]\n");
		return 2;
	}
	fill_header(&ses.header);
	if (!empty && add_rest(&ses))
		goto out;
	for (int i = 0; !empty && i < presses; i++)
		if (add_press(&ses, i, seconds, hz))
			goto out;
	ses.header.complete = !empty;
	if (ses_session_chain_all(&ses))
		goto out;
	rc = ses_h5_publish(&ses, argv[1], &log) ? 1 : 0;
out:
	ses_session_clear(&ses);
	return rc;
}
