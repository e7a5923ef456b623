/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/random.h"

#include <math.h>

#ifdef __clang__
/* No fused multiply-add, so that all machines round alike; gcc keeps to this with -std=c17. */
#pragma STDC FP_CONTRACT OFF
#endif

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

uint64_t sim_random(uint64_t key, uint64_t index)
{
	return mix(key + (index + 1) * UINT64_C(0x9E3779B97F4A7C15));
}

uint64_t sim_key(uint64_t seed, const char *text, int64_t number)
{
	uint64_t key = sim_random(seed, (uint64_t)number);

	for (; text && *text; text++)
		key = sim_random(key, (unsigned char)*text);
	return key;
}

double sim_uniform(uint64_t key, uint64_t index)
{
	return (double)(sim_random(key, index) >> 11) * 0x1p-53;
}

double sim_normal(uint64_t key, uint64_t index)
{
	int64_t sum = 0;

	for (uint64_t i = 0; i < 3; i++) {
		uint64_t bits = sim_random(key, index * 3 + i);

		for (int part = 0; part < 4; part++, bits >>= 16)
			sum += (int64_t)(bits & 0xFFFF);
	}
	return ((double)sum + 6.0) * 0x1p-16 - 6.0; /* each part stands for the middle of its step */
}

double sim_exp(double x)
{
	/* x = k ln 2 + r, |r| <= ln 2 / 2; Taylor's series for exp(r). */
	double k = floor(x / 0.693147180559945309417 + 0.5);
	double r = x - k * 0.693147180559945309417, term = 1, sum = 1;

	for (int i = 1; i <= 16; i++) {
		term *= r / i;
		sum += term;
	}
	return ldexp(sum, (int)k);
}

double sim_sine(double turns)
{
	/* Folded into -1/4..1/4 turn, then Taylor's series. */
	double t = turns - floor(turns + 0.5);

	if (t > 0.25)
		t = 0.5 - t;
	else if (t < -0.25)
		t = -0.5 - t;
	double x = t * 6.283185307179586476925, x2 = x * x, term = x, sum = x;

	for (int i = 3; i <= 19; i += 2) {
		term *= -x2 / ((i - 1) * i);
		sum += term;
	}
	return sum;
}
