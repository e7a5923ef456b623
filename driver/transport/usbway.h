/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usbway.h - how a USB gauge is talked to: a family says it, the transport does it. */
#ifndef ALG_USBWAY_H
#define ALG_USBWAY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Its reports come on the first interrupt IN endpoint of its interface; what is written goes out on the
 * interface's interrupt OUT endpoint, or where there is none, or control_only, by SET_REPORT
 * (bmRequestType 21, bRequest 09, wIndex the interface).
 */
struct alg_usb_way {
	uint16_t usage_page;   /* its interface's report descriptor has this page; 0: the first HID interface */
	bool any_class;        /* the interface need not be of the HID class */
	bool control_only;
	uint16_t report_value; /* wValue of SET_REPORT; 0: 0200 + the first byte, the report's id */
};

#endif
