/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * number.h - the way force gauges write a number with its unit: "-18.78 lbF", "+ 0.25 kgf", "3.2".
 *
 * Grammar: [+|-] blanks digits [. digits] blanks [word] blanks. Strict otherwise: a line with
 * anything more is no number, because a garbled line must never become a plausible force.
 */
#ifndef ALG_NUMBER_H
#define ALG_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ALG_NUMBER_DIGITS_MAX = 9 };

struct alg_number {
	double value;     /* the decimal number's nearest double */
	int decimals;     /* digits after the point */
	const char *unit; /* the word, inside the text given; not terminated */
	size_t unit_len;  /* 0: none */
};

bool alg_number_parse(const uint8_t *text, size_t len, struct alg_number *out);
/* Nothing but [-]digits[.digits], as an Arduino prints: no plus, no blank, no word. */
bool alg_number_plain(const uint8_t *text, size_t len, struct alg_number *out);
/* The text as sent, for a reading's `shown`: printable ASCII only, cut to cap, always terminated. */
void alg_number_shown(char *out, size_t cap, const uint8_t *text, size_t len);
/* The same of a number that was sent without its unit, or with a letter for it: "+01.23" and "lbf" -> "+01.23 lbf". */
void alg_number_shown_in(char *out, size_t cap, const uint8_t *text, size_t len, const char *unit);
/* An integer with its decimal point set: (1130, 1) -> "113.0"; decimals 0..9, negative appends zeros. */
void alg_number_format(char *out, size_t cap, bool negative, uint32_t digits, int decimals, const char *unit);
/* digits * 10^-decimals, correctly rounded for decimals of -22..22. */
double alg_number_scale(double digits, int decimals);
/* Decimals (0..6) in which a step of this size is seen: 0.02 -> 2; 3 when it is no size. */
int alg_number_decimals(double step);
/* value rounded to decimals with its unit, "-12.50 N"; no minus zero; "" when it is no number or beyond 4e9 steps. */
void alg_number_show(char *out, size_t cap, double value, int decimals, const char *unit);
/* Text in a field of fixed length, up to a NUL, blanks at its end off; what is not printable ASCII is '?'. */
void alg_number_field(char *out, size_t cap, const uint8_t *field, size_t len);
/* The line through two points at x; NAN when the two raw values are the same. */
double alg_two_points(const double raw[2], const double force[2], double x);

#endif
