/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wire.h - the cable: what the gauge has sent and when the other end gets it, byte by byte at the
 * line's speed; and what goes wrong on the way (drops, flipped bits, a wrong line speed).
 *
 * An adapter that bundles keeps what has come until its latency timer ticks, and then hands it all on, a
 * message that is not yet whole as well: FTDI's chips do so every 16 ms unless told otherwise (FTDI
 * AN232B-04), and a polling USB host looks just as it would.
 */
#ifndef SIM_WIRE_H
#define SIM_WIRE_H

#include "sim/speak.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_WIRE_SLOTS = 64 };

struct sim_wire {
	bool packets;
	size_t packet_len;   /* messages are cut into packets of so many bytes; 0: they are packets */
	int64_t byte_ns;     /* time of one byte on the line */
	int64_t bundle_ns;   /* between two ticks of the adapter; 0: it hands on every byte at once */
	int64_t phase_ns;    /* of its ticks; no gauge and no adapter wait for each other */
	double drop, garble; /* per message */
	bool wrong_speed;    /* the host listens and talks at another speed: all bytes come out wrong */
	uint64_t key, sent, lost;
	struct sim_wire_message {
		int64_t t_start_ns;
		size_t len, taken;
		uint8_t data[SIM_OUT_MAX];
	} slot[SIM_WIRE_SLOTS];
	size_t first, n;
	int64_t busy_until_ns;
};

void sim_wire_init(struct sim_wire *wire, const struct sim_speaker *speaker, double drop, double garble, uint64_t key);
/* From here on an adapter bundles for so long; 0: none. The phase of its ticks follows from the key. */
void sim_wire_bundle(struct sim_wire *wire, int64_t bundle_ns);
/*
 * The gauge begins to send at t_ns, or when the line is free. What nobody takes is lost: the newest
 * bytes of a full serial buffer, the oldest packets; the newest where messages are cut into packets.
 */
void sim_wire_send(struct sim_wire *wire, int64_t t_ns, const uint8_t *bytes, size_t n);
/* Bytes (one whole packet) that have arrived at t_ns, moved to out. */
size_t sim_wire_take(struct sim_wire *wire, int64_t t_ns, uint8_t *out, size_t cap);
/*
 * When the next byte, or with whole = true the next whole message, is there; what comes next of it when it is
 * bundled; INT64_MAX for none.
 */
int64_t sim_wire_next_ns(const struct sim_wire *wire, bool whole);
/* Bytes of the host as the gauge hears them. */
void sim_wire_distort(struct sim_wire *wire, uint8_t *bytes, size_t n);
void sim_wire_clear(struct sim_wire *wire);

#endif
