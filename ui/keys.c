/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/keys.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

void ui_keys_open(struct ui_keys *keys, int fd)
{
	struct termios raw;

	*keys = (struct ui_keys){.fd = fd};
	if (!isatty(fd) || tcgetattr(fd, &keys->saved))
		return;
	raw = keys->saved;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL); /* Ctrl-S must not freeze the screen */
	raw.c_cc[VSUSP] = _POSIX_VDISABLE;        /* no Ctrl-Z while a patient is under the gauge */
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	keys->raw = tcsetattr(fd, TCSANOW, &raw) == 0;
}

static int next_byte(struct ui_keys *keys)
{
	struct pollfd p = {.fd = keys->fd, .events = POLLIN};
	unsigned char c;

	if (poll(&p, 1, 0) <= 0)
		return 0;
	ssize_t n = read(keys->fd, &c, 1);

	if (n == 1)
		return c;
	return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

int ui_keys_get(struct ui_keys *keys)
{
	if (!keys->raw)
		return 0;
	int c = next_byte(keys);

	if (c != 0x1B)
		return c;
	/* Arrow and function keys send ESC [ ... letter: swallow them whole. */
	c = next_byte(keys);
	if (c != '[' && c != 'O')
		return 0;
	do
		c = next_byte(keys);
	while (c > 0 && !(c >= '@' && c <= '~'));
	return 0;
}

void ui_keys_close(struct ui_keys *keys)
{
	if (keys->raw)
		tcsetattr(keys->fd, TCSANOW, &keys->saved);
	keys->raw = false;
}
