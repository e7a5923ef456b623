/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_godirect.c - emulates a Vernier Go Direct hand dynamometer on USB.
 *
 * Reports:   64 bytes either way: a length, then part of a packet, zeros behind its end
 * Host:      58 length counter checksum command parameters; checksum: sum of all other bytes
 * Answers:   kind, length, counter, checksum, the command, the request's counter, data
 * Commands:  1A init (20 fixed bytes), 10 status, 55 device, 51 56 available and default sensors, 50 n sensor n,
 *            1B FF 00 us: period, 18 FF 01 mask: start, 19 FF 00 FF FF FF FF: stop, 54 disconnect
 * Readings:  20 length counter checksum, 06, mask u16, count, 00, f32 for each sensor of the mask
 * Choices:   sensor 1 is the force, up to its capacity in the unit that is set, in steps of 0.01; sensor 3 an
 *            acceleration that is always 9.81; a value a packet; period 2 ms to 100 s in steps of 1 ms, 100 ms after
 *            init; answers are of kind 58 and need 2 ms; a packet with a wrong checksum or parameter is not
 *            answered; the first length byte is what of the packet is in that report; the battery has 83 %, or 7.
 * Source:    Vernier godirect-py and godirect-js
 */
#include "sim/speak.h"

#include "base/bytes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { REPORT = 64, ROOM = REPORT - 1, PACKET_MOST = 252, BODY = 6, FORCE = 1, ACCELERATION = 3 };
enum { PERIOD_LEAST_US = 2000, PERIOD_MOST_US = 100000000, PERIOD_USUAL_US = 100000 };

struct godirect {
	uint32_t period_us, mask;
	uint8_t counter;
	bool begun, runs;
};
_Static_assert(sizeof(struct godirect) <= SIM_SPEAKER_STATE_MAX, "state fits");

/* A packet of len bytes, checksum filled in, as reports; returns their length. */
static size_t send(uint8_t *packet, size_t len, uint8_t *out)
{
	size_t used = 0;
	uint8_t sum = 0;

	packet[1] = (uint8_t)len;
	packet[3] = 0;
	for (size_t i = 0; i < len; i++)
		sum += packet[i];
	packet[3] = sum;
	for (size_t at = 0; at < len; at += ROOM, used += REPORT) {
		size_t n = len - at < ROOM ? len - at : ROOM;

		memset(out + used, 0, REPORT);
		out[used] = (uint8_t)n;
		memcpy(out + used + 1, packet + at, n);
	}
	return used;
}


/* ---- what is answered: the data's length, from byte 6 on --------------------------------------------- */

static size_t status(const struct sim_gauge *gauge, uint8_t *b)
{
	b[2] = 1;
	b[3] = 9;
	alg_put_le16(b + 4, 120);
	b[6] = 2;
	alg_put_le16(b + 8, 15);
	b[10] = gauge->low_battery ? 7 : 83;
	return 12;
}

static size_t device(uint8_t *b)
{
	snprintf((char *)b, 16, "GDX-HD");
	snprintf((char *)b + 16, 16, "SIM00001");
	snprintf((char *)b + 32, 32, "GDX-HD (simulated)");
	alg_put_le16(b + 66, 2026);
	b[68] = 1;
	b[69] = 1;
	alg_put_le32(b + 84, 1024);
	snprintf((char *)b + 88, 64, "Hand dynamometer (simulated)");
	return 152;
}

static size_t sensor(const struct sim_gauge *gauge, uint8_t number, uint8_t *b)
{
	bool force = number == FORCE;

	b[0] = number;
	alg_put_le32(b + 2, force ? 160 : 161);
	snprintf((char *)b + 8, 60, force ? "Force" : "Y-axis acceleration");
	snprintf((char *)b + 68, 32, "%s", force ? alg_unit_name(gauge->unit) : "m/s\xC2\xB2");
	alg_put_lef64(b + 100, 0.01);
	alg_put_lef64(b + 108, force ? 0 : -160);
	alg_put_lef64(b + 116, force ? gauge->capacity_n / alg_unit_factor_n(gauge->unit) : 160);
	alg_put_le32(b + 124, PERIOD_LEAST_US);
	alg_put_le64(b + 128, PERIOD_MOST_US);
	alg_put_le32(b + 136, PERIOD_USUAL_US);
	alg_put_le32(b + 140, 1000);
	return 148;
}

static bool set_period(struct godirect *g, const uint8_t *in)
{
	uint32_t us = alg_le32(in + 7);

	if (in[5] != 0xFF || in[6] != 0 || us < PERIOD_LEAST_US || us > PERIOD_MOST_US || us % 1000)
		return false;
	g->period_us = us;
	return true;
}

static bool run(struct godirect *g, struct sim_gauge *gauge, const uint8_t *in, bool runs)
{
	uint32_t mask = alg_le32(in + 7);

	if (in[5] != 0xFF || in[6] != runs || (runs && (mask == 0 || mask & ~(1u << FORCE | 1u << ACCELERATION))))
		return false;
	g->mask = mask;
	g->runs = runs;
	gauge->rate_hz = runs ? 1e6 / g->period_us : 0;
	return true;
}

static void init(struct godirect *g, struct sim_gauge *gauge)
{
	*g = (struct godirect){.period_us = PERIOD_USUAL_US, .begun = true};
	gauge->rate_hz = 0;
}

/* The data's length in *n; false: no answer. */
static bool obey(struct godirect *g, struct sim_gauge *gauge, const uint8_t *in, uint8_t *b, size_t *n)
{
	static const uint8_t key[] = {0xA5, 0x4A, 0x06, 0x49, 0x07, 0x48, 0x08, 0x47, 0x09, 0x46, 0x0A, 0x45, 0x0B, 0x44, 0x0C,
		0x43, 0x0D, 0x42, 0x0E, 0x41};

	*n = 0;
	if (in[4] == 0x1A && memcmp(in + 5, key, sizeof(key)) == 0)
		init(g, gauge);
	if (!g->begun)
		return false;
	switch (in[4]) {
	case 0x10:
		*n = status(gauge, b);
		return true;
	case 0x18:
	case 0x19:
		return run(g, gauge, in, in[4] == 0x18);
	case 0x1A:
		return true;
	case 0x1B:
		return set_period(g, in);
	case 0x50:
		*n = sensor(gauge, in[5], b);
		return in[5] == FORCE || in[5] == ACCELERATION;
	case 0x51:
	case 0x56:
		alg_put_le32(b, 1u << FORCE | (in[4] == 0x51 ? 1u << ACCELERATION : 0));
		*n = 4;
		return true;
	case 0x54:
		g->begun = g->runs = false;
		gauge->rate_hz = 0;
		return true;
	case 0x55:
		*n = device(b);
		return true;
	default:
		return false;
	}
}

static bool is_packet(const uint8_t *p, size_t n)
{
	uint8_t sum = 0;

	if (n < 5 || n > ROOM || p[0] != 0x58 || p[1] != n)
		return false;
	for (size_t i = 0; i < n; i++)
		sum += i == 3 ? 0 : p[i];
	return sum == p[3];
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	uint8_t packet[PACKET_MOST] = {0x58};
	size_t len;

	if (n != REPORT || !is_packet(bytes + 1, bytes[0]) || !obey(state, gauge, bytes + 1, packet + BODY, &len))
		return 0;
	packet[4] = bytes[5];
	packet[5] = bytes[3];
	return send(packet, BODY + len, out);
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct godirect *g = state;
	uint8_t packet[PACKET_MOST] = {0x20, 0, g->counter, 0, 0x06};
	size_t len = 9;

	if (!g->runs)
		return 0;
	g->counter++;
	alg_put_le16(packet + 5, (uint16_t)g->mask);
	packet[7] = 1;
	if (g->mask & 1u << FORCE) {
		alg_put_lef32(packet + len, (float)(round(gauge->force_n / alg_unit_factor_n(gauge->unit) * 100) / 100));
		len += 4;
	}
	if (g->mask & 1u << ACCELERATION) {
		alg_put_lef32(packet + len, 9.81f);
		len += 4;
	}
	return send(packet, len, out);
}

const struct sim_speaker sim_speaker_godirect = {
	.family = "godirect",
	.packets = true,
	.packet_len = REPORT,
	.unit = ALG_UNIT_N,
	.capacity_n = 850,
	.reply_us = 2000,
	.hear = hear,
	.tick = tick,
};
