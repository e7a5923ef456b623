/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole serial way, real libserialport included: alg_device_open("serial:...") on one end of a
 * pseudo-terminal, the emulated gauges of sim/ on the other, at the pace of the wall clock.
 *
 * libserialport wants modem lines, which a pseudo-terminal has not: this program defines ioctl(), to
 * which the library's calls bind, and answers those four requests itself. And it wants a name below
 * /dev that also is a symbolic link below /sys/class/tty: "/dev/../../../tmp/X/gauge" is both.
 */
#include "assert_close.h"
#include "help_jobs.h"
#include "help_session.h"

#include "base/clock.h"
#include "base/status.h"
#include "driver/algometer.h"
#include "sim/world.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* ---- the modem lines of a pseudo-terminal ----------------------------------------------------- */

static atomic_int modem_lines = TIOCM_CTS | TIOCM_DSR;
static atomic_int modem_requests;

/* ioctl itself, under another name in C, so that its prototype need not be matched. */
int bed_ioctl(int fd, unsigned long request, ...) __asm__("ioctl") __attribute__((visibility("default")));

int bed_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	int waiting;

	va_start(args, request);
	void *arg = va_arg(args, void *);

	va_end(args);
	if (request != TIOCMGET && request != TIOCMSET && request != TIOCMBIS && request != TIOCMBIC)
		return (int)syscall(SYS_ioctl, fd, request, arg);
	if (syscall(SYS_ioctl, fd, TIOCINQ, &waiting) < 0)
		return -1; /* a port that is gone answers EIO to these as well */
	modem_requests++;
	if (request == TIOCMGET)
		*(int *)arg = modem_lines;
	else if (request == TIOCMSET)
		modem_lines = *(int *)arg;
	else if (request == TIOCMBIS)
		modem_lines |= *(int *)arg;
	else
		modem_lines &= ~*(int *)arg;
	return 0;
}

/* ---- the gauge's end of the cable ---------------------------------------------------------------- */

enum { SENT_MAX = 1 << 18 };

struct bed {
	struct sim_world *world;
	const char *family;
	int master;
	pthread_t thread;
	atomic_bool stop;
	char folder[64], link[96], address[256];
	struct help_log log; /* of the device */
	pthread_mutex_t lock;
	/* under the lock: */
	int64_t pull_at_ns;            /* then the cable is pulled */
	int64_t mute_from_ns, mute_to_ns; /* the gauge neither hears nor speaks */
	struct alg_line_settings line; /* as the host's first bytes, or the first second, found it */
	bool line_ok;
	char sent[SENT_MAX];          /* all that the gauge put on the line */
	size_t n_sent;
	int64_t t_button_ns;
	struct sim_truth truth;
	bool over;                    /* one press is over */
};

static int baud_of(speed_t speed)
{
	return speed == B9600 ? 9600 : speed == B115200 ? 115200 : speed == B57600 ? 57600 : 0;
}

static void look_at_line(struct bed *b)
{
	struct termios t;

	if (tcgetattr(b->master, &t))
		return;
	b->line = (struct alg_line_settings){
		.baud = baud_of(cfgetospeed(&t)),
		.data_bits = (t.c_cflag & CSIZE) == CS8 ? 8 : 7,
		.parity = t.c_cflag & PARENB ? 'E' : 'N',
		.stop_bits = t.c_cflag & CSTOPB ? 2 : 1,
	};
	b->line_ok = sim_world_line(b->world, &b->line) && !(t.c_lflag & (ICANON | ECHO)) && !(t.c_iflag & (ICRNL | IXON));
}

static void put(struct bed *b, const uint8_t *bytes, size_t n)
{
	if (n == 0 || b->master < 0)
		return;
	if (b->n_sent + n < SENT_MAX) {
		memcpy(b->sent + b->n_sent, bytes, n);
		b->n_sent += n;
	}
	if (write(b->master, bytes, n) < 0 && errno != EAGAIN && errno != EIO)
		abort();
}

static void bed_step(struct bed *b)
{
	uint8_t in[256], out[4096];
	int64_t now_ns = alg_clock_now_ns(alg_clock_system()), t_ns;

	pthread_mutex_lock(&b->lock);
	bool mute = now_ns >= b->mute_from_ns && now_ns < b->mute_to_ns;
	size_t len = sim_world_advance(b->world, now_ns, out, sizeof(out));

	put(b, out, mute ? 0 : len);
	if (b->master >= 0 && now_ns >= b->pull_at_ns) {
		close(b->master);
		b->master = -1;
	}
	ssize_t n = b->master >= 0 ? read(b->master, in, sizeof(in)) : 0;

	if (b->master >= 0)
		look_at_line(b);
	if (n > 0 && !mute)
		put(b, out, sim_world_hear(b->world, in, (size_t)n, out, sizeof(out)));
	if (sim_world_button(b->world, &t_ns))
		b->t_button_ns = t_ns;
	b->over = sim_world_truth(b->world, &b->truth);
	pthread_mutex_unlock(&b->lock);
}

static void *bed_run(void *arg)
{
	struct bed *b = arg;

	while (!b->stop) {
		bed_step(b);
		pthread_mutex_lock(&b->lock);
		int64_t left = sim_world_next_ns(b->world) - alg_clock_now_ns(alg_clock_system());
		struct pollfd p = {.fd = b->master, .events = POLLIN};
		struct timespec t = {.tv_nsec = left < 2000000 ? (left > 0 ? left : 0) : 2000000};

		pthread_mutex_unlock(&b->lock);
		if (poll(&p, 1, 0) > 0 && (p.revents & POLLHUP))
			p.fd = -1; /* no host has it open */
		ppoll(&p, 1, &t, NULL);
	}
	return NULL;
}

/* The emulator's thread is ended and the cable pulled, if that has not happened yet. */
static void bed_stop(struct bed *b)
{
	if (b->stop)
		return;
	b->stop = true;
	pthread_join(b->thread, NULL);
}

static struct bed *bed_start(const char *family, const char *options)
{
	struct bed *b = calloc(1, sizeof(*b));
	char slave[64];
	int side;
	struct termios t;

	assert_non_null(b);
	b->family = family;
	b->t_button_ns = SIM_NO_BUTTON;
	b->pull_at_ns = b->mute_from_ns = INT64_MAX;
	pthread_mutex_init(&b->lock, NULL);
	assert_int_equal(sim_world_new(&b->world, family, options, NULL), 0);
	assert_int_equal(openpty(&b->master, &side, slave, NULL, NULL), 0);
	assert_int_equal(tcgetattr(side, &t), 0);
	cfmakeraw(&t);
	cfsetspeed(&t, B38400); /* nobody's speed: the host has to set its own */
	tcsetattr(side, TCSANOW, &t);
	close(side);
	fcntl(b->master, F_SETFL, O_NONBLOCK);
	strcpy(b->folder, "/tmp/algometer-bed-XXXXXX");
	assert_non_null(mkdtemp(b->folder));
	snprintf(b->link, sizeof(b->link), "%s/gauge", b->folder);
	assert_int_equal(symlink(slave, b->link), 0);
	snprintf(b->address, sizeof(b->address), "serial:/dev/../../..%s?family=%s", b->link, family);
	assert_int_equal(pthread_create(&b->thread, NULL, bed_run, b), 0);
	return b;
}

static void bed_free(struct bed *b)
{
	bed_stop(b);
	if (b->master >= 0)
		close(b->master);
	unlink(b->link);
	rmdir(b->folder);
	sim_world_free(b->world);
	pthread_mutex_destroy(&b->lock);
	free(b);
}

static int open_at(const char *address, struct alg_device **dev, struct help_log *log)
{
	struct alg_uri uri;
	struct alg_open_opts opts = {.log = &log->log};

	help_log_start(log);
	*dev = NULL;
	assert_int_equal(alg_uri_parse(address, &uri, &log->log), 0);
	return alg_device_open(&uri, &opts, dev);
}

static struct alg_device *opened(struct bed *b)
{
	struct alg_device *dev;

	if (open_at(b->address, &dev, &b->log))
		fail_msg("%s: %s", b->address, b->log.text);
	return dev;
}

static int64_t in_s(double s)
{
	return alg_clock_now_ns(alg_clock_system()) + alg_s_to_ns(s);
}

/* Nothing of what came is lost silently. What a slow reader has not taken yet is taken first: then less than a frame is left. */
static void assert_accounted(struct alg_device *dev, bool ended)
{
	struct alg_counters c;
	struct alg_reading r;

	while (!ended && alg_device_read(dev, &r, 0) == 1)
		;
	c = alg_device_counters(dev);
	assert_true(c.frames == c.readings + c.insane + c.foreign + c.refused + c.ignored);
	assert_true(c.bytes >= c.framed_bytes + c.skipped_bytes);
	assert_true(c.bytes - c.framed_bytes - c.skipped_bytes < (ended ? 1 : 64));
}

/* ---- a whole press ----------------------------------------------------------------------------------- */

enum { READINGS_MAX = 20000 };

struct press {
	struct alg_reading reading[READINGS_MAX];
	size_t n;
	struct sim_truth truth;
	int64_t t_button_ns;
};

/* One quick press; everything that was read until it is over. */
static void measure(struct bed *b, struct alg_device *dev, struct press *p)
{
	bool over = false;

	p->n = 0;
	pthread_mutex_lock(&b->lock);
	sim_world_aim(b->world, "UTRAP_R", 1.0, 120, 1000);
	sim_world_ready(b->world);
	pthread_mutex_unlock(&b->lock);
	while (!over && p->n < READINGS_MAX) {
		assert_true(alg_device_read(dev, &p->reading[p->n], 3000) == 1);
		p->n++;
		pthread_mutex_lock(&b->lock);
		over = b->over;
		p->truth = b->truth;
		p->t_button_ns = b->t_button_ns;
		pthread_mutex_unlock(&b->lock);
	}
	assert_true(over);
}

/* What the gauge sent, number by number: the next one after *at, NAN at the end. */
static double next_sent(const struct bed *b, size_t *at)
{
	const char *text = b->sent + *at, *end = b->sent + b->n_sent;
	bool lutron = strcmp(b->family, "lutron") == 0;
	/* A line is whole with its CR; the LF may still be on its way when the last reading is taken. */
	const char *stop = text < end ? memchr(text, '\r', (size_t)(end - text)) : NULL;
	double power = 1;

	if (!stop)
		return NAN;
	*at += (size_t)(stop - text) + 1;
	if (!lutron)
		return strtod(text, NULL);
	for (char c = text[6]; c > '0'; c--)
		power *= 10;
	return strtod(text + 7, NULL) / power * (text[5] == '1' ? -1 : 1);
}

/* Every reading is what the gauge sent, in order, none left out, none made up. */
static void assert_same_numbers(struct bed *b, const struct press *p)
{
	/* Answers to identification and the first frame come before; the place that fits must exist. */
	for (size_t start = 0, skipped = 0; skipped < 8; skipped++) {
		size_t at = start, i = 0;

		while (i < p->n && fabs(next_sent(b, &at) - p->reading[i].value) < 1e-9)
			i++;
		if (i == p->n)
			return;
		next_sent(b, &start);
	}
	fail_msg("%s: readings are not what was sent", b->family);
}

/* Force at t between the two readings around it; *gap_ns is their distance. */
static double force_at(const struct press *p, int64_t t_ns, int64_t *gap_ns)
{
	size_t i = 1;

	while (i < p->n && p->reading[i].t_ns < t_ns)
		i++;
	assert_true(i < p->n);
	const struct alg_reading *a = &p->reading[i - 1], *z = &p->reading[i];

	*gap_ns = z->t_ns - a->t_ns;
	if (*gap_ns == 0)
		return z->force_n;
	return a->force_n + (z->force_n - a->force_n) * (double)(t_ns - a->t_ns) / (double)*gap_ns;
}

static void press_of(const char *family, const char *more, int baud, double step_n)
{
	static struct press p;
	char options[128];
	int64_t gap_ns;

	snprintf(options, sizeof(options), "threshold=200&tremor=0&noise=0%s", more);
	struct bed *b = bed_start(family, options);
	struct alg_device *dev = opened(b);

	measure(b, dev, &p);
	bed_stop(b);
	/* The host has set the line as the instrument has it, and powers the cable. */
	assert_true(b->line_ok);
	assert_int_equal(b->line.baud, baud);
	assert_true(modem_lines & TIOCM_DTR);
	assert_true(modem_requests > 0);
	assert_same_numbers(b, &p);
	assert_accounted(dev, false);
	assert_true(p.n > 10);
	/* The threshold is the truth within one sample and 5 ms, at the rate of this press. */
	assert_true(p.truth.t_button_ns != SIM_NO_BUTTON && p.t_button_ns == p.truth.t_button_ns);
	double rate_n_s = (p.truth.force_n - 10) / alg_ns_to_s(p.truth.t_button_ns - p.truth.t_contact_ns) * 2;
	double force_n = force_at(&p, p.truth.t_button_ns, &gap_ns);

	assert_close(force_n, p.truth.force_n, step_n + rate_n_s * (alg_ns_to_s(gap_ns) + 0.005));
	for (size_t i = 1; i < p.n; i++)
		assert_true(p.reading[i].t_ns >= p.reading[i - 1].t_ns && p.reading[i].seq == p.reading[i - 1].seq + 1);
	alg_device_close(dev);
	bed_free(b);
}

static void test_press_wagner(void **state)
{
	(void)state;
	press_of("wagner", "", 9600, 0.1);
}

static void test_press_wagner_newton(void **state)
{
	(void)state;
	press_of("wagner", "&unit=N&zero=0.2", 9600, 0.3);
}

static void test_press_mark10(void **state)
{
	(void)state;
	press_of("mark10", "", 115200, 0.01);
}

static void test_press_mark10_pounds(void **state)
{
	(void)state;
	press_of("mark10", "&unit=lbf", 115200, 0.05);
}

static void test_press_lutron(void **state)
{
	(void)state;
	press_of("lutron", "&hz=20", 9600, 0.02);
}

/* ---- what goes wrong ------------------------------------------------------------------------------------ */

static double cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double now_s(void)
{
	return alg_ns_to_s(alg_clock_now_ns(alg_clock_system()));
}

/* Reads until the device is gone; how long that took since the cable was pulled. */
static void unplug_of(const char *family, int read_ms)
{
	struct bed *b = bed_start(family, "");
	struct alg_device *dev = opened(b);
	struct alg_reading r;
	int rc;

	pthread_mutex_lock(&b->lock);
	b->pull_at_ns = in_s(0.7);
	double pulled = alg_ns_to_s(b->pull_at_ns), cpu = cpu_s();

	pthread_mutex_unlock(&b->lock);
	do
		rc = alg_device_read(dev, &r, read_ms);
	while (rc >= 0 && now_s() < pulled + 5);
	assert_int_equal(rc, ALG_ERR_NODEV);
	assert_true(now_s() - pulled < 1);
	assert_true(cpu_s() - cpu < 0.4);
	assert_nan(r.force_n);
	assert_int_equal(b->log.id, 309); /* said once, with what to do */
	b->log.id = 0;
	cpu = cpu_s();
	for (int i = 0; i < 10; i++)
		assert_int_equal(alg_device_read(dev, &r, read_ms), ALG_ERR_NODEV);
	assert_true(cpu_s() - cpu < 0.1);
	assert_int_equal(b->log.id, 0);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_NODEV);
	assert_accounted(dev, true);
	assert_int_equal(alg_device_close(dev), 0);
	/* Under its old name there is nothing any more. */
	assert_int_equal(open_at(b->address, &dev, &b->log), ALG_ERR_NODEV);
	assert_null(dev);
	bed_free(b);
}

static void test_unplug_polling(void **state)
{
	(void)state;
	unplug_of("mark10", 20);
}

static void test_unplug_waiting(void **state)
{
	(void)state;
	unplug_of("mark10", 3000);
}

static void test_unplug_wagner(void **state)
{
	(void)state;
	unplug_of("wagner", 3000);
}

static void test_unplug_lutron(void **state)
{
	(void)state;
	unplug_of("lutron", 3000); /* nothing is ever written to it */
}

static void test_stall(void **state)
{
	struct bed *b = bed_start("mark10", "");
	struct alg_device *dev = opened(b);
	struct alg_reading r;
	bool gap = false;
	int rc, empty = 0;

	(void)state;
	assert_int_equal(alg_device_read(dev, &r, 3000), 1);
	pthread_mutex_lock(&b->lock);
	b->mute_from_ns = in_s(0.3);
	b->mute_to_ns = in_s(1.8);
	pthread_mutex_unlock(&b->lock);
	double start = now_s(), longest = 0, last = start, cpu = cpu_s();

	while (now_s() < start + 3.3) {
		rc = alg_device_read(dev, &r, 100);
		assert_true(rc >= 0);
		empty += rc == 0;
		if (rc == 0)
			continue;
		gap = gap || (r.flags & ALG_READING_GAP);
		longest = now_s() - last > longest ? now_s() - last : longest;
		last = now_s();
	}
	assert_true(longest > 1.3 && longest < 2.5);
	assert_true(empty >= 8);
	assert_true(gap);
	assert_true(alg_device_counters(dev).timeouts >= 3);
	assert_true(now_s() - last < 1);
	assert_true(cpu_s() - cpu < 1.5);
	assert_accounted(dev, false);
	alg_device_close(dev);
	bed_free(b);
}

static void test_garble_lutron(void **state)
{
	struct bed *b = bed_start("lutron", "garble=0.3&drop=0.1&hz=40&noise=0.5");
	struct alg_device *dev = opened(b);
	struct alg_reading r;
	struct alg_counters c;

	(void)state;
	for (double start = now_s(); now_s() < start + 3;)
		assert_true(alg_device_read(dev, &r, 500) >= 0);
	c = alg_device_counters(dev);
	/* 30 % of the frames had a bit flipped; some of those are another number: Lutron has no checksum. */
	assert_true(c.readings > 40);
	assert_true(c.skipped_bytes + c.insane + c.foreign > 5);
	assert_accounted(dev, false);
	alg_device_close(dev);
	bed_free(b);
}

static void test_garble_wagner(void **state)
{
	struct bed *b = bed_start("wagner", "garble=0.3");
	struct alg_device *dev = opened(b);
	struct alg_reading r;
	struct alg_counters c;

	(void)state;
	for (double start = now_s(); now_s() < start + 3;)
		assert_true(alg_device_read(dev, &r, 1000) >= 0);
	c = alg_device_counters(dev);
	assert_true(c.readings > 5);
	assert_true(c.insane + c.skipped_bytes + c.bad_length + c.foreign > 3);
	assert_accounted(dev, false);
	alg_device_close(dev);
	bed_free(b);
}

static void test_wrong_speed(void **state)
{
	struct bed *b = bed_start("mark10", "");
	struct alg_device *dev;
	char address[300];

	(void)state;
	snprintf(address, sizeof(address), "%s&baud=9600", b->address);
	int rc = open_at(address, &dev, &b->log);

	assert_true(rc == ALG_ERR_PROTO || rc == ALG_ERR_TIMEOUT);
	assert_null(dev);
	pthread_mutex_lock(&b->lock);
	assert_false(b->line_ok);
	pthread_mutex_unlock(&b->lock);
	assert_true(b->log.id == 307 || b->log.id == 308);
	/* The same gauge at its own speed. */
	dev = opened(b);
	alg_device_close(dev);
	bed_free(b);
}

static void test_two_opens(void **state)
{
	struct bed *b = bed_start("mark10", "");
	struct alg_device *first = opened(b), *second;
	struct help_log log;
	struct alg_reading r;

	(void)state;
	assert_int_equal(open_at(b->address, &second, &log), ALG_ERR_BUSY);
	assert_null(second);
	assert_int_equal(log.id, 303);
	/* Programs that know nothing of locks are kept out by the kernel (the superuser is not, and is told). */
	int fd = open(b->link, O_RDWR | O_NOCTTY | O_NONBLOCK), exclusive = 0;

	assert_true(fd >= 0 || errno == EBUSY);
	if (fd >= 0) {
		assert_int_equal(ioctl(fd, TIOCGEXCL, &exclusive), 0);
		assert_true(exclusive);
		close(fd);
	}
	for (int i = 0; i < 20; i++)
		assert_int_equal(alg_device_read(first, &r, 1000), 1); /* undisturbed */
	alg_device_close(first);
	second = opened(b); /* and free again afterwards */
	alg_device_close(second);
	fd = open(b->link, O_RDWR | O_NOCTTY | O_NONBLOCK);
	assert_int_equal(ioctl(fd, TIOCGEXCL, &exclusive), 0);
	assert_false(exclusive);
	/* Another program's lock is honoured, and ends with it. */
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(open_at(b->address, &second, &log), ALG_ERR_BUSY);
	assert_int_equal(log.id, 303);
	close(fd);
	second = opened(b);
	alg_device_close(second);
	bed_free(b);
}

static void test_send_key(void **state)
{
	struct bed *b = bed_start("wagner", "send=0.21");
	struct alg_device *dev = opened(b);
	struct alg_reading r;
	int unasked = 0;

	(void)state;
	for (double start = now_s(); now_s() < start + 2;) {
		assert_true(alg_device_read(dev, &r, 1000) == 1);
		unasked += (r.flags & ALG_READING_UNSOLICITED) != 0;
	}
	assert_true(unasked >= 4 && unasked <= 11);
	assert_true(alg_device_counters(dev).insane == 0); /* a line that nobody asked for is a reading as well */
	assert_accounted(dev, false);
	alg_device_close(dev);
	bed_free(b);
}

static void test_zero_and_stream(void **state)
{
	struct bed *b = bed_start("mark10", "zero=3&noise=0");
	struct alg_device *dev;
	struct alg_reading r;
	char address[300];

	(void)state;
	dev = opened(b);
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, 3, 0.006);
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	for (int i = 0; i < 10; i++)
		assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, 0, 0.006);
	alg_device_close(dev);
	snprintf(address, sizeof(address), "%s&stream=1", b->address);
	assert_int_equal(open_at(address, &dev, &b->log), 0);
	double start = now_s();

	for (int i = 0; i < 125; i++)
		assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(now_s() - start, 1, 0.4);
	alg_device_close(dev); /* stops the stream */
	pthread_mutex_lock(&b->lock);
	size_t sent = b->n_sent;

	pthread_mutex_unlock(&b->lock);
	poll(NULL, 0, 300);
	pthread_mutex_lock(&b->lock);
	assert_true(b->n_sent <= sent + 32);
	pthread_mutex_unlock(&b->lock);
	bed_free(b);
}

int main(void)
{
	if (access("/sys/class/tty", F_OK)) {
		puts("no /sys/class/tty here (a bare chroot): libserialport cannot look up a port by its name");
		return 77;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_press_wagner),
		cmocka_unit_test(test_press_wagner_newton),
		cmocka_unit_test(test_press_mark10),
		cmocka_unit_test(test_press_mark10_pounds),
		cmocka_unit_test(test_press_lutron),
		cmocka_unit_test(test_unplug_polling),
		cmocka_unit_test(test_unplug_waiting),
		cmocka_unit_test(test_unplug_wagner),
		cmocka_unit_test(test_unplug_lutron),
		cmocka_unit_test(test_stall),
		cmocka_unit_test(test_garble_lutron),
		cmocka_unit_test(test_garble_wagner),
		cmocka_unit_test(test_wrong_speed),
		cmocka_unit_test(test_two_opens),
		cmocka_unit_test(test_send_key),
		cmocka_unit_test(test_zero_and_stream),
	};

	return help_jobs_run(tests, sizeof(tests) / sizeof(tests[0]));
}
