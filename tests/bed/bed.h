/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bed.h - emulated gauges on emulated cables, as one other process sees them: what the files of the system
 * bed share. docs/TESTBEDS.md says what it is for and how a new family gets it.
 *
 *   gauge.c  an instrument (sim/world.h) and what goes wrong between it and the host
 *   tty.c    its cable is a USB-serial adapter: a pseudo-terminal with a place in the emulated /sys and /dev
 *   usb.c    it is a USB device itself: usbfs's requests answered with usbdev.h
 *   host.c   commands, time, the program under test
 *
 * The main thread does everything but answer ioctl(): that is done in a thread of umockdev's.
 */
#ifndef TEST_BED_H
#define TEST_BED_H

#include "cli/simport.h"
#include "sim/world.h"
#include "tests/bed/usbdev.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <umockdev.h>

enum { BED_GAUGES_MAX = 32, BED_CHUNK_MAX = 512, BED_DELAY_SLOTS = 128, BED_RUNS_MAX = 32 };

/* Bytes on their way through a slow host. */
struct bed_chunk {
	int64_t due_ns;
	size_t n;
	uint8_t bytes[BED_CHUNK_MAX];
};

struct bed_gauge {
	char name[32], family[32], serial[64];
	char tty[16];        /* "ttyUSB0", of a serial gauge */
	int socket;          /* where on the bus it is plugged in: 1-SOCKET */
	struct sim_world *world;
	const struct usbdev_model *model; /* NULL: a serial gauge */
	bool plugged;
	/* gauge.c */
	int64_t mute_until_ns, babble_until_ns, babbled_ns, last_out_ns;
	int64_t delay_ns;
	double garble, drop; /* probability per byte, per piece */
	bool cut_armed, cut; /* the cable is to be pulled in the middle of a message; it is time to */
	uint64_t chance;
	struct bed_chunk late[BED_DELAY_SLOTS];
	size_t late_first, n_late;
	/* tty.c */
	struct simport port;
	char link[300];
	GObject *lines;
	/* usb.c */
	pthread_mutex_t lock;
	struct usbdev usb;
	GObject *usbfs;
	const void *holder;  /* the program that has claimed its interfaces */
	int device_number;   /* on the bus; another one each time it is plugged in */
};

struct bed {
	UMockdevTestbed *testbed;
	char *root; /* folder of the emulated /dev and /sys */
	struct bed_gauge gauge[BED_GAUGES_MAX];
	int n_gauges;
	int last_device_number;
	int64_t drawn_ns;
};

/* ---- gauge.c ---- */

/* options as in sim/options.h. False: no such family, or a wrong option (said on stderr). */
bool bed_gauge_init(struct bed_gauge *gauge, const char *name, const char *family, const char *options);
/*
 * Lets time pass; returns how many bytes (of a USB gauge: one report) the host gets now. To be called until 0.
 * gauge->cut afterwards: pull the cable when these have been handed over.
 */
size_t bed_gauge_take(struct bed_gauge *gauge, int64_t now_ns, uint8_t out[BED_CHUNK_MAX]);
/* The host said this. A gauge that is mute is deaf as well. */
void bed_gauge_hear(struct bed_gauge *gauge, int64_t now_ns, const uint8_t *bytes, size_t n);

/* ---- tty.c, usb.c: cables. The emulated kernel tells udev. ---- */

void bed_tty_plug(struct bed *bed, struct bed_gauge *gauge);
void bed_tty_unplug(struct bed *bed, struct bed_gauge *gauge);
void bed_tty_step(struct bed_gauge *gauge, int64_t now_ns);
void bed_usb_plug(struct bed *bed, struct bed_gauge *gauge);
void bed_usb_unplug(struct bed *bed, struct bed_gauge *gauge);
void bed_usb_step(struct bed_gauge *gauge, int64_t now_ns);

/* ---- host.c ---- */

/* Adds devices in umockdev's words; "add" is sent at once, so their nodes have to be there. Ends the program on error. */
void bed_add(struct bed *bed, const char *text);
/* "remove" for it, then it is gone. path as in bed_add, without /sys. */
void bed_remove(struct bed *bed, const char *path);
/* The usb_device itself, for both kinds of cable: "P: ...", identity, texts, descriptors. */
void bed_add_usb_device(struct bed *bed, struct bed_gauge *gauge, uint16_t vid, uint16_t pid, const char *maker,
	const char *product, const uint8_t *descriptors, size_t n);
/* "/devices/.../1-2" of the socket. */
void bed_usb_path(const struct bed_gauge *gauge, char out[128]);
int64_t bed_now_ns(void);
void bed_die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* ---- program.c: what runs in the bed, with the emulation preloaded ---- */

/* The program of the bed. Output goes where the bed's goes. */
pid_t bed_program_start(char **argv);
void bed_program_stop(void); /* SIGTERM */
bool bed_program_ended(int *code);
/* FILE PROGRAM [ARGUMENT]...: one more; what it prints goes to FILE, "exit N" behind it. At most BED_RUNS_MAX. */
void bed_also_run(char **words);
int bed_collect_runs(void); /* how many of these go on */
void bed_programs_kill(void);

/* The next command waits: so long, or until n lines (n more than now) with the text stand in a file that a program writes. A busy
 * machine makes a program slow to begin, so what has to come after something is tied to that and not to a time. */
void bed_wait(int64_t ns);
void bed_wait_lines(const char *file, const char *text, int n, bool more);
bool bed_is_waiting(void); /* ends the bed when the lines do not come within 30 s */

#endif
