/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host.h - what this computer does to gauges: the faults outside Algometer that keep a gauge from
 * being opened, make it slow or lose what is measured, each in a sentence with its remedy.
 *
 * Only looks: opens no port and writes nothing to any device. USB devices and ports are asked of
 * libudev, everything else of files below view->root and of the view's functions, so that a faked
 * computer can be examined.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include "base/access.h"
#include "driver/algometer.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <sys/vfs.h>

/* Worst first. */
enum host_severity {
	HOST_FAULT,   /* this device, or this study, cannot be used */
	HOST_WARNING, /* it can, but badly, or not for long */
	HOST_NOTE,    /* good to know */
};

enum host_group {
	HOST_PORTS,    /* gauges and adapters */
	HOST_PROGRAMS, /* that take ports away */
	HOST_RULES,    /* udev */
	HOST_STUDY,    /* the study's folder and disk */
	HOST_COMPUTER, /* clock, gnuplot */
	HOST_GROUPS,
};

/* Texts are cleaned: what a device says of itself is in them. */
struct host_finding {
	const char *id; /* "no-permission"; never changes */
	enum host_severity severity;
	enum host_group group;
	char where[320];  /* "/dev/ttyUSB0", a folder, or a program */
	char what[512];   /* a sentence */
	char remedy[384]; /* a sentence; ends with a colon when a command follows */
	char command[384]; /* what to type; "" when nothing is */
};

struct host_view {
	const char *root;    /* before /proc, /etc, /usr, /lib and /run; "" for this computer */
	const char *path;    /* folders of programs, as in PATH */
	const char *study;   /* its folder; NULL: not looked at */
	const char *release; /* of the kernel, as `uname -r` says */
	const struct alg_candidate *candidates; /* what alg_discover() gave, through host_with_node() */
	size_t n_candidates;
	struct alg_access_user user;
	int (*stat)(const char *path, struct stat *out);
	int (*access)(const char *path, int mode);
	int (*statfs)(const char *path, struct statfs *out);
	int (*adjtimex)(struct timex *inout);
};
/* This computer and this user, without study and candidates. release is borrowed. */
void host_view_here(struct host_view *view, const char *release);

enum { HOST_FOUND_MAX = 64 };

struct host_report {
	struct host_finding found[HOST_FOUND_MAX]; /* worst first */
	size_t n;
	bool looked[HOST_GROUPS]; /* could be looked at */
	bool device_usable;       /* a gauge or port is there and nothing keeps it from being used */
	bool study_usable;        /* nothing keeps the study's folder from being written; true without one */
};

/* Of n candidates those of which there is something to open, moved to the front: how many. A device without a port is looked for anew. */
size_t host_with_node(struct alg_candidate *list, size_t n);
/* 0, or ALG_ERR_IO (said) when libudev does not answer. */
int host_examine(const struct host_view *view, struct host_report *report, struct alg_log *log);

#endif
