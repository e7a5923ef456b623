/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/options.h"

#include "base/text.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LEN = 16, VALUE_MAX_LEN = 40 };

static const struct {
	const char *name;
	size_t offset;
	double min, max;
	bool whole;
} numbers[] = {
#define AT(member) offsetof(struct sim_options, member)
	{"seed", AT(seed), 0, 9007199254740992.0, true},
	{"visit", AT(visit), 1, 99, true},
	{"days", AT(days), 0, 36500, true},
	{"threshold", AT(threshold_kpa), 1, 5000, false},
	{"rate", AT(rate_kpa_s), 0.1, 1000, false},
	{"ceiling", AT(ceiling_kpa), 1, 5000, false},
	{"spread", AT(rate_spread), 0, 0.5, false},
	{"wander", AT(wander), 0, 0.4, false},
	{"tremor", AT(tremor_n), 0, 5, false},
	{"pause", AT(pause_s), 0, 3600, false},
	{"noise", AT(noise_n), 0, 10, false},
	{"zero", AT(zero_n), -100, 100, false},
	{"gain", AT(gain), 0.5, 2, false},
	{"hz", AT(hz), 0.1, 10000, false},
	{"bundle", AT(bundle_ms), 0, 255, false},
	{"send", AT(send_s), 0.01, 3600, false},
	{"drop", AT(drop), 0, 1, false},
	{"garble", AT(garble), 0, 1, false},
	{"stall", AT(stall_s), 0, 1e6, false},
	{"stall_for", AT(stall_for_s), 0, 1e6, false},
	{"unplug", AT(unplug_s), 0, 1e6, false},
	{"back", AT(back_s), 0, 1e6, false},
#undef AT
};
enum { N_NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static const char *const words[] = {"participant", "acq", "unit", "firmware", "battery", "peak"};
enum { N_WORDS = sizeof(words) / sizeof(words[0]) };

static int refuse(struct alg_log *log, const char *name, const char *why)
{
	return alg_fail(log, MSG_SIM_OPTION, name, why);
}

static int set_number(struct sim_options *o, size_t i, const char *value, struct alg_log *log)
{
	double x;
	char why[96];

	if (alg_text_to_double(value, &x) == 0 && x >= numbers[i].min && x <= numbers[i].max &&
		(!numbers[i].whole || x == floor(x))) {
		memcpy((char *)o + numbers[i].offset, &x, sizeof(x));
		return 0;
	}
	snprintf(why, sizeof(why), "'%s' is no %s from %g to %g", value, numbers[i].whole ? "whole number" : "number",
		numbers[i].min, numbers[i].max);
	return refuse(log, numbers[i].name, why);
}

/* value is one of the two: which of them; -1 otherwise. */
static int either(const char *value, const char *no, const char *yes)
{
	return strcmp(value, no) == 0 ? 0 : strcmp(value, yes) == 0 ? 1 : -1;
}

static int set_word(struct sim_options *o, const char *name, const char *value, struct alg_log *log)
{
	int which;

	if (strcmp(name, "participant") == 0) {
		if (!alg_text_is_name(value, sizeof(o->participant) - 1))
			return refuse(log, name, "it must be a code of letters and digits");
		alg_text_copy(o->participant, sizeof(o->participant), value);
		return 0;
	}
	if (strcmp(name, "unit") == 0) {
		o->unit = alg_unit_parse(value, strlen(value));
		return o->unit != ALG_UNIT_NONE ? 0 : refuse(log, name, "it is no unit of force (N, kgf, lbf, ...)");
	}
	if (strcmp(name, "acq") == 0) {
		which = either(value, "pre", "post");
		o->post = which == 1;
		return which >= 0 ? 0 : refuse(log, name, "it must be pre or post");
	}
	if (strcmp(name, "firmware") == 0) {
		which = either(value, "new", "intermediate");
		o->generation = which >= 0 ? which : 2;
		return which >= 0 || strcmp(value, "old") == 0 ? 0 : refuse(log, name, "it must be new, intermediate or old");
	}
	if (strcmp(name, "battery") == 0) {
		which = either(value, "ok", "low");
		o->low_battery = which == 1;
		return which >= 0 ? 0 : refuse(log, name, "it must be ok or low");
	}
	which = either(value, "0", "1");
	o->peak = which == 1;
	return which >= 0 ? 0 : refuse(log, name, "it must be 0 or 1");
}

/* Takes "name=value" of len characters apart. */
static int set_one(struct sim_options *o, const char *text, size_t len, unsigned long long *seen, struct alg_log *log)
{
	const char *equals = memchr(text, '=', len);
	char name[NAME_MAX_LEN] = "", value[VALUE_MAX_LEN] = "", shown[64];
	size_t i = 0;

	snprintf(shown, sizeof(shown), "%.*s", len < 40 ? (int)len : 40, text);
	if (!equals || equals == text || (size_t)(equals - text) >= sizeof(name) ||
		len - (size_t)(equals - text) - 1 >= sizeof(value))
		return refuse(log, shown, "it must look like name=value");
	memcpy(name, text, (size_t)(equals - text));
	memcpy(value, equals + 1, len - (size_t)(equals - text) - 1);
	while (i < N_NUMBERS + N_WORDS && strcmp(name, i < N_NUMBERS ? numbers[i].name : words[i - N_NUMBERS]) != 0)
		i++;
	if (i == N_NUMBERS + N_WORDS)
		return refuse(log, name, "there is no such option");
	if (*seen & 1ull << i)
		return refuse(log, name, "it is given twice");
	*seen |= 1ull << i;
	return i < N_NUMBERS ? set_number(o, i, value, log) : set_word(o, name, value, log);
}

int sim_options_parse(const char *text, struct sim_options *out, struct alg_log *log)
{
	unsigned long long seen = 0;

	*out = (struct sim_options){
		.seed = 1,
		.visit = 1,
		.days = NAN,
		.participant = "P012",
		.threshold_kpa = NAN,
		.rate_kpa_s = NAN,
		.ceiling_kpa = NAN,
		.rate_spread = 0.06,
		.wander = 0.08,
		.tremor_n = 0.12,
		.pause_s = 1.5,
		.noise_n = 0.02,
		.gain = 1,
		.hz = NAN,
		.send_s = NAN,
		.stall_s = INFINITY,
		.stall_for_s = INFINITY,
		.unplug_s = INFINITY,
		.back_s = INFINITY,
	};
	while (text && *text) {
		size_t len = strcspn(text, "&");
		int status = set_one(out, text, len, &seen, log);

		if (status < 0)
			return status;
		text += len;
		if (*text == '&' && !*++text)
			return refuse(log, "&", "an option is missing after it");
	}
	if (out->back_s < out->unplug_s)
		return refuse(log, "back", "it must come after unplug");
	return 0;
}
