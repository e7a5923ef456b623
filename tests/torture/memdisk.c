/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memdisk.c - a disk in memory with a cache that forgets: memdisk LOG MEGABYTES MOUNTPOINT serves a file
 * `disk` of that size (FUSE) for a loop device, and writes down every block write and every flush in their
 * order; what is written into its file `mark` is written down as a mark. LOG: type (1 write, 2 flush,
 * 3 mark), offset, length, each 8 bytes little endian, and the bytes.
 */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *disk;
static off_t disk_bytes;
static FILE *record;

static void note(uint64_t type, uint64_t at, uint64_t len, const void *data)
{
	const uint64_t head[3] = {type, at, len};

	if (fwrite(head, sizeof(head), 1, record) != 1 || (data && fwrite(data, 1, len, record) != len))
		exit(1);
	fflush(record);
}

static int is_disk(const char *path)
{
	return strcmp(path, "/disk") == 0;
}

static int md_getattr(const char *path, struct stat *st, struct fuse_file_info *fi)
{
	(void)fi;
	memset(st, 0, sizeof(*st));
	st->st_mode = strcmp(path, "/") == 0 ? S_IFDIR | 0700 : S_IFREG | 0600;
	st->st_nlink = 1;
	st->st_size = is_disk(path) ? disk_bytes : 0;
	return is_disk(path) || strcmp(path, "/") == 0 || strcmp(path, "/mark") == 0 ? 0 : -ENOENT;
}

/* Past the page cache: what the loop device writes arrives here at once and in order. */
static int md_open(const char *path, struct fuse_file_info *fi)
{
	(void)path;
	fi->direct_io = 1;
	return 0;
}

static int md_read(const char *path, char *out, size_t len, off_t at, struct fuse_file_info *fi)
{
	(void)fi;
	if (!is_disk(path) || at >= disk_bytes)
		return 0;
	if ((off_t)len > disk_bytes - at)
		len = (size_t)(disk_bytes - at);
	memcpy(out, disk + at, len);
	return (int)len;
}

static int md_write(const char *path, const char *data, size_t len, off_t at, struct fuse_file_info *fi)
{
	(void)fi;
	if (!is_disk(path)) {
		char text[32] = "";

		memcpy(text, data, len < sizeof(text) ? len : sizeof(text) - 1);
		note(3, strtoull(text, NULL, 10), 0, NULL);
		return (int)len;
	}
	if (at + (off_t)len > disk_bytes)
		return -ENOSPC;
	memcpy(disk + at, data, len);
	note(1, (uint64_t)at, len, data);
	return (int)len;
}

static int md_fsync(const char *path, int data_only, struct fuse_file_info *fi)
{
	(void)data_only;
	(void)fi;
	if (is_disk(path))
		note(2, 0, 0, NULL);
	return 0;
}

static int md_truncate(const char *path, off_t size, struct fuse_file_info *fi)
{
	(void)path;
	(void)size;
	(void)fi;
	return 0;
}

int main(int argc, char **argv)
{
	static const struct fuse_operations ops = {.getattr = md_getattr, .open = md_open, .read = md_read,
		.write = md_write, .fsync = md_fsync, .truncate = md_truncate};
	char *args[] = {argv[0], "-f", "-s", argc > 3 ? argv[3] : NULL, NULL};

	if (argc != 4 || !(record = fopen(argv[1], "wb")))
		return 2;
	disk_bytes = (off_t)atol(argv[2]) << 20;
	disk = mmap(NULL, (size_t)disk_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return disk == MAP_FAILED ? 1 : fuse_main(4, args, &ops, NULL);
}
