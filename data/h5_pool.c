/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5_pool.c - reading children that live longer than one file. What goes to a child: a struct order and the
 * path down a socket, the file's bytes in memory that both see. What comes back: the number of bytes as
 * 8 bytes, little endian, and an answer as h5_child.c makes it.
 */
#include "data/pool.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "data/chain.h"
#include "data/h5_util.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MAX (UINT64_C(1) << 30)
enum { LENGTH_BYTES = 8, KEEP_BYTES = 4 << 20 };

struct order {
	size_t len;
	enum ses_parts parts;
	bool line;
};

struct reader {
	pid_t pid;      /* 0: none */
	int fd;
	uint8_t *slot;  /* H5_FILE_MAX bytes of addresses, shared; NULL until the first child */
	int n_files;
	size_t n_bytes; /* of the files that this child was given */
	bool busy;
	size_t ticket;
	int64_t until_ns;
	uint8_t *image; /* what it was given, where the child cannot reach it */
	size_t len;
	struct ses_bytes answer;
};

struct ses_pool {
	enum ses_parts parts;
	int n;
	struct reader reader[POOL_CHILDREN_MAX];
};

static int64_t now_ns(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

/* ---- the child ----------------------------------------------------------------------------------------- */

static bool read_all(void *out, size_t len)
{
	for (size_t at = 0; at < len;) {
		ssize_t n = read(H5_CHILD_FD, (char *)out + at, len - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* One file: false when there are no more. */
static bool serve_one(const uint8_t *slot, struct ses_bytes *bytes)
{
	static const uint8_t room[LENGTH_BYTES];
	char path[PATH_MAX];
	struct order order;

	if (!read_all(&order, sizeof(order)) || !read_all(path, sizeof(path)))
		return false;
	bytes->len = 0;
	ses_bytes_add(bytes, room, LENGTH_BYTES);
	ses_h5_answer(&(struct ses_h5_task){.image = slot, .len = order.len, .name = path, .parts = order.parts,
		.line = order.line, .level = ALG_LEVEL_WARNING}, bytes);
	if (bytes->failed)
		return false;
	alg_put_le32(bytes->data, (uint32_t)(bytes->len - LENGTH_BYTES));
	ses_h5_write_all(bytes);
	return true;
}

static _Noreturn void serve(const uint8_t *slot, int fd)
{
	struct ses_bytes bytes = {0};

	/* Memory is kept from file to file: pages that are given back and taken again cost a third of the time. */
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_TOP_PAD, 8 << 20);
	ses_h5_give_up_rights(fd);
	while (serve_one(slot, &bytes))
		;
	_exit(0);
}

/* ---- its life -------------------------------------------------------------------------------------------- */

static void let_go(struct reader *r)
{
	free(r->image);
	r->image = NULL;
	ses_bytes_free(&r->answer);
	if (r->slot && r->len > KEEP_BYTES)
		madvise(r->slot, r->len, MADV_REMOVE);
	r->busy = false;
}

static void end_child(struct reader *r)
{
	if (r->pid > 0) {
		close(r->fd);
		kill(r->pid, SIGKILL);
		while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	r->pid = 0;
	r->n_files = 0;
	r->n_bytes = 0;
}

static bool start_child(struct reader *r)
{
	int ends[2];

	if (!r->slot) {
		void *slot = mmap(NULL, H5_FILE_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

		if (slot == MAP_FAILED)
			return false;
		r->slot = slot;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return false;
	H5open(); /* here, so that each child has it already */
	r->pid = fork();
	if (r->pid == 0)
		serve(r->slot, ends[1]);
	close(ends[1]);
	r->fd = ends[0];
	if (r->pid > 0)
		return true;
	close(ends[0]);
	r->pid = 0;
	return false;
}

struct ses_pool *ses_pool_open(int children, enum ses_parts parts)
{
	struct ses_pool *pool = calloc(1, sizeof(*pool));

	if (pool) {
		pool->parts = parts;
		pool->n = children < 1 ? 1 : children > POOL_CHILDREN_MAX ? POOL_CHILDREN_MAX : children;
	}
	return pool;
}

void ses_pool_close(struct ses_pool *pool)
{
	for (int i = 0; pool && i < pool->n; i++) {
		let_go(&pool->reader[i]);
		end_child(&pool->reader[i]);
		if (pool->reader[i].slot)
			munmap(pool->reader[i].slot, H5_FILE_MAX);
	}
	free(pool);
}

/* ---- giving ------------------------------------------------------------------------------------------------ */

static struct reader *idle_reader(struct ses_pool *pool)
{
	for (int i = 0; i < pool->n; i++)
		if (!pool->reader[i].busy)
			return &pool->reader[i];
	return NULL;
}

bool ses_pool_idle(struct ses_pool *pool)
{
	return idle_reader(pool) != NULL;
}

/* A child that died meanwhile must not end this process by a signal. */
static bool send_all(int fd, const void *data, size_t len)
{
	return send(fd, data, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static bool hand_over(struct reader *r, const char *path, const struct order *order)
{
	char name[PATH_MAX] = "";

	if (strlen(path) >= sizeof(name))
		return false;
	strcpy(name, path);
	if (r->pid > 0 && (r->n_files >= POOL_FILES || r->n_bytes >= POOL_BYTES))
		end_child(r);
	if (r->pid == 0 && !start_child(r))
		return false;
	memcpy(r->slot, r->image, r->len);
	r->n_files++;
	r->n_bytes += r->len;
	return send_all(r->fd, order, sizeof(*order)) && send_all(r->fd, name, sizeof(name));
}

int ses_pool_give(struct ses_pool *pool, const char *path, size_t ticket)
{
	struct reader *r = idle_reader(pool);
	struct order order = {.parts = pool->parts};
	char *bytes;

	if (!r || alg_file_read(path, H5_FILE_MAX, &bytes, &r->len, NULL))
		return ALG_ERR_IO;
	r->image = (uint8_t *)bytes;
	order.len = r->len;
	if (ses_h5_precheck(r->image, r->len, path, pool->parts, &order.line, NULL)) {
		let_go(r);
		return ALG_ERR_IO;
	}
	if (!hand_over(r, path, &order)) {
		end_child(r);
		let_go(r);
		return ALG_ERR_IO;
	}
	r->busy = true;
	r->ticket = ticket;
	r->until_ns = now_ns() + POOL_DEADLINE_S * ALG_NS_PER_S;
	return 0;
}

/* ---- taking ------------------------------------------------------------------------------------------------ */

/* Whether a digest's digits stand in the file as this process read it. */
static bool stands_in(const struct reader *r, const char *hex)
{
	return strlen(hex) == SES_DIGEST_HEX - 1 && memmem(r->image, r->len, hex, SES_DIGEST_HEX - 1);
}

static bool is_of_this_file(const struct reader *r, const struct ses_session *ses, enum ses_parts parts)
{
	struct ses_chain_fault fault;

	if (parts == SES_WITH_SAMPLES && ses_session_check(ses, &fault))
		return false;
	return ses_session_verify_header(ses, NULL) == 0 && ses_session_seal_agrees(ses) &&
		stands_in(r, ses->header.header_digest) && stands_in(r, ses->header.seal);
}

/* An answer without any message and without a fault, else nothing. */
static void judge(struct reader *r, enum ses_parts parts, struct ses_pool_answer *out)
{
	const size_t front = LENGTH_BYTES + 12; /* no message, status 0, exit code 0 */
	const uint8_t *at = r->answer.data + LENGTH_BYTES;
	static const uint8_t nothing[12];

	if (r->answer.failed || r->answer.len < front || memcmp(at, nothing, sizeof(nothing)) != 0 ||
		ses_h5_take_answer(at, r->answer.len - LENGTH_BYTES, "", parts, &out->ses, NULL))
		return;
	out->good = is_of_this_file(r, &out->ses, parts);
	if (out->good)
		ses_bytes_add(&out->packed, r->answer.data + front, r->answer.len - front);
	else
		ses_session_clear(&out->ses);
}

static void finish(struct reader *r, enum ses_parts parts, bool ended, struct ses_pool_answer *out)
{
	*out = (struct ses_pool_answer){.ticket = r->ticket};
	if (ended)
		judge(r, parts, out);
	if (!out->good)
		end_child(r);
	let_go(r);
}

/* Takes what is there: 1 when the answer is whole, 0 when more is to come, -1 when there will be none. */
static int receive(struct reader *r)
{
	uint8_t piece[1 << 16];
	ssize_t n = recv(r->fd, piece, sizeof(piece), MSG_DONTWAIT);
	size_t want;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (n <= 0)
		return -1;
	ses_bytes_add(&r->answer, piece, (size_t)n);
	if (r->answer.failed)
		return -1;
	if (r->answer.len < LENGTH_BYTES)
		return 0;
	want = LENGTH_BYTES + (size_t)alg_le32(r->answer.data);
	if (want > ANSWER_MAX || r->answer.len > want)
		return -1;
	return r->answer.len == want;
}

/* The first reader that has an answer, or will have none. */
static bool look(struct ses_pool *pool, struct ses_pool_answer *out)
{
	for (int i = 0; i < pool->n; i++) {
		struct reader *r = &pool->reader[i];
		int got = r->busy ? receive(r) : 0;

		if (got == 0 && r->busy && now_ns() > r->until_ns)
			got = -1;
		if (got == 0)
			continue;
		finish(r, pool->parts, got > 0, out);
		return true;
	}
	return false;
}

bool ses_pool_take(struct ses_pool *pool, int timeout_ms, struct ses_pool_answer *out)
{
	int64_t end_ns = now_ns() + timeout_ms * ALG_NS_PER_MS;

	for (;;) {
		struct pollfd p[POOL_CHILDREN_MAX];
		int64_t left_ns = timeout_ms < 0 ? INT64_MAX : end_ns - now_ns();
		nfds_t n = 0;

		if (look(pool, out))
			return true;
		for (int i = 0; i < pool->n; i++) {
			if (!pool->reader[i].busy)
				continue;
			p[n++] = (struct pollfd){.fd = pool->reader[i].fd, .events = POLLIN};
			if (pool->reader[i].until_ns - now_ns() < left_ns)
				left_ns = pool->reader[i].until_ns - now_ns();
		}
		if (n == 0 || (timeout_ms >= 0 && now_ns() >= end_ns))
			return false;
		poll(p, n, left_ns > 0 ? (int)(left_ns / ALG_NS_PER_MS) + 1 : 0);
	}
}
