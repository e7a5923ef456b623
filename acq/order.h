/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order.h - which point is pressed when: rounds or point by point; fixed, shuffled or by side. */
#ifndef ACQ_ORDER_H
#define ACQ_ORDER_H

#include "data/point.h"
#include "data/procedure.h"

/*
 * Fills order[] with n_points * proc->rounds point indices. Points of one posture stay together
 * (one change of posture at most per round trip). The same seed gives the same order everywhere
 * (own generator, documented in order.c). ALG_ERR_ARG when cap is too small.
 */
int acq_order_make(
	const struct ses_procedure *proc, const struct ses_points *points, uint32_t seed, int *order, size_t cap);

#endif
