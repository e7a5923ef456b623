/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/button_line.h"

#include "base/access.h"
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

struct ui_line {
	int port;           /* -1 when the lines are the caller's */
	struct termios saved;
	bool has_saved;
	int bit;
	ui_line_look *look;
	void *ctx;
	int first;          /* lines at the start */
	int pipe[2];        /* thread to reader */
	pthread_t thread;
	bool started;
	atomic_bool stop;
};

/* What goes through the pipe. */
struct note {
	struct ui_edge edge;
	bool gone;
};

static const struct {
	const char *name;
	int bit;
} lines[] = {{"cts", TIOCM_CTS}, {"dsr", TIOCM_DSR}, {"dcd", TIOCM_CD}, {"ri", TIOCM_RI}};

/* ---- the thread ------------------------------------------------------------------------------------ */

/* A pipe holds more than a thousand notes; a reader that is further behind has nothing to lose. False: it is full. */
static bool tell(struct ui_line *line, const struct note *note)
{
	ssize_t n;

	while ((n = write(line->pipe[1], note, sizeof(*note))) < 0 && errno == EINTR)
		;
	return n >= 0;
}

static void *watch(void *arg)
{
	const struct timespec pause = {.tv_nsec = UI_LINE_EVERY_MS * 1000000L};
	struct ui_line *line = arg;
	sigset_t all;
	int64_t before_ns = alg_clock_now_ns(alg_clock_system());
	int before = line->first;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL); /* signals are the main thread's */
	while (!atomic_load(&line->stop)) {
		nanosleep(&pause, NULL);
		int now = line->look(line->ctx);
		int64_t now_ns = alg_clock_now_ns(alg_clock_system());

		if (now < 0) { /* this one is waited for: else it would be taken for a button that nobody presses */
			while (!tell(line, &(struct note){.gone = true}) && !atomic_load(&line->stop))
				nanosleep(&pause, NULL);
			break;
		}
		if ((now ^ before) & line->bit)
			tell(line, &(struct note){.edge = {before_ns + (now_ns - before_ns) / 2, (now & line->bit) != 0}});
		before = now;
		before_ns = now_ns;
	}
	return NULL;
}

/* ---- the port ---------------------------------------------------------------------------------------- */

static int look_at_port(void *ctx)
{
	const struct ui_line *line = ctx;
	int on = 0;

	return ioctl(line->port, TIOCMGET, &on) ? -errno : on;
}

/* "cts@PORT" -> the bit and the port's name. */
static const char *parse(const char *source, int *bit)
{
	const char *at = strchr(source, '@');
	size_t len = at ? (size_t)(at - source) : strlen(source);

	*bit = 0;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strlen(lines[i].name) == len && strncmp(lines[i].name, source, len) == 0)
			*bit = lines[i].bit;
	return at && at[1] ? at + 1 : NULL;
}

static int cannot_open(const char *port, int err, struct alg_log *log)
{
	char why[256];

	if (err == ENOENT || err == ENODEV || err == ENXIO || err == ENOTDIR)
		return alg_fail(log, MSG_BUTTON_ABSENT, port);
	if (err == EACCES || err == EPERM) {
		alg_access_why(port, why, sizeof(why));
		return alg_fail(log, MSG_DEV_ACCESS, port, why);
	}
	if (err == EBUSY)
		return alg_fail(log, MSG_DEV_BUSY, port);
	return alg_fail(log, MSG_DEV_OPEN, port, strerror(err));
}

/* No flow control, so that RTS stays where it is put; nobody else opens the port meanwhile. */
static void settle(struct ui_line *line)
{
	struct termios quiet;

	line->has_saved = tcgetattr(line->port, &line->saved) == 0;
	if (!line->has_saved)
		return;
	quiet = line->saved;
	cfmakeraw(&quiet);
	quiet.c_cflag |= CLOCAL;
	quiet.c_cflag &= ~(tcflag_t)(CRTSCTS | CREAD);
	tcsetattr(line->port, TCSANOW, &quiet);
	ioctl(line->port, TIOCEXCL);
}

static int open_port(struct ui_line *line, const char *port, struct alg_log *log)
{
	const int supply = TIOCM_DTR | TIOCM_RTS;
	int on;

	line->port = open(port, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (line->port < 0)
		return cannot_open(port, errno, log);
	if (ioctl(line->port, TIOCMGET, &on))
		return alg_fail(log, MSG_BUTTON_NO_LINES, port, strerror(errno));
	settle(line);
	if (ioctl(line->port, TIOCMBIS, &supply))
		return alg_fail(log, MSG_BUTTON_NO_LINES, port, strerror(errno));
	usleep(10000); /* a switch that is closed already shows before the first look */
	return 0;
}

/* ---- outside ------------------------------------------------------------------------------------------- */

static struct ui_line *make(struct alg_log *log)
{
	struct ui_line *line = calloc(1, sizeof(*line));

	if (!line)
		alg_fail(log, MSG_NOMEM, "patient's button");
	else
		line->port = line->pipe[0] = line->pipe[1] = -1;
	return line;
}

static int start(struct ui_line *line, int bit, ui_line_look *look, void *ctx, struct alg_log *log)
{
	line->bit = bit;
	line->look = look;
	line->ctx = ctx;
	line->first = look(ctx);
	if (line->first < 0)
		return alg_fail(log, MSG_BUTTON_NO_LINES, "the port", strerror(-line->first));
	if (pipe2(line->pipe, O_CLOEXEC | O_NONBLOCK))
		return alg_fail(log, MSG_NOMEM, "patient's button");
	if (pthread_create(&line->thread, NULL, watch, line))
		return alg_fail(log, MSG_NOMEM, "patient's button");
	line->started = true;
	return 0;
}

int ui_line_start(struct ui_line **out, int bit, ui_line_look *look, void *ctx, struct alg_log *log)
{
	struct ui_line *line = make(log);
	int rc = line ? start(line, bit, look, ctx, log) : ALG_ERR_NOMEM;

	*out = rc < 0 ? NULL : line;
	if (rc < 0)
		ui_line_close(line);
	return rc;
}

int ui_line_open(struct ui_line **out, const char *source, struct alg_log *log)
{
	int bit, rc;
	const char *port = parse(source, &bit);

	*out = NULL;
	if (!bit)
		return alg_fail(log, MSG_BUTTON_LINE, source, "its line is not one of cts, dsr, dcd, ri");
	if (!port)
		return alg_fail(log, MSG_BUTTON_LINE, source, "the port is missing");
	struct ui_line *line = make(log);

	if (!line)
		return ALG_ERR_NOMEM;
	if ((rc = open_port(line, port, log)) < 0 || (rc = start(line, bit, look_at_port, line, log)) < 0) {
		ui_line_close(line);
		return rc;
	}
	alg_note(log, MSG_BUTTON_SUPPLY, port);
	*out = line;
	return 0;
}

int ui_line_fd(const struct ui_line *line)
{
	return line->pipe[0];
}

int ui_line_next(struct ui_line *line, struct ui_edge *edge)
{
	struct note note;
	ssize_t n = read(line->pipe[0], &note, sizeof(note)); /* whole: written at once, shorter than PIPE_BUF */

	if (n != (ssize_t)sizeof(note))
		return 0;
	*edge = note.edge;
	return note.gone ? ALG_ERR_NODEV : 1;
}

void ui_line_close(struct ui_line *line)
{
	if (!line)
		return;
	atomic_store(&line->stop, true);
	if (line->started)
		pthread_join(line->thread, NULL);
	for (int i = 0; i < 2; i++)
		if (line->pipe[i] >= 0)
			close(line->pipe[i]);
	if (line->has_saved)
		tcsetattr(line->port, TCSANOW, &line->saved);
	if (line->port >= 0) {
		ioctl(line->port, TIOCNXCL);
		close(line->port);
	}
	free(line);
}
