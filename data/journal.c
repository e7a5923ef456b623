/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/journal.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <zlib.h>

struct ses_journal {
	char path[PATH_MAX], lock_path[PATH_MAX]; /* lock_path: "" where flock works */
	int fd;
	struct ses_bytes all;  /* everything, for writing it anew */
	size_t written;        /* how much of it is in the file and synced */
	uint64_t reserve_bytes;
	uint32_t n, chain;
	int rewrites;
	bool broken;           /* this descriptor is never synced again */
};

/* ---- where it lies --------------------------------------------------------------------------------- */

static const char ending[] = "_algometry.h5";

static bool state_folder(char *out, size_t cap)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int n = state && *state == '/' ? snprintf(out, cap, "%s/algometer/journals", state)
		: home && *home == '/' ? snprintf(out, cap, "%s/.local/state/algometer/journals", home)
				       : -1;

	return n > 0 && (size_t)n < cap;
}

/* Tells apart sessions of one name in two studies: a number made of the folder's whole path. */
static uint32_t folder_number(const char *session_path)
{
	char folder[PATH_MAX], whole[PATH_MAX];
	char *slash;

	if (!alg_text_copy(folder, sizeof(folder), session_path))
		return 0;
	slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
	if (!realpath(slash ? folder : ".", whole))
		alg_text_copy(whole, sizeof(whole), folder);
	return (uint32_t)crc32(0, (const uint8_t *)whole, (uInt)strlen(whole));
}

bool ses_journal_path(const char *session_path, bool network, char *out, size_t cap)
{
	size_t len = strlen(session_path), end = sizeof(ending) - 1;
	const char *name = session_path;
	char folder[PATH_MAX];
	int n;

	out[0] = '\0';
	if (len >= end && strcmp(session_path + len - end, ending) == 0)
		len -= 3; /* ".h5" */
	if (!network) {
		n = snprintf(out, cap, "%.*s.journal", (int)len, session_path);
		return n > 0 && (size_t)n < cap;
	}
	if (!state_folder(folder, sizeof(folder)))
		return false;
	if (strrchr(session_path, '/'))
		name = strrchr(session_path, '/') + 1;
	len -= (size_t)(name - session_path);
	n = snprintf(out, cap, "%s/%.*s.%08x.journal", folder, (int)len, name, (unsigned)folder_number(session_path));
	return n > 0 && (size_t)n < cap;
}

bool ses_journal_network(const char *path)
{
	struct statfs fs;

	return statfs(path, &fs) == 0 && alg_file_network((uint32_t)fs.f_type);
}

/* ---- records --------------------------------------------------------------------------------------- */

void ses_journal_add(struct ses_journal *j, enum ses_journal_type type, const struct ses_bytes *payload)
{
	uint8_t head[SES_JOURNAL_HEAD] = {'A', 'J', '1', '\n'};
	size_t len = payload ? payload->len : 0;

	if ((payload && payload->failed) || len > SES_JOURNAL_PAYLOAD_MAX) {
		j->all.failed = true;
		return;
	}
	alg_put_le32(head + 4, (uint32_t)type);
	alg_put_le32(head + 8, (uint32_t)len);
	alg_put_le32(head + 12, j->n++);
	alg_put_le32(head + 16, (uint32_t)crc32(0, len ? payload->data : (const uint8_t *)"", (uInt)len));
	j->chain = (uint32_t)crc32(j->chain, head, 20);
	alg_put_le32(head + 20, j->chain);
	ses_bytes_add(&j->all, head, sizeof(head));
	ses_bytes_add(&j->all, len ? payload->data : NULL, len);
}

void ses_pack_writer(struct ses_bytes *bytes, const struct ses_journal_writer *w)
{
	ses_bytes_add_u32(bytes, w->pid);
	ses_bytes_add(bytes, w->host, strlen(w->host) + 1);
	ses_bytes_add(bytes, w->since, strlen(w->since) + 1);
	ses_bytes_add(bytes, w->session_path, strlen(w->session_path) + 1);
}

void ses_journal_writer_now(struct ses_journal_writer *w, const char *session_path, int64_t wall_ns)
{
	char *whole = realpath(session_path, NULL);

	*w = (struct ses_journal_writer){.pid = (uint32_t)getpid()};
	gethostname(w->host, sizeof(w->host) - 1);
	alg_time_format(w->since, sizeof(w->since), wall_ns);
	alg_text_copy(w->session_path, sizeof(w->session_path), whole ? whole : session_path);
	free(whole);
}

/* ---- the lock -------------------------------------------------------------------------------------- */

/* "PID HOST": who made the lock file; true when that was a process of this machine which is gone. */
static bool lock_is_stale(const char *lock_path)
{
	char *text = NULL, host[64] = "", ours[64] = "";
	size_t len;
	long pid;
	bool stale = false;

	if (alg_file_read(lock_path, 256, &text, &len, NULL) == 0 && sscanf(text, "%ld %63s", &pid, host) == 2 && pid > 0) {
		gethostname(ours, sizeof(ours) - 1);
		stale = strcmp(host, ours) == 0 && kill((pid_t)pid, 0) && errno == ESRCH;
	}
	free(text);
	return stale;
}

/*
 * Where a file system has no locks (some shares, some sticks), a file beside the journal stands for
 * the lock: it is made with O_EXCL and names the process, so that one left over can be recognised.
 */
static int lock_by_file(struct ses_journal *j)
{
	char text[96], host[64] = "";
	int fd, n = snprintf(j->lock_path, sizeof(j->lock_path), "%s.lock", j->path);

	if (n < 0 || (size_t)n >= sizeof(j->lock_path))
		return ALG_ERR_IO;
	if (lock_is_stale(j->lock_path))
		unlink(j->lock_path);
	fd = open(j->lock_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		j->lock_path[0] = '\0';
		return errno == EEXIST ? ALG_ERR_BUSY : ALG_ERR_IO;
	}
	gethostname(host, sizeof(host) - 1);
	n = snprintf(text, sizeof(text), "%ld %s\n", (long)getpid(), host);
	if (write(fd, text, (size_t)n) != n)
		n = -1;
	close(fd);
	return n < 0 ? ALG_ERR_IO : 0;
}

static bool no_locks_here(int error)
{
	return error == ENOLCK || error == EOPNOTSUPP || error == ENOSYS || error == EINVAL;
}

static int lock_fd(struct ses_journal *j, int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return ALG_ERR_BUSY;
	return no_locks_here(errno) ? lock_by_file(j) : ALG_ERR_IO;
}

bool ses_journal_held(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char lock[PATH_MAX];
	bool held = false;
	struct stat st;

	if (fd < 0)
		return false;
	if (flock(fd, LOCK_SH | LOCK_NB) == 0)
		flock(fd, LOCK_UN);
	else if (errno == EWOULDBLOCK)
		held = true;
	else if (snprintf(lock, sizeof(lock), "%s.lock", path) < (int)sizeof(lock))
		held = stat(lock, &st) == 0 && !lock_is_stale(lock);
	close(fd);
	return held;
}

/* ---- the file -------------------------------------------------------------------------------------- */

static int write_at(int fd, const uint8_t *data, size_t len, size_t at)
{
	while (len) {
		ssize_t n = pwrite(fd, data, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n ? errno : ENOSPC;
			return ALG_ERR_IO;
		}
		data += n;
		at += (size_t)n;
		len -= (size_t)n;
	}
	return 0;
}

/* Reserves space behind the end of the file; a file system that cannot says so, which is no fault. */
static int reserve(int fd, uint64_t bytes)
{
	int rc;

	do
		rc = bytes ? fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)bytes) : 0;
	while (rc && errno == EINTR);
	return rc && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) ? ALG_ERR_IO : 0;
}

/* A whole new file with all that is known, put in place of the old one. */
static int write_anew(struct ses_journal *j)
{
	char fresh[PATH_MAX];
	int n = snprintf(fresh, sizeof(fresh), "%s.new", j->path), fd, saved;

	if (n < 0 || (size_t)n >= sizeof(fresh)) {
		errno = ENAMETOOLONG;
		return ALG_ERR_IO;
	}
	unlink(fresh); /* left by an attempt of this session, which is ours alone */
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return ALG_ERR_IO;
	if (!j->lock_path[0] && flock(fd, LOCK_EX | LOCK_NB))
		goto fail;
	(void)!fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)j->reserve_bytes);
	if (write_at(fd, j->all.data, j->all.len, 0) || fsync(fd) || rename(fresh, j->path) || alg_file_sync_folder(j->path))
		goto fail;
	close(j->fd);
	j->fd = fd;
	j->written = j->all.len;
	j->broken = false;
	j->rewrites++;
	return 0;
fail:
	saved = errno;
	close(fd);
	unlink(fresh);
	errno = saved;
	return ALG_ERR_IO;
}

int ses_journal_sync(struct ses_journal *j, char *fault, size_t cap)
{
	size_t len = j->all.len;

	fault[0] = '\0';
	if (j->all.failed) {
		alg_text_copy(fault, cap, "out of memory");
		return ALG_ERR_NOMEM;
	}
	if (j->written == len && !j->broken)
		return 0;
	if (!j->broken && write_at(j->fd, j->all.data + j->written, len - j->written, j->written) == 0 &&
		fdatasync(j->fd) == 0) {
		j->written = len;
		return 0;
	}
	j->broken = true;
	if (write_anew(j) == 0)
		return 0;
	alg_text_copy(fault, cap, strerror(errno));
	return ALG_ERR_IO;
}

int ses_journal_rewrites(const struct ses_journal *j)
{
	return j->rewrites;
}

static void destroy(struct ses_journal *j)
{
	if (j->fd >= 0)
		close(j->fd);
	if (j->lock_path[0])
		unlink(j->lock_path);
	ses_bytes_free(&j->all);
	free(j);
}

static struct ses_journal *new_journal(const char *path, uint64_t reserve_bytes, struct alg_log *log)
{
	struct ses_journal *j = calloc(1, sizeof(*j));

	if (!j)
		alg_fail(log, MSG_NOMEM, "the journal");
	else if (!alg_text_copy(j->path, sizeof(j->path) - 8, path)) {
		alg_fail(log, MSG_FILE_WRITE, path, "the name is too long");
		free(j);
		j = NULL;
	}
	if (j) {
		j->fd = -1;
		j->reserve_bytes = reserve_bytes;
	}
	return j;
}

static int say(struct ses_journal *j, int rc, int error, struct alg_log *log)
{
	if (rc == ALG_ERR_BUSY || (error == EEXIST && ses_journal_held(j->path)))
		return alg_fail(log, MSG_SESSION_HELD, j->path, "another program");
	if (error == EEXIST)
		return alg_fail(log, MSG_JOURNAL_EXISTS, j->path);
	if (error == ENOSPC || error == EDQUOT || error == EFBIG)
		return alg_fail(log, MSG_STORE_SPACE, j->path, (unsigned long long)(j->reserve_bytes >> 20) + 1, strerror(error));
	return alg_fail(log, MSG_FILE_WRITE, j->path, strerror(error));
}

int ses_journal_create(struct ses_journal **out, const char *path, uint64_t reserve_bytes, struct alg_log *log)
{
	struct ses_journal *j = new_journal(path, reserve_bytes, log);
	int rc = 0;

	*out = NULL;
	if (!j)
		return ALG_ERR_NOMEM;
	j->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (j->fd < 0)
		rc = say(j, ALG_ERR_IO, errno, log);
	else if ((rc = lock_fd(j, j->fd)) < 0 || (rc = reserve(j->fd, reserve_bytes)) < 0) {
		rc = say(j, rc, errno, log);
		unlink(path);
	}
	if (rc < 0)
		destroy(j);
	else
		*out = j;
	return rc;
}

/* FAT has no second names: a copy then. */
static int keep_old(const char *path, const char *old_path)
{
	char *bytes;
	size_t len;
	int rc;

	if (link(path, old_path) == 0 || errno == EEXIST)
		return 0;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
		return ALG_ERR_IO;
	rc = alg_file_read(path, SES_JOURNAL_FILE_MAX, &bytes, &len, NULL);
	if (rc == 0)
		rc = alg_file_create(old_path, bytes, len, 0600, NULL);
	free(bytes);
	return rc;
}

/*
 * The old file keeps its bytes under old_path (a second name first, so that at no instant the journal
 * has none), and a copy of what is good in it takes its name.
 */
int ses_journal_take_over(struct ses_journal **out, const char *path, const char *old_path, const uint8_t *good,
	size_t good_bytes, uint64_t reserve_bytes, struct alg_log *log)
{
	struct ses_journal *j = new_journal(path, reserve_bytes, log);
	int rc;

	*out = NULL;
	if (!j)
		return ALG_ERR_NOMEM;
	j->fd = open(path, O_WRONLY | O_CLOEXEC);
	rc = j->fd < 0 ? ALG_ERR_IO : lock_fd(j, j->fd);
	if (rc < 0)
		goto fail;
	for (size_t at = 0; at + SES_JOURNAL_HEAD <= good_bytes; j->n++) {
		j->chain = alg_le32(good + at + 20);
		at += SES_JOURNAL_HEAD + alg_le32(good + at + 8);
	}
	ses_bytes_add(&j->all, good, good_bytes);
	rc = j->all.failed ? ALG_ERR_NOMEM : 0;
	if (rc == 0)
		rc = keep_old(path, old_path);
	if (rc == 0)
		rc = write_anew(j);
	j->rewrites = 0;
	if (rc == 0) {
		*out = j;
		return 0;
	}
fail:
	rc = say(j, rc, errno, log);
	destroy(j);
	return rc;
}

int ses_journal_end(struct ses_journal *j, bool done)
{
	char away[PATH_MAX];
	int n = snprintf(away, sizeof(away), "%s.done", j->path), rc = 0;

	if (j->fd >= 0 && !j->broken)
		(void)!ftruncate(j->fd, (off_t)j->written); /* gives the reserved space back */
	if (done && (n < 0 || (size_t)n >= sizeof(away) || rename(j->path, away) || alg_file_sync_folder(j->path)))
		rc = ALG_ERR_IO;
	destroy(j);
	return rc;
}

void ses_journal_discard(struct ses_journal *j)
{
	if (!j)
		return;
	unlink(j->path);
	destroy(j);
}
