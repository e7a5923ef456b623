/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * status.h - the one list of error codes.
 *
 * Functions return int: below zero one of these, zero fine, above zero a count.
 * A wait that ends with nothing is zero, not an error. Each code asks for something
 * different from the caller; what exactly was wrong is said once, where it is found (log.h).
 */
#ifndef ALG_BASE_STATUS_H
#define ALG_BASE_STATUS_H

enum alg_status {
	ALG_OK = 0,
	ALG_ERR_ARG = -1,         /* the caller or the person typed something unusable */
	ALG_ERR_NOMEM = -2,       /* out of memory */
	ALG_ERR_IO = -3,          /* reading or writing failed; errno was logged */
	ALG_ERR_TIMEOUT = -4,     /* something that had to come did not come */
	ALG_ERR_NODEV = -5,       /* the device is gone or was never there */
	ALG_ERR_ACCESS = -6,      /* not permitted */
	ALG_ERR_BUSY = -7,        /* somebody else holds it */
	ALG_ERR_PROTO = -8,       /* the wire is broken: frames do not come whole */
	ALG_ERR_DATA = -9,        /* a whole frame or a whole file entry that makes no sense */
	ALG_ERR_UNSUPPORTED = -10, /* understood, and not done here */
	ALG_ERR_CANCELLED = -11,  /* a person asked to stop */
	ALG_ERR_FORMAT = -12,     /* a file is not of the kind, damaged, or newer than this program */
	ALG_ERR_EXISTS = -13,     /* it is there already and is not overwritten */
	ALG_ERR_BUG = -14,        /* our own mistake */
};

#pragma GCC visibility push(default) /* a face of the shared library */
/* A short English noun phrase for a status; never NULL. */
const char *alg_status_text(int status);
#pragma GCC visibility pop

#endif
