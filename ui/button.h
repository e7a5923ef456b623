/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * button.h - where the patient's response comes from.
 *
 *   key        the space bar, pressed by the examiner on the patient's word
 *   peak       no button: the peak before the fall ("verbal-peak", contains reaction time)
 *   fifo:PATH  a named pipe: each line is a press. A line "button NS" carries the instant on
 *              CLOCK_MONOTONIC; it is believed when it is not in the future and less than a second
 *              old, else the arrival counts.
 *   sim        the simulated patient
 */
#ifndef UI_BUTTON_H
#define UI_BUTTON_H

#include "base/log.h"
#include "data/press.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ui_button_kind { UI_BUTTON_KEY, UI_BUTTON_PEAK, UI_BUTTON_FIFO, UI_BUTTON_SIM };

struct ui_button {
	enum ui_button_kind kind;
	int fd; /* fifo, else -1 */
	char line[64];
	size_t used;
	bool overlong;
};

/* Says MSG_BUTTON_*; the fifo is made when absent. */
int ui_button_open(struct ui_button *button, const char *text, struct alg_log *log);
/* A fifo press since the last call: true and its instant on CLOCK_MONOTONIC. */
bool ui_button_get(struct ui_button *button, int64_t now_ns, int64_t *t_ns);
/* How such a response is stored. */
enum ses_response ui_button_response(const struct ui_button *button);
void ui_button_close(struct ui_button *button);

#endif
