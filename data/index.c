/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * index.c - an entry is: a line with format and program version, the path and a NUL, seven numbers of the file's
 * status, its checksum line, then minor version and packed session (pack.h), then 64 hex digits of SHA-256
 * over all that.
 */
#include "data/index.h"

#include "base/bytes.h"
#include "data/chain.h"
#include "data/digest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FOLDER ".algometer-cache"
#define ENDING ".summary" /* so that nobody who looks for session files takes an entry for one */
#define FIRST_LINE "algometer-index 1 " ALG_VERSION "\n"
enum { DIGITS = SES_DIGEST_HEX - 1, SETTLED_S = 2, ENTRY_MAX = 64 << 20 };

static bool is_private(const struct stat *st)
{
	return st->st_uid == geteuid() && !(st->st_mode & 077);
}

void ses_index_open(struct ses_index *index, const char *study)
{
	char path[PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof(path), "%s/" FOLDER, study ? study : "");

	*index = (struct ses_index){.fd = -1, .writes = true};
	if (!study || n < 0 || (size_t)n >= sizeof(path))
		return;
	mkdir(path, 0700); /* what is there already, or cannot be made, shows in open */
	index->fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (index->fd >= 0 && (fstat(index->fd, &st) || !is_private(&st))) {
		close(index->fd);
		index->fd = -1;
	}
	snprintf(index->study, sizeof(index->study), "%s", study);
}

/* ---- the key ----------------------------------------------------------------------------------------------- */

/* Path in the study: the name of its entry has '%' for '/'. */
static const char *inner_path(const struct ses_index *index, const char *path)
{
	size_t len = strlen(index->study);
	const char *inner = path + len + 1;

	if (index->fd < 0 || strncmp(path, index->study, len) != 0 || path[len] != '/' || *inner == '\0' || strlen(inner) > NAME_MAX - sizeof(ENDING))
		return NULL;
	return strchr(inner, '%') || strstr(inner, "//") || *inner == '.' || *inner == '/' ? NULL : inner;
}

static void swap(char *name, char from, char to)
{
	for (; *name; name++)
		if (*name == from)
			*name = to;
}

static void add_u64(struct ses_bytes *bytes, uint64_t value)
{
	ses_bytes_add_u32(bytes, (uint32_t)value);
	ses_bytes_add_u32(bytes, (uint32_t)(value >> 32));
}

static void add_status(struct ses_bytes *bytes, const struct stat *st)
{
	const uint64_t number[] = {(uint64_t)st->st_dev, (uint64_t)st->st_ino, (uint64_t)st->st_size, (uint64_t)st->st_mtim.tv_sec,
		(uint64_t)st->st_mtim.tv_nsec, (uint64_t)st->st_ctim.tv_sec, (uint64_t)st->st_ctim.tv_nsec};

	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++)
		add_u64(bytes, number[i]);
}

/* Status and checksum line as they are now; false when this file gets no entry. */
static bool make_front(const char *path, const char *inner, struct ses_bytes *front)
{
	char tail[SES_TAIL_BYTES];
	struct timespec now;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool good = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > SES_TAIL_BYTES &&
		pread(fd, tail, SES_TAIL_BYTES, st.st_size - SES_TAIL_BYTES) == SES_TAIL_BYTES &&
		memcmp(tail, SES_TAIL_MARK, sizeof(SES_TAIL_MARK) - 1) == 0;

	if (fd >= 0)
		close(fd);
	clock_gettime(CLOCK_REALTIME, &now);
	if (!good || st.st_ctim.tv_sec > now.tv_sec - SETTLED_S)
		return false;
	ses_bytes_add(front, FIRST_LINE, sizeof(FIRST_LINE) - 1);
	ses_bytes_add(front, inner, strlen(inner) + 1);
	add_status(front, &st);
	ses_bytes_add(front, tail, SES_TAIL_BYTES);
	return !front->failed;
}

void ses_index_key_free(struct ses_index_key *key)
{
	ses_bytes_free(&key->front);
	key->name[0] = '\0';
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static bool read_entry(const struct ses_index *index, const char *name, struct ses_bytes *entry)
{
	int fd = openat(index->fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool good = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && is_private(&st) && st.st_size < ENTRY_MAX;
	uint8_t *bytes = good ? malloc((size_t)st.st_size + 1) : NULL;

	good = bytes && read(fd, bytes, (size_t)st.st_size + 1) == st.st_size;
	if (fd >= 0)
		close(fd);
	if (good)
		*entry = (struct ses_bytes){.data = bytes, .len = (size_t)st.st_size, .cap = (size_t)st.st_size + 1};
	else
		free(bytes);
	return good;
}

static bool is_whole(const struct ses_bytes *entry)
{
	char hex[SES_DIGEST_HEX];

	if (entry->len <= DIGITS)
		return false;
	ses_digest_of(entry->data, entry->len - DIGITS, hex);
	return memcmp(hex, entry->data + entry->len - DIGITS, DIGITS) == 0;
}

static bool unpack(const uint8_t *at, size_t len, struct ses_session *out)
{
	struct ses_unpack in = {at, len, 0};
	uint32_t minor;

	if (ses_unpack_u32(&in, &minor) || minor > SES_FORMAT_MINOR)
		return false;
	in.minor = (int)minor;
	if (ses_unpack_session(&in, out) == 0 && !ses_rows_fault(out, SES_WITHOUT_SAMPLES))
		return true;
	ses_session_clear(out);
	return false;
}

/* Whole, of this file as it is, and a session. */
static bool use_entry(struct ses_index *index, const struct ses_bytes *entry, const struct ses_bytes *front, struct ses_session *out)
{
	size_t *count = &index->counts.damaged;

	if (is_whole(entry)) {
		bool same = entry->len > front->len + DIGITS && memcmp(entry->data, front->data, front->len) == 0;

		if (!same)
			count = &index->counts.stale;
		else if (unpack(entry->data + front->len, entry->len - front->len - DIGITS, out))
			count = &index->counts.hits;
	}
	++*count;
	return count == &index->counts.hits;
}

bool ses_index_find(struct ses_index *index, const char *path, struct ses_index_key *key, struct ses_session *out)
{
	const char *inner = inner_path(index, path);
	struct ses_bytes entry;
	bool used;

	*out = (struct ses_session){0};
	*key = (struct ses_index_key){.name = ""};
	if (!inner || !make_front(path, inner, &key->front))
		return false;
	snprintf(key->name, sizeof(key->name), "%s" ENDING, inner);
	swap(key->name, '/', '%');
	if (!read_entry(index, key->name, &entry))
		return false;
	used = use_entry(index, &entry, &key->front, out);
	ses_bytes_free(&entry);
	return used;
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

static bool write_entry(const struct ses_index *index, const char *name, const struct ses_bytes *entry)
{
	char tmp[64];
	int fd;
	bool good;

	snprintf(tmp, sizeof(tmp), ".%ld.tmp", (long)getpid());
	unlinkat(index->fd, tmp, 0); /* of a process of this number that was killed */
	fd = openat(index->fd, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	good = fd >= 0 && write(fd, entry->data, entry->len) == (ssize_t)entry->len;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	/* No fsync: an entry that a power cut leaves torn has a wrong checksum, and is read from the file. */
	if (good && renameat(index->fd, tmp, index->fd, name) == 0)
		return true;
	unlinkat(index->fd, tmp, 0);
	return false;
}

void ses_index_keep(struct ses_index *index, const char *path, const struct ses_index_key *key, const struct ses_bytes *packed)
{
	struct ses_bytes entry = {0}, now = {0};
	char hex[SES_DIGEST_HEX];
	const char *inner = inner_path(index, path);

	if (!key->name[0] || !index->writes || packed->failed || !inner)
		return;
	if (make_front(path, inner, &now) && now.len == key->front.len && memcmp(now.data, key->front.data, now.len) == 0) {
		ses_bytes_add(&entry, now.data, now.len);
		ses_bytes_add(&entry, packed->data, packed->len);
		ses_digest_of(entry.data, entry.len, hex);
		ses_bytes_add(&entry, hex, DIGITS);
		index->writes = !entry.failed && write_entry(index, key->name, &entry);
		index->counts.written += index->writes;
	}
	ses_bytes_free(&now);
	ses_bytes_free(&entry);
}

/* ---- forgetting --------------------------------------------------------------------------------------------- */

static bool is_orphan(const struct ses_index *index, const char *name)
{
	char path[PATH_MAX + NAME_MAX + 2];
	int n = snprintf(path, sizeof(path), "%s/", index->study);
	size_t len = strlen(name), ending = sizeof(ENDING) - 1;
	struct stat st;

	if (len > ending && strcmp(name + len - ending, ENDING) == 0)
		len -= ending;
	snprintf(path + n, sizeof(path) - (size_t)n, "%.*s", (int)len, name);
	swap(path + n, '%', '/');
	return name[0] != '.' && lstat(path, &st) && (errno == ENOENT || errno == ENOTDIR);
}

size_t ses_index_close(struct ses_index *index, bool forget)
{
	DIR *dir = index->fd >= 0 ? fdopendir(index->fd) : NULL;
	size_t n = 0;

	for (struct dirent *e; dir && forget && (e = readdir(dir));)
		n += is_orphan(index, e->d_name) && unlinkat(dirfd(dir), e->d_name, 0) == 0;
	if (dir)
		closedir(dir);
	else if (index->fd >= 0)
		close(index->fd);
	index->fd = -1;
	return n;
}
