/* SPDX-License-Identifier: GPL-3.0-or-later */
/* repeat.c - one value from repeated presses, with "more than" carried through; and the words of press.h. */
#include "data/press.h"

#include "base/text.h"

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

/* A press's place in the ranking: where its ceiling is, or beyond everything. */
static double placed(const double *kpa, const bool *censored, size_t i, bool beyond)
{
	return censored[i] && beyond ? INFINITY : kpa[i];
}

/* The press of that rank (0 is the lowest). A handful of presses: no sorted copy is needed. */
static double of_rank(const double *kpa, const bool *censored, size_t n, size_t rank, bool beyond)
{
	for (size_t i = 0; i < n; i++) {
		double at = placed(kpa, censored, i, beyond);
		size_t below = 0;

		for (size_t j = 0; j < n; j++) {
			double other = placed(kpa, censored, j, beyond);

			below += other < at || (other == at && j < i);
		}
		if (below == rank)
			return at;
	}
	return NAN;
}

static double middle_of(const double *kpa, const bool *censored, size_t n, bool beyond)
{
	double low = of_rank(kpa, censored, n, (n - 1) / 2, beyond), high = of_rank(kpa, censored, n, n / 2, beyond);

	return low == high ? low : (low + high) / 2;
}

/*
 * The median never falls when a press rises. So it is least when every censored press would have hurt right at
 * its ceiling, and greatest when none ever hurts; where both are the same, the ceilings do not matter.
 */
static double median_of(const double *kpa, const bool *censored, size_t n, bool *bound)
{
	double least = middle_of(kpa, censored, n, false);

	*bound = middle_of(kpa, censored, n, true) != least;
	return least;
}

/* Two presses, and what is known of their mean. */
struct pair {
	size_t a, b;
	double mean_kpa;
	bool bound;
};

/* The two exact presses that are nearest, the earlier ones on a tie; their distance, INFINITY when there are none. */
static double nearest_exact(const double *kpa, const bool *censored, size_t n, struct pair *pair)
{
	double distance = INFINITY;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			if (censored[i] || censored[j] || fabs(kpa[i] - kpa[j]) >= distance)
				continue;
			distance = fabs(kpa[i] - kpa[j]);
			*pair = (struct pair){i, j, (kpa[i] + kpa[j]) / 2, false};
		}
	return distance;
}

/*
 * Least mean of two presses, not both exact, that lie no further apart than distance; NAN when they cannot: the
 * ceiling of the one lies too far above the other.
 */
static double least_mean(const double *kpa, const bool *censored, size_t i, size_t j, double distance)
{
	size_t upper = kpa[i] > kpa[j] ? i : j, lower = upper == i ? j : i;

	if (!censored[lower] && kpa[upper] >= kpa[lower] + distance)
		return NAN;
	return (kpa[upper] + fmax(kpa[lower], censored[lower] ? kpa[upper] - distance : -INFINITY)) / 2;
}

/*
 * Where a censored press could be nearer to another one than the two nearest exact ones are to each other, the
 * pair is not known: the least mean of all pairs that may be it is a bound.
 */
static struct pair closest_pair(const double *kpa, const bool *censored, size_t n)
{
	struct pair best = {0, 0, kpa[0], censored[0]};
	double distance = nearest_exact(kpa, censored, n, &best);

	if (n > 1 && isinf(distance))
		best.mean_kpa = INFINITY;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			double mean = censored[i] || censored[j] ? least_mean(kpa, censored, i, j, distance) : NAN;

			if (isnan(mean))
				continue;
			if (mean < best.mean_kpa)
				best = (struct pair){i, j, mean, true};
			best.bound = true;
		}
	return best;
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
		*bound = closest_pair(kpa, censored, n).bound;
		return closest_pair(kpa, censored, n).mean_kpa;
	}
	return NAN;
}

void ses_repeat_used(enum ses_rule rule, const double *kpa, const bool *censored, size_t n, bool *used)
{
	struct pair pair = {0, 0, NAN, false};

	if (n && rule == SES_RULE_CLOSEST_TWO)
		pair = closest_pair(kpa, censored, n);
	for (size_t i = 0; i < n; i++)
		used[i] = rule == SES_RULE_CLOSEST_TWO ? i == pair.a || i == pair.b
			: rule == SES_RULE_DROP_FIRST ? i > 0 || n == 1 : true;
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

const char *ses_status_word(enum ses_status status)
{
	return alg_word_of(status_words, COUNT(status_words), (int)status);
}

const char *ses_reason_word(enum ses_reason reason)
{
	return alg_word_of(reason_words, COUNT(reason_words), (int)reason);
}

const char *ses_response_word(enum ses_response response)
{
	return alg_word_of(response_words, COUNT(response_words), (int)response);
}

const char *ses_rule_word(enum ses_rule rule)
{
	return alg_word_of(rule_words, COUNT(rule_words), (int)rule);
}

enum ses_rule ses_rule_from_word(const char *word)
{
	return (enum ses_rule)alg_code_of(rule_words, COUNT(rule_words), word);
}

enum ses_response ses_response_from_word(const char *word)
{
	return (enum ses_response)alg_code_of(response_words, COUNT(response_words), word);
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
