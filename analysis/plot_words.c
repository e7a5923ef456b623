/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot_words.c - how points, dates, changes and rules are called in every picture. */
#include "analysis/plot.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_MAX = 96 };

/* Cuts "(right)" or "(left)" off the end: the side is said once, always in the same place. */
static void drop_side(char *label)
{
	static const char *const tail[] = {" (right)", " (left)", " (midline)"};

	for (size_t i = 0; i < sizeof(tail) / sizeof(tail[0]); i++) {
		size_t n = strlen(label), t = strlen(tail[i]);

		if (n > t && strcmp(label + n - t, tail[i]) == 0)
			label[n - t] = '\0';
	}
}

void ana_point_place(const struct ses_point *point, char *out, size_t cap)
{
	alg_text_copy(out, cap, point->label[0] ? point->label : point->site_code);
	drop_side(out);
}

void ana_point_label(const struct ses_point *point, char *out, size_t cap)
{
	char place[LABEL_MAX], series[24] = "";

	ana_point_place(point, place, sizeof(place));
	if (point->series > 1)
		snprintf(series, sizeof(series), " (place %d)", point->series);
	snprintf(out, cap, "%s%s%s%s", place, point->side == SES_SIDE_MIDLINE ? "" : ", ",
		point->side == SES_SIDE_MIDLINE ? "" : ses_side_word(point->side), series);
}

void ana_point_short(const struct ses_point *point, char *out, size_t cap)
{
	size_t n = strlen(point->site_code);
	char code[sizeof(point->site_code) + 1], series[16] = "";

	alg_text_copy(code, sizeof(code), point->site_code);
	if (n > 2 && code[n - 2] == '_' && code[n - 1] == point->side)
		code[n - 2] = ' ';
	if (point->series > 1)
		snprintf(series, sizeof(series), "/%d", point->series);
	snprintf(out, cap, "%s%s", code, series);
}

void ana_signed_text(char *out, size_t cap, double v, int decimals)
{
	double scale = pow(10, decimals), shown = nearbyint(v * scale) / scale;

	if (!isfinite(v))
		snprintf(out, cap, "?");
	else if (shown == 0)
		snprintf(out, cap, "%.*f", decimals, 0.0);
	else
		snprintf(out, cap, "%s%.*f", shown < 0 ? ANA_MINUS : "+", decimals, fabs(shown));
}

const char *ana_bound_word(enum ana_change_kind kind)
{
	return kind == ANA_CHANGE_AT_LEAST ? "at least " : kind == ANA_CHANGE_AT_MOST ? "at most " : "";
}

double ana_bound_rounded(enum ana_change_kind kind, double v)
{
	return kind == ANA_CHANGE_AT_LEAST ? floor(v) : kind == ANA_CHANGE_AT_MOST ? ceil(v) : v;
}

void ana_change_number(char *out, size_t cap, const struct ana_change *change)
{
	char kpa[32], percent[32];

	switch (change->kind) {
	case ANA_CHANGE_EXACT:
	case ANA_CHANGE_AT_LEAST:
	case ANA_CHANGE_AT_MOST:
		ana_signed_text(kpa, sizeof(kpa), ana_bound_rounded(change->kind, change->kpa), 0);
		ana_signed_text(percent, sizeof(percent), ana_bound_rounded(change->kind, change->percent), 0);
		if (isfinite(change->percent))
			snprintf(out, cap, "%s%s kPa (%s %%)", ana_bound_word(change->kind), kpa, percent);
		else
			snprintf(out, cap, "%s%s kPa", ana_bound_word(change->kind), kpa);
		return;
	case ANA_CHANGE_OPEN:
		snprintf(out, cap, "unknown: above the ceiling at both");
		return;
	case ANA_CHANGE_NONE:
	default:
		snprintf(out, cap, "no value to compare");
	}
}

void ana_change_words(char *out, size_t cap, const struct ana_change *change)
{
	char number[96];

	ana_change_number(number, sizeof(number), change);
	switch (change->verdict) {
	case ANA_VERDICT_RISE:
		snprintf(out, cap, ANA_UP " rose: %s", number);
		return;
	case ANA_VERDICT_FALL:
		snprintf(out, cap, ANA_DOWN " fell: %s", number);
		return;
	case ANA_VERDICT_WITHIN:
		snprintf(out, cap, "%s, within measurement error", number);
		return;
	case ANA_VERDICT_OPEN:
		snprintf(out, cap, "%s, cannot be judged (ceiling)", number);
		return;
	case ANA_VERDICT_NONE:
	default:
		snprintf(out, cap, "%s", number);
	}
}

const char *ana_verdict_word(enum ana_verdict verdict)
{
	switch (verdict) {
	case ANA_VERDICT_RISE: return "rose more than MDC";
	case ANA_VERDICT_FALL: return "fell more than MDC";
	case ANA_VERDICT_WITHIN: return "within measurement error";
	case ANA_VERDICT_OPEN: return "cannot be judged";
	case ANA_VERDICT_NONE: break;
	}
	return "";
}

void ana_rule_words(char *out, size_t cap, enum ses_rule rule)
{
	switch (rule) {
	case SES_RULE_MEAN: alg_text_copy(out, cap, "mean of all presses"); return;
	case SES_RULE_DROP_FIRST: alg_text_copy(out, cap, "mean of all presses but the first"); return;
	case SES_RULE_MEDIAN: alg_text_copy(out, cap, "median of the presses"); return;
	case SES_RULE_CLOSEST_TWO: alg_text_copy(out, cap, "mean of the two closest presses"); return;
	}
	alg_text_copy(out, cap, "rule unknown");
}

char ana_reason_letter(enum ses_reason reason)
{
	switch (reason) {
	case SES_REASON_SKIPPED: return 's';
	case SES_REASON_ENDED: return 'e';
	case SES_REASON_PATIENT: return 'p';
	case SES_REASON_LIMIT: return 'l';
	case SES_REASON_NO_RESPONSE: return 'n';
	case SES_REASON_NONE: return '?';
	default: return 'x';
	}
}

const char *ana_reason_letter_words(char letter)
{
	switch (letter) {
	case 's': return "skipped by the examiner";
	case 'e': return "session ended before";
	case 'p': return "patient asked to stop";
	case 'l': return "limit of presses reached";
	case 'n': return "no response";
	case 'x': return "every press rejected";
	case '-': return "not planned that day";
	default: return "no reason given";
	}
}

void ana_session_title(const struct ses_header *h, const char *what, char *out, size_t cap)
{
	snprintf(out, cap, "%s ses-%02d%s%s, %s: %s", h->participant, h->session, h->acq[0] ? " " : "", h->acq, h->visit_day,
		what);
}

void ana_no_value_words(const struct ana_point *point, char *out, size_t cap)
{
	if (!point)
		snprintf(out, cap, "not measured");
	else if (isfinite(point->value_kpa))
		snprintf(out, cap, "%s", "");
	else
		snprintf(out, cap, "none: %s", ana_reason_letter_words(ana_reason_letter(point->reason)));
}

void ana_day_words(char *out, size_t cap, const char *iso)
{
	static const char *const month[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
		"Nov", "Dec"};
	int32_t days;
	int m, d;

	/* "2026-03-02" to "2 Mar": unmistakable, whatever order a reader is used to. */
	if (alg_date_parse(iso, &days) == 0 && sscanf(iso + 5, "%2d-%2d", &m, &d) == 2 && m >= 1 && m <= 12)
		snprintf(out, cap, "%d %s", d, month[m - 1]);
	else
		alg_text_copy(out, cap, iso);
}
