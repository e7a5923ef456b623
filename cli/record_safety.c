/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record_safety.c - what is asked about the patient and the alarms before the first press, and why a
 * session was stopped. Every answer is an event of the session file: kind "precaution", value 1 yes, 0 no,
 * NaN not asked; "bell", "display", "stop-word", "adverse".
 */
#include "cli/record.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct precaution {
	char letter;
	const char *word, *text, *then;
	const char *sites; /* only where one of these is pressed; NULL: always */
} precautions[] = {
	{'a', "open-skin", "broken, inflamed or numb skin at a point", "skip that point (s): nothing is pressed there", NULL},
	{'b', "bleeding", "blood thinners or a bleeding disorder", "bruises come easily: ask who prescribed, or lower the ceiling", NULL},
	{'c', "pregnancy", "pregnancy", "no lumbar, pelvic or abdominal point: skip them (s)", " ESL QL QLI GMAX GMED GMIN PIR SIJ RABD ABD MULT ILPS "},
	{'d', "bone", "osteoporosis, or a fracture or tumour near a point", "no ribs, no spine: skip them (s)", NULL},
	{'e', "neuropathy", "reduced feeling (neuropathy) at a point", "the pain may come late or never: the ceiling alone guards", NULL},
	{'f', "analgesic", "pain medicine in the last 24 hours", "thresholds may be higher today; it is kept with the session", NULL},
	{'g', "needling", "needling or an injection at a point in the last 72 hours", "soreness may lower thresholds; compare will say so", NULL},
};
enum { N_PRECAUTIONS = sizeof(precautions) / sizeof(precautions[0]) };

static int note_event(struct record *r, const char *kind, double value, const char *note)
{
	return record_store_event(r, alg_clock_now_ns(&r->clock), kind, value, note);
}

/* "ESL3_L" is of the sites " ESL QL ": its letters before a digit or '_'. */
static bool is_of(const char *sites, const char *code)
{
	char stem[24];
	size_t n = 0;

	while (isalpha((unsigned char)code[n]) && n < sizeof(stem) - 3)
		n++;
	snprintf(stem, sizeof(stem), " %.*s ", (int)n, code);
	return strstr(sites, stem) != NULL;
}

static bool concerns(const struct record *r, const struct precaution *p)
{
	for (size_t i = 0; p->sites && i < r->points.n; i++)
		if (is_of(p->sites, r->points.point[i].site_code))
			return true;
	return !p->sites;
}

static const struct precaution *by_word(const char *word, size_t len)
{
	for (int i = 0; i < N_PRECAUTIONS; i++)
		if (strlen(precautions[i].word) == len && strncmp(precautions[i].word, word, len) == 0)
			return &precautions[i];
	return NULL;
}

/* "none" or "bleeding,analgesic" into a bit each. */
static int parse_list(struct record *r, const char *list, unsigned *holds)
{
	*holds = 0;
	if (strcmp(list, "none") == 0)
		return 0;
	for (const char *p = list; *p;) {
		size_t len = strcspn(p, ",");
		const struct precaution *found = by_word(p, len);

		if (!found)
			return alg_fail(r->log, MSG_PRECAUTION, list, "a word in it is not known");
		*holds |= 1u << (found - precautions);
		p += len + (p[len] == ',');
	}
	return *holds ? 0 : alg_fail(r->log, MSG_PRECAUTION, list, "nothing is named");
}

static bool ask_letters(struct record *r, unsigned *holds)
{
	char line[64];

	printf("\nThe patient stops at any time by saying STOP: say so now.\nDoes one of these hold?\n");
	for (int i = 0; i < N_PRECAUTIONS; i++)
		if (concerns(r, &precautions[i]))
			printf("  %c  %s\n", precautions[i].letter, precautions[i].text);
	for (;;) {
		bool good = true;

		printf("Enter: none of them. Or the letters of those that do, q stops: ");
		fflush(stdout);
		if (cli_stopped() || !fgets(line, sizeof(line), stdin) || line[0] == 'q')
			return false;
		*holds = 0;
		for (const char *p = line; *p && good; p++) {
			int i = tolower((unsigned char)*p) - 'a';

			if (strchr(" ,\r\n", *p))
				continue;
			good = i >= 0 && i < N_PRECAUTIONS && concerns(r, &precautions[i]);
			*holds |= good ? 1u << i : 0;
		}
		if (good)
			return true;
		printf("  letters from the list, please\n");
	}
}

static int tell_what_then(struct record *r, unsigned holds)
{
	char line[16];

	for (int i = 0; i < N_PRECAUTIONS; i++)
		if (holds >> i & 1)
			printf("  %s:\n    %s\n", precautions[i].text, precautions[i].then);
	if (!r->interactive || r->args->precautions || r->args->yes)
		return 0;
	printf("Enter goes on all the same, q stops: ");
	fflush(stdout);
	if (cli_stopped() || !fgets(line, sizeof(line), stdin) || line[0] == 'q')
		return alg_fail(r->log, MSG_NOT_CONFIRMED, "stopped because of a precaution; nothing was measured");
	return 0;
}

static int ask_precautions(struct record *r)
{
	unsigned holds = 0;
	bool asked = true;
	int rc = 0;

	if (r->args->precautions)
		rc = parse_list(r, r->args->precautions, &holds);
	else if (r->interactive && !r->args->quiet && !r->args->yes)
		rc = ask_letters(r, &holds) ? 0 : alg_fail(r->log, MSG_NOT_CONFIRMED, "nothing was measured");
	else
		asked = false;
	if (rc < 0)
		return rc;
	if (!asked && !r->world)
		alg_note(r->log, MSG_PRECAUTION_UNASKED);
	for (int i = 0; rc >= 0 && i < N_PRECAUTIONS; i++)
		if (concerns(r, &precautions[i]))
			rc = note_event(r, "precaution", asked ? holds >> i & 1 : NAN, precautions[i].word);
	if (rc >= 0 && asked)
		rc = note_event(r, "stop-word", 1, "told");
	return rc < 0 || !holds ? rc : tell_what_then(r, holds);
}

/* y or n, nothing else by mistake; a peak that stands on the display must be covered. NOT_ASKED: stopped. */
static enum ses_covered ask_covered(struct record *r)
{
	bool must = ui_button_response(&r->button) == SES_RESPONSE_PEAK;
	char line[16];

	for (;;) {
		printf("Blinded: is the gauge's own display covered? y or n, q stops: ");
		fflush(stdout);
		if (cli_stopped() || !fgets(line, sizeof(line), stdin) || line[0] == 'q')
			return SES_COVERED_NOT_ASKED;
		if (line[0] == 'y')
			return SES_COVERED_YES;
		if (line[0] == 'n' && !must)
			return SES_COVERED_NO;
		if (line[0] == 'n')
			printf("  The peak would stand on it: cover it (tape will do), then y. Or q, and a\n  button.\n");
	}
}

/* A gauge that shows its numbers unblinds whoever holds it. A simulated one has no display. */
static int ask_display(struct record *r)
{
	enum ses_covered covered = r->world ? SES_COVERED_YES : SES_COVERED_NOT_ASKED;

	if (!r->blinded)
		return 0;
	if (r->args->display)
		covered = strcmp(r->args->display, "covered") == 0 ? SES_COVERED_YES : SES_COVERED_NO;
	else if (r->interactive && !r->args->yes && !r->world && (covered = ask_covered(r)) == SES_COVERED_NOT_ASKED)
		return alg_fail(r->log, MSG_NOT_CONFIRMED, "nothing was measured");
	r->session.header.display_covered = (int32_t)covered;
	r->session_not_blinded = covered != SES_COVERED_YES;
	if (covered != SES_COVERED_YES && ui_button_response(&r->button) == SES_RESPONSE_PEAK)
		return alg_fail(r->log, MSG_BLIND_OPEN);
	if (covered != SES_COVERED_YES && !r->args->quiet)
		printf("The display is not covered: every press of this session is marked not-blinded.\n");
	return note_event(r, "display", covered == SES_COVERED_YES, covered == SES_COVERED_YES ? "covered" : "not covered");
}

int record_display_again(struct record *r)
{
	if (!r->blinded || !r->args->display || strcmp(r->args->display, "open") != 0)
		return 0;
	r->session_not_blinded = true;
	if (ui_button_response(&r->button) == SES_RESPONSE_PEAK)
		return alg_fail(r->log, MSG_BLIND_OPEN);
	if (!r->args->quiet)
		printf("The display is not covered: every press from now on is marked not-blinded.\n");
	return 0;
}

/* The alarm is a bell of the terminal: one that nobody hears is none. */
static int ask_bell(struct record *r)
{
	char line[16];

	if (!r->interactive || r->args->yes || r->args->quiet)
		return note_event(r, "bell", NAN, "not tested");
	printf("\a\nThe alarm bell has just sounded: lift at once when it does.\nEnter: heard. n: not heard, q stops: ");
	fflush(stdout);
	if (cli_stopped() || !fgets(line, sizeof(line), stdin) || line[0] == 'q')
		return alg_fail(r->log, MSG_NOT_CONFIRMED, "nothing was measured");
	if (line[0] == 'n')
		printf("  The alarms will be on the screen only: switch the terminal's bell on, or use\n  --sound.\n");
	return note_event(r, "bell", line[0] != 'n', line[0] == 'n' ? "not heard" : "heard");
}

int record_ask_safety(struct record *r)
{
	int rc;

	if ((rc = ask_bell(r)) < 0 || (rc = ask_precautions(r)) < 0)
		return rc;
	return ask_display(r);
}

/* One key stopped the session; why is asked when the hand is off. */
int record_ask_adverse(struct record *r)
{
	static const char *const why[] = {"asked to stop", "faint", "bruise", "other"};
	char line[80];
	int i = 0;

	if (r->end_reason != SES_REASON_PATIENT || !r->store)
		return 0;
	if (r->interactive) {
		printf("Stopped for the patient.\nWhy? 1 asked to stop, 2 faint, 3 bruise, 4 other (Enter: 1): ");
		fflush(stdout);
		if (!cli_stopped() && fgets(line, sizeof(line), stdin) && line[0] >= '1' && line[0] <= '4')
			i = line[0] - '1';
	}
	return note_event(r, "adverse", i + 1, why[i]);
}
