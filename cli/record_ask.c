/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_ask.c - what is asked before the first press: is all as it should be, and the pain journal. */
#include "cli/record.h"

#include "base/text.h"
#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ITEM "pain-now" /* the only one that a treatment of an hour changes */

static const struct question {
	const char *item, *scale, *text;
	double min, max;
	bool from_second_visit;
} questions[] = {
	{FIRST_ITEM, "NRS 0-10", "Pain now (0 none ... 10 worst imaginable)", 0, 10, false},
	{"pain-average-7d", "NRS 0-10", "Average pain in the last 7 days (0-10)", 0, 10, false},
	{"pain-worst-7d", "NRS 0-10", "Worst pain in the last 7 days (0-10)", 0, 10, false},
	{"activity-1", "0-10", "The activity you chose: how hard is it (0 not at all ... 10 impossible)", 0, 10, false},
	{"sleep", "0-10", "Sleep disturbed by pain (0 not at all ... 10 completely)", 0, 10, false},
	{"analgesic-days", "days", "Days with pain medicine, of the last 7 (0-7)", 0, 7, false},
	{"global-change", "1-7", "Since treatment began (1 very much better, 4 no change, 7 very much worse)", 1, 7, true},
};
enum { N_QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

/* A line from the terminal without its newline; false at its end or when told to stop. */
static bool ask_line(char *line, size_t cap)
{
	if (cli_stopped() || !fgets(line, (int)cap, stdin))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return !cli_stopped();
}

/* The value of item in "item=value,item=value"; false when it is not named. */
static int given(struct record *r, const struct question *q, double *value, bool *found)
{
	size_t len = strlen(q->item);
	char number[32];

	*found = false;
	for (const char *p = r->args->ratings; p && *p;) {
		size_t word = strcspn(p, ",");

		if (word > len && p[len] == '=' && strncmp(p, q->item, len) == 0) {
			snprintf(number, sizeof(number), "%.*s", (int)(word - len - 1), p + len + 1);
			*found = true;
			return cli_number(r->cli, q->item, number, q->min, q->max, value);
		}
		p += word + (p[word] == ',');
	}
	return 0;
}

static int ask_person(struct record *r, const struct question *q, double *value)
{
	char line[64];

	*value = NAN;
	for (;;) {
		printf("  %s: ", q->text);
		fflush(stdout);
		if (!ask_line(line, sizeof(line)) || line[0] == 'q')
			return alg_fail(r->log, MSG_CANCELLED, "during the pain journal, nothing was measured");
		if (!line[0])
			return 0;
		if (alg_text_to_double(line, value) == 0 && *value >= q->min && *value <= q->max)
			return 0;
		printf("  a number from %g to %g, please\n", q->min, q->max);
	}
}

static int answer(struct record *r, const struct question *q, double *value, const char **skipped)
{
	bool found;
	int rc = given(r, q, value, &found);

	*skipped = "";
	if (rc < 0 || found)
		return rc;
	*value = NAN;
	*skipped = "not answered";
	if (r->args->skip_journal)
		*skipped = r->args->skip_journal;
	else if (r->world && r->button.kind == UI_BUTTON_SIM)
		*value = sim_world_rating(r->world, q->item);
	else if (strcmp(r->file.acq, "post") == 0 && strcmp(q->item, FIRST_ITEM) != 0)
		*skipped = "asked before the treatment";
	else if (r->interactive)
		rc = ask_person(r, q, value);
	else
		*skipped = "unattended";
	if (isfinite(*value))
		*skipped = "";
	return rc;
}

/* Every name in --ratings must be a question, else a typing error would lose an answer. */
static int check_names(struct record *r)
{
	for (const char *p = r->args->ratings; p && *p;) {
		size_t word = strcspn(p, ","), name = strcspn(p, "=,");
		bool known = false;

		for (int i = 0; i < N_QUESTIONS; i++)
			known |= strlen(questions[i].item) == name && strncmp(questions[i].item, p, name) == 0;
		if (!known || name == word)
			return alg_fail(r->log, MSG_OPTION_VALUE, "--ratings", p,
				"a list like pain-now=4,sleep=6 (items: pain-now pain-average-7d pain-worst-7d "
				"activity-1 sleep analgesic-days global-change)");
		p += word + (p[word] == ',');
	}
	return 0;
}

int record_journal(struct record *r)
{
	int rc = check_names(r);

	if (rc < 0 || !r->proc.journal)
		return rc;
	if (r->interactive && !r->args->skip_journal && !r->args->ratings && r->button.kind != UI_BUTTON_SIM)
		printf("\nPain journal, before the first press (Enter leaves one out, q stops):\n");
	for (int i = 0; i < N_QUESTIONS; i++) {
		const struct question *q = &questions[i];
		struct ses_rating row = {.t_s = 0};
		const char *skipped;

		if (q->from_second_visit && r->file.session < 2)
			continue;
		if ((rc = answer(r, q, &row.value, &skipped)) < 0)
			return rc;
		alg_text_copy(row.item, sizeof(row.item), q->item);
		alg_text_copy(row.scale, sizeof(row.scale), q->scale);
		alg_text_ascii(row.skipped, sizeof(row.skipped), skipped);
		row.t_s = ses_stored_s(alg_clock_now_ns(&r->clock) - r->start_ns);
		if ((rc = ses_session_add_rating(&r->session, &row)) < 0)
			return alg_fail(r->log, MSG_NOMEM, "the pain journal");
	}
	return 0;
}

/* The lowest of site, procedure, gauge range and force cap, and which of them it is at the lowest point. */
static void ceiling_text(const struct record *r, char *out, size_t cap)
{
	if (!acq_gate_may_tell(&r->gate)) {
		alg_text_copy(out, cap, "a ceiling is watched");
		return;
	}
	double capacity_kpa = alg_pressure_kpa(r->session.header.device_capacity_n, r->area_cm2);
	double cap_kpa = alg_pressure_kpa(r->proc.force_cap_n, r->area_cm2), low = r->proc.ceiling_kpa;
	const char *why = "of the procedure";

	for (size_t i = 0; i < r->points.n; i++)
		if (r->points.point[i].ceiling_kpa < low) {
			low = r->points.point[i].ceiling_kpa;
			why = r->points.point[i].site_code;
		}
	if (capacity_kpa > 0 && capacity_kpa < low) {
		low = capacity_kpa;
		why = "the gauge's range";
	}
	if (cap_kpa < low) {
		low = cap_kpa;
		why = "the force cap";
	}
	snprintf(out, cap, "ceiling from %.0f kPa (%s)", low, why);
}

static void print_order(const struct record *r)
{
	char line[400], practice[40] = "", hold[64] = "";
	bool there_and_back;
	int changes = ses_procedure_posture_changes(&r->proc, &r->points, &there_and_back);

	if (r->proc.familiarisation)
		snprintf(practice, sizeof(practice), ", %d practice press%s first", r->proc.familiarisation,
			r->proc.familiarisation == 1 ? "" : "es");
	if (r->proc.hold_kpa > 0 && acq_gate_may_tell(&r->gate))
		snprintf(hold, sizeof(hold), ", %g kPa held for %g s and rated", r->proc.hold_kpa, r->proc.hold_s);
	else if (r->proc.hold_kpa > 0)
		snprintf(hold, sizeof(hold), ", held for %g s and rated", r->proc.hold_s);
	snprintf(line, sizeof(line), "order %s%s%s, %d change%s of posture, %g s between two presses at one point%s%s%s",
		ses_order_word(r->proc.order),
		r->session.header.order_source[0] ? " " : "", r->session.header.order_source, changes, changes == 1 ? "" : "s",
		r->proc.interval_s, practice, r->proc.tolerance ? ", threshold and tolerance" : "", hold);
	cli_print_wrapped(0, 0, line);
}

static void print_gauge(const struct record *r)
{
	const struct ses_header *h = &r->session.header;
	char rate[64] = "", ceiling[80], line[400];

	if (acq_gate_may_tell(&r->gate)) /* who knows the rate and counts the seconds knows the pressure */
		snprintf(rate, sizeof(rate), "%.0f kPa/s +-%.0f %%, ", h->target_rate_kpa_s, 100 * h->corridor);
	ceiling_text(r, ceiling, sizeof(ceiling));
	snprintf(line, sizeof(line), "gauge %s%s%s%s%s, tip %.2f cm2 %s, %s%s, response by %s%s%s", h->device_family,
		h->device_model[0] ? " " : "", h->device_model, h->device_serial[0] ? " no. " : "", h->device_serial,
		h->tip_area_cm2, h->tip_shape, rate, ceiling, h->response_mode, h->blinded ? "  [BLINDED]" : "",
		h->simulated ? "  [SIMULATED]" : "");
	cli_print_wrapped(0, 0, line);
}

/* The procedure's words tell of a button: what is said where there is none. */
static void print_no_button(const struct record *r)
{
	enum ses_response response = ui_button_response(&r->button);

	if (r->proc.response != SES_RESPONSE_BUTTON)
		return;
	if (response == SES_RESPONSE_PEAK)
		cli_print_wrapped(2, 2, "There is no button: ask for a clear \"now\" instead of it, and lift at once when it is said; "
			"the peak is taken.");
	else if (r->button.kind == UI_BUTTON_KEY)
		cli_print_wrapped(2, 2, "There is no button: ask for a clear \"now\" instead of it; the space bar is pressed then. "
			"With no hand free for it, use --button peak.");
}

/* Worked out from rate and ceiling, which a blinded session does not tell: there with the usual ones. */
static double expected_s(const struct record *r)
{
	struct ses_procedure usual = r->proc;

	usual.rate_kpa_s = 30;
	usual.ceiling_kpa = 1000;
	return ses_procedure_expected_all_s(acq_gate_may_tell(&r->gate) ? &r->proc : &usual, &r->points);
}

static void print_plan(const struct record *r)
{
	const struct ses_header *h = &r->session.header;
	char when[48], line[240];
	size_t n_points = r->points.n - (ses_procedure_practice(&r->proc, &r->points) >= 0);

	if (h->acq[0])
		snprintf(when, sizeof(when), "%d %s", (int)h->session, h->acq);
	else
		snprintf(when, sizeof(when), "%d", (int)h->session);
	snprintf(line, sizeof(line), "%s session %s, %s: %s, %zu points x %d presses, about %.0f min", h->participant, when,
		h->visit_day, h->procedure_id, n_points, r->proc.rounds, ceil(expected_s(r) / 60));
	cli_print_wrapped(0, 0, line);
	print_order(r);
	print_gauge(r);
	if (r->proc.instruction && r->proc.instruction[0] && r->interactive) {
		printf("Say to the patient:\n");
		cli_print_wrapped(2, 2, r->proc.instruction);
		print_no_button(r);
	}
}

int record_confirm(struct record *r)
{
	char line[64];

	if (r->args->quiet)
		return 0;
	print_plan(r);
	fflush(stdout);
	if (r->args->yes || !r->interactive)
		return 0;
	printf("Is that right: gauge, unit, tip and patient? Enter starts, q stops: ");
	fflush(stdout);
	if (!ask_line(line, sizeof(line)))
		return alg_fail(r->log, MSG_NOT_CONFIRMED, "the terminal was closed or the program was told to stop");
	if (line[0])
		return alg_fail(r->log, MSG_NOT_CONFIRMED, "not confirmed; nothing was measured");
	return 0;
}
