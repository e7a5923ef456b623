/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include "base/clock.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_MIN = 64, BAR = 20, FIRST_MS = 300, STEP_MS = 100 };

static int64_t now_ns(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

static void erase(struct cli_progress *p)
{
	if (p->drawn)
		fprintf(p->to, "\r%*s\r", (int)p->drawn, "");
	p->drawn = 0;
}

static void say_above(void *ctx, enum alg_level level, int id, const char *text)
{
	struct cli_progress *p = ctx;

	erase(p);
	fflush(p->to);
	p->was_sink(p->was_ctx, level, id, text);
}

void cli_progress_start(struct cli_progress *progress, FILE *to, const char *what, struct alg_log *log)
{
	struct winsize size;

	*progress = (struct cli_progress){.what = what, .log = log, .next_ns = now_ns() + FIRST_MS * ALG_NS_PER_MS};
	if (!isatty(fileno(to)) || (ioctl(fileno(to), TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_col < COLUMNS_MIN))
		return;
	progress->to = to;
	progress->was_sink = log->sink;
	progress->was_ctx = log->ctx;
	if (log->sink) {
		log->sink = say_above;
		log->ctx = progress;
	}
}

void cli_progress_step(size_t done, size_t all, void *user)
{
	struct cli_progress *p = user;
	char bar[BAR + 1];
	size_t full = all ? done * BAR / all : BAR;

	if (!p->to || now_ns() < p->next_ns)
		return;
	p->next_ns = now_ns() + STEP_MS * ALG_NS_PER_MS;
	memset(bar, '.', BAR);
	memset(bar, '#', full < BAR ? full : BAR);
	bar[BAR] = '\0';
	erase(p);
	p->drawn = (size_t)fprintf(p->to, "%.20s [%s] %zu of %zu", p->what, bar, done, all);
	fflush(p->to);
}

void cli_progress_end(struct cli_progress *progress)
{
	if (!progress->to)
		return;
	erase(progress);
	fflush(progress->to);
	progress->log->sink = progress->was_sink;
	progress->log->ctx = progress->was_ctx;
	progress->to = NULL;
}
