/* SPDX-License-Identifier: GPL-3.0-or-later */
/* h5_util.c - images in memory, attribute values, and the one checksum libhdf5 forgets. */
#include "data/h5_util.h"

#include "base/bytes.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void h5_quiet_begin(struct h5_quiet *quiet)
{
	quiet->func = NULL;
	quiet->ctx = NULL;
	H5Eget_auto2(H5E_DEFAULT, &quiet->func, &quiet->ctx);
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

void h5_quiet_end(const struct h5_quiet *quiet)
{
	H5Eclear2(H5E_DEFAULT);
	H5Eset_auto2(H5E_DEFAULT, quiet->func, quiet->ctx);
}

static uint32_t rot(uint32_t x, int k)
{
	return x << k | x >> (32 - k);
}

/* Three words are mixed for every twelve bytes, and once more at the end (lookup3.c, May 2006). */
uint32_t h5_lookup3(const uint8_t *data, size_t len)
{
	static const int mix[6] = {4, 6, 8, 16, 19, 4};
	static const int last[7] = {14, 11, 25, 16, 4, 14, 24};
	uint32_t w[3];
	uint8_t tail[12] = {0};

	w[0] = w[1] = w[2] = 0xDEADBEEF + (uint32_t)len;
	if (len == 0)
		return w[2];
	for (; len > 12; data += 12, len -= 12) {
		for (int i = 0; i < 3; i++)
			w[i] += alg_le32(data + 4 * i);
		for (int i = 0; i < 6; i++) {
			uint32_t *a = &w[i % 3], *b = &w[(i + 1) % 3], *c = &w[(i + 2) % 3];

			*a -= *c;
			*a ^= rot(*c, mix[i]);
			*c += *b;
		}
	}
	memcpy(tail, data, len);
	for (int i = 0; i < 3; i++)
		w[i] += alg_le32(tail + 4 * i);
	for (int i = 0; i < 7; i++) {
		uint32_t *to = &w[(i + 2) % 3], from = w[(i + 1) % 3];

		*to ^= from;
		*to -= rot(from, last[i]);
	}
	return w[2];
}

hid_t h5_memory_access(void)
{
	hid_t access = H5Pcreate(H5P_FILE_ACCESS);

	/* One place in the chunk cache: every column is read once and whole, and a larger table costs its making each time. */
	if (access >= 0 && (H5Pset_fapl_core(access, 1 << 20, 0) < 0 || H5Pset_cache(access, 0, 1, 1 << 20, 1) < 0 ||
		H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) < 0 ||
		H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18) < 0)) {
		H5Pclose(access);
		return H5I_INVALID_HID;
	}
	return access;
}

void h5_memory_name(char out[H5_NAME_MAX])
{
	char uuid[40];

	ses_uuid_make(uuid);
	snprintf(out, H5_NAME_MAX, "/dev/null/%s", uuid); /* below a file there is nothing */
}

/*
 * libhdf5 would copy the image three times on its way to the file driver. It opens it for reading only, so that the
 * caller's own bytes go the whole way: "allocating" gives them out, copying and freeing leave them as they are.
 */
static void *same_bytes(size_t size, H5FD_file_image_op_t op, void *image)
{
	(void)size;
	(void)op;
	return image;
}

static void *not_copied(void *to, const void *from, size_t size, H5FD_file_image_op_t op, void *image)
{
	(void)from;
	(void)size;
	(void)op;
	(void)image;
	return to;
}

static herr_t not_freed(void *bytes, H5FD_file_image_op_t op, void *image)
{
	(void)bytes;
	(void)op;
	(void)image;
	return 0;
}

static void *pass_on(void *image)
{
	return image;
}

static herr_t keep(void *image)
{
	(void)image;
	return 0;
}

hid_t h5_image_open(const uint8_t *image, size_t len)
{
	hid_t file = H5I_INVALID_HID, access = h5_memory_access();
	char name[H5_NAME_MAX];
	void *bytes;

	memcpy(&bytes, &image, sizeof(bytes)); /* taken without const, and not written to */
	H5FD_file_image_callbacks_t callbacks = {.image_malloc = same_bytes, .image_memcpy = not_copied, .image_free = not_freed,
		.udata_copy = pass_on, .udata_free = keep, .udata = bytes};

	h5_memory_name(name);
	if (access >= 0 && H5Pset_file_image_callbacks(access, &callbacks) >= 0 && H5Pset_file_image(access, bytes, len) >= 0)
		file = H5Fopen(name, H5F_ACC_RDONLY, access);
	if (access >= 0)
		H5Pclose(access);
	return file;
}

hid_t h5_column_type(const struct ses_column *column)
{
	hid_t type;

	if (column->type == SES_F64)
		return H5Tcopy(H5T_IEEE_F64LE);
	if (column->type == SES_I32 || column->type == SES_BOOL)
		return H5Tcopy(H5T_STD_I32LE);
	type = H5Tcopy(H5T_C_S1);
	if (type >= 0 && H5Tset_size(type, ses_column_width(column)) < 0) {
		H5Tclose(type);
		return H5I_INVALID_HID;
	}
	return type;
}

hid_t h5_text_type(void)
{
	hid_t type = H5Tcopy(H5T_C_S1);

	if (type >= 0 && (H5Tset_size(type, H5T_VARIABLE) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)) {
		H5Tclose(type);
		return H5I_INVALID_HID;
	}
	return type;
}

/* Opens an attribute that is one single value of a class; *type and *space are to be closed. */
static hid_t attr_open(hid_t object, const char *name, hid_t *type, hid_t *space)
{
	hid_t attr = H5Aopen(object, name, H5P_DEFAULT);

	*type = attr >= 0 ? H5Aget_type(attr) : H5I_INVALID_HID;
	*space = attr >= 0 ? H5Aget_space(attr) : H5I_INVALID_HID;
	if (*type >= 0 && *space >= 0 && H5Sget_simple_extent_type(*space) != H5S_NULL &&
		H5Sget_simple_extent_npoints(*space) == 1)
		return attr;
	if (attr >= 0)
		H5Aclose(attr);
	return H5I_INVALID_HID;
}

static void attr_close(hid_t attr, hid_t type, hid_t space)
{
	if (type >= 0)
		H5Tclose(type);
	if (space >= 0)
		H5Sclose(space);
	if (attr >= 0)
		H5Aclose(attr);
}

int h5_attr_text(hid_t object, const char *name, size_t max, char **out)
{
	hid_t type, space, memory = h5_text_type(), attr = attr_open(object, name, &type, &space);
	char *text = NULL;
	int rc = ALG_ERR_FORMAT;

	*out = NULL;
	if (attr < 0 || memory < 0 || H5Tis_variable_str(type) <= 0 || H5Tget_cset(type) != H5T_CSET_UTF8 ||
		H5Aread(attr, memory, &text) < 0)
		goto out;
	/* An empty text comes back as no text at all. */
	if (!text || (strlen(text) <= max && alg_text_is_utf8(text, strlen(text)))) {
		*out = strdup(text ? text : "");
		rc = *out ? 0 : ALG_ERR_NOMEM;
	}
	if (text)
		H5free_memory(text);
out:
	if (memory >= 0)
		H5Tclose(memory);
	attr_close(attr, type, space);
	return rc;
}

static int attr_number(hid_t object, const char *name, hid_t want, void *out)
{
	hid_t type, space, attr = attr_open(object, name, &type, &space);
	int rc = ALG_ERR_FORMAT;

	if (attr >= 0 && H5Tequal(type, want) > 0 && H5Aread(attr, want, out) >= 0)
		rc = 0;
	attr_close(attr, type, space);
	return rc;
}

int h5_attr_i32(hid_t object, const char *name, int32_t *out)
{
	uint8_t bytes[4] = {0};
	int rc = attr_number(object, name, H5T_STD_I32LE, bytes);

	*out = (int32_t)alg_le32(bytes);
	return rc;
}

int h5_attr_f64(hid_t object, const char *name, double *out)
{
	uint8_t bytes[8] = {0};
	int rc = attr_number(object, name, H5T_IEEE_F64LE, bytes);
	uint64_t bits = (uint64_t)alg_le32(bytes) | (uint64_t)alg_le32(bytes + 4) << 32;

	memcpy(out, &bits, sizeof(*out));
	return rc;
}
