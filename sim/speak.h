/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak.h - the gauge's half of each protocol: force in, bytes out; host bytes in, answers out.
 *
 * An emulator core knows no transport and no clock of its own: the same core speaks on a pty, a
 * TCP port, a USB endpoint and inside the program. It is written from the protocol's documents,
 * not from driver/devices, and never includes it; both may still share a misreading, so
 * recordings and makers' examples outrank it.
 */
#ifndef SIM_SPEAK_H
#define SIM_SPEAK_H

#include "base/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the instrument's sensor and settings are at one instant. */
struct sim_gauge {
	double force_n;       /* true force now, compression positive */
	double held_peak_n;   /* largest since the last clear */
	enum alg_unit unit;   /* what its display is set to */
	double capacity_n;
	double rate_hz;       /* of its display or stream */
	bool peak_mode;
	bool low_battery;
};

enum { SIM_OUT_MAX = 256, SIM_SPEAKER_STATE_MAX = 128 };

struct sim_speaker {
	const char *family;
	bool packets;             /* each tick's output is one packet */
	bool talks;               /* sends by itself */
	int baud;                 /* what the real instrument uses */
	enum alg_unit unit;       /* usual unit */
	double capacity_n;
	double rate_hz;
	/*
	 * n host bytes arrived; writes the answer, returns its length (0..SIM_OUT_MAX). state is a
	 * block of SIM_SPEAKER_STATE_MAX bytes, zeroed at the start. NULL: listens to nothing.
	 */
	size_t (*hear)(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out);
	/* One display or stream period has passed; the same for what it sends by itself. */
	size_t (*tick)(void *state, struct sim_gauge *gauge, uint8_t *out);
};

extern const struct sim_speaker *const sim_speakers[]; /* ends with NULL */
const struct sim_speaker *sim_speaker_find(const char *family);

#endif
