/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host.h - what this machine does to gauges: the faults of a host that keep a gauge from being read, or a
 * study from being written, each with one sentence and the remedy. It only looks: no port is opened (that
 * would assert DTR, which resets some boards), nothing is written.
 *
 * Devices are looked up through libudev; the other places below view->root. Single-threaded.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include "driver/algometer.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum host_severity {
	HOST_FAULT,   /* this keeps something from working */
	HOST_WARNING, /* this will cost readings or time */
	HOST_NOTE,    /* good to know */
};

enum host_class { HOST_OF_DEVICE, HOST_OF_MACHINE };

struct host_finding {
	const char *id; /* "permission": a word for programs, never changed */
	enum host_severity severity;
	enum host_class of;  /* whose fault it is: which exit code follows */
	char where[96];      /* "/dev/ttyUSB0", the study's folder */
	char what[256];      /* one sentence without its full stop */
	char remedy[320];    /* what to do; a command as it is typed */
};

/* A device node as this user meets it. */
struct host_node {
	bool exists, may_open;
	gid_t gid;
	mode_t mode;
};

struct host_space {
	bool readable, writable;
	long kind;           /* f_type of statfs(2) */
	double free_bytes, free_share; /* share of all, 0..1 */
};

/* Through what it looks. host_view_init fills in this machine's own; tests bring other ones. */
struct host_view {
	const char *root;   /* before /proc, /etc, /usr ...: "" */
	const char *path;   /* where programs are looked for, as PATH says */
	const char *study;  /* folder, or NULL */
	uid_t uid;
	gid_t groups[64];   /* of this session */
	int n_groups;
	struct host_node (*node)(const char *path);
	bool (*space)(const char *path, struct host_space *out); /* false: there is no such place */
	bool (*clock_is_set)(void); /* by a time service */
};
void host_view_init(struct host_view *view);

enum { HOST_FINDINGS_MAX = 128, HOST_GAUGES_MAX = 64 };

struct host_report {
	struct host_finding finding[HOST_FINDINGS_MAX]; /* worst first */
	size_t n;
	struct alg_candidate gauge[HOST_GAUGES_MAX]; /* what was found to look at */
	size_t n_gauges;
	size_t n_usable;     /* of them without a fault */
};

/* 0, or a status that has been said (libudev failed, out of memory). */
int host_examine(const struct host_view *view, struct host_report *out, struct alg_log *log);

#endif
