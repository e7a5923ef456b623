/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/frame/pattern.h"

#include <string.h>

enum kind { END, LITERAL, SIGN, NUMBER, UNIT, COUNTER, TIME, BLANKS, TAB, SKIP, WORD, FIELD, TEXT, REST, WRONG };

enum { SKIP_MAX = 99, COUNTER_MAX = 9, TIME_MAX = 15 };

struct element {
	enum kind kind;
	char literal;
	size_t skip;
	const char *begin, *end; /* in the pattern */
};

static const struct {
	const char *name;
	enum kind kind;
} names[] = {
	{"{number}", NUMBER}, {"{sign}", SIGN}, {"{unit}", UNIT}, {"{counter}", COUNTER}, {"{time}", TIME},
	{"{blanks}", BLANKS}, {"{tab}", TAB}, {"{word}", WORD}, {"{field}", FIELD}, {"{text}", TEXT}, {"{*}", REST},
};

/* "{skip:12}"; WRONG when it is something else. */
static struct element skip_of(const char *at)
{
	struct element e = {.kind = WRONG, .begin = at, .end = at};
	const char *digit = at + 6;

	if (strncmp(at, "{skip:", 6) != 0)
		return e;
	for (; *digit >= '0' && *digit <= '9' && e.skip <= SKIP_MAX; digit++)
		e.skip = e.skip * 10 + (size_t)(*digit - '0');
	if (*digit == '}' && e.skip >= 1 && e.skip <= SKIP_MAX) {
		e.kind = SKIP;
		e.end = digit + 1;
	}
	return e;
}

static struct element element_at(const char *at)
{
	struct element e = {.kind = LITERAL, .literal = *at, .begin = at, .end = at + 1};

	if (*at == '\0') {
		e.kind = END;
		e.end = at;
		return e;
	}
	if (*at != '{' && *at != '}')
		return e;
	if (at[1] == *at) { /* {{ or }} */
		e.end = at + 2;
		return e;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = strlen(names[i].name);

		if (strncmp(at, names[i].name, len) == 0)
			return (struct element){.kind = names[i].kind, .begin = at, .end = at + len};
	}
	return skip_of(at);
}

/* ---- checking a pattern ----------------------------------------------------------------------------- */

/* Why this element may not stand here; NULL: it may. seen has a bit for each kind before it. */
static const char *wrong_place(const struct element *e, const struct element *next, unsigned seen)
{
	static const unsigned once = 1u << SIGN | 1u << UNIT | 1u << COUNTER | 1u << TIME;

	if (e->kind == WRONG)
		return "no such field (known: number sign unit counter time blanks tab skip:N word field text *; {{ and }} are braces)";
	if (e->kind == LITERAL && (e->literal < 0x20 || e->literal > 0x7E))
		return "only printable ASCII can stand for itself";
	if ((once & 1u << e->kind) && (seen & 1u << e->kind))
		return "this field stands there twice";
	if (e->kind == NUMBER && (seen & 1u << NUMBER))
		return "there can be one {number} only; other columns are {field} or {word}";
	if (e->kind == REST && next->kind != END)
		return "nothing can follow {*}";
	if (e->kind == FIELD && next->kind != END && next->kind != LITERAL && next->kind != TAB)
		return "behind {field} has to come the character that ends it, or {tab}";
	if (e->kind == WORD && next->kind != END && next->kind != LITERAL && next->kind != TAB && next->kind != BLANKS)
		return "behind {word} has to come a blank, the character that ends it, {blanks} or {tab}";
	if (e->kind == TEXT && next->kind != NUMBER && next->kind != SIGN)
		return "behind {text} has to come {number} or {sign}";
	return NULL;
}

bool alg_pattern_check(const char *pattern, size_t *at, const char **why)
{
	struct element e = element_at(pattern);
	unsigned seen = 0;

	for (; e.kind != END; e = element_at(e.end)) {
		struct element next = element_at(e.kind == WRONG ? "" : e.end);

		*at = (size_t)(e.begin - pattern);
		*why = wrong_place(&e, &next, seen);
		if (!*why && e.kind == SIGN && next.kind != NUMBER &&
			(next.kind != BLANKS || element_at(next.end).kind != NUMBER))
			*why = "behind {sign} has to come {number} or {blanks}{number}";
		if (*why)
			return false;
		seen |= 1u << e.kind;
	}
	*at = (size_t)(e.begin - pattern);
	*why = seen & 1u << NUMBER ? NULL : "a pattern needs a {number}";
	return !*why;
}

/* ---- matching ------------------------------------------------------------------------------------------ */

struct match {
	const uint8_t *line;
	size_t len, at;
	char mark;
	bool signed_apart; /* a {sign} came before the number */
	struct alg_pattern_fit *fit;
};

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static bool is_printable(uint8_t c)
{
	return (c >= 0x20 && c <= 0x7E) || c == '\t';
}

static bool starts_number(uint8_t c)
{
	return is_digit(c) || c == '+' || c == '-';
}

/* The character at m->at, or 0 (which is in no field) at the end. */
static uint8_t here(const struct match *m)
{
	return m->at < m->len ? m->line[m->at] : 0;
}

static size_t run_of_digits(struct match *m, size_t most)
{
	size_t n = 0;

	for (; n < most && is_digit(here(m)); m->at++)
		n++;
	return n;
}

/* What may come behind a number or a unit; e is the element after it. */
static bool ends_well(const struct match *m, const struct element *e, bool unit_may_follow)
{
	uint8_t c = here(m);
	struct element next = *e;

	if (m->at == m->len || is_blank(c) || (e->kind == LITERAL && c == (uint8_t)e->literal))
		return true;
	if (next.kind == BLANKS)
		next = element_at(next.end);
	return unit_may_follow && next.kind == UNIT && (is_letter(c) || c == '%');
}

static bool number(struct match *m, const struct element *next)
{
	struct alg_span *out = &m->fit->number;
	size_t start = m->at;

	if (!m->signed_apart && (here(m) == '+' || here(m) == '-'))
		m->at++;
	if (run_of_digits(m, m->len) == 0)
		return false;
	if (here(m) == (uint8_t)m->mark && m->at + 1 < m->len && is_digit(m->line[m->at + 1])) {
		m->at++;
		run_of_digits(m, m->len);
	}
	*out = (struct alg_span){m->line + start, m->at - start};
	return ends_well(m, next, true);
}

static bool unit(struct match *m, const struct element *next)
{
	size_t start = m->at;
	uint8_t c = here(m);

	if (!is_letter(c) && c != '%')
		return false;
	for (; is_letter(c) || (c && strchr("./*%", c)); c = here(m)) {
		if (next->kind == LITERAL && c == (uint8_t)next->literal && m->at > start)
			break;
		m->at++;
	}
	m->fit->unit = (struct alg_span){m->line + start, m->at - start};
	return ends_well(m, next, false);
}

static bool digits_of(struct match *m, struct alg_span *out, size_t most)
{
	size_t start = m->at, n = run_of_digits(m, most);

	*out = (struct alg_span){m->line + start, n};
	return n > 0 && !is_digit(here(m));
}

static bool sign(struct match *m)
{
	m->signed_apart = true;
	if (here(m) == '+' || here(m) == '-')
		m->fit->sign = (struct alg_span){m->line + m->at++, 1};
	return true;
}

/* Characters up to one that ends the element. */
static bool characters(struct match *m, const struct element *e, const struct element *next)
{
	size_t start = m->at;

	for (; m->at < m->len; m->at++) {
		uint8_t c = here(m);

		if (!is_printable(c))
			return false;
		if (e->kind == SKIP && m->at - start == e->skip)
			break;
		if ((e->kind == WORD && is_blank(c)) || (e->kind == TEXT && starts_number(c)))
			break;
		if ((e->kind == WORD || e->kind == FIELD) &&
			((next->kind == LITERAL && c == (uint8_t)next->literal) || (next->kind == TAB && c == '\t')))
			break;
	}
	if (e->kind == SKIP)
		return m->at - start == e->skip;
	if (e->kind == TEXT && m->at > start && (m->line[m->at - 1] == '.' || m->line[m->at - 1] == ','))
		return false; /* ".5" is not 5 */
	return e->kind != WORD || m->at > start;
}

static bool take(struct match *m, const struct element *e, const struct element *next)
{
	switch (e->kind) {
	case LITERAL:
	case TAB:
		if (m->at == m->len || here(m) != (uint8_t)(e->kind == TAB ? '\t' : e->literal))
			return false;
		m->at++;
		return true;
	case BLANKS:
		while (is_blank(here(m)))
			m->at++;
		return true;
	case SIGN:
		return sign(m);
	case NUMBER:
		return number(m, next);
	case UNIT:
		return unit(m, next);
	case COUNTER:
		return digits_of(m, &m->fit->counter, COUNTER_MAX);
	case TIME:
		return digits_of(m, &m->fit->time, TIME_MAX);
	default:
		return characters(m, e, next);
	}
}

bool alg_pattern_match(const char *pattern, char mark, const uint8_t *line, size_t len, struct alg_pattern_fit *fit)
{
	struct match m = {.line = line, .len = len, .mark = mark, .fit = fit};
	struct element e = element_at(pattern), next;
	bool fits = true;

	*fit = (struct alg_pattern_fit){.expected = ""};
	for (; fits && e.kind != END; e = next) {
		next = element_at(e.end);
		fits = take(&m, &e, &next);
		if (!fits) {
			fit->expected = e.begin;
			fit->expected_len = (size_t)(e.end - e.begin);
		}
	}
	fit->at = m.at;
	return fits && m.at == len;
}
