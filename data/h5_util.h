/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5_util.h - what writing and reading share. Private to the h5_ files: nothing else sees HDF5.
 *
 * libhdf5 works on memory only (core driver without backing store); it never touches a disk, so a
 * full disk or a lock can never reach it. It is called from one thread at a time.
 */
#ifndef SES_H5_UTIL_H
#define SES_H5_UTIL_H

#include "data/pack.h"
#include "data/schema.h"

#include <hdf5.h>

enum { H5_FILE_MAX = 512 << 20 };

/* libhdf5 prints its error stack unless told not to; what was before is put back. */
struct h5_quiet { H5E_auto2_t func; void *ctx; };
void h5_quiet_begin(struct h5_quiet *quiet);
void h5_quiet_end(const struct h5_quiet *quiet);

/* Bob Jenkins' lookup3 (hashlittle, start value 0): the checksum of HDF5 metadata. */
uint32_t h5_lookup3(const uint8_t *data, size_t len);

/*
 * Access list of the core driver: no backing store, format bounds of HDF5 1.8, closing a file closes
 * all that is open in it. Invalid on failure.
 */
hid_t h5_memory_access(void);
/*
 * A name for a file in memory that cannot exist on disk (libhdf5 refuses an image under the name of
 * a file) and that was never used before: two files of one name are one file to libhdf5, so that an
 * image which could not be closed would be read again in place of the next one.
 */
enum { H5_NAME_MAX = 64 };
void h5_memory_name(char out[H5_NAME_MAX]);
/* Opens an image read-only, in place: it stays the caller's until the file is closed. Invalid when libhdf5 does not take it. */
hid_t h5_image_open(const uint8_t *image, size_t len);
/* Type of a column's cell in the file (and in memory: no conversion). Close it. */
hid_t h5_column_type(const struct ses_column *column);
/* A variable-length UTF-8 text. Close it. */
hid_t h5_text_type(void);

/*
 * Reads a scalar attribute. Text comes into fresh memory. ALG_ERR_FORMAT when it is absent, of
 * another type or shape, longer than max, or not UTF-8; the caller says so.
 */
int h5_attr_text(hid_t object, const char *name, size_t max, char **out);
int h5_attr_i32(hid_t object, const char *name, int32_t *out);
int h5_attr_f64(hid_t object, const char *name, double *out);

/*
 * The cells of the dataset whose object header is at this address of the image, into fresh memory; n: rows, width:
 * bytes a row. False, unsaid, when it is not in the one form in which columns with rows are written, or memory is
 * out: libhdf5 is to read it then.
 */
bool h5_column_cells(const uint8_t *bytes, size_t len, uint64_t address, enum ses_type want, size_t max_width, size_t max_rows,
	uint8_t **cells, size_t *n, size_t *width);
/* What needs no libhdf5: is it HDF5, is it whole, is there a checksum line (*line) and does it agree. Says what not. */
int ses_h5_precheck(const uint8_t *image, size_t len, const char *name, enum ses_parts parts, bool *line, struct alg_log *log);
/* The rest, by libhdf5; line: the checksum line was there and agreed. */
int ses_h5_parse(const uint8_t *image, size_t len, const char *name, enum ses_parts parts, bool line,
	struct ses_session *out, struct alg_log *log);
/* ses_h5_read from memory and in this very process: the same checks; name is for messages. */
int ses_h5_read_image(const uint8_t *image, size_t len, const char *name, enum ses_parts parts, struct ses_session *out,
	struct alg_log *log);
/* What a reading child is told. level: of the messages that are wanted. */
struct ses_h5_task {
	const uint8_t *image;
	size_t len;
	const char *name;
	enum ses_parts parts;
	bool line;
	enum alg_level level;
};
/* In a child that was just forked: from now on it can compute, and read and write fd, which is H5_CHILD_FD then, and nothing else. */
enum { H5_CHILD_FD = 0 };
void ses_h5_give_up_rights(int fd);
/* Messages, 0, status, exit code; the session's minor version and the session when there is one. */
void ses_h5_answer(const struct ses_h5_task *task, struct ses_bytes *bytes);
/* Into H5_CHILD_FD; ends the child when nobody is there to read it. */
void ses_h5_write_all(const struct ses_bytes *bytes);
/* What the reading child wrote: its messages are said, its session is checked. */
int ses_h5_take_answer(const uint8_t *bytes, size_t len, const char *name, enum ses_parts parts,
	struct ses_session *out, struct alg_log *log);

#endif
