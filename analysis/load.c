/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - sessions and courses from files: the rest of the room works on what is in memory. */
#include "analysis/course.h"

int ana_visit_load(
	struct ana_visit *out, const char *path, const struct ana_options *options, struct alg_log *log)
{
	struct ses_session ses = {0};
	int rc;

	*out = (struct ana_visit){0};
	rc = ses_h5_read(path, &ses, log);
	if (rc < 0)
		goto out;
	if (!options || !options->original)
		rc = ses_session_amend(&ses, log);
	if (rc >= 0)
		rc = ana_visit_from_session(out, &ses, path, options, log);
out:
	ses_session_clear(&ses);
	return rc;
}
