/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look.h - what the files of host/ share: how something is looked at, and how it is told. */
#ifndef HOST_LOOK_H
#define HOST_LOOK_H

#include "host/host.h"

#include <libudev.h>
#include <limits.h>
#include <stdint.h>

struct host_look {
	const struct host_view *view;
	struct host_report *report;
	struct udev *udev;
	int faulty_usb; /* USB devices that cannot be used and are no candidates */
	struct host_finding spare; /* takes what no longer fits */
};

/* ---- telling --------------------------------------------------------------------------------------- */

/* A new finding without its sentences; never NULL. */
struct host_finding *host_add(struct host_look *look, const char *id, enum host_severity severity,
	enum host_group group, const char *where);
void host_what(struct host_finding *finding, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void host_remedy(struct host_finding *finding, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void host_command(struct host_finding *finding, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- looking --------------------------------------------------------------------------------------- */

/* root before path. */
void host_path(const struct host_look *look, char out[PATH_MAX], const char *path);
/* The beginning of a small file below root, without its last newline; false (and "") when it cannot be read. */
bool host_read(const struct host_look *look, const char *path, char *out, size_t cap);
/* Whether a line of a file below root has all of this text in it. */
bool host_file_has(const struct host_look *look, const char *path, const char *text);

/* Calls for each running program until it returns true; true then. */
typedef bool host_program(const struct host_look *look, int pid, void *ctx);
bool host_each_program(const struct host_look *look, host_program *each, void *ctx);
/* The program's short name; "" when it is gone. */
void host_program_name(const struct host_look *look, int pid, char out[64]);
bool host_runs(const struct host_look *look, const char *name);

/*
 * Calls for each udev rules file whose name has this text in it and which is not replaced by one of
 * the same name in a folder that comes before. path is below root.
 */
typedef void host_rules_file(const struct host_look *look, const char *path, const char *name, void *ctx);
void host_each_rules_file(const struct host_look *look, const char *text, host_rules_file *each, void *ctx);

/* Calls for each device of a subsystem, of those with this property (NULL: all), below parent (NULL: anywhere). */
typedef void host_device(struct host_look *look, struct udev_device *device, void *ctx);
int host_each_device(struct host_look *look, const char *subsystem, const char *property, const char *value,
	struct udev_device *parent, host_device *each, void *ctx);
/* Whether there is such a device. */
bool host_has_device(struct host_look *look, const char *subsystem, const char *property, const char *value,
	struct udev_device *parent);

/* A candidate as libudev knows it. */
struct host_port {
	const struct alg_candidate *candidate;
	struct udev_device *device; /* the port, or the USB device itself; owned */
	struct udev_device *usb;    /* the USB device it belongs to; NULL when it is none; borrowed */
	bool is_tty;
};
/* False when libudev no longer knows it. */
bool host_port_open(struct host_look *look, const struct alg_candidate *candidate, struct host_port *out);
void host_port_close(struct host_port *port);

/* An attribute's text, "" when there is none. */
const char *host_attr(struct udev_device *device, const char *name);

/* ---- USB-serial adapters ----------------------------------------------------------------------- */

struct host_chip {
	uint16_t vid, pid;
	const char *name;
	const char *module; /* kernel driver */
	bool foreign;       /* the driver does not know the id by itself */
};
/* The chip of a USB device; NULL when it is none of those. */
const struct host_chip *host_chip_of(struct udev_device *usb);

/* ---- the findings ------------------------------------------------------------------------------- */

void host_look_at_port(struct host_look *look, const struct host_port *port);          /* ports.c */
void host_look_at_holders(struct host_look *look, const struct host_port *port);       /* holders.c */
void host_look_for_twins(struct host_look *look, const struct host_port *ports, size_t n); /* twins.c */
void host_look_at_services(struct host_look *look, const struct host_port *port);      /* services.c */
int host_look_for_unbound(struct host_look *look);                                     /* unbound.c */
void host_look_at_rules(struct host_look *look);                                       /* rules.c */
void host_look_at_study(struct host_look *look);                                       /* disk.c */
void host_look_at_computer(struct host_look *look);                                    /* computer.c */
/* Whether brltty is set up to take this USB device for a braille display. */
bool host_brltty_claims(struct host_look *look, struct udev_device *usb);
void host_tell_brltty(struct host_look *look, struct udev_device *usb, const char *where, enum host_severity severity);

#endif
