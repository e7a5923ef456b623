/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

const char *alg_status_text(int status)
{
	static const char *const text[] = {
		[0] = "no error",
		[-ALG_ERR_ARG] = "unusable argument",
		[-ALG_ERR_NOMEM] = "out of memory",
		[-ALG_ERR_IO] = "input or output failed",
		[-ALG_ERR_TIMEOUT] = "nothing came in time",
		[-ALG_ERR_NODEV] = "device absent",
		[-ALG_ERR_ACCESS] = "not permitted",
		[-ALG_ERR_BUSY] = "in use by another program",
		[-ALG_ERR_PROTO] = "broken transmission",
		[-ALG_ERR_DATA] = "impossible value",
		[-ALG_ERR_UNSUPPORTED] = "not supported",
		[-ALG_ERR_CANCELLED] = "cancelled",
		[-ALG_ERR_FORMAT] = "unreadable file format",
		[-ALG_ERR_EXISTS] = "exists already",
		[-ALG_ERR_BUG] = "internal error",
	};

	if (status > 0)
		return text[0];
	if (-status >= (int)(sizeof(text) / sizeof(text[0])))
		return "unknown error";
	return text[-status];
}
