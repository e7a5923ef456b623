/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int read_all(int fd, char *buf, size_t size, size_t *len)
{
	*len = 0;
	while (*len < size) {
		ssize_t n = read(fd, buf + *len, size - *len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ALG_ERR_IO;
		if (n == 0)
			break;
		*len += (size_t)n;
	}
	return 0;
}

int alg_file_read(const char *path, size_t max, char **text, size_t *len, struct alg_log *log)
{
	struct stat st;
	int rc = 0;
	/* O_NONBLOCK: a FIFO or a device in place of a file must not hang the program. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	*text = NULL;
	*len = 0;
	if (fd < 0 && errno == ENOENT)
		return alg_fail(log, MSG_FILE_ABSENT, path);
	if (fd < 0)
		return alg_fail(log, MSG_FILE_OPEN, path, strerror(errno));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		rc = alg_fail(log, MSG_FILE_READ, path, "not a regular file");
		goto out;
	}
	if ((uintmax_t)st.st_size > max) {
		rc = alg_fail(log, MSG_FILE_SIZE, path, (long long)st.st_size, (long long)max);
		goto out;
	}
	*text = malloc((size_t)st.st_size + 1);
	if (!*text) {
		rc = alg_fail(log, MSG_NOMEM, path);
		goto out;
	}
	if (read_all(fd, *text, (size_t)st.st_size, len)) {
		rc = alg_fail(log, MSG_FILE_READ, path, strerror(errno));
		free(*text);
		*text = NULL;
		*len = 0;
		goto out;
	}
	(*text)[*len] = '\0';
out:
	close(fd);
	return rc;
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ALG_ERR_IO;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

int alg_file_sync_folder(const char *path)
{
	char dir[PATH_MAX];
	const char *slash = strrchr(path, '/');

	if (!slash)
		strcpy(dir, ".");
	else if (slash == path)
		strcpy(dir, "/");
	else if ((size_t)(slash - path) >= sizeof(dir))
		return ALG_ERR_IO;
	else {
		memcpy(dir, path, (size_t)(slash - path));
		dir[slash - path] = '\0';
	}
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return ALG_ERR_IO;
	int rc = fsync(fd) ? ALG_ERR_IO : 0;

	close(fd);
	return rc;
}

/* ".name.PID.tmp" beside path, so that the rename stays in one file system. */
static int temp_name(char *tmp, size_t cap, const char *path)
{
	const char *slash = strrchr(path, '/');
	int dir = slash ? (int)(slash - path + 1) : 0;
	int n = snprintf(tmp, cap, "%.*s.%s.%ld.tmp", dir, path, path + dir, (long)getpid());

	return n < 0 || (size_t)n >= cap ? ALG_ERR_IO : 0;
}

/* Writes tmp whole and synced; removes it again on failure. */
static int write_temp(const char *tmp, const void *data, size_t len, unsigned mode)
{
	int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
	int saved;

	if (fd < 0)
		return ALG_ERR_IO;
	if (write_all(fd, data, len) || fsync(fd)) {
		saved = errno;
		close(fd);
		goto fail;
	}
	if (close(fd)) {
		saved = errno;
		goto fail;
	}
	return 0;
fail:
	unlink(tmp);
	errno = saved;
	return ALG_ERR_IO;
}

/* Gives tmp the name path unless that is taken. FAT has no second names: there the kernel's rename must check. */
static int name_it(const char *tmp, const char *path)
{
	if (link(tmp, path) == 0) {
		unlink(tmp);
		return 0;
	}
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
		return -1;
	return renameat2(AT_FDCWD, tmp, AT_FDCWD, path, RENAME_NOREPLACE);
}

/* tmp becomes path, and stays so; tmp is gone in any case. */
static int put_name(const char *tmp, const char *path, bool replace, struct alg_log *log)
{
	if (replace ? rename(tmp, path) : name_it(tmp, path)) {
		int saved = errno;

		unlink(tmp);
		if (saved == EEXIST)
			return alg_fail(log, MSG_FILE_EXISTS, path, "choose another name");
		return alg_fail(log, MSG_FILE_WRITE, path, strerror(saved));
	}
	if (alg_file_sync_folder(path)) {
		int saved = errno;

		if (!replace) /* new, and not sure to stay: then it is not made at all */
			unlink(path);
		return alg_fail(log, MSG_FILE_WRITE, path, strerror(saved));
	}
	return 0;
}

static int put_file(
	const char *path, const void *data, size_t len, unsigned mode, bool replace, struct alg_log *log)
{
	char tmp[PATH_MAX];

	if (temp_name(tmp, sizeof(tmp), path))
		return alg_fail(log, MSG_FILE_WRITE, path, "the name is too long");
	if (write_temp(tmp, data, len, mode))
		return alg_fail(log, MSG_FILE_WRITE, path, strerror(errno));
	return put_name(tmp, path, replace, log);
}

int alg_file_replace(const char *path, const void *data, size_t len, unsigned mode, struct alg_log *log)
{
	return put_file(path, data, len, mode, true, log);
}

int alg_file_create(const char *path, const void *data, size_t len, unsigned mode, struct alg_log *log)
{
	return put_file(path, data, len, mode, false, log);
}

int alg_file_check_ours(const char *path, const char *begins, size_t len, const char *what, struct alg_log *log)
{
	FILE *f = fopen(path, "rb");
	bool same = true;

	if (!f)
		return errno == ENOENT ? 0 : alg_fail(log, MSG_FILE_OPEN, path, strerror(errno));
	for (size_t i = 0; same && i < len; i++)
		same = fgetc(f) == (unsigned char)begins[i];
	fclose(f);
	return same ? 0 : alg_fail(log, MSG_PLOT_FOREIGN, path, what);
}

int alg_file_stream_open(struct alg_file_stream *stream, const char *path, unsigned mode, struct alg_log *log)
{
	int fd;

	*stream = (struct alg_file_stream){.f = NULL};
	if (!alg_text_copy(stream->path, sizeof(stream->path), path) || temp_name(stream->tmp, sizeof(stream->tmp), path))
		return alg_fail(log, MSG_FILE_WRITE, path, "the name is too long");
	fd = open(stream->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
	stream->f = fd < 0 ? NULL : fdopen(fd, "w");
	if (stream->f)
		return 0;
	int saved = errno;

	if (fd >= 0) {
		close(fd);
		unlink(stream->tmp);
	}
	return alg_fail(log, MSG_FILE_WRITE, path, strerror(saved));
}

int alg_file_stream_commit(struct alg_file_stream *stream, struct alg_log *log)
{
	bool bad = ferror(stream->f) || fflush(stream->f) || fsync(fileno(stream->f));
	int saved = bad ? errno : 0;

	if (fclose(stream->f) && !bad) {
		bad = true;
		saved = errno;
	}
	stream->f = NULL;
	if (!bad)
		return put_name(stream->tmp, stream->path, true, log);
	unlink(stream->tmp);
	return alg_fail(log, MSG_FILE_WRITE, stream->path, strerror(saved));
}

void alg_file_stream_abort(struct alg_file_stream *stream)
{
	if (!stream->f)
		return;
	fclose(stream->f);
	unlink(stream->tmp);
	stream->f = NULL;
}

uint64_t alg_file_room(const char *folder)
{
	struct statvfs fs;

	return statvfs(folder, &fs) ? UINT64_MAX : (uint64_t)fs.f_bavail * fs.f_frsize;
}

const char *alg_file_network(uint32_t f_type)
{
	static const struct {
		uint32_t type;
		const char *name;
	} remote[] = {{0x6969, "NFS"}, {0x517B, "SMB"}, {0xFF534D42, "CIFS"}, {0xFE534D42, "SMB2"}, {0x65735546, "FUSE"},
		{0x00C36400, "Ceph"}, {0x01021997, "9P"}, {0x73757245, "Coda"}, {0x5346414F, "AFS"}, {0x6B414653, "kAFS"}};

	for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]); i++)
		if (remote[i].type == f_type)
			return remote[i].name;
	return NULL;
}

int alg_dir_make(const char *path, struct alg_log *log)
{
	char part[PATH_MAX];

	if (!*path || !alg_text_copy(part, sizeof(part), path))
		return alg_fail(log, MSG_DIR_MAKE, path, "the name is empty or too long");
	for (char *p = part + 1;; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(part, 0700) == 0 ? alg_file_sync_folder(part) : errno != EEXIST)
			return alg_fail(log, MSG_DIR_MAKE, part, strerror(errno));
		*p = c;
		if (c == '\0')
			break;
	}
	struct stat st;

	if (stat(path, &st) || !S_ISDIR(st.st_mode))
		return alg_fail(log, MSG_DIR_MAKE, path, "something else has that name");
	return 0;
}
