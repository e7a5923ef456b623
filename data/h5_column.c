/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5_column.c - a column in the one form that h5_write.c gives it, out of the image's bytes. libhdf5 needs three
 * quarters of the time of a summary to make and drop its descriptions of 76 columns; this needs none of it. What is in any
 * other form, or does not agree with a checksum, is left to libhdf5, which reads it or says what is wrong with it.
 *
 * The bytes: HDF5 File Format Specification 3.0, sections III.A.1 (chunk index, B-tree of version 1), IV.A.1.b (object
 * header of version 2) and IV.A.2 (messages). It runs where libhdf5 does, in the reading child.
 */
#include "data/h5_util.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { DATASPACE = 1, DATATYPE = 3, EXTERNAL = 7, LAYOUT = 8, FILTERS = 11, CONTINUED = 16 };
enum { SHARED = 2, PARTS_MAX = 4, CHUNK_ROWS_MAX = 16384 };

struct image { const uint8_t *bytes; size_t len; };
struct message { const uint8_t *at; size_t len; };

/* What a dataset's header says; of each kind of message the only one. */
struct described { struct message space, type, layout, filters; bool odd; };

static uint64_t le64(const uint8_t *at)
{
	return alg_le32(at) | (uint64_t)alg_le32(at + 4) << 32;
}

/* n bytes at an address, or NULL. */
static const uint8_t *span(const struct image *image, uint64_t address, uint64_t n)
{
	return address <= image->len && n <= image->len - address ? image->bytes + address : NULL;
}

/* ---- object header ---------------------------------------------------------------------------------------- */

static void take_message(struct described *d, int kind, int flags, struct message m)
{
	struct message *to = kind == DATASPACE ? &d->space : kind == DATATYPE ? &d->type : kind == LAYOUT ? &d->layout :
		kind == FILTERS ? &d->filters : NULL;

	d->odd |= kind == EXTERNAL || (to && (to->at || flags & SHARED));
	if (to)
		*to = m;
}

/* The messages from at to end; where they go on comes into *next (at NULL: nowhere). */
static void take_messages(struct described *d, const uint8_t *at, const uint8_t *end, size_t front, struct message *next)
{
	while ((size_t)(end - at) >= front) {
		struct message m = {at + front, (size_t)at[1] | (size_t)at[2] << 8};

		if (m.len > (size_t)(end - m.at)) {
			d->odd = true;
			return;
		}
		if (at[0] == CONTINUED)
			*next = m;
		else
			take_message(d, at[0], at[3], m);
		at = m.at + m.len;
	}
}

/* A part of a header, its checksum at its end. */
static bool is_sound(const uint8_t *part, size_t len)
{
	return len >= 8 && h5_lookup3(part, len - 4) == alg_le32(part + len - 4);
}

static bool continue_header(const struct image *image, struct described *d, size_t front, struct message next)
{
	for (int parts = 1; next.at; parts++) {
		uint64_t len = next.len >= 16 ? le64(next.at + 8) : 0;
		const uint8_t *part = next.len >= 16 ? span(image, le64(next.at), len) : NULL;

		if (!part || parts > PARTS_MAX || !is_sound(part, len) || memcmp(part, "OCHK", 4) != 0)
			return false;
		next.at = NULL;
		take_messages(d, part + 4, part + len - 4, front, &next);
	}
	return true;
}

static bool read_header(const struct image *image, uint64_t address, struct described *d)
{
	const uint8_t *header = span(image, address, 6);
	struct message next = {NULL, 0};
	size_t first, width, front, len = 0;

	if (!header || memcmp(header, "OHDR\2", 5) != 0)
		return false;
	first = 6 + (header[5] & 0x20 ? 16 : 0) + (header[5] & 0x10 ? 4 : 0);
	width = (size_t)1 << (header[5] & 3);
	front = header[5] & 4 ? 6 : 4;
	if (width > 4 || !span(image, address, first + width))
		return false;
	for (size_t i = 0; i < width; i++)
		len |= (size_t)header[first + i] << 8 * i;
	first += width;
	if (!span(image, address, first + len + 4) || !is_sound(header, first + len + 4))
		return false;
	take_messages(d, header + first, header + first + len, front, &next);
	return continue_header(image, d, front, next) && !d->odd && d->space.at && d->type.at && d->layout.at;
}

/* ---- messages --------------------------------------------------------------------------------------------- */

/* One dimension; false when it is anything else. */
static bool rows_of(struct message m, uint64_t *rows)
{
	if (m.len < 12 || m.at[0] != 2 || m.at[1] != 1 || m.at[3] != 1)
		return false;
	*rows = le64(m.at + 4);
	return true;
}

/* Bytes a cell; 0 when it is not the type. */
static size_t width_of(struct message m, enum ses_type want, size_t max)
{
	static const uint8_t f64[] = {0x20, 0x3F, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xFF, 3, 0, 0};
	static const uint8_t i32[] = {8, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0};
	static const uint8_t ascii[] = {0, 0, 0};
	bool number = want == SES_I32 || want == SES_BOOL;
	const uint8_t *like = want == SES_F64 ? f64 : number ? i32 : ascii;
	size_t n = want == SES_F64 ? sizeof(f64) : number ? sizeof(i32) : sizeof(ascii), width;
	int class = want == SES_F64 ? 1 : number ? 0 : 3;

	if (m.len < 1 + n || m.len < 8 || (m.at[0] & 15) != class || memcmp(m.at + 1, like, n) != 0)
		return 0;
	width = alg_le32(m.at + 4);
	return width <= max ? width : 0;
}

/* Shuffle by cells, deflate, Fletcher-32, in this order. */
static bool known_filters(struct message m, size_t width)
{
	static const int ids[] = {2, 1, 3};
	const uint8_t *at = m.at + 2, *end = m.at + m.len;

	if (!m.at || m.len < 2 || m.at[0] != 2 || m.at[1] != 3)
		return false;
	for (int i = 0; i < 3; i++) {
		if (end - at < 6 || (at[0] | at[1] << 8) != ids[i] || at[5] != 0 || end - at < 6 + 4 * at[4])
			return false;
		if (i == 0 && (at[4] != 1 || alg_le32(at + 6) != width))
			return false;
		at += 6 + 4 * at[4];
	}
	return true;
}

/* Address of the chunk index; false when the chunks are not those that are written. */
static bool chunks_of(struct message m, uint64_t rows, size_t width, uint64_t *index, size_t *chunk_rows)
{
	*chunk_rows = rows < CHUNK_ROWS_MAX ? (size_t)rows : CHUNK_ROWS_MAX;
	if (m.len < 19 || m.at[0] != 3 || m.at[1] != 2 || m.at[2] != 2)
		return false;
	*index = le64(m.at + 3);
	return alg_le32(m.at + 11) == *chunk_rows && alg_le32(m.at + 15) == width;
}

/* ---- chunks ------------------------------------------------------------------------------------------------ */

/* Fletcher's sums over 16-bit words, high byte first, as libhdf5 makes them (H5checksum.c). */
static uint32_t fletcher32(const uint8_t *data, size_t len)
{
	uint32_t a = 0, b = 0;

	for (size_t i = 0; i < len;) {
		size_t end = len - i > 720 ? i + 720 : len; /* no sum overflows before */

		for (; i < end; i += 2) {
			a += (uint32_t)data[i] << 8 | (i + 1 < len ? data[i + 1] : 0);
			b += a;
		}
		a = (a & 0xFFFF) + (a >> 16);
		b = (b & 0xFFFF) + (b >> 16);
	}
	a = (a & 0xFFFF) + (a >> 16);
	b = (b & 0xFFFF) + (b >> 16);
	return b << 16 | a;
}

/* Rows of a chunk into out; raw has the room of a whole chunk. */
static bool decode_chunk(const uint8_t *chunk, size_t len, size_t width, size_t chunk_rows, size_t rows, uint8_t *raw, uint8_t *out)
{
	uLongf got = (uLongf)(chunk_rows * width);

	if (len < 4 || fletcher32(chunk, len - 4) != alg_le32(chunk + len - 4))
		return false;
	if (uncompress(raw, &got, chunk, (uLong)(len - 4)) != Z_OK || got != chunk_rows * width)
		return false;
	for (size_t b = 0; b < width; b++)
		for (size_t i = 0; i < rows; i++)
			out[i * width + b] = raw[b * chunk_rows + i];
	return true;
}

/* A leaf of the chunk index: chunks one behind the other, none left out. */
static bool decode_chunks(const struct image *image, uint64_t index, size_t n, size_t width, size_t chunk_rows, uint8_t *raw, uint8_t *out)
{
	const size_t front = 24, key = 24, child = 8;
	const uint8_t *node = span(image, index, front);
	size_t done = 0, used = node ? (size_t)node[6] | (size_t)node[7] << 8 : 0;

	if (!node || memcmp(node, "TREE\1\0", 6) != 0 || !span(image, index, front + used * (key + child)))
		return false;
	for (size_t i = 0; i < used && done < n; i++) {
		const uint8_t *at = node + front + i * (key + child);
		size_t len = alg_le32(at), rows = n - done < chunk_rows ? n - done : chunk_rows;
		const uint8_t *chunk = span(image, le64(at + key), len);

		if (!chunk || alg_le32(at + 4) != 0 || le64(at + 8) != done || le64(at + 16) != 0 ||
			!decode_chunk(chunk, len, width, chunk_rows, rows, raw, out + done * width))
			return false;
		done += rows;
	}
	return done == n;
}

/* ---- all of it --------------------------------------------------------------------------------------------- */

/* Superblock 2 or 3, addresses and lengths of 8 bytes that count from the front. */
static bool plain_addresses(const struct image *image)
{
	return image->len > 48 && (image->bytes[8] == 2 || image->bytes[8] == 3) && image->bytes[9] == 8 && image->bytes[10] == 8 &&
		le64(image->bytes + 12) == 0;
}

bool h5_column_cells(const uint8_t *bytes, size_t len, uint64_t address, enum ses_type want, size_t max_width, size_t max_rows,
	uint8_t **cells, size_t *n, size_t *width)
{
	struct image image = {bytes, len};
	struct described d = {.odd = false};
	uint64_t rows, index;
	size_t chunk_rows;
	uint8_t *raw;
	bool good;

	if (!plain_addresses(&image) || !read_header(&image, address, &d) || !rows_of(d.space, &rows) || rows == 0 || rows > max_rows)
		return false;
	*width = width_of(d.type, want, max_width);
	if (*width == 0 || !known_filters(d.filters, *width) || !chunks_of(d.layout, rows, *width, &index, &chunk_rows))
		return false;
	*n = (size_t)rows;
	raw = malloc(chunk_rows * *width);
	*cells = malloc(*n * *width);
	good = raw && *cells && decode_chunks(&image, index, *n, *width, chunk_rows, raw, *cells);
	free(raw);
	if (!good) {
		free(*cells);
		*cells = NULL;
	}
	return good;
}
