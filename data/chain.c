/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.c - digests over canonical bytes (pack.h). */
#include "data/chain.h"

#include "base/text.h"
#include "data/pack.h"

#include <stdlib.h>
#include <string.h>

/* A row's columns, without its own digest. */
static void add_row(struct ses_digest *digest, const struct ses_table *table, int minor, const void *row)
{
	uint8_t cell[SES_WIDTH_MAX];

	for (size_t i = 0; i < table->n_columns; i++)
		if (table->column[i].since <= minor && strcmp(table->column[i].name, "digest") != 0)
			ses_digest_add(digest, cell, ses_pack_cell(&table->column[i], row, cell));
}

/* Rows column by column, as a reader of the file has them in its hands. */
static void add_columns(struct ses_digest *digest, const struct ses_table *table, int minor, const void *rows, size_t n)
{
	uint8_t cell[SES_WIDTH_MAX];

	for (size_t i = 0; i < table->n_columns; i++)
		for (size_t k = 0; k < n && table->column[i].since <= minor; k++)
			ses_digest_add(digest, cell,
				ses_pack_cell(&table->column[i], (const char *)rows + k * table->row_size, cell));
}

static void add_table(struct ses_digest *digest, const struct ses_session *ses, const char *name)
{
	const struct ses_table *table = ses_table_find(name);
	size_t n;
	const void *rows = ses_table_rows(table, ses, &n);

	add_columns(digest, table, ses->header.minor, rows, n);
}

static void add_attributes(struct ses_digest *digest, const struct ses_header *header, bool late)
{
	uint8_t cell[SES_WIDTH_MAX];

	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];

		if (c->since <= header->minor && c->late == late && strcmp(c->name, "seal") != 0)
			ses_digest_add(digest, cell, ses_pack_attr(c, header, cell));
	}
}

static int header_digest(const struct ses_session *ses, char hex[SES_DIGEST_HEX])
{
	struct ses_digest digest;

	ses_digest_start(&digest);
	add_attributes(&digest, &ses->header, false);
	for (size_t i = 0; i < SES_LONG_TEXTS; i++) {
		char *text, *ascii;

		if (ses_long_texts[i].since > ses->header.minor)
			continue;
		memcpy(&text, (const char *)&ses->header + ses_long_texts[i].offset, sizeof(text));
		ascii = ses_long_text_ascii(text);
		if (!ascii)
			return ALG_ERR_NOMEM;
		ses_digest_add(&digest, ascii, strlen(ascii) + 1);
		free(ascii);
	}
	add_table(&digest, ses, "points");
	ses_digest_end(&digest, hex);
	return 0;
}

static const char *digest_before(const struct ses_session *ses, size_t index)
{
	return index ? ses->trials[index - 1].digest : ses->header.header_digest;
}

int ses_press_digest(const char *before, int minor, const struct ses_trial *trial, const struct ses_sample_row *rows,
	char hex[SES_DIGEST_HEX])
{
	struct ses_digest digest;

	if (trial->n_samples < 0 || strlen(before) != SES_DIGEST_HEX - 1)
		return ALG_ERR_ARG;
	ses_digest_start(&digest);
	ses_digest_add(&digest, before, SES_DIGEST_HEX - 1);
	add_row(&digest, ses_table_find("results"), minor, trial);
	add_columns(&digest, ses_table_find("samples"), minor, rows, (size_t)trial->n_samples);
	ses_digest_end(&digest, hex);
	return 0;
}

static int press_digest(const struct ses_session *ses, size_t index, char hex[SES_DIGEST_HEX])
{
	const struct ses_trial *trial;

	if (index >= ses->n_trials)
		return ALG_ERR_ARG;
	trial = &ses->trials[index];
	if (trial->first_sample < 0 || trial->n_samples < 0 ||
		(size_t)trial->first_sample + (size_t)trial->n_samples > ses->n_samples)
		return ALG_ERR_ARG;
	return ses_press_digest(digest_before(ses, index), ses->header.minor, trial,
		ses->samples ? ses->samples + trial->first_sample : NULL, hex);
}

static void seal_digest(const struct ses_session *ses, char hex[SES_DIGEST_HEX])
{
	static const char *const tables[] = {"events", "ratings", "amendments"};
	const char *last = digest_before(ses, ses->n_trials);
	struct ses_digest digest;

	ses_digest_start(&digest);
	ses_digest_add(&digest, last, strlen(last));
	add_attributes(&digest, &ses->header, true);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		add_table(&digest, ses, tables[i]);
	ses_digest_end(&digest, hex);
}

int ses_session_open_chain(struct ses_session *ses)
{
	char hex[SES_DIGEST_HEX];
	int rc = header_digest(ses, hex);

	if (rc == 0)
		alg_text_copy(ses->header.header_digest, sizeof(ses->header.header_digest), hex);
	return rc;
}

int ses_session_chain(struct ses_session *ses, size_t trial_index)
{
	char hex[SES_DIGEST_HEX];
	int rc = press_digest(ses, trial_index, hex);

	if (rc == 0)
		alg_text_copy(ses->trials[trial_index].digest, sizeof(ses->trials[0].digest), hex);
	return rc;
}

int ses_session_seal(struct ses_session *ses)
{
	char hex[SES_DIGEST_HEX];

	seal_digest(ses, hex);
	alg_text_copy(ses->header.seal, sizeof(ses->header.seal), hex);
	return 0;
}

int ses_session_chain_all(struct ses_session *ses)
{
	int rc = ses_session_open_chain(ses);

	for (size_t i = 0; rc == 0 && i < ses->n_trials; i++)
		rc = ses_session_chain(ses, i);
	return rc ? rc : ses_session_seal(ses);
}

bool ses_session_seal_agrees(const struct ses_session *ses)
{
	char hex[SES_DIGEST_HEX];

	seal_digest(ses, hex);
	return strcmp(hex, ses->header.seal) == 0;
}

int ses_session_check(const struct ses_session *ses, struct ses_chain_fault *out)
{
	char hex[SES_DIGEST_HEX] = "";

	*out = (struct ses_chain_fault){.header = header_digest(ses, hex) || strcmp(hex, ses->header.header_digest) != 0};
	for (size_t i = 0; i < ses->n_trials; i++) {
		if (press_digest(ses, i, hex) == 0 && strcmp(hex, ses->trials[i].digest) == 0)
			continue;
		if (out->n_presses < SES_CHAIN_PRESSES)
			out->press[out->n_presses] = ses->trials[i].trial;
		out->n_presses++;
	}
	out->seal = !ses_session_seal_agrees(ses);
	return out->header || out->n_presses || out->seal ? ALG_ERR_FORMAT : 0;
}

int ses_session_verify_header(const struct ses_session *ses, struct alg_log *log)
{
	char hex[SES_DIGEST_HEX];

	return header_digest(ses, hex) || strcmp(hex, ses->header.header_digest) != 0 ? alg_fail(log, MSG_H5_HEADER) : 0;
}

int ses_session_verify(const struct ses_session *ses, struct alg_log *log)
{
	struct ses_chain_fault check;

	if (ses_session_check(ses, &check) == 0)
		return 0;
	if (check.header)
		return alg_fail(log, MSG_H5_HEADER);
	if (check.n_presses)
		return alg_fail(log, MSG_H5_DIGEST, (int)check.press[0]);
	return alg_fail(log, MSG_H5_SEAL);
}
