/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * random.h - chance that can be looked up instead of drawn: a number is a function of a key and an
 * index, so the order in which the parts of a simulation ask does not matter, and two machines
 * give the same bytes. Nothing here calls the C library's mathematics.
 *
 * Generator: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014), whose n-th output is a mixing of seed + n * 0x9E3779B97F4A7C15. Not for
 * secrets.
 */
#ifndef SIM_RANDOM_H
#define SIM_RANDOM_H

#include <stdint.h>

/* Output number index (0, 1, ...) of the generator seeded with key. */
uint64_t sim_random(uint64_t key, uint64_t index);
/* A key for one purpose ("threshold", "UTRAP_R", ...) under a seed; text may be NULL. */
uint64_t sim_key(uint64_t seed, const char *text, int64_t number);
/* Uniform in 0 <= x < 1, 53 bits. */
double sim_uniform(uint64_t key, uint64_t index);
/*
 * Mean 0, SD 1: twelve 16-bit uniforms added (Irwin-Hall), so it never exceeds 6 and its tails are a
 * little thin (excess kurtosis -0.1); in exchange it is exact arithmetic everywhere.
 */
double sim_normal(uint64_t key, uint64_t index);

/* exp(x) for |x| <= 20 and sin(2 pi turns), from basic operations alone; errors below 1e-12. */
double sim_exp(double x);
double sim_sine(double turns);

#endif
