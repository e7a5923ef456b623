/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole USB way, real libusb included: alg_device_open("usb:...") with an open descriptor, behind which is
 * usbdev.h's emulation of the kernel's usbfs with a gauge, from sim/, of each USB family. libusb's calls of ioctl, read and
 * lseek bind to the functions defined here, as this program comes first in the look-up.
 */
#include "assert_close.h"
#include "help_jobs.h"
#include "help_session.h"

#include "base/clock.h"
#include "base/status.h"
#include "driver/algometer.h"
#include "sim/speak.h"
#include "sim/world.h"
#include "tests/bed/usbdev.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { LOG_MAX = 4096, SCALE = 1 /* its interface */ };

static struct bed {
	pthread_mutex_t lock;
	int fd; /* is given to libusb */
	long read_at;
	struct usbdev usb;
	struct usbdev_packet heard; /* what was written last */
	/* the gauge, where a test has one */
	struct sim_world *world;
	int64_t pull_at_ns; /* then the cable is pulled */
	pthread_t thread;
	atomic_bool stop;
	bool runs;
	struct usbdev_packet *sent; /* all reports that the host took, in order; LOG_MAX of them */
	size_t n_sent;
	struct sim_truth truth;
	bool over;
	struct help_log log;
} bed;

/* ---- the kernel's side of a usbfs descriptor ------------------------------------------------------- */

static void push(int status, const void *data, size_t len)
{
	pthread_mutex_lock(&bed.lock);
	usbdev_push(&bed.usb, status, data, len);
	pthread_mutex_unlock(&bed.lock);
}

static void unplug(void)
{
	pthread_mutex_lock(&bed.lock);
	usbdev_unplug(&bed.usb);
	pthread_mutex_unlock(&bed.lock);
}

/* A report was written: the emulator hears it. Its answer takes its time, run_gauge() brings it. */
static void hear(void *ctx, const uint8_t *data, size_t n)
{
	uint8_t none[1];

	(void)ctx;
	assert_true(n <= sizeof(bed.heard.data));
	bed.heard.len = n;
	memcpy(bed.heard.data, data, n);
	if (bed.world)
		sim_world_hear(bed.world, data, n, none, 0);
}

static void taken(void *ctx, const struct usbdev_packet *packet)
{
	(void)ctx;
	if (bed.n_sent < LOG_MAX)
		bed.sent[bed.n_sent++] = *packet;
}

static int submit(struct usbdevfs_urb *urb)
{
	const struct usbdev_urb u = {.id = urb, .type = urb->type, .endpoint = urb->endpoint, .buffer = urb->buffer,
		.room = (size_t)urb->buffer_length};

	return usbdev_submit(&bed.usb, &u);
}

static int reap(void **out)
{
	struct usbdev_urb u;
	int error = usbdev_reap(&bed.usb, NULL, &u);

	if (error)
		return error;
	struct usbdevfs_urb *urb = u.id;

	urb->status = u.result.status;
	urb->actual_length = (int)u.result.len;
	if (usbdev_is_in(&u))
		memcpy(urb->buffer, u.result.data, u.result.len);
	*out = urb;
	return 0;
}

/* 0 or an errno. Requests that answer with a number are met before. */
static int usbfs(unsigned long request, void *arg)
{
	if (bed.usb.gone && request != USBDEVFS_REAPURBNDELAY)
		return ENODEV;
	switch (request) {
	case USBDEVFS_CONNECTINFO:
		((struct usbdevfs_connectinfo *)arg)->devnum = 5;
		return 0;
	case USBDEVFS_GET_CAPABILITIES:
		*(uint32_t *)arg = USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_NO_PACKET_SIZE_LIM;
		return 0;
	case USBDEVFS_DISCONNECT_CLAIM: /* usbhid is sent away */
		bed.usb.detached++;
		return usbdev_claim(&bed.usb, ((struct usbdevfs_disconnect_claim *)arg)->interface);
	case USBDEVFS_CLAIMINTERFACE:
		return usbdev_claim(&bed.usb, *(unsigned *)arg);
	case USBDEVFS_RELEASEINTERFACE:
		return usbdev_release(&bed.usb, *(unsigned *)arg);
	case USBDEVFS_IOCTL: /* usbhid comes back */
		return 0;
	case USBDEVFS_CLEAR_HALT:
		bed.usb.clear_halts++;
		return 0;
	case USBDEVFS_SUBMITURB:
		return submit(arg);
	case USBDEVFS_DISCARDURB:
		return usbdev_discard(&bed.usb, arg);
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
	uint8_t all[128];

	if (bed.fd <= 0 || fd != bed.fd)
		return syscall(SYS_read, fd, buf, n);
	size_t len = usbdev_descriptors(bed.usb.model, all);
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
	uint8_t report[USBDEV_BYTES_MAX];
	size_t n;

	(void)arg;
	while (!bed.stop) {
		pthread_mutex_lock(&bed.lock);
		int64_t now_ns = alg_clock_now_ns(alg_clock_system());
		bool pull = now_ns >= bed.pull_at_ns && !bed.usb.gone;

		while ((n = sim_world_advance(bed.world, now_ns, report, sizeof(report))))
			usbdev_push(&bed.usb, 0, report, n);
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
	char node[64];

	(void)state;
	memset(&bed, 0, sizeof(bed));
	bed.sent = calloc(LOG_MAX, sizeof(*bed.sent));
	pthread_mutex_init(&bed.lock, NULL);
	bed.pull_at_ns = INT64_MAX;
	bed.usb.hear = hear;
	bed.usb.taken = taken;
	if (!bed.sent || usbdev_plug(&bed.usb, usbdev_model_find("hid-scale", ""), "SIM77", node))
		return -1;
	bed.fd = open(node, O_RDWR | O_NOCTTY | O_CLOEXEC);
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
	usbdev_unplug(&bed.usb);
	close(bed.fd);
	bed.fd = 0;
	free(bed.sent);
	pthread_mutex_destroy(&bed.lock);
	return 0;
}

/* Before it is opened: another model than the scale. */
static void use(const char *family, const char *variant)
{
	bed.usb.model = usbdev_model_find(family, variant);
	assert_non_null(bed.usb.model);
}

static void start_gauge(const char *options)
{
	assert_int_equal(sim_world_new(&bed.world, bed.usb.model->family, options, NULL), 0);
	bed.runs = true;
	assert_int_equal(pthread_create(&bed.thread, NULL, run_gauge, NULL), 0);
}

static int open_at(struct alg_device **dev, const char *more)
{
	char address[80];
	struct alg_uri uri;
	struct alg_open_opts opts = {.log = &bed.log.log, .usb_fd = bed.fd};

	help_log_start(&bed.log);
	snprintf(address, sizeof(address), "usb:%04x:%04x%s", bed.usb.model->vid, bed.usb.model->pid, more);
	assert_int_equal(alg_uri_parse(address, &uri, &bed.log.log), 0);
	return alg_device_open(&uri, &opts, dev);
}

static int open_gauge(struct alg_device **dev)
{
	return open_at(dev, "");
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
	assert_int_equal(bed.usb.claimed, 1u << SCALE); /* the keyboard was given back */
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
		const struct usbdev_packet *p = &bed.sent[at++];

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
	assert_int_equal(bed.usb.claimed, 0);
	assert_int_equal(bed.usb.out_reports, 0); /* nothing was written to it */
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
	assert_int_equal(bed.usb.clear_halts, 1);
	push(0, large, sizeof(large)); /* more than the endpoint can */
	push(0, good, sizeof(good));
	assert_int_equal(alg_device_read(dev, &r, 1000), 1);
	assert_close(r.force_n, 0.980665, 1e-9);
	/* An endpoint that always stalls does not keep the processor busy. */
	double cpu = cpu_s(), start = now_s();

	for (int i = 0; i < USBDEV_QUEUE_MAX; i++)
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
		assert_int_equal(bed.usb.n_waiting, 0);
		for (int i = 1; i <= 4; i++) {
			assert_int_equal(alg_device_read(dev, &r, 1000), 1);
			assert_close(r.value, i, 0);
		}
	}
	alg_device_close(dev);
	assert_int_equal(bed.usb.n_pending, 0); /* called back */
}

/* Whole gauges: opened, asked, streaming, stopped, through whichever way out the device has. */
static void run_product(const char *family, const char *variant, const char *more)
{
	struct alg_device *dev;
	struct alg_reading r;

	use(family, variant);
	start_gauge(strcmp(family, "hid-scale") == 0 ? "noise=0&hz=50" : "noise=0");
	if (open_at(&dev, more))
		fail_msg("%s: %s", family, bed.log.text);
	assert_string_equal(alg_device_info(dev)->family, family);
	assert_int_equal(bed.usb.claimed, 1u << usbdev_interface(bed.usb.model));
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
	assert_int_equal(bed.usb.value, bed.usb.model->value);
	assert_int_equal(bed.usb.claimed, 0);
	assert_int_equal(bed.usb.n_pending, 0);
}

#define POINTS "?points=0:0,2:500"
#define PRODUCT(name, family, variant, more) \
	static void test_##name(void **state) { (void)state; run_product(family, variant, more); }
PRODUCT(scale, "hid-scale", "", "")
PRODUCT(godirect, "godirect", "", "")
PRODUCT(godirect_set_report, "godirect", "set-report", "")
PRODUCT(golink, "golink", "", "") /* its interrupt endpoint to the device is not to be used */
PRODUCT(golink_own_class, "golink", "own-class", "")
PRODUCT(phidget, "phidget", "", POINTS)
PRODUCT(phidget_set_report, "phidget", "set-report", POINTS)

static void test_version(void **state)
{
	struct alg_device *dev;

	(void)state;
	use("phidget", "version-205");
	start_gauge("noise=0");
	assert_int_equal(open_gauge(&dev), ALG_ERR_UNSUPPORTED);
	assert_int_equal(bed.log.id, 346);
	assert_non_null(strstr(bed.log.text, "version 205"));
	assert_int_equal(bed.usb.out_reports, 0);
	assert_int_equal(bed.usb.claimed, 0);
}

/* The stream is stopped by the documented bytes when the gauge is closed, and nothing is written once it is gone. */
static void test_stop(void **state)
{
	struct alg_device *dev;
	struct alg_reading r;

	(void)state;
	use("golink", "");
	start_gauge("noise=0");
	assert_int_equal(open_gauge(&dev), 0);
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(bed.heard.len, 8);
	assert_int_equal(bed.heard.data[0], 0x19);
	assert_int_equal(open_gauge(&dev), 0);
	int written = bed.usb.out_reports;

	unplug();
	while (alg_device_read(dev, &r, 1000) > 0)
		;
	assert_int_equal(alg_device_read(dev, &r, 1000), ALG_ERR_NODEV);
	assert_int_equal(alg_device_close(dev), 0);
	assert_int_equal(bed.usb.out_reports, written);
}

/* Zero goes out as a report of its own id; a scale that stalls on it is still a scale. */
static void test_write(void **state)
{
	static const uint8_t good[] = {3, 4, 2, 0, 100, 0};
	struct alg_reading r;

	(void)state;
	struct alg_device *dev = opened();

	assert_int_equal(alg_device_command(dev, ALG_COMMAND_ZERO), 0);
	assert_int_equal(bed.usb.value, 0x0202);
	assert_int_equal(bed.heard.len, 2);
	assert_memory_equal(bed.heard.data, "\2\1", 2);
	bed.usb.stalls = true;
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
	bed.usb.no_gauge = true; /* two keyboards */
	assert_int_equal(open_gauge(&dev), ALG_ERR_UNSUPPORTED);
	assert_null(dev);
	assert_int_equal(bed.log.id, 312);
	assert_int_equal(bed.usb.claimed, 0);
	bed.usb.no_gauge = false;
	bed.usb.busy = true; /* another program has claimed it */
	assert_int_equal(open_gauge(&dev), ALG_ERR_BUSY);
	assert_null(dev);
	assert_int_equal(bed.log.id, 303);
	bed.usb.busy = false;
	bed.usb.refuses_reports = true; /* it stalls when asked what its reports are */
	assert_int_equal(open_gauge(&dev), ALG_ERR_UNSUPPORTED);
	assert_null(dev);
	assert_int_equal(bed.usb.claimed, 0);
	bed.usb.refuses_reports = false;
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
		WITH_BED(test_scale),
		WITH_BED(test_godirect),
		WITH_BED(test_godirect_set_report),
		WITH_BED(test_golink),
		WITH_BED(test_golink_own_class),
		WITH_BED(test_phidget),
		WITH_BED(test_phidget_set_report),
		WITH_BED(test_version),
		WITH_BED(test_stop),
		WITH_BED(test_write),
	};

	return help_jobs_run(tests, sizeof(tests) / sizeof(tests[0]));
}
