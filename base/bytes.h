/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes.h - endian readers and writers over plain bytes; the caller has checked the length. */
#ifndef ALG_BASE_BYTES_H
#define ALG_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

static inline uint16_t alg_le16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t alg_le32(const uint8_t *p)
{
	return (uint32_t)alg_le16(p) | (uint32_t)alg_le16(p + 2) << 16;
}

static inline uint64_t alg_le64(const uint8_t *p)
{
	return (uint64_t)alg_le32(p) | (uint64_t)alg_le32(p + 4) << 32;
}

static inline uint16_t alg_be16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t alg_be32(const uint8_t *p)
{
	return (uint32_t)alg_be16(p) << 16 | alg_be16(p + 2);
}

/* The number whose IEEE 754 bits these are; it can be an infinity or no number. */
static inline float alg_f32(uint32_t bits)
{
	float v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static inline double alg_f64(uint64_t bits)
{
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static inline void alg_put_le16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static inline void alg_put_le32(uint8_t *p, uint32_t v)
{
	alg_put_le16(p, (uint16_t)v);
	alg_put_le16(p + 2, (uint16_t)(v >> 16));
}

static inline void alg_put_le64(uint8_t *p, uint64_t v)
{
	alg_put_le32(p, (uint32_t)v);
	alg_put_le32(p + 4, (uint32_t)(v >> 32));
}

/* The IEEE 754 bits of v, little endian. */
static inline void alg_put_lef64(uint8_t *p, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	alg_put_le64(p, bits);
}

static inline void alg_put_lef32(uint8_t *p, float v)
{
	uint32_t bits;

	memcpy(&bits, &v, sizeof(bits));
	alg_put_le32(p, bits);
}

#endif
