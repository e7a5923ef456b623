/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/wire.h"

#include "base/clock.h"
#include "sim/random.h"

#include <string.h>

/* A packet that waits longer is not asked for: an endpoint holds a report or two, unless a message takes several. */
enum { PACKETS_WAITING = 2 };

void sim_wire_init(struct sim_wire *wire, const struct sim_speaker *speaker, double drop, double garble, uint64_t key)
{
	*wire = (struct sim_wire){
		.packets = speaker->packets, .packet_len = speaker->packet_len, .drop = drop, .garble = garble, .key = key};
	if (speaker->baud > 0)
		wire->byte_ns = 10 * ALG_NS_PER_S / speaker->baud; /* start bit, eight, stop bit */
}

void sim_wire_bundle(struct sim_wire *wire, int64_t bundle_ns)
{
	wire->bundle_ns = bundle_ns;
	wire->phase_ns = (int64_t)(sim_uniform(wire->key ^ 0xB1, 0) * (double)bundle_ns);
}

void sim_wire_distort(struct sim_wire *wire, uint8_t *bytes, size_t n)
{
	if (!wire->wrong_speed)
		return;
	for (size_t i = 0; i < n; i++)
		bytes[i] ^= (uint8_t)(sim_random(wire->key ^ 0x77, wire->sent + i) % 255 + 1);
	wire->sent++;
}

static void damage(struct sim_wire *wire, struct sim_wire_message *m)
{
	uint64_t bits = sim_random(wire->key, wire->sent * 4 + 2);

	if (sim_uniform(wire->key, wire->sent * 4 + 1) < wire->garble)
		m->data[bits % m->len] ^= (uint8_t)(1u << (bits >> 32) % 8);
	sim_wire_distort(wire, m->data, m->len);
}

static void forget_first(struct sim_wire *wire)
{
	wire->first = (wire->first + 1) % SIM_WIRE_SLOTS;
	wire->n--;
}

static void send_one(struct sim_wire *wire, int64_t t_ns, const uint8_t *bytes, size_t n)
{
	wire->sent++;
	if (sim_uniform(wire->key, wire->sent * 4) < wire->drop) {
		wire->lost++;
		return;
	}
	if (wire->packets && !wire->packet_len && wire->n == PACKETS_WAITING) {
		forget_first(wire);
		wire->lost++;
	}
	if (wire->n == SIM_WIRE_SLOTS) {
		wire->lost++;
		return;
	}
	struct sim_wire_message *m = &wire->slot[(wire->first + wire->n++) % SIM_WIRE_SLOTS];

	m->t_start_ns = t_ns > wire->busy_until_ns ? t_ns : wire->busy_until_ns;
	m->len = n < SIM_OUT_MAX ? n : SIM_OUT_MAX;
	m->taken = 0;
	memcpy(m->data, bytes, m->len);
	damage(wire, m);
	wire->busy_until_ns = m->t_start_ns + wire->byte_ns * (int64_t)m->len;
}

void sim_wire_send(struct sim_wire *wire, int64_t t_ns, const uint8_t *bytes, size_t n)
{
	size_t most = wire->packets && wire->packet_len ? wire->packet_len : n;

	for (size_t at = 0; at < n; at += most)
		send_one(wire, t_ns, bytes + at, most < n - at ? most : n - at);
}

static size_t arrived(const struct sim_wire *wire, const struct sim_wire_message *m, int64_t t_ns)
{
	if (t_ns < m->t_start_ns)
		return 0;
	if (wire->byte_ns == 0)
		return m->len;
	int64_t n = (t_ns - m->t_start_ns) / wire->byte_ns;

	return n < (int64_t)m->len ? (size_t)n : m->len;
}

/* The adapter's last tick; without one, now. */
static int64_t last_tick_ns(const struct sim_wire *wire, int64_t t_ns)
{
	return wire->bundle_ns > 0 && t_ns >= wire->phase_ns ? t_ns - (t_ns - wire->phase_ns) % wire->bundle_ns : t_ns;
}

size_t sim_wire_take(struct sim_wire *wire, int64_t t_ns, uint8_t *out, size_t cap)
{
	size_t used = 0;

	t_ns = last_tick_ns(wire, t_ns);
	while (wire->n && used < cap) {
		struct sim_wire_message *m = &wire->slot[wire->first];
		size_t here = arrived(wire, m, t_ns), n = here > m->taken ? here - m->taken : 0;

		if (n > cap - used)
			n = cap - used;
		memcpy(out + used, m->data + m->taken, n);
		used += n;
		m->taken += n;
		if (wire->packets && n)
			m->taken = m->len; /* the rest of a packet that did not fit is gone */
		if (m->taken < m->len)
			break;
		forget_first(wire);
		if (wire->packets)
			break;
	}
	return used;
}

int64_t sim_wire_next_ns(const struct sim_wire *wire, bool whole)
{
	if (wire->n == 0)
		return INT64_MAX;
	const struct sim_wire_message *m = &wire->slot[wire->first];

	if (wire->bundle_ns > 0)
		return last_tick_ns(wire, m->t_start_ns + wire->byte_ns * (int64_t)(m->taken + 1) + wire->bundle_ns - 1);
	return m->t_start_ns + wire->byte_ns * (int64_t)(whole ? m->len : m->taken + 1);
}

void sim_wire_clear(struct sim_wire *wire)
{
	wire->n = 0;
	wire->busy_until_ns = INT64_MIN / 2;
}
