/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gauge.c - the instrument behind a cable, and what goes wrong on the way: silence, delay, damage, junk. */
#include "tests/bed/bed.h"

#include "base/clock.h"
#include "base/text.h"
#include "sim/random.h"

#include <string.h>

enum { JUNK_PACKETS_S = 500, BITS_PER_BYTE = 10 };
#define MIDDLE_NS (5 * ALG_NS_PER_MS) /* bytes after so long a pause begin a message */

bool bed_gauge_init(struct bed_gauge *g, const char *name, const char *family, const char *options)
{
	memset(g, 0, sizeof(*g));
	if (sim_world_new(&g->world, family, options, NULL) < 0)
		return false;
	alg_text_copy(g->name, sizeof(g->name), name);
	alg_text_copy(g->family, sizeof(g->family), family);
	g->model = usbdev_model_find(family, "");
	g->port = (struct simport){.pty = true, .fd = -1, .listener = -1};
	g->usb.slave = g->usb.master = -1;
	pthread_mutex_init(&g->lock, NULL);
	return g->model || sim_world_baud(g->world) > 0;
}

static double chance(struct bed_gauge *g)
{
	return sim_uniform(0xBED, g->chance++);
}

static size_t junk(struct bed_gauge *g, int64_t now_ns, uint8_t *out)
{
	int64_t one_ns = ALG_NS_PER_S / (g->model ? JUNK_PACKETS_S : sim_world_baud(g->world) / BITS_PER_BYTE);
	int64_t due = (now_ns - g->babbled_ns) / one_ns;
	size_t n = due <= 0 ? 0 : g->model ? g->model->packet_size : (size_t)due;

	if (n == 0)
		return 0;
	n = n < BED_CHUNK_MAX ? n : BED_CHUNK_MAX;
	g->babbled_ns = g->model ? g->babbled_ns + one_ns : now_ns;
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(chance(g) * 256);
	return n;
}

static void damage(struct bed_gauge *g, uint8_t *bytes, size_t *n)
{
	if (g->drop > 0 && *n && chance(g) < g->drop)
		*n = 0;
	for (size_t i = 0; g->garble > 0 && i < *n; i++)
		if (chance(g) < g->garble)
			bytes[i] ^= (uint8_t)(1u << (unsigned)(chance(g) * 8));
}

/* Held back for as long as the delay is now. What does not fit is lost, as in a full buffer. */
static size_t late(struct bed_gauge *g, int64_t now_ns, uint8_t *bytes, size_t n)
{
	if (n && g->n_late < BED_DELAY_SLOTS) {
		struct bed_chunk *c = &g->late[(g->late_first + g->n_late++) % BED_DELAY_SLOTS];

		c->due_ns = now_ns + g->delay_ns;
		c->n = n;
		memcpy(c->bytes, bytes, n);
	}
	const struct bed_chunk *first = &g->late[g->late_first];

	if (g->n_late == 0 || first->due_ns > now_ns)
		return 0;
	g->late_first = (g->late_first + 1) % BED_DELAY_SLOTS;
	g->n_late--;
	memcpy(bytes, first->bytes, first->n);
	return first->n;
}

size_t bed_gauge_take(struct bed_gauge *g, int64_t now_ns, uint8_t out[BED_CHUNK_MAX])
{
	size_t n = sim_world_advance(g->world, now_ns, out, BED_CHUNK_MAX);

	if (now_ns < g->mute_until_ns)
		n = 0;
	if (now_ns < g->babble_until_ns)
		n = junk(g, now_ns, out);
	damage(g, out, &n);
	if (g->delay_ns || g->n_late)
		n = late(g, now_ns, out, n);
	if (n && g->cut_armed && (g->model || now_ns - g->last_out_ns > MIDDLE_NS)) {
		n = g->model ? 0 : 1; /* the first byte of a message, and no more */
		g->cut_armed = false;
		g->cut = true;
	}
	g->last_out_ns = n ? now_ns : g->last_out_ns;
	return n;
}

void bed_gauge_hear(struct bed_gauge *g, int64_t now_ns, const uint8_t *bytes, size_t n)
{
	uint8_t out[BED_CHUNK_MAX];

	if (now_ns < g->mute_until_ns || n == 0)
		return;
	/* Room for nothing: the answer waits on the wire and is taken in its time. */
	sim_world_hear(g->world, bytes, n, out, 0);
}
