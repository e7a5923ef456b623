/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_cpar.c - emulates a Nocitech CPAR cuff algometer in its three firmware generations: status 20 times a second, and
 * a stimulation that comes by itself again and again.
 *
 * Line:      38400 8N1
 * Frame:     FF F1, code, length, data with FF doubled, FF F2. A host's frame may have a spare 00 behind its data.
 * Answers:   01 identity (64 bytes; old: 6), kick (new, middle 02; old 08) a counter, stop (new 13, middle 14, old 04) no
 *            data. Everything that would inflate a cuff (waveform, start, forced start of that generation) is taken for
 *            what it is: the cuff goes to 100 kPa and stays there, so that a test cannot miss it. Others are refused
 *            with 00, reason 1.
 * Choices:   no host can make it stimulate, so it does by itself: 3 s idle, a ramp of 10 kPa/s to 60 kPa in cuff 1, ended as
 *            completed; a stop ends it for that round. No watchdog, no VAS, cuff 2 empty, tank 800 kPa, the examiner's hand
 *            does nothing. Versions 8.1.2, 7.0.1 and 6; maker 3, device 1, serial number 4711.
 * Source:    Nocitech/CPAR, Inventors-Way/LabBench.CPAR, Inventors-Way/Inventors.ECP.
 */
#include "sim/speak.h"

#include <math.h>
#include <string.h>

enum { NEW, MIDDLE, OLD };
enum { HOST_MAX = 32, REST = 60, RAMP = 120, ROUND = REST + RAMP };

struct cpar {
	uint8_t host[HOST_MAX]; /* of the frame that is coming in: code, length, data */
	size_t len;
	bool inside, mark;
	uint32_t kicks;
	int n;           /* status messages so far */
	bool stopped;    /* for this round */
	bool inflated;   /* somebody did what nobody may */
	uint8_t reason, at_stop;
};
_Static_assert(sizeof(struct cpar) <= SIM_SPEAKER_STATE_MAX, "state fits");

static size_t frame(uint8_t *out, uint8_t code, const uint8_t *data, uint8_t len)
{
	size_t n = 0;

	out[n++] = 0xFF;
	out[n++] = 0xF1;
	out[n++] = code;
	out[n++] = len;
	for (uint8_t i = 0; i < len; i++) {
		if (data[i] == 0xFF)
			out[n++] = 0xFF;
		out[n++] = data[i];
	}
	out[n++] = 0xFF;
	out[n++] = 0xF2;
	return n;
}

static size_t identity(int generation, uint8_t *out)
{
	uint8_t d[64] = {3, 0, 0, 0, 1, 0, 0x67, 0x12, 0, 0, 8, 1, 2, 0, 0x34, 0x12};
	static const uint8_t old[6] = {1, 6, 3, 0x5A, 0x67, 0x12};

	if (generation == OLD)
		return frame(out, 1, old, sizeof(old));
	if (generation == MIDDLE) {
		d[10] = 7;
		d[11] = 0;
		d[12] = 1;
	}
	memcpy(d + 16, "Nocitech", 8);
	memcpy(d + 40, "CPAR", 4);
	return frame(out, 1, d, sizeof(d));
}

static bool inflates(int generation, uint8_t code)
{
	static const uint8_t codes[][3] = {
		[NEW] = {0x10, 0x11, 0x12}, [MIDDLE] = {0x12, 0x13, 0x1A}, [OLD] = {0x02, 0x03, 0x0A}};

	return memchr(codes[generation], code, sizeof(codes[0])) != NULL;
}

static int kpa(const struct cpar *c)
{
	int at = c->n % ROUND - REST;

	if (c->inflated)
		return 255;
	return at < 0 || c->stopped ? 0 : (int)lround(at * 0.5 * 2.55); /* half a kPa a message */
}

static size_t obey(struct cpar *c, int generation, uint8_t *out)
{
	static const uint8_t kick[] = {[NEW] = 0x02, [MIDDLE] = 0x02, [OLD] = 0x08};
	static const uint8_t stop[] = {[NEW] = 0x13, [MIDDLE] = 0x14, [OLD] = 0x04};
	uint8_t code = c->host[0], count[4];

	if (c->len < 2 || (c->len != c->host[1] + 2u && c->len != c->host[1] + 3u))
		return 0;
	if (code == 1)
		return identity(generation, out);
	if (code == kick[generation]) {
		c->kicks++;
		for (int i = 0; i < 4; i++)
			count[i] = (uint8_t)(c->kicks >> 8 * i);
		return frame(out, code, count, 4);
	}
	if (code == stop[generation]) {
		if (kpa(c)) {
			c->at_stop = (uint8_t)kpa(c);
			c->reason = 7;
		}
		c->stopped = true;
		c->inflated = false;
		return frame(out, code, NULL, 0);
	}
	if (inflates(generation, code)) {
		c->inflated = true;
		return frame(out, code, NULL, 0);
	}
	return frame(out, 0, (const uint8_t[]){1}, 1);
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	struct cpar *c = state;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (!c->mark && bytes[i] == 0xFF) {
			c->mark = true;
			continue;
		}
		if (c->mark && bytes[i] == 0xF1) {
			c->inside = true;
			c->len = 0;
		} else if (c->mark && bytes[i] == 0xF2) {
			if (c->inside && used + 80 < SIM_OUT_MAX)
				used += obey(c, gauge->generation, out + used);
			c->inside = false;
		} else if (c->inside && c->len < HOST_MAX) {
			c->host[c->len++] = bytes[i];
		}
		c->mark = false;
	}
	return used;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct cpar *c = state;
	uint8_t d[15] = {0};

	c->n++;
	if (c->n % ROUND == 0) { /* the ramp is through */
		if (!c->stopped) {
			c->reason = 3;
			c->at_stop = 153;
		}
		c->stopped = false;
	}
	bool stimulates = kpa(c) > 0;

	d[0] = stimulates;
	d[1] = stimulates ? 0x07 : 0x17; /* VAS there and low, power; at rest it could be started */
	d[2] = (uint8_t)c->n;
	d[3] = (uint8_t)(c->n >> 8);
	d[4] = stimulates ? 0 : c->reason;
	d[7] = 204;
	d[8] = d[10] = (uint8_t)kpa(c);
	d[12] = stimulates ? 0 : c->at_stop;
	return frame(out, 0x80, d, gauge->generation == NEW ? 15 : 14);
}

const struct sim_speaker sim_speaker_cpar = {
	.family = "cpar",
	.talks = true,
	.baud = 38400,
	.unit = ALG_UNIT_N, /* it knows none: pressures only */
	.capacity_n = 100,
	.rate_hz = 20,
	.reply_us = 2000,
	.hear = hear,
	.tick = tick,
};
