/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5_read.c - a session file is hostile until checked. What can be checked without libhdf5 comes
 * first (signature, superblock, length, the checksum line), since damaged metadata can crash it;
 * then every name, type, shape, filter and size before memory is taken, then every value.
 */
#include "data/h5_util.h"

#include "base/bytes.h"
#include "base/text.h"
#include "data/chain.h"
#include "data/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* deflate makes at most 1032 bytes of one; a dataset that claims more than this is a bomb. */
enum { INFLATE_MAX = 1100, SMALL_BYTES = 1 << 20 };

struct reader {
	const char *name;
	const uint8_t *image;
	size_t len;
	struct ses_session *ses;
	struct alg_log *log;
	hid_t file;
	int minor; /* of the file's format */
	enum ses_parts parts;
	bool whole; /* the checksum line was found right */
};

static int damaged(struct reader *r, const char *what)
{
	return alg_fail(r->log, MSG_H5_DAMAGED, r->name, what);
}

static int senseless(struct reader *r, const char *what)
{
	return alg_fail(r->log, MSG_H5_CONTENT, r->name, what);
}

/* ---- bytes, before libhdf5 sees them -------------------------------------------------------------- */

static const uint8_t signature[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

/* The signature stands at 0, 512, 1024, 2048, ... (behind a user block). */
static bool is_hdf5(const uint8_t *image, size_t len)
{
	for (size_t at = 0; at + sizeof(signature) <= len; at = at ? 2 * at : 512)
		if (memcmp(image + at, signature, sizeof(signature)) == 0)
			return true;
	return false;
}

/* A superblock of version 2 or 3 has its own checksum and says how long the file is. */
static int check_superblock(struct reader *r, const uint8_t *image, size_t len)
{
	char what[96];
	uint64_t end;

	if (len < 9 || memcmp(image, signature, sizeof(signature)) != 0 || image[8] < 2 || image[8] > 3)
		return 0; /* older kinds of HDF5: libhdf5 looks */
	if (len < 48)
		return damaged(r, "it is cut within its first 48 bytes");
	if (h5_lookup3(image, 44) != alg_le32(image + 44))
		return damaged(r, "its superblock has a wrong checksum");
	end = (uint64_t)alg_le32(image + 28) | (uint64_t)alg_le32(image + 32) << 32;
	if (image[9] != 8 || end <= len)
		return 0;
	snprintf(what, sizeof(what), "%zu of at least %llu bytes are there", len, (unsigned long long)end);
	return damaged(r, what);
}

/* Whether the checksum line is there; it must be right then. */
static int check_tail(struct reader *r, const uint8_t *image, size_t len, bool *there)
{
	const size_t mark = sizeof(SES_TAIL_MARK) - 1;
	const uint8_t *tail = image + (len > SES_TAIL_BYTES ? len - SES_TAIL_BYTES : 0);
	char hex[SES_DIGEST_HEX];

	*there = len > SES_TAIL_BYTES && memcmp(tail, SES_TAIL_MARK, mark) == 0;
	if (!*there)
		return 0;
	ses_digest_of(image, len - SES_TAIL_BYTES, hex);
	if (memcmp(tail + mark, hex, SES_DIGEST_HEX - 1) != 0)
		return damaged(r, "its bytes do not give the checksum at its end");
	return 0;
}

/* ---- root attributes -------------------------------------------------------------------------------- */

static int check_format(struct reader *r)
{
	char *format;
	int32_t major, minor;
	int rc = h5_attr_text(r->file, "format", 64, &format);

	if (rc == 0 && strcmp(format, SES_FORMAT_NAME) != 0)
		rc = ALG_ERR_FORMAT;
	free(format);
	if (rc)
		return alg_fail(r->log, MSG_H5_NOT_OURS, r->name, "its attribute format is not " SES_FORMAT_NAME);
	if (h5_attr_i32(r->file, "format_major", &major) || h5_attr_i32(r->file, "format_minor", &minor) ||
		major < 0 || minor < 0)
		return senseless(r, "the attributes format_major and format_minor are no version");
	if (major > SES_FORMAT_MAJOR || (major == SES_FORMAT_MAJOR && minor > SES_FORMAT_MINOR))
		return alg_fail(r->log, MSG_H5_NEWER, r->name, (int)major, (int)minor, SES_FORMAT_MAJOR, SES_FORMAT_MINOR);
	if (major < SES_FORMAT_MAJOR)
		return alg_fail(r->log, MSG_H5_OLD, r->name, (int)major, (int)minor);
	r->minor = r->ses->header.minor = minor;
	return 0;
}

static int read_attr(hid_t file, const struct ses_column *c, struct ses_header *header)
{
	char *member = (char *)header + c->offset, *text;
	int32_t whole;
	int rc;

	if (c->type == SES_F64)
		return h5_attr_f64(file, c->name, (double *)(void *)member);
	if (c->type == SES_I32) {
		rc = h5_attr_i32(file, c->name, &whole);
		memcpy(member, &whole, sizeof(whole));
		return rc == 0 && (whole < c->lo || whole > c->hi) ? ALG_ERR_FORMAT : rc;
	}
	rc = h5_attr_text(file, c->name, c->size - 1, &text);
	if (rc == 0)
		alg_text_copy(member, c->size, text);
	free(text);
	return rc;
}

static int read_header(struct reader *r)
{
	struct ses_header *header = &r->ses->header;
	char what[128];

	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];

		if (c->since > r->minor) {
			ses_cell_absent(c, header);
			continue;
		}
		if (read_attr(r->file, c, header)) {
			snprintf(what, sizeof(what), "attribute %s is missing, too long, of a wrong type or out of range", c->name);
			return senseless(r, what);
		}
	}
	if (!(header->tip_area_cm2 > 0 && header->tip_area_cm2 < 1e6))
		return senseless(r, "attribute tip_area_cm2 is not a positive area");
	return 0;
}

/* ---- datasets ----------------------------------------------------------------------------------------- */

/* Only what is written by the format: chunked or contiguous in this file, three known filters. */
static const char *plan_fault(hid_t set)
{
	hid_t plan = H5Dget_create_plist(set);
	const char *fault = NULL;
	H5D_layout_t layout = plan >= 0 ? H5Pget_layout(plan) : H5D_LAYOUT_ERROR;
	int n = plan >= 0 ? H5Pget_nfilters(plan) : -1;

	if (layout != H5D_CHUNKED && layout != H5D_CONTIGUOUS && layout != H5D_COMPACT)
		fault = "is stored in a way this program does not read (virtual?)";
	else if (H5Pget_external_count(plan) != 0)
		fault = "is stored in another file";
	else if (n < 0 || n > 8)
		fault = "has filters this program does not read";
	for (int i = 0; !fault && i < n; i++) {
		unsigned flags, config;
		size_t n_values = 0;
		H5Z_filter_t id = H5Pget_filter2(plan, (unsigned)i, &flags, &n_values, NULL, 0, NULL, &config);

		if (id != H5Z_FILTER_SHUFFLE && id != H5Z_FILTER_DEFLATE && id != H5Z_FILTER_FLETCHER32)
			fault = "has filters this program does not read";
	}
	if (plan >= 0)
		H5Pclose(plan);
	return fault;
}

/* The width of a cell, 0 when it is not the column's type. */
static size_t cell_width(hid_t type, enum ses_type want, size_t max)
{
	size_t size = H5Tget_size(type);

	if (want == SES_F64)
		return H5Tequal(type, H5T_IEEE_F64LE) > 0 ? 8 : 0;
	if (want == SES_I32 || want == SES_BOOL)
		return H5Tequal(type, H5T_STD_I32LE) > 0 ? 4 : 0;
	if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || H5Tget_cset(type) != H5T_CSET_ASCII)
		return 0;
	return size <= max ? size : 0;
}

/*
 * Where a link leads; it must be a hard link in this file, never to another place or file. What is there is opened by
 * its address, so that its name is looked for once.
 */
static bool hard_link(hid_t place, const char *name, haddr_t *address)
{
	H5L_info_t info;

	if (H5Lget_info(place, name, &info, H5P_DEFAULT) < 0 || info.type != H5L_TYPE_HARD)
		return false;
	*address = info.u.address;
	return true;
}

/*
 * The chunk indexes have no checksum: a flipped bit there can switch Fletcher-32 off for libhdf5. A summary that
 * needs libhdf5 for a column is therefore held up by the checksum line after all.
 */
static int check_whole(struct reader *r)
{
	bool there;
	int rc = r->whole || r->parts != SES_WITHOUT_SAMPLES ? 0 : check_tail(r, r->image, r->len, &there);

	r->whole = rc == 0;
	return rc;
}

/* INFLATE_MAX: what is small can claim what it likes. */
static bool is_bomb(hid_t set, uint64_t bytes)
{
	return bytes > SMALL_BYTES && bytes / INFLATE_MAX > H5Dget_storage_size(set);
}

/*
 * Reads a whole 1-D dataset into fresh memory after checking everything about it. Says what is
 * wrong. n: its rows; width: bytes a row.
 */
static int read_set(struct reader *r, hid_t group, const char *path, const char *name, enum ses_type want,
	size_t max_width, size_t max_rows, uint8_t **cells, size_t *n, size_t *width)
{
	hid_t set = H5I_INVALID_HID, type = H5I_INVALID_HID, space = H5I_INVALID_HID;
	const char *fault = NULL;
	char what[192];
	haddr_t address;
	hsize_t rows = 0;
	int rc = 0;

	*cells = NULL;
	*n = *width = 0;
	if (!hard_link(group, name, &address)) {
		fault = "is missing";
		goto out;
	}
	if (h5_column_cells(r->image, r->len, address, want, max_width, max_rows, cells, n, width))
		return 0;
	set = H5Oopen_by_addr(group, address);
	type = set >= 0 ? H5Dget_type(set) : H5I_INVALID_HID;
	space = set >= 0 ? H5Dget_space(set) : H5I_INVALID_HID;
	if (type < 0 || space < 0) {
		fault = "is no dataset, or its description is damaged";
		goto out;
	}
	*width = cell_width(type, want, max_width);
	if (*width == 0)
		fault = "has a wrong type";
	else if (H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &rows, NULL) != 1)
		fault = "is not one-dimensional";
	else if (rows > max_rows)
		fault = "has too many rows";
	else
		fault = plan_fault(set);
	if (!fault && is_bomb(set, rows * *width))
		fault = "claims more rows than its bytes can hold";
	if (fault)
		goto out;
	*n = (size_t)rows;
	if (*n && (rc = check_whole(r)))
		goto out;
	*cells = malloc(*n ? *n * *width : 1);
	if (!*cells)
		rc = alg_fail(r->log, MSG_NOMEM, r->name);
	else if (*n && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, *cells) < 0)
		fault = "cannot be read: its bytes are damaged";
out:
	if (fault) {
		snprintf(what, sizeof(what), "%s/%s %s", path, name, fault);
		rc = senseless(r, what);
	}
	if (rc) {
		free(*cells);
		*cells = NULL;
	}
	if (space >= 0)
		H5Sclose(space);
	if (type >= 0)
		H5Tclose(type);
	if (set >= 0)
		H5Oclose(set);
	return rc;
}

static int decode_column(struct reader *r, const struct ses_table *table, const struct ses_column *c,
	const uint8_t *cells, size_t n, size_t width, char *rows)
{
	char what[192];

	for (size_t i = 0; i < n; i++) {
		if (ses_cell_decode(c, cells + i * width, width, rows + i * table->row_size) == 0)
			continue;
		snprintf(what, sizeof(what), "/%s/%s has a value in row %zu that is not allowed", table->name, c->name, i);
		return senseless(r, what);
	}
	return 0;
}

static int read_column(struct reader *r, hid_t group, const struct ses_table *table, const struct ses_column *c,
	bool first, char **rows, size_t *n)
{
	char path[64], what[192];
	uint8_t *cells;
	size_t count, width;
	int rc;

	snprintf(path, sizeof(path), "/%s", table->name);
	rc = read_set(r, group, path, c->name, c->type, ses_column_width(c), table->max_rows, &cells, &count, &width);
	if (rc)
		return rc;
	if (first) {
		*n = count;
		*rows = count ? calloc(count, table->row_size) : NULL;
		if (count && !*rows)
			rc = alg_fail(r->log, MSG_NOMEM, r->name);
	} else if (count != *n) {
		snprintf(what, sizeof(what), "/%s/%s has %zu rows where %s has %zu", table->name, c->name, count,
			table->column[0].name, *n);
		rc = senseless(r, what);
	}
	if (rc == 0)
		rc = decode_column(r, table, c, cells, count, width, *rows);
	free(cells);
	return rc;
}

/* A column that is younger than the file; never the first of its table. */
static void absent_column(const struct ses_column *c, char *rows, size_t n, size_t row_size)
{
	for (size_t i = 0; i < n; i++)
		ses_cell_absent(c, rows + i * row_size);
}

static hid_t open_group(struct reader *r, const char *name)
{
	haddr_t address;
	hid_t group = hard_link(r->file, name, &address) ? H5Oopen_by_addr(r->file, address) : H5I_INVALID_HID;
	char what[96];

	if (group >= 0 && H5Iget_type(group) != H5I_GROUP) {
		H5Oclose(group);
		group = H5I_INVALID_HID;
	}
	if (group < 0) {
		snprintf(what, sizeof(what), "group /%s is missing", name);
		senseless(r, what);
	}
	return group;
}

static int read_table(struct reader *r, const struct ses_table *table)
{
	hid_t group = open_group(r, table->name);
	char *rows = NULL;
	size_t n = 0;
	int rc = group < 0 ? ALG_ERR_FORMAT : 0;

	for (size_t i = 0; rc == 0 && i < table->n_columns; i++) {
		if (table->column[i].since <= r->minor)
			rc = read_column(r, group, table, &table->column[i], i == 0, &rows, &n);
		else
			absent_column(&table->column[i], rows, n, table->row_size);
	}
	/* What is read so far is handed over even on failure, so that one place frees it. */
	ses_table_set_rows(table, r->ses, rows, rows ? n : 0);
	if (group >= 0)
		H5Gclose(group);
	return rc;
}

static char *plain_text(const uint8_t *cells, size_t width)
{
	char *ascii = strndup((const char *)cells, width), *plain = ascii ? ses_long_text_plain(ascii) : NULL;

	free(ascii);
	return plain;
}

static int read_long_texts(struct reader *r)
{
	hid_t group = open_group(r, "texts");
	int rc = group < 0 ? ALG_ERR_FORMAT : 0;

	for (size_t i = 0; rc == 0 && i < SES_LONG_TEXTS; i++) {
		const struct ses_long_text *t = &ses_long_texts[i];
		uint8_t *cells;
		size_t n, width;
		char *text;

		if (t->since > r->minor)
			continue;
		rc = read_set(r, group, "/texts", t->name, SES_ASCII, SES_LONG_TEXT_MAX, 1, &cells, &n, &width);
		if (rc)
			break;
		text = n == 1 ? plain_text(cells, width) : NULL;
		free(cells);
		if (!text)
			rc = senseless(r, "a text in /texts is not one element of escaped ASCII");
		else
			memcpy((char *)&r->ses->header + t->offset, &text, sizeof(text));
	}
	if (group >= 0)
		H5Gclose(group);
	return rc;
}

/* ---- rows against each other ------------------------------------------------------------------------- */

static const char *trial_fault(const struct ses_session *ses, const struct ses_trial *t, enum ses_parts parts)
{
	if ((size_t)t->point >= ses->n_points)
		return "a point that is not in /points";
	if (strlen(t->side) != 1 || !strchr("LRM", t->side[0]))
		return "a side that is not L, R or M";
	if (parts == SES_WITHOUT_SAMPLES)
		return NULL;
	if ((size_t)t->first_sample + (size_t)t->n_samples > ses->n_samples)
		return "samples that are not in /samples";
	for (int32_t k = 0; k < t->n_samples; k++)
		if (ses->samples[t->first_sample + k].trial != t->trial)
			return "samples of another press";
	return NULL;
}

const char *ses_rows_fault(const struct ses_session *ses, enum ses_parts parts)
{
	for (size_t i = 0; i < ses->n_trials; i++) {
		const char *fault = trial_fault(ses, &ses->trials[i], parts);

		if (fault)
			return fault;
	}
	return NULL;
}

static int check_rows(struct reader *r)
{
	const struct ses_session *ses = r->ses;
	char what[128];

	for (size_t i = 0; i < ses->n_trials; i++) {
		const char *fault = trial_fault(ses, &ses->trials[i], r->parts);

		if (fault) {
			snprintf(what, sizeof(what), "press %d has %s", (int)ses->trials[i].trial, fault);
			return senseless(r, what);
		}
	}
	return 0;
}

static int read_all(struct reader *r, bool checksum)
{
	int rc = check_format(r);

	if (rc)
		return rc;
	if (!checksum)
		alg_warn(r->log, MSG_H5_NO_CHECKSUM, r->name);
	rc = read_header(r);
	for (size_t i = 0; rc == 0 && i < SES_TABLES; i++)
		if (r->parts != SES_WITHOUT_SAMPLES || strcmp(ses_tables[i].name, "samples") != 0)
			rc = read_table(r, &ses_tables[i]);
	if (rc == 0)
		rc = read_long_texts(r);
	if (rc == 0)
		rc = check_rows(r);
	/* Without the checksum line the digests are what protects the numbers. */
	if (rc == 0 && !checksum && r->parts == SES_WITH_SAMPLES)
		rc = ses_session_verify(r->ses, r->log);
	if (rc == 0 && r->parts == SES_WITHOUT_SAMPLES)
		rc = ses_session_verify_header(r->ses, r->log);
	return rc;
}

/*
 * A summary is not held up by a digest over all samples: its columns have checksums of their own, and its
 * attributes are compared with header_digest.
 */
int ses_h5_precheck(const uint8_t *image, size_t len, const char *name, enum ses_parts parts, bool *line, struct alg_log *log)
{
	struct reader r = {.name = name, .log = log};
	int rc;

	*line = parts == SES_WITHOUT_SAMPLES;
	if (!is_hdf5(image, len))
		return alg_fail(log, MSG_H5_NOT_HDF5, name);
	rc = check_superblock(&r, image, len);
	return rc || *line ? rc : check_tail(&r, image, len, line);
}

int ses_h5_parse(const uint8_t *image, size_t len, const char *name, enum ses_parts parts, bool line,
	struct ses_session *out, struct alg_log *log)
{
	struct reader r = {.name = name, .image = image, .len = len, .ses = out, .log = log, .file = H5I_INVALID_HID, .parts = parts};
	struct h5_quiet quiet;
	int rc;

	memset(out, 0, sizeof(*out));
	h5_quiet_begin(&quiet);
	r.file = h5_image_open(image, len);
	rc = r.file < 0 ? damaged(&r, "the HDF5 library does not open it") : read_all(&r, line);
	if (r.file >= 0)
		H5Fclose(r.file);
	h5_quiet_end(&quiet);
	if (rc)
		ses_session_clear(out);
	return rc;
}

int ses_h5_read_image(const uint8_t *image, size_t len, const char *name, enum ses_parts parts, struct ses_session *out,
	struct alg_log *log)
{
	bool line;
	int rc;

	memset(out, 0, sizeof(*out));
	rc = ses_h5_precheck(image, len, name, parts, &line, log);
	return rc ? rc : ses_h5_parse(image, len, name, parts, line, out, log);
}
