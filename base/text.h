/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text.h - text that came from outside, made harmless; numbers read strictly, in the C locale.
 */
#ifndef ALG_BASE_TEXT_H
#define ALG_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Copies UTF-8 text for a terminal or a log: control characters (C0, DEL, C1) and bytes that are
 * not valid UTF-8 become \xNN, bidirectional controls (U+202A-202E, U+2066-2069) become \uXXXX.
 * Always terminates (cap >= 1); cuts between characters. Returns the length written.
 */
size_t alg_text_clean(char *out, size_t cap, const char *in);

bool alg_text_is_utf8(const char *text, size_t len);
/* Whether alg_text_clean would change nothing: valid UTF-8 without control characters. */
bool alg_text_is_clean(const char *text, size_t len);

/* ASCII form for fixed-length file columns: what is not printable ASCII becomes \uXXXX. */
size_t alg_text_ascii(char *out, size_t cap, const char *in);
/* The other way; returns ALG_ERR_DATA for a broken escape. */
int alg_text_unascii(char *out, size_t cap, const char *in);

/*
 * Whole-string decimal number with a point ("30", "-1.5", "2e3"); no blanks, no comma, no hex,
 * no inf or nan. Returns 0 or ALG_ERR_DATA, *out being untouched then.
 */
int alg_text_to_double(const char *text, double *out);
/* Whole-string decimal integer within min..max. Returns 0 or ALG_ERR_DATA. */
int alg_text_to_int(const char *text, int64_t min, int64_t max, int64_t *out);

/*
 * The shortest decimal text, with a point, that reads back as the same double ("0.1", "-3.5", "1e-07");
 * "" for NAN and infinities; never "-0".
 */
enum { ALG_NUMBER_TEXT_MAX = 32 };
void alg_text_number(char out[ALG_NUMBER_TEXT_MAX], double value);

/* strlcpy: copies with termination; returns true when all of it fitted. */
bool alg_text_copy(char *out, size_t cap, const char *in);
/* Formats behind the text that out holds already; what does not fit is cut off. */
void alg_text_add(char *out, size_t cap, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The word of a code in a table of n, "?" when it has none; the code of a word, 0 when it is none of them (NULL: none). */
const char *alg_word_of(const char *const *words, size_t n, int code);
int alg_code_of(const char *const *words, size_t n, const char *word);

/* A word usable as a file name part: letters, digits, '-', '_', 1..max characters. */
bool alg_text_is_name(const char *text, size_t max);

/* Whether a word of text begins so, in any case (ASCII letters). */
bool alg_text_has_word(const char *text, const char *beginning);

/* Whether the last characters of text are those of end. */
bool alg_text_ends_with(const char *text, const char *end);

#endif
