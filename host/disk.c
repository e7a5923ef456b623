/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk.c - the study's folder: is it there, may it be written, is it on this computer, is there room. */
#include "host/look.h"

#include "base/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* A session is some megabytes. Of a large disk two per cent is plenty, so they count up to 2 GB only. */
#define MB 1000000ull
enum { FULL_MB = 20, LOW_MB = 200, LOW_PERCENT = 2, LOW_PERCENT_MB = 2000 };

static void look_at_writing(struct host_look *look, const struct statfs *fs)
{
	const char *study = look->view->study;
	struct host_finding *finding;

	if (fs->f_flags & ST_RDONLY) {
		finding = host_add(look, "read-only", HOST_FAULT, HOST_STUDY, study);
		host_what(finding, "The disk with the folder %s can only be read, so no session can be stored there.", study);
		host_remedy(finding, "A USB stick may have a lock switch; otherwise make the study in a folder of this computer:");
		host_command(finding, "algometer init ~/study");
	} else if (look->view->access(study, W_OK | X_OK)) {
		finding = host_add(look, "not-writable", HOST_FAULT, HOST_STUDY, study);
		host_what(finding, "You may not write into the folder %s, so no session can be stored there: %s.", study, strerror(errno));
		host_remedy(finding, "Ask its owner for it, or make the study in a folder of your own:");
		host_command(finding, "algometer init ~/study");
	}
}

static void look_at_network(struct host_look *look, const struct statfs *fs)
{
	const char *kind = alg_file_network((uint32_t)fs->f_type), *study = look->view->study;
	struct host_finding *finding;

	if (!kind)
		return;
	finding = host_add(look, "network-share", HOST_WARNING, HOST_STUDY, study);
	host_what(finding, "The folder %s lies on another computer or in a mounted share (%s): when the network fails, sessions "
		"are not there until it is back.", study, kind);
	host_remedy(finding, "Measure into a folder of this computer and copy it to the share afterwards:");
	host_command(finding, "algometer init ~/study");
}

static void look_at_room(struct host_look *look, const struct statfs *fs)
{
	uint64_t room_mb = (uint64_t)fs->f_bavail * (uint64_t)fs->f_bsize / MB;
	uint64_t size_mb = (uint64_t)fs->f_blocks * (uint64_t)fs->f_bsize / MB;
	bool low = room_mb < LOW_MB || (room_mb < LOW_PERCENT_MB && room_mb * 100 < size_mb * LOW_PERCENT);
	struct host_finding *finding;

	if (!low || fs->f_blocks == 0) /* some shares do not say */
		return;
	finding = host_add(look, "disk-full", room_mb < FULL_MB ? HOST_FAULT : HOST_WARNING, HOST_STUDY, look->view->study);
	host_what(finding, "The disk with the folder %s is nearly full: %" PRIu64 " MB of %" PRIu64 " MB are free.", look->view->study,
		room_mb, size_mb);
	host_remedy(finding, "Delete files that nobody needs and empty the wastebasket; this shows which folders are large:");
	host_command(finding, "du -h ~ | sort -h | tail");
}

void host_look_at_study(struct host_look *look)
{
	const char *study = look->view->study;
	struct host_finding *finding;
	struct statfs fs;

	if (!study)
		return;
	look->report->looked[HOST_STUDY] = true;
	if (look->view->statfs(study, &fs)) {
		finding = host_add(look, "study-absent", HOST_FAULT, HOST_STUDY, study);
		host_what(finding, "The folder %s cannot be looked at: %s.", study, strerror(errno));
		host_remedy(finding, "Check its name; a new study is made by 'algometer init' and the name of a folder.");
		return;
	}
	look_at_writing(look, &fs);
	look_at_network(look, &fs);
	look_at_room(look, &fs);
}
