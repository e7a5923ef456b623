/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * openscale.c - SparkFun OpenScale (firmware 1.2): a load cell board that writes what it weighs by itself.
 *
 * Line:      9600 8N1 unless its menu says otherwise (1200 to 1000000, ?baud=); USB is an FT231X adapter
 * Frame:     CR LF (driver/frame/line.c)
 * Layout:    [ms,]value,unit,[raw,][local,][remote,] with a comma after every field, the last as well:
 *            ms since the board started, when the measuring of this value began (a signed 32 bit number: after
 *            24.8 days it goes on at -2147483648); value with 0 to 5 decimals; unit "lbs" or "kg"; raw an integer;
 *            temperatures in degrees C, "0" for a remote sensor that is missing. Which fields there are is set in
 *            its menu and does not change while it sends. ms is told from value by the place of the unit.
 * Boot text: opening the port resets the board, which then says who it is before the first value.
 * Commands:  none are sent. "x" opens its menu, "!" triggers a reading, digits and letters change settings in the
 *            menu: none of them is in this file. It is zeroed and calibrated in its menu, with a terminal.
 * Sign:      as the load cell is wired and calibrated (?polarity=)
 * Quirks:    the value is the mean of several conversions (4 unless set) that follow ms, 12 or 100 ms each: the
 *            force is later than ms by half of that, which the board does not tell. With the trigger set in its
 *            menu it sends nothing by itself and cannot be used. Firmware 1.0 writes the unit last and is refused.
 *            A line of another form than the one before (fields, decimals, unit) is not believed: a lost comma
 *            or point would make another plausible number.
 * Not known: what is sent when the load cell is over its range (the converter's end value, in all likelihood)
 * Source:    github.com/sparkfun/OpenScale, firmware/OpenScale/ (1.2)
 */
#include "driver/driver.h"
#include "driver/frame/number.h"

#include <stdio.h>
#include <string.h>

enum { FIELDS_MAX = 6, EXTRA_MAX = 3, MS_DIGITS_MAX = 10 };

struct state {
	int form; /* of the line before; 0: none yet */
};

struct field {
	const uint8_t *text;
	size_t len;
};

/* Text up to each comma; how many, 0 when it is not so. */
static int split(const struct alg_frame *line, struct field *fields)
{
	const uint8_t *at = line->data, *end = at + line->len;
	int n = 0;

	while (at < end) {
		const uint8_t *comma = memchr(at, ',', (size_t)(end - at));

		if (!comma || n == FIELDS_MAX)
			return 0;
		fields[n++] = (struct field){at, (size_t)(comma - at)};
		at = comma + 1;
	}
	return n;
}

static bool is(const struct field *field, const char *word)
{
	return field->len == strlen(word) && memcmp(field->text, word, field->len) == 0;
}

/* A signed or unsigned number of 32 bits. */
static bool take_ms(const struct field *field, int64_t *ms)
{
	bool minus = field->len > 0 && field->text[0] == '-';
	size_t i = minus;

	*ms = 0;
	if (field->len == i || field->len - i > MS_DIGITS_MAX)
		return false;
	for (; i < field->len; i++) {
		if (field->text[i] < '0' || field->text[i] > '9')
			return false;
		*ms = *ms * 10 + (field->text[i] - '0');
	}
	if (*ms > (minus ? INT64_C(1) << 31 : INT64_C(0xFFFFFFFF)))
		return false;
	*ms = minus ? -*ms : *ms;
	return true;
}

/* What comes behind the unit: raw, local, remote, each of them or not. */
static bool extras_fit(const struct field *fields, int n)
{
	struct alg_number number;

	if (n > EXTRA_MAX)
		return false;
	for (int i = 0; i < n; i++)
		if (!alg_number_plain(fields[i].text, fields[i].len, &number) || (n == EXTRA_MAX && i == 0 && number.decimals))
			return false;
	return true;
}

static bool is_boot_text(const struct alg_frame *line)
{
	static const char *const begins[] = {"Serial Load Cell Converter version ", "By SparkFun Electronics",
		"Minimum time between reports: ", "Press x to bring up settings", "Readings:"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (alg_line_begins(line, begins[i]))
			return true;
	return false;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	struct field fields[FIELDS_MAX];
	struct alg_number number;
	int64_t ms = 0;
	int n = split(frame, fields), unit = 1, form;

	(void)set;
	if (n == 0 && is_boot_text(frame))
		return ALG_FRAME_IGNORED;
	while (unit < n && unit <= 2 && !is(&fields[unit], "lbs") && !is(&fields[unit], "kg"))
		unit++;
	if (unit > 2 || unit >= n || (unit == 2 && !take_ms(&fields[0], &ms)) ||
		!alg_number_plain(fields[unit - 1].text, fields[unit - 1].len, &number) ||
		!extras_fit(fields + unit + 1, n - unit - 1))
		return ALG_FRAME_INSANE;
	reading->unit = is(&fields[unit], "kg") ? ALG_UNIT_KGF : ALG_UNIT_LBF;
	form = ((n * 4 + unit) * 16 + number.decimals) * 32 + (int)reading->unit;
	if (s->form && form != s->form) {
		s->form = form;
		return ALG_FRAME_INSANE;
	}
	s->form = form;
	if (unit == 2)
		reading->device_ns = ms * 1000000;
	reading->value = number.value;
	snprintf(reading->shown, sizeof(reading->shown), "%.*s %s", (int)fields[unit - 1].len,
		(const char *)fields[unit - 1].text, reading->unit == ALG_UNIT_KGF ? "kg" : "lbs");
	return ALG_FRAME_READING;
}

extern const struct alg_driver alg_driver_openscale;
const struct alg_driver alg_driver_openscale = {
	.info = {
		.name = "openscale",
		.summary = "SparkFun OpenScale load cell board",
		.transport = "serial",
		.support = ALG_SUPPORT_FULL,
		.limits = "zeroed and calibrated in its own menu; what it sends over its range is not documented",
		.line = {.baud = 9600, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 0, /* as its menu says; 2 or 5 */
		.sign_documented = false,
		.sends_unit = true,
		.source = "github.com/sparkfun/OpenScale, firmware 1.2",
	},
	.framing = &alg_framing_line,
	.first_ms = 6000, /* it boots, and measures its own speed, when the port is opened */
	.silence_ms = 3000,
	.state_size = sizeof(struct state),
	.decode = decode,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
_Static_assert(ALG_UNIT_COUNT <= 32, "a unit fits into the form");
