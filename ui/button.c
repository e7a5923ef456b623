/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/button.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_fifo(struct ui_button *button, const char *path, struct alg_log *log)
{
	struct stat st;

	if (mkfifo(path, 0600) && errno != EEXIST)
		return alg_fail(log, MSG_BUTTON_FIFO, path, strerror(errno));
	/* Both directions: our own writing end keeps the pipe open while no button is connected. */
	button->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (button->fd < 0)
		return alg_fail(log, MSG_BUTTON_FIFO, path, strerror(errno));
	if (fstat(button->fd, &st) || !S_ISFIFO(st.st_mode)) {
		ui_button_close(button);
		return alg_fail(log, MSG_BUTTON_FIFO, path, "something else has that name");
	}
	return 0;
}

int ui_button_open(struct ui_button *button, const char *text, struct alg_log *log)
{
	static const char *const later[] = {"evdev:", "line:", "gauge"};

	*button = (struct ui_button){.fd = -1};
	if (strcmp(text, "key") == 0) {
		button->kind = UI_BUTTON_KEY;
	} else if (strcmp(text, "peak") == 0) {
		button->kind = UI_BUTTON_PEAK;
	} else if (strcmp(text, "sim") == 0) {
		button->kind = UI_BUTTON_SIM;
	} else if (strncmp(text, "fifo:", 5) == 0 && text[5]) {
		button->kind = UI_BUTTON_FIFO;
		return open_fifo(button, text + 5, log);
	} else {
		for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
			if (strncmp(text, later[i], strlen(later[i])) == 0)
				return alg_fail(log, MSG_BUTTON_LATER, text);
		return alg_fail(log, MSG_BUTTON_KIND, text);
	}
	return 0;
}

static int64_t instant(const char *line, int64_t now_ns)
{
	int64_t t;

	if (strncmp(line, "button ", 7) == 0 && alg_text_to_int(line + 7, 0, INT64_MAX, &t) == 0 &&
		t <= now_ns && now_ns - t < ALG_NS_PER_S)
		return t;
	return now_ns;
}

/* Takes one whole line out of what is there; a line that is too long is a press all the same. */
bool ui_button_get(struct ui_button *button, int64_t now_ns, int64_t *t_ns)
{
	char c;

	if (button->fd < 0)
		return false;
	while (read(button->fd, &c, 1) == 1) {
		if (c == '\n') {
			button->line[button->used] = '\0';
			*t_ns = button->overlong ? now_ns : instant(button->line, now_ns);
			button->used = 0;
			button->overlong = false;
			return true;
		}
		if (button->used + 1 < sizeof(button->line))
			button->line[button->used++] = c;
		else
			button->overlong = true;
	}
	return false;
}

enum ses_response ui_button_response(const struct ui_button *button)
{
	if (button->kind == UI_BUTTON_KEY)
		return SES_RESPONSE_EXAMINER_KEY;
	return button->kind == UI_BUTTON_PEAK ? SES_RESPONSE_PEAK : SES_RESPONSE_BUTTON;
}

void ui_button_close(struct ui_button *button)
{
	if (button->fd >= 0)
		close(button->fd);
	button->fd = -1;
}
