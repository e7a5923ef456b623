/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5_write.c - the session file, built in memory, opened again and compared, then put in place.
 *
 * The same session always gives the same bytes: no times in object headers, one order of writing.
 */
#include "data/h5_util.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/text.h"
#include "data/digest.h"
#include "data/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK_ROWS = 16384, /* smaller pays in indexes, larger in memory and in reading a part */
	CHUNK_TREE_K = 2,   /* half the children of a chunk index node: most columns have one chunk */
};

struct builder {
	const struct ses_session *ses;
	hid_t file;
	char where[128]; /* what was being done, for the message */
};

static int put_attr(hid_t object, const char *name, hid_t type, const void *value)
{
	hid_t space = H5Screate(H5S_SCALAR);
	hid_t attr = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
	int rc = attr >= 0 && H5Awrite(attr, type, value) >= 0 ? 0 : ALG_ERR_IO;

	if (attr >= 0)
		H5Aclose(attr);
	if (space >= 0)
		H5Sclose(space);
	return rc;
}

static int put_text(hid_t object, const char *name, const char *text)
{
	hid_t type = h5_text_type();
	int rc = put_attr(object, name, type, &text);

	if (type >= 0)
		H5Tclose(type);
	return rc;
}

static int put_i32(hid_t object, const char *name, int32_t value)
{
	uint8_t bytes[4];

	alg_put_le32(bytes, (uint32_t)value);
	return put_attr(object, name, H5T_STD_I32LE, bytes);
}

/* The names of the attributes that one digest covers, in its order: for readers that check it. */
static int put_covered(hid_t file, const char *name, bool late, int minor)
{
	char names[2048] = "";
	size_t used = 0;

	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];

		if (c->since <= minor && c->late == late && strcmp(c->name, "seal") != 0)
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", used ? " " : "", c->name);
	}
	return put_text(file, name, names);
}

static int put_header(struct builder *b)
{
	const struct ses_header *header = &b->ses->header;
	char version[24];
	int rc;

	snprintf(b->where, sizeof(b->where), "format attributes");
	snprintf(version, sizeof(version), "%d.%d", SES_FORMAT_MAJOR, (int)header->minor);
	if (put_text(b->file, "format", SES_FORMAT_NAME) || put_text(b->file, "format_version", version) ||
		put_i32(b->file, "format_major", SES_FORMAT_MAJOR) ||
		put_i32(b->file, "format_minor", header->minor) ||
		put_covered(b->file, "header_digest_covers", false, header->minor) ||
		put_covered(b->file, "seal_covers", true, header->minor))
		return ALG_ERR_IO;
	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];
		uint8_t cell[8];
		char text[SES_WIDTH_MAX];

		if (c->since > header->minor)
			continue;
		snprintf(b->where, sizeof(b->where), "attribute %s", c->name);
		if (c->type == SES_TEXT) {
			ses_attr_text(c, header, text, sizeof(text));
			rc = put_text(b->file, c->name, text);
		} else {
			ses_cell_encode(c, header, cell);
			rc = put_attr(b->file, c->name, c->type == SES_F64 ? H5T_IEEE_F64LE : H5T_STD_I32LE, cell);
		}
		if (rc)
			return rc;
	}
	return 0;
}

/* Creation properties of a column of n rows. Chunks of no rows are impossible, so none are made. */
static hid_t dataset_plan(size_t n)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
	hsize_t chunk = n < CHUNK_ROWS ? n : CHUNK_ROWS;

	if (plan < 0 || H5Pset_obj_track_times(plan, 0) < 0)
		goto fail;
	if (n && (H5Pset_chunk(plan, 1, &chunk) < 0 || H5Pset_shuffle(plan) < 0 || H5Pset_deflate(plan, 1) < 0 ||
		H5Pset_fletcher32(plan) < 0))
		goto fail;
	return plan;
fail:
	if (plan >= 0)
		H5Pclose(plan);
	return H5I_INVALID_HID;
}

/* One 1-D dataset with its attributes; codes may be NULL. */
static int put_dataset(hid_t group, const char *name, hid_t type, size_t n, const void *data, const char *units,
	const char *text, const char *codes)
{
	hsize_t rows = n;
	hid_t plan = dataset_plan(n), space = H5Screate_simple(1, &rows, NULL), set = H5I_INVALID_HID;
	int rc = ALG_ERR_IO;

	if (plan < 0 || space < 0 || type < 0)
		goto out;
	set = H5Dcreate2(group, name, type, space, H5P_DEFAULT, plan, H5P_DEFAULT);
	if (set < 0 || (n && H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0))
		goto out;
	if (put_text(set, "units", units) || put_text(set, "description", text))
		goto out;
	if (codes && put_text(set, "codes", codes))
		goto out;
	rc = 0;
out:
	if (set >= 0)
		H5Dclose(set);
	if (space >= 0)
		H5Sclose(space);
	if (plan >= 0)
		H5Pclose(plan);
	return rc;
}

/* A column's cells, one behind the other, in fresh memory. */
static uint8_t *column_cells(const struct ses_column *column, const void *rows, size_t n, size_t row_size)
{
	size_t width = ses_column_width(column);
	uint8_t *cells = malloc(n ? n * width : 1);

	for (size_t i = 0; cells && i < n; i++)
		ses_cell_encode(column, (const char *)rows + i * row_size, cells + i * width);
	return cells;
}

static hid_t make_group(hid_t file, const char *name, const char *text)
{
	hid_t plan = H5Pcreate(H5P_GROUP_CREATE), group = H5I_INVALID_HID;

	if (plan >= 0 && H5Pset_obj_track_times(plan, 0) >= 0)
		group = H5Gcreate2(file, name, H5P_DEFAULT, plan, H5P_DEFAULT);
	if (plan >= 0)
		H5Pclose(plan);
	if (group >= 0 && put_text(group, "description", text)) {
		H5Gclose(group);
		group = H5I_INVALID_HID;
	}
	return group;
}

/* Readers list names by the alphabet; this attribute keeps the order that is meant. */
static int put_order(hid_t group, const struct ses_table *table, int minor)
{
	char order[1024] = "";
	size_t used = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		if (table->column[i].since <= minor)
			used += (size_t)snprintf(order + used, sizeof(order) - used, "%s%s", used ? " " : "", table->column[i].name);
	return put_text(group, "columns", order);
}

static int put_table(struct builder *b, const struct ses_table *table)
{
	size_t n;
	const void *rows = ses_table_rows(table, b->ses, &n);
	hid_t group = make_group(b->file, table->name, table->text);
	int rc = 0;

	snprintf(b->where, sizeof(b->where), "/%s with %zu rows", table->name, n);
	if (group < 0 || n > table->max_rows || put_order(group, table, b->ses->header.minor))
		rc = ALG_ERR_IO;
	for (size_t i = 0; rc == 0 && i < table->n_columns; i++) {
		const struct ses_column *c = &table->column[i];

		if (c->since > b->ses->header.minor)
			continue;
		uint8_t *cells = column_cells(c, rows, n, table->row_size);
		hid_t type = h5_column_type(c);

		snprintf(b->where, sizeof(b->where), "/%s/%s with %zu rows", table->name, c->name, n);
		char codes[SES_CODES_MAX];

		ses_column_codes(c, b->ses->header.minor, codes);
		rc = cells ? put_dataset(group, c->name, type, n, cells, c->units, c->text, *codes ? codes : NULL)
			   : ALG_ERR_NOMEM;
		free(cells);
		if (type >= 0)
			H5Tclose(type);
	}
	if (group >= 0)
		H5Gclose(group);
	return rc;
}

static int put_long_texts(struct builder *b)
{
	hid_t group = make_group(b->file, "texts", "long texts: ASCII, \\uXXXX-escaped, one element each");
	int rc = group < 0 || put_text(group, "columns", b->ses->header.minor < 1 ? "procedure instruction" : "procedure instruction check") ? ALG_ERR_IO : 0;

	for (size_t i = 0; rc == 0 && i < SES_LONG_TEXTS; i++) {
		const struct ses_long_text *t = &ses_long_texts[i];
		char *text, *ascii;

		if (t->since > b->ses->header.minor)
			continue;
		hid_t type = H5Tcopy(H5T_C_S1);

		snprintf(b->where, sizeof(b->where), "/texts/%s", t->name);
		memcpy(&text, (const char *)&b->ses->header + t->offset, sizeof(text));
		ascii = ses_long_text_ascii(text);
		if (!ascii)
			rc = ALG_ERR_NOMEM;
		else if (strlen(ascii) >= SES_LONG_TEXT_MAX || type < 0 || H5Tset_size(type, strlen(ascii) + 1) < 0)
			rc = ALG_ERR_IO;
		else
			rc = put_dataset(group, t->name, type, 1, ascii, "text", t->text, NULL);
		free(ascii);
		if (type >= 0)
			H5Tclose(type);
	}
	if (group >= 0)
		H5Gclose(group);
	return rc;
}

static hid_t make_file(void)
{
	hid_t plan = H5Pcreate(H5P_FILE_CREATE), access = h5_memory_access(), file = H5I_INVALID_HID;
	char name[H5_NAME_MAX];

	h5_memory_name(name);
	if (plan >= 0 && access >= 0 && H5Pset_obj_track_times(plan, 0) >= 0 &&
		H5Pset_istore_k(plan, CHUNK_TREE_K) >= 0)
		file = H5Fcreate(name, H5F_ACC_TRUNC, plan, access);
	if (plan >= 0)
		H5Pclose(plan);
	if (access >= 0)
		H5Pclose(access);
	return file;
}

/*
 * The superblock's extension (it holds CHUNK_TREE_K) is an object header that libhdf5 always gives the
 * times of its making, four of 32 bits behind version and flags. They are set to 0 and the checksum of
 * the header made anew: the same session gives the same bytes, and the file tells no time of its own.
 */
static void drop_times(uint8_t *image, size_t len)
{
	uint64_t at = (uint64_t)alg_le32(image + 20) | (uint64_t)alg_le32(image + 24) << 32;
	uint8_t *header = image + at;
	size_t size_at, end;

	if (image[8] < 2 || at > len - 64 || memcmp(header, "OHDR\2", 5) != 0 || !(header[5] & 0x20))
		return;
	size_at = 6 + 16 + (header[5] & 0x10 ? 4 : 0);
	end = size_at + 1 + header[size_at];
	if ((header[5] & 3) != 0 || at + end + 4 > len)
		return; /* longer than any extension is: left as it is */
	memset(header + 6, 0, 16);
	alg_put_le32(header + end, h5_lookup3(header, end));
}

/*
 * The bytes of the file. libhdf5 before 1.14.7 clears the status flags of the superblock (versions
 * 2 and 3) in the image and keeps the old checksum, so that nothing opens it (HDFGroup/hdf5 #1915);
 * computing it again does no harm where that is mended. The digest line goes behind the image.
 */
static int take_image(hid_t file, uint8_t **image, size_t *len)
{
	char hex[SES_DIGEST_HEX];
	ssize_t size;

	if (H5Fflush(file, H5F_SCOPE_LOCAL) < 0)
		return ALG_ERR_IO;
	size = H5Fget_file_image(file, NULL, 0);
	if (size < 48)
		return ALG_ERR_IO;
	*image = malloc((size_t)size + SES_TAIL_BYTES + 1);
	if (!*image)
		return ALG_ERR_NOMEM;
	if (H5Fget_file_image(file, *image, (size_t)size) < 0)
		return ALG_ERR_IO;
	drop_times(*image, (size_t)size);
	if ((*image)[8] >= 2)
		alg_put_le32(*image + 44, h5_lookup3(*image, 44));
	ses_digest_of(*image, (size_t)size, hex);
	snprintf((char *)*image + size, SES_TAIL_BYTES + 1, "%s%s\n", SES_TAIL_MARK, hex);
	*len = (size_t)size + SES_TAIL_BYTES;
	return 0;
}

/* ---- what was built is opened again and compared ------------------------------------------------ */

static int same_column(struct builder *b, hid_t file, const struct ses_table *table, const struct ses_column *c)
{
	char path[96];
	size_t n, width = ses_column_width(c);
	const void *rows = ses_table_rows(table, b->ses, &n);
	uint8_t *want = column_cells(c, rows, n, table->row_size), *got = malloc(n ? n * width : 1);
	hid_t type = h5_column_type(c), set, space = H5I_INVALID_HID;
	int rc = ALG_ERR_IO;

	snprintf(path, sizeof(path), "/%s/%s", table->name, c->name);
	snprintf(b->where, sizeof(b->where), "%s is not read as it was written", path);
	set = H5Dopen2(file, path, H5P_DEFAULT);
	space = set >= 0 ? H5Dget_space(set) : H5I_INVALID_HID;
	if (!want || !got)
		rc = ALG_ERR_NOMEM;
	else if (space >= 0 && H5Sget_simple_extent_npoints(space) == (hssize_t)n &&
		H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, got) >= 0 && memcmp(got, want, n * width) == 0)
		rc = 0;
	free(want);
	free(got);
	if (space >= 0)
		H5Sclose(space);
	if (set >= 0)
		H5Dclose(set);
	if (type >= 0)
		H5Tclose(type);
	return rc;
}

static int same_header(struct builder *b, hid_t file)
{
	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];
		char want[SES_WIDTH_MAX], *got = NULL;
		uint8_t cell[8], back[8];
		double number;
		int32_t whole;
		bool same;

		if (c->since > b->ses->header.minor)
			continue;
		snprintf(b->where, sizeof(b->where), "attribute %s is not read as it was written", c->name);
		if (c->type == SES_TEXT) {
			ses_attr_text(c, &b->ses->header, want, sizeof(want));
			same = h5_attr_text(file, c->name, sizeof(want), &got) == 0 && strcmp(got, want) == 0;
			free(got);
		} else if (c->type == SES_F64) {
			ses_cell_encode(c, &b->ses->header, cell);
			same = h5_attr_f64(file, c->name, &number) == 0;
			alg_put_lef64(back, number);
			same = same && memcmp(cell, back, 8) == 0;
		} else {
			ses_cell_encode(c, &b->ses->header, cell);
			same = h5_attr_i32(file, c->name, &whole) == 0 && (uint32_t)whole == alg_le32(cell);
		}
		if (!same)
			return ALG_ERR_IO;
	}
	return 0;
}

static int same_image(struct builder *b, const uint8_t *image, size_t len)
{
	hid_t file = h5_image_open(image, len);
	int rc;

	snprintf(b->where, sizeof(b->where), "the image does not open");
	if (file < 0)
		return ALG_ERR_IO;
	rc = same_header(b, file);
	for (size_t i = 0; rc == 0 && i < SES_TABLES; i++)
		for (size_t k = 0; rc == 0 && k < ses_tables[i].n_columns; k++)
			if (ses_tables[i].column[k].since <= b->ses->header.minor)
				rc = same_column(b, file, &ses_tables[i], &ses_tables[i].column[k]);
	H5Fclose(file);
	return rc;
}

static int build(struct builder *b, uint8_t **image, size_t *len)
{
	int rc;

	snprintf(b->where, sizeof(b->where), "a new file in memory");
	b->file = make_file();
	if (b->file < 0)
		return ALG_ERR_IO;
	rc = put_header(b);
	for (size_t i = 0; rc == 0 && i < SES_TABLES; i++)
		rc = put_table(b, &ses_tables[i]);
	if (rc == 0)
		rc = put_long_texts(b);
	if (rc == 0) {
		snprintf(b->where, sizeof(b->where), "the image");
		rc = take_image(b->file, image, len);
	}
	H5Fclose(b->file);
	return rc;
}

int ses_h5_image(const struct ses_session *ses, uint8_t **image, size_t *len, struct alg_log *log)
{
	struct builder b = {.ses = ses, .file = H5I_INVALID_HID};
	struct h5_quiet quiet;
	int rc;

	*image = NULL;
	*len = 0;
	h5_quiet_begin(&quiet);
	rc = build(&b, image, len);
	if (rc == 0)
		rc = same_image(&b, *image, *len);
	h5_quiet_end(&quiet);
	if (rc == 0)
		return 0;
	free(*image);
	*image = NULL;
	*len = 0;
	return rc == ALG_ERR_NOMEM ? alg_fail(log, MSG_NOMEM, "session file") : alg_fail(log, MSG_H5_BUILD, b.where);
}

static int put_image(const struct ses_session *ses, const char *path, bool replace, struct alg_log *log)
{
	uint8_t *image;
	size_t len;
	int rc = ses_h5_image(ses, &image, &len, log);

	if (rc == 0)
		rc = replace ? alg_file_replace(path, image, len, 0600, log)
			     : alg_file_create(path, image, len, 0600, log);
	free(image);
	return rc;
}

int ses_h5_publish(const struct ses_session *ses, const char *path, struct alg_log *log)
{
	return put_image(ses, path, true, log);
}

int ses_h5_create(const struct ses_session *ses, const char *path, struct alg_log *log)
{
	return put_image(ses, path, false, log);
}
