/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.c - where sessions are written, and the clock that dates them. */
#include "host/look.h"

#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LEAST_FREE_BYTES = 200 * 1000 * 1000 };
#define LEAST_FREE_SHARE 0.02
/* Kinds that linux/magic.h does not name (statfs(2)). */
#define CIFS_MAGIC 0xFF534D42L
#define FUSE_MAGIC 0x65735546L

static const char *network_name(long kind)
{
	switch ((unsigned long)kind & 0xFFFFFFFFul) {
	case NFS_SUPER_MAGIC:
		return "NFS";
	case SMB_SUPER_MAGIC:
	case CIFS_MAGIC:
	case 0xFE534D42ul: /* SMB2 */
		return "SMB";
	case FUSE_MAGIC:
		return "FUSE, which may be a network";
	case V9FS_MAGIC:
		return "9p";
	case AFS_SUPER_MAGIC:
		return "AFS";
	default:
		return NULL;
	}
}

static void look_at_study(struct host_look *look, const char *study)
{
	struct host_space space;
	struct host_finding *f;

	if (!look->view->space(study, &space)) {
		f = host_add(look, "study-absent", HOST_FAULT, HOST_OF_MACHINE, study);
		snprintf(f->what, sizeof(f->what), "There is no such folder");
		snprintf(f->remedy, sizeof(f->remedy), "check its name, or make it with 'algometer init DIR'");
		return;
	}
	const char *network = network_name(space.kind);

	if (!space.readable || !space.writable) {
		f = host_add(look, "study-read-only", HOST_FAULT, HOST_OF_MACHINE, study);
		snprintf(f->what, sizeof(f->what), "You may not write into this folder, so no session can be recorded there");
		snprintf(f->remedy, sizeof(f->remedy), "ask who owns it ('ls -ld'), or use a folder of your own");
	}
	if (network) {
		f = host_add(look, "study-on-network", HOST_WARNING, HOST_OF_MACHINE, study);
		snprintf(f->what, sizeof(f->what), "The study lies on another machine (%s): a break of the network delays files, and locks may not hold", network);
		snprintf(f->remedy, sizeof(f->remedy), "nothing is lost (the journal of a running session is kept on this machine); better "
			"record into a local folder and copy it afterwards");
	}
	if (space.free_bytes < LEAST_FREE_BYTES || space.free_share < LEAST_FREE_SHARE) {
		bool none = space.free_bytes < 20e6;

		f = host_add(look, "disk-full", none ? HOST_FAULT : HOST_WARNING, HOST_OF_MACHINE, study);
		snprintf(f->what, sizeof(f->what), "Only %.0f MB are free there (%.1f %%); a session takes up to 10 MB", space.free_bytes / 1e6,
			100 * space.free_share);
		snprintf(f->remedy, sizeof(f->remedy), "make room before the patient comes");
	}
}

void host_look_at_place(struct host_look *look)
{
	struct host_finding *f;

	if (look->view->study)
		look_at_study(look, look->view->study);
	if (look->view->clock_is_set())
		return;
	f = host_add(look, "clock", HOST_WARNING, HOST_OF_MACHINE, "clock");
	snprintf(f->what, sizeof(f->what), "No time service keeps this machine's clock right, and the dates of sessions come from it");
	snprintf(f->remedy, sizeof(f->remedy), "run 'timedatectl set-ntp true'; without a network, compare the clock with a watch");
}
