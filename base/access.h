/* SPDX-License-Identifier: GPL-3.0-or-later */
/* access.h - by which group a device file is opened, and whether somebody is in it. */
#ifndef ALG_BASE_ACCESS_H
#define ALG_BASE_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

enum { ALG_ACCESS_GROUPS_MAX = 1024 };

/* Who asks. */
struct alg_access_user {
	char name[65]; /* login name; "" when not known */
	gid_t groups[ALG_ACCESS_GROUPS_MAX]; /* that this process has */
	size_t n_groups;
};
/* The user of this process. */
void alg_access_me(struct alg_access_user *me);

struct alg_access {
	char group[33];  /* the file's group, cleaned; its number when it has no name */
	bool by_group;   /* that group may read and write, and is not root's */
	bool member;     /* the user is written down as a member */
	bool active;     /* ... and this process has the group: it is given at login */
};

/* groups_file is like /etc/group; NULL: whatever the machine asks for its groups. */
void alg_access_find(const struct stat *file, const struct alg_access_user *user, const char *groups_file,
	struct alg_access *out);
/* A sentence for this user on why path may not be opened and what to do: "it is owned by group 'dialout': run ...". */
void alg_access_why(const char *path, char *out, size_t cap);

#endif
