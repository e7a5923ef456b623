/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open.c - from an address to a gauge that speaks: transport, line settings, identification, and a
 * look whether what comes is what the family sends.
 */
#include "driver/device.h"

#include "base/clock.h"
#include "base/text.h"
#include "driver/adapter.h"
#include "driver/transport/transport.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_READING_MS = 3000 };

static const char *const scheme[] = {
	[ALG_URI_SERIAL] = "serial",
	[ALG_URI_USB] = "usb",
	[ALG_URI_TCP] = "tcp",
	[ALG_URI_TTY] = "tty",
	[ALG_URI_REPLAY] = "replay",
	[ALG_URI_SIM] = "sim",
};

static void address_of(const struct alg_uri *uri, char *out, size_t cap)
{
	if (uri->kind == ALG_URI_USB)
		snprintf(out, cap, "usb:%04x:%04x%s%s%s", uri->vid, uri->pid,
			*uri->serial ? ":" : *uri->usb_path ? ":path=" : "", uri->serial, uri->usb_path);
	else if (uri->kind == ALG_URI_TCP)
		snprintf(out, cap, strchr(uri->target, ':') ? "tcp:[%s]:%d" : "tcp:%s:%d", uri->target, uri->port);
	else
		snprintf(out, cap, "%s:%s", scheme[uri->kind], uri->target);
}

/* ---- which family, over what ---------------------------------------------------------------------- */

static const char *family_of_id(const char *usb_id)
{
	for (size_t i = 0; alg_model_at(i); i++) {
		const struct alg_model *model = alg_model_at(i);
		char id[12];

		snprintf(id, sizeof(id), "%04x:%04x", model->vid, model->pid);
		if (strcmp(id, usb_id) == 0)
			return model->family ? model->family : "";
	}
	return "";
}

/* A driver made of the profile, in the device. */
static int use_profile(struct alg_device *dev)
{
	if (!dev->settings.profile)
		return alg_fail(dev->log, MSG_PROFILE_MISSING, dev->info.address);
	alg_text_driver(&dev->own, dev->own_requests, dev->settings.profile);
	dev->driver = &dev->own;
	if (dev->settings.profile->compression < 0 && !dev->polarity_given)
		dev->info.polarity = ALG_POLARITY_MINUS;
	return 0;
}

/* Listening: the family's line, and none of its frames. */
static void use_ears(struct alg_device *dev)
{
	struct alg_line_settings line = dev->driver->info.line;

	dev->own = alg_driver_listen;
	dev->own.usb = dev->driver->usb;
	dev->own.info.line = line.baud ? line : alg_driver_listen.info.line;
	dev->driver = &dev->own;
}

/* What another family's gauge needs is not passed over in silence: the person believes that it does something. */
static int check_options(struct alg_device *dev, const struct alg_uri *uri)
{
	const struct alg_family_info *info = &dev->driver->info;

	if (uri->points.given && !info->sends_raw)
		return alg_fail(dev->log, MSG_DEV_OPTION, dev->info.address, info->name, "points", "sends forces and not a load cell's own numbers");
	if (uri->channel && !info->has_channels)
		return alg_fail(dev->log, MSG_DEV_OPTION, dev->info.address, info->name, "channel", "has one channel");
	return 0;
}

static int choose_family(struct alg_device *dev, const struct alg_uri *uri, const char *recorded)
{
	const char *name = *uri->family ? uri->family : recorded;
	char known[256];

	if (!*name && uri->kind == ALG_URI_USB) { /* an unknown identity may be a weighing device; its descriptor tells */
		const struct alg_model *model = alg_model_find(uri->vid, uri->pid);

		name = model && model->family && *model->family ? model->family : "hid-scale";
	} else if (!*name && *dev->info.usb_id) { /* a port of a gauge with an identity of its own */
		name = family_of_id(dev->info.usb_id);
	}
	alg_family_names(known, sizeof(known));
	if (!*name && dev->listen)
		name = alg_driver_listen.info.name;
	if (!*name)
		return alg_fail(dev->log, MSG_FAMILY_MISSING, dev->info.address, known);
	const struct alg_unsupported *no = alg_unsupported_find(name);

	dev->driver = dev->listen && strcmp(name, alg_driver_listen.info.name) == 0 ? &alg_driver_listen : alg_driver_find(name);
	if (!dev->driver && no)
		return alg_fail(dev->log, MSG_FAMILY_REFUSED, name, no->models, no->why, no->needed);
	if (!dev->driver && strcmp(name, alg_driver_listen.info.name) == 0 && name == recorded)
		return alg_fail(dev->log, MSG_REC_UNKNOWN, dev->info.address);
	if (!dev->driver)
		return alg_fail(dev->log, MSG_FAMILY_UNKNOWN, name, known);
	alg_text_copy(dev->info.family, sizeof(dev->info.family), name);
	int rc = strcmp(name, "text") == 0 ? use_profile(dev) : 0;

	if (rc == 0 && dev->listen)
		use_ears(dev);
	else if (rc == 0)
		rc = check_options(dev, uri);
	return rc;
}

/* A family of packets has to be on a transport of packets, and the other way round. */
static int check_transport(struct alg_device *dev, const struct alg_uri *uri, bool packets)
{
	if (packets == (dev->driver->usb != NULL))
		return 0;
	return alg_fail(dev->log, MSG_DEV_TRANSPORT, dev->info.family, packets ? "a serial line" : "USB (usb:VID:PID)",
		scheme[uri->kind]);
}

static int open_recording(struct alg_device *dev, const struct alg_uri *uri)
{
	struct alg_recfile rec;
	int rc = alg_recfile_load(uri->target, &rec, dev->log);

	if (rc)
		return rc;
	rc = choose_family(dev, uri, rec.family);
	if (rc) {
		alg_recfile_free(&rec);
		return rc;
	}
	struct alg_replay_opts opts = {.packets = dev->driver->usb != NULL, .pace = uri->pace, .strict = uri->strict,
		.name = uri->target};

	dev->info.simulated = strcmp(rec.kind, "synthetic") == 0;
	dev->kind = dev->info.simulated ? "synthetic" : strcmp(rec.kind, "recorded") == 0 ? "recorded" : "vendor example";
	dev->recording = true;
	dev->passive = dev->listen || !uri->strict;
	return alg_replay_open(&rec, &opts, &dev->transport, dev->log);
}

/* ---- the same one as before --------------------------------------------------------------------- */

static bool is_same(const struct alg_device_info *a, const struct alg_device_info *b)
{
	const char *port_a = strchr(a->usb_path, ':'), *port_b = strchr(b->usb_path, ':');

	if (strcmp(a->usb_id, b->usb_id) != 0)
		return false;
	if (!*a->usb_serial)
		return strcmp(a->usb_path, b->usb_path) == 0;
	return strcmp(a->usb_serial, b->usb_serial) == 0 && strcmp(port_a ? port_a : "", port_b ? port_b : "") == 0;
}

static void identity_words(const struct alg_device_info *info, char *out, size_t cap)
{
	if (*info->usb_serial)
		snprintf(out, cap, "%s %s", info->usb_id, info->usb_serial);
	else
		snprintf(out, cap, *info->usb_id ? "%s at path=%s" : "not on USB", info->usb_id, info->usb_path);
}

/* A name such as ttyUSB0 is given to whatever comes next: what was opened before must not become something else. */
static int check_same(struct alg_device *dev, const struct alg_open_opts *opts)
{
	char now[120], then[120];

	if (!opts->same_as || is_same(opts->same_as, &dev->info))
		return 0;
	identity_words(&dev->info, now, sizeof(now));
	identity_words(opts->same_as, then, sizeof(then));
	return alg_fail(dev->log, MSG_DEV_OTHER, dev->info.address, now, then);
}

static int open_usb(struct alg_device *dev, const struct alg_uri *uri, const struct alg_open_opts *opts)
{
	struct alg_usb_match match = {.vid = uri->vid, .pid = uri->pid, .serial = uri->serial, .path = uri->usb_path,
		.way = dev->driver->usb, .fd = opts->usb_fd};
	int rc = alg_usb_open(&match, &dev->transport, dev->log);

	if (rc)
		return rc;
	dev->settings.usb_release = alg_usb_identity(&dev->transport, dev->info.model, sizeof(dev->info.model), dev->info.serial,
		sizeof(dev->info.serial));
	snprintf(dev->info.usb_id, sizeof(dev->info.usb_id), "%04x:%04x", uri->vid, uri->pid);
	alg_text_copy(dev->info.usb_serial, sizeof(dev->info.usb_serial), dev->info.serial);
	alg_usb_path(&dev->transport, dev->info.usb_path, sizeof(dev->info.usb_path));
	return check_same(dev, opts);
}

/* What is behind the port; by its node where the address has one. */
static int find_adapter(struct alg_device *dev, const struct alg_uri *uri, struct alg_adapter *adapter)
{
	int rc = uri->by_identity ? alg_adapter_find(uri, adapter, dev->log) : 0;

	if (rc)
		return rc;
	if (!uri->by_identity && !alg_adapter_of(uri->target, adapter))
		alg_text_copy(adapter->node, sizeof(adapter->node), uri->target); /* udev does not know it: as it is named */
	alg_text_copy(dev->info.usb_id, sizeof(dev->info.usb_id), adapter->usb_id);
	alg_text_copy(dev->info.usb_path, sizeof(dev->info.usb_path), *adapter->interface ? adapter->interface : adapter->path);
	alg_text_copy(dev->info.serial, sizeof(dev->info.serial), adapter->serial);
	if (*adapter->serial && alg_adapter_twins(adapter, false) <= 1)
		alg_text_copy(dev->info.usb_serial, sizeof(dev->info.usb_serial), adapter->serial);
	return 0;
}

static void lower_latency(struct alg_device *dev, const struct alg_adapter *adapter)
{
	int error, ms = *adapter->latency ? alg_latency_lower(adapter->latency, alg_serial_fd(&dev->transport), &error) : 0;

	if (ms > 1)
		alg_warn(dev->log, MSG_DEV_LATENCY, adapter->node, ms, strerror(error));
}

static int open_serial(struct alg_device *dev, const struct alg_adapter *adapter)
{
	int rc = alg_serial_open(adapter->node, &dev->transport, dev->log);

	if (rc == 0)
		lower_latency(dev, adapter);
	return rc;
}

/* dev->transport is open afterwards, or a status that has been said comes back. */
static int open_transport(struct alg_device *dev, const struct alg_uri *uri, const struct alg_open_opts *opts)
{
	struct alg_adapter adapter = {0};
	int rc = 0;

	if (uri->kind == ALG_URI_REPLAY && !dev->transport.ops)
		return open_recording(dev, uri);
	if (uri->kind == ALG_URI_SERIAL && !dev->transport.ops)
		rc = find_adapter(dev, uri, &adapter);
	if (rc == 0)
		rc = choose_family(dev, uri, "");
	if (rc == 0)
		rc = check_transport(dev, uri,
			dev->transport.ops ? dev->transport.ops->packets : uri->kind == ALG_URI_USB);
	if (rc || dev->transport.ops)
		return rc;
	switch (uri->kind) {
	case ALG_URI_SERIAL:
		rc = check_same(dev, opts);
		return rc ? rc : open_serial(dev, &adapter);
	case ALG_URI_USB:
		return open_usb(dev, uri, opts);
	case ALG_URI_TCP:
		return alg_tcp_open(uri->target, uri->port, &dev->transport, dev->log);
	case ALG_URI_TTY:
		return alg_tty_open(uri->target, &dev->transport, dev->log);
	default:
		return alg_fail(dev->log, MSG_BUG, "a simulated gauge was opened without its simulator");
	}
}

/* ---- making it speak --------------------------------------------------------------------------------- */

static int capture(struct alg_device *dev, const char *path)
{
	struct alg_transport wrapped;
	struct alg_capture_head head = {.family = dev->info.family, .kind = dev->kind,
		.profile = dev->settings.profile ? dev->settings.profile->id : NULL};
	int rc = alg_capture_open(
		path, &head, &dev->transport, &wrapped, &dev->capture_status, dev->log);

	if (rc == 0)
		dev->transport = wrapped;
	return rc;
}

static int set_line(struct alg_device *dev, const struct alg_uri *uri)
{
	const struct alg_transport *t = &dev->transport;
	struct alg_line_settings line = dev->driver->info.line;
	int rc = 0;

	if (uri->baud)
		line.baud = uri->baud;
	dev->last_t_ns = INT64_MIN;
	if (t->ops->set_line && line.baud == 0 && uri->kind != ALG_URI_SIM) /* the emulated line has any speed */
		return alg_fail(dev->log, MSG_DEV_BAUD, dev->info.address, dev->info.family);
	if (t->ops->set_line && line.baud) {
		int bits = 1 + line.data_bits + (line.parity != 'N') + line.stop_bits;

		dev->settings.baud = line.baud;
		dev->byte_ns = bits * ALG_NS_PER_S / line.baud;
		rc = t->ops->set_line(t->ctx, &line);
	}
	if (rc == 0 && t->ops->flush)
		rc = t->ops->flush(t->ctx);
	if (rc == ALG_ERR_NODEV)
		alg_fail(dev->log, MSG_DEV_GONE, dev->info.address);
	return rc;
}

static int not_a_gauge(struct alg_device *dev)
{
	unsigned long long bytes = dev->count.bytes;
	unsigned long long junk = bytes - dev->count.framed_bytes;
	const char *find_out = dev->settings.baud ? " 'algometer devices --probe' finds out which gauge answers"
		: " 'algometer doctor' looks at the rest";
	char hint[200];

	if (dev->count.readings == 0 && dev->count.insane + dev->count.foreign > 0)
		junk = bytes; /* whole lines, and none of them a reading */
	if (bytes == 0) {
		snprintf(hint, sizeof(hint), "is the gauge switched on, on its measuring screen, and is this its port?%s", find_out);
		return alg_fail(dev->log, MSG_DEV_SILENT, dev->info.address, dev->info.family, bytes, junk, hint);
	}
	if (dev->settings.baud)
		snprintf(hint, sizeof(hint), "tried %d baud: is the family right, and what does the gauge's menu say?%s",
			dev->settings.baud, find_out);
	else
		snprintf(hint, sizeof(hint), "is the family right?");
	return alg_fail(dev->log, MSG_DEV_NOT_GAUGE, dev->info.address, dev->info.family, bytes, junk, hint);
}

/* A number that is no force: its unit is missing, or it is a bridge's output. */
static void warn_no_force(struct alg_device *dev)
{
	if (dev->driver->info.sends_raw)
		alg_warn(dev->log, MSG_DEV_RAW, dev->info.address);
	else
		alg_warn(dev->log, MSG_DEV_NO_UNIT, dev->info.address);
}

/* Waits for one good reading. It is not given to the caller, who has not begun yet. */
static int wait_for_first(struct alg_device *dev)
{
	struct alg_reading reading;
	int rc = alg_device_next(dev, &reading, dev->driver->first_ms ? dev->driver->first_ms : FIRST_READING_MS);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return not_a_gauge(dev);
	if (reading.unit == ALG_UNIT_NONE && !(reading.flags & (ALG_READING_FAULT | ALG_READING_OVERLOAD)))
		warn_no_force(dev);
	dev->count.readings--;
	dev->count.ignored++;
	dev->seq = 0;
	dev->rate_n = 0;
	return 0;
}

static int start(struct alg_device *dev, const struct alg_uri *uri, const struct alg_open_opts *opts)
{
	struct alg_link link = {dev};
	int rc = 0;

	if (opts->capture_path)
		rc = capture(dev, opts->capture_path);
	if (rc == 0)
		rc = set_line(dev, uri);
	if (rc || dev->passive)
		return rc;
	dev->untrusted = !dev->recording;
	dev->next_ask_ns = alg_device_now_ns(dev);
	if (dev->driver->identify)
		rc = dev->driver->identify(&link, dev->state, &dev->settings, &dev->info);
	if (rc < 0 || dev->recording)
		return rc < 0 ? rc : 0;
	return wait_for_first(dev);
}

static struct alg_device *new_device(const struct alg_uri *uri, const struct alg_open_opts *opts)
{
	struct alg_device *dev = calloc(1, sizeof(*dev));

	if (!dev)
		return NULL;
	dev->log = opts->log;
	dev->kind = uri->kind == ALG_URI_SIM || uri->simulated ? "synthetic" : "recorded";
	dev->settings = (struct alg_settings){
		.unit = uri->unit, .stream = uri->stream, .channel = uri->channel, .points = uri->points,
		.usb_vid = uri->vid, .usb_pid = uri->pid};
	dev->info.polarity = uri->polarity;
	dev->polarity_given = uri->polarity_given;
	dev->explain = opts->explain;
	dev->explain_ctx = opts->explain_ctx;
	dev->listen = dev->passive = opts->listen;
	if (opts->profile) {
		dev->profile = *opts->profile;
		dev->settings.profile = &dev->profile;
	}
	dev->info.simulated = uri->kind == ALG_URI_SIM || uri->simulated;
	dev->info.resolution_n = dev->info.capacity_n = NAN;
	address_of(uri, dev->info.address, sizeof(dev->info.address));
	if (opts->transport)
		dev->transport = *opts->transport;
	return dev;
}

int alg_device_open(const struct alg_uri *uri, const struct alg_open_opts *opts, struct alg_device **out)
{
	const struct alg_open_opts none = {0};
	struct alg_device *dev;
	int rc;

	*out = NULL;
	opts = opts ? opts : &none;
	dev = new_device(uri, opts);
	if (!dev) {
		if (opts->transport)
			opts->transport->ops->close(opts->transport->ctx);
		return alg_fail(opts->log, MSG_NOMEM, "gauge");
	}
	rc = open_transport(dev, uri, opts);
	if (rc == 0) {
		dev->info.rate_hz = dev->driver->info.rate_hz;
		if (dev->driver->info.push_is_minus && !uri->polarity_given)
			dev->info.polarity = ALG_POLARITY_MINUS;
		rc = start(dev, uri, opts);
	}
	if (rc) {
		alg_device_close(dev);
		return rc;
	}
	*out = dev;
	return 0;
}

int alg_device_close(struct alg_device *dev)
{
	int status;

	if (!dev)
		return 0;
	if (dev->driver && dev->driver->stop && dev->transport.ops && !dev->gone && !dev->passive) {
		struct alg_link link = {dev};

		dev->recording = true; /* gone by now is no news */
		dev->driver->stop(&link, dev->state);
	}
	if (dev->transport.ops)
		dev->transport.ops->close(dev->transport.ctx);
	status = dev->capture_status;
	free(dev);
	return status;
}
