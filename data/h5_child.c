/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * h5_child.c - session files are read by a child process, since libhdf5 crashes or hangs on some that
 * are damaged or hostile, and the checksum line, which has no key, cannot keep a hostile one away.
 *
 * The parent reads the bytes and checks what needs no libhdf5; the child is forked with them in its
 * memory, gives up every right but to compute and to write into one pipe, parses, and answers with
 * the messages and the session in canonical bytes (pack.h). What comes out of the pipe is as hostile
 * as the file was, and is checked like it.
 */
#include "data/h5_util.h"

#include "base/clock.h"
#include "base/file.h"
#include "data/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEADLINE_NS (20 * ALG_NS_PER_S)
enum { CPU_S = 15, MESSAGES_MAX = 32 };
#define MEMORY_BYTES  (UINT64_C(3) << 30) /* on top of what the parent has; the largest session needs half of it */
#define ANSWER_MAX    (UINT64_C(1) << 30)

/* A sanitizer reserves terabytes of addresses and makes calls of its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* ---- the child ---------------------------------------------------------------------------------------- */

#define ALLOW(call)                                                                                \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

/* Memory, time, chance, reading and answering on its one descriptor, ending: any other call is refused as if the file were not there. */
static void allow_only_computing(void)
{
#ifdef OUR_ARCH
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		ALLOW(read), ALLOW(write), ALLOW(brk), ALLOW(mmap), ALLOW(munmap), ALLOW(mremap), ALLOW(madvise), ALLOW(mprotect),
		ALLOW(futex), ALLOW(clock_gettime), ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(getpid), ALLOW(gettid),
		ALLOW(tgkill), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(exit_group), ALLOW(exit),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOENT),
	};
	struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};

	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
#endif
}

static void limit(int what, uint64_t value)
{
	struct rlimit l = {value, value};

	setrlimit((__rlimit_resource_t)what, &l);
}

/* Addresses that this process has now. */
static uint64_t address_space_bytes(void)
{
	unsigned long pages = 0;
	FILE *statm = fopen("/proc/self/statm", "re");

	if (statm && fscanf(statm, "%lu", &pages) != 1)
		pages = 0;
	if (statm)
		fclose(statm);
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Nothing stays open but what answers go into; a sanitizer's report has to get out, too. */
static void keep_only(int fd)
{
	if (dup2(fd, H5_CHILD_FD) < 0)
		_exit(1);
	close_range(SANITIZED ? STDERR_FILENO + 1 : H5_CHILD_FD + 1, ~0U, 0);
}

void ses_h5_give_up_rights(int fd)
{
	uint64_t memory = address_space_bytes() + MEMORY_BYTES;

	keep_only(fd);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, CPU_S);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NPROC, 0);
	if (SANITIZED)
		return;
	limit(RLIMIT_AS, memory);
	allow_only_computing();
}

/* Messages go into the answer instead of to the person. */
static void keep_message(void *ctx, enum alg_level level, int id, const char *text)
{
	struct ses_bytes *answer = ctx;

	ses_bytes_add_u32(answer, (uint32_t)level + 1);
	ses_bytes_add_u32(answer, (uint32_t)id);
	ses_bytes_add(answer, text, strlen(text) + 1);
}

void ses_h5_write_all(const struct ses_bytes *bytes)
{
	for (size_t at = 0; at < bytes->len;) {
		ssize_t n = write(H5_CHILD_FD, bytes->data + at, bytes->len - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(1);
		at += (size_t)n;
	}
}

void ses_h5_answer(const struct ses_h5_task *task, struct ses_bytes *bytes)
{
	struct alg_log log = {.sink = keep_message, .ctx = bytes, .level = task->level};
	struct ses_session ses;
	int rc = ses_h5_parse(task->image, task->len, task->name, task->parts, task->line, &ses, &log);

	ses_bytes_add_u32(bytes, 0);
	ses_bytes_add_u32(bytes, (uint32_t)-rc);
	ses_bytes_add_u32(bytes, (uint32_t)atomic_load(&log.exit_code));
	if (rc == 0) {
		ses_bytes_add_u32(bytes, (uint32_t)ses.header.minor);
		ses_pack_session(bytes, &ses);
		ses_session_clear(&ses);
	}
}

static void answer(const struct ses_h5_task *task, int fd)
{
	struct ses_bytes bytes = {0};

	ses_h5_give_up_rights(fd);
	ses_h5_answer(task, &bytes);
	if (!bytes.failed)
		ses_h5_write_all(&bytes);
}

/* ---- the parent ----------------------------------------------------------------------------------------- */

static int no_answer(const char *name, struct alg_log *log, const char *what)
{
	return alg_fail(log, MSG_H5_DAMAGED, name, what);
}

static int say_messages(struct ses_unpack *in, int *error_id, char *error, size_t cap, struct alg_log *log)
{
	uint32_t level, id;

	for (int i = 0; i < MESSAGES_MAX; i++) {
		if (ses_unpack_u32(in, &level))
			return ALG_ERR_DATA;
		if (level == 0)
			return 0;
		size_t len = ses_unpack_u32(in, &id) ? in->left : strnlen((const char *)in->at, in->left);

		if (len == in->left || len >= ALG_LOG_TEXT_MAX || level > ALG_LEVEL_DEBUG + 1 || id > 999)
			return ALG_ERR_DATA;
		if (level == ALG_LEVEL_ERROR + 1) {
			*error_id = (int)id;
			snprintf(error, cap, "%s", (const char *)in->at);
		} else if (level == ALG_LEVEL_WARNING + 1) {
			alg_warn(log, (int)id, 0, 0, "%s", (const char *)in->at);
		}
		in->at += len + 1;
		in->left -= len + 1;
	}
	return ALG_ERR_DATA;
}

int ses_h5_take_answer(
	const uint8_t *bytes, size_t len, const char *name, enum ses_parts parts, struct ses_session *out, struct alg_log *log)
{
	struct ses_unpack in = {bytes, len, SES_FORMAT_MINOR};
	char error[ALG_LOG_TEXT_MAX] = "";
	uint32_t status, exit_code, minor = 0;
	int id = 0, rc;

	memset(out, 0, sizeof(*out));
	if (say_messages(&in, &id, error, sizeof(error), log) || ses_unpack_u32(&in, &status) ||
		ses_unpack_u32(&in, &exit_code) || status > -ALG_ERR_BUG || exit_code > 4)
		return no_answer(name, log, "what the reading process made of it makes no sense");
	if (status)
		return alg_fail(log, id, -(int)status, exit_code ? (int)exit_code : 4, "%s", error);
	rc = ses_unpack_u32(&in, &minor);
	in.minor = (int)minor;
	if (rc == 0 && minor > SES_FORMAT_MINOR)
		rc = ALG_ERR_DATA;
	if (rc == 0)
		rc = ses_unpack_session(&in, out);
	if (rc == 0)
		rc = ses_rows_fault(out, parts) ? ALG_ERR_DATA : 0;
	if (rc == 0)
		return 0;
	ses_session_clear(out);
	return rc == ALG_ERR_NOMEM ? alg_fail(log, MSG_NOMEM, name)
				   : no_answer(name, log, "what the reading process made of it makes no sense");
}

/* All that comes until the other end closes; false when the time is over first. */
static bool collect(int fd, struct ses_bytes *bytes)
{
	int64_t until_ns = alg_clock_now_ns(alg_clock_system()) + DEADLINE_NS;
	static const size_t piece = 1 << 16;
	uint8_t *buffer = malloc(piece);
	bool ended = false;

	while (buffer && !ended && !bytes->failed && bytes->len < ANSWER_MAX) {
		int64_t left_ns = until_ns - alg_clock_now_ns(alg_clock_system());
		struct pollfd p = {.fd = fd, .events = POLLIN};

		if (left_ns <= 0 || (poll(&p, 1, (int)(left_ns / ALG_NS_PER_MS) + 1) == 0))
			break;
		ssize_t n = read(fd, buffer, piece);

		if (n < 0 && errno == EINTR)
			continue;
		ended = n <= 0;
		if (n > 0)
			ses_bytes_add(bytes, buffer, (size_t)n);
	}
	free(buffer);
	return ended;
}

static int ask_child(const struct ses_h5_task *task, struct ses_session *out, struct alg_log *log)
{
	const char *name = task->name;
	struct ses_bytes bytes = {0};
	int pipes[2], status = 0, rc;
	bool ended;
	pid_t child;

	if (pipe2(pipes, O_CLOEXEC))
		return alg_fail(log, MSG_FILE_READ, name, strerror(errno));
	child = fork();
	if (child == 0) {
		answer(task, pipes[1]);
		_exit(0);
	}
	close(pipes[1]);
	ended = child > 0 && collect(pipes[0], &bytes);
	close(pipes[0]);
	if (child > 0 && !ended)
		kill(child, SIGKILL);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (child < 0)
		rc = alg_fail(log, MSG_FILE_READ, name, "no process can be made to read it");
	else if (!ended)
		rc = no_answer(name, log, "the HDF5 library does not come to an end with it");
	else if (!WIFEXITED(status) || WEXITSTATUS(status) || bytes.len == 0)
		rc = no_answer(name, log, "the HDF5 library crashes on it");
	else
		rc = ses_h5_take_answer(bytes.data, bytes.len, name, task->parts, out, log);
	ses_bytes_free(&bytes);
	return rc;
}

static int read_parts(const char *path, enum ses_parts parts, struct ses_session *out, struct alg_log *log)
{
	struct ses_h5_task task = {.name = path, .parts = parts, .level = log ? log->level : ALG_LEVEL_WARNING};
	char *bytes;
	int rc;

	memset(out, 0, sizeof(*out));
	rc = alg_file_read(path, H5_FILE_MAX, &bytes, &task.len, log);
	task.image = (const uint8_t *)bytes;
	if (rc == 0)
		rc = ses_h5_precheck(task.image, task.len, path, parts, &task.line, log);
	if (rc == 0) {
		H5open(); /* here, so that each child has it already */
		rc = ask_child(&task, out, log);
	}
	free(bytes);
	return rc;
}

int ses_h5_read(const char *path, struct ses_session *out, struct alg_log *log)
{
	return read_parts(path, SES_WITH_SAMPLES, out, log);
}

int ses_h5_read_unchecked(const char *path, struct ses_session *out, struct alg_log *log)
{
	return read_parts(path, SES_UNCHECKED, out, log);
}

int ses_h5_read_summary(const char *path, struct ses_session *out, struct alg_log *log)
{
	return read_parts(path, SES_WITHOUT_SAMPLES, out, log);
}
