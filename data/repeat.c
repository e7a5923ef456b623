/* SPDX-License-Identifier: GPL-3.0-or-later */
/* repeat.c - one value from repeated presses, with "more than" carried through; and the words of press.h. */
#include "data/press.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- rules -------------------------------------------------------------------------------------- */

static double mean_of(const double *kpa, const bool *censored, size_t n, bool *bound)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += kpa[i];
		*bound = *bound || censored[i];
	}
	return sum / (double)n;
}

/* Whether press a ranks before press b: "more than 600" is above every exact value. */
static bool ranks_before(const double *kpa, const bool *censored, size_t a, size_t b)
{
	if (censored[a] != censored[b])
		return !censored[a];
	return kpa[a] < kpa[b] || (kpa[a] == kpa[b] && a < b);
}

/* The press of that rank (0 is the lowest). A handful of presses: no sorted copy is needed. */
static size_t of_rank(const double *kpa, const bool *censored, size_t n, size_t rank)
{
	size_t i, below;

	for (i = 0; i + 1 < n; i++) {
		below = 0;
		for (size_t j = 0; j < n; j++)
			below += j != i && ranks_before(kpa, censored, j, i);
		if (below == rank)
			break;
	}
	return i;
}

static double median_of(const double *kpa, const bool *censored, size_t n, bool *bound)
{
	size_t low = of_rank(kpa, censored, n, (n - 1) / 2), high = of_rank(kpa, censored, n, n / 2);

	*bound = censored[low] || censored[high];
	return low == high ? kpa[low] : (kpa[low] + kpa[high]) / 2;
}

static double closest_two(const double *kpa, const bool *censored, size_t n, bool *bound)
{
	size_t a = 0, b = n > 1 ? 1 : 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (fabs(kpa[i] - kpa[j]) < fabs(kpa[a] - kpa[b])) {
				a = i;
				b = j;
			}
	*bound = censored[a] || censored[b];
	return (kpa[a] + kpa[b]) / 2;
}

double ses_repeat_value(enum ses_rule rule, const double *kpa, const bool *censored, size_t n, bool *bound)
{
	*bound = false;
	for (size_t i = 0; i < n; i++)
		if (isnan(kpa[i]))
			return NAN;
	if (n == 0)
		return NAN;
	switch (rule) {
	case SES_RULE_MEAN:
		return mean_of(kpa, censored, n, bound);
	case SES_RULE_DROP_FIRST:
		return n == 1 ? mean_of(kpa, censored, 1, bound) : mean_of(kpa + 1, censored + 1, n - 1, bound);
	case SES_RULE_MEDIAN:
		return median_of(kpa, censored, n, bound);
	case SES_RULE_CLOSEST_TWO:
		return closest_two(kpa, censored, n, bound);
	}
	return NAN;
}

/* ---- words -------------------------------------------------------------------------------------- */

static const char *const status_words[] = {
	[SES_ACCEPTED] = "accepted", [SES_REJECTED] = "rejected", [SES_CENSORED] = "censored",
	[SES_MISSING] = "missing",
};

static const char *const reason_words[] = {
	[SES_REASON_NONE] = "none", [SES_REASON_EXAMINER] = "examiner", [SES_REASON_RATE] = "rate",
	[SES_REASON_EARLY] = "early", [SES_REASON_LOST] = "lost", [SES_REASON_STUCK] = "stuck",
	[SES_REASON_GAP] = "gap", [SES_REASON_NO_RESPONSE] = "no-response",
	[SES_REASON_CEILING] = "ceiling", [SES_REASON_SKIPPED] = "skipped",
	[SES_REASON_ENDED] = "ended", [SES_REASON_PATIENT] = "patient", [SES_REASON_LIMIT] = "limit",
	[SES_REASON_SUSPEND] = "suspend", [SES_REASON_OVERLOAD] = "overload",
	[SES_REASON_INTERRUPTED] = "interrupted", [SES_REASON_WRONG_SITE] = "wrong-site",
};

static const char *const response_words[] = {
	[SES_RESPONSE_BUTTON] = "button", [SES_RESPONSE_EXAMINER_KEY] = "examiner-key",
	[SES_RESPONSE_PEAK] = "verbal-peak", [SES_RESPONSE_GAUGE] = "gauge",
};

static const char *const rule_words[] = {
	[SES_RULE_MEAN] = "mean", [SES_RULE_DROP_FIRST] = "drop-first", [SES_RULE_MEDIAN] = "median",
	[SES_RULE_CLOSEST_TWO] = "closest-two",
};

/* In the order of the bits. */
static const char *const quality_words[] = {
	"rate", "rate-strong", "corridor", "gap", "few", "zero", "peak-flag", "dropped", "clock",
	"low-battery", "slow-gauge", "not-blinded",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *word_of(const char *const *words, size_t n, int code)
{
	return code >= 0 && (size_t)code < n && words[code] ? words[code] : "?";
}

static int code_of(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; word && i < n; i++)
		if (words[i] && !strcmp(words[i], word))
			return (int)i;
	return 0;
}

const char *ses_status_word(enum ses_status status)
{
	return word_of(status_words, COUNT(status_words), (int)status);
}

const char *ses_reason_word(enum ses_reason reason)
{
	return word_of(reason_words, COUNT(reason_words), (int)reason);
}

const char *ses_response_word(enum ses_response response)
{
	return word_of(response_words, COUNT(response_words), (int)response);
}

const char *ses_rule_word(enum ses_rule rule)
{
	return word_of(rule_words, COUNT(rule_words), (int)rule);
}

enum ses_rule ses_rule_from_word(const char *word)
{
	return (enum ses_rule)code_of(rule_words, COUNT(rule_words), word);
}

enum ses_response ses_response_from_word(const char *word)
{
	return (enum ses_response)code_of(response_words, COUNT(response_words), word);
}

void ses_quality_words(char *out, size_t cap, uint32_t quality)
{
	size_t len = 0;

	if (cap)
		out[0] = '\0';
	for (size_t bit = 0; bit < COUNT(quality_words); bit++) {
		if (!(quality >> bit & 1))
			continue;
		if (len + strlen(quality_words[bit]) + 2 > cap)
			return; /* a word is never cut in two */
		len += (size_t)snprintf(out + len, cap - len, "%s%s", len ? " " : "", quality_words[bit]);
	}
}
