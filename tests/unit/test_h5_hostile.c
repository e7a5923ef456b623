/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_h5_hostile.c - files made to hurt: each has a right checksum line, so that it gets as far as it
 * can, and is read as the program reads. It must be refused in words, soon, and nothing else opened.
 */
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/clock.h"
#include "base/file.h"
#include "data/digest.h"
#include "data/h5_util.h"
#include "data/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/alg-hostile-XXXXXX", path[64], other[64];

/* ---- how it is spoilt: f is the open session file ------------------------------------------------- */

static void drop(hid_t f, const char *name)
{
	assert_true(H5Ldelete(f, name, H5P_DEFAULT) >= 0);
}

static void set_in(hid_t f, const char *name, hid_t type, int rank, const hsize_t *dims, hid_t plan, const void *data)
{
	hid_t space = H5Screate_simple(rank, dims, NULL), set;

	drop(f, name);
	set = H5Dcreate2(f, name, type, space, H5P_DEFAULT, plan, H5P_DEFAULT);
	assert_true(set >= 0);
	if (data)
		assert_true(H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0);
	H5Dclose(set);
	H5Sclose(space);
}

static void soft_link(hid_t f)
{
	drop(f, "results/ppt_kpa");
	H5Lcreate_soft("/results/ppt_n", f, "results/ppt_kpa", H5P_DEFAULT, H5P_DEFAULT);
}

static void external_link(hid_t f)
{
	drop(f, "samples");
	H5Lcreate_external(other, "/samples", f, "samples", H5P_DEFAULT, H5P_DEFAULT);
}

static void external_storage(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
	const hsize_t rows = 3;

	H5Pset_external(plan, other, 0, 24);
	set_in(f, "results/ppt_kpa", H5T_IEEE_F64LE, 1, &rows, plan, NULL);
	H5Pclose(plan);
}

static void virtual_dataset(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE), space;
	const hsize_t rows = 3;

	space = H5Screate_simple(1, &rows, NULL);
	H5Pset_virtual(plan, space, other, "/results/ppt_kpa", space);
	set_in(f, "results/ppt_kpa", H5T_IEEE_F64LE, 1, &rows, plan, NULL);
	H5Sclose(space);
	H5Pclose(plan);
}

/* Rows without end in a file of some kB, every chunk unwritten. */
static void huge(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
	const hsize_t rows = UINT64_C(1) << 60, chunk = 1 << 20;

	H5Pset_chunk(plan, 1, &chunk);
	set_in(f, "samples/force_n", H5T_IEEE_F64LE, 1, &rows, plan, NULL);
	H5Pclose(plan);
}

/* Eight million rows of zeros, pressed to some kB: as much as the format allows, and no column fits it. */
static void bomb(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
	const hsize_t rows = 1 << 23;
	double *zeros = calloc(rows, sizeof(*zeros));

	H5Pset_chunk(plan, 1, &rows);
	H5Pset_deflate(plan, 9);
	set_in(f, "samples/force_n", H5T_IEEE_F64LE, 1, &rows, plan, zeros);
	H5Pclose(plan);
	free(zeros);
}

static void two_dimensions(hid_t f)
{
	static const double value[3] = {1, 2, 3};
	const hsize_t dims[2] = {3, 1};

	set_in(f, "results/ppt_kpa", H5T_IEEE_F64LE, 2, dims, H5P_DEFAULT, value);
}

static void big_endian(hid_t f)
{
	static const double value[3] = {1, 2, 3};
	const hsize_t rows = 3;

	set_in(f, "results/ppt_kpa", H5T_IEEE_F64BE, 1, &rows, H5P_DEFAULT, value);
}

static void variable_text(hid_t f)
{
	static const char *const value[3] = {"UTRAP_L", "b", "c"};
	const hsize_t rows = 3;
	hid_t type = H5Tcopy(H5T_C_S1);

	H5Tset_size(type, H5T_VARIABLE);
	set_in(f, "results/site_code", type, 1, &rows, H5P_DEFAULT, value);
	H5Tclose(type);
}

static void unknown_filter(hid_t f)
{
	static const int value[3] = {1, 2, 3};
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);
	const hsize_t rows = 3;

	H5Pset_chunk(plan, 1, &rows);
	H5Pset_nbit(plan);
	set_in(f, "results/trial", H5T_STD_I32LE, 1, &rows, plan, value);
	H5Pclose(plan);
}

static void group_for_a_column(hid_t f)
{
	drop(f, "results/ppt_kpa");
	H5Gclose(H5Gcreate2(f, "results/ppt_kpa", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

static void column_for_a_group(hid_t f)
{
	static const int value[1] = {1};
	const hsize_t rows = 1;

	set_in(f, "events", H5T_STD_I32LE, 1, &rows, H5P_DEFAULT, value);
}

static void group_of_itself(hid_t f)
{
	drop(f, "results");
	H5Lcreate_hard(f, "/", f, "results", H5P_DEFAULT, H5P_DEFAULT);
}

static void long_attribute(hid_t f)
{
	char *text = malloc(60000);
	hid_t type = h5_text_type(), attr;
	const char *value = text;

	memset(text, 'P', 59999);
	text[59999] = '\0';
	attr = H5Aopen(f, "participant", H5P_DEFAULT);
	assert_true(H5Awrite(attr, type, &value) >= 0);
	H5Aclose(attr);
	H5Tclose(type);
	free(text);
}

/* ---- harmless: read, and ignored --------------------------------------------------------------------- */

static void deep_nesting(hid_t f)
{
	hid_t at = H5Gcreate2(f, "deep", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);

	for (int i = 0; i < 3000; i++) {
		hid_t next = H5Gcreate2(at, "d", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);

		H5Gclose(at);
		at = next;
	}
	H5Gclose(at);
}

static void many_attributes(hid_t f)
{
	hid_t space = H5Screate(H5S_SCALAR);
	char name[16];

	for (int i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "x%d", i);
		H5Aclose(H5Acreate2(f, name, H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT));
	}
	H5Sclose(space);
}

static void unknown_links(hid_t f)
{
	H5Lcreate_external("/etc/passwd", "/", f, "elsewhere", H5P_DEFAULT, H5P_DEFAULT);
	H5Lcreate_soft("/nowhere", f, "results/dangling", H5P_DEFAULT, H5P_DEFAULT);
}

static const struct {
	const char *what;
	void (*spoil)(hid_t f);
	int id;            /* 0: harmless, the session is read as it was */
	const char *says;
} table[] = {
	{"soft link", soft_link, 405, "/results/ppt_kpa is missing"},
	{"external link", external_link, 405, "/samples is missing"},
	{"external storage", external_storage, 405, "stored in another file"},
	{"virtual dataset", virtual_dataset, 405, "virtual"},
	{"huge extent", huge, 405, "too many rows"},
	{"deflate bomb", bomb, 405, "rows where trial has"},
	{"two dimensions", two_dimensions, 405, "not one-dimensional"},
	{"big endian", big_endian, 405, "wrong type"},
	{"variable text", variable_text, 405, "wrong type"},
	{"unknown filter", unknown_filter, 405, "filters"},
	{"group for a column", group_for_a_column, 405, "no dataset"},
	{"column for a group", column_for_a_group, 405, "group /events is missing"},
	{"group of itself", group_of_itself, 405, "is missing"},
	{"long attribute", long_attribute, 405, "participant"},
	{"deep nesting", deep_nesting, 0, ""},
	{"many attributes", many_attributes, 0, ""},
	{"unknown links", unknown_links, 0, ""},
};

/* ---- reading it --------------------------------------------------------------------------------------- */

static void write_plain(const struct ses_session *ses)
{
	uint8_t *image;
	size_t len;

	assert_int_equal(ses_h5_image(ses, &image, &len, NULL), 0);
	assert_int_equal(alg_file_replace(path, image, len - SES_TAIL_BYTES, 0600, NULL), 0);
	free(image);
}

/* A checksum has no key: a hostile file brings a right one along. */
static void seal_it(void)
{
	char *bytes, hex[SES_DIGEST_HEX];
	size_t len;
	FILE *file;

	assert_int_equal(alg_file_read(path, H5_FILE_MAX, &bytes, &len, NULL), 0);
	ses_digest_of(bytes, len, hex);
	file = fopen(path, "ab");
	fprintf(file, "%s%s\n", SES_TAIL_MARK, hex);
	fclose(file);
	free(bytes);
}

static void every_trick_is_refused_in_words(void **state)
{
	struct ses_session ses, back;

	(void)state;
	help_session_fill(&ses, 3, 50);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		int64_t from_ns = alg_clock_now_ns(alg_clock_system());
		struct help_log log;
		hid_t f;
		int rc;

		write_plain(&ses);
		f = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
		assert_true(f >= 0);
		table[i].spoil(f);
		assert_true(H5Fclose(f) >= 0);
		seal_it();
		help_log_start(&log);
		rc = ses_h5_read(path, &back, &log.log);
		if (log.id != table[i].id || !strstr(log.text, table[i].says))
			fail_msg("%s: %d %s", table[i].what, log.id, log.text);
		assert_int_equal(rc, table[i].id ? ALG_ERR_FORMAT : 0);
		if (rc == 0)
			assert_string_equal(help_session_differs(&ses, &back), "");
		ses_session_clear(&back);
		if (alg_clock_now_ns(alg_clock_system()) - from_ns > 10 * ALG_NS_PER_S)
			fail_msg("%s: took more than 10 s", table[i].what);
	}
	ses_session_clear(&ses);
}

/* Bits flipped under a right checksum: libhdf5 may crash or hang on them, this process never does. */
static void damage_never_reaches_this_process(void **state)
{
	struct ses_session ses, back;
	size_t len, crashed = 0, refused = 0, same = 0;
	uint8_t *image;

	(void)state;
	help_session_fill(&ses, 3, 50);
	assert_int_equal(ses_h5_image(&ses, &image, &len, NULL), 0);
	len -= SES_TAIL_BYTES;
	for (size_t at = 48; at < len; at += at < 6000 ? 13 : len / 150) { /* most metadata stand in front */
		struct help_log log;

		image[at] ^= (uint8_t)(1 << at % 8);
		assert_int_equal(alg_file_replace(path, image, len, 0600, NULL), 0);
		seal_it();
		image[at] ^= (uint8_t)(1 << at % 8);
		help_log_start(&log);
		if (ses_h5_read(path, &back, &log.log) == 0)
			same++;
		else
			refused++;
		crashed += strstr(log.text, "the HDF5 library crashes") || strstr(log.text, "does not come to an end");
		ses_session_clear(&back);
	}
	print_message("%zu flips: %zu refused, %zu of them by a crash or hang of libhdf5; %zu read\n", refused + same, refused, crashed, same);
	assert_true(refused > 100);
	free(image);
	ses_session_clear(&ses);
}

/* The answers of a child that was taken over are not believed either. */
static void a_lying_child_is_not_believed(void **state)
{
	struct ses_session ses, back;
	struct ses_bytes bytes = {0};
	struct help_log log;

	(void)state;
	help_session_fill(&ses, 2, 5);
	ses_bytes_add_u32(&bytes, 0);
	ses_bytes_add_u32(&bytes, 0);
	ses_bytes_add_u32(&bytes, 0);
	ses_bytes_add_u32(&bytes, (uint32_t)ses.header.minor);
	ses_pack_session(&bytes, &ses);
	assert_int_equal(ses_h5_take_answer(bytes.data, bytes.len, "x", SES_WITH_SAMPLES, &back, NULL), 0);
	assert_string_equal(help_session_differs(&ses, &back), "");
	ses_session_clear(&back);
	for (size_t cut = 0; cut < bytes.len; cut += 7) {
		help_log_start(&log);
		assert_int_equal(ses_h5_take_answer(bytes.data, cut, "x", SES_WITH_SAMPLES, &back, &log.log), ALG_ERR_FORMAT);
		assert_int_equal(log.id, 403);
	}
	ses.trials[1].first_sample = 6; /* behind its samples */
	bytes.len = 16;
	ses_pack_session(&bytes, &ses);
	assert_int_equal(ses_h5_take_answer(bytes.data, bytes.len, "x", SES_WITH_SAMPLES, &back, NULL), ALG_ERR_FORMAT);
	ses_bytes_free(&bytes);
	ses_session_clear(&ses);
}

static void a_summary_is_everything_but_samples(void **state)
{
	struct ses_session ses, back;

	(void)state;
	help_session_fill(&ses, 3, 50);
	assert_int_equal(ses_h5_publish(&ses, path, NULL), 0);
	assert_int_equal(ses_h5_read_summary(path, &back, NULL), 0);
	assert_int_equal(back.n_samples, 0);
	ses.n_samples = 0;
	assert_string_equal(help_session_differs(&ses, &back), "");
	ses_session_clear(&back);
	ses.n_samples = 150;
	ses_session_clear(&ses);
}

/* What is no file of bytes is refused before it is read: a pipe would hang, a device has no end. */
static void things_that_are_no_files(void **state)
{
	static const char *const names[] = {"/dev/zero", "/dev/null", "/"};
	struct ses_session back;
	struct help_log log;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		help_log_start(&log);
		assert_int_equal(ses_h5_read(names[i], &back, &log.log), ALG_ERR_IO);
		assert_int_equal(log.id, 105);
	}
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	help_log_start(&log);
	assert_int_equal(ses_h5_read(path, &back, &log.log), ALG_ERR_IO);
	assert_int_equal(log.id, 105);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_trick_is_refused_in_words),
		cmocka_unit_test(damage_never_reaches_this_process),
		cmocka_unit_test(a_lying_child_is_not_believed),
		cmocka_unit_test(a_summary_is_everything_but_samples),
		cmocka_unit_test(things_that_are_no_files),
	};

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/s.h5", dir);
	snprintf(other, sizeof(other), "%s/other.h5", dir);
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	unlink(path);
	return rmdir(dir) || failed;
}
