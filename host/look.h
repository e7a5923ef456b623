/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look.h - shared by the files of host/ only: where findings go, and who looks at what. */
#ifndef HOST_LOOK_H
#define HOST_LOOK_H

#include "host/host.h"

struct host_look {
	const struct host_view *view;
	struct host_report *report;
};

/* A new finding, its texts still to be written; a full report keeps what it has and gives a spare one. */
struct host_finding *host_add(struct host_look *look, const char *id, enum host_severity severity, enum host_class of,
	const char *where);
/* view->root + path, and for reading. */
void host_path(const struct host_look *look, const char *path, char *out, size_t cap);

int host_look_at_gauges(struct host_look *look, struct alg_log *log); /* gauges.c */
void host_look_at_services(struct host_look *look);                  /* services.c */
void host_look_at_rules(struct host_look *look);                     /* rules.c */
void host_look_at_place(struct host_look *look);                     /* place.c */

/* services.c: the pid of a running program, 0 none; and who has a file open ("minicom (pid 812)"), false nobody seen. */
int host_running(struct host_look *look, const char *name);
bool host_holder(struct host_look *look, const char *node, char *out, size_t cap);

#endif
