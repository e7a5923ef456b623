/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.h - what the hand is told now: one word for large letters, a sentence that says the same in
 * full, and how urgent it is. Pure; the same for a blinded session.
 */
#ifndef UI_ORDER_H
#define UI_ORDER_H

#include "acq/gate.h"

enum ui_urgency { UI_CALM, UI_WELL, UI_MEND, UI_ALARM };

struct ui_order {
	char word[16];        /* only what ui/letters.h has */
	char sentence[96];
	enum ui_urgency urgency;
};

void ui_order_make(struct ui_order *order, const struct acq_shown *shown);

#endif
