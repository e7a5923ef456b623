/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * press.h - the mathematics of one press and of repeated presses: pure functions, used by the
 * measurement and by the analysis alike, so that a stored result can always be recomputed.
 *
 * A press is an array of samples in time order: rest, contact, ramp, response, release. Forces are
 * as read; zero_n (the mean at rest just before) is subtracted here. pressure = 10 (F - zero) / A,
 * with A in cm2, kPa.
 *
 * Samples whose force is NAN, that are flagged PEAK, OVERLOAD or FAULT never enter a slope or an
 * interpolation. Two samples further apart than gap_s are not interpolated across: the value is
 * NAN then and the press is flagged.
 */
#ifndef SES_PRESS_H
#define SES_PRESS_H

#include "data/sample.h"

#include <stdbool.h>
#include <stddef.h>

enum ses_status { SES_ACCEPTED = 1, SES_REJECTED = 2, SES_CENSORED = 3, SES_MISSING = 4 };

enum ses_reason {
	SES_REASON_NONE = 0,
	SES_REASON_EXAMINER = 1,    /* rejected by the examiner's key or pedal */
	SES_REASON_RATE = 2,        /* the procedure rejects presses so far out of the corridor */
	SES_REASON_EARLY = 3,       /* begun before the interval at this point was over */
	SES_REASON_LOST = 4,        /* the gauge's signal was lost during the press */
	SES_REASON_STUCK = 5,       /* the gauge repeated one value during the ramp */
	SES_REASON_GAP = 6,         /* no samples around the response */
	SES_REASON_NO_RESPONSE = 7, /* released without a response */
	SES_REASON_CEILING = 8,     /* censored: the ceiling came before the response */
	SES_REASON_SKIPPED = 9,     /* missing: the examiner skipped the point */
	SES_REASON_ENDED = 10,      /* missing: the session was ended before */
	SES_REASON_PATIENT = 11,    /* the patient asked to stop */
	SES_REASON_LIMIT = 12,      /* missing: the point's limit of presses was reached */
	SES_REASON_SUSPEND = 13,    /* the machine slept during the press */
	SES_REASON_OVERLOAD = 14,   /* the gauge was over its own limit at the response */
	SES_REASON_INTERRUPTED = 15, /* the program ended during the press */
	SES_REASON_WRONG_SITE = 16, /* the examiner says: another place than the prompted one, and no point of this session */
};

/* How the response instant was known. */
enum ses_response {
	SES_RESPONSE_BUTTON = 1,       /* the patient's own button */
	SES_RESPONSE_EXAMINER_KEY = 2, /* the examiner's key on the patient's word */
	SES_RESPONSE_PEAK = 3,         /* "verbal-peak": the peak before the fall; contains reaction time */
	SES_RESPONSE_GAUGE = 4,        /* the gauge's own button or event */
};

/* Bits of ses_press_result.quality. */
enum ses_quality {
	SES_QUALITY_RATE = 1u << 0,        /* mean rate outside the corridor */
	SES_QUALITY_RATE_STRONG = 1u << 1, /* mean rate more than 50 % off the target */
	SES_QUALITY_CORRIDOR = 1u << 2,    /* less than half of the ramp inside the corridor */
	SES_QUALITY_GAP = 1u << 3,
	SES_QUALITY_FEW = 1u << 4,         /* fewer than 5 samples in the ramp: no rate */
	SES_QUALITY_ZERO = 1u << 5,        /* zero drifted */
	SES_QUALITY_PEAK_FLAG = 1u << 6,   /* the gauge was in peak mode */
	SES_QUALITY_DROPPED = 1u << 7,     /* the program lost samples */
	SES_QUALITY_CLOCK = 1u << 8,       /* wall clock stepped */
	SES_QUALITY_LOW_BATTERY = 1u << 9,
	SES_QUALITY_SLOW_GAUGE = 1u << 10,  /* fewer readings a second than the rate needs */
	SES_QUALITY_NOT_BLINDED = 1u << 11, /* a blinded session whose gauge showed its numbers */
};

struct ses_press_param {
	double area_cm2;
	double zero_n;
	double contact_n;         /* force above zero that is contact, > 0 */
	double target_rate_kpa_s;
	double corridor;          /* 0.2 for +-20 % */
	double gap_s;             /* a longer step between samples is a gap */
	enum ses_response response;
};

#define SES_NO_TIME INT64_MIN

/* Times are session clock; SES_NO_TIME where there is none. Pressures NAN where there is none. */
struct ses_press_result {
	int64_t t_contact_ns, t_response_ns, t_peak_ns, t_release_ns;
	double ppt_kpa;             /* pressure at the response, interpolated */
	double ppt_n;               /* the same in newton, zero subtracted */
	double peak_kpa;
	double overshoot_kpa;       /* peak - threshold */
	double rate_kpa_s;          /* least squares, 20 % to 90 % of the pressure at the response */
	double rate_sd_kpa_s;       /* SD of the sliding slope over the same part */
	double rate_response_kpa_s; /* sliding slope at the response */
	double corridor_share;      /* 0..1, share of that part's time with the sliding slope inside */
	int n_ramp;                 /* usable samples from contact to response */
	int n_gaps;                 /* between contact and release, those told by the gauge included */
	uint32_t quality;           /* enum ses_quality */
};

/*
 * The ramp for rate, SD and corridor is the last rise before the response: after the last sample
 * under 20 % and before the next one over 90 % of the pressure at the response, or at the peak when
 * there is no response (a censored press). The sliding slope is a least-squares slope over 0.4 s, or
 * over four usual steps of a gauge so slow that 0.4 s would hold fewer than five samples; it belongs
 * to the middle of its window and is taken only where the whole window lies between contact and
 * response. At the response itself its window is centred on it; with SES_RESPONSE_PEAK, where the
 * hand already turns, it ends there. Rates are NAN with fewer than 5 samples in the ramp (FEW).
 *
 * Evaluates n samples. t_response_ns: instant of the response, or SES_NO_TIME to take the peak
 * before the fall when param->response is SES_RESPONSE_PEAK (otherwise there is no response and
 * ppt is NAN). Contact: first sample of the first run of two usable samples above contact_n.
 * Release: first later sample below contact_n after the peak. Returns 0, or ALG_ERR_ARG for
 * parameters that make no sense (area, contact, times out of order). A response before contact,
 * after release or in a gap leaves the time as it is and the threshold NAN.
 */
int ses_press_evaluate(const struct ses_sample *samples, size_t n, const struct ses_press_param *param,
	int64_t t_response_ns, struct ses_press_result *out);

/* Force at t by linear interpolation between usable neighbours not further apart than gap_s; NAN. */
double ses_force_at(const struct ses_sample *samples, size_t n, int64_t t_ns, double gap_s);

/* Least-squares slope of force over time [N/s] of the usable samples with t in from..to; NAN under 3. */
double ses_force_slope(const struct ses_sample *samples, size_t n, int64_t from_ns, int64_t to_ns);

/* Length of the window of the sliding slope [s]; its slope belongs to the middle of the window. */
#define SES_SLOPE_WINDOW_S 0.4

/* ---- repeated presses at one point -------------------------------------------------------- */

enum ses_rule { SES_RULE_MEAN = 1, SES_RULE_DROP_FIRST = 2, SES_RULE_MEDIAN = 3, SES_RULE_CLOSEST_TWO = 4 };

/*
 * One value from presses in the order they were made (accepted and censored only). censored[i] means
 * "more than kpa[i]"; ceilings may differ, so that "more than 400" may stand beside an exact 560. *bound is
 * set when the value is "no less than": whatever the true values of the censored presses are, the result
 * by the rule lies there or above. Not set: the result is the same whatever they are. NAN when there is
 * no press, or one without a value.
 *   mean         of all; a bound with any censored press in it
 *   drop-first   mean of all but the first; a single press stands for itself
 *   median       middle value; exact while fewer than half are censored, all of them at or above it
 *   closest-two  mean of the two nearest ones (the earlier pair on a tie); a bound where a censored press
 *                could be nearer to another one than the two nearest exact ones are to each other
 */
double ses_repeat_value(enum ses_rule rule, const double *kpa, const bool *censored, size_t n, bool *bound);
/* used[n]: the presses that this value was made of. kpa without NAN. */
void ses_repeat_used(enum ses_rule rule, const double *kpa, const bool *censored, size_t n, bool *used);

/* Words used in files and on screens ("accepted", "verbal-peak", "drop-first"); "?" when unknown. */
const char *ses_status_word(enum ses_status status);
const char *ses_reason_word(enum ses_reason reason);
const char *ses_response_word(enum ses_response response);
const char *ses_rule_word(enum ses_rule rule);
/* 0 when the word is none of them. */
enum ses_rule ses_rule_from_word(const char *word);
enum ses_response ses_response_from_word(const char *word);
/* "rate gap", space-separated, "" when none. */
void ses_quality_words(char *out, size_t cap, uint32_t quality);

#endif
