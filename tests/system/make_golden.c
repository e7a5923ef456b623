/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_golden.c - `make DIR`: three of the sessions of tests/golden/format-1.1, as they were made (those of
 * format-1.0 were made by the program of its day).
 * `rewrite FROM TO`: what today's program reads, as it writes it. `dump FILE`: what it reads, one value a line.
 */
#include "tests/unit/help_session.h"

#include "base/text.h"
#include "data/chain.h"
#include "data/pack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	fprintf(stderr, "%s [%d]\n", text, id);
}
static struct alg_log say_log = {.sink = say, .level = ALG_LEVEL_WARNING};

/* ---- the sessions -------------------------------------------------------------------------------------- */

/* Every column at its full length, with numbers that are hard to keep. */
static void full(struct ses_session *ses)
{
	static const double hard[] = {NAN, -0.0, 0x1p-1074, 0x1.fffffffffffffp1023, INFINITY, 1.0 / 3};

	help_session_fill(ses, 3, 6);
	for (int i = 0; i < 6; i++)
		ses->samples[i].force_n = hard[i];
}

/* Each status, reason, response and quality bit once. */
static void codes(struct ses_session *ses)
{
	help_session_fill(ses, 17, 1);
	for (int i = 0; i < 17; i++) {
		ses->trials[i].status = i % 4 + 1;
		ses->trials[i].reason = i;
		ses->trials[i].response = i % 5;
		ses->trials[i].quality = 1 << i % 12;
		ses->trials[i].kind = i % 4 + 1;
		ses->trials[i].tolerance = i % 4;
		ses->samples[i].flags = 1 << i % 10;
	}
}

static void empty(struct ses_session *ses)
{
	help_session_fill(ses, 0, 0);
	ses->n_points = 0;
	ses->header.complete = 0;
}

static int write_one(const char *dir, const char *name, struct ses_session *ses)
{
	char path[4096];
	int rc = ses_session_chain_all(ses);

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	rc = rc ? rc : ses_h5_publish(ses, path, &say_log);
	ses_session_clear(ses);
	return rc;
}

static int make(const char *dir)
{
	struct ses_session one;
	int rc;

	full(&one);
	rc = write_one(dir, "full.h5", &one);
	codes(&one);
	rc |= write_one(dir, "codes.h5", &one);
	empty(&one);
	rc |= write_one(dir, "empty.h5", &one);
	return rc;
}

/* Read and written again: the same bytes, whoever made them. */
static int rewrite(const char *from, const char *to)
{
	struct ses_session ses;
	int rc = ses_h5_read(from, &ses, &say_log);

	rc = rc ? rc : ses_h5_publish(&ses, to, &say_log);
	ses_session_clear(&ses);
	return rc;
}

/* ---- what is read ---------------------------------------------------------------------------------------- */

static void print_cell(const struct ses_column *c, const uint8_t *cell)
{
	double number;
	int32_t whole;

	if (c->type == SES_F64) {
		memcpy(&number, cell, sizeof(number));
		if (isnan(number))
			printf("nan\n");
		else
			printf("%.17g\n", number);
	} else if (c->type == SES_I32 || c->type == SES_BOOL) {
		memcpy(&whole, cell, sizeof(whole));
		printf("%d\n", (int)whole);
	} else {
		printf("%s\n", (const char *)cell);
	}
}

static int dump(const char *path)
{
	struct ses_session ses;
	uint8_t cell[SES_WIDTH_MAX];
	char text[6 * SES_WIDTH_MAX];

	if (ses_h5_read(path, &ses, &say_log))
		return 1;
	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];

		if (c->since > ses.header.minor)
			continue;
		ses_pack_attr(c, &ses.header, cell);
		printf("@%s ", c->name);
		if (c->type == SES_TEXT) {
			alg_text_ascii(text, sizeof(text), (const char *)cell);
			printf("%s\n", text);
		} else {
			print_cell(c, cell);
		}
	}
	for (size_t i = 0; i < SES_TABLES; i++) {
		const struct ses_table *t = &ses_tables[i];
		size_t n;
		const char *rows = ses_table_rows(t, &ses, &n);

		for (size_t c = 0; c < t->n_columns; c++)
			for (size_t k = 0; k < n && t->column[c].since <= ses.header.minor; k++) {
				ses_pack_cell(&t->column[c], rows + k * t->row_size, cell);
				printf("/%s/%s %zu ", t->name, t->column[c].name, k);
				print_cell(&t->column[c], cell);
			}
	}
	char *procedure = ses_long_text_ascii(ses.header.procedure_text), *instruction = ses_long_text_ascii(ses.header.instruction);

	char *check = ses_long_text_ascii(ses.header.check_text);

	printf("/texts/procedure\n%s\n/texts/instruction\n%s\n", procedure, instruction);
	if (ses.header.minor >= 1)
		printf("/texts/check\n%s\n", check);
	free(check);
	free(procedure);
	free(instruction);
	ses_session_clear(&ses);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "make") == 0)
		return make(argv[2]) ? 1 : 0;
	if (argc == 4 && strcmp(argv[1], "rewrite") == 0)
		return rewrite(argv[2], argv[3]) ? 1 : 0;
	return argc == 3 && strcmp(argv[1], "dump") == 0 ? dump(argv[2]) : 2;
}
