/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/access.h"

#include "base/text.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ENTRY_MAX = 16384 };

/* The entry of a group, from the file or from the machine; NULL when there is none. */
static struct group *find(gid_t gid, const char *file, struct group *entry, char *buf, size_t cap)
{
	struct group *found = NULL;
	FILE *f;

	if (!file)
		return getgrgid_r(gid, entry, buf, cap, &found) ? NULL : found;
	f = fopen(file, "re");
	if (!f)
		return NULL;
	while (fgetgrent_r(f, entry, buf, cap, &found) == 0 && found->gr_gid != gid)
		found = NULL;
	fclose(f);
	return found;
}

static bool is_in(char *const *members, const char *name)
{
	for (; members && *members; members++)
		if (*name && strcmp(*members, name) == 0)
			return true;
	return false;
}

void alg_access_me(struct alg_access_user *me)
{
	char buf[ENTRY_MAX];
	struct passwd entry, *found = NULL;
	int n = getgroups(ALG_ACCESS_GROUPS_MAX - 1, me->groups);

	me->n_groups = n > 0 ? (size_t)n : 0;
	me->groups[me->n_groups++] = getegid();
	me->name[0] = '\0';
	if (getpwuid_r(getuid(), &entry, buf, sizeof(buf), &found) == 0 && found)
		alg_text_clean(me->name, sizeof(me->name), found->pw_name);
}

void alg_access_find(const struct stat *file, const struct alg_access_user *user, const char *groups_file,
	struct alg_access *out)
{
	char buf[ENTRY_MAX];
	struct group entry, *group = find(file->st_gid, groups_file, &entry, buf, sizeof(buf));

	*out = (struct alg_access){.by_group = (file->st_mode & 060) == 060 && file->st_gid != 0};
	for (size_t i = 0; i < user->n_groups; i++)
		out->active |= user->groups[i] == file->st_gid;
	out->member = out->active || (group && is_in(group->gr_mem, user->name));
	if (group)
		alg_text_clean(out->group, sizeof(out->group), group->gr_name);
	else
		snprintf(out->group, sizeof(out->group), "%u", (unsigned)file->st_gid);
}

void alg_access_why(const char *path, char *out, size_t cap)
{
	struct alg_access_user me;
	struct alg_access by;
	struct stat st;

	alg_access_me(&me);
	if (stat(path, &st) == 0)
		alg_access_find(&st, &me, NULL, &by);
	else
		by = (struct alg_access){0};
	if (!by.by_group)
		snprintf(out, cap, "only the administrator may use it ('algometer doctor' tells what to type)");
	else if (by.active)
		snprintf(out, cap, "something other than its group '%s' forbids it (see 'algometer doctor')", by.group);
	else if (by.member)
		snprintf(out, cap, "you are in its group '%s' from your next login on: log out and in again", by.group);
	else
		snprintf(out, cap, "it is owned by group '%s': run 'sudo usermod -aG %s %s', log out and in again",
			by.group, by.group, *me.name ? me.name : "$USER");
}
