/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pattern.h - a line of text against a pattern with named fields: "{sign}{blanks}{number} {unit}".
 *
 * A character outside braces stands for itself. Between braces:
 *
 *     {number}   digits with at most one decimal mark inside, at most 9 digits; begins with + or -
 *                unless the pattern has {sign}
 *     {sign}     +, - or nothing; {number} or {blanks}{number} has to follow
 *     {unit}     a letter or %, then letters and . / * %
 *     {counter}  1 to 9 digits: the gauge's own counter
 *     {time}     1 to 15 digits: the gauge's own clock in milliseconds
 *     {blanks}   any number of blanks and tabs, none as well
 *     {tab}      one tab
 *     {skip:N}   just N characters
 *     {word}     one or more characters up to a blank, a tab or the literal that follows in the pattern
 *     {field}    any number of characters up to the literal or {tab} that follows in the pattern
 *     {text}     any number of characters up to the first digit, + or -; the last is no decimal mark
 *     {*}        the rest of the line
 *     {{ and }}  the braces themselves
 *
 * The whole line has to fit. Skipped characters are printable ASCII (and tabs). Behind {number} and {unit} come the end, a
 * blank, the literal that follows, or behind a number its unit: "12.3.4", "1e3" and "N" of a word in
 * another alphabet do not fit, whatever comes after.
 *
 * Each element takes what it can and nothing is ever taken back, so matching looks at each character of the
 * line at most twice: its cost is linear in the lengths of line and pattern for every input.
 */
#ifndef ALG_PATTERN_H
#define ALG_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct alg_span {
	const uint8_t *text; /* inside the line; NULL: not in the pattern, or (sign) nothing there */
	size_t len;
};

struct alg_pattern_fit {
	struct alg_span sign, number, unit, counter, time;
	size_t at;            /* where in the line it stopped to fit, 0.. */
	const char *expected; /* the element of the pattern that did not fit; "" the line should have ended */
	size_t expected_len;
};

/* pattern has to have passed alg_pattern_check. mark is '.' or ','. */
bool alg_pattern_match(const char *pattern, char mark, const uint8_t *line, size_t len, struct alg_pattern_fit *fit);
/* Whether it is a pattern with one {number}; false with *at its first wrong character and why (static). */
bool alg_pattern_check(const char *pattern, size_t *at, const char **why);

#endif
