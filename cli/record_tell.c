/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_tell.c - a sentence for the person, and a row for what happened. */
#include "cli/record.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static void say(struct record *r, void (*show)(struct ui_screen *, const char *), const char *fmt, va_list args)
{
	char text[300];

	vsnprintf(text, sizeof(text), fmt, args);
	if (r->screen)
		show(r->screen, text);
}

void record_say(struct record *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(r, ui_screen_say, fmt, args);
	va_end(args);
}

void record_say_line(struct record *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(r, ui_screen_line, fmt, args);
	va_end(args);
}

void record_ring(const struct record *r)
{
	ui_sound_alarm(r->sound);
	if (r->bell_fd >= 0 && write(r->bell_fd, "\a", 1) < 0)
		return; /* a terminal that is full has a bell waiting already */
}

int record_store_event(struct record *r, int64_t t_ns, const char *kind, double value, const char *note)
{
	struct ses_event row = {.t_s = ses_stored_s(t_ns - r->start_ns), .value = value};

	alg_time_format(row.time, sizeof(row.time), alg_clock_wall_ns(&r->clock) - (alg_clock_now_ns(&r->clock) - t_ns));
	alg_text_copy(row.kind, sizeof(row.kind), kind);
	alg_text_ascii(row.note, sizeof(row.note), note);
	int rc = r->store ? acq_store_event(r->store, &row) : ses_session_add_event(&r->session, &row);

	return rc < 0 ? alg_fail(r->log, MSG_NOMEM, "an event") : 0;
}
