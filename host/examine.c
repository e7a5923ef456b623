/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/look.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/timex.h>
#include <unistd.h>

struct host_finding *host_add(struct host_look *look, const char *id, enum host_severity severity, enum host_class of,
	const char *where)
{
	static struct host_finding spare;
	struct host_report *r = look->report;
	struct host_finding *f = r->n < HOST_FINDINGS_MAX ? &r->finding[r->n++] : &spare;

	*f = (struct host_finding){.id = id, .severity = severity, .of = of};
	alg_text_clean(f->where, sizeof(f->where), where);
	return f;
}

void host_path(const struct host_look *look, const char *path, char *out, size_t cap)
{
	snprintf(out, cap, "%s%s", look->view->root, path);
}

static int by_severity(const void *a, const void *b)
{
	const struct host_finding *x = a, *y = b;

	return (int)x->severity - (int)y->severity;
}

/* A few dozen: an insertion keeps those alike in their order, which qsort does not promise. */
static void sort(struct host_finding *f, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && by_severity(&f[k - 1], &f[k]) > 0; k--) {
			struct host_finding swap = f[k];

			f[k] = f[k - 1];
			f[k - 1] = swap;
		}
}

int host_examine(const struct host_view *view, struct host_report *out, struct alg_log *log)
{
	struct host_look look = {view, out};
	int rc;

	*out = (struct host_report){0};
	rc = host_look_at_gauges(&look, log);
	if (rc < 0)
		return rc;
	host_look_at_services(&look);
	host_look_at_rules(&look);
	host_look_at_place(&look);
	sort(out->finding, out->n);
	return 0;
}

/* ---- this machine -------------------------------------------------------------------------------- */

static struct host_node look_at_node(const char *path)
{
	struct host_node node = {0};
	struct stat st;

	if (stat(path, &st))
		return node;
	return (struct host_node){.exists = true, .may_open = access(path, R_OK | W_OK) == 0, .gid = st.st_gid, .mode = st.st_mode};
}

static bool look_at_space(const char *path, struct host_space *out)
{
	struct statfs fs;

	*out = (struct host_space){0};
	if (statfs(path, &fs))
		return false;
	*out = (struct host_space){.readable = access(path, R_OK | X_OK) == 0, .writable = access(path, W_OK) == 0,
		.kind = (long)fs.f_type, .free_bytes = (double)fs.f_bavail * (double)fs.f_bsize,
		.free_share = fs.f_blocks ? (double)fs.f_bavail / (double)fs.f_blocks : 1};
	return true;
}

static bool look_at_clock(void)
{
	struct timex t = {.modes = 0};
	int state = adjtimex(&t);

	return state != -1 && state != TIME_ERROR && !(t.status & STA_UNSYNC);
}

void host_view_init(struct host_view *view)
{
	const char *path = getenv("PATH");

	*view = (struct host_view){.root = "", .path = path ? path : "", .uid = getuid(), .node = look_at_node,
		.space = look_at_space, .clock_is_set = look_at_clock};
	int n = getgroups(sizeof(view->groups) / sizeof(view->groups[0]) - 1, view->groups);

	view->n_groups = n > 0 ? n : 0;
	view->groups[view->n_groups++] = getegid();
}
