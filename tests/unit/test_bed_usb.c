/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole USB way, real libusb included: alg_device_open("usb:...") with an open descriptor, behind
 * which this program plays the kernel's usbfs and, from sim/, a gauge of each USB family.
 *
 * The descriptor is the slave of a pseudo-terminal. libusb waits for it to become writable ("something
 * to reap"): output is stopped and started with tcflow(), so it sleeps and wakes as with a real device,
 * and a closed master gives the error condition of an unplugged one. Its calls of ioctl, read and lseek
 * bind to the functions defined here, as this program comes first in the look-up.
 */
#include "assert_close.h"
#include "help_jobs.h"
#include "help_session.h"

#include "base/clock.h"
#include "base/status.h"
#include "driver/algometer.h"
#include "sim/speak.h"
#include "sim/world.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* ---- what the devices say of themselves ---------------------------------------------------------- */

/*
 * The scale has two HID interfaces: a keyboard (many scales have one) on 0, the scale on 1 with its reports on
 * endpoint 82: neither the first interface nor the usual endpoint. The others have one interface.
 */
enum { IN_SCALE = 0x82, SCALE = 1, IN_USUAL = 0x81, SCALE_LENGTH_AT = 9 + 25 + 9 + 7 };

static const uint8_t keyboard_reports[] = {0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xC0, 0xC0};

#define ID(id) (id) & 0xFF, (id) >> 8
#define DEVICE(vid, pid, release) {18, 1, 0x00, 0x02, 0, 0, 0, 8, ID(vid), ID(pid), ID(release), 1, 2, 3, 1}
/* One interface of a class; reports of so many bytes; n endpoints follow. */
#define ONE(class, n) 9, 2, 27 + 7 * (n) - 9 * ((class) != 3), 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, n, class, 0, 0, 0
#define HID 9, 0x21, 0x11, 0x01, 0, 1, 0x22, 8, 0
#define ENDPOINT(address, size) 7, 5, address, 3, size, 0, 1

static const struct product {
	const char *family;
	uint16_t vid, pid;
	uint8_t device[18];
	uint8_t config[64];
	uint8_t in, out; /* endpoints; out 0: it is to be spoken to by SET_REPORT */
	int interface;
	int value;       /* wValue of its SET_REPORTs; 0: none is expected */
	const char *options, *address; /* of the emulator, behind the identity in the address */
} products[] = {
	{"hid-scale", 0x0922, 0x8003, DEVICE(0x0922, 0x8003, 0x0100),
		{9, 2, 59, 0, 2, 1, 0, 0x80, 50,
			9, 4, 0, 0, 1, 3, 1, 1, 0, /* interface 0: HID, boot keyboard */
			HID, ENDPOINT(0x81, 8),
			9, 4, SCALE, 0, 1, 3, 0, 0, 0, /* interface 1: HID */
			9, 0x21, 0x11, 0x01, 0, 1, 0x22, 98, 0, ENDPOINT(IN_SCALE, 8)},
		IN_SCALE, 0, SCALE, 0, "noise=0&hz=50", ""},
	{"godirect", 0x08F7, 0x0010, DEVICE(0x08F7, 0x0010, 0x0100),
		{ONE(3, 2), HID, ENDPOINT(IN_USUAL, 64), ENDPOINT(0x02, 64)}, IN_USUAL, 0x02, 0, 0, "noise=0", ""},
	{"godirect", 0x08F7, 0x0010, DEVICE(0x08F7, 0x0010, 0x0100),
		{ONE(3, 1), HID, ENDPOINT(IN_USUAL, 64)}, IN_USUAL, 0, 0, 0x0200, "noise=0", ""},
	{"golink", 0x08F7, 0x0003, DEVICE(0x08F7, 0x0003, 0x0161), /* its interrupt OUT is not to be used */
		{ONE(3, 2), HID, ENDPOINT(0x01, 8), ENDPOINT(IN_USUAL, 8)}, IN_USUAL, 0, 0, 0x0100, "noise=0", ""},
	{"golink", 0x08F7, 0x0003, DEVICE(0x08F7, 0x0003, 0x0161),
		{ONE(0xFF, 1), ENDPOINT(IN_USUAL, 8)}, IN_USUAL, 0, 0, 0x0100, "noise=0", ""},
	{"phidget", 0x06C2, 0x003B, DEVICE(0x06C2, 0x003B, 0x0102),
		{ONE(3, 2), HID, ENDPOINT(IN_USUAL, 18), ENDPOINT(0x01, 8)}, IN_USUAL, 0x01, 0, 0, "noise=0", "?points=0:0,2:500"},
	{"phidget", 0x06C2, 0x003B, DEVICE(0x06C2, 0x003B, 0x0102),
		{ONE(3, 1), HID, ENDPOINT(IN_USUAL, 18)}, IN_USUAL, 0, 0, 0x0200, "noise=0", "?points=0:0,2:500"},
	{"phidget", 0x06C2, 0x003B, DEVICE(0x06C2, 0x003B, 0x0205), /* a version that is not documented */
		{ONE(3, 2), HID, ENDPOINT(IN_USUAL, 18), ENDPOINT(0x01, 8)}, IN_USUAL, 0x01, 0, 0, "noise=0", ""},
};
enum { OTHER_VERSION = sizeof(products) / sizeof(products[0]) - 1 };

/* ---- the kernel's side of a usbfs descriptor ------------------------------------------------------- */

enum { BYTES_MAX = 64, QUEUE_MAX = 64, LOG_MAX = 4096 };

struct packet {
	int status; /* 0, or an error that the host controller reports: -EPIPE ... */
	size_t len;
	uint8_t data[BYTES_MAX];
};

struct urb {
	struct usbdevfs_urb *urb;
	struct packet result;
};

static struct bed {
	pthread_mutex_t lock;
	int fd, slave, master; /* fd is given to libusb */
	long read_at;
	bool gone, busy, refuses_reports, no_scale;
	unsigned claimed; /* bit per interface */
	int clear_halts, detached, out_reports;
	bool stalls; /* what is written to it */
	int value;   /* wValue of the last SET_REPORT */
	struct packet heard; /* what was written last */
	const struct product *product;
	struct urb pending[QUEUE_MAX], done[QUEUE_MAX];
	size_t n_pending, n_done;
	struct packet waiting[QUEUE_MAX];
	size_t n_waiting;
	/* the gauge, where a test has one */
	struct sim_world *world;
	int64_t pull_at_ns; /* then the cable is pulled */
	pthread_t thread;
	atomic_bool stop;
	bool runs;
	struct packet sent[LOG_MAX]; /* all reports that the host took, in order */
	size_t n_sent;
	struct sim_truth truth;
	bool over;
	struct help_log log;
} bed;

/* "Something can be reaped" is "the descriptor is writable". */
static void show_ready(void)
{
	if (bed.slave >= 0)
		tcflow(bed.slave, bed.n_done ? TCOON : TCOOFF);
}

static void finish(struct urb *u)
{
	bed.done[bed.n_done++] = *u;
	show_ready();
}

/* Reports meet transfers that wait for them. Under the lock. */
static void match(void)
{
	while (bed.n_pending && bed.n_waiting) {
		struct urb u = bed.pending[0];

		u.result = bed.waiting[0];
		if (u.result.len > (size_t)u.urb->buffer_length) {
			u.result.len = (size_t)u.urb->buffer_length;
			u.result.status = -EOVERFLOW;
		}
		if (bed.n_sent < LOG_MAX)
			bed.sent[bed.n_sent++] = u.result;
		memmove(bed.pending, bed.pending + 1, --bed.n_pending * sizeof(u));
		memmove(bed.waiting, bed.waiting + 1, --bed.n_waiting * sizeof(bed.waiting[0]));
		finish(&u);
	}
}

static void push_locked(int status, const void *data, size_t len)
{
	if (bed.n_waiting < QUEUE_MAX) {
		struct packet *p = &bed.waiting[bed.n_waiting++];

		p->status = status;
		p->len = len;
		memcpy(p->data, data, len);
	}
	match();
}

static void push(int status, const void *data, size_t len)
{
	pthread_mutex_lock(&bed.lock);
	push_locked(status, data, len);
	pthread_mutex_unlock(&bed.lock);
}

static void unplug(void)
{
	pthread_mutex_lock(&bed.lock);
	bed.gone = true;
	for (size_t i = 0; i < bed.n_pending; i++) {
		bed.pending[i].result = (struct packet){.status = -ESHUTDOWN};
		bed.done[bed.n_done++] = bed.pending[i];
	}
	bed.n_pending = 0;
	if (bed.slave >= 0)
		close(bed.slave);
	if (bed.master >= 0)
		close(bed.master);
	bed.slave = bed.master = -1;
	pthread_mutex_unlock(&bed.lock);
}

static size_t string_descriptor(int index, uint8_t *out)
{
	static const char *const texts[] = {"", "Bench (simulated)", "Scale (simulated)", "SIM77"};
	size_t n = 2;

	if (index == 0) {
		memcpy(out, "\x04\x03\x09\x04", 4); /* English */
		return 4;
	}
	for (const char *c = texts[index & 3]; *c; c++, n += 2) {
		out[n] = (uint8_t)*c;
		out[n + 1] = 0;
	}
	out[0] = (uint8_t)n;
	out[1] = 3;
	return n;
}

/* A report was written: the emulator hears it. */
static int hear(const uint8_t *data, size_t n)
{
	uint8_t answer[BYTES_MAX];

	if (bed.stalls)
		return -EPIPE;
	bed.out_reports++;
	bed.heard.len = n < BYTES_MAX ? n : BYTES_MAX;
	memcpy(bed.heard.data, data, bed.heard.len);
	if (bed.world && sim_world_hear(bed.world, data, n, answer, sizeof(answer)))
		return -EIO; /* answers take their time: run_gauge() brings them */
	return (int)n;
}

/* A control request: setup in the first eight bytes, the answer after them. Its length, or an error. */
static int control(uint8_t *setup, int room)
{
	int interface = setup[4] | setup[5] << 8;
	uint8_t answer[512];
	size_t n = 0;

	if (setup[0] == 0x21 && setup[1] == 9) { /* SET_REPORT */
		if (!(bed.claimed & 1u << interface) || interface != bed.product->interface)
			return -EPIPE;
		bed.value = setup[2] | setup[3] << 8;
		if (bed.product->value && bed.value != bed.product->value)
			return -EPIPE;
		return hear(setup + 8, (size_t)room);
	}
	if (setup[0] == 0x80 && setup[1] == 6 && setup[3] == 3) {
		n = string_descriptor(setup[2], answer);
	} else if (setup[0] == 0x81 && setup[1] == 6 && setup[3] == 0x22 && !bed.refuses_reports) {
		bool scale = interface == SCALE && !bed.no_scale;

		if (!(bed.claimed & 1u << interface))
			return -EBUSY; /* usbfs wants the interface claimed for a request to it */
		n = scale ? sim_hid_scale_report_descriptor_len : sizeof(keyboard_reports);
		memcpy(answer, scale ? sim_hid_scale_report_descriptor : keyboard_reports, n);
	} else {
		return -EPIPE;
	}
	if (n > (size_t)room)
		n = (size_t)room;
	memcpy(setup + 8, answer, n);
	return (int)n;
}

static int submit(struct usbdevfs_urb *urb)
{
	struct urb u = {.urb = urb};

	if (bed.n_pending == QUEUE_MAX || bed.n_done == QUEUE_MAX)
		return ENOMEM;
	if (urb->type == USBDEVFS_URB_TYPE_CONTROL) {
		int n = control(urb->buffer, urb->buffer_length - 8);

		u.result.status = n < 0 ? n : 0;
		u.result.len = n < 0 ? 0 : (size_t)n;
		finish(&u);
	} else if (urb->endpoint == bed.product->in && bed.claimed & 1u << bed.product->interface) {
		bed.pending[bed.n_pending++] = u;
		match();
	} else if (urb->endpoint & 0x80) {
		return ENOENT;
	} else if (bed.product->out && urb->endpoint == bed.product->out) {
		int n = hear(urb->buffer, (size_t)urb->buffer_length);

		u.result.status = n < 0 ? n : 0;
		u.result.len = n < 0 ? 0 : (size_t)n;
		finish(&u);
	} else {
		return ENOENT;
	}
	return 0;
}

static int discard(const void *urb)
{
	for (size_t i = 0; i < bed.n_pending; i++)
		if (bed.pending[i].urb == urb) {
			struct urb u = bed.pending[i];

			u.result = (struct packet){.status = -ENOENT};
			memmove(bed.pending + i, bed.pending + i + 1, (--bed.n_pending - i) * sizeof(u));
			finish(&u);
			return 0;
		}
	return EINVAL;
}

static int reap(void **out)
{
	if (bed.n_done == 0)
		return bed.gone ? ENODEV : EAGAIN;
	struct urb u = bed.done[0];

	memmove(bed.done, bed.done + 1, --bed.n_done * sizeof(u));
	show_ready();
	u.urb->status = u.result.status;
	u.urb->actual_length = (int)u.result.len;
	if (u.urb->type == USBDEVFS_URB_TYPE_INTERRUPT && u.urb->endpoint & 0x80)
		memcpy(u.urb->buffer, u.result.data, u.result.len);
	*out = u.urb;
	return 0;
}

/* 0 or an errno. Requests that answer with a number are met before. */
static int usbfs(unsigned long request, void *arg)
{
	if (bed.gone && request != USBDEVFS_REAPURBNDELAY)
		return ENODEV;
	switch (request) {
	case USBDEVFS_CONNECTINFO:
		((struct usbdevfs_connectinfo *)arg)->devnum = 5;
		return 0;
	case USBDEVFS_GET_CAPABILITIES:
		*(uint32_t *)arg = USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_NO_PACKET_SIZE_LIM;
		return 0;
	case USBDEVFS_DISCONNECT_CLAIM: /* usbhid is sent away */
		bed.detached++;
		bed.claimed |= bed.busy ? 0 : 1u << ((struct usbdevfs_disconnect_claim *)arg)->interface;
		return bed.busy ? EBUSY : 0;
	case USBDEVFS_CLAIMINTERFACE:
		bed.claimed |= bed.busy ? 0 : 1u << *(unsigned *)arg;
		return bed.busy ? EBUSY : 0;
	case USBDEVFS_RELEASEINTERFACE:
		bed.claimed &= ~(1u << *(unsigned *)arg);
		return 0;
	case USBDEVFS_IOCTL: /* usbhid comes back */
		return 0;
	case USBDEVFS_CLEAR_HALT:
		bed.clear_halts++;
		return 0;
	case USBDEVFS_SUBMITURB:
		return submit(arg);
	case USBDEVFS_DISCARDURB:
		return discard(arg);
	case USBDEVFS_REAPURBNDELAY:
		return reap(arg);
	default:
		return ENOTTY;
	}
}

/* libusb's calls, by their names in the library; other names in C, so that no prototype need match. */
int bed_ioctl(int fd, unsigned long request, ...) __asm__("ioctl") __attribute__((visibility("default")));
ssize_t bed_read(int fd, void *buf, size_t n) __asm__("read") __attribute__((visibility("default")));
int64_t bed_lseek(int fd, int64_t offset, int whence) __asm__("lseek") __attribute__((visibility("default")));
int64_t bed_lseek64(int fd, int64_t offset, int whence) __asm__("lseek64") __attribute__((visibility("default")));

int bed_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	int error;

	va_start(args, request);
	void *arg = va_arg(args, void *);

	va_end(args);
	if (bed.fd <= 0 || fd != bed.fd || (request >> 8 & 0xFF) != 'U')
		return (int)syscall(SYS_ioctl, fd, request, arg);
	if (request == USBDEVFS_GET_SPEED)
		return 2; /* full speed */
	if (request == USBDEVFS_CONTROL) {
		struct usbdevfs_ctrltransfer *c = arg;

		if (c->bRequest == 8) /* which configuration */
			*(uint8_t *)c->data = 1;
		return c->bRequest == 8;
	}
	pthread_mutex_lock(&bed.lock);
	error = usbfs(request, arg);
	pthread_mutex_unlock(&bed.lock);
	errno = error;
	return error ? -1 : 0;
}

ssize_t bed_read(int fd, void *buf, size_t n)
{
	uint8_t all[18 + 64];

	if (bed.fd <= 0 || fd != bed.fd)
		return syscall(SYS_read, fd, buf, n);
	memcpy(all, bed.product->device, 18);
	memcpy(all + 18, bed.product->config, 64);
	size_t len = 18 + (size_t)bed.product->config[2];
	size_t left = (size_t)bed.read_at < len ? len - (size_t)bed.read_at : 0;

	n = n < left ? n : left;
	memcpy(buf, all + bed.read_at, n);
	bed.read_at += (long)n;
	return (ssize_t)n;
}

int64_t bed_lseek(int fd, int64_t offset, int whence)
{
	if (bed.fd <= 0 || fd != bed.fd)
		return syscall(SYS_lseek, fd, offset, whence);
	bed.read_at = (long)offset;
	return offset;
}

int64_t bed_lseek64(int fd, int64_t offset, int whence)
{
	return bed_lseek(fd, offset, whence);
}

/* ---- a gauge on it -------------------------------------------------------------------------------------- */

/* Reports leave the world when they are due. */
static void *run_gauge(void *arg)
{
	uint8_t report[BYTES_MAX];
	size_t n;

	(void)arg;
	while (!bed.stop) {
		pthread_mutex_lock(&bed.lock);
		int64_t now_ns = alg_clock_now_ns(alg_clock_system());
		bool pull = now_ns >= bed.pull_at_ns && !bed.gone;

		while ((n = sim_world_advance(bed.world, now_ns, report, sizeof(report))))
			push_locked(0, report, n);
		bed.over = sim_world_truth(bed.world, &bed.truth);
		pthread_mutex_unlock(&bed.lock);
		if (pull)
			unplug();
		poll(NULL, 0, 2);
	}
	return NULL;
}

static int setup(void **state)
{
	struct termios t;
	char name[64];

	(void)state;
	memset(&bed, 0, sizeof(bed));
	assert_int_equal(sim_hid_scale_report_descriptor_len, products[0].config[SCALE_LENGTH_AT]);
	pthread_mutex_init(&bed.lock, NULL);
	bed.pull_at_ns = INT64_MAX;
	bed.product = &products[0];
	if (openpty(&bed.master, &bed.slave, name, NULL, NULL) || tcgetattr(bed.slave, &t))
		return -1;
	cfmakeraw(&t);
	tcsetattr(bed.slave, TCSANOW, &t);
	bed.fd = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	tcflow(bed.slave, TCOOFF);
	return bed.fd > 0 ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	if (bed.runs) {
		bed.stop = true;
		pthread_join(bed.thread, NULL);
	}
	sim_world_free(bed.world);
	if (bed.slave >= 0)
		close(bed.slave);
	if (bed.master >= 0)
		close(bed.master);
	close(bed.fd);
	bed.fd = 0;
	pthread_mutex_destroy(&bed.lock);
	return 0;
}

static void start_gauge(const char *options)
{
	assert_int_equal(sim_world_new(&bed.world, bed.product->family, options, NULL), 0);
	bed.runs = true;
	assert_int_equal(pthread_create(&bed.thread, NULL, run_gauge, NULL), 0);
}

static int open_gauge(struct alg_device **dev)
{
	char address[80];
	struct alg_uri uri;
	struct alg_open_opts opts = {.log = &bed.log.log, .usb_fd = bed.fd};

	help_log_start(&bed.log);
	snprintf(address, sizeof(address), "usb:%04x:%04x%s", bed.product->vid, bed.product->pid, bed.product->address);
	assert_int_equal(alg_uri_parse(address, &uri, &bed.log.log), 0);
	return alg_device_open(&uri, &opts, dev);
}

/* Opens on reports that the test pushed; two of them are used up by opening. */
static struct alg_device *opened(void)
{
	static const uint8_t zero[] = {3, 2, 2, 0, 0, 0};
	struct alg_device *dev;

	push(0, zero, sizeof(zero));
	push(0, zero, sizeof(zero));
	if (open_gauge(&dev))
		fail_msg("%s", bed.log.text);
	return dev;
}

static void assert_accounted(struct alg_device *dev)
{
	struct alg_counters c = alg_device_counters(dev);

	assert_true(c.frames == c.readings + c.insane + c.foreign + c.refused + c.ignored);
}

static double now_s(void)
{
	return alg_ns_to_s(alg_clock_now_ns(alg_clock_system()));
}

static double cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- tests ---------------------------------------------------------------------------------------------- */

static void test_press(void **state)
{
	struct alg_device *dev;
	struct alg_reading r;
	bool over = false, moving = false;
	double largest_n = 0;

	(void)state;
	start_gauge("hz=50&threshold=200&tremor=0&noise=0");
	if (open_gauge(&dev))
		fail_msg("%s", bed.log.text);
	const struct alg_device_info *info = alg_device_info(dev);

	assert_string_equal(info->family, "hid-scale");
	assert_string_equal(info->model, "Scale (simulated)");
	assert_string_equal(info->serial, "SIM77");
	assert_int_equal(bed.claimed, 1u << SCALE); /* the keyboard was given back */
	pthread_mutex_lock(&bed.lock);
	size_t at = (size_t)alg_device_counters(dev).frames; /* the scale may be further */

	sim_world_aim(bed.world, "UTRAP_R", 1.0, 200, 1000);
	sim_world_ready(bed.world);
	pthread_mutex_unlock(&bed.lock);
	while (!over) {
		assert_int_equal(alg_device_read(dev, &r, 2000), 1);
		moving = moving || (r.flags & ALG_READING_UNSTABLE);
		largest_n = r.force_n > largest_n ? r.force_n : largest_n;
		pthread_mutex_lock(&bed.lock);
		/* The reading is the next report that the scale sent. */
		assert_true(at < bed.n_sent);
		const struct packet *p = &bed.sent[at++];

		assert_close(r.force_n, (p->data[4] + 256 * p->data[5]) * 0.00980665, 1e-9);
		over = bed.over;
		pthread_mutex_unlock(&bed.lock);
	}
	assert_true(moving);
	/* The peak is in the readings, one report's worth of ramp aside. */
	assert_true(bed.truth.force_n > 20);
	assert_close(largest_n, bed.truth.peak_n, 20 * 0.02 * 3 + 0.01);
	assert_accounted(dev);
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(bed.claimed, 0);
	assert_int_equal(bed.out_reports, 0); /* nothing was written to it */
}

static void test_odd_reports(void **state)
{
	static const uint8_t good[] = {3, 4, 2, 0, 100, 0}, brief[] = {3, 4, 2}, over[] = {3, 6, 2, 0, 0, 0},
			     under[] = {3, 5, 2, 0, 20, 0}, other[] = {4, 0, 0x5F, 0, 0, 0, 0, 0};
	struct alg_reading r;
	struct alg_counters c;

	(void)state;
	struct alg_device *dev = opened();

	push(0, good, sizeof(good));
	push(0, good, 0); /* an empty report says nothing */
	push(0, brief, sizeof(brief));
	push(0, under, sizeof(under));
	push(0, other, sizeof(other)); /* of a scale that is none of this class */
	push(0, over, sizeof(over));
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, 0.980665, 1e-9);
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, -0.196133, 1e-9);
	assert_true(r.flags & ALG_READING_GAP);
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_nan(r.force_n);
	assert_true(r.flags & ALG_READING_OVERLOAD);
	c = alg_device_counters(dev);
	assert_int_equal(c.bad_length, 1);
	assert_int_equal(c.insane, 1);
	assert_accounted(dev);
	alg_device_close(dev);
}

static void test_timeout(void **state)
{
	struct alg_reading r;

	(void)state;
	struct alg_device *dev = opened();
	double start = now_s(), cpu = cpu_s();

	assert_int_equal(alg_device_read(dev, &r, 300), 0);
	assert_true(now_s() - start > 0.29 && now_s() - start < 1.5);
	assert_true(cpu_s() - cpu < 0.1);
	assert_nan(r.force_n);
	alg_device_close(dev);
}

static void test_transfer_errors(void **state)
{
	static const uint8_t good[] = {3, 4, 2, 0, 100, 0}, large[16] = {3, 4, 2, 0, 100, 0};
	struct alg_reading r;

	(void)state;
	struct alg_device *dev = opened();

	push(-EPIPE, good, 0); /* the endpoint stalls; it is cleared and goes on */
	push(0, good, sizeof(good));
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_int_equal(bed.clear_halts, 1);
	push(0, large, sizeof(large)); /* more than the endpoint can */
	push(0, good, sizeof(good));
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, 0.980665, 1e-9);
	/* An endpoint that always stalls does not keep the processor busy. */
	double cpu = cpu_s(), start = now_s();

	for (int i = 0; i < QUEUE_MAX; i++)
		push(-EPIPE, good, 0);
	assert_int_equal(alg_device_read(dev, &r, 300), 0);
	assert_true(cpu_s() - cpu < 0.15 && now_s() - start < 1.5);
	alg_device_close(dev);
}

static void test_protocol_error(void **state)
{
	static const uint8_t none[1] = {0};
	struct alg_reading r;

	(void)state;
	struct alg_device *dev = opened();

	push(-EPROTO, none, 0); /* a bad cable */
	assert_int_equal(alg_device_read(dev, &r, 1000), ALG_ERR_IO);
	assert_int_equal(bed.log.id, 310);
	alg_device_close(dev);
}

/* Four transfers wait at the endpoint: what comes while nobody reads is not left in the device. */
static void test_waiting_transfers(void **state)
{
	uint8_t report[] = {3, 4, 2, 0, 0, 0};
	struct alg_reading r;

	(void)state;
	struct alg_device *dev = opened();

	for (int round = 0; round < 3; round++) {
		for (uint8_t i = 1; i <= 4; i++) {
			report[4] = i;
			push(0, report, sizeof(report));
		}
		assert_int_equal(bed.n_waiting, 0);
		for (int i = 1; i <= 4; i++) {
			assert_int_equal(alg_device_read(dev, &r, 1000), 1);
			assert_close(r.value, i, 0);
		}
	}
	alg_device_close(dev);
	assert_int_equal(bed.n_pending, 0); /* called back */
}

/* Whole gauges: opened, asked, streaming, stopped, through whichever way out the device has. */
static void run_product(const struct product *product)
{
	struct alg_device *dev;
	struct alg_reading r;

	bed.product = product;
	start_gauge(product->options);
	if (open_gauge(&dev))
		fail_msg("%s: %s", product->family, bed.log.text);
	assert_string_equal(alg_device_info(dev)->family, product->family);
	assert_int_equal(bed.claimed, 1u << product->interface);
	pthread_mutex_lock(&bed.lock);
	sim_world_load(bed.world, 50);
	pthread_mutex_unlock(&bed.lock);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(alg_device_read(dev, &r, 2000), 1);
		assert_false(r.flags & ALG_READING_GAP);
		if (i > 20)
			assert_close(r.force_n, 50, 0.02);
	}
	assert_accounted(dev);
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(bed.value, product->value);
	assert_int_equal(bed.claimed, 0);
	assert_int_equal(bed.n_pending, 0);
}

#define PRODUCT(n) static void test_product_##n(void **state) { (void)state; run_product(&products[n]); }
PRODUCT(0) PRODUCT(1) PRODUCT(2) PRODUCT(3) PRODUCT(4) PRODUCT(5) PRODUCT(6)

static void test_version(void **state)
{
	struct alg_device *dev;

	(void)state;
	bed.product = &products[OTHER_VERSION];
	start_gauge(bed.product->options);
	assert_int_equal(open_gauge(&dev), ALG_ERR_UNSUPPORTED);
	assert_int_equal(bed.log.id, 346);
	assert_non_null(strstr(bed.log.text, "version 205"));
	assert_int_equal(bed.out_reports, 0);
	assert_int_equal(bed.claimed, 0);
}

/* The stream is stopped by the documented bytes when the gauge is closed, and nothing is written once it is gone. */
static void test_stop(void **state)
{
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	bed.product = &products[3];
	start_gauge(bed.product->options);
	assert_int_equal(open_gauge(&dev), 0);
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(bed.heard.len, 8);
	assert_int_equal(bed.heard.data[0], 0x19);
	assert_int_equal(open_gauge(&dev), 0);
	int written = bed.out_reports;

	unplug();
	while (alg_device_read(dev, &r, 1000) > 0)
		;
	assert_int_equal(alg_device_read(dev, &r, 1000), ALG_ERR_NODEV);
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(bed.out_reports, written);
}

/* Zero goes out as a report of its own id; a scale that stalls on it is still a scale. */
static void test_write(void **state)
{
	static const uint8_t good[] = {3, 4, 2, 0, 100, 0};
	struct alg_reading r;

	(void)state;
	struct alg_device *dev = opened();

	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	assert_int_equal(bed.value, 0x0202);
	assert_int_equal(bed.heard.len, 2);
	assert_memory_equal(bed.heard.data, "\2\1", 2);
	bed.stalls = true;
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_UNSUPPORTED);
	assert_int_equal(bed.log.id, 348);
	push(0, good, sizeof(good));
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	unplug();
	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), ALG_ERR_NODEV);
	alg_device_close(dev);
}

static void unplug_with(int read_ms)
{
	struct alg_device *dev;
	struct alg_reading r;
	int rc;

	start_gauge("hz=20");
	if (open_gauge(&dev))
		fail_msg("%s", bed.log.text);
	pthread_mutex_lock(&bed.lock);
	bed.pull_at_ns = alg_clock_now_ns(alg_clock_system()) + 500 * ALG_NS_PER_MS;
	double pulled = alg_ns_to_s(bed.pull_at_ns), cpu = cpu_s();

	pthread_mutex_unlock(&bed.lock);
	do
		rc = alg_device_read(dev, &r, read_ms);
	while (rc >= 0 && now_s() < pulled + 5);
	assert_int_equal(rc, ALG_ERR_NODEV);
	assert_int_equal(bed.log.id, 309);
	assert_true(now_s() - pulled < 1);
	assert_true(cpu_s() - cpu < 0.3);
	assert_int_equal(alg_device_read(dev, &r, read_ms), ALG_ERR_NODEV);
	assert_accounted(dev);
	assert_int_equal(alg_device_close(dev), 0);
}

static void test_unplug_waiting(void **state)
{
	(void)state;
	unplug_with(3000);
}

static void test_unplug_polling(void **state)
{
	(void)state;
	unplug_with(5);
}

static void test_refusals(void **state)
{
	struct alg_device *dev;

	(void)state;
	bed.no_scale = true; /* two keyboards */
	assert_int_equal(open_gauge(&dev), ALG_ERR_UNSUPPORTED);
	assert_null(dev);
	assert_int_equal(bed.log.id, 312);
	assert_int_equal(bed.claimed, 0);
	bed.no_scale = false;
	bed.busy = true; /* another program has claimed it */
	assert_int_equal(open_gauge(&dev), ALG_ERR_BUSY);
	assert_null(dev);
	assert_int_equal(bed.log.id, 303);
	bed.busy = false;
	bed.refuses_reports = true; /* it stalls when asked what its reports are */
	assert_int_equal(open_gauge(&dev), ALG_ERR_UNSUPPORTED);
	assert_null(dev);
	assert_int_equal(bed.claimed, 0);
	bed.refuses_reports = false;
	double start = now_s(); /* a scale, but silent: said after some seconds, not never */

	assert_int_equal(open_gauge(&dev), ALG_ERR_TIMEOUT);
	assert_null(dev);
	assert_int_equal(bed.log.id, 307);
	assert_true(now_s() - start < 8);
	unplug(); /* and gone before it could be opened: libusb itself only says "input/output error" */
	int rc = open_gauge(&dev);

	assert_true(rc == ALG_ERR_NODEV || rc == ALG_ERR_IO);
	assert_null(dev);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH_BED(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		WITH_BED(test_press),
		WITH_BED(test_odd_reports),
		WITH_BED(test_timeout),
		WITH_BED(test_transfer_errors),
		WITH_BED(test_protocol_error),
		WITH_BED(test_unplug_waiting),
		WITH_BED(test_unplug_polling),
		WITH_BED(test_refusals),
		WITH_BED(test_waiting_transfers),
		WITH_BED(test_product_0),
		WITH_BED(test_product_1),
		WITH_BED(test_product_2),
		WITH_BED(test_product_3),
		WITH_BED(test_product_4),
		WITH_BED(test_product_5),
		WITH_BED(test_product_6),
		WITH_BED(test_version),
		WITH_BED(test_stop),
		WITH_BED(test_write),
	};

	return help_jobs_run(tests, sizeof(tests) / sizeof(tests[0]));
}
