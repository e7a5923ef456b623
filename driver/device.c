/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device.c - the one loop that makes readings of frames, for every family: requests and their timeouts, what
 * becomes of each frame, stamps, conversion to newton. Bytes become frames in receive.c; requests go out by link.c.
 */
#include "driver/device.h"

#include "base/clock.h"
#include "driver/frame/number.h"

#include <math.h>
#include <string.h>

static const int64_t RATE_NS = 2 * ALG_NS_PER_S;
enum { MS_MAX = 60000, LAST_LOOK_MS = 10 };

/* What became of a whole frame, with the family's own words about it. */
static void tell_frame(struct alg_device *dev, const struct alg_frame *frame, enum alg_verdict verdict,
	const struct alg_reading *reading)
{
	static const char *const words[] = {[ALG_FRAME_READING] = "reading", [ALG_FRAME_READINGS] = "reading",
		[ALG_FRAME_INSANE] = "insane", [ALG_FRAME_FOREIGN] = "foreign", [ALG_FRAME_REFUSED] = "refused",
		[ALG_FRAME_BAD_LENGTH] = "bad-length", [ALG_FRAME_BAD_CHECK] = "bad-check", [ALG_FRAME_IGNORED] = "ignored"};
	char text[400] = "";

	if (!dev->explain)
		return;
	if (dev->driver->explain)
		dev->driver->explain(frame, &dev->settings, text, sizeof(text));
	alg_rx_tell(dev, frame->data, frame->len, dev->listen ? "bytes" : words[verdict], text,
		verdict == ALG_FRAME_READING || verdict == ALG_FRAME_READINGS ? reading : NULL);
}

/* ---- readings -------------------------------------------------------------------------------------- */

/* One step of the last decimal shown: "-18.78 lbF" moves in steps of 0.01 lbf. */
static double resolution_n(const struct alg_device *dev, const struct alg_reading *reading)
{
	const struct alg_points *points = &dev->settings.points;
	const char *point = strpbrk(reading->shown, ".,");
	const char *c = point ? point + 1 : reading->shown + strlen(reading->shown);
	double step = 1;

	for (; *c >= '0' && *c <= '9'; c++)
		step /= 10;
	if (dev->driver->info.sends_raw && points->given && *c == '\0') /* no unit: it is still the raw number */
		return fabs(alg_two_points(points->raw, points->force_n, points->raw[0] + step) - points->force_n[0]);
	return step * alg_unit_factor_n(reading->unit);
}

static double force(const struct alg_device *dev, const struct alg_reading *reading)
{
	double f = reading->value * alg_unit_factor_n(reading->unit);

	switch (dev->info.polarity) {
	case ALG_POLARITY_MINUS:
		return f != 0 ? -f : f;
	case ALG_POLARITY_ABSOLUTE:
		return fabs(f);
	default:
		return f;
	}
}

/*
 * When the force was there: the gauge had it when it began to send, so the time that the frame and
 * what came behind it took on the line is gone since. How long an adapter kept it is known of a gauge that
 * streams or tells its own time (stamp.h). Not before it was asked for, never backwards.
 */
static int64_t taken_ns(struct alg_device *dev, int64_t arrival_ns, int64_t device_ns, bool gap, bool silent)
{
	int64_t t_ns = arrival_ns - (int64_t)(dev->frame_bytes + dev->rx_end - dev->rx_at) * dev->byte_ns;
	bool streams = !dev->polls && !dev->passive, clocked = device_ns != ALG_NO_DEVICE_TIME && !dev->passive;

	/* A reading that is missing is nothing to a clock. */
	if ((clocked ? silent : gap) || clocked != dev->clocked || (!streams && !clocked))
		alg_stamp_restart(&dev->stamp);
	dev->clocked = clocked;
	if (clocked)
		t_ns = alg_stamp_clock(&dev->stamp, device_ns, t_ns);
	else if (streams)
		t_ns = alg_stamp_next(&dev->stamp, t_ns);
	if (dev->asked && t_ns < dev->ask_ns)
		t_ns = dev->ask_ns;
	return t_ns < dev->last_t_ns ? dev->last_t_ns : t_ns;
}

/* What comes in two seconds; a gap is none of the gauge's rate. */
static void count_rate(struct alg_device *dev, int64_t t_ns, bool gap)
{
	if (gap)
		dev->rate_n = 0;
	if (dev->rate_n++ == 0)
		dev->rate_from_ns = t_ns;
	dev->rate_to_ns = t_ns;
	if (t_ns - dev->rate_from_ns < RATE_NS || dev->rate_n < 2)
		return;
	dev->rate_hz = (dev->rate_n - 1) / alg_ns_to_s(t_ns - dev->rate_from_ns);
	dev->rate_from_ns = t_ns;
	dev->rate_n = 1;
}

double alg_device_rate_hz(const struct alg_device *dev)
{
	if (dev->rate_hz > 0 || dev->rate_n < 2 || dev->rate_to_ns <= dev->rate_from_ns)
		return dev->rate_hz;
	return (dev->rate_n - 1) / alg_ns_to_s(dev->rate_to_ns - dev->rate_from_ns);
}

static void finish(struct alg_device *dev, struct alg_reading *reading, int64_t arrival_ns)
{
	bool silent = dev->seq && arrival_ns - dev->last_reading_ns > dev->driver->silence_ms * ALG_NS_PER_MS;
	bool gap = dev->lost || silent;

	reading->arrival_ns = arrival_ns;
	reading->t_ns = dev->last_t_ns = taken_ns(dev, arrival_ns, reading->device_ns, gap, silent);
	reading->seq = ++dev->seq;
	count_rate(dev, reading->t_ns, gap);
	reading->force_n = force(dev, reading);
	if (dev->polls && !dev->asked && !dev->passive)
		reading->flags |= ALG_READING_UNSOLICITED;
	if (dev->seq > 1 && gap)
		reading->flags |= ALG_READING_GAP;
	if (isnan(dev->info.resolution_n) && isfinite(reading->force_n))
		dev->info.resolution_n = resolution_n(dev, reading);
	dev->lost = false;
	dev->last_reading_ns = arrival_ns;
	dev->count.readings++;
}

/* What decode made of a frame; true when it is a reading. */
static bool judge(struct alg_device *dev, const struct alg_frame *frame, enum alg_verdict verdict, struct alg_reading *out)
{
	dev->more = verdict == ALG_FRAME_READINGS;
	switch (verdict) {
	case ALG_FRAME_READING:
	case ALG_FRAME_READINGS:
		finish(dev, out, frame->t_ns);
		dev->asked = false;
		return true;
	case ALG_FRAME_IGNORED:
		dev->count.ignored++;
		return false;
	case ALG_FRAME_FOREIGN:
		dev->count.foreign++;
		break;
	case ALG_FRAME_REFUSED:
		dev->count.refused++;
		break;
	case ALG_FRAME_BAD_LENGTH:
	case ALG_FRAME_BAD_CHECK:
		/* Whole by its delimiters only: taken back from the frames. */
		dev->count.frames--;
		dev->count.bad_length += verdict == ALG_FRAME_BAD_LENGTH;
		dev->count.bad_check += verdict == ALG_FRAME_BAD_CHECK;
		break;
	default:
		dev->count.insane++;
		break;
	}
	dev->asked = false; /* an answer, though not the hoped one: ask again */
	dev->lost = true;
	return false;
}

/* An answer is overdue: 1 it is coming after all, 0 it is given up, negative when the device has ended. */
static int give_up(struct alg_device *dev)
{
	int rc = alg_rx_fill(dev, LAST_LOOK_MS);

	if (rc)
		return rc;
	dev->count.timeouts++;
	dev->asked = false;
	dev->lost = true;
	dev->next_ask_ns = alg_rx_now(dev);
	if (alg_rx_gap_ms(dev))
		alg_rx_drop_all(dev);
	alg_rx_distrust(dev);
	dev->stalled = dev->rx_end - dev->rx_at; /* its rest and the next answer could make one number */
	return 0;
}

/* Asks for a reading when it is time to; 1 bytes have come meanwhile, 0, or negative when the device has ended. */
static int ask_when_due(struct alg_device *dev, int64_t now_ns)
{
	struct alg_link link = {dev};
	int rc;

	if (dev->asked && now_ns - dev->ask_ns >= dev->driver->reply_timeout_ms * ALG_NS_PER_MS) {
		rc = give_up(dev);
		if (rc)
			return rc;
		now_ns = alg_rx_now(dev);
	}
	if (dev->asked || now_ns < dev->next_ask_ns)
		return 0;
	rc = alg_rx_gap_ms(dev) ? alg_rx_fill(dev, 1) : 0; /* what has come unasked is not to be taken for the answer */
	if (rc)
		return rc;
	rc = dev->driver->poll(&link, dev->state);
	if (rc < 0 && rc != ALG_ERR_TIMEOUT)
		return rc;
	dev->polls = rc != 0;
	dev->asked = rc != 0; /* a request that could not even be sent times out as well */
	dev->ask_ns = alg_rx_now(dev);
	int wait_ms = rc ? dev->driver->poll_interval_ms : dev->driver->silence_ms;

	dev->next_ask_ns = now_ns + wait_ms * ALG_NS_PER_MS;
	return 0;
}

/* Until the deadline, the next request, or an answer's timeout, whichever comes first; >= 1. */
static int wait_ms_until(const struct alg_device *dev, int64_t now_ns, int64_t end_ns)
{
	if (dev->driver->poll && !dev->passive) {
		int64_t next_ns = dev->asked ? dev->ask_ns + dev->driver->reply_timeout_ms * ALG_NS_PER_MS
					     : dev->next_ask_ns;

		end_ns = next_ns < end_ns ? next_ns : end_ns;
	}
	int64_t ms = (end_ns - now_ns + ALG_NS_PER_MS - 1) / ALG_NS_PER_MS;

	return ms < 1 ? 1 : ms > MS_MAX ? MS_MAX : (int)ms;
}

/* The next frame, or once more the one that has another reading, which then counts as a frame of its own. */
static bool next_frame(struct alg_device *dev)
{
	dev->count.frames += dev->more;
	return dev->more || alg_rx_take(dev, &dev->frame);
}

int alg_device_next(struct alg_device *dev, struct alg_reading *out, int timeout_ms)
{
	int64_t end_ns = INT64_MIN; /* asked for only when there is something to wait for */

	for (;;) {
		while (next_frame(dev)) {
			memset(out, 0, sizeof(*out));
			out->device_ns = ALG_NO_DEVICE_TIME;
			enum alg_verdict verdict = dev->driver->decode(&dev->frame, dev->state, &dev->settings, out);

			bool is = judge(dev, &dev->frame, verdict, out);

			tell_frame(dev, &dev->frame, verdict, out);
			if (is)
				return 1;
		}
		int64_t now_ns = alg_rx_now(dev);
		int rc = 0;

		if (end_ns == INT64_MIN)
			end_ns = now_ns + timeout_ms * ALG_NS_PER_MS;
		if (now_ns >= end_ns)
			return 0;
		if (dev->driver->poll && !dev->passive)
			rc = ask_when_due(dev, now_ns);
		if (rc == 0)
			rc = alg_rx_fill(dev, wait_ms_until(dev, now_ns, end_ns));
		if (rc < 0)
			return rc;
	}
}

int alg_device_read(struct alg_device *dev, struct alg_reading *out, int timeout_ms)
{
	int rc = dev->gone ? ALG_ERR_NODEV : alg_device_next(dev, out, timeout_ms > 0 ? timeout_ms : 1);

	if (rc <= 0)
		*out = (struct alg_reading){.value = NAN, .force_n = NAN};
	return rc;
}

int alg_device_command(struct alg_device *dev, enum alg_command command)
{
	struct alg_link link = {dev};

	if (dev->gone)
		return ALG_ERR_NODEV;
	if (command == ALG_COMMAND_STOP ? !dev->driver->let_go : !dev->driver->command)
		return alg_fail(dev->log, MSG_DEV_COMMAND, dev->info.address, dev->info.family,
			command == ALG_COMMAND_ZERO ? "zeroing" : command == ALG_COMMAND_STOP ? "stopping" : "live reading");
	if (command == ALG_COMMAND_STOP)
		return dev->driver->let_go(&link, dev->state);
	return dev->driver->command(&link, dev->state, command);
}

const struct alg_device_info *alg_device_info(const struct alg_device *dev)
{
	return &dev->info;
}

bool alg_device_is_same(const struct alg_device_info *was, const struct alg_device_info *now)
{
	return strcmp(was->family, now->family) == 0 && (!*was->serial || strcmp(was->serial, now->serial) == 0);
}

struct alg_counters alg_device_counters(const struct alg_device *dev)
{
	return dev->count;
}

int64_t alg_device_now_ns(const struct alg_device *dev)
{
	return alg_rx_now(dev);
}
