/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ring.h - a bounded queue between two threads: one writer, one reader, no lock, no allocation
 * after the start. A full ring refuses the item and counts it; the writer flags the loss.
 */
#ifndef ACQ_RING_H
#define ACQ_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct acq_ring {
	unsigned char *slots;
	size_t item_size, capacity; /* capacity is a power of two */
	_Atomic size_t head, tail;
	_Atomic uint64_t refused;
	int wake_fd; /* eventfd: readable when there may be something; for poll(2) */
};

int acq_ring_init(struct acq_ring *ring, size_t item_size, size_t capacity);
void acq_ring_free(struct acq_ring *ring);
/* Writer's side; false when full. */
bool acq_ring_put(struct acq_ring *ring, const void *item);
/* Reader's side; false when empty. */
bool acq_ring_get(struct acq_ring *ring, void *item);

#endif
