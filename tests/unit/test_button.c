/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The patient's button: debounce, a pedal through the real libevdev, a switch on a serial port with its thread
 * (pthread_create in ui/button_line.c), refusals, the list of devices.
 *
 * The pedal is a pseudo-terminal: its bytes are the kernel's events, its hang-up is the unplugging, and what a
 * device is asked by ioctl() is answered here, for this program defines ioctl() and libevdev's calls bind to it.
 * Modem lines, which a pseudo-terminal has not, are answered the same way.
 */
#include "tests/unit/assert_close.h"

#include "base/clock.h"
#include "base/status.h"
#include "ui/button.h"
#include "ui/button_evdev.h"
#include "ui/button_line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { MS = 1000000 };

/* ---- what the kernel would answer ------------------------------------------------------------- */

static atomic_bool is_input, is_port, has_no_keys, is_taken;
static atomic_int lines, grabs, clock_id, key_down; /* key_down: a key that is held, 0 for none */

static void set_bit(uint8_t *bits, size_t size, unsigned bit)
{
	if (bit / 8 < size)
		bits[bit / 8] |= (uint8_t)(1u << bit % 8);
}

static int as_input(unsigned long request, void *arg)
{
	unsigned nr = _IOC_NR(request), size = _IOC_SIZE(request);

	if (request == EVIOCGRAB) {
		errno = EBUSY;
		grabs += arg != NULL && !is_taken;
		return is_taken ? -1 : 0;
	}
	if (request == EVIOCSCLOCKID) {
		clock_id = *(int *)arg;
		return 0;
	}
	if (!(_IOC_DIR(request) & _IOC_READ))
		return 0;
	memset(arg, 0, size);
	if (request == EVIOCGVERSION)
		*(int *)arg = 0x010001;
	if (nr == _IOC_NR(EVIOCGNAME(0)))
		memcpy(arg, "pedal", size < 6 ? size : 6);
	if (nr == _IOC_NR(EVIOCGBIT(0, 0)) && !has_no_keys)
		set_bit(arg, size, EV_KEY);
	if (nr == _IOC_NR(EVIOCGBIT(EV_KEY, 0))) {
		set_bit(arg, size, KEY_B);
		set_bit(arg, size, BTN_LEFT);
	}
	if (nr == _IOC_NR(EVIOCGKEY(0)) && key_down)
		set_bit(arg, size, (unsigned)key_down);
	return (int)size;
}

/* ioctl itself, under another name in C, so that its prototype need not be matched. */
int bed_ioctl(int fd, unsigned long request, ...) __asm__("ioctl") __attribute__((visibility("default")));

int bed_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	int waiting;

	va_start(args, request);
	void *arg = va_arg(args, void *);

	va_end(args);
	if (is_input && _IOC_TYPE(request) == 'E')
		return as_input(request, arg);
	if (!is_port || (request != TIOCMGET && request != TIOCMBIS))
		return (int)syscall(SYS_ioctl, fd, request, arg);
	if (syscall(SYS_ioctl, fd, TIOCINQ, &waiting) < 0)
		return -1; /* a port that is gone answers EIO to these as well */
	if (request == TIOCMGET)
		*(int *)arg = lines;
	else
		lines |= *(int *)arg;
	return 0;
}

/* ---- helpers ---------------------------------------------------------------------------------------- */

struct said {
	int id[16];
	int n;
};

static void remember(void *ctx, enum alg_level level, int id, const char *text)
{
	struct said *said = ctx;

	(void)level;
	(void)text;
	if (said->n < 16)
		said->id[said->n++] = id;
}

static int first_of(int id, ...)
{
	return id;
}

#define ID(message) first_of(message)

struct bed {
	int master, slave;
	char source[128];
	struct said said;
	struct alg_log log;
};

static void plug(struct bed *bed, const char *before, const char *after)
{
	struct termios raw;
	char name[64];

	*bed = (struct bed){.log = {.sink = remember, .level = ALG_LEVEL_NOTE}};
	bed->log.ctx = &bed->said;
	assert_int_equal(openpty(&bed->master, &bed->slave, name, NULL, NULL), 0);
	tcgetattr(bed->slave, &raw);
	cfmakeraw(&raw);
	tcsetattr(bed->slave, TCSANOW, &raw);
	snprintf(bed->source, sizeof(bed->source), "%s%s%s", before, name, after);
}

static void unplug(struct bed *bed)
{
	close(bed->slave);
	close(bed->master);
}

static struct input_event event(int64_t t_ns, int type, int code, int value)
{
	struct input_event e = {.type = (uint16_t)type, .code = (uint16_t)code, .value = value};

	e.input_event_sec = t_ns / ALG_NS_PER_S;
	e.input_event_usec = t_ns % ALG_NS_PER_S / 1000;
	return e;
}

static void send_event(const struct bed *bed, int64_t t_ns, int type, int code, int value)
{
	struct input_event pair[2] = {event(t_ns, type, code, value), event(t_ns, EV_SYN, SYN_REPORT, 0)};

	assert_int_equal(write(bed->master, pair, sizeof(pair)), (ssize_t)sizeof(pair));
}

static bool wait_for(const struct ui_button *button)
{
	struct pollfd p = {.fd = button->fd, .events = POLLIN};

	return poll(&p, 1, 5000) == 1;
}

static int64_t now(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

/* A reader that comes two seconds late. */
static int64_t late(void)
{
	return now() + 2 * ALG_NS_PER_S;
}

/* ---- debounce ------------------------------------------------------------------------------------------ */

static void only_the_first_edge_of_a_press_counts(void **state)
{
	static const struct {
		int at_ms;
		bool down, counts;
	} row[] = {
		{0, true, true}, {2, false, false}, {3, true, false}, {5, false, false}, {9, true, false}, /* closing bounces */
		{300, false, false}, {304, true, false}, {306, false, false},                             /* so does opening */
		{356, true, true}, {370, true, false},                                                    /* 50 ms are enough */
		{419, true, false}, {500, false, false}, {549, true, false}, {599, true, true},
	};
	struct ui_debounce debounce = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ui_edge edge = {.t_ns = 7 * ALG_NS_PER_S + row[i].at_ms * (int64_t)MS, .down = row[i].down};

		assert_int_equal(ui_debounce(&debounce, &edge), row[i].counts);
	}
	assert_int_equal(debounce.bounces, 6);
}

static void a_press_at_the_clocks_start_counts(void **state)
{
	struct ui_debounce debounce = {0};

	(void)state;
	assert_true(ui_debounce(&debounce, &(struct ui_edge){.t_ns = 0, .down = true}));
	assert_false(ui_debounce(&debounce, &(struct ui_edge){.t_ns = -5, .down = true}));
	assert_true(debounce.last_ns == 0);
}

/* ---- events -------------------------------------------------------------------------------------------- */

static void events_become_edges(void **state)
{
	struct input_event down = event(5 * ALG_NS_PER_S + 123456000, EV_KEY, KEY_B, 1), up = event(9, EV_KEY, KEY_B, 0);
	struct input_event again = event(9, EV_KEY, KEY_B, 2), moved = event(9, EV_REL, REL_X, 1);
	struct input_event scan = event(9, EV_MSC, MSC_SCAN, 1), syn = event(9, EV_SYN, SYN_REPORT, 0);
	struct ui_edge edge;

	(void)state;
	assert_true(ui_evdev_edge(UI_EVDEV_ANY_KEY, &down, &edge));
	assert_true(edge.down && edge.t_ns == 5 * ALG_NS_PER_S + 123456000);
	assert_true(ui_evdev_edge(KEY_B, &up, &edge));
	assert_false(edge.down);
	assert_false(ui_evdev_edge(KEY_A, &down, &edge));
	assert_false(ui_evdev_edge(UI_EVDEV_ANY_KEY, &again, &edge));
	assert_false(ui_evdev_edge(UI_EVDEV_ANY_KEY, &moved, &edge));
	assert_false(ui_evdev_edge(UI_EVDEV_ANY_KEY, &scan, &edge));
	assert_false(ui_evdev_edge(UI_EVDEV_ANY_KEY, &syn, &edge));
}

static void a_pedal_gives_the_kernels_instants(void **state)
{
	struct ui_button button;
	struct bed bed;
	int64_t t, t0 = now() / 1000 * 1000;

	(void)state;
	is_input = true;
	grabs = 0;
	clock_id = -1;
	plug(&bed, "evdev:", "");
	assert_int_equal(ui_button_open(&button, bed.source, &bed.log), 0);
	assert_int_equal(grabs, 1);
	assert_int_equal(clock_id, CLOCK_MONOTONIC);
	assert_int_equal(ui_button_response(&button), SES_RESPONSE_BUTTON);
	assert_false(ui_button_get(&button, late(), &t));
	send_event(&bed, t0, EV_KEY, KEY_B, 1);
	send_event(&bed, t0 + 4 * MS, EV_KEY, KEY_B, 0);
	send_event(&bed, t0 + 6 * MS, EV_KEY, KEY_B, 1);
	send_event(&bed, t0 + 250 * MS, EV_KEY, KEY_B, 2); /* held down */
	send_event(&bed, t0 + 400 * MS, EV_KEY, KEY_B, 0);
	send_event(&bed, t0 + 900 * MS, EV_KEY, BTN_LEFT, 1);
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, late(), &t));
	assert_true(t == t0);
	assert_true(ui_button_get(&button, late(), &t)); /* read late, stamped right */
	assert_true(t == t0 + 900 * (int64_t)MS);
	assert_false(ui_button_get(&button, late(), &t));
	assert_int_equal(button.debounce.bounces, 1);
	ui_button_close(&button);
	unplug(&bed);
	is_input = false;
}

/* A session on a clock of its own has no use for the kernel's stamps. */
static void on_another_clock_the_arrival_counts(void **state)
{
	struct ui_button button;
	struct bed bed;
	int64_t t, t0 = now();

	(void)state;
	is_input = true;
	plug(&bed, "evdev:", "");
	assert_int_equal(ui_button_open(&button, bed.source, &bed.log), 0);
	send_event(&bed, t0, EV_KEY, KEY_B, 1);
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, t0 - 100 * ALG_NS_PER_S, &t));
	assert_true(t == t0 - 100 * ALG_NS_PER_S);
	ui_button_close(&button);
	unplug(&bed);
	is_input = false;
}

static void a_named_key_is_the_only_one(void **state)
{
	struct ui_button button;
	struct bed bed;
	int64_t t, t0 = now() / 1000 * 1000;

	(void)state;
	is_input = true;
	plug(&bed, "evdev:", ":KEY_B");
	assert_int_equal(ui_button_open(&button, bed.source, &bed.log), 0);
	send_event(&bed, t0, EV_KEY, BTN_LEFT, 1);
	send_event(&bed, t0 + 10 * MS, EV_KEY, KEY_B, 1);
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, late(), &t));
	assert_true(t == t0 + 10 * MS);
	ui_button_close(&button);
	unplug(&bed);
	is_input = false;
}

/* The kernel dropped events, the press among them: the key is found to be down. */
static void a_press_among_dropped_events_is_found(void **state)
{
	struct ui_button button;
	struct bed bed;
	int64_t t, t0 = now() / 1000 * 1000;

	(void)state;
	is_input = true;
	plug(&bed, "evdev:", "");
	assert_int_equal(ui_button_open(&button, bed.source, &bed.log), 0);
	key_down = KEY_B;
	send_event(&bed, t0, EV_SYN, SYN_DROPPED, 0);
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, late(), &t));
	assert_true(t == t0);
	assert_false(ui_button_get(&button, late(), &t));
	key_down = 0;
	send_event(&bed, t0 + 200 * MS, EV_KEY, KEY_B, 0); /* in step again */
	send_event(&bed, t0 + 400 * MS, EV_KEY, KEY_B, 1);
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, late(), &t));
	assert_true(t == t0 + 400 * (int64_t)MS);
	ui_button_close(&button);
	unplug(&bed);
	is_input = false;
}

static void a_pedal_that_is_pulled_is_said_and_found_again(void **state)
{
	char link[] = "/tmp/alg-pedal-XXXXXX", source[80];
	struct ui_button button;
	struct bed bed, next;
	int64_t t, start = now();

	(void)state;
	is_input = true;
	plug(&bed, "", "");
	close(mkstemp(link));
	unlink(link);
	assert_int_equal(symlink(bed.source, link), 0);
	snprintf(source, sizeof(source), "evdev:%s", link);
	assert_int_equal(ui_button_open(&button, source, &bed.log), 0);
	unplug(&bed);
	assert_true(wait_for(&button));
	assert_false(ui_button_get(&button, start, &t));
	assert_int_equal(button.status, ALG_ERR_NODEV);
	assert_int_equal(button.fd, -1);
	assert_int_equal(bed.said.id[bed.said.n - 1], ID(MSG_BUTTON_GONE));
	unlink(link);
	assert_false(ui_button_get(&button, start + 2 * ALG_NS_PER_S, &t));
	assert_int_equal(button.status, ALG_ERR_NODEV);
	plug(&next, "", "");
	assert_int_equal(symlink(next.source, link), 0);
	assert_false(ui_button_get(&button, start + 2 * ALG_NS_PER_S + 1, &t)); /* once a second */
	assert_int_equal(button.status, ALG_ERR_NODEV);
	assert_false(ui_button_get(&button, start + 4 * ALG_NS_PER_S, &t));
	assert_int_equal(button.status, 0);
	assert_int_equal(bed.said.id[bed.said.n - 1], ID(MSG_BUTTON_BACK));
	send_event(&next, start, EV_KEY, KEY_B, 1);
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, late(), &t));
	ui_button_close(&button);
	unplug(&next);
	unlink(link);
	is_input = false;
}

/* ---- refusals ------------------------------------------------------------------------------------------- */

static void refused(const char *source, int status, int id)
{
	struct said said = {0};
	struct alg_log log = {.sink = remember, .ctx = &said, .level = ALG_LEVEL_NOTE};
	struct ui_button button;

	assert_int_equal(ui_button_open(&button, source, &log), status);
	assert_int_equal(said.n, 1);
	assert_int_equal(said.id[0], id);
	assert_int_equal(button.fd, -1);
	ui_button_close(&button);
}

static void what_cannot_be_a_button_is_refused(void **state)
{
	char file[] = "/tmp/alg-button-XXXXXX", source[80];
	struct bed bed;

	(void)state;
	refused("evdev:/dev/input/absent", ALG_ERR_NODEV, ID(MSG_BUTTON_ABSENT));
	refused("evdev:/dev/null", ALG_ERR_UNSUPPORTED, ID(MSG_BUTTON_EVDEV));
	refused("evdev:/tmp", ALG_ERR_UNSUPPORTED, ID(MSG_BUTTON_EVDEV));
	refused("evdev:", ALG_ERR_ARG, ID(MSG_BUTTON_KIND));
	refused("pedal", ALG_ERR_ARG, ID(MSG_BUTTON_KIND));
	refused("keys", ALG_ERR_ARG, ID(MSG_BUTTON_KIND));
	refused("gauge", ALG_ERR_UNSUPPORTED, ID(MSG_BUTTON_GAUGE));
	refused("line:cts", ALG_ERR_ARG, ID(MSG_BUTTON_LINE));
	refused("line:cts@", ALG_ERR_ARG, ID(MSG_BUTTON_LINE));
	refused("line:dtr@/dev/ttyUSB1", ALG_ERR_ARG, ID(MSG_BUTTON_LINE));
	refused("line:cts@/dev/absent", ALG_ERR_NODEV, ID(MSG_BUTTON_ABSENT));
	plug(&bed, "line:ri@", "");
	refused(bed.source, ALG_ERR_UNSUPPORTED, ID(MSG_BUTTON_NO_LINES));
	unplug(&bed);
	int fd = mkstemp(file);

	assert_int_equal(fchmod(fd, 0), 0);
	close(fd);
	snprintf(source, sizeof(source), "evdev:%s", file);
	bool root = geteuid() == 0;

	assert_true(!root || seteuid(65534) == 0);
	refused(source, ALG_ERR_ACCESS, ID(MSG_DEV_ACCESS));
	assert_true(!root || seteuid(0) == 0);
	unlink(file);
}

static void a_pedal_that_does_not_fit_is_refused(void **state)
{
	struct bed bed;

	(void)state;
	is_input = true;
	plug(&bed, "evdev:", ":KEY_NONSENSE");
	refused(bed.source, ALG_ERR_ARG, ID(MSG_BUTTON_KEYNAME));
	unplug(&bed);
	plug(&bed, "evdev:", ":KEY_A");
	refused(bed.source, ALG_ERR_ARG, ID(MSG_BUTTON_KEYNAME));
	*strrchr(bed.source, ':') = '\0';
	is_taken = true;
	refused(bed.source, ALG_ERR_BUSY, ID(MSG_DEV_BUSY));
	is_taken = false;
	has_no_keys = true;
	refused(bed.source, ALG_ERR_UNSUPPORTED, ID(MSG_BUTTON_EVDEV));
	has_no_keys = false;
	unplug(&bed);
	is_input = false;
}

/* ---- a switch on a serial port ----------------------------------------------------------------------- */

static int look(void *ctx)
{
	return atomic_load((atomic_int *)ctx);
}

static bool next_edge(struct ui_line *line, struct ui_edge *edge, int *rc)
{
	struct pollfd p = {.fd = ui_line_fd(line), .events = POLLIN};

	return poll(&p, 1, 5000) == 1 && (*rc = ui_line_next(line, edge)) != 0;
}

static void a_line_gives_its_edges(void **state)
{
	atomic_int on = TIOCM_DSR | TIOCM_CTS; /* closed already at the start */
	struct ui_line *line;
	struct ui_edge edge;
	int rc;

	(void)state;
	assert_int_equal(ui_line_start(&line, TIOCM_CTS, look, &on, NULL), 0);
	usleep(20000);
	assert_int_equal(ui_line_next(line, &edge), 0);
	on = TIOCM_DSR;
	assert_true(next_edge(line, &edge, &rc));
	assert_true(rc == 1 && !edge.down);
	on = 0; /* another line */
	usleep(20000);
	assert_int_equal(ui_line_next(line, &edge), 0);
	int64_t before = now();

	on = TIOCM_CTS;
	assert_true(next_edge(line, &edge, &rc));
	assert_true(rc == 1 && edge.down);
	assert_true(edge.t_ns > before - 5 * (int64_t)ALG_NS_PER_S && edge.t_ns <= now());
	on = -EIO;
	assert_true(next_edge(line, &edge, &rc));
	assert_int_equal(rc, ALG_ERR_NODEV);
	ui_line_close(line);
	on = -EIO;
	assert_int_equal(ui_line_start(&line, TIOCM_CTS, look, &on, NULL), ALG_ERR_UNSUPPORTED);
	assert_null(line);
}

/* On and off at every look, and gone in the end. */
static int chatter(void *ctx)
{
	_Atomic int *left = ctx;

	return atomic_fetch_sub(left, 1) > 0 ? (atomic_load(left) & 1) * TIOCM_CTS : -EIO;
}

static void a_line_that_goes_is_told_though_nobody_reads(void **state)
{
	_Atomic int left = 400;
	struct ui_line *line;
	struct ui_edge edge;
	int rc = 0;

	(void)state;
	assert_int_equal(ui_line_start(&line, TIOCM_CTS, chatter, &left, NULL), 0);
	assert_true(fcntl(ui_line_fd(line), F_SETPIPE_SZ, 4096) > 0); /* full long before the end */
	for (int i = 0; i < 500 && atomic_load(&left) >= 0; i++)
		usleep(10000);
	usleep(20000);
	for (int i = 0; i < 1000 && rc >= 0; i++)
		if ((rc = ui_line_next(line, &edge)) == 0)
			usleep(2000);
	assert_int_equal(rc, ALG_ERR_NODEV);
	ui_line_close(line);
}

static void a_switch_on_a_port_is_a_button(void **state)
{
	struct ui_button button;
	struct bed bed;
	int64_t t, before;

	(void)state;
	is_port = true;
	lines = 0;
	plug(&bed, "line:dsr@", "");
	assert_int_equal(ui_button_open(&button, bed.source, &bed.log), 0);
	assert_int_equal(lines, TIOCM_DTR | TIOCM_RTS);
	assert_int_equal(bed.said.id[0], ID(MSG_BUTTON_SUPPLY));
	before = now();
	lines |= TIOCM_DSR;
	assert_true(wait_for(&button));
	assert_true(ui_button_get(&button, now(), &t));
	assert_true(t > before - 5 * (int64_t)ALG_NS_PER_S && t <= now());
	assert_false(ui_button_get(&button, now(), &t));
	unplug(&bed);
	assert_true(wait_for(&button));
	assert_false(ui_button_get(&button, now(), &t));
	assert_int_equal(button.status, ALG_ERR_NODEV);
	assert_int_equal(bed.said.id[bed.said.n - 1], ID(MSG_BUTTON_GONE));
	ui_button_close(&button);
	is_port = false;
}

/* ---- the list --------------------------------------------------------------------------------------------- */

static void put(const char *dir, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (!text) {
		assert_int_equal(mkdir(path, 0700), 0);
		return;
	}
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void remove_all(const char *dir)
{
	static const char *const names[] = {"event10/device/capabilities/key", "event10/device/capabilities",
		"event10/device/name", "event10/device", "event10", "event2/device/capabilities/key",
		"event2/device/capabilities", "event2/device", "event2", "mouse0", "by-id/usb-pedal-event-kbd", "by-id"};
	char path[256];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		remove(path);
	}
	rmdir(dir);
}

static void devices_with_keys_are_listed(void **state)
{
	char sys[] = "/tmp/alg-sys-XXXXXX", dev[] = "/tmp/alg-dev-XXXXXX", path[256];
	struct ui_evdev_found found[4];

	(void)state;
	assert_non_null(mkdtemp(sys));
	assert_non_null(mkdtemp(dev));
	put(sys, "mouse0", NULL);
	put(sys, "event2", NULL);
	put(sys, "event2/device", NULL);
	put(sys, "event2/device/capabilities", NULL);
	put(sys, "event2/device/capabilities/key", "0\n");
	put(sys, "event10", NULL);
	put(sys, "event10/device", NULL);
	put(sys, "event10/device/name", "Foot\x1bSwitch\n");
	put(sys, "event10/device/capabilities", NULL);
	put(sys, "event10/device/capabilities/key", "10000 0 0 e\n");
	put(dev, "event10", "");
	put(dev, "by-id", NULL);
	snprintf(path, sizeof(path), "%s/by-id/usb-pedal-event-kbd", dev);
	assert_int_equal(symlink("../event10", path), 0);
	assert_int_equal(ui_evdev_list(sys, dev, found, 4), 1);
	assert_string_equal(found[0].path, path);
	assert_string_equal(found[0].name, "Foot\\x1BSwitch");
	assert_int_equal(found[0].keys, 4);
	assert_true(found[0].permitted);
	unlink(path);
	assert_int_equal(ui_evdev_list(sys, dev, found, 4), 1);
	assert_int_equal(ui_evdev_list("/tmp/alg-absent", dev, found, 4), 0);
	remove_all(sys);
	remove_all(dev);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_first_edge_of_a_press_counts),
		cmocka_unit_test(a_press_at_the_clocks_start_counts),
		cmocka_unit_test(events_become_edges),
		cmocka_unit_test(a_pedal_gives_the_kernels_instants),
		cmocka_unit_test(on_another_clock_the_arrival_counts),
		cmocka_unit_test(a_named_key_is_the_only_one),
		cmocka_unit_test(a_press_among_dropped_events_is_found),
		cmocka_unit_test(a_pedal_that_is_pulled_is_said_and_found_again),
		cmocka_unit_test(what_cannot_be_a_button_is_refused),
		cmocka_unit_test(a_pedal_that_does_not_fit_is_refused),
		cmocka_unit_test(a_line_gives_its_edges),
		cmocka_unit_test(a_line_that_goes_is_told_though_nobody_reads),
		cmocka_unit_test(a_switch_on_a_port_is_a_button),
		cmocka_unit_test(devices_with_keys_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
