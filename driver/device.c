/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device.c - the one loop that finds frames in bytes and readings in frames, for every family and
 * every transport; requests and their timeouts; counters; stamps; conversion to newton.
 *
 * Two rules keep a cut number from becoming a force ("118.78" without its first digit is "18.78"):
 * the first frame after opening is not used, and neither is a frame in whose middle the bytes paused
 * for longer than any gauge or adapter does, or the gauge was asked anew. Only pauses that were
 * watched count: a program that was not running itself has seen nothing.
 */
#include "driver/device.h"

#include "base/clock.h"
#include "driver/frame/number.h"

#include <math.h>
#include <string.h>

static const int64_t STALL_NS = 250 * ALG_NS_PER_MS, RATE_NS = 2 * ALG_NS_PER_S;
enum { WRITE_TIMEOUT_MS = 1000, MS_MAX = 60000, PARTIAL_WAIT_MS = 50, LAST_LOOK_MS = 10 };

static int64_t now_of(const struct alg_device *dev)
{
	return dev->transport.ops->now_ns(dev->transport.ctx);
}

/* ---- explaining -------------------------------------------------------------------------------- */

static void tell(struct alg_device *dev, const uint8_t *bytes, size_t len, const char *verdict, const char *text,
	const struct alg_reading *reading)
{
	struct alg_explained what = {dev->arrival_ns, bytes, len, verdict, text, reading};

	if (dev->explain)
		dev->explain(dev->explain_ctx, &what);
}

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
	tell(dev, frame->data, frame->len, dev->listen ? "bytes" : words[verdict], text,
		verdict == ALG_FRAME_READING || verdict == ALG_FRAME_READINGS ? reading : NULL);
}

/* ---- bytes ------------------------------------------------------------------------------------- */

static void skip(struct alg_device *dev, size_t n)
{
	dev->count.skipped_bytes += n;
	dev->lost |= n > 0;
}

static void use(struct alg_device *dev, size_t n)
{
	dev->rx_at += n;
	dev->stalled -= n < dev->stalled ? n : dev->stalled;
}

/* The family's frames have no marks of their own (driver/frame/frame.h): after so long a silence a new one begins. 0: they have. */
static int gap_ms(const struct alg_device *dev)
{
	return dev->driver->framing ? dev->driver->framing->gap_ms : 0;
}

/* What has come and is not yet a frame will not become one. */
static void drop(struct alg_device *dev, size_t n)
{
	if (n)
		tell(dev, dev->rx + dev->rx_at, n, "cut", "its end did not come in time, or nobody had asked", NULL);
	dev->count.bad_length += n > 0;
	skip(dev, n);
	use(dev, n);
}

/* Something was odd: where frames have no marks, the next is asked for after a silence, and nothing counts before that. */
static void distrust(struct alg_device *dev)
{
	if (!gap_ms(dev) || dev->passive)
		return;
	dev->asked = false;
	dev->next_ask_ns = now_of(dev) + gap_ms(dev) * ALG_NS_PER_MS;
}

static void drop_all(struct alg_device *dev)
{
	if (dev->rx_at == dev->rx_end)
		return;
	drop(dev, dev->rx_end - dev->rx_at);
	distrust(dev);
}

/* The device is gone: what is left will never be whole. */
static int ended(struct alg_device *dev, int status)
{
	size_t left = dev->rx_end - dev->rx_at;

	dev->gone = true;
	drop(dev, left);
	dev->rx_at = dev->rx_end = dev->stalled = 0;
	if (status == ALG_ERR_NODEV && !dev->recording)
		alg_fail(dev->log, MSG_DEV_GONE, dev->info.address);
	return status;
}

/* Waits for bytes: 1 some came, 0 none, negative when the device has ended. */
static int fill(struct alg_device *dev, int timeout_ms)
{
	size_t left = dev->rx_end - dev->rx_at;
	int64_t start_ns = 0, now_ns;
	int n;

	if (dev->rx_at > 0) { /* a few bytes of an unfinished frame at most */
		memmove(dev->rx, dev->rx + dev->rx_at, left);
		dev->rx_at = 0;
		dev->rx_end = left;
	}
	if (left > 0) {
		timeout_ms = timeout_ms < PARTIAL_WAIT_MS ? timeout_ms : PARTIAL_WAIT_MS;
		start_ns = now_of(dev);
	}
	n = dev->transport.ops->read(dev->transport.ctx, dev->rx + left, sizeof(dev->rx) - left, timeout_ms);
	if (n < 0)
		return ended(dev, n);
	now_ns = now_of(dev);
	if (left > 0) { /* no more than was asked for: what is beyond was the machine's pause, not the gauge's */
		int64_t waited_ns = now_ns - start_ns, most_ns = timeout_ms * ALG_NS_PER_MS;

		dev->quiet_ns += waited_ns < most_ns ? waited_ns : most_ns;
	}
	if (n == 0)
		return 0;
	if (left > 0 && gap_ms(dev) && dev->quiet_ns >= gap_ms(dev) * ALG_NS_PER_MS) {
		drop(dev, left);
		distrust(dev);
	} else if (left > 0 && dev->quiet_ns > STALL_NS) {
		dev->stalled = left;
	}
	dev->quiet_ns = 0;
	dev->arrival_ns = now_ns;
	dev->rx_end += (size_t)n;
	dev->count.bytes += (uint64_t)n;
	return 1;
}

/* ---- frames -------------------------------------------------------------------------------------- */

static bool packet(struct alg_device *dev, struct alg_frame *frame)
{
	size_t n = dev->rx_end - dev->rx_at;

	if (n == 0)
		return false;
	frame->len = n < sizeof(frame->data) ? n : sizeof(frame->data);
	memcpy(frame->data, dev->rx + dev->rx_at, frame->len);
	use(dev, n);
	dev->frame_bytes = n;
	dev->count.framed_bytes += n;
	return true;
}

/* A frame that is whole but not to be believed. True: it was one. */
static bool doubtful(struct alg_device *dev, const struct alg_frame *frame, size_t used, bool cut)
{
	if (cut) {
		tell(dev, frame->data, frame->len, "cut", "a long pause inside, or nobody had asked", NULL);
		dev->count.bad_length++;
		dev->asked = false;
		skip(dev, used);
		distrust(dev);
		return true;
	}
	dev->frame_bytes = used;
	dev->count.framed_bytes += used;
	dev->count.frames++;
	if (!dev->untrusted)
		return false;
	tell(dev, frame->data, frame->len, "first", "the first after opening may lack its beginning", NULL);
	dev->untrusted = false;
	dev->asked = false;
	dev->count.ignored++;
	return true;
}

/* Bytes without marks that nobody waits for: they are no answer, and the next one must not begin with them. */
static bool unasked(const struct alg_device *dev)
{
	return gap_ms(dev) && !dev->passive && !dev->asked;
}

/* A frame without marks that is not the whole of what came. */
static bool stray(const struct alg_device *dev)
{
	return unasked(dev) || (gap_ms(dev) && !dev->passive && dev->rx_at < dev->rx_end);
}

static bool framed(struct alg_device *dev, struct alg_frame *frame)
{
	for (;;) {
		enum alg_frame_fault fault;
		size_t used = 0;
		bool cut = dev->stalled > 0;
		enum alg_frame_result result = dev->driver->framing->next(
			dev->rx + dev->rx_at, dev->rx_end - dev->rx_at, frame, &used, &fault);

		use(dev, used);
		if (result == ALG_FRAME_OK) {
			if (!doubtful(dev, frame, used, cut || stray(dev)))
				return true;
			continue;
		}
		if (fault != ALG_FAULT_NONE && used)
			tell(dev, dev->rx + dev->rx_at - used, used, "junk", "no frame", NULL);
		if (fault == ALG_FAULT_NONE)
			dev->count.framed_bytes += used;
		else
			skip(dev, used);
		if (result == ALG_FRAME_MORE && used == 0) {
			if (unasked(dev))
				drop_all(dev);
			return false;
		}
		if (result == ALG_FRAME_BAD) {
			if (gap_ms(dev))
				drop_all(dev);
			distrust(dev);
			dev->count.bad_length += fault == ALG_FAULT_LENGTH;
			dev->count.bad_check += fault == ALG_FAULT_CHECK;
		}
	}
}

/* The next whole frame out of what has been received. */
static bool take(struct alg_device *dev, struct alg_frame *frame)
{
	bool found;

	if (dev->rx_at == dev->rx_end)
		return false;
	if (dev->driver->framing) {
		found = framed(dev, frame);
	} else {
		found = packet(dev, frame);
		dev->count.frames += found;
		if (found && dev->untrusted) {
			tell(dev, frame->data, frame->len, "first", "the first after opening may be old", NULL);
			dev->untrusted = false;
			dev->count.ignored++;
			found = false;
		}
	}
	frame->t_ns = dev->arrival_ns;
	return found;
}

/* ---- the driver's link ---------------------------------------------------------------------------- */

static bool request_is(const struct alg_request *request, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len && i < request->len; i++)
		if ((uint8_t)request->bytes[i] != bytes[i] && (!request->same || request->same[i] == '='))
			return false;
	return len == request->len;
}

bool alg_request_allows(const struct alg_request *list, const void *bytes, size_t len)
{
	for (; list && list->bytes; list++)
		if (request_is(list, bytes, len))
			return true;
	return false;
}

int alg_link_write(struct alg_link *link, const void *bytes, size_t len)
{
	struct alg_device *dev = link->dev;
	const struct alg_request *more = dev->driver->more ? dev->driver->more(dev->state) : NULL;
	int rc;

	if (!alg_request_allows(dev->driver->requests, bytes, len) && !alg_request_allows(more, bytes, len))
		return alg_fail(dev->log, MSG_BUG, "a request that is not on its family's list was not sent");
	if (alg_request_harm(bytes, len))
		return alg_fail(dev->log, MSG_BUG, "a request that does harm was not sent");
	rc = dev->transport.ops->write(dev->transport.ctx, bytes, len, WRITE_TIMEOUT_MS);
	return rc < 0 && rc != ALG_ERR_TIMEOUT && rc != ALG_ERR_UNSUPPORTED ? ended(dev, rc) : rc;
}

int alg_link_frame(struct alg_link *link, struct alg_frame *frame, int timeout_ms)
{
	struct alg_device *dev = link->dev;
	int64_t end_ns = now_of(dev) + timeout_ms * ALG_NS_PER_MS;

	dev->untrusted = false; /* it is no reading, and waiting for another one takes time */
	for (;;) {
		if (take(dev, frame)) {
			tell(dev, frame->data, frame->len, "ignored", "came while the gauge was being identified", NULL);
			dev->count.ignored++;
			return 1;
		}
		int64_t left_ns = end_ns - now_of(dev);

		if (left_ns <= 0)
			return 0;
		int rc = fill(dev, (int)((left_ns + ALG_NS_PER_MS - 1) / ALG_NS_PER_MS));

		if (rc < 0)
			return rc;
	}
}

int alg_link_ask(struct alg_link *link, const void *bytes, size_t len, struct alg_frame *reply, int timeout_ms)
{
	int rc = alg_link_write(link, bytes, len);

	return rc < 0 ? rc : alg_link_frame(link, reply, timeout_ms);
}

void alg_link_sleep_ms(struct alg_link *link, int ms)
{
	link->dev->transport.ops->sleep_ms(link->dev->transport.ctx, ms);
}

int64_t alg_link_now_ns(struct alg_link *link)
{
	return now_of(link->dev);
}

struct alg_log *alg_link_log(struct alg_link *link)
{
	return link->dev->log;
}

const char *alg_link_address(struct alg_link *link)
{
	return link->dev->info.address;
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
	int rc = fill(dev, LAST_LOOK_MS);

	if (rc)
		return rc;
	dev->count.timeouts++;
	dev->asked = false;
	dev->lost = true;
	dev->next_ask_ns = now_of(dev);
	if (gap_ms(dev))
		drop_all(dev);
	distrust(dev);
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
		now_ns = now_of(dev);
	}
	if (dev->asked || now_ns < dev->next_ask_ns)
		return 0;
	rc = gap_ms(dev) ? fill(dev, 1) : 0; /* what has come unasked is not to be taken for the answer */
	if (rc)
		return rc;
	rc = dev->driver->poll(&link, dev->state);
	if (rc < 0 && rc != ALG_ERR_TIMEOUT)
		return rc;
	dev->polls = rc != 0;
	dev->asked = rc != 0; /* a request that could not even be sent times out as well */
	dev->ask_ns = now_of(dev);
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
	return dev->more || take(dev, &dev->frame);
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
		int64_t now_ns = now_of(dev);
		int rc = 0;

		if (end_ns == INT64_MIN)
			end_ns = now_ns + timeout_ms * ALG_NS_PER_MS;
		if (now_ns >= end_ns)
			return 0;
		if (dev->driver->poll && !dev->passive)
			rc = ask_when_due(dev, now_ns);
		if (rc == 0)
			rc = fill(dev, wait_ms_until(dev, now_ns, end_ns));
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
	return now_of(dev);
}
