/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crc16.h - CRC-16/ARC: polynomial 8005 reflected (A001), starts at 0, nothing at the end; "123456789" gives BB3D. */
#ifndef ALG_CRC16_H
#define ALG_CRC16_H

#include <stddef.h>
#include <stdint.h>

uint16_t alg_crc16_arc(const uint8_t *bytes, size_t len);

#endif
