/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.c - which point is pressed when.
 *
 * Points are grouped by posture in the order in which the postures first appear. All rounds are made in
 * one posture before the patient turns over. Where the procedure allows as many changes of posture, every
 * round runs through all groups, there and back (A B, B A, A B, ...).
 *
 * Blocked by side: within a posture and round all of one side, then the other; an odd seed begins on the
 * left. Counterbalanced: the same, and the side that begins changes with every round.
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

		if (points->point[i].role == SES_ROLE_PRACTICE)
			continue;
		for (size_t j = 0; j < i && first; j++)
			first = strcmp(points->point[j].posture, points->point[i].posture) != 0;
		if (!first)
			continue;
		groups[n_groups].first = n;
		for (size_t j = i; j < points->n; j++)
			if (points->point[j].role != SES_ROLE_PRACTICE && !strcmp(points->point[j].posture, points->point[i].posture))
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

struct maker {
	const struct ses_procedure *proc;
	const struct ses_points *points;
	uint32_t seed;
	struct random random;
	int *list, *spare; /* points by group; room for one group */
	int *order;
	size_t n;
};

/* One round of one posture, or all presses of it point by point. */
static void add_round(struct maker *m, const struct group *g, int round)
{
	enum ses_order order = m->proc->order;
	int each = m->proc->plan == SES_PLAN_POINT_BY_POINT ? m->proc->rounds : 1;

	if (order == SES_ORDER_RANDOM_POSTURE)
		shuffle(&m->random, m->list + g->first, g->n);
	else if (order == SES_ORDER_BLOCKED_SIDE || order == SES_ORDER_COUNTERBALANCED)
		block_by_side(m->points, m->seed + (order == SES_ORDER_COUNTERBALANCED ? (uint32_t)round : 0), m->list + g->first,
			g->n, m->spare);
	for (size_t i = 0; i < g->n; i++)
		for (int r = 0; r < each; r++)
			m->order[m->n++] = m->list[g->first + i];
}

static void add_all(struct maker *m, const struct group *groups, size_t n_groups)
{
	int rounds = m->proc->plan == SES_PLAN_POINT_BY_POINT ? 1 : m->proc->rounds;
	bool there_and_back;

	ses_procedure_posture_changes(m->proc, m->points, &there_and_back);
	if (there_and_back) {
		for (int round = 0; round < rounds; round++)
			for (size_t k = 0; k < n_groups; k++)
				add_round(m, &groups[round % 2 ? n_groups - 1 - k : k], round);
		return;
	}
	for (size_t k = 0; k < n_groups; k++)
		for (int round = 0; round < rounds; round++)
			add_round(m, &groups[k], round);
}

int acq_order_make(
	const struct ses_procedure *proc, const struct ses_points *points, uint32_t seed, int *order, size_t cap)
{
	struct maker m = {.proc = proc, .points = points, .seed = seed, .random = {.state = seed}, .order = order};
	struct group *groups = NULL;
	int rc = ALG_ERR_ARG;

	if (points->n == 0 || proc->rounds < 1 || points->n > INT32_MAX / 2 || cap / points->n < (size_t)proc->rounds)
		return ALG_ERR_ARG;
	groups = calloc(points->n, sizeof(*groups));
	m.list = calloc(2 * points->n, sizeof(*m.list));
	rc = groups && m.list ? 0 : ALG_ERR_NOMEM;
	if (rc == 0) {
		m.spare = m.list + points->n;
		add_all(&m, groups, group_by_posture(points, m.list, groups));
	}
	free(groups);
	free(m.list);
	return rc;
}
