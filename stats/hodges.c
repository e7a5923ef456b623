/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/hodges.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

size_t st_twos_count(const struct st_twos *t)
{
	return t->b ? t->n_a * t->n_b : t->n_a * (t->n_a + 1) / 2;
}

/* How many are at or below v. The border moves one way only while i rises. */
static size_t at_most(const struct st_twos *t, double v)
{
	size_t count = 0, j = t->b ? 0 : t->n_a;

	for (size_t i = 0; i < t->n_a; i++) {
		if (t->b) {
			while (j < t->n_b && t->a[i] - t->b[j] > v)
				j++;
			count += t->n_b - j;
		} else {
			while (j > 0 && (t->a[i] + t->a[j - 1]) / 2 > v)
				j--;
			count += j > i ? j - i : 0;
		}
	}
	return count;
}

/* Doubles and whole numbers in the same order. */
static uint64_t order_of(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double double_of(uint64_t order)
{
	uint64_t bits = order >> 63 ? order & ~(UINT64_C(1) << 63) : ~order;
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

double st_twos_kth(const struct st_twos *t, size_t k)
{
	uint64_t low, high, middle;

	if (k < 1 || k > st_twos_count(t))
		return NAN;
	low = order_of(t->b ? t->a[0] - t->b[t->n_b - 1] : t->a[0]);
	high = order_of(t->b ? t->a[t->n_a - 1] - t->b[0] : t->a[t->n_a - 1]);
	while (low < high) {
		middle = low + (high - low) / 2;
		if (at_most(t, double_of(middle)) >= k)
			high = middle;
		else
			low = middle + 1;
	}
	return double_of(low) + 0.0; /* no -0 */
}

double st_twos_median(const struct st_twos *t)
{
	size_t n = st_twos_count(t);

	return n % 2 ? st_twos_kth(t, n / 2 + 1) : st_twos_kth(t, n / 2) / 2 + st_twos_kth(t, n / 2 + 1) / 2;
}
