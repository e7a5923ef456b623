/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_families.c - what every family has to bear, whoever it is: bytes cut into any pieces, readings that are
 * dropped, late, bundled or silent, a cable pulled at each byte of an answer, a stream of junk. A family
 * comes under it by having recordings and an emulator; nothing here names one.
 *
 * The emulated gauge carries a dead weight that its display shows as one text and never another. So a number
 * that was cut, glued or made up is seen at once.
 */
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "cli/profile.h"
#include "driver/device.h"
#include "driver/transport/transport.h"
#include "sim/speak.h"
#include "sim/world.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)

/* ---- bytes cut into pieces ----------------------------------------------------------------------------- */

enum { MANY = 4096 };

/* A recording, each event at its time; what came at once is given out in pieces. */
struct feed {
	const struct alg_recfile *rec;
	size_t event, at; /* the next byte: of which event, where in it */
	size_t piece;
	int64_t now_ns;
};

static int feed_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct feed *f = ctx;
	const struct alg_recfile_event *e = &f->rec->events[f->event];

	for (; f->event < f->rec->n_events && (e->dir != '<' || f->at == e->len); e = &f->rec->events[++f->event])
		f->at = 0;
	if (f->event == f->rec->n_events)
		return ALG_ERR_NODEV;
	if (e->t_us * 1000 > f->now_ns + timeout_ms * MS) {
		f->now_ns += timeout_ms * MS;
		return 0;
	}
	if (e->t_us * 1000 > f->now_ns)
		f->now_ns = e->t_us * 1000;
	size_t n = e->len - f->at < f->piece ? e->len - f->at : f->piece;

	n = n < cap ? n : cap;
	memcpy(buf, f->rec->data + e->offset + f->at, n);
	f->at += n;
	return (int)n;
}

static int feed_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	(void)ctx, (void)buf, (void)len, (void)timeout_ms;
	return 0;
}

static int64_t feed_now(void *ctx)
{
	return ((struct feed *)ctx)->now_ns;
}

static void feed_sleep(void *ctx, int ms)
{
	((struct feed *)ctx)->now_ns += ms * MS;
}

static void feed_close(void *ctx)
{
	(void)ctx;
}

static const struct alg_transport_ops feed_ops = {.name = "feed", .read = feed_read, .write = feed_write,
	.sleep_ms = feed_sleep, .now_ns = feed_now, .close = feed_close};

struct decoded {
	size_t n;
	struct alg_reading reading[MANY];
	struct alg_counters count;
};

/* profile: of family text, "" for any other. */
static void decode_all(const struct alg_driver *driver, const char *profile, struct feed *feed, struct decoded *out)
{
	struct alg_device *dev = calloc(1, sizeof(*dev));
	struct alg_reading r;

	assert_non_null(dev);
	if (*profile) {
		assert_int_equal(cli_profile_find(&dev->profile, profile, NULL), 0);
		dev->settings.profile = &dev->profile;
	}
	dev->driver = driver;
	dev->transport = (struct alg_transport){&feed_ops, feed};
	dev->passive = true;
	dev->recording = true;
	dev->info.resolution_n = NAN;
	dev->last_t_ns = INT64_MIN;
	out->n = 0;
	for (int rc; (rc = alg_device_read(dev, &r, 20)) >= 0;)
		if (rc > 0) {
			assert_true(out->n < MANY);
			out->reading[out->n++] = r;
		}
	out->count = alg_device_counters(dev);
	alg_device_close(dev);
}

static void assert_same(const char *what, size_t piece, const struct decoded *a, const struct decoded *b)
{
	const struct alg_counters *c = &a->count, *d = &b->count;

	/* The second byte of CR LF may count as skipped with a bad line, or as a delimiter of its own. */
	if (a->n != b->n || c->bytes != d->bytes || c->frames != d->frames)
		fail_msg("%s in pieces of %zu: %zu readings of %ju frames; in one %zu of %ju", what, piece, b->n, (uintmax_t)d->frames,
			a->n, (uintmax_t)c->frames);
	for (size_t i = 0; i < a->n; i++) {
		const struct alg_reading *x = &a->reading[i], *y = &b->reading[i];

		if (strcmp(x->shown, y->shown) != 0 || x->flags != y->flags || x->unit != y->unit ||
			memcmp(&x->value, &y->value, sizeof(x->value)) != 0)
			fail_msg("%s in pieces of %zu: reading %zu is %s, not %s", what, piece, i, y->shown, x->shown);
	}
}

static size_t cut_recording(const char *path)
{
	static const size_t pieces[] = {1, 2, 3, 5, 7, 16, 63, 64, 65};
	static struct decoded whole, cut;
	struct alg_recfile rec;
	char profile[64];

	alg_recording_profile(path, profile, sizeof(profile));
	assert_int_equal(alg_recfile_load(path, &rec, NULL), 0);
	const struct alg_driver *driver = alg_driver_find(rec.family);

	assert_non_null(driver);
	struct feed feed = {.rec = &rec, .piece = SIZE_MAX};

	decode_all(driver, profile, &feed, &whole);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]) && !driver->usb; i++) {
		feed = (struct feed){.rec = &rec, .piece = pieces[i]};
		decode_all(driver, profile, &feed, &cut);
		assert_same(path, pieces[i], &whole, &cut);
	}
	assert_int_equal(whole.count.bytes, whole.count.framed_bytes + whole.count.skipped_bytes);
	alg_recfile_free(&rec);
	return whole.n;
}

/* Every recording of a family; how many readings they hold. */
static size_t cut_family(const char *family)
{
	char folder[256], path[600];
	size_t readings = 0;

	snprintf(folder, sizeof(folder), "%s/tests/recordings/%s", ALG_SOURCE_DIR, family);
	DIR *dir = opendir(folder);

	if (!dir)
		fail_msg("%s: no recordings", folder);
	for (struct dirent *e; (e = readdir(dir));) {
		const char *dot = strrchr(e->d_name, '.');

		if (!dot || strcmp(dot, ".rec") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		readings += cut_recording(path);
	}
	closedir(dir);
	return readings;
}

static void test_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; alg_drivers[i]; i++)
		if (cut_family(alg_drivers[i]->info.name) == 0)
			fail_msg("%s: its recordings hold no reading", alg_drivers[i]->info.name);
}

/* ---- the emulated gauge with a weight on it, and a cable with faults ---------------------------------------- */

struct bed {
	const struct sim_speaker *speaker;
	struct sim_world *world;
	struct alg_transport cable; /* the world's own */
	size_t room;                /* so many bytes still come through; then it is pulled */
	struct alg_device *dev;
};

static int bed_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct bed *b = ctx;
	int n;

	if (b->room == 0)
		return ALG_ERR_NODEV;
	n = b->cable.ops->read(b->cable.ctx, buf, cap, timeout_ms);
	if (n > 0 && (size_t)n > b->room)
		n = b->speaker->packets ? ALG_ERR_NODEV : (int)b->room;
	b->room -= n > 0 && b->room != SIZE_MAX ? (size_t)n : 0;
	return n;
}

static int bed_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct bed *b = ctx;

	return b->room == 0 ? ALG_ERR_NODEV : b->cable.ops->write(b->cable.ctx, buf, len, timeout_ms);
}

static int bed_set_line(void *ctx, const struct alg_line_settings *line)
{
	struct bed *b = ctx;

	return b->cable.ops->set_line(b->cable.ctx, line);
}

static void bed_sleep(void *ctx, int ms)
{
	struct bed *b = ctx;

	b->cable.ops->sleep_ms(b->cable.ctx, ms);
}

static int64_t bed_now(void *ctx)
{
	struct bed *b = ctx;

	return b->cable.ops->now_ns(b->cable.ctx);
}

static void bed_close(void *ctx)
{
	struct bed *b = ctx;

	b->cable.ops->close(b->cable.ctx);
}

static const struct alg_transport_ops line_ops = {.name = "bed", .read = bed_read, .write = bed_write,
	.set_line = bed_set_line, .sleep_ms = bed_sleep, .now_ns = bed_now, .close = bed_close};
static const struct alg_transport_ops packet_ops = {.name = "bed", .packets = true, .read = bed_read, .write = bed_write,
	.sleep_ms = bed_sleep, .now_ns = bed_now, .close = bed_close};

/* 11.87 kgf, 26.2 lbf, 418.8 ozf: no cut of these is a plausible other number that is also right. */
static const double weight_n = 116.43;

/* Opens as sim:FAMILY?ASKED; what a gauge does not send by itself is told as a person would. */
static int bed_open_as(struct bed *b, const struct sim_speaker *speaker, const char *faults, size_t room, const char *asked,
	struct help_log *log)
{
	struct alg_transport transport = {speaker->packets ? &packet_ops : &line_ops, b};
	struct alg_open_opts opts = {.transport = &transport, .log = log ? &log->log : NULL};
	char options[160], address[160];
	struct alg_text_profile profile;
	struct alg_uri uri;

	*b = (struct bed){.speaker = speaker, .room = room};
	snprintf(options, sizeof(options), "noise=0&tremor=0%s", faults);
	assert_int_equal(sim_world_new(&b->world, speaker->family, options, NULL), 0);
	sim_world_load(b->world, weight_n);
	sim_world_transport(b->world, &b->cable);
	snprintf(address, sizeof(address), "sim:%s%s", speaker->family, asked);
	assert_int_equal(alg_uri_parse(address, &uri, NULL), 0);
	uri.unit = speaker->unit;
	if (speaker->profile) {
		assert_int_equal(cli_profile_find(&profile, speaker->profile, NULL), 0);
		opts.profile = &profile;
	}
	return alg_device_open(&uri, &opts, &b->dev);
}

static int bed_open(struct bed *b, const struct sim_speaker *speaker, const char *faults, size_t room)
{
	bool raw = alg_family_find(speaker->family)->sends_raw;

	return bed_open_as(b, speaker, faults, room, raw ? "?points=0:0,1000:1000" : "", NULL);
}

static void bed_end(struct bed *b)
{
	alg_device_close(b->dev);
	sim_world_free(b->world);
}

static void assert_accounted(const struct bed *b)
{
	struct alg_counters c = alg_device_counters(b->dev);

	if (c.frames != c.readings + c.insane + c.foreign + c.refused + c.ignored)
		fail_msg("%s: frames are lost", b->speaker->family);
	assert_true(c.bytes >= c.framed_bytes + c.skipped_bytes);
}

/* What its display shows of the weight; read without any fault. */
static void shown_of(const struct sim_speaker *speaker, char *shown, double *value)
{
	struct bed b;
	struct alg_reading r;

	if (bed_open(&b, speaker, "", SIZE_MAX))
		fail_msg("%s: its emulator does not open", speaker->family);
	int rc = alg_device_read(b.dev, &r, 3000);

	if (rc != 1)
		fail_msg("%s: no reading (%d)", speaker->family, rc);
	strcpy(shown, r.shown);
	*value = r.value;
	assert_accounted(&b);
	bed_end(&b);
}

/*
 * The weight and nothing else. A machine that presses by itself has no weight on it: its emulator goes up to
 * 60 kPa and back to none in steps of its protocol, 100/255 kPa, and the words say the same number.
 */
static bool can_be(const struct alg_reading *r, const char *shown, double value)
{
	char words[32];
	double steps = r->value * 255 / 100;

	if (r->unit != ALG_UNIT_KPA)
		return strcmp(r->shown, shown) == 0 && memcmp(&r->value, &value, sizeof(value)) == 0;
	snprintf(words, sizeof(words), "%.1f kPa", r->value);
	return steps >= 0 && steps <= 153 && fabs(steps - round(steps)) < 1e-9 && strncmp(r->shown, words, strlen(words)) == 0;
}

/* Reads for so long; each reading must be the one that can be. How many came. */
static size_t read_for(struct bed *b, double seconds, const char *shown, double value)
{
	int64_t end_ns = alg_device_now_ns(b->dev) + (int64_t)(seconds * 1e9);
	struct alg_reading r;
	size_t n = 0;

	while (alg_device_now_ns(b->dev) < end_ns) {
		int rc = alg_device_read(b->dev, &r, 100);

		if (rc < 0)
			break;
		if (rc == 0)
			continue;
		n++;
		if (!can_be(&r, shown, value))
			fail_msg("%s: a reading of '%s' (%g) where only '%s' was shown", b->speaker->family, r.shown, r.value, shown);
	}
	return n;
}

/* With several seeds, since an answer to identification may be what is lost: then it is refused. */
static void with_faults(const char *faults, double seconds)
{
	for (size_t i = 0; sim_speakers[i]; i++) {
		char shown[ALG_SHOWN_MAX], options[80];
		double value;
		size_t n = 0;

		shown_of(sim_speakers[i], shown, &value);
		for (int seed = 1; seed <= 8; seed++) {
			struct bed b;

			snprintf(options, sizeof(options), "&seed=%d%s", seed, faults);
			if (bed_open(&b, sim_speakers[i], options, SIZE_MAX) == 0) {
				n += read_for(&b, seconds, shown, value);
				assert_accounted(&b);
			}
			bed_end(&b);
		}
		if (n == 0)
			fail_msg("%s: no reading with %s", sim_speakers[i]->family, faults);
	}
}

static void test_drop(void **state)
{
	(void)state;
	with_faults("&drop=0.1", 20);
}

static void test_bundle(void **state)
{
	(void)state;
	with_faults("&bundle=16", 10);
}

/* Silence in the middle of anything, and then it speaks again. */
static void test_stall(void **state)
{
	(void)state;
	with_faults("&stall=5.0031&stall_for=1.5", 15);
	with_faults("&stall=5.0173&stall_for=0.31", 15);
}

/* The cable is pulled after each number of bytes: no part of an answer is taken for a whole. */
static void test_pulled(void **state)
{
	(void)state;
	for (size_t i = 0; sim_speakers[i]; i++) {
		char shown[ALG_SHOWN_MAX];
		double value;
		size_t opened = 0;

		shown_of(sim_speakers[i], shown, &value);
		for (size_t room = 1; room < 400; room++) {
			struct bed b;

			if (bed_open(&b, sim_speakers[i], "", room)) {
				sim_world_free(b.world);
				continue;
			}
			opened++;
			read_for(&b, 60, shown, value);
			assert_accounted(&b);
			bed_end(&b);
		}
		if (opened == 0 && !sim_speakers[i]->packets)
			fail_msg("%s: never opened within 400 bytes", sim_speakers[i]->family);
	}
}

/* Bits that flip: nothing is lost silently, nothing hangs, and most of what comes is still right. */
static void test_garble(void **state)
{
	(void)state;
	for (size_t i = 0; sim_speakers[i]; i++) {
		char shown[ALG_SHOWN_MAX];
		double value;
		struct bed b;
		struct alg_reading r;
		size_t right = 0, wrong = 0;

		shown_of(sim_speakers[i], shown, &value);
		if (bed_open(&b, sim_speakers[i], "&seed=5&garble=0.05", SIZE_MAX)) {
			sim_world_free(b.world); /* a garbled identification is refused: that is no reading */
			continue;
		}
		for (int64_t end_ns = alg_device_now_ns(b.dev) + 30 * 1000 * MS; alg_device_now_ns(b.dev) < end_ns;)
			if (alg_device_read(b.dev, &r, 100) == 1) {
				right += can_be(&r, shown, value);
				wrong += !can_be(&r, shown, value);
			}
		if (right < 5 * wrong || right == 0)
			fail_msg("%s: %zu right, %zu wrong", sim_speakers[i]->family, right, wrong);
		assert_accounted(&b);
		bed_end(&b);
	}
}

/* Each family has somebody at the other end, so that all of this says something about it. */
static void test_all_have_speakers(void **state)
{
	(void)state;
	for (size_t i = 0; alg_drivers[i]; i++)
		if (!sim_speaker_find(alg_drivers[i]->info.name))
			fail_msg("%s: no emulator", alg_drivers[i]->info.name);
}

/* An option that a family has no use for is refused by name, and one that it uses is not. */
static void test_useless_options(void **state)
{
	(void)state;
	for (size_t i = 0; sim_speakers[i]; i++) {
		const struct alg_family_info *info = alg_family_find(sim_speakers[i]->family);
		const struct {
			const char *asked;
			bool taken;
		} options[] = {{"?points=0:0,1000:1000", info->sends_raw}, {"?channel=1", info->has_channels}};

		for (size_t k = 0; k < 2; k++) {
			struct help_log log;
			struct bed b;

			help_log_start(&log);
			int rc = bed_open_as(&b, sim_speakers[i], "", SIZE_MAX, options[k].asked, &log);

			if ((rc == ALG_ERR_ARG && log.id == 324) == options[k].taken)
				fail_msg("%s%s: %d, %s", info->name, options[k].asked, rc, log.text);
			if (rc)
				assert_null(b.dev);
			bed_end(&b);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_have_speakers),
		cmocka_unit_test(test_useless_options),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_drop),
		cmocka_unit_test(test_bundle),
		cmocka_unit_test(test_stall),
		cmocka_unit_test(test_pulled),
		cmocka_unit_test(test_garble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
