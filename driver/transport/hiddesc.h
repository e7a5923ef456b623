/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hiddesc.h - what a HID report descriptor says about itself. Pure, bounded, for hostile bytes.
 */
#ifndef ALG_HIDDESC_H
#define ALG_HIDDESC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * True when the descriptor sets this usage page, or names a usage of it in the extended form
 * (HID 1.11, 6.2.2.7 and 6.2.2.8). Items are walked one by one, so the same bytes inside another
 * item's data do not count. A descriptor that is cut ends there.
 */
bool alg_hid_has_usage_page(const uint8_t *desc, size_t len, uint16_t page);

/*
 * Length of the report descriptor by the HID descriptor (HID 1.11, 6.2.1) among the class descriptors that stand
 * behind an interface; 0 when there is none, up to 65535.
 */
int alg_hid_report_length(const uint8_t *extra, size_t len);

#endif
