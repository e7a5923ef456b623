/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak_golink.c - emulates a Vernier Go!Link with a force probe that carries its calibration.
 *
 * Reports:   8 bytes either way. Host: command and seven parameters. Device: bits 7-6 of byte 0 are 00 readings,
 *            01 answer, 10 answer to 1A; 20 error, 10 last, 08 first, low three bits how many bytes follow
 * Commands:  10 status | 17 / 27 address count: own / probe's memory | 18 start | 19 stop | 1A init: stops,
 *            period 0.1 s | 1B / 1C set / get period in ms, u32, 5 ms at least | 20 serial number | 28 probe's
 *            number | 29 / 2A set / get input
 * Errors:    31 not known | 34 period while collecting | 36 parameter; header 7A
 * Readings:  number of readings, rolling counter, int16 each; here one a report
 * Own memory: 24 bytes, 9C at 1, correction of the inputs, big endian; probe's memory: 128 bytes, little endian,
 *            the last the exclusive or of all others
 * Choices:   a probe of 0-5 V, -25 N at 0 V and 175 N a volt; its page is in the unit that is set; the
 *            5 V input is 12 counts low and 0.1 % large; memories are not written (31); the counter
 *            counts reports; an input beyond 0 to 5 V stays at its end; answers need 1 ms.
 * Source:    Vernier GoIO SDK: GSkipComm.h, GSkipCommExt.h, GSensorDDSMem.h
 */
#include "sim/speak.h"

#include "base/bytes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEN = 8, OWN_LEN = 24, PROBE_LEN = 128, INPUT_5V = 2, PERIOD_LEAST_MS = 5, PERIOD_USUAL_MS = 100 };
enum { UNKNOWN = 0x31, COLLECTING = 0x34, PARAMETER = 0x36 };

#define VOLT_N   175.0 /* one volt more */
#define ZERO_N   -25.0 /* at no volt */
#define COUNTS   12    /* the input is so many low */
#define SLOPE    0.999 /* and is to be turned by this */

struct golink {
	uint32_t period_ms;
	uint8_t input, counter;
	bool runs;
};
_Static_assert(sizeof(struct golink) <= SIM_SPEAKER_STATE_MAX, "state fits");

/* ---- memories -------------------------------------------------------------------------------------- */

static void put_be16(uint8_t *p, int v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void put_bef32(uint8_t *p, float v)
{
	uint8_t little[4];

	alg_put_lef32(little, v);
	for (int i = 0; i < 4; i++)
		p[i] = little[3 - i];
}

static void own_memory(uint8_t m[OWN_LEN])
{
	memset(m, 0, OWN_LEN);
	m[0] = 1;
	m[1] = 0x9C;
	m[2] = 0x10; /* week and year */
	m[3] = 0x26;
	put_be16(m + 6, COUNTS);
	put_bef32(m + 8, 1);
	put_bef32(m + 12, (float)SLOPE);
}

static void probe_memory(const struct sim_gauge *gauge, uint8_t m[PROBE_LEN])
{
	double factor_n = alg_unit_factor_n(gauge->unit);

	memset(m, 0, PROBE_LEN);
	m[0] = 1;
	m[1] = 25;
	alg_put_le16(m + 2, 4711);
	m[7] = 0;
	snprintf((char *)m + 8, 20, "Force (simulated)");
	snprintf((char *)m + 28, 12, "Force");
	m[41] = 0x32;
	alg_put_lef32(m + 44, 0.005f);
	alg_put_lef32(m + 48, 0.02f);
	m[57] = 2; /* 5 V */
	m[58] = 1; /* linear */
	alg_put_lef32(m + 59, 0);
	alg_put_lef32(m + 63, (float)(gauge->capacity_n / factor_n));
	m[68] = 0;
	m[69] = 0;
	alg_put_lef32(m + 70, (float)(ZERO_N / factor_n));
	alg_put_lef32(m + 74, (float)(VOLT_N / factor_n));
	snprintf((char *)m + 82, 7, "(%.4s)", alg_unit_name(gauge->unit));
	for (int i = 0; i < PROBE_LEN - 1; i++)
		m[PROBE_LEN - 1] ^= m[i];
}

/* ---- answers --------------------------------------------------------------------------------------- */

static size_t answer(uint8_t *out, uint8_t kind, uint8_t command, const uint8_t *bytes, size_t n)
{
	memset(out, 0, LEN);
	out[0] = (uint8_t)(kind | 0x18 | (n + 1));
	out[1] = command;
	memcpy(out + 2, bytes, n);
	return LEN;
}

static size_t done(uint8_t *out, uint8_t command, uint8_t error)
{
	return answer(out, error ? 0x60 : 0x40, command, &error, 1);
}

static size_t read_memory(const uint8_t *in, const uint8_t *memory, size_t len, uint8_t *out)
{
	size_t at = in[1], left = in[2], used = 0;

	if (left == 0 || at + left > len)
		return done(out, in[0], PARAMETER);
	for (bool first = true; left; first = false) {
		size_t most = first ? 6 : 7, n = left < most ? left : most;
		uint8_t *p = out + used;

		memset(p, 0, LEN);
		p[0] = (uint8_t)(0x40 + n + (first ? 9 : 0) + (n == left ? 0x10 : 0));
		p[1] = in[0];
		memcpy(p + (first ? 2 : 1), memory + at, n);
		at += n;
		left -= n;
		used += LEN;
	}
	return used;
}

static size_t init(struct golink *g, struct sim_gauge *gauge, uint8_t *out)
{
	uint8_t none = 0;

	g->runs = false;
	gauge->rate_hz = 0;
	g->period_ms = PERIOD_USUAL_MS;
	return answer(out, 0x80, 0x1A, &none, 1);
}

static size_t set_period(struct golink *g, const uint8_t *in, uint8_t *out)
{
	uint32_t ms = alg_le32(in + 1);

	if (g->runs)
		return done(out, in[0], COLLECTING);
	if (ms < PERIOD_LEAST_MS || ms > 65535)
		return done(out, in[0], PARAMETER);
	g->period_ms = ms;
	return done(out, in[0], 0);
}

static size_t set_input(struct golink *g, const uint8_t *in, uint8_t *out)
{
	if (in[1] > 3)
		return done(out, in[0], PARAMETER);
	g->input = in[1];
	return done(out, in[0], 0);
}

static size_t run(struct golink *g, struct sim_gauge *gauge, uint8_t command, bool runs, uint8_t *out)
{
	g->runs = runs;
	gauge->rate_hz = runs ? 1000.0 / (g->period_ms ? g->period_ms : PERIOD_USUAL_MS) : 0;
	return done(out, command, 0);
}

static size_t obey(struct golink *g, struct sim_gauge *gauge, const uint8_t *in, uint8_t *out)
{
	static const uint8_t status[] = {0, 0x61, 0x01, 0x10, 0x01}, serial[] = {0x10, 0x26, 77, 0, 0, 0}, probe[] = {25, 0, 0, 0};
	uint8_t memory[PROBE_LEN], period[4];

	switch (in[0]) {
	case 0x10:
		return answer(out, 0x40, in[0], status, sizeof(status));
	case 0x17:
		own_memory(memory);
		return read_memory(in, memory, OWN_LEN, out);
	case 0x18:
	case 0x19:
		return run(g, gauge, in[0], in[0] == 0x18, out);
	case 0x1A:
		return init(g, gauge, out);
	case 0x1B:
		return set_period(g, in, out);
	case 0x1C:
		alg_put_le32(period, g->period_ms);
		return answer(out, 0x40, in[0], period, sizeof(period));
	case 0x20:
		return answer(out, 0x40, in[0], serial, sizeof(serial));
	case 0x27:
		probe_memory(gauge, memory);
		return read_memory(in, memory, PROBE_LEN, out);
	case 0x28:
		return answer(out, 0x40, in[0], probe, sizeof(probe));
	case 0x29:
		return set_input(g, in, out);
	case 0x2A:
		return answer(out, 0x40, in[0], &g->input, 1);
	default:
		return done(out, in[0], UNKNOWN);
	}
}

static size_t hear(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out)
{
	return n == LEN ? obey(state, gauge, bytes, out) : 0;
}

static size_t tick(void *state, struct sim_gauge *gauge, uint8_t *out)
{
	struct golink *g = state;
	double v = (gauge->force_n - ZERO_N) / VOLT_N;

	if (!g->runs)
		return 0;
	if (g->input != INPUT_5V)
		v = 2.5; /* nothing is wired to the other inputs */
	double raw = round((v - 2.5) * 32768 / 2.5 / SLOPE - COUNTS);

	memset(out, 0, LEN);
	out[0] = 1;
	out[1] = g->counter++;
	alg_put_le16(out + 2, (uint16_t)(int16_t)fmin(fmax(raw, INT16_MIN), INT16_MAX));
	return LEN;
}

const struct sim_speaker sim_speaker_golink = {
	.family = "golink",
	.packets = true,
	.packet_len = LEN,
	.unit = ALG_UNIT_N,
	.capacity_n = 600,
	.reply_us = 1000,
	.hear = hear,
	.tick = tick,
};
