/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_tell.c - a sentence for the person, and a row for what happened. */
#include "cli/record.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

void record_say(struct record *r, const char *fmt, ...)
{
	char text[300];
	va_list args;

	if (!r->screen)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	ui_screen_say(r->screen, text);
}

void record_say_line(struct record *r, const char *fmt, ...)
{
	char text[300];
	va_list args;

	if (!r->screen)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	ui_screen_line(r->screen, text);
}

int record_store_event(struct record *r, int64_t t_ns, const char *kind, double value, const char *note)
{
	struct ses_event row = {.t_s = ses_stored_s(t_ns - r->start_ns), .value = value};

	alg_time_format(row.time, sizeof(row.time), alg_clock_wall_ns(&r->clock) - (alg_clock_now_ns(&r->clock) - t_ns));
	alg_text_copy(row.kind, sizeof(row.kind), kind);
	alg_text_ascii(row.note, sizeof(row.note), note);
	if (acq_store_event(r->store, &row) < 0)
		return alg_fail(r->log, MSG_NOMEM, "an event");
	return 0;
}
