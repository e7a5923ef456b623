/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * orders.h - orders of points that somebody else drew up (a trial's list), a table of
 *
 *   participant   a code, or * for everybody who has no line of their own
 *   session       a number, or *
 *   sites         site codes in the order of pressing, ';' between them: one round, which is repeated, or
 *                 every press of the session
 *
 * The whole table is checked when it is read, not only the line that is used today.
 */
#ifndef SES_ORDERS_H
#define SES_ORDERS_H

#include "data/procedure.h"

/*
 * Fills order[n_points x rounds] for this participant and session; *n: how many. source: "orders.tsv line
 * 4". Says what is wrong with file and line: an unknown site, a site that is there more often than
 * another, a line twice, no line for this session, other points than those of the session.
 */
int ses_orders_take(const char *path, const char *code, int session, const struct ses_procedure *proc, const struct ses_sites *sites,
	const struct ses_points *points, int *order, size_t cap, size_t *n, char *source, size_t source_cap, struct alg_log *log);

#endif
