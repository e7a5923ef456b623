/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/status.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Length of the UTF-8 character at p (n bytes left) and its code point; 0 when it is not valid
 * (overlong, surrogate, past U+10FFFF, cut). The forms are those of RFC 3629.
 */
static size_t utf8_char(const unsigned char *p, size_t n, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;

	if (len == 0 || len > n)
		return 0;
	*code = len == 1 ? p[0] : p[0] & (0x7Fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | (p[i] & 0x3Fu);
	}
	if (*code < least[len] || *code > 0x10FFFF || (*code >= 0xD800 && *code < 0xE000))
		return 0;
	return len;
}

static bool harmful(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
		(c >= 0x2066 && c <= 0x2069);
}

size_t alg_text_clean(char *out, size_t cap, const char *in)
{
	const unsigned char *p = (const unsigned char *)in;
	size_t left = strlen(in), used = 0;

	while (left) {
		uint32_t c = 0;
		size_t n = utf8_char(p, left, &c);
		char piece[12];

		if (n == 0) {
			n = 1;
			snprintf(piece, sizeof(piece), "\\x%02X", p[0]);
		} else if (harmful(c)) {
			snprintf(piece, sizeof(piece), c < 0x100 ? "\\x%02X" : "\\u%04X", c);
		} else {
			memcpy(piece, p, n);
			piece[n] = '\0';
		}
		size_t len = strlen(piece);

		if (used + len >= cap)
			break;
		memcpy(out + used, piece, len);
		used += len;
		p += n;
		left -= n;
	}
	out[used] = '\0';
	return used;
}

bool alg_text_is_utf8(const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text;

	while (len) {
		uint32_t c;
		size_t n = utf8_char(p, len, &c);

		if (n == 0)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

bool alg_text_is_clean(const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text;

	while (len) {
		uint32_t c;
		size_t n = utf8_char(p, len, &c);

		if (n == 0 || harmful(c))
			return false;
		p += n;
		len -= n;
	}
	return true;
}

size_t alg_text_ascii(char *out, size_t cap, const char *in)
{
	const unsigned char *p = (const unsigned char *)in;
	size_t left = strlen(in), used = 0;

	while (left) {
		uint32_t c = 0;
		size_t n = utf8_char(p, left, &c);
		char piece[16];

		if (n == 0) {
			n = 1;
			c = 0xFFFD;
		}
		if (c >= 0x20 && c < 0x7F && c != '\\')
			snprintf(piece, sizeof(piece), "%c", (char)c);
		else if (c < 0x10000)
			snprintf(piece, sizeof(piece), "\\u%04X", c);
		else
			snprintf(piece, sizeof(piece), "\\u%04X\\u%04X", 0xD800 + ((c - 0x10000) >> 10),
				0xDC00 + ((c - 0x10000) & 0x3FF));
		size_t len = strlen(piece);

		if (used + len >= cap)
			break;
		memcpy(out + used, piece, len);
		used += len;
		p += n;
		left -= n;
	}
	out[used] = '\0';
	return used;
}

static int hex4(const char *p, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)p[i];

		if (!isxdigit(c))
			return ALG_ERR_DATA;
		*out = *out << 4 | (uint32_t)(isdigit(c) ? c - '0' : toupper(c) - 'A' + 10);
	}
	return 0;
}

static size_t utf8_put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* One \uXXXX (or a surrogate pair) at p; returns the characters read, or 0. */
static size_t unescape(const char *p, uint32_t *c)
{
	uint32_t low;

	if (strlen(p) < 6 || p[1] != 'u' || hex4(p + 2, c))
		return 0;
	if (*c < 0xD800 || *c >= 0xE000)
		return 6;
	if (*c >= 0xDC00 || strlen(p) < 12 || p[6] != '\\' || p[7] != 'u' || hex4(p + 8, &low) ||
		low < 0xDC00 || low >= 0xE000)
		return 0;
	*c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
	return 12;
}

int alg_text_unascii(char *out, size_t cap, const char *in)
{
	size_t used = 0;

	if (cap == 0)
		return ALG_ERR_ARG;
	while (*in) {
		uint32_t c = (unsigned char)*in;
		size_t n = *in == '\\' ? unescape(in, &c) : 1;
		char piece[4];

		if (n == 0)
			return ALG_ERR_DATA;
		size_t len = utf8_put(piece, c);

		if (used + len >= cap)
			break;
		memcpy(out + used, piece, len);
		used += len;
		in += n;
	}
	out[used] = '\0';
	return 0;
}

int alg_text_to_double(const char *text, double *out)
{
	const char *p = text;
	int digits = 0;
	char *end;

	if (*p == '+' || *p == '-')
		p++;
	for (; isdigit((unsigned char)*p); p++)
		digits++;
	if (*p == '.')
		for (p++; isdigit((unsigned char)*p); p++)
			digits++;
	if (digits == 0)
		return ALG_ERR_DATA;
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-')
			p++;
		if (!isdigit((unsigned char)*p))
			return ALG_ERR_DATA;
		while (isdigit((unsigned char)*p))
			p++;
	}
	if (*p)
		return ALG_ERR_DATA;
	/* The program never leaves the C locale for numbers, so strtod reads a point. */
	double v = strtod(text, &end);

	if (*end || !isfinite(v))
		return ALG_ERR_DATA;
	*out = v;
	return 0;
}

int alg_text_to_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
	const char *p = text + (*text == '-' || *text == '+');
	char *end;
	long long v;

	if (!isdigit((unsigned char)*p))
		return ALG_ERR_DATA;
	errno = 0;
	v = strtoll(text, &end, 10);
	if (errno || *end || v < min || v > max)
		return ALG_ERR_DATA;
	*out = v;
	return 0;
}

/*
 * Whole numbers and those of at most four decimals, which most columns hold: m / 10^4 is rounded once, as reading the
 * same digits is, so that they give the value back where it does.
 */
static bool put_short_number(char *out, double value)
{
	char digit[ALG_NUMBER_TEXT_MAX];
	double scaled = rint(fabs(value) * 1e4);
	int n = 0, decimals = 4;

	if (!(scaled < 1e15) || scaled / 1e4 != fabs(value))
		return false;
	uint64_t m = (uint64_t)scaled;

	for (; decimals > 0 && m % 10 == 0; decimals--)
		m /= 10;
	for (; m || n <= decimals; m /= 10)
		digit[n++] = (char)('0' + m % 10);
	if (value < 0)
		*out++ = '-';
	while (n > 0) {
		*out++ = digit[--n];
		if (n == decimals && n)
			*out++ = '.';
	}
	*out = '\0';
	return true;
}

void alg_text_number(char out[ALG_NUMBER_TEXT_MAX], double value)
{
	out[0] = '\0';
	if (!isfinite(value) || put_short_number(out, value))
		return;
	for (int digits = 15; digits <= 17; digits++) { /* 17 always do, 15 are often enough */
		snprintf(out, ALG_NUMBER_TEXT_MAX, "%.*g", digits, value + 0.0);
		if (strtod(out, NULL) == value)
			return;
	}
}

bool alg_text_copy(char *out, size_t cap, const char *in)
{
	size_t len = strlen(in);

	if (cap == 0)
		return false;
	size_t n = len < cap ? len : cap - 1;

	memcpy(out, in, n);
	out[n] = '\0';
	return n == len;
}

bool alg_text_is_name(const char *text, size_t max)
{
	size_t len = strlen(text);

	if (len == 0 || len > max)
		return false;
	return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

bool alg_text_has_word(const char *text, const char *beginning)
{
	size_t n = strlen(beginning);

	for (const char *at = text; *at; at++)
		if (strncasecmp(at, beginning, n) == 0 && (at == text || !isalpha((unsigned char)at[-1])))
			return true;
	return false;
}

bool alg_text_ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

void alg_text_add(char *out, size_t cap, const char *fmt, ...)
{
	size_t len = strlen(out);
	va_list args;

	va_start(args, fmt);
	vsnprintf(out + len, cap - len, fmt, args);
	va_end(args);
}

const char *alg_word_of(const char *const *words, size_t n, int code)
{
	return code >= 0 && (size_t)code < n && words[code] ? words[code] : "?";
}

int alg_code_of(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; word && i < n; i++)
		if (words[i] && strcmp(words[i], word) == 0)
			return (int)i;
	return 0;
}
