/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * progress.h - a bar for work that takes longer than a moment: one line on standard error, only where that is a
 * terminal of 64 columns or more, first after 0.3 s and at most ten times a second. No colours, no cursor movements
 * but the carriage return. Messages that are said meanwhile stand on lines of their own; at the end the bar is gone.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct cli_progress {
	FILE *to;          /* NULL: nothing is drawn */
	const char *what;  /* "reading sessions", at most 20 characters */
	struct alg_log *log;
	void (*was_sink)(void *ctx, enum alg_level level, int id, const char *text);
	void *was_ctx;
	int64_t next_ns;   /* no earlier than this is it drawn again */
	size_t drawn;      /* characters that stand on the line */
};

/* to: stderr. log's messages go through the bar until cli_progress_end; progress stays where it is until then. */
void cli_progress_start(struct cli_progress *progress, FILE *to, const char *what, struct alg_log *log);
/* done of all; fits struct ses_batch_options: user is the struct cli_progress. */
void cli_progress_step(size_t done, size_t all, void *user);
/* Takes the bar away. */
void cli_progress_end(struct cli_progress *progress);

#endif
