/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_recfile.c - any bytes as a recording; what is taken for one is in order and inside its memory. */
#include "driver/transport/transport.h"

#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("recording", MFD_CLOEXEC);
	struct alg_recfile rec;
	char path[64];
	int64_t last_us = 0;
	size_t offset = 0;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (alg_recfile_load(path, &rec, NULL) == 0) {
		assert(rec.family[0] && rec.kind[0]);
		for (size_t i = 0; i < rec.n_events; i++) {
			const struct alg_recfile_event *e = &rec.events[i];

			assert(e->t_us >= last_us && e->len >= 1 && e->offset == offset);
			assert(e->dir == '<' || e->dir == '>');
			last_us = e->t_us;
			offset += e->len;
		}
		assert(offset == rec.n_data);
	}
	alg_recfile_free(&rec);
	close(fd);
	return 0;
}
