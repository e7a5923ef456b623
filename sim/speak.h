/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speak.h - the gauge's half of each protocol: force in, bytes out; host bytes in, answers out.
 *
 * An emulator core knows no transport and no clock of its own: the same core speaks on a pty, a
 * TCP port, a USB endpoint and inside the program. It is written from the protocol's documents,
 * not from driver/devices, and never includes it; both may still share a misreading, so
 * recordings and makers' examples outrank it. Where the documents are silent the emulator's choice is
 * said at the head of its file.
 */
#ifndef SIM_SPEAK_H
#define SIM_SPEAK_H

#include "base/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the instrument's sensor and settings are at one instant. */
struct sim_gauge {
	double force_n;        /* what its sensor feels now, compression positive */
	double tare_n;         /* taken off everything shown; a zero command sets it */
	double held_peak_n;    /* largest of force_n since the last clear */
	double held_tension_n; /* smallest since then */
	enum alg_unit unit;    /* what its display is set to */
	double capacity_n;
	double rate_hz;        /* ticks a second: of its display or stream; 0: none now */
	bool peak_mode;        /* the display holds the peak */
	bool low_battery;
	int generation;        /* of a machine whose firmware changed its protocol: 0 the newest, 1 the one before ... */
};

enum { SIM_OUT_MAX = 256, SIM_SPEAKER_STATE_MAX = 512 };

struct sim_speaker {
	const char *family;
	const char *profile;      /* of family text: the shipped profile whose gauge it is; NULL otherwise */
	bool packets;             /* output is packets, not a line's bytes */
	size_t packet_len;        /* of packets: output is cut into so many bytes each; 0: each output is one packet */
	bool talks;               /* sends by itself */
	int baud;                 /* what the real instrument uses; 0: not a serial line */
	int stop_bits;            /* of its line, eight data bits, no parity; 0 for 1 */
	enum alg_unit unit;       /* usual unit */
	double capacity_n;
	double rate_hz;           /* of ticks after switching on; 0: only when asked */
	int reply_us;             /* from a request's last byte to the answer's first */
	/*
	 * n host bytes arrived; writes the answer, returns its length (0..SIM_OUT_MAX; what does not
	 * fit is lost, as in an instrument). state is a block of SIM_SPEAKER_STATE_MAX bytes aligned
	 * for any type, zeroed at the start. NULL: listens to nothing.
	 */
	size_t (*hear)(void *state, struct sim_gauge *gauge, const uint8_t *bytes, size_t n, uint8_t *out);
	/* One display or stream period has passed; the same for what it sends by itself. NULL: nothing. */
	size_t (*tick)(void *state, struct sim_gauge *gauge, uint8_t *out);
	/* Its own SEND key was pressed; NULL: it has none. */
	size_t (*send_key)(void *state, struct sim_gauge *gauge, uint8_t *out);
};

extern const struct sim_speaker *const sim_speakers[]; /* ends with NULL */
const struct sim_speaker *sim_speaker_find(const char *family);
/* "wagner, mark10, ..." for messages. */
void sim_speaker_names(char *out, size_t cap);

/* The families that are emulated. */
#define SIM_FAMILIES(one) \
	one(wagner) \
	one(wagner_fdix) \
	one(mark10) \
	one(lutron) \
	one(imada) \
	one(imada_zt) \
	one(shimpo) \
	one(cpar) \
	one(sauter) \
	one(loadstar) \
	one(kcp) \
	one(kern_scale) \
	one(openscale) \
	one(hx711) \
	one(hid_scale) \
	one(godirect) \
	one(golink) \
	one(phidget) \
	one(text)
#define SIM_DECLARE(name) extern const struct sim_speaker sim_speaker_##name;
SIM_FAMILIES(SIM_DECLARE)

/* A switched-on gauge with the speaker's usual settings. */
void sim_gauge_init(struct sim_gauge *gauge, const struct sim_speaker *speaker);
/* The sensor feels force_n now: peaks follow. */
void sim_gauge_feel(struct sim_gauge *gauge, double force_n);
void sim_gauge_clear_peaks(struct sim_gauge *gauge);

/* speak_hid_scale.c: what a USB stack asks of the emulated scale. */
enum { SIM_HID_REPORT_LEN = 6 };
extern const uint8_t sim_hid_scale_report_descriptor[];
extern const size_t sim_hid_scale_report_descriptor_len;

#endif
