/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/button.h"

#include "base/clock.h"
#include "base/text.h"
#include "ui/button_evdev.h"
#include "ui/button_line.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Stamps of the kernel and of our own thread are right however late they are read. */
#define OWN_OLDEST_NS (10 * ALG_NS_PER_S)

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

/* ---- opening ------------------------------------------------------------------------------------- */

static int open_evdev(struct ui_button *button, const char *source, struct alg_log *log)
{
	int rc = ui_evdev_open(&button->evdev, source, log);

	button->fd = rc < 0 ? -1 : ui_evdev_fd(button->evdev);
	return rc;
}

static int open_line(struct ui_button *button, const char *source, struct alg_log *log)
{
	int rc = ui_line_open(&button->switch_line, source, log);

	button->fd = rc < 0 ? -1 : ui_line_fd(button->switch_line);
	return rc;
}

static int gauge_has_none(struct ui_button *button, const char *source, struct alg_log *log)
{
	(void)button;
	(void)source;
	return alg_fail(log, MSG_BUTTON_GAUGE);
}

static const struct {
	const char *word; /* with a colon: something follows */
	enum ui_button_kind kind;
	int (*open)(struct ui_button *button, const char *source, struct alg_log *log);
} kinds[] = {
	{"key", UI_BUTTON_KEY, NULL},
	{"peak", UI_BUTTON_PEAK, NULL},
	{"sim", UI_BUTTON_SIM, NULL},
	{"fifo:", UI_BUTTON_FIFO, open_fifo},
	{"evdev:", UI_BUTTON_EVDEV, open_evdev},
	{"line:", UI_BUTTON_LINE, open_line},
	{"gauge", UI_BUTTON_KEY, gauge_has_none},
};

static bool is_kind(const char *word, const char *text)
{
	size_t len = strlen(word);

	return word[len - 1] == ':' ? strncmp(word, text, len) == 0 && text[len] : strcmp(word, text) == 0;
}

int ui_button_open(struct ui_button *button, const char *text, struct alg_log *log)
{
	*button = (struct ui_button){.fd = -1, .log = log};
	if (!alg_text_copy(button->text, sizeof(button->text), text))
		return alg_fail(log, MSG_BUTTON_KIND, text);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (is_kind(kinds[i].word, text)) {
			button->kind = kinds[i].kind;
			return kinds[i].open ? kinds[i].open(button, button->text + strlen(kinds[i].word), log) : 0;
		}
	return alg_fail(log, MSG_BUTTON_KIND, text);
}

/* ---- presses ----------------------------------------------------------------------------------------- */

/* An instant that cannot be (another clock, or nonsense) gives way to the arrival. */
static int64_t believed(int64_t t_ns, int64_t now_ns, int64_t oldest_ns)
{
	return t_ns <= now_ns && t_ns >= 0 && now_ns - t_ns < oldest_ns ? t_ns : now_ns;
}

static int64_t instant(const char *line, int64_t now_ns)
{
	int64_t t;

	if (strncmp(line, "button ", 7) == 0 && alg_text_to_int(line + 7, 0, INT64_MAX, &t) == 0)
		return believed(t, now_ns, ALG_NS_PER_S);
	return now_ns;
}

/* Takes one whole line out of what is there; a line that is too long is a press all the same. */
static int next_line(struct ui_button *button, int64_t now_ns, struct ui_edge *edge)
{
	char c;

	while (read(button->fd, &c, 1) == 1) {
		if (c == '\n') {
			button->line[button->used] = '\0';
			edge->t_ns = button->overlong ? now_ns : instant(button->line, now_ns);
			edge->down = true;
			button->used = 0;
			button->overlong = false;
			return 1;
		}
		if (button->used + 1 < sizeof(button->line))
			button->line[button->used++] = c;
		else
			button->overlong = true;
	}
	return 0;
}

static int next_edge(struct ui_button *button, int64_t now_ns, struct ui_edge *edge)
{
	int rc = 0;

	if (button->kind == UI_BUTTON_FIFO)
		return next_line(button, now_ns, edge);
	if (button->kind == UI_BUTTON_EVDEV)
		rc = ui_evdev_next(button->evdev, edge);
	else if (button->kind == UI_BUTTON_LINE)
		rc = ui_line_next(button->switch_line, edge);
	if (rc > 0)
		edge->t_ns = believed(edge->t_ns, now_ns, OWN_OLDEST_NS);
	return rc;
}

static void lose(struct ui_button *button, int status, int64_t now_ns)
{
	ui_button_close(button);
	button->status = status;
	button->tried_ns = now_ns;
	alg_warn(button->log, MSG_BUTTON_GONE, button->text);
}

static void look_again(struct ui_button *button, int64_t now_ns)
{
	const char *source = strchr(button->text, ':') + 1;

	if (now_ns - button->tried_ns < ALG_NS_PER_S)
		return;
	button->tried_ns = now_ns;
	if (button->kind == UI_BUTTON_EVDEV ? open_evdev(button, source, NULL) : open_line(button, source, NULL))
		return;
	button->status = 0;
	alg_note(button->log, MSG_BUTTON_BACK, button->text);
}

bool ui_button_get(struct ui_button *button, int64_t now_ns, int64_t *t_ns)
{
	struct ui_edge edge;
	int rc;

	if (button->status < 0)
		look_again(button, now_ns);
	if (button->fd < 0)
		return false;
	while ((rc = next_edge(button, now_ns, &edge)) > 0)
		if (ui_debounce(&button->debounce, &edge)) {
			*t_ns = edge.t_ns;
			return true;
		}
	if (rc < 0)
		lose(button, rc, now_ns);
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
	if (button->kind == UI_BUTTON_FIFO && button->fd >= 0)
		close(button->fd);
	ui_evdev_close(button->evdev);
	ui_line_close(button->switch_line);
	button->evdev = NULL;
	button->switch_line = NULL;
	button->fd = -1;
}
