/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pack.h - rows and header as canonical bytes: what the digests are made over, and what the journal
 * and the child that reads files (h5_child.c) carry. One form for all, so that they cannot disagree.
 *
 * A float64 is its 8 bytes and an int32 its 4, little endian; a text is the bytes that stand in the
 * file (a column's escaped ASCII, an attribute's UTF-8) and one NUL. No padding, no lengths.
 */
#ifndef SES_PACK_H
#define SES_PACK_H

#include "data/schema.h"

/* Bytes that grow. failed: memory ran out, what came since is not in it. Zeroed to begin with. */
struct ses_bytes {
	uint8_t *data;
	size_t len, cap;
	bool failed;
};
void ses_bytes_add(struct ses_bytes *bytes, const void *data, size_t len);
void ses_bytes_add_u32(struct ses_bytes *bytes, uint32_t value);
void ses_bytes_free(struct ses_bytes *bytes);

/* A cell of a row, or an attribute of the header; out has SES_WIDTH_MAX bytes. Returns their number. */
size_t ses_pack_cell(const struct ses_column *column, const void *row, uint8_t *out);
size_t ses_pack_attr(const struct ses_column *column, const struct ses_header *header, uint8_t *out);
/* A text attribute as it goes into the file: UTF-8; what is not is made visible, never refused. */
void ses_attr_text(const struct ses_column *column, const struct ses_header *header, char *out, size_t cap);
/* A long text as it goes into the file: escaped ASCII, line ends and tabs as they are. Fresh memory or NULL. */
char *ses_long_text_ascii(const char *text);
/* The other way; NULL when it is broken or memory is out. */
char *ses_long_text_plain(const char *ascii);

/* The columns that a file of format 1.minor has. */
void ses_pack_row(struct ses_bytes *bytes, const struct ses_table *table, int minor, const void *row);
/* All attributes and long texts of header->minor. */
void ses_pack_header(struct ses_bytes *bytes, const struct ses_header *header);
/* Header and every table's rows, of header.minor. */
void ses_pack_session(struct ses_bytes *bytes, const struct ses_session *ses);

/* Bytes to be read; minor: the format that they were written in. */
struct ses_unpack {
	const uint8_t *at;
	size_t left;
	int minor;
};
/* All of these return ALG_ERR_DATA when the bytes are too few or not allowed there, ALG_ERR_NOMEM. */
int ses_unpack_u32(struct ses_unpack *in, uint32_t *value);
int ses_unpack_row(struct ses_unpack *in, const struct ses_table *table, void *row);
/* Long texts come into fresh memory that the header owns, even after failure. */
int ses_unpack_header(struct ses_unpack *in, struct ses_header *header);
/* out is to be cleared by the caller even after failure. Row counts are limited as in a file. */
int ses_unpack_session(struct ses_unpack *in, struct ses_session *out);

#endif
