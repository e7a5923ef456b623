/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/help_session.h"

#include "data/chain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Any repeatable numbers will do; xorshift32. */
static uint32_t next(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void fill_text(char *out, size_t cap, bool utf8, uint32_t *seed)
{
	static const char *const piece[] = {"a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x92\xA1", "\\", "\n", " ", "\"", "`"};
	size_t used = 0;

	memset(out, 0, cap);
	if (next(seed) % 5 == 0)
		return; /* empty */
	while (used + 1 < cap) {
		const char *p = utf8 ? piece[next(seed) % 9] : (char[2]){(char)(' ' + next(seed) % 95), 0};

		if (used + strlen(p) >= cap)
			p = "z";
		memcpy(out + used, p, strlen(p));
		used += strlen(p);
	}
}

static void fill_member(const struct ses_column *c, void *row, uint32_t *seed)
{
	char *member = (char *)row + c->offset;
	double number = next(seed) % 4 == 0 ? NAN : ((double)next(seed) - 2e9) / 1024.0;
	int64_t span = (int64_t)c->hi - c->lo + 1;
	int32_t whole = (int32_t)(c->lo + (int64_t)next(seed) % span);

	switch (c->type) {
	case SES_F64:
		memcpy(member, &number, sizeof(number));
		break;
	case SES_I32:
		memcpy(member, &whole, sizeof(whole));
		break;
	case SES_BOOL:
		*(bool *)member = whole != 0;
		break;
	case SES_CHAR:
		*member = "\0ynal"[next(seed) % 5];
		break;
	case SES_ASCII:
	case SES_TEXT:
		fill_text(member, c->size, c->type == SES_TEXT, seed);
		break;
	}
}

static void *fill_rows(const char *name, size_t n, uint32_t *seed)
{
	const struct ses_table *table = ses_table_find(name);
	char *rows = n ? calloc(n, table->row_size) : NULL;

	for (size_t i = 0; rows && i < n; i++)
		for (size_t k = 0; k < table->n_columns; k++)
			fill_member(&table->column[k], rows + i * table->row_size, seed);
	return rows;
}

static void number_rows(struct ses_session *ses, size_t each)
{
	for (size_t i = 0; i < ses->n_trials; i++) {
		struct ses_trial *t = &ses->trials[i];

		t->trial = (int32_t)i + 1;
		t->point = (int32_t)(i % 3);
		strcpy(t->side, i % 2 ? "L" : "R");
		t->first_sample = (int32_t)(i * each);
		t->n_samples = (int32_t)each;
		for (size_t k = 0; k < each; k++)
			ses->samples[i * each + k].trial = t->trial;
	}
	ses_session_chain_all(ses);
}

void help_session_fill(struct ses_session *ses, size_t n_trials, size_t samples_each)
{
	uint32_t seed = 12345;

	memset(ses, 0, sizeof(*ses));
	for (size_t i = 0; i < ses_header_n_columns; i++)
		fill_member(&ses_header_columns[i], &ses->header, &seed);
	ses->header.minor = SES_FORMAT_MINOR;
	ses->header.tip_area_cm2 = 1.0;
	ses->header.procedure_text = strdup("algometer: procedure 1\nname: \xC3\x9C" "bung \\ \t\xE2\x82\xAC\r\n\n");
	ses->header.instruction = strdup("");
	ses->header.check_text = strdup("algometer: check 1\n");
	ses->n_points = 3;
	ses->n_trials = n_trials;
	ses->n_samples = n_trials * samples_each;
	ses->n_events = n_trials * 2;
	ses->n_ratings = n_trials;
	ses->n_amendments = n_trials / 2;
	ses->points = fill_rows("points", ses->n_points, &seed);
	ses->trials = fill_rows("results", ses->n_trials, &seed);
	ses->samples = fill_rows("samples", ses->n_samples, &seed);
	ses->events = fill_rows("events", ses->n_events, &seed);
	ses->ratings = fill_rows("ratings", ses->n_ratings, &seed);
	ses->amendments = fill_rows("amendments", ses->n_amendments, &seed);
	number_rows(ses, samples_each);
}

/* Members are compared by themselves, not through the file's encoding. */
static bool same_member(const struct ses_column *c, const void *a, const void *b)
{
	const char *ma = (const char *)a + c->offset, *mb = (const char *)b + c->offset;
	double da, db;

	switch (c->type) {
	case SES_F64:
		memcpy(&da, ma, sizeof(da));
		memcpy(&db, mb, sizeof(db));
		return (isnan(da) && isnan(db)) || memcmp(&da, &db, sizeof(da)) == 0;
	case SES_ASCII:
	case SES_TEXT:
		return strcmp(ma, mb) == 0;
	case SES_I32:
	case SES_BOOL:
	case SES_CHAR:
		break;
	}
	return memcmp(ma, mb, c->size) == 0;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_table(const struct ses_table *t, const struct ses_session *a, const struct ses_session *b, char *out, size_t cap)
{
	size_t na, nb;
	const char *ra = ses_table_rows(t, a, &na), *rb = ses_table_rows(t, b, &nb);

	snprintf(out, cap, "/%s: %zu and %zu rows", t->name, na, nb);
	if (na != nb)
		return false;
	for (size_t i = 0; i < na; i++) {
		for (size_t k = 0; k < t->n_columns; k++) {
			snprintf(out, cap, "/%s/%s row %zu", t->name, t->column[k].name, i);
			if (!same_member(&t->column[k], ra + i * t->row_size, rb + i * t->row_size))
				return false;
		}
	}
	return true;
}

const char *help_session_differs(const struct ses_session *a, const struct ses_session *b)
{
	static char where[128];

	for (size_t i = 0; i < ses_header_n_columns; i++)
		if (!same_member(&ses_header_columns[i], &a->header, &b->header))
			return ses_header_columns[i].name;
	if (!same_text(a->header.procedure_text, b->header.procedure_text))
		return "procedure_text";
	if (!same_text(a->header.instruction, b->header.instruction))
		return "instruction";
	for (size_t i = 0; i < SES_TABLES; i++)
		if (!same_table(&ses_tables[i], a, b, where, sizeof(where)))
			return where;
	return "";
}

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	struct help_log *log = ctx;

	(void)level;
	log->id = id;
	snprintf(log->text, sizeof(log->text), "%s", text);
}

void help_log_start(struct help_log *log)
{
	memset(log, 0, sizeof(*log));
	log->log.sink = keep;
	log->log.ctx = log;
	log->log.level = ALG_LEVEL_DEBUG;
}
