/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/ring.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

int acq_ring_init(struct acq_ring *ring, size_t item_size, size_t capacity)
{
	memset(ring, 0, sizeof(*ring));
	ring->wake_fd = -1;
	if (item_size == 0 || capacity == 0 || (capacity & (capacity - 1)) != 0)
		return ALG_ERR_ARG;
	ring->slots = calloc(capacity, item_size);
	if (!ring->slots)
		return ALG_ERR_NOMEM;
	ring->item_size = item_size;
	ring->capacity = capacity;
	ring->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (ring->wake_fd < 0) {
		acq_ring_free(ring);
		return ALG_ERR_IO;
	}
	return 0;
}

void acq_ring_free(struct acq_ring *ring)
{
	free(ring->slots);
	ring->slots = NULL;
	if (ring->wake_fd >= 0)
		close(ring->wake_fd);
	ring->wake_fd = -1;
}

/* head is the writer's, tail the reader's; both only grow, their difference is what is inside. */
bool acq_ring_put(struct acq_ring *ring, const void *item)
{
	size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
	size_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
	const uint64_t one = 1;

	if (head - tail == ring->capacity) {
		atomic_fetch_add_explicit(&ring->refused, 1, memory_order_relaxed);
		return false;
	}
	memcpy(ring->slots + (head & (ring->capacity - 1)) * ring->item_size, item, ring->item_size);
	atomic_store_explicit(&ring->head, head + 1, memory_order_release);
	/* A counter that is full is readable already. */
	return write(ring->wake_fd, &one, sizeof(one)) == sizeof(one) || true;
}

bool acq_ring_get(struct acq_ring *ring, void *item)
{
	size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
	uint64_t drained;

	if (tail == atomic_load_explicit(&ring->head, memory_order_acquire)) {
		/* Clear the wake-up, then look once more: an item may have come in between. */
		if (read(ring->wake_fd, &drained, sizeof(drained)) < 0 ||
			tail == atomic_load_explicit(&ring->head, memory_order_acquire))
			return false;
	}
	memcpy(item, ring->slots + (tail & (ring->capacity - 1)) * ring->item_size, ring->item_size);
	atomic_store_explicit(&ring->tail, tail + 1, memory_order_release);
	return true;
}
