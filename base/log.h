/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log.h - how every room says what went wrong, without printing.
 *
 * A room is given a struct alg_log and calls alg_fail(), alg_warn() or alg_note() with a
 * message from base/messages.h. The sink (the program's, a test's) decides where the text goes.
 * A message is said once, where it is found; above that only the status is passed up.
 *
 * Text from outside (device strings, file contents, names) may stand in the arguments: the sink
 * receives it with control characters and broken UTF-8 made visible (alg_text_clean).
 *
 * Threads: a log may be used from several threads when its sink may. NULL is a valid log that
 * drops the text; the status comes back all the same.
 */
#ifndef ALG_BASE_LOG_H
#define ALG_BASE_LOG_H

#include "base/messages.h"
#include "base/status.h"

#include <stdatomic.h>
#include <stdarg.h>

enum alg_level { ALG_LEVEL_ERROR, ALG_LEVEL_WARNING, ALG_LEVEL_NOTE, ALG_LEVEL_DEBUG };

enum { ALG_LOG_TEXT_MAX = 1024 };

struct alg_log {
	/* text is one line without a newline, valid during the call. */
	void (*sink)(void *ctx, enum alg_level level, int id, const char *text);
	void *ctx;
	enum alg_level level;  /* what is above is dropped */
	_Atomic int exit_code; /* exit class of the first error said; 0 while there was none */
};

/*
 * alg_fail(log, MSG_SOMETHING, args...) says an error and returns its status (below zero);
 * alg_warn and alg_note say the same kind of message at a lower level and return nothing.
 * A MSG_ macro stands for four arguments: id, status, exit code, format.
 */
int alg_fail(struct alg_log *log, int id, int status, int exit_code, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
void alg_warn(struct alg_log *log, int id, int status, int exit_code, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
void alg_note(struct alg_log *log, int id, int status, int exit_code, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
void alg_debug(struct alg_log *log, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
