/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/frame/crc16.h"

uint16_t alg_crc16_arc(const uint8_t *bytes, size_t len)
{
	unsigned crc = 0;

	for (size_t i = 0; i < len; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
	}
	return (uint16_t)crc;
}
