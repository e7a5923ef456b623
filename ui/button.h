/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * button.h - where the patient's response comes from.
 *
 *   key        the space bar, pressed by the examiner on the patient's word
 *   peak       no button: the peak before the fall ("verbal-peak", contains reaction time)
 *   evdev:PATH[:KEYNAME]  a pedal or switch that is an input device (ui/button_evdev.h)
 *   line:cts@PORT         a switch on a serial port; also dsr, dcd, ri (ui/button_line.h)
 *   fifo:PATH  a named pipe: each line is a press. A line "button NS" carries the instant on
 *              CLOCK_MONOTONIC; it is believed when it is not in the future and less than a second
 *              old, else the arrival counts.
 *   sim        the simulated patient
 *   gauge      the gauge's own button: refused, for no family marks one in what it sends. (The SEND key of a
 *              Wagner sends one reading more, which does not differ from an answer that came late.)
 *
 * Presses of a pedal, a line and a pipe are debounced (ui/debounce.h). All instants are on CLOCK_MONOTONIC; where
 * the session's clock is another one (a simulated gauge), the arrival counts.
 */
#ifndef UI_BUTTON_H
#define UI_BUTTON_H

#include "base/log.h"
#include "data/press.h"
#include "ui/debounce.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ui_button_kind { UI_BUTTON_KEY, UI_BUTTON_PEAK, UI_BUTTON_FIFO, UI_BUTTON_SIM, UI_BUTTON_EVDEV, UI_BUTTON_LINE };

struct ui_evdev;
struct ui_line;

struct ui_button {
	enum ui_button_kind kind;
	int fd;     /* for poll(2); -1 for kinds without one, and while the button is gone */
	int status; /* 0, or ALG_ERR_NODEV while a pedal or port is unplugged */
	struct ui_debounce debounce;
	struct ui_evdev *evdev;
	struct ui_line *switch_line;
	struct alg_log *log;
	char text[320]; /* as it was opened */
	int64_t tried_ns;
	char line[64];
	size_t used;
	bool overlong;
};

/*
 * Says MSG_BUTTON_*; the fifo is made when absent. The log is used until the end: MSG_BUTTON_GONE (a warning) when
 * the button is unplugged, MSG_BUTTON_BACK when it is there again. KEY, PEAK and SIM give no presses here.
 */
int ui_button_open(struct ui_button *button, const char *text, struct alg_log *log);
/*
 * A press since the last call: true and its instant on CLOCK_MONOTONIC. Bounces are left out and counted. A button
 * that is gone is looked for once a second.
 */
bool ui_button_get(struct ui_button *button, int64_t now_ns, int64_t *t_ns);
/* How such a response is stored. */
enum ses_response ui_button_response(const struct ui_button *button);
void ui_button_close(struct ui_button *button);

#endif
