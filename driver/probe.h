/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe.h - what detection listens for, and the only bytes that it may write to a port whose gauge is
 * not known: one table. A string of it goes out whole or not at all.
 */
#ifndef ALG_PROBE_H
#define ALG_PROBE_H

#include "driver/algometer.h"

struct alg_probe {
	const char *bytes;     /* NULL: nothing is written, only listened */
	size_t len;
	struct alg_line_settings line;
	int wait_ms;           /* so long is listened after that, at most */
	const char *families;  /* that what comes may mean, separated by blanks */
	const char *banner;    /* a text of the only family that says it at its start; or NULL */
	bool acknowledged;     /* an answer that its family knows and that is no reading counts as well */
};

extern const struct alg_probe alg_probes[];
extern const size_t alg_probe_count;

/* Writes the string of row index, and no other bytes ever. ALG_ERR_BUG: the row has none. Else as ops->write. */
int alg_probe_send(const struct alg_transport *transport, size_t index);

#endif
