/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text.c - any gauge that sends its reading as a line of text, by a profile: line settings, what it is asked,
 * and a pattern for its lines are data (docs/PROFILES.md, profiles/), not code.
 *
 * Line:      as the profile says
 * Frame:     CR, LF or CR LF (driver/frame/line.c); with "length:" every line has just so many characters
 * Layout:    the profile's pattern (driver/frame/pattern.h). Lines that are one of its texts mean overload,
 *            underload, an error, or nothing; a unit that the profile does not name makes a line foreign.
 * Commands:  the profile's poll and zero, nothing else
 * Sign:      as the line says; "compression: minus" turns it round (driver/open.c)
 * Not known: what each profile says under "unproven:"; one with "proven: no" is warned about at opening
 * Source:    each profile names its own; tests/recordings/text/
 */
#include "base/text.h"
#include "driver/driver.h"
#include "driver/frame/number.h"
#include "driver/frame/pattern.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_MAX = 16 };

struct state {
	const struct alg_text_profile *profile;
};

/* ---- lines that are no number ------------------------------------------------------------------------ */

static struct alg_span trimmed(const struct alg_frame *frame)
{
	struct alg_span line = {frame->data, frame->len};

	while (line.len && line.text[0] == ' ') {
		line.text++;
		line.len--;
	}
	while (line.len && line.text[line.len - 1] == ' ')
		line.len--;
	return line;
}

/* "OL" is the whole line, "Readings*" its beginning. */
static bool is_text(struct alg_span line, const char *text)
{
	size_t len = strlen(text);

	if (len && text[len - 1] == '*')
		return line.len >= len - 1 && memcmp(line.text, text, len - 1) == 0;
	return line.len == len && memcmp(line.text, text, len) == 0;
}

static int text_of(const struct alg_text_profile *p, const struct alg_frame *frame)
{
	struct alg_span line = trimmed(frame);

	for (int i = 0; i < p->n_texts; i++)
		if (is_text(line, p->texts[i].text))
			return i;
	return -1;
}

static enum alg_verdict take_text(enum alg_profile_text_kind kind, const struct alg_frame *frame, struct alg_reading *reading)
{
	if (kind == ALG_TEXT_ERROR)
		return ALG_FRAME_REFUSED;
	if (kind == ALG_TEXT_IGNORED)
		return ALG_FRAME_IGNORED;
	reading->value = NAN; /* beyond the range, above or below */
	reading->unit = ALG_UNIT_NONE;
	reading->flags |= ALG_READING_OVERLOAD;
	alg_number_shown(reading->shown, sizeof(reading->shown), frame->data, frame->len);
	return ALG_FRAME_READING;
}

/* ---- lines with a number ------------------------------------------------------------------------------- */

/* -1, 0 (no word there) or the row of units[] + 1. */
static int unit_row(const struct alg_text_profile *p, const struct alg_span *word)
{
	if (!word->text)
		return 0;
	for (int i = 0; i < p->n_units; i++)
		if (strlen(p->units[i].word) == word->len && memcmp(p->units[i].word, word->text, word->len) == 0)
			return i + 1;
	return -1;
}

static bool value_of(const struct alg_text_profile *p, const struct alg_pattern_fit *fit, double *value)
{
	uint8_t text[NUMBER_MAX];
	struct alg_number number;

	if (fit->number.len > sizeof(text))
		return false;
	for (size_t i = 0; i < fit->number.len; i++)
		text[i] = fit->number.text[i] == (uint8_t)p->decimal_mark ? '.' : fit->number.text[i];
	if (!alg_number_parse(text, fit->number.len, &number))
		return false;
	*value = fit->sign.text && *fit->sign.text == '-' && number.value > 0 ? -number.value : number.value;
	return true;
}

static uint64_t whole(struct alg_span digits)
{
	uint64_t n = 0;

	for (size_t i = 0; i < digits.len; i++)
		n = n * 10 + (uint64_t)(digits.text[i] - '0');
	return n;
}

/* From the sign to the number's end, with the unit where that follows. */
static void show(const struct alg_pattern_fit *fit, struct alg_reading *reading)
{
	const uint8_t *begin = fit->sign.text ? fit->sign.text : fit->number.text;
	const uint8_t *end = fit->number.text + fit->number.len, *unit = fit->unit.text;

	if (unit >= end && unit) {
		const uint8_t *at = end;

		while (at < unit && *at == ' ')
			at++;
		if (at == unit)
			end = unit + fit->unit.len;
	}
	alg_number_shown(reading->shown, sizeof(reading->shown), begin, (size_t)(end - begin));
}

static enum alg_verdict take_fields(const struct alg_pattern_fit *fit, const struct alg_settings *set, struct alg_reading *reading)
{
	const struct alg_text_profile *p = set->profile;
	int row = unit_row(p, &fit->unit);

	if (row < 0)
		return ALG_FRAME_FOREIGN;
	if (!value_of(p, fit, &reading->value))
		return ALG_FRAME_INSANE;
	if (row > 0) {
		reading->unit = p->units[row - 1].unit;
	} else {
		reading->unit = set->unit ? set->unit : p->unit;
		reading->flags |= ALG_READING_NO_UNIT;
	}
	reading->counter = (uint32_t)whole(fit->counter);
	if (fit->time.text)
		reading->device_ns = (int64_t)whole(fit->time) % (INT64_MAX / 1000000) * 1000000;
	show(fit, reading);
	return ALG_FRAME_READING;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	const struct alg_text_profile *p = set->profile;
	struct alg_pattern_fit fit;

	(void)state;
	if (!p)
		return ALG_FRAME_INSANE;
	int text = text_of(p, frame);

	if (text >= 0)
		return take_text(p->texts[text].kind, frame, reading);
	if (p->line_len && frame->len != p->line_len)
		return ALG_FRAME_BAD_LENGTH;
	for (int i = 0; i < p->n_patterns; i++)
		if (alg_pattern_match(p->pattern[i], p->decimal_mark, frame->data, frame->len, &fit))
			return take_fields(&fit, set, reading);
	return ALG_FRAME_INSANE;
}

/* ---- why it did not fit ---------------------------------------------------------------------------------- */

static void explain_fit(const struct alg_settings *set, const struct alg_pattern_fit *fit, char *out, size_t cap)
{
	const struct alg_text_profile *p = set->profile;
	int row = unit_row(p, &fit->unit);
	double value;

	alg_text_add(out, cap, "number '%.*s'", (int)fit->number.len, (const char *)fit->number.text);
	if (fit->sign.text)
		alg_text_add(out, cap, ", sign '%c'", *fit->sign.text);
	if (fit->counter.text)
		alg_text_add(out, cap, ", counter %llu", (unsigned long long)whole(fit->counter));
	if (fit->time.text)
		alg_text_add(out, cap, ", time %llu ms", (unsigned long long)whole(fit->time));
	if (row > 0)
		alg_text_add(out, cap, ", unit '%s' is %s", p->units[row - 1].word, alg_unit_name(p->units[row - 1].unit));
	else if (row < 0)
		alg_text_add(out, cap, ", unit '%.*s' is not among the profile's units", (int)fit->unit.len,
			(const char *)fit->unit.text);
	else
		alg_text_add(out, cap, ", no unit: %s", set->unit ? "?unit= is taken" : p->unit ? "the profile's is taken" : "add ?unit=");
	if (!value_of(p, fit, &value))
		alg_text_add(out, cap, "; the number has more than 9 digits");
}

static void explain_stop(const struct alg_pattern_fit *fit, const struct alg_frame *frame, char *out, size_t cap)
{
	alg_text_add(out, cap, "stops at column %zu", fit->at + 1);
	if (fit->at < frame->len)
		alg_text_add(out, cap, frame->data[fit->at] >= 0x20 && frame->data[fit->at] < 0x7F ? " ('%c')" : " (byte %02X)",
			frame->data[fit->at]);
	else
		alg_text_add(out, cap, " (its end)");
	if (fit->expected_len)
		alg_text_add(out, cap, ": %s%.*s%s does not fit", fit->expected_len == 1 ? "'" : "", (int)fit->expected_len, fit->expected,
			fit->expected_len == 1 ? "'" : "");
	else
		alg_text_add(out, cap, ": the line should end there");
}

static void explain(const struct alg_frame *frame, const struct alg_settings *set, char *out, size_t cap)
{
	static const char *const kinds[] = {[ALG_TEXT_OVERLOAD] = "overload", [ALG_TEXT_UNDERLOAD] = "underload",
		[ALG_TEXT_ERROR] = "error", [ALG_TEXT_IGNORED] = "ignored"};
	const struct alg_text_profile *p = set->profile;
	struct alg_pattern_fit fit;
	int text = p ? text_of(p, frame) : -1;

	if (!p) {
		alg_text_add(out, cap, "no profile");
		return;
	}
	if (text >= 0) {
		alg_text_add(out, cap, "%s: '%s'", kinds[p->texts[text].kind], p->texts[text].text);
		return;
	}
	if (p->line_len && frame->len != p->line_len) {
		alg_text_add(out, cap, "%zu characters, the profile says length: %zu", frame->len, p->line_len);
		return;
	}
	for (int i = 0; i < p->n_patterns; i++) {
		bool fits = alg_pattern_match(p->pattern[i], p->decimal_mark, frame->data, frame->len, &fit);

		alg_text_add(out, cap, "%s", i ? "; " : "");
		if (p->n_patterns > 1)
			alg_text_add(out, cap, "pattern %d: ", i + 1);
		if (fits) {
			explain_fit(set, &fit, out, cap);
			return;
		}
		explain_stop(&fit, frame, out, cap);
	}
}

/* ---- talking --------------------------------------------------------------------------------------------- */

/* A request as a person reads it: "SI\r\n". */
static void request_text(char *out, size_t cap, const uint8_t *bytes, size_t len)
{
	*out = '\0';
	for (size_t i = 0; i < len; i++)
		alg_text_add(out, cap, bytes[i] == '\r' ? "\\r" : bytes[i] == '\n' ? "\\n" : bytes[i] == '\\' ? "\\\\" : "%c", bytes[i]);
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	const struct alg_text_profile *p = set->profile;
	struct state *s = state;
	char request[2 * ALG_PROFILE_REQUEST_MAX + 1];

	s->profile = p;
	snprintf(info->model, sizeof(info->model), "profile %s", p->id);
	request_text(request, sizeof(request), p->poll, p->poll_len);
	if (p->poll_len)
		alg_note(alg_link_log(link), MSG_PROFILE_ASKS, alg_link_address(link), p->id, request, p->poll_interval_ms);
	if (!p->proven)
		alg_warn(alg_link_log(link), MSG_PROFILE_UNPROVEN, p->id, p->unproven);
	return 0;
}

static int poll(struct alg_link *link, void *state)
{
	const struct state *s = state;
	int rc = alg_link_write(link, s->profile->poll, s->profile->poll_len);

	return rc < 0 ? rc : 1;
}

static int command(struct alg_link *link, void *state, enum alg_command what)
{
	const struct state *s = state;

	if (what == ALG_COMMAND_ZERO && s->profile->zero_len)
		return alg_link_write(link, s->profile->zero, s->profile->zero_len);
	return alg_fail(alg_link_log(link), MSG_DEV_COMMAND, alg_link_address(link), "text",
		what == ALG_COMMAND_ZERO ? "zeroing" : "live reading");
}

extern const struct alg_driver alg_driver_text;
const struct alg_driver alg_driver_text = {
	.info = {
		.name = "text",
		.summary = "any gauge that sends lines of text, by a profile (?profile=)",
		.transport = "serial",
		.support = ALG_SUPPORT_PARTIAL,
		.limits = "as much as the profile knows; docs/PROFILES.md",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.source = "each profile names its own",
	},
	.framing = &alg_framing_line,
	.silence_ms = 1000,
	.state_size = sizeof(struct state),
	.identify = identify,
	.decode = decode,
	.explain = explain,
	.command = command,
};

void alg_text_driver(struct alg_driver *out, struct alg_request *requests, const struct alg_text_profile *p)
{
	int n = 0;

	*out = alg_driver_text;
	if (p->poll_len)
		requests[n++] = (struct alg_request){(const char *)p->poll, p->poll_len, NULL};
	if (p->zero_len)
		requests[n++] = (struct alg_request){(const char *)p->zero, p->zero_len, NULL};
	requests[n] = (struct alg_request){0};
	out->requests = requests;
	out->info.line = p->line;
	out->info.rate_hz = p->rate_hz;
	out->info.sign_documented = p->compression != 0;
	out->poll = p->poll_len ? poll : NULL;
	out->poll_interval_ms = p->poll_interval_ms;
	out->reply_timeout_ms = p->reply_timeout_ms;
	out->silence_ms = p->silence_ms;
}
