/* SPDX-License-Identifier: GPL-3.0-or-later */
/* port.h - what serial.c, fd.c and usb.c have in common: real time, and why a port cannot be opened. */
#ifndef ALG_PORT_H
#define ALG_PORT_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Transport operations for everything that runs in real time; ctx is not looked at. */
int64_t alg_port_now_ns(void *ctx);
void alg_port_sleep_ms(void *ctx, int ms);

/* Says why path could not be opened (an errno), and returns the status. */
int alg_port_open_failed(const char *path, int error, struct alg_log *log);
/* Says that an operation failed; ENODEV, EIO and their kin mean that the device is gone (not said here). */
int alg_port_failed(const char *path, const char *what, int error, struct alg_log *log);
/* True for what the kernel answers when the device is no longer there. */
bool alg_port_is_gone(int error);
/*
 * Takes the descriptor for this process alone by a lock, which goes with the process. Others that do
 * not ask for it are kept out by TIOCEXCL, where the port is real. 0, or ALG_ERR_BUSY (said).
 */
int alg_port_own(const char *path, int fd, struct alg_log *log);
/*
 * Waits for input: 1 there is some, 0 not within timeout_ms or a signal came, ALG_ERR_NODEV hung up
 * with nothing left to read.
 */
int alg_port_wait(int fd, int timeout_ms);

#endif
