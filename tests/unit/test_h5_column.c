/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_h5_column.c - a column read from the bytes is the one that libhdf5 reads, every column that is written is read so,
 * and damaged bytes give these cells or none.
 */
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "data/h5_util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cells { uint8_t *data; size_t n, width; };

static bool straight(const uint8_t *image, size_t len, haddr_t address, const struct ses_table *t, const struct ses_column *c, struct cells *out)
{
	return h5_column_cells(image, len, address, c->type, ses_column_width(c), t->max_rows, &out->data, &out->n, &out->width);
}

static haddr_t address_of(hid_t file, const struct ses_table *t, const struct ses_column *c)
{
	char path[96];
	H5L_info_t info;

	snprintf(path, sizeof(path), "%s/%s", t->name, c->name);
	return H5Lget_info(file, path, &info, H5P_DEFAULT) < 0 ? HADDR_UNDEF : info.u.address;
}

static struct cells by_library(hid_t file, haddr_t address)
{
	hid_t set = H5Oopen_by_addr(file, address), type = H5Dget_type(set), space = H5Dget_space(set);
	struct cells out = {.n = (size_t)H5Sget_simple_extent_npoints(space), .width = H5Tget_size(type)};

	out.data = malloc(out.n ? out.n * out.width : 1);
	assert_non_null(out.data);
	assert_true(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data) >= 0);
	H5Sclose(space);
	H5Tclose(type);
	H5Dclose(set);
	return out;
}

/* Columns with rows that were read straight; all that a file has, at least `least` of them. */
static void compare_all(const uint8_t *image, size_t len, size_t least)
{
	hid_t file = h5_image_open(image, len);
	size_t n = 0;

	assert_true(file >= 0);
	for (size_t i = 0; i < SES_TABLES; i++) {
		for (size_t k = 0; k < ses_tables[i].n_columns; k++) {
			const struct ses_column *c = &ses_tables[i].column[k];
			haddr_t address = address_of(file, &ses_tables[i], c);
			struct cells a, b = {NULL, 0, 0};

			if (address == HADDR_UNDEF)
				continue; /* younger than the file */
			a = by_library(file, address);
			if (straight(image, len, address, &ses_tables[i], c, &b) != (a.n > 0))
				fail_msg("%s/%s, %zu rows: not read straight", ses_tables[i].name, c->name, a.n);
			if (a.n) {
				assert_int_equal(a.n, b.n);
				assert_int_equal(a.width, b.width);
				assert_memory_equal(a.data, b.data, a.n * a.width);
				n++;
			}
			free(a.data);
			free(b.data);
		}
	}
	assert_true(n >= least);
	H5Fclose(file);
}

static void every_column_is_the_library_s(void **state)
{
	static const struct { size_t trials, each, least; } size[] = {{0, 0, 20}, {1, 1, 60}, {3, 50, 60}, {2, 8192, 60}, {5, 6000, 60}, {7, 9000, 60}};

	(void)state;
	for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		struct ses_session ses;
		uint8_t *image;
		size_t len;

		help_session_fill(&ses, size[i].trials, size[i].each);
		assert_int_equal(ses_h5_image(&ses, &image, &len, NULL), 0);
		compare_all(image, len, size[i].least);
		free(image);
		ses_session_clear(&ses);
	}
}

static void flipped_bytes_give_these_cells_or_none(void **state)
{
	const struct ses_table *t = ses_table_find("results");
	const struct ses_column *columns[] = {ses_column_find(t, "ppt_kpa"), ses_column_find(t, "trial"), ses_column_find(t, "site_code")};
	struct ses_session ses;
	size_t len, refused = 0;
	uint8_t *image;
	hid_t file;

	(void)state;
	help_session_fill(&ses, 3, 5);
	assert_int_equal(ses_h5_image(&ses, &image, &len, NULL), 0);
	for (size_t k = 0; k < 3; k++) {
		haddr_t address;
		struct cells was, is;

		file = h5_image_open(image, len);
		address = address_of(file, t, columns[k]);
		H5Fclose(file);
		assert_true(straight(image, len, address, t, columns[k], &was));
		for (size_t bit = 0; bit < 8 * len; bit += bit / 8 > address && bit / 8 < address + 600 ? 1 : 5) {
			image[bit / 8] ^= (uint8_t)(1 << bit % 8);
			if (straight(image, len, address, t, columns[k], &is)) {
				assert_true(is.n == was.n && is.width == was.width);
				assert_memory_equal(is.data, was.data, was.n * was.width);
				free(is.data);
			} else {
				refused++;
			}
			image[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		free(was.data);
	}
	print_message("%zu flips refused\n", refused);
	assert_true(refused > 1000);
	free(image);
	ses_session_clear(&ses);
}

/* Cut anywhere, or asked at any address: no byte outside is touched (the sanitizers see to that). */
static void any_address_and_any_end(void **state)
{
	const struct ses_table *t = ses_table_find("results");
	const struct ses_column *c = ses_column_find(t, "ppt_kpa");
	struct ses_session ses;
	size_t len;
	uint8_t *image;
	hid_t file;
	haddr_t address;
	struct cells out;

	(void)state;
	help_session_fill(&ses, 3, 5);
	assert_int_equal(ses_h5_image(&ses, &image, &len, NULL), 0);
	file = h5_image_open(image, len);
	address = address_of(file, t, c);
	H5Fclose(file);
	for (size_t at = 0; at < len + 10; at++) {
		uint8_t *part = malloc(at < len ? at + 1 : 1);

		assert_non_null(part);
		if (at != address && at < len && straight(image, len, at, t, c, &out))
			free(out.data); /* another column of its type */
		memcpy(part, image, at < len ? at + 1 : 0);
		if (at < len && straight(part, at, address, t, c, &out))
			free(out.data); /* what it needs is all there */
		free(part);
	}
	assert_false(straight(image, len, UINT64_MAX, t, c, &out));
	assert_false(straight(image, len, UINT64_MAX - 5, t, c, &out));
	free(image);
	ses_session_clear(&ses);
}

static void same_rows(const struct ses_session *a, const struct ses_session *b)
{
	const char *where = help_session_differs(a, b);

	if (*where)
		print_error("%s\n", where);
	assert_string_equal(where, "");
}

/* A bit of a chunk index switches a filter off, its own checksum among them: the summary is refused, not other numbers read. */
static void a_switched_off_checksum_is_seen(void **state)
{
	struct ses_session ses, whole, got;
	struct help_log log;
	uint8_t *image;
	size_t len, nodes = 0;

	(void)state;
	help_session_fill(&ses, 3, 5);
	help_log_start(&log);
	assert_int_equal(ses_h5_image(&ses, &image, &len, &log.log), 0);
	assert_int_equal(ses_h5_read_image(image, len, "whole", SES_WITHOUT_SAMPLES, &whole, &log.log), 0);
	for (size_t at = 0; at + 32 < len; at++) {
		if (memcmp(image + at, "TREE\1", 5) != 0)
			continue;
		image[at + 28] ^= 7; /* filter mask of the first chunk */
		int rc = ses_h5_read_image(image, len, "flipped", SES_WITHOUT_SAMPLES, &got, &log.log);

		if (rc == 0) { /* of a column of the samples, which a summary passes over */
			same_rows(&whole, &got);
			ses_session_clear(&got);
		} else {
			nodes++;
		}
		image[at + 28] ^= 7;
	}
	assert_true(nodes >= 60); /* one a column of the tables that a summary reads */
	free(image);
	ses_session_clear(&whole);
	ses_session_clear(&ses);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_is_the_library_s),
		cmocka_unit_test(flipped_bytes_give_these_cells_or_none),
		cmocka_unit_test(any_address_and_any_end),
		cmocka_unit_test(a_switched_off_checksum_is_seen),
	};

	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
