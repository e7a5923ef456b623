/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/term.h"

#include "base/clock.h"
#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEEP_BYTES = 1 << 16 };

/* A regular file opened anew would be written from its beginning, a socket cannot be. */
static bool can_open_again(int fd)
{
	struct stat st;

	return isatty(fd) || (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode));
}

void ui_term_open(struct ui_term *term, int fd)
{
	char path[40];

	*term = (struct ui_term){.fd = fd};
	if (!can_open_again(fd))
		return;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	int again = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (again < 0)
		return;
	term->fd = again;
	term->own = true;
}

int ui_term_put(struct ui_term *term, const char *bytes, size_t len)
{
	if (term->gone || !len)
		return 0;
	if (term->len + len > term->cap) {
		size_t cap = term->len + len > KEEP_BYTES ? 2 * (term->len + len) : KEEP_BYTES;
		char *more = realloc(term->pending, cap);

		if (!more)
			return ALG_ERR_NOMEM;
		term->pending = more;
		term->cap = cap;
	}
	memcpy(term->pending + term->len, bytes, len);
	term->len += len;
	return 0;
}

static bool has_room(const struct ui_term *term)
{
	struct pollfd p = {.fd = term->fd, .events = POLLOUT};

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLOUT | POLLERR | POLLHUP));
}

bool ui_term_pump(struct ui_term *term)
{
	while (term->sent < term->len && has_room(term)) {
		ssize_t n = write(term->fd, term->pending + term->sent, term->own ? term->len - term->sent : 1);

		if (n > 0) {
			term->sent += (size_t)n;
		} else if (n < 0 && errno != EINTR) {
			if (errno == EAGAIN)
				break;
			term->gone = true;
			term->sent = term->len;
		}
	}
	if (term->sent < term->len)
		return false;
	term->sent = term->len = 0;
	return true;
}

bool ui_term_drain(struct ui_term *term, int patience_ms)
{
	int64_t until_ns = alg_clock_now_ns(alg_clock_system()) + patience_ms * ALG_NS_PER_MS;
	struct pollfd p = {.fd = term->fd, .events = POLLOUT};

	while (!ui_term_pump(term)) {
		if (alg_clock_now_ns(alg_clock_system()) >= until_ns)
			return false;
		poll(&p, 1, 10);
	}
	return true;
}

bool ui_term_size(const struct ui_term *term, int *rows, int *columns)
{
	struct winsize size;

	if (ioctl(term->fd, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
		return false;
	*rows = size.ws_row;
	*columns = size.ws_col;
	return true;
}

void ui_term_close(struct ui_term *term)
{
	if (term->own)
		close(term->fd);
	free(term->pending);
	*term = (struct ui_term){.fd = -1};
}
