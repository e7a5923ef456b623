/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_course FOLDER - a study folder with the fixed course of the golden pages (tests/unit/
 * help_course.h): P012 with sessions 1, 2 pre, 2 post and 4, and P013 with a folder and no session.
 */
#include "base/file.h"
#include "data/study.h"
#include "tests/unit/help_course.h"

#include <stdio.h>
#include <string.h>

static void say(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	fprintf(stderr, "make_course: %s [%d]\n", text, id);
}

int main(int argc, char **argv)
{
	static const char *const name[] = {"ses-01/sub-P012_ses-01", "ses-02/sub-P012_ses-02_acq-pre",
		"ses-02/sub-P012_ses-02_acq-post", "ses-04/sub-P012_ses-04"};
	struct alg_log log = {.sink = say, .level = ALG_LEVEL_WARNING};
	struct ses_session ses[4];
	struct ses_study study;
	char path[PATH_MAX + 128];
	int rc;

	if (argc != 2)
		return 2;
	ses_study_defaults(&study);
	strcpy(study.id, "NECK1");
	study.simulated = true;
	rc = ses_study_init(argv[1], &study, &log);
	snprintf(path, sizeof(path), "%s/sub-P013", argv[1]);
	if (rc >= 0)
		rc = alg_dir_make(path, &log);
	help_course(ses);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/sub-P012/%.6s", argv[1], name[i]);
		if (rc >= 0)
			rc = alg_dir_make(path, &log);
		snprintf(path, sizeof(path), "%s/sub-P012/%s_algometry.h5", argv[1], name[i]);
		if (rc >= 0)
			rc = ses_h5_publish(&ses[i], path, &log);
		ses_session_clear(&ses[i]);
	}
	return rc < 0;
}
