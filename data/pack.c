/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/pack.h"

#include "base/bytes.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes that grow ------------------------------------------------------------------------------ */

void ses_bytes_add(struct ses_bytes *bytes, const void *data, size_t len)
{
	size_t want = bytes->cap ? bytes->cap : 4096;

	if (bytes->failed || len == 0)
		return;
	while (want - bytes->len < len)
		want *= 2;
	if (want > bytes->cap) {
		uint8_t *fresh = realloc(bytes->data, want);

		bytes->failed = !fresh;
		if (!fresh)
			return;
		bytes->data = fresh;
		bytes->cap = want;
	}
	memcpy(bytes->data + bytes->len, data, len);
	bytes->len += len;
}

void ses_bytes_add_u32(struct ses_bytes *bytes, uint32_t value)
{
	uint8_t raw[4];

	alg_put_le32(raw, value);
	ses_bytes_add(bytes, raw, sizeof(raw));
}

void ses_bytes_free(struct ses_bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct ses_bytes){0};
}

/* ---- out ------------------------------------------------------------------------------------------ */

static bool is_text(const struct ses_column *column)
{
	return column->type == SES_ASCII || column->type == SES_TEXT || column->type == SES_CHAR;
}

size_t ses_pack_cell(const struct ses_column *column, const void *row, uint8_t *out)
{
	ses_cell_encode(column, row, out);
	return is_text(column) ? strlen((const char *)out) + 1 : ses_column_width(column);
}

void ses_attr_text(const struct ses_column *column, const struct ses_header *header, char *out, size_t cap)
{
	char raw[SES_WIDTH_MAX];

	memcpy(raw, (const char *)header + column->offset, column->size);
	raw[column->size - 1] = '\0';
	if (alg_text_is_utf8(raw, strlen(raw)))
		alg_text_copy(out, cap, raw);
	else
		alg_text_clean(out, column->size < cap ? column->size : cap, raw);
}

size_t ses_pack_attr(const struct ses_column *column, const struct ses_header *header, uint8_t *out)
{
	if (!is_text(column))
		return ses_pack_cell(column, header, out);
	ses_attr_text(column, header, (char *)out, SES_WIDTH_MAX);
	return strlen((const char *)out) + 1;
}

char *ses_long_text_ascii(const char *text)
{
	size_t len = text ? strlen(text) : 0, used = 0;
	char *out = malloc(6 * len + 1);

	for (size_t i = 0; out && i < len;) {
		size_t run = strcspn(text + i, "\n\t");
		char *piece = strndup(text + i, run);

		if (!piece) {
			free(out);
			return NULL;
		}
		used += alg_text_ascii(out + used, 6 * len + 1 - used, piece);
		free(piece);
		i += run;
		if (i < len)
			out[used++] = text[i++];
	}
	if (out)
		out[used] = '\0';
	return out;
}

void ses_pack_row(struct ses_bytes *bytes, const struct ses_table *table, int minor, const void *row)
{
	uint8_t cell[SES_WIDTH_MAX];

	for (size_t i = 0; i < table->n_columns; i++)
		if (table->column[i].since <= minor)
			ses_bytes_add(bytes, cell, ses_pack_cell(&table->column[i], row, cell));
}

void ses_pack_header(struct ses_bytes *bytes, const struct ses_header *header)
{
	uint8_t cell[SES_WIDTH_MAX];

	for (size_t i = 0; i < ses_header_n_columns; i++)
		if (ses_header_columns[i].since <= header->minor)
			ses_bytes_add(bytes, cell, ses_pack_attr(&ses_header_columns[i], header, cell));
	for (size_t i = 0; i < SES_LONG_TEXTS; i++) {
		char *text, *ascii;

		if (ses_long_texts[i].since > header->minor)
			continue;
		memcpy(&text, (const char *)header + ses_long_texts[i].offset, sizeof(text));
		ascii = ses_long_text_ascii(text);
		if (ascii)
			ses_bytes_add(bytes, ascii, strlen(ascii) + 1);
		bytes->failed |= !ascii;
		free(ascii);
	}
}

void ses_pack_session(struct ses_bytes *bytes, const struct ses_session *ses)
{
	ses_pack_header(bytes, &ses->header);
	for (size_t i = 0; i < SES_TABLES; i++) {
		size_t n;
		const char *rows = ses_table_rows(&ses_tables[i], ses, &n);

		ses_bytes_add_u32(bytes, (uint32_t)n);
		for (size_t k = 0; k < n; k++)
			ses_pack_row(bytes, &ses_tables[i], ses->header.minor, rows + k * ses_tables[i].row_size);
	}
}

/* ---- in ------------------------------------------------------------------------------------------- */

/* The text at the front without its NUL; false when it does not end within max bytes. */
static bool take_text(struct ses_unpack *in, size_t max, const char **text, size_t *len)
{
	const uint8_t *nul = memchr(in->at, 0, in->left < max ? in->left : max);

	if (!nul)
		return false;
	*text = (const char *)in->at;
	*len = (size_t)(nul - in->at);
	in->left -= *len + 1;
	in->at = nul + 1;
	return true;
}

int ses_unpack_u32(struct ses_unpack *in, uint32_t *value)
{
	*value = 0;
	if (in->left < 4)
		return ALG_ERR_DATA;
	*value = alg_le32(in->at);
	in->at += 4;
	in->left -= 4;
	return 0;
}

static int unpack_number(struct ses_unpack *in, const struct ses_column *column, void *row)
{
	size_t width = ses_column_width(column);
	int rc = in->left < width ? ALG_ERR_DATA : ses_cell_decode(column, in->at, width, row);

	if (rc == 0) {
		in->at += width;
		in->left -= width;
	}
	return rc;
}

static int unpack_cell(struct ses_unpack *in, const struct ses_column *column, void *row)
{
	const char *text;
	size_t len;

	if (!is_text(column))
		return unpack_number(in, column, row);
	if (!take_text(in, ses_column_width(column), &text, &len))
		return ALG_ERR_DATA;
	return ses_cell_decode(column, (const uint8_t *)text, len, row);
}

static int unpack_attr(struct ses_unpack *in, const struct ses_column *column, struct ses_header *header)
{
	const char *text;
	size_t len;

	if (!is_text(column))
		return unpack_number(in, column, header);
	if (!take_text(in, column->size, &text, &len) || !alg_text_is_utf8(text, len))
		return ALG_ERR_DATA;
	memcpy((char *)header + column->offset, text, len + 1);
	return 0;
}

int ses_unpack_row(struct ses_unpack *in, const struct ses_table *table, void *row)
{
	int rc = 0;

	memset(row, 0, table->row_size);
	for (size_t i = 0; rc == 0 && i < table->n_columns; i++) {
		const struct ses_column *column = &table->column[i];

		if (column->since > in->minor)
			ses_cell_absent(column, row);
		else
			rc = unpack_cell(in, column, row);
	}
	return rc;
}

char *ses_long_text_plain(const char *ascii)
{
	size_t len = strlen(ascii);
	char *plain = malloc(len + 1);

	for (const char *p = ascii; *p; p++) {
		if ((*p < 0x20 || *p > 0x7E) && *p != '\n' && *p != '\t') {
			free(plain);
			return NULL;
		}
	}
	if (plain && alg_text_unascii(plain, len + 1, ascii)) {
		free(plain);
		plain = NULL;
	}
	return plain;
}

int ses_unpack_header(struct ses_unpack *in, struct ses_header *header)
{
	int rc = 0;

	header->minor = in->minor;
	for (size_t i = 0; rc == 0 && i < ses_header_n_columns; i++) {
		if (ses_header_columns[i].since > in->minor)
			ses_cell_absent(&ses_header_columns[i], header);
		else
			rc = unpack_attr(in, &ses_header_columns[i], header);
	}
	for (size_t i = 0; rc == 0 && i < SES_LONG_TEXTS; i++) {
		const char *text;
		char *plain, **place = (char **)(void *)((char *)header + ses_long_texts[i].offset);
		size_t len;

		if (ses_long_texts[i].since > in->minor)
			continue;
		if (!take_text(in, SES_LONG_TEXT_MAX, &text, &len))
			return ALG_ERR_DATA;
		plain = ses_long_text_plain(text);
		if (!plain)
			return ALG_ERR_DATA;
		free(*place);
		*place = plain;
	}
	return rc;
}

static int unpack_table(struct ses_unpack *in, const struct ses_table *table, struct ses_session *out)
{
	uint32_t n;
	char *rows;
	int rc = ses_unpack_u32(in, &n);

	if (rc || n > table->max_rows || n > in->left) /* every row has at least one byte */
		return ALG_ERR_DATA;
	if (n == 0)
		return 0;
	rows = calloc(n, table->row_size);
	if (!rows)
		return ALG_ERR_NOMEM;
	ses_table_set_rows(table, out, rows, n);
	for (uint32_t i = 0; rc == 0 && i < n; i++)
		rc = ses_unpack_row(in, table, rows + i * table->row_size);
	return rc;
}

int ses_unpack_session(struct ses_unpack *in, struct ses_session *out)
{
	int rc;

	*out = (struct ses_session){0};
	rc = ses_unpack_header(in, &out->header);
	for (size_t i = 0; rc == 0 && i < SES_TABLES; i++)
		rc = unpack_table(in, &ses_tables[i], out);
	return rc == 0 && in->left ? ALG_ERR_DATA : rc;
}
