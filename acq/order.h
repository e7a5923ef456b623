/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order.h - which point is pressed when: rounds or point by point; fixed, shuffled, by side, counterbalanced. */
#ifndef ACQ_ORDER_H
#define ACQ_ORDER_H

#include "data/point.h"
#include "data/procedure.h"

/*
 * Fills order[] with proc->rounds indices of each point but that for familiarisation, which comes first
 * by itself. Points of one posture stay together (ses_procedure_posture_changes). The same seed gives the same order everywhere
 * (own generator, documented in order.c). ALG_ERR_ARG when cap is too small.
 */
int acq_order_make(
	const struct ses_procedure *proc, const struct ses_points *points, uint32_t seed, int *order, size_t cap);

#endif
