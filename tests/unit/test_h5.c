/* SPDX-License-Identifier: GPL-3.0-or-later */
/* h5: what is written is read back, the same bytes each time, and no broken file passes for a whole one. */
#include "data/chain.h"
#include "data/h5_util.h"

#include "base/bytes.h"
#include "data/digest.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void metadata_checksum_is_lookup3(void **state)
{
	(void)state;
	/* From the self-test in lookup3.c (Bob Jenkins): hashlittle of these with start value 0. */
	assert_int_equal(h5_lookup3((const uint8_t *)"", 0), 0xDEADBEEF);
	assert_int_equal(h5_lookup3((const uint8_t *)"Four score and seven years ago", 30), 0x17770551);
}

static void build(const struct ses_session *ses, uint8_t **image, size_t *len)
{
	struct help_log log;

	help_log_start(&log);
	if (ses_h5_image(ses, image, len, &log.log))
		fail_msg("%s", log.text);
}

static void write_then_read_is_identity(void **state)
{
	static const struct { const char *legend; size_t trials, samples; } row[] = {
		{"no press at all", 0, 0}, {"one press without samples", 1, 0}, {"one press", 1, 7},
		{"a session", 12, 300}, {"more than one chunk", 3, 12000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses, back;
		struct help_log log;
		uint8_t *image;
		size_t len;

		help_log_start(&log);
		help_session_fill(&ses, row[i].trials, row[i].samples);
		build(&ses, &image, &len);
		if (ses_h5_read_image(image, len, "test", SES_WITH_SAMPLES, &back, &log.log))
			fail_msg("%s: %s", row[i].legend, log.text);
		if (*help_session_differs(&ses, &back))
			fail_msg("%s: %s differs", row[i].legend, help_session_differs(&ses, &back));
		assert_int_equal(log.id, 0);
		ses_session_clear(&ses);
		ses_session_clear(&back);
		free(image);
	}
}

/* Two files of one second would agree by chance: no object may hold a time at all. */
static herr_t no_time(hid_t object, const char *name, const H5O_info_t *info, void *ctx)
{
	(void)object;
	(void)ctx;
	if (info->ctime || info->mtime || info->atime || info->btime)
		fail_msg("%s has a time", name);
	return 0;
}

static void same_session_same_bytes(void **state)
{
	hid_t file;

	struct ses_session a, b;
	uint8_t *one, *two;
	size_t len_one, len_two;

	(void)state;
	help_session_fill(&a, 5, 100);
	help_session_fill(&b, 5, 100);
	build(&a, &one, &len_one);
	nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 100000000}, NULL); /* no time of day is in it */
	build(&b, &two, &len_two);
	assert_int_equal(len_one, len_two);
	assert_memory_equal(one, two, len_one);
	file = h5_image_open(one, len_one);
	assert_true(H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_NATIVE, no_time, NULL, H5O_INFO_TIME) >= 0);
	H5Fclose(file);
	free(one);
	free(two);
	ses_session_clear(&a);
	ses_session_clear(&b);
}

/* ---- what is not a whole session file of ours ----------------------------------------------------- */

/* Reads and says which message came; out is cleared. */
static int message_of(const uint8_t *image, size_t len, char *text, size_t cap)
{
	struct ses_session back;
	struct help_log log;
	int rc;

	help_log_start(&log);
	rc = ses_h5_read_image(image, len, "x.h5", SES_WITH_SAMPLES, &back, &log.log);
	if (text)
		snprintf(text, cap, "%s", log.text);
	assert_int_equal(rc == 0, log.id == 0 || log.id == 407);
	if (rc) {
		assert_int_equal(atomic_load(&log.log.exit_code), 4);
		assert_null(back.trials);
		assert_null(back.samples);
		assert_null(back.header.procedure_text);
	}
	ses_session_clear(&back);
	return log.id;
}

/* The image opened for writing in memory. */
static hid_t open_to_edit(const uint8_t *image, size_t len)
{
	hid_t access = H5Pcreate(H5P_FILE_ACCESS), file;

	H5Pset_fapl_core(access, 1 << 16, 0); /* any version of the format: virtual datasets need a newer one */
	H5Pset_file_image(access, (void *)(uintptr_t)image, len);
	file = H5Fopen("/dev/null/edit", H5F_ACC_RDWR, access);
	H5Pclose(access);
	assert_true(file >= 0);
	return file;
}

/* Closes it and takes its bytes; the superblock's checksum is made right again. */
static uint8_t *take(hid_t file, size_t *len)
{
	uint8_t *image;

	H5Fflush(file, H5F_SCOPE_LOCAL);
	*len = (size_t)H5Fget_file_image(file, NULL, 0);
	image = malloc(*len);
	H5Fget_file_image(file, image, *len);
	H5Fclose(file);
	if (image[8] >= 2)
		alg_put_le32(image + 44, h5_lookup3(image, 44));
	return image;
}

static void other_files_are_refused_by_name(void **state)
{
	static const struct { const char *legend, *bytes; size_t len; int id; } row[] = {
		{"empty", "", 0, 401}, {"a text", "P012 was here", 13, 401}, {"cut signature", "\x89HDF\r\n\x1a", 7, 401},
		{"cut superblock", "\x89HDF\r\n\x1a\n\x02\x08\x08\x00", 12, 403}, {"signature only", "\x89HDF\r\n\x1a\n", 8, 403},
	};
	hid_t access = h5_memory_access(), file;
	uint8_t *image, *padded;
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		uint8_t *exact = malloc(row[i].len ? row[i].len : 1);

		memcpy(exact, row[i].bytes, row[i].len);
		if (message_of(exact, row[i].len, NULL, 0) != row[i].id)
			fail_msg("%s", row[i].legend);
		free(exact);
	}
	file = H5Fcreate("/dev/null/other", H5F_ACC_TRUNC, H5P_DEFAULT, access);
	image = take(file, &len);
	assert_int_equal(message_of(image, len, NULL, 0), 402);
	/* Behind a user block, as MATLAB writes. */
	padded = calloc(1, len + 512);
	memcpy(padded + 512, image, len);
	assert_in_range(message_of(padded, len + 512, NULL, 0), 402, 403);
	free(padded);
	free(image);
	H5Pclose(access);
}

static void set_i32(hid_t object, const char *name, int32_t value)
{
	hid_t attr = H5Aopen(object, name, H5P_DEFAULT);

	H5Awrite(attr, H5T_NATIVE_INT32, &value);
	H5Aclose(attr);
}

static void newer_is_refused_by_its_number(void **state)
{
	static const struct { int32_t major, minor; int id; const char *says; } row[] = {
		{1, 1, 407, ""}, {1, 2, 404, "format 1.2"}, {3, 0, 404, "format 3.0"}, {0, 1, 412, "format 0.1"},
		{-1, 0, 405, "no version"},
	};
	struct ses_session ses;
	uint8_t *image, *edited;
	size_t len, edited_len;
	char text[ALG_LOG_TEXT_MAX];

	(void)state;
	help_session_fill(&ses, 2, 20);
	build(&ses, &image, &len);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		hid_t file = open_to_edit(image, len);

		set_i32(file, "format_major", row[i].major);
		set_i32(file, "format_minor", row[i].minor);
		edited = take(file, &edited_len);
		assert_int_equal(message_of(edited, edited_len, text, sizeof(text)), row[i].id);
		assert_non_null(strstr(text, row[i].says));
		free(edited);
	}
	free(image);
	ses_session_clear(&ses);
}

/* ---- a file of ours, changed by somebody -------------------------------------------------------------- */

/* A dataset in place of an old one. */
static void put(hid_t file, const char *path, hid_t type, int rank, const hsize_t *dims, hid_t plan, const void *data)
{
	hid_t space = H5Screate_simple(rank, dims, NULL), set;

	H5Ldelete(file, path, H5P_DEFAULT);
	set = H5Dcreate2(file, path, type, space, H5P_DEFAULT, plan, H5P_DEFAULT);
	assert_true(set >= 0);
	if (data)
		H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
	H5Dclose(set);
	H5Sclose(space);
}

static const hsize_t two[2] = {2, 1}, three[1] = {3};
static const double numbers[4] = {1, 2, 3, 4};

static void lose_column(hid_t f) { H5Ldelete(f, "/results/ppt_kpa", H5P_DEFAULT); }
static void lose_group(hid_t f) { H5Ldelete(f, "/events", H5P_DEFAULT); }
static void lose_text(hid_t f) { H5Ldelete(f, "/texts/procedure", H5P_DEFAULT); }
static void lose_attribute(hid_t f) { H5Adelete(f, "participant"); }
static void as_float32(hid_t f) { put(f, "/results/ppt_kpa", H5T_IEEE_F32LE, 1, two, H5P_DEFAULT, numbers); }
static void as_integer(hid_t f) { put(f, "/results/ppt_kpa", H5T_STD_I64LE, 1, two, H5P_DEFAULT, numbers); }
static void as_big_endian(hid_t f) { put(f, "/results/ppt_kpa", H5T_IEEE_F64BE, 1, two, H5P_DEFAULT, numbers); }
static void as_square(hid_t f) { put(f, "/results/ppt_kpa", H5T_IEEE_F64LE, 2, two, H5P_DEFAULT, numbers); }
static void one_row_more(hid_t f) { put(f, "/results/ppt_kpa", H5T_IEEE_F64LE, 1, three, H5P_DEFAULT, numbers); }

static void as_group(hid_t f)
{
	H5Ldelete(f, "/results/ppt_kpa", H5P_DEFAULT);
	H5Gclose(H5Gcreate2(f, "/results/ppt_kpa", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

static void as_free_text(hid_t f)
{
	const char *text[2] = {"UTRAP_L", "UTRAP_R"};
	hid_t type = h5_text_type();

	put(f, "/results/site_code", type, 1, two, H5P_DEFAULT, text);
	H5Tclose(type);
}

static void text_too_wide(hid_t f)
{
	hid_t type = H5Tcopy(H5T_C_S1);

	H5Tset_size(type, 17);
	put(f, "/results/site_code", type, 1, two, H5P_DEFAULT, NULL);
	H5Tclose(type);
}

static void text_not_ascii(hid_t f)
{
	hid_t type = H5Tcopy(H5T_C_S1);

	H5Tset_size(type, 8);
	put(f, "/results/site_code", type, 1, two, H5P_DEFAULT, "UTR\xC3\x84P\0\0UTRAP_L\0");
	H5Tclose(type);
}

static void broken_escape(hid_t f)
{
	hid_t type = H5Tcopy(H5T_C_S1);

	H5Tset_size(type, 7);
	put(f, "/points/label", type, 1, three, H5P_DEFAULT, "a\\u00G1\0a\\x0000\0a\\u0041\0");
	H5Tclose(type);
}

static void linked_softly(hid_t f)
{
	H5Ldelete(f, "/results/ppt_kpa", H5P_DEFAULT);
	H5Lcreate_soft("/results/peak_kpa", f, "/results/ppt_kpa", H5P_DEFAULT, H5P_DEFAULT);
}

static void linked_outside(hid_t f)
{
	H5Ldelete(f, "/results/ppt_kpa", H5P_DEFAULT);
	H5Lcreate_external("/etc/hostname", "/x", f, "/results/ppt_kpa", H5P_DEFAULT, H5P_DEFAULT);
}

static void stored_outside(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);

	H5Pset_external(plan, "/etc/hostname", 0, 16);
	put(f, "/results/ppt_kpa", H5T_IEEE_F64LE, 1, two, plan, NULL);
	H5Pclose(plan);
}

static void virtual_outside(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(1, two, NULL);

	H5Pset_virtual(plan, space, "/etc/hostname", "/x", space);
	put(f, "/results/ppt_kpa", H5T_IEEE_F64LE, 1, two, plan, NULL);
	H5Pclose(plan);
	H5Sclose(space);
}

static void other_filter(hid_t f)
{
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);

	H5Pset_chunk(plan, 1, two);
	H5Pset_nbit(plan);
	put(f, "/results/ppt_kpa", H5T_IEEE_F64LE, 1, two, plan, numbers);
	H5Pclose(plan);
}

/* A million rows that were never written: nothing in the file stands for them. */
static void a_bomb(hid_t f)
{
	const hsize_t many[1] = {8000000}, chunk[1] = {1 << 20};
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);

	H5Pset_chunk(plan, 1, chunk);
	H5Pset_deflate(plan, 9);
	put(f, "/samples/trial", H5T_STD_I32LE, 1, many, plan, NULL);
	H5Pclose(plan);
}

static void too_many_rows(hid_t f)
{
	const hsize_t many[1] = {UINT64_C(1) << 40};
	hid_t plan = H5Pcreate(H5P_DATASET_CREATE);

	H5Pset_chunk(plan, 1, two);
	put(f, "/samples/trial", H5T_STD_I32LE, 1, many, plan, NULL);
	H5Pclose(plan);
}

static void codes(hid_t f, const char *path, int32_t a, int32_t b)
{
	const int32_t value[2] = {a, b};

	put(f, path, H5T_STD_I32LE, 1, two, H5P_DEFAULT, value);
}

static void status_zero(hid_t f) { codes(f, "/results/status", 1, 0); }
static void status_five(hid_t f) { codes(f, "/results/status", 5, 1); }
static void reason_unknown(hid_t f) { codes(f, "/results/reason", 99, 0); }
static void point_outside(hid_t f) { codes(f, "/results/point", 0, 3); }
static void point_negative(hid_t f) { codes(f, "/results/point", 0, -1); }
static void samples_outside(hid_t f) { codes(f, "/results/first_sample", 0, 21); }
static void samples_negative(hid_t f) { codes(f, "/results/n_samples", 20, -20); }
static void samples_huge(hid_t f) { codes(f, "/results/n_samples", 20, INT32_MAX); }
static void samples_swapped(hid_t f) { codes(f, "/results/first_sample", 20, 0); }

static void side_unknown(hid_t f)
{
	hid_t type = H5Tcopy(H5T_C_S1);

	H5Tset_size(type, 4);
	put(f, "/results/side", type, 1, two, H5P_DEFAULT, "L\0\0\0X\0\0\0");
	H5Tclose(type);
}

static void threshold_changed(hid_t f) { put(f, "/results/ppt_kpa", H5T_IEEE_F64LE, 1, two, H5P_DEFAULT, numbers); }

static void set_text(hid_t f, const char *name, const char *text)
{
	hid_t type = h5_text_type(), attr = H5Aopen(f, name, H5P_DEFAULT);

	H5Awrite(attr, type, &text);
	H5Aclose(attr);
	H5Tclose(type);
}

static void attribute_too_long(hid_t f) { set_text(f, "acq", "12345678"); }
static void attribute_not_utf8(hid_t f) { set_text(f, "acq", "\xC3("); }
static void no_longer_ours(hid_t f) { set_text(f, "format", "algometer-journal"); }

static void set_area(hid_t f, double area)
{
	hid_t attr = H5Aopen(f, "tip_area_cm2", H5P_DEFAULT);

	H5Awrite(attr, H5T_NATIVE_DOUBLE, &area);
	H5Aclose(attr);
}

static void area_zero(hid_t f) { set_area(f, 0); }
static void area_nan(hid_t f) { set_area(f, NAN); }

static void something_more(hid_t f)
{
	hid_t space = H5Screate(H5S_SCALAR);

	put(f, "/results/mine", H5T_IEEE_F32BE, 2, two, H5P_DEFAULT, numbers);
	put(f, "/mine", H5T_IEEE_F64LE, 1, three, H5P_DEFAULT, numbers);
	H5Aclose(H5Acreate2(f, "mine", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT));
	H5Sclose(space);
}

static void changed_files_are_refused_by_place(void **state)
{
	static const struct { void (*edit)(hid_t); const char *legend; int id; const char *says; } row[] = {
		{lose_column, "a column is missing", 405, "/results/ppt_kpa is missing"},
		{lose_group, "a group is missing", 405, "/events is missing"},
		{lose_text, "a long text is missing", 405, "/texts/procedure is missing"},
		{lose_attribute, "an attribute is missing", 405, "participant"},
		{as_float32, "float32", 405, "/results/ppt_kpa has a wrong type"},
		{as_integer, "int64", 405, "wrong type"}, {as_big_endian, "big endian", 405, "wrong type"},
		{as_square, "two dimensions", 405, "one-dimensional"}, {as_group, "a group", 405, "no dataset"},
		{one_row_more, "one row more", 405, "3 rows where trial has 2"},
		{as_free_text, "variable length", 405, "/results/site_code has a wrong type"},
		{text_too_wide, "too wide", 405, "wrong type"}, {text_not_ascii, "not ASCII", 405, "/results/site_code has a value"},
		{broken_escape, "broken escape", 405, "/points/label has a value in row 0"},
		{linked_softly, "soft link", 405, "ppt_kpa is missing"}, {linked_outside, "external link", 405, "ppt_kpa is missing"},
		{stored_outside, "external storage", 405, "in another file"}, {virtual_outside, "virtual", 405, "virtual"},
		{other_filter, "another filter", 405, "filters"}, {a_bomb, "a bomb", 405, "more rows than its bytes"},
		{too_many_rows, "2^40 rows", 405, "too many rows"},
		{status_zero, "status 0", 405, "/results/status has a value in row 1"},
		{status_five, "status 5", 405, "/results/status has a value in row 0"},
		{reason_unknown, "reason 99", 405, "/results/reason"}, {side_unknown, "side X", 405, "press 2 has a side"},
		{point_outside, "point 3 of 3", 405, "press 2 has a point"}, {point_negative, "point -1", 405, "/results/point"},
		{samples_outside, "one sample too far", 405, "press 2 has samples that are not in"},
		{samples_negative, "-20 samples", 405, "/results/n_samples"}, {samples_huge, "2^31 samples", 405, "not in /samples"},
		{samples_swapped, "samples of each other", 405, "samples of another press"},
		{attribute_too_long, "long attribute", 405, "acq"}, {attribute_not_utf8, "broken UTF-8", 405, "acq"},
		{no_longer_ours, "another format", 402, "not an Algometer session"},
		{area_zero, "no tip area", 405, "tip_area_cm2"}, {area_nan, "tip area NAN", 405, "tip_area_cm2"},
		{threshold_changed, "another threshold", 408, "press 1"},
		{something_more, "more columns and attributes", 407, "no checksum"},
	};
	struct ses_session ses;
	uint8_t *image;
	size_t len;

	(void)state;
	help_session_fill(&ses, 2, 20);
	build(&ses, &image, &len);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		hid_t file = open_to_edit(image, len);
		size_t edited_len;
		char text[ALG_LOG_TEXT_MAX];
		uint8_t *edited;
		int id;

		row[i].edit(file);
		edited = take(file, &edited_len);
		id = message_of(edited, edited_len, text, sizeof(text));
		if (id != row[i].id || !strstr(text, row[i].says))
			fail_msg("%s: message %d: %s", row[i].legend, id, text);
		free(edited);
	}
	free(image);
	ses_session_clear(&ses);
}

/* ---- accidents --------------------------------------------------------------------------------------------- */

enum { SAME = 10, REFUSED = 11, OTHER = 12 };

/* Reads bytes at their exact length: the same session, refused with a message, or other numbers. */
static int outcome(const uint8_t *image, size_t len, const struct ses_session *want)
{
	uint8_t *exact = malloc(len ? len : 1);
	struct ses_session back;
	struct help_log log;
	int rc, result = REFUSED;

	memcpy(exact, image, len);
	help_log_start(&log);
	rc = ses_h5_read_image(exact, len, "x.h5", SES_WITH_SAMPLES, &back, &log.log);
	if (rc == 0)
		result = *help_session_differs(want, &back) ? OTHER : SAME;
	else if (log.id < 401 || log.id > 412)
		result = OTHER;
	ses_session_clear(&back);
	free(exact);
	return result;
}

static void cut_files_are_refused(void **state)
{
	struct ses_session ses;
	uint8_t *image;
	size_t len, n = 0;

	(void)state;
	help_session_fill(&ses, 3, 200);
	build(&ses, &image, &len);
	assert_int_equal(outcome(image, len, &ses), SAME);
	/* The HDF5 part is checked before libhdf5 sees it, so nothing can crash here. */
	for (size_t cut = 0; cut < len - SES_TAIL_BYTES; cut += 97, n++)
		if (outcome(image, cut, &ses) != REFUSED)
			fail_msg("cut after %zu of %zu bytes", cut, len);
	assert_int_equal(outcome(image, len - SES_TAIL_BYTES - 1, &ses), REFUSED);
	/* Within the checksum line nothing of the session is lost. */
	for (size_t cut = len - SES_TAIL_BYTES; cut < len; cut++)
		assert_int_equal(outcome(image, cut, &ses), SAME);
	assert_true(n > 100);
	free(image);
	ses_session_clear(&ses);
}

/* What the person is told: how much is there, or which part is broken. */
static void damage_is_said_in_words(void **state)
{
	struct ses_session ses;
	uint8_t *image;
	size_t len;
	char text[ALG_LOG_TEXT_MAX], says[64];

	(void)state;
	help_session_fill(&ses, 3, 200);
	build(&ses, &image, &len);
	assert_int_equal(message_of(image, 5000, text, sizeof(text)), 403);
	snprintf(says, sizeof(says), "5000 of at least %zu bytes are there", len - SES_TAIL_BYTES);
	assert_non_null(strstr(text, says));
	image[20] ^= 1;
	assert_int_equal(message_of(image, len, text, sizeof(text)), 403);
	assert_non_null(strstr(text, "superblock has a wrong checksum"));
	image[20] ^= 1;
	image[len / 2] ^= 1;
	assert_int_equal(message_of(image, len, text, sizeof(text)), 403);
	assert_non_null(strstr(text, "do not give the checksum at its end"));
	assert_non_null(strstr(text, "x.h5: "));
	free(image);
	ses_session_clear(&ses);
}

static void flipped_bytes_are_noticed(void **state)
{
	struct ses_session ses;
	uint8_t *image;
	size_t len, same = 0;

	(void)state;
	help_session_fill(&ses, 3, 200);
	build(&ses, &image, &len);
	for (size_t at = 0; at < len; at += at < len - SES_TAIL_BYTES ? 89 : 1) {
		uint8_t was = image[at];
		int got;

		image[at] = (uint8_t)(was ^ (1 << at % 8));
		got = outcome(image, len, &ses);
		image[at] = was;
		if (got == OTHER || (got == SAME && at < len - SES_TAIL_BYTES))
			fail_msg("byte %zu of %zu", at, len);
		same += got == SAME;
	}
	/* Only a flip in the mark of the line leaves the session readable (by its digests, with a warning). */
	assert_true(same < sizeof(SES_TAIL_MARK) + 1);
	free(image);
	ses_session_clear(&ses);
}

/* One image that is still open must not be taken for the next. */
static void images_are_never_mixed_up(void **state)
{
	struct ses_session ses, back;
	uint8_t *first, *next;
	size_t len_first, len_next;
	hid_t open;

	(void)state;
	help_session_fill(&ses, 1, 10);
	build(&ses, &first, &len_first);
	open = h5_image_open(first, len_first);
	assert_true(open >= 0);
	strcpy(ses.header.participant, "P099");
	build(&ses, &next, &len_next);
	assert_int_equal(ses_h5_read_image(next, len_next, "x.h5", SES_WITH_SAMPLES, &back, NULL), 0);
	assert_string_equal(back.header.participant, "P099");
	H5Fclose(open);
	ses_session_clear(&back);
	ses_session_clear(&ses);
	free(first);
	free(next);
}

enum { FLIP_STEP = 149, FLIPS_MAX = 2000 };

static void flip(uint8_t *image, size_t n)
{
	image[48 + n * FLIP_STEP] ^= (uint8_t)(1 << n % 8);
}

/* Outcomes from n on go into shared memory until all are there or libhdf5 ends the child. */
static void flips_in_child(uint8_t *image, size_t len, const struct ses_session *want, uint8_t *result, size_t n_all)
{
	static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		signal(deadly[i], SIG_DFL); /* cmocka's handlers would go on in the child */
	for (size_t n = 0; n < n_all; n++) {
		if (result[n])
			continue;
		alarm(5);
		result[n] = 1; /* stays when this one ends the child */
		flip(image, n);
		result[n] = (uint8_t)outcome(image, len, want);
		flip(image, n);
	}
	_exit(0);
}

/*
 * Without the checksum line libhdf5 sees damaged metadata, and version 1.10.8 crashes on some. A
 * child that dies is libhdf5's fault, but nothing may come back changed.
 */
static void without_the_line_the_digests_guard_the_presses(void **state)
{
	uint8_t *result = mmap(NULL, FLIPS_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct ses_session ses;
	uint8_t *image;
	size_t len, n_all, died = 0;

	(void)state;
	help_session_fill(&ses, 3, 200);
	build(&ses, &image, &len);
	len -= SES_TAIL_BYTES;
	n_all = (len - 48) / FLIP_STEP;
	assert_true(result != MAP_FAILED && n_all > 200 && n_all < FLIPS_MAX);
	for (int status = 1; status != 0;) {
		pid_t child = fork();

		if (child == 0)
			flips_in_child(image, len, &ses, result, n_all);
		assert_true(child > 0 && waitpid(child, &status, 0) == child);
	}
	for (size_t n = 0; n < n_all; n++) {
		died += result[n] == 1;
		if (result[n] == OTHER)
			fail_msg("flip %zu came back as another session", n);
	}
	print_message("%zu flips without the line, %zu ended inside libhdf5\n", n_all, died);
	assert_true(died * 20 <= n_all);
	munmap(result, FLIPS_MAX);
	free(image);
	ses_session_clear(&ses);
}

/* ---- in place -------------------------------------------------------------------------------------------------- */

static void publishing_replaces_by_name_only(void **state)
{
	char dir[] = "/tmp/test_h5.XXXXXX", path[64], old[64], none[64];
	struct ses_session ses, back;
	struct help_log log;
	struct stat st;

	(void)state;
	help_log_start(&log);
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/a.h5", dir);
	snprintf(old, sizeof(old), "%s/old.h5", dir);
	snprintf(none, sizeof(none), "%s/none/a.h5", dir);
	help_session_fill(&ses, 1, 10);
	assert_int_equal(ses_h5_publish(&ses, path, &log.log), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* A second name keeps the old file: a write into it would show there. */
	assert_int_equal(link(path, old), 0);
	ses.trials[0].ppt_kpa = 123;
	ses_session_chain_all(&ses);
	assert_int_equal(ses_h5_publish(&ses, path, &log.log), 0);
	assert_int_equal(ses_h5_read(path, &back, &log.log), 0);
	assert_close(back.trials[0].ppt_kpa, 123, 0);
	ses_session_clear(&back);
	assert_int_equal(ses_h5_read(old, &back, &log.log), 0);
	assert_false(back.trials[0].ppt_kpa == 123);
	ses_session_clear(&back);
	assert_int_equal(ses_h5_publish(&ses, none, &log.log), ALG_ERR_IO);
	assert_int_equal(log.id, 106);
	assert_int_equal(ses_h5_read(none, &back, &log.log), ALG_ERR_IO);
	assert_int_equal(log.id, 103);
	ses_session_clear(&ses);
	unlink(path);
	unlink(old);
	assert_int_equal(rmdir(dir), 0); /* no temporary file was left */
}

/* Texts that break the contract must not cost the press. */
static void odd_texts_do_not_stop_a_session(void **state)
{
	struct ses_session ses, back;
	uint8_t *image;
	size_t len;

	(void)state;
	help_session_fill(&ses, 1, 1);
	strcpy(ses.trials[0].site_code, "\xC3\x84\\u0041");
	memset(ses.header.study, 'x', sizeof(ses.header.study)); /* not terminated */
	strcpy(ses.header.centre, "a\xFF" "b");
	ses_session_chain_all(&ses);
	build(&ses, &image, &len);
	assert_int_equal(ses_h5_read_image(image, len, "x.h5", SES_WITH_SAMPLES, &back, NULL), 0);
	assert_string_equal(back.trials[0].site_code, "\\u00C4\\u0041");
	assert_int_equal(strlen(back.header.study), sizeof(back.header.study) - 1);
	assert_string_equal(back.header.centre, "a\\xFFb");
	ses_session_clear(&back);
	ses_session_clear(&ses);
	free(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metadata_checksum_is_lookup3),
		cmocka_unit_test(write_then_read_is_identity),
		cmocka_unit_test(same_session_same_bytes),
		cmocka_unit_test(other_files_are_refused_by_name),
		cmocka_unit_test(newer_is_refused_by_its_number),
		cmocka_unit_test(changed_files_are_refused_by_place),
		cmocka_unit_test(cut_files_are_refused),
		cmocka_unit_test(damage_is_said_in_words),
		cmocka_unit_test(flipped_bytes_are_noticed),
		cmocka_unit_test(images_are_never_mixed_up),
		cmocka_unit_test(without_the_line_the_digests_guard_the_presses),
		cmocka_unit_test(publishing_replaces_by_name_only),
		cmocka_unit_test(odd_texts_do_not_stop_a_session),
	};

	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
