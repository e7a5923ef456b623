/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * holm.h - several tests as one family: Holm 1979, Scand J Stat 6:65.
 *
 * Adjusted p of the i-th smallest of m: the greatest of (m - j + 1) p_j over j <= i, at most 1. The order of the
 * input is kept. A missing p stays missing and is no member of the family (m counts those that are there).
 */
#ifndef ST_HOLM_H
#define ST_HOLM_H

#include "stats/dist.h"

/* adjusted[n] is not p. Returns m. O(m^2): families are small. */
size_t st_holm(const double *p, size_t n, double *adjusted);

#endif
