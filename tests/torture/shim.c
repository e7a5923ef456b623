/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shim.c - preloaded into the program: counts every call that changes what is on the disk below
 * TORTURE_ROOT, and writes it down, kills the program before it, or makes it fail.
 *
 *   TORTURE_LOG=FILE     what was done, with its bytes, in the order in which it was done
 *   TORTURE_KILL=N       SIGKILL before call N (from 1)
 *   TORTURE_FAIL=N       call N fails with TORTURE_ERRNO (a number); with TORTURE_ON=1 all from N on.
 *                        A failed sync loses what was written since the last one, as Linux does.
 *   TORTURE_SHORT=N      from call N on writes take half of what they are given
 *   TORTURE_DELAY_MS=T   sync TORTURE_DELAY_AT (from 1; 0: every one) takes so long
 *   TORTURE_NOLINK=1     there are no second names, as on a FAT stick
 *   TORTURE_NOSYNC=1     syncs are written down as if they had not been called (to test the judges)
 *
 * Calls are done one after the other under one lock, so that the order written down is the order
 * done. The number of calls stands in the file TORTURE_COUNT at the end. mmap of a file below the
 * root is counted in there too; the program has none.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FDS = 1024, DIRTY = 256 };

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[PATH_MAX];
static long count, mapped, kill_at, fail_at, fail_errno, fail_on, short_at, delay_ms, delay_at, syncs, nosync, nolink;
static int log_fd = -1;
static char *name[FDS];                       /* paths of descriptors below the root */
static struct { off_t at; size_t len; } dirty[FDS][DIRTY]; /* written since the last sync */
static int n_dirty[FDS];

static long number(const char *variable)
{
	const char *text = getenv(variable);

	return text ? atol(text) : 0;
}

__attribute__((constructor)) static void start(void)
{
	const char *text = getenv("TORTURE_ROOT");

	snprintf(root, sizeof(root), "%s", text ? text : "/nowhere");
	kill_at = number("TORTURE_KILL");
	fail_at = number("TORTURE_FAIL");
	fail_errno = number("TORTURE_ERRNO");
	fail_on = number("TORTURE_ON");
	short_at = number("TORTURE_SHORT");
	delay_ms = number("TORTURE_DELAY_MS");
	delay_at = number("TORTURE_DELAY_AT");
	nosync = number("TORTURE_NOSYNC");
	nolink = number("TORTURE_NOLINK");
	if (getenv("TORTURE_LOG"))
		log_fd = (int)syscall(SYS_openat, AT_FDCWD, getenv("TORTURE_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
}

__attribute__((destructor)) static void end(void)
{
	char text[64];
	const char *path = getenv("TORTURE_COUNT");
	int n = snprintf(text, sizeof(text), "%ld %ld\n", count, mapped);
	int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

	if (fd >= 0 && syscall(SYS_write, fd, text, n) != n)
		abort();
}

static void put(const void *data, size_t len)
{
	if (log_fd >= 0 && len && syscall(SYS_write, log_fd, data, len) != (long)len)
		abort();
}

/* "op path|path offset length\n" and the bytes */
static void note(const char *op, const char *a, const char *b, long long at, const void *data, size_t len)
{
	char line[2 * PATH_MAX + 100];
	int n = snprintf(line, sizeof(line), "%s\t%s\t%s\t%lld\t%zu\n", op, a, b, at, len);

	put(line, (size_t)n);
	put(data, len);
}

static bool below(const char *path)
{
	return strncmp(path, root, strlen(root)) == 0;
}

/* Counts a call; true when it is to fail, with errno set. */
static bool fails(void)
{
	count++;
	if (count == kill_at) {
		syscall(SYS_kill, getpid(), SIGKILL);
		for (;;)
			pause();
	}
	if (!fail_at || (fail_on ? count < fail_at : count != fail_at))
		return false;
	errno = (int)fail_errno;
	return true;
}

#define REAL(f) static __typeof__(&f) real; if (!real) *(void **)&real = dlsym(RTLD_NEXT, #f)
#define LOCK pthread_mutex_lock(&lock)
#define UNLOCK pthread_mutex_unlock(&lock)

static int opened(int fd, const char *path, int flags, bool was_there)
{
	if (fd >= 0 && fd < FDS) {
		free(name[fd]);
		name[fd] = strdup(path);
		n_dirty[fd] = 0;
		if ((flags & O_CREAT) && !was_there)
			note("create", path, "", 0, NULL, 0);
	}
	return fd;
}

static int open_any(const char *path, int flags, int mode)
{
	bool ours = below(path), was_there = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
	int fd = -1;

	LOCK;
	if (!ours || !(flags & (O_WRONLY | O_RDWR | O_CREAT)) || !fails())
		fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	if (ours)
		opened(fd, path, flags, was_there);
	UNLOCK;
	return fd;
}

int open(const char *path, int flags, ...)
{
	va_list args;
	int mode;

	va_start(args, flags);
	mode = va_arg(args, int);
	va_end(args);
	return open_any(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list args;
	int mode;

	va_start(args, flags);
	mode = va_arg(args, int);
	va_end(args);
	return open_any(path, flags, mode);
}

static const char *path_of(int fd)
{
	return fd >= 0 && fd < FDS ? name[fd] : NULL;
}

int close(int fd)
{
	const char *path = path_of(fd);
	bool bad;
	int rc, saved;

	if (!path)
		return (int)syscall(SYS_close, fd);
	LOCK;
	bad = fails();
	saved = errno;
	rc = (int)syscall(SYS_close, fd); /* a close that fails has closed all the same */
	free(name[fd]);
	name[fd] = NULL;
	UNLOCK;
	if (bad)
		errno = saved;
	return bad ? -1 : rc;
}

static ssize_t write_any(int fd, const void *data, size_t len, off_t at)
{
	const char *path = path_of(fd);
	ssize_t n = -1;

	LOCK;
	if (!fails()) {
		if (short_at && count >= short_at && len > 1)
			len /= 2;
		n = syscall(SYS_pwrite64, fd, data, len, at);
		if (n > 0) {
			note("write", path, "", at, data, (size_t)n);
			if (n_dirty[fd] < DIRTY) {
				dirty[fd][n_dirty[fd]].at = at;
				dirty[fd][n_dirty[fd]++].len = (size_t)n;
			}
		}
	}
	UNLOCK;
	return n;
}

ssize_t pwrite64(int fd, const void *data, size_t len, off_t at)
{
	return path_of(fd) ? write_any(fd, data, len, at) : syscall(SYS_pwrite64, fd, data, len, at);
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
	return pwrite64(fd, data, len, at);
}

ssize_t write(int fd, const void *data, size_t len)
{
	ssize_t n;

	if (path_of(fd)) {
		off_t at = syscall(SYS_lseek, fd, 0, SEEK_CUR);

		n = write_any(fd, data, len, at);
		if (n > 0)
			syscall(SYS_lseek, fd, at + n, SEEK_SET);
		return n;
	}
	if (fd != STDOUT_FILENO)
		return syscall(SYS_write, fd, data, len);
	LOCK; /* what the program says is part of the order: it may say only what is true already */
	note("say", "", "", 0, data, len);
	n = syscall(SYS_write, fd, data, len);
	UNLOCK;
	return n;
}

/* The kernel marks the pages clean when it could not write them: what was in them is gone. */
static void lose(int fd)
{
	static const char zeros[65536];

	for (int i = 0; i < n_dirty[fd]; i++)
		for (size_t done = 0; done < dirty[fd][i].len; done += sizeof(zeros)) {
			size_t n = dirty[fd][i].len - done < sizeof(zeros) ? dirty[fd][i].len - done : sizeof(zeros);

			syscall(SYS_pwrite64, fd, zeros, n, dirty[fd][i].at + (off_t)done);
		}
}

static int sync_any(int fd, long call)
{
	const char *path = path_of(fd);
	int rc = -1, saved;

	if (!path)
		return (int)syscall(call, fd);
	syncs++;
	if (delay_ms && (!delay_at || syncs == delay_at))
		nanosleep(&(struct timespec){delay_ms / 1000, delay_ms % 1000 * 1000000}, NULL);
	LOCK;
	if (fails()) {
		saved = errno;
		lose(fd);
		errno = saved;
	} else if (nosync) {
		rc = 0;
	} else {
		rc = (int)syscall(call, fd);
		if (rc == 0)
			note("sync", path, "", 0, NULL, 0);
	}
	n_dirty[fd] = 0;
	UNLOCK;
	return rc;
}

int fsync(int fd)
{
	return sync_any(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_any(fd, SYS_fdatasync);
}

int ftruncate64(int fd, off_t len)
{
	const char *path = path_of(fd);
	int rc = -1;

	if (!path)
		return (int)syscall(SYS_ftruncate, fd, len);
	LOCK;
	if (!fails() && (rc = (int)syscall(SYS_ftruncate, fd, len)) == 0)
		note("truncate", path, "", len, NULL, 0);
	UNLOCK;
	return rc;
}

int ftruncate(int fd, off_t len)
{
	return ftruncate64(fd, len);
}

int fallocate64(int fd, int mode, off_t at, off_t len)
{
	int rc = -1;

	if (!path_of(fd))
		return (int)syscall(SYS_fallocate, fd, mode, at, len);
	LOCK;
	if (!fails())
		rc = (int)syscall(SYS_fallocate, fd, mode, at, len); /* keeps the size: nothing to write down */
	UNLOCK;
	return rc;
}

int fallocate(int fd, int mode, off_t at, off_t len)
{
	return fallocate64(fd, mode, at, len);
}

static int two_names(const char *op, long call, const char *a, const char *b)
{
	int rc = -1;

	LOCK;
	if (!fails() && (rc = (int)syscall(call, a, b)) == 0)
		note(op, a, b, 0, NULL, 0);
	if (rc == 0 && call == SYS_rename)
		for (int fd = 0; fd < FDS; fd++)
			if (name[fd] && strcmp(name[fd], a) == 0) {
				free(name[fd]);
				name[fd] = strdup(b);
			}
	UNLOCK;
	return rc;
}

int rename(const char *a, const char *b)
{
	return below(b) ? two_names("rename", SYS_rename, a, b) : (int)syscall(SYS_rename, a, b);
}

int renameat2(int from, const char *a, int to, const char *b, unsigned flags)
{
	int rc = -1;

	if (!below(b))
		return (int)syscall(SYS_renameat2, from, a, to, b, flags);
	LOCK;
	if (!fails() && (rc = (int)syscall(SYS_renameat2, from, a, to, b, flags)) == 0)
		note("rename", a, b, 0, NULL, 0);
	UNLOCK;
	return rc;
}

int link(const char *a, const char *b)
{
	if (nolink && below(b)) {
		errno = EPERM;
		return -1;
	}
	return below(b) ? two_names("link", SYS_link, a, b) : (int)syscall(SYS_link, a, b);
}

int unlink(const char *path)
{
	int rc = -1;

	if (!below(path))
		return (int)syscall(SYS_unlink, path);
	if (syscall(SYS_faccessat, AT_FDCWD, path, F_OK)) {
		errno = ENOENT;
		return -1;
	}
	LOCK;
	if (!fails() && (rc = (int)syscall(SYS_unlink, path)) == 0)
		note("unlink", path, "", 0, NULL, 0);
	UNLOCK;
	return rc;
}

int mkdir(const char *path, mode_t mode)
{
	int rc = -1;

	if (!below(path) || syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0)
		return (int)syscall(SYS_mkdir, path, mode);
	LOCK;
	if (!fails() && (rc = (int)syscall(SYS_mkdir, path, mode)) == 0)
		note("mkdir", path, "", 0, NULL, 0);
	UNLOCK;
	return rc;
}

void *mmap64(void *where, size_t len, int prot, int flags, int fd, off_t at)
{
	REAL(mmap64);
	if (fd >= 0 && path_of(fd))
		mapped++;
	return real(where, len, prot, flags, fd, at);
}

void *mmap(void *where, size_t len, int prot, int flags, int fd, off_t at)
{
	return mmap64(where, len, prot, flags, fd, at);
}
