/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.c - which point is pressed when.
 *
 * Points are grouped by posture in the order in which the postures first appear. Rounds run through
 * the groups there and back (A B, B A, A B, ...), so the patient turns over once a round, not twice.
 *
 * The generator is splitmix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
 * generators"): state += 0x9E3779B97F4A7C15, then two multiply-xorshift rounds. The seed is the
 * starting state. A number below n is taken by rejection from the top 32 bits, and a shuffle runs
 * Fisher-Yates from the last element down. So a stored seed gives the same order on any machine.
 */
#include "acq/order.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

struct group { /* of order of points, one posture */
	size_t first, n;
};

struct random {
	uint64_t state;
};

static uint32_t next32(struct random *random)
{
	uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((z ^ (z >> 31)) >> 32);
}

static size_t below(struct random *random, size_t n)
{
	uint32_t limit = UINT32_MAX - UINT32_MAX % (uint32_t)n, value;

	do
		value = next32(random);
	while (value >= limit);
	return value % n;
}

static void shuffle(struct random *random, int *list, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = below(random, i);
		int held = list[i - 1];

		list[i - 1] = list[j];
		list[j] = held;
	}
}

/* Fills list with all points, grouped; returns the number of groups. */
static size_t group_by_posture(const struct ses_points *points, int *list, struct group *groups)
{
	size_t n_groups = 0, n = 0;

	for (size_t i = 0; i < points->n; i++) {
		bool first = true;

		for (size_t j = 0; j < i && first; j++)
			first = strcmp(points->point[j].posture, points->point[i].posture) != 0;
		if (!first)
			continue;
		groups[n_groups].first = n;
		for (size_t j = i; j < points->n; j++)
			if (!strcmp(points->point[j].posture, points->point[i].posture))
				list[n++] = (int)j;
		groups[n_groups].n = n - groups[n_groups].first;
		n_groups++;
	}
	return n_groups;
}

/* Stable: all of one side, then the other, then the midline; an odd seed begins on the left. */
static void block_by_side(const struct ses_points *points, uint32_t seed, int *list, size_t n, int *spare)
{
	const char sides[2][3] = {{'R', 'L', 'M'}, {'L', 'R', 'M'}};
	size_t at = 0;

	for (size_t s = 0; s < 3; s++)
		for (size_t i = 0; i < n; i++)
			if (points->point[list[i]].side == sides[seed & 1][s])
				spare[at++] = list[i];
	if (at == n) /* a side that is none of the three leaves the order as it is */
		memcpy(list, spare, n * sizeof(*list));
}

int acq_order_make(
	const struct ses_procedure *proc, const struct ses_points *points, uint32_t seed, int *order, size_t cap)
{
	struct random random = {.state = seed};
	struct group *groups = NULL;
	int *list = NULL, rc = ALG_ERR_ARG;
	size_t n = 0, n_groups;

	if (points->n == 0 || proc->rounds < 1 || points->n > INT32_MAX / 2 || cap / points->n < (size_t)proc->rounds)
		return ALG_ERR_ARG;
	groups = calloc(points->n, sizeof(*groups));
	list = calloc(2 * points->n, sizeof(*list));
	rc = groups && list ? 0 : ALG_ERR_NOMEM;
	if (rc)
		goto out;
	n_groups = group_by_posture(points, list, groups);
	if (proc->order == SES_ORDER_BLOCKED_SIDE)
		for (size_t g = 0; g < n_groups; g++)
			block_by_side(points, seed, list + groups[g].first, groups[g].n, list + points->n);
	for (int round = 0; round < (proc->plan == SES_PLAN_POINT_BY_POINT ? 1 : proc->rounds); round++) {
		for (size_t k = 0; k < n_groups; k++) {
			const struct group *g = &groups[round % 2 ? n_groups - 1 - k : k];

			if (proc->order == SES_ORDER_RANDOM_POSTURE)
				shuffle(&random, list + g->first, g->n);
			for (size_t i = 0; i < g->n; i++)
				for (int r = 0; r < (proc->plan == SES_PLAN_POINT_BY_POINT ? proc->rounds : 1); r++)
					order[n++] = list[g->first + i];
		}
	}
out:
	free(groups);
	free(list);
	return rc;
}
