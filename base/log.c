/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include "base/text.h"

#include <stdio.h>

static void say(struct alg_log *log, enum alg_level level, int id, const char *fmt, va_list args)
{
	char raw[ALG_LOG_TEXT_MAX], clean[ALG_LOG_TEXT_MAX];

	if (!log || !log->sink || level > log->level)
		return;
	vsnprintf(raw, sizeof(raw), fmt, args);
	alg_text_clean(clean, sizeof(clean), raw);
	log->sink(log->ctx, level, id, clean);
}

int alg_fail(struct alg_log *log, int id, int status, int exit_code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(log, ALG_LEVEL_ERROR, id, fmt, args);
	va_end(args);
	if (log) {
		int none = 0;

		atomic_compare_exchange_strong(&log->exit_code, &none, exit_code);
	}
	return status;
}

void alg_warn(struct alg_log *log, int id, int status, int exit_code, const char *fmt, ...)
{
	va_list args;

	(void)status;
	(void)exit_code;
	va_start(args, fmt);
	say(log, ALG_LEVEL_WARNING, id, fmt, args);
	va_end(args);
}

void alg_note(struct alg_log *log, int id, int status, int exit_code, const char *fmt, ...)
{
	va_list args;

	(void)status;
	(void)exit_code;
	va_start(args, fmt);
	say(log, ALG_LEVEL_NOTE, id, fmt, args);
	va_end(args);
}

void alg_debug(struct alg_log *log, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(log, ALG_LEVEL_DEBUG, 0, fmt, args);
	va_end(args);
}
