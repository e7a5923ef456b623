/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/frame/number.h"

#include <math.h>
#include <string.h>

/* Powers of ten that are exact doubles, so that one division rounds once. */
static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
	1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

double alg_number_scale(double digits, int decimals)
{
	return decimals >= 0 ? digits / power[decimals] : digits * power[-decimals];
}

double alg_two_points(const double raw[2], const double force[2], double x)
{
	return raw[0] != raw[1] ? force[0] + (x - raw[0]) * (force[1] - force[0]) / (raw[1] - raw[0]) : NAN;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t skip_blanks(const uint8_t *text, size_t len, size_t i)
{
	while (i < len && text[i] == ' ')
		i++;
	return i;
}

/* Digits with at most one point between them; returns where they end, 0 when they are none. */
static size_t digits(const uint8_t *text, size_t len, size_t i, struct alg_number *out)
{
	uint64_t all = 0;
	int n = 0;
	bool point = false;

	for (; i < len; i++) {
		if (is_digit(text[i])) {
			if (++n > ALG_NUMBER_DIGITS_MAX)
				return 0;
			all = all * 10 + (uint64_t)(text[i] - '0');
			out->decimals += point;
		} else if (text[i] == '.' && !point && n > 0) {
			point = true;
		} else {
			break;
		}
	}
	if (n == 0 || (point && out->decimals == 0))
		return 0;
	out->value = alg_number_scale((double)all, out->decimals);
	return i;
}

bool alg_number_parse(const uint8_t *text, size_t len, struct alg_number *out)
{
	size_t i = skip_blanks(text, len, 0), start;
	bool negative = i < len && text[i] == '-';

	*out = (struct alg_number){.unit = (const char *)text};
	if (i < len && (text[i] == '-' || text[i] == '+'))
		i = skip_blanks(text, len, i + 1);
	i = digits(text, len, i, out);
	if (i == 0)
		return false;
	start = i = skip_blanks(text, len, i);
	while (i < len && is_letter(text[i]))
		i++;
	out->unit = (const char *)text + start;
	out->unit_len = i - start;
	if (negative && out->value > 0) /* no minus zero */
		out->value = -out->value;
	return skip_blanks(text, len, i) == len;
}

bool alg_number_plain(const uint8_t *text, size_t len, struct alg_number *out)
{
	return alg_number_parse(text, len, out) && out->unit_len == 0 && text[0] != '+' && !memchr(text, ' ', len);
}

void alg_number_shown(char *out, size_t cap, const uint8_t *text, size_t len)
{
	size_t start = skip_blanks(text, len, 0), n = 0;

	while (len > start && text[len - 1] == ' ')
		len--;
	for (size_t i = start; i < len && n + 1 < cap; i++)
		out[n++] = text[i] >= 0x20 && text[i] < 0x7F ? (char)text[i] : '?';
	out[n] = '\0';
}

void alg_number_shown_in(char *out, size_t cap, const uint8_t *text, size_t len, const char *unit)
{
	size_t n;

	alg_number_shown(out, cap, text, len);
	n = strlen(out);
	if (*unit && n + 1 + strlen(unit) < cap) {
		out[n] = ' ';
		strcpy(out + n + 1, unit);
	}
}

/* Written by hand, backwards: it is in the way of every reading, and snprintf takes most of its time. */
void alg_number_format(char *out, size_t cap, bool negative, uint32_t digits_, int decimals, const char *unit)
{
	char text[40];
	char *at = text + sizeof(text);
	size_t n, unit_len = strlen(unit);

	if (cap == 0)
		return;
	if (decimals > ALG_NUMBER_DIGITS_MAX)
		decimals = ALG_NUMBER_DIGITS_MAX;
	for (int i = digits_ && -decimals <= ALG_NUMBER_DIGITS_MAX ? decimals : 0; i < 0; i++)
		*--at = '0';
	/* At least one digit before the point. */
	for (int written = 0; digits_ > 0 || written == 0 || written <= decimals; written++) {
		if (written == decimals && written > 0)
			*--at = '.';
		*--at = (char)('0' + digits_ % 10);
		digits_ /= 10;
	}
	if (negative)
		*--at = '-';
	n = (size_t)(text + sizeof(text) - at);
	n = n < cap - 1 ? n : cap - 1;
	memcpy(out, at, n);
	if (unit_len && n + 1 < cap) {
		out[n++] = ' ';
		unit_len = unit_len < cap - 1 - n ? unit_len : cap - 1 - n;
		memcpy(out + n, unit, unit_len);
		n += unit_len;
	}
	out[n] = '\0';
}

int alg_number_decimals(double step)
{
	int decimals = 0;

	if (!isfinite(step) || step <= 0)
		return 3;
	while (decimals < 6 && 1 / power[decimals] > step)
		decimals++;
	return decimals;
}

void alg_number_show(char *out, size_t cap, double value, int decimals, const char *unit)
{
	double steps = round(fabs(value) * power[decimals]);

	if (isfinite(steps) && steps <= UINT32_MAX)
		alg_number_format(out, cap, value < 0 && steps > 0, (uint32_t)steps, decimals, unit);
	else if (cap)
		*out = '\0';
}

void alg_number_field(char *out, size_t cap, const uint8_t *field, size_t len)
{
	const uint8_t *end = memchr(field, 0, len);

	alg_number_shown(out, cap, field, end ? (size_t)(end - field) : len);
}
