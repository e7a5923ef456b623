/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/transport/hiddesc.h"

#include "base/bytes.h"

/* Item prefix: size in bits 0-1 (3 means 4 bytes), type and tag above. HID 1.11, 6.2.2.2. */
enum { ITEM_USAGE_PAGE = 0x04, ITEM_USAGE = 0x08, ITEM_LONG = 0xFE };

static uint32_t item_value(const uint8_t *data, size_t n)
{
	uint32_t value = 0;

	for (size_t i = 0; i < n; i++)
		value |= (uint32_t)data[i] << (8 * i);
	return value;
}

bool alg_hid_has_usage_page(const uint8_t *desc, size_t len, uint16_t page)
{
	size_t i = 0;

	while (i < len) {
		uint8_t prefix = desc[i++];
		size_t n = (prefix & 3) == 3 ? 4 : prefix & 3;

		if (prefix == ITEM_LONG) { /* its size, its tag, then the data */
			if (len - i < 2)
				return false;
			n = (size_t)desc[i] + 2;
		}
		if (n > len - i)
			return false;
		if ((prefix & 0xFC) == ITEM_USAGE_PAGE && item_value(desc + i, n) == page)
			return true;
		if ((prefix & 0xFC) == ITEM_USAGE && n == 4 && item_value(desc + i, n) >> 16 == page)
			return true;
		i += n;
	}
	return false;
}

int alg_hid_report_length(const uint8_t *extra, size_t len)
{
	enum { HID = 0x21, REPORT = 0x22, HID_LEAST = 9 };

	while (len >= 2 && extra[0] >= 2 && extra[0] <= len) {
		if (extra[1] == HID && extra[0] >= HID_LEAST && extra[6] == REPORT)
			return alg_le16(extra + 7);
		len -= extra[0];
		extra += extra[0];
	}
	return 0;
}
